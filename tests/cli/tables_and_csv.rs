//! Lists as tables that fit the terminal, as CSV with the values of the JSON, and as plain lines for scripts.

use std::process::Stdio;

use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use crate::support::terminal::{assert_fits, screen};
use crate::support::*;

/// Every command with a list.
const LISTS: [&str; 10] = [
    "registry list",
    "registry find ana",
    "outbox list",
    "account list",
    "audit list",
    "audit export",
    "account history 12000000012",
    "account timeline 12000000012",
    "policy show",
    "contacts show",
];

/// Returns a sandbox in which each list has rows, some with values that CSV must quote.
fn sandbox_with_rows() -> Sandbox {
    let sandbox = Sandbox::new().logged_in();
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    sandbox.ssd("contacts update --mobile +33612345678").ok();
    sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).fails(1);
    let reason = "a \"word\", and; another";
    sandbox.request_by("a\u{1b}[2J\r\nb", &json!({"op": "account_unlock", "niss": ANA, "reason": reason}));
    sandbox
}

/// Returns the rows of a list from its JSON, without the keys that all rows share.
fn rows(sandbox: &Sandbox, list: &str) -> Vec<Map<String, Value>> {
    let mut found = vec![];
    for row in lines(&sandbox.ssd(&format!("--json {list}")).ok()) {
        match row["contacts"].as_array() {
            Some(contacts) => found.extend(contacts.iter().filter_map(Value::as_object).cloned()),
            None => found.extend(row.as_object().cloned()),
        }
    }
    for row in &mut found {
        row.retain(|key, _| key != "result" && key != "op");
    }
    found
}

/// Converts a cell to a JSON value.
fn value(cell: &str, like: &Value) -> Value {
    match like {
        Value::Null if cell.is_empty() => Value::Null,
        Value::String(_) => cell.into(),
        _ => serde_json::from_str(cell).unwrap_or_else(|error| panic!("{error}: {cell:?} for {like}")),
    }
}

fn read(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    (header, rows)
}

#[test]
fn csv_of_every_list_equals_its_json() {
    let sandbox = sandbox_with_rows();
    sandbox.file("s.jsonl", "{\"op\":\"clock_show\",\"expect\":{\"now\":\"x\"}}\n");
    for list in LISTS.into_iter().chain(["scenario run s.jsonl"]) {
        let run = sandbox.ssd(&format!("{list} --format csv"));
        let expected = match list {
            "scenario run s.jsonl" => vec![sandbox.json(list).as_object().expect("an object").clone()],
            _ => rows(&sandbox, list),
        };
        let (header, cells) = read(&run.out);
        assert!(run.out.lines().count() > 1 && run.out.starts_with(&(header.join(",") + "\r\n")), "{list}");
        assert_eq!(cells.len(), expected.len(), "{list}: {}", run.out);
        let shown = |c: char| match c.is_control() && c != '\n' {
            true => c.escape_unicode().to_string(),
            false => c.to_string(),
        };
        for (row, mut expected) in cells.iter().zip(expected) {
            for value in expected.values_mut() {
                if let Value::String(text) = value {
                    *text = text.chars().map(shown).collect();
                }
            }
            let row_values: Map<String, Value> = header
                .iter()
                .zip(row)
                // Keys that only some rows have are columns too.
                .filter(|(key, cell)| expected.contains_key(*key) || !cell.is_empty())
                .map(|(key, cell)| (key.clone(), value(cell, expected.get(key).unwrap_or(&Value::Null))))
                .collect();
            let expected: Map<String, Value> = expected
                .iter()
                .filter(|(key, _)| *key != "result" && *key != "op")
                .map(|(k, v)| (k.clone(), v.clone()))
                .collect();
            assert_eq!(row_values, expected, "{list}");
        }
    }
}

#[test]
fn empty_list_is_a_header_as_csv_and_empty_as_table() {
    let sandbox = Sandbox::empty();
    for (list, header) in [
        (
            "outbox list",
            "id,niss,channel,purpose,to,language,subject,body,created_at,dispatched_at,status,status_at,due_at\r\n",
        ),
        ("account list", "niss,state,account_type,created_at,activated_at\r\n"),
        ("audit list --niss 12000000012", "id,at,actor,action,niss,outcome,reason,detail\r\n"),
        ("account history 12000000012", "id,at,actor,action,niss,outcome,reason,detail\r\n"),
    ] {
        assert_eq!(sandbox.ssd(&format!("{list} --format csv")).fails(0).out, header);
        assert_eq!(sandbox.ssd(&format!("{list} --format table")).fails(0).out, "");
    }
}

#[test]
fn other_results_as_csv_are_a_header_and_a_row() {
    let sandbox = Sandbox::new();
    let run = sandbox.ssd(&format!("{REGISTER_ANA} --channel sms --format csv")).fails(0);
    assert_eq!(
        run.out,
        "niss,request,state,channel,destination,code_expires_at\r\n\
         12000000012,4,requested,sms,+351 9** *** *01,2026-01-05T09:10:00Z\r\n"
    );
    let (header, rows) = read(&sandbox.ssd(&format!("account show {ANA} --format csv")).ok());
    let blocks = header.iter().position(|key| key == "next").expect("a column");
    assert!(rows[0][blocks].starts_with("[\"ssd "), "{rows:?}");
    // Other results are shown as without a table.
    assert_eq!(
        sandbox.ssd(&format!("account show {ANA} --format table")).ok(),
        sandbox.ssd(&format!("account show {ANA}")).ok()
    );
}

#[test]
fn refusals_and_errors_do_not_depend_on_the_format() {
    let sandbox = Sandbox::new();
    for format in ["csv", "table"] {
        let plain = sandbox.ssd("contacts show").fails(1);
        let run = sandbox.ssd(&format!("contacts show --format {format}")).fails(1);
        assert_eq!((run.out, run.err), (String::new(), plain.err));
        let run = sandbox.ssd(&format!("account timeline {NOBODY} --format {format}")).fails(1);
        assert_eq!((run.out.as_str(), run.err.starts_with("refused[not_in_registry]: ")), ("", true));
        let run = Sandbox::nothing().ssd(&format!("account list --format {format}")).fails(3);
        assert_eq!(run.out, "");
        for line in [format!("--json account list --format {format}"), format!("account list --json --format={format}")]
        {
            let run = sandbox.ssd(&line).fails(2);
            assert_eq!(word(&run.json(), "message"), "`--format` and `--json` cannot be used together");
        }
    }
    sandbox.ssd("account list --format xml").fails(2).says("must be one of: table, csv");
}

#[test]
fn table_fits_the_terminal_and_keeps_copyable_values() {
    let sandbox = sandbox_with_rows();
    for (language, head) in [("en", "created"), ("pt", "criação")] {
        for width in [40, 80, 200] {
            for list in LISTS.into_iter().filter(|list| *list != "audit export") {
                let mut command = sandbox.command(&format!("{list} --lang {language}"));
                command.env("NO_COLOR", "1");
                let run = screen(width, command).fails(0);
                for line in run.out.lines() {
                    assert!(line.width() <= width.into(), "{list} at {width}: {line:?} in\n{}", run.out);
                }
                assert!(!run.out.contains('\u{1b}'), "{list}: {}", run.out);
                let json = rows(&sandbox, list);
                let uncut = ["niss", "created_at", "activated_at", "confirmed_at"];
                for (key, value) in json.iter().flatten().filter(|(key, _)| uncut.contains(&key.as_str())) {
                    let is_shown = !matches!(list, "account timeline 12000000012" | "account history 12000000012");
                    let text = value.as_str().unwrap_or_default();
                    assert!(!is_shown || run.out.contains(text), "{list} at {width}: no {key} {text} in\n{}", run.out);
                }
                if width == 200 {
                    assert!(!run.out.contains("\u{1b}") && run.out.lines().count() > json.len(), "{list}\n{}", run.out);
                }
            }
            let mut command = sandbox.command(&format!("account list --lang {language}"));
            command.env("NO_COLOR", "1");
            assert!(screen(width, command).ok().contains(head));
        }
    }
}

/// Commands that print a result in a sandbox with rows; the others print one sentence or a bare value.
const RESULTS: [&str; 24] = [
    "scenario run s.jsonl nowhere.jsonl",
    "explain",
    "explain code_wrong",
    "why 6",
    "why 9",
    "outbox list",
    "outbox show 1",
    "account list",
    "account show 12000000012",
    "account history 12000000012",
    "account timeline 12000000012",
    "audit list",
    "audit verify",
    "policy show",
    "contacts show",
    "messages list",
    "profile show",
    "registry show 12000000012",
    "registry list",
    "registry find ana",
    "registry count",
    "store info",
    "store check",
    "clock show",
];

#[test]
fn every_result_fits_a_terminal() {
    let sandbox = sandbox_with_rows();
    sandbox.file(
        "s.jsonl",
        "{\"op\":\"account_show\",\"niss\":\"12000000012\"}\n{\"op\":\"registry_count\",\"expect\":{\"records\":1}}\n",
    );
    let operations = ssd::request::Operation::ALL.iter().map(|op| op.to_string());
    let reasons = ssd::reply::Reason::ALL.iter().map(|reason| reason.to_string());
    let words: Vec<String> = operations.chain(reasons).collect();
    let shown = |width, line| screen(width, sandbox.command(&format!("{line} --color never"))).out;
    let results = RESULTS.iter().flat_map(|line| [80, 120].map(|width| (*line, width, shown(width, line))));
    for (line, width, text) in results {
        assert_fits(line, width, &text, &words);
    }
}

#[test]
fn results_that_are_no_tables_keep_their_text_at_a_terminal() {
    let sandbox = sandbox_with_rows();
    sandbox.file("s.jsonl", "{\"op\":\"registry_count\",\"expect\":{\"records\":1}}\n");
    for (line, painted) in [
        ("scenario run s.jsonl", "\u{1b}[31ms.jsonl: one difference; lines: 1.\u{1b}[0m"),
        ("explain", "\u{1b}[1mterms_not_accepted\u{1b}[0m"),
        ("why 9", "\u{1b}[33malready_registered\u{1b}[0m"),
        ("audit export", ""),
    ] {
        let plain = sandbox.ssd(line).out;
        let shown = screen(200, sandbox.command(line)).out;
        assert!(shown.contains(painted), "{line}: {shown}");
        for format in ["", " --format table"] {
            let shown = screen(10_000, sandbox.command(&format!("{line}{format} --color never"))).out;
            assert_eq!(shown.replace("\r\n", "\n"), plain, "{line}{format}");
        }
    }
    sandbox.file("s.jsonl", "{\"op\":\"registry_count\"}\n");
    let shown = screen(80, sandbox.command("scenario run s.jsonl")).ok();
    assert_eq!(shown, "\u{1b}[32ms.jsonl: all as expected; lines: 1.\u{1b}[0m");
}

#[test]
fn rows_become_blocks_in_a_narrow_terminal() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let run = screen(40, sandbox.command("outbox list --color never"));
    assert_eq!(
        run.out,
        "message: 1\ncreated: 2026-01-05T09:00:00Z\nNISS: 12000000012\nchannel: sms\npurpose: activation\nstatus: dispatched\nto: +351912000001\n"
    );
}

#[test]
fn colours_need_a_terminal_unless_forced() {
    let sandbox = sandbox_with_rows();
    let painted = |run: Run| run.out.contains('\u{1b}');
    let list = "account list";
    assert!(painted(screen(80, sandbox.command(list))));
    assert!(!painted(screen(80, sandbox.command("account list --color never"))));
    let mut command = sandbox.command(list);
    command.env("NO_COLOR", "1");
    assert!(!painted(screen(80, command)));
    let mut command = sandbox.command("account list --color always");
    command.env("NO_COLOR", "1");
    assert!(painted(screen(80, command)));
    for term in ["dumb", ""] {
        let mut command = sandbox.command(list);
        command.env("TERM", term);
        assert!(!painted(screen(80, command)), "TERM={term}");
    }
    let mut command = sandbox.command(list);
    command.env_remove("TERM");
    assert!(!painted(screen(80, command)));
    assert!(!painted(screen(80, sandbox.command("--json account list"))));
    assert!(!painted(screen(80, sandbox.command("account list --format csv --color always"))));
    assert!(!painted(sandbox.ssd("account list --format table")));
    assert!(painted(sandbox.ssd("account list --format table --color always")));
}

#[test]
fn piped_lists_are_plain_lines() {
    let sandbox = sandbox_with_rows();
    for list in LISTS {
        let run = sandbox.ssd(list).fails(0);
        assert!(!run.out.contains('\u{1b}'), "{list}");
        assert_eq!(run.out, sandbox.ssd(&format!("{list} --color always")).out, "{list}");
    }
    let expected = "12000000012  active     citizen  2026-01-05T09:00:00Z  2026-01-05T09:00:00Z\n";
    assert!(sandbox.ssd("account list").out.starts_with(expected));
}

#[test]
fn code_words_are_translated_at_a_terminal_and_not_at_a_pipe() {
    let sandbox = sandbox_with_rows();
    for (list, english, portuguese) in [
        ("account list", "active", "ativa"),
        ("outbox list", "activation", "código de ativação"),
        ("outbox list", "sms", "SMS"),
        ("audit list", "register", "Registo"),
        ("audit list", "done", "feito"),
    ] {
        let lines = |lang: &str| sandbox.ssd(&format!("{list} --lang {lang}")).ok();
        assert_eq!(lines("en"), lines("pt"), "{list}");
        let csv = |lang: &str| sandbox.ssd(&format!("{list} --format csv --lang {lang}")).ok();
        assert_eq!(csv("en"), csv("pt"), "{list}");
        let table = |lang: &str| screen(240, sandbox.command(&format!("{list} --color never --lang {lang}"))).ok();
        let has = |table: &str, word: &str| table.lines().any(|line| line.split("  ").any(|cell| cell.trim() == word));
        let (en, pt) = (table("en"), table("pt"));
        assert!(has(&en, english) && !has(&en, portuguese), "{list}: {english} in\n{en}");
        assert!(has(&pt, portuguese) && !has(&pt, english), "{list}: {portuguese} in\n{pt}");
    }
}

#[test]
fn no_control_character_of_what_is_stored_reaches_a_terminal() {
    let sandbox = sandbox_with_rows();
    for list in ["audit list", "account history 12000000012", "account timeline 12000000012"] {
        for format in ["", " --format table", " --format csv"] {
            let run = screen(200, sandbox.command(&format!("{list}{format} --color never"))).fails(0);
            let text = run.out.replace("\r\n", "\n");
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{list}{format}: {text:?}");
        }
    }
    // A file has no control character either, except the line ends of a text. JSON has the stored value.
    let (_, rows) = read(&sandbox.ssd("audit list --format csv").ok());
    assert!(rows.iter().any(|row| row[2] == "a\\u{1b}[2J\\u{d}\nb"), "{rows:?}");
    let rows = lines(&sandbox.ssd("--json audit list").ok());
    assert!(rows.iter().any(|row| row["actor"] == "a\u{1b}[2J\r\nb"), "{rows:?}");
}

#[test]
fn closed_pipe_ends_table_and_csv_quietly() {
    let sandbox = sandbox_with_rows();
    for format in ["csv", "table"] {
        let mut child =
            sandbox.command(&format!("policy show --format {format}")).stdout(Stdio::piped()).spawn().expect("it runs");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("it ends").code(), Some(0));
    }
}
