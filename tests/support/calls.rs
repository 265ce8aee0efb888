//! Calls of the command line: in the test's own process, or in a process of their own.
//!
//! A process takes longer to start than most commands to run, so [`finish`] starts none where it can avoid it.

use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

use super::{Run, SSD, Sandbox, skipped};

/// The time that a process may take. It is ended afterwards, and the test fails.
const LIMIT: Duration = Duration::from_secs(60);

/// Runs a command to its end, with optional standard input.
///
/// Only the arguments, variables and folder of a [`super::command`] count; its streams are pipes or files of the test. A
/// command of another program is run by [`process`].
pub fn finish(command: Command, input: Option<&[u8]>) -> Run {
    match in_process(&command, input) {
        Some(run) => run,
        None => process(command, input),
    }
}

/// Runs a command in a process of its own: for tests about processes, users, limits and streams, and for two commands
/// at a time on one store.
pub fn process(mut command: Command, input: Option<&[u8]>) -> Run {
    if input.is_some() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn().expect("the program runs");
    let id = rustix::process::Pid::from_child(&child);
    let (ended, end) = mpsc::channel::<()>();
    let limit = std::thread::spawn(move || {
        let is_over = end.recv_timeout(LIMIT) == Err(mpsc::RecvTimeoutError::Timeout);
        if is_over {
            let _ = rustix::process::kill_process(id, rustix::process::Signal::KILL);
        }
        is_over
    });
    if let Some(input) = input {
        // The command need not read its input.
        let _ = child.stdin.take().expect("a pipe").write_all(input);
    }
    let output = child.wait_with_output().expect("the program ends");
    drop(ended);
    assert!(!limit.join().expect("a clock"), "ran longer than {LIMIT:?}: {command:?}");
    Run {
        out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        code: output.status.code().unwrap_or(-1),
    }
}

/// The folders in which commands run now.
static BUSY: Mutex<Option<HashSet<PathBuf>>> = Mutex::new(None);

/// The working directory of this thread, until it is dropped.
struct WorkingFolder<'a>(&'a Path);

impl<'a> WorkingFolder<'a> {
    fn enter(folder: &'a Path) -> WorkingFolder<'a> {
        // SQLite's locks are those of a process: one thread would release those of another.
        let is_free = busy(|folders| folders.insert(folder.to_owned()));
        assert!(is_free, "two commands run in {} at a time: use `process`", folder.display());
        let guard = WorkingFolder(folder);
        std::env::set_current_dir(folder).expect("the folder of a command");
        guard
    }
}

impl Drop for WorkingFolder<'_> {
    fn drop(&mut self) {
        busy(|folders| folders.remove(self.0));
        let _ = std::env::set_current_dir(env!("CARGO_MANIFEST_DIR"));
    }
}

fn busy<T>(act: impl FnOnce(&mut HashSet<PathBuf>) -> T) -> T {
    act(BUSY.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default())
}

/// Runs a command in this thread. Returns `None` if it is not a command of this program, or if the thread can't have a
/// working directory of its own.
fn in_process(command: &Command, input: Option<&[u8]>) -> Option<Run> {
    if command.get_program() != SSD || !has_own_working_directory() {
        return None;
    }
    let folder = WorkingFolder::enter(command.get_current_dir()?);
    let variables: HashMap<&OsStr, OsString> =
        command.get_envs().filter_map(|(name, value)| Some((name, value?.to_owned()))).collect();
    let environment = ssd::environment::Environment::from(|name| variables.get(OsStr::new(name)).cloned());
    let line: Vec<OsString> = command.get_args().map(OsStr::to_owned).collect();
    let (code, out, err) = called(&line, &environment, input);
    drop(folder);
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Some(Run { out: text(out), err: text(err), code })
}

#[cfg(target_os = "linux")]
fn called(
    line: &[OsString],
    environment: &ssd::environment::Environment,
    input: Option<&[u8]>,
) -> (i32, Vec<u8>, Vec<u8>) {
    use std::fs::File;
    use std::io::{Read, Seek};

    use rustix::fs::{MemfdFlags, memfd_create};

    let file = || File::from(memfd_create("stream", MemfdFlags::CLOEXEC).expect("memory"));
    let stdin = match input {
        None => File::open("/dev/null").expect("no input"),
        Some(input) => {
            let mut stdin = file();
            stdin.write_all(input).and_then(|()| stdin.rewind()).expect("memory");
            stdin
        }
    };
    let (stdout, stderr) = (file(), file());
    let streams = [&stdout, &stderr].map(|stream| stream.try_clone().expect("a descriptor"));
    let [output, error] = streams;
    let exit = ssd::cli::run(line, environment, &ssd::cli::io::streams::Streams::from_files(stdin, output, error));
    let [out, err] = [stdout, stderr].map(|mut stream| {
        let mut bytes = vec![];
        stream.rewind().and_then(|()| stream.read_to_end(&mut bytes)).expect("memory");
        bytes
    });
    (exit as i32, out, err)
}

/// Gives the thread a working directory of its own. The threads that it starts share it.
#[cfg(target_os = "linux")]
fn has_own_working_directory() -> bool {
    thread_local!(static IS_OWN: bool = {
        #[expect(deprecated, reason = "the successor is unsafe because of file descriptors, which stay shared here")]
        let unshared = rustix::thread::unshare(rustix::thread::UnshareFlags::FS);
        unshared.is_ok()
    });
    IS_OWN.with(|is_own| *is_own)
}

#[cfg(not(target_os = "linux"))]
fn called(_: &[OsString], _: &ssd::environment::Environment, _: Option<&[u8]>) -> (i32, Vec<u8>, Vec<u8>) {
    unreachable!("only Linux has a working directory per thread")
}

#[cfg(not(target_os = "linux"))]
fn has_own_working_directory() -> bool {
    false
}

/// Returns a shell in a new folder. Its environment has only HOME and PATH, where `ssd` is first.
#[expect(clippy::disallowed_methods, reason = "the shell's own programs are where those of the test are")]
pub fn shell(folder: &Path) -> Command {
    let mut programs = Path::new(SSD).parent().expect("a folder").as_os_str().to_owned();
    programs.push(":");
    programs.push(std::env::var_os("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    shell
        .env_clear()
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .env("PATH", programs)
        .current_dir(folder)
        .stdin(Stdio::null());
    shell
}

/// Runs a script as root of its own namespace, where it may mount. Returns `None` if the system forbids it.
pub fn mounting(sandbox: &Sandbox, script: &str) -> Option<Run> {
    let mut command = sandbox.command("");
    command.env("SSD", SSD);
    let mut unshare = Command::new("unshare");
    unshare.args([
        "-Urm",
        "sh",
        "-c",
        &format!("mkdir -p small\nmount -t tmpfs -o size=236k tmpfs small || exit 77\n{script}"),
    ]);
    unshare
        .current_dir(sandbox.folder())
        .env_clear()
        .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let run = unshare.output().ok()?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let run = Run { out: text(run.stdout), err: text(run.stderr), code: run.status.code().unwrap_or(-1) };
    if run.code == 77 || run.err.contains("unshare:") {
        skipped("a file system of its own: this system lets nobody mount one");
        return None;
    }
    Some(run)
}
