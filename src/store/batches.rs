//! Table `batch`: the progress of batches that write their replies to a file.

use hmac::Mac as _;
use rusqlite::{Connection, OptionalExtension, named_params};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::store::crypto::key::{Key, Mac};
use crate::store::unit_of_work::UnitOfWork;

const WHAT: &str = "batch replies";

/// A row of table `batch`.
#[derive(Debug)]
pub struct Journal {
    /// The keyed hash of the input up to `next_offset`; `None` once the batch is finished.
    pub input_hash: Option<Mac>,
    /// The offset of the first unread byte of the input.
    pub next_offset: u64,
    /// The number of the line at `next_offset`, from 1.
    pub next_line: u64,
    /// The length of the output in bytes before `replies`.
    pub output_length: u64,
    /// The replies of the last group. Empty if they are known to be in the file.
    pub replies: Zeroizing<Vec<u8>>,
    /// Whether the input was read to its end.
    pub finished: bool,
}

/// Returns the keyed hash of the SHA-256 of an input. A plain hash would reveal the passwords and PINs of a short input to an
/// attacker who tries all values.
///
/// # Errors
/// Fails if the key is missing.
pub fn input_hash(unit: &UnitOfWork<'_>, hash: &[u8; 32]) -> Result<Mac, Error> {
    Ok(keyed(unit.key()?, hash))
}

/// Replaces the plain hashes of a store before version 5, and deletes those of finished batches. The key is needed only
/// if a batch is unfinished.
///
/// # Errors
/// Those of SQLite, and a missing key.
pub fn key_input_hashes(connection: &Connection, key: impl FnOnce() -> Result<Key, Error>) -> Result<(), Error> {
    connection.execute("UPDATE batch SET input_hash = NULL WHERE finished", [])?;
    let mut statement = connection.prepare("SELECT output, input_hash FROM batch WHERE input_hash IS NOT NULL")?;
    let plain: Vec<(String, [u8; 32])> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    if plain.is_empty() {
        return Ok(());
    }
    let key = key()?;
    for (output, hash) in plain {
        let sql = "UPDATE batch SET input_hash = ?2 WHERE output = ?1";
        connection.execute(sql, (output, keyed(&key, &hash)))?;
    }
    Ok(())
}

fn keyed(key: &Key, hash: &[u8; 32]) -> Mac {
    key.derive_hmac("batch input").chain_update(hash).finalize().into_bytes().into()
}

/// Returns the journal of the batch that writes to a file.
///
/// # Errors
/// Fails if the stored replies were altered.
pub fn find(unit: &UnitOfWork<'_>, output: &str) -> Result<Option<Journal>, Error> {
    let sql =
        "SELECT input_hash, next_offset, next_line, output_length, replies, finished FROM batch WHERE output = ?1";
    let found = unit.tx.prepare_cached(sql)?.query_row([output], |row| {
        let journal = Journal {
            input_hash: row.get(0)?,
            next_offset: row.get::<_, i64>(1)?.unsigned_abs(),
            next_line: row.get::<_, i64>(2)?.unsigned_abs(),
            output_length: row.get::<_, i64>(3)?.unsigned_abs(),
            replies: Zeroizing::default(),
            finished: row.get(5)?,
        };
        Ok((journal, row.get::<_, Option<Vec<u8>>>(4)?))
    });
    let Some((mut journal, sealed)) = found.optional()? else { return Ok(None) };
    if let Some(sealed) = sealed {
        let replies = unit.key()?.unseal(WHAT, &[], &sealed);
        journal.replies = replies.ok_or_else(|| Error::StoreDamaged("invalid batch replies".to_owned()))?;
    }
    Ok(Some(journal))
}

/// Writes a batch's progress. The replies are sealed because they contain session tokens.
pub fn save(unit: &UnitOfWork<'_>, output: &str, journal: &Journal) -> Result<(), Error> {
    let sealed = match journal.replies.is_empty() {
        true => None,
        false => Some(unit.key()?.seal(WHAT, &[], &journal.replies)?),
    };
    let sql = "INSERT INTO batch (output, input_hash, next_offset, next_line, output_length, replies, finished)
VALUES (:output, :input_hash, :next_offset, :next_line, :output_length, :replies, :finished)
ON CONFLICT (output) DO UPDATE SET input_hash = excluded.input_hash, next_offset = excluded.next_offset,
       next_line = excluded.next_line, output_length = excluded.output_length, replies = excluded.replies,
       finished = excluded.finished";
    unit.tx.prepare_cached(sql)?.execute(named_params! {
        ":output": output, ":input_hash": journal.input_hash, ":next_offset": journal.next_offset.cast_signed(),
        ":next_line": journal.next_line.cast_signed(), ":output_length": journal.output_length.cast_signed(),
        ":replies": sealed, ":finished": journal.finished,
    })?;
    Ok(())
}
