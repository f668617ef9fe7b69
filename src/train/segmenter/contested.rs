//! Gaps where a program always decides the same way and people do not.
//!
//! A segmenter that was trained on a corpus repeats some errors without exception: it never joins
//! `người ta`, although the treebank nearly always does. A model that trains on its output would
//! take the error for a certain rule.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Join, SegmenterTrainer, annotated};
use crate::text::key::UnitId;
use crate::token::sentence_starters::SentenceStarters;

/// Least number of places where the program must have decided.
const MIN_SEEN: u32 = 20;

/// Least number of places in the text of people.
const MIN_GOLD: u32 = 3;

/// Below this share of joined places, the program always splits.
const ALWAYS_SPLIT: f64 = 0.02;

/// From this share on, the second program joins.
const OTHER_JOINS: f64 = 0.5;

/// From this share on, people join often enough.
const GOLD_JOINS: f64 = 0.3;

/// Places where two units are adjacent, and those where they are joined.
#[derive(Clone, Copy, Debug, Default)]
struct Places {
    seen: u32,
    joined: u32,
}

impl Places {
    fn add(&mut self, join: Join) {
        self.seen += u32::from(join != Join::Unknown);
        self.joined += u32::from(join == Join::Joined);
    }

    fn share(self) -> f64 {
        f64::from(self.joined) / f64::from(self.seen.max(1))
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    program: Places,
    other: Places,
    gold: Places,
}

/// Pairs of units that a program always splits, although a second one and people join them.
///
/// # Examples
///
/// ```
/// use tomtat::builtin;
/// use tomtat::train::segmenter::ContestedPairs;
///
/// let mut pairs = ContestedPairs::new(builtin::starters());
/// for _ in 0..20 {
///     pairs.add_both("người ta nói", "người_ta nói");
///     pairs.add_gold("Người_ta đi");
/// }
/// pairs.decide();
/// assert_eq!(pairs.len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct ContestedPairs {
    starters: Arc<SentenceStarters>,
    counts: FxHashMap<(UnitId, UnitId), Counts>,
    contested: FxHashSet<(UnitId, UnitId)>,
}

impl ContestedPairs {
    /// Makes counts of nothing; lines are cut into tokens with these sentence starters.
    #[must_use]
    pub fn new(starters: Arc<SentenceStarters>) -> Self {
        Self { starters, counts: FxHashMap::default(), contested: FxHashSet::default() }
    }

    /// Counts a line that two programs segmented; the first is the one whose errors are searched.
    pub fn add_both(&mut self, line: &str, other: &str) {
        self.add(line, |counts| &mut counts.program);
        self.add(other, |counts| &mut counts.other);
    }

    /// Counts a line that people segmented.
    pub fn add_gold(&mut self, line: &str) {
        self.add(line, |counts| &mut counts.gold);
    }

    fn add(&mut self, line: &str, places: impl Fn(&mut Counts) -> &mut Places) {
        let (units, joins) = annotated(line, &self.starters);
        for (pair, join) in units.windows(2).zip(&joins[1.min(joins.len())..]) {
            places(self.counts.entry((pair[0].id, pair[1].id)).or_default()).add(*join);
        }
    }

    /// Chooses the contested pairs by their counts, and frees the counts.
    pub fn decide(&mut self) {
        let counts = std::mem::take(&mut self.counts);
        let is_contested = |c: &Counts| {
            c.program.seen >= MIN_SEEN
                && c.gold.seen >= MIN_GOLD
                && c.program.share() <= ALWAYS_SPLIT
                && c.other.share() >= OTHER_JOINS
                && c.gold.share() >= GOLD_JOINS
        };
        self.contested =
            counts.into_iter().filter(|(_, c)| is_contested(c)).map(|(pair, _)| pair).collect();
    }

    /// Returns the number of contested pairs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.contested.len()
    }

    /// Returns true if no pair is contested.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.contested.is_empty()
    }

    /// Returns true if the gap between these units is contested.
    fn has(&self, left: UnitId, right: UnitId) -> bool {
        self.contested.contains(&(left, right))
    }
}

impl SegmenterTrainer {
    /// Adds a line that a program segmented; decisions at contested gaps are unknown.
    pub fn add_silver(&mut self, line: &str, contested: &ContestedPairs, weight: f32) {
        let (units, mut joins) = annotated(line, &self.starters);
        for at in 1..units.len() {
            if contested.has(units[at - 1].id, units[at].id) {
                joins[at] = Join::Unknown;
            }
        }
        self.add(&units, &joins, weight);
    }
}
