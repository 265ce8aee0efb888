//! The questions that complete a request at a terminal: the only place that asks. They come in the order of `missing()`, in
//! the words of the service's own pages; an answer that can't be is asked for again, with the reason.

use super::prompt::Prompt;
use super::{summary, usage};
use crate::domain::flaw::Flaw;
use crate::domain::niss::Niss;
use crate::domain::words::{AccountType, Channel, Contact, Procedure};
use crate::error::Error;
use crate::request::{
    Activate, CmdEnrol, ContactsConfirm, ContactsUpdate, Field, Login, OfHolder, Op, Operator, OutboxCode,
    PhoneCodeVerify, RecoverRequest, Register, Request, Why,
};
use crate::text::{Fact, Facts};

/// The questions of one call.
pub struct Questions {
    /// How they are asked.
    pub prompt: Prompt,
    /// Whether a summary is taken as confirmed.
    pub yes: bool,
}

impl Questions {
    /// Asks for whatever a request still lacks, then, of a registration, for the terms and for the confirmation of a summary; of an
    /// erasure, whether it is meant.
    ///
    /// # Errors
    /// [`Error::Interrupted`], a field that an answer has left without a place, what was not confirmed.
    pub fn complete(&self, request: &mut Request) -> Result<(), Error> {
        while let Some(group) = request.missing().first() {
            self.fill(request, group)?;
            usage::fits(request)?;
        }
        if let Some(consent) = unasked_consent(request) {
            *consent = self.prompt.agrees("ask-consent")?;
        }
        let r = match request {
            Request::AccountErase(_) if !self.yes && !self.prompt.agrees("ask-erase")? => {
                return Err(Error::usage("not-erased"));
            }
            Request::Register(r) => r,
            _ => return Ok(()),
        };
        if !r.accept_terms {
            r.accept_terms = self.prompt.agrees("ask-terms")?;
        }
        if r.accept_terms && r.procedure() == Procedure::Classic && !self.yes {
            summary::show(&self.prompt, r);
            if !self.prompt.agrees("ask-confirm")? {
                return Err(Error::usage("not-confirmed"));
            }
        }
        Ok(())
    }

    fn fill(&self, request: &mut Request, group: &[Field]) -> Result<(), Error> {
        let (prompt, op) = (&self.prompt, request.op());
        let asked = subject(request);
        let unasked = || Error::Bug(format!("no question for {group:?} of {op}"));
        match (group, request) {
            ([Field::Niss], request) => {
                let niss = niss_of(request).ok_or_else(unasked)?;
                *niss = prompt.value(Field::Niss, &asked)?;
            }
            ([Field::AccountType], Request::Register(r)) => {
                r.account_type = prompt.value(Field::AccountType, &asked)?
            }
            (
                [Field::BirthDate],
                Request::Register(Register { birth_date, .. })
                | Request::RecoverRequest(RecoverRequest { birth_date, .. }),
            ) => *birth_date = prompt.value(Field::BirthDate, &asked)?,
            (
                [Field::Name],
                Request::Register(Register { name, .. }) | Request::RecoverRequest(RecoverRequest { name, .. }),
            ) => *name = prompt.value(Field::Name, &asked)?,
            (
                [Field::CivilId],
                Request::Register(Register { civil_id, .. }) | Request::RecoverRequest(RecoverRequest { civil_id, .. }),
            ) => *civil_id = prompt.value(Field::CivilId, &asked)?,
            (
                [Field::Nif],
                Request::Register(Register { nif, .. }) | Request::RecoverRequest(RecoverRequest { nif, .. }),
            ) => *nif = prompt.value(Field::Nif, &asked)?,
            (
                [Field::Responsible],
                Request::Register(Register { responsible, .. })
                | Request::RecoverRequest(RecoverRequest { responsible, .. }),
            ) => *responsible = prompt.value(Field::Responsible, &asked)?,
            (
                [Field::Channel],
                Request::Register(Register { channel, .. })
                | Request::RecoverRequest(RecoverRequest { channel, .. })
                | Request::ContactsConfirm(ContactsConfirm { channel, .. }),
            ) => *channel = Some(self.channel(op, &asked)?),
            (
                [Field::Code],
                Request::Activate(Activate { code, .. }) | Request::RecoverConfirm(Activate { code, .. }),
            ) => {
                *code = prompt.value(Field::Code, &asked)?;
            }
            ([Field::Code], Request::PhoneCodeVerify(r) | Request::PhoneLine(r)) => {
                r.code = Some(prompt.secret("ask-phone_code")?)
            }
            (
                [Field::Password],
                Request::Activate(Activate { password, .. }) | Request::RecoverConfirm(Activate { password, .. }),
            ) => *password = Some(prompt.new_secret("ask-new_password")?),
            ([Field::Password], Request::Login(r)) => r.password = Some(prompt.secret("ask-password")?),
            ([Field::Pin], Request::Login(Login { pin, .. }) | Request::Register(Register { pin, .. })) => {
                *pin = Some(prompt.secret("ask-pin")?);
            }
            ([Field::Pin], Request::CmdEnrol(r)) => r.pin = Some(prompt.new_secret("ask-new_pin")?),
            ([Field::Mobile], Request::CmdEnrol(r)) => r.mobile = prompt.value(Field::Mobile, &asked)?,
            ([Field::NewPassword], Request::PasswordChange(r)) => {
                if r.password.is_none() {
                    r.password = prompt.secret_if_any("ask-current_password")?;
                }
                r.new_password = Some(prompt.new_secret("ask-new_password")?)
            }
            ([Field::NewCode], Request::PhoneCodeChange(r)) => r.new_code = Some(prompt.new_secret("ask-new_code")?),
            ([Field::Alerts], Request::AlertsSet(r)) => r.alerts = prompt.value(Field::Alerts, &asked)?,
            ([Field::Reason], request) => {
                let reason = reason_of(request).ok_or_else(unasked)?;
                *reason = prompt.value(Field::Reason, &asked)?;
            }
            ([Field::Email, Field::Mobile, ..], request) => self.contacts(request, &asked)?,
            _ => return Err(unasked()),
        }
        Ok(())
    }

    /// The contacts, of which one is enough. The classic registration asks for what else is on its pages: a telephone, and how
    /// a citizen wants the alerts (001 steps 12-14).
    fn contacts(&self, request: &mut Request, asked: &Facts) -> Result<(), Error> {
        let prompt = &self.prompt;
        match request {
            Request::Register(Register { email, mobile, .. })
            | Request::RecoverRequest(RecoverRequest { email, mobile, .. }) => {
                (*email, *mobile) = (prompt.choice(Field::Email, asked)?, prompt.choice(Field::Mobile, asked)?);
            }
            Request::ContactsUpdate(ContactsUpdate { email, mobile, telephone, .. }) => {
                (*email, *mobile) = (prompt.choice(Field::Email, asked)?, prompt.choice(Field::Mobile, asked)?);
                *telephone = prompt.choice(Field::Telephone, asked)?;
            }
            Request::ContactsRemove(r) => match prompt.answer("ask-contact", asked)? {
                Contact::Email => r.email = true,
                Contact::Mobile => r.mobile = true,
                Contact::Telephone => r.telephone = true,
            },
            _ => {}
        }
        if request.missing().first().is_some_and(|group| group.contains(&Field::Email)) {
            prompt.show("ask-one-contact");
        } else if let Request::Register(r) = request {
            if r.telephone.is_none() {
                r.telephone = prompt.choice(Field::Telephone, asked)?;
            }
            if r.alerts.is_none() && r.account_type == Some(AccountType::Citizen) {
                r.alerts = prompt.choice(Field::Alerts, asked)?;
            }
        }
        Ok(())
    }

    fn channel(&self, op: Op, asked: &Facts) -> Result<Channel, Error> {
        self.prompt.until("ask-channel", asked, |line| match line.parse()? {
            Channel::Letter if op != Op::Register => Err(Flaw::Word("email, sms")),
            channel => Ok(channel),
        })
    }
}

/// What the questions speak of: a company is asked for other things than a citizen.
fn subject(request: &Request) -> Facts {
    let holder = match request {
        Request::Register(r) => r.account_type.unwrap_or(AccountType::Citizen),
        Request::RecoverRequest(r) => r.account_type(),
        _ => AccountType::Citizen,
    };
    vec![("holder", Fact::from(holder.as_str())), ("op", Fact::from(request.op().as_str()))]
}

fn niss_of(request: &mut Request) -> Option<&mut Option<Niss>> {
    match request {
        Request::Register(Register { niss, .. })
        | Request::Activate(Activate { niss, .. })
        | Request::RecoverConfirm(Activate { niss, .. })
        | Request::Login(Login { niss, .. })
        | Request::RecoverRequest(RecoverRequest { niss, .. })
        | Request::PhoneCodeVerify(PhoneCodeVerify { niss, .. })
        | Request::PhoneLine(PhoneCodeVerify { niss, .. })
        | Request::OutboxCode(OutboxCode { niss, .. })
        | Request::CmdEnrol(CmdEnrol { niss, .. })
        | Request::CmdRevoke(OfHolder { niss })
        | Request::RegistryShow(OfHolder { niss })
        | Request::AccountShow(OfHolder { niss })
        | Request::AccountExport(OfHolder { niss })
        | Request::AccountUnlock(Operator { niss, .. })
        | Request::AccountSuspend(Operator { niss, .. })
        | Request::AccountResume(Operator { niss, .. })
        | Request::AccountReset(Operator { niss, .. })
        | Request::AccountClose(Operator { niss, .. })
        | Request::AccountErase(Operator { niss, .. }) => Some(niss),
        _ => None,
    }
}

/// Where the consent goes that is to be asked for: with the code, once the data would be handed over.
fn unasked_consent(request: &mut Request) -> Option<&mut bool> {
    match request {
        Request::Register(Register { code: Some(_), consent, .. })
        | Request::Login(Login { code: Some(_), consent, .. })
            if !*consent =>
        {
            Some(consent)
        }
        _ => None,
    }
}

fn reason_of(request: &mut Request) -> Option<&mut Option<Why>> {
    match request {
        Request::AccountUnlock(Operator { reason, .. })
        | Request::AccountSuspend(Operator { reason, .. })
        | Request::AccountResume(Operator { reason, .. })
        | Request::AccountReset(Operator { reason, .. })
        | Request::AccountClose(Operator { reason, .. })
        | Request::AccountErase(Operator { reason, .. }) => Some(reason),
        _ => None,
    }
}
