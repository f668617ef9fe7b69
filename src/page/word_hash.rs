//! Keys for comparing pieces of a page: case, marks' encoding and punctuation
//! do not count.

use unicode_normalization::UnicodeNormalization;
use wide::{CmpEq, CmpGt, CmpLt, i8x16};

use super::line::{floor, is_blank};
use crate::text::chunk::{CHUNK, keep_first};

/// Writes the words of a short piece in lower case, composed, with one space
/// between them and without punctuation.
pub(super) fn normalized(piece: &str, out: &mut String) {
    out.clear();
    out.reserve(piece.len());
    let mut key = Key { out, gap: false };
    let mut done = 0;
    // Most of a text goes into the key as it is: only the other characters are looked at.
    for (window, at) in windows(piece.as_bytes()).zip((0..).step_by(CHUNK)) {
        let mut others = others(&window);
        while others != 0 {
            let place = at + others.trailing_zeros() as usize;
            others &= others - 1;
            if place < done || place >= piece.len() {
                continue;
            }
            let start = floor(piece, place);
            key.push_run(&piece[done..start]);
            let Some(c) = piece[start..].chars().next() else { break };
            if is_mark(c) {
                key.out.clear();
                key.gap = false;
                piece.nfc().for_each(|c| key.push(c));
                return;
            }
            key.push(c);
            done = start + c.len_utf8();
        }
    }
    key.push_run(&piece[done..]);
}

/// The words of a key.
pub(super) fn words_of_key(key: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    spaces(key).chain([key.len()]).map(move |end| {
        let word = &key[start..end];
        start = end + 1;
        word
    })
}

/// The places of the spaces of a key.
///
/// They stand close together, so a search for each would begin anew after a few bytes.
pub(super) fn spaces(key: &str) -> impl Iterator<Item = usize> {
    let (chunks, rest) = key.as_bytes().as_chunks::<CHUNK>();
    let mut last = [0; CHUNK];
    last[..rest.len()].copy_from_slice(rest);
    let mask = |chunk: &[u8; CHUNK]| {
        let equal = i8x16::new(chunk.map(|byte| byte as i8)).cmp_eq(i8x16::splat(b' ' as i8));
        equal.move_mask() as u32
    };
    let mut masks = chunks.iter().map(mask).chain([mask(&last)]);
    let (mut left, mut at) = (0_u32, 0_usize.wrapping_sub(CHUNK));
    std::iter::from_fn(move || {
        while left == 0 {
            left = masks.next()?;
            at = at.wrapping_add(CHUNK);
        }
        let place = at + left.trailing_zeros() as usize;
        left &= left - 1;
        Some(place)
    })
}

/// The places of the characters that do not stand in a key as they are: capitals, marks, and all but
/// the first of several spaces.
pub(super) fn marked_chars(piece: &str) -> impl Iterator<Item = usize> {
    let mut windows = windows(piece.as_bytes()).zip((0..).step_by(CHUNK));
    let (mut marked, mut at, mut done) = (0_u16, 0, 0);
    std::iter::from_fn(move || {
        loop {
            while marked != 0 {
                let place = at + marked.trailing_zeros() as usize;
                marked &= marked - 1;
                if place >= done && place < piece.len() {
                    let start = floor(piece, place);
                    done = start + piece[start..].chars().next().map_or(1, char::len_utf8);
                    return Some(start);
                }
            }
            let window;
            (window, at) = windows.next()?;
            marked = others(&window);
        }
    })
}

/// A key that is being written.
struct Key<'o> {
    out: &'o mut String,
    /// Whether a word ended.
    gap: bool,
}

impl Key<'_> {
    /// Adds a character.
    fn push(&mut self, c: char) {
        match letter(c) {
            Some(small) => {
                self.part();
                match small {
                    Letter::One(small) => self.out.push(small),
                    Letter::Many(c) => self.out.extend(c.to_lowercase()),
                }
            }
            None => self.gap |= !is_zero_width(c),
        }
    }

    /// Adds small letters and digits, perhaps with single spaces between and around them.
    fn push_run(&mut self, run: &str) {
        let words = run.strip_prefix(' ').unwrap_or(run);
        self.gap |= words.len() < run.len();
        let inner = words.strip_suffix(' ').unwrap_or(words);
        if !inner.is_empty() {
            self.part();
            self.out.push_str(inner);
        }
        self.gap |= inner.len() < words.len();
    }

    /// Parts a word from the one before.
    fn part(&mut self) {
        if self.gap && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.gap = false;
    }
}

/// A letter or digit in lower case.
enum Letter {
    One(char),
    /// A letter outside the Latin alphabets, still to be lowered.
    Many(char),
}

/// The lower case of a letter or digit. The alphabets of nearly all text come
/// first; the general tables are slow.
fn letter(c: char) -> Option<Letter> {
    let one = |code: u32| char::from_u32(code).map(Letter::One);
    match c {
        'a'..='z' | '0'..='9' => Some(Letter::One(c)),
        'A'..='Z' => Some(Letter::One(c.to_ascii_lowercase())),
        '\0'..='\u{7F}' | '\u{2000}'..='\u{206F}' | '×' | '÷' => None,
        // Eth stands in for the Vietnamese letter on many pages.
        'Ð' | 'ð' | 'Đ' | 'đ' => Some(Letter::One('đ')),
        // Capital and small letters alternate.
        '\u{1EA0}'..='\u{1EFF}' | 'Ă' | 'ă' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' => {
            let code = u32::from(c);
            if matches!(c, 'Ơ' | 'ơ') { Some(Letter::One('ơ')) } else { one(code | 1) }
        }
        'Ư' | 'ư' => Some(Letter::One('ư')),
        'À'..='Þ' => one(u32::from(c) + 0x20),
        'ß'..='ÿ' => Some(Letter::One(c)),
        _ => c.is_alphanumeric().then_some(Letter::Many(c)),
    }
}

/// Whether a character is a combining mark of Latin letters.
pub(super) fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// The composed form of a piece with combining marks, if it is not longer
/// than a number of bytes.
pub(super) fn composed(piece: &str, longest: usize) -> Option<String> {
    (piece.len() <= longest && has_marks(piece)).then(|| piece.nfc().collect())
}

/// Whether a piece has combining marks: from CC 80 to CD AF.
fn has_marks(piece: &str) -> bool {
    let bytes = piece.as_bytes();
    memchr::memchr2_iter(0xCC, 0xCD, bytes).any(|at| bytes[at] == 0xCC || bytes[at + 1] < 0xB0)
}

fn is_zero_width(c: char) -> bool {
    is_blank(c) && !c.is_whitespace()
}

/// The words of a piece as an owned key.
pub(super) fn normalized_of(piece: &str) -> String {
    let mut out = String::with_capacity(piece.len());
    normalized(piece, &mut out);
    out
}

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// A chunk and the byte before it.
type Window = [u8; CHUNK + 1];

/// Bytes of which one number says where words end.
const SPAN: usize = u64::BITS as usize;

/// Most bytes that are folded at once: long pieces are taken part by part, which stay in the cache.
const PART: usize = 4096;

/// Finds the words of one piece after the other, in the same memory.
#[derive(Debug, Default)]
pub(super) struct WordHasher {
    /// The folded bytes of a part, and at least one separator behind.
    folded: Vec<u8>,
    /// A bit for each byte that separates words, by spans.
    separators: Vec<u64>,
    /// The hashes of the words of a part.
    hashes: Vec<u32>,
}

impl WordHasher {
    /// Appends a hash of every word of a piece; one that is longer than any part counts as several.
    pub(super) fn push(&mut self, piece: &str, out: &mut Vec<u32>) {
        for part in parts(piece.as_bytes()) {
            self.push_part(part, out);
        }
    }

    /// Counts the words of a piece.
    pub(super) fn count(&mut self, piece: &str) -> usize {
        let mut count = 0;
        for part in parts(piece.as_bytes()) {
            self.fold(part);
            let mut before = 1;
            for &separators in &self.separators {
                count += ends_of(separators, before).count_ones() as usize;
                before = separators >> (SPAN - 1);
            }
        }
        count
    }

    /// Appends a hash of every word of a part.
    fn push_part(&mut self, bytes: &[u8], out: &mut Vec<u32>) {
        self.fold(bytes);
        if self.hashes.len() <= bytes.len() / 2 {
            self.hashes.resize(bytes.len() / 2 + 1, 0);
        }
        let (mut first, mut before, mut count) = (0, 1, 0);
        for (span, &separators) in self.separators.iter().enumerate() {
            let mut ends = ends_of(separators, before);
            while ends != 0 {
                let end = ends & ends.wrapping_neg();
                ends ^= end;
                let start = after_last(separators & (end - 1), span).unwrap_or(first);
                let end = span * SPAN + end.trailing_zeros() as usize;
                self.hashes[count] = hash(&self.folded[..], start, end);
                count += 1;
            }
            first = after_last(separators, span).unwrap_or(first);
            before = separators >> (SPAN - 1);
        }
        out.extend_from_slice(&self.hashes[..count]);
    }

    /// Folds a part, and finds its separators; the last span ends with some.
    fn fold(&mut self, bytes: &[u8]) {
        self.separators.clear();
        let spans = bytes.len() / SPAN + 1;
        if self.folded.len() < spans * SPAN + CHUNK {
            self.folded.resize(spans * SPAN + CHUNK, 0);
        }
        let (chunks, _) = self.folded.as_chunks_mut::<CHUNK>();
        let (chunks, _) = chunks.as_chunks_mut::<{ SPAN / CHUNK }>();
        for (span, chunks) in chunks.iter_mut().enumerate().take(spans) {
            let mut separators = 0;
            for (place, chunk) in chunks.iter_mut().enumerate() {
                let at = span * SPAN + place * CHUNK;
                let cut;
                let inside = bytes.get(at.wrapping_sub(1)..).and_then(<[u8]>::first_chunk);
                let window = if let Some(window) = inside {
                    window
                } else {
                    cut = padded(bytes, at);
                    &cut
                };
                let separates;
                (*chunk, separates) = fold_chunk(window);
                separators |= u64::from(separates) << (place * CHUNK);
            }
            self.separators.push(separators);
        }
    }
}

/// Returns the hash of a word by its place among folded bytes.
#[inline]
fn hash(folded: &[u8], start: usize, end: usize) -> u32 {
    let length = end - start;
    // Nearly all syllables have eight bytes at most.
    if length <= 8
        && let Some(bytes) = folded[start..].first_chunk()
    {
        let unused = (u64::BITS - 8 * length as u32) % u64::BITS;
        let low = u64::from_le_bytes(*bytes) & (u64::MAX >> unused);
        let word = low.wrapping_mul(MIX).rotate_left(29).wrapping_mul(MIX) | 1;
        return (word >> 32) as u32;
    }
    let (mut word, mut at) = (0, start);
    while end - at > CHUNK {
        word = hashed(word, &folded[at..], CHUNK);
        at += CHUNK;
    }
    (hashed(word, &folded[at..], end - at) >> 32) as u32
}

/// Adds the first of some bytes, at most sixteen, to the hash of a word.
#[inline]
fn hashed(word: u64, bytes: &[u8], length: usize) -> u64 {
    let chunk = bytes.first_chunk().unwrap_or(&[0; CHUNK]);
    let keep = keep_first(length).unwrap_or(&[0; CHUNK]);
    let kept = i8x16::new(chunk.map(|b| b as i8)) & i8x16::new(keep.map(|b| b as i8));
    let [low, high]: [u64; 2] = bytemuck::cast(kept);
    let word = (word.rotate_left(29) ^ low).wrapping_mul(MIX);
    (word.rotate_left(29) ^ high).wrapping_mul(MIX) | 1
}

/// Cuts bytes at spaces into parts that are not too long.
fn parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = if rest.len() <= PART {
            rest.len()
        } else {
            memchr::memrchr(b' ', &rest[..PART]).filter(|&at| at > 0).unwrap_or(PART)
        };
        let part;
        (part, rest) = rest.split_at(end);
        Some(part)
    })
}

/// Returns the separators of a span that end words: those after a letter; `before` is 1 after a
/// separator.
#[inline]
const fn ends_of(separators: u64, before: u64) -> u64 {
    separators & !(separators << 1 | before)
}

/// Returns the place after the last of some separators of a span.
#[inline]
fn after_last(separators: u64, span: usize) -> Option<usize> {
    let after = SPAN - separators.leading_zeros() as usize;
    (after > 0).then_some(span * SPAN + after)
}

/// Returns the folded bytes of a chunk, and a bit for each that separates words.
///
/// ASCII below `0`, and `:` to `@`, separates words. Capital letters of ASCII become small ones;
/// digits have the bit already. The bytes that continue a character lose the bits in which the
/// capital and small Vietnamese letters differ. Few letters merge by that, which a comparison of
/// whole words does not feel. Only Ư, C6 AF, differs from ư, C6 B0, in more.
#[inline]
fn fold_chunk(window: &Window) -> ([u8; CHUNK], u16) {
    let vector =
        |bytes: Option<&[u8; CHUNK]>| i8x16::new(bytes.map_or([0; CHUNK], |b| b.map(|b| b as i8)));
    let all = |byte: u8| i8x16::splat(byte as i8);
    let (before, bytes) = (vector(window.first_chunk()), vector(window.last_chunk()));
    let separates = bytes.cmp_gt(all(0xFF))
        & (bytes.cmp_lt(all(b'0')) | (bytes.cmp_gt(all(b'9')) & bytes.cmp_lt(all(b'A'))));
    let continues = bytes.cmp_lt(all(0xC0));
    let horned = before.cmp_eq(all(0xC6)) & bytes.cmp_eq(all(0xAF));
    let folded = (bytes | all(0x20) | (continues & all(1))) ^ (horned & all(0xAF ^ 0xB1));
    (bytemuck::cast(folded), separates.move_mask() as u16)
}

/// A chunk and the two bytes before it.
type LongWindow = [u8; CHUNK + 2];

/// Returns the chunks of a piece with what is before each; spaces around the piece.
fn windows(bytes: &[u8]) -> impl Iterator<Item = LongWindow> {
    (0..bytes.len()).step_by(CHUNK).map(|at| {
        let inside = bytes.get(at.wrapping_sub(2)..).and_then(<[u8]>::first_chunk);
        inside.copied().unwrap_or_else(|| {
            let mut window = [b' '; CHUNK + 2];
            let first = at.saturating_sub(2);
            let part = &bytes[first..bytes.len().min(at + CHUNK)];
            window[first + 2 - at..][..part.len()].copy_from_slice(part);
            window
        })
    })
}

/// Returns a bit for each byte of a chunk that does not stand in a key as it is.
///
/// Small letters of ASCII do, and digits; the first of several spaces; and small Vietnamese
/// letters. Of these the last byte tells, and of those of three bytes the second one, too.
#[inline]
fn others(window: &LongWindow) -> u16 {
    let vector = |from: usize| {
        let bytes: Option<&[u8; CHUNK]> = window[from..].first_chunk();
        i8x16::new(bytes.map_or([0; CHUNK], |bytes| bytes.map(|byte| byte as i8)))
    };
    let all = |byte: u8| i8x16::splat(byte as i8);
    // Bytes are signed: those from 80 on are below 0, in order.
    let [second, last, bytes] = [0, 1, 2].map(vector);
    let is = |byte: u8| bytes.cmp_eq(all(byte));
    let follows = |byte: u8| last.cmp_eq(all(byte));
    let ascii = (bytes.cmp_gt(all(b'a' - 1)) & bytes.cmp_lt(all(b'z' + 1)))
        | (bytes.cmp_gt(all(b'0' - 1)) & bytes.cmp_lt(all(b'9' + 1)))
        | (is(b' ') & !follows(b' '));
    let begins = (bytes.cmp_gt(all(0xC2)) & bytes.cmp_lt(all(0xC7))) | is(0xE1);
    // From A0 to BF; both are ends of small letters where the capital ones end below.
    let high = bytes.cmp_gt(all(0x9F)) & bytes.cmp_lt(all(0xC0));
    let odd = (bytes & all(1)).cmp_eq(all(1)) & bytes.cmp_lt(all(0xC0));
    // à to ý without ð and ÷; ă, đ, ĩ; ũ; ơ, ư; the many from ạ on.
    let latin = follows(0xC3) & high & !(is(0xB0) | is(0xB7));
    let extended = follows(0xC4) & (is(0x83) | is(0x91) | is(0xA9))
        | follows(0xC5) & is(0xA9)
        | follows(0xC6) & (is(0xA1) | is(0xB0));
    let marked = follows(0xE1) & (is(0xBA) | is(0xBB))
        | second.cmp_eq(all(0xE1)) & odd & (follows(0xBB) | follows(0xBA) & high);
    !(ascii | begins | latin | extended | marked).move_mask() as u16
}

/// Returns the chunk at a place, spaces around the piece.
#[cold]
fn padded(bytes: &[u8], at: usize) -> Window {
    let mut window = [b' '; CHUNK + 1];
    let first = at.saturating_sub(1);
    let part = &bytes[first.min(bytes.len())..bytes.len().min(at + CHUNK)];
    window[first + 1 - at..][..part.len()].copy_from_slice(part);
    window
}

/// The hash of a sequence of words.
pub(super) fn sequence(words: &[u32]) -> u64 {
    words.iter().fold(0, |hash: u64, &word| {
        hash.rotate_left(7).wrapping_add(u64::from(word)).wrapping_mul(MIX)
    })
}

/// The hashes of a piece's words.
pub(super) fn words(piece: &str) -> Vec<u32> {
    let mut out = Vec::with_capacity(piece.len() / 4 + 1);
    WordHasher::default().push(piece, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_forget_case_encoding_and_punctuation() {
        assert_eq!(normalized_of(" »  CÓ THỂ bạn quan tâm?"), "có thể bạn quan tâm");
        assert_eq!(normalized_of("Co\u{301} thê\u{309} ba\u{323}n"), "có thể bạn");
        assert_eq!(normalized_of("Ðiện đàm"), "điện đàm");
        assert_eq!(normalized_of("Xem\u{200B} thêm:"), "xem thêm");
    }

    #[test]
    fn lower_case_is_that_of_the_general_tables() {
        for c in (0..0x2100).filter_map(char::from_u32).filter(|c| !matches!(c, 'Ð' | 'ð')) {
            let mut key = String::new();
            normalized(&c.to_string(), &mut key);
            let expected: String =
                if c.is_alphanumeric() { c.to_lowercase().collect() } else { String::new() };
            assert_eq!(key, expected, "{c:?}");
        }
    }

    /// The key of a piece by its characters alone.
    fn slow_key(piece: &str) -> String {
        let mut out = String::new();
        let mut key = Key { out: &mut out, gap: false };
        if has_marks(piece) {
            piece.nfc().for_each(|c| key.push(c));
        } else {
            piece.chars().for_each(|c| key.push(c));
        }
        out
    }

    #[test]
    fn keys_are_those_of_the_characters() {
        let letters = ['a', 'ữ', ' ', '\u{200B}', 'Đ', '–'];
        for c in (0..0x2100).chain([0x1F600, 0xFF21, 0x4E2D]).filter_map(char::from_u32) {
            for (before, after) in letters.into_iter().flat_map(|b| letters.map(|a| (b, a))) {
                // At any place in a chunk, and across two.
                for length in [0, 14] {
                    let piece = format!("{}{before}{c}{after}{c}ờ", "x".repeat(length));
                    assert_eq!(normalized_of(&piece), slow_key(&piece), "{piece:?}");
                }
            }
        }
        let line = " »  Sáng 12/5, “Cầu  MỚI” qua sông Đà , thông xe ;ưu tiên xe TẢI… ";
        for start in line.char_indices().map(|(at, _)| at) {
            for end in line.char_indices().map(|(at, _)| at).filter(|&end| end >= start) {
                assert_eq!(normalized_of(&line[start..end]), slow_key(&line[start..end]));
            }
        }
    }

    #[test]
    fn marked_characters_are_found_once_and_whole() {
        let line = "Sáng 12/5, cầu  MỚI qua sông Đà: “ưu tiên” xe TẢI… ỮỮỮ.";
        for start in line.char_indices().map(|(at, _)| at) {
            let piece = &line[start..];
            let wanted = piece.char_indices().filter(|&(at, c)| {
                let is_first_space = c == ' ' && !piece[..at].ends_with(' ') && at > 0;
                !(c.is_lowercase() || c.is_ascii_digit() || is_first_space)
            });
            let wanted: Vec<usize> = wanted.map(|(at, _)| at).collect();
            assert_eq!(marked_chars(piece).collect::<Vec<_>>(), wanted, "{piece}");
        }
    }

    #[test]
    fn words_end_at_separators_only() {
        let count = |text: &str| words(text).len();
        assert_eq!(count("một hai,ba.bốn (năm) 6:7 tám@chín"), 9);
        assert_eq!(count(&"x".repeat(100)), 1);
        for length in 0..40 {
            let word = "nghiêngnghiêngnghiêng".chars().take(length).collect::<String>();
            assert_eq!(count(&word), usize::from(length > 0));
            assert_eq!(words(&format!(" {word} a"))[..usize::from(length > 0)], words(&word));
            assert_eq!(words(&format!("{word} a")), words(&format!("{}. A", word.to_uppercase())));
        }
        assert_eq!(words("THƯƠNG Ư"), words("thương ư"));
        assert_ne!(words("thường"), words("thưởng"));
    }

    #[test]
    fn long_pieces_have_the_words_of_their_parts() {
        let sentence = "Ước mơ nhỏ, đường dài: 1.234 chuyến đò ngang sông Tiền mùa nước nổi. ";
        let one = words(sentence);
        for times in [1, 57, 58, 200] {
            let all = words(&sentence.repeat(times));
            assert!(
                all.chunks(one.len()).all(|part| part == one) && all.len() == times * one.len()
            );
        }
        let long = "đ".repeat(2 * PART);
        assert_eq!(words(&long).len(), 4);
        assert_eq!(words(&format!("{long} a")), [words(&long), words("a")].concat());
    }

    #[test]
    fn words_forget_case_and_punctuation() {
        let a = words("Đường sắt nối ƯỚC MƠ: \"Những chuyến tàu\"");
        let b = words("ĐƯỜNG SẮT NỐI ước mơ - những chuyến tàu");
        assert_eq!(a.len(), 8);
        assert_eq!(a, b);
        assert_eq!(sequence(&a), sequence(&b));
        assert_ne!(a, words("Đường sắt nối ước mơ những chuyến xe"));
        let mut turned = a.clone();
        turned.reverse();
        assert_ne!(sequence(&a), sequence(&turned));
    }
}
