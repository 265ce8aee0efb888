//! The generic identification data that the app shows (004). Values that an onlooker could misuse are masked.

use super::contacts;
use super::sessions::{self, Freshness};
use crate::domain::civil_id::CivilId;
use crate::flow::context::RequestContext;
use crate::flow::outcome::FlowResult;
use crate::reply::{Profile, ReplyBody};
use crate::request::SessionRequest;

/// Returns the profile of the session's holder.
pub fn show(unit: &RequestContext<'_>, asked: &SessionRequest) -> FlowResult<ReplyBody> {
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
