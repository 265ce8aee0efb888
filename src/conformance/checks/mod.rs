//! The checks, one file per topic. Each function checks one or more requirements.

pub mod audit;
pub mod blocklist;
pub mod chave_movel;
pub mod code_lifetimes;
pub mod codes;
pub mod encryption;
pub mod enumeration;
pub mod fail_closed;
pub mod hashes;
pub mod limits;
pub mod notifications;
pub mod passwords;
pub mod phone_line;
pub mod randomness;
pub mod recovery;
pub mod second_factor;
pub mod sessions;
pub mod timing;
