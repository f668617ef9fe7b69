//! How strongly two words go together.
//!
//! Counts are of pairs: two words next to each other, or within a window, never across a boundary. n
//! is the number of all pairs, r1 of those with the first word in first place, c1 of those with the
//! second word in second place, so the four cells are real counts of pairs.
//!
//! # References
//!
//! - S. Evert, *The Statistics of Word Cooccurrences*, 2004, chapter 3, and "Corpora and
//!   collocations", 2008, figure 58.5: the measures over one table.

use super::contingency::Table;
use super::formula::named_statistics;

named_statistics! {
    /// The measures of this module, over o11 to o22, r1, r2, c1, c2, n and e11 = r1 c1 / n.
    "measure" AssociationMeasure {
    LogLikelihood(
        "ll",
        "log-likelihood",
        "2 Σ o ln(o / e) over the four cells",
        "T. Dunning, Computational Linguistics 19(1), 1993; Evert 2008, figure 58.9",
    ),
    MutualInformation(
        "mi",
        "mutual information",
        "log2(o11 / e11)",
        "K. Church and P. Hanks, Computational Linguistics 16(1), 1990, section 3",
    ),
    Pmi(
        "pmi",
        "pointwise mutual information",
        "log2(o11 / e11), another name of mi",
        "Church and Hanks 1990",
    ),
    CubicMutualInformation(
        "mi3",
        "cubic mutual information",
        "log2(o11³ / e11)",
        "B. Daille 1994; Evert 2008, figure 58.5 (MI^k with k = 3)",
    ),
    NormalizedPmi(
        "npmi",
        "normalized PMI",
        "log2(o11 / e11) / -log2(o11 / n)",
        "G. Bouma, \"Normalized (Pointwise) Mutual Information in Collocation Extraction\", 2009",
    ),
    TScore(
        "t",
        "t-score",
        "(o11 - e11) / √o11",
        "Church et al. 1991; Evert 2008, figure 58.5",
    ),
    ZScore("z", "z-score", "(o11 - e11) / √e11", "Evert 2008, figure 58.5"),
    ChiSquared(
        "chi2",
        "chi-squared",
        "n (o11 o22 - o12 o21)² / (r1 r2 c1 c2)",
        "K. Pearson 1900; Evert 2008, figure 58.9, without Yates' correction",
    ),
    Dice("dice", "Dice coefficient", "2 o11 / (r1 + c1)", "Evert 2008, figure 58.9"),
    LogDice(
        "logdice",
        "logDice",
        "14 + log2(2 o11 / (r1 + c1))",
        "P. Rychlý, \"A Lexicographer-Friendly Association Score\", RASLAN 2008",
    ),
    LogRatio(
        "logratio",
        "log-ratio",
        "log2((o11 / r1) / (o21 / r2)), ½ for o21 = 0",
        "A. Hardie, \"Log Ratio: an informal introduction\", 2014",
    ),
    MinimumSensitivity(
        "ms",
        "minimum sensitivity",
        "min(o11 / r1, o11 / c1)",
        "T. Pedersen 1998; Evert 2004, section 3.1",
    ),
    }
}

/// Returns a measure; `None` if it is not defined for these counts.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::association::{AssociationMeasure, association};
/// use tomtat::corpus::contingency::Table;
///
/// let table = Table::from_margins(8, 16, 16, 128).expect("counts that agree");
/// assert_eq!(association(AssociationMeasure::MutualInformation, &table), Some(2.0));
/// assert_eq!(association(AssociationMeasure::LogDice, &table), Some(13.0));
/// ```
#[must_use]
pub fn association(measure: AssociationMeasure, table: &Table) -> Option<f64> {
    let [o11, _, o21, _] = table.cells();
    let [r1, r2, c1, _] = table.margins();
    let (e11, n) = (table.expected(), table.sum());
    let value = match measure {
        AssociationMeasure::LogLikelihood => table.log_likelihood(),
        AssociationMeasure::MutualInformation | AssociationMeasure::Pmi => libm::log2(o11 / e11),
        AssociationMeasure::CubicMutualInformation => libm::log2(o11 * o11 * o11 / e11),
        AssociationMeasure::NormalizedPmi if o11 < n => {
            libm::log2(o11 / e11) / -libm::log2(o11 / n)
        }
        // Both words occur in every pair.
        AssociationMeasure::NormalizedPmi => 1.0,
        AssociationMeasure::TScore => (o11 - e11) / f64::sqrt(o11),
        AssociationMeasure::ZScore => (o11 - e11) / f64::sqrt(e11),
        AssociationMeasure::ChiSquared => table.chi_squared(),
        AssociationMeasure::Dice => 2.0 * o11 / (r1 + c1),
        AssociationMeasure::LogDice => 14.0 + libm::log2(2.0 * o11 / (r1 + c1)),
        AssociationMeasure::LogRatio => {
            let elsewhere = if o21 == 0.0 { 0.5 } else { o21 };
            libm::log2(o11 / r1 / (elsewhere / r2))
        }
        AssociationMeasure::MinimumSensitivity => (o11 / r1).min(o11 / c1),
    };
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_by_hand() {
        // o11 = 8, r1 = 16, c1 = 32, n = 1024: e11 = 0.5, o21 = 24, r2 = 1008.
        let table = Table::from_margins(8, 16, 32, 1024).expect("counts that agree");
        let cases = [
            (AssociationMeasure::MutualInformation, 4.0),
            (AssociationMeasure::Pmi, 4.0),
            (AssociationMeasure::CubicMutualInformation, 10.0),
            (AssociationMeasure::NormalizedPmi, 4.0 / 7.0),
            (AssociationMeasure::TScore, 7.5 / 8f64.sqrt()),
            (AssociationMeasure::ZScore, 7.5 / 0.5f64.sqrt()),
            (AssociationMeasure::Dice, 1.0 / 3.0),
            (AssociationMeasure::LogDice, 14.0 - 3f64.log2()),
            (AssociationMeasure::LogRatio, 21f64.log2()),
            (AssociationMeasure::MinimumSensitivity, 0.25),
            // 1024 (8 · 984 - 8 · 24)² / (16 · 1008 · 32 · 992)
            (
                AssociationMeasure::ChiSquared,
                1024.0 * 7680.0 * 7680.0 / (16.0 * 1008.0 * 32.0 * 992.0),
            ),
            (
                AssociationMeasure::LogLikelihood,
                2.0 * (8.0 * 16f64.ln()
                    + 8.0 * (8.0f64 / 15.5).ln()
                    + 24.0 * (24.0f64 / 31.5).ln()
                    + 984.0 * (984.0f64 / 976.5).ln()),
            ),
        ];
        for (measure, expected) in cases {
            let found = association(measure, &table).expect("a value");
            assert!((found - expected).abs() < 1e-10, "{measure}: {found}, not {expected}");
        }
        assert_eq!(cases.len(), AssociationMeasure::ALL.len());
        for measure in AssociationMeasure::ALL {
            assert!(association(*measure, &table).is_some());
            assert_eq!(measure.name().parse(), Ok(*measure));
        }
        let error = "other".parse::<AssociationMeasure>().expect_err("no such measure");
        assert!(error.to_string().starts_with("no measure `other`; measures are ll, mi, "));
    }

    #[test]
    fn edges_are_defined_or_none() {
        let all = Table::from_margins(5, 5, 5, 5).expect("counts that agree");
        assert_eq!(association(AssociationMeasure::NormalizedPmi, &all), Some(1.0));
        assert_eq!(association(AssociationMeasure::LogRatio, &all), None);
        let never = Table::from_margins(0, 5, 5, 50).expect("counts that agree");
        assert_eq!(association(AssociationMeasure::MutualInformation, &never), None);
        assert_eq!(association(AssociationMeasure::Dice, &never), Some(0.0));
    }
}
