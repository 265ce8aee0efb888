//! HTML from texts: the only function that escapes, and the document head with a restrictive content policy.
//!
//! The output is also well-formed XML, so an XML parser can check it.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use crate::domain::visible_text::is_invisible;
use crate::domain::vocabulary::Language;

/// The only style sheet of the page.
const STYLE: &str = include_str!("style.css");

/// Escapes a text for use between tags and in attributes. Names, addresses and reasons are foreign input.
///
/// Line ends stay. Other invisible characters are shown as their code points.
pub fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut shown, c| {
        match c {
            '&' => shown += "&amp;",
            '<' => shown += "&lt;",
            '>' => shown += "&gt;",
            '"' => shown += "&quot;",
            '\'' => shown += "&#39;",
            '\n' => shown.push(c),
            c if is_invisible(c) || matches!(c, '\u{fffe}' | '\u{ffff}') => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
        shown
    })
}

/// Returns an element with escaped text, or an empty string for an empty text.
///
/// `open` is the tag with its attributes. It is not escaped.
pub fn element(open: &str, text: &str) -> String {
    let tag = open.split(' ').next().unwrap_or(open);
    if text.is_empty() { String::new() } else { format!("<{open}>{}</{tag}>", escaped(text)) }
}

/// Returns a complete document. Its content policy allows this style only: no script, image, font, connection or form.
pub fn document(language: Language, title: &str, body: &str) -> String {
    document_with(language, "", title, body)
}

/// Returns a complete document with more rules of style.
pub fn document_with(language: Language, rules: &str, title: &str, body: &str) -> String {
    let style = format!("{STYLE}{rules}");
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        Base64::encode_string(&Sha256::digest(&style))
    );
    let language = match language {
        Language::En => "en",
        Language::Pt => "pt-PT",
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n<meta name=\"robots\" content=\"noindex\"/>\n\
         <title>{}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_escaped() {
        let hostile = "<script>alert('x')</script>\" onload=\"&\n\u{1b}[2J\u{202e}";
        let expected = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;&amp;\n\\u{1b}[2J\\u{202e}";
        assert_eq!(escaped(hostile), expected);
        assert_eq!(element("p class=\"a\"", "b<c"), "<p class=\"a\">b&lt;c</p>");
    }

    #[test]
    fn policy_names_the_style_by_its_hash() {
        let hash = format!("'sha256-{}'", Base64::encode_string(&Sha256::digest(STYLE)));
        assert!(document(Language::En, "", "").contains(&hash) && hash.ends_with("='"), "{hash}");
        // XML parsers read a style with one of these differently from browsers.
        assert!(!STYLE.contains(['<', '&']) && !STYLE.contains("url(") && !STYLE.contains("@import"));
    }
}
