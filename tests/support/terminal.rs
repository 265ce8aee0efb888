//! A pseudo-terminal with the program and a simulated user, who reads questions and types answers.
//!
//! Nothing sleeps: reading blocks until the text is there. A watchdog ends a program that hangs.

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, OptionalActions, Winsize, tcgetattr, tcsetattr, tcsetwinsize};

use unicode_width::UnicodeWidthStr;

use super::Run;

/// The time after which the watchdog ends a hanging program.
const PATIENCE: Duration = Duration::from_secs(20);

/// The terminal.
pub struct Terminal {
    keys: File,
    child: Child,
    output: String,
    read: usize,
    _watchdog: Sender<()>,
}

/// The terminal's own handling of keys, before the program reads them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// None: only the program writes to the screen.
    Raw,
    /// As in a real terminal: it echoes keys unless the program turns that off.
    Cooked,
}

impl Terminal {
    /// Starts a command at a new terminal. Standard output is read separately.
    pub fn start(command: Command) -> Terminal {
        Terminal::start_with(command, |_| Stdio::piped())
    }

    /// Like `start`, at a terminal of this kind.
    pub fn start_at(line: Line, command: Command) -> Terminal {
        Terminal::start_on(pair(line), command, Stdio::piped())
    }

    /// Like `start`, at a terminal with a number of columns.
    pub fn start_within(columns: u16, command: Command) -> Terminal {
        Terminal::start_window(Line::Raw, columns, command)
    }

    /// Like `start_at`, at a terminal with a number of columns.
    pub fn start_window(line: Line, columns: u16, command: Command) -> Terminal {
        let (keys, screen) = pair(line);
        let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&screen, size).expect("its size");
        Terminal::start_on((keys, screen), command, Stdio::piped())
    }

    /// Like `start`, with another standard output, for example a copy of the screen.
    pub fn start_with(command: Command, out: impl FnOnce(&OwnedFd) -> Stdio) -> Terminal {
        let ends = pair(Line::Raw);
        let out = out(&ends.1);
        Terminal::start_on(ends, command, out)
    }

    fn start_on((keys, screen): (OwnedFd, OwnedFd), mut command: Command, out: Stdio) -> Terminal {
        let clone = || Stdio::from(screen.try_clone().expect("a terminal"));
        let child = command.stdin(clone()).stderr(clone()).stdout(out).spawn().expect("the binary runs");
        // The command holds the terminal open. If it were not dropped, the end of the program would not be noticed.
        drop((command, screen));
        let watchdog = watch(&child);
        Terminal { keys: File::from(keys), child, output: String::new(), read: 0, _watchdog: watchdog }
    }

    /// Reads until this text is on the screen.
    pub fn sees(&mut self, text: &str) -> &mut Terminal {
        loop {
            if let Some(at) = self.output[self.read..].find(text) {
                self.read += at + text.len();
                return self;
            }
            assert!(self.more(), "{text:?} is not on the screen:\n{}", self.output);
        }
    }

    /// Waits for a question and types an answer.
    pub fn asked(&mut self, question: &str, answer: &str) -> &mut Terminal {
        self.sees(question).types(answer)
    }

    /// Types a line.
    pub fn types(&mut self, answer: &str) -> &mut Terminal {
        self.presses(&format!("{answer}\r"))
    }

    /// Presses keys.
    pub fn presses(&mut self, keys: &str) -> &mut Terminal {
        self.keys.write_all(keys.as_bytes()).expect("the terminal takes keys");
        self
    }

    /// Returns whether the terminal echoes and reads complete lines, as a shell needs it.
    pub fn is_restored(&self) -> bool {
        let settings = tcgetattr(&self.keys).expect("its settings");
        settings.local_modes.contains(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG)
    }

    /// Returns the program's process id, for signals.
    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Waits for the program's end. Returns its standard output and the complete screen.
    pub fn ends(&mut self) -> Run {
        while self.more() {}
        let mut out = String::new();
        if let Some(mut pipe) = self.child.stdout.take() {
            pipe.read_to_string(&mut out).expect("standard output is UTF-8");
        }
        let status = self.child.wait().expect("the binary ends");
        Run { out, err: std::mem::take(&mut self.output), code: status.code().unwrap_or(-1) }
    }

    /// Reads what is available. Returns false when the program has ended.
    fn more(&mut self) -> bool {
        let mut bytes = [0; 4096];
        // If the other end is closed, Linux returns an error, other systems the end of input.
        let count = self.keys.read(&mut bytes).unwrap_or(0);
        self.output.push_str(&String::from_utf8_lossy(&bytes[..count]));
        count > 0
    }
}

/// Returns the rows of a window that has shown this output, without the spaces at their ends.
pub fn rows(columns: u16, output: &str) -> Vec<String> {
    let size = |count| NonZero::new(count).expect("a size");
    let mut window = vt100::Parser::new(size(24), size(columns), 0);
    window.process(output.as_bytes());
    window.screen().rows(0, columns).map(|row| row.trim_end().to_owned()).collect()
}

/// Runs a command whose standard output is a terminal of this width. Returns the screen.
pub fn screen(width: u16, mut command: Command) -> Run {
    let (keys, screen) = pair(Line::Raw);
    tcsetwinsize(&screen, Winsize { ws_row: 24, ws_col: width, ws_xpixel: 0, ws_ypixel: 0 }).expect("a size");
    let clone = || Stdio::from(screen.try_clone().expect("a terminal"));
    let mut child = command.stdin(Stdio::null()).stderr(clone()).stdout(clone()).spawn().expect("the binary runs");
    drop((command, screen));
    let _watchdog = watch(&child);
    let (mut keys, mut screen_bytes) = (File::from(keys), vec![]);
    // At the end Linux returns an error; the bytes read before are in `screen_bytes`.
    let _ = keys.read_to_end(&mut screen_bytes);
    let status = child.wait().expect("the binary ends");
    Run { out: String::from_utf8(screen_bytes).expect("UTF-8"), err: String::new(), code: status.code().unwrap_or(-1) }
}

/// Returns both ends of a pseudo-terminal.
fn pair(line: Line) -> (OwnedFd, OwnedFd) {
    let keys = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).expect("a pseudo-terminal");
    grantpt(&keys).and_then(|()| unlockpt(&keys)).expect("a pseudo-terminal");
    let name = ptsname(&keys, Vec::new()).expect("its name");
    let screen =
        rustix::fs::open(&name, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty()).expect("its other end");
    if line == Line::Raw {
        let mut settings = tcgetattr(&screen).expect("its settings");
        settings.make_raw();
        tcsetattr(&screen, OptionalActions::Now, &settings).expect("its settings");
    }
    (keys, screen)
}

/// Ends the program unless the watch is stopped within [`PATIENCE`].
fn watch(child: &Child) -> Sender<()> {
    let pid = Pid::from_child(child);
    let (alive, gone) = mpsc::channel();
    std::thread::spawn(move || {
        if gone.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
            let _ = kill_process(pid, Signal::KILL);
        }
    });
    alive
}

/// Asserts that a result on a screen has no blank first line, no long line, no `[{` in a table and no truncated word.
pub fn assert_fits(line: &str, width: u16, text: &str, words: &[String]) {
    let text = text.replace("\r\n", "\n");
    let case = format!("{line} at {width}:\n{text}");
    assert!(!text.starts_with(['\n', ' ']) && !text.starts_with("error"), "blank first line, {case}");
    for line in text.lines() {
        assert!(line.width() <= width.into(), "{line:?} is too long, {case}");
        let is_cut = |word: &str| words.iter().any(|known| known.starts_with(word) && known != word);
        let cut = line.split(' ').filter_map(|part| part.split_once('…')).map(|(cut, _)| cut);
        let cut: Vec<&str> = cut.map(|cut| cut.rsplit(['[', ':']).next().unwrap_or(cut)).collect();
        assert!(!cut.iter().any(|word| word.len() > 2 && is_cut(word)), "{line:?} cuts a word, {case}");
    }
    let is_table = table_has_header(&text);
    assert!(!is_table || !text.contains("[{"), "JSON in a cell, {case}");
}

/// Returns whether the first line has two columns, as headers have.
pub fn table_has_header(text: &str) -> bool {
    text.lines().next().is_some_and(|head| head.trim().contains("  ") && !head.starts_with(['{', ' ']))
}
