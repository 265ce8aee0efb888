//! Access to the fields of a request by their names, and what is declared of each field.

use super::field::{Field, FieldGroup};
use super::fields::FieldValue;

/// The fields of a request, implemented by `requests!`.
pub trait RequestFields {
    /// Returns the names of the fields, as in a line of a file.
    fn names(&self) -> &'static [&'static str];

    /// Returns what is declared of each field, in the same order.
    fn specs(&self) -> &'static [FieldSpec];

    /// Returns a field, or `None` if the request has no such field.
    fn field(&self, field: Field) -> Option<&dyn FieldValue>;

    /// Returns a field, or `None` if the request has no such field.
    fn field_mut(&mut self, field: Field) -> Option<&mut dyn FieldValue>;

    /// Returns whether the condition under which a field is required is met.
    fn needs(&self, field: Field) -> bool;
}

/// A request that has a checked form, in which the required fields are no `Option`.
pub trait Check {
    /// The checked form.
    type Checked<'a>
    where
        Self: 'a;

    /// Returns the checked form. `None` if a field that it needs is missing.
    fn checked(&self) -> Option<Self::Checked<'_>>;
}

/// What is declared of a field.
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// The field.
    pub field: Field,
    /// What the audit log has of it.
    pub audit: AuditMark,
    /// Whether it is required.
    pub required: Requirement,
}

/// What the audit log has of a field, under `asked`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditMark {
    /// The value. Only for words of a closed list, which are no personal data.
    Value,
    /// `true` if the field is set.
    Presence,
    /// Nothing: it is a secret, has its own column, or is recorded by the flow as far as permitted.
    Nothing,
}

/// Whether a field is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// It is optional, or another field of its group has the condition.
    None,
    /// One field of the group is always required.
    Always(FieldGroup),
    /// One field of the group is required under a condition.
    Conditional(FieldGroup),
}
