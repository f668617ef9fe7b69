//! Lines that name an author or a source.

use super::block_end::BlockEnd;
use super::evidence::{Evidence, EvidenceSet};
use super::line::is_blank;
use super::phrase::{self, LinePrefix};
use super::word_hash::{normalized, spaces, words_of_key};
use crate::text::letter::is_alphanumeric;

/// Adds evidence that a line names who wrote it, how it was made, or where it
/// was taken from. `key` is the words key of the line.
pub(super) fn name_evidence(block: &str, key: &str, ending: BlockEnd, evidence: &mut EvidenceSet) {
    // `Link bài gốc Lấy link!`, as aggregators put it under what they copied.
    if key.starts_with("link ") && word_count(key) <= 6 && LinePrefix::of(key).is_source() {
        evidence.add(Evidence::SourcePhrase);
    }
    let lead = block.trim_start_matches(['*', '(', '-', '–', '.', ' ', '/', '[']);
    let ended = ending == BlockEnd::Stop
        && !block.ends_with([')', ']'])
        && !words_of_key(key).all(|w| w.chars().count() == 1);
    if ended || is_part_of_law(key) {
        return;
    }
    // `(t/h)`, short for *tổng hợp*, holds one of the separators.
    let is_shortened = memchr::memchr_iter(b'/', lead.as_bytes()).any(|at| {
        let (before, after) = lead.as_bytes().split_at(at);
        matches!(before.last(), Some(b't' | b'T')) && matches!(after.get(1), Some(b'h' | b'H'))
    });
    let shortened = is_shortened.then(|| lead.replace("/h", "h").replace("/H", "h"));
    let line = shortened.as_deref().unwrap_or(lead);
    let parts = split_at_signs(line).flat_map(split_at_and);
    // `(TTXVN/Vietnam+)` at the end signs the text.
    let signed = block.starts_with('(') && block.ends_with(')') && block.len() <= 48;
    let (mut names, mut notes, mut sources, mut others) = (0, 0, 0, 0);
    let is_barred = line.contains('|');
    let mut part_key = String::with_capacity(64);
    for part in parts {
        let part = part.trim_matches(|c| is_blank(c) || c == '.');
        if part.is_empty() {
            continue;
        }
        if part.len() == lead.len() && shortened.is_none() {
            part_key.clear();
            part_key.push_str(key);
        } else {
            normalized(part, &mut part_key);
        }
        if is_barred && phrase::is_counter(&part_key) {
            // `Thu Hà | 02/06/2025 | 1.204 lượt xem`: says nothing of who made the text.
        } else if phrase::is_author_note(&part_key) {
            notes += 1;
        } else if LinePrefix::of(&part_key).is_source()
            && word_count(&part_key) <= 7
            && follows_capital(part)
        {
            sources += 1;
        } else if is_name(part) {
            names += 1;
        } else if is_domain(part) {
            sources += 1;
        } else if is_acronym(part)
            || sources > 0 && part.starts_with(char::is_uppercase) && !part.contains(' ')
        {
            // Says nothing alone: `Theo AFP, BBC`, `Thu Hà (PLO)`.
        } else {
            others += 1;
            // Anything else makes the line no credit, unless brackets sign it.
            if !signed {
                break;
            }
        }
    }
    if signed && names + notes + sources == 0 && follows_capital(&format!(": {lead}")) {
        sources += 1;
        others = 0;
    }
    evidence.set(Evidence::PersonName, others == 0 && names > 0 && names <= 6);
    evidence.set(Evidence::AuthorPhrase, others == 0 && notes > 0);
    evidence.set(Evidence::SourcePhrase, others == 0 && sources > 0);
    // `Thực hiện: …`, `Bài và ảnh: …`
    if let Some(colon) = block.find(':')
        && word_count(key) <= 14
    {
        let mut head = String::new();
        normalized(&block[..colon], &mut head);
        let (opening, short) = (LinePrefix::of(&head), word_count(&head) <= 4);
        let opens = opening.is_author() && short;
        evidence.set(Evidence::AuthorPhrase, opens && follows_capital(&block[colon..]));
        evidence.set(Evidence::SourcePhrase, opening.is_source() && short);
    }
}

/// Whether a key begins with the label and number of a part of a law or a book: `chương i quy định`.
fn is_part_of_law(key: &str) -> bool {
    const LABELS: [&str; 10] =
        ["chương", "mục", "phần", "điều", "khoản", "bài", "quyển", "chapter", "section", "part"];
    let mut words = words_of_key(key);
    let is_label = words.next().is_some_and(|word| LABELS.contains(&word));
    let is_number = |word: &str| {
        word.bytes().all(|b| b.is_ascii_digit())
            || word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
    };
    is_label && words.next().is_some_and(is_number)
}

/// The number of words of a words key, 1 of an empty one.
fn word_count(key: &str) -> usize {
    spaces(key).count() + 1
}

/// The length of a sign that stands between names at the start of some bytes; 0 if there is none.
const fn sign(bytes: &[u8]) -> usize {
    match bytes {
        [b'-' | b'/' | b',' | b'|' | b'(' | b')' | b'&' | b';' | b'+' | b'*' | b'[' | b']', ..] => {
            1
        }
        // Dashes.
        [0xE2, 0x80, 0x93 | 0x94, ..] => 3,
        _ => 0,
    }
}

/// Cuts a line at the signs that stand between names.
pub(super) fn split_at_signs(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let whole = rest?;
        let bytes = whole.as_bytes();
        let at = (0..bytes.len()).find(|&at| sign(&bytes[at..]) > 0);
        rest = at.map(|at| &whole[at + sign(&bytes[at..])..]);
        Some(at.map_or(whole, |at| &whole[..at]))
    })
}

/// Cuts a part at each *và*.
pub(super) fn split_at_and(part: &str) -> impl Iterator<Item = &str> {
    const AND: &str = " và ";
    let mut rest = Some(part);
    std::iter::from_fn(move || {
        let whole = rest?;
        let mut letters = memchr::memchr_iter(b'v', whole.as_bytes());
        let at = letters.find_map(|at| {
            let at = at.checked_sub(1)?;
            whole.as_bytes()[at..].starts_with(AND.as_bytes()).then_some(at)
        });
        rest = at.map(|at| &whole[at + AND.len()..]);
        Some(at.map_or(whole, |at| &whole[..at]))
    })
}

/// Whether every word after the first begins with a capital or is a domain.
fn follows_capital(part: &str) -> bool {
    let mut any = false;
    part.split(is_blank).filter(|w| w.chars().any(is_alphanumeric)).skip(1).all(|word| {
        any = true;
        let first = word.trim_start_matches(|c: char| !is_alphanumeric(c)).chars().next();
        first.is_some_and(|c| c.is_uppercase() || c.is_numeric())
            || word.contains('.')
            || matches!(word, "và" | "của")
    }) && (any || part.starts_with(':'))
}

/// Two to five words, each with a capital; or initials such as `L.Y`.
pub(super) fn is_name(part: &str) -> bool {
    /// Words that open English headings and no names.
    const NO_NAMES: [&str; 10] =
        ["The", "Your", "Our", "My", "How", "What", "Why", "More", "Best", "Top"];
    let mut words = 0;
    for word in part.split(is_blank).filter(|w| !w.is_empty()) {
        if words == 0 && NO_NAMES.contains(&word) {
            return false;
        }
        words += 1;
        let mut chars = word.chars();
        if !chars.next().is_some_and(char::is_uppercase)
            || word.chars().any(|c| c.is_ascii_digit() || matches!(c, ':' | '"' | '“' | '?' | '!'))
        {
            return false;
        }
    }
    let initials = words == 1
        && part.contains('.')
        && part.len() <= 8
        && part.chars().all(|c| c.is_uppercase() || c == '.');
    // `N.Hương`: a first name shortened to its letter.
    let shortened = words == 1
        && part.char_indices().nth(1).is_some_and(|(at, c)| {
            c == '.'
                && part[at + 1..].chars().next().is_some_and(char::is_uppercase)
                && !part.ends_with('.')
        });
    (2..=5).contains(&words) || initials || shortened
}

pub(super) fn is_acronym(part: &str) -> bool {
    (2..=10).contains(&part.len()) && part.chars().all(|c| c.is_uppercase() || c == '&')
}

pub(super) fn is_domain(part: &str) -> bool {
    let host = part.trim_end_matches('.');
    !host.contains(is_blank)
        && host.split('.').count() >= 2
        && host.split('.').all(|label| {
            !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        && host.rsplit('.').next().is_some_and(|top| {
            (2..=8).contains(&top.len()) && top.bytes().all(|b| b.is_ascii_alphabetic())
        })
        && host.bytes().any(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::features::Page;
    use crate::page::line::paragraphs;

    fn evidence(line: &str) -> EvidenceSet {
        Page::new(line, &paragraphs(line), None).blocks[0].evidence
    }

    #[test]
    fn parts_of_laws_are_no_names_and_counters_hide_none() {
        let has_name = |line: &str| evidence(line).has(Evidence::PersonName);
        assert!(!has_name("Chương II. Quy Định Chung") && !has_name("Mục 3. Bến Phà"));
        assert!(has_name("Thu Hà | 02/06/2025 | 1.204 lượt xem"));
    }

    #[test]
    fn names_of_authors() {
        for line in [
            "Thu Hà",
            "THU HÀ",
            "Thu Hà - Minh An",
            "Nguyễn Thu Hà (tổng hợp)",
            "L.Y",
            "Thu Hà và Minh An",
            "(Thu Hà)",
        ] {
            assert!(evidence(line).has(Evidence::PersonName), "{line}");
        }
        for line in [
            "Thu hoạch lúa",
            "Đến năm 2030",
            "Thu Hà nói gì?",
            "Thu Hà, 35 tuổi, ở quận 3",
            "Kết luận",
        ] {
            assert!(!evidence(line).has(Evidence::PersonName), "{line}");
        }
    }

    #[test]
    fn lines_that_name_source_or_making() {
        for line in [
            "Theo Reuters",
            "(Theo AFP, BBC)",
            "Nguồn: Bộ Y tế",
            "baosongda.vn",
            "Theo TTXVN/Vietnam+",
            "Link bài gốc Lấy link!",
        ] {
            assert!(evidence(line).has(Evidence::SourcePhrase), "{line}");
        }
        for line in [
            "(Tổng hợp)",
            "Thực hiện: Thu Hà",
            "Bài và ảnh: THU HÀ",
            "PV (t/h)",
            "Biên dịch: Minh An",
        ] {
            assert!(evidence(line).has(Evidence::AuthorPhrase), "{line}");
        }
        assert!(!evidence("Theo đó, giá xăng giảm").has(Evidence::SourcePhrase));
    }
}
