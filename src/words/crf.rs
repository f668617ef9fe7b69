//! A trained segmenter: a linear chain of join-or-split decisions over unit n-grams.
//!
//! Each gap between two units gets a score for joining from the units around it (one, two and
//! three at a time), how they are written, and which words of the lexicon cover it, begin after
//! it or end before it. A second score counts only if the gap before was joined too. The best
//! sequence of decisions is found by dynamic programming over two states.
//!
//! The weights lie in records, so that one access to memory serves several gaps: the record of a
//! pair of units holds its weights for the gap inside, before and after it and what the lexicon
//! knows of the pair. All weights are integers, so the words are the same on every machine.
//!
//! # References
//!
//! - J. Lafferty, A. McCallum and F. Pereira, "Conditional Random Fields", ICML 2001: the model;
//!   equation 1, with two states.
//! - G. Neubig, Y. Nakata and S. Mori, "Pointwise Prediction for Robust, Adaptable Japanese
//!   Morphological Analysis", ACL 2011: the window of n-grams and the lexicon features; ours also
//!   look at the gap before.
//! - T. P. Nguyen and A. C. Le, "A Hybrid Approach to Vietnamese Word Segmentation", RIVF 2016.

mod codec;
pub(crate) mod dense;
pub(crate) mod lexicon_features;
pub(crate) mod model;
mod score;
pub(crate) mod symbol;
pub(crate) mod table;
pub(crate) mod token_shape;

use std::borrow::Cow;
use std::fmt;

use dense::DenseWeights;
use lexicon_features::{EDGES, LexiconFeatures, MAX_COARSE, MAX_WORD, Strength};
use score::{BLOCKED, advance};
use symbol::{EDGE, Symbol, Symbols};
use table::{LexiconTrie, Pairs, Place, TableBuilder, TableView, Triples};
use token_shape::{CaseCount, FORMS, TokenShape};

use super::{Unit, WordSegmenter};
use crate::text::key::UnitId;
use crate::text::syllable::Syllable;
use crate::token::{Shape, TokenKind};

/// Positions of padding on each side of a sentence.
pub(crate) const PAD: usize = 2;

/// Weights of one unit: see [`RowField`] for their order.
pub(crate) const ROW: usize = 64;

/// Where the weights of a unit stand in its row.
pub(crate) struct RowField;

impl RowField {
    /// Two before the gap.
    pub(crate) const BEFORE: usize = 0;
    /// Two after the gap.
    pub(crate) const AFTER: usize = 1;
    /// Just before the gap, if the gap before was joined.
    pub(crate) const LEFT_JOINED: usize = 2;
    /// Just after the gap, if the gap before was joined.
    pub(crate) const RIGHT_JOINED: usize = 3;
    /// Just before the gap, by the case of the two units beside it.
    pub(crate) const LEFT_CASE: usize = 4;
    /// Just after the gap, likewise.
    pub(crate) const RIGHT_CASE: usize = 20;
    /// Just before the gap, by coarse lexicon code less one.
    pub(crate) const LEFT_COVER: usize = 36;
    /// Just after the gap, likewise.
    pub(crate) const RIGHT_COVER: usize = Self::LEFT_COVER + MAX_COARSE;
}

const _: () = assert!(RowField::RIGHT_COVER + MAX_COARSE == ROW);

/// Where the weights of a pair of adjacent units stand in its record.
pub(crate) struct PairField;

impl PairField {
    pub(crate) const INSIDE: usize = 0;
    /// The pair ends just before the gap.
    pub(crate) const LEFT: usize = 1;
    /// The pair begins just after the gap.
    pub(crate) const RIGHT: usize = 2;
    /// Inside, if the gap before was joined.
    pub(crate) const JOINED: usize = 3;
    /// Inside, if the case of the sentence says nothing.
    pub(crate) const UNCASED: usize = 4;
    /// Lexicon: strength of the pair as a word in the low three bits, then [`PREFIX`].
    pub(crate) const LEXICON: usize = 5;
}

/// The strength of a word, in what the lexicon knows.
pub(crate) const STRENGTH: u8 = 7;

/// Lexicon flag: longer words begin with these units.
pub(crate) const PREFIX: u8 = 8;

/// A trained segmenter.
///
/// It is made by training, see [`SegmenterTrainer`](crate::train::segmenter::SegmenterTrainer),
/// and travels in a [model file](model::SegmenterModel). Nothing is unpacked when it is read: the
/// weights are looked up in the bytes of the file.
///
/// # Examples
///
/// ```
/// use tomtat::builtin;
/// use tomtat::words::SegmenterModel;
/// use tomtat::words::WordSegmenter;
///
/// let segmenter = SegmenterModel::read(builtin::SEGMENTER)?.into_segmenter();
/// let mut joins = Vec::new();
/// segmenter.join(&[], &mut joins);
/// assert!(joins.is_empty());
/// # Ok::<(), tomtat::model::ModelError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CrfSegmenter {
    pub(crate) symbols: Symbols,
    /// One row of [`ROW`] signed bytes for each symbol.
    pub(crate) rows: Cow<'static, [u8]>,
    /// Adjacent units.
    pub(crate) pairs: Pairs,
    /// Three units: weights for the first and the second gap.
    pub(crate) triples: Triples,
    /// Lexicon beyond the second unit, keyed by prefix and unit.
    pub(crate) lexicon_trie: LexiconTrie,
    /// Weights of forms and of lexicon features.
    pub(crate) dense: DenseWeights,
}

/// Prints the size: the tables have millions of weights.
impl fmt::Debug for CrfSegmenter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CrfSegmenter").field("bytes", &self.memory()).finish_non_exhaustive()
    }
}

/// What is known of one position of a padded sentence; `emission` and `transition` belong to the
/// gap after it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub(crate) symbol: Symbol,
    pub(crate) form: TokenShape,
    pub(crate) cover: LexiconFeatures,
    /// On the best way to a split (bit 0) or a join (bit 1) here: is the gap before joined?
    from_join: u8,
    /// Score of joining, and what is added if the gap before is joined.
    emission: i32,
    transition: i32,
    /// Where the records of this unit and the one or two before it are.
    pair: Place,
    triple: Place,
}

impl Slot {
    /// True if the unit is never part of a word of several units.
    #[inline]
    pub(crate) const fn stands_alone(&self) -> bool {
        self.form.stands_alone()
    }
}

const OUTSIDE: Slot = Slot {
    symbol: EDGE,
    form: TokenShape::Edge,
    cover: LexiconFeatures::NONE,
    from_join: 0,
    emission: 0,
    transition: 0,
    pair: Place::NOWHERE,
    triple: Place::NOWHERE,
};

#[inline]
pub(crate) const fn pair_key(a: Symbol, b: Symbol) -> u64 {
    (a as u64) << 16 | b as u64
}

#[inline]
pub(crate) const fn triple_key(a: Symbol, b: Symbol, c: Symbol) -> u64 {
    (a as u64) << 32 | (b as u64) << 16 | c as u64
}

/// Key of a prefix of the lexicon that has grown by one unit.
#[inline]
pub(crate) const fn deeper(prefix: u64, next: Symbol) -> u64 {
    table::spread(prefix) ^ next as u64
}

#[inline]
pub(crate) const fn forms_index(forms: [TokenShape; 4]) -> usize {
    ((forms[0] as usize * FORMS + forms[1] as usize) * FORMS + forms[2] as usize) * FORMS
        + forms[3] as usize
}

/// Pads a sentence and looks up its symbols and forms; returns whether its case says nothing.
pub(crate) fn pad(symbols: &Symbols, units: &[Unit], slots: &mut Vec<Slot>) -> bool {
    slots.clear();
    slots.reserve(units.len() + 2 * PAD);
    slots.extend([OUTSIDE; PAD]);
    let mut cases = CaseCount::default();
    slots.extend(units.iter().map(|&unit| {
        let form = TokenShape::of(unit);
        cases.add(form);
        Slot { symbol: symbols.of(unit), form, ..OUTSIDE }
    }));
    slots.extend([OUTSIDE; PAD]);
    let uncased = cases.is_uninformative();
    if uncased {
        for slot in slots {
            slot.form = slot.form.uncased();
        }
    }
    uncased
}

impl CrfSegmenter {
    /// Units of the fixed-point weights in one unit of log-odds.
    pub const SCALE: f32 = 32.0;

    /// Makes a segmenter with all weights 0 for these symbols, with room for so many words of the
    /// lexicon.
    pub(crate) fn untrained(symbols: Symbols, words: usize) -> Self {
        Self {
            rows: Cow::Owned(vec![0; symbols.len() * ROW]),
            pairs: TableBuilder::with_room_for(words * 2).build(),
            triples: TableBuilder::with_room_for(0).build(),
            lexicon_trie: TableBuilder::with_room_for(0).build(),
            dense: DenseWeights::from_fn(|_| 0),
            symbols,
        }
    }

    /// Marks the words of the lexicon in a padded sentence, unless `forget` says otherwise of one
    /// with such a strength.
    pub(crate) fn mark_lexicon(
        &self,
        slots: &mut [Slot],
        mut forget: impl FnMut(Strength) -> bool,
    ) {
        let (pairs, lexicon_trie) = (self.pairs.view(), self.lexicon_trie.view());
        for at in PAD..(slots.len() - PAD - 1).max(PAD) {
            if !blocked(slots, at) {
                let pair = pairs.find(pair_key(slots[at].symbol, slots[at + 1].symbol));
                let lexicon = pair[PairField::LEXICON] as u8;
                let strength = lexicon & STRENGTH;
                if strength != 0 && !forget(strength) {
                    mark_word(slots, at, 2, strength);
                }
                if lexicon & PREFIX != 0 {
                    mark_longer(lexicon_trie, &mut slots[at..], &mut forget);
                }
            }
        }
    }

    /// Replaces the lexicon by these words with their strengths, 1 (weak) to 7 (given by a user).
    ///
    /// Words of one unit, of more than five, and with units that the model does not know are
    /// left out; returns how many were taken.
    pub fn set_lexicon<'a>(
        &mut self,
        words: impl IntoIterator<Item = (&'a [UnitId], u8)>,
    ) -> usize {
        let mut pairs = self.pairs.to_builder();
        pairs.for_each_record(|record| record[PairField::LEXICON] = 0);
        let taken = self.add_lexicon(&mut pairs, words);
        self.pairs = pairs.build();
        taken
    }

    /// Writes these words into the records of their first two units, and replaces the trie of the
    /// units that follow; returns how many were taken.
    pub(crate) fn add_lexicon<'a>(
        &mut self,
        pairs: &mut TableBuilder<6, 64>,
        words: impl IntoIterator<Item = (&'a [UnitId], u8)>,
    ) -> usize {
        let mut taken = Vec::new();
        for (word, strength) in words {
            let symbols: Vec<Symbol> = word.iter().map(|&u| self.symbols.of_id(u)).collect();
            let known = symbols.iter().all(|&s| Symbols::is_known(s));
            if (2..=MAX_WORD).contains(&symbols.len()) && known {
                taken.push((symbols, strength.clamp(1, 7)));
            }
        }
        // Where a bucket is full, the surer words have the room.
        taken.sort_by_key(|(_, strength)| std::cmp::Reverse(*strength));
        let deep_nodes = taken.iter().map(|(word, _)| word.len() - 2).sum();
        let mut lexicon_trie = TableBuilder::<1, 24>::with_room_for(deep_nodes);
        for (word, strength) in &taken {
            let mut key = pair_key(word[0], word[1]);
            let flag = |last: bool| if last { *strength } else { PREFIX };
            if let Some(record) = pairs.entry(key) {
                add_flag(&mut record[PairField::LEXICON], flag(word.len() == 2));
            }
            for (i, &symbol) in word.iter().enumerate().skip(2) {
                key = deeper(key, symbol);
                if let Some(record) = lexicon_trie.entry(key) {
                    add_flag(&mut record[0], flag(i + 1 == word.len()));
                }
            }
        }
        self.lexicon_trie = lexicon_trie.build();
        taken.len()
    }

    /// Returns the strength that the lexicon gives a word, 0 if it does not have it.
    pub(crate) fn strength_of(&self, word: &[UnitId]) -> Strength {
        let [first, second, rest @ ..] = word else { return 0 };
        let mut key = pair_key(self.symbols.of_id(*first), self.symbols.of_id(*second));
        let mut known = self.pairs.view().find(key)[PairField::LEXICON] as u8;
        for &unit in rest {
            if known & PREFIX == 0 {
                return 0;
            }
            key = deeper(key, self.symbols.of_id(unit));
            known = self.lexicon_trie.view().find(key)[0] as u8;
        }
        known & STRENGTH
    }

    /// Bytes of memory that the tables take.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.rows.len()
            + self.pairs.memory()
            + self.triples.memory()
            + self.lexicon_trie.memory()
            + self.dense.as_bytes().len()
    }
}

/// Adds a strength or the prefix flag to what is known; the greater strength is kept.
fn add_flag(known: &mut u8, flag: u8) {
    let strength = (*known & STRENGTH).max(flag & STRENGTH);
    *known = strength | ((*known | flag) & PREFIX);
}

/// Marks the words of the lexicon that begin with the first pair of `slots` and are longer.
#[inline(never)]
fn mark_longer(
    lexicon_trie: TableView<'_, 1, 24>,
    slots: &mut [Slot],
    mut forget: impl FnMut(Strength) -> bool,
) {
    let [first, second, ..] = slots else { return };
    let mut key = pair_key(first.symbol, second.symbol);
    for length in 3..=MAX_WORD {
        let Some(next) = slots.get(length - 1).filter(|next| !next.stands_alone()) else { return };
        key = deeper(key, next.symbol);
        let lexicon = lexicon_trie.find(key)[0] as u8;
        let strength = lexicon & STRENGTH;
        if strength != 0 && !forget(strength) {
            mark_word(slots, 0, length, strength);
        }
        if lexicon & PREFIX == 0 {
            return;
        }
    }
}

/// Marks a word of `length` units from `at` on.
#[inline]
pub(crate) fn mark_word(slots: &mut [Slot], at: usize, length: usize, strength: Strength) {
    LexiconFeatures::mark(&mut slots[at..at + length], strength, |slot| &mut slot.cover);
}

/// Fewest words of a sentence that is taken for Vietnamese without its marks.
const FEWEST_UNMARKED: usize = 6;

/// Returns true for a sentence without marks: Vietnamese that lost them, or another language. What
/// its units spell is another word, or none.
fn are_unmarked(units: &[Unit]) -> bool {
    let (mut words, mut marked) = (0, 0);
    for unit in units {
        words += usize::from(matches!(unit.kind, TokenKind::Syllable | TokenKind::Foreign));
        marked += usize::from(unit.id.syllable().is_some_and(Syllable::has_marks));
        // Nearly all sentences leave at their first words.
        if marked * 20 > units.len() {
            return false;
        }
    }
    words >= FEWEST_UNMARKED
}

/// Returns true for two syllables that make a word by chance where marks are lost; names are still
/// seen by their capitals.
fn is_chance(pair: &[Unit]) -> bool {
    pair.iter().all(|unit| unit.kind == TokenKind::Syllable && unit.shape == Shape::Lower)
}

/// True if the gap after `at` can never be joined.
#[inline]
pub(crate) fn blocked(slots: &[Slot], at: usize) -> bool {
    slots[at].form.stands_alone() || slots[at + 1].form.stands_alone()
}

impl WordSegmenter for CrfSegmenter {
    fn join(&self, units: &[Unit], joins: &mut Vec<bool>) {
        joins.clear();
        joins.resize(units.len(), false);
        self.with_scores(units, |slots, is_last_joined| {
            let Some((_, joins)) = joins.split_first_mut() else { return };
            let gaps = &slots[PAD..][..joins.len()];
            let mut joined = is_last_joined;
            for (join, slot) in joins.iter_mut().zip(gaps).rev() {
                *join = joined;
                joined = slot.from_join >> u8::from(joined) & 1 == 1;
            }
        });
        if are_unmarked(units) {
            for (join, pair) in joins.iter_mut().skip(1).zip(units.windows(2)) {
                *join &= !is_chance(pair);
            }
        }
    }

    /// Fills `margins` with log-odds in units of 1/[`SCALE`](CrfSegmenter::SCALE): how much
    /// better the best segmentation that joins a unit to the one before is than the best that
    /// does not. It is [`i32::MIN`] for the first unit and for those that cannot be joined.
    fn margins(&self, units: &[Unit], margins: &mut Vec<i32>) -> bool {
        margins.clear();
        margins.resize(units.len(), i32::MIN);
        self.with_scores(units, |slots, _| {
            let end = (units.len() + 1).max(PAD);
            // By how much joining each gap improves what follows.
            let mut ahead = vec![0; end];
            let (mut gain, mut chain) = (BLOCKED, 0);
            for at in (PAD..end).rev() {
                ahead[at] = (gain + chain).max(0) - gain.max(0);
                (gain, chain) = (slots[at].emission + ahead[at], slots[at].transition);
            }
            let mut advantage = BLOCKED;
            for at in PAD..end {
                advantage = advance(&mut slots[at], advantage);
                if advantage > BLOCKED / 2 {
                    margins[at + 1 - PAD] = advantage + ahead[at];
                }
            }
        });
        true
    }
}

#[cfg(test)]
mod tests;
