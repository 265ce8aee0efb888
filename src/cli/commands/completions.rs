//! `ssd completions`: prints the completion script of a shell.

use clap::{Args, Command};
use clap_complete::{Shell, generate};

use crate::cli::command_spec::{Action, CommandSpec, HelpCommand};
use crate::cli::context::Context;
use crate::domain::validation_error::ValidationError;
use crate::error::{Error, ExitStatus};
use crate::reply::{Done, ReplyBody};
use crate::request::Operation;

/// `ssd completions`.
pub const COMPLETIONS: CommandSpec =
    CommandSpec { path: "completions", args: Completions::augment_args, run: Action::Help(HelpCommand::Completions) };

#[derive(Args)]
struct Completions {
    #[arg(value_name = "SHELL", required = true, value_parser = shell)]
    shell: Shell,
}

/// The supported shells.
pub const SHELLS: [(&str, Shell); 4] =
    [("bash", Shell::Bash), ("zsh", Shell::Zsh), ("fish", Shell::Fish), ("powershell", Shell::PowerShell)];

fn shell(word: &str) -> Result<Shell, ValidationError> {
    let found = SHELLS.iter().find(|(name, _)| *name == word);
    found.map(|(_, shell)| *shell).ok_or(ValidationError::UnknownWord("bash, zsh, fish, powershell"))
}

/// Prints the script. `commands` is the program for clap: all commands with their help and the values of their arguments.
pub fn print(call: &mut Context<'_>, mut commands: Command) -> Result<ExitStatus, Error> {
    let Completions { shell } = call.args()?;
    let mut script = vec![];
    generate(shell, &mut commands, "ssd", &mut script);
    let text = String::from_utf8(script).map_err(|fault| Error::Bug(fault.to_string()))?;
    call.finish(Done::new(Operation::Completions, ReplyBody::Text { text }))
}
