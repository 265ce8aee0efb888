//! The rules of the house, held by reading its own source: who may use whom, where SQL, time, chance and the environment are
//! read, and that the words of the schema and of the two catalogues are the words of the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ssd::domain::vocabulary::{
    AccountType, AlertKind, AlertPreference, Channel, CivilIdKind, ContactKind, Decision, LockoutScope, HolderKind, Language, Notice, Purpose,
    AccountState, HolderStatus,
};
use ssd::reply::Reason;
use ssd::l10n::keys;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                // What stands under the unit tests of a file is not bound by the rules of its room.
                let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
                found.push((path.strip_prefix(Path::new(ROOT).join("src")).expect("under src").to_owned(), text));
            }
        }
    }
    let mut found = vec![];
    walk(&Path::new(ROOT).join("src"), &mut found);
    found
}

/// The room that a file is in: its folder under src, or its own name.
fn room(path: &Path) -> String {
    let first = path.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn data_goes_through_the_house_one_way() {
    let may_use: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("domain", &["domain"] as &[&str]),
        ("text", &["domain", "text"]),
        ("post", &["domain", "text", "post"]),
        ("clock", &["domain"]),
        ("random", &["domain", "error"]),
        ("request", &["domain", "request"]),
        ("reply", &["domain", "request", "text", "reply"]),
        ("error", &["domain", "request", "text", "error"]),
        ("settings", &["domain", "request", "settings"]),
        ("store", &["domain", "error", "reply", "request", "random", "clock", "store"]),
        ("flow", &["domain", "error", "reply", "request", "random", "store", "text", "post", "flow"]),
        ("batch", &["domain", "error", "reply", "request", "store", "text", "flow", "batch"]),
        ("scenario", &["domain", "error", "reply", "request", "store", "text", "flow", "scenario"]),
        (
            "cli",
            &[
                "domain", "error", "reply", "request", "store", "text", "post", "flow", "batch", "scenario", "conform",
                "settings", "cli",
            ],
        ),
        ("conform", &["domain", "error", "reply", "request", "random", "store", "text", "flow", "conform"]),
        ("lib", &[]),
        ("main", &[]),
    ]);
    let mut wrong = vec![];
    for (path, text) in sources() {
        let room = room(&path);
        let allowed = may_use.get(room.as_str()).unwrap_or_else(|| panic!("{room} has no rule here"));
        for piece in text.split("crate::").skip(1) {
            let used: String = piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let is_room = may_use.contains_key(used.as_str());
            if is_room && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{} uses {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn each_thing_is_read_in_one_place() {
    let places = [
        ("env::var", "settings.rs"),
        ("env::vars", "settings.rs"),
        ("SystemTime", "clock.rs"),
        ("SysRng", "random.rs"),
        ("open_with_flags", "store/open.rs"),
        ("println!", ""),
        ("eprintln!", ""),
        ("print!(", ""),
        ("todo!(", ""),
        ("unimplemented!(", ""),
        (".unwrap()", ""),
        ("#[allow", ""),
        ("process::exit", ""),
    ];
    for (path, text) in sources() {
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for (what, place) in places {
            assert!(path == Path::new(place) || !code.contains(what), "{what} in {}", path.display());
        }
        let speaks_sql =
            ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", "PRAGMA "].iter().any(|word| code.contains(word));
        assert!(!speaks_sql || path.starts_with("store"), "SQL in {}", path.display());
    }
}

#[test]
fn no_file_is_two_things() {
    for (path, text) in sources() {
        assert!(text.lines().count() <= 400, "{} has {} lines", path.display(), text.lines().count());
    }
}

#[test]
fn the_checks_of_the_schema_list_the_words_of_the_enums() {
    let schema = fs::read_to_string(Path::new(ROOT).join("schema.sql")).expect("the schema");
    let message: Vec<&str> = Purpose::NAMES.iter().chain(Notice::NAMES).copied().collect();
    let code = vec!["open", "used", "superseded"];
    let outcome = vec!["done", "refused"];
    let expected: [(&str, &str, Vec<&str>); 18] = [
        ("registry", "kind", HolderKind::NAMES.to_vec()),
        ("registry", "status", HolderStatus::NAMES.to_vec()),
        ("registry", "civil_id_kind", CivilIdKind::NAMES.to_vec()),
        ("registry", "language", Language::NAMES.to_vec()),
        ("contact", "kind", ContactKind::NAMES.to_vec()),
        ("account", "account_type", AccountType::NAMES.to_vec()),
        ("account", "state", AccountState::NAMES.to_vec()),
        ("account", "alerts", AlertPreference::NAMES.to_vec()),
        ("code", "purpose", Purpose::NAMES.to_vec()),
        ("code", "channel", Channel::NAMES.to_vec()),
        ("code", "state", code),
        ("guard", "what", LockoutScope::NAMES.to_vec()),
        ("message", "channel", Channel::NAMES.to_vec()),
        ("message", "purpose", message),
        ("message", "language", Language::NAMES.to_vec()),
        ("alert", "kind", AlertKind::NAMES.to_vec()),
        ("alert", "decision", Decision::NAMES.to_vec()),
        ("audit", "outcome", outcome),
    ];
    let mut checked = 0;
    for (table, column, words) in expected {
        let body = schema
            .split(&format!("CREATE TABLE {table} ("))
            .nth(1)
            .expect(table)
            .split("STRICT")
            .next()
            .expect("an end");
        let list =
            body.split(&format!("({column} IN")).nth(1).unwrap_or_else(|| panic!("{table}.{column} has no CHECK"));
        let list = list.split("))").next().expect("an end");
        let found: BTreeSet<&str> = list.split('\'').skip(1).step_by(2).collect();
        assert_eq!(found, words.into_iter().collect(), "{table}.{column}");
        checked += 1;
    }
    let lists = schema.split("CHECK (").skip(1).filter(|check| check.split_whitespace().nth(1) == Some("IN")).count();
    // batch.finished and cmd.holds_niss are yes or no.
    assert_eq!(lists - 2, checked, "a CHECK that nothing compares");
}

#[test]
fn every_sentence_that_the_code_names_is_there() {
    let en: BTreeSet<&str> = keys(Language::En).collect();
    for reason in Reason::ALL {
        let key = format!("refused-{reason}");
        let has = en.iter().any(|there| *there == key || there.starts_with(&format!("{key}-")));
        assert!(has, "{key}");
    }
    for (path, text) in sources() {
        for named in text.split("\"hint-").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(en.contains(format!("hint-{named}").as_str()), "{}: hint-{named}", path.display());
        }
        for named in text.split("variant(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let has = en.iter().any(|key| key.starts_with("refused-") && key.ends_with(&format!("-{named}")));
            assert!(has, "{}: variant {named}", path.display());
        }
    }
    let all = source_text();
    for key in en.iter().filter(|key| key.starts_with("hint-")) {
        assert!(all.contains(&format!("\"{key}\"")), "nobody says {key}");
    }
    for notice in Notice::ALL {
        let proof = matches!(notice, Notice::PhoneCodeBlocked);
        let endings: &[&str] = match notice {
            // The authentication provider knows a mobile and nothing else.
            Notice::CmdBlocked => &["-sms"],
            // One of each kind.
            Notice::Alert => &[],
            _ => &["-subject", "", "-sms"],
        };
        for ending in endings {
            let key = format!("message-{notice}{}{ending}", if proof { "-dead" } else { "" });
            assert!(en.contains(key.as_str()), "{key}");
        }
    }
    for kind in AlertKind::ALL {
        for ending in ["-subject", "", "-sms"] {
            let key = format!("message-alert-{kind}{ending}");
            assert!(en.contains(key.as_str()), "{key}");
        }
    }
}

fn source_text() -> String {
    sources().into_iter().map(|(_, text)| text).collect()
}

#[test]
fn a_secret_is_never_formatted() {
    use ssd::request::{
        SetPassword, CallToken, CmdEnrol, Login, PasswordChange, PhoneCodeChange, PhoneCodeVerify, PhoneLineWhoami,
        Request, SessionToken,
    };
    let session = || Some(SessionToken::new("deadbeefdeadbeef".to_owned()));
    let password = || "hunter2-Hunter2".parse().ok();
    let digits = || "314159".parse().ok();
    let asked = [
        Request::Activate(SetPassword { niss: None, code: "271828".parse().ok(), password: password(), until: None }),
        Request::PasswordChange(PasswordChange { session: session(), password: password(), new_password: password() }),
        Request::PhoneCodeChange(PhoneCodeChange { session: session(), generate: false, new_code: digits() }),
        Request::PhoneCodeVerify(PhoneCodeVerify { niss: None, code: digits() }),
        Request::Login(Login { pin: "141421".parse().ok(), ..Login::default() }),
        Request::CmdEnrol(CmdEnrol { pin: "141421".parse().ok(), ..CmdEnrol::default() }),
        Request::PhoneLineWhoami(PhoneLineWhoami { call: Some(CallToken::new("deadbeefdeadbeef".to_owned())) }),
    ];
    let key = ssd::store::key::Key::new(*b"a key that nobody may ever see!!");
    let line = br#"{"op":"login","niss":"12000000012","password":"hunter2-Hunter2"}"#;
    let fields = ssd::request::request_line::JsonFields::read(line).expect("an object");
    let said = format!("{asked:?} {:?} {key:?} {fields:?}", ssd::reply::Secret::new("161803"));
    for secret in ["deadbeef", "hunter2", "314159", "271828", "161803", "141421", "nobody"] {
        assert!(!said.to_lowercase().contains(secret), "{secret} in {said}");
    }
    assert_eq!(said.matches("***").count(), 16, "{said}");
}
