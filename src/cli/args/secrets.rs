//! Secrets read from standard input, a file or the environment.
//!
//! A secret is never the value of an option, because other users of the machine can read a process's arguments.
//! `interactive::questions` prompts for secrets.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::cli::io::stdin::{self, Stdin, Unread};
use crate::domain::code::PhoneCode;
use crate::domain::password::Password;
use crate::domain::pin::CmdPin;
use crate::domain::validation_error::ValidationError;
use crate::environment::Environment;
use crate::error::{Error, ValueName};
use crate::l10n::MessageArg;
use crate::request::{Field, Request, SessionToken};

const TOO_LONG_FOR_A_PASSWORD: ValidationError = ValidationError::Length("1-256");
const TOO_LONG_FOR_A_PHONE_CODE: ValidationError = ValidationError::Format("six digits");
const TOO_LONG_FOR_A_PIN: ValidationError = ValidationError::Format("four to eight digits");

/// The argument id and option name of the standard-input way and of the file way.
type SecretOptions = [(&'static str, &'static str); 2];
const PASSWORD: SecretOptions = [("password_stdin", "--password-stdin"), ("password_file", "--password-file")];
const PIN: SecretOptions = [("pin_stdin", "--pin-stdin"), ("pin_file", "--pin-file")];

/// Adds the two options that pass a password without a prompt.
pub fn password_args(command: Command) -> Command {
    let file = Arg::new("password_file").long("password-file").value_name("FILE").value_parser(value_parser!(PathBuf));
    command.arg(stdin_arg("password_stdin", "password-stdin")).arg(file)
}

/// Adds the two options that pass the PIN of Chave Móvel Digital without a prompt.
pub fn pin_args(command: Command) -> Command {
    let file = Arg::new("pin_file").long("pin-file").value_name("FILE").value_parser(value_parser!(PathBuf));
    command.arg(stdin_arg("pin_stdin", "pin-stdin")).arg(file)
}

/// Returns a flag that claims standard input for a secret.
pub fn stdin_arg(id: &'static str, long: &'static str) -> Arg {
    Arg::new(id).long(long).action(ArgAction::SetTrue)
}

/// Fills in the secrets that the options name, and the session token.
///
/// # Errors
/// Standard input is claimed twice, empty or not UTF-8; a file can't be read; a secret is malformed.
pub fn fill(
    request: &mut Request,
    matches: &ArgMatches,
    stdin: &mut Stdin,
    settings: &Environment,
) -> Result<(), Error> {
    if let Some(session) = request.session_slot() {
        session.clone_from(&settings.session);
    }
    if let Some(old) = request.slot::<SessionToken>(Field::OldSession) {
        old.clone_from(&settings.session);
    }
    if let Request::PasswordChange(r) = request {
        if let Some(mut source) = SecretSource::of(PASSWORD, matches, stdin)? {
            // One line is a first password, two are the current one and the new one.
            let first = source.next(TOO_LONG_FOR_A_PASSWORD)?;
            (r.password, r.new_password) = match source.next_if_any(TOO_LONG_FOR_A_PASSWORD)? {
                Some(new) => (Some(first), Some(new)),
                None => (None, Some(first)),
            };
        }
        return Ok(());
    }
    if let Some(password) = request.slot::<Password>(Field::Password)
        && let Some(mut source) = SecretSource::of(PASSWORD, matches, stdin)?
    {
        *password = Some(source.next(TOO_LONG_FOR_A_PASSWORD)?);
    }
    if let Some(pin) = request.slot::<CmdPin>(Field::Pin)
        && let Some(mut source) = SecretSource::of(PIN, matches, stdin)?
    {
        *pin = Some(source.next(TOO_LONG_FOR_A_PIN)?);
    }
    if let Some(new_code) = request.slot::<PhoneCode>(Field::NewCode)
        && matches.get_flag("new_code_stdin")
    {
        *new_code = Some(SecretSource::stdin("--new-code-stdin", stdin)?.next(TOO_LONG_FOR_A_PHONE_CODE)?);
    }
    // Without a terminal, the phone line is a script that sends its answers by standard input.
    let is_scripted = matches!(request, Request::PhoneLine(_)) && !stdin.is_terminal();
    if request.slot::<PhoneCode>(Field::Code).is_some_and(|code| code.is_none())
        && (is_scripted || matches.get_flag("code_stdin"))
    {
        let mut source = SecretSource::stdin("--code-stdin", stdin)?;
        if let Request::PhoneLine(r) = request
            && r.niss.is_none()
        {
            // As on the phone: first the caller's NISS, then the digits.
            r.niss = Some(source.next_of("NISS", ValidationError::Length("11"))?);
        }
        if let Some(code) = request.slot::<PhoneCode>(Field::Code) {
            *code = Some(source.next(TOO_LONG_FOR_A_PHONE_CODE)?);
        }
    }
    if let Some(call) = request.call_slot() {
        match matches.get_flag("call_stdin") {
            true => *call = Some(SecretSource::stdin("--call-stdin", stdin)?.next(ValidationError::Format("text"))?),
            false => call.clone_from(&settings.call),
        }
    }
    Ok(())
}

/// A source of secrets, one per line.
struct SecretSource<'a> {
    option: &'static str,
    path: &'a Path,
    input: File,
}

impl<'a> SecretSource<'a> {
    /// Returns the source of an option pair such as `--password-stdin` and `--password-file`, if one was given.
    fn of(ways: SecretOptions, matches: &'a ArgMatches, stdin: &mut Stdin) -> Result<Option<SecretSource<'a>>, Error> {
        let [(flag, by_stdin), (file, option)] = ways;
        let by_stdin = matches.get_flag(flag).then_some(by_stdin);
        let by_file = matches.get_one::<PathBuf>(file).map(PathBuf::as_path);
        match (by_stdin, by_file) {
            (None, None) => return Ok(None),
            (Some(option), None) => SecretSource::stdin(option, stdin),
            (None, Some(path)) if path == Path::new("-") => SecretSource::stdin(option, stdin),
            (None, Some(path)) => match File::open(path) {
                Ok(input) => Ok(SecretSource { option, path, input }),
                Err(fault) => Err(Error::file(path, fault)),
            },
            (Some(first), Some(path)) if path == Path::new("-") => {
                stdin.claim(first)?;
                SecretSource::stdin(option, stdin)
            }
            (Some(first), Some(_)) => {
                let facts = vec![("first", MessageArg::from(first)), ("second", MessageArg::from(option))];
                Err(Error::Usage { key: "conflict", facts })
            }
        }
        .map(Some)
    }

    fn stdin(option: &'static str, stdin: &mut Stdin) -> Result<SecretSource<'a>, Error> {
        Ok(SecretSource { option, path: Path::new("-"), input: stdin.claim(option)? })
    }

    /// Returns the secret on the next line. `too_long` is the error for a line above the length limit.
    fn next<T: FromStr<Err = ValidationError>>(&mut self, too_long: ValidationError) -> Result<T, Error> {
        self.next_of(self.option, too_long)
    }

    /// Like `next`, but an error names the value `name` instead of the option.
    fn next_of<T: FromStr<Err = ValidationError>>(
        &mut self,
        name: &'static str,
        too_long: ValidationError,
    ) -> Result<T, Error> {
        let ended = Error::Usage { key: "input-ended", facts: vec![("option", MessageArg::from(self.option))] };
        self.line(name, too_long)?.ok_or(ended)
    }

    /// Returns the secret on the next line, if there is one.
    fn next_if_any<T: FromStr<Err = ValidationError>>(
        &mut self,
        too_long: ValidationError,
    ) -> Result<Option<T>, Error> {
        self.line(self.option, too_long)
    }

    fn line<T: FromStr<Err = ValidationError>>(
        &mut self,
        name: &'static str,
        too_long: ValidationError,
    ) -> Result<Option<T>, Error> {
        let malformed = |cause| Error::malformed(ValueName::Argument(name.to_owned()), cause);
        match stdin::line(&mut self.input) {
            Ok(Some(line)) => line.parse().map(Some).map_err(malformed),
            Ok(None) => Ok(None),
            Err(Unread::TooLong) => Err(malformed(too_long)),
            Err(Unread::Malformed(cause)) => Err(malformed(cause)),
            Err(Unread::Fault(fault)) => Err(Error::file(self.path, fault)),
        }
    }
}
