//! `ssd conform`: the checks of the standards' requirements.

pub mod requirements;
