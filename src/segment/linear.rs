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
pub(crate) mod cover;
pub(crate) mod form;
pub(crate) mod symbol;
pub(crate) mod table;

use cover::{Cover, EDGES, MAX_WORD, Strength};
use form::{CaseCount, FORMS, Form};
use symbol::{EDGE, Symbol, Symbols};
use table::Table;

use super::word::{Unit, WordSegmenter};
use crate::text::key::UnitId;

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
    pub(crate) const RIGHT_COVER: usize = 50;
}

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

/// Lexicon flag: longer words begin with these units.
pub(crate) const PREFIX: i8 = 8;

pub(crate) type PairTable = Table<6, 8>;
pub(crate) type ContextTable = Table<2, 16>;
pub(crate) type DeepTable = Table<1, 16>;

/// A trained segmenter.
///
/// It is made by training, see [`SegmenterTrainer`](crate::train::segmenter::SegmenterTrainer),
/// and travels as bytes.
///
/// # Examples
///
/// ```
/// use tomtat::segment::linear::LinearSegmenter;
///
/// assert!(LinearSegmenter::from_bytes(b"no model").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinearSegmenter {
    pub(crate) symbols: Symbols,
    /// One row for each symbol.
    pub(crate) rows: Vec<[i8; ROW]>,
    /// Adjacent units.
    pub(crate) pairs: PairTable,
    /// Units with one between them: weights for the first and the second gap.
    pub(crate) skips: ContextTable,
    /// Three units: weights for the first and the second gap.
    pub(crate) triples: ContextTable,
    /// Lexicon beyond the second unit, keyed by prefix and unit.
    pub(crate) deep: DeepTable,
    /// By the forms of the four units around the gap.
    pub(crate) forms: Vec<i16>,
    /// By cover, end of a word on the left, start of a word on the right.
    pub(crate) cover_inner: Vec<i16>,
    /// By cover and start of a word at the left unit.
    pub(crate) cover_start: Vec<i16>,
    /// By cover and end of a word at the right unit.
    pub(crate) cover_end: Vec<i16>,
    /// By cover and the forms of the two units beside the gap.
    pub(crate) cover_forms: Vec<i16>,
    /// Added if the gap before was joined.
    pub(crate) joined: i16,
}

/// What is known of one position of a padded sentence; `join` and `chain` belong to the gap
/// after it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub(crate) symbol: Symbol,
    pub(crate) form: Form,
    pub(crate) cover: Cover,
    join: i32,
    chain: i32,
}

const OUTSIDE: Slot =
    Slot { symbol: EDGE, form: Form::Edge, cover: Cover::NONE, join: 0, chain: 0 };

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
pub(crate) const fn forms_index(forms: [Form; 4]) -> usize {
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
        let form = Form::of(unit);
        cases.add(form);
        Slot { symbol: symbols.of(unit), form, ..OUTSIDE }
    }));
    slots.extend([OUTSIDE; PAD]);
    let uncased = cases.is_uninformative();
    if uncased {
        slots.iter_mut().for_each(|slot| slot.form = slot.form.uncased());
    }
    uncased
}

impl LinearSegmenter {
    /// Units of the fixed-point weights in one unit of log-odds.
    pub const SCALE: f32 = 32.0;

    /// Makes a segmenter with all weights 0 for these symbols.
    pub(crate) fn untrained(symbols: Symbols) -> Self {
        Self {
            rows: vec![[0; ROW]; symbols.len()],
            pairs: Table::with_room_for(1 << 17),
            skips: Table::with_room_for(0),
            triples: Table::with_room_for(0),
            deep: Table::with_room_for(0),
            forms: vec![0; codec::FORMS_LEN],
            cover_inner: vec![0; codec::INNER_LEN],
            cover_start: vec![0; codec::OUTER_LEN],
            cover_end: vec![0; codec::OUTER_LEN],
            cover_forms: vec![0; codec::COVER_FORMS_LEN],
            joined: 0,
            symbols,
        }
    }

    /// Marks the words of the lexicon in a padded sentence.
    pub(crate) fn mark_lexicon(&self, slots: &mut [Slot]) {
        for at in PAD - 1..slots.len() - PAD {
            let pair = self.pairs.find(pair_key(slots[at].symbol, slots[at + 1].symbol));
            if pair[PairField::LEXICON] != 0 {
                self.mark_words(slots, at, pair[PairField::LEXICON]);
            }
        }
    }

    /// Returns how strongly each unit is joined to the one before it.
    ///
    /// The numbers are log-odds in units of 1/[`SCALE`](Self::SCALE): positive is joined, given
    /// that the rest of the sentence is segmented as well as possible either way. The first is
    /// always [`i32::MIN`], as is that of every unit that cannot be joined.
    pub fn margins(&self, units: &[Unit], margins: &mut Vec<i32>) {
        margins.clear();
        margins.resize(units.len(), i32::MIN);
        let slots = self.scored(units);
        // Best scores of the gaps so far, and from each gap on, by the last and first decision.
        let mut ahead = vec![[0i64; 2]; slots.len()];
        for at in (PAD..units.len() + 1).rev() {
            let [split_next, join_next] = ahead[at + 1];
            let next = &slots[at + 1];
            let real = at + 1 < units.len() + 1 && !blocked(&slots, at + 1);
            for (last, best) in ahead[at].iter_mut().enumerate() {
                let join = i64::from(next.join) + i64::from(next.chain) * last as i64 + join_next;
                *best = if real { split_next.max(join) } else { split_next };
            }
        }
        let [mut split, mut join] = [0, i64::from(i32::MIN)];
        for at in PAD..units.len() + 1 {
            let slot = &slots[at];
            let from_join = join + i64::from(slot.join + slot.chain);
            let joined = (split + i64::from(slot.join)).max(from_join);
            let stays = split.max(join);
            (split, join) = (stays, joined);
            if blocked(&slots, at) {
                join = i64::from(i32::MIN);
            } else {
                let margin = (join + ahead[at][1]) - (split + ahead[at][0]);
                margins[at - PAD + 1] = i32::try_from(margin).unwrap_or(i32::MIN);
            }
        }
    }

    /// Looks everything up and adds up the scores of each gap.
    fn scored(&self, units: &[Unit]) -> Vec<Slot> {
        let mut slots = Vec::new();
        let uncased = pad(&self.symbols, units, &mut slots);
        let end = units.len() + PAD;
        let inside = if uncased { 1 } else { 0 };
        for at in PAD - 1..end {
            let (a, b) = (slots[at].symbol, slots[at + 1].symbol);
            let pair = self.pairs.find(pair_key(a, b));
            let lexicon = pair[PairField::LEXICON];
            slots[at].join +=
                i32::from(pair[PairField::INSIDE]) + i32::from(pair[PairField::UNCASED]) * inside;
            slots[at].chain += i32::from(pair[PairField::JOINED]);
            slots[at + 1].join += i32::from(pair[PairField::LEFT]);
            slots[at - 1].join += i32::from(pair[PairField::RIGHT]);
            if lexicon != 0 {
                self.mark_words(&mut slots, at, lexicon);
            }
            if at + 2 < slots.len() {
                let c = slots[at + 2].symbol;
                let skip = self.skips.find(pair_key(a, c));
                let triple = self.triples.find(triple_key(a, b, c));
                slots[at].join += i32::from(skip[0]) + i32::from(triple[0]);
                slots[at + 1].join += i32::from(skip[1]) + i32::from(triple[1]);
            }
        }
        for at in PAD..(end - 1).max(PAD) {
            let [before, left, right, after] =
                [slots[at - 1], slots[at], slots[at + 1], slots[at + 2]];
            let (join, chain) = self.score_units(before, left, right, after);
            slots[at].join += join;
            slots[at].chain += chain;
        }
        slots
    }

    /// Scores of single units, forms and lexicon for the gap between `left` and `right`.
    #[inline]
    fn score_units(&self, before: Slot, left: Slot, right: Slot, after: Slot) -> (i32, i32) {
        let [row_before, row_left, row_right, row_after] =
            [before, left, right, after].map(|s| &self.rows[s.symbol as usize]);
        let mut join = i32::from(row_before[RowField::BEFORE])
            + i32::from(row_after[RowField::AFTER])
            + i32::from(row_left[RowField::LEFT_CASE + left.form.case_pair(right.form)])
            + i32::from(row_right[RowField::RIGHT_CASE + right.form.case_pair(left.form)]);
        let chain = i32::from(self.joined)
            + i32::from(row_left[RowField::LEFT_JOINED])
            + i32::from(row_right[RowField::RIGHT_JOINED]);
        let forms = [before.form, left.form, right.form, after.form];
        join += i32::from(self.forms[forms_index(forms)]);
        let coarse = left.cover.coarse_code();
        if coarse > 0 {
            join += i32::from(row_left[RowField::LEFT_COVER + coarse - 1])
                + i32::from(row_right[RowField::RIGHT_COVER + coarse - 1]);
        }
        let cover = left.cover.gap_code();
        join += i32::from(
            self.cover_inner
                [(cover * EDGES + left.cover.end_code()) * EDGES + right.cover.start_code()],
        ) + i32::from(self.cover_start[cover * EDGES + left.cover.start_code()])
            + i32::from(self.cover_end[cover * EDGES + right.cover.end_code()])
            + i32::from(
                self.cover_forms
                    [(cover * FORMS + left.form as usize) * FORMS + right.form as usize],
            );
        (join, chain)
    }

    /// Marks all words of the lexicon that begin with the pair at `at`.
    #[inline]
    fn mark_words(&self, slots: &mut [Slot], at: usize, mut lexicon: i8) {
        let mut key = pair_key(slots[at].symbol, slots[at + 1].symbol);
        let mut length = 2;
        loop {
            if lexicon & 7 != 0 {
                mark_word(slots, at, length, (lexicon & 7) as Strength);
            }
            if lexicon & PREFIX == 0 || length == MAX_WORD || at + length >= slots.len() {
                return;
            }
            key = deeper(key, slots[at + length].symbol);
            lexicon = self.deep.find(key)[0];
            length += 1;
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
        self.pairs.for_each_record(|record| record[PairField::LEXICON] = 0);
        let mut taken = Vec::new();
        for (word, strength) in words {
            let symbols: Vec<Symbol> = word.iter().map(|&u| self.symbols.of_id(u)).collect();
            let known = symbols.iter().all(|&s| Symbols::is_known(s));
            if (2..=MAX_WORD).contains(&symbols.len()) && known {
                taken.push((symbols, strength.clamp(1, 7) as i8));
            }
        }
        let deep_nodes = taken.iter().map(|(word, _)| word.len() - 2).sum();
        self.deep = DeepTable::with_room_for(deep_nodes);
        for (word, strength) in &taken {
            let mut key = pair_key(word[0], word[1]);
            let flag = |last: bool| if last { *strength } else { PREFIX };
            if let Some(record) = self.pairs.entry(key) {
                add_flag(&mut record[PairField::LEXICON], flag(word.len() == 2));
            }
            for (i, &symbol) in word.iter().enumerate().skip(2) {
                key = deeper(key, symbol);
                if let Some(record) = self.deep.entry(key) {
                    add_flag(&mut record[0], flag(i + 1 == word.len()));
                }
            }
        }
        taken.len()
    }

    /// Bytes of memory that the tables take.
    #[must_use]
    pub fn memory(&self) -> usize {
        let small = [&self.forms, &self.cover_inner, &self.cover_forms];
        self.rows.len() * ROW
            + self.pairs.memory()
            + self.skips.memory()
            + self.triples.memory()
            + self.deep.memory()
            + small.iter().map(|t| t.len() * 2).sum::<usize>()
    }
}

/// Adds a strength or the prefix flag to what is known; the greater strength is kept.
fn add_flag(known: &mut i8, flag: i8) {
    let strength = (*known & 7).max(flag & 7);
    *known = strength | ((*known | flag) & PREFIX);
}

/// Marks a word of `length` units from `at` on.
#[inline]
pub(crate) fn mark_word(slots: &mut [Slot], at: usize, length: usize, strength: Strength) {
    Cover::mark(&mut slots[at..at + length], strength, |slot| &mut slot.cover);
}

/// True if the gap after `at` can never be joined.
#[inline]
pub(crate) fn blocked(slots: &[Slot], at: usize) -> bool {
    slots[at].form.stands_alone() || slots[at + 1].form.stands_alone()
}

impl WordSegmenter for LinearSegmenter {
    fn join(&self, units: &[Unit], joins: &mut Vec<bool>) {
        joins.clear();
        joins.resize(units.len(), false);
        let slots = self.scored(units);
        // Best score so far if the last gap is split or joined; `from_join` remembers, for each
        // gap and state, whether the gap before is joined on the best way there.
        let (mut split, mut join) = (0i64, i64::from(i32::MIN));
        let mut from_join = vec![[false; 2]; units.len()];
        for at in PAD..(units.len() + 1).max(PAD) {
            let slot = &slots[at];
            let chained = join + i64::from(slot.join + slot.chain);
            let fresh = split + i64::from(slot.join);
            from_join[at - PAD] = [join > split, chained > fresh];
            let joined = chained.max(fresh);
            split = split.max(join);
            join = if blocked(&slots, at) { i64::from(i32::MIN) } else { joined };
        }
        let mut state = join > split;
        for gap in (1..units.len()).rev() {
            joins[gap] = state;
            state = from_join[gap - 1][usize::from(state)];
        }
    }
}
