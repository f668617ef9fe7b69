//! Runs of letters in a text: the candidates for syllables.

use std::ops::Range;

use super::letter::{Letter, Mark};

/// Tells whether a character is a letter of any script or a mark on one.
pub(crate) fn is_letter_or_mark(c: char) -> bool {
    // Most characters of Vietnamese text are settled by the first test.
    Letter::of(c).is_some() || c.is_alphabetic() || Mark::of(c).is_some() || is_combining(c)
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// The longest runs of letters and their marks, as byte ranges in order.
pub(crate) fn letter_runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_letter_or_mark)?;
        let end =
            text[start..].find(|c| !is_letter_or_mark(c)).map_or(text.len(), |width| start + width);
        at = end;
        Some(start..end)
    })
}

/// Tells whether a run is in one case, or a capital and small letters.
pub(crate) fn has_plain_case(run: &str) -> bool {
    let mut letters = run.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return true };
    let (small, capital) = letters.fold((false, false), |(small, capital), c| {
        (small || c.is_lowercase(), capital || c.is_uppercase())
    });
    !capital || (!small && first.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_hold_letters_and_their_marks() {
        let text = "Ô-tô số 5, ti\u{EA}\u{301}ng Việt; 東京";
        let runs: Vec<&str> = letter_runs(text).map(|run| &text[run]).collect();
        assert_eq!(runs, ["Ô", "tô", "số", "ti\u{EA}\u{301}ng", "Việt", "東京"]);
    }

    #[test]
    fn plain_case_has_capitals_in_front_only() {
        for word in ["việt", "Việt", "VIỆT", "Ở", "東"] {
            assert!(has_plain_case(word), "{word}");
        }
        for word in ["viỆt", "VIệT", "vIỆT"] {
            assert!(!has_plain_case(word), "{word}");
        }
    }
}
