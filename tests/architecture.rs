//! The layers, read from the source: which module may use which, where SQL, time, randomness and the environment are read, and
//! that the schema and both catalogues have the words of the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ssd::domain::vocabulary::{
    AccountState, AccountType, AlertKind, AlertPreference, Channel, CivilIdKind, ContactKind, Decision, HolderKind,
    HolderStatus, Language, LockoutScope, MessageStatus, Notice, Purpose,
};
use ssd::l10n::keys;
use ssd::reply::{Reason, Verdict};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A module's path: `["flow", "codes"]`; empty for the crate root.
type Module = Vec<String>;

/// Every source file with its text, without its unit tests.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.to_string_lossy().ends_with(".rs") && !path.to_string_lossy().ends_with("_tests.rs") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
                found.push((path.strip_prefix(Path::new(ROOT).join("src")).expect("under src").to_owned(), text));
            }
        }
    }
    let mut found = vec![];
    walk(&Path::new(ROOT).join("src"), &mut found);
    found
}

/// The text without comments.
fn code_of(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn module_of(path: &Path) -> Module {
    let mut parts: Module = path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        parts.pop();
    }
    parts
}

/// The paths that a `use` tree names: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn expand_use_tree(prefix: &[String], tree: &str, paths: &mut Vec<Vec<String>>) {
    let (mut depth, mut start) = (0, 0);
    let mut branches = vec![];
    for (at, c) in tree.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                branches.push(&tree[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    branches.push(&tree[start..]);
    for branch in branches.into_iter().map(str::trim).filter(|branch| !branch.is_empty()) {
        let (head, inner) = match branch.split_once('{') {
            Some((head, rest)) => (head, Some(rest.trim_end().trim_end_matches('}'))),
            None => (branch.split(" as ").next().unwrap_or_default(), None),
        };
        let segments = head.split("::").map(str::trim).filter(|segment| !segment.is_empty()).map(str::to_owned);
        let path: Vec<String> = prefix.iter().cloned().chain(segments).collect();
        match inner {
            Some(inner) => expand_use_tree(&path, inner, paths),
            None => paths.push(path),
        }
    }
}

/// The paths that a file names, in `use` trees and elsewhere.
fn paths_in(code: &str) -> Vec<Vec<String>> {
    let mut paths = vec![];
    for piece in code.split("\nuse ").skip(1).chain(code.split(" use ").skip(1)) {
        expand_use_tree(&[], piece.split(';').next().unwrap_or_default(), &mut paths);
    }
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let path: String =
                code[at..].chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
            // `super::a` inside `super::super::a` is no path, nor is `crate::a::` in front of a `use` tree.
            if !code[..at].ends_with(':') && !path.ends_with(':') {
                paths.push(path.split("::").map(str::to_owned).collect());
            }
        }
    }
    paths
}

/// Which module uses which others: `crate::`, `super::` and child paths are resolved.
fn module_graph() -> BTreeMap<Module, BTreeSet<Module>> {
    let files: Vec<(Module, String)> =
        sources().into_iter().map(|(path, text)| (module_of(&path), code_of(&text))).collect();
    let modules: BTreeSet<Module> = files.iter().map(|(module, _)| module.clone()).collect();
    let mut graph: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
    for (module, code) in &files {
        let used = graph.entry(module.clone()).or_default();
        for path in paths_in(code) {
            let supers = path.iter().take_while(|part| *part == "super").count();
            let mut target: Module = match path.first().map(String::as_str) {
                Some("crate") => path[1..].to_vec(),
                Some("super") => {
                    let base = &module[..module.len().saturating_sub(supers)];
                    base.iter().chain(&path[supers..]).cloned().collect()
                }
                Some(_) => module.iter().chain(&path).cloned().collect(),
                None => continue,
            };
            let is_relative = !matches!(path[0].as_str(), "crate" | "super");
            while !target.is_empty() && !modules.contains(&target) {
                target.pop();
            }
            if target != *module && !target.is_empty() && !(is_relative && module.starts_with(&target)) {
                used.insert(target);
            }
        }
    }
    graph
}

/// The groups of modules that use each other in a circle.
fn cycles(graph: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<BTreeSet<String>> {
    fn reach<'a>(graph: &'a BTreeMap<Module, BTreeSet<Module>>, from: &'a Module) -> BTreeSet<&'a Module> {
        let mut visited = BTreeSet::new();
        let mut open: Vec<&Module> = graph.get(from).into_iter().flatten().collect();
        while let Some(module) = open.pop() {
            if visited.insert(module) {
                open.extend(graph.get(module).into_iter().flatten());
            }
        }
        visited
    }
    let reached: BTreeMap<&Module, BTreeSet<&Module>> = graph.keys().map(|m| (m, reach(graph, m))).collect();
    let mut groups: BTreeSet<BTreeSet<String>> = BTreeSet::new();
    for (module, targets) in &reached {
        if targets.contains(module) {
            let group = targets.iter().filter(|other| reached.get(**other).is_some_and(|back| back.contains(module)));
            groups.insert(group.map(|module| module.join("::")).collect());
        }
    }
    groups.into_iter().collect()
}

#[test]
fn layers_use_only_the_layers_below() {
    let may_use: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("domain", &[] as &[&str]),
        ("l10n", &["domain"]),
        ("documents", &["domain", "l10n"]),
        ("clock", &["domain"]),
        ("random", &["domain", "error"]),
        ("threads", &["error"]),
        ("request", &["domain"]),
        ("reply", &["domain", "request", "l10n"]),
        ("error", &["domain", "request", "l10n"]),
        ("environment", &["domain", "request"]),
        ("store", &["domain", "error", "reply", "request", "random", "clock"]),
        ("flow", &["domain", "error", "reply", "request", "random", "store", "l10n", "threads"]),
        ("store_admin", &["domain", "error", "reply", "request", "store"]),
        ("audit", &["domain", "error", "reply", "request", "store", "l10n", "flow"]),
        ("tabular", &["domain", "error", "l10n"]),
        ("import", &["domain", "error", "reply", "request", "store", "l10n", "flow", "threads", "tabular"]),
        ("outbox", &["domain", "error", "reply", "request", "store", "l10n", "documents", "flow"]),
        ("json_schema", &["domain", "error", "reply", "request", "import"]),
        ("batch", &["domain", "error", "reply", "request", "store", "l10n", "flow", "threads", "tabular"]),
        (
            "scenario",
            &[
                "domain",
                "error",
                "reply",
                "request",
                "store",
                "l10n",
                "flow",
                "import",
                "outbox",
                "store_admin",
                "batch",
            ],
        ),
        (
            "conformance",
            &[
                "domain",
                "error",
                "reply",
                "request",
                "random",
                "store",
                "l10n",
                "flow",
                "import",
                "audit",
                "store_admin",
            ],
        ),
        (
            "cli",
            &[
                "domain",
                "error",
                "reply",
                "request",
                "store",
                "l10n",
                "documents",
                "flow",
                "import",
                "audit",
                "outbox",
                "store_admin",
                "json_schema",
                "batch",
                "scenario",
                "conformance",
                "environment",
                "tabular",
            ],
        ),
    ]);
    let mut wrong = vec![];
    for (module, used) in module_graph() {
        let Some(layer) = module.first() else { continue };
        let allowed = may_use.get(layer.as_str()).unwrap_or_else(|| panic!("{layer} has no rule here"));
        for target in used {
            if target[0] != *layer && !allowed.contains(&target[0].as_str()) {
                wrong.push(format!("{} uses {}", module.join("::"), target.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The cycles that remain, to be removed. A cycle that is gone must leave this list.
const KNOWN_CYCLES: [&[&str]; 1] = [&[
    "scenario::export::history",
    "scenario::export::reconstruct",
    "scenario::export::reconstruct_alert",
    "scenario::export::reconstruct_cmd",
]];

#[test]
fn modules_have_no_cycles() {
    let known: BTreeSet<BTreeSet<String>> =
        KNOWN_CYCLES.iter().map(|cycle| cycle.iter().map(|module| (*module).to_owned()).collect()).collect();
    let found: BTreeSet<BTreeSet<String>> = cycles(&module_graph()).into_iter().collect();
    let new: Vec<_> = found.difference(&known).collect();
    assert!(new.is_empty(), "cycles between modules: {new:#?}");
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(gone.is_empty(), "no cycles any more: {gone:#?}");
}

#[test]
fn cycles_are_found_through_several_modules() {
    let module = |name: &str| vec![name.to_owned()];
    let edges = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e")];
    let mut graph: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
    for (from, to) in edges {
        graph.entry(module(from)).or_default().insert(module(to));
    }
    assert_eq!(cycles(&graph), [BTreeSet::from(["a", "b", "c"].map(str::to_owned))]);
    // The graph has paths of every form: `super::`, a child of the same file, and a `use` tree.
    let graph = module_graph();
    let uses = |from: &str, to: &str| {
        let path = |name: &str| name.split("::").map(str::to_owned).collect::<Module>();
        graph.get(&path(from)).is_some_and(|used| used.contains(&path(to)))
    };
    assert!(uses("cli::command_spec", "cli::context"));
    assert!(uses("cli", "cli::context"));
    assert!(uses("cli::render::text", "cli::render::detail"));
    assert!(!uses("cli::context", "cli::command_spec"));
}

#[test]
fn each_source_is_read_in_one_place() {
    let places = [
        ("env::var", "environment.rs"),
        ("env::vars", "environment.rs"),
        ("SystemTime", "clock.rs"),
        ("SysRng", "random.rs"),
        ("open_with_flags", "store/connection.rs"),
        ("println!", ""),
        ("eprintln!", ""),
        ("print!(", ""),
        ("todo!(", ""),
        ("unimplemented!(", ""),
        (".unwrap()", ""),
        ("#[allow", ""),
        ("process::exit", ""),
    ];
    // It forges and damages stores on purpose.
    const TAMPER: &str = "conformance/tamper.rs";
    for (path, text) in sources() {
        let code = code_of(&text);
        for (what, place) in places {
            assert!(path == Path::new(place) || !code.contains(what), "{what} in {}", path.display());
        }
        let has_sql =
            ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", "PRAGMA "].iter().any(|word| code.contains(word));
        assert!(!has_sql || path.starts_with("store") || path == Path::new(TAMPER), "SQL in {}", path.display());
    }
}

/// `store check` compares the state with the effects of audit entries, so a flow that writes without one causes a false alarm.
#[test]
fn flows_change_compared_rows_only_with_an_effect() {
    let writes = [
        "accounts::insert(",
        "accounts::update(",
        "codes::mark_used(",
        "codes::supersede(",
        "codes::delete_old(",
        "issued::supersede(",
        "failure_counts::save(",
        "sessions::end_all(",
        "sessions::end(",
        "calls::open(",
        "calls::end(",
        "calls::end_all(",
        "outbox::enqueue(",
    ];
    let mut found = BTreeSet::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("flow")) {
        let code = code_of(&text);
        for write in writes.into_iter().filter(|write| code.contains(write)) {
            if path != Path::new("flow/effects.rs") {
                found.insert(format!("{write} in {}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn schema_checks_list_the_words_of_the_enums() {
    let schema = fs::read_to_string(Path::new(ROOT).join("schema.sql")).expect("the schema");
    let message: Vec<&str> = Purpose::NAMES.iter().chain(Notice::NAMES).copied().collect();
    let code = vec!["open", "used", "superseded"];
    let outcome = vec!["done", "refused"];
    let expected: [(&str, &str, Vec<&str>); 19] = [
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
        ("message", "status", MessageStatus::NAMES.to_vec()),
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
    // account.no_contacts, batch.finished, cmd.holds_niss and session.enrolment are yes or no.
    assert_eq!(lists - 4, checked, "a CHECK that nothing compares");
}

#[test]
fn catalogues_have_every_key_that_the_code_names() {
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
    for (group, words) in [
        ("state", AccountState::NAMES),
        ("account_type", AccountType::NAMES),
        ("kind", HolderKind::NAMES),
        ("status", HolderStatus::NAMES),
        ("civil_id_kind", CivilIdKind::NAMES),
        ("alerts", AlertPreference::NAMES),
        ("alert_kind", AlertKind::NAMES),
        ("channel", Channel::NAMES),
        ("decision", Decision::NAMES),
        ("verdict", Verdict::NAMES),
    ] {
        for word in words {
            assert!(en.contains(format!("word-{group}-{word}").as_str()), "word-{group}-{word}");
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
fn secrets_are_never_formatted() {
    use ssd::request::{
        CallRequest, CallToken, CmdEnrol, Login, PasswordChange, PhoneCodeChange, PhoneCodeVerify, Request,
        SessionToken, SetPassword,
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
        Request::PhoneLineWhoami(CallRequest { call: Some(CallToken::new("deadbeefdeadbeef".to_owned())) }),
    ];
    let key = ssd::store::crypto::key::Key::new(*b"a key that nobody may ever see!!");
    let line = br#"{"op":"login","niss":"12000000012","password":"hunter2-Hunter2"}"#;
    let fields = ssd::request::request_line::JsonFields::read(line).expect("an object");
    let said = format!("{asked:?} {:?} {key:?} {fields:?}", ssd::reply::Secret::new("161803"));
    for secret in ["deadbeef", "hunter2", "314159", "271828", "161803", "141421", "nobody"] {
        assert!(!said.to_lowercase().contains(secret), "{secret} in {said}");
    }
    assert_eq!(said.matches("***").count(), 16, "{said}");
}
