//! How a flow ends before its last step: refused, stale or failed. Also builds refusals.

use crate::domain::next_step::NextStep;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Channel;
use crate::error::Error;
use crate::l10n::MessageArg;
use crate::reply::{Reason, Refusal, RefusalVariant};

/// Why a flow stops before its end.
pub enum FlowError {
    /// A rule of the service. What was counted stays.
    Refused(Box<Refusal>),
    /// What was hashed ahead no longer fits the store: to be hashed again. Nothing was written yet.
    Stale,
    /// Something went wrong. Nothing stays.
    Failed(Error),
}

/// What a step of a flow returns.
pub type FlowResult<T> = Result<T, FlowError>;

impl<E: Into<Error>> From<E> for FlowError {
    fn from(error: E) -> FlowError {
        FlowError::Failed(error.into())
    }
}

impl From<RefusalBuilder> for FlowError {
    fn from(no: RefusalBuilder) -> FlowError {
        FlowError::Refused(Box::new(no.0))
    }
}

/// A refusal in the making.
pub struct RefusalBuilder(pub Refusal);

/// Refuses for a reason; `op` and `niss` are filled in where the reply is made.
pub fn refuse(reason: Reason) -> RefusalBuilder {
    RefusalBuilder(Refusal::new(crate::request::Operation::Init, reason))
}

impl RefusalBuilder {
    /// The cause ends by itself then; [`Timestamp::FAR_FUTURE`] for one that does not.
    pub fn until(mut self, until: Timestamp) -> RefusalBuilder {
        self.0.retry_at = Some(until).filter(|until| *until != Timestamp::FAR_FUTURE);
        self
    }
    /// Another of the reason's sentences.
    pub fn variant(mut self, variant: RefusalVariant) -> RefusalBuilder {
        self.0.variant = Some(variant);
        self
    }
    /// The same, where it fits.
    pub fn variant_if(self, fits: bool, variant: RefusalVariant) -> RefusalBuilder {
        if fits { self.variant(variant) } else { self }
    }
    /// What the sentence speaks of.
    pub fn facts(mut self, facts: impl IntoIterator<Item = (&'static str, MessageArg)>) -> RefusalBuilder {
        self.0.args.extend(facts);
        self
    }
    /// What the person can do next.
    pub fn hint(mut self, hint: NextStep) -> RefusalBuilder {
        self.0.hint = Some(hint);
        self
    }
    /// The channels that can be used.
    pub fn channels(mut self, channels: Vec<Channel>) -> RefusalBuilder {
        self.0.channels = Some(channels);
        self
    }
}
