//! The best summary that can be extracted: what no extractive method can surpass.
//!
//! An oracle sees the reference. Its score on a data set says how much of the reference can be
//! had by choosing sentences, and its choices are what trained extractors learn from. The best one
//! or two sentences are found by scoring all choices; more are added greedily, which is no bound.
//!
//! # References
//!
//! R. Nallapati, F. Zhai, B. Zhou (2017), *`SummaRuNNer`*, AAAI, section 3: greedy addition of the
//! sentence that raises ROUGE most, until none does. They score sets of n-grams of separate
//! sentences; here the chosen sentences are joined in the order of the article and scored as any
//! other summary, so that the oracle is on the scale of the table it stands in.

use super::rouge::{Scratch, Tally};
use super::tokenize::TokenSequence;
use super::{Rouge, Score};

/// Which part of the scores an oracle raises.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Objective {
    /// The mean F-measure over the measures of the scorer.
    #[default]
    FMeasure,
    /// The mean recall, for summaries with a fixed budget.
    Recall,
}

/// The choice of an oracle.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Extract {
    /// Numbers of the chosen sentences, in the order of the article.
    pub sentences: Vec<usize>,
    /// The scores of the chosen sentences, in the order of the scorer's measures.
    pub scores: Vec<Score>,
    /// What was raised: the mean of one part of the scores.
    pub objective: f64,
}

/// Chooses sentences by what they score against the reference.
///
/// The measures are those of the scorer and count the same. All of them work; ROUGE-1, ROUGE-2
/// and ROUGE-L are the usual choice.
///
/// # Examples
///
/// ```
/// use tomtat::eval::{Oracle, Rouge};
///
/// let sentences = [
///     "Sáng nay trời mưa.",
///     "Thành phố cấm xe tải vào giờ cao điểm.",
///     "Lệnh cấm có hiệu lực từ tháng 3.",
/// ];
/// let reference = "Từ tháng 3, thành phố cấm xe tải giờ cao điểm.";
/// let oracle = Oracle::new(Rouge::default());
/// let mut scratch = oracle.rouge().scratch();
/// assert_eq!(oracle.best_sentence(&sentences, &[reference], &mut scratch).sentences, [1]);
/// assert_eq!(oracle.greedy(&sentences, &[reference], &mut scratch).sentences, [1]);
/// ```
#[derive(Debug, Clone)]
pub struct Oracle {
    rouge: Rouge,
    objective: Objective,
    max_sentences: usize,
}

impl Oracle {
    /// Builds an oracle for a scorer; it raises the mean F-measure and has no limit.
    #[must_use]
    pub fn new(rouge: Rouge) -> Self {
        Self { rouge, objective: Objective::FMeasure, max_sentences: usize::MAX }
    }

    /// Sets which part of the scores is raised.
    #[must_use]
    pub fn objective(mut self, objective: Objective) -> Self {
        self.objective = objective;
        self
    }

    /// Sets the largest number of sentences that are chosen.
    #[must_use]
    pub fn max_sentences(mut self, max_sentences: usize) -> Self {
        self.max_sentences = max_sentences;
        self
    }

    /// Returns the scorer.
    #[must_use]
    pub fn rouge(&self) -> &Rouge {
        &self.rouge
    }

    /// Returns the single sentence with the highest objective, the first of equals; none if no
    /// sentence scores above 0.
    pub fn best_sentence<S: AsRef<str>>(
        &self,
        sentences: &[S],
        references: &[impl AsRef<str>],
        scratch: &mut Scratch,
    ) -> Extract {
        self.choose(sentences, references, scratch, self.max_sentences.min(1))
    }

    /// Returns the one or two sentences with the highest objective of all choices, the first of
    /// equals; none if no sentence scores above 0.
    ///
    /// Takes one scoring for each pair of sentences. Greedy addition can miss the best pair.
    pub fn best_pair<S: AsRef<str>>(
        &self,
        sentences: &[S],
        references: &[impl AsRef<str>],
        scratch: &mut Scratch,
    ) -> Extract {
        let mut best = self.best_sentence(sentences, references, scratch);
        if self.max_sentences < 2 {
            return best;
        }
        let (sentences, references) = self.tokenize(sentences, references, scratch);
        for first in (0..sentences.len()).filter(|i| !sentences[*i].ids.is_empty()) {
            let open: Vec<usize> =
                (first + 1..sentences.len()).filter(|i| !sentences[*i].ids.is_empty()).collect();
            let tallies = self.tally(&[first], &open, &sentences, &references, scratch);
            for (c, &second) in open.iter().enumerate() {
                let scores = self.scores(&tallies, c, open.len());
                let objective = self.mean_of(&scores);
                if objective > best.objective {
                    best = Extract { sentences: vec![first, second], scores, objective };
                }
            }
        }
        best
    }

    /// Adds the sentence that raises the objective most, the first of equals, until none does.
    ///
    /// The result is no bound: another choice of as many sentences may score higher. Takes one scoring for each sentence and each addition.
    pub fn greedy<S: AsRef<str>>(
        &self,
        sentences: &[S],
        references: &[impl AsRef<str>],
        scratch: &mut Scratch,
    ) -> Extract {
        self.choose(sentences, references, scratch, self.max_sentences)
    }

    fn choose<S: AsRef<str>>(
        &self,
        sentences: &[S],
        references: &[impl AsRef<str>],
        scratch: &mut Scratch,
        max_sentences: usize,
    ) -> Extract {
        let (sentences, references) = self.tokenize(sentences, references, scratch);
        let mut extract = Extract::default();
        while extract.sentences.len() < max_sentences {
            let open: Vec<usize> = (0..sentences.len())
                .filter(|i| !sentences[*i].ids.is_empty() && !extract.sentences.contains(i))
                .collect();
            let tallies = self.tally(&extract.sentences, &open, &sentences, &references, scratch);
            let mut best = None;
            for (c, sentence) in open.iter().enumerate() {
                let scores = self.scores(&tallies, c, open.len());
                let objective = self.mean_of(&scores);
                if objective > extract.objective {
                    extract.objective = objective;
                    best = Some((*sentence, scores));
                }
            }
            let Some((sentence, scores)) = best else { break };
            let place = extract.sentences.partition_point(|chosen| *chosen < sentence);
            extract.sentences.insert(place, sentence);
            extract.scores = scores;
        }
        if extract.scores.is_empty() {
            extract.scores = vec![Score::ZERO; self.rouge.measures().len()];
        }
        extract
    }

    /// Starts on an article: the tokens of its sentences and of the references.
    fn tokenize<S: AsRef<str>>(
        &self,
        sentences: &[S],
        references: &[impl AsRef<str>],
        scratch: &mut Scratch,
    ) -> (Vec<TokenSequence>, Vec<TokenSequence>) {
        let tokenizer = self.rouge.tokenizer();
        scratch.begin(tokenizer);
        let mut tokenize = |text: &str| {
            let mut tokens = TokenSequence::default();
            tokenizer.tokenize(text, &mut scratch.vocabulary, &mut tokens);
            tokens
        };
        let sentences = sentences.iter().map(|text| tokenize(text.as_ref())).collect();
        (sentences, references.iter().map(|text| tokenize(text.as_ref())).collect())
    }

    /// Tallies `chosen` with each of `open` added, by reference, open sentence, measure.
    fn tally(
        &self,
        chosen: &[usize],
        open: &[usize],
        sentences: &[TokenSequence],
        references: &[TokenSequence],
        scratch: &mut Scratch,
    ) -> Vec<Tally> {
        let Scratch { vocabulary, pair, buffers, .. } = scratch;
        let mut tallies =
            Vec::with_capacity(references.len() * open.len() * self.rouge.measures().len());
        let mut joined = TokenSequence::default();
        for reference in references {
            pair.set_reference(reference, vocabulary.len());
            self.rouge.prepare(pair, buffers);
            for sentence in open {
                joined.clear();
                let place = chosen.partition_point(|c| c < sentence);
                let order = chosen[..place].iter().chain([sentence]).chain(&chosen[place..]);
                for i in order {
                    let first = joined.ids.len() as u32;
                    joined.ids.extend_from_slice(&sentences[*i].ids);
                    joined
                        .sentence_ends
                        .extend(sentences[*i].sentence_ends.iter().map(|end| first + end));
                }
                pair.set_prediction(&joined);
                self.rouge.tally(pair, buffers, &mut tallies);
            }
        }
        tallies
    }

    fn scores(&self, tallies: &[Tally], candidate: usize, candidates: usize) -> Vec<Score> {
        let width = self.rouge.measures().len();
        let of = |m: usize| {
            let of_measure = tallies
                .iter()
                .skip(candidate * width + m)
                .step_by((candidates * width).max(1))
                .copied();
            self.rouge.combine(m, of_measure)
        };
        (0..width).map(of).collect()
    }

    fn mean_of(&self, scores: &[Score]) -> f64 {
        let sum = scores.iter().fold(0.0, |sum, score| {
            sum + match self.objective {
                Objective::FMeasure => score.f_measure,
                Objective::Recall => score.recall,
            }
        });
        sum / scores.len().max(1) as f64
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the expected numbers are exact")]
mod tests {
    use super::*;
    use crate::eval::{Measure, References};

    const SENTENCES: [&str; 6] = [
        "Bão số 5 đổ bộ vào Quảng Ninh rạng sáng nay.",
        "",
        "Gió giật cấp 10 làm đổ nhiều cây xanh.",
        "Ba người bị thương, hơn hai trăm ngôi nhà tốc mái.",
        "Ảnh: nhân viên môi trường dọn cây.",
        "Tỉnh Quảng Ninh cho học sinh nghỉ học.",
    ];
    const REFERENCE: &str =
        "Bão số 5 vào Quảng Ninh làm ba người bị thương, hai trăm nhà tốc mái, học sinh nghỉ học.";

    /// The same choice with nothing but the public scorer on joined text.
    fn plain_greedy(rouge: &Rouge, references: &[&str]) -> (Vec<usize>, f64) {
        let mut scratch = rouge.scratch();
        let (mut chosen, mut best) = (Vec::new(), 0.0);
        loop {
            let mut next = None;
            for i in (0..SENTENCES.len()).filter(|i| !chosen.contains(i)) {
                let mut order = chosen.clone();
                order.push(i);
                order.sort_unstable();
                let text: Vec<&str> = order.iter().map(|i| SENTENCES[*i]).collect();
                let scores = rouge.score(&text.join("\n"), references, &mut scratch);
                let sum: f64 = scores.iter().map(|score| score.f_measure).sum();
                let mean = sum / scores.len() as f64;
                if mean > best {
                    best = mean;
                    next = Some(order);
                }
            }
            match next {
                Some(order) => chosen = order,
                None => return (chosen, best),
            }
        }
    }

    #[test]
    fn greedy_choice_is_that_of_plain_scoring() {
        let all = [
            Measure::ROUGE_1,
            Measure::ROUGE_2,
            Measure::ROUGE_L,
            Measure::ROUGE_LSUM,
            Measure::ROUGE_SU4,
            Measure::ROUGE_W,
        ];
        for (measures, references) in [
            (&all[..3], vec![REFERENCE]),
            (&all[..], vec![REFERENCE]),
            (&all[..3], vec![REFERENCE, "Gió giật cấp 10, học sinh nghỉ học."]),
        ] {
            for how in References::ALL {
                let rouge = Rouge::builder()
                    .measures(measures.iter().copied())
                    .references(how)
                    .build()
                    .expect("valid settings");
                let (sentences, objective) = plain_greedy(&rouge, &references);
                assert!(sentences.len() > 1);
                let oracle = Oracle::new(rouge);
                let mut scratch = oracle.rouge().scratch();
                let extract = oracle.greedy(&SENTENCES, &references, &mut scratch);
                assert_eq!(extract.sentences, sentences);
                assert!((extract.objective - objective).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn the_best_pair_is_found_where_greedy_addition_misses_it() {
        // The second sentence alone is best, but the first and the third are the reference.
        let sentences = ["một hai ba", "hai ba bốn năm sáu", "bốn năm sáu bảy"];
        let reference = "một hai ba bốn năm sáu bảy";
        let rouge = || Rouge::builder().measures([Measure::ROUGE_2]).build().expect("settings");
        let oracle = Oracle::new(rouge()).max_sentences(2);
        let mut scratch = oracle.rouge().scratch();
        let pair = oracle.best_pair(&sentences, &[reference], &mut scratch);
        assert_eq!(pair.sentences, [0, 2]);
        assert!(oracle.greedy(&sentences, &[reference], &mut scratch).sentences.contains(&1));
        let rouge = rouge();
        let mut best = (0.0, Vec::new());
        for i in 0..SENTENCES.len() {
            for j in i..SENTENCES.len() {
                let chosen: Vec<usize> = if i == j { vec![i] } else { vec![i, j] };
                let text: Vec<&str> = chosen.iter().map(|i| SENTENCES[*i]).collect();
                let score = rouge.score(&text.join("\n"), &[REFERENCE], &mut scratch)[0].f_measure;
                if score > best.0 {
                    best = (score, chosen);
                }
            }
        }
        let pair = oracle.best_pair(&SENTENCES, &[REFERENCE], &mut scratch);
        assert_eq!(pair.sentences, best.1);
        assert!((pair.objective - best.0).abs() < 1e-12);
        let none = oracle.best_pair(&SENTENCES, &["xyz"], &mut scratch);
        assert!(none.sentences.is_empty());
    }

    #[test]
    fn limits_and_hopeless_articles() {
        let oracle = Oracle::new(Rouge::default()).max_sentences(2);
        let mut scratch = oracle.rouge().scratch();
        assert_eq!(oracle.greedy(&SENTENCES, &[REFERENCE], &mut scratch).sentences.len(), 2);
        let best = oracle.best_sentence(&SENTENCES, &[REFERENCE], &mut scratch);
        assert_eq!(best.sentences.len(), 1);
        for reference in ["", "xyz"] {
            let none = oracle.greedy(&SENTENCES, &[reference], &mut scratch);
            assert!(none.sentences.is_empty() && none.objective == 0.0);
            assert_eq!(none.scores, [Score::ZERO; 3]);
        }
        assert!(oracle.greedy::<&str>(&[], &[REFERENCE], &mut scratch).sentences.is_empty());
    }
}
