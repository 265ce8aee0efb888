//! Parallel validation with results in the order of the input. One thread cuts the input and passes the blocks to the
//! workers in turn. The results are read in the same turn. The number of blocks in progress is bounded for an input of
//! any length.
//!
//! The threads are not joined, because an input without data, such as an idle pipe, blocks its reader forever. They end
//! with the input, when the results are no longer read, or with the process.

use std::io::Read;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use crate::domain::time::Date;
use crate::error::Error;
use crate::import::block_reader::{Block, BlockReader, InputForm};
use crate::import::validate_block::{self, ValidatedBlock};
use crate::tabular::ReadOptions;
use crate::threads::ThreadStarter;

/// The longest wait before a check of the stop condition.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// The number of blocks queued for a worker, and of results queued from it.
const QUEUE_LENGTH: usize = 2;

/// An item of the input: rows, an error, or the end.
type Chunk<T> = Result<Option<T>, Error>;

/// The start of an input.
struct BlockStart {
    form: InputForm,
    first: Option<Block>,
    is_all: bool,
}

/// The validated blocks in the order of the input.
pub struct ParallelValidator {
    /// The form of the input.
    pub form: Arc<InputForm>,
    first: Option<ValidatedBlock>,
    /// Empty if the first block is the complete input.
    threads: Vec<Receiver<Chunk<ValidatedBlock>>>,
    turn: usize,
}

impl ParallelValidator {
    /// Starts reading the input and validates the first block. Starts the workers only if there is more.
    ///
    /// # Errors
    /// As for [`ParallelValidator::next`].
    pub fn new(
        input: Box<dyn Read + Send>,
        reading: ReadOptions,
        today: Date,
        stops: &dyn Fn() -> bool,
    ) -> Result<ParallelValidator, Error> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let (to, waiting): (Vec<_>, Vec<_>) = (0..cores).map(|_| sync_channel(QUEUE_LENGTH)).unzip();
        let (begins, begun) = sync_channel(1);
        ThreadStarter::new(1)?.start(move || read(input, &reading, &begins, &to))?;
        let BlockStart { form, first, is_all } = wait(&begun, stops)?;
        let first = first.map(|block| validate_block::validate(block, &form, today));
        let (form, mut threads) = (Arc::new(form), vec![]);
        let mut starter = ThreadStarter::new(cores)?;
        for waiting in waiting.into_iter().filter(|_| !is_all) {
            let (answers, judged) = sync_channel(QUEUE_LENGTH);
            let form = Arc::clone(&form);
            starter.start(move || work(&waiting, &answers, &form, today))?;
            threads.push(judged);
        }
        Ok(ParallelValidator { form, first, threads, turn: 0 })
    }

    /// Returns the next validated block; `None` at the end of the input.
    ///
    /// # Errors
    /// Returns the input's error, or [`Error::InterruptedMidway`] if `stops` returns true.
    pub fn next(&mut self, stops: &dyn Fn() -> bool) -> Chunk<ValidatedBlock> {
        if self.first.is_some() || self.threads.is_empty() {
            return Ok(self.first.take());
        }
        let piece = wait(&self.threads[self.turn], stops);
        self.turn = (self.turn + 1) % self.threads.len();
        piece
    }
}

/// Waits for an item of a thread and checks the stop condition meanwhile.
fn wait<T>(from: &Receiver<Result<T, Error>>, stops: &dyn Fn() -> bool) -> Result<T, Error> {
    loop {
        if stops() {
            return Err(Error::InterruptedMidway { key: "import-unread", facts: vec![] });
        }
        match from.recv_timeout(POLL_INTERVAL) {
            Ok(said) => return said,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Error::Bug("import thread ended without a result".to_owned()));
            }
        }
    }
}

/// Reads the input and cuts it into blocks until its end or its first error.
fn read(
    input: Box<dyn Read + Send>,
    reading: &ReadOptions,
    begins: &SyncSender<Result<BlockStart, Error>>,
    to: &[SyncSender<Chunk<Block>>],
) {
    let begun = BlockReader::new(input, reading).and_then(|(mut source, form)| Ok((source.block()?, source, form)));
    let mut source = match begun {
        Ok((first, source, form)) => {
            let is_all = source.is_finished();
            if begins.send(Ok(BlockStart { form, first, is_all })).is_err() || is_all {
                return;
            }
            source
        }
        Err(fault) => {
            // The receiver may be gone.
            let _ = begins.send(Err(fault));
            return;
        }
    };
    for to in to.iter().cycle() {
        let piece = source.block();
        let is_last = !matches!(piece, Ok(Some(_)));
        if to.send(piece).is_err() || is_last {
            return;
        }
    }
}

/// Validates the blocks of a worker.
fn work(waiting: &Receiver<Chunk<Block>>, answers: &SyncSender<Chunk<ValidatedBlock>>, form: &InputForm, today: Date) {
    for piece in waiting {
        let judged = piece.map(|block| block.map(|block| validate_block::validate(block, form, today)));
        if answers.send(judged).is_err() {
            return;
        }
    }
}
