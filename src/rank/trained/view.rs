//! The candidates of a document as numbers: units, pairs of neighbouring units, surface marks.

use crate::document::Sentence;
use crate::rank::RankContext;
use crate::segment::scan::tokenize;
use crate::segment::token::{Token, TokenKind};
use crate::text::key::UnitId;

/// No pair begins at the last unit of a sentence.
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
    /// Local numbers of the pairs, by the place of their first unit.
    pairs: Vec<u32>,
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
}

impl View {
    /// Numbers the candidates; without `with_title`, as if the document had no title.
    pub(crate) fn new(context: &RankContext<'_>, with_title: bool) -> Self {
        let mut view = Self::default();
        let tokens: usize = context.candidates().map(|s| s.tokens().len()).sum();
        let mut units = Table::with_capacity(tokens);
        let mut pairs = Table::with_capacity(tokens);
        let text = context.document().text();
        view.starts.push(0);
        view.unit_starts.push(0);
        view.pair_starts.push(0);
        for (i, sentence) in context.candidates().enumerate() {
            view.add(i as u32, text, sentence, &mut units, &mut pairs);
        }
        if with_title && let Some(title) = context.document().title() {
            view.mark_title(title.text(), &units, &pairs);
        }
        for (pair, &(a, b)) in view.pair_grams.iter_mut().zip(&view.pair_ids) {
            let (a, b) = (view.unit_grams[a as usize], view.unit_grams[b as usize]);
            if pair.title == 0 {
                pair.title = u8::from(a.title > 0) + u8::from(b.title > 0);
            }
            pair.look = a.look.min(b.look).max(u8::from(a.look + b.look > 1));
        }
        view
    }

    fn add(
        &mut self,
        index: u32,
        text: &str,
        sentence: Sentence<'_>,
        units: &mut Table,
        pairs: &mut Table,
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
            let next = self.unit_ids.len() as u32;
            let unit = units.find_or_insert(u64::from(token.unit().to_u32()), next);
            if unit == next {
                self.unit_ids.push(token.unit());
                self.unit_grams.push(Gram { first: index, last: NONE, ..Gram::default() });
            }
            let gram = &mut self.unit_grams[unit as usize];
            gram.look = gram.look.max(look);
            if gram.last != index {
                gram.last = index;
                gram.sentences += 1;
                self.distinct_units.push(unit);
            }
            if previous != NONE {
                let next = self.pair_ids.len() as u32;
                let key = u64::from(previous) << 32 | u64::from(unit);
                let pair = pairs.find_or_insert(key, next);
                if pair == next {
                    self.pair_ids.push((previous, unit));
                    self.pair_grams.push(Gram { first: index, last: NONE, ..Gram::default() });
                }
                self.pairs.push(pair);
                let gram = &mut self.pair_grams[pair as usize];
                if gram.last != index {
                    gram.last = index;
                    gram.sentences += 1;
                    self.distinct_pairs.push(pair);
                }
            }
            self.units.push(unit);
            previous = unit;
        }
        if previous != NONE {
            self.pairs.push(NONE);
        }
        self.surfaces.push(surface);
        self.starts.push(self.units.len() as u32);
        self.unit_starts.push(self.distinct_units.len() as u32);
        self.pair_starts.push(self.distinct_pairs.len() as u32);
    }

    fn mark_title(&mut self, title: &str, units: &Table, pairs: &Table) {
        let mut tokens = Vec::new();
        tokenize(title, 0..title.len(), &mut tokens);
        let ids: Vec<UnitId> =
            tokens.iter().filter(|t| t.kind().is_term()).map(Token::unit).collect();
        let mut distinct = ids.clone();
        distinct.sort_unstable();
        distinct.dedup();
        self.title_units = distinct.len();
        self.title_pairs = ids.len().saturating_sub(1);
        let local: Vec<u32> = ids.iter().map(|id| units.find(u64::from(id.to_u32()))).collect();
        for &unit in &local {
            if let Some(gram) = self.unit_grams.get_mut(unit as usize) {
                gram.title = 1;
            }
        }
        for pair in local.windows(2) {
            if pair[0] != NONE && pair[1] != NONE {
                let pair = pairs.find(u64::from(pair[0]) << 32 | u64::from(pair[1]));
                if let Some(gram) = self.pair_grams.get_mut(pair as usize) {
                    gram.title = 3;
                }
            }
        }
    }

    /// Returns the number of candidates.
    pub(crate) fn len(&self) -> usize {
        self.surfaces.len()
    }

    /// Returns the units of a candidate in order.
    pub(crate) fn units(&self, i: usize) -> &[u32] {
        &self.units[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// Returns the pairs of a candidate in order.
    pub(crate) fn pairs(&self, i: usize) -> &[u32] {
        let (start, end) = (self.starts[i] as usize, self.starts[i + 1] as usize);
        &self.pairs[start..end.max(start + 1) - 1]
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

/// Open addressing from keys to local numbers.
#[derive(Debug)]
struct Table {
    slots: Vec<(u64, u32)>,
    mask: usize,
}

impl Table {
    fn with_capacity(keys: usize) -> Self {
        let size = (keys * 2).next_power_of_two().max(16);
        Self { slots: vec![(0, NONE); size], mask: size - 1 }
    }

    #[inline]
    fn slot(&self, key: u64) -> usize {
        let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut slot = (mixed >> 32) as usize & self.mask;
        while self.slots[slot].1 != NONE && self.slots[slot].0 != key {
            slot = (slot + 1) & self.mask;
        }
        slot
    }

    #[inline]
    fn find_or_insert(&mut self, key: u64, next: u32) -> u32 {
        let slot = self.slot(key);
        if self.slots[slot].1 == NONE {
            self.slots[slot] = (key, next);
        }
        self.slots[slot].1
    }

    fn find(&self, key: u64) -> u32 {
        self.slots[self.slot(key)].1
    }
}
