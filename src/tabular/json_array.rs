//! The elements of a JSON array, cut one after the other. The elements are not interpreted.

use std::ops::Range;

/// What follows in an array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// An element. An element that is no object ends at the next comma, bracket or line end.
    Element(Range<usize>),
    /// The end of the array: the position behind its bracket.
    End(usize),
    /// The text ends before the element. The element begins here, if there is one.
    Incomplete(usize),
}

/// Returns the position of the next character that is neither white space nor a comma.
pub fn skip_separators(text: &[u8]) -> usize {
    text.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != b',').unwrap_or(text.len())
}

/// Returns what follows in a text that begins behind the array's bracket or an element.
pub fn next(text: &[u8]) -> Next {
    let from = skip_separators(text);
    match text.get(from) {
        None => Next::Incomplete(from),
        Some(b']') => Next::End(from + 1),
        Some(b'{' | b'[') => {
            let (mut depth, mut at) = (0_usize, from);
            while let Some(byte) = text.get(at) {
                match byte {
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth -= 1,
                    b'"' => match string_end(text, at) {
                        Some(end) => {
                            at = end;
                            continue;
                        }
                        None => return Next::Incomplete(from),
                    },
                    _ => {}
                }
                at += 1;
                if depth == 0 {
                    return Next::Element(from..at);
                }
            }
            Next::Incomplete(from)
        }
        Some(first) => {
            let begin = if *first == b'"' { string_end(text, from) } else { Some(from + 1) };
            let Some(begin) = begin else { return Next::Incomplete(from) };
            let ends = |byte: &u8| matches!(byte, b',' | b']' | b'\n' | b'{');
            match text[begin..].iter().position(ends) {
                Some(end) => Next::Element(from..begin + end),
                None => Next::Incomplete(from),
            }
        }
    }
}

/// Returns the position behind the string that begins at `from`.
fn string_end(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from + 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
        if text[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn elements_are_cut_at_their_ends() {
        let mut rest = &br#" {"a":"}\"]","b":[{}]},
            [1], "x,]" , 1 2, {"c":1}{"d":2} ] x"#[..];
        let mut found = vec![];
        loop {
            match next(rest) {
                Next::Element(range) => {
                    found.push(str::from_utf8(&rest[range.clone()]).expect("text"));
                    rest = &rest[range.end..];
                }
                Next::End(end) => break assert_eq!(&rest[end..], b" x"),
                Next::Incomplete(_) => panic!("{found:?}"),
            }
        }
        assert_eq!(found, [r#"{"a":"}\"]","b":[{}]}"#, "[1]", r#""x,]" "#, "1 2", r#"{"c":1}"#, r#"{"d":2}"#]);
        for text in ["", " , ", "{", r#"{"a":"}"#, r#"{"a":"\"#, "\"", "1"] {
            assert!(matches!(next(text.as_bytes()), Next::Incomplete(_)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn beginning_of_text_decides_like_the_complete_text(text in "[\\[\\]{},\"\\\\1\n]{0,40}", cut in 0_usize..40) {
            let cut = &text.as_bytes()[..cut.min(text.len())];
            match next(cut) {
                Next::Incomplete(_) => {}
                found => prop_assert_eq!(found, next(text.as_bytes())),
            }
        }
    }
}
