//! Lists of keywords in one line: `Tai nạn,Xe khách,Đèo Prenn`.

use super::line::is_blank;
use crate::text::letter::{is_alphabetic, is_alphanumeric};

/// Words of one keyword, at most: in a list with spaces, and in one that is proven.
const LONGEST: [usize; 2] = [6, 14];

/// Whether a line without end mark is a list of keywords.
///
/// A comma between letters with no space after it is proof by itself. Lists with spaces need four
/// keywords (three with a mark that no sentence has), most of which begin with a capital.
pub(super) fn is_tag_list(line: &str) -> bool {
    if line.ends_with(['.', '!', '?', ':', '…', ';']) || line.contains(": ") || line.contains("...")
    {
        return false;
    }
    // The last bytes of `•` and `·` are among them.
    let is_mark = |byte: &&u8| matches!(byte, b',' | b';' | b'|' | b'/' | 0xA2 | 0xB7);
    if line.as_bytes().iter().filter(is_mark).count() < 2 {
        return false;
    }
    let glued = glued_commas(line);
    let Some((mark, count)) = [',', ';', '|', '/', '•', '·']
        .map(|mark| (mark, line.matches(mark).count()))
        .into_iter()
        .max_by_key(|&(_, count)| count)
    else {
        return false;
    };
    if count < 2 {
        return false;
    }
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
        ] {
            assert!(is_tag_list(line), "{line}");
        }
        for line in [
            "Đò ngang, sông Hậu, bến Ninh Kiều, những gì còn lại",
            "Chèo đò từ năm 1975, ông Tám nuôi ba con, nay đã già",
            "12/06/24",
            "3,5,7,9",
            "Đò ngang trên sông Hậu",
            "Bến đò: Ninh Kiều, Xóm Chài, Bình Thủy, An Bình",
        ] {
            assert!(!is_tag_list(line), "{line}");
        }
    }
}
