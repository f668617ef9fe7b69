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
        "heaps",
        "Heaps' law",
        "V(n) = K n^β: least squares of ln V on ln n at ten points a decade from n = 100",
        "H. S. Heaps 1978; G. Herdan 1960",
    ),
];

/// Types that occur less often are left out of the fit of Zipf's law.
pub const ZIPF_LEAST: u64 = 5;

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
    let fitted = frequencies.iter().take_while(|f| **f >= ZIPF_LEAST).count() as u64;
    let points: Vec<(f64, f64)> = decades(fitted)
        .map(|rank| (libm::log(rank as f64), libm::log(frequencies[rank as usize - 1] as f64)))
        .collect();
    fit(&points)
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

/// Returns the growth of the vocabulary: at ten points a decade, and at `even` evenly spaced points.
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
    (points(&mut decades(text.len() as u64)), points(&mut evenly.into_iter()))
}

/// Fits Heaps' law to points of growth from 100 words on: the exponent is the slope.
#[must_use]
pub fn heaps(points: &[GrowthPoint]) -> Option<Line> {
    let logs: Vec<(f64, f64)> = points
        .iter()
        .filter(|point| point.words >= 100)
        .map(|point| (libm::log(point.words as f64), libm::log(point.types as f64)))
        .collect();
    fit(&logs)
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
    fn lines_need_three_points() {
        assert_eq!(fit(&[(0.0, 0.0), (1.0, 1.0)]), None);
        assert_eq!(fit(&[(1.0, 0.0), (1.0, 1.0), (1.0, 2.0)]), None);
        assert_eq!(zipf(&[9, 4, 4, 4]), None);
    }
}
