//! Runs the `console` blocks of the documentation and compares the output with the file. Each file runs in a new folder with
//! the two registries of examples/data. All its blocks run in one `sh`, so pipes, variables and `$(...)` work across lines.
//!
//! In a block `$ ` begins a command and `> ` goes on with it; the other lines are what it prints, on either stream, and
//! `[N]` behind them is its exit status where that is not 0. `[..]` stands for anything within a line.
//! `SNAPSHOTS=overwrite cargo test transcripts` writes what is printed into the files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;

use snapbox::Data;

use ssd::cli::help::topics::Topic;
use ssd::domain::vocabulary::Language;

use super::snapshots::{as_written, overwriting};
use super::{project, shell};

/// The mark after the output of a command; no command prints it.
const MARK: &str = "== the end of a command of the transcript, with status";

pub fn documents(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(project(folder)).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut documents: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    documents.sort();
    documents
}

/// Runs the commands of each document and compares.
pub fn follow(documents: &[PathBuf]) {
    let _lock = overwriting();
    let differing: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = documents.iter().map(|document| scope.spawn(|| differs(document))).collect();
        running.into_iter().filter_map(|one| one.join().expect("a document that can be followed")).collect()
    });
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// Returns the difference between the output and the document, if any.
fn differs(document: &Path) -> Option<String> {
    let text = fs::read_to_string(document).expect("a document");
    let pieces = pieces(&text);
    let is_page = |topic| document == project(&format!("src/l10n/help/en/{topic}.md"));
    let topic = Topic::ALL.iter().find(|topic| is_page(**topic));
    let session = topic.and_then(|topic| sessions().iter().find(|session| session.topic == *topic));
    let mut printed = session.map_or_else(|| run(&pieces), |session| session.printed.clone()).into_iter();
    let actual: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(line) => (*line).to_owned(),
            Piece::Command { typed, .. } => {
                let (output, status) =
                    printed.next().unwrap_or_else(|| panic!("{}: no end of\n{typed}", document.display()));
                format!("{typed}{output}{}", if status == "0" { String::new() } else { format!("[{status}]\n") })
            }
        })
        .collect();
    let expected = Data::read_from(document, None);
    as_written().try_eq(Some(&"what is printed"), actual.into(), expected).err().map(|error| error.to_string())
}

/// A part of a document.
enum Piece<'a> {
    /// A line that stays as it is.
    Text(&'a str),
    /// A command, as in the document and as passed to the shell, without its expected output.
    Command { typed: String, script: String },
}

fn pieces(document: &str) -> Vec<Piece<'_>> {
    let mut pieces = vec![];
    let mut console = false;
    for line in document.split_inclusive('\n') {
        if console && !line.starts_with("```") {
            match (line.strip_prefix("$ "), line.strip_prefix("> "), pieces.last_mut()) {
                (Some(first), ..) => pieces.push(Piece::Command { typed: line.to_owned(), script: first.to_owned() }),
                (None, Some(next), Some(Piece::Command { typed, script })) => {
                    typed.push_str(line);
                    script.push_str(next);
                }
                _ => {}
            }
        } else {
            console = line.trim_end() == "```console";
            pieces.push(Piece::Text(line));
        }
    }
    pieces
}

/// The scripts of the English topics that create a store, each with the pieces of its console blocks.
fn tours() -> Vec<(Topic, Vec<String>)> {
    let scripts = |topic: &Topic| {
        let commands = pieces(topic.markdown(Language::En)).into_iter().filter_map(|piece| match piece {
            Piece::Command { script, .. } => Some(script),
            Piece::Text(_) => None,
        });
        (*topic, commands.collect::<Vec<_>>())
    };
    Topic::ALL.iter().map(scripts).filter(|(_, script)| script.iter().any(|one| one.contains("ssd init"))).collect()
}

/// What the commands of one English topic printed and left.
pub struct Session {
    topic: Topic,
    /// What each command printed, and its exit status.
    printed: Vec<(String, String)>,
    /// The files of the folder in which they ran.
    files: Vec<(PathBuf, Vec<u8>)>,
    /// What was recorded from the making of each sandbox on. Other stores are not recorded, and no topic that itself sets
    /// `SSD_RECORD`.
    pub recordings: Vec<String>,
    /// What the variables of the shell contained at any time.
    pub variables: Vec<String>,
}

impl Session {
    /// Returns a new folder with the files that the commands left.
    pub fn restored(&self) -> tempfile::TempDir {
        let folder = super::folder();
        for (name, content) in &self.files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, content).expect("a file");
        }
        folder
    }
}

/// Adds the files of a folder, by their paths from `root`.
fn read_files(root: &Path, folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => read_files(root, &path, files),
            false => {
                let name = path.strip_prefix(root).expect("a path under the folder").to_owned();
                files.push((name, fs::read(&path).expect("a file")));
            }
        }
    }
}

/// Runs the commands of each English topic that creates a store once, for all tests that ask.
pub fn sessions() -> &'static [Session] {
    static SESSIONS: LazyLock<Vec<Session>> = LazyLock::new(|| {
        std::thread::scope(|scope| {
            let running: Vec<_> = tours().into_iter().map(|tour| scope.spawn(|| session(tour))).collect();
            running.into_iter().map(|one| one.join().expect("a session")).collect()
        })
    });
    &SESSIONS
}

fn session((topic, commands): (Topic, Vec<String>)) -> Session {
    let (folder, recordings) = (stocked(), super::folder());
    let is_recorded = !commands.iter().any(|one| one.contains("SSD_RECORD"));
    let variables = recordings.path().join("variables");
    let variables_of_shell = "\"$SSD_SESSION\" \"$digits\" \"$code\" \"$old\" \"$new\"";
    let mut script = "exec 2>&1\n".to_owned();
    let mut sandboxes = 0;
    for one in commands {
        if is_recorded && one.contains("ssd init --sandbox") {
            sandboxes += 1;
            script += &format!("export SSD_RECORD='{}/{sandboxes}.jsonl'\n", recordings.path().display());
        } else if is_recorded && one.contains("ssd init") {
            script += "unset SSD_RECORD\n";
        }
        script += &marked(&one);
        script += &format!("printf '%s\\n' {variables_of_shell} >> '{}'\n", variables.display());
    }
    let printed = printed_by(folder.path(), script);
    let said = printed.iter().map(|(output, _)| output.as_str()).collect::<String>();
    assert!(!is_recorded || !said.contains("SSD_RECORD") && !said.contains("recording"), "{topic}: {said}");
    let said = fs::read_to_string(variables).expect("what the variables contained");
    let mut variables: Vec<String> = said.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
    variables.sort();
    variables.dedup();
    let mut files = vec![];
    read_files(folder.path(), folder.path(), &mut files);
    let recording = |n: usize| fs::read_to_string(recordings.path().join(format!("{n}.jsonl"))).ok();
    let recordings = (1..).map_while(recording).collect();
    Session { topic, printed, files, recordings, variables }
}

/// An empty folder but for what examples/data holds.
fn stocked() -> tempfile::TempDir {
    let folder = super::folder();
    for file in ["personas.csv", "registry.csv", "alerts.csv"] {
        fs::copy(project("examples/data").join(file), folder.path().join(file)).expect("a file");
    }
    folder
}

/// Leaves out what `store check` says of the machine that runs the tests: its file system and its free space.
fn without_machine(output: &str) -> String {
    const FINDINGS: [&str; 4] =
        [" a file system of type ", " num sistema de ficheiros do tipo ", " MB of free space", " MB livres"];
    let mut lines = output.split_inclusive('\n');
    let mut rest = String::new();
    while let Some(line) = lines.next() {
        let is_warning = line.starts_with("warning: ") || line.starts_with("aviso: ");
        if is_warning && FINDINGS.iter().any(|it| line.contains(it)) {
            let _hint = lines.next();
        } else {
            rest += line;
        }
    }
    rest
}

/// Adds to a command the mark with its exit status.
fn marked(command: &str) -> String {
    format!("{command}printf '\\n{MARK} %s\\n' \"$?\"\n")
}

/// Returns what each command prints, and its exit status.
fn run(pieces: &[Piece<'_>]) -> Vec<(String, String)> {
    let mut script = "exec 2>&1\n".to_owned();
    for piece in pieces {
        if let Piece::Command { script: one, .. } = piece {
            script += &marked(one);
        }
    }
    printed_by(stocked().path(), script)
}

/// Runs marked commands in a folder and separates what they print.
fn printed_by(folder: &Path, script: String) -> Vec<(String, String)> {
    let output = shell(folder).arg("-c").arg(script).stderr(Stdio::inherit()).output().expect("a shell");
    let output = String::from_utf8(output.stdout).expect("UTF-8");
    let output = without_machine(&output);
    let mut rest = output.as_str();
    let mut printed = vec![];
    while let Some((before, behind)) = rest.split_once(&format!("\n{MARK} ")) {
        let (status, next) = behind.split_once('\n').expect("a status");
        let complete =
            if before.is_empty() || before.ends_with('\n') { before.to_owned() } else { format!("{before}\n") };
        printed.push((complete, status.to_owned()));
        rest = next;
    }
    printed
}
