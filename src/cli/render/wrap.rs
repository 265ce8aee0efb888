//! Text for a terminal: lines that end at words.

use dialoguer::console::measure_text_width;
use unicode_width::UnicodeWidthChar;

/// Breaks lines that are wider than `columns`. The next lines are indented like the first.
///
/// JSON and a bare value are not broken, because people copy them. A longer word among others is broken anywhere.
pub fn wrap(text: &str, columns: usize) -> String {
    if text.starts_with(['{', '[']) {
        return text.to_owned();
    }
    text.split_inclusive('\n').map(|line| wrap_line(line, columns)).collect()
}

fn wrap_line(line: &str, columns: usize) -> String {
    let content = line.trim_end_matches('\n');
    if measure_text_width(content) <= columns || !content.trim().contains(' ') {
        return line.to_owned();
    }
    let indent = content.len() - content.trim_start_matches(' ').len();
    let indent = if indent * 2 < columns { indent } else { 0 };
    let (mut wrapped, mut taken) = (" ".repeat(indent), indent);
    let line_end = format!("\n{}", " ".repeat(indent));
    let mut rest = &content[indent..];
    while !rest.is_empty() {
        let gap = rest.len() - rest.trim_start_matches(' ').len();
        let word = rest[gap..].split(' ').next().unwrap_or_default();
        rest = &rest[gap + word.len()..];
        let width = measure_text_width(word);
        if taken > indent && taken + gap + width > columns {
            wrapped += &line_end;
            taken = indent;
        } else {
            wrapped += &" ".repeat(gap);
            taken += gap;
        }
        if taken + width <= columns {
            wrapped += word;
            taken += width;
            continue;
        }
        for c in word.chars() {
            let width = c.width().unwrap_or_default();
            if taken + width > columns {
                wrapped += &line_end;
                taken = indent;
            }
            wrapped.push(c);
            taken += width;
        }
    }
    wrapped + &line[content.len()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_words_and_keep_their_indentation() {
        for (text, expected) in [
            ("short\n", "short\n"),
            ("one two three four\n", "one two\nthree four\n"),
            ("  label: one two\nnext\n", "  label:\n  one two\nnext\n"),
            ("pass       63A: ok\n", "pass\n63A: ok\n"),
            ("see abcdefghijklm\n", "see\nabcdefghij\nklm\n"),
            ("\u{1b}[1mone two\u{1b}[0m\n", "\u{1b}[1mone two\u{1b}[0m\n"),
            ("12345678901234\n", "12345678901234\n"),
            ("{\"a\": \"b c d e f\"}\n", "{\"a\": \"b c d e f\"}\n"),
        ] {
            assert_eq!(wrap(text, 10), expected, "{text:?}");
        }
    }
}
