//! Documents: letters as PDF files, e-mails as message files and payments as a calendar file.
//!
//! The functions here are pure and do not read the clock: the same message gives the same bytes.
//!
//! - [`calendar`]: payments as an RFC 5545 file
//! - [`email`]: an e-mail as an RFC 5322 file
//! - [`pdf`]: letters as a PDF file
//! - [`letterhead`]: sender, reference and the other parts around a letter's text
//! - [`letter_layout`]: the pages of a letter; [`line_break`]: lines of a paragraph
//! - [`page_geometry`]: positions on the page in millimetres; [`font`]: glyphs and their widths

pub mod calendar;
pub mod email;
pub mod font;
pub mod letter_layout;
pub mod letterhead;
pub mod line_break;
pub mod page_geometry;
pub mod pdf;
