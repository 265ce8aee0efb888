//! Import of a registry: every value parsed, bad rows set aside with line, column and reason, good rows loaded.
//!
//! All of the input is read and judged, on all cores, before anything is changed. Then the rows are inserted in the order of
//! their NISS, some thousands a transaction: in random order each costs twenty times as much.
//!
//! | file | what is in it |
//! |---|---|
//! | `source` | the input, cut into blocks of whole rows |
//! | `block`, `row` | a block of rows and one of them, judged |
//! | `judges` | the threads that do it, and their answers in the order of the input |
//! | `seen`, `rejects` | the rows that are not loaded: the second of a NISS, and where the bad ones go |
//! | `pack`, `runs` | the rows that are: small, and in the order of their NISS, however many there are |

use std::io::Read;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;

use serde_json::json;

use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{AccountState, HolderStatus, Language};
use crate::error::Error;
use crate::l10n::MessageArg;
use crate::reply::{Done, ReplyBody};
use crate::request::Operation;
use crate::store::{Store, UnitOfWork, accounts, audit, registry};
use external_sort::{ExternalSorter, RowBatch, SortedRows};
use niss_set::NissSet;
use rejects::Rejects;
pub use rejects::{RejectRecord, RejectedRow};
pub use row::{Column, record};
use worker_pool::ParallelValidator;

mod block_reader;
mod external_sort;
mod niss_set;
mod pack;
mod rejects;
mod row;
mod validate_block;
mod worker_pool;

/// Rows a transaction.
const GROUP: usize = 10_000;

/// What is to be imported.
pub struct Import<'a> {
    /// Where it is read from.
    pub input: Box<dyn Read + Send>,
    /// Where the rejected rows go.
    pub rejects: Option<&'a Path>,
    /// In which language they are told.
    pub language: Language,
    /// Judge, and load nothing.
    pub dry_run: bool,
}

/// Who looks on, and may stop it.
pub trait ImportObserver {
    /// A row was rejected.
    fn rejected(&mut self, reject: &RejectRecord);
    /// So many bytes were read; in them, so many rows.
    fn read(&mut self, _bytes: u64, _counts: Counts) {}
    /// So many rows are in the store, of those that will be; none at first. Not told of a single group.
    fn loaded(&mut self, _rows: u64, _counts: Counts) {}
    /// Whether nothing more is to be begun.
    fn should_stop(&self) -> bool {
        false
    }
}

impl<F: FnMut(&RejectRecord)> ImportObserver for F {
    fn rejected(&mut self, reject: &RejectRecord) {
        self(reject);
    }
}

/// How many rows there were.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// All of them.
    pub read: u64,
    /// The good ones.
    pub good: u64,
    /// The others.
    pub rejected: u64,
}

/// Loads a registry.
///
/// # Errors
/// A file that is none of a registry, one that can't be read, an onlooker who stops it, and those of the store.
pub fn run(store: &Store, actor: &str, import: Import<'_>, onlooker: &mut dyn ImportObserver) -> Result<Done, Error> {
    let dry_run = import.dry_run;
    let mut runs = ExternalSorter::new(store.path().to_owned());
    let counts = judge(import, &mut runs, onlooker)?;
    let request = match !dry_run && counts.good > 0 {
        true => load(store, actor, runs.merge()?, counts, onlooker)?,
        false => None,
    };
    let Counts { read, good: loaded, rejected } = counts;
    Ok(Done {
        request,
        ..Done::new(Operation::RegistryImport, ReplyBody::Imported { read, loaded, rejected, dry_run })
    })
}

/// Reads and judges everything: the good rows go to `runs`, the others are told.
fn judge(import: Import<'_>, runs: &mut ExternalSorter, onlooker: &mut dyn ImportObserver) -> Result<Counts, Error> {
    let (mut counts, mut visited) = (Counts::default(), NissSet::default());
    let mut rejects = import.rejects.map(|path| Rejects::new(path, import.language));
    let mut judges = ParallelValidator::new(import.input, &|| onlooker.should_stop())?;
    while let Some(judged) = judges.next(&|| onlooker.should_stop())? {
        let mut emit = |reject: &RejectRecord| {
            onlooker.rejected(reject);
            counts.rejected += 1;
            rejects.as_mut().map_or(Ok(()), |rejects| rejects.add(reject))
        };
        let (mut bad, mut rows, mut from) = (judged.bad.iter().peekable(), vec![], 0);
        for good in &judged.good {
            while let Some(reject) = bad.next_if(|reject| reject.line < good.line) {
                emit(reject)?;
            }
            if visited.insert(good.niss) {
                rows.push((good.niss, from..good.until));
            } else {
                emit(&RejectRecord {
                    line: good.line,
                    column: Some("niss".to_owned()),
                    cause: ValidationError::Duplicate,
                })?;
            }
            from = good.until;
        }
        bad.try_for_each(emit)?;
        counts.read += (judged.good.len() + judged.bad.len()) as u64;
        counts.good += rows.len() as u64;
        if !import.dry_run {
            runs.add(judged.packed, rows.into_iter())?;
        }
        onlooker.read(judged.end, counts);
    }
    rejects.map_or(Ok(()), Rejects::finish)?;
    Ok(counts)
}

/// Loads all rows, group by group; the next one is put together meanwhile. The number of the last group's entry in the audit.
fn load(
    store: &Store,
    actor: &str,
    mut merge: SortedRows,
    counts: Counts,
    onlooker: &mut dyn ImportObserver,
) -> Result<Option<i64>, Error> {
    if counts.good <= GROUP as u64 {
        return write(store, actor, &merge.group(GROUP)?, counts);
    }
    store.tune_for_bulk_writes()?;
    let (groups, ready) = sync_channel(1);
    thread::scope(|scope| {
        scope.spawn(move || {
            loop {
                let group = merge.group(GROUP);
                let is_last = group.as_ref().map_or(true, |group| group.len() < GROUP);
                if groups.send(group).is_err() || is_last {
                    return;
                }
            }
        });
        let (mut loaded, mut last) = (0, None);
        onlooker.loaded(loaded, counts);
        for group in ready {
            let group = group?;
            last = write(store, actor, &group, counts)?.or(last);
            loaded += group.len() as u64;
            onlooker.loaded(loaded, counts);
            if loaded < counts.good && onlooker.should_stop() {
                let facts = vec![("loaded", loaded), ("good", counts.good)];
                let facts = facts.into_iter().map(|(name, count)| (name, MessageArg::Number(count.cast_signed())));
                return Err(Error::InterruptedMidway { key: "import", facts: facts.collect() });
            }
        }
        if loaded == counts.good { Ok(last) } else { Err(Error::Bug(format!("{loaded} of {} rows", counts.good))) }
    })
}

/// One group, one transaction; the number of its entry in the audit.
fn write(store: &Store, actor: &str, group: &RowBatch, counts: Counts) -> Result<Option<i64>, Error> {
    if group.len() == 0 {
        return Ok(None);
    }
    store.write(actor, |unit| {
        let mut gone = vec![];
        registry::upsert(
            unit,
            group.rows().map(|(niss, packed)| {
                let texts = pack::unpack(packed)?;
                if texts[registry::STATUS] != Some(HolderStatus::Active.as_str()) {
                    gone.push(niss);
                }
                Ok((niss, texts))
            }),
        )?;
        gone.into_iter().try_for_each(|niss| close(unit, niss))?;
        let detail = json!({ "loaded": group.len(), "of": counts.good, "rejected": counts.rejected });
        audit::add(unit, Operation::RegistryImport, None, None, Some(&detail)).map(Some)
    })
}

/// Closes the account of a holder who has died or is no more, if there is one.
fn close(unit: &UnitOfWork<'_>, niss: Niss) -> Result<(), Error> {
    let Some(account) = accounts::find(&unit.tx, niss)? else { return Ok(()) };
    if account.state == AccountState::Closed {
        return Ok(());
    }
    // As it is in the store: what the holder has settled since is told, not what the file says.
    let holder = registry::find(&unit.tx, niss)?.ok_or_else(|| Error::Bug("no record of an account".to_owned()))?;
    crate::flow::account_admin::close_account(unit, account, &holder)?;
    let detail = json!({ "by": Operation::RegistryImport });
    // What has become of the holder is a datum of the holder's, so no part of the entry itself.
    audit::add_with(unit, Operation::AccountClose, Some(niss), None, Some(&detail), Some(holder.status.as_str()))?;
    Ok(())
}
