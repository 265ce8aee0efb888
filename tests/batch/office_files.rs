//! Files as offices export them: types, encodings, names of columns, and all faults of a row at once.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

use serde_json::{Value, json};
use ssd::request::Request;
use ssd::request::request_line::RequestLine;
use ssd::tabular::TextEncoding;
use ssd::tabular::header_name::KnownNames;
use ssd::tabular::synonyms;

use crate::support::*;

fn office(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/office").join(name)
}

/// Returns the counts of rows read, loaded and rejected.
fn counts(run: &Run) -> [u64; 3] {
    let reply = run.json();
    ["read", "loaded", "rejected"].map(|key| reply[key].as_u64().unwrap_or_else(|| panic!("{run:?}")))
}

/// Returns the command that a hint ends with, without `ssd`.
fn named_command(run: &Run) -> String {
    let command = run.err.trim_end().rsplit_once("ssd ").map(|(_, command)| command);
    command.unwrap_or_else(|| panic!("no command in {run:?}")).to_owned()
}

#[test]
fn office_files_load_with_one_command_or_the_one_that_an_error_names() {
    let expected = fs::read_to_string(office("expected.csv")).expect("a table");
    for line in expected.lines().skip(1) {
        let cells: Vec<&str> = line.splitn(6, ',').collect();
        let [name, options, read, loaded, rejected, _] = cells[..] else { panic!("{line}") };
        let sandbox = Sandbox::empty();
        sandbox.file(name, fs::read(office(name)).expect("a file"));
        let command = format!("--json registry import {name} --rejects rejects.jsonl");
        let mut run = sandbox.ssd(&command);
        if !options.is_empty() {
            let before = sandbox.bytes();
            // Without `--json` the hint is on standard error.
            let refused = sandbox.ssd(&format!("registry import {name} --rejects rejects.jsonl")).fails(2);
            assert_eq!(sandbox.bytes(), before, "{name}");
            let named = named_command(&refused);
            assert_eq!(named, format!("registry import {name} --rejects rejects.jsonl {options}"));
            run = sandbox.ssd(&format!("--json {named}"));
        }
        let expected: [u64; 3] = [read, loaded, rejected].map(|count| count.parse().expect("a number"));
        assert_eq!(counts(&run), expected, "{name}");
        assert_eq!(run.code, if rejected == "0" { 0 } else { 5 }, "{name}");
        assert_eq!(sandbox.json("registry count")["records"], expected[1], "{name}");
        let rejects = lines(&sandbox.read("rejects.jsonl"));
        let rows: std::collections::BTreeSet<u64> =
            rejects.iter().map(|one| one["row"].as_u64().expect("a row")).collect();
        assert_eq!(rows.len() as u64, expected[2], "{name}");
        if name == "mistakes.csv" {
            assert_eq!(rejects.len(), 18);
        }
    }
}

/// The values of a record in the forms of an office, and in the exact ones.
fn record(number: u64) -> [(&'static str, String, String); 10] {
    let niss = niss(number);
    let spaced = format!("{} {} {} {}", &niss[..3], &niss[3..6], &niss[6..9], &niss[9..]);
    let both = |value: &str| (value.to_owned(), value.to_owned());
    let field = |name, (written, exact): (String, String)| (name, written, exact);
    [
        field("N.º de Segurança Social", (spaced, niss)),
        field("Natureza", ("Pessoa singular".to_owned(), "citizen".to_owned())),
        field("NOME COMPLETO", both(&format!("Álvaro {number} «Conceição»"))),
        field("Data Nasc.", ("05-10-1910".to_owned(), "1910-10-05".to_owned())),
        field("Correio electrónico", both(&format!("a{number}@correio.example"))),
        field("Tlm.", ("00351 912 345 678".to_owned(), "+351912345678".to_owned())),
        field("endereço", both("Rua; \"da\" Sé, 5 | r/c")),
        field("C. Postal", ("4050 180".to_owned(), "4050-180".to_owned())),
        field("Localidade (cidade)", both("Guimarães")),
        field("PAÍS", ("França".to_owned(), "FR".to_owned())),
    ]
}

/// Returns a CSV of records with this delimiter and line end.
fn export(numbers: std::ops::Range<u64>, delimiter: char, line_end: &str) -> String {
    let quoted = |text: &str| match text.contains([delimiter, '"']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    };
    let header = record(0).map(|(name, ..)| quoted(name)).join(&delimiter.to_string());
    let rows =
        numbers.map(|number| record(number).map(|(_, written, _)| quoted(&written)).join(&delimiter.to_string()));
    let lines = std::iter::once(header).chain(rows).map(|line| format!("{line}{line_end}"));
    lines.collect()
}

fn registry_rows(sandbox: &Sandbox) -> Vec<String> {
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let columns = "niss, kind, name, birth_date, email, mobile, address, postal_code, locality, country";
    let mut all =
        connection.prepare(&format!("SELECT concat_ws('|', {columns}) FROM registry ORDER BY niss")).expect("a query");
    all.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("a row")).collect()
}

#[test]
fn every_encoding_and_delimiter_loads_the_same_records() {
    let mut expected: Vec<String> = (0..12)
        .map(|number| record(number).map(|(_, _, exact)| exact).join("|").replace("4050-180", "4050180"))
        .collect();
    expected.sort();
    for encoding in [TextEncoding::Utf8, TextEncoding::Windows1252, TextEncoding::Utf16Le, TextEncoding::Utf16Be] {
        for (delimiter, separator, line_end) in
            [(';', "", "\r\n"), (',', "", "\n"), ('\t', "", "\r\n"), (',', "sep=,\r\n", "\r\n"), ('|', "SEP=|\n", "\n")]
        {
            let text = format!("{separator}{}", export(0..12, delimiter, line_end));
            let bytes = [encoding.mark(), &encoding.encode(&text)].concat();
            let sandbox = Sandbox::empty();
            sandbox.file("export.csv", &bytes);
            let run = match encoding {
                TextEncoding::Windows1252 => {
                    let named = named_command(&sandbox.ssd("registry import export.csv").fails(2));
                    sandbox.ssd(&format!("--json {named}"))
                }
                TextEncoding::Utf8 | TextEncoding::Utf16Le | TextEncoding::Utf16Be => {
                    sandbox.ssd("--json registry import export.csv")
                }
            };
            assert_eq!(counts(&run), [12, 12, 0], "{encoding:?} {delimiter:?}");
            // The country of the postal code is abroad: it has no fixed form.
            let rows: Vec<String> =
                registry_rows(&sandbox).iter().map(|row| row.replace("4050 180", "4050180")).collect();
            assert_eq!(rows.len(), expected.len());
            for (row, expected) in rows.iter().zip(&expected) {
                assert_eq!(row, expected, "{encoding:?} {delimiter:?} {separator:?}");
            }
            // The same from a pipe, where the command would be the same.
            let options = if encoding == TextEncoding::Windows1252 { " --encoding windows-1252" } else { "" };
            let run = sandbox.feed(&format!("--json registry import -{options}"), &bytes);
            assert_eq!(counts(&run), [12, 12, 0], "{encoding:?} {delimiter:?}");
        }
    }
}

#[test]
fn wrong_encoding_far_in_the_file_loads_nothing() {
    let sandbox = Sandbox::empty();
    let before = sandbox.bytes();
    let mut bytes = b"niss,kind,name,birth_date\n".to_vec();
    for number in 0..12_000 {
        bytes.extend(format!("{},citizen,Ana,1970-01-30\n", niss(number)).into_bytes());
    }
    let bad = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    bytes.extend(format!("{},citizen,Jo", niss(20_000)).into_bytes());
    bytes.extend(b"\xE3o,1970-01-30\n");
    sandbox.file("export.csv", &bytes);
    for (input, fed) in [("export.csv", vec![]), ("-", bytes.clone())] {
        let run = sandbox.feed(&format!("registry import {input}"), &fed).fails(2);
        let run = run.says(&format!("line {bad} is not UTF-8")).says("probably Windows-1252");
        assert_eq!(named_command(&run), format!("registry import {input} --encoding windows-1252"));
        assert_eq!(sandbox.bytes(), before);
    }
    // `--encoding utf-8` rejects the row only.
    let run = sandbox.ssd("--json registry import export.csv --encoding utf-8 --rejects rejects.csv");
    assert_eq!(counts(&run), [12_001, 12_000, 1]);
    let rejects = fs::read(sandbox.folder().join("rejects.csv")).expect("rejects");
    assert!(rejects.windows(5).any(|bytes| bytes == b"Jo\xE3o,"), "the row is unchanged");
    let run = sandbox.ssd("--json registry import export.csv --encoding windows-1252");
    assert_eq!(counts(&run), [12_001, 12_001, 0]);
    // UTF-8 that is read as Windows-1252 would have two signs for each letter.
    sandbox.file("utf8.csv", export(0..3, ';', "\n"));
    let run = sandbox.ssd("registry import utf8.csv --encoding windows-1252").fails(2);
    assert_eq!(named_command(&run), "registry import utf8.csv --encoding utf-8");
}

#[test]
fn file_that_is_no_text_is_named() {
    let sandbox = Sandbox::new();
    let before = sandbox.bytes();
    for (bytes, words) in [
        (&b"PK\x03\x04\x14\0\x06\0\x08\0\0\0[Content_Types].xml"[..], ["spreadsheet (.xlsx)", "CSV UTF-8"]),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ["spreadsheet (.ods)", "CSV UTF-8"]),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0\0\0\0\0", ["(.xls)", "CSV UTF-8"]),
        (b"\x1F\x8B\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0", ["compressed", "extract"]),
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj", ["PDF", "CSV"]),
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", ["picture", "CSV"]),
        (&before[..4096], ["database", "export"]),
        (b"<html><table><tr><td>NISS</td>", ["web page", "CSV UTF-8"]),
        (b"\0\x01\x02\x03\x04\0\0\0\0\0\0\0\0\0\0\0\0", ["not text", "CSV"]),
    ] {
        sandbox.file("file", bytes);
        for command in ["registry import file", "batch file --op account_show", "batch file", "alerts send file"] {
            let run = sandbox.ssd(command).fails(2).says(words[0]).says(words[1]);
            assert_eq!(run.err.lines().count(), 2, "{run:?}");
        }
        sandbox.feed("registry import -", bytes).fails(2).says(words[0]);
        assert_eq!(sandbox.bytes(), before);
    }
}

#[test]
fn error_repeats_only_the_beginning_of_a_header() {
    let sandbox = Sandbox::empty();
    let long = "x".repeat(5000);
    for text in [format!("niss,kind,name,{long}\n"), format!("{long}\n"), format!("niss;{long};{long}\n")] {
        for command in
            ["registry import -", "batch - --op account_show", "alerts send -", "registry import - --map mobile=y"]
        {
            let run = sandbox.feed(command, &text).fails(2);
            assert!(!run.err.contains(&"x".repeat(41)), "{command}: {}", run.err.len());
        }
    }
    // The values of a file without a header are not repeated.
    let run = sandbox.feed("registry import -", "12000000012;citizen;Ana Secreta;1984-03-22\n").fails(2);
    assert!(run.err.contains("values instead of column names") && !run.err.contains("Secreta"), "{run:?}");
}

#[test]
fn json_array_loads_like_json_lines() {
    let object = |number: u64, name: &str| json!({ "niss": niss(number), "kind": "citizen", "name": name, "birth_date": "1970-01-30", "_note": [1] });
    let rows: Vec<Value> =
        (0..4000).map(|number| object(number, if number % 1000 == 7 { "" } else { "A\"]}" })).collect();
    let compact = serde_json::to_string(&rows).expect("JSON");
    let pretty = serde_json::to_string_pretty(&rows).expect("JSON");
    let listed: Vec<String> = rows.iter().map(|row| format!(" {row}")).collect();
    for (text, line) in [(compact, 1), (format!("\u{feff}\n[\n{}\n]\n", listed.join(",\n")), 10), (pretty.clone(), 65)]
    {
        let sandbox = Sandbox::empty();
        sandbox.file("rows.json", &text);
        let run = sandbox.ssd("--json registry import rows.json --rejects rejects.jsonl").fails(5);
        assert_eq!(counts(&run), [4000, 3996, 4]);
        let rejects = lines(&sandbox.read("rejects.jsonl"));
        let place = |reject: &Value| (reject["row"].as_u64(), reject["line"].as_u64());
        assert_eq!(place(&rejects[0]), (Some(8), Some(line)));
        assert_eq!(rejects[3]["row"], 3008);
        assert_eq!(counts(&sandbox.feed("--json registry import -", &text)), [4000, 3996, 4]);
    }
    let sandbox = Sandbox::empty();
    let cut = &pretty[..pretty.len() - 30];
    sandbox.feed("registry import -", cut).fails(2).says("not complete").says("cut off");
    sandbox.feed("registry import -", format!("{pretty}{{}}")).fails(2).says("after the end of the JSON array");
    sandbox.feed("registry import - --rejects x.csv", &pretty).fails(2).says(".jsonl");
    assert_eq!(sandbox.json("registry count")["records"], 0);
    assert_eq!(counts(&sandbox.feed("--json registry import -", "[]")), [0, 0, 0]);
}

#[test]
fn unknown_columns_are_named_in_one_error_with_the_likeliest_column() {
    let sandbox = Sandbox::empty();
    let rows = format!("{};Cidadão;Ana;30/01/1970;912345678;x;y\n", niss(1));
    let text = format!("NISS;Tipo;Nome;Nascimento;Telemóvel pessoal;Gabinete;Notas\n{rows}");
    sandbox.file("a b.csv", &text);
    let run = sandbox.ssd("registry import 'a b.csv'").fails(2);
    let run = run.says("unknown columns: `Telemóvel pessoal` (mobile?), `Gabinete`, `Notas`");
    let named = named_command(&run);
    assert_eq!(named, "registry import 'a b.csv' --ignore-unknown");
    let run = sandbox.ssd(&named).fails(0).says("Columns left out: `Telemóvel pessoal`, `Gabinete`, `Notas`");
    assert!(run.out.contains("Loaded: 1."), "{run:?}");
    let run = sandbox.ssd("registry import 'a b.csv' --map mobile='telemóvel  PESSOAL' --ignore-unknown").fails(0);
    let run = run.says("Columns left out: `Gabinete`, `Notas`");
    assert!(!run.out.contains("any way to send a code"), "{run:?}");
    for (options, words) in [
        ("--map telemovel=Notas", "no such column"),
        ("--map mobile=Nota", "no header"),
        ("--map name=Notas --map name=Nome", "twice"),
        ("--map name", "COLUMN=HEADER"),
    ] {
        sandbox.ssd(&format!("registry import 'a b.csv' {options}")).fails(2).says(words);
    }
}

#[test]
fn missing_and_repeated_columns_are_named() {
    let sandbox = Sandbox::empty();
    let error = |header: &str| sandbox.feed("registry import -", format!("{header}\n")).fails(2);
    error("Nome;Morada").says("missing columns: `niss`, `kind`");
    let run = error("NISS;Tipo;Nome da criança").says("`name`").says("`Nome da criança` (name?)");
    assert_eq!(named_command(&run), "registry import - --map 'name=Nome da criança'");
    let run = error("NISS;Tipo;Nome;Contribuinte;NIF").says("`Contribuinte` (column 4) and `NIF` (column 5)");
    assert_eq!(named_command(&run), "registry import - --map nif=NIF --ignore-unknown");
    error("niss,kind,name,NISS").says("`niss` (column 1) and `NISS` (column 4)");
}

#[test]
fn columns_without_a_name_must_be_empty() {
    let sandbox = Sandbox::empty();
    let row = |number: u64, rest: &str| format!("{};citizen;Ana;1970-01-30{rest}\n", niss(number));
    let file = |rest: &str| format!("niss;kind;name;birth_date;;\n{}{}", row(1, ";;"), row(2, rest));
    sandbox.file("empty.csv", file("; ;"));
    assert_eq!(counts(&sandbox.ssd("--json registry import empty.csv --dry-run")), [2, 2, 0]);
    // A row with more fields than the header may have a delimiter in a value. Rows of delimiters are empty lines.
    sandbox.file("long.csv", file(";;;"));
    assert_eq!(counts(&sandbox.ssd("--json registry import long.csv --dry-run")), [2, 1, 1]);
    sandbox.file("blank.csv", format!("{};;;;;\n\n; ;;;;;;\n", file(";;")));
    assert_eq!(counts(&sandbox.ssd("--json registry import blank.csv --dry-run")), [2, 2, 0]);
    sandbox.file("filled.csv", file(";;x"));
    let run = sandbox.ssd("registry import filled.csv").fails(2).says("line 3, row 2: column 6 has no name");
    assert_eq!(sandbox.json("registry count")["records"], 0);
    assert_eq!(counts(&sandbox.ssd(&format!("--json {}", named_command(&run)))), [2, 2, 0]);
}

#[test]
fn all_faults_of_a_row_are_reported_with_their_values() {
    let sandbox = Sandbox::empty();
    let long = "é".repeat(500);
    let good = format!("{};Cidadão;\"Ana; Lopes\";1970-01-30;;;\n", niss(1));
    let text = format!(
        "sep=;\nNISS;Tipo;Nome;Nascimento;Telemóvel;Doc.;N.º doc.\n{good}\n\
         12000000013;gato;;31/02/1980;{long};;123\n\
         {}.0;Cidadã;Eva;1,2E+10;912345678.0;CC;11234567.0\n{}",
        niss(2),
        format_args!("{};Cidadã;Ana;\n", niss(3)),
    );
    sandbox.file("export.csv", text);
    let run = sandbox.ssd("registry import export.csv --rejects rejects.jsonl").fails(5);
    let faults: Vec<Value> = lines(&sandbox.read("rejects.jsonl"));
    let keys = ["line", "row", "column", "reason", "value", "message"];
    assert_eq!(keys_of(&faults[0]), keys);
    let found: Vec<Value> = faults
        .iter()
        .map(|fault| json!([fault["line"], fault["row"], fault["column"], fault["reason"], fault["value"]]))
        .collect();
    let shortened = format!("{}…", "é".repeat(200));
    assert_eq!(
        found,
        [
            json!([5, 2, "niss", "check_digit", "12000000013"]),
            json!([5, 2, "kind", "word", "gato"]),
            json!([5, 2, "name", "missing", null]),
            json!([5, 2, "birth_date", "no_such_date", "31/02/1980"]),
            json!([5, 2, "civil_id_kind", "missing", null]),
            json!([5, 2, "mobile", "character", shortened]),
            json!([6, 3, "niss", "read_as_number", format!("{}.0", niss(2))]),
            json!([6, 3, "birth_date", "form", "1,2E+10"]),
            json!([6, 3, "civil_id", "read_as_number", "11234567.0"]),
            json!([6, 3, "mobile", "read_as_number", "912345678.0"]),
            json!([7, 4, null, "fields", null]),
        ]
    );
    let run = run.says("Faults: 11\n").says("read_as_number").says("line 5: \"31/02/1980\"");
    assert!(!run.err.contains(&"é".repeat(41)), "{run:?}");
    let run = sandbox.ssd("registry import export.csv").fails(5).says("line 5, kind \"gato\": must be one of");
    assert!(run.err.contains("line 5, name: "), "{run:?}");
}

fn keys_of(object: &Value) -> Vec<String> {
    let mut keys: Vec<(usize, String)> = vec![];
    for key in ["line", "row", "column", "reason", "value", "message"] {
        if object.get(key).is_some() {
            keys.push((keys.len(), key.to_owned()));
        }
    }
    assert_eq!(keys.len(), object.as_object().expect("an object").len());
    keys.into_iter().map(|(_, key)| key).collect()
}

#[test]
fn rejected_rows_are_corrected_and_imported() {
    let bad = |text: &str| text.replacen("05-10-1910", "31-02-1910", 2).replacen("912 345 678", "12", 1);
    for encoding in [TextEncoding::Utf8, TextEncoding::Windows1252, TextEncoding::Utf16Le] {
        for (delimiter, line_end) in [(';', "\r\n"), (',', "\n"), ('\t', "\r\n")] {
            let sandbox = Sandbox::empty();
            let text = bad(&export(0..5, delimiter, line_end));
            sandbox.file("export.txt", [encoding.mark(), &encoding.encode(&text)].concat());
            let option = if encoding == TextEncoding::Windows1252 { "--encoding windows-1252" } else { "" };
            let import =
                |file: &str| sandbox.ssd(&format!("--json registry import {file} {option} --rejects rejects.csv"));
            assert_eq!(counts(&import("export.txt")), [5, 3, 2]);
            let read = || {
                let bytes = fs::read(sandbox.folder().join("rejects.csv")).expect("rejects");
                let bytes = bytes.strip_prefix(encoding.mark()).expect("the mark of the input");
                let mut text = String::with_capacity(3 * bytes.len());
                let _ = encoding.decoder().decode_to_string_without_replacement(bytes, &mut text, true);
                text
            };
            let rejects = read();
            let lines: Vec<&str> = text.split(line_end).collect();
            let rows: Vec<&str> = rejects.split(line_end).collect();
            let own = |text: &str| text.replace(';', &delimiter.to_string());
            assert_eq!(rows[0], format!("{}{}", lines[0], own(";_line;_errors")), "{encoding:?}");
            assert!(rows[1].starts_with(&format!("{}{}", lines[1], own(";2;"))), "{}", rows[1]);
            assert!(rows[1].contains("birth_date: there is no such date; mobile: "), "{}", rows[1]);
            assert!(rows[2].starts_with(&format!("{}{}", lines[2], own(";3;"))), "{}", rows[2]);
            assert_eq!((rows.len(), rows[3]), (4, ""));
            // One row is corrected: the other one is rejected again, with the same columns.
            let corrected =
                rejects.replacen("31-02-1910", "05-10-1910", 1).replacen("00351 12", "00351 912 345 678", 1);
            sandbox.file("corrected.csv", [encoding.mark(), &encoding.encode(&corrected)].concat());
            assert_eq!(counts(&import("corrected.csv")), [2, 1, 1]);
            assert_eq!(read().lines().next(), rejects.lines().next());
            assert_eq!(read().lines().count(), 2);
            sandbox
                .file("corrected.csv", [encoding.mark(), &encoding.encode(&read().replace("31-02", "05-10"))].concat());
            assert_eq!(counts(&import("corrected.csv")), [1, 1, 0]);
            assert_eq!(registry_rows(&sandbox).len(), 5);
        }
    }
}

#[test]
fn row_with_a_stray_mark_is_rejected_until_it_is_corrected() {
    let sandbox = Sandbox::empty();
    sandbox.file("export.csv", fs::read(office("stray-quote.csv")).expect("a file"));
    let import = |file: &str| counts(&sandbox.ssd(&format!("--json registry import {file} --rejects rejects.csv")));
    assert_eq!(import("export.csv"), [16, 15, 1]);
    let first = sandbox.read("rejects.csv");
    for _ in 0..2 {
        sandbox.file("again.csv", sandbox.read("rejects.csv"));
        assert_eq!(import("again.csv"), [1, 0, 1]);
    }
    let rejects = sandbox.read("rejects.csv");
    assert_eq!(rejects.split(';').count(), first.split(';').count(), "{rejects}");
    sandbox.file("again.csv", rejects.replacen(";\"Kevin", ";Kevin", 1));
    assert_eq!(import("again.csv"), [1, 1, 0]);
}

#[test]
fn duplicates_and_short_rows_are_in_the_rejected_rows() {
    let sandbox = Sandbox::empty();
    let row = |number: u64, rest: &str| format!("{},citizen,Ana,1970-01-30,{rest}\n", niss(number));
    sandbox.file(
        "a.csv",
        format!("niss,kind,name,birth_date,email,,\n{}{}{},citizen\n", row(1, ",,"), row(1, "x@y.pt,,"), niss(2)),
    );
    assert_eq!(counts(&sandbox.ssd("--json registry import a.csv --rejects r.csv")), [3, 1, 2]);
    let rejects = sandbox.read("r.csv");
    let rows: Vec<&str> = rejects.lines().collect();
    assert_eq!(rows[0], "niss,kind,name,birth_date,email,,,_line,_errors");
    assert_eq!(
        rows[1],
        format!("{},citizen,Ana,1970-01-30,x@y.pt,,,3,niss: an earlier row has the same value", niss(1))
    );
    assert!(rows[2].starts_with(&format!("{},citizen,,,,,,4,the row must", niss(2))), "{}", rows[2]);
}

#[test]
fn keys_and_columns_with_an_underscore_are_ignored() {
    let sandbox = Sandbox::new();
    sandbox
        .feed("batch -", format!("{{\"op\":\"registry_show\",\"niss\":\"{ANA}\",\"_reason\":\"x\",\"_x\":{{}}}}\n"))
        .ok();
    sandbox.feed("batch - --op registry_show", format!("_a,niss,_reason\nx,{ANA},y\n")).ok();
    let text = format!("_line;niss;kind;name;birth_date;_errors\n5;{};citizen;Ana;1970-01-30;\"a;b\"\n", niss(1));
    let run = sandbox.feed("registry import -", text).fails(0);
    assert_eq!(run.err, "", "they are not columns that are left out");
    sandbox.open_account(ANA);
    sandbox.feed("alerts send -", format!("NISS;Tipo;Assunto;Decisão;_x\n{ANA};Decisão;Abono;deferido;y\n")).ok();
    let line = json!({ "niss": ANA, "kind": "decision", "about": "Abono", "decision": "granted", "_message": "x" });
    sandbox.feed("alerts send -", line.to_string()).ok();
}

#[test]
fn batch_file_is_checked_completely_before_its_first_line() {
    let sandbox = Sandbox::new();
    let lines = |bad: &[u8]| {
        let mut bytes = format!("NISS;Motivo;\n{ANA};a;\n").into_bytes();
        bytes.extend(format!("{MARIA};").into_bytes());
        bytes.extend(bad);
        bytes.extend(b"\n");
        bytes
    };
    let before = sandbox.bytes();
    for (bad, words, option) in [
        (&b"raz\xE3o;"[..], "line 3 is not UTF-8", "--encoding windows-1252"),
        (b"x;y", "line 3, row 2: column 3 has no name", "--ignore-unknown"),
    ] {
        sandbox.file("in.csv", lines(bad));
        let run = sandbox.ssd("batch in.csv --op account_unlock").fails(2).says(words);
        assert_eq!(run.out, "");
        assert_eq!(sandbox.bytes(), before);
        let named = named_command(&run);
        assert_eq!(named, format!("batch in.csv --op account_unlock {option}"));
        let fork = sandbox.fork();
        fork.file("in.csv", lines(bad));
        assert_eq!(fork.ssd(&named).out.lines().count(), 2, "{option}");
    }
    // Standard input that is a file is checked too; a pipe ends at the line.
    let fork = sandbox.fork();
    fork.open_account(ANA);
    let text = lines(b"raz\xE3o;");
    assert_eq!(fork.feed("batch - --op account_unlock", &text).fails(2).out, "");
    let run = fed_by_pipe(&fork, "batch - --op account_unlock", &text).fails(2);
    let run = run.says("line 3 is not UTF-8; the batch ends before it; lines done: 1");
    assert_eq!(run.out.lines().count(), 1);
    let run = fork.feed("batch - --op account_unlock --encoding utf-8", &text).fails(5);
    assert_eq!(run.out.lines().count(), 2);
    sandbox.file("in.jsonl", b"{\"op\":\"registry_count\"}\n{\"op\":\"registry_count\",\"id\":\"\xE3\"}\n");
    assert_eq!(sandbox.ssd("batch in.jsonl").fails(2).out, "");
    sandbox.ssd("batch in.jsonl --encoding windows-1252").ok();
}

/// Runs a command whose standard input is a pipe.
fn fed_by_pipe(sandbox: &Sandbox, line: &str, input: &[u8]) -> Run {
    let mut child = sandbox.command(line).stdin(Stdio::piped()).spawn().expect("it runs");
    child.stdin.take().expect("a pipe").write_all(input).expect("the pipe takes it");
    let output = child.wait_with_output().expect("its end");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Run { out: text(output.stdout), err: text(output.stderr), code: output.status.code().expect("a code") }
}

#[test]
fn batch_of_any_form_and_encoding_resumes() {
    let utf16 = |text: &str| [TextEncoding::Utf16Le.mark(), &TextEncoding::Utf16Le.encode(text)].concat();
    let csv =
        format!("sep=;\r\nN.º SS;Motivo\r\n{ANA};razão\r\n\r\n12000000013;\"é\r\n\"\r\n{ANA};três\r\n{MARIA};ção\r\n");
    let line = |niss: &str| json!({ "op": "account_unlock", "niss": niss, "reason": "razão" }).to_string();
    let array = format!("[\n {},\n{{\"op\":\"x\"}} , {}\n,{}\n]\n", line(ANA), line(ANA), line(MARIA));
    for (bytes, options) in [
        (csv.clone().into_bytes(), "--op account_unlock"),
        (utf16(&csv), "--op account_unlock"),
        (TextEncoding::Windows1252.encode(&csv), "--op account_unlock --encoding windows-1252"),
        (array.clone().into_bytes(), ""),
        (utf16(&array), ""),
    ] {
        let sandbox = Sandbox::new();
        sandbox.open_account(ANA);
        sandbox.file("in", &bytes);
        let run = |options: &str, end: &str| sandbox.ssd(&format!("batch in {options} --out out.jsonl {end}"));
        // Stops at the line that is not done.
        run(options, "--stop-on-refusal --group 1").fails(5);
        let first = sandbox.read("out.jsonl");
        assert_eq!(first.lines().count(), 2, "{first}");
        run(options, "--resume").fails(5);
        let all = sandbox.read("out.jsonl");
        assert!(all.starts_with(&first) && all.lines().count() == 4, "{all}");
        run(options, "--resume").fails(5);
        assert_eq!(sandbox.read("out.jsonl"), all);
    }
}

#[test]
fn failed_lines_have_the_encoding_and_columns_of_the_input() {
    for (encoding, options) in [
        (TextEncoding::Windows1252, "--encoding windows-1252 --ignore-unknown"),
        (TextEncoding::Utf16Le, "--ignore-unknown"),
    ] {
        let sandbox = Sandbox::new();
        let encoded = |text: &str| [encoding.mark(), &encoding.encode(text)].concat();
        let rows = format!("sep=;\r\nNISS;Motivo;Observação;\r\n{ANA};razão;é;\r\n12000000013;razão;é;\r\n");
        sandbox.file("in.csv", encoded(&rows));
        let run = sandbox.ssd(&format!("batch in.csv --op account_unlock {options} --failed failed.csv")).fails(5);
        assert_eq!(named_command(&run), format!("batch failed.csv --op account_unlock {options}"));
        let failed = fs::read(sandbox.folder().join("failed.csv")).expect("failed lines");
        let start = encoded("sep=;\r\nNISS;Motivo;Observação;;_reason;_message\r\n12000000013;razão;é;;check_digit;");
        assert!(failed.starts_with(&start), "{encoding:?}: {failed:?}");
        sandbox.ssd(&named_command(&run)).fails(5);
    }
}

#[test]
fn every_name_of_a_field_is_found_for_every_operation() {
    for op in Request::OPERATIONS {
        let fields = RequestLine::parse_fields(*op);
        let known = KnownNames::of(&fields);
        for (at, field) in fields.iter().enumerate() {
            assert!(synonyms::TABLE.iter().any(|(name, _)| name == field), "{field} of {op} has no other name");
            for name in synonyms::of(field).iter().chain([field]) {
                assert_eq!(known.find(name).map(|at| fields[at]), Some(fields[at]), "{name} of {op}");
            }
        }
    }
}

#[test]
fn recorded_import_of_an_office_file_replays() {
    let sandbox = Sandbox::nothing();
    let recording = [("SSD_RECORD", "recorded.jsonl")];
    sandbox.under(&recording, "init --sandbox --seed 7").fails(0);
    for (name, options, code) in [
        ("mistakes.csv", "", 5),
        ("stray-quote.csv", "", 5),
        ("excel-unicode.txt", "", 0),
        ("excel-1252.csv", "--encoding windows-1252", 0),
        ("multiline.csv", "--ignore-unknown", 0),
    ] {
        sandbox.file(name, fs::read(office(name)).expect("a file"));
        sandbox.under(&recording, &format!("registry import {name} {options}")).fails(code);
    }
    sandbox.file(
        "rows.json",
        format!("[\n{{\"niss\":\"{ANA}\",\"kind\":\"citizen\",\"name\":\"A\",\"birth_date\":\"1984-03-22\"}},{{}}]"),
    );
    sandbox.under(&recording, "registry import rows.json").fails(5);
    sandbox.ssd("scenario run recorded.jsonl").ok();
    let recorded = sandbox.read("recorded.jsonl");
    assert!(recorded.contains("\"kind\":\"citizen\"") && !recorded.contains("Observações"), "{recorded:.300}");
}
