//! The inventory of spellings: which onsets, rhymes and codas go together, in a hash table.

use std::sync::LazyLock;

use super::{SYLLABLE_COUNT, Spelling, SyllableId};
use crate::text::letter::Tone;

/// Number of toneless spellings.
pub(super) const BASE_COUNT: usize = 3_905;

pub(super) const ONSETS: [&str; 29] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "q", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// Glide, nucleus, codas. The last row occurs without an onset and after `qu` only.
pub(super) const RHYMES: [(&str, &str, &[&str]); 29] = [
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

/// A toneless spelling with its analysis.
#[derive(Clone, Copy)]
pub(super) struct Base {
    pub(super) spelling: Spelling,
    pub(super) onset: u8,
    /// Row of [`RHYMES`].
    pub(super) rhyme: u8,
    coda: u8,
    /// Number of its first syllable.
    pub(super) first_id: u16,
    /// Letter that carries the mark in the old and in the new style.
    pub(super) mark_old: u8,
    pub(super) mark_new: u8,
}

impl Base {
    pub(super) fn coda(&self) -> &'static str {
        RHYMES[self.rhyme as usize].2[self.coda as usize]
    }

    pub(super) fn is_stopped(&self) -> bool {
        is_stop(self.coda())
    }
}

fn is_stop(coda: &str) -> bool {
    matches!(coda, "c" | "ch" | "p" | "t")
}

/// All toneless spellings and a hash index over them.
pub(super) struct Inventory {
    pub(super) bases: Vec<Base>,
    /// For each syllable its base.
    pub(super) base_of: Vec<u16>,
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
    pub(super) fn find(&self, spelling: Spelling, tone: Tone) -> Option<SyllableId> {
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

pub(super) static INVENTORY: LazyLock<Inventory> = LazyLock::new(Inventory::build);
