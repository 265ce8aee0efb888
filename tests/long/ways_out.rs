//! No dead ends: from every state that a random walk reaches, the commands in `next` work, and the hints lead back to a login, or to a
//! sentence that names what an operator does.

use serde_json::{Value, json};

use crate::rounds;
use crate::support::*;

const PIN: &str = "27182818";
const HOLDERS: [&str; 10] = [ANA, JOSE, MARIA, ANTONIO, INES, LUIS, ZULMIRA, FRANCISCO, METALURGICA, PADARIA];

/// A generator of small numbers (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).expect("a small number")]
    }
}

/// A holder's store, and what only the holder knows.
struct Walk {
    sandbox: Sandbox,
    niss: &'static str,
    password: String,
    /// The number of passwords so far: each new one differs.
    passwords: u32,
    session: String,
    log: Vec<String>,
}

impl Walk {
    fn new(niss: &'static str) -> Walk {
        let (password, session) = ("Nunca-Foi-Definida-1".to_owned(), String::new());
        Walk { sandbox: Sandbox::new(), niss, password, passwords: 0, session, log: vec![] }
    }

    fn fork(&self) -> Walk {
        let (password, session, log) = (self.password.clone(), self.session.clone(), self.log.clone());
        Walk { sandbox: self.sandbox.fork(), niss: self.niss, password, passwords: self.passwords + 100, session, log }
    }

    fn run(&mut self, line: &str, input: &str) -> Value {
        // The registry lacks this holder's NIF, and no NIF matches.
        let line = line.replace("--nif  ", "--nif 100000010 ");
        let mut command = self.sandbox.command(&format!("--json {line}"));
        if !self.session.is_empty() {
            command.env("SSD_SESSION", &self.session);
        }
        let run = finish(command, Some(input.as_bytes()));
        let reply = run.json();
        self.log.push(format!("{line}: {}", reply["reason"].as_str().unwrap_or_else(|| word(&reply, "result"))));
        assert_ne!(reply["result"], "error", "{reply}\n{}", self.log.join("\n"));
        if let Some(token) = reply["session"].as_str() {
            token.clone_into(&mut self.session);
        }
        reply
    }

    /// Runs a command that takes the password, or a new one.
    fn with_password(&mut self, line: &str) -> Value {
        let password = self.password.clone();
        self.run(&format!("{line} --password-stdin"), &password)
    }

    fn with_new_password(&mut self, line: &str) -> Value {
        self.passwords += 1;
        let password = format!("Violeta-{}-Oceano-Trigo", self.passwords);
        let reply = self.run(&format!("{line} --password-stdin"), &password);
        if reply["result"] == "done" {
            self.password = password;
        }
        reply
    }

    fn code(&self, purpose: &str) -> Option<String> {
        let run = self.sandbox.ssd(&format!("outbox code {} --purpose {purpose}", self.niss));
        (run.code == 0).then(|| run.out.trim().to_owned())
    }

    /// Returns the registered contacts, as they are now.
    fn contacts(&self) -> Vec<(&'static str, String, &'static str)> {
        let record = self.sandbox.json(&format!("registry show {}", self.niss));
        let value = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        [("email", value("email"), "email"), ("sms", value("mobile"), "mobile")]
            .into_iter()
            .filter(|(_, value, _)| !value.is_empty())
            .collect()
    }

    /// Returns the channels of the portal.
    fn channels(&self) -> Vec<&'static str> {
        let channels: Vec<_> = self.contacts().iter().map(|(channel, ..)| *channel).collect();
        if channels.is_empty() { vec!["letter"] } else { channels }
    }

    fn typed_contacts(&self) -> String {
        self.contacts().iter().map(|(_, value, option)| format!(" --{option} {value}")).collect()
    }

    /// Completes a command of `next` or of a hint with the data that the holder knows, and runs it. A command that sends a
    /// code of Chave Móvel Digital or of a login is followed by the one with the code.
    fn follow(&mut self, command: &str) -> Value {
        let niss = self.niss;
        let whom = person(niss);
        let account_type = if whom.is_citizen() { "citizen" } else { "company" };
        let command = command.trim_start_matches("ssd ");
        let words: Vec<&str> = command.split_whitespace().collect();
        let by_cmd = words.windows(2).any(|two| two == ["--procedure", "cmd"] || two == ["--method", "cmd"]);
        let channel = self.channels()[0];
        match words[..] {
            _ if by_cmd => {
                let terms = if words[0] == "register" { "--accept-terms" } else { "" };
                let line = format!("{} {terms} --pin-stdin", command.replace(" --pin-stdin", ""));
                let usable = self.code("cmd");
                let first = match usable {
                    Some(code) => self.run(&format!("{line} --code {code} --consent"), PIN),
                    None => json!({"reason": "none"}),
                };
                if first["result"] == "done" {
                    return first;
                }
                let sent = self.run(&line, PIN);
                match self.code("cmd").filter(|_| sent["result"] == "done") {
                    Some(code) => self.run(&format!("{line} --code {code} --consent"), PIN),
                    None => sent,
                }
            }
            ["register", ..] => self.run(&format!("{} --channel {channel}", whom.portal()), ""),
            ["activate", ..] => {
                let code = self.code("activation").unwrap_or_else(|| "BCDFGHJK".to_owned());
                self.with_new_password(&format!("activate {niss} --code {code}"))
            }
            ["login", ..] => self.log_in(),
            ["second-factor", "enrol", ..] => {
                let line = whom.recover().replacen("recover request", "second-factor enrol", 1);
                self.with_password(&format!("{line} --channel {channel}"))
            }
            ["recover", "request", .., "--procedure", "portal"] => {
                let identity = if whom.is_citizen() {
                    format!("--birth-date {}", whom.birth_date)
                } else {
                    format!("--nif {}", whom.nif)
                };
                let line =
                    format!("recover request {niss} --procedure portal --account-type {account_type} {identity}");
                self.run(&format!("{line} --channel {channel}"), "")
            }
            ["recover", "request", ..] => {
                let typed = self.typed_contacts();
                let typed = if typed.is_empty() { " --email ninguem@correio.example".to_owned() } else { typed };
                let channel = if channel == "letter" { "email" } else { channel };
                self.run(&format!("{}{typed} --channel {channel}", whom.recover()), "")
            }
            ["recover", "confirm", ..] => {
                let code = self.code("recovery").unwrap_or_else(|| "000000".to_owned());
                self.with_new_password(&format!("recover confirm {niss} --code {code}"))
            }
            ["account", what, ..] => self.run(&format!("account {what} {niss} --reason x"), ""),
            ["contacts", "confirm", "--channel", channel] => self.confirm(channel),
            ["contacts", "show"] => self.run("contacts show", ""),
            _ => panic!("an unknown command: {command}\n{}", self.log.join("\n")),
        }
    }

    /// Logs in, with a code if one is needed and was sent.
    fn log_in(&mut self) -> Value {
        let line = format!("login {}", self.niss);
        let reply = self.with_password(&line);
        let needs_code =
            reply.get("session").is_none() && reply["reason"] != "login_failed" && reply["reason"] != "login_locked";
        match self.code("login").filter(|_| needs_code) {
            Some(code) => self.with_password(&format!("{line} --code {code}")),
            None => reply,
        }
    }

    /// Runs a command, and again at its `retry_at` if it is refused until then.
    fn run_when_allowed(&mut self, line: &str) -> Value {
        let reply = self.run(line, "");
        match reply["retry_at"].as_str() {
            Some(until) => {
                self.sandbox.at(until);
                self.run(line, "")
            }
            None => reply,
        }
    }

    fn confirm(&mut self, channel: &str) -> Value {
        let sent = self.run(&format!("contacts confirm --channel {channel}"), "");
        let purpose = if channel == "email" { "contact_email" } else { "contact_mobile" };
        match self.code(purpose) {
            Some(code) => self.run(&format!("contacts confirm --channel {channel} --code {code}"), ""),
            None => sent,
        }
    }

    /// Sends one random request.
    fn step(&mut self, random: &mut Random) {
        let niss = self.niss;
        match random.below(22) {
            0..=2 => drop(self.follow("ssd register")),
            3 | 4 => drop(self.follow("ssd activate")),
            5 | 6 => drop(self.log_in()),
            7 => {
                for _ in 0..random.below(7) {
                    self.run(&format!("login {niss} --password-stdin"), "Errada-2-Errada-2");
                }
            }
            8 | 9 => {
                let (key, modes) = match random.below(4) {
                    0 => ("login.second_factor.company", ["same", "off", "on", "optional"]),
                    _ => ("login.second_factor", ["off", "optional", "on", "sms"]),
                };
                self.run(&format!("policy set {key} {}", random.pick(&modes)), "");
            }
            10 => drop(self.run(&format!("contacts remove --{}", random.pick(&["email", "mobile"])), "")),
            11 => {
                let contact = random.pick(&["--email nova@correio.example", "--mobile +33612345678", "--none"]);
                self.run(&format!("contacts update {contact}"), "");
            }
            12 | 13 => drop(self.confirm(random.pick(&["email", "sms"]))),
            14 => {
                let line = format!("cmd enrol {niss} --mobile +33612345678 --pin-stdin");
                // Without a NIF in the registry, the provider needs it as an option.
                if person(niss).is_citizen() && !person(niss).nif.is_empty() {
                    self.run(&line, PIN);
                }
            }
            15 => drop(
                self.follow(
                    random
                        .pick(&["ssd register X --procedure cmd", "ssd login X --method cmd"])
                        .replace('X', niss)
                        .as_str(),
                ),
            ),
            16 | 17 => {
                let what = random.pick(&["suspend", "resume", "reset", "close", "unlock"]);
                self.run(&format!("account {what} {niss} --reason x"), "");
            }
            18 | 19 => self.sandbox.advance(random.pick(&["61s", "11m", "1h", "8wd", "30d"])),
            20 => {
                if self.follow("ssd recover request")["result"] == "done" && random.below(2) == 0 {
                    self.follow("ssd recover confirm");
                }
            }
            _ => {
                let wrong = person(niss).portal().replace(&person(niss).birth_date, "1900-01-01");
                for _ in 0..random.below(7) {
                    if person(niss).is_citizen() {
                        self.run(&format!("{wrong} --channel email"), "");
                    }
                }
            }
        }
    }

    /// Asserts that each command in `next` works, each on a copy of the store.
    fn assert_next_works(&self) {
        let shown = self.sandbox.json(&format!("account show {}", self.niss));
        for command in shown["next"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let mut copy = self.fork();
            // The password of an account without one, and one that was typed wrong, are unknown: the holder of the walk knows it.
            let reply = copy.follow(command);
            assert_eq!(reply["result"], "done", "{command}: {reply}\n{}", copy.log.join("\n"));
        }
    }

    /// Follows the hints until a session for everything is open, or a sentence names the operators.
    fn assert_leads_back(&self) {
        let mut copy = self.fork();
        let mut reply = copy.log_in();
        for _ in 0..16 {
            if reply["session"].is_string() && reply.get("enrolment").is_none() {
                return;
            }
            if reply["enrolment"] == true {
                reply = copy.confirm_any();
                continue;
            }
            if reply["result"] == "done" {
                // A code was sent, or a password set: the next call uses it.
                reply = copy.continue_after(&reply);
                continue;
            }
            let hint = word(&reply, "hint").to_owned();
            if ["210 545 400", "ssd account ", "ssd registry import"].iter().any(|operators| hint.contains(operators)) {
                return;
            }
            if let Some(until) = reply["retry_at"].as_str() {
                copy.sandbox.at(until);
            }
            reply = match hint.split_once("ssd ") {
                Some((_, command)) => {
                    let command = command.split([';', ',', ')', '(']).next().unwrap_or_default().trim();
                    let command = command.replace("--password-stdin", "");
                    copy.follow(command.trim())
                }
                None => copy.log_in(),
            };
        }
        panic!("no way back: {reply}\n{}", copy.log.join("\n"));
    }

    /// Does what `contacts show` says until the session of the enrolment ends, then logs in.
    fn confirm_any(&mut self) -> Value {
        for _ in 0..4 {
            let shown = self.run("contacts show", "");
            let lines = shown["contacts"].as_array().cloned().unwrap_or_default();
            let next: Vec<&str> = lines.iter().filter_map(|line| line["next"].as_str()).collect();
            // A mobile receives the codes of every mode.
            let command = next.last().unwrap_or_else(|| panic!("nothing to do: {shown}\n{}", self.log.join("\n")));
            let reply = match command.rsplit_once(' ') {
                Some((_, "sms")) => self.confirm("sms"),
                Some((_, "email")) => self.confirm("email"),
                Some((_, "--mobile")) => self.run_when_allowed("contacts update --mobile +33612345678"),
                _ => self.run_when_allowed("contacts update --email nova@correio.example"),
            };
            if let Some(until) = reply["retry_at"].as_str() {
                self.sandbox.at(until);
            }
            if reply["session_ended"] == true {
                break;
            }
        }
        self.session.clear();
        self.sandbox.advance("61s");
        self.log_in()
    }

    fn continue_after(&mut self, reply: &Value) -> Value {
        match word(reply, "op") {
            "register" => self.follow("ssd activate"),
            "recover_request" => self.follow("ssd recover confirm"),
            "second_factor_enrol" => {
                let code = self.code("login").expect("a code");
                self.with_password(&format!("login {} --code {code}", self.niss))
            }
            _ => self.log_in(),
        }
    }
}

#[test]
fn next_commands_work_and_hints_lead_back_from_every_state_of_a_walk() {
    for round in 0..u64::from(rounds(24)) {
        let mut random = Random(round);
        let mut walk = Walk::new(random.pick(&HOLDERS));
        walk.follow("ssd register");
        for _ in 0..24 {
            walk.step(&mut random);
        }
        walk.assert_next_works();
        walk.assert_leads_back();
    }
}
