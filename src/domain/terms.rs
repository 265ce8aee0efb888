//! The terms and conditions of the service (001 step 8, 002 step 5). The catalogues have their text.

/// The version of the terms in force: year and month. The audit entry of a registration has it.
pub const VERSION: &str = "2026-11";
