//! Required and inapplicable fields of requests, for options, batch lines, CSV and prompts alike.
//!
//! `requests!` declares which fields are required. Here are the rules that depend on several fields.

use super::request_fields::{FieldSpec, Requirement};
use super::{
    AlertsSend, Field, FieldGroup, FieldValue, Login, RecoverRequest, Register, Request, SecondFactorEnrol, SetPassword,
};
use crate::domain::vocabulary::{
    AccountType, AlertKind, Channel, CheckStep, LoginMethod, RecoveryProcedure, RegistrationProcedure,
};

impl Register {
    /// Returns whether the holder types the data that identify the holder.
    pub(super) fn has_typed_identity(&self) -> bool {
        !self.is_by_cmd()
    }

    pub(super) fn is_by_cmd(&self) -> bool {
        self.procedure() == RegistrationProcedure::Cmd
    }

    pub(super) fn is_classic(&self) -> bool {
        self.procedure() == RegistrationProcedure::Classic
    }

    fn is_portal(&self) -> bool {
        self.procedure() == RegistrationProcedure::Portal
    }

    fn is_of_company(&self) -> bool {
        self.account_type == Some(AccountType::Company)
    }

    pub(super) fn needs_birth_date(&self) -> bool {
        // Without an account type the portal does not know its next question.
        let by_portal = self.is_portal() && self.account_type == Some(AccountType::Citizen);
        by_portal || (self.is_classic() && !self.is_of_company())
    }

    pub(super) fn needs_civil_id(&self) -> bool {
        self.is_classic() && !self.is_of_company()
    }

    pub(super) fn needs_nif(&self) -> bool {
        self.is_classic() || (self.is_portal() && self.is_of_company())
    }

    pub(super) fn needs_responsible(&self) -> bool {
        self.is_classic() && self.is_of_company()
    }

    pub(super) fn needs_contact(&self) -> bool {
        self.is_classic() && self.until != Some(CheckStep::Identity)
    }

    pub(super) fn needs_channel(&self) -> bool {
        !self.is_by_cmd() && self.until.is_none()
    }

    /// Returns a field that does not apply to the procedure and the account type.
    ///
    /// Such a field is an error, because ignoring it would suggest that it was compared.
    fn inapplicable_field(&self) -> Option<Field> {
        let (company, classic, cmd) = (self.is_of_company(), self.is_classic(), self.is_by_cmd());
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
    pub(super) fn is_by_password(&self) -> bool {
        self.method() == LoginMethod::Password
    }

    pub(super) fn is_by_cmd(&self) -> bool {
        self.method() == LoginMethod::Cmd
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
    /// Returns the given account type, or the one that a field of one type alone implies (000 step 4). The NISS implies
    /// none: an employer can be a natural person.
    pub fn account_type(&self) -> Option<AccountType> {
        let by_company = self.responsible.is_some() || (self.is_portal() && self.nif.is_some());
        let company = by_company.then_some(AccountType::Company);
        let citizen = (self.birth_date.is_some() || self.civil_id.is_some()).then_some(AccountType::Citizen);
        self.account_type.or(company).or(citizen)
    }

    /// Returns whether the holder is identified as in the portal's registration.
    pub fn is_portal(&self) -> bool {
        self.procedure == Some(RecoveryProcedure::Portal)
    }

    pub(super) fn is_classic(&self) -> bool {
        !self.is_portal()
    }

    pub(super) fn is_of_unknown_type(&self) -> bool {
        self.account_type().is_none()
    }

    pub(super) fn is_of_citizen(&self) -> bool {
        self.account_type() == Some(AccountType::Citizen)
    }

    fn is_of_company(&self) -> bool {
        self.account_type() == Some(AccountType::Company)
    }

    pub(super) fn needs_civil_id(&self) -> bool {
        self.is_classic() && self.is_of_citizen()
    }

    pub(super) fn needs_nif(&self) -> bool {
        self.is_classic() || self.is_of_company()
    }

    pub(super) fn needs_responsible(&self) -> bool {
        self.is_classic() && self.is_of_company()
    }

    pub(super) fn needs_contact(&self) -> bool {
        self.is_classic() && self.until != Some(CheckStep::Identity)
    }

    fn inapplicable_field(&self) -> Option<Field> {
        let (company, portal) = (self.is_of_company(), self.is_portal());
        let unreached = portal || self.until == Some(CheckStep::Identity);
        [
            (Field::Until, self.until == Some(CheckStep::Code)),
            (Field::Channel, self.channel.is_some() && self.until.is_some()),
            (Field::Name, self.name.is_some() && portal),
            (Field::Email, self.email.is_some() && unreached),
            (Field::Mobile, self.mobile.is_some() && unreached),
            (Field::Telephone, self.telephone.is_some() && unreached),
            (Field::BirthDate, self.birth_date.is_some() && company),
            (Field::CivilId, self.civil_id.is_some() && (company || portal)),
            (Field::Nif, self.nif.is_some() && portal && !company),
            (Field::Responsible, self.responsible.is_some() && (portal || !company)),
        ]
        .into_iter()
        .find_map(|(field, surplus)| surplus.then_some(field))
    }
}

impl SecondFactorEnrol {
    pub(super) fn is_of_citizen(&self) -> bool {
        self.account_type == Some(AccountType::Citizen)
    }

    pub(super) fn is_of_company(&self) -> bool {
        self.account_type == Some(AccountType::Company)
    }

    fn inapplicable_field(&self) -> Option<Field> {
        let (citizen, company) = (self.is_of_citizen(), self.is_of_company());
        [
            (Field::BirthDate, self.birth_date.is_some() && company),
            (Field::CivilId, self.civil_id.is_some() && company),
            (Field::Responsible, self.responsible.is_some() && citizen),
        ]
        .into_iter()
        .find_map(|(field, surplus)| surplus.then_some(field))
    }
}

impl AlertsSend {
    pub(super) fn is_decision(&self) -> bool {
        self.kind == Some(AlertKind::Decision)
    }

    pub(super) fn is_payment(&self) -> bool {
        self.kind == Some(AlertKind::Payment)
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
    /// Returns the missing required fields, in the order of [`Field`]. One field of each group is enough.
    ///
    /// It applies to options, batch lines, CSV and prompts alike. A session is not among them: its absence is a
    /// refusal. Neither is the current password, because only the store knows whether the account has one.
    pub fn missing_fields(&self) -> Vec<FieldGroup> {
        let fields = self.inner();
        let is_set = |field: &Field| fields.field(*field).is_some_and(FieldValue::is_set);
        let missing = |spec: &FieldSpec| match spec.required {
            Requirement::None => None,
            Requirement::Always(group) | Requirement::Conditional(group) => {
                (fields.needs(spec.field) && !group.iter().any(is_set)).then_some(group)
            }
        };
        let mut groups: Vec<FieldGroup> = fields.specs().iter().filter_map(missing).collect();
        groups.sort_unstable();
        groups
    }

    /// Returns the groups of fields that the operation requires in every case.
    pub(super) fn always_required(&self) -> Vec<FieldGroup> {
        let always = |spec: &FieldSpec| match spec.required {
            Requirement::Always(group) => Some(group),
            Requirement::None | Requirement::Conditional(_) => None,
        };
        let mut groups: Vec<FieldGroup> = self.inner().specs().iter().filter_map(always).collect();
        groups.sort_unstable();
        groups
    }

    /// Returns a field that does not apply to this request.
    pub fn inapplicable_field(&self) -> Option<Field> {
        match self {
            Request::Register(r) => r.inapplicable_field(),
            Request::Login(r) => r.inapplicable_field(),
            Request::RecoverRequest(r) => r.inapplicable_field(),
            Request::SecondFactorEnrol(r) => r.inapplicable_field(),
            Request::AlertsSend(r) => r.inapplicable_field(),
            Request::Activate(r) | Request::RecoverConfirm(r) => r.inapplicable_field(),
            Request::PhoneCodeChange(r) => (r.generate && r.new_code.is_some()).then_some(Field::NewCode),
            Request::SessionEnd(r) => (r.others && r.target.is_some()).then_some(Field::Target),
            Request::ContactsUpdate(r) => {
                let has_contact = r.email.is_some() || r.mobile.is_some() || r.telephone.is_some();
                (r.none && has_contact).then_some(Field::None)
            }
            Request::ContactsConfirm(r) => (r.channel == Some(Channel::Letter)).then_some(Field::Channel),
            // A number says everything about its message.
            Request::OutboxReturned(r) => (r.message.is_some() && r.purpose.is_some()).then_some(Field::Purpose),
            Request::OutboxFailed(r) => match (r.message, r.purpose, r.channel) {
                (Some(_), Some(_), _) => Some(Field::Purpose),
                (Some(_), None, Some(_)) | (None, _, Some(Channel::Letter)) => Some(Field::Channel),
                (Some(_), None, None) | (None, _, Some(Channel::Email | Channel::Sms) | None) => None,
            },
            Request::Logout(_)
            | Request::SessionList(_)
            | Request::PasswordChange(_)
            | Request::PhoneCodeSet(_)
            | Request::PhoneCodeRemove(_)
            | Request::PhoneCodeVerify(_)
            | Request::PhoneLine(_)
            | Request::PhoneLineWhoami(_)
            | Request::PhoneLinePayments(_)
            | Request::ContactsShow(_)
            | Request::ContactsRemove(_)
            | Request::AlertsSet(_)
            | Request::MessagesList(_)
            | Request::MessagesCalendar(_)
            | Request::MessagesShow(_)
            | Request::ProfileShow(_)
            | Request::RegistryShow(_)
            | Request::RegistryCount(_)
            | Request::OutboxShow(_)
            | Request::OutboxCode(_)
            | Request::AccountShow(_)
            | Request::AccountUnlock(_)
            | Request::AccountSuspend(_)
            | Request::AccountResume(_)
            | Request::AccountReset(_)
            | Request::AccountClose(_)
            | Request::AccountExport(_)
            | Request::AccountErase(_)
            | Request::CmdEnrol(_)
            | Request::CmdRevoke(_)
            | Request::PolicySet(_)
            | Request::ClockShow(_)
            | Request::ClockAdvance(_)
            | Request::ClockSet(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovery_type_follows_from_its_fields_and_not_from_the_niss() {
        let of_company = |niss: &str| RecoverRequest { niss: niss.parse().ok(), ..RecoverRequest::default() };
        for niss in ["25000000129", "12500000148"] {
            let bare = of_company(niss);
            assert_eq!(bare.account_type(), None);
            assert!(Request::RecoverRequest(bare.clone()).missing_fields().contains(&[Field::AccountType].as_slice()));
            let citizen = RecoverRequest { birth_date: "1984-03-22".parse().ok(), ..bare.clone() };
            let company = RecoverRequest { responsible: "Rui Nunes".parse().ok(), ..bare };
            assert_eq!(
                [citizen.account_type(), company.account_type()],
                [Some(AccountType::Citizen), Some(AccountType::Company)]
            );
            let given = RecoverRequest { account_type: Some(AccountType::Citizen), ..company };
            assert_eq!(given.inapplicable_field(), Some(Field::Responsible));
        }
    }
}
