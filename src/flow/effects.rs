//! Changes whose effects the audit entry stores: account states and codes. Lockouts are in `flow/lockout.rs`.

use crate::domain::code::VerificationCode;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{AccountState, CodeStatus, Purpose};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::reply::CodeEffect;
use crate::store::accounts::Account;
use crate::store::codes::NewCode;
use crate::store::{accounts, codes};

/// Saves an account whose state was `before`. `None` adds the account.
pub fn save_account(unit: &RequestContext<'_>, before: Option<AccountState>, account: &Account) -> Result<(), Error> {
    if before != Some(account.state) {
        unit.add_effect(|effects| effects.state = Some(account.state));
    }
    match before {
        Some(_) => accounts::update(unit, account),
        None => accounts::insert(unit, account),
    }
}

/// Issues a code and returns its id. The open code of its purpose must be superseded before.
pub fn issue_code(
    unit: &RequestContext<'_>,
    niss: Niss,
    new: &NewCode<'_>,
    code: &VerificationCode,
) -> Result<i64, Error> {
    let id = codes::issue(unit, niss, new, code)?;
    add_code(unit, id, new.purpose, CodeStatus::Open);
    Ok(id)
}

/// Marks a code as used.
pub fn use_code(unit: &RequestContext<'_>, niss: Niss, purpose: Purpose, id: i64) -> Result<(), Error> {
    add_code(unit, id, purpose, CodeStatus::Used);
    codes::mark_used(unit, niss, id)
}

/// Supersedes the open code of a purpose, if any.
pub fn supersede_code(unit: &RequestContext<'_>, niss: Niss, purpose: Purpose) -> Result<(), Error> {
    if let Some(id) = codes::supersede(unit, niss, purpose)? {
        add_code(unit, id, purpose, CodeStatus::Superseded);
    }
    Ok(())
}

fn add_code(unit: &RequestContext<'_>, id: i64, purpose: Purpose, state: CodeStatus) {
    unit.add_effect(|effects| effects.codes.push(CodeEffect { id, purpose, state }));
}
