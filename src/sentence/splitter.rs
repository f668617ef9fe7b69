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
use std::sync::LazyLock;

use super::choices::Choices;
use super::ender::Ender;
use super::lower_case::CaseOfBlock;
use super::{labels, notes, speech, unmarked};
use crate::text::key::UnitId;
use crate::token::abbreviation::{is_before_name, is_initial, is_top_level_domain};
use crate::token::sentence_starters::SentenceStarters;
use crate::token::tokenizer::{is_surname, precedes_name};
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
    let mut choices = Choices::default();
    while at < tokens.len() {
        // At most tokens nothing ends and no sentence begins: they are no mark, no label of one letter,
        // glued to nothing, and in lower case where a capital alone may begin a sentence.
        let is_plain = |t: &Token| {
            t.is_small()
                || t.kind.is_term()
                    && t.gap != Gap::None
                    && t.end - t.start > 2
                    && !(options.split_unmarked && t.shape == Shape::Capitalized)
        };
        let Some(plain) = tokens[at..].iter().position(|token| !is_plain(token)) else { break };
        at += plain;
        if tokens[at].kind.is_term() && choices.begins(text, tokens, start, at) {
            sentences.push(base + start..base + at);
            start = at;
        }
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
        // `Em đi đâu?</i> Anh`, in subtitles.
        if mark == "<" && token.gap == Gap::None && is_closing_tag(&text[token.span().start..]) {
            let tag = tokens[at..].iter().take(5).position(|t| &text[t.span()] == ">");
            at += tag.map_or(1, |end| end + 1);
            continue;
        }
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

/// Returns true for the end of an element that only changes the look of letters.
fn is_closing_tag(text: &str) -> bool {
    ["</i>", "</b>", "</u>", "</em>"].iter().any(|tag| text.starts_with(tag))
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
        // `“你好！” rất quen`: in another language words are quoted.
        return next == at + 1 || !is_quoted(text, tokens, next) && !tokens[next].is_small();
    }
    // A mark with nothing before it opens the sentence: `… và rồi`, `[…] Hôm ấy`.
    if at == start || at == start + 1 && notes::is_omission(text, tokens, at) {
        return false;
    }
    let closed = next > at + 1;
    let before = &tokens[at - 1];
    let touching = tokens[next].gap == Gap::None;
    if ender == Ender::Stop
        && !closed
        && (labels::is_enumerator(text, tokens, start, at)
            || tokens[next].gap != Gap::Line
                && (labels::is_label(text, tokens, start, at)
                    || labels::is_headword(text, tokens, start, at))
            || is_spaced_stop(text, tokens, at, next, starters)
            || is_spaced_number(text, tokens, at, next))
    {
        return false;
    }
    if labels::is_item(text, tokens, next) {
        return true;
    }
    let Some(opening) = opening(text, tokens, next) else { return false };
    if speech::names_speaker(text, tokens, start, at, next, opening) {
        return false;
    }
    if ender == Ender::Face {
        // Before the items of a list a sign is no face.
        return !touching
            && before.kind.is_term()
            && tokens[start].kind != TokenKind::Symbol
            && tokens[opening].shape == Shape::Capitalized
            && opens(text, tokens, opening, starters);
    }
    if opening > next && touching && is_dateline(text, &tokens[start..at]) {
        return false;
    }
    if ender == Ender::Stop && !closed && numbers_item(text, tokens, start, at, opening, starters) {
        return false;
    }
    let token = &tokens[opening];
    match token.kind {
        // Q. 1 arrives as an abbreviation; here a sentence may begin with a number.
        TokenKind::Number => {
            let is_item = labels::is_lost_item(text, tokens, at, opening);
            (!touching || counts_behind(before, tokens.get(opening + 1)) || is_item)
                && (ender != Ender::Ellipsis || closed || is_item)
                && before.kind != TokenKind::Abbreviation
        }
        kind if kind.is_term() && touching => {
            begins_upper(text, token)
                && begins_glued(text, tokens, at, next, opening, ender, starters)
        }
        kind if kind.is_term() => {
            begins_upper(text, token)
                || ender != Ender::Ellipsis && before.span().len() > 2 && has_no_case(text, token)
        }
        TokenKind::Symbol => !touching,
        _ => false,
    }
}

/// Returns true if a number that touches the stop behind `before` counts what follows: `mặc cảm.7 cháu
/// nhỏ`. Other numbers without a space are more of a code.
fn counts_behind(before: &Token, next: Option<&Token>) -> bool {
    before.is_small()
        && before.span().len() > 2
        && next.is_some_and(|next| next.gap == Gap::Space && next.is_small())
}

/// Returns true for a word of a script without capitals: Thai, Korean, Arabic.
fn has_no_case(text: &str, token: &Token) -> bool {
    let first = text[token.span()].chars().next();
    first.is_some_and(|c| {
        !c.is_ascii() && c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
    })
}

/// Returns true if the quotation before `next` goes on: `「行こう。」と言った`.
fn is_quoted(text: &str, tokens: &[Token], next: usize) -> bool {
    let token = &tokens[next];
    token.gap == Gap::None && text[token.span()].starts_with(['と', 'っ'])
}

/// Returns true if the word with a capital at `opening` begins a sentence, though no space stands behind
/// the mark at `at`. Closing marks go on to `next`, opening ones to `opening`.
fn begins_glued(
    text: &str,
    tokens: &[Token],
    at: usize,
    next: usize,
    opening: usize,
    ender: Ender,
    starters: &SentenceStarters,
) -> bool {
    let (before, token) = (&tokens[at - 1], &tokens[opening]);
    match ender {
        // `gỗ mục, chuột…Vụ việc được`, but not the stammer of `A…Anh` and `Em…Em đi`.
        Ender::Ellipsis if opening == next => {
            let stammers = before.span().len() == 1 || before.unit == token.unit;
            !stammers && opens(text, tokens, opening, starters)
        }
        // `VnExpress.Net` is the name of a site.
        Ender::Stop if before.kind == TokenKind::Foreign && ends_site(text, token) => false,
        // 12/6.Thay mặt, tỉ đồng.Bộ trưởng; but not the inside of `Node.js` or `M.Ụ`.
        Ender::Stop if opening == at + 1 => match before.shape {
            Shape::Lower => true,
            // `tại TP.HCM.Theo`, `của CLB.Thông qua`, but not `thủ môn của SHB.Đà Nẵng`.
            Shape::Upper => {
                token.kind == TokenKind::Syllable && opens(text, tokens, opening, starters)
            }
            // `tỷ số 2-1.HLV rất hài lòng`, but not `mục 12.NĐ-CP`.
            Shape::Caseless if before.kind == TokenKind::Number && token.shape == Shape::Upper => {
                token.span().len() > 2
                    && text[token.span()].chars().all(char::is_alphabetic)
                    && tokens.get(at + 2).is_some_and(|t| t.gap == Gap::Space && t.is_small())
            }
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

/// Returns true for a top-level domain that is no Vietnamese syllable: `Net`, but not `Ca`.
fn ends_site(text: &str, token: &Token) -> bool {
    let label = text[token.span()].to_ascii_lowercase();
    is_top_level_domain(&label) && (token.kind == TokenKind::Foreign || label == "com")
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

/// Returns true for a stop between the parts of a number that is written apart: `20. 10. 2015`,
/// `0905. 123. 456`.
fn is_spaced_number(text: &str, tokens: &[Token], at: usize, next: usize) -> bool {
    let number = |i: Option<usize>| {
        let token = i.and_then(|i| tokens.get(i))?;
        let digits = &text[token.span()];
        let is_part = token.kind == TokenKind::Number
            && digits.len() <= 4
            && token.gap != Gap::Line
            && digits.bytes().all(|b| b.is_ascii_digit());
        is_part.then_some(digits.len())
    };
    let stop =
        |i: Option<usize>| i.is_some_and(|i| tokens.get(i).is_some_and(|t| &text[t.span()] == "."));
    let (Some(before), Some(after)) = (number(at.checked_sub(1)), number(Some(next))) else {
        return false;
    };
    // Two parts may be two sentences; three are a date or a telephone number.
    let has_third = stop(Some(next + 1)) && number(Some(next + 2)).is_some()
        || stop(at.checked_sub(2)) && number(at.checked_sub(3)).is_some();
    // `2. 9. 1945`; `1. 2. 3.` are items.
    let has_year = number(Some(next + 2)) == Some(4);
    has_third && (before + after > 2 || has_year)
}

fn begins_upper(text: &str, token: &Token) -> bool {
    text[token.span()].chars().next().is_some_and(char::is_uppercase)
}

/// Symbols that stand before the items of a list.
const BULLETS: [&str; 14] = ["●", "○", "■", "□", "▪", "▫", "►", "▶", "➢", "➤", "✓", "✔", "◆", "+"];

/// Words in single quotes are no longer than this, in tokens; the mark that opens them is not looked for
/// further back, so that time stays linear.
const LONGEST_QUOTED: usize = 32;

/// Returns true if a word with a capital, or an opening quote, touches the word before it: the
/// tokenizer cuts words where a line end was lost, `sángMỗi`.
fn is_glued(
    text: &str,
    tokens: &[Token],
    start: usize,
    at: usize,
    starters: &SentenceStarters,
) -> bool {
    let token = &tokens[at];
    if token.gap != Gap::None || at == start {
        return false;
    }
    let before = &tokens[at - 1];
    // `①Mở máy`
    if text[before.span()].starts_with(|c| matches!(c, '①'..='⓿' | '❶'..='➓')) {
        return false;
    }
    let begins_line =
        |token: &Token| token.kind == TokenKind::Syllable && token.shape == Shape::Capitalized;
    let follows = |wanted: fn(&Token) -> bool| tokens.get(at + 1).is_some_and(wanted);
    if token.kind == TokenKind::Punctuation {
        // `được cải thiện“Tôi luôn mơ ước`
        let quotes = &text[token.span()] == "“" && before.kind.is_term();
        return quotes && follows(|next| next.gap == Gap::None && next.is_capitalized());
    }
    // `chuyện “phơi xác câu like”Có thể hiểu`, `(Sở Xây dựng)Cũng theo ông`, `phim "Bến đò"Cô gặp`
    if before.kind == TokenKind::Punctuation {
        if !begins_line(token) {
            return false;
        }
        let closes = match &text[before.span()] {
            "”" | ")" => true,
            "’" => {
                let words = &tokens[start.max(at.saturating_sub(LONGEST_QUOTED))..at];
                words.iter().any(|token| &text[token.span()] == "‘")
            }
            // `Bà Năm, chủ đò:Khách vẫn đông`, but not `Giá:Liên hệ chủ nhà`.
            ":" => {
                let goes_on = follows(|next| next.gap == Gap::Space && next.is_small());
                let is_label = at - start < 4;
                return !is_label && goes_on && tokens[at - 2].kind.is_term();
            }
            "\"" => {
                let quotes = tokens[start..at].iter().filter(|token| &text[token.span()] == "\"");
                let closes = before.gap == Gap::None && quotes.count() % 2 == 0;
                closes && tokens[at - 2].kind.is_term()
            }
            _ => false,
        };
        return closes && opens(text, tokens, at, starters);
    }
    if !before.kind.is_term() || !begins_upper(text, token) {
        return false;
    }
    // `Quốc DũngPHẢN HỒI`, but not `ÔngBÙI XUÂN CƯỜNG`.
    let is_syllable = token.kind == TokenKind::Syllable;
    if token.shape == Shape::Upper {
        let is_vietnamese = is_syllable && !text[token.span()].is_ascii();
        return is_vietnamese && before.kind == TokenKind::Syllable && !precedes_name(before.unit);
    }
    // A foreign name may have lost a space as well, `Đại họcTennessee`, if it is no subject:
    // `theo người yêuPatacara là con gái`.
    if token.kind == TokenKind::Foreign && before.shape == Shape::Lower {
        return before.kind == TokenKind::Syllable
            && !precedes_name(before.unit)
            && is_subject(&tokens[at..]);
    }
    if !begins_line(token) {
        return false;
    }
    if before.kind == TokenKind::Syllable && before.shape == Shape::Lower {
        // `Đại tướngTrần Đại Quang` lost a space; `khoe sắc bên nhauYến Trang` lost a line end.
        let is_person = precedes_name(before.unit) && is_surname(token.unit);
        return opens(text, tokens, at, starters)
            || !is_person && follows(|next| next.shape == Shape::Capitalized);
    }
    // `CôngThương` lost a space, `Quang LinhÝ Lan` lost a line end, but nothing shows it.
    // `hoàn vũ 2012Mặc dù bị loại`: the tokenizer cuts a number from nothing but such a word.
    let is_word = matches!(
        before.kind,
        TokenKind::Syllable | TokenKind::Foreign | TokenKind::Number | TokenKind::Alphanumeric
    );
    // `ở Q.Cái Răng`: an abbreviation that owns its stop stands before a name of two capitals.
    let is_name = || before.kind == TokenKind::Abbreviation && follows(Token::is_capitalized);
    let starts = starters.score_of(&text[token.span()]).is_some_and(|score| score > 0);
    starts && !is_name()
        || is_word && follows(|next| next.kind.is_term() && next.shape == Shape::Lower)
}

/// Small words behind the subject of a sentence.
static PREDICATES: LazyLock<[UnitId; 18]> = LazyLock::new(|| {
    [
        "là", "có", "đã", "sẽ", "đang", "cho", "được", "vừa", "bị", "cũng", "không", "vẫn", "từng",
        "còn", "chưa", "phải", "luôn", "muốn",
    ]
    .map(UnitId::of)
});

/// Returns true if a name of up to four words begins here, and what a sentence says of it follows.
fn is_subject(tokens: &[Token]) -> bool {
    const LONGEST: usize = 4;
    let name = tokens.iter().take_while(|token| token.kind.is_term() && token.is_capitalized());
    let length = name.take(LONGEST + 1).count();
    let next = tokens.get(length).filter(|token| token.shape == Shape::Lower);
    (1..=LONGEST).contains(&length) && next.is_some_and(|next| PREDICATES.contains(&next.unit))
}

/// Returns true if the tokens before the mark are a dateline in brackets: `(SGGPO).- Chiều 21-6`.
fn is_dateline(text: &str, tokens: &[Token]) -> bool {
    let is = |token: Option<&Token>, mark: &str| token.is_some_and(|t| &text[t.span()] == mark);
    tokens.len() <= 8 && is(tokens.first(), "(") && is(tokens.last(), ")")
}

/// Returns the first token of the next sentence that is no opening mark, or `None` if what follows
/// cannot begin a sentence.
fn opening(text: &str, tokens: &[Token], next: usize) -> Option<usize> {
    // `[vỗ tay] Xin mời`: what is heard, in subtitles.
    let next = notes::behind_sound(text, tokens, next);
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
            "“" | "‘" | "«" | "(" | "[" | "\"" | "'" | "‹" | "…" | "..." | ".." | "„" | "「"
            | "『" | "【" | "《" | "¿" | "¡" => true,
            // Glued to the mark before, a dash or a bullet stands where a line began: `?- Tôi`.
            "]" => at > next && notes::is_omission(text, tokens, at - 1),
            "-" | "–" | "—" | "•" | "*" | "·" | "+" | "_" => {
                token.gap != Gap::None || at == next
            }
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
mod tests;
