//! Batches: thousands of requests from a file. Each line is executed once and in order, and no reply is lost.
//!
//! ```text
//! reader ──────────── slots in the input's order ───────────▶ writer ─▶ replies
//!    └──▶ workers, which compute password hashes in advance ────┘
//! ```
//!
//! **A group** of lines is one transaction. It contains a savepoint per line, then the journal's row with the progress
//! and the replies of the group, then the commit. Only then are the replies written. A written reply therefore belongs
//! to a committed line. After a crash between commit and replies, the journal has the replies, and a resumed batch
//! writes them.
//!
//! A group contains only lines with completed password work, so nothing slow runs while the store is locked. The
//! division of lines into groups does not change the replies.
//!
//! **A pipe** has no such guarantee: bytes written to it can be lost without notice.

#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::domain::batch_name::BatchName;
use crate::domain::code::PhoneCode;
use crate::error::{Error, LostAnswer};
use crate::flow::PasswordWork;
use crate::l10n::MessageArg;
use crate::reply::line_reply::LineReply;
use crate::reply::{AuditDetail, Done, DryRun, Message, ReplyBody};
use crate::request::request_line::RequestLine;
use crate::request::{Field, Operation};
use crate::store::{Store, UnitOfWork, audit, batch_lines, failure_counts, outbox, policy};
use crate::threads::ThreadStarter;
use earlier_tokens::{EarlierTokens, Token};
use failed_lines::{AnsweredLine, FailedLines};
use once::OnceLine;

pub mod csv_header;
pub mod csv_without_op;
pub mod earlier_tokens;
pub mod failed_lines;
mod input_buffer;
pub mod line_execution;
mod once;
mod output;
mod pipeline;
mod reader;
mod tally;

pub use input_buffer::{InputFormat, InputPosition};
pub use output::{Output, ReplyFile, ResumeState};
use pipeline::{PendingLine, ReaderEvent, Workers};
pub use reader::Reader;
pub use tally::Tally;

/// The longest wait of a group for more lines.
const GROUP_WAIT: Duration = Duration::from_millis(100);
/// The interval between checks of the stop flag while a batch waits for input.
const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// The memory of a group's lines in bytes that ends the group. Its replies can be as long as its lines.
const GROUP_BYTES: usize = 8 << 20;

/// Encodes a reply. In a dry run it also gets the messages that the line would have sent.
pub type ReplyEncoder<'a> = &'a dyn Fn(&LineReply, Option<&[Message]>) -> Result<Vec<u8>, Error>;

/// Callbacks around each line, in its unit of work, and after each commit.
pub struct BatchObserver<'a> {
    /// Called before a line is executed.
    pub before: &'a dyn Fn(&UnitOfWork<'_>, &RequestLine, &EarlierTokens) -> Result<(), Error>,
    /// Called after a line is executed.
    pub behind: &'a dyn Fn(&UnitOfWork<'_>, &RequestLine, &LineReply) -> Result<(), Error>,
    /// Called after the commit of a group. The group's observations are then final.
    pub committed: &'a dyn Fn() -> Result<(), Error>,
}

/// The options of a batch.
pub struct BatchOptions<'a> {
    /// The store; in a dry run, its scratch copy.
    pub store: &'a Store,
    /// The store that the hashing threads read.
    pub lookup_store: &'a Store,
    /// The actor for the audit log.
    pub actor: &'a str,
    /// The number of hashing threads.
    pub jobs: usize,
    /// The maximum number of lines per transaction.
    pub group: usize,
    /// Whether the first refused or invalid line ends the batch.
    pub stop_on_refusal: bool,
    /// Whether the replies show the messages that each line would have sent.
    pub dry_run: bool,
    /// Whether lines that read or compare a secret are refused: in a dry run with real people. Its counters are deleted with its
    /// copy of the store, so that a secret could be tried without end.
    pub refuses_secrets: bool,
    /// The name under which lines run once.
    pub once: Option<&'a BatchName>,
    /// The operation of the command, for the audit log.
    pub op: Operation,
    /// The encoder of replies.
    pub encode: ReplyEncoder<'a>,
    /// The callbacks of a recording, if there is one.
    pub observer: Option<BatchObserver<'a>>,
    /// A flag that ends the batch after the group in progress.
    pub interrupted: &'a AtomicBool,
}

/// The reason for the end of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchEnd {
    /// The input ended.
    Finished,
    /// A line was not done, and `stop_on_refusal` is set.
    Refused,
    /// The batch was interrupted.
    Interrupted,
}

/// A line that is ready for execution.
struct QueuedLine {
    slot: Arc<PendingLine>,
    /// The repeated password work of a line whose first result was stale.
    again: Option<PasswordWork>,
}

/// The results of a group.
#[derive(Default)]
struct GroupResult {
    answered: usize,
    /// The replies, one per line.
    replies: Zeroizing<Vec<u8>>,
    is_refused: bool,
}

/// Runs a batch. `earlier` is the state of a resumed batch. `failed` collects the lines that are not done. `watch` receives
/// the number of input bytes read after each group.
///
/// # Errors
/// Returns the errors of the store, the input and the output. Earlier commits remain, and their replies are written.
pub fn run<R: std::io::Read + Send + 'static>(
    plan: &BatchOptions<'_>,
    reader: Reader<R>,
    output: &mut Output,
    earlier: ResumeState,
    failed: Option<&mut FailedLines>,
    watch: &mut dyn FnMut(u64, &Tally),
) -> Result<(BatchEnd, Tally), Error> {
    let (order, slots) = sync_channel(2 * plan.group.clamp(64, 10_000));
    let (work, worked) = sync_channel(2 * plan.group.clamp(64, 10_000));
    plan.store.tune_for_bulk_writes()?;
    let hash_memory = policy::read(plan.store.connection())?.argon2_memory as usize * 1024;
    let mut starter = ThreadStarter::new(2)?;
    let workers = Workers::start(plan.jobs, hash_memory, plan.lookup_store, worked, &mut starter)?;
    // Lines are read once all threads run and have space for their work.
    let reading = pipeline::start_reader(reader, plan.refuses_secrets, order, work.clone(), &mut starter);
    drop(starter);
    if let Err(error) = reading {
        workers.stop(&work);
        return Err(error);
    }
    let ResumeState { memory, tally } = earlier;
    let mut writer = Writer { plan, output, failed, memory, tally, turns: VecDeque::new() };
    let end = writer.run(&slots, watch);
    drop(slots);
    workers.stop(&work);
    let tally = writer.tally;
    match output {
        Output::AtEnd(..) => {
            record_dry_run(plan, &tally)?;
            output.finish()?;
        }
        Output::Stream(_) if end.is_ok() => output.finish()?,
        Output::File(_) | Output::Stream(_) => {}
    }
    Ok((end?, tally))
}

/// Writes the audit entry of a dry run with real people. Without it, nobody would know of a file that tries values.
fn record_dry_run(plan: &BatchOptions<'_>, tally: &Tally) -> Result<(), Error> {
    let mut dry_run = DryRun { lines: tally.lines, ..DryRun::default() };
    for (op, _, count) in tally.rows() {
        if let Ok(op) = op.parse() {
            *dry_run.operations.entry(op).or_default() += count;
        }
    }
    let detail = AuditDetail { dry_run: Some(dry_run), ..AuditDetail::default() };
    plan.lookup_store.write(plan.actor, |unit| audit::add(unit, plan.op, None, None, Some(&detail)).map(|_| ()))
}

/// Returns the error of an input that ends with a fault, with the number of lines that are done.
fn midway(error: Error, done: u64) -> Error {
    let Error::Usage { key, mut facts } = error else { return error };
    let key = match key {
        "input-not-utf8" => "input-not-utf8-midway",
        "input-malformed" => "input-malformed-midway",
        "input-is-utf8" => "input-is-utf8-midway",
        key => return Error::Usage { key, facts },
    };
    facts.push(("done", MessageArg::from(done.to_string())));
    Error::Usage { key, facts }
}

/// Deletes the records of the lines of a name. They can be done again.
///
/// # Errors
/// Those of the store.
pub fn forget(store: &Store, actor: &str, name: &BatchName) -> Result<Done, Error> {
    store.write(actor, |unit| {
        let lines = batch_lines::forget(unit, name)?;
        let detail = AuditDetail { forgotten: Some(lines as u64), ..AuditDetail::default() };
        // The name is an operator's text, so it is a remark.
        let remark = Some(name.as_str());
        let request = audit::add_with(unit, Operation::BatchForget, None, None, Some(&detail), remark)?;
        let body = ReplyBody::BatchForgotten { name: name.as_str().to_owned(), lines };
        Ok(Done { request: Some(request), ..Done::new(Operation::BatchForget, body) })
    })
}

struct Writer<'a, 'b> {
    plan: &'a BatchOptions<'b>,
    output: &'a mut Output,
    failed: Option<&'a mut FailedLines>,
    memory: EarlierTokens,
    tally: Tally,
    turns: VecDeque<QueuedLine>,
}

impl Writer<'_, '_> {
    fn run(&mut self, slots: &Receiver<ReaderEvent>, watch: &mut dyn FnMut(u64, &Tally)) -> Result<BatchEnd, Error> {
        loop {
            let last = self.gather(slots);
            while let Some(reached) = self.turns.back().map(|turn| turn.slot.end.offset) {
                if self.is_interrupted() {
                    return Ok(BatchEnd::Interrupted);
                }
                if self.write_group()? {
                    return Ok(BatchEnd::Refused);
                }
                watch(reached, &self.tally);
            }
            match last {
                Some(ReaderEvent::End(mark)) => {
                    self.finish(&mark)?;
                    return Ok(BatchEnd::Finished);
                }
                Some(ReaderEvent::Broken(error)) => return Err(midway(error, self.tally.of("done"))),
                _ if self.is_interrupted() => return Ok(BatchEnd::Interrupted),
                _ => {}
            }
        }
    }

    fn is_interrupted(&self) -> bool {
        self.plan.interrupted.load(Ordering::Relaxed)
    }

    /// Collects lines with completed password work until the group is full or its time is over. Returns the end of the
    /// input if it is reached.
    fn gather(&mut self, slots: &Receiver<ReaderEvent>) -> Option<ReaderEvent> {
        let mut ends_at = None;
        let mut bytes: usize = self.turns.iter().map(|turn| turn.slot.share.bytes).sum();
        while self.turns.len() < self.plan.group && bytes < GROUP_BYTES {
            let patience = match ends_at {
                None => POLL_INTERVAL,
                Some(ends_at) => match Instant::now() {
                    now if now < ends_at => ends_at - now,
                    _ => return None,
                },
            };
            match slots.recv_timeout(patience) {
                Ok(ReaderEvent::Slot(slot)) => {
                    slot.slow.wait();
                    ends_at.get_or_insert_with(|| Instant::now() + GROUP_WAIT);
                    bytes += slot.share.bytes;
                    self.turns.push_back(QueuedLine { slot, again: None });
                }
                Ok(last) => return Some(last),
                Err(RecvTimeoutError::Timeout) if self.turns.is_empty() && !self.is_interrupted() => {}
                // It sends its end before it ends.
                Err(RecvTimeoutError::Disconnected) if self.turns.is_empty() => {
                    let fault = Error::Bug("reader thread ended without a result".to_owned());
                    return Some(ReaderEvent::Broken(fault));
                }
                Err(_) => return None,
            }
        }
        None
    }

    /// Executes the collected lines in one transaction, up to the first with stale password work, and writes the
    /// replies. Returns whether a refused line ends the batch.
    fn write_group(&mut self) -> Result<bool, Error> {
        let Writer { plan, output, failed, memory, tally, turns } = self;
        let group = plan.store.write(plan.actor, |unit| {
            outbox::wipe_expired(unit, outbox::WIPE_PER_GROUP)?;
            failure_counts::delete_stale(unit, outbox::WIPE_PER_GROUP)?;
            let mut group = GroupResult::default();
            let mut sent = if plan.dry_run { outbox::newest(&unit.tx)? } else { 0 };
            for turn in turns.iter() {
                let Some(answer) = answer(plan, unit, turn, memory)? else { break };
                let messages = if plan.dry_run { Some(outbox::after(unit, sent)?) } else { None };
                sent = messages.iter().flatten().last().map_or(sent, |last| last.id);
                let rendered = Zeroizing::new((plan.encode)(&answer, messages.as_deref())?);
                group.replies.extend_from_slice(&rendered);
                group.answered += 1;
                tally.count(&answer);
                if plan.stop_on_refusal && !answer.is_done() {
                    group.is_refused = true;
                    break;
                }
            }
            if let (Output::File(file), Some(last)) = (&output, turns.iter().take(group.answered).next_back()) {
                file.save_progress(unit, &last.slot.end, &group.replies, false)?;
            }
            Ok(group)
        })?;
        let recorded = plan.observer.as_ref().map_or(Ok(()), |witness| (witness.committed)());
        // Before the replies are written: these lines are committed, even if nobody reads the replies.
        let added = match failed {
            Some(failed) => add_failed(failed, turns, &group.replies),
            None => Ok(()),
        };
        output.write(&group.replies).map_err(|fault| match output {
            Output::File(_) => Error::AnswerLost(LostAnswer::Replies, None, Box::new(fault)),
            // A dry run has committed nothing that lasts.
            Output::Stream(_) | Output::AtEnd(..) if plan.dry_run => fault,
            Output::Stream(_) | Output::AtEnd(..) => Error::AnswerLost(LostAnswer::Stream, None, Box::new(fault)),
        })?;
        recorded.map_err(|fault| Error::AnswerLost(LostAnswer::Recording, None, Box::new(fault)))?;
        added?;
        turns.drain(..group.answered);
        if let (false, Some(QueuedLine { slot, again })) = (group.is_refused, turns.front_mut())
            && let Ok(line) = &slot.asked
        {
            *again = Some(line_execution::compute_in_turn(plan.store, line, memory)?);
        }
        Ok(group.is_refused)
    }

    fn finish(&mut self, end: &InputPosition) -> Result<(), Error> {
        match &self.output {
            Output::File(file) => {
                self.plan.store.write(self.plan.actor, |unit| file.save_progress(unit, end, &[], true))
            }
            Output::Stream(_) | Output::AtEnd(..) => Ok(()),
        }
    }
}

/// Adds the answered lines of a group with their replies.
fn add_failed(failed: &mut FailedLines, turns: &VecDeque<QueuedLine>, replies: &[u8]) -> Result<(), Error> {
    turns.iter().zip(replies.split_inclusive(|byte| *byte == b'\n')).try_for_each(|(turn, reply)| {
        let op = turn.slot.asked.as_ref().ok().map(|line| line.request.op());
        let text = turn.slot.text.as_deref().map(Vec::as_slice);
        failed.add(&AnsweredLine { number: turn.slot.line, op, text }, reply)
    })
}

/// Executes a line in its turn. Returns `None` if its password work is stale.
fn answer(
    plan: &BatchOptions<'_>,
    unit: &mut UnitOfWork<'_>,
    turn: &QueuedLine,
    memory: &mut EarlierTokens,
) -> Result<Option<LineReply>, Error> {
    let number = turn.slot.line;
    let line = match &turn.slot.asked {
        Ok(line) => line,
        Err(malformed) => return Ok(Some(LineReply::malformed(number, malformed.clone()))),
    };
    let once = match plan.once.map(|name| OnceLine::new(name, line)) {
        Some(Ok(once)) => Some(once),
        Some(Err(cause)) => {
            return Ok(Some(LineReply::invalid_value(number, line, Some("id".to_owned()), cause)));
        }
        None => None,
    };
    if let Some(once) = &once
        && let Some(earlier) = once.earlier(unit, number, line)?
    {
        // The phone code that the holder chose is in the line itself, so later lines can use it.
        if let (true, Some(niss), Some(chosen)) =
            (earlier.is_done(), line.niss(), line.request.value::<PhoneCode>(Field::NewCode))
        {
            memory.keep(niss, &Token::PhoneCode(chosen.expose()))?;
        }
        return Ok(Some(earlier));
    }
    if plan.refuses_secrets && line.judges_secret() {
        return Ok(line_execution::refuse_in_dry_run(line)?.map(|reply| LineReply::replied(number, line, reply)));
    }
    let slow = match (&turn.again, turn.slot.slow.get()) {
        (Some(slow), _) | (None, Some(Ok(slow))) => slow,
        _ => return Ok(None),
    };
    if let Some(witness) = &plan.observer {
        (witness.before)(unit, line, memory)?;
    }
    let answer = match line_execution::execute(unit, line, slow, memory) {
        Ok(None) => return Ok(None),
        Ok(Some(reply)) => LineReply::replied(number, line, reply),
        Err(Error::Malformed { name, cause, .. }) => {
            LineReply::invalid_value(number, line, name.field().map(|field| field.to_string()), cause)
        }
        Err(error) => return Err(error),
    };
    if let Some(once) = &once {
        once.record(unit, line, &answer)?;
    }
    if let Some(witness) = &plan.observer {
        (witness.behind)(unit, line, &answer)?;
    }
    Ok(Some(answer))
}
