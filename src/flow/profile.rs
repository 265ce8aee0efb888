//! The generic identification data that the app shows (004), masked as far as somebody who looks over the holder's shoulder could
//! use them.

use super::contacts;
use super::sessions::{self, Freshness};
use crate::domain::civil_id::CivilId;
use crate::flow::outcome::FlowResult;
use crate::reply::{Profile, ReplyBody};
use crate::request::SessionRequest;
use crate::store::UnitOfWork;

/// Whose session it is.
pub fn show(unit: &UnitOfWork<'_>, asked: &SessionRequest) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate(unit, asked.session.as_ref(), Freshness::Any)?;
    let contacts = contacts::contact_lines(unit, &inside)?;
    let holder = &inside.holder;
    Ok(ReplyBody::Profile(Box::new(Profile {
        holder: holder.kind,
        name: holder.name.as_str().to_owned(),
        birth_date: holder.birth_date,
        civil_id_kind: holder.civil_id.as_ref().map(CivilId::kind),
        civil_id: holder.masked_civil_id(),
        nif: holder.masked_nif(),
        address: holder.masked_address(),
        language: holder.language,
        alerts: inside.account.alerts,
        contacts,
    })))
}
