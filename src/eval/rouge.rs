//! The ROUGE family: recall-oriented comparison of summaries with references.
//!
//! [`Rouge`] holds what is measured and how; it is immutable and shared by all threads. A
//! [`Scratch`] holds the memory of one thread and is reused from pair to pair, so that scoring
//! allocates nothing once it is warm.
//!
//! | measure | what is compared | name |
//! |---|---|---|
//! | [`Measure::Ngram`] | n-grams | `rouge1`, `rouge2`, … |
//! | [`Measure::Lcs`] | longest common subsequence of the whole texts | `rougeL` |
//! | [`Measure::UnionLcs`] | the same by sentences, united | `rougeLsum` |
//! | [`Measure::WeightedLcs`] | longest common subsequence with a premium on runs | `rougeW-1.2` |
//! | [`Measure::SkipBigram`] | pairs in order with a bounded gap | `rougeS4`, `rougeSU4` |
//!
//! # Examples
//!
//! ```
//! use tomtat::eval::{Measure, Rouge};
//!
//! let rouge = Rouge::builder().measures([Measure::ROUGE_1, Measure::ROUGE_L]).build()?;
//! let mut scratch = rouge.scratch();
//! let scores = rouge.score(
//!     "Mưa lớn làm ngập nhiều tuyến phố.",
//!     &["Mưa lớn kéo dài làm nhiều phố ở Huế ngập sâu."],
//!     &mut scratch,
//! );
//! // Six of seven syllables are in the reference of eleven, four of them in the same order.
//! assert_eq!((scores[0].precision, scores[0].recall), (6.0 / 7.0, 6.0 / 11.0));
//! assert_eq!(scores[1].precision, 5.0 / 7.0);
//! # Ok::<(), tomtat::eval::RougeError>(())
//! ```
//!
//! # References
//!
//! C.-Y. Lin (2004), *ROUGE: A Package for Automatic Evaluation of Summaries*, Text Summarization
//! Branches Out, ACL, 74–81.

pub(crate) mod lcs;
mod measure;
pub(crate) mod ngram;
pub(crate) mod pair;
mod references;
pub mod rouge155;
mod skip_bigram;
mod union_lcs;
mod weighted_lcs;

pub use measure::{Measure, ParseMeasureError};
pub use references::References;

use super::tokenize::vocabulary::Vocabulary;
use super::tokenize::{Stemming, TokenSequence, Tokenizer};
use super::{Score, Signature};
pub(crate) use references::Tally;
use references::combine;

/// A setting of [`RougeBuilder`] makes no sense.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RougeError {
    /// Beta is not a positive finite number.
    #[error("beta is {0}, expected a positive finite number")]
    Beta(f64),
    /// A measure has a parameter outside its range.
    #[error("measure {0} has a parameter out of range, expected n of at least 1, weight above 0")]
    Measure(Measure),
    /// No measure was given.
    #[error("no measure to compute, expected at least one")]
    NoMeasure,
}

/// Settings of a [`Rouge`] scorer.
///
/// Defaults: ROUGE-1, ROUGE-2 and ROUGE-L, over syllables, beta 1, best reference.
#[derive(Debug, Clone)]
#[must_use]
pub struct RougeBuilder {
    measures: Vec<Measure>,
    tokenizer: Tokenizer,
    beta: f64,
    references: References,
}

impl RougeBuilder {
    /// Sets what is measured; scores come in this order.
    pub fn measures(mut self, measures: impl IntoIterator<Item = Measure>) -> Self {
        self.measures = measures.into_iter().collect();
        self
    }

    /// Sets how texts are cut.
    pub fn tokenizer(mut self, tokenizer: Tokenizer) -> Self {
        self.tokenizer = tokenizer;
        self
    }

    /// Sets the weight of recall against precision in the F-measure; 1 gives F1.
    pub fn beta(mut self, beta: f64) -> Self {
        self.beta = beta;
        self
    }

    /// Sets how several references are combined.
    pub fn references(mut self, references: References) -> Self {
        self.references = references;
        self
    }

    /// Builds the scorer.
    ///
    /// # Errors
    ///
    /// If there is no measure, a measure is out of range, or beta is not positive and finite.
    pub fn build(self) -> Result<Rouge, RougeError> {
        if !(self.beta.is_finite() && self.beta > 0.0) {
            return Err(RougeError::Beta(self.beta));
        }
        if self.measures.is_empty() {
            return Err(RougeError::NoMeasure);
        }
        if let Some(measure) = self.measures.iter().find(|measure| !measure.is_valid()) {
            return Err(RougeError::Measure(*measure));
        }
        Ok(self.into_rouge())
    }

    fn into_rouge(self) -> Rouge {
        let max_n = self.measures.iter().map(|measure| match measure {
            Measure::Ngram { n } => usize::from(*n),
            _ => 1,
        });
        let max_n = max_n.max().unwrap_or(1);
        Rouge {
            measures: self.measures,
            tokenizer: self.tokenizer,
            beta: self.beta,
            references: self.references,
            max_n,
        }
    }
}

/// A scorer of the ROUGE family; see the [module documentation](self).
#[derive(Debug, Clone)]
pub struct Rouge {
    measures: Vec<Measure>,
    tokenizer: Tokenizer,
    beta: f64,
    references: References,
    max_n: usize,
}

impl Default for Rouge {
    fn default() -> Self {
        Self::builder().into_rouge()
    }
}

/// The memory of one scoring thread, made by [`Rouge::scratch`].
///
/// A scratch may serve several scorers, one after the other; what it holds never changes a score.
#[derive(Debug)]
pub struct Scratch {
    tokenizer: Tokenizer,
    pub(crate) vocabulary: Vocabulary,
    prediction: TokenSequence,
    reference: TokenSequence,
    pub(crate) pair: pair::Pair,
    pub(crate) buffers: Buffers,
    tallies: Vec<Tally>,
    scores: Vec<Score>,
}

#[derive(Debug, Default)]
pub(crate) struct Buffers {
    pub(crate) ngrams: ngram::NgramCounts,
    pub(crate) lcs: lcs::LcsBuffers,
    union: union_lcs::UnionBuffers,
    weighted: weighted_lcs::WeightedBuffers,
    skip: skip_bigram::SkipBuffers,
    hits: Vec<u64>,
}

impl Scratch {
    fn new(tokenizer: Tokenizer) -> Self {
        Self {
            tokenizer,
            vocabulary: Vocabulary::default(),
            prediction: TokenSequence::default(),
            reference: TokenSequence::default(),
            pair: pair::Pair::default(),
            buffers: Buffers::default(),
            tallies: Vec::new(),
            scores: Vec::new(),
        }
    }

    /// Makes sure that the numbers in memory are those of `tokenizer`, and not too many.
    pub(crate) fn begin(&mut self, tokenizer: &Tokenizer) {
        let known = self.vocabulary.len();
        if self.tokenizer.is_same(tokenizer) {
            self.vocabulary.trim();
        } else {
            self.tokenizer = tokenizer.clone();
            self.vocabulary = Vocabulary::default();
        }
        if self.vocabulary.len() < known {
            self.pair.reset();
        }
    }
}

impl Rouge {
    /// Starts from the defaults: ROUGE-1, ROUGE-2, ROUGE-L, over syllables, F1, best reference.
    pub fn builder() -> RougeBuilder {
        RougeBuilder {
            measures: vec![Measure::ROUGE_1, Measure::ROUGE_2, Measure::ROUGE_L],
            tokenizer: Tokenizer::syllables(),
            beta: 1.0,
            references: References::Best,
        }
    }

    /// Returns a scorer that gives the numbers of the Python package `rouge_score` (0.1.2).
    ///
    /// It deletes every Vietnamese letter, as that package does: see [`Tokenizer::warning`].
    #[must_use]
    pub fn rouge_score(stemming: Stemming) -> Self {
        Self::builder()
            .measures([Measure::ROUGE_1, Measure::ROUGE_2, Measure::ROUGE_L, Measure::ROUGE_LSUM])
            .tokenizer(Tokenizer::rouge_score(stemming))
            .into_rouge()
    }

    /// Returns the measures in the order of the scores.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Returns how texts are cut.
    #[must_use]
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// Returns the weight of recall in the F-measure.
    #[must_use]
    pub fn beta(&self) -> f64 {
        self.beta
    }

    /// Returns how several references are combined.
    #[must_use]
    pub fn references(&self) -> References {
        self.references
    }

    /// Returns the memory that one thread needs.
    #[must_use]
    pub fn scratch(&self) -> Scratch {
        Scratch::new(self.tokenizer.clone())
    }

    /// Starts the signature line of results of this scorer.
    #[must_use]
    pub fn signature(&self) -> Signature {
        let mut signature = Signature::new("rouge");
        for (key, value) in self.tokenizer.signature_fields() {
            signature = signature.with(key, value);
        }
        signature.with("beta", self.beta).with("agg", self.references)
    }

    /// Scores `prediction` against `references`, one score for each measure in order.
    ///
    /// Line feeds end sentences, which matters for [`Measure::UnionLcs`] only. Without references
    /// all scores are 0.
    pub fn score<'s>(
        &self,
        prediction: &str,
        references: &[impl AsRef<str>],
        scratch: &'s mut Scratch,
    ) -> &'s [Score] {
        self.score_with(references.len(), scratch, |side, vocabulary, out| {
            let text = side.map_or(prediction, |i| references[i].as_ref());
            self.tokenizer.tokenize(text, vocabulary, out);
        })
    }

    /// Scores token sequences that the caller has cut and folded: each a list of sentences, each
    /// a list of tokens. The tokenizer is not used.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::eval::Rouge;
    ///
    /// let rouge = Rouge::default();
    /// let prediction = vec![vec!["công ty", "phá sản"]];
    /// let reference = vec![vec!["công ty", "tuyên bố", "phá sản"]];
    /// let mut scratch = rouge.scratch();
    /// let scores = rouge.score_tokens(&prediction, &[reference], &mut scratch);
    /// assert_eq!(scores[0].recall, 2.0 / 3.0);
    /// ```
    pub fn score_tokens<'s, Token: AsRef<str>, Sentence: AsRef<[Token]>>(
        &self,
        prediction: &[Sentence],
        references: &[impl AsRef<[Sentence]>],
        scratch: &'s mut Scratch,
    ) -> &'s [Score] {
        self.score_with(references.len(), scratch, |side, vocabulary, out| {
            let sentences = side.map_or(prediction, |i| references[i].as_ref());
            for sentence in sentences {
                for token in sentence.as_ref() {
                    out.ids.push(vocabulary.intern_key(token.as_ref()));
                }
                out.end_sentence();
            }
        })
    }

    /// Scores what `tokenize` gives for the prediction (`None`) and for each reference.
    fn score_with<'s>(
        &self,
        references: usize,
        scratch: &'s mut Scratch,
        tokenize: impl Fn(Option<usize>, &mut Vocabulary, &mut TokenSequence),
    ) -> &'s [Score] {
        scratch.begin(&self.tokenizer);
        let Scratch { vocabulary, prediction, reference, pair, buffers, tallies, scores, .. } =
            scratch;
        prediction.clear();
        tokenize(None, vocabulary, prediction);
        tallies.clear();
        for i in 0..references {
            reference.clear();
            tokenize(Some(i), vocabulary, reference);
            pair.set_reference(reference, vocabulary.len());
            pair.set_prediction(prediction);
            self.prepare(pair, buffers);
            self.tally(pair, buffers, tallies);
        }
        scores.clear();
        for m in 0..self.measures.len() {
            let of_measure = tallies.iter().skip(m).step_by(self.measures.len()).copied();
            scores.push(self.combine(m, of_measure));
        }
        scores
    }

    /// Makes one score of the tallies of measure number `m` against each reference.
    pub(crate) fn combine(&self, m: usize, tallies: impl Iterator<Item = Tally> + Clone) -> Score {
        combine(self.references, tallies, |tally| self.finish(self.measures[m], tally))
    }

    /// Prepares the reference of `pair` for [`tally`](Self::tally).
    pub(crate) fn prepare(&self, pair: &pair::Pair, buffers: &mut Buffers) {
        buffers.ngrams.set_reference(&pair.reference, self.max_n);
    }

    /// Appends one tally for each measure; any number of predictions may follow one reference.
    pub(crate) fn tally(&self, pair: &pair::Pair, buffers: &mut Buffers, tallies: &mut Vec<Tally>) {
        let (p, r) = (pair.prediction.len(), pair.reference.len());
        let types = pair.type_count();
        buffers.ngrams.overlaps(&pair.prediction, &pair.reference_counts, &mut buffers.hits);
        for measure in &self.measures {
            tallies.push(match *measure {
                Measure::Ngram { n } => {
                    let n = usize::from(n);
                    Tally::of_counts(
                        buffers.hits[n - 1],
                        ngram::ngram_total(p, n),
                        ngram::ngram_total(r, n),
                    )
                }
                Measure::Lcs => {
                    let length =
                        lcs::length(&pair.reference, &pair.prediction, types, &mut buffers.lcs);
                    Tally::of_counts(length, p as u64, r as u64)
                }
                Measure::UnionLcs => {
                    let hits = union_lcs::union_hits(pair, &mut buffers.union);
                    Tally::of_counts(hits, p as u64, r as u64)
                }
                Measure::WeightedLcs { weight } => {
                    let weighted = &mut buffers.weighted;
                    Tally {
                        overlap: weighted_lcs::weight_of_lcs(
                            &pair.reference,
                            &pair.prediction,
                            weight,
                            weighted,
                        ),
                        prediction: weighted.weight_of(p, weight),
                        reference: weighted.weight_of(r, weight),
                    }
                }
                Measure::SkipBigram { gap, unigrams } => {
                    let single = |n: u64| if unigrams { n } else { 0 };
                    let overlap = skip_bigram::overlap(pair, gap, &mut buffers.skip);
                    Tally::of_counts(
                        overlap + single(buffers.hits[0]),
                        skip_bigram::total(p, gap) + single(p as u64),
                        skip_bigram::total(r, gap) + single(r as u64),
                    )
                }
            });
        }
    }

    fn finish(&self, measure: Measure, tally: Tally) -> Score {
        let score = Score::from_ratio(tally.overlap, tally.prediction, tally.reference, self.beta);
        match measure {
            Measure::WeightedLcs { weight } => Score::from_precision_recall(
                weighted_lcs::inverse(score.precision, weight),
                weighted_lcs::inverse(score.recall, weight),
                self.beta,
            ),
            _ => score,
        }
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the expected numbers are exact")]
mod tests;
