//! The columns of a registry, and the conversion of a row to a [`Holder`].

use std::fmt;

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
use crate::domain::written::Written;
use crate::request::RawText;
use crate::tabular::number_text::is_read_as_number;

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

/// A fault of a row. `Debug` hides the value.
#[derive(Clone, PartialEq, Eq)]
pub struct Fault {
    /// The column. `None` if the fault concerns the complete row.
    pub column: Option<String>,
    /// The cause.
    pub cause: ValidationError,
    /// The text of the value, if there is one.
    pub value: Option<String>,
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault").field("column", &self.column).field("cause", &self.cause).finish_non_exhaustive()
    }
}

impl Fault {
    /// Creates the fault of a complete row.
    pub fn of_row(cause: ValidationError) -> Fault {
        Fault { column: None, cause, value: None }
    }

    /// Creates the fault of a value.
    pub fn of_value(column: &str, cause: ValidationError, value: &str) -> Fault {
        let value = (!value.is_empty()).then(|| value.to_owned());
        Fault { column: Some(column.to_owned()), cause, value }
    }
}

/// How the values of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueForm {
    /// As people write them, in a CSV.
    Written,
    /// Exactly, in JSON.
    Exact,
}

/// The texts of a row in the order of [`Column::ALL`], trimmed. An absent value is empty.
pub type Fields<'a> = [&'a str; COLUMNS];

/// Reads the values of a row and collects their faults.
struct RowReader<'a> {
    fields: &'a Fields<'a>,
    form: ValueForm,
    faults: Vec<Fault>,
}

impl<'a> RowReader<'a> {
    fn text(&self, column: Column) -> &'a str {
        self.fields[column as usize]
    }

    fn bad(&mut self, column: Column, cause: ValidationError) {
        self.faults.push(Fault::of_value(column.as_str(), cause, self.text(column)));
    }

    fn required<T: Written>(&mut self, column: Column) -> Option<T> {
        if self.text(column).is_empty() {
            self.bad(column, ValidationError::Missing);
        }
        self.optional(column)
    }

    /// Returns the value of a column; `None` if it is absent or has a fault.
    fn optional<T: Written>(&mut self, column: Column) -> Option<T> {
        self.read(column, |text, form| match form {
            ValueForm::Written => T::read_written(text),
            ValueForm::Exact => text.parse(),
        })
    }

    fn read<T>(
        &mut self,
        column: Column,
        parse: impl FnOnce(&str, ValueForm) -> Result<T, ValidationError>,
    ) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let cause = |cause| match is_read_as_number(column.as_str(), text) {
            true => ValidationError::ReadAsNumber,
            false => cause,
        };
        parse(text, self.form).map_err(|fault| self.bad(column, cause(fault))).ok()
    }
}

/// Converts a row to a record, or returns all its faults in the order of the columns. Nobody was born after `today`.
pub fn holder(fields: &Fields<'_>, form: ValueForm, today: Date) -> Result<Holder, Vec<Fault>> {
    let mut row = RowReader { fields, form, faults: vec![] };
    let niss = row.required(Column::Niss);
    let kind: Option<HolderKind> = row.required(Column::Kind);
    let status: Option<HolderStatus> = row.optional(Column::Status);
    let name = row.required(Column::Name);
    let birth_date: Option<Date> = row.optional(Column::BirthDate);
    if birth_date.is_some_and(|date| date > today) {
        row.bad(Column::BirthDate, ValidationError::InTheFuture);
    }
    if kind == Some(HolderKind::Citizen) && row.text(Column::BirthDate).is_empty() {
        row.bad(Column::BirthDate, ValidationError::Missing);
    }
    let civil_id_kind: Option<CivilIdKind> = row.optional(Column::CivilIdKind);
    let has_civil_id = !row.text(Column::CivilId).is_empty();
    if has_civil_id && row.text(Column::CivilIdKind).is_empty() {
        row.bad(Column::CivilIdKind, ValidationError::Missing);
    }
    // Without its kind a document number can't be checked.
    let civil_id = civil_id_kind.and_then(|kind| row.read(Column::CivilId, |text, _| CivilId::parse(kind, text)));
    let (nif, responsible) = (row.optional(Column::Nif), row.optional(Column::Responsible));
    let (email, mobile) = (row.optional(Column::Email), row.optional(Column::Mobile));
    let (telephone, address) = (row.optional(Column::Telephone), row.optional(Column::Address));
    let country: Option<Country> = row.optional(Column::Country);
    let is_known_country = country.is_some() || row.text(Column::Country).is_empty();
    let postal_code = match is_known_country {
        true => row.read(Column::PostalCode, |text, form| match form {
            ValueForm::Written => PostalCode::read_written(country.unwrap_or(Country::PORTUGAL), text),
            ValueForm::Exact => PostalCode::parse(country.unwrap_or(Country::PORTUGAL), text),
        }),
        false => None,
    };
    let locality = row.optional(Column::Locality);
    let language: Option<Language> = row.optional(Column::Language);
    let (Some(niss), Some(kind), Some(name), []) = (niss, kind, name, &row.faults[..]) else {
        return Err(in_column_order(row.faults));
    };
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

/// Sorts faults by column.
fn in_column_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by_key(|fault| Column::NAMES.iter().position(|name| Some(*name) == fault.column.as_deref()));
    faults
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
        "patternProperties": { "^_": true },
        "additionalProperties": false,
        "if": { "properties": { "kind": { "const": "citizen" } } },
        "then": { "properties": { "birth_date": { "type": "string" } }, "required": ["birth_date"] },
    })
}
