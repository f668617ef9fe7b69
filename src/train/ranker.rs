//! Training of the ranker: tables, then trees for sentences, then trees for sets.
//!
//! Tables and trees train on different articles, so that the trees train on out-of-sample values of
//! the tables: of ten articles, four estimate the weights of units and pairs, one the cells, and
//! five train the trees. Trees for sets train on the same articles as those for sentences, because
//! 150 trees overfit a million sentences less than halving the articles would cost. The target is
//! the mean of ROUGE-1, ROUGE-2 and ROUGE-L against the abstract, by our own scorer.

mod counts;
mod reward;

use std::ops::RangeInclusive;
use std::thread;

use crate::rank::RankContext;
use crate::rank::trained::article_ngrams::ArticleNgrams;
use crate::rank::trained::features::{self, Sums};
use crate::rank::trained::forest::Columns;
use crate::rank::trained::model::Forests;
use crate::rank::trained::subsets;
use crate::rank::trained::tables::SelectionProbabilities;
use crate::rank::trained::{LengthKind, RankerModel, ScoredArticle, paragraph_begins};
use crate::train::boost::{BoostOptions, Rows, boost};
use crate::{Analyzer, Document, TextOptions};
use counts::{CellCounts, WeightCounts};
use reward::Rewards;

/// An article with its abstract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrainingArticle {
    /// The title, empty if there is none.
    pub title: String,
    /// The text, without title and abstract.
    pub body: String,
    /// What its editors wrote as its summary.
    pub summary: String,
    /// Every line of the body is one sentence.
    pub line_sentences: bool,
}

/// Settings of the training.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RankerOptions {
    /// Threads; the model does not depend on it.
    pub threads: usize,
    /// Trees for sentences, and as many for sets.
    pub trees: usize,
}

impl Default for RankerOptions {
    fn default() -> Self {
        Self { threads: 1, trees: 150 }
    }
}

/// Sizes of the sets that trees train on.
const SET_SIZES: RangeInclusive<u32> = 1..=5;

/// Trains a ranker; `progress` receives a message for each step.
#[must_use]
pub fn train(
    analyzer: &Analyzer,
    articles: &[TrainingArticle],
    options: &RankerOptions,
    mut progress: impl FnMut(&str),
) -> RankerModel {
    let trainer = Trainer { analyzer, options };
    let part = |digits: std::ops::Range<usize>| -> Vec<&TrainingArticle> {
        articles
            .iter()
            .enumerate()
            .filter(|(i, _)| digits.contains(&(i % 10)))
            .map(|(_, a)| a)
            .collect()
    };
    let mut model = RankerModel::default();
    progress("weights of syllables and pairs");
    trainer.weights(&part(0..4), &mut model);
    progress("probabilities of syllables and pairs");
    trainer.cells(&part(4..5), &mut model);
    let for_trees = part(5..10);
    for titled in [true, false] {
        let name = if titled { "with a title" } else { "without a title" };
        progress(&format!("trees for sentences, {name}"));
        let groups = trainer
            .each(&for_trees, |worker, article| worker.sentence_rows(&model, article, titled));
        for head in 0..HEADS.len() {
            let rows =
                Rows::new(&groups, |targets| targets[head], features::COUNT, options.threads);
            let sentences = boost(&rows, &trainer.boost_options(400));
            forests_of(&mut model, titled, head).sentences = sentences;
        }
        drop(groups);
        for head in 0..HEADS.len() {
            progress(&format!("trees for sets, {name}, {}", HEADS[head].1));
            let groups = trainer
                .each(&for_trees, |worker, article| worker.set_rows(&model, article, titled, head));
            let rows = Rows::new(&groups, |targets| targets[head], subsets::COUNT, options.threads);
            drop(groups);
            let sets = boost(&rows, &trainer.boost_options(200)).into_cascade(&subsets::STAGES);
            forests_of(&mut model, titled, head).sets = sets;
        }
    }
    // The trees are done, so all articles can now estimate the weights.
    progress("weights of syllables and pairs, from all articles");
    trainer.weights(&part(0..10), &mut model);
    model
}

/// The heads: for a free and for a given length.
const HEADS: [(LengthKind, &str); 2] =
    [(LengthKind::Free, "free length"), (LengthKind::Given, "given length")];

fn forests_of(model: &mut RankerModel, titled: bool, head: usize) -> &mut Forests {
    let heads = if titled { &mut model.titled } else { &mut model.untitled };
    heads.of_mut(HEADS[head].0)
}

struct Trainer<'a> {
    analyzer: &'a Analyzer,
    options: &'a RankerOptions,
}

impl<'a> Trainer<'a> {
    fn boost_options(&self, sample: u64) -> BoostOptions {
        BoostOptions {
            trees: self.options.trees,
            rate: 0.07,
            sample,
            ridge: 5.0,
            threads: self.options.threads,
        }
    }

    fn worker(&self) -> Worker<'a> {
        Worker { analyzer: self.analyzer, document: Document::default(), rewards: Rewards::new() }
    }

    /// Calls a function for all articles on several threads; results are in the order of the
    /// articles, without those that gave none.
    fn each<R: Send>(
        &self,
        articles: &[&TrainingArticle],
        work: impl Fn(&mut Worker<'a>, &TrainingArticle) -> Option<R> + Sync,
    ) -> Vec<R> {
        let size = articles.len().div_ceil(self.options.threads.max(1)).max(1);
        let work = &work;
        thread::scope(|scope| {
            let handles: Vec<_> = articles
                .chunks(size)
                .map(|chunk| {
                    scope.spawn(move || {
                        let mut worker = self.worker();
                        chunk.iter().filter_map(|a| work(&mut worker, a)).collect::<Vec<R>>()
                    })
                })
                .collect();
            handles
                .into_iter()
                .flat_map(|h| h.join().expect("a thread of the training does not panic"))
                .collect()
        })
    }

    fn weights(&self, articles: &[&TrainingArticle], model: &mut RankerModel) {
        let mut counts = WeightCounts::default();
        let starters = self.analyzer.models().starters();
        // Counts are large; few parts at a time keep memory small.
        for batch in articles.chunks(4096) {
            let articles_ngrams = self.each(batch, |worker, article| {
                let ngrams = worker.ngrams(article, true);
                Some((ngrams, counts::units_of(&article.summary, starters), worker.take_rewards()))
            });
            for (ngrams, summary, rewards) in &articles_ngrams {
                counts.add(ngrams, summary, rewards);
            }
        }
        counts.finish(&mut model.tables);
    }

    fn cells(&self, articles: &[&TrainingArticle], model: &mut RankerModel) {
        let (mut units, mut pairs) = (CellCounts::default(), CellCounts::default());
        let starters = self.analyzer.models().starters();
        for titled in [true, false] {
            for batch in articles.chunks(4096) {
                let articles_ngrams = self.each(batch, |worker, article| {
                    Some((
                        worker.ngrams(article, titled),
                        counts::units_of(&article.summary, starters),
                    ))
                });
                for (ngrams, summary) in &articles_ngrams {
                    units.add_units(&model.tables, ngrams, summary);
                    pairs.add_pairs(&model.tables, ngrams, summary);
                }
            }
        }
        model.tables.unit_cells = units.finish();
        model.tables.pair_cells = pairs.finish();
    }
}

/// Buffers of one thread.
struct Worker<'a> {
    analyzer: &'a Analyzer,
    document: Document,
    rewards: Rewards,
}

impl Worker<'_> {
    /// Analyzes an article; every second one of lines is taken as plain sentences, without page
    /// structure.
    fn analyze(&mut self, article: &TrainingArticle, titled: bool) {
        let title = Some(article.title.as_str()).filter(|t| titled && !t.is_empty());
        let options = TextOptions::default()
            .with_title(title)
            .with_raw(article.line_sentences && article.body.len().is_multiple_of(2))
            .with_split_unmarked(true)
            .with_line_sentences(article.line_sentences);
        self.analyzer.analyze_into(&article.body, options, &mut self.document);
    }

    fn ngrams(&mut self, article: &TrainingArticle, titled: bool) -> ArticleNgrams {
        self.analyze(article, titled);
        let context = RankContext::new(
            &self.document,
            self.analyzer.background(),
            self.analyzer.stop_words(),
        );
        self.rewards.read(&context, &article.summary);
        ArticleNgrams::new(&context, titled)
    }

    /// Rewards of single candidates.
    fn take_rewards(&mut self) -> Vec<f32> {
        self.all_rewards().into_iter().map(|[free, _]| free).collect()
    }

    /// Rewards of single candidates, for each head.
    fn all_rewards(&mut self) -> Vec<[f32; 2]> {
        (0..self.rewards.len()).map(|i| self.rewards.of([i].into_iter())).collect()
    }

    fn sentence_rows(
        &mut self,
        model: &RankerModel,
        article: &TrainingArticle,
        titled: bool,
    ) -> Option<(Columns, Vec<[f32; 2]>)> {
        let ngrams = self.ngrams(article, titled);
        if ngrams.len() < 2 {
            return None;
        }
        let context = RankContext::new(
            &self.document,
            self.analyzer.background(),
            self.analyzer.stop_words(),
        );
        let (mut probabilities, mut sums, mut columns) =
            (SelectionProbabilities::default(), Sums::default(), Columns::default());
        model.tables.probabilities(&ngrams, &mut probabilities);
        let begins = paragraph_begins(&context);
        features::features(
            &ngrams,
            &probabilities,
            &model.tables,
            &begins,
            &mut sums,
            &mut columns,
        );
        Some((columns, self.all_rewards()))
    }

    fn set_rows(
        &mut self,
        model: &RankerModel,
        article: &TrainingArticle,
        titled: bool,
        head: usize,
    ) -> Option<(Columns, Vec<[f32; 2]>)> {
        self.analyze(article, titled);
        let context = RankContext::new(
            &self.document,
            self.analyzer.background(),
            self.analyzer.stop_words(),
        );
        if context.len() < 2 {
            return None;
        }
        self.rewards.read(&context, &article.summary);
        let scored = ScoredArticle::with_title(model, &context, titled, HEADS[head].0);
        let scores = &scored.scores;
        let pool = scored.best_pool(scores);
        let mut sets = pool.sets(SET_SIZES);
        // Large sets are many and alike: every fifth is enough.
        sets.retain(|set| set.count_ones() <= 3 || set.wrapping_mul(37) % 5 == 0);
        let mut memory = subsets::SubsetScratch::default();
        scored.set_features(&pool, scores, &sets, &mut memory);
        let rewards = sets.iter().map(|&set| self.rewards.of(pool.members(set))).collect();
        Some((memory.columns, rewards))
    }
}
