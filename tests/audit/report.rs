//! `ssd report`: its numbers against counts that the tests make themselves, from the replies to their requests and by SQL.

use std::collections::{BTreeMap, HashMap};
use std::os::unix::fs::PermissionsExt;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::timeline::is_well_formed;
use crate::support::*;

fn report(sandbox: &Sandbox, options: &str) -> Value {
    sandbox.json(&format!("report {options}"))
}

/// Returns one number of a query.
fn sql(sandbox: &Sandbox, query: &str) -> i64 {
    let connection = Connection::open(sandbox.store()).expect("the store");
    connection.query_row(query, [], |row| row.get(0)).unwrap_or_else(|fault| panic!("{fault}: {query}"))
}

/// Returns the codes of a channel: sent, used, expired, invalidated, open.
fn codes(report: &Value, channel: &str) -> [i64; 5] {
    let codes = report["codes"].as_array().expect("codes").iter().find(|codes| codes["channel"] == channel);
    ["sent", "used", "expired", "invalidated", "open"].map(|key| codes.expect(channel)[key].as_i64().expect(key))
}

fn lockouts(report: &Value) -> Value {
    let of = |counts: &Value| (word(counts, "what").to_owned(), json!([counts["set"], counts["lifted"]]));
    report["lockouts"].as_array().expect("lockouts").iter().map(of).collect::<serde_json::Map<_, _>>().into()
}

fn refusals(report: &Value) -> BTreeMap<String, u64> {
    let of = |refusal: &Value| (word(refusal, "reason").to_owned(), refusal["count"].as_u64().expect("a count"));
    report["refusals"].as_array().expect("refusals").iter().map(of).collect()
}

/// A generator of small numbers (an LCG by Knuth).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Returns the lines of a few weeks: registrations, activations, logins and calls of the personas, many of them wrong.
fn weeks(seed: u64) -> String {
    let mut numbers = Numbers(seed);
    let mut text = String::new();
    let mut add = |line: Value| text += &format!("{line}\n");
    let holders = [ANA, JOSE, MARIA, ANTONIO, INES, LUIS, OLUWASEUN, MARY_JANE];
    for _ in 0..400 {
        let niss = holders[usize::try_from(numbers.below(8)).expect("a place")];
        let holder = person(niss);
        let channel = holder.channels()[0];
        let code = if channel == "letter" { "BBBBBBBB" } else { "000000" };
        match numbers.below(12) {
            0 => add(json!({"op": "clock_advance", "advance": format!("{}h", 1 + numbers.below(30))})),
            1 => add(json!({"op": "clock_advance", "advance": format!("{}m", 1 + numbers.below(20))})),
            2 | 3 => {
                let birth_date = if numbers.below(5) == 0 { "1950-01-01" } else { &holder.birth_date };
                add(
                    json!({"op": "register", "niss": niss, "account_type": "citizen", "birth_date": birth_date, "channel": channel,
                    "accept_terms": true}),
                );
            }
            4 | 5 => {
                let code = if numbers.below(3) == 0 { code } else { "@outbox" };
                add(json!({"op": "activate", "niss": niss, "code": code, "password": PASSWORD}));
            }
            6 | 7 => {
                let password = if numbers.below(2) == 0 { OTHER_PASSWORD } else { PASSWORD };
                add(json!({"op": "login", "niss": niss, "password": password}));
            }
            8 => {
                add(json!({"op": "login", "niss": niss, "password": PASSWORD}));
                add(json!({"op": "phone_code_set", "niss": niss, "session": "@login"}));
            }
            9 => add(json!({"op": "phone_line", "niss": niss, "code": "135790"})),
            10 => {
                let op = if numbers.below(2) == 0 { "phone_line" } else { "phone_code_verify" };
                add(json!({"op": op, "niss": niss, "code": "@phone_code"}));
                if numbers.below(3) == 0 {
                    add(json!({"op": "phone_line_payments", "niss": niss, "call": "@phone_line"}));
                }
            }
            _ if numbers.below(4) == 0 => {
                add(json!({"op": "account_reset", "niss": niss, "reason": "asked for"}));
            }
            _ => add(json!({"op": "account_unlock", "niss": niss, "reason": "asked for"})),
        }
    }
    text
}

/// What the replies to the lines say, counted here.
#[derive(Default)]
struct Expected {
    registrations: u64,
    repeated: u64,
    activations: u64,
    durations: Vec<i64>,
    refusals: BTreeMap<String, u64>,
    calls: BTreeMap<&'static str, u64>,
}

/// Counts the replies of a batch that began at `now`.
fn expected(replies: &[Value], mut now: chrono::DateTime<chrono::Utc>) -> Expected {
    let mut expected = Expected::default();
    let mut requested: HashMap<String, chrono::DateTime<chrono::Utc>> = HashMap::new();
    let mut known: Vec<String> = vec![];
    for reply in replies {
        let (op, niss) = (word(reply, "op"), reply["niss"].as_str().unwrap_or_default().to_owned());
        let is_done = reply["result"] == "done";
        if let Some(reason) = reply["reason"].as_str() {
            *expected.refusals.entry(reason.to_owned()).or_default() += 1;
        }
        match (op, is_done) {
            ("clock_advance", true) => now = word(reply, "now").parse().expect("a time"),
            ("register", true) if !known.contains(&niss) => {
                expected.registrations += 1;
                known.push(niss.clone());
                requested.insert(niss, now);
            }
            ("register", true) => expected.repeated += 1,
            ("account_reset", true) => {
                // A reset of an account that waits for its activation changes no state.
                requested.entry(niss).or_insert(now);
            }
            ("activate", true) => {
                expected.activations += 1;
                expected.durations.extend(requested.remove(&niss).map(|start| (now - start).num_seconds()));
            }
            ("phone_line", true) => *expected.calls.entry("identified").or_default() += 1,
            ("phone_code_verify", true) => *expected.calls.entry("verified").or_default() += 1,
            ("phone_line_payments", true) => *expected.calls.entry("payments").or_default() += 1,
            ("phone_line" | "phone_code_verify", false) => match reply["reason"].as_str() {
                Some("phone_code_wrong") => *expected.calls.entry("wrong").or_default() += 1,
                Some("phone_code_blocked") => *expected.calls.entry("blocked").or_default() += 1,
                _ => {}
            },
            _ => {}
        }
    }
    expected
}

#[test]
fn counts_equal_those_of_replies_and_tables() {
    let mut calls = BTreeMap::new();
    for seed in [1, 2, 3] {
        let sandbox = Sandbox::new();
        sandbox.file("lines.jsonl", weeks(seed));
        let now = word(&sandbox.json("clock show"), "now").parse().expect("a time");
        let done = sandbox.ssd("batch lines.jsonl --out replies.jsonl").fails(5);
        let replies = lines(&sandbox.read("replies.jsonl"));
        sandbox.ssd("outbox print --pending --limit 3 --out letters.pdf").ok();
        let expected = expected(&replies, now);
        let report = report(&sandbox, "");
        assert!(expected.activations > 2 && expected.refusals.len() > 3, "{seed}: {done:?}");
        calls.extend(expected.calls.clone());

        assert_eq!(report["registrations"]["total"], expected.registrations, "{seed}");
        assert_eq!(report["registrations"]["portal"], expected.registrations, "{seed}");
        assert_eq!(report["registrations"]["repeated"], expected.repeated, "{seed}");
        assert_eq!(report["activations"]["activate"], expected.activations, "{seed}");
        assert_eq!(report["activations"]["total"], expected.activations, "{seed}");
        let mut durations = expected.durations;
        durations.sort_unstable();
        let rank = |percent: usize| durations[(durations.len() * percent).div_ceil(100) - 1];
        let times = json!({"count": durations.len(), "median_seconds": rank(50), "p90_seconds": rank(90)});
        assert_eq!(report["activation_time"], times, "{seed}");
        assert_eq!(refusals(&report), expected.refusals, "{seed}");
        for key in ["identified", "verified", "wrong", "blocked", "payments"] {
            assert_eq!(
                report["phone_line"][key],
                expected.calls.get(key).copied().unwrap_or_default(),
                "{seed}: {key}"
            );
        }

        let count = |query: &str| sql(&sandbox, &format!("SELECT count(*) FROM {query}"));
        assert_eq!(report["entries"], count("audit"), "{seed}");
        for state in ["requested", "active", "suspended", "closed"] {
            assert_eq!(
                report["accounts"][state],
                count(&format!("account WHERE state = '{state}'")),
                "{seed}: {state}"
            );
        }
        for channel in ["email", "sms", "letter"] {
            let [sent, used, expired, invalidated, open] = codes(&report, channel);
            assert_eq!(sent, count(&format!("code WHERE channel = '{channel}'")), "{seed}: {channel}");
            assert_eq!(
                used,
                count(&format!("code WHERE channel = '{channel}' AND state = 'used'")),
                "{seed}: {channel}"
            );
            assert_eq!(sent, used + expired + invalidated + open, "{seed}: {channel}");
        }
        let effects = |key: &str| count(&format!("audit, json_each(detail, '$.effects.{key}')"));
        let rows = || report["lockouts"].as_array().expect("lockouts").iter();
        let sum = |key: &str| rows().map(|row| row[key].as_i64().expect(key)).sum::<i64>();
        assert_eq!([sum("set"), sum("lifted")], ["set", "lifted"].map(effects), "{seed}");
        assert!(effects("set") > 0, "{seed}");
        let printed = count("message WHERE channel = 'letter' AND dispatched_at IS NOT NULL");
        assert_eq!(report["letters"]["dispatched"], printed, "{seed}");
        let listed = lines(&sandbox.ssd("--json outbox list --channel letter --pending").ok()).len();
        assert!(report["letters"]["pending"].as_u64().expect("a count") <= listed as u64, "{seed}");
        let rows = report["series"]["rows"].as_array().expect("rows").iter();
        let refused: u64 = rows.map(|row| row["refusals"].as_u64().expect("a count")).sum();
        assert_eq!(refused, expected.refusals.values().sum::<u64>(), "{seed}");
    }
    assert_eq!(calls.into_keys().collect::<Vec<_>>(), ["blocked", "identified", "payments", "verified", "wrong"]);
}

#[test]
fn empty_store_has_an_empty_report() {
    let sandbox = Sandbox::empty();
    let report = report(&sandbox, "");
    assert_eq!(report["registrations"]["total"], 0);
    assert_eq!(report["activation_time"], json!({"count": 0, "median_seconds": null, "p90_seconds": null}));
    assert_eq!((&report["refusals"], &report["lockouts"]), (&json!([]), &json!([])));
    assert_eq!(report["series"], json!({"unit": "day", "rows": []}));
    sandbox.ssd("report --html empty.html").ok();
    let page = sandbox.read("empty.html");
    assert!(is_well_formed(&page) && page.contains("None."));
}

#[test]
fn each_code_is_in_the_state_in_which_it_ended() {
    let sandbox = Sandbox::new();
    let register = |niss: &str, channel: &str| {
        sandbox.ssd(&format!("{} --channel {channel}", person(niss).portal())).ok();
    };
    // Replaced before its end.
    register(ANA, "sms");
    sandbox.advance("2m");
    register(ANA, "sms");
    assert_eq!(codes(&report(&sandbox, ""), "sms"), [2, 0, 0, 1, 1]);
    // Past its end, and then replaced.
    sandbox.advance("11m");
    assert_eq!(codes(&report(&sandbox, ""), "sms"), [2, 0, 1, 1, 0]);
    register(ANA, "sms");
    assert_eq!(codes(&report(&sandbox, ""), "sms"), [3, 0, 1, 1, 1]);
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    assert_eq!(codes(&report(&sandbox, ""), "sms"), [3, 1, 1, 1, 0]);
    // Blocked by wrong attempts, and usable again after an unlock.
    register(JOSE, "email");
    let code = sandbox.code(JOSE);
    for _ in 0..5 {
        assert_eq!(reason(&sandbox.try_activate(JOSE, &wrong(&code))), "code_wrong");
    }
    assert_eq!(reason(&sandbox.try_activate(JOSE, &code)), "code_blocked");
    let blocked = report(&sandbox, "");
    assert_eq!(codes(&blocked, "email"), [1, 0, 0, 1, 0]);
    assert_eq!(lockouts(&blocked), json!({"activation": [1, 0]}));
    sandbox.ssd(&format!("account unlock {JOSE} --reason x")).ok();
    assert_eq!(codes(&report(&sandbox, ""), "email"), [1, 0, 0, 0, 1]);
    assert_eq!(lockouts(&report(&sandbox, "")), json!({"activation": [1, 1]}));
    sandbox.activate_with(JOSE, &code).ok();
    assert_eq!(codes(&report(&sandbox, ""), "email"), [1, 1, 0, 0, 0]);
    // Cancelled with the account, and with all data.
    register(MARIA, "sms");
    sandbox.ssd(&format!("account close {MARIA} --reason x")).ok();
    register(INES, "sms");
    sandbox.ssd(&format!("account erase {INES} --reason x --yes")).ok();
    let [sent, used, expired, invalidated, open] = codes(&report(&sandbox, ""), "sms");
    assert_eq!([sent, used, expired, invalidated + open], [5, 1, 1, 3]);
}

#[test]
fn erased_holders_stay_in_the_counts_of_the_past() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.advance("1h");
    let before = word(&sandbox.json("clock show"), "now").to_owned();
    sandbox.advance("1h");
    sandbox.ssd(&format!("account erase {ANA} --reason x --yes")).ok();
    let now = report(&sandbox, "");
    assert_eq!((&now["registrations"]["total"], &now["activations"]["total"]), (&json!(1), &json!(1)));
    assert_eq!((codes(&now, "sms"), &now["accounts"]["active"]), ([1, 1, 0, 0, 0], &json!(0)));
    assert_eq!(report(&sandbox, &format!("--until {before}"))["accounts"]["active"], 1);
}

#[test]
fn time_to_activation_begins_with_the_request_that_made_the_account_requested() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    sandbox.advance("3h");
    sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    sandbox.advance("5m");
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    let once = report(&sandbox, "");
    assert_eq!(once["registrations"], json!({"total": 1, "portal": 1, "classic": 0, "cmd": 0, "repeated": 1}));
    assert_eq!(once["activation_time"], json!({"count": 1, "median_seconds": 11_100, "p90_seconds": 11_100}));
    // A reset starts again, a suspension does not.
    sandbox.advance("24h");
    sandbox.ssd(&format!("account suspend {ANA} --reason x")).ok();
    sandbox.ssd(&format!("account resume {ANA} --reason x")).ok();
    assert_eq!(report(&sandbox, "")["activations"], once["activations"]);
    sandbox.ssd(&format!("account reset {ANA} --reason x")).ok();
    sandbox.advance("1m");
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    let twice = report(&sandbox, "");
    assert_eq!(twice["activation_time"], json!({"count": 2, "median_seconds": 60, "p90_seconds": 11_100}));
    assert_eq!(twice["activations"], json!({"total": 2, "activate": 2, "recovery": 0, "cmd": 0}));
    // A recovery activates an account too, but not one that is active.
    sandbox.ssd(&format!("{} --channel email", person(JOSE).portal())).ok();
    for password in [PASSWORD, OTHER_PASSWORD] {
        sandbox.advance("20m");
        sandbox.ssd(&format!("{} {} --channel email", person(JOSE).recover(), person(JOSE).contacts())).ok();
        sandbox.feed(&format!("recover confirm {JOSE} --code {} --password-stdin", sandbox.code(JOSE)), password).ok();
        assert_eq!(report(&sandbox, "")["activations"]["recovery"], 1);
    }
}

#[test]
fn chave_movel_registers_and_activates_at_its_second_step() {
    const PIN: &str = "2718";
    let sandbox = Sandbox::new();
    sandbox.feed(&format!("cmd enrol {MARIA} --mobile +33612345678 --pin-stdin"), PIN).ok();
    let register = format!("register {MARIA} --procedure cmd --accept-terms --pin-stdin");
    sandbox.feed(&register, PIN).ok();
    let first = report(&sandbox, "");
    assert_eq!((&first["registrations"]["total"], &first["codes"][1]["sent"]), (&json!(0), &json!(1)));
    sandbox.advance("1m");
    sandbox.feed(&format!("{register} --code {} --consent", sandbox.code(MARIA)), PIN).ok();
    let second = report(&sandbox, "");
    assert_eq!(second["registrations"], json!({"total": 1, "portal": 0, "classic": 0, "cmd": 1, "repeated": 0}));
    assert_eq!(second["activations"], json!({"total": 1, "activate": 0, "recovery": 0, "cmd": 1}));
    assert_eq!(second["activation_time"]["count"], 0, "it was never to be activated");
}

#[test]
fn checks_up_to_a_step_are_no_registrations() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{REGISTER_ANA} --until channels")).ok();
    let report = report(&sandbox, "");
    assert_eq!((&report["registrations"]["total"], &report["registrations"]["repeated"]), (&json!(0), &json!(0)));
    assert_eq!(codes(&report, "sms"), [0; 5]);
}

#[test]
fn periods_include_both_ends_and_add_up() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    sandbox.advance("5m");
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    sandbox.login(ANA, OTHER_PASSWORD);
    let activated = "2026-01-05T09:05:00Z";
    let of = |options: &str| {
        let report = report(&sandbox, options);
        ["/registrations/total", "/activations/total", "/refusals/0/count", "/codes/1/sent", "/codes/1/used"]
            .map(|key| report.pointer(key).and_then(Value::as_u64).unwrap_or_default())
    };
    assert_eq!(of(""), [1, 1, 1, 1, 1]);
    assert_eq!(of(&format!("--since {activated}")), [0, 1, 1, 0, 0]);
    assert_eq!(of(&format!("--until {activated}")), [1, 1, 1, 1, 1]);
    // The code was sent before, and is used now.
    assert_eq!(of("--until 2026-01-05T09:04:59Z"), [1, 0, 0, 1, 1]);
    assert_eq!(of(&format!("--since {activated} --until {activated}")), [0, 1, 1, 0, 0]);
    assert_eq!(of("--since 2026-01-05T09:05:01Z"), [0; 5]);
    let activation = report(&sandbox, &format!("--since {activated}"))["activation_time"].clone();
    assert_eq!(activation["median_seconds"], 300, "the request was before the period");
    let states = |options: &str| report(&sandbox, options)["accounts"].clone();
    assert_eq!(states("--until 2026-01-05T09:04:59Z")["requested"], 1);
    assert_eq!(states("")["active"], 1);
}

#[test]
fn letters_are_pending_printed_overdue_or_returned() {
    let sandbox = Sandbox::new();
    let letters = || {
        let letters = report(&sandbox, "")["letters"].clone();
        ["pending", "dispatched", "overdue", "returned"].map(|key| letters[key].as_u64().expect(key))
    };
    let register = |niss: &str| sandbox.ssd(&format!("{} --channel letter", person(niss).portal())).ok();
    register(ANTONIO);
    register(LUIS);
    assert_eq!(letters(), [2, 0, 0, 0]);
    sandbox.ssd(&format!("outbox print --pending --niss {ANTONIO} --out letters.pdf")).ok();
    assert_eq!(letters(), [1, 1, 0, 0]);
    // A copy of a printed letter is no second dispatch.
    sandbox.ssd(&format!("outbox print --niss {ANTONIO} --out copy.pdf")).ok();
    assert_eq!(letters(), [1, 1, 0, 0]);
    // António's letter is expected after 8 working days, that of Luís, abroad, after 12.
    sandbox.at("2026-01-15T23:59:59Z");
    assert_eq!(letters(), [1, 1, 0, 0]);
    sandbox.at("2026-01-16T00:00:00Z");
    assert_eq!(letters(), [1, 1, 1, 0]);
    sandbox.activate_with(ANTONIO, &sandbox.code(ANTONIO)).ok();
    sandbox.at("2026-01-23T09:00:00Z");
    // António's notice of his activation is a letter too.
    assert_eq!(letters(), [2, 1, 1, 0]);
    // The post returns Luís's letter, and with it the code.
    let returned = sandbox.fork();
    returned.ssd("outbox print --pending --out more.pdf").ok();
    returned.ssd(&format!("outbox returned {}", returned.messages(LUIS)[0]["id"])).ok();
    let now = report(&returned, "")["letters"].clone();
    assert_eq!(now, json!({"pending": 0, "dispatched": 3, "overdue": 0, "returned": 1}));
    assert_eq!(codes(&report(&returned, ""), "letter"), [2, 1, 0, 1, 0]);
    assert_eq!(report(&returned, "--until 2026-01-20T00:00:00Z")["letters"]["returned"], 0);
    // A letter whose code is no longer valid is not printed.
    sandbox.at("2026-02-10T09:00:00Z");
    assert_eq!(letters(), [1, 1, 0, 0]);
    sandbox.ssd("outbox returned 1").ok();
    assert_eq!(letters(), [1, 1, 0, 1]);
    assert_eq!(codes(&report(&sandbox, ""), "letter"), [2, 1, 1, 0, 0]);
}

#[test]
fn login_codes_are_counted_after_their_rows_are_deleted() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.policy("login.second_factor", "sms");
    let enrol = format!("second-factor enrol {ANA} --account-type citizen {ANA_IN_FULL} --password-stdin");
    sandbox.feed(&enrol, PASSWORD).ok();
    for _ in 0..3 {
        sandbox.feed(&format!("login {ANA} --password-stdin --code {}", sandbox.code(ANA)), PASSWORD);
        sandbox.advance("49h");
        sandbox.feed(&enrol, PASSWORD);
        sandbox.login(ANA, PASSWORD);
    }
    let rows = sql(&sandbox, "SELECT count(*) FROM code");
    let issued = sql(&sandbox, "SELECT count(*) FROM message WHERE code IS NOT NULL");
    let sent: i64 = ["email", "sms", "letter"].map(|channel| codes(&report(&sandbox, ""), channel)[0]).iter().sum();
    assert!(rows < issued, "{rows} of {issued}");
    assert_eq!(sent, issued);
}

#[test]
fn report_of_an_upgraded_store_agrees_with_its_tables() {
    let stores: [&[u8]; 4] = [
        include_bytes!("../data/store-1.db"),
        include_bytes!("../data/store-2.db"),
        include_bytes!("../data/store-3.db"),
        include_bytes!("../data/store-4.db"),
    ];
    for (at, store) in stores.into_iter().enumerate() {
        let sandbox = Sandbox::nothing();
        std::fs::write(sandbox.store(), store).expect("a store");
        let report = report(&sandbox, "");
        let count = |query: &str| sql(&sandbox, &format!("SELECT count(*) FROM {query}"));
        for state in ["requested", "active", "suspended", "closed"] {
            let expected = count(&format!("account WHERE state = '{state}'"));
            assert_eq!(report["accounts"][state], expected, "version {}: {state}", at + 1);
        }
        for channel in ["email", "sms", "letter"] {
            let of = |condition: &str| count(&format!("code WHERE channel = '{channel}' {condition}"));
            let [sent, used, ..] = codes(&report, channel);
            assert_eq!([sent, used], [of(""), of("AND state = 'used'")], "version {}: {channel}", at + 1);
        }
        let refused: u64 = refusals(&report).values().sum();
        assert_eq!(refused, count("audit WHERE outcome = 'refused'").cast_unsigned(), "version {}", at + 1);
        let printed = count("message WHERE dispatched_at IS NOT NULL");
        assert_eq!(report["letters"]["dispatched"], printed, "version {}", at + 1);
        let activated =
            count("audit WHERE action = 'activate' AND outcome = 'done' AND detail ->> '$.asked.until' IS NULL");
        assert_eq!(report["activations"]["activate"], activated, "version {}", at + 1);
    }
}

#[test]
fn lockouts_of_an_upgraded_store_are_those_of_its_timelines() {
    let sandbox = Sandbox::nothing();
    std::fs::write(sandbox.store(), include_bytes!("../data/store-4.db")).expect("a store");
    let mut expected: BTreeMap<String, [u64; 2]> = BTreeMap::new();
    for niss in [ANA, ANTONIO, MARIA, LUIS] {
        for event in lines(&sandbox.ssd(&format!("--json account timeline {niss}")).ok()) {
            if event["kind"] == "block" {
                let place = usize::from(event["outcome"] == "lifted");
                expected.entry(word(&event, "what").to_owned()).or_default()[place] += 1;
            }
        }
    }
    assert!(!expected.is_empty());
    assert_eq!(lockouts(&report(&sandbox, "")), json!(expected));
}

#[test]
fn report_is_a_read_without_an_audit_entry() {
    let real = Sandbox::real();
    real.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    let entries = real.ssd("audit list").ok();
    real.ssd("report").ok();
    real.ssd("report --html report.html").ok();
    assert_eq!(real.ssd("audit list").ok(), entries);
    real.ssd("store check").ok();
}

/// Returns a store with every kind of number.
fn busy() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.file("lines.jsonl", weeks(2));
    sandbox.ssd("batch lines.jsonl --out replies.jsonl").fails(5);
    sandbox
}

#[test]
fn no_form_contains_personal_data() {
    let sandbox = busy();
    let mut texts: Vec<String> = ["report", "report --json", "report --format csv", "report --format table"]
        .iter()
        .flat_map(|line| ["en", "pt"].map(|language| sandbox.ssd(&format!("{line} --lang {language}")).ok()))
        .collect();
    for language in ["en", "pt"] {
        sandbox.ssd(&format!("report --html page.html --lang {language}")).ok();
        texts.push(sandbox.read("page.html"));
    }
    let is_in_a_text = |secret: &str| texts.iter().any(|text| text.contains(secret));
    for holder in people() {
        let Person { niss, name, birth_date, civil_id, nif, email, mobile, address, .. } = holder;
        for value in
            [niss, name, birth_date, civil_id, nif, email, mobile, address].into_iter().filter(|it| !it.is_empty())
        {
            assert!(!is_in_a_text(value), "{value}");
        }
    }
    // Operators and their reasons are not in it either.
    assert!(!is_in_a_text("tester") && !is_in_a_text("asked for"));
    assert!(is_in_a_text("login_failed"), "a control");
}

#[test]
fn csv_has_each_number_of_the_json() {
    let sandbox = busy();
    let report = report(&sandbox, "");
    let csv = sandbox.ssd("report --format csv").ok();
    let mut rows = csv.split("\r\n");
    assert_eq!(rows.next(), Some("section,name,measure,value"));
    let rows: Vec<Vec<&str>> = rows.filter(|row| !row.is_empty()).map(|row| row.split(',').collect()).collect();
    let value = |section: &str, name: &str, measure: &str| {
        let is_it = |row: &&Vec<&str>| row[..3] == [section, name, measure];
        rows.iter().find(is_it).unwrap_or_else(|| panic!("{section} {name} {measure}"))[3].parse::<u64>().ok()
    };
    for section in ["accounts", "registrations", "activations", "letters", "phone_line"] {
        for (name, count) in report[section].as_object().expect(section) {
            assert_eq!(value(section, name, "count"), count.as_u64(), "{section} {name}");
        }
    }
    assert_eq!(value("activation_time", "median", "seconds"), report["activation_time"]["median_seconds"].as_u64());
    assert_eq!(value("activation_time", "p90", "seconds"), report["activation_time"]["p90_seconds"].as_u64());
    assert_eq!(value("codes", "sms", "sent"), Some(codes(&report, "sms")[0].cast_unsigned()));
    for (reason, count) in refusals(&report) {
        assert_eq!(value("refusals", &reason, "count"), Some(count));
    }
    for row in report["series"]["rows"].as_array().expect("rows") {
        assert_eq!(value("day", word(row, "from"), "refusals"), row["refusals"].as_u64());
    }
    let lockouts = report["lockouts"].as_array().expect("lockouts");
    assert!(lockouts.iter().all(|row| value("lockouts", word(row, "what"), "set") == row["set"].as_u64()));
}

#[test]
fn bars_are_shown_at_a_terminal_only() {
    let sandbox = busy();
    let piped = sandbox.ssd("report --lang pt").ok();
    assert!(piped.contains("Códigos por canal") && !piped.contains('█'));
    assert!(!sandbox.ssd("report --format table").ok().contains('█'));
    for columns in [80, 40] {
        let shown = terminal::screen(columns, sandbox.command("report --lang pt")).ok();
        assert!(shown.contains('█'), "{shown}");
        let widest = shown.lines().map(|line| line.trim_end().chars().count()).max();
        assert!(columns == 40 || widest <= Some(columns.into()), "{widest:?}: {shown}");
    }
}

#[test]
fn page_is_self_contained_well_formed_and_reproducible() {
    let sandbox = busy();
    for language in ["en", "pt"] {
        sandbox.ssd(&format!("report --html page.html --lang {language}")).ok();
        let page = sandbox.read("page.html");
        assert!(is_well_formed(&page));
        for foreign in
            ["<script", "javascript", "http:", "https:", "src=", "href=", "url(", "@import", "<img", "style="]
        {
            assert!(!page.contains(foreign), "{foreign}");
        }
        assert!(page.contains("prefers-color-scheme: dark") && page.contains("@media print"));
        assert!(!page.contains("report-") && !page.contains("{$"), "a missing sentence");
        sandbox.ssd(&format!("report --html again.html --lang {language}")).ok();
        assert_eq!(sandbox.read("again.html"), page);
    }
    let mode = sandbox.folder().join("page.html").metadata().expect("a page").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let reply = sandbox.json("report --html page.html");
    assert_eq!(
        (word(&reply, "file"), reply["entries"].as_u64()),
        ("page.html", report(&sandbox, "")["entries"].as_u64())
    );
}

#[test]
fn page_replaces_no_store_and_no_foreign_result() {
    let sandbox = busy();
    sandbox.ssd("report --html -").fails(2).says("a file of its own");
    sandbox.ssd("report --html store.db").fails(2).says("belongs to the store");
    sandbox.ssd("report --html .").fails(2).says("is not a regular file");
    sandbox.ssd("report --html no/such/folder.html").fails(2).says("no such file");
    sandbox.ssd("report --html /dev/null").ok();
    let letter = Sandbox::new();
    letter.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    letter.ssd("outbox print --pending --out letters.pdf").ok();
    letter.ssd("report --html letters.pdf").fails(2).says("letters.pdf");
}
