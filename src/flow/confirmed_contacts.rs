//! The confirmed contacts of a holder, as far as they can receive the code of a login.

use crate::domain::holder::Holder;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{Channel, ContactKind, SecondFactorMode};
use crate::error::Error;
use crate::store::accounts::Account;
use crate::store::{UnitOfWork, contacts};

/// Returns the channels on which a holder can receive the code of a login, the preferred one first: those of confirmed contacts.
/// `registered` are the channels of registered ones.
pub fn usable_channels(
    unit: &UnitOfWork<'_>,
    account: &Account,
    registered: &[Channel],
) -> Result<Vec<Channel>, Error> {
    confirmed(unit, account.niss, unit.policy.second_factor_for(account.account_type).channels(), registered)
}

/// Returns those of the channels whose contact is registered and confirmed.
fn confirmed(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    channels: &[Channel],
    registered: &[Channel],
) -> Result<Vec<Channel>, Error> {
    let mut usable = vec![];
    for channel in channels {
        let Some(kind) = channel.contact().filter(|_| registered.contains(channel)) else { continue };
        if contacts::find(unit, niss, kind)?.confirmed_at.is_some() {
            usable.push(*channel);
        }
    }
    Ok(usable)
}

/// Returns the mode of the second factor if the removal of these contacts leaves no contact that is confirmed, or none that the
/// factor requires of everybody. `None` if one is left, or if there was none.
pub fn loses_last(
    unit: &UnitOfWork<'_>,
    account: &Account,
    holder: &Holder,
    removed: &[ContactKind],
) -> Result<Option<SecondFactorMode>, Error> {
    let mode = unit.policy.second_factor_for(account.account_type);
    let channels = if mode.is_for_all() { mode.channels() } else { SecondFactorMode::On.channels() };
    let usable = confirmed(unit, account.niss, channels, &holder.channels())?;
    let is_removed = |channel: &Channel| channel.contact().is_some_and(|kind| removed.contains(&kind));
    Ok((!usable.is_empty() && usable.iter().all(is_removed)).then_some(mode))
}
