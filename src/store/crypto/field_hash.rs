//! Columns as bytes that can be read back in one way only, fed to a hash. What is added begins with a letter that says what
//! follows, and whatever can be long with its length: no two lists of columns are the same bytes.

use rusqlite::types::ValueRef;
use sha2::digest::Update;

/// A hash in the making, keyed or not.
pub struct FieldHasher<H>(pub H);

impl<H: Update> FieldHasher<H> {
    /// What the fields after it are of.
    pub fn part(&mut self, name: &str) {
        self.write_sized(b'p', name.as_bytes());
    }

    /// The beginning of a row.
    pub fn row(&mut self) {
        self.0.update(b"r");
    }

    /// One column.
    pub fn field(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Null => self.0.update(b"n"),
            ValueRef::Integer(number) => self.write_sized(b'i', &number.to_be_bytes()),
            ValueRef::Real(number) => self.write_sized(b'f', &number.to_be_bytes()),
            ValueRef::Text(text) => self.write_sized(b't', text),
            ValueRef::Blob(bytes) => self.write_sized(b'b', bytes),
        }
    }

    fn write_sized(&mut self, letter: u8, bytes: &[u8]) {
        let mut head = [letter; 9];
        head[1..].copy_from_slice(&(bytes.len() as u64).to_be_bytes());
        self.0.update(&head);
        self.0.update(bytes);
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn fields_that_are_joined_alike_are_told_apart() {
        let of = |fields: &[ValueRef<'_>]| {
            let mut sum = FieldHasher(Sha256::new());
            fields.iter().for_each(|field| sum.field(*field));
            sum.0.finalize().to_vec()
        };
        let text = |text: &'static str| ValueRef::Text(text.as_bytes());
        let lists: [&[ValueRef<'_>]; 8] = [
            &[text("ab"), text("c")],
            &[text("a"), text("bc")],
            &[text("abc")],
            &[text("abc"), text("")],
            &[text("abc"), ValueRef::Null],
            &[ValueRef::Blob(b"abc")],
            &[ValueRef::Integer(1)],
            &[text("\0\0\0\0\0\0\0\u{1}")],
        ];
        let hashes: std::collections::BTreeSet<_> = lists.iter().map(|list| of(list)).collect();
        assert_eq!(hashes.len(), lists.len());
    }
}
