//! Letters and their marks in one character.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::text::letter::{BASE_LETTERS, Letter, Mark, Tone, compose};
use crate::text::repair::alignment::Edit;

/// Edits that bring a text into NFC, one for each group of characters that is not.
pub(super) fn composed(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let (mut start, mut has_marks) = (0, false);
    for (at, c) in text.char_indices() {
        if !begins_group(c) {
            has_marks = true;
            continue;
        }
        if has_marks {
            push_if_changed(&mut edits, text, start, at);
        }
        (start, has_marks) = (at, false);
    }
    if has_marks {
        push_if_changed(&mut edits, text, start, text.len());
    }
    edits
}

/// Tells whether a character never composes with what is before it and is composed itself.
fn begins_group(c: char) -> bool {
    // No character below the combining marks does.
    c < '\u{300}'
        || (is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
            && canonical_combining_class(c) == 0)
}

fn push_if_changed(edits: &mut Vec<Edit>, text: &str, start: usize, end: usize) {
    let group = &text[start..end];
    let mut composed: String = group.nfc().collect();
    if let Some(reordered) = in_right_order(&composed) {
        composed = reordered;
    }
    if composed != group {
        edits.push(Edit::new(start..end, composed));
    }
}

/// Composes a letter whose tone mark was put on before its circumflex or breve (é + circumflex
/// for ế), which NFC leaves apart.
fn in_right_order(composed: &str) -> Option<String> {
    let mut chars = composed.chars();
    let letter = Letter::of(chars.next()?).filter(|letter| letter.tone() != Tone::None)?;
    let shape = Mark::of(chars.next()?)?;
    let code = shape.put_on(letter.code())?;
    let base = BASE_LETTERS[usize::from(code) - 1];
    let whole = compose(base, letter.tone(), letter.is_upper());
    Some([whole].into_iter().chain(chars).nfc().collect())
}
