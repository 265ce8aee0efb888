//! The care of the store itself: made, looked over, copied, described.

use std::path::Path;

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::reply::{Body, Done, StoreFacts};
use crate::request::Op;
use crate::store::{Sandbox, Store, care, schema, state};

/// Makes a store, and the folders that it lies in.
///
/// # Errors
/// There is one already, or it can't be written.
pub fn init(path: &Path, sandbox: Option<Sandbox>) -> Result<Done, Error> {
    care::make_folder_of(path)?;
    Store::create(path, sandbox)?;
    Ok(Done { op: Op::Init, ..info(&Store::open(path)?)? })
}

/// Makes a sandbox that nobody else sees, gone with its value.
///
/// # Errors
/// There is no room for it.
pub fn nameless(sandbox: Sandbox) -> Result<(Store, Done), Error> {
    let store = Store::nameless(sandbox)?;
    let done = Done { op: Op::Init, ..info(&store)? };
    Ok((store, done))
}

/// What the store is.
///
/// # Errors
/// Those of the store.
pub fn info(store: &Store) -> Result<Done, Error> {
    let counted = care::count(store.connection())?;
    let seed = store.seed()?;
    Ok(Done::new(
        Op::StoreInfo,
        Body::Store(StoreFacts {
            path: store.path().display().to_string(),
            sandbox: seed.is_some(),
            seed,
            version: schema::VERSION,
            created_at: counted.created_at,
            now: store.now()?,
            records: counted.records,
            accounts: counted.accounts,
            messages: counted.messages,
            bytes: counted.bytes,
        }),
    ))
}

/// Looks the whole store over: every page, every reference, the schema and the key.
///
/// # Errors
/// What it found.
pub fn check(store: &Store) -> Result<Done, Error> {
    care::check(store)?;
    Ok(Done::new(Op::StoreCheck, Body::Checked { ok: true }))
}

/// Copies the store whole, as it is at one moment, while others go on writing. The key is not copied.
///
/// # Errors
/// The file is there already, or can't be written.
pub fn backup(store: &Store, file: &Path) -> Result<Done, Error> {
    care::backup(store, file)?;
    Ok(Done::new(Op::StoreBackup, Body::BackedUp { file: file.display().to_string() }))
}

/// What can be seen of the store, or of one holder in it, as one hash: to compare two of them by.
///
/// # Errors
/// Those of the store.
pub fn hash(store: &Store, niss: Option<Niss>) -> Result<Done, Error> {
    let hash = store.read(|unit| state::hash(unit, niss))?;
    Ok(Done { niss, ..Done::new(Op::StateHash, Body::Hashed { hash }) })
}
