//! Words: which syllables belong together.
//!
//! | module | what it holds |
//! |---|---|
//! | `crf` | the trained segmenter: a linear-chain CRF over unit n-grams |
//! | `lexicon` | words with counts, as a trie over unit ids |
//! | `longest_match` | longest match over a lexicon |
//! | `dictionary` | a user's words, which win over the segmenter |

pub(crate) mod crf;
pub(crate) mod dictionary;
pub(crate) mod lexicon;
pub(crate) mod longest_match;

use std::fmt;

use crate::text::key::UnitId;
use crate::token::{Gap, Shape, Token, TokenKind};

pub use crf::CrfSegmenter;
pub use crf::model::SegmenterModel;
pub use dictionary::{Dictionary, DictionaryError, WithDictionary};
pub use lexicon::{Lexicon, LexiconEntry, ParseEntryError, word_key};
pub use longest_match::LongestMatch;

/// What a word segmenter sees of a token: what it is and how it is written, not where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The folded unit.
    pub id: UnitId,
    /// The kind of token.
    pub kind: TokenKind,
    /// The case of its letters.
    pub shape: Shape,
    /// Whether nothing stands between the unit before and this one.
    pub touches: bool,
}

impl From<&Token> for Unit {
    #[inline]
    fn from(token: &Token) -> Self {
        Self {
            id: token.unit(),
            kind: token.kind(),
            shape: token.shape(),
            touches: token.gap() == Gap::None,
        }
    }
}

/// Decides which neighbouring units are one word.
///
/// # Examples
///
/// A segmenter that joins nothing:
///
/// ```
/// use tomtat::words::{Unit, WordSegmenter};
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
    /// Fills `joins` with one value a unit: true if the unit continues the word of the unit before
    /// it.
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
