//! The rules of the procedures: limits, refusals, hints, codes and messages.

pub mod calendar;
pub mod chave_movel;
pub mod contacts;
pub mod cross_feature;
pub mod delivery;
pub mod enumeration;
pub mod guide_steps;
pub mod hints;
pub mod inbox;
pub mod lifecycle;
pub mod limits;
pub mod messages;
pub mod personas;
pub mod phone_line;
pub mod reasons;
pub mod recovery;
pub mod second_factor;
pub mod sessions;
pub mod until_steps;
pub mod values;
