//! The README's tables against the code and the program: what scripts read must be written down, and what is written down
//! must be so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use ssd::domain::policy::{BoundsProfile, Policy, SETTINGS};
use ssd::domain::vocabulary::{Notice, Purpose};
use ssd::error::{AuditFault, Error, ExitStatus};
use ssd::reply::Reason;
use ssd::request::Operation;

use crate::support::{ANA, ANA_IN_FULL, OTHER_PASSWORD, PASSWORD, REGISTER_ANA, Sandbox, lines};

type Words = BTreeSet<String>;

/// The rows of the first table under a heading, its own heading left out; a cell is its text.
fn table(heading: &str) -> Vec<Vec<String>> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README");
    let behind =
        readme.lines().skip_while(|line| line.trim_start_matches('#').trim() != heading || !line.starts_with('#'));
    let table = behind.skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    let rows: Vec<Vec<String>> = table.skip(2).map(cells).collect();
    assert!(!rows.is_empty(), "no table under {heading}");
    rows
}

/// What stands between backquotes.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The first quoted text of each row.
fn names(rows: &[Vec<String>]) -> Vec<String> {
    rows.iter().flat_map(|row| quoted(&row[0]).into_iter().next()).collect()
}

#[test]
fn the_exit_codes_are_those_of_the_code() {
    let rows = table("Exit codes");
    let codes: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(codes, ExitStatus::ALL.map(|exit| (exit as i32).to_string()));
    assert!(rows.iter().all(|row| !row[1].is_empty()));
}

#[test]
fn the_kinds_of_errors_stand_beside_their_exit_codes() {
    let (text, fault) = (String::new, || std::io::Error::from(std::io::ErrorKind::NotFound));
    let known = [
        Error::usage("x"),
        Error::File { path: "x".into(), fault: fault() },
        Error::StoreMissing,
        Error::StoreExists,
        Error::StoreBusy,
        Error::StoreUnreadable(fault()),
        Error::StoreUnwritable(fault()),
        Error::DiskFull,
        Error::NoRandomness(text()),
        Error::NotAStore,
        Error::StoreDamaged(text()),
        Error::AuditBroken(AuditFault::Head, 1),
        Error::StoreNewer(2, 1),
        Error::KeyMissing(fault()),
        Error::KeyWrong,
        Error::Bug(text()),
        Error::Interrupted,
    ];
    let rows = table("Exit codes");
    let written: BTreeSet<(String, String)> =
        rows.iter().flat_map(|row| quoted(&row[2]).into_iter().map(|kind| (row[0].clone(), kind))).collect();
    let expected: BTreeSet<(String, String)> =
        known.iter().map(|error| ((error.exit() as i32).to_string(), error.kind().to_owned())).collect();
    assert_eq!(written, expected);
    assert_eq!(known.map(|error| error.kind()), Error::KINDS);
}

#[test]
fn the_reasons_are_those_of_the_code() {
    let rows = table("Reasons");
    assert_eq!(names(&rows), Reason::NAMES);
    assert!(rows.iter().all(|row| !row[1].is_empty()));
}

#[test]
fn the_settings_are_those_of_the_policy() {
    let written: Vec<Vec<String>> = table("Policy").into_iter().map(|row| row[..4].to_vec()).collect();
    let settings = SETTINGS.iter().map(|setting| {
        let (least, most) = setting.bounds(BoundsProfile::Standard);
        vec![format!("`{}`", setting.key), setting.value(&Policy::default()), least, most]
    });
    assert_eq!(written, settings.collect::<Vec<_>>());
}

#[test]
fn the_messages_are_those_of_the_code() {
    let words: Vec<&str> = Purpose::NAMES.iter().chain(Notice::NAMES).copied().collect();
    assert_eq!(names(&table("Messages")), words);
}

#[test]
fn the_commands_are_those_of_the_program_with_their_arguments_and_options() {
    let sandbox = Sandbox::nothing();
    let rows = table("Table of commands");
    let mut ops: Words = BTreeSet::new();
    for row in &rows {
        let shown = quoted(&row[0]).concat();
        let path = shown
            .split(' ')
            .filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
            .collect::<Vec<_>>();
        let op = path.join("_").replace('-', "_");
        assert!(ops.insert(op), "{shown} stands there twice");
        let help = sandbox.ssd(&format!("{} --help", path.join(" "))).ok();
        let usage = help.lines().find_map(|line| line.strip_prefix("Usage: ssd ")).expect("a usage");
        assert_eq!(usage.trim_end_matches(" [OPTIONS]"), shown);
        let (own, _) = help.split_once("Options of every command").expect("the options of every command");
        let option = |line: &str| Some(line.trim().strip_prefix("--")?.split(' ').next()?.to_owned());
        let options: Vec<String> = own.lines().filter_map(option).map(|name| format!("--{name}")).collect();
        assert_eq!(quoted(&row[1]), options, "{shown}");
        assert!(!row[2].is_empty());
    }
    assert_eq!(ops, Operation::NAMES.iter().map(|op| (*op).to_owned()).collect());
}

/// What the replies of an operation hold.
#[derive(Default)]
struct Visibility {
    /// The keys that each has; none where there was no reply yet.
    always: Option<Words>,
    /// The keys that any has.
    all: Words,
}

/// The replies of a store's life in which every operation is done at least once.
pub fn replies() -> Vec<Value> {
    let plain = Sandbox::nothing();
    let mut replies =
        vec![plain.json("init"), plain.json("store info"), plain.json("schema"), plain.json("store rekey")];
    let mut sandbox = Sandbox::nothing();
    let each = |sandbox: &Sandbox, replies: &mut Vec<Value>, commands: &str| {
        replies.extend(commands.lines().map(|line| sandbox.json(line)));
    };
    let registry = crate::support::data("personas.csv");
    let outside = format!(
        "init --sandbox
policy set argon2.memory 8
policy set argon2.passes 1
registry import '{}'
registry show {ANA}
registry count
register 12000000046 --account-type citizen --birth-date 1939-10-05 --channel letter --accept-terms
{REGISTER_ANA} --until channels
{REGISTER_ANA} --channel letter
{REGISTER_ANA} --channel sms
nonsense
outbox code {ANA}
outbox wait {ANA}
outbox show 1
outbox show 2
outbox print --pending --out letters.pdf
outbox print --pending --out letters.pdf
outbox export --eml post
outbox show 1
outbox wait 12000000046",
        registry.display()
    );
    each(&sandbox, &mut replies, &outside);
    sandbox.file("empty", "");
    replies.push(sandbox.json("batch empty --out replies"));
    let code = sandbox.code(ANA);
    replies.push(sandbox.json(&format!("activate {ANA} --code {code} --until code")));
    replies.push(sandbox.feed_json(&format!("activate {ANA} --code {code} --password-stdin"), PASSWORD));
    for _ in 0..5 {
        replies.push(sandbox.feed_json(&format!("login {ANA} --password-stdin"), "Porto"));
    }
    each(&sandbox, &mut replies, &format!("account show {ANA}\naccount unlock {ANA} --reason x"));
    replies.push(sandbox.feed_json(&format!("login {ANA} --password-stdin"), PASSWORD));

    const PIN: &str = "2718";
    let by_cmd = "--pin-stdin --procedure cmd --accept-terms";
    replies.push(sandbox.feed_json("cmd enrol 12000000038 --mobile +33612345678 --pin-stdin", PIN));
    replies.push(sandbox.feed_json(&format!("register 12000000038 {by_cmd}"), PIN));
    let code = sandbox.code("12000000038");
    replies.push(sandbox.feed_json(&format!("register 12000000038 {by_cmd} --code {code} --consent"), PIN));
    replies.push(sandbox.feed_json("login 12000000038 --method cmd --pin-stdin", PIN));
    replies.push(sandbox.json("cmd revoke 12000000038"));

    sandbox.log_in(ANA, PASSWORD);
    let inside = "contacts show
contacts update --mobile +33612345678
contacts remove --mobile
contacts confirm --channel email
alerts set email
profile show
phone-code set
phone-code change --generate";
    each(&sandbox, &mut replies, inside);
    let payment = format!(
        "{{\"niss\":{ANA},\"kind\":\"payment\",\"about\":\"x\",\"amount\":\"540\",\"paid_on\":\"2026-02-20\"}}\n"
    );
    replies.extend(lines(&sandbox.feed("alerts send -", &payment).ok()).into_iter().map(|mut reply| {
        // As of a command of its own: what only lines have is left out.
        reply.as_object_mut().expect("an object").remove("line");
        reply
    }));
    replies.push(sandbox.feed_json("alerts send - --out sent", &payment));
    each(&sandbox, &mut replies, "messages list\nmessages show 2");
    let code = sandbox.code(ANA);
    replies.push(sandbox.json(&format!("contacts confirm --channel email --code {code}")));
    replies.push(sandbox.feed_json("phone-code change --new-code-stdin", "739104"));
    replies.push(sandbox.feed_json(&format!("phone-code verify {ANA} --code-stdin"), "739104"));
    let call = sandbox.feed(&format!("phone-line {ANA} --code-stdin"), "739104").ok();
    replies.push(sandbox.feed_json("phone-line --code-stdin", format!("{ANA}\n739104\n")));
    replies.push(sandbox.feed_json("phone-line whoami --call-stdin", call));
    sandbox.policy("login.second_factor", "on");
    replies.push(sandbox.feed_json(&format!("login {ANA} --password-stdin"), PASSWORD));
    sandbox.policy("login.second_factor", "off");
    replies.push(sandbox.feed_json("password change --password-stdin", format!("{PASSWORD}\n{OTHER_PASSWORD}\n")));

    let request = format!("recover request {ANA} {ANA_IN_FULL} --email ana.ferreira@correio.example --channel email");
    let step = request.replace("--channel email", "--until channels");
    each(&sandbox, &mut replies, &format!("logout\n{step}\n{request}"));
    let code = sandbox.code(ANA);
    replies.push(sandbox.json(&format!("recover confirm {ANA} --code {code} --until code")));
    replies.push(sandbox.feed_json(&format!("recover confirm {ANA} --code {code} --password-stdin"), PASSWORD));
    let operators = format!(
        "account suspend {ANA} --reason x
account resume {ANA} --reason x
account close {ANA} --reason x
account reset {ANA} --reason x
account reset 12000000046 --reason x
policy set code.digits 7
clock show
clock advance 1s
clock set 2027-01-01T00:00:00Z
store info
store check
audit verify
audit head
why 1
account timeline {ANA} --html ana.html
account export {ANA}
account erase 12000000046 --reason x
register 12000000062 --account-type citizen --birth-date 1975-05-30 --channel letter --accept-terms
outbox print --pending --out later.pdf
state-hash
explain code_wrong
completions bash
man
man pages
store backup copy.db"
    );
    each(&sandbox, &mut replies, &operators);
    sandbox.file("s.jsonl", "{\"op\":\"clock_show\",\"expect\":{\"now\":\"x\"}}\n");
    replies.push(sandbox.json("scenario run s.jsonl"));
    replies.push(sandbox.json(&format!("scenario export {ANA}")));
    replies.extend(crate::conformance::requirements::rows().iter().cloned());
    let (history, timeline) = (format!("account history {ANA}"), format!("account timeline {ANA}"));
    for list in ["outbox list", "account list", "audit list", "audit export", &history, &timeline, "policy show"] {
        replies.extend(lines(&sandbox.ssd(&format!("--json {list}")).ok()));
    }
    replies
}

/// What the replies of each operation hold, and the keys of the objects in their lists. `any, refused` and `any, error`
/// stand for whatever was not done.
fn visited(replies: &[Value]) -> (BTreeMap<String, Visibility>, BTreeMap<String, Words>) {
    let (mut ops, mut objects) = (BTreeMap::<String, Visibility>::new(), BTreeMap::new());
    for reply in replies {
        let reply = reply.as_object().expect("an object");
        let name = match reply["result"].as_str() {
            Some("done") => reply["op"].as_str().expect("an op").to_owned(),
            other => format!("any, {}", other.expect("a result")),
        };
        let keys: Words =
            reply.keys().filter(|key| !["result", "op", "niss", "request"].contains(&key.as_str())).cloned().collect();
        let visited = ops.entry(name).or_default();
        visited.always =
            Some(visited.always.take().map_or(keys.clone(), |always| always.intersection(&keys).cloned().collect()));
        visited.all.extend(keys);
        for (key, value) in reply {
            for object in value.as_array().into_iter().flatten().filter_map(Value::as_object) {
                objects.insert(key.clone(), object.keys().cloned().collect());
            }
        }
    }
    (ops, objects)
}

#[test]
fn the_keys_of_json_are_those_that_every_operation_answers_with() {
    let (ops, objects) = visited(&replies());
    let mut written = BTreeMap::new();
    for row in table("JSON keys") {
        let replies = quoted(&row[0]);
        for name in if replies.is_empty() { vec![row[0].clone()] } else { replies } {
            assert!(
                written.insert(name.clone(), (row[1].clone(), row[2].clone())).is_none(),
                "{name} stands there twice"
            );
        }
    }
    let known: Words =
        Operation::NAMES.iter().copied().chain(["any, refused", "any, error"]).map(str::to_owned).collect();
    assert_eq!(written.keys().cloned().collect::<Words>(), known);
    for (name, (always, sometimes)) in &written {
        let visited = ops.get(name).unwrap_or_else(|| panic!("no reply of {name} was seen"));
        let stored = visited.always.clone().unwrap_or_default();
        assert_eq!(quoted(always).into_iter().collect::<Words>(), stored, "what every reply of {name} holds");
        let some: Words = visited.all.difference(&stored).cloned().collect();
        assert_eq!(quoted(sometimes).into_iter().collect::<Words>(), some, "what some replies of {name} hold");
    }
    let rows = table("Objects in lists");
    let written: BTreeMap<String, Words> =
        rows.iter().map(|row| (quoted(&row[0]).concat(), quoted(&row[1]).into_iter().collect())).collect();
    assert_eq!(written, objects);
}

#[test]
fn every_system_that_the_guides_name_is_played_by_commands_that_there_are() {
    let rows = table("The systems that the guides name");
    let commands: Vec<String> = names(&table("Table of commands"));
    for row in &rows {
        let played = quoted(&row[2]);
        assert!(!played.is_empty() && !row[3].is_empty(), "{row:?}");
        for line in played {
            let is_one = |command: &String| {
                let words = command.split(' ').take_while(|word| word.chars().all(|c| c.is_lowercase() || c == '-'));
                let words: Vec<&str> = words.collect();
                line.split(' ').collect::<Vec<_>>().starts_with(&words)
            };
            assert!(commands.iter().any(is_one), "{line}");
        }
    }
    let named = ["Portal", "SSD", "SISS", "Autenticação.gov", "phone line", "post", "app"];
    for name in named {
        assert!(rows.iter().any(|row| row[0].contains(name)), "{name}");
    }
}
