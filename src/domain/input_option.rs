//! The options with which a command could read a file that it has refused.

/// One option, for the hint of an error. The command line writes it (`cli/render/input_options.rs`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputOption {
    /// The encoding with this word.
    Encoding(&'static str),
    /// The header that has the values of a column: `COLUMN=HEADER`.
    Map(String),
    /// Columns without a known name are left out.
    IgnoreUnknown,
}
