//! The title of a document.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::words::for_each_word;
use crate::text::key::{TermHash, UnitId};
use crate::token::Token;
use crate::token::sentence_starters::SentenceStarters;
use crate::token::tokenizer::tokenize;
use crate::words::{Unit, WordSegmenter};

/// The title of a document: given from outside, or found in the text.
#[derive(Clone, Debug)]
pub struct Title {
    text: String,
    span: Option<(u32, u32)>,
    tokens: Vec<Token>,
    units: Vec<UnitId>,
    segmenter: Arc<dyn WordSegmenter>,
    terms: OnceLock<Vec<TermHash>>,
}

impl Title {
    pub(crate) fn new(
        text: &str,
        span: Option<(u32, u32)>,
        starters: &SentenceStarters,
        segmenter: Arc<dyn WordSegmenter>,
    ) -> Self {
        let mut tokens = Vec::with_capacity(text.len() / 4 + 1);
        tokenize(text, 0..text.len(), starters, &mut tokens);
        let mut units: Vec<UnitId> = Vec::with_capacity(tokens.len());
        units.extend(tokens.iter().filter(|t| t.kind().is_term()).map(Token::unit));
        units.sort_unstable();
        units.dedup();
        Self { text: text.to_owned(), span, tokens, units, segmenter, terms: OnceLock::new() }
    }

    /// Returns the title as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns its bytes in the text, or `None` if it was given from outside.
    #[must_use]
    pub fn span(&self) -> Option<Range<usize>> {
        self.span.map(|(start, end)| start as usize..end as usize)
    }

    /// Returns its tokens in order; their spans are bytes of the title.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Returns the distinct terms of the title, sorted.
    #[must_use]
    pub fn terms(&self) -> &[TermHash] {
        self.terms.get_or_init(|| {
            let units: Vec<Unit> = self.tokens.iter().map(Unit::from).collect();
            let mut joins = Vec::new();
            self.segmenter.join(&units, &mut joins);
            let mut terms = Vec::new();
            for_each_word(&joins, |range| {
                if units[range.start].kind.is_term() {
                    terms.push(TermHash::of_units(units[range].iter().map(|u| u.id)));
                }
            });
            terms.sort_unstable();
            terms.dedup();
            terms
        })
    }

    /// Returns the distinct units (syllables and other tokens) of the title, sorted.
    #[must_use]
    pub fn units(&self) -> &[UnitId] {
        &self.units
    }
}
