//! Secrets on their way in: by standard input, by a file, by the environment. Never as the value of an option, where other
//! users of the machine would read them; a prompt is the business of `questions`.

use std::fs::File;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::stdin::{self, Stdin, Unread};
use crate::domain::flaw::Flaw;
use crate::error::Error;
use crate::request::{CmdEnrol, Register, Request};
use crate::settings::Settings;
use crate::text::Fact;

const TOO_LONG_FOR_A_PASSWORD: Flaw = Flaw::Length("1-256");
const TOO_LONG_FOR_A_PHONE_CODE: Flaw = Flaw::Form("six digits");
const TOO_LONG_FOR_A_PIN: Flaw = Flaw::Form("four to eight digits");

/// The options and their arguments' names, by standard input and by a file.
type Ways = [(&'static str, &'static str); 2];
const PASSWORD: Ways = [("password_stdin", "--password-stdin"), ("password_file", "--password-file")];
const PIN: Ways = [("pin_stdin", "--pin-stdin"), ("pin_file", "--pin-file")];

/// The two ways to hand over a password without a prompt.
pub fn password_args(command: Command) -> Command {
    let file = Arg::new("password_file").long("password-file").value_name("FILE").value_parser(value_parser!(PathBuf));
    command.arg(stdin_arg("password_stdin", "password-stdin")).arg(file)
}

/// The two ways to hand over the PIN of Chave Móvel Digital without a prompt.
pub fn pin_args(command: Command) -> Command {
    let file = Arg::new("pin_file").long("pin-file").value_name("FILE").value_parser(value_parser!(PathBuf));
    command.arg(stdin_arg("pin_stdin", "pin-stdin")).arg(file)
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
            if let Some(mut source) = Source::of(PASSWORD, matches, stdin)? {
                r.password = Some(source.next(TOO_LONG_FOR_A_PASSWORD)?);
            }
        }
        Request::Login(r) => {
            if let Some(mut source) = Source::of(PASSWORD, matches, stdin)? {
                r.password = Some(source.next(TOO_LONG_FOR_A_PASSWORD)?);
            }
            if let Some(mut source) = Source::of(PIN, matches, stdin)? {
                r.pin = Some(source.next(TOO_LONG_FOR_A_PIN)?);
            }
        }
        Request::Register(Register { pin, .. }) | Request::CmdEnrol(CmdEnrol { pin, .. }) => {
            if let Some(mut source) = Source::of(PIN, matches, stdin)? {
                *pin = Some(source.next(TOO_LONG_FOR_A_PIN)?);
            }
        }
        Request::PasswordChange(r) => {
            if let Some(mut source) = Source::of(PASSWORD, matches, stdin)? {
                // One line is a first password, two are the current one and the new one.
                let first = source.next(TOO_LONG_FOR_A_PASSWORD)?;
                (r.password, r.new_password) = match source.next_if_any(TOO_LONG_FOR_A_PASSWORD)? {
                    Some(new) => (Some(first), Some(new)),
                    None => (None, Some(first)),
                };
            }
        }
        Request::PhoneCodeChange(r) if matches.get_flag("new_code_stdin") => {
            r.new_code = Some(Source::stdin("--new-code-stdin", stdin)?.next(TOO_LONG_FOR_A_PHONE_CODE)?);
        }
        Request::PhoneCodeVerify(r) if matches.get_flag("code_stdin") => {
            r.code = Some(Source::stdin("--code-stdin", stdin)?.next(TOO_LONG_FOR_A_PHONE_CODE)?);
        }
        // A caller's side off a terminal is a script's, whose words come by standard input.
        Request::PhoneLine(r)
            if r.code.is_none() && (matches.get_flag("code_stdin") || !std::io::stdin().is_terminal()) =>
        {
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
    /// What `--password-stdin` or `--password-file`, say, name, if either is there.
    fn of(ways: Ways, matches: &'a ArgMatches, stdin: &mut Stdin) -> Result<Option<Source<'a>>, Error> {
        let [(flag, by_stdin), (file, option)] = ways;
        let by_stdin = matches.get_flag(flag).then_some(by_stdin);
        let by_file = matches.get_one::<PathBuf>(file).map(PathBuf::as_path);
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
        let ended = Error::Usage { key: "input-ended", facts: vec![("option", Fact::from(self.option))] };
        self.line(name, too_long)?.ok_or(ended)
    }

    /// The secret on the next line, where there is one.
    fn next_if_any<T: FromStr<Err = Flaw>>(&mut self, too_long: Flaw) -> Result<Option<T>, Error> {
        self.line(self.option, too_long)
    }

    fn line<T: FromStr<Err = Flaw>>(&mut self, name: &'static str, too_long: Flaw) -> Result<Option<T>, Error> {
        let malformed = |flaw| Error::malformed(name, flaw);
        match stdin::line(&mut self.input) {
            Ok(Some(line)) => line.parse().map(Some).map_err(malformed),
            Ok(None) => Ok(None),
            Err(Unread::TooLong) => Err(malformed(too_long)),
            Err(Unread::Malformed(flaw)) => Err(malformed(flaw)),
            Err(Unread::Fault(fault)) => Err(Error::file(self.path, fault)),
        }
    }
}
