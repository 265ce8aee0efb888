//! The second factor of a login, where the policy wants one: a code to a registered contact, typed back beside the password. No
//! half-open login is kept between the two calls: password and code travel together in the second one, so that who has no password
//! can't try codes.
//!
//! The contact is a registered one, confirmed or not: only who has logged in can confirm one.

use super::register::channel_usable;
use super::{Flow, codes};
use crate::domain::code::Code;
use crate::domain::holder::{Holder, Reach};
use crate::domain::niss::Niss;
use crate::domain::policy::Policy;
use crate::domain::words::{Channel, Purpose, SecondFactor};
use crate::reply::{Body, Sent};
use crate::request::Login;
use crate::store::Unit;

/// The channels by which the code could come to a holder, the usual one first: the mobile where there is one.
pub fn channels(policy: &Policy, reach: &Reach) -> Vec<Channel> {
    let usable = policy.second_factor.channels().iter().copied();
    usable.filter(|channel| reach.channels.contains(channel)).collect()
}

/// Whether a login wants one.
pub fn is_wanted(policy: &Policy) -> bool {
    policy.second_factor != SecondFactor::Off
}

/// The second step behind a right password: a right code is used up, and nothing is said; without a code one is sent, and that is
/// what there is to say.
pub fn step(unit: &Unit<'_>, holder: &Holder, asked: &Login) -> Flow<Option<Body>> {
    match &asked.code {
        Some(code) => prove(unit, holder.niss, code).map(|()| None),
        None => send(unit, holder, asked.channel).map(Some),
    }
}

fn prove(unit: &Unit<'_>, niss: Niss, code: &Code) -> Flow<()> {
    let code = codes::judge(unit, niss, Purpose::Login, code)?;
    codes::spend(unit, niss, Purpose::Login, &code)
}

fn send(unit: &Unit<'_>, holder: &Holder, channel: Option<Channel>) -> Flow<Body> {
    let usable = channels(&unit.policy, &holder.reach());
    let channel = channel.or(usable.first().copied()).unwrap_or(Channel::Sms);
    channel_usable(channel, &usable)?;
    codes::may_issue(unit, holder.niss, Purpose::Login, channel)?;
    let code = codes::issue(unit, holder, Purpose::Login, channel, None)?;
    unit.notes.add("sent", channel.as_str());
    let sent = Sent { channel, destination: code.destination, code_expires_at: code.expires_at };
    Ok(Body::Sent { sent: vec![sent] })
}
