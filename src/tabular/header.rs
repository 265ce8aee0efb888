//! The header of a CSV: which column of the file is which column of a registry, or which field of an operation.

use encoding_rs::WINDOWS_1252;

use super::encoding::{self, EncodingChoice, TextEncoding};
use super::header_name::{KnownNames, NameForms};
use super::text_input::{TextFormat, is_utf8, not_utf8, was_utf8};
use crate::domain::csv_rows::Cell;
use crate::domain::input_option::InputOption;
use crate::error::Error;
use crate::l10n::{MessageArg, MessageArgs};

/// The number of characters of a header that an error repeats.
const SHOWN_CHARACTERS: usize = 40;

/// The number of headers that an error names.
const SHOWN_HEADERS: usize = 60;

/// What the user says about columns.
#[derive(Debug, Clone, Default)]
pub struct ColumnChoices {
    /// The columns and their headers in the file (`--map COLUMN=HEADER`).
    pub maps: Vec<(String, String)>,
    /// Whether unknown columns are left out.
    pub ignore_unknown: bool,
}

/// What a column of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The known column with this index.
    Column(usize),
    /// A column that is left out: an unknown one, or one whose name begins with `_`.
    Ignored,
    /// A column without a name, which must be empty.
    Unnamed,
}

/// A header that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The names as they are in the file.
    pub names: Vec<String>,
    /// What each column is.
    pub slots: Vec<Slot>,
    /// The unknown columns that are left out, shortened.
    pub ignored: Vec<String>,
}

impl Header {
    /// Returns the position of a known column in the rows.
    pub fn position(&self, column: usize) -> Option<usize> {
        self.slots.iter().position(|slot| *slot == Slot::Column(column))
    }
}

/// The columns that a file can have.
pub struct Expected<'a> {
    /// All columns.
    pub known: &'a [&'static str],
    /// The columns without which no row is valid.
    pub required: &'a [&'static str],
}

/// The beginning of a file: its header row with the position of the cells, and all bytes that were read.
pub struct FileStart<'a> {
    /// The header row.
    pub row: &'a [u8],
    /// The cells of the header row.
    pub cells: &'a [Cell],
    /// The line of the header.
    pub line: u64,
    /// The header row and what follows, as far as it was read.
    pub sample: &'a [u8],
    /// The encoding.
    pub format: TextFormat,
}

/// A header that can't be used.
#[derive(Debug)]
struct Problem {
    key: &'static str,
    facts: MessageArgs,
    /// The options that solve it.
    add: Option<Vec<InputOption>>,
}

/// Understands a header.
///
/// # Errors
/// One error names everything of the same kind: the unknown columns, or the missing ones. It contains the options that
/// the command needs in addition.
pub fn read(start: &FileStart<'_>, expected: &Expected<'_>, choices: &ColumnChoices) -> Result<Header, Error> {
    // The last character may be incomplete.
    let valid = str::from_utf8(start.sample);
    let damaged = valid.err().filter(|fault| fault.error_len().is_some());
    let likely = damaged.map(|_| encoding::guess(start.sample));
    let texts: Result<Vec<String>, _> =
        start.cells.iter().map(|cell| String::from_utf8(cell.bytes(start.row).into_owned())).collect();
    let Ok(names) = texts else {
        let likely = likely.flatten().filter(|likely| !start.format.is_lenient || *likely != EncodingChoice::Utf8);
        let decoded = |cell: &Cell| WINDOWS_1252.decode_without_bom_handling(&cell.bytes(start.row)).0.into_owned();
        let also = match likely {
            Some(EncodingChoice::Windows1252) => {
                let names = start.cells.iter().map(decoded).collect();
                resolve(names, expected, choices).err().and_then(|problem| problem.add)
            }
            _ => None,
        };
        let before = &start.row[..str::from_utf8(start.row).map_or_else(|fault| fault.valid_up_to(), str::len)];
        let line = start.line + memchr::memchr_iter(b'\n', before).count() as u64;
        return Err(not_utf8(line, likely, also.unwrap_or_default()));
    };
    // A name can have several lines. In a file whose lines end with a carriage return alone, everything is the header.
    if names.iter().any(|name| name.replace("\r\n", "").contains('\r')) {
        return Err(Error::usage("input-no-csv"));
    }
    resolve(names, expected, choices).map_err(|problem| {
        if start.format.encoding == TextEncoding::Windows1252 && str::from_utf8(start.sample).is_ok_and(was_utf8) {
            return is_utf8();
        }
        let Problem { key, mut facts, add } = problem;
        let encoding = likely.flatten().filter(|_| !start.format.is_lenient);
        let encoding = encoding.map(|likely| InputOption::Encoding(likely.as_str()));
        facts.extend(add.map(|add| ("add", MessageArg::InputOptions(add.into_iter().chain(encoding).collect()))));
        Error::Usage { key, facts }
    })
}

fn resolve(names: Vec<String>, expected: &Expected<'_>, choices: &ColumnChoices) -> Result<Header, Problem> {
    let known = KnownNames::of(expected.known);
    let mut slots = mapped(&names, expected, choices)?;
    let mut unknown = vec![];
    for at in 0..names.len() {
        let name = names[at].trim();
        if slots[at].is_some() {
            continue;
        }
        slots[at] = Some(match known.find(name) {
            _ if name.is_empty() => Slot::Unnamed,
            _ if name.starts_with('_') => Slot::Ignored,
            Some(column) => match slots.iter().position(|slot| *slot == Some(Slot::Column(column))) {
                None => Slot::Column(column),
                // `--map` has said which of them it is.
                Some(other) if other > at || is_mapped(choices, expected.known[column]) => {
                    unknown.push(at);
                    Slot::Ignored
                }
                Some(other) => {
                    let column = expected.known[column];
                    let choice = format!("{column}={}", names[at].trim());
                    let facts = vec![
                        ("column", MessageArg::from(column)),
                        ("former", MessageArg::from(shortened(&names[other]))),
                        ("latter", MessageArg::from(shortened(name))),
                        ("former_at", MessageArg::from((other + 1).to_string())),
                        ("latter_at", MessageArg::from((at + 1).to_string())),
                    ];
                    let is_same = names[other].trim() == name;
                    let add = vec![InputOption::Map(choice), InputOption::IgnoreUnknown];
                    return Err(Problem { key: "column-twice", facts, add: (!is_same).then_some(add) });
                }
            },
            None => {
                unknown.push(at);
                Slot::Ignored
            }
        });
    }
    let slots: Vec<Slot> = slots.into_iter().map(|slot| slot.unwrap_or(Slot::Ignored)).collect();
    let has = |column: usize| slots.contains(&Slot::Column(column));
    let looks_like_data = |name: &String| name.contains('@') || name.bytes().filter(u8::is_ascii_digit).count() >= 5;
    if !(0..expected.known.len()).any(has) && names.iter().any(looks_like_data) {
        return Err(Problem { key: "input-no-header", facts: vec![], add: None });
    }
    let likeliest = |at: &usize| known.likeliest(names[*at].trim(), |column| !has(column));
    let rated: Vec<(usize, Option<usize>)> = unknown.iter().map(|at| (*at, likeliest(at))).collect();
    let index = |name: &&str| expected.known.iter().position(|known| known == name);
    let missing: Vec<&str> = expected.required.iter().filter(|name| !index(name).is_some_and(has)).copied().collect();
    if !missing.is_empty() {
        return Err(missing_columns(&missing, &names, &rated, expected));
    }
    if !unknown.is_empty() && !choices.ignore_unknown {
        let facts = vec![
            ("count", MessageArg::Number(unknown.len() as i64)),
            ("columns", MessageArg::from(listed(&names, &rated, expected))),
            ("known", MessageArg::from(expected.known.join(", "))),
        ];
        return Err(Problem { key: "unknown-columns", facts, add: Some(vec![InputOption::IgnoreUnknown]) });
    }
    let ignored = unknown.iter().take(SHOWN_HEADERS).map(|at| shortened(&names[*at])).collect();
    Ok(Header { names, slots, ignored })
}

fn is_mapped(choices: &ColumnChoices, column: &str) -> bool {
    choices.maps.iter().any(|(mapped, _)| as_column(mapped) == column)
}

/// Returns a column as the user may write it in `--map`.
fn as_column(text: &str) -> String {
    text.trim().to_lowercase().replace(['-', ' '], "_")
}

/// Returns the slots that `--map` decides.
fn mapped(names: &[String], expected: &Expected<'_>, choices: &ColumnChoices) -> Result<Vec<Option<Slot>>, Problem> {
    let mut slots = vec![None; names.len()];
    for (column, header) in &choices.maps {
        let problem = |key: &'static str, mut facts: MessageArgs| {
            facts.push(("column", MessageArg::from(shortened(column))));
            facts.push(("header", MessageArg::from(shortened(header))));
            Problem { key, facts, add: None }
        };
        let Some(at) = expected.known.iter().position(|known| *known == as_column(column)) else {
            return Err(problem("map-column", vec![("known", MessageArg::from(expected.known.join(", ")))]));
        };
        let same = |name: &&String| name.trim() == header.trim();
        let alike = |name: &&String| {
            let forms = NameForms::of(name);
            !forms.is_empty() && forms.joined() == NameForms::of(header).joined()
        };
        let exact: Vec<usize> = (0..names.len()).filter(|at| same(&&names[*at])).collect();
        let found = match exact.is_empty() {
            true => (0..names.len()).filter(|at| alike(&&names[*at])).collect(),
            false => exact,
        };
        let [position] = found[..] else {
            let shown = names.iter().filter(|name| !name.trim().is_empty()).take(SHOWN_HEADERS);
            let shown: Vec<String> = shown.map(|name| format!("`{}`", shortened(name))).collect();
            let key = if found.is_empty() { "map-header" } else { "map-ambiguous" };
            return Err(problem(key, vec![("headers", MessageArg::from(shown.join(", ")))]));
        };
        if slots[position].is_some() || slots.contains(&Some(Slot::Column(at))) {
            return Err(problem("map-twice", vec![]));
        }
        slots[position] = Some(Slot::Column(at));
    }
    Ok(slots)
}

/// Returns the problem of required columns that the file has not, or not by a known name.
fn missing_columns(
    missing: &[&str],
    names: &[String],
    rated: &[(usize, Option<usize>)],
    expected: &Expected<'_>,
) -> Problem {
    let quoted: Vec<String> = missing.iter().map(|column| format!("`{column}`")).collect();
    let facts = vec![
        ("count", MessageArg::Number(missing.len() as i64)),
        ("missing", MessageArg::from(quoted.join(", "))),
        ("unknown", MessageArg::Number(rated.len() as i64)),
        ("columns", MessageArg::from(listed(names, rated, expected))),
    ];
    // The command with the likeliest columns, if each missing one has exactly one header.
    let mut add = vec![];
    for column in missing {
        let means = |likeliest: &Option<usize>| likeliest.is_some_and(|at| expected.known[at] == *column);
        let likely: Vec<usize> = rated.iter().filter(|(_, likeliest)| means(likeliest)).map(|(at, _)| *at).collect();
        let [at] = likely[..] else { return Problem { key: "columns-missing", facts, add: None } };
        add.push(InputOption::Map(format!("{column}={}", names[at].trim())));
    }
    if rated.len() > missing.len() {
        add.push(InputOption::IgnoreUnknown);
    }
    Problem { key: "columns-missing", facts, add: Some(add) }
}

/// Returns the unknown headers, each with its likeliest column.
fn listed(names: &[String], rated: &[(usize, Option<usize>)], expected: &Expected<'_>) -> String {
    let shown = rated.iter().take(SHOWN_HEADERS).map(|(at, likeliest)| {
        let name = shortened(&names[*at]);
        likeliest.map_or_else(|| format!("`{name}`"), |column| format!("`{name}` ({}?)", expected.known[column]))
    });
    let mut shown = shown.collect::<Vec<_>>().join(", ");
    if rated.len() > SHOWN_HEADERS {
        shown += &format!(", … (+{})", rated.len() - SHOWN_HEADERS);
    }
    shown
}

/// Returns the beginning of a header: the first line of a file that is no table can have anything.
pub fn shortened(name: &str) -> String {
    let name = name.trim();
    match name.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

/// Returns the delimiter that a first line `sep=;` names. Excel writes and reads this line.
pub fn separator_line(line: &[u8]) -> Option<u8> {
    let line = line.trim_ascii_end();
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    let (name, rest) = line.split_at_checked(4)?;
    match rest {
        _ if !name.eq_ignore_ascii_case(b"sep=") => None,
        // The tab was trimmed.
        [] => Some(b'\t'),
        [delimiter] if !delimiter.is_ascii_alphanumeric() && *delimiter != b'"' => Some(*delimiter),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::csv_rows::CsvShape;

    const KNOWN: [&str; 5] = ["niss", "kind", "name", "mobile", "telephone"];

    fn header(line: &[u8], maps: &[(&str, &str)], ignore_unknown: bool) -> Result<Header, (&'static str, String)> {
        let shape = CsvShape::of_header(line);
        let mut cells = vec![];
        shape.split(line, true, &mut cells).expect("a row");
        let start = FileStart { row: line, cells: &cells, line: 1, sample: line, format: TextFormat::UTF_8 };
        let maps = maps.iter().map(|(column, header)| ((*column).to_owned(), (*header).to_owned())).collect();
        let expected = Expected { known: &KNOWN, required: &["niss", "kind", "name"] };
        read(&start, &expected, &ColumnChoices { maps, ignore_unknown }).map_err(|error| match error {
            Error::Usage { key, facts } => (key, format!("{facts:?}")),
            other => panic!("{other}"),
        })
    }

    #[test]
    fn columns_are_found_by_name_or_by_map() {
        use Slot::{Column, Ignored, Unnamed};
        let slots = |line: &str, maps: &[(&str, &str)]| header(line.as_bytes(), maps, true).map(|header| header.slots);
        assert_eq!(slots("NISS;Tipo;Nome;;_line", &[]), Ok(vec![Column(0), Column(1), Column(2), Unnamed, Ignored]));
        assert_eq!(slots("a;Tipo;Nome", &[("niss", "A")]), Ok(vec![Column(0), Column(1), Column(2)]));
        // The map decides between two headers of one column, wherever they are.
        for line in ["NISS;Tipo;Nome;Nome completo", "NISS;Tipo;Nome completo;Nome"] {
            let found = header(line.as_bytes(), &[("name", "Nome completo")], true).expect("a header");
            assert_eq!(found.ignored, ["Nome"]);
        }
    }

    #[test]
    fn problem_names_every_column_and_the_options() {
        let problem = |line: &str, maps: &[(&str, &str)]| header(line.as_bytes(), maps, false).expect_err("a problem");
        for (line, key, words) in [
            (
                "niss,kind,name,Remarks,Mobil",
                "unknown-columns",
                &["`Remarks`, `Mobil` (mobile?)", "[IgnoreUnknown]"][..],
            ),
            ("niss,remarks", "columns-missing", &["`kind`, `name`"]),
            ("niss,kind,Nome da criança", "columns-missing", &["`name`", "[Map(\"name=Nome da criança\")]"]),
            (
                "niss,kind,Nome,Nome completo",
                "column-twice",
                &["Nome completo", "[Map(\"name=Nome completo\"), IgnoreUnknown]"],
            ),
            ("niss,kind,name,name", "column-twice", &["name"]),
            ("13000000001,citizen,Ana", "input-no-header", &[]),
        ] {
            let (found, facts) = problem(line, &[]);
            assert_eq!(found, key, "{line}");
            words.iter().for_each(|word| assert!(facts.contains(word), "{word} is not in {facts}"));
        }
        let (_, facts) = problem(&format!("niss,kind,name,{}", "x".repeat(100)), &[]);
        assert!(facts.contains(&format!("`{}…`", "x".repeat(40))), "{facts}");
        for (map, key) in
            [(("nam", "Nome"), "map-column"), (("mobile", "Nome"), "map-header"), (("name", "x"), "map-ambiguous")]
        {
            assert_eq!(problem("niss,kind,x,x", &[map]).0, key);
        }
        assert_eq!(problem("niss,kind,x,y", &[("name", "x"), ("name", "y")]).0, "map-twice");
        assert_eq!(problem("niss,kind,x,y", &[("name", "x"), ("kind", "x")]).0, "map-twice");
    }

    #[test]
    fn header_of_another_encoding_names_all_options() {
        let line = WINDOWS_1252.encode("NISS;Tipo;Nome;Telemóvel;Observações").0;
        let (key, facts) = header(&line, &[], false).expect_err("not UTF-8");
        assert_eq!(key, "input-not-utf8");
        assert!(facts.contains("[Encoding(\"windows-1252\"), IgnoreUnknown]"), "{facts}");
    }

    #[test]
    fn separator_line_names_the_delimiter() {
        for (line, delimiter) in [
            (&b"sep=;\r\n"[..], Some(b';')),
            (b"SEP=,", Some(b',')),
            (b"sep=\t\n", Some(b'\t')),
            (b"\"sep=;\"\r\n", Some(b';')),
            (b"sep=;;", None),
            (b"sep", None),
            (b"separator", None),
            (b"niss;nome", None),
        ] {
            assert_eq!(separator_line(line), delimiter, "{line:?}");
        }
    }
}
