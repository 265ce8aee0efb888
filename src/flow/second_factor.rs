//! The second factor of a login, where the policy wants one: a code to a registered contact, typed back beside the password. No
//! half-open login is kept between the two calls: password and code travel together in the second one, so that who has no password
//! can't try codes.
//!
//! The contact is a registered one, confirmed or not: only who has logged in can confirm one.

use super::channels::check_channel;
use super::{code_limits, codes};
use crate::domain::code::VerificationCode;
use crate::domain::holder::Holder;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{Channel, Purpose};
use crate::flow::outcome::FlowResult;
use crate::reply::{ReplyBody, SentCode};
use crate::request::Login;
use crate::store::UnitOfWork;

/// The second step behind a right password: a right code is used up, and nothing is said; without a code one is sent, and that is
/// what there is to say.
pub fn require_second_factor(unit: &UnitOfWork<'_>, holder: &Holder, asked: &Login) -> FlowResult<Option<ReplyBody>> {
    match &asked.code {
        Some(code) => verify_code(unit, holder.niss, code).map(|()| None),
        None => send_code(unit, holder, asked.channel).map(Some),
    }
}

fn verify_code(unit: &UnitOfWork<'_>, niss: Niss, code: &VerificationCode) -> FlowResult<()> {
    let code = codes::verify(unit, niss, Purpose::Login, code)?;
    codes::consume(unit, niss, Purpose::Login, &code)
}

fn send_code(unit: &UnitOfWork<'_>, holder: &Holder, channel: Option<Channel>) -> FlowResult<ReplyBody> {
    let usable = unit.policy.second_factor_channels(&holder.reachable_channels());
    let channel = channel.or(usable.first().copied()).unwrap_or(Channel::Sms);
    check_channel(channel, &usable)?;
    code_limits::check_resend(unit, holder.niss, Purpose::Login, channel)?;
    let code = codes::issue(unit, holder, Purpose::Login, channel, None)?;
    unit.notes.add("sent", channel.as_str());
    let sent = SentCode { channel, destination: code.destination, code_expires_at: code.expires_at };
    Ok(ReplyBody::Sent { sent: vec![sent] })
}
