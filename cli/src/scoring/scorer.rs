//! One object for all measures of a run.

use anyhow::{Result, bail};
use rayon::prelude::*;
use tomtat::eval::chrf::ChrfScratch;
use tomtat::eval::rouge155::{Rouge155, Rouge155Options, Rouge155Row};
use tomtat::eval::{Chrf, Measure, References, Rouge, Score, Scratch, Signature, Tokenizer};
use tomtat::{Analyzer, Document, TextOptions};

use super::{Named, StatisticsArguments, Unit};

/// Computes the measures of a run; shared by all threads.
#[derive(Debug)]
pub(crate) struct Scorer {
    kind: Kind,
    names: Vec<String>,
    unit: Unit,
    /// Words have to be found: the texts are not pre-segmented.
    segments: bool,
}

#[derive(Debug)]
enum Kind {
    Own {
        rouge: Option<Rouge>,
        chrf: Vec<Chrf>,
        /// Where each measure stands: in the scores of `rouge`, or in `chrf`.
        order: Vec<Place>,
    },
    Script(Rouge155),
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Rouge(usize),
    Chrf(usize),
}

/// The memory of one scoring thread.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    rouge: Option<Scratch>,
    chrf: ChrfScratch,
    document: Document,
}

impl Scorer {
    pub(super) fn new(
        named: &[Named],
        tokenizer: Tokenizer,
        beta: f64,
        references: References,
        unit: Unit,
    ) -> Result<Self> {
        let (mut measures, mut chrf, mut order) = (Vec::new(), Vec::new(), Vec::new());
        for name in named {
            match *name {
                Named::Rouge(measure) => {
                    order.push(Place::Rouge(measures.len()));
                    measures.push(measure);
                }
                Named::Chrf { words } => {
                    order.push(Place::Chrf(chrf.len()));
                    chrf.push(if words { Chrf::plus_plus() } else { Chrf::new() });
                }
            }
        }
        if !chrf.is_empty() && references != References::Best {
            bail!("chrf takes the best of several references: leave out --references");
        }
        let names = named.iter().map(|name| match name {
            Named::Rouge(measure) => measure.to_string(),
            Named::Chrf { words: false } => "chrf".to_owned(),
            Named::Chrf { words: true } => "chrf++".to_owned(),
        });
        let names = names.collect();
        let rouge = if measures.is_empty() {
            None
        } else {
            let builder = Rouge::builder().measures(measures).tokenizer(tokenizer);
            Some(builder.beta(beta).references(references).build()?)
        };
        Ok(Self { kind: Kind::Own { rouge, chrf, order }, names, unit, segments: false })
    }

    pub(super) fn rouge_155(options: Rouge155Options, stop_words: &[String]) -> Self {
        let rouge = Rouge155::new(options).stop_words(stop_words);
        let names = rouge.names();
        Self { kind: Kind::Script(rouge), names, unit: Unit::Syllable, segments: false }
    }

    /// Names of the measures, in the order of the scores.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// What the measures do to Vietnamese, if that makes them wrong.
    pub(crate) fn warning(&self) -> Option<&'static str> {
        match &self.kind {
            Kind::Own { rouge, .. } => rouge.as_ref().and_then(|r| r.tokenizer().warning()),
            Kind::Script(rouge) => rouge.tokenizer().warning(),
        }
    }

    /// The scorer that an oracle raises: ROUGE-1, 2 and L with the tokens of this one.
    pub(crate) fn of_oracle(&self) -> Rouge {
        let (tokenizer, references) = match &self.kind {
            Kind::Own { rouge: Some(rouge), .. } => (rouge.tokenizer().clone(), rouge.references()),
            Kind::Own { rouge: None, .. } => (Tokenizer::syllables(), References::Best),
            Kind::Script(rouge) => (rouge.tokenizer().clone(), References::Pooled),
        };
        let measures = [Measure::ROUGE_1, Measure::ROUGE_2, Measure::ROUGE_L];
        let builder = Rouge::builder().measures(measures).tokenizer(tokenizer);
        builder.references(references).build().unwrap_or_default()
    }

    /// Says of each list of texts that are to be compared word by word whether it has words joined by
    /// underscores: if not all have, words are looked for in all.
    pub(crate) fn look_at(&mut self, mut have_words: impl Iterator<Item = bool>) {
        if self.unit == Unit::Word {
            self.segments = !have_words.all(|has_words| has_words);
        }
    }

    /// Scores a prediction against its references, one score a measure.
    pub(crate) fn score(
        &self,
        prediction: &str,
        references: &[String],
        analyzer: &Analyzer,
        memory: &mut Memory,
    ) -> Vec<Score> {
        if !self.segments {
            return self.score_ready(prediction, references, memory);
        }
        let prediction = segmented(prediction, analyzer, memory);
        let references: Vec<String> =
            references.iter().map(|text| segmented(text, analyzer, memory)).collect();
        self.score_ready(&prediction, &references, memory)
    }

    fn score_ready(
        &self,
        prediction: &str,
        references: &[String],
        memory: &mut Memory,
    ) -> Vec<Score> {
        match &self.kind {
            Kind::Script(rouge) => {
                let scratch = memory.rouge.get_or_insert_with(|| rouge.scratch());
                rouge.score(prediction, references, scratch)
            }
            Kind::Own { rouge, chrf, order } => {
                let of_rouge: &[Score] = match rouge {
                    Some(rouge) => {
                        let scratch = memory.rouge.get_or_insert_with(|| rouge.scratch());
                        rouge.score(prediction, references, scratch)
                    }
                    None => &[],
                };
                let of_chrf: Vec<f64> = chrf
                    .iter()
                    .map(|chrf| chrf.score(prediction, references, &mut memory.chrf))
                    .collect();
                let score = |place: &Place| match *place {
                    Place::Rouge(i) => of_rouge[i],
                    // chrF averages its precision and recall over the orders; it has one number.
                    Place::Chrf(i) => {
                        let mut score = Score::ZERO;
                        score.precision = f64::NAN;
                        score.recall = f64::NAN;
                        score.f_measure = of_chrf[i];
                        score
                    }
                };
                order.iter().map(score).collect()
            }
        }
    }

    /// Scores many predictions on the threads of `pool`; row by row.
    pub(crate) fn score_all(
        &self,
        pairs: &[(&str, &[String])],
        analyzer: &Analyzer,
        pool: &rayon::ThreadPool,
        done: &indicatif::ProgressBar,
    ) -> Vec<Score> {
        let rows: Vec<Vec<Score>> = pool.install(|| {
            let work = |memory: &mut Memory, (prediction, references): &(&str, &[String])| {
                done.inc(1);
                self.score(prediction, references, analyzer, memory)
            };
            pairs.par_iter().map_init(Memory::default, work).collect()
        });
        rows.concat()
    }

    /// What ROUGE-1.5.5 prints of all scores, if it is followed.
    pub(crate) fn report(&self, scores: &[Score]) -> Option<Vec<Rouge155Row>> {
        let Kind::Script(rouge) = &self.kind else { return None };
        let rows: Vec<Vec<Score>> =
            scores.chunks(self.names.len().max(1)).map(<[Score]>::to_vec).collect();
        Some(rouge.report(&rows))
    }

    /// Adds to a signature how intervals and tests are drawn; those of ROUGE-1.5.5 follow its own
    /// options.
    pub(crate) fn with_statistics(
        &self,
        signature: Signature,
        statistics: &StatisticsArguments,
    ) -> Signature {
        let signature = match self.kind {
            Kind::Script(_) => signature.with("ci", "script"),
            Kind::Own { .. } => signature.with("ci", statistics.level),
        };
        signature.with("bs", statistics.resamples).with("seed", statistics.seed)
    }

    /// Says what the intervals of a table are.
    pub(crate) fn intervals_note(&self, statistics: &StatisticsArguments) -> String {
        match &self.kind {
            Kind::Script(rouge) => format!(
                "in percent, averages and intervals as the script prints them ({})",
                rouge.options()
            ),
            Kind::Own { .. } => format!(
                "in percent, with {} % intervals from {} resamples",
                statistics.level, statistics.resamples
            ),
        }
    }

    /// Starts the signature line.
    pub(crate) fn signature(&self) -> Signature {
        match &self.kind {
            Kind::Script(rouge) => rouge.signature(),
            Kind::Own { rouge: Some(rouge), chrf, .. } => {
                let mut signature = rouge.signature();
                if self.unit == Unit::Word {
                    let words = if self.segments { "segmenter" } else { "given" };
                    signature = signature.with("words", words);
                }
                chrf.iter().fold(signature, |signature, own| own.add_to(signature))
            }
            Kind::Own { rouge: None, chrf, .. } => match chrf.as_slice() {
                [first, others @ ..] => {
                    let signature = first.signature().with("level", "mean-of-texts");
                    others.iter().fold(signature, |signature, own| own.add_to(signature))
                }
                [] => Signature::new("rouge"),
            },
        }
    }
}

/// Returns a text with the syllables of the words that we find in it joined by underscores.
fn segmented(text: &str, analyzer: &Analyzer, memory: &mut Memory) -> String {
    let plain = text.replace('_', " ");
    let options = TextOptions::default().with_raw(true).with_line_sentences(true);
    analyzer.analyze_into(&plain, options, &mut memory.document);
    let mut out = String::with_capacity(plain.len());
    for sentence in memory.document.sentences() {
        for word in sentence.words() {
            let tokens: Vec<&str> = word.tokens().iter().map(|t| &plain[t.span()]).collect();
            out.push_str(&tokens.join("_"));
            out.push(' ');
        }
        out.push('\n');
    }
    out
}

/// Returns true if an underscore joins two letters.
/// Whether a text has words whose syllables are joined by underscores.
pub(crate) fn joins_syllables(text: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices('_').any(|(at, _)| {
        is_letter(text[..at].chars().next_back()) && is_letter(text[at + 1..].chars().next())
    })
}
