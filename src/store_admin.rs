//! The care of the store itself: made, looked over, copied, described.

use std::path::Path;

use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::error::Error;
use crate::reply::{Done, Reason, Refusal, Reply, ReplyBody, StoreInfo};
use crate::request::Operation;
use crate::store::{Sandbox, Store, StoreLocation, audit, maintenance, migrations, state_hash};

/// Makes a store, and the folders that it lies in.
///
/// # Errors
/// There is one already, or it can't be written.
pub fn init<'a>(place: impl Into<StoreLocation<'a>>, sandbox: Option<Sandbox>) -> Result<Done, Error> {
    let place = place.into();
    maintenance::create_parent_dir(place.store)?;
    Store::create(place, sandbox)?;
    Ok(Done { op: Operation::Init, ..info(&Store::open(place)?)? })
}

/// Makes a sandbox that nobody else sees, gone with its value.
///
/// # Errors
/// There is no room for it.
pub fn temporary_sandbox(sandbox: Sandbox) -> Result<(Store, Done), Error> {
    let store = Store::temporary(sandbox)?;
    let done = Done { op: Operation::Init, ..info(&store)? };
    Ok((store, done))
}

/// What the store is.
///
/// # Errors
/// Those of the store.
pub fn info(store: &Store) -> Result<Done, Error> {
    let counted = maintenance::counts(store.connection())?;
    let seed = store.seed()?;
    Ok(Done::new(
        Operation::StoreInfo,
        ReplyBody::Store(StoreInfo {
            path: store.path().display().to_string(),
            sandbox: seed.is_some(),
            seed,
            version: migrations::VERSION,
            created_at: counted.created_at,
            now: store.now()?,
            records: counted.records,
            accounts: counted.accounts,
            messages: counted.messages,
            bytes: counted.bytes,
        }),
    ))
}

/// Looks the whole store over: every page, every reference, the schema, the key and what is sealed.
///
/// # Errors
/// What it found.
pub fn check(store: &Store) -> Result<Done, Error> {
    maintenance::check(store)?;
    Ok(Done::new(Operation::StoreCheck, ReplyBody::StoreChecked { ok: true }))
}

/// Copies the store whole, as it is at one moment, while others go on writing. The key is not copied.
///
/// # Errors
/// The file is there already, or can't be written.
pub fn backup(store: &Store, file: &Path) -> Result<Done, Error> {
    maintenance::backup(store, file)?;
    Ok(Done::new(Operation::StoreBackup, ReplyBody::BackedUp { file: file.display().to_string() }))
}

/// Gives the store another key file; the old one opens it no more.
///
/// # Errors
/// The key is not there, or its folder can't be written.
pub fn rekey(store: &Store, actor: &str) -> Result<Reply, Error> {
    if store.seed()?.is_some() {
        let refusal = Refusal::new(Operation::StoreRekey, Reason::RealOnly);
        return Ok(Reply::Refused(Refusal { hint: Some(NextStep::UseRealStore), ..refusal }));
    }
    let (file, request) = store.rekey(actor, |unit| audit::add(unit, Operation::StoreRekey, None, None, None))?;
    let body = ReplyBody::Rekeyed { key_file: file.display().to_string() };
    Ok(Reply::Done(Done { request: Some(request), ..Done::new(Operation::StoreRekey, body) }))
}

/// What can be seen of the store, or of one holder in it, as one hash: to compare two of them by.
///
/// # Errors
/// Those of the store.
pub fn state_hash(store: &Store, niss: Option<Niss>) -> Result<Done, Error> {
    let hash = store.read(|unit| state_hash::hash(unit, niss))?;
    Ok(Done { niss, ..Done::new(Operation::StateHash, ReplyBody::StateHash { hash }) })
}
