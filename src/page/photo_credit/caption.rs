//! Where the caption before a credit begins.

use crate::page::line::is_blank;
use crate::text::letter::is_alphabetic;

/// Where the sentence that a credit closes begins.
pub(super) fn caption_start(paragraph: &str, done: usize, credit: usize) -> usize {
    /// Captions are short; a longer sentence is the article's own.
    const LONGEST: usize = 420;
    let lead = paragraph[done..credit]
        .trim_end_matches(|c: char| is_blank(c) || matches!(c, '-' | '–' | '—' | '|'));
    if lead.is_empty() {
        return done;
    }
    // The caption's own end mark does not part it from its credit.
    let body = lead.trim_end_matches(['.', '!', '?', '…', '”', '"', ')']);
    let body = if body.is_empty() { lead } else { body };
    match last_boundary(body) {
        Some((at, glued)) => {
            let start = done + at;
            let length = credit - start;
            if length > LONGEST {
                return credit;
            }
            if glued {
                return start;
            }
            // A caption of two sentences between two glued places.
            if let Some((earlier, true)) = last_boundary(
                body[..at]
                    .trim_end_matches(is_blank)
                    .trim_end_matches(['.', '!', '?', '…', '”', '"', ')']),
            ) && credit - (done + earlier) <= 300
            {
                return done + earlier;
            }
            start
        }
        None if credit - done <= LONGEST => done,
        None => credit,
    }
}

/// The last place in a piece where a sentence begins, and whether no space
/// stands before it.
fn last_boundary(piece: &str) -> Option<(usize, bool)> {
    let mut next: Option<(usize, char)> = None;
    let mut spaced = false;
    let mut quoted = None;
    for (at, c) in piece.char_indices().rev() {
        if is_blank(c) {
            spaced = true;
            continue;
        }
        if let Some((begin, first)) = next {
            let opens = || {
                first.is_uppercase()
                    || first.is_numeric()
                    || matches!(first, '“' | '"' | '‘' | '(' | '[' | '-' | '–')
            };
            match c {
                '.' | '!' | '?' | '…' if opens() => {
                    let begin = quoted.map_or(begin, |(b, _)| b);
                    let spaced_here = quoted.map_or(spaced, |(_, s)| s);
                    let number = !spaced_here && first.is_numeric();
                    if !number && !is_abbreviation(&piece[..at], c, spaced_here, first) {
                        return Some((begin, !spaced_here));
                    }
                }
                '”' | '"' | '’' | ')' if quoted.is_none() && opens() => {
                    quoted = Some((begin, spaced));
                    next = Some((begin, first));
                    spaced = false;
                    continue;
                }
                _ => {}
            }
        }
        quoted = None;
        next = Some((at, c));
        spaced = false;
    }
    None
}

/// Whether a full stop belongs to the word before it.
pub(in crate::page) fn is_abbreviation(before: &str, mark: char, spaced: bool, next: char) -> bool {
    if mark != '.' {
        return false;
    }
    let word = before
        .rsplit(|c: char| is_blank(c) || matches!(c, '.' | '(' | '“' | '"' | '/' | '-'))
        .next()
        .unwrap_or("");
    // `./.` and `...`: no word stands before the stop.
    if word.is_empty() {
        return false;
    }
    let letters = word.chars().filter(|&c| is_alphabetic(c)).count();
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    if matches!(
        word,
        "TP" | "Tp"
            | "ThS"
            | "Th"
            | "TS"
            | "PGS"
            | "GS"
            | "BS"
            | "KTS"
            | "NSND"
            | "NSƯT"
            | "Mr"
            | "Mrs"
            | "Dr"
            | "St"
            | "Q"
            | "P"
    ) {
        return true;
    }
    // `Tr.Việt`, `Ph.Văn`: the first letters of a name.
    let is_short = |word: &str| {
        letters <= 3
            && word.chars().skip(1).all(|c| c.is_ascii_lowercase())
            && !word.to_ascii_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y'])
    };
    if !spaced && capital && letters > 1 && next.is_uppercase() && is_short(word) {
        return true;
    }
    // `V.I. Lênin`, `ông T.`; without a space also `TP.HCM`, `U.S.A`.
    letters == 1 && capital && (spaced || next.is_uppercase())
        || !spaced && word.chars().all(char::is_uppercase) && letters <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caption(text: &str) -> &str {
        let credit = text.find("Ảnh:").unwrap_or(text.len());
        &text[caption_start(text, 0, credit)..credit]
    }

    #[test]
    fn a_caption_is_the_sentence_before_its_credit() {
        assert_eq!(
            caption("Nước đã rút. Cầu phao được nối lại. Ảnh: Thu Hà"),
            "Cầu phao được nối lại. "
        );
        assert_eq!(caption("Cầu phao được nối lại - Ảnh: Thu Hà"), "Cầu phao được nối lại - ");
        assert_eq!(
            caption("“Nước rút rồi.” Cầu phao được nối lại. Ảnh: Thu Hà"),
            "Cầu phao được nối lại. "
        );
    }

    #[test]
    fn abbreviations_and_numbers_do_not_end_it() {
        for text in [
            "Ông Trần T. Bình thăm bến xe TP.HCM. Ảnh: Thu Hà",
            "PGS.TS. Lê An trao 5.000 cuốn sách. Ảnh: Thu Hà",
        ] {
            assert_eq!(caption(text), text.strip_suffix("Ảnh: Thu Hà").unwrap_or(text));
        }
    }

    #[test]
    fn glued_paragraphs_mark_a_caption_of_two_sentences() {
        let text = "Nước đã rút.Cầu phao được nối lại. Xe máy qua trước. Ảnh: Thu Hà";
        assert_eq!(caption(text), "Cầu phao được nối lại. Xe máy qua trước. ");
        let text = "Nước đã rút hẳn khỏi các xã ven sông./.Cầu phao được nối lại. Ảnh: Thu Hà";
        assert_eq!(caption(text), "Cầu phao được nối lại. ");
    }

    #[test]
    fn a_very_long_sentence_is_the_articles_own() {
        let text = format!("{} Ảnh: Thu Hà", "nước lên rất nhanh ".repeat(40));
        assert_eq!(caption(&text), "");
    }
}
