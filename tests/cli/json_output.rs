//! Output for scripts and people: JSON, exit codes, sentences, bare values, languages and streams.
//!
//! The same seed gives the same output.

use std::process::Stdio;

use serde_json::json;

use crate::support::*;

// JSON.

#[test]
fn documented_example_is_printed_exactly() {
    let sandbox = Sandbox::new();
    sandbox.at("2026-03-02T09:00:00Z");
    let run = sandbox.ssd(&format!("--json {REGISTER_ANA} --channel sms"));
    assert_eq!(
        run.out,
        "{\"result\":\"done\",\"op\":\"register\",\"niss\":\"12000000012\",\"request\":5,\"state\":\"requested\",\"channel\":\"sms\",\
         \"destination\":\"+351 9** *** *01\",\"code_expires_at\":\"2026-03-02T09:10:00Z\"}\n"
    );
    assert_eq!((run.err.as_str(), run.code), ("", 0));
}

#[test]
fn every_operation_has_its_json_keys() {
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
        assert_eq!(keys(&contact.to_string()), ["confirmed_at", "kind", "next", "proposed", "registered", "value"]);
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
fn reply_has_the_niss_of_the_request() {
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
fn json_error_is_one_object_on_standard_output() {
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
fn list_has_one_object_per_line() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    for (line, count) in [
        ("outbox list", 3),
        ("account list", 1),
        ("audit list", 5),
        ("policy show", ssd::domain::policy::SETTINGS.len()),
    ] {
        let rows = lines(&sandbox.ssd(&format!("--json {line}")).ok());
        assert_eq!(rows.len(), count, "{line}");
        assert!(rows.iter().all(|row| row["op"] == line.replace(' ', "_") && row["result"] == "done"), "{line}");
    }
    assert_eq!(Sandbox::empty().ssd("--json outbox list").fails(0).out, "");
}

#[test]
fn list_filters_combine_and_limit_keeps_the_newest() {
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
        ("--limit 1", &[JOSE]),
        ("--niss 12000000020", &[JOSE]),
    ] {
        let rows = lines(&sandbox.ssd(&format!("--json account list {line}")).ok());
        assert_eq!(rows.iter().map(|row| word(row, "niss")).collect::<Vec<_>>(), expected, "{line}");
    }
}

// Exit codes and sentences.

#[test]
fn exit_code_shows_the_kind_of_outcome() {
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
fn refusal_has_reason_sentence_and_hint() {
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
fn values_for_shell_variables_are_printed_bare() {
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
fn sentences_follow_the_selected_language() {
    let sandbox = Sandbox::new();
    let line = format!("account show {ANA}");
    let english = ["refused[no_account]: there is no account", "\nhint: "];
    let portuguese = ["recusado[no_account]: não existe conta", "\nsugestão: "];
    let errors = [("en", ["error: missing: NISS", "\nhint: "]), ("pt", ["erro: em falta: NISS", "\nsugestão: "])];
    for (language, [message, hint]) in errors {
        let run = sandbox.ssd(&format!("account show --lang {language}")).fails(2);
        assert!(run.err.starts_with(message) && run.err.contains(hint), "{run:?}");
    }
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
        let [message, hint] = expected;
        assert!(run.err.starts_with(message) && run.err.contains(hint), "{variables:?} {option}: {run:?}");
    }
    // The language of the terminal is not the holder's language.
    let reply = sandbox.under(&[("SSD_LANG", "pt")], &format!("--json {} --channel sms", person(INES).portal())).json();
    assert_eq!((&reply["state"], &sandbox.messages(INES)[0]["language"]), (&json!("requested"), &json!("en")));
}

#[test]
fn help_and_version_go_to_standard_output() {
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
fn quiet_keeps_only_refusals_and_errors() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let activate = format!("activate {ANA} --code {} --password-stdin", sandbox.code(ANA));
    assert!(sandbox.fork().feed(&activate, PASSWORD).err.contains("confirm your contacts"));
    assert_eq!(sandbox.feed(&format!("{activate} -q"), PASSWORD).fails(0).err, "");
    assert!(sandbox.feed(&format!("-q {activate}"), PASSWORD).fails(1).err.starts_with("refused[code_used]"));
    assert!(sandbox.ssd("-q account show 1").fails(2).err.starts_with("error: "));
}

#[test]
fn colours_need_a_terminal_or_an_option() {
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
fn closed_standard_output_ends_a_command_quietly() {
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
        let run = process(command, None);
        assert_eq!(run.err, "", "{line}");
        assert_eq!(run.code, if line.ends_with("register") { 2 } else { 0 }, "{line}");
    }
}

// Reproducibility.

/// Returns the output, outbox and audit log of a series of commands with one seed.
fn output_by_seed(seed: u64) -> String {
    let mut sandbox = Sandbox::nothing();
    sandbox.ssd(&format!("init --sandbox --seed {seed}")).ok();
    sandbox.policy("argon2.memory", "8");
    sandbox.import("personas.csv").ok();
    let mut output = String::new();
    let mut note = |run: Run| output.push_str(&format!("{} {} {}\n", run.code, run.out, run.err));
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
    output
}

#[test]
fn same_seed_prints_the_same_and_another_seed_differs() {
    let first = output_by_seed(7);
    assert_eq!(first, output_by_seed(7));
    assert_ne!(first, output_by_seed(8));
}

#[test]
fn codes_do_not_depend_on_other_holders() {
    let alone = Sandbox::new();
    alone.register();
    let among_others = Sandbox::new();
    for niss in [JOSE, MARIA, PADARIA] {
        among_others.open_account(niss);
    }
    among_others.register();
    assert_eq!(alone.code(ANA), among_others.code(ANA));
}

#[test]
fn repeated_input_has_no_raw_control_or_invisible_character() {
    let sandbox = Sandbox::new();
    let hidden = "\u{7f}\u{85}\u{9b}\u{200b}\u{202e}\u{2066}\u{2028}\u{feff}\u{ad}\u{e0041}";
    let line = |op: &str| json!({"op": op, "id": format!("x{hidden}é"), format!("k{hidden}"): 1}).to_string();
    sandbox.file(
        "in",
        [line("logout"), line(hidden), json!({"op": "registry_count", "id": hidden}).to_string()].join("\n"),
    );
    sandbox.ssd("batch in --out out").fails(5);
    let replies = sandbox.read("out");
    assert!(!hidden.chars().any(|c| replies.contains(c)) && replies.contains("\\u009b\\u200b\\u202e"), "{replies}");
    assert!(replies.contains("\\udb40\\udc41") && replies.contains("é\""), "{replies}");
    let replies = lines(&replies);
    assert_eq!((&replies[0]["id"], &replies[2]["id"]), (&json!(format!("x{hidden}é")), &json!(hidden)));
    assert_eq!(replies[0]["field"], format!("k{hidden}"));
    // The replies are read back.
    sandbox.ssd("batch in --out out --resume").fails(5);
    // A rejected row, an error and an actor.
    let run = sandbox.feed("--json registry import - --rejects rejects", format!("{{\"{hidden}\":1}}")).fails(5);
    let rejects = sandbox.read("rejects");
    assert!(!hidden.chars().any(|c| rejects.contains(c) || run.out.contains(c)), "{rejects}");
    let run = sandbox.ssd(&format!("--json frob{hidden}")).fails(2);
    assert!(!hidden.chars().any(|c| run.out.contains(c)), "{run:?}");
    for operator in [hidden, "a\u{9b}2J", "\u{3164}", &"x".repeat(101)] {
        let run = sandbox.under(&[("SSD_OPERATOR", operator)], "account list").fails(2).says("SSD_OPERATOR");
        assert!(!hidden.chars().any(|c| run.err.contains(c)), "{run:?}");
        sandbox.under(&[("SSD_OPERATOR", operator)], "help").ok();
    }
    sandbox.under(&[("SSD_OPERATOR", "balcão 3")], "account list").ok();
}

#[test]
fn csv_has_no_raw_control_character() {
    let sandbox = Sandbox::new();
    let name = "s\u{1b}\u{9b}\u{202e}.jsonl";
    sandbox.file(name, "{\"op\":\"registry_count\"}\n");
    for format in ["csv", "table"] {
        let sheet = sandbox.ssd(&format!("scenario run '{name}' --format {format}")).out;
        let is_raw = |c: char| c.is_control() && !matches!(c, '\r' | '\n') || c == '\u{202e}';
        assert!(!sheet.chars().any(is_raw) && sheet.contains("u{9b}"), "{sheet:?}");
    }
}
