//! Scenarios: valid lines, differences and their display; no line is skipped silently.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Run, Sandbox, data, lines, word};

/// The registry with Ana, and her registration.
const REGISTER: &str = r#"{"op":"registry","rows":[{"niss":12000000012,"kind":"citizen","name":"Ana","birth_date":"1984-03-22","mobile":"912000001"}]}
{"op":"policy_set","key":"argon2.memory","value":"8"}
{"op":"register","niss":"12000000012","account_type":"citizen","birth_date":"1984-03-22","channel":"sms","accept_terms":true}
"#;
const PASSWORD: &str = "Violeta-9-Oceano-Trigo";

/// Runs lines after the three lines of [`REGISTER`]. Returns the differences.
fn behind(lines: &str) -> Vec<Value> {
    let sandbox = Sandbox::nothing();
    sandbox.file("s.jsonl", format!("{REGISTER}{lines}"));
    let run = sandbox.ssd("--json scenario run s.jsonl");
    let differences = run.json()["differences"].as_array().expect("a list").clone();
    assert_eq!(run.code, i32::from(!differences.is_empty()), "{run:?}");
    differences
}

/// Returns line, path, expected and actual value of each difference.
fn message_log(differences: &[Value]) -> Vec<String> {
    let one = |one: &Value| format!("{} {} {} {}", one["line"], word(one, "path"), one["expected"], one["got"]);
    differences.iter().map(one).collect()
}

/// Runs an invalid scenario and returns its error.
fn refused(content: impl AsRef<[u8]>) -> Run {
    let sandbox = Sandbox::nothing();
    sandbox.file("s.jsonl", content);
    let run = sandbox.ssd("scenario run s.jsonl --junit report.xml").fails(2);
    assert_eq!(run.out, "s.jsonl: not run.\n");
    assert!(sandbox.read("report.xml").contains("errors=\"1\""), "{}", sandbox.read("report.xml"));
    run
}

#[test]
fn passing_scenario_is_reported_and_leaves_no_files() {
    let sandbox = Sandbox::nothing();
    let scenario = format!(
        "\u{feff}{{\"op\":\"init\",\"seed\":7,\"at\":\"2026-03-02T09:00:00Z\"}}\r\n\r\n{REGISTER}{}",
        r#"{"//":"only words"}
{"op":"activate","niss":12000000012,"code":"@outbox","password":"Violeta-9-Oceano-Trigo","//":[1]}
{"op":"clock","set":"2026-03-02T10:00:00Z","expect":{"now":"2026-03-02T10:00:00Z"},"id":"x"}"#
    );
    let run = sandbox.feed("scenario run -", scenario);
    assert_eq!(run.ok(), "-: all as expected; lines: 6.");
    assert_eq!(std::fs::read_dir(sandbox.folder()).expect("a folder").count(), 0);
}

#[test]
fn line_without_expectation_must_be_done() {
    let differences = behind(
        r#"{"op":"activate","niss":"12000000012","code":"@wrong","password":"Violeta-9-Oceano-Trigo"}
{"op":"activate","niss":"12000000012","code":"@outbox"}
{"op":"regster"}
{"op":"clock_advance","advance":"2920000d"}"#,
    );
    assert_eq!(differences.len(), 4, "{differences:?}");
    for (difference, (line, result)) in
        differences.iter().zip([(4, "refused"), (5, "error"), (6, "error"), (7, "error")])
    {
        assert_eq!((&difference["line"], &difference["path"]), (&json!(line), &json!("")));
        assert_eq!(difference["expected"], json!({"result": "done"}));
        assert_eq!(difference["got"]["result"], result);
        assert!(difference["got"].get("line").is_none() && difference["got"]["message"].is_string());
    }
}

#[test]
fn refusals_and_errors_can_be_expected() {
    let differences = behind(
        r#"{"op":"activate","niss":"12000000012","code":"@wrong","password":"Violeta-9-Oceano-Trigo","expect":{"reason":"code_wrong"}}
{"op":"activate","niss":"12000000012","code":"@outbox","expect":{"result":"error","field":"password"}}
{"op":"regster","expect":{"result":"error"}}
{"op":"activate","niss":"12000000012","code":"@outbox","password":"Porto","expect":{"result":"refused"}}"#,
    );
    assert_eq!(message_log(&differences), [""; 0]);
}

#[test]
fn unexpected_refusal_is_shown_completely() {
    let differences = behind(
        r#"{"op":"activate","niss":"12000000012","code":"@wrong","password":"Violeta-9-Oceano-Trigo","expect":{"state":"active"}}"#,
    );
    assert_eq!(differences.len(), 1);
    assert_eq!(differences[0]["expected"], json!({"state": "active"}));
    assert_eq!(differences[0]["got"]["reason"], "code_wrong");
}

#[test]
fn differences_are_listed_by_field_and_the_run_continues() {
    let differences = behind(
        r#"{"op":"account_show","niss":"12000000012","expect":{"state":"active","phone_code":"false","blocks":[{}],"nothing":1,"alerts":"[..]"}}
{"op":"activate","niss":"12000000012","code":"@wrong","password":"Violeta-9-Oceano-Trigo","expect":{"reason":"code_expired"}}
{"op":"clock","advance":"1s","expect":{"now":"[..]02Z"}}"#,
    );
    assert_eq!(
        message_log(&differences),
        [
            r#"4 blocks [{}] []"#,
            r#"4 nothing 1 null"#,
            r#"4 phone_code "false" false"#,
            r#"4 state "active" "requested""#,
            r#"5 reason "code_expired" "code_wrong""#,
            r#"6 now "[..]02Z" "2026-01-05T09:00:01Z""#,
        ]
    );
}

#[test]
fn messages_are_counted_and_compared() {
    let differences = behind(
        r#"{"op":"message","niss":"12000000012"}
{"op":"message","niss":"12000000012","purpose":"activation","channel":"sms","count":1,"expect":{"to":"+351912000001","body":"[..]codigo[..]","niss":"12000000012"}}
{"op":"message","niss":"12000000012","purpose":"recovery","count":0}
{"op":"message","niss":"12000000012","purpose":"recovery"}
{"op":"message","niss":"12000000012","purpose":"recovery","expect":{"to":"x"}}
{"op":"message","niss":"12000000012","count":2,"expect":{"to":"x"}}
{"op":"message","niss":"12000000012","expect":{"to":"x"}}"#,
    );
    assert_eq!(
        message_log(&differences),
        ["7 count 1 0", "8 count 1 0", "9 count 2 1", r#"10 to "x" "+351912000001""#]
    );
}

#[test]
fn unexpected_rejected_rows_are_a_difference() {
    let rows = r#""rows":[{"niss":12000000012,"kind":"citizen","name":"Ana","birth_date":"1984-03-22"},{"niss":"12000000013"},{}]"#;
    let differences = behind(&format!(
        "{{\"op\":\"registry\",{rows}}}
{{\"op\":\"registry\",{rows},\"expect\":{{\"rejected\":2,\"loaded\":1}}}}
{{\"op\":\"registry\",{rows},\"expect\":{{\"rejected\":1}}}}
{{\"op\":\"registry\",\"rows\":[{{\"niss\":5,\"name\":{{}}}}],\"expect\":{{\"loaded\":0}}}}"
    ));
    let fault = |column: &str, line: u64, reason: &str| json!({ "column": column, "line": line, "reason": reason });
    let faults = json!([
        fault("niss", 2, "check_digit"),
        fault("kind", 2, "missing"),
        fault("name", 2, "missing"),
        fault("niss", 3, "missing"),
        fault("kind", 3, "missing"),
        fault("name", 3, "missing"),
    ]);
    assert_eq!(
        message_log(&differences),
        [
            format!("4 rejected 0 {faults}"),
            format!("6 rejected 1 {faults}"),
            format!(
                "7 rejected 0 [{},{},{}]",
                fault("name", 1, "form"),
                fault("niss", 1, "length"),
                fault("kind", 1, "missing")
            ),
        ]
    );
}

#[test]
fn registry_path_is_relative_to_the_scenario() {
    let sandbox = Sandbox::nothing();
    std::fs::create_dir(sandbox.folder().join("deep")).expect("a folder");
    std::fs::copy(data("personas.csv"), sandbox.folder().join("deep/people.csv")).expect("a copy");
    sandbox.file("deep/s.jsonl", r#"{"op":"registry","file":"people.csv","expect":{"loaded":16}}"#);
    sandbox.ssd("scenario run deep/s.jsonl").ok();
    sandbox.file("s.jsonl", r#"{"op":"registry","file":"people.csv"}"#);
    sandbox.ssd("scenario run s.jsonl").fails(2).says("people.csv: no such file");
    sandbox.file("s.jsonl", r#"{"op":"registry","file":"deep"}"#);
    sandbox.ssd("scenario run s.jsonl").fails(2).says("is a folder");
    sandbox.file("deep/people.csv", "name;nis\n");
    let differences = sandbox.json("scenario run deep/s.jsonl")["differences"].clone();
    assert_eq!(differences[0]["got"]["result"], "error", "an invalid registry is a difference: {differences}");
}

#[test]
fn invalid_line_is_reported_and_nothing_runs() {
    for (content, message) in [
        ("", "s.jsonl: the scenario is empty"),
        ("\n{\"//\":\"x\"}\n", "s.jsonl: the scenario is empty"),
        ("{\"op\":\"init\"}\n{\"op\":", "`s.jsonl:2`: the line is not a JSON object"),
        ("[1]", "`s.jsonl:1`: the line is not a JSON object"),
        ("{\"op\":\"init\",\"op\":\"init\"}", "`s.jsonl:1: op`"),
        ("{\"op\":\"clock_show\"}\n{\"op\":\"init\"}", "`s.jsonl:2: op`: cannot be combined"),
        ("{\"op\":\"init\",\"seed\":-1}", "`s.jsonl:1: seed`"),
        ("{\"op\":\"init\",\"at\":\"now\"}", "`s.jsonl:1: at`"),
        ("{\"op\":\"init\",\"sed\":1}", "`s.jsonl:1: sed`: this operation has no such field"),
        ("{\"op\":\"clock\"}", "`s.jsonl:1: advance`"),
        ("{\"op\":\"clock\",\"advance\":\"8wk\"}", "`s.jsonl:1: advance`: expected 90s"),
        ("{\"op\":\"clock\",\"advance\":\"1s\",\"set\":\"x\"}", "`s.jsonl:1: set`"),
        ("{\"op\":\"clock\",\"set\":\"x\"}", "`s.jsonl:1: set`"),
        ("{\"op\":\"clock\",\"advance\":\"1s\",\"by\":1}", "`s.jsonl:1: by`"),
        ("{\"op\":\"message\"}", "`s.jsonl:1: niss`"),
        (
            "{\"op\":\"message\",\"niss\":\"12000000012\",\"purpose\":\"x\"}",
            "`s.jsonl:1: purpose`: must be one of: activation",
        ),
        ("{\"op\":\"message\",\"niss\":\"12000000012\",\"count\":-1}", "`s.jsonl:1: count`"),
        ("{\"op\":\"registry\"}", "`s.jsonl:1: rows`"),
        ("{\"op\":\"registry\",\"rows\":[]}", "`s.jsonl:1: rows`: expected a list of objects"),
        ("{\"op\":\"registry\",\"rows\":[1]}", "`s.jsonl:1: rows`"),
        ("{\"op\":\"registry\",\"rows\":[{}],\"file\":\"x\"}", "`s.jsonl:1: file`"),
        ("{\"op\":\"clock_show\",\"expect\":\"[..]\"}", "`s.jsonl:1: expect`: expected an object"),
    ] {
        refused(content).says(message);
    }
    refused(b"{\"op\":\"\xff\"}").says("`s.jsonl:1`");
    refused(format!("{{\"op\":\"clock_show\",\"//\":\"{}\"}}", "x".repeat(16 << 20))).says("longer than 16 MiB");
}

#[test]
fn missing_or_malformed_scenario_does_not_stop_the_others() {
    let sandbox = Sandbox::nothing();
    sandbox.file("good.jsonl", REGISTER);
    sandbox.file("bad.jsonl", "{\"op\":\"clock_show\"}\n{\"op\":\"init\"}\n");
    sandbox.file("people.jsonl", "{\"op\":\"registry\",\"file\":\"people.csv\"}\n");
    sandbox.file("differs.jsonl", "{\"op\":\"registry_count\",\"expect\":{\"records\":1}}\n");
    let files = "bad.jsonl good.jsonl nowhere.jsonl people.jsonl . differs.jsonl";

    let rows = lines(&sandbox.ssd(&format!("--json scenario run {files} --junit report.xml")).fails(2).out);
    let results: Vec<String> =
        rows.iter().map(|row| format!("{} {}", word(row, "file"), word(row, "result"))).collect();
    assert_eq!(
        results,
        [
            "bad.jsonl error",
            "good.jsonl done",
            "nowhere.jsonl error",
            "people.jsonl error",
            ". error",
            "differs.jsonl done"
        ]
    );
    assert!(word(&rows[0], "message").contains("bad.jsonl:2: op"), "{}", rows[0]);
    assert!(word(&rows[3], "message").contains("people.csv"), "{}", rows[3]);
    assert!(!word(&rows[2], "hint").is_empty());

    let report = sandbox.read("report.xml");
    for part in [
        "<testsuites name=\"ssd\" tests=\"8\" failures=\"1\" errors=\"4\">",
        "<testsuite name=\"bad.jsonl\" tests=\"1\" failures=\"0\" errors=\"1\">",
        "<testsuite name=\"good.jsonl\" tests=\"3\" failures=\"0\" errors=\"0\">",
        "<error message=\"nowhere.jsonl: no such file\">",
    ] {
        assert!(report.contains(part), "no {part} in\n{report}");
    }

    let run = sandbox.ssd(&format!("scenario run {files}")).fails(2);
    assert_eq!(run.out.lines().filter(|line| line.ends_with(": not run.")).count(), 4, "{}", run.out);
    run.says("nowhere.jsonl: no such file");
    let sheet = sandbox.ssd(&format!("scenario run {files} --format csv")).fails(2).out;
    assert!(sheet.contains("\r\nnowhere.jsonl,0,[],nowhere.jsonl: no such file\r\n"), "{sheet}");
    // A file with an error counts more than one with a difference, in any order.
    sandbox.ssd("scenario run differs.jsonl bad.jsonl").fails(2);
    sandbox.ssd("scenario run differs.jsonl good.jsonl").fails(1);
}

#[test]
fn files_run_in_own_sandboxes() {
    let sandbox = Sandbox::nothing();
    sandbox.file("a.jsonl", REGISTER);
    sandbox.file("b.jsonl", "{\"op\":\"registry_count\",\"expect\":{\"records\":0}}\n");
    let run = sandbox.ssd("--json scenario run a.jsonl b.jsonl a.jsonl");
    let files: Vec<Value> = lines(&run.ok()).iter().map(|one| one["file"].clone()).collect();
    assert_eq!(files, ["a.jsonl", "b.jsonl", "a.jsonl"]);
    sandbox.ssd("scenario run").fails(2).says("FILE");
    sandbox.feed("scenario run - -", REGISTER).fails(2).says("standard input");
}

#[test]
fn sandbox_can_be_saved_with_keep() {
    let sandbox = Sandbox::nothing();
    sandbox.file("s.jsonl", REGISTER);
    sandbox.ssd("scenario run s.jsonl --keep run.db").ok();
    let code = sandbox.ssd("--store run.db outbox code 12000000012").ok();
    let activate = format!("--store run.db activate 12000000012 --code {code} --password-stdin");
    sandbox.feed(&activate, PASSWORD).ok();
    sandbox.ssd("scenario run s.jsonl --keep run.db").fails(2).says("already exists");
    sandbox.ssd("scenario run s.jsonl s.jsonl --keep other.db").fails(2).says("only one sandbox can be saved");
    assert!(!sandbox.folder().join("other.db").exists());
}

#[test]
fn scenario_result_is_reproducible() {
    let sandbox = Sandbox::nothing();
    let scenario = format!("{REGISTER}{}", r#"{"op":"outbox_code","niss":"12000000012","expect":{"code":"x"}}"#);
    sandbox.file("s.jsonl", scenario);
    let first = sandbox.ssd("--json scenario run s.jsonl").fails(1).out;
    assert!(first.contains(r#""got":"933924""#), "{first}");
    assert_eq!(sandbox.ssd("--json scenario run s.jsonl --keep run.db").fails(1).out, first);
}

#[test]
fn password_change_in_the_only_session_needs_no_niss() {
    let differences = behind(
        r#"{"op":"activate","niss":"12000000012","code":"@outbox","password":"Violeta-9-Oceano-Trigo"}
{"op":"password_change","session":"@login","password":"Violeta-9-Oceano-Trigo","new_password":"Moinho_7_Granito_Vela","expect":{"reason":"login_required"}}
{"op":"login","niss":"12000000012","password":"Violeta-9-Oceano-Trigo"}
{"op":"password_change","session":"@login","password":"Violeta-9-Oceano-Trigo","new_password":"Moinho_7_Granito_Vela"}
{"op":"login","niss":"12000000012","password":"Moinho_7_Granito_Vela"}"#,
    );
    assert_eq!(message_log(&differences), [""; 0]);
}

#[test]
fn unwritable_report_is_refused_before_any_row() {
    let sandbox = Sandbox::nothing();
    sandbox.file("s.jsonl", "{\"op\":\"clock_show\"}\n");
    std::fs::create_dir(sandbox.folder().join("folder")).expect("a folder");
    for path in ["nowhere/report.xml", "folder", "s.jsonl/report.xml", "''"] {
        for command in ["scenario run s.jsonl --keep run.db", "conform --standard nist"] {
            let run = sandbox.ssd(&format!("--json {command} --junit {path}")).fails(2);
            assert_eq!(lines(&run.out).len(), 1, "{command} {path}: {run:?}");
            assert_eq!(word(&lines(&run.out)[0], "result"), "error", "{run:?}");
        }
    }
    assert!(!sandbox.folder().join("run.db").exists());
}

#[test]
fn late_report_error_is_the_last_line_or_with_keep_a_lost_reply() {
    let sandbox = Sandbox::nothing();
    sandbox.file("s.jsonl", "{\"op\":\"clock_show\"}\n");
    let last = |run: &Run| lines(&run.out).last().expect("a line").clone();
    let run = sandbox.ssd("--json scenario run s.jsonl --junit /dev/full").fails(3);
    assert_eq!((lines(&run.out).len(), word(&last(&run), "kind")), (2, "disk_full"), "{run:?}");
    let run = sandbox.ssd("--json scenario run s.jsonl --junit /dev/full --keep run.db").fails(6);
    assert_eq!((lines(&run.out).len(), word(&last(&run), "result")), (1, "done"), "{run:?}");
    assert!(run.err.contains("the result is stored"), "{run:?}");
    sandbox.ssd("store check --store run.db").ok();
}

#[test]
fn junit_report_has_a_case_per_line_and_spares_scenarios() {
    let sandbox = Sandbox::nothing();
    let failing = r#"{"op":"clock_show","expect":{"now":"<[..]&\u0001>"}}"#;
    sandbox.file("a&b.jsonl", format!("{{\"op\":\"clock_show\"}}\n{failing}\n"));
    sandbox.file("report.xml", "what was there before, and is longer than nothing".repeat(100));
    sandbox.ssd("scenario run 'a&b.jsonl' --junit report.xml").fails(1);
    let report = sandbox.read("report.xml");
    for part in [
        r#"<testsuite name="a&amp;b.jsonl" tests="2" failures="1" errors="0">"#,
        r#"<testcase name="1: clock_show" classname="a&amp;b.jsonl"/>"#,
        r#"<failure message="now">now&#10;  expected &quot;&lt;[..]&amp;\u0001&gt;&quot;"#,
    ] {
        assert!(report.contains(part), "{report}");
    }
    assert!(report.ends_with("</testsuites>\n"), "{report}");
    sandbox.ssd("scenario run 'a&b.jsonl' --junit 'a&b.jsonl'").fails(2).says("would overwrite");
    assert!(sandbox.read("a&b.jsonl").contains(failing));
    sandbox.ssd("scenario run 'a&b.jsonl' --junit -").fails(2).says("a file of its own");
    sandbox.ssd("scenario run 'a&b.jsonl' --junit nowhere/report.xml").fails(2).says("no such file");
    sandbox.ssd("scenario run 'a&b.jsonl' --junit .").fails(2).says("is a folder");
}

#[test]
fn differences_are_localised_one_per_line() {
    let sandbox = Sandbox::nothing();
    sandbox.file("s.jsonl", "{\"op\":\"clock_show\",\"expect\":{\"a\u{202e}b\":\"x\\ny\"}}\n");
    let run = sandbox.ssd("scenario run s.jsonl --lang pt").fails(1);
    assert_eq!(
        run.out,
        "s.jsonl:1: a\\u{202e}b: esperado \"x\\ny\", obtido null\ns.jsonl: uma diferença; linhas: 1.\n"
    );
    assert!(Path::new(&sandbox.store()).symlink_metadata().is_err(), "no store of the caller's is touched");
}
