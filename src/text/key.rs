//! Folded keys: what is counted and compared.
//!
//! Two spellings of one word have one key: upper and lower case, composed (NFC) and decomposed
//! (NFD) text, the tone mark of `hoà` and `hòa`, `Ð` (U+00D0) for `Đ`, soft hyphens and
//! zero-width characters inside a word. The marks themselves stay: stripping them would merge
//! ma, má, mà, mã, mả, mạ.
//!
//! The version of these rules is [`NORMALIZATION`]; models carry it, because a model that counted
//! other keys would be silently wrong.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::letter::{Letter, Mark, compose};
use super::syllable::{Syllable, SyllableId, ToneStyle};

/// Identifier of the folding rules; changes when any key changes.
pub const NORMALIZATION: &str = "nfc-lower-tone-đ-zw/1";

/// Number of a folded word unit: a syllable's fixed number, or a hash of any other folded form.
///
/// Syllables have the numbers of [`SyllableId`]; everything else is
/// hashed into the 2³¹ numbers with the top bit set. No table of known words is needed, so
/// units mean the same in every model and every document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(u32);

impl UnitId {
    const HASHED: u32 = 1 << 31;

    /// Returns the number of a valid syllable.
    #[inline]
    #[must_use]
    pub fn of_syllable(syllable: Syllable) -> Self {
        Self::of_syllable_id(syllable.id())
    }

    #[inline]
    pub(crate) const fn of_syllable_id(id: SyllableId) -> Self {
        Self(id.index() as u32)
    }

    /// Returns the number of a folded form that is no syllable.
    #[inline]
    #[must_use]
    pub(crate) fn of_folded_bytes(folded: &[u8]) -> Self {
        let hash = folded.iter().fold(FNV_OFFSET, |hash, &byte| fnv_step(hash, byte));
        Self::of_fnv(hash)
    }

    #[inline]
    pub(crate) const fn of_fnv(hash: u64) -> Self {
        Self(mix(hash) as u32 | Self::HASHED)
    }

    /// Returns the unit of any text, for which a folded form is made.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::text::key::UnitId;
    ///
    /// assert_eq!(UnitId::of("Hoà"), UnitId::of("hòa"));
    /// assert_ne!(UnitId::of("hoa"), UnitId::of("hòa"));
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Self {
        if let Some(syllable) = Syllable::parse(text) {
            return Self::of_syllable(syllable);
        }
        let folded = fold(text);
        match Syllable::parse(&folded) {
            Some(syllable) => Self::of_syllable(syllable),
            None => Self::of_folded_bytes(folded.as_bytes()),
        }
    }

    /// Returns the syllable, unless the unit is the hash of something else.
    #[must_use]
    pub fn syllable(self) -> Option<Syllable> {
        self.syllable_id().map(Syllable::from_id)
    }

    /// Returns the number of the syllable, unless the unit is the hash of something else.
    pub(crate) fn syllable_id(self) -> Option<SyllableId> {
        SyllableId::from_index(self.0 as usize)
    }

    /// Returns true for a valid syllable.
    #[inline]
    #[must_use]
    pub const fn is_syllable(self) -> bool {
        self.0 < super::syllable::SYLLABLE_COUNT as u32
    }

    /// Returns the number itself.
    #[inline]
    #[must_use]
    pub const fn to_u32(self) -> u32 {
        self.0
    }

    /// Makes a unit from its number, as read from a model.
    #[inline]
    #[must_use]
    pub const fn from_u32(number: u32) -> Self {
        Self(number)
    }
}

/// Hash of a term: a word of one or more units, or an n-gram.
///
/// The same in every process and on every machine; models of background statistics are keyed
/// by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermHash(u64);

impl TermHash {
    /// Returns the hash of the word that consists of these units, in order.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::text::key::{TermHash, UnitId};
    ///
    /// let word = |s: &str| TermHash::of_units(s.split(' ').map(UnitId::of));
    /// assert_eq!(word("Hoà bình"), word("hòa bình"));
    /// assert_ne!(word("bình hòa"), word("hòa bình"));
    /// ```
    #[inline]
    #[must_use]
    pub fn of_units(units: impl IntoIterator<Item = UnitId>) -> Self {
        Self(0).followed_by(units)
    }

    /// Returns the hash of the word that goes on with more units.
    #[inline]
    pub(crate) fn followed_by(self, units: impl IntoIterator<Item = UnitId>) -> Self {
        let step = |hash: u64, unit: UnitId| mix(hash.rotate_left(23) ^ u64::from(unit.0));
        Self(units.into_iter().fold(self.0, step))
    }

    /// Returns the hash of a key: units joined by single spaces, as [`fold`] writes them.
    #[must_use]
    pub fn of_key(key: &str) -> Self {
        Self::of_units(key.split(' ').map(UnitId::of))
    }

    /// Returns the number itself.
    #[inline]
    #[must_use]
    pub const fn to_u64(self) -> u64 {
        self.0
    }
}

pub(crate) const FNV_OFFSET: u64 = 0xCBF2_9CE4_8422_2325;

#[inline]
pub(crate) const fn fnv_step(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01B3)
}

/// Finalizer of `SplitMix64` (Steele, Lea, Flood, OOPSLA 2014, section 4): every input bit
/// reaches every output bit.
#[inline]
pub(crate) const fn mix(hash: u64) -> u64 {
    let mut z = hash.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Returns true for characters that are invisible inside a word and no part of its key.
#[inline]
#[must_use]
pub const fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Returns the key of `text`: every word in it folded, everything else composed and in lower case.
///
/// # Examples
///
/// ```
/// use tomtat::text::key::fold;
///
/// assert_eq!(fold("HOÀ BÌNH"), "hòa bình");
/// assert_eq!(fold("Ðo\u{300}ng"), "đòng");
/// assert_eq!(fold("Müller"), "müller");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends the key of `text` to `out`; see [`fold`].
pub fn fold_into(text: &str, out: &mut String) {
    if text.chars().all(|c| c.is_ascii() || Letter::of(c).is_some()) {
        fold_letters(text, out);
    } else if is_nfc_quick(text.chars()) == IsNormalized::Yes && !text.contains(is_ignorable) {
        fold_composed(text, out);
    } else {
        let composed: String = text.chars().filter(|c| !is_ignorable(*c)).nfc().collect();
        fold_composed(&composed, out);
    }
}

/// Folds text of ASCII and letters of the alphabet, without the tables of all of Unicode: they are
/// slow, and all of these letters are composed.
fn fold_letters(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let starts_word = Letter::of(first).is_some();
        let end = rest.find(|c| Letter::of(c).is_some() != starts_word).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        rest = tail;
        match Syllable::parse(run) {
            Some(syllable) if starts_word => syllable.spell_into(ToneStyle::Old, out),
            _ => out.extend(run.chars().map(|c| match Letter::of(c) {
                Some(letter) if !c.is_ascii() => compose(letter.base(), letter.tone(), false),
                _ => c.to_ascii_lowercase(),
            })),
        }
    }
}

/// Folds text that is in NFC and has no ignorable characters.
fn fold_composed(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let starts_word = first.is_alphabetic();
        let part_of_word = |c: char| c.is_alphabetic() || is_combining(c);
        let end = rest
            .char_indices()
            .skip(1)
            .find(|&(_, c)| if starts_word { !part_of_word(c) } else { c.is_alphabetic() })
            .map_or(rest.len(), |(i, _)| i);
        let (run, tail) = rest.split_at(end);
        if starts_word {
            fold_run(run, out);
        } else {
            out.extend(run.chars().flat_map(char::to_lowercase).nfc());
        }
        rest = tail;
    }
}

/// Returns true for a combining mark of the blocks that European and Vietnamese text uses.
pub(crate) const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
}

fn fold_run(run: &str, out: &mut String) {
    if let Some(syllable) = Syllable::parse(run) {
        syllable.spell_into(ToneStyle::Old, out);
        return;
    }
    // Eth stands for Đ only among letters of the Vietnamese alphabet: Iceland keeps its own.
    let vietnamese = run.chars().all(|c| Letter::of(c).is_some() || Mark::of(c).is_some());
    let lower = run.chars().flat_map(move |c| {
        let c = if vietnamese && matches!(c, '\u{D0}' | '\u{189}') { 'Đ' } else { c };
        c.to_lowercase()
    });
    out.extend(lower.nfc());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_word_have_one_key() {
        let forms = ["hòa", "hoà", "HÒA", "Hoa\u{300}", "ho\u{300}a", "h\u{200B}òa", "ho\u{AD}à"];
        for form in forms {
            assert_eq!(fold(form), "hòa", "{form:?}");
            assert_eq!(UnitId::of(form), UnitId::of("hòa"));
        }
        assert_eq!(fold("ÐẠI HỌC"), "đại học");
        assert_eq!(fold("Ðakar ĐH ÐH"), "đakar đh đh");
    }

    #[test]
    fn letters_of_the_alphabet_are_folded_as_all_others() {
        for text in
            ["mã12", "ĐIỀU-12a", "Ðà Nẵng,", "HOÀ?", "đt.Ưu", "Ộ\u{300}", "x1Ỹz Ɖ", "K+ÀB", "a_Ể"]
        {
            let mut slow = String::new();
            fold_composed(&text.nfc().collect::<String>(), &mut slow);
            assert_eq!(fold(text), slow, "{text}");
        }
    }

    #[test]
    fn marks_stay_apart() {
        let keys: std::collections::BTreeSet<String> =
            ["ma", "má", "mà", "mã", "mả", "mạ"].iter().map(|s| fold(s)).collect();
        assert_eq!(keys.len(), 6);
    }

    #[test]
    fn other_scripts_are_composed_and_lowered() {
        assert_eq!(fold("Citroe\u{308}n"), "citroën");
        assert_eq!(fold("МОСКВА"), "москва");
        assert_eq!(fold("Ðẹ Ðorð"), "đẹ ðorð");
    }

    proptest! {
        #[test]
        fn folding_is_idempotent_and_form_free(text in "\\PC{0,24}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            let decomposed: String = text.nfd().collect();
            let composed: String = text.nfc().collect();
            prop_assert_eq!(fold(&decomposed), fold(&composed));
        }
    }
}
