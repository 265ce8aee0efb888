//! Print runs: letters become pages of a file and are marked as dispatched. Each letter is in exactly one run, even
//! after a crash.
//!
//! The pages are made outside a transaction, so that they block no other process. They are staged beside their target
//! file. One transaction then does the rest:
//!
//! - It checks each letter again. If one was printed, replaced or erased meanwhile, the pages are made again.
//! - It marks all letters as dispatched.
//! - It writes the audit entry.
//! - Last, before the commit, it renames the staged file.
//!
//! **Why the rename comes before the commit.** A run that stops before the commit has marked nothing. The same command
//! prints the same letters again and replaces a file that was never reported. With the commit first, letters could be
//! marked that are in no file.
//!
//! A run can also stop after the commit and before its reply. Its file is then complete. When the command is repeated,
//! the audit log has the file's fingerprint (`letters::file_fingerprint`), and `earlier` names the run that made it.
//!
//! The file of a finished run is never overwritten with other letters. A command that is repeated every day could
//! otherwise destroy letters that are not at the printer yet.

use std::collections::BTreeSet;
use std::path::Path;

use zeroize::Zeroizing;

use crate::documents::email::EmailFile;
use crate::documents::letter_layout::Letter;
use crate::documents::letterhead::Letterhead;
use crate::documents::pdf::{PdfWriter, PrintedLetter};
use crate::domain::vocabulary::{Channel, Language};
use crate::error::Error;
use crate::flow::lists::ListFilter;
use crate::l10n::{MessageArg, localize};
use crate::reply::{AuditDetail, AuditEffects, Done, PrintRunSummary, ReplyBody};
use crate::request::Operation;
use crate::store::outbox::letters::{self, LetterFilter, LetterRow};
use crate::store::{Store, UnitOfWork, audit, outbox};

/// The columns of a manifest.
const COLUMNS: [&str; 10] =
    ["page", "pages", "message", "niss", "purpose", "language", "to", "letter_expected_on", "created_at", "lacking"];

/// A callback that receives pieces of a file.
pub type ByteSink<'a> = &'a mut dyn FnMut(&[u8]);

/// Reads the current contents of a file. Returns false if there is no file.
pub type ReadExisting<'a> = dyn Fn(ByteSink<'_>) -> Result<bool, Error> + 'a;

/// Stages the letters and the manifest.
pub type StageFile<'a> = dyn Fn(&[u8], &[u8]) -> Result<(), Error> + 'a;

/// The file operations of a print run, supplied by the caller.
pub struct PrintOutput<'a> {
    /// Reads the existing file of letters.
    pub there: &'a ReadExisting<'a>,
    /// Stages letters and manifest beside their target files, durably.
    pub lay: &'a StageFile<'a>,
    /// Renames both staged files to their names.
    pub show: &'a dyn Fn() -> Result<(), Error>,
    /// The name of the file of letters. `None` for the run of a scenario, which writes no file.
    pub file: Option<String>,
    /// The name of the manifest, if requested.
    pub manifest: Option<String>,
}

impl PrintOutput<'_> {
    /// Returns an output without files, for scenarios.
    pub fn none() -> PrintOutput<'static> {
        PrintOutput { there: &|_| Ok(false), lay: &|_, _| Ok(()), show: &|| Ok(()), file: None, manifest: None }
    }
}

/// The bytes to write, and the letters in them.
struct PrintJob {
    pdf: Zeroizing<Vec<u8>>,
    manifest: Vec<u8>,
    letters: Vec<LetterRow>,
    printed: PrintRunSummary,
}

/// Prints the selected letters, oldest first and at most `limit`, and marks them as dispatched. Writes nothing if there
/// are no letters.
///
/// # Errors
/// Fails if the file holds a finished print run of other letters, or on an error of the files. Nothing is marked then.
pub fn print(store: &Store, actor: &str, filter: &ListFilter, files: &PrintOutput<'_>) -> Result<Done, Error> {
    let there = finished_run_of(store, files.there)?;
    loop {
        let set = store.read(|unit| build_job(unit, filter))?;
        if set.letters.is_empty() {
            let earlier = there.map(|(run, _)| run);
            let file = files.file.clone().filter(|_| earlier.is_some());
            let body = ReplyBody::Printed(PrintRunSummary { earlier, file, ..set.printed });
            return Ok(Done { niss: filter.niss, ..Done::new(Operation::OutboxPrint, body) });
        }
        let mark = store.read(|unit| {
            letters::file_fingerprint(unit, |feed| {
                feed(&set.pdf);
                Ok(())
            })
        })?;
        if let Some((run, _)) = there.as_ref().filter(|(_, there)| *there != mark) {
            return Err(would_overwrite(files.file.as_deref().unwrap_or_default(), *run));
        }
        (files.lay)(&set.pdf, &set.manifest)?;
        let noted = store.write(actor, |unit| note_run(unit, filter, &set, &mark, files))?;
        if let Some((request, dispatched)) = noted {
            let (file, manifest) = (files.file.clone(), files.manifest.clone());
            let printed = PrintRunSummary { dispatched, file, manifest, ..set.printed };
            let done = Done::new(Operation::OutboxPrint, ReplyBody::Printed(printed));
            return Ok(Done { niss: filter.niss, request: Some(request), ..done });
        }
    }
}

/// Refuses to overwrite the letters of a finished print run. They are marked as dispatched and may not be at the
/// printer yet. `there` reads the file.
///
/// # Errors
/// Fails if the file holds such letters. Returns the errors of `there`.
pub fn refuse_overwrite(store: &Store, path: &Path, there: &ReadExisting<'_>) -> Result<(), Error> {
    match finished_run_of(store, there)? {
        Some((run, _)) => Err(would_overwrite(&path.to_string_lossy(), run)),
        None => Ok(()),
    }
}

/// Returns the finished print run of a file's letters, and the file's fingerprint.
fn finished_run_of(store: &Store, there: &ReadExisting<'_>) -> Result<Option<(i64, String)>, Error> {
    store.read(|unit| {
        let mut is_there = false;
        let mark = letters::file_fingerprint(unit, |feed| {
            is_there = there(feed)?;
            Ok(())
        })?;
        Ok(if is_there { letters::print_run_of(unit, &mark)?.map(|run| (run, mark)) } else { None })
    })
}

fn would_overwrite(file: &str, run: i64) -> Error {
    let facts = vec![("file", MessageArg::from(file)), ("request", MessageArg::from(run.to_string()))];
    Error::Usage { key: "over-print-run", facts }
}

/// Lays out the pages.
fn build_job(unit: &UnitOfWork<'_>, filter: &ListFilter) -> Result<PrintJob, Error> {
    let mut run = PdfWriter::new().ok_or_else(|| Error::Bug("built-in fonts can't be read".to_owned()))?;
    let mut rows = csv::Writer::from_writer(vec![]);
    rows.write_record(COLUMNS).map_err(csv_error)?;
    let mut printed = PrintRunSummary::default();
    let mut stored = vec![];
    let wanted =
        LetterFilter { pending: filter.pending, niss: filter.niss, since: filter.since, before: filter.before };
    let most = filter.limit.map_or(u64::MAX, i64::unsigned_abs);
    letters::list(unit, wanted, |letter, code| {
        if !letter.is_live {
            printed.skipped += 1;
            return Ok(true);
        }
        let sheet = run.add(&Letter {
            letterhead: Letterhead::new(
                letter.language,
                letter.id,
                (letter.niss, letter.created_at),
                &unit.policy.letter_sender,
            ),
            address: letter.recipient.clone(),
            language: letter.language,
            subject: letter.subject.clone(),
            body: letter.body.clone(),
            code,
            mark: outbox::CODE_MARKER,
        });
        rows.write_record(row(&letter, &sheet)).map_err(csv_error)?;
        printed.lacking += u64::from(!sheet.lacking.is_empty());
        printed.letters += 1;
        stored.push(letter);
        Ok(printed.letters < most)
    })?;
    printed.pages = u64::from(run.pages().unsigned_abs());
    let title = localize(Language::Pt, "letters-title", &vec![]);
    Ok(PrintJob {
        pdf: run.finish(&title).into(),
        manifest: rows.into_inner().map_err(|fault| Error::Bug(fault.to_string()))?,
        letters: stored,
        printed,
    })
}

fn csv_error(fault: csv::Error) -> Error {
    Error::Bug(fault.to_string())
}

fn row(letter: &LetterRow, sheet: &PrintedLetter) -> [String; 10] {
    [
        sheet.page.to_string(),
        sheet.pages.to_string(),
        letter.id.to_string(),
        letter.niss.to_string(),
        letter.purpose.to_string(),
        letter.language.to_string(),
        letter.recipient.replace('\n', ", "),
        letter.expected_on.map(|date| date.to_string()).unwrap_or_default(),
        letter.created_at.to_string(),
        code_points(&sheet.lacking),
    ]
}

/// Returns characters as code points: a terminal may lack the same glyphs.
fn code_points(characters: &BTreeSet<char>) -> String {
    let numbers: Vec<String> = characters.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    numbers.join(" ")
}

/// Marks the letters as dispatched and renames the file. Returns the number of the audit entry and the number of newly
/// dispatched letters. Returns `None` and changes nothing if a letter differs from its printed form.
fn note_run(
    unit: &UnitOfWork<'_>,
    filter: &ListFilter,
    set: &PrintJob,
    mark: &str,
    files: &PrintOutput<'_>,
) -> Result<Option<(i64, u64)>, Error> {
    for letter in &set.letters {
        let stands =
            |now: &LetterRow| now.is_live && now.print == letter.print && now.dispatched_at == letter.dispatched_at;
        if !letters::find(unit, letter.id)?.as_ref().is_some_and(stands) {
            return Ok(None);
        }
    }
    let mut printed = vec![];
    for letter in &set.letters {
        printed.extend(letters::dispatch(unit, letter.id)?.then_some(letter.id));
    }
    let dispatched = printed.len() as u64;
    let effects = AuditEffects { printed, ..AuditEffects::default() };
    let detail = AuditDetail {
        letters: Some(set.printed.letters),
        pages: Some(set.printed.pages),
        dispatched: Some(dispatched),
        effects: (dispatched > 0).then_some(effects),
        file: Some(mark.to_owned()),
        ..AuditDetail::default()
    };
    let request = audit::add(unit, Operation::OutboxPrint, filter.niss, None, Some(&detail))?;
    (files.show)()?;
    Ok(Some((request, dispatched)))
}

/// Exports the e-mails as files of RFC 5322. `write` returns whether the file existed already. The files show the
/// bodies, so the export is audited outside a sandbox.
///
/// # Errors
/// Returns the errors of `write`.
pub fn export_emails(
    store: &Store,
    actor: &str,
    filter: &ListFilter,
    folder: String,
    write: &mut dyn FnMut(&EmailFile<'_>) -> Result<bool, Error>,
) -> Result<Done, Error> {
    let request = store.audit_disclosure(actor, Operation::OutboxExport, filter.niss)?;
    let narrowed = outbox::MessageFilter {
        niss: filter.niss,
        since: filter.since,
        before: filter.before,
        channel: Some(Channel::Email),
        purpose: filter.purpose,
        most: filter.limit,
        status: None,
    };
    let (mut emails, mut stored) = (0, 0);
    store.read(|unit| {
        outbox::list(unit, &narrowed, |message| {
            let is_stored = write(&EmailFile {
                id: message.id,
                niss: message.niss,
                to: &message.to,
                language: message.language,
                subject: message.subject.as_deref().unwrap_or_default(),
                body: message.body.expose(),
                created_at: message.created_at,
            })?;
            emails += 1;
            stored += u64::from(is_stored);
            Ok(())
        })
        .map(|_| ())
    })?;
    let done = Done::new(Operation::OutboxExport, ReplyBody::EmailsExported { emails, stored, folder });
    Ok(Done { niss: filter.niss, request, ..done })
}
