//! From a text to a [`Document`].

use std::ops::Range;
use std::sync::Arc;

use crate::document::{BlockRecord, Document, SentenceRecord, Title, is_presegmented};
use crate::models::Models;
use crate::page::{self, PageOptions, PageStructure, Role};
use crate::select::query::Query;
use crate::sentence::{SentenceOptions, split_with};
use crate::token::tokenizer::tokenize;
use crate::token::{Gap, Token, TokenKind};
use crate::weights::background::Background;
use crate::weights::stopwords::StopWords;
use crate::words::WordSegmenter;
use crate::words::dictionary::{Dictionary, WithDictionary};

/// A text of this many tokens without a mark that ends a sentence is split at clauses.
const UNMARKED_TOKENS: usize = 60;

/// What is known of a text before it is read.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct TextOptions<'a> {
    /// The title, where it is kept apart from the text.
    pub title: Option<&'a str>,
    /// Takes every paragraph as part of the article: no search for captions and related links.
    pub raw: bool,
    /// Takes every line as one sentence.
    pub line_sentences: bool,
    /// Also splits where a heading or caption runs into the next sentence without punctuation.
    /// Applies only to a block that makes up more than half of the text, the sign of lost line
    /// breaks.
    pub split_unmarked: bool,
    /// The blocks of the text, where they have been read already, as of an HTML page. Goes before
    /// `raw`; without effect if it is the structure of another text.
    pub structure: Option<&'a PageStructure>,
}

impl<'a> TextOptions<'a> {
    /// Sets the title.
    #[must_use]
    pub const fn with_title(mut self, title: Option<&'a str>) -> Self {
        self.title = title;
        self
    }

    /// Takes every paragraph as part of the article.
    #[must_use]
    pub const fn with_raw(mut self, raw: bool) -> Self {
        self.raw = raw;
        self
    }

    /// Sets the blocks of the text.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::page::{PageOptions, parse};
    /// use tomtat::{Analyzer, TextOptions};
    ///
    /// let page = "Nước lên nhanh.\n\nCầu bị ngập. Ảnh: Lan Anh";
    /// let structure = parse(page, &PageOptions::default());
    /// let options = TextOptions::default().with_structure(Some(&structure));
    /// let document = Analyzer::new().analyze_with(page, options);
    /// assert_eq!(document.blocks().len(), structure.blocks().len());
    /// ```
    #[must_use]
    pub const fn with_structure(mut self, structure: Option<&'a PageStructure>) -> Self {
        self.structure = structure;
        self
    }

    /// Ends sentences without a mark, too, where a heading or caption runs into the next sentence:
    /// for text that lost its line ends, so that one block is longer than all others together.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::{Analyzer, TextOptions};
    ///
    /// let options = TextOptions::default().with_split_unmarked(true);
    /// let document = Analyzer::new().analyze_with("Vé tăng giá Tuy nhiên, khách vẫn đông.", options);
    /// assert_eq!(document.sentences().len(), 2);
    /// ```
    #[must_use]
    pub const fn with_split_unmarked(mut self, split_unmarked: bool) -> Self {
        self.split_unmarked = split_unmarked;
        self
    }

    /// Takes every line as one sentence.
    #[must_use]
    pub const fn with_line_sentences(mut self, line_sentences: bool) -> Self {
        self.line_sentences = line_sentences;
        self
    }
}

/// Turns texts into documents: immutable, shared by all threads, cheap to clone.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
///
/// let analyzer = Analyzer::new();
/// let document = analyzer.analyze("Giá xăng giảm 500 đồng. Người dân phấn khởi.");
/// let sentences: Vec<&str> = document.sentences().map(|s| s.text()).collect();
/// assert_eq!(sentences, ["Giá xăng giảm 500 đồng.", "Người dân phấn khởi."]);
/// ```
#[derive(Clone, Debug)]
pub struct Analyzer {
    models: Models,
}

impl Analyzer {
    /// Makes an analyzer with these models.
    ///
    /// [`Analyzer::new`] takes those that ship with the library.
    #[must_use]
    pub const fn from_models(models: Models) -> Self {
        Self { models }
    }

    /// Puts a user's dictionary over the word segmenter.
    #[must_use]
    pub fn with_dictionary(mut self, dictionary: Dictionary) -> Self {
        let segmenter = Arc::clone(self.models.segmenter());
        let segmenter = Arc::new(WithDictionary::new(segmenter, dictionary));
        self.models = self.models.with_segmenter(segmenter);
        self
    }

    /// Replaces the word segmenter.
    #[must_use]
    pub fn with_segmenter(mut self, segmenter: Arc<dyn WordSegmenter>) -> Self {
        self.models = self.models.with_segmenter(segmenter);
        self
    }

    /// Replaces the background statistics.
    #[must_use]
    pub fn with_background(mut self, background: Arc<Background>) -> Self {
        self.models = self.models.with_background(background);
        self
    }

    /// Returns the models.
    #[must_use]
    pub const fn models(&self) -> &Models {
        &self.models
    }

    /// Returns the word segmenter.
    #[must_use]
    pub fn segmenter(&self) -> &Arc<dyn WordSegmenter> {
        self.models.segmenter()
    }

    /// Returns the background statistics.
    #[must_use]
    pub const fn background(&self) -> &Arc<Background> {
        self.models.background()
    }

    /// Returns the stop words.
    #[must_use]
    pub const fn stop_words(&self) -> &Arc<StopWords> {
        self.models.stop_words()
    }

    /// Reads a query, with the tokenizer and the word weights of this analyzer.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::Analyzer;
    ///
    /// assert!(Analyzer::new().query("?!").is_empty());
    /// ```
    #[must_use]
    pub fn query(&self, text: &str) -> Query {
        Query::new(text, self.models.starters(), self.models.background())
    }

    /// Reads a query that may have been typed without marks.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::Analyzer;
    ///
    /// let analyzer = Analyzer::new();
    /// let document = analyzer.analyze("Giá gạo tăng. Trời mưa.");
    /// let query = analyzer.loose_query("gia gao");
    /// let fits: Vec<f64> = document.sentences().map(|s| query.fit(s)).collect();
    /// assert_eq!(fits, [1.0, 0.0]);
    /// ```
    #[must_use]
    pub fn loose_query(&self, text: &str) -> Query {
        Query::new_loose(text, self.models.starters())
    }

    /// Analyzes a text. Cannot fail; linear time.
    #[must_use]
    pub fn analyze(&self, text: &str) -> Document {
        self.analyze_with(text, TextOptions::default())
    }

    /// Analyzes a text of which something is known.
    #[must_use]
    pub fn analyze_with(&self, text: &str, options: TextOptions<'_>) -> Document {
        let mut document = Document::default();
        self.analyze_into(text, options, &mut document);
        document
    }

    /// Analyzes a text into `document`, whose buffers are used again.
    pub fn analyze_into(&self, text: &str, options: TextOptions<'_>, document: &mut Document) {
        document.reset(text, self.segmenter());
        Analysis { analyzer: self, document, options }.run();
    }

    fn title(&self, text: &str, span: Option<(u32, u32)>) -> Title {
        Title::new(text, span, self.models.starters(), Arc::clone(self.segmenter()))
    }
}

struct Analysis<'a> {
    analyzer: &'a Analyzer,
    document: &'a mut Document,
    options: TextOptions<'a>,
}

impl Analysis<'_> {
    fn run(mut self) {
        self.blocks();
        self.sentences();
    }

    /// Finds the blocks, and the title.
    fn blocks(&mut self) {
        let document = &mut *self.document;
        let mut options = PageOptions::default();
        options.title = self.options.title;
        options.raw = self.options.raw;
        let given = self.options.structure.filter(|structure| structure.fits(&document.text));
        let read;
        let structure = if let Some(given) = given {
            given
        } else {
            read = page::parse(&document.text, &options);
            &read
        };
        document.other_purpose = structure.other_purpose();
        document.holds_several = structure.warnings().contains(&page::Warning::SeveralArticles);
        let mut found = None;
        for block in structure.blocks() {
            let Ok(end) = u32::try_from(block.span().end) else { break };
            let start = block.span().start as u32;
            let role = block.role();
            if role == Role::Title && found.is_none() {
                found = Some((start, end));
            }
            document.blocks.push(BlockRecord {
                start,
                end,
                role,
                confidence: block.confidence(),
                evidence: block.evidence_set(),
                sentences: (0, 0),
            });
        }
        document.title = match (self.options.title, found) {
            (Some(title), _) => Some(self.analyzer.title(title, None)),
            (None, Some((start, end))) => {
                let text = &document.text[start as usize..end as usize];
                Some(self.analyzer.title(text, Some((start, end))))
            }
            (None, None) => None,
        };
    }

    fn sentences(&mut self) {
        let starters = self.analyzer.models.starters();
        let document = &mut *self.document;
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(16);
        let mut marked = false;
        let all: usize =
            document.blocks.iter().map(|block| (block.end - block.start) as usize).sum();
        let mut holds_most = false;
        for index in 0..document.blocks.len() {
            let block = document.blocks[index];
            // A text that has kept its line ends has them after headings, too: there a capital
            // without a mark before it is a name, such as `100 năm Ngày thành lập`. What was cut out
            // of a line, a caption, parts it no more than a line end does.
            if self.options.split_unmarked && begins_line(document, index) {
                holds_most = 2 * line_length(document, index) > all;
            }
            let first_token = document.tokens.len();
            let span = block.start as usize..block.end as usize;
            tokenize(&document.text, span, starters, &mut document.tokens);
            ranges.clear();
            let tokens = &document.tokens[first_token..];
            if self.options.line_sentences {
                split_at_lines(tokens, first_token, &mut ranges);
            } else {
                let options = SentenceOptions::default().with_split_unmarked(holds_most);
                split_with(&document.text, tokens, first_token, options, starters, &mut ranges);
            }
            marked |= ranges.len() > 1
                || tokens.last().is_some_and(|t| {
                    document.text[t.span()].ends_with(['.', '!', '?', '…', '”', '"', ')'])
                });
            push_sentences(document, index, &ranges);
        }
        document.presegmented = is_presegmented(&document.text, &document.tokens);
        let longest = document.sentences.iter().map(|s| s.tokens.1 - s.tokens.0).max();
        if !marked
            && !self.options.line_sentences
            && longest.is_some_and(|n| n as usize >= UNMARKED_TOKENS)
        {
            document.unmarked = true;
            split_unmarked(document);
        }
    }
}

/// Returns true if a block is the first of its line.
fn begins_line(document: &Document, index: usize) -> bool {
    let before = index.checked_sub(1).map_or(0, |before| document.blocks[before].end as usize);
    let start = document.blocks[index].start as usize;
    index == 0 || document.text[before..start].contains('\n')
}

/// The bytes of the blocks that share a line with the first of them, `index`.
fn line_length(document: &Document, index: usize) -> usize {
    let rest = index + 1..document.blocks.len();
    let last = rest.take_while(|&next| !begins_line(document, next)).last().unwrap_or(index);
    let blocks = &document.blocks[index..=last];
    blocks.iter().map(|block| (block.end - block.start) as usize).sum()
}

fn push_sentences(document: &mut Document, block: usize, ranges: &[Range<usize>]) {
    let first = document.sentences.len() as u32;
    for range in ranges {
        let tokens = &document.tokens[range.clone()];
        let (Some(head), Some(tail)) = (tokens.first(), tokens.last()) else { continue };
        document.sentences.push(SentenceRecord {
            start: head.start,
            end: tail.end,
            tokens: (range.start as u32, range.end as u32),
            block: block as u32,
        });
    }
    document.blocks[block].sentences = (first, document.sentences.len() as u32);
}

/// One sentence a line.
fn split_at_lines(tokens: &[Token], base: usize, ranges: &mut Vec<Range<usize>>) {
    let mut start = 0;
    for at in 1..=tokens.len() {
        if at == tokens.len() || tokens[at].gap() == Gap::Line {
            ranges.push(base + start..base + at);
            start = at;
        }
    }
}

/// A piece of unmarked text is not shorter than this, unless nothing else is left.
const PIECE_MIN: usize = 12;
/// A piece of unmarked text is cut here if no clause ends before.
const PIECE_MAX: usize = 40;

/// Splits a text without full stops: at line ends, then at the ends of clauses, then by length.
fn split_unmarked(document: &mut Document) {
    document.sentences.clear();
    let mut at = 0;
    for index in 0..document.blocks.len() {
        let end_of_block = document.blocks[index].end;
        let first = at;
        while document.tokens.get(at).is_some_and(|t| t.start < end_of_block) {
            at += 1;
        }
        let mut ranges = Vec::new();
        let mut start = first;
        for next in first + 1..at {
            let length = next - start;
            let last = &document.tokens[next - 1];
            let clause = last.kind() == TokenKind::Punctuation
                && matches!(&document.text[last.span()], "," | ";" | ":" | "-" | "–");
            let line = document.tokens[next].gap() == Gap::Line;
            // The rest must be long enough to stand alone.
            let rest = at - next >= PIECE_MIN;
            if line || (rest && ((clause && length >= PIECE_MIN) || length >= PIECE_MAX)) {
                ranges.push(start..next);
                start = next;
            }
        }
        if start < at {
            ranges.push(start..at);
        }
        push_sentences(document, index, &ranges);
    }
}
