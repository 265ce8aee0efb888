//! The codes of a log with their states.
//!
//! A code that was sent is used, past its end, invalidated or open. An unused code that is replaced after its end was past its end;
//! one that is replaced, cancelled or blocked by wrong attempts before its end is invalidated.

use std::collections::HashMap;

use crate::domain::time::Timestamp;
use crate::domain::time_range::TimeRange;
use crate::domain::vocabulary::{Channel, CodeStatus, LockoutScope, Purpose};
use crate::reply::{CodeCounts, CodeEffect};
use crate::store::codes::OlderCode;

/// All codes that were issued.
#[derive(Default)]
pub struct IssuedCodes {
    codes: Vec<IssuedCode>,
    /// The place of each code in `codes`. The id of a deleted row can be given again: the newest code has it.
    by_id: HashMap<i64, usize>,
}

struct IssuedCode {
    id: i64,
    channel: Channel,
    expires_at: Timestamp,
    state: CodeState,
    /// Whether wrong attempts have blocked it.
    is_blocked: bool,
    /// Whether it was sent in the period.
    is_counted: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CodeState {
    Open,
    Used,
    Expired,
    Invalidated,
}

/// The newest code of each purpose of one holder. Only they can be open.
#[derive(Debug, Clone, Copy, Default)]
pub struct NewestCodes([Option<u32>; Purpose::ALL.len()]);

impl IssuedCode {
    /// Ends an open code that was not used.
    fn cancel(&mut self, at: Timestamp) {
        if self.state == CodeState::Open {
            self.state =
                if !self.is_blocked && self.expires_at <= at { CodeState::Expired } else { CodeState::Invalidated };
        }
    }
}

impl IssuedCodes {
    /// Adds the effect of an entry on a code.
    pub fn add(&mut self, effect: &CodeEffect, newest: &mut NewestCodes, at: Timestamp, period: TimeRange) {
        match (effect.state, effect.channel, effect.expires_at) {
            (CodeStatus::Open, Some(channel), Some(expires_at)) => {
                let place = self.codes.len();
                let (state, is_counted) = (CodeState::Open, period.contains(at));
                self.codes.push(IssuedCode {
                    id: effect.id,
                    channel,
                    expires_at,
                    state,
                    is_blocked: false,
                    is_counted,
                });
                self.by_id.insert(effect.id, place);
                newest.0[effect.purpose as usize] = u32::try_from(place).ok();
            }
            (CodeStatus::Open, ..) => {}
            (CodeStatus::Used, ..) => self.change(effect.id, |code| code.state = CodeState::Used),
            (CodeStatus::Superseded, ..) => self.change(effect.id, |code| code.cancel(at)),
        }
    }

    fn change(&mut self, id: i64, change: impl FnOnce(&mut IssuedCode)) {
        if let Some(code) = self.by_id.get(&id).and_then(|place| self.codes.get_mut(*place)) {
            change(code);
        }
    }

    /// Blocks the newest code of a scope, or lifts the block.
    pub fn set_blocked(&mut self, newest: NewestCodes, scope: LockoutScope, at: Timestamp, is_blocked: bool) {
        let place = scope.purpose().and_then(|purpose| newest.0[purpose as usize]);
        if let Some(code) = place.and_then(|place| self.codes.get_mut(place as usize))
            && code.state == CodeState::Open
            && at < code.expires_at
        {
            code.is_blocked = is_blocked;
        }
    }

    /// Cancels the codes of a holder who was erased.
    pub fn cancel_all(&mut self, newest: NewestCodes, at: Timestamp) {
        for place in newest.0.into_iter().flatten() {
            if let Some(code) = self.codes.get_mut(place as usize) {
                code.cancel(at);
            }
        }
    }

    /// Adds a code that no entry has issued, as its row is now.
    pub fn add_older(&mut self, row: &OlderCode, period: TimeRange) {
        if self.by_id.contains_key(&row.id) {
            return;
        }
        let is_past = row.next_at.is_some_and(|next| row.expires_at <= next);
        let state = match row.state {
            CodeStatus::Open => CodeState::Open,
            CodeStatus::Used => CodeState::Used,
            CodeStatus::Superseded if is_past => CodeState::Expired,
            CodeStatus::Superseded => CodeState::Invalidated,
        };
        let (channel, expires_at, is_counted) = (row.channel, row.expires_at, period.contains(row.issued_at));
        self.codes.push(IssuedCode { id: row.id, channel, expires_at, state, is_blocked: false, is_counted });
    }

    /// Returns the ids of the codes of a channel that were sent in the period and are still valid.
    pub fn open(&self, channel: Channel, now: Timestamp) -> impl Iterator<Item = i64> {
        let is_open = move |code: &&IssuedCode| {
            code.is_counted && code.channel == channel && code.state == CodeState::Open && !code.is_blocked
        };
        self.codes.iter().filter(is_open).filter(move |code| now < code.expires_at).map(|code| code.id)
    }

    /// Returns the counts of the period by channel, as of now.
    pub fn counts(mut self, now: Timestamp) -> Vec<CodeCounts> {
        let mut counts: Vec<CodeCounts> = Channel::ALL
            .iter()
            .map(|channel| CodeCounts { channel: *channel, sent: 0, used: 0, expired: 0, invalidated: 0, open: 0 })
            .collect();
        for code in self.codes.iter_mut().filter(|code| code.is_counted) {
            if code.is_blocked || code.expires_at <= now {
                code.cancel(now);
            }
            let counts = &mut counts[code.channel as usize];
            counts.sent += 1;
            *match code.state {
                CodeState::Open => &mut counts.open,
                CodeState::Used => &mut counts.used,
                CodeState::Expired => &mut counts.expired,
                CodeState::Invalidated => &mut counts.invalidated,
            } += 1;
        }
        counts
    }
}
