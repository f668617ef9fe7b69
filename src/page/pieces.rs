//! Cuts a paragraph into captions, lists of links, its signature and the text between them.

use std::ops::Range;

use super::glue::glue_point;
use super::line::{LONGEST_LINE, Paragraph, floor, is_blank, trimmed};
use super::link_list::link_lists;
use super::photo_credit::{self, Piece};
use super::phrase::Phrases;
use super::word_hash::normalized_of;
use super::{signature, tags};
use crate::text::letter::is_alphabetic;

/// The last paragraph of at least so many bytes may end in the name of its author.
const LONG_PARAGRAPH: usize = 120;

/// Where the last long paragraph begins; a list of keywords may be as long as one.
pub(super) fn last_long_paragraph(text: &str, paragraphs: &[Paragraph]) -> usize {
    let is_long = |paragraph: &&Paragraph| {
        let length = paragraph.end - paragraph.start;
        length >= LONG_PARAGRAPH
            && !(length <= LONGEST_LINE && tags::is_tag_list(&text[paragraph.start..paragraph.end]))
    };
    paragraphs.iter().rfind(is_long).map_or(0, |paragraph| paragraph.start)
}

/// What a paragraph is in its page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// Whether the captions are the article, so that a credit takes nothing with it.
    pub(super) credits_only: bool,
    /// Whether it is the only paragraph.
    pub(super) is_alone: bool,
    /// Whether it is the last long one, in which a single name signs, too.
    pub(super) is_last: bool,
    /// Places in the text of labels that need no colon ([`photo_credit::labels`]).
    pub(super) labels: &'a [usize],
}

/// Cuts a paragraph into its pieces.
pub(super) fn cut_paragraph(
    text: &str,
    paragraph: &Paragraph,
    place: &Place<'_>,
    pieces: &mut Vec<Piece>,
) {
    let mut from = paragraph.start;
    for list in link_lists(&text[paragraph.start..paragraph.end]) {
        let (start, end) = trimmed(text, paragraph.start + list.start, paragraph.start + list.end);
        // Behind the list the text may go on.
        let is_last = place.is_last && paragraph.end - end < LONG_PARAGRAPH;
        cut_span(text, from..start, &Place { is_last, ..*place }, pieces);
        pieces.push(Piece::text(start, end));
        from = end;
    }
    let own = from..paragraph.end;
    let end = if place.is_last {
        furniture_start(&text[own.clone()]).map_or(own.end, |at| from + at)
    } else {
        own.end
    };
    cut_span(text, from..end, place, pieces);
    let (start, end) = trimmed(text, end, own.end);
    if start < end {
        // Buttons are known one by one.
        let mut from = start;
        for at in glued_words(&text[start..end]) {
            pieces.push(Piece::text(from, start + at));
            from = start + at;
        }
        pieces.push(Piece::text(from, end));
    }
}

/// Where the buttons and headings of lists begin that ran into the end of a text: `… đã rút.PHẢN
/// HỒIGửi bình luận`, `… đã rút.Tin liên quan:- Lũ về trong đêm`.
fn furniture_start(paragraph: &str) -> Option<usize> {
    /// Longer ends are searched from here on for the heading of a list. In bytes.
    const LONGEST: usize = 600;
    let from = paragraph.len().saturating_sub(LONGEST);
    let colons = memchr::memchr_iter(b':', &paragraph.as_bytes()[from..]).map(|at| from + at);
    colons.chain([paragraph.len()]).find_map(|end| label_start(paragraph, end))
}

/// Where the label begins that a colon at `end` closes, or the end of the text.
fn label_start(paragraph: &str, end: usize) -> Option<usize> {
    /// Buttons and the heading of a list have no more bytes.
    const LONGEST: usize = 60;
    let from = floor(paragraph, end.saturating_sub(LONGEST));
    let is_list = end < paragraph.len();
    let mut before = paragraph[..from].chars().next_back();
    paragraph[from..end].char_indices().find_map(|(at, c)| {
        let last = before.replace(c);
        let at = from + at;
        let touches = last.is_some_and(|last| {
            last.is_lowercase() || matches!(last, '.' | '!' | '?' | '…' | '”' | '"' | ')')
        });
        let is_apart = || paragraph[..at].ends_with("  ") || paragraph[..at].ends_with(". ");
        if !c.is_uppercase() || !(touches || is_apart()) {
            return None;
        }
        let key = normalized_of(&spaced(&paragraph[at..end]));
        let phrases = Phrases::of(&key);
        let is_label = if is_list {
            phrases.opening.is_related() && !says(&paragraph[at..])
        } else {
            phrases.are_page_line(&key) || phrases.are_related_heading(&key)
        };
        is_label.then_some(at)
    })
}

/// Whether a sentence ends in a piece of text, and another begins.
fn says(piece: &str) -> bool {
    piece.match_indices(['.', '!', '?']).any(|(at, _)| {
        let behind = piece[at + 1..].trim_start_matches(is_blank);
        !piece[..at].ends_with(char::is_uppercase) && behind.starts_with(char::is_uppercase)
    })
}

/// A label with a space where its words were glued.
fn spaced(label: &str) -> String {
    let mut out = String::with_capacity(label.len() + 1);
    let mut from = 0;
    for at in glued_words(label) {
        out.extend([&label[from..at], " "]);
        from = at;
    }
    out + &label[from..]
}

/// The places where a word is glued to the one before it: `PHẢN HỒIGửi`.
fn glued_words(label: &str) -> Vec<usize> {
    let mut start = 0;
    let mut places = Vec::new();
    for word in label.split_inclusive(is_blank) {
        places.extend(glue_point(word).map(|at| start + at));
        start += word.len();
    }
    places
}

/// Cuts the captions and the signature out of a part of a paragraph.
fn cut_span(text: &str, span: Range<usize>, place: &Place<'_>, pieces: &mut Vec<Piece>) {
    let Range { start, end } = span;
    let first = pieces.len();
    photo_credit::pieces(text, span, place.credits_only, place.labels, pieces);
    let own = &pieces[first..];
    let closes = own.last().is_some_and(|piece| piece.is_caption && piece.end == end);
    let is_short = end - start <= 380 && !place.is_alone;
    let is_spaced = |piece: &Piece| text[..piece.start].ends_with(is_blank);
    // A short line that ends in its credit is a caption as a whole.
    if !place.credits_only && closes && is_short && own.len() == 2 && is_spaced(&own[1]) {
        pieces.truncate(first);
        pieces.push(Piece { is_caption: true, ..Piece::text(start, end) });
    }
    if pieces.len() > first {
        split_signature(text, pieces, place.is_last);
    }
}

/// Cuts the signature off the last piece of a paragraph.
fn split_signature(text: &str, pieces: &mut Vec<Piece>, is_last: bool) {
    let Some(piece) = pieces.last_mut().filter(|piece| !piece.is_caption) else { return };
    let Some(at) = signature::start(&text[piece.start..piece.end], is_last) else { return };
    let end = piece.end;
    let start = piece.start + at;
    piece.end = trimmed(text, piece.start, start).1;
    let mut from = start;
    if let Some(at) = source_start(&text[start..end]) {
        let (first, last) = trimmed(text, start, start + at);
        pieces.push(Piece { is_signature: true, ..Piece::text(first, last) });
        from = start + at;
    }
    pieces.push(Piece { is_signature: true, ..Piece::text(from, end) });
}

/// Where the source begins behind the author in a signature: `Minh AnTheo Bến Mới`.
fn source_start(signature: &str) -> Option<usize> {
    let at = signature.find("Theo ").or_else(|| signature.find("Theo:"))?;
    let author = signature[..at].trim_end_matches(is_blank);
    author.ends_with(is_alphabetic).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_behind_an_author_is_a_piece_of_its_own() {
        for (signature, source) in [
            ("Minh AnTheo Bến Mới", Some("Theo Bến Mới")),
            ("Minh An Theo: Bến Mới", Some("Theo: Bến Mới")),
            ("Minh An (Theo Bến Mới)", None),
            ("Theo Bến Mới", None),
            ("Minh An", None),
        ] {
            assert_eq!(source_start(signature).map(|at| &signature[at..]), source, "{signature}");
        }
    }

    #[test]
    fn buttons_and_lists_that_ran_into_the_end_are_cut_off() {
        let text = "Nước lũ đã rút khỏi xóm bãi từ hôm qua, bà con đang dọn bùn.";
        for end in [
            "PHẢN HỒIGửi bình luận",
            "TIN BÀI LIÊN QUAN",
            "Email Print Góp ý",
            "Tin liên quan:- Lũ về trong đêm- Ba ngày trên mái nhà",
        ] {
            let page = format!("{text}{end}");
            assert_eq!(furniture_start(&page), Some(text.len()), "{page}");
        }
        for page in [
            "Bà con đang dọn bùn.Chia sẻ với xóm bãi, phường trên góp hai xe gạo.",
            "Bà con đang dọn bùn. Phản hồi của xã là sẽ xem xét.",
            "Bà con đang dọn bùn. Tin liên quan: xã sẽ họp. Mọi người chờ.",
            "",
        ] {
            assert_eq!(furniture_start(page), None, "{page}");
        }
    }
}
