//! Longest match: words by a lexicon alone.

use std::fmt;

use super::lexicon::Lexicon;
use super::{Unit, WordSegmenter};

/// Left-to-right longest match over a lexicon.
///
/// Case never changes the words; a run of capitalized units that the lexicon does not know stays
/// apart.
#[derive(Debug)]
pub struct LongestMatch<L> {
    lexicon: L,
}

impl<L: AsRef<Lexicon>> LongestMatch<L> {
    /// Makes a segmenter over `lexicon`.
    #[must_use]
    pub const fn new(lexicon: L) -> Self {
        Self { lexicon }
    }
}

impl<L: AsRef<Lexicon> + fmt::Debug + Send + Sync> WordSegmenter for LongestMatch<L> {
    fn join(&self, units: &[Unit], joins: &mut Vec<bool>) {
        joins.clear();
        joins.resize(units.len(), false);
        let lexicon = self.lexicon.as_ref();
        let mut at = 0;
        while at < units.len() {
            let length = lexicon.longest_match(units[at..].iter().map(|u| u.id)).max(1);
            joins[at + 1..at + length].fill(true);
            at += length;
        }
    }
}
