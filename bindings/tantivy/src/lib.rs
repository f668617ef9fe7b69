//! Vietnamese tokenizer for [tantivy](https://docs.rs/tantivy).
//!
//! Tantivy's own tokenizers cut at white space, which in Vietnamese stands between syllables and
//! not between words, and they compare letters as they are, so that `nguyen` does not find
//! `Nguyễn` and hoà does not find hòa. [`VietnameseTokenizer`] gives words or syllables with the
//! offsets of the text as it was, folded for comparison (case, composed and decomposed letters,
//! both styles of tone marks), and on request twins without marks.
//!
//! Index with one tokenizer and query with its [counterpart for
//! queries](VietnameseTokenizer::for_queries): what the index expands, queries must not.
//!
//! # Examples
//!
//! ```
//! use tantivy::collector::Count;
//! use tantivy::query::QueryParser;
//! use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions, STORED};
//! use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
//! use tantivy::{Index, doc};
//! use tomtat_tantivy::{Level, VietnameseTokenizer};
//!
//! let tokenizer = VietnameseTokenizer::new(Level::WordsAndSyllables).with_unmarked_twins(true);
//!
//! let indexing = TextFieldIndexing::default()
//!     .set_tokenizer("vi")
//!     .set_index_option(IndexRecordOption::WithFreqsAndPositions);
//! let mut schema = Schema::builder();
//! let body = schema.add_text_field("body", (TextOptions::default() | STORED).set_indexing_options(indexing));
//!
//! let index = Index::create_in_ram(schema.build());
//! index.tokenizers().register("vi", tokenizer.clone());
//! let mut writer = index.writer(15_000_000)?;
//! writer.add_document(doc!(body => "Ông Nguyễn Văn Hoà dạy học sinh ở Huế."))?;
//! writer.commit()?;
//!
//! let queries = TokenizerManager::new();
//! queries.register("vi", tokenizer.for_queries());
//! let parser = QueryParser::new(index.schema(), vec![body], queries);
//! let searcher = index.reader()?.searcher();
//! for query in ["nguyen", "Hòa", "\"học sinh\"", "\"hoc sinh\""] {
//!     assert_eq!(searcher.search(&parser.parse_query(query)?, &Count)?, 1, "{query}");
//! }
//! assert_eq!(searcher.search(&parser.parse_query("nguyễn")?, &Count)?, 1);
//! assert_eq!(searcher.search(&parser.parse_query("nguyện")?, &Count)?, 0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![forbid(unsafe_code)]

use std::ops::Range;

use tantivy_tokenizer_api::{Token, TokenStream, Tokenizer};
use tomtat::text::key::fold_into;
use tomtat::text::strip::markless;
use tomtat::{Analyzer, Document, TextOptions};

/// What becomes a term of the index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Level {
    /// Words, each at one position: `học sinh` is one term with a space inside. A query for one of
    /// its syllables does not find it.
    Words,
    /// Syllables, numbers and foreign words. A phrase query finds words.
    Syllables,
    /// Syllables, and at the position of its first syllable each word of several, whose position
    /// length is the number of its syllables. Phrase queries and queries for syllables work as
    /// with [`Syllables`](Self::Syllables); a document that has the word ranks above one that has
    /// its syllables apart.
    #[default]
    WordsAndSyllables,
}

/// Cuts Vietnamese text into the terms of an index.
///
/// Punctuation and symbols are left out. Offsets are bytes of the text as it was given. Cheap to
/// clone: the models are shared.
#[derive(Clone, Debug)]
pub struct VietnameseTokenizer {
    analyzer: Analyzer,
    level: Level,
    unmarked_twins: bool,
    document: Document,
    tokens: Tokens,
}

impl Default for VietnameseTokenizer {
    fn default() -> Self {
        Self::new(Level::default())
    }
}

impl VietnameseTokenizer {
    /// Makes a tokenizer with the models that ship with tomtat.
    #[must_use]
    pub fn new(level: Level) -> Self {
        Self::with_analyzer(Analyzer::new(), level)
    }

    /// Makes a tokenizer with models or a dictionary of one's own.
    #[must_use]
    pub fn with_analyzer(analyzer: Analyzer, level: Level) -> Self {
        Self {
            analyzer,
            level,
            unmarked_twins: false,
            document: Document::default(),
            tokens: Tokens::default(),
        }
    }

    /// Sets whether each term with marks has a twin without marks at the same position, so that
    /// `nguyen` finds `Nguyễn`; off at first.
    #[must_use]
    pub const fn with_unmarked_twins(mut self, unmarked_twins: bool) -> Self {
        self.unmarked_twins = unmarked_twins;
        self
    }

    /// Returns the tokenizer for queries of an index that this one made: without twins, because a
    /// query that is typed with marks means them; and with syllables where the index has words and
    /// syllables, because the words of a query need not be cut as those of a text.
    #[must_use]
    pub fn for_queries(&self) -> Self {
        let level = match self.level {
            Level::Words => Level::Words,
            Level::Syllables | Level::WordsAndSyllables => Level::Syllables,
        };
        Self::with_analyzer(self.analyzer.clone(), level)
    }

    /// Reads a text into `tokens`.
    fn read(&mut self, text: &str) {
        let options = TextOptions::default().with_raw(true);
        self.analyzer.analyze_into(text, options, &mut self.document);
        self.tokens.clear();
        let mut position = 0;
        for sentence in self.document.sentences() {
            if self.level == Level::Syllables {
                for token in sentence.tokens().iter().filter(|token| token.kind().is_term()) {
                    self.tokens.push(text, [token.span()], position, self.unmarked_twins);
                    position += 1;
                }
                continue;
            }
            for word in sentence.words() {
                let units = word.tokens();
                if !units.iter().any(|token| token.kind().is_term()) {
                    continue;
                }
                let spans = || units.iter().map(tomtat::token::Token::span);
                let syllables = self.level == Level::WordsAndSyllables;
                if units.len() > 1 || !syllables {
                    self.tokens.push(text, spans(), position, self.unmarked_twins);
                }
                if !syllables {
                    // A word has one position, however many syllables it has.
                    self.tokens.narrow();
                    position += 1;
                    continue;
                }
                for span in spans() {
                    self.tokens.push(text, [span], position, self.unmarked_twins);
                    position += 1;
                }
            }
        }
    }
}

impl Tokenizer for VietnameseTokenizer {
    type TokenStream<'a> = VietnameseTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> VietnameseTokenStream<'a> {
        self.read(text);
        VietnameseTokenStream { tokens: &self.tokens, next: 0, token: Token::default() }
    }
}

/// A token of [`Tokens`]: its place in the text, its position, its term in the buffer.
#[derive(Clone, Debug)]
struct Record {
    offsets: Range<usize>,
    position: usize,
    length: usize,
    term: Range<usize>,
}

/// The tokens of a text, their terms one after the other in one buffer.
#[derive(Clone, Debug, Default)]
struct Tokens {
    records: Vec<Record>,
    terms: String,
    /// Records that the last call of `push` made.
    last: usize,
}

impl Tokens {
    fn clear(&mut self) {
        self.records.clear();
        self.terms.clear();
    }

    /// Adds the term of these syllables, and its twin without marks.
    fn push(
        &mut self,
        text: &str,
        spans: impl IntoIterator<Item = Range<usize>>,
        position: usize,
        twin: bool,
    ) {
        let start = self.terms.len();
        let mut offsets = 0..0;
        let mut length = 0;
        for span in spans {
            if length > 0 {
                self.terms.push(' ');
            }
            offsets = if length == 0 { span.clone() } else { offsets.start..span.end };
            fold_into(&text[span], &mut self.terms);
            length += 1;
        }
        let term = start..self.terms.len();
        let plain = twin.then(|| markless(&self.terms[term.clone()]));
        let plain = plain.filter(|plain| *plain != self.terms[term.clone()]);
        self.records.push(Record { offsets: offsets.clone(), position, length, term });
        self.last = 1;
        if let Some(plain) = plain {
            let start = self.terms.len();
            self.terms.push_str(&plain);
            let term = start..self.terms.len();
            self.records.push(Record { offsets, position, length, term });
            self.last = 2;
        }
    }

    /// Gives the last term one position.
    fn narrow(&mut self) {
        let from = self.records.len() - self.last;
        self.records[from..].iter_mut().for_each(|record| record.length = 1);
    }
}

/// The tokens of one text.
#[derive(Debug)]
pub struct VietnameseTokenStream<'a> {
    tokens: &'a Tokens,
    next: usize,
    token: Token,
}

impl TokenStream for VietnameseTokenStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(record) = self.tokens.records.get(self.next) else { return false };
        self.next += 1;
        self.token.offset_from = record.offsets.start;
        self.token.offset_to = record.offsets.end;
        self.token.position = record.position;
        self.token.position_length = record.length;
        self.token.text.clear();
        self.token.text.push_str(&self.tokens.terms[record.term.clone()]);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(mut tokenizer: VietnameseTokenizer, text: &str) -> Vec<(String, usize, usize)> {
        let mut stream = tokenizer.token_stream(text);
        let mut found = Vec::new();
        while let Some(token) = stream.next() {
            assert!(
                text.is_char_boundary(token.offset_from) && text.is_char_boundary(token.offset_to)
            );
            found.push((token.text.clone(), token.position, token.position_length));
        }
        found
    }

    fn terms(level: Level, twins: bool, text: &str) -> Vec<String> {
        let tokenizer = VietnameseTokenizer::new(level).with_unmarked_twins(twins);
        tokens(tokenizer, text).into_iter().map(|(term, ..)| term).collect()
    }

    #[test]
    fn words_syllables_and_both() {
        let text = "Học sinh đến trường.";
        assert_eq!(terms(Level::Words, false, text), ["học sinh", "đến", "trường"]);
        assert_eq!(terms(Level::Syllables, false, text), ["học", "sinh", "đến", "trường"]);
        let both = VietnameseTokenizer::new(Level::WordsAndSyllables);
        let expected =
            [("học sinh", 0, 2), ("học", 0, 1), ("sinh", 1, 1), ("đến", 2, 1), ("trường", 3, 1)];
        let expected: Vec<_> = expected.into_iter().map(|(t, p, l)| (t.to_owned(), p, l)).collect();
        assert_eq!(tokens(both, text), expected);
    }

    #[test]
    fn twins_stand_at_the_same_position_and_only_where_marks_are() {
        let tokenizer = VietnameseTokenizer::new(Level::Words).with_unmarked_twins(true);
        let expected = [("đà nẵng", 0, 1), ("da nang", 0, 1), ("xa", 1, 1)];
        let expected: Vec<_> = expected.into_iter().map(|(t, p, l)| (t.to_owned(), p, l)).collect();
        assert_eq!(tokens(tokenizer, "Đà Nẵng xa"), expected);
    }

    #[test]
    fn spellings_of_one_syllable_are_one_term() {
        let forms = ["hòa", "hoà", "HÒA", "ho\u{300}a"];
        for form in forms {
            assert_eq!(terms(Level::Syllables, false, form), ["hòa"], "{form}");
        }
    }

    #[test]
    fn queries_are_not_expanded() {
        let index = VietnameseTokenizer::default().with_unmarked_twins(true);
        let found = tokens(index.for_queries(), "Học sinh");
        assert_eq!(
            found.iter().map(|(term, ..)| term.as_str()).collect::<Vec<_>>(),
            ["học", "sinh"]
        );
    }

    #[test]
    fn empty_and_hostile_texts_have_their_tokens() {
        for text in ["", " \n", "...", "\u{0}\u{202e}", "🌸"] {
            assert!(
                tokens(VietnameseTokenizer::default().with_unmarked_twins(true), text).len() <= 1
            );
        }
        let long = "a".repeat(200_000);
        assert_eq!(tokens(VietnameseTokenizer::default(), &long).len(), 1);
    }
}
