//! TODO

pub mod field_hash;
pub mod key;
pub mod keyfile;
