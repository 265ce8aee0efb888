//! Line breaking: at spaces, and inside a word only if the word is wider than the line.

use super::font::{Fonts, Weight, is_breaking_space};

/// Returns the lines of a paragraph, none wider than `width` points. Text is not kerned, so widths add up.
pub fn wrap_lines(fonts: &Fonts, weight: Weight, size: f32, width: f32, text: &str) -> Vec<String> {
    // Sums of widths differ slightly from the width of the joined text.
    let most = width - 0.01;
    let measured = |text: &str| fonts.width(weight, size, text);
    let space = measured(" ");
    let (mut lines, mut line, mut taken) = (vec![], String::new(), 0.0);
    for word in text.split(is_breaking_space).filter(|word| !word.is_empty()) {
        let length = measured(word);
        if !line.is_empty() && taken + space + length <= most {
            line.push(' ');
            line.push_str(word);
            taken += space + length;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        if length <= most {
            (line, taken) = (word.to_owned(), length);
            continue;
        }
        taken = 0.0;
        let mut buffer = [0; 4];
        for character in word.chars() {
            let length = measured(character.encode_utf8(&mut buffer));
            if !line.is_empty() && taken + length > most {
                lines.push(std::mem::take(&mut line));
                taken = 0.0;
            }
            line.push(character);
            taken += length;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lines_fit_the_width_and_keep_all_characters(text in "[a-zA-ZçãÉ€ ]{0,300}", width in 20.0f32..400.0) {
            let fonts = Fonts::new().expect("two fonts");
            let lines = wrap_lines(&fonts, Weight::Plain, 10.5, width, &text);
            for line in &lines {
                prop_assert!(fonts.width(Weight::Plain, 10.5, line) <= width, "{line}");
            }
            let bare = |text: &str| text.replace(' ', "");
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
