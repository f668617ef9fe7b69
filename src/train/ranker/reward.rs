//! What a choice of sentences scores against the abstract.

use crate::eval::rouge::Scratch;
use crate::eval::tokenize::TokenSequence;
use crate::eval::{Rouge, Score};
use crate::rank::RankContext;

/// The candidates and the abstract of one article, ready for scoring.
#[derive(Debug)]
pub(crate) struct Rewards {
    rouge: Rouge,
    scratch: Scratch,
    sentences: Vec<TokenSequence>,
    joined: TokenSequence,
}

impl Rewards {
    pub(crate) fn new() -> Self {
        let rouge = Rouge::default();
        let scratch = rouge.scratch();
        Self { rouge, scratch, sentences: Vec::new(), joined: TokenSequence::default() }
    }

    /// Reads the candidates and the abstract of an article.
    pub(crate) fn read(&mut self, context: &RankContext<'_>, summary: &str) {
        let tokenizer = self.rouge.tokenizer();
        self.scratch.begin(tokenizer);
        let vocabulary = &mut self.scratch.vocabulary;
        self.sentences.clear();
        for sentence in context.candidates() {
            let mut tokens = TokenSequence::default();
            tokenizer.tokenize(sentence.text(), vocabulary, &mut tokens);
            self.sentences.push(tokens);
        }
        let mut reference = TokenSequence::default();
        tokenizer.tokenize(summary, vocabulary, &mut reference);
        self.scratch.pair.set_reference(&reference, vocabulary.len());
        self.rouge.prepare(&self.scratch.pair, &mut self.scratch.buffers);
    }

    /// Returns the number of candidates.
    pub(crate) fn len(&self) -> usize {
        self.sentences.len()
    }

    /// Returns the mean F-measure of ROUGE-1, ROUGE-2 and ROUGE-L of these candidates.
    pub(crate) fn of(&mut self, candidates: impl Iterator<Item = usize>) -> f32 {
        let scores = self.scores(candidates);
        (scores.iter().fold(0.0, |sum, s| sum + s.f_measure) / scores.len() as f64) as f32
    }

    /// Returns the scores of these candidates.
    pub(crate) fn scores(&mut self, candidates: impl Iterator<Item = usize>) -> Vec<Score> {
        self.joined.clear();
        for i in candidates {
            self.joined.ids.extend_from_slice(&self.sentences[i].ids);
        }
        self.joined.end_sentence();
        let Scratch { pair, buffers, .. } = &mut self.scratch;
        pair.set_prediction(&self.joined);
        let mut tallies = Vec::with_capacity(3);
        self.rouge.tally(pair, buffers, &mut tallies);
        tallies
            .iter()
            .enumerate()
            .map(|(m, &tally)| self.rouge.combine(m, std::iter::once(tally)))
            .collect()
    }
}
