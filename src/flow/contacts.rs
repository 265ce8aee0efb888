//! Contacts of a logged-in account holder (004): show, propose, prove by a code (fidelizar) and remove.
//!
//! Foreign mobile numbers are accepted.

use super::notify::{self, ContactChange};
use super::sessions::{self, AuthenticatedHolder, Freshness};
use super::{code_limits, codes, confirmed_contacts, effects, next_steps};
use crate::domain::next_step::{NextStep, SuggestedCommand};
use crate::domain::niss::Niss;
use crate::domain::phone::{Mobile, Telephone};
use crate::domain::vocabulary::{AlertPreference, ContactKind, Purpose, SecondFactorMode};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowError, FlowResult, refuse};
use crate::reply::{ContactEffect, ContactLine, Reason, RefusalVariant, ReplyBody, SentCode};
use crate::request::{CheckedContactsConfirm, ContactsRemove, ContactsUpdate, SessionRequest};
use crate::store::codes::CodeRow;
use crate::store::contacts::ContactRecord;
use crate::store::{codes as issued, contacts, registry};

/// Returns the registered and the proposed contacts, masked.
pub fn show(unit: &RequestContext<'_>, asked: &SessionRequest) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate_enrolling(unit, asked.session.as_ref(), Freshness::Recent)?;
    Ok(ReplyBody::Contacts {
        contacts: contact_lines(unit, &inside)?,
        due: sessions::outstanding_tasks(unit, inside.account.niss)?,
    })
}

/// Returns one line for each kind of contact, with what its holder should do about it.
pub fn contact_lines(unit: &RequestContext<'_>, inside: &AuthenticatedHolder) -> Result<Vec<ContactLine>, Error> {
    let factor = unit.policy.second_factor_for(inside.account.account_type);
    let has_any = inside.holder.email.is_some() || inside.holder.mobile.is_some() || inside.account.no_contacts;
    let lines = ContactKind::ALL.iter().map(|kind| -> Result<ContactLine, Error> {
        let contact_record = contacts::find(unit, inside.account.niss, *kind)?;
        let value = inside.holder.contact(*kind);
        let same = contact_record.proposed == value;
        let awaits = next_steps::contact_awaiting_proof(&inside.holder, *kind, &contact_record).is_some();
        let next = kind.proof_channel_and_purpose().and_then(|(channel, _)| match awaits {
            true => Some(SuggestedCommand::ConfirmContact(channel)),
            // A confirmed e-mail ends no enrolment where only a mobile receives the code.
            false => {
                let is_wanted = !has_any || (inside.session.enrolment && factor.channels().contains(&channel));
                (is_wanted && value.is_none()).then_some(SuggestedCommand::UpdateContact(*kind))
            }
        });
        Ok(ContactLine {
            kind: *kind,
            next,
            registered: value.is_some(),
            value: value.map(|value| mask_contact(*kind, &value)),
            confirmed_at: contact_record.confirmed_at,
            // An import may have registered the proposed value already.
            proposed: contact_record.proposed.filter(|_| !same).map(|value| mask_contact(*kind, &value)),
        })
    });
    lines.collect()
}

/// Proposes new contacts, or records that there is neither an e-mail nor a mobile.
///
/// The registered value withdraws a proposal. If one contact is unchanged or may not receive a code now, none is proposed.
pub fn update(unit: &RequestContext<'_>, asked: &ContactsUpdate) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate_enrolling(unit, asked.session.as_ref(), Freshness::Recent)?;
    if asked.none {
        return record_no_contacts(unit, inside);
    }
    let (niss, holder) = (inside.account.niss, &inside.holder);
    let same_email =
        asked.email.as_ref().zip(holder.email.as_ref()).is_some_and(|(new, old)| new.eq_ignoring_case(old));
    let typed = [
        (ContactKind::Email, asked.email.as_ref().map(|email| email.as_str()), same_email),
        (ContactKind::Mobile, asked.mobile.as_ref().map(Mobile::as_str), asked.mobile == holder.mobile),
        (ContactKind::Telephone, asked.telephone.as_ref().map(Telephone::as_str), asked.telephone == holder.telephone),
    ];
    let mut changes = vec![];
    for (kind, value, is_registered) in typed {
        let Some(value) = value else { continue };
        let contact_record = contacts::find(unit, niss, kind)?;
        if is_registered && contact_record.proposed.is_none() {
            return Err(refuse_unchanged(unit, niss, kind)?);
        }
        let is_proved = is_registered && contact_record.confirmed_at.is_some();
        let proof = kind.proof_channel_and_purpose().filter(|_| !is_proved);
        if let Some((channel, purpose)) = proof {
            code_limits::check_resend(unit, niss, purpose, channel)?;
        }
        // A telephone is registered at once.
        let proposed = Some(value.to_owned()).filter(|_| !is_registered || kind == ContactKind::Telephone);
        changes.push((kind, value, proof, ContactRecord { proposed, ..contact_record }));
    }
    let withdrawn: Vec<ContactKind> =
        changes.iter().filter(|(.., record)| record.proposed.is_none()).map(|(kind, ..)| *kind).collect();
    if !withdrawn.is_empty() {
        unit.note(|detail| detail.registered = Some(withdrawn));
    }
    let mut sent = vec![];
    for (kind, value, proof, contact_record) in changes {
        let Some((_, purpose)) = kind.proof_channel_and_purpose() else {
            registry::set_contact(unit, niss, kind, Some(value))?;
            contacts::save(
                unit,
                niss,
                kind,
                &ContactRecord { settled_at: Some(unit.now), proposed: None, ..contact_record },
            )?;
            continue;
        };
        contacts::save(unit, niss, kind, &contact_record)?;
        let Some((channel, _)) = proof else {
            effects::supersede_code(unit, niss, purpose)?;
            continue;
        };
        let code = codes::issue(unit, holder, purpose, channel, Some(value))?;
        sent.push(SentCode { channel, destination: code.destination, code_expires_at: code.expires_at });
    }
    if inside.account.no_contacts {
        effects::change_account(unit, inside.account, |account| account.no_contacts = false)?;
    }
    Ok(ReplyBody::Sent { sent })
}

/// Records that the holder has neither an e-mail nor a mobile. Proposed ones are withdrawn; registered ones must be removed before.
fn record_no_contacts(unit: &RequestContext<'_>, inside: AuthenticatedHolder) -> FlowResult<ReplyBody> {
    let niss = inside.account.niss;
    for kind in [ContactKind::Email, ContactKind::Mobile] {
        if inside.holder.contact(kind).is_some() {
            return Err(refuse(Reason::ContactUnchanged)
                .variant(RefusalVariant::Registered)
                .facts([("kind", kind.as_str().into())])
                .hint(NextStep::RemoveContact(kind))
                .into());
        }
    }
    for kind in [ContactKind::Email, ContactKind::Mobile] {
        let contact_record = contacts::find(unit, niss, kind)?;
        if let (Some(_), Some((_, purpose))) = (&contact_record.proposed, kind.proof_channel_and_purpose()) {
            contacts::save(unit, niss, kind, &ContactRecord { proposed: None, ..contact_record })?;
            effects::supersede_code(unit, niss, purpose)?;
        }
    }
    effects::change_account(unit, inside.account, |account| account.no_contacts = true)?;
    Ok(ReplyBody::Sent { sent: vec![] })
}

/// Proves a contact with its code, or sends a code to the contact that awaits proof.
pub fn confirm(unit: &RequestContext<'_>, asked: CheckedContactsConfirm<'_>) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate_enrolling(unit, asked.session.as_ref(), Freshness::Recent)?;
    let channel = *asked.channel;
    let (kind, purpose) = channel
        .contact()
        .and_then(|kind| kind.proof_channel_and_purpose().map(|(_, purpose)| (kind, purpose)))
        .ok_or_else(|| Error::Bug("a letter proves no contact".to_owned()))?;
    let niss = inside.account.niss;
    let contact_record = contacts::find(unit, niss, kind)?;
    let waiting = next_steps::contact_awaiting_proof(&inside.holder, kind, &contact_record);
    let Some(code) = &asked.code else {
        let Some(target) = waiting else { return Err(refuse_nothing_to_do()) };
        code_limits::check_resend(unit, niss, purpose, channel)?;
        let code = codes::issue(unit, &inside.holder, purpose, channel, Some(&target))?;
        let sent = SentCode { channel, destination: code.destination, code_expires_at: code.expires_at };
        return Ok(ReplyBody::Sent { sent: vec![sent] });
    };
    if waiting.is_none() && issued::newest(unit, niss, purpose)?.is_none() {
        return Err(refuse_nothing_to_do());
    }
    let proved = codes::verify(unit, niss, purpose, code)?;
    let target = proved.target.as_deref();
    if target != inside.holder.contact(kind).as_deref() && target != contact_record.proposed.as_deref() {
        // An import has replaced the contact that received the code.
        return Err(refuse(Reason::CodeSuperseded).hint(NextStep::ShowContacts).into());
    }
    codes::consume(unit, niss, purpose, &proved)?;
    register_contact(unit, &inside, kind, contact_record, &proved)?;
    let destination = proved.target.map(|target| mask_contact(kind, &target)).unwrap_or_default();
    let registered = registry::find_for_account(&unit.tx, niss)?.channels();
    // The enrolment ends with the first contact that can receive the code of a login.
    let session_ended = inside.session.enrolment
        && !confirmed_contacts::usable_channels(unit, &inside.account, &registered)?.is_empty();
    if session_ended {
        effects::end_session(unit, inside.session.id)?;
    }
    let due = sessions::outstanding_tasks(unit, niss)?;
    Ok(ReplyBody::ContactConfirmed { channel, destination, due, session_ended })
}

/// Registers the proved contact, and notifies every registered contact and the replaced one.
fn register_contact(
    unit: &RequestContext<'_>,
    inside: &AuthenticatedHolder,
    kind: ContactKind,
    contact_record: ContactRecord,
    proved: &CodeRow,
) -> FlowResult<()> {
    let niss = inside.account.niss;
    let target =
        proved.target.as_deref().ok_or_else(|| Error::StoreDamaged("contact code without a contact".to_owned()))?;
    let old = inside.holder.contact(kind);
    let settled = match old.as_deref() {
        Some(old) if old == target => ContactEffect::Same,
        Some(_) => ContactEffect::Changed,
        None => ContactEffect::New,
    };
    unit.note(|detail| detail.settled = Some(settled));
    if old.as_deref() != Some(target) {
        registry::set_contact(unit, niss, kind, Some(target))?;
        let change = old.as_deref().map_or(ContactChange::Added, ContactChange::Replaced);
        notify::send_contact_notice(unit, &registry::find_for_account(&unit.tx, niss)?, kind, change)?;
        if old.is_some() {
            // The login code of a login in progress was sent to the old contact.
            effects::supersede_code(unit, niss, Purpose::Login)?;
        }
    }
    let proposed = contact_record.proposed.filter(|proposed| proposed != target);
    contacts::save(
        unit,
        niss,
        kind,
        &ContactRecord { confirmed_at: Some(unit.now), settled_at: Some(unit.now), proposed },
    )?;
    Ok(())
}

/// Removes contacts and their proposed values. Each removed contact is notified, and so are the others.
pub fn remove(unit: &RequestContext<'_>, asked: &ContactsRemove) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate(unit, asked.session.as_ref(), Freshness::Recent)?;
    let niss = inside.account.niss;
    let named: Vec<ContactKind> = asked.contacts().collect();
    for kind in &named {
        if inside.holder.contact(*kind).is_none() && contacts::find(unit, niss, *kind)?.proposed.is_none() {
            return Err(refuse(Reason::ContactUnchanged)
                .variant(RefusalVariant::Absent)
                .facts([("kind", kind.as_str().into())])
                .hint(NextStep::ShowContacts)
                .into());
        }
    }
    let last = confirmed_contacts::loses_last(unit, &inside.account, &inside.holder, &named)?;
    if last.is_some_and(SecondFactorMode::is_for_all) {
        return Err(refuse(Reason::LastContact).hint(NextStep::UpdateContacts).into());
    }
    let there: Vec<ContactKind> = named.iter().copied().filter(|kind| inside.holder.contact(*kind).is_some()).collect();
    unit.note(|detail| detail.removed = Some(there));
    for kind in &named {
        if let Some(old) = inside.holder.contact(*kind) {
            registry::set_contact(unit, niss, *kind, None)?;
            notify::send_contact_notice(
                unit,
                &registry::find_for_account(&unit.tx, niss)?,
                *kind,
                ContactChange::Removed(&old),
            )?;
            effects::supersede_code(unit, niss, Purpose::Login)?;
        }
        if let Some((_, purpose)) = kind.proof_channel_and_purpose() {
            effects::supersede_code(unit, niss, purpose)?;
        }
        contacts::save(unit, niss, *kind, &ContactRecord { settled_at: Some(unit.now), ..ContactRecord::default() })?;
    }
    // Alerts cannot be sent to a removed contact.
    let gone = match inside.account.alerts {
        AlertPreference::Email => named.contains(&ContactKind::Email),
        AlertPreference::Sms => named.contains(&ContactKind::Mobile),
        AlertPreference::None => false,
    };
    if gone || inside.account.no_contacts {
        effects::change_account(unit, inside.account, |account| {
            account.alerts = if gone { AlertPreference::None } else { account.alerts };
            account.no_contacts = false;
        })?;
    }
    Ok(ReplyBody::ContactsRemoved { removed: named, is_last: last.is_some() })
}

/// Builds the refusal of an unchanged contact. Its hint suggests a proof if the contact is not yet confirmed.
fn refuse_unchanged(unit: &RequestContext<'_>, niss: Niss, kind: ContactKind) -> Result<FlowError, Error> {
    let refusal = refuse(Reason::ContactUnchanged).facts([("kind", kind.as_str().into())]);
    let confirmed = contacts::find(unit, niss, kind)?.confirmed_at.is_some();
    Ok(match kind.proof_channel_and_purpose() {
        Some((channel, purpose)) if !confirmed && next_steps::can_request_proof(unit, niss, purpose, channel)? => {
            refusal.hint(NextStep::ConfirmContact(channel)).into()
        }
        _ => refusal.hint(NextStep::ShowContacts).into(),
    })
}

fn refuse_nothing_to_do() -> FlowError {
    refuse(Reason::NothingToConfirm).hint(NextStep::UpdateContacts).into()
}

fn mask_contact(kind: ContactKind, value: &str) -> String {
    match kind {
        ContactKind::Email => value.parse().map(|email: crate::domain::email::Email| email.masked()),
        ContactKind::Mobile => Mobile::from_stored(value).map(|mobile| mobile.masked()),
        ContactKind::Telephone => Telephone::from_stored(value).map(|telephone| telephone.masked()),
    }
    .unwrap_or_else(|_| "***".to_owned())
}
