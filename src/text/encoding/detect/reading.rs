//! How much sense bytes make when they are read in one of the older encodings.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::text::encoding::Encoding;
use crate::text::encoding::legacy::Reader;
use crate::text::letter::Letter;
use crate::text::syllable::Syllable;
use crate::text::word_runs::{has_plain_case, is_letter_or_mark};

/// Likelihood of a word that is a Vietnamese syllable in consistent case.
const READS: f64 = 0.95;
/// Likelihood of a word of another language in code page 1252.
const FOREIGN: f64 = 0.3;
/// Likelihood of a word that is no syllable. Names and typing errors are such words too.
const FAILS: f64 = 0.08;
/// Likelihood of a word with a byte that the encoding does not define.
const UNDEFINED: f64 = 0.01;

/// The votes of a sample's words for one encoding.
pub(super) struct Reading {
    pub(super) encoding: Encoding,
    pub(super) log_likelihood: f64,
    pub(super) read: usize,
    pub(super) failed: usize,
    foreign: usize,
    /// Of the foreign words, those that have the letters of one language.
    by_language: [usize; WESTERN.len()],
    /// Hash of all decoded words, to tell encodings that read the sample alike.
    pub(super) digest: u64,
}

impl Reading {
    pub(super) fn of(sample: &[u8], encoding: Encoding, read: Reader) -> Self {
        let mut reading = Self {
            encoding,
            log_likelihood: 0.0,
            read: 0,
            failed: 0,
            foreign: 0,
            by_language: [0; WESTERN.len()],
            digest: 0,
        };
        let mut digest = FxHasher::default();
        let mut word = String::new();
        for bytes in sample.split(|&byte| !in_word(byte)) {
            if bytes.iter().all(u8::is_ascii_alphabetic) {
                continue;
            }
            let defined = decode_word(bytes, read, &mut word);
            digest.write(word.as_bytes());
            digest.write_u8(0xFF);
            let vote = if defined { judge(&word, encoding) } else { Vote::Undefined };
            reading.count(vote);
            if matches!(vote, Vote::Foreign) {
                for (letters, count) in WESTERN.iter().zip(&mut reading.by_language) {
                    *count += usize::from(has_letters_of(&word, letters));
                }
            }
        }
        reading.digest = digest.finish();
        reading
    }

    fn count(&mut self, vote: Vote) {
        let likelihood = match vote {
            Vote::Punctuation => return,
            Vote::Reads => {
                self.read += 1;
                READS
            }
            Vote::Foreign => {
                self.foreign += 1;
                self.failed += 1;
                FOREIGN
            }
            Vote::Fails => {
                self.failed += 1;
                FAILS
            }
            Vote::Undefined => {
                self.failed += 1;
                UNDEFINED
            }
        };
        self.log_likelihood += likelihood.ln();
    }

    /// Share of words that make sense, in Vietnamese or (code page 1252 only) in another language.
    ///
    /// Words of another language make sense if nearly all have the letters of one language: those of
    /// Turkish, Hungarian and Czech read as code page 1252 look like words of many.
    pub(super) fn sensible_share(&self) -> f64 {
        let most = self.by_language.iter().max().copied().unwrap_or(0);
        let foreign = if most * 100 >= self.foreign * ONE_LANGUAGE { self.foreign } else { 0 };
        (self.read + foreign) as f64 / (self.read + self.failed).max(1) as f64
    }
}

/// Percentage of foreign words that have the letters of one language, from which on a text is in it.
const ONE_LANGUAGE: usize = 90;

/// Õ stands before e alone: `milhões`. In Hungarian that was misread it stands for ő everywhere.
const PORTUGUESE: &str = "áâãàçéêíóôõú";

/// Small marked letters of the languages that code page 1252 is made for: French, German, Spanish,
/// Portuguese, Italian, Dutch, Swedish and Finnish, Danish and Norwegian, Icelandic, Faroese, Estonian,
/// Catalan, Albanian.
const WESTERN: [&str; 13] = [
    "àâæçéèêëîïôùûüÿ",
    "äöüßé",
    "áéíóúüñ",
    PORTUGUESE,
    "àèéìíîòóùú",
    "áéèëêïóöü",
    "åäöéàü",
    "æøåéèêóòôü",
    "áéíóúýþæöð",
    "áðíóúýæø",
    "äöõü",
    "àçéèíïóòúü·",
    "ëç",
];

fn has_letters_of(word: &str, letters: &str) -> bool {
    let is_other = |at: usize, c: char| {
        let after = word[at + c.len_utf8()..].chars().next();
        letters == PORTUGUESE && matches!(c, 'õ' | 'Õ') && !matches!(after, Some('e' | 'E'))
    };
    word.char_indices().all(|(at, c)| {
        c.is_ascii() || (c.to_lowercase().all(|c| letters.contains(c)) && !is_other(at, c))
    })
}

/// Tells whether one word is Vietnamese in an encoding.
pub(super) fn reads(bytes: &[u8], encoding: Encoding, read: Reader) -> bool {
    let mut word = String::new();
    decode_word(bytes, read, &mut word) && matches!(judge(&word, encoding), Vote::Reads)
}

#[derive(Clone, Copy)]
enum Vote {
    Reads,
    Foreign,
    Fails,
    Undefined,
    Punctuation,
}

/// Letters, all bytes outside ASCII, and the control codes that hold letters in VISCII and VN1.
fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80 || holds_capital(byte)
}

fn holds_capital(byte: u8) -> bool {
    matches!(byte, 0x01 | 0x02 | 0x04..=0x06 | 0x11..=0x17 | 0x19 | 0x1E)
}

/// Share of control characters among the bytes, as an encoding reads them.
pub(super) fn control_share(sample: &[u8], encoding: Encoding) -> f64 {
    let capitals = matches!(encoding, Encoding::Viscii | Encoding::Tcvn5712);
    let controls = sample
        .iter()
        .filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B))
        .filter(|&&byte| !(capitals && holds_capital(byte)))
        .count();
    controls as f64 / sample.len().max(1) as f64
}

/// Decodes one word; false if a byte is not defined. What is defined is decoded all the same.
fn decode_word(bytes: &[u8], read: Reader, word: &mut String) -> bool {
    word.clear();
    let (mut at, mut defined) = (0, true);
    while at < bytes.len() {
        if let Some((letter, width)) = read(&bytes[at..]) {
            word.push(letter);
            at += width;
        } else {
            word.push(char::REPLACEMENT_CHARACTER);
            defined = false;
            at += 1;
        }
    }
    defined
}

fn judge(word: &str, encoding: Encoding) -> Vote {
    let mut vote = Vote::Punctuation;
    for (piece, gap) in pieces(word, is_letter_or_mark) {
        // Signs that text does not set against letters: `®`, `¶`, `×` inside a word.
        if !gap.chars().all(is_text_punctuation) {
            return Vote::Fails;
        }
        if piece.is_ascii() {
            continue;
        }
        if encoding == Encoding::Windows1252 {
            if !is_western(piece) {
                return Vote::Fails;
            }
            vote = Vote::Foreign;
            continue;
        }
        let valid = Syllable::parse(piece).is_some() && has_sound_case(piece, encoding);
        if !valid {
            return Vote::Fails;
        }
        vote = Vote::Reads;
    }
    vote
}

/// Letter runs of a word, each with the gap before it; the last may be empty.
fn pieces(word: &str, is_part: fn(char) -> bool) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = word;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let start = rest.find(is_part).unwrap_or(rest.len());
        let (gap, tail) = rest.split_at(start);
        let end = tail.find(|c| !is_part(c)).unwrap_or(tail.len());
        let (piece, tail) = tail.split_at(end);
        rest = tail;
        Some((piece, gap))
    })
}

fn is_text_punctuation(c: char) -> bool {
    c.is_ascii()
        || matches!(
            c,
            '“' | '”'
                | '‘'
                | '’'
                | '„'
                | '‚'
                | '…'
                | '–'
                | '—'
                | '•'
                | '«'
                | '»'
                | '‹'
                | '›'
                | '\u{A0}'
                | '\u{AD}'
                | '°'
                | '·'
                | '€'
                | '₫'
                | '™'
                | '²'
                | '³'
                | '½'
        )
}

/// A word as the languages of western Europe write it.
fn is_western(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, 'À'..='ÿ'))
        && has_plain_case(word)
}

fn has_sound_case(word: &str, encoding: Encoding) -> bool {
    if has_plain_case(word) {
        return true;
    }
    // Words typed in capitals for a capital font keep their marked letters small.
    encoding == Encoding::Tcvn3
        && word
            .chars()
            .filter_map(Letter::of)
            .all(|letter| letter.is_upper() || letter.tone() as u8 > 0)
}
