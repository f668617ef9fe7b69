//! Weights of terms: every usual variant of tf, idf and normalization by its standard name.
//!
//! A [`Scheme`] is written in SMART notation, three letters for tf, idf and normalization (`ltc`), or
//! by the name of a complete formula (`sklearn`, `bm25`). All logarithms are natural.
//!
//! # References
//!
//! - G. Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval", Information
//!   Processing and Management 24(5), 1988, table 1.
//! - C. Manning, P. Raghavan and H. Schütze, *Introduction to Information Retrieval*, 2008, section
//!   6.4, figure 6.15: the letters of SMART.
//! - S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009,
//!   section 3.5.
//! - A. Singhal, C. Buckley and M. Mitra, "Pivoted Document Length Normalization", SIGIR 1996: `d`
//!   and `u`.

use std::fmt;
use std::str::FromStr;

use super::formula::Formula;

/// Variants of idf.
pub const IDF: &[Formula] = &[
    Formula::new("none", "no idf", "1", "SMART `n`"),
    Formula::new(
        "standard",
        "inverse document frequency",
        "ln(N / df)",
        "K. Spärck Jones 1972; SMART `t` (Manning et al. 2008, section 6.2.1)",
    ),
    Formula::new(
        "smooth",
        "smooth idf of scikit-learn",
        "ln((1 + N) / (1 + df)) + 1",
        "scikit-learn, TfidfTransformer(smooth_idf=True)",
    ),
    Formula::new(
        "plus1",
        "idf of scikit-learn without smoothing",
        "ln(N / df) + 1",
        "scikit-learn, TfidfTransformer(smooth_idf=False)",
    ),
    Formula::new(
        "prob",
        "probabilistic idf",
        "max(0, ln((N - df) / df))",
        "Croft and Harper 1979; SMART `p` (Manning et al. 2008, figure 6.15)",
    ),
    Formula::new(
        "bm25",
        "idf of BM25, never negative",
        "ln(1 + (N - df + 0.5) / (df + 0.5))",
        "Robertson and Zaragoza 2009, equation 3.3, with 1 added inside as Lucene does",
    ),
    Formula::new(
        "rsj",
        "Robertson-Spärck Jones weight without relevance",
        "ln((N - df + 0.5) / (df + 0.5))",
        "Robertson and Zaragoza 2009, equation 3.3; negative for df > N / 2",
    ),
    Formula::new(
        "residual",
        "residual idf, in bits",
        "-log2(df / N) + log2(1 - exp(-tf / N))",
        "K. Church and W. Gale, \"Poisson mixtures\", Natural Language Engineering 1(2), 1995",
    ),
];

/// Variants of tf, by their letter in SMART.
pub const TF: &[Formula] = &[
    Formula::new("n", "natural", "tf", "Manning et al. 2008, figure 6.15"),
    Formula::new("l", "logarithm", "1 + ln(tf)", "Manning et al. 2008, figure 6.15"),
    Formula::new(
        "a",
        "augmented",
        "0.5 + 0.5 tf / max tf",
        "Salton and Buckley 1988, table 1; Manning et al. 2008, figure 6.15",
    ),
    Formula::new("b", "boolean", "1 if tf > 0", "Manning et al. 2008, figure 6.15"),
    Formula::new(
        "L",
        "log average",
        "(1 + ln(tf)) / (1 + ln(mean tf))",
        "Manning et al. 2008, figure 6.15; the mean is that of the terms of the document",
    ),
    Formula::new(
        "d",
        "double logarithm",
        "1 + ln(1 + ln(tf))",
        "Singhal et al., \"AT&T at TREC-7\", 1998",
    ),
];

/// Variants of normalization, by their letter in SMART.
pub const NORMALIZATION: &[Formula] = &[
    Formula::new("n", "none", "1", "Manning et al. 2008, figure 6.15"),
    Formula::new(
        "c",
        "cosine",
        "1 / sqrt(sum of squared weights)",
        "Manning et al. 2008, figure 6.15",
    ),
    Formula::new(
        "u",
        "pivoted unique",
        "1 / ((1 - s) pivot + s unique), s = 0.2, pivot = mean number of different terms",
        "Singhal et al. 1996, section 5",
    ),
];

/// Slope of pivoted normalization: Singhal et al. 1996, section 5.
const SLOPE: f64 = 0.2;

/// Complete weighting schemes that have a name of their own.
pub const SCHEMES: &[Formula] = &[
    Formula::new(
        "sklearn",
        "TfidfVectorizer of scikit-learn with its defaults",
        "tf (ln((1 + N) / (1 + df)) + 1), then the vector of a document divided by its length",
        "scikit-learn, TfidfVectorizer()",
    ),
    Formula::new(
        "bm25",
        "BM25 weight of a term in a document",
        "ln(1 + (N - df + 0.5) / (df + 0.5)) tf (k1 + 1) / (tf + k1 (1 - b + b dl / avgdl)), k1 = 1.2, b = 0.75",
        "Robertson and Zaragoza 2009, equation 3.15",
    ),
    Formula::new("tfidf", "tf times idf", "tf ln(N / df)", "Salton and Buckley 1988; SMART `ntn`"),
];

/// Returns the idf by name, for a term that occurs `tf` times in `df` of `documents` documents.
///
/// `None` if no variant has this name. A `df` of 0 gives infinity where the formula does.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::weighting::idf;
///
/// assert_eq!(idf("standard", 8, 8, 8), Some(0.0));
/// assert!((idf("smooth", 7, 1, 3).unwrap() - (8.0f64 / 2.0).ln() - 1.0).abs() < 1e-15);
/// assert_eq!(idf("other", 7, 1, 3), None);
/// ```
#[must_use]
pub fn idf(name: &str, documents: u64, df: u64, tf: u64) -> Option<f64> {
    let (n, df, tf) = (documents as f64, df as f64, tf as f64);
    Some(match name {
        "none" => 1.0,
        "standard" => libm::log(n / df),
        "smooth" => libm::log((1.0 + n) / (1.0 + df)) + 1.0,
        "plus1" => libm::log(n / df) + 1.0,
        "prob" => libm::log((n - df) / df).max(0.0),
        "bm25" => libm::log(1.0 + (n - df + 0.5) / (df + 0.5)),
        "rsj" => libm::log((n - df + 0.5) / (df + 0.5)),
        "residual" => -libm::log2(df / n) + libm::log2(-libm::expm1(-tf / n)),
        _ => return None,
    })
}

/// How the weight of a term in a document is computed.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::weighting::Scheme;
///
/// let scheme: Scheme = "ltc".parse()?;
/// assert_eq!(scheme.to_string(), "ltc");
/// assert!("ltx".parse::<Scheme>().is_err());
/// # Ok::<(), tomtat::corpus::weighting::SchemeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Smart { tf: char, idf: char, norm: char },
    Sklearn,
    Bm25,
}

/// A weighting scheme with an unknown name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no weighting scheme `{0}`: SMART has three letters, tf of n l a b L d, idf of n t (or f) p, \
     normalization of n c u; names are sklearn, bm25, tfidf"
)]
pub struct SchemeError(String);

impl FromStr for Scheme {
    type Err = SchemeError;

    fn from_str(name: &str) -> Result<Self, SchemeError> {
        let mut letters = name.chars();
        Ok(Self(match (name, letters.next(), letters.next(), letters.next(), letters.next()) {
            ("sklearn", ..) => Kind::Sklearn,
            ("bm25", ..) => Kind::Bm25,
            ("tfidf", ..) => Kind::Smart { tf: 'n', idf: 't', norm: 'n' },
            (
                _,
                Some(tf @ ('n' | 'l' | 'a' | 'b' | 'L' | 'd')),
                Some(idf @ ('n' | 't' | 'f' | 'p')),
                Some(norm @ ('n' | 'c' | 'u')),
                None,
            ) => Kind::Smart { tf, idf: if idf == 'f' { 't' } else { idf }, norm },
            _ => return Err(SchemeError(name.to_owned())),
        }))
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Smart { tf, idf, norm } => write!(f, "{tf}{idf}{norm}"),
            Kind::Sklearn => f.write_str("sklearn"),
            Kind::Bm25 => f.write_str("bm25"),
        }
    }
}

/// What a scheme must know of the corpus.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CorpusSize {
    /// Number of documents.
    pub documents: u64,
    /// Mean number of items of a document.
    pub mean_length: f64,
    /// Mean number of different terms of a document.
    pub mean_distinct: f64,
}

impl CorpusSize {
    /// Describes a corpus.
    #[must_use]
    pub const fn new(documents: u64, mean_length: f64) -> Self {
        Self { documents, mean_length, mean_distinct: 0.0 }
    }

    /// Sets the mean number of different terms of a document, which pivoted normalization needs.
    #[must_use]
    pub const fn with_mean_distinct(mut self, mean_distinct: f64) -> Self {
        self.mean_distinct = mean_distinct;
        self
    }
}

impl Scheme {
    /// Returns the formula in words.
    #[must_use]
    pub fn explain(&self) -> String {
        let named = |name: &str| {
            SCHEMES
                .iter()
                .find(|f| f.name == name)
                .map(|f| f.formula.to_owned())
                .unwrap_or_default()
        };
        match self.0 {
            Kind::Sklearn => named("sklearn"),
            Kind::Bm25 => named("bm25"),
            Kind::Smart { tf, idf, norm } => {
                let tf = TF.iter().find(|f| f.name.starts_with(tf)).map_or("tf", |f| f.formula);
                let idf = match idf {
                    't' => " × ln(N / df)",
                    'p' => " × max(0, ln((N - df) / df))",
                    _ => "",
                };
                let norm = match norm {
                    'c' => ", then the vector of a document divided by its length",
                    'u' => {
                        ", then divided by (1 - s) pivot + s unique, s = 0.2, pivot = mean number of \
                         different terms of a document"
                    }
                    _ => "",
                };
                format!("({tf}){idf}{norm}")
            }
        }
    }

    /// Returns the weights of the terms of one document, in their order.
    ///
    /// `terms` are pairs of tf in the document and df in the corpus.
    #[must_use]
    pub fn weights(&self, terms: &[(u64, u64)], corpus: CorpusSize) -> Vec<f64> {
        let length: u64 = terms.iter().map(|t| t.0).sum();
        let most = terms.iter().map(|t| t.0).max().unwrap_or(0) as f64;
        let mean = length as f64 / terms.len().max(1) as f64;
        let weigh_idf = |name: &str, df: u64| idf(name, corpus.documents, df, 0).unwrap_or(1.0);
        let weight = |&(tf, df): &(u64, u64)| {
            let f = tf as f64;
            match self.0 {
                Kind::Sklearn => f * weigh_idf("smooth", df),
                Kind::Bm25 => {
                    let (k1, b) = (1.2, 0.75);
                    let relative = length as f64 / corpus.mean_length;
                    weigh_idf("bm25", df) * f * (k1 + 1.0) / (f + k1 * (1.0 - b + b * relative))
                }
                Kind::Smart { tf: letter, idf, .. } => {
                    let local = match letter {
                        'l' => 1.0 + libm::log(f),
                        'a' => 0.5 + 0.5 * f / most,
                        'b' => 1.0,
                        'd' => 1.0 + libm::log1p(libm::log(f)),
                        'L' => (1.0 + libm::log(f)) / (1.0 + libm::log(mean)),
                        _ => f,
                    };
                    local
                        * match idf {
                            // These have no value for a term that no document holds.
                            't' => weigh_idf("standard", df.max(1)),
                            'p' => weigh_idf("prob", df.max(1)),
                            _ => 1.0,
                        }
                }
            }
        };
        let mut weights: Vec<f64> = terms.iter().map(weight).collect();
        if matches!(self.0, Kind::Sklearn | Kind::Smart { norm: 'c', .. }) {
            let norm = f64::sqrt(weights.iter().fold(0.0, |sum, w| sum + w * w));
            if norm > 0.0 {
                weights.iter_mut().for_each(|w| *w /= norm);
            }
        }
        if matches!(self.0, Kind::Smart { norm: 'u', .. }) {
            let norm = (1.0 - SLOPE) * corpus.mean_distinct + SLOPE * terms.len() as f64;
            weights.iter_mut().for_each(|w| *w /= norm);
        }
        weights
    }

    /// Returns true if the scheme needs to know the lengths of the documents of the corpus.
    #[must_use]
    pub const fn needs_lengths(&self) -> bool {
        matches!(self.0, Kind::Bm25 | Kind::Smart { norm: 'u', .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    #[test]
    fn idf_by_hand() {
        // N = 8, df = 2, tf = 3.
        let idf = |name| idf(name, 8, 2, 3).expect("a variant");
        assert!(close(idf("standard"), 2.0 * std::f64::consts::LN_2));
        assert!(close(idf("plus1"), 2.0 * std::f64::consts::LN_2 + 1.0));
        assert!(close(idf("smooth"), 3.0_f64.ln() + 1.0));
        assert!(close(idf("prob"), 3.0_f64.ln()));
        assert!(close(idf("rsj"), 2.6_f64.ln()));
        assert!(close(idf("bm25"), 3.6_f64.ln()));
        // 2 + log2(1 - e^(-3/8))
        assert!(close(idf("residual"), 2.0 + (1.0 - (-0.375f64).exp()).log2()));
        assert!(IDF.iter().all(|f| super::idf(f.name, 8, 2, 3).is_some()));
    }

    #[test]
    fn smart_by_hand() {
        // Two terms: tf 4 and 1, df 1 and 2, N = 4; dl = 5.
        let terms = [(4, 1), (1, 2)];
        let corpus = CorpusSize::new(4, 10.0);
        let weights =
            |name: &str| name.parse::<Scheme>().expect("a scheme").weights(&terms, corpus);
        let ln2 = std::f64::consts::LN_2;
        assert_eq!(weights("nnn"), [4.0, 1.0]);
        assert_eq!(weights("bnn"), [1.0, 1.0]);
        assert_eq!(weights("ann"), [1.0, 0.625]);
        let natural = weights("ntn");
        assert!(close(natural[0], 8.0 * ln2) && close(natural[1], ln2));
        let log = weights("lnn");
        assert!(close(log[0], 1.0 + 2.0 * ln2) && close(log[1], 1.0));
        let average = weights("Lnn");
        assert!(close(average[0], (1.0 + 2.0 * ln2) / (1.0 + 2.5f64.ln())));
        let probabilistic = weights("npn");
        assert!(close(probabilistic[0], 4.0 * 3.0f64.ln()) && close(probabilistic[1], 0.0));
        let double = weights("dnn");
        assert!(close(double[0], 1.0 + (1.0 + 2.0 * ln2).ln()) && close(double[1], 1.0));
        assert_eq!(weights("nfn"), natural);
        // Two different terms, five on the average: 0.8 × 5 + 0.2 × 2.
        let pivoted: Scheme = "nnu".parse().expect("a scheme");
        let pivoted = pivoted.weights(&terms, corpus.with_mean_distinct(5.0));
        assert!(close(pivoted[0], 4.0 / 4.4) && close(pivoted[1], 1.0 / 4.4));
        let cosine = weights("nnc");
        assert!(close(cosine[0], 4.0 / 17f64.sqrt()) && close(cosine[1], 1.0 / 17f64.sqrt()));
        // tf 1: 2.2 / (1 + 1.2 (0.25 + 0.75 / 2)) = 2.2 / 1.75; idf ln(1 + 2.5 / 2.5) = ln 2.
        assert!(close(weights("bm25")[1], ln2 * 2.2 / 1.75));
        assert_eq!(weights("tfidf"), weights("ntn"));
    }

    #[test]
    fn names_are_checked() {
        for bad in ["", "lt", "ltcc", "xtc", "lxc", "ltb", "BM25"] {
            assert!(bad.parse::<Scheme>().is_err(), "{bad}");
        }
        assert!("ltc".parse::<Scheme>().expect("a scheme").explain().contains("1 + ln(tf)"));
    }
}
