//! Maintenance of the store file: folders, copies and integrity checks.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::domain::time::Timestamp;
use crate::error::Error;
use crate::store::crypto::keyfile::KeyFile;
use crate::store::state_check::ComparedState;
use crate::store::{
    Store, StoreLocation, connection, file_kind, migrations, outbox, password_costs, private_file, state_check,
};

/// The size of a store.
pub struct StoreCounts {
    /// The creation time of the store.
    pub created_at: Timestamp,
    /// The number of registry records.
    pub records: i64,
    /// The number of accounts in any state.
    pub accounts: i64,
    /// The number of messages.
    pub messages: i64,
    /// The file's size in bytes, without its write-ahead log.
    pub bytes: u64,
}

/// Counts the rows of a store.
pub fn counts(connection: &Connection) -> Result<StoreCounts, Error> {
    let sql = "SELECT created_at, (SELECT count(*) FROM registry), (SELECT count(*) FROM account),
       (SELECT count(*) FROM message), (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)
  FROM store WHERE id = 1";
    Ok(connection.query_row(sql, [], |row| {
        let bytes: i64 = row.get(4)?;
        Ok(StoreCounts {
            created_at: row.get(0)?,
            records: row.get(1)?,
            accounts: row.get(2)?,
            messages: row.get(3)?,
            bytes: bytes.unsigned_abs(),
        })
    })?)
}

/// Creates the folder of a store with access for its owner only, if it is missing.
///
/// # Errors
/// Fails if the folder can't be created.
pub fn create_parent_dir(path: &Path) -> Result<(), Error> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(private_file::folder_of(path)).map_err(Error::StoreUnwritable)
}

/// Checks every page, every reference, the structure, the key, every sealed code and the audit log, and compares the state with
/// it. Then wipes expired codes and finds the costs of passwords that are in use.
///
/// # Errors
/// Returns the first fault.
pub fn check(store: &Store) -> Result<ComparedState, Error> {
    let connection = store.connection();
    let verdict: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(Error::StoreDamaged(verdict));
    }
    let orphans: i64 = connection.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    if orphans > 0 {
        return Err(Error::StoreDamaged(format!("{orphans} rows refer to missing rows")));
    }
    let fresh = Connection::open_in_memory()?;
    fresh.execute_batch(migrations::SQL)?;
    if normalized_schema(connection)? != normalized_schema(&fresh)? {
        return Err(Error::StoreDamaged("the tables do not match the schema version".to_owned()));
    }
    store.read(|unit| unit.key().and(outbox::check_sealed(unit)))?;
    let compared = store.read(state_check::compare)?;
    // The writes come last and only if needed: a user with read-only access can check a store too. By a wrong clock, nothing
    // is wiped.
    if store.read(|unit| Ok(unit.clock_lag.is_none() && outbox::has_expired(unit)?))? {
        store.write("", |unit| outbox::wipe_expired(unit, i64::MAX))?;
    }
    if store.read(|unit| Ok(unit.clock_lag.is_none() && password_costs::has_outdated(unit)?))? {
        store.write("", |unit| password_costs::recount(unit))?;
    }
    Ok(compared)
}

/// Removes the leftovers of killed commands that were about to make a store, a copy or a key file in the folder of a store. Only
/// files of this program are removed, and none of a living process. Nothing depends on it. Returns the files that can't be removed.
pub fn remove_leftovers(location: StoreLocation<'_>) -> Vec<PathBuf> {
    let folder = private_file::folder_of(location.store);
    let mut left = private_file::remove_lone_side_files(folder);
    left.extend(private_file::remove_temporary(folder, |target, temporary| {
        if file_kind::is_key(temporary) || fs::metadata(temporary).is_ok_and(|there| there.len() == 0) {
            return true;
        }
        let is_ours = is_unnamed_store(temporary);
        if is_ours {
            // The key file of another store can only be at its usual place.
            let is_own = target.file_name() == location.store.file_name();
            let location = if is_own { location } else { StoreLocation::from(target) };
            KeyFile::of(location).discard_staged(temporary);
        }
        is_ours
    }));
    left
}

/// Returns whether a temporary file is a store, complete or not: SQLite finds the application id in its log too.
fn is_unnamed_store(path: &Path) -> bool {
    let mut start = [0; 16];
    let is_database = fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok();
    let id = || -> Result<i64, Error> {
        let connection = connection::connect(path)?;
        let id = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        // Without a table, it was killed before the schema was written.
        Ok(if tables == 0 { connection::APPLICATION_ID } else { id })
    };
    is_database && start == *b"SQLite format 3\0" && id().is_ok_and(|id| id == connection::APPLICATION_ID)
}

fn normalized_schema(connection: &Connection) -> Result<Vec<(String, String)>, Error> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, normalize_sql(row.get_ref(1)?.as_str()?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Returns a statement without its comments and its layout. A table created by a migration has neither.
fn normalize_sql(sql: &str) -> String {
    let lines = sql.lines().map(|line| line.split("--").next().unwrap_or_default());
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// Refuses a path at which there is a file.
///
/// # Errors
/// The file exists.
pub fn check_backup_path(file: &Path) -> Result<(), Error> {
    match file.symlink_metadata() {
        Ok(_) => Err(Error::file(file, std::io::ErrorKind::AlreadyExists.into())),
        Err(_) => Ok(()),
    }
}

/// Copies the store, as it is at one moment, into a new file. The file appears complete or not at all. Wipes expired
/// codes from the copy.
///
/// # Errors
/// Fails if the file exists or can't be written.
pub fn backup(store: &Store, file: &Path) -> Result<(), Error> {
    let _ = remove_leftovers(StoreLocation::from(file));
    private_file::create_atomically(file, |temporary| {
        let mut copy = connection::connect(temporary)?;
        // All pages in one step: the copy shows one moment of the store while others write.
        Backup::new(store.connection(), &mut copy)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
        if store.seed()?.is_none() && store.clock_lag()?.is_none() {
            outbox::wipe_expired_before(&copy, store.now()?, i64::MAX)?;
        }
        connection::close_complete(copy, temporary)
    })
}
