//! `SSD_RECORD`: the file that a sandbox's session is written to, line by line, while it goes on. Several processes may write to
//! it one after the other; each line is whole.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::batch::earlier_tokens::EarlierTokens;
use crate::cli::io::path_guard::is_store_file;
use crate::cli::render::json;
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::l10n::MessageArg;
use crate::reply::line_reply::LineReply;
use crate::request::Request;
use crate::request::request_line::RequestLine;
use crate::scenario::recording::{self, RecordedRequest, RequestOwner};
use crate::store::{StoreLocation, UnitOfWork};

/// The file, open.
pub struct Recorder {
    path: PathBuf,
    file: File,
    /// Whether nothing was in it yet.
    pub is_empty: bool,
}

impl Recorder {
    /// Opens the file before anything is done, so that nothing is done that could not be recorded.
    ///
    /// # Errors
    /// It can't be written, or holds something else than a recording.
    pub fn open(path: &Path, place: StoreLocation<'_>) -> Result<Recorder, Error> {
        let fault = |fault| Error::file(path, fault);
        let other = || Error::Usage { key: "record-other", facts: file(path) };
        match fs::metadata(path) {
            Ok(there) if there.is_dir() => return Err(fault(ErrorKind::IsADirectory.into())),
            Ok(there) if !there.is_file() => return Err(other()),
            _ if is_store_file(place.store, place.key, path) => return Err(other()),
            _ => {}
        }
        let mut file = File::options().read(true).append(true).create(true).mode(0o600).open(path).map_err(fault)?;
        let mut first = [0];
        let there = file.read(&mut first).map_err(fault)?;
        if there > 0 && first != *b"{" {
            return Err(other());
        }
        Ok(Recorder { path: path.to_owned(), file, is_empty: there == 0 })
    }

    /// Adds a line.
    ///
    /// # Errors
    /// It can't be written.
    pub fn append(&mut self, line: &str) -> Result<(), Error> {
        let fault = |fault| Error::file(&self.path, fault);
        self.file.lock().map_err(fault)?;
        let written = (&self.file).write_all(line.as_bytes());
        self.file.unlock().map_err(fault)?;
        written.map_err(fault)
    }

    /// That the file has lines already where a sandbox begins.
    pub fn begun(&self) -> Error {
        Error::Usage { key: "record-begun", facts: file(&self.path) }
    }
}

/// A batch on its way into a recording: each line that is a request, with its reply. What asks for nothing is not in it, as at
/// the command line.
pub struct Recording {
    recorder: RefCell<Recorder>,
    language: Language,
    inside: RefCell<Option<RequestOwner>>,
    /// With its session or its call, wherever that came from.
    request: RefCell<Option<Request>>,
    /// Of the group that is not committed yet.
    lines: RefCell<Zeroizing<String>>,
}

impl Recording {
    /// Into this file.
    pub fn new(recorder: Recorder, language: Language) -> Recording {
        let (recorder, lines) = (RefCell::new(recorder), RefCell::default());
        Recording { recorder, language, inside: RefCell::default(), request: RefCell::default(), lines }
    }

    /// Looks whose session a line has, before it is answered.
    ///
    /// # Errors
    /// Those of the store.
    pub fn before_line(&self, unit: &UnitOfWork<'_>, line: &RequestLine, memory: &EarlierTokens) -> Result<(), Error> {
        let mut request = line.request.clone();
        let holder = line.holder.or(memory.only_holder()).filter(|_| line.uses_earlier_token);
        if let (Some(niss), Some(session)) = (holder, request.session_slot()) {
            *session = memory.session(niss)?;
        }
        if let (Some(niss), Some(call)) = (holder, request.call_slot()) {
            *call = memory.call(niss)?;
        }
        self.inside.replace(recording::inside(unit, &mut request)?);
        self.request.replace(Some(request));
        Ok(())
    }

    /// Keeps a line and what it was answered.
    ///
    /// # Errors
    /// Those of the store.
    pub fn after_line(&self, unit: &UnitOfWork<'_>, line: &RequestLine, answer: &LineReply) -> Result<(), Error> {
        let mut request = self.request.take().unwrap_or_else(|| line.request.clone());
        let shown = match answer.reply() {
            Some(reply) => json::reply(reply, self.language)?,
            None => recording::INVALID_VALUE_EXPECTATION.to_vec(),
        };
        let asked = RecordedRequest { request: &mut request, holder: line.holder, code: line.code };
        let text = recording::request(unit, asked, self.inside.borrow().as_ref(), answer.reply(), &shown)?;
        self.lines.borrow_mut().push_str(&text);
        Ok(())
    }

    /// Writes what was kept: the group is committed.
    ///
    /// # Errors
    /// It can't be written.
    pub fn on_commit(&self) -> Result<(), Error> {
        self.recorder.borrow_mut().append(&self.lines.take())
    }
}

fn file(path: &Path) -> Vec<(&'static str, MessageArg)> {
    vec![("file", MessageArg::from(crate::cli::render::text::printable(&path.to_string_lossy())))]
}
