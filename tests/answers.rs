//! What comes back, as scripts and people read it: the JSON of DESIGN.md 5, exit codes, sentences and hints, bare values,
//! languages, a standard output that holds nothing but the result, and the same output for the same seed.

use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::*;

// JSON.

#[test]
fn the_example_of_the_contract_is_answered_byte_for_byte() {
    let sandbox = Sandbox::new();
    sandbox.at("2026-03-02T09:00:00Z");
    let run = sandbox.ssd(&format!("--json {REGISTER_ANA} --channel sms"));
    assert_eq!(
        run.out,
        "{\"result\":\"done\",\"op\":\"register\",\"niss\":\"12000000012\",\"state\":\"requested\",\"channel\":\"sms\",\
         \"destination\":\"+351 9** *** *01\",\"code_expires_at\":\"2026-03-02T09:10:00Z\"}\n"
    );
    assert_eq!((run.err.as_str(), run.code), ("", 0));
}

#[test]
fn every_operation_has_the_keys_that_scripts_read() {
    let mut sandbox = Sandbox::new();
    let feed = |sandbox: &Sandbox, line: &str, input: &str, op: &str, expected: &[&str]| {
        let run = sandbox.feed(&format!("--json {line}"), input).fails(0);
        assert_eq!((&run.json()["result"], &run.json()["op"]), (&json!("done"), &json!(op)), "{run:?}");
        let found = keys(run.out.lines().next().expect("an object"));
        for key in expected {
            assert!(found.contains(&(*key).to_owned()), "{key} of {op} is not in {found:?}");
        }
    };
    let ask = |sandbox: &Sandbox, line: &str, op: &str, expected: &[&str]| feed(sandbox, line, "", op, expected);

    let issued = ["niss", "state", "channel", "destination", "code_expires_at"];
    ask(&sandbox, &format!("{REGISTER_ANA} --channel sms"), "register", &issued);
    let letter = [&issued[..], &["letter_expected_on"]].concat();
    ask(&sandbox, &format!("{} --channel letter", person(ANTONIO).portal()), "register", &letter);
    ask(&sandbox, &format!("outbox code {ANA}"), "outbox_code", &["niss", "code", "purpose", "channel", "created_at"]);
    let activate = format!("activate {ANA} --code {} --password-stdin", sandbox.code(ANA));
    feed(&sandbox, &activate, PASSWORD, "activate", &["niss", "state", "due"]);
    let login = format!("login {ANA} --password-stdin");
    feed(&sandbox, &login, PASSWORD, "login", &["niss", "session", "expires_at", "due"]);
    let recover = format!("{} {} --channel email", person(ANA).recover(), person(ANA).contacts());
    ask(&sandbox, &recover, "recover_request", &issued);
    let confirm = format!("recover confirm {ANA} --code {} --password-stdin", sandbox.code(ANA));
    feed(&sandbox, &confirm, OTHER_PASSWORD, "recover_confirm", &["niss", "state", "due"]);
    sandbox.log_in(ANA, OTHER_PASSWORD);

    ask(&sandbox, "contacts show", "contacts_show", &["contacts"]);
    for contact in sandbox.json("contacts show")["contacts"].as_array().expect("a list") {
        assert_eq!(keys(&contact.to_string()), ["confirmed_at", "kind", "proposed", "registered", "value"]);
    }
    ask(&sandbox, "contacts update --email new@correio.example", "contacts_update", &["sent"]);
    sandbox.advance("60s");
    let sent = sandbox.json("contacts update --email new@correio.example")["sent"][0].clone();
    assert_eq!(keys(&sent.to_string()), ["channel", "code_expires_at", "destination"]);

    ask(&sandbox, "phone-code set", "phone_code_set", &["phone_code"]);
    ask(&sandbox, "phone-code change --generate", "phone_code_change", &["phone_code"]);
    assert!(sandbox.feed_json("phone-code change --new-code-stdin", "730264")["phone_code"].is_null());

    let message = ["id", "niss", "channel", "purpose", "to", "language", "subject", "body", "created_at"];
    ask(&sandbox, "outbox show 1", "outbox_show", &message);
    ask(&sandbox, "outbox list --limit 1", "outbox_list", &message);
    let account = ["niss", "state", "account_type", "holder", "created_at", "activated_at", "alerts", "blocks", "next"];
    ask(&sandbox, &format!("account show {ANA}"), "account_show", &account);
    let again = format!("registry import {}", data("personas.csv").display());
    ask(&sandbox, &again, "registry_import", &["read", "loaded", "rejected"]);
    for line in ["clock show", "clock advance 1s", "clock set 2027-01-01T00:00:00Z"] {
        ask(&sandbox, line, &line.split(' ').take(2).collect::<Vec<_>>().join("_"), &["now"]);
    }
}

#[test]
fn the_niss_is_in_every_reply_to_a_request_that_named_one() {
    let sandbox = Sandbox::new();
    for line in [
        format!("register {NOBODY} --account-type citizen --birth-date 1984-03-22 --channel sms"),
        format!("register {NOBODY} --account-type citizen --birth-date 1984-03-22 --channel sms --accept-terms"),
        format!("recover request {NOBODY} {ANA_IN_FULL} --email a@correio.example --channel email"),
        format!("outbox code {NOBODY}"),
        format!("registry show {NOBODY}"),
        format!("account show {NOBODY}"),
        format!("account reset {NOBODY} --reason 'a test'"),
        format!("account unlock {NOBODY} --reason 'a test'"),
        format!("registry show {ANA}"),
    ] {
        assert!(line.contains(word(&sandbox.json(&line), "niss")), "{line}");
    }
    for line in [
        "activate {} --code 123456 --password-stdin",
        "login {} --password-stdin",
        "recover confirm {} --code 123456 --password-stdin",
    ] {
        assert_eq!(sandbox.feed_json(&line.replace("{}", NOBODY), PASSWORD)["niss"], NOBODY);
    }
    assert_eq!(sandbox.feed_json(&format!("phone-code verify {NOBODY} --code-stdin"), "730264")["niss"], NOBODY);
    assert!(sandbox.json("clock show").get("niss").is_none());
}

#[test]
fn errors_are_one_object_on_standard_output_too() {
    let nothing = Sandbox::nothing();
    for (line, kind, exit) in [
        ("--json register 123", "usage", 2),
        ("regster --json", "usage", 2),
        ("--json", "usage", 2),
        ("--json clock show", "store_missing", 3),
        ("registry import nothing.csv --json", "file", 2),
    ] {
        let run = nothing.ssd(line).fails(exit);
        assert_eq!(run.err, "", "{line}");
        assert_eq!(keys(&run.out), ["result", "kind", "message", "hint"], "{line}");
        assert_eq!((word(&run.json(), "result"), word(&run.json(), "kind")), ("error", kind), "{line}");
    }
}

#[test]
fn a_list_is_one_object_a_line() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    for (line, count) in [("outbox list", 3), ("account list", 1), ("audit list", 5), ("policy show", 32)] {
        let rows = lines(&sandbox.ssd(&format!("--json {line}")).ok());
        assert_eq!(rows.len(), count, "{line}");
        assert!(rows.iter().all(|row| row["op"] == line.replace(' ', "_") && row["result"] == "done"), "{line}");
    }
    assert_eq!(Sandbox::empty().ssd("--json outbox list").fails(0).out, "");
}

#[test]
fn lists_are_narrowed_by_holder_time_state_channel_and_purpose_and_keep_the_newest() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.advance("1h");
    sandbox.ssd(&format!("{} --channel email", person(JOSE).portal())).ok();
    for (line, expected) in [
        ("outbox list --niss 12000000020", &[4][..]),
        ("outbox list --since 2026-01-05T10:00:00Z", &[4]),
        ("outbox list --channel sms", &[1, 3]),
        ("outbox list --purpose activated --channel email", &[2]),
        ("outbox list --limit 2", &[3, 4]),
        ("outbox list --limit 1 --channel sms", &[3]),
    ] {
        let ids: Vec<i64> = lines(&sandbox.ssd(&format!("--json {line}")).ok())
            .iter()
            .map(|row| row["id"].as_i64().expect("a number"))
            .collect();
        assert_eq!(ids, expected, "{line}");
    }
    for (line, expected) in [
        ("--state active", &[ANA][..]),
        ("--state closed", &[]),
        ("--limit 1", &[ANA]),
        ("--niss 12000000020", &[JOSE]),
    ] {
        let rows = lines(&sandbox.ssd(&format!("--json account list {line}")).ok());
        assert_eq!(rows.iter().map(|row| word(row, "niss")).collect::<Vec<_>>(), expected, "{line}");
    }
}

// Exit codes and sentences.

#[test]
fn the_exit_code_tells_what_kind_of_end_it_was() {
    let sandbox = Sandbox::new();
    sandbox.ssd("clock show").fails(0);
    sandbox.ssd(&format!("account show {ANA}")).fails(1);
    sandbox.ssd("account show 12000000013").fails(2);
    Sandbox::nothing().ssd("clock show").fails(3);
    let foreign = Sandbox::nothing();
    foreign.file("store.db", "no store");
    foreign.ssd("clock show").fails(4);
    sandbox.file("bad.csv", "niss,kind,name\n1,citizen,Ana\n");
    sandbox.ssd("registry import bad.csv").fails(5);
}

#[test]
fn a_refusal_reads_reason_sentence_and_hint_on_standard_error() {
    let sandbox = Sandbox::new();
    sandbox.at("2026-03-02T09:00:00Z");
    sandbox.register();
    let code = sandbox.code(ANA);
    sandbox.at("2026-03-02T09:10:00Z");
    let run = sandbox.activate_with(ANA, &code).fails(1);
    assert_eq!(run.out, "");
    let lines: Vec<&str> = run.err.lines().collect();
    assert_eq!(lines[0], "refused[code_expired]: the code expired on 2 March 2026 at 09:10");
    assert!(lines.len() == 2 && lines[1].starts_with("hint: "), "{lines:?}");

    let error = sandbox.ssd("account show 12000000013").fails(2);
    let lines: Vec<&str> = error.err.lines().collect();
    assert!(error.out.is_empty() && lines[0].starts_with("error: ") && lines[1].starts_with("hint: "), "{lines:?}");
}

#[test]
fn what_a_shell_takes_into_a_variable_is_printed_bare() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let is = |text: String, shape: fn(u8) -> bool, length: usize| {
        assert!(text.len() == length + 1 && text.ends_with('\n') && text.trim_end().bytes().all(shape), "{text:?}");
    };
    is(sandbox.ssd(&format!("outbox code {ANA}")).out, |byte| byte.is_ascii_digit(), 6);
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    is(sandbox.feed(&format!("login {ANA} --password-stdin"), PASSWORD).out, |byte| byte.is_ascii_hexdigit(), 48);
    let mut sandbox = sandbox;
    sandbox.log_in(ANA, PASSWORD);
    is(sandbox.ssd("phone-code set").out, |byte| byte.is_ascii_digit(), 6);
    is(sandbox.ssd("phone-code change --generate").out, |byte| byte.is_ascii_digit(), 6);
}

#[test]
fn sentences_come_in_the_language_that_is_asked_for() {
    let sandbox = Sandbox::new();
    let line = format!("account show {ANA}");
    let (english, portuguese) = ("there is no account", "não existe conta");
    for (variables, option, expected) in [
        (&[][..], "", english),
        (&[("LANG", "pt_PT.UTF-8")], "", portuguese),
        (&[("LANG", "pt_PT.UTF-8"), ("LC_MESSAGES", "C")], "", english),
        (&[("LANG", "C"), ("LC_MESSAGES", "pt")], "", portuguese),
        (&[("LC_MESSAGES", "C"), ("LC_ALL", "pt_BR.UTF-8")], "", portuguese),
        (&[("LC_ALL", "pt_PT"), ("SSD_LANG", "en")], "", english),
        (&[("LC_ALL", "C"), ("SSD_LANG", "pt")], "", portuguese),
        (&[("SSD_LANG", "pt")], "--lang en", english),
        (&[("SSD_LANG", "en")], "--lang pt", portuguese),
        (&[("LANG", "de_DE.UTF-8")], "", english),
    ] {
        let run = sandbox.under(variables, &format!("{line} {option}")).fails(1);
        assert!(run.err.starts_with("refused[no_account]: "), "reasons are code: {run:?}");
        assert!(run.err.contains(expected), "{variables:?} {option}: {run:?}");
    }
    // The language of the terminal is not the language of the holder.
    let reply = sandbox.under(&[("SSD_LANG", "pt")], &format!("--json {} --channel sms", person(INES).portal())).json();
    assert_eq!((&reply["state"], &sandbox.messages(INES)[0]["language"]), (&json!("requested"), &json!("en")));
}

#[test]
fn help_and_version_are_results() {
    let nothing = Sandbox::nothing();
    for line in ["--help", "register --help", "phone-code --help", "phone-code change -h", "--version"] {
        let run = nothing.ssd(line).fails(0);
        assert!(!run.out.is_empty() && run.err.is_empty(), "{line}: {run:?}");
    }
    let pages = ["en", "pt"].map(|lang| nothing.ssd(&format!("register --help --lang {lang}")).ok());
    assert_ne!(pages[0], pages[1]);
    assert!(pages.iter().all(|page| page.contains("--birth-date")));
    let bare = nothing.ssd("").fails(2);
    assert!(bare.out.is_empty() && bare.err.contains("register"), "{bare:?}");
}

#[test]
fn quiet_leaves_nothing_on_standard_error_but_refusals_and_errors() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let activate = format!("activate {ANA} --code {} --password-stdin", sandbox.code(ANA));
    assert!(sandbox.fork().feed(&activate, PASSWORD).err.contains("confirm your contacts"));
    assert_eq!(sandbox.feed(&format!("{activate} -q"), PASSWORD).fails(0).err, "");
    assert!(sandbox.feed(&format!("-q {activate}"), PASSWORD).fails(1).err.starts_with("refused[code_used]"));
    assert!(sandbox.ssd("-q account show 1").fails(2).err.starts_with("error: "));
}

#[test]
fn colours_are_for_terminals_or_on_demand() {
    let sandbox = Sandbox::new();
    let line = format!("account show {ANA}");
    assert!(!sandbox.ssd(&line).err.contains('\u{1b}'));
    assert!(sandbox.ssd(&format!("{line} --color always")).err.contains('\u{1b}'));
    assert!(!sandbox.ssd(&format!("{line} --color never")).err.contains('\u{1b}'));
    let at_terminal = |variables: &[(&str, &str)]| {
        let mut command = sandbox.command(&line);
        command.envs(variables.iter().copied());
        terminal::Terminal::start(command).ends().err
    };
    assert!(at_terminal(&[]).contains('\u{1b}'));
    assert!(!at_terminal(&[("NO_COLOR", "1")]).contains('\u{1b}'));
}

#[test]
fn nobody_reading_standard_output_ends_a_command_quietly() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    for line in [
        "outbox list",
        "--json outbox list",
        "clock show",
        "--json clock show",
        "--help",
        "policy show",
        "--json register",
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = sandbox.command(line);
        command.stdout(Stdio::from(writer));
        let run = finish(command, None);
        assert_eq!(run.err, "", "{line}");
        assert_eq!(run.code, if line.ends_with("register") { 2 } else { 0 }, "{line}");
    }
}

// Hints name steps that work.

/// The command that begins with `next`, with everything that it needs to work.
fn completed(sandbox: &Sandbox, next: &str) -> (String, &'static str) {
    let code = |purpose: &str| sandbox.ssd(&format!("outbox code {ANA} --purpose {purpose}")).ok();
    match next.strip_prefix("ssd ").expect("a command of ours").rsplit_once(' ').expect("a NISS").0 {
        "register" => (format!("{REGISTER_ANA} --channel email"), ""),
        "activate" => (format!("activate {ANA} --code {} --password-stdin", code("activation")), PASSWORD),
        "login" => (format!("login {ANA} --password-stdin"), PASSWORD),
        "recover request" => (format!("{} {} --channel email", person(ANA).recover(), person(ANA).contacts()), ""),
        "recover confirm" => {
            (format!("recover confirm {ANA} --code {} --password-stdin", code("recovery")), OTHER_PASSWORD)
        }
        operator => (format!("{operator} {ANA} --reason 'a test'"), ""),
    }
}

/// Every step in the life of Ana's account that a person can be at, with the blocks that may stand in the way.
fn situations() -> Vec<(&'static str, Sandbox)> {
    let requested = || {
        let sandbox = Sandbox::new();
        sandbox.register();
        sandbox
    };
    let active = || {
        let sandbox = Sandbox::new();
        sandbox.activate();
        sandbox
    };
    let then = |sandbox: Sandbox, lines: &[&str]| {
        for line in lines {
            let _ = sandbox.feed(line, "Errada-2-Errada-2");
        }
        sandbox
    };
    let recover = format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts());
    let mistake = "register 12000000012 --account-type citizen --birth-date 1999-09-09 --accept-terms --channel sms";
    let wrong_code = |sandbox: &Sandbox, purpose: &str| match purpose {
        "activation" => format!("activate {ANA} --code {} --password-stdin", wrong(&sandbox.code(ANA))),
        _ => format!("recover confirm {ANA} --code {} --password-stdin", wrong(&sandbox.code(ANA))),
    };
    let guessed = |sandbox: Sandbox, purpose: &str, times: usize| {
        let line = wrong_code(&sandbox, purpose);
        for _ in 0..times {
            let _ = sandbox.feed(&line, PASSWORD);
        }
        sandbox
    };
    let lost = || then(active(), &[&recover]);
    let locked = || then(active(), &["login 12000000012 --password-stdin"; 5]);
    vec![
        ("requested, a moment ago", requested()),
        ("requested, a minute ago", then(requested(), &["clock advance 60s"])),
        ("requested, the code has expired", then(requested(), &["clock advance 10m"])),
        ("requested, the code is dead", guessed(requested(), "activation", 5)),
        (
            "requested, the code is dead, a minute later",
            then(guessed(requested(), "activation", 5), &["clock advance 60s"]),
        ),
        ("requested, with mistakes", then(requested(), &[&["clock advance 60s"][..], &[mistake; 5]].concat())),
        ("requested, and recovering", then(requested(), &[&recover])),
        ("active", active()),
        ("active, locked", locked()),
        ("active, locked, and recovering", then(locked(), &[&recover])),
        ("active, recovering", lost()),
        ("active, recovering, a minute later", then(lost(), &["clock advance 60s"])),
        ("active, the recovery's code is dead", guessed(lost(), "recovery", 5)),
        ("active, with mistakes", then(active(), &[mistake; 5])),
        ("suspended", then(active(), &["account suspend 12000000012 --reason x"])),
        ("suspended, recovering", then(lost(), &["account suspend 12000000012 --reason x"])),
        ("closed", then(active(), &["account close 12000000012 --reason x"])),
        ("reset", then(active(), &["account reset 12000000012 --reason x"])),
    ]
}

#[test]
fn the_commands_that_an_account_shows_are_those_that_work() {
    let holders = ["register", "activate", "login", "recover request", "recover confirm"];
    let operators = ["account suspend", "account resume", "account reset", "account close", "account unlock"];
    for (situation, sandbox) in situations() {
        let shown = sandbox.json(&format!("account show {ANA}"))["next"].clone();
        let shown: Vec<&str> = shown.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        for command in holders.into_iter().chain(operators) {
            let next = format!("ssd {command} {ANA}");
            let needs_a_code = match command {
                "activate" => Some("activation"),
                "recover confirm" => Some("recovery"),
                _ => None,
            };
            let has_it = |purpose| sandbox.ssd(&format!("outbox code {ANA} --purpose {purpose}")).code == 0;
            let works = needs_a_code.is_none_or(has_it) && {
                let (line, input) = completed(&sandbox, &next);
                sandbox.fork().feed(&line, input).code == 0
            };
            assert_eq!(shown.contains(&next.as_str()), works, "{situation}: {next}, of {shown:?}");
        }
    }
}

/// The commands of ours that a hint names.
fn commands_in(hint: &str) -> Vec<String> {
    let words: Vec<&str> = hint.split([' ', ',', ')', '(', ';', '`']).collect();
    let after = |from: usize| words[from + 1..].iter().take_while(|word| !word.is_empty() && !word.starts_with('-'));
    words
        .iter()
        .enumerate()
        .filter(|(_, word)| **word == "ssd")
        .map(|(at, _)| after(at).copied().collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn a_hint_names_no_step_that_would_be_refused() {
    let constant = ["identity_mismatch", "login_failed", "code_wrong"];
    for (situation, sandbox) in situations() {
        for tried in ["register", "activate", "login", "recover request", "recover confirm"] {
            let purpose = if tried == "activate" { "activation" } else { "recovery" };
            let codeless = matches!(tried, "activate" | "recover confirm")
                && sandbox.ssd(&format!("outbox code {ANA} --purpose {purpose}")).code != 0;
            if codeless {
                continue;
            }
            let (line, input) = completed(&sandbox, &format!("ssd {tried} {ANA}"));
            let fork = sandbox.fork();
            let reply = fork.feed_json(&line, input);
            if reply["result"] == "done" || constant.contains(&word(&reply, "reason")) {
                continue;
            }
            let hint = reply["hint"].as_str().unwrap_or_default();
            let later = hint.contains("from ") && hint.contains(" at ");
            for command in commands_in(hint).iter().filter(|command| !later && command.ends_with(ANA)) {
                let (line, input) = completed(&fork, &format!("ssd {command}"));
                assert_eq!(fork.fork().feed(&line, input).code, 0, "{situation}, {tried}: {hint}");
            }
            // Who is told to use the code that was sent can use it.
            if hint.contains("use the code that was sent") {
                let open = if line.starts_with("recover") { "recover confirm" } else { "activate" };
                let (line, input) = completed(&fork, &format!("ssd {open} {ANA}"));
                assert_eq!(fork.fork().feed(&line, input).code, 0, "{situation}, {tried}: {hint}");
            }
            // Who is told a time can do it then.
            if let Some(retry_at) = reply["retry_at"].as_str() {
                let waited = fork.fork();
                waited.at(retry_at);
                let again = waited.feed_json(&line, input);
                let same = again["result"] == "refused" && again["reason"] == reply["reason"];
                assert!(!same, "{situation}, {tried}: at {retry_at} still {again}");
            }
        }
    }
}

#[test]
fn a_contacts_stale_code_hints_at_the_way_to_another() {
    let (registered, other) = ("ana.ferreira@correio.example", "other@correio.example");
    // A code for the registered address as it stands, and one for a proposed address.
    for (first, target, masked) in [
        ("contacts confirm --channel email".to_owned(), registered, "a***@c***.example"),
        (format!("contacts update --email {other}"), other, "o***@c***.example"),
    ] {
        let mut sandbox = Sandbox::new().inside();
        sandbox.ssd(&first).ok();
        let code = sandbox.code(ANA);
        sandbox.advance("24h");
        sandbox.log_in(ANA, PASSWORD);
        let reply = sandbox.json(&format!("contacts confirm --channel email --code {code}"));
        assert_eq!(reason(&reply), "code_expired");
        let hint = word(&reply, "hint");
        let command = hint.split("ssd ").nth(1).unwrap_or_else(|| panic!("no command in {hint}"));
        // The option that wants the address again gets it.
        let command = command.replace("update --email", &format!("update --email {target}"));
        assert_eq!(sandbox.json(&command)["sent"][0]["destination"], masked, "{hint}");
    }
}

// The same again.

/// A life of an account by one seed: everything that was printed, and what is in the outbox and the audit at its end.
fn life_by_seed(seed: u64) -> String {
    let mut sandbox = Sandbox::nothing();
    sandbox.ssd(&format!("init --sandbox --seed {seed}")).ok();
    sandbox.policy("argon2.memory", "8");
    sandbox.import("personas.csv").ok();
    let mut printed = String::new();
    let mut note = |run: Run| printed.push_str(&format!("{} {} {}\n", run.code, run.out, run.err));
    note(sandbox.ssd(&format!("--json {REGISTER_ANA} --channel sms")));
    note(sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())));
    note(sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")));
    note(sandbox.activate_with(ANA, &sandbox.code(ANA)));
    note(sandbox.feed(&format!("login {ANA} --password-stdin"), PASSWORD));
    sandbox.log_in(ANA, PASSWORD);
    for line in ["--json phone-code set", "clock advance 8wd", "contacts show", "alerts set sms"] {
        note(sandbox.ssd(line));
    }
    for line in ["outbox list", "audit list", "account list", &format!("account show {ANA}")] {
        note(sandbox.ssd(&format!("--json {line}")));
    }
    printed
}

#[test]
fn the_same_commands_with_the_same_seed_print_the_same_and_another_seed_other_codes() {
    let first = life_by_seed(7);
    assert_eq!(first, life_by_seed(7));
    assert_ne!(first, life_by_seed(8));
}

#[test]
fn what_others_do_changes_nothing_in_a_holders_codes() {
    let alone = Sandbox::new();
    alone.register();
    let among_others = Sandbox::new();
    for niss in [JOSE, MARIA, PADARIA] {
        among_others.admit(niss);
    }
    among_others.register();
    assert_eq!(alone.code(ANA), among_others.code(ANA));
}

// The audit and the outbox of a store that is no sandbox.

#[test]
fn every_request_leaves_an_entry_with_its_actor_and_its_outcome_and_never_a_secret() {
    let sandbox = Sandbox::new().inside();
    let digits = sandbox.ssd("phone-code set").ok();
    let _ = sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).fails(1);
    sandbox.under(&[("SSD_OPERATOR", "balcão 3")], &format!("account suspend {ANA} --reason 'asked by phone'")).ok();
    let entries = sandbox.audit(ANA);
    let told: Vec<String> = entries
        .iter()
        .map(|entry| {
            format!("{} {} {} {}", word(entry, "actor"), word(entry, "action"), word(entry, "outcome"), entry["reason"])
        })
        .collect();
    assert_eq!(
        told,
        [
            "tester register done null",
            "tester activate done null",
            "tester login done null",
            "tester phone_code_set done null",
            "tester register refused \"already_registered\"",
            "balcão 3 account_suspend done null",
        ]
    );
    assert_eq!(entries[5]["detail"], json!({ "reason": "asked by phone" }));
    let all = sandbox.ssd("--json audit list").ok();
    assert!(!all.contains(PASSWORD) && !all.contains(&digits) && !all.contains("1984-03-22"));
}

#[test]
fn reading_messages_outside_a_sandbox_leaves_an_entry() {
    let real = Sandbox::real();
    real.register();
    let read = |line: &str| {
        let before = real.audit(ANA).len();
        real.ssd(line).ok();
        real.audit(ANA)[before..].iter().map(|entry| word(entry, "action").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(read(&format!("outbox code {ANA}")), ["outbox_code"]);
    assert_eq!(read("outbox show 1"), ["outbox_show"]);
    assert_eq!(read(&format!("outbox list --niss {ANA}")), ["outbox_list"]);
    assert_eq!(read(&format!("account show {ANA}")), [""; 0]);
    let sandbox = Sandbox::new();
    sandbox.register();
    let before = sandbox.bytes();
    for line in
        ["outbox list", "outbox show 1", "outbox code 12000000012", "account show 12000000012", "registry count"]
    {
        sandbox.ssd(line).ok();
    }
    assert_eq!(sandbox.bytes(), before, "in a sandbox, looking changes nothing");
}

#[test]
fn outside_a_sandbox_the_time_is_the_system_s_but_never_before_what_the_store_has_seen() {
    let real = Sandbox::real();
    real.register();
    let connection = rusqlite::Connection::open(real.store()).expect("the store");
    connection
        .execute("UPDATE audit SET at = 4102444800 WHERE id = (SELECT max(id) FROM audit)", [])
        .expect("an update");
    drop(connection);
    assert_eq!(real.json("store info")["now"], "2100-01-01T00:00:00Z");
}

#[test]
fn stored_text_can_forge_no_line_of_an_answer() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let mut command = sandbox.command("account suspend 12000000012 --reason x");
    command.env("SSD_OPERATOR", "eve\n   9  2026-01-05T09:00:00Z  root  account_close\u{202e}");
    finish(command, None).ok();
    let run = sandbox.ssd("audit list").ok();
    assert!(run.lines().all(|line| !line.starts_with("   9  2026-01-05T09:00:00Z  root")), "{run}");
    assert!(!run.contains('\u{202e}'));
}
