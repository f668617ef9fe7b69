//! Keys without tones or without any marks, for search.
//!
//! Stripping marks merges words that have nothing to do with each other (ma, má, mà, mả, mã,
//! mạ). It is for matching what people type without marks, never a normalization of text.

use unicode_normalization::UnicodeNormalization;

use super::letter::{BASE_LETTERS, Letter, Mark, Tone, compose};

/// Takes the tone marks off Vietnamese letters; ă, â, đ, ê, ô, ơ, ư and the case stay.
///
/// Decomposed input gives composed output. Marks of other languages stay.
///
/// # Examples
///
/// ```
/// use tomtat::text::strip::toneless;
///
/// assert_eq!(toneless("Đường về nhà"), "Đương vê nha");
/// assert_eq!(toneless("señor Zürich"), "señor Zürich");
/// ```
#[must_use]
pub fn toneless(text: &str) -> String {
    strip(text, |letter| compose(letter.base(), Tone::None, letter.is_upper()), true)
}

/// Takes all marks off Vietnamese letters, and the bar off đ; the case stays.
///
/// # Examples
///
/// ```
/// use tomtat::text::strip::markless;
///
/// assert_eq!(markless("Đường về nhà"), "Duong ve nha");
/// assert_eq!(markless("hoà"), markless("hòa"));
/// ```
#[must_use]
pub fn markless(text: &str) -> String {
    let plain = |letter| {
        let plain = ascii_base(letter);
        if letter.is_upper() { plain.to_ascii_uppercase() } else { plain }
    };
    strip(text, plain, false)
}

/// The key under which text typed with or without marks is found: no marks, small letters.
///
/// # Examples
///
/// ```
/// use tomtat::text::strip::search_key;
///
/// assert_eq!(search_key("ĐÀ LẠT"), "da lat");
/// ```
#[must_use]
pub fn search_key(text: &str) -> String {
    markless(text).to_lowercase()
}

fn ascii_base(letter: Letter) -> char {
    match letter.base() {
        'ă' | 'â' => 'a',
        'đ' => 'd',
        'ê' => 'e',
        'ô' | 'ơ' => 'o',
        'ư' => 'u',
        plain => plain,
    }
}

/// Rewrites each letter; `reshape` says whether circumflex, breve and horn are to be kept.
fn strip(text: &str, plain: impl Fn(Letter) -> char, reshape: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last: Option<Letter> = None;
    for c in text.nfc() {
        if let Some(letter) = Letter::of(c) {
            out.push(plain(letter));
            last = Some(letter).filter(|letter| letter.is_vowel());
            continue;
        }
        // Marks that did not compose: a second one, or a tone mark put on before the shape.
        match (last, Mark::of(c)) {
            (Some(_), Some(Mark::Tone(_))) => continue,
            (Some(letter), Some(mark)) => {
                if !reshape {
                    continue;
                }
                if let Some(marked) = mark.put_on(letter.code()).and_then(|code| {
                    let base = BASE_LETTERS[usize::from(code) - 1];
                    Letter::of(compose(base, Tone::None, letter.is_upper()))
                }) {
                    out.pop();
                    out.push(plain(marked));
                    last = Some(marked);
                    continue;
                }
            }
            _ => last = None,
        }
        out.push(c);
    }
    // Marks of other languages may compose with the letters laid bare.
    if out.is_ascii() { out } else { out.nfc().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::syllable::{ToneStyle, all};
    use proptest::prelude::*;

    #[test]
    fn every_syllable_loses_its_marks_in_either_form() {
        for syllable in all() {
            let text = syllable.spell(ToneStyle::Old);
            let decomposed: String = text.nfd().collect();
            assert!(markless(&text).is_ascii(), "{text}");
            assert_eq!(markless(&decomposed), markless(&text));
            assert_eq!(toneless(&decomposed), toneless(&text));
            assert_eq!(markless(&toneless(&text)), markless(&text));
        }
    }

    #[test]
    fn marks_in_reverse_order_go_too() {
        assert_eq!(markless("e\u{301}\u{302}"), "e");
        assert_eq!(toneless("e\u{301}\u{302}"), "ê");
    }

    #[test]
    fn look_alikes_of_d_go_too() {
        assert_eq!(search_key("\u{D0}ông"), "dong");
    }

    proptest! {
        #[test]
        fn stripping_twice_changes_nothing(text in any::<String>()) {
            let once = markless(&text);
            prop_assert_eq!(markless(&once), once.as_str());
            let once = toneless(&text);
            prop_assert_eq!(toneless(&once), once.as_str());
        }
    }
}
