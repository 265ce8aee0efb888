//! The questions for what a request lacks, in the words of the service's own pages; an answer that can't be is asked for again, with
//! the reason. They come in the order of `missing()`, or, where a procedure has pages of its own, in theirs (`guided`).

use super::prompt::Prompt;
use super::usage;
use crate::domain::niss::Niss;
use crate::domain::words::{AccountType, Alerts, Method};
use crate::error::Error;
use crate::request::{
    Activate, CmdEnrol, ContactsUpdate, Field, Login, OfHolder, Operator, OutboxCode, PhoneCodeVerify, RecoverRequest,
    Register, Request, Why,
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
    /// Asks for whatever a request still lacks; of an erasure, whether it is meant.
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
        match request {
            Request::AccountErase(_) if !self.yes && !self.prompt.agrees("ask-erase")? => {
                Err(Error::usage("not-erased"))
            }
            _ => Ok(()),
        }
    }

    /// Asks for a group of fields.
    ///
    /// # Errors
    /// [`Error::Interrupted`].
    pub fn fill(&self, request: &mut Request, group: &[Field]) -> Result<(), Error> {
        let (prompt, op) = (&self.prompt, request.op());
        let asked = subject(request);
        let unasked = || Error::Bug(format!("no question for {group:?} of {op}"));
        match (group, request) {
            ([Field::Niss], request) => {
                let niss = niss_of(request).ok_or_else(unasked)?;
                *niss = prompt.value(Field::Niss, &asked)?;
            }
            ([Field::AccountType], Request::Register(r)) => {
                let choices = prompt.choices("account_type", AccountType::ALL);
                r.account_type = Some(prompt.pick("ask-account_type", &asked, &choices)?);
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
            ([Field::Code], Request::PhoneCodeVerify(r) | Request::PhoneLine(r)) => {
                r.code = Some(prompt.secret("ask-phone_code")?)
            }
            ([Field::Password], Request::Login(r)) => r.password = Some(prompt.secret("ask-password")?),
            // An account by Chave Móvel Digital may have none yet.
            ([Field::Password], Request::PasswordChange(r)) => {
                r.password = prompt.secret_if_any("ask-current_password")?
            }
            ([Field::Pin], Request::Login(Login { pin, .. }) | Request::Register(Register { pin, .. })) => {
                *pin = Some(prompt.secret("ask-pin")?);
            }
            ([Field::Pin], Request::CmdEnrol(r)) => r.pin = Some(prompt.new_secret("ask-new_pin")?),
            ([Field::Mobile], Request::CmdEnrol(r)) => r.mobile = prompt.value(Field::Mobile, &asked)?,
            ([Field::NewPassword], Request::PasswordChange(r)) => {
                r.new_password = Some(prompt.new_secret("ask-new_password")?)
            }
            ([Field::NewCode], Request::PhoneCodeChange(r)) => r.new_code = Some(prompt.new_secret("ask-new_code")?),
            ([Field::Alerts], Request::AlertsSet(r)) => r.alerts = Some(self.alerts(&asked)?),
            ([Field::Reason], request) => {
                let reason = reason_of(request).ok_or_else(unasked)?;
                *reason = prompt.value(Field::Reason, &asked)?;
            }
            ([Field::Email, Field::Mobile, ..], request) => self.contacts(request, &asked)?,
            _ => return Err(unasked()),
        }
        Ok(())
    }

    /// The contacts, of which one is enough, and what else is on their pages: a telephone (000 step 6), and how a citizen wants
    /// the alerts (001 steps 12-14).
    fn contacts(&self, request: &mut Request, asked: &Facts) -> Result<(), Error> {
        let prompt = &self.prompt;
        let (Request::Register(Register { email, mobile, telephone, .. })
        | Request::RecoverRequest(RecoverRequest { email, mobile, telephone, .. })
        | Request::ContactsUpdate(ContactsUpdate { email, mobile, telephone, .. })) = request
        else {
            return Err(Error::Bug(format!("no contacts to ask for in {}", request.op())));
        };
        (*email, *mobile) = (prompt.choice(Field::Email, asked)?, prompt.choice(Field::Mobile, asked)?);
        if telephone.is_none() {
            *telephone = prompt.choice(Field::Telephone, asked)?;
        }
        if request.missing().first().is_some_and(|group| group.contains(&Field::Email)) {
            prompt.show("ask-one-contact");
        } else if let Request::Register(r) = request
            && r.alerts.is_none()
            && r.account_type == Some(AccountType::Citizen)
        {
            prompt.show("step-alerts");
            prompt.show("about-alerts");
            r.alerts = Some(self.alerts(asked)?);
        }
        Ok(())
    }

    fn alerts(&self, asked: &Facts) -> Result<Alerts, Error> {
        self.prompt.pick("ask-alerts", asked, &self.prompt.choices("alerts", Alerts::ALL))
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
        Request::Register(r) if r.code.is_some() && !r.consent => Some(&mut r.consent),
        Request::Login(r) if r.method() == Method::Cmd && r.code.is_some() && !r.consent => Some(&mut r.consent),
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
