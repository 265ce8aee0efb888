//! Import of a registry. Every value is validated. Invalid rows are rejected with line, column, reason and value; valid
//! rows are loaded.
//!
//! All input is read and validated on all cores before any change. The rows are then inserted in the order of NISS,
//! 10,000 per transaction. In random order, an insert takes twenty times as long.
//!
//! | module | contents |
//! |---|---|
//! | `block_reader` | the input, cut into blocks of complete rows |
//! | `validate_block`, `row` | validation of a block and of a row |
//! | `worker_pool` | the threads that validate, with results in the order of the input |
//! | `niss_set`, `rejects` | rows that are not loaded: duplicates of a NISS, and the file of rejected rows |
//! | `recorded_rows` | the rows as JSON, for a recording |
//! | `pack`, `external_sort` | rows that are loaded: packed, and sorted by NISS |

use std::io::Read;
use std::sync::mpsc::sync_channel;
use std::thread;

use crate::domain::calendar::lisbon_date;
use crate::domain::input_option::InputOption;
use crate::domain::niss::Niss;
use crate::domain::time::Date;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{AccountState, HolderStatus, Language};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::l10n::MessageArg;
use crate::reply::{AuditDetail, Done, RegistryGaps, ReplyBody};
use crate::request::Operation;
use crate::store::{Store, UnitOfWork, accounts, audit, registry};
pub use crate::tabular::ReadOptions;
use crate::tabular::text_input;
use crate::threads::ThreadStarter;
use block_reader::Form;
use external_sort::{ExternalSorter, RowBatch, SortedRows};
use niss_set::NissSet;
pub use recorded_rows::rows_as_json;
use rejects::Rejects;
pub use rejects::{RejectRecord, RejectedRow, RejectsFile, shortened};
pub use row::{Column, Fault, record};
use validate_block::{FileFault, RowPlace};
use worker_pool::ParallelValidator;

mod block_reader;
mod external_sort;
mod niss_set;
mod pack;
mod recorded_rows;
mod rejects;
mod row;
mod validate_block;
mod worker_pool;

/// The number of rows per transaction.
const GROUP: usize = 10_000;

/// An import.
pub struct Import<'a> {
    /// The input.
    pub input: Box<dyn Read + Send>,
    /// How the input is to be read.
    pub reading: ReadOptions,
    /// The file of the rejected rows.
    pub rejects: Option<RejectsFile<'a>>,
    /// The language of messages.
    pub language: Language,
    /// Whether the import only validates.
    pub dry_run: bool,
}

/// An observer of an import, which can stop it.
pub trait ImportObserver {
    /// Receives a rejected row.
    fn rejected(&mut self, reject: &RejectRecord);
    /// Receives the names of the columns that are left out, before the first row.
    fn ignored(&mut self, _columns: &[String]) {}
    /// Receives the number of bytes read, and the counts of the rows in them.
    fn read(&mut self, _bytes: u64, _counts: Counts) {}
    /// Receives the number of loaded rows; zero at the start. Not called for an import of a single group.
    fn loaded(&mut self, _rows: u64, _counts: Counts) {}
    /// Returns whether to start no further work.
    fn should_stop(&self) -> bool {
        false
    }
}

impl<F: FnMut(&RejectRecord)> ImportObserver for F {
    fn rejected(&mut self, reject: &RejectRecord) {
        self(reject);
    }
}

/// The counts of rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// All rows.
    pub read: u64,
    /// The valid rows.
    pub good: u64,
    /// The rejected rows.
    pub rejected: u64,
    /// What the valid rows lack.
    pub gaps: RegistryGaps,
}

/// Loads a registry.
///
/// # Errors
/// Fails if the input can't be read or is not a registry, or if the observer stops the import.
pub fn run(store: &Store, actor: &str, import: Import<'_>, onlooker: &mut dyn ImportObserver) -> Result<Done, Error> {
    let dry_run = import.dry_run;
    let mut runs = ExternalSorter::new(store.path().to_owned());
    let counts = judge(import, lisbon_date(store.now()?), &mut runs, onlooker)?;
    let request = match !dry_run && counts.good > 0 {
        true => load(store, actor, runs.merge()?, counts, onlooker)?,
        false => None,
    };
    let Counts { read, good: loaded, rejected, gaps } = counts;
    Ok(Done {
        request,
        ..Done::new(Operation::RegistryImport, ReplyBody::Imported { read, loaded, rejected, dry_run, gaps })
    })
}

/// Reads and validates all input. Valid rows go to `runs`; rejected rows go to the observer and the file of rejects.
fn judge(
    import: Import<'_>,
    today: Date,
    runs: &mut ExternalSorter,
    onlooker: &mut dyn ImportObserver,
) -> Result<Counts, Error> {
    let (mut counts, mut gaps, mut visited) = (Counts::default(), RegistryGaps::default(), NissSet::default());
    let mut judges = ParallelValidator::new(import.input, import.reading, today, &|| onlooker.should_stop())?;
    let rejects = import.rejects.map(|file| Rejects::new(file, import.language, &judges.form));
    let mut rejects = rejects.transpose()?;
    if let Form::Csv(csv) = &judges.form.rows
        && !csv.header.ignored.is_empty()
    {
        onlooker.ignored(&csv.header.ignored);
    }
    while let Some(judged) = judges.next(&|| onlooker.should_stop())? {
        if let Some(fault) = judged.fault {
            return Err(file_fault(fault, counts.read));
        }
        let mut emit = |place: RowPlace, faults: Vec<Fault>| {
            let reject = RejectRecord { line: place.line, row: counts.read + u64::from(place.before) + 1, faults };
            onlooker.rejected(&reject);
            counts.rejected += 1;
            let bytes = &judged.bytes[place.at as usize..];
            rejects.as_mut().map_or(Ok(()), |rejects| rejects.add(&reject, bytes))
        };
        let (good, bad) = (judged.good.len(), judged.bad.len());
        let (mut bad_rows, mut rows, mut from) = (judged.bad.into_iter().peekable(), vec![], 0);
        for good in &judged.good {
            while let Some(reject) = bad_rows.next_if(|reject| reject.place.before < good.place.before) {
                emit(reject.place, reject.faults)?;
            }
            if visited.insert(good.niss) {
                rows.push((good.niss, from..good.until));
                gaps.without_nif += u64::from(good.gaps.nif);
                gaps.without_civil_id += u64::from(good.gaps.civil_id);
                gaps.without_channel += u64::from(good.gaps.channel);
            } else {
                let niss = good.niss.to_string();
                emit(good.place, vec![Fault::of_value("niss", ValidationError::Duplicate, &niss)])?;
            }
            from = good.until;
        }
        bad_rows.try_for_each(|reject| emit(reject.place, reject.faults))?;
        counts.read += (good + bad) as u64;
        counts.good += rows.len() as u64;
        counts.gaps = gaps;
        if !import.dry_run {
            runs.add(judged.packed, rows.into_iter())?;
        }
        onlooker.read(judged.end, counts);
    }
    rejects.map_or(Ok(()), Rejects::finish)?;
    Ok(counts)
}

/// Returns the error of a file. `read` is the number of rows in the blocks before.
fn file_fault(fault: FileFault, read: u64) -> Error {
    match fault {
        FileFault::NotUtf8(line, likely) => text_input::not_utf8(line, likely, vec![]),
        FileFault::UnnamedColumn(place, column) => {
            let text = |number: u64| MessageArg::from(number.to_string());
            let facts = vec![
                ("line", text(place.line)),
                ("row", text(read + u64::from(place.before) + 1)),
                ("column", text(column as u64)),
                ("add", MessageArg::InputOptions(vec![InputOption::IgnoreUnknown])),
            ];
            Error::Usage { key: "unnamed-column", facts }
        }
    }
}

/// Loads all rows, group by group. The next group is prepared while one is written. Returns the number of the last
/// group's audit entry.
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
    let mut starter = ThreadStarter::new(1)?;
    thread::scope(|scope| {
        let started = starter.start_scoped(scope, move || {
            loop {
                let group = merge.group(GROUP);
                let is_last = group.as_ref().map_or(true, |group| group.len() < GROUP);
                if groups.send(group).is_err() || is_last {
                    return;
                }
            }
        });
        started?;
        drop(starter);
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
        if loaded == counts.good {
            Ok(last)
        } else {
            Err(Error::Bug(format!("loaded {loaded} of {} rows", counts.good)))
        }
    })
}

/// Writes a group in one transaction. Returns the number of its audit entry.
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
        let detail = AuditDetail {
            loaded: Some(group.len() as u64),
            of: Some(counts.good),
            rejected: Some(counts.rejected),
            ..AuditDetail::default()
        };
        audit::add(unit, Operation::RegistryImport, None, None, Some(&detail)).map(Some)
    })
}

/// Closes the account of an inactive holder, if there is one.
fn close(unit: &UnitOfWork<'_>, niss: Niss) -> Result<(), Error> {
    let Some(account) = accounts::find(&unit.tx, niss)? else { return Ok(()) };
    if account.state == AccountState::Closed {
        return Ok(());
    }
    // Read from the store: the notification goes to the contacts that the holder has settled, not to those of the file.
    let holder =
        registry::find(&unit.tx, niss)?.ok_or_else(|| Error::Bug("account without a registry record".to_owned()))?;
    let context = RequestContext::new(unit);
    crate::flow::account_admin::close_account(&context, account, &holder)?;
    let detail = AuditDetail { by: Some(Operation::RegistryImport), ..context.into_record().detail };
    // The holder's status is personal data. It is therefore the remark and not part of the entry's detail.
    audit::add_with(unit, Operation::AccountClose, Some(niss), None, Some(&detail), Some(holder.status.as_str()))?;
    Ok(())
}
