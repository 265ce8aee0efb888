//! Conformance: each requirement of the standards that apply (NIST SP 800-63-4, OWASP ASVS 5.0, OWASP cheat sheets) is tried out
//! on the real procedures, in scratch sandboxes, at its boundary; what is observed decides, never what the code means to do.
//!
//! - `table`: the requirements, each with its identifier, the key of its sentence in the catalogues and its check
//! - `bench`, `world`, `people`, `came`, `seen`: who runs them, the sandbox that a check plays in, and what it has seen there
//! - one file a theme: `codes`, `lives`, `limits`, `passwords`, `blocklist`, `hashes`, `sessions`, `oracle`, `timing`, `recovery`, `notices`, `chance`,
//!   `second_factor`, `calls`, `sealing`, `trail`, `faults`
//!
//! A check must be able to fail: [`CheckContext::settings`] weakens the policy of every sandbox, and the tests see the rows fail.

mod check_reply;
pub mod checks;
mod harness;
mod observation;
mod personas;
mod requirements;
mod runner;
pub mod tamper;

pub use harness::CheckContext;
pub use requirements::{REQUIREMENTS, Requirement, Standard};
pub use runner::CheckRunner;
