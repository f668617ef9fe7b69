//! Where the name of a credit ends.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{AGENCIES, is_boundary};
use crate::page::byline::is_acronym;
use crate::page::glue::glue_point;
use crate::page::line::{floor, is_blank};
use crate::page::word_hash::{normalized, normalized_of};
use crate::text::glued;
use crate::text::letter::{is_alphabetic, is_alphanumeric};
use crate::text::syllable::Syllable;
use crate::token::abbreviation::is_top_level_domain;
use crate::vocabulary;

/// Words that, in capital, open a sentence rather than go on with a name.
static SENTENCE_STARTERS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| vocabulary::SENTENCE_STARTERS.words().collect());

/// The length of a caption behind a colon that closes with its agency in brackets: `Cầu phao đã nối
/// lại (AFP)`.
pub(super) fn captioned_length(rest: &str) -> Option<usize> {
    let window = &rest[..floor(rest, rest.len().min(160))];
    let mut words = window.split(is_blank).filter(|word| !word.is_empty());
    let is_sentence = words.next()?.starts_with(char::is_uppercase)
        && words.next()?.starts_with(char::is_lowercase);
    let open = memchr::memchr(b'(', window.as_bytes()).filter(|_| is_sentence)?;
    let inside = window[open + 1..].split_once(')')?.0;
    let end = open + 1 + inside.len() + 1;
    let is_agency = inside
        .split(['-', '/', ',', ' '])
        .filter(|part| !part.is_empty())
        .all(|part| is_acronym(part) || AGENCIES.contains(normalized_of(part).as_str()));
    let goes_on = !window[..open].contains(['.', '!', '?', ':']);
    (is_agency && !inside.is_empty() && goes_on && is_boundary(&rest[end..])).then_some(end)
}

/// What follows the colon of a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    /// Bytes from the colon to its end.
    pub(super) length: usize,
    /// Whether a mark closes it.
    pub(super) is_closed: bool,
    /// Whether it is a whole caption: `Ảnh: Một nhịp cầu được lắp vào sáng qua.`
    pub(super) is_caption: bool,
}

impl Name {
    const fn open(length: usize) -> Self {
        Self { length, is_closed: false, is_caption: false }
    }

    const fn closed(length: usize) -> Self {
        Self { length, is_closed: true, is_caption: false }
    }
}

/// The name after a credit's colon.
pub(super) fn name_after(rest: &str, scratch: &mut String) -> Option<Name> {
    let lead = rest.len() - rest.trim_start_matches(is_blank).len();
    let window = &rest[..floor(rest, rest.len().min(lead + 120))];
    let whole =
        rest.len() <= lead + 80 && rest.split(is_blank).filter(|w| !w.is_empty()).count() <= 9;
    let mut tokens = Tokens { text: window, at: lead };
    let (mut end, mut count) = (lead, 0);
    let (mut last, mut previous_end) = (lead, lead);
    while let Some((from, to)) = tokens.next() {
        let token = &window[from..to];
        // `TTXVN.Tổng bí thư`: glued to the next sentence.
        if let Some(cut) = glued_end(token) {
            return Some(Name::closed(from + cut));
        }
        let first = token.chars().next()?;
        if count > 0 && !whole && first.is_uppercase() {
            normalized(token, scratch);
            if SENTENCE_STARTERS.contains(scratch.as_str()) {
                return Some(Name::open(end));
            }
        }
        if first.is_lowercase() && count > 0 && !whole {
            if let Some(cut) = sentence_start(&window[last..end]).filter(|_| token != "cung") {
                return Some(Name::closed(last + cut));
            }
            if count == 1 {
                return phrase_after(rest, lead);
            }
            // The capital before it began the next sentence, unless it is the
            // whole name.
            let ends = if is_boundary(&rest[previous_end..]) { previous_end } else { end };
            return Some(Name::open(ends));
        }
        count += 1;
        previous_end = end;
        (last, end) = (from, to);
        if token.ends_with('.') && !is_initial(token) || token.ends_with([';', ')', ']']) {
            return Some(Name::closed(end));
        }
        normalized(&window[lead..to], scratch);
        let next = window[to..].trim_start_matches(is_blank);
        if !whole
            && AGENCIES.contains(scratch.as_str())
            && !next.starts_with("Images")
            && !next.starts_with(['/', '-', '–'])
        {
            return Some(Name::open(end));
        }
        if count >= 9 {
            break;
        }
    }
    // A long run of capitals: no telling where the name ends.
    whole.then(|| Name::closed(rest.len()))
}

/// The name or the caption that goes on in small letters: `Cơ quan công an cung cấp`, `chụp lại màn
/// hình`; `Một nhịp cầu được lắp vào sáng qua.` It ends where the next sentence is glued to it; a
/// caption, or a name that says who gave the picture, also at its stop.
fn phrase_after(rest: &str, lead: usize) -> Option<Name> {
    /// Longer phrases are captions. In words.
    const LONGEST_NAME: usize = 6;
    /// The longest caption, in bytes.
    const LONGEST: usize = 300;
    let window = &rest[..floor(rest, rest.len().min(lead + LONGEST))];
    let mut tokens = Tokens { text: window, at: lead };
    let mut before = "";
    let mut count = 0;
    while let Some((from, to)) = tokens.next() {
        let token = &window[from..to];
        count += 1;
        let cut = glued_end(token);
        let word = &token[..cut.unwrap_or(token.len())];
        let is_given = before == "cung" && word.trim_end_matches(['.', ')']) == "cấp";
        let is_stop = word.ends_with(['.', '!', '?']) && !is_initial(word);
        if cut.is_some() || is_stop || is_given {
            let is_name = is_given || count <= LONGEST_NAME && cut.is_some();
            let opens_sentence = rest[lead..].starts_with(char::is_uppercase);
            return (is_name || count > LONGEST_NAME && opens_sentence).then_some(Name {
                length: from + word.len(),
                is_closed: true,
                is_caption: !is_name,
            });
        }
        before = token;
    }
    None
}

struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl Tokens<'_> {
    fn next(&mut self) -> Option<(usize, usize)> {
        let rest = &self.text[self.at..];
        let word = rest.trim_start_matches(is_blank);
        if word.is_empty() {
            return None;
        }
        let from = self.at + rest.len() - word.len();
        let to = from + word.find(is_blank).unwrap_or(word.len());
        self.at = to;
        Some((from, to))
    }
}

/// Where the next sentence is glued to a word of a name, by the looks of the word alone.
fn glued_end(token: &str) -> Option<usize> {
    glued_stop(token)
        .or_else(|| glued_agency(token))
        .or_else(|| glue_point(token))
        .or_else(|| glued_start(token))
        .or_else(|| glued_quote(token))
        .or_else(|| glued_initials(token))
}

/// Where the next sentence begins in the last word of a name, if a word in small letters follows:
/// `ReutersCảnh sát`, `KBSScandal không`, `D.Hải.Nằm điều trị`, `H.QỞ ngày đầu`, `AFPLAR là`.
fn sentence_start(token: &str) -> Option<usize> {
    let single = || {
        let (at, letter) = token.char_indices().next_back()?;
        let is_word = letter.is_uppercase() && !letter.is_ascii();
        (is_word && token[..at].ends_with(is_alphanumeric)).then_some(at)
    };
    let agency =
        || agency_end(token, |rest| rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    // `Ảnh: MINH THU17 năm chờ đợi`
    let number = || {
        let name = token.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_name = name.len() > 2 && Syllable::parse(name).is_some();
        (name.len() < token.len() && is_name).then_some(name.len())
    };
    last_point(token).or_else(single).or_else(agency).or_else(number)
}

/// The last place inside of a word where a capital follows a small letter or a stop, or where the
/// last of several capitals begins a word.
fn last_point(token: &str) -> Option<usize> {
    let stop = token
        .rfind('.')
        .map(|at| at + 1)
        .filter(|&at| at > 2 && token[at..].chars().next().is_some_and(char::is_uppercase))
        .filter(|&at| token[at..].chars().nth(1).is_some_and(char::is_lowercase));
    glued::points(token).last().max(stop)
}

/// The length up to and with a stop that a capital follows at once.
fn glued_stop(token: &str) -> Option<usize> {
    let at = token.find('.')?;
    let mut after = token[at + 1..].chars();
    let capital = after.next().is_some_and(char::is_uppercase);
    let small = after.next().is_some_and(char::is_lowercase);
    // `Minh Tuấn.HLV Hoàng Văn`, but not `Zing.VN`.
    let acronym = || {
        let word = token[at + 1..].trim_end_matches(|c: char| !is_alphanumeric(c));
        token[..at].ends_with(char::is_lowercase)
            && is_acronym(word)
            && !is_top_level_domain(&word.to_ascii_lowercase())
    };
    (at > 1 && capital && (small || acronym())).then_some(at + 1)
}

/// Where a word is glued to the initials of a name: `T.GCông`, `D.Đ.MĐiều`.
fn glued_initials(token: &str) -> Option<usize> {
    let mut last = token.rfind('.')? + 1;
    let is_initials = token[..last].split_terminator('.').all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    });
    let mut letters = token[last..].chars();
    let (initial, first) = (letters.next()?, letters.next()?);
    last += initial.len_utf8();
    let word = token[last..].trim_end_matches(|c: char| !is_alphabetic(c));
    let is_word = first.is_uppercase() && letters.next().is_some_and(char::is_lowercase);
    (is_initials && initial.is_uppercase() && is_word && Syllable::parse(word).is_some())
        .then_some(last)
}

/// Where an opening quote touches the name before it: `TTXVN“Tôi`, `VIR.“Thở`, `RIA"Việc`.
fn glued_quote(token: &str) -> Option<usize> {
    token.char_indices().find_map(|(at, c)| {
        let opens = c == '“' || c == '"' && token[at + 1..].starts_with(char::is_uppercase);
        (opens && token[..at].ends_with(|c| is_alphanumeric(c) || c == '.')).then_some(at)
    })
}

/// Where a capitalized word touches an agency of three capitals or more: `AFPLiberty`.
fn glued_agency(token: &str) -> Option<usize> {
    let opens = |rest: &str| {
        let mut letters = rest.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
            && !rest.starts_with("News")
    };
    agency_end(token, opens).filter(|&at| at > 2 && token[..at].chars().all(|c| !c.is_lowercase()))
}

/// Where the longest agency at the beginning of a word, or behind its last stroke, ends if the rest is
/// one that `opens` a sentence.
fn agency_end(token: &str, opens: impl Fn(&str) -> bool) -> Option<usize> {
    let from = token.rfind('/').map_or(0, |at| at + 1);
    let ends = token[from..].char_indices().map(|(at, _)| from + at).rev();
    let is_agency = |at: usize| AGENCIES.contains(token[from..at].to_lowercase().as_str());
    ends.take_while(|&at| at > from + 1).find(|&at| opens(&token[at..]) && is_agency(at))
}

/// Where a word that opens sentences is glued to a name: `thanhnien.example.vnTheo`, `FBNVĐược`.
fn glued_start(token: &str) -> Option<usize> {
    let letters = token.trim_end_matches(|c: char| !is_alphabetic(c));
    let at = letters
        .char_indices()
        .rev()
        .find(|&(_, c)| c.is_uppercase())
        .map(|(at, _)| at)
        .filter(|&at| at > 0 && letters[..at].ends_with(is_alphabetic))?;
    let word = letters[at..].to_lowercase();
    (word.chars().count() >= 2 && SENTENCE_STARTERS.contains(word.as_str())).then_some(at)
}

fn is_initial(token: &str) -> bool {
    token.trim_end_matches('.').chars().filter(|&c| is_alphanumeric(c)).count() <= 1
}
