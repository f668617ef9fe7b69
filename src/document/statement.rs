//! Which sentences of a document can be printed alone: whole statements, no fragments.
//!
//! A page leaves lines behind that are no sentences (bylines, tags, headings that ran into the
//! text), and sentences that need others (parts of quotations, announcements of a list). A summary
//! holds fragments only if there is nothing else, and parts of a quotation only together.

use std::ops::Range;

use crate::document::{Document, Sentence};
use crate::token::{Gap, Token, TokenKind};

/// How well a sentence can be printed alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Statement {
    /// A sentence that only announces what follows: it ends in a colon.
    Announcement,
    /// A fragment: no end mark, a name alone, a list of tags, or the title again.
    Fragment,
    /// A part of a quotation whose other part stands in another sentence.
    Part,
    /// A question.
    Question,
    /// A whole sentence that is very short.
    Short,
    /// A whole statement.
    Whole,
}

/// Sentences of fewer syllables are fragments if they are names.
const LEAST_SYLLABLES: usize = 5;

/// Sentences of fewer syllables are short.
const FEW_SYLLABLES: usize = 8;

/// Commas without a space after them that make a list of tags.
const TAG_COMMAS: usize = 3;

/// A quotation of more sentences has lost its closing mark.
const LONGEST_QUOTATION: usize = 12;

/// What the sentences of a document are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Statements {
    /// One for each sentence.
    pub(crate) kinds: Vec<Statement>,
    /// The sentences of each quotation of more than one sentence, in the order of the text.
    pub(crate) quotations: Vec<Range<usize>>,
}

/// Judges all sentences of a document.
pub(crate) fn statements(document: &Document) -> Statements {
    let mut found = Statements::default();
    let (mut block, mut quotation) = (usize::MAX, Quotation::default());
    // The sentence that opened the quotation.
    let mut first = 0;
    for (at, sentence) in document.sentences().enumerate() {
        let begins_block = sentence.block_index() != block;
        if begins_block {
            block = sentence.block_index();
            let goes_on = sentence.role().is_text() && !opens_quotation(sentence);
            if quotation.is_open() && !goes_on {
                found.lose_closing_mark(first);
                quotation = Quotation::default();
            }
        }
        let inside = quotation.is_open();
        let reopens = quotation.read(sentence);
        found.kinds.push(judge(document, sentence));
        if goes_on_after_bracket(sentence.text()) {
            found.kinds[at] = Statement::Fragment;
            if !begins_block && let Some(before) = at.checked_sub(1) {
                found.kinds[before] = Statement::Fragment;
            }
        }
        if inside && (reopens || quotation.length > LONGEST_QUOTATION) {
            found.lose_closing_mark(first);
            if !reopens {
                quotation = Quotation::default();
            }
        } else if inside && !quotation.is_open() {
            found.close_quotation(first..at + 1);
        }
        if quotation.is_open() && (!inside || reopens) {
            first = at;
        }
    }
    if quotation.is_open() {
        found.lose_closing_mark(first);
    }
    found
}

impl Statements {
    fn close_quotation(&mut self, sentences: Range<usize>) {
        for kind in &mut self.kinds[sentences.clone()] {
            *kind = (*kind).min(Statement::Part);
        }
        self.quotations.push(sentences);
    }

    /// What never closes is no quotation: its sentences are judged as they stand, but the one with
    /// the opening mark lacks the rest.
    fn lose_closing_mark(&mut self, first: usize) {
        self.kinds[first] = self.kinds[first].min(Statement::Part);
    }
}

/// Returns true if the sentence begins with an opening quotation mark.
fn opens_quotation(sentence: Sentence<'_>) -> bool {
    sentence.text().starts_with(['“', '«', '"'])
}

/// Returns true if the sentence is the rest of another one, which was cut before a bracket: `… chị L.
/// (21 tuổi), trú tại …`. A source in brackets, `(Theo Bản tin) - …`, begins a sentence.
fn goes_on_after_bracket(text: &str) -> bool {
    let Some((_, rest)) = text.strip_prefix('(').and_then(|text| text.split_once(')')) else {
        return false;
    };
    rest.trim_start().starts_with(|c: char| c == ',' || c.is_lowercase())
}

/// Judges a sentence by itself.
fn judge(document: &Document, sentence: Sentence<'_>) -> Statement {
    let syllables = sentence.syllable_count();
    let end = end_of(sentence.text());
    if end == ':' {
        Statement::Announcement
    } else if syllables < LEAST_SYLLABLES && is_name(sentence)
        || !is_end_mark(end)
        || tag_commas(sentence) >= TAG_COMMAS
        || repeats_title(document, sentence, syllables)
    {
        Statement::Fragment
    } else if end == '?' {
        Statement::Question
    } else if syllables < FEW_SYLLABLES {
        Statement::Short
    } else {
        Statement::Whole
    }
}

/// Returns true if all syllables of the sentence begin with capitals, as those of a byline do.
fn is_name(sentence: Sentence<'_>) -> bool {
    let mut terms = sentence.tokens().iter().filter(|token| token.kind().is_term());
    terms.all(Token::is_capitalized)
}

const fn is_end_mark(mark: char) -> bool {
    matches!(mark, '.' | '!' | '?' | '…')
}

/// Returns true if the text ends as sentences end.
pub(crate) fn has_end_mark(text: &str) -> bool {
    is_end_mark(end_of(text))
}

/// Returns the last character that is no closing quotation mark, bracket or slash.
fn end_of(text: &str) -> char {
    let closing =
        |c: char| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '/');
    text.trim_end_matches(closing).chars().next_back().unwrap_or(' ')
}

/// Counts commas between words with no space after them.
fn tag_commas(sentence: Sentence<'_>) -> usize {
    // Most sentences have none: the bytes tell sooner than the tokens.
    let text = sentence.text().as_bytes();
    let commas = memchr::memchr_iter(b',', text);
    commas
        .filter(|&at| {
            at > 0
                && text.get(at + 1).is_some_and(|&next| next >= 0x80 || next.is_ascii_alphabetic())
        })
        .count()
}

/// Returns true if all syllables of the sentence stand in the title, and it is not much longer.
fn repeats_title(document: &Document, sentence: Sentence<'_>, syllables: usize) -> bool {
    let Some(title) = document.title() else { return false };
    let units = title.units();
    syllables <= units.len() + 2
        && sentence
            .tokens()
            .iter()
            .filter(|token| token.kind().is_term())
            .all(|token| units.binary_search(&token.unit()).is_ok())
}

/// The quotation that is open at some place of a block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Quotation {
    /// Typographic and straight marks that wait for their partners.
    typographic: bool,
    straight: bool,
    /// Sentences since it was opened.
    pub(crate) length: usize,
}

impl Quotation {
    /// Returns true if a mark waits for its partner.
    pub(crate) const fn is_open(self) -> bool {
        self.typographic || self.straight
    }

    /// Reads the marks of the next sentence; returns true if it opens a quotation while another
    /// from before it is open, which has lost its closing mark.
    pub(crate) fn read(&mut self, sentence: Sentence<'_>) -> bool {
        let mut is_before = self.typographic;
        let mut reopens = false;
        // The marks, or the first bytes of them: most sentences have none.
        let has_marks = memchr::memchr3(b'"', 0xE2, 0xC2, sentence.text().as_bytes()).is_some();
        let tokens: &[Token] = if has_marks { sentence.tokens() } else { &[] };
        let mut nested_until = 0;
        for (at, token) in tokens.iter().enumerate() {
            if token.kind() != TokenKind::Punctuation || at < nested_until {
                continue;
            }
            match sentence.slice(token) {
                // `“Chắc các anh “phấn khởi” lắm.`
                "“" if self.typographic
                    && let Some(length) = nested(sentence, &tokens[at..]) =>
                {
                    nested_until = at + length;
                }
                "“" | "«" => {
                    reopens |= is_before;
                    self.typographic = true;
                }
                "”" | "»" => (self.typographic, is_before) = (false, false),
                // 6,5" is a length.
                "\"" if token.gap() != Gap::None
                    || at == 0
                    || tokens[at - 1].kind() != TokenKind::Number =>
                {
                    self.straight = !self.straight;
                }
                _ => {}
            }
        }
        self.length = match (self.is_open(), reopens) {
            (true, true) => 1,
            (true, false) => self.length + 1,
            (false, _) => 0,
        };
        reopens
    }
}

/// The length in tokens of a few quoted words at the beginning of `tokens`, inside of a quotation
/// whose other mark stands outside of them.
fn nested(sentence: Sentence<'_>, tokens: &[Token]) -> Option<usize> {
    /// Longer ones are quotations of their own.
    const LONGEST: usize = 8;
    let inner = &tokens[1..tokens.len().min(LONGEST + 2)];
    let is_mark = |token: &Token| matches!(sentence.slice(token), "“" | "”");
    let close = inner.iter().position(is_mark)?;
    let closes = sentence.slice(&inner[close]) == "”";
    // An opening mark that lost its partner is followed by a quotation that has both.
    let goes_on = tokens[close + 2..].first().is_some_and(Token::is_small);
    (closes && close > 0 && goes_on).then_some(close + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, TextOptions};

    fn judged(text: &str) -> Vec<Statement> {
        let options = TextOptions::default().with_raw(true).with_title(Some("Cầu Cỏ May thông xe"));
        statements(&Analyzer::new().analyze_with(text, options)).kinds
    }

    #[test]
    fn whole_statements_are_told_from_fragments() {
        use Statement::{Announcement, Fragment, Part, Question, Short, Whole};
        for (text, expected) in [
            ("Sáng nay, cầu Cỏ May chính thức thông xe sau ba năm xây dựng.", Whole),
            ("“Chúng tôi đã đợi cây cầu này suốt mười năm”, ông Sáu nói.", Whole),
            ("Nhiều hộ dân ven sông đã dọn về nhà mới trước mùa lũ…", Whole),
            ("Cầu Cỏ May thông xe.", Fragment),
            ("Nước đã rút.", Short),
            ("Cầu, đường và trường học ở xã Cỏ May", Fragment),
            ("Cầu đường,Giao thông,Đồng Tháp,Mùa lũ,Thông xe.", Fragment),
            ("Người dân được hưởng các quyền lợi sau đây:", Announcement),
            ("Minh Anh.", Fragment),
            ("“Chúng tôi đã đợi cây cầu này suốt mười năm.", Part),
            ("Vì sao cây cầu này phải đợi đến mười năm?", Question),
            ("Cả làng ra xem cầu mới.", Short),
        ] {
            assert_eq!(judged(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_sentence_that_was_cut_before_a_bracket_is_known() {
        assert!(goes_on_after_bracket("( 21 tuổi ) , trú ở xã Cỏ May."));
        assert!(goes_on_after_bracket("(chủ ghe) cho biết ghe đã cũ."));
        assert!(!goes_on_after_bracket("(Bản tin Nông sản) - Giá lúa tăng."));
        assert!(!goes_on_after_bracket("(Ghe đã cũ.)"));
    }

    #[test]
    fn the_middle_of_a_quotation_is_a_part() {
        let text = "Bà Sáu kể: “Nước lên nhanh lắm trong đêm hôm ấy. Cả nhà phải trèo lên mái tôn \
                    ngồi chờ. Sáng ra thì đồ đạc đã trôi hết.” Nay gia đình bà đã có nhà mới ở bờ bên kia.";
        let quoted = [Statement::Part; 3];
        assert_eq!(judged(text)[..3], quoted);
        assert_eq!(judged(text)[3..], [Statement::Whole]);
    }

    #[test]
    fn words_quoted_inside_of_a_quotation_do_not_close_it() {
        let text = "Bà Sáu kể: “Chắc xóm trên “mừng thầm” lắm vì nước không tới. Còn chúng tôi thì trắng \
                    tay.” Nay gia đình bà đã có nhà mới ở bờ bên kia.";
        assert_eq!(judged(text), [Statement::Part, Statement::Part, Statement::Whole]);
    }

    #[test]
    fn a_quotation_goes_on_in_the_next_line() {
        let text = "“Nước lên nhanh lắm trong đêm hôm ấy.\n\nCả nhà phải trèo lên mái tôn ngồi chờ”, \
                    bà Sáu kể.\n\nNay gia đình bà đã có nhà mới ở bờ bên kia.";
        let options = TextOptions::default().with_raw(true);
        let found = statements(&Analyzer::new().analyze_with(text, options));
        assert_eq!(found.kinds, [Statement::Part, Statement::Part, Statement::Whole]);
        assert!(matches!(found.quotations[..], [Range { start: 0, end: 2 }]));
    }

    #[test]
    fn what_never_closes_is_no_quotation() {
        let more = "Sáng hôm sau, cả xóm dọn bùn trên con đường ra chợ.";
        let open = "Bà Sáu kể: “Nước lên nhanh lắm trong đêm hôm ấy.";
        let lost = format!("{open}{}", format!(" {more}").repeat(LONGEST_QUOTATION + 1));
        let reopened =
            format!("{open} {more} “Chúng tôi đợi xuồng suốt ba ngày đêm”, bà nói. {more}");
        let next = format!("{open}\n\n“Cả xóm đợi xuồng suốt ba ngày đêm.” {more}");
        for text in [lost, reopened, next] {
            let found = judged(&text);
            assert_eq!(found[0], Statement::Part, "{text}");
            assert!(found[1..].iter().all(|&kind| kind == Statement::Whole), "{text}: {found:?}");
        }
    }
}
