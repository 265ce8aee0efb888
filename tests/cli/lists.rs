//! Lists: their filters, periods and pages.

use serde_json::{Value, json};

use crate::support::terminal::screen;
use crate::support::*;

/// Returns the values of a key in the rows of a list.
fn column(sandbox: &Sandbox, line: &str, key: &str) -> Vec<Value> {
    lines(&sandbox.ssd(&format!("--json {line}")).ok()).into_iter().map(|mut row| row[key].take()).collect()
}

/// Returns the NISS in the rows of a list.
fn holders(sandbox: &Sandbox, line: &str) -> Vec<String> {
    column(sandbox, line, "niss").iter().map(|niss| niss.as_str().expect("a NISS").to_owned()).collect()
}

/// Returns a sandbox with an account on each of three days in Lisbon: Ana, José and Maria.
fn three_days() -> Sandbox {
    let sandbox = Sandbox::new();
    for (at, niss) in [("2026-06-01T09:00:00Z", ANA), ("2026-06-02T22:59:59Z", JOSE), ("2026-06-02T23:00:00Z", MARIA)] {
        sandbox.at(at);
        let channel = person(niss).channels()[0];
        sandbox.ssd(&format!("{} --channel {channel}", person(niss).portal())).ok();
    }
    sandbox.at("2026-06-03T09:00:00Z");
    sandbox
}

#[test]
fn period_has_complete_days_in_lisbon() {
    let sandbox = three_days();
    for (period, expected) in [
        ("--since 2026-06-02", &[JOSE, MARIA][..]),
        ("--since 02/06/2026", &[JOSE, MARIA]),
        ("--until 2026-06-02", &[ANA, JOSE]),
        ("--since yesterday --until yesterday", &[JOSE]),
        ("--since ontem --until hoje", &[JOSE, MARIA]),
        ("--since today", &[MARIA]),
        ("--since 2d --until 2d", &[ANA]),
        ("--since 0d", &[MARIA]),
        ("--since 2026-06-02T22:59:59Z --until 2026-06-02T22:59:59Z", &[JOSE]),
        ("--until 2026-06-02T22:59:58Z", &[ANA]),
        ("--since 04/06/2026", &[]),
    ] {
        assert_eq!(holders(&sandbox, &format!("account list {period}")), expected, "{period}");
        let messages = holders(&sandbox, &format!("outbox list {period}"));
        assert_eq!(messages, expected, "outbox list {period}");
        let entries = holders(&sandbox, &format!("audit list --op register {period}"));
        assert_eq!(entries, expected, "audit list {period}");
    }
    assert_eq!(sandbox.ssd(&format!("account history {JOSE} --since today")).ok(), "");
    assert_eq!(lines(&sandbox.ssd(&format!("--json account timeline {JOSE} --until yesterday")).ok()).len(), 4);
    assert_eq!(sandbox.ssd(&format!("account timeline {JOSE} --until 2d --count")).ok(), "0");
    sandbox.ssd("outbox export --eml mail --since yesterday --until yesterday").ok();
    assert_eq!(std::fs::read_dir(sandbox.folder().join("mail")).expect("a folder").count(), 1);
}

#[test]
fn period_that_ends_before_it_begins_is_an_error() {
    let sandbox = three_days();
    for list in ["account list", "audit list", "outbox list", &format!("account history {ANA}")] {
        let run = sandbox.ssd(&format!("{list} --since today --until yesterday")).fails(2);
        assert_eq!(run.err.lines().next(), Some("error: the period ends before it begins"), "{list}");
    }
    for bad in ["tomorrow", "02/06/26", "7", "7x", "31/02/2026", "2026-06-02T09:00"] {
        sandbox.ssd(&format!("account list --until {bad}")).fails(2).says("`--until`");
    }
}

#[test]
fn filter_by_time_finds_entries_on_both_sides_of_a_clock_reset() {
    let sandbox = Sandbox::new();
    let now = ssd::clock::system_now();
    sandbox.at(&(now + ssd::domain::time::Span::days(400)).to_string());
    sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    sandbox.become_real();
    sandbox.ssd("store clock-reset --reason ahead").ok();
    sandbox.ssd(&format!("{} --channel email", person(JOSE).portal())).ok();
    let ahead = (now + ssd::domain::time::Span::days(300)).to_string();
    assert_eq!(holders(&sandbox, &format!("audit list --op register --since {ahead}")), [ANA]);
    assert_eq!(holders(&sandbox, &format!("audit list --op register --until {ahead}")), [JOSE]);
    assert_eq!(holders(&sandbox, &format!("outbox list --purpose activation --since {ahead}")), [ANA]);
    assert_eq!(holders(&sandbox, &format!("outbox list --purpose activation --until {ahead}")), [JOSE]);
    // The newest are those that were added last.
    assert_eq!(holders(&sandbox, "outbox list --purpose activation --limit 1"), [JOSE]);
}

#[test]
fn limit_keeps_the_newest_rows_in_the_order_of_the_list() {
    let sandbox = three_days();
    for (list, expected) in [
        ("account list --limit 1", &[MARIA][..]),
        ("account list --limit 2", &[JOSE, MARIA]),
        ("account list --limit 2 --until yesterday", &[ANA, JOSE]),
        ("account list --limit 9 --state requested", &[ANA, JOSE, MARIA]),
        ("outbox list --limit 2", &[JOSE, MARIA]),
        ("audit list --op register --limit 1", &[MARIA]),
        ("registry list --limit 2", &[ANA, JOSE]),
    ] {
        assert_eq!(holders(&sandbox, list), expected, "{list}");
    }
    sandbox.policy("login.failures", "3");
    assert_eq!(column(&sandbox, "audit list --limit 1", "action"), ["policy_set"]);
}

#[test]
fn note_says_that_there_are_more_rows() {
    let sandbox = three_days();
    let note = "Rows shown: 2. There are more: use --limit N or --all.\n";
    for list in ["account list", "outbox list", "audit list", "registry list", "registry find ana"] {
        for form in ["", "--json", "--format csv", "--format table"] {
            let run = sandbox.ssd(&format!("{list} --limit 2 {form}")).fails(0);
            assert_eq!(run.err, if list == "registry find ana" { "" } else { note }, "{list} {form}: {run:?}");
        }
        assert_eq!(sandbox.ssd(&format!("{list} --limit 2 --quiet")).fails(0).err, "");
        assert_eq!(sandbox.ssd(&format!("{list} --limit 900")).fails(0).err, "");
        assert_eq!(sandbox.ssd(list).fails(0).err, "", "{list}");
    }
}

#[test]
fn table_has_a_page_and_other_forms_have_all_rows() {
    let sandbox = Sandbox::empty();
    sandbox.import("registry.csv").ok();
    let rows = |line: &str| sandbox.ssd(line).fails(0).out.lines().count();
    let all = rows("registry list");
    assert!(all > 2000);
    assert_eq!(rows("registry list --json"), all);
    assert_eq!(rows("registry list --format csv"), all + 1);
    assert_eq!(rows("registry list --format table --all"), all + 1);
    let page = sandbox.ssd("registry list --format table").fails(0);
    assert_eq!(page.out.lines().count(), 51);
    assert_eq!(page.err, "Rows shown: 50. There are more: use --limit N or --all.\n");
    assert_eq!(rows("registry list --format table --limit 60"), 61);
    let shown = screen(200, sandbox.command("registry list")).fails(0).out;
    assert_eq!(shown.lines().last(), Some("Rows shown: 50. There are more: use --limit N or --all."), "{shown}");
}

#[test]
fn columns_that_do_not_fit_are_named_below_the_table() {
    let sandbox = Sandbox::new();
    let shown = screen(80, sandbox.command("registry list --limit 1 --color never")).fails(0).out;
    let rows: Vec<&str> = shown.lines().collect();
    assert!(rows[0].starts_with("NISS") && rows[2].starts_with("+10 columns: --format csv (status, NIF,"), "{shown}");
    assert_eq!(rows.last(), Some(&"Rows shown: 1. There are more: use --limit N or --all."));
    assert!(!sandbox.ssd("registry list --limit 1 --format table --quiet").fails(0).out.contains("--format csv"));
    let quiet = screen(80, sandbox.command("registry list --limit 1 --quiet")).fails(0).out;
    assert_eq!(quiet.lines().count(), 2, "{quiet}");
}

#[test]
fn count_is_the_number_of_all_matching_rows() {
    let sandbox = three_days();
    for (list, count) in [
        ("account list", 3),
        ("account list --state active", 0),
        ("account list --since yesterday", 2),
        ("account list --blocked", 0),
        ("account list --due", 1),
        ("outbox list", 3),
        ("outbox list --channel email --since yesterday", 1),
        ("audit list --op register", 3),
        ("audit list --op register --until 2d", 1),
        ("registry list", 16),
        ("registry find goncalves", 1),
        ("registry list --niss 12000000012", 1),
    ] {
        let rows = lines(&sandbox.ssd(&format!("--json {list}")).ok()).len();
        assert_eq!(rows, count, "{list}");
        assert_eq!(sandbox.ssd(&format!("{list} --count")).ok(), count.to_string(), "{list}");
        assert_eq!(sandbox.ssd(&format!("{list} --count --format csv")).ok(), format!("count\r\n{count}"), "{list}");
        let op = list.split(' ').take(2).collect::<Vec<_>>().join("_");
        let expected = json!({ "result": "done", "op": op, "count": count });
        assert_eq!(sandbox.json(&format!("{list} --count")), expected, "{list}");
    }
    for pair in ["--limit 1 --all", "--limit 1 --count"] {
        sandbox.ssd(&format!("account list {pair}")).fails(2).says("cannot be used together");
    }
    sandbox.ssd(&format!("account timeline {ANA} --count --html a.html")).fails(2).says("--count");
}

#[test]
fn blocked_lists_accounts_with_a_lockout_that_applies_now() {
    let sandbox = Sandbox::new();
    for niss in [ANA, MARIA] {
        sandbox.open_account(niss);
    }
    let fail = |niss: &str, times: u32| {
        for _ in 0..times {
            assert_eq!(reason(&sandbox.login(niss, OTHER_PASSWORD)), "login_failed");
        }
    };
    fail(MARIA, 5);
    sandbox.advance("1m");
    fail(ANA, 5);
    fail(JOSE, 5);
    assert_eq!(holders(&sandbox, "account list --blocked"), [ANA, MARIA], "an unknown account is not listed");
    assert_eq!(holders(&sandbox, "account list --blocked login"), [ANA, MARIA]);
    assert_eq!(holders(&sandbox, "account list --blocked identity"), [""; 0]);
    assert_eq!(holders(&sandbox, "account list --blocked --limit 1"), [ANA], "the lockout that ends last");
    assert_eq!(holders(&sandbox, &format!("account list --blocked --niss {MARIA}")), [MARIA]);
    assert_eq!(holders(&sandbox, "account list --blocked --state closed"), [""; 0]);
    assert_eq!(sandbox.ssd("account list --blocked --count").ok(), "2");
    let row = sandbox.json("account list --blocked --limit 1");
    assert_eq!(row["blocks"], json!([{ "what": "login", "until": "2026-01-05T09:16:00Z" }]));
    assert!(sandbox.ssd("account list --blocked").ok().contains("login 2026-01-05T09:16:00Z"));
    assert!(sandbox.ssd("account list --blocked --format csv").ok().contains("blocks\r\n"));
    assert!(sandbox.json("account list --limit 1").get("blocks").is_none());
    sandbox.ssd("account list --blocked logins").fails(2).says("login_code");
    // A second lockout of the same account is not a second row.
    for _ in 0..5 {
        sandbox.refused(&format!("{} --channel sms", REGISTER_ANA.replace("1984-03-22", "1984-03-23")));
    }
    assert_eq!(holders(&sandbox, "account list --blocked"), [ANA, MARIA]);
    assert_eq!(holders(&sandbox, "account list --blocked --limit 9"), [ANA, MARIA]);
    assert_eq!(holders(&sandbox, "account list --blocked identity"), [ANA]);
    sandbox.advance("14m");
    assert_eq!(holders(&sandbox, "account list --blocked login"), [ANA], "a lockout applies until its end, not at it");
    sandbox.ssd(&format!("account unlock {ANA} --reason x")).ok();
    assert_eq!(holders(&sandbox, "account list --blocked"), [""; 0]);
}

#[test]
fn due_lists_accounts_with_a_valid_unused_code() {
    let sandbox = Sandbox::new();
    sandbox.open_account(ANA);
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    sandbox.ssd(&format!("{} --channel sms", person(MARIA).portal())).ok();
    assert_eq!(holders(&sandbox, "account list --due"), [MARIA, ANTONIO]);
    assert_eq!(holders(&sandbox, "account list --due --limit 9 --state requested"), [MARIA, ANTONIO]);
    sandbox.advance("10m");
    assert_eq!(holders(&sandbox, "account list --due"), [ANTONIO], "the code by SMS has expired");
    sandbox.ssd(&format!("{} {} --channel email", person(ANA).recover(), person(ANA).contacts())).ok();
    assert_eq!(holders(&sandbox, "account list --due"), [ANA, ANTONIO]);
    assert_eq!(sandbox.ssd("account list --due --state active --count").ok(), "1");
    sandbox.advance("21d");
    assert_eq!(holders(&sandbox, "account list --due"), [""; 0]);
}

#[test]
fn audit_entries_are_filtered_by_actor_operation_outcome_reason_and_remark() {
    let sandbox = Sandbox::new();
    sandbox.open_account(ANA);
    sandbox
        .under(&[("SSD_OPERATOR", "balcão 3")], &format!("account suspend {ANA} --reason 'Óbito por confirmar'"))
        .ok();
    sandbox.ssd(&format!("account resume {ANA} --reason 'letter of 5 January'")).ok();
    sandbox.ssd(&format!("account resume {ANA} --reason 'letter of 6 January'")).fails(1);
    assert_eq!(reason(&sandbox.login(ANA, OTHER_PASSWORD)), "login_failed");
    let actions = |filter: &str| column(&sandbox, &format!("audit list {filter}"), "action");
    assert_eq!(actions("--actor 'balcão 3'"), ["account_suspend"]);
    assert_eq!(actions("--actor balcao"), [""; 0]);
    assert_eq!(actions("--op account_resume"), ["account_resume", "account_resume"]);
    assert_eq!(actions("--op account_resume --limit 1 --outcome done"), ["account_resume"]);
    assert_eq!(actions("--outcome refused"), ["account_resume", "login"]);
    assert_eq!(actions("--reason login_failed"), ["login"]);
    assert_eq!(actions("--reason login_failed --niss 12000000020"), [""; 0]);
    assert_eq!(actions("--remark OBITO"), ["account_suspend"]);
    assert_eq!(actions("--remark 'january letter'"), ["account_resume", "account_resume"]);
    assert_eq!(actions("--remark 'january letter' --outcome refused"), ["account_resume"]);
    assert_eq!(actions("--remark letter --limit 1 --niss 12000000012"), ["account_resume"]);
    assert_eq!(actions("--remark login"), [""; 0], "only remarks are searched");
    assert_eq!(sandbox.ssd("audit list --remark letter --count").ok(), "2");
    for (bad, name) in
        [("--op logins", "--op"), ("--outcome ok", "--outcome"), ("--reason x", "--reason"), ("--remark x", "--remark")]
    {
        sandbox.ssd(&format!("audit list {bad}")).fails(2).says(name);
    }
}

#[test]
fn records_are_found_by_name_date_number_and_address() {
    let sandbox = Sandbox::new();
    for (text, expected) in [
        ("ana ferreira", &[ANA][..]),
        ("GONCALVES luz", &[MARIA]),
        ("davila", &[ANTONIO]),
        ("22/03/1984", &[ANA]),
        ("1984-03-22", &[ANA]),
        ("120 0000 0012", &[ANA]),
        ("912 000 001", &[ANA]),
        ("+351 932000003", &[MARIA]),
        ("123456703ZY4", &[ANA]),
        ("ana.ferreira@", &[ANA]),
        ("2004-02-29", &[BEATRIZ]),
        ("12345678902", &[]),
        ("nobody at all", &[]),
    ] {
        let found = holders(&sandbox, &format!("registry find '{text}'"));
        assert_eq!(found, expected, "{text}");
    }
    let row = sandbox.json("registry find 912000001");
    let mut shown = sandbox.json(&format!("registry show {ANA}"));
    shown["op"] = "registry_find".into();
    assert_eq!(row, shown);
    for bad in ["x", "''", "'   '", "'--'", "31/02/1984"] {
        sandbox.ssd(&format!("registry find -- {bad}")).fails(2).says("TEXT");
    }
    assert_eq!(holders(&sandbox, "registry find ana ferreira"), [ANA], "words without quotation marks");
    assert_eq!(holders(&sandbox, "registry find 912 000 001"), [ANA]);
    sandbox.ssd("registry find").fails(2).says("TEXT");
    assert_eq!(sandbox.ssd("registry find nobody").ok(), "");
}

#[test]
fn registry_as_csv_can_be_imported_again() {
    let sandbox = Sandbox::new();
    let csv = sandbox.ssd("registry list --format csv").fails(0).out;
    let other = Sandbox::empty();
    other.file("all.csv", csv);
    assert_eq!(other.json("registry import all.csv")["loaded"], 16);
    assert_eq!(other.ssd("registry list --json").ok(), sandbox.ssd("registry list --json").ok());
}

#[test]
fn reading_records_is_recorded_without_the_text() {
    let real = Sandbox::real();
    for line in
        ["registry list --limit 1", "registry find ferreira", "registry find ferreira --count", "outbox list --count"]
    {
        real.ssd(line).ok();
        let entry = lines(&real.ssd("--json audit list --limit 1").ok()).remove(0);
        assert_eq!(word(&entry, "action"), line.split(' ').take(2).collect::<Vec<_>>().join("_"));
        assert_eq!((&entry["niss"], &entry["detail"]), (&Value::Null, &Value::Null), "{entry}");
    }
    let row = real.json("registry find ana.ferreira@correio.example");
    assert!(row["request"].is_number(), "{row}");
    assert!(!String::from_utf8_lossy(&real.bytes()).contains("ferreira --count"));
    // A sandbox has no secrets, so nothing is recorded.
    let sandbox = Sandbox::new();
    let before = sandbox.json("audit head");
    sandbox.ssd("registry find ferreira").ok();
    assert_eq!(sandbox.json("audit head"), before);
}

#[test]
fn closed_pipe_ends_a_list_quietly() {
    let sandbox = Sandbox::empty();
    sandbox.import("registry.csv").ok();
    let mut command = sandbox.command("registry list");
    command.stdout(std::process::Stdio::piped());
    let mut child = command.spawn().expect("a process");
    drop(child.stdout.take());
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().expect("a pipe"), &mut said).expect("UTF-8");
    assert!(child.wait().expect("an exit").success());
    assert_eq!(said, "");
}
