//! Registration and recovery, from the first question to the new password.
//!
//! - Portal: 002 steps 5-10.
//! - Classic: 001 steps 4-19.
//! - Recovery: 000 steps 2-9.
//! - Code and password in the same session: 001 steps 20-24, 000 steps 10-14.

use super::{InteractiveSession, until};
use crate::cli::interactive::prompt::Choice;
use crate::cli::interactive::questions::slot;
use crate::domain::email::Email;
use crate::domain::phone::Mobile;
use crate::domain::vocabulary::{Channel, CheckStep, ContactKind, RegistrationProcedure};
use crate::error::Error;
use crate::flow;
use crate::l10n::MessageArg;
use crate::reply::{ChannelOption, Done, Reason, Reply, ReplyBody};
use crate::request::{Field, Operation, Register, Request, SetPassword};

/// The fields of the identification pages, of companies and citizens, in the order of the pages.
const IDENTITY: [Field; 6] =
    [Field::AccountType, Field::Name, Field::BirthDate, Field::CivilId, Field::Nif, Field::Responsible];

impl InteractiveSession<'_, '_> {
    /// Requests an account or a recovery code, then continues to the code and the password.
    pub(super) fn registration(&mut self, mut request: Request) -> Result<(), Error> {
        let is_complete_request = self.is_complete(&request);
        if let Request::Register(asked) = &mut request
            && is_bare(asked)
        {
            let choices = self.questions.prompt.choices("procedure", RegistrationProcedure::ALL);
            asked.procedure = Some(self.questions.prompt.select("ask-procedure", &vec![], &choices)?);
        }
        if matches!(&request, Request::Register(r) if r.procedure() == RegistrationProcedure::Cmd) {
            return self.log_in(request);
        }
        let is_portal = is_portal(&request);
        if !is_portal {
            self.ask(&mut request, &[Field::Niss])?;
        }
        if !self.terms(&mut request)? {
            return self.show(flow::refuse_terms(request.niss()));
        }
        self.identify(&mut request, is_portal)?;
        let step = match &request {
            Request::Register(asked) => asked.until,
            Request::RecoverRequest(asked) => asked.until,
            _ => None,
        };
        if step.is_some() {
            self.ask(&mut request, &[Field::Email])?;
            let reply = self.submit(request)?;
            return self.show(reply);
        }
        if let Some(refused) = self.reach(&mut request, None)? {
            return self.show(refused);
        }
        if let Some(refused) = self.confirm_summary(&mut request)? {
            return self.show(refused);
        }
        let reply = self.submit(request.clone())?;
        match &reply {
            Reply::Done(Done { body: ReplyBody::CodeIssued { channel, .. }, .. }) if !is_complete_request => {
                let channel = *channel;
                self.show_intermediate(reply)?;
                self.go_on(&request, channel)
            }
            _ => self.show(reply),
        }
    }

    /// Returns whether there is nothing to ask.
    fn is_complete(&self, request: &Request) -> bool {
        let asks_nothing = match request {
            Request::Register(asked) => {
                asked.accept_terms && (asked.procedure() == RegistrationProcedure::Portal || self.questions.yes)
            }
            _ => true,
        };
        asks_nothing && request.missing_fields().is_empty()
    }

    /// Asks to accept the terms (001 step 8, 002 step 5).
    pub(super) fn terms(&self, request: &mut Request) -> Result<bool, Error> {
        let Request::Register(asked) = request else { return Ok(true) };
        if !asked.accept_terms {
            asked.accept_terms = self.questions.prompt.confirm("ask-terms")?;
        }
        Ok(asked.accept_terms)
    }

    /// Asks for the identity fields (000 step 4, 001 step 9, 002 steps 6-7).
    pub(super) fn identify(&self, request: &mut Request, is_portal: bool) -> Result<(), Error> {
        self.ask(request, &IDENTITY[..1])?;
        if is_portal {
            return self.ask(request, &[Field::Niss, Field::BirthDate, Field::Nif]);
        }
        if request.missing_fields().iter().any(|group| IDENTITY.contains(&group[0])) {
            self.questions.prompt.show("step-identification");
        }
        self.ask(request, &IDENTITY)
    }

    /// Asks for contacts, alerts and channel. Returns a refusal if there is one. A channel that was chosen before is asked
    /// for again only if it can't be used any more.
    ///
    /// The identity is checked first: other people are asked nothing and shown nothing (000 step 5, 001 step 11).
    pub(super) fn reach(&mut self, request: &mut Request, chosen: Option<Channel>) -> Result<Option<Reply>, Error> {
        if lacks(request, Field::Email) {
            if let Err(refused) = self.check_step(until(request, CheckStep::Identity))? {
                return Ok(Some(refused));
            }
            self.questions.prompt.show("step-contacts");
            self.questions.prompt.show("about-contacts");
            self.ask(request, &[Field::Email])?;
        }
        if !lacks(request, Field::Channel) {
            return Ok(None);
        }
        let ways = match self.usable_channels(request)? {
            Ok(ways) => ways,
            Err(refused) => return Ok(Some(refused)),
        };
        let channel = match chosen.filter(|chosen| ways.iter().any(|way| way.channel == *chosen)) {
            Some(chosen) => chosen,
            None => {
                self.questions.prompt.show(if is_portal(request) { "step-channel" } else { "step-code" });
                self.questions.prompt.show("about-code");
                self.questions.prompt.select("ask-channel", &vec![], &self.channel_choices(&ways))?
            }
        };
        *slot(request, Field::Channel)? = Some(channel);
        Ok(None)
    }

    /// Returns the usable channels or a refusal. If a typed contact is not the registered one, says so, and lets the
    /// contacts be typed again (000 step 7, 001 step 12).
    fn usable_channels(&mut self, request: &mut Request) -> Result<Result<Vec<ChannelOption>, Reply>, Error> {
        loop {
            let reached = self.check_step(until(request, CheckStep::Channels))?;
            let ways = match &reached {
                Ok(ways) => &ways[..],
                Err(Reply::Refused(refusal)) if refusal.reason == Reason::NoChannel => &[],
                Err(_) => return Ok(reached),
            };
            let others = unregistered(request, ways);
            let typed = Some((request.value(Field::Email).cloned(), request.value(Field::Mobile).cloned()));
            if others.is_empty() || typed == self.accepted_contacts {
                return Ok(reached);
            }
            for contact in others {
                let contact = MessageArg::from(contact.as_str());
                self.questions.prompt.say("about-unregistered", &vec![("contact", contact)]);
            }
            if request.op() == Operation::Register {
                self.questions.prompt.show("about-proposal");
            }
            if ways.iter().all(|way| way.channel == Channel::Letter) {
                let left = MessageArg::from(if ways.is_empty() { "none" } else { "letter" });
                let op = MessageArg::from(request.op().as_str());
                self.questions.prompt.say("about-no-contact", &vec![("op", op), ("left", left)]);
            }
            if !self.questions.prompt.confirm("ask-contacts-again")? {
                self.accepted_contacts = typed;
                return Ok(reached);
            }
            (*slot::<Email>(request, Field::Email)?, *slot::<Mobile>(request, Field::Mobile)?) = (None, None);
            self.ask(request, &[Field::Email])?;
        }
    }

    /// Returns the usable channels with their masked destinations.
    fn channel_choices(&self, ways: &[ChannelOption]) -> Vec<Choice<Channel>> {
        let channels: Vec<Channel> = ways.iter().map(|way| way.channel).collect();
        let mut choices = self.questions.prompt.choices("channel", &channels);
        for (choice, way) in choices.iter_mut().zip(ways) {
            choice.label = format!("{}: {}", choice.label, way.destination);
        }
        choices
    }

    /// Continues with the code. A letter takes days, so the session ends with the command for later.
    fn go_on(&mut self, request: &Request, channel: Channel) -> Result<(), Error> {
        let Some(niss) = request.niss() else { return Ok(()) };
        let (op, command) = match request.op() {
            Operation::Register => (Operation::Activate, "activate"),
            _ => (Operation::RecoverConfirm, "recover confirm"),
        };
        self.later = Some(format!("ssd {command} {niss}"));
        if channel == Channel::Letter {
            self.leave();
            return Ok(());
        }
        self.questions.prompt.show(if op == Operation::Activate { "step-activate" } else { "step-recover" });
        self.set_password(op, SetPassword { niss: Some(niss), ..SetPassword::default() })
    }
}

/// Returns whether the holder is identified as in the portal (002).
fn is_portal(request: &Request) -> bool {
    match request {
        Request::Register(asked) => asked.procedure() == RegistrationProcedure::Portal,
        Request::RecoverRequest(asked) => asked.is_portal(),
        _ => false,
    }
}

/// Returns whether a field is still to be asked for.
fn lacks(request: &Request, field: Field) -> bool {
    request.missing_fields().iter().any(|group| group.contains(&field))
}

/// Returns the typed contacts that no code can be sent to, because they are not the registered ones.
fn unregistered(request: &Request, ways: &[ChannelOption]) -> Vec<ContactKind> {
    let typed = [
        (ContactKind::Email, Channel::Email, request.value::<Email>(Field::Email).is_some()),
        (ContactKind::Mobile, Channel::Sms, request.value::<Mobile>(Field::Mobile).is_some()),
    ];
    let is_usable = |channel| ways.iter().any(|way| way.channel == channel);
    typed.into_iter().filter(|(_, channel, typed)| *typed && !is_usable(*channel)).map(|(kind, ..)| kind).collect()
}

/// Returns whether the command line implies no procedure. Any field means the default procedure.
fn is_bare(asked: &Register) -> bool {
    let fields = Request::Register(Register { niss: None, accept_terms: false, ..asked.clone() }).written();
    fields.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vocabulary::AccountType;

    #[test]
    fn pages_ask_for_every_missing_field() {
        for procedure in [RegistrationProcedure::Portal, RegistrationProcedure::Classic] {
            for account_type in AccountType::ALL {
                let (procedure, account_type) = (Some(procedure), Some(*account_type));
                let asked = Request::Register(Register { procedure, account_type, ..Register::default() });
                for group in asked.missing_fields() {
                    let known = [Field::Niss, Field::Email, Field::Channel];
                    assert!(IDENTITY.contains(&group[0]) || known.contains(&group[0]), "{group:?}");
                }
            }
        }
    }
}
