//! `SSD_RECORD`: appends the requests of a sandbox to a recording, line by line.
//!
//! Several processes may append in turn. Each line is written completely under a file lock.

use std::cell::RefCell;
use std::fs::{self, File, Permissions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::batch::earlier_tokens::EarlierTokens;
use crate::cli::io::path_guard::{self, is_store_file};
use crate::cli::render::escape::printable;
use crate::cli::render::json;
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::l10n::MessageArg;
use crate::reply::line_reply::LineReply;
use crate::request::Request;
use crate::request::request_line::RequestLine;
use crate::scenario::recording::{self, RecordedRequest, RequestOwner};
use crate::store::locked_file::LockedFile;
use crate::store::{Store, StoreLocation, UnitOfWork};

/// The open recording file.
pub struct Recorder {
    path: PathBuf,
    file: File,
    /// Whether the file was empty when it was opened.
    pub is_empty: bool,
}

impl Recorder {
    /// Opens the file before the request is handled, so that nothing happens that can't be recorded.
    ///
    /// # Errors
    /// The file can't be written, or is not a recording.
    pub fn open(path: &Path, place: StoreLocation<'_>, store: Option<&Store>) -> Result<Recorder, Error> {
        let fault = |fault| Error::file(path, fault);
        let other = || Error::Usage { key: "record-other", facts: file(path) };
        match fs::metadata(path) {
            Ok(there) if there.is_dir() => return Err(fault(ErrorKind::IsADirectory.into())),
            Ok(there) if !there.is_file() => return Err(other()),
            _ if is_store_file(place, path) => return Err(other()),
            _ => {}
        }
        path_guard::check(Some(place), path)?;
        store.map_or(Ok(()), |store| path_guard::refuse_results(None, Some(store), path))?;
        let mut file = File::options().read(true).append(true).create(true).mode(0o600).open(path).map_err(fault)?;
        file.set_permissions(Permissions::from_mode(0o600)).map_err(fault)?;
        let mut first = [0];
        let there = file.read(&mut first).map_err(fault)?;
        if there > 0 && first != *b"{" {
            return Err(other());
        }
        Ok(Recorder { path: path.to_owned(), file, is_empty: there == 0 })
    }

    /// Appends a line.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn append(&mut self, line: &str) -> Result<(), Error> {
        let fault = |fault| Error::file(&self.path, fault);
        let mut file = LockedFile::wait(self.file.try_clone().map_err(fault)?).map_err(fault)?;
        file.write_all(line.as_bytes()).map_err(fault)
    }

    /// Returns the error for a file that already has lines when a sandbox is created.
    pub fn begun(&self) -> Error {
        Error::Usage { key: "record-begun", facts: file(&self.path) }
    }
}

/// Records a batch: each valid request line with its reply. Invalid lines are not recorded, as on the command line.
pub struct Recording {
    recorder: RefCell<Recorder>,
    language: Language,
    inside: RefCell<Option<RequestOwner>>,
    /// The request with its session or call token filled in.
    request: RefCell<Option<Request>>,
    /// The lines of the transaction in progress.
    lines: RefCell<Zeroizing<String>>,
}

impl Recording {
    /// Returns a recording to this file.
    pub fn new(recorder: Recorder, language: Language) -> Recording {
        let (recorder, lines) = (RefCell::new(recorder), RefCell::default());
        Recording { recorder, language, inside: RefCell::default(), request: RefCell::default(), lines }
    }

    /// Finds the owner of a line's session before the line is handled.
    pub fn before_line(&self, unit: &UnitOfWork<'_>, line: &RequestLine, memory: &EarlierTokens) -> Result<(), Error> {
        let mut request = line.request.clone();
        let holder = line.holder.or(memory.only_holder()).filter(|_| line.uses_earlier_token);
        if let (Some(niss), Some(session)) = (holder, request.session_slot()) {
            *session = memory.session(niss)?;
        }
        if let (Some(niss), Some(call)) = (holder, request.call_slot()) {
            *call = memory.call(niss)?;
        }
        memory.fill_old_session(&mut request)?;
        self.inside.replace(recording::inside(unit, &request)?);
        self.request.replace(Some(request));
        Ok(())
    }

    /// Keeps a line and its reply until the transaction is committed.
    pub fn after_line(&self, unit: &UnitOfWork<'_>, line: &RequestLine, answer: &LineReply) -> Result<(), Error> {
        let request = self.request.take().unwrap_or_else(|| line.request.clone());
        let shown = match answer.reply() {
            Some(reply) => json::reply(reply, self.language)?,
            None => recording::INVALID_VALUE_EXPECTATION.to_vec(),
        };
        let asked = RecordedRequest { request: &request, holder: line.holder, code: line.code };
        let text = recording::request(unit, asked, self.inside.borrow().as_ref(), answer.reply(), &shown)?;
        self.lines.borrow_mut().push_str(&text);
        Ok(())
    }

    /// Writes the lines of the committed transaction.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn on_commit(&self) -> Result<(), Error> {
        self.recorder.borrow_mut().append(&self.lines.take())
    }
}

fn file(path: &Path) -> Vec<(&'static str, MessageArg)> {
    vec![("file", MessageArg::from(printable(&path.to_string_lossy())))]
}
