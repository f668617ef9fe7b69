//! Labels and numbers at the head of a line, whose stop ends nothing: `Điều 12.`, `2.1.`, `(1).`

use crate::token::{Gap, Token, TokenKind};

/// Words that number the parts of laws, books and papers. A stop after their number ends nothing
/// wherever a sentence begins; after other words, only where a line does.
const PARTS: [&str; 24] = [
    "điều",
    "khoản",
    "chương",
    "mục",
    "phần",
    "bài",
    "câu",
    "bước",
    "tập",
    "hồi",
    "hình",
    "bảng",
    "quyển",
    "tiết",
    "đoạn",
    "biểu",
    "mẫu",
    "ảnh",
    "sơ đồ",
    "phụ lục",
    "chuyên đề",
    "kỳ",
    "kì",
    "cảnh",
];

/// Words before a part that is referred to: `Theo Hình 2.`, `Xem Bảng 1.`
const REFERRING: [&str; 14] = [
    "theo", "xem", "tại", "ở", "trong", "từ", "như", "về", "đọc", "làm", "đến", "căn", "qua", "hết",
];

/// A label is not longer than this, in tokens without its number and stop.
const LABEL_WORDS: usize = 2;

/// Returns true if the tokens from `start` to the stop at `at` are `1.`, `2.1.`, `a.`, `IV.`, with
/// an opening bracket or quotation mark before it or not.
pub(super) fn is_enumerator(text: &str, tokens: &[Token], start: usize, at: usize) -> bool {
    let first = behind_opening(text, tokens, start, at);
    let label = &tokens[first..at];
    match label {
        [number] => {
            let word = &text[number.span()];
            is_number(text, number)
                || is_letter(text, number)
                || tokens[start].gap() == Gap::Line && (is_step(word) || is_small_roman(word))
        }
        // `(1).`
        [number, bracket] => {
            first > start
                && matches!(&text[bracket.span()], ")" | "]")
                && (is_number(text, number) || is_letter(text, number))
        }
        _ => false,
    }
}

/// Returns true if the tokens from `start` to the stop at `at` are a label with a number: `Điều 12.`,
/// `Chương II.`, `Phụ lục 3a.`
pub(super) fn is_label(text: &str, tokens: &[Token], start: usize, at: usize) -> bool {
    let first = behind_opening(text, tokens, start, at);
    let [words @ .., number] = &tokens[first..at] else { return false };
    if let [part, ordinal] = words
        && is_ordinal(&text[ordinal.span()])
    {
        return is_part(&text[part.span()]) && number.kind() == TokenKind::Syllable;
    }
    if !(1..=LABEL_WORDS).contains(&words.len())
        || !words.iter().all(|word| word.kind() == TokenKind::Syllable)
        || !words[0].is_capitalized()
        || words.len() > 1 && REFERRING.contains(&text[words[0].span()].to_lowercase().as_str())
        || words[1..].iter().any(|word| word.gap() != Gap::Space)
    {
        return false;
    }
    let is_numbered = match number.kind() {
        TokenKind::Number | TokenKind::Alphanumeric => {
            let digits = &text[number.span()];
            digits.len() <= 7
                && digits.starts_with(|c: char| c.is_ascii_digit())
                && !is_year(digits)
                && digits.chars().all(|c| c.is_alphanumeric() || c == '.')
                // `Lương 15tr.`, `Cao 12m.`: units, where parts have one letter, `Mẫu 3a.`
                && (has_part_letter(digits) || is_part(&text[words[0].span()]))
        }
        _ => is_letter(text, number) || is_roman(&text[number.span()]),
    };
    let (head, tail) = (&words[0], &words[words.len() - 1]);
    // `Nhóm A.` is a label, `Nhà ga T.` a sentence.
    let has_digits = matches!(number.kind(), TokenKind::Number | TokenKind::Alphanumeric);
    let may_be_any = words.len() == 1 || has_digits;
    let heads_line = tokens[start].gap() == Gap::Line && may_be_any;
    is_numbered && (heads_line || is_part(&text[head.span().start..tail.span().end]))
}

/// Returns true if the label of an item begins at `at`: `b) Có đơn`, `iv) Có đơn`.
pub(super) fn is_item(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some([label, bracket, next]) = tokens.get(at..at + 3) else { return false };
    let letter = &text[label.span()];
    label.gap() != Gap::None
        && bracket.gap() == Gap::None
        && next.gap() != Gap::None
        && &text[bracket.span()] == ")"
        && (letter.chars().count() == 1 && letter.starts_with(char::is_lowercase)
            || letter.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')))
}

/// Returns true if the number that touches the mark at `at` begins an item of which the line end was
/// lost: `nhợt nhạt.8. Mổ khám`, `bị phù.8.2. Thể thận`.
pub(super) fn is_lost_item(text: &str, tokens: &[Token], at: usize, number: usize) -> bool {
    let Some([number, stop, word]) = tokens.get(number..number + 3) else { return false };
    // Behind a word in small letters, a closing quote or an ellipsis: `… cần đến nó.2. Máy tính`.
    let is_end = |token: &Token| {
        token.is_small() && token.span().len() > 2 || matches!(&text[token.span()], "”" | "\"")
    };
    let follows_end = at > 0 && is_end(&tokens[at - 1]) || &text[tokens[at].span()] == "…";
    follows_end
        && is_number(text, number)
        && text[number.span()].split('.').all(|part| part.len() <= 2)
        && stop.gap() == Gap::None
        && &text[stop.span()] == "."
        && word.gap() == Gap::Space
        && matches!(word.kind(), TokenKind::Syllable | TokenKind::Foreign)
        && word.is_capitalized()
}

/// Classes of words as dictionaries abbreviate them.
const WORD_CLASSES: [&str; 20] = [
    "d", "dt", "đg", "đgt", "đt", "t", "tt", "p", "pht", "pt", "k", "kt", "đ", "đit", "tr", "trt",
    "c", "cht", "qht", "lt",
];

/// Most words of a headword; before a class of one letter, half of them.
const HEADWORDS: usize = 4;

/// Returns true for a word with its number among those that are spelled alike: `bàn1`.
fn is_homograph(text: &str, token: &Token) -> bool {
    let word = &text[token.span()];
    word.starts_with(char::is_lowercase)
        && word.ends_with(|c: char| c.is_ascii_digit())
        && word.trim_end_matches(|c: char| c.is_ascii_digit()).chars().all(char::is_lowercase)
}

/// Returns true if the tokens from `start` to the stop at `at` are a headword of a dictionary and the
/// class of the word, `nhà d.`, with the number of its first meaning or without: `ăn đg. 1.`
pub(super) fn is_headword(text: &str, tokens: &[Token], start: usize, at: usize) -> bool {
    let is_class = |words: &[Token]| {
        let [head @ .., class] = words else { return false };
        let class = text[class.span()].trim_end_matches('.');
        let most = if class.len() > 1 { HEADWORDS } else { HEADWORDS / 2 };
        (1..=most).contains(&head.len())
            && head.iter().all(|word| word.is_small() || is_homograph(text, word))
            && tokens[start].gap() == Gap::Line
            && WORD_CLASSES.contains(&class)
    };
    match &tokens[start..at] {
        [words @ .., stop, number] if &text[stop.span()] == "." => {
            is_number(text, number) && is_class(words)
        }
        [words @ .., number] if is_number(text, number) => is_class(words),
        words => is_class(words),
    }
}

/// Returns true for a word that numbers the parts of laws, books and papers.
fn is_part(word: &str) -> bool {
    PARTS.contains(&word.to_lowercase().as_str())
}

/// `Phần thứ hai.`, `Hồi thứ mười.`
fn is_ordinal(word: &str) -> bool {
    matches!(word, "thứ" | "THỨ" | "Thứ")
}

/// Passes an opening bracket or quotation mark.
fn behind_opening(text: &str, tokens: &[Token], start: usize, at: usize) -> usize {
    let opens = matches!(&text[tokens[start].span()], "“" | "\"" | "(" | "[" | "«" | "‘" | "'");
    if opens && start + 1 < at { start + 1 } else { start }
}

/// `1`, `12`, `2.1`, `3.2.10`, `A.2`, `II.1`; a year is none.
fn is_number(text: &str, token: &Token) -> bool {
    let mut number = &text[token.span()];
    // `3a.`, between the third and the fourth.
    let digits = number.trim_end_matches(|c: char| c.is_lowercase());
    if (1..=3).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && number[digits.len()..].chars().count() == 1
    {
        return true;
    }
    if token.kind() == TokenKind::Alphanumeric
        && let Some((letter, rest)) = number.split_once('.')
        && (letter.len() == 1 || is_roman(letter))
    {
        number = rest;
    } else if token.kind() != TokenKind::Number {
        return false;
    }
    let parts = number.split('.').count();
    parts > 0
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && number.split('.').all(|part| (1..=3).contains(&part.len()))
        && parts <= 5
        // `2.000` is a price.
        && (parts == 1 || number.split('.').skip(1).all(|part| part.len() <= 2))
}

/// `B3` for a third step (`bước`), `Q12` for a question.
fn is_step(word: &str) -> bool {
    let (letter, digits) = word.split_at_checked(1).unwrap_or_default();
    letter.bytes().all(|b| b.is_ascii_uppercase())
        && (1..=2).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `a`, `IV`.
fn is_letter(text: &str, token: &Token) -> bool {
    let word = &text[token.span()];
    token.kind().is_term()
        && token.kind() != TokenKind::Number
        && (word.chars().count() == 1 || is_roman(word))
}

/// `ii`, `iv`, for a part of a list; `i` and `v` are letters.
fn is_small_roman(word: &str) -> bool {
    (2..=4).contains(&word.len()) && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
}

/// True for digits with one letter behind them at most, which is no unit of a length.
fn has_part_letter(number: &str) -> bool {
    let letters = number.trim_start_matches(|c: char| !c.is_alphabetic());
    letters.chars().nth(1).is_none() && !matches!(letters, "m" | "g" | "k" | "l")
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}
