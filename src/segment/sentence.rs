//! Sentence boundaries by rules for Vietnamese news.
//!
//! A boundary is decided at each mark that can end a sentence, from the tokens on both sides. The
//! bias is towards *not* splitting: a sentence that is cut in two loses its meaning, two that stay
//! together lose only precision. What the rules know:
//!
//! - the stop of an abbreviation or initial never arrives here: the tokenizer decides who owns
//!   it ([`crate::segment::scan`]);
//! - a lower-case word after the mark means that the sentence goes on;
//! - closing quotes and brackets that touch the mark belong to the sentence (`.”`);
//! - news sites glue sentences (`12/6.Thay mặt`): a capital that touches the stop begins one;
//! - `1.` at the beginning of a sentence numbers it; `./.` ends a document.

use std::ops::Range;

use super::token::{Gap, Shape, Token, TokenKind};

/// Marks that can end a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ender {
    /// `.`
    Stop,
    /// `!`, `?`, `?!`
    Exclamation,
    /// `…`, `...`
    Ellipsis,
    /// `./.`
    Document,
}

impl Ender {
    fn of(token: &Token, text: &str) -> Option<Self> {
        if token.kind != TokenKind::Punctuation {
            return None;
        }
        let bytes = &text.as_bytes()[token.span()];
        match bytes {
            b"." => Some(Self::Stop),
            b"./." => Some(Self::Document),
            [b'.', b'.', ..] => Some(Self::Ellipsis),
            [b'!' | b'?', ..] => Some(Self::Exclamation),
            _ if bytes.starts_with("…".as_bytes()) => Some(Self::Ellipsis),
            _ if bytes == "。".as_bytes() => Some(Self::Stop),
            _ => None,
        }
    }
}

/// Appends the sentences of `tokens` to `sentences`, as ranges of token indices offset by `base`.
///
/// The ranges are adjacent and cover all tokens. `tokens` are those of one block: a sentence
/// never crosses a block.
///
/// # Examples
///
/// ```
/// use tomtat::segment::{scan::tokenize, sentence::split};
///
/// let text = "Ông T. cho biết giá tăng 5%.Theo GS.TS Lê An, “đó là điều tốt.” Mai họp tiếp…";
/// let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
/// tokenize(text, 0..text.len(), &mut tokens);
/// split(text, &tokens, 0, &mut sentences);
/// let found: Vec<&str> =
///     sentences.iter().map(|s| &text[tokens[s.start].span().start..tokens[s.end - 1].span().end]).collect();
/// assert_eq!(
///     found,
///     ["Ông T. cho biết giá tăng 5%.", "Theo GS.TS Lê An, “đó là điều tốt.”", "Mai họp tiếp…"]
/// );
/// ```
pub fn split(text: &str, tokens: &[Token], base: usize, sentences: &mut Vec<Range<usize>>) {
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        let Some(ender) = Ender::of(&tokens[at], text) else {
            at += 1;
            continue;
        };
        let end = closed(text, tokens, at + 1);
        if end == tokens.len() || is_boundary(text, tokens, start, at, end, ender) {
            sentences.push(base + start..base + end);
            start = end;
        }
        at = end;
    }
    if start < tokens.len() {
        sentences.push(base + start..base + tokens.len());
    }
}

/// Returns the index behind the closing marks and further enders that touch the mark.
fn closed(text: &str, tokens: &[Token], mut at: usize) -> usize {
    while let Some(token) = tokens.get(at) {
        if token.gap != Gap::None || token.kind != TokenKind::Punctuation {
            break;
        }
        let closes = match &text[token.span()] {
            "”" | "’" | "»" | ")" | "]" | "}" | "›" => true,
            // A straight quote closes if nothing but a space or a mark follows.
            "\"" | "'" => tokens
                .get(at + 1)
                .is_none_or(|next| next.gap != Gap::None || next.kind == TokenKind::Punctuation),
            _ => Ender::of(token, text).is_some(),
        };
        if !closes {
            break;
        }
        at += 1;
    }
    at
}

/// Decides whether the sentence that began at `start` ends with the mark at `at`; the next token is
/// `tokens[next]`.
fn is_boundary(
    text: &str,
    tokens: &[Token],
    start: usize,
    at: usize,
    next: usize,
    ender: Ender,
) -> bool {
    if ender == Ender::Document {
        return true;
    }
    // A mark with nothing before it opens the sentence: `… và rồi`.
    if at == start {
        return false;
    }
    let closed = next > at + 1;
    let before = &tokens[at - 1];
    let touching = tokens[next].gap == Gap::None;
    if ender == Ender::Stop && !closed && is_enumerator(text, tokens, start, at) {
        return false;
    }
    let Some(opening) = opening(text, tokens, next) else { return false };
    let token = &tokens[opening];
    let quoted = opening > next;
    match token.kind {
        TokenKind::Number => {
            // Q. 1 arrives as an abbreviation; here a sentence may begin with a number.
            !touching && ender != Ender::Ellipsis && before.kind != TokenKind::Abbreviation
        }
        kind if kind.is_term() => {
            if !begins_upper(text, token) {
                return false;
            }
            match ender {
                Ender::Ellipsis if touching && !quoted => false,
                // 12/6.Thay mặt, tỉ đồng.Bộ trưởng; but not the inside of `Node.js` or `M.Ụ`.
                Ender::Stop if touching && !closed && !quoted => {
                    token.shape == Shape::Capitalized || before.shape == Shape::Lower
                }
                _ => true,
            }
        }
        TokenKind::Symbol => !touching,
        _ => false,
    }
}

fn begins_upper(text: &str, token: &Token) -> bool {
    text[token.span()].chars().next().is_some_and(char::is_uppercase)
}

/// Returns the first token of the next sentence that is no opening mark, or `None` if what follows
/// cannot begin a sentence.
fn opening(text: &str, tokens: &[Token], next: usize) -> Option<usize> {
    // A dash, a quote and a bracket may stand before the first word: - “(Tôi …
    for at in next..next + 4 {
        let token = tokens.get(at)?;
        if token.kind != TokenKind::Punctuation {
            return Some(at);
        }
        let opens = match &text[token.span()] {
            "“" | "‘" | "«" | "(" | "[" | "\"" | "'" | "‹" | "…" | "..." => true,
            "-" | "–" | "—" | "•" | "*" | "·" => token.gap != Gap::None,
            _ => false,
        };
        if !opens {
            return None;
        }
    }
    None
}

/// Returns true for `1.`, `a.`, `IV.` at the beginning of a sentence.
fn is_enumerator(text: &str, tokens: &[Token], start: usize, at: usize) -> bool {
    if at != start + 1 {
        return false;
    }
    let word = &text[tokens[start].span()];
    match tokens[start].kind {
        TokenKind::Number => word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()),
        _ => word.chars().count() == 1 || word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::scan::tokenize;

    fn sentences(text: &str) -> Vec<&str> {
        let (mut tokens, mut ranges) = (Vec::new(), Vec::new());
        tokenize(text, 0..text.len(), &mut tokens);
        split(text, &tokens, 0, &mut ranges);
        ranges
            .iter()
            .map(|s| &text[tokens[s.start].span().start..tokens[s.end - 1].span().end])
            .collect()
    }

    /// Each case is one text, `|` marks the boundaries.
    fn check(marked: &str) {
        let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(sentences(&marked.replace('|', "")), expected);
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_sentences() {
        check("Sáng nay, TP. Hà Nội mưa to. | Tại TP.HCM trời nắng.");
        check("GS.TS Trần Văn B. cho biết như vậy. | PGS. TS. Lê Thị C. thì không.");
        check("Ông T. khai đã gặp chị Tr. (SN 1997) ở Q. 1, P. 5. | Vụ việc đang điều tra.");
        check("Tiền đạo C. Ronaldo ghi bàn cho M.U. | Trận đấu kết thúc.");
        check("Nhà văn N. V. Linh đã đến.");
        check("Trong nhà có chị Tr. | Công an đã đến.");
    }

    #[test]
    fn numbers_dates_and_addresses_stay_whole() {
        check("Giá 2.000-3.000đ, tăng 3.5% so với ngày 12.6.2020. | Trang Tiin.vn đưa tin.");
        check("Xem tại https://vi.example.org/tin.html. | Liên hệ toasoan@bao.example.vn để biết.");
    }

    #[test]
    fn glued_sentences_are_split() {
        check(
            "nhân dịp Quốc khánh 12/6.|Thay mặt Đảng, ông phát biểu.|Tổng vốn 5 tỉ đồng.|Bộ trưởng nói.",
        );
        check("Phóng viên Node.js đến.");
    }

    #[test]
    fn quotes_and_brackets_close_with_the_sentence() {
        check("Ông nói: “Tôi sẽ đi.” | Mọi người vỗ tay.");
        check("“Tôi sẽ đi.”, ông nói.");
        check("\"Anh đi đâu?\" - chị hỏi. | \"Đi chơi.\" | Họ cười.");
        check("Kết quả tốt (theo báo cáo.) | Mai họp tiếp.");
        check("“Có thật không?” ông hỏi lại.");
    }

    #[test]
    fn an_ellipsis_ends_a_sentence_before_a_capital_only() {
        check("Anh chờ… nhưng không ai đến. | Thế rồi… | Mọi chuyện qua đi.");
        check("…và rồi họ đi.");
        check("Cam, quýt... đều ngon.");
    }

    #[test]
    fn enumerators_number_their_sentence() {
        check("1. Tuổi Thìn gặp may. | 2. Tuổi Tý cũng vậy.");
        check("Năm ấy là 2020. | Năm nay là 2021.");
    }

    #[test]
    fn the_end_of_a_document_is_marked() {
        check("Nghị định có hiệu lực từ ngày ký./. | Nơi nhận: như trên.");
    }

    #[test]
    fn text_without_marks_is_one_sentence() {
        check("không có dấu chấm nào ở đây cả");
        assert!(sentences("").is_empty());
        assert!(sentences(" \n ").is_empty());
    }
}
