//! Gradient boosting of oblivious trees over binned features.
//!
//! Rows come in groups (the sentences of an article, the subsets of an article), and only
//! differences within a group matter: the best row is wanted, not the quality of the article. So
//! the loss is the squared error after the mean of the group is subtracted from both target and
//! prediction.
//!
//! # References
//!
//! J. H. Friedman (2002), *Stochastic gradient boosting*, Computational Statistics & Data Analysis
//! 38(4), algorithm 1; T. Chen, C. Guestrin (2016), *`XGBoost`*, KDD, equations 5 and 6 (values of
//! leaves and gain of a split).

use std::ops::Range;
use std::thread;

use crate::rank::trained::forest::{Columns, Forest, LEAVES, LEVELS, Split, Tree};

/// Bins of a feature.
const BINS: usize = 64;

/// How trees are learned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BoostOptions {
    pub(crate) trees: usize,
    pub(crate) rate: f32,
    /// Groups out of 1,000 that each tree is trained on.
    pub(crate) sample: u64,
    /// Added to the number of rows of a leaf, which shrinks its value towards 0.
    pub(crate) ridge: f32,
    pub(crate) threads: usize,
}

/// Binned rows in groups, with a target each.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    cuts: Vec<Vec<f32>>,
    columns: Vec<Vec<u8>>,
    starts: Vec<u32>,
    targets: Vec<f32>,
}

impl Rows {
    /// Bins groups of rows by the quantiles of each feature.
    pub(crate) fn new<T>(
        groups: &[(Columns, Vec<T>)],
        target: impl Fn(&T) -> f32,
        features: usize,
        threads: usize,
    ) -> Self
    where
        T: Sync,
    {
        let mut rows = Self { starts: vec![0], ..Self::default() };
        for (columns, targets) in groups {
            debug_assert_eq!(columns.rows(), targets.len());
            rows.targets.extend(targets.iter().map(&target));
            rows.starts.push(rows.targets.len() as u32);
        }
        let binned = each_feature(features, threads, |feature| {
            let every = (rows.targets.len() / 100_000).max(1);
            let all = || groups.iter().flat_map(|(c, _)| c.column(feature).iter().copied());
            let cuts = quantiles(all().step_by(every).collect());
            let bins: Vec<u8> =
                all().map(|value| cuts.partition_point(|&cut| cut < value) as u8).collect();
            (cuts, bins)
        });
        (rows.cuts, rows.columns) = binned.into_iter().unzip();
        rows
    }

    fn groups(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.starts.windows(2).map(|w| w[0] as usize..w[1] as usize)
    }
}

/// Returns thresholds that cut a sample into bins of about the same size.
fn quantiles(mut sample: Vec<f32>) -> Vec<f32> {
    sample.sort_unstable_by(f32::total_cmp);
    let mut cuts = Vec::new();
    for bin in 1..BINS {
        let Some(&value) = sample.get(bin * sample.len() / BINS) else { break };
        // A row is above a threshold or not: one at the largest value would separate nothing.
        if cuts.last() != Some(&value) && sample.last() > Some(&value) {
            cuts.push(value);
        }
    }
    cuts
}

/// Calls `work` for each feature on several threads; results are in the order of the features.
fn each_feature<R: Send>(
    features: usize,
    threads: usize,
    work: impl Fn(usize) -> R + Sync,
) -> Vec<R> {
    let threads = threads.clamp(1, features.max(1));
    let work = &work;
    thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|t| {
                let range = t * features / threads..(t + 1) * features / threads;
                scope.spawn(move || range.map(work).collect::<Vec<R>>())
            })
            .collect();
        handles
            .into_iter()
            .flat_map(|h| h.join().expect("a thread of the training does not panic"))
            .collect()
    })
}

/// Trains a forest.
pub(crate) fn boost(rows: &Rows, options: &BoostOptions) -> Forest {
    let mut scores = vec![0.0f32; rows.targets.len()];
    let mut trees = Vec::with_capacity(options.trees);
    let mut sample = Sample::default();
    for round in 0..options.trees {
        sample.draw(rows, options, round as u64, &scores);
        let (tree, bins) = grow(rows, options, &sample);
        apply(rows, &tree, &bins, &mut scores);
        trees.push(tree);
    }
    Forest::new(trees, rows.columns.len())
        .expect("fewer bins of a feature than a forest may ask for")
}

/// The rows that one tree is trained on, with their errors.
#[derive(Debug, Default)]
struct Sample {
    rows: Vec<u32>,
    errors: Vec<f32>,
}

impl Sample {
    fn draw(&mut self, rows: &Rows, options: &BoostOptions, round: u64, scores: &[f32]) {
        self.rows.clear();
        self.errors.clear();
        for (g, group) in rows.groups().enumerate() {
            if mixed(g as u64, round) % 1000 >= options.sample {
                continue;
            }
            self.rows.extend(group.clone().map(|row| row as u32));
            let (targets, scores) = (&rows.targets[group.clone()], &scores[group]);
            let mean = |v: &[f32]| v.iter().fold(0.0, |a, b| a + b) / v.len() as f32;
            let (target, score) = (mean(targets), mean(scores));
            self.errors.extend(targets.iter().zip(scores).map(|(t, s)| (t - target) - (s - score)));
        }
    }
}

fn mixed(group: u64, round: u64) -> u64 {
    let mut z = (group ^ round << 40).wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Grows a tree level by level; also returns its thresholds as bins.
fn grow(rows: &Rows, options: &BoostOptions, sample: &Sample) -> (Tree, Vec<u8>) {
    let mut leaves = vec![0u8; sample.rows.len()];
    let mut tree = Tree::default();
    let mut bins = Vec::new();
    for level in 0..LEVELS {
        let best = each_feature(rows.columns.len(), options.threads, |feature| {
            best_split(rows, feature, sample, &leaves, 1 << level, options.ridge)
        });
        let mut chosen: Option<(usize, (f32, usize))> = None;
        for (feature, split) in best.into_iter().enumerate() {
            if let Some(split) = split
                && chosen.is_none_or(|(_, best)| split.0 > best.0)
            {
                chosen = Some((feature, split));
            }
        }
        let Some((feature, (_, bin))) = chosen else { break };
        let column = &rows.columns[feature];
        for (leaf, &row) in leaves.iter_mut().zip(&sample.rows) {
            *leaf |= u8::from(usize::from(column[row as usize]) > bin) << level;
        }
        let threshold = rows.cuts[feature][bin];
        tree.splits[level] = Split { feature: feature as u16, threshold };
        bins.push(bin as u8);
    }
    let mut sums = [[0.0f64; 2]; LEAVES];
    for (&leaf, &error) in leaves.iter().zip(&sample.errors) {
        let sum = &mut sums[usize::from(leaf)];
        sum[0] += f64::from(error);
        sum[1] += 1.0;
    }
    let value = |s: &[f64; 2]| (s[0] / (s[1] + f64::from(options.ridge))) as f32 * options.rate;
    tree.leaves = sums.each_ref().map(value);
    (tree, bins)
}

/// Returns the best bin to split all leaves at, and its gain.
fn best_split(
    rows: &Rows,
    feature: usize,
    sample: &Sample,
    leaves: &[u8],
    leaf_count: usize,
    ridge: f32,
) -> Option<(f32, usize)> {
    let cuts = rows.cuts[feature].len();
    if cuts == 0 {
        return None;
    }
    let column = &rows.columns[feature];
    let mut sums = vec![[0.0f32; 2]; leaf_count * BINS];
    for ((&row, &leaf), &error) in sample.rows.iter().zip(leaves).zip(&sample.errors) {
        let sum = &mut sums[usize::from(leaf) * BINS + usize::from(column[row as usize])];
        sum[0] += error;
        sum[1] += 1.0;
    }
    let mut gains = vec![0.0f32; cuts];
    for leaf in sums.chunks_exact(BINS) {
        let total = leaf.iter().fold([0.0f32; 2], |a, b| [a[0] + b[0], a[1] + b[1]]);
        let mut left = [0.0f32; 2];
        for (gain, bin) in gains.iter_mut().zip(leaf) {
            left = [left[0] + bin[0], left[1] + bin[1]];
            let right = [total[0] - left[0], total[1] - left[1]];
            *gain += left[0] * left[0] / (left[1] + ridge)
                + right[0] * right[0] / (right[1].max(0.0) + ridge);
        }
    }
    let mut best = 0;
    for bin in 1..cuts {
        if gains[bin] > gains[best] {
            best = bin;
        }
    }
    Some((gains[best], best))
}

/// Adds a tree to the scores of all rows.
fn apply(rows: &Rows, tree: &Tree, bins: &[u8], scores: &mut [f32]) {
    let mut leaves = vec![0u8; scores.len()];
    for (level, (split, &bin)) in tree.splits.iter().zip(bins).enumerate() {
        let column = &rows.columns[usize::from(split.feature)];
        for (leaf, &value) in leaves.iter_mut().zip(column) {
            *leaf |= u8::from(value > bin) << level;
        }
    }
    for (score, &leaf) in scores.iter_mut().zip(&leaves) {
        *score += tree.leaves[usize::from(leaf)];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::trained::forest::ComparisonMasks;

    /// Groups of ten rows whose best one has the largest product of two features.
    fn groups(count: u64) -> Vec<(Columns, Vec<f32>)> {
        (0..count)
            .map(|g| {
                let mut columns = Columns::new(10, 3);
                let mut targets = Vec::new();
                for row in 0..10 {
                    let value = |f: u64| (mixed(g * 30 + row * 3 + f, 7) % 1000) as f32 / 1000.0;
                    (0..3).for_each(|f| columns.set(f, row as usize, value(f as u64)));
                    // The third feature is noise; the level of a group must not matter.
                    targets.push(value(0) * value(1) + g as f32);
                }
                (columns, targets)
            })
            .collect()
    }

    fn options(threads: usize) -> BoostOptions {
        BoostOptions { trees: 60, rate: 0.2, sample: 500, ridge: 1.0, threads }
    }

    #[test]
    fn the_best_row_is_learned_and_threads_do_not_matter() {
        let rows = Rows::new(&groups(400), |t| *t, 3, 2);
        let forest = boost(&rows, &options(1));
        assert_eq!(forest, boost(&rows, &options(3)));
        let best = |v: &[f32]| (0..v.len()).max_by(|&a, &b| v[a].total_cmp(&v[b]));
        let unseen = groups(600);
        let mut masks = ComparisonMasks::new();
        let right = unseen[400..]
            .iter()
            .filter(|(columns, targets)| {
                best(&forest.predict(columns, &mut masks)) == best(targets)
            })
            .count();
        assert!(right > 150, "{right} of 200");
    }

    #[test]
    fn a_constant_feature_is_never_asked() {
        let mut columns = Columns::new(4, 1);
        (0..4).for_each(|row| columns.set(0, row, 3.0));
        let rows = Rows::new(&[(columns, vec![0.0, 1.0, 0.0, 1.0])], |t| *t, 1, 1);
        let forest = boost(&rows, &options(1));
        assert!(forest.trees().iter().all(|t| t.splits == Tree::default().splits));
    }
}
