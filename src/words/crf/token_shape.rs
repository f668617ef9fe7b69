//! How a unit is written, as the features of the segmenter see it.

use crate::token::{Shape, TokenKind};
use crate::words::Unit;

/// Number of forms; a power of two, so that four forms are an index of 16 bits.
pub(crate) const FORMS: usize = 16;

/// Kind and case of a unit in one small number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum TokenShape {
    LowerSyllable,
    CapitalizedSyllable,
    UpperSyllable,
    LowerForeign,
    CapitalizedForeign,
    UpperForeign,
    Abbreviation,
    Number,
    Alphanumeric,
    Mark,
    Other,
    Edge,
    /// A syllable in a sentence whose case says nothing.
    UncasedSyllable,
    /// Other letters in a sentence whose case says nothing.
    UncasedForeign,
}

impl TokenShape {
    /// All forms.
    pub(crate) const ALL: [Self; 14] = [
        Self::LowerSyllable,
        Self::CapitalizedSyllable,
        Self::UpperSyllable,
        Self::LowerForeign,
        Self::CapitalizedForeign,
        Self::UpperForeign,
        Self::Abbreviation,
        Self::Number,
        Self::Alphanumeric,
        Self::Mark,
        Self::Other,
        Self::Edge,
        Self::UncasedSyllable,
        Self::UncasedForeign,
    ];

    /// Returns the form of a unit as it is written.
    #[inline]
    pub(crate) const fn of(unit: Unit) -> Self {
        OF_KIND_AND_SHAPE[unit.kind as usize][unit.shape as usize]
    }

    const fn of_kind_and_shape(kind: TokenKind, shape: Shape) -> Self {
        match (kind, shape) {
            (TokenKind::Syllable, Shape::Capitalized) => Self::CapitalizedSyllable,
            (TokenKind::Syllable, Shape::Upper) => Self::UpperSyllable,
            (TokenKind::Syllable, _) => Self::LowerSyllable,
            (TokenKind::Foreign, Shape::Capitalized) => Self::CapitalizedForeign,
            (TokenKind::Foreign, Shape::Upper | Shape::Mixed) => Self::UpperForeign,
            (TokenKind::Foreign, _) => Self::LowerForeign,
            (TokenKind::Abbreviation, _) => Self::Abbreviation,
            (TokenKind::Number, _) => Self::Number,
            (TokenKind::Alphanumeric, _) => Self::Alphanumeric,
            (TokenKind::Punctuation, _) => Self::Mark,
            (TokenKind::Symbol | TokenKind::Url | TokenKind::Email, _) => Self::Other,
        }
    }

    /// Returns the form without its case.
    #[inline]
    pub(crate) const fn uncased(self) -> Self {
        match self {
            Self::LowerSyllable | Self::CapitalizedSyllable | Self::UpperSyllable => {
                Self::UncasedSyllable
            }
            Self::LowerForeign | Self::CapitalizedForeign | Self::UpperForeign => {
                Self::UncasedForeign
            }
            other => other,
        }
    }

    /// Returns true for units that are never part of a word of several units.
    #[inline]
    pub(crate) const fn stands_alone(self) -> bool {
        matches!(self, Self::Mark | Self::Other | Self::Edge)
    }

    /// Case of the letters: 0 lower, 1 capitalized, 2 upper, 3 none or unknown.
    #[inline]
    const fn case(self) -> usize {
        CASES[self as usize] as usize
    }

    const fn case_of(self) -> u8 {
        match self {
            Self::LowerSyllable | Self::LowerForeign => 0,
            Self::CapitalizedSyllable | Self::CapitalizedForeign => 1,
            Self::UpperSyllable | Self::UpperForeign | Self::Abbreviation => 2,
            _ => 3,
        }
    }

    /// Case of a unit and its neighbour, 0 to 15.
    #[inline]
    pub(crate) const fn case_pair(self, neighbour: Self) -> usize {
        self.case() * 4 + neighbour.case()
    }
}

const KINDS: [TokenKind; 9] = TokenKind::ALL;
const SHAPES: [Shape; 5] = Shape::ALL;

/// [`TokenShape::of_kind_and_shape`] as a table: one load in place of a tree of branches.
const OF_KIND_AND_SHAPE: [[TokenShape; SHAPES.len()]; KINDS.len()] = {
    let mut table = [[TokenShape::Edge; SHAPES.len()]; KINDS.len()];
    let mut kind = 0;
    while kind < KINDS.len() {
        let mut shape = 0;
        while shape < SHAPES.len() {
            table[KINDS[kind] as usize][SHAPES[shape] as usize] =
                TokenShape::of_kind_and_shape(KINDS[kind], SHAPES[shape]);
            shape += 1;
        }
        kind += 1;
    }
    table
};

/// [`TokenShape::case_of`] as a table.
const CASES: [u8; TokenShape::ALL.len()] = {
    let mut table = [0; TokenShape::ALL.len()];
    let mut form = 0;
    while form < TokenShape::ALL.len() {
        table[TokenShape::ALL[form] as usize] = TokenShape::ALL[form].case_of();
        form += 1;
    }
    table
};

/// Counts of cases in a sentence, from which follows whether case says anything.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CaseCount {
    cases: [u32; 4],
}

impl CaseCount {
    #[inline]
    pub(crate) const fn add(&mut self, form: TokenShape) {
        self.cases[form.case()] += 1;
    }

    /// Returns true if the sentence is in lower case, in upper case, or has most words
    /// capitalized, so that names cannot be told by their case.
    #[inline]
    pub(crate) const fn is_uninformative(&self) -> bool {
        let [lower, capitalized, upper, _] = self.cases;
        let all = lower + capitalized + upper;
        let no_capital = capitalized == 0 && upper == 0;
        let shouted = upper * 2 > all && all >= 3 && lower * 4 <= all;
        let title = capitalized + upper >= 8 && lower * 10 <= all;
        no_capital || shouted || title
    }
}
