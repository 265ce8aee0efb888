//! Hints and `next` name exactly the commands that work, in every state of an account.

use serde_json::Value;

use crate::support::*;

/// Returns a command that begins with `next`, with all options it needs.
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

/// Returns Ana's account in every state, with its possible blocks.
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
        ("requested, the message has failed", then(requested(), &["outbox failed 1 --reason bounced"])),
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
fn account_show_lists_exactly_the_working_commands() {
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

/// Returns the commands in a hint.
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
fn hints_name_no_command_that_would_be_refused() {
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
            // A hint to use the sent code is right: the code works.
            if hint.contains("use the code that was sent") {
                let open = if line.starts_with("recover") { "recover confirm" } else { "activate" };
                let (line, input) = completed(&fork, &format!("ssd {open} {ANA}"));
                assert_eq!(fork.fork().feed(&line, input).code, 0, "{situation}, {tried}: {hint}");
            }
            // At `retry_at`, the request works.
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
fn expired_contact_code_hint_gets_a_new_code() {
    let (registered, other) = ("ana.ferreira@correio.example", "other@correio.example");
    // A code for the registered address, and one for a proposed address.
    for (first, target, masked) in [
        ("contacts confirm --channel email".to_owned(), registered, "a***@c***.example"),
        (format!("contacts update --email {other}"), other, "o***@c***.example"),
    ] {
        let mut sandbox = Sandbox::new().logged_in();
        sandbox.ssd(&first).ok();
        let code = sandbox.code(ANA);
        sandbox.advance("24h");
        sandbox.log_in(ANA, PASSWORD);
        let reply = sandbox.json(&format!("contacts confirm --channel email --code {code}"));
        assert_eq!(reason(&reply), "code_expired");
        let hint = word(&reply, "hint");
        let command = hint.split("ssd ").nth(1).unwrap_or_else(|| panic!("no command in {hint}"));
        // Adds the address to an option that needs it again.
        let command = command.replace("update --email", &format!("update --email {target}"));
        assert_eq!(sandbox.json(&command)["sent"][0]["destination"], masked, "{hint}");
    }
}
