//! How evenly a term is spread over the parts of a corpus.
//!
//! Parts are documents, or pieces of equal size. All measures allow parts of different sizes.
//!
//! # References
//!
//! - S. Th. Gries, "Dispersions and adjusted frequencies in corpora", International Journal of Corpus
//!   Linguistics 13(4), 2008: the measures side by side, with a worked example.
//! - J. Lijffijt and S. Th. Gries, "Correction to …", International Journal of Corpus Linguistics
//!   17(1), 2012: the norm of DP.
//! - P. Savický and J. Hlaváčová, "Measures of Word Commonness", Journal of Quantitative Linguistics
//!   9(3), 2002: average reduced frequency.

use super::formula::Formula;
use super::statistics::Parts;

/// The measures of this module: f is the frequency, vᵢ that in part i, nᵢ its size, sᵢ = nᵢ / N its
/// share, pᵢ = vᵢ / nᵢ, n the number of parts.
pub const MEASURES: &[Formula] = &[
    Formula::new("range", "range", "number of parts with vᵢ > 0", "Gries 2008, section 2.1"),
    Formula::new(
        "d",
        "Juilland's D",
        "1 - (σ(p) / mean(p)) / √(n - 1), σ over n",
        "A. Juilland et al. 1970, for parts of any size as in Gries 2008, section 2.2",
    ),
    Formula::new(
        "d2",
        "Carroll's D2",
        "(log2 Σpᵢ - Σ(pᵢ log2 pᵢ) / Σpᵢ) / log2 n",
        "J. B. Carroll 1970; Gries 2008, section 2.2",
    ),
    Formula::new(
        "s",
        "Rosengren's S",
        "(Σ√(sᵢ vᵢ))² / f",
        "I. Rosengren 1971; Gries 2008, section 2.2",
    ),
    Formula::new("dp", "Gries' DP", "½ Σ|vᵢ / f - sᵢ|", "Gries 2008, section 3.1"),
    Formula::new("dpnorm", "normalized DP", "DP / (1 - min sᵢ)", "Lijffijt and Gries 2012"),
    Formula::new(
        "arf",
        "average reduced frequency",
        "(1 / v) Σ min(dᵢ, v), v = N / f, dᵢ the distances of neighbours, the last to the first around the end",
        "Savický and Hlaváčová 2002, section 3",
    ),
];

/// The measures of one term; `None` where a measure is not defined, as with a single part.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Dispersion {
    /// Number of parts with the term.
    pub range: u64,
    /// Juilland's D: 0 uneven, 1 even.
    pub d: Option<f64>,
    /// Carroll's D2: 0 uneven, 1 even.
    pub d2: Option<f64>,
    /// Rosengren's S: up to 1, even.
    pub s: Option<f64>,
    /// Gries' DP: 0 even, near 1 uneven.
    pub dp: Option<f64>,
    /// DP divided by its greatest value.
    pub dpnorm: Option<f64>,
}

/// Takes what rounding leaves of 0 and 1 for these, so that it orders no ties.
fn rounded(value: f64) -> f64 {
    const ERROR: f64 = 1e-12;
    match value {
        _ if value.abs() < ERROR => 0.0,
        _ if (value - 1.0).abs() < ERROR => 1.0,
        _ => value,
    }
}

/// Measures how a term is spread; `counts` are the parts that hold it, in order, each with how often.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::dispersion::dispersion;
/// use tomtat::corpus::statistics::Parts;
///
/// let parts = Parts::of_sizes(&[10, 10]);
/// let even = dispersion(&parts, &[(0, 3), (1, 3)]);
/// assert_eq!((even.range, even.dp, even.d), (2, Some(0.0), Some(1.0)));
/// let uneven = dispersion(&parts, &[(1, 6)]);
/// assert_eq!((uneven.range, uneven.dp, uneven.d), (1, Some(0.5), Some(0.0)));
/// ```
#[must_use]
pub fn dispersion(parts: &Parts, counts: &[(usize, u64)]) -> Dispersion {
    let f = counts.iter().map(|c| c.1).sum::<u64>() as f64;
    let (n, total) = (parts.sizes().len() as f64, parts.items() as f64);
    let mut measures = Dispersion { range: counts.len() as u64, ..Dispersion::default() };
    if counts.is_empty() || total == 0.0 {
        return measures;
    }
    let held = || {
        counts.iter().filter_map(|&(part, v)| {
            let size = *parts.sizes().get(part)? as f64;
            Some((v as f64, size / total, v as f64 / size))
        })
    };
    let roots = held().fold(0.0, |sum, (v, share, _)| sum + f64::sqrt(share * v));
    measures.s = Some(rounded(roots * roots / f));
    let (differences, shares) = held().fold((0.0, 0.0), |(sum, shares), (v, share, _)| {
        (sum + (v / f - share).abs(), shares + share)
    });
    // Parts without the term differ by their share.
    let dp = rounded(0.5 * (differences + (1.0 - shares).max(0.0)));
    measures.dp = Some(dp);
    if n > 1.0 {
        let least = parts.sizes().iter().min().copied().unwrap_or(0) as f64 / total;
        measures.dpnorm = Some(rounded(dp / (1.0 - least)));
        let sum = held().fold(0.0, |sum, (_, _, p)| sum + p);
        let mean = sum / n;
        let squares = held().fold(0.0, |sum, (_, _, p)| sum + (p - mean) * (p - mean))
            + (n - counts.len() as f64) * mean * mean;
        let variation = f64::sqrt(squares / n) / mean;
        measures.d = Some(rounded(1.0 - variation / f64::sqrt(n - 1.0)));
        let logs = held().fold(0.0, |sum, (_, _, p)| sum + p * libm::log2(p));
        measures.d2 = Some(rounded((libm::log2(sum) - logs / sum) / libm::log2(n)));
    }
    measures
}

/// Returns the average reduced frequency of a term in a corpus of `items` items.
///
/// `positions` must increase. 0 if there are none.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::dispersion::average_reduced_frequency;
///
/// // Evenly spread: the frequency itself. In one spot: little more than 1.
/// assert_eq!(average_reduced_frequency(12, [0, 4, 8].into_iter()), 3.0);
/// assert_eq!(average_reduced_frequency(12, [4, 5, 6].into_iter()), 1.5);
/// ```
#[must_use]
pub fn average_reduced_frequency(items: u64, positions: impl Iterator<Item = u64> + Clone) -> f64 {
    let f = positions.clone().count() as u64;
    if f == 0 {
        return 0.0;
    }
    // Σ min(d, N / f) in units of 1 / f: whole numbers do not depend on the order of adding.
    let (mut first, mut last, mut sum) = (None, 0, 0u128);
    let reduced = |distance: u64| (u128::from(distance) * u128::from(f)).min(u128::from(items));
    for place in positions {
        if first.is_none() {
            first = Some(place);
        } else {
            sum += reduced(place - last);
        }
        last = place;
    }
    sum += reduced(items.saturating_sub(last) + first.unwrap_or(0));
    sum as f64 / items as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: Option<f64>, b: f64) -> bool {
        a.is_some_and(|a| (a - b).abs() < 5e-4)
    }

    #[test]
    fn the_worked_example_of_gries() {
        // Gries 2008, section 2: five parts of 9, 10, 10, 10, 11 words; `a` occurs 1 to 5 times.
        let parts = Parts::of_sizes(&[9, 10, 10, 10, 11]);
        let a = dispersion(&parts, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]);
        assert_eq!(a.range, 5);
        assert!(close(a.d, 0.785), "{a:?}");
        assert!(close(a.d2, 0.938), "{a:?}");
        assert!(close(a.s, 0.950), "{a:?}");
        assert!(close(a.dp, 0.180), "{a:?}");
        assert!(close(a.dpnorm, 0.2195), "{a:?}");
    }

    #[test]
    fn parts_without_the_term_count() {
        // Two of four equal parts, three times each. D: p = (.3, .3, 0, 0), mean .15, sd .15, so
        // 1 - 1 / √3. D2: log2 2 / log2 4. S: (2 √(3/4))² / 6. DP: ½ (¼ + ¼ + ½).
        let parts = Parts::of_sizes(&[10, 10, 10, 10]);
        let half = dispersion(&parts, &[(1, 3), (3, 3)]);
        assert!(close(half.d, 0.422_65) && close(half.d2, 0.5), "{half:?}");
        assert!(close(half.s, 0.5) && close(half.dp, 0.5) && close(half.dpnorm, 0.666_67));
    }

    #[test]
    fn the_ends_of_the_scales_are_met() {
        for count in 2..60usize {
            let parts = Parts::of_sizes(&vec![7; count]);
            let one = dispersion(&parts, &[(count / 2, 3)]);
            assert_eq!((one.d, one.d2, one.dpnorm), (Some(0.0), Some(0.0), Some(1.0)), "{count}");
            let all: Vec<(usize, u64)> = (0..count).map(|part| (part, 3)).collect();
            let even = dispersion(&parts, &all);
            let ends = (even.d, even.d2, even.s, even.dp);
            assert_eq!(ends, (Some(1.0), Some(1.0), Some(1.0), Some(0.0)), "{count}");
        }
    }

    #[test]
    fn one_part_has_no_dispersion() {
        let one = dispersion(&Parts::of_sizes(&[10]), &[(0, 3)]);
        assert_eq!((one.d, one.d2, one.dpnorm), (None, None, None));
        assert_eq!(one.dp, Some(0.0));
        assert_eq!(dispersion(&Parts::of_sizes(&[]), &[]), Dispersion::default());
    }

    #[test]
    fn arf_by_hand() {
        // N = 20, f = 4, v = 5. Distances 1, 9, 4 and around the end 20 - 15 + 1 = 6:
        // (1 + 5 + 4 + 5) / 5 = 3.
        let arf = average_reduced_frequency(20, [1, 2, 11, 15].into_iter());
        assert!((arf - 3.0).abs() < 1e-12);
        assert!((average_reduced_frequency(7, [3].into_iter()) - 1.0).abs() < 1e-12);
        assert!(average_reduced_frequency(0, std::iter::empty()).abs() < 1e-12);
    }
}
