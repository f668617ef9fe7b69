//! Scores of the gaps of a sentence, and the best way through them.
//!
//! Most of the time would go into waiting for memory: the tables are larger than the cache next to
//! a processor, and every gap needs a line of three of them. So all lines of a sentence are asked
//! for before the first is read.

use std::cell::RefCell;
use std::hint::select_unpredictable;

use prefetch_index::prefetch_index;

use super::dense::DenseView;
use super::lexicon_features::LexiconFeatures;
use super::symbol::EDGE;
use super::token_shape::{FORMS, TokenShape};
use super::{
    CrfSegmenter, EDGES, PAD, PREFIX, PairField, ROW, RowField, STRENGTH, Slot, forms_index,
    mark_longer, pad, pair_key, triple_key,
};
use crate::words::Unit;

/// Units for which memory stays ready between sentences.
const MOST_KEPT: usize = 4096;

/// Score of a gap that can never be joined; far below any sum of weights, far above overflow.
pub(super) const BLOCKED: i32 = i32::MIN / 4;

impl CrfSegmenter {
    /// Looks everything up, adds up the scores of each gap, and hands them to `decide` with whether
    /// the best way joins the last gap.
    pub(super) fn with_scores<R>(
        &self,
        units: &[Unit],
        decide: impl FnOnce(&mut [Slot], bool) -> R,
    ) -> R {
        thread_local! {
            static SLOTS: RefCell<Vec<Slot>> = const { RefCell::new(Vec::new()) };
        }
        SLOTS.with_borrow_mut(|slots| {
            let uncased = pad(&self.symbols, units, slots);
            self.seek(slots);
            self.score_ngrams(slots, uncased);
            let is_last_joined = self.score_units(slots);
            let decided = decide(slots, is_last_joined);
            // What one long sentence needed is not kept for ever.
            slots.clear();
            slots.shrink_to(MOST_KEPT);
            decided
        })
    }

    /// Asks for the lines of memory that a sentence needs, and notes where they are.
    ///
    /// Where marks stand is hard to foresee, so nothing branches on it.
    fn seek(&self, slots: &mut [Slot]) {
        let (pairs, triples, rows) = (self.pairs.view(), self.triples.view(), self.rows());
        let (mut a, mut b) = (EDGE, EDGE);
        // Whether the unit before is part of words, and whether the gap before it may be joined.
        let (mut was_open, mut was_pair) = (false, false);
        let end = slots.len() - PAD;
        for slot in &mut slots[PAD..end] {
            let c = slot.symbol;
            prefetch_index(rows, c as usize);
            let is_open = !slot.stands_alone();
            let is_pair = was_open & is_open;
            slot.pair = pairs.seek(pair_key(b, c)).only_if(is_pair);
            slot.triple = triples.seek(triple_key(a, b, c)).only_if(is_pair & was_pair);
            (a, b) = (b, c);
            (was_open, was_pair) = (is_open, is_pair);
        }
    }

    /// Adds the scores of pairs and triples of units, and marks the words of the lexicon.
    fn score_ngrams(&self, slots: &mut [Slot], uncased: bool) {
        let (pairs, triples, lexicon_trie) =
            (self.pairs.view(), self.triples.view(), self.lexicon_trie.view());
        let uncased = -i32::from(uncased);
        // Scores of the two gaps before the unit, as far as they are known.
        let (mut outer, mut inner) = (0, 0);
        let Some((_, mut rest)) = slots.split_last_mut() else { return };
        while let [before, left, slot, ..] = &mut *rest {
            let (pair, triple) = (pairs.read(slot.pair), triples.read(slot.triple));
            let lexicon = pair[PairField::LEXICON] as u8;
            LexiconFeatures::mark_pair(&mut left.cover, &mut slot.cover, lexicon & STRENGTH);
            // Field by field: a map of the arrays is not inlined everywhere.
            let weight = |field: usize| i32::from(pair[field]);
            before.emission = outer + weight(PairField::RIGHT) + i32::from(triple[0]);
            left.transition = weight(PairField::JOINED);
            outer = inner
                + weight(PairField::INSIDE)
                + (weight(PairField::UNCASED) & uncased)
                + i32::from(triple[1]);
            inner = weight(PairField::LEFT);
            let Some((_, tail)) = std::mem::take(&mut rest).split_first_mut() else { break };
            rest = tail;
            if lexicon & PREFIX != 0 {
                mark_longer(lexicon_trie, rest, |_| false);
            }
        }
    }

    /// Adds the scores of single units, forms and lexicon, and takes the best decisions on the way;
    /// returns true if the last gap is joined.
    fn score_units(&self, slots: &mut [Slot]) -> bool {
        let (rows, dense) = (self.rows(), self.dense.view());
        let row = |slot: &Slot| &rows[slot.symbol as usize];
        let [_, first, second, third, .., _] = slots else { return false };
        let mut advantage = BLOCKED;
        let mut window = [row(first), row(first), row(second), row(third)];
        let mut forms = forms_index([first.form, first.form, second.form, third.form]);
        let end = slots.len() - 1;
        let mut rest = &mut slots[PAD..end];
        while let [left, right, after, ..] = &mut *rest {
            window = [window[1], window[2], window[3], row(after)];
            forms = forms * FORMS % FORMS.pow(4) + after.form as usize;
            score_gap(window, dense, forms, left, right);
            advantage = advance(left, advantage);
            let Some((_, tail)) = std::mem::take(&mut rest).split_first_mut() else { break };
            rest = tail;
        }
        advantage > 0
    }

    #[inline]
    fn rows(&self) -> &[[u8; ROW]] {
        self.rows.as_chunks().0
    }
}

/// Adds the scores of single units, forms and lexicon for the gap between `left` and `right`.
#[inline]
fn score_gap(
    rows: [&[u8; ROW]; 4],
    dense: DenseView<'_>,
    forms: usize,
    left: &mut Slot,
    right: &Slot,
) {
    // All fields are below the length of a row, a power of two.
    let weight = |row: usize, field: usize| i32::from(rows[row][field % ROW] as i8);
    let two = forms / FORMS % FORMS.pow(2);
    let [left_case, right_case] = CASE_FIELDS[two];
    let mut join = left.emission
        + dense.forms(forms)
        + weight(0, RowField::BEFORE)
        + weight(3, RowField::AFTER)
        + weight(1, usize::from(left_case))
        + weight(2, usize::from(right_case));
    // Without a word these are the fields before, which are left out.
    let coarse = left.cover.coarse_code();
    let covered = weight(1, RowField::LEFT_COVER + coarse - 1)
        + weight(2, RowField::RIGHT_COVER + coarse - 1);
    join += select_unpredictable(coarse > 0, covered, 0);
    let cover = left.cover.gap_code();
    let (ends, starts) = (left.cover.end_code(), right.cover.start_code());
    join += dense.cover_inner((cover * EDGES + ends) * EDGES + starts)
        + dense.cover_start(cover * EDGES + left.cover.start_code())
        + dense.cover_end(cover * EDGES + right.cover.end_code())
        + dense.cover_forms(cover * FORMS * FORMS + two);
    // No pair was sought over a gap that can never be joined.
    left.emission = select_unpredictable(right.pair.is_free(), BLOCKED, join);
    left.transition +=
        dense.joined() + weight(1, RowField::LEFT_JOINED) + weight(2, RowField::RIGHT_JOINED);
}

/// The fields of the case of the units beside a gap, by their forms.
const CASE_FIELDS: [[u8; 2]; FORMS * FORMS] = {
    let mut fields = [[0; 2]; FORMS * FORMS];
    let mut i = 0;
    while i < TokenShape::ALL.len() * TokenShape::ALL.len() {
        let (left, right) = (
            TokenShape::ALL[i / TokenShape::ALL.len()],
            TokenShape::ALL[i % TokenShape::ALL.len()],
        );
        fields[left as usize * FORMS + right as usize] = [
            (RowField::LEFT_CASE + left.case_pair(right)) as u8,
            (RowField::RIGHT_CASE + right.case_pair(left)) as u8,
        ];
        i += 1;
    }
    fields
};

/// Returns the advantage of joining the gap after `slot` over splitting it, given the best decisions
/// before it and the advantage of the gap before; notes how the best decisions were reached.
///
/// With `d` the advantage at a gap, `b` the score of the next and `c` its score if this one is
/// joined too, the next advantage is `b + max(0, d + c) - max(0, d)`.
#[inline]
pub(super) fn advance(slot: &mut Slot, advantage: i32) -> i32 {
    let chained = advantage + slot.transition;
    slot.from_join = u8::from(advantage > 0) | u8::from(chained > 0) << 1;
    slot.emission + chained.max(0) - advantage.max(0)
}
