//! Interactions of Chave Móvel Digital, second factor, phone line and requests up to a step: hints respect the blocks
//! of the other features.

use serde_json::{Value, json};

use crate::support::chave_movel::{self, LOGIN, REGISTER};
use crate::support::replay::assert_replays;
use crate::support::terminal::Terminal;
use crate::support::*;

/// Returns a sandbox with Ana logged in. Her login needs a second factor, and its codes are blocked for an hour.
fn blocked() -> Sandbox {
    let sandbox = Sandbox::new().logged_in();
    sandbox.confirm(ANA, &["email", "sms"]);
    sandbox.policy("login.second_factor", "on");
    let line = format!("login {ANA} --password-stdin");
    for _ in 0..2 {
        sandbox.advance("61s");
        sandbox.feed(&line, PASSWORD).ok();
        let guess = format!("{line} --code {}", wrong(&sandbox.code(ANA)));
        for _ in 0..5 {
            assert_eq!(sandbox.feed_refused(&guess, PASSWORD), "code_wrong");
        }
    }
    assert_eq!(sandbox.feed_refused(&line, PASSWORD), "code_blocked");
    sandbox
}

fn next(sandbox: &Sandbox, niss: &str) -> Vec<String> {
    let shown = sandbox.json(&format!("account show {niss}"))["next"].clone();
    shown.as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn blocked_second_factor_hides_the_login_hint() {
    let sandbox = blocked();
    let register = format!("{REGISTER_ANA} --channel sms");
    let later = "you can log in again from 5 January 2026 at 10:02";
    assert_eq!(word(&sandbox.json(&register), "hint"), later);
    assert!(!next(&sandbox, ANA).contains(&format!("ssd login {ANA}")));
    sandbox.advance("11m");
    let stale = sandbox.json("phone-code set");
    assert_eq!((reason(&stale).as_str(), word(&stale, "hint")), ("login_required", later));
    // The other login method needs no wait.
    chave_movel::enrol(&sandbox, "");
    assert_eq!(word(&sandbox.json(&register), "hint"), format!("log in: ssd {LOGIN}"));
    sandbox.advance("1h");
    assert!(word(&sandbox.json(&register), "hint").contains(&format!("ssd login {ANA} --password-stdin")));
}

#[test]
fn ended_session_hint_respects_the_lockout() {
    let sandbox = Sandbox::new().logged_in();
    sandbox.advance("31m");
    for _ in 0..5 {
        assert_eq!(sandbox.feed_refused(&format!("login {ANA} --password-stdin"), OTHER_PASSWORD), "login_failed");
    }
    let ended = sandbox.fork();
    assert!(word(&ended.json("contacts show"), "hint").contains("ssd recover request"));
    sandbox.advance("15m");
    assert!(word(&sandbox.json("contacts show"), "hint").contains("ssd login"));
}

#[test]
fn identity_block_does_not_hide_the_login_hint() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.confirm_registered(ANA);
    sandbox.policy("login.second_factor", "on");
    for _ in 0..5 {
        let guess =
            format!("register {ANA} --account-type citizen --birth-date 1999-09-09 --accept-terms --channel sms");
        assert_eq!(sandbox.refused(&guess), "identity_mismatch");
    }
    assert!(next(&sandbox, ANA).contains(&format!("ssd login {ANA}")));
    sandbox.feed(&format!("login {ANA} --password-stdin"), PASSWORD).ok();
}

#[test]
fn employer_hint_has_the_working_cmd_registration() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "complete.csv",
        "niss,kind,name,birth_date,civil_id_kind,civil_id,nif,mobile\n\
        12500000148,employer,Francisco Leal Antunes,1970-01-01,cc,123456703ZY4,205000142,+351965000014\n",
    );
    sandbox.ssd("registry import complete.csv").ok();
    done(sandbox.feed_json(&format!("cmd enrol {FRANCISCO} --mobile 961234567 --pin-stdin"), chave_movel::PIN));
    let both = |line: &str| {
        sandbox.advance("61s");
        sandbox.feed(&format!("{line} --pin-stdin"), chave_movel::PIN).ok();
        let code = sandbox.ssd(&format!("outbox code {FRANCISCO} --purpose cmd")).ok();
        sandbox.feed_json(&format!("{line} --pin-stdin --code {code} --consent"), chave_movel::PIN)
    };
    let login = format!("login {FRANCISCO} --method cmd");
    let works = format!("ssd register {FRANCISCO} --procedure cmd --account-type company");
    let none = both(&login);
    assert_eq!((reason(&none).as_str(), word(&none, "hint")), ("no_account", &*format!("request an account: {works}")));
    sandbox.ssd(&format!("{} --channel sms", person(FRANCISCO).portal())).ok();
    assert!(next(&sandbox, FRANCISCO).contains(&works));
    done(both(&format!("{} --accept-terms", works.trim_start_matches("ssd "))));
    done(both(&login));
}

#[test]
fn identity_block_hint_has_its_end() {
    let sandbox = chave_movel::enrolled();
    for _ in 0..5 {
        let guess =
            format!("register {ANA} --account-type citizen --birth-date 1999-09-09 --accept-terms --channel sms");
        assert_eq!(sandbox.refused(&guess), "identity_mismatch");
    }
    assert_eq!(sandbox.feed_refused(REGISTER, chave_movel::PIN), "identity_blocked");
    let none = chave_movel::through(&sandbox, LOGIN);
    assert_eq!((reason(&none).as_str(), word(&none, "hint")), ("no_account", "wait until 5 January 2026 at 10:00"));
}

#[test]
fn recording_uses_the_newest_session() {
    let sandbox = Sandbox::nothing();
    let record = [("SSD_RECORD", "record.jsonl")];
    let put = |line: &str, input: &str| {
        let mut command = sandbox.command(line);
        command.envs(record);
        finish(command, Some(input.as_bytes())).ok()
    };
    put("init --sandbox", "");
    put(&format!("registry import {}", data("personas.csv").display()), "");
    put(&format!("cmd enrol {ANA} --mobile '{}' --pin-stdin", chave_movel::MOBILE), chave_movel::PIN);
    let mut session = String::new();
    for line in [REGISTER, LOGIN] {
        put(line, chave_movel::PIN);
        session = put(&format!("{line} --code {} --consent", chave_movel::code(&sandbox)), chave_movel::PIN);
    }
    put(LOGIN, chave_movel::PIN);
    let both = [record[0], ("SSD_SESSION", session.trim())];
    sandbox.under(&both, "contacts show").ok();
    let recording = sandbox.read("record.jsonl");
    assert!(!recording.contains(session.trim()) && recording.contains("\"session\":\"@login\""), "{recording}");
    sandbox.ssd("scenario run record.jsonl").ok();
}

#[test]
fn death_between_two_calls_is_refused_and_replays() {
    let sandbox = chave_movel::inside();
    sandbox.confirm(ANA, &["sms"]);
    sandbox.policy("login.second_factor", "on");
    sandbox.feed("password change --password-stdin", PASSWORD).ok();
    let digits = sandbox.ssd("phone-code set").ok();
    let call = sandbox.feed(&format!("phone-line {ANA} --code-stdin"), digits.trim()).ok();
    let line = format!("login {ANA} --password-stdin");
    sandbox.feed(&line, PASSWORD).ok();
    let second = sandbox.ssd(&format!("outbox code {ANA} --purpose login")).ok();
    let temporary = chave_movel::sent(&sandbox, LOGIN);
    sandbox.file(
        "gone.csv",
        "niss,kind,name,birth_date,civil_id_kind,civil_id,nif,email,mobile,address,postal_code,locality,country,language,status\n\
        12000000012,citizen,Ana Sofia Marques Ferreira,1984-03-22,cc,123456703ZY4,200000012,ana.ferreira@correio.example,\
        +351912000001,Rua das Flores 12 3.º Esq.,1200-195,Lisboa,PT,pt,deceased\n",
    );
    sandbox.ssd("registry import gone.csv").ok();
    assert_eq!(sandbox.feed_refused(&format!("{line} --code {}", second.trim()), PASSWORD), "login_failed");
    assert_eq!(reason(&chave_movel::typed(&sandbox, LOGIN, temporary.trim())), "identity_mismatch");
    let who = sandbox.under(&[("SSD_CALL", call.trim())], "phone-line whoami --json");
    assert_eq!(reason(&who.json()), "call_required");
    assert_eq!(sandbox.feed_refused(&format!("phone-line {ANA} --code-stdin"), digits.trim()), "phone_code_wrong");
    assert_eq!(sandbox.json(&format!("account show {ANA}"))["state"], json!("closed"));
    assert_replays(&sandbox, ANA);
}

#[test]
fn interactive_sessions_are_recorded_without_secrets() {
    let sandbox = Sandbox::nothing();
    let record = ("SSD_RECORD", "record.jsonl");
    let put = |line: &str, input: &str| {
        let mut command = sandbox.command(line);
        command.envs([record]);
        finish(command, Some(input.as_bytes())).ok()
    };
    put("init --sandbox", "");
    put(&format!("registry import {}", data("personas.csv").display()), "");
    put(&format!("cmd enrol {ANA} --mobile '{}' --pin-stdin", chave_movel::MOBILE), chave_movel::OTHER_PIN);
    let at = |line: &str| {
        let mut command = sandbox.command(line);
        command.envs([record]);
        Terminal::start(command)
    };
    let register = format!("register {ANA} --procedure cmd --account-type citizen --accept-terms");
    for line in [register, format!("login {ANA} --method cmd")] {
        let mut sitting = at(&line);
        sitting.asked("PIN of Chave", chave_movel::OTHER_PIN).sees("continue later");
        let code = chave_movel::code(&sandbox);
        sitting
            .types(&wrong(&code))
            .asked("are passed to Segurança Social", "yes")
            .asked("continue later", &code)
            .ends()
            .fails(0);
    }
    let session = put(&format!("login {ANA} --method cmd --pin-stdin"), chave_movel::OTHER_PIN);
    assert_eq!(session, "");
    let code = chave_movel::code(&sandbox);
    let session = put(&format!("{LOGIN} --code {code} --consent"), chave_movel::OTHER_PIN);
    let mut change = sandbox.command("password change --password-stdin");
    change.envs([record, ("SSD_SESSION", session.trim())]);
    finish(change, Some(PASSWORD.as_bytes())).ok();
    let inside = |line: &str| {
        let mut command = sandbox.command(line);
        command.envs([record, ("SSD_SESSION", session.trim())]);
        finish(command, None).ok()
    };
    inside("contacts confirm --channel sms");
    inside(&format!("contacts confirm --channel sms --code {}", sandbox.code(ANA)));
    put("policy set login.second_factor on", "");
    let mut sitting = at(&format!("login {ANA}"));
    sitting.asked("Password: ", PASSWORD).sees("continue later");
    let code = sandbox.ssd(&format!("outbox code {ANA} --purpose login")).ok();
    sitting.types(&wrong(code.trim())).asked("continue later", code.trim()).ends().fails(0);
    let recording = sandbox.read("record.jsonl");
    for secret in [PASSWORD, chave_movel::OTHER_PIN] {
        assert!(!recording.contains(secret), "{recording}");
    }
    for word in ["\"cmd_code_wrong\"", "\"code_wrong\"", "\"@wrong\"", "\"consent\":true"] {
        assert!(recording.contains(word), "{word}: {recording}");
    }
    sandbox.ssd("scenario run record.jsonl").ok();
}
