//! The options for reading a file, as words of a command.

use crate::domain::input_option::InputOption;
use crate::domain::shell_text;

/// Returns options as words of a command, each with a space before it.
pub fn words(options: &[InputOption]) -> String {
    let word = |option: &InputOption| match option {
        InputOption::Encoding(encoding) => format!(" --encoding {encoding}"),
        InputOption::Map(mapping) => format!(" --map {}", shell_text::quoted(mapping)),
        InputOption::IgnoreUnknown => " --ignore-unknown".to_owned(),
    };
    options.iter().map(word).collect()
}
