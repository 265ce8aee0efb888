//! Compares the state with the audit log. A change of the file without its key is found, because it has no audit entry: the
//! entries are chained under the key.
//!
//! One pass over the log derives from the effects of its entries what the rows must be. Each table is then read once. Compared are
//! accounts, codes, failure counts with their lockouts, sessions, calls, messages with their causes, print runs, alerts, enrolments
//! and policy settings: rows that no entry explains, rows that are gone, and columns with another value.
//!
//! Entries from before version 5 have no effects. A row that only they explain is counted, and not compared. Registry records,
//! contacts, texts of messages and times of sessions are in no entry, so their changes are not found.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::Row;

use crate::domain::lockout::LockoutState;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, AccountType, Channel, CodeStatus, MessageStatus, Purpose};
use crate::error::{Error, StateDifference, StateFault};
use crate::reply::{AuditDetail, AuditEffects, CodeEffect, CountEffect, Fingerprint};
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
    compare_accounts(unit, &expected, &mut found)?;
    compare_codes(unit, &mut expected, &mut found)?;
    compare_counts(unit, &mut expected, &mut found)?;
    let (sessions, calls) = (std::mem::take(&mut expected.sessions), std::mem::take(&mut expected.calls));
    compare_tokens(unit, "session", sessions, &expected, &mut found)?;
    compare_tokens(unit, "call", calls, &expected, &mut found)?;
    compare_messages(unit, &mut expected, &mut found)?;
    compare_row_counts(unit, "alert", |holder| holder.alerts.take(), &mut expected, &mut found)?;
    compare_row_counts(unit, "cmd", |holder| holder.enrolments.take(), &mut expected, &mut found)?;
    compare_policy(unit, &mut expected, &mut found)?;
    compare_batch_lines(unit, &mut found)?;
    match found.first {
        None => Ok(ComparedState { not_compared: found.not_compared }),
        Some(first) => Err(Error::StateDiffers(Box::new(StateDifference { others: found.count - 1, ..first }))),
    }
}

/// The differences. Only the first one is stored.
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

    /// Records a row that no entry of version 5 explains: one from before version 5, if its holder and its time allow that, or one
    /// that another program has added.
    fn add_unexplained(
        &mut self,
        table: &'static str,
        niss: Option<Niss>,
        expected: &ExpectedState,
        (subject, at): (Option<i64>, Option<i64>),
    ) {
        if expected.can_be_older(subject, at) {
            self.not_compared += 1;
        } else {
            let last = subject.and_then(|subject| expected.holders.get(&subject)).map_or(0, |holder| holder.last);
            self.add(table, niss, last, StateFault::Unexplained);
        }
    }

    /// Records a row that is gone, unless its holder was erased.
    fn add_missing(
        &mut self,
        unit: &UnitOfWork<'_>,
        table: &'static str,
        expected: &ExpectedState,
        Origin { subject, entry }: Origin,
    ) -> Result<(), Error> {
        if !expected.holders.get(&subject).is_some_and(|holder| holder.is_erased) {
            self.add(table, audit::subjects::holder(&unit.tx, subject)?, entry, StateFault::Missing);
        }
        Ok(())
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
    /// The delivery results, by message.
    deliveries: HashMap<i64, Delivery>,
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
    /// The number of rows in table `cmd`.
    enrolments: Option<(i64, i64)>,
    /// The number of rows in table `alert`.
    alerts: Option<(i64, i64)>,
}

/// The holder's audit number and the entry of a row's origin.
#[derive(Clone, Copy)]
struct Origin {
    subject: i64,
    entry: i64,
}

/// The delivery result of a message, with its entry and its time.
#[derive(Clone, Copy)]
struct Delivery {
    status: MessageStatus,
    at: i64,
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

    fn add(&mut self, entry: &VerifiedEntry<'_>) {
        let op = entry.action.parse::<Operation>().ok();
        if entry.action == MIGRATED {
            // Of the entries before it, only the erasures count.
            self.migrated = Some((entry.id, entry.at));
            self.policy.clear();
            self.print_runs.clear();
            self.deliveries.clear();
            for holder in self.holders.values_mut() {
                *holder =
                    ExpectedHolder { is_erased: holder.is_erased, last: holder.last, ..ExpectedHolder::default() };
            }
            return;
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
            let delivery = effects.delivery.map(|delivery| {
                (delivery.message, Delivery { status: delivery.status, at: entry.at, entry: entry.id })
            });
            self.deliveries.extend(delivery);
        }
        let Some(subject) = entry.subject else { return };
        let holder = self.holders.entry(subject).or_default();
        holder.last = entry.id;
        if entry.is_done {
            match op {
                Some(Operation::AccountErase) => holder.is_erased = true,
                Some(Operation::CmdEnrol) => holder.enrolments = Some((1, entry.id)),
                Some(Operation::CmdRevoke) => holder.enrolments = Some((0, entry.id)),
                Some(Operation::AlertsSend) => holder.alerts = detail.alert.map(|number| (number, entry.id)),
                _ => {}
            }
        }
        if let Some(effects) = detail.effects {
            self.add_effects(Origin { subject, entry: entry.id }, effects);
        }
    }

    fn add_effects(&mut self, origin: Origin, effects: AuditEffects) {
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
            self.deliveries.remove(&id);
            self.messages.insert(id, ExpectedMessage { origin, codes });
        }
        for change in effects.codes {
            let CodeEffect { id, purpose, state, mut expires_at, channel: _ } = change;
            // SQLite gives the id of an erased row again: a new code takes nothing from an earlier one.
            if state != CodeStatus::Open {
                expires_at = self.codes.get(&id).and_then(|code| code.expires_at);
            }
            self.codes.insert(id, ExpectedCode { origin, purpose, state, expires_at, last: entry });
        }
        for id in effects.deleted {
            self.codes.remove(&id);
        }
        for (expected, change) in [(&mut self.sessions, effects.sessions), (&mut self.calls, effects.calls)] {
            for ended in change.ended {
                expected.remove(&ended.0);
            }
            expected.extend(change.opened.map(|opened| (opened.0, origin)));
        }
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

fn compare_accounts(unit: &UnitOfWork<'_>, expected: &ExpectedState, found: &mut Findings) -> Result<(), Error> {
    const TABLE: &str = "account";
    let key = unit.key()?;
    let mut compared_subjects = HashSet::new();
    accounts::for_each_with_subject(unit, |account: &Account, subject| {
        let niss = Some(account.niss);
        let holder = subject.and_then(|subject| expected.holders.get(&subject));
        let Some(holder) = holder.filter(|holder| holder.state.is_some() || holder.credentials.is_some()) else {
            found.add_unexplained(TABLE, niss, expected, (subject, Some(account.created_at.seconds())));
            return Ok(());
        };
        compared_subjects.extend(subject);
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
                found.check(account.password.is_none() && account.phone_code.is_none(), TABLE, niss, holder.last);
            }
            None => {}
        }
        Ok(())
    })?;
    for (subject, holder) in expected.holders.iter().filter(|(subject, _)| !compared_subjects.contains(subject)) {
        if let Some((_, entry)) = holder.state {
            found.add_missing(unit, TABLE, expected, Origin { subject: *subject, entry })?;
        }
    }
    Ok(())
}

fn compare_codes(unit: &UnitOfWork<'_>, expected: &mut ExpectedState, found: &mut Findings) -> Result<(), Error> {
    const TABLE: &str = "code";
    let mut codes = std::mem::take(&mut expected.codes);
    let sql = "SELECT code.id, niss, subject.id, purpose, state, expires_at, issued_at
  FROM code LEFT JOIN subject USING (niss) ORDER BY code.id";
    for_each(unit, sql, |row| {
        let (id, niss, subject): (i64, Option<Niss>, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (state, expires_at): (CodeStatus, Timestamp) = (row.get(4)?, row.get(5)?);
        let Some(code) = codes.remove(&id).filter(|code| Some(code.origin.subject) == subject) else {
            found.add_unexplained(TABLE, niss, expected, (subject, Some(row.get(6)?)));
            return Ok(());
        };
        let is_equal = code.purpose == row.get(3)?
            && code.state == state
            // A reset of the clock shortens the validity, and a shorter one gives nobody access.
            && code.expires_at.is_none_or(|expected| expires_at <= expected);
        found.check(is_equal, TABLE, niss, code.last);
        Ok(())
    })?;
    let missing = codes.into_values().map(|code| Origin { entry: code.last, ..code.origin });
    missing.into_iter().try_for_each(|origin| found.add_missing(unit, TABLE, expected, origin))
}

fn compare_counts(unit: &UnitOfWork<'_>, expected: &mut ExpectedState, found: &mut Findings) -> Result<(), Error> {
    const TABLE: &str = "guard";
    failure_counts::for_each_with_subject(unit, |niss, subject, scope, state: &LockoutState, stale_at| {
        let holder = subject.and_then(|subject| expected.holders.get_mut(&subject));
        let at = holder.as_ref().and_then(|holder| holder.counts.iter().position(|(counts, _)| counts.scope == scope));
        match holder.zip(at) {
            Some((holder, at)) => {
                let (counts, entry) = holder.counts.swap_remove(at);
                found.check(counts == CountEffect::of(scope, state, stale_at), TABLE, niss, entry);
            }
            None => found.add_unexplained(TABLE, niss, expected, (subject, None)),
        }
        Ok(())
    })?;
    for (subject, holder) in &expected.holders {
        for (counts, entry) in &holder.counts {
            let is_empty = *counts == CountEffect::of(counts.scope, &LockoutState::default(), None);
            let can_be_deleted = counts.stale_at.is_some_and(|stale_at| stale_at <= unit.now);
            if !is_empty && !can_be_deleted {
                found.add_missing(unit, TABLE, expected, Origin { subject: *subject, entry: *entry })?;
            }
        }
    }
    Ok(())
}

/// Compares the sessions or the calls.
fn compare_tokens(
    unit: &UnitOfWork<'_>,
    table: &'static str,
    mut tokens: HashMap<i64, Origin>,
    expected: &ExpectedState,
    found: &mut Findings,
) -> Result<(), Error> {
    let sql = format!("SELECT t.id, niss, subject.id, created_at FROM {table} AS t LEFT JOIN subject USING (niss)");
    for_each(unit, &sql, |row| {
        let (niss, subject): (Option<Niss>, Option<i64>) = (row.get(1)?, row.get(2)?);
        let origin = tokens.remove(&row.get(0)?).filter(|origin| Some(origin.subject) == subject);
        if origin.is_none() {
            found.add_unexplained(table, niss, expected, (subject, Some(row.get(3)?)));
        }
        Ok(())
    })?;
    tokens.into_values().try_for_each(|origin| found.add_missing(unit, table, expected, origin))
}

fn compare_messages(unit: &UnitOfWork<'_>, expected: &mut ExpectedState, found: &mut Findings) -> Result<(), Error> {
    const TABLE: &str = "message";
    let mut messages = std::mem::take(&mut expected.messages);
    let sql = "SELECT message.id, niss, subject.id, request, code, print_run, dispatched_at, created_at,
       channel, status, status_at
  FROM message LEFT JOIN subject USING (niss) ORDER BY message.id";
    for_each(unit, sql, |row| {
        let (id, niss, subject): (i64, Option<Niss>, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (request, code): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(4)?);
        let (run, dispatched_at): (Option<i64>, Option<i64>) = (row.get(5)?, row.get(6)?);
        let printed = expected.print_runs.get(&id).copied();
        if run != printed {
            found.add(TABLE, niss, printed.unwrap_or_default(), StateFault::Changed);
        }
        let delivery = expected.deliveries.get(&id).copied();
        let (status, status_at): (MessageStatus, Option<i64>) = (row.get(9)?, row.get(10)?);
        // Without a result, a letter is dispatched if it has the time of its print run.
        let queued = || match dispatched_at {
            Some(_) => MessageStatus::Dispatched,
            None => MessageStatus::when_queued(row.get(8).unwrap_or(Channel::Letter)),
        };
        let has_its_status =
            delivery.map_or_else(queued, |delivery| delivery.status) == status && delivery.map(|it| it.at) == status_at;
        if !has_its_status {
            found.add(
                TABLE,
                niss,
                delivery.map_or_else(|| printed.unwrap_or_default(), |it| it.entry),
                StateFault::Changed,
            );
        }
        let Some(ExpectedMessage { origin, codes }) =
            messages.remove(&id).filter(|message| Some(message.origin.subject) == subject)
        else {
            found.add_unexplained(TABLE, niss, expected, (subject, Some(row.get(7)?)));
            return Ok(());
        };
        let has_its_code = code.is_none_or(|code| codes.is_some_and(|(first, last)| (first..=last).contains(&code)));
        let is_equal = request == Some(origin.entry) && has_its_code && run.is_some() == dispatched_at.is_some();
        found.check(is_equal || run != printed || !has_its_status, TABLE, niss, origin.entry);
        Ok(())
    })?;
    messages.into_values().try_for_each(|message| found.add_missing(unit, TABLE, expected, message.origin))
}

/// Compares the number of each holder's rows in a table. `take` returns the expected number with its entry.
fn compare_row_counts(
    unit: &UnitOfWork<'_>,
    table: &'static str,
    take: fn(&mut ExpectedHolder) -> Option<(i64, i64)>,
    expected: &mut ExpectedState,
    found: &mut Findings,
) -> Result<(), Error> {
    let sql = format!("SELECT niss, subject.id, count(*) FROM {table} LEFT JOIN subject USING (niss) GROUP BY niss");
    for_each(unit, &sql, |row| {
        let (niss, subject, count): (Option<Niss>, Option<i64>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        match subject.and_then(|subject| expected.holders.get_mut(&subject)).and_then(take) {
            Some((number, entry)) if count < number => found.add(table, niss, entry, StateFault::Missing),
            Some((number, entry)) if count > number => found.add(table, niss, entry, StateFault::Unexplained),
            Some(_) => {}
            None => found.add_unexplained(table, niss, expected, (subject, None)),
        }
        Ok(())
    })?;
    let left = expected.holders.iter_mut().filter_map(|(subject, holder)| take(holder).map(|it| (*subject, it)));
    let left: Vec<_> = left.filter(|(_, (number, _))| *number > 0).collect();
    left.into_iter()
        .try_for_each(|(subject, (_, entry))| found.add_missing(unit, table, expected, Origin { subject, entry }))
}

/// Compares the lines that were done under a name with the entries of their requests.
fn compare_batch_lines(unit: &UnitOfWork<'_>, found: &mut Findings) -> Result<(), Error> {
    let sql =
        "SELECT batch_line.niss, request FROM batch_line LEFT JOIN audit ON audit.id = request AND outcome = 'done'
       LEFT JOIN subject ON subject.id = audit.subject
 WHERE audit.id IS NULL OR subject.niss IS NOT batch_line.niss";
    for_each(unit, sql, |row| {
        found.add("batch_line", row.get(0)?, row.get(1)?, StateFault::Unexplained);
        Ok(())
    })
}

fn compare_policy(unit: &UnitOfWork<'_>, expected: &mut ExpectedState, found: &mut Findings) -> Result<(), Error> {
    const TABLE: &str = "policy";
    let mut policy = std::mem::take(&mut expected.policy);
    for_each(unit, "SELECT key, value FROM policy", |row| {
        let (key, value): (String, String) = (row.get(0)?, row.get(1)?);
        match policy.remove(&key) {
            Some((expected, entry)) => found.check(expected.as_ref() == Some(&value), TABLE, None, entry),
            None => found.add_unexplained(TABLE, None, expected, (None, None)),
        }
        Ok(())
    })?;
    for (_, entry) in policy.into_values() {
        found.add(TABLE, None, entry, StateFault::Missing);
    }
    Ok(())
}
