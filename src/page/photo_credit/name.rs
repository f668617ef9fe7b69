//! Where the name of a credit ends.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{AGENCIES, is_boundary};
use crate::page::byline::is_acronym;
use crate::page::glue::glue_point;
use crate::page::line::{floor, is_blank};
use crate::page::word_hash::{normalized, normalized_of};
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

/// The length of the name after a credit's colon, and whether a mark closes it.
pub(super) fn name_length(rest: &str, scratch: &mut String) -> Option<(usize, bool)> {
    let lead = rest.len() - rest.trim_start_matches(is_blank).len();
    let window = &rest[..floor(rest, rest.len().min(lead + 120))];
    let whole =
        rest.len() <= lead + 80 && rest.split(is_blank).filter(|w| !w.is_empty()).count() <= 9;
    let mut tokens = Tokens { text: window, at: lead };
    let (mut end, mut count) = (lead, 0);
    let mut previous_end = lead;
    while let Some((from, to)) = tokens.next() {
        let token = &window[from..to];
        // `TTXVN.Tổng bí thư`: glued to the next sentence.
        if let Some(cut) = glued_stop(token)
            .or_else(|| glue_point(token))
            .or_else(|| glued_start(token))
            .or_else(|| glued_quote(token))
            .or_else(|| glued_initials(token))
        {
            return Some((from + cut, true));
        }
        let first = token.chars().next()?;
        if count > 0 && !whole && first.is_uppercase() {
            normalized(token, scratch);
            if SENTENCE_STARTERS.contains(scratch.as_str()) {
                return Some((end, false));
            }
        }
        if first.is_lowercase() && count > 0 && !whole {
            // The capital before it began the next sentence, unless it is the
            // whole name.
            let ends = if count >= 2 { previous_end } else { end };
            return is_boundary(&rest[ends..]).then_some((ends, false)).or(Some((end, false)));
        }
        count += 1;
        previous_end = end;
        end = to;
        if token.ends_with('.') && !is_initial(token) || token.ends_with([';', ')', ']']) {
            return Some((end, true));
        }
        normalized(&window[lead..to], scratch);
        let next = window[to..].trim_start_matches(is_blank);
        if !whole
            && AGENCIES.contains(scratch.as_str())
            && !next.starts_with("Images")
            && !next.starts_with(['/', '-', '–'])
        {
            return Some((end, false));
        }
        if count >= 9 {
            break;
        }
    }
    if whole {
        return Some((rest.len(), true));
    }
    // A long run of capitals: no telling where the name ends.
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

/// Where an opening quote touches the name before it: `TTXVN“Tôi`.
fn glued_quote(token: &str) -> Option<usize> {
    token.find('“').filter(|&at| token[..at].ends_with(is_alphanumeric))
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
