//! The phone line for callers: it shares the counter with `phone-code verify`, and only identified callers get a call.

use serde_json::json;

use crate::support::terminal::Terminal;
use crate::support::*;

/// Returns a store in which a holder has a phone code and nobody is logged in, and the code.
fn spoken(niss: &str) -> (Sandbox, String) {
    let mut sandbox = Sandbox::new();
    sandbox.open_account(niss);
    sandbox.log_in(niss, PASSWORD);
    let digits = sandbox.ssd("phone-code set").ok();
    *sandbox.session() = None;
    (sandbox, digits)
}

fn line(niss: &str) -> String {
    format!("phone-line {niss} --code-stdin")
}

/// Returns the caller of a token in the environment.
fn whoami(sandbox: &Sandbox, call: &str) -> serde_json::Value {
    sandbox.under(&[("SSD_CALL", call)], "--json phone-line whoami").json()
}

#[test]
fn whoami_shows_niss_name_and_holder_kind_only() {
    for niss in [ANA, PADARIA, METALURGICA, FRANCISCO] {
        let (sandbox, digits) = spoken(niss);
        let call = sandbox.feed(&line(niss), &digits).ok();
        assert_eq!(call.len(), 48, "the token alone");
        let text = sandbox.under(&[("SSD_CALL", &call)], "--json phone-line whoami").ok();
        assert_eq!(keys(&text), ["result", "op", "request", "niss", "name", "holder"]);
        let reply: serde_json::Value = serde_json::from_str(&text).expect("an object");
        let holder = person(niss);
        assert_eq!((word(&reply, "niss"), word(&reply, "name")), (niss, holder.name.as_str()));
        assert_eq!(word(&reply, "holder"), holder.kind);
        // As text: three lines.
        let shown = sandbox.under(&[("SSD_CALL", &call)], "phone-line whoami").ok();
        assert_eq!(shown.lines().count(), 3, "{shown}");
    }
}

#[test]
fn script_input_is_niss_and_code_or_code_alone() {
    let (sandbox, digits) = spoken(ANA);
    for (line, input) in [
        (line(ANA), digits.clone()),
        ("phone-line".to_owned(), format!("{ANA}\n{digits}\n")),
        (format!("phone-line {ANA}"), format!("{digits}\n")),
        ("phone-line --code-stdin".to_owned(), format!("{ANA}\n{digits}\n")),
        ("phone-line --code-stdin".to_owned(), format!("{ANA}\r\n{digits}\r\n")),
    ] {
        assert_eq!(done(sandbox.feed_json(&line, input))["expires_at"], "2026-01-05T09:15:00Z");
    }
    let before = sandbox.bytes();
    for (line, input, message) in [
        ("phone-line --code-stdin", "12000000013\n123456\n", "`NISS`"),
        ("phone-line --code-stdin", "12000000012\n12345\n", "six digits"),
        ("phone-line --code-stdin", "12000000012\n", "the input ended"),
        ("phone-line --code-stdin", "", "the input ended"),
        ("phone-line", "", "the input ended"),
        ("phone-line 12000000012", "12345\n", "six digits"),
    ] {
        sandbox.feed(line, input).fails(2).says(message);
    }
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn verify_and_phone_line_share_one_counter() {
    let (sandbox, digits) = spoken(ANA);
    let verify = format!("phone-code verify {ANA} --code-stdin");
    for (way, word) in [
        (&verify, "phone_code_wrong"),
        (&line(ANA), "phone_code_wrong"),
        (&verify, "phone_code_wrong"),
        (&line(ANA), "phone_code_blocked"),
        (&verify, "phone_code_blocked"),
    ] {
        assert_eq!(sandbox.feed_refused(way, wrong(&digits)), word, "{way}");
    }
    assert_eq!(sandbox.feed_refused(&line(ANA), &digits), "phone_code_blocked");
    assert_eq!(sandbox.message_log(ANA).iter().filter(|entry| entry.ends_with("phone_code_blocked")).count(), 2);
    sandbox.ssd(&format!("account unlock {ANA} --reason x")).ok();
    // A right code resets the shared counter.
    for way in [&verify, &line(ANA)] {
        for other in [&line(ANA), &verify] {
            assert_eq!(sandbox.feed_refused(other, wrong(&digits)), "phone_code_wrong");
        }
        done(sandbox.feed_json(way, &digits));
    }
}

#[test]
fn call_ends_by_time_or_by_account_changes() {
    let (sandbox, digits) = spoken(ANA);
    let call = sandbox.feed(&line(ANA), &digits).ok();
    sandbox.advance("899s");
    done(whoami(&sandbox.fork(), &call));
    let ended = |what: &str, act: &dyn Fn(&mut Sandbox)| {
        let mut sandbox = sandbox.fork();
        act(&mut sandbox);
        let reply = whoami(&sandbox, &call);
        assert_eq!(reason(&reply), "call_required", "{what}");
        reply["message"].to_string() + &reply["hint"].to_string()
    };
    let mut refusals = vec![ended("time", &|sandbox| sandbox.advance("1s"))];
    for what in ["suspend", "reset", "close", "erase"] {
        let yes = if what == "erase" { " --yes" } else { "" };
        refusals.push(ended(what, &|sandbox| drop(sandbox.ssd(&format!("account {what} {ANA} --reason x{yes}")).ok())));
    }
    refusals.push(ended("resumed", &|sandbox| {
        for what in ["suspend", "resume"] {
            sandbox.ssd(&format!("account {what} {ANA} --reason x")).ok();
        }
    }));
    refusals.push(ended("another phone code", &|sandbox| {
        sandbox.log_in(ANA, PASSWORD);
        sandbox.ssd("phone-code change --generate").ok();
    }));
    refusals.push(ended("deceased", &|sandbox| {
        sandbox.file("gone.csv", "niss,kind,name,birth_date,status\n12000000012,citizen,Ana,1984-03-22,deceased\n");
        sandbox.ssd("registry import gone.csv").ok();
    }));
    let unknown = whoami(&sandbox, "00");
    assert_eq!(reason(&unknown), "call_required");
    refusals.push(unknown["message"].to_string() + &unknown["hint"].to_string());
    assert!(refusals.iter().all(|one| *one == refusals[0]), "{refusals:?}");
    let rows = |sandbox: &Sandbox| -> i64 {
        let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
        connection.query_row("SELECT count(*) FROM call", [], |row| row.get(0)).expect("a count")
    };
    assert_eq!(rows(&sandbox), 1);
    sandbox.advance("1h");
    whoami(&sandbox, &call);
    assert_eq!(rows(&sandbox), 0, "an ended call is deleted when it is used");
    for _ in 0..2 {
        sandbox.advance("1h");
        sandbox.feed(&line(ANA), &digits).ok();
    }
    assert_eq!(rows(&sandbox), 1, "and when the holder calls again");
}

#[test]
fn invalid_tokens_are_refused() {
    let (sandbox, digits) = spoken(ANA);
    let call = sandbox.feed(&line(ANA), &digits).ok();
    let other = wrong(&call);
    let session = word(&done(sandbox.login(ANA, PASSWORD)), "session").to_owned();
    for token in ["", "x", "é", &call[..16], &call[16..], &other, &"f".repeat(5000), &session] {
        assert_eq!(reason(&whoami(&sandbox, token)), "call_required", "{token}");
    }
    sandbox.under(&[("SSD_SESSION", &call)], "contacts show").fails(1).says("login_required");
    done(sandbox.feed_json("phone-line whoami --call-stdin", &call));
    let both = finish(
        {
            let mut command = sandbox.command("--json phone-line whoami --call-stdin");
            command.env("SSD_CALL", &call);
            command
        },
        Some(b"00\n"),
    );
    assert_eq!(reason(&both.json()), "call_required", "the option takes precedence over the variable");
}

#[test]
fn usage_errors_of_phone_line_name_the_argument() {
    let sandbox = Sandbox::new();
    sandbox.ssd("phone-line whoam").fails(2).says("no such command: `ssd phone-line whoam`").says("phone-line whoami");
    sandbox.ssd(&format!("phone-line {ANA} whoami")).fails(2).says("too many values");
    sandbox.ssd("phone-line --code-stdin whoami").fails(2).says("too many values");
    for line in ["phone-line hunter2", &format!("phone-line {ANA} hunter2"), "phone-line whoami hunter2", "phone-lin"] {
        let run = sandbox.ssd(line).fails(2);
        assert!(!run.err.contains("hunter2"), "{run:?}");
    }
    for lang in ["en", "pt"] {
        let help = sandbox.ssd(&format!("phone-line --help --lang {lang}")).ok();
        assert!(help.contains("--code-stdin") && help.contains("\n  whoami  "), "{help}");
    }
}

#[test]
fn terminal_asks_again_after_a_wrong_phone_code() {
    let (sandbox, digits) = spoken(ANA);
    let start = |line: &str| Terminal::start(sandbox.command(line));
    let run = start("phone-line")
        .asked("(NISS): ", ANA)
        .asked("Security code: ", "12345")
        .sees("six digits")
        .asked("Security code: ", &wrong(&digits))
        .sees("refused[phone_code_wrong]")
        .asked("Security code: ", &digits)
        .ends()
        .fails(0);
    assert_eq!(run.out.trim_end().len(), 48, "{run:?}");
    done(whoami(&sandbox, run.out.trim_end()));
    let json = start(&format!("--json phone-line {ANA}"))
        .asked("Security code: ", &wrong(&digits))
        .asked("Security code: ", &digits)
        .ends()
        .fails(0);
    assert_eq!(lines(&json.out).len(), 1, "one object: {json:?}");
}

#[test]
fn block_or_ctrl_c_ends_the_questions() {
    let (sandbox, digits) = spoken(ANA);
    let start = |sandbox: &Sandbox| Terminal::start(sandbox.command(&format!("phone-line {ANA}")));
    let left = sandbox.fork();
    start(&left).asked("Security code: ", &wrong(&digits)).sees("Security code: ").presses("73\u{3}").ends().fails(130);
    done(left.feed_json(&line(ANA), &digits));
    let mut asked = start(&sandbox);
    for _ in 0..4 {
        asked.asked("Security code: ", &wrong(&digits));
    }
    let run = asked.ends().fails(1).says("refused[phone_code_blocked]");
    assert_eq!(run.out, "");
    assert_eq!(sandbox.message_log(ANA).iter().filter(|entry| entry.ends_with("phone_code_blocked")).count(), 2);
}

#[test]
fn batch_lines_use_the_call_of_an_earlier_line() {
    let (sandbox, _) = spoken(ANA);
    sandbox.open_account(PADARIA);
    let login = |niss: &str| json!({"op": "login", "niss": niss, "password": PASSWORD});
    let whoami = |niss: &str| json!({"op": "phone_line_whoami", "niss": niss, "call": "@phone_line"});
    let lines = [
        whoami(ANA),
        login(ANA),
        json!({"op": "phone_code_change", "niss": ANA, "session": "@login", "generate": true}),
        json!({"op": "phone_line", "niss": ANA, "code": "@wrong"}),
        whoami(ANA),
        json!({"op": "phone_line", "niss": ANA, "code": "@phone_code"}),
        whoami(ANA),
        login(PADARIA),
        json!({"op": "phone_code_set", "niss": PADARIA, "session": "@login"}),
        whoami(PADARIA),
        json!({"op": "phone_line", "niss": PADARIA, "code": "@phone_code"}),
        whoami(PADARIA),
        whoami(ANA),
    ];
    sandbox.file("lines", lines.map(|line| format!("{line}\n")).concat());
    let run = sandbox.ssd("batch lines --out replies").fails(5);
    assert!(run.err.contains("call_required"), "{run:?}");
    let replies = crate::support::lines(&sandbox.read("replies"));
    let words: Vec<&str> =
        replies.iter().map(|reply| reply["reason"].as_str().unwrap_or_else(|| word(reply, "result"))).collect();
    let (no, yes) = ("call_required", "done");
    assert_eq!(words, [no, yes, yes, "phone_code_wrong", no, yes, yes, yes, yes, no, yes, yes, yes]);
    assert_eq!((word(&replies[11], "niss"), word(&replies[12], "niss")), (PADARIA, ANA));
    // A token of one holder in a line of another is refused.
    let token = word(&replies[5], "call");
    let mixed = json!({"op": "phone_line_whoami", "niss": PADARIA, "call": token});
    sandbox.file("mixed", format!("{mixed}\n{}\n", json!({"op": "phone_line_whoami", "call": token})));
    let replies = crate::support::lines(&sandbox.ssd("batch mixed").fails(5).out);
    assert_eq!((reason(&replies[0]).as_str(), word(&replies[1], "niss")), ("call_required", ANA));
}

#[test]
fn calls_are_audited_without_codes_and_tokens() {
    let (sandbox, digits) = spoken(ANA);
    sandbox.feed(&line(ANA), "730264").fails(1);
    let call = sandbox.feed(&line(ANA), &digits).ok();
    whoami(&sandbox, &call);
    let entries = sandbox.audit(ANA);
    let outcomes: Vec<(&str, &str)> =
        entries[entries.len() - 3..].iter().map(|entry| (word(entry, "action"), word(entry, "outcome"))).collect();
    assert_eq!(outcomes, [("phone_line", "refused"), ("phone_line", "done"), ("phone_line_whoami", "done")]);
    let all = sandbox.ssd("--json audit export").ok();
    for secret in [&digits, "730264", &call, &call[16..]] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
    let export = sandbox.json(&format!("account export {ANA}"));
    assert_eq!(
        export["person"]["calls"],
        json!([{ "created_at": "2026-01-05T09:00:00Z", "ends_at": "2026-01-05T09:15:00Z" }])
    );
    let before = sandbox.ssd(&format!("state-hash --niss {ANA}")).ok();
    sandbox.feed(&line(ANA), &digits).ok();
    assert_ne!(sandbox.ssd(&format!("state-hash --niss {ANA}")).ok(), before, "a call alters the hash");
}

#[test]
fn removed_phone_code_ends_calls_and_notifies_every_address() {
    let (mut sandbox, digits) = spoken(ANA);
    sandbox.log_in(ANA, PASSWORD);
    let call = sandbox.feed(&line(ANA), &digits).ok();
    let before = sandbox.message_log(ANA).len();
    sandbox.ssd("phone-code remove").ok();
    assert_eq!(sandbox.message_log(ANA)[before..], ["email phone_code_changed", "sms phone_code_changed"]);
    let bodies: Vec<String> =
        sandbox.messages(ANA)[before..].iter().map(|message| word(message, "body").to_owned()).collect();
    assert!(bodies.iter().all(|body| body.contains("removido")), "{bodies:?}");
    assert_eq!(sandbox.feed_refused(&line(ANA), &digits), "phone_code_wrong");
    assert_eq!(reason(&whoami(&sandbox, &call)), "call_required");
    assert_eq!(sandbox.refused("phone-code remove"), "phone_code_missing");
    sandbox.ssd("phone-code set").ok();
    sandbox.advance("11m");
    assert_eq!(sandbox.refused("phone-code remove"), "login_required");
    sandbox.ssd("store check").ok();
}

#[test]
fn lockout_of_a_removed_phone_code_ends() {
    let (mut sandbox, digits) = spoken(ANA);
    for _ in 0..5 {
        sandbox.feed(&line(ANA), wrong(&digits)).fails(1);
    }
    assert_eq!(sandbox.feed_refused(&line(ANA), &digits), "phone_code_blocked");
    sandbox.log_in(ANA, PASSWORD);
    sandbox.ssd("phone-code remove").ok();
    let digits = sandbox.ssd("phone-code set").ok();
    sandbox.feed(&line(ANA), digits).ok();
}

#[test]
fn payments_are_given_to_an_identified_caller_only() {
    let (sandbox, digits) = spoken(ANA);
    let payment = json!({"niss": ANA, "kind": "payment", "about": "Abono", "amount": "54.20", "paid_on": "2026-02-20"});
    let benefit = json!({"niss": ANA, "kind": "benefit", "about": "Abono"});
    sandbox.feed("alerts send - -q", format!("{payment}\n{benefit}\n")).ok();
    let by = |call: &str, line: &str| sandbox.under(&[("SSD_CALL", call)], line);
    assert_eq!(reason(&by("", "--json phone-line payments").json()), "call_required");
    let call = sandbox.feed(&line(ANA), &digits).ok();
    let reply = done(by(&call, "--json phone-line payments").json());
    let inbox = reply["inbox"].as_array().expect("a list");
    assert_eq!(
        (inbox.len(), &inbox[0]["amount"], &inbox[0]["read_at"]),
        (1, &json!("54.20"), &serde_json::Value::Null)
    );
    assert!(by(&call, "phone-line payments").ok().contains("54.20"));
    sandbox.advance("15m");
    assert_eq!(reason(&by(&call, "--json phone-line payments").json()), "call_required");
    let export = sandbox.json(&format!("scenario export {ANA}"));
    assert_eq!((&export["same_state"], &export["otherwise"]), (&json!(true), &json!([])), "{export}");
}
