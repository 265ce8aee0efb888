//! TODO

pub mod print_run;
pub mod wait;
