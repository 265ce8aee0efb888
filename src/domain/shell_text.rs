//! Words of a command that a user can copy into a shell.

/// Returns a word as a shell reads it: unchanged if it has no special character, else in single quotes.
pub fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "@%+=:,./-_".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shell_reads_the_word_again() {
        for word in ["", "a b", "Ana's", "$x", "registo.csv", "-o", "name=Nome completo", "é;", "a'b'c", "N.º"] {
            assert_eq!(shell_words::split(&quoted(word)).expect("words"), [word]);
        }
        assert_eq!(quoted("-o"), "-o");
    }
}
