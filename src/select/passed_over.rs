//! Why a candidate is not in a summary.

/// Why a candidate was passed over, as the selector that decided says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PassedOver {
    /// No whole statement, so no candidate: no end mark, a name, tags, the title or a part of a
    /// quotation.
    Fragment,
    /// Very short, or a question: taken where nothing else is left.
    Weak,
    /// A part of a quotation, which is chosen whole or not at all.
    Quotation,
    /// Says what a chosen sentence says.
    Repeats,
    /// Its score is lower than that of each chosen sentence.
    LowerScore,
    /// Longer than what is left of the length.
    TooLong,
    /// Points back to the sentence before it, which was not chosen.
    Dangling,
    /// The chosen sentences are better together than any set with it.
    Set,
}

impl PassedOver {
    /// Returns the code of the reason, as machine formats print it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fragment => "fragment",
            Self::Weak => "weak",
            Self::Quotation => "quotation",
            Self::Repeats => "repeats",
            Self::LowerScore => "lower-score",
            Self::TooLong => "too-long",
            Self::Dangling => "dangling",
            Self::Set => "set",
        }
    }
}

impl std::fmt::Display for PassedOver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Fragment => {
                "no whole statement: no end mark, a name, tags, the title or a part of a quotation"
            }
            Self::Weak => "very short, or a question",
            Self::Quotation => "part of a quotation, which is chosen whole or not at all",
            Self::Repeats => "repeats a chosen sentence",
            Self::LowerScore => "lower score, and the length is used up",
            Self::TooLong => "longer than what is left of the length",
            Self::Dangling => "points back to the sentence before, which was not chosen",
            Self::Set => "the chosen sentences are better together",
        })
    }
}
