//! The report of scenarios that CI systems read: JUnit's XML, a suite a file, a case a line.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Seek, Write};

use crate::scenario::Case;

/// Writes the report over what the file held.
///
/// # Errors
/// Those of the system.
pub fn write(file: &mut File, suites: &[(String, Vec<Case>)]) -> io::Result<()> {
    file.rewind()?;
    // What can't be cut off has no end to be cut at: a pipe, a terminal.
    if file.metadata()?.is_file() {
        file.set_len(0)?;
    }
    file.write_all(report(suites).as_bytes())
}

fn report(suites: &[(String, Vec<Case>)]) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let cases = || suites.iter().flat_map(|(_, cases)| cases);
    open(&mut xml, "", "testsuites", "ssd", cases());
    for (name, cases) in suites {
        open(&mut xml, "  ", "testsuite", name, cases.iter());
        for case in cases {
            let (name, class) = (escaped(&format!("{}: {}", case.line, case.op)), escaped(name));
            let start = format!("    <testcase name=\"{name}\" classname=\"{class}\"");
            if case.differences.is_empty() {
                xml += &format!("{start}/>\n");
                continue;
            }
            let told = case.differences.iter().fold(String::new(), |mut told, one| {
                let _ = writeln!(told, "{}\n  expected {}\n  got {}", one.path, one.expected, one.got);
                told
            });
            let first = case.differences.first().map_or("", |one| &one.path);
            let first = if first.is_empty() { "reply" } else { first };
            xml += &format!(
                "{start}>\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
                escaped(first),
                escaped(&told)
            );
        }
        xml += "  </testsuite>\n";
    }
    xml + "</testsuites>\n"
}

fn open<'a>(xml: &mut String, indent: &str, tag: &str, name: &str, cases: impl Iterator<Item = &'a Case> + Clone) {
    let failures = cases.clone().filter(|case| !case.differences.is_empty()).count();
    let name = escaped(name);
    let tests = cases.count();
    *xml += &format!("{indent}<{tag} name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n");
}

/// A text for an attribute or between tags. What XML has no way to write becomes U+FFFD.
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
    use crate::reply::Difference;

    #[test]
    fn a_report_is_whole_xml_whatever_the_texts_hold() {
        let difference = Difference {
            line: 2,
            path: "a<b".to_owned(),
            expected: "\"&\u{1}\u{ffff}]]>".into(),
            got: serde_json::Value::Null,
        };
        let good = Case { line: 1, op: "init".to_owned(), differences: vec![] };
        let bad = Case { line: 2, op: "a\n\"op\"".to_owned(), differences: vec![difference] };
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
}
