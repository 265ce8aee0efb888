//! Secrets on their way in: by standard input, by a file, by the environment. Never as the value of an option, where other
//! users of the machine would read them; a prompt is the business of `questions`.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::stdin::{self, Stdin, Unread};
use crate::domain::flaw::Flaw;
use crate::error::Error;
use crate::request::Request;
use crate::settings::Settings;
use crate::text::Fact;

const TOO_LONG_FOR_A_PASSWORD: Flaw = Flaw::Length("1-256");
const TOO_LONG_FOR_A_PHONE_CODE: Flaw = Flaw::Form("six digits");

/// The two ways to hand over a password without a prompt.
pub fn password_args(command: Command) -> Command {
    let file = Arg::new("password_file").long("password-file").value_name("FILE").value_parser(value_parser!(PathBuf));
    command.arg(stdin_arg("password_stdin", "password-stdin")).arg(file)
}

/// A flag that claims standard input for a secret.
pub fn stdin_arg(id: &'static str, long: &'static str) -> Arg {
    Arg::new(id).long(long).action(ArgAction::SetTrue)
}

/// Fills the secrets that the command line points to, and the session.
///
/// # Errors
/// Standard input claimed twice, empty, not UTF-8; a file that can't be read; a secret that can't be one.
pub fn fill(request: &mut Request, matches: &ArgMatches, stdin: &mut Stdin, settings: &Settings) -> Result<(), Error> {
    if let Some(session) = request.session() {
        session.clone_from(&settings.session);
    }
    match request {
        Request::Activate(r) | Request::RecoverConfirm(r) => {
            if let Some(mut source) = Source::of_passwords(matches, stdin)? {
                r.password = Some(source.next(TOO_LONG_FOR_A_PASSWORD)?);
            }
        }
        Request::Login(r) => {
            if let Some(mut source) = Source::of_passwords(matches, stdin)? {
                r.password = Some(source.next(TOO_LONG_FOR_A_PASSWORD)?);
            }
        }
        Request::PasswordChange(r) => {
            if let Some(mut source) = Source::of_passwords(matches, stdin)? {
                r.password = Some(source.next(TOO_LONG_FOR_A_PASSWORD)?);
                r.new_password = Some(source.next(TOO_LONG_FOR_A_PASSWORD)?);
            }
        }
        Request::PhoneCodeChange(r) if matches.get_flag("new_code_stdin") => {
            r.new_code = Some(Source::stdin("--new-code-stdin", stdin)?.next(TOO_LONG_FOR_A_PHONE_CODE)?);
        }
        Request::PhoneCodeVerify(r) if matches.get_flag("code_stdin") => {
            r.code = Some(Source::stdin("--code-stdin", stdin)?.next(TOO_LONG_FOR_A_PHONE_CODE)?);
        }
        Request::PhoneLine(r) if r.code.is_none() && matches.get_flag("code_stdin") => {
            let mut source = Source::stdin("--code-stdin", stdin)?;
            if r.niss.is_none() {
                // As on the phone: first who calls, then the digits.
                r.niss = Some(source.next_of("NISS", Flaw::Length("11"))?);
            }
            r.code = Some(source.next(TOO_LONG_FOR_A_PHONE_CODE)?);
        }
        Request::PhoneLineWhoami(r) if matches.get_flag("call_stdin") => {
            r.call = Some(Source::stdin("--call-stdin", stdin)?.next(Flaw::Form("text"))?);
        }
        Request::PhoneLineWhoami(r) => r.call.clone_from(&settings.call),
        _ => {}
    }
    Ok(())
}

/// Where secrets come from, one a line.
struct Source<'a> {
    option: &'static str,
    path: &'a Path,
    input: File,
}

impl<'a> Source<'a> {
    /// What `--password-stdin` or `--password-file` name, if either is there.
    fn of_passwords(matches: &'a ArgMatches, stdin: &mut Stdin) -> Result<Option<Source<'a>>, Error> {
        let by_stdin = matches.get_flag("password_stdin").then_some("--password-stdin");
        let by_file = matches.get_one::<PathBuf>("password_file").map(PathBuf::as_path);
        let option = "--password-file";
        match (by_stdin, by_file) {
            (None, None) => return Ok(None),
            (Some(option), None) => Source::stdin(option, stdin),
            (None, Some(path)) if path == Path::new("-") => Source::stdin(option, stdin),
            (None, Some(path)) => match File::open(path) {
                Ok(input) => Ok(Source { option, path, input }),
                Err(fault) => Err(Error::file(path, fault)),
            },
            (Some(first), Some(path)) if path == Path::new("-") => {
                stdin.claim(first)?;
                Source::stdin(option, stdin)
            }
            (Some(first), Some(_)) => {
                let facts = vec![("first", Fact::from(first)), ("second", Fact::from(option))];
                Err(Error::Usage { key: "conflict", facts })
            }
        }
        .map(Some)
    }

    fn stdin(option: &'static str, stdin: &mut Stdin) -> Result<Source<'a>, Error> {
        Ok(Source { option, path: Path::new("-"), input: stdin.claim(option)? })
    }

    /// The secret on the next line; `too_long` is what is wrong with a line of any length.
    fn next<T: FromStr<Err = Flaw>>(&mut self, too_long: Flaw) -> Result<T, Error> {
        self.next_of(self.option, too_long)
    }

    /// The same of a value that has a name of its own.
    fn next_of<T: FromStr<Err = Flaw>>(&mut self, name: &'static str, too_long: Flaw) -> Result<T, Error> {
        let malformed = |flaw| Error::malformed(name, flaw);
        match stdin::line(&mut self.input) {
            Ok(Some(line)) => line.parse().map_err(malformed),
            Ok(None) => Err(Error::Usage { key: "input-ended", facts: vec![("option", Fact::from(self.option))] }),
            Err(Unread::TooLong) => Err(malformed(too_long)),
            Err(Unread::Malformed(flaw)) => Err(malformed(flaw)),
            Err(Unread::Fault(fault)) => Err(Error::file(self.path, fault)),
        }
    }
}
