//! Replies reveal nothing to others: for every NISS, account state and wrong value, the bytes and the work are the same
//! (63A 3.1.2.1, ASVS 6.3.8).

use ssd::domain::work_count::{self, WorkCount};

use crate::support::*;

/// Returns Ana's account in each possible state, and a registry in which she has died.
fn states() -> Vec<(&'static str, Sandbox)> {
    let operator = |what: &str| {
        let sandbox = Sandbox::new();
        sandbox.activate();
        sandbox.ssd(&format!("account {what} {ANA} --reason x")).ok();
        sandbox
    };
    let requested = Sandbox::new();
    requested.register();
    let recovering = Sandbox::new();
    recovering.activate();
    recovering.ssd(&format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())).ok();
    let spoken = Sandbox::new().logged_in();
    spoken.ssd("phone-code set").ok();
    let deceased = Sandbox::new();
    deceased.activate();
    deceased.file("gone.csv", "niss,kind,name,birth_date,status\n12000000012,citizen,Ana,1984-03-22,deceased\n");
    deceased.ssd("registry import gone.csv").ok();
    vec![
        ("no account", Sandbox::new()),
        ("requested", requested),
        ("active", operator("unlock")),
        ("recovering", recovering),
        ("with a phone code", spoken),
        ("suspended", operator("suspend")),
        ("closed", operator("close")),
        ("reset", operator("reset")),
        ("deceased", deceased),
    ]
}

/// Returns a reply without the NISS and without the request number.
fn bare(run: Run, niss: &str) -> String {
    let text = format!("{}|{}|{}", run.code, run.out, run.err).replace(niss, "NISS");
    match text.split_once("\"request\":") {
        Some((head, tail)) => format!("{head}{}", tail.trim_start_matches(|c: char| c.is_ascii_digit() || c == '"')),
        None => text,
    }
}

/// Returns the replies to a line sent several times: as JSON each time, as text the first time.
fn answers(sandbox: &Sandbox, line: &str, input: &str, niss: &str, times: usize) -> Vec<String> {
    let line = line.replace("NISS", niss);
    let ask = |sandbox: &Sandbox, form: &str| bare(sandbox.feed(&format!("{form}{line}"), input), niss);
    let mut answers = vec![ask(&sandbox.fork(), ""), ask(&sandbox.fork(), "--lang pt ")];
    let asked = sandbox.fork();
    answers.extend((0..times).map(|_| ask(&asked, "--json ")));
    answers
}

/// Returns requests with one of Ana's values wrong: both registration procedures, and recovery.
fn wrong_data() -> Vec<String> {
    let full = ANA_IN_FULL;
    let wrong = [
        ("'Ana Sofia Marques Ferreira'", "'Ana Sofia Marques Pereira'"),
        ("1984-03-22", "1984-03-23"),
        ("123456703ZY4", "123456711ZY4"),
        ("200000012", "100000029"),
    ];
    let contacts = person(ANA).contacts();
    let mut lines = vec![
        "register NISS --account-type citizen --birth-date 1984-03-23 --channel sms --accept-terms".to_owned(),
        "register NISS --account-type citizen --birth-date 1984-03-23 --channel letter --accept-terms".to_owned(),
        "register NISS --account-type company --nif 100000029 --channel sms --accept-terms".to_owned(),
    ];
    for (right, wrong) in wrong {
        let data = full.replace(right, wrong);
        assert_ne!(data, full);
        for asked in ["register NISS --procedure classic --accept-terms", "recover request NISS"] {
            lines.push(format!("{asked} --account-type citizen {data} {contacts} --channel sms"));
        }
    }
    lines
}

#[test]
fn identity_refusals_are_identical() {
    let nobodys = |line: &str| answers(&Sandbox::new(), line, "", NOBODY, 7);
    let unknown = nobodys(&wrong_data()[0]);
    assert!(unknown[2].contains("identity_mismatch") && unknown[6].contains("identity_mismatch"), "{unknown:?}");
    assert!(unknown[7].contains("identity_blocked") && unknown[8].contains("identity_blocked"), "{unknown:?}");
    let recover =
        unknown.iter().map(|answer| answer.replace("\"register\"", "\"recover_request\"")).collect::<Vec<_>>();
    for (state, sandbox) in states() {
        for (n, line) in wrong_data().iter().enumerate() {
            // The complete series through the block for one value; two replies for each other value.
            let times = if n < 1 { 7 } else { 2 };
            let replies = answers(&sandbox, line, "", ANA, times);
            let expected = if line.starts_with("recover") { &recover } else { &unknown };
            assert_eq!(replies, expected[..replies.len()], "{state}: {line}");
        }
    }
    // All data are right, but the holder has died; and a company.
    let custodio = person(CUSTODIO);
    for (line, niss) in [
        (format!("{} --channel email", custodio.portal()), CUSTODIO),
        (format!("{} {} --channel email", custodio.recover(), "--email x@correio.example"), CUSTODIO),
        (format!("{} --channel email", person(TECIDOS).portal()), TECIDOS),
        (format!("{} --channel email", person(PADARIA).portal().replace(&person(PADARIA).nif, "200000012")), PADARIA),
    ] {
        let replies = answers(&Sandbox::new(), &line.replace(niss, "NISS"), "", niss, 7);
        assert_eq!(&replies, if line.starts_with("recover") { &recover } else { &unknown }, "{line}");
    }
}

#[test]
fn login_refusals_are_identical() {
    let line = "login NISS --password-stdin";
    let unknown = answers(&Sandbox::new(), line, OTHER_PASSWORD, NOBODY, 7);
    assert!(unknown[6].contains("login_failed") && unknown[7].contains("login_locked"), "{unknown:?}");
    for (state, sandbox) in states() {
        assert_eq!(answers(&sandbox, line, OTHER_PASSWORD, ANA, 7), unknown, "{state}");
        // The right password of an account that is not active.
        if !["active", "recovering", "with a phone code"].contains(&state) {
            assert_eq!(answers(&sandbox, line, PASSWORD, ANA, 7), unknown, "{state}");
        }
    }
}

#[test]
fn wrong_code_refusals_are_identical() {
    for what in ["activate", "recover confirm"] {
        // Not one of the codes of a sandbox with seed 0.
        let line = format!("{what} NISS --code 000001 --password-stdin");
        let unknown = answers(&Sandbox::new(), &line, OTHER_PASSWORD, NOBODY, 12);
        assert!(unknown[6].contains("code_wrong") && unknown[7].contains("code_blocked"), "{unknown:?}");
        for (state, sandbox) in states() {
            assert_eq!(answers(&sandbox, &line, OTHER_PASSWORD, ANA, 12), unknown, "{what}, {state}");
        }
        // A password that breaks the general rules is refused first, for everybody.
        let weak = answers(&Sandbox::new(), &line, "short", NOBODY, 2);
        for (state, sandbox) in states() {
            assert_eq!(answers(&sandbox, &line, "short", ANA, 2), weak, "{what}, {state}");
        }
        // A password that only its holder's data make weak is not.
        for (state, sandbox) in states() {
            let replies = answers(&sandbox, &line, "Ferreira-1984-Ana", ANA, 1);
            assert!(replies[2].contains("code_wrong"), "{what}, {state}: {replies:?}");
        }
    }
}

#[test]
fn wrong_phone_code_refusals_are_identical() {
    for line in ["phone-code verify NISS --code-stdin", "phone-line NISS --code-stdin"] {
        let unknown = answers(&Sandbox::new(), line, "730264", NOBODY, 5);
        assert!(unknown[4].contains("phone_code_wrong") && unknown[5].contains("phone_code_blocked"), "{unknown:?}");
        for (state, sandbox) in states() {
            assert_eq!(answers(&sandbox, line, "730264", ANA, 5), unknown, "{line}, {state}");
        }
    }
}

#[test]
fn cmd_refusals_do_not_reveal_who_is_enrolled() {
    let enrolled = Sandbox::new();
    enrolled.feed(&format!("cmd enrol {ANA} --mobile +33612345678 --pin-stdin"), "2718").ok();
    let revoked = enrolled.fork();
    revoked.ssd(&format!("cmd revoke {ANA}")).ok();
    for line in [
        "login NISS --method cmd --pin-stdin",
        "login NISS --method cmd --pin-stdin --code 000001 --consent",
        "register NISS --procedure cmd --accept-terms --pin-stdin",
    ] {
        let unknown = answers(&Sandbox::new(), line, "3141", NOBODY, 5);
        assert!(unknown[4].contains("cmd_pin_wrong") && unknown[5].contains("cmd_blocked"), "{unknown:?}");
        for sandbox in states().iter().map(|(_, sandbox)| sandbox).chain([&enrolled, &revoked]) {
            assert_eq!(answers(sandbox, line, "3141", ANA, 5), unknown, "{line}");
        }
    }
}

#[test]
fn second_factor_login_refusals_are_identical() {
    let enrol = format!("{} --password-stdin", person(ANA).recover().replace("recover request", "second-factor enrol"));
    let enrol = enrol.replace(ANA, "NISS");
    for line in ["login NISS --password-stdin", "login NISS --password-stdin --code 000001", &enrol] {
        // As without a second factor.
        let unknown = answers(&Sandbox::new(), line, OTHER_PASSWORD, NOBODY, 7);
        for (state, sandbox) in states() {
            sandbox.policy("login.second_factor", "on");
            assert_eq!(answers(&sandbox, line, OTHER_PASSWORD, ANA, 7), unknown, "{state}");
            if !["active", "recovering", "with a phone code"].contains(&state) {
                assert_eq!(answers(&sandbox, line, PASSWORD, ANA, 7), unknown, "{state}");
            }
        }
    }
}

/// Returns the slow work of a refused command.
fn work(sandbox: &Sandbox, line: &str, input: &str) -> WorkCount {
    work_count::take();
    sandbox.feed(line, input).fails(1);
    work_count::take()
}

/// Requests that a stranger can make, with an input that is wrong for everybody.
const STRANGERS: [(&str, &str); 14] = [
    ("login NISS --password-stdin", OTHER_PASSWORD),
    ("login NISS --password-stdin --code 000001", OTHER_PASSWORD),
    ("login NISS --method cmd --pin-stdin", "3141"),
    ("activate NISS --code 000001 --password-stdin", "Caravela*8*Relva*Giz"),
    // Weak by Ana's own data, which only Ana may learn.
    ("activate NISS --code 000001 --password-stdin", "Sofia-Marques-Ferreira-1"),
    ("recover confirm NISS --code 000001 --password-stdin", "Caravela*8*Relva*Giz"),
    ("register NISS --account-type citizen --birth-date 1984-03-23 --channel sms --accept-terms", ""),
    ("register NISS --procedure cmd --accept-terms --pin-stdin", "3141"),
    (
        "recover request NISS --name 'Ana Sofia' --birth-date 1984-03-22 --civil-id 12345670 --nif 200000012 \
         --mobile 912000001 --channel sms",
        "",
    ),
    ("recover request NISS --procedure portal --account-type citizen --birth-date 1984-03-23 --channel sms", ""),
    (
        "second-factor enrol NISS --account-type citizen --name 'Ana Sofia Marques Ferreira' --birth-date 1984-03-22 \
         --civil-id 123456703ZY4 --nif 200000012 --password-stdin",
        OTHER_PASSWORD,
    ),
    ("phone-line NISS --code-stdin", "730264"),
    ("phone-code verify NISS --code-stdin", "730264"),
    ("activate NISS --code BCDF-GHJK --password-stdin", "Caravela*8*Relva*Giz"),
];

#[test]
fn work_does_not_reveal_an_account() {
    let enrolled = Sandbox::new();
    enrolled.activate();
    enrolled.feed(&format!("cmd enrol {ANA} --mobile +33612345678 --pin-stdin"), "2718").ok();
    for (state, sandbox) in states().into_iter().chain([("enrolled", enrolled)]) {
        // Hashes of earlier costs stay, so two costs are in use, in every state with a password.
        sandbox.policy("argon2.passes", "2");
        for limit in ["code.failures", "login.failures", "identity.failures"] {
            sandbox.policy(limit, "3");
        }
        for (line, input) in STRANGERS {
            let sandbox = sandbox.fork();
            let mut messages = 0;
            for attempt in 1..=4 {
                let [known, unknown] = [ANA, NOBODY].map(|niss| work(&sandbox, &line.replace("NISS", niss), input));
                assert_eq!(known, unknown, "{state}, attempt {attempt}: {line}");
                messages += unknown.messages.values().sum::<u64>();
                let hashes: u64 = unknown.hashes.values().sum();
                assert_eq!(hashes > 0, input.len() > 6, "{state}: {line}: {unknown:?}");
                assert_eq!(unknown.keyed_hashes, hashes, "{state}: {line}: {unknown:?}");
                // A requested account has no password that the new one could repeat.
                assert!(hashes == 1 || !line.starts_with("activate"), "{state}: {line}: {unknown:?}");
                // A new password is also estimated, in another thread.
                let sets_one = ["activate", "recover"].iter().any(|command| line.starts_with(command));
                let estimates = if hashes > 0 && sets_one { 2 } else { 0 };
                assert_eq!(unknown.estimates, estimates, "{state}: {line}: {unknown:?}");
            }
            // Identity checks have no notice.
            assert_eq!(messages > 0, !input.is_empty(), "{state}: {line}");
        }
    }
}

#[test]
fn one_hash_of_each_cost_in_use_is_made_until_none_is_outdated() {
    let costs = |sandbox: &Sandbox, niss: &str| {
        let work = work(&sandbox.fork(), &format!("login {niss} --password-stdin"), OTHER_PASSWORD);
        work.hashes.into_iter().map(|(cost, count)| format!("{count} {cost}")).collect::<Vec<_>>()
    };
    let both = |sandbox: &Sandbox| {
        let known = costs(sandbox, ANA);
        assert_eq!(known, costs(sandbox, NOBODY));
        known
    };
    let sandbox = Sandbox::new();
    sandbox.policy("argon2.passes", "3");
    sandbox.policy("argon2.passes", "1");
    assert_eq!(both(&sandbox), ["1 m=8,t=1,p=1"], "no password has another cost");
    sandbox.activate();
    sandbox.policy("argon2.passes", "2");
    sandbox.policy("argon2.memory", "16");
    assert_eq!(both(&sandbox), ["1 m=16,t=2,p=1", "1 m=8,t=1,p=1"]);
    // A right password during a lockout takes no other work.
    let locked = sandbox.fork();
    for _ in 0..5 {
        locked.feed(&format!("login {ANA} --password-stdin"), OTHER_PASSWORD).fails(1);
    }
    let login = format!("login {ANA} --password-stdin");
    assert_eq!(work(&locked.fork(), &login, PASSWORD), work(&locked.fork(), &login, OTHER_PASSWORD));
    // The login makes the hash anew, and `store check` or another change of the costs notices it.
    sandbox.feed(&login, PASSWORD).ok();
    assert_eq!(both(&sandbox).len(), 2);
    sandbox.ssd("store check").ok();
    assert_eq!(both(&sandbox), ["1 m=16,t=2,p=1"]);
}

#[test]
fn discarded_messages_leave_no_trace() {
    let sandbox = Sandbox::new();
    for niss in [NOBODY, JOSE] {
        for _ in 0..5 {
            sandbox.feed(&format!("login {niss} --password-stdin"), OTHER_PASSWORD).fails(1);
        }
        assert_eq!(sandbox.login(niss, PASSWORD)["reason"], "login_locked");
    }
    assert_eq!(sandbox.ssd("outbox list").ok(), "");
    sandbox.ssd("store check").ok();
    // References are enforced again afterwards.
    sandbox.register();
    assert_eq!(sandbox.messages(ANA).len(), 1);
}

#[test]
fn successful_login_renews_an_outdated_hash() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.policy("argon2.passes", "2");
    let password_hash = || -> String {
        let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
        connection.query_row("SELECT password FROM account", [], |row| row.get(0)).expect("a hash")
    };
    let before = password_hash();
    assert!(before.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    sandbox.login(ANA, OTHER_PASSWORD);
    assert_eq!(password_hash(), before);
    done(sandbox.login(ANA, PASSWORD));
    let after = password_hash();
    assert!(after.starts_with("$argon2id$v=19$m=8,t=2,p=1$"), "{after}");
    done(sandbox.login(ANA, PASSWORD));
    assert_eq!(password_hash(), after);
}

// Denial of service by lockouts.

#[test]
fn persistent_guessing_does_not_void_a_letter_code() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    let code = sandbox.code(ANTONIO);
    let guesses = "{\"op\":\"activate\",\"niss\":\"12000000046\",\"code\":\"BCDFGHJK\",\"password\":\"Violeta-9-Oceano-Trigo\"}\n";
    sandbox.file("guesses", guesses.repeat(12));
    for day in 0..20 {
        let out = sandbox.ssd("batch guesses").fails(5).out;
        assert_eq!(out.matches("code_wrong").count(), 10, "day {day}");
        assert_eq!(out.matches("code_blocked").count(), 2, "day {day}");
        let blocked = sandbox.try_activate(ANTONIO, &code);
        let until = word(&blocked, "retry_at").to_owned();
        assert_eq!(
            sandbox.message_log(ANTONIO).iter().filter(|entry| *entry == "letter code_blocked").count(),
            day + 1
        );
        // An operator can lift the block, and it ends by itself at the announced second.
        let lifted = sandbox.fork();
        lifted.ssd(&format!("account unlock {ANTONIO} --reason x")).ok();
        done(lifted.try_activate(ANTONIO, &code));
        let waited = sandbox.fork();
        waited.at(&until);
        done(waited.try_activate(ANTONIO, &code));
        sandbox.advance("1d");
    }
    done(sandbox.try_activate(ANTONIO, &code));
}

#[test]
fn every_block_can_end_and_is_notified_once() {
    let mut sandbox = Sandbox::new().logged_in();
    let digits = sandbox.ssd("phone-code set").ok();
    *sandbox.session() = None;
    let before = sandbox.message_log(ANA).len();
    let verify = format!("phone-code verify {ANA} --code-stdin");
    for _ in 0..9 {
        sandbox.login(ANA, OTHER_PASSWORD);
        sandbox.feed(&verify, wrong(&digits)).fails(1);
        sandbox
            .json("register 12000000012 --account-type citizen --birth-date 1984-03-23 --channel sms --accept-terms");
    }
    let log = sandbox.message_log(ANA).split_off(before);
    let expected = ["email phone_code_blocked", "sms phone_code_blocked", "email login_locked", "sms login_locked"];
    assert_eq!(log, expected);
    let blocks = sandbox.json(&format!("account show {ANA}"))["blocks"].as_array().expect("blocks").clone();
    let what: Vec<&str> = blocks.iter().map(|block| word(block, "what")).collect();
    assert_eq!(what, ["identity", "login", "phone_code"]);
    // By themselves.
    sandbox.advance("1h");
    done(sandbox.fork().login(ANA, PASSWORD));
    sandbox.ssd(&format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())).ok();
    // By the holder in a session, with a new phone code; by an operator.
    let mut inside = sandbox.fork();
    inside.log_in(ANA, PASSWORD);
    let other = inside.ssd("phone-code change --generate").ok();
    done(inside.feed_json(&verify, other));
    sandbox.ssd(&format!("account unlock {ANA} --reason x")).ok();
    done(sandbox.feed_json(&verify, &digits));
}

#[test]
fn stored_and_discarded_messages_take_the_same_statements() {
    use rusqlite::StatementStatus::RePrepare;
    let sandbox = Sandbox::new();
    let store = ssd::store::Store::open(sandbox.store().as_path()).expect("the store");
    let prepared_again = store.write("test", |unit| {
        // SQLite prepares a statement again after a pragma. That takes longer than the message.
        let count = || -> Result<i32, ssd::error::Error> {
            let mut statement = unit.tx.prepare_cached("SELECT count(*) FROM message")?;
            statement.query_row([], |_| Ok(()))?;
            Ok(statement.get_status(RePrepare))
        };
        let add = |clock| unit.tx.execute("UPDATE store SET clock = ?1", [clock]);
        let clock = || unit.tx.query_row("SELECT clock FROM store", [], |row| row.get::<_, i64>(0));
        let mut counts = vec![count()?];
        unit.keep(|_| add(4_000_000_000_i64).map(drop).map_err(Into::into).and(count().map(drop)))?;
        counts.push(count()?);
        assert_eq!(clock()?, 4_000_000_000, "kept");
        unit.discard(|_| add(5_000_000_000_i64).map(drop).map_err(Into::into).and(count().map(drop)))?;
        counts.push(count()?);
        assert_eq!(clock()?, 4_000_000_000, "discarded");
        Ok(counts)
    });
    let counts = prepared_again.expect("the counts");
    assert!(counts[1] > counts[0] && counts[1] - counts[0] == counts[2] - counts[1], "{counts:?}");
}
