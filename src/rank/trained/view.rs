//! The candidates of a document as numbers: units, pairs of neighbouring units, surface marks.

use crate::document::{Sentence, Title};
use crate::rank::RankContext;
use crate::segment::token::{Token, TokenKind};
use crate::text::key::UnitId;

/// The number of what has none.
const NONE: u32 = u32::MAX;

/// What is known of one distinct unit, or of one distinct pair of neighbours.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Gram {
    /// Candidates that hold it.
    pub(crate) sentences: u32,
    /// The first candidate that holds it.
    pub(crate) first: u32,
    /// How much of it the title holds: nothing, one unit (of a pair), both, the pair itself.
    pub(crate) title: u8,
    /// Lower case, capitalized inside of a sentence, neither a syllable nor a name.
    pub(crate) look: u8,
    /// The candidate that was seen to hold it last.
    last: u32,
}

impl Gram {
    const fn first_seen_in(candidate: u32, look: u8) -> Self {
        Self { sentences: 1, first: candidate, title: 0, look, last: candidate }
    }

    /// Counts a candidate, unless it was counted.
    #[inline]
    fn is_new_in(&mut self, candidate: u32) -> bool {
        let new = self.last != candidate;
        self.last = candidate;
        self.sentences += u32::from(new);
        new
    }
}

/// What a candidate looks like.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Surface {
    pub(crate) capitals: u16,
    pub(crate) numbers: u16,
    pub(crate) others: u16,
    pub(crate) commas: u16,
    pub(crate) quotes: u16,
    pub(crate) brackets: u16,
    pub(crate) begins_with_quote: bool,
    /// What the last token is: 0 a full stop, 1 a question or exclamation mark, 2 a colon, 3 another
    /// mark, 4 no mark.
    pub(crate) end: u8,
}

/// The candidates of a document as numbers.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// Local numbers of the units of all candidates, punctuation left out.
    units: Vec<u32>,
    /// Where the units of each candidate begin; one more than there are candidates.
    starts: Vec<u32>,
    /// Distinct units of each candidate, one after the other.
    distinct_units: Vec<u32>,
    distinct_pairs: Vec<u32>,
    unit_starts: Vec<u32>,
    pair_starts: Vec<u32>,
    pub(crate) unit_ids: Vec<UnitId>,
    pub(crate) unit_grams: Vec<Gram>,
    pub(crate) pair_ids: Vec<(u32, u32)>,
    pub(crate) pair_grams: Vec<Gram>,
    pub(crate) surfaces: Vec<Surface>,
    /// Distinct units of the title, and distinct pairs in it.
    pub(crate) title_units: usize,
    pub(crate) title_pairs: usize,
    unit_numbers: Numbers,
    pair_numbers: Numbers,
}

impl View {
    /// Numbers the candidates; without `with_title`, as if the document had no title.
    pub(crate) fn new(context: &RankContext<'_>, with_title: bool) -> Self {
        let mut view = Self::default();
        view.read(context, with_title);
        view
    }

    /// Numbers other candidates, in the memory of those before.
    pub(crate) fn read(&mut self, context: &RankContext<'_>, with_title: bool) {
        let tokens = context.candidates().map(|s| s.tokens().len()).sum();
        self.clear(tokens, context.len());
        // Apart from the view, so that both can be changed.
        let mut units = std::mem::take(&mut self.unit_numbers);
        let mut pairs = std::mem::take(&mut self.pair_numbers);
        units.clear(tokens);
        pairs.clear(tokens);
        let text = context.document().text();
        for (i, sentence) in context.candidates().enumerate() {
            self.add(i as u32, text, sentence, &mut units, &mut pairs);
        }
        if with_title && let Some(title) = context.document().title() {
            self.mark_title(title, &units, &pairs);
        }
        (self.unit_numbers, self.pair_numbers) = (units, pairs);
        for (pair, &(a, b)) in self.pair_grams.iter_mut().zip(&self.pair_ids) {
            let (a, b) = (&self.unit_grams[a as usize], &self.unit_grams[b as usize]);
            if pair.title == 0 {
                pair.title = u8::from(a.title > 0) + u8::from(b.title > 0);
            }
            pair.look = a.look.min(b.look).max(u8::from(a.look + b.look > 1));
        }
    }

    /// Forgets all candidates, and makes room for others.
    fn clear(&mut self, tokens: usize, candidates: usize) {
        for numbers in [&mut self.units, &mut self.distinct_units, &mut self.distinct_pairs] {
            numbers.clear();
            numbers.reserve(tokens);
        }
        for starts in [&mut self.starts, &mut self.unit_starts, &mut self.pair_starts] {
            starts.clear();
            starts.reserve(candidates + 1);
            starts.push(0);
        }
        for grams in [&mut self.unit_grams, &mut self.pair_grams] {
            grams.clear();
            grams.reserve(tokens);
        }
        self.unit_ids.clear();
        self.unit_ids.reserve(tokens);
        self.pair_ids.clear();
        self.pair_ids.reserve(tokens);
        self.surfaces.clear();
        self.surfaces.reserve(candidates);
        (self.title_units, self.title_pairs) = (0, 0);
    }

    fn add(
        &mut self,
        index: u32,
        text: &str,
        sentence: Sentence<'_>,
        units: &mut Numbers,
        pairs: &mut Numbers,
    ) {
        let mut surface = Surface { end: 4, ..Surface::default() };
        let mut previous = NONE;
        for (place, token) in sentence.tokens().iter().enumerate() {
            if !token.kind().is_term() {
                surface.add_mark(&text[token.span()], place);
                continue;
            }
            surface.end = 4;
            let look = look_of(token, previous == NONE);
            surface.capitals += u16::from(look == 1);
            match token.kind() {
                TokenKind::Number => surface.numbers = surface.numbers.saturating_add(1),
                TokenKind::Syllable => {}
                _ => surface.others = surface.others.saturating_add(1),
            }
            let (unit, is_known) = units.find_or_insert(token.unit(), &mut self.unit_ids);
            if is_known {
                let gram = &mut self.unit_grams[unit as usize];
                gram.look = gram.look.max(look);
                if gram.is_new_in(index) {
                    self.distinct_units.push(unit);
                }
            } else {
                self.unit_grams.push(Gram::first_seen_in(index, look));
                self.distinct_units.push(unit);
            }
            if previous != NONE {
                let (pair, is_known) = pairs.find_or_insert((previous, unit), &mut self.pair_ids);
                if !is_known {
                    self.pair_grams.push(Gram::first_seen_in(index, 0));
                }
                if !is_known || self.pair_grams[pair as usize].is_new_in(index) {
                    self.distinct_pairs.push(pair);
                }
            }
            self.units.push(unit);
            previous = unit;
        }
        self.surfaces.push(surface);
        self.starts.push(self.units.len() as u32);
        self.unit_starts.push(self.distinct_units.len() as u32);
        self.pair_starts.push(self.distinct_pairs.len() as u32);
    }

    fn mark_title(&mut self, title: &Title, units: &Numbers, pairs: &Numbers) {
        let ids: Vec<UnitId> =
            title.tokens().iter().filter(|t| t.kind().is_term()).map(Token::unit).collect();
        self.title_units = title.units().len();
        self.title_pairs = ids.len().saturating_sub(1);
        let local: Vec<u32> = ids.iter().map(|id| units.find(*id, &self.unit_ids)).collect();
        for &unit in &local {
            if let Some(gram) = self.unit_grams.get_mut(unit as usize) {
                gram.title = 1;
            }
        }
        for pair in local.windows(2) {
            if pair[0] != NONE && pair[1] != NONE {
                let pair = pairs.find((pair[0], pair[1]), &self.pair_ids);
                if let Some(gram) = self.pair_grams.get_mut(pair as usize) {
                    gram.title = 3;
                }
            }
        }
    }

    /// Number of units for which there is memory.
    pub(crate) const fn memory(&self) -> usize {
        self.units.capacity()
    }

    /// Returns the number of candidates.
    pub(crate) fn len(&self) -> usize {
        self.surfaces.len()
    }

    /// Returns the units of a candidate in order.
    pub(crate) fn units(&self, i: usize) -> &[u32] {
        &self.units[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// Returns the length of the longest run of pairs of the title in a candidate.
    pub(crate) fn longest_title_run(&self, i: usize) -> u32 {
        let (mut run, mut longest) = (0, 0);
        for pair in self.units(i).windows(2) {
            let of_title = pair.iter().all(|&u| self.unit_grams[u as usize].title > 0) && {
                let pair = self.pair_numbers.find((pair[0], pair[1]), &self.pair_ids);
                self.pair_grams.get(pair as usize).is_some_and(|gram| gram.title == 3)
            };
            run = if of_title { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        longest
    }

    /// Returns the distinct units of a candidate.
    pub(crate) fn distinct_units(&self, i: usize) -> &[u32] {
        &self.distinct_units[self.unit_starts[i] as usize..self.unit_starts[i + 1] as usize]
    }

    /// Returns the distinct pairs of a candidate.
    pub(crate) fn distinct_pairs(&self, i: usize) -> &[u32] {
        &self.distinct_pairs[self.pair_starts[i] as usize..self.pair_starts[i + 1] as usize]
    }
}

impl Surface {
    fn add_mark(&mut self, mark: &str, place: usize) {
        match mark.chars().next().unwrap_or(' ') {
            ',' | ';' => self.commas = self.commas.saturating_add(1),
            '"' | '“' | '”' | '«' | '»' | '\'' | '‘' | '’' => {
                self.quotes = self.quotes.saturating_add(1);
                self.begins_with_quote |= place == 0;
                // A closing quote does not hide the stop before it.
                if self.end == 4 {
                    self.end = 3;
                }
                return;
            }
            '(' | ')' | '[' | ']' => self.brackets = self.brackets.saturating_add(1),
            '.' | '…' => {
                self.end = 0;
                return;
            }
            '!' | '?' => {
                self.end = 1;
                return;
            }
            ':' => {
                self.end = 2;
                return;
            }
            _ => {}
        }
        self.end = 3;
    }
}

/// 0 for lower case and the first word, 1 for a capital inside, 2 for what is no syllable.
fn look_of(token: &Token, first: bool) -> u8 {
    if token.kind() == TokenKind::Syllable { u8::from(token.is_capitalized() && !first) } else { 2 }
}

/// A key that is numbered.
trait Key: Copy + Eq {
    /// Returns a number with the upper bits well mixed.
    fn mixed(self) -> u64;
}

const MIXER: u64 = 0x9E37_79B9_7F4A_7C15;

impl Key for UnitId {
    #[inline]
    fn mixed(self) -> u64 {
        u64::from(self.to_u32()).wrapping_mul(MIXER)
    }
}

impl Key for (u32, u32) {
    #[inline]
    fn mixed(self) -> u64 {
        (u64::from(self.0) << 32 | u64::from(self.1)).wrapping_mul(MIXER)
    }
}

/// Open addressing from keys, which stand in a list, to their places in it.
#[derive(Debug, Default)]
struct Numbers {
    slots: Vec<u32>,
    mask: usize,
}

impl Numbers {
    /// Forgets all keys, and makes room for others.
    fn clear(&mut self, keys: usize) {
        let size = (keys * 2).next_power_of_two().max(16);
        self.slots.clear();
        self.slots.resize(size, NONE);
        self.mask = size - 1;
    }

    /// Returns the slot of a key and what it holds: the place of the key, or `NONE`.
    #[inline]
    fn slot<K: Key>(&self, key: K, keys: &[K]) -> (usize, u32) {
        let mut slot = (key.mixed() >> 32) as usize & self.mask;
        loop {
            let number = self.slots[slot];
            match keys.get(number as usize) {
                Some(&found) if found != key => slot = (slot + 1) & self.mask,
                _ => return (slot, number),
            }
        }
    }

    /// Returns the number of a key, and whether it had one.
    #[inline]
    fn find_or_insert<K: Key>(&mut self, key: K, keys: &mut Vec<K>) -> (u32, bool) {
        let (slot, number) = self.slot(key, keys);
        if number != NONE {
            return (number, true);
        }
        let number = keys.len() as u32;
        self.slots[slot] = number;
        keys.push(key);
        (number, false)
    }

    fn find<K: Key>(&self, key: K, keys: &[K]) -> u32 {
        self.slot(key, keys).1
    }
}
