//! Rejected rows and the file that contains them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::l10n::validation_errors;
use crate::reply::escaped_json;
use crate::store::private_file;

/// A rejected row.
#[derive(Debug, Clone)]
pub struct RejectRecord {
    /// The line where the row begins. The header of a CSV is line 1.
    pub line: u64,
    /// The first invalid column. `None` if the fault concerns the complete row.
    pub column: Option<String>,
    /// The fault.
    pub cause: ValidationError,
}

/// A line of the file of rejected rows.
#[derive(Serialize, JsonSchema)]
pub struct RejectedRow<'a> {
    line: u64,
    column: Option<&'a str>,
    /// The kind of fault.
    reason: String,
    message: String,
}

/// Where the rejected rows go.
#[derive(Clone, Copy)]
pub struct RejectsFile<'a> {
    /// The path of the file.
    pub path: &'a Path,
    /// Opens the file, private and with its old content.
    pub create: &'a dyn Fn() -> Result<File, Error>,
}

/// The file of rejected rows, one JSON object per line. The file is created after the input is recognised as a
/// registry.
pub struct Rejects<'a> {
    at: RejectsFile<'a>,
    language: Language,
    file: Option<BufWriter<File>>,
}

impl<'a> Rejects<'a> {
    /// Returns the file of rejected rows. It is created later.
    pub fn new(at: RejectsFile<'a>, language: Language) -> Rejects<'a> {
        Rejects { at, language, file: None }
    }

    fn open(&mut self) -> Result<&mut BufWriter<File>, Error> {
        if self.file.is_none() {
            let file = (self.at.create)()?;
            if file.metadata().is_ok_and(|there| there.is_file()) {
                file.set_len(0).map_err(|fault| Error::file(self.at.path, fault))?;
            }
            self.file = Some(BufWriter::new(file));
        }
        self.file.as_mut().ok_or_else(|| Error::Bug("file of rejected rows is not open after opening".to_owned()))
    }

    /// Writes a rejected row.
    pub fn add(&mut self, reject: &RejectRecord) -> Result<(), Error> {
        let line = RejectedRow {
            line: reject.line,
            column: reject.column.as_deref(),
            reason: reject.cause.to_string(),
            message: validation_errors::localize(self.language, &reject.cause),
        };
        let text = escaped_json::to_string(&line).map_err(|fault| Error::Bug(fault.to_string()))?;
        let written = writeln!(self.open()?, "{text}");
        written.map_err(|fault| Error::file(self.at.path, fault))
    }

    /// Writes the file durably: the rows are loaded after that, and the rejected ones must not be lost. An import without
    /// rejected rows writes an empty file over an older one.
    pub fn finish(mut self) -> Result<(), Error> {
        let path = self.at.path;
        let file = self.open()?;
        let written = file.flush().and_then(|()| private_file::sync_with_folder(file.get_ref(), path));
        written.map_err(|fault| Error::file(path, fault))
    }
}
