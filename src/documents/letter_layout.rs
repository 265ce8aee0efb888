//! The layout of a letter.
//!
//! - head: the service
//! - envelope window: sender and address
//! - beside it: reference and masked NISS
//! - body: date, subject, text, and the code in large type; as many pages as needed
//! - foot: letter number and page number

use zeroize::Zeroizing;

use super::font::{Fonts, Weight};
use super::letterhead::{Letterhead, split_body};
use super::line_break::wrap_lines;
use super::page_geometry::{
    ADDRESS, Area, FIRST_BODY, FOOTER, NEXT_BODY, REFERENCE, REFERENCE_AREA, SENDER, millimetres, points,
};
use crate::domain::vocabulary::Language;

/// A letter to print.
pub struct Letter {
    /// The sender, the reference and the other parts around the text.
    pub letterhead: Letterhead,
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
/// So small that the two groups of a code show.
const CODE_SPACING: f32 = 2.0;
const SMALL: f32 = 8.0;
/// The font sizes of the address block, of which the first that fits is used. Registry lines have up to 120 characters,
/// names up to 200.
const ADDRESS_SIZES: [f32; 7] = [11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0];

/// The font sizes of the sender, of which the first that fits is used: on two lines in the last ones.
const SENDER_SIZES: [f32; 6] = [7.0, 6.5, 6.0, 5.5, 5.0, 4.5];
const REFERENCE_SIZE: f32 = 9.0;

/// Returns the pages of a letter.
pub fn pages(fonts: &Fonts, letter: &Letter) -> Vec<Page> {
    let mut setting = LayoutCursor { fonts, pages: vec![], page: vec![], y: FIRST_BODY.top, bottom: FIRST_BODY.bottom };
    setting.head(letter);
    setting.address(letter);
    let (date, body) = split_body(&letter.body, &letter.address, &letter.subject);
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
        page.push(draw_text(FOOTER.left, FOOTER.bottom, Weight::Plain, SMALL, &letter.letterhead.number));
        let number = format!("{number}/{count}");
        let x = FOOTER.right - millimetres(fonts.width(Weight::Plain, SMALL, &number));
        page.push(draw_text(x, FOOTER.bottom, Weight::Plain, SMALL, &number));
    }
    pages
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
        let letterhead = &letter.letterhead;
        self.page.push(draw_text(REFERENCE_AREA.left, REFERENCE_AREA.top + 6.0, Weight::Bold, 15.0, &letterhead.head));
        self.page.push(draw_text(
            REFERENCE_AREA.left,
            REFERENCE_AREA.top + 12.0,
            Weight::Plain,
            9.5,
            &letterhead.service,
        ));
        self.page.push(DrawOp::Rule(REFERENCE_AREA.left, REFERENCE_AREA.right, REFERENCE_AREA.top + 15.0));
        let (size, lines) = self.lines_that_fit(std::iter::once(letterhead.sender.as_str()), SENDER, &SENDER_SIZES);
        // One line is just above the rule, two fill the area.
        let mut y = SENDER.bottom - 1.2 - line_height(size) * lines.len().saturating_sub(1) as f32;
        for line in lines {
            self.page.push(draw_text(SENDER.left, y, Weight::Plain, size, &line));
            y += line_height(size);
        }
        self.page.push(DrawOp::Rule(SENDER.left, SENDER.right, SENDER.bottom));
        for (y, line) in [(REFERENCE.top, &letterhead.reference), (REFERENCE.top + LEADING, &letterhead.niss)] {
            self.page.push(draw_text(REFERENCE.left, y + 3.8, Weight::Plain, REFERENCE_SIZE, line));
        }
    }

    fn address(&mut self, letter: &Letter) {
        let (size, lines) = self.lines_that_fit(letter.address.lines(), ADDRESS, &ADDRESS_SIZES);
        let mut y = ADDRESS.top;
        for line in lines {
            y += line_height(size);
            self.page.push(draw_text(ADDRESS.left, y - millimetres(size) * 0.3, Weight::Plain, size, &line));
        }
    }

    /// Returns the first font size in which these lines, wrapped, fit an area, or the last one, and the wrapped lines.
    fn lines_that_fit<'t>(
        &self,
        lines: impl Iterator<Item = &'t str> + Clone,
        area: Area,
        sizes: &[f32],
    ) -> (f32, Vec<String>) {
        let width = points(area.width());
        let set = |size: f32| -> (f32, Vec<String>) {
            let wrapped = lines.clone().flat_map(|line| wrap_lines(self.fonts, Weight::Plain, size, width, line));
            (size, wrapped.collect())
        };
        let height = |(size, lines): &(f32, Vec<String>)| line_height(*size) * lines.len() as f32;
        let fits = sizes.iter().map(|size| set(*size)).find(|setting| height(setting) <= area.height());
        fits.unwrap_or_else(|| set(sizes.last().copied().unwrap_or(TEXT)))
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

fn draw_text(x: f32, y: f32, weight: Weight, size: f32, text: &str) -> DrawOp {
    DrawOp::Text { x, y, weight, size, spacing: 0.0, text: Zeroizing::new(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::page_geometry::WINDOW;
    use super::*;
    use crate::domain::letter_sender::LetterSender;

    fn letter(address: &str, text: &str) -> Letter {
        Letter {
            letterhead: Letterhead::new(
                Language::Pt,
                3,
                ("12000000046".parse().expect("a NISS"), "2026-01-05T09:00:00Z".parse().expect("a time")),
                &LetterSender::default(),
            ),
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
        assert_eq!(drawn[2], "Remetente: Segurança Social, Rua Inventada 100, 1000-999 Lisboa, Portugal");
        assert_eq!(drawn[3..5], ["Nossa referência: SSD/2026/3", "NISS: ********046"]);
        assert_eq!(drawn[5..], expected);
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

    #[test]
    fn any_sender_fits_the_envelope_window() {
        let fonts = Fonts::new().expect("two fonts");
        for sender in ["A; B".to_owned(), format!("{}; {}", "W".repeat(49), "W".repeat(49)), "Mm ".repeat(32) + "; M"] {
            let sender: LetterSender = sender.trim().parse().expect("a sender");
            let mut letter = letter("Ana\nRua 1\n1200-195 Lisboa", "x");
            letter.letterhead.sender = sender.lines().collect::<Vec<_>>().join(", ");
            let page = &pages(&fonts, &letter)[0];
            let drawn = texts(page).into_iter().filter(|(x, y, ..)| *x == SENDER.left && *y < SENDER.bottom);
            let drawn: Vec<_> = drawn.collect();
            assert!(!drawn.is_empty());
            for (x, y, (_, size), text) in drawn {
                let right = x + millimetres(fonts.width(Weight::Plain, size, text));
                assert!(right <= WINDOW.right && y - millimetres(size) >= WINDOW.top, "{text} at {y}");
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
