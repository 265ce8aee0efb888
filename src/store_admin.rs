//! Commands on the store itself: create, describe, check, back up, change the key file, reset the clock, hash.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::token_id::TokenId;
use crate::domain::vocabulary::{CodeStatus, Purpose};
use crate::error::Error;
use crate::reply::{
    AuditDetail, AuditEffects, CodeEffect, CountEffect, Done, Reason, Refusal, RefusalVariant, Reply, ReplyBody,
    RestoredCounts, StoreInfo,
};
use crate::request::{Operation, OperatorReason};
use crate::store::host_check::{self, HostFinding};
use crate::store::restore::{self, BackupSource};
use crate::store::{
    ClockLag, Sandbox, Store, StoreLocation, UnitOfWork, audit, calls, codes, failure_counts, maintenance, migrations,
    sessions, state_hash,
};

/// Creates a store and its parent directories.
///
/// # Errors
/// The store exists, or it cannot be written.
pub fn init<'a>(place: impl Into<StoreLocation<'a>>, sandbox: Option<Sandbox>) -> Result<Done, Error> {
    init_with(place, sandbox, |_, made| Ok(made))
}

/// Creates a store, and runs `fill` in it with the description of the empty store. If `fill` fails, there is no store.
///
/// # Errors
/// As of [`init`], and those of `fill`.
pub fn init_with<'a, T>(
    place: impl Into<StoreLocation<'a>>,
    sandbox: Option<Sandbox>,
    fill: impl FnOnce(&Store, Done) -> Result<T, Error>,
) -> Result<T, Error> {
    let place = place.into();
    maintenance::create_parent_dir(place.store)?;
    Store::create(place, sandbox, |store| fill(store, Done { op: Operation::Init, ..info(store)? }))
}

/// Creates a private sandbox that is deleted when the value is dropped.
///
/// # Errors
/// It cannot be written, for example because the disk is full.
pub fn temporary_sandbox(sandbox: Sandbox) -> Result<(Store, Done), Error> {
    let store = Store::temporary(sandbox)?;
    let done = Done { op: Operation::Init, ..info(&store)? };
    Ok((store, done))
}

/// Returns a description of the store.
pub fn info(store: &Store) -> Result<Done, Error> {
    let counted = maintenance::counts(store.connection())?;
    let seed = store.seed()?;
    let (now, system_now) = store.both_times()?;
    Ok(Done::new(
        Operation::StoreInfo,
        ReplyBody::Store(StoreInfo {
            path: store.path().display().to_string(),
            sandbox: seed.is_some(),
            seed,
            version: migrations::VERSION,
            created_at: counted.created_at,
            now,
            system_now,
            records: counted.records,
            accounts: counted.accounts,
            messages: counted.messages,
            bytes: counted.bytes,
        }),
    ))
}

/// Checks the store: every page, every reference, the schema, the key, the sealed values and the audit log, and the state against
/// the audit log. Removes the leftovers of killed commands in its folder, and inspects the machine around it. `parts` are the
/// leftovers of another kind that can't be removed. Returns the number of rows that could not be compared, and the findings.
///
/// # Errors
/// The first problem found.
pub fn check(store: &Store, parts: Vec<PathBuf>) -> Result<(u64, Vec<HostFinding>), Error> {
    let compared = maintenance::check(store)?;
    let mut leftovers = maintenance::remove_leftovers(store.location());
    leftovers.extend(parts);
    Ok((compared.not_compared, host_check::inspect(store, leftovers)?))
}

/// Writes a consistent copy of the store while other processes continue to write. The key is not copied. Outside a sandbox the
/// copy has an audit entry, which is in the copy too.
///
/// # Errors
/// The file exists or cannot be written; outside a sandbox also: the key is missing.
pub fn backup(store: &Store, actor: &str, file: &Path) -> Result<Done, Error> {
    const OP: Operation = Operation::StoreBackup;
    maintenance::check_backup_path(file)?;
    // A copy must be possible before the clock is corrected, and no entry is written by a clock that is behind.
    let request = match store.clock_lag()?.is_some_and(ClockLag::is_too_long) {
        true => None,
        false => store.audit_disclosure(actor, OP, None)?,
    };
    maintenance::backup(store, file)?;
    Ok(Done { request, ..Done::new(OP, ReplyBody::BackedUp { file: file.display().to_string() }) })
}

/// Moves the store to a new key file. The old key file no longer opens it.
///
/// # Errors
/// The key is missing, or its directory cannot be written.
pub fn rekey(store: &Store, actor: &str) -> Result<Reply, Error> {
    if store.seed()?.is_some() {
        let refusal = Refusal::new(Operation::StoreRekey, Reason::RealOnly);
        return Ok(Reply::Refused(Refusal { hint: Some(NextStep::UseRealStore), ..refusal }));
    }
    let (file, request) = store.rekey(actor, |unit| audit::add(unit, Operation::StoreRekey, None, None, None))?;
    let body = ReplyBody::Rekeyed { key_file: file.display().to_string() };
    Ok(Reply::Done(Done { request: Some(request), ..Done::new(Operation::StoreRekey, body) }))
}

/// Makes the time of the system's clock the store's time, after a command has run under a clock that was ahead.
///
/// One transaction ends the sessions and calls, supersedes the open codes and ends the lockouts whose times are after it. Each
/// holder whose codes or lockouts change has an audit entry with these effects. It is the only way in which the time of an audit
/// entry can be before the time of the previous one.
///
/// # Errors
/// Those of the key and of SQLite.
pub fn reset_clock(store: &Store, actor: &str, reason: &OperatorReason) -> Result<Reply, Error> {
    const OP: Operation = Operation::StoreClockReset;
    if store.seed()?.is_some() {
        let refusal = Refusal::new(OP, Reason::RealOnly);
        let variant = Some(RefusalVariant::Clock);
        return Ok(Reply::Refused(Refusal { variant, hint: Some(NextStep::UseRealStore), ..refusal }));
    }
    store.write_at_system_time(actor, |unit| {
        let from = unit.clock_lag.map_or(unit.now, |lag| lag.newest);
        let detail =
            AuditDetail { from: Some(from.to_string()), to: Some(unit.now.to_string()), ..AuditDetail::default() };
        let request = audit::add_with(unit, OP, None, None, Some(&detail), Some(reason.as_str()))?;
        let (sessions, calls) = (sessions::end_future(unit)?, calls::end_future(unit)?);
        let (codes, counts) = (codes::supersede_future(unit)?, failure_counts::end_future(unit)?);
        let mut changed = ended_effects(&sessions, &calls, &codes);
        let mut lockouts = 0;
        for changed_count in &counts {
            let effects = changed.entry(changed_count.niss).or_default();
            let failure_counts::ChangedCount { scope, state, stale_at, is_lifted, .. } = changed_count;
            effects.counts.push(CountEffect::of(*scope, state, *stale_at));
            if *is_lifted {
                lockouts += 1;
                effects.lifted.push(*scope);
            }
        }
        add_entries(unit, OP, changed)?;
        let (sessions, calls, codes) = (sessions.len(), calls.len(), codes.len());
        let body = ReplyBody::ClockReset { from, now: unit.now, sessions, calls, codes, lockouts };
        Ok(Reply::Done(Done { request: Some(request), ..Done::new(OP, body) }))
    })
}

/// Returns the effects of ended sessions and calls and of superseded codes, by holder.
fn ended_effects(
    sessions: &[(Niss, i64)],
    calls: &[(Niss, i64)],
    codes: &[(Niss, i64, Purpose)],
) -> BTreeMap<Niss, AuditEffects> {
    let mut changed: BTreeMap<Niss, AuditEffects> = BTreeMap::new();
    for (niss, id) in sessions {
        changed.entry(*niss).or_default().sessions.ended.push(TokenId(*id));
    }
    for (niss, id) in calls {
        changed.entry(*niss).or_default().calls.ended.push(TokenId(*id));
    }
    for (niss, id, purpose) in codes {
        let effect =
            CodeEffect { channel: None, expires_at: None, id: *id, purpose: *purpose, state: CodeStatus::Superseded };
        changed.entry(*niss).or_default().codes.push(effect);
    }
    changed
}

/// Adds an audit entry for each holder with the effects on the holder's rows.
fn add_entries(unit: &UnitOfWork<'_>, op: Operation, changed: BTreeMap<Niss, AuditEffects>) -> Result<(), Error> {
    for (niss, effects) in changed {
        let detail = AuditDetail { effects: Some(effects), ..AuditDetail::default() };
        audit::add(unit, op, Some(niss), None, Some(&detail))?;
    }
    Ok(())
}

/// Restores a store from a backup, with a new key file. An existing store stays beside it if `replace` allows to replace it.
///
/// Sessions, calls and open codes end: their holders may have ended, used or replaced them after the backup. Each such holder has an
/// audit entry with these effects.
///
/// # Errors
/// As of [`restore::restore`]. The old store is then unchanged.
pub fn restore(
    location: StoreLocation<'_>,
    actor: &str,
    source: BackupSource<'_>,
    replace: bool,
) -> Result<Done, Error> {
    const OP: Operation = Operation::StoreRestore;
    maintenance::create_parent_dir(location.store)?;
    let (restored, files) = restore::restore(location, source, replace, actor, |unit, last| {
        let detail = AuditDetail {
            from: last.map(|last| last.at.to_string()),
            to: Some(unit.now.to_string()),
            ..AuditDetail::default()
        };
        let request = audit::add(unit, OP, None, None, Some(&detail))?;
        let (sessions, calls) = (sessions::end_every(unit)?, calls::end_every(unit)?);
        let codes = codes::supersede_every(unit)?;
        add_entries(unit, OP, ended_effects(&sessions, &calls, &codes))?;
        let (sessions, calls, codes) = (sessions.len(), calls.len(), codes.len());
        let (last_entry, last_at) = (last.map_or(0, |last| last.id), last.map(|last| last.at));
        Ok((request, RestoredCounts { last_entry, last_at, sessions, calls, codes }))
    })?;
    let (request, counts) = restored;
    let text = |path: std::path::PathBuf| path.display().to_string();
    let body = ReplyBody::Restored {
        file: location.store.display().to_string(),
        backup: source.backup.display().to_string(),
        key_file: files.key_file.map(text),
        previous: files.previous.map(text),
        previous_key: files.previous_key.map(text),
        counts,
    };
    Ok(Done { request: Some(request), ..Done::new(OP, body) })
}

/// Returns a hash of the visible state of the store or of one holder, for comparisons.
pub fn state_hash(store: &Store, niss: Option<Niss>) -> Result<Done, Error> {
    let hash = store.read(|unit| state_hash::hash(unit, niss))?;
    Ok(Done { niss, ..Done::new(Operation::StateHash, ReplyBody::StateHash { hash }) })
}
