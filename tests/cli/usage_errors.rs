//! Usage errors: exit code 2, a sentence with the option's name, and no change.
//!
//! A value in a wrong place may be a secret and is never repeated.

use serde_json::Value;

use crate::support::*;

/// Asserts the outcome of bad command lines.
struct Mistakes {
    sandbox: Sandbox,
    before: Vec<u8>,
}

impl Mistakes {
    /// Returns a sandbox in which Ana is logged in and has an open recovery code.
    fn new() -> Mistakes {
        let sandbox = Sandbox::new().logged_in();
        sandbox.ssd("phone-code set").ok();
        sandbox.ssd(&format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())).ok();
        let before = sandbox.bytes();
        Mistakes { sandbox, before }
    }

    /// Asserts that the line is a usage error that names the argument. Returns the error text.
    fn assert_usage_error(&self, line: &str, names: &str) -> String {
        self.assert_usage_error_with_input(line, "", names)
    }

    fn assert_usage_error_with_input(&self, line: &str, input: impl AsRef<[u8]>, names: &str) -> String {
        let run = self.sandbox.feed(line, &input).fails(2).says(names);
        assert!(run.out.is_empty() && run.err.starts_with("error: "), "{line}: {run:?}");
        let script = self.sandbox.feed(&format!("{line} --json"), &input).fails(2);
        assert!(script.err.is_empty(), "{line}: {script:?}");
        assert_eq!((word(&script.json(), "result"), word(&script.json(), "kind")), ("error", "usage"));
        assert!(script.json()["hint"].is_string(), "{line}: {script:?}");
        assert_eq!(self.sandbox.bytes(), self.before, "{line} has changed the store");
        run.err
    }
}

#[test]
fn malformed_number_is_reported_with_its_argument() {
    let mistakes = Mistakes::new();
    for niss in ["12000000013", "1200000001", "120000000121", "1200000001x", "32000000010", "''", "' '"] {
        mistakes.assert_usage_error(&format!("account show {niss}"), "NISS");
    }
    for nif in ["200000013", "20000001", "2000000x2", "400000008", "730000001", "920000002", "''"] {
        mistakes.assert_usage_error(
            &format!("register {PADARIA} --account-type company --channel sms --nif {nif}"),
            "--nif",
        );
    }
    for id in ["123", "123456789012345678901", "12345_78", "''"] {
        let line = format!("{} --email ana@correio.example --channel email", person(ANA).classic());
        mistakes.assert_usage_error(&line.replace("123456703ZY4", id), "--civil-id");
    }
    for mobile in ["91200000", "213000003", "+99912345678", "mobile", "''"] {
        mistakes.assert_usage_error(&format!("contacts update --mobile {mobile}"), "--mobile");
    }
    for email in
        ["ana", "ana@localhost", "ana@[127.0.0.1]", "'Ana <ana@correio.example>'", "ana@@correio.example", "''"]
    {
        mistakes.assert_usage_error(&format!("contacts update --email {email}"), "--email");
    }
    for name in ["''", "...", "'\u{1}'"] {
        let line = format!("{} --email ana@correio.example --channel email", person(ANA).classic());
        mistakes.assert_usage_error(&line.replace("'Ana Sofia Marques Ferreira'", name), "--name");
    }
}

#[test]
fn nonexistent_date_is_reported_with_its_option() {
    let mistakes = Mistakes::new();
    for date in ["2023-02-29", "1984-13-01", "1984-00-10", "22-03-84", "31/02/1984", "1984/03/22", "tomorrow", "''"] {
        let line = format!("register {ANA} --account-type citizen --channel sms --accept-terms --birth-date {date}");
        mistakes.assert_usage_error(&line, "--birth-date");
    }
    for time in ["2026-02-30T09:00:00Z", "2026-01-06", "09:00", "2026-01-06T25:00:00Z", "10000-01-01T00:00:00Z", "''"] {
        mistakes.assert_usage_error(&format!("clock set {time}"), "TIME");
        if time != "2026-01-06" {
            mistakes.assert_usage_error(&format!("outbox list --since {time}"), "--since");
        }
    }
    for span in ["10", "10x", "1.5h", "-1m", "0wd", "wd", "99999wd", "99999999999999999999d", "''"] {
        mistakes.assert_usage_error(&format!("clock advance {span}"), "");
    }
}

#[test]
fn options_are_read_as_people_write_them() {
    let sandbox = Sandbox::new();
    let line =
        "register '120 000 000 12' --account-type cidadã --birth-date 22/03/1984 --channel 'Por SMS' --accept-terms";
    sandbox.ssd(line).ok();
    assert!(sandbox.ssd("account list --state 'Por ativar' --niss '120 000 000 12'").ok().contains(ANA));
}

#[test]
fn unknown_word_is_reported_with_the_allowed_words() {
    let mistakes = Mistakes::new();
    for (line, option, words) in [
        ("register --account-type person", "--account-type", "citizen, company"),
        ("register --procedure post", "--procedure", "portal, classic"),
        ("register --channel pigeon", "--channel", "email, sms, letter"),
        ("register --alerts daily", "--alerts", "email, sms, none"),
        ("alerts set daily", "HOW", "email, sms, none"),
        ("contacts confirm --channel letter", "--channel", "email, sms"),
        ("outbox code 12000000012 --purpose fun", "--purpose", "activation"),
        ("outbox list --purpose fun", "--purpose", "recovered"),
        ("outbox list --channel pigeon", "--channel", "email, sms, letter"),
        ("account list --state happy", "--state", "requested, active, suspended, closed"),
        ("clock show --lang fr", "--lang", "en, pt"),
        ("clock show --color pink", "--color", "auto, always, never"),
        ("policy set password.profile mine", "password.profile", "rcm41, nist"),
    ] {
        assert!(mistakes.assert_usage_error(line, option).contains(words), "{line}");
    }
}

#[test]
fn unknown_option_gets_the_nearest_suggestion() {
    let mistakes = Mistakes::new();
    for (line, typed, nearest) in [
        ("regster", "regster", "register"),
        ("accounts list", "accounts", "account"),
        ("account shwo 12000000012", "account shwo", "account show"),
        ("register --birthdate 1984-03-22", "--birthdate", "--birth-date"),
        ("clock show --jsn", "--jsn", "--json"),
    ] {
        assert!(mistakes.assert_usage_error(line, typed).contains(&format!("did you mean `{nearest}`")), "{line}");
    }
    mistakes.assert_usage_error("policy set no.such.setting 1", "no.such.setting");
    mistakes.assert_usage_error("zzz", "zzz");
}

#[test]
fn number_out_of_bounds_is_reported_with_its_bounds() {
    let mistakes = Mistakes::new();
    for (line, bounds) in [
        ("policy set code.digits 5", "from 6 to 10"),
        ("policy set code.digits 11", "from 6 to 10"),
        ("policy set code.digits -6", "code.digits"),
        ("policy set code.sms.life 0s", "code.sms.life"),
        ("outbox list --limit 0", "--limit"),
        ("outbox list --limit many", "--limit"),
        ("outbox show first", "ID"),
    ] {
        mistakes.assert_usage_error(line, bounds);
    }
    // Outside a sandbox, no setting may be weaker than the standards allow.
    let real = Sandbox::real();
    let before = real.bytes();
    for (key, weak) in [
        ("code.sms.life", "11m"),
        ("code.email.life", "25h"),
        ("code.letter.life", "22d"),
        ("login.dead", "101"),
        ("password.score", "2"),
        ("password.nist.least", "14"),
        ("argon2.memory", "8"),
        ("session.idle", "61m"),
        ("session.life", "25h"),
    ] {
        real.ssd(&format!("policy set {key} {weak}")).fails(2).says(key);
    }
    assert_eq!(real.bytes(), before);
    real.ssd("policy set code.sms.life 5m").ok();
}

#[test]
fn malformed_code_is_a_usage_error_and_not_counted() {
    let mistakes = Mistakes::new();
    for code in ["12345", "12345678901", "12345a", "BCDF-GHJ", "ABCD-EFGH", "BCDFGHJKL", "''", "código"] {
        for line in ["activate 12000000012", "recover confirm 12000000012"] {
            mistakes.assert_usage_error_with_input(
                &format!("{line} --password-stdin --code {code}"),
                PASSWORD,
                "--code",
            );
        }
        mistakes.assert_usage_error(&format!("contacts confirm --channel sms --code {code}"), "--code");
    }
    for digits in ["12345", "1234567", "12345a", "", "１２３４５６"] {
        mistakes.assert_usage_error_with_input(
            "phone-code change --new-code-stdin",
            format!("{digits}\n"),
            "--new-code-stdin",
        );
        mistakes.assert_usage_error_with_input(
            "phone-code verify 12000000012 --code-stdin",
            format!("{digits}\n"),
            "--code-stdin",
        );
    }
}

#[test]
fn malformed_password_is_a_usage_error_and_not_counted() {
    let mistakes = Mistakes::new();
    let long = "Ab1-".repeat(64) + "x";
    let confirm = format!("recover confirm {ANA} --code {} --password-stdin", mistakes.sandbox.code(ANA));
    for line in [format!("login {ANA} --password-stdin"), confirm, "password change --password-stdin".to_owned()] {
        mistakes.assert_usage_error_with_input(&line, "", "--password-stdin");
        mistakes.assert_usage_error_with_input(&line, "\n", "--password-stdin");
        mistakes.assert_usage_error_with_input(&line, &long, "--password-stdin");
        mistakes.assert_usage_error_with_input(&line, "x".repeat(10_000), "--password-stdin");
        mistakes.assert_usage_error_with_input(&line, b"Violeta-9-Oce\xe3no-Trigo\n", "--password-stdin");
    }
    mistakes.assert_usage_error_with_input(
        "password change --password-stdin",
        format!("{PASSWORD}\n"),
        "--password-stdin",
    );
    mistakes.sandbox.ssd(&format!("login {ANA} --password-file no-such-file")).fails(2).says("no-such-file");
    mistakes.sandbox.file("empty", "");
    mistakes.assert_usage_error(&format!("login {ANA} --password-file empty"), "--password-file");
}

#[test]
fn longest_password_is_not_truncated_but_normalised() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let long: String = (1..=64_u32).map(|n| format!("{:03x}é", n.wrapping_mul(2_654_435_761) >> 20)).collect();
    let long = long.replace('a', "Ç");
    assert_eq!(long.chars().count(), 256);
    sandbox.feed(&format!("activate {ANA} --code {} --password-stdin", sandbox.code(ANA)), &long).ok();
    assert_eq!(reason(&sandbox.login(ANA, &long[..long.len() - 2])), "login_failed", "nothing is cut off");
    // Composed or decomposed, with the line end of either system, it is the same password.
    let decomposed = long.replace('Ç', "C\u{327}").replace('é', "e\u{301}");
    for same in [long.clone(), decomposed.clone(), format!("{long}\r\n"), format!("{long}\nand more")] {
        done(sandbox.login(ANA, &same));
    }
    let spaces = Sandbox::new();
    spaces.register();
    let padded = format!("  {PASSWORD} ");
    spaces.feed(&format!("activate {ANA} --code {} --password-stdin", spaces.code(ANA)), &padded).ok();
    assert_eq!(reason(&spaces.login(ANA, PASSWORD)), "login_failed", "spaces are part of it");
    done(spaces.login(ANA, &padded));
}

#[test]
fn password_is_read_from_a_file() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.file("password", format!("{PASSWORD}\n"));
    assert_eq!(sandbox.json(&format!("login {ANA} --password-file password"))["result"], "done");
    done(sandbox.feed_json(&format!("login {ANA} --password-file -"), PASSWORD));
}

#[test]
fn standard_input_has_one_reader() {
    let mistakes = Mistakes::new();
    for (line, names) in [
        (format!("login {ANA} --password-stdin --password-file -"), "--password-file"),
        (format!("login {ANA} --password-stdin --password-file password"), "--password-file"),
        ("phone-code change --generate --new-code-stdin".to_owned(), "--generate"),
    ] {
        assert!(mistakes.assert_usage_error_with_input(&line, PASSWORD, names).contains("stdin"), "{line}");
    }
}

#[test]
fn missing_field_is_reported_by_its_option() {
    let mistakes = Mistakes::new();
    for (line, names) in [
        ("register", &["NISS", "--account-type", "--channel"][..]),
        ("register 12000000012 --account-type citizen", &["--birth-date", "--channel"]),
        ("register 25000000129 --account-type company", &["--nif", "--channel"]),
        (
            "register 12000000012 --account-type citizen --procedure classic",
            &["--name", "--birth-date", "--civil-id", "--nif", "--email or --mobile", "--channel"],
        ),
        (
            "register 25000000129 --account-type company --procedure classic",
            &["--name", "--nif", "--responsible", "--email or --mobile", "--channel"],
        ),
        (
            "recover request 12000000012 --account-type citizen",
            &["--name", "--birth-date", "--civil-id", "--nif", "--email or --mobile", "--channel"],
        ),
        ("recover request 25000000129", &["--account-type", "--name", "--nif", "--email or --mobile", "--channel"]),
        (
            "recover request 12500000148 --account-type company",
            &["--name", "--nif", "--responsible", "--email or --mobile", "--channel"],
        ),
        ("activate", &["NISS", "--code", "--password-stdin"]),
        ("recover confirm 12000000012", &["--code", "--password-stdin"]),
        ("login", &["NISS", "--password-stdin"]),
        ("password change", &["--password-stdin"]),
        ("contacts update", &["--email or --mobile or --telephone"]),
        ("contacts confirm", &["--channel"]),
        ("contacts remove", &["--email or --mobile or --telephone"]),
        ("phone-code change", &["--generate", "--new-code-stdin"]),
        ("phone-code verify", &["NISS", "--code-stdin"]),
        ("account close", &["NISS", "--reason"]),
        ("outbox show", &["ID"]),
        ("policy set code.digits", &["VALUE"]),
        ("clock set", &["TIME"]),
        ("store backup", &["FILE"]),
        ("store restore", &["BACKUP"]),
        ("registry import", &["FILE"]),
    ] {
        for name in names {
            mistakes.assert_usage_error(line, name);
        }
    }
    for group in ["recover", "contacts", "account", "store"] {
        let run = mistakes.sandbox.ssd(group).fails(2);
        assert!(run.out.is_empty() && run.err.contains("Usage:"), "{run:?}");
    }
    mistakes.assert_usage_error("register --name", "--name");
}

#[test]
fn inapplicable_field_is_a_usage_error() {
    let mistakes = Mistakes::new();
    let portal = person(JOSE).portal() + " --channel email";
    for (option, value) in [
        ("--name", "'José António'"),
        ("--civil-id", "01032740"),
        ("--nif", "100000029"),
        ("--email", "jose@correio.example"),
        ("--mobile", "912000001"),
        ("--telephone", "213000003"),
        ("--alerts", "none"),
        ("--responsible", "José"),
    ] {
        mistakes.assert_usage_error(&format!("{portal} {option} {value}"), option);
    }
    let company = person(PADARIA).portal() + " --channel email";
    mistakes.assert_usage_error(&format!("{company} --birth-date 1984-03-22"), "--birth-date");
    let classic = format!("{} {} --channel sms", person(PADARIA).classic(), person(PADARIA).contacts());
    for (option, value) in [("--birth-date", "1984-03-22"), ("--civil-id", "01032740"), ("--alerts", "sms")] {
        mistakes.assert_usage_error(&format!("{classic} {option} {value}"), option);
    }
    let recover = format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts());
    mistakes.assert_usage_error(&format!("{recover} --responsible Ana"), "--responsible");
    mistakes.assert_usage_error("account show 12000000012 12000000020", "account show");
    mistakes.assert_usage_error("register --account-type citizen --account-type company", "--account-type");
    mistakes.assert_usage_error("register --accept-terms=yes", "--accept-terms");
}

#[test]
fn reason_is_one_line_of_at_most_500_characters() {
    let mistakes = Mistakes::new();
    let long = "x".repeat(501);
    for reason in ["''", "'  '", "'two\nlines'", &long] {
        mistakes.assert_usage_error(&format!("account close {ANA} --reason {reason}"), "--reason");
    }
    mistakes.sandbox.ssd(&format!("account close {ANA} --reason {}", &long[1..])).ok();
}

#[test]
fn misplaced_secret_is_not_repeated() {
    let mistakes = Mistakes::new();
    for line in [
        "login 12000000012 --password hunter2",
        "login 12000000012 --password=hunter2",
        "login 12000000012 --password-stdin=hunter2",
        "login 12000000012 -phunter2",
        "login 12000000012 hunter2",
        "login hunter2",
        "activate 12000000012 --code hunter2",
        "contacts confirm --channel hunter2",
        "phone-code verify 12000000012 hunter2",
        "phone-line 12000000012 hunter2",
        "phone-line hunter2",
        "phone-line whoami hunter2",
        "login 12000000012 --code hunter2",
        "phone-code change hunter2",
        "register 12000000012 --birth-date hunter2",
        "clock set hunter2",
        "policy set password.score hunter2",
    ] {
        assert!(!mistakes.assert_usage_error(line, "").contains("hunter2"), "{line}");
    }
    for line in ["login 12000000012 --password-stdin", "phone-code verify 12000000012 --code-stdin"] {
        let secret = "hunter2".repeat(60);
        assert!(!mistakes.assert_usage_error_with_input(line, &secret, "").contains("hunter2"), "{line}");
    }
    let sessions = mistakes.sandbox.under(&[("SSD_SESSION", "hunter2hunter2hunter2hunter2")], "contacts show").fails(1);
    assert!(!sessions.err.contains("hunter2"));
}

#[test]
fn non_utf8_argument_is_a_usage_error() {
    use std::os::unix::ffi::OsStringExt;
    let mistakes = Mistakes::new();
    for words in [&["account", "show"][..], &["register", "--name"], &[]] {
        let mut command = mistakes.sandbox.command("");
        command.args(words).arg(std::ffi::OsString::from_vec(vec![b'a', 0xff]));
        assert!(finish(command, None).fails(2).err.starts_with("error: "));
    }
    assert_eq!(mistakes.sandbox.bytes(), mistakes.before);
}

#[test]
fn missing_terms_are_a_refusal_not_a_usage_error() {
    let sandbox = Sandbox::new();
    let line = format!("{REGISTER_ANA} --channel sms").replace("--accept-terms", "");
    assert_eq!(sandbox.ssd(&line).fails(1).out, "");
    assert_eq!(sandbox.refused(&line), "terms_not_accepted");
}

#[test]
fn global_options_work_before_and_after_the_command() {
    let sandbox = Sandbox::nothing();
    let elsewhere = sandbox.folder().join("elsewhere.db");
    let path = elsewhere.display();
    for line in [
        format!("--store {path} init --sandbox --json"),
        format!("--json clock show --store {path}"),
        format!("clock --json --store={path} show"),
    ] {
        assert_eq!(sandbox.ssd(&line).fails(0).json()["result"], "done");
    }
    assert!(!sandbox.store().exists(), "--store goes before SSD_STORE");
}

#[test]
fn store_path_is_option_then_variable_then_data_folder() {
    let home = Sandbox::nothing();
    let without = |variables: &[(&str, &str)], line: &str| {
        let mut command = home.command(line);
        command.env_remove("SSD_STORE").envs(variables.iter().copied());
        finish(command, None)
    };
    let folder = home.folder().display().to_string();
    without(&[], "init --sandbox").fails(0);
    assert!(home.folder().join(".local/share/ssd/store.db").exists());
    without(&[("XDG_DATA_HOME", &format!("{folder}/data"))], "init --sandbox").fails(0);
    assert!(home.folder().join("data/ssd/store.db").exists());
    without(&[("HOME", "")], "clock show").fails(2).says("--store");
    assert_eq!(without(&[], "--json clock show").json()["now"], Value::from("2026-01-05T09:00:00Z"));
}

#[test]
fn word_that_looks_like_a_secret_is_not_repeated() {
    let sandbox = Sandbox::new();
    for line in [
        "Violeta-9-Oceano-Trigo",
        "account Violeta-9-Oceano-Trigo",
        "login --Violeta-9-Oceano-Trigo",
        "help Violeta-9-Oceano-Trigo",
        "help account Violeta-9-Oceano-Trigo",
        "--json Violeta-9-Oceano-Trigo",
        "--lang pt Violeta-9-Oceano-Trigo",
        "login 12000000012 Violeta-9-Oceano-Trigo",
        "--json=Violeta-9-Oceano-Trigo",
        "-qOceano-9",
    ] {
        let run = sandbox.ssd(line).fails(2);
        assert!(!format!("{run:?}").contains("Oceano") && !format!("{run:?}").contains("O9"), "{line}: {run:?}");
    }
    sandbox.ssd("frobnicate").fails(2).says("frobnicate");
    sandbox.ssd("Register1").fails(2).says("did you mean `register`");
}

#[test]
fn byte_order_mark_is_not_part_of_a_secret() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let code = sandbox.code(ANA);
    let activate = format!("activate {ANA} --code {code} --password-stdin");
    sandbox.feed(&activate, format!("\u{feff}{PASSWORD}\r\n")).ok();
    sandbox.file("password", format!("\u{feff}{PASSWORD}"));
    sandbox.ssd(&format!("login {ANA} --password-file password")).ok();
    sandbox.feed(&format!("login {ANA} --password-stdin"), PASSWORD).ok();
    sandbox.feed(&format!("login {ANA} --password-stdin"), format!("{PASSWORD}\u{feff}")).fails(1);
}
