//! Where the credits of a paragraph stand.

use std::sync::LazyLock;

use memchr::{memchr, memchr_iter, memchr2_iter, memchr3};
use rustc_hash::FxHashSet;

use super::name::{Name, captioned_length, name_after};
use super::{is_boundary, is_tail};
use crate::page::line::{floor, is_blank};
use crate::page::word_hash::{is_mark, normalized, normalized_of};
use crate::text::letter::{is_alphabetic, is_alphanumeric};
use crate::vocabulary;

/// Phrases that open a credit, as normalized words.
pub(super) static CREDIT_LABELS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| vocabulary::CREDIT_LABELS.phrases().collect());

/// The last words of these phrases.
static LAST_LABEL_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    CREDIT_LABELS.iter().map(|label| label.rsplit(' ').next().unwrap_or(label)).collect()
});

/// The letters without marks in which they end.
static LAST_LETTERS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut letters: Vec<u8> =
        LAST_LABEL_WORDS.iter().filter_map(|word| word.bytes().next_back()).collect();
    letters.sort_unstable();
    letters.dedup();
    letters
});

/// A credit inside a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Credit {
    /// Where the credit begins, with its bracket or dash.
    pub(super) start: usize,
    /// Where the name in it ends, with the mark that closes it.
    pub(super) end: usize,
    pub(super) closes: Closes,
}

/// What a credit closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closes {
    /// The caption before it.
    Caption,
    /// The caption before it, of a picture that illustrates a story.
    Illustration,
    /// The caption that it holds itself: `Ảnh: Cầu phao đã nối lại (AFP)`.
    Itself,
    /// The text: `Nguồn: Sở Y tế`.
    Text,
}

/// Places where a credit may stand: a colon, a bracket, or `Ảnh minh họa`.
fn candidates(paragraph: &str, labels: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut out: Vec<usize> = memchr2_iter(b':', b'(', paragraph.as_bytes()).collect();
    // Credits without colon at the end of a line: `… - Ảnh AFP`.
    if let Some(at) = last_segment(paragraph) {
        out.push(at);
    }
    out.extend(labels.map(|at| word_start(paragraph, at)));
    out.sort_unstable();
    out.dedup();
    out
}

/// Start of the word around a byte.
fn word_start(paragraph: &str, at: usize) -> usize {
    paragraph[..at]
        .rfind(|c: char| !is_alphanumeric(c) && !is_mark(c))
        .map_or(0, |before| before + paragraph[before..].chars().next().map_or(1, char::len_utf8))
}

/// Whether `ảnh` may stand in a piece of text: an `a` with a hook, or a hook that stands apart.
fn has_hooked_a(bytes: &[u8]) -> bool {
    // `ả` and `Ả` are E1 BA A3 and E1 BA A2, the hook CC 89.
    let mut composed = memchr_iter(0xBA, bytes).filter_map(|at| bytes.get(at + 1));
    composed.any(|last| matches!(last, 0xA2 | 0xA3)) || memchr(0xCC, bytes).is_some()
}

/// Start of a short last piece after a stop or dash.
fn last_segment(paragraph: &str) -> Option<usize> {
    let from = floor(paragraph, paragraph.len().saturating_sub(90));
    let tail = &paragraph[from..];
    // `Ảnh`, `Nguồn ảnh`, `Hình ảnh`; most paragraphs have none of them near their end.
    let bytes = tail.as_bytes();
    let has_capital = memchr3(b'A', b'N', b'H', bytes).is_some() || memchr(0xA2, bytes).is_some();
    if !has_capital || !has_hooked_a(bytes) {
        return None;
    }
    let open = tail.trim_end_matches(|c: char| !is_alphanumeric(c));
    let at = open.rfind(['.', '-', '–', '—', '|', '!', '?', '”', '"', ';'])?;
    let mark = open[at..].chars().next()?;
    let after = &open[at + mark.len_utf8()..];
    let word = after.trim_start_matches(is_blank);
    // `Ảnh`, `Nguồn ảnh`, `Hình ảnh`; A before a combining mark.
    matches!(word.chars().next()?, 'Ả' | 'A' | 'N' | 'H')
        .then(|| from + at + mark.len_utf8() + (after.len() - word.len()))
}

/// The credits of a paragraph, from left to right.
pub(super) struct Credits<'a> {
    paragraph: &'a str,
    candidates: Vec<usize>,
    next: usize,
}

impl<'a> Credits<'a> {
    /// `labels` are places inside of labels that need no colon.
    pub(super) fn new(paragraph: &'a str, labels: impl Iterator<Item = usize>) -> Self {
        Self { paragraph, candidates: candidates(paragraph, labels), next: 0 }
    }

    /// The first credit that begins at `done` or behind.
    pub(super) fn next_after(&mut self, done: usize, scratch: &mut String) -> Option<Credit> {
        while let Some(&at) = self.candidates.get(self.next) {
            self.next += 1;
            if at < done {
                continue;
            }
            let found = match self.paragraph.as_bytes()[at] {
                b':' => self.after_colon(done, at, scratch),
                b'(' => self.in_brackets(at, scratch),
                _ => self.without_colon(done, at, scratch),
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// `(Ảnh: AFP)`, `(Ảnh AFP)`, `(Ảnh minh họa)`.
    fn in_brackets(&self, open: usize, scratch: &mut String) -> Option<Credit> {
        let window_end = floor(self.paragraph, (open + 140).min(self.paragraph.len()));
        let inside = &self.paragraph[open + 1..window_end];
        let close = inside.find(')')?;
        let inside = &inside[..close];
        if !inside.chars().find(|&c| is_alphanumeric(c)).is_some_and(begins_tag) {
            return None;
        }
        normalized(inside, scratch);
        let tag = opening_label(scratch)?;
        let rest = scratch[tag.len()..].trim_start();
        // `(ảnh trên)` or `(video dài 5 phút)` point at something; a credit
        // has a colon, a name in capital, or nothing after the tag.
        // `(ảnh do công an xã cung cấp)`
        let is_given = || scratch.ends_with(" cung cấp");
        let is_credit = inside.contains(':')
            || tag == "ảnh" && is_given()
            || (tag.starts_with("ảnh") || tag.starts_with("nguồn") || tag.contains("minh h"))
                && (rest.is_empty() && tag != "ảnh" && tag != "nguồn"
                    || last_word_is_capital(inside) && rest.split(' ').count() <= 6);
        let end = open + 1 + close + 1;
        let end = end + stop_after(&self.paragraph[end..]);
        let closes = if tag.contains("minh") { Closes::Illustration } else { Closes::Caption };
        (is_credit && is_boundary(&self.paragraph[end..])).then_some(Credit {
            start: open,
            end,
            closes,
        })
    }

    /// `Ảnh: AFP`, `- Ảnh: AFP`.
    fn after_colon(&self, done: usize, colon: usize, scratch: &mut String) -> Option<Credit> {
        let before = self.paragraph[done..colon].trim_end_matches(is_blank);
        let window = &before[floor(before, before.len().saturating_sub(60))..];
        let (tag, word_start) = closing_label(window, scratch)?;
        let start = done + before.len() - window.len() + word_start;
        let first = self.paragraph[start..].chars().next()?;
        let lead = self.paragraph[done..start].trim_end_matches(is_blank);
        let dashed = lead.ends_with(['-', '–', '—', '|', '/', '*']);
        if !first.is_uppercase() && !dashed && !lead.is_empty() {
            return None;
        }
        // `Nguồn: …` alone in its line names the source of the text.
        if tag == "nguồn" && lead.is_empty() {
            return None;
        }
        // `Bài và ảnh: …` names the author.
        let joined = lead.chars().next_back().is_some_and(|c| c == ',' || c == '&');
        if joined || opens_with_article(window[..word_start].trim_end_matches(is_blank)) {
            return None;
        }
        let rest = &self.paragraph[colon + 1..];
        let name = match captioned_length(rest) {
            Some(length) => Name { length, is_closed: true, is_caption: true },
            None => name_after(rest, scratch)?,
        };
        let end = colon + 1 + name.length;
        let at_edge = is_tail(&self.paragraph[end..]);
        let is_picture = tag.starts_with("ảnh") || tag.contains("ảnh");
        // Other tags are common words; they need the end of the paragraph, or
        // a stop after the name.
        if !is_picture && !at_edge && !name.is_closed {
            return None;
        }
        // A sentence may close with `nguồn: …` only after its stop or a dash.
        let stopped =
            lead.is_empty() || dashed || lead.ends_with(['.', '!', '?', '…', '”', '"', ')', '’']);
        // So may a label with the caption behind it, in a line of its own.
        let is_apart = done + lead.len() == start;
        if !is_picture && !stopped || name.is_caption && !(stopped && (is_apart || dashed)) {
            return None;
        }
        // `… sau trận lụt.Nguồn: Sở Y tế`: the source of the text, in a line of its own. At the end
        // it is a signature.
        let is_source = tag == "nguồn" && !dashed && is_apart;
        if is_source && at_edge {
            return None;
        }
        let start = if dashed {
            done + lead.len() - lead.chars().next_back().map_or(0, char::len_utf8)
        } else {
            start
        };
        let closes = match tag {
            _ if name.is_caption => Closes::Itself,
            _ if is_source => Closes::Text,
            _ if tag.contains("minh") => Closes::Illustration,
            _ => Closes::Caption,
        };
        Some(Credit { start, end, closes })
    }

    /// Where `Ảnh minh họa` ends, with the source that it may name: `: Tư liệu`, `/ Internet`,
    /// `(nguồn kho.example.vn)`, `. Nguồn: Internet`.
    fn illustration_end(&self, at: usize, scratch: &mut String) -> usize {
        let words = self.paragraph[at..].split_inclusive(is_blank);
        let third = at + words.take(2).map(str::len).sum::<usize>();
        // The next sentence may be glued to the label.
        let word = &self.paragraph[third..];
        let end =
            third + word.find(|c: char| !c.is_lowercase() && !is_mark(c)).unwrap_or(word.len());
        let rest = &self.paragraph[end..];
        let after = rest.trim_start_matches(is_blank);
        let behind_stop = after.strip_prefix('.').unwrap_or(after).trim_start_matches(is_blank);
        if behind_stop.starts_with('(') {
            let open = self.paragraph.len() - behind_stop.len();
            if let Some(credit) = self.in_brackets(open, scratch) {
                return credit.end;
            }
        }
        let name =
            behind_stop.strip_prefix("Nguồn:").or_else(|| after.strip_prefix([':', '/', '-', '–']));
        if let Some(name) = name
            && let Some(found) = name_after(name, scratch).filter(|found| !found.is_caption)
        {
            return self.paragraph.len() - name.len() + found.length;
        }
        let end = end + rest.len() - rest.trim_start_matches([')', ':']).len();
        end + stop_after(&self.paragraph[end..])
    }

    /// `… - Ảnh AFP` at the end, or `Ảnh minh họa.` as a sentence.
    fn without_colon(&self, done: usize, at: usize, scratch: &mut String) -> Option<Credit> {
        let rest = &self.paragraph[at..];
        let window = &rest[..floor(rest, rest.len().min(90))];
        normalized(window, scratch);
        if scratch.starts_with("ảnh minh họa") || scratch.starts_with("ảnh minh hoạ") {
            let end = self.illustration_end(at, scratch);
            return is_boundary(&self.paragraph[end..]).then_some(Credit {
                start: at,
                end,
                closes: Closes::Illustration,
            });
        }
        let words = scratch.split(' ').count();
        let tag = opening_label(scratch)?;
        let is_name = (2..=6).contains(&words)
            && tag.contains("ảnh")
            && !rest.contains(':')
            && last_word_is_capital(rest);
        let mut second = rest.split(is_blank).skip(tag.split(' ').count());
        let capital = second.next().and_then(|w| w.chars().next()).is_some_and(char::is_uppercase);
        let lead = self.paragraph[done..at].trim_end_matches(is_blank);
        if !(is_name && capital && rest.len() <= 90 && self.paragraph.len() <= 600) {
            return self.before_text(lead, at, scratch);
        }
        Some(Credit {
            start: done + lead.trim_end_matches(['-', '–', '—', '|']).len(),
            end: self.paragraph.len(),
            closes: Closes::Caption,
        })
    }

    /// `… bão tan. Ảnh AFPTheo xã, …`: without colon, inside of a paragraph, where a name ends for sure.
    fn before_text(&self, lead: &str, at: usize, scratch: &mut String) -> Option<Credit> {
        let rest = self.paragraph[at..].strip_prefix("Ảnh ")?;
        if !(lead.is_empty() || lead.ends_with(['.', '!', '?', '…', '”', '"', ')', '-', '–']))
        {
            return None;
        }
        let name = name_after(rest, scratch)?;
        let end = self.paragraph.len() - rest.len() + name.length;
        let words = rest[..name.length].split(is_blank).count();
        let is_name = name.is_closed && !name.is_caption && words <= 4;
        let goes_on = name.length < rest.len() && is_boundary(&self.paragraph[end..]);
        // `Ảnh chỉ có tính chất minh họa.`
        let illustrates = rest[..name.length].contains(" minh h");
        let is_credit = illustrates || rest.starts_with(char::is_uppercase) && is_name;
        let closes = if illustrates { Closes::Illustration } else { Closes::Caption };
        (is_credit && goes_on).then_some(Credit { start: at, end, closes })
    }
}

/// Whether a tag begins with this letter; `a` may have its hook behind.
pub(super) fn begins_tag(letter: char) -> bool {
    matches!(
        letter,
        'ả' | 'Ả'
            | 'a'
            | 'A'
            | 'n'
            | 'N'
            | 'h'
            | 'H'
            | 'm'
            | 'M'
            | 'đ'
            | 'Đ'
            | 'ð'
            | 'Ð'
            | 'i'
            | 'I'
            | 'p'
            | 'P'
            | 'c'
            | 'C'
            | 'v'
            | 'V'
    )
}

fn opening_label(key: &str) -> Option<&'static str> {
    CREDIT_LABELS.iter().copied().find(|tag| {
        key.strip_prefix(tag).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// The tag at the end of a piece and where its first word begins.
fn closing_label(window: &str, scratch: &mut String) -> Option<(&'static str, usize)> {
    let last = window.chars().next_back()?;
    if !is_alphabetic(last) && !is_mark(last) {
        return None;
    }
    // Most words before a colon end in another letter than the last words of labels do.
    if last.is_ascii() && !LAST_LETTERS.contains(&(last.to_ascii_lowercase() as u8)) {
        return None;
    }
    let mut best = None;
    let mut starts = window.char_indices().rev().peekable();
    let mut words = 0;
    while let Some((at, c)) = starts.next() {
        let opens =
            starts.peek().is_none_or(|&(_, before)| !is_alphanumeric(before) && !is_mark(before));
        if !opens || !is_alphanumeric(c) {
            continue;
        }
        words += 1;
        normalized(&window[at..], scratch);
        // Most words before a colon close no tag.
        if words == 1 && !LAST_LABEL_WORDS.contains(scratch.as_str()) {
            return None;
        }
        if let Some(tag) = CREDIT_LABELS.iter().copied().find(|tag| *tag == scratch.as_str()) {
            best = Some((tag, at));
        }
        if words == 4 {
            break;
        }
    }
    best
}

fn opens_with_article(lead: &str) -> bool {
    let mut words = lead.split(is_blank).rev();
    let last = words.next().unwrap_or("");
    matches!(normalized_of(last).as_str(), "và" | "bài" | "tin") || last.ends_with(',')
}

fn last_word_is_capital(piece: &str) -> bool {
    let word =
        piece.trim_end_matches(|c: char| !is_alphanumeric(c)).rsplit(is_blank).next().unwrap_or("");
    word.chars().next().is_some_and(char::is_uppercase) || word.contains('.')
}

fn stop_after(rest: &str) -> usize {
    if rest.starts_with("./.") {
        3
    } else {
        usize::from(rest.starts_with('.') && !rest.starts_with(".."))
    }
}
