//! The ROUGE of a choice of sentences against the abstract.

use crate::eval::rouge::Scratch;
use crate::eval::tokenize::TokenSequence;
use crate::eval::{Rouge, Score};
use crate::rank::RankContext;

/// Weight of recall against precision for a given length (beta of the F-measure).
const RECALL_WEIGHT: f64 = 3.0;

/// The F-measure with weight `beta` of recall.
fn f_measure(precision: f64, recall: f64, beta: f64) -> f64 {
    let square = beta * beta;
    let denominator = square * precision + recall;
    if denominator > 0.0 { (1.0 + square) * precision * recall / denominator } else { 0.0 }
}

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

    /// Returns the rewards of these candidates: the means of the F-measures of ROUGE-1, ROUGE-2 and
    /// ROUGE-L, for a free and for a given length.
    pub(crate) fn of(&mut self, candidates: impl Iterator<Item = usize>) -> [f32; 2] {
        let scores = self.scores(candidates);
        let mean = |measure: fn(&Score) -> f64| {
            (scores.iter().fold(0.0, |sum, s| sum + measure(s)) / scores.len() as f64) as f32
        };
        [mean(|s| s.f_measure), mean(|s| f_measure(s.precision, s.recall, RECALL_WEIGHT))]
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
