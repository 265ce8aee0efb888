//! One contact of a holder, as replies show it.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::domain::next_step::SuggestedCommand;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::ContactKind;
use crate::l10n::next_steps::command_line;

/// One contact of a holder.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the README's table of JSON")]
pub struct ContactLine {
    pub kind: ContactKind,
    /// Masked; of the registered one.
    pub value: Option<String>,
    pub registered: bool,
    pub confirmed_at: Option<Timestamp>,
    /// Masked.
    pub proposed: Option<String>,
    /// What its holder should do, as a command.
    #[serde(serialize_with = "as_command")]
    #[schemars(with = "Option<String>")]
    pub next: Option<SuggestedCommand>,
}

fn as_command<S: Serializer>(command: &Option<SuggestedCommand>, serializer: S) -> Result<S::Ok, S::Error> {
    command.as_ref().map(command_line).serialize(serializer)
}
