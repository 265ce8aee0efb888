//! Reading and judging on all cores, and the answers in the order of the input: one thread cuts, and hands the blocks to the
//! others in turn; the answers are taken in the same turn. Few blocks are under way at any time, however long the input is.
//!
//! Nobody waits for the threads: an input that brings nothing, a pipe, keeps its reader for ever. They end with the input, or
//! when nobody takes their answers any more, or with the process.

use std::io::Read;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use crate::error::Error;
use crate::import::block_reader::{Block, BlockReader, Form};
use crate::import::validate_block::{self, ValidatedBlock};

/// How long nothing may come before somebody asks whether the rest is still wanted.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// Blocks that wait before a thread, and answers that wait behind it.
const QUEUE_LENGTH: usize = 2;

/// Something of the input: rows, what is wrong with it, or its end.
type Chunk<T> = Result<Option<T>, Error>;

/// How an input begins.
struct BlockStart {
    form: Form,
    first: Option<Block>,
    is_all: bool,
}

/// Where judged blocks come from, in the order of the input.
pub struct ParallelValidator {
    first: Option<ValidatedBlock>,
    /// None where the first block is all there is.
    threads: Vec<Receiver<Chunk<ValidatedBlock>>>,
    turn: usize,
}

impl ParallelValidator {
    /// Has the input read, and judges the first block; the others are set to work only where there is more.
    ///
    /// # Errors
    /// As of [`Judges::next`].
    pub fn new(input: Box<dyn Read + Send>, stops: &dyn Fn() -> bool) -> Result<ParallelValidator, Error> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let (to, waiting): (Vec<_>, Vec<_>) = (0..cores).map(|_| sync_channel(QUEUE_LENGTH)).unzip();
        let (begins, begun) = sync_channel(1);
        thread::spawn(move || read(input, &begins, &to));
        let BlockStart { form, first, is_all } = wait(&begun, stops)?;
        let first = first.map(|block| validate_block::validate(&block, &form)).transpose()?;
        let (form, mut threads) = (Arc::new(form), vec![]);
        for waiting in waiting.into_iter().filter(|_| !is_all) {
            let (answers, judged) = sync_channel(QUEUE_LENGTH);
            let form = Arc::clone(&form);
            thread::spawn(move || work(&waiting, &answers, &form));
            threads.push(judged);
        }
        Ok(ParallelValidator { first, threads, turn: 0 })
    }

    /// The next block, judged; nothing at the end of the input.
    ///
    /// # Errors
    /// What is wrong with the input, [`Error::Stopped`] where `stops` says so.
    pub fn next(&mut self, stops: &dyn Fn() -> bool) -> Chunk<ValidatedBlock> {
        if self.first.is_some() || self.threads.is_empty() {
            return Ok(self.first.take());
        }
        let piece = wait(&self.threads[self.turn], stops);
        self.turn = (self.turn + 1) % self.threads.len();
        piece
    }
}

/// What a thread has to say, as soon as it says it.
fn wait<T>(from: &Receiver<Result<T, Error>>, stops: &dyn Fn() -> bool) -> Result<T, Error> {
    loop {
        if stops() {
            return Err(Error::InterruptedMidway { key: "import-unread", facts: vec![] });
        }
        match from.recv_timeout(POLL_INTERVAL) {
            Ok(said) => return said,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Error::Bug("a thread has ended before its work".to_owned()));
            }
        }
    }
}

/// Reads the input and cuts it, to its end or its fault.
fn read(input: Box<dyn Read + Send>, begins: &SyncSender<Result<BlockStart, Error>>, to: &[SyncSender<Chunk<Block>>]) {
    let begun = BlockReader::new(input).and_then(|(mut source, form)| Ok((source.block()?, source, form)));
    let mut source = match begun {
        Ok((first, source, form)) => {
            let is_all = source.is_finished();
            if begins.send(Ok(BlockStart { form, first, is_all })).is_err() || is_all {
                return;
            }
            source
        }
        Err(fault) => {
            // Who does not listen any more needs not be told.
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

/// Judges what comes.
fn work(waiting: &Receiver<Chunk<Block>>, answers: &SyncSender<Chunk<ValidatedBlock>>, form: &Form) {
    for piece in waiting {
        let judge = |block: Option<Block>| block.map(|block| validate_block::validate(&block, form)).transpose();
        if answers.send(piece.and_then(judge)).is_err() {
            return;
        }
    }
}
