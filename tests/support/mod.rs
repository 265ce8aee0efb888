//! What the tests stand on: a sandbox of its own for each, made by copying one that was made once; the binary run in a cleared
//! environment; answers as text or JSON. A terminal for those that are asked is in [`terminal`], the personas in [`people`].

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock};

use serde_json::Value;

pub mod pdf;
pub mod people;
pub mod terminal;

pub use people::*;

/// The binary under test.
pub const SSD: &str = env!("CARGO_BIN_EXE_ssd");
/// A password that every profile takes.
pub const PASSWORD: &str = "Violeta-9-Oceano-Trigo";
/// Another.
pub const OTHER_PASSWORD: &str = "Moinho_7_Granito_Vela";
/// The line that customers are told to call, and when.
pub const CUSTOMER_LINE: [&str; 3] = ["210 545 400", "300 502 502", "9:00-18:00"];

/// A store of one test's own, and the folder that it lies in.
pub struct Sandbox {
    folder: tempfile::TempDir,
    session: Option<String>,
}

/// How a command ended.
#[derive(Debug)]
pub struct Run {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Run {
    /// Standard output without its last line end, of a command that was done.
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out.trim_end().to_owned()
    }

    /// The one object of `--json`.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The exit code is `code`.
    pub fn fails(self, code: i32) -> Run {
        assert_eq!(self.code, code, "{self:?}");
        self
    }

    /// Standard error says this.
    pub fn says(self, text: &str) -> Run {
        assert!(self.err.contains(text), "{text:?} is not in {self:?}");
        self
    }
}

/// A registry of examples/data.
pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data").join(name)
}

fn import(name: &str) -> String {
    format!("registry import {}", shell_words::quote(&data(name).to_string_lossy()))
}

/// A command in a cleared environment, with a home of its own.
#[expect(clippy::disallowed_methods, reason = "the tests are not the program: they hand its environment to it")]
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(SSD);
    command
        .env_clear()
        .env("HOME", folder)
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("SSD_STORE", folder.join("store.db"))
        .env("SSD_OPERATOR", "tester")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs a command to its end, with something to read on standard input.
pub fn finish(mut command: Command, input: Option<&[u8]>) -> Run {
    if input.is_some() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn().expect("the binary runs");
    if let Some(input) = input {
        // Who does not read it is free not to.
        let _ = child.stdin.take().expect("a pipe").write_all(input);
    }
    let output = child.wait_with_output().expect("the binary ends");
    Run {
        out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        code: output.status.code().unwrap_or(-1),
    }
}

/// A folder that is gone when the test is: in memory where there is room, as no test is about a disk that loses its power.
pub fn folder() -> tempfile::TempDir {
    static IN_MEMORY: OnceLock<bool> = OnceLock::new();
    let memory = Path::new("/dev/shm");
    let has_space = || rustix::fs::statvfs(memory).is_ok_and(|there| there.f_bavail * there.f_frsize >= 1 << 30);
    let folder = if *IN_MEMORY.get_or_init(has_space) { tempfile::tempdir_in(memory).ok() } else { None };
    folder.unwrap_or_else(|| tempfile::tempdir().expect("a folder"))
}

/// Says on standard error what a test can't try on this machine.
pub fn skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}

/// A store as it was at one moment, to be laid into other folders.
#[derive(Clone)]
struct Template {
    store: Vec<u8>,
    /// A sandbox has none: its key follows from the seed.
    key: Option<Vec<u8>>,
}

impl Template {
    fn of(sandbox: &Sandbox) -> Template {
        Template { store: sandbox.bytes(), key: std::fs::read(sandbox.key()).ok() }
    }

    /// What these commands make of an empty folder.
    fn made_by(lines: &[&str]) -> Template {
        let sandbox = Sandbox::nothing();
        for line in lines {
            sandbox.ssd(line).ok();
        }
        Template::of(&sandbox)
    }

    fn lay(&self) -> Sandbox {
        let sandbox = Sandbox::nothing();
        std::fs::write(sandbox.store(), &self.store).expect("a store");
        if let Some(key) = &self.key {
            std::fs::write(sandbox.key(), key).expect("a key");
        }
        sandbox
    }
}

/// One pass over eight KiB in place of two over nineteen MiB: what the tests are about is not the cost of a hash.
const SANDBOX: [&str; 3] = ["init --sandbox", "policy set argon2.memory 8", "policy set argon2.passes 1"];

impl Sandbox {
    /// A sandbox with the personas in its registry.
    pub fn new() -> Sandbox {
        static TEMPLATE: OnceLock<Template> = OnceLock::new();
        TEMPLATE.get_or_init(|| Template::made_by(&[&SANDBOX[..], &[&import("personas.csv")]].concat())).lay()
    }

    /// A sandbox with an empty registry.
    pub fn empty() -> Sandbox {
        static TEMPLATE: OnceLock<Template> = OnceLock::new();
        TEMPLATE.get_or_init(|| Template::made_by(&SANDBOX)).lay()
    }

    /// A store that is no sandbox: with the system's clock and a key, and the personas in its registry.
    pub fn real() -> Sandbox {
        static TEMPLATE: OnceLock<Template> = OnceLock::new();
        TEMPLATE.get_or_init(|| Template::made_by(&["init", &import("personas.csv")])).lay()
    }

    /// A folder without a store.
    pub fn nothing() -> Sandbox {
        Sandbox { folder: folder(), session: None }
    }

    /// Takes steps that many tests begin with. In a sandbox the same steps from the same bytes come to the same bytes: they are
    /// walked once and then laid. `steps` gives what is to be known of them besides.
    fn walked(&self, name: &str, steps: impl FnOnce() -> Option<String>) -> Option<String> {
        type Known = HashMap<(String, Vec<u8>), (Template, Option<String>)>;
        static KNOWN: Mutex<Option<Known>> = Mutex::new(None);
        let known = || KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if self.key().exists() {
            return steps();
        }
        let from = (name.to_owned(), self.bytes());
        if let Some((template, text_printed)) = known().get_or_insert_default().get(&from).cloned() {
            std::fs::write(self.store(), &template.store).expect("a store");
            return text_printed;
        }
        let text_printed = steps();
        known().get_or_insert_default().insert(from, (Template::of(self), text_printed.clone()));
        text_printed
    }

    /// Another with the same store, so that two futures of it can be tried.
    pub fn fork(&self) -> Sandbox {
        Sandbox { session: self.session.clone(), ..Template::of(self).lay() }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn store(&self) -> PathBuf {
        self.folder().join("store.db")
    }

    pub fn key(&self) -> PathBuf {
        self.folder().join("store.db.key")
    }

    /// The store's file, byte for byte: what a command that changed nothing has left as it was.
    pub fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.store()).expect("a store")
    }

    /// Writes a file beside the store and gives its name.
    pub fn file<'a>(&self, name: &'a str, content: impl AsRef<[u8]>) -> &'a str {
        std::fs::write(self.folder().join(name), content).expect("a file");
        name
    }

    /// Reads one.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder().join(name)).expect(name)
    }

    /// A command line as a shell would split it, not yet run.
    pub fn command(&self, line: &str) -> Command {
        let mut command = command(self.folder());
        command.args(shell_words::split(line).expect("words"));
        if let Some(session) = &self.session {
            command.env("SSD_SESSION", session);
        }
        command
    }

    /// Runs a command line.
    pub fn ssd(&self, line: &str) -> Run {
        finish(self.command(line), None)
    }

    /// Runs a command line with something on standard input.
    pub fn feed(&self, line: &str, input: impl AsRef<[u8]>) -> Run {
        finish(self.command(line), Some(input.as_ref()))
    }

    /// Runs a command line with variables in its environment.
    pub fn under(&self, variables: &[(&str, &str)], line: &str) -> Run {
        let mut command = self.command(line);
        command.envs(variables.iter().copied());
        finish(command, None)
    }

    /// Runs a command line with `--json` and gives its object, whatever the exit code.
    pub fn json(&self, line: &str) -> Value {
        self.ssd(&format!("--json {line}")).json()
    }

    /// The same with something on standard input.
    pub fn feed_json(&self, line: &str, input: impl AsRef<[u8]>) -> Value {
        self.feed(&format!("--json {line}"), input).json()
    }

    /// The reason of a refusal; panics if it was done.
    pub fn refused(&self, line: &str) -> String {
        reason(&self.json(line))
    }

    /// The same with something on standard input.
    pub fn feed_refused(&self, line: &str, input: impl AsRef<[u8]>) -> String {
        reason(&self.feed_json(line, input))
    }

    /// Loads a registry of examples/data.
    pub fn import(&self, name: &str) -> Run {
        self.ssd(&import(name))
    }

    /// The newest code that was sent to a holder.
    pub fn code(&self, niss: &str) -> String {
        self.ssd(&format!("outbox code {niss}")).ok()
    }

    /// Registers Ana by the portal and SMS.
    pub fn register(&self) {
        self.walked("register", || {
            self.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
            None
        });
    }

    /// Registers and activates Ana.
    pub fn activate(&self) {
        self.walked("activate", || {
            self.register();
            self.activate_with(ANA, &self.code(ANA)).ok();
            None
        });
    }

    /// Registers a holder by the portal and the first channel that can be used, and activates the account.
    pub fn admit(&self, niss: &str) {
        self.walked(&format!("admit {niss}"), || {
            let holder = person(niss);
            self.ssd(&format!("{} --channel {}", holder.portal(), holder.channels()[0])).ok();
            self.activate_with(niss, &self.code(niss)).ok();
            None
        });
    }

    /// Activates an account with a code and [`PASSWORD`].
    pub fn activate_with(&self, niss: &str, code: &str) -> Run {
        self.feed(&format!("activate {niss} --code {code} --password-stdin"), PASSWORD)
    }

    /// The same with `--json`.
    pub fn tried(&self, niss: &str, code: &str) -> Value {
        self.feed_json(&format!("activate {niss} --code {code} --password-stdin"), PASSWORD)
    }

    /// Activates Ana and logs her in; her session holds for the commands that follow.
    pub fn inside(mut self) -> Sandbox {
        self.activate();
        self.log_in(ANA, PASSWORD);
        self
    }

    /// A login, with `--json`.
    pub fn login(&self, niss: &str, password: &str) -> Value {
        self.feed_json(&format!("login {niss} --password-stdin"), password)
    }

    /// Logs a holder in; the session holds for the commands that follow.
    pub fn log_in(&mut self, niss: &str, password: &str) {
        self.session = self.walked(&format!("login {niss} {password}"), || {
            Some(self.feed(&format!("login {niss} --password-stdin"), password).ok())
        });
    }

    /// The session that holds for commands, if there is one.
    pub fn session(&mut self) -> &mut Option<String> {
        &mut self.session
    }

    /// Moves the clock on.
    pub fn advance(&self, by: &str) {
        self.ssd(&format!("clock advance {by}")).ok();
    }

    /// Sets the clock: to a time of the first day (`09:10:00`), or to any.
    pub fn at(&self, time: &str) {
        let time = if time.len() == 8 { format!("2026-01-05T{time}Z") } else { time.to_owned() };
        self.ssd(&format!("clock set {time}")).ok();
    }

    /// Changes a number of the policy.
    pub fn policy(&self, key: &str, value: &str) {
        self.ssd(&format!("policy set {key} {value}")).ok();
    }

    /// The messages to a holder, oldest first.
    pub fn messages(&self, niss: &str) -> Vec<Value> {
        lines(&self.ssd(&format!("--json outbox list --niss {niss}")).ok())
    }

    /// `channel purpose` of each message to a holder, oldest first.
    pub fn message_log(&self, niss: &str) -> Vec<String> {
        self.messages(niss).iter().map(|one| format!("{} {}", word(one, "channel"), word(one, "purpose"))).collect()
    }

    /// The entries of the audit about a holder, oldest first.
    pub fn audit(&self, niss: &str) -> Vec<Value> {
        lines(&self.ssd(&format!("--json audit list --niss {niss}")).ok())
    }

    /// The state of an account.
    pub fn state(&self, niss: &str) -> String {
        word(&self.json(&format!("account show {niss}")), "state").to_owned()
    }
}

/// The objects of a list, one a line.
pub fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect()
}

/// A text of an object.
pub fn word<'a>(object: &'a Value, key: &str) -> &'a str {
    object[key].as_str().unwrap_or_else(|| panic!("no text {key} in {object}"))
}

/// The keys of an object, in the order in which they are written.
pub fn keys(text: &str) -> Vec<String> {
    let object: serde_json::Map<String, Value> = serde_json::from_str(text).expect("an object");
    let mut keys: Vec<String> = object.keys().cloned().collect();
    keys.sort_by_key(|key| text.find(&format!("\"{key}\":")));
    keys
}

/// The reason of a refusal.
pub fn reason(reply: &Value) -> String {
    assert_eq!(reply["result"], "refused", "{reply}");
    assert!(reply["hint"].is_string(), "every refusal says what can be done next: {reply}");
    word(reply, "reason").to_owned()
}

/// A reply as it is printed, the number of its request apart, which no two have in common.
pub fn unnumbered(printed: &str) -> String {
    let Some((before, behind)) = printed.split_once("\"request\":") else { return printed.to_owned() };
    format!("{before}{}", behind.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(','))
}

/// The reply of a request that was done.
pub fn done(reply: Value) -> Value {
    assert_eq!(reply["result"], "done", "{reply}");
    reply
}

/// A code of the same shape that is another.
pub fn wrong(code: &str) -> String {
    let (head, last) = code.split_at(code.len() - 1);
    let other = match last {
        "B" => "C",
        "0" => "1",
        _ if code.starts_with(|c: char| c.is_ascii_digit()) => "0",
        _ => "B",
    };
    format!("{head}{other}")
}
