//! The second factor of a login, if the policy requires one: a code to a registered contact.
//!
//! No partial login is stored between the two calls. The second call has both password and code, so codes cannot be
//! tried without the password.
//!
//! The contact is a registered one, confirmed or not, because confirming a contact requires a login.

use super::channels::check_channel;
use super::{code_limits, codes};
use crate::domain::code::VerificationCode;
use crate::domain::holder::Holder;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{Channel, Purpose};
use crate::flow::context::RequestContext;
use crate::flow::outcome::FlowResult;
use crate::reply::{ReplyBody, SentCode};
use crate::request::Login;

/// Checks the second factor after a right password. A right code is used up, and there is no reply. Without a code, one
/// is sent and the reply says so.
pub fn require_second_factor(
    unit: &RequestContext<'_>,
    holder: &Holder,
    asked: &Login,
) -> FlowResult<Option<ReplyBody>> {
    match &asked.code {
        Some(code) => verify_code(unit, holder.niss, code).map(|()| None),
        None => send_code(unit, holder, asked.channel).map(Some),
    }
}

fn verify_code(unit: &RequestContext<'_>, niss: Niss, code: &VerificationCode) -> FlowResult<()> {
    let code = codes::verify(unit, niss, Purpose::Login, code)?;
    codes::consume(unit, niss, Purpose::Login, &code)
}

fn send_code(unit: &RequestContext<'_>, holder: &Holder, channel: Option<Channel>) -> FlowResult<ReplyBody> {
    let usable = unit.policy.second_factor_channels(&holder.reachable_channels());
    let channel = channel.or(usable.first().copied()).unwrap_or(Channel::Sms);
    check_channel(channel, &usable)?;
    code_limits::check_resend(unit, holder.niss, Purpose::Login, channel)?;
    let code = codes::issue(unit, holder, Purpose::Login, channel, None)?;
    unit.note(|detail| detail.sent = Some(channel));
    let sent = SentCode { channel, destination: code.destination, code_expires_at: code.expires_at };
    Ok(ReplyBody::Sent { sent: vec![sent] })
}
