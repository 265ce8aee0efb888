//! Verification codes, of every purpose by the same rules: when one may be issued, how it is sent, what a typed one is worth,
//! and that it is worth it once.

use super::code_limits::attempts_exhausted;
use super::{next_steps, notify};
use crate::domain::calendar::{add_working_days, lisbon_date};
use crate::domain::code::VerificationCode;
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::{AccountState, Channel, Notice, Purpose};
use crate::flow::outcome::{FlowResult, refuse};
use crate::l10n::MessageArg;
use crate::reply::{Reason, ReplyBody};
use crate::store::codes::{CodeRow, CodeStatus};
use crate::store::failure_counts::FailureCount;
use crate::store::{UnitOfWork, accounts, codes, failure_counts};

/// What was issued, as the reply tells it.
pub struct IssuedCode {
    /// Masked.
    pub destination: String,
    /// Good until.
    pub expires_at: Timestamp,
    /// A letter's day of arrival.
    pub expected_on: Option<Date>,
}

impl IssuedCode {
    /// The reply of a request whose work is this code: how the account stands, and what the code travels by.
    pub fn into_body(self, state: AccountState, channel: Channel) -> ReplyBody {
        ReplyBody::CodeIssued {
            state,
            channel,
            destination: self.destination,
            code_expires_at: self.expires_at,
            letter_expected_on: self.expected_on,
        }
    }
}

/// Issues a code and queues its message. The account is there already; `target` is the contact that the code proves, where
/// it proves one, and then its destination.
pub fn issue(
    unit: &UnitOfWork<'_>,
    holder: &Holder,
    purpose: Purpose,
    channel: Channel,
    target: Option<&str>,
) -> FlowResult<IssuedCode> {
    let expected_on =
        (channel == Channel::Letter).then(|| add_working_days(lisbon_date(unit.now), unit.policy.letter_days));
    let expires_at = unit.now + unit.policy.code_validity(purpose, channel, holder.is_resident_abroad());
    let code = VerificationCode::generate(
        channel,
        &unit.policy,
        &mut accounts::next_rng(unit, holder.niss, purpose.as_str())?,
    );
    if codes::newest(unit, holder.niss, purpose)?.is_some_and(|newest| newest.standing == CodeStatus::Open) {
        codes::supersede(unit, holder.niss, purpose)?;
    }
    if purpose == Purpose::Login {
        // One comes with each login: what no limit looks at any more would only make the list long.
        codes::delete_all(unit, holder.niss, purpose, unit.policy.resend_window)?;
    }
    codes::issue(unit, holder.niss, &codes::NewCode { purpose, channel, target, expires_at, expected_on }, &code)?;
    let mut count = failure_counts::find(unit, holder.niss, purpose.lockout_scope())?;
    if count.on_code > 0 {
        count.on_code = 0;
        failure_counts::save(unit, holder.niss, purpose.lockout_scope(), &count)?;
    }
    let to = notify::Recipient::for_channel(holder, channel, target)?;
    notify::code(unit, holder, purpose, &to, &code, expires_at)?;
    Ok(IssuedCode { destination: to.masked(), expires_at, expected_on })
}

/// Judges a typed code: the open code that it is, or a refusal. A wrong one is counted; nothing else is written.
pub fn verify(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose, code: &VerificationCode) -> FlowResult<CodeRow> {
    let count = failure_counts::find(unit, niss, purpose.lockout_scope())?;
    let issued = codes::all_for(unit, niss, purpose)?;
    if let Some(until) = count.blocked_until(unit.now) {
        unit.notes.add_blocked_until(until);
        return Err(refuse(Reason::CodeBlocked).until(until).hint(NextStep::Wait).into());
    }
    if attempts_exhausted(unit, &count, issued.first()) {
        note_counts(unit, &count);
        // The same for every holder, known or not: so it tells the rule, and not when the last code was sent.
        let hint = NextStep::RequestCodeAfter(unit.policy.resend_wait);
        return Err(refuse(Reason::CodeBlocked).variant("dead").hint(hint).into());
    }
    let key = unit.key()?;
    let mut matching = None;
    for (newer, one) in issued.iter().enumerate() {
        // Each is compared, whatever the one before said: the time tells nothing of which it was.
        if one.matches(key, niss, purpose, code) && matching.is_none() {
            matching = Some((newer, one));
        }
    }
    let Some((newer, matching)) = matching else { return count_wrong_code(unit, niss, purpose, count, &issued) };
    unit.notes.add("newer_codes", newer);
    let (reason, fact) = match matching.standing {
        CodeStatus::Open if unit.now < matching.expires_at => return Ok(matching.clone()),
        CodeStatus::Open => (Reason::CodeExpired, Some(("expired_at", MessageArg::Time(matching.expires_at)))),
        CodeStatus::Used => (Reason::CodeUsed, None),
        CodeStatus::Superseded => (Reason::CodeSuperseded, None),
    };
    unit.notes.add("issued_at", matching.issued_at.to_string());
    unit.notes.add("expires_at", matching.expires_at.to_string());
    Err(refuse(reason).facts(fact).hint(next_steps::hint_after_stale_code(unit, niss, purpose)?).into())
}

/// The code has done its work: it is used, and the failures before it are forgotten.
pub fn consume(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose, code: &CodeRow) -> FlowResult<()> {
    codes::mark_used(unit, niss, purpose, code.id)?;
    failure_counts::save(unit, niss, purpose.lockout_scope(), &FailureCount::default())?;
    Ok(())
}

/// Counts a wrong code. The failure that reaches a limit is answered like any other; the block speaks from the next one.
fn count_wrong_code(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    purpose: Purpose,
    mut count: FailureCount,
    issued: &[CodeRow],
) -> FlowResult<CodeRow> {
    count.failures += 1;
    count.on_code += 1;
    note_counts(unit, &count);
    let live = issued.first().is_some_and(|newest| newest.is_usable(unit.now));
    let dies = live && count.on_code == unit.policy.code_attempts && attempts_exhausted(unit, &count, issued.first());
    let blocks = count.failures >= unit.policy.code_failures;
    if blocks {
        let until = unit.now + unit.policy.code_block;
        unit.notes.add_blocked_until(until);
        count.failures = 0;
        count.blocked_until = Some(until);
    }
    failure_counts::save(unit, niss, purpose.lockout_scope(), &count)?;
    if dies || blocks {
        let until = count.blocked_until.filter(|_| blocks);
        notify::send_lockout_notice(unit, niss, Notice::CodeBlocked, until)?;
    }
    Err(refuse(Reason::CodeWrong).hint(NextStep::CheckCode).into())
}

/// For the audit: wrong codes in a row, and those on the newest code.
fn note_counts(unit: &UnitOfWork<'_>, count: &FailureCount) {
    unit.notes.add_count(count.failures, unit.policy.code_failures);
    unit.notes.add("on_code", count.on_code);
    unit.notes.add("code_limit", unit.policy.code_attempts);
}
