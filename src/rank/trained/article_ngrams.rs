//! The n-grams of the candidates of a document, numbered, and surface features of each candidate.

use super::ngram_table::{NgramFlags, NgramTable};
use crate::rank::RankContext;
use crate::text::key::UnitId;
use crate::token::{Shape, Token, TokenKind};

/// Surface features of a candidate.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Surface {
    pub(crate) capitals: u16,
    pub(crate) numbers: u16,
    pub(crate) others: u16,
    pub(crate) commas: u16,
    pub(crate) quotes: u16,
    pub(crate) brackets: u16,
    pub(crate) begins_with_quote: bool,
    /// Class of the last token: 0 a full stop, 1 a question or exclamation mark, 2 a colon, 3
    /// another mark, 4 no mark.
    pub(crate) end: u8,
}

/// The candidates of a document as numbered units and pairs.
#[derive(Debug, Default)]
pub(crate) struct ArticleNgrams {
    pub(crate) units: NgramTable,
    pub(crate) pairs: NgramTable,
    /// The units of all candidates with their class of shape; punctuation is left out.
    found: Vec<(UnitId, NgramFlags)>,
    /// Positions of the marks of a candidate among its tokens.
    marks: Vec<u32>,
    /// Local numbers of the units of all candidates.
    sequence: Vec<u32>,
    /// Where the units of each candidate begin; one more than there are candidates.
    starts: Vec<usize>,
    pub(crate) surfaces: Vec<Surface>,
    /// Distinct units of the title, and distinct pairs in it.
    pub(crate) title_units: usize,
    pub(crate) title_pairs: usize,
}

impl ArticleNgrams {
    /// Numbers the candidates; without `with_title`, as if the document had no title.
    pub(crate) fn new(context: &RankContext<'_>, with_title: bool) -> Self {
        let mut ngrams = Self::default();
        ngrams.read(context, with_title);
        ngrams
    }

    /// Numbers the candidates of another document in the memory of this one.
    pub(crate) fn read(&mut self, context: &RankContext<'_>, with_title: bool) {
        self.read_tokens(context);
        self.number_units();
        let mut title = Vec::new();
        (self.title_units, self.title_pairs) = (0, 0);
        if with_title && let Some(given) = context.document().title() {
            title.reserve(given.tokens().len());
            title.extend(given.tokens().iter().filter(|t| t.kind().is_term()).map(Token::unit));
            self.title_units = given.units().len();
            self.title_pairs = title.len().saturating_sub(1);
        }
        for &unit in &title {
            self.units.set_title(unit_key(unit), 1);
        }
        self.number_pairs();
        for pair in title.windows(2) {
            self.pairs.set_title(pair_key(pair[0], pair[1]), 3);
        }
    }

    /// Collects the units of all candidates with their shapes, and the surface features.
    ///
    /// Branch-free, because punctuation is unpredictable: every token is written, but the cursor
    /// only advances past those that are kept.
    fn read_tokens(&mut self, context: &RankContext<'_>) {
        let text = context.document().text();
        let (mut all, mut most) = (0, 0);
        for sentence in context.candidates() {
            let tokens = sentence.tokens().len();
            (all, most) = (all + tokens, tokens.max(most));
        }
        for list in [(&mut self.sequence, all), (&mut self.marks, most)] {
            if list.0.len() < list.1 {
                list.0.resize(list.1, 0);
            }
        }
        if self.found.len() < all {
            self.found.resize(all, (UnitId::from_u32(0), NgramFlags::default()));
        }
        self.starts.clear();
        self.starts.reserve(context.len() + 1);
        self.starts.push(0);
        self.surfaces.clear();
        self.surfaces.reserve(context.len());
        let (found, marks) = (&mut self.found[..], &mut self.marks[..]);
        let mut length = 0;
        for sentence in context.candidates() {
            let (start, tokens) = (length, sentence.tokens());
            let (mut surface, mut mark_count) = (Surface::default(), 0);
            for (tokens, first) in tokens.chunks(MOST_COUNTED).zip((0..).step_by(MOST_COUNTED)) {
                let mut counted = 0u64;
                for (token, place) in tokens.iter().zip(first..) {
                    let seen = seen_of(token);
                    counted = counted.wrapping_add(seen);
                    let is_mark = (seen >> MARKS & 1) as usize;
                    found[length] = (token.unit(), NgramFlags::of((seen >> LOOKS) as u32, 0));
                    length += 1 - is_mark;
                    marks[mark_count] = place;
                    mark_count += is_mark;
                }
                surface.add(counted);
            }
            // The first word is capitalized in any sentence.
            if let Some((_, look)) = found[start..length].first_mut()
                && look.look() == NgramFlags::CAPITALIZED
            {
                *look = NgramFlags::default();
                surface.capitals = surface.capitals.saturating_sub(1);
            }
            for &place in &marks[..mark_count] {
                surface.add_mark(&text[tokens[place as usize].span()]);
            }
            surface.read_ends(text, tokens);
            self.surfaces.push(surface);
            self.starts.push(length);
        }
    }

    /// Numbers the units of all candidates. Neither this nor the numbering of pairs is inlined:
    /// inside of the ranker the loops would run out of registers.
    #[inline(never)]
    fn number_units(&mut self) {
        self.units.clear(self.unit_count(), self.len());
        for range in self.starts.windows(2) {
            let range = range[0]..range[1];
            let mut counter = self.units.begin(range.len());
            for (number, &(unit, look)) in
                self.sequence[range.clone()].iter_mut().zip(&self.found[range])
            {
                *number = counter.add(unit_key(unit), look);
            }
            let counts = counter.counts;
            self.units.end(counts);
        }
    }

    /// Numbers the pairs of all candidates.
    #[inline(never)]
    fn number_pairs(&mut self) {
        let units = self.units.list();
        self.pairs.clear(self.unit_count(), self.len());
        for range in self.starts.windows(2) {
            let range = range[0]..range[1];
            let mut counter = self.pairs.begin(range.len());
            if let Some((&first, rest)) = self.sequence[range].split_first() {
                let mut before = units[first as usize];
                for &number in rest {
                    let unit = units[number as usize];
                    counter
                        .add(before.key << 32 | unit.key, kind_of_pair(before.flags, unit.flags));
                    before = unit;
                }
            }
            let counts = counter.counts;
            self.pairs.end(counts);
        }
    }

    /// Returns how many units all candidates have together.
    fn unit_count(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// Returns a unit by its local number.
    #[inline]
    pub(crate) fn unit(&self, number: u32) -> UnitId {
        unit_of(self.units.list()[number as usize].key)
    }

    /// Number of units that fit into the memory as it is.
    pub(crate) const fn memory(&self) -> usize {
        self.sequence.capacity()
    }

    /// Returns the number of candidates.
    pub(crate) fn len(&self) -> usize {
        self.surfaces.len()
    }

    /// Returns the units of a candidate in order.
    pub(crate) fn units_of(&self, i: usize) -> &[u32] {
        &self.sequence[self.starts[i]..self.starts[i + 1]]
    }

    /// Returns the length of the longest run of pairs of the title in a candidate.
    pub(crate) fn longest_title_run(&self, i: usize) -> u32 {
        let (mut run, mut longest) = (0, 0);
        for pair in self.found[self.starts[i]..self.starts[i + 1]].windows(2) {
            let pair = self.pairs.find(pair_key(pair[0].0, pair[1].0));
            let of_title = pair.is_some_and(|pair| self.pairs.list()[pair].flags.title() == 3);
            run = if of_title { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        longest
    }

    /// Returns the distinct units of a candidate.
    #[inline]
    pub(crate) fn distinct_units(&self, i: usize) -> &[u32] {
        self.units.ngrams_of(i)
    }

    /// Returns the distinct pairs of a candidate.
    #[inline]
    pub(crate) fn distinct_pairs(&self, i: usize) -> &[u32] {
        self.pairs.ngrams_of(i)
    }
}

/// Returns the key of a unit.
#[inline]
fn unit_key(unit: UnitId) -> u64 {
    u64::from(unit.to_u32())
}

/// Returns the unit with this key.
#[inline]
pub(crate) const fn unit_of(key: u64) -> UnitId {
    UnitId::from_u32(key as u32)
}

/// Returns the key of a pair.
#[inline]
pub(crate) fn pair_key(a: UnitId, b: UnitId) -> u64 {
    unit_key(a) << 32 | unit_key(b)
}

/// Returns the pair with this key.
#[inline]
pub(crate) const fn pair_of(key: u64) -> (UnitId, UnitId) {
    (unit_of(key >> 32), unit_of(key))
}

/// Bits of the kind of a unit: two of its shape, one of the title.
const UNIT_BITS: u32 = 3;

/// Returns the kind of a pair of units.
#[inline]
fn kind_of_pair(a: NgramFlags, b: NgramFlags) -> NgramFlags {
    const UNIT_KINDS: usize = 1 << UNIT_BITS;
    static KINDS: [[NgramFlags; UNIT_KINDS]; UNIT_KINDS] = {
        let mut kinds = [[NgramFlags::of(0, 0); UNIT_KINDS]; UNIT_KINDS];
        let mut number = 0;
        while number < UNIT_KINDS * UNIT_KINDS {
            let [a, b] = [number / UNIT_KINDS, number % UNIT_KINDS];
            let [one, other] = [NgramFlags::of(a as u32, 0), NgramFlags::of(b as u32, 0)];
            // Two names count as a name, and so do a name and a word that is no syllable.
            let least = if one.look() < other.look() { one.look() } else { other.look() };
            let look = if least == 0 && one.look() + other.look() > 1 { 1 } else { least };
            kinds[a][b] = NgramFlags::of(look, one.title() + other.title());
            number += 1;
        }
        kinds
    };
    KINDS[a.kind() % UNIT_KINDS][b.kind() % UNIT_KINDS]
}

/// Tokens that can be counted in the 16-bit lanes of one number without an overflow.
const MOST_COUNTED: usize = 1 << 15;

/// Lanes of one token: whether it is a name, a number, something else than a syllable; whether it
/// is a mark; and its shape.
const CAPITALS: u32 = 0;
const NUMBERS: u32 = 16;
const OTHERS: u32 = 32;
const MARKS: u32 = 48;
const LOOKS: u32 = 62;

/// Returns the lanes of a token, which can be added up. One table look-up instead of branches,
/// which would be unpredictable; the sum of the shapes overflows out of the upper end and is not
/// used.
#[inline]
fn seen_of(token: &Token) -> u64 {
    const KINDS: [TokenKind; 9] = TokenKind::ALL;
    const SHAPES: [Shape; 5] = Shape::ALL;
    static SEEN: [[u64; 8]; 16] = {
        let mut seen = [[0; 8]; 16];
        let mut number = 0;
        while number < KINDS.len() * SHAPES.len() {
            let (kind, shape) = (KINDS[number / SHAPES.len()], SHAPES[number % SHAPES.len()]);
            let is_capitalized = matches!(shape, Shape::Capitalized | Shape::Upper);
            let look = match kind {
                TokenKind::Syllable if is_capitalized => NgramFlags::CAPITALIZED,
                TokenKind::Syllable => 0,
                _ => NgramFlags::NO_SYLLABLE,
            };
            let lane = match kind {
                TokenKind::Syllable if is_capitalized => 1 << CAPITALS,
                TokenKind::Syllable => 0,
                TokenKind::Number => 1 << NUMBERS,
                _ if !kind.is_term() => 1 << MARKS,
                _ => 1 << OTHERS,
            };
            seen[kind as usize][shape as usize] = lane | (look as u64) << LOOKS;
            number += 1;
        }
        seen
    };
    SEEN[token.kind() as usize % 16][token.shape() as usize % 8]
}

impl Surface {
    /// Adds what was counted in lanes.
    fn add(&mut self, counted: u64) {
        let lane = |lane: u32| (counted >> lane) as u16;
        self.capitals = self.capitals.saturating_add(lane(CAPITALS));
        self.numbers = self.numbers.saturating_add(lane(NUMBERS));
        self.others = self.others.saturating_add(lane(OTHERS));
    }

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

    /// Classifies the marks at both ends.
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
