//! The records about a holder that a scenario export needs. The audit log has the requests and their outcomes, without
//! personal data. The contacts are in the codes, the messages and the registry record.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{Channel, ContactKind, HolderStatus, Purpose};
use crate::error::Error;
use crate::flow::record_of;
use crate::l10n::MessageArg;
use crate::reply::{Alert, AuditEntry, ContactEffect, Message};
use crate::request::Operation;
use crate::request::operation_spec::ContactRole;
use crate::scenario::export::anonymize::Anonymizer;
use crate::scenario::export::reconstruct_alert;
use crate::scenario::export::reconstruct_cmd::{self, Enrolled};
use crate::store::outbox::{alerts, letters};
use crate::store::{UnitOfWork, audit, codes, contacts, outbox, registry, state_hash};

/// A registry record, by its columns.
pub type Row = Map<String, Value>;

/// The records about one holder.
pub struct HolderHistory {
    /// The holder, or the replacement in an anonymised export.
    pub niss: Niss,
    /// The current registry record.
    pub row: Option<Row>,
    /// The audit entries, and the policy changes between them, oldest first.
    pub entries: Vec<AuditEntry>,
    /// The targets of the codes that prove a contact, by purpose, oldest first.
    targets: HashMap<Purpose, Vec<String>>,
    /// The proposed contacts that are not proved yet.
    proposed: HashMap<ContactKind, String>,
    /// The messages, oldest first.
    messages: Vec<Message>,
    /// The current data of the authentication provider.
    pub enrolled: Option<Enrolled>,
    /// The inbox, in order.
    pub alerts: Vec<Alert>,
    /// The print run and the creation time of each printed letter.
    printed: Vec<(i64, Timestamp)>,
    /// The holder's state hash. `None` in an anonymised export.
    pub hash: Option<String>,
    /// The clock of a sandbox.
    pub clock: Option<Timestamp>,
    /// Whether the export is anonymised.
    pub is_masked: bool,
}

impl HolderHistory {
    /// Reads the records at one moment.
    pub fn read(unit: &UnitOfWork<'_>, niss: Niss) -> Result<HolderHistory, Error> {
        let mut past = HolderHistory {
            niss,
            row: row(unit, niss)?,
            entries: vec![],
            targets: HashMap::new(),
            proposed: HashMap::new(),
            messages: vec![],
            enrolled: Enrolled::read(unit, niss)?,
            alerts: alerts::list(unit, niss, alerts::AlertFilter::default())?.into_iter().map(|it| it.alert).collect(),
            printed: vec![],
            hash: Some(state_hash::hash(unit, Some(niss))?),
            clock: unit.sandbox.then_some(unit.now),
            is_masked: false,
        };
        audit::for_holder(&unit.tx, niss, |entry| {
            past.entries.push(entry);
            Ok(())
        })?;
        // A policy change after the holder's last entry has no effect on the account.
        let is_own = |entry: &AuditEntry| entry.niss.is_some() || entry.action == Operation::OutboxPrint.as_str();
        let last = past.entries.iter().rposition(is_own).map_or(0, |last| last + 1);
        past.entries.truncate(last);
        for kind in ContactKind::ALL {
            if let Some(proposed) = contacts::find(unit, niss, *kind)?.proposed {
                past.proposed.insert(*kind, proposed);
            }
            if let Some((_, purpose)) = kind.proof_channel_and_purpose() {
                let issued = codes::all_for(unit, niss, purpose)?;
                let targets = issued.into_iter().rev().map(|one| one.target.unwrap_or_default()).collect();
                past.targets.insert(purpose, targets);
            }
        }
        past.messages = outbox::masked(unit, niss)?;
        let printed = letters::by_print_run(unit, niss, &past.messages)?;
        past.printed = printed.into_iter().map(|(run, letter)| (run, letter.created_at)).collect();
        Ok(past)
    }

    /// Replaces the holder by another person.
    pub fn mask(&mut self, mask: &mut Anonymizer) -> Result<(), Error> {
        let none = |field: &'static str| {
            move || Error::Usage { key: "anonymise", facts: vec![("field", MessageArg::from(field))] }
        };
        self.niss = mask.niss(&self.niss.to_string()).and_then(|niss| niss.parse().ok()).ok_or_else(none("niss"))?;
        let kind = self.row.as_ref().and_then(|row| row.get("civil_id_kind")).cloned();
        self.row = self.row.as_ref().map(|row| mask.record(row));
        if let Some(enrolled) = &mut self.enrolled {
            enrolled.mask(mask, kind.as_ref(), self.row.as_ref());
        }
        // In a fixed order: a map's order would change the random replacements.
        for kind in ContactKind::ALL {
            let proposed = self.proposed.get_mut(kind).into_iter();
            let purpose = kind.proof_channel_and_purpose().map(|(_, purpose)| purpose);
            let targets = purpose.and_then(|purpose| self.targets.get_mut(&purpose)).into_iter().flatten();
            for value in proposed.chain(targets) {
                *value = mask.contact(kind.as_str(), value).ok_or_else(none(kind.as_str()))?;
            }
        }
        for message in &mut self.messages {
            if let Some(kind) = message.channel.contact() {
                message.to = mask.contact(kind.as_str(), &message.to).ok_or_else(none(kind.as_str()))?;
            }
        }
        for alert in &mut self.alerts {
            reconstruct_alert::mask(alert, mask).ok_or_else(none("about"))?;
        }
        (self.hash, self.is_masked) = (None, true);
        Ok(())
    }

    /// Returns the registry record before the first entry. It has the contacts registered then, and the status that the
    /// later operations needed.
    pub fn first_row(&self) -> Option<Row> {
        let mut row = self.row.clone()?;
        for kind in [ContactKind::Email, ContactKind::Mobile, ContactKind::Telephone] {
            let value = match self.first_contact_change(kind) {
                Some(ContactChange::New) => None,
                Some(ContactChange::Replaced) => {
                    self.first_notice(kind).or_else(|| Some(fake_contact(kind).to_owned()))
                }
                None => self.first_notice(kind).or_else(|| text(&row, kind.as_str())),
            };
            row.insert(kind.as_str().to_owned(), value.map_or(Value::Null, Value::from));
        }
        if self.entries.iter().any(|entry| entry.outcome == "done" && entry.niss.is_some()) {
            row.insert("status".to_owned(), HolderStatus::Active.as_str().into());
        }
        Some(row)
    }

    /// Returns the effect of the first entry that settled a contact. `None` if there is none.
    fn first_contact_change(&self, kind: ContactKind) -> Option<ContactChange> {
        let mut waits = false;
        self.entries.iter().filter(|entry| entry.outcome == "done").find_map(|entry| {
            // A request with `until` was only checked and settled nothing.
            if asked(entry, "until").is_some() {
                return None;
            }
            let is_telephone = kind == ContactKind::Telephone;
            let names_telephone = is_telephone && asked(entry, "telephone").is_some();
            match contact_effect(entry) {
                ContactRole::None => None,
                // A telephone is registered at the activation (001 step 12).
                ContactRole::Registers if names_telephone => {
                    waits = has_contact(entry.facts().proposed.as_ref(), ContactKind::Telephone);
                    None
                }
                ContactRole::Registers => {
                    (is_telephone && waits && reconstruct_cmd::data_was_shared(entry)).then_some(ContactChange::New)
                }
                ContactRole::Activates => (is_telephone && waits).then_some(ContactChange::New),
                ContactRole::Confirms if named_channel(entry)?.contact() == Some(kind) => {
                    match entry.facts().settled? {
                        ContactEffect::New => Some(ContactChange::New),
                        ContactEffect::Changed => Some(ContactChange::Replaced),
                        ContactEffect::Same => None,
                    }
                }
                ContactRole::Confirms => None,
                ContactRole::Removes => {
                    has_contact(entry.facts().removed.as_ref(), kind).then_some(ContactChange::Replaced)
                }
                // The replaced value is not recorded, and any other has the same effect.
                ContactRole::Proposes => names_telephone.then_some(ContactChange::New),
            }
        })
    }

    /// Returns the number of the holder's letters in a print run, and the creation time of the oldest one.
    pub fn taken_by(&self, entry: &AuditEntry) -> Option<(i64, Timestamp)> {
        let taken = self.printed.iter().filter(|(run, _)| *run == entry.id).map(|(_, created_at)| *created_at);
        let oldest = taken.clone().min()?;
        Some((i64::try_from(taken.count()).ok()?, oldest))
    }

    /// Returns a message that existed before an entry, and the number of newer ones with its channel and purpose.
    pub fn message_before(&self, entry: &AuditEntry, id: i64) -> Option<(&Message, usize)> {
        let message = self.messages.iter().find(|message| message.id == id)?;
        let is_newer = |other: &&Message| {
            let is_before = other.cause.request.map_or(other.created_at <= entry.at, |request| request < entry.id);
            other.id > id && (other.channel, other.purpose) == (message.channel, message.purpose) && is_before
        };
        Some((message, self.messages.iter().filter(is_newer).count()))
    }

    /// Returns the recipient of the first message to the registered contact of this kind.
    fn first_notice(&self, kind: ContactKind) -> Option<String> {
        self.messages.iter().find_map(|message| to_registered(message, kind))
    }

    /// Returns the registered contact that received the first message of an entry. `None` if it went elsewhere.
    ///
    /// A message of a store before version 5 has no request. It is then the one after the first `sent`.
    pub fn registered_at(&self, entry: &AuditEntry, sent: usize) -> Option<(ContactKind, String)> {
        let stored = self.messages.iter().find(|message| message.cause.request == Some(entry.id));
        let older = || self.messages.get(sent).filter(|message| message.cause.request.is_none());
        let message = stored.or_else(older)?;
        let kind = message.channel.contact()?;
        to_registered(message, kind).map(|value| (kind, value))
    }

    /// Returns the mobile that received the authentication provider's first message after the first `sent`.
    pub fn provider_mobile(&self, sent: usize) -> Option<String> {
        let mut later = self.messages.iter().skip(sent);
        later.find(|message| message.purpose.is_of_provider()).map(|message| message.to.clone())
    }

    /// Returns the contact that was proposed after `issued` codes of this kind. It is the next target that differs from
    /// the registered contact, or the contact that is proposed now. If neither is known, the value does not matter, and
    /// a fixed one is used.
    pub fn proposed(&self, entry: &AuditEntry, kind: ContactKind, issued: usize, registered: Option<&str>) -> String {
        let targets = kind.proof_channel_and_purpose().and_then(|(_, purpose)| self.targets.get(&purpose));
        let next = targets.into_iter().flatten().skip(issued).chain(self.proposed.get(&kind)).cloned();
        let now = self.row.as_ref().and_then(|row| text(row, kind.as_str()));
        let now = now.filter(|_| kind != ContactKind::Telephone || !self.has_other_telephone_after(entry));
        // A code may have gone to the registered contact in between, to confirm it unchanged.
        let mut known = next.chain(now).filter(|value| Some(value.as_str()) != registered);
        let unknown = || match registered {
            Some(there) if there == fake_contact(kind) => other_fake_contact(kind),
            _ => fake_contact(kind),
        };
        known.next().unwrap_or_else(|| unknown().to_owned())
    }
}

impl HolderHistory {
    /// Returns whether a later entry has set or removed the telephone. The current telephone is then not this entry's.
    fn has_other_telephone_after(&self, entry: &AuditEntry) -> bool {
        let later = self.entries.iter().filter(|later| later.id > entry.id && later.outcome == "done");
        later.filter(|later| asked(later, "telephone").is_some()).any(|later| match contact_effect(later) {
            ContactRole::Registers => has_contact(later.facts().proposed.as_ref(), ContactKind::Telephone),
            ContactRole::Proposes | ContactRole::Removes => true,
            ContactRole::None | ContactRole::Activates | ContactRole::Confirms => false,
        })
    }
}

/// Returns the part of an entry's operation in the change of a contact.
fn contact_effect(entry: &AuditEntry) -> ContactRole {
    let op = entry.action.parse::<Operation>().ok();
    op.and_then(|op| op.spec().timeline.effects()).map_or(ContactRole::None, |effects| effects.contacts)
}

enum ContactChange {
    /// There was no earlier contact, or it is unknown.
    New,
    /// There was an earlier contact.
    Replaced,
}

/// Returns a contact for an unknown value.
fn fake_contact(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Email => "another@correio.example",
        ContactKind::Mobile => "+351910000000",
        ContactKind::Telephone => "+351210000000",
    }
}

/// Returns a contact that differs from [`fake_contact`].
fn other_fake_contact(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Email => "another.one@correio.example",
        ContactKind::Mobile => "+351910000001",
        ContactKind::Telephone => "+351210000001",
    }
}

/// Returns the recipient of a message that went to the registered contact of this kind.
fn to_registered(message: &Message, kind: ContactKind) -> Option<String> {
    let proves_contact = matches!(message.purpose.code(), Some(Purpose::ContactEmail | Purpose::ContactMobile));
    let is_to_registered =
        message.channel.contact() == Some(kind) && !proves_contact && !message.purpose.is_of_provider();
    is_to_registered.then(|| message.to.clone())
}

/// Returns the registry record of a holder, by its columns.
pub fn row(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Option<Row>, Error> {
    let Some(holder) = registry::find(&unit.tx, niss)? else { return Ok(None) };
    let record = serde_json::to_value(record_of(&holder)).map_err(|fault| Error::Bug(fault.to_string()))?;
    let Value::Object(mut row) = record else { return Ok(None) };
    row.insert("niss".to_owned(), niss.to_string().into());
    Ok(Some(row))
}

/// Returns the text of a column that is not null.
pub fn text(row: &Row, column: &str) -> Option<String> {
    row.get(column)?.as_str().map(str::to_owned)
}

/// Says whether a field of an identity check did not match.
pub fn differed(entry: &AuditEntry, field: &str) -> bool {
    entry.facts().differed.as_ref().is_some_and(|fields| fields.iter().any(|one| one == field))
}

/// Says whether a list of contacts is there and has this kind.
pub fn has_contact(list: Option<&Vec<ContactKind>>, kind: ContactKind) -> bool {
    list.is_some_and(|list| list.contains(&kind))
}

/// Returns the recorded value of a request's field, or the mark of its presence.
pub fn asked<'a>(entry: &'a AuditEntry, field: &str) -> Option<&'a Value> {
    entry.facts().asked(field)
}

/// Returns the channel in the entry's request.
pub fn named_channel(entry: &AuditEntry) -> Option<Channel> {
    asked(entry, "channel")?.as_str()?.parse().ok()
}
