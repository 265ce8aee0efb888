//! Table `batch`: the progress of batches that write their replies to a file.

use rusqlite::{OptionalExtension, named_params};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::store::UnitOfWork;

const WHAT: &str = "batch replies";

/// A row of table `batch`.
#[derive(Debug)]
pub struct Journal {
    /// The SHA-256 of the input up to `next_offset`.
    pub input_hash: [u8; 32],
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
        journal.replies = replies.ok_or_else(|| Error::StoreDamaged("the replies of a batch".to_owned()))?;
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
