//! Reading and judging on all cores, and the answers in the order of the input: one thread cuts, and hands the blocks to the
//! others in turn; the answers are taken in the same turn. Few blocks are under way at any time, however long the input is.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use super::block::{self, Judged};
use super::source::{Block, Form, Source};
use crate::error::Error;

/// How long nothing may come before somebody asks whether the rest is still wanted.
const A_WHILE: Duration = Duration::from_millis(100);

/// Blocks that wait before a thread, and answers that wait behind it.
const WAITING: usize = 2;

/// Something of the input: rows, what is wrong with it, or its end.
type Piece<T> = Result<Option<T>, Error>;

/// Where judged blocks come from, in the order of the input.
pub enum Judges {
    /// All of it fits into one block: here, without another thread.
    Here(Source, Form),
    /// From threads, in turn; and whose turn it is.
    Threads(Vec<Receiver<Piece<Judged>>>, usize),
}

impl Judges {
    /// Sets them to work. The threads end with the input, or when nobody takes their answers any more.
    pub fn new(source: Source, form: Form) -> Judges {
        if source.is_read() {
            return Judges::Here(source, form);
        }
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let form = Arc::new(form);
        let (mut to, mut from) = (vec![], vec![]);
        for _ in 0..cores {
            let (blocks, waiting) = sync_channel(WAITING);
            let (answers, judged) = sync_channel(WAITING);
            let form = Arc::clone(&form);
            thread::spawn(move || work(&waiting, &answers, &form));
            to.push(blocks);
            from.push(judged);
        }
        thread::spawn(move || cut(source, &to));
        Judges::Threads(from, 0)
    }

    /// The next block, judged; nothing at the end of the input.
    ///
    /// # Errors
    /// What is wrong with the input, [`Error::Stopped`] where `stops` says so.
    pub fn next(&mut self, stops: &dyn Fn() -> bool) -> Piece<Judged> {
        let (from, turn) = match self {
            Judges::Here(source, form) => {
                return source.block()?.map(|block| block::judge(&block, form)).transpose();
            }
            Judges::Threads(from, turn) => (from, turn),
        };
        loop {
            // An input that brings nothing, a pipe, keeps its reader for ever: that is why nobody waits for the threads.
            if stops() {
                return Err(Error::Stopped { key: "import-unread", facts: vec![] });
            }
            match from[*turn].recv_timeout(A_WHILE) {
                Ok(piece) => {
                    *turn = (*turn + 1) % from.len();
                    return piece;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Error::Bug("a thread has ended before its work".to_owned()));
                }
            }
        }
    }
}

/// Cuts the input, to its end or its fault.
fn cut(mut source: Source, to: &[SyncSender<Piece<Block>>]) {
    for to in to.iter().cycle() {
        let piece = source.block();
        let is_last = !matches!(piece, Ok(Some(_)));
        if to.send(piece).is_err() || is_last {
            return;
        }
    }
}

/// Judges what comes.
fn work(waiting: &Receiver<Piece<Block>>, answers: &SyncSender<Piece<Judged>>, form: &Form) {
    for piece in waiting {
        let judge = |block: Option<Block>| block.map(|block| block::judge(&block, form)).transpose();
        if answers.send(piece.and_then(judge)).is_err() {
            return;
        }
    }
}
