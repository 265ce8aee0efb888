//! Lines typed at the terminal, with the usual line editing.
//!
//! Keys are read one by one, so that Ctrl-C is a normal key. If the system read the line, Ctrl-C would be a signal, and
//! a signal at a hidden question would leave the terminal without echo. Echo is off from before the question until
//! after the answer, so that a secret typed early does not show.
//!
//! Questions use the terminal of the process: a call is asked questions only if its streams are those of the process.
//! They are written to standard error, because standard output is often captured. Readline crates write to standard
//! output or `/dev/tty`, and have signal handlers of their own, so none is used.

use std::fmt::Write;
use std::fs::File;
use std::io::{self, IsTerminal};
use std::path::Path;

use dialoguer::console::{Key, Term, truncate_str};
use rustix::process::{Signal, kill_current_process_group};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};
use zeroize::Zeroizing;

use crate::cli::io::interrupt::{Arrival, SignalsDuringQuestion};
use crate::cli::io::line_editor::{Edit, LineEditor, position_after};
use crate::error::Error;

/// Whether typed characters are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Echo {
    /// Shown.
    Visibility,
    /// Hidden, for secrets.
    Unseen,
}

/// Asks on standard error and reads a line.
///
/// # Errors
/// [`Error::Interrupted`] at Ctrl-C and `Ctrl-\`, at Ctrl-D on an empty line and when the terminal is closed.
pub fn read_line(question: &str, echo: Echo) -> Result<Zeroizing<String>, Error> {
    read(&Term::stderr(), question, echo, &[]).map_err(broken)
}

fn broken(fault: io::Error) -> Error {
    match fault.kind() {
        io::ErrorKind::Interrupted | io::ErrorKind::UnexpectedEof => Error::Interrupted,
        _ => Error::file(Path::new("/dev/tty"), fault),
    }
}

/// Shows a list on standard error and reads the choice.
///
/// Returns the typed line, or the number of the row selected with the arrow keys, counted from 1. Rows are cut to the
/// terminal's width, because the selection redraws them.
///
/// # Errors
/// Those of [`read_line`].
pub fn choice(question: &str, rows: &[String]) -> Result<Zeroizing<String>, Error> {
    let term = Term::stderr();
    let width = usize::from(term.size().1).max(20) - 1;
    let cut = |row: (usize, &String)| truncate_str(&format!("{}  {}", row.0 + 1, row.1), width - 2, "…").into_owned();
    let rows: Vec<String> = rows.iter().enumerate().map(cut).collect();
    read(&term, question, Echo::Visibility, &rows).map_err(broken)
}

/// Returns the columns and rows of the terminal on a stream, or `None` if it is not a terminal.
pub fn size(stream: &File) -> Option<(usize, usize)> {
    if !stream.is_terminal() {
        return None;
    }
    // A terminal without a known size, such as a serial line, counts as 80 by 24.
    let size = tcgetwinsize(stream).ok().filter(|size| size.ws_col > 0);
    Some(size.map_or((80, 24), |size| (size.ws_col.into(), usize::from(size.ws_row).max(10))))
}

/// Prints a line between two questions. Write errors are ignored, because they can't be reported.
pub fn show(text: &str) {
    let _ = Term::stderr().write_line(text);
}

/// Turns off echo, line editing and signal keys of the terminal. Dropping it restores the old mode.
struct RawMode {
    before: Termios,
    quiet: Termios,
}

impl RawMode {
    fn now() -> io::Result<RawMode> {
        let before = tcgetattr(io::stdin())?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        let mode = RawMode { before, quiet };
        mode.enter()?;
        Ok(mode)
    }

    fn enter(&self) -> io::Result<()> {
        Ok(tcsetattr(io::stdin(), OptionalActions::Now, &self.quiet)?)
    }

    fn leave(&self) {
        // Fails if the terminal was closed; then there is nothing to restore.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        self.leave();
    }
}

fn read(term: &Term, question: &str, echo: Echo, rows: &[String]) -> io::Result<Zeroizing<String>> {
    let signals = SignalsDuringQuestion::begin()?;
    let mode = RawMode::now()?;
    let question = format!("{question}: ");
    let mut asking =
        Asking { term, question, echo, rows, marked: None, line: LineEditor::new(), mode: &mode, signals: &signals };
    let is_answered = asking.answer();
    let line = asking.line;
    drop(mode);
    signals.end().and(is_answered).map(|()| line.into_text())
}

/// A question, and the answer as far as it is typed.
struct Asking<'a> {
    term: &'a Term,
    question: String,
    echo: Echo,
    rows: &'a [String],
    marked: Option<usize>,
    line: LineEditor,
    mode: &'a RawMode,
    signals: &'a SignalsDuringQuestion,
}

impl Asking<'_> {
    /// Reads keys until the line is complete.
    ///
    /// # Errors
    /// [`io::ErrorKind::Interrupted`] if the question is given up: at Ctrl-C, `Ctrl-\`, a signal, or Ctrl-D on an
    /// empty line.
    fn answer(&mut self) -> io::Result<()> {
        self.draw_all()?;
        loop {
            match self.signals.wait_for_key() {
                Ok(Arrival::Key) => {}
                Ok(Arrival::Continued) => {
                    // After a stop from outside, the terminal can have another mode.
                    self.mode.enter()?;
                    self.draw_again()?;
                    continue;
                }
                Err(_) => return self.give_up(),
            }
            match self.read_key()? {
                Key::Enter => return self.end_line(),
                Key::CtrlC | Key::Char('\u{1c}') => return self.give_up(),
                Key::Char('\u{4}') if self.line.text().is_empty() => return self.give_up(),
                Key::Char('\u{1a}') => self.suspend()?,
                key @ (Key::ArrowUp | Key::ArrowDown) if !self.rows.is_empty() => self.mark(&key)?,
                key => {
                    if let Some(edit) = edit_of(&key, self.echo) {
                        self.edit(edit)?;
                    }
                }
            }
        }
    }

    /// Reads a key. An escape sequence that the terminal crate does not know is read to its end, so that no part of it is
    /// taken for text.
    fn read_key(&self) -> io::Result<Key> {
        let mut sequence = match self.term.read_key_raw()? {
            Key::UnknownEscSeq(sequence) => sequence,
            key => return Ok(key),
        };
        while is_incomplete(&sequence) && self.signals.is_key_ready() {
            match self.term.read_key_raw()? {
                Key::Char(next) => sequence.push(next),
                _ => break,
            }
        }
        Ok(match sequence[..] {
            ['O', 'A'] => Key::ArrowUp,
            ['O', 'B'] => Key::ArrowDown,
            ['O', 'C'] => Key::ArrowRight,
            ['O', 'D'] => Key::ArrowLeft,
            ['O', 'H'] => Key::Home,
            ['O', 'F'] => Key::End,
            _ => Key::UnknownEscSeq(sequence),
        })
    }

    /// Edits the line and shows it.
    fn edit(&mut self, edit: Edit) -> io::Result<()> {
        let length = self.line.text().len();
        if let (Edit::Insert(key), true) = (edit, self.line.is_at_end()) {
            self.line.apply(edit);
            let is_new = self.line.text().len() > length;
            return if is_new && self.echo == Echo::Visibility { self.write_at_end(key) } else { Ok(()) };
        }
        let before = self.cursor();
        self.line.apply(edit);
        if self.echo == Echo::Visibility { self.draw_line(before) } else { Ok(()) }
    }

    /// Selects the row above or below, and shows its number as the answer.
    fn mark(&mut self, key: &Key) -> io::Result<()> {
        let last = self.rows.len() - 1;
        let at = match (self.marked, key) {
            (None, Key::ArrowDown) => 0,
            (None, _) => last,
            (Some(at), Key::ArrowDown) => (at + 1).min(last),
            (Some(at), _) => at.saturating_sub(1),
        };
        let (row, _) = self.cursor();
        self.marked = Some(at);
        self.line.set(&(at + 1).to_string());
        self.term.move_cursor_up(row + self.rows.len())?;
        self.draw_again()
    }

    /// Stops the program and the others of its job, as the terminal would. The question is asked again afterwards.
    fn suspend(&self) -> io::Result<()> {
        self.mode.leave();
        kill_current_process_group(Signal::TSTP)?;
        // The program goes on here: after `fg`, or at once if nobody could continue it.
        self.signals.forget_continuation();
        self.mode.enter()?;
        self.draw_again()
    }

    fn give_up(&mut self) -> io::Result<()> {
        self.end_line()?;
        Err(io::ErrorKind::Interrupted.into())
    }

    /// Moves behind the answer, to the next line.
    fn end_line(&mut self) -> io::Result<()> {
        if !self.line.is_at_end() {
            self.edit(Edit::End)?;
        }
        self.term.write_line("")
    }

    /// Writes the rows, the question and the answer over what is from the cursor's line on.
    fn draw_again(&self) -> io::Result<()> {
        self.term.write_str("\r\u{1b}[J")?;
        self.draw_all()
    }

    /// Writes the rows, the question and the answer.
    fn draw_all(&self) -> io::Result<()> {
        let mut text = String::new();
        for (at, row) in self.rows.iter().enumerate() {
            let mark = if self.marked == Some(at) { ">" } else { " " };
            let _ = writeln!(text, "{mark} {row}");
        }
        text.push_str(&self.question);
        if self.start().1 == 0 {
            text.push_str("\r\n");
        }
        self.append_line(&mut text);
        self.term.write_str(&text)
    }

    /// Writes the answer again, if the cursor is at a row and column.
    fn draw_line(&self, cursor: (usize, usize)) -> io::Result<()> {
        let mut text = String::new();
        moves(&mut text, cursor, self.start());
        text.push_str("\u{1b}[J");
        self.append_line(&mut text);
        self.term.write_str(&text)
    }

    /// Appends the answer, and the moves from its end to the cursor.
    fn append_line(&self, text: &mut String) {
        if self.echo == Echo::Unseen {
            return;
        }
        let (start, answer) = (self.start(), self.line.text());
        let end = position_after(answer, start, columns());
        text.push_str(answer);
        if end.1 == 0 && end != start {
            text.push_str("\r\n");
        }
        moves(text, end, self.cursor());
    }

    /// Writes the last character. If it fills the row, the cursor goes to the next one, where the terminal moves it only
    /// with the next character.
    fn write_at_end(&self, key: char) -> io::Result<()> {
        let mut text = String::from(key);
        if self.cursor().1 == 0 {
            text.push_str("\r\n");
        }
        self.term.write_str(&text)
    }

    /// Returns the row and column of the first character of the answer. The question begins at row 0.
    fn start(&self) -> (usize, usize) {
        position_after(&self.question, (0, 0), columns())
    }

    /// Returns the row and column of the cursor.
    fn cursor(&self) -> (usize, usize) {
        match self.echo {
            Echo::Visibility => position_after(self.line.before_cursor(), self.start(), columns()),
            Echo::Unseen => self.start(),
        }
    }
}

/// Returns the columns of the window at this moment.
fn columns() -> usize {
    tcgetwinsize(io::stderr()).ok().map(|size| usize::from(size.ws_col)).filter(|columns| *columns > 0).unwrap_or(80)
}

/// Appends the moves of the cursor from one row and column to another.
fn moves(text: &mut String, from: (usize, usize), to: (usize, usize)) {
    let mut add = |count: usize, direction: char| {
        if count > 0 {
            let _ = write!(text, "\u{1b}[{count}{direction}");
        }
    };
    add(from.0.saturating_sub(to.0), 'A');
    add(to.0.saturating_sub(from.0), 'B');
    add(from.1.saturating_sub(to.1), 'D');
    add(to.1.saturating_sub(from.1), 'C');
}

/// Returns whether the end of an escape sequence is still to be read.
fn is_incomplete(sequence: &[char]) -> bool {
    match sequence {
        ['O'] => true,
        ['[', .., last] => !matches!(last, '@'..='~'),
        _ => false,
    }
}

/// Returns the edit of a key. A hidden line has no visible cursor to move.
fn edit_of(key: &Key, echo: Echo) -> Option<Edit> {
    let edit = match key {
        Key::ArrowLeft | Key::Char('\u{2}') => Edit::Left,
        Key::ArrowRight | Key::Char('\u{6}') => Edit::Right,
        Key::Home => Edit::Home,
        Key::End => Edit::End,
        Key::Backspace => Edit::Backspace,
        Key::Del | Key::Char('\u{4}') => Edit::Delete,
        Key::Char('\u{17}') => Edit::DeleteWord,
        Key::Char('\u{15}') => Edit::DeleteToStart,
        Key::Char('\u{b}') => Edit::DeleteToEnd,
        Key::Char(key) if !key.is_control() => Edit::Insert(*key),
        Key::UnknownEscSeq(sequence) => match sequence[..] {
            ['b'] | ['[', '1', ';', _, 'D'] => Edit::WordLeft,
            ['f'] | ['[', '1', ';', _, 'C'] => Edit::WordRight,
            _ => return None,
        },
        _ => return None,
    };
    let moves = matches!(
        edit,
        Edit::Left | Edit::Right | Edit::WordLeft | Edit::WordRight | Edit::Home | Edit::End | Edit::Delete
    );
    (echo == Echo::Visibility || !moves).then_some(edit)
}
