//! The counts of a report, entry by entry.

use std::collections::HashMap;

use super::code_counts::{IssuedCodes, NewestCodes};
use super::facts::EntryFacts;
use super::series::Days;
use crate::domain::time::Timestamp;
use crate::domain::time_range::TimeRange;
use crate::domain::vocabulary::{AccountState, CodeStatus, LockoutScope, Purpose, RegistrationProcedure};
use crate::reply::{
    AccountCounts, ActivationCounts, ActivationTime, LetterCounts, LockoutCounts, PhoneLineCounts, Reason,
    RefusalCount, RegistrationCounts, Report,
};
use crate::request::Operation;
use crate::store::audit::scan::ScannedEntry;

/// The counts up to the current entry.
pub struct Counts {
    period: TimeRange,
    entries: u64,
    holders: HashMap<i64, ReportHolder>,
    registrations: RegistrationCounts,
    activations: ActivationCounts,
    /// The seconds from request to activation.
    durations: Vec<u64>,
    /// The codes, also those before the period.
    pub codes: IssuedCodes,
    refusals: HashMap<String, u64>,
    lockouts: [(u64, u64); LockoutScope::ALL.len()],
    /// The letters that print runs have dispatched and those that were returned; the other counts are zero.
    pub letters: LetterCounts,
    phone_line: PhoneLineCounts,
    days: Days,
}

/// One holder, up to the current entry.
#[derive(Default)]
struct ReportHolder {
    state: Option<AccountState>,
    /// The state at the end of the period.
    state_at_end: Option<AccountState>,
    requested_at: Option<Timestamp>,
    newest: NewestCodes,
}

impl Counts {
    /// Returns the counts before the first entry.
    pub fn new(period: TimeRange) -> Counts {
        Counts {
            period,
            entries: 0,
            holders: HashMap::new(),
            registrations: RegistrationCounts::default(),
            activations: ActivationCounts::default(),
            durations: vec![],
            codes: IssuedCodes::default(),
            refusals: HashMap::new(),
            lockouts: [(0, 0); LockoutScope::ALL.len()],
            letters: LetterCounts::default(),
            phone_line: PhoneLineCounts::default(),
            days: Days::default(),
        }
    }

    /// Adds an entry.
    pub fn add(&mut self, entry: &ScannedEntry<'_>, facts: &EntryFacts) {
        let is_counted = self.period.contains(entry.at);
        let op = entry.action.parse::<Operation>().ok();
        self.entries += u64::from(is_counted);
        if is_counted {
            self.add_outcome(entry, op);
            self.add_lockouts(facts);
            self.letters.dispatched += facts.dispatched;
        }
        let Some(subject) = entry.subject else { return };
        let is_done = entry.outcome == "done";
        if is_done && op == Some(Operation::AccountErase) {
            self.erase(subject, entry.at);
            return;
        }
        self.add_codes(subject, entry.at, facts);
        if is_done && facts.asked.until.is_none() {
            self.add_state(subject, op, entry.at, facts);
        }
    }

    /// Counts a refusal, a returned letter, and a request on the phone line.
    fn add_outcome(&mut self, entry: &ScannedEntry<'_>, op: Option<Operation>) {
        if let Some(reason) = entry.reason {
            self.days.at(entry.at).refusals += 1;
            match self.refusals.get_mut(reason) {
                Some(count) => *count += 1,
                None => drop(self.refusals.insert(reason.to_owned(), 1)),
            }
        }
        let phone_line = &mut self.phone_line;
        match (op, entry.reason.and_then(|reason| reason.parse::<Reason>().ok())) {
            (Some(Operation::PhoneLine), None) => phone_line.identified += 1,
            (Some(Operation::OutboxReturned), None) => self.letters.returned += 1,
            (Some(Operation::PhoneCodeVerify), None) => phone_line.verified += 1,
            (Some(Operation::PhoneLinePayments), None) => phone_line.payments += 1,
            (Some(Operation::PhoneLine | Operation::PhoneCodeVerify), Some(Reason::PhoneCodeWrong)) => {
                phone_line.wrong += 1;
            }
            (Some(Operation::PhoneLine | Operation::PhoneCodeVerify), Some(Reason::PhoneCodeBlocked)) => {
                phone_line.blocked += 1;
            }
            (Some(_) | None, _) => {}
        }
    }

    fn add_lockouts(&mut self, facts: &EntryFacts) {
        for lockout in &facts.effects.set {
            self.lockouts[lockout.scope as usize].0 += 1;
        }
        for scope in &facts.effects.lifted {
            self.lockouts[*scope as usize].1 += 1;
        }
    }

    fn add_codes(&mut self, subject: i64, at: Timestamp, facts: &EntryFacts) {
        let effects = &facts.effects;
        if effects.codes.is_empty() && effects.set.is_empty() && effects.lifted.is_empty() {
            return;
        }
        let holder = self.holders.entry(subject).or_default();
        for effect in &effects.codes {
            self.codes.add(effect, &mut holder.newest, at, self.period);
        }
        // A lockout without an end blocks the newest code; one with an end leaves it valid.
        for lockout in effects.set.iter().filter(|lockout| lockout.until.time().is_none()) {
            self.codes.set_blocked(holder.newest, lockout.scope, at, true);
        }
        for scope in &effects.lifted {
            self.codes.set_blocked(holder.newest, *scope, at, false);
        }
    }

    /// Follows the state of an account, and counts registrations and activations.
    fn add_state(&mut self, subject: i64, op: Option<Operation>, at: Timestamp, facts: &EntryFacts) {
        let effects = &facts.effects;
        let is_counted = self.period.contains(at);
        let is_registration = op == Some(Operation::Register);
        let issues_code = || {
            let is_issued = |state, purpose| state == CodeStatus::Open && purpose == Purpose::Activation;
            effects.codes.iter().any(|code| is_issued(code.state, code.purpose))
        };
        let Some(state) = effects.state else {
            if is_registration && is_counted && issues_code() {
                self.registrations.repeated += 1;
            }
            return;
        };
        let holder = self.holders.entry(subject).or_default();
        let before = holder.state.replace(state);
        if self.period.is_before_end(at) {
            holder.state_at_end = Some(state);
        }
        if state == AccountState::Requested && before != Some(state) {
            holder.requested_at = Some(at);
        }
        let requested_at = match state {
            AccountState::Active => holder.requested_at.take(),
            AccountState::Requested | AccountState::Suspended | AccountState::Closed => None,
        };
        if !is_counted {
            return;
        }
        if is_registration && before.is_none() {
            self.add_registration(at, facts.asked.procedure.unwrap_or(RegistrationProcedure::Portal));
        } else if is_registration && state == AccountState::Requested && before == Some(state) {
            self.registrations.repeated += 1;
        }
        if state == AccountState::Active && before != Some(state) {
            self.add_activation(at, op, requested_at);
        }
    }

    fn add_registration(&mut self, at: Timestamp, procedure: RegistrationProcedure) {
        let registrations = &mut self.registrations;
        registrations.total += 1;
        *match procedure {
            RegistrationProcedure::Portal => &mut registrations.portal,
            RegistrationProcedure::Classic => &mut registrations.classic,
            RegistrationProcedure::Cmd => &mut registrations.cmd,
        } += 1;
        self.days.at(at).registrations += 1;
    }

    /// Counts an activation by its holder. An operator who resumes an account does not activate it.
    fn add_activation(&mut self, at: Timestamp, op: Option<Operation>, requested_at: Option<Timestamp>) {
        let activations = &mut self.activations;
        *match op {
            Some(Operation::Activate) => &mut activations.activate,
            Some(Operation::RecoverConfirm) => &mut activations.recovery,
            Some(Operation::Register) => &mut activations.cmd,
            Some(_) | None => return,
        } += 1;
        activations.total += 1;
        self.days.at(at).activations += 1;
        // The clock of the store can be set back.
        let seconds = requested_at.map(|requested_at| at.seconds().saturating_sub(requested_at.seconds()).max(0));
        self.durations.extend(seconds.map(i64::cast_unsigned));
    }

    fn erase(&mut self, subject: i64, at: Timestamp) {
        if let Some(mut holder) = self.holders.remove(&subject) {
            self.codes.cancel_all(holder.newest, at);
            if !self.period.is_before_end(at) {
                // At the end of the period, the account was still there.
                holder.state = None;
                self.holders.insert(subject, holder);
            }
        }
    }

    /// Returns the report. The counts of letters in tables are zero.
    pub fn into_report(self, now: Timestamp) -> Report {
        let mut accounts = AccountCounts::default();
        for state in self.holders.values().filter_map(|holder| holder.state_at_end) {
            *match state {
                AccountState::Requested => &mut accounts.requested,
                AccountState::Active => &mut accounts.active,
                AccountState::Suspended => &mut accounts.suspended,
                AccountState::Closed => &mut accounts.closed,
            } += 1;
        }
        let mut refusals: Vec<RefusalCount> =
            self.refusals.into_iter().map(|(reason, count)| RefusalCount { reason, count }).collect();
        refusals.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
        let lockouts = LockoutScope::ALL.iter().zip(self.lockouts);
        let lockouts = lockouts.map(|(what, (set, lifted))| LockoutCounts { what: *what, set, lifted });
        Report {
            since: self.period.since,
            before: self.period.before,
            now,
            entries: self.entries,
            accounts,
            registrations: self.registrations,
            activations: self.activations,
            activation_time: activation_time(self.durations),
            codes: self.codes.counts(now),
            refusals,
            lockouts: lockouts.filter(|counts| counts.set + counts.lifted > 0).collect(),
            letters: self.letters,
            phone_line: self.phone_line,
            series: self.days.into_series(),
        }
    }
}

/// Returns the median and the 90th percentile by the nearest rank: the shortest time that half, or 90 per cent, of the activations
/// did not exceed.
fn activation_time(mut durations: Vec<u64>) -> ActivationTime {
    let count = durations.len();
    let mut percentile = |percent: usize| {
        let rank = (count * percent).div_ceil(100);
        let place = rank.checked_sub(1)?;
        Some(*durations.select_nth_unstable(place).1)
    };
    let (median_seconds, p90_seconds) = (percentile(50), percentile(90));
    ActivationTime { count: count as u64, median_seconds, p90_seconds }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_nearest_rank() {
        let of = |durations: &[u64]| {
            let ActivationTime { count, median_seconds, p90_seconds } = activation_time(durations.to_vec());
            (count, median_seconds, p90_seconds)
        };
        assert_eq!(of(&[]), (0, None, None));
        assert_eq!(of(&[7]), (1, Some(7), Some(7)));
        assert_eq!(of(&[9, 1]), (2, Some(1), Some(9)));
        assert_eq!(of(&[5, 4, 3, 2, 1]), (5, Some(3), Some(5)));
        let ten: Vec<u64> = (1..=10).rev().collect();
        assert_eq!(of(&ten), (10, Some(5), Some(9)));
    }
}
