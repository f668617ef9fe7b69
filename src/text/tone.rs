//! Where the tone mark stands, and conversion between the two styles.
//!
//! The old style writes hòa, khỏe, thủy; the new one, of the schoolbook rule of 2018, hoà,
//! khoẻ, thuỷ. They part in open syllables with oa, oe and uy only, and not after q, whose u
//! belongs to the consonant: quý and quả are written so in both. A mark where neither style puts
//! it (qúa, tòan) is misplaced. Syllables are recognized in any case and in composed and
//! decomposed form, and keep both when the mark moves.
//!
//! # References
//!
//! Hoàng Phê, *Chính tả tiếng Việt* (1999), on the position of the tone mark; Quyết định
//! 1989/QĐ-BGDĐT (2018) for the new style in schoolbooks.

use std::borrow::Cow;

#[cfg(feature = "serde")]
use serde::Serialize;

use super::letter::{Letter, Mark, Tone, compose};
use super::syllable::{Syllable, ToneStyle};
use super::word_runs::letter_runs;

/// How a written syllable places its tone mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Placement {
    /// Both styles write it so, or there is no mark.
    Shared,
    /// As the old style alone does: hòa.
    Old,
    /// As the new style alone does: hoà.
    New,
    /// As neither does: qúa, tòan.
    Misplaced,
}

/// Says how one syllable places its tone mark; `None` if the word is no Vietnamese syllable.
///
/// # Examples
///
/// ```
/// use tomtat::text::tone::{Placement, placement};
///
/// assert_eq!(placement("thủy"), Some(Placement::Old));
/// assert_eq!(placement("THUỶ"), Some(Placement::New));
/// assert_eq!(placement("quý"), Some(Placement::Shared));
/// assert_eq!(placement("qúy"), Some(Placement::Misplaced));
/// assert_eq!(placement("Paris"), None);
/// ```
#[must_use]
pub fn placement(word: &str) -> Option<Placement> {
    let syllable = Syllable::parse(word)?;
    let Some(mark) = TonePosition::of(word) else { return Some(Placement::Shared) };
    let old = syllable.mark_position(ToneStyle::Old) == mark.letter;
    let new = syllable.mark_position(ToneStyle::New) == mark.letter;
    Some(match (old, new) {
        (true, true) => Placement::Shared,
        (true, false) => Placement::Old,
        (false, true) => Placement::New,
        (false, false) => Placement::Misplaced,
    })
}

/// Puts the tone mark of each Vietnamese syllable where a style has it.
///
/// Moves misplaced marks as well. Everything else stays byte for byte; a text with nothing to
/// move is borrowed.
///
/// # Examples
///
/// ```
/// use tomtat::text::{syllable::ToneStyle, tone::restyle};
///
/// assert_eq!(restyle("Hoà bình, KHOẺ, qúy", ToneStyle::Old), "Hòa bình, KHỎE, quý");
/// assert_eq!(restyle("thủy thủ", ToneStyle::New), "thuỷ thủ");
/// ```
#[must_use]
pub fn restyle(text: &str, style: ToneStyle) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for run in letter_runs(text) {
        if let Some(moved) = moved_mark(&text[run.clone()], style) {
            out.push_str(&text[copied..run.start]);
            out.push_str(&moved);
            copied = run.end;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// Where the mark of a word is.
struct TonePosition {
    /// Index of the letter that carries it.
    letter: usize,
    /// Byte offset of the character that holds it, a letter or a combining mark.
    at: usize,
    tone: Tone,
}

impl TonePosition {
    fn of(word: &str) -> Option<Self> {
        let mut letters = 0;
        for (at, c) in word.char_indices() {
            if let Some(letter) = Letter::of(c) {
                if letter.tone() != Tone::None {
                    return Some(Self { letter: letters, at, tone: letter.tone() });
                }
                letters += 1;
            } else if let Some(Mark::Tone(tone)) = Mark::of(c) {
                return Some(Self { letter: letters.checked_sub(1)?, at, tone });
            }
        }
        None
    }
}

/// The word with its mark where the style wants it; `None` if it is there, or no syllable.
pub(crate) fn moved_mark(word: &str, style: ToneStyle) -> Option<String> {
    // ASCII has no marks to move.
    if word.is_ascii() {
        return None;
    }
    let syllable = Syllable::parse(word)?;
    let mark = TonePosition::of(word)?;
    let goal = syllable.mark_position(style);
    if goal == mark.letter {
        return None;
    }
    let mut out = String::with_capacity(word.len() + 2);
    let mut letters = 0;
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let Some(letter) = Letter::of(c) else {
            // A mark in the middle of the word: the one that moves is dropped here.
            if at != mark.at {
                out.push(c);
            }
            continue;
        };
        let index = letters;
        letters += 1;
        if at == mark.at {
            out.push(compose(letter.base(), Tone::None, letter.is_upper()));
        } else if index != goal {
            out.push(c);
        } else {
            let mut marks = String::new();
            while let Some((_, next)) = chars.next_if(|&(_, next)| Letter::of(next).is_none()) {
                marks.push(next);
            }
            let was_combining =
                word[mark.at..].chars().next().is_some_and(|c| Mark::of(c).is_some());
            push_marked(&mut out, c, letter, &marks, mark.tone, was_combining);
        }
    }
    Some(out)
}

/// Appends a letter with a tone mark, composed unless its marks are written apart.
fn push_marked(out: &mut String, c: char, letter: Letter, marks: &str, tone: Tone, apart: bool) {
    let Some(combining) = tone.combining_mark() else { return };
    if !apart && marks.is_empty() {
        out.push(compose(letter.base(), tone, letter.is_upper()));
        return;
    }
    // Canonical order: horn, dot below, then the marks above in the order they were put on.
    out.push(c);
    let split = match tone {
        Tone::Nang => marks.find(|mark| mark != '\u{31B}').unwrap_or(marks.len()),
        _ => marks.len(),
    };
    out.push_str(&marks[..split]);
    out.push(combining);
    out.push_str(&marks[split..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::syllable::all;
    use unicode_normalization::UnicodeNormalization;

    /// Old style, new style.
    const PAIRS: [(&str, &str); 14] = [
        ("hòa", "hoà"),
        ("Hòa", "Hoà"),
        ("HÓA", "HOÁ"),
        ("khỏe", "khoẻ"),
        ("lòe", "loè"),
        ("thủy", "thuỷ"),
        ("Thụy", "Thuỵ"),
        ("ủy", "uỷ"),
        ("ÚY", "UÝ"),
        ("tòa", "toà"),
        ("xõa", "xoã"),
        ("lũy", "luỹ"),
        ("họa", "hoạ"),
        ("nhòe", "nhoè"),
    ];

    #[test]
    fn the_two_styles_convert_into_each_other() {
        for (old, new) in PAIRS {
            assert_eq!(restyle(old, ToneStyle::New), new);
            assert_eq!(restyle(new, ToneStyle::Old), old);
            assert_eq!(restyle(old, ToneStyle::Old), old);
            assert_eq!(placement(old), Some(Placement::Old));
            assert_eq!(placement(new), Some(Placement::New));
        }
    }

    #[test]
    fn what_both_styles_share_stays() {
        let text = "Quý khách quá giang, giá của quả giò, hoàn toàn thuở quyển, mía, mùa, tuế, gì.";
        for style in [ToneStyle::Old, ToneStyle::New] {
            assert!(matches!(restyle(text, style), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn misplaced_marks_go_where_both_styles_have_them() {
        for (wrong, right) in
            [("qúa", "quá"), ("tòan", "toàn"), ("gìa", "già"), ("Hòang", "Hoàng"), ("QỦA", "QUẢ")]
        {
            assert_eq!(placement(wrong), Some(Placement::Misplaced));
            for style in [ToneStyle::Old, ToneStyle::New] {
                assert_eq!(restyle(wrong, style), right);
            }
        }
    }

    #[test]
    fn decomposed_text_stays_decomposed() {
        for (old, new) in PAIRS {
            let (old, new): (String, String) = (old.nfd().collect(), new.nfd().collect());
            assert_eq!(restyle(&old, ToneStyle::New), new);
            assert_eq!(restyle(&new, ToneStyle::Old), old);
        }
        // The mark moves onto a letter that has one already, in canonical order.
        let wrong: String = "tịêng".nfd().collect();
        let right: String = "tiệng".nfd().collect();
        assert_eq!(restyle(&wrong, ToneStyle::Old), right);
    }

    #[test]
    fn every_syllable_converts_and_keeps_its_identity() {
        for syllable in all() {
            let old = syllable.spell(ToneStyle::Old);
            let new = syllable.spell(ToneStyle::New);
            assert_eq!(restyle(&old, ToneStyle::New), new);
            assert_eq!(restyle(&new, ToneStyle::Old), old);
            assert_eq!(old != new, placement(&old) == Some(Placement::Old), "{old}");
        }
    }
}
