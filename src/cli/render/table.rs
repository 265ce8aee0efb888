//! A list as a table.
//!
//! The first screenful of rows decides the column widths. Later rows are printed one by one in these widths, so a list
//! of any length needs the memory of one screen.
//!
//! At a terminal, a table is at most as wide as the terminal. Long cells are cut with an ellipsis, at a word if possible,
//! except those that people copy: NISS, numbers, codes, words of the code and times. If a later row needs more width in such a column, the next columns move
//! to the right. If the uncuttable columns are wider than the terminal, each row becomes a block of `label: value`.

use crate::cli::render::wrap::wrap;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How the cells of a column fit into its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnFit {
    /// Never cut.
    Full,
    /// Never cut, aligned to the right.
    Right,
    /// Cut to no less than this many characters.
    Cut(usize),
    /// Cut before any other column. The last such column is dropped if the rest still does not fit.
    Rest,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// The heading, in the user's language.
    pub head: String,
    /// How its cells fit.
    pub fit: ColumnFit,
}

/// A colour, by its SGR code (ECMA-48 8.3.117).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellColor {
    /// A failure.
    Red = 31,
    /// A good state.
    Green = 32,
    /// A state that needs attention.
    Yellow = 33,
    /// A state in progress.
    Cyan = 36,
    /// A final state.
    Faint = 2,
    /// A heading.
    Bold = 1,
}

impl CellColor {
    /// Returns a text in this colour.
    pub fn paint(self, text: &str) -> String {
        format!("\u{1b}[{}m{text}\u{1b}[0m", self as u8)
    }
}

/// A cell: text without control characters, with an optional colour.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The colour.
    pub color: Option<CellColor>,
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell { text, color: None }
    }
}

/// The terminal or file that a table is printed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// The width in characters. `None` for no limit.
    pub width: Option<usize>,
    /// The number of rows that decide the column widths.
    pub rows: usize,
    /// Whether colours are printed.
    pub is_painted: bool,
}

impl Screen {
    /// Returns whether it is a terminal, which always has a width.
    pub const fn is_terminal(&self) -> bool {
        self.width.is_some()
    }
}

/// The number of spaces between two columns.
const GAP: usize = 2;
/// The minimum width of a [`ColumnFit::Rest`] column.
const REST: usize = 16;

/// Writes a table row by row.
#[derive(Debug)]
pub struct TableWriter {
    screen: Screen,
    columns: Vec<Column>,
    /// The columns that were dropped, in this order: each index counts the columns that were left, and the heading.
    dropped: Vec<(usize, String)>,
    waiting: Vec<Vec<Cell>>,
    layout: Option<Layout>,
}

/// The layout of a table.
#[derive(Debug)]
enum Layout {
    /// Columns of these widths.
    Across(Vec<usize>),
    /// One block per row. The flag says whether a block was printed already.
    Down(bool),
}

impl TableWriter {
    /// Returns a writer without rows.
    pub fn new(screen: Screen, columns: Vec<Column>) -> TableWriter {
        TableWriter { screen, columns, dropped: vec![], waiting: vec![], layout: None }
    }

    /// Adds a row and returns the text that can be printed now.
    pub fn push_row(&mut self, row: Vec<Cell>) -> String {
        let mut row = row;
        self.dropped.iter().for_each(|(at, _)| drop(row.remove(*at)));
        self.waiting.push(row);
        if self.layout.is_some() || self.waiting.len() >= self.screen.rows { self.flush() } else { String::new() }
    }

    /// Returns the text of the rows that were not printed yet.
    pub fn flush(&mut self) -> String {
        let mut rows = std::mem::take(&mut self.waiting);
        if rows.is_empty() {
            return String::new();
        }
        let mut text = String::new();
        if self.layout.is_none() {
            let mut laid = self.compute_layout(&rows);
            while matches!(laid, Layout::Down(_))
                && let Some(at) = self.columns.iter().rposition(|column| column.fit == ColumnFit::Rest)
            {
                let column = self.columns.remove(at);
                self.dropped.push((at, column.head));
                rows.iter_mut().for_each(|row| drop(row.remove(at)));
                laid = self.compute_layout(&rows);
            }
            if let Layout::Across(widths) = &laid {
                let heads = self.columns.iter().map(|column| Cell::from(column.head.clone())).collect();
                text += &self.write_row(widths, heads, true);
            }
            self.layout = Some(laid);
        }
        for row in rows {
            match &mut self.layout {
                Some(Layout::Down(begun)) => {
                    if std::mem::replace(begun, true) {
                        text.push('\n');
                    }
                    text += &self.write_block(&row);
                }
                Some(Layout::Across(widths)) => {
                    let widths = widths.clone();
                    text += &self.write_row(&widths, row, false);
                }
                None => {}
            }
        }
        text
    }

    /// Returns the headings of the columns that did not fit, from left to right.
    pub fn dropped(&self) -> Vec<&str> {
        self.dropped.iter().rev().map(|(_, head)| head.as_str()).collect()
    }

    fn compute_layout(&self, rows: &[Vec<Cell>]) -> Layout {
        let natural = |(at, column): (usize, &Column)| {
            let widest = rows.iter().filter_map(|row| Some(row.get(at)?.text.width())).max().unwrap_or_default();
            widest.max(column.head.width())
        };
        let mut widths: Vec<usize> = self.columns.iter().enumerate().map(natural).collect();
        let Some(width) = self.screen.width else { return Layout::Across(widths) };
        let available = width.saturating_sub(GAP * self.columns.len().saturating_sub(1));
        // Cap cuttable columns at the available width first: the loop below removes one character per step.
        let fits: Vec<ColumnFit> = self.columns.iter().map(|column| column.fit).collect();
        for (width, fit) in widths.iter_mut().zip(&fits) {
            *width = if matches!(fit, ColumnFit::Cut(_) | ColumnFit::Rest) { (*width).min(available) } else { *width };
        }
        while widths.iter().sum::<usize>() > available {
            let spare = |(at, width): &(usize, &mut usize)| match fits[*at] {
                ColumnFit::Rest => **width > REST,
                ColumnFit::Cut(least) => **width > least,
                ColumnFit::Full | ColumnFit::Right => false,
            };
            let first = |(at, width): &(usize, &mut usize)| (fits[*at] == ColumnFit::Rest, **width);
            match widths.iter_mut().enumerate().filter(spare).max_by_key(first) {
                Some((_, widest)) => *widest -= 1,
                None => return Layout::Down(false),
            }
        }
        Layout::Across(widths)
    }

    fn write_row(&self, widths: &[usize], row: Vec<Cell>, is_head: bool) -> String {
        let mut line = String::new();
        let mut too_far = 0_usize;
        let last = self.columns.len().saturating_sub(1);
        for (at, ((cell, column), width)) in row.into_iter().zip(&self.columns).zip(widths).enumerate() {
            let available = width.saturating_sub(too_far);
            let may_lose = matches!(column.fit, ColumnFit::Cut(_) | ColumnFit::Rest) || is_head;
            let text = if may_lose && self.screen.width.is_some() { cut(&cell.text, available) } else { cell.text };
            let taken = text.width();
            let pad = available.saturating_sub(taken);
            too_far = (too_far + taken + pad).saturating_sub(*width);
            let text = self.painted(&text, cell.color, is_head);
            let (before, behind) = if column.fit == ColumnFit::Right { (pad, 0) } else { (0, pad) };
            line += &" ".repeat(before);
            line += &text;
            if at < last {
                line += &" ".repeat(behind + GAP);
            }
        }
        // An empty last cell would leave trailing spaces.
        format!("{}\n", line.trim_end())
    }

    fn write_block(&self, row: &[Cell]) -> String {
        let mut text = String::new();
        for (cell, column) in row.iter().zip(&self.columns).filter(|(cell, _)| !cell.text.is_empty()) {
            let available = self.screen.width.unwrap_or(usize::MAX).saturating_sub(column.head.width() + 2);
            let may_lose = matches!(column.fit, ColumnFit::Cut(_) | ColumnFit::Rest);
            let value = if may_lose { cut(&cell.text, available) } else { cell.text.clone() };
            let (head, value) = (self.painted(&column.head, None, true), self.painted(&value, cell.color, false));
            text += &wrap(&format!("{head}: {value}\n"), self.screen.width.unwrap_or(usize::MAX));
        }
        text
    }

    fn painted(&self, text: &str, tint: Option<CellColor>, is_head: bool) -> String {
        match if is_head { Some(CellColor::Bold) } else { tint } {
            Some(color) if self.screen.is_painted && !text.is_empty() => color.paint(text),
            _ => text.to_owned(),
        }
    }
}

/// Cuts a text to the available width, with an ellipsis: after a word if the last word began in the second half, so that
/// no word of the code is shown in part. Combining marks stay with their letter.
fn cut(text: &str, available: usize) -> String {
    if text.width() <= available {
        return text.to_owned();
    }
    let mut shown = String::new();
    let mut taken = 1;
    for c in text.chars() {
        taken += c.width().unwrap_or_default();
        if taken > available {
            break;
        }
        shown.push(c);
    }
    if !text[shown.len()..].starts_with(' ')
        && let Some(space) = shown.rfind(' ').filter(|space| *space * 2 >= shown.len())
    {
        shown.truncate(space);
    }
    // No space before the ellipsis.
    let mut shown = shown.trim_end().to_owned();
    if available > 0 {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(width: Option<usize>, rows: usize, columns: &[(&str, ColumnFit)]) -> TableWriter {
        let columns = columns.iter().map(|(head, fit)| Column { head: (*head).to_owned(), fit: *fit }).collect();
        TableWriter::new(Screen { width, rows, is_painted: false }, columns)
    }

    fn row(texts: &[&str]) -> Vec<Cell> {
        texts.iter().map(|text| Cell::from((*text).to_owned())).collect()
    }

    const COLUMNS: [(&str, ColumnFit); 3] =
        [("id", ColumnFit::Right), ("name", ColumnFit::Cut(7)), ("NISS", ColumnFit::Full)];

    #[test]
    fn table_width_is_limited_by_the_screen() {
        let rows = [["9", "António Simões d'Ávila", "12000000046"], ["10", "株式会社みなと", "25000000129"]];
        for (width, expected) in [
            (
                None,
                "id  name                    NISS\n 9  António Simões d'Ávila  12000000046\n10  株式会社みなと          25000000129\n",
            ),
            (Some(30), "id  name           NISS\n 9  António…       12000000046\n10  株式会社みな…  25000000129\n"),
        ] {
            let mut grid = grid(width, 2, &COLUMNS);
            let text: String = rows.iter().map(|one| grid.push_row(row(one))).collect();
            assert_eq!(text + &grid.flush(), expected);
        }
    }

    #[test]
    fn rows_become_blocks_if_uncut_columns_are_too_wide() {
        let mut grid = grid(Some(20), 9, &COLUMNS);
        assert_eq!(grid.push_row(row(&["9", "António Simões d'Ávila", "12000000046"])), "");
        assert_eq!(grid.push_row(row(&["10", "", "25000000129"])), "");
        let expected = "id: 9\nname: António…\nNISS: 12000000046\n\nid: 10\nNISS: 25000000129\n";
        assert_eq!(grid.flush(), expected);
        assert_eq!(grid.push_row(row(&["11", "Rui", "12000000012"])), "\nid: 11\nname: Rui\nNISS: 12000000012\n");
    }

    #[test]
    fn wide_later_row_narrows_next_columns_and_buffers_nothing() {
        let columns = [("id", ColumnFit::Right), ("name", ColumnFit::Cut(7)), ("to", ColumnFit::Cut(6))];
        let mut grid = grid(Some(24), 1, &columns);
        assert_eq!(grid.push_row(row(&["1", "Ana Sofia", "Lisboa"])), "id  name       to\n 1  Ana Sofia  Lisboa\n");
        assert_eq!(grid.push_row(row(&["123456", "Ana Sofia", "Lisboa"])), "123456  Ana…   Lisboa\n");
        assert!(grid.waiting.is_empty());
    }

    #[test]
    fn rest_column_is_cut_first_and_dropped_if_too_narrow() {
        let columns = [("id", ColumnFit::Right), ("name", ColumnFit::Cut(7)), ("rest", ColumnFit::Rest)];
        let rendered = |width| {
            let mut grid = grid(Some(width), 1, &columns);
            grid.push_row(row(&["1", "Ana Sofia", "what there is to know beside"]))
        };
        assert_eq!(rendered(32), "id  name       rest\n 1  Ana Sofia  what there is to…\n");
        assert_eq!(
            rendered(30),
            "id  name     rest\n 1  Ana Sof…  what there is…\n".replace("name     rest", "name      rest")
        );
        assert_eq!(rendered(26), "id  name\n 1  Ana Sofia\n");
    }

    #[test]
    fn cut_keeps_combining_marks_with_their_letter() {
        for (text, available, expected) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("株式", 3, "株…"),
            ("e\u{301}e\u{301}e", 2, "e\u{301}…"),
            ("ab", 0, ""),
            ("a b", 2, "a…"),
        ] {
            assert_eq!(cut(text, available), expected);
        }
    }
}
