//! Procedures that only read. `flow::handle` runs them without a write transaction, except where the reading has an
//! audit entry.

use super::alert_preference::awaited_contact;
use super::{delivery, lockout, next_steps};
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{AlertPreference, LockoutScope};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::l10n::MessageArg;
use crate::reply::{Account, Block, Reason, Record, RefusalVariant, ReplyBody};
use crate::request::{CheckedHolderRequest, CheckedOutboxCode, CheckedOutboxShow, RowId};
use crate::store::accounts::AccountOverview;
use crate::store::{UnitOfWork, accounts, outbox, registry};

/// One message, with its body.
pub fn message(unit: &RequestContext<'_>, asked: CheckedOutboxShow<'_>) -> FlowResult<ReplyBody> {
    let RowId(id) = *asked.message;
    unit.note(|detail| detail.message = Some(id));
    match outbox::find(unit, id)? {
        Some(message) => {
            unit.record(|record| record.niss = Some(message.niss));
            Ok(ReplyBody::Message(message))
        }
        None => {
            Err(refuse(Reason::NoMessage).facts([("id", MessageArg::Number(id))]).hint(NextStep::ListOutbox).into())
        }
    }
}

/// Returns the newest code that was sent to a holder and is not wiped.
pub fn newest_code(unit: &RequestContext<'_>, asked: CheckedOutboxCode<'_>) -> FlowResult<ReplyBody> {
    let niss = *asked.niss;
    match outbox::newest_code(unit, niss, asked.purpose, 0)? {
        Some(sent) => Ok(ReplyBody::Code {
            code: sent.code,
            purpose: sent.purpose,
            channel: sent.channel,
            created_at: sent.created_at,
        }),
        None if outbox::carried_code(unit, niss, asked.purpose)? => {
            Err(refuse(Reason::NoCode).variant(RefusalVariant::Wiped).hint(NextStep::RequestWipedCode).into())
        }
        None => Err(refuse(Reason::NoCode).hint(NextStep::CheckOutbox).into()),
    }
}

/// Returns one registry record.
pub fn record(unit: &RequestContext<'_>, asked: CheckedHolderRequest<'_>) -> FlowResult<ReplyBody> {
    let niss = *asked.niss;
    let Some(holder) = registry::find(&unit.tx, niss)? else {
        return Err(refuse(Reason::NotInRegistry).hint(NextStep::ImportRecord).into());
    };
    Ok(ReplyBody::Record(record_of(&holder)))
}

/// Returns a registry record for a reply, unmasked.
pub fn record_of(holder: &Holder) -> Record {
    let text = |text: &str| Some(text.to_owned());
    Record {
        kind: holder.kind,
        status: holder.status,
        name: holder.name.as_str().to_owned(),
        birth_date: holder.birth_date,
        civil_id_kind: holder.civil_id.as_ref().map(|id| id.kind().to_string()),
        civil_id: holder.civil_id.as_ref().and_then(|id| text(id.as_str())),
        nif: holder.nif.map(|nif| nif.to_string()),
        responsible: holder.responsible.as_ref().and_then(|name| text(name.as_str())),
        email: holder.email.as_ref().and_then(|email| text(email.as_str())),
        mobile: holder.mobile.as_ref().and_then(|mobile| text(mobile.as_str())),
        telephone: holder.telephone.as_ref().and_then(|telephone| text(telephone.as_str())),
        address: holder.address.as_ref().and_then(|line| text(line.as_str())),
        postal_code: holder.postal_code.as_ref().and_then(|code| text(code.as_str())),
        locality: holder.locality.as_ref().and_then(|line| text(line.as_str())),
        country: holder.country.map(|country| country.as_str().to_owned()),
        language: holder.language,
    }
}

/// Returns the number of registry records, by kind.
pub fn count(unit: &RequestContext<'_>) -> FlowResult<ReplyBody> {
    let ([(_, citizens), (_, employers), (_, companies)], inactive) = registry::count(&unit.tx)?;
    Ok(ReplyBody::RegistryCount { records: citizens + employers + companies, citizens, employers, companies, inactive })
}

/// Returns an account, its lockouts and the commands that would work next.
pub fn account(unit: &RequestContext<'_>, niss: Niss) -> FlowResult<ReplyBody> {
    let Some(AccountOverview { account, has_password, kind, status, reach }) = accounts::find_overview(&unit.tx, niss)?
    else {
        let hint = NextStep::ShowRecord(niss);
        return Err(refuse(Reason::NoAccount).variant(RefusalVariant::Operator).hint(hint).into());
    };
    let next = next_steps::available_commands(unit, &account, has_password, &reach)?;
    Ok(ReplyBody::Account(Account {
        state: account.state,
        account_type: account.account_type,
        holder: kind,
        holder_status: status,
        created_at: account.created_at,
        activated_at: account.activated_at,
        alerts: account.alerts,
        alerts_waiting_for: match account.alerts {
            AlertPreference::None => None,
            AlertPreference::Email | AlertPreference::Sms => registry::find(&unit.tx, niss)?
                .map(|holder| awaited_contact(unit, &holder, account.alerts))
                .transpose()?
                .flatten(),
        },
        password: has_password,
        phone_code: account.phone_code.is_some(),
        blocks: blocks(unit, niss)?,
        undelivered: delivery::undelivered(unit, niss)?,
        next,
    }))
}

/// Returns the lockouts of a holder that apply now.
pub fn blocks(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<Block>, Error> {
    let mut blocks = vec![];
    for scope in LockoutScope::ALL.iter().copied() {
        if let Some(lockout) = lockout::find(unit, niss, scope)? {
            blocks.push(Block { what: scope, until: lockout.end() });
        }
    }
    Ok(blocks)
}
