//! A password or a PIN, and then the code that was sent for it: a login with a second factor, and by Chave Móvel Digital a login or a
//! registration (002, last section). Both travel together in the second call, so what was typed first is kept as long as the sitting.

use super::{InteractiveSession, is_of_code};
use crate::cli::render::text;
use crate::domain::code::VerificationCode;
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::flow;
use crate::l10n::value_name;
use crate::reply::{Done, Reply, ReplyBody};
use crate::request::{Field, Request};

impl InteractiveSession<'_, '_> {
    /// Lets somebody in, or registers somebody by Chave Móvel Digital. An empty answer in place of the code is for another time.
    pub(super) fn log_in(&mut self, mut request: Request) -> Result<(), Error> {
        let accepted = !matches!(&request, Request::Register(r) if !r.accept_terms);
        let is_complete = request.missing_fields().is_empty() && accepted;
        self.ask(&mut request, &[Field::Niss])?;
        if !self.terms(&mut request)? {
            return self.show(flow::refuse_terms(request.niss()));
        }
        self.questions.complete(&mut request)?;
        let reply = self.submit(request.clone())?;
        let (key, sent) = match &reply {
            Reply::Done(Done { body: ReplyBody::Sent { sent }, .. }) if !is_complete => ("row-sent", sent.first()),
            Reply::Done(Done { body: ReplyBody::TemporaryCode { sent: [sent] }, .. }) if !is_complete => {
                ("row-sent-cmd", Some(sent))
            }
            _ => ("", None),
        };
        let Some(sent) = sent else { return self.show(reply) };
        // That a code was sent, and not the command that brings it: it is asked for here.
        self.questions.prompt.say(key, &text::sent_code_text(sent));
        let destination = sent.destination.clone();
        let is_cmd = matches!(&reply, Reply::Done(Done { body: ReplyBody::TemporaryCode { .. }, .. }));
        if self.call.globals.json {
            self.held = Some(reply);
        }
        self.later = later(self.questions.prompt.language, &request);
        loop {
            let code = if is_cmd { self.temporary_code(&destination)? } else { self.code(Some(&destination))? };
            let Some(code) = code else {
                self.leave();
                return Ok(());
            };
            add_code(&mut request, code);
            self.questions.complete(&mut request)?;
            let reply = self.submit(request.clone())?;
            match &reply {
                Reply::Refused(refusal) if is_of_code(refusal) => self.emit(&reply),
                _ => return self.show(reply),
            }
        }
    }
}

/// The request with the code; it has come, so the way it was to come by has no place any more.
fn add_code(request: &mut Request, code: VerificationCode) {
    match request {
        Request::Login(r) => (r.code, r.channel) = (Some(code), None),
        Request::Register(r) => r.code = Some(code),
        _ => {}
    }
}

/// The command that goes on with the code another time.
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
