//! The NISS that an import has read. A NISS is its first ten digits, because the check digit follows from them, and they
//! fit in 32 bits. Ten million NISS take about 30 MB; all possible two thousand million take 250 MB.

use roaring::RoaringBitmap;

use crate::domain::niss::Niss;

/// A set of NISS.
#[derive(Default)]
pub struct NissSet(RoaringBitmap);

impl NissSet {
    /// Adds a NISS. Returns false if it was in the set.
    pub fn insert(&mut self, niss: Niss) -> bool {
        self.0.insert(niss.without_check_digit())
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
            let (mut numbers, mut set) = (NissSet::default(), HashSet::new());
            for ten in tens {
                prop_assert_eq!(numbers.insert(niss(ten)), set.insert(ten));
            }
        }
    }

    #[test]
    fn dense_and_distant_numbers_are_found_again() {
        let mut numbers = NissSet::default();
        let all = || (0..40_000).map(|n| 2_999_910_000 + n * 7919 % 40_000).chain([1_000_000_000, 2_999_999_999]);
        for ten in all() {
            assert!(numbers.insert(niss(ten)), "{ten}");
        }
        for ten in all() {
            assert!(!numbers.insert(niss(ten)), "{ten}");
        }
    }
}
