//! The members of the ROUGE family by name.

use std::fmt;
use std::str::FromStr;

/// One measure of the ROUGE family.
///
/// It is written and read the way papers and `rouge_score` name it: `rouge1`, `rouge2`, `rougeL`,
/// `rougeLsum`, `rougeS4`, `rougeSU4`, `rougeS*`, `rougeW-1.2`.
///
/// # Examples
///
/// ```
/// use tomtat::eval::Measure;
///
/// let measure: Measure = "rougeSU4".parse()?;
/// assert_eq!(measure, Measure::SkipBigram { gap: Some(4), unigrams: true });
/// assert_eq!(Measure::ROUGE_L.to_string(), "rougeL");
/// # Ok::<(), tomtat::eval::ParseMeasureError>(())
/// ```
///
/// # References
///
/// C.-Y. Lin (2004), *ROUGE: A Package for Automatic Evaluation of Summaries*, sections 2 to 6.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Measure {
    /// ROUGE-N: shared n-grams, counted with multiplicity (section 2, equation 1).
    Ngram {
        /// Length of the n-grams, at least 1.
        n: u8,
    },
    /// ROUGE-L over the whole text as one sequence: longest common subsequence (equations 2–4).
    Lcs,
    /// ROUGE-L at summary level: the union of the longest common subsequences of each reference
    /// sentence with all sentences of the prediction (section 3.2), no token counted twice.
    /// Sentences end at line feeds. `rouge_score` calls it `rougeLsum`.
    UnionLcs,
    /// ROUGE-W: longest common subsequence that rewards runs, a run of k tokens being worth
    /// k^weight (section 4, equations 13–15).
    WeightedLcs {
        /// The exponent; above 1 rewards runs. ROUGE-1.5.5 is commonly run with 1.2.
        weight: f64,
    },
    /// ROUGE-S and ROUGE-SU: shared pairs of tokens in order (section 5).
    SkipBigram {
        /// Most tokens that may stand between the two; `None` sets no limit and takes time in
        /// the square of the length.
        gap: Option<u16>,
        /// ROUGE-SU: single tokens are counted too.
        unigrams: bool,
    },
}

impl Measure {
    /// ROUGE-1.
    pub const ROUGE_1: Self = Self::Ngram { n: 1 };
    /// ROUGE-2.
    pub const ROUGE_2: Self = Self::Ngram { n: 2 };
    /// ROUGE-3.
    pub const ROUGE_3: Self = Self::Ngram { n: 3 };
    /// ROUGE-L of the whole text.
    pub const ROUGE_L: Self = Self::Lcs;
    /// ROUGE-L of summaries given as lines.
    pub const ROUGE_LSUM: Self = Self::UnionLcs;
    /// ROUGE-S4.
    pub const ROUGE_S4: Self = Self::SkipBigram { gap: Some(4), unigrams: false };
    /// ROUGE-SU4.
    pub const ROUGE_SU4: Self = Self::SkipBigram { gap: Some(4), unigrams: true };
    /// ROUGE-W with weight 1.2.
    pub const ROUGE_W: Self = Self::WeightedLcs { weight: 1.2 };

    /// Returns true if the parameters make sense: n at least 1, a positive finite weight.
    pub(crate) fn is_valid(self) -> bool {
        match self {
            Self::Ngram { n } => n >= 1,
            Self::WeightedLcs { weight } => weight.is_finite() && weight > 0.0,
            Self::Lcs | Self::UnionLcs | Self::SkipBigram { .. } => true,
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Ngram { n } => write!(f, "rouge{n}"),
            Self::Lcs => f.write_str("rougeL"),
            Self::UnionLcs => f.write_str("rougeLsum"),
            Self::WeightedLcs { weight } => write!(f, "rougeW-{weight}"),
            Self::SkipBigram { gap, unigrams } => {
                f.write_str(if unigrams { "rougeSU" } else { "rougeS" })?;
                match gap {
                    Some(gap) => write!(f, "{gap}"),
                    None => f.write_str("*"),
                }
            }
        }
    }
}

/// The name of a measure is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown measure {name:?}, expected rouge1 to rouge255, rougeL, rougeLsum, rougeS<gap>, \
     rougeSU<gap> (gap may be *) or rougeW-<weight>"
)]
pub struct ParseMeasureError {
    name: String,
}

impl FromStr for Measure {
    type Err = ParseMeasureError;

    /// Reads a name; case, a hyphen after "rouge" and the word "rouge" itself may differ.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let unknown = || ParseMeasureError { name: name.to_owned() };
        let lower = name.trim().to_ascii_lowercase();
        let rest = lower.strip_prefix("rouge").unwrap_or(&lower);
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        let gap = |text: &str| match text {
            "*" => Ok(None),
            text => text.parse().map(Some).map_err(|_| unknown()),
        };
        let measure = if rest == "l" {
            Self::Lcs
        } else if rest == "lsum" {
            Self::UnionLcs
        } else if let Some(text) = rest.strip_prefix("su") {
            Self::SkipBigram { gap: gap(text)?, unigrams: true }
        } else if let Some(text) = rest.strip_prefix('s') {
            Self::SkipBigram { gap: gap(text)?, unigrams: false }
        } else if let Some(text) = rest.strip_prefix('w') {
            let text = text.strip_prefix('-').unwrap_or(text);
            let weight = if text.is_empty() { 1.2 } else { text.parse().map_err(|_| unknown())? };
            Self::WeightedLcs { weight }
        } else {
            Self::Ngram { n: rest.parse().map_err(|_| unknown())? }
        };
        if measure.is_valid() { Ok(measure) } else { Err(unknown()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for measure in [
            Measure::ROUGE_1,
            Measure::Ngram { n: 9 },
            Measure::ROUGE_L,
            Measure::ROUGE_LSUM,
            Measure::ROUGE_S4,
            Measure::ROUGE_SU4,
            Measure::SkipBigram { gap: None, unigrams: false },
            Measure::ROUGE_W,
        ] {
            assert_eq!(measure.to_string().parse(), Ok(measure));
        }
        assert_eq!("ROUGE-2".parse(), Ok(Measure::ROUGE_2));
        assert_eq!("L".parse(), Ok(Measure::ROUGE_L));
    }

    #[test]
    fn senseless_names_are_errors() {
        for name in ["", "rouge", "rouge0", "rouge256", "rougeX", "rougeW-0", "rougeW-nan", "s-1"] {
            assert!(name.parse::<Measure>().is_err(), "{name}");
        }
    }
}
