//! The layout of a letter.
//!
//! - head: the service
//! - envelope window: sender and address
//! - body: date, subject, text, and the code in large type; as many pages as needed
//! - foot: letter number and page number

use zeroize::Zeroizing;

use super::font::{Fonts, Weight};
use super::line_break::wrap_lines;
use super::page_geometry::{ADDRESS, Area, FIRST_BODY, FOOTER, NEXT_BODY, REFERENCE_AREA, SENDER, millimetres, points};
use crate::domain::vocabulary::Language;
use crate::l10n::{MessageArg, localize};

/// A letter to print.
pub struct Letter {
    /// The message number in the outbox.
    pub id: i64,
    /// The address block, one line per line of text.
    pub address: String,
    /// The language of the text.
    pub language: Language,
    /// The subject.
    pub subject: String,
    /// The body as in the outbox, which begins with address, date and subject. `mark` stands for the code.
    pub body: String,
    /// The code, if the letter has one.
    pub code: Option<Zeroizing<String>>,
    /// The placeholder of the code in the body.
    pub mark: &'static str,
}

/// A drawing operation. Positions are in millimetres from the upper left corner of the page.
#[derive(Debug, Clone, PartialEq)]
pub enum DrawOp {
    /// A line of text.
    Text {
        /// The left end.
        x: f32,
        /// The baseline, from the top of the page.
        y: f32,
        /// The font weight.
        weight: Weight,
        /// The font size in points.
        size: f32,
        /// The extra space between letters, in points.
        spacing: f32,
        /// The text.
        text: Zeroizing<String>,
    },
    /// A thin horizontal line: left end, right end and height.
    Rule(f32, f32, f32),
    /// A thin frame.
    Frame(Area),
}

/// A page.
pub type Page = Vec<DrawOp>;

const TEXT: f32 = 10.5;
const LEADING: f32 = 5.0;
const SUBJECT: f32 = 12.0;
const CODE: f32 = 24.0;
const CODE_SPACING: f32 = 5.0;
const SMALL: f32 = 8.0;
/// The font sizes of the address block, of which the first that fits is used. Registry lines have up to 120 characters,
/// names up to 200.
const ADDRESS_SIZES: [f32; 7] = [11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0];

/// Returns the pages of a letter.
pub fn pages(fonts: &Fonts, letter: &Letter) -> Vec<Page> {
    let mut setting = LayoutCursor { fonts, pages: vec![], page: vec![], y: FIRST_BODY.top, bottom: FIRST_BODY.bottom };
    setting.head(letter);
    setting.address(letter);
    let (date, body) = split(letter);
    setting.paragraph(date, Weight::Plain, TEXT);
    setting.y += LEADING;
    setting.paragraph(&letter.subject, Weight::Bold, SUBJECT);
    setting.y += LEADING;
    for paragraph in body.trim_end().split("\n\n") {
        for line in paragraph.split('\n') {
            match (line.split_once(letter.mark), &letter.code) {
                (Some((before, behind)), Some(code)) => {
                    setting.paragraph(before.trim_end(), Weight::Plain, TEXT);
                    setting.code(code);
                    if !behind.trim().is_empty() {
                        setting.paragraph(behind.trim_start(), Weight::Plain, TEXT);
                    }
                }
                _ => setting.paragraph(line, Weight::Plain, TEXT),
            }
        }
        setting.y += LEADING * 0.7;
    }
    setting.start_page();
    let mut pages = setting.pages;
    let count = pages.len();
    for (number, page) in (1..).zip(&mut pages) {
        let reference =
            localize(letter.language, "letter-number", &vec![("id", MessageArg::from(letter.id.to_string()))]);
        page.push(draw_text(FOOTER.left, FOOTER.bottom, Weight::Plain, SMALL, &reference));
        let number = format!("{number}/{count}");
        let x = FOOTER.right - millimetres(fonts.width(Weight::Plain, SMALL, &number));
        page.push(draw_text(x, FOOTER.bottom, Weight::Plain, SMALL, &number));
    }
    pages
}

/// Splits the body into its date line and its text. A body in another form is all text.
fn split(letter: &Letter) -> (&str, &str) {
    let behind = letter.body.strip_prefix(letter.address.as_str()).and_then(|rest| rest.strip_prefix("\n\n"));
    let parted = behind.and_then(|rest| {
        let (date, rest) = rest.split_once("\n\n")?;
        Some((date, rest.strip_prefix(letter.subject.as_str())?.strip_prefix("\n\n")?))
    });
    parted.unwrap_or(("", &letter.body))
}

struct LayoutCursor<'a> {
    fonts: &'a Fonts,
    pages: Vec<Page>,
    page: Page,
    /// The top of the next line.
    y: f32,
    bottom: f32,
}

impl LayoutCursor<'_> {
    fn head(&mut self, letter: &Letter) {
        let line = |key| localize(letter.language, key, &vec![]);
        self.page.push(draw_text(
            REFERENCE_AREA.left,
            REFERENCE_AREA.top + 6.0,
            Weight::Bold,
            15.0,
            &line("letter-head"),
        ));
        self.page.push(draw_text(
            REFERENCE_AREA.left,
            REFERENCE_AREA.top + 12.0,
            Weight::Plain,
            9.5,
            &line("letter-head-service"),
        ));
        self.page.push(DrawOp::Rule(REFERENCE_AREA.left, REFERENCE_AREA.right, REFERENCE_AREA.top + 15.0));
        let sender = line("letter-sender");
        let size = font_size_that_fits(self.fonts, &sender, SENDER.width(), &[7.0, 6.5, 6.0, 5.5, 5.0]);
        self.page.push(draw_text(SENDER.left, SENDER.top + 2.8, Weight::Plain, size, &sender));
        self.page.push(DrawOp::Rule(SENDER.left, SENDER.right, SENDER.bottom));
    }

    fn address(&mut self, letter: &Letter) {
        let set = |size: f32| -> (f32, Vec<String>) {
            let width = points(ADDRESS.width());
            let lines = letter.address.lines();
            (size, lines.flat_map(|line| wrap_lines(self.fonts, Weight::Plain, size, width, line)).collect())
        };
        let height = |(size, lines): &(f32, Vec<String>)| line_height(*size) * lines.len() as f32;
        let mut settings = ADDRESS_SIZES.into_iter().map(set);
        let fits = settings.find(|setting| height(setting) <= ADDRESS.height());
        let (size, lines) = fits.unwrap_or_else(|| set(ADDRESS_SIZES[ADDRESS_SIZES.len() - 1]));
        let mut y = ADDRESS.top;
        for line in lines {
            y += line_height(size);
            self.page.push(draw_text(ADDRESS.left, y - millimetres(size) * 0.3, Weight::Plain, size, &line));
        }
    }

    fn paragraph(&mut self, paragraph: &str, weight: Weight, size: f32) {
        let width = points(FIRST_BODY.width());
        for line in wrap_lines(self.fonts, weight, size, width, paragraph) {
            self.remaining_height(LEADING);
            self.y += LEADING;
            self.page.push(draw_text(FIRST_BODY.left, self.y - 1.2, weight, size, &line));
        }
    }

    fn code(&mut self, code: &str) {
        const HEIGHT: f32 = 16.0;
        self.remaining_height(HEIGHT + 5.0);
        let top = self.y + 2.5;
        let width = millimetres(
            self.fonts.width(Weight::Bold, CODE, code) + CODE_SPACING * code.chars().count().saturating_sub(1) as f32,
        );
        let left = FIRST_BODY.left;
        self.page.push(DrawOp::Frame(Area { left, top, right: left + width + 16.0, bottom: top + HEIGHT }));
        self.page.push(DrawOp::Text {
            x: left + 8.0,
            y: top + HEIGHT / 2.0 + millimetres(CODE) * 0.36,
            weight: Weight::Bold,
            size: CODE,
            spacing: CODE_SPACING,
            text: Zeroizing::new(code.to_owned()),
        });
        self.y = top + HEIGHT + 2.5;
    }

    /// Starts a new page if the height does not fit on this one.
    fn remaining_height(&mut self, height: f32) {
        if self.y + height > self.bottom {
            self.start_page();
        }
    }

    fn start_page(&mut self) {
        self.pages.push(std::mem::take(&mut self.page));
        (self.y, self.bottom) = (NEXT_BODY.top, NEXT_BODY.bottom);
    }
}

fn line_height(size: f32) -> f32 {
    millimetres(size) * 1.25
}

/// Returns the first size in which a text fits the width in millimetres, or the last size.
fn font_size_that_fits(fonts: &Fonts, text: &str, width: f32, sizes: &[f32]) -> f32 {
    let fits = |size: &&f32| fonts.width(Weight::Plain, **size, text) <= points(width);
    sizes.iter().find(fits).or(sizes.last()).copied().unwrap_or(TEXT)
}

fn draw_text(x: f32, y: f32, weight: Weight, size: f32, text: &str) -> DrawOp {
    DrawOp::Text { x, y, weight, size, spacing: 0.0, text: Zeroizing::new(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::page_geometry::WINDOW;
    use super::*;

    fn letter(address: &str, text: &str) -> Letter {
        Letter {
            id: 3,
            address: address.to_owned(),
            language: Language::Pt,
            subject: "O seu código".to_owned(),
            body: format!("{address}\n\nLisboa, 5 de janeiro de 2026\n\nO seu código\n\n{text}"),
            code: Some(Zeroizing::new("BCDF-GHJK".to_owned())),
            mark: "\u{fffc}",
        }
    }

    fn texts(page: &Page) -> Vec<(f32, f32, (Weight, f32), &str)> {
        page.iter()
            .filter_map(|drawn| match drawn {
                DrawOp::Text { x, y, weight, size, text, .. } => Some((*x, *y, (*weight, *size), text.as_str())),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn letter_has_each_part_once_and_code_on_its_own_line() {
        let fonts = Fonts::new().expect("two fonts");
        let pages = pages(&fonts, &letter("Ana\nRua 1\n1200-195 Lisboa", "O seu código: \u{fffc}\n\nFim."));
        let drawn: Vec<&str> = texts(&pages[0]).into_iter().map(|(_, _, _, text)| text).collect();
        assert_eq!(pages.len(), 1);
        let expected = [
            "Ana",
            "Rua 1",
            "1200-195 Lisboa",
            "Lisboa, 5 de janeiro de 2026",
            "O seu código",
            "O seu código:",
            "BCDF-GHJK",
            "Fim.",
            "Carta n.º 3",
            "1/1",
        ];
        assert_eq!(drawn[3..], expected);
    }

    #[test]
    fn long_body_continues_on_more_pages() {
        let fonts = Fonts::new().expect("two fonts");
        let body = "Uma linha que vai de uma margem à outra e continua na seguinte, sempre assim. ".repeat(120);
        let pages = pages(&fonts, &letter("Ana\nRua 1\nLisboa", &body));
        assert_eq!(pages.len(), 3);
        let words: usize =
            pages.iter().map(|page| texts(page).iter().filter(|(_, _, _, text)| text.contains("linha")).count()).sum();
        assert!(words >= 100);
        for (number, page) in (1..).zip(&pages) {
            assert_eq!(texts(page).last().map(|text| text.3), Some(format!("{number}/3").as_str()));
            for (x, y, (weight, size), text) in texts(page) {
                assert!(x >= 25.0 && y <= 285.0, "{text}");
                let right = x + millimetres(fonts.width(weight, size, text));
                assert!(right <= 190.1, "{text} ends at {right}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_address_fits_the_envelope_window(name in "[\\w ]{1,200}", street in "\\PC{1,120}", town in "\\w{1,120}") {
            let fonts = Fonts::new().expect("two fonts");
            let address = format!("{name}\n{street}\n123456789012 {town}\nLU");
            let page = &pages(&fonts, &letter(&address, "x"))[0];
            for (x, y, (_, size), text) in texts(page).into_iter().filter(|(x, ..)| *x == ADDRESS.left) {
                let right = x + millimetres(fonts.width(Weight::Plain, size, text));
                prop_assert!(right <= WINDOW.right, "{text} ends at {right}");
                prop_assert!(y <= WINDOW.bottom && y - millimetres(size) >= WINDOW.top, "{text} at {y}");
            }
        }
    }
}
