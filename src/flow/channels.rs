//! The channels that a verification code can use: registered contacts, or typed contacts that match them.

use super::{code_limits, notify};
use crate::domain::email::Email;
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::phone::Mobile;
use crate::domain::vocabulary::{Channel, CheckStep, ContactKind, Purpose};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{ChannelOption, Reason, ReplyBody};

/// Returns the channels of the typed contacts that equal the registered ones (001 steps 13, 16).
///
/// A letter is possible only if no typed contact matches.
pub fn typed_channels(
    unit: &RequestContext<'_>,
    holder: &Holder,
    email: Option<&Email>,
    mobile: Option<&Mobile>,
) -> Vec<Channel> {
    let email = email.zip(holder.email.as_ref()).is_some_and(|(typed, stored)| typed.eq_ignoring_case(stored));
    let mobile = mobile.is_some() && mobile == holder.mobile.as_ref();
    let registered: Vec<ContactKind> = [(ContactKind::Email, email), (ContactKind::Mobile, mobile)]
        .into_iter()
        .filter_map(|(kind, same)| same.then_some(kind))
        .collect();
    unit.note(|detail| detail.registered = Some(registered));
    let letter = !email && !mobile && holder.has_address();
    [(Channel::Email, email), (Channel::Sms, mobile), (Channel::Letter, letter)]
        .into_iter()
        .filter_map(|(channel, usable)| usable.then_some(channel))
        .collect()
}

/// Refuses a channel that cannot be used, and lists the available channels.
pub fn check_channel(channel: Channel, usable: &[Channel]) -> FlowResult<()> {
    if usable.contains(&channel) {
        Ok(())
    } else if usable.is_empty() {
        Err(refuse(Reason::NoChannel).hint(NextStep::Call).into())
    } else {
        Err(refuse(Reason::ChannelUnavailable).channels(usable.to_vec()).hint(NextStep::ChooseChannel).into())
    }
}

/// Returns the available channels with their masked destinations, after the identity check.
///
/// If no code may be issued now, the request is refused here, before a channel is chosen.
pub fn channel_options(
    unit: &RequestContext<'_>,
    holder: &Holder,
    purpose: Purpose,
    usable: &[Channel],
) -> FlowResult<ReplyBody> {
    let Some(first) = usable.first() else {
        return Err(refuse(Reason::NoChannel).hint(NextStep::Call).into());
    };
    // One check is enough: e-mail and SMS have the same limits, and a letter is never offered with them.
    code_limits::check_resend(unit, holder.niss, purpose, *first)?;
    let way = |channel: &Channel| -> Result<ChannelOption, Error> {
        Ok(ChannelOption {
            channel: *channel,
            destination: notify::Recipient::for_channel(holder, *channel, None)?.masked(),
        })
    };
    let usable = usable.iter().map(way).collect::<Result<_, _>>()?;
    Ok(ReplyBody::StepPassed { until: CheckStep::Channels, usable: Some(usable) })
}
