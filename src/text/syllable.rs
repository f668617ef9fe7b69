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

use std::sync::LazyLock;

use super::letter::{BASE_LETTERS, Letter, Mark, Tone, compose};

/// Number of syllables that the orthography allows.
pub const SYLLABLE_COUNT: usize = 17_954;

/// Number of toneless spellings.
const BASE_COUNT: usize = 3_905;

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

const ONSETS: [&str; 29] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "q", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// Glide, nucleus, codas. The last row occurs without an onset and after `qu` only.
const RHYMES: [(&str, &str, &[&str]); 29] = [
    ("", "a", &["", "c", "ch", "i", "m", "n", "ng", "nh", "o", "p", "t", "u", "y"]),
    ("", "ă", &["c", "m", "n", "ng", "p", "t"]),
    ("", "â", &["c", "m", "n", "ng", "p", "t", "u", "y"]),
    ("", "e", &["", "c", "m", "n", "ng", "o", "p", "t"]),
    ("", "ê", &["", "ch", "m", "n", "nh", "p", "t", "u"]),
    ("", "i", &["", "ch", "m", "n", "nh", "p", "t", "u"]),
    ("", "ia", &[""]),
    ("", "iê", &["c", "m", "n", "ng", "p", "t", "u"]),
    ("", "o", &["", "c", "i", "m", "n", "ng", "p", "t"]),
    ("", "oo", &["c", "ng"]),
    ("", "ô", &["", "c", "i", "m", "n", "ng", "p", "t"]),
    ("", "ơ", &["", "i", "m", "n", "p", "t"]),
    ("", "u", &["", "c", "i", "m", "n", "ng", "p", "t"]),
    ("", "ua", &[""]),
    ("", "uô", &["c", "i", "m", "n", "ng", "p", "t"]),
    ("", "ư", &["", "c", "i", "m", "n", "ng", "t", "u"]),
    ("", "ưa", &[""]),
    ("", "ươ", &["c", "i", "m", "n", "ng", "p", "t", "u"]),
    ("", "y", &[""]),
    ("o", "a", &["", "c", "ch", "i", "m", "n", "ng", "nh", "o", "p", "t", "y"]),
    ("o", "ă", &["c", "m", "n", "ng", "t"]),
    ("o", "e", &["", "m", "n", "o", "t"]),
    ("u", "â", &["n", "ng", "t", "y"]),
    ("u", "ê", &["", "ch", "nh"]),
    ("u", "ơ", &[""]),
    ("u", "y", &["", "ch", "n", "nh", "p", "t", "u"]),
    ("u", "ya", &[""]),
    ("u", "yê", &["n", "t"]),
    ("", "yê", &["m", "n", "ng", "t", "u"]),
];

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

/// A toneless spelling with its analysis.
#[derive(Clone, Copy)]
struct Base {
    spelling: Spelling,
    onset: u8,
    /// Row of [`RHYMES`].
    rhyme: u8,
    coda: u8,
    /// Number of its first syllable.
    first_id: u16,
    /// Letter that carries the mark in the old and in the new style.
    mark_old: u8,
    mark_new: u8,
}

impl Base {
    fn coda(&self) -> &'static str {
        RHYMES[self.rhyme as usize].2[self.coda as usize]
    }

    fn is_stopped(&self) -> bool {
        is_stop(self.coda())
    }
}

fn is_stop(coda: &str) -> bool {
    matches!(coda, "c" | "ch" | "p" | "t")
}

/// All toneless spellings and a hash index over them.
struct Inventory {
    bases: Vec<Base>,
    /// For each syllable its base.
    base_of: Vec<u16>,
    /// Open addressing over [`Spelling`].
    slots: Box<[Slot; 1 << SLOT_BITS]>,
}

/// A spelling of up to seven letters, whether its coda is a stop, and the number of its first
/// syllable, in eight bytes: one access to memory a look-up. 0 is a free slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot(u64);

impl Slot {
    /// Most letters of a syllable: `nghiêng`.
    const LETTERS: u32 = 7;
    const STOPPED: u64 = 1 << 15;

    const fn new(spelling: Spelling, stopped: bool, first_id: u16) -> Self {
        let stopped = if stopped { Self::STOPPED } else { 0 };
        Self(spelling.0 << 16 | stopped | first_id as u64)
    }

    #[inline]
    const fn is_free(self) -> bool {
        self.0 == 0
    }

    #[inline]
    const fn spelling(self) -> u64 {
        self.0 >> 16
    }

    #[inline]
    const fn is_stopped(self) -> bool {
        self.0 & Self::STOPPED != 0
    }

    #[inline]
    const fn first_id(self) -> u16 {
        (self.0 & (Self::STOPPED - 1)) as u16
    }
}

// The numbers of syllables fit beside the flag, and seven letters beside both.
const _: () = assert!(SYLLABLE_COUNT < Slot::STOPPED as usize && Slot::LETTERS * 6 + 16 <= 64);

const SLOT_BITS: u32 = 13;

#[inline]
fn slot_of(spelling: u64) -> usize {
    (spelling.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - SLOT_BITS)) as usize
}

impl Inventory {
    fn build() -> Self {
        let mut inventory = Self {
            bases: Vec::with_capacity(BASE_COUNT),
            base_of: Vec::with_capacity(SYLLABLE_COUNT),
            slots: vec![Slot(0); 1 << SLOT_BITS]
                .into_boxed_slice()
                .try_into()
                .expect("there are so many slots"),
        };
        let mut rhyme = String::new();
        for (onset_index, onset) in ONSETS.iter().enumerate() {
            for (rhyme_index, &(glide, nucleus, codas)) in RHYMES.iter().enumerate() {
                for (coda_index, coda) in codas.iter().enumerate() {
                    rhyme.clear();
                    [glide, nucleus, coda].into_iter().for_each(|part| rhyme.push_str(part));
                    let Some(rest) = spelled_after(onset, &rhyme, rhyme_index) else { continue };
                    let skipped = rhyme.chars().count() - rest.chars().count();
                    let start = onset.chars().count() + glide.chars().count() - skipped;
                    let on_nucleus = match nucleus {
                        "iê" | "yê" | "uô" | "ươ" | "oo" => start + 1,
                        _ => start,
                    };
                    let open_glide =
                        !glide.is_empty() && coda.is_empty() && matches!(nucleus, "a" | "e" | "y");
                    inventory.insert(Base {
                        spelling: Spelling::of_bases(onset.chars().chain(rest.chars())),
                        onset: onset_index as u8,
                        rhyme: rhyme_index as u8,
                        coda: coda_index as u8,
                        first_id: inventory.base_of.len() as u16,
                        mark_old: (on_nucleus - usize::from(open_glide)) as u8,
                        mark_new: on_nucleus as u8,
                    });
                }
            }
        }
        inventory
    }

    fn insert(&mut self, base: Base) {
        let mut slot = slot_of(base.spelling.0);
        while !self.slots[slot].is_free() {
            if self.slots[slot].spelling() == base.spelling.0 {
                // The same letters under a second analysis (gi + êt, g + iêt): the first stays.
                return;
            }
            slot = (slot + 1) % self.slots.len();
        }
        let index = self.bases.len() as u16;
        self.slots[slot] = Slot::new(base.spelling, base.is_stopped(), base.first_id);
        let tones = if base.is_stopped() { 2 } else { 6 };
        self.base_of.extend(std::iter::repeat_n(index, tones));
        self.bases.push(base);
    }

    #[inline]
    fn find(&self, spelling: Spelling, tone: Tone) -> Option<SyllableId> {
        let wanted = spelling.0;
        if wanted >> (6 * Slot::LETTERS) != 0 || wanted == 0 {
            return None;
        }
        let mut slot = slot_of(wanted);
        loop {
            let found = self.slots[slot % self.slots.len()];
            if found.spelling() == wanted {
                let skipped = if found.is_stopped() { Tone::Sac as u16 } else { 0 };
                let offset = (tone as u16).checked_sub(skipped)?;
                return Some(SyllableId(found.first_id() + offset));
            }
            if found.is_free() {
                return None;
            }
            slot += 1;
        }
    }
}

/// Returns how the rhyme is written after the onset, or `None` where the two do not go together.
fn spelled_after<'r>(onset: &str, rhyme: &'r str, row: usize) -> Option<&'r str> {
    let front = rhyme.starts_with(['e', 'ê', 'i', 'y']);
    let written_y = row == RHYMES.len() - 1;
    match onset {
        "" => Some(rhyme),
        // quyên, quyết: the glide is in the onset, so the rhyme is yên, yêt.
        "qu" if written_y => matches!(rhyme, "yên" | "yêt").then_some(rhyme),
        _ if written_y => None,
        "k" | "gh" | "ngh" => front.then_some(rhyme),
        "c" | "g" | "ng" => (!front).then_some(rhyme),
        // gì, gìn, giếng, giết: the i of the onset is the i of the rhyme. `giu` and `gia` are gi + u,
        // gi + a instead.
        "gi" if rhyme == "iu" || rhyme == "ia" => None,
        "gi" if rhyme.starts_with('i') => Some(&rhyme[1..]),
        "gi" if matches!(rhyme, "êm" | "ên" | "êp" | "êt" | "êu") => None,
        // Only the bare rhymes of u stand after a q that keeps its u as nucleus: `qu`, `qung`.
        "q" => {
            let bare = RHYMES[row].1 == "u" && rhyme != "ui";
            bare.then_some(rhyme)
        }
        "qu" => match rhyme.strip_prefix('u') {
            None => Some(rhyme),
            // quynh, quýt, quỳu: u + y.. with the glide in the onset.
            Some(rest) if rest.starts_with('y') && rest != "y" && !rest.starts_with("yê") => {
                Some(rest)
            }
            Some(_) => None,
        },
        _ => Some(rhyme),
    }
}

static INVENTORY: LazyLock<Inventory> = LazyLock::new(Inventory::build);

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
    use super::*;
    use unicode_normalization::UnicodeNormalization;

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
