//! What the tests stand on: a sandbox of its own for each, made by copying one that was made once; the binary run in a cleared
//! environment; answers as text or JSON.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// The binary under test.
pub const SSD: &str = env!("CARGO_BIN_EXE_ssd");
/// A password that every profile takes.
pub const PASSWORD: &str = "Violeta-9-Oceano-Trigo";
/// Another.
pub const OTHER_PASSWORD: &str = "Moinho_7_Granito_Vela";
/// Ana: both contacts registered.
pub const ANA: &str = "12000000012";

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
}

/// A path under tests/.
pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// A command in a cleared environment, with a home of its own.
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

fn template(name: &str, registry: Option<&str>) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("ssd-tests-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let run = |args: &[&str]| {
        let mut one = command(&folder);
        one.args(args);
        finish(one, None).ok();
    };
    run(&["init", "--sandbox"]);
    // One pass over eight KiB in place of two over nineteen MiB: what the tests are about is not the cost of a hash.
    run(&["policy", "set", "argon2.memory", "8"]);
    run(&["policy", "set", "argon2.passes", "1"]);
    if let Some(registry) = registry {
        run(&["registry", "import", data(registry).to_str().expect("a path")]);
    }
    folder
}

impl Sandbox {
    /// A sandbox with the personas in its registry.
    pub fn new() -> Sandbox {
        static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
        Sandbox::copy(TEMPLATE.get_or_init(|| template("personas", Some("personas.csv"))))
    }

    /// A sandbox with an empty registry.
    pub fn empty() -> Sandbox {
        static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
        Sandbox::copy(TEMPLATE.get_or_init(|| template("empty", None)))
    }

    /// A folder without a store.
    pub fn nothing() -> Sandbox {
        Sandbox { folder: tempfile::tempdir().expect("a folder"), session: None }
    }

    fn copy(template: &Path) -> Sandbox {
        let sandbox = Sandbox::nothing();
        std::fs::copy(template.join("store.db"), sandbox.store()).expect("a store");
        sandbox
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn store(&self) -> PathBuf {
        self.folder().join("store.db")
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

    /// The newest code that was sent to a holder.
    pub fn code(&self, niss: &str) -> String {
        self.ssd(&format!("outbox code {niss}")).ok()
    }

    /// Registers Ana by the portal and SMS.
    pub fn register(&self) {
        self.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    }

    /// Registers and activates Ana.
    pub fn activate(&self) {
        self.register();
        let code = self.code(ANA);
        self.feed(&format!("activate {ANA} --code {code} --password-stdin"), PASSWORD).ok();
    }

    /// Activates Ana and logs her in; her session holds for the commands that follow.
    pub fn inside(mut self) -> Sandbox {
        self.activate();
        self.log_in(ANA, PASSWORD);
        self
    }

    /// Logs a holder in; the session holds for the commands that follow.
    pub fn log_in(&mut self, niss: &str, password: &str) {
        self.session = Some(self.feed(&format!("login {niss} --password-stdin"), password).ok());
    }

    /// The session that holds for commands, if there is one.
    pub fn session(&mut self) -> &mut Option<String> {
        &mut self.session
    }

    /// Moves the clock on.
    pub fn advance(&self, by: &str) {
        self.ssd(&format!("clock advance {by}")).ok();
    }

    /// The messages to a holder, oldest first.
    pub fn messages(&self, niss: &str) -> Vec<Value> {
        lines(&self.ssd(&format!("--json outbox list --niss {niss}")).ok())
    }

    /// `channel purpose` of each message to a holder, oldest first.
    pub fn told(&self, niss: &str) -> Vec<String> {
        let word = |message: &Value, key: &str| message[key].as_str().unwrap_or_default().to_owned();
        self.messages(niss).iter().map(|one| format!("{} {}", word(one, "channel"), word(one, "purpose"))).collect()
    }
}

/// Ana's registration by the portal, without its channel.
pub const REGISTER_ANA: &str = "register 12000000012 --account-type citizen --birth-date 1984-03-22 --accept-terms";
/// What the classic procedure and the recovery compare of Ana.
pub const ANA_IN_FULL: &str =
    "--name 'Ana Sofia Marques Ferreira' --birth-date 1984-03-22 --civil-id 123456703ZY4 --nif 200000012";

/// The objects of a list, one a line.
pub fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect()
}

/// The reason of a refusal.
pub fn reason(reply: &Value) -> String {
    assert_eq!(reply["result"], "refused", "{reply}");
    reply["reason"].as_str().expect("a reason").to_owned()
}
