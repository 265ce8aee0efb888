//! The store file: migrations, damage, keys, encryption, erasure and concurrent processes.

mod clock;
pub mod damaged_stores;
pub mod encryption_at_rest;
pub mod erasure;
mod host_findings;
pub mod keys;
mod leftovers;
pub mod migrations;
mod names;
mod restore;
mod state_check;
pub mod state_hash;
