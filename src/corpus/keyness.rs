//! Which terms are more, or less, frequent in one corpus than in another.
//!
//! A term occurs a times among the c items of the target and b times among the d of the reference.
//! Against background statistics, which count documents, items are documents: a is the number of
//! documents with the term (*text dispersion keyness*, J. Egbert and D. Biber, Corpora 14(1), 2019).

use super::contingency::{Table, chi_squared_p, surprise};
use super::formula::named_statistics;

named_statistics! {
    /// The measures of this module, over a, b, c, d; fa = a / c and fb = b / d.
    "measure" KeynessMeasure {
    LogLikelihood(
        "ll",
        "log-likelihood",
        "2 (a ln(a / e1) + b ln(b / e2)), e1 = c (a + b) / (c + d), e2 = d (a + b) / (c + d)",
        "P. Rayson and R. Garside, \"Comparing corpora using frequency profiling\", 2000, equation 2",
    ),
    FullLogLikelihood(
        "g2",
        "log-likelihood ratio of the whole table",
        "2 Σ o ln(o / e) over a, b, c - a, d - b",
        "T. Dunning, Computational Linguistics 19(1), 1993",
    ),
    ChiSquared(
        "chi2",
        "chi-squared",
        "(c + d) (a (d - b) - b (c - a))² / ((a + b) (c + d - a - b) c d)",
        "K. Pearson 1900, without Yates' correction",
    ),
    Fisher(
        "fisher",
        "p-value of Fisher's exact test, two-sided",
        "sum of the hypergeometric probabilities of all tables at most as likely",
        "R. A. Fisher 1935, chapter 2",
    ),
    Bic(
        "bic",
        "Bayes factor (BIC)",
        "ll - ln(c + d)",
        "A. Wilson, \"Embracing Bayes factors for key item analysis in corpus linguistics\", 2013",
    ),
    PercentDifference(
        "diff",
        "%DIFF",
        "100 (fa - fb) / fb; undefined for b = 0",
        "C. Gabrielatos and A. Marchi 2011",
    ),
    LogRatio(
        "logratio",
        "log ratio",
        "log2(fa / fb), ½ in the place of a count of 0",
        "A. Hardie, \"Log Ratio: an informal introduction\", 2014",
    ),
    OddsRatio(
        "oddsratio",
        "odds ratio",
        "(a / (c - a)) / (b / (d - b)); undefined for b = 0",
        "S. Evert 2004, section 3.1; P. Pojanapunya and R. Watson Todd 2018",
    ),
    }
}

/// The counts of a term in two corpora.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Occurrences in the target.
    pub a: u64,
    /// Occurrences in the reference.
    pub b: u64,
    /// Size of the target.
    pub c: u64,
    /// Size of the reference.
    pub d: u64,
}

impl Counts {
    /// Takes the counts; `None` if a term occurs more often than there are items.
    #[must_use]
    pub const fn new(a: u64, b: u64, c: u64, d: u64) -> Option<Self> {
        if a <= c && b <= d && c > 0 && d > 0 { Some(Self { a, b, c, d }) } else { None }
    }

    /// Returns true if the term is relatively more frequent in the target.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.a as u128 * self.d as u128 > self.b as u128 * self.c as u128
    }
}

/// Returns a measure; `None` if it is not defined for these counts.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::keyness::{Counts, KeynessMeasure, keyness};
///
/// let counts = Counts::new(40, 10, 1000, 1000).expect("counts that agree");
/// assert_eq!(keyness(KeynessMeasure::LogRatio, counts), Some(2.0));
/// assert_eq!(keyness(KeynessMeasure::PercentDifference, counts), Some(300.0));
/// ```
#[must_use]
pub fn keyness(measure: KeynessMeasure, counts: Counts) -> Option<f64> {
    let Counts { a, b, c, d } = counts;
    let table = || Table::of_corpora(a, c, b, d);
    let (fa, fb, fc, fd) = (a as f64, b as f64, c as f64, d as f64);
    let log_likelihood = || {
        let rate = (fa + fb) / (fc + fd);
        (2.0 * (surprise(fa, fc * rate) + surprise(fb, fd * rate))).max(0.0)
    };
    let value = match measure {
        KeynessMeasure::LogLikelihood => log_likelihood(),
        KeynessMeasure::FullLogLikelihood => table()?.log_likelihood(),
        KeynessMeasure::ChiSquared => table()?.chi_squared(),
        KeynessMeasure::Fisher => table()?.fisher(),
        KeynessMeasure::Bic => log_likelihood() - libm::log(fc + fd),
        KeynessMeasure::PercentDifference => 100.0 * (fa / fc - fb / fd) / (fb / fd),
        KeynessMeasure::LogRatio => {
            let half = |x: f64| if x == 0.0 { 0.5 } else { x };
            libm::log2(half(fa) / fc / (half(fb) / fd))
        }
        KeynessMeasure::OddsRatio => fa / (fc - fa) / (fb / (fd - fb)),
    };
    value.is_finite().then_some(value)
}

/// Returns the p-value that goes with a measure: of Fisher's test for `fisher`, of chi-squared for
/// `chi2` and `g2`, of `ll` for all others.
#[must_use]
pub fn p_value(measure: KeynessMeasure, counts: Counts) -> Option<f64> {
    Some(match measure {
        KeynessMeasure::Fisher => keyness(KeynessMeasure::Fisher, counts)?,
        KeynessMeasure::ChiSquared | KeynessMeasure::FullLogLikelihood => {
            chi_squared_p(keyness(measure, counts)?)
        }
        _ => chi_squared_p(keyness(KeynessMeasure::LogLikelihood, counts)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_by_hand() {
        // a = 20 of 1000, b = 10 of 4000: e1 = 6, e2 = 24.
        let counts = Counts::new(20, 10, 1000, 4000).expect("counts that agree");
        let ll = 2.0 * (20.0 * (20f64 / 6.0).ln() + 10.0 * (10f64 / 24.0).ln());
        let cases = [
            (KeynessMeasure::LogLikelihood, ll),
            (
                KeynessMeasure::FullLogLikelihood,
                ll + 2.0 * (980.0 * (980f64 / 994.0).ln() + 3990.0 * (3990f64 / 3976.0).ln()),
            ),
            // 5000 (20 · 3990 - 10 · 980)² / (30 · 4970 · 1000 · 4000)
            (
                KeynessMeasure::ChiSquared,
                5000.0 * 70_000.0 * 70_000.0 / (30.0 * 4970.0 * 4_000_000.0),
            ),
            (KeynessMeasure::Bic, ll - 5000f64.ln()),
            (KeynessMeasure::PercentDifference, 700.0),
            (KeynessMeasure::LogRatio, 3.0),
            (KeynessMeasure::OddsRatio, 20.0 / 980.0 * 3990.0 / 10.0),
        ];
        for (measure, expected) in cases {
            let found = keyness(measure, counts).expect("a value");
            assert!((found - expected).abs() < 1e-9, "{measure}: {found}, not {expected}");
        }
        assert!(keyness(KeynessMeasure::Fisher, counts).is_some_and(|p| p < 1e-6));
        assert_eq!(cases.len() + 1, KeynessMeasure::ALL.len());
        assert!(KeynessMeasure::ALL.iter().all(|m| keyness(*m, counts).is_some()));
    }

    #[test]
    fn absent_terms_have_an_effect_size() {
        let counts = Counts::new(8, 0, 1000, 1000).expect("counts that agree");
        assert_eq!(keyness(KeynessMeasure::LogRatio, counts), Some(4.0));
        assert_eq!(keyness(KeynessMeasure::PercentDifference, counts), None);
        assert_eq!(keyness(KeynessMeasure::OddsRatio, counts), None);
        assert!(counts.is_positive());
        let absent = Counts::new(0, 8, 1000, 1000).expect("counts that agree");
        assert_eq!(keyness(KeynessMeasure::PercentDifference, absent), Some(-100.0));
        assert!(!absent.is_positive());
        assert!(Counts::new(2, 1, 1, 1).is_none());
    }

    #[test]
    fn p_values_follow_their_statistic() {
        let counts = Counts::new(20, 10, 1000, 4000).expect("counts that agree");
        let p = |measure| p_value(measure, counts).expect("a p-value");
        assert!((p(KeynessMeasure::LogRatio) - p(KeynessMeasure::LogLikelihood)).abs() < 1e-18);
        assert!(p(KeynessMeasure::ChiSquared) < p(KeynessMeasure::LogLikelihood));
    }
}
