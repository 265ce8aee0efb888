//! Verification codes of every purpose: issuing a code, checking a typed code, and marking a code as used.

use super::notify::{self, CodeCause};
use super::{effects, lockout, next_steps};
use crate::domain::calendar::{add_working_days, lisbon_date};
use crate::domain::code::VerificationCode;
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::CodeStatus;
use crate::domain::vocabulary::{AccountState, Channel, Purpose};
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::l10n::MessageArg;
use crate::reply::{Reason, ReplyBody};
use crate::store::codes::CodeRow;
use crate::store::{accounts, codes};

/// An issued code, as the reply shows it.
pub struct IssuedCode {
    /// The masked contact that receives the code.
    pub destination: String,
    /// The time when the code expires.
    pub expires_at: Timestamp,
    /// The day on which a letter is expected.
    pub expected_on: Option<Date>,
}

impl IssuedCode {
    /// Returns the reply of a request that issued this code.
    pub fn into_body(self, state: AccountState, channel: Channel) -> ReplyBody {
        ReplyBody::CodeIssued {
            state,
            channel,
            destination: self.destination,
            code_expires_at: self.expires_at,
            letter_expected_on: self.expected_on,
            alerts_waiting_for: None,
        }
    }
}

/// Issues a code and queues its message. The account must exist.
///
/// `target` is the contact that the code proves, if any. The message then goes to that contact.
pub fn issue(
    unit: &RequestContext<'_>,
    holder: &Holder,
    purpose: Purpose,
    channel: Channel,
    target: Option<&str>,
) -> FlowResult<IssuedCode> {
    issue_for(unit, holder, (purpose, CodeCause::Holder), channel, target)
}

/// Issues the activation code of an account that an operator has reset.
pub fn issue_after_reset(unit: &RequestContext<'_>, holder: &Holder, channel: Channel) -> FlowResult<IssuedCode> {
    issue_for(unit, holder, (Purpose::Activation, CodeCause::Reset), channel, None)
}

/// Issues the login code of a holder without a confirmed contact.
pub fn issue_to_enrol(unit: &RequestContext<'_>, holder: &Holder, channel: Channel) -> FlowResult<IssuedCode> {
    issue_for(unit, holder, (Purpose::Login, CodeCause::Enrolment), channel, None)
}

fn issue_for(
    unit: &RequestContext<'_>,
    holder: &Holder,
    (purpose, cause): (Purpose, CodeCause),
    channel: Channel,
    target: Option<&str>,
) -> FlowResult<IssuedCode> {
    let abroad = holder.is_resident_abroad();
    let days = unit.policy.letter_delivery(abroad);
    let expected_on = (channel == Channel::Letter).then(|| add_working_days(lisbon_date(unit.now), days));
    let expires_at = unit.now + unit.policy.code_validity(purpose, channel, abroad);
    let code = VerificationCode::generate(
        channel,
        &unit.policy,
        &mut accounts::next_rng(unit, holder.niss, purpose.as_str())?,
    );
    if codes::newest(unit, holder.niss, purpose)?.is_some_and(|newest| newest.standing == CodeStatus::Open) {
        effects::supersede_code(unit, holder.niss, purpose)?;
    }
    let new = codes::NewCode { purpose, channel, target, expires_at, expected_on };
    let id = effects::issue_code(unit, holder.niss, &new, &code)?;
    if purpose == Purpose::Login {
        // Each login adds a code, so old ones are deleted. Otherwise the table would grow without limit.
        effects::delete_codes(unit, holder.niss, purpose)?;
    }
    lockout::start_new_code(unit, holder.niss, purpose.lockout_scope())?;
    let to = notify::Recipient::for_channel(holder, channel, target)?;
    notify::code(unit, holder, (purpose, cause), &to, &code, (id, expires_at))?;
    Ok(IssuedCode { destination: to.masked(), expires_at, expected_on })
}

/// Returns the open code that equals the typed one, or refuses. A wrong code counts as an attempt.
pub fn verify(unit: &RequestContext<'_>, niss: Niss, purpose: Purpose, code: &VerificationCode) -> FlowResult<CodeRow> {
    let attempt = lockout::check(unit, niss, purpose.lockout_scope())?;
    let issued = codes::all_for(unit, niss, purpose)?;
    let key = unit.key()?;
    let mut matching = None;
    for (newer, one) in issued.iter().enumerate() {
        // All codes are compared, because an early exit would reveal by its timing which code matches.
        if one.matches(key, niss, purpose, code) && matching.is_none() {
            matching = Some((newer, one));
        }
    }
    let Some((newer, matching)) = matching else {
        attempt.record_failure(unit)?;
        return Err(refuse(Reason::CodeWrong).hint(NextStep::CheckCode).into());
    };
    unit.note(|detail| detail.newer_codes = Some(newer as u64));
    let (reason, fact) = match matching.standing {
        CodeStatus::Open if unit.now < matching.expires_at => return Ok(matching.clone()),
        CodeStatus::Open => (Reason::CodeExpired, Some(("expired_at", MessageArg::Time(matching.expires_at)))),
        CodeStatus::Used => (Reason::CodeUsed, None),
        CodeStatus::Superseded => (Reason::CodeSuperseded, None),
    };
    unit.note(|detail| detail.issued_at = Some(matching.issued_at));
    unit.note(|detail| detail.expires_at = Some(matching.expires_at));
    Err(refuse(reason).facts(fact).hint(next_steps::hint_after_stale_code(unit, niss, purpose)?).into())
}

/// Marks a code as used and resets the failed attempts before it.
pub fn consume(unit: &RequestContext<'_>, niss: Niss, purpose: Purpose, code: &CodeRow) -> FlowResult<()> {
    effects::use_code(unit, niss, purpose, code.id)?;
    lockout::reset(unit, niss, purpose.lockout_scope())?;
    Ok(())
}
