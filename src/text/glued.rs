//! Words that were glued when a text lost its line ends: `KhaÔng`, `sángMỗi`, `khán giảOrange`.

use super::key::is_combining;
use super::syllable::Syllable;

/// Places inside of a word, in bytes, where its case shows that another word may begin: before a
/// capital behind a small letter, and before the last capital of several, where small ones follow.
pub(crate) fn points(word: &str) -> impl Iterator<Item = usize> {
    let mut letters = word.char_indices().filter(|&(_, c)| !is_combining(c)).peekable();
    let mut before: Option<char> = None;
    std::iter::from_fn(move || {
        while let Some((at, c)) = letters.next() {
            let last = before.replace(c);
            let next = letters.peek().map(|&(_, next)| next);
            let rises = last.is_some_and(char::is_lowercase);
            let falls =
                last.is_some_and(char::is_uppercase) && next.is_some_and(char::is_lowercase);
            if c.is_uppercase() && (rises || falls) {
                return Some(at);
            }
        }
        None
    })
}

/// Whether the halves of a mixed word are words of two lines.
///
/// One of them at least is a Vietnamese syllable that no name of two capitals has, so that `YouTube`,
/// `VinFast`, `HDBank` and `SaPa` stay whole. Neither does a word typed with one capital too many,
/// `QUốc`, part.
pub(crate) fn are_two_words(head: &str, tail: &str) -> bool {
    let (Some(first), Some(last)) = (Case::of(head), Case::of(tail)) else { return false };
    let is_syllable = |half: &str| Syllable::parse(half).is_some();
    let (is_head, is_tail) = (is_syllable(head), is_syllable(tail));
    let is_plain = head.is_ascii() && tail.is_ascii();
    let parts = match (first, last) {
        // `sángMỗi`, `KhaÔng`, but not `MoMo`; `khán giảOrange`, `YoungNgọt`.
        (Case::Small | Case::Capitalized, Case::Capitalized) => {
            let is_name = is_plain && first == Case::Capitalized;
            is_head && is_tail && !is_name && head.len() > 1 && tail.len() > 1
                || is_head && !is_tail && !head.is_ascii() && tail.len() > 2
                || !is_head && is_tail && !tail.is_ascii() && letters(head) > 2 && letters(tail) > 1
        }
        // `mạngVnExpress`
        (Case::Small, Case::Mixed) => is_head && !head.is_ascii(),
        // `Quốc CườngPHẢN HỒI`, `vay vốnQTDND`.
        (Case::Small | Case::Capitalized, Case::Upper) => is_head && !is_plain && letters(tail) > 1,
        // `MINH HẢITrạm y tế`, `TQNguyễn`, but not `HTCPro`.
        (Case::Upper, Case::Capitalized) => {
            is_tail && !is_plain && letters(head) > 1 && letters(tail) > 1
        }
        _ => false,
    };
    parts && !is_syllable(&[head, tail].concat())
}

/// Whether a word behind a number is the first of another line: `2012Mặc dù`, but not `3Hz`.
pub(crate) fn begins_behind_number(word: &str) -> bool {
    Case::of(word) == Some(Case::Capitalized)
        && letters(word) > 1
        && !word.is_ascii()
        && Syllable::parse(word).is_some()
}

fn letters(half: &str) -> usize {
    half.chars().filter(|&c| !is_combining(c)).count()
}

/// The case of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Small,
    /// The first letter is a capital, and no other; also a single capital.
    Capitalized,
    Upper,
    Mixed,
}

impl Case {
    /// None if there is no letter.
    fn of(word: &str) -> Option<Self> {
        let mut letters = word.chars().filter(|&c| !is_combining(c));
        let is_capital = letters.next()?.is_uppercase();
        let (mut small, mut capital) = (false, false);
        for c in letters {
            small |= c.is_lowercase();
            capital |= c.is_uppercase();
        }
        match (is_capital, small, capital) {
            (false, _, false) => Some(Self::Small),
            (true, _, false) => Some(Self::Capitalized),
            (true, false, true) => Some(Self::Upper),
            _ => Some(Self::Mixed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(word: &str) -> Option<(&str, &str)> {
        points(word).map(|at| word.split_at(at)).find(|&(head, tail)| are_two_words(head, tail))
    }

    #[test]
    fn words_of_two_lines_part() {
        for (word, head) in [
            ("sángMỗi", "sáng"),
            ("KhaÔng", "Kha"),
            ("giảOrange", "giả"),
            ("NhậtMitsubishi", "Nhật"),
            ("YoungNgọt", "Young"),
            ("DũngPHẢN", "Dũng"),
            ("sởVPBank", "sở"),
            ("quỹQTDND", "quỹ"),
            ("HẢITrạm", "HẢI"),
            ("TTXVNNăm", "TTXVN"),
            ("UBNDThị", "UBND"),
        ] {
            assert_eq!(cut(word).map(|(head, _)| head), Some(head), "{word}");
        }
    }

    #[test]
    fn marks_that_stand_apart_count_as_their_letter() {
        assert_eq!(cut("sa\u{301}ngMo\u{302}\u{303}i").map(|(head, _)| head), Some("sa\u{301}ng"));
    }

    #[test]
    fn capitalized_syllables_behind_a_number_begin_a_line() {
        for word in ["Mặc", "Đại", "Lời", "Vật"] {
            assert!(begins_behind_number(word), "{word}");
        }
        for word in ["Hz", "Gói", "GÓI", "gói", "Phim", "À"] {
            assert_eq!(begins_behind_number(word), word == "Gói", "{word}");
        }
    }

    #[test]
    fn names_and_slips_stay_whole() {
        for word in [
            "YouTube",
            "VinFast",
            "iPhone",
            "McDonald",
            "VietJet",
            "VnExpress",
            "MoMo",
            "SaPa",
            "HDBank",
            "MobiFone",
            "eBay",
            "HTCPro",
            "GHz",
            "PGs",
            "QUốc",
            "VIệc",
            "NGhĩa",
            "NGUYễn",
            "TPHCM",
            "UPCoM",
            "VietNamNet",
            "LinkedIn",
            "ThS",
            "QNg",
        ] {
            assert_eq!(cut(word), None, "{word}");
        }
    }
}
