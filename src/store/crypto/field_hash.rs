//! A hash over columns. Each value is encoded as a letter for its type, its length and its bytes, so that two different lists of
//! columns never have the same encoding.

use rusqlite::types::ValueRef;
use sha2::digest::Update;

/// A hash that is being computed, keyed or not.
pub struct FieldHasher<H>(pub H);

impl<H: Update> FieldHasher<H> {
    /// Adds the name of the part that the next fields belong to.
    pub fn part(&mut self, name: &str) {
        self.write_sized(b'p', name.as_bytes());
    }

    /// Adds the beginning of a row.
    pub fn row(&mut self) {
        self.0.update(b"r");
    }

    /// Adds one column.
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
    fn lists_with_the_same_concatenation_have_different_hashes() {
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
