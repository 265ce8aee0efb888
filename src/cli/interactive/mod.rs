//! Interactive sessions: the questions of a procedure in the order of the service's pages, with requests between them.
//!
//! Rules stay in `flow`. For example, the identity is checked before channels are shown, and a code before a password
//! is asked for. Each check is a normal request up to a step (`--until`): it is counted, audited and recorded.
//!
//! A complete command line is one request, as without a terminal, so scripts run at a terminal get no questions.

use super::context::Context;
use crate::cli::args::usage_errors;
use crate::domain::email::Email;
use crate::domain::niss::Niss;
use crate::domain::phone::Mobile;
use crate::domain::vocabulary::{CheckStep, Purpose};
use crate::error::{Error, ExitStatus};
use crate::l10n::MessageArg;
use crate::reply::{ChannelOption, Done, Reason, Refusal, Reply, ReplyBody};
use crate::request::operation_spec::Access;
use crate::request::{Field, Operation, Request};
use questions::Questions;

mod contacts;
mod enrolment;
mod login;
pub mod main_menu;
pub mod prompt;
pub mod questions;
mod registration;
pub mod registration_summary;
mod set_password;

/// What a session knows of the current password, before a new one is chosen.
#[derive(Debug, Clone, Copy)]
enum CurrentPassword {
    /// There is none: this is the first password.
    None,
    /// There may be one.
    Unknown,
    /// It was typed.
    Known,
}

/// The state of one interactive session.
pub struct InteractiveSession<'s, 'a> {
    call: &'s mut Context<'a>,
    questions: Questions,
    /// With `--json`, the last reply so far. One object is printed at the end of the session.
    held: Option<Reply>,
    /// The exit status of the last reply.
    exit: ExitStatus,
    /// After a code was sent, the command that continues later.
    later: Option<String>,
    /// The typed contacts that the user has stayed with, although not all of them are registered.
    accepted_contacts: Option<(Option<Email>, Option<Mobile>)>,
}

impl<'s, 'a> InteractiveSession<'s, 'a> {
    /// Returns a session for this call.
    pub fn new(call: &'s mut Context<'a>) -> InteractiveSession<'s, 'a> {
        let questions = call.questions();
        InteractiveSession { call, questions, held: None, exit: ExitStatus::Done, later: None, accepted_contacts: None }
    }

    /// Runs the session from the command line's request to the last reply.
    ///
    /// # Errors
    /// [`Error::Interrupted`]; [`Error::InterruptedMidway`] after a code was sent; the errors of the requests.
    pub fn run(mut self, request: Request) -> Result<ExitStatus, Error> {
        if !request.missing_fields().is_empty() {
            // Fail before the first question if the store can't be opened or written.
            let store = self.call.open()?;
            if request.op().spec().access == Access::Write
                && let Some(lag) = store.clock_lag()?.filter(|lag| lag.is_too_long())
            {
                return Err(lag.error());
            }
        }
        let held = match request {
            Request::Register(_) | Request::RecoverRequest(_) => self.registration(request),
            Request::Login(_) => self.log_in(request),
            Request::SecondFactorEnrol(asked) => self.enrol(asked),
            Request::Activate(asked) => self.set_password(Operation::Activate, asked),
            Request::RecoverConfirm(asked) => self.set_password(Operation::RecoverConfirm, asked),
            Request::ContactsUpdate(_) => self.new_contacts(request),
            Request::ContactsConfirm(asked) => self.proof(asked),
            Request::ContactsRemove(asked) => self.removal(asked),
            _ => self.plain(request),
        };
        let later = self.later.take();
        match (held, later) {
            (Err(Error::Interrupted), Some(later)) => {
                Err(Error::InterruptedMidway { key: "sitting", facts: vec![("later", MessageArg::from(later))] })
            }
            (Err(error), _) => Err(error),
            (Ok(()), _) => self.finish(),
        }
    }

    /// Asks for the missing fields and submits the request. Asks again only for a refused new phone code or password.
    fn plain(&mut self, mut request: Request) -> Result<(), Error> {
        let missing = request.missing_fields();
        let asked_for = |field: Field| missing.iter().any(|group| group.contains(&field));
        if asked_for(Field::NewPassword) {
            self.questions.fill(&mut request, &[Field::Password])?;
            let is_first = matches!(&request, Request::PasswordChange(asked) if asked.password.is_none());
            self.show_rules(if is_first { CurrentPassword::None } else { CurrentPassword::Known })?;
        }
        loop {
            self.questions.complete(&mut request)?;
            let reply = self.submit(request.clone())?;
            match (&reply, &mut request) {
                (Reply::Refused(no), Request::PasswordChange(change))
                    if is_of_password(no) && asked_for(Field::NewPassword) =>
                {
                    change.new_password = None;
                }
                (Reply::Refused(no), Request::PhoneCodeChange(change))
                    if is_of_digits(no) && asked_for(Field::NewCode) =>
                {
                    change.new_code = None;
                }
                _ => return self.show(reply),
            }
            self.show_refusal(&reply);
        }
    }

    /// Asks for the fields in `fields` that are missing, in this order.
    fn ask(&self, request: &mut Request, fields: &[Field]) -> Result<(), Error> {
        for field in fields {
            while let Some(group) = request.missing_fields().into_iter().find(|group| group.first() == Some(field)) {
                self.questions.fill(request, group)?;
                usage_errors::check_fields(request)?;
            }
        }
        Ok(())
    }

    /// Handles a request.
    fn submit(&mut self, request: Request) -> Result<Reply, Error> {
        self.call.handle(&request)
    }

    /// Submits a request up to a step. Returns the usable channels or the refusal.
    fn check_step(&mut self, request: Request) -> Result<Result<Vec<ChannelOption>, Reply>, Error> {
        match self.submit(request)? {
            Reply::Done(Done { body: ReplyBody::StepPassed { usable, .. }, .. }) => Ok(Ok(usable.unwrap_or_default())),
            Reply::Done(done) => Err(Error::Bug(format!("{} went past its step", done.op))),
            refused => Ok(Err(refused)),
        }
    }

    /// Shows the password rules in force before a password is chosen (000 step 12, 001 step 22).
    fn show_rules(&mut self, current: CurrentPassword) -> Result<(), Error> {
        let policy = self.call.open()?.read(|unit| Ok(unit.policy.clone()))?;
        let profile = MessageArg::from(policy.password_profile.to_string());
        let least = MessageArg::Number(i64::from(policy.min_password_length()));
        let current = MessageArg::from(match current {
            CurrentPassword::None => "none",
            CurrentPassword::Unknown => "unknown",
            CurrentPassword::Known => "known",
        });
        let facts = vec![("profile", profile), ("least", least), ("current", current)];
        self.questions.prompt.say("password-rules", &facts);
        Ok(())
    }

    /// Shows the command that prints a code, if the store is a sandbox: there, messages reach nobody. Without a purpose it
    /// is the newest code.
    fn show_sandbox_code(&mut self, niss: Option<Niss>, purpose: Option<Purpose>) -> Result<(), Error> {
        let Some(niss) = niss else { return Ok(()) };
        if self.call.open()?.seed()?.is_some() {
            let purpose = purpose.map(|purpose| format!(" --purpose {purpose}")).unwrap_or_default();
            let command = MessageArg::from(format!("ssd outbox code {niss}{purpose}"));
            self.questions.prompt.say("about-sandbox-code", &vec![("command", command)]);
        }
        Ok(())
    }

    /// Shows a reply. Text is printed at once; with `--json`, only the last reply is printed, at the end.
    fn show(&mut self, reply: Reply) -> Result<(), Error> {
        if self.call.globals.json {
            self.held = Some(reply);
        } else {
            self.exit = self.call.output.reply(&reply)?;
        }
        Ok(())
    }

    /// Shows a reply before the last one. With `--json`, a note goes to the user as well.
    fn show_intermediate(&mut self, reply: Reply) -> Result<(), Error> {
        if let (true, Reply::Done(done)) = (self.call.globals.json, &reply) {
            self.call.output.note_of(done);
        }
        self.show(reply)
    }

    /// Shows the refusal that makes the session ask again.
    fn show_refusal(&self, reply: &Reply) {
        if let Reply::Refused(refusal) = reply {
            self.call.output.render_refusal(refusal);
        }
    }

    fn finish(self) -> Result<ExitStatus, Error> {
        match self.held {
            Some(reply) => self.call.output.reply(&reply),
            None => Ok(self.exit),
        }
    }
}

fn is_of_password(refusal: &Refusal) -> bool {
    matches!(refusal.reason, Reason::PasswordWeak | Reason::PasswordRepeated)
}

fn is_of_digits(refusal: &Refusal) -> bool {
    matches!(refusal.reason, Reason::PhoneCodeTrivial | Reason::PhoneCodeUnchanged)
}

/// Returns whether the user may try another code: this one was wrong or superseded.
fn is_of_code(refusal: &Refusal) -> bool {
    matches!(refusal.reason, Reason::CodeWrong | Reason::CodeSuperseded | Reason::CmdCodeWrong)
}

/// Returns the request up to a step, without the fields that do not apply to it.
fn until(request: &Request, step: CheckStep) -> Request {
    let mut request = request.clone();
    let is_unreached = step == CheckStep::Identity;
    match &mut request {
        Request::Register(r) => {
            (r.until, r.channel) = (Some(step), None);
            if is_unreached {
                (r.email, r.mobile, r.telephone, r.alerts) = (None, None, None, None);
            }
        }
        Request::RecoverRequest(r) => {
            (r.until, r.channel) = (Some(step), None);
            if is_unreached {
                (r.email, r.mobile, r.telephone) = (None, None, None);
            }
        }
        _ => {}
    }
    request
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{RecoverRequest, Register};

    #[test]
    fn request_up_to_a_step_has_no_inapplicable_fields() {
        let (email, mobile) = (|| "ana@correio.example".parse().ok(), || "912000001".parse().ok());
        let register = Register {
            account_type: "citizen".parse().ok(),
            procedure: "classic".parse().ok(),
            email: email(),
            mobile: mobile(),
            telephone: "218000008".parse().ok(),
            alerts: "sms".parse().ok(),
            channel: "sms".parse().ok(),
            ..Register::default()
        };
        let recovery = RecoverRequest {
            email: email(),
            mobile: mobile(),
            telephone: "218000008".parse().ok(),
            channel: "sms".parse().ok(),
            ..RecoverRequest::default()
        };
        for request in [Request::Register(register), Request::RecoverRequest(recovery)] {
            for step in [CheckStep::Identity, CheckStep::Channels] {
                assert_eq!(until(&request, step).inapplicable_field(), None, "{request:?} {step}");
            }
        }
    }
}
