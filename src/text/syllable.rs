//! The Vietnamese syllable: onset, glide, nucleus, coda, tone.
//!
//! Vietnamese spelling is regular enough to be enumerated. 29 onsets combine with 157 rhymes
//! under a few spelling rules (`k`, `gh`, `ngh` stand before e, ê, i, y and `c`, `g`, `ng`
//! elsewhere; `qu` and `gi` swallow a letter of the rhyme), and rhymes that end in a stop
//! (c, ch, p, t) carry sắc or nặng only. That gives 3,905 toneless spellings and 17,954
//! syllables. Lists that count spellings give 17,974, because they hold twenty syllables twice
//! (`già`/`gìa`, `quá`/`qúa`); here the position of the mark is folded away.
//!
//! Each syllable has a fixed number, [`SyllableId`], that all models count on.
//!
//! # References
//!
//! Đoàn Thiện Thuật, *Ngữ âm tiếng Việt* (1977), chapters 3 to 6, for the parts of the syllable;
//! Hoàng Phê, *Chính tả tiếng Việt* (1999) for the spelling rules.

mod inventory;

use std::sync::OnceLock;

use super::letter::{BASE_LETTERS, Letter, Mark, Tone, compose};
use inventory::{Base, INVENTORY, ONSETS, RHYMES};

/// Number of syllables that the orthography allows.
pub const SYLLABLE_COUNT: usize = 17_954;

/// Where a tone mark stands in open syllables with oa, oe, uy; all others agree.
///
/// # Examples
///
/// ```
/// use tomtat::text::syllable::{Syllable, ToneStyle};
///
/// let syllable = Syllable::parse("hoà").expect("a Vietnamese syllable");
/// assert_eq!(syllable.spell(ToneStyle::Old), "hòa");
/// assert_eq!(syllable.spell(ToneStyle::New), "hoà");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ToneStyle {
    /// hòa, khỏe, thủy: the mark in the middle of the word, as newspapers print it.
    #[default]
    Old,
    /// hoà, khoẻ, thuỷ: the mark on the nucleus, as the rule of 2018 for schoolbooks has it.
    New,
}

/// Number of a syllable, below [`SYLLABLE_COUNT`]; the same in every build and model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SyllableId(u16);

impl SyllableId {
    /// Returns the number.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// Returns the identifier with number `index`, if there is such a syllable.
    #[must_use]
    pub const fn from_index(index: usize) -> Option<Self> {
        if index < SYLLABLE_COUNT { Some(Self(index as u16)) } else { None }
    }
}

impl SyllableId {
    /// Finds the syllable that is spelled with these base letters and this tone.
    #[inline]
    pub(crate) fn of_spelling(spelling: Spelling, tone: Tone) -> Option<Self> {
        INVENTORY.find(spelling, tone)
    }
}

/// The base letters of a short word, six bits each; the key of the syllable table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Spelling(u64);

impl Spelling {
    /// How many letters fit.
    pub(crate) const MAX_LETTERS: usize = 10;

    #[inline]
    pub(crate) const fn push(self, code: u8) -> Self {
        Self(self.0 << 6 | code as u64)
    }

    /// Replaces the last letter.
    #[inline]
    pub(crate) const fn replace_last(self, code: u8) -> Self {
        Self(self.0 >> 6 << 6 | code as u64)
    }

    /// Code of the last letter, 0 if there is none.
    #[inline]
    pub(crate) const fn last(self) -> u8 {
        (self.0 & 0x3F) as u8
    }

    fn of_bases(letters: impl Iterator<Item = char>) -> Self {
        letters.filter_map(Letter::of).fold(Self::default(), |s, letter| s.push(letter.code()))
    }

    fn len(self) -> usize {
        (64 - self.0.leading_zeros() as usize).div_ceil(6)
    }

    fn letters(self) -> impl Iterator<Item = char> {
        let n = self.len();
        (0..n).map(move |i| BASE_LETTERS[(self.0 >> (6 * (n - 1 - i)) & 0x3F) as usize - 1])
    }
}

/// A valid Vietnamese syllable, taken apart.
///
/// # Examples
///
/// ```
/// use tomtat::text::letter::Tone;
/// use tomtat::text::syllable::Syllable;
///
/// let syllable = Syllable::parse("Nguyễn").expect("a Vietnamese syllable");
/// assert_eq!(syllable.onset(), "ng");
/// assert_eq!(syllable.glide(), "u");
/// assert_eq!(syllable.nucleus(), "yê");
/// assert_eq!(syllable.coda(), "n");
/// assert_eq!(syllable.tone(), Tone::Nga);
///
/// // A stop coda carries sắc or nặng only.
/// assert!(Syllable::parse("hòc").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Syllable {
    base: u16,
    tone: Tone,
}

impl Syllable {
    /// Parses one syllable in any case, composed or decomposed, with the mark on any letter.
    ///
    /// Returns `None` if `text` is not exactly one valid syllable.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (mut spelling, mut tone, mut letters) = (Spelling::default(), Tone::None, 0);
        for c in text.chars() {
            if let Some(letter) = Letter::of(c) {
                if letter.tone() != Tone::None && tone != Tone::None {
                    return None;
                }
                letters += 1;
                if letters > Spelling::MAX_LETTERS {
                    return None;
                }
                spelling = spelling.push(letter.code());
                tone = tone.max(letter.tone());
                continue;
            }
            if letters == 0 {
                return None;
            }
            match Mark::of(c)? {
                Mark::Tone(_) if tone != Tone::None => return None,
                Mark::Tone(mark) => tone = mark,
                mark => spelling = spelling.replace_last(mark.put_on(spelling.last())?),
            }
        }
        SyllableId::of_spelling(spelling, tone).map(Self::from_id)
    }

    /// Returns the syllable with this number.
    #[must_use]
    pub fn from_id(id: SyllableId) -> Self {
        let base = INVENTORY.base_of[id.index()];
        let entry = &INVENTORY.bases[base as usize];
        let offset = (id.0 - entry.first_id) as u8;
        let tone = Tone::from_index(if entry.is_stopped() { offset + 4 } else { offset });
        Self { base, tone: tone.unwrap_or_default() }
    }

    /// Returns the number of the syllable.
    #[inline]
    #[must_use]
    pub fn id(self) -> SyllableId {
        let entry = self.entry();
        let offset = self.tone as u16;
        SyllableId(entry.first_id + if entry.is_stopped() { offset - 4 } else { offset })
    }

    fn entry(self) -> &'static Base {
        &INVENTORY.bases[self.base as usize]
    }

    /// Returns the consonant before the vowel, empty if there is none; `gi` and `qu` are onsets.
    #[must_use]
    pub fn onset(self) -> &'static str {
        ONSETS[self.entry().onset as usize]
    }

    /// Returns the medial glide, `"o"`, `"u"` or empty; the glide of `qu` belongs to the onset.
    #[must_use]
    pub fn glide(self) -> &'static str {
        let entry = self.entry();
        if self.onset() == "qu" { "" } else { RHYMES[entry.rhyme as usize].0 }
    }

    /// Returns the nucleus as it is spelled in the rhyme: a vowel or a diphthong (iê, ươ, ua, …).
    #[must_use]
    pub fn nucleus(self) -> &'static str {
        RHYMES[self.entry().rhyme as usize].1
    }

    /// Returns the final consonant or semivowel, empty in an open syllable.
    #[must_use]
    pub fn coda(self) -> &'static str {
        self.entry().coda()
    }

    /// Returns true if it has a tone mark, or a letter that only Vietnamese has: đ, ă, â, ê, ô, ơ, ư.
    #[must_use]
    pub fn has_marks(self) -> bool {
        self.tone() != Tone::None || !self.onset().is_ascii() || !self.nucleus().is_ascii()
    }

    /// Returns the tone.
    #[must_use]
    pub const fn tone(self) -> Tone {
        self.tone
    }

    /// Returns true if the two tone styles write the syllable differently (hòa/hoà).
    #[must_use]
    pub fn differs_by_style(self) -> bool {
        let entry = self.entry();
        self.tone != Tone::None && entry.mark_old != entry.mark_new
    }

    /// Returns the index of the letter that carries the tone mark.
    #[must_use]
    pub fn mark_position(self, style: ToneStyle) -> usize {
        let entry = self.entry();
        match style {
            ToneStyle::Old => entry.mark_old as usize,
            ToneStyle::New => entry.mark_new as usize,
        }
    }

    /// Writes the syllable in lower case, composed (NFC).
    #[must_use]
    pub fn spell(self, style: ToneStyle) -> String {
        let mut out = String::with_capacity(12);
        self.spell_into(style, &mut out);
        out
    }

    /// Appends the syllable in lower case, composed (NFC), to `out`.
    pub fn spell_into(self, style: ToneStyle, out: &mut String) {
        let position = self.mark_position(style);
        for (i, base) in self.entry().spelling.letters().enumerate() {
            let tone = if i == position { self.tone } else { Tone::None };
            out.push(if tone == Tone::None { base } else { compose(base, tone, false) });
        }
    }
}

impl std::fmt::Debug for Syllable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Syllable({})", self.spell(ToneStyle::Old))
    }
}

/// The spellings of all syllables, one after the other, and where each ends.
struct Spellings {
    text: String,
    ends: Vec<u32>,
}

static SPELLINGS: OnceLock<Spellings> = OnceLock::new();

/// Makes ready what [`spelling`] gives: worth while before many syllables are spelled.
pub(crate) fn spell_all() {
    SPELLINGS.get_or_init(|| {
        let (mut text, mut ends) = (String::new(), Vec::with_capacity(SYLLABLE_COUNT));
        for syllable in all() {
            syllable.spell_into(ToneStyle::Old, &mut text);
            ends.push(text.len() as u32);
        }
        Spellings { text, ends }
    });
}

/// Returns a syllable in lower case with its tone mark in the old style, if [`spell_all`] was called.
pub(crate) fn spelling(id: SyllableId) -> Option<&'static str> {
    let Spellings { text, ends } = SPELLINGS.get()?;
    let start = id.index().checked_sub(1).map_or(0, |before| ends[before]);
    text.get(start as usize..ends[id.index()] as usize)
}

/// All syllables in the order of their numbers.
///
/// # Examples
///
/// ```
/// use tomtat::text::syllable::{SYLLABLE_COUNT, all};
///
/// assert_eq!(all().count(), SYLLABLE_COUNT);
/// ```
pub fn all() -> impl Iterator<Item = Syllable> {
    (0..SYLLABLE_COUNT).filter_map(SyllableId::from_index).map(Syllable::from_id)
}

#[cfg(test)]
mod tests {
    use super::inventory::BASE_COUNT;
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn spellings_that_are_ready_are_those_of_the_syllables() {
        spell_all();
        for syllable in all() {
            assert_eq!(spelling(syllable.id()), Some(syllable.spell(ToneStyle::Old).as_str()));
        }
    }

    #[test]
    fn the_inventory_has_the_stated_size() {
        assert_eq!(INVENTORY.bases.len(), BASE_COUNT);
        assert_eq!(INVENTORY.base_of.len(), SYLLABLE_COUNT);
    }

    #[test]
    fn every_syllable_parses_back_from_every_form() {
        for (i, syllable) in all().enumerate() {
            assert_eq!(syllable.id().index(), i);
            for style in [ToneStyle::Old, ToneStyle::New] {
                let text = syllable.spell(style);
                assert_eq!(Syllable::parse(&text), Some(syllable), "{text}");
                assert_eq!(Syllable::parse(&text.to_uppercase()), Some(syllable), "{text}");
                let decomposed: String = text.nfd().collect();
                assert_eq!(Syllable::parse(&decomposed), Some(syllable), "{text}");
            }
        }
    }

    #[test]
    fn parts_of_well_known_syllables() {
        let cases = [
            ("quốc", "qu", "", "ô", "c"),
            ("quyền", "qu", "", "yê", "n"),
            ("quỳnh", "qu", "", "y", "nh"),
            ("giếng", "gi", "", "iê", "ng"),
            ("gì", "gi", "", "i", ""),
            ("già", "gi", "", "a", ""),
            ("nghiêng", "ngh", "", "iê", "ng"),
            ("khuỷu", "kh", "u", "y", "u"),
            ("yêu", "", "", "yê", "u"),
            ("hoa", "h", "o", "a", ""),
            ("của", "c", "", "ua", ""),
            ("oẳng", "", "o", "ă", "ng"),
            ("xoong", "x", "", "oo", "ng"),
            ("thuở", "th", "u", "ơ", ""),
        ];
        for (text, onset, glide, nucleus, coda) in cases {
            let s = Syllable::parse(text).expect(text);
            assert_eq!(
                (s.onset(), s.glide(), s.nucleus(), s.coda()),
                (onset, glide, nucleus, coda)
            );
            assert_eq!(s.spell(ToneStyle::Old), text);
        }
    }

    #[test]
    fn styles_differ_in_open_oa_oe_uy_only() {
        for (old, new) in [("hòa", "hoà"), ("khỏe", "khoẻ"), ("thủy", "thuỷ"), ("ủy", "uỷ")]
        {
            let syllable = Syllable::parse(old).expect(old);
            assert_eq!(Syllable::parse(new), Some(syllable));
            assert_eq!(syllable.spell(ToneStyle::New), new);
            assert!(syllable.differs_by_style());
        }
        for same in ["quý", "quả", "hoàn", "thuế", "thuở", "mía", "mùa", "lựa", "toàn", "huỳnh"]
        {
            let syllable = Syllable::parse(same).expect(same);
            assert_eq!(syllable.spell(ToneStyle::Old), same);
            assert_eq!(syllable.spell(ToneStyle::New), same);
        }
    }

    #[test]
    fn misplaced_marks_are_folded() {
        assert_eq!(Syllable::parse("qúy"), Syllable::parse("quý"));
        assert_eq!(Syllable::parse("tòan"), Syllable::parse("toàn"));
        assert_eq!(Syllable::parse("gìa"), Syllable::parse("già"));
    }

    #[test]
    fn what_is_no_syllable_is_refused() {
        for text in ["", "b", "cat", "kà", "ngi", "fa", "hoàá", "đắk", "́a", "trump", "ác1", "a b"]
        {
            assert!(Syllable::parse(text).is_none(), "{text}");
        }
    }
}
