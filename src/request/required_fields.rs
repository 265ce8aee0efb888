//! Required and inapplicable fields of requests, defined once for options, batch lines, CSV and prompts.

use super::{AlertsSend, Field, Login, RecoverRequest, Register, Request, SetPassword};
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{AccountType, AlertKind, Channel, CheckStep, LoginMethod, RegistrationProcedure};

/// A group of fields. One of them is enough.
pub type FieldGroup = &'static [Field];

/// Returns the groups without any field.
fn push_if_absent(fields: &[(FieldGroup, bool)]) -> Vec<FieldGroup> {
    fields.iter().filter(|(_, there)| !there).map(|(group, _)| *group).collect()
}

impl Register {
    fn missing_fields(&self) -> Vec<FieldGroup> {
        if self.procedure() == RegistrationProcedure::Cmd {
            return push_if_absent(&[(&[Field::Niss], self.niss.is_some()), (&[Field::Pin], self.pin.is_some())]);
        }
        let company = self.account_type == Some(AccountType::Company);
        let mut fields: Vec<(FieldGroup, bool)> =
            vec![(&[Field::Niss], self.niss.is_some()), (&[Field::AccountType], self.account_type.is_some())];
        let by = |group: FieldGroup, there: bool| (group, there);
        match self.procedure() {
            RegistrationProcedure::Cmd => {}
            RegistrationProcedure::Portal if self.account_type.is_none() => {}
            RegistrationProcedure::Portal if company => fields.push(by(&[Field::Nif], self.nif.is_some())),
            RegistrationProcedure::Portal => fields.push(by(&[Field::BirthDate], self.birth_date.is_some())),
            RegistrationProcedure::Classic => {
                fields.push(by(&[Field::Name], self.name.is_some()));
                if company {
                    fields.push(by(&[Field::Nif], self.nif.is_some()));
                    fields.push(by(&[Field::Responsible], self.responsible.is_some()));
                } else {
                    fields.push(by(&[Field::BirthDate], self.birth_date.is_some()));
                    fields.push(by(&[Field::CivilId], self.civil_id.is_some()));
                    fields.push(by(&[Field::Nif], self.nif.is_some()));
                }
                let there = self.email.is_some() || self.mobile.is_some();
                fields.push(by(&[Field::Email, Field::Mobile], there || self.until == Some(CheckStep::Identity)));
            }
        }
        fields.push(by(&[Field::Channel], self.channel.is_some() || self.until.is_some()));
        push_if_absent(&fields)
    }

    /// Returns a field that does not apply to the procedure and the account type.
    ///
    /// Such a field is an error, because ignoring it would suggest that it was compared.
    fn inapplicable_field(&self) -> Option<Field> {
        let company = self.account_type == Some(AccountType::Company);
        let classic = self.procedure() == RegistrationProcedure::Classic;
        let cmd = self.procedure() == RegistrationProcedure::Cmd;
        // A check that ends at the identity needs no contacts.
        let reached = self.until != Some(CheckStep::Identity);
        [
            (Field::Until, self.until == Some(CheckStep::Code) || (self.until.is_some() && cmd)),
            (Field::Channel, self.channel.is_some() && (self.until.is_some() || cmd)),
            (Field::BirthDate, self.birth_date.is_some() && (company || cmd)),
            (Field::Nif, self.nif.is_some() && ((!company && !classic) || cmd)),
            (Field::Name, self.name.is_some() && !classic),
            (Field::CivilId, self.civil_id.is_some() && (company || !classic)),
            (Field::Responsible, self.responsible.is_some() && (!company || !classic)),
            (Field::Email, self.email.is_some() && !(classic && reached)),
            (Field::Mobile, self.mobile.is_some() && !(classic && reached)),
            (Field::Telephone, self.telephone.is_some() && !(classic && reached)),
            (Field::Alerts, self.alerts.is_some() && (company || !classic || !reached)),
            (Field::Pin, self.pin.is_some() && !cmd),
            (Field::Code, self.code.is_some() && !cmd),
            (Field::Consent, self.consent && (!cmd || self.code.is_none())),
        ]
        .into_iter()
        .find_map(|(field, surplus)| surplus.then_some(field))
    }
}

impl Login {
    fn missing_fields(&self) -> Vec<FieldGroup> {
        let secret: (FieldGroup, bool) = match self.method() {
            LoginMethod::Password => (&[Field::Password], self.password.is_some()),
            LoginMethod::Cmd => (&[Field::Pin], self.pin.is_some()),
        };
        push_if_absent(&[(&[Field::Niss], self.niss.is_some()), secret])
    }

    fn inapplicable_field(&self) -> Option<Field> {
        let cmd = self.method() == LoginMethod::Cmd;
        [
            (Field::Password, self.password.is_some() && cmd),
            (Field::Pin, self.pin.is_some() && !cmd),
            // With Chave Móvel Digital the code goes to the enrolled mobile. A request with a code needs no channel.
            (Field::Channel, self.channel.is_some() && (cmd || self.code.is_some())),
            (Field::Channel, self.channel == Some(Channel::Letter)),
            (Field::Consent, self.consent && (!cmd || self.code.is_none())),
        ]
        .into_iter()
        .find_map(|(field, surplus)| surplus.then_some(field))
    }
}

impl RecoverRequest {
    /// Returns the given account type, or the one that the other fields imply.
    pub fn account_type(&self) -> AccountType {
        let company = self.responsible.is_some() || self.niss.is_some_and(|niss| niss.is_legal_person());
        self.account_type.unwrap_or(if company { AccountType::Company } else { AccountType::Citizen })
    }

    fn missing_fields(&self) -> Vec<FieldGroup> {
        let mut fields: Vec<(FieldGroup, bool)> =
            vec![(&[Field::Niss], self.niss.is_some()), (&[Field::Name], self.name.is_some())];
        match self.account_type() {
            AccountType::Citizen => {
                fields.push((&[Field::BirthDate], self.birth_date.is_some()));
                fields.push((&[Field::CivilId], self.civil_id.is_some()));
                fields.push((&[Field::Nif], self.nif.is_some()));
            }
            AccountType::Company => {
                fields.push((&[Field::Nif], self.nif.is_some()));
                fields.push((&[Field::Responsible], self.responsible.is_some()));
            }
        }
        let typed = self.email.is_some() || self.mobile.is_some();
        fields.push((&[Field::Email, Field::Mobile], typed || self.until == Some(CheckStep::Identity)));
        fields.push((&[Field::Channel], self.channel.is_some() || self.until.is_some()));
        push_if_absent(&fields)
    }

    fn inapplicable_field(&self) -> Option<Field> {
        let company = self.account_type() == AccountType::Company;
        let reached = self.until != Some(CheckStep::Identity);
        [
            (Field::Until, self.until == Some(CheckStep::Code)),
            (Field::Channel, self.channel.is_some() && self.until.is_some()),
            (Field::Email, self.email.is_some() && !reached),
            (Field::Mobile, self.mobile.is_some() && !reached),
            (Field::Telephone, self.telephone.is_some() && !reached),
            (Field::BirthDate, self.birth_date.is_some() && company),
            (Field::CivilId, self.civil_id.is_some() && company),
            (Field::Responsible, self.responsible.is_some() && !company),
        ]
        .into_iter()
        .find_map(|(field, surplus)| surplus.then_some(field))
    }
}

impl AlertsSend {
    fn missing_fields(&self) -> Vec<FieldGroup> {
        let mut fields: Vec<(FieldGroup, bool)> = vec![
            (&[Field::Niss], self.niss.is_some()),
            (&[Field::Kind], self.kind.is_some()),
            (&[Field::About], self.about.is_some()),
        ];
        match self.kind {
            Some(AlertKind::Decision) => fields.push((&[Field::Decision], self.decision.is_some())),
            Some(AlertKind::Payment) => {
                fields.push((&[Field::Amount], self.amount.is_some()));
                fields.push((&[Field::PaidOn], self.paid_on.is_some()));
            }
            Some(AlertKind::Benefit) | None => {}
        }
        push_if_absent(&fields)
    }

    fn inapplicable_field(&self) -> Option<Field> {
        [
            (Field::Decision, self.decision.is_some() && self.kind != Some(AlertKind::Decision)),
            (Field::Amount, self.amount.is_some() && self.kind == Some(AlertKind::Decision)),
            (Field::PaidOn, self.paid_on.is_some() && self.kind != Some(AlertKind::Payment)),
        ]
        .into_iter()
        .find_map(|(field, surplus)| surplus.then_some(field))
    }
}

impl SetPassword {
    fn inapplicable_field(&self) -> Option<Field> {
        [
            (Field::Until, self.until.is_some_and(|step| step != CheckStep::Code)),
            (Field::Password, self.password.is_some() && self.until.is_some()),
        ]
        .into_iter()
        .find_map(|(field, surplus)| surplus.then_some(field))
    }
}

impl Request {
    /// Returns the missing required fields. One field of each group is enough.
    ///
    /// It applies to options, batch lines, CSV and prompts alike. A session is not among them: its absence is a
    /// refusal.
    pub fn missing_fields(&self) -> Vec<FieldGroup> {
        let named = |niss: Option<Niss>| (&[Field::Niss] as FieldGroup, niss.is_some());
        match self {
            Request::Register(r) => r.missing_fields(),
            Request::RecoverRequest(r) => r.missing_fields(),
            Request::Activate(r) | Request::RecoverConfirm(r) => push_if_absent(&[
                named(r.niss),
                (&[Field::Code], r.code.is_some()),
                (&[Field::Password], r.password.is_some() || r.until.is_some()),
            ]),
            Request::Login(r) => r.missing_fields(),
            // Only the store knows whether the account has a current password, so the flow checks that field.
            Request::PasswordChange(r) => push_if_absent(&[(&[Field::NewPassword], r.new_password.is_some())]),
            Request::CmdEnrol(r) => push_if_absent(&[
                named(r.niss),
                (&[Field::Mobile], r.mobile.is_some()),
                (&[Field::Pin], r.pin.is_some()),
            ]),
            Request::PhoneCodeChange(r) => push_if_absent(&[(&[Field::NewCode], r.generate || r.new_code.is_some())]),
            Request::PhoneCodeVerify(r) | Request::PhoneLine(r) => {
                push_if_absent(&[named(r.niss), (&[Field::Code], r.code.is_some())])
            }
            Request::ContactsUpdate(r) => push_if_absent(&[(
                &[Field::Email, Field::Mobile, Field::Telephone],
                r.email.is_some() || r.mobile.is_some() || r.telephone.is_some(),
            )]),
            Request::ContactsConfirm(r) => push_if_absent(&[(&[Field::Channel], r.channel.is_some())]),
            Request::ContactsRemove(r) => push_if_absent(&[(
                &[Field::Email, Field::Mobile, Field::Telephone],
                r.email || r.mobile || r.telephone,
            )]),
            Request::AlertsSet(r) => push_if_absent(&[(&[Field::Alerts], r.alerts.is_some())]),
            Request::RegistryShow(r) | Request::AccountShow(r) | Request::AccountExport(r) | Request::CmdRevoke(r) => {
                push_if_absent(&[named(r.niss)])
            }
            Request::AlertsSend(r) => r.missing_fields(),
            Request::MessagesShow(r) => push_if_absent(&[(&[Field::Message], r.message.is_some())]),
            Request::OutboxCode(r) => push_if_absent(&[named(r.niss)]),
            Request::AccountUnlock(r)
            | Request::AccountSuspend(r)
            | Request::AccountResume(r)
            | Request::AccountReset(r)
            | Request::AccountClose(r)
            | Request::AccountErase(r) => push_if_absent(&[named(r.niss), (&[Field::Reason], r.reason.is_some())]),
            Request::OutboxShow(r) => push_if_absent(&[(&[Field::Message], r.message.is_some())]),
            Request::PolicySet(r) => {
                push_if_absent(&[(&[Field::Key], r.key.is_some()), (&[Field::Value], r.value.is_some())])
            }
            Request::ClockAdvance(r) => push_if_absent(&[(&[Field::Advance], r.advance.is_some())]),
            Request::ClockSet(r) => push_if_absent(&[(&[Field::Time], r.time.is_some())]),
            Request::Logout(_)
            | Request::PhoneCodeSet(_)
            | Request::PhoneLineWhoami(_)
            | Request::ContactsShow(_)
            | Request::MessagesList(_)
            | Request::ProfileShow(_)
            | Request::RegistryCount(_)
            | Request::ClockShow(_) => vec![],
        }
    }

    /// Returns a field that does not apply to this request.
    pub fn inapplicable_field(&self) -> Option<Field> {
        match self {
            Request::Register(r) => r.inapplicable_field(),
            Request::Login(r) => r.inapplicable_field(),
            Request::RecoverRequest(r) => r.inapplicable_field(),
            Request::AlertsSend(r) => r.inapplicable_field(),
            Request::Activate(r) | Request::RecoverConfirm(r) => r.inapplicable_field(),
            Request::PhoneCodeChange(r) => (r.generate && r.new_code.is_some()).then_some(Field::NewCode),
            Request::ContactsConfirm(r) => (r.channel == Some(Channel::Letter)).then_some(Field::Channel),
            _ => None,
        }
    }
}
