//! Work on one article of a bench, and what comes out of a run.

use anyhow::Result;
use tomtat::eval::{Oracle, Random, Score, Scratch, Signature};
use tomtat::select::Budget;
use tomtat::token::sentence_starters::SentenceStarters;
use tomtat::token::tokenizer::tokenize;
use tomtat::{Analyzer, Document, TextOptions};

use super::duplicates::Search;
use super::examples::{Kept, Texts};
use super::method::{Kind, Method, Prediction, View};
use crate::command::bench::arguments::Arguments;
use crate::input::Article;
use crate::scoring::comparison::{Comparison, System};
use crate::scoring::{Memory, Scorer};

/// Keeps the choice of mismatched references apart from other draws with the same seed.
const MISMATCHED: u64 = 0x666C_6F6F_725F_3031;
/// Sentences whose own score is kept by place, for the report.
pub(super) const FIRST_SENTENCES: usize = 20;

/// What became of one article.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// By method, by measure.
    pub(super) scores: Vec<Vec<Score>>,
    /// By method.
    pub(super) predictions: Vec<Length>,
    /// Seconds that the analysis took.
    pub(super) analysis: f64,
    /// Syllables of the article.
    pub(super) syllables: usize,
    /// Score of each of the first sentences alone, for the report.
    pub(super) by_place: Vec<f64>,
}

/// How long a summary is, and where its sentences stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Length {
    pub(super) sentences: Option<usize>,
    pub(super) syllables: usize,
    pub(super) places: Vec<f64>,
    pub(super) seconds: f64,
}

/// Everything that a run needs to work on an article.
pub(super) struct Bench<'a> {
    pub(super) arguments: &'a Arguments,
    pub(super) analyzer: Analyzer,
    pub(super) scorer: Scorer,
    pub(super) oracle: Oracle,
    pub(super) methods: Vec<Method>,
    pub(super) examples: Vec<Kept>,
    /// The texts of their articles.
    pub(super) texts: Texts,
    pub(super) budget: Budget,
}

/// A run and what came out of it, for the formats.
pub(super) struct BenchRun<'a> {
    pub(super) bench: &'a Bench<'a>,
    pub(super) outcomes: &'a [Outcome],
    pub(super) systems: &'a [System],
    pub(super) comparison: &'a Comparison,
    pub(super) baseline: Option<usize>,
    pub(super) search: Option<&'a Search>,
    /// Records of the data before sampling.
    pub(super) records: usize,
    pub(super) failed: usize,
    pub(super) warnings: &'a [String],
    pub(super) signature: &'a Signature,
}

impl Worker {
    /// Returns the title of the last article.
    pub(super) fn title(&self) -> Option<String> {
        self.document.title().map(|title| title.text().to_owned())
    }
}

/// Buffers of one thread.
pub(super) struct Worker {
    document: Document,
    plain: Document,
    documents: Vec<Document>,
    scoring: Memory,
    oracle: Scratch,
}

impl Outcome {
    /// Returns the score of a method: the mean of its measures.
    pub(super) fn score(&self, method: usize) -> f64 {
        let scores = &self.scores[method];
        let sum = scores.iter().fold(0.0, |sum, score| sum + score.f_measure);
        sum / scores.len().max(1) as f64
    }
}

impl Bench<'_> {
    pub(super) fn worker(&self) -> Worker {
        Worker {
            document: Document::default(),
            plain: Document::default(),
            documents: Vec::new(),
            scoring: Memory::default(),
            oracle: self.oracle.rouge().scratch(),
        }
    }

    /// The reference of an article that is not the one at `at`.
    fn mismatched(&self, at: usize) -> &str {
        let others = self.examples.len().saturating_sub(1);
        if others == 0 {
            return "";
        }
        let seed = self.arguments.statistics.seed ^ MISMATCHED;
        let drawn =
            Random::stream(seed, self.examples[at].record as u64).below(others as u64) as usize;
        let other = if drawn >= at { drawn + 1 } else { drawn };
        self.examples[other].example.references.first().map_or("", String::as_str)
    }

    fn options<'a>(&self, article: &'a Article, raw: bool) -> TextOptions<'a> {
        let options = article.options(self.arguments.raw || raw);
        if self.arguments.no_title { options.with_title(None) } else { options }
    }

    /// Analyzes an article as `tomtat summarize` does, and as it is; returns the seconds of the
    /// former.
    fn analyze(&self, at: usize, worker: &mut Worker) -> Result<f64> {
        let example = self.texts.whole(&self.examples[at])?;
        let article = example.joined();
        // The articles of a cluster end before the text does.
        let options = self.options(&article, example.is_cluster());
        let start = std::time::Instant::now();
        self.analyzer.analyze_into(&article.text, options, &mut worker.document);
        let seconds = start.elapsed().as_secs_f64();
        let plain = options.with_title(None).with_raw(true).with_structure(None);
        self.analyzer.analyze_into(&article.text, plain, &mut worker.plain);
        worker.documents.clear();
        if self.methods.iter().any(|method| matches!(method.kind, Kind::MultiSummary(_))) {
            worker.documents.extend(example.documents.iter().map(|document| {
                self.analyzer.analyze_with(&document.text, self.options(document, false))
            }));
        }
        Ok(seconds)
    }

    /// Returns the summary of each method for one article.
    pub(super) fn predictions(
        &self,
        at: usize,
        worker: &mut Worker,
    ) -> Result<(f64, Vec<Prediction>)> {
        let seconds = self.analyze(at, worker)?;
        let kept = &self.examples[at];
        let view = View {
            document: &worker.document,
            plain: &worker.plain,
            documents: &worker.documents,
            references: &kept.example.references,
            mismatched: self.mismatched(at),
            record: kept.record,
            seed: self.arguments.statistics.seed,
        };
        let predict = |m: &Method| m.predict(&view, &self.oracle, &mut worker.oracle);
        Ok((seconds, self.methods.iter().map(predict).collect()))
    }

    pub(super) fn outcome(
        &self,
        at: usize,
        worker: &mut Worker,
        with_places: bool,
    ) -> Result<Outcome> {
        let (analysis, predictions) = self.predictions(at, worker)?;
        let references = &self.examples[at].example.references;
        let mut outcome = Outcome { analysis, ..Outcome::default() };
        for prediction in predictions {
            let scoring = &mut worker.scoring;
            let scores = self.scorer.score(&prediction.text, references, &self.analyzer, scoring);
            outcome.scores.push(scores);
            outcome.predictions.push(Length {
                sentences: prediction.sentences,
                syllables: syllables(&prediction.text, self.analyzer.models().starters()),
                places: if with_places { prediction.places } else { Vec::new() },
                seconds: prediction.seconds,
            });
        }
        if with_places {
            outcome.syllables =
                worker.plain.sentences().map(tomtat::document::Sentence::syllable_count).sum();
            let rouge = self.oracle.rouge();
            for sentence in worker.plain.sentences().take(FIRST_SENTENCES) {
                let scores = rouge.score(sentence.text(), references, &mut worker.oracle);
                let sum = scores.iter().fold(0.0, |sum, score| sum + score.f_measure);
                outcome.by_place.push(sum / scores.len().max(1) as f64);
            }
        }
        Ok(outcome)
    }
}

/// Syllables of a text, counted as [`Budget::Syllables`] counts them.
fn syllables(text: &str, starters: &SentenceStarters) -> usize {
    let mut tokens = Vec::new();
    tokenize(text, 0..text.len(), starters, &mut tokens);
    tokens.iter().filter(|token| token.kind().is_term()).count()
}
