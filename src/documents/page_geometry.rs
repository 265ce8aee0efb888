//! Where things stand on a page of A4, in millimetres from its upper left corner, and in points as PDF counts.
//!
//! **The window.** CTT takes DL (110 × 220 mm) as normalised mail, and no norm of its says where the window is; those that are sold here
//! have it on the right, 45 × 100 mm, 20 mm from the right and the lower edge. (DIN 5008 has one of the same height on the left.) A
//! sheet that is folded twice to 99 mm lies in a DL with 11 mm to spare upwards and 10 mm sideways, so it can slide: whatever it
//! does, the window shows the part of the sheet between 100 and 190 mm from the left and between 45 and 79 mm from the top. That
//! is [`WINDOW`]; address and sender stand in it, and nothing else comes near.

/// Width and height of A4.
pub const A4: (f32, f32) = (210.0, 297.0);

/// A part of the page: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "each is an edge, in millimetres from the upper left corner of the page")]
pub struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Area {
    /// How wide it is.
    pub fn width(&self) -> f32 {
        self.right - self.left
    }
    /// How high it is.
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }
}

/// What the envelope's window shows however the sheet lies in it.
pub const WINDOW: Area = Area { left: 100.0, top: 45.0, right: 190.0, bottom: 79.0 };
/// The sender on one line, in the window above the address.
pub const SENDER: Area = Area { left: 102.0, top: 46.0, right: 188.0, bottom: 50.0 };
/// The address block.
pub const ADDRESS: Area = Area { left: 102.0, top: 51.5, right: 188.0, bottom: 78.5 };
/// Who writes, at the head of a first page.
pub const REFERENCE_AREA: Area = Area { left: 25.0, top: 18.0, right: 95.0, bottom: 40.0 };
/// The text of a first page: date, subject, body.
pub const FIRST_BODY: Area = Area { left: 25.0, top: 90.0, right: 190.0, bottom: 272.0 };
/// The text of every other page.
pub const NEXT_BODY: Area = Area { left: 25.0, top: 35.0, right: 190.0, bottom: 272.0 };
/// The number of the letter and of its page.
pub const FOOTER: Area = Area { left: 25.0, top: 280.0, right: 190.0, bottom: 285.0 };

/// Millimetres in points: 72 to an inch.
pub fn points(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// Points in millimetres.
pub fn millimetres(points: f32) -> f32 {
    points * 25.4 / 72.0
}
