//! The questions for the missing fields of a request, in the words of the service's own pages.
//!
//! Their order is that of `missing_fields()`, or that of the pages of the procedure. An invalid answer is asked for
//! again, with the reason.

use crate::cli::args::usage_errors;
use crate::cli::interactive::prompt::Prompt;
use crate::domain::code::PhoneCode;
use crate::domain::email::Email;
use crate::domain::password::Password;
use crate::domain::phone::{Mobile, Telephone};
use crate::domain::pin::CmdPin;
use crate::domain::vocabulary::{AccountType, AlertPreference, LoginMethod};
use crate::error::Error;
use crate::l10n::{MessageArg, MessageArgs};
use crate::request::{Field, Request};

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
        let is_erasure = matches!(request, Request::AccountErase(_));
        if is_erasure && !self.yes && !self.prompt.confirm("ask-erase")? {
            return Err(Error::usage("not-erased"));
        }
        Ok(())
    }

    /// Asks for a group of fields.
    ///
    /// # Errors
    /// [`Error::Interrupted`].
    pub fn fill(&self, request: &mut Request, group: &[Field]) -> Result<(), Error> {
        let (prompt, asked) = (&self.prompt, subject(request));
        let unasked = Error::Bug(format!("no question for {group:?} of {}", request.op()));
        let field = match group {
            [field] => *field,
            [Field::Email, Field::Mobile, ..] => return self.contacts(request, &asked),
            _ => return Err(unasked),
        };
        match field {
            Field::Niss
            | Field::Name
            | Field::BirthDate
            | Field::CivilId
            | Field::Nif
            | Field::Responsible
            | Field::Mobile
            | Field::Reason => prompt.fill(field, &asked, request.inner_mut().field_mut(field).ok_or(unasked)?),
            Field::AccountType => {
                let choices = prompt.choices("account_type", AccountType::ALL);
                let account_type = prompt.select("ask-account_type", &asked, &choices)?;
                fill_slot(request, field, account_type)
            }
            Field::Alerts => fill_slot(request, field, self.alerts(&asked)?),
            Field::Code => fill_slot(request, field, prompt.secret::<PhoneCode>("ask-phone_code")?),
            // An account by Chave Móvel Digital may have no password yet.
            Field::Password if matches!(request, Request::PasswordChange(_)) => {
                match prompt.secret_if_any::<Password>("ask-current_password")? {
                    Some(password) => fill_slot(request, field, password),
                    None => Ok(()),
                }
            }
            Field::Password => fill_slot(request, field, prompt.secret::<Password>("ask-password")?),
            // Only an enrolment chooses the PIN.
            Field::Pin if matches!(request, Request::CmdEnrol(_)) => {
                fill_slot(request, field, prompt.new_secret::<CmdPin>("ask-new_pin")?)
            }
            Field::Pin => fill_slot(request, field, prompt.secret::<CmdPin>("ask-pin")?),
            Field::NewPassword => fill_slot(request, field, prompt.new_secret::<Password>("ask-new_password")?),
            Field::NewCode => fill_slot(request, field, prompt.new_secret::<PhoneCode>("ask-new_code")?),
            // Procedures ask for these themselves, or they are required only in files or by clap.
            Field::Email
            | Field::Telephone
            | Field::Channel
            | Field::Consent
            | Field::Message
            | Field::Key
            | Field::Value
            | Field::Advance
            | Field::Time
            | Field::Kind
            | Field::About
            | Field::Decision
            | Field::Amount
            | Field::PaidOn
            | Field::Until
            | Field::Procedure
            | Field::Method
            | Field::AcceptTerms
            | Field::Generate
            | Field::Session
            | Field::Target
            | Field::Others
            | Field::None
            | Field::OldSession
            | Field::Call
            | Field::Purpose
            | Field::Unread
            | Field::Since
            | Field::Limit
            | Field::WithoutNiss => Err(unasked),
        }
    }

    /// Asks for the contacts, of which one is enough, and for the other fields of their pages: a telephone (000 step
    /// 6), and the channel of a citizen's alerts (001 steps 12-14).
    fn contacts(&self, request: &mut Request, asked: &MessageArgs) -> Result<(), Error> {
        let prompt = &self.prompt;
        let email = prompt.choice(Field::Email, asked)?;
        let mobile = prompt.choice(Field::Mobile, asked)?;
        *slot::<Email>(request, Field::Email)? = email;
        *slot::<Mobile>(request, Field::Mobile)? = mobile;
        let telephone = slot::<Telephone>(request, Field::Telephone)?;
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

    /// Asks for a field again that has a value. A contact can be left out, but not the last one.
    ///
    /// # Errors
    /// [`Error::Interrupted`].
    pub fn ask_again(&self, request: &mut Request, field: Field) -> Result<(), Error> {
        let (prompt, asked) = (&self.prompt, subject(request));
        match field {
            Field::Email => *slot::<Email>(request, field)? = prompt.choice(field, &asked)?,
            Field::Mobile => *slot::<Mobile>(request, field)? = prompt.choice(field, &asked)?,
            Field::Telephone => *slot::<Telephone>(request, field)? = prompt.choice(field, &asked)?,
            // It is chosen from the channels that can be used then.
            Field::Channel => {}
            field => self.fill(request, &[field])?,
        }
        if request.missing_fields().first().is_some_and(|group| group.contains(&Field::Email)) {
            prompt.show("ask-one-contact");
            return self.contacts(request, &asked);
        }
        Ok(())
    }

    fn alerts(&self, asked: &MessageArgs) -> Result<AlertPreference, Error> {
        self.prompt.select("ask-alerts", asked, &self.prompt.choices("alerts", AlertPreference::ALL))
    }
}

/// Returns a field of a type, which the question needs.
pub fn slot<T: 'static>(request: &mut Request, field: Field) -> Result<&mut Option<T>, Error> {
    let op = request.op();
    request.slot(field).ok_or_else(|| Error::Bug(format!("{op} has no {field} for this question")))
}

fn fill_slot<T: 'static>(request: &mut Request, field: Field, value: T) -> Result<(), Error> {
    *slot(request, field)? = Some(value);
    Ok(())
}

/// Returns the arguments of the questions: a company has other questions than a citizen.
fn subject(request: &Request) -> MessageArgs {
    let holder = match request {
        Request::RecoverRequest(r) => r.account_type(),
        other => other.value(Field::AccountType).copied(),
    };
    let holder = holder.unwrap_or(AccountType::Citizen);
    vec![("holder", MessageArg::from(holder.as_str())), ("op", MessageArg::from(request.op().as_str()))]
}

/// Where the consent goes that is to be asked for: with the code, once the data would be handed over.
fn consent_slot(request: &mut Request) -> Option<&mut bool> {
    let (code, consent) = match request {
        Request::Register(r) => (&r.code, &mut r.consent),
        Request::Login(r) if r.method() == LoginMethod::Cmd => (&r.code, &mut r.consent),
        _ => return None,
    };
    (code.is_some() && !*consent).then_some(consent)
}
