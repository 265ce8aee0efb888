//! The few facts of an audit entry's detail that a report needs. The other keys are skipped without being read.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::domain::vocabulary::{AccountState, LockoutScope, RegistrationProcedure};
use crate::reply::{CodeEffect, LockoutEffect};
use crate::request::Operation;
use crate::store::audit::scan::ScannedEntry;

/// The keys of the effects. Most entries have none of them, and their JSON is not parsed.
static KEYS: LazyLock<[Finder<'static>; 4]> =
    LazyLock::new(|| ["\"codes\":[", "\"state\":\"", "\"set\":[", "\"lifted\":["].map(Finder::new));

/// The facts of one entry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EntryFacts {
    /// The fields of the request.
    pub asked: AskedFacts,
    /// The letters that a print run dispatched.
    pub dispatched: u64,
    /// The effects.
    pub effects: EffectFacts,
}

/// The fields of a request.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AskedFacts {
    /// The registration procedure, if it was given.
    pub procedure: Option<RegistrationProcedure>,
    /// The step up to which the request was only checked.
    pub until: Option<IgnoredAny>,
}

/// The effects of a request.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EffectFacts {
    /// The codes that changed, in order.
    pub codes: Vec<CodeEffect>,
    /// The lockouts that ended before their time.
    pub lifted: Vec<LockoutScope>,
    /// The lockouts that began.
    pub set: Vec<LockoutEffect>,
    /// The account state, if it changed.
    pub state: Option<AccountState>,
}

impl EntryFacts {
    /// Reads the facts of an entry that stores its effects.
    pub fn of(entry: &ScannedEntry<'_>) -> EntryFacts {
        let Some(detail) = entry.detail else { return EntryFacts::default() };
        let is_needed = |key: &Finder<'_>| key.find(detail.as_bytes()).is_some();
        match entry.action == Operation::OutboxPrint.as_str() || KEYS.iter().any(is_needed) {
            // A detail of another form has none of these facts.
            true => serde_json::from_str(detail).unwrap_or_default(),
            false => EntryFacts::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Timestamp;
    use crate::domain::vocabulary::Purpose;
    use crate::reply::{AuditDetail, AuditEffects, LockoutEnd};

    #[test]
    fn each_fact_is_found_in_the_stored_detail() {
        let code = r#"{"id":7,"purpose":"activation","state":"used"}"#;
        let code: CodeEffect = serde_json::from_str(code).expect("a code");
        let lockout = LockoutEffect { scope: LockoutScope::Login, until: LockoutEnd(Timestamp::FAR_FUTURE) };
        let all = [
            AuditEffects { codes: vec![code], ..AuditEffects::default() },
            AuditEffects { state: Some(AccountState::Active), ..AuditEffects::default() },
            AuditEffects { set: vec![lockout], ..AuditEffects::default() },
            AuditEffects { lifted: vec![LockoutScope::Login], ..AuditEffects::default() },
        ];
        let counted = all.map(|effects| {
            let detail = AuditDetail { effects: Some(effects), ..AuditDetail::default() };
            let text = serde_json::to_string(&detail).expect("JSON");
            let entry = ScannedEntry {
                id: 1,
                at: Timestamp::EPOCH,
                action: "activate",
                subject: None,
                outcome: "done",
                reason: None,
                detail: Some(&text),
            };
            let EffectFacts { codes, lifted, set, state } = EntryFacts::of(&entry).effects;
            assert!(codes.iter().all(|code| code.purpose == Purpose::Activation));
            [codes.len(), usize::from(state.is_some()), set.len(), lifted.len()]
        });
        assert_eq!(counted, [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]);
    }
}
