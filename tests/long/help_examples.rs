//! Every example of every help page, run by a shell against the personas.

use std::process::Command;

use ssd::cli::help::{command_help, examples};

use crate::support::*;

/// What the examples write in place of a value that a run draws.
const CODE: &str = "--code 123456";
const DIGITS: &str = "271828";
const SESSION_ID: &str = "83f1c0a2d45be967";

/// A store in which an example works, with the values for its placeholders.
struct Situation {
    sandbox: Sandbox,
    code: String,
    digits: String,
    session_id: String,
    call: String,
}

impl Situation {
    fn of(sandbox: Sandbox) -> Situation {
        let [code, digits, session_id, call] = [(); 4].map(|()| String::new());
        Situation { sandbox, code, digits, session_id, call }
    }

    fn with_code(sandbox: Sandbox) -> Situation {
        Situation { code: sandbox.code(ANA), ..Situation::of(sandbox) }
    }
}

/// Returns a sandbox in which nobody has to wait for another code.
fn personas() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.policy("resend.wait", "0s");
    sandbox
}

fn active() -> Sandbox {
    let sandbox = personas();
    sandbox.activate();
    sandbox
}

/// Returns a sandbox in which most commands have something to show: accounts, an open session and another one, a
/// telephone, alerts, a letter to print, a phone code and a call.
fn busy() -> Situation {
    thread_local!(static BUSY: Situation = make_busy());
    BUSY.with(|made| Situation {
        sandbox: made.sandbox.fork(),
        code: made.code.clone(),
        digits: made.digits.clone(),
        session_id: made.session_id.clone(),
        call: made.call.clone(),
    })
}

fn make_busy() -> Situation {
    let sandbox = active();
    for niss in [JOSE, PADARIA] {
        sandbox.open_account(niss);
    }
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    let mut sandbox = sandbox;
    sandbox.log_in(ANA, PASSWORD);
    sandbox.ssd("contacts update --telephone 213000003").ok();
    sandbox.ssd(&format!("alerts send {} -q", shell_words::quote(&data("alerts.csv").to_string_lossy()))).ok();
    let digits = sandbox.ssd("phone-code set").ok();
    let call = sandbox.feed(&format!("phone-line {ANA} --code-stdin -q"), &digits).ok();
    let session_id = other_session(&sandbox);
    Situation { digits, session_id, call, ..Situation::of(sandbox) }
}

/// Opens another session and returns the id by which its holder can end it.
fn other_session(sandbox: &Sandbox) -> String {
    let mut other = command(sandbox.folder());
    other.args(["login", ANA, "--password-stdin"]);
    finish(other, Some(PASSWORD.as_bytes())).ok();
    let sessions = sandbox.json("session list")["sessions"].clone();
    let other = sessions.as_array().expect("sessions").iter().find(|one| one["current"] == false);
    word(other.expect("another session"), "id").to_owned()
}

/// Returns the situation for an example of a page.
fn situation(page: &str, example: &str) -> Situation {
    let recovering = || {
        let sandbox = active();
        sandbox.ssd(&format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())).ok();
        sandbox
    };
    match page {
        "" | "init" => Situation::of(Sandbox::nothing()),
        "register" | "cmd enrol" => Situation::of(personas()),
        "activate" | "outbox code" => {
            let sandbox = personas();
            sandbox.register();
            Situation::with_code(sandbox)
        }
        "recover confirm" | "outbox wait" => Situation::with_code(recovering()),
        "account resume" => {
            let sandbox = active();
            sandbox.ssd(&format!("account suspend {ANA} --reason x")).ok();
            Situation::of(sandbox)
        }
        "outbox returned" => {
            let sandbox = personas();
            for holder in [ANTONIO, LUIS] {
                sandbox.ssd(&format!("{} --channel letter", person(holder).portal())).ok();
            }
            sandbox.ssd("outbox print --pending --out letters.pdf").ok();
            Situation::of(sandbox)
        }
        "second-factor enrol" => {
            let sandbox = personas();
            sandbox.open_account(ANTONIO);
            sandbox.policy("login.second_factor", "on");
            Situation::of(sandbox)
        }
        "cmd revoke" => {
            let sandbox = personas();
            sandbox.feed(&format!("cmd enrol {ANA} --mobile 912000001 --pin-stdin"), "2718").ok();
            Situation::of(sandbox)
        }
        "contacts confirm" => {
            let busy = busy();
            busy.sandbox.ssd("contacts confirm --channel sms").ok();
            Situation { code: busy.sandbox.code(ANA), ..busy }
        }
        "phone-code set" => Situation::of(personas().logged_in()),
        "store restore" => {
            let real = Sandbox::real();
            real.ssd("store backup copy.db").ok();
            std::fs::copy(real.key(), real.folder().join("old.key")).expect("a copy");
            if !example.contains("--replace") {
                std::fs::remove_file(real.store()).expect("removed");
            }
            Situation::of(real)
        }
        "store rekey" | "store clock-reset" => Situation::of(Sandbox::real()),
        "batch" => {
            let situation = Situation::of(personas());
            let request = serde_json::json!({
                "op": "register", "niss": ANA, "account_type": "citizen", "birth_date": "1984-03-22", "channel": "sms",
                "accept_terms": true,
            });
            situation.sandbox.file("requests.jsonl", format!("{request}\n"));
            situation.sandbox.file(
                "requests.csv",
                format!("id;niss;account_type;birth_date;channel;accept_terms\n1;{ANA};citizen;1984-03-22;sms;true\n"),
            );
            if example.ends_with("--resume") {
                situation.sandbox.ssd("batch requests.jsonl --out replies.jsonl").ok();
            }
            situation
        }
        _ => busy(),
    }
}

/// Writes the files that the examples read.
fn write_files(Situation { sandbox, digits, .. }: &Situation, page: &str) {
    let _ = std::os::unix::fs::symlink(project("examples"), sandbox.folder().join("examples"));
    // A recovery needs a new password.
    let password = if page == "recover confirm" { OTHER_PASSWORD } else { PASSWORD };
    let personas = std::fs::read(data("personas.csv")).expect("the personas");
    let files: [(&str, &[u8]); 4] = [
        ("password.txt", password.as_bytes()),
        ("pin.txt", b"2718"),
        ("digits.txt", digits.as_bytes()),
        ("records.csv", &personas),
    ];
    for (name, content) in files {
        sandbox.file(name, content);
    }
}

/// Returns the standard input of an example that reads a file from it.
fn input(page: &str) -> Option<Vec<u8>> {
    let file = match page {
        "registry import" => "personas.csv",
        "alerts send" => "alerts.csv",
        _ => return None,
    };
    Some(std::fs::read(data(file)).expect("a file"))
}

/// Returns bash in the situation's folder. A failure in a pipeline is the failure of the example. `man` only reads.
fn bash(situation: &mut Situation, script: &str) -> Command {
    let like = shell(situation.sandbox.folder());
    let mut bash = Command::new("bash");
    bash.env_clear().envs(like.get_envs().filter_map(|(name, value)| Some((name, value?))));
    bash.current_dir(situation.sandbox.folder());
    bash.env("SSD_STORE", situation.sandbox.store()).env("SSD_OPERATOR", "tester");
    bash.env("SSD_CALL", &situation.call).env("OLD", PASSWORD).env("NEW", OTHER_PASSWORD);
    if let Some(session) = situation.sandbox.session() {
        bash.env("SSD_SESSION", session);
    }
    bash.arg("-c").arg(format!("set -o pipefail; man() {{ cat >/dev/null; }}; {script}"));
    bash.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    bash
}

fn has_bash() -> bool {
    Command::new("bash").arg("-c").arg("true").status().is_ok_and(|status| status.success())
}

/// `export A=$(ssd ...)` succeeds although the command fails, and so does `source <(ssd ...)`.
fn script(example: &str) -> String {
    match example.strip_prefix("export ") {
        Some(assignment) => assignment.to_owned(),
        None if example.starts_with("source ") => format!("{example} && complete -p ssd"),
        None => example.to_owned(),
    }
}

#[test]
fn every_example_of_every_help_page_works_for_the_personas() {
    if !has_bash() {
        skipped("bash: not on this machine");
        return;
    }
    let (mut count, mut failed) = (0, vec![]);
    for words in command_help::all() {
        let page = words.join(" ");
        for example in examples::of(&page) {
            // The examples of the program itself are one session. `conformance` runs that of `conform`.
            if (page.is_empty() && count > 0) || page == "conform" {
                continue;
            }
            let text = if page.is_empty() { examples::of("").join(" && ") } else { (*example).to_owned() };
            let mut situation = situation(&page, example);
            write_files(&situation, &page);
            let mut script = script(&text);
            for (placeholder, value) in [
                (CODE, format!("--code {}", situation.code)),
                (DIGITS, situation.digits.clone()),
                (SESSION_ID, situation.session_id.clone()),
            ] {
                script = script.replace(placeholder, &value);
            }
            let run = process(bash(&mut situation, &script), input(&page).as_deref());
            if run.code != 0 || run.err.contains("refused[") {
                failed.push(format!("{page}: {script}\n{}{}", run.out, run.err));
            }
            count += 1;
        }
    }
    assert!(count > 80 && failed.is_empty(), "{} of {count}:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn example_that_is_refused_would_be_found() {
    if !has_bash() {
        return;
    }
    let mut situation = situation("register", "");
    write_files(&situation, "register");
    for refused in [
        "ssd register 25000000129 --account-type company --nif 500000000 --channel email --accept-terms",
        &script("export SSD_SESSION=$(ssd login 12000000012 --password-stdin < password.txt)"),
        "ssd nothing | cat",
    ] {
        assert_ne!(process(bash(&mut situation, refused), None).code, 0, "{refused}");
    }
}
