//! Sentences that begin without a mark before them.
//!
//! Pages lose their line ends on the way into a corpus. Then a heading or caption runs into the
//! sentence after it: `Giãn dân ra ngoại thành Vào tháng 5, thành phố …`. What stands before the
//! capital, the word itself and what stands after it are weighed against each other, each by what it
//! does beside the full stops of raw news ([`SentenceStarters::boundary_score`]).

use std::sync::LazyLock;

use crate::text::syllable::{SYLLABLE_COUNT, Syllable, SyllableId};
use crate::token::sentence_starters::{LeftContext, RightContext, SentenceStarters};
use crate::token::{Gap, Shape, Token, TokenKind};

/// Log-odds, in units of [`SCALE`](crate::token::sentence_starters::SCALE), above which a sentence begins: read off
/// every fourth candidate of 400 raw articles, of which some 96 % were right above three nats.
const THRESHOLD: i32 = 48;

/// For two spaces, which some sites leave of a line end.
const WIDE_GAP: i32 = 24;

/// For a capital after a credit, where only names are expected: `Ảnh: Nam An Trong buổi lễ`. All
/// candidates above -1 nat that were looked at, some fifty, were right.
const AFTER_CREDIT: i32 = 64;

/// A credit is not longer than this, in tokens.
const CREDIT_LENGTH: usize = 8;

/// A bracket that has been open for longer than this, in tokens, is taken as never closed; no search for
/// it goes further back, so that time stays linear.
const BRACKET_LENGTH: usize = 256;

/// Words that begin a credit.
const CREDITS: [&str; 6] = ["Ảnh", "ảnh", "Nguồn", "nguồn", "Video", "Clip"];

/// Parts of laws, which are cited with a capital: `khoản 2 Điều 138`.
static PARTS_OF_LAWS: LazyLock<[SyllableId; 5]> =
    LazyLock::new(|| ["điều", "khoản", "điểm", "chương", "mục"].map(id));

/// Words that count what follows, out of respect with a capital: `hai Bên`, `các Ông`.
static COUNTING: LazyLock<[SyllableId; 6]> =
    LazyLock::new(|| ["hai", "các", "những", "mọi", "mỗi", "từng"].map(id));

/// Before words that count, these make an end of them: `lần thứ hai`, `giải hạng hai`.
static ORDINAL: LazyLock<[SyllableId; 5]> =
    LazyLock::new(|| ["thứ", "hạng", "loại", "tháng", "số"].map(id));

/// A day in general, and with a capital one that is kept.
static DAY: LazyLock<SyllableId> = LazyLock::new(|| id("ngày"));

/// Words before the name of a day that is kept: `60 năm Ngày giải phóng`, `hưởng ứng Ngày sách`.
static BEFORE_HOLIDAYS: LazyLock<[SyllableId; 6]> =
    LazyLock::new(|| ["năm", "niệm", "mừng", "ứng", "nhân", "đến"].map(id));

fn id(syllable: &str) -> SyllableId {
    Syllable::parse(syllable).expect("the lists hold syllables").id()
}

/// Returns true if a sentence begins at `tokens[at]` without a mark before it; the one before began
/// at `start`.
pub(super) fn begins(
    text: &str,
    tokens: &[Token],
    start: usize,
    at: usize,
    starters: &SentenceStarters,
) -> bool {
    let token = &tokens[at];
    if at == start
        || token.kind != TokenKind::Syllable
        || token.shape != Shape::Capitalized
        || token.gap != Gap::Space
    {
        return false;
    }
    weigh(starters, text, tokens, start, at).is_some_and(|score| score > THRESHOLD)
        && !ends_in_bracket(text, &tokens[start.max(at.saturating_sub(BRACKET_LENGTH))..at])
}

/// Returns true if a bracket is still open at the end.
fn ends_in_bracket(text: &str, tokens: &[Token]) -> bool {
    let marks = tokens.iter().rev().filter(|token| token.kind == TokenKind::Punctuation);
    let mut brackets =
        marks.map(|token| &text[token.span()]).filter(|mark| matches!(*mark, "(" | ")"));
    brackets.next() == Some("(")
}

fn weigh(
    model: &SentenceStarters,
    text: &str,
    tokens: &[Token],
    start: usize,
    at: usize,
) -> Option<i32> {
    let (last, token, next) = (&tokens[at - 1], &tokens[at], tokens.get(at + 1));
    let syllable = SyllableId::from_index(token.unit.to_u32() as usize)?;
    debug_assert!(syllable.index() < SYLLABLE_COUNT);
    let credit = is_credit(text, &tokens[start.max(at.saturating_sub(CREDIT_LENGTH))..at]);
    // Most capitals belong to names: nothing beside them makes up for it.
    if model.score(syllable) <= 0 && !credit {
        return None;
    }
    let before = LeftContext::of(last, text)?;
    match before {
        // A quotation mark that stands apart may be an opening one.
        LeftContext::Quote if last.gap != Gap::None => return None,
        // `(TNO) Khoảng 9 giờ, …`: a dateline belongs to what follows.
        LeftContext::Bracket if !credit && text[tokens[start].span()].starts_with(['(', '[']) => {
            return None;
        }
        _ => {}
    }
    let after = RightContext::of(next, text);
    if after == RightContext::Number && PARTS_OF_LAWS.contains(&syllable) {
        return None;
    }
    if let LeftContext::Lower(last) = before
        && COUNTING.contains(&last)
        && !tokens[start..at - 1].last().is_some_and(is_ordinal)
    {
        return None;
    }
    if syllable == *DAY && after != RightContext::Number && is_holiday(before) {
        return None;
    }
    let mut score = model.boundary_score(before, syllable, after)?;
    if token.start - last.end > 1 {
        score += WIDE_GAP;
    }
    if credit {
        score += AFTER_CREDIT;
    }
    Some(score)
}

/// Returns true before the name of a day that is kept: `kỷ niệm 60 năm Ngày giải phóng`.
fn is_holiday(before: LeftContext) -> bool {
    matches!(before, LeftContext::Lower(last) if BEFORE_HOLIDAYS.contains(&last))
}

/// Returns true if a number after this word may end a sentence.
fn is_ordinal(token: &Token) -> bool {
    SyllableId::from_index(token.unit.to_u32() as usize).is_some_and(|id| ORDINAL.contains(&id))
}

/// Returns true if the tokens hold `Ảnh:` or the like.
fn is_credit(text: &str, tokens: &[Token]) -> bool {
    tokens
        .windows(2)
        .any(|pair| &text[pair[1].span()] == ":" && CREDITS.contains(&&text[pair[0].span()]))
}

#[cfg(test)]
mod tests {
    use crate::builtin;
    use unicode_normalization::UnicodeNormalization;

    use crate::sentence::{SentenceOptions, split_with};
    use crate::token::tokenizer::tokenize;

    fn sentences(text: &str) -> Vec<&str> {
        let (mut tokens, mut ranges) = (Vec::new(), Vec::new());
        let starters = builtin::starters();
        tokenize(text, 0..text.len(), &starters, &mut tokens);
        let options = SentenceOptions::default().with_split_unmarked(true);
        split_with(text, &tokens, 0, options, &starters, &mut ranges);
        ranges
            .iter()
            .map(|s| &text[tokens[s.start].span().start..tokens[s.end - 1].span().end])
            .collect()
    }

    #[test]
    fn a_heading_ends_before_a_word_that_opens_sentences() {
        assert_eq!(
            sentences("Giá vé sẽ tăng mạnh Tuy nhiên, khách vẫn đông."),
            ["Giá vé sẽ tăng mạnh", "Tuy nhiên, khách vẫn đông."]
        );
        assert_eq!(
            sentences("Chợ hoa ngày cuối năm. Ảnh: Nam An Theo ban quản lý, chợ mở đến khuya."),
            ["Chợ hoa ngày cuối năm.", "Ảnh: Nam An", "Theo ban quản lý, chợ mở đến khuya."]
        );
    }

    #[test]
    fn ordinal_numbers_end_headings() {
        assert_eq!(
            sentences("Hội đua ghe lần thứ hai Theo ban tổ chức, có 20 đội dự."),
            ["Hội đua ghe lần thứ hai", "Theo ban tổ chức, có 20 đội dự."]
        );
    }

    #[test]
    fn names_do_not_begin_sentences() {
        for text in [
            "Đoàn đến thăm huyện Tuy Đức và gặp ông Trần Văn Sau tại nhà.",
            "Hành vi ấy bị xử theo khoản 2 Điều 138 của bộ luật.",
            "(TTT) Khoảng 9 giờ, mưa to.",
            "Ông nói : \" Khi nào mưa tạnh thì về . \"",
            "Theo Bộ Giáo dục, Đại học Bách khoa và Sở Y tế đã họp.",
            "Trên tinh thần ấy, hai Bên nhất trí mở thêm đường bay.",
            "Dân chài kể đã hai lần có hai Ông dạt vào bãi.",
            "Hướng tới kỷ niệm 100 năm Ngày lập làng, xã tổ chức họp mặt.",
            "Phường phát động hưởng ứng Ngày đọc sách của trẻ em.",
            "Làng mở hội ba ngày liền (dịp kỷ niệm 100 năm Ngày lập làng).",
        ] {
            assert_eq!(sentences(text), [text]);
            let apart = text.nfd().collect::<String>();
            assert_eq!(sentences(&apart), [&apart]);
        }
    }
}
