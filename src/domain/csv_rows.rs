//! Rows of a CSV file and their fields. All readers of CSV files use this module.
//!
//! A quoted field begins right after a delimiter or a line end and ends right before one. Inside it `""` is one
//! quotation mark. A quotation mark elsewhere is an ordinary character.
//!
//! A stray quotation mark must not hide rows. A quoted field therefore ends after at most [`MAX_QUOTED_LINES`] lines and
//! [`MAX_QUOTED_BYTES`], and contains no line that is a row of the file. Otherwise its quotation mark is stray: that row
//! ends with the line of the mark, and the next line begins the next row.

use std::borrow::Cow;
use std::ops::Range;

use super::niss::Niss;

/// The maximum number of lines of a quoted field.
pub const MAX_QUOTED_LINES: usize = 20;

/// The maximum length of a quoted field in bytes.
pub const MAX_QUOTED_BYTES: usize = 64 << 10;

/// The delimiters that are recognised, the first one for a header without any.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The facts about a file that decide where its rows end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvShape {
    delimiter: u8,
    /// The number of columns. Zero for the header, whose length is unknown.
    columns: usize,
    /// The position of the column `niss`.
    niss: Option<usize>,
}

/// A field within the bytes of its row, without its quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    range: Range<usize>,
    has_pairs: bool,
}

impl Cell {
    /// Returns the field's content. `text` is the text that was split.
    pub fn bytes<'a>(&self, text: &'a [u8]) -> Cow<'a, [u8]> {
        let raw = &text[self.range.clone()];
        if !self.has_pairs {
            return Cow::Borrowed(raw);
        }
        let mut content = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(mark) = memchr::memchr(b'"', rest) {
            content.extend_from_slice(&rest[..=mark]);
            rest = rest.get(mark + 2..).unwrap_or_default();
        }
        content.extend_from_slice(rest);
        Cow::Owned(content)
    }

    /// Returns the field's content. `text` is the text that was split.
    pub fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let raw = &text[self.range.clone()];
        if self.has_pairs { Cow::Owned(raw.replace("\"\"", "\"")) } else { Cow::Borrowed(raw) }
    }

    /// Returns the field as it is in the text, with its quotation marks.
    pub fn raw<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        let is_quoted = usize::from(self.is_quoted(text));
        &text[self.range.start - is_quoted..self.range.end + is_quoted]
    }

    /// Returns the position behind the field and its quotation mark.
    pub fn raw_end(&self, text: &[u8]) -> usize {
        self.range.end + usize::from(self.is_quoted(text))
    }

    /// Returns whether the field is in quotation marks. An unquoted field is behind a delimiter or a line end.
    fn is_quoted(&self, text: &[u8]) -> bool {
        self.range.start > 0 && text[self.range.start - 1] == b'"'
    }
}

/// The extent of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowExtent {
    /// The number of bytes with the line end.
    pub length: usize,
    /// The position of the field with a stray quotation mark, if there is one. The row is then invalid.
    pub stray: Option<usize>,
}

/// The end of a field.
enum FieldEnd {
    /// The position after the closing quotation mark, and whether the field contains `""`.
    Closed(usize, bool),
    Stray,
    /// The text ends before the field.
    Incomplete,
}

impl CsvShape {
    /// Returns the shape of a header. The delimiter is the one that the first line has most often outside quotation marks;
    /// a comma if it has none.
    pub fn of_header(first_line: &[u8]) -> CsvShape {
        let mut counts = [0_usize; DELIMITERS.len()];
        let mut is_quoted = false;
        for byte in first_line {
            is_quoted ^= *byte == b'"';
            if let (false, Some(at)) = (is_quoted, DELIMITERS.iter().position(|delimiter| delimiter == byte)) {
                counts[at] += 1;
            }
        }
        let most = counts.iter().max().copied().unwrap_or_default();
        let delimiter = counts.iter().position(|count| *count == most).map_or(b',', |at| DELIMITERS[at]);
        CsvShape::of_delimiter(delimiter)
    }

    /// Returns the shape of a header with this delimiter.
    pub fn of_delimiter(delimiter: u8) -> CsvShape {
        CsvShape { delimiter, columns: 0, niss: None }
    }

    /// Returns the delimiter.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Returns the shape of the rows below a header.
    pub fn with_columns(self, columns: usize, niss: Option<usize>) -> CsvShape {
        CsvShape { columns, niss, ..self }
    }

    /// Splits the row at the start of `text` into `cells`. Returns `None` if the row may continue after `text`;
    /// `is_all` means that it can't.
    pub fn split(&self, text: &[u8], is_all: bool, cells: &mut Vec<Cell>) -> Option<RowExtent> {
        cells.clear();
        let mut at = 0;
        loop {
            if text.get(at) == Some(&b'"') {
                match self.quoted_end(text, at, is_all, cells.len()) {
                    FieldEnd::Incomplete => return None,
                    FieldEnd::Stray => {
                        let end = memchr::memchr(b'\n', &text[at..]).map(|end| at + end + 1);
                        let length = end.or(is_all.then_some(text.len()))?;
                        return Some(RowExtent { length, stray: Some(cells.len()) });
                    }
                    FieldEnd::Closed(end, has_pairs) => {
                        cells.push(Cell { range: at + 1..end - 1, has_pairs });
                        at = end;
                    }
                }
                if text.get(at) == Some(&self.delimiter) {
                    at += 1;
                    continue;
                }
                let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |end| at + end + 1);
                return Some(RowExtent { length: end, stray: None });
            }
            match memchr::memchr2(self.delimiter, b'\n', &text[at..]).map(|end| at + end) {
                Some(end) if text[end] == self.delimiter => {
                    cells.push(Cell { range: at..end, has_pairs: false });
                    at = end + 1;
                }
                Some(end) => {
                    cells.push(Cell { range: at..at + without_return(&text[at..end]), has_pairs: false });
                    return Some(RowExtent { length: end + 1, stray: None });
                }
                None if is_all => {
                    cells.push(Cell { range: at..at + without_return(&text[at..]), has_pairs: false });
                    return Some(RowExtent { length: text.len(), stray: None });
                }
                None => return None,
            }
        }
    }

    /// Returns the end of the quoted field that begins at `mark`, in the column `column`.
    fn quoted_end(&self, text: &[u8], mark: usize, is_all: bool, column: usize) -> FieldEnd {
        let limit = mark + MAX_QUOTED_BYTES + 2;
        let reachable = &text[..limit.min(text.len())];
        let unfinished = if is_all || text.len() >= limit { FieldEnd::Stray } else { FieldEnd::Incomplete };
        let mut line = memchr::memrchr(b'\n', &text[..mark]).map_or(0, |end| end + 1);
        let (mut at, mut lines, mut has_pairs) = (mark + 1, 1, false);
        // A pair at the limit puts `at` behind it.
        let next = |at: usize| memchr::memchr2(b'"', b'\n', reachable.get(at..)?).map(|next| at + next);
        while let Some(next) = next(at) {
            at = next + 1;
            if text[next] == b'\n' {
                lines += 1;
                // The header has no such limit: its length is unknown.
                let is_beyond = self.columns > 0 && column >= self.columns;
                if lines > MAX_QUOTED_LINES || is_beyond || self.has_row(text, line..next, mark..next) {
                    return FieldEnd::Stray;
                }
                line = next + 1;
                continue;
            }
            match (text.get(at), text.get(at + 1)) {
                (Some(b'"'), _) => {
                    (at, has_pairs) = (at + 1, true);
                    continue;
                }
                (None, _) | (Some(b'\r'), None) if !is_all => return FieldEnd::Incomplete,
                (None | Some(b'\n'), _) | (Some(b'\r'), None | Some(b'\n')) => {}
                (Some(byte), _) if *byte == self.delimiter => {}
                (Some(_), _) => return FieldEnd::Stray,
            }
            if lines > 1 {
                let end = memchr::memchr(b'\n', &text[at..]).map(|end| at + end);
                let Some(end) = end.or(is_all.then_some(text.len())) else { return FieldEnd::Incomplete };
                if self.has_row(text, line..end, mark..next) {
                    return FieldEnd::Stray;
                }
            }
            return FieldEnd::Closed(at, has_pairs);
        }
        unfinished
    }

    /// Returns whether a line is a row of the file, or begins one, with its NISS inside a quoted field. If the file has no
    /// NISS, the complete line must be inside.
    fn has_row(&self, text: &[u8], line: Range<usize>, field: Range<usize>) -> bool {
        let bytes = &text[line.start..line.start + without_return(&text[line.clone()])];
        if self.columns == 0 || bytes.is_empty() {
            return false;
        }
        let (mut at, mut count, mut found) = (0, 0, self.niss.is_none().then_some(0..bytes.len()));
        let mut is_open = false;
        loop {
            let is_quoted = bytes.get(at) == Some(&b'"');
            let quoted = if is_quoted { self.quoted_end(bytes, at, true, count) } else { FieldEnd::Stray };
            let (cell, end) = match quoted {
                FieldEnd::Closed(end, _) => (at + 1..end - 1, end),
                FieldEnd::Stray | FieldEnd::Incomplete => {
                    // Behind the NISS, this mark may open a field of several lines.
                    is_open |= is_quoted && line.start + at != field.start && found.is_some() && self.niss.is_some();
                    let end = memchr::memchr(self.delimiter, &bytes[at..]).map_or(bytes.len(), |end| at + end);
                    (at..end, end)
                }
            };
            if self.niss == Some(count) {
                let digits = bytes[cell.clone()].trim_ascii();
                // The quotation mark of the field may be in front of the NISS.
                let digits = digits.strip_prefix(b"\"").unwrap_or(digits);
                found = is_niss(digits).then_some(cell);
            }
            count += 1;
            if end >= bytes.len() || count > self.columns {
                break;
            }
            at = end + 1;
        }
        let is_inside =
            |cell: Range<usize>| line.start + cell.start >= field.start && line.start + cell.end <= field.end;
        (count == self.columns || is_open) && found.is_some_and(is_inside)
    }
}

/// Returns whether a field is a NISS, perhaps with spaces between its digits.
fn is_niss(field: &[u8]) -> bool {
    if Niss::parse_bytes(field).is_ok() {
        return true;
    }
    // 11 digits, each followed by a space of three bytes.
    if field.len() > 44 {
        return false;
    }
    let Ok(text) = str::from_utf8(field) else { return false };
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits.len() < text.len() && Niss::parse_bytes(digits.as_bytes()).is_ok()
}

/// Returns the length of a line without a carriage return at its end.
fn without_return(line: &[u8]) -> usize {
    line.strip_suffix(b"\r").map_or(line.len(), <[u8]>::len)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const A: &str = "13000000001";
    const B: &str = "13000000019";

    /// Returns for each row its fields, or the position of the field with a stray mark.
    fn rows_of(shape: CsvShape, text: &str) -> Vec<Result<Vec<String>, usize>> {
        let (mut rest, mut cells, mut rows) = (text.as_bytes(), vec![], vec![]);
        while !rest.is_empty() {
            let row = shape.split(rest, true, &mut cells).expect("a row");
            let texts = cells.iter().map(|cell| String::from_utf8_lossy(&cell.bytes(rest)).into_owned());
            rows.push(row.stray.map_or_else(|| Ok(texts.collect()), Err));
            rest = &rest[row.length..];
        }
        rows
    }

    /// Returns the first field of each row, or `"stray"`. Every line must be in exactly one row.
    fn first_fields(header: &str, body: &str) -> Vec<String> {
        let names: Vec<&str> = header.split(',').collect();
        let niss = names.iter().position(|name| *name == "niss");
        let shape = CsvShape::of_header(header.as_bytes()).with_columns(names.len(), niss);
        let first = |row: Result<Vec<String>, usize>| row.map_or_else(|_| "stray".to_owned(), |row| row[0].clone());
        rows_of(shape, body).into_iter().map(first).collect()
    }

    #[test]
    fn quoted_field_can_contain_delimiters_marks_and_lines() {
        let shape = CsvShape::of_header(b"niss;a,b;c").with_columns(3, Some(0));
        let text = format!("{A};\"x;\r\ny \"\"z\"\"\";b\r\n{B};a \"b\";\n\n\"\";\"\";\"\"\"\"");
        let expected = [vec![A, "x;\r\ny \"z\"", "b"], vec![B, "a \"b\"", ""], vec![""], vec!["", "", "\""]];
        let rows: Vec<Vec<String>> = rows_of(shape, &text).into_iter().map(|row| row.expect("a row")).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn stray_mark_ends_its_row_with_its_line() {
        let header = "niss,name,locality";
        for (line, rows) in [
            // Nothing closes it; the closing mark is followed by text; a row of the file is inside.
            (format!("{A},\"Ana,Faro\nx,Eva,Faro\n"), vec!["stray", "x"]),
            (format!("{A},\"Ana,Faro\nx,\"Eva\",Faro\n"), vec!["stray", "x"]),
            (format!("{A},\"Ana,Faro\n{B},Eva\",Faro\n"), vec!["stray", B]),
            (format!("{A},\"Ana,Faro\n{B},\"\",Faro\n"), vec!["stray", B]),
            (format!("{A},\"Ana,Faro\n{B},Eva,\"\nx,y,z"), vec!["stray", "stray", "x"]),
            (format!("{A},\"Ana\",\"Faro\n{B},\"Eva\",\"Faro\n"), vec!["stray", "stray"]),
            (format!("{A},\"Ana\" ,Faro\n{B},Eva,Faro"), vec!["stray", B]),
            (format!("\"{A},Ana,Faro\n{B}\",Eva,Faro"), vec!["stray", &format!("{B}\"")]),
            // A row after a valid field of two lines belongs to one rejected row.
            (format!("{A},\"A\nna\",\"Faro\n{B},Eva,Faro"), vec!["stray", B]),
            // Lines beyond the last column.
            (format!("{A},Ana,Faro,\"x\ny\"\n{B},Eva,Faro"), vec!["stray", "y\"", B]),
        ] {
            assert_eq!(first_fields(header, &line), rows, "{line:?}");
        }
    }

    #[test]
    fn delimiter_of_the_header_is_the_most_frequent() {
        for (header, delimiter) in [
            ("niss", b','),
            ("niss,name", b','),
            ("niss;name,kind;x", b';'),
            ("niss\tname, kind\tx", b'\t'),
            ("niss|name", b'|'),
            ("\"name, first, last\";niss", b';'),
        ] {
            assert_eq!(CsvShape::of_header(header.as_bytes()).delimiter(), delimiter, "{header}");
        }
    }

    #[test]
    fn niss_with_spaces_ends_a_stray_mark() {
        let spaced = |niss: &str| format!("{} {} {} {}", &niss[..3], &niss[3..6], &niss[6..9], &niss[9..]);
        let text = format!("{A},\"Ana,Faro\n{},Eva\",Faro\n{},Rui,x", spaced(B), B.replace("13", "1\u{a0}3"));
        assert_eq!(first_fields("niss,name,locality", &text), ["stray", &spaced(B), &B.replace("13", "1\u{a0}3")]);
    }

    #[test]
    fn niss_decides_wherever_its_column_is() {
        for (header, text, rows) in [
            ("name,niss", format!("\"Ana,{A}\nEva\",{B}\n"), vec!["stray", "Eva\""]),
            ("name,x,niss", format!("\"Ana,,{A}\nEva\",,{B}\n"), vec!["stray", "Eva\""]),
            ("name,x,niss", format!("\"Ana\nLopes\",,{A}\nEva,,{B}\n"), vec!["Ana\nLopes", "Eva"]),
            ("x,name,niss", format!("x,\"Ana\nLopes, Lda\",{A}\ny,Eva,{B}\n"), vec!["x", "y"]),
            // A file without the column: the number of fields decides.
            ("key,value", "a,\"b\nc,d\ne,f\"\n".to_owned(), vec!["stray", "c", "e"]),
            ("key,value", "a,\"b\nc\nd\"\n".to_owned(), vec!["a"]),
        ] {
            assert_eq!(first_fields(header, &text), rows, "{text:?}");
        }
    }

    #[test]
    fn quoted_field_is_limited_in_lines_and_bytes() {
        let header = "niss,name";
        let lines = |count: usize| format!("{A},\"{}\"\n", vec!["x"; count].join("\n"));
        assert_eq!(first_fields(header, &lines(MAX_QUOTED_LINES)), [A]);
        let mut rows = vec!["x"; MAX_QUOTED_LINES + 1];
        (rows[0], rows[MAX_QUOTED_LINES]) = ("stray", "x\"");
        assert_eq!(first_fields(header, &lines(MAX_QUOTED_LINES + 1)), rows);
        for (text, count) in [("x", MAX_QUOTED_BYTES), ("\"\"", MAX_QUOTED_BYTES / 2)] {
            assert_eq!(first_fields(header, &format!("{A},\"{}\"\n", text.repeat(count))), [A]);
            assert_eq!(first_fields(header, &format!("{A},\"{}\"\n", text.repeat(count + 1))), ["stray"]);
            assert_eq!(first_fields(header, &format!("{A},\"x{}\"\n", text.repeat(count))), ["stray"]);
        }
    }

    proptest! {
        #[test]
        fn beginning_of_text_decides_like_the_complete_text(body in "[a\",\r\n1]{0,40}", cut in 0_usize..40) {
            let text = body.replace('1', A);
            let cut = &text.as_bytes()[..cut.min(text.len())];
            let (mut some, mut all) = (vec![], vec![]);
            for shape in [(0, None), (2, Some(0)), (2, Some(1)), (2, None)] {
                let shape = CsvShape::of_header(b",").with_columns(shape.0, shape.1);
                let complete = shape.split(text.as_bytes(), true, &mut all);
                if let Some(row) = shape.split(cut, false, &mut some) {
                    prop_assert_eq!((Some(row), &some), (complete, &all));
                    // A block of complete rows gives the same rows.
                    prop_assert_eq!(shape.split(&cut[..row.length], true, &mut all), Some(row));
                    prop_assert_eq!(&some, &all);
                }
            }
        }

        #[test]
        fn well_formed_rows_are_read_back(rows in prop::collection::vec(prop::collection::vec("[a\",;\n]{0,6}", 3), 0..5)) {
            let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(vec![]);
            rows.iter().for_each(|row| writer.write_record(row).expect("a row"));
            let text = String::from_utf8(writer.into_inner().expect("text")).expect("UTF-8");
            let shape = CsvShape::of_header(b",").with_columns(3, Some(0));
            prop_assert_eq!(rows_of(shape, &text), rows.into_iter().map(Ok).collect::<Vec<_>>());
        }

        #[test]
        fn inserted_mark_hides_no_other_row(
            rows in prop::collection::vec(("(a[a\",\n]{0,4}a)?", "(a[a\",\n]{0,4}a)?"), 1..5),
            always in any::<bool>(), which in 0_usize..5, at in 0_usize..40,
        ) {
            let style = if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
            let rows: Vec<[String; 3]> =
                rows.into_iter().zip([A, B, "13000000027", "13000000035"]).map(|((x, y), niss)| [x, niss.into(), y]).collect();
            let line = |row: &[String; 3]| {
                let mut writer = csv::WriterBuilder::new().quote_style(style).from_writer(vec![]);
                writer.write_record(row).expect("a row");
                String::from_utf8(writer.into_inner().expect("text")).expect("UTF-8")
            };
            let mut lines: Vec<String> = rows.iter().map(line).collect();
            let which = which % rows.len();
            let at = at % lines[which].len();
            lines[which].insert(at, '"');
            let shape = CsvShape::of_header(b",").with_columns(3, Some(1));
            let found = rows_of(shape, &lines.concat());
            for (_, row) in rows.iter().enumerate().filter(|(other, _)| *other != which) {
                prop_assert!(found.contains(&Ok(row.to_vec())), "{:?} is not in {:?}", row, found);
            }
        }
    }
}
