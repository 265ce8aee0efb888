//! What leaves the house: a letter as a page of paper ([`paper`] and beneath it), an e-mail as a file ([`mail`]). Pure: from a
//! message to bytes, and the same message gives the same bytes, for nothing here knows what time it is.
//!
//! A page is made of boxes whose places are millimetres in one table ([`place`]); [`font`] knows how wide a text is and which
//! letters there are, [`lines`] where a text breaks, [`letter`] lays out, [`paper`] writes PDF.

pub mod email;
pub mod font;
pub mod letter_layout;
pub mod line_break;
pub mod page_geometry;
pub mod pdf;
