//! The data of one holder as JSON, table by table. It leaves out secrets (keyed hashes, codes, the password's hash) and
//! the store's row numbers.

use rusqlite::Connection;
use serde_json::Value;

use crate::domain::niss::Niss;
use crate::error::Error;

/// Selects the registry record as a JSON object.
pub const REGISTRY: &str = "SELECT json_object('kind', kind, 'status', status, 'name', name, 'birth_date', birth_date,
       'civil_id_kind', civil_id_kind, 'civil_id', civil_id, 'nif', nif, 'responsible', responsible, 'email', email,
       'mobile', mobile, 'telephone', telephone, 'address', address, 'postal_code', postal_code, 'locality', locality,
       'country', country, 'language', language)
  FROM registry WHERE niss = ?1";
/// Selects the account. Times are RFC 3339, as in all JSON output.
pub const ACCOUNT: &str = "SELECT json_object('account_type', account_type, 'state', state, 'alerts', alerts,
       'created_at', strftime('%Y-%m-%dT%H:%M:%SZ', created_at, 'unixepoch'),
       'activated_at', strftime('%Y-%m-%dT%H:%M:%SZ', activated_at, 'unixepoch'),
       'no_contacts', json(iif(no_contacts, 'true', 'false')),
       'password', json(iif(password IS NULL, 'false', 'true')),
       'phone_code', json(iif(phone_code IS NULL, 'false', 'true')))
  FROM account WHERE niss = ?1";
/// Selects the states of the contacts.
pub const CONTACTS: &str = "SELECT json_object('kind', kind,
       'confirmed_at', strftime('%Y-%m-%dT%H:%M:%SZ', confirmed_at, 'unixepoch'),
       'settled_at', strftime('%Y-%m-%dT%H:%M:%SZ', settled_at, 'unixepoch'), 'proposed', proposed)
  FROM contact WHERE niss = ?1 ORDER BY kind";
/// Selects the codes without their keyed hashes.
pub const CODES: &str = "SELECT json_object('purpose', purpose, 'channel', channel, 'target', target,
       'issued_at', strftime('%Y-%m-%dT%H:%M:%SZ', issued_at, 'unixepoch'),
       'expires_at', strftime('%Y-%m-%dT%H:%M:%SZ', expires_at, 'unixepoch'),
       'expected_on', expected_on, 'state', state)
  FROM code WHERE niss = ?1 ORDER BY id";
/// Selects the failure counts and lockouts. A lockout without an end has no `blocked_until`.
pub const GUARDS: &str = "SELECT json_object('what', what, 'failures', failures, 'on_code', on_code,
       'recent', json((SELECT json_group_array(strftime('%Y-%m-%dT%H:%M:%SZ', value, 'unixepoch'))
                         FROM json_each('[' || replace(recent, ' ', ',') || ']'))),
       'blocked', json(iif(blocked_until IS NULL, 'false', 'true')),
       'blocked_until', strftime('%Y-%m-%dT%H:%M:%SZ', nullif(blocked_until, 253402300799), 'unixepoch'))
  FROM guard WHERE niss = ?1 ORDER BY what";
/// Selects the times of the sessions.
pub const SESSIONS: &str = "SELECT json_object('created_at', strftime('%Y-%m-%dT%H:%M:%SZ', created_at, 'unixepoch'),
       'last_used_at', strftime('%Y-%m-%dT%H:%M:%SZ', last_used_at, 'unixepoch'),
       'ends_at', strftime('%Y-%m-%dT%H:%M:%SZ', ends_at, 'unixepoch'))
  FROM session WHERE niss = ?1 ORDER BY created_at, ends_at";
/// Selects the calls on the phone line with an identified caller.
pub const CALLS: &str = "SELECT json_object('created_at', strftime('%Y-%m-%dT%H:%M:%SZ', created_at, 'unixepoch'),
       'ends_at', strftime('%Y-%m-%dT%H:%M:%SZ', ends_at, 'unixepoch'))
  FROM call WHERE niss = ?1 ORDER BY created_at, ends_at";

/// Selects the data of the authentication provider of Chave Móvel Digital, without the PIN.
pub const CMD: &str =
    "SELECT json_object('mobile', mobile, 'name', name, 'birth_date', birth_date, 'civil_id', civil_id,
       'nif', nif, 'holds_niss', json(iif(holds_niss, 'true', 'false')),
       'enrolled_at', strftime('%Y-%m-%dT%H:%M:%SZ', enrolled_at, 'unixepoch'))
  FROM cmd WHERE niss = ?1";

/// Selects the inbox. Amounts are strings, as in all JSON output.
pub const ALERTS: &str = "SELECT json_object('kind', kind, 'about', about, 'decision', decision,
       'amount', iif(amount IS NULL, NULL, printf('%d.%02d', amount / 100, amount % 100)), 'paid_on', paid_on,
       'created_at', strftime('%Y-%m-%dT%H:%M:%SZ', created_at, 'unixepoch'),
       'read_at', strftime('%Y-%m-%dT%H:%M:%SZ', read_at, 'unixepoch'))
  FROM alert WHERE niss = ?1 ORDER BY id";

/// Selects the lines of batches that were done under a name.
pub const BATCH_LINES: &str = "SELECT json_object('name', name, 'id', json(id), 'request', request)
  FROM batch_line WHERE niss = ?1 ORDER BY request";

/// Returns the rows of a holder that one of these statements selects.
pub fn rows(connection: &Connection, sql: &str, niss: Niss) -> Result<Vec<Value>, Error> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([niss])?;
    let mut found = vec![];
    while let Some(row) = rows.next()? {
        let text: String = row.get(0)?;
        found.push(serde_json::from_str(&text).map_err(|fault| Error::Bug(fault.to_string()))?);
    }
    Ok(found)
}
