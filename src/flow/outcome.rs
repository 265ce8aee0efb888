//! The end of a flow before its last step: refused, stale or failed. Also builds refusals.

use crate::domain::next_step::NextStep;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Channel;
use crate::error::Error;
use crate::l10n::MessageArg;
use crate::reply::{Reason, Refusal, RefusalVariant};

/// Why a flow stops before its end.
pub enum FlowError {
    /// A rule of the service refuses. The counters are committed.
    Refused(Box<Refusal>),
    /// The password work no longer fits the store and must be repeated. Nothing was written yet.
    Stale,
    /// An error. The transaction is rolled back.
    Failed(Error),
}

/// The result of a step of a flow.
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

/// A refusal with its facts, built by a flow.
pub struct RefusalBuilder(pub Refusal);

/// Returns a refusal for a reason. The reply adds `op` and `niss`.
pub fn refuse(reason: Reason) -> RefusalBuilder {
    RefusalBuilder(Refusal::new(crate::request::Operation::Init, reason))
}

impl RefusalBuilder {
    /// Sets the end of the cause; [`Timestamp::FAR_FUTURE`] if it does not end by itself.
    pub fn until(mut self, until: Timestamp) -> RefusalBuilder {
        self.0.retry_at = Some(until).filter(|until| *until != Timestamp::FAR_FUTURE);
        self
    }
    /// Selects another sentence of the reason.
    pub fn variant(mut self, variant: RefusalVariant) -> RefusalBuilder {
        self.0.variant = Some(variant);
        self
    }
    /// Uses the variant if the condition holds.
    pub fn variant_if(self, fits: bool, variant: RefusalVariant) -> RefusalBuilder {
        if fits { self.variant(variant) } else { self }
    }
    /// Adds the arguments of the sentence.
    pub fn facts(mut self, facts: impl IntoIterator<Item = (&'static str, MessageArg)>) -> RefusalBuilder {
        self.0.args.extend(facts);
        self
    }
    /// Adds the next step.
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
