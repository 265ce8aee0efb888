//! The output of a batch, and its resumption. The store's journal records the progress, and a resumed batch restores
//! the file to exactly that state.

use std::fs::{File, TryLockError};
use std::io::{BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::failed_lines::{AnsweredLine, FailedLines};
use super::input_buffer::InputPosition;
use super::reader::Reader;
use super::tally::Tally;
use crate::batch::earlier_tokens::{EarlierTokens, Token};
use crate::domain::code::PhoneCode;
use crate::domain::niss::Niss;
use crate::error::Error;
use crate::l10n::MessageArg;
use crate::reply::Secret;
use crate::request::request_line::{JsonFields, LineId};
use crate::request::{Field, Operation};
use crate::store::batches::{self, Journal};
use crate::store::locked_file::LockedFile;
use crate::store::spill::{SpillLog, SpillMap};
use crate::store::{Store, UnitOfWork, private_file};

/// The destination of replies.
pub enum Output {
    /// A file with a journal. The guarantees about crashes hold.
    File(ReplyFile),
    /// A pipe, terminal or device. Replies are written after their commit and can be lost.
    Stream(Box<dyn Write>),
    /// A pipe, terminal or device that gets the replies at the end: those of a dry run, after its audit entry.
    AtEnd(Box<dyn Write>, SpillLog),
}

/// A file of replies.
pub struct ReplyFile {
    file: LockedFile,
    path: PathBuf,
    /// The canonical path, which is the key of the journal.
    name: String,
    length: u64,
}

/// The state that a resumed batch continues from.
#[derive(Default)]
pub struct ResumeState {
    /// The tokens from the earlier lines that later lines can use.
    pub memory: EarlierTokens,
    /// The counts of the earlier lines.
    pub tally: Tally,
}

impl Output {
    /// Writes the replies of committed lines.
    ///
    /// # Errors
    /// Returns [`Error::StdoutClosed`] if the reader closed the pipe, or the system's error.
    pub fn write(&mut self, replies: &[u8]) -> Result<(), Error> {
        match self {
            Output::File(file) => file.write(replies),
            Output::Stream(stream) => write_to(stream, replies),
            Output::AtEnd(_, log) => log.add(replies),
        }
    }

    /// Writes the replies that waited for the end of the batch.
    ///
    /// # Errors
    /// As for [`Output::write`].
    pub fn finish(&mut self) -> Result<(), Error> {
        match self {
            Output::File(_) => Ok(()),
            Output::Stream(stream) => write_to(stream, &[]),
            Output::AtEnd(stream, log) => {
                log.copy(|replies| write_to(stream, replies))?;
                write_to(stream, &[])
            }
        }
    }
}

fn write_to(stream: &mut dyn Write, replies: &[u8]) -> Result<(), Error> {
    stream.write_all(replies).and_then(|()| stream.flush()).map_err(|fault| {
        let is_closed = fault.kind() == ErrorKind::BrokenPipe;
        if is_closed { Error::StdoutClosed } else { Error::file(Path::new("-"), fault) }
    })
}

impl ReplyFile {
    /// Locks a file for the replies of a batch, which is open for reading and writing. `resume` continues an existing file.
    ///
    /// # Errors
    /// Fails if the file can't be written, another batch is writing to it, or it belongs to an unfinished batch.
    pub fn open(path: &Path, file: File, store: &Store, resume: bool) -> Result<ReplyFile, Error> {
        let fault = |fault| Error::file(path, fault);
        // An error must not look like an empty file: the lines would be done again.
        let before = file.metadata().map_err(fault)?.len() > 0;
        let file = LockedFile::at_once(file).map_err(|error| match error {
            TryLockError::WouldBlock => about("batch-busy", path),
            TryLockError::Error(error) => fault(error),
        })?;
        let name = path.canonicalize().map_err(fault)?.to_string_lossy().into_owned();
        let replies = ReplyFile { file, path: path.to_owned(), name, length: 0 };
        let journal = store.read(|unit| batches::find(unit, &replies.name))?;
        match journal {
            Some(journal) if !resume && !journal.finished && before => Err(about("batch-unfinished", path)),
            None if resume && before => Err(about("batch-no-journal", path)),
            _ => Ok(replies),
        }
    }

    /// Refuses to overwrite the replies of an unfinished batch.
    ///
    /// # Errors
    /// Fails if the file belongs to one.
    pub fn refuse_unfinished(path: &Path, store: &Store) -> Result<(), Error> {
        let complete = match path.canonicalize() {
            Ok(complete) => complete,
            Err(absent) if absent.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(Error::file(path, error)),
        };
        let journal = store.read(|unit| batches::find(unit, &complete.to_string_lossy()))?;
        match journal {
            Some(journal) if !journal.finished => Err(about("batch-unfinished", path)),
            _ => Ok(()),
        }
    }

    /// Begins a new batch. The journal records it before the file is emptied.
    pub fn begin(&mut self, store: &Store, actor: &str, from: &InputPosition) -> Result<(), Error> {
        store.write(actor, |unit| self.save_progress(unit, from, &[], false))?;
        self.truncate_to(0)?;
        private_file::sync_with_folder(&self.file, &self.path).map_err(|fault| Error::file(&self.path, fault))
    }

    /// Restores the file and the input to the progress of an earlier run. `failed` gets the lines of that run.
    ///
    /// # Errors
    /// Fails if the input has changed or the file is shorter than recorded.
    pub fn resume<R: Read>(
        &mut self,
        store: &Store,
        actor: &str,
        reader: &mut Reader<R>,
        mut failed: Option<&mut FailedLines>,
    ) -> Result<ResumeState, Error> {
        let Some(journal) = store.read(|unit| batches::find(unit, &self.name))? else {
            self.begin(store, actor, reader.mark())?;
            return Ok(ResumeState::default());
        };
        let length = self.file.metadata().map_err(|fault| Error::file(&self.path, fault))?.len();
        if length < journal.output_length {
            return Err(about("batch-output-shorter", &self.path));
        }
        // Replies do not contain phone codes chosen by holders, so they are read from the input.
        let mut chosen = SpillMap::default();
        let mut lines = LineSequence::default();
        let mut replies = self.replies(&journal)?;
        let reached = reader.skip_to(journal.next_offset, |record| {
            let (id, op) = match &record.asked {
                Ok(line) => (&line.id, Some(line.request.op())),
                Err(invalid) => (&invalid.id, invalid.op),
            };
            lines.add(Some(record.line), id.as_ref(), op.map(Operation::as_str))?;
            if let Some(failed) = &mut failed {
                // If it is not the reply to this line, the comparison of all lines finds it.
                let reply = replies.next().transpose().map_err(|fault| Error::file(&self.path, fault))?;
                let line = AnsweredLine { number: record.line, op, text: record.text.as_deref().map(Vec::as_slice) };
                failed.add(&line, reply.unwrap_or_default().as_bytes())?;
            }
            let new_code = record.asked.as_ref().ok().and_then(|line| line.request.value::<PhoneCode>(Field::NewCode));
            match new_code {
                Some(code) => chosen.put(record.line.cast_signed(), code.expose().as_bytes().to_vec().into()),
                None => Ok(()),
            }
        })?;
        drop(replies);
        let Some(reached) = reached.filter(|reached| reached.line == journal.next_line) else {
            return Err(about("batch-input-changed", &self.path));
        };
        let read = store.read(|unit| batches::input_hash(unit, &reached.hash()))?;
        // All checks come before the file is truncated.
        let (earlier, replied) = self.replay_replies(&journal, &chosen)?;
        let is_other = match journal.input_hash {
            Some(hash) => hash != read,
            None => lines != replied,
        };
        if is_other {
            return Err(about("batch-input-changed", &self.path));
        }
        self.truncate_to(journal.output_length)?;
        self.write(&journal.replies)?;
        Ok(earlier)
    }

    /// Returns the replies of an earlier run, from the start.
    fn replies<'a>(
        &'a self,
        journal: &'a Journal,
    ) -> Result<impl Iterator<Item = std::io::Result<String>> + 'a, Error> {
        (&*self.file).seek(SeekFrom::Start(0)).map_err(|fault| Error::file(&self.path, fault))?;
        let before = (&*self.file).take(journal.output_length);
        Ok(BufReader::new(before.chain(&journal.replies[..])).lines())
    }

    /// Reads the state to resume from the existing replies, and to which lines they belong.
    fn replay_replies(&self, journal: &Journal, chosen: &SpillMap) -> Result<(ResumeState, LineSequence), Error> {
        let (fault, other) = (|fault| Error::file(&self.path, fault), || about("batch-output-other", &self.path));
        let (mut earlier, mut lines) = (ResumeState::default(), LineSequence::default());
        for line in self.replies(journal)? {
            let mut reply = JsonFields::read(line.map_err(fault)?.as_bytes()).map_err(|_| other())?;
            let id = reply.take_id().map_err(|_| other())?;
            let text = |key: &str| reply.get(key).and_then(Value::as_str);
            let number = reply.get("line").and_then(Value::as_u64);
            let verdict = match text("result") {
                Some("done") if reply.get("repeated").is_some() => "repeated",
                Some("done") => "done",
                Some("refused") => text("reason").unwrap_or_default(),
                _ => "malformed",
            };
            let op = text("op").unwrap_or("-");
            earlier.tally.add(op, verdict);
            if verdict == "malformed" {
                let reason = text("reason").unwrap_or(verdict);
                earlier.tally.add_fault(op, text("field"), reason, number.unwrap_or_default());
            }
            lines.add(number, id.as_ref(), text("op"))?;
            let niss: Option<Niss> = text("niss").and_then(|niss| niss.parse().ok());
            if let (Some(niss), "done" | "repeated") = (niss, verdict) {
                let mut digits = text("phone_code").map(Secret::new);
                if let (Some("phone_code_change"), None, Some(line)) =
                    (text("op"), &digits, number.map(u64::cast_signed))
                {
                    digits = chosen.get(line)?.map(|own| Secret::new(&String::from_utf8_lossy(&own)));
                }
                let gains = [
                    text("session").map(Token::Session),
                    digits.as_ref().map(|digits| Token::PhoneCode(digits.expose())),
                    text("call").map(Token::Call),
                ];
                gains.iter().flatten().try_for_each(|gain| earlier.memory.keep(niss, gain))?;
            }
        }
        Ok((earlier, lines))
    }

    /// Records the progress of the batch in the transaction of its lines.
    pub fn save_progress(
        &self,
        unit: &UnitOfWork<'_>,
        to: &InputPosition,
        replies: &[u8],
        finished: bool,
    ) -> Result<(), Error> {
        let journal = Journal {
            // Nothing derived from the passwords of an input outlives its batch.
            input_hash: if finished { None } else { Some(batches::input_hash(unit, &to.hash())?) },
            next_offset: to.offset,
            next_line: to.line,
            output_length: self.length,
            replies: replies.to_vec().into(),
            finished,
        };
        batches::save(unit, &self.name, &journal)
    }

    /// Writes the replies of committed lines durably.
    fn write(&mut self, replies: &[u8]) -> Result<(), Error> {
        let fault = |fault| Error::file(&self.path, fault);
        self.file.write_all(replies).map_err(fault)?;
        self.file.sync_data().map_err(fault)?;
        self.length += replies.len() as u64;
        Ok(())
    }

    fn truncate_to(&mut self, length: u64) -> Result<(), Error> {
        let fault = |fault| Error::file(&self.path, fault);
        self.file.set_len(length).map_err(fault)?;
        self.file.seek(SeekFrom::Start(length)).map_err(fault)?;
        self.length = length;
        Ok(())
    }
}

/// The numbers, ids and operations of lines, which are the same in an input and in its replies. The hash of an input is deleted
/// with the end of its batch; an input to which lines were added is recognised by its sequence.
#[derive(Default)]
struct LineSequence(Sha256);

impl LineSequence {
    fn add(&mut self, line: Option<u64>, id: Option<&LineId>, op: Option<&str>) -> Result<(), Error> {
        let text = serde_json::to_string(&(line, id, op)).map_err(|fault| Error::Bug(fault.to_string()))?;
        self.0.update(text);
        self.0.update("\n");
        Ok(())
    }
}

impl PartialEq for LineSequence {
    fn eq(&self, other: &LineSequence) -> bool {
        self.0.clone().finalize() == other.0.clone().finalize()
    }
}

/// Returns the error that prevents a batch from starting or resuming.
fn about(key: &'static str, path: &Path) -> Error {
    Error::Usage { key, facts: vec![("path", MessageArg::from(path.display().to_string()))] }
}
