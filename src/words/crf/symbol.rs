//! Dense numbers for the units that the segmenter knows.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::key::UnitId;
use crate::text::letter::Tone;
use crate::text::syllable::{SYLLABLE_COUNT, Syllable};
use crate::token::TokenKind;
use crate::words::Unit;

/// Dense number of a unit; unknown units share a number by kind.
pub(crate) type Symbol = u16;

pub(crate) const EDGE: Symbol = 0;
const UNKNOWN_SYLLABLE: Symbol = 1;
const UNKNOWN_FOREIGN: Symbol = 2;
const NUMBER: Symbol = 3;
const ALPHANUMERIC: Symbol = 4;
const OTHER: Symbol = 5;
/// Numbers below this have a fixed meaning.
const FIXED: usize = 6;
/// Most units that can have a number of their own.
pub(crate) const MAX_KNOWN: usize = (u16::MAX as usize) - FIXED;

/// Onsets after which i and y spell the same sound at the end of a syllable: `lí`, `lý`. Apart from
/// these, the letter is fixed, or names differ by it: `Vi`, `Vy`.
const ONSETS_BEFORE_I_OR_Y: [&str; 7] = ["h", "k", "l", "m", "s", "t", "qu"];

/// Indices of the syllables that are spelled with i, and with y, and sound the same.
static SPELLINGS_WITH_I_AND_Y: LazyLock<Vec<(usize, usize)>> = LazyLock::new(|| {
    let index = |onset: &str, vowel: char, tone: Tone| {
        let mark = tone.combining_mark().map(String::from).unwrap_or_default();
        Syllable::parse(&format!("{onset}{vowel}{mark}")).map(|syllable| syllable.id().index())
    };
    let pairs = ONSETS_BEFORE_I_OR_Y.iter().flat_map(|onset| {
        Tone::ALL
            .iter()
            .filter_map(|&tone| Some((index(onset, 'i', tone)?, index(onset, 'y', tone)?)))
    });
    pairs.collect()
});

/// Returns the unit that stands for both spellings in a model: that with y, as the lexicon of most
/// corpora has it.
pub(crate) fn canonical(unit: UnitId) -> UnitId {
    let index = unit.to_u32() as usize;
    let pair = SPELLINGS_WITH_I_AND_Y.iter().find(|(i, _)| *i == index);
    pair.map_or(unit, |&(_, y)| UnitId::from_u32(y as u32))
}

/// The units that have a number of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Symbols {
    /// The known units, in ascending order; unit `i` has the number `FIXED + i`.
    known: Vec<UnitId>,
    syllables: Vec<Symbol>,
    foreign: FxHashMap<UnitId, Symbol>,
}

impl Symbols {
    /// Numbers `known` units, which must be in ascending order without repetition and no more
    /// than [`MAX_KNOWN`]; returns nothing otherwise.
    pub(crate) fn new(known: Vec<UnitId>) -> Option<Self> {
        if known.len() > MAX_KNOWN || !known.is_sorted_by(|a, b| a < b) {
            return None;
        }
        let mut syllables = vec![UNKNOWN_SYLLABLE; SYLLABLE_COUNT];
        let mut foreign = FxHashMap::default();
        for (i, &unit) in known.iter().enumerate() {
            let symbol = (FIXED + i) as Symbol;
            match syllables.get_mut(unit.to_u32() as usize) {
                Some(slot) => *slot = symbol,
                None => {
                    foreign.insert(unit, symbol);
                }
            }
        }
        // Both spellings of a syllable count as one, unless the model tells them apart.
        for &(i, y) in SPELLINGS_WITH_I_AND_Y.iter() {
            for (variant, other) in [(i, y), (y, i)] {
                if syllables[variant] == UNKNOWN_SYLLABLE {
                    syllables[variant] = syllables[other];
                }
            }
        }
        Some(Self { known, syllables, foreign })
    }

    /// Returns the number of symbols, the fixed ones included.
    pub(crate) const fn len(&self) -> usize {
        FIXED + self.known.len()
    }

    /// Returns the symbol of a unit in running text.
    #[inline]
    pub(crate) fn of(&self, unit: Unit) -> Symbol {
        match (self.syllables.get(unit.id.to_u32() as usize), unit.kind) {
            (Some(&symbol), _) => symbol,
            (None, TokenKind::Number) => NUMBER,
            (None, TokenKind::Alphanumeric) => ALPHANUMERIC,
            (None, TokenKind::Url | TokenKind::Email | TokenKind::Symbol) => OTHER,
            (None, _) => self.of_foreign(unit.id),
        }
    }

    /// Returns the symbol of a unit in a word of the lexicon.
    #[inline]
    pub(crate) fn of_id(&self, id: UnitId) -> Symbol {
        match self.syllables.get(id.to_u32() as usize) {
            Some(&symbol) => symbol,
            None => self.of_foreign(id),
        }
    }

    #[inline(never)]
    fn of_foreign(&self, id: UnitId) -> Symbol {
        self.foreign.get(&id).copied().unwrap_or(UNKNOWN_FOREIGN)
    }

    /// Returns true for symbols that stand for one unit only.
    pub(crate) const fn is_known(symbol: Symbol) -> bool {
        symbol as usize >= FIXED
    }

    /// Returns the known units, each as u32.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.known.iter().flat_map(|unit| unit.to_u32().to_le_bytes()).collect()
    }

    /// Reads what [`Self::to_bytes`] wrote; returns nothing if it is damaged.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (units, []) = bytes.as_chunks() else { return None };
        Self::new(units.iter().map(|raw| UnitId::from_u32(u32::from_le_bytes(*raw))).collect())
    }
}
