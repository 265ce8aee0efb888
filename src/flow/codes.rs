//! Verification codes, of every purpose by the same rules: when one may be issued, how it is sent, what a typed one is worth,
//! and that it is worth it once.

use super::{Flow, no, notify, steps};
use crate::domain::calendar::{add_working_days, lisbon_date, lisbon_start};
use crate::domain::code::Code;
use crate::domain::holder::Holder;
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Time};
use crate::domain::words::{Channel, Notice, Purpose, State};
use crate::error::Error;
use crate::reply::{Body, Hint, Reason};
use crate::store::codes::{Issued, Standing};
use crate::store::guards::Count;
use crate::store::{Unit, accounts, codes, guards};
use crate::text::Fact;

/// Whether another code may be issued now, and if not, from when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resend {
    /// It may.
    Allowed,
    /// Too many wrong ones were typed.
    Blocked(Time),
    /// The last one is too fresh; until then, and from when one may really be issued.
    TooSoon(Time, Time),
    /// Too many in the window: until then, and how many may be in it.
    TooMany(Time, u32),
}

/// The resend limits of a purpose, as they stand now.
pub fn resend(unit: &Unit<'_>, niss: Niss, purpose: Purpose, channel: Channel) -> Result<Resend, Error> {
    if let Some(until) = guards::find(unit, niss, purpose.guard())?.block(unit.now) {
        return Ok(Resend::Blocked(until));
    }
    let mut issued = codes::of(unit, niss, purpose)?;
    if matches!(purpose, Purpose::Login | Purpose::Cmd) {
        // Each login wants one: those that did their work are no sign of somebody who asks again and again.
        issued.retain(|one| one.standing != Standing::Used);
    }
    let Some(last) = issued.first() else { return Ok(Resend::Allowed) };
    let policy = &unit.policy;
    let mut wait = last.issued_at + policy.resend_wait;
    let (most, window) = match channel {
        Channel::Email | Channel::Sms => (policy.resend_most, policy.resend_window),
        Channel::Letter => {
            // A letter may be asked for again when the last one should have come: after its expected day.
            let arrived =
                last.expected_on.and_then(|day| day.day().succ_opt()).map(|next| lisbon_start(Date::new(next)));
            wait = wait.max(arrived.unwrap_or(wait));
            (policy.letter_resend_most, policy.letter_resend_window)
        }
    };
    // The window slides: it is full until the first of the newest `most` leaves it.
    let first = issued.get(most as usize - 1).map(|first| first.issued_at + window);
    let full_until = first.filter(|until| unit.now < *until);
    Ok(match full_until {
        _ if unit.now < wait => Resend::TooSoon(wait, full_until.map_or(wait, |until| until.max(wait))),
        Some(until) => Resend::TooMany(until, most),
        None => Resend::Allowed,
    })
}

/// Refuses where no code may be issued now.
pub fn may_issue(unit: &Unit<'_>, niss: Niss, purpose: Purpose, channel: Channel) -> Flow<()> {
    let (reason, until, free) = match resend(unit, niss, purpose, channel)? {
        Resend::Allowed => return Ok(()),
        Resend::Blocked(until) => (Reason::CodeBlocked, until, until),
        Resend::TooSoon(until, free) => (Reason::TooSoon, until, free),
        Resend::TooMany(until, most) => {
            unit.notes.counted(most, most);
            (Reason::TooManyCodes, until, until)
        }
    };
    unit.notes.until(until);
    let usable = reason != Reason::CodeBlocked && steps::code_would_work(unit, niss, purpose)?;
    let key = if usable { "hint-use-code-or-wait" } else { "hint-wait-until" };
    let hint = Hint { key, facts: vec![("until", Fact::Time(free))] };
    Err(no(reason).until(until).hint(hint).into())
}

/// What was issued, as the reply tells it.
pub struct Sent {
    /// Masked.
    pub destination: String,
    /// Good until.
    pub expires_at: Time,
    /// A letter's day of arrival.
    pub expected_on: Option<Date>,
}

impl Sent {
    /// The reply of a request whose work is this code: how the account stands, and what the code travels by.
    pub fn told(self, state: State, channel: Channel) -> Body {
        Body::Issued {
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
pub fn issue(unit: &Unit<'_>, holder: &Holder, purpose: Purpose, channel: Channel, target: Option<&str>) -> Flow<Sent> {
    let expected_on =
        (channel == Channel::Letter).then(|| add_working_days(lisbon_date(unit.now), unit.policy.letter_days));
    let expires_at = unit.now + unit.policy.code_life(purpose, channel, holder.lives_abroad());
    let code = Code::draw(channel, &unit.policy, &mut accounts::draw(unit, holder.niss, purpose.as_str())?);
    if codes::newest(unit, holder.niss, purpose)?.is_some_and(|newest| newest.standing == Standing::Open) {
        codes::supersede(unit, holder.niss, purpose)?;
    }
    if purpose == Purpose::Login {
        // One comes with each login: what no limit looks at any more would only make the list long.
        codes::forget(unit, holder.niss, purpose, unit.policy.resend_window)?;
    }
    codes::issue(unit, holder.niss, &codes::New { purpose, channel, target, expires_at, expected_on }, &code)?;
    let mut count = guards::find(unit, holder.niss, purpose.guard())?;
    if count.on_code > 0 {
        count.on_code = 0;
        guards::save(unit, holder.niss, purpose.guard(), &count)?;
    }
    let to = notify::Recipient::of(holder, channel, target)?;
    notify::code(unit, holder, purpose, &to, &code, expires_at)?;
    Ok(Sent { destination: to.masked(), expires_at, expected_on })
}

/// Judges a typed code: the open code that it is, or a refusal. A wrong one is counted; nothing else is written.
pub fn judge(unit: &Unit<'_>, niss: Niss, purpose: Purpose, code: &Code) -> Flow<Issued> {
    let count = guards::find(unit, niss, purpose.guard())?;
    let issued = codes::of(unit, niss, purpose)?;
    if let Some(until) = count.block(unit.now) {
        unit.notes.until(until);
        return Err(no(Reason::CodeBlocked).until(until).hint(Hint::plain("hint-wait")).into());
    }
    if is_dead(unit, &count, issued.first()) {
        noted(unit, &count);
        // The same for every holder, known or not: so it tells the rule, and not when the last code was sent.
        let facts = vec![("wait", Fact::from(unit.policy.resend_wait.to_string()))];
        let hint = Hint { key: "hint-another-code", facts };
        return Err(no(Reason::CodeBlocked).variant("dead").hint(hint).into());
    }
    let key = unit.key()?;
    let mut matching = None;
    for (newer, one) in issued.iter().enumerate() {
        // Each is compared, whatever the one before said: the time tells nothing of which it was.
        if one.is(key, niss, purpose, code) && matching.is_none() {
            matching = Some((newer, one));
        }
    }
    let Some((newer, matching)) = matching else { return wrong(unit, niss, purpose, count, &issued) };
    unit.notes.add("newer_codes", newer);
    let (reason, fact) = match matching.standing {
        Standing::Open if unit.now < matching.expires_at => return Ok(matching.clone()),
        Standing::Open => (Reason::CodeExpired, Some(("expired_at", Fact::Time(matching.expires_at)))),
        Standing::Used => (Reason::CodeUsed, None),
        Standing::Superseded => (Reason::CodeSuperseded, None),
    };
    unit.notes.add("issued_at", matching.issued_at.to_string());
    unit.notes.add("expires_at", matching.expires_at.to_string());
    Err(no(reason).facts(fact).hint(steps::after_stale_code(unit, niss, purpose)?).into())
}

/// The code has done its work: it is used, and the failures before it are forgotten.
pub fn spend(unit: &Unit<'_>, niss: Niss, purpose: Purpose, code: &Issued) -> Flow<()> {
    codes::mark_used(unit, niss, purpose, code.id)?;
    guards::save(unit, niss, purpose.guard(), &Count::default())?;
    Ok(())
}

/// Counts a wrong code. The failure that reaches a limit is answered like any other; the block speaks from the next one.
fn wrong(unit: &Unit<'_>, niss: Niss, purpose: Purpose, mut count: Count, issued: &[Issued]) -> Flow<Issued> {
    count.failures += 1;
    count.on_code += 1;
    noted(unit, &count);
    let live = issued.first().is_some_and(|newest| newest.is_good(unit.now));
    let dies = live && count.on_code == unit.policy.code_attempts && is_dead(unit, &count, issued.first());
    let blocks = count.failures >= unit.policy.code_failures;
    if blocks {
        let until = unit.now + unit.policy.code_block;
        unit.notes.until(until);
        count.failures = 0;
        count.blocked_until = Some(until);
    }
    guards::save(unit, niss, purpose.guard(), &count)?;
    if dies || blocks {
        let until = count.blocked_until.filter(|_| blocks);
        notify::block(unit, niss, Notice::CodeBlocked, until)?;
    }
    Err(no(Reason::CodeWrong).hint(Hint::plain("hint-check-code")).into())
}

/// For the audit: wrong codes in a row, and those on the newest code.
fn noted(unit: &Unit<'_>, count: &Count) {
    unit.notes.counted(count.failures, unit.policy.code_failures);
    unit.notes.add("on_code", count.on_code);
    unit.notes.add("code_limit", unit.policy.code_attempts);
}

/// Whether too many wrong codes were typed since the newest was issued: it is good for nothing then, and neither is any other
/// until a new one. The same where none was ever issued, for an unknown NISS too, so that nobody learns by it who awaits one. A
/// letter is hurt by no stranger's guesses: only the longer limit holds for it.
pub fn is_dead(unit: &Unit<'_>, count: &Count, newest: Option<&Issued>) -> bool {
    count.on_code >= unit.policy.code_attempts && newest.is_none_or(|newest| newest.channel != Channel::Letter)
}
