//! The request that enrols a holder in Chave Móvel Digital at the authentication provider.

use super::requests::requests;
use crate::domain::civil_id::TypedCivilId;
use crate::domain::name::Name;
use crate::domain::nif::Nif;
use crate::domain::niss::Niss;
use crate::domain::phone::Mobile;
use crate::domain::pin::CmdPin;
use crate::domain::time::Date;

requests! {
    /// The data of a holder at the authentication provider.
    CmdEnrol as CheckedCmdEnrol {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss> [Nothing, required],
        /// The mobile for temporary codes, of any country; it need not be a registered contact.
        #[arg(long, value_name = "NUMBER")]
        mobile: Option<Mobile> [Presence, required],
        /// The PIN.
        #[arg(skip)]
        pin: Option<CmdPin> [Nothing, required],
        /// Full name. By default this and the next three fields have the current values of the registry.
        #[arg(long, value_name = "NAME")]
        name: Option<Name> [Presence],
        /// Date of birth.
        #[arg(long, value_name = "DATE")]
        birth_date: Option<Date> [Presence],
        /// Civil identification number.
        #[arg(long, value_name = "NUMBER")]
        civil_id: Option<TypedCivilId> [Presence],
        /// Tax identification number.
        #[arg(long, value_name = "NIF")]
        nif: Option<Nif> [Presence],
        /// Whether the provider does not have the NISS.
        #[arg(long)]
        without_niss: bool [Presence],
    }
}
