//! Password hashing and strength checks before the transaction, because they are slow. The transaction uses the
//! results.
//!
//! Each result records the data that it was computed from. If that data has changed, the result is stale and computed
//! again.

use std::sync::Arc;
use std::thread;

use super::sessions;
use crate::domain::argon2id::HashCost;
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::password::{Password, PasswordHash, Weakness};
use crate::domain::policy::Policy;
use crate::domain::work_count;
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowError, FlowResult, refuse};
use crate::l10n::MessageArg;
use crate::random::RandomSource;
use crate::reply::Reason;
use crate::request::{Field, Request};
use crate::store::accounts::Account;
use crate::store::crypto::key::Key;
use crate::store::{Store, accounts, password_costs, registry};
use crate::threads::ThreadStarter;

/// The results computed before the transaction.
pub enum PasswordWork {
    /// No slow work.
    Nothing,
    /// A new password.
    New(NewPassword),
    /// An entered password.
    Typed(TypedPassword),
    /// A change of password. The entered password is absent if the account has none yet. The value is `None` without a
    /// session.
    Change(Option<(Option<TypedPassword>, NewPassword)>),
}

/// A new password and the results of its checks.
pub struct NewPassword {
    /// The weakness found by the general rules. If there is one, the other results are empty.
    general: Option<Weakness>,
    /// The weakness found by the rules that use the holder's own data.
    personal: Option<Weakness>,
    hash: Option<PasswordHash>,
    repeats: bool,
    known: Arc<Snapshot>,
}

/// An entered password and the result of its verification.
pub struct TypedPassword {
    right: bool,
    /// The hash with the policy's parameters, if the stored hash has others.
    renewed: Option<PasswordHash>,
    known: Arc<Snapshot>,
}

/// The data that the slow work used. If the store has changed since, the work is done again.
struct Snapshot {
    niss: Niss,
    key: Key,
    policy: Policy,
    random: RandomSource,
    holder: Option<Holder>,
    current: Option<PasswordHash>,
    /// The costs of all stored hashes, the policy's first. Empty if the reply time reveals nothing.
    costs: Vec<HashCost>,
}

/// The facts that the caller of the slow work knows and the store does not have.
#[derive(Debug, Clone, Copy, Default)]
pub struct PrecomputeOptions<'a> {
    /// The holder of the session, for a batch line that names its holder.
    pub holder: Option<Niss>,
    /// The expected current hash at the time of the request.
    pub current: Option<&'a PasswordHash>,
    /// Whether the reply time reveals nothing. A batch hashes in advance and replies to a group at once.
    pub untimed: bool,
}

/// Returns whether a request of this kind compares an entered password.
pub fn compares_password(request: &Request) -> bool {
    matches!(request, Request::Login(_) | Request::SecondFactorEnrol(_))
}

/// Returns whether a successful request of this kind can set a password.
pub fn sets_password(request: &Request) -> bool {
    matches!(request, Request::Activate(_) | Request::RecoverConfirm(_) | Request::PasswordChange(_))
}

/// Does the slow work of a request. Without a password there is none.
pub fn precompute(store: &Store, request: &Request, beforehand: PrecomputeOptions<'_>) -> Result<PasswordWork, Error> {
    if let Request::PasswordChange(asked) = request {
        let inside = match beforehand.holder {
            Some(niss) => Some(niss),
            None => store.read(|unit| sessions::session_holder(unit, asked.session.as_ref()))?,
        };
        let (Some(niss), Some(new)) = (inside, &asked.new_password) else {
            return Ok(PasswordWork::Change(None));
        };
        let known = take_snapshot(store, niss, beforehand)?;
        let typed = asked.password.as_ref().map(|typed| TypedPassword::ahead(Arc::clone(&known), typed)).transpose()?;
        return Ok(PasswordWork::Change(Some((typed, NewPassword::ahead(known, new, true)?))));
    }
    let (Some(niss), Some(password)) = (request.niss(), request.value::<Password>(Field::Password)) else {
        return Ok(PasswordWork::Nothing);
    };
    let known = take_snapshot(store, niss, beforehand)?;
    if compares_password(request) {
        return Ok(PasswordWork::Typed(TypedPassword::ahead(known, password)?));
    }
    // An activation code opens requested accounts only, and they have no password (`schema.sql`).
    let can_repeat = !matches!(request, Request::Activate(_));
    Ok(PasswordWork::New(NewPassword::ahead(known, password, can_repeat)?))
}

fn take_snapshot(store: &Store, niss: Niss, beforehand: PrecomputeOptions<'_>) -> Result<Arc<Snapshot>, Error> {
    store.read(|unit| {
        Ok(Arc::new(Snapshot {
            niss,
            key: unit.key()?.clone(),
            policy: unit.policy.clone(),
            random: unit.random,
            holder: registry::find(&unit.tx, niss)?,
            current: match beforehand.current {
                Some(foreseen) => Some(foreseen.clone()),
                None => accounts::find(&unit.tx, niss)?.and_then(|account| account.password),
            },
            costs: match beforehand.untimed {
                true => vec![],
                false => password_costs::in_use(&unit.tx, &unit.policy)?,
            },
        }))
    })
}

impl Snapshot {
    /// Returns whether a password is the current one.
    ///
    /// For every NISS, one hash of each cost in use is computed, so that the time reveals nothing (ASVS 6.3.8). Dummy hashes
    /// replace those that the account does not have. The caller computes the hash of cost `renewed`.
    fn verify(&self, password: &Password, renewed: Option<HashCost>) -> Result<bool, Error> {
        let own = self.current.as_ref().and_then(PasswordHash::cost);
        for cost in self.costs.iter().filter(|cost| own != Some(**cost) && renewed != Some(**cost)) {
            self.matches(password, &PasswordHash::dummy(*cost))?;
        }
        self.current.as_ref().map_or(Ok(false), |current| self.matches(password, current))
    }

    /// Returns whether a stored hash belongs to a password of the holder; false for an unreadable one.
    fn matches(&self, password: &Password, stored: &PasswordHash) -> Result<bool, Error> {
        let raw = password.hash_like(stored)?;
        Ok(raw.is_some_and(|raw| self.key.verify_password(self.niss, &raw, stored)))
    }

    /// Returns the hash to store of a password of the holder, with the policy's cost.
    fn hash(&self, password: &Password) -> Result<PasswordHash, Error> {
        let salt = self.random.salt(self.niss, password)?;
        Ok(self.key.password_hash(self.niss, &password.hash(HashCost::of(&self.policy), salt)?))
    }

    /// Refuses if the password rules or hash parameters have changed since.
    fn check_rules_unchanged(&self, unit: &RequestContext<'_>) -> FlowResult<()> {
        if self.policy.password_parameters() == unit.policy.password_parameters() {
            Ok(())
        } else {
            Err(FlowError::Stale)
        }
    }
}

impl PasswordWork {
    /// Returns the hash that is stored if the request succeeds. The next request of the same holder is verified against
    /// it.
    pub fn resulting_hash(&self) -> Option<&PasswordHash> {
        match self {
            PasswordWork::New(new) | PasswordWork::Change(Some((_, new))) => new.hash.as_ref(),
            PasswordWork::Typed(typed) => typed.renewed.as_ref().or(typed.known.current.as_ref()),
            PasswordWork::Nothing | PasswordWork::Change(None) => None,
        }
    }
}

impl NewPassword {
    /// `can_repeat` is whether the account can have a password, which the new one must not repeat.
    fn ahead(known: Arc<Snapshot>, password: &Password, can_repeat: bool) -> Result<NewPassword, Error> {
        let general = password.general_weakness(&known.policy);
        if general.is_some() {
            return Ok(NewPassword { general, personal: None, hash: None, repeats: false, known });
        }
        // A batch is not timed, and its own threads are all at work.
        let is_timed = !known.costs.is_empty();
        let hash = || -> Result<_, Error> {
            Ok((known.hash(password)?, if can_repeat { known.verify(password, None)? } else { false }))
        };
        let estimate = || password.personal_weakness(&known.policy, known.holder.as_ref(), is_timed);
        let (hashed, personal) = match is_timed {
            true => run_both(hash, estimate)?,
            false => (hash(), estimate()),
        };
        let (hash, repeats) = hashed?;
        Ok(NewPassword { general, personal, hash: Some(hash), repeats, known })
    }

    /// Checks the rules that need no data of the holder, before a code is verified.
    pub(super) fn general_rules(&self, unit: &RequestContext<'_>) -> FlowResult<()> {
        self.known.check_rules_unchanged(unit)?;
        self.general.map_or(Ok(()), |weakness| Err(refuse_weak(unit, weakness)))
    }

    /// Checks the rules that use the holder's own data, after a verified code or session. Returns the hash to store.
    pub(super) fn personal_rules(&self, unit: &RequestContext<'_>, account: &Account) -> FlowResult<&PasswordHash> {
        if account.password != self.known.current || registry::find(&unit.tx, account.niss)? != self.known.holder {
            return Err(FlowError::Stale);
        }
        if self.repeats {
            return Err(refuse(Reason::PasswordRepeated).hint(NextStep::ChooseOtherPassword).into());
        }
        if let Some(weakness) = self.personal {
            return Err(refuse_weak(unit, weakness));
        }
        self.hash.as_ref().ok_or(FlowError::Stale)
    }
}

impl TypedPassword {
    fn ahead(known: Arc<Snapshot>, password: &Password) -> Result<TypedPassword, Error> {
        let cost = HashCost::of(&known.policy);
        let outdated = known.current.as_ref().is_some_and(|stored| stored.cost() != Some(cost));
        let right = known.verify(password, outdated.then_some(cost))?;
        // A wrong password is hashed too. Otherwise the time would reveal the right one, even during a lockout.
        let renewed = match outdated && (right || !known.costs.is_empty()) {
            true => Some(known.hash(password)?),
            false => None,
        };
        Ok(TypedPassword { right, renewed: renewed.filter(|_| right), known })
    }

    /// Returns whether it is still the account's password, and the renewed hash if there is one.
    pub(super) fn verify_against(
        &self,
        unit: &RequestContext<'_>,
        account: Option<&Account>,
    ) -> FlowResult<(bool, Option<&PasswordHash>)> {
        self.known.check_rules_unchanged(unit)?;
        if account.and_then(|account| account.password.as_ref()) != self.known.current.as_ref() {
            return Err(FlowError::Stale);
        }
        Ok((self.right, self.renewed.as_ref()))
    }
}

/// Runs `first`, and `second` at the same time in another thread. Both are awaited, so that the duration depends on neither
/// result. Without a free thread, one runs after the other.
///
/// The first estimate of a process takes longer than a hash, because it builds dictionaries.
fn run_both<A, B: Send>(first: impl FnOnce() -> A, second: impl Fn() -> B + Sync) -> Result<(A, B), Error> {
    let counted = || (second(), work_count::take());
    let mut starter = ThreadStarter::new(1)?;
    thread::scope(|scope| match starter.start_scoped(scope, counted) {
        Ok(other) => {
            let result = first();
            let (estimate, work) = other.join().map_err(|_| Error::Bug("a thread failed".to_owned()))?;
            work_count::add_from(work);
            Ok((result, estimate))
        }
        Err(_) => Ok((first(), second())),
    })
}

fn refuse_weak(unit: &RequestContext<'_>, weakness: Weakness) -> FlowError {
    let min_length = unit.policy.min_password_length();
    let hint = NextStep::ChooseStrongerPassword { weakness, min_length };
    let least = MessageArg::Number(i64::from(min_length));
    refuse(Reason::PasswordWeak).variant(weakness.into()).facts([("least", least)]).hint(hint).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Operation;

    #[test]
    fn every_request_with_a_password_compares_or_sets_one() {
        let mut found = 0;
        for mut request in Operation::ALL.iter().filter_map(|op| Request::empty(*op)) {
            let fields = [Field::Password, Field::NewPassword];
            let has_one = fields.iter().any(|field| request.slot::<Password>(*field).is_some());
            assert_eq!(compares_password(&request) || sets_password(&request), has_one, "{}", request.op());
            found += u32::from(has_one);
        }
        assert!(found >= 5, "{found} requests with a password");
    }
}
