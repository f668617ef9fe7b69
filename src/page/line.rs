//! Lines and paragraphs of plain text.
//!
//! A line ends at any Unicode line end; a paragraph is a line, or several
//! lines that an editor or a mail program has wrapped.

use memchr::{memchr, memchr_iter, memchr2_iter, memchr3};

/// Lines longer than this many bytes are sentences, not names or headings.
pub(super) const LONGEST_LINE: usize = 420;

/// A piece of the page between line ends, trimmed of outer white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether a blank line, or the start of the text, stands before it.
    pub(super) blank_before: bool,
}

/// Whether the character is white space or takes no room at all.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// Returns the text with single spaces; no-break and zero-width spaces count as spaces.
pub(super) fn tidy(text: &str) -> String {
    text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns the start of the character around a byte, or the end of the text.
pub(super) fn floor(text: &str, mut at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Narrows a span to its text without outer white space.
pub(super) fn trimmed(text: &str, start: usize, end: usize) -> (usize, usize) {
    let piece = &text[start..end];
    let bytes = piece.as_bytes();
    // Most lines need no trimming; the first and last bytes tell.
    let plain = |b: u8| b.is_ascii_graphic();
    match (bytes.first(), bytes.last()) {
        (Some(&a), Some(&b)) if plain(a) && plain(b) => (start, end),
        (None, _) => (start, start),
        _ => {
            let left = piece.trim_start_matches(is_blank);
            let start = end - left.len();
            (start, start + left.trim_end_matches(is_blank).len())
        }
    }
}

/// The paragraphs of a text in order.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::with_capacity(1 + text.len() / 160);
    let mut blank = true;
    let mut push = |start: usize, end: usize| {
        let (start, end) = trimmed(text, start, end);
        if start == end {
            blank = true;
        } else {
            out.push(Paragraph { start, end, blank_before: blank });
            blank = false;
        }
    };
    if has_rare_line_end(text) {
        let mut start = 0;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if !is_line_end(c) {
                continue;
            }
            push(start, at);
            start = at + c.len_utf8();
            if c == '\r' && chars.peek().is_some_and(|&(_, next)| next == '\n') {
                chars.next();
                start += 1;
            }
        }
        push(start, text.len());
    } else {
        let bytes = text.as_bytes();
        let mut start = 0;
        while let Some(offset) = memchr(b'\n', &bytes[start..]) {
            push(start, start + offset);
            start += offset + 1;
        }
        push(start, text.len());
    }
    join_wrapped(text, out)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn has_rare_line_end(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr3(b'\r', 0x0B, 0x0C, bytes).is_some()
        // U+0085, U+2028 and U+2029.
        || memchr2_iter(0xC2, 0xE2, bytes).any(|at| {
            matches!(bytes[at..], [0xC2, 0x85, ..] | [0xE2, 0x80, 0xA8 | 0xA9, ..])
        })
}

/// Joins the lines of paragraphs that were wrapped at a column.
///
/// A line goes on in the next when it has no end mark and the next begins in
/// lower case, or when the run of lines is filled to one width and the first
/// word of the next line would not have fitted.
fn join_wrapped(text: &str, lines: Vec<Paragraph>) -> Vec<Paragraph> {
    if !lines.iter().skip(1).any(|line| !line.blank_before) {
        return lines;
    }
    let mut out: Vec<Paragraph> = Vec::with_capacity(lines.len());
    let mut run = 0;
    while run < lines.len() {
        let mut stop = run + 1;
        while stop < lines.len() && !lines[stop].blank_before {
            stop += 1;
        }
        let width = wrap_width(text, &lines[run..stop]);
        out.push(lines[run]);
        // Lines that begin in lower case although none is open before them are lines of chat, of a
        // list: the case of the next one shows nothing.
        let mut is_caseless = begins_lower(&text[lines[run].start..lines[run].end]);
        for line in &lines[run + 1..stop] {
            // The run began with a push, so `out` is not empty.
            let Some(last) = out.last_mut() else { break };
            let before = &text[last.start..last.end];
            let after = &text[line.start..line.end];
            let is_lower = begins_lower(after);
            is_caseless = is_lower && (is_caseless || ends_sentence(before));
            if continues(before, after) && (!is_caseless || before.ends_with(','))
                || continues_with_number(before, after, &lines[run..stop], text)
                || continues_name(before, after, &lines[run..stop], text)
                || width.is_some_and(|w| is_filled(before, after, w))
            {
                last.end = line.end;
            } else {
                out.push(*line);
            }
        }
        run = stop;
    }
    out
}

fn continues(before: &str, after: &str) -> bool {
    if !begins_lower(after) || is_item(after) || ends_sentence(before) {
        return false;
    }
    // A line such as `chinhphu.vn` names a source; it is no continuation.
    after.contains(' ') || !after.trim_end_matches('.').contains('.')
}

/// Whether a line begins with a word in lower case, which `iPhone` is not.
fn begins_lower(line: &str) -> bool {
    let mut chars = line.chars();
    chars.next().is_some_and(char::is_lowercase) && !chars.next().is_some_and(char::is_uppercase)
}

/// Whether a line begins with a letter or number that marks an item: `b) …`, `iii) …`, `c. …`.
fn is_item(line: &str) -> bool {
    let mark = line.find(|c: char| !c.is_lowercase()).unwrap_or(line.len());
    let letters = line[..mark].chars().count();
    let is_roman = line[..mark].bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    match &line.as_bytes()[mark..] {
        [b')', ..] => letters == 1 || is_roman,
        [b'.', b' ', ..] => letters == 1,
        _ => false,
    }
}

/// Whether a line has a mark at its end, or nothing else.
fn ends_sentence(line: &str) -> bool {
    let last = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).chars().next_back();
    last.is_none_or(|c| matches!(c, '.' | '!' | '?' | '…' | ':' | ';'))
}

/// Whether a line that begins with a number goes on with the one before, among lines of a run:
/// `… chuyển` / `200 ha đất lúa sang trồng dứa,`.
///
/// A line with an item mark, `1.` or `2)`, begins an item. The line before must be about as wide as
/// the widest that does not end the run, and another line of the run must go on in lower case: then
/// the text is wrapped.
fn continues_with_number(before: &str, after: &str, run: &[Paragraph], text: &str) -> bool {
    let number = after.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '/'));
    let Some(number) = number.filter(|&at| at > 0) else { return false };
    let rest = &after[number..];
    // `… so với năm` / `2022. Giá lại tăng`
    if let Some(date) = after[..number].strip_suffix(['.', ','])
        && is_open(before)
        && is_date(date)
    {
        return true;
    }
    if after[..number].ends_with(['.', ',']) || !rest.starts_with([' ', '%']) {
        return false;
    }
    if !rest[1..].starts_with(char::is_lowercase) && !rest.starts_with('%') || ends_sentence(before)
    {
        return false;
    }
    (is_open(before) || is_wrapped(run, text)) && is_wide(before, run, text)
}

/// Whether a line of a run goes on in lower case.
fn is_wrapped(run: &[Paragraph], text: &str) -> bool {
    let line = |paragraph: &Paragraph| &text[paragraph.start..paragraph.end];
    run.windows(2).any(|pair| continues(line(&pair[0]), line(&pair[1])))
}

/// Whether a line has half of the width of the widest that does not end its run, or more.
fn is_wide(line: &str, run: &[Paragraph], text: &str) -> bool {
    let width = |paragraph: &Paragraph| columns(&text[paragraph.start..paragraph.end]);
    let widest = run[..run.len() - 1].iter().map(width).max().unwrap_or(0);
    2 * columns(last_line(line)) >= widest && widest <= 140
}

/// Whether these digits are a year or a date: `2022`, `12/5`, `30/4/1975`.
fn is_date(digits: &str) -> bool {
    digits.contains('/') || digits.len() == 4 && digits.starts_with(['1', '2'])
}

/// Words before the name of a person or place, of which one syllable stands before a line end that
/// cuts it: `của ông Trần` / `Văn Hùng xây`.
const BEFORE_NAMES: [&str; 24] = [
    "ông",
    "bà",
    "anh",
    "chị",
    "em",
    "cô",
    "chú",
    "bác",
    "thầy",
    "cậu",
    "xã",
    "huyện",
    "tỉnh",
    "quận",
    "phường",
    "làng",
    "thôn",
    "bản",
    "sông",
    "núi",
    "hồ",
    "chùa",
    "đảo",
    "cầu",
];

/// Whether a line that begins with a capital goes on with the name that the one before begins, among
/// lines of a run of which another goes on in lower case.
fn continues_name(before: &str, after: &str, run: &[Paragraph], text: &str) -> bool {
    let capital =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    let mut words = last_line(before).rsplit(is_blank).filter(|word| !word.is_empty());
    let is_begun = words.next().is_some_and(capital)
        && words.next().is_some_and(|word| BEFORE_NAMES.contains(&word))
        && words.count() > 1;
    is_begun
        && after.starts_with(char::is_uppercase)
        && is_wrapped(run, text)
        && is_wide(before, run, text)
}

/// Words before a number, after which no line ends but where it was wrapped.
const BEFORE_NUMBERS: [&str; 32] = [
    "khoảng", "hơn", "gần", "trên", "dưới", "từ", "đến", "tới", "và", "với", "là", "có", "của",
    "được", "trong", "cho", "còn", "chỉ", "cả", "những", "các", "thêm", "mất", "bằng", "đạt",
    "ngày", "tăng", "giảm", "chiếm", "năm", "hôm", "tháng",
];

/// Whether a line of more than a few words ends in a word that a number follows.
fn is_open(line: &str) -> bool {
    let mut words = last_line(line).rsplit(is_blank).filter(|word| !word.is_empty());
    words.next().is_some_and(|word| BEFORE_NUMBERS.contains(&word)) && words.count() > 3
}

/// The common width of a run of wrapped lines, in characters.
fn wrap_width(text: &str, run: &[Paragraph]) -> Option<usize> {
    if run.len() < 3 {
        return None;
    }
    let mut width = 0;
    for line in run {
        // Most runs are paragraphs, of which the first is too long already.
        if line.end - line.start > 600 {
            return None;
        }
        width = width.max(columns(&text[line.start..line.end]));
        if width > 140 {
            return None;
        }
    }
    if width < 40 {
        return None;
    }
    let filled = run
        .windows(2)
        .filter(|pair| {
            let (before, after) =
                (&text[pair[0].start..pair[0].end], &text[pair[1].start..pair[1].end]);
            is_filled(before, after, width)
        })
        .count();
    // Three of four lines must be as full as the next word allows.
    (filled * 4 >= (run.len() - 1) * 3).then_some(width)
}

/// Characters that take a column; combining marks take none.
fn columns(piece: &str) -> usize {
    let bytes = piece.as_bytes();
    // Characters begin with bytes that continue none; the marks lie from CC 80 to CD AF.
    let count = |counts: fn(u8) -> bool| bytes.iter().filter(|&&byte| counts(byte)).count();
    let later_marks = memchr_iter(0xCD, bytes).filter(|&at| bytes[at + 1] < 0xB0).count();
    count(|byte| (byte as i8) >= -0x40) - count(|byte| byte == 0xCC) - later_marks
}

/// The last line of a piece of text.
fn last_line(piece: &str) -> &str {
    piece.rsplit(is_line_end).next().unwrap_or(piece).trim()
}

fn is_filled(before: &str, after: &str, width: usize) -> bool {
    let used = columns(last_line(before));
    let word = after.split(is_blank).next().map_or(0, columns);
    used + 1 + word > width
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::word_hash::is_mark;

    #[test]
    fn marks_take_no_column() {
        for c in (0..0x2100).chain([0x1F600]).filter_map(char::from_u32) {
            let piece = format!("ờ{c}{c} Việt");
            let expected = piece.chars().filter(|&c| !is_mark(c)).count();
            assert_eq!(columns(&piece), expected, "{c:?}");
        }
    }

    fn split(text: &str) -> Vec<&str> {
        paragraphs(text).iter().map(|p| &text[p.start..p.end]).collect()
    }

    #[test]
    fn every_unicode_line_end_separates() {
        let text = "Một.\nHai.\r\nBa.\rBốn.\u{85}Năm.\u{2028}Sáu.\u{2029}Bảy.\u{0B}Tám.\u{0C}Chín.";
        assert_eq!(split(text).len(), 9);
        assert!(paragraphs("A.\r\nB.")[1..].iter().all(|p| !p.blank_before));
        assert!(paragraphs("A.\r\n\r\nB.")[1].blank_before);
    }

    #[test]
    fn a_lower_case_line_continues_an_open_one() {
        assert_eq!(split("Mưa lớn kéo dài khiến nhiều\ntuyến phố ngập sâu.").len(), 1);
        assert_eq!(split("Mưa lớn kéo dài.\ntuyến phố ngập sâu.").len(), 2);
        assert_eq!(split("Mưa lớn kéo dài khiến nhiều\n\ntuyến phố ngập sâu.").len(), 2);
        assert_eq!(split("Minh An\nbaodep.vn").len(), 2);
        assert_eq!(split("Ra mắt điện thoại mới\niPhone được bán từ tháng sau.").len(), 2);
    }

    #[test]
    fn a_number_continues_a_line_that_ends_in_a_word_before_numbers() {
        assert_eq!(split("Xưởng may ở xã bên đang cần tuyển thêm\n40 thợ lành nghề.").len(), 1);
        assert_eq!(split("Xưởng may ở xã bên đang tuyển thợ\n40 thợ lành nghề đã đến.").len(), 2);
        assert_eq!(split("Tuyển thêm\n40 thợ may").len(), 2);
        assert_eq!(split("Xưởng may ở xã bên tuyển thợ với\n2. Lương tốt").len(), 2);
    }

    #[test]
    fn a_year_or_a_name_goes_on_behind_a_line_end() {
        assert_eq!(
            split("Số hộ nuôi tôm của xã đã giảm so với năm\n2019. Giá tôm lại lên.").len(),
            1
        );
        assert_eq!(split("Xã trồng dừa từ năm\n2019 | 40 ha\n2020 | 55 ha").len(), 3);
        let text =
            "Ngôi trường ấy do con trai của bà Lê\nThị Mận dựng, nay đã cũ, mái đã\ndột nát.";
        assert_eq!(split(text).len(), 1);
        assert_eq!(split("Người dân làng biển nhớ bà Lê\nThị Mận mất hôm qua.").len(), 2);
        let heading = "Chợ nổi vẫn họp mỗi sáng\nThuyền về từ các tỉnh, chở dưa và\nkhoai lang.";
        assert_eq!(split(heading).len(), 2);
    }

    #[test]
    fn a_column_of_filled_lines_is_one_paragraph() {
        let text = "Sáng nay, hàng trăm người dân đã có mặt tại bến xe Miền\n\
            Đông để mua vé về quê dịp nghỉ lễ. Theo ban quản lý bến,\n\
            lượng khách tăng gấp đôi ngày thường, các hãng xe Phương\n\
            Trang, Thành Bưởi đã tăng thêm chuyến trong các ngày cuối\n\
            tuần này.";
        assert_eq!(split(text).len(), 1);
    }

    #[test]
    fn short_lines_of_verse_stay_apart() {
        let text = "Gió đưa cành trúc la đà\nTiếng chuông Trấn Vũ canh gà Thọ Xương\nMịt mù khói tỏa ngàn sương";
        assert_eq!(split(text).len(), 3);
    }

    #[test]
    fn lines_that_all_begin_in_lower_case_stay_apart() {
        assert_eq!(split("mai họp lúc mấy giờ\nchín giờ nhé\nok").len(), 3);
        assert_eq!(split("Cần có:\nmột ký đậu đen\nba lạng đường").len(), 3);
        assert_eq!(split("Điều kiện gồm\na) có nhà\nb) có đất\nii) có xe").len(), 4);
    }

    #[test]
    fn blank_text_has_no_paragraphs() {
        assert!(split("").is_empty());
        assert!(split(" \u{A0}\n\u{200B}\r\n\u{FEFF}").is_empty());
    }
}
