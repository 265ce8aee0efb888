//! Fixtures of the tests: sandboxes copied from templates, and commands in a cleared environment.
//!
//! Replies are returned as text or JSON. [`finish`] and [`process`] run a command. [`terminal`] has a pseudo-terminal, [`people`] the personas, [`chave_movel`]
//! Ana with Chave Móvel Digital, [`pdf`] a PDF reader, [`snapshots`] the comparison with recorded output.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock};

use serde_json::Value;
use ssd::random::RandomSource;
use ssd::reply::Reply;
use ssd::request::request_line::{JsonFields, RequestLine};
use ssd::store::Store;
use ssd::store::crypto::key::Key;

mod calls;
pub mod chave_movel;
pub mod conformance;
pub mod pdf;
pub mod people;
pub mod replay;
pub mod snapshots;
pub mod terminal;
pub mod transcripts;

pub use calls::{finish, mounting, process, shell};
pub use people::*;

/// The binary under test.
pub const SSD: &str = env!("CARGO_BIN_EXE_ssd");
/// A password that every profile accepts.
pub const PASSWORD: &str = "Violeta-9-Oceano-Trigo";
/// Another accepted password.
pub const OTHER_PASSWORD: &str = "Moinho_7_Granito_Vela";
/// The phone number for customers and its hours.
pub const CUSTOMER_LINE: [&str; 3] = ["210 545 400", "300 502 502", "9:00-18:00"];

/// A test's own store, in its own folder.
pub struct Sandbox {
    folder: tempfile::TempDir,
    session: Option<String>,
}

/// The result of a command.
#[derive(Debug)]
pub struct Run {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Run {
    /// Asserts exit code 0 and returns standard output without its last line end.
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out.trim_end().to_owned()
    }

    /// Returns the JSON object on standard output.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Asserts the exit code.
    pub fn fails(self, code: i32) -> Run {
        assert_eq!(self.code, code, "{self:?}");
        self
    }

    /// Asserts that standard error contains a text.
    pub fn says(self, text: &str) -> Run {
        assert!(self.err.contains(text), "{text:?} is not in {self:?}");
        self
    }
}

/// Returns the path of a file of the project.
pub fn project(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Returns the path of a registry file in examples/data.
pub fn data(name: &str) -> PathBuf {
    project("examples/data").join(name)
}

fn import(name: &str) -> String {
    format!("registry import {}", shell_words::quote(&data(name).to_string_lossy()))
}

/// Returns a command in a cleared environment, with the folder as its home.
#[expect(clippy::disallowed_methods, reason = "the tests are not the program: they hand its environment to it")]
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(SSD);
    command
        .env_clear()
        .env("HOME", folder)
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("SSD_STORE", folder.join("store.db"))
        .env("SSD_OPERATOR", "tester")
        .env("TERM", "xterm")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Returns a temporary folder, in memory if possible: no test is about power loss.
pub fn folder() -> tempfile::TempDir {
    static IN_MEMORY: OnceLock<bool> = OnceLock::new();
    let memory = Path::new("/dev/shm");
    let has_space = || rustix::fs::statvfs(memory).is_ok_and(|there| there.f_bavail * there.f_frsize >= 1 << 30);
    let folder = if *IN_MEMORY.get_or_init(has_space) { tempfile::tempdir_in(memory).ok() } else { None };
    folder.unwrap_or_else(|| tempfile::tempdir().expect("a folder"))
}

/// Reports on standard error that a test can't run on this machine.
pub fn skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}

/// A copy of a store, to restore in other folders.
#[derive(Clone)]
pub struct Template {
    store: Vec<u8>,
    /// `None` for a sandbox, whose key follows from its seed.
    key: Option<Vec<u8>>,
}

impl Template {
    pub fn of(sandbox: &Sandbox) -> Template {
        Template { store: sandbox.bytes(), key: std::fs::read(sandbox.key()).ok() }
    }

    /// Returns the store that these commands create in an empty folder.
    fn made_by(lines: &[&str]) -> Template {
        let sandbox = Sandbox::nothing();
        for line in lines {
            sandbox.ssd(line).ok();
        }
        Template::of(&sandbox)
    }

    pub fn restore(&self) -> Sandbox {
        let sandbox = Sandbox::nothing();
        std::fs::write(sandbox.store(), &self.store).expect("a store");
        if let Some(key) = &self.key {
            std::fs::write(sandbox.key(), key).expect("a key");
        }
        sandbox
    }
}

/// Cheap hashing (one pass over 8 KiB instead of two over 19 MiB), because no test here is about its cost.
const SANDBOX: [&str; 3] = ["init --sandbox", "policy set argon2.memory 8", "policy set argon2.passes 1"];

impl Sandbox {
    /// Returns a sandbox with the personas in its registry.
    pub fn new() -> Sandbox {
        static TEMPLATE: OnceLock<Template> = OnceLock::new();
        TEMPLATE.get_or_init(|| Template::made_by(&[&SANDBOX[..], &[&import("personas.csv")]].concat())).restore()
    }

    /// Returns a sandbox with an empty registry.
    pub fn empty() -> Sandbox {
        static TEMPLATE: OnceLock<Template> = OnceLock::new();
        TEMPLATE.get_or_init(|| Template::made_by(&SANDBOX)).restore()
    }

    /// Returns a store that is not a sandbox: system clock, key file, and the personas in its registry.
    pub fn real() -> Sandbox {
        static TEMPLATE: OnceLock<Template> = OnceLock::new();
        TEMPLATE.get_or_init(|| Template::made_by(&["init", &import("personas.csv")])).restore()
    }

    /// Returns a folder without a store.
    pub fn nothing() -> Sandbox {
        Sandbox { folder: folder(), session: None }
    }

    /// Runs steps that many tests start with, and caches the resulting store.
    ///
    /// In a sandbox, the same steps on the same bytes give the same bytes. `steps` returns a value that is cached too.
    fn cached(&self, name: &str, steps: impl FnOnce() -> Option<String>) -> Option<String> {
        type Known = HashMap<(String, Vec<u8>), (Template, Option<String>)>;
        static KNOWN: Mutex<Option<Known>> = Mutex::new(None);
        let known = || KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if self.key().exists() {
            return steps();
        }
        let from = (name.to_owned(), self.bytes());
        if let Some((template, value)) = known().get_or_insert_default().get(&from).cloned() {
            std::fs::write(self.store(), &template.store).expect("a store");
            return value;
        }
        let value = steps();
        known().get_or_insert_default().insert(from, (Template::of(self), value.clone()));
        value
    }

    /// Returns a copy with the same store, to try another sequence of commands.
    pub fn fork(&self) -> Sandbox {
        Sandbox { session: self.session.clone(), ..Template::of(self).restore() }
    }

    /// Turns the sandbox into a store with a key file, which follows the system's clock. Times and rows stay.
    pub fn become_real(&self) {
        let connection = rusqlite::Connection::open(self.store()).expect("a store");
        let seed: i64 = connection.query_row("SELECT seed FROM store", [], |row| row.get(0)).expect("a sandbox");
        let own = Key::new(RandomSource::Seeded(seed.cast_unsigned()).key().expect("a key"));
        let file = Key::new([7; 32]);
        let sql = "UPDATE store SET key_check = ?1, data_key = ?2, seed = NULL, clock = NULL";
        connection.execute(sql, (file.fingerprint(), own.wrap_key(&file).expect("a key"))).expect("a store");
        std::fs::write(self.key(), file.to_file_text().as_bytes()).expect("a key file");
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

    /// Returns the bytes of the store file, to check that a command changed nothing.
    pub fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.store()).expect("a store")
    }

    /// Writes a file beside the store and returns its name.
    pub fn file<'a>(&self, name: &'a str, content: impl AsRef<[u8]>) -> &'a str {
        std::fs::write(self.folder().join(name), content).expect("a file");
        name
    }

    /// Reads a file beside the store.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder().join(name)).expect(name)
    }

    /// Returns a command, with its line split as by a shell.
    pub fn command(&self, line: &str) -> Command {
        let mut command = command(self.folder());
        command.args(shell_words::split(line).expect("words"));
        if let Some(session) = &self.session {
            command.env("SSD_SESSION", session);
        }
        command
    }

    /// Runs a command line in a process of its own.
    pub fn process(&self, line: &str) -> Run {
        process(self.command(line), None)
    }

    /// Returns the names of the files in its folder, in order.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.folder).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    /// Runs a command line.
    pub fn ssd(&self, line: &str) -> Run {
        finish(self.command(line), None)
    }

    /// Runs a command line with standard input.
    pub fn feed(&self, line: &str, input: impl AsRef<[u8]>) -> Run {
        finish(self.command(line), Some(input.as_ref()))
    }

    /// Runs a command line with environment variables.
    pub fn under(&self, variables: &[(&str, &str)], line: &str) -> Run {
        let mut command = self.command(line);
        command.envs(variables.iter().copied());
        finish(command, None)
    }

    /// Runs a command line with `--json` and returns its object, whatever the exit code.
    pub fn json(&self, line: &str) -> Value {
        self.ssd(&format!("--json {line}")).json()
    }

    /// Like `json`, with standard input.
    pub fn feed_json(&self, line: &str, input: impl AsRef<[u8]>) -> Value {
        self.feed(&format!("--json {line}"), input).json()
    }

    /// Returns the reason of a refusal. Panics if the request was done.
    pub fn refused(&self, line: &str) -> String {
        reason(&self.json(line))
    }

    /// Like `refused`, with standard input.
    pub fn feed_refused(&self, line: &str, input: impl AsRef<[u8]>) -> String {
        reason(&self.feed_json(line, input))
    }

    /// Imports a registry file of examples/data.
    pub fn import(&self, name: &str) -> Run {
        self.ssd(&import(name))
    }

    /// Returns the newest code that was sent to a holder.
    pub fn code(&self, niss: &str) -> String {
        self.ssd(&format!("outbox code {niss}")).ok()
    }

    /// Registers Ana in the portal, with a code by SMS.
    pub fn register(&self) {
        self.cached("register", || {
            self.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
            None
        });
    }

    /// Registers Ana and activates her account.
    pub fn activate(&self) {
        self.cached("activate", || {
            self.register();
            self.activate_with(ANA, &self.code(ANA)).ok();
            None
        });
    }

    /// Registers a holder in the portal with the first usable channel, and activates the account.
    pub fn open_account(&self, niss: &str) {
        self.cached(&format!("admit {niss}"), || {
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

    /// Like `activate_with`, with `--json`.
    pub fn try_activate(&self, niss: &str, code: &str) -> Value {
        self.feed_json(&format!("activate {niss} --code {code} --password-stdin"), PASSWORD)
    }

    /// Activates Ana and logs her in. Later commands use her session.
    pub fn logged_in(mut self) -> Sandbox {
        self.activate();
        self.log_in(ANA, PASSWORD);
        self
    }

    /// Sends a login with `--json`.
    pub fn login(&self, niss: &str, password: &str) -> Value {
        self.feed_json(&format!("login {niss} --password-stdin"), password)
    }

    /// Logs a holder in. Later commands use the session.
    pub fn log_in(&mut self, niss: &str, password: &str) {
        self.session = self.cached(&format!("login {niss} {password}"), || {
            Some(self.feed(&format!("login {niss} --password-stdin"), password).ok())
        });
    }

    /// Executes a request by an actor whom `SSD_OPERATOR` can't name, as in a store of an earlier version.
    pub fn request_by(&self, actor: &str, request: &Value) {
        let fields = JsonFields::read(request.to_string().as_bytes()).expect("an object");
        let line = RequestLine::parse(fields).expect("a request");
        let store = Store::open(&self.store()).expect("the store");
        let reply = ssd::flow::handle(&store, actor, &line.request.check().expect("a complete request"));
        assert!(matches!(reply, Ok(Reply::Done(_))), "{reply:?}");
    }

    /// Confirms the contacts of these channels in the session of their holder.
    pub fn confirm(&self, niss: &str, channels: &[&str]) {
        for channel in channels {
            self.ssd(&format!("contacts confirm --channel {channel}")).ok();
            self.ssd(&format!("contacts confirm --channel {channel} --code {}", self.code(niss))).ok();
        }
    }

    /// Confirms the registered contacts of a holder, if there are any, in a session of their own.
    pub fn confirm_registered(&self, niss: &str) {
        let token = word(&done(self.login(niss, PASSWORD)), "session").to_owned();
        let inside = |line: &str| self.under(&[("SSD_SESSION", &token)], line).ok();
        for channel in person(niss).channels().into_iter().filter(|channel| *channel != "letter") {
            inside(&format!("contacts confirm --channel {channel}"));
            inside(&format!("contacts confirm --channel {channel} --code {}", self.code(niss)));
        }
        inside("logout");
    }

    /// Returns the session of later commands, if there is one.
    pub fn session(&mut self) -> &mut Option<String> {
        &mut self.session
    }

    /// Advances the clock.
    pub fn advance(&self, by: &str) {
        self.ssd(&format!("clock advance {by}")).ok();
    }

    /// Sets the clock, to a time of the first day (`09:10:00`) or to a full timestamp.
    pub fn at(&self, time: &str) {
        let time = if time.len() == 8 { format!("2026-01-05T{time}Z") } else { time.to_owned() };
        self.ssd(&format!("clock set {time}")).ok();
    }

    /// Changes a policy setting.
    pub fn policy(&self, key: &str, value: &str) {
        self.ssd(&format!("policy set {key} {value}")).ok();
    }

    /// Returns the messages to a holder, oldest first.
    pub fn messages(&self, niss: &str) -> Vec<Value> {
        lines(&self.ssd(&format!("--json outbox list --niss {niss}")).ok())
    }

    /// Returns `channel purpose` of each message to a holder, oldest first.
    pub fn message_log(&self, niss: &str) -> Vec<String> {
        self.messages(niss).iter().map(|one| format!("{} {}", word(one, "channel"), word(one, "purpose"))).collect()
    }

    /// Returns the audit entries about a holder, oldest first.
    pub fn audit(&self, niss: &str) -> Vec<Value> {
        lines(&self.ssd(&format!("--json audit list --niss {niss}")).ok())
    }

    /// Returns the state of an account.
    pub fn state(&self, niss: &str) -> String {
        word(&self.json(&format!("account show {niss}")), "state").to_owned()
    }
}

/// Returns a file of these lines.
pub fn json_lines(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Parses the objects of a list, one per line.
pub fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("an object per line")).collect()
}

/// Returns a text field of an object.
pub fn word<'a>(object: &'a Value, key: &str) -> &'a str {
    object[key].as_str().unwrap_or_else(|| panic!("no text {key} in {object}"))
}

/// Returns the keys of an object in the order of the text.
pub fn keys(text: &str) -> Vec<String> {
    let object: serde_json::Map<String, Value> = serde_json::from_str(text).expect("an object");
    let mut keys: Vec<String> = object.keys().cloned().collect();
    keys.sort_by_key(|key| text.find(&format!("\"{key}\":")));
    keys
}

/// Returns the reason of a refusal.
pub fn reason(reply: &Value) -> String {
    assert_eq!(reply["result"], "refused", "{reply}");
    assert!(reply["hint"].is_string(), "every refusal has a hint: {reply}");
    word(reply, "reason").to_owned()
}

/// Returns a printed reply without its request number, which differs in every reply.
pub fn unnumbered(reply: &str) -> String {
    let Some((before, behind)) = reply.split_once("\"request\":") else { return reply.to_owned() };
    format!("{before}{}", behind.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(','))
}

/// Asserts that a request was done and returns the reply.
pub fn done(reply: Value) -> Value {
    assert_eq!(reply["result"], "done", "{reply}");
    reply
}

/// Returns another code of the same form.
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

/// Returns the rows of a manifest, by column.
pub fn manifest(sandbox: &Sandbox, name: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(sandbox.folder().join(name)).expect("a manifest");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}
