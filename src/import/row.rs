//! The columns of a registry, and the conversion of a row to a [`Holder`].

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::domain::address::{AddressLine, PostalCode};
use crate::domain::civil_id::CivilId;
use crate::domain::country::Country;
use crate::domain::email::Email;
use crate::domain::holder::Holder;
use crate::domain::name::Name;
use crate::domain::nif::Nif;
use crate::domain::niss::Niss;
use crate::domain::phone::{Mobile, Telephone};
use crate::domain::time::Date;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{CivilIdKind, HolderKind, HolderStatus, Language, string_enum};
use crate::request::RawText;

string_enum! {
    /// A column of a registry, by its header name.
    Column {
        /// Required.
        Niss = "niss",
        /// Required.
        Kind = "kind",
        /// `active` if empty.
        Status = "status",
        /// Required.
        Name = "name",
        /// Required for citizens.
        BirthDate = "birth_date",
        /// Required with a civil identification.
        CivilIdKind = "civil_id_kind",
        /// Validated by its kind.
        CivilId = "civil_id",
        /// Optional. An empty value never matches.
        Nif = "nif",
        /// Only for companies.
        Responsible = "responsible",
        /// The registered e-mail address.
        Email = "email",
        /// The registered mobile, of any country.
        Mobile = "mobile",
        /// The registered telephone.
        Telephone = "telephone",
        /// Street and number.
        Address = "address",
        /// Validated by the country.
        PostalCode = "postal_code",
        /// Town.
        Locality = "locality",
        /// Two letters; Portugal if empty.
        Country = "country",
        /// `pt` if empty.
        Language = "language",
    }
}

/// The number of columns.
pub const COLUMNS: usize = Column::ALL.len();

/// The fault of a row: the column, or `None` for the complete row, and the cause.
pub type RowError = (Option<String>, ValidationError);

/// The texts of a row in the order of [`Column::ALL`], trimmed. An absent value is empty.
pub type Fields<'a> = [&'a str; COLUMNS];

/// Converts a row to a record, or returns its first invalid value. Nobody was born after `today`.
pub fn holder(fields: &Fields<'_>, today: Date) -> Result<Holder, RowError> {
    let text = |column: Column| fields[column as usize];
    let bad = |column: Column, cause: ValidationError| (Some(column.as_str().to_owned()), cause);
    macro_rules! required {
        ($column:ident) => {
            match text(Column::$column) {
                "" => Err(bad(Column::$column, ValidationError::Missing)),
                text => text.parse().map_err(|cause| bad(Column::$column, cause)),
            }?
        };
    }
    macro_rules! optional {
        ($column:ident) => {
            match text(Column::$column) {
                "" => None,
                text => Some(text.parse().map_err(|cause| bad(Column::$column, cause))?),
            }
        };
    }
    let niss = required!(Niss);
    let kind: HolderKind = required!(Kind);
    let status: Option<HolderStatus> = optional!(Status);
    let name = required!(Name);
    let birth_date: Option<Date> = optional!(BirthDate);
    if birth_date.is_some_and(|date| date > today) {
        return Err(bad(Column::BirthDate, ValidationError::InTheFuture));
    }
    if kind == HolderKind::Citizen && birth_date.is_none() {
        return Err(bad(Column::BirthDate, ValidationError::Missing));
    }
    let civil_id_kind: Option<CivilIdKind> = optional!(CivilIdKind);
    let civil_id = match (civil_id_kind, text(Column::CivilId)) {
        (_, "") => None,
        (None, _) => return Err(bad(Column::CivilIdKind, ValidationError::Missing)),
        (Some(kind), text) => Some(CivilId::parse(kind, text).map_err(|cause| bad(Column::CivilId, cause))?),
    };
    let (nif, responsible) = (optional!(Nif), optional!(Responsible));
    let (email, mobile, telephone) = (optional!(Email), optional!(Mobile), optional!(Telephone));
    let address = optional!(Address);
    let country: Option<Country> = optional!(Country);
    let postal_code = match text(Column::PostalCode) {
        "" => None,
        text => Some(
            PostalCode::parse(country.unwrap_or(Country::PORTUGAL), text)
                .map_err(|cause| bad(Column::PostalCode, cause))?,
        ),
    };
    let locality = optional!(Locality);
    let language: Option<Language> = optional!(Language);
    Ok(Holder {
        niss,
        kind,
        status: status.unwrap_or(HolderStatus::Active),
        name,
        birth_date,
        civil_id,
        nif,
        responsible,
        email,
        mobile,
        telephone,
        address,
        postal_code,
        locality,
        country,
        language: language.unwrap_or(Language::Pt),
    })
}

/// Returns the JSON schema of a row in JSON Lines, for `ssd schema`.
pub fn record(generator: &mut SchemaGenerator) -> Schema {
    let mut properties = serde_json::Map::new();
    for column in Column::ALL {
        let property = match column {
            Column::Niss => generator.subschema_for::<Niss>(),
            Column::Kind => generator.subschema_for::<HolderKind>(),
            Column::Status => generator.subschema_for::<Option<HolderStatus>>(),
            Column::Name => generator.subschema_for::<Name>(),
            Column::Responsible => generator.subschema_for::<Option<Name>>(),
            Column::BirthDate => generator.subschema_for::<Option<Date>>(),
            Column::CivilIdKind => generator.subschema_for::<Option<CivilIdKind>>(),
            Column::CivilId | Column::PostalCode => generator.subschema_for::<Option<RawText>>(),
            Column::Nif => generator.subschema_for::<Option<Nif>>(),
            Column::Email => generator.subschema_for::<Option<Email>>(),
            Column::Mobile => generator.subschema_for::<Option<Mobile>>(),
            Column::Telephone => generator.subschema_for::<Option<Telephone>>(),
            Column::Address | Column::Locality => generator.subschema_for::<Option<AddressLine>>(),
            Column::Country => generator.subschema_for::<Option<Country>>(),
            Column::Language => generator.subschema_for::<Option<Language>>(),
        };
        properties.insert(column.to_string(), property.to_value());
    }
    json_schema!({
        "type": "object",
        "properties": properties,
        "required": ["niss", "kind", "name"],
        "additionalProperties": false,
        "if": { "properties": { "kind": { "const": "citizen" } } },
        "then": { "properties": { "birth_date": { "type": "string" } }, "required": ["birth_date"] },
    })
}
