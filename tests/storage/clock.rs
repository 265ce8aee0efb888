//! The system's clock behind the newest time in a store: warnings, refused writes, and the reset.

use serde_json::Value;
use ssd::domain::time::{Span, Timestamp};

use crate::support::*;

const WRITE: &str = "account unlock 12000000012 --reason x";
const RESET: &str = "store clock-reset --reason ahead";

/// Returns the system's time.
fn now() -> Timestamp {
    ssd::clock::system_now()
}

/// Returns a real store that was last written this long after the system's time.
fn written_ahead(by: Span) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.at(&(now() + by).to_string());
    sandbox.ssd(WRITE).ok();
    sandbox.become_real();
    sandbox
}

fn warning(reply: &Value) -> &str {
    reply["warnings"][0]["kind"].as_str().unwrap_or_default()
}

#[test]
fn every_command_warns_of_a_clock_behind_the_store() {
    let real = written_ahead(Span::days(400));
    for line in ["store info", "account list", "registry count", "audit head", "policy show"] {
        let run = real.ssd(line);
        assert!(run.err.starts_with("warning: "), "{run:?}");
        assert_eq!((run.code, run.err.lines().count()), (0, 1), "{run:?}");
        real.ssd(&format!("{line} --quiet")).says("warning: ");
        let json = real.ssd(&format!("--json {line}"));
        let objects = lines(&json.out);
        match objects.split_first() {
            Some((first, rest)) => {
                assert_eq!((warning(first), json.err.as_str()), ("clock_behind", ""), "{json:?}");
                assert!(rest.iter().all(|object| object.get("warnings").is_none()), "{json:?}");
            }
            None => assert!(json.err.starts_with("warning: "), "{json:?}"),
        }
    }
    // Refusals and errors too.
    assert_eq!(warning(&real.json("account show 12000000012")), "clock_behind");
    assert_eq!(warning(&real.json("why 999")), "clock_behind");
    real.ssd("--json audit list --limit x").fails(2);
    real.ssd("--lang pt store info").says("aviso: ");
    let info = real.json("store info");
    assert!(word(&info, "system_now") < word(&info, "now"), "{info}");
    let text = real.ssd("store info").ok();
    assert!(text.contains("system's clock"), "{text}");
}

#[test]
fn store_check_reports_both_clocks_once_and_what_to_do() {
    let real = written_ahead(Span::days(400));
    let said = real.ssd("store check").err;
    assert_eq!(said.matches("the system's clock reads").count(), 1, "{said}");
    assert!(said.contains("ssd store clock-reset --reason TEXT"), "{said}");
    let reply = real.json("store check");
    assert_eq!(warning(&reply), "clock_behind", "as every other command");
    let findings = reply["findings"].as_array().expect("a list");
    assert!(findings.iter().any(|finding| finding["kind"] == "clock_behind"), "{reply}");
}

#[test]
fn clock_that_is_right_gives_no_warning() {
    let real = Sandbox::real();
    let info = real.json("store info");
    assert_eq!((info.get("warnings"), &info["system_now"]), (None, &info["now"]));
    assert!(!real.ssd("store info").ok().contains("system's clock"));
    assert_eq!(real.ssd("account list").err, "");
}

#[test]
fn no_command_writes_more_than_five_minutes_behind() {
    let real = written_ahead(Span::minutes(6));
    real.file(
        "in",
        "{\"op\":\"registry_count\"}\n{\"op\":\"account_unlock\",\"niss\":\"12000000012\",\"reason\":\"x\"}\n",
    );
    let before = real.json("audit head");
    let import = format!("registry import {}", data("personas.csv").display());
    for line in
        [WRITE, "store rekey", "batch in", "batch in --dry-run", "outbox list", "policy set code.failures 9", &import]
    {
        let run = real.ssd(&format!("--json {line}")).fails(3);
        let error = lines(&run.out).pop().expect("an error");
        assert_eq!(word(&error, "kind"), "clock_behind", "{run:?}");
        assert!(word(&error, "hint").contains("ssd store clock-reset --reason"), "{error}");
        assert!(!run.err.contains("warning: "), "{run:?}");
    }
    assert_eq!(real.json("audit head")["anchor"], before["anchor"]);
    assert_eq!(std::fs::read_dir(real.folder()).expect("a folder").count(), 3, "no staged key stays");
    // Reading is possible.
    real.ssd("store backup copy.db").ok();
    real.ssd("store check").ok();
}

#[test]
fn small_difference_of_clocks_is_only_a_warning() {
    let real = written_ahead(Span::minutes(4));
    let reply = done(real.json(WRITE));
    assert_eq!(warning(&reply), "clock_behind");
    let last = real.json("audit list --limit 1");
    assert!(word(&last, "at") > (now() + Span::minutes(3)).to_string().as_str(), "{last}");
}

#[test]
fn reset_ends_what_a_clock_ahead_has_begun() {
    let sandbox = Sandbox::new();
    sandbox.at(&(now() + Span::days(0)).to_string());
    sandbox.open_account(ANA);
    sandbox.open_account(MARIA);
    let valid = word(&sandbox.login(MARIA, PASSWORD), "session").to_owned();
    sandbox.at(&(now() + Span::days(400)).to_string());
    let ahead = word(&sandbox.login(ANA, PASSWORD), "session").to_owned();
    let code = {
        done(sandbox.json(&format!("{} --channel email", person(JOSE).portal())));
        sandbox.code(JOSE)
    };
    for _ in 0..5 {
        assert_eq!(reason(&sandbox.login(ANA, OTHER_PASSWORD)), "login_failed");
        sandbox.refused(
            "register 12000000012 --account-type citizen --birth-date 1970-01-01 --accept-terms --channel sms",
        );
    }
    assert_eq!(reason(&sandbox.login(ANA, PASSWORD)), "login_locked");
    sandbox.become_real();
    let real = sandbox;
    real.ssd("store clock-reset").fails(2).says("--reason");
    let reply = done(real.json(RESET));
    for (key, count) in [("sessions", 1), ("calls", 0), ("codes", 1), ("lockouts", 2)] {
        assert_eq!(reply[key], count, "{reply}");
    }
    assert!(word(&reply, "now") < word(&reply, "from"), "{reply}");
    // The store goes on at the system's time.
    let info = real.ssd("--json store info");
    assert_eq!((info.json().get("warnings"), &info.json()["system_now"]), (None, &info.json()["now"]));
    real.ssd("store check").ok();
    real.ssd("audit verify").ok();
    // What the clock ahead had begun has ended; what was there before has not.
    assert_eq!(real.under(&[("SSD_SESSION", &ahead)], "--json contacts show").json()["reason"], "login_required");
    assert_eq!(real.under(&[("SSD_SESSION", &valid)], "--json contacts show").json()["result"], "done");
    done(real.login(ANA, PASSWORD));
    assert_eq!(reason(&real.try_activate(JOSE, &code)), "code_superseded");
    let soon = real.json(&format!("{} --channel email", person(JOSE).portal()));
    assert!(word(&soon, "retry_at") <= (now() + Span::minutes(1)).to_string().as_str(), "{soon}");
    done(real.json(&format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())));
    // Each holder's history has the effects, and the reset has its reason.
    let of = |niss: &str| real.audit(niss).into_iter().find(|entry| entry["action"] == "store_clock_reset");
    let (ana, jose) = (of(ANA).expect("an entry"), of(JOSE).expect("an entry"));
    assert_eq!(ana["detail"]["effects"]["lifted"], serde_json::json!(["identity", "login"]));
    assert_eq!(jose["detail"]["effects"]["codes"][0]["state"], "superseded");
    assert!(real.ssd("audit list").ok().contains("ahead"));
    assert_eq!(real.json(&format!("why {}", reply["request"]))["detail"]["reason"], "ahead");
    real.ssd(&format!("account timeline {ANA}")).ok();
}

#[test]
fn since_finds_entries_on_both_sides_of_a_reset() {
    let real = written_ahead(Span::days(400));
    real.ssd(RESET).ok();
    real.ssd(WRITE).ok();
    let since = |time: Timestamp, more: &str| {
        lines(&real.ssd(&format!("--json audit list --since {time} {more}")).ok())
            .iter()
            .map(|entry| word(entry, "action").to_owned())
            .collect::<Vec<_>>()
    };
    let all = ["account_unlock", "store_clock_reset", "account_unlock"];
    assert_eq!(since(now() + Span::days(1), ""), all[..1]);
    let begin = Timestamp::from_seconds((now() + Span::days(0)).seconds() - 3600).expect("a time");
    assert_eq!(since(begin, ""), all);
    assert_eq!(since(begin, "--limit 2"), all[1..]);
}

#[test]
fn sandbox_has_no_system_clock_to_reset() {
    let sandbox = Sandbox::new();
    sandbox.at(&(now() + Span::days(400)).to_string());
    let before = sandbox.bytes();
    assert_eq!(sandbox.ssd("store info").err, "");
    let reply = sandbox.json(RESET);
    assert_eq!(reason(&reply), "real_only");
    assert!(word(&reply, "message").contains("clock"), "{reply}");
    assert_eq!(sandbox.bytes(), before);
}
