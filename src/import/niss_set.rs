//! A set of NISS, for the detection of duplicates in an import. It stores the first ten digits, because the last one
//! follows from them. Numbers that differ only in their low 16 bits share a sorted list of these bits. A bitmap
//! replaces a list that would be longer. Ten million NISS take about 30 MB; all possible two thousand million take 250
//! MB.

use std::collections::HashMap;

use crate::domain::niss::Niss;

/// The length of a list that takes as much memory as a bitmap.
const LISTED: usize = 4096;

/// The low 16 bits of the numbers with the same high bits.
enum Low {
    /// A sorted list.
    Listed(Vec<u16>),
    /// A bitmap.
    Mapped(Box<[u64; 1024]>),
}

/// A set of NISS.
#[derive(Default)]
pub struct NissSet(HashMap<u64, Low>);

impl NissSet {
    /// Adds a NISS. Returns false if it was in the set.
    pub fn insert(&mut self, niss: Niss) -> bool {
        let ten = (niss.as_i64() / 10).unsigned_abs();
        self.0.entry(ten >> 16).or_insert_with(|| Low::Listed(vec![])).insert((ten & 0xffff) as u16)
    }
}

impl Low {
    fn insert(&mut self, low: u16) -> bool {
        match self {
            Low::Listed(list) => match list.binary_search(&low) {
                Ok(_) => return false,
                Err(_) if list.len() == LISTED => {
                    let mut map = Box::new([0; 1024]);
                    list.iter().chain([&low]).for_each(|low| map[usize::from(low >> 6)] |= 1 << (low & 63));
                    *self = Low::Mapped(map);
                }
                Err(place) => list.insert(place, low),
            },
            Low::Mapped(map) => {
                let (word, bit) = (&mut map[usize::from(low >> 6)], 1 << (low & 63));
                if *word & bit != 0 {
                    return false;
                }
                *word |= bit;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn niss(ten: u64) -> Niss {
        (0..10).find_map(|digit| format!("{ten}{digit}").parse().ok()).expect("one digit fits")
    }

    proptest! {
        #[test]
        fn insert_reports_duplicates(tens in prop::collection::vec(1_000_000_000_u64..1_000_200_000, 0..200)) {
            let (mut visited, mut set) = (NissSet::default(), HashSet::new());
            for ten in tens {
                prop_assert_eq!(visited.insert(niss(ten)), set.insert(ten));
            }
        }
    }

    #[test]
    fn list_converts_to_bitmap_without_loss() {
        let mut visited = NissSet::default();
        let all = || (0..40_000).map(|n| 2_999_910_000 + n * 7919 % 40_000).chain([1_000_000_000, 2_999_999_999]);
        for ten in all() {
            assert!(visited.insert(niss(ten)), "{ten}");
        }
        assert!(visited.0.values().any(|low| matches!(low, Low::Mapped(_))));
        for ten in all() {
            assert!(!visited.insert(niss(ten)), "{ten}");
        }
    }
}
