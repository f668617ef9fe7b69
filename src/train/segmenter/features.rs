//! The weights during training, and the selection of those that score a gap.

use super::Join;
use crate::words::crf::lexicon_features::{COVERS, EDGES, LexiconFeatures};
use crate::words::crf::symbol::Symbol;
use crate::words::crf::token_shape::{FORMS, TokenShape};
use crate::words::crf::{ROW, RowField, forms_index};

/// A weight of the unit before the gap whatever its case; part of every case in the end.
pub(super) const LEFT_ANY: usize = ROW;
/// Likewise for the unit after the gap.
pub(super) const RIGHT_ANY: usize = ROW + 1;

/// Features of one position of a padded sentence; `join`, `blocked` and the features of the cover
/// are those of the gap after it, the n-grams begin at it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position {
    pub(super) symbol: Symbol,
    pub(super) form: TokenShape,
    pub(super) cover: LexiconFeatures,
    pub(super) join: Join,
    pub(super) blocked: bool,
    pub(super) pair: u32,
    pub(super) triple: u32,
}

/// All weights, in log-odds.
///
/// Beside the tables of the finished model there are coarser ones (any case, three or two shapes,
/// cover alone), which are added into the finer ones at the end.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    pub(super) rows: Vec<[f32; ROW + 2]>,
    pub(super) pairs: Vec<[f32; 5]>,
    pub(super) triples: Vec<[f32; 2]>,
    pub(super) forms: Vec<f32>,
    pub(super) forms_left: Vec<f32>,
    pub(super) forms_right: Vec<f32>,
    pub(super) forms_two: Vec<f32>,
    pub(super) cover: Vec<f32>,
    pub(super) cover_inner: Vec<f32>,
    pub(super) cover_start: Vec<f32>,
    pub(super) cover_end: Vec<f32>,
    pub(super) cover_forms: Vec<f32>,
    pub(super) joined: f32,
}

impl Weights {
    pub(super) fn new(symbols: usize, [pairs, triples]: [usize; 2]) -> Self {
        Self {
            rows: vec![[0.0; ROW + 2]; symbols],
            pairs: vec![[0.0; 5]; pairs],
            triples: vec![[0.0; 2]; triples],
            forms: vec![0.0; FORMS.pow(4)],
            forms_left: vec![0.0; FORMS.pow(3)],
            forms_right: vec![0.0; FORMS.pow(3)],
            forms_two: vec![0.0; FORMS.pow(2)],
            cover: vec![0.0; COVERS],
            cover_inner: vec![0.0; COVERS * EDGES * EDGES],
            cover_start: vec![0.0; COVERS * EDGES],
            cover_end: vec![0.0; COVERS * EDGES],
            cover_forms: vec![0.0; COVERS * FORMS * FORMS],
            joined: 0.0,
        }
    }

    /// Calls `join` with each weight of the gap after `at`, and `chain` with each weight that
    /// counts only if the gap before is joined.
    #[inline]
    pub(super) fn visit(
        &mut self,
        positions: &[Position],
        at: usize,
        uncased: bool,
        mut join: impl FnMut(&mut f32),
        mut chain: impl FnMut(&mut f32),
    ) {
        let [before, left, right, after] = [at - 1, at, at + 1, at + 2].map(|i| &positions[i]);
        let forms =
            [before, left, right, after].map(|p| if uncased { p.form.uncased() } else { p.form });

        join(&mut self.rows[before.symbol as usize][RowField::BEFORE]);
        join(&mut self.rows[after.symbol as usize][RowField::AFTER]);
        let coarse = left.cover.coarse_code();
        let row = &mut self.rows[left.symbol as usize];
        join(&mut row[LEFT_ANY]);
        join(&mut row[RowField::LEFT_CASE + forms[1].case_pair(forms[2])]);
        chain(&mut row[RowField::LEFT_JOINED]);
        if coarse > 0 {
            join(&mut row[RowField::LEFT_COVER + coarse - 1]);
        }
        let row = &mut self.rows[right.symbol as usize];
        join(&mut row[RIGHT_ANY]);
        join(&mut row[RowField::RIGHT_CASE + forms[2].case_pair(forms[1])]);
        chain(&mut row[RowField::RIGHT_JOINED]);
        if coarse > 0 {
            join(&mut row[RowField::RIGHT_COVER + coarse - 1]);
        }

        // Number 0 stands for n-grams without weights.
        if left.pair > 0 {
            let pair = &mut self.pairs[left.pair as usize];
            join(&mut pair[0]);
            chain(&mut pair[3]);
            if uncased {
                join(&mut pair[4]);
            }
        }
        if before.pair > 0 {
            join(&mut self.pairs[before.pair as usize][1]);
        }
        if right.pair > 0 {
            join(&mut self.pairs[right.pair as usize][2]);
        }
        if left.triple > 0 {
            join(&mut self.triples[left.triple as usize][0]);
        }
        if before.triple > 0 {
            join(&mut self.triples[before.triple as usize][1]);
        }

        let four = forms_index(forms);
        join(&mut self.forms[four]);
        join(&mut self.forms_left[four / FORMS]);
        join(&mut self.forms_right[four % FORMS.pow(3)]);
        join(&mut self.forms_two[four / FORMS % FORMS.pow(2)]);

        let cover = left.cover.gap_code();
        let (ends, starts) = (left.cover.end_code(), right.cover.start_code());
        join(&mut self.cover[cover]);
        join(&mut self.cover_inner[(cover * EDGES + ends) * EDGES + starts]);
        join(&mut self.cover_start[cover * EDGES + left.cover.start_code()]);
        join(&mut self.cover_end[cover * EDGES + right.cover.end_code()]);
        let two = forms[1] as usize * FORMS + forms[2] as usize;
        join(&mut self.cover_forms[cover * FORMS * FORMS + two]);
        chain(&mut self.joined);
    }
}
