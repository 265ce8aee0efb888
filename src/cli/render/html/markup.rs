//! HTML from texts: the one function that escapes, and the head that lets nothing in. What it writes is XML too, each element
//! closed, so that a plain parser can look it over.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use crate::domain::name::is_invisible;

/// The page's only style.
const STYLE: &str = include_str!("style.css");

/// A text for between tags and for attributes. Whatever it holds, it stays text: a name, an address or a reason comes from
/// elsewhere. A line end stays one; other characters that can't be seen are shown as their numbers.
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

/// An element with a text in it; none where there is nothing to say. `open` is its tag with its attributes, which are ours.
pub fn element(open: &str, text: &str) -> String {
    let tag = open.split(' ').next().unwrap_or(open);
    if text.is_empty() { String::new() } else { format!("<{open}>{}</{tag}>", escaped(text)) }
}

/// A whole document. Its policy allows this style and nothing else: no script, no picture, no font, no connection, no form.
pub fn document(language: &str, title: &str, body: &str) -> String {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        Base64::encode_string(&Sha256::digest(STYLE))
    );
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n<meta name=\"robots\" content=\"noindex\"/>\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_elsewhere_stays_text() {
        let hostile = "<script>alert('x')</script>\" onload=\"&\n\u{1b}[2J\u{202e}";
        let expected = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;&amp;\n\\u{1b}[2J\\u{202e}";
        assert_eq!(escaped(hostile), expected);
        assert_eq!(element("p class=\"a\"", "b<c"), "<p class=\"a\">b&lt;c</p>");
    }

    #[test]
    fn the_policy_names_the_style_by_its_hash() {
        let hash = format!("'sha256-{}'", Base64::encode_string(&Sha256::digest(STYLE)));
        assert!(document("en", "", "").contains(&hash) && hash.ends_with("='"), "{hash}");
        // Of a style with one of these a parser of XML would think otherwise than a browser.
        assert!(!STYLE.contains(['<', '&']) && !STYLE.contains("url(") && !STYLE.contains("@import"));
    }
}
