//! Every reason of a refusal has a test of its name.
//!
//! [`Refuses`] checks the common properties. Refusals that must not distinguish states are compared byte by byte.
//! `limits` tests the limits to the second.

use serde_json::{Value, json};
use ssd::reply::Reason;

use crate::support::chave_movel;
use crate::support::terminal::Terminal;
use crate::support::*;

#[test]
fn every_reason_has_a_test_of_its_name() {
    let here = include_str!("reasons.rs");
    for reason in Reason::ALL {
        assert!(here.contains(&format!("#[test]\nfn reason_{reason}()")), "no test reason_{reason}");
    }
}

/// Asserts the properties of every refusal: exit code 1, one object with sentence, hint and `retry_at`.
///
/// Without `--json`, standard output is empty and standard error has the reason in brackets.
trait Refuses {
    fn refuses(&self, reason: &str, line: &str) -> Value;
    fn refuses_fed(&self, reason: &str, line: &str, input: &str) -> Value;
}

impl Refuses for Sandbox {
    fn refuses(&self, reason: &str, line: &str) -> Value {
        self.refuses_fed(reason, line, "")
    }

    fn refuses_fed(&self, reason: &str, line: &str, input: &str) -> Value {
        let person = self.fork().feed(line, input).fails(1).says(&format!("refused[{reason}]: "));
        assert_eq!(person.out, "");
        let script = self.feed(&format!("--json {line}"), input).fails(1);
        assert_eq!(script.err, "");
        let reply = script.json();
        let keys: Vec<String> =
            keys(&script.out).into_iter().filter(|key| key != "niss" && key != "channels").collect();
        let (found, expected): (Vec<String>, _) =
            (keys, ["result", "op", "request", "reason", "message", "hint", "retry_at"]);
        // In a sandbox, queries are not audited and have no number.
        let looks = ["registry_show", "account_show", "outbox_show", "outbox_code", "outbox_wait", "clock_show", "why"];
        // Elsewhere, reads of messages are audited. Requests for real stores only are refused before they begin.
        let is_look = looks.contains(&word(&reply, "op")) && !self.key().exists();
        let is_stored = !is_look && !word(&reply, "op").starts_with("store_") && self.store().exists();
        assert_eq!(found, expected.into_iter().filter(|key| is_stored || *key != "request").collect::<Vec<_>>());
        assert_eq!((word(&reply, "result"), word(&reply, "reason")), ("refused", reason), "{reply}");
        assert!(!word(&reply, "message").is_empty() && !word(&reply, "hint").is_empty());
        for niss in [ANA, JOSE, NOBODY].iter().filter(|niss| line.contains(**niss)) {
            assert_eq!(reply["niss"], **niss);
        }
        reply
    }
}

/// Returns a reply without the NISS and the request number.
fn message_log(reply: &Value) -> String {
    unnumbered(&reply.to_string()).replace(word(reply, "niss"), "NISS")
}

fn recover_ana() -> String {
    format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())
}

fn activate(niss: &str, code: &str) -> String {
    format!("activate {niss} --code {code} --password-stdin")
}

/// Fails five identity checks in a row.
fn block_identity(sandbox: &Sandbox, niss: &str) {
    for _ in 0..5 {
        let line =
            format!("register {niss} --account-type citizen --birth-date 1999-09-09 --accept-terms --channel sms");
        assert_eq!(sandbox.refused(&line), "identity_mismatch");
    }
}

/// Enters a number of wrong codes, each the newest code with another last character.
fn guess(sandbox: &Sandbox, niss: &str, times: usize) {
    let code = wrong(&sandbox.code(niss));
    for _ in 0..times {
        assert_eq!(reason(&sandbox.try_activate(niss, &code)), "code_wrong");
    }
}

fn operator(what: &str, niss: &str) -> String {
    format!("account {what} {niss} --reason 'a test'")
}

#[test]
fn reason_terms_not_accepted() {
    let line = format!("{REGISTER_ANA} --channel sms").replace(" --accept-terms", "");
    let reply = Sandbox::new().refuses("terms_not_accepted", &line);
    assert!(word(&reply, "hint").contains("--accept-terms"));
}

#[test]
fn reason_not_confirmed() {
    let sandbox = Sandbox::new();
    let line = format!("--json {} {} --channel sms", person(ANA).classic(), person(ANA).contacts());
    let run = Terminal::start(sandbox.command(&line)).asked("Is this correct?", "no").asked("Choice: ", "stop").ends();
    let refused = run.fails(1).json();
    assert_eq!((word(&refused, "reason"), word(&refused, "niss")), ("not_confirmed", ANA));
    assert_eq!((sandbox.messages(ANA).len(), sandbox.audit(ANA).len()), (0, 0));
}

#[test]
fn reason_account_type_mismatch() {
    let line = format!("register {JOSE} --account-type company --nif 100000029 --channel email --accept-terms");
    let reply = Sandbox::new().refuses("account_type_mismatch", &line);
    assert!(word(&reply, "hint").contains("--account-type citizen"));

    let mut company = Sandbox::new();
    company.open_account(PADARIA);
    company.log_in(PADARIA, PASSWORD);
    let reply = company.refuses("account_type_mismatch", "alerts set email");
    // No call can change it, but the inbox has the alerts of a company.
    assert!(word(&reply, "hint").contains("ssd messages list"), "{reply}");
    company.ssd("messages list").ok();
}

#[test]
fn reason_identity_mismatch() {
    let wrong = |niss: &str| {
        format!("register {niss} --account-type citizen --birth-date 1999-09-09 --accept-terms --channel sms")
    };
    let sandbox = Sandbox::new();
    let reply = sandbox.refuses("identity_mismatch", &wrong(ANA));
    assert!(CUSTOMER_LINE.iter().all(|part| word(&reply, "hint").contains(part)));
    assert!(reply["retry_at"].is_null());

    // For every NISS and account state, the reply has the same bytes.
    assert_eq!(message_log(&sandbox.json(&wrong(NOBODY))), message_log(&reply));
    let deceased = person(CUSTODIO).portal() + " --channel sms";
    assert_eq!(message_log(&sandbox.json(&deceased)), message_log(&reply));
    for (state, steps) in [("requested", &[][..]), ("active", &[]), ("suspended", &["suspend"]), ("closed", &["close"])]
    {
        let other = Sandbox::new();
        if state == "requested" {
            other.register()
        } else {
            other.activate()
        }
        for step in steps {
            other.ssd(&operator(step, ANA)).ok();
        }
        assert_eq!(other.state(ANA), state);
        assert_eq!(message_log(&other.json(&wrong(ANA))), message_log(&reply), "{state}");
    }

    // The audit log has the names of the fields that differed, but no values.
    let detail_of = |niss: &str| {
        let detail = sandbox.audit(niss).pop().expect("an entry")["detail"].clone();
        json!([detail["differed"], detail["count"], detail["limit"]])
    };
    assert_eq!(detail_of(ANA), json!([["birth_date"], 1, 5]));
    assert_eq!(detail_of(NOBODY), json!([["niss"], 1, 5]));
}

#[test]
fn reason_identity_blocked() {
    let sandbox = Sandbox::new();
    for niss in [ANA, NOBODY] {
        block_identity(&sandbox, niss);
        let line =
            format!("register {niss} --account-type citizen --birth-date 1984-03-22 --accept-terms --channel sms");
        let reply = sandbox.refuses("identity_blocked", &line);
        assert_eq!(reply["retry_at"], "2026-01-05T10:00:00Z");
    }
    assert_eq!(sandbox.refused(&recover_ana()), "identity_blocked", "both procedures share the count");
}

#[test]
fn reason_already_registered() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let reply = sandbox.refuses("already_registered", &format!("{REGISTER_ANA} --channel sms"));
    assert!(word(&reply, "hint").contains(&format!("ssd login {ANA}")));
}

#[test]
fn reason_no_account() {
    let sandbox = Sandbox::new();
    let reply = sandbox.refuses("no_account", &recover_ana());
    assert!(word(&reply, "hint").contains("ssd register"));
    sandbox.refuses("no_account", &format!("account show {ANA}"));
    sandbox.refuses("no_account", &operator("close", ANA));
}

#[test]
fn reason_not_active() {
    let sandbox = Sandbox::new();
    sandbox.register();
    sandbox.refuses("not_active", &operator("suspend", ANA));
}

#[test]
fn reason_suspended() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.ssd(&recover_ana()).ok();
    sandbox.ssd(&operator("suspend", ANA)).ok();
    sandbox.refuses("suspended", &format!("{REGISTER_ANA} --channel sms"));
    sandbox.refuses("suspended", &recover_ana());
    sandbox.refuses("suspended", &operator("suspend", ANA));
    let confirm = format!("recover confirm {ANA} --code {} --password-stdin", sandbox.code(ANA));
    sandbox.refuses_fed("suspended", &confirm, OTHER_PASSWORD);
}

#[test]
fn reason_closed() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.ssd(&operator("close", ANA)).ok();
    sandbox.refuses("closed", &format!("{REGISTER_ANA} --channel sms"));
    sandbox.refuses("closed", &recover_ana());
    for what in ["suspend", "resume", "close"] {
        let reply = sandbox.refuses("closed", &operator(what, ANA));
        assert!(word(&reply, "hint").contains("ssd account reset"));
    }
}

#[test]
fn reason_channel_unavailable() {
    let reply = Sandbox::new().refuses("channel_unavailable", &format!("{REGISTER_ANA} --channel letter"));
    assert_eq!(reply["channels"], json!(["email", "sms"]));
    assert!(word(&reply, "message").ends_with(": email, sms"));
    assert_eq!(word(&reply, "hint"), "choose another channel: --channel email or --channel sms");
}

#[test]
fn reason_no_channel() {
    let sandbox = Sandbox::new();
    for channel in ["email", "sms", "letter"] {
        let reply = sandbox.refuses("no_channel", &format!("{} --channel {channel}", person(BEATRIZ).portal()));
        assert!(reply.get("channels").is_none());
        assert!(word(&reply, "hint").contains(CUSTOMER_LINE[0]));
    }
    sandbox.open_account(ANTONIO);
    let recover = format!("{} --mobile 916000006 --channel sms", person(ANTONIO).recover());
    sandbox.refuses("no_channel", &recover);
}

#[test]
fn reason_too_soon() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let reply = sandbox.refuses("too_soon", &format!("{REGISTER_ANA} --channel email"));
    assert_eq!(reply["retry_at"], "2026-01-05T09:01:00Z");
    // A letter of seven working days ago was not sent recently.
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    sandbox.at("2026-01-14T09:00:00Z");
    let letter = sandbox.refuses("too_soon", &format!("{} --channel letter", person(ANTONIO).portal()));
    assert_eq!(letter["retry_at"], "2026-01-16T00:00:00Z");
    for text in [word(&letter, "message").to_owned(), sandbox.ssd("explain too_soon").ok()] {
        assert!(text.contains("may still be on its way") && !text.contains("recently"), "{text}");
    }
    let in_portuguese = sandbox.ssd("--lang pt explain too_soon").ok();
    assert!(in_portuguese.contains("ainda pode estar a caminho") && !in_portuguese.contains("recente"));
}

#[test]
fn reason_too_many_codes() {
    let sandbox = Sandbox::new();
    for minute in 0..5 {
        sandbox.at(&format!("09:0{minute}:00"));
        sandbox.register();
    }
    sandbox.at("09:05:00");
    let reply = sandbox.refuses("too_many_codes", &format!("{REGISTER_ANA} --channel sms"));
    assert_eq!(reply["retry_at"], "2026-01-06T09:00:00Z");
}

#[test]
fn reason_no_code() {
    let sandbox = Sandbox::new();
    sandbox.refuses("no_code", &format!("outbox code {ANA}"));
    sandbox.register();
    sandbox.refuses("no_code", &format!("outbox code {ANA} --purpose recovery"));

    // If the code is wiped, the reply says so and names the command for a new one.
    let real = Sandbox::real();
    real.register();
    real.activate_with(ANA, &real.code(ANA)).ok();
    let reply = real.refuses("no_code", &format!("outbox code {ANA}"));
    assert!(word(&reply, "message").contains("wiped") && word(&reply, "hint").contains("ssd recover request"));
    let never = real.json(&format!("outbox code {ANA} --purpose recovery"));
    assert!(word(&never, "message").contains("ever sent"));
}

#[test]
fn reason_code_wrong() {
    let sandbox = Sandbox::new();
    let reply = sandbox.refuses_fed("code_wrong", &activate(NOBODY, "123456"), PASSWORD);
    assert!(reply["retry_at"].is_null());
    // A holder without an account, one with an open code, and an active one get the same bytes.
    assert_eq!(message_log(&sandbox.try_activate(JOSE, "123456")), message_log(&reply));
    sandbox.register();
    let code = sandbox.code(ANA);
    assert_eq!(message_log(&sandbox.try_activate(ANA, &wrong(&code))), message_log(&reply));
    sandbox.activate_with(ANA, &code).ok();
    assert_eq!(message_log(&sandbox.try_activate(ANA, &wrong(&code))), message_log(&reply));
    sandbox.ssd(&operator("close", ANA)).ok();
    assert_eq!(message_log(&sandbox.try_activate(ANA, &wrong(&code))), message_log(&reply));
    // A code of another purpose is wrong too.
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.ssd(&recover_ana()).ok();
    assert_eq!(message_log(&sandbox.try_activate(ANA, &sandbox.code(ANA))), message_log(&reply));
}

#[test]
fn reason_code_expired() {
    let sandbox = Sandbox::new();
    sandbox.at("2026-03-02T09:00:00Z");
    sandbox.register();
    let code = sandbox.code(ANA);
    sandbox.at("2026-03-02T09:10:00Z");
    let reply = sandbox.refuses_fed("code_expired", &activate(ANA, &code), PASSWORD);
    assert_eq!(word(&reply, "message"), "the code expired on 2 March 2026 at 09:10");
    assert!(word(&reply, "hint").contains(&format!("ssd register {ANA}")));
}

#[test]
fn reason_code_used() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let code = sandbox.code(ANA);
    sandbox.activate_with(ANA, &code).ok();
    let reply = sandbox.refuses_fed("code_used", &activate(ANA, &code), OTHER_PASSWORD);
    assert!(word(&reply, "hint").contains(&format!("ssd login {ANA}")));
}

#[test]
fn reason_code_superseded() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let older = sandbox.code(ANA);
    sandbox.advance("60s");
    sandbox.register();
    let reply = sandbox.refuses_fed("code_superseded", &activate(ANA, &older), PASSWORD);
    assert!(reply["retry_at"].is_null());
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
}

#[test]
fn reason_code_blocked() {
    let sandbox = Sandbox::new();
    sandbox.register();
    guess(&sandbox, ANA, 5);
    let right = activate(ANA, &sandbox.code(ANA));
    assert!(
        sandbox.refuses_fed("code_blocked", &right, PASSWORD)["retry_at"].is_null(),
        "the code is dead, another is not"
    );
    sandbox.advance("60s");
    sandbox.register();
    guess(&sandbox, ANA, 5);
    let right = activate(ANA, &sandbox.code(ANA));
    assert_eq!(sandbox.refuses_fed("code_blocked", &right, PASSWORD)["retry_at"], "2026-01-05T10:01:00Z");
    let another = sandbox.refuses("code_blocked", &format!("{REGISTER_ANA} --channel sms"));
    assert_eq!(another["retry_at"], "2026-01-05T10:01:00Z");
}

#[test]
fn reason_password_weak() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let line = activate(ANA, &sandbox.code(ANA));
    let mut hints = vec![];
    for (weakness, password) in [
        ("short", "Aa1-Bb2="),
        ("classes", "trombone-vizinho-lento"),
        ("common", "pASSWORD1"),
        ("guessable", "Password-123"),
        ("personal", "Lisboa-1984"),
    ] {
        let reply = sandbox.refuses_fed("password_weak", &line, password);
        assert!(!reply.to_string().contains(password), "{weakness}");
        hints.push(word(&reply, "hint").to_owned());
    }
    hints.dedup();
    assert_eq!(hints.len(), 5, "each weakness has its own advice: {hints:?}");

    sandbox.policy("password.profile", "nist");
    sandbox.refuses_fed("password_weak", &line, "Violeta-9-Ocea");
    let reply = sandbox.refuses_fed("password_weak", &line, "123456789987654321");
    assert!(word(&reply, "message").contains("most common"));
    done(sandbox.feed_json(&line, "trombone vizinho lento"));
}

#[test]
fn reason_password_repeated() {
    let sandbox = Sandbox::new().logged_in();
    sandbox.refuses_fed("password_repeated", "password change --password-stdin", &format!("{PASSWORD}\n{PASSWORD}\n"));
    sandbox.ssd(&recover_ana()).ok();
    let confirm = format!("recover confirm {ANA} --code {} --password-stdin", sandbox.code(ANA));
    sandbox.refuses_fed("password_repeated", &confirm, PASSWORD);
    sandbox.feed(&confirm, OTHER_PASSWORD).ok();
}

#[test]
fn reason_login_failed() {
    let sandbox = Sandbox::new();
    let line = |niss: &str| format!("login {niss} --password-stdin");
    let reply = sandbox.refuses_fed("login_failed", &line(NOBODY), PASSWORD);
    assert!(reply["retry_at"].is_null());
    assert_eq!(message_log(&sandbox.login(JOSE, PASSWORD)), message_log(&reply), "no account");
    sandbox.register();
    assert_eq!(message_log(&sandbox.login(ANA, PASSWORD)), message_log(&reply), "not activated");
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    assert_eq!(message_log(&sandbox.login(ANA, OTHER_PASSWORD)), message_log(&reply), "wrong");
    for state in ["suspend", "close"] {
        sandbox.ssd(&operator(state, ANA)).ok();
        assert_eq!(message_log(&sandbox.login(ANA, PASSWORD)), message_log(&reply), "{state}");
    }
    // The current password of a change is refused as at a login.
    let inside = Sandbox::new().logged_in();
    inside.refuses_fed(
        "login_failed",
        "password change --password-stdin",
        &format!("{OTHER_PASSWORD}\nCaravela*8*Relva*Giz\n"),
    );
}

#[test]
fn reason_login_locked() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    for niss in [ANA, NOBODY] {
        for _ in 0..5 {
            assert_eq!(reason(&sandbox.login(niss, OTHER_PASSWORD)), "login_failed");
        }
        let reply = sandbox.refuses_fed("login_locked", &format!("login {niss} --password-stdin"), PASSWORD);
        assert_eq!(reply["retry_at"], "2026-01-05T09:15:00Z");
    }
}

#[test]
fn reason_login_required() {
    let mut sandbox = Sandbox::new().logged_in();
    let session = sandbox.session().take().expect("a session");
    for token in [String::new(), "x".repeat(48), "é".repeat(24), wrong(&session)] {
        *sandbox.session() = Some(token);
        for line in [
            "logout",
            "contacts show",
            "phone-code set",
            "session list",
            "session end --others",
            "alerts set none",
            "contacts remove --email",
            "messages list",
            "messages show 1",
            "profile show",
        ] {
            let reply = sandbox.refuses("login_required", line);
            assert!(word(&reply, "hint").contains("ssd login"));
        }
    }
    // A session ended by its holder, by another password or by an operator.
    let two = format!("{PASSWORD}\n{OTHER_PASSWORD}\n");
    *sandbox.session() = Some(session.clone());
    let mut ended = sandbox.fork();
    ended.ssd("logout").ok();
    ended.refuses("login_required", "alerts set none");
    let mut suspended = sandbox.fork();
    suspended.ssd(&operator("suspend", ANA)).ok();
    suspended.refuses("login_required", "alerts set none");
    for other in [&mut ended, &mut suspended] {
        *other.session() = None;
    }
    sandbox.log_in(ANA, PASSWORD);
    sandbox.feed("password change --password-stdin", two).ok();
    done(sandbox.json("alerts set none"));
    *sandbox.session() = Some(session);
    sandbox.refuses("login_required", "alerts set none");
}

#[test]
fn reason_enrolment_required() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.policy("login.second_factor", "on");
    let reply = sandbox.refuses_fed("enrolment_required", &format!("login {ANA} --password-stdin"), PASSWORD);
    assert_eq!(word(&reply, "hint"), format!("request a code: ssd second-factor enrol {ANA} --password-stdin"));
}

#[test]
fn reason_enrolment_not_required() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let enrol =
        format!("{} --password-stdin", person(ANA).recover().replacen("recover request", "second-factor enrol", 1));
    let reply = sandbox.refuses_fed("enrolment_not_required", &enrol, PASSWORD);
    assert!(word(&reply, "hint").contains(&format!("ssd login {ANA}")));
    sandbox.confirm_registered(ANA);
    sandbox.policy("login.second_factor", "on");
    sandbox.refuses_fed("enrolment_not_required", &enrol, PASSWORD);
}

#[test]
fn reason_last_contact() {
    let sandbox = Sandbox::new().logged_in();
    sandbox.confirm(ANA, &["email", "sms"]);
    sandbox.policy("login.second_factor", "on");
    sandbox.refuses("last_contact", "contacts remove --email --mobile");
    sandbox.ssd("contacts remove --email").ok();
    let reply = sandbox.refuses("last_contact", "contacts remove --mobile");
    assert!(word(&reply, "hint").contains("ssd contacts update"));
}

#[test]
fn reason_contact_unchanged() {
    let sandbox = Sandbox::new().logged_in();
    let reply =
        sandbox.refuses("contact_unchanged", "contacts update --email other@correio.example --mobile 912000001");
    assert!(word(&reply, "hint").contains("ssd contacts confirm --channel sms"));
    assert!(sandbox.json("contacts show")["contacts"][0]["proposed"].is_null(), "the complete request is refused");
    sandbox.refuses("contact_unchanged", "contacts update --email ANA.Ferreira@Correio.example");
    sandbox.refuses("contact_unchanged", "contacts remove --telephone");
}

#[test]
fn reason_nothing_to_confirm() {
    let mut sandbox = Sandbox::new();
    sandbox.open_account(JOSE);
    sandbox.log_in(JOSE, PASSWORD);
    let reply = sandbox.refuses("nothing_to_confirm", "contacts confirm --channel sms");
    assert!(word(&reply, "hint").contains("ssd contacts update"));
    sandbox.refuses("nothing_to_confirm", "contacts confirm --channel sms --code 123456");
}

#[test]
fn reason_phone_code_missing() {
    let sandbox = Sandbox::new().logged_in();
    let reply = sandbox.refuses("phone_code_missing", "phone-code change --generate");
    assert!(word(&reply, "hint").contains("ssd phone-code set"));
}

#[test]
fn reason_phone_code_exists() {
    let sandbox = Sandbox::new().logged_in();
    sandbox.ssd("phone-code set").ok();
    let reply = sandbox.refuses("phone_code_exists", "phone-code set");
    assert!(word(&reply, "hint").contains("ssd phone-code change"));
}

#[test]
fn reason_phone_code_trivial() {
    let sandbox = Sandbox::new().logged_in();
    sandbox.ssd("phone-code set").ok();
    for trivial in ["000000", "777777", "123456", "456789", "987654", "220384", "840322", "032284"] {
        sandbox.refuses_fed("phone_code_trivial", "phone-code change --new-code-stdin", trivial);
    }
}

#[test]
fn reason_phone_code_unchanged() {
    let sandbox = Sandbox::new().logged_in();
    let code = sandbox.ssd("phone-code set").ok();
    sandbox.refuses_fed("phone_code_unchanged", "phone-code change --new-code-stdin", &code);
}

#[test]
fn reason_phone_code_wrong() {
    let sandbox = Sandbox::new().logged_in();
    let verify = |niss: &str| format!("phone-code verify {niss} --code-stdin");
    let reply = sandbox.refuses_fed("phone_code_wrong", &verify(NOBODY), "730264");
    assert_eq!(message_log(&sandbox.feed_json(&verify(ANA), "730264")), message_log(&reply), "none set");
    let code = sandbox.ssd("phone-code set").ok();
    assert_eq!(message_log(&sandbox.feed_json(&verify(ANA), wrong(&code))), message_log(&reply), "another");
}

#[test]
fn reason_phone_code_blocked() {
    let sandbox = Sandbox::new().logged_in();
    let code = sandbox.ssd("phone-code set").ok();
    let blocked = |niss: &str, typed: &str| {
        let verify = format!("phone-code verify {niss} --code-stdin");
        for _ in 0..3 {
            assert_eq!(sandbox.feed_refused(&verify, wrong(typed)), "phone_code_wrong");
        }
        let reply = sandbox.refuses_fed("phone_code_blocked", &verify, typed);
        assert!(reply["retry_at"].is_null());
        message_log(&reply)
    };
    assert_eq!(blocked(ANA, &code), blocked(NOBODY, &code));
}

#[test]
fn reason_cmd_not_enrolled() {
    let sandbox = Sandbox::new();
    sandbox.refuses("cmd_not_enrolled", &format!("cmd revoke {ANA}"));
    sandbox.refuses("cmd_not_enrolled", &format!("cmd revoke {NOBODY}"));
}

#[test]
fn reason_cmd_enrolled() {
    let sandbox = chave_movel::enrolled();
    let line = format!("cmd enrol {ANA} --mobile 963000001 --pin-stdin");
    let reply = sandbox.refuses_fed("cmd_enrolled", &line, chave_movel::OTHER_PIN);
    assert!(word(&reply, "hint").contains(&format!("ssd cmd revoke {ANA}")));
    chave_movel::sent(&sandbox, chave_movel::LOGIN);
}

#[test]
fn reason_cmd_pin_wrong() {
    let sandbox = chave_movel::enrolled();
    let first = sandbox.refuses_fed("cmd_pin_wrong", chave_movel::LOGIN, chave_movel::OTHER_PIN);
    let second = sandbox.refuses_fed("cmd_pin_wrong", chave_movel::LOGIN, "0000");
    assert_eq!(message_log(&first), message_log(&second), "the number of remaining attempts is not shown");
}

#[test]
fn reason_cmd_code_wrong() {
    let sandbox = chave_movel::enrolled();
    let line = format!("{} --code 000000 --consent", chave_movel::LOGIN);
    let none = sandbox.refuses_fed("cmd_code_wrong", &line, chave_movel::PIN);
    let code = wrong(&chave_movel::sent(&sandbox, chave_movel::LOGIN));
    let other =
        sandbox.refuses_fed("cmd_code_wrong", &line.replace("code 000000", &format!("code {code}")), chave_movel::PIN);
    assert_eq!(message_log(&none), message_log(&other), "nor whether a code exists");
}

#[test]
fn reason_cmd_code_expired() {
    let sandbox = chave_movel::enrolled();
    let line = format!("{} --code {} --consent", chave_movel::LOGIN, chave_movel::sent(&sandbox, chave_movel::LOGIN));
    sandbox.at("09:05:00");
    let reply = sandbox.refuses_fed("cmd_code_expired", &line, chave_movel::PIN);
    assert!(word(&reply, "hint").contains("without --code"));
    sandbox.policy("resend.most", "1");
    let reply = sandbox.refuses_fed("cmd_code_expired", &line, chave_movel::PIN);
    assert!(word(&reply, "hint").contains("6 January"), "{reply}");
}

#[test]
fn reason_cmd_blocked() {
    let sandbox = chave_movel::enrolled();
    for _ in 0..3 {
        assert_eq!(sandbox.feed_refused(chave_movel::LOGIN, chave_movel::OTHER_PIN), "cmd_pin_wrong");
    }
    let reply = sandbox.refuses_fed("cmd_blocked", chave_movel::LOGIN, chave_movel::PIN);
    assert_eq!(reply["retry_at"], "2026-01-05T10:00:00Z");
    assert!(word(&reply, "hint").contains("ssd account unlock"));
}

#[test]
fn reason_consent_refused() {
    let sandbox = chave_movel::enrolled();
    let line = format!("{} --code {}", chave_movel::REGISTER, chave_movel::sent(&sandbox, chave_movel::REGISTER));
    let reply = sandbox.refuses_fed("consent_refused", &line, chave_movel::PIN);
    assert!(word(&reply, "hint").contains("--consent"));
    done(sandbox.feed_json(&format!("{line} --consent"), chave_movel::PIN));
}

#[test]
fn reason_call_required() {
    let sandbox = Sandbox::new().logged_in();
    let reply = sandbox.refuses("call_required", "phone-line whoami");
    assert!(word(&reply, "hint").contains("ssd phone-line"));
    let token = "0123456789abcdef0123456789abcdef0123456789abcdef";
    let other = sandbox.under(&[("SSD_CALL", token)], "--json phone-line whoami").json();
    assert_eq!((&other["message"], &other["hint"]), (&reply["message"], &reply["hint"]), "an unknown call");
}

#[test]
fn reason_sandbox_only() {
    let real = Sandbox::real();
    for line in ["clock advance 1s", "clock set 2030-01-01T00:00:00Z"] {
        let reply = real.refuses("sandbox_only", line);
        assert!(word(&reply, "hint").contains("init --sandbox"));
    }
    let nothing = Sandbox::nothing();
    for option in ["--seed 1", "--at 2026-01-05T09:00:00Z"] {
        assert_eq!(nothing.refused(&format!("init {option}")), "sandbox_only");
        assert!(!nothing.store().exists());
    }
}

#[test]
fn reason_real_only() {
    let sandbox = Sandbox::new();
    let before = sandbox.bytes();
    for line in ["store rekey", "store clock-reset --reason x"] {
        let reply = sandbox.refuses("real_only", line);
        assert!(word(&reply, "hint").contains("init"));
    }
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn reason_clock_backwards() {
    let sandbox = Sandbox::new();
    sandbox.refuses("clock_backwards", "clock set 2026-01-05T08:59:59Z");
    done(sandbox.json("clock set 2026-01-05T09:00:00Z"));
}

#[test]
fn reason_not_in_registry() {
    let sandbox = Sandbox::new();
    sandbox.refuses("not_in_registry", &format!("registry show {NOBODY}"));
    sandbox.refuses("not_in_registry", &operator("reset", NOBODY));
}

#[test]
fn reason_holder_inactive() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.file("gone.csv", "niss,kind,name,birth_date,status\n12000000012,citizen,Ana,1984-03-22,deceased\n");
    sandbox.ssd("registry import gone.csv").ok();
    sandbox.refuses("holder_inactive", &operator("reset", ANA));
}

#[test]
fn reason_not_suspended() {
    let sandbox = Sandbox::new();
    sandbox.register();
    sandbox.refuses("not_suspended", &operator("resume", ANA));
}

#[test]
fn reason_no_message() {
    let reply = Sandbox::new().refuses("no_message", "outbox show 99");
    assert!(word(&reply, "hint").contains("ssd outbox list"));
    let reply = Sandbox::new().logged_in().refuses("no_message", "messages show 1");
    assert!(word(&reply, "hint").contains("ssd messages list"));
}

#[test]
fn reason_not_dispatched() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    let reply = sandbox.refuses("not_dispatched", "outbox returned 1");
    assert!(word(&reply, "hint").contains("ssd outbox print --pending"));
}

#[test]
fn reason_delivery_recorded() {
    let sandbox = Sandbox::new();
    sandbox.register();
    sandbox.ssd("outbox failed 1 --reason bounced").ok();
    let reply = sandbox.refuses("delivery_recorded", "outbox failed 1 --reason undeliverable");
    assert!(word(&reply, "hint").contains(&format!("ssd account show {ANA}")));
}

#[test]
fn reason_channel_mismatch() {
    let sandbox = Sandbox::new();
    sandbox.register();
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    let reply = sandbox.refuses("channel_mismatch", "outbox returned 1");
    assert!(word(&reply, "hint").contains("ssd outbox failed 1"));
    let reply = sandbox.refuses("channel_mismatch", "outbox failed 2 --reason bounced");
    assert!(word(&reply, "hint").contains("ssd outbox returned 2"));
}

#[test]
fn reason_no_session() {
    let reply = Sandbox::new().logged_in().refuses("no_session", "session end 0123456789abcdef");
    assert!(word(&reply, "hint").contains("ssd session list"));
}

#[test]
fn reason_no_request() {
    let reply = Sandbox::new().refuses("no_request", "why 99");
    assert!(word(&reply, "message").contains("99"));
    let _ = Sandbox::new().refuses("no_request", "why 0");
}
