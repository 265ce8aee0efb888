//! The letters: Noto Sans in two weights, cut down to what is printed here (licence in fonts/OFL.txt) and embedded, for the
//! fonts that every reader of PDF has know no `ł` and no `ș`. The plain weight has Latin letters with every mark, Greek and
//! Cyrillic; the bold one what the catalogues' sentences need, and what it lacks is taken from the plain one.
//!
//! What neither has is shown as `�` and counted: a letter must not lose a character and tell nobody.
//!
//! Made by `pyftsubset NotoSans-Regular.ttf --no-hinting --no-glyph-names --notdef-outline --layout-features=` of version 2.004, with U+0020-007E,
//! 00A0-024F, 0259, 02B0-045F, 0490-0491, 1E00-1EFF, 2010-2027, 2030-205E, 2070-209C, 20A0-20BF, 2116, 2122, 2C60-2C7F, A720-A7B7, FB01-FB02,
//! FFFD; the bold one with U+0020-007E, 00A0-017F, 0218-021B, 2010-2027, 2030-203A, 20AC.

use ttf_parser::{Face, GlyphId};
use unicode_normalization::UnicodeNormalization;

use crate::domain::name::is_invisible;

/// What stands for a character that there is no glyph for.
const NONE: char = '\u{fffd}';

/// A weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// For what is read.
    Plain = 0,
    /// For what is found.
    Bold = 1,
}

/// The file of a weight.
pub const FILES: [&[u8]; 2] = [include_bytes!("fonts/NotoSans-Regular.ttf"), include_bytes!("fonts/NotoSans-Bold.ttf")];

/// One character as it is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Glyph {
    /// In which weight it was found.
    pub weight: Weight,
    /// Its number there.
    pub id: u16,
    /// The character that is drawn.
    pub drawn: char,
    /// How far it moves on, in thousandths of the size.
    pub advance: f32,
}

/// Both weights, read.
pub struct Fonts([Face<'static>; 2]);

impl Fonts {
    /// Reads the tables of both; none would be a bug, for they are in the binary.
    pub fn new() -> Option<Fonts> {
        let read = |file| Face::parse(file, 0).ok();
        Some(Fonts([read(FILES[0])?, read(FILES[1])?]))
    }

    /// The tables of a weight.
    pub fn face(&self, weight: Weight) -> &Face<'static> {
        &self.0[weight as usize]
    }

    /// A text as it is drawn; letters and their marks are put together first. Each character that no font has is told to
    /// `lacks`.
    pub fn glyphs(&self, weight: Weight, text: &str, lacks: &mut dyn FnMut(char)) -> Vec<Glyph> {
        let mut glyphs = vec![];
        for character in text.nfc() {
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
        // A space that does not break is as wide as one that does; what can't be seen has no glyph, whatever a font says.
        let drawn = if drawn == '\t' { ' ' } else { drawn };
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

    /// How wide a text is, in points.
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
    fn every_letter_of_the_languages_of_europe_is_there() {
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
    fn a_letter_and_its_mark_are_one_and_what_no_font_has_is_told() {
        let fonts = Fonts::new().expect("two fonts");
        assert_eq!(fonts.glyphs(Weight::Plain, "a\u{303}", &mut |_| {}).len(), 1);
        assert_eq!(missing_glyphs(Weight::Plain, "山本 Ana"), ['山', '本']);
        let drawn: String = fonts.glyphs(Weight::Bold, "山a", &mut |_| {}).iter().map(|glyph| glyph.drawn).collect();
        assert_eq!(drawn, "\u{fffd}a");
    }
}
