//! Which sentences of a document can be printed alone: whole statements, no fragments.
//!
//! A page leaves lines behind that are no sentences (bylines, tags, headings that ran into the
//! text), and sentences that need others (halves of quotations, announcements of a list). A summary
//! holds them only if there is nothing else.

use crate::document::{Document, Sentence};
use crate::token::{Gap, Token, TokenKind};

/// How well a sentence can be printed alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Statement {
    /// A fragment: no end mark, hardly a word, an announcement, a list of tags, the title again, or
    /// a part of a quotation whose other part stands in another sentence.
    Fragment,
    /// A whole sentence that says little alone: very short, or a question.
    Weak,
    /// A whole statement.
    Whole,
}

/// Sentences of fewer syllables are fragments if they are names.
const LEAST_SYLLABLES: usize = 5;

/// Sentences of fewer syllables are weak.
const FEW_SYLLABLES: usize = 8;

/// Commas without a space after them that make a list of tags.
const TAG_COMMAS: usize = 3;

/// A quotation of more sentences has lost its closing mark.
const LONGEST_QUOTATION: usize = 6;

/// Judges all sentences of a document, in their order.
pub(crate) fn statements(document: &Document) -> Vec<Statement> {
    let mut found = Vec::with_capacity(document.sentences().len());
    let (mut block, mut quotation) = (usize::MAX, Quotation::default());
    for sentence in document.sentences() {
        if sentence.block_index() != block {
            (block, quotation) = (sentence.block_index(), Quotation::default());
        }
        let inside = quotation.is_open();
        quotation.read(sentence);
        if quotation.length > LONGEST_QUOTATION {
            quotation = Quotation::default();
        }
        found.push(if inside || quotation.is_open() {
            Statement::Fragment
        } else {
            judge(document, sentence)
        });
    }
    found
}

/// Judges a sentence by itself.
fn judge(document: &Document, sentence: Sentence<'_>) -> Statement {
    let syllables = sentence.syllable_count();
    let end = end_of(sentence.text());
    if syllables < LEAST_SYLLABLES && is_name(sentence)
        || !is_end_mark(end)
        || tag_commas(sentence) >= TAG_COMMAS
        || repeats_title(document, sentence, syllables)
    {
        Statement::Fragment
    } else if syllables < FEW_SYLLABLES || end == '?' {
        Statement::Weak
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

    /// Reads the marks of the next sentence.
    pub(crate) fn read(&mut self, sentence: Sentence<'_>) {
        // The marks, or the first bytes of them: most sentences have none.
        let has_marks = memchr::memchr3(b'"', 0xE2, 0xC2, sentence.text().as_bytes()).is_some();
        let tokens: &[Token] = if has_marks { sentence.tokens() } else { &[] };
        for (at, token) in tokens.iter().enumerate() {
            if token.kind() != TokenKind::Punctuation {
                continue;
            }
            match sentence.slice(token) {
                "“" | "«" => self.typographic = true,
                "”" | "»" => self.typographic = false,
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
        self.length = if self.is_open() { self.length + 1 } else { 0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, TextOptions};

    fn judged(text: &str) -> Vec<Statement> {
        let options = TextOptions::default().with_raw(true).with_title(Some("Cầu Cỏ May thông xe"));
        statements(&Analyzer::new().analyze_with(text, options))
    }

    #[test]
    fn whole_statements_are_told_from_fragments() {
        use Statement::{Fragment, Weak, Whole};
        for (text, expected) in [
            ("Sáng nay, cầu Cỏ May chính thức thông xe sau ba năm xây dựng.", Whole),
            ("“Chúng tôi đã đợi cây cầu này suốt mười năm”, ông Sáu nói.", Whole),
            ("Nhiều hộ dân ven sông đã dọn về nhà mới trước mùa lũ…", Whole),
            ("Cầu Cỏ May thông xe.", Fragment),
            ("Nước đã rút.", Weak),
            ("Cầu, đường và trường học ở xã Cỏ May", Fragment),
            ("Cầu đường,Giao thông,Đồng Tháp,Mùa lũ,Thông xe.", Fragment),
            ("Người dân được hưởng các quyền lợi sau đây:", Fragment),
            ("Minh Anh.", Fragment),
            ("“Chúng tôi đã đợi cây cầu này suốt mười năm.", Fragment),
            ("Vì sao cây cầu này phải đợi đến mười năm?", Weak),
            ("Cả làng ra xem cầu mới.", Weak),
        ] {
            assert_eq!(judged(text), [expected], "{text}");
        }
    }

    #[test]
    fn the_middle_of_a_quotation_is_a_fragment() {
        let text = "Bà Sáu kể: “Nước lên nhanh lắm trong đêm hôm ấy. Cả nhà phải trèo lên mái tôn \
                    ngồi chờ. Sáng ra thì đồ đạc đã trôi hết.” Nay gia đình bà đã có nhà mới ở bờ bên kia.";
        let quoted = [Statement::Fragment; 3];
        assert_eq!(judged(text)[..3], quoted);
        assert_eq!(judged(text)[3..], [Statement::Whole]);
    }
}
