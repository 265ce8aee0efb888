//! Which channel a code can use: those of the holder's registered contacts, and those of typed contacts that match them.

use super::{code_limits, notify};
use crate::domain::email::Email;
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::phone::Mobile;
use crate::domain::vocabulary::{Channel, CheckStep, Purpose};
use crate::error::Error;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{ChannelOption, Reason, ReplyBody};
use crate::store::UnitOfWork;

/// The channels of typed contacts: each that equals the registered one; a letter only where none does (001 steps 13, 16).
pub fn typed_channels(
    unit: &UnitOfWork<'_>,
    holder: &Holder,
    email: Option<&Email>,
    mobile: Option<&Mobile>,
) -> Vec<Channel> {
    let email = email.zip(holder.email.as_ref()).is_some_and(|(typed, stored)| typed.eq_ignoring_case(stored));
    let mobile = mobile.is_some() && mobile == holder.mobile.as_ref();
    let registered: Vec<&str> =
        [("email", email), ("mobile", mobile)].into_iter().filter_map(|(kind, same)| same.then_some(kind)).collect();
    unit.notes.add("registered", registered);
    let letter = !email && !mobile && holder.has_address();
    [(Channel::Email, email), (Channel::Sms, mobile), (Channel::Letter, letter)]
        .into_iter()
        .filter_map(|(channel, usable)| usable.then_some(channel))
        .collect()
}

/// The channel that was asked for can be used, or the refusal says which can.
pub fn check_channel(channel: Channel, usable: &[Channel]) -> FlowResult<()> {
    if usable.contains(&channel) {
        Ok(())
    } else if usable.is_empty() {
        Err(refuse(Reason::NoChannel).hint(NextStep::Call).into())
    } else {
        Err(refuse(Reason::ChannelUnavailable).channels(usable.to_vec()).hint(NextStep::ChooseChannel).into())
    }
}

/// The channels that can be used, each with its destination: only who has proved to be the holder is shown them. Where no code
/// may be issued now, that is the answer: nobody should choose in vain.
pub fn channel_options(
    unit: &UnitOfWork<'_>,
    holder: &Holder,
    purpose: Purpose,
    usable: &[Channel],
) -> FlowResult<ReplyBody> {
    let Some(first) = usable.first() else {
        return Err(refuse(Reason::NoChannel).hint(NextStep::Call).into());
    };
    // The limits are the same for e-mail and SMS, and a letter is never beside either.
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
