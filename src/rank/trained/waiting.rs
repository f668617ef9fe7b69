//! The queue of greedy selection: who adds most comes first.

use std::cmp::Ordering;

/// A candidate with what it was last seen to add.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) gain: f32,
    pub(crate) candidate: usize,
    pub(crate) cost: usize,
    /// Picks there were when the gain was computed.
    pub(crate) round: usize,
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain.total_cmp(&other.gain).then(other.candidate.cmp(&self.candidate))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}
