//! The hash chain of the audit log. Each entry has an HMAC-SHA-256 over the previous entry's HMAC and over all its own
//! columns. Table `trail` has one row with the last entry, which has its own HMAC.
//!
//! An attacker with the file but without the key can't change, remove, reorder or add entries, nor cut off the last
//! ones: `audit verify` detects it. An attacker with the key can cut off the end, and so does an older copy of the
//! file. An anchor stored elsewhere detects both.
//!
//! The keys are derived from the store's key. The unit of work holds the previous entry's HMAC between the entries of
//! one transaction. A batch therefore neither reads it nor writes the head again for each line.

use hmac::{Hmac, Mac as _};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, named_params};
use sha2::Sha256;

use crate::domain::niss::Niss;
use crate::error::{AuditFault, Error};
use crate::store::UnitOfWork;
use crate::store::crypto::field_hash::FieldHasher;
use crate::store::crypto::key::{Key, Mac};

/// The number of columns in an entry's HMAC: all except the HMAC itself.
pub const COLUMNS: usize = 9;

/// The end of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of entries.
    pub count: i64,
    /// The number of the last entry; 0 if there is none.
    pub last: i64,
    /// The HMAC of the last entry; zeros if there is none.
    pub mac: Mac,
}

impl Head {
    /// The head of an empty chain.
    pub const START: Head = Head { count: 0, last: 0, mac: [0; 32] };

    /// Returns the head after one more entry.
    pub fn next(self, id: i64, mac: Mac) -> Head {
        Head { count: self.count + 1, last: id, mac }
    }
}

/// The keyed HMAC states of the chain, initialised once per open store.
#[derive(Clone)]
pub struct Chain {
    entry: Hmac<Sha256>,
    head: Hmac<Sha256>,
    remark: Hmac<Sha256>,
    subject: Hmac<Sha256>,
}

impl Chain {
    /// Derives the chain's keys from the store's key.
    pub fn new(key: &Key) -> Chain {
        Chain {
            entry: key.derive_hmac("audit entry"),
            head: key.derive_hmac("audit head"),
            remark: key.derive_hmac("audit remark"),
            subject: key.derive_hmac("audit subject"),
        }
    }

    /// Returns the HMAC of an entry that follows the entry with HMAC `before`.
    pub fn mac_of_entry(&self, before: &Mac, columns: &[ValueRef<'_>; COLUMNS]) -> Mac {
        let mut sum = FieldHasher(self.entry.clone());
        sum.field(ValueRef::Blob(before));
        columns.iter().for_each(|column| sum.field(*column));
        sum.0.finalize().into_bytes().into()
    }

    /// Returns the HMAC of an operator's remark to an entry.
    pub fn mac_of_remark(&self, id: i64, text: &str) -> Mac {
        sealed(&self.remark, &[ValueRef::Integer(id), text.into()])
    }

    /// Returns the HMAC of a holder's audit number.
    pub fn mac_of_subject(&self, niss: Niss, id: i64) -> Mac {
        sealed(&self.subject, &[ValueRef::Integer(niss.as_i64()), ValueRef::Integer(id)])
    }

    /// Returns the HMAC of the head.
    fn mac_of_head(&self, head: &Head) -> Mac {
        let Head { count, last, mac } = head;
        sealed(&self.head, &[ValueRef::Integer(*count), ValueRef::Integer(*last), ValueRef::Blob(mac)])
    }
}

fn sealed(begun: &Hmac<Sha256>, columns: &[ValueRef<'_>]) -> Mac {
    let mut sum = FieldHasher(begun.clone());
    columns.iter().for_each(|column| sum.field(*column));
    sum.0.finalize().into_bytes().into()
}

/// Reads the end of the chain from the store. An altered head is an error: appending to it would make it valid again.
///
/// # Errors
/// Fails if the head was altered.
pub fn head(connection: &Connection, chain: &Chain) -> Result<Head, Error> {
    let sql = "SELECT count, last, mac, seal FROM trail WHERE id = 1";
    let found = connection.prepare_cached(sql)?.query_row([], |row| {
        Ok((Head { count: row.get(0)?, last: row.get(1)?, mac: row.get(2)? }, row.get::<_, Mac>(3)?))
    });
    match found.optional()? {
        Some((head, seal)) if chain.mac_of_head(&head) == seal => Ok(head),
        Some((head, _)) => Err(Error::AuditBroken(AuditFault::Head, head.last)),
        None => Err(Error::AuditBroken(AuditFault::Head, 0)),
    }
}

/// Writes the end of the chain.
pub fn save(connection: &Connection, chain: &Chain, head: &Head) -> Result<(), Error> {
    let sql = "INSERT INTO trail (id, count, last, mac, seal) VALUES (1, :count, :last, :mac, :seal)
ON CONFLICT (id) DO UPDATE SET count = excluded.count, last = excluded.last, mac = excluded.mac, seal = excluded.seal";
    connection.prepare_cached(sql)?.execute(named_params! {
        ":count": head.count, ":last": head.last, ":mac": head.mac, ":seal": chain.mac_of_head(head),
    })?;
    Ok(())
}

/// Links all entries again with their remarks and subjects. Needed for an older store without a chain, and for a new
/// key. Erased remarks keep their HMAC. The triggers must be absent.
pub fn rebuild(connection: &Connection, chain: &Chain) -> Result<(), Error> {
    let mut subjects = connection.prepare("SELECT niss, id FROM subject WHERE niss > ?1 ORDER BY niss LIMIT 1")?;
    let mut sealing = connection.prepare("UPDATE subject SET mac = ?2 WHERE niss = ?1")?;
    let mut niss = 0;
    while let Some(id) = subjects
        .query_row([niss], |row| {
            niss = row.get(0)?;
            row.get(1)
        })
        .optional()?
    {
        let named = Niss::from_i64(niss).ok_or_else(|| Error::StoreDamaged(format!("subject {id}")))?;
        sealing.execute((niss, chain.mac_of_subject(named, id)))?;
    }
    // Row by row: a table is not read further while its rows are written.
    let mut entries = connection.prepare(
        "SELECT audit.id, at, actor, action, subject, outcome, reason, detail, remark, text
  FROM audit LEFT JOIN remark ON remark.audit = audit.id WHERE audit.id > ?1 ORDER BY audit.id LIMIT 1",
    )?;
    let mut linking = connection.prepare("UPDATE audit SET remark = ?2, mac = ?3 WHERE id = ?1")?;
    let mut head = Head::START;
    loop {
        let mut rows = entries.query([head.last])?;
        let Some(row) = rows.next()? else { break };
        let id: i64 = row.get(0)?;
        let remark: Option<Mac> = match row.get_ref(9)?.as_str_or_null().map_err(rusqlite::Error::from)? {
            Some(text) => Some(chain.mac_of_remark(id, text)),
            None => row.get(8)?,
        };
        let mut columns = [ValueRef::Null; COLUMNS];
        for (at, column) in columns.iter_mut().enumerate() {
            *column = row.get_ref(at)?;
        }
        columns[8] = remark.as_ref().map_or(ValueRef::Null, |mac| ValueRef::Blob(mac));
        let mac = chain.mac_of_entry(&head.mac, &columns);
        drop(rows);
        linking.execute((id, remark, mac))?;
        head = head.next(id, mac);
    }
    save(connection, chain, &head)
}

/// Returns the chain of a unit of work and its current end.
pub fn chain_and_head<'a>(unit: &'a UnitOfWork<'_>) -> Result<(&'a Chain, Head), Error> {
    let chain = unit.chain()?;
    match unit.head.get() {
        Some(head) => Ok((chain, head)),
        None => Ok((chain, head(&unit.tx, chain)?)),
    }
}
