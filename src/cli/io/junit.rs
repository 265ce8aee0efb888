//! JUnit XML reports for CI systems: suites of cases.
//!
//! A suite is a scenario and a case its line, or a suite is a standard and a case its requirement.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::cli::io::path_guard::{self, LateFile, Place};
use crate::cli::io::streams::Streams;
use crate::error::Error;
use crate::store::StoreLocation;

/// One case.
pub struct Case {
    /// The name.
    pub name: String,
    /// The outcome.
    pub outcome: Outcome,
}

/// The outcome of a case.
pub enum Outcome {
    /// Passed.
    Passed,
    /// Passed, with a note.
    Noted(String),
    /// Not run, with the reason.
    Skipped(String),
    /// Failed: a short message and the details.
    Failed(String, String),
    /// Could not be run: a message and the details.
    Error(String, String),
}

/// The file of a report.
pub struct Report(LateFile);

/// Opens the report file before the run. The old content stays until the report is written.
///
/// # Errors
/// The path is `-`; those of [`path_guard::check`] and [`path_guard::refuse_results`].
pub fn open_file(streams: &Streams, location: Option<StoreLocation<'_>>, path: &Path) -> Result<Report, Error> {
    if path == Path::new("-") {
        return Err(Error::Usage { key: "junit-nowhere", facts: vec![] });
    }
    let place = path_guard::check(location, path)?;
    path_guard::refuse_results(location, None, path)?;
    let file = match place {
        Place::Stream => path_guard::open(streams, path, place)?,
        Place::New | Place::File => {
            let opened = File::options().create(true).truncate(false).write(true).open(path);
            opened.map_err(|fault| Error::file(path, fault))?
        }
    };
    Ok(Report(LateFile::new(file, place)))
}

/// Replaces the content of the file with the report.
pub fn write(file: &mut Report, suites: &[(String, Vec<Case>)]) -> io::Result<()> {
    file.0.write_all(report(suites).as_bytes())?;
    file.0.flush()
}

fn report(suites: &[(String, Vec<Case>)]) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let cases = || suites.iter().flat_map(|(_, cases)| cases);
    open(&mut xml, "", "testsuites", "ssd", cases());
    for (name, cases) in suites {
        open(&mut xml, "  ", "testsuite", name, cases.iter());
        for case in cases {
            let (called, class) = (escaped(&case.name), escaped(name));
            let start = format!("    <testcase name=\"{called}\" classname=\"{class}\"");
            let inside = match &case.outcome {
                Outcome::Passed => {
                    xml += &format!("{start}/>\n");
                    continue;
                }
                Outcome::Noted(note) => format!("<system-out>{}</system-out>", escaped(note)),
                Outcome::Skipped(why) => format!("<skipped message=\"{}\"/>", escaped(why)),
                Outcome::Failed(first, rendered) => {
                    format!("<failure message=\"{}\">{}</failure>", escaped(first), escaped(rendered))
                }
                Outcome::Error(first, rendered) => {
                    format!("<error message=\"{}\">{}</error>", escaped(first), escaped(rendered))
                }
            };
            xml += &format!("{start}>\n      {inside}\n    </testcase>\n");
        }
        xml += "  </testsuite>\n";
    }
    xml + "</testsuites>\n"
}

fn open<'a>(xml: &mut String, indent: &str, tag: &str, name: &str, cases: impl Iterator<Item = &'a Case> + Clone) {
    let count = |is: fn(&Outcome) -> bool| cases.clone().filter(|case| is(&case.outcome)).count();
    let failures = count(|outcome| matches!(outcome, Outcome::Failed(..)));
    let errors = count(|outcome| matches!(outcome, Outcome::Error(..)));
    let skipped = match count(|outcome| matches!(outcome, Outcome::Skipped(_))) {
        0 => String::new(),
        skipped => format!(" skipped=\"{skipped}\""),
    };
    let (name, tests) = (escaped(name), count(|_| true));
    *xml += &format!(
        "{indent}<{tag} name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"{skipped}>\n"
    );
}

/// Escapes a text for an attribute or between tags. Characters that XML can't contain become U+FFFD.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut shown, c| {
        match c {
            '&' => shown += "&amp;",
            '<' => shown += "&lt;",
            '>' => shown += "&gt;",
            '"' => shown += "&quot;",
            '\'' => shown += "&apos;",
            '\n' => shown += "&#10;",
            '\t' => shown += "&#9;",
            '\r' => shown += "&#13;",
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => shown.push('\u{fffd}'),
            c => shown.push(c),
        }
        shown
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped_in_the_report() {
        let good = Case { name: "1: init".to_owned(), outcome: Outcome::Passed };
        let rendered = "a<b\n  expected \"\\\"&\\u0001\u{fffd}]]>\"\n  got null\n".to_owned();
        let bad = Case { name: "2: a\n\"op\"".to_owned(), outcome: Outcome::Failed("a<b".to_owned(), rendered) };
        assert_eq!(
            report(&[("o'neil & co.jsonl".to_owned(), vec![good, bad])]),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <testsuites name=\"ssd\" tests=\"2\" failures=\"1\" errors=\"0\">\n\
             \u{20} <testsuite name=\"o&apos;neil &amp; co.jsonl\" tests=\"2\" failures=\"1\" errors=\"0\">\n\
             \u{20}   <testcase name=\"1: init\" classname=\"o&apos;neil &amp; co.jsonl\"/>\n\
             \u{20}   <testcase name=\"2: a&#10;&quot;op&quot;\" classname=\"o&apos;neil &amp; co.jsonl\">\n\
             \u{20}     <failure message=\"a&lt;b\">a&lt;b&#10;  expected &quot;\\&quot;&amp;\\u0001\u{fffd}]]&gt;&quot;&#10;  got null&#10;</failure>\n\
             \u{20}   </testcase>\n\
             \u{20} </testsuite>\n\
             </testsuites>\n"
        );
    }
    #[test]
    fn report_has_skipped_cases_and_notes() {
        let skipped = Case { name: "a".to_owned(), outcome: Outcome::Skipped("no <clock>".to_owned()) };
        let noted = Case { name: "b".to_owned(), outcome: Outcome::Noted("9 & 14".to_owned()) };
        let xml = report(&[("nist".to_owned(), vec![skipped, noted])]);
        assert!(xml.contains("tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"1\""), "{xml}");
        assert!(xml.contains("<skipped message=\"no &lt;clock&gt;\"/>"), "{xml}");
        assert!(xml.contains("<system-out>9 &amp; 14</system-out>"), "{xml}");
    }
}
