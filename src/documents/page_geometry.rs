//! Positions on an A4 page, in millimetres from its upper left corner, and their conversion to PDF points.
//!
//! **The window.** CTT accepts DL envelopes (110 × 220 mm) as standard mail, but publishes no position for the window.
//! Envelopes sold in Portugal have it on the right: 45 × 100 mm, 20 mm from the right and lower edges. DIN 5008 has one
//! of the same height on the left. A sheet folded twice to 99 mm can slide in a DL by 11 mm upwards and 10 mm sideways.
//! In every position, the window shows the sheet between 100 and 190 mm from the left and 45 and 79 mm from the top.
//! This is [`WINDOW`]. It contains address and sender, and nothing else is near it.

/// The width and height of A4.
pub const A4: (f32, f32) = (210.0, 297.0);

/// A rectangle of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "each is an edge, in millimetres from the upper left corner of the page")]
pub struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Area {
    /// Returns the width.
    pub fn width(&self) -> f32 {
        self.right - self.left
    }
    /// Returns the height.
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }
}

/// The area that the envelope window shows in every position of the sheet.
pub const WINDOW: Area = Area { left: 100.0, top: 45.0, right: 190.0, bottom: 79.0 };
/// The sender on one line, in the window above the address.
pub const SENDER: Area = Area { left: 102.0, top: 46.0, right: 188.0, bottom: 50.0 };
/// The address block.
pub const ADDRESS: Area = Area { left: 102.0, top: 51.5, right: 188.0, bottom: 78.5 };
/// The letterhead of a first page.
pub const REFERENCE_AREA: Area = Area { left: 25.0, top: 18.0, right: 95.0, bottom: 40.0 };
/// The reference and the masked NISS, beside the window.
pub const REFERENCE: Area = Area { left: 25.0, top: 60.0, right: 95.0, bottom: 72.0 };
/// The text of a first page: date, subject, body.
pub const FIRST_BODY: Area = Area { left: 25.0, top: 90.0, right: 190.0, bottom: 272.0 };
/// The text of every other page.
pub const NEXT_BODY: Area = Area { left: 25.0, top: 35.0, right: 190.0, bottom: 272.0 };
/// The letter number and the page number.
pub const FOOTER: Area = Area { left: 25.0, top: 280.0, right: 190.0, bottom: 285.0 };

/// Converts millimetres to points, 72 per inch.
pub fn points(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// Converts points to millimetres.
pub fn millimetres(points: f32) -> f32 {
    points * 25.4 / 72.0
}
