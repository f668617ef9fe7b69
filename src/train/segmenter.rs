//! Training of the word segmenter from pre-segmented sentences.
//!
//! [`SegmenterTrainer`] collects sentences, which may be partly annotated and weighted, and fits
//! the weights of a [`CrfSegmenter`] by stochastic gradient ascent on the conditional likelihood of
//! the known decisions. Training uses one thread and a fixed seed: the same sentences in the same
//! order give the same bytes.
//!
//! # References
//!
//! - J. Lafferty, A. McCallum and F. Pereira, "Conditional Random Fields", ICML 2001, section 3.
//! - Y. Tsuboi et al., "Training Conditional Random Fields Using Incomplete Annotations",
//!   COLING 2008, equation 3: the likelihood of a partly annotated sentence.

mod annotation;
mod chain;
mod contested;
mod features;
mod quantize;

use std::sync::Arc;

use rustc_hash::FxHashMap;

pub use self::annotation::annotated;
use self::chain::Chain;
pub use self::contested::ContestedPairs;
use self::features::{Position, Weights};
use crate::text::key::UnitId;
use crate::token::TokenKind;
use crate::token::sentence_starters::SentenceStarters;
use crate::words::Unit;
use crate::words::crf::lexicon_features::Strength;
use crate::words::crf::symbol::{EDGE, MAX_KNOWN, Symbols, canonical};
use crate::words::crf::{CrfSegmenter, PAD, Slot, pad, pair_key, triple_key};
use crate::words::lexicon::LexiconEntry;

/// What is known of a unit in training: whether it continues the word of the unit before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Join {
    /// The unit begins a word.
    Split,
    /// The unit continues a word.
    Joined,
    /// Nothing is known; the model fills it in.
    Unknown,
}

/// How to train a segmenter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SegmenterOptions {
    /// Passes over the sentences.
    pub epochs: usize,
    /// Step size at the beginning; it falls linearly to a fiftieth.
    pub rate: f32,
    /// Share of the sentences, from 0 to 1, that are trained without their case in each pass.
    pub case_dropout: f64,
    /// Least number of occurrences of a unit with weights of its own: syllables, other units.
    pub min_units: [u32; 2],
    /// Least number of occurrences of an n-gram with weights of its own: pairs, triples.
    pub min_ngrams: [u32; 2],
    /// Most n-grams that are kept after the first pass (pairs, triples); later passes train only
    /// these.
    pub max_ngrams: [usize; 2],
    /// Lexicon dropout: share of the occurrences, from 0 to 1, in which a rare word of the lexicon
    /// is hidden; a third or a tenth of it for more frequent words. A lexicon that was made from
    /// the training sentences would otherwise look more reliable than it is.
    pub lexicon_dropout: f64,
}

impl Default for SegmenterOptions {
    fn default() -> Self {
        Self {
            epochs: 4,
            rate: 0.1,
            case_dropout: 0.3,
            min_units: [3, 20],
            min_ngrams: [2, 3],
            max_ngrams: [125_000, 140_000],
            lexicon_dropout: 0.05,
        }
    }
}

/// Collects sentences and trains a [`CrfSegmenter`].
///
/// # Examples
///
/// ```
/// use tomtat::token::tokenizer::tokenize;
/// use tomtat::words::{Unit, WordSegmenter};
/// use tomtat::train::segmenter::{Join, SegmenterOptions, SegmenterTrainer};
///
/// let text = "sinh viên đọc sách ở thư viện";
/// let mut tokens = Vec::new();
/// tokenize(text, 0..text.len(), &Default::default(), &mut tokens);
/// let units: Vec<Unit> = tokens.iter().map(Unit::from).collect();
/// let joins = [0, 1, 0, 0, 0, 0, 1].map(|j| if j == 1 { Join::Joined } else { Join::Split });
///
/// let mut trainer = SegmenterTrainer::new(SegmenterOptions::default());
/// for _ in 0..50 {
///     trainer.add(&units, &joins, 1.0);
/// }
/// let segmenter = trainer.train(&[]);
/// let mut found = Vec::new();
/// segmenter.join(&units, &mut found);
/// assert_eq!(found, [false, true, false, false, false, false, true]);
/// ```
#[derive(Clone, Debug)]
pub struct SegmenterTrainer {
    options: SegmenterOptions,
    units: Vec<Unit>,
    joins: Vec<Join>,
    starters: Arc<SentenceStarters>,
    /// End in `units`, and weight, of each sentence.
    sentences: Vec<(usize, f32)>,
}

impl SegmenterTrainer {
    /// Begins with no sentences.
    #[must_use]
    pub fn new(options: SegmenterOptions) -> Self {
        let starters = Arc::default();
        Self { options, units: Vec::new(), joins: Vec::new(), starters, sentences: Vec::new() }
    }

    /// Sets the sentence starters that lines are tokenized with.
    #[must_use]
    pub fn with_starters(mut self, starters: Arc<SentenceStarters>) -> Self {
        self.starters = starters;
        self
    }

    /// Adds a sentence; units without a decision count as [`Join::Unknown`].
    ///
    /// The `weight` multiplies the gradient steps of the sentence; 1 is normal.
    pub fn add(&mut self, units: &[Unit], joins: &[Join], weight: f32) {
        self.units.extend_from_slice(units);
        let known = joins.iter().copied().chain(std::iter::repeat(Join::Unknown));
        self.joins.extend(known.take(units.len()));
        self.sentences.push((self.units.len(), weight));
    }

    /// Returns the number of sentences.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.sentences.len()
    }

    /// Returns true if there are no sentences.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// Trains on all sentences, with the features that `lexicon` gives.
    #[must_use]
    pub fn train(self, lexicon: &[LexiconEntry]) -> CrfSegmenter {
        let words: Vec<(Vec<UnitId>, Strength)> =
            lexicon.iter().map(|entry| (entry.units(), entry.strength())).collect();
        let symbols = self.symbols(&words);
        let mut model = CrfSegmenter::untrained(symbols, words.len());
        model.set_lexicon(words.iter().map(|(units, strength)| (&units[..], *strength)));

        let mut ngrams = NgramIndex::new(&self, &model.symbols);
        let (mut positions, sentences) = self.positions(&model, &ngrams);
        let mut weights = Weights::new(model.symbols.len(), ngrams.sizes());
        let mut ascent = Ascent::new(&self.options, sentences, positions.len());
        for epoch in 0..self.options.epochs {
            ascent.pass(&mut weights, &positions);
            if epoch == 0 {
                weights.keep_strongest(&mut ngrams, &mut positions, self.options.max_ngrams);
            }
        }
        weights.quantize_into(&mut model, &ngrams, &words);
        model
    }

    /// Sentences with their bounds and weights.
    fn sentences(&self) -> impl Iterator<Item = (&[Unit], &[Join], f32)> {
        let mut start = 0;
        self.sentences.iter().map(move |&(end, weight)| {
            let range = std::mem::replace(&mut start, end)..end;
            (&self.units[range.clone()], &self.joins[range], weight)
        })
    }

    /// Numbers each unit that is frequent enough or in the lexicon.
    fn symbols(&self, words: &[(Vec<UnitId>, Strength)]) -> Symbols {
        let mut counts: FxHashMap<UnitId, u32> = FxHashMap::default();
        let has_own = |unit: &&Unit| {
            matches!(
                unit.kind,
                TokenKind::Syllable
                    | TokenKind::Foreign
                    | TokenKind::Abbreviation
                    | TokenKind::Punctuation
            )
        };
        for unit in self.units.iter().filter(has_own) {
            *counts.entry(canonical(unit.id)).or_default() += 1;
        }
        for unit in words.iter().flat_map(|(units, _)| units) {
            counts.insert(canonical(*unit), u32::MAX);
        }
        let mut known: Vec<(u32, UnitId)> = counts
            .into_iter()
            .filter(|(unit, count)| {
                *count >= self.options.min_units[usize::from(!unit.is_syllable())]
            })
            .map(|(unit, count)| (count, unit))
            .collect();
        known.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        known.truncate(MAX_KNOWN);
        let mut known: Vec<UnitId> = known.into_iter().map(|(_, unit)| unit).collect();
        known.sort_unstable();
        Symbols::new(known).expect("the units are distinct, sorted and not too many")
    }

    /// Looks up all that does not change during training.
    fn positions(
        &self,
        model: &CrfSegmenter,
        ngrams: &NgramIndex,
    ) -> (Vec<Position>, Vec<TrainingSentence>) {
        let mut positions = Vec::with_capacity(self.units.len() + self.sentences.len() * 2 * PAD);
        let mut sentences = Vec::with_capacity(self.sentences.len());
        let mut slots: Vec<Slot> = Vec::new();
        let mut random = Random::new();
        for (units, joins, weight) in self.sentences() {
            let uncased = pad(&model.symbols, units, &mut slots);
            model.mark_lexicon(&mut slots, |strength| {
                let share = match strength {
                    6.. => 0.1,
                    5 => 0.33,
                    _ => 1.0,
                };
                random.unit() < self.options.lexicon_dropout * share
            });
            let start = positions.len();
            for (at, slot) in slots.iter().enumerate() {
                let next = |ahead: usize| slots.get(at + ahead).map_or(EDGE, |s| s.symbol);
                let joinable = |units: usize| {
                    slots.get(at..at + units).is_some_and(|s| !s.iter().any(Slot::stands_alone))
                };
                let number = |units: usize, index: &Index, key: u64| {
                    if joinable(units) { index.of(key) } else { 0 }
                };
                let gap = (at + 1).checked_sub(PAD).and_then(|i| joins.get(i));
                let blocked = at + 1 >= slots.len() || crate::words::crf::blocked(&slots, at);
                positions.push(Position {
                    symbol: slot.symbol,
                    form: slot.form,
                    cover: slot.cover,
                    join: if blocked { Join::Split } else { *gap.unwrap_or(&Join::Split) },
                    blocked,
                    pair: number(2, &ngrams.pairs, pair_key(slot.symbol, next(1))),
                    triple: number(3, &ngrams.triples, triple_key(slot.symbol, next(1), next(2))),
                });
            }
            sentences.push(TrainingSentence { start, end: positions.len(), weight, uncased });
        }
        (positions, sentences)
    }
}

#[derive(Clone, Copy, Debug)]
struct TrainingSentence {
    start: usize,
    end: usize,
    weight: f32,
    uncased: bool,
}

/// Numbers of the n-grams that have weights; number 0 is for all others.
#[derive(Debug)]
struct Index {
    /// In ascending order; number `i + 1` is that of key `i`.
    keys: Vec<u64>,
    numbers: FxHashMap<u64, u32>,
}

impl Index {
    fn new(mut keys: Vec<u64>, min_count: u32) -> Self {
        keys.sort_unstable();
        let keys: Vec<u64> = keys
            .chunk_by(|a, b| a == b)
            .filter(|run| run.len() >= min_count as usize)
            .map(|run| run[0])
            .collect();
        let numbers = keys.iter().zip(1..).map(|(&key, number)| (key, number)).collect();
        Self { keys, numbers }
    }

    /// Keeps only the n-grams of these old numbers, in ascending order; returns the new number
    /// of each old one.
    fn keep(&mut self, kept: &[u32]) -> Vec<u32> {
        let mut renumbered = vec![0; self.keys.len() + 1];
        for (&old, new) in kept.iter().zip(1..) {
            renumbered[old as usize] = new;
        }
        self.keys = kept.iter().map(|&number| self.keys[number as usize - 1]).collect();
        self.numbers = self.keys.iter().zip(1..).map(|(&key, number)| (key, number)).collect();
        renumbered
    }

    fn of(&self, key: u64) -> u32 {
        self.numbers.get(&key).copied().unwrap_or(0)
    }
}

/// Numbers of pairs and triples.
#[derive(Debug)]
struct NgramIndex {
    pairs: Index,
    triples: Index,
}

impl NgramIndex {
    fn new(trainer: &SegmenterTrainer, symbols: &Symbols) -> Self {
        let keys = |length: usize, min_count: u32, key: fn(&[Slot]) -> u64| {
            let mut keys = Vec::with_capacity(trainer.units.len());
            let mut slots = Vec::new();
            for (units, _, _) in trainer.sentences() {
                pad(symbols, units, &mut slots);
                let joinable = |s: &&[Slot]| !s.iter().any(Slot::stands_alone);
                keys.extend(slots.windows(length).filter(joinable).map(key));
            }
            Index::new(keys, min_count)
        };
        let [pairs, triples] = trainer.options.min_ngrams;
        Self {
            pairs: keys(2, pairs, |s| pair_key(s[0].symbol, s[1].symbol)),
            triples: keys(3, triples, |s| triple_key(s[0].symbol, s[1].symbol, s[2].symbol)),
        }
    }

    /// Rows of weights of each kind.
    fn sizes(&self) -> [usize; 2] {
        [&self.pairs, &self.triples].map(|index| index.keys.len() + 1)
    }
}

/// Gradient ascent over shuffled sentences.
struct Ascent {
    sentences: Vec<TrainingSentence>,
    rate: f32,
    case_dropout: f64,
    done: usize,
    total: usize,
    random: Random,
    chain: Chain,
}

impl Ascent {
    fn new(options: &SegmenterOptions, sentences: Vec<TrainingSentence>, positions: usize) -> Self {
        Self {
            sentences,
            rate: options.rate,
            case_dropout: options.case_dropout,
            done: 0,
            total: (options.epochs * positions).max(1),
            random: Random::new(),
            chain: Chain::default(),
        }
    }

    /// Trains on every sentence once, in a new order.
    fn pass(&mut self, weights: &mut Weights, positions: &[Position]) {
        for i in (1..self.sentences.len()).rev() {
            self.sentences.swap(i, self.random.below(i + 1));
        }
        for sentence in &self.sentences {
            let positions = &positions[sentence.start..sentence.end];
            let left = 1.0 - self.done as f32 / self.total as f32;
            let rate = self.rate * left.max(0.02) * sentence.weight;
            self.done += positions.len();
            let uncased = sentence.uncased || self.random.unit() < self.case_dropout;
            self.chain.step(weights, positions, uncased, rate);
        }
    }
}

/// Marsaglia's xorshift64* (Vigna, ACM TOMS 42, 2016).
struct Random(u64);

impl Random {
    const fn new() -> Self {
        Self(0x2545_F491_4F6C_DD1D)
    }

    const fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    const fn below(&mut self, bound: usize) -> usize {
        (((self.next() >> 32) * bound as u64) >> 32) as usize
    }

    /// A number from 0 to 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}
