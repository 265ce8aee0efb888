//! Concurrent processes: a code is used once, and limits hold. Signals end a process that waits for input.
//!
//! The tests use real processes and files. The sandbox clock stands still.

use std::fs::File;
use std::io::Write as _;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::support::chave_movel;
use crate::support::{ANA, ANA_IN_FULL, NOBODY, OTHER_PASSWORD, PASSWORD, REGISTER_ANA, Sandbox, person, shell};

/// The number of concurrent processes.
const RACERS: usize = 32;

/// Starts a command with standard input, without waiting for it.
fn start(sandbox: &Sandbox, line: &str, input: &str) -> Child {
    use std::io::Write;
    let mut command = sandbox.command(&format!("--json {line}"));
    let mut child = command.stdin(std::process::Stdio::piped()).spawn().expect("the binary runs");
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child
}

/// Starts all processes before waiting for the first. Returns their outcomes.
fn race(sandbox: &Sandbox, line: impl Fn(usize) -> String, input: impl Fn(usize) -> String) -> Vec<String> {
    let racers: Vec<Child> = (0..RACERS).map(|n| start(sandbox, &line(n), &input(n))).collect();
    let answer = |child: Child| {
        let output = child.wait_with_output().expect("it ends");
        let reply: Value = serde_json::from_slice(&output.stdout).expect("an object");
        let word = if reply["result"] == "done" { "done" } else { reply["reason"].as_str().unwrap_or("error") };
        word.to_owned()
    };
    racers.into_iter().map(answer).collect()
}

fn count(answers: &[String], word: &str) -> usize {
    answers.iter().filter(|answer| *answer == word).count()
}

#[test]
fn right_code_is_used_once() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let code = sandbox.code(ANA);
    let line = format!("activate {ANA} --code {code} --password-stdin");
    let answers = race(&sandbox, |_| line.clone(), |_| PASSWORD.to_owned());
    assert_eq!(count(&answers, "done"), 1, "{answers:?}");
    assert_eq!(count(&answers, "code_used"), RACERS - 1, "{answers:?}");
    assert_eq!(sandbox.message_log(ANA), ["sms activation", "email activated", "sms activated"]);
}

#[test]
fn concurrent_registrations_create_one_account_and_code() {
    let sandbox = Sandbox::new();
    let answers = race(&sandbox, |_| format!("{REGISTER_ANA} --channel sms"), |_| String::new());
    assert_eq!(count(&answers, "done"), 1, "{answers:?}");
    assert_eq!(count(&answers, "too_soon"), RACERS - 1, "{answers:?}");
    assert_eq!(sandbox.messages(ANA).len(), 1);
}

#[test]
fn wrong_codes_are_limited() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let right = sandbox.code(ANA);
    let wrong = |n: usize| format!("{:06}", (right.parse::<usize>().expect("digits") + 1 + n) % 1_000_000);
    let line = |n| format!("activate {ANA} --code {} --password-stdin", wrong(n));
    let answers = race(&sandbox, line, |_| PASSWORD.to_owned());
    assert_eq!(count(&answers, "code_wrong"), 5, "{answers:?}");
    assert_eq!(count(&answers, "code_blocked"), RACERS - 5, "{answers:?}");
}

#[test]
fn wrong_passwords_are_limited() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let answers = race(&sandbox, |_| format!("login {ANA} --password-stdin"), |n| format!("{OTHER_PASSWORD}{n}"));
    assert_eq!(count(&answers, "login_failed"), 5, "{answers:?}");
    assert_eq!(count(&answers, "login_locked"), RACERS - 5, "{answers:?}");
}

#[test]
fn right_password_during_a_lockout_gets_the_same_reply() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    for _ in 0..5 {
        sandbox.feed(&format!("login {ANA} --password-stdin"), OTHER_PASSWORD).fails(1);
    }
    let answers = race(&sandbox, |_| format!("login {ANA} --password-stdin"), |_| PASSWORD.to_owned());
    assert_eq!(count(&answers, "login_locked"), RACERS, "{answers:?}");
}

#[test]
fn wrong_phone_codes_are_limited() {
    let sandbox = Sandbox::new().logged_in();
    let right: usize = sandbox.ssd("phone-code set").ok().parse().expect("digits");
    let wrong = |n: usize| format!("{:06}", (right + 1 + n) % 1_000_000);
    let answers = race(&sandbox, |_| format!("phone-code verify {ANA} --code-stdin"), wrong);
    assert_eq!(count(&answers, "phone_code_wrong"), 3, "{answers:?}");
    assert_eq!(count(&answers, "phone_code_blocked"), RACERS - 3, "{answers:?}");
}

#[test]
fn callers_and_operators_share_the_phone_code_limit() {
    let sandbox = Sandbox::new().logged_in();
    let right = sandbox.ssd("phone-code set").ok();
    let line = |n: usize| match n % 2 {
        0 => format!("phone-code verify {ANA} --code-stdin"),
        _ => format!("phone-line {ANA} --code-stdin"),
    };
    let answers = race(&sandbox, line, |n| other(&right, n));
    assert_eq!(count(&answers, "phone_code_wrong"), 3, "{answers:?}");
    assert_eq!(count(&answers, "phone_code_blocked"), RACERS - 3, "{answers:?}");
    assert_eq!(sandbox.message_log(ANA).iter().filter(|message| *message == "sms phone_code_blocked").count(), 1);
}

/// Returns a store in which Ana's login needs a second factor and has an open code, and the code.
fn second_factor() -> (Sandbox, String) {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.confirm_registered(ANA);
    sandbox.policy("login.second_factor", "on");
    sandbox.feed(&format!("login {ANA} --password-stdin"), PASSWORD).ok();
    let code = sandbox.code(ANA);
    (sandbox, code)
}

#[test]
fn wrong_login_codes_are_limited() {
    let (sandbox, right) = second_factor();
    let line = |n| format!("login {ANA} --password-stdin --code {}", other(&right, n));
    let answers = race(&sandbox, line, |_| PASSWORD.to_owned());
    assert_eq!((count(&answers, "code_wrong"), count(&answers, "code_blocked")), (5, RACERS - 5), "{answers:?}");
}

#[test]
fn login_code_opens_one_session() {
    let (sandbox, right) = second_factor();
    let line = format!("login {ANA} --password-stdin --code {right}");
    let answers = race(&sandbox, |_| line.clone(), |_| PASSWORD.to_owned());
    assert_eq!((count(&answers, "done"), count(&answers, "code_used")), (1, RACERS - 1), "{answers:?}");
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let sessions: i64 = connection.query_row("SELECT count(*) FROM session", [], |row| row.get(0)).expect("a count");
    assert_eq!(sessions, 1);
}

#[test]
fn concurrent_logins_send_one_code() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.confirm_registered(ANA);
    sandbox.policy("login.second_factor", "sms");
    let answers = race(&sandbox, |_| format!("login {ANA} --password-stdin"), |_| PASSWORD.to_owned());
    assert_eq!((count(&answers, "done"), count(&answers, "too_soon")), (1, RACERS - 1), "{answers:?}");
    assert_eq!(sandbox.message_log(ANA).iter().filter(|message| *message == "sms login").count(), 1);
}

/// Returns the options of Ana's recovery request.
fn recover_ana() -> String {
    format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())
}

/// Returns wrong digits, different for each process.
fn other(right: &str, n: usize) -> String {
    format!("{:06}", (right.parse::<usize>().expect("digits") + 1 + n) % 1_000_000)
}

#[test]
fn recovery_code_is_used_once() {
    let sandbox = Sandbox::new().logged_in();
    sandbox.ssd(&recover_ana()).ok();
    let line = format!("recover confirm {ANA} --code {} --password-stdin", sandbox.code(ANA));
    let answers = race(&sandbox, |_| line.clone(), |n| format!("{OTHER_PASSWORD}{n}"));
    assert_eq!(count(&answers, "done"), 1, "{answers:?}");
    assert_eq!(count(&answers, "code_used"), RACERS - 1, "{answers:?}");
    assert_eq!(sandbox.message_log(ANA).iter().filter(|message| *message == "sms recovered").count(), 1);
}

#[test]
fn concurrent_recoveries_send_one_code() {
    let sandbox = Sandbox::new().logged_in();
    let answers = race(&sandbox, |_| recover_ana(), |_| String::new());
    assert_eq!((count(&answers, "done"), count(&answers, "too_soon")), (1, RACERS - 1), "{answers:?}");
}

#[test]
fn wrong_recovery_codes_are_limited() {
    let sandbox = Sandbox::new().logged_in();
    sandbox.ssd(&recover_ana()).ok();
    let right = sandbox.code(ANA);
    let line = |n| format!("recover confirm {ANA} --code {} --password-stdin", other(&right, n));
    let answers = race(&sandbox, line, |_| OTHER_PASSWORD.to_owned());
    assert_eq!((count(&answers, "code_wrong"), count(&answers, "code_blocked")), (5, RACERS - 5), "{answers:?}");
}

#[test]
fn contact_code_is_used_once_and_wrong_ones_are_limited() {
    let sandbox = Sandbox::new().logged_in();
    sandbox.ssd("contacts confirm --channel email").ok();
    let right = sandbox.code(ANA);
    let wrong = sandbox.fork();
    let answers =
        race(&wrong, |n| format!("contacts confirm --channel email --code {}", other(&right, n)), |_| String::new());
    assert_eq!((count(&answers, "code_wrong"), count(&answers, "code_blocked")), (5, RACERS - 5), "{answers:?}");
    let answers = race(&sandbox, |_| format!("contacts confirm --channel email --code {right}"), |_| String::new());
    assert_eq!((count(&answers, "done"), count(&answers, "code_used")), (1, RACERS - 1), "{answers:?}");
}

#[test]
fn failed_identity_checks_are_limited() {
    for niss in [ANA, NOBODY] {
        let sandbox = Sandbox::new();
        let line = |n: usize| match n % 2 {
            0 => format!("register {niss} --account-type citizen --birth-date 1999-09-09 --accept-terms --channel sms"),
            _ => format!("recover request {niss} {ANA_IN_FULL} --mobile 912000001 --channel sms")
                .replace("1984-03-22", "1999-09-09"),
        };
        let answers = race(&sandbox, line, |_| String::new());
        let counts = (count(&answers, "identity_mismatch"), count(&answers, "identity_blocked"));
        assert_eq!(counts, (5, RACERS - 5), "{niss}: {answers:?}");
    }
}

#[test]
fn requests_up_to_a_step_share_the_limits() {
    let sandbox = Sandbox::new();
    let mistaken = format!("register {ANA} --account-type citizen --birth-date 1999-09-09 --accept-terms");
    let recovery = format!("recover request {ANA} {ANA_IN_FULL}").replace("1984-03-22", "1999-09-09");
    let line = |n: usize| match n % 4 {
        0 => format!("{mistaken} --channel sms"),
        1 => format!("{mistaken} --until identity"),
        2 => format!("{mistaken} --until channels"),
        _ => format!("{recovery} --until identity"),
    };
    let answers = race(&sandbox, line, |_| String::new());
    let counts = (count(&answers, "identity_mismatch"), count(&answers, "identity_blocked"));
    assert_eq!(counts, (5, RACERS - 5), "{answers:?}");
    let sandbox = Sandbox::new();
    sandbox.register();
    let right = sandbox.code(ANA);
    let line = |n: usize| match n % 2 {
        0 => format!("activate {ANA} --code {} --until code", other(&right, n)),
        _ => format!("activate {ANA} --code {} --password-stdin", other(&right, n)),
    };
    let answers = race(&sandbox, line, |_| PASSWORD.to_owned());
    assert_eq!((count(&answers, "code_wrong"), count(&answers, "code_blocked")), (5, RACERS - 5), "{answers:?}");
}

#[test]
fn wrong_current_passwords_are_limited() {
    let sandbox = Sandbox::new().logged_in();
    let two = |n: usize| format!("{OTHER_PASSWORD}{n}\nCaravela*8*Relva*Giz\n");
    let answers = race(&sandbox, |_| "password change --password-stdin".to_owned(), two);
    assert_eq!((count(&answers, "login_failed"), count(&answers, "login_locked")), (5, RACERS - 5), "{answers:?}");
}

#[test]
fn phone_code_is_set_and_shown_once() {
    let sandbox = Sandbox::new().logged_in();
    let answers = race(&sandbox, |_| "phone-code set".to_owned(), |_| String::new());
    assert_eq!((count(&answers, "done"), count(&answers, "phone_code_exists")), (1, RACERS - 1), "{answers:?}");
}

#[test]
fn wrong_pins_are_limited() {
    let sandbox = chave_movel::enrolled();
    let way =
        |n: usize| if n.is_multiple_of(2) { chave_movel::REGISTER.to_owned() } else { chave_movel::LOGIN.to_owned() };
    let answers = race(&sandbox, way, |n| format!("{}", 31_415_000 + n));
    assert_eq!((count(&answers, "cmd_pin_wrong"), count(&answers, "cmd_blocked")), (3, RACERS - 3), "{answers:?}");
    assert_eq!(sandbox.message_log(ANA), ["sms cmd_blocked"]);
}

#[test]
fn wrong_temporary_codes_are_limited() {
    let sandbox = chave_movel::enrolled();
    let right = chave_movel::sent(&sandbox, chave_movel::LOGIN);
    let line = |n| format!("{} --code {} --consent", chave_movel::LOGIN, other(&right, n));
    let answers = race(&sandbox, line, |_| chave_movel::PIN.to_owned());
    assert_eq!((count(&answers, "cmd_code_wrong"), count(&answers, "cmd_blocked")), (3, RACERS - 3), "{answers:?}");
    assert_eq!(sandbox.message_log(ANA), ["sms cmd", "sms cmd_blocked"]);
}

#[test]
fn temporary_code_is_used_once() {
    let sandbox = chave_movel::enrolled();
    let code = chave_movel::sent(&sandbox, chave_movel::REGISTER);
    let line = format!("{} --code {code} --consent", chave_movel::REGISTER);
    let answers = race(&sandbox, |_| line.clone(), |_| chave_movel::PIN.to_owned());
    assert_eq!((count(&answers, "done"), count(&answers, "cmd_code_wrong")), (1, RACERS - 1), "{answers:?}");
    assert_eq!(sandbox.message_log(ANA), ["sms cmd", "email activated", "sms activated"]);
}

#[test]
fn concurrent_pins_send_one_code() {
    let sandbox = chave_movel::enrolled();
    let answers = race(&sandbox, |_| chave_movel::LOGIN.to_owned(), |_| chave_movel::PIN.to_owned());
    assert_eq!((count(&answers, "done"), count(&answers, "too_soon")), (1, RACERS - 1), "{answers:?}");
}

#[test]
fn one_concurrent_init_succeeds() {
    let sandbox = Sandbox::nothing();
    let racers: Vec<Child> = (0..8).map(|_| start(&sandbox, "init --sandbox", "")).collect();
    let codes: Vec<i32> = racers
        .into_iter()
        .map(|child| child.wait_with_output().expect("it ends").status.code().unwrap_or(-1))
        .collect();
    assert_eq!(codes.iter().filter(|code| **code == 0).count(), 1, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| **code == 3).count(), 7, "{codes:?}");
    sandbox.ssd("store check").ok();
}

/// Runs a shell command that reads the named pipe `input`. Returns the other end too, once the command has opened it.
fn reading_a_pipe(sandbox: &Sandbox, line: &str) -> (Child, File) {
    let pipe = sandbox.folder().join("input");
    let _ = std::fs::remove_file(&pipe);
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU).expect("a pipe");
    let mut command = shell(sandbox.folder());
    command.arg("-c").arg(line).env("SSD_STORE", "store.db").stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("a shell");
    (child, File::options().write(true).open(pipe).expect("the other end"))
}

#[test]
fn first_signal_ends_every_command_that_waits_for_input() {
    use rustix::process::{Pid, Signal, kill_process};
    let sandbox = Sandbox::new();
    for line in [
        "batch input",
        "batch input --op account_show",
        "batch input --dry-run",
        "alerts send input",
        "registry import input",
        "scenario run input",
        "activate 12000000012 --code 123456 --password-file input",
    ] {
        for signal in [Signal::TERM, Signal::HUP] {
            let (child, _pipe) = reading_a_pipe(&sandbox, &format!("exec ssd {line}"));
            kill_process(Pid::from_child(&child), signal).expect("a signal");
            let output = child.wait_with_output().expect("it ends");
            assert_eq!(output.status.code(), Some(130), "{line}, {signal:?}: {output:?}");
        }
    }
}

#[test]
fn ignored_hangup_stays_ignored() {
    use rustix::process::{Pid, Signal, kill_process};
    let sandbox = Sandbox::new();
    // As nohup does it.
    let (child, mut pipe) = reading_a_pipe(&sandbox, "trap '' HUP; exec ssd batch input");
    kill_process(Pid::from_child(&child), Signal::HUP).expect("a signal");
    pipe.write_all(b"{\"op\":\"clock_show\"}\n").expect("a line");
    drop(pipe);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"line\":1"), "{output:?}");
}
