//! Numbers that a spreadsheet or another program has read as numbers and written differently.

/// The columns and fields whose digits identify something. Their leading zeros count, and they have no decimals.
const IDENTIFIERS: [&str; 9] =
    ["niss", "nif", "civil_id", "mobile", "telephone", "postal_code", "code", "new_code", "message"];

/// Returns whether a value of this column is an identifier that was read as a number: `12000000012.0`, `1,2E+10`.
pub fn is_read_as_number(column: &str, text: &str) -> bool {
    (has_decimals(text) || has_exponent(text)) && IDENTIFIERS.contains(&column)
}

fn has_decimals(text: &str) -> bool {
    let Some((digits, zeros)) = text.split_once(['.', ',']) else { return false };
    is_digits(digits) && digits.len() > 3 && !zeros.is_empty() && zeros.len() <= 2 && zeros.bytes().all(|b| b == b'0')
}

fn has_exponent(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else { return false };
    let number = number.split_once(['.', ',']).map_or(is_digits(number), |(a, b)| is_digits(a) && is_digits(b));
    number && exponent.strip_prefix('+').is_some_and(is_digits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_and_exponents_of_identifiers_are_recognised() {
        for text in ["12000000012.0", "12000000012,00", "912345678.0", "1.2E+10", "1,234E+10", "2E+08"] {
            assert!(is_read_as_number("niss", text), "{text}");
        }
        for text in ["12000000012", "12000000012.1", "1.0", ".0", "2E10", "AB1.0", "+351912345678", "", "1200-195"] {
            assert!(!is_read_as_number("niss", text), "{text}");
        }
        assert!(!is_read_as_number("amount", "1540.00"));
    }
}
