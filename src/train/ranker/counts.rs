//! Counts of what abstracts repeat from their articles.

use std::collections::BTreeSet;

use crate::rank::trained::article_ngrams::{ArticleNgrams, pair_of, unit_of};
use crate::rank::trained::tables::{
    CELLS, FeatureBins, LearnedTables, OPENING_SLOTS, PAIR_SLOTS, UNIT_SLOTS, WEIGHT_SCALE,
    opening_slot, pair_slot, share, unit_slot,
};
use crate::text::key::UnitId;
use crate::token::Token;
use crate::token::sentence_starters::SentenceStarters;
use crate::token::tokenizer::tokenize;

/// Returns the units of a text in order.
pub(crate) fn units_of(text: &str, starters: &SentenceStarters) -> Vec<UnitId> {
    let mut tokens = Vec::new();
    tokenize(text, 0..text.len(), starters, &mut tokens);
    tokens.iter().filter(|t| t.kind().is_term()).map(Token::unit).collect()
}

/// Articles that hold a unit or pair, and those whose abstract holds it, too.
#[derive(Clone, Copy, Debug, Default)]
struct Taken {
    all: u32,
    taken: u32,
}

impl Taken {
    fn add(&mut self, taken: bool) {
        self.all += 1;
        self.taken += u32::from(taken);
    }

    fn share(self, prior: f64, strength: f64) -> f64 {
        (f64::from(self.taken) + prior * strength) / (f64::from(self.all) + strength)
    }
}

/// Counts that the weights are estimated from.
#[derive(Debug)]
pub(crate) struct WeightCounts {
    articles: u32,
    units: Vec<Taken>,
    pairs: Vec<Taken>,
    /// Occurrences of pairs in articles and in abstracts.
    styles: Vec<[u32; 2]>,
    /// Sums of rewards of sentences, less the mean of their article, and numbers of sentences.
    openings: Vec<(f64, u32)>,
    pair_openings: Vec<(f64, u32)>,
}

impl Default for WeightCounts {
    fn default() -> Self {
        Self {
            articles: 0,
            units: vec![Taken::default(); UNIT_SLOTS],
            pairs: vec![Taken::default(); PAIR_SLOTS],
            styles: vec![[0; 2]; PAIR_SLOTS],
            openings: vec![(0.0, 0); UNIT_SLOTS],
            pair_openings: vec![(0.0, 0); OPENING_SLOTS],
        }
    }
}

fn pairs_of(units: &[UnitId]) -> BTreeSet<(UnitId, UnitId)> {
    units.windows(2).map(|w| (w[0], w[1])).collect()
}

/// A weight in a byte.
fn byte(weight: f64) -> i8 {
    (weight * f64::from(WEIGHT_SCALE)).round().clamp(-127.0, 127.0) as i8
}

fn log_odds(share: f64) -> f64 {
    libm::log(share / (1.0 - share))
}

impl WeightCounts {
    /// Counts one article; `rewards` are those of its sentences.
    pub(crate) fn add(&mut self, ngrams: &ArticleNgrams, summary: &[UnitId], rewards: &[f32]) {
        self.articles += 1;
        let units: BTreeSet<UnitId> = summary.iter().copied().collect();
        for unit in ngrams.units.list().iter().map(|known| unit_of(known.key)) {
            self.units[unit_slot(unit)].add(units.contains(&unit));
        }
        let pairs = pairs_of(summary);
        for known in ngrams.pairs.list() {
            let pair = pair_of(known.key);
            let slot = pair_slot(pair.0, pair.1);
            self.pairs[slot].add(pairs.contains(&pair));
            self.styles[slot][0] += known.flags.sentences();
        }
        for pair in summary.windows(2) {
            self.styles[pair_slot(pair[0], pair[1])][1] += 1;
        }
        let mean = rewards.iter().fold(0.0, |a, b| a + b) / rewards.len().max(1) as f32;
        for (i, reward) in rewards.iter().enumerate() {
            let gain = f64::from(reward - mean);
            let add = |slot: &mut (f64, u32)| *slot = (slot.0 + gain, slot.1 + 1);
            let opening: Vec<UnitId> =
                ngrams.units_of(i).iter().take(2).map(|&u| ngrams.unit(u)).collect();
            if let [first, rest @ ..] = opening.as_slice() {
                add(&mut self.openings[unit_slot(*first)]);
                if let [second] = rest {
                    add(&mut self.pair_openings[opening_slot(*first, *second)]);
                }
            }
        }
    }

    /// Turns counts into weights.
    pub(crate) fn finish(&self, tables: &mut LearnedTables) {
        let pair_weights = weights(&self.pairs);
        let n = f64::from(self.articles);
        let idf = |unit: &Taken| byte(libm::log((1.0 + n) / (1.0 + f64::from(unit.all))));
        let idfs = self.units.iter().map(idf);
        tables.units = weights(&self.units).into_iter().zip(idfs).map(<[i8; 2]>::from).collect();
        let total = |side: usize| self.styles.iter().map(|s| f64::from(s[side])).sum::<f64>();
        let totals = [total(0).max(1.0), total(1).max(1.0)];
        tables.pairs = self
            .styles
            .iter()
            .zip(pair_weights)
            .map(|(s, weight)| {
                // Additive smoothing: ten more occurrences, half of them on either side.
                let expected = 10.0;
                let shares = [0, 1].map(|side: usize| {
                    let even = expected * totals[side] / (totals[0] + totals[1]);
                    (f64::from(s[side]) + even) / totals[side]
                });
                [weight, byte(libm::log(shares[1] / shares[0]))]
            })
            .collect();
        // Gains are hundredths; twenty times the value fills the byte.
        let opening = |&(sum, count): &(f64, u32)| byte(20.0 * sum / (f64::from(count) + 20.0));
        tables.openings = self.openings.iter().map(opening).collect();
        tables.pair_openings = self.pair_openings.iter().map(opening).collect();
    }
}

fn weights(counts: &[Taken]) -> Vec<i8> {
    let total = counts.iter().fold(Taken::default(), |sum, t| Taken {
        all: sum.all + t.all,
        taken: sum.taken + t.taken,
    });
    let base = total.share(0.5, 1.0);
    counts.iter().map(|t| byte(log_odds(t.share(base, 8.0)) - log_odds(base))).collect()
}

/// Counts that the cells are estimated from.
#[derive(Debug)]
pub(crate) struct CellCounts {
    cells: Vec<Taken>,
}

impl Default for CellCounts {
    fn default() -> Self {
        Self { cells: vec![Taken::default(); CELLS] }
    }
}

impl CellCounts {
    pub(crate) fn add_units(
        &mut self,
        tables: &LearnedTables,
        ngrams: &ArticleNgrams,
        summary: &[UnitId],
    ) {
        let units: BTreeSet<UnitId> = summary.iter().copied().collect();
        let cells = FeatureBins::of(ngrams);
        for (candidate, list) in ngrams.units.by_first() {
            let cells = cells.of_first(candidate);
            for known in list {
                let unit = unit_of(known.key);
                let cell = cells.cell(known.flags, tables.unit_weight(unit));
                self.cells[cell].add(units.contains(&unit));
            }
        }
    }

    pub(crate) fn add_pairs(
        &mut self,
        tables: &LearnedTables,
        ngrams: &ArticleNgrams,
        summary: &[UnitId],
    ) {
        let pairs = pairs_of(summary);
        let cells = FeatureBins::of(ngrams);
        for (candidate, list) in ngrams.pairs.by_first() {
            let cells = cells.of_first(candidate);
            for known in list {
                let pair = pair_of(known.key);
                let cell = cells.cell(known.flags, tables.pair_weight(pair));
                self.cells[cell].add(pairs.contains(&pair));
            }
        }
    }

    /// Turns counts into shares; rare cells are smoothed by the thirty cells that differ only in
    /// weight and length of the article.
    pub(crate) fn finish(&self) -> Vec<f32> {
        let mut shares = Vec::with_capacity(CELLS);
        let sum = |cells: &[Taken]| {
            cells.iter().fold(Taken::default(), |s, t| Taken {
                all: s.all + t.all,
                taken: s.taken + t.taken,
            })
        };
        let base = sum(&self.cells).share(0.5, 1.0);
        for neighbours in self.cells.chunks(30) {
            let prior = sum(neighbours).share(base, 10.0);
            shares.extend(neighbours.iter().map(|taken| {
                let in_file = (taken.share(prior, 10.0) * 65535.0).round() as u16;
                share(in_file)
            }));
        }
        shares
    }
}
