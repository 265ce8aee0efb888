//! The fonts of letters: subsets of Noto Sans in two weights, embedded in the PDF (licence in fonts/OFL.txt).
//!
//! The standard PDF fonts lack letters such as `ł` and `ș`. The plain weight has Latin with all diacritics, Greek and
//! Cyrillic. The bold weight has the characters of the catalogues; other characters fall back to the plain weight.
//!
//! A character in neither font is drawn as `�` and reported, so that no character is lost silently.
//!
//! Made by `pyftsubset NotoSans-Regular.ttf --no-hinting --no-glyph-names --notdef-outline --layout-features=` of
//! version 2.004:
//!
//! - plain: U+0020-007E, 00A0-024F, 0259, 02B0-045F, 0490-0491, 1E00-1EFF, 2010-2027, 2030-205E, 2070-209C, 20A0-20BF,
//!   2116, 2122, 2C60-2C7F, A720-A7B7, FB01-FB02, FFFD
//! - bold: U+0020-007E, 00A0-017F, 0218-021B, 2010-2027, 2030-203A, 20AC

use ttf_parser::{Face, GlyphId};
use unicode_normalization::UnicodeNormalization;

use crate::domain::visible_text::is_invisible;

/// The replacement for a character without a glyph.
const NONE: char = '\u{fffd}';

/// A hint where a word may be divided. Lines end at spaces only, so it is never visible.
const SOFT_HYPHEN: char = '\u{ad}';

/// Returns whether a character is a space of any width (Unicode category Zs).
fn is_space(c: char) -> bool {
    c.is_whitespace() && !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}')
}

/// Returns whether a line can end at a character.
pub fn is_breaking_space(c: char) -> bool {
    is_space(c) && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// A font weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// For running text.
    Plain = 0,
    /// For headings and codes.
    Bold = 1,
}

/// The font files, by weight.
pub const FILES: [&[u8]; 2] = [include_bytes!("fonts/NotoSans-Regular.ttf"), include_bytes!("fonts/NotoSans-Bold.ttf")];

/// A character as drawn.
#[derive(Debug, Clone, Copy)]
pub struct Glyph {
    /// The weight of the font that has the glyph.
    pub weight: Weight,
    /// The glyph id in that font.
    pub id: u16,
    /// The drawn character.
    pub drawn: char,
    /// The advance width in thousandths of the font size.
    pub advance: f32,
}

/// Both fonts, parsed.
pub struct Fonts([Face<'static>; 2]);

impl Fonts {
    /// Parses both fonts. `None` would be a bug, because the files are part of the binary.
    pub fn new() -> Option<Fonts> {
        let read = |file| Face::parse(file, 0).ok();
        Some(Fonts([read(FILES[0])?, read(FILES[1])?]))
    }

    /// Returns the font of a weight.
    pub fn face(&self, weight: Weight) -> &Face<'static> {
        &self.0[weight as usize]
    }

    /// Returns the glyphs of a text after Unicode composition (NFC). Calls `lacks` for each character without a glyph.
    ///
    /// Every space is drawn as a space. A hyphen that is only a hint for line ends (U+00AD) is not drawn.
    pub fn glyphs(&self, weight: Weight, text: &str, lacks: &mut dyn FnMut(char)) -> Vec<Glyph> {
        let mut glyphs = vec![];
        for character in text.nfc().filter(|character| *character != SOFT_HYPHEN) {
            match self.glyph(weight, character) {
                Some(glyph) => glyphs.push(glyph),
                None => {
                    lacks(character);
                    glyphs.extend(self.glyph(weight, NONE));
                }
            }
        }
        glyphs
    }

    fn glyph(&self, weight: Weight, drawn: char) -> Option<Glyph> {
        // Invisible characters are never drawn, except as a space.
        let drawn = if drawn == '\t' || is_space(drawn) { ' ' } else { drawn };
        if is_invisible(drawn) {
            return None;
        }
        let weights = [weight, Weight::Plain];
        weights.into_iter().find_map(|weight| {
            let face = self.face(weight);
            let GlyphId(id) = face.glyph_index(drawn)?;
            let advance = face.glyph_hor_advance(GlyphId(id))?;
            let advance = f32::from(advance) * 1000.0 / f32::from(face.units_per_em());
            Some(Glyph { weight, id, drawn, advance })
        })
    }

    /// Returns the width of a text in points.
    pub fn width(&self, weight: Weight, size: f32, text: &str) -> f32 {
        self.glyphs(weight, text, &mut |_| {}).iter().map(|glyph| glyph.advance).sum::<f32>() * size / 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing_glyphs(weight: Weight, text: &str) -> Vec<char> {
        let mut lacking = vec![];
        Fonts::new().expect("two fonts").glyphs(weight, text, &mut |character| lacking.push(character));
        lacking
    }

    #[test]
    fn fonts_have_the_letters_of_european_languages() {
        for text in [
            "Ângela Conceição Ó Sé àáâãçéêíóôõúü ÀÁÂÃÇÉÊÍÓÔÕÚÜ ªº €§«»“”‘’–—…•",
            "Łukasz Žižek Šimić Đorđe Őry Ştefăniță Țepeș Þór Æsa Ørsted Åse Ħal Ŀ Œuvre ẞ ß İstanbul ı",
            "Nguyễn Thị Ánh ǅ ǆ ƒ ə ʼ",
            "Γεώργιος Ωνάσης Анна Їжак Ѓорѓи Љубица Ґ",
        ] {
            assert_eq!(missing_glyphs(Weight::Plain, text), [], "{text}");
            assert_eq!(missing_glyphs(Weight::Bold, text), [], "{text}");
        }
    }

    #[test]
    fn combining_marks_compose_and_missing_glyphs_are_reported() {
        let fonts = Fonts::new().expect("two fonts");
        assert_eq!(fonts.glyphs(Weight::Plain, "a\u{303}", &mut |_| {}).len(), 1);
        assert_eq!(missing_glyphs(Weight::Plain, "山本 Ana"), ['山', '本']);
        let drawn: String = fonts.glyphs(Weight::Bold, "山a", &mut |_| {}).iter().map(|glyph| glyph.drawn).collect();
        assert_eq!(drawn, "\u{fffd}a");
    }

    #[test]
    fn soft_hyphens_are_not_drawn_and_every_space_is_a_space() {
        let fonts = Fonts::new().expect("two fonts");
        for space in
            " \u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2007}\u{2009}\u{200a}\u{202f}\u{205f}\u{3000}\t"
                .chars()
        {
            let text = format!("Ana\u{ad}bela{space}Sá");
            for weight in [Weight::Plain, Weight::Bold] {
                assert_eq!(missing_glyphs(weight, &text), [], "{text:?}");
                let drawn: String = fonts.glyphs(weight, &text, &mut |_| {}).iter().map(|glyph| glyph.drawn).collect();
                assert_eq!(drawn, "Anabela Sá", "{text:?}");
            }
        }
    }
}
