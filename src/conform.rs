//! Conformance: each requirement of the standards that apply (NIST SP 800-63-4, OWASP ASVS 5.0, OWASP cheat sheets) is tried out
//! on the real procedures, in scratch sandboxes, at its boundary; what is observed decides, never what the code means to do.
//!
//! - `table`: the requirements, each with its identifier, the key of its sentence in the catalogues and its check
//! - `bench`, `world`, `people`, `came`, `seen`: who runs them, the sandbox that a check plays in, and what it has seen there
//! - one file a theme: `codes`, `lives`, `limits`, `passwords`, `blocklist`, `hashes`, `sessions`, `oracle`, `timing`, `recovery`, `notices`, `chance`,
//!   `second_factor`, `calls`, `sealing`, `trail`, `faults`
//!
//! A check must be able to fail: [`Bench::settings`] weakens the policy of every sandbox, and the tests see the rows fail.

mod bench;
mod blocklist;
mod calls;
mod came;
mod chance;
mod cmd;
mod codes;
mod faults;
mod hashes;
mod limits;
mod lives;
mod notices;
mod oracle;
mod passwords;
mod people;
mod recovery;
mod sealing;
mod second_factor;
mod seen;
mod sessions;
mod table;
mod timing;
mod trail;
mod world;

pub use bench::CheckRunner;
pub use table::{REQUIREMENTS, Requirement, Standard};
