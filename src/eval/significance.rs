//! Is one system better than another, or luckier?
//!
//! Two systems are compared article by article. Both tests ask how often a mean difference as
//! large as the observed one, in either direction, would appear if the systems were equal, and
//! both count the observed data as one of the draws, so that p is never 0.
//!
//! # References
//!
//! B. Efron, R. Tibshirani (1993), *An Introduction to the Bootstrap*, section 16.4: resampling
//! differences moved to mean zero. P. Koehn (2004), *Statistical significance tests for machine
//! translation evaluation*, EMNLP; T. Berg-Kirkpatrick et al. (2012), *An empirical investigation
//! of statistical significance in NLP*, EMNLP. E. Noreen (1989), *Computer-Intensive Methods for
//! Testing Hypotheses*; S. Riezler, J. Maxwell (2005), *On some pitfalls in automatic evaluation
//! and significance testing for MT*: approximate randomization. S. Holm (1979), *A simple
//! sequentially rejective multiple test procedure*.

use std::fmt;

use super::bootstrap::{Bootstrap, mean};

/// Result of a paired test.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct PairedTest {
    /// Mean of first minus second.
    pub difference: f64,
    /// Two-sided p-value, above 0 and at most 1.
    pub p_value: f64,
    /// Number of articles that both systems have.
    pub n: usize,
}

/// A method of testing a paired difference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PairedMethod {
    /// The differences, moved to mean zero, are resampled with replacement.
    Bootstrap,
    /// The sign of each difference is flipped at random: exact for equal systems, with any
    /// distribution of scores.
    #[default]
    ApproximateRandomization,
}

impl fmt::Display for PairedMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bootstrap => "paired-bootstrap",
            Self::ApproximateRandomization => "approximate-randomization",
        })
    }
}

/// Tests whether the mean of `a[i] - b[i]` differs from 0; resamples, seed and threads are those
/// of `draws`.
///
/// If one side is longer, its rest is left out. Without articles, p is 1.
///
/// # Examples
///
/// ```
/// use tomtat::eval::Bootstrap;
/// use tomtat::eval::significance::{PairedMethod, paired_test};
///
/// let better = [0.31, 0.42, 0.55, 0.38, 0.49, 0.61, 0.35, 0.44];
/// let worse = [0.25, 0.40, 0.41, 0.33, 0.48, 0.50, 0.30, 0.35];
/// let draws = Bootstrap::new(10_000, 42);
/// let test = paired_test(PairedMethod::ApproximateRandomization, &better, &worse, draws);
/// // All eight are better: 2 of 2^8 sign patterns are as extreme.
/// assert!((test.p_value - 2.0 / 256.0).abs() < 0.003);
/// ```
#[must_use]
pub fn paired_test(method: PairedMethod, a: &[f64], b: &[f64], draws: Bootstrap) -> PairedTest {
    let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    let n = differences.len();
    let difference = mean(&differences);
    if n == 0 {
        return PairedTest { difference, p_value: 1.0, n };
    }
    // Sums instead of means. Equal sums may differ in the last bits when their terms come in
    // another order or with other signs, so "as large" allows for rounding.
    let scale = differences.iter().fold(0.0, |sum: f64, d| sum + d.abs());
    let observed = differences.iter().fold(0.0, |sum, d| sum + d).abs() - 1e-12 * scale;
    let extreme: Vec<bool> = match method {
        PairedMethod::Bootstrap => draws.run(|mut random| {
            let mut sum = 0.0;
            for _ in 0..n {
                sum += differences[random.below(n as u64) as usize] - difference;
            }
            sum.abs() >= observed
        }),
        PairedMethod::ApproximateRandomization => draws.run(|mut random| {
            let mut sum = 0.0;
            for block in differences.chunks(64) {
                let mut signs = random.next_u64();
                for d in block {
                    // The lowest bit becomes the sign bit.
                    sum += f64::from_bits(d.to_bits() ^ (signs << 63));
                    signs >>= 1;
                }
            }
            sum.abs() >= observed
        }),
    };
    let count = extreme.iter().filter(|extreme| **extreme).count();
    let p_value = (count + 1) as f64 / (extreme.len() + 1) as f64;
    PairedTest { difference, p_value, n }
}

/// Correction of p-values when several comparisons are made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Correction {
    /// None: right for one comparison only.
    None,
    /// Each p-value times the number of comparisons.
    Bonferroni,
    /// Holm's step-down procedure: as safe as Bonferroni and never weaker.
    #[default]
    Holm,
    /// The step-up procedure of Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical
    /// Society B 57(1), 1995: at most a share alpha of the significant ones is false. For long lists.
    BenjaminiHochberg,
}

impl fmt::Display for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Bonferroni => "bonferroni",
            Self::Holm => "holm",
            Self::BenjaminiHochberg => "bh",
        })
    }
}

impl Correction {
    /// Returns the adjusted p-values in the given order, at most 1: below alpha means significant
    /// with a chance of at most alpha that any of the significant ones is false.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::eval::significance::Correction;
    ///
    /// let adjusted = Correction::Holm.adjust(&[0.25, 0.0625, 0.125]);
    /// assert_eq!(adjusted, [0.25, 0.1875, 0.25]);
    /// assert_eq!(Correction::Bonferroni.adjust(&[0.25, 0.5]), [0.5, 1.0]);
    /// assert_eq!(Correction::BenjaminiHochberg.adjust(&[0.125, 0.5, 0.25]), [0.375, 0.5, 0.375]);
    /// ```
    #[must_use]
    pub fn adjust(self, p_values: &[f64]) -> Vec<f64> {
        let m = p_values.len();
        match self {
            Self::None => p_values.to_vec(),
            Self::Bonferroni => p_values.iter().map(|p| (p * m as f64).min(1.0)).collect(),
            Self::Holm => {
                let mut order: Vec<usize> = (0..m).collect();
                order.sort_by(|i, j| p_values[*i].total_cmp(&p_values[*j]));
                let mut adjusted = vec![0.0; m];
                let mut largest: f64 = 0.0;
                for (rank, index) in order.into_iter().enumerate() {
                    largest = largest.max((p_values[index] * (m - rank) as f64).min(1.0));
                    adjusted[index] = largest;
                }
                adjusted
            }
            Self::BenjaminiHochberg => {
                let mut order: Vec<usize> = (0..m).collect();
                order.sort_by(|i, j| p_values[*i].total_cmp(&p_values[*j]));
                let mut adjusted = vec![0.0; m];
                let mut least: f64 = 1.0;
                for (rank, index) in order.into_iter().enumerate().rev() {
                    least = least.min(p_values[index] * (m as f64 / (rank + 1) as f64));
                    adjusted[index] = least;
                }
                adjusted
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the expected numbers are exact")]
mod tests {
    use super::*;
    use crate::eval::Random;

    const METHODS: [PairedMethod; 2] =
        [PairedMethod::Bootstrap, PairedMethod::ApproximateRandomization];

    /// Scores of two systems on the same articles: a common difficulty, own noise, and for the
    /// first a bonus.
    fn systems(random: &mut Random, n: usize, bonus: f64) -> (Vec<f64>, Vec<f64>) {
        let noise = |random: &mut Random| 0.2 * random.unit() * random.unit();
        (0..n)
            .map(|_| {
                let difficulty = 0.6 * random.unit();
                (difficulty + noise(random) + bonus, difficulty + noise(random))
            })
            .unzip()
    }

    fn rejections(method: PairedMethod, bonus: f64, runs: u64) -> f64 {
        let mut rejected = 0;
        for run in 0..runs {
            let (a, b) = systems(&mut Random::stream(77, run), 60, bonus);
            let test = paired_test(method, &a, &b, Bootstrap::new(499, run));
            rejected += u32::from(test.p_value <= 0.05);
        }
        f64::from(rejected) / runs as f64
    }

    #[test]
    fn equal_systems_are_told_apart_at_the_stated_rate() {
        for method in METHODS {
            let rate = rejections(method, 0.0, 1500);
            // 0.05 with a standard error of 0.0056; the bootstrap is a little liberal at n = 60.
            assert!((0.033..0.072).contains(&rate), "{method}: {rate}");
        }
    }

    #[test]
    fn a_real_difference_is_found() {
        for method in METHODS {
            let rate = rejections(method, 0.03, 200);
            assert!(rate > 0.8, "{method}: {rate}");
        }
    }

    #[test]
    fn extreme_cases_have_extreme_p_values() {
        for method in METHODS {
            let draws = Bootstrap::new(999, 3);
            assert_eq!(paired_test(method, &[], &[], draws).p_value, 1.0);
            assert_eq!(paired_test(method, &[0.5; 30], &[0.5; 30], draws).p_value, 1.0);
            assert_eq!(paired_test(method, &[0.6; 30], &[0.5; 30], draws).p_value, 0.001);
        }
    }

    #[test]
    fn both_directions_have_the_same_p_value() {
        let (a, b) = systems(&mut Random::new(4), 40, 0.01);
        for method in METHODS {
            let draws = Bootstrap::new(999, 3);
            let (ab, ba) = (paired_test(method, &a, &b, draws), paired_test(method, &b, &a, draws));
            assert_eq!(ab.p_value, ba.p_value);
            assert!((ab.difference + ba.difference).abs() < 1e-15);
            assert_eq!(ab, paired_test(method, &a, &b, draws.threads(7)));
        }
    }

    #[test]
    fn holm_is_monotone_and_never_above_bonferroni() {
        let p = [0.04, 0.001, 0.03, 0.5, 0.012];
        let (holm, bonferroni) = (Correction::Holm.adjust(&p), Correction::Bonferroni.adjust(&p));
        assert!(holm.iter().zip(&bonferroni).all(|(h, b)| h <= b));
        // Sorted: 0.001·5, 0.012·4, 0.03·3, 0.04·2 raised to 0.09, 0.5.
        for (got, expected) in holm.iter().zip([0.09, 0.005, 0.09, 0.5, 0.048]) {
            assert!((got - expected).abs() < 1e-12);
        }
        assert!(Correction::Holm.adjust(&[]).is_empty());
    }
}
