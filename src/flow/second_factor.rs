//! The second factor of a login: a code to a confirmed contact.
//!
//! No partial login is stored between the two calls. The second call has both password and code, so codes cannot be
//! tried without the password. A holder without a confirmed contact confirms one first: `enrolment`.

use super::channels::check_channel;
use super::confirmed_contacts::usable_channels;
use super::{code_limits, codes, next_steps};
use crate::domain::code::VerificationCode;
use crate::domain::holder::Holder;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{Channel, Purpose, SecondFactorMode};
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{Reason, SentCode};
use crate::request::Login;
use crate::store::accounts::Account;
use crate::store::registry;

/// The outcome of the second factor after a right password.
pub enum Challenge {
    /// A session may be opened.
    Passed {
        /// Whether only for confirming a first contact.
        enrolment: bool,
    },
    /// A code was sent, and the next call needs it.
    Sent(SentCode),
}

/// Checks the second factor after a right password. A right code is used up. Without a code, one is sent if the holder needs it.
pub fn challenge(unit: &RequestContext<'_>, account: &Account, asked: &Login) -> FlowResult<Challenge> {
    let mode = unit.policy.second_factor_for(account.account_type);
    if mode == SecondFactorMode::Off {
        return Ok(Challenge::Passed { enrolment: false });
    }
    let holder = registry::find_for_account(&unit.tx, account.niss)?;
    let usable = usable_channels(unit, account, &holder.channels())?;
    match &asked.code {
        _ if usable.is_empty() && !mode.is_for_all() => Ok(Challenge::Passed { enrolment: false }),
        Some(code) => {
            verify_code(unit, account.niss, code)?;
            Ok(Challenge::Passed { enrolment: usable.is_empty() })
        }
        None if usable.is_empty() => {
            let hint = next_steps::hint_to_enrol(unit, account, &holder.reachable_channels())?;
            let reason = if holder.channels().is_empty() { Reason::NoChannel } else { Reason::EnrolmentRequired };
            Err(refuse(reason).hint(hint).into())
        }
        None => send_code(unit, &holder, asked.channel, &usable).map(Challenge::Sent),
    }
}

fn verify_code(unit: &RequestContext<'_>, niss: Niss, code: &VerificationCode) -> FlowResult<()> {
    let code = codes::verify(unit, niss, Purpose::Login, code)?;
    codes::consume(unit, niss, Purpose::Login, &code)
}

fn send_code(
    unit: &RequestContext<'_>,
    holder: &Holder,
    channel: Option<Channel>,
    usable: &[Channel],
) -> FlowResult<SentCode> {
    let channel = channel.or(usable.first().copied()).unwrap_or(Channel::Sms);
    check_channel(channel, usable)?;
    code_limits::check_resend(unit, holder.niss, Purpose::Login, channel)?;
    let code = codes::issue(unit, holder, Purpose::Login, channel, None)?;
    unit.note(|detail| detail.sent = Some(channel));
    Ok(SentCode { channel, destination: code.destination, code_expires_at: code.expires_at })
}
