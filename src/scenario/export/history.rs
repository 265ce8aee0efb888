//! What is kept of a holder, as far as a scenario of the account's life is made of it. The audit says what was asked and how it
//! ended, and nothing of a person; whose contacts they were is in the codes, the messages and the record.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{Channel, ContactKind, HolderStatus, Notice, Purpose};
use crate::error::Error;
use crate::flow::record_of;
use crate::reply::{Alert, AuditEntry};
use crate::request::Operation;
use crate::scenario::export::anonymize::Anonymizer;
use crate::scenario::export::reconstruct_alert;
use crate::scenario::export::reconstruct_cmd::{self, Enrolled};
use crate::store::outbox::alerts;
use crate::store::{UnitOfWork, audit, codes, contacts, outbox, registry, state_hash};

/// A record of the registry, by its columns.
pub type Row = Map<String, Value>;

/// What is kept of one holder.
pub struct HolderHistory {
    /// Whose; another's where it was made anonymous.
    pub niss: Niss,
    /// The record as it is now.
    pub row: Option<Row>,
    /// The entries of the audit, and the changes of the policy between them, oldest first.
    pub entries: Vec<AuditEntry>,
    /// Where each code of a purpose that proves a contact was sent to, oldest first.
    targets: HashMap<Purpose, Vec<String>>,
    /// What waits for its proof now.
    proposed: HashMap<ContactKind, String>,
    /// The channel, the purpose and the recipient of each message, oldest first.
    messages: Vec<(Channel, String, String)>,
    /// What the authentication provider knows now.
    pub enrolled: Option<Enrolled>,
    /// What the inbox holds, in its order.
    pub alerts: Vec<Alert>,
    /// Of each letter that was printed, when that was, and when it was caused.
    printed: Vec<(Timestamp, Timestamp)>,
    /// What can be seen of the holder; none where it was made anonymous.
    pub hash: Option<String>,
    /// Of a sandbox, its clock.
    pub clock: Option<Timestamp>,
    /// Whether this is somebody else.
    pub is_masked: bool,
}

impl HolderHistory {
    /// Reads it, as it is at one moment.
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
        // What was set after the last of the holder's entries changes nothing about it.
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
        let narrowed = outbox::MessageFilter { niss: Some(niss), ..outbox::MessageFilter::default() };
        outbox::list(unit, &narrowed, |message| {
            past.printed.extend(message.dispatched_at.map(|at| (at, message.created_at)));
            past.messages.push((message.channel, message.purpose, message.to));
            Ok(())
        })?;
        Ok(past)
    }

    /// Puts somebody else in the holder's place.
    pub fn mask(&mut self, mask: &mut Anonymizer) -> Result<(), Error> {
        let none = || Error::Bug("nobody could take the holder's place".to_owned());
        self.niss = mask.niss(&self.niss.to_string()).and_then(|niss| niss.parse().ok()).ok_or_else(none)?;
        let kind = self.row.as_ref().and_then(|row| row.get("civil_id_kind")).cloned();
        self.row = self.row.as_ref().map(|row| mask.record(row));
        if let Some(enrolled) = &mut self.enrolled {
            enrolled.mask(mask, kind.as_ref(), self.row.as_ref());
        }
        // In an order of their own: whom chance puts there must not hang on a map's.
        for kind in ContactKind::ALL {
            let proposed = self.proposed.get_mut(kind).into_iter();
            let purpose = kind.proof_channel_and_purpose().map(|(_, purpose)| purpose);
            let targets = purpose.and_then(|purpose| self.targets.get_mut(&purpose)).into_iter().flatten();
            for value in proposed.chain(targets) {
                *value = mask.contact(kind.as_str(), value).ok_or_else(none)?;
            }
        }
        for (channel, _, to) in &mut self.messages {
            if let Some(kind) = channel.contact() {
                *to = mask.contact(kind.as_str(), to).ok_or_else(none)?;
            }
        }
        for alert in &mut self.alerts {
            reconstruct_alert::mask(alert, mask).ok_or_else(none)?;
        }
        (self.hash, self.is_masked) = (None, true);
        Ok(())
    }

    /// The record as it was before the first entry: with the contacts that were registered then, of a holder who was still one
    /// where that was needed for what was done.
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

    /// What the first entry that settled a contact has done to what was registered before; none where no entry has.
    fn first_contact_change(&self, kind: ContactKind) -> Option<ContactChange> {
        let mut waits = false;
        self.entries.iter().filter(|entry| entry.outcome == "done").find_map(|entry| {
            let op = entry.action.parse().ok()?;
            match op {
                // What was judged up to a step and not done has settled nothing.
                _ if asked(entry, "until").is_some() => None,
                // A telephone waits for the activation (001 step 12).
                Operation::Register if kind == ContactKind::Telephone && asked(entry, "telephone").is_some() => {
                    waits = has(entry, "proposed", "telephone");
                    None
                }
                Operation::Register
                    if kind == ContactKind::Telephone && waits && reconstruct_cmd::data_was_shared(entry) =>
                {
                    Some(ContactChange::New)
                }
                Operation::Activate | Operation::RecoverConfirm if kind == ContactKind::Telephone && waits => {
                    Some(ContactChange::New)
                }
                Operation::ContactsConfirm if named_channel(entry)?.contact() == Some(kind) => {
                    match detail(entry, "settled").and_then(Value::as_str)? {
                        "new" => Some(ContactChange::New),
                        "changed" => Some(ContactChange::Replaced),
                        _ => None,
                    }
                }
                Operation::ContactsRemove if has(entry, "removed", kind.as_str()) => Some(ContactChange::Replaced),
                // What it replaces is told nobody, and any other is as good.
                Operation::ContactsUpdate if kind == ContactKind::Telephone && asked(entry, "telephone").is_some() => {
                    Some(ContactChange::New)
                }
                _ => None,
            }
        })
    }

    /// What the print run of an entry took of the holder's letters: so many, from the oldest that it took on.
    pub fn taken_by(&self, entry: &AuditEntry) -> Option<(i64, Timestamp)> {
        let taken = self.printed.iter().filter(|(at, _)| *at == entry.at).map(|(_, created_at)| *created_at);
        let oldest = taken.clone().min()?;
        Some((i64::try_from(taken.count()).ok()?, oldest))
    }

    /// To which contact of this kind the first message went that goes to the registered one.
    fn first_notice(&self, kind: ContactKind) -> Option<String> {
        self.messages.iter().find_map(|message| to_registered(message, kind))
    }

    /// The registered contact that the message behind the first `sent` went to, if it goes to the registered one.
    pub fn registered_at(&self, sent: usize) -> Option<(ContactKind, String)> {
        let message = self.messages.get(sent)?;
        let kind = message.0.contact()?;
        to_registered(message, kind).map(|value| (kind, value))
    }

    /// To which mobile the authentication provider's first message behind the first `sent` went.
    pub fn provider_mobile(&self, sent: usize) -> Option<String> {
        let mut later = self.messages.iter().skip(sent);
        later.find(|(_, purpose, _)| PROVIDERS.contains(&purpose.as_str())).map(|(.., to)| to.clone())
    }

    /// What was proposed when so many codes for contacts of this kind had been sent: where the next one went to another than the
    /// registered one, or what waits for its proof now. Where neither tells, nobody can know any more, and nothing hangs on it.
    pub fn proposed(&self, entry: &AuditEntry, kind: ContactKind, issued: usize, registered: Option<&str>) -> String {
        let targets = kind.proof_channel_and_purpose().and_then(|(_, purpose)| self.targets.get(&purpose));
        let next = targets.into_iter().flatten().skip(issued).chain(self.proposed.get(&kind)).cloned();
        let now = self.row.as_ref().and_then(|row| text(row, kind.as_str()));
        let now = now.filter(|_| kind != ContactKind::Telephone || !self.has_other_telephone_after(entry));
        // A code may have gone to the registered one in between, to confirm it as it stands.
        let mut known = next.chain(now).filter(|value| Some(value.as_str()) != registered);
        let unknown = || match registered {
            Some(there) if there == fake_contact(kind) => other_fake_contact(kind),
            _ => fake_contact(kind),
        };
        known.next().unwrap_or_else(|| unknown().to_owned())
    }
}

impl HolderHistory {
    /// Whether a later entry has set the telephone or taken it away: then the one that is there now is not this entry's.
    fn has_other_telephone_after(&self, entry: &AuditEntry) -> bool {
        let later = self.entries.iter().filter(|later| later.id > entry.id && later.outcome == "done");
        later.filter(|later| asked(later, "telephone").is_some()).any(|later| match later.action.parse() {
            Ok(Operation::Register) => has(later, "proposed", "telephone"),
            Ok(Operation::ContactsUpdate | Operation::ContactsRemove) => true,
            _ => false,
        })
    }
}

enum ContactChange {
    /// There was none before, or nobody knows which.
    New,
    /// There was one.
    Replaced,
}

/// A contact where none is known.
fn fake_contact(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Email => "another@correio.example",
        ContactKind::Mobile => "+351910000000",
        ContactKind::Telephone => "+351210000000",
    }
}

/// Another than that.
fn other_fake_contact(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Email => "another.one@correio.example",
        ContactKind::Mobile => "+351910000001",
        ContactKind::Telephone => "+351210000001",
    }
}

/// What the authentication provider sends.
const PROVIDERS: [&str; 2] = [Purpose::Cmd.as_str(), Notice::CmdBlocked.as_str()];

fn to_registered((channel, purpose, to): &(Channel, String, String), kind: ContactKind) -> Option<String> {
    let elsewhere = [Purpose::ContactEmail.as_str(), Purpose::ContactMobile.as_str(), PROVIDERS[0], PROVIDERS[1]];
    (channel.contact() == Some(kind) && !elsewhere.contains(&purpose.as_str())).then(|| to.clone())
}

/// The record of a holder, by its columns.
pub fn row(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Option<Row>, Error> {
    let Some(holder) = registry::find(&unit.tx, niss)? else { return Ok(None) };
    let record = serde_json::to_value(record_of(&holder)).map_err(|fault| Error::Bug(fault.to_string()))?;
    let Value::Object(mut row) = record else { return Ok(None) };
    row.insert("niss".to_owned(), niss.to_string().into());
    Ok(Some(row))
}

/// A column that is there.
pub fn text(row: &Row, column: &str) -> Option<String> {
    row.get(column)?.as_str().map(str::to_owned)
}

/// A detail of an entry.
pub fn detail<'a>(entry: &'a AuditEntry, key: &str) -> Option<&'a Value> {
    entry.detail.as_ref()?.get(key)
}

/// Whether a detail lists this.
pub fn has(entry: &AuditEntry, key: &str, word: &str) -> bool {
    detail(entry, key).and_then(Value::as_array).is_some_and(|list| list.iter().any(|one| one == word))
}

/// What the entry's request had in a field, or that it had something.
pub fn asked<'a>(entry: &'a AuditEntry, field: &str) -> Option<&'a Value> {
    detail(entry, "asked")?.get(field)
}

/// The channel that the entry's request named.
pub fn named_channel(entry: &AuditEntry) -> Option<Channel> {
    asked(entry, "channel")?.as_str()?.parse().ok()
}
