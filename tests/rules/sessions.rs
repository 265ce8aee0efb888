//! Sessions as their holder sees them: the list, and the end of one or of all others.

use crate::support::*;

/// Logs Ana in again and returns the token. Each login is in a second of its own.
fn another(sandbox: &Sandbox) -> String {
    sandbox.advance("1s");
    word(&sandbox.login(ANA, PASSWORD), "session").to_owned()
}

fn ids(sandbox: &Sandbox, token: &str) -> Vec<String> {
    let reply = done(sandbox.under(&[("SSD_SESSION", token)], "--json session list").json());
    let sessions = reply["sessions"].as_array().expect("a list");
    sessions.iter().map(|session| word(session, "id").to_owned()).collect()
}

#[test]
fn session_list_shows_the_open_sessions_and_marks_the_current_one() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let tokens = [another(&sandbox), another(&sandbox)];
    sandbox.advance("29m");
    let reply = sandbox.under(&[("SSD_SESSION", &tokens[1])], "--json session list").json();
    let [old, new] = [&reply["sessions"][0], &reply["sessions"][1]];
    assert_eq!([word(old, "id"), word(new, "id")], [&tokens[0][..16], &tokens[1][..16]]);
    assert_eq!([&old["current"], &new["current"]], [false, true]);
    assert_eq!([word(old, "created_at"), word(old, "last_used_at")], ["2026-01-05T09:00:01Z"; 2]);
    assert_eq!(word(old, "idle_expires_at"), "2026-01-05T09:30:01Z");
    let text = reply.to_string();
    assert!(tokens.iter().all(|token| !text.contains(&token[16..])), "no secret part");
    // The first one ends by disuse, and is not listed any more.
    sandbox.advance("1m");
    assert_eq!(ids(&sandbox, &tokens[1]), [&tokens[1][..16]]);
    sandbox.under(&[("SSD_SESSION", &tokens[1])], "session list").ok();
}

#[test]
fn session_end_ends_one_session_or_all_others() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let [first, second, third] = [another(&sandbox), another(&sandbox), another(&sandbox)];
    let by_third = |line: &str| sandbox.under(&[("SSD_SESSION", &third)], line);
    let ended = done(by_third(&format!("--json session end {}", &first[..16])).json());
    assert_eq!(ended["ended"], serde_json::json!([&first[..16]]));
    assert_eq!(reason(&sandbox.under(&[("SSD_SESSION", &first)], "--json session list").json()), "login_required");
    assert_eq!(ids(&sandbox, &second).len(), 2);
    by_third("session end --others").ok();
    assert_eq!(ids(&sandbox, &third), [&third[..16]]);
    assert_eq!(by_third("session end --others").ok(), "There was no other session.");
    // The current one too.
    by_third(&format!("session end {}", &third[..16])).ok();
    assert_eq!(reason(&by_third("--json session list").json()), "login_required");
    sandbox.ssd("store check").ok();
}

#[test]
fn session_end_needs_a_fresh_login_and_one_target() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let [first, second] = [another(&sandbox), another(&sandbox)];
    let by_second = |line: &str| sandbox.under(&[("SSD_SESSION", &second)], line);
    by_second("session end").fails(2);
    by_second(&format!("session end {} --others", &first[..16])).fails(2);
    by_second("session end 123").fails(2).says("ssd session list");
    sandbox.advance("10m");
    assert_eq!(reason(&by_second("--json session end --others").json()), "login_required");
    assert_eq!(ids(&sandbox, &second).len(), 2, "a list needs no fresh login");
}

#[test]
fn session_of_another_holder_cannot_be_ended() {
    let mut sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.open_account(JOSE);
    sandbox.log_in(JOSE, PASSWORD);
    let anas = another(&sandbox);
    assert_eq!(sandbox.refused(&format!("session end {}", &anas[..16])), "no_session");
    sandbox.ssd("session end --others").ok();
    assert_eq!(ids(&sandbox, &anas).len(), 1);
}

#[test]
fn ended_sessions_are_replayed_by_an_exported_scenario() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let [first, second] = [another(&sandbox), another(&sandbox)];
    sandbox.under(&[("SSD_SESSION", &second)], &format!("session end {}", &first[..16])).ok();
    let export = done(sandbox.json(&format!("scenario export {ANA}")));
    assert_eq!(export["same_state"], true, "{export}");
    let scenario = sandbox.ssd(&format!("scenario export {ANA}")).ok() + "\n";
    assert!(scenario.contains(r#""op":"session_end""#), "{scenario}");
    sandbox.ssd(&format!("scenario run {}", sandbox.file("case.jsonl", scenario))).ok();
}
