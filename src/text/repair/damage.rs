//! Damage to a whole text that must be fixed before anything else.
//!
//! In a text that was read in a wrong encoding, no-break spaces, soft hyphens, control codes and
//! look-alikes of Đ are bytes of letters. Who fixes those first destroys the letters for good.

use crate::text::encoding::misread::{Misreading, misread};
use crate::text::encoding::mojibake::{self, WrongLetter};

/// What happened to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// UTF-8 was read in another encoding.
    Mojibake {
        /// How many letters are wrong.
        letters: usize,
        /// Byte offset of the first.
        first: usize,
    },
    /// An older encoding was read as code page 1252.
    Misread(Misreading),
}

impl Damage {
    /// The flags of `tomtat normalize` that undo the damage.
    #[must_use]
    pub fn flags(&self) -> String {
        match self {
            Self::Mojibake { .. } => "--mojibake".to_owned(),
            Self::Misread(found) => format!("--misread {}", found.encoding()),
        }
    }
}

/// Finds damage that must be fixed before anything else.
///
/// # Examples
///
/// ```
/// use tomtat::text::repair::damage::damage;
///
/// assert_eq!(damage("Viá»‡t Nam").unwrap().flags(), "--mojibake");
/// let misread = damage("N­íc ViÖt Nam lµ mét, d©n téc ViÖt Nam lµ mét").unwrap();
/// assert_eq!(misread.flags(), "--misread tcvn3");
/// assert_eq!(damage("Việt Nam"), None);
/// ```
#[must_use]
pub fn damage(text: &str) -> Option<Damage> {
    let wrong = mojibake::find(text);
    let misread = misread(text);
    // Bytes of an older encoding spell a letter of UTF-8 by chance, but not in most words.
    match (wrong.first().map(WrongLetter::range), misread) {
        (Some(_), Some(found)) if found.words() > wrong.len() => Some(Damage::Misread(found)),
        (Some(first), _) => Some(Damage::Mojibake { letters: wrong.len(), first: first.start }),
        (None, found) => found.map(Damage::Misread),
    }
}
