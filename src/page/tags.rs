//! Lists of keywords in one line: `Tai nạn,Xe khách,Đèo Prenn`.

use super::byline::is_name;
use super::line::is_blank;
use super::nonprose::count;
use crate::text::letter::{is_alphabetic, is_alphanumeric};

/// Words of one keyword, at most: in a list with spaces, and in one that is proven.
const LONGEST: [usize; 2] = [6, 14];

/// Whether a line without end mark is a list of keywords.
///
/// A comma between letters with no space after it is proof by itself. Lists with spaces need four
/// keywords (three with a mark that no sentence has), most of which begin with a capital.
pub(super) fn is_tag_list(line: &str) -> bool {
    if line.ends_with(['.', '!', '?', ':', '…', ';']) {
        return false;
    }
    let (mark, count) = commonest_mark(line.as_bytes());
    if count < 2 {
        return is_pair(line);
    }
    if line.contains(": ") || line.contains("...") {
        return false;
    }
    let glued = glued_commas(line);
    let is_glued = mark == ',' && glued >= 3 && glued + 2 >= count;
    let (mut parts, mut capitals, mut words, mut digits) = (0_usize, 0_usize, 0_usize, 0_usize);
    for part in line.split(mark) {
        let part = part.trim_matches(is_blank);
        let length = part.split(is_blank).filter(|word| !word.is_empty()).count();
        if length == 0 {
            continue;
        }
        if length > LONGEST[usize::from(is_glued)]
            || part.contains(['?', '!', '“', '"']) && length > 3
        {
            return false;
        }
        parts += 1;
        words += length;
        let first = part.chars().next();
        capitals += usize::from(first.is_some_and(char::is_uppercase));
        digits += usize::from(part.chars().all(|c| !is_alphabetic(c)));
    }
    let least = if mark == ',' && glued == 0 { 4 } else { 3 };
    let is_proven = mark == ',' && glued >= 2 && glued + 2 >= parts;
    parts >= least
        && digits * 2 < parts
        && words <= parts * 5
        && (is_proven || capitals * 10 >= parts * 6)
}

/// Whether a line is two keywords with a comma and no space between them: `Truyện tranh,Hà Nội`. Two
/// names are those of authors.
fn is_pair(line: &str) -> bool {
    let Some((first, second)) = line.split_once(',') else { return false };
    let is_keyword = |part: &str| {
        part.starts_with(char::is_uppercase)
            && part.ends_with(is_alphanumeric)
            && part.split(is_blank).count() <= 5
    };
    is_keyword(first) && is_keyword(second) && !(is_name(first) && is_name(second))
}

/// The mark that parts a line most often, and how often; of several the last in the order below.
fn commonest_mark(line: &[u8]) -> (char, usize) {
    // Most lines have none of them, or one: the last bytes of the marks tell.
    if count(line, |byte| matches!(byte, b',' | b';' | b'|' | b'/' | 0xA2 | 0xB7)) < 2 {
        return (',', 0);
    }
    let mut most = (',', 0);
    let mut take = |mark, count| {
        if count >= most.1 {
            most = (mark, count);
        }
    };
    for mark in [b',', b';', b'|', b'/'] {
        take(char::from(mark), count(line, |byte| byte == mark));
    }
    for mark in ["•", "·"] {
        let (bytes, last) = (mark.as_bytes(), mark.len() - 1);
        let ends = memchr::memchr_iter(bytes[last], line);
        let found = ends.filter(|&at| line[..=at].ends_with(bytes)).count();
        take(mark.chars().next().unwrap_or(','), found);
    }
    most
}

/// Commas between two letters.
fn glued_commas(line: &str) -> usize {
    line.match_indices(',')
        .filter(|&(at, _)| {
            line[..at].chars().next_back().is_some_and(is_alphanumeric)
                && line[at + 1..].chars().next().is_some_and(is_alphabetic)
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_keywords() {
        for line in [
            "Đò ngang,Sông Hậu,Bến Ninh Kiều,Chèo đò",
            "đò ngang,sông hậu,bến ninh kiều",
            "Đò ngang, Sông Hậu, Bến Ninh Kiều, Cần Thơ",
            "Đò ngang; Sông Hậu; Bến Ninh Kiều",
            "Đò ngang | Sông Hậu | Bến Ninh Kiều",
            "Đò ngang,Sông Hậu",
        ] {
            assert!(is_tag_list(line), "{line}");
        }
        for line in [
            "Đò ngang, sông Hậu, bến Ninh Kiều, những gì còn lại",
            "Chèo đò từ năm 1975, ông Tám nuôi ba con, nay đã già",
            "12/06/24",
            "3,5,7,9",
            "Nguyễn Thu Hà,Lê Minh An",
            "Đò ngang, Sông Hậu",
            "Đò ngang trên sông Hậu",
            "Bến đò: Ninh Kiều, Xóm Chài, Bình Thủy, An Bình",
        ] {
            assert!(!is_tag_list(line), "{line}");
        }
    }
}
