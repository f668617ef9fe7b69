//! The numbers of the Perl script ROUGE-1.5.5, with its options, rounding and quirks.
//!
//! Most published summarization results are on this scale. It deletes every Vietnamese letter
//! (see [`Tokenizer::warning`]), so use it only beside published numbers of the same kind.
//!
//! What the script does differently from the paper, and this module with it:
//!
//! - ROUGE-L is the summary-level one with clipped counts; sentences are the lines of the text.
//! - Several references are pooled: counts are summed before they are divided (`-f A`).
//! - Precision and recall of each summary are rounded to five decimals, the F-measure is computed
//!   from the rounded ones and rounded again.
//! - The printed average is the mean of the bootstrap averages, not the average; resample i is
//!   drawn with Perl's generator, seeded with i.
//! - ROUGE-W applies its weight to the reference twice in recall.
//! - ROUGE-SU does not count the last token as a unigram.
//!
//! Not supported: length limits (`-b`, `-l`), corpus-level counts (`-t`), basic elements (`-3`).

mod options;
mod resampling;

pub use options::{Formula, ParseRouge155Error, Rouge155Options};

use super::pair::Pair;
use super::{Buffers, Scratch, ngram, skip_bigram, union_lcs, weighted_lcs};
use crate::eval::tokenize::{Stemming, Tokenizer};
use crate::eval::{Score, Signature};

/// A mean with its bootstrap interval, as the script prints them: rounded to five decimals.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub struct Estimate {
    /// Mean of the resampled averages.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// What the script prints about one measure.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Rouge155Row {
    /// The script's name of the measure, such as `ROUGE-SU4`.
    pub name: String,
    /// `Average_R`
    pub recall: Estimate,
    /// `Average_P`
    pub precision: Estimate,
    /// `Average_F`
    pub f_measure: Estimate,
}

/// A scorer that follows ROUGE-1.5.5.
///
/// # Examples
///
/// ```
/// use tomtat::eval::rouge155::{Rouge155, Rouge155Options};
///
/// let options: Rouge155Options = "-a -m -n 2 -w 1.2 -c 95".parse()?;
/// let rouge = Rouge155::new(options);
/// let mut scratch = rouge.scratch();
/// let mut rows = vec![rouge.score("the cat sat", &["the cat sat down"], &mut scratch)];
/// assert_eq!(rouge.names(), ["ROUGE-1", "ROUGE-2", "ROUGE-L", "ROUGE-W-1.2"]);
/// assert_eq!((rows[0][0].precision, rows[0][0].recall), (1.0, 0.75));
/// assert_eq!(rows[0][0].f_measure, 0.85714);
/// let report = rouge.report(&rows);
/// assert_eq!(report[0].recall.mean, 0.75);
/// # Ok::<(), tomtat::eval::rouge155::ParseRouge155Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Rouge155 {
    options: Rouge155Options,
    tokenizer: Tokenizer,
}

/// One measure of a run.
#[derive(Debug, Clone, Copy)]
enum Part {
    Ngram(usize),
    Lcs,
    WeightedLcs(f64),
    Skip { gap: Option<u16>, unigrams: bool },
}

/// What the script sums up over references.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    reference: f64,
    hits: f64,
    prediction: f64,
}

impl Rouge155 {
    /// Builds a scorer with these options.
    #[must_use]
    pub fn new(options: Rouge155Options) -> Self {
        let stemming = if options.stems() { Stemming::Porter } else { Stemming::Off };
        Self { options, tokenizer: Tokenizer::rouge_155(stemming) }
    }

    /// Removes stop words, the script's option `-s`, whose English list is the caller's.
    #[must_use]
    pub fn stop_words<S: AsRef<str>>(mut self, words: impl IntoIterator<Item = S>) -> Self {
        self.tokenizer = self.tokenizer.stop_words(words);
        self
    }

    /// Sets irregular forms and their stems: the script's `WordNet-2.0.exc.db`.
    ///
    /// Without it, `-m` differs from the script on the English words in that list.
    #[must_use]
    pub fn stem_exceptions(
        mut self,
        forms: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        self.tokenizer = self.tokenizer.stem_exceptions(forms);
        self
    }

    /// Returns the options.
    #[must_use]
    pub fn options(&self) -> &Rouge155Options {
        &self.options
    }

    /// Returns how texts are cut.
    #[must_use]
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// Returns the memory that one thread needs.
    #[must_use]
    pub fn scratch(&self) -> Scratch {
        Scratch::new(self.tokenizer.clone())
    }

    /// Starts the signature line of results of this scorer.
    #[must_use]
    pub fn signature(&self) -> Signature {
        let mut signature = Signature::new("rouge155");
        for (key, value) in self.tokenizer.signature_fields() {
            signature = signature.with(key, value);
        }
        signature.with("options", &self.options)
    }

    fn parts(&self) -> impl Iterator<Item = Part> + '_ {
        let options = &self.options;
        let lcs = options.computes_lcs().then_some(Part::Lcs);
        (1..=usize::from(options.max_n()))
            .map(Part::Ngram)
            .chain(lcs)
            .chain(options.weight().map(Part::WeightedLcs))
            .chain(options.skip().map(|(gap, unigrams)| Part::Skip { gap, unigrams }))
    }

    /// Returns the script's names of the measures, in the order of the scores.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let name = |part| match part {
            Part::Ngram(n) => format!("ROUGE-{n}"),
            Part::Lcs => "ROUGE-L".to_owned(),
            Part::WeightedLcs(weight) => format!("ROUGE-W-{weight}"),
            Part::Skip { gap, unigrams } => {
                let gap = gap.map_or("*".to_owned(), |gap| gap.to_string());
                format!("ROUGE-S{}{gap}", if unigrams { "U" } else { "" })
            }
        };
        self.parts().map(name).collect()
    }

    /// Scores one summary; its sentences and those of the references are lines.
    ///
    /// The scores are rounded to five decimals, as the script keeps them.
    pub fn score(
        &self,
        prediction: &str,
        references: &[impl AsRef<str>],
        scratch: &mut Scratch,
    ) -> Vec<Score> {
        scratch.begin(&self.tokenizer);
        let parts: Vec<Part> = self.parts().collect();
        let mut sums = vec![Sums::default(); parts.len()];
        let mut best = vec![-1.0; parts.len()];
        let Scratch { vocabulary, prediction: p, reference: r, pair, buffers, .. } = scratch;
        p.clear();
        self.tokenizer.tokenize(prediction, vocabulary, p);
        for text in references {
            r.clear();
            self.tokenizer.tokenize(text.as_ref(), vocabulary, r);
            pair.set_reference(r, vocabulary.len());
            pair.set_prediction(p);
            buffers.ngrams.set_reference(&pair.reference, usize::from(self.options.max_n()).max(1));
            buffers.ngrams.overlaps(&pair.prediction, &pair.reference_counts, &mut buffers.hits);
            for ((part, sum), best) in parts.iter().zip(&mut sums).zip(&mut best) {
                let (counted, score) = count(*part, pair, buffers);
                match self.options.formula() {
                    Formula::Average => {
                        sum.reference += counted.reference;
                        sum.hits += counted.hits;
                        sum.prediction += counted.prediction;
                    }
                    Formula::Best if score > *best => (*sum, *best) = (counted, score),
                    Formula::Best => {}
                }
            }
        }
        parts.iter().zip(&sums).map(|(part, sum)| self.finish(*part, *sum)).collect()
    }

    fn finish(&self, part: Part, sum: Sums) -> Score {
        let ratio = |total: f64| {
            let value = if total > 0.0 { sum.hits / total } else { 0.0 };
            round5(match part {
                Part::WeightedLcs(weight) => weighted_lcs::inverse(value, weight),
                _ => value,
            })
        };
        let (recall, precision) = (ratio(sum.reference), ratio(sum.prediction));
        let alpha = self.options.alpha();
        let denominator = (1.0 - alpha) * precision + alpha * recall;
        let f_measure =
            if denominator > 0.0 { round5(precision * recall / denominator) } else { 0.0 };
        Score { precision, recall, f_measure }
    }

    /// Averages the scores of all summaries, one row for each measure, as the script prints them.
    ///
    /// The script resamples in the order of its sorted evaluation names. Here these are the
    /// numbers from 1 on, sorted as strings, which is what its file lists (`-z SPL`) give.
    #[must_use]
    pub fn report(&self, scores: &[Vec<Score>]) -> Vec<Rouge155Row> {
        let mut order: Vec<(String, usize)> =
            (0..scores.len()).map(|i| ((i + 1).to_string(), i)).collect();
        order.sort_unstable();
        let names = self.names().into_iter().enumerate();
        names
            .map(|(m, name)| {
                let of_measure: Vec<Score> = order
                    .iter()
                    .map(|(_, i)| scores[*i].get(m).copied().unwrap_or_default())
                    .collect();
                let samples = resampling::resample(&of_measure, self.options.resamples() as usize);
                let estimate = |values: fn(&Score) -> f64| {
                    let values = samples.iter().map(values).collect();
                    resampling::estimate(values, self.options.confidence())
                };
                Rouge155Row {
                    name,
                    recall: estimate(|score| score.recall),
                    precision: estimate(|score| score.precision),
                    f_measure: estimate(|score| score.f_measure),
                }
            })
            .collect()
    }
}

/// Counts one measure and gives the score by which `-f B` chooses a reference: recall.
fn count(part: Part, pair: &Pair, buffers: &mut Buffers) -> (Sums, f64) {
    let (p, r) = (pair.prediction.len(), pair.reference.len());
    let sums = |hits: u64, prediction: u64, reference: u64| Sums {
        reference: reference as f64,
        hits: hits as f64,
        prediction: prediction as f64,
    };
    let recall = |sums: &Sums| if sums.reference > 0.0 { sums.hits / sums.reference } else { 0.0 };
    match part {
        Part::Ngram(n) => {
            let sums =
                sums(buffers.hits[n - 1], ngram::ngram_total(p, n), ngram::ngram_total(r, n));
            (sums, round5(recall(&sums)))
        }
        Part::Lcs => {
            let sums = sums(union_lcs::union_hits(pair, &mut buffers.union), p as u64, r as u64);
            (sums, recall(&sums))
        }
        Part::WeightedLcs(weight) => {
            let Buffers { union, weighted, .. } = buffers;
            let counted = union_lcs::weighted_union_hits(pair, weight, union, weighted);
            let base = counted.base;
            let sums = Sums {
                reference: libm::pow(base, weight),
                hits: counted.hits,
                prediction: weighted.weight_of(p, weight),
            };
            let score = if base > 0.0 { counted.hits / base } else { 0.0 };
            (sums, weighted_lcs::inverse(score, weight))
        }
        Part::Skip { gap, unigrams } => {
            let mut hits = skip_bigram::overlap(pair, gap, &mut buffers.skip);
            let (mut in_p, mut in_r) = (skip_bigram::total(p, gap), skip_bigram::total(r, gap));
            if unigrams {
                hits += skip_bigram::unigrams_but_last(pair);
                in_p += p.saturating_sub(1) as u64;
                in_r += r.saturating_sub(1) as u64;
            }
            let sums = sums(hits, in_p, in_r);
            (sums, round5(recall(&sums)))
        }
    }
}

/// Rounds to five decimals through decimal notation, as `sprintf("%7.5f")` does.
fn round5(value: f64) -> f64 {
    // Multiplying and rounding would differ where the product lands on a half.
    let mut text = Decimal { bytes: [0; 32], len: 0 };
    match std::fmt::Write::write_fmt(&mut text, format_args!("{value:.5}")) {
        Ok(()) => std::str::from_utf8(&text.bytes[..text.len])
            .ok()
            .and_then(|digits| digits.parse().ok())
            .unwrap_or(value),
        Err(_) => value,
    }
}

struct Decimal {
    bytes: [u8; 32],
    len: usize,
}

impl std::fmt::Write for Decimal {
    fn write_str(&mut self, s: &str) -> std::fmt::Result {
        let end = self.len + s.len();
        self.bytes.get_mut(self.len..end).ok_or(std::fmt::Error)?.copy_from_slice(s.as_bytes());
        self.len = end;
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the expected numbers are exact")]
mod tests {
    use super::*;

    #[test]
    fn rounds_like_printf() {
        assert_eq!(round5(2.0 / 3.0), 0.66667);
        assert_eq!(round5(0.000_005), 0.00001);
        assert_eq!(round5(1.0), 1.0);
        // 0.5 / 2^5 has exactly six decimals: half to even.
        assert_eq!(round5(0.015_625), 0.01562);
    }

    #[test]
    fn recall_of_one_weighted_sentence_is_low_for_a_perfect_summary() {
        // The weight is applied twice to the reference: 4^1.2 becomes 4^1.44.
        let rouge = Rouge155::new("-w 1.2".parse().expect("valid options"));
        let mut scratch = rouge.scratch();
        let scores = rouge.score("a b c d", &["a b c d"], &mut scratch);
        let expected = libm::pow(libm::pow(4.0, 1.2) / libm::pow(4.0, 1.44), 1.0 / 1.2);
        assert!((scores[1].recall - expected).abs() < 5e-6);
        assert_eq!(scores[1].precision, 1.0);
    }

    #[test]
    fn empty_texts_score_zero() {
        let rouge = Rouge155::new("-n 2 -w 1.2 -2 4 -u".parse().expect("valid options"));
        let mut scratch = rouge.scratch();
        for (prediction, reference) in [("", "một"), ("a", ""), ("", ""), ("ơ", "ơ")] {
            let scores = rouge.score(prediction, &[reference], &mut scratch);
            assert!(scores.iter().all(|score| *score == Score::ZERO), "{scores:?}");
        }
        assert_eq!(rouge.report(&[])[0].recall, Estimate::default());
    }
}
