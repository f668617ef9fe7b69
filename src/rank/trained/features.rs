//! The features of a sentence.

use std::cmp::Reverse;

use wide::{CmpEq, CmpGt, f32x4, i32x4};

use super::article_ngrams::ArticleNgrams;
use super::forest::{Columns, total_order_key};
use super::tables::{
    LearnedTables, PackedCounts, PairProbability, SelectionProbabilities, UnitProbability,
    WEIGHT_SCALE, opening_slot, unit_slot,
};

/// Syllables that an abstract has on average.
pub(crate) const ABSTRACT_LENGTH: f32 = 35.0;

/// Names of the features, in the order of their columns.
pub(crate) const NAMES: [&str; 56] = [
    "position",
    "position, share",
    "position from the end",
    "sentences of the article",
    "length",
    "length against the mean",
    "expected syllables of the abstract",
    "expected pairs of the abstract",
    "expected ROUGE-1",
    "expected ROUGE-2",
    "expected syllables, share",
    "expected pairs, share",
    "place by expected ROUGE-2",
    "expected ROUGE-2 against the best",
    "expected ROUGE-1 against the best",
    "best expected ROUGE-2",
    "title syllables covered",
    "title pairs covered",
    "title weight covered",
    "title syllables, share of the sentence",
    "place by title weight",
    "title weight against the best",
    "longest run of the title",
    "weight of syllables",
    "weight of pairs",
    "style of pairs",
    "style of pairs, sum",
    "opening syllable",
    "opening pair",
    "centrality",
    "repeated pairs",
    "rarity",
    "names, share",
    "numbers",
    "foreign words, share",
    "commas",
    "quotation marks",
    "brackets",
    "begins with a quote",
    "end mark",
    "new pairs",
    "expected ROUGE-2 of the sentence before",
    "expected ROUGE-2 of the sentence after",
    "title weight of the sentence before",
    "end mark of the sentence before",
    "syllables of the first sentence",
    "place in the text",
    "best expected ROUGE-1",
    "length of the title",
    "names",
    "place by expected ROUGE-1",
    "expected ROUGE-2 against the best before",
    "expected pairs of the article",
    "variety",
    "begins a paragraph",
    "length of the article",
];

/// Number of features.
pub(crate) const COUNT: usize = NAMES.len();

/// Sums over the units and pairs of each candidate, which the features of subsets use, too.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    pub(crate) lengths: Vec<f32>,
    pub(crate) expected_units: Vec<f32>,
    pub(crate) expected_pairs: Vec<f32>,
    pub(crate) rouge1: Vec<f32>,
    pub(crate) rouge2: Vec<f32>,
    pub(crate) title_weights: Vec<f32>,
    pub(crate) styles: Vec<f32>,
    pub(crate) openings: Vec<f32>,
    pub(crate) title_total: f32,
}

impl Sums {
    /// Removes all candidates and reserves memory for others.
    fn clear(&mut self, candidates: usize) {
        for column in [
            &mut self.lengths,
            &mut self.expected_units,
            &mut self.expected_pairs,
            &mut self.rouge1,
            &mut self.rouge2,
            &mut self.title_weights,
            &mut self.styles,
            &mut self.openings,
        ] {
            column.clear();
            column.reserve(candidates);
        }
        self.title_total = 0.0;
    }
}

/// F-measure of `shared` items of a candidate of `length` with an abstract of average length.
pub(crate) fn f_measure(shared: f32, length: f32) -> f32 {
    2.0 * shared / (length + ABSTRACT_LENGTH)
}

/// Computes the features of all candidates; `begins` says which ones begin a paragraph.
pub(crate) fn features(
    ngrams: &ArticleNgrams,
    probabilities: &SelectionProbabilities,
    tables: &LearnedTables,
    begins: &[bool],
    sums: &mut Sums,
    columns: &mut Columns,
) {
    let n = ngrams.len();
    let owns = add_up(ngrams, probabilities, tables, sums);
    columns.clear(n, COUNT);
    let total: f32 = sums.lengths.iter().fold(0.0, |a, b| a + b);
    let mean = total / n.max(1) as f32;
    let best1 = maximum(&sums.rouge1);
    let best2 = maximum(&sums.rouge2);
    let best_title = maximum(&sums.title_weights);
    let places1 = places(&sums.rouge1);
    let places2 = places(&sums.rouge2);
    let title_places = places(&sums.title_weights);
    let (mut before, mut best_before) = (0.0f32, 0.0f32);
    let mut rows = [[0.0; COUNT]; 4];
    for i in 0..n {
        let length = sums.lengths[i];
        let pairs_length = (length - 1.0).max(1.0);
        let own = &owns[i];
        let surface = &ngrams.surfaces[i];

        let distinct = ngrams.distinct_units(i).len().max(1) as f32;
        let distinct_pairs = ngrams.distinct_pairs(i).len().max(1) as f32;
        let title_length = ngrams.title_units.max(1) as f32;
        let neighbour = |values: &[f32], at: Option<usize>| {
            at.and_then(|at| values.get(at)).copied().unwrap_or(-1.0)
        };
        let previous = i.checked_sub(1);
        rows[i % 4] = [
            i as f32,
            i as f32 / n as f32,
            (n - 1 - i) as f32,
            n as f32,
            length,
            length / mean.max(1.0),
            sums.expected_units[i],
            sums.expected_pairs[i],
            sums.rouge1[i],
            sums.rouge2[i],
            sums.expected_units[i] / length.max(1.0),
            sums.expected_pairs[i] / pairs_length,
            places2[i],
            sums.rouge2[i] - best2,
            sums.rouge1[i] - best1,
            best2,
            own.title_units as f32 / title_length,
            own.title_pairs as f32 / ngrams.title_pairs.max(1) as f32,
            sums.title_weights[i] / sums.title_total.max(0.1),
            own.title_units as f32 / distinct,
            title_places[i],
            sums.title_weights[i] - best_title,
            own.longest as f32,
            own.weights / distinct,
            own.pair_weights / distinct_pairs,
            sums.styles[i] / pairs_length,
            sums.styles[i],
            sums.openings[i],
            opening_pair(ngrams, tables, i),
            own.central / own.idf.max(0.1) / n as f32,
            own.repeated as f32 / distinct_pairs,
            own.idf / distinct,
            f32::from(surface.capitals) / length.max(1.0),
            f32::from(surface.numbers),
            f32::from(surface.others) / length.max(1.0),
            f32::from(surface.commas),
            f32::from(surface.quotes),
            f32::from(surface.brackets),
            f32::from(u8::from(surface.begins_with_quote)),
            f32::from(surface.end),
            probabilities.new_pairs[i],
            neighbour(&sums.rouge2, previous),
            neighbour(&sums.rouge2, Some(i + 1)),
            neighbour(&sums.title_weights, previous),
            previous.map_or(-1.0, |p| f32::from(ngrams.surfaces[p].end)),
            own.of_first as f32 / distinct,
            before / total.max(1.0),
            best1,
            ngrams.title_units as f32,
            f32::from(surface.capitals),
            places1[i],
            sums.rouge2[i] - best_before,
            probabilities.all_pairs,
            distinct / length.max(1.0),
            f32::from(u8::from(begins[i])),
            total,
        ];
        if i % 4 == 3 || i + 1 == n {
            columns.set_rows(i - i % 4, &rows);
        }
        before += length;
        best_before = best_before.max(sums.rouge2[i]);
    }
}

fn opening_pair(ngrams: &ArticleNgrams, tables: &LearnedTables, i: usize) -> f32 {
    let [a, b, ..] = ngrams.units_of(i) else { return 0.0 };
    let slot = opening_slot(ngrams.unit(*a), ngrams.unit(*b));
    f32::from(tables.pair_openings[slot]) / WEIGHT_SCALE
}

/// Sums over the units and pairs of one candidate that only the features of sentences use.
#[derive(Debug, Default)]
struct Own {
    title_units: u32,
    weights: f32,
    idf: f32,
    central: f32,
    of_first: u32,
    title_pairs: u32,
    pair_weights: f32,
    repeated: u32,
    /// Longest run of pairs of the title.
    longest: u32,
}

fn add_up(
    ngrams: &ArticleNgrams,
    probabilities: &SelectionProbabilities,
    tables: &LearnedTables,
    sums: &mut Sums,
) -> Vec<Own> {
    let n = ngrams.len();
    sums.clear(n);
    sums.title_total = probabilities.title;
    let mut owns = Vec::with_capacity(n);
    for i in 0..n {
        let length = ngrams.units_of(i).len() as f32;
        let (values, title, marks) = sum_of_units(ngrams.distinct_units(i), &probabilities.units);
        let [units, weights, idf, central] = values.to_array();
        let [title_units, of_first] = marks.counts();
        let (values, marks) = sum_of_pairs(ngrams.distinct_pairs(i), &probabilities.pairs);
        let [pairs, pair_weights, style, _] = values.to_array();
        let [title_pairs, repeated] = marks.counts();
        // Without a pair of the title there is no run of them.
        let longest = if title_pairs > 0 { ngrams.longest_title_run(i) } else { 0 };
        owns.push(Own {
            title_units,
            weights,
            idf,
            central,
            of_first,
            title_pairs,
            pair_weights,
            repeated,
            longest,
        });
        sums.lengths.push(length);
        sums.expected_units.push(units);
        sums.expected_pairs.push(pairs);
        sums.rouge1.push(f_measure(units, length));
        sums.rouge2.push(f_measure(pairs, length - 1.0));
        sums.title_weights.push(title);
        sums.styles.push(style);
        let opening =
            ngrams.units_of(i).first().map_or(0, |&u| tables.openings[unit_slot(ngrams.unit(u))]);
        sums.openings.push(f32::from(opening) / WEIGHT_SCALE);
    }
    owns
}

/// Sums the table values of the units of a candidate. Neither this nor the sum over pairs is
/// inlined: inside of the ranker the loops would run out of registers.
#[inline(never)]
fn sum_of_units(units: &[u32], probabilities: &[UnitProbability]) -> (f32x4, f32, PackedCounts) {
    let (mut values, mut title, mut marks) = (f32x4::ZERO, 0.0, PackedCounts::default());
    for &u in units {
        let unit = &probabilities[u as usize];
        values += unit.values;
        title += unit.title;
        marks.add(unit.marks);
    }
    (values, title, marks)
}

#[inline(never)]
fn sum_of_pairs(pairs: &[u32], probabilities: &[PairProbability]) -> (f32x4, PackedCounts) {
    let (mut values, mut marks) = (f32x4::ZERO, PackedCounts::default());
    for &p in pairs {
        let pair = &probabilities[p as usize];
        values += pair.values();
        marks.add(pair.marks());
    }
    (values, marks)
}

fn maximum(values: &[f32]) -> f32 {
    values.iter().fold(0.0, |best, &v| best.max(v))
}

/// Values that are compared at once.
const COUNTED: usize = 64;

/// Returns the rank of each value from the largest, capped at 32.
fn places(values: &[f32]) -> Vec<f32> {
    // For the few sentences of an article, counting larger values is faster than sorting.
    if values.len() <= COUNTED { counted_places(values) } else { sorted_places(values) }
}

fn counted_places(values: &[f32]) -> Vec<f32> {
    // The padding of the last group is below all values.
    let mut keys = [i32::MIN; COUNTED];
    for (key, &value) in keys.iter_mut().zip(values) {
        *key = total_order_key(value);
    }
    let keys = keys.as_chunks::<4>().0;
    let used = values.len().div_ceil(4);
    let mut places = vec![0.0; values.len()];
    for (i, place) in places.iter_mut().enumerate() {
        let key = i32x4::splat(keys[i / 4][i % 4]);
        let mut count = i32x4::ZERO;
        for (others, at) in keys[..used].iter().zip(0..) {
            let others = i32x4::new(*others);
            let is_before = i32x4::splat(i as i32 - 4 * at).cmp_gt(i32x4::new([0, 1, 2, 3]));
            // A comparison that holds has all bits set, which is -1.
            count -= others.cmp_gt(key) | (others.cmp_eq(key) & is_before);
        }
        *place = count.to_array().into_iter().sum::<i32>().min(32) as f32;
    }
    places
}

fn sorted_places(values: &[f32]) -> Vec<f32> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    order.sort_by_key(|&i| Reverse(total_order_key(values[i as usize])));
    let mut places = vec![0.0; values.len()];
    for (place, &i) in order.iter().enumerate() {
        places[i as usize] = place.min(32) as f32;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_they_are_sorted() {
        assert_eq!(places(&[0.5, 2.0, 0.5, -1.0, 3.0]), [2.0, 1.0, 3.0, 4.0, 0.0]);
        for length in [0, 1, 4, 63, 64, 65, 200] {
            let values: Vec<f32> = (0..length).map(|i| (i * 37 % 23) as f32 - 11.0).collect();
            assert_eq!(places(&values), sorted_places(&values), "{length}");
        }
    }
}
