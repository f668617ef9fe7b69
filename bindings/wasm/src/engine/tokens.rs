//! Sentences, words, syllables.

use std::ops::Range;

use tomtat::token::Token;

use super::{Engine, InputError, Places};
use crate::objects::Span;
use crate::options::{Level, SentenceOptions, SpanOptions, WordFormat, WordOptions};

impl Engine {
    /// Returns the sentences of a text.
    ///
    /// # Errors
    ///
    /// If the options do not go together; so for words and spans.
    pub fn sent_tokenize(
        &self,
        text: &str,
        options: &SentenceOptions,
    ) -> Result<Vec<String>, InputError> {
        let document = self.read_raw(text, options.lines, options.split_unmarked)?;
        Ok(document.sentences().map(|sentence| sentence.text().to_owned()).collect())
    }

    /// Returns the words of a text, as a list or as one string.
    ///
    /// # Errors
    ///
    /// If the options do not go together.
    pub fn word_tokenize(
        &self,
        text: &str,
        options: &WordOptions,
    ) -> Result<serde_json::Value, InputError> {
        let document = self.read_raw(text, options.lines, options.split_unmarked)?;
        let lines = document.sentences().map(|sentence| {
            let words = sentence.words().map(|word| {
                let join = if options.format == WordFormat::Text { "_" } else { " " };
                let units: Vec<&str> =
                    word.tokens().iter().map(|token| &document.text()[token.span()]).collect();
                units.join(join)
            });
            words.collect::<Vec<String>>()
        });
        Ok(match options.format {
            WordFormat::List => lines.flatten().collect(),
            WordFormat::Text => {
                let lines: Vec<String> = lines.map(|words| words.join(" ")).collect();
                lines.join("\n").into()
            }
        })
    }

    /// Returns the syllables, numbers and marks of a text.
    ///
    /// # Errors
    ///
    /// None.
    pub fn syllables(&self, text: &str) -> Result<Vec<String>, InputError> {
        let document = self.read_raw(text, false, false)?;
        let texts = document.tokens().iter().map(|token| document.text()[token.span()].to_owned());
        Ok(texts.collect())
    }

    /// Returns where sentences, words or syllables stand.
    ///
    /// # Errors
    ///
    /// If the options do not go together.
    pub fn spans(&self, text: &str, options: &SpanOptions) -> Result<Vec<Span>, InputError> {
        let document = self.read_raw(text, options.lines, options.split_unmarked)?;
        let mut places = Places::new(text);
        let mut spans = Vec::new();
        for sentence in document.sentences() {
            let number = sentence.index();
            let mut push = |span: Range<usize>, kind, syllables: Vec<Range<usize>>| {
                let (start, end) = places.of(&span);
                let syllables = syllables.iter().map(|span| places.of(span)).collect();
                let text = text[span].to_owned();
                spans.push(Span { text, start, end, sentence: number, kind, syllables });
            };
            match options.level {
                Level::Sentence => push(sentence.span(), "sentence", Vec::new()),
                Level::Syllable => {
                    for token in sentence.tokens() {
                        push(token.span(), token.kind().name(), Vec::new());
                    }
                }
                Level::Word => {
                    for word in sentence.words() {
                        match word.tokens() {
                            [token] => push(word.span(), token.kind().name(), Vec::new()),
                            tokens => {
                                let units = tokens.iter().map(Token::span).collect();
                                push(word.span(), "word", units);
                            }
                        }
                    }
                }
            }
        }
        Ok(spans)
    }
}
