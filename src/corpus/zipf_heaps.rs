//! The laws of Zipf and Heaps: how frequencies fall with rank, and how the vocabulary grows.

use super::formula::Formula;

/// The fits of this module.
pub const FITS: &[Formula] = &[
    Formula::new(
        "zipf",
        "Zipf's law",
        "f(r) = C r^-s: least squares of ln f on ln r at ten ranks a decade, among the types that occur at \
         least 5 times",
        "G. K. Zipf 1935; every decade weighs the same, and the steps of rare types are left out",
    ),
    Formula::new(
        "zipf_mle",
        "Zipf's law by maximum likelihood",
        "the s that makes the words likeliest if each has rank r with probability r^-s / Σ k^-s over all \
         ranks k: mean ln r under the law = mean ln r of the words",
        "I. Moreno-Sánchez, F. Font-Clos, Á. Corral, \"Large-Scale Analysis of Zipf's Law in English \
         Texts\", PLOS ONE 11(1), 2016, in the form over ranks",
    ),
    Formula::new(
        "heaps",
        "Heaps' law",
        "V(n) = K n^β: least squares of ln V on ln n at ten points a decade and at the end, from n = \
         max(N / 100, min(1000, N / 10))",
        "H. S. Heaps 1978; G. Herdan 1960",
    ),
];

/// Types that occur less often are left out of the fit of Zipf's law.
pub const ZIPF_LEAST: u64 = 5;

/// The first words of a corpus of `words` words are no part of the fit of Heaps' law: their growth is
/// steeper, and the law is there to be read at the end.
#[must_use]
pub fn heaps_from(words: u64) -> u64 {
    (words / 100).max((words / 10).min(1000))
}

/// A straight line through points, by least squares.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// Slope.
    pub slope: f64,
    /// Value at 0.
    pub intercept: f64,
    /// Share of the variance that the line explains.
    pub r2: f64,
}

/// Fits a line; `None` for fewer than three points, or if all have one x.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::zipf_heaps::fit;
///
/// let line = fit(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]).expect("three points");
/// assert_eq!((line.slope, line.intercept, line.r2), (2.0, 1.0, 1.0));
/// ```
#[must_use]
pub fn fit(points: &[(f64, f64)]) -> Option<Line> {
    if points.len() < 3 {
        return None;
    }
    let n = points.len() as f64;
    let (sx, sy) = points.iter().fold((0.0, 0.0), |(x, y), p| (x + p.0, y + p.1));
    let (mx, my) = (sx / n, sy / n);
    let (xx, xy, yy) = points.iter().fold((0.0, 0.0, 0.0), |(xx, xy, yy), &(x, y)| {
        let (dx, dy) = (x - mx, y - my);
        (xx + dx * dx, xy + dx * dy, yy + dy * dy)
    });
    if xx == 0.0 {
        return None;
    }
    let slope = xy / xx;
    let r2 = if yy == 0.0 { 1.0 } else { xy * xy / (xx * yy) };
    Some(Line { slope, intercept: my - slope * mx, r2 })
}

/// Returns the point that lies farthest from a law fitted in logarithms: its x, and y / fit - 1.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::zipf_heaps::{fit, greatest_deviation};
///
/// let points = [(1.0f64, 10.0f64), (10.0, 100.0), (100.0, 1000.0)];
/// let logs = points.map(|(x, y)| (x.ln(), y.ln()));
/// let line = fit(&logs).expect("three points");
/// let (x, deviation) = greatest_deviation(line, &[(10.0, 150.0), (100.0, 900.0)]).expect("points");
/// assert_eq!(x, 10.0);
/// assert!((deviation - 0.5).abs() < 1e-12);
/// ```
#[must_use]
pub fn greatest_deviation(line: Line, points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let deviations = points
        .iter()
        .map(|&(x, y)| (x, y / libm::exp(line.intercept + line.slope * libm::log(x)) - 1.0));
    deviations.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()).then(b.0.total_cmp(&a.0)))
}

/// Whole numbers up to `most`, ten a decade, each once.
fn decades(most: u64) -> impl Iterator<Item = u64> {
    let steps = (0..200).map(|step| libm::round(libm::pow(10.0, f64::from(step) / 10.0)) as u64);
    let mut last = 0;
    steps.take_while(move |&n| n <= most).filter(move |&n| std::mem::replace(&mut last, n) != n)
}

/// Fits Zipf's law to frequencies from the greatest on: the exponent is the negative slope.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::zipf_heaps::zipf;
///
/// let line = zipf(&[1200, 600, 400, 300, 240, 200]).expect("enough types");
/// assert!((line.slope + 1.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn zipf(frequencies: &[u64]) -> Option<Line> {
    let points = zipf_points(frequencies);
    let logs: Vec<(f64, f64)> = points.iter().map(|&(r, f)| (libm::log(r), libm::log(f))).collect();
    fit(&logs)
}

/// Returns the ranks that [`zipf`] fits, with their frequencies.
#[must_use]
pub fn zipf_points(frequencies: &[u64]) -> Vec<(f64, f64)> {
    let fitted = frequencies.iter().take_while(|f| **f >= ZIPF_LEAST).count() as u64;
    decades(fitted).map(|rank| (rank as f64, frequencies[rank as usize - 1] as f64)).collect()
}

/// Rounds of [`zipf_mle`]; six are enough for twelve digits.
const MLE_ROUNDS: usize = 60;

/// Returns the exponent of Zipf's law by maximum likelihood over all ranks; `None` for fewer than two
/// types, or if all are equally frequent.
///
/// Frequencies are given from the greatest on. All words weigh the same, so that the frequent types
/// decide, where [`zipf`] lets every decade of ranks weigh the same.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::zipf_heaps::zipf_mle;
///
/// let frequencies: Vec<u64> = (1..=1000u64).map(|rank| 1_000_000 / rank).collect();
/// let exponent = zipf_mle(&frequencies).expect("enough types");
/// assert!((exponent - 1.0).abs() < 1e-3);
/// ```
#[must_use]
pub fn zipf_mle(frequencies: &[u64]) -> Option<f64> {
    let words = frequencies.iter().sum::<u64>() as f64;
    let logs: Vec<f64> = (1..=frequencies.len()).map(|rank| libm::log(rank as f64)).collect();
    let mean =
        logs.iter().zip(frequencies).fold(0.0, |sum, (log, &f)| sum + log * f as f64) / words;
    // Mean and variance of ln r under the law, by the exponent.
    let moments = |s: f64| {
        let (mut sum, mut first, mut second) = (0.0, 0.0, 0.0);
        for &log in &logs {
            let p = libm::exp(-s * log);
            sum += p;
            first += p * log;
            second += p * log * log;
        }
        (first / sum, second / sum - (first / sum) * (first / sum))
    };
    // The mean falls with the exponent; at 0 all ranks are equally likely.
    if logs.len() < 2 || mean > moments(0.0).0 - 1e-12 || mean <= 0.0 {
        return None;
    }
    let (mut low, mut high, mut s) = (0.0, 64.0, 1.0);
    for _ in 0..MLE_ROUNDS {
        let (expected, variance) = moments(s);
        if expected > mean {
            low = s;
        } else {
            high = s;
        }
        // Newton's step, or half the interval where it would leave it.
        let step = s + (expected - mean) / variance;
        let next = if step > low && step < high { step } else { f64::midpoint(low, high) };
        if (next - s).abs() < 1e-12 {
            return Some(next);
        }
        s = next;
    }
    Some(s)
}

/// The number of types after so many words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GrowthPoint {
    /// Words read.
    pub words: u64,
    /// Different ones among them.
    pub types: u64,
}

/// Returns the growth of the vocabulary: at ten points a decade and at the end, and at `even` evenly
/// spaced points.
///
/// Type numbers must be given in the order of their first occurrence, as counting does; then the
/// number of types so far is the greatest number.
#[must_use]
pub fn growth(text: &[u32], even: usize) -> (Vec<GrowthPoint>, Vec<GrowthPoint>) {
    let evenly = (1..=even as u64).map(|i| i * text.len() as u64 / even as u64);
    let points = |positions: &mut dyn Iterator<Item = u64>| {
        let (mut at, mut types) = (0, 0u64);
        positions
            .map(|words| {
                for &word in &text[at..words as usize] {
                    types = types.max(u64::from(word) + 1);
                }
                at = words as usize;
                GrowthPoint { words, types }
            })
            .collect::<Vec<_>>()
    };
    let end = text.len() as u64;
    let mut decades = decades(end.saturating_sub(1)).chain((end > 0).then_some(end));
    (points(&mut decades), points(&mut evenly.into_iter()))
}

/// Fits Heaps' law to points of growth, of which the last is the end of the corpus: the exponent is
/// the slope. See [`heaps_from`] for where the fit begins.
#[must_use]
pub fn heaps(points: &[GrowthPoint]) -> Option<Line> {
    let points = heaps_points(points);
    let logs: Vec<(f64, f64)> = points.iter().map(|&(n, v)| (libm::log(n), libm::log(v))).collect();
    fit(&logs)
}

/// Returns the points that [`heaps`] fits: words, types.
#[must_use]
pub fn heaps_points(points: &[GrowthPoint]) -> Vec<(f64, f64)> {
    let from = points.last().map_or(0, |end| heaps_from(end.words));
    let fitted = points.iter().filter(|point| point.words >= from.max(1));
    fitted.map(|point| (point.words as f64, point.types as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_counts_types_so_far() {
        let text: Vec<u32> = (0..1000u32).map(|i| i / 10).collect();
        let (decades, even) = growth(&text, 4);
        assert!(decades.iter().all(|p| p.types == p.words.div_ceil(10)));
        assert_eq!(even.last(), Some(&GrowthPoint { words: 1000, types: 100 }));
        let line = heaps(&decades).expect("enough points");
        assert!((line.slope - 1.0).abs() < 0.01, "{line:?}");
        assert_eq!(growth(&[], 3).0, []);
    }

    #[test]
    fn heaps_law_is_fitted_to_the_end_of_the_corpus() {
        assert_eq!(growth(&[0, 1, 1], 1).0.last().map(|point| point.words), Some(3));
        assert_eq!([0, 500, 20_000, 1_000_000].map(heaps_from), [0, 50, 1000, 10_000]);
        // All words are new at first; then the vocabulary grows as the root of the words.
        let types = |words: u64| match words {
            0..1000 => words,
            _ => (1000.0 * f64::sqrt(words as f64 / 1000.0)) as u64,
        };
        let points: Vec<GrowthPoint> =
            decades(200_000).map(|words| GrowthPoint { words, types: types(words) }).collect();
        let line = heaps(&points).expect("enough points");
        let (_, deviation) = greatest_deviation(line, &heaps_points(&points)).expect("points");
        assert!((line.slope - 0.5).abs() < 0.01 && deviation.abs() < 0.01, "{line:?} {deviation}");
    }

    #[test]
    fn the_likeliest_exponent_solves_its_equation() {
        // Ranks 1 and 2 with 3 : 1 words: 1 / (1 + 2^-s) = 3/4, so s = log2 3.
        let exponent = zipf_mle(&[3, 1]).expect("two types");
        assert!((exponent - 3f64.log2()).abs() < 1e-9, "{exponent}");
        assert_eq!((zipf_mle(&[]), zipf_mle(&[5]), zipf_mle(&[2, 2, 2])), (None, None, None));
        assert!(zipf_mle(&[1_000_000, 1]).expect("two types") > 15.0);
    }

    #[test]
    fn lines_need_three_points() {
        assert_eq!(fit(&[(0.0, 0.0), (1.0, 1.0)]), None);
        assert_eq!(fit(&[(1.0, 0.0), (1.0, 1.0), (1.0, 2.0)]), None);
        assert_eq!(zipf(&[9, 4, 4, 4]), None);
    }
}
