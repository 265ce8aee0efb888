//! Passwords: hashed and judged before the transaction, because that is slow, and decided inside it. What was hashed ahead
//! says against which kept hash; where that has changed since, it is stale and done again.

use std::sync::Arc;

use super::sessions;
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::password::{Password, PasswordHash, Weakness};
use crate::domain::policy::Policy;
use crate::error::Error;
use crate::flow::outcome::{FlowError, FlowResult, refuse};
use crate::l10n::MessageArg;
use crate::random::RandomSource;
use crate::reply::Reason;
use crate::request::{Field, Request};
use crate::store::accounts::Account;
use crate::store::{Store, UnitOfWork, accounts, registry};

/// What was worked out before the transaction.
pub enum PasswordWork {
    /// Nothing to work out.
    Nothing,
    /// A password to be.
    New(NewPassword),
    /// A password that was typed to get in.
    Typed(TypedPassword),
    /// Both, for a change, or the new one alone where there is none yet; none where there is no session to change it in.
    Change(Option<(Option<TypedPassword>, NewPassword)>),
}

/// A password to be.
pub struct NewPassword {
    /// What the general rules say; then nothing else was worked out.
    general: Option<Weakness>,
    /// What the rules say that use the holder's own data.
    personal: Option<Weakness>,
    hash: Option<PasswordHash>,
    repeats: bool,
    known: Arc<Snapshot>,
}

/// A password that was typed to get in.
pub struct TypedPassword {
    right: bool,
    /// The same password under the policy's costs, where the kept hash has others.
    renewed: Option<PasswordHash>,
    known: Arc<Snapshot>,
}

/// What was known when the slow work was done. Where the store says otherwise by now, it is done again.
struct Snapshot {
    policy: Policy,
    random: RandomSource,
    holder: Option<Holder>,
    current: Option<PasswordHash>,
    timed: bool,
}

/// What whoever has slow work done knows beside the store.
#[derive(Debug, Clone, Copy, Default)]
pub struct PrecomputeOptions<'a> {
    /// Whose session it is, of a line that names its holder.
    pub holder: Option<Niss>,
    /// The hash that will be the current one when the request's turn comes, as far as can be foreseen.
    pub current: Option<&'a PasswordHash>,
    /// Nobody can tell by the answer's time what was worked out: a batch hashes ahead, and answers a group at once.
    pub untimed: bool,
}

/// Does the slow work of a request.
///
/// # Errors
/// Those of the store.
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
        let typed =
            asked.password.as_ref().map(|typed| TypedPassword::ahead(Arc::clone(&known), niss, typed)).transpose()?;
        return Ok(PasswordWork::Change(Some((typed, NewPassword::ahead(known, niss, new)?))));
    }
    let (Some(niss), Some(password)) = (request.niss(), request.value::<Password>(Field::Password)) else {
        return Ok(PasswordWork::Nothing);
    };
    let known = take_snapshot(store, niss, beforehand)?;
    // A login compares the password; the other requests with this field set it.
    Ok(match matches!(request, Request::Login(_)) {
        true => PasswordWork::Typed(TypedPassword::ahead(known, niss, password)?),
        false => PasswordWork::New(NewPassword::ahead(known, niss, password)?),
    })
}

fn take_snapshot(store: &Store, niss: Niss, beforehand: PrecomputeOptions<'_>) -> Result<Arc<Snapshot>, Error> {
    store.read(|unit| {
        Ok(Arc::new(Snapshot {
            policy: unit.policy.clone(),
            random: unit.random,
            holder: registry::find(&unit.tx, niss)?,
            current: match beforehand.current {
                Some(foreseen) => Some(foreseen.clone()),
                None => accounts::find(&unit.tx, niss)?.and_then(|account| account.password),
            },
            timed: !beforehand.untimed,
        }))
    })
}

impl Snapshot {
    /// Whether it is the current password. Where there is none it is compared all the same: the time tells nothing (ASVS 6.3.8).
    fn verify(&self, password: &Password) -> bool {
        match &self.current {
            Some(current) => password.verify(current),
            None => {
                if self.timed {
                    password.verify(&PasswordHash::dummy(&self.policy));
                }
                false
            }
        }
    }

    /// Whether the rules and costs of passwords are those in force.
    fn check_rules_unchanged(&self, unit: &UnitOfWork<'_>) -> FlowResult<()> {
        if self.policy.password_parameters() == unit.policy.password_parameters() {
            Ok(())
        } else {
            Err(FlowError::Stale)
        }
    }
}

impl PasswordWork {
    /// The hash that will be kept if the request is done: what the next request of the same holder is to be compared with.
    pub fn resulting_hash(&self) -> Option<&PasswordHash> {
        match self {
            PasswordWork::New(new) | PasswordWork::Change(Some((_, new))) => new.hash.as_ref(),
            PasswordWork::Typed(typed) => typed.renewed.as_ref().or(typed.known.current.as_ref()),
            PasswordWork::Nothing | PasswordWork::Change(None) => None,
        }
    }
}

impl NewPassword {
    fn ahead(known: Arc<Snapshot>, niss: Niss, password: &Password) -> Result<NewPassword, Error> {
        let general = password.general_weakness(&known.policy);
        if general.is_some() {
            return Ok(NewPassword { general, personal: None, hash: None, repeats: false, known });
        }
        Ok(NewPassword {
            general,
            personal: password.personal_weakness(&known.policy, known.holder.as_ref()),
            hash: Some(password.hash(&known.policy, &known.random.salt(niss, password)?)),
            repeats: known.verify(password),
            known,
        })
    }

    /// The rules that need no knowledge of the holder: before a code is judged.
    pub(super) fn general_rules(&self, unit: &UnitOfWork<'_>) -> FlowResult<()> {
        self.known.check_rules_unchanged(unit)?;
        self.general.map_or(Ok(()), |weakness| Err(refuse_weak(unit, weakness)))
    }

    /// The rules that use the holder's own data, for who has proved to be that holder; then the hash to keep.
    pub(super) fn personal_rules(&self, unit: &UnitOfWork<'_>, account: &Account) -> FlowResult<&PasswordHash> {
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
    fn ahead(known: Arc<Snapshot>, niss: Niss, password: &Password) -> Result<TypedPassword, Error> {
        let right = known.verify(password);
        let outdated = known.current.as_ref().is_some_and(|stored| stored.is_outdated(&known.policy));
        // A wrong one is hashed as well: else the time would tell the right one, where a lock stands too.
        let renewed = match outdated && (right || known.timed) {
            true => Some(password.hash(&known.policy, &known.random.salt(niss, password)?)),
            false => None,
        };
        Ok(TypedPassword { right, renewed: renewed.filter(|_| right), known })
    }

    /// Whether it was the account's password, and is so still; the renewed hash beside it, where there is one.
    pub(super) fn verify_against(
        &self,
        unit: &UnitOfWork<'_>,
        account: Option<&Account>,
    ) -> FlowResult<(bool, Option<&PasswordHash>)> {
        self.known.check_rules_unchanged(unit)?;
        if account.and_then(|account| account.password.as_ref()) != self.known.current.as_ref() {
            return Err(FlowError::Stale);
        }
        Ok((self.right, self.renewed.as_ref()))
    }
}

fn refuse_weak(unit: &UnitOfWork<'_>, weakness: Weakness) -> FlowError {
    let min_length = unit.policy.min_password_length();
    let hint = NextStep::ChooseStrongerPassword { weakness, min_length };
    let least = MessageArg::Number(i64::from(min_length));
    refuse(Reason::PasswordWeak).variant(weakness.as_str()).facts([("least", least)]).hint(hint).into()
}
