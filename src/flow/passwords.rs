//! Passwords: hashed and judged before the transaction, because that is slow, and decided inside it. What was hashed ahead
//! says against which kept hash; where that has changed since, it is stale and done again.

use std::sync::Arc;

use super::{Flow, Stop, no, sessions};
use crate::domain::holder::Holder;
use crate::domain::niss::Niss;
use crate::domain::password::{Password, PasswordHash, Weakness};
use crate::domain::policy::Policy;
use crate::error::Error;
use crate::random::Random;
use crate::reply::{Hint, Reason};
use crate::request::Request;
use crate::store::accounts::Account;
use crate::store::{Store, Unit, accounts, registry};
use crate::text::Fact;

/// What was worked out before the transaction.
pub enum Slow {
    /// Nothing to work out.
    Nothing,
    /// A password to be.
    New(New),
    /// A password that was typed to get in.
    Typed(Typed),
    /// Both, for a change, or the new one alone where there is none yet; none where there is no session to change it in.
    Change(Option<(Option<Typed>, New)>),
}

/// A password to be.
pub struct New {
    /// What the general rules say; then nothing else was worked out.
    general: Option<Weakness>,
    /// What the rules say that use the holder's own data.
    personal: Option<Weakness>,
    hash: Option<PasswordHash>,
    repeats: bool,
    known: Arc<Known>,
}

/// A password that was typed to get in.
pub struct Typed {
    right: bool,
    /// The same password under the policy's costs, where the kept hash has others.
    renewed: Option<PasswordHash>,
    known: Arc<Known>,
}

/// What was known when the slow work was done. Where the store says otherwise by now, it is done again.
struct Known {
    policy: Policy,
    random: Random,
    holder: Option<Holder>,
    current: Option<PasswordHash>,
    timed: bool,
}

/// What whoever has slow work done knows beside the store.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beforehand<'a> {
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
pub fn ahead(store: &Store, request: &Request, beforehand: Beforehand<'_>) -> Result<Slow, Error> {
    match request {
        Request::Activate(asked) | Request::RecoverConfirm(asked) => match (asked.niss, &asked.password) {
            (Some(niss), Some(password)) => Ok(Slow::New(New::ahead(known(store, niss, beforehand)?, niss, password)?)),
            _ => Ok(Slow::Nothing),
        },
        Request::Login(asked) => match (asked.niss, &asked.password) {
            (Some(niss), Some(password)) => {
                Ok(Slow::Typed(Typed::ahead(known(store, niss, beforehand)?, niss, password)?))
            }
            _ => Ok(Slow::Nothing),
        },
        Request::PasswordChange(asked) => {
            let inside = match beforehand.holder {
                Some(niss) => Some(niss),
                None => store.read(|unit| sessions::peek(unit, asked.session.as_ref()))?,
            };
            let (Some(niss), Some(new)) = (inside, &asked.new_password) else {
                return Ok(Slow::Change(None));
            };
            let known = known(store, niss, beforehand)?;
            let typed =
                asked.password.as_ref().map(|typed| Typed::ahead(Arc::clone(&known), niss, typed)).transpose()?;
            Ok(Slow::Change(Some((typed, New::ahead(known, niss, new)?))))
        }
        _ => Ok(Slow::Nothing),
    }
}

fn known(store: &Store, niss: Niss, beforehand: Beforehand<'_>) -> Result<Arc<Known>, Error> {
    store.read(|unit| {
        Ok(Arc::new(Known {
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

impl Known {
    /// Whether it is the current password. Where there is none it is compared all the same: the time tells nothing (ASVS 6.3.8).
    fn holds(&self, password: &Password) -> bool {
        match &self.current {
            Some(current) => password.is(current),
            None => {
                if self.timed {
                    password.is(&PasswordHash::dummy(&self.policy));
                }
                false
            }
        }
    }

    /// Whether the rules and costs of passwords are those in force.
    fn rules_stand(&self, unit: &Unit<'_>) -> Flow<()> {
        if self.policy.for_passwords() == unit.policy.for_passwords() { Ok(()) } else { Err(Stop::Stale) }
    }
}

impl Slow {
    /// The hash that will be kept if the request is done: what the next request of the same holder is to be compared with.
    pub fn leaves(&self) -> Option<&PasswordHash> {
        match self {
            Slow::New(new) | Slow::Change(Some((_, new))) => new.hash.as_ref(),
            Slow::Typed(typed) => typed.renewed.as_ref().or(typed.known.current.as_ref()),
            Slow::Nothing | Slow::Change(None) => None,
        }
    }
}

impl New {
    fn ahead(known: Arc<Known>, niss: Niss, password: &Password) -> Result<New, Error> {
        let general = password.general_weakness(&known.policy);
        if general.is_some() {
            return Ok(New { general, personal: None, hash: None, repeats: false, known });
        }
        Ok(New {
            general,
            personal: password.personal_weakness(&known.policy, known.holder.as_ref()),
            hash: Some(password.hash(&known.policy, &known.random.salt(niss, password)?)),
            repeats: known.holds(password),
            known,
        })
    }

    /// The rules that need no knowledge of the holder: before a code is judged.
    pub(super) fn general_rules(&self, unit: &Unit<'_>) -> Flow<()> {
        self.known.rules_stand(unit)?;
        self.general.map_or(Ok(()), |weakness| Err(weak(unit, weakness)))
    }

    /// The rules that use the holder's own data, for who has proved to be that holder; then the hash to keep.
    pub(super) fn personal_rules(&self, unit: &Unit<'_>, account: &Account) -> Flow<&PasswordHash> {
        if account.password != self.known.current || registry::find(&unit.tx, account.niss)? != self.known.holder {
            return Err(Stop::Stale);
        }
        if self.repeats {
            return Err(no(Reason::PasswordRepeated).hint(Hint::plain("hint-other-password")).into());
        }
        if let Some(weakness) = self.personal {
            return Err(weak(unit, weakness));
        }
        self.hash.as_ref().ok_or(Stop::Stale)
    }
}

impl Typed {
    fn ahead(known: Arc<Known>, niss: Niss, password: &Password) -> Result<Typed, Error> {
        let right = known.holds(password);
        let outdated = known.current.as_ref().is_some_and(|kept| kept.is_outdated(&known.policy));
        // A wrong one is hashed as well: else the time would tell the right one, where a lock stands too.
        let renewed = match outdated && (right || known.timed) {
            true => Some(password.hash(&known.policy, &known.random.salt(niss, password)?)),
            false => None,
        };
        Ok(Typed { right, renewed: renewed.filter(|_| right), known })
    }

    /// Whether it was the account's password, and is so still; the renewed hash beside it, where there is one.
    pub(super) fn opens(&self, unit: &Unit<'_>, account: Option<&Account>) -> Flow<(bool, Option<&PasswordHash>)> {
        self.known.rules_stand(unit)?;
        if account.and_then(|account| account.password.as_ref()) != self.known.current.as_ref() {
            return Err(Stop::Stale);
        }
        Ok((self.right, self.renewed.as_ref()))
    }
}

fn weak(unit: &Unit<'_>, weakness: Weakness) -> Stop {
    let least = Fact::Number(i64::from(unit.policy.password_least()));
    let hint = Hint { key: better(weakness), facts: vec![("least", least.clone())] };
    no(Reason::PasswordWeak).variant(weakness.as_str()).facts([("least", least)]).hint(hint).into()
}

/// What would be better.
fn better(weakness: Weakness) -> &'static str {
    match weakness {
        Weakness::Short => "hint-password-longer",
        Weakness::Classes => "hint-password-classes",
        Weakness::Common => "hint-password-uncommon",
        Weakness::Guessable => "hint-password-words",
        Weakness::Personal => "hint-password-stranger",
    }
}
