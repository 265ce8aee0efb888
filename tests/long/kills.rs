//! Commands that are killed at any moment: what is acknowledged is there, and the same command completes what is left.

use std::fs;
use std::process::{Command, Output};

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::support::*;
use crate::{active_citizens, rounds};

/// Runs a command and kills it after a loop of this length, which is no wait. Without an exit code, it was killed.
fn killed(mut command: Command, spins: u64) -> Output {
    let mut child = command.spawn().expect("the binary runs");
    for _ in 0..spins {
        std::hint::spin_loop();
    }
    let _ = child.kill();
    child.wait_with_output().expect("it ends")
}

/// Runs a command again and again, each time for longer, until it ends by itself with this exit code. Returns how often it was
/// killed.
fn kills_until_complete(sandbox: &Sandbox, line: &str, first_spins: u64, code: i32) -> u32 {
    let (mut kills, mut spins) = (0, first_spins);
    loop {
        match killed(sandbox.command(line), spins).status.code() {
            Some(ended) => {
                assert_eq!(ended, code, "{line}");
                return kills;
            }
            None => kills += 1,
        }
        sandbox.ssd("store check").ok();
        spins = spins / 2 * 3;
    }
}

/// Returns the visible state of a store: accounts, messages, audit log.
fn visible_state(sandbox: &Sandbox) -> String {
    ["state-hash", "--json account list", "--json outbox list", "--json audit list", "audit verify"]
        .map(|line| sandbox.ssd(line).ok())
        .join("\n")
}

/// Runs a command with these lines, kills it at other moments in each round, and resumes it until it is complete. Its replies and
/// its store must then be those of a command that nobody killed.
fn assert_resumes(calm: &Sandbox, line: &str, input: &[Value], rounds: u32, first_spins: u64) {
    calm.file("in", json_lines(input));
    let template = calm.fork();
    calm.ssd(line).fails(5);
    let (expected, state) = (calm.read("out"), visible_state(calm));
    let mut kills = 0;
    for round in 0..rounds {
        let sandbox = template.fork();
        sandbox.file("in", json_lines(input));
        kills += kills_until_complete(&sandbox, &format!("{line} --resume"), first_spins * u64::from(round + 1), 5);
        assert!(sandbox.read("out") == expected, "round {round}: other bytes");
        assert_eq!(visible_state(&sandbox), state, "round {round}");
    }
    assert!(kills >= rounds, "{kills} were killed");
}

#[test]
fn killed_batch_resumes_to_the_same_bytes() {
    let calm = Sandbox::new();
    calm.import("registry.csv").ok();
    let mut input = vec![json!({"op": "logout"})];
    for person in active_citizens().filter(|person| person.channels() != ["letter"]).take(70) {
        let (niss, birth_date, channel) = (&person.niss, &person.birth_date, person.channels()[0]);
        input.extend([
            json!({"op": "register", "niss": niss, "account_type": "citizen", "birth_date": birth_date, "channel": channel, "accept_terms": true}),
            json!({"op": "activate", "niss": niss, "code": "@outbox", "password": PASSWORD}),
            json!({"op": "login", "niss": niss, "password": PASSWORD}),
            json!({"op": "contacts_show", "niss": niss, "session": "@login"}),
        ]);
    }
    assert_resumes(&calm, "batch in --out out --group 9", &input, rounds(3), 40_000);
}

#[test]
fn interrupted_sending_resumes_to_the_same_bytes() {
    let calm = Sandbox::new().logged_in();
    calm.confirm(ANA, &["sms"]);
    calm.ssd("alerts set sms").ok();
    calm.open_account(PADARIA);
    let alert = |number: usize| json!({"id": number, "niss": ([ANA, PADARIA, NOBODY][number % 3]), "kind": "benefit", "about": format!("Abono n.º {number}"), "amount": "12,5"});
    let input: Vec<Value> = (0..120).map(alert).collect();
    assert_resumes(&calm, "alerts send in --out out --group 3", &input, rounds(2), 30_000);
}

#[test]
fn killed_batch_does_every_line_once_when_it_runs_again() {
    let template = Sandbox::new();
    template.import("registry.csv").ok();
    let people: Vec<Person> = active_citizens().filter(|person| !person.email.is_empty()).take(80).collect();
    let mut rows = "id;niss;account_type;birth_date;channel;accept_terms\n".to_owned();
    for (number, person) in people.iter().enumerate() {
        rows += &format!("{number};{};citizen;{};email;true\n", person.niss, person.birth_date);
    }
    assert!(people.len() > 50);
    let mut kills = 0;
    for round in 0..rounds(3) {
        let sandbox = template.fork();
        sandbox.file("in.csv", &rows);
        let line = "batch in.csv --op register --once march --group 5";
        kills += kills_until_complete(&sandbox, line, 60_000 * u64::from(round + 1), 0);
        let connection = Connection::open(sandbox.store()).expect("the store");
        let messages = |niss: &str| -> i64 {
            let sql = "SELECT count(*) FROM message WHERE niss = ?1";
            connection.query_row(sql, [niss], |row| row.get(0)).expect(sql)
        };
        for Person { niss, .. } in &people {
            assert_eq!(messages(niss), 1, "{niss}, round {round}");
        }
        let sql = "SELECT count(*) FROM batch_line";
        let lines: i64 = connection.query_row(sql, [], |row| row.get(0)).expect(sql);
        assert_eq!(usize::try_from(lines), Ok(people.len()));
        drop(connection);
        sandbox.ssd("store check").ok();
    }
    assert!(kills > 0);
}

#[test]
fn killed_process_loses_no_acknowledged_change() {
    let sandbox = Sandbox::new();
    let mut before = 0;
    let mut kills = 0;
    for round in 0_u64..40 {
        let output = killed(sandbox.command(&format!("--json {REGISTER_ANA} --channel email")), round * round * 500);
        let answered = serde_json::from_slice::<Value>(&output.stdout).is_ok_and(|reply| reply["result"] == "done");
        let messages = sandbox.messages(ANA).len();
        let audit = sandbox.audit(ANA).iter().filter(|entry| entry["result"] == "done").count();
        assert_eq!(messages, audit, "round {round}: a message without its audit entry, or the other way round");
        assert!(!answered || messages == before + 1, "round {round}: acknowledged but lost");
        kills += usize::from(messages == before);
        before = messages;
        sandbox.advance("6h");
    }
    assert!(kills > 0, "no process was killed before its commit");
    sandbox.ssd("store check").ok();
    sandbox.ssd("audit verify").ok();
}

#[test]
fn killed_rekey_leaves_a_usable_store() {
    let real = Sandbox::real();
    let (mut round, mut changed, mut kills) = (0, 0, 0);
    while round < 40 || changed == 0 {
        let old = fs::read(real.key()).expect("a key");
        // Mostly short, because a process with its store in memory ends soon.
        let answered = !killed(real.command("--json store rekey"), round * round * 1_000).stdout.is_empty();
        real.ssd("store check").ok();
        let new = fs::read(real.key()).expect("a key");
        assert!(!answered || new != old, "round {round}: acknowledged, but the old key is there");
        changed += u32::from(new != old);
        kills += u32::from(!answered);
        round += 1;
    }
    assert!(kills > 0, "no process was killed before its reply");
    real.ssd("store rekey").ok();
    assert_eq!(real.names(), ["store.db", "store.db.key"]);
}

#[test]
fn killed_restore_leaves_the_old_store_or_the_restored_one() {
    let real = Sandbox::real();
    real.open_account(ANA);
    real.ssd("store backup b.db").ok();
    fs::copy(real.key(), real.folder().join("b.db.key")).expect("a copy");
    real.ssd(&format!("{} --channel email", person(JOSE).portal())).ok();
    let start = real.folder().join("start");
    fs::create_dir(&start).expect("a folder");
    for name in ["store.db", "store.db.key"] {
        fs::copy(real.folder().join(name), start.join(name)).expect("a copy");
    }
    let (mut round, mut restored, mut kills) = (0, 0, 0);
    let rounds = u64::from(rounds(8));
    while round < rounds || restored == 0 {
        for name in real.names().iter().filter(|name| name.starts_with("store.db")) {
            fs::remove_file(real.folder().join(name)).expect("removed");
        }
        for name in ["store.db", "store.db.key"] {
            fs::copy(start.join(name), real.folder().join(name)).expect("a copy");
        }
        let spins = 26_000_000 * round * round / (rounds * rounds);
        let answered = !killed(real.command("--json store restore b.db --replace"), spins).stdout.is_empty();
        real.ssd("store check").ok();
        let has_jose = real.json(&format!("account show {JOSE}"))["result"] == "done";
        assert!(!answered || !has_jose, "round {round}: acknowledged, but the old store is there");
        restored += u32::from(!has_jose);
        kills += u32::from(!answered);
        let left = real.names();
        assert!(left.iter().all(|name| !name.contains(".new.")), "round {round}: {left:?}");
        if !has_jose {
            let old =
                left.iter().find(|name| name.contains(".old-") && !name.ends_with(".key")).expect("the old store");
            real.ssd(&format!("--store {old} store check")).ok();
        }
        round += 1;
    }
    assert!(kills > 0, "no process was killed before its reply");
}
