//! Compares the state with the audit log. Whoever has the file but not its key can change any row, but can't add the audit entry
//! that explains it: the entries are chained under the key.
//!
//! One pass over the log derives from the effects of its entries what the rows must be. Each table is then read once. Compared are
//! accounts, codes, failure counts with their lockouts, sessions, calls, messages with their causes, print runs, alerts, enrolments
//! and policy settings: rows that no entry explains, rows that are gone, and columns with another value.
//!
//! Entries from before version 5 have no effects. A row that only they explain is counted, and not compared. Registry records,
//! contacts, texts of messages and times of sessions are in no entry, so their changes are not found.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Row;

use crate::domain::lockout::LockoutState;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, AccountType, CodeStatus, Purpose};
use crate::error::{Error, StateDifference, StateFault};
use crate::reply::{AuditDetail, AuditEffects, CountEffect, Fingerprint};
use crate::request::Operation;
use crate::store::accounts::{self, Account};
use crate::store::audit::verify::{VerifiedEntry, verify_each};
use crate::store::migrations::v5_causes::MIGRATED;
use crate::store::unit_of_work::UnitOfWork;
use crate::store::{audit, failure_counts};

/// The result of a comparison without a difference.
pub struct ComparedState {
    /// The number of rows that only entries from before version 5 explain.
    pub not_compared: u64,
}

/// Verifies the audit log and compares the state with it.
///
/// # Errors
/// The first fault of the audit log, or [`Error::StateDiffers`] with the first difference and the number of all.
pub fn compare(unit: &UnitOfWork<'_>) -> Result<ComparedState, Error> {
    let mut expected = ExpectedState::default();
    verify_each(unit, None, |entry| expected.add(entry))?;
    let mut found = Findings::default();
    if audit::effects_since(&unit.tx)? != expected.since() {
        found.add("store", None, expected.since(), StateFault::Changed);
    }
    compare_accounts(unit, &mut expected, &mut found)?;
    compare_codes(unit, &mut expected, &mut found)?;
    compare_counts(unit, &mut expected, &mut found)?;
    compare_tokens(unit, "session", &mut expected, &mut found)?;
    compare_tokens(unit, "call", &mut expected, &mut found)?;
    compare_messages(unit, &mut expected, &mut found)?;
    compare_alerts(unit, &mut expected, &mut found)?;
    compare_enrolments(unit, &mut expected, &mut found)?;
    compare_policy(unit, &mut expected, &mut found)?;
    match found.first {
        None => Ok(ComparedState { not_compared: found.not_compared }),
        Some(first) => Err(Error::StateDiffers(Box::new(StateDifference { others: found.count - 1, ..first }))),
    }
}

/// The differences. Only the first one is kept.
#[derive(Default)]
struct Findings {
    first: Option<StateDifference>,
    count: u64,
    not_compared: u64,
}

impl Findings {
    fn add(&mut self, table: &'static str, niss: Option<Niss>, entry: i64, fault: StateFault) {
        self.count += 1;
        self.first.get_or_insert(StateDifference { table, niss, entry, fault, others: 0 });
    }

    fn check(&mut self, is_equal: bool, table: &'static str, niss: Option<Niss>, entry: i64) {
        if !is_equal {
            self.add(table, niss, entry, StateFault::Changed);
        }
    }

    /// Records a row that no entry of version 5 explains: an older row, or one that was added outside of the program.
    fn add_unexplained(&mut self, table: &'static str, niss: Option<Niss>, entry: i64, can_be_older: bool) {
        match can_be_older {
            true => self.not_compared += 1,
            false => self.add(table, niss, entry, StateFault::Unexplained),
        }
    }
}

/// What the entries say. Numbers of entries are those that said it last.
#[derive(Default)]
struct ExpectedState {
    /// The entry of the migration to version 5 and its time, if the store is older.
    migrated: Option<(i64, i64)>,
    holders: HashMap<i64, ExpectedHolder>,
    codes: HashMap<i64, ExpectedCode>,
    messages: HashMap<i64, ExpectedMessage>,
    sessions: HashMap<i64, Origin>,
    calls: HashMap<i64, Origin>,
    policy: BTreeMap<String, (Option<String>, i64)>,
    /// The print runs of dispatched letters, by message.
    print_runs: HashMap<i64, i64>,
}

/// The entries about one audit number.
#[derive(Default)]
struct ExpectedHolder {
    is_erased: bool,
    last: i64,
    state: Option<(AccountState, i64)>,
    account_type: Option<(AccountType, i64)>,
    credentials: Option<(Fingerprint, i64)>,
    /// Whether an entry of version 5 added the account: then its first credentials are known, too.
    is_added: bool,
    counts: Vec<(CountEffect, i64)>,
    is_enrolled: Option<(bool, i64)>,
    alerts: Option<(i64, i64)>,
}

/// The holder's audit number and the entry of a row's origin.
#[derive(Clone, Copy)]
struct Origin {
    subject: i64,
    entry: i64,
}

struct ExpectedMessage {
    origin: Origin,
    /// The ids of the codes that the same entry issued: first and last.
    codes: Option<(i64, i64)>,
}

struct ExpectedCode {
    origin: Origin,
    purpose: Purpose,
    state: CodeStatus,
    expires_at: Option<Timestamp>,
    is_deleted: bool,
    last: i64,
}

impl ExpectedState {
    /// Returns the first entry that stores its effects.
    fn since(&self) -> i64 {
        self.migrated.map_or(1, |(entry, _)| entry)
    }

    /// Returns whether a row of this holder and time can be from before version 5.
    fn can_be_older(&self, subject: Option<i64>, at: Option<i64>) -> bool {
        let Some((first, migrated_at)) = self.migrated else { return false };
        // A subject begins with the number of its first entry.
        let is_older = subject.is_none_or(|subject| subject >> audit::subjects::RANDOM_BITS < first);
        is_older && at.is_none_or(|at| at <= migrated_at)
    }

    fn is_erased(&self, subject: i64) -> bool {
        self.holders.get(&subject).is_some_and(|holder| holder.is_erased)
    }

    fn add(&mut self, entry: &VerifiedEntry<'_>) -> Result<(), Error> {
        let op = entry.action.parse::<Operation>().ok();
        if entry.action == MIGRATED {
            // Of the entries before it, only the erasures count.
            self.migrated = Some((entry.id, entry.at));
            self.policy.clear();
            self.print_runs.clear();
            for holder in self.holders.values_mut() {
                *holder =
                    ExpectedHolder { is_erased: holder.is_erased, last: holder.last, ..ExpectedHolder::default() };
            }
            return Ok(());
        }
        let detail: AuditDetail = match entry.detail {
            Some(text) => serde_json::from_str(text).unwrap_or_default(),
            None => AuditDetail::default(),
        };
        if let (true, Some(Operation::PolicySet), Some(key)) = (entry.is_done, op, &detail.key) {
            self.policy.insert(key.clone(), (detail.to.clone(), entry.id));
        }
        if let Some(effects) = &detail.effects {
            self.print_runs.extend(effects.printed.iter().map(|id| (*id, entry.id)));
        }
        let Some(subject) = entry.subject else { return Ok(()) };
        let holder = self.holders.entry(subject).or_default();
        holder.last = entry.id;
        if entry.is_done {
            match op {
                Some(Operation::AccountErase) => holder.is_erased = true,
                Some(Operation::CmdEnrol) => holder.is_enrolled = Some((true, entry.id)),
                Some(Operation::CmdRevoke) => holder.is_enrolled = Some((false, entry.id)),
                Some(Operation::AlertsSend) => holder.alerts = detail.alert.map(|number| (number, entry.id)),
                _ => {}
            }
        }
        match detail.effects {
            Some(effects) => self.add_effects(Origin { subject, entry: entry.id }, effects),
            None => Ok(()),
        }
    }

    fn add_effects(&mut self, origin: Origin, effects: AuditEffects) -> Result<(), Error> {
        let entry = origin.entry;
        let holder = self.holders.entry(origin.subject).or_default();
        if let Some(state) = effects.state {
            holder.is_added |= holder.state.is_none() && effects.account_type.is_some();
            holder.state = Some((state, entry));
        }
        if let Some(account_type) = effects.account_type {
            holder.account_type = Some((account_type, entry));
        }
        if let Some(credentials) = effects.credentials {
            holder.credentials = Some((credentials, entry));
        }
        for counts in effects.counts {
            holder.counts.retain(|(earlier, _)| earlier.scope != counts.scope);
            holder.counts.push((counts, entry));
        }
        let issued = || effects.codes.iter().filter(|change| change.state == CodeStatus::Open).map(|change| change.id);
        let codes = issued().min().zip(issued().max());
        for id in effects.messages {
            // The newest message's number is given again after an erasure.
            self.print_runs.remove(&id);
            self.messages.insert(id, ExpectedMessage { origin, codes });
        }
        for change in effects.codes {
            let code = self.codes.entry(change.id).or_insert(ExpectedCode {
                origin,
                purpose: change.purpose,
                state: change.state,
                expires_at: None,
                is_deleted: false,
                last: entry,
            });
            if change.state == CodeStatus::Open {
                // SQLite gives the id of an erased row again.
                *code = ExpectedCode { origin, purpose: change.purpose, expires_at: change.expires_at, ..*code };
                code.is_deleted = false;
            }
            (code.state, code.last) = (change.state, entry);
        }
        for id in effects.deleted {
            if let Some(code) = self.codes.get_mut(&id) {
                code.is_deleted = true;
            }
        }
        for (expected, change) in [(&mut self.sessions, effects.sessions), (&mut self.calls, effects.calls)] {
            for ended in change.ended {
                expected.remove(&ended.0);
            }
            expected.extend(change.opened.map(|opened| (opened.0, origin)));
        }
        Ok(())
    }
}

/// Calls `each` with the rows of a statement.
fn for_each(
    unit: &UnitOfWork<'_>,
    sql: &str,
    mut each: impl FnMut(&Row<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut statement = unit.tx.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}

/// Returns the holder of an audit number, if it has one.
fn niss_of(unit: &UnitOfWork<'_>, subject: i64) -> Result<Option<Niss>, Error> {
    audit::subjects::holder(&unit.tx, subject)
}

fn compare_accounts(unit: &UnitOfWork<'_>, expected: &mut ExpectedState, found: &mut Findings) -> Result<(), Error> {
    const TABLE: &str = "account";
    let key = unit.key()?;
    let mut seen = std::collections::HashSet::new();
    accounts::for_each_with_subject(unit, |account: &Account, subject| {
        let niss = Some(account.niss);
        let holder = subject.and_then(|subject| expected.holders.get(&subject));
        let last = holder.map_or(0, |holder| holder.last);
        let Some(holder) = holder.filter(|holder| holder.state.is_some() || holder.credentials.is_some()) else {
            found.add_unexplained(
                TABLE,
                niss,
                last,
                expected.can_be_older(subject, Some(account.created_at.seconds())),
            );
            return Ok(());
        };
        seen.extend(subject);
        if let Some((state, entry)) = holder.state {
            found.check(state == account.state, TABLE, niss, entry);
        }
        if let Some((account_type, entry)) = holder.account_type {
            found.check(account_type == account.account_type, TABLE, niss, entry);
        }
        match holder.credentials {
            Some((fingerprint, entry)) => {
                found.check(fingerprint == accounts::fingerprint(key, account), TABLE, niss, entry);
            }
            None if holder.is_added => {
                found.check(account.password.is_none() && account.phone_code.is_none(), TABLE, niss, last);
            }
            None => {}
        }
        Ok(())
    })?;
    for (subject, holder) in &expected.holders {
        if let (Some((_, entry)), false, false) = (holder.state, holder.is_erased, seen.contains(subject)) {
            found.add(TABLE, niss_of(unit, *subject)?, entry, StateFault::Missing);
        }
    }
    Ok(())
}

fn compare_codes(unit: &UnitOfWork<'_>, expected: &mut ExpectedState, found: &mut Findings) -> Result<(), Error> {
    const TABLE: &str = "code";
    let sql = "SELECT code.id, niss, subject.id, purpose, state, expires_at, issued_at
  FROM code LEFT JOIN subject USING (niss) ORDER BY code.id";
    let mut seen = 0_usize;
    for_each(unit, sql, |row| {
        let (id, niss, subject): (i64, Option<Niss>, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (state, expires_at): (CodeStatus, Timestamp) = (row.get(4)?, row.get(5)?);
        let Some(code) = expected.codes.get(&id).filter(|code| Some(code.origin.subject) == subject) else {
            let last = last_entry_about(expected, subject);
            found.add_unexplained(TABLE, niss, last, expected.can_be_older(subject, Some(row.get(6)?)));
            return Ok(());
        };
        seen += 1;
        let is_equal = !code.is_deleted
            && code.purpose == row.get(3)?
            && code.state == state
            // A reset of the clock shortens the validity, and a shorter one gives nobody access.
            && code.expires_at.is_none_or(|expected| expires_at <= expected);
        found.check(is_equal, TABLE, niss, code.last);
        Ok(())
    })?;
    let there = |code: &&ExpectedCode| !code.is_deleted && !expected.is_erased(code.origin.subject);
    let missing = expected.codes.values().filter(there).count().saturating_sub(seen);
    if missing > 0 {
        // The rare case pays for finding which.
        for (id, code) in expected.codes.iter().filter(|(_, code)| there(code)) {
            if !exists(unit, "SELECT EXISTS (SELECT 1 FROM code WHERE id = ?1)", *id)? {
                found.add(TABLE, niss_of(unit, code.origin.subject)?, code.last, StateFault::Missing);
            }
        }
    }
    Ok(())
}

fn exists(unit: &UnitOfWork<'_>, sql: &str, id: i64) -> Result<bool, Error> {
    Ok(unit.tx.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
}

fn last_entry_about(expected: &ExpectedState, subject: Option<i64>) -> i64 {
    subject.and_then(|subject| expected.holders.get(&subject)).map_or(0, |holder| holder.last)
}

fn compare_counts(unit: &UnitOfWork<'_>, expected: &mut ExpectedState, found: &mut Findings) -> Result<(), Error> {
    const TABLE: &str = "guard";
    failure_counts::for_each_with_subject(unit, |niss, subject, scope, state: &LockoutState, stale_at| {
        let holder = subject.and_then(|subject| expected.holders.get_mut(&subject));
        let at = holder.as_ref().and_then(|holder| holder.counts.iter().position(|(counts, _)| counts.scope == scope));
        let Some((holder, at)) = holder.zip(at) else {
            let last = last_entry_about(expected, subject);
            found.add_unexplained(TABLE, niss, last, expected.can_be_older(subject, None));
            return Ok(());
        };
        let (counts, entry) = holder.counts.swap_remove(at);
        found.check(counts == CountEffect::of(scope, state, stale_at), TABLE, niss, entry);
        Ok(())
    })?;
    for (subject, holder) in expected.holders.iter().filter(|(_, holder)| !holder.is_erased) {
        for (counts, entry) in &holder.counts {
            let is_empty = *counts == CountEffect::of(counts.scope, &LockoutState::default(), None);
            let can_be_deleted = counts.stale_at.is_some_and(|stale_at| stale_at <= unit.now);
            if !is_empty && !can_be_deleted {
                found.add(TABLE, niss_of(unit, *subject)?, *entry, StateFault::Missing);
            }
        }
    }
    Ok(())
}

fn compare_tokens(
    unit: &UnitOfWork<'_>,
    table: &'static str,
    expected: &mut ExpectedState,
    found: &mut Findings,
) -> Result<(), Error> {
    let mut tokens = std::mem::take(if table == "call" { &mut expected.calls } else { &mut expected.sessions });
    let sql = format!("SELECT t.id, niss, subject.id, created_at FROM {table} AS t LEFT JOIN subject USING (niss)");
    for_each(unit, &sql, |row| {
        let (niss, subject): (Option<Niss>, Option<i64>) = (row.get(1)?, row.get(2)?);
        let origin = tokens.remove(&row.get(0)?).filter(|origin| Some(origin.subject) == subject);
        if origin.is_none() {
            let last = last_entry_about(expected, subject);
            found.add_unexplained(table, niss, last, expected.can_be_older(subject, Some(row.get(3)?)));
        }
        Ok(())
    })?;
    for Origin { subject, entry } in tokens.into_values().filter(|origin| !expected.is_erased(origin.subject)) {
        found.add(table, niss_of(unit, subject)?, entry, StateFault::Missing);
    }
    Ok(())
}

fn compare_messages(unit: &UnitOfWork<'_>, expected: &mut ExpectedState, found: &mut Findings) -> Result<(), Error> {
    const TABLE: &str = "message";
    let mut messages = std::mem::take(&mut expected.messages);
    let sql = "SELECT message.id, niss, subject.id, request, code, print_run, dispatched_at, created_at
  FROM message LEFT JOIN subject USING (niss) ORDER BY message.id";
    for_each(unit, sql, |row| {
        let (niss, subject): (Option<Niss>, Option<i64>) = (row.get(1)?, row.get(2)?);
        let (request, code): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(4)?);
        let (run, dispatched_at): (Option<i64>, Option<i64>) = (row.get(5)?, row.get(6)?);
        let id: i64 = row.get(0)?;
        let printed = expected.print_runs.get(&id).copied();
        if run != printed {
            found.add(TABLE, niss, printed.unwrap_or_default(), StateFault::Changed);
        }
        let Some(ExpectedMessage { origin, codes }) =
            messages.remove(&id).filter(|message| Some(message.origin.subject) == subject)
        else {
            let last = last_entry_about(expected, subject);
            found.add_unexplained(TABLE, niss, last, expected.can_be_older(subject, Some(row.get(7)?)));
            return Ok(());
        };
        let has_its_code = code.is_none_or(|code| codes.is_some_and(|(first, last)| (first..=last).contains(&code)));
        let is_equal = request == Some(origin.entry) && has_its_code && run.is_some() == dispatched_at.is_some();
        found.check(is_equal || run != printed, TABLE, niss, origin.entry);
        Ok(())
    })?;
    let left = messages.into_values().map(|message| message.origin);
    for Origin { subject, entry } in left.filter(|origin| !expected.is_erased(origin.subject)) {
        found.add(TABLE, niss_of(unit, subject)?, entry, StateFault::Missing);
    }
    Ok(())
}

fn compare_alerts(unit: &UnitOfWork<'_>, expected: &mut ExpectedState, found: &mut Findings) -> Result<(), Error> {
    const TABLE: &str = "alert";
    let sql = "SELECT niss, subject.id, count(*) FROM alert LEFT JOIN subject USING (niss) GROUP BY niss";
    for_each(unit, sql, |row| {
        let (niss, subject, count): (Option<Niss>, Option<i64>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        match subject.and_then(|subject| expected.holders.get_mut(&subject)).and_then(|holder| holder.alerts.take()) {
            Some((number, entry)) if count < number => found.add(TABLE, niss, entry, StateFault::Missing),
            Some((number, entry)) if count > number => found.add(TABLE, niss, entry, StateFault::Unexplained),
            Some(_) => {}
            None => {
                let last = last_entry_about(expected, subject);
                found.add_unexplained(TABLE, niss, last, expected.can_be_older(subject, None));
            }
        }
        Ok(())
    })?;
    for (subject, holder) in expected.holders.iter().filter(|(_, holder)| !holder.is_erased) {
        if let Some((_, entry)) = holder.alerts {
            found.add(TABLE, niss_of(unit, *subject)?, entry, StateFault::Missing);
        }
    }
    Ok(())
}

fn compare_enrolments(unit: &UnitOfWork<'_>, expected: &mut ExpectedState, found: &mut Findings) -> Result<(), Error> {
    const TABLE: &str = "cmd";
    for_each(unit, "SELECT niss, subject.id FROM cmd LEFT JOIN subject USING (niss)", |row| {
        let (niss, subject): (Option<Niss>, Option<i64>) = (row.get(0)?, row.get(1)?);
        match subject.and_then(|subject| expected.holders.get_mut(&subject)).and_then(|it| it.is_enrolled.take()) {
            Some((true, _)) => {}
            Some((false, entry)) => found.add(TABLE, niss, entry, StateFault::Unexplained),
            None => {
                let last = last_entry_about(expected, subject);
                found.add_unexplained(TABLE, niss, last, expected.can_be_older(subject, None));
            }
        }
        Ok(())
    })?;
    for (subject, holder) in expected.holders.iter().filter(|(_, holder)| !holder.is_erased) {
        if let Some((true, entry)) = holder.is_enrolled {
            found.add(TABLE, niss_of(unit, *subject)?, entry, StateFault::Missing);
        }
    }
    Ok(())
}

fn compare_policy(unit: &UnitOfWork<'_>, expected: &mut ExpectedState, found: &mut Findings) -> Result<(), Error> {
    const TABLE: &str = "policy";
    let since = expected.since();
    for_each(unit, "SELECT key, value FROM policy", |row| {
        let (key, value): (String, String) = (row.get(0)?, row.get(1)?);
        match expected.policy.remove(&key) {
            Some((expected, entry)) => found.check(expected.as_ref() == Some(&value), TABLE, None, entry),
            None => found.add_unexplained(TABLE, None, 0, since > 1),
        }
        Ok(())
    })?;
    for (_, entry) in expected.policy.values() {
        found.add(TABLE, None, *entry, StateFault::Missing);
    }
    Ok(())
}
