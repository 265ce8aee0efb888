//! Contacts in an interactive session.
//!
//! The user chooses from masked contacts, and enters the code of a new contact in the same session.

use super::{InteractiveSession, is_of_code};
use crate::cli::interactive::prompt::Choice;
use crate::domain::vocabulary::{Channel, ContactKind};
use crate::error::Error;
use crate::flow::sessions;
use crate::l10n::{MessageArg, localize};
use crate::reply::{ContactLine, Done, Reply, ReplyBody, SentCode};
use crate::request::{ContactsConfirm, ContactsRemove, Request, SessionRequest, SessionToken};

impl InteractiveSession<'_, '_> {
    /// Proposes new contacts and confirms those that were sent a code.
    pub(super) fn new_contacts(&mut self, mut request: Request) -> Result<(), Error> {
        let is_complete = request.missing_fields().is_empty();
        self.questions.complete(&mut request)?;
        let session = request.session_slot().cloned().flatten();
        let reply = self.submit(request)?;
        match &reply {
            Reply::Done(Done { body: ReplyBody::Sent { sent }, .. }) if !is_complete => {
                let sent = sent.clone();
                self.show_intermediate(reply)?;
                self.prove(session, &sent)
            }
            _ => self.show(reply),
        }
    }

    /// Confirms one contact, with a given code, a typed code or a code that is sent first.
    pub(super) fn proof(&mut self, mut asked: ContactsConfirm) -> Result<(), Error> {
        let is_complete = asked.channel.is_some();
        if asked.channel.is_none() {
            let waits = |line: &ContactLine| {
                let is_proved = line.confirmed_at.is_some() || !line.registered;
                line.kind.proof_channel_and_purpose().is_some() && (!is_proved || line.proposed.is_some())
            };
            let choices = self.choices(asked.session.as_ref(), &[ContactKind::Email, ContactKind::Mobile], waits)?;
            let kind = self.questions.prompt.select("ask-contact-to-confirm", &vec![], &choices)?;
            asked.channel = kind.proof_channel_and_purpose().map(|(channel, _)| channel);
        }
        if !is_complete && asked.code.is_none() {
            // The proposal of the contact may already have sent a code.
            self.show_contact_code(asked.session.as_ref(), asked.channel)?;
            asked.code = self.questions.prompt.ask_until("ask-code-or-send", &vec![], |line| match line {
                "" => Ok(None),
                line => line.parse().map(Some),
            })?;
        }
        let session = asked.session.clone();
        loop {
            let reply = self.submit(Request::ContactsConfirm(asked.clone()))?;
            match &reply {
                Reply::Done(Done { body: ReplyBody::Sent { sent }, .. }) if !is_complete => {
                    let sent = sent.clone();
                    self.show_intermediate(reply)?;
                    return self.prove(session, &sent);
                }
                Reply::Refused(refusal) if !is_complete && is_of_code(refusal) => {
                    self.show_refusal(&reply);
                    asked.code = self.code(None)?;
                }
                _ => return self.show(reply),
            }
        }
    }

    /// Asks for each of the codes just sent.
    fn prove(&mut self, session: Option<SessionToken>, sent: &[SentCode]) -> Result<(), Error> {
        for one in sent {
            self.later = Some(format!("ssd contacts confirm --channel {}", one.channel));
            self.show_contact_code(session.as_ref(), Some(one.channel))?;
            while let Some(code) = self.code(Some(&one.destination))? {
                let channel = Some(one.channel);
                let confirm = ContactsConfirm { session: session.clone(), channel, code: Some(code) };
                let reply = self.submit(Request::ContactsConfirm(confirm))?;
                match &reply {
                    Reply::Refused(refusal) if is_of_code(refusal) => self.show_refusal(&reply),
                    Reply::Refused(_) => return self.show(reply),
                    Reply::Done(_) => {
                        self.show_intermediate(reply)?;
                        self.later = None;
                        break;
                    }
                }
            }
            self.leave();
        }
        Ok(())
    }

    /// Shows the command that prints the code of a contact, if the store is a sandbox.
    fn show_contact_code(&mut self, session: Option<&SessionToken>, channel: Option<Channel>) -> Result<(), Error> {
        let niss = self.call.open()?.read(|unit| sessions::session_holder(unit, session))?;
        let purpose = channel.and_then(Channel::contact).and_then(ContactKind::proof_channel_and_purpose);
        self.show_sandbox_code(niss, purpose.map(|(_, purpose)| purpose))
    }

    /// Removes one contact.
    pub(super) fn removal(&mut self, mut asked: ContactsRemove) -> Result<(), Error> {
        if asked.contacts().next().is_none() {
            let is_there = |line: &ContactLine| line.registered || line.proposed.is_some();
            let choices = self.choices(asked.session.as_ref(), ContactKind::ALL, is_there)?;
            match self.questions.prompt.select("ask-contact", &vec![], &choices)? {
                ContactKind::Email => asked.email = true,
                ContactKind::Mobile => asked.mobile = true,
                ContactKind::Telephone => asked.telephone = true,
            }
        }
        let reply = self.submit(Request::ContactsRemove(asked))?;
        self.show(reply)
    }

    /// Returns the matching contacts, masked.
    ///
    /// If none matches or they can't be shown, returns all kinds, and the refusal of the next request explains why.
    fn choices(
        &mut self,
        session: Option<&SessionToken>,
        kinds: &[ContactKind],
        fits: impl Fn(&ContactLine) -> bool,
    ) -> Result<Vec<Choice<ContactKind>>, Error> {
        let show = SessionRequest { session: session.cloned() };
        let lines = match self.submit(Request::ContactsShow(show))? {
            Reply::Done(Done { body: ReplyBody::Contacts { contacts, .. }, .. }) => contacts,
            _ => vec![],
        };
        let language = self.questions.prompt.language;
        let label = |kind: ContactKind| localize(language, &format!("word-{kind}"), &vec![]);
        let word = |kind: ContactKind| match kind.proof_channel_and_purpose() {
            Some((Channel::Sms, _)) if kinds.len() == 2 => Channel::Sms.to_string(),
            _ => kind.to_string(),
        };
        let shown = |line: &ContactLine| {
            let masked = match (&line.value, &line.proposed) {
                (Some(value), Some(proposed)) => {
                    let facts = [("value", value), ("proposed", proposed)];
                    localize(
                        language,
                        "word-proposed",
                        &facts.map(|(name, text)| (name, MessageArg::from(text.as_str()))).into(),
                    )
                }
                (one, other) => one.as_ref().or(other.as_ref()).cloned().unwrap_or_default(),
            };
            let label = format!("{}: {masked}", label(line.kind));
            Choice { value: line.kind, word: word(line.kind), label }
        };
        let some: Vec<_> = lines.iter().filter(|line| kinds.contains(&line.kind) && fits(line)).map(shown).collect();
        if !some.is_empty() {
            return Ok(some);
        }
        Ok(kinds.iter().map(|kind| Choice { value: *kind, word: word(*kind), label: label(*kind) }).collect())
    }
}
