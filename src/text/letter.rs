//! Letters of the Vietnamese alphabet and the marks on them.
//!
//! A Vietnamese letter is a *base letter* (the 29 letters of the alphabet, and f, j, w, z of
//! foreign words: `ă`, `â`, `đ`, `ê`, `ô`, `ơ`, `ư` are letters of their own) that may carry a
//! *tone mark*. The tone belongs to the syllable, not to the letter, so the two are kept apart
//! from the first byte on.

/// Tone of a syllable, in the order of Vietnamese dictionaries.
///
/// # Examples
///
/// ```
/// use tomtat::text::letter::Tone;
///
/// assert_eq!(Tone::ALL.len(), 6);
/// assert!(Tone::None < Tone::Huyen && Tone::Sac < Tone::Nang);
/// assert_eq!(Tone::Hoi.name(), "hỏi");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tone {
    /// No mark (thanh ngang).
    #[default]
    None = 0,
    /// Grave accent (thanh huyền).
    Huyen = 1,
    /// Hook above (thanh hỏi).
    Hoi = 2,
    /// Tilde (thanh ngã).
    Nga = 3,
    /// Acute accent (thanh sắc).
    Sac = 4,
    /// Dot below (thanh nặng).
    Nang = 5,
}

impl Tone {
    /// The six tones in dictionary order.
    pub const ALL: [Self; 6] =
        [Self::None, Self::Huyen, Self::Hoi, Self::Nga, Self::Sac, Self::Nang];

    /// Returns the Vietnamese name of the tone.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "ngang",
            Self::Huyen => "huyền",
            Self::Hoi => "hỏi",
            Self::Nga => "ngã",
            Self::Sac => "sắc",
            Self::Nang => "nặng",
        }
    }

    /// Returns the combining character that writes the tone, if the tone has a mark.
    #[must_use]
    pub const fn combining_mark(self) -> Option<char> {
        match self {
            Self::None => None,
            Self::Huyen => Some('\u{300}'),
            Self::Hoi => Some('\u{309}'),
            Self::Nga => Some('\u{303}'),
            Self::Sac => Some('\u{301}'),
            Self::Nang => Some('\u{323}'),
        }
    }

    /// Returns the tone with number `n` (its discriminant), or `None` above 5.
    #[must_use]
    pub const fn from_index(n: u8) -> Option<Self> {
        match n {
            0 => Some(Self::None),
            1 => Some(Self::Huyen),
            2 => Some(Self::Hoi),
            3 => Some(Self::Nga),
            4 => Some(Self::Sac),
            5 => Some(Self::Nang),
            _ => None,
        }
    }
}

/// Base letters in Vietnamese alphabetical order; a [`Letter::code`] is an index into it plus one.
pub const BASE_LETTERS: [char; 33] = [
    'a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
    'ô', 'ơ', 'p', 'q', 'r', 's', 't', 'u', 'ư', 'v', 'w', 'x', 'y', 'z',
];

/// The twelve vowel letters with their five marked forms, tones in the order of [`Tone`].
pub(crate) const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
];

/// The upper-case forms of [`VOWELS`], kept as a table because `char::to_uppercase` is not `const`.
pub(crate) const VOWELS_UPPER: [[char; 6]; 12] = [
    ['A', 'À', 'Ả', 'Ã', 'Á', 'Ạ'],
    ['Ă', 'Ằ', 'Ẳ', 'Ẵ', 'Ắ', 'Ặ'],
    ['Â', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ậ'],
    ['E', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ'],
    ['Ê', 'Ề', 'Ể', 'Ễ', 'Ế', 'Ệ'],
    ['I', 'Ì', 'Ỉ', 'Ĩ', 'Í', 'Ị'],
    ['O', 'Ò', 'Ỏ', 'Õ', 'Ó', 'Ọ'],
    ['Ô', 'Ồ', 'Ổ', 'Ỗ', 'Ố', 'Ộ'],
    ['Ơ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ'],
    ['U', 'Ù', 'Ủ', 'Ũ', 'Ú', 'Ụ'],
    ['Ư', 'Ừ', 'Ử', 'Ữ', 'Ứ', 'Ự'],
    ['Y', 'Ỳ', 'Ỷ', 'Ỹ', 'Ý', 'Ỵ'],
];

/// A letter taken apart: base letter, tone mark on it, case.
///
/// # Examples
///
/// ```
/// use tomtat::text::letter::{Letter, Tone};
///
/// let letter = Letter::of('Ặ').expect("a letter of the alphabet");
/// assert_eq!((letter.base(), letter.tone(), letter.is_upper()), ('ă', Tone::Nang, true));
/// assert!(Letter::of('ß').is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Letter(u16);

const TONE_SHIFT: u16 = 6;
const UPPER: u16 = 1 << 9;

const fn code_of(base: char) -> u16 {
    let mut i = 0;
    while i < BASE_LETTERS.len() {
        if BASE_LETTERS[i] as u32 == base as u32 {
            return i as u16 + 1;
        }
        i += 1;
    }
    0
}

/// Number of entries of the lower table (U+0000 to U+01BF): all that two bytes of UTF-8 with a
/// lead byte up to C6 can say.
const LOW_LEN: usize = 0x1C0;
/// First code point of the upper table (Latin Extended Additional): the characters whose UTF-8
/// begins with E1 BA or E1 BB.
const HIGH_START: usize = 0x1E80;
const HIGH_LEN: usize = 0x80;

const fn build<const LEN: usize>(start: usize) -> [u16; LEN] {
    let len = LEN;
    let mut table = [0u16; LEN];
    let mut i = 0;
    while i < BASE_LETTERS.len() {
        let c = BASE_LETTERS[i] as usize;
        if c >= start && c < start + len {
            table[c - start] = i as u16 + 1;
        }
        if c < 128 {
            let upper = c - 32;
            if upper >= start && upper < start + len {
                table[upper - start] = (i as u16 + 1) | UPPER;
            }
        }
        i += 1;
    }
    // Đ, and the two letters that are mistaken for it: U+00D0 (eth) and U+0189 (African D).
    let crossed = [(0x111, 0), (0x110, UPPER), (0xD0, UPPER), (0x189, UPPER)];
    let mut i = 0;
    while i < crossed.len() {
        let (c, case) = crossed[i];
        if c >= start && c < start + len {
            table[c - start] = code_of('đ') | case;
        }
        i += 1;
    }
    let mut v = 0;
    while v < VOWELS.len() {
        let mut t = 0;
        while t < 6 {
            let value = code_of(VOWELS[v][0]) | ((t as u16) << TONE_SHIFT);
            let lower = VOWELS[v][t] as usize;
            if lower >= start && lower < start + len {
                table[lower - start] = value;
            }
            let upper = VOWELS_UPPER[v][t] as usize;
            if upper >= start && upper < start + len {
                table[upper - start] = value | UPPER;
            }
            t += 1;
        }
        v += 1;
    }
    table
}

static LOW: [u16; LOW_LEN] = build(0);
static HIGH: [u16; HIGH_LEN] = build(HIGH_START);

impl Letter {
    /// Takes a precomposed letter apart; `None` if `c` is no letter of the alphabet.
    ///
    /// The look-alikes U+00D0 and U+0189 of `Đ` count as `Đ`.
    #[inline]
    #[must_use]
    pub fn of(c: char) -> Option<Self> {
        let c = c as usize;
        let value = if c < LOW_LEN {
            LOW[c]
        } else {
            match c.checked_sub(HIGH_START) {
                Some(i) if i < HIGH_LEN => HIGH[i],
                _ => 0,
            }
        };
        (value != 0).then_some(Self(value))
    }

    /// Takes the letter at the beginning of `bytes`, which are UTF-8, apart, and returns it with its
    /// length in bytes; `None` if there is no letter of the alphabet.
    #[inline]
    pub(crate) fn at_start(bytes: &[u8]) -> Option<(Self, usize)> {
        let (value, length) = match *bytes {
            [first @ ..0x80, ..] => (LOW[first as usize], 1),
            [first @ 0xC3..=0xC6, second, ..] => {
                (LOW[(first as usize & 0x1F) << 6 | second as usize & 0x3F], 2)
            }
            [0xE1, second @ (0xBA | 0xBB), third, ..] => {
                (HIGH[(second as usize & 1) << 6 | third as usize & 0x3F], 3)
            }
            _ => (0, 0),
        };
        (value != 0).then_some((Self(value), length))
    }

    /// Returns the number of the base letter, 1 to 33, in alphabetical order.
    #[inline]
    #[must_use]
    pub const fn code(self) -> u8 {
        (self.0 & 0x3F) as u8
    }

    /// Returns the base letter in lower case and without a tone mark.
    #[must_use]
    pub const fn base(self) -> char {
        BASE_LETTERS[self.code() as usize - 1]
    }

    /// Returns the tone that is marked on the letter.
    #[inline]
    #[must_use]
    pub const fn tone(self) -> Tone {
        match Tone::from_index(self.tone_bits()) {
            Some(tone) => tone,
            None => Tone::None,
        }
    }

    /// Returns the number of the tone.
    #[inline]
    pub(crate) const fn tone_bits(self) -> u8 {
        (self.0 >> TONE_SHIFT & 7) as u8
    }

    /// Returns true for an upper-case letter.
    #[inline]
    #[must_use]
    pub const fn is_upper(self) -> bool {
        self.0 & UPPER != 0
    }

    /// Returns true for one of the twelve vowel letters.
    #[must_use]
    pub const fn is_vowel(self) -> bool {
        is_vowel_code(self.code())
    }
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter")
            .field("base", &self.base())
            .field("tone", &self.tone())
            .field("upper", &self.is_upper())
            .finish()
    }
}

/// Returns true if the base letter with this code is a vowel.
pub(crate) const fn is_vowel_code(code: u8) -> bool {
    matches!(code, 1..=3 | 8 | 9 | 13 | 19..=21 | 27 | 28 | 32)
}

/// Returns the code (1 to 33) of a lower-case base letter, or 0.
pub(crate) const fn base_code(base: char) -> u8 {
    code_of(base) as u8
}

/// A combining mark that Vietnamese letters are written with in decomposed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A tone mark.
    Tone(Tone),
    /// Circumflex: a, e, o become â, ê, ô.
    Circumflex,
    /// Breve: a becomes ă.
    Breve,
    /// Horn: o, u become ơ, ư.
    Horn,
}

impl Mark {
    /// Recognizes the combining character `c`.
    pub(crate) const fn of(c: char) -> Option<Self> {
        Some(match c {
            // U+0340 and U+0341 are canonically equivalent to the plain marks.
            '\u{300}' | '\u{340}' => Self::Tone(Tone::Huyen),
            '\u{301}' | '\u{341}' => Self::Tone(Tone::Sac),
            '\u{303}' => Self::Tone(Tone::Nga),
            '\u{309}' => Self::Tone(Tone::Hoi),
            '\u{323}' => Self::Tone(Tone::Nang),
            '\u{302}' => Self::Circumflex,
            '\u{306}' => Self::Breve,
            '\u{31B}' => Self::Horn,
            _ => return None,
        })
    }

    /// Puts the mark on the base letter with code `code`; `None` where Vietnamese has no such letter.
    pub(crate) const fn put_on(self, code: u8) -> Option<u8> {
        let base = BASE_LETTERS[code as usize - 1];
        let marked = match (self, base) {
            (Self::Circumflex, 'a') => 'â',
            (Self::Circumflex, 'e') => 'ê',
            (Self::Circumflex, 'o') => 'ô',
            (Self::Breve, 'a') => 'ă',
            (Self::Horn, 'o') => 'ơ',
            (Self::Horn, 'u') => 'ư',
            _ => return None,
        };
        Some(base_code(marked))
    }
}

/// Writes base letter `base` with `tone` as one precomposed character, in lower or upper case.
///
/// A consonant keeps its form: only vowels carry a tone.
///
/// # Examples
///
/// ```
/// use tomtat::text::letter::{compose, Tone};
///
/// assert_eq!(compose('ơ', Tone::Hoi, false), 'ở');
/// assert_eq!(compose('đ', Tone::Sac, true), 'Đ');
/// ```
#[must_use]
pub fn compose(base: char, tone: Tone, upper: bool) -> char {
    for (lower_row, upper_row) in VOWELS.iter().zip(&VOWELS_UPPER) {
        if lower_row[0] == base {
            return if upper { upper_row[tone as usize] } else { lower_row[tone as usize] };
        }
    }
    match (base, upper) {
        ('đ', true) => 'Đ',
        (c, true) => c.to_ascii_uppercase(),
        (c, false) => c,
    }
}

/// Does what [`char::is_alphabetic`] does, fast for Vietnamese: the tables of all of Unicode are slow.
#[inline]
pub(crate) fn is_alphabetic(c: char) -> bool {
    Letter::of(c).is_some() || c.is_alphabetic()
}

/// Does what [`char::is_alphanumeric`] does, fast for Vietnamese.
#[inline]
pub(crate) fn is_alphanumeric(c: char) -> bool {
    Letter::of(c).is_some() || c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn letters_are_read_from_bytes() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            let text = format!("{c}x");
            let expected = Letter::of(c).map(|letter| (letter, c.len_utf8()));
            assert_eq!(Letter::at_start(text.as_bytes()), expected, "{c}");
        }
        assert_eq!(Letter::at_start(b""), None);
    }

    #[test]
    fn every_letter_takes_apart_and_composes_back() {
        let mut letters = 0;
        for c in (0..0x3000).filter_map(char::from_u32) {
            let Some(letter) = Letter::of(c) else { continue };
            if matches!(c, '\u{D0}' | '\u{189}') {
                assert_eq!(letter.base(), 'đ');
                continue;
            }
            letters += 1;
            assert_eq!(compose(letter.base(), letter.tone(), letter.is_upper()), c);
        }
        // 12 vowels in six tones and 21 consonants, in two cases.
        assert_eq!(letters, (12 * 6 + 21) * 2);
    }

    #[test]
    fn marks_agree_with_canonical_decomposition() {
        for c in (0x80..0x1F00).filter_map(char::from_u32) {
            let Some(letter) = Letter::of(c) else { continue };
            let mut decomposed = c.nfd();
            let Some(first) = decomposed.next().and_then(Letter::of) else { continue };
            let (mut code, mut tone) = (first.code(), first.tone());
            for mark in decomposed.filter_map(Mark::of) {
                match mark {
                    Mark::Tone(t) => tone = t,
                    other => code = other.put_on(code).expect("a Vietnamese letter"),
                }
            }
            assert_eq!((code, tone), (letter.code(), letter.tone()), "{c}");
        }
    }

    #[test]
    fn vowel_codes_are_the_vowels() {
        for (i, c) in BASE_LETTERS.iter().enumerate() {
            let expected = VOWELS.iter().any(|row| row[0] == *c);
            assert_eq!(is_vowel_code(i as u8 + 1), expected, "{c}");
        }
    }
}
