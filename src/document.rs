//! The analyzed document.

pub(crate) mod statement;
mod title;
pub(crate) mod words;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::page::{self, Evidence, EvidenceSet, Role};
use crate::text::key::TermHash;
use crate::token::{Gap, Token, TokenKind};
use crate::words::WordSegmenter;

pub use title::Title;
use words::{Terms, WordRecord, Words};

/// Number of a term within one document: columns of its vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub(crate) u32);

impl TermId {
    /// Returns the number; terms are numbered in order of their first occurrence.
    #[inline]
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

const NO_TERM: TermId = TermId(u32::MAX);

#[derive(Clone, Copy, Debug)]
pub(crate) struct SentenceRecord {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) tokens: (u32, u32),
    pub(crate) block: u32,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct BlockRecord {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) role: Role,
    pub(crate) confidence: f32,
    pub(crate) evidence: EvidenceSet,
    pub(crate) sentences: (u32, u32),
}

/// A text with its blocks, sentences, tokens and words, in flat arrays.
///
/// A document owns its text and borrows nothing. It is made by
/// [`Analyzer::analyze`](crate::Analyzer::analyze), and its buffers can be used again with
/// [`Analyzer::analyze_into`](crate::Analyzer::analyze_into). All spans are byte offsets into the
/// original text and lie on character boundaries; tokens and the gaps between them are the text.
/// Words and terms are found when they are first asked for.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent findings about one text")]
pub struct Document {
    pub(crate) text: String,
    pub(crate) title: Option<Title>,
    pub(crate) blocks: Vec<BlockRecord>,
    pub(crate) sentences: Vec<SentenceRecord>,
    pub(crate) tokens: Vec<Token>,
    /// Finds the words; none in a document of no text.
    pub(crate) segmenter: Option<Arc<dyn WordSegmenter>>,
    words: OnceLock<Words>,
    terms: OnceLock<Terms>,
    pub(crate) presegmented: bool,
    pub(crate) unmarked: bool,
    pub(crate) truncated: bool,
    pub(crate) other_purpose: Option<page::Warning>,
    pub(crate) holds_several: bool,
}

impl Document {
    /// Empties the document for another text; its buffers stay.
    pub(crate) fn reset(&mut self, text: &str, segmenter: &Arc<dyn WordSegmenter>) {
        self.text.clear();
        self.text.push_str(text);
        self.blocks.clear();
        self.sentences.clear();
        self.tokens.clear();
        self.title = None;
        self.segmenter = Some(Arc::clone(segmenter));
        self.words.take();
        self.terms.take();
        self.presegmented = false;
        self.truncated = u32::try_from(text.len()).is_err();
        self.unmarked = false;
        self.other_purpose = None;
        self.holds_several = false;
    }

    /// Returns the text, unchanged.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the title, if one was given or found.
    #[must_use]
    pub const fn title(&self) -> Option<&Title> {
        self.title.as_ref()
    }

    /// Returns all tokens in order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Returns the sentences in order.
    #[must_use]
    pub fn sentences(&self) -> impl ExactSizeIterator<Item = Sentence<'_>> {
        (0..self.sentences.len()).map(|index| Sentence { document: self, index })
    }

    /// Returns the sentence with this number.
    #[must_use]
    pub fn sentence(&self, index: usize) -> Option<Sentence<'_>> {
        (index < self.sentences.len()).then_some(Sentence { document: self, index })
    }

    /// Returns the blocks in order.
    #[must_use]
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = Block<'_>> {
        (0..self.blocks.len()).map(|index| Block { document: self, index })
    }

    /// Returns the number of distinct terms.
    #[must_use]
    pub fn term_count(&self) -> usize {
        self.terms().records.len()
    }

    /// Returns the hash by which a term is known to models.
    #[inline]
    #[must_use]
    pub fn term_hash(&self, term: TermId) -> TermHash {
        self.terms().records[term.index()].hash
    }

    /// Returns the key of a term: its folded units joined by single spaces.
    #[must_use]
    pub fn term_key(&self, term: TermId) -> String {
        let word =
            Word { document: self, index: self.terms().records[term.index()].first_word as usize };
        word.key()
    }

    /// Returns true if the text is pre-segmented: the syllables of its words are joined by
    /// underscores, and these words were taken as they are.
    #[must_use]
    pub const fn is_presegmented(&self) -> bool {
        self.presegmented
    }

    /// Returns true if a long text has no mark that ends a sentence, so that it was split at
    /// clauses and by length.
    #[must_use]
    pub const fn is_unmarked(&self) -> bool {
        self.unmarked
    }

    /// Returns true if the text is longer than 4 GiB and only its beginning was analyzed.
    #[must_use]
    pub const fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// Returns true if the text looks like a list of articles and not like one.
    #[must_use]
    pub const fn is_list_page(&self) -> bool {
        matches!(self.other_purpose, Some(page::Warning::ListPage))
    }

    /// What the page is, if it is none of an article: a list of articles, an error, a form to log in.
    #[must_use]
    pub const fn other_purpose(&self) -> Option<page::Warning> {
        self.other_purpose
    }

    /// Returns true if the text holds more than one article, of which all but the first were left out.
    #[must_use]
    pub const fn holds_several_articles(&self) -> bool {
        self.holds_several
    }
}

/// A sentence of a document.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'d> {
    document: &'d Document,
    index: usize,
}

impl<'d> Sentence<'d> {
    fn record(self) -> &'d SentenceRecord {
        &self.document.sentences[self.index]
    }

    /// Returns its number in the document.
    #[must_use]
    pub const fn index(self) -> usize {
        self.index
    }

    /// Returns its bytes in the text.
    #[must_use]
    pub fn span(self) -> Range<usize> {
        self.record().start as usize..self.record().end as usize
    }

    /// Returns the sentence as it stands in the text.
    #[must_use]
    pub fn text(self) -> &'d str {
        &self.document.text[self.span()]
    }

    /// Returns the role of the block that it is in.
    #[must_use]
    pub fn role(self) -> Role {
        self.document.blocks[self.record().block as usize].role
    }

    /// Returns the number of its block.
    #[must_use]
    pub fn block_index(self) -> usize {
        self.record().block as usize
    }

    /// Returns a token of the document as it stands in the text.
    pub(crate) fn slice(self, token: &Token) -> &'d str {
        &self.document.text[token.span()]
    }

    /// Returns its tokens.
    #[must_use]
    pub fn tokens(self) -> &'d [Token] {
        let (start, end) = self.record().tokens;
        &self.document.tokens[start as usize..end as usize]
    }

    /// Returns its words, punctuation included.
    #[must_use]
    pub fn words(self) -> impl ExactSizeIterator<Item = Word<'d>> {
        let document = self.document;
        document.words().of_sentence(self.index).map(move |index| Word { document, index })
    }

    /// Returns the terms of the sentence in order: its words without punctuation.
    pub fn terms(self) -> impl Iterator<Item = TermId> + 'd {
        let words = self.document.words().of_sentence(self.index);
        self.document.terms().of_word[words].iter().copied().filter(|&term| term != NO_TERM)
    }

    /// Returns the number of tokens of the word that its token with this number begins, without
    /// looking for the other words of the document.
    pub(crate) fn word_length_at(self, token: usize) -> usize {
        self.document.word_length_at(self.index, token)
    }

    /// Returns true if it holds anything but punctuation.
    #[must_use]
    pub fn has_terms(self) -> bool {
        self.tokens().iter().any(|token| token.kind().is_term())
    }

    /// Returns the number of words, punctuation not counted.
    #[must_use]
    pub fn word_count(self) -> usize {
        self.terms().count()
    }

    /// Returns the number of syllables: tokens that are no punctuation.
    #[must_use]
    pub fn syllable_count(self) -> usize {
        self.tokens().iter().filter(|t| t.kind().is_term()).count()
    }
}

/// A word: one or more tokens.
#[derive(Clone, Copy, Debug)]
pub struct Word<'d> {
    document: &'d Document,
    index: usize,
}

impl<'d> Word<'d> {
    #[inline]
    fn record(self) -> &'d WordRecord {
        &self.document.words().records[self.index]
    }

    /// Returns the number of its first token in the document.
    pub(crate) fn first_token(self) -> u32 {
        self.record().first_token
    }

    /// Returns its tokens.
    #[inline]
    #[must_use]
    pub fn tokens(self) -> &'d [Token] {
        let record = self.record();
        &self.document.tokens[record.first_token as usize..][..record.token_count as usize]
    }

    /// Returns its bytes in the text.
    #[inline]
    #[must_use]
    pub fn span(self) -> Range<usize> {
        let tokens = self.tokens();
        tokens[0].span().start..tokens[tokens.len() - 1].span().end
    }

    /// Returns the word as it stands in the text.
    #[inline]
    #[must_use]
    pub fn text(self) -> &'d str {
        &self.document.text[self.span()]
    }

    /// Returns the term that it counts as; `None` for punctuation and symbols.
    #[must_use]
    pub fn term(self) -> Option<TermId> {
        Some(self.document.terms().of_word[self.index]).filter(|&term| term != NO_TERM)
    }

    /// Returns the key: folded units joined by single spaces.
    #[must_use]
    pub fn key(self) -> String {
        let mut out = String::new();
        for token in self.tokens() {
            if !out.is_empty() {
                out.push(' ');
            }
            token.key_into(&self.document.text, &mut out);
        }
        out
    }
}

/// A block of a page: a paragraph, a heading, a caption.
#[derive(Clone, Copy, Debug)]
pub struct Block<'d> {
    document: &'d Document,
    index: usize,
}

impl<'d> Block<'d> {
    fn record(self) -> &'d BlockRecord {
        &self.document.blocks[self.index]
    }

    /// Returns its bytes in the text.
    #[must_use]
    pub fn span(self) -> Range<usize> {
        self.record().start as usize..self.record().end as usize
    }

    /// Returns the block as it stands in the text.
    #[must_use]
    pub fn text(self) -> &'d str {
        &self.document.text[self.span()]
    }

    /// Returns what the block is.
    #[must_use]
    pub fn role(self) -> Role {
        self.record().role
    }

    /// Returns how sure the role is, from 0 to 1; see [`page::Block::confidence`](crate::page::Block).
    #[must_use]
    pub fn confidence(self) -> f32 {
        self.record().confidence
    }

    /// Returns the evidence that was found for and against roles of the block, in a fixed order.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::page::Evidence;
    /// use tomtat::{Analyzer, Role};
    ///
    /// let page = "Cầu mới\n\nSáng nay cầu thông xe.\n\nXe chạy thử. Ảnh: Thu Hà";
    /// let document = Analyzer::new().analyze(page);
    /// let caption = document.blocks().find(|block| block.role() == Role::Caption);
    /// let caption = caption.expect("a caption");
    /// assert!(caption.evidence().any(|evidence| evidence == Evidence::CreditTag));
    /// ```
    pub fn evidence(self) -> impl Iterator<Item = Evidence> + 'd {
        self.record().evidence.iter()
    }

    /// Returns its sentences.
    #[must_use]
    pub fn sentences(self) -> impl ExactSizeIterator<Item = Sentence<'d>> {
        let (start, end) = self.record().sentences;
        let document = self.document;
        (start as usize..end as usize).map(move |index| Sentence { document, index })
    }
}

/// Returns true if the tokens look like pre-segmented text: enough of them are syllables that
/// underscores join.
///
/// Words without marks do not count, and those of one run of underscores count once: account names
/// and names of files (`nguyen_van_a`) stand in any text.
pub(crate) fn is_presegmented(text: &str, tokens: &[Token]) -> bool {
    let (mut words, mut joined, mut was_joined) = (0_usize, 0_usize, false);
    for pair in tokens.windows(2) {
        let is_joined = pair[1].gap() == Gap::Underscore;
        if is_joined {
            joined += 1;
            let is_word = pair.iter().all(|token| token.kind() == TokenKind::Syllable)
                && pair.iter().any(|token| !text[token.span()].is_ascii());
            words += usize::from(is_word && !was_joined);
        }
        was_joined = is_joined;
    }
    words >= 2 && joined * 20 >= tokens.len()
}
