//! Where the caption before a credit begins.

use crate::page::byline::is_acronym;
use crate::page::line::is_blank;
use crate::text::letter::is_alphanumeric;

/// Where the sentence that a credit closes begins; the credit itself where the sentence before it is
/// the article's own.
///
/// A credit that touches the end mark of the sentence before it stood in a line of its own. That line
/// is most often the credit of a picture without caption, so the sentence is a caption only if it is
/// short and begins a line, too. The pictures that illustrate a story (`is_illustration`) are not
/// captioned inside of its paragraphs.
pub(super) fn caption_start(
    paragraph: &str,
    done: usize,
    credit: usize,
    is_illustration: bool,
) -> usize {
    /// Captions are short; a longer sentence is the article's own. In bytes.
    const LONGEST: usize = 420;
    /// The same for a sentence that does not begin a line, or does not share that of its credit. In
    /// syllables.
    const LONGEST_INSIDE: usize = 32;
    const LONGEST_APART: usize = 24;
    let lead = paragraph[done..credit]
        .trim_end_matches(|c: char| is_blank(c) || matches!(c, '-' | '–' | '—' | '|'));
    if lead.is_empty() {
        return done;
    }
    // The caption's own end mark does not part it from its credit.
    let body = lead.trim_end_matches(['.', '!', '?', '…', '”', '"', ')']);
    let is_apart = body.len() < lead.len() && done + lead.len() == credit;
    let body = if body.is_empty() { lead } else { body };
    let syllables = |from: usize| {
        paragraph[from..credit].split(is_blank).filter(|word| !word.is_empty()).count()
    };
    let Some((at, glued)) = last_boundary(body) else {
        let is_long = credit - done > LONGEST || is_apart && syllables(done) > LONGEST_APART;
        return if is_long { credit } else { done };
    };
    let start = done + at;
    if credit - start > LONGEST || is_apart && (!glued || syllables(start) > LONGEST_APART) {
        return credit;
    }
    if glued {
        return start;
    }
    // A caption of two sentences between two glued places.
    if let Some((earlier, true)) = last_boundary(
        body[..at].trim_end_matches(is_blank).trim_end_matches(['.', '!', '?', '…', '”', '"', ')']),
    ) && credit - (done + earlier) <= 300
    {
        return done + earlier;
    }
    if is_illustration || syllables(start) > LONGEST_INSIDE { credit } else { start }
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
                    let is_end = || {
                        !is_abbreviation(&piece[..at], c, spaced_here, first)
                            || !spaced_here && ends_in_acronym(&piece[..at], &piece[begin..])
                    };
                    if !number && is_end() {
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

/// Whether a sentence that ends in capitals is glued to the next, `của TQ.Bản thiết kế`: a word in
/// small letters follows the first, which a place or a name does not have, `TP.Đà Nẵng`.
fn ends_in_acronym(before: &str, after: &str) -> bool {
    let word = before.rsplit(is_blank).next().unwrap_or("");
    let mut words = after.split(is_blank);
    let first = words.next().unwrap_or("");
    is_acronym(word)
        && word != "TP"
        && !is_title(word)
        && first.chars().nth(1).is_some_and(char::is_lowercase)
        && words.next().is_some_and(|next| next.starts_with(char::is_lowercase))
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
    // `S4.Hình ảnh`: a number is no letter of a name.
    let letters = word.chars().filter(|&c| is_alphanumeric(c)).count();
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    if is_title(word) || matches!(word, "TP" | "Tp" | "Th" | "St" | "Q" | "P") {
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

/// Whether a word is a title of persons, whose stop belongs to it.
fn is_title(word: &str) -> bool {
    matches!(
        word,
        "ThS" | "TS" | "PGS" | "GS" | "BS" | "KTS" | "NSND" | "NSƯT" | "Mr" | "Mrs" | "Dr"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caption(text: &str) -> &str {
        let credit = text.find("Ảnh:").unwrap_or(text.len());
        &text[caption_start(text, 0, credit, false)..credit]
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
    fn acronyms_and_codes_end_a_sentence_that_is_glued_to_the_next() {
        for own in ["Tên lửa này do TQ.", "Máy mới thay đời S4."] {
            let text = format!("{own}Bản vẽ của hãng được trưng bày. Ảnh: Thu Hà");
            assert_eq!(caption(&text), "Bản vẽ của hãng được trưng bày. ");
        }
        let text = "Bác sĩ TS.Minh khám bệnh ở TP.Đà Lạt. Ảnh: Thu Hà";
        assert_eq!(caption(text), text.strip_suffix("Ảnh: Thu Hà").unwrap_or(text));
    }

    #[test]
    fn a_credit_that_touches_an_end_mark_takes_short_lines_only() {
        let long = "Sau ba tháng thi công trong điều kiện nước chảy xiết, các kỹ sư quyết định đổi \
            phương án và lùi ngày hợp long nhịp giữa sang cuối quý sau.";
        for text in [
            "Nước rút. Cầu phao được nối lại.Ảnh: Thu Hà".to_owned(),
            format!("Nước rút.{long}Ảnh: Thu Hà"),
            format!("{long}Ảnh: Thu Hà"),
        ] {
            assert_eq!(caption(&text), "", "{text}");
        }
        assert_eq!(caption("Nước rút.Cầu phao được nối lại.Ảnh: Thu Hà"), "Cầu phao được nối lại.");
        assert_eq!(caption("Cầu phao được nối lại.Ảnh: Thu Hà"), "Cầu phao được nối lại.");
    }

    #[test]
    fn pictures_that_illustrate_a_story_have_no_caption_inside_of_its_paragraphs() {
        let start =
            |text: &str| caption_start(text, 0, text.find("Ảnh minh họa").unwrap_or(0), true);
        let text = "Mẹ tôi giận lắm. Bà bỏ về quê ngay trong đêm. Ảnh minh họa";
        assert_eq!(&text[start(text)..], "Ảnh minh họa");
        let text = "Mẹ tôi giận lắm.Một góc chợ quê. Ảnh minh họa";
        assert_eq!(&text[start(text)..], "Một góc chợ quê. Ảnh minh họa");
    }

    #[test]
    fn a_very_long_sentence_is_the_articles_own() {
        let text = format!("{} Ảnh: Thu Hà", "nước lên rất nhanh ".repeat(40));
        assert_eq!(caption(&text), "");
    }
}
