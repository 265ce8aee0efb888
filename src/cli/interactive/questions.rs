//! The questions for the missing fields of a request, in the words of the service's own pages.
//!
//! Their order is that of `missing_fields()`, or that of the pages of the procedure. An invalid answer is asked for
//! again, with the reason.

use crate::cli::args::usage_errors;
use crate::cli::interactive::prompt::Prompt;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{AccountType, AlertPreference, LoginMethod};
use crate::error::Error;
use crate::l10n::{MessageArg, MessageArgs};
use crate::request::{
    CmdEnrol, ContactsUpdate, Field, HolderRequest, Login, OperatorAction, OperatorReason, OutboxCode, PhoneCodeVerify,
    RecoverRequest, Register, Request, SetPassword,
};

/// The questions of one call.
pub struct Questions {
    /// The prompt that asks them.
    pub prompt: Prompt,
    /// Whether `--yes` confirms the summary.
    pub yes: bool,
}

impl Questions {
    /// Asks for all missing fields of a request, and for the confirmation of an erasure.
    ///
    /// # Errors
    /// [`Error::Interrupted`]; a field that does not apply after an answer; a confirmation that was denied.
    pub fn complete(&self, request: &mut Request) -> Result<(), Error> {
        while let Some(group) = request.missing_fields().first() {
            self.fill(request, group)?;
            usage_errors::check_fields(request)?;
        }
        if let Some(consent) = consent_slot(request) {
            *consent = self.prompt.confirm("ask-consent")?;
        }
        match request {
            Request::AccountErase(_) if !self.yes && !self.prompt.confirm("ask-erase")? => {
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
                let niss = niss_slot(request).ok_or_else(unasked)?;
                *niss = prompt.value(Field::Niss, &asked)?;
            }
            ([Field::AccountType], Request::Register(r)) => {
                let choices = prompt.choices("account_type", AccountType::ALL);
                r.account_type = Some(prompt.select("ask-account_type", &asked, &choices)?);
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
            // An account made by Chave Móvel Digital may have no password yet.
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
                let reason = reason_slot(request).ok_or_else(unasked)?;
                *reason = prompt.value(Field::Reason, &asked)?;
            }
            ([Field::Email, Field::Mobile, ..], request) => self.contacts(request, &asked)?,
            _ => return Err(unasked()),
        }
        Ok(())
    }

    /// Asks for the contacts, of which one is enough, and for the other fields of their pages.
    ///
    /// These are a telephone (000 step 6) and a citizen's alert preference (001 steps 12-14).
    fn contacts(&self, request: &mut Request, asked: &MessageArgs) -> Result<(), Error> {
        let prompt = &self.prompt;
        let (Request::Register(Register { email, mobile, telephone, .. })
        | Request::RecoverRequest(RecoverRequest { email, mobile, telephone, .. })
        | Request::ContactsUpdate(ContactsUpdate { email, mobile, telephone, .. })) = request
        else {
            return Err(Error::Bug(format!("{} has no contact fields", request.op())));
        };
        (*email, *mobile) = (prompt.choice(Field::Email, asked)?, prompt.choice(Field::Mobile, asked)?);
        if telephone.is_none() {
            *telephone = prompt.choice(Field::Telephone, asked)?;
        }
        if request.missing_fields().first().is_some_and(|group| group.contains(&Field::Email)) {
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

    fn alerts(&self, asked: &MessageArgs) -> Result<AlertPreference, Error> {
        self.prompt.select("ask-alerts", asked, &self.prompt.choices("alerts", AlertPreference::ALL))
    }
}

/// Returns the message arguments of the questions: a company is asked other questions than a citizen.
fn subject(request: &Request) -> MessageArgs {
    let holder = match request {
        Request::Register(r) => r.account_type.unwrap_or(AccountType::Citizen),
        Request::RecoverRequest(r) => r.account_type(),
        _ => AccountType::Citizen,
    };
    vec![("holder", MessageArg::from(holder.as_str())), ("op", MessageArg::from(request.op().as_str()))]
}

fn niss_slot(request: &mut Request) -> Option<&mut Option<Niss>> {
    match request {
        Request::Register(Register { niss, .. })
        | Request::Activate(SetPassword { niss, .. })
        | Request::RecoverConfirm(SetPassword { niss, .. })
        | Request::Login(Login { niss, .. })
        | Request::RecoverRequest(RecoverRequest { niss, .. })
        | Request::PhoneCodeVerify(PhoneCodeVerify { niss, .. })
        | Request::PhoneLine(PhoneCodeVerify { niss, .. })
        | Request::OutboxCode(OutboxCode { niss, .. })
        | Request::CmdEnrol(CmdEnrol { niss, .. })
        | Request::CmdRevoke(HolderRequest { niss })
        | Request::RegistryShow(HolderRequest { niss })
        | Request::AccountShow(HolderRequest { niss })
        | Request::AccountExport(HolderRequest { niss })
        | Request::AccountUnlock(OperatorAction { niss, .. })
        | Request::AccountSuspend(OperatorAction { niss, .. })
        | Request::AccountResume(OperatorAction { niss, .. })
        | Request::AccountReset(OperatorAction { niss, .. })
        | Request::AccountClose(OperatorAction { niss, .. })
        | Request::AccountErase(OperatorAction { niss, .. }) => Some(niss),
        _ => None,
    }
}

/// Returns the field of a consent that is missing. The consent is asked for with the code, before data are passed on.
fn consent_slot(request: &mut Request) -> Option<&mut bool> {
    match request {
        Request::Register(r) if r.code.is_some() && !r.consent => Some(&mut r.consent),
        Request::Login(r) if r.method() == LoginMethod::Cmd && r.code.is_some() && !r.consent => Some(&mut r.consent),
        _ => None,
    }
}

fn reason_slot(request: &mut Request) -> Option<&mut Option<OperatorReason>> {
    match request {
        Request::AccountUnlock(OperatorAction { reason, .. })
        | Request::AccountSuspend(OperatorAction { reason, .. })
        | Request::AccountResume(OperatorAction { reason, .. })
        | Request::AccountReset(OperatorAction { reason, .. })
        | Request::AccountClose(OperatorAction { reason, .. })
        | Request::AccountErase(OperatorAction { reason, .. }) => Some(reason),
        _ => None,
    }
}
