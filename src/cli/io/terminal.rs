//! Lines typed at the terminal.
//!
//! Keys are read one by one, so that Ctrl-C is a normal key. If the system read the line, Ctrl-C would be a signal, and
//! a signal at a hidden question would leave the terminal without echo. Echo is off from before the question until
//! after the answer, so that a secret typed early does not show.
//!
//! Questions use the terminal of the process: a call is asked questions only if its streams are those of the process.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::path::Path;

use dialoguer::console::{Key, Term, measure_text_width, truncate_str};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};
use zeroize::Zeroizing;

use crate::cli::io::interrupt::SignalsDuringQuestion;
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
/// [`Error::Interrupted`] at Ctrl-C, at Ctrl-D on an empty line and when the terminal is closed.
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
}

impl RawMode {
    fn now() -> io::Result<RawMode> {
        let before = tcgetattr(io::stdin())?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        tcsetattr(io::stdin(), OptionalActions::Now, &quiet)?;
        Ok(RawMode { before })
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        // Fails if the terminal was closed; then there is nothing to restore.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
    }
}

/// Prints the rows of a list and marks the selected one.
fn list(term: &Term, rows: &[String], marked: Option<usize>) -> io::Result<()> {
    for (at, row) in rows.iter().enumerate() {
        if marked.is_some() {
            term.clear_line()?;
        }
        term.write_line(&format!("{} {row}", if marked == Some(at) { ">" } else { " " }))?;
    }
    Ok(())
}

fn read(term: &Term, question: &str, echo: Echo, rows: &[String]) -> io::Result<Zeroizing<String>> {
    let signals = SignalsDuringQuestion::begin()?;
    let quiet = RawMode::now()?;
    let answer = read_answer(term, question, echo, rows, &signals);
    drop(quiet);
    signals.end().and(answer)
}

fn read_answer(
    term: &Term,
    question: &str,
    echo: Echo,
    rows: &[String],
    signals: &SignalsDuringQuestion,
) -> io::Result<Zeroizing<String>> {
    // Longer than any accepted answer, so that growing leaves no copy of a secret in memory.
    let mut line = Zeroizing::new(String::with_capacity(4096));
    let mut marked = None;
    list(term, rows, marked)?;
    term.write_str(&format!("{question}: "))?;
    loop {
        if signals.wait_for_key().is_err() {
            return restore(term);
        }
        match term.read_key_raw()? {
            key @ (Key::ArrowUp | Key::ArrowDown) if !rows.is_empty() => {
                let last = rows.len() - 1;
                let at = match (marked, key) {
                    (None, Key::ArrowDown) => 0,
                    (None, _) => last,
                    (Some(at), Key::ArrowDown) => (at + 1).min(last),
                    (Some(at), _) => at.saturating_sub(1),
                };
                marked = Some(at);
                line.clear();
                line.push_str(&(at + 1).to_string());
                term.clear_line()?;
                term.move_cursor_up(rows.len())?;
                list(term, rows, marked)?;
                term.write_str(&format!("{question}: {}", *line))?;
            }
            Key::Enter => break,
            Key::CtrlC => return restore(term),
            Key::Char('\u{4}') if line.is_empty() => return restore(term),
            Key::Char('\u{15}') => {
                if echo == Echo::Visibility {
                    term.clear_chars(measure_text_width(&line))?;
                }
                line.clear();
            }
            Key::Backspace => {
                if let Some(last) = line.pop()
                    && echo == Echo::Visibility
                {
                    term.clear_chars(measure_text_width(last.encode_utf8(&mut [0; 4])))?;
                }
            }
            Key::Char(key) if !key.is_control() && line.len() + key.len_utf8() <= line.capacity() => {
                line.push(key);
                if echo == Echo::Visibility {
                    term.write_str(key.encode_utf8(&mut [0; 4]))?;
                }
            }
            _ => {}
        }
    }
    term.write_line("")?;
    Ok(line)
}

fn restore(term: &Term) -> io::Result<Zeroizing<String>> {
    term.write_line("")?;
    Err(io::ErrorKind::Interrupted.into())
}
