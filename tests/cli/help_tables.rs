//! The tables of the help topics, between `<!-- table: NAME -->` and `<!-- end -->`, against the code. Everything but
//! prose in them is generated: `SNAPSHOTS=overwrite cargo test help_tables` writes the files. A row without its prose fails.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use ssd::cli::args::global_args;
use ssd::cli::help::topics::Topic;
use ssd::cli::render::report::{DEFINED, definition};
use ssd::conformance::REQUIREMENTS;
use ssd::domain::policy::{BoundsProfile, Policy, SETTINGS};
use ssd::domain::time::Timestamp;
use ssd::domain::vocabulary::{Language, Notice, Purpose};
use ssd::environment::Variable;
use ssd::error::{AuditFault, Error, ExitStatus, LostAnswer, StateDifference, StateFault};
use ssd::import::Column;
use ssd::l10n::localize;
use ssd::reply::Reason;
use ssd::request::{Operation, Request};
use ssd::tabular::synonyms;

use crate::support::{
    ANA, ANA_IN_FULL, OTHER_PASSWORD, PASSWORD, REGISTER_ANA, Sandbox, conformance, lines, project, snapshots, word,
};

type Words = BTreeSet<String>;

/// A row as the code gives it: its cells, or nothing for a cell of prose, which only the file has. The first cell is
/// never prose: it finds the row in the file.
type Row = Vec<Option<String>>;

/// The cells of the rows that a file has.
type Rows = Vec<Vec<String>>;

/// A table of a topic: its name, and the rows in a language, given those that the file has.
type Table<'a> = (&'static str, Box<dyn Fn(Language, &[Vec<String>]) -> Vec<Row> + 'a>);

/// The placeholder of a cell whose prose is missing.
const UNWRITTEN: &str = "…";

const LANGUAGES: [Language; 2] = [Language::En, Language::Pt];

fn path(topic: Topic, language: Language) -> PathBuf {
    project(&format!("src/l10n/help/{language}/{topic}.md"))
}

fn begin(name: &str) -> String {
    format!("<!-- table: {name} -->\n")
}

const END: &str = "<!-- end -->\n";

/// The part of a page between a table's marks, as it is in the file.
fn between<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    page.split_once(&begin(name))?.1.split_once(END).map(|(table, _)| table)
}

/// The rows of a table, without its header.
fn rows(table: &str) -> Rows {
    let cells = |line: &str| {
        let line = line.strip_prefix('|').and_then(|line| line.strip_suffix('|')).expect("a row");
        line.split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    table.lines().skip(2).map(cells).collect()
}

/// The rows of a table in the English topic.
fn written(topic: Topic, name: &str) -> Rows {
    let page = fs::read_to_string(path(topic, Language::En)).expect("a topic");
    rows(between(&page, name).unwrap_or_else(|| panic!("no table {name} in {topic}")))
}

/// The table with the code's facts and the file's header and prose.
fn generated(table: &str, facts: &[Row]) -> String {
    let written = rows(table);
    let mut text: String = table.split_inclusive('\n').take(2).collect();
    for (at, row) in facts.iter().enumerate() {
        // Of rows that begin alike the first has the prose of the first.
        let before = facts[..at].iter().filter(|other| other[0] == row[0]).count();
        let old = written.iter().filter(|old| Some(&old[0]) == row[0].as_ref()).nth(before);
        text.push('|');
        for (column, fact) in row.iter().enumerate() {
            let prose = || old.and_then(|old| old.get(column).cloned()).filter(|prose| !prose.is_empty());
            let cell = fact.clone().unwrap_or_else(|| prose().unwrap_or_else(|| UNWRITTEN.to_owned()));
            text += &if cell.is_empty() { " |".to_owned() } else { format!(" {cell} |") };
        }
        text.push('\n');
    }
    text
}

/// Returns the text between backquotes.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Words between backquotes.
fn quote<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> String {
    words.into_iter().map(|word| format!("`{}`", word.as_ref())).collect::<Vec<_>>().join(" ")
}

/// `words` in the order of `old`, and behind them the others in their own.
fn ordered(old: &[String], words: &Words) -> Vec<String> {
    let known = old.iter().filter(|word| words.contains(*word));
    known.chain(words.iter().filter(|word| !old.contains(word))).cloned().collect()
}

/// A row of one word in backquotes and `prose` cells of prose.
fn described(word: &str, prose: usize) -> Row {
    std::iter::once(Some(quote([word]))).chain(std::iter::repeat_n(None, prose)).collect()
}

/// Returns the names of columns in files, one row per column.
fn names(columns: &[&str]) -> Vec<Row> {
    columns.iter().map(|column| vec![Some(quote([column])), Some(synonyms::of(column).join(", "))]).collect()
}

/// Returns the fields of batch operations that are no columns of a registry and have other names.
fn other_fields() -> Vec<&'static str> {
    let fields = synonyms::TABLE.iter().map(|(name, _)| *name);
    fields.filter(|name| *name == "kind" || !Column::NAMES.contains(name)).collect()
}

#[test]
fn every_table_is_as_the_code_has_it() {
    let replies = replies();
    let (ops, objects) = visited(&replies);
    let requests = Sandbox::nothing().json("schema")["schema"]["$defs"]["request"].clone();
    let tables: Vec<Table<'_>> = vec![
        ("registry-columns", Box::new(|_, _| Column::NAMES.iter().map(|column| described(column, 2)).collect())),
        ("registry-names", Box::new(|_, _| names(Column::NAMES))),
        ("field-names", Box::new(|_, _| names(&other_fields()))),
        ("operations", Box::new(|_, _| operations(&requests))),
        ("json-keys", Box::new(|language, old| json_keys(language, old, &ops))),
        ("list-objects", Box::new(|_, old| list_objects(old, &objects))),
        (
            "messages",
            Box::new(|_, _| Purpose::NAMES.iter().chain(Notice::NAMES).map(|purpose| described(purpose, 2)).collect()),
        ),
        ("reasons", Box::new(|_, _| Reason::NAMES.iter().map(|reason| described(reason, 2)).collect())),
        (
            "exit-codes",
            Box::new(|_, _| ExitStatus::ALL.iter().map(|exit| vec![Some((*exit as i32).to_string()), None]).collect()),
        ),
        ("error-kinds", Box::new(|_, _| error_kinds())),
        ("environment", Box::new(|_, _| Variable::ALL.iter().map(|variable| environment(*variable)).collect())),
        ("settings", Box::new(|language, _| settings(language))),
        ("requirements", Box::new(|language, _| deviations(language))),
        ("report", Box::new(|language, _| report(language))),
    ];
    let _lock = snapshots::overwriting();
    let (mut differing, mut found) = (vec![], Words::new());
    for (topic, language) in Topic::ALL.iter().flat_map(|topic| LANGUAGES.map(|language| (*topic, language))) {
        let page = fs::read_to_string(path(topic, language)).expect("a topic");
        let mut new = page.clone();
        for name in page.split("<!-- table: ").skip(1).filter_map(|rest| rest.split(" -->").next()) {
            found.insert(name.to_owned());
            let Some((_, facts)) = tables.iter().find(|(known, _)| *known == name) else { continue };
            let table = between(&page, name).unwrap_or_else(|| panic!("{name} has no end in {topic}, {language}"));
            let expected = generated(table, &facts(language, &rows(table)));
            if expected.contains(UNWRITTEN) {
                differing.push(format!("write the prose in place of {UNWRITTEN} in {name}, {topic}, {language}"));
            }
            if expected != table {
                differing.push(format!("{name} in {topic}, {language}, is to be:\n{expected}"));
                new = new.replace(&format!("{}{table}{END}", begin(name)), &format!("{}{expected}{END}", begin(name)));
            }
        }
        if new != page && snapshots::is_overwriting() {
            fs::write(path(topic, language), new).expect("a topic");
        }
    }
    // Of `systems` only the commands are facts; another test has them.
    let known: Words = tables.iter().map(|(name, _)| *name).chain(["systems"]).map(str::to_owned).collect();
    assert_eq!(found, known);
    if snapshots::is_overwriting() {
        differing.retain(|what| what.starts_with("write "));
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// What each part of a report counts.
fn report(language: Language) -> Vec<Row> {
    DEFINED.iter().map(|part| vec![Some(quote([part])), Some(definition(language, part))]).collect()
}

fn settings(language: Language) -> Vec<Row> {
    let to = match language {
        Language::En => "to",
        Language::Pt => "a",
    };
    let row = |setting: &ssd::domain::policy::Setting| {
        let (least, most) = setting.bounds(BoundsProfile::Standard);
        let (lowest, highest) = setting.bounds(BoundsProfile::Sandbox);
        [quote([setting.key]), setting.value(&Policy::default()), least, most, format!("{lowest} {to} {highest}")]
            .map(Some)
            .to_vec()
    };
    SETTINGS.iter().map(row).collect()
}

fn error_kinds() -> Vec<Row> {
    let (text, fault) = (String::new, || std::io::Error::from(std::io::ErrorKind::NotFound));
    let known = [
        Error::usage("x"),
        Error::File { path: "x".into(), fault: fault() },
        Error::StoreMissing,
        Error::StoreExists,
        Error::KeyExists("x".into()),
        Error::StoreBusy,
        Error::StoreUnreadable(fault()),
        Error::StoreLinked,
        Error::StoreUnwritable(fault()),
        Error::OutcomeUnknown(text()),
        Error::ClockBehind { system: Timestamp::FAR_FUTURE, newest: Timestamp::FAR_FUTURE },
        Error::DiskFull,
        Error::StoreFailed(text()),
        Error::NoResources(text()),
        Error::NoRandomness(text()),
        Error::NotAStore,
        Error::StoreDamaged(text()),
        Error::AuditBroken(AuditFault::Head, 1),
        Error::StateDiffers(Box::new(StateDifference {
            table: "x",
            niss: None,
            entry: 1,
            fault: StateFault::Changed,
            others: 0,
        })),
        Error::StoreUnreleased,
        Error::StoreNewer(2, 1),
        Error::KeyMissing(fault()),
        Error::KeyWrong,
        Error::AnswerLost(LostAnswer::Command, None, Box::new(Error::DiskFull)),
        Error::Bug(text()),
        Error::Interrupted,
    ];
    assert_eq!(known.each_ref().map(Error::kind), Error::KINDS);
    known.iter().map(|error| vec![Some(quote([error.kind()])), Some((error.exit() as i32).to_string()), None]).collect()
}

fn environment(variable: Variable) -> Row {
    let option = variable.option().map(|option| {
        let is_one = |arg: &clap::Arg| arg.get_long() == Some(option);
        assert!(global_args::args().iter().any(is_one), "no option --{option}");
        quote([format!("--{option}")])
    });
    vec![Some(quote([variable.as_str()])), Some(option.unwrap_or_default()), None]
}

/// The requirements that `ssd conform` finds deviations from; the prose says what it does, and why.
fn deviations(language: Language) -> Vec<Row> {
    let replies = conformance::rows();
    assert_eq!(replies.len(), REQUIREMENTS.len());
    let deviations = replies.iter().zip(REQUIREMENTS).filter(|(reply, _)| word(reply, "verdict") == "deviation");
    let row = |(reply, requirement): (&Value, &ssd::conformance::Requirement)| {
        let sentence = localize(language, &format!("conform-{}", requirement.key), &vec![]);
        vec![Some(word(reply, "id").to_owned()), Some(sentence), None, None]
    };
    deviations.map(row).collect()
}

/// The fields that every line of an operation needs, and the others, from the schema of requests.
fn operations(requests: &Value) -> Vec<Row> {
    let variants = requests["oneOf"].as_array().expect("operations");
    let row = |op: &Operation| {
        let own: Vec<&Value> = variants.iter().filter(|v| v["properties"]["op"]["const"] == op.as_str()).collect();
        assert!(!own.is_empty(), "{op}");
        let required = |variant: &Value| -> Vec<String> {
            let names = variant["required"].as_array().into_iter().flatten();
            names.map(|name| name.as_str().expect("a name").to_owned()).collect()
        };
        let needed: Vec<String> = required(own[0])
            .into_iter()
            .filter(|field| field != "op" && own.iter().all(|variant| required(variant).contains(field)))
            .collect();
        let fields = own.iter().flat_map(|variant| variant["properties"].as_object().expect("fields").keys());
        let others: Words = fields
            .filter(|field| !["op", "id"].contains(&field.as_str()) && !needed.contains(field))
            .cloned()
            .collect();
        vec![Some(quote([op.as_str()])), Some(quote(needed)), Some(quote(others))]
    };
    Request::OPERATIONS.iter().map(row).collect()
}

/// The replies that are not done, as the replies of any operation: in the code, and in each language.
const NOT_DONE: [[&str; 3]; 2] =
    [["any, refused", "any, refused", "qualquer, recusada"], ["any, error", "any, error", "qualquer, erro"]];

/// The keys of each operation's replies. Operations with the same keys can share a row, as the file has it.
fn json_keys(language: Language, old: &[Vec<String>], ops: &BTreeMap<String, Visibility>) -> Vec<Row> {
    let name = |cell: &str| -> Vec<String> {
        let not_done = NOT_DONE.iter().find(|names| names[1..].contains(&cell));
        not_done.map_or_else(|| quoted(cell), |names| vec![names[0].to_owned()])
    };
    let shown = |names: &[String]| match NOT_DONE.iter().find(|known| names == [known[0]]) {
        Some([_, en, pt]) => if language == Language::En { *en } else { *pt }.to_owned(),
        None => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
    };
    let keys = |name: &String| {
        let visibility = ops.get(name).unwrap_or_else(|| panic!("no reply of {name} was printed"));
        let always = visibility.always.clone().unwrap_or_default();
        let sometimes: Words = visibility.all.difference(&always).cloned().collect();
        (always, sometimes)
    };
    let known: Vec<String> =
        NOT_DONE.iter().map(|names| names[0]).chain(Operation::NAMES.iter().copied()).map(str::to_owned).collect();
    // The rows of the file first, then the operations without a row.
    let mut groups: Vec<(Vec<String>, [Vec<String>; 2])> = vec![];
    let mut left = known.clone();
    let cells = |row: &Vec<String>| (name(&row[0]), [quoted(&row[1]), quoted(&row[2])]);
    for (names, order) in old.iter().map(cells).chain(known.iter().map(|name| (vec![name.clone()], [vec![], vec![]]))) {
        let first = names.iter().find(|name| left.contains(name)).cloned();
        let Some(first) = first else { continue };
        let same = |name: &&String| left.contains(name) && keys(name) == keys(&first);
        let same: Vec<String> = names.iter().filter(same).cloned().collect();
        left.retain(|name| !same.contains(name));
        groups.push((same, order));
    }
    let row = |(names, order): &(Vec<String>, [Vec<String>; 2])| {
        let (always, sometimes) = keys(&names[0]);
        let cells = [shown(names), quote(ordered(&order[0], &always)), quote(ordered(&order[1], &sometimes))];
        cells.map(Some).to_vec()
    };
    groups.iter().map(row).collect()
}

/// The keys of the objects in lists.
fn list_objects(old: &[Vec<String>], objects: &BTreeMap<String, Words>) -> Vec<Row> {
    let lists: Vec<String> = old.iter().flat_map(|row| quoted(&row[0])).collect();
    let row = |list: String| {
        let order = old.iter().find(|row| quoted(&row[0]) == [list.clone()]).map(|row| quoted(&row[1]));
        let keys = ordered(&order.unwrap_or_default(), &objects[&list]);
        vec![Some(quote([list])), Some(quote(keys))]
    };
    ordered(&lists, &objects.keys().cloned().collect()).into_iter().map(row).collect()
}

#[test]
fn every_system_of_the_guides_has_commands_that_exist() {
    let systems = written(Topic::Guides, "systems");
    for row in &systems {
        let commands = quoted(&row[2]);
        assert!(!commands.is_empty() && !row[3].is_empty(), "{row:?}");
        for line in commands {
            let words: Vec<&str> = line.split(' ').collect();
            let is_op = |count: usize| {
                let op = words[..count].join("_").replace('-', "_");
                Operation::NAMES.contains(&op.as_str())
            };
            assert!((1..=words.len()).any(is_op), "{line}");
        }
    }
    let named = ["Portal", "SSD", "SISS", "Autenticação.gov", "phone line", "post", "app"];
    for name in named {
        assert!(systems.iter().any(|row| row[0].contains(name)), "{name}");
    }
    let pt = fs::read_to_string(path(Topic::Guides, Language::Pt)).expect("a topic");
    let pt = rows(between(&pt, "systems").expect("the same table"));
    let commands = |rows: &Rows| rows.iter().map(|row| quoted(&row[2])).collect::<Vec<_>>();
    assert_eq!(commands(&systems), commands(&pt));
}

#[test]
fn a_table_keeps_its_prose_and_lacks_what_is_new() {
    let table = "| a | b |\n|---|---|\n| `x` | one |\n| `y` | |\n| `x` | two |\n";
    let facts =
        [described("x", 1), described("x", 1), vec![Some("`z`".to_owned()), Some(String::new())], described("y", 1)];
    let expected = "| a | b |\n|---|---|\n| `x` | one |\n| `x` | two |\n| `z` | |\n| `y` | … |\n";
    assert_eq!(generated(table, &facts), expected);
}

/// The keys of an operation's replies.
#[derive(Default)]
struct Visibility {
    /// The keys that each has; none where there was no reply yet.
    always: Option<Words>,
    /// The keys that any has.
    all: Words,
}

/// Replies in which every operation is done at least once.
pub fn replies() -> Vec<Value> {
    let plain = Sandbox::nothing();
    let mut replies = vec![
        plain.json("init"),
        plain.json("store info"),
        plain.json("schema"),
        plain.json("store rekey"),
        plain.json("store clock-reset --reason x"),
    ];
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
outbox returned 1
account show 12000000046
outbox show 1
outbox wait 12000000046
outbox wait 12000000046",
        registry.display()
    );
    each(&sandbox, &mut replies, &outside);
    sandbox.file("empty", "");
    replies.push(sandbox.json("batch empty --out replies"));
    replies.push(sandbox.json("batch empty --out replies --once March"));
    replies.push(sandbox.feed_json("batch - --out replies", "{\"op\":\"logout\"}\n{}\n"));
    replies.extend(lines(&sandbox.ssd("--json why --batch replies").ok()));
    replies.push(sandbox.json("batch forget March"));
    let code = sandbox.code(ANA);
    replies.push(sandbox.json(&format!("activate {ANA} --code {code} --until code")));
    replies.push(sandbox.feed_json(&format!("activate {ANA} --code {code} --password-stdin"), PASSWORD));
    for _ in 0..5 {
        replies.push(sandbox.feed_json(&format!("login {ANA} --password-stdin"), "Porto"));
    }
    each(&sandbox, &mut replies, &format!("account show {ANA}\naccount unlock {ANA} --reason x"));
    replies.push(sandbox.feed_json(&format!("login {ANA} --password-stdin"), PASSWORD));
    replies.push(sandbox.json("outbox failed 3 --reason bounced"));

    const PIN: &str = "2718";
    let by_cmd = "--pin-stdin --procedure cmd --accept-terms";
    replies.push(sandbox.feed_json("cmd enrol 12000000038 --mobile +33612345678 --pin-stdin", PIN));
    replies.push(sandbox.feed_json(&format!("register 12000000038 {by_cmd}"), PIN));
    let code = sandbox.code("12000000038");
    replies.push(sandbox.feed_json(&format!("register 12000000038 {by_cmd} --code {code} --consent"), PIN));
    replies.push(sandbox.feed_json("login 12000000038 --method cmd --pin-stdin", PIN));
    replies.push(sandbox.json("cmd revoke 12000000038"));

    sandbox.log_in(ANA, PASSWORD);
    let inside = "messages calendar --ics none.ics
contacts show
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
        // Keys that only batch lines have are left out.
        reply.as_object_mut().expect("an object").remove("line");
        reply
    }));
    replies.push(sandbox.feed_json("alerts send - --out sent", &payment));
    each(&sandbox, &mut replies, "messages list\nmessages calendar --ics payments.ics\nmessages show 2");
    let code = sandbox.code(ANA);
    replies.push(sandbox.json(&format!("contacts confirm --channel email --code {code}")));
    replies.push(sandbox.feed_json("phone-code change --new-code-stdin", "739104"));
    replies.push(sandbox.json("session list"));
    replies.push(sandbox.json("session end --others"));
    replies.push(sandbox.fork().json("phone-code remove"));
    replies.push(sandbox.feed_json(&format!("phone-code verify {ANA} --code-stdin"), "739104"));
    let call = sandbox.feed(&format!("phone-line {ANA} --code-stdin"), "739104").ok();
    replies.push(sandbox.feed_json("phone-line --code-stdin", format!("{ANA}\n739104\n")));
    replies.push(sandbox.feed_json("phone-line whoami --call-stdin", &call));
    replies.push(sandbox.feed_json("phone-line payments --call-stdin", call));
    let enrolling = Sandbox::new();
    enrolling.activate();
    enrolling.policy("login.second_factor", "on");
    let enrol = format!("second-factor enrol {ANA} --account-type citizen {ANA_IN_FULL} --password-stdin");
    replies.push(enrolling.feed_json(&enrol, PASSWORD));
    replies
        .push(enrolling.feed_json(&format!("login {ANA} --password-stdin --code {}", enrolling.code(ANA)), PASSWORD));
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
report
report --html report.html
account timeline {ANA} --html ana.html
account export {ANA}
account erase 12000000046 --reason x
register 12000000062 --account-type citizen --birth-date 1975-05-30 --channel letter --accept-terms
outbox print --pending --out later.pdf
state-hash
demo
template register
template registry --out form.csv
explain code_wrong
terms
help
help json
completions bash
man
man pages
store backup copy.db
store restore copy.db --replace"
    );
    each(&sandbox, &mut replies, &operators);
    sandbox.file("s.jsonl", "{\"op\":\"clock_show\",\"expect\":{\"now\":\"x\"}}\n");
    replies.push(sandbox.json("scenario run s.jsonl"));
    replies.push(sandbox.json(&format!("scenario export {ANA}")));
    replies.extend(conformance::rows().iter().cloned());
    let (history, timeline) = (format!("account history {ANA}"), format!("account timeline {ANA}"));
    let lists = [
        "registry list",
        "registry find ana",
        "outbox list",
        "account list",
        "account list --blocked",
        "audit list",
        "audit export",
        &history,
        &timeline,
        "policy show",
    ];
    for _ in 0..5 {
        sandbox.login(ANA, "Moinho-9-Granito-Vela");
    }
    for list in lists {
        replies.extend(lines(&sandbox.ssd(&format!("--json {list}")).ok()));
    }
    replies
}

/// Checks the keys of each operation's replies, and those of the objects in their lists. `any, refused` and `any, error`
/// are the replies that are not done.
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
