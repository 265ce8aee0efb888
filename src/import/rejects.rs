//! The rows that were not loaded, and the file that keeps them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::l10n::validation_errors;

/// A row that was not loaded.
#[derive(Debug, Clone)]
pub struct RejectRecord {
    /// Where it begins in its file; the header of a CSV is line 1.
    pub line: u64,
    /// The first column that is bad, unless the row as a whole is.
    pub column: Option<String>,
    /// What is wrong.
    pub cause: ValidationError,
}

/// One line of the file of the rejects.
#[derive(Serialize, JsonSchema)]
pub struct RejectedRow<'a> {
    line: u64,
    column: Option<&'a str>,
    /// What kind of flaw it is.
    reason: String,
    message: String,
}

/// The file of the rejects, one JSON object a line. It is not touched before the input has shown itself to be a registry.
pub struct Rejects<'a> {
    path: &'a Path,
    language: Language,
    file: Option<BufWriter<File>>,
}

impl<'a> Rejects<'a> {
    /// A file that will be there.
    pub fn new(path: &'a Path, language: Language) -> Rejects<'a> {
        Rejects { path, language, file: None }
    }

    fn open(&mut self) -> Result<&mut BufWriter<File>, Error> {
        if self.file.is_none() {
            let file = File::create(self.path).map_err(|fault| Error::file(self.path, fault))?;
            self.file = Some(BufWriter::new(file));
        }
        self.file.as_mut().ok_or_else(|| Error::Bug("a file that was opened is not open".to_owned()))
    }

    /// Adds a row.
    pub fn add(&mut self, reject: &RejectRecord) -> Result<(), Error> {
        let line = RejectedRow {
            line: reject.line,
            column: reject.column.as_deref(),
            reason: reject.cause.to_string(),
            message: validation_errors::localize(self.language, &reject.cause),
        };
        let text = serde_json::to_string(&line).map_err(|fault| Error::Bug(fault.to_string()))?;
        let written = writeln!(self.open()?, "{text}");
        written.map_err(|fault| Error::file(self.path, fault))
    }

    /// An input without rejects leaves an empty file, not yesterday's.
    pub fn finish(mut self) -> Result<(), Error> {
        let flushed = self.open()?.flush();
        flushed.map_err(|fault| Error::file(self.path, fault))
    }
}
