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
    // A legal person has neither a date of birth nor civil identification, even if its record has.
    let is_person = !holder.niss.is_legal_person();
    let civil_id = holder.civil_id.as_ref().filter(|_| is_person);
    Ok(ReplyBody::Profile(Box::new(Profile {
        holder: holder.kind,
        name: holder.name.as_str().to_owned(),
        birth_date: holder.birth_date.filter(|_| is_person),
        civil_id_kind: civil_id.map(CivilId::kind),
        civil_id: civil_id.and_then(|_| holder.masked_civil_id()),
        nif: holder.masked_nif(),
        address: holder.masked_address(),
        language: holder.language,
        alerts: inside.account.alerts,
        contacts,
    })))
}
