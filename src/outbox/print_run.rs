//! Print runs: letters become pages in a file and are noted as dispatched, each in exactly one run, whatever breaks off.
//!
//! The pages are made outside a transaction, which holds up nobody, and laid beside the file that they are for. Then, in one
//! transaction: each letter is looked at again (if one was printed, replaced or erased meanwhile, all is made anew), all are
//! noted, the audit is told, and last of all, before the commit, the file takes its name.
//!
//! **Why the file comes first.** A run that breaks off before the commit has marked nothing: the same command prints the same
//! letters again, over the file that may be there already and that nobody was told of. Were the commit first, letters could be
//! marked that stand in no file at all. What is left is a run that breaks off after the commit and before its reply: its file is
//! whole, and when the command is repeated the audit knows the file (`letters::mark`) and `earlier` names the run that made it.
//! A finished run's file is never written over by other letters: who repeats a command every day would lose what was not taken
//! to the printer yet.

use std::collections::BTreeSet;
use std::path::Path;

use zeroize::Zeroizing;

use crate::documents::email::EmailFile;
use crate::documents::letter_layout::Letter;
use crate::documents::pdf::{PdfWriter, PrintedLetter};
use crate::domain::vocabulary::{Channel, Language};
use crate::error::Error;
use crate::flow::lists::ListFilter;
use crate::l10n::{MessageArg, localize};
use crate::reply::{Done, PrintRunSummary, ReplyBody};
use crate::request::Operation;
use crate::store::outbox::letters::{self, LetterFilter, LetterRow};
use crate::store::{Store, UnitOfWork, audit, outbox};

/// The columns of a manifest.
const COLUMNS: [&str; 10] =
    ["page", "pages", "message", "niss", "purpose", "language", "to", "letter_expected_on", "created_at", "lacking"];

/// Hands on pieces of something long.
pub type ByteSink<'a> = &'a mut dyn FnMut(&[u8]);

/// Hands on what a file holds now; whether there is one.
pub type ReadExisting<'a> = dyn Fn(ByteSink<'_>) -> Result<bool, Error> + 'a;

/// Lays two files.
pub type StageFile<'a> = dyn Fn(&[u8], &[u8]) -> Result<(), Error> + 'a;

/// The files of a print run, as whoever knows files offers them.
pub struct PrintOutput<'a> {
    /// Of the file of letters.
    pub there: &'a ReadExisting<'a>,
    /// Lays letters and manifest beside the files that they are for, on the disk.
    pub lay: &'a StageFile<'a>,
    /// Gives both their names.
    pub show: &'a dyn Fn() -> Result<(), Error>,
    /// The file of letters, as it is called; none of a scenario's run, which goes nowhere.
    pub file: Option<String>,
    /// The manifest, if one is wanted.
    pub manifest: Option<String>,
}

impl PrintOutput<'_> {
    /// No files: a scenario prints into the air.
    pub fn none() -> PrintOutput<'static> {
        PrintOutput { there: &|_| Ok(false), lay: &|_, _| Ok(()), show: &|| Ok(()), file: None, manifest: None }
    }
}

/// What is to be written, and which letters are in it.
struct PrintJob {
    pdf: Zeroizing<Vec<u8>>,
    manifest: Vec<u8>,
    letters: Vec<LetterRow>,
    printed: PrintRunSummary,
}

/// Prints the letters that are wanted, the oldest first and `limit` of them at most, and notes them as dispatched. Where there are
/// none nothing is written.
///
/// # Errors
/// Those of the store and of the files; the file holds a finished print run of other letters. Nothing was noted then.
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

/// Refuses to write something else over the letters of a finished print run: they are noted as dispatched, and may not have been
/// taken to the printer yet. `there` hands on what the file holds.
///
/// # Errors
/// It holds them; those of the store and of `there`.
pub fn refuse_overwrite(store: &Store, path: &Path, there: &ReadExisting<'_>) -> Result<(), Error> {
    match finished_run_of(store, there)? {
        Some((run, _)) => Err(would_overwrite(&path.to_string_lossy(), run)),
        None => Ok(()),
    }
}

/// The finished print run whose letters a file holds, and its mark.
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

/// Makes the pages.
fn build_job(unit: &UnitOfWork<'_>, filter: &ListFilter) -> Result<PrintJob, Error> {
    let mut run = PdfWriter::new().ok_or_else(|| Error::Bug("the fonts can't be read".to_owned()))?;
    let mut rows = csv::Writer::from_writer(vec![]);
    rows.write_record(COLUMNS).map_err(csv_error)?;
    let mut printed = PrintRunSummary::default();
    let mut stored = vec![];
    let wanted = LetterFilter { pending: filter.pending, niss: filter.niss, since: filter.since };
    let most = filter.limit.map_or(u64::MAX, i64::unsigned_abs);
    letters::list(unit, wanted, |letter, code| {
        if !letter.is_live {
            printed.skipped += 1;
            return Ok(true);
        }
        let sheet = run.add(&Letter {
            id: letter.id,
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
        pdf: run.finish(&title, "pt-PT").into(),
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
        letter.purpose.clone(),
        letter.language.to_string(),
        letter.recipient.replace('\n', ", "),
        letter.expected_on.map(|date| date.to_string()).unwrap_or_default(),
        letter.created_at.to_string(),
        code_points(&sheet.lacking),
    ]
}

/// Characters by their numbers: who lacks the glyph may lack it on the screen too.
fn code_points(characters: &BTreeSet<char>) -> String {
    let numbers: Vec<String> = characters.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    numbers.join(" ")
}

/// Notes the letters as dispatched and lets the file take its name; the entry's number and how many letters are new to it. None
/// where one is not what was printed any more: then nothing has changed.
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
    let mut dispatched = 0;
    for letter in &set.letters {
        dispatched += u64::from(letters::dispatch(unit, letter.id)?);
    }
    let detail = serde_json::json!({
        "letters": set.printed.letters,
        "pages": set.printed.pages,
        "dispatched": dispatched,
        "file": mark,
    });
    let request = audit::add(unit, Operation::OutboxPrint, filter.niss, None, Some(&detail))?;
    (files.show)()?;
    Ok(Some((request, dispatched)))
}

/// Hands on the e-mails as files of RFC 5322; `write` says whether it was there already. They are read with their bodies, so outside
/// a sandbox the audit is told.
///
/// # Errors
/// Those of the store and of `write`.
pub fn export_emails(
    store: &Store,
    actor: &str,
    filter: &ListFilter,
    folder: String,
    write: &mut dyn FnMut(&EmailFile<'_>) -> Result<bool, Error>,
) -> Result<Done, Error> {
    let request = match store.seed()? {
        Some(_) => None,
        None => Some(store.write(actor, |unit| audit::add(unit, Operation::OutboxExport, filter.niss, None, None))?),
    };
    let narrowed = outbox::MessageFilter {
        niss: filter.niss,
        since: filter.since,
        channel: Some(Channel::Email),
        purpose: filter.purpose.as_deref(),
        most: filter.limit,
        pending: false,
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
    })?;
    let done = Done::new(Operation::OutboxExport, ReplyBody::EmailsExported { emails, stored, folder });
    Ok(Done { niss: filter.niss, request, ..done })
}
