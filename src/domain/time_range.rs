//! A range of times.

use super::time::Timestamp;

/// The times from `since` up to, but not including, `before`. A side without a time is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimeRange {
    /// The first second.
    pub since: Option<Timestamp>,
    /// The first second after the range.
    pub before: Option<Timestamp>,
}

impl TimeRange {
    /// Returns whether a time is in the range.
    pub fn contains(self, at: Timestamp) -> bool {
        self.since.is_none_or(|since| since <= at) && self.is_before_end(at)
    }

    /// Returns whether a time is before the end of the range.
    pub fn is_before_end(self, at: Timestamp) -> bool {
        self.before.is_none_or(|before| at < before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn range_includes_its_start_and_excludes_its_end() {
        let at = |seconds| Timestamp::from_seconds(seconds).expect("a time");
        let range = TimeRange { since: Some(at(10)), before: Some(at(20)) };
        assert_eq!([9, 10, 19, 20].map(|seconds| range.contains(at(seconds))), [false, true, true, false]);
        assert!(
            TimeRange::default().contains(Timestamp::EPOCH) && TimeRange::default().contains(Timestamp::FAR_FUTURE)
        );
        assert!(TimeRange { since: None, ..range }.contains(at(0)));
    }
}
