//! JSON for output. Input that a reply repeats may contain characters that a terminal obeys or does not show. They are
//! written as `\uXXXX`, so that the value stays equal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::domain::visible_text::{is_blank, is_invisible};

/// The compact form, with controls and invisible characters escaped.
struct Escaped;

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.bytes().all(|byte| byte < 0x7f) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, hidden)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + hidden.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Returns whether a character is a control, or shows nothing and is no space.
fn is_hidden(c: char) -> bool {
    is_invisible(c) || is_blank(c) && !c.is_whitespace()
}

/// Returns a value as JSON on one line, without a line end.
///
/// # Errors
/// Fails if the value can't be JSON.
pub fn to_vec(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(256);
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Escaped))?;
    Ok(bytes)
}

/// Returns a value as JSON text. See [`to_vec`].
///
/// # Errors
/// As for [`to_vec`].
pub fn to_string(value: &impl Serialize) -> serde_json::Result<String> {
    String::from_utf8(to_vec(value)?).map_err(serde::ser::Error::custom)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn controls_and_invisible_characters_are_escaped() {
        for (text, json) in [
            ("a\u{7f}é\u{9b}b\n", r#""a\u007fé\u009bb\n""#),
            ("\u{202e}x\u{2066}\u{200b}\u{feff}\u{2028}\u{ad}", r#""\u202ex\u2066\u200b\ufeff\u2028\u00ad""#),
            ("\u{e0041}\u{3164}", r#""\udb40\udc41\u3164""#),
            ("João \u{a0}राम 👍 \"\\", r#""João  राम 👍 \"\\""#),
        ] {
            assert_eq!(to_string(&text).expect("JSON"), json.replace("  ", " \u{a0}"));
        }
    }

    proptest! {
        #[test]
        fn value_stays_equal(text: String, key: String) {
            let value = serde_json::json!({ key: [text] });
            let written = to_string(&value).expect("JSON");
            prop_assert!(!written.chars().any(char::is_control));
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&written).expect("JSON"), value);
        }
    }
}
