//! Counts of the openings of sentences that begin texts, and of those that do not.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::document::{Document, Sentence};
use crate::text::key::TermHash;
use crate::weights::standalone::{SCALE, StandaloneModel, key, prefixes};

/// Sentences of a body that are not counted as later ones: the second often begins the text anew.
const SKIPPED: usize = 2;

/// Openings of fewer sentences are not learned.
const LEAST: u32 = 25;

/// Weight of what the shorter opening says, in sentences.
const PRIOR: f64 = 20.0;

/// A longer opening is kept if its log-odds differ by so much from those of the shorter one.
const LEAST_DIFFERENCE: f64 = 0.25;

/// Counts the openings of sentences.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
/// use tomtat::train::standalone::StandaloneCounts;
///
/// let analyzer = Analyzer::new();
/// let mut counts = StandaloneCounts::default();
/// for _ in 0..50 {
///     counts.add_first(&analyzer.analyze("Sáng nay trời mưa to."));
///     counts.add_body(&analyzer.analyze(
///         "Sáng nay trời mưa rất to. Đường ngập. Lúc này gió mạnh lên. Lúc này nước đã rút.",
///     ));
/// }
/// let document = analyzer.analyze("Lúc này là mùa mưa.");
/// let sentence = document.sentence(0).expect("there is one");
/// assert!(counts.model().score(document.text(), sentence.tokens()) < -1.0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct StandaloneCounts {
    openings: FxHashMap<TermHash, Opening>,
    totals: Counts,
}

/// How many sentences begin texts, and how many do not.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    first: u32,
    later: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Opening {
    /// The opening without its last unit.
    shorter: TermHash,
    length: u8,
    counts: Counts,
}

impl StandaloneCounts {
    /// Counts the first sentence of a text, such as an abstract.
    pub fn add_first(&mut self, document: &Document) {
        if let Some(sentence) = sentences(document).next() {
            self.add(document.text(), sentence, Counts { first: 1, later: 0 });
        }
    }

    /// Counts the first sentence of a body, and those from the third on as later ones.
    pub fn add_body(&mut self, document: &Document) {
        self.add_first(document);
        for sentence in sentences(document).skip(SKIPPED) {
            self.add(document.text(), sentence, Counts { first: 0, later: 1 });
        }
    }

    fn add(&mut self, text: &str, sentence: Sentence<'_>, counts: Counts) {
        let mut shorter = TermHash::default();
        for (at, hash) in prefixes(text, sentence.tokens()).enumerate() {
            let opening = self.openings.entry(hash).or_insert(Opening {
                shorter,
                length: at as u8,
                counts: Counts::default(),
            });
            opening.counts += counts;
            shorter = hash;
        }
        self.totals += counts;
    }

    /// Returns the number of sentences that begin texts, and of those that do not.
    #[must_use]
    pub const fn totals(&self) -> (u32, u32) {
        (self.totals.first, self.totals.later)
    }

    /// Returns the scores of the openings.
    ///
    /// The share of first sentences among those with an opening is smoothed with that of the
    /// shorter opening (Dirichlet prior; `MacKay` & Peto 1995, *A hierarchical Dirichlet language
    /// model*, section 3); the score is its log-odds less the log-odds of all sentences.
    #[must_use]
    pub fn model(&self) -> StandaloneModel {
        let base = log_odds(f64::from(self.totals.first) + 0.5, f64::from(self.totals.later) + 0.5);
        let mut order: Vec<(&TermHash, &Opening)> =
            self.openings.iter().filter(|(_, opening)| opening.counts.sum() >= LEAST).collect();
        order.sort_unstable_by_key(|(hash, opening)| (opening.length, hash.to_u64()));
        // Of each opening its own score, and the score that the model gives it.
        let mut scores: FxHashMap<TermHash, (f64, f64)> = FxHashMap::default();
        let mut kept = BTreeMap::new();
        for (&hash, opening) in order {
            let (shorter, given) = scores.get(&opening.shorter).copied().unwrap_or_default();
            let Counts { first, later } = opening.counts;
            let prior = PRIOR / (1.0 + libm::exp(-(shorter + base)));
            let score = log_odds(f64::from(first) + prior, f64::from(later) + PRIOR - prior) - base;
            let is_kept = (score - given).abs() >= LEAST_DIFFERENCE;
            if is_kept {
                let quantized = (score * SCALE).round().clamp(-127.0, 127.0);
                kept.insert(key(hash), quantized as i8);
            }
            scores.insert(hash, (score, if is_kept { score } else { given }));
        }
        StandaloneModel::from_scores(&kept)
    }
}

impl Counts {
    const fn sum(self) -> u32 {
        self.first + self.later
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.first += other.first;
        self.later += other.later;
    }
}

fn log_odds(of: f64, against: f64) -> f64 {
    libm::log(of / against)
}

fn sentences(document: &Document) -> impl Iterator<Item = Sentence<'_>> {
    document.sentences().filter(|sentence| sentence.role().is_text() && sentence.has_terms())
}
