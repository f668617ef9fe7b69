//! Names of authors as pages write them, with what stands around them.

use crate::page::line::{is_blank, tidy};
use crate::page::phrase;
use crate::page::word_hash::normalized_of;

/// A line without the label that names its author, and the label: `By Ann Lee`,
/// `Tác giả: Thu Hà`.
///
/// Labels that are common words need a colon.
pub(super) fn without_label(line: &str) -> (Option<&'static str>, &str) {
    let mut found = (None, line);
    let mut longest = 0;
    for label in phrase::author_labels() {
        let (label, needs_colon) =
            label.strip_suffix(':').map_or((label, false), |own| (own, true));
        let Some(head) = line.get(..label.len()) else { continue };
        let rest = &line[label.len()..];
        let ends = rest.starts_with(':') || !needs_colon && rest.starts_with(' ');
        if label.len() > longest && ends && is_same(head, label) {
            longest = label.len();
            found = (Some(label), rest.trim_start_matches([':', ' ']));
        }
    }
    found
}

/// Whether a text is a label but for its case.
fn is_same(text: &str, label: &str) -> bool {
    text.chars().flat_map(char::to_lowercase).eq(label.chars())
}

/// Whether a line is a label and nothing else, as where the name stands in the next: `Written by:`.
pub(super) fn is_label(line: &str) -> bool {
    let line = line.trim_end_matches([':', ' ']);
    phrase::author_labels().any(|label| is_same(line, label.trim_end_matches([':', ' '])))
}

/// The name at the beginning of a line, without what follows it: a date, an office, a section.
pub(super) fn name_in(line: &str) -> &str {
    const ENDS: [&str; 14] = [
        " - ",
        " – ",
        " — ",
        " in ",
        " on ",
        " for ",
        " at ",
        " Updated",
        " Published",
        " Theo ",
        " vào ",
        " lúc ",
        " ngày ",
        "\n",
    ];
    let end = line
        .find(|c: char| c.is_ascii_digit() || matches!(c, '|' | '•' | '·' | '(' | '[' | '/'))
        .unwrap_or(line.len());
    let end = ENDS.iter().filter_map(|mark| line.find(mark)).fold(end, usize::min);
    let name = line[..end].trim_matches(|c: char| {
        is_blank(c) || matches!(c, '-' | '–' | '—' | ',' | ';' | '(' | ')' | '*' | ':' | '.')
    });
    // `Ann Lee, Staff writer`: what is no name is an office.
    let mut end = 0;
    for part in name.split_inclusive([',', ';']) {
        if end > 0 && !is_author(part.trim_matches([',', ';', ' '])) {
            break;
        }
        end += part.len();
    }
    name[..end].trim_end_matches([',', ';', ' '])
}

/// Whether a text can be the name of an author, or of several.
///
/// Each word of a name begins with a capital, but for particles: `Ludwig van Loon`.
pub(super) fn is_author(name: &str) -> bool {
    /// Words in a name of several people, at most.
    const MOST: usize = 14;
    const PARTICLES: [&str; 27] = [
        "de", "da", "do", "dos", "del", "della", "di", "van", "von", "der", "den", "la", "le",
        "bin", "al", "and", "và", "&", "the", "with", "mit", "avec", "con", "et", "und", "y", "e",
    ];
    if name.chars().any(|c| c.is_ascii_digit() || "@:?!<>[]{}=_\"“”…".contains(c)) {
        return false;
    }
    if name.chars().any(|c| matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')) {
        return name.chars().count() <= 12;
    }
    let (mut words, mut capitals) = (0, 0);
    for word in name.split(|c: char| is_blank(c) || c == ',').filter(|word| !word.is_empty()) {
        words += 1;
        let key = word.to_lowercase();
        if words > MOST || phrase::is_no_name_word(&key) {
            return false;
        }
        if PARTICLES.contains(&word) {
            continue;
        }
        if !word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase) {
            return false;
        }
        capitals += 1;
    }
    capitals > 0 && name.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

/// A name without the note behind it on what its bearer did: `Thu Trang thực hiện`.
fn without_note(name: &str) -> &str {
    let mut words = name.match_indices(' ').map(|(at, _)| at);
    let begins_note = |&at: &usize| {
        let rest = &name[at + 1..];
        rest.starts_with(char::is_lowercase) && phrase::is_author_note(&normalized_of(rest))
    };
    words.find(begins_note).map_or(name, |at| &name[..at])
}

/// The name in a byline or in an author field, if there is one.
///
/// Names of one line in Vietnamese may be of groups (`Nhóm phóng viên`) and need no capitals.
pub(super) fn clean(byline: &str) -> Option<String> {
    let line = byline.trim_matches(is_blank).lines().next().unwrap_or("");
    let line = line.trim_start_matches(['-', '–', '*', '(', ' ']);
    let (_, rest) = without_label(line);
    let rest = match rest.split_once(':') {
        Some((label, name)) if label.split_whitespace().count() <= 4 => name.trim_start(),
        _ => rest,
    };
    let name = tidy(without_note(name_in(rest)));
    let is_group = || {
        let short = name.split(' ').count() <= 6 && name.starts_with(char::is_uppercase);
        short && !name.contains(['?', '!']) && !name.is_ascii()
    };
    (is_author(&name) || is_group()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_in_many_forms() {
        for (line, name) in [
            ("By Mara Quill", "Mara Quill"),
            ("Written by Tomas de la Cruz | 3 May 2024", "Tomas de la Cruz"),
            ("By Mara Quill, senior editor", "Mara Quill"),
            ("By Mara Quill and Jon Sand", "Mara Quill and Jon Sand"),
            ("Von Jürgen Kalb", "Jürgen Kalb"),
            ("Par Élodie Morin - 5 mai 2024", "Élodie Morin"),
            ("Tác giả: Thu Hà", "Thu Hà"),
            ("Thu Hà - 12/5/2025", "Thu Hà"),
            ("Thu Hà Theo Báo Sông Đà", "Thu Hà"),
            ("By June May Lee", "June May Lee"),
            ("Nhóm phóng viên", "Nhóm phóng viên"),
            ("Hồ Lan ghi", "Hồ Lan"),
            ("Quốc Bình - Hồ Lan tổng hợp", "Quốc Bình"),
        ] {
            assert_eq!(clean(line).as_deref(), Some(name), "{line}");
        }
    }

    #[test]
    fn lines_that_are_no_names() {
        for line in [
            "Updated March 13, 2024",
            "[Submitted on 18 Dec 2025]",
            "Useful resources",
            "Happy Christmas!",
            "Sat, 20 Dec, 2025 - 06:36",
            "admin",
            "https://bao.example/tac-gia/ha",
        ] {
            assert_eq!(clean(line), None, "{line}");
        }
    }
}
