//! A pseudo-terminal with the program at it, and the person who reads the questions and types the answers. Nothing sleeps:
//! reading blocks until the text is there; a program that asks for nothing any more is ended by a watchdog.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, OptionalActions, Winsize, tcgetattr, tcsetattr, tcsetwinsize};

use super::Run;

/// Long after any question was asked: only a program that hangs meets it.
const PATIENCE: Duration = Duration::from_secs(20);

/// The terminal.
pub struct Terminal {
    keys: File,
    child: Child,
    visited: String,
    read: usize,
    _watchdog: Sender<()>,
}

/// What the terminal itself does with keys before the program reads them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Nothing: what shows is what the program shows.
    Raw,
    /// What a real one does: it shows what is typed, unless the program says otherwise.
    Cooked,
}

impl Terminal {
    /// Starts a command at a new terminal; its result is read apart.
    pub fn start(command: Command) -> Terminal {
        Terminal::start_at(Line::Raw, command)
    }

    /// The same, at a terminal of this kind.
    pub fn start_at(line: Line, command: Command) -> Terminal {
        Terminal::start_on(pair(line), command)
    }

    /// The same, at a terminal of so many columns.
    pub fn start_within(columns: u16, command: Command) -> Terminal {
        let (keys, screen) = pair(Line::Raw);
        let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&screen, size).expect("its size");
        Terminal::start_on((keys, screen), command)
    }

    /// The same, with the result on the screen too, as whoever sits there sees it.
    pub fn start_full(command: Command) -> Terminal {
        let (keys, screen) = pair(Line::Raw);
        let out = Stdio::from(screen.try_clone().expect("a terminal"));
        Terminal::start_with((keys, screen), command, out)
    }

    fn start_on(ends: (OwnedFd, OwnedFd), command: Command) -> Terminal {
        Terminal::start_with(ends, command, Stdio::piped())
    }

    fn start_with((keys, screen): (OwnedFd, OwnedFd), mut command: Command, out: Stdio) -> Terminal {
        let clone = || Stdio::from(screen.try_clone().expect("a terminal"));
        let child = command.stdin(clone()).stderr(clone()).stdout(out).spawn().expect("the binary runs");
        // The command keeps its end open; with it, nobody would see that the program's is closed.
        drop((command, screen));
        let watchdog = watch(&child);
        Terminal { keys: File::from(keys), child, visited: String::new(), read: 0, _watchdog: watchdog }
    }

    /// Reads on until this text is there.
    pub fn sees(&mut self, text: &str) -> &mut Terminal {
        loop {
            if let Some(at) = self.visited[self.read..].find(text) {
                self.read += at + text.len();
                return self;
            }
            assert!(self.more(), "{text:?} is not on the screen:\n{}", self.visited);
        }
    }

    /// Is asked this, and answers that.
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

    /// Whether the terminal shows what is typed, and reads whole lines, as a shell wants it to.
    pub fn is_as_it_was(&self) -> bool {
        let settings = tcgetattr(&self.keys).expect("its settings");
        settings.local_modes.contains(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG)
    }

    /// The program's number, for signals.
    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Waits for the program's end: its standard output, and everything that was on the screen.
    pub fn ends(&mut self) -> Run {
        while self.more() {}
        let mut out = String::new();
        if let Some(mut pipe) = self.child.stdout.take() {
            pipe.read_to_string(&mut out).expect("standard output is UTF-8");
        }
        let status = self.child.wait().expect("the binary ends");
        Run { out, err: std::mem::take(&mut self.visited), code: status.code().unwrap_or(-1) }
    }

    /// Reads what is there; false when the program has ended.
    fn more(&mut self) -> bool {
        let mut bytes = [0; 4096];
        // Where the other end is closed Linux gives an error, others the end of the input.
        let count = self.keys.read(&mut bytes).unwrap_or(0);
        self.visited.push_str(&String::from_utf8_lossy(&bytes[..count]));
        count > 0
    }
}

/// Runs a command to its end whose standard output is a terminal of that width: all that is on it.
pub fn screen(width: u16, mut command: Command) -> Run {
    let (keys, screen) = pair(Line::Raw);
    tcsetwinsize(&screen, Winsize { ws_row: 24, ws_col: width, ws_xpixel: 0, ws_ypixel: 0 }).expect("a size");
    let clone = || Stdio::from(screen.try_clone().expect("a terminal"));
    let mut child = command.stdin(Stdio::null()).stderr(clone()).stdout(clone()).spawn().expect("the binary runs");
    drop((command, screen));
    let _watchdog = watch(&child);
    let (mut keys, mut visited) = (File::from(keys), vec![]);
    // At its end Linux gives an error; what was read until then is there.
    let _ = keys.read_to_end(&mut visited);
    let status = child.wait().expect("the binary ends");
    Run { out: String::from_utf8(visited).expect("UTF-8"), err: String::new(), code: status.code().unwrap_or(-1) }
}

/// Both ends of a pseudo-terminal.
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

/// Ends the program when nobody has ended the watch within the patience.
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
