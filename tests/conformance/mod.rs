//! The requirements of the standards, checked by `ssd conform`.

pub mod requirements;
