//! The options of every command that reads a file of rows.

use clap::Args;

use crate::cli::io::output::Output;
use crate::cli::render::escape::printable;
use crate::cli::render::input_options;
use crate::domain::input_option::InputOption;
use crate::domain::validation_error::ValidationError;
use crate::l10n::MessageArg;
use crate::tabular::{ColumnChoices, EncodingChoice, ReadOptions};

/// How a file of rows is to be read.
#[derive(Args, Debug, Clone)]
pub struct InputArgs {
    #[arg(long, value_name = "ENCODING", value_parser = encoding)]
    encoding: Option<EncodingChoice>,
    #[arg(long, value_name = "MAPPING", value_parser = mapping)]
    map: Vec<(String, String)>,
    #[arg(long)]
    ignore_unknown: bool,
}

fn encoding(word: &str) -> Result<EncodingChoice, ValidationError> {
    let plain: String = word.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let is_named = |choice: &&EncodingChoice| choice.as_str().replace('-', "").eq_ignore_ascii_case(&plain);
    let found = EncodingChoice::ALL.iter().find(is_named).copied();
    found.ok_or(ValidationError::UnknownWord("auto, utf-8, windows-1252, utf-16"))
}

fn mapping(text: &str) -> Result<(String, String), ValidationError> {
    match text.split_once('=') {
        Some((column, header)) if !column.trim().is_empty() && !header.trim().is_empty() => {
            Ok((column.to_owned(), header.to_owned()))
        }
        _ => Err(ValidationError::Format("COLUMN=HEADER")),
    }
}

impl InputArgs {
    /// Returns the options for the reader.
    pub fn options(&self) -> ReadOptions {
        ReadOptions {
            encoding: self.encoding.unwrap_or_default(),
            columns: ColumnChoices { maps: self.map.clone(), ignore_unknown: self.ignore_unknown },
        }
    }

    /// Returns the options as words of a command, each with a space before it.
    pub fn words(&self) -> String {
        let encoding = self.encoding.map(|encoding| InputOption::Encoding(encoding.as_str()));
        let maps = self.map.iter().map(|(column, header)| InputOption::Map(format!("{column}={header}")));
        let ignores = self.ignore_unknown.then_some(InputOption::IgnoreUnknown);
        input_options::words(&encoding.into_iter().chain(maps).chain(ignores).collect::<Vec<_>>())
    }
}

/// Notes which columns are left out.
pub fn note_ignored(output: &Output, columns: &[String]) {
    if !columns.is_empty() {
        let names: Vec<String> = columns.iter().map(|name| format!("`{}`", printable(name))).collect();
        let count = MessageArg::Number(columns.len() as i64);
        output.note("note-ignored-columns", &vec![("count", count), ("columns", MessageArg::from(names.join(", ")))]);
    }
}
