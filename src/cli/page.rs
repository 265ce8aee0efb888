//! x
use crate::domain::words::Language;
use crate::flow::timeline::Life;
/// x
pub fn of(_language: Language, _life: &Life) -> String {
    String::new()
}
