//! The code and then the password (000 steps 10-14, 001 steps 20-24, 002's second list).
//!
//! The code is checked before the password is asked for, and again together with it.

use super::{CurrentPassword, InteractiveSession, is_of_code, is_of_password};
use crate::domain::code::VerificationCode;
use crate::domain::vocabulary::CheckStep;
use crate::error::Error;
use crate::l10n::MessageArg;
use crate::reply::{Done, Reply};
use crate::request::{Field, Operation, Request, SetPassword};

impl InteractiveSession<'_, '_> {
    /// Activates an account, or sets the new password of a recovery.
    ///
    /// If this session sent the code, an empty answer stops and shows the command to continue later.
    pub(super) fn set_password(&mut self, op: Operation, asked: SetPassword) -> Result<(), Error> {
        let request = |asked: SetPassword| match op {
            Operation::Activate => Request::Activate(asked),
            _ => Request::RecoverConfirm(asked),
        };
        let mut blank = request(asked);
        self.ask(&mut blank, &[Field::Niss])?;
        let (Request::Activate(mut asked) | Request::RecoverConfirm(mut asked)) = blank else { return Ok(()) };
        let mut is_typed = false;
        if asked.code.is_none() {
            self.show_sandbox_code(asked.niss, None)?;
        }
        loop {
            if asked.code.is_none() {
                is_typed = true;
                let Some(code) = self.code(None)? else {
                    self.leave();
                    return Ok(());
                };
                asked.code = Some(code);
            }
            // If a password was given, nothing more is asked for, so the code needs no check of its own.
            let is_last = asked.password.is_some() || asked.until.is_some();
            let step = asked.until.or((!is_last).then_some(CheckStep::Code));
            let reply = self.submit(request(SetPassword { until: step, ..asked.clone() }))?;
            match &reply {
                Reply::Refused(refusal) if is_of_code(refusal) && (is_typed || !is_last) => {
                    self.show_refusal(&reply);
                    asked.code = None;
                }
                Reply::Done(_) if !is_last => break,
                _ => return self.show(reply),
            }
        }
        // A code of a recovery may belong to an account that has no password yet.
        self.show_rules(match op {
            Operation::Activate => CurrentPassword::None,
            _ => CurrentPassword::Unknown,
        })?;
        loop {
            let password = self.questions.prompt.new_secret("ask-first_password")?;
            let reply = self.submit(request(SetPassword { password: Some(password), ..asked.clone() }))?;
            match &reply {
                Reply::Refused(refusal) if is_of_password(refusal) => self.show_refusal(&reply),
                Reply::Done(Done { niss: Some(niss), .. }) => {
                    let niss = MessageArg::from(niss.to_string());
                    self.show(reply)?;
                    // 000 step 15, 001 step 25: a code does not log the holder in.
                    self.questions.prompt.say("sitting-login", &vec![("niss", niss)]);
                    return Ok(());
                }
                _ => return self.show(reply),
            }
        }
    }

    /// Asks for a code. Returns `None` for an empty answer, which is accepted if this session sent the code.
    pub(super) fn code(&self, destination: Option<&str>) -> Result<Option<VerificationCode>, Error> {
        self.ask_code(if self.later.is_some() { "ask-code-or-later" } else { "ask-code" }, destination)
    }

    /// Asks for a temporary code of Chave Móvel Digital that this session has sent; `None` if it is left for later.
    pub(super) fn temporary_code(&self, destination: &str) -> Result<Option<VerificationCode>, Error> {
        self.ask_code("ask-cmd-code-or-later", Some(destination))
    }

    fn ask_code(&self, key: &str, destination: Option<&str>) -> Result<Option<VerificationCode>, Error> {
        let is_sent = self.later.is_some();
        let asked = vec![("destination", MessageArg::from(destination.unwrap_or("none")))];
        self.questions.prompt.ask_until(key, &asked, |line| match line {
            "" if is_sent => Ok(None),
            line => line.parse().map(Some),
        })
    }

    /// Shows the command that continues later.
    pub(super) fn leave(&self) {
        if let Some(later) = &self.later {
            self.questions.prompt.say("sitting-later", &vec![("later", MessageArg::from(later.as_str()))]);
        }
    }
}
