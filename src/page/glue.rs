//! Words that were glued when a crawler lost the line ends: `KhaÔng`, `ĐẠTTrăn`, `sángMỗi`.

use crate::text::glued;
use crate::text::letter::is_alphabetic;
use crate::text::syllable::Syllable;

/// Where a word is two words whose line end was lost, in bytes from its start.
///
/// Both halves are Vietnamese syllables, so names like `YouTube` or `VnExpress` stay whole.
pub(super) fn glue_point(word: &str) -> Option<usize> {
    glued::points(word).find(|&at| {
        let (head, tail) = (last_letters(&word[..at]), letters(&word[at..]));
        is_word(head) && is_word(tail) || glued::are_two_words(head, tail)
    })
}

fn last_letters(piece: &str) -> &str {
    let stem = piece.trim_end_matches(is_alphabetic);
    &piece[stem.len()..]
}

fn letters(piece: &str) -> &str {
    let rest = piece.trim_start_matches(is_alphabetic);
    &piece[..piece.len() - rest.len()]
}

/// Whether letters are a Vietnamese syllable and no foreign letter run.
fn is_word(letters: &str) -> bool {
    letters.chars().nth(1).is_some() && Syllable::parse(letters).is_some()
        || letters.chars().next().is_some_and(|c| !c.is_ascii())
            && Syllable::parse(letters).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glued_words_part_between_syllables() {
        for (word, left) in
            [("KhaÔng", "Kha"), ("sángMỗi", "sáng"), ("ĐẠTTrăn", "ĐẠT"), ("AnhTheo", "Anh")]
        {
            assert_eq!(glue_point(word).map(|at| &word[..at]), Some(left), "{word}");
        }
        for word in ["YouTube", "VnExpress", "TPHCM", "iPhone", "McDonald", "Minh", "PGS"] {
            assert_eq!(glue_point(word), None, "{word}");
        }
    }
}
