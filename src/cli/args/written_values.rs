//! Options and arguments whose values people write in more than one form (`domain::written`).

use clap::builder::ValueParserFactory;

use crate::domain::amount::Amount;
use crate::domain::nif::Nif;
use crate::domain::niss::Niss;
use crate::domain::period::PeriodBound;
use crate::domain::time::Date;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{
    AccountState, AccountType, AlertKind, AlertPreference, Channel, CheckStep, Decision, LoginMethod, Purpose,
    RecoveryProcedure, RegistrationProcedure,
};
use crate::domain::written::Written;

macro_rules! read_written {
    ($($name:ty),+ $(,)?) => {$(
        impl ValueParserFactory for $name {
            type Parser = fn(&str) -> Result<$name, ValidationError>;

            fn value_parser() -> Self::Parser {
                <$name>::read_written
            }
        }
    )+};
}

read_written! {
    AccountState, AccountType, AlertKind, AlertPreference, Amount, Channel, CheckStep, Date, Decision, LoginMethod, Nif, Niss,
    PeriodBound, Purpose, RecoveryProcedure, RegistrationProcedure,
}
