//! How strongly two words go together.
//!
//! Counts are of pairs: two words next to each other, or within a window, never across a border. n
//! is the number of all pairs, r1 of those with the first word in first place, c1 of those with the
//! second word in second place, so the four cells are real counts of pairs.
//!
//! # References
//!
//! - S. Evert, *The Statistics of Word Cooccurrences*, 2004, chapter 3, and "Corpora and
//!   collocations", 2008, figure 58.5: the measures over one table.

use super::contingency::Table;
use super::formula::Formula;

/// The measures of this module, over o11 to o22, r1, r2, c1, c2, n and e11 = r1 c1 / n.
pub const MEASURES: &[Formula] = &[
    Formula::new(
        "ll",
        "log-likelihood",
        "2 Σ o ln(o / e) over the four cells",
        "T. Dunning, Computational Linguistics 19(1), 1993; Evert 2008, figure 58.9",
    ),
    Formula::new(
        "mi",
        "mutual information",
        "log2(o11 / e11)",
        "K. Church and P. Hanks, Computational Linguistics 16(1), 1990, section 3",
    ),
    Formula::new(
        "pmi",
        "pointwise mutual information",
        "log2(o11 / e11), another name of mi",
        "Church and Hanks 1990",
    ),
    Formula::new(
        "mi3",
        "cubic mutual information",
        "log2(o11³ / e11)",
        "B. Daille 1994; Evert 2008, figure 58.5 (MI^k with k = 3)",
    ),
    Formula::new(
        "npmi",
        "normalized PMI",
        "log2(o11 / e11) / -log2(o11 / n)",
        "G. Bouma, \"Normalized (Pointwise) Mutual Information in Collocation Extraction\", 2009",
    ),
    Formula::new(
        "t",
        "t-score",
        "(o11 - e11) / √o11",
        "Church et al. 1991; Evert 2008, figure 58.5",
    ),
    Formula::new("z", "z-score", "(o11 - e11) / √e11", "Evert 2008, figure 58.5"),
    Formula::new(
        "chi2",
        "chi-squared",
        "n (o11 o22 - o12 o21)² / (r1 r2 c1 c2)",
        "K. Pearson 1900; Evert 2008, figure 58.9, without Yates' correction",
    ),
    Formula::new("dice", "Dice coefficient", "2 o11 / (r1 + c1)", "Evert 2008, figure 58.9"),
    Formula::new(
        "logdice",
        "logDice",
        "14 + log2(2 o11 / (r1 + c1))",
        "P. Rychlý, \"A Lexicographer-Friendly Association Score\", RASLAN 2008",
    ),
    Formula::new(
        "logratio",
        "log-ratio",
        "log2((o11 / r1) / (o21 / r2)), ½ for o21 = 0",
        "A. Hardie, \"Log Ratio: an informal introduction\", 2014",
    ),
    Formula::new(
        "ms",
        "minimum sensitivity",
        "min(o11 / r1, o11 / c1)",
        "T. Pedersen 1998; Evert 2004, section 3.1",
    ),
];

/// Returns a measure by name; `None` if there is none or it is not defined for these counts.
///
/// # Examples
///
/// ```
/// use tomtat::terms::association::association;
/// use tomtat::terms::contingency::Table;
///
/// let table = Table::from_margins(8, 16, 16, 128).expect("counts that agree");
/// assert_eq!(association("mi", &table), Some(2.0));
/// assert_eq!(association("logdice", &table), Some(13.0));
/// ```
#[must_use]
pub fn association(name: &str, table: &Table) -> Option<f64> {
    let [o11, _, o21, _] = table.cells();
    let [r1, r2, c1, _] = table.margins();
    let (e11, n) = (table.expected(), table.sum());
    let value = match name {
        "ll" => table.log_likelihood(),
        "mi" | "pmi" => libm::log2(o11 / e11),
        "mi3" => libm::log2(o11 * o11 * o11 / e11),
        "npmi" if o11 < n => libm::log2(o11 / e11) / -libm::log2(o11 / n),
        // Both words occur in every pair.
        "npmi" => 1.0,
        "t" => (o11 - e11) / f64::sqrt(o11),
        "z" => (o11 - e11) / f64::sqrt(e11),
        "chi2" => table.chi_squared(),
        "dice" => 2.0 * o11 / (r1 + c1),
        "logdice" => 14.0 + libm::log2(2.0 * o11 / (r1 + c1)),
        "logratio" => {
            let elsewhere = if o21 == 0.0 { 0.5 } else { o21 };
            libm::log2(o11 / r1 / (elsewhere / r2))
        }
        "ms" => (o11 / r1).min(o11 / c1),
        _ => return None,
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
            ("mi", 4.0),
            ("pmi", 4.0),
            ("mi3", 10.0),
            ("npmi", 4.0 / 7.0),
            ("t", 7.5 / 8f64.sqrt()),
            ("z", 7.5 / 0.5f64.sqrt()),
            ("dice", 1.0 / 3.0),
            ("logdice", 14.0 - 3f64.log2()),
            ("logratio", 21f64.log2()),
            ("ms", 0.25),
            // 1024 (8 · 984 - 8 · 24)² / (16 · 1008 · 32 · 992)
            ("chi2", 1024.0 * 7680.0 * 7680.0 / (16.0 * 1008.0 * 32.0 * 992.0)),
            (
                "ll",
                2.0 * (8.0 * 16f64.ln()
                    + 8.0 * (8.0f64 / 15.5).ln()
                    + 24.0 * (24.0f64 / 31.5).ln()
                    + 984.0 * (984.0f64 / 976.5).ln()),
            ),
        ];
        for (name, expected) in cases {
            let found = association(name, &table).expect(name);
            assert!((found - expected).abs() < 1e-10, "{name}: {found}, not {expected}");
        }
        assert_eq!(cases.len(), MEASURES.len());
        assert!(MEASURES.iter().all(|m| association(m.name, &table).is_some()));
        assert_eq!(association("other", &table), None);
    }

    #[test]
    fn edges_are_defined_or_none() {
        let all = Table::from_margins(5, 5, 5, 5).expect("counts that agree");
        assert_eq!(association("npmi", &all), Some(1.0));
        assert_eq!(association("logratio", &all), None);
        let never = Table::from_margins(0, 5, 5, 50).expect("counts that agree");
        assert_eq!(association("mi", &never), None);
        assert_eq!(association("dice", &never), Some(0.0));
    }
}
