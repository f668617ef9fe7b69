//! Vietnamese alphabetical order.
//!
//! Dictionaries sort syllable by syllable. Two syllables are compared by their letters first
//! (a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z), then by tone (ngang,
//! huyền, hỏi, ngã, sắc, nặng); only when all syllables agree, small letters go before capitals.
//! Spaces and punctuation part syllables and weigh nothing else; digits go before letters, other
//! scripts after. Texts that agree in all this (hòa and hoà) are told apart by their bytes, so
//! the order is total.
//!
//! # References
//!
//! The order of letters and tones is that of Hoàng Phê (ed.), *Từ điển tiếng Việt*; key levels
//! are laid out as in the Unicode Collation Algorithm (UTS #10), section 7.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::letter::{Letter, Mark, Tone};

/// A key whose byte order is the alphabetical order of the texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CollationKey(Vec<u8>);

impl CollationKey {
    /// The bytes of the key; comparing them compares the texts.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

const END: u8 = 0x00;
const LETTERS_DONE: u8 = 0x01;
const TONES_DONE: u8 = 0x02;
/// Added to the number of a tone, 1 to 5.
const TONE: u8 = 0x02;
/// Weight of a mark that Vietnamese does not have, after all tones.
const OTHER_MARK: u8 = 0x08;
const DIGIT: u8 = 0x10;
/// Added to the code of a letter, 1 to 33.
const LETTER: u8 = 0x20;
const OTHER: u8 = 0xF0;

/// Builds the key of a text, to sort many texts by.
///
/// # Examples
///
/// ```
/// use tomtat::text::collate::collation_key;
///
/// let mut words = ["đi", "da", "ăn", "bạ", "bà", "an", "ba ba", "ba", "bác"];
/// words.sort_by_cached_key(|word| collation_key(word));
/// assert_eq!(words, ["an", "ăn", "ba", "ba ba", "bà", "bạ", "bác", "da", "đi"]);
/// ```
#[must_use]
pub fn collation_key(text: &str) -> CollationKey {
    let mut key = Vec::with_capacity(text.len() * 2 + 8);
    let mut cases = Vec::with_capacity(text.len());
    let mut tones = Vec::new();
    let mut in_word = false;
    for c in text.nfc() {
        match weigh(c) {
            Weight::Letter(letter) => {
                key.push(LETTER + letter.code());
                if letter.tone() != Tone::None {
                    tones.push(TONE + letter.tone() as u8);
                }
                cases.push(1 + u8::from(letter.is_upper()));
            }
            Weight::Foreign(letter) => {
                key.push(LETTER + letter.code());
                tones.push(OTHER_MARK);
                cases.push(1 + u8::from(letter.is_upper()));
            }
            Weight::Digit(digit) => key.push(DIGIT + digit),
            Weight::Other => {
                key.push(OTHER);
                key.extend_from_slice(&u32::from(c).to_be_bytes()[1..]);
            }
            Weight::Mark(weight) => {
                if in_word {
                    tones.push(weight);
                }
                continue;
            }
            Weight::Gap => {
                if in_word {
                    end_word(&mut key, &mut tones);
                }
                in_word = false;
                continue;
            }
        }
        in_word = true;
    }
    if in_word {
        end_word(&mut key, &mut tones);
    }
    key.push(END);
    key.append(&mut cases);
    key.push(END);
    key.extend_from_slice(text.as_bytes());
    CollationKey(key)
}

/// Compares two texts in Vietnamese alphabetical order.
///
/// # Examples
///
/// ```
/// use std::cmp::Ordering;
/// use tomtat::text::collate::compare;
///
/// assert_eq!(compare("của", "cũ"), Ordering::Greater);
/// assert_eq!(compare("bà ngoại", "bà nội"), Ordering::Less);
/// ```
#[must_use]
pub fn compare(left: &str, right: &str) -> Ordering {
    collation_key(left).cmp(&collation_key(right))
}

fn end_word(key: &mut Vec<u8>, tones: &mut Vec<u8>) {
    key.push(LETTERS_DONE);
    key.append(tones);
    key.push(TONES_DONE);
}

enum Weight {
    Letter(Letter),
    /// A Latin letter with a mark of another language, under its base letter.
    Foreign(Letter),
    Digit(u8),
    Other,
    Mark(u8),
    Gap,
}

fn weigh(c: char) -> Weight {
    if let Some(letter) = Letter::of(c) {
        return Weight::Letter(letter);
    }
    if let Some(digit) = c.to_digit(10) {
        return Weight::Digit(digit as u8);
    }
    match Mark::of(c) {
        Some(Mark::Tone(tone)) => return Weight::Mark(TONE + tone as u8),
        Some(_) => return Weight::Mark(OTHER_MARK),
        None if is_combining_mark(c) => return Weight::Mark(OTHER_MARK),
        None => {}
    }
    if !c.is_alphanumeric() {
        return Weight::Gap;
    }
    match [c].into_iter().nfd().next().and_then(Letter::of) {
        Some(base) => Weight::Foreign(base),
        None => Weight::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::letter::BASE_LETTERS;
    use proptest::prelude::*;

    fn assert_sorted(texts: &[&str]) {
        for pair in texts.windows(2) {
            assert_eq!(compare(pair[0], pair[1]), Ordering::Less, "{pair:?}");
        }
    }

    #[test]
    fn letters_follow_the_alphabet() {
        let letters: Vec<String> = BASE_LETTERS.iter().map(ToString::to_string).collect();
        assert_sorted(&letters.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn tones_come_second_and_case_third() {
        assert_sorted(&["ma", "Ma", "mà", "Mà", "mả", "mã", "má", "mạ", "mac", "mang"]);
        assert_sorted(&["hoa", "hoà", "hòa", "hóa"]);
    }

    #[test]
    fn syllables_are_compared_one_after_the_other() {
        assert_sorted(&["ba", "ba ba", "ba má", "bà", "bà ba", "bạ", "bác", "bác sĩ", "băng"]);
        assert_sorted(&["dân chủ", "dân-gian", "dân tộc", "dần", "đa", "đàn"]);
    }

    #[test]
    fn digits_go_first_and_other_scripts_last() {
        assert_sorted(&["2 ông", "ông", "zê", "東京"]);
        assert_sorted(&["Munich", "Münich", "Muôn"]);
    }

    proptest! {
        #[test]
        fn the_order_is_total_and_ignores_form(
            left in "[a-dA-Dà-ỹ \u{300}-\u{303}0-2]{0,8}",
            right in "[a-dA-Dà-ỹ \u{300}-\u{303}0-2]{0,8}",
        ) {
            prop_assert_eq!(compare(&left, &right), compare(&right, &left).reverse());
            prop_assert_eq!(compare(&left, &right) == Ordering::Equal, left == right);
            let composed: String = left.nfc().collect();
            let (a, b) = (collation_key(&left), collation_key(&composed));
            let levels = a.as_bytes().len() - left.len();
            prop_assert_eq!(&a.as_bytes()[..levels], &b.as_bytes()[..levels]);
        }
    }
}
