//! The store's key, its key file, and hashes over columns.

pub mod field_hash;
pub mod key;
pub mod keyfile;
