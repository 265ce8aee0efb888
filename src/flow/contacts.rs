//! Contacts from within: shown, proposed, proved by a code (fidelizar) and taken away; foreign mobiles are welcome (004).

use super::sessions::{self, Inside, Login};
use super::{Flow, codes, given, no, notify, steps};
use crate::domain::niss::Niss;
use crate::domain::phone::{Mobile, Telephone};
use crate::domain::words::{Alerts, Contact, Notice, Purpose};
use crate::error::Error;
use crate::reply::{Body, ContactLine, Hint, Reason, Sent};
use crate::request::{ContactsConfirm, ContactsRemove, ContactsUpdate, InSession};
use crate::store::accounts::Account;
use crate::store::codes::Issued;
use crate::store::contacts::Care;
use crate::store::{Unit, accounts, codes as issued, contacts, registry};

/// The registered contacts and what is proposed for them, masked.
pub fn show(unit: &Unit<'_>, asked: &InSession) -> Flow<Body> {
    let inside = sessions::enter(unit, asked.session.as_ref(), Login::Fresh)?;
    Ok(Body::Contacts { contacts: lines(unit, &inside)?, due: sessions::due(unit, inside.account.niss)? })
}

/// A line for each kind of contact.
pub fn lines(unit: &Unit<'_>, inside: &Inside) -> Result<Vec<ContactLine>, Error> {
    let lines = Contact::ALL.iter().map(|kind| -> Result<ContactLine, Error> {
        let care = contacts::find(unit, inside.account.niss, *kind)?;
        let value = inside.holder.contact(*kind);
        let same = care.proposed == value;
        Ok(ContactLine {
            kind: *kind,
            registered: value.is_some(),
            value: value.map(|value| masked(*kind, &value)),
            confirmed_at: care.confirmed_at,
            // An import may have brought what was proposed.
            proposed: care.proposed.filter(|_| !same).map(|value| masked(*kind, &value)),
        })
    });
    lines.collect()
}

/// Proposes other contacts: all of them, or none if one is unchanged or may get no code now.
pub fn update(unit: &Unit<'_>, asked: &ContactsUpdate) -> Flow<Body> {
    let inside = sessions::enter(unit, asked.session.as_ref(), Login::Fresh)?;
    let (niss, holder) = (inside.account.niss, &inside.holder);
    let same_email = asked.email.as_ref().zip(holder.email.as_ref()).is_some_and(|(new, old)| new.same_as(old));
    let typed = [
        (Contact::Email, asked.email.as_ref().map(|email| email.as_str()), same_email),
        (Contact::Mobile, asked.mobile.as_ref().map(Mobile::as_str), asked.mobile == holder.mobile),
        (Contact::Telephone, asked.telephone.as_ref().map(Telephone::as_str), asked.telephone == holder.telephone),
    ];
    let typed: Vec<_> =
        typed.into_iter().filter_map(|(kind, value, same)| value.map(|value| (kind, value, same))).collect();
    if let Some((kind, ..)) = typed.iter().find(|(.., same)| *same) {
        return Err(unchanged(unit, niss, *kind)?);
    }
    for (kind, ..) in &typed {
        if let Some((channel, purpose)) = kind.proof() {
            codes::may_issue(unit, niss, purpose, channel)?;
        }
    }
    let mut sent = vec![];
    for (kind, value, _) in typed {
        let mut care = contacts::find(unit, niss, kind)?;
        let Some((channel, purpose)) = kind.proof() else {
            registry::set_contact(unit, niss, kind, Some(value))?;
            contacts::save(unit, niss, kind, &Care { settled_at: Some(unit.now), proposed: None, ..care })?;
            continue;
        };
        care.proposed = Some(value.to_owned());
        contacts::save(unit, niss, kind, &care)?;
        let code = codes::issue(unit, holder, purpose, channel, Some(value))?;
        sent.push(Sent { channel, destination: code.destination, code_expires_at: code.expires_at });
    }
    Ok(Body::Sent { sent })
}

/// Proves a contact with its code, or sends a code to what waits for one.
pub fn confirm(unit: &Unit<'_>, asked: &ContactsConfirm) -> Flow<Body> {
    let inside = sessions::enter(unit, asked.session.as_ref(), Login::Fresh)?;
    let channel = *given(asked.channel.as_ref())?;
    let (kind, purpose) = channel
        .contact()
        .and_then(|kind| kind.proof().map(|(_, purpose)| (kind, purpose)))
        .ok_or_else(|| Error::Bug("a letter proves no contact".to_owned()))?;
    let niss = inside.account.niss;
    let care = contacts::find(unit, niss, kind)?;
    let waiting = steps::waiting(&inside.holder, kind, &care);
    let Some(code) = &asked.code else {
        let Some(target) = waiting else { return Err(nothing()) };
        codes::may_issue(unit, niss, purpose, channel)?;
        let code = codes::issue(unit, &inside.holder, purpose, channel, Some(&target))?;
        let sent = Sent { channel, destination: code.destination, code_expires_at: code.expires_at };
        return Ok(Body::Sent { sent: vec![sent] });
    };
    if waiting.is_none() && issued::newest(unit, niss, purpose)?.is_none() {
        return Err(nothing());
    }
    let proved = codes::judge(unit, niss, purpose, code)?;
    let target = proved.target.as_deref();
    if target != inside.holder.contact(kind).as_deref() && target != care.proposed.as_deref() {
        // An import has replaced the contact that the code was sent to.
        return Err(no(Reason::CodeSuperseded).hint(Hint::plain("hint-see-contacts")).into());
    }
    codes::spend(unit, niss, purpose, &proved)?;
    settle(unit, &inside, kind, care, &proved)?;
    let destination = proved.target.map(|target| masked(kind, &target)).unwrap_or_default();
    Ok(Body::Confirmed { channel, destination, due: sessions::due(unit, niss)? })
}

/// The proved contact is the registered one from now on, and an old one is told.
fn settle(unit: &Unit<'_>, inside: &Inside, kind: Contact, care: Care, proved: &Issued) -> Flow<()> {
    let niss = inside.account.niss;
    let target =
        proved.target.as_deref().ok_or_else(|| Error::StoreDamaged("a code that proves nothing".to_owned()))?;
    let old = inside.holder.contact(kind);
    let settled = match old.as_deref() {
        Some(old) if old == target => "same",
        Some(_) => "changed",
        None => "new",
    };
    unit.notes.add("settled", settled);
    if old.as_deref() != Some(target) {
        registry::set_contact(unit, niss, kind, Some(target))?;
        if let Some(old) = old {
            notify::old_contact(unit, &inside.holder, Notice::ContactChanged, kind, &old)?;
            // The second factor of a login that is under way went to the old one.
            issued::supersede(unit, niss, Purpose::Login)?;
        }
    }
    let proposed = care.proposed.filter(|proposed| proposed != target);
    contacts::save(unit, niss, kind, &Care { confirmed_at: Some(unit.now), settled_at: Some(unit.now), proposed })?;
    Ok(())
}

/// Takes contacts away, with what is proposed for them; the removed ones are told.
pub fn remove(unit: &Unit<'_>, asked: &ContactsRemove) -> Flow<Body> {
    let inside = sessions::enter(unit, asked.session.as_ref(), Login::Fresh)?;
    let niss = inside.account.niss;
    let named: Vec<Contact> = asked.contacts().collect();
    for kind in &named {
        if inside.holder.contact(*kind).is_none() && contacts::find(unit, niss, *kind)?.proposed.is_none() {
            return Err(no(Reason::ContactUnchanged)
                .variant("absent")
                .facts([("kind", kind.as_str().into())])
                .hint(Hint::plain("hint-see-contacts"))
                .into());
        }
    }
    let there: Vec<&str> =
        named.iter().filter(|kind| inside.holder.contact(**kind).is_some()).map(|kind| kind.as_str()).collect();
    unit.notes.add("removed", there);
    for kind in &named {
        if let Some(old) = inside.holder.contact(*kind) {
            registry::set_contact(unit, niss, *kind, None)?;
            notify::old_contact(unit, &inside.holder, Notice::ContactRemoved, *kind, &old)?;
            issued::supersede(unit, niss, Purpose::Login)?;
        }
        if let Some((_, purpose)) = kind.proof() {
            issued::supersede(unit, niss, purpose)?;
        }
        contacts::save(unit, niss, *kind, &Care { settled_at: Some(unit.now), ..Care::default() })?;
    }
    // Alerts can't travel to a contact that is gone.
    let gone = |alerts| match alerts {
        Alerts::Email => named.contains(&Contact::Email),
        Alerts::Sms => named.contains(&Contact::Mobile),
        Alerts::None => false,
    };
    if gone(inside.account.alerts) {
        accounts::save(unit, &Account { alerts: Alerts::None, ..inside.account })?;
    }
    Ok(Body::Removed { removed: named })
}

/// Refuses the registered contact itself; it may still want its proof.
fn unchanged(unit: &Unit<'_>, niss: Niss, kind: Contact) -> Result<super::Stop, Error> {
    let refusal = no(Reason::ContactUnchanged).facts([("kind", kind.as_str().into())]);
    let confirmed = contacts::find(unit, niss, kind)?.confirmed_at.is_some();
    Ok(match kind.proof() {
        Some((channel, purpose)) if !confirmed && steps::proof_works(unit, niss, purpose, channel)? => {
            let facts = vec![("channel", channel.as_str().into())];
            refusal.hint(Hint { key: "hint-confirm-as-it-stands", facts }).into()
        }
        _ => refusal.hint(Hint::plain("hint-see-contacts")).into(),
    })
}

fn nothing() -> super::Stop {
    no(Reason::NothingToConfirm).hint(Hint::plain("hint-update-contacts")).into()
}

fn masked(kind: Contact, value: &str) -> String {
    match kind {
        Contact::Email => value.parse().map(|email: crate::domain::email::Email| email.to_string()),
        Contact::Mobile => Mobile::kept(value).map(|mobile| mobile.to_string()),
        Contact::Telephone => Telephone::kept(value).map(|telephone| telephone.to_string()),
    }
    .unwrap_or_else(|_| "***".to_owned())
}
