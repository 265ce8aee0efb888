//! Batches: thousands of requests from a file, each line answered once, in order, and not lost.
//!
//! ```text
//! reader ──────────── slots in the input's order ───────────▶ writer ─▶ replies
//!    └──▶ workers, who hash ahead what has a password to hash ──┘
//! ```
//!
//! **A group** of lines is one transaction: a savepoint a line, then the journal's row with how far the batch has come and what
//! the group was answered, then the commit, and only then are the replies written. So a reply that can be read is of a line
//! that is done; and where a crash comes between commit and reply, the journal has the replies, and a batch that is resumed
//! writes them. Groups are made of lines whose slow work is done: nothing slow happens while the store is locked. How lines
//! fall into groups changes no byte of the replies.
//!
//! **A pipe** can't promise that: what was written into it may be lost on its way, and nobody knows.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::error::Error;
use crate::flow::PasswordWork;
use crate::reply::Message;
use crate::reply::line_reply::LineReply;
use crate::request::request_line::RequestLine;
use crate::store::{Store, UnitOfWork, outbox};
use earlier_tokens::EarlierTokens;

pub mod earlier_tokens;
pub mod line_execution;
mod output;
mod pipeline;
mod reader;
mod tally;

pub use output::{Output, ReplyFile, ResumeState};
use pipeline::{PendingLine, ReaderEvent};
pub use reader::{InputFormat, InputPosition, Reader};
pub use tally::Tally;

/// How long a group waits for more lines.
const GROUP_WAIT: Duration = Duration::from_millis(100);
/// How often a batch that waits for input looks whether it is to stop.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Makes the bytes of an answer, with the messages that the line would have sent, of a rehearsal.
pub type ReplyEncoder<'a> = &'a dyn Fn(&LineReply, Option<&[Message]>) -> Result<Vec<u8>, Error>;

/// Who looks on at each line: before it is answered and behind, in its unit of work, and when a group is committed.
pub struct BatchObserver<'a> {
    /// Before.
    pub before: &'a dyn Fn(&UnitOfWork<'_>, &RequestLine, &EarlierTokens) -> Result<(), Error>,
    /// Behind.
    pub behind: &'a dyn Fn(&UnitOfWork<'_>, &RequestLine, &LineReply) -> Result<(), Error>,
    /// What was seen of the group holds.
    pub committed: &'a dyn Fn() -> Result<(), Error>,
}

/// How a batch is to be run.
pub struct BatchOptions<'a> {
    /// On which store: of a rehearsal, on its scratch copy.
    pub store: &'a Store,
    /// Where the threads that hash look things up.
    pub lookup_store: &'a Store,
    /// Who asks.
    pub actor: &'a str,
    /// So many threads hash.
    pub jobs: usize,
    /// So many lines a transaction, at most.
    pub group: usize,
    /// The first line that is not done ends the batch.
    pub stop_on_refusal: bool,
    /// The replies show the messages that each line would have sent.
    pub dry_run: bool,
    /// How an answer is written.
    pub encode: ReplyEncoder<'a>,
    /// Who keeps a recording, if somebody does.
    pub observer: Option<BatchObserver<'a>>,
    /// Set from outside: ends the batch after the group that is being written.
    pub interrupted: &'a AtomicBool,
}

/// Why a batch has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchEnd {
    /// The input has.
    Finished,
    /// A line was not done, and that was to end it.
    Refused,
    /// Somebody has stopped it.
    Interrupted,
}

/// A line in its turn.
struct QueuedLine {
    slot: Arc<PendingLine>,
    /// Slow work that had to be done again.
    again: Option<PasswordWork>,
}

/// What a group has come to.
#[derive(Default)]
struct GroupResult {
    answered: usize,
    replies: Zeroizing<Vec<u8>>,
    is_refused: bool,
}

/// Runs a batch: `earlier` is what a resumed one goes on with; `watch` is told after each group how far the input was read.
///
/// # Errors
/// Those of the store, the input and the output; what was committed before stays, and its replies are written.
pub fn run<R: std::io::Read + Send + 'static>(
    plan: &BatchOptions<'_>,
    reader: Reader<R>,
    output: &mut Output,
    earlier: ResumeState,
    watch: &mut dyn FnMut(u64, &Tally),
) -> Result<(BatchEnd, Tally), Error> {
    let (order, slots) = sync_channel(2 * plan.group.clamp(64, 10_000));
    let (work, worked) = sync_channel(2 * plan.group.clamp(64, 10_000));
    plan.store.tune_for_bulk_writes()?;
    pipeline::start_workers(plan.jobs, plan.lookup_store, worked)?;
    pipeline::start_reader(reader, order, work);
    let mut writer = Writer { plan, output, memory: earlier.memory, tally: earlier.tally, turns: VecDeque::new() };
    let end = writer.run(&slots, watch)?;
    Ok((end, writer.tally))
}

struct Writer<'a, 'b> {
    plan: &'a BatchOptions<'b>,
    output: &'a mut Output,
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
                Some(ReaderEvent::Broken(error)) => return Err(error),
                _ if self.is_interrupted() => return Ok(BatchEnd::Interrupted),
                _ => {}
            }
        }
    }

    fn is_interrupted(&self) -> bool {
        self.plan.interrupted.load(Ordering::Relaxed)
    }

    /// Gathers lines whose slow work is done until the group is full or its time is up; then the end of the input, if that is it.
    fn gather(&mut self, slots: &Receiver<ReaderEvent>) -> Option<ReaderEvent> {
        let mut ends_at = None;
        while self.turns.len() < self.plan.group {
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
                    self.turns.push_back(QueuedLine { slot, again: None });
                }
                Ok(last) => return Some(last),
                Err(RecvTimeoutError::Timeout) if self.turns.is_empty() && !self.is_interrupted() => {}
                Err(_) => return None,
            }
        }
        None
    }

    /// Answers the lines that were gathered, up to the first whose slow work has to be done again, in one transaction; then
    /// writes the replies. Whether a line was refused that is to end the batch.
    fn write_group(&mut self) -> Result<bool, Error> {
        let Writer { plan, output, memory, tally, turns } = self;
        let group = plan.store.write(plan.actor, |unit| {
            outbox::wipe_expired(unit, outbox::WIPE_PER_GROUP)?;
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
        plan.observer.as_ref().map_or(Ok(()), |witness| (witness.committed)())?;
        output.write(&group.replies)?;
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
            Output::Stream(_) => Ok(()),
        }
    }
}

/// The answer to a line in its turn; none where its slow work has to be done again.
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
        Err(Error::Malformed { name, cause, .. }) => LineReply::invalid_value(number, line, &name, cause),
        Err(error) => return Err(error),
    };
    if let Some(witness) = &plan.observer {
        (witness.behind)(unit, line, &answer)?;
    }
    Ok(Some(answer))
}
