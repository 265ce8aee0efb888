//! Operations on the outbox beside its lists: waiting for a message, print runs of letters, and the export of e-mails.

pub mod print_run;
pub mod wait;
