//! Credits of pictures and videos (`Ảnh: Reuters`) and the captions before them.

pub(super) mod caption;
mod name;

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use memchr::{memchr_iter, memchr2_iter, memchr3};
use rustc_hash::FxHashSet;

use super::line::{floor, is_blank, trimmed};
use super::word_hash::{is_mark, normalized, normalized_of};
use crate::text::letter::{is_alphabetic, is_alphanumeric};
use crate::vocabulary;
use caption::caption_start;
use name::{captioned_length, name_length};

/// Phrases that open a credit, as normalized words.
static CREDIT_LABELS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| vocabulary::CREDIT_LABELS.phrases().collect());

/// The last words of these phrases.
static LAST_LABEL_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    CREDIT_LABELS.iter().map(|label| label.rsplit(' ').next().unwrap_or(label)).collect()
});

/// Makers of pictures that a credit may name without a mark after it.
static AGENCIES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| vocabulary::AGENCIES.phrases().collect());

/// A credit inside a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Credit {
    /// Where the credit begins, with its bracket or dash.
    pub(super) start: usize,
    /// Where the name in it ends, with the mark that closes it.
    pub(super) end: usize,
    /// Whether it holds the caption itself: `Ảnh: Cầu phao đã nối lại (AFP)`.
    holds_caption: bool,
}

/// A run of a paragraph: a caption or text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_caption: bool,
    /// A caption that is its credit and nothing else.
    pub(super) is_bare: bool,
    /// The author, agency or source at the end of a paragraph.
    pub(super) is_signature: bool,
}

/// Cuts the captions out of a paragraph.
///
/// Without a credit the paragraph comes back as it is. The caption is the
/// credit with the sentence before it; in text whose paragraphs have been
/// glued together it reaches back to where they were glued. With
/// `credits_only` the sentence stays text.
/// `illustrations` are those of the whole text.
pub(super) fn pieces(
    text: &str,
    span: Range<usize>,
    credits_only: bool,
    illustrations: &[usize],
    out: &mut Vec<Piece>,
) {
    let start = span.start;
    let from = illustrations.partition_point(|&at| at < start);
    let own = illustrations[from..].iter().map(|&at| at - start);
    let paragraph = &text[span];
    let candidates = candidates(paragraph, own.take_while(|&at| at < paragraph.len()));
    let mut done = 0;
    let mut scratch = String::new();
    let mut emit = |from: usize, to: usize, is_caption: bool, is_bare: bool| {
        let (from, to) = trimmed(text, start + from, start + to);
        if from == to {
            return;
        }
        if let Some(last) = out.last_mut()
            && last.start >= start
            && last.is_caption
            && is_caption
        {
            last.end = to;
            last.is_bare &= is_bare;
        } else {
            out.push(Piece { start: from, end: to, is_caption, is_bare, is_signature: false });
        }
    };
    let mut credits = Credits { paragraph, candidates, next: 0 };
    while let Some(credit) = credits.next_after(done, &mut scratch) {
        let from = if credits_only || credit.holds_caption {
            credit.start
        } else {
            caption_start(paragraph, done, credit.start)
        };
        let reaches_end = is_tail(&paragraph[credit.end..]);
        let to = if reaches_end { paragraph.len() } else { credit.end };
        emit(done, from, false, false);
        emit(from, to, true, from == credit.start && !credit.holds_caption);
        done = to;
    }
    emit(done, paragraph.len(), false, false);
}

fn is_tail(rest: &str) -> bool {
    rest.chars().all(|c| !is_alphanumeric(c))
}

/// Places inside of the words `Ảnh minh họa` in a text.
pub(super) fn illustrations(text: &str) -> Vec<usize> {
    static ILLUSTRATION: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("nh minh h"));
    ILLUSTRATION.find_iter(text.as_bytes()).collect()
}

/// Places where a credit may stand: a colon, a bracket, or `Ảnh minh họa`.
fn candidates(paragraph: &str, illustrations: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut out: Vec<usize> = memchr2_iter(b':', b'(', paragraph.as_bytes()).collect();
    // Credits without colon at the end of a line: `… - Ảnh AFP`.
    if let Some(at) = last_segment(paragraph) {
        out.push(at);
    }
    out.extend(illustrations.map(|at| word_start(paragraph, at)));
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

/// The bytes of `Ả`.
const HOOKED_A: [u8; 3] = [0xE1, 0xBA, 0xA2];

/// Start of a short last piece after a stop or dash.
fn last_segment(paragraph: &str) -> Option<usize> {
    let from = floor(paragraph, paragraph.len().saturating_sub(90));
    let tail = &paragraph[from..];
    // Most paragraphs have none of the letters below near their end.
    let bytes = tail.as_bytes();
    let has_hooked = || memchr_iter(HOOKED_A[2], bytes).any(|at| bytes[..=at].ends_with(&HOOKED_A));
    if memchr3(b'A', b'N', b'H', bytes).is_none() && !has_hooked() {
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

struct Credits<'a> {
    paragraph: &'a str,
    candidates: Vec<usize>,
    next: usize,
}

impl Credits<'_> {
    fn next_after(&mut self, done: usize, scratch: &mut String) -> Option<Credit> {
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
        let is_credit = inside.contains(':')
            || (tag.starts_with("ảnh") || tag.starts_with("nguồn") || tag.contains("minh h"))
                && (rest.is_empty() && tag != "ảnh" && tag != "nguồn"
                    || last_word_is_capital(inside) && rest.split(' ').count() <= 6);
        let end = open + 1 + close + 1;
        let end = end + stop_after(&self.paragraph[end..]);
        (is_credit && is_boundary(&self.paragraph[end..])).then_some(Credit {
            start: open,
            end,
            holds_caption: false,
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
        let captioned = captioned_length(rest);
        let (length, closed) = match captioned {
            Some(length) => (length, true),
            None => name_length(rest, scratch)?,
        };
        let end = colon + 1 + length;
        let at_edge = is_tail(&self.paragraph[end..]);
        let is_picture = tag.starts_with("ảnh") || tag.contains("ảnh");
        // Other tags are common words; they need the end of the paragraph, or
        // a stop after the name.
        if !is_picture && !at_edge && !closed {
            return None;
        }
        // A sentence may close with `nguồn: …` only after its stop or a dash.
        let stopped =
            lead.is_empty() || dashed || lead.ends_with(['.', '!', '?', '…', '”', '"', ')', '’']);
        if !is_picture && !stopped {
            return None;
        }
        let start = if dashed {
            done + lead.len() - lead.chars().next_back().map_or(0, char::len_utf8)
        } else {
            start
        };
        Some(Credit { start, end, holds_caption: captioned.is_some() })
    }

    /// `… - Ảnh AFP` at the end, or `Ảnh minh họa.` as a sentence.
    fn without_colon(&self, done: usize, at: usize, scratch: &mut String) -> Option<Credit> {
        let rest = &self.paragraph[at..];
        let window = &rest[..floor(rest, rest.len().min(90))];
        normalized(window, scratch);
        if scratch.starts_with("ảnh minh họa") || scratch.starts_with("ảnh minh hoạ") {
            let length = window
                .char_indices()
                .filter(|(_, c)| *c == ' ')
                .nth(2)
                .map_or(window.len(), |(i, _)| i);
            let end = at + window[..length].trim_end_matches(is_blank).len();
            let end = end + stop_after(&self.paragraph[end..]);
            return is_boundary(&self.paragraph[end..]).then_some(Credit {
                start: at,
                end,
                holds_caption: false,
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
        if !(is_name && capital && rest.len() <= 90 && self.paragraph.len() <= 600) {
            return None;
        }
        let lead = self.paragraph[done..at].trim_end_matches(is_blank);
        Some(Credit {
            start: done + lead.trim_end_matches(['-', '–', '—', '|']).len(),
            end: self.paragraph.len(),
            holds_caption: false,
        })
    }
}

/// Whether a tag begins with this letter; `a` may have its hook behind.
fn begins_tag(letter: char) -> bool {
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

/// Whether new text may begin here: the end, or a capital, digit or quote.
fn is_boundary(rest: &str) -> bool {
    rest.trim_start_matches(is_blank).chars().next().is_none_or(|c| {
        c.is_uppercase()
            || c.is_numeric()
            || matches!(c, '“' | '"' | '‘' | '(' | '[' | '-' | '–' | '*' | '>' | '.' | '•')
    })
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn cut(text: &str) -> Vec<(&str, bool)> {
        let mut out = Vec::new();
        pieces(text, 0..text.len(), false, &illustrations(text), &mut out);
        out.iter().map(|p| (&text[p.start..p.end], p.is_caption)).collect()
    }

    #[test]
    fn every_tag_begins_with_a_letter_that_is_looked_for() {
        for tag in CREDIT_LABELS.iter() {
            let decomposed: String = tag.nfd().collect();
            for form in [(*tag).to_owned(), tag.to_uppercase(), decomposed] {
                assert!(form.chars().next().is_some_and(begins_tag), "{form}");
                let text = format!("Cầu mới. ({form}: AFP)");
                assert!(cut(&text).last().is_some_and(|piece| piece.1), "{form}");
            }
        }
    }

    #[test]
    fn a_paragraph_without_credit_stays_whole() {
        for text in [
            "Ông nói: \"Anh: đối thủ mạnh\".",
            "Chị Hoa (ảnh: NVCC) cho biết đã chờ từ sáng sớm để mua được vé.",
            "Có ba nguồn: gió, nước và mặt trời.",
            "Bài và ảnh: Thu Hà",
            "Xem hình (trang 5) để biết thêm.",
        ] {
            assert_eq!(cut(text), [(text, false)], "{text}");
        }
    }

    #[test]
    fn a_caption_line_is_a_caption() {
        for text in [
            "Cầu mới bắc qua sông Đà. Ảnh: Reuters",
            "Cầu mới bắc qua sông Đà. (Ảnh: THU HÀ)",
            "Cầu mới bắc qua sông Đà - Ảnh: TTXVN/Minh An",
            "Cầu mới bắc qua sông Đà (Ảnh minh họa)",
            "Cầu mới bắc qua sông Đà - Ảnh AFP",
            "Cầu mới bắc qua sông Đà. Ảnh minh hoạ.",
            "Ảnh: Ban Quản lý dự án cung cấp",
            "Cầu mới bắc qua sông Đà. Nguồn ảnh: songda.example.vn.",
            "Cầu mới bắc qua sông Đà. (Nguồn: AFP/TTXVN)",
            "Cầu mới. A\u{309}nh: Reuters",
        ] {
            assert_eq!(cut(text), [(text, true)], "{text}");
        }
    }

    #[test]
    fn a_caption_glued_into_a_paragraph_is_cut_out() {
        let text = "Cầu được thông xe vào cuối năm.Công nhân lắp nhịp cầu cuối cùng. Ảnh: TTXVN.Theo chủ đầu tư, dự án vượt tiến độ hai tháng.";
        assert_eq!(
            cut(text),
            [
                ("Cầu được thông xe vào cuối năm.", false),
                ("Công nhân lắp nhịp cầu cuối cùng. Ảnh: TTXVN.", true),
                ("Theo chủ đầu tư, dự án vượt tiến độ hai tháng.", false),
            ]
        );
    }

    #[test]
    fn a_name_without_mark_ends_before_the_next_sentence() {
        for (name, next) in [
            ("AFP", "Nước lũ dâng nhanh trong đêm, nhiều nhà bị ngập."),
            ("Thu Hà", "Theo chủ đầu tư, dự án vượt tiến độ hai tháng."),
            ("Tiến Dũng", "Nước lũ dâng nhanh trong đêm, nhiều nhà bị ngập."),
            ("internet", "Nước lũ dâng nhanh trong đêm, nhiều nhà bị ngập."),
            ("Minh Tuấn.", "HLV Trần An cho cả đội nghỉ tập vì sân ngập."),
        ] {
            let text = format!("Người dân chuyển đồ đạc lên cao. Ảnh: {name} {next}");
            let got = cut(&text);
            assert_eq!(got.len(), 2, "{text}");
            assert_eq!(got[1], (next, false), "{text}");
        }
        for (name, next) in [("T.H", "Công nhân vệ sinh dọn bùn."), ("L.Đ.A", "Điều này ít gặp.")]
        {
            let text = format!("Người dân chuyển đồ đạc lên cao. Ảnh: {name}{next}");
            assert_eq!(cut(&text).last(), Some(&(next, false)), "{text}");
        }
    }

    #[test]
    fn a_caption_may_stand_behind_its_label() {
        let text = "Bão tan trong đêm, nhiều nơi mất điện - Ảnh: Hàng cây đổ trên phố (AP)Chính quyền \
            huy động 300 người dọn dẹp.";
        assert_eq!(
            cut(text),
            [
                ("Bão tan trong đêm, nhiều nơi mất điện", false),
                ("- Ảnh: Hàng cây đổ trên phố (AP)", true),
                ("Chính quyền huy động 300 người dọn dẹp.", false),
            ]
        );
    }
}
