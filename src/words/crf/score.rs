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
    /// Looks everything up, adds up the scores of each gap and hands them to `decide`.
    pub(super) fn with_scores<R>(
        &self,
        units: &[Unit],
        decide: impl FnOnce(&mut [Slot]) -> R,
    ) -> R {
        thread_local! {
            static SLOTS: RefCell<Vec<Slot>> = const { RefCell::new(Vec::new()) };
        }
        SLOTS.with_borrow_mut(|slots| {
            let uncased = pad(&self.symbols, units, slots);
            self.seek(slots);
            self.score_ngrams(slots, uncased);
            self.score_units(slots);
            let decided = decide(slots);
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
        let mut window = [EDGE; 3];
        let mut open = [false; 3];
        let end = slots.len() - PAD;
        for slot in &mut slots[PAD..end] {
            prefetch_index(rows, slot.symbol as usize);
            window = [window[1], window[2], slot.symbol];
            open = [open[1], open[2], !slot.stands_alone()];
            let [a, b, c] = window;
            let is_pair = open[1] & open[2];
            slot.pair = pairs.seek(pair_key(b, c)).only_if(is_pair);
            slot.triple = triples.seek(triple_key(a, b, c)).only_if(is_pair & open[0]);
        }
    }

    /// Adds the scores of pairs and triples of units, and marks the words of the lexicon.
    fn score_ngrams(&self, slots: &mut [Slot], uncased: bool) {
        let (pairs, triples, lexicon_trie) =
            (self.pairs.view(), self.triples.view(), self.lexicon_trie.view());
        let uncased = -i32::from(uncased);
        // Scores of the two gaps before the unit, as far as they are known.
        let (mut outer, mut inner) = (0, 0);
        for at in PAD..=slots.len() - PAD {
            let Some([before, left, slot]) = slots[at - 2..].first_chunk_mut() else { break };
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
            if lexicon & PREFIX != 0 {
                mark_longer(lexicon_trie, slots, at - 1, |_| false);
            }
        }
    }

    /// Adds the scores of single units, forms and lexicon.
    fn score_units(&self, slots: &mut [Slot]) {
        let (rows, dense) = (self.rows(), self.dense.view());
        let row = |slot: &Slot| &rows[slot.symbol as usize];
        let Some([_, first, second, third]) = slots.first_chunk::<4>() else { return };
        let mut window = [row(first), row(first), row(second), row(third)];
        let mut forms = forms_index([first.form, first.form, second.form, third.form]);
        for at in PAD..slots.len() - PAD - 1 {
            let Some([_, left, right, after]) = slots[at - 1..].first_chunk_mut() else { return };
            window = [window[1], window[2], window[3], row(after)];
            forms = forms * FORMS % FORMS.pow(4) + after.form as usize;
            score_gap(window, dense, forms, left, right);
        }
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
    let closed = left.stands_alone() | right.stands_alone();
    left.emission = select_unpredictable(closed, BLOCKED, join);
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

/// Goes through the gaps and hands the advantage of joining each over splitting it, given the
/// best decisions before it, to `visit`; notes how the best decisions were reached.
///
/// With `d` the advantage at a gap, `b` the score of the next and `c` its score if this one is
/// joined too, the next advantage is `b + max(0, d + c) - max(0, d)`.
#[inline]
pub(super) fn advance(slots: &mut [Slot], mut visit: impl FnMut(usize, i32)) -> bool {
    let mut advantage = BLOCKED;
    for at in PAD..slots.len().saturating_sub(PAD + 1).max(PAD) {
        let Some(slot) = slots.get_mut(at) else { break };
        let chained = advantage + slot.transition;
        slot.from_join = u8::from(advantage > 0) | u8::from(chained > 0) << 1;
        advantage = slot.emission + chained.max(0) - advantage.max(0);
        visit(at, advantage);
    }
    advantage > 0
}
