//! Lists of links to other articles inside of a paragraph: `>> Giá lúa tăng  >> Cầu mới thông xe`.
//!
//! Where line ends were lost they run into the text around: a caption, the first sentence, the name of
//! the author before them.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::glue::glue_point;
use super::line::{LONGEST_LINE, floor, is_blank};
use crate::text::glued;
use crate::text::letter::is_alphabetic;
use crate::text::syllable::Syllable;

/// A headline has no more words.
const LONGEST: usize = 30;

/// A headline with a stop has no more words.
const LONGEST_STOPPED: usize = 12;

/// Where the lists of a paragraph stand, in bytes of it.
///
/// An item is a headline: what is longer, or ends a sentence and goes on, is text, such as the answers
/// of an interview (`>> Ông An: Đúng là vậy. Năm ngoái …`).
pub(super) fn link_lists(paragraph: &str) -> Vec<Range<usize>> {
    static ARROWS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(">>"));
    let mut lists: Vec<Range<usize>> = Vec::new();
    let mut done = 0;
    while let Some(at) = ARROWS.find(&paragraph.as_bytes()[done..]) {
        let start = done + at;
        let mut end = start;
        // The items that another one follows end there.
        let closed = loop {
            let item = start_of_item(paragraph, end);
            let next = ARROWS.find(&paragraph.as_bytes()[item..]).map(|at| item + at);
            match next {
                Some(next) if is_headline(&paragraph[item..next]) => end = next,
                _ => break item..next.unwrap_or(paragraph.len()),
            }
        };
        let last = closed.clone();
        match last_length(&paragraph[last]) {
            Some(length) => lists.push(start..closed.start + length),
            // The last item is text; those before it are none.
            None if end > start => lists.push(start..end),
            None => {}
        }
        done = lists.last().map_or(closed.end, |list| list.end.max(closed.start));
    }
    lists
}

/// Where the words of an item begin, behind its arrows.
fn start_of_item(paragraph: &str, arrows: usize) -> usize {
    let rest = &paragraph[arrows..];
    arrows + rest.len() - rest.trim_start_matches('>').len()
}

/// Whether this may be the headline of an article: short, and no sentence that another follows.
fn is_headline(item: &str) -> bool {
    let words = item.split(is_blank).filter(|word| !word.is_empty()).count();
    let mut stops = item.match_indices(". ").filter(|&(at, _)| !item[..at].ends_with('.'));
    words <= LONGEST && stops.next().is_none()
}

/// The length of the last item of a list: up to where the text is glued to it, or to the end.
fn last_length(item: &str) -> Option<usize> {
    // What is longer is no headline; a word without end would take quadratic time.
    let window = &item[..floor(item, item.len().min(LONGEST_LINE))];
    let mut words = 0;
    let mut camel = None;
    let mut at = 0;
    for word in window.split_inclusive(is_blank) {
        let from = at;
        at += word.len();
        let word = word.trim_end_matches(is_blank);
        if word.is_empty() {
            continue;
        }
        words += 1;
        if words > LONGEST {
            break;
        }
        let cut = glue_point(word).or_else(|| glued_mark(word)).or_else(|| small_point(word));
        if let Some(cut) = cut {
            // A headline has no stop; a short one may.
            let is_sentence = words > LONGEST_STOPPED && word[..cut].ends_with('.');
            return (!is_sentence).then_some(from + cut);
        }
        camel = camel.or_else(|| foreign_point(word).map(|cut| from + cut));
    }
    // A name of two capitals may be a word of the headline, if nothing else ends it.
    let is_whole = window.len() == item.len() && words <= LONGEST;
    camel.or_else(|| (is_whole && is_headline(item)).then_some(item.len()))
}

/// Where a foreign name touches a word in small letters, or a word a year: `truyện tranhBruna`,
/// `Cannes 2013Bộ phim`.
fn small_point(word: &str) -> Option<usize> {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 1 && glued::begins_behind_number(&word[digits..]) {
        return Some(digits);
    }
    foreign_point(word).filter(|&at| {
        word[..at].chars().all(char::is_lowercase) && Syllable::parse(&word[..at]).is_some()
    })
}

/// Where a capital touches the mark that ends a headline: `từ đâu?Trong sáng nay`.
fn glued_mark(word: &str) -> Option<usize> {
    word.char_indices().find_map(|(at, c)| {
        let end = at + c.len_utf8();
        let ends = matches!(c, '?' | '!' | '…' | '”' | '"' | '’' | '.') && at > 0;
        let begins = || {
            let mut letters = word[end..].chars();
            letters.next().is_some_and(char::is_uppercase)
                && letters.next().is_some_and(char::is_lowercase)
        };
        (ends && begins()).then_some(end)
    })
}

/// The last place inside of a word where two foreign names may touch: `BarcelonaNeymar`.
fn foreign_point(word: &str) -> Option<usize> {
    const LEAST: usize = 3;
    glued::points(word)
        .filter(|&at| {
            let letters = |half: &str| half.chars().filter(|&c| is_alphabetic(c)).count();
            letters(&word[..at]) >= LEAST && letters(&word[at..]) >= LEAST
        })
        .last()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(paragraph: &str) -> Vec<&str> {
        link_lists(paragraph).into_iter().map(|list| &paragraph[list]).collect()
    }

    #[test]
    fn lists_end_where_the_text_is_glued_to_them() {
        for (before, list, after) in [
            ("", ">> Giá lúa tăng mạnh  >> Cầu mới thông xe", "Sáng nay, xe máy qua cầu miễn phí."),
            ("", ">> Silva rời Benfica  >> Silva tới Barcelona", "Silva ra mắt hôm qua - Ảnh: AFP"),
            (
                "",
                ">> Giá lúa... tăng  >> Chuyện tranh",
                "Bruna ra mắt - Ảnh: Kho.Trong năm, sách bán chạy.",
            ),
            ("", ">> Nhìn lại mùa lũ 2013", "Mặc dù nước rút, ruộng vẫn ngập."),
            ("", ">> Lũ về từ đâu?", "Trong đêm qua, nước lên hai mét."),
            ("Nước lên hai mét.Minh An", ">> Lũ về từ đâu?  >> Cầu mới thông xe", ""),
            ("Xem hình. ", ">>> Giá lúa tăng", ""),
        ] {
            let paragraph = format!("{before}{list}{after}");
            assert_eq!(lists(&paragraph), [list], "{paragraph}");
        }
    }

    #[test]
    fn other_arrows_begin_no_list() {
        let answer = "Nợ ấy tính sao? >> Ông AN: Đúng là nợ còn lớn. Năm ngoái chúng tôi đã trả một phần, \
            phần còn lại sẽ trả trong ba năm tới theo kế hoạch mà hội đồng đã thông qua hồi đầu quý.";
        assert!(lists(answer).is_empty());
        assert!(lists("Không có gì ở đây, 3 > 2.").is_empty());
        assert!(lists("").is_empty());
    }
}
