//! Words: which syllables belong together.

use std::fmt;

use super::lexicon::Lexicon;
use super::token::{Shape, Token, TokenKind};
use crate::text::key::UnitId;

/// What a word segmenter sees of a token: what it is and how it is written, not where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The folded unit.
    pub id: UnitId,
    /// The kind of token.
    pub kind: TokenKind,
    /// The case of its letters.
    pub shape: Shape,
}

impl From<&Token> for Unit {
    fn from(token: &Token) -> Self {
        Self { id: token.unit(), kind: token.kind(), shape: token.shape() }
    }
}

/// Decides which neighbouring units are one word.
///
/// # Examples
///
/// A segmenter that joins nothing:
///
/// ```
/// use tomtat::segment::word::{Unit, WordSegmenter};
///
/// #[derive(Debug)]
/// struct Syllables;
/// impl WordSegmenter for Syllables {
///     fn join(&self, units: &[Unit], joins: &mut Vec<bool>) {
///         joins.clear();
///         joins.resize(units.len(), false);
///     }
/// }
/// ```
pub trait WordSegmenter: fmt::Debug + Send + Sync {
    /// Fills `joins` with one value a unit: true if the unit continues the word of the unit before it.
    ///
    /// `units` are those of one sentence; `joins[0]` is always false. Linear time.
    fn join(&self, units: &[Unit], joins: &mut Vec<bool>);

    /// Fills `margins` with how clearly each unit joins the one before it: above 0 joined, below 0
    /// apart. Returns false, and leaves `margins` alone, if the segmenter has no such scores.
    fn margins(&self, units: &[Unit], margins: &mut Vec<i32>) -> bool {
        let _ = (units, margins);
        false
    }
}

/// Left-to-right longest match over a lexicon.
///
/// Case never changes the words; a run of capitalized units that the lexicon does not know stays
/// apart.
#[derive(Debug)]
pub struct LongestMatch<L> {
    lexicon: L,
}

impl<L: AsRef<Lexicon>> LongestMatch<L> {
    /// Makes a segmenter over `lexicon`.
    #[must_use]
    pub const fn new(lexicon: L) -> Self {
        Self { lexicon }
    }
}

impl<L: AsRef<Lexicon> + fmt::Debug + Send + Sync> WordSegmenter for LongestMatch<L> {
    fn join(&self, units: &[Unit], joins: &mut Vec<bool>) {
        joins.clear();
        joins.resize(units.len(), false);
        let lexicon = self.lexicon.as_ref();
        let mut at = 0;
        while at < units.len() {
            let length = lexicon.longest_match(units[at..].iter().map(|u| u.id)).max(1);
            joins[at + 1..at + length].fill(true);
            at += length;
        }
    }
}
