//! `ssd schema`: documented JSON and the replies of every operation are valid; wrong objects are not.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

use ssd::request::Request;
use ssd::request::request_line::{JsonFields, RequestLine};

use crate::support::Sandbox;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let schema = Sandbox::nothing().ssd("schema").ok();
    serde_json::from_str(&schema).expect("JSON")
});

/// Returns a validator of one part of the schema.
fn part(name: &str) -> Validator {
    compiled(&SCHEMA["$defs"][name])
}

fn compiled(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).unwrap_or_else(|error| panic!("{error}"))
}

/// Returns a validator of one part that also rejects unknown keys, so that the schema must name every key.
fn closed(name: &str) -> Validator {
    let mut part = SCHEMA["$defs"][name].clone();
    part["unevaluatedProperties"] = json!(false);
    compiled(&part)
}

static REPLY: LazyLock<Validator> = LazyLock::new(|| closed("reply"));
static REQUEST: LazyLock<Validator> = LazyLock::new(|| part("request"));
static SCENARIO: LazyLock<Validator> = LazyLock::new(|| part("scenario"));
static RECORD: LazyLock<Validator> = LazyLock::new(|| part("record"));
static REJECT: LazyLock<Validator> = LazyLock::new(|| closed("reject"));

#[test]
fn schema_is_one_document_with_its_version() {
    let reply = Sandbox::nothing().json("schema");
    assert_eq!(reply["schema"], *SCHEMA);
    assert_eq!(SCHEMA["$id"], format!("urn:ssd:schema:{}", reply["version"]));
    assert_eq!(reply["version"], ssd::json_schema::VERSION);
    if let Err(error) = jsonschema::draft202012::meta::validate(&SCHEMA) {
        panic!("{error}");
    }
    let validator = compiled(&SCHEMA);
    let reply = json!({ "result": "done", "op": "state_hash", "hash": "00" });
    for (value, valid) in [(json!({ "op": "logout" }), true), (reply, true), (json!({ "op": "log_out" }), false)] {
        assert_eq!(validator.is_valid(&value), valid, "{value}");
    }
}

/// Calls `visit` with each object in the schema and its path.
fn visit_objects(value: &Value, path: &str, visit: &mut impl FnMut(&str, &serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            visit(path, object);
            object.iter().for_each(|(key, value)| visit_objects(value, &format!("{path}/{key}"), visit));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| visit_objects(item, &format!("{path}/{at}"), visit));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn schema_has_only_standard_formats_and_its_integers_have_bounds() {
    let mut formats = std::collections::BTreeSet::new();
    let (mut signed, mut unsigned) = (0, 0);
    visit_objects(&SCHEMA, "", &mut |_, object| {
        formats.extend(object.get("format").and_then(Value::as_str).map(str::to_owned));
        signed += usize::from(object.get("minimum") == Some(&json!(i64::MIN)) && object["maximum"] == json!(i64::MAX));
        unsigned += usize::from(object.get("maximum") == Some(&json!(u64::MAX)) && object["minimum"] == json!(0));
    });
    assert_eq!(formats.into_iter().collect::<Vec<_>>(), ["date", "date-time", "email"]);
    assert!(signed > 10 && unsigned > 10, "{signed} signed, {unsigned} unsigned integers have bounds");
}

#[test]
fn schema_has_no_keyword_beside_a_reference() {
    let mut references = 0;
    visit_objects(&SCHEMA, "", &mut |path, object| {
        if object.contains_key("$ref") {
            references += 1;
            assert_eq!(object.len(), 1, "{path} has other keywords beside $ref");
        }
    });
    assert!(references > 100, "{references} references");
}

/// Returns the documents with transcripts.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents = vec![root.join("README.md"), root.join("CHANGELOG.md")];
    for folder in ["examples", "examples/scenarios", "tests/transcripts", "src/l10n/help/en", "src/l10n/help/pt"] {
        let entries = fs::read_dir(root.join(folder)).expect("a folder").map(|entry| entry.expect("an entry").path());
        documents.extend(entries.filter(|path| {
            path.extension().is_some_and(|ending| ["md", "txt", "sh", "jsonl"].iter().any(|e| ending == *e))
        }));
    }
    documents
}

/// Returns the JSON objects in a document, each on one line.
///
/// The input of the tests' transcripts is left out, because some of it is wrong on purpose.
fn objects(document: &Path) -> Vec<Value> {
    let mut found = vec![];
    let is_test = document.parent().is_some_and(|folder| folder.ends_with("tests/transcripts"));
    for line in fs::read_to_string(document).expect("a document").lines() {
        let is_typed = line.starts_with("$ ") || line.starts_with("> ");
        let mut rest = if is_test && is_typed { "" } else { line };
        while let Some(at) = rest.find("{\"") {
            let mut values = serde_json::Deserializer::from_str(&rest[at..]).into_iter::<Value>();
            match values.next() {
                Some(Ok(value)) => {
                    rest = &rest[at + values.byte_offset()..];
                    found.push(value);
                }
                _ => rest = &rest[at + 2..],
            }
        }
    }
    found
}

/// Returns the validator of an object, or `None` for an object of other programs.
fn judge(object: &Value) -> Option<&'static Validator> {
    let has = |key: &str| object.get(key).is_some();
    match () {
        () if has("result") => Some(&REPLY),
        () if has("expect") || has("//") => Some(&SCENARIO),
        () if ["init", "registry", "clock", "message"].iter().any(|op| object["op"] == *op) => Some(&SCENARIO),
        () if has("op") => Some(&REQUEST),
        () if has("column") => Some(&REJECT),
        () if has("kind") && has("niss") => Some(&RECORD),
        () => None,
    }
}

#[test]
fn every_object_in_the_transcripts_is_valid() {
    let (mut judged, mut others) = (0, vec![]);
    for document in documents() {
        for object in objects(&document) {
            match judge(&object) {
                Some(validator) => {
                    if let Err(error) = validator.validate(&object) {
                        panic!("{}: {object}: {error}", document.display());
                    }
                    judged += 1;
                }
                None => others.push(object),
            }
        }
    }
    assert!(judged > 20, "{judged}");
    // Details of audit entries as shown in lists, and a block that a shell command cut out of its reply.
    let pieces = [
        "reason",
        "what",
        "count",
        "cause",
        "variant",
        "until",
        "expires_at",
        "asked",
        "session",
        "sent",
        "call",
        "letter_expected_on",
        "effects",
    ];
    let is_piece = |other: &Value| pieces.iter().any(|key| other.get(key).is_some());
    assert!(others.iter().all(is_piece), "{others:?}");
}

#[test]
fn wrong_objects_are_not_valid() {
    let (mut replies, mut requests) = (0, 0);
    for document in documents() {
        for object in objects(&document) {
            let Some(validator) = judge(&object) else { continue };
            let keys: Vec<String> = object.as_object().expect("an object").keys().cloned().collect();
            // Any object can be expected.
            for key in keys.iter().filter(|key| *key != "expect") {
                let mut wrong = object.clone();
                wrong[key] = json!({ "no": "such value" });
                assert!(!validator.is_valid(&wrong), "{wrong}");
            }
            let mut wrong = object.clone();
            wrong["no_such_key"] = json!(1);
            assert!(!validator.is_valid(&wrong), "{wrong}");
            replies += usize::from(object.get("result").is_some());
            requests += usize::from(object.get("result").is_none());
        }
    }
    assert!(replies > 10 && requests > 5, "{replies}, {requests}");
}

#[test]
fn replies_are_valid_under_their_operation_only() {
    let replies = crate::cli::help_tables::replies();
    for reply in &replies {
        if let Err(error) = REPLY.validate(reply) {
            panic!("{reply}: {error}");
        }
        let of_line = reply["result"] != "done" || Request::OPERATIONS.iter().any(|op| reply["op"] == op.as_str());
        let mut answer = reply.clone();
        answer["line"] = json!(7);
        // An explained line has the number of a line, too.
        assert_eq!(REPLY.is_valid(&answer), of_line || reply.get("line").is_some(), "{answer}");
        if of_line && answer.get("id").is_none() {
            answer["id"] = json!("row 7");
            assert!(REPLY.is_valid(&answer), "{answer}");
        }
        for (key, wrong) in [("result", json!("perhaps")), ("op", json!("no_such_op")), ("line", json!(0))] {
            let mut other = reply.clone();
            if key == "line" || other.get(key).is_some() {
                other[key] = wrong;
                assert!(!REPLY.is_valid(&other), "{other}");
            }
        }
        if reply["result"] == "done" && reply["op"] != "state_hash" {
            let mut other = reply.clone();
            other["op"] = json!("state_hash");
            assert!(!REPLY.is_valid(&other), "{other}");
        }
        // Every key that is always present is required.
        for key in ["result", "op", "reason", "message", "hint", "retry_at", "kind"] {
            let mut other = reply.clone();
            // A requirement that passes has no reason.
            let sometimes = key == "reason" && reply["op"] == "conform";
            if other.as_object_mut().expect("an object").remove(key).is_some() && !sometimes {
                assert!(!REPLY.is_valid(&other), "{other}");
            }
        }
    }
}

/// One line per operation, with every field that can be combined with the others.
const LINES: &str = r#"{"op":"register","id":"a","niss":"12000000012","account_type":"citizen","procedure":"classic","birth_date":"1984-03-22","name":"Ana","civil_id":"123456703ZY4","nif":"200000012","email":"ana@correio.example","mobile":"912000001","telephone":213000003,"alerts":"none","channel":"sms","accept_terms":true}
{"op":"register","niss":12000000012,"account_type":"citizen","birth_date":"1984-03-22","channel":"letter"}
{"op":"activate","niss":"12000000012","code":"BCDF-GHJK","password":"Violeta-9-Oceano-Trigo"}
{"op":"activate","niss":"12000000012","code":"@outbox","password":"Violeta-9-Oceano-Trigo"}
{"op":"activate","niss":"12000000012","code":"@outbox-1","password":"Violeta-9-Oceano-Trigo"}
{"op":"login","niss":"12000000012","password":"Violeta-9-Oceano-Trigo"}
{"op":"login","niss":"12000000012","password":"Violeta-9-Oceano-Trigo","channel":"email"}
{"op":"login","niss":"12000000012","password":"Violeta-9-Oceano-Trigo","code":"@outbox"}
{"op":"register","niss":"12000000012","procedure":"cmd","pin":"2718","code":"@outbox","consent":true,"accept_terms":true}
{"op":"login","niss":"12000000012","method":"cmd","pin":"2718"}
{"op":"cmd_enrol","niss":"12000000012","mobile":"+33612345678","pin":"2718","name":"Ana","birth_date":"1984-03-22","civil_id":"12345678","nif":"200000012","without_niss":true}
{"op":"cmd_revoke","niss":"12000000012"}
{"op":"logout","niss":"12000000012","session":"@login"}
{"op":"recover_request","niss":"12000000012","name":"Ana","birth_date":"1984-03-22","civil_id":"12345678","nif":"200000012","mobile":"+351912000001","channel":"sms"}
{"op":"recover_request","niss":"12000000012","procedure":"portal","account_type":"citizen","birth_date":"1984-03-22","channel":"sms"}
{"op":"recover_confirm","id":12,"niss":"12000000012","code":"@wrong","password":"x"}
{"op":"password_change","session":"00","password":"x","new_password":"y"}
{"op":"second_factor_enrol","niss":"12000000012","account_type":"citizen","name":"Ana","birth_date":"1984-03-22","civil_id":"12345678","nif":"200000012","password":"x","channel":"letter"}
{"op":"session_list","session":"@login","niss":"12000000012"}
{"op":"session_end","session":"@login","others":true}
{"op":"session_end","target":"0123456789abcdef"}
{"op":"phone_code_set","session":"@login","niss":"12000000012"}
{"op":"phone_code_change","generate":true,"session":"@login"}
{"op":"phone_code_remove","session":"@login"}
{"op":"phone_code_change","new_code":"739104"}
{"op":"phone_code_verify","niss":"12000000012","code":"739104"}
{"op":"phone_code_verify","niss":"12000000012","code":"@phone_code"}
{"op":"phone_line","niss":"12000000012","code":"@phone_code"}
{"op":"phone_line_whoami","niss":"12000000012","call":"@phone_line"}
{"op":"phone_line_whoami","call":"00"}
{"op":"phone_line_payments","niss":"12000000012","call":"@phone_line"}
{"op":"contacts_show"}
{"op":"contacts_update","email":"ana@correio.example"}
{"op":"contacts_confirm","channel":"email","code":"123456"}
{"op":"contacts_remove","email":true}
{"op":"alerts_set","alerts":"email"}
{"op":"alerts_send","niss":"12000000012","kind":"decision","about":"Subsídio de desemprego","decision":"granted"}
{"op":"alerts_send","niss":"12000000012","kind":"benefit","about":"Abono de família","amount":"12,5"}
{"op":"alerts_send","id":"p","niss":12000000012,"kind":"payment","about":"Subsídio de desemprego","amount":"540.00","paid_on":"2026-02-20"}
{"op":"messages_list","unread":true,"kind":"payment","since":"2026-03-02T09:00:00Z","limit":5,"session":"@login"}
{"op":"messages_calendar","niss":12000000012,"session":"@login"}
{"op":"messages_show","message":3,"session":"@login","niss":"12000000012"}
{"op":"profile_show"}
{"op":"registry_show","niss":"12000000012"}
{"op":"registry_count"}
{"op":"outbox_show","message":3}
{"op":"outbox_returned","message":3,"reason":"moved"}
{"op":"outbox_returned","niss":"12000000012","purpose":"activation"}
{"op":"outbox_failed","id":"x","message":3,"niss":"12000000012","reason":"bounced"}
{"op":"outbox_failed","niss":"12000000012","purpose":"activated","channel":"email","reason":"undeliverable"}
{"op":"outbox_code","niss":"12000000012","purpose":"activation"}
{"op":"account_show","niss":"12000000012"}
{"op":"account_unlock","niss":"12000000012","reason":"called"}
{"op":"account_suspend","niss":"12000000012","reason":"called"}
{"op":"account_resume","niss":"12000000012","reason":"called"}
{"op":"account_reset","niss":"12000000012","reason":"called"}
{"op":"account_close","niss":"12000000012","reason":"called"}
{"op":"account_export","niss":"12000000012"}
{"op":"account_erase","niss":"12000000012","reason":"called"}
{"op":"policy_set","key":"code.digits","value":7}
{"op":"clock_show"}
{"op":"clock_advance","advance":"8wd"}
{"op":"clock_set","time":"2026-03-02T09:00:00Z"}"#;

fn is_read(line: &Value) -> bool {
    JsonFields::read(line.to_string().as_bytes()).is_ok_and(|fields| RequestLine::parse(fields).is_ok())
}

#[test]
fn schema_and_parser_agree_on_request_lines() {
    let lines: Vec<Value> = LINES.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    for op in Request::OPERATIONS {
        assert!(lines.iter().any(|line| line["op"] == op.as_str()), "no line of {op}");
    }
    for line in &lines {
        assert!(is_read(line), "{line}");
        if let Err(error) = REQUEST.validate(line) {
            panic!("{line}: {error}");
        }
        let mut wrongs = vec![];
        for key in line.as_object().expect("an object").keys() {
            let mut without = line.clone();
            without.as_object_mut().expect("an object").remove(key);
            wrongs.push(without);
            for value in [json!("@nothing of the kind\u{0}"), json!([]), json!(-1)] {
                let mut other = line.clone();
                other[key] = value;
                wrongs.push(other);
            }
        }
        let mut more = line.clone();
        more["pasword"] = json!("x");
        wrongs.push(more);
        for wrong in wrongs {
            assert!(REQUEST.is_valid(&wrong) || !is_read(&wrong), "read, but not valid: {wrong}");
        }
    }
    for wrong in [
        r#"{"op":"login","niss":"12000000012","pasword":"x","password":"x"}"#,
        r#"{"op":"login","niss":"12000000012"}"#,
        r#"{"op":"register","niss":"12000000012","account_type":"citizen"}"#,
        r#"{"op":"cmd_enrol","niss":"12000000012","mobile":"+33612345678"}"#,
        r#"{"op":"login","niss":"1200000001","password":"x"}"#,
        r#"{"op":"init"}"#,
        r#"{"op":"register","niss":"12000000012","account_type":"person","channel":"sms"}"#,
        r#"{"op":"phone_code_verify","niss":"12000000012","code":"@outbox"}"#,
        r#"{"op":"activate","niss":"12000000012","code":"@phone_code","password":"x"}"#,
        r#"{"op":"contacts_update"}"#,
        r#"{"op":"outbox_show","id":3}"#,
        r#"{"op":"outbox_failed","message":3}"#,
        r#"{"op":"outbox_failed","message":3,"reason":"moved"}"#,
        r#"{"op":"outbox_returned","reason":"moved"}"#,
        r#"{"op":"alerts_send","niss":"12000000012","kind":"payment","about":"x","amount":540,"paid_on":"2026-02-20"}"#,
        r#"{"op":"alerts_send","niss":"12000000012","kind":"news","about":"x"}"#,
        r#"{"op":"policy_set","key":"code.digits"}"#,
        r#"{"niss":"12000000012"}"#,
    ] {
        let wrong: Value = serde_json::from_str(wrong).expect(wrong);
        assert!(!REQUEST.is_valid(&wrong) && !is_read(&wrong), "{wrong}");
    }
}

#[test]
fn schema_needs_no_store() {
    let nothing = Sandbox::nothing();
    nothing.ssd("schema").ok();
    assert_eq!(fs::read_dir(nothing.folder()).expect("a folder").count(), 0);
}

#[test]
fn batch_replies_errors_and_dry_runs_are_valid() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "in.jsonl",
        r#"{"op":"register","id":"a","niss":"12000000012","account_type":"citizen","birth_date":"1984-03-22","channel":"sms","accept_terms":true}
{"op":"activate","id":2,"niss":"12000000012","code":"@wrong","password":"Violeta-9-Oceano-Trigo"}
{"op":"account_show","niss":"12000000012"}
{"op":"outbox_show"}
{"op":"policy_set","key":"no.such.setting","value":1}
{"op":"clock_show","pasword":"x"}
{"op":"nonsense"}
nonsense"#,
    );
    for line in ["batch in.jsonl --dry-run", "batch in.jsonl"] {
        let run = sandbox.ssd(line).fails(5);
        let replies = crate::support::lines(&run.out);
        assert_eq!(replies.len(), 8);
        for reply in &replies {
            if let Err(error) = REPLY.validate(reply) {
                panic!("{reply}: {error}");
            }
        }
        let kinds: Vec<&str> = replies.iter().map(|reply| reply["result"].as_str().expect("a result")).collect();
        assert_eq!(kinds, ["done", "refused", "done", "error", "error", "error", "error", "error"], "{line}");
    }
}
