//! The tokenizer: one pass over the bytes of a text.
//!
//! Every visible character is in exactly one token; gaps are white space, control characters and
//! zero-width characters. So tokens and gaps together are the input, byte for byte.

mod address;
mod cached_words;
mod code;
mod compound;
mod marks;
mod stops;
#[cfg(test)]
mod tests;
mod word_cache;

use std::cell::RefCell;
use std::ops::Range;
use word_cache::{CachedToken, WordCache};

pub(crate) use stops::{is_surname, precedes_name};

use super::abbreviation::is_before_name;
use super::sentence_starters::SentenceStarters;
use super::{Gap, Shape, Token, TokenKind};
use crate::text::glued;
use crate::text::key::{self, FNV_OFFSET, UnitId, fnv_step, is_combining, is_ignorable};
use crate::text::letter::{Letter, Mark, Tone};
use crate::text::syllable::{Spelling, Syllable, SyllableId};

/// Appends the tokens of `text[span]` to `tokens`.
///
/// `starters` tell a name after an abbreviation from the first word of the next sentence.
///
/// Runs in linear time. Spans are offsets into `text`, of which at most the first 4 GiB are read.
///
/// # Panics
///
/// Panics if `span` is not on character boundaries of `text`, as slicing does.
///
/// # Examples
///
/// ```
/// use tomtat::builtin;
/// use tomtat::token::tokenizer::tokenize;
///
/// let text = "Ngày 12/6, TP.HCM có 2.000 ca.Thủ tướng chỉ đạo…";
/// let mut tokens = Vec::new();
/// tokenize(text, 0..text.len(), &builtin::starters(), &mut tokens);
/// let words: Vec<&str> = tokens.iter().map(|t| &text[t.span()]).collect();
/// assert_eq!(
///     words,
///     ["Ngày", "12/6", ",", "TP.HCM", "có", "2.000", "ca", ".", "Thủ", "tướng", "chỉ", "đạo", "…"]
/// );
/// ```
pub fn tokenize(
    text: &str,
    span: Range<usize>,
    starters: &SentenceStarters,
    tokens: &mut Vec<Token>,
) {
    let slice = &text[span.clone()];
    let limit = u32::MAX as usize;
    let end = if span.end > limit {
        (span.start..=limit).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(span.start)
    } else {
        span.start + slice.len()
    };
    thread_local! {
        static CACHE: RefCell<WordCache> = RefCell::new(WordCache::new());
    }
    let first = tokens.len();
    CACHE.with_borrow_mut(|cache| {
        Scanner {
            text,
            bytes: &text.as_bytes()[..end],
            pos: span.start,
            gap: Gap::Line,
            first,
            tokens,
            starters,
            cache,
            no_domain: 0..0,
        }
        .run();
    });
}

struct Scanner<'t, 'v> {
    text: &'t str,
    /// The bytes up to the end of the span.
    bytes: &'t [u8],
    pos: usize,
    /// What has been passed since the last token.
    gap: Gap,
    /// Index of the first token of this span.
    first: usize,
    tokens: &'v mut Vec<Token>,
    starters: &'v SentenceStarters,
    /// Saves work only: the tokens do not depend on it.
    cache: &'v mut WordCache,
    /// Where a row of labels was looked through that has no top-level domain.
    no_domain: Range<usize>,
}

/// A run of letters and what was learned on the way.
#[derive(Clone, Copy)]
struct LetterRun {
    end: usize,
    spelling: Spelling,
    letters: u32,
    uppers: u32,
    starts_upper: bool,
    tone: Tone,
    /// Only letters of the Vietnamese alphabet, at most one tone mark, nothing invisible.
    plain: bool,
    ascii: bool,
}

impl LetterRun {
    const fn shape(&self) -> Shape {
        match (self.uppers, self.starts_upper) {
            (0, _) => Shape::Lower,
            (1, true) if self.letters > 1 => Shape::Capitalized,
            (1, true) => Shape::Capitalized,
            (uppers, _) if uppers == self.letters => Shape::Upper,
            _ => Shape::Mixed,
        }
    }

    #[inline]
    fn syllable(&self) -> Option<SyllableId> {
        if self.plain && self.letters as usize <= Spelling::MAX_LETTERS {
            SyllableId::of_spelling(self.spelling, self.tone)
        } else {
            None
        }
    }
}

impl Scanner<'_, '_> {
    fn run(mut self) {
        loop {
            // Nearly all words and marks have a space behind.
            if self.byte(self.pos) == b' ' {
                self.pass(1, Gap::Space);
            }
            let Some(&byte) = self.bytes.get(self.pos) else { return };
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | 0x80.. if self.cached_words() => {}
                b' ' | b'\t' => self.pass(1, Gap::Space),
                b'\n' | b'\r' | 0x0B | 0x0C => self.pass(1, Gap::Line),
                b'a'..=b'z' | b'A'..=b'Z' => self.word(),
                b'0'..=b'9' => self.number(),
                0x00..=0x1F | 0x7F => self.pass(1, self.gap),
                0x21..=0x7E => self.ascii_mark(byte),
                // The lead bytes of Vietnamese letters: one look into the table decides.
                0xC3..=0xC6 | 0xE1 if Letter::at_start(&self.bytes[self.pos..]).is_some() => {
                    self.word();
                }
                _ => match self.peek(self.pos) {
                    Some(c) => self.other(c),
                    None => return,
                },
            }
        }
    }

    fn pass(&mut self, length: usize, gap: Gap) {
        self.pos += length;
        if self.gap != Gap::Line {
            self.gap = gap;
        }
    }

    #[inline]
    fn peek(&self, at: usize) -> Option<char> {
        if at >= self.bytes.len() { None } else { self.text[at..].chars().next() }
    }

    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    #[inline]
    fn push(&mut self, end: usize, kind: TokenKind, shape: Shape, unit: UnitId) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        let start = self.pos as u32;
        self.tokens.push(Token { start, end: end as u32, unit, kind, shape, gap });
        self.pos = end;
    }

    /// Pushes a token whose unit is the folded form of its text.
    fn push_folded(&mut self, end: usize, kind: TokenKind, shape: Shape) {
        let unit = folded_unit(&self.text[self.pos..end]);
        self.push(end, kind, shape, unit);
    }

    /// The last token, if it touches the current position.
    fn touching(&self) -> Option<&Token> {
        let touching = self.gap == Gap::None && self.tokens.len() > self.first;
        if touching { self.tokens.last() } else { None }
    }

    // ---- letters -------------------------------------------------------------------------------

    #[inline]
    fn letters(&self, start: usize) -> LetterRun {
        let (mut end, mut letters, mut uppers) = (start, 0, 0);
        let (mut spelling, mut tone, mut clash) = (Spelling::default(), 0, 0);
        while let Some((letter, length)) = Letter::at_start(&self.bytes[end..]) {
            let mark = letter.tone_bits();
            clash |= if mark == 0 { 0 } else { tone };
            tone |= mark;
            uppers += u32::from(letter.is_upper());
            spelling = spelling.push(letter.code());
            letters += 1;
            end += length;
        }
        let starts_upper =
            Letter::at_start(&self.bytes[start..]).is_some_and(|(letter, _)| letter.is_upper());
        let mut run = LetterRun {
            end,
            spelling,
            letters,
            uppers,
            starts_upper,
            tone: Tone::from_index(tone).unwrap_or_default(),
            plain: clash == 0,
            ascii: (end - start) as u32 == letters,
        };
        // Nothing but a letter or mark beyond the alphabet goes on; ASCII and quotes do not.
        if self.byte(end) >= 0x80 {
            self.letters_beyond(&mut run);
        }
        run
    }

    /// Goes on with a run of letters where a character beyond the Vietnamese alphabet follows.
    #[cold]
    fn letters_beyond(&self, run: &mut LetterRun) {
        loop {
            let Some((letter, length)) = Letter::at_start(&self.bytes[run.end..]) else {
                match self.bytes.get(run.end) {
                    Some(0x80..) if self.absorb(run) => continue,
                    _ => return,
                }
            };
            run.ascii &= length == 1;
            if letter.tone() != Tone::None {
                run.plain &= run.tone == Tone::None;
                run.tone = letter.tone();
            }
            if letter.is_upper() {
                run.uppers += 1;
                run.starts_upper |= run.letters == 0;
            }
            run.spelling = run.spelling.push(letter.code());
            run.letters += 1;
            run.end += length;
        }
    }

    /// Takes a character that is no letter of the alphabet into the run, if it belongs there.
    fn absorb(&self, run: &mut LetterRun) -> bool {
        let Some(c) = self.peek(run.end) else { return false };
        // Mostly a quotation mark, and the tables of all letters are slow.
        if is_punctuation(c) {
            return false;
        }
        run.ascii = false;
        if run.letters == 0 && !c.is_alphabetic() {
            return false;
        }
        if let Some(mark) = Mark::of(c) {
            match mark {
                Mark::Tone(tone) => {
                    run.plain &= run.tone == Tone::None;
                    run.tone = tone;
                }
                mark => match mark.put_on(run.spelling.last().max(1)) {
                    Some(code) if run.spelling.last() != 0 => {
                        run.spelling = run.spelling.replace_last(code);
                    }
                    _ => run.plain = false,
                },
            }
        } else if is_combining(c) || (c.is_alphabetic() && !is_unspaced_script(c)) {
            run.plain = false;
            if c.is_uppercase() {
                run.uppers += 1;
                run.starts_upper |= run.letters == 0;
            }
            if !is_combining(c) {
                run.letters += 1;
            }
        } else if is_ignorable(c) {
            // Part of the word only if more letters follow.
            let after = self.text[run.end..self.bytes.len()].trim_start_matches(is_ignorable);
            if !after.starts_with(char::is_alphabetic) {
                return false;
            }
            run.plain = false;
            run.end = self.bytes.len() - after.len();
            return true;
        } else {
            return false;
        }
        run.end += c.len_utf8();
        true
    }

    /// Takes a word apart, with what follows it.
    fn word_in_context(&mut self) {
        let run = self.letters(self.pos);
        if run.end == self.pos {
            // Unreachable by the callers' checks; a character must be consumed in any case.
            let length = self.peek(self.pos).map_or(1, char::len_utf8);
            self.push_folded(self.pos + length, TokenKind::Symbol, Shape::Caseless);
            return;
        }
        if let Some((end, kind)) = self.code_end(&run) {
            return self.push_folded(end, kind, run.shape());
        }
        match self.byte(run.end) {
            b'.' => {
                if !self.dotted(&run) {
                    self.word_before_stop(&run);
                }
                return;
            }
            b':' if run.ascii && self.web_address(run.end) => return,
            b'/' => {
                if let Some(end) = self.rate_end(run.end) {
                    return self.push_folded(end, TokenKind::Alphanumeric, run.shape());
                }
                if run.letters == 1 && self.slashed(&run) {
                    return;
                }
            }
            b'-' | b'\'' | 0xE2 => {
                let run = self.letters_with_apostrophes(self.pos);
                if let Some((end, kind)) = self.compound_end(&run) {
                    return self.push_folded(end, kind, run.shape());
                }
                return self.push_letters(&run);
            }
            _ => {}
        }
        if run.shape() == Shape::Mixed
            && let Some(end) = self.lost_line_end(&run)
        {
            let head = &self.text[self.pos..end];
            let unit = UnitId::of(head);
            let kind = if unit.is_syllable() { TokenKind::Syllable } else { TokenKind::Foreign };
            let shape = match (run.starts_upper, head.chars().any(char::is_lowercase)) {
                (true, true) => Shape::Capitalized,
                (true, false) => Shape::Upper,
                (false, _) => Shape::Lower,
            };
            return self.push(end, kind, shape, unit);
        }
        self.push_letters(&run);
    }

    /// Returns the end of the first of two words between which a line end was lost: `sángMỗi`,
    /// `KhaÔng`, `CSTOTheo`, `MinhTheo`, but not `MoMo` and `SaPa`, which may be names.
    fn lost_line_end(&self, run: &LetterRun) -> Option<usize> {
        let word = &self.text[self.pos..run.end];
        let point = glued::points(word).find(|&at| {
            let (head, tail) = word.split_at(at);
            glued::are_two_words(head, tail)
        });
        if let Some(at) = point {
            return Some(self.pos + at);
        }
        // Behind an acronym, a foreign word or a name only a word that opens sentences is another one.
        let (at, _) = word.char_indices().rfind(|&(_, c)| c.is_uppercase())?;
        let (head, tail) = word.split_at(at);
        let is_name = word.is_ascii() && run.starts_upper && Syllable::parse(head).is_some();
        let is_short = tail.is_ascii() && tail.len() < 4;
        let least = if is_name || is_short { SURE_STARTER } else { 1 };
        let opens = self.starters.score_of(tail).is_some_and(|score| score >= least);
        let is_slip = Syllable::parse(word).is_some();
        let are_words = head.chars().nth(1).is_some() && (tail.len() > 2 || !tail.is_ascii());
        (opens && are_words && !is_slip).then_some(self.pos + at)
    }

    fn push_letters(&mut self, run: &LetterRun) {
        let CachedToken { unit, kind, shape, .. } = self.classify(run);
        self.push(run.end, kind, shape, unit);
    }

    /// Returns what the letters from here on are.
    fn classify(&self, run: &LetterRun) -> CachedToken {
        let shape = run.shape();
        if let Some(syllable) = run.syllable() {
            let unit = UnitId::of_syllable_id(syllable);
            return CachedToken { unit, kind: TokenKind::Syllable, shape, is_no_link: false };
        }
        let word = &self.text[self.pos..run.end];
        let unit = if run.ascii { ascii_unit(word) } else { UnitId::of(word) };
        let kind = if unit.is_syllable() { TokenKind::Syllable } else { TokenKind::Foreign };
        CachedToken { unit, kind, shape, is_no_link: false }
    }
}

/// Log-odds, in units of [`SCALE`](super::sentence_starters::SCALE), above which a word behind what
/// may be half of a name opens a sentence: `MinhTheo`, but not `NgoiSao`.
const SURE_STARTER: i8 = 24;

fn ascii_unit(word: &str) -> UnitId {
    UnitId::of_fnv(word.bytes().fold(FNV_OFFSET, |h, b| fnv_step(h, b.to_ascii_lowercase())))
}

fn folded_unit(text: &str) -> UnitId {
    if text.is_ascii() {
        ascii_unit(text)
    } else {
        UnitId::of_folded_bytes(key::fold(text).as_bytes())
    }
}

/// Returns true for letters of scripts that do not put spaces between words.
const fn is_unspaced_script(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

/// Returns true for punctuation outside ASCII.
const fn is_punctuation(c: char) -> bool {
    matches!(c,
        '\u{A1}' | '\u{A7}' | '\u{AB}' | '\u{B6}' | '\u{B7}' | '\u{BB}' | '\u{BF}'
        | '\u{60C}' | '\u{61B}' | '\u{61F}' | '\u{6D4}' | '\u{964}' | '\u{965}'
        | '\u{104A}' | '\u{104B}' | '\u{17D4}' | '\u{17D5}' | '\u{1361}'..='\u{1368}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{2E00}'..='\u{2E7F}'
        | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}'
        | '\u{FF5B}'..='\u{FF65}')
}
