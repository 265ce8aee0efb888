//! Lockouts: attempt limits, and the blocks that follow when a limit is reached (63B 3.2.2).
//!
//! There is one state machine per holder and [`LockoutScope`]. [`LockoutRule::for_scope`] declares its numbers. Everything here is a
//! pure function of the rule, the stored [`LockoutState`] and the time. `flow/lockout.rs` reads and saves the state.
//!
//! ```text
//!                 failure below the limit:
//!                      count + 1
//!                     ┌─────────┐
//!                     │         ▼              failure that reaches the limit
//!   no failures ──► OPEN (count, on_code) ──────────────────────────────────────► BLOCKED (until)
//!                     ▲         ▲                                                    │   │
//!                     │         └────────────────────────────────────────────────────┘   │
//!                     │              now = until (count: see BlockDuration)              │
//!                     └──────────────────────────────────────────────────────────────────┘
//!                       unlock by an operator (count: see BlockDuration)
//!                       reset (success, new password, ...): count 0
//!
//!   scopes of codes, within OPEN:
//!                        on_code reaches the limit per code
//!   CODE ACCEPTED ───────────────────────────────────────────────► CODE EXHAUSTED
//!          ▲                                                              │
//!          └──────────────────────────────────────────────────────────────┘
//!                        new code; unlock; reset: on_code 0
//! ```
//!
//! - The failure that reaches a limit is answered as a failure. The block applies from the next request on.
//! - A request during a block is neither evaluated nor counted, so a block never gets longer.
//! - A block applies while `now < until`: it ends at that second.
//! - A new policy applies from the next failure on. A block that has begun keeps its end.

use super::policy::Policy;
use super::time::{Span, Timestamp};
use super::vocabulary::{Channel, LockoutScope, Notice};

/// The failures in a row after which an authenticator is disabled (63B 3.2.2).
const MAX_FAILURES: u32 = 100;

/// The limit of a scope, and what happens when it is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockoutRule {
    /// The number of failures that causes a block: at least 1.
    pub limit: u32,
    /// Only failures within this span count. Without it the failures in a row count, however old they are.
    pub window: Option<Span>,
    /// How long a block lasts.
    pub block: BlockDuration,
    /// The limit per code, in scopes that count wrong codes.
    pub per_code: Option<PerCodeLimit>,
    /// Who is notified of a block.
    pub announcement: Announcement,
}

/// How long a block lasts, and how counting goes on after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockDuration {
    /// This long. The count restarts at zero.
    Fixed(Span),
    /// The count goes on: every `limit` failures there is a block that is twice as long as the one before.
    Growing {
        /// The first block.
        first: Span,
        /// The longest block.
        longest: Span,
        /// At this count the block lasts until a reset. An operator's unlock does not lift it, and does not lower the count.
        last_limit: u32,
    },
    /// Until an unlock or a reset. The count goes on: every `limit` failures there is a block.
    UntilLifted {
        /// As in [`BlockDuration::Growing`].
        last_limit: u32,
    },
}

/// The number of wrong attempts after which one code is no longer accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerCodeLimit {
    /// Wrong attempts since the newest code was issued: at least 1.
    pub attempts: u32,
    /// Codes sent by this channel are exempt.
    pub exempt: Channel,
}

/// Who is notified of a block, once, when it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announcement {
    /// Nobody.
    None,
    /// The account holder.
    Holder(Notice),
    /// The account holder, if an active account has a phone code.
    PhoneCodeHolder(Notice),
    /// The mobile that is enrolled with Chave Móvel Digital.
    CmdMobile(Notice),
}

impl LockoutRule {
    /// Returns the rule of a scope under a policy.
    pub fn for_scope(scope: LockoutScope, policy: &Policy) -> LockoutRule {
        match scope {
            LockoutScope::Identity => LockoutRule {
                limit: policy.identity_failures,
                window: Some(policy.identity_window),
                block: BlockDuration::Fixed(policy.identity_block),
                per_code: None,
                // Anybody can fail an identity check in a holder's name, and nothing of the holder's was guessed.
                announcement: Announcement::None,
            },
            LockoutScope::Login => LockoutRule {
                limit: policy.login_failures,
                window: None,
                block: BlockDuration::Growing {
                    first: policy.login_lock,
                    longest: policy.login_lock_most,
                    last_limit: policy.login_dead,
                },
                per_code: None,
                announcement: Announcement::Holder(Notice::LoginLocked),
            },
            LockoutScope::Activation
            | LockoutScope::Recovery
            | LockoutScope::ContactEmail
            | LockoutScope::ContactMobile
            | LockoutScope::LoginCode => LockoutRule {
                limit: policy.code_failures,
                window: None,
                block: BlockDuration::Fixed(policy.code_block),
                // A stranger must not be able to invalidate a letter in transit.
                per_code: Some(PerCodeLimit { attempts: policy.code_attempts, exempt: Channel::Letter }),
                announcement: Announcement::Holder(Notice::CodeBlocked),
            },
            LockoutScope::PhoneCode => LockoutRule {
                limit: policy.phone_code_failures,
                window: None,
                block: BlockDuration::UntilLifted { last_limit: MAX_FAILURES },
                per_code: None,
                announcement: Announcement::PhoneCodeHolder(Notice::PhoneCodeBlocked),
            },
            LockoutScope::CmdPin => LockoutRule::for_cmd(policy.cmd_pin_failures, policy),
            LockoutScope::CmdCode => LockoutRule::for_cmd(policy.cmd_code_failures, policy),
        }
    }

    fn for_cmd(limit: u32, policy: &Policy) -> LockoutRule {
        LockoutRule {
            limit,
            window: None,
            block: BlockDuration::Growing {
                first: policy.cmd_block,
                longest: policy.login_lock_most,
                last_limit: MAX_FAILURES,
            },
            per_code: None,
            announcement: Announcement::CmdMobile(Notice::CmdBlocked),
        }
    }
}

/// The stored state of one scope of one holder. The default is a scope without failures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockoutState {
    /// Failures in a row; zero in a scope with a window.
    pub failures: u32,
    /// Wrong attempts since the newest code was issued; zero in a scope without a limit per code.
    pub on_code: u32,
    /// The times of the failures in the window, oldest first; empty in a scope without a window.
    pub recent: Vec<Timestamp>,
    /// The end of the last block; [`Timestamp::FAR_FUTURE`] for a block that no passing of time ends. It may be past.
    pub blocked_until: Option<Timestamp>,
}

impl LockoutState {
    /// Returns the end of the block that applies now.
    pub fn blocked_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.blocked_until.filter(|until| now < *until)
    }

    /// Returns the state after a new code was issued: its attempts start at zero. The failures in a row stay.
    #[must_use]
    pub fn with_new_code(self) -> LockoutState {
        LockoutState { on_code: 0, ..self }
    }
}

/// The newest code of a scope, as far as the limit per code depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewestCode {
    /// The channel that it was sent by.
    pub channel: Channel,
    /// Whether it is open and has not expired.
    pub is_usable: bool,
}

/// A reached limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lockout {
    /// The scope is blocked until this time; [`Timestamp::FAR_FUTURE`] if no passing of time ends the block.
    Blocked(Timestamp),
    /// The newest code is no longer accepted. A new code is.
    CodeExhausted,
}

impl Lockout {
    /// Returns when the lockout ends by itself; none if it needs an unlock, a reset or a new code.
    pub fn end(self) -> Option<Timestamp> {
        match self {
            Lockout::Blocked(until) => Some(until).filter(|until| *until != Timestamp::FAR_FUTURE),
            Lockout::CodeExhausted => None,
        }
    }
}

/// The result of a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedFailure {
    /// The state to save.
    pub state: LockoutState,
    /// The number of failures, this one included.
    pub count: u32,
    /// The number of failures that causes the next block, or has caused this one.
    pub limit: u32,
    /// The lockout that this failure has caused.
    pub lockout: Option<Lockout>,
}

impl LockoutRule {
    /// Returns the lockout that applies now. `newest` is none if no code was ever issued: then the limit per code applies as well, so
    /// that the answer does not reveal who waits for a code.
    pub fn lockout(&self, state: &LockoutState, now: Timestamp, newest: Option<NewestCode>) -> Option<Lockout> {
        match state.blocked_until(now) {
            Some(until) => Some(Lockout::Blocked(until)),
            None => self.is_code_exhausted(state.on_code, newest).then_some(Lockout::CodeExhausted),
        }
    }

    /// Counts a failure. Call it only if [`LockoutRule::lockout`] returns none: a request during a lockout is not counted.
    pub fn record_failure(
        &self,
        mut state: LockoutState,
        now: Timestamp,
        newest: Option<NewestCode>,
    ) -> RecordedFailure {
        let count = match self.window {
            Some(window) => {
                state.recent.retain(|at| now < *at + window);
                state.recent.push(now);
                state.recent.len() as u32
            }
            None => {
                state.failures = state.failures.saturating_add(1);
                state.failures
            }
        };
        let mut exhausts_code = false;
        if let Some(per_code) = self.per_code {
            state.on_code = state.on_code.saturating_add(1);
            // Only a code that could have been used is announced as exhausted, and only once.
            exhausts_code = newest.is_some_and(|newest| newest.is_usable)
                && state.on_code == per_code.attempts
                && self.is_code_exhausted(state.on_code, newest);
        }
        let lockout = match self.block_end(count, now) {
            Some(until) => {
                state.blocked_until = Some(until);
                if let BlockDuration::Fixed(_) = self.block {
                    state.failures = 0;
                    state.recent.clear();
                }
                Some(Lockout::Blocked(until))
            }
            None => exhausts_code.then_some(Lockout::CodeExhausted),
        };
        RecordedFailure { state, count, limit: self.limit_after(count), lockout }
    }

    /// Returns whether the block that applies now was caused by the last limit: only a reset ends it. A block without an end
    /// stays one, whatever limit a later policy has.
    pub fn is_disabled(&self, state: &LockoutState, now: Timestamp) -> bool {
        let is_endless = state.blocked_until(now) == Some(Timestamp::FAR_FUTURE);
        match self.block {
            BlockDuration::Fixed(_) => false,
            BlockDuration::Growing { .. } => is_endless,
            BlockDuration::UntilLifted { last_limit } => is_endless && state.failures >= last_limit,
        }
    }

    /// Returns the state after an operator's unlock; none if an unlock does not lift the block.
    pub fn unlock(&self, state: &LockoutState, now: Timestamp) -> Option<LockoutState> {
        match self.last_limit() {
            Some(_) if self.is_disabled(state, now) => None,
            // 63B 3.2.2 limits the failures in a row: only a success resets them.
            Some(_) => Some(LockoutState { failures: state.failures, ..LockoutState::default() }),
            None => Some(LockoutState::default()),
        }
    }

    /// Returns the time from which the state can no longer change any answer: in a scope with a window, when the window of the last
    /// failure and the block are over. None in other scopes, whose counts are never forgotten.
    pub fn stale_at(&self, state: &LockoutState) -> Option<Timestamp> {
        let window = self.window?;
        state.recent.last().map(|last| *last + window).max(state.blocked_until)
    }

    fn last_limit(&self) -> Option<u32> {
        match self.block {
            BlockDuration::Fixed(_) => None,
            BlockDuration::Growing { last_limit, .. } | BlockDuration::UntilLifted { last_limit } => Some(last_limit),
        }
    }

    /// Returns the count and the limit to show during a block; none if the count has restarted at zero.
    pub fn count_during_block(&self, state: &LockoutState) -> Option<(u32, u32)> {
        self.last_limit().map(|last_limit| (state.failures, last_limit))
    }

    /// Returns the end of the block that the `count`-th failure causes.
    fn block_end(&self, count: u32, now: Timestamp) -> Option<Timestamp> {
        match self.block {
            BlockDuration::Fixed(span) => (count >= self.limit).then(|| now + span),
            BlockDuration::Growing { last_limit, .. } | BlockDuration::UntilLifted { last_limit }
                if count >= last_limit =>
            {
                Some(Timestamp::FAR_FUTURE)
            }
            BlockDuration::UntilLifted { .. } => count.is_multiple_of(self.limit).then_some(Timestamp::FAR_FUTURE),
            BlockDuration::Growing { first, longest, .. } => count
                .is_multiple_of(self.limit)
                .then(|| now + first.doubled_times((count / self.limit).saturating_sub(1), longest)),
        }
    }

    /// Returns the limit that the `count`-th failure counts towards.
    fn limit_after(&self, count: u32) -> u32 {
        match self.last_limit() {
            None => self.limit,
            Some(last_limit) => count.next_multiple_of(self.limit).min(last_limit),
        }
    }

    fn is_code_exhausted(&self, on_code: u32, newest: Option<NewestCode>) -> bool {
        self.per_code.is_some_and(|per_code| {
            on_code >= per_code.attempts && newest.is_none_or(|newest| newest.channel != per_code.exempt)
        })
    }
}

impl LockoutScope {
    /// Returns whether the scope belongs to the authentication provider. An account's reset leaves it alone.
    pub const fn is_of_provider(self) -> bool {
        match self {
            LockoutScope::CmdPin | LockoutScope::CmdCode => true,
            LockoutScope::Identity
            | LockoutScope::Login
            | LockoutScope::Activation
            | LockoutScope::Recovery
            | LockoutScope::ContactEmail
            | LockoutScope::ContactMobile
            | LockoutScope::LoginCode
            | LockoutScope::PhoneCode => false,
        }
    }
}
