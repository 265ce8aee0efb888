//! Stray and unclosed quotation marks in CSV: they hide no row of a registry, a batch or a file of alerts.

use serde_json::{Value, json};

use crate::support::{ANA, MARIA, Sandbox, data, lines, word};

/// Imports a registry and returns the counts of rows read and loaded, and the line and reason of each rejected row.
fn import(sandbox: &Sandbox, text: &str) -> (u64, u64, Vec<(u64, String)>) {
    sandbox.file("registry.csv", text);
    let reply = sandbox.ssd("--json registry import registry.csv --rejects rejects.jsonl").json();
    let count = |key: &str| reply[key].as_u64().expect("a count");
    let rejects = lines(&sandbox.read("rejects.jsonl"));
    let reject = |line: &Value| (line["line"].as_u64().expect("a line"), word(line, "reason").to_owned());
    (count("read"), count("loaded"), rejects.iter().map(reject).collect())
}

fn rejects(expected: &[(u64, &str)]) -> Vec<(u64, String)> {
    expected.iter().map(|(line, reason)| (*line, (*reason).to_owned())).collect()
}

#[test]
fn stray_mark_rejects_only_its_row_of_a_large_registry() {
    let text = std::fs::read_to_string(data("registry.csv")).expect("the registry");
    let rows: Vec<&str> = text.lines().collect();
    // The first, a middle and the last row, at the start of a field and behind a quoted one.
    for (line, at) in [(2, 3), (1000, 3), (1000, 0), (rows.len(), 3), (rows.len(), 16)] {
        let fields: Vec<&str> = rows[line - 1].split(',').collect();
        let mut marked = fields.iter().map(|field| (*field).to_owned()).collect::<Vec<_>>();
        marked[at].insert(0, '"');
        let mut rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
        rows[line - 1] = marked.join(",");
        let sandbox = Sandbox::empty();
        let records = rows.len() as u64 - 1;
        let expected = (records, records - 1, rejects(&[(line as u64, "quote")]));
        assert_eq!(import(&sandbox, &(rows.join("\n") + "\n")), expected, "line {line}, field {at}");
        assert_eq!(sandbox.json("registry count")["records"], records - 1);
    }
}

#[test]
fn rows_behind_a_stray_mark_are_loaded() {
    for (text, loaded, rejected) in [
        (
            "niss,kind,name,birth_date\n\
             13000000001,citizen,\"Ana Lopes,1984-03-22\n\
             13000000019,citizen,\"Rui Lopes\",1984-03-22\n\
             13000000027,citizen,Eva Lopes,1984-03-22\n",
            2,
            rejects(&[(2, "quote")]),
        ),
        (
            "niss,kind,birth_date,name\n\
             13000000001,citizen,1984-03-22,\"Ana Lopes\n\
             13000000019,citizen,1984-03-22,Rui Lopes\n\
             13000000027,citizen,1984-03-22,Eva Lopes\n",
            2,
            rejects(&[(2, "quote")]),
        ),
        // Two stray marks that would close each other, and a valid field of two lines. A mark within a field is a
        // character.
        (
            "kind;name;birth_date;niss\r\n\
             citizen;\"Ana Lopes;1984-03-22;13000000001\r\n\
             citizen;Rui Lopes\";1984-03-22;13000000019\r\n\
             \r\n\
             citizen;\"Eva\r\nLopes\";1984-03-22;13000000027",
            2,
            rejects(&[(2, "quote")]),
        ),
    ] {
        let read = loaded + rejected.len() as u64;
        assert_eq!(import(&Sandbox::empty(), text), (read, loaded, rejected), "{text}");
    }
}

#[test]
fn stray_mark_is_shown_with_its_column() {
    let sandbox = Sandbox::empty();
    let text = "niss,kind,name,birth_date\n12000000012,citizen,\"Ana,1984-03-22\n";
    sandbox
        .feed("registry import -", text)
        .fails(5)
        .says("line 2, name \"\"Ana,1984-03-22\": the field begins with a quotation mark");
    sandbox.feed("registry import -", "niss,kind,\"name\n").fails(2).says("a quotation mark in the header");
    sandbox.feed("batch - --op account_show", "\"niss\n").fails(2).says("a quotation mark in the header");
}

#[test]
fn stray_mark_in_a_batch_hides_no_line() {
    let sandbox = Sandbox::new();
    let row = |niss: &str, born: &str, id: &str| format!("{niss},citizen,{born},sms,true,{id}\n");
    let text = format!(
        "niss,account_type,birth_date,channel,accept_terms,id\n{}{}",
        row(ANA, "1984-03-22", "\"x1"),
        row(MARIA, "1967-02-28", "x2")
    );
    sandbox.file("in.csv", text);
    let replies = lines(&sandbox.ssd("batch in.csv --op register").fails(5).out);
    let of = |reply: &Value| json!([reply["line"], reply["id"], reply["result"], reply["field"]]);
    assert_eq!(
        replies.iter().map(of).collect::<Vec<_>>(),
        [json!([2, null, "error", "id"]), json!([3, "x2", "done", null])]
    );
    assert!(word(&replies[0], "message").contains("quotation mark"), "{replies:?}");
}

#[test]
fn stray_mark_in_alerts_hides_no_line() {
    let sandbox = Sandbox::new();
    sandbox.open_account(ANA);
    let alert = |about: &str| format!("{ANA};decision;granted;{about}\n");
    let text = ["niss;kind;decision;about\n", &alert("\"um"), &alert("\"dois\""), &alert("três")].concat();
    let replies = lines(&sandbox.feed("alerts send -", text).fails(5).out);
    let results: Vec<&str> = replies.iter().map(|reply| word(reply, "result")).collect();
    assert_eq!(results, ["error", "done", "done"]);
    assert_eq!(replies[0]["field"], "about");
}

#[test]
fn recorded_registry_rejects_the_same_rows() {
    let sandbox = Sandbox::empty();
    sandbox.file(
        "registry.csv",
        "niss,kind,name,birth_date\n12000000012,citizen,\"Ana,1984-03-22\n12000000038,citizen,Eva,1967-02-28\n",
    );
    let recording = [("SSD_RECORD", "recorded.jsonl")];
    sandbox.under(&recording, "registry import registry.csv").fails(5);
    sandbox.ssd("scenario run recorded.jsonl").ok();
    assert!(sandbox.read("recorded.jsonl").contains("\"Eva\""));
}
