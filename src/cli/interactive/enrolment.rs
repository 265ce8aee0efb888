//! The enrolment of a holder who must log in with a code and has no confirmed contact: identification, code, and the login with it.

use super::{InteractiveSession, is_of_code};
use crate::cli::render::text;
use crate::domain::vocabulary::Channel;
use crate::error::Error;
use crate::l10n::value_name;
use crate::reply::{Done, Reply, ReplyBody, SentCode};
use crate::request::{Login, Request, SecondFactorEnrol};

impl InteractiveSession<'_, '_> {
    /// Requests the code of an enrolment. If anything was asked, the code is asked for too, and logs in.
    pub(super) fn enrol(&mut self, asked: SecondFactorEnrol) -> Result<(), Error> {
        let mut request = Request::SecondFactorEnrol(asked);
        let is_complete = request.missing_fields().is_empty();
        if !is_complete {
            self.questions.prompt.show("step-identification");
        }
        self.questions.complete(&mut request)?;
        let reply = self.submit(request.clone())?;
        let Request::SecondFactorEnrol(asked) = request else { return self.show(reply) };
        let sent = match &reply {
            Reply::Done(Done { body: ReplyBody::CodeIssued { channel, destination, code_expires_at, .. }, .. })
                if !is_complete && *channel != Channel::Letter =>
            {
                SentCode { channel: *channel, destination: destination.clone(), code_expires_at: *code_expires_at }
            }
            _ => return self.show(reply),
        };
        // Standard output is for the session token.
        self.questions.prompt.say("row-sent", &text::sent_code_text(&sent));
        if self.call.globals.json {
            self.held = Some(reply);
        }
        self.log_in_with_code(&asked, &sent.destination)
    }

    /// Asks for the code that was sent, and logs in with it.
    fn log_in_with_code(&mut self, asked: &SecondFactorEnrol, destination: &str) -> Result<(), Error> {
        let place = value_name(self.questions.prompt.language, "CODE");
        self.later = asked.niss.map(|niss| format!("ssd login {niss} --code {place}"));
        self.show_sandbox_code(asked.niss, None)?;
        loop {
            let Some(code) = self.code(Some(destination))? else {
                self.leave();
                return Ok(());
            };
            let login =
                Login { niss: asked.niss, password: asked.password.clone(), code: Some(code), ..Login::default() };
            let reply = self.submit(Request::Login(login))?;
            match &reply {
                Reply::Refused(refusal) if is_of_code(refusal) => self.show_refusal(&reply),
                _ => return self.show(reply),
            }
        }
    }
}
