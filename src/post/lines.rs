//! Where a text breaks into lines: at spaces, and inside a word only where it is wider than the line by itself.

use super::font::{Fonts, Weight};

/// The lines of one paragraph, none wider than `width` points.
pub fn broken(fonts: &Fonts, weight: Weight, size: f32, width: f32, text: &str) -> Vec<String> {
    let is_wide = |text: &str| fonts.width(weight, size, text) > width;
    let (mut lines, mut line) = (vec![], String::new());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if !is_wide(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for character in word.chars() {
            line.push(character);
            if line.chars().count() > 1 && is_wide(&line) {
                line.pop();
                lines.push(std::mem::replace(&mut line, character.to_string()));
            }
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
        fn no_line_is_too_wide_and_no_character_is_lost(text in "[a-zA-ZçãÉ€ ]{0,300}", width in 20.0f32..400.0) {
            let fonts = Fonts::new().expect("two fonts");
            let lines = broken(&fonts, Weight::Plain, 10.5, width, &text);
            for line in &lines {
                prop_assert!(fonts.width(Weight::Plain, 10.5, line) <= width, "{line}");
            }
            let bare = |text: &str| text.replace(' ', "");
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
