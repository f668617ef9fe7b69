//! Words as they are typed in Telex or VNI, where no program put letters in their place.
//!
//! Both methods spell the marks of a letter behind it: Telex with letters (`vieejt`, `ddaif`), VNI with
//! digits (`vie6t5`, `d9a2i`). A mark may also stand at the end of the syllable (`vietej`, `viet65`).

use std::ops::Range;

use crate::text::letter::{Letter, Tone, compose};
use crate::text::repair::alignment::Edit;
use crate::text::syllable::{Syllable, ToneStyle};

/// How marks are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text::repair) enum InputMethod {
    /// With letters: `vieejt`.
    Telex,
    /// With digits: `vie6t5`.
    Vni,
}

/// What is done to the letters before a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Tone(Tone),
    Circumflex,
    /// Horn of o and u; breve of a, too, in Telex.
    Horn,
    Breve,
    Stroke,
    Letter,
}

impl InputMethod {
    /// What a key does behind `letters`, the first vowel among them or not.
    fn key(self, key: u8, letters: &[char]) -> Key {
        let has_vowel = letters.iter().any(|&letter| is_vowel(letter));
        let is_second = |vowel: char| last_vowel(letters).is_some_and(|at| letters[at] == vowel);
        match (self, key) {
            (Self::Telex, b's') | (Self::Vni, b'1') if has_vowel => Key::Tone(Tone::Sac),
            (Self::Telex, b'f') | (Self::Vni, b'2') if has_vowel => Key::Tone(Tone::Huyen),
            (Self::Telex, b'r') | (Self::Vni, b'3') if has_vowel => Key::Tone(Tone::Hoi),
            (Self::Telex, b'x') | (Self::Vni, b'4') if has_vowel => Key::Tone(Tone::Nga),
            (Self::Telex, b'j') | (Self::Vni, b'5') if has_vowel => Key::Tone(Tone::Nang),
            (Self::Telex, b'a' | b'e' | b'o') if is_second(char::from(key)) => Key::Circumflex,
            (Self::Vni, b'6') => Key::Circumflex,
            (Self::Telex, b'w') | (Self::Vni, b'7') if has_vowel => Key::Horn,
            (Self::Vni, b'8') => Key::Breve,
            (Self::Telex, b'd') if letters.first() == Some(&'d') => Key::Stroke,
            (Self::Vni, b'9') => Key::Stroke,
            _ => Key::Letter,
        }
    }

    const fn is_part(self, byte: u8) -> bool {
        byte.is_ascii_alphabetic() || matches!(self, Self::Vni) && byte.is_ascii_digit()
    }
}

fn is_vowel(letter: char) -> bool {
    Letter::of(letter).is_some_and(Letter::is_vowel)
}

fn last_vowel(letters: &[char]) -> Option<usize> {
    letters.iter().rposition(|&letter| is_vowel(letter))
}

/// Longest word that is read: `nghieengf`, and a mark that was typed twice.
const LONGEST: usize = 10;

/// A word, read.
struct Typed {
    word: String,
    /// It has a letter that is not one of ASCII without its tone.
    has_shape: bool,
}

/// Reads a word; `None` if it has no mark or is no syllable.
fn read(word: &str, method: InputMethod) -> Option<Typed> {
    if !(2..=LONGEST).contains(&word.len()) || !word.as_bytes()[0].is_ascii_alphabetic() {
        return None;
    }
    let mut letters: Vec<char> = Vec::with_capacity(word.len());
    let (mut tone, mut has_shape) = (Tone::None, false);
    for byte in word.bytes().map(|byte| byte.to_ascii_lowercase()) {
        match method.key(byte, &letters) {
            Key::Letter => letters.push(char::from(byte)),
            Key::Tone(_) if tone != Tone::None => return None,
            Key::Tone(typed) => tone = typed,
            shape => {
                put(shape, method, &mut letters)?;
                has_shape = true;
            }
        }
    }
    if tone == Tone::None && !has_shape {
        return None;
    }
    let syllable = with_tone(&letters, tone)?;
    let mut spelled = String::new();
    syllable.spell_into(ToneStyle::Old, &mut spelled);
    let is_upper = word.bytes().all(|byte| !byte.is_ascii_lowercase());
    let word = if is_upper {
        spelled.to_uppercase()
    } else if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        let mut chars = spelled.chars();
        chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
    } else {
        spelled
    };
    Some(Typed { word, has_shape })
}

/// Puts a mark other than a tone on the letter that takes it.
fn put(key: Key, method: InputMethod, letters: &mut [char]) -> Option<()> {
    if key == Key::Stroke {
        let first = letters.first_mut().filter(|first| **first == 'd')?;
        *first = 'đ';
        return Some(());
    }
    let at = last_vowel(letters)?;
    let after_u = at > 0 && letters[at - 1] == 'u' && !(at > 1 && letters[at - 2] == 'q');
    let marked = match (key, letters[at]) {
        (Key::Circumflex, 'a') => 'â',
        (Key::Circumflex, 'e') => 'ê',
        (Key::Circumflex, 'o') => 'ô',
        // `muaw`, `mua7`: of ua the first takes the horn.
        (Key::Horn, 'a') if after_u => {
            letters[at - 1] = 'ư';
            'a'
        }
        (Key::Horn, 'a') if method == InputMethod::Telex => 'ă',
        (Key::Horn, 'o') => {
            if after_u {
                letters[at - 1] = 'ư';
            }
            'ơ'
        }
        // `nguoiwf`, `ruouwj`
        (Key::Horn, last @ ('i' | 'u')) if at > 1 && letters[at - 1] == 'o' => {
            if letters[at - 2] == 'u' {
                letters[at - 2] = 'ư';
            }
            letters[at - 1] = 'ơ';
            last
        }
        (Key::Horn, 'u') => 'ư',
        // `luuw`, `ngu7o7i`: the vowel before a second one.
        (Key::Horn, 'i') if after_u => {
            letters[at - 1] = 'ư';
            'i'
        }
        (Key::Breve, 'a') => 'ă',
        // `toi6`, `mau6`: the vowel before a second one.
        (Key::Circumflex, 'i' | 'u' | 'y') if at > 0 => {
            letters[at - 1] = match letters[at - 1] {
                'a' => 'â',
                'e' => 'ê',
                'o' => 'ô',
                _ => return None,
            };
            letters[at]
        }
        _ => return None,
    };
    letters[at] = marked;
    Some(())
}

/// The syllable of these letters with a tone, on whichever vowel it stands.
fn with_tone(letters: &[char], tone: Tone) -> Option<Syllable> {
    let vowels = (0..letters.len()).filter(|&at| is_vowel(letters[at]));
    vowels.into_iter().find_map(|place| {
        let spelled: String = letters
            .iter()
            .enumerate()
            .map(|(at, &letter)| if at == place { compose(letter, tone, false) } else { letter })
            .collect();
        Syllable::parse(&spelled)
    })
}

/// Words of a line, at least, that must be read before it is taken for typed keys.
const FEWEST: usize = 4;

/// What the lines of a text say.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    words: usize,
    read: usize,
    shaped: usize,
}

impl Count {
    fn of(line: &str, method: InputMethod) -> Self {
        let mut count = Self::default();
        for range in words(line, method) {
            let word = &line[range];
            // A letter alone and a number show nothing.
            if word.len() < 2 || word.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            count.words += 1;
            if let Some(typed) = read(word, method) {
                count.read += 1;
                count.shaped += usize::from(typed.has_shape);
            }
        }
        count
    }

    /// Most words can be read; `is`, `for` and `too` of English can, too, but are fewer.
    const fn is_likely(self) -> bool {
        self.read * 2 >= self.words && self.read > 0
    }

    const fn is_certain(self) -> bool {
        self.is_likely() && self.read >= FEWEST && self.shaped * 6 >= self.read && self.shaped > 1
    }
}

/// Tells whether a line of a text can only be typed keys.
pub(super) fn has_typed(text: &str, method: InputMethod) -> bool {
    text.lines().any(|line| is_ascii_words(line) && Count::of(line, method).is_certain())
}

/// Letters with marks show that a program put them there.
fn is_ascii_words(line: &str) -> bool {
    !line.chars().any(|c| !c.is_ascii() && c.is_alphabetic())
}

/// Puts letters in the place of typed keys, in lines that are such; `is_known` if other lines of the
/// text are, so that a short one need not prove it.
pub(super) fn typed(text: &str, method: InputMethod, is_known: bool) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if is_ascii_words(line) {
            let count = Count::of(line, method);
            if count.is_certain() || is_known && count.is_likely() {
                let found = words(line, method).filter_map(|range| {
                    let typed = read(&line[range.clone()], method)?;
                    Some(Edit::new(start + range.start..start + range.end, typed.word))
                });
                edits.extend(found);
            }
        }
        start += line.len();
    }
    edits
}

/// Runs of ASCII letters and digits as the method types them.
fn words(line: &str, method: InputMethod) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = line.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !method.is_part(bytes[at]) {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && method.is_part(bytes[at]) {
            at += 1;
        }
        (at > start).then_some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::repair::alignment::apply;

    fn fixed(text: &str, method: InputMethod) -> String {
        apply(text, &typed(text, method, false)).0
    }

    #[test]
    fn telex_becomes_letters() {
        let keys = "Mej tooi ddi chowj sowms, mua cas locs vaf rau muoongs veef naaus canh chua.";
        let right = "Mẹ tôi đi chợ sớm, mua cá lóc và rau muống về nấu canh chua.";
        assert_eq!(fixed(keys, InputMethod::Telex), right);
        for (keys, word) in [
            ("vieejt", "việt"),
            ("vietej", "việt"),
            ("DDaif", "Đài"),
            ("dduwowngf", "đường"),
            ("duongwf", "dường"),
            ("nuwowcs", "nước"),
            ("muaw", "mưa"),
            ("quaanf", "quần"),
            ("hoaf", "hòa"),
            ("nghieengf", "nghiềng"),
            ("THUYR", "THỦY"),
            ("awn", "ăn"),
            ("nguoiwf", "người"),
            ("ruouwj", "rượu"),
            ("cuwru", "cửu"),
        ] {
            assert_eq!(read(keys, InputMethod::Telex).expect(keys).word, word, "{keys}");
        }
    }

    #[test]
    fn vni_becomes_letters() {
        let keys = "Bo61 toi chie62u nao cu4ng ra bo72 song ca6u ca1, co1 ho6m d9u7o75c ca3 ro63.";
        let right = "Bố toi chiều nao cũng ra bờ song câu cá, có hôm được cả rổ.";
        assert_eq!(fixed(keys, InputMethod::Vni), right);
        for (keys, word) in [("vie6t5", "việt"), ("viet65", "việt"), ("D9a2i", "Đài")] {
            assert_eq!(read(keys, InputMethod::Vni).expect(keys).word, word, "{keys}");
        }
    }

    #[test]
    fn other_texts_stay() {
        for sound in [
            "This was the best car for us, as the tax is too low for his six boys or her.",
            "Hom nay troi dep qua, chung minh di choi nhe, goi ca lop cung di cho vui.",
            "Ghép B12, C3, A1, A4 và D5 vào ô E6, H2O; size M6, O2, I3, U1.",
            "Sáng nay tôi ddi hocj vaf veef nhaf sowms.",
            "Aku suka makan nasi goreng, karena rasanya enak sekali dan murah.",
            "A1 B2 C3 D4 E5 A6 O7 A8 D9, a1 a2 a3 e1 o2",
        ] {
            for method in [InputMethod::Telex, InputMethod::Vni] {
                assert_eq!(fixed(sound, method), sound);
            }
        }
    }

    #[test]
    fn a_short_line_is_read_where_others_are_certain() {
        let edits = typed("Ddi hocj", InputMethod::Telex, true);
        assert_eq!(apply("Ddi hocj", &edits).0, "Đi học");
        assert!(typed("Ddi hocj", InputMethod::Telex, false).is_empty());
    }
}
