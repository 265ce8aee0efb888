//! Import of a registry: every value parsed, bad rows set aside with line, column and reason, good rows loaded. Rows are
//! sorted by NISS before they are inserted, some thousands a transaction: in random order each costs twenty times as much.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufWriter, Write};
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::domain::flaw::Flaw;
use crate::domain::holder::Holder;
use crate::domain::words::{Language, State};
use crate::error::Error;
use crate::reply::{Body, Done};
use crate::request::Op;
use crate::store::{Store, Unit, accounts, audit, registry};
use crate::text::flaws;

mod row;
mod source;

pub use row::record;

/// Rows a transaction.
const GROUP: usize = 10_000;

/// A row that was not loaded.
#[derive(Debug, Clone)]
pub struct Reject {
    /// Where it begins in its file; the header of a CSV is line 1.
    pub line: u64,
    /// The first column that is bad, unless the row as a whole is.
    pub column: Option<String>,
    /// What is wrong.
    pub flaw: Flaw,
}

/// One line of the file of the rejects.
#[derive(Serialize, JsonSchema)]
pub struct Rejected<'a> {
    line: u64,
    column: Option<&'a str>,
    /// What kind of flaw it is.
    reason: String,
    message: String,
}

/// The file of the rejects, one JSON object a line. It is not touched before the input has shown itself to be a registry.
struct Rejects<'a> {
    path: &'a Path,
    file: Option<BufWriter<File>>,
}

impl Rejects<'_> {
    fn open(&mut self) -> Result<&mut BufWriter<File>, Error> {
        if self.file.is_none() {
            let file = File::create(self.path).map_err(|fault| Error::file(self.path, fault))?;
            self.file = Some(BufWriter::new(file));
        }
        self.file.as_mut().ok_or_else(|| Error::Bug("a file that was opened is not open".to_owned()))
    }

    fn add(&mut self, language: Language, reject: &Reject) -> Result<(), Error> {
        let line = Rejected {
            line: reject.line,
            column: reject.column.as_deref(),
            reason: reject.flaw.to_string(),
            message: flaws::sentence(language, &reject.flaw),
        };
        let text = serde_json::to_string(&line).map_err(|fault| Error::Bug(fault.to_string()))?;
        let written = writeln!(self.open()?, "{text}");
        written.map_err(|fault| Error::file(self.path, fault))
    }

    /// An input without rejects leaves an empty file, not yesterday's.
    fn finish(mut self) -> Result<(), Error> {
        let flushed = self.open()?.flush();
        flushed.map_err(|fault| Error::file(self.path, fault))
    }
}

/// Loads a registry.
///
/// # Errors
/// A file that is none of a registry, one that can't be read, and those of the store.
pub fn run(
    store: &Store,
    actor: &str,
    language: Language,
    input: &mut dyn BufRead,
    rejects: Option<&Path>,
    dry_run: bool,
    note: &mut dyn FnMut(&Reject),
) -> Result<Done, Error> {
    let (mut read, mut rejected) = (0, 0);
    let mut rejects = rejects.map(|path| Rejects { path, file: None });
    let mut holders: Vec<Holder> = vec![];
    let mut seen = HashSet::new();
    source::each_row(input, &mut |line, fields| {
        read += 1;
        let parsed = fields.and_then(|fields| row::holder(&fields));
        let judged = parsed.and_then(|holder| match seen.insert(holder.niss) {
            true => Ok(holder),
            false => Err((Some("niss".to_owned()), Flaw::Duplicate)),
        });
        match judged {
            Ok(holder) => holders.push(holder),
            Err((column, flaw)) => {
                rejected += 1;
                let reject = Reject { line, column, flaw };
                if let Some(rejects) = &mut rejects {
                    rejects.add(language, &reject)?;
                }
                note(&reject);
            }
        }
        Ok(())
    })?;
    rejects.map_or(Ok(()), Rejects::finish)?;
    let loaded = holders.len() as u64;
    if !dry_run {
        holders.sort_unstable_by_key(|holder| holder.niss);
        for group in holders.chunks(GROUP) {
            store.write(actor, |unit| {
                group.iter().try_for_each(|holder| load(unit, holder))?;
                let detail = json!({ "loaded": group.len(), "of": loaded, "rejected": rejected });
                audit::add(unit, Op::RegistryImport, None, None, Some(&detail))
            })?;
        }
    }
    Ok(Done::new(Op::RegistryImport, Body::Imported { read, loaded, rejected, dry_run }))
}

/// Loads one record; the account of a holder who has died or is no more is closed.
fn load(unit: &Unit<'_>, holder: &Holder) -> Result<(), Error> {
    registry::load(unit, holder)?;
    if holder.is_active() {
        return Ok(());
    }
    let Some(account) = accounts::find(&unit.tx, holder.niss)? else { return Ok(()) };
    if account.state == State::Closed {
        return Ok(());
    }
    // Read anew: what the holder has settled since is told, not what the file says.
    let holder = registry::find(&unit.tx, holder.niss)?.unwrap_or_else(|| holder.clone());
    super::operators::end(unit, account, &holder)?;
    let detail = json!({ "reason": holder.status.as_str() });
    audit::add(unit, Op::AccountClose, Some(holder.niss), None, Some(&detail))
}
