//! Restores a store from a backup.
//!
//! **The copy.** The backup is copied beside the store under a temporary name, migrated, checked like `store check`, and changed
//! there: its own key is sealed under a new key file, and the caller adds its audit entries. The backup stays as it is.
//!
//! **Without a store.** The copy then gets the store's name, as a new store does ([`crate::store::Store::create`]).
//!
//! **Over a store.** The pages of the copy replace those of the store in one transaction of SQLite, as a backup in the other
//! direction. Renaming the copy over the store would be unsafe: a process that has the store open would write its log under the
//! name of another file. While the transaction holds the write lock, the last state of the old store and its key file are copied
//! beside it, so that no committed change is lost.
//!
//! **Crashes.** The new key file is staged before the store has its fingerprint, as by `store rekey`
//! ([`crate::store::crypto::keyfile`]). So the row of the store says at any moment which key file fits.

use std::cell::OnceCell;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior};

use crate::domain::time::Timestamp;
use crate::error::{Error, ExitStatus};
use crate::random::RandomSource;
use crate::store::crypto::key::Key;
use crate::store::crypto::keyfile::{KeyFile, StagedKey};
use crate::store::key_cache::KeyCache;
use crate::store::private_file::{self, NewFile, with_suffix};
use crate::store::store_row::StoreRow;
use crate::store::{Store, StoreLocation, UnitOfWork, connection, file_kind, maintenance, migrations};

/// A backup to restore.
#[derive(Debug, Clone, Copy)]
pub struct BackupSource<'a> {
    /// The path of the backup.
    pub backup: &'a Path,
    /// The key file of the time of the backup. `None` is the backup's path with `.key` added, or else the key file of the store.
    pub key: Option<&'a Path>,
}

/// The last audit entry in a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastEntry {
    /// Its number.
    pub id: i64,
    /// Its time.
    pub at: Timestamp,
}

/// The copy of a backup.
struct Copy {
    store: Store,
    /// The path of the backup's key file.
    key: PathBuf,
    last: Option<LastEntry>,
}

/// The files of a restored store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoredFiles {
    /// The new key file; a sandbox has none.
    pub key_file: Option<PathBuf>,
    /// The copy of the old store, if there was one.
    pub previous: Option<PathBuf>,
    /// The copy of the old key file, if there was one.
    pub previous_key: Option<PathBuf>,
}

/// Restores a backup as the store of `location`, and runs `note` in the copy before it becomes the store. An existing store is
/// replaced only with `replace`, and stays beside it under a name with the time.
///
/// # Errors
/// [`Error::StoreExists`] without `replace`; [`Error::Backup`] for a backup that is damaged or lacks its key; the store and the
/// backup are not of the same kind; the folder can't be written; those of `note`. The old store is then unchanged.
pub fn restore<T>(
    location: StoreLocation<'_>,
    source: BackupSource<'_>,
    replace: bool,
    actor: &str,
    note: impl FnOnce(&UnitOfWork<'_>, Option<LastEntry>) -> Result<T, Error>,
) -> Result<(T, RestoredFiles), Error> {
    let backup = check_source(location, source.backup)?;
    let place = connection::resolve_link(location.store)?;
    let old = place.symlink_metadata().is_ok();
    if old && !replace {
        return Err(Error::StoreExists);
    }
    let key_file = KeyFile::of(location);
    let is_old_sandbox = if old { check_old(&place)? } else { None };
    let _lock = key_file.lock_folder().map_err(private_file::write_error)?;
    let _ = maintenance::remove_leftovers(location);
    let previous = previous_name(&place, old)?;
    // A store has its log under its own name, so the copy has another one until it is the store.
    let new = NewFile::begin(if old { &previous } else { &place }).map_err(private_file::write_error)?;
    copy_backup(&backup, new.temporary()).map_err(|fault| of_backup(source.backup, None, fault))?;
    let Copy { store, key: backup_key, last } = open_copy(source, &backup, new.temporary(), &key_file)?;
    let seed = store.seed()?;
    if is_old_sandbox.is_some_and(|old| old != seed.is_some()) {
        return Err(Error::usage_about("restore-kind", source.backup));
    }
    maintenance::check(&store).map_err(|fault| of_backup(source.backup, Some(&backup_key), fault))?;
    check_key_file(&key_file, &place, seed.is_some())?;
    let file = match seed {
        Some(_) => None,
        None => Some(Key::new(RandomSource::System.key()?)),
    };
    // Also by a clock that is behind the backup: its entries stay, and `store clock-reset` can follow.
    let unit = UnitOfWork::begin(&store.connection, &store.keys, actor, TransactionBehavior::Immediate)?;
    let noted = store.complete(unit, |unit| {
        if let Some(file) = &file {
            let sql = "UPDATE store SET key_check = ?1, data_key = ?2 WHERE id = 1";
            unit.tx.execute(sql, (file.fingerprint(), unit.key()?.wrap_key(file)?))?;
        }
        note(unit, last)
    })?;
    // After the row, which says whose key it is if this process is killed.
    let mut staged = file.as_ref().map(|file| key_file.stage(file)).transpose()?;
    let has_old_key = file.is_some() && key_file.path().exists();
    let previous_key = has_old_key.then(|| with_suffix(&previous, file_kind::KEY_FILE));
    if old {
        replace_pages(&store.connection, &place, &previous, |in_force| {
            if let Some(previous_key) = &previous_key {
                // A key file that does not fit the old store is copied as it is.
                let _ = in_force.map(|check| key_file.check_in_force(&check));
                copy_key(key_file.path(), previous_key)?;
            }
            staged.iter_mut().for_each(StagedKey::keep);
            Ok(())
        })?;
        drop(store);
    } else {
        previous_key.iter().try_for_each(|previous_key| copy_key(key_file.path(), previous_key))?;
        connection::close_complete(store.connection, new.temporary())?;
        new.finish().map_err(|fault| match fault.kind() {
            io::ErrorKind::AlreadyExists => Error::StoreExists,
            _ => private_file::write_error(fault),
        })?;
        staged.iter_mut().for_each(StagedKey::keep);
    }
    if let Some(file) = &file {
        // If this fails, the next process that opens the store does it.
        let _ = key_file.install(&file.fingerprint());
    }
    let key_file = file.map(|_| key_file.path().to_owned());
    Ok((noted, RestoredFiles { key_file, previous: old.then_some(previous), previous_key }))
}

/// Checks the path of a backup, and returns the file that it leads to.
fn check_source(location: StoreLocation<'_>, backup: &Path) -> Result<PathBuf, Error> {
    let fault = |fault| Error::file(backup, fault);
    let real = fs::canonicalize(backup).map_err(fault)?;
    let there = fs::metadata(&real).map_err(fault)?;
    if there.is_dir() {
        return Err(fault(io::ErrorKind::IsADirectory.into()));
    }
    if !there.is_file() {
        // Reading a pipe could wait forever, and a device has no end.
        return Err(Error::usage_about("restore-no-file", backup));
    }
    if private_file::is_same_file(&real, location.store) {
        return Err(Error::usage_about("restore-itself", backup));
    }
    Ok(real)
}

/// Checks that a store can be replaced in place, and returns whether it is a sandbox. `None` if its row can't be read: a damaged
/// store can be replaced too.
fn check_old(place: &Path) -> Result<Option<bool>, Error> {
    connection::check_header(place)?;
    let old = connection::connect_to_pages(place)?;
    let id: i64 = old.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if id != connection::APPLICATION_ID {
        return Err(Error::NotAStore);
    }
    Ok(old.query_row("SELECT seed IS NOT NULL FROM store WHERE id = 1", [], |row| row.get(0)).ok())
}

/// Returns a free name for the old store: its name, `.old-` and the time.
fn previous_name(place: &Path, old: bool) -> Result<PathBuf, Error> {
    let now = match old {
        true => StoreRow::read(&connection::connect_to_pages(place)?).map(|row| row.now()),
        false => Ok(crate::clock::system_now()),
    };
    let time: String = now
        .unwrap_or_else(|_| crate::clock::system_now())
        .to_string()
        .chars()
        .filter(|character| !matches!(character, '-' | ':'))
        .collect();
    let is_free = |path: &PathBuf| {
        path.symlink_metadata().is_err() && with_suffix(path, file_kind::KEY_FILE).symlink_metadata().is_err()
    };
    let names = (1..1000).map(|n| if n == 1 { format!(".old-{time}") } else { format!(".old-{time}-{n}") });
    let mut paths = names.map(|name| with_suffix(place, &name));
    paths.find(is_free).ok_or_else(|| private_file::write_error(io::ErrorKind::AlreadyExists.into()))
}

/// Copies a backup into an empty file. A backup with a log is a copy of the files of a store: SQLite reads both.
fn copy_backup(backup: &Path, temporary: &Path) -> Result<(), Error> {
    let has_log = |suffix| fs::metadata(with_suffix(backup, suffix)).is_ok_and(|log| log.len() > 0);
    if has_log("-wal") || has_log("-journal") {
        let source = connection::connect_to_pages(backup)?;
        // The log stays a file of its own.
        source.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        let mut copy = connection::connect(temporary)?;
        Backup::new(&source, &mut copy)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
        return connection::close_complete(copy, temporary);
    }
    // As bytes: SQLite would need a writable folder beside the backup.
    let mut source = File::open(backup).map_err(|fault| Error::file(backup, fault))?;
    let mut copy = fs::OpenOptions::new().write(true).open(temporary).map_err(private_file::write_error)?;
    let mut piece = vec![0; 1 << 20];
    loop {
        match source.read(&mut piece).map_err(|fault| Error::file(backup, fault))? {
            0 => return connection::check_header(temporary),
            length => io::Write::write_all(&mut copy, &piece[..length]).map_err(private_file::write_error)?,
        }
    }
}

/// Opens the copy of a backup with the key of its time, and migrates it.
fn open_copy(source: BackupSource<'_>, backup: &Path, temporary: &Path, own: &KeyFile) -> Result<Copy, Error> {
    let opened = connection::connect(temporary)?;
    // A file that is no store is found by the migration.
    let seed: Option<i64> =
        opened.query_row("SELECT seed FROM store WHERE id = 1", [], |row| row.get(0)).unwrap_or_default();
    // The migration adds an entry of its own.
    let last = opened
        .query_row("SELECT id, at FROM audit ORDER BY id DESC LIMIT 1", [], |row| {
            Ok(LastEntry { id: row.get(0)?, at: row.get(1)? })
        })
        .ok();
    let beside = with_suffix(source.backup, file_kind::KEY_FILE);
    let key = match (seed, source.key) {
        // A sandbox has no key file, and none is looked for.
        (Some(_), _) => with_suffix(temporary, file_kind::KEY_FILE),
        (None, Some(key)) => key.to_owned(),
        (None, None) => [beside, with_suffix(backup, file_kind::KEY_FILE)]
            .into_iter()
            .find(|key| key.exists())
            .unwrap_or_else(|| own.path().to_owned()),
    };
    let file = KeyFile::of(StoreLocation { store: temporary, key: Some(&key) });
    let prepare = || -> Result<(), Error> {
        migrations::migrate(&opened, &file)?;
        let mode: String = opened.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
        if mode == "wal" { Ok(()) } else { Err(Error::StoreFailed(format!("journal mode {mode}"))) }
    };
    prepare().map_err(|fault| of_backup(source.backup, Some(&key), fault))?;
    let keys = KeyCache::new(temporary.to_owned(), file, OnceCell::new());
    Ok(Copy { store: Store { connection: opened, keys, is_upgraded_slowly: false }, key, last })
}

/// Checks that the restored store can have this key file. A key file that is there stays, so it must be one.
fn check_key_file(key_file: &KeyFile, place: &Path, is_sandbox: bool) -> Result<(), Error> {
    if is_sandbox || key_file.path().symlink_metadata().is_err() {
        return key_file.check_free(place);
    }
    key_file.check_own(place)?;
    match file_kind::is_key(key_file.path()) {
        true => Ok(()),
        false => Err(Error::KeyExists(key_file.path().to_owned())),
    }
}

/// Replaces the pages of the store at `place` by those of the copy in one transaction. While it is locked, its last state is copied
/// to `previous`, and `prepare` runs with the fingerprint of its key file.
fn replace_pages(
    copy: &Connection,
    place: &Path,
    previous: &Path,
    prepare: impl FnOnce(Option<[u8; 32]>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut store = connection::connect_to_pages(place)?;
    {
        let pages = Backup::new(copy, &mut store)?;
        // The first page takes the write lock, which stays until the last one.
        step(&pages, 1)?;
        let reader = connection::connect_to_pages(place)?;
        private_file::create_atomically(previous, |temporary| {
            let mut old = connection::connect_to_pages(temporary)?;
            Backup::new(&reader, &mut old)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
            // Without a statement: the schema of a damaged store can't be read.
            old.close().map_err(|(_, fault)| fault)?;
            connection::check_header(temporary)
        })?;
        let in_force = reader.query_row("SELECT key_check FROM store WHERE id = 1", [], |row| row.get(0)).ok();
        drop(reader);
        prepare(in_force)?;
        while step(&pages, i32::MAX)? != StepResult::Done {}
    }
    // The commit is done. The old pages are in the file until the log is copied into it.
    let _ = connection::truncate_wal(&store);
    Ok(())
}

/// Copies pages. `StepResult::Busy` and `Locked` are errors: the wait for the lock is over then.
fn step(pages: &Backup<'_, '_>, count: i32) -> Result<StepResult, Error> {
    match pages.step(count)? {
        StepResult::Busy | StepResult::Locked => Err(Error::StoreBusy),
        copied => Ok(copied),
    }
}

/// Copies a key file to a new private file.
fn copy_key(from: &Path, to: &Path) -> Result<(), Error> {
    let bytes = zeroize::Zeroizing::new(fs::read(from).map_err(Error::KeyMissing)?);
    private_file::create_atomically(to, |temporary| fs::write(temporary, &*bytes).map_err(private_file::write_error))
}

/// Names the backup in an error about its content.
fn of_backup(backup: &Path, key: Option<&Path>, fault: Error) -> Error {
    match fault.exit() {
        ExitStatus::Damaged => {
            Error::Backup { path: backup.to_owned(), key: key.map(Path::to_owned), fault: Box::new(fault) }
        }
        _ => fault,
    }
}
