//! Lines that hold a date or time and nothing else.

use memchr::memchr2_iter;

use super::phrase;
use super::word_hash::words_of_key;

/// Whether a line is a date, as datelines are.
///
/// `key` is the words key of `line`. The many orders and separators of pages
/// are told by what they are made of: numbers and words of the calendar. A
/// full date may stand with up to five more words, a place, a section or an
/// author.
pub(super) fn is_dateline(line: &str, key: &str) -> bool {
    if key.len() > 110 || !key.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let (mut numbers, mut years, mut others, mut words) = (0, 0, 0, 0);
    let mut ago = false;
    for word in words_of_key(key) {
        words += 1;
        if word.bytes().all(|b| b.is_ascii_digit()) {
            match word.len() {
                1 | 2 => numbers += 1,
                4 if word.starts_with("19") || word.starts_with("20") => {
                    numbers += 1;
                    years += 1;
                }
                _ => return false,
            }
        } else if is_clock(word) {
            numbers += 2;
        } else if phrase::is_calendar_word(word) {
            ago |= word == "trước" || word == "ago";
        } else {
            others += 1;
            if others > 5 {
                return false;
            }
        }
    }
    let ends_open = !line.ends_with(['.', '!', '?', '…', ';']);
    if others == 0 {
        return ends_open && (numbers >= 2 || (numbers == 1 && ago));
    }
    // A full date beside a name: a sentence would have more words.
    let separated =
        line.contains(['/', '|', ':', '•', '·']) || line.contains(", ngày") || line.contains(" - ");
    ends_open && years == 1 && numbers >= 3 && others <= 5 && words <= 16 && separated
}

/// The latest year of the full dates (`3/2/2026`, `3-2-2026`) in a text.
pub(super) fn latest_year(text: &str) -> Option<u16> {
    let bytes = text.as_bytes();
    let mut latest = None;
    for mark in memchr2_iter(b'/', b'-', bytes).filter(|&at| bytes[at + 1..].starts_with(b"20")) {
        let at = mark + 1;
        let is_mark = |byte: Option<&u8>| matches!(byte, Some(b'/' | b'-'));
        let year = bytes.get(at + 2..at + 4).filter(|digits| digits.iter().all(u8::is_ascii_digit));
        let ends = !bytes.get(at + 4).is_some_and(u8::is_ascii_digit);
        // Day, mark and month stand before the mark and the year.
        let month = &bytes[..mark];
        let (Some(year), true) = (year, ends) else { continue };
        let digits = month.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let day = &month[..month.len() - digits];
        let has_day =
            is_mark(day.last()) && day.iter().rev().nth(1).is_some_and(u8::is_ascii_digit);
        if (1..=2).contains(&digits) && has_day {
            let year = 2000 + u16::from(year[0] - b'0') * 10 + u16::from(year[1] - b'0');
            latest = latest.max(Some(year));
        }
    }
    latest
}

/// `8h30`, `20h`, `08g15`.
fn is_clock(word: &str) -> bool {
    let Some(at) = word.find(['h', 'g']) else { return false };
    let (hour, minute) = (&word[..at], &word[at + 1..]);
    (1..=2).contains(&hour.len())
        && hour.bytes().all(|b| b.is_ascii_digit())
        && minute.len() <= 2
        && minute.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::word_hash::normalized_of;

    fn dateline(line: &str) -> bool {
        is_dateline(line, &normalized_of(line))
    }

    #[test]
    fn datelines_in_many_forms() {
        for line in [
            "20:44 | 29/05/2020",
            "20:45 18/03/2025",
            "Thứ Hai, 12/05/2025, 08:30 (GMT+7)",
            "Thứ hai, ngày 12 tháng 5 năm 2025",
            "12-05-2025 - 08:30 AM",
            "Cập nhật lúc 8h30 ngày 12.5.2025",
            "Chủ nhật, 3/8/2025 | 6:05 GMT+7",
            "CHỦ NHẬT, 03/08/2025 06:05",
            "2 giờ trước",
            "Hà Nội, ngày 12/5/2025",
            "Minh Anh | 12/05/2025 08:30",
            "2025-05-12 08:30:11",
            "12 May 2025, 08:30",
            "12/05/2025",
        ] {
            assert!(dateline(line), "{line}");
        }
    }

    #[test]
    fn years_of_full_dates() {
        assert_eq!(latest_year("20:44 | 29/05/2020"), Some(2020));
        assert_eq!(latest_year("Từ 3/2/1930 đến 3/2/2026, và 4-5-2024"), Some(2026));
        for text in
            ["Năm 2030", "tháng 8/2020", "nhiệm kỳ 2026-2031", "1/2/20261", "2/20/2", "0/2/202"]
        {
            assert_eq!(latest_year(text), None, "{text}");
        }
    }

    #[test]
    fn sentences_and_headings_with_dates_are_none() {
        for line in [
            "Ngày 12/5, hội nghị bế mạc.",
            "Năm 2025",
            "Sáng 28/1, đoàn công tác của tỉnh tới thăm các gia đình chính sách trên địa bàn",
            "5 điều cần biết",
            "Giá vàng hôm nay 12/5/2025: Tăng mạnh sau kỳ nghỉ lễ dài ngày",
            "Kết quả 3-1",
        ] {
            assert!(!dateline(line), "{line}");
        }
    }
}
