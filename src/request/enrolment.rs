//! What sets up the authentication provider's side of Chave Móvel Digital.

use clap::Args;
use serde_json::Value;

use super::fields::FieldValue;
use super::requests::requests;
use crate::domain::civil_id::TypedCivilId;
use crate::domain::name::Name;
use crate::domain::nif::Nif;
use crate::domain::niss::Niss;
use crate::domain::phone::Mobile;
use crate::domain::pin::CmdPin;
use crate::domain::time::Date;
use crate::domain::validation_error::ValidationError;

requests! {
    /// What the authentication provider knows of a holder.
    CmdEnrol {
        /// Whose.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// Where its codes go: no registered contact, and of any country.
        #[arg(long, value_name = "NUMBER")]
        mobile: Option<Mobile>,
        /// The PIN.
        #[arg(skip)]
        pin: Option<CmdPin>,
        /// The registry's, as it is now, where none is given; so are the other three.
        #[arg(long, value_name = "NAME")]
        name: Option<Name>,
        /// Date of birth.
        #[arg(long, value_name = "DATE")]
        birth_date: Option<Date>,
        /// Civil identification.
        #[arg(long, value_name = "NUMBER")]
        civil_id: Option<TypedCivilId>,
        /// Tax identification number.
        #[arg(long, value_name = "NIF")]
        nif: Option<Nif>,
        /// The provider does not hold the NISS.
        #[arg(long)]
        without_niss: bool,
    }
}
