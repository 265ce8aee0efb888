//! Conformance: each requirement of the standards that apply (NIST SP 800-63-4, OWASP ASVS 5.0, OWASP cheat sheets) is tried out
//! on the real procedures, in scratch sandboxes, at its boundary; what is observed decides, never what the code means to do.
//!
//! - `table`: the requirements, each with its identifier, the key of its sentence in the catalogues and its check
//! - `bench`, `world`, `people`, `came`, `seen`: who runs them, the sandbox that a check plays in, and what it has seen there
//! - one file a theme: `codes`, `lives`, `limits`, `passwords`, `blocklist`, `hashes`, `sessions`, `oracle`, `timing`, `recovery`, `notices`, `chance`,
//!   `second_factor`, `calls`, `sealing`, `trail`, `faults`
//!
//! A check must be able to fail: [`Bench::settings`] weakens the policy of every sandbox, and the tests see the rows fail.

mod runner;
mod blocklist;
mod phone_line;
mod check_reply;
mod randomness;
mod chave_movel;
mod codes;
mod fail_closed;
mod hashes;
mod limits;
mod code_lifetimes;
mod notifications;
mod enumeration;
mod passwords;
mod personas;
mod recovery;
mod encryption;
mod second_factor;
mod observation;
mod sessions;
mod requirements;
mod timing;
mod audit;
mod harness;

pub use runner::CheckRunner;
pub use requirements::{REQUIREMENTS, Requirement, Standard};
