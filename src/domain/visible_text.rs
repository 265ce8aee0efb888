//! The rule for texts of people that others will read: names, address lines, reasons, subjects of alerts. They have
//! something visible and no invisible character that makes a text look like another one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::validation_error::ValidationError;

/// Returns whether a character is invisible and could make a text look like another one: controls, line separators,
/// direction marks, and the placeholder of codes in messages.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns whether a character shows nothing by itself: Unicode's `Default_Ignorable_Code_Point`, and letters and
/// symbols that are drawn empty. Some of them count as letters.
pub fn is_blank(c: char) -> bool {
    is_invisible(c)
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{16fe4}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}')
        || matches!(c, '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns whether a text has a visible character and no invisible one. A combining mark alone is
/// not visible.
pub fn is_visible_text(text: &str) -> bool {
    !text.chars().any(is_invisible) && text.chars().any(|c| !is_blank(c) && !is_combining_mark(c))
}

/// Returns a stored text of at most `max` characters. It was validated before, perhaps by the weaker rule of an earlier
/// version. Only damage is detected.
pub(super) fn from_stored(text: &str, max: usize) -> Result<String, ValidationError> {
    match text.chars().count() {
        0 => Err(ValidationError::Missing),
        count if count > max || text.chars().any(char::is_control) => Err(ValidationError::InvalidCharacter),
        _ => Ok(text.to_owned()),
    }
}

/// Returns whether a text contains a web address with its scheme or `www`. No message of the service has a link.
pub fn contains_link(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains("://") || lower.contains("www.")
}

/// The schemes whose addresses phones open without `//`.
const SCHEMES: [&str; 5] = ["http", "https", "ftp", "ftps", "javascript"];

/// The top-level domains that make two words with a point between them a web address. Other words after a point are
/// too often names: `Dr.Silva`.
const COMMON_DOMAINS: [&str; 18] = [
    "app", "biz", "br", "com", "edu", "eu", "gov", "info", "io", "ly", "net", "online", "org", "pt", "ru", "shop",
    "uk", "xyz",
];

/// Returns whether a text contains a web address in any form that a phone or a mail program opens, also without a
/// scheme: `exemplo.pt/pagar`, `bit.ly/x`, `https:exemplo.com`.
///
/// Abbreviations and references are no addresses: `proc. 12.3/2026`, `S.A.`, `art.º 5.º`, `Dr.Silva`.
pub fn contains_web_address(text: &str) -> bool {
    // Programs that open addresses ignore blank characters and treat the ideographic full stop as a point.
    let visible = text.chars().filter(|c| c.is_whitespace() || !is_blank(*c)).nfkc();
    let plain: Vec<char> = visible.map(|c| if c == '。' { '.' } else { c }).collect();
    if contains_link(&plain.iter().collect::<String>()) {
        return true;
    }
    let is_of_host = |c: char| c.is_alphanumeric() && !matches!(c, 'º' | 'ª') || c == '-' || c == '.';
    let (mut at, mut before) = (0, None);
    while at < plain.len() {
        let length = plain[at..].iter().take_while(|c| is_of_host(**c)).count();
        let (host, rest) = plain[at..].split_at(length);
        if is_scheme(host, rest) || is_host(host, rest, before) {
            return true;
        }
        at += length.max(1);
        before = plain.get(at - 1).copied();
    }
    false
}

/// Returns whether a word and the text after it are a scheme and its address.
fn is_scheme(word: &[char], rest: &[char]) -> bool {
    let word: String = word.iter().flat_map(|c| c.to_lowercase()).collect();
    let last = word.rsplit('.').next().unwrap_or_default();
    SCHEMES.contains(&last) && rest.first() == Some(&':') && rest.get(1).is_some_and(|c| !c.is_whitespace())
}

/// Returns whether a word is a host name that programs open. `before` is the character in front of it.
fn is_host(word: &[char], rest: &[char], before: Option<char>) -> bool {
    let has_path = matches!(rest, ['/' | '?' | '#', next, ..] if !next.is_whitespace())
        || matches!(rest, [':', digit, ..] if digit.is_ascii_digit())
        || matches!(rest, ['/']);
    // A point at the end is the end of a sentence, or of the root of a domain.
    let word: String = word.iter().collect();
    let host = word.trim_end_matches('.');
    let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    let [first, .., top] = &labels[..] else { return false };
    let is_number = |label: &&str| label.parse::<u8>().is_ok();
    if labels.len() == 4 && labels.iter().all(is_number) {
        return has_path;
    }
    if COMMON_DOMAINS.contains(&top.to_lowercase().as_str()) {
        // The part after `@` is an e-mail address.
        return has_path || before != Some('@');
    }
    // A capital is the beginning of a name, as in `Dr.Silva/Dr.Costa`.
    let is_domain = top.chars().count() > 1 && top.chars().all(|c| c.is_alphabetic() && !c.is_uppercase());
    has_path && host.len() == word.len() && !first.is_empty() && (is_domain || top.starts_with("xn--"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_needs_a_visible_character() {
        for text in ["a", "é", "-", "राम", "か\u{3099}", "A\u{fe0f}\u{ad}", "👍", "."] {
            assert!(is_visible_text(text), "{text:?}");
        }
        for text in [
            "",
            " ",
            "\u{a0}\u{2003}",
            "\u{3164}",
            "\u{3164}\u{3164} \u{3164}",
            "\u{fe0f}\u{ad}",
            "\u{115f}",
            "\u{1160}",
            "\u{ffa0}",
            "\u{2800}",
            "\u{17b4}",
            "\u{301}",
            "\u{34f}",
            "\u{e0100}",
            "\u{180b}",
            "\u{1d159}",
        ] {
            assert!(!is_visible_text(text), "{text:?}");
        }
        for text in ["A\u{2063}", "A\u{200d}", "A\u{202e}", "A\n", "A\u{7f}", "A\u{9b}", "A\u{feff}", "A\u{e0041}"] {
            assert!(!is_visible_text(text), "{text:?}");
        }
    }

    #[test]
    fn web_address_is_found_in_every_form() {
        for text in [
            "Pague em exemplo.pt/pagar",
            "veja bit.ly/abc123",
            "https:exemplo.com",
            "HTTP:exemplo",
            "x https://a",
            "www.exemplo",
            "exemplo.pt",
            "(exemplo.com)",
            "Exemplo.COM.",
            "pagar.exemplo.banco/entrar",
            "exemplo.pt:8080",
            "exemplo.pt?x=1",
            "exemplo.de/",
            "ana@exemplo.pt/pagar",
            "192.168.1.1/x",
            "exemplo\u{ad}.pt/x",
            "exem\u{200b}plo.\u{2060}pt/x",
            "exemplo。pt/x",
            "ｅｘｅｍｐｌｏ．ｐｔ",
            "пример.рф/x",
            "xn--e1afmkfd.xn--p1ai/x",
            "exemplo.pt./pagar",
            "t.me/x",
        ] {
            assert!(contains_web_address(text), "{text}");
        }
        for text in [
            "proc. 12.3/2026",
            "Proc.12/2026",
            "S.A.",
            "Padaria, S.A./Lda.",
            "art.º 5.º",
            "art.ºs 5.º/6.º",
            "Dr.Silva",
            "Dr.Silva/Dr.Costa",
            "Exmo.Sr.",
            "Exmo.Sr./Sra.",
            "R.do Ouro",
            "n.º 3/2026",
            "D.L. 40/2026",
            "Ref.SS/2026",
            "540.00/mês",
            "1.234.567,89",
            "12:30",
            "Nota:texto",
            "ligou de ana@exemplo.pt",
            "e/ou",
            "Subsídio de desemprego",
            "fim. Próximo",
            "...",
            "a.b",
        ] {
            assert!(!contains_web_address(text), "{text}");
        }
    }
}
