//! The candidates of a document as numbers: units, pairs of neighbouring units, surface marks.

use std::hint::select_unpredictable;

use super::tables::pair_slot;
use crate::rank::RankContext;
use crate::segment::token::{Token, TokenKind};
use crate::text::key::UnitId;

/// The number of what has none.
const NONE: u32 = u32::MAX;

/// What is known of one distinct unit, or of one distinct pair of neighbours.
#[derive(Clone, Copy, Debug)]
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
    /// What no candidate before this one holds.
    #[inline]
    const fn new(candidate: u32) -> Self {
        Self { sentences: 0, first: candidate, title: 0, look: 0, last: NONE }
    }

    /// Counts a candidate; returns true if it was not counted before.
    #[inline]
    fn add(&mut self, candidate: u32, look: u8) -> bool {
        let is_new = self.last != candidate;
        self.last = candidate;
        self.look = self.look.max(look);
        self.sentences += u32::from(is_new);
        is_new
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
    pub(crate) units: Grams<UnitId>,
    pub(crate) pairs: Grams<(UnitId, UnitId)>,
    pair_slots: Vec<u32>,
    /// The units of all candidates, and what they look like; punctuation left out.
    found: Vec<(UnitId, u8)>,
    /// Where the marks of a candidate are among its tokens.
    marks: Vec<u32>,
    /// Local numbers of the units of all candidates.
    sequence: Vec<u32>,
    /// Where the units of each candidate begin; one more than there are candidates.
    starts: Vec<u32>,
    /// Distinct units of each candidate, one after the other.
    distinct_units: Vec<u32>,
    distinct_pairs: Vec<u32>,
    unit_starts: Vec<u32>,
    pair_starts: Vec<u32>,
    pub(crate) surfaces: Vec<Surface>,
    /// Distinct units of the title, and distinct pairs in it.
    pub(crate) title_units: usize,
    pub(crate) title_pairs: usize,
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
        self.read_tokens(context);
        self.number_units();
        let mut title = Vec::new();
        if with_title && let Some(given) = context.document().title() {
            self.title_units = given.units().len();
            title.reserve(given.tokens().len());
            title.extend(given.tokens().iter().filter(|t| t.kind().is_term()).map(Token::unit));
        }
        self.mark_units(&title);
        self.number_pairs();
        self.mark_pairs(&title);
    }

    /// Forgets all candidates, and makes room for others.
    fn clear(&mut self, tokens: usize, candidates: usize) {
        self.units.clear(tokens);
        self.pairs.clear(tokens);
        let Self { sequence, distinct_units, distinct_pairs, pair_slots, marks, .. } = self;
        for list in [sequence, distinct_units, distinct_pairs, pair_slots, marks] {
            if list.len() < tokens {
                list.resize(tokens, NONE);
            }
        }
        if self.found.len() < tokens {
            self.found.resize(tokens, (UnitId::NOTHING, LOWER));
        }
        for starts in [&mut self.starts, &mut self.unit_starts, &mut self.pair_starts] {
            starts.clear();
            starts.reserve(candidates + 1);
            starts.push(0);
        }
        self.surfaces.clear();
        self.surfaces.reserve(candidates);
        (self.title_units, self.title_pairs) = (0, 0);
    }

    /// Writes down the units of all candidates with their looks, and looks at each candidate.
    ///
    /// Nobody can guess which token is a mark, so nothing branches on it: what is not wanted is
    /// written down, too, but the next one takes its place.
    fn read_tokens(&mut self, context: &RankContext<'_>) {
        let text = context.document().text();
        let (found, marks) = (&mut self.found[..], &mut self.marks[..]);
        let mut length = 0;
        for sentence in context.candidates() {
            let (start, tokens) = (length, sentence.tokens());
            let (mut capitals, mut no_syllables, mut numbers, mut mark_count) = (0, 0, 0, 0);
            for (token, place) in tokens.iter().zip(0..) {
                let is_mark = usize::from(!token.kind().is_term());
                let look = look_of(token, length == start);
                capitals += usize::from(look & CAPITALIZED);
                no_syllables += usize::from(look / NO_SYLLABLE);
                numbers += usize::from(token.kind() == TokenKind::Number);
                found[length] = (token.unit(), look);
                length += 1 - is_mark;
                marks[mark_count] = place;
                mark_count += is_mark;
            }
            let saturated = |count| u16::try_from(count).unwrap_or(u16::MAX);
            let mut surface = Surface {
                capitals: saturated(capitals),
                numbers: saturated(numbers),
                others: saturated(no_syllables - mark_count - numbers),
                ..Surface::default()
            };
            for &place in &marks[..mark_count] {
                surface.add_mark(&text[tokens[place as usize].span()]);
            }
            surface.read_ends(text, tokens);
            self.surfaces.push(surface);
            self.starts.push(length as u32);
        }
    }

    /// Numbers the units of all candidates. Many of them are new, and nobody can guess which.
    fn number_units(&mut self) {
        let mut units = self.units.counter();
        let (sequence, distinct) = (&mut self.sequence[..], &mut self.distinct_units[..]);
        let mut distinct_length = 0;
        for (range, candidate) in self.starts.windows(2).zip(0..) {
            let range = range[0] as usize..range[1] as usize;
            for (number, &(unit, look)) in
                sequence[range.clone()].iter_mut().zip(&self.found[range])
            {
                let (unit, is_new) =
                    units.add(unit, Gram { look, ..Gram::new(candidate) }, candidate);
                *number = unit;
                distinct[distinct_length] = unit;
                distinct_length += usize::from(is_new);
            }
            self.unit_starts.push(distinct_length as u32);
        }
        let count = units.count;
        self.units.count = count;
    }

    /// Numbers the pairs of all candidates, as their units are, of which all is known.
    fn number_pairs(&mut self) {
        let units = self.units.list();
        let mut pairs = self.pairs.counter();
        let (distinct, slots) = (&mut self.distinct_pairs[..], &mut self.pair_slots[..]);
        let mut distinct_length = 0;
        for (range, candidate) in self.starts.windows(2).zip(0..) {
            let range = range[0] as usize..range[1] as usize;
            let (found, numbers) = (&self.found[range.clone()], &self.sequence[range]);
            for (ids, numbers) in found.windows(2).zip(numbers.windows(2)) {
                let key = (ids[0].0, ids[1].0);
                let [a, b] = [0, 1].map(|at| &units[numbers[at] as usize].gram);
                let pair = Gram {
                    title: u8::from(a.title > 0) + u8::from(b.title > 0),
                    look: a.look.min(b.look).max(u8::from(a.look + b.look > 1)),
                    ..Gram::new(candidate)
                };
                let (pair, is_new) = pairs.add(key, pair, candidate);
                slots[pair as usize] = pair_slot(key.0, key.1) as u32;
                distinct[distinct_length] = pair;
                distinct_length += usize::from(is_new);
            }
            self.pair_starts.push(distinct_length as u32);
        }
        let count = pairs.count;
        self.pairs.count = count;
    }

    /// Marks the units of the title.
    fn mark_units(&mut self, title: &[UnitId]) {
        self.title_pairs = title.len().saturating_sub(1);
        for &unit in title {
            if let Some(unit) = self.units.find_mut(unit) {
                unit.gram.title = 1;
            }
        }
    }

    /// Marks the pairs of the title.
    fn mark_pairs(&mut self, title: &[UnitId]) {
        for pair in title.windows(2) {
            if let Some(pair) = self.pairs.find_mut((pair[0], pair[1])) {
                pair.gram.title = 3;
            }
        }
    }

    /// Returns the slots of the pairs in the tables.
    pub(crate) fn pair_slots(&self) -> &[u32] {
        &self.pair_slots[..self.pairs.count]
    }

    /// Returns a unit by its local number.
    #[inline]
    pub(crate) fn unit(&self, number: u32) -> UnitId {
        self.units.list()[number as usize].key
    }

    /// Number of units for which there is memory.
    pub(crate) const fn memory(&self) -> usize {
        self.sequence.capacity()
    }

    /// Returns the number of candidates.
    pub(crate) fn len(&self) -> usize {
        self.surfaces.len()
    }

    /// Returns the units of a candidate in order.
    pub(crate) fn units_of(&self, i: usize) -> &[u32] {
        &self.sequence[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// Returns the length of the longest run of pairs of the title in a candidate.
    pub(crate) fn longest_title_run(&self, i: usize) -> u32 {
        let (mut run, mut longest) = (0, 0);
        let found = &self.found[self.starts[i] as usize..self.starts[i + 1] as usize];
        for pair in found.windows(2) {
            let pair = self.pairs.find((pair[0].0, pair[1].0));
            let of_title = pair.is_some_and(|pair| self.pairs.list()[pair].gram.title == 3);
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
    /// Counts a mark.
    fn add_mark(&mut self, mark: &str) {
        let count = match mark.chars().next().unwrap_or(' ') {
            ',' | ';' => &mut self.commas,
            '(' | ')' | '[' | ']' => &mut self.brackets,
            c if is_quote(c) => &mut self.quotes,
            _ => return,
        };
        *count = count.saturating_add(1);
    }

    /// Looks at the marks at both ends.
    fn read_ends(&mut self, text: &str, tokens: &[Token]) {
        let first_of = |token: &Token| text[token.span()].chars().next().unwrap_or(' ');
        let is_mark = |token: &&Token| !token.kind().is_term();
        self.begins_with_quote =
            tokens.first().filter(is_mark).is_some_and(|token| is_quote(first_of(token)));
        // A closing quote does not hide the stop before it.
        let mut marks = tokens.iter().rev().take_while(is_mark).map(first_of).peekable();
        let end_of_none = if marks.peek().is_none() { 4 } else { 3 };
        self.end = marks.find(|&mark| !is_quote(mark)).map_or(end_of_none, |mark| match mark {
            '.' | '…' => 0,
            '!' | '?' => 1,
            ':' => 2,
            _ => 3,
        });
    }
}

const fn is_quote(mark: char) -> bool {
    matches!(mark, '"' | '“' | '”' | '«' | '»' | '\'' | '‘' | '’')
}

/// Looks of units: lower case or the first word, a capital inside, no syllable.
const LOWER: u8 = 0;
const CAPITALIZED: u8 = 1;
const NO_SYLLABLE: u8 = 2;

#[inline]
fn look_of(token: &Token, is_first: bool) -> u8 {
    let is_name = u8::from(token.is_capitalized()) & !u8::from(is_first);
    select_unpredictable(token.kind() == TokenKind::Syllable, is_name, NO_SYLLABLE)
}

/// A key that is numbered.
pub(crate) trait Key: Copy + Eq {
    const NOTHING: Self;

    /// Returns a number with the upper bits well mixed.
    fn mixed(self) -> u64;
}

const MIXER: u64 = 0x9E37_79B9_7F4A_7C15;

impl Key for UnitId {
    const NOTHING: Self = Self::from_u32(0);

    #[inline]
    fn mixed(self) -> u64 {
        u64::from(self.to_u32()).wrapping_mul(MIXER)
    }
}

impl Key for (UnitId, UnitId) {
    const NOTHING: Self = (UnitId::NOTHING, UnitId::NOTHING);

    #[inline]
    fn mixed(self) -> u64 {
        (u64::from(self.0.to_u32()) << 32 | u64::from(self.1.to_u32())).wrapping_mul(MIXER)
    }
}

/// A distinct unit or pair, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbered<K> {
    pub(crate) key: K,
    pub(crate) gram: Gram,
}

/// Distinct units, or distinct pairs, numbered as they come.
#[derive(Debug)]
pub(crate) struct Grams<K> {
    /// As long as there is room.
    list: Vec<Numbered<K>>,
    count: usize,
    /// Open addressing from keys to their numbers.
    slots: Vec<u32>,
}

impl<K> Default for Grams<K> {
    fn default() -> Self {
        Self { list: Vec::new(), count: 0, slots: Vec::new() }
    }
}

impl<K: Key> Grams<K> {
    /// Forgets all keys, and makes room for others.
    fn clear(&mut self, keys: usize) {
        self.count = 0;
        if self.list.len() < keys {
            self.list.resize(keys, Numbered { key: K::NOTHING, gram: Gram::new(NONE) });
        }
        let size = (keys * 2).next_power_of_two().max(16);
        self.slots.clear();
        self.slots.resize(size, NONE);
    }

    /// Returns all, in the order of their numbers.
    #[inline]
    pub(crate) fn list(&self) -> &[Numbered<K>] {
        &self.list[..self.count]
    }

    /// Returns what counts keys; the count is to be put back.
    fn counter(&mut self) -> Counter<'_, K> {
        Counter { list: &mut self.list, slots: &mut self.slots, count: self.count }
    }

    /// Returns the number of a key.
    fn find(&self, key: K) -> Option<usize> {
        let mut slot = first_slot(key, &self.slots);
        loop {
            let number = self.slots[slot] as usize;
            if self.list().get(number)?.key == key {
                return Some(number);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    fn find_mut(&mut self, key: K) -> Option<&mut Numbered<K>> {
        let number = self.find(key)?;
        self.list.get_mut(number)
    }
}

/// [`Grams`] of which the parts are at hand.
struct Counter<'g, K> {
    list: &'g mut [Numbered<K>],
    slots: &'g mut [u32],
    count: usize,
}

impl<K: Key> Counter<'_, K> {
    /// Counts a key in a candidate; returns its number, and true if the candidate did not have it.
    /// What is new is `fresh`, and has the highest look that was ever seen.
    ///
    /// At most so many keys can be counted as there is room for.
    #[inline]
    fn add(&mut self, key: K, fresh: Gram, candidate: u32) -> (u32, bool) {
        // What is new is found, too: behind the others.
        let next = self.count as u32;
        self.list[self.count] = Numbered { key, gram: fresh };
        let mut slot = first_slot(key, self.slots);
        loop {
            let number = self.slots[slot].min(next);
            let found = &mut self.list[number as usize];
            if found.key == key {
                self.slots[slot] = number;
                self.count += usize::from(number == next);
                return (number, found.gram.add(candidate, fresh.look));
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }
}

/// Returns the first slot to look at.
#[inline]
fn first_slot<K: Key>(key: K, slots: &[u32]) -> usize {
    (key.mixed() >> 32) as usize & (slots.len() - 1)
}
