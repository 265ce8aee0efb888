//! Registration: the portal's (002) and the classic one (001). Registration by Chave Móvel Digital is in `chave_movel`.

use super::alert_preference::awaited_contact;
use super::channels::{channel_options, check_channel, typed_channels};
use super::{code_limits, codes, identity, next_steps};
use crate::domain::holder::{Holder, IdentityClaim};
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::terms;
use crate::domain::vocabulary::{
    AccountState, AccountType, AlertPreference, CheckStep, ContactKind, Purpose, RegistrationProcedure,
};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::effects;
use crate::flow::outcome::{FlowResult, RefusalBuilder, refuse};
use crate::reply::{Reason, Refusal, Reply, ReplyBody};
use crate::request::checked::{CodeRequestEnd, RegisterByData};
use crate::request::{Operation, Register};
use crate::store::accounts::Account;
use crate::store::{accounts, contacts};

/// Requests an account (001 steps 4-19, 002 steps 5-10).
pub fn register(unit: &RequestContext<'_>, asked: RegisterByData<'_>) -> FlowResult<ReplyBody> {
    let RegisterByData { niss, account_type, end, .. } = asked;
    check_terms(&asked)?;
    let holder = identity::verify_identity(unit, niss, &identity_claim(&asked))?;
    check_account_type(&holder, account_type)?;
    let before = check_can_register(unit, niss)?;
    if end == CodeRequestEnd::Check(CheckStep::Identity) {
        return Ok(ReplyBody::StepPassed { until: CheckStep::Identity, usable: None });
    }
    let usable = match asked.procedure() {
        RegistrationProcedure::Portal | RegistrationProcedure::Cmd => holder.channels(),
        RegistrationProcedure::Classic => typed_channels(unit, &holder, asked.email.as_ref(), asked.mobile.as_ref()),
    };
    let CodeRequestEnd::Send(channel) = end else {
        return channel_options(unit, &holder, Purpose::Activation, &usable);
    };
    check_channel(channel, &usable)?;
    code_limits::check_resend(unit, niss, Purpose::Activation, channel)?;

    save_requested_account(unit, before, niss, account_type, asked.alerts)?;
    if asked.procedure() == RegistrationProcedure::Classic {
        store_proposals(unit, &holder, &asked)?;
    }
    let sent = codes::issue(unit, &holder, Purpose::Activation, channel, None)?;
    let mut body = sent.into_body(AccountState::Requested, channel);
    if let (Some(alerts), ReplyBody::CodeIssued { alerts_waiting_for, .. }) = (asked.alerts, &mut body) {
        *alerts_waiting_for = awaited_contact(unit, &holder, alerts)?;
    }
    Ok(body)
}

/// Stores the requested account, for the first time or again. Without a new alert preference the earlier one remains.
/// The audit entry keeps the version of the terms, which the request has accepted.
pub fn save_requested_account(
    unit: &RequestContext<'_>,
    before: Option<Account>,
    niss: Niss,
    account_type: AccountType,
    alerts: Option<AlertPreference>,
) -> Result<(), Error> {
    unit.note(|detail| detail.terms = Some(terms::VERSION.to_owned()));
    if let Some(before) = before {
        return effects::change_account(unit, before, |account| {
            account.account_type = account_type;
            account.alerts = alerts.unwrap_or(account.alerts);
        })
        .map(|_| ());
    }
    let account = Account {
        niss,
        account_type,
        state: AccountState::Requested,
        alerts: alerts.unwrap_or(AlertPreference::None),
        no_contacts: false,
        created_at: unit.now,
        activated_at: None,
        password: None,
        phone_code: None,
    };
    effects::add_account(unit, &account)
}

/// Refuses if the terms are not accepted (001 step 8, 002 step 5).
pub fn check_terms(asked: &Register) -> FlowResult<()> {
    if asked.accept_terms { Ok(()) } else { Err(refuse(Reason::TermsNotAccepted).hint(NextStep::AcceptTerms).into()) }
}

/// Returns the refusal of the terms for an interactive session. No request was handled, so nothing is recorded.
pub fn refuse_terms(niss: Option<Niss>) -> Reply {
    unhandled(niss, refuse(Reason::TermsNotAccepted).hint(NextStep::AcceptTerms))
}

/// Returns the refusal of a summary that was not confirmed (001 step 19), for an interactive session. Nothing was sent.
pub fn refuse_summary(niss: Option<Niss>) -> Reply {
    unhandled(niss, refuse(Reason::NotConfirmed).hint(NextStep::Register))
}

fn unhandled(niss: Option<Niss>, RefusalBuilder(refusal): RefusalBuilder) -> Reply {
    Reply::Refused(Refusal { op: Operation::Register, niss, ..refusal })
}

/// Returns the values that the identity check compares (001 step 9, 002 step 7). `Request::inapplicable_field` rejects the
/// fields of other procedures.
fn identity_claim(asked: &Register) -> IdentityClaim<'_> {
    IdentityClaim {
        name: asked.name.as_ref(),
        birth_date: asked.birth_date.as_ref(),
        civil_id: asked.civil_id.as_ref(),
        nif: asked.nif.as_ref(),
        responsible: asked.responsible.as_ref(),
    }
}

/// Refuses an account type that does not fit the holder. An employer, even a natural person, needs `company` (002 step
/// 6).
pub fn check_account_type(holder: &Holder, asked: AccountType) -> FlowResult<()> {
    let fits = AccountType::for_holder_kind(holder.kind);
    if asked == fits {
        return Ok(());
    }
    Err(refuse(Reason::AccountTypeMismatch).hint(NextStep::UseAccountType(fits)).into())
}

/// Refuses unless the account is new or requested. Returns the account, if there is one.
pub fn check_can_register(unit: &RequestContext<'_>, niss: Niss) -> FlowResult<Option<Account>> {
    let account = accounts::find(&unit.tx, niss)?;
    match account.as_ref().map(|account| account.state) {
        None | Some(AccountState::Requested) => Ok(account),
        Some(AccountState::Active) => {
            Err(refuse(Reason::AlreadyRegistered).hint(next_steps::hint_to_log_in(unit, niss)?).into())
        }
        Some(AccountState::Suspended) => Err(refuse(Reason::Suspended).hint(NextStep::Call).into()),
        Some(AccountState::Closed) => Err(refuse(Reason::Closed).hint(NextStep::Call).into()),
    }
}

/// Stores the entered contacts that differ from the registered ones. They await confirmation after the first login; the
/// telephone awaits activation. No message is sent to them (001 step 12).
fn store_proposals(unit: &RequestContext<'_>, holder: &Holder, asked: &Register) -> Result<(), Error> {
    let email = asked
        .email
        .as_ref()
        .map(|email| (email.as_str(), holder.email.as_ref().is_some_and(|e| e.eq_ignoring_case(email))));
    let mobile = asked.mobile.as_ref().map(|mobile| (mobile.as_str(), holder.mobile.as_ref() == Some(mobile)));
    let telephone =
        asked.telephone.as_ref().map(|telephone| (telephone.as_str(), holder.telephone.as_ref() == Some(telephone)));
    let mut others = vec![];
    for (contact, typed) in
        [(ContactKind::Email, email), (ContactKind::Mobile, mobile), (ContactKind::Telephone, telephone)]
    {
        let Some((value, registered)) = typed else { continue };
        if !registered {
            others.push(contact);
        }
        let mut contact_record = contacts::find(unit, holder.niss, contact)?;
        let proposed = (!registered).then(|| value.to_owned());
        if contact_record.proposed != proposed {
            contact_record.proposed = proposed;
            contacts::save(unit, holder.niss, contact, &contact_record)?;
        }
    }
    unit.note(|detail| detail.proposed = Some(others));
    Ok(())
}
