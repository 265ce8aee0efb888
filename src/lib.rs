//! The account procedures of Segurança Social Direta on the command line, over one SQLite file.
//!
//! Data flows one way: `cli → request → flow → domain, store → reply → cli`. `src/README.md` describes the
//! architecture.
//!
//! | module | contents |
//! |---|---|
//! | [`domain`] | validated values and pure rules: no input or output, no clock, no SQL |
//! | [`request`] | requests: one flat struct per operation, the source of flags, batch fields and prompts |
//! | [`reply`] | replies as values: done or refused |
//! | [`store`] | the SQLite file and all SQL |
//! | [`flow`] | the procedures of holders and operators, one file per procedure |
//! | [`audit`] | queries over the audit log, and the timeline of an account |
//! | [`import`] | the registry import |
//! | [`outbox`] | waiting for messages, print runs of letters, e-mail export |
//! | [`batch`] | files of requests, each executed exactly once |
//! | [`scenario`] | files of requests that run in a temporary sandbox; recording and export |
//! | [`conformance`] | checks of the requirements of the standards in temporary sandboxes |
//! | [`store_admin`] | commands on the store itself: create, check, back up, rekey |
//! | [`json_schema`] | the JSON Schema of all input and output |
//! | [`documents`] | letters as PDF pages, e-mails as files |
//! | [`l10n`] | all sentences in English and Portuguese |
//! | [`cli`] | the commands; the only module that prompts and prints |
//! | [`environment`], [`clock`], [`random`] | environment, time and randomness, each read in one place |
//! | [`threads`] | threads under a memory limit |
//! | [`error`] | errors and exit codes |
//!
//! Read one value (`domain/niss.rs`) and one flow (`flow/registration.rs`) first.

pub mod audit;
pub mod batch;
pub mod cli;
pub mod clock;
pub mod conformance;
pub mod documents;
pub mod domain;
pub mod environment;
pub mod error;
pub mod flow;
pub mod import;
pub mod json_schema;
pub mod l10n;
pub mod outbox;
pub mod random;
pub mod reply;
pub mod request;
pub mod scenario;
pub mod store;
pub mod store_admin;
pub mod tabular;
pub mod threads;
