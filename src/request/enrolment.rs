//! The request that enrols a holder in Chave Móvel Digital at the authentication provider.

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
    /// The data of a holder at the authentication provider.
    CmdEnrol {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// The mobile for temporary codes, of any country; it need not be a registered contact.
        #[arg(long, value_name = "NUMBER")]
        mobile: Option<Mobile>,
        /// The PIN.
        #[arg(skip)]
        pin: Option<CmdPin>,
        /// Full name. By default this and the next three fields have the current values of the registry.
        #[arg(long, value_name = "NAME")]
        name: Option<Name>,
        /// Date of birth.
        #[arg(long, value_name = "DATE")]
        birth_date: Option<Date>,
        /// Civil identification number.
        #[arg(long, value_name = "NUMBER")]
        civil_id: Option<TypedCivilId>,
        /// Tax identification number.
        #[arg(long, value_name = "NIF")]
        nif: Option<Nif>,
        /// Whether the provider does not have the NISS.
        #[arg(long)]
        without_niss: bool,
    }
}
