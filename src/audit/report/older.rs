//! The effects of entries before version 5, which do not store them. They are derived as for a timeline, holder by holder.

use std::collections::{HashMap, VecDeque};

use super::code_counts::IssuedCodes;
use super::facts::{AskedFacts, EffectFacts, EntryFacts};
use crate::audit::inference::Inference;
use crate::domain::time::Timestamp;
use crate::domain::time_range::TimeRange;
use crate::domain::vocabulary::{Channel, Purpose};
use crate::error::Error;
use crate::reply::AuditEntry;
use crate::request::Operation;
use crate::store::audit::scan::ScannedEntry;
use crate::store::codes::{self, OlderCode};
use crate::store::{UnitOfWork, audit};

/// What is known of the entries before version 5.
pub struct OlderEntries {
    /// The first entry that stores its effects.
    effects_since: i64,
    /// The codes that were issued before it.
    codes: Vec<OlderCode>,
    holders: HashMap<i64, OlderHolder>,
}

/// One holder, up to the current entry.
#[derive(Default)]
struct OlderHolder {
    inference: Inference,
    /// The codes that were not issued yet, oldest first.
    codes: VecDeque<(Timestamp, Purpose, Channel)>,
}

impl OlderEntries {
    /// Reads the codes of entries before `effects_since`. A store without such entries has none.
    pub fn read(unit: &UnitOfWork<'_>, effects_since: i64) -> Result<OlderEntries, Error> {
        let migrated_at = match effects_since {
            ..=1 => None,
            first => audit::find(&unit.tx, first)?.map(|entry| entry.at),
        };
        let codes = migrated_at.map_or(Ok(vec![]), |last| codes::issued_until(unit, last))?;
        let mut holders: HashMap<i64, OlderHolder> = HashMap::new();
        for code in &codes {
            if let Some(subject) = code.subject {
                let issued = (code.issued_at, code.purpose, code.channel);
                holders.entry(subject).or_default().codes.push_back(issued);
            }
        }
        Ok(OlderEntries { effects_since, codes, holders })
    }

    /// Returns the facts of the next entry, stored or derived.
    pub fn facts_of(&mut self, entry: &ScannedEntry<'_>) -> EntryFacts {
        if entry.id >= self.effects_since {
            return EntryFacts::of(entry);
        }
        let complete = AuditEntry {
            id: entry.id,
            at: entry.at,
            actor: String::new(),
            action: entry.action.to_owned(),
            niss: None,
            outcome: entry.outcome.to_owned(),
            reason: entry.reason.map(str::to_owned),
            detail: entry.detail.and_then(|text| serde_json::from_str(text).ok()),
        };
        let detail = complete.facts();
        let procedure = detail.asked("procedure").and_then(|word| word.as_str()?.parse().ok());
        let until = detail.asked("until").map(|_| serde::de::IgnoredAny);
        let mut facts = EntryFacts {
            asked: AskedFacts { procedure, until },
            dispatched: detail.dispatched.unwrap_or_default(),
            effects: EffectFacts::default(),
        };
        if let (Some(subject), Ok(op)) = (entry.subject, entry.action.parse::<Operation>()) {
            let holder = self.holders.entry(subject).or_default();
            while let Some((_, purpose, channel)) =
                holder.codes.front().copied().filter(|(issued_at, ..)| *issued_at <= entry.at)
            {
                holder.codes.pop_front();
                holder.inference.add_code(purpose, channel);
            }
            let effects = holder.inference.effects(&complete, op);
            facts.effects =
                EffectFacts { codes: vec![], lifted: effects.lifted, set: effects.set, state: effects.state };
        }
        facts
    }

    /// Adds the codes whose rows still exist, unless an entry has issued them.
    pub fn add_codes(self, issued: &mut IssuedCodes, period: TimeRange) {
        self.codes.iter().for_each(|code| issued.add_older(code, period));
    }
}
