//! Damage to a whole text that must be fixed before anything else.
//!
//! In a text that was read in a wrong encoding, no-break spaces, soft hyphens, control codes and
//! look-alikes of Đ are bytes of letters. Who fixes those first destroys the letters for good.

use crate::text::encoding::misread::{self, Misreading};
use crate::text::encoding::mojibake;

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
    let (mut wrong_letters, mut misread) =
        (mojibake::Evidence::default(), misread::Evidence::default());
    wrong_letters.add(text);
    misread.add(text);
    judged(&wrong_letters, &misread)
}

/// The damage that the evidence of a text shows.
pub(super) fn judged(
    wrong_letters: &mojibake::Evidence,
    misread: &misread::Evidence,
) -> Option<Damage> {
    // Bytes of an older encoding spell a letter of UTF-8 by chance, but not in most words.
    match (wrong_letters.wrong_letters(), misread.misreading()) {
        (Some((letters, _)), Some(found)) if found.words() > letters => {
            Some(Damage::Misread(found))
        }
        (Some((letters, first)), _) => Some(Damage::Mojibake { letters, first }),
        (None, found) => found.map(Damage::Misread),
    }
}
