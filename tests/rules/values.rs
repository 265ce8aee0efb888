//! Values and registry imports through the binary: the vectors of tests/data, and CSV and JSON Lines in all forms.
//!
//! Bad rows are rejected with line, column and reason, and do not affect good rows.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::*;

/// Returns the rows of a vector file, without its header.
fn vectors(name: &str) -> Vec<[String; 3]> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let mut file = csv::Reader::from_path(path).expect(name);
    let rows = file.records().map(|row| row.expect("a row"));
    rows.map(|row| [0, 1, 2].map(|column| row[column].to_owned())).collect()
}

/// Returns a different NISS for each number.
fn niss(number: usize) -> String {
    let ten = format!("13{number:08}");
    let weights = [29, 23, 19, 17, 13, 11, 7, 5, 3, 2];
    let sum: u32 = ten.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).expect("a digit") * weight).sum();
    format!("{ten}{}", 9 - sum % 10)
}

/// The result of an import: the counts, and column and reason of the first fault of each rejected line.
struct Loaded {
    exit: i32,
    counts: [u64; 3],
    rejects: BTreeMap<u64, (Option<String>, String)>,
}

/// Imports a file with this content.
fn import(sandbox: &Sandbox, content: impl AsRef<[u8]>) -> Loaded {
    sandbox.file("registry", content);
    let run = sandbox.ssd("--json registry import registry --rejects rejects.jsonl");
    let reply = run.json();
    assert_eq!(reply["result"], "done", "{reply}");
    let mut rejects = BTreeMap::new();
    for reject in lines(&sandbox.read("rejects.jsonl")) {
        assert!(!word(&reject, "message").is_empty());
        let column = reject["column"].as_str().map(str::to_owned);
        let fault = (column, word(&reject, "reason").to_owned());
        rejects.entry(reject["line"].as_u64().expect("a line")).or_insert(fault);
    }
    let counts = ["read", "loaded", "rejected"].map(|key| reply[key].as_u64().expect("a count"));
    Loaded { exit: run.code, counts, rejects }
}

/// Builds the expected rejects.
fn rejected(expected: &[(u64, &str, &str)]) -> BTreeMap<u64, (Option<String>, String)> {
    let column = |column: &str| (!column.is_empty()).then(|| column.to_owned());
    expected.iter().map(|(line, of, reason)| (*line, (column(of), (*reason).to_owned()))).collect()
}

// The vectors.

#[test]
fn numbers_match_the_vectors() {
    let vectors = vectors("numbers.csv");
    let mut rows = String::from("niss,kind,name,birth_date,nif,civil_id_kind,civil_id\n");
    for (at, [kind, value, _]) in vectors.iter().enumerate() {
        let (own, nif, kind_of_id, id) = match kind.as_str() {
            "niss" => (value.clone(), "", "", ""),
            "nif" => (niss(at), value.as_str(), "", ""),
            _ => (niss(at), "", "cc", value.as_str()),
        };
        rows += &format!("{own},citizen,Somebody,1970-01-30,{nif},{kind_of_id},{id}\n");
    }
    let loaded = import(&Sandbox::empty(), rows);
    for (at, [kind, value, verdict]) in vectors.iter().enumerate() {
        let reject = loaded.rejects.get(&(at as u64 + 2));
        assert_eq!(reject.is_none(), verdict == "valid", "{kind} {value}: {reject:?}");
        if let Some((column, reason)) = reject {
            assert_eq!(column.as_deref(), Some(if kind == "cc" { "civil_id" } else { kind }));
            assert!(matches!(reason.as_str(), "check_digit" | "prefix"), "{kind} {value}: {reason}");
        }
    }
    assert_eq!(loaded.counts, [160, 60, 100]);
}

#[test]
fn mobiles_of_all_countries_match_the_vectors() {
    let vectors = vectors("phones.csv");
    let row =
        |(at, [_, number, _]): (usize, &[String; 3])| format!("{},citizen,Somebody,1970-01-30,{number}\n", niss(at));
    let rows: String = vectors.iter().enumerate().map(row).collect();
    let loaded = import(&Sandbox::empty(), format!("niss,kind,name,birth_date,mobile\n{rows}"));
    for (at, [region, number, verdict]) in vectors.iter().enumerate() {
        let reject = loaded.rejects.get(&(at as u64 + 2));
        assert_eq!(reject.is_none(), verdict == "mobile", "{region} {number}: {reject:?}");
        let is_phone_error = |(column, reason): &(Option<String>, String)| {
            column.as_deref() == Some("mobile") && matches!(reason.as_str(), "not_a_mobile" | "no_such_number")
        };
        assert!(reject.is_none_or(is_phone_error), "{region} {number}: {reject:?}");
    }
    // Each of them is a telephone, except numbers of no numbering plan.
    let telephones = import(&Sandbox::empty(), format!("niss,kind,name,birth_date,telephone\n{rows}"));
    assert!(telephones.rejects.values().all(|(_, reason)| reason == "no_such_number"));
}

#[test]
fn working_days_match_the_vectors() {
    let mut vectors = vectors("working_days.csv");
    vectors.sort();
    let sandbox = Sandbox::nothing();
    sandbox.ssd("init --sandbox --at 2015-12-31T12:00:00Z").ok();
    let row = |at| format!("{},citizen,Somebody,1970-01-30,Rua do Sol 1,Lisboa\n", niss(at));
    let rows: String = (0..vectors.len()).map(row).collect();
    import(&sandbox, format!("niss,kind,name,birth_date,address,locality\n{rows}"));
    for (at, [from, days, to]) in vectors.iter().enumerate() {
        assert_eq!(days, "8");
        sandbox.at(&format!("{from}T12:00:00Z"));
        let line = format!(
            "register {} --account-type citizen --birth-date 1970-01-30 --channel letter --accept-terms",
            niss(at)
        );
        assert_eq!(done(sandbox.json(&line))["letter_expected_on"], **to, "8 working days from {from}");
        if at % 4 == 0 {
            let fork = sandbox.fork();
            assert!(word(&fork.json("clock advance 8wd"), "now").starts_with(to.as_str()), "8wd from {from}");
        }
    }
}

#[test]
fn advancing_working_days_keeps_the_lisbon_time_of_day() {
    let sandbox = Sandbox::new();
    sandbox.at("2026-03-27T09:30:00Z");
    assert_eq!(sandbox.json("clock advance 1wd")["now"], "2026-03-30T08:30:00Z", "summer time began on the 29th");
    sandbox.at("2026-10-23T08:30:00Z");
    assert_eq!(sandbox.json("clock advance 1wd")["now"], "2026-10-26T09:30:00Z", "and ended on the 25th of October");
}

// The registry.

#[test]
fn example_registry_loads_without_rejects() {
    let sandbox = Sandbox::empty();
    let run = sandbox.ssd(&format!("--json registry import {}", data("registry.csv").display())).fails(0);
    assert_eq!((&run.json()["loaded"], &run.json()["rejected"]), (&json!(2200), &json!(0)));
    let count = sandbox.json("registry count");
    assert_eq!(count["records"], 2200);
    let of = |key: &str| count[key].as_u64().expect("a count");
    assert_eq!(of("citizens") + of("employers") + of("companies"), 2200);
    // Records are shown as in the file.
    let mut file = csv::Reader::from_path(data("registry.csv")).expect("the registry");
    let headers = file.headers().expect("a header").clone();
    for row in file.records().step_by(200) {
        let row = row.expect("a row");
        let shown = sandbox.json(&format!("registry show {}", &row[0]));
        for (column, value) in headers.iter().zip(&row).filter(|(_, value)| !value.is_empty()) {
            assert_eq!(shown[column], *value, "{column} of {}", &row[0]);
        }
    }
}

#[test]
fn csv_variants_are_accepted() {
    for (what, content) in [
        ("plain", "niss,kind,name,birth_date\n12000000012,citizen,Ana Ferreira,1984-03-22\n"),
        ("no end of the last line", "niss,kind,name,birth_date\n12000000012,citizen,Ana Ferreira,1984-03-22"),
        ("semicolons", "niss;kind;name;birth_date\n12000000012;citizen;Ana Ferreira;1984-03-22\n"),
        (
            "a comma in semicolons",
            "niss;kind;address;name;birth_date\n12000000012;citizen;Rua 1, 2;Ana Ferreira;1984-03-22\n",
        ),
        ("a byte-order mark", "\u{feff}niss,kind,name,birth_date\n12000000012,citizen,Ana Ferreira,1984-03-22\n"),
        ("CRLF", "niss,kind,name,birth_date\r\n12000000012,citizen,Ana Ferreira,1984-03-22\r\n"),
        (
            "quotes",
            "\"niss\",\"kind\",\"name\",\"birth_date\"\n\"12000000012\",\"citizen\",\"Ana Ferreira\",\"1984-03-22\"\n",
        ),
        ("another order", "name,birth_date,niss,kind\nAna Ferreira,1984-03-22,12000000012,citizen\n"),
        ("spaces around", "niss, kind ,name,birth_date\n 12000000012 , citizen , Ana  Ferreira , 1984-03-22 \n"),
        ("capitals in the header", "NISS,Kind,Name,Birth_Date\n12000000012,citizen,Ana Ferreira,1984-03-22\n"),
        (
            "JSON Lines",
            "{\"niss\":\"12000000012\",\"kind\":\"citizen\",\"name\":\"Ana Ferreira\",\"birth_date\":\"1984-03-22\"}\n",
        ),
        (
            "JSON with a number",
            "{\"kind\":\"citizen\",\"niss\":12000000012,\"name\":\"Ana Ferreira\",\"birth_date\":\"1984-03-22\",\"nif\":null}",
        ),
        (
            "JSON behind a mark",
            "\u{feff}\n{\"niss\":\"12000000012\",\"kind\":\"citizen\",\"name\":\"Ana Ferreira\",\"birth_date\":\"1984-03-22\"}\n\n",
        ),
    ] {
        let sandbox = Sandbox::empty();
        let loaded = import(&sandbox, content);
        assert_eq!((loaded.exit, loaded.counts), (0, [1, 1, 0]), "{what}");
        let shown = sandbox.json("registry show 12000000012");
        assert_eq!((word(&shown, "name"), word(&shown, "birth_date")), ("Ana Ferreira", "1984-03-22"), "{what}");
    }
}

#[test]
fn reject_has_the_first_line_of_its_row() {
    let quoted = "niss,kind,name,birth_date,address\n\
                  12000000012,citizen,\"Ana\nFerreira\",1984-03-22,Rua 1\n\
                  12000000020,citizen,José,1951-13-01,Rua 2\n\
                  12000000038,citizen,Maria,1967-02-28,\"Rua\n3\"\n";
    let empty_lines =
        "\n\nniss;kind;name;birth_date\n\n\n1;citizen;\"Ana\nFerreira\";1984-03-22\n\n2;citizen;José;1951-12-01";
    let json = "\n{\"niss\":\"1\",\"kind\":\"citizen\",\"name\":\"Ana\"}\n\n{\"niss\":\"2\",\"kind\":\"citizen\",\"name\":\"José\"}\n\n";
    for (content, expected) in [
        (quoted, [(4, "birth_date", "no_such_date"), (5, "address", "character")]),
        (empty_lines, [(6, "niss", "length"), (9, "niss", "length")]),
        (json, [(2, "niss", "length"), (4, "niss", "length")]),
    ] {
        for content in [content.to_owned(), content.replace('\n', "\r\n"), format!("\u{feff}{content}")] {
            assert_eq!(import(&Sandbox::empty(), &content).rejects, rejected(&expected), "{content:?}");
        }
    }
    let sandbox = Sandbox::empty();
    import(&sandbox, quoted);
    assert_eq!(word(&sandbox.json("registry show 12000000012"), "name"), "Ana Ferreira");
}

#[test]
fn registry_is_read_from_standard_input() {
    let sandbox = Sandbox::empty();
    let csv = "niss,kind,name,birth_date\n12000000012,citizen,Ana,1984-03-22\n";
    assert_eq!(sandbox.feed_json("registry import -", csv)["loaded"], 1);
    let json = "{\"niss\":\"12000000020\",\"kind\":\"citizen\",\"name\":\"José\",\"birth_date\":\"1951-12-01\"}\n";
    assert_eq!(sandbox.feed_json("registry import -", json)["loaded"], 1);
    assert_eq!(sandbox.json("registry count")["records"], 2);
}

#[test]
fn duplicate_key_of_a_json_row_is_rejected() {
    let rows = [
        r#"{"niss":"13000000035","niss":"13000000043","kind":"citizen","name":"Ivo Lopes","birth_date":"1984-03-22"}"#,
        r#"{"niss":"13000000035","kind":"citizen","name":"Ivo","birth_date":"1984-03-22","name":"Ivo"}"#,
        r#"{"niss":"13000000035","kind":"citizen","name":"Ivo","birth_date":"1984-03-22","\u0065mail":null,"email":null}"#,
        r#"{"niss":"13000000035","kind":"citizen","name":"Ivo","birth_date":"1984-03-22","id":1}"#,
    ];
    let expected = [
        (1, "niss", "duplicate_key"),
        (2, "name", "duplicate_key"),
        (3, "email", "duplicate_key"),
        (4, "id", "unknown_column"),
    ];
    let loaded = import(&Sandbox::empty(), rows.join("\n"));
    assert_eq!((loaded.exit, loaded.rejects), (5, rejected(&expected)));
    Sandbox::empty().feed("registry import -", rows[0]).fails(5).says("line 1, niss: this key occurs twice");
    // The same in a scenario.
    let sandbox = Sandbox::empty();
    sandbox.file("s.jsonl", format!("{{\"op\":\"registry\",\"rows\":[{}]}}\n", rows[0]));
    sandbox.ssd("scenario run s.jsonl").fails(2).says("this key occurs twice");
}

#[test]
fn text_without_a_visible_character_is_rejected_everywhere() {
    let row =
        |niss: &str, more: &str| format!(r#"{{"niss":"{niss}","kind":"citizen","birth_date":"1984-03-22",{more}}}"#);
    let rows = [
        row("13000000001", r#""name":"\u3164""#),
        row("13000000019", r#""name":"\u3164\u3164 \u3164""#),
        row("13000000027", r#""name":"\ufe0f\u00ad""#),
        row("13000000035", r#""name":"A\ufe0f\u00ad","locality":"\ufe0f","address":"\u2800""#),
        row("13000000043", r#""name":"\u115f""#),
        row("13000000051", r#""name":"A\u2063\u200d""#),
        row("13000000077", r#""name":"A","locality":"\u2800""#),
    ];
    let columns = ["name", "name", "name", "address", "name", "name", "locality"];
    let expected: Vec<(u64, &str, &str)> =
        (1..).zip(columns).map(|(line, column)| (line, column, "character")).collect();
    assert_eq!(import(&Sandbox::empty(), rows.join("\n")).rejects, rejected(&expected));
    let sandbox = Sandbox::new();
    sandbox.open_account(ANA);
    for reason in ["\u{3164}", "\u{2800}", "\u{fe0f}\u{ad}", "a\u{202e}b"] {
        sandbox.ssd(&format!("account suspend {ANA} --reason '{reason}'")).fails(2).says("--reason");
        let line = json!({"niss": ANA, "kind": "decision", "decision": "granted", "about": reason});
        assert!(sandbox.feed("alerts send -", line.to_string()).fails(5).out.contains("\"field\":\"about\""));
    }
}

#[test]
fn reasons_and_alerts_contain_no_web_address() {
    let sandbox = Sandbox::new();
    sandbox.open_account(ANA);
    let alert = |about: &str| {
        let line = json!({"niss": ANA, "kind": "decision", "decision": "granted", "about": about});
        sandbox.feed("alerts send - --dry-run", line.to_string()).out
    };
    for text in ["Pague em exemplo.pt/pagar", "veja bit.ly/abc123", "https:exemplo.com", "www.exemplo", "exemplo.com"] {
        sandbox.ssd(&format!("account suspend {ANA} --reason '{text}'")).fails(2).says("web address");
        assert!(alert(text).contains("web address"), "{text}");
    }
    for text in ["proc. 12.3/2026", "S.A.", "art.º 5.º", "Dr.Silva"] {
        sandbox.ssd(&format!("account unlock {ANA} --reason '{text}'")).ok();
        assert!(alert(text).contains("\"result\":\"done\""), "{text}");
    }
}

#[test]
fn values_of_other_scripts_and_plans_are_loaded() {
    let row =
        |niss: &str, more: &str| format!(r#"{{"niss":"{niss}","kind":"citizen","birth_date":"1984-03-22",{more}}}"#);
    let rows = [
        row("13000000001", r#""name":"A B","mobile":"+351948012345","telephone":"760 123 456""#),
        row("13000000019", r#""name":"A B","email":"joa\u0303o@correio.example""#),
        row("13000000027", r#""name":"A B","email":"สมชาย@ตัวอย่าง.ไทย""#),
        row(
            "13000000035",
            r#""name":"O\u02bcNeill Mary","nif":"210000007","civil_id_kind":"passport","civil_id":"ABCD000","email":"a@b.example""#,
        ),
        row(
            "13000000043",
            r#""name":"राम कुमार","nif":"210000007","civil_id_kind":"passport","civil_id":"ABCD000","email":"a@b.example""#,
        ),
    ];
    let sandbox = Sandbox::empty();
    let loaded = import(&sandbox, rows.join("\n"));
    assert_eq!((loaded.counts, loaded.rejects), ([5, 5, 0], BTreeMap::new()));
    assert_eq!(word(&sandbox.json("registry show 13000000019"), "email"), "joão@correio.example");
    let register = |niss: &str, name: &str| {
        sandbox.json(&format!(
            "register {niss} --procedure classic --account-type citizen --name '{name}' --birth-date 1984-03-22 \
             --civil-id ABCD000 --nif 210000007 --email a@b.example --channel email --accept-terms"
        ))
    };
    for (niss, wrong, right) in
        [("13000000035", "Oneil Mary", "O\u{2019}Neill Mary"), ("13000000043", "रम कमर", "राम कुमार")]
    {
        assert_eq!(register(niss, wrong)["reason"], "identity_mismatch", "{wrong}");
        assert_eq!(register(niss, right)["result"], "done", "{right}");
    }
}

#[test]
fn row_is_rejected_for_its_first_bad_value() {
    let header = "niss,kind,status,name,birth_date,civil_id_kind,civil_id,nif,email,mobile,telephone,postal_code,country,language";
    let rows = [
        ("12000000013,citizen,,A,1970-01-30,,,,,,,,,", "niss", "check_digit"),
        ("32000000010,citizen,,A,1970-01-30,,,,,,,,,", "niss", "prefix"),
        ("1200000001,citizen,,A,1970-01-30,,,,,,,,,", "niss", "length"),
        ("1200000001x,citizen,,A,1970-01-30,,,,,,,,,", "niss", "character"),
        (",citizen,,A,1970-01-30,,,,,,,,,", "niss", "missing"),
        ("12000000012,gato,,A,1970-01-30,,,,,,,,,", "kind", "word"),
        ("12000000012,citizen,dead,A,1970-01-30,,,,,,,,,", "status", "word"),
        ("12000000012,citizen,, ,1970-01-30,,,,,,,,,", "name", "missing"),
        ("12000000012,citizen,,--,1970-01-30,,,,,,,,,", "name", "character"),
        ("12000000012,citizen,,A,,,,,,,,,,", "birth_date", "missing"),
        ("12000000012,citizen,,A,30-01-70,,,,,,,,,", "birth_date", "form"),
        ("12000000012,citizen,,A,1970-02-30,,,,,,,,,", "birth_date", "no_such_date"),
        ("12000000012,citizen,,A,1800-01-01,,,,,,,,,", "birth_date", "bounds"),
        ("12000000012,citizen,,A,1970-01-30,,12345670,,,,,,,", "civil_id_kind", "missing"),
        ("12000000012,citizen,,A,1970-01-30,cc,123456,,,,,,,", "civil_id", "length"),
        ("12000000012,citizen,,A,1970-01-30,passport,AB,,,,,,,", "civil_id", "length"),
        ("12000000012,citizen,,A,1970-01-30,,,400000008,,,,,,", "nif", "prefix"),
        ("12000000012,citizen,,A,1970-01-30,,,,ana,,,,,", "email", "address"),
        ("12000000012,citizen,,A,1970-01-30,,,,,213000003,,,,", "mobile", "not_a_mobile"),
        ("12000000012,citizen,,A,1970-01-30,,,,,,999999999,,,", "telephone", "no_such_number"),
        ("12000000012,citizen,,A,1970-01-30,,,,,,,1200,,", "postal_code", "form"),
        ("12000000012,citizen,,A,1970-01-30,,,,,,,,XX,", "country", "form"),
        ("12000000012,citizen,,A,1970-01-30,,,,,,,,,fr", "language", "word"),
    ];
    let content: String = rows.iter().map(|(row, ..)| format!("{row}\n")).collect();
    let loaded = import(&Sandbox::empty(), format!("{header}\n{content}"));
    let expected: Vec<(u64, &str, &str)> =
        rows.iter().zip(2..).map(|((_, column, reason), line)| (line, *column, *reason)).collect();
    assert_eq!((loaded.exit, loaded.rejects), (5, rejected(&expected)));
}

#[test]
fn birth_date_after_today_in_lisbon_is_rejected() {
    let sandbox = Sandbox::empty();
    let row = |date: &str| format!("niss,kind,name,birth_date\n12000000012,citizen,A,{date}\n");
    let rejected = |date: &str| {
        let reply = import(&sandbox, row(date));
        reply.rejects.into_values().next().map(|(column, reason)| (column.unwrap_or_default(), reason))
    };
    let future = Some(("birth_date".to_owned(), "future".to_owned()));
    assert_eq!((rejected("2026-01-05"), rejected("2026-01-06")), (None, future.clone()));
    assert_eq!(rejected("2062-01-05"), future);
    // In summer, Lisbon is an hour ahead of UTC.
    sandbox.at("2026-07-01T23:30:00Z");
    assert_eq!((rejected("2026-07-02"), rejected("2026-07-03")), (None, future));
}

#[test]
fn import_counts_records_that_lack_what_procedures_need() {
    let gaps = |reply: &Value| ["without_nif", "without_civil_id", "without_channel"].map(|key| reply[key].clone());
    let sandbox = Sandbox::empty();
    sandbox.file("registry.csv", std::fs::read(data("personas.csv")).expect("the personas"));
    // Zulmira has no NIF, Beatriz neither contacts nor an address.
    for options in ["--dry-run", ""] {
        let reply = sandbox.json(&format!("registry import registry.csv {options}"));
        assert_eq!(gaps(&reply), [1, 0, 1], "{options}");
    }
    let text = sandbox.ssd("registry import registry.csv").ok();
    assert_eq!(text, "Rows read: 16. Loaded: 16. Rejected: 0. Without NIF: 1. Without any way to send a code: 1.");
    // An inactive holder can use no procedure. Only citizens have civil identification. A rejected row is not counted.
    let header = "niss,kind,status,name,birth_date,civil_id_kind,civil_id,nif,email,address,locality";
    let rows = [
        "12000000012,citizen,,A,1970-01-30,,,,,,",
        "12000000012,citizen,,A,1970-01-30,,,,,,",
        "12000000020,citizen,deceased,B,1970-01-30,,,,,,",
        "12000000038,citizen,,C,1970-01-30,,,200000012,,Rua 1,Lisboa",
        "12000000046,citizen,,D,1970-01-30,,,200000012,d@correio.example,,",
        "25000000129,company,,E,,,,,,Rua 1,",
        "25000000153,company,ceased,F,,,,,,,",
    ];
    let reply = sandbox.feed_json("registry import -", format!("{header}\n{}\n", rows.join("\n")));
    assert_eq!((&reply["loaded"], gaps(&reply)), (&6.into(), [2, 3, 2].map(Value::from)));
    // A complete registry has the short summary.
    let complete = "niss,kind,name,birth_date,civil_id_kind,civil_id,nif,email\n\
                    12000000012,citizen,A,1970-01-30,passport,AB12345,200000012,a@correio.example\n";
    assert_eq!(sandbox.feed("registry import -", complete).ok(), "Rows read: 1. Loaded: 1. Rejected: 0.");
}

#[test]
fn names_are_compared_as_the_policy_says() {
    let without = |niss: &str, from: &str, to: &str| {
        let line = person(niss).classic();
        assert!(line.contains(from), "{line}");
        format!("{} {} --channel email", line.replace(from, to), person(niss).contacts())
    };
    let particle = without(JOSE, "José António da Conceição", "Jose Antonio Conceicao");
    let form = without(PADARIA, "Padaria Flor do Campo, Lda.", "Padaria Flor Campo Limitada");
    let less = without(JOSE, "José António da Conceição", "José da Conceição");
    for line in [&particle, &form, &less] {
        assert_eq!(Sandbox::new().refused(line), "identity_mismatch");
    }
    let sandbox = Sandbox::new();
    sandbox.policy("identity.name", "particles");
    sandbox.ssd(&particle).ok();
    sandbox.ssd(&form).ok();
    sandbox.advance("1m");
    assert_eq!(sandbox.refused(&less), "identity_mismatch");
    sandbox.policy("identity.name", "strict");
    assert_eq!(sandbox.refused(&particle), "identity_mismatch");
    sandbox.ssd("policy set identity.name loose").fails(2).says("strict, particles");
}

#[test]
fn kind_and_numbers_are_not_cross_checked() {
    let rows = "niss,kind,name,birth_date,nif\n\
                20000000409,citizen,A,1970-01-30,500000123\n\
                12000000012,company,B,,200000012\n\
                12000000020,employer,C,,500000123\n";
    assert_eq!(import(&Sandbox::empty(), rows).counts, [3, 3, 0]);
}

#[test]
fn second_row_with_a_niss_is_rejected() {
    let rows = "niss,kind,name,birth_date\n12000000012,citizen,Ana,1984-03-22\n12000000012,citizen,Eva,1984-03-22\n";
    let sandbox = Sandbox::empty();
    assert_eq!(import(&sandbox, rows).rejects, rejected(&[(3, "niss", "duplicate")]));
    assert_eq!(sandbox.json("registry show 12000000012")["name"], "Ana");
}

#[test]
fn malformed_rows_are_rejected_completely() {
    let rows = "niss,kind,name,birth_date\n12000000012,citizen,Ana\n12000000020,citizen,José,1951-12-01,x\n12000000038,citizen,Maria,1967-02-28\n";
    let loaded = import(&Sandbox::empty(), rows);
    assert_eq!((loaded.counts, loaded.rejects), ([3, 1, 2], rejected(&[(2, "", "fields"), (3, "", "fields")])));

    let latin = b"niss,kind,name,birth_date\n12000000012,citizen,Jos\xe9,1984-03-22\n12000000020,citizen,Jo\xc3\xa3o,1951-12-01\n";
    let sandbox = Sandbox::empty();
    let run = sandbox.feed("--json registry import - --encoding utf-8 --rejects rejects.jsonl", latin);
    assert_eq!((&run.json()["loaded"], &run.json()["rejected"]), (&json!(1), &json!(1)));
    let reject = &lines(&sandbox.read("rejects.jsonl"))[0];
    assert_eq!((word(reject, "column"), word(reject, "reason"), &reject["line"]), ("name", "not_utf8", &json!(2)));

    let json = "{\"niss\":\"12000000012\",\"kind\":\"citizen\",\"name\":\"Ana\",\"birth_date\":\"1984-03-22\"}\n\
                {\"niss\":\"12000000020\"\n[1]\n\
                {\"niss\":\"12000000020\",\"kind\":\"citizen\",\"name\":\"José\",\"birthday\":\"1951-12-01\"}\n\
                {\"niss\":\"12000000020\",\"kind\":\"citizen\",\"name\":[\"José\"],\"birth_date\":\"1951-12-01\"}\n";
    let loaded = import(&Sandbox::empty(), json);
    let expected = [(2, "", "not_json"), (3, "", "not_json"), (4, "birthday", "unknown_column"), (5, "name", "form")];
    assert_eq!((loaded.counts, loaded.rejects), ([5, 1, 4], rejected(&expected)));
}

#[test]
fn file_that_is_not_a_registry_is_a_usage_error() {
    let sandbox = Sandbox::empty();
    let before = sandbox.bytes();
    for (content, names) in [
        ("niss,kind,name,shoe_size\n12000000012,citizen,Ana,1984-03-22\n", "shoe_size"),
        ("niss,kind,birth_date\n12000000012,citizen,1984-03-22\n", "name"),
        ("niss,kind,name,niss\n", "niss"),
        ("", "empty"),
        ("a text\n", "a text"),
    ] {
        sandbox.file("registry", content);
        sandbox.ssd("registry import registry").fails(2).says(names);
    }
    sandbox.ssd("registry import nothing.csv").fails(2).says("nothing.csv");
    sandbox.ssd("registry import .").fails(2);
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn rejects_file_has_each_fault_with_its_value() {
    let sandbox = Sandbox::empty();
    sandbox.file(
        "registry",
        "niss,kind,name,birth_date\n12000000013,citizen,Ana Secreta,1984-03-22\n12000000012,citizen,Eva,1984-03-22\n",
    );
    let run = sandbox.ssd("registry import registry --rejects rejects.jsonl").fails(5);
    assert_eq!(run.err.lines().next(), Some("Faults: 1"), "{run:?}");
    let rejects = sandbox.read("rejects.jsonl");
    assert_eq!(keys(rejects.trim_end()), ["line", "row", "column", "reason", "value", "message"]);
    assert!(!rejects.contains("Secreta") && rejects.contains("\"value\":\"12000000013\""));
    // Without a file they are shown to the user.
    sandbox.ssd("registry import registry").fails(5).says("line 2");
    sandbox.ssd("registry import registry --rejects registry").fails(2);
    assert!(sandbox.read("registry").contains("Ana Secreta"), "the input file is not overwritten");
    sandbox.ssd("registry import registry --rejects no/such/folder").fails(2).says("no/such/folder");
}

#[test]
fn dry_run_checks_everything_and_loads_nothing() {
    let sandbox = Sandbox::empty();
    let before = sandbox.bytes();
    sandbox.file(
        "registry",
        "niss,kind,name,birth_date\n12000000013,citizen,Ana,1984-03-22\n12000000012,citizen,Eva,1984-03-22\n",
    );
    let run = sandbox.ssd("--json registry import registry --dry-run --rejects rejects.jsonl").fails(5);
    assert_eq!(["read", "loaded", "rejected"].map(|key| run.json()[key].clone()), [json!(2), json!(1), json!(1)]);
    assert_eq!(sandbox.read("rejects.jsonl").lines().count(), 1);
    assert_eq!(sandbox.bytes(), before);
}

// Repeated imports.

/// Ana's record with another name, e-mail address and mobile.
const ANA_ANEW: &str = "niss,kind,name,birth_date,email,mobile,language\n\
    12000000012,citizen,Ana Sofia Marques,1984-03-22,anew@correio.example,+351936000006,en\n";

#[test]
fn repeated_import_updates_a_record() {
    let sandbox = Sandbox::new();
    import(&sandbox, ANA_ANEW);
    let shown = sandbox.json(&format!("registry show {ANA}"));
    assert_eq!(
        ["name", "email", "mobile", "language"].map(|key| word(&shown, key)),
        ["Ana Sofia Marques", "anew@correio.example", "+351936000006", "en"]
    );
    assert_eq!(shown["nif"], Value::Null);
    assert_eq!(sandbox.json("registry count")["records"], 16);
}

#[test]
fn repeated_import_keeps_the_holders_contacts() {
    let sandbox = Sandbox::new().logged_in();
    sandbox.ssd("contacts confirm --channel email").ok();
    sandbox.ssd(&format!("contacts confirm --channel email --code {}", sandbox.code(ANA))).ok();
    sandbox.ssd("contacts update --mobile 916000006").ok();
    import(&sandbox.fork(), ANA_ANEW);
    let proposed = sandbox.fork();
    import(&proposed, ANA_ANEW);
    let shown = proposed.json(&format!("registry show {ANA}"));
    assert_eq!(word(&shown, "email"), "ana.ferreira@correio.example", "confirmed in this form");
    assert_eq!(word(&shown, "mobile"), "+351936000006", "a proposal does not count");

    sandbox.ssd(&format!("contacts confirm --channel sms --code {}", sandbox.code(ANA))).ok();
    import(&sandbox, ANA_ANEW);
    let shown = sandbox.json(&format!("registry show {ANA}"));
    assert_eq!(word(&shown, "mobile"), "+351916000006");
    sandbox.ssd("contacts remove --email").ok();
    import(&sandbox, ANA_ANEW);
    assert!(sandbox.json(&format!("registry show {ANA}"))["email"].is_null(), "a removed contact stays removed");
    assert_eq!(word(&sandbox.json(&format!("registry show {ANA}")), "name"), "Ana Sofia Marques");
}

#[test]
fn import_of_a_death_closes_the_account_and_only_a_company_is_notified() {
    let mut sandbox = Sandbox::new().logged_in();
    let gone = "niss,kind,status,name,birth_date,email,mobile\n\
                12000000012,citizen,deceased,Ana Sofia Marques Ferreira,1984-03-22,ana.ferreira@correio.example,912000001\n";
    import(&sandbox, gone);
    assert_eq!(sandbox.state(ANA), "closed");
    assert_eq!(sandbox.refused("alerts set none"), "login_required");
    assert_eq!(reason(&sandbox.login(ANA, PASSWORD)), "login_failed");
    assert_eq!(sandbox.message_log(ANA).len(), 3, "a deceased holder gets no notice");
    assert_eq!(sandbox.refused(&format!("{REGISTER_ANA} --channel sms")), "identity_mismatch");
    let entry = sandbox.audit(ANA).into_iter().find(|entry| entry["action"] == "account_close").expect("an entry");
    let detail = &entry["detail"];
    assert_eq!((&detail["by"], &detail["reason"]), (&json!("registry_import"), &json!("deceased")));
    assert_eq!(detail["effects"]["state"], json!("closed"));
    import(&sandbox, gone);
    assert_eq!(sandbox.message_log(ANA).len(), 3);
    *sandbox.session() = None;

    let ceased = Sandbox::new();
    ceased.open_account(PADARIA);
    import(
        &ceased,
        "niss,kind,status,name,nif,email\n\
         25000000129,company,ceased,\"Padaria Flor do Campo, Lda.\",500000123,geral@flordocampo.example\n",
    );
    assert_eq!(ceased.state(PADARIA), "closed");
    assert_eq!(ceased.message_log(PADARIA)[3..], ["email closed"]);
}

#[test]
fn new_sandbox_keeps_to_the_bounds_of_its_clock() {
    let sandbox = Sandbox::nothing();
    let bounds = "must be from 1970-01-01T00:00:00Z to 9999-01-01T00:00:00Z";
    for at in ["9999-01-01T00:00:01Z", "9999-12-31T23:59:59Z"] {
        sandbox.ssd(&format!("init --sandbox --at {at}")).fails(2).says(bounds);
        sandbox.file("s.jsonl", format!("{{\"op\":\"init\",\"at\":\"{at}\"}}\n"));
        sandbox.ssd("scenario run s.jsonl").fails(2).says(bounds);
    }
    assert!(!sandbox.folder().join("store.db").exists());
    sandbox.ssd("init --sandbox --at 9999-01-01T00:00:00Z").ok();
    sandbox.ssd("clock advance 1s").fails(2).says("9999-01-01T00:00:00Z");
}
