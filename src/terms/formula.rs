//! What a statistic is called, how it is computed and where it was defined.

/// The definition of a statistic, as help texts and `--explain` print it.
///
/// # Examples
///
/// ```
/// use tomtat::terms::weighting;
///
/// let idf = weighting::IDF.iter().find(|f| f.name == "smooth").expect("a variant of idf");
/// assert_eq!(idf.formula, "ln((1 + N) / (1 + df)) + 1");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Formula {
    /// Name on the command line and in machine formats.
    pub name: &'static str,
    /// Name in the literature.
    pub title: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// Who defined it where; what we do otherwise.
    pub source: &'static str,
}

impl Formula {
    /// Puts the parts together.
    #[must_use]
    pub const fn new(
        name: &'static str,
        title: &'static str,
        formula: &'static str,
        source: &'static str,
    ) -> Self {
        Self { name, title, formula, source }
    }
}
