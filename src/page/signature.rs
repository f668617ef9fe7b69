//! The signature of an article: the author, agency or source after its last sentence.
//!
//! Crawled text often lost the line end before it: `… Hải An và Hải Khê. Lê Nam`,
//! `… vào tháng 9.Phương ThảoTheo Daily Mail`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::byline::{is_acronym, is_domain, is_name, split_at_and, split_at_signs};
use super::glue::glue_point;
use super::line::{floor, is_blank};
use super::photo_credit::caption::is_abbreviation;
use super::phrase::{self, LinePrefix};
use super::word_hash::{marked_chars, normalized_of, words_of_key};
use crate::text::letter::{is_alphabetic, is_alphanumeric};
use crate::vocabulary;

/// A signature is not longer than this, in bytes.
const LONGEST: usize = 120;
/// A source has no more words: `Theo Cổng thông tin điện tử Bộ Y tế`.
const LONGEST_SOURCE: usize = 9;
/// A paragraph says at least this before its signature, in bytes.
const LEAST: usize = 30;

/// Where the signature at the end of a paragraph begins.
///
/// With `is_last`, the paragraph is the last long one of its page, where a single name signs, too.
pub(super) fn start(paragraph: &str, is_last: bool) -> Option<usize> {
    let from = floor(paragraph, paragraph.len().saturating_sub(LONGEST).max(LEAST));
    let closed = paragraph.trim_end_matches(is_blank);
    if from >= closed.len() || closed.ends_with(['!', '?', '…', '"', '”', ':', ';', ',']) {
        return None;
    }
    // A paragraph in the midst of a text that ends in a stop signs with a bracket or initials only.
    if !is_last
        && let Some(ended) = closed.strip_suffix('.')
        && !ended.ends_with(|c: char| matches!(c, ')' | ']') || c.is_uppercase())
    {
        return None;
    }
    let found = boundaries(paragraph, from).into_iter().find_map(|(at, boundary)| {
        let rest = &paragraph[at..];
        let start = at + rest.len() - rest.trim_start_matches(is_blank).len();
        signs(&paragraph[start..], boundary, is_last).then_some(start)
    });
    let end = found.unwrap_or(closed.len());
    is_last.then(|| small_name(paragraph, from, end)).flatten().or(found)
}

/// Where a name in small letters touches the stop before it: `… của hãng Sông Trà.tuấn vân`.
fn small_name(paragraph: &str, from: usize, end: usize) -> Option<usize> {
    static NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
        vocabulary::SURNAMES.words().chain(vocabulary::GIVEN_NAMES.words()).collect()
    });
    let piece = paragraph.get(from..end)?;
    let at = piece.rfind(['.', '!', '?', '…', '”', '"'])?;
    let name = piece[at..].trim_start_matches(['.', '!', '?', '…', '”', '"']);
    let words: Vec<&str> = name.split(' ').collect();
    let is_name = |word: &&str| {
        word.starts_with(char::is_lowercase) && NAMES.contains(normalized_of(word).as_str())
    };
    ((2..=4).contains(&words.len()) && words.iter().all(is_name)).then_some(end - name.len())
}

/// What parts a signature from the text before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Boundary {
    /// The end of a sentence.
    Sentence,
    /// Two spaces.
    Gap,
    /// Nothing: a capital after a small letter.
    Glue,
    /// Nothing: a capital after a digit or a closing bracket.
    Mark,
    /// An opening bracket.
    Bracket,
}

/// The places where a signature may begin, from left to right.
fn boundaries(paragraph: &str, from: usize) -> Vec<(usize, Boundary)> {
    let mut out = Vec::new();
    let mut sentence_end = None;
    let mut spaces = 0;
    let mut before = paragraph[..from].chars().next_back().unwrap_or(' ');
    let mut done = from;
    // Nothing begins with the other characters, and they end nothing.
    for at in marked_chars(&paragraph[from..]) {
        let at = from + at;
        let plain = &paragraph[done..at];
        if let Some(last) = plain.trim_end_matches(' ').chars().next_back() {
            (before, spaces, sentence_end) = (last, 0, None);
        }
        spaces += usize::from(plain.ends_with(' '));
        let Some(c) = paragraph[at..].chars().next() else { break };
        done = at + c.len_utf8();
        if is_blank(c) {
            spaces += if c == '\u{A0}' { 2 } else { 1 };
            continue;
        }
        let opens = c.is_uppercase() || matches!(c, '(' | '[' | '*' | '-' | '–' | '—' | '•');
        if let Some(stop) = sentence_end
            && opens
            && !(stop > 0 && is_abbreviation(&paragraph[..stop], '.', spaces > 0, c))
        {
            out.push((at, Boundary::Sentence));
        } else if spaces >= 2 && opens {
            out.push((at, Boundary::Gap));
        } else if c == '(' && spaces > 0 {
            out.push((at, Boundary::Bracket));
        } else if spaces == 0 && c.is_uppercase() && before.is_lowercase() {
            out.push((at, Boundary::Glue));
        } else if spaces == 0
            && c.is_uppercase()
            && (before == ')' || before.is_ascii_digit() && is_capitalized(&paragraph[at..]))
        {
            out.push((at, Boundary::Mark));
        }
        sentence_end = match c {
            // 0: the mark is no full stop, so no abbreviation owns it.
            '.' if before == '/' => Some(0),
            '.' => Some(at),
            '!' | '?' | '…' => Some(0),
            '"' | '”' | '’' | ')' | '»' | '/' => sentence_end,
            _ => None,
        };
        before = c;
        spaces = 0;
    }
    out
}

/// Whether a small letter follows the first, or a stop, which is so in no unit: `8 GB`.
fn is_capitalized(word: &str) -> bool {
    word.chars().nth(1).is_some_and(|c| c.is_lowercase() || c == '.')
}

/// What the parts of a line say about who made a text.
#[derive(Debug, Default)]
struct Parts {
    names: u32,
    single: u32,
    notes: u32,
    sources: u32,
    others: u32,
}

/// Whether the end of a paragraph signs it.
fn signs(rest: &str, boundary: Boundary, is_last: bool) -> bool {
    let bare = rest.trim_matches(|c: char| is_blank(c) || matches!(c, '-' | '–' | '—' | '*' | '•'));
    let is_enclosed = bare.starts_with(['(', '[']);
    if bare.split(is_blank).count() > 14 || bare.is_empty() {
        return false;
    }
    if boundary != Boundary::Bracket && is_last && names_office(bare) {
        return true;
    }
    let Some(parts) = parts(bare) else { return false };
    let named = parts.names + parts.notes + parts.sources;
    let is_ended = bare.trim_end_matches([')', ']']).ends_with('.');
    let letters = || bare.chars().filter(|&c| is_alphabetic(c));
    let is_capital = letters().all(char::is_uppercase);
    let has_initial = letters().count() <= 4 && is_capital;
    if is_ended && !(is_enclosed || parts.notes > 0 || has_initial) {
        return false;
    }
    match boundary {
        Boundary::Sentence => {
            named > 0 || parts.single == 1 && (is_enclosed || is_last || is_capital)
        }
        Boundary::Gap => named > 0,
        Boundary::Mark => named > 0 && is_last,
        Boundary::Bracket => parts.sources > 0 && bare.ends_with([')', ']']) && is_enclosed,
        // `được bầu chọnMINH HẢI – THU AN`
        Boundary::Glue => {
            let is_name = || phrase::begins_with_surname(bare) || is_capital && parts.names > 0;
            parts.sources > 0 || named > 0 && is_last && is_name()
        }
    }
}

/// `Minh Quang (Văn phòng Bangkok)`: a name, and in brackets where its bearer works.
fn names_office(line: &str) -> bool {
    let Some((name, rest)) = line.split_once('(') else { return false };
    let Some(office) = rest.strip_suffix(')') else { return false };
    is_name(name.trim_end_matches(is_blank))
        && office.starts_with(char::is_uppercase)
        && office.split(is_blank).count() <= 6
        && !office.contains(['.', ',', '('])
}

/// Whether a phrase may name an office: a capital, small letters, no mark.
fn is_office(phrase: &str) -> bool {
    phrase.starts_with(char::is_uppercase)
        && phrase.split(is_blank).count() <= 6
        && phrase.chars().all(|c| is_alphanumeric(c) || is_blank(c))
}

/// What the parts of a line say; nothing if one of them is neither a name nor a note.
fn parts(line: &str) -> Option<Parts> {
    let mut out = Parts::default();
    let has_slash = memchr::memchr(b'/', line.as_bytes()).is_some();
    let shortened = has_slash.then(|| line.replace("/h", "h").replace("/H", "H"));
    let mut line = shortened.as_deref().unwrap_or(line);
    // `Theo: Reuters`
    if let Some((label, source)) = line.split_once(':')
        && label.split(is_blank).count() <= 2
        && LinePrefix::of(&normalized_of(label)).is_source()
    {
        out.sources += 1;
        // `Nguồn: Công an tỉnh`: an office goes on in small letters.
        let source = source.trim_matches(is_blank);
        if is_office(source) {
            return Some(out);
        }
        line = source;
    }
    for part in split_at_signs(line).flat_map(|part| part.split(':')).flat_map(split_at_and) {
        split_glued(part, &mut |piece| count_part(piece, &mut out));
        if out.others > 0 {
            return None;
        }
    }
    Some(out)
}

/// Gives the pieces of a part that was glued from lines: `Tuấn AnhTheo Daily Mail`.
fn split_glued(part: &str, take: &mut impl FnMut(&str)) {
    // Only a capital inside of a word shows a lost line end.
    if marked_chars(part).all(|at| at == 0 || part[..at].ends_with(is_blank)) {
        return take(part);
    }
    let mut start = 0;
    let mut at = 0;
    for word in part.split(is_blank) {
        if let Some(glue) = glue_point(word) {
            take(&part[start..at + glue]);
            start = at + glue;
        }
        at += word.len();
        at += part[at..].chars().next().map_or(0, char::len_utf8);
    }
    take(&part[start..]);
}

fn count_part(part: &str, out: &mut Parts) {
    let part = part.trim_matches(|c| is_blank(c) || matches!(c, '.' | '"' | '“' | '”'));
    if part.is_empty() {
        return;
    }
    let key = normalized_of(part);
    let prefix = LinePrefix::of(&key);
    let count = words_of_key(&key).count();
    let second = part.split(is_blank).filter(|word| !word.is_empty()).nth(1);
    let second_is_capital = second
        .and_then(|word| word.chars().find(|&c| is_alphanumeric(c)))
        .is_some_and(|c| c.is_uppercase() || c.is_numeric())
        || second.is_some_and(is_domain);
    if phrase::is_author_note(&key) || phrase::is_credit_label(&key) {
        out.notes += 1;
    } else if prefix.is_source() && count <= LONGEST_SOURCE && second_is_capital || is_domain(part)
    {
        out.sources += 1;
    } else if prefix.is_author() && count <= 6 {
        let rest = part.split(is_blank).skip_while(|word| word.chars().all(|c| !c.is_uppercase()));
        out.notes += u32::from(count <= 3 || rest.count() > 0);
        out.others += u32::from(count > 3 && !second_is_capital);
    } else if is_name(part)
        || is_signed_name(part, &key)
        || prefix.is_person_title() && is_titled_name(part)
    {
        out.names += 1;
    } else if is_acronym(part)
        || count == 1
            && part.chars().next().is_some_and(char::is_uppercase)
            && part.chars().all(is_alphabetic)
            && part.chars().count() >= 2
    {
        out.single += 1;
    } else {
        out.others += 1;
    }
}

/// `Bác sĩ Nguyễn Thu Hà`: a name behind a title, which has up to three words.
fn is_titled_name(part: &str) -> bool {
    let mut name = part;
    (0..3).any(|_| {
        name = name.trim_start_matches(|c| !is_blank(c)).trim_start_matches(is_blank);
        is_name(name) && phrase::begins_with_surname(name)
    })
}

/// `Thu Hà tổng hợp`, `Minh An theo Reuters`: a name and then a note.
fn is_signed_name(part: &str, key: &str) -> bool {
    let capitals = part
        .split(is_blank)
        .take_while(|word| word.chars().next().is_some_and(char::is_uppercase))
        .count();
    if !(1..=5).contains(&capitals) {
        return false;
    }
    let note = key.splitn(capitals + 1, ' ').nth(capitals).unwrap_or("");
    phrase::is_author_note(note) || LinePrefix::of(note).is_source() && note.split(' ').count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "Đoàn xe chở hàng cứu trợ đã tới các xã vùng lũ của hai huyện ven sông";

    #[test]
    fn forms_of_signatures_after_the_last_sentence() {
        for signature in [
            "Lê Nam",
            "PV",
            "P.V",
            "M.QUANG",
            "TUẤN ANH",
            "(Theo Reuters)",
            "(Theo Reuters).",
            "Trần Minh An (TTXVN)",
            "Theo Dân trí",
            "HT (Theo BSCB)",
            "Tin, ảnh: VIỆT AN",
            "Bài và ảnh: Thu Hà",
            "Minh An - Thu Hà",
            "Tuấn Khanh (tổng hợp/VietQ)",
            "Thu Hà/Vietnam+",
            "Tuấn AnhTheo Daily Mail",
            "Minh An lược dịch",
            "(Vietnam+)",
            "Hoàng",
            "Nguyễn Thu (Theo baosongda.vn)",
            "Minh Tâm (Văn phòng Cần Thơ)",
            "Theo: AutoNews",
            "Nguồn: Công an tỉnh",
            "Theo Cổng thông tin điện tử Bộ Y tế",
            "Thu Hà (lược thuật)",
            "Thu Hà (Báo nước ngoài)",
            "Bác sĩ Nguyễn Thu Hà",
            "ThS. Lê Minh An",
        ] {
            for seam in [". ", ".", "./.", "...", ".” ", "?  "] {
                let text = format!("{SENTENCE}{seam}{signature}");
                let found = start(&text, true).map(|at| &text[at..]);
                assert_eq!(found, Some(signature), "{text}");
            }
        }
    }

    #[test]
    fn names_that_touch_the_last_word_in_capitals_or_its_stop_in_small_letters() {
        for signature in ["MINH AN – THU HÀ", "MINH AN"] {
            let text = format!("Đoàn xe chở hàng cứu trợ đã tới các xã vùng lũ{signature}");
            assert_eq!(start(&text, true).map(|at| &text[at..]), Some(signature), "{text}");
        }
        for signature in ["tuấn vân", "lê hoàng tùngTheo Bến Mới"] {
            let text = format!("{SENTENCE}.{signature}");
            assert_eq!(start(&text, true).map(|at| &text[at..]), Some(signature), "{text}");
        }
        for end in [" thu hà", ".hết hàng", ".mai"] {
            assert_eq!(start(&format!("{SENTENCE}{end}"), true), None, "{end}");
        }
    }

    #[test]
    fn ends_of_sentences_are_none() {
        for text in [
            "Đoàn xe chở hàng cứu trợ đã tới các xã vùng lũ ở TP. Hồ Chí Minh",
            "Đoàn xe chở hàng cứu trợ đã tới nơi. Theo ông An, hàng đủ dùng một tuần",
            "Đoàn xe chở hàng cứu trợ đã tới nơi. Bà con nhận hàng ngay tại bến",
            "Người dẫn đoàn xe chở hàng cứu trợ tới các xã vùng lũ là PGS.TS. Lê An",
            "Đoàn xe chở hàng cứu trợ đã tới nơi sớm hơn dự kiến ở huyện Mỹ Đức (Hà Nội)",
            "Đoàn xe chở hàng cứu trợ đã tới nơi, thuê bao của VinaPhone",
            "Đoàn xe chở hàng cứu trợ đã tới nơi, mỗi xe 8GB.Lê Hoàng (Theo Reuters) chụp",
            "Đoàn xe chở hàng cứu trợ đã tới nơi, trưởng đoàn là anh Tr.Việt",
            "Đoàn xe chở hàng cứu trợ đã tới nơi. Thu Hà nói: “Cảm ơn”",
        ] {
            assert_eq!(start(text, true), None, "{text}");
        }
    }
}
