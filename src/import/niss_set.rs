//! Which NISS a file had already. Ten million of them take some 30 MB, and all two thousand million there can be take 250: a
//! NISS is its ten first digits, as the last one follows from them, and the set is a list of the low halves under each high half
//! of that number, or a map of bits where the list would be longer.

use std::collections::HashMap;

use crate::domain::niss::Niss;

/// So many low halves take as much room as the map of bits.
const LISTED: usize = 4096;

/// The low halves under one high half.
enum Low {
    /// In their order.
    Listed(Vec<u16>),
    /// A bit each.
    Mapped(Box<[u64; 1024]>),
}

/// A set of NISS.
#[derive(Default)]
pub struct NissSet(HashMap<u64, Low>);

impl NissSet {
    /// Adds one; false where it was there.
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
        fn it_is_a_set(tens in prop::collection::vec(1_000_000_000_u64..1_000_200_000, 0..200)) {
            let (mut visited, mut set) = (NissSet::default(), HashSet::new());
            for ten in tens {
                prop_assert_eq!(visited.insert(niss(ten)), set.insert(ten));
            }
        }
    }

    #[test]
    fn a_list_becomes_a_map_and_loses_nothing() {
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
