//! Letters as a PDF file of A4 pages.
//!
//! The file has no creation time and no producer, so the same letters give the same bytes. Both fonts are embedded once
//! per file and pages are compressed. A letter takes about 1.5 kilobytes.
//!
//! Each letter is a bookmark with its title, and its text names its language (ISO 32000-1, 14.9.2).

use std::collections::{BTreeMap, BTreeSet};

use miniz_oxide::deflate::compress_to_vec_zlib;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::font::{FILES, Fonts, Weight};
use super::letter_layout::{DrawOp, Letter, Page, pages};
use super::page_geometry::{A4, points};
use crate::domain::vocabulary::Language;

const CATALOG: Ref = Ref::new(1);
const TREE: Ref = Ref::new(2);
/// The first object of the fonts. Each weight has five: font, descendant, descriptor, file and character map.
const FONTS: i32 = 3;
const INFO: Ref = Ref::new(FONTS + 10);
/// The first object of the pages. Each page has two: the page and its content.
const PAGES: i32 = FONTS + 11;
const WEIGHTS: [Weight; 2] = [Weight::Plain, Weight::Bold];
const NAMES: [&[u8]; 2] = [b"F0", b"F1"];
/// The name of a font subset starts with six letters.
const BASE_NAMES: [&[u8]; 2] = [b"SSDSSD+NotoSans-Regular", b"SSDSSD+NotoSans-Bold"];
const DEFLATE: u8 = 6;

/// Writes a print run letter by letter.
pub struct PdfWriter {
    fonts: Fonts,
    pdf: Pdf,
    pages: i32,
    letters: Vec<BookmarkedLetter>,
    used: [BTreeMap<u16, (char, f32)>; 2],
}

/// The title, the language and the first page of a letter, from 0.
struct BookmarkedLetter {
    title: String,
    language: Language,
    page: i32,
}

/// The position of a letter in a print run.
pub struct PrintedLetter {
    /// The first page, from 1.
    pub page: i32,
    /// The number of pages.
    pub pages: i32,
    /// The characters that no font has. Each is printed as `�`.
    pub lacking: BTreeSet<char>,
}

impl PdfWriter {
    /// Returns an empty writer. `None` would be a bug.
    pub fn new() -> Option<PdfWriter> {
        Some(PdfWriter { fonts: Fonts::new()?, pdf: Pdf::new(), pages: 0, letters: vec![], used: Default::default() })
    }

    /// Returns the number of pages.
    pub fn pages(&self) -> i32 {
        self.pages
    }

    /// Adds a letter.
    pub fn add(&mut self, letter: &Letter) -> PrintedLetter {
        let mut sheet = PrintedLetter { page: self.pages + 1, pages: 0, lacking: BTreeSet::new() };
        let title = format!("{}: {}", letter.letterhead.number, letter.subject);
        self.letters.push(BookmarkedLetter { title, language: letter.language, page: self.pages });
        for page in pages(&self.fonts, letter) {
            self.page(&page, letter.language, &mut sheet.lacking);
            sheet.pages += 1;
        }
        sheet
    }

    fn page(&mut self, drawn: &Page, language: Language, lacking: &mut BTreeSet<char>) {
        let mut content = Content::new();
        let mut span = content.begin_marked_content_with_properties(Name(b"Span"));
        span.properties().pair(Name(b"Lang"), TextStr(tag(language)));
        drop(span);
        content.set_line_width(0.5);
        for one in drawn {
            match one {
                DrawOp::Text { x, y, weight, size, spacing, text } => {
                    self.text(&mut content, (*x, *y), (*weight, *size, *spacing), text, lacking);
                }
                DrawOp::Rule(left, right, y) => {
                    let y = points(A4.1 - y);
                    content.move_to(points(*left), y).line_to(points(*right), y).stroke();
                }
                DrawOp::Frame(area) => {
                    let (width, height) = (points(area.width()), points(area.height()));
                    content.rect(points(area.left), points(A4.1 - area.bottom), width, height).stroke();
                }
            }
        }
        content.end_marked_content();
        let id = PAGES + 2 * self.pages;
        let (page_id, content_id) = (Ref::new(id), Ref::new(id + 1));
        let mut page = self.pdf.page(page_id);
        page.parent(TREE).media_box(Rect::new(0.0, 0.0, points(A4.0), points(A4.1))).contents(content_id);
        let mut resources = page.resources();
        let mut fonts = resources.fonts();
        for (weight, name) in WEIGHTS.iter().zip(NAMES) {
            fonts.pair(Name(name), font(*weight, 0));
        }
        fonts.finish();
        resources.finish();
        page.finish();
        let deflated = compress_to_vec_zlib(&content.finish(), DEFLATE);
        self.pdf.stream(content_id, &deflated).filter(Filter::FlateDecode);
        self.pages += 1;
    }

    /// Draws a line of text, one piece per change of weight.
    fn text(
        &mut self,
        content: &mut Content,
        (x, y): (f32, f32),
        (weight, size, spacing): (Weight, f32, f32),
        text: &str,
        lacking: &mut BTreeSet<char>,
    ) {
        let glyphs = self.fonts.glyphs(weight, text, &mut |character| {
            lacking.insert(character);
        });
        content.begin_text().set_char_spacing(spacing).next_line(points(x), points(A4.1 - y));
        for piece in glyphs.chunk_by(|one, next| one.weight == next.weight) {
            let weight = piece[0].weight as usize;
            let numbers: Vec<u8> = piece.iter().flat_map(|glyph| glyph.id.to_be_bytes()).collect();
            self.used[weight].extend(piece.iter().map(|glyph| (glyph.id, (glyph.drawn, glyph.advance))));
            content.set_font(Name(NAMES[weight]), size).show(Str(&numbers));
        }
        content.end_text();
    }

    /// Returns the bytes of the file. `title` is that of a file with several letters; one letter has its own. The
    /// language of the file is that of its first letter.
    pub fn finish(mut self, title: &str) -> Vec<u8> {
        let page = |number| Ref::new(PAGES + 2 * number);
        let letters = std::mem::take(&mut self.letters);
        let title = match &letters[..] {
            [only] => &only.title,
            _ => title,
        };
        let language = letters.first().map_or(Language::Pt, |first| first.language);
        // The bookmarks come after the pages: their list, and then one object each.
        let bookmarks = PAGES + 2 * self.pages;
        let bookmark = |number: usize| Ref::new(bookmarks + 1 + i32::try_from(number).unwrap_or_default());
        let mut catalog = self.pdf.catalog(CATALOG);
        catalog.pages(TREE).lang(TextStr(tag(language)));
        catalog.viewer_preferences().display_doc_title(true);
        if !letters.is_empty() {
            catalog.outlines(Ref::new(bookmarks));
        }
        catalog.finish();
        if !letters.is_empty() {
            let count = i32::try_from(letters.len()).unwrap_or_default();
            let mut list = self.pdf.outline(Ref::new(bookmarks));
            list.first(bookmark(0)).last(bookmark(letters.len() - 1)).count(count);
        }
        for (number, letter) in letters.iter().enumerate() {
            let mut item = self.pdf.outline_item(bookmark(number));
            item.title(TextStr(&letter.title)).parent(Ref::new(bookmarks));
            if number > 0 {
                item.prev(bookmark(number - 1));
            }
            if number + 1 < letters.len() {
                item.next(bookmark(number + 1));
            }
            item.dest().page(page(letter.page)).fit();
        }
        self.pdf.pages(TREE).kids((0..self.pages).map(page)).count(self.pages);
        self.pdf.document_info(INFO).title(TextStr(title));
        for weight in WEIGHTS {
            self.embed(weight);
        }
        self.pdf.finish()
    }

    fn embed(&mut self, weight: Weight) {
        let index = weight as usize;
        let (name, used) = (Name(BASE_NAMES[index]), &self.used[index]);
        let system = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
        let mut type0 = self.pdf.type0_font(font(weight, 0));
        type0.base_font(name).encoding_predefined(Name(b"Identity-H"));
        type0.descendant_font(font(weight, 1)).to_unicode(font(weight, 4));
        type0.finish();

        let mut cid = self.pdf.cid_font(font(weight, 1));
        cid.subtype(CidFontType::Type2).base_font(name).system_info(system).font_descriptor(font(weight, 2));
        cid.cid_to_gid_map_predefined(Name(b"Identity")).default_width(0.0);
        let mut widths = cid.widths();
        for (id, (_, advance)) in used {
            widths.consecutive(*id, [*advance]);
        }
        widths.finish();
        cid.finish();

        let face = self.fonts.face(weight);
        let scaled = |value: i16| f32::from(value) * 1000.0 / f32::from(face.units_per_em());
        let bounds = face.global_bounding_box();
        let mut descriptor = self.pdf.font_descriptor(font(weight, 2));
        descriptor.name(name).flags(FontFlags::NON_SYMBOLIC).italic_angle(0.0).stem_v([80.0, 140.0][index]);
        descriptor.bbox(Rect::new(
            scaled(bounds.x_min),
            scaled(bounds.y_min),
            scaled(bounds.x_max),
            scaled(bounds.y_max),
        ));
        descriptor.ascent(scaled(face.ascender())).descent(scaled(face.descender()));
        descriptor.cap_height(scaled(face.capital_height().unwrap_or_default())).font_file2(font(weight, 3));
        descriptor.finish();

        let deflated = compress_to_vec_zlib(FILES[index], DEFLATE);
        let length = i32::try_from(FILES[index].len()).unwrap_or_default();
        let mut file = self.pdf.stream(font(weight, 3), &deflated);
        file.filter(Filter::FlateDecode).pair(Name(b"Length1"), length);
        file.finish();

        let mut characters = UnicodeCmap::new(Name(b"ssd"), system);
        for (id, (drawn, _)) in used {
            characters.pair(*id, *drawn);
        }
        self.pdf.cmap(font(weight, 4), &characters.finish());
    }
}

/// Returns the language tag of a letter (BCP 47).
fn tag(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Pt => "pt-PT",
    }
}

fn font(weight: Weight, part: i32) -> Ref {
    Ref::new(FONTS + 5 * weight as i32 + part)
}
