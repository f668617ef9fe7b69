//! Tokens: what a token is, and the tokenizer.
//!
//! | module | what it holds |
//! |---|---|
//! | [`tokenizer`] | one pass over the bytes of a text |
//! | [`sentence_starters`] | does a capital open a sentence or a name? |

pub(crate) mod abbreviation;
pub mod sentence_starters;
pub mod tokenizer;

use std::ops::Range;

use crate::text::key::{self, UnitId};
use crate::text::syllable::{self, Syllable, ToneStyle};

/// What kind of thing a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum TokenKind {
    /// A valid Vietnamese syllable.
    Syllable,
    /// Letters that are no Vietnamese syllable: foreign words, acronyms, misspellings.
    Foreign,
    /// Letters with inner full stops, or with the full stop that belongs to them: `TP.HCM`, `GS.`.
    Abbreviation,
    /// Digits, with separators, a percent sign or a unit attached: `2.000`, `12/6`, `99,9%`,
    /// `370km`.
    Number,
    /// Letters and digits in one: `U23`, `Covid-19`, `MD-530`.
    Alphanumeric,
    /// A web address or domain name.
    Url,
    /// An e-mail address.
    Email,
    /// A punctuation mark, or a run of the same mark.
    Punctuation,
    /// A currency sign, mathematical sign, emoji or anything else that is visible.
    Symbol,
}

impl TokenKind {
    /// All kinds, in the order of their numbers.
    pub(crate) const ALL: [Self; 9] = [
        Self::Syllable,
        Self::Foreign,
        Self::Abbreviation,
        Self::Number,
        Self::Alphanumeric,
        Self::Url,
        Self::Email,
        Self::Punctuation,
        Self::Symbol,
    ];

    /// Returns true for tokens that are counted as terms: everything but punctuation and symbols.
    #[inline]
    #[must_use]
    pub const fn is_term(self) -> bool {
        !matches!(self, Self::Punctuation | Self::Symbol)
    }

    /// Returns the name of the kind in lower case, as machine formats print it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syllable => "syllable",
            Self::Foreign => "foreign",
            Self::Abbreviation => "abbreviation",
            Self::Number => "number",
            Self::Alphanumeric => "alphanumeric",
            Self::Url => "url",
            Self::Email => "email",
            Self::Punctuation => "punctuation",
            Self::Symbol => "symbol",
        }
    }
}

/// The case of the letters of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum Shape {
    /// No upper-case letter.
    Lower,
    /// One upper-case letter, the first.
    Capitalized,
    /// Upper case only, at least two letters.
    Upper,
    /// Any other mix of cases.
    Mixed,
    /// No letters at all.
    Caseless,
}

impl Shape {
    /// All shapes, in the order of their numbers.
    pub(crate) const ALL: [Self; 5] =
        [Self::Lower, Self::Capitalized, Self::Upper, Self::Mixed, Self::Caseless];
}

/// One token, 16 bytes: a span of the text, what it is, and the unit it counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) unit: UnitId,
    pub(crate) kind: TokenKind,
    pub(crate) shape: Shape,
    pub(crate) gap: Gap,
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum Gap {
    /// Nothing: the two touch.
    None,
    /// White space within a line.
    Space,
    /// White space with a line end.
    Line,
    /// An underscore, as pre-segmented text joins the syllables of a word.
    Underscore,
}

impl Token {
    /// Returns the bytes of the token in the text.
    #[inline]
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns what the token is.
    #[inline]
    #[must_use]
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// Returns the case of its letters.
    #[inline]
    #[must_use]
    pub const fn shape(&self) -> Shape {
        self.shape
    }

    /// Returns the unit it counts as.
    #[inline]
    #[must_use]
    pub const fn unit(&self) -> UnitId {
        self.unit
    }

    /// Returns what stands before it.
    #[inline]
    #[must_use]
    pub const fn gap(&self) -> Gap {
        self.gap
    }

    /// Appends the key of this token of `text` to `out`: what
    /// [`fold_into`](crate::text::key::fold_into) makes of it, but a syllable is not taken apart
    /// again.
    pub(crate) fn key_into(&self, text: &str, out: &mut String) {
        match self.unit.syllable_id() {
            Some(id) => match syllable::spelling(id) {
                Some(spelling) => out.push_str(spelling),
                None => Syllable::from_id(id).spell_into(ToneStyle::Old, out),
            },
            None => key::fold_into(&text[self.span()], out),
        }
    }

    /// Returns true if the token begins with an upper-case letter.
    #[inline]
    #[must_use]
    pub const fn is_capitalized(&self) -> bool {
        matches!(self.shape, Shape::Capitalized | Shape::Upper)
    }

    /// Returns true for a Vietnamese syllable in lower case.
    #[inline]
    pub(crate) fn is_small(&self) -> bool {
        self.kind == TokenKind::Syllable && self.shape == Shape::Lower
    }
}
