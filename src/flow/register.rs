//! Registration: the portal's (002) and the classic one (001). The third procedure, by Chave Móvel Digital, is in `cmd`.

use super::{Flow, No, cmd, codes, given, identity, no, notify, steps};
use crate::domain::email::Email;
use crate::domain::holder::{Claim, Holder};
use crate::domain::niss::Niss;
use crate::domain::phone::Mobile;
use crate::domain::words::{AccountType, Alerts, Channel, Contact, Procedure, Purpose, State, Step};
use crate::error::Error;
use crate::reply::{Body, Hint, Reason, Refusal, Reply, Way};
use crate::request::{Op, Register};
use crate::store::accounts::Account;
use crate::store::{Unit, accounts, contacts};
use crate::text::Fact;

/// Asks for an account: 001 steps 4-19, 002 steps 5-10.
pub fn register(unit: &Unit<'_>, asked: &Register) -> Flow<Body> {
    if asked.procedure() == Procedure::Cmd {
        return cmd::register(unit, asked);
    }
    let (niss, account_type) = (*given(asked.niss.as_ref())?, *given(asked.account_type.as_ref())?);
    terms_accepted(asked)?;
    let holder = identity::prove(unit, niss, &claim(asked))?;
    account_type_fits(&holder, account_type)?;
    let before = may_be_requested(unit, niss)?;
    if asked.until == Some(Step::Identity) {
        return Ok(Body::Reached { until: Step::Identity, usable: None });
    }
    let usable = match asked.procedure() {
        Procedure::Portal | Procedure::Cmd => holder.channels(),
        Procedure::Classic => typed_channels(unit, &holder, asked.email.as_ref(), asked.mobile.as_ref()),
    };
    if asked.until.is_some() {
        return ways(unit, &holder, Purpose::Activation, &usable);
    }
    let channel = *given(asked.channel.as_ref())?;
    channel_usable(channel, &usable)?;
    codes::may_issue(unit, niss, Purpose::Activation, channel)?;

    request(unit, before, niss, account_type, asked.alerts)?;
    if asked.procedure() == Procedure::Classic {
        keep_proposals(unit, &holder, asked)?;
    }
    let sent = codes::issue(unit, &holder, Purpose::Activation, channel, None)?;
    Ok(sent.told(State::Requested, channel))
}

/// The account is requested, for the first time or again; alerts that were chosen before stay where none are named now.
pub fn request(
    unit: &Unit<'_>,
    before: Option<Account>,
    niss: Niss,
    account_type: AccountType,
    alerts: Option<Alerts>,
) -> Result<(), Error> {
    match before {
        Some(before) => {
            let alerts = alerts.unwrap_or(before.alerts);
            accounts::save(unit, &Account { account_type, alerts, ..before })
        }
        None => accounts::open(
            unit,
            &Account {
                niss,
                account_type,
                state: State::Requested,
                alerts: alerts.unwrap_or(Alerts::None),
                created_at: unit.now,
                activated_at: None,
                password: None,
                phone_code: None,
            },
        ),
    }
}

/// 001 step 8, 002 step 5.
pub fn terms_accepted(asked: &Register) -> Flow<()> {
    if asked.accept_terms {
        Ok(())
    } else {
        Err(no(Reason::TermsNotAccepted).hint(Hint::plain("hint-accept-terms")).into())
    }
}

/// The same answer for who says so at a terminal, before anything else is known: nothing was asked of the service then, so there is
/// nothing to be kept of it.
pub fn terms_declined(niss: Option<Niss>) -> Reply {
    let No(refusal) = no(Reason::TermsNotAccepted).hint(Hint::plain("hint-accept-terms"));
    Reply::Refused(Refusal { op: Op::Register, niss, ..refusal })
}

/// What the procedure compares (001 step 9, 002 step 7). What is not asked for is not there: `Request::surplus` saw to it.
fn claim(asked: &Register) -> Claim<'_> {
    Claim {
        name: asked.name.as_ref(),
        birth_date: asked.birth_date.as_ref(),
        civil_id: asked.civil_id.as_ref(),
        nif: asked.nif.as_ref(),
        responsible: asked.responsible.as_ref(),
    }
}

/// 002 step 6: an employer, a natural person or not, asks for `company`.
pub fn account_type_fits(holder: &Holder, asked: AccountType) -> Flow<()> {
    let fits = AccountType::of(holder.kind);
    if asked == fits {
        return Ok(());
    }
    let hint = Hint { key: "hint-account-type", facts: vec![("account_type", Fact::from(fits.as_str()))] };
    Err(no(Reason::AccountTypeMismatch).hint(hint).into())
}

/// Whether the account, if there is one, may be asked for.
pub fn may_be_requested(unit: &Unit<'_>, niss: Niss) -> Flow<Option<Account>> {
    let account = accounts::find(&unit.tx, niss)?;
    match account.as_ref().map(|account| account.state) {
        None | Some(State::Requested) => Ok(account),
        Some(State::Active) => Err(no(Reason::AlreadyRegistered).hint(steps::into_active(unit, niss)?).into()),
        Some(State::Suspended) => Err(no(Reason::Suspended).hint(Hint::plain("hint-call")).into()),
        Some(State::Closed) => Err(no(Reason::Closed).hint(Hint::plain("hint-call")).into()),
    }
}

/// The channels of typed contacts: each that equals the registered one; a letter only where none does (001 steps 13, 16).
pub fn typed_channels(
    unit: &Unit<'_>,
    holder: &Holder,
    email: Option<&Email>,
    mobile: Option<&Mobile>,
) -> Vec<Channel> {
    let email = email.zip(holder.email.as_ref()).is_some_and(|(typed, kept)| typed.same_as(kept));
    let mobile = mobile.is_some() && mobile == holder.mobile.as_ref();
    let registered: Vec<&str> =
        [("email", email), ("mobile", mobile)].into_iter().filter_map(|(kind, same)| same.then_some(kind)).collect();
    unit.notes.add("registered", registered);
    let letter = !email && !mobile && holder.has_address();
    [(Channel::Email, email), (Channel::Sms, mobile), (Channel::Letter, letter)]
        .into_iter()
        .filter_map(|(channel, usable)| usable.then_some(channel))
        .collect()
}

/// The channel that was asked for can be used, or the refusal says which can.
pub fn channel_usable(channel: Channel, usable: &[Channel]) -> Flow<()> {
    if usable.contains(&channel) {
        Ok(())
    } else if usable.is_empty() {
        Err(no(Reason::NoChannel).hint(Hint::plain("hint-call")).into())
    } else {
        Err(no(Reason::ChannelUnavailable).channels(usable.to_vec()).hint(Hint::plain("hint-channels")).into())
    }
}

/// The channels that can be used, each with its destination: only who has proved to be the holder is shown them. Where no code
/// may be issued now, that is the answer: nobody should choose in vain.
pub fn ways(unit: &Unit<'_>, holder: &Holder, purpose: Purpose, usable: &[Channel]) -> Flow<Body> {
    let Some(first) = usable.first() else {
        return Err(no(Reason::NoChannel).hint(Hint::plain("hint-call")).into());
    };
    // The limits are the same for e-mail and SMS, and a letter is never beside either.
    codes::may_issue(unit, holder.niss, purpose, *first)?;
    let way = |channel: &Channel| -> Result<Way, Error> {
        Ok(Way { channel: *channel, destination: notify::Recipient::of(holder, *channel, None)?.masked() })
    };
    let usable = usable.iter().map(way).collect::<Result<_, _>>()?;
    Ok(Body::Reached { until: Step::Channels, usable: Some(usable) })
}

/// Typed contacts that differ wait for their proof after the first login; the telephone waits for the activation. Nothing is
/// sent to them (001 step 12).
fn keep_proposals(unit: &Unit<'_>, holder: &Holder, asked: &Register) -> Result<(), Error> {
    let email =
        asked.email.as_ref().map(|email| (email.as_str(), holder.email.as_ref().is_some_and(|e| e.same_as(email))));
    let mobile = asked.mobile.as_ref().map(|mobile| (mobile.as_str(), holder.mobile.as_ref() == Some(mobile)));
    let telephone =
        asked.telephone.as_ref().map(|telephone| (telephone.as_str(), holder.telephone.as_ref() == Some(telephone)));
    let mut others = vec![];
    for (contact, typed) in [(Contact::Email, email), (Contact::Mobile, mobile), (Contact::Telephone, telephone)] {
        let Some((value, registered)) = typed else { continue };
        if !registered {
            others.push(contact.as_str());
        }
        let mut care = contacts::find(unit, holder.niss, contact)?;
        let proposed = (!registered).then(|| value.to_owned());
        if care.proposed != proposed {
            care.proposed = proposed;
            contacts::save(unit, holder.niss, contact, &care)?;
        }
    }
    unit.notes.add("proposed", others);
    Ok(())
}
