//! Sentence boundaries by rules for Vietnamese news.
//!
//! A boundary is decided at each mark that can end a sentence, from the tokens on both sides. The
//! bias is towards *not* splitting: a sentence that is cut in two loses its meaning, two that stay
//! together lose only precision. What the rules know:
//!
//! - the stop of an abbreviation or initial never arrives here: the tokenizer decides who owns
//!   it ([`crate::token::tokenizer`]);
//! - a lower-case word after the mark means that the sentence goes on;
//! - closing quotes and brackets that touch the mark belong to the sentence (`.”`);
//! - news sites glue sentences (`12/6.Thay mặt`): a capital that touches the stop begins one;
//! - `1.` and `2.1.` at the beginning of a sentence number it, `Điều 12.` at the beginning of a line
//!   is a label; `./.` ends a document;
//! - note marks behind the end belong to the sentence before: `.[1]`, `.(3)`, `.²`;
//! - in a text without capitals, a word in lower case may begin a sentence.

use std::ops::Range;

use super::ender::Ender;
use super::lower_case::CaseOfBlock;
use super::{labels, notes, unmarked};
use crate::token::abbreviation::{is_before_name, is_initial};
use crate::token::sentence_starters::SentenceStarters;
use crate::token::{Gap, Shape, Token, TokenKind};

/// Appends the sentences of `tokens` to `sentences`, as ranges of token indices offset by `base`.
///
/// The ranges are adjacent and cover all tokens. `tokens` are those of one block: a sentence
/// never crosses a block.
///
/// # Examples
///
/// ```
/// use tomtat::{builtin, sentence::split, token::tokenizer::tokenize};
///
/// let text = "Ông T. cho biết giá tăng 5%.Theo GS.TS Lê An, “đó là điều tốt.” Mai họp tiếp…";
/// let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
/// let starters = builtin::starters();
/// tokenize(text, 0..text.len(), &starters, &mut tokens);
/// split(text, &tokens, 0, &starters, &mut sentences);
/// let found: Vec<&str> =
///     sentences.iter().map(|s| &text[tokens[s.start].span().start..tokens[s.end - 1].span().end]).collect();
/// assert_eq!(
///     found,
///     ["Ông T. cho biết giá tăng 5%.", "Theo GS.TS Lê An, “đó là điều tốt.”", "Mai họp tiếp…"]
/// );
/// ```
pub fn split(
    text: &str,
    tokens: &[Token],
    base: usize,
    starters: &SentenceStarters,
    sentences: &mut Vec<Range<usize>>,
) {
    split_with(text, tokens, base, SentenceOptions::default(), starters, sentences);
}

/// Where sentences end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SentenceOptions {
    /// Sentences end without a mark, too, where a heading runs into the next sentence.
    pub split_unmarked: bool,
}

impl SentenceOptions {
    /// Sets whether sentences end without a mark, too: before a capital that all but surely opens
    /// one, as where a heading or a caption runs into the text.
    #[must_use]
    pub const fn with_split_unmarked(mut self, split_unmarked: bool) -> Self {
        self.split_unmarked = split_unmarked;
        self
    }
}

/// Does what [`split`] does, with options.
///
/// # Examples
///
/// ```
/// use tomtat::{builtin, sentence::{SentenceOptions, split_with}, token::tokenizer::tokenize};
///
/// let text = "Giá vé sẽ tăng mạnh Tuy nhiên, khách vẫn đông.";
/// let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
/// let starters = builtin::starters();
/// tokenize(text, 0..text.len(), &starters, &mut tokens);
/// let options = SentenceOptions::default().with_split_unmarked(true);
/// split_with(text, &tokens, 0, options, &starters, &mut sentences);
/// assert_eq!(sentences.len(), 2);
/// ```
pub fn split_with(
    text: &str,
    tokens: &[Token],
    base: usize,
    options: SentenceOptions,
    starters: &SentenceStarters,
    sentences: &mut Vec<Range<usize>>,
) {
    let mut start = 0;
    let mut at = 0;
    let mut case = CaseOfBlock::default();
    while at < tokens.len() {
        let Some(ender) = Ender::of(&tokens[at], text) else {
            if is_glued(text, tokens, start, at, starters)
                || options.split_unmarked && unmarked::begins(text, tokens, start, at, starters)
            {
                sentences.push(base + start..base + at);
                start = at;
            }
            at += 1;
            continue;
        };
        let end = notes::skip(text, tokens, start, closed(text, tokens, at + 1));
        if end == tokens.len()
            || is_boundary(text, tokens, start, at, end, ender, starters)
            || case.begins_in_lower_case(text, tokens, at, end, ender)
        {
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
        let before_space = || tokens.get(at + 1).is_none_or(|next| next.gap != Gap::None);
        let mark = &text[token.span()];
        if token.kind != TokenKind::Punctuation {
            break;
        }
        if token.gap != Gap::None {
            // A closing mark that stands apart: `Đi thôi. ”`.
            let closes = token.gap == Gap::Space && matches!(mark, "”" | "」" | "』");
            if !closes || !before_space() {
                break;
            }
        }
        let closes = match mark {
            "”" | "’" | "»" | ")" | "]" | "}" | "›" | "」" | "』" | "）" | "】" | "》" | "〉" => {
                true
            }
            // Written as in German, or by mistake: „Đi thôi.“
            "“" | "‘" => before_space(),
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
    starters: &SentenceStarters,
) -> bool {
    if matches!(ender, Ender::Document | Ender::Caseless) {
        return true;
    }
    // A mark with nothing before it opens the sentence: `… và rồi`.
    if at == start {
        return false;
    }
    let closed = next > at + 1;
    let before = &tokens[at - 1];
    let touching = tokens[next].gap == Gap::None;
    if ender == Ender::Stop
        && !closed
        && (labels::is_enumerator(text, tokens, start, at)
            || tokens[next].gap != Gap::Line && labels::is_label(text, tokens, start, at)
            || is_spaced_stop(text, tokens, at, next, starters))
    {
        return false;
    }
    let Some(opening) = opening(text, tokens, next) else { return false };
    if opening > next && touching && is_dateline(text, &tokens[start..at]) {
        return false;
    }
    if ender == Ender::Stop && !closed && numbers_item(text, tokens, start, at, opening, starters) {
        return false;
    }
    let token = &tokens[opening];
    let quoted = opening > next;
    match token.kind {
        TokenKind::Number => {
            // Q. 1 arrives as an abbreviation; here a sentence may begin with a number.
            !touching
                && (ender != Ender::Ellipsis || closed)
                && before.kind != TokenKind::Abbreviation
        }
        kind if kind.is_term() => {
            if !begins_upper(text, token) {
                return false;
            }
            match ender {
                // `gỗ mục, chuột…Vụ việc được`, but not the stammer of `A…Anh` and `Em…Em đi`.
                Ender::Ellipsis if touching && !quoted => {
                    let stammers = before.span().len() == 1 || before.unit == token.unit;
                    !stammers && opens(text, tokens, opening, starters)
                }
                // 12/6.Thay mặt, tỉ đồng.Bộ trưởng; but not the inside of `Node.js` or `M.Ụ`.
                Ender::Stop if touching && !closed && !quoted => match before.shape {
                    Shape::Lower => true,
                    // `tại TP.HCM.Theo`, but not `thủ môn của SHB.Đà Nẵng`.
                    Shape::Upper => starters.score_of(&text[token.span()]).is_some_and(|s| s > 0),
                    // `đến Qatar.Theo lịch`, but not `Atl.Madrid`, nor `Zion.T`: what is glued to a
                    // foreign word and no syllable is rather more of its name.
                    Shape::Capitalized if before.kind == TokenKind::Foreign => {
                        token.kind == TokenKind::Syllable && token.span().len() > 1
                    }
                    _ => token.shape == Shape::Capitalized,
                },
                _ => true,
            }
        }
        TokenKind::Symbol => !touching,
        _ => false,
    }
}

/// Returns true if the word with a capital opens sentences more often than names, or goes on in
/// lower case.
fn opens(text: &str, tokens: &[Token], at: usize, starters: &SentenceStarters) -> bool {
    tokens[at].span().len() > 1
        && (starters.score_of(&text[tokens[at].span()]).is_some_and(|score| score > 0)
            || tokens.get(at + 1).is_some_and(|t| t.kind.is_term() && t.shape == Shape::Lower))
}

/// Returns true for the stop of an abbreviation that stands apart, as in pre-segmented text:
/// `TP . HCM`, `Q . 1`, `ông T . V . nói`.
fn is_spaced_stop(
    text: &str,
    tokens: &[Token],
    at: usize,
    next: usize,
    starters: &SentenceStarters,
) -> bool {
    if tokens[at].gap != Gap::Space {
        return false;
    }
    let word = &text[tokens[at - 1].span()];
    let token = &tokens[next];
    if is_before_name(word) {
        let opens = starters.score_of(&text[token.span()]).is_some_and(|score| score > 0);
        return token.kind == TokenKind::Number || begins_upper(text, token) && !opens;
    }
    is_initial(word) && is_initial(&text[token.span()])
}

fn begins_upper(text: &str, token: &Token) -> bool {
    text[token.span()].chars().next().is_some_and(char::is_uppercase)
}

/// Symbols that stand before the items of a list.
const BULLETS: [&str; 14] = ["●", "○", "■", "□", "▪", "▫", "►", "▶", "➢", "➤", "✓", "✔", "◆", "+"];

/// Returns true if a word with a capital touches the word before it: the tokenizer cuts words where a
/// line end was lost, `sángMỗi`.
fn is_glued(
    text: &str,
    tokens: &[Token],
    start: usize,
    at: usize,
    starters: &SentenceStarters,
) -> bool {
    let token = &tokens[at];
    if token.gap != Gap::None
        || at == start
        || token.kind != TokenKind::Syllable
        || token.shape != Shape::Capitalized
        || tokens[at - 1].kind != TokenKind::Syllable
    {
        return false;
    }
    // `Đại tướngTrần Đại Quang` lost a space, and so did `CôngThương`.
    let starts = starters.score_of(&text[token.span()]).is_some_and(|score| score > 0);
    starts || tokens[at - 1].shape == Shape::Lower && opens(text, tokens, at, starters)
}

/// Returns true if the tokens before the mark are a dateline in brackets: `(SGGPO).- Chiều 21-6`.
fn is_dateline(text: &str, tokens: &[Token]) -> bool {
    let is = |token: Option<&Token>, mark: &str| token.is_some_and(|t| &text[t.span()] == mark);
    tokens.len() <= 8 && is(tokens.first(), "(") && is(tokens.last(), ")")
}

/// Returns the first token of the next sentence that is no opening mark, or `None` if what follows
/// cannot begin a sentence.
fn opening(text: &str, tokens: &[Token], next: usize) -> Option<usize> {
    // A dash, a quote and a bracket may stand before the first word: - “(Tôi …
    for at in next..next + 4 {
        let token = tokens.get(at)?;
        let mark = &text[token.span()];
        if token.kind == TokenKind::Symbol && BULLETS.contains(&mark) {
            continue;
        }
        if token.kind != TokenKind::Punctuation {
            return Some(at);
        }
        let opens = match mark {
            "“" | "‘" | "«" | "(" | "[" | "\"" | "'" | "‹" | "…" | "..." | "„" | "「" | "『"
            | "【" | "《" | "¿" | "¡" => true,
            // Glued to the mark before, a dash or a bullet stands where a line began: `?- Tôi`.
            "-" | "–" | "—" | "•" | "*" | "·" | "+" => token.gap != Gap::None || at == next,
            // A line drawn across the page: _____
            line if line.len() > 2 => line.bytes().all(|b| matches!(b, b'_' | b'-' | b'=' | b'*')),
            _ => false,
        };
        if !opens {
            return None;
        }
    }
    None
}

/// Returns true if the stop is that of a number before an item inside of a sentence: `gồm: 1. Ông
/// An; 2. Bà Bình`, `5.Vasin, 6.Dzhikya, 8. Glushakov`.
fn numbers_item(
    text: &str,
    tokens: &[Token],
    start: usize,
    at: usize,
    opening: usize,
    starters: &SentenceStarters,
) -> bool {
    let Some([before, mark, number]) = tokens[start..at].last_chunk() else { return false };
    let word = &text[number.span()];
    let is_number = number.kind == TokenKind::Number && word.len() <= 2;
    let is_letter = word.len() == 1 && number.shape == Shape::Lower;
    if !(is_number || is_letter) || mark.kind != TokenKind::Punctuation {
        return false;
    }
    match &text[mark.span()] {
        ":" | ";" | "(" | "“" | "\"" => true,
        // `ở các phút 59, 88. Với kết quả này`: the last of several numbers.
        "," if before.kind != TokenKind::Number => {
            let token = &tokens[opening];
            token.gap == Gap::None
                || starters.score_of(&text[token.span()]).is_none_or(|score| score <= 0)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;
    use crate::token::tokenizer::tokenize;

    fn sentences(text: &str) -> Vec<&str> {
        let (mut tokens, mut ranges) = (Vec::new(), Vec::new());
        let starters = builtin::starters();
        tokenize(text, 0..text.len(), &starters, &mut tokens);
        split(text, &tokens, 0, &starters, &mut ranges);
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
        check("Mưa to ở H. Bố Trạch và P. Hố Nai. | Nắng ở Q. Bình Tân.");
        check("Bắc Bộ 30-33 độ C. | Khu vực Hà Nội có mưa, 25°C. | Trung Bộ nắng.");
        check("Thủ môn của SHB.Đà Nẵng đá tốt. | Anh về TP.HCM.| Theo kế hoạch, anh nghỉ.");
        check("Đó là anh P.V.H. | TAND huyện đã xử. | Nước ấy ở châu Á. | IS thì không.");
        check("Tiền đạo J.K. Rowling và ông George W. Bush đã đến.");
        check("Trong nhà có chị Tr. | Công an đã đến.");
        check(
            "Chị Phan Thị Th. (SN 1982) và bà Lê Th., mẹ chị, đã đến. | Th. Trần Văn An thì không.",
        );
        check("Họ đến nhà bà Phan Thị H. | Thông tin ban đầu còn ít. | Ở H. Thông Nông trời mưa.");
        check("Fan của Zion.T mừng. | Atl.Madrid sang Qatar.| Theo lịch, trận ấy đá đêm nay.");
    }

    #[test]
    fn stops_that_stand_apart_belong_to_abbreviations() {
        check("Ở Q . 1 , TP . HCM trời mưa . | Cò T . V . bảo vậy . | Hết .");
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
        check(
            "Có gỗ mục, có chuột...| Vụ việc đang được xem xét. | A...Anh đi. | Em…Em không biết.",
        );
        check(
            "Nó còn chửi...” | 3 em đi cùng thôn. | _____ | Ngành nào hơn?"
                .replace("_____ |", "_____")
                .as_str(),
        );
    }

    #[test]
    fn enumerators_number_their_sentence() {
        check("1. Tuổi Thìn gặp may. | 2. Tuổi Tý cũng vậy.");
        check("B3. Đổ nước dừa ngập thịt. | Kho nhỏ lửa.");
        check("Năm ấy là 2020. | Năm nay là 2021.");
        check("Ban gồm: 1. Ông An; 2. Bà Bình. | Phép thử có 2 bước: a. Đun nước; b. Chờ.");
        check(
            "Đội Nga: 1.Akinfeev, 5.Vasin, 8. Glushakov. | Bàn thắng ở phút 59, 88. | Với họ là đủ.",
        );
        check("Anh điền (1. Tên; 2. Tuổi) rồi ký.");
    }

    #[test]
    fn the_end_of_a_document_is_marked() {
        check("Nghị định có hiệu lực từ ngày ký./. | Nơi nhận: như trên.");
    }

    #[test]
    fn notes_belong_to_the_sentence_before() {
        check("Chùa dựng năm 1601.[4] | Tháp cao bảy tầng.[5][chú thích 2] | Vườn rộng.");
        check("Đỉnh cao 2.419 m. [7] | Rừng phủ kín. | Ý này đã cũ.(12) | Nay ít ai nhắc.");
        check("Lúa trổ sớm.² | Nước về muộn.³ | Chim di trú theo mùa.1 | Mùa đông ấm.");
        check("Lăng xây năm 1840.[2]:17 | Vườn có ao.⁵,⁶ | Tường đã đổ.");
        check("[1] Lê An, Sách đất, 2010. | [2] Trần Bình, Sách nước, 2012.");
    }

    #[test]
    fn labels_at_the_head_of_a_line_end_nothing() {
        for line in [
            "Khoản 3. Hồ sơ gồm đơn và bản sao",
            "Mục IV. KINH PHÍ",
            "Bảng 1.2. Lượng mưa các tháng",
            "Phụ lục 5a. Danh mục cây giống",
            "3.1.2. Cách lấy mẫu đất",
            "(4). Nộp lệ phí",
            "“2. Người nộp đơn phải có mặt",
            "Kịch bản 2. Nước biển dâng 30 cm",
            "Phần thứ tư. Tổ chức thực hiện",
            "B.2. Nguồn vốn",
            "III.1. Chỉ tiêu chung",
        ] {
            check(line);
        }
        check("Căn cứ Điều 8. | Nghị định này có hiệu lực. | Điều 9. Lệ phí do người nộp trả.");
        check("Mùa mưa năm 2019. | Lũ về sớm.");
    }

    #[test]
    fn abbreviations_of_books_and_firms_are_inside_of_sentences() {
        check("Xem Lê An, sđd, tr. 45. | Nxb. Măng Non in lại năm 1999.");
        check("Anh leo Mt. Fuji và hát ft. Hà Linh. | Chị ở nhà.");
        check("Bản sonata op. 13 vang lên. | Tel. 0236 355 1234, ext. 9. | Gọi sáng.");
        check("Hãng Kim Co. Ltd. trả lương cao. | Đ/c. Hùng kể với ThS.BS.CKII. Đỗ Lan.");
        check("Fax. 0236 355 1235. | Đất ở x. Phú An rộng 300 m². | HLV. Lê Đức dẫn đội tuyển.");
        check(
            "Theo Lê và cs. (2015), máy cài R ver. 4.1. | Xem ph. 3.2. | Chạy 20 ph. | Nghỉ 5 ph. | 3 em về.",
        );
        check("Bài của Nguyen et al. (2015) nói khác. | Giá 5 tr. | Anh mua ngay.");
    }

    #[test]
    fn a_letter_that_numbers_is_no_initial() {
        check("Bé tiêm ngừa viêm gan A. | Tháng sau tiêm nhắc.");
        check("Xe đỗ ở dãy C. | Nhà ở lô D. | Anh uống vitamin E. | Da đẹp hơn.");
        check("Tàu dừng ở ga B. | Hành khách xuống. | Thuốc loại A. | Giá rẻ.");
        check("Ghế hàng K. | Mời bạn ngồi. | Ông Trần Văn E. khai khác.");
    }

    #[test]
    fn lost_line_ends_are_found_behind_a_dash_and_inside_of_words() {
        check("Bà có mệt không?| - Tôi quen rồi.| – Bà nghỉ đi.|* Ghi chép tại chợ.");
        check("Tàu về lúc rạng sáng|Mọi người ra đón. | Ảnh: Minh Hà|Trong chợ đông.");
        check("(TTXVN).- Sáng nay trời rét.");
    }

    #[test]
    fn a_stop_before_a_word_opens_it() {
        check("Anh viết bằng .NET và mua tên miền .ORG rẻ. | Máy chạy tốt .| Hôm sau nghỉ.");
    }

    #[test]
    fn text_without_capitals_has_sentences_too() {
        check("tối nay mất điện. | cả xóm ra sân ngồi. | vui ghê! | ai cũng kể chuyện");
        check("Yahoo! là một trang cũ.");
    }

    #[test]
    fn other_scripts_have_their_enders() {
        check("双方会谈。| 天气很好！| 你好吗？| Họ chào nhau.");
    }

    #[test]
    fn text_without_marks_is_one_sentence() {
        check("không có dấu chấm nào ở đây cả");
        assert!(sentences("").is_empty());
        assert!(sentences(" \n ").is_empty());
    }
}
