//! The words of a document, and their terms, each found when they are first asked for.
//!
//! Words take half of the time of an analysis, and a summary that is ranked by syllables needs
//! none; counting a corpus needs words, but no numbers of terms within each document.

use std::ops::Range;

use super::{Document, NO_TERM, TermId};
use crate::text::key::TermHash;
use crate::token::{Gap, Token};
use crate::words::{Unit, WordSegmenter};

#[derive(Clone, Copy, Debug)]
pub(super) struct WordRecord {
    pub(super) first_token: u32,
    pub(super) token_count: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct TermRecord {
    pub(super) hash: TermHash,
    /// Word that shows the term first.
    pub(super) first_word: u32,
}

/// The words of all sentences.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) records: Vec<WordRecord>,
    /// Where the words of each sentence begin; one more than there are sentences.
    starts: Vec<u32>,
}

/// The terms of all words.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    /// By word: `NO_TERM` for punctuation and symbols.
    pub(super) of_word: Vec<TermId>,
    pub(super) records: Vec<TermRecord>,
}

impl Words {
    /// Returns the numbers of the words of a sentence.
    pub(super) fn of_sentence(&self, sentence: usize) -> Range<usize> {
        self.starts[sentence] as usize..self.starts[sentence + 1] as usize
    }

    fn of(document: &Document) -> Self {
        let mut joiner = Joiner::new(document);
        let mut records = Vec::with_capacity(document.tokens.len());
        let mut starts = Vec::with_capacity(document.sentences.len() + 1);
        starts.push(0);
        for sentence in &document.sentences {
            let (start, end) = sentence.tokens;
            let tokens = &document.tokens[start as usize..end as usize];
            for_each_word(joiner.joins(tokens), |range| {
                records.push(WordRecord {
                    first_token: start + range.start as u32,
                    token_count: range.len() as u32,
                });
            });
            starts.push(records.len() as u32);
        }
        Self { records, starts }
    }
}

/// Decides which tokens of a sentence continue the word of the token before.
pub(crate) struct Joiner<'d> {
    text: &'d str,
    segmenter: Option<&'d dyn WordSegmenter>,
    joins: Vec<bool>,
    units: Vec<Unit>,
}

impl<'d> Joiner<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        // The words of pre-segmented text are taken as they are.
        let segmenter = document.segmenter.as_deref().filter(|_| !document.presegmented);
        Self { text: &document.text, segmenter, joins: Vec::new(), units: Vec::new() }
    }

    pub(crate) fn joins(&mut self, tokens: &[Token]) -> &[bool] {
        self.joins.clear();
        if let Some(segmenter) = self.segmenter {
            self.units.clear();
            self.units.extend(tokens.iter().map(Unit::from));
            segmenter.join(&self.units, &mut self.joins);
        }
        self.joins.resize(tokens.len(), false);
        for (at, (join, token)) in self.joins.iter_mut().zip(tokens).enumerate() {
            match token.gap() {
                Gap::Underscore => *join = true,
                // Cells of a table are no words together.
                Gap::Space if *join && at > 0 => {
                    *join =
                        !self.text[tokens[at - 1].span().end..token.span().start].contains('\t');
                }
                _ => {}
            }
        }
        if let Some(first) = self.joins.first_mut() {
            *first = false;
        }
        &self.joins
    }
}

/// Calls `word` with the range of each word.
pub(crate) fn for_each_word(joins: &[bool], mut word: impl FnMut(Range<usize>)) {
    let mut start = 0;
    for at in 1..=joins.len() {
        if at == joins.len() || !joins[at] {
            word(start..at);
            start = at;
        }
    }
}

impl Terms {
    /// Numbers the terms of the words in order of their first occurrence.
    fn of(tokens: &[Token], words: &[WordRecord]) -> Self {
        let mut records: Vec<TermRecord> = Vec::new();
        let mut table = TermTable::with_capacity(words.len());
        let number = |(word, index): (&WordRecord, u32)| {
            let tokens = &tokens[word.first_token as usize..][..word.token_count as usize];
            if tokens.len() == 1 && !tokens[0].kind().is_term() {
                return NO_TERM;
            }
            let hash = TermHash::of_units(tokens.iter().map(Token::unit));
            let next = TermId(records.len() as u32);
            let term = table.find_or_insert(hash, next);
            if term == next {
                records.push(TermRecord { hash, first_word: index });
            }
            term
        };
        let of_word = words.iter().zip(0..).map(number).collect();
        Self { of_word, records }
    }
}

/// Open addressing from hashes to term numbers, for one document.
struct TermTable {
    slots: Vec<(u64, TermId)>,
    mask: usize,
}

impl TermTable {
    fn with_capacity(words: usize) -> Self {
        let size = (words * 2).next_power_of_two().max(16);
        Self { slots: vec![(0, NO_TERM); size], mask: size - 1 }
    }

    #[inline]
    fn find_or_insert(&mut self, hash: TermHash, next: TermId) -> TermId {
        let mut slot = hash.to_u64() as usize & self.mask;
        loop {
            let (found, term) = self.slots[slot];
            if term == NO_TERM {
                self.slots[slot] = (hash.to_u64(), next);
                return next;
            }
            if found == hash.to_u64() {
                return term;
            }
            slot = (slot + 1) & self.mask;
        }
    }
}

impl Document {
    /// Returns the words, which the first call finds.
    pub(super) fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(self))
    }

    /// Returns true if the words of the whole document were looked for.
    #[cfg(test)]
    pub(crate) fn has_found_words(&self) -> bool {
        self.words.get().is_some()
    }

    /// Returns the terms, which the first call numbers.
    pub(super) fn terms(&self) -> &Terms {
        self.terms.get_or_init(|| Terms::of(&self.tokens, &self.words().records))
    }

    /// Returns the number of tokens of the word that a token of a sentence begins; words of other
    /// sentences are not looked for.
    pub(super) fn word_length_at(&self, sentence: usize, first: usize) -> usize {
        let (start, end) = self.sentences[sentence].tokens;
        if let Some(words) = self.words.get() {
            let at = start as usize + first;
            return words.records[words.of_sentence(sentence)]
                .iter()
                .find(|word| word.first_token as usize == at)
                .map_or(1, |word| word.token_count as usize);
        }
        let mut joiner = Joiner::new(self);
        let joins = joiner.joins(&self.tokens[start as usize..end as usize]);
        1 + joins.iter().skip(first + 1).take_while(|&&join| join).count()
    }
}
