//! The tokenizer: one pass over the bytes of a text.
//!
//! Every visible character is in exactly one token; gaps are white space, control characters and
//! zero-width characters. So tokens and gaps together are the input, byte for byte.

mod address;
mod cached_words;
#[cfg(test)]
mod tests;
mod word_cache;

use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;
use word_cache::{CachedToken, WordCache};

use super::abbreviation::{is_before_name, is_before_number, is_initial};
use super::sentence_starters;
use super::{Gap, Shape, Token, TokenKind};
use crate::text::key::{self, FNV_OFFSET, UnitId, fnv_step, is_combining, is_ignorable};
use crate::text::letter::{Letter, Mark, Tone};
use crate::text::syllable::{Spelling, SyllableId};

/// Appends the tokens of `text[span]` to `tokens`.
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
/// use tomtat::token::tokenizer::tokenize;
///
/// let text = "Ngày 12/6, TP.HCM có 2.000 ca.Thủ tướng chỉ đạo…";
/// let mut tokens = Vec::new();
/// tokenize(text, 0..text.len(), &mut tokens);
/// let words: Vec<&str> = tokens.iter().map(|t| &text[t.span()]).collect();
/// assert_eq!(
///     words,
///     ["Ngày", "12/6", ",", "TP.HCM", "có", "2.000", "ca", ".", "Thủ", "tướng", "chỉ", "đạo", "…"]
/// );
/// ```
pub fn tokenize(text: &str, span: Range<usize>, tokens: &mut Vec<Token>) {
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

impl<'t> Scanner<'t, '_> {
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
        match self.byte(run.end) {
            b'.' => {
                if !self.dotted(&run) {
                    self.word_before_stop(&run);
                }
                return;
            }
            b':' if run.ascii && self.web_address(run.end) => return,
            b'0'..=b'9' => {
                let end = self.alphanumeric_end(run.end);
                self.push_folded(end, TokenKind::Alphanumeric, run.shape());
                return;
            }
            // Covid-19, MD-530, A-7, but not the syllables of `quận-1`.
            b'-' if self.byte(run.end + 1).is_ascii_digit()
                && run.ascii
                && (run.shape() == Shape::Upper
                    || run.letters == 1
                    || run.syllable().is_none()) =>
            {
                let end = self.alphanumeric_end(run.end + 1);
                self.push_folded(end, TokenKind::Alphanumeric, run.shape());
                return;
            }
            b'-' => {
                if let Some(end) = self.compound_end(&run) {
                    self.push_folded(end, TokenKind::Foreign, run.shape());
                    return;
                }
            }
            _ => {}
        }
        self.push_letters(&run);
    }

    /// Returns where a foreign word with hyphens ends, if this is one: `Al-Qaeda`, `Jong-un`,
    /// `knock-out`, `VN-Index`, `GD-ĐT`.
    ///
    /// A hyphen between Vietnamese syllables joins words, as in `kinh tế-xã hội` and `Hà Nội-Huế`, and
    /// so does one beside an acronym: `VOV-Trung tâm`. What counts is the same in upper case.
    fn compound_end(&self, first: &LetterRun) -> Option<usize> {
        if first.syllable().is_some() {
            return None;
        }
        let mut end = first.end;
        // No word has more parts; without a limit, long chains would be read again and again.
        for _ in 0..COMPOUND_PARTS {
            if self.byte(end) != b'-' {
                return (end > first.end).then_some(end);
            }
            let next = self.letters(end + 1);
            // Korean and English have parts that Vietnamese has, too: Jong-un, start-up.
            let foreign = next.syllable().is_none() || next.ascii && next.letters <= 3;
            if next.letters == 0 || !foreign || self.byte(next.end).is_ascii_digit() {
                return None;
            }
            end = next.end;
        }
        None
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

    /// Letters before a full stop: a domain name, or an abbreviation that owns the stop.
    fn dotted(&mut self, run: &LetterRun) -> bool {
        if run.ascii && (self.web_address(run.end) || self.domain(run.end)) {
            return true;
        }
        let Some(end) = self.abbreviation_end(run) else { return false };
        self.push_folded(end, TokenKind::Abbreviation, run.shape());
        true
    }

    /// Returns where an abbreviation with full stops ends, if this is one.
    fn abbreviation_end(&self, run: &LetterRun) -> Option<usize> {
        let mut last = *run;
        let mut last_start = self.pos;
        let mut links = 0;
        loop {
            let word = &self.text[last_start..last.end];
            if !is_link(word, &last) || self.byte(last.end) != b'.' {
                // The last link may be anything in upper case: TP.HCM, M.U, PGS.TSKH.
                return (links > 0).then_some(last.end);
            }
            let next = self.letters(last.end + 1);
            let next_upper = next.letters > 0 && next.uppers == next.letters;
            let next_word = &self.text[last.end + 1..next.end];
            if next_upper || (next.letters > 0 && is_before_name(next_word)) {
                (last, last_start) = (next, last.end + 1);
                links += 1;
                continue;
            }
            // Đ.T.K.H. owns its last stop, unless the sentence ends there.
            let owns = self.owns_stop(word, last.end + 1, links > 0);
            return match (owns, links) {
                (true, _) => Some(last.end + 1),
                (false, 0) => None,
                (false, _) => Some(last.end),
            };
        }
    }

    /// Returns true if the full stop before `after` belongs to the abbreviation `word`.
    fn owns_stop(&self, word: &str, after: usize, chained: bool) -> bool {
        let rest = self.text[after..self.bytes.len()].trim_start_matches([' ', '\t', '\u{A0}']);
        let Some(next) = rest.chars().next() else { return false };
        if next == '.' || matches!(next, '"' | '”' | '»' | '\n' | '\r') {
            return false;
        }
        let follower = rest.split(|c: char| !c.is_alphabetic() && !is_combining(c)).next();
        let follower = follower.unwrap_or_default();
        let opens = sentence_starters::score_of(follower);
        // `Cùng lúc`, but not `Đồng Hới`: the word after tells a name from a sentence, too.
        let goes_on_small = || {
            let after = rest[follower.len()..].trim_start_matches([' ', ',', '\u{A0}']);
            after.starts_with(char::is_lowercase)
        };
        // `Th.` is a title, but in `chị Lê Thị Th. (SN 1982)` a hidden name.
        if is_before_name(word) && !is_initial(word) {
            let is_sentence = opens.is_some_and(|score| score > 0) && goes_on_small();
            return next.is_ascii_digit() || next.is_uppercase() && !is_sentence;
        }
        if is_before_number(word) && (next.is_ascii_digit() || matches!(next, ':' | '(')) {
            return true;
        }
        if !is_initial(word) || self.after_degree() {
            return false;
        }
        if next.is_lowercase() || matches!(next, ',' | ';' | ':' | '(' | ')' | '-' | '–') {
            return true;
        }
        if next.is_ascii_digit() {
            return is_before_name(word);
        }
        if !next.is_uppercase() {
            return false;
        }
        // `anh P.V.H. TAND huyện …`, `ông T. VKS …`: an acronym is no name.
        if opens.is_none() && is_acronym(follower) && (chained || self.after_person()) {
            return false;
        }
        // A capital follows an initial: a name (C. Ronaldo, Nguyễn V. An) or the next sentence.
        if is_initial(follower) {
            return true;
        }
        // `ở H. Thông Nông`, but `nhà bà Phan Thị H. Thông tin ban đầu …`.
        let is_hidden = self.after_person() && goes_on_small();
        if is_before_name(word) && opens.is_none_or(|score| score <= 0) && !is_hidden {
            return true;
        }
        // H. Bố Trạch, P. Hố Nai: a place of two syllables, after another place or a preposition.
        if is_before_name(word) && !self.after_person() {
            let second = rest[follower.len()..].trim_start_matches([' ', '\u{A0}']);
            if second.starts_with(char::is_uppercase) {
                return true;
            }
        }
        match opens {
            // `J.K. Rowling`, `Nga V. Putin`: foreign names follow initials.
            None => true,
            Some(score) if score > 0 => false,
            // `V.Hùng`, but not `cho M.U. Trận đấu …`, nor `ông T. Công an …`: there the hidden
            // name is complete.
            Some(_) => rest.len() == self.bytes.len() - after || !chained && !self.after_person(),
        }
    }

    /// Returns true after `30 độ` and `30°`, where C and F are units.
    fn after_degree(&self) -> bool {
        let last = self.tokens.get(self.first..).and_then(<[Token]>::last);
        last.is_some_and(|last| last.unit == DEGREES[0] || last.unit == DEGREES[1])
    }

    /// Returns true if the last token is a title or part of a name, so that an initial completes it.
    fn after_person(&self) -> bool {
        let Some(last) = self.tokens.get(self.first..).and_then(<[Token]>::last) else {
            return false;
        };
        // `N. V. Linh`: one initial after another begins a name.
        if last.kind == TokenKind::Abbreviation {
            return false;
        }
        last.is_capitalized() || last.shape == Shape::Lower && PERSONS.contains(&last.unit)
    }

    // ---- digits --------------------------------------------------------------------------------

    fn number(&mut self) {
        let end = self.alphanumeric_end(self.pos);
        let bytes = &self.bytes[self.pos..end];
        // 24h.com.vn
        if self.byte(end) == b'.' && bytes.is_ascii() && self.domain(end) {
            return;
        }
        let end = if matches!(self.byte(end), b'%') { end + 1 } else { end };
        self.push_folded(end, TokenKind::Number, Shape::Caseless);
    }

    /// Returns the end of a run of digits and letters with separators between digits.
    fn alphanumeric_end(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            match self.byte(at) {
                b'0'..=b'9' => at += 1,
                b'.' | b',' | b'/' | b'-' | b':'
                    if self.byte(at + 1).is_ascii_digit()
                        && at > start
                        && self.bytes[at - 1].is_ascii_digit() =>
                {
                    at += 2;
                }
                b'a'..=b'z' | b'A'..=b'Z' | 0xC3..=0xC6 | 0xE1 => {
                    let run = self.letters(at);
                    if run.end == at {
                        return at;
                    }
                    at = run.end;
                }
                _ => return at,
            }
        }
    }

    // ---- marks ---------------------------------------------------------------------------------

    fn ascii_mark(&mut self, byte: u8) {
        let rest = &self.bytes[self.pos..];
        let run = |set: &[u8]| rest.iter().take_while(|b| set.contains(b)).count();
        let (length, kind) = match byte {
            b'.' if rest.starts_with(b"./.") => (3, TokenKind::Punctuation),
            b'.' | b'-' | b'*' | b'=' | b'~' | b'#' | b'/' => {
                (run(&[byte]), TokenKind::Punctuation)
            }
            b'!' | b'?' => (run(b"!?"), TokenKind::Punctuation),
            b'_' if self.joins_syllables() => {
                self.pos += 1;
                self.gap = Gap::Underscore;
                return;
            }
            b'_' => (run(b"_"), TokenKind::Punctuation),
            b'@' if self.email() => return,
            b'$' | b'+' | b'<' | b'>' | b'^' | b'`' | b'|' => (1, TokenKind::Symbol),
            _ => (1, TokenKind::Punctuation),
        };
        self.push_mark(self.pos + length, kind);
    }

    fn push_mark(&mut self, end: usize, kind: TokenKind) {
        let unit = UnitId::of_folded_bytes(&self.bytes[self.pos..end]);
        self.push(end, kind, Shape::Caseless, unit);
    }

    fn joins_syllables(&self) -> bool {
        self.touching().is_some_and(|t| t.kind.is_term())
            && self.peek(self.pos + 1).is_some_and(char::is_alphanumeric)
    }

    /// A character beyond ASCII and the Vietnamese alphabet.
    #[cold]
    fn other(&mut self, c: char) {
        let length = c.len_utf8();
        if matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}') {
            self.pass(length, Gap::Line);
        } else if c.is_whitespace() {
            self.pass(length, Gap::Space);
        } else if is_ignorable(c) || c.is_control() {
            self.pass(length, self.gap);
        } else if is_punctuation(c) {
            let rest = &self.text[self.pos..self.bytes.len()];
            let same =
                if c == '…' { rest.find(|d| d != c).unwrap_or(rest.len()) } else { length };
            self.push_mark(self.pos + same, TokenKind::Punctuation);
        } else if c.is_alphabetic() {
            if is_unspaced_script(c) { self.unspaced() } else { self.word() }
        } else if c.is_numeric() {
            let rest = &self.text[self.pos..self.bytes.len()];
            let end = rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len());
            self.push_folded(self.pos + end, TokenKind::Number, Shape::Caseless);
        } else {
            let rest = &self.text[self.pos..self.bytes.len()];
            let cluster = rest.graphemes(true).next().map_or(length, str::len);
            self.push_mark(self.pos + cluster, TokenKind::Symbol);
        }
    }

    /// Scripts without spaces between words (UAX #29).
    fn unspaced(&mut self) {
        let rest: &'t str = &self.text[self.pos..self.bytes.len()];
        let end =
            rest.find(|c: char| !is_unspaced_script(c) && !is_combining(c)).unwrap_or(rest.len());
        for word in rest[..end].split_word_bounds() {
            self.push_folded(self.pos + word.len(), TokenKind::Foreign, Shape::Caseless);
        }
    }
}

/// Returns true for letters that may be part of an abbreviation with full stops, all but the last.
fn is_link(word: &str, run: &LetterRun) -> bool {
    run.letters <= 4 && (is_initial(word) || is_before_name(word))
}

/// Returns true for two or more letters in upper case.
fn is_acronym(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// Most hyphens in a foreign word.
const COMPOUND_PARTS: usize = 6;

/// What stands before C and F as units.
static DEGREES: LazyLock<[UnitId; 2]> = LazyLock::new(|| ["độ", "°"].map(UnitId::of));

/// Words before the name of a person.
static PERSONS: LazyLock<[UnitId; 12]> = LazyLock::new(|| {
    ["ông", "bà", "anh", "chị", "em", "cháu", "cô", "chú", "bác", "cậu", "bé", "tên"]
        .map(UnitId::of)
});

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
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{2E00}'..='\u{2E7F}'
        | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}'
        | '\u{FF5B}'..='\u{FF65}')
}
