//! Login with a second factor, and login or registration by Chave Móvel Digital (002, last section).
//!
//! The user enters a password or PIN, then the code that was sent. The second request carries both, so the session
//! holds the first entry in memory.

use super::{InteractiveSession, is_of_code};
use crate::cli::render::text;
use crate::domain::code::VerificationCode;
use crate::domain::next_step::NextStep;
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::flow;
use crate::l10n::value_name;
use crate::reply::{Done, Reason, Reply, ReplyBody};
use crate::request::{Field, Request, SecondFactorEnrol};

impl InteractiveSession<'_, '_> {
    /// Logs in, or registers by Chave Móvel Digital. An empty answer instead of the code stops and shows the command to
    /// continue later.
    pub(super) fn log_in(&mut self, mut request: Request) -> Result<(), Error> {
        let accepted = !matches!(&request, Request::Register(r) if !r.accept_terms);
        let is_complete = request.missing_fields().is_empty() && accepted;
        self.ask(&mut request, &[Field::Niss])?;
        if !self.terms(&mut request)? {
            return self.show(flow::refuse_terms(request.niss()));
        }
        let is_type_asked = !is_complete && self.ask_account_type(&mut request)?;
        self.questions.complete(&mut request)?;
        let reply = self.submit(request.clone())?;
        let (key, sent) = match &reply {
            Reply::Done(Done { body: ReplyBody::Sent { sent }, .. }) if !is_complete => ("row-sent", sent.first()),
            Reply::Done(Done { body: ReplyBody::TemporaryCode { sent: [sent] }, .. }) if !is_complete => {
                ("row-sent-cmd", Some(sent))
            }
            _ => ("", None),
        };
        if let (Reply::Refused(refusal), Request::Login(login)) = (&reply, &request)
            && matches!(refusal.hint, Some(NextStep::EnrolSecondFactor(_)))
            && !is_complete
        {
            self.show_refusal(&reply);
            let (niss, password) = (login.niss, login.password.clone());
            return self.enrol(SecondFactorEnrol { niss, password, ..SecondFactorEnrol::default() });
        }
        let Some(sent) = sent else { return self.show(reply) };
        // Prints only that a code was sent, not the command to enter it: the next prompt asks for it.
        self.questions.prompt.say(key, &text::sent_code_text(sent));
        let destination = sent.destination.clone();
        let is_cmd = matches!(&reply, Reply::Done(Done { body: ReplyBody::TemporaryCode { .. }, .. }));
        if self.call.globals.json {
            self.held = Some(reply);
        }
        self.later = later(self.questions.prompt.language, &request);
        self.show_sandbox_code(request.niss(), None)?;
        loop {
            let code = if is_cmd { self.temporary_code(&destination)? } else { self.code(Some(&destination))? };
            let Some(code) = code else {
                self.leave();
                return Ok(());
            };
            add_code(&mut request, code);
            self.questions.complete(&mut request)?;
            let mut reply = self.submit(request.clone())?;
            while let (Reply::Refused(refusal), Request::Register(asked)) = (&reply, &mut request)
                && refusal.reason == Reason::AccountTypeMismatch
                && is_type_asked
            {
                self.show_refusal(&reply);
                asked.account_type = None;
                self.ask_account_type(&mut request)?;
                reply = self.submit(request.clone())?;
            }
            match &reply {
                Reply::Refused(refusal) if is_of_code(refusal) => self.show_refusal(&reply),
                _ => return self.show(reply),
            }
        }
    }

    /// Asks for the account type of a registration by Chave Móvel Digital (002 step 6), which the data of the provider do
    /// not have, and returns whether it did. It comes before the temporary code is sent.
    fn ask_account_type(&self, request: &mut Request) -> Result<bool, Error> {
        match request {
            Request::Register(asked) if asked.account_type.is_none() => {
                self.questions.fill(request, &[Field::AccountType]).map(|()| true)
            }
            _ => Ok(false),
        }
    }
}

/// Adds the code to the request. A login with a code takes no channel.
fn add_code(request: &mut Request, code: VerificationCode) {
    match request {
        Request::Login(r) => (r.code, r.channel) = (Some(code), None),
        Request::Register(r) => r.code = Some(code),
        _ => {}
    }
}

/// Returns the command that continues with the code later.
fn later(language: Language, request: &Request) -> Option<String> {
    let (niss, place) = (request.niss()?, value_name(language, "CODE"));
    Some(match request {
        Request::Register(r) => match r.account_type {
            Some(account_type) => {
                format!("ssd register {niss} --procedure cmd --account-type {account_type} --code {place}")
            }
            None => format!("ssd register {niss} --procedure cmd --code {place}"),
        },
        Request::Login(r) => match r.method {
            Some(method) => format!("ssd login {niss} --method {method} --code {place}"),
            None => format!("ssd login {niss} --code {place}"),
        },
        _ => return None,
    })
}
