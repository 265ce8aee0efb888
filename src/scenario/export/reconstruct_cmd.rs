//! Chave Móvel Digital in a scenario export: the data of the authentication provider, and the values typed there.

use serde_json::Value;

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::reply::{AuditEntry, Reason};
use crate::request::Operation;
use crate::scenario::export::anonymize::Anonymizer;
use crate::scenario::export::history::{HolderHistory, Row, asked, differed, text};
use crate::scenario::export::reconstruct::{Pair, ReplayState, code, reason};
use crate::store::{UnitOfWork, cmd_enrolments, registry};

/// The current enrolment, by the fields of a request.
pub struct Enrolled {
    row: Row,
    /// The fields that differ from the registry record.
    differs: Vec<&'static str>,
}

/// The data fields, each with two values that no holder has.
const DATA: [(&str, [&str; 2]); 4] = [
    ("name", ["Outra Pessoa", "Terceira Pessoa"]),
    ("birth_date", ["1900-01-01", "1900-01-02"]),
    ("civil_id", ["AB12345", "AB12346"]),
    ("nif", ["100000010", "200000012"]),
];

/// The PINs of the replay, because the real one is unknown: the correct one and a wrong one.
const PINS: [&str; 2] = ["27182818", "31415926"];

impl Enrolled {
    /// Reads the enrolment of a holder.
    pub fn read(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Option<Enrolled>, Error> {
        let Some(enrolled) = cmd_enrolments::find(unit, niss)? else { return Ok(None) };
        let holder = registry::find(&unit.tx, niss)?;
        let differs = enrolled.attributes.identity_claim().mismatches(holder.as_ref(), unit.policy.identity_name);
        let cmd_enrolments::Attributes { name, birth_date, civil_id, nif, .. } = enrolled.attributes;
        let row = [
            ("mobile", enrolled.mobile.as_str().to_owned()),
            ("name", name.as_str().to_owned()),
            ("birth_date", birth_date.to_string()),
            ("civil_id", civil_id.as_str().to_owned()),
            ("nif", nif.to_string()),
        ];
        let row = row.into_iter().map(|(field, value)| (field.to_owned(), value.into())).collect();
        Ok(Some(Enrolled { row, differs }))
    }

    /// Replaces the holder's data by another person's. Fields equal to the registry record stay equal to the
    /// replacement record.
    pub fn mask(&mut self, mask: &mut Anonymizer, kind: Option<&Value>, other: Option<&Row>) {
        if let Some(kind) = kind {
            self.row.insert("civil_id_kind".to_owned(), kind.clone());
        }
        self.row = mask.record(&self.row);
        for (field, _) in DATA.iter().filter(|(field, _)| !self.differs.contains(field)) {
            if let Some(value) = other.and_then(|other| other.get(*field)) {
                self.row.insert((*field).to_owned(), value.clone());
            }
        }
    }
}

/// Returns whether an entry is a registration or login by Chave Móvel Digital.
pub fn is_by_cmd(entry: &AuditEntry) -> bool {
    ["procedure", "method"].iter().any(|field| asked(entry, field).is_some_and(|word| word == "cmd"))
}

/// Returns whether the provider has shared the data.
pub fn data_was_shared(entry: &AuditEntry) -> bool {
    entry.facts().handed.is_some()
}

/// Returns the fields of an enrolment. The values of an earlier enrolment follow from its messages and comparisons.
pub fn enrolment(past: &HolderHistory, entry: &AuditEntry, now: &ReplayState) -> Vec<Pair> {
    let is_done = |one: &&AuditEntry| one.outcome == "done";
    let of = |op: Operation| move |one: &&AuditEntry| one.action == op.as_str();
    let last = past.entries.iter().filter(is_done).rfind(of(Operation::CmdEnrol));
    let stored = past.enrolled.as_ref().filter(|_| last.is_some_and(|last| last.id == entry.id));
    let revoked = past.entries.iter().filter(is_done).filter(of(Operation::CmdRevoke)).find(|one| one.id > entry.id);
    let during = |one: &&AuditEntry| one.id > entry.id && revoked.is_none_or(|revoked| one.id < revoked.id);
    let mobile = match stored {
        Some(stored) => text(&stored.row, "mobile"),
        None => past.provider_mobile(now.sent),
    };
    let mut line = vec![pair("mobile", mobile.unwrap_or_else(|| "+351910000000".to_owned())), pair("pin", PINS[0])];
    for (field, wrong) in DATA {
        let registered = now.row.as_ref().and_then(|row| text(row, field));
        let has_differed = || past.entries.iter().filter(during).any(|one| is_by_cmd(one) && differed(one, field));
        let value = match stored.and_then(|stored| text(&stored.row, field)) {
            Some(stored) => stored,
            None if has_differed() || registered.is_none() => {
                wrong[usize::from(registered.as_deref() == Some(wrong[0]))].to_owned()
            }
            // Equal to the registry record, so the enrolment copied it.
            None => continue,
        };
        line.push(pair(field, value));
    }
    if asked(entry, "without_niss").is_some() {
        line.push(pair("without_niss", true));
    }
    line
}

/// Returns the provider's fields of a registration or login.
pub fn credentials(entry: &AuditEntry) -> Vec<Pair> {
    let is_wrong = reason(entry, &[Reason::CmdPinWrong]);
    let mut line = vec![pair("pin", PINS[usize::from(is_wrong)])];
    if asked(entry, "code").is_some() {
        line.push(pair("code", code(entry)));
    }
    if asked(entry, "consent").is_some() {
        line.push(pair("consent", true));
    }
    line
}

fn pair(name: &str, value: impl Into<Value>) -> Pair {
    (name.to_owned(), value.into())
}
