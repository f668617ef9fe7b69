//! Sentence rankers: how much a sentence says of what the article says.
//!
//! Each ranker is one file and one line of [`REGISTRY`]; help texts, tables and conformance tests
//! are made from the registry. To add one: write `rank/NAME.rs` with a type that is a [`Ranker`]
//! and an `INFO`, and add it here. What several rankers share is in files of its own: `content`
//! (words without stop words) and `graph` (random walks).

mod content;
mod graph;

pub(crate) mod centroid;
pub(crate) mod edmundson;
pub(crate) mod kl;
pub(crate) mod lead;
pub(crate) mod lexrank;
pub(crate) mod lexrank_threshold;
pub(crate) mod lsa;
pub(crate) mod luhn;
pub(crate) mod reduction;
pub(crate) mod sumbasic;
pub(crate) mod textrank;
pub(crate) mod textrank_bm25;
pub(crate) mod tfidf;
pub(crate) mod title;
pub(crate) mod trained;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::select::{Budget, PassedOver};

pub use crate::candidates::RankContext;
pub use centroid::Centroid;
pub use edmundson::Edmundson;
pub use kl::Kl;
pub use lead::Lead;
pub use lexrank::LexRank;
pub use lexrank_threshold::LexRankThreshold;
pub use lsa::Lsa;
pub use luhn::Luhn;
pub use reduction::Reduction;
pub use sumbasic::SumBasic;
pub use textrank::TextRank;
pub use textrank_bm25::TextRankBm25;
pub use tfidf::TfIdfSum;
pub use title::Title;
pub use trained::{Contribution, RankerModel, Trained};

/// What a ranker is called and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RankerInfo {
    /// Name on the command line and in results.
    pub name: &'static str,
    /// What it does, in one line.
    pub summary: &'static str,
    /// Paper that describes it.
    pub reference: &'static str,
}

impl RankerInfo {
    /// Describes a ranker.
    #[must_use]
    pub const fn new(name: &'static str, summary: &'static str, reference: &'static str) -> Self {
        Self { name, summary, reference }
    }
}

/// Scores the candidate sentences of a document.
///
/// # Examples
///
/// A ranker that prefers short sentences:
///
/// ```
/// use tomtat::rank::{RankContext, Ranker, RankerInfo};
///
/// #[derive(Debug)]
/// struct Shortest;
///
/// impl Ranker for Shortest {
///     fn info(&self) -> RankerInfo {
///         RankerInfo::new("shortest", "short sentences first", "none")
///     }
///     fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
///         for (score, sentence) in scores.iter_mut().zip(context.candidates()) {
///             *score = 1.0 / sentence.word_count().max(1) as f64;
///         }
///     }
/// }
/// ```
pub trait Ranker: fmt::Debug + Send + Sync {
    /// Returns what the ranker is.
    fn info(&self) -> RankerInfo;

    /// Fills `scores` with one finite value a candidate of `context`: higher is better.
    ///
    /// `scores` comes in with one 0 for each candidate.
    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]);

    /// Fills `scores` as [`scores`](Self::scores) does, for a summary of the length of `budget`, and
    /// returns who chooses among the candidates; `None` if they are to be taken by score and
    /// redundancy.
    fn rank<'c>(
        &'c self,
        context: &'c RankContext<'_>,
        budget: &Budget,
        scores: &mut [f64],
    ) -> Option<Box<dyn SubsetSelector + 'c>> {
        let _ = budget;
        self.scores(context, scores);
        None
    }

    /// Returns false if scores come from positions or syllables alone. The repetition among its
    /// picks is then measured by syllables, too, and no words are found for the whole document.
    fn needs_words(&self) -> bool {
        true
    }

    /// Returns what each feature adds to the score of a candidate for a summary of the length of
    /// `budget`, the largest part first; empty for rankers without features, and if there is no
    /// such candidate.
    fn contributions(
        &self,
        context: &RankContext<'_>,
        budget: &Budget,
        candidate: usize,
    ) -> Vec<Contribution> {
        let _ = (context, budget, candidate);
        Vec::new()
    }
}

/// Chooses the sentences of a summary as a set.
pub trait SubsetSelector {
    /// Returns candidates that keep to `budget`, the best first.
    ///
    /// With `avoid_dangling`, [dangling](crate::select::is_dangling) sentences come with the one before
    /// them, or are worth less.
    fn select(
        &self,
        context: &RankContext<'_>,
        budget: &Budget,
        avoid_dangling: bool,
    ) -> Vec<usize>;

    /// Returns the bytes of the part of a candidate that matters: one slice of the text that stands
    /// alone and says nothing that the sentence does not say. All of it, if nothing is known.
    fn trim(&self, context: &RankContext<'_>, candidate: usize) -> Range<usize> {
        context.candidate(candidate).span()
    }

    /// Returns why [`select`](Self::select) passed over a candidate that is not among its `picks`.
    fn passed_over(
        &self,
        context: &RankContext<'_>,
        budget: &Budget,
        avoid_dangling: bool,
        picks: &[usize],
        candidate: usize,
    ) -> PassedOver {
        let _ = (context, budget, avoid_dangling, picks, candidate);
        PassedOver::Set
    }
}

/// A registered ranker.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// What it is.
    pub info: RankerInfo,
    /// Makes it with its standard settings.
    new: fn(Option<&Arc<RankerModel>>) -> Option<Box<dyn Ranker>>,
}

impl Entry {
    /// Makes the ranker with its standard settings; `None` if it needs a model that is not there.
    #[must_use]
    pub fn make(&self, model: Option<&Arc<RankerModel>>) -> Option<Box<dyn Ranker>> {
        (self.new)(model)
    }

    const fn new(
        info: RankerInfo,
        new: fn(Option<&Arc<RankerModel>>) -> Option<Box<dyn Ranker>>,
    ) -> Self {
        Self { info, new }
    }
}

/// All rankers, in the order in which help texts list them.
pub const REGISTRY: &[Entry] = &[
    Entry::new(trained::INFO, |model| Some(Box::new(trained::Trained::new(Arc::clone(model?))))),
    Entry::new(centroid::INFO, |_| Some(Box::new(centroid::Centroid::default()))),
    Entry::new(tfidf::INFO, |_| Some(Box::new(tfidf::TfIdfSum))),
    Entry::new(title::INFO, |_| Some(Box::new(title::Title))),
    Entry::new(lexrank::INFO, |_| Some(Box::new(lexrank::LexRank))),
    Entry::new(lexrank_threshold::INFO, |_| {
        Some(Box::new(lexrank_threshold::LexRankThreshold::default()))
    }),
    Entry::new(textrank::INFO, |_| Some(Box::new(textrank::TextRank::default()))),
    Entry::new(textrank_bm25::INFO, |_| Some(Box::new(textrank_bm25::TextRankBm25::default()))),
    Entry::new(reduction::INFO, |_| Some(Box::new(reduction::Reduction))),
    Entry::new(lsa::INFO, |_| Some(Box::new(lsa::Lsa))),
    Entry::new(kl::INFO, |_| Some(Box::new(kl::Kl))),
    Entry::new(sumbasic::INFO, |_| Some(Box::new(sumbasic::SumBasic))),
    Entry::new(luhn::INFO, |_| Some(Box::new(luhn::Luhn))),
    Entry::new(edmundson::INFO, |_| Some(Box::new(edmundson::Edmundson::default()))),
    Entry::new(lead::INFO, |_| Some(Box::new(lead::Lead))),
];

/// Name of the ranker that is used if none is asked for.
pub const DEFAULT: &str = trained::INFO.name;

/// Returns the ranker with this name; `None` if there is none, or if it needs a model and `model`
/// is `None`.
///
/// # Examples
///
/// ```
/// use tomtat::{Models, rank};
///
/// let models = Models::default();
/// assert!(rank::by_name("trained", models.ranker()).is_some());
/// assert!(rank::by_name("lead", None).is_some());
/// assert!(rank::by_name("trained", None).is_none());
/// assert!(rank::by_name("no such ranker", None).is_none());
/// ```
#[must_use]
pub fn by_name(name: &str, model: Option<&Arc<RankerModel>>) -> Option<Box<dyn Ranker>> {
    REGISTRY.iter().find(|entry| entry.info.name == name)?.make(model)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    /// Files that are no rankers: none of them has a type that is one.
    const SHARED: [&str; 2] = ["content", "graph"];

    #[test]
    fn every_file_of_the_folder_is_registered() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rank");
        let mut files = 0;
        for file in std::fs::read_dir(folder).expect("the folder of the rankers") {
            let name = file.expect("a file").file_name().into_string().expect("a plain name");
            // Folders hold what one ranker needs.
            let Some(name) = name.strip_suffix(".rs").filter(|name| !SHARED.contains(name)) else {
                continue;
            };
            files += 1;
            let name = name.replace('_', "-");
            assert!(REGISTRY.iter().any(|e| e.info.name == name), "{name} is not registered");
        }
        assert_eq!(files, REGISTRY.len());
    }

    /// What every ranker must do on any text.
    #[test]
    fn rankers_keep_their_promises() {
        let analyzer = Analyzer::new();
        let texts = [
            "",
            "a",
            "!!! ???",
            "Một câu duy nhất không có gì khác.",
            "Trời mưa. Trời mưa. Trời mưa.",
            "Mưa lớn ở Huế. Nước sông dâng nhanh. Người dân Huế chạy lũ. Giá gạo tăng.",
            "Và của là. Nhưng mà thì. Của và, và của!",
            "Tuy nhiên, mưa. Nhưng mưa. Và mưa. Đó là mưa.",
        ];
        for entry in REGISTRY {
            let ranker = entry.make(analyzer.models().ranker()).expect("a ranker");
            assert_eq!(ranker.info(), entry.info);
            for text in texts {
                let document = analyzer.analyze(text);
                let context =
                    RankContext::new(&document, analyzer.background(), analyzer.stop_words());
                let run = || {
                    let mut scores = vec![0.0; context.len()];
                    ranker.scores(&context, &mut scores);
                    scores
                };
                let scores = run();
                assert!(scores.iter().all(|s: &f64| s.is_finite()), "{:?} {text}", entry.info.name);
                assert_eq!(scores, run(), "{:?} {text}", entry.info.name);
                keeps_budgets(&*ranker, &context);
            }
        }
    }

    /// Who chooses sets picks each sentence once and never more than allowed.
    fn keeps_budgets(ranker: &dyn Ranker, context: &RankContext<'_>) {
        let mut scores = vec![0.0; context.len()];
        let budgets = [
            Budget::Auto,
            Budget::Sentences(2),
            Budget::Ratio(1.0),
            Budget::Words(3),
            Budget::Syllables(7),
            Budget::Characters(20),
        ];
        for (budget, avoid_dangling) in budgets.iter().flat_map(|b| [(b, true), (b, false)]) {
            let Some(judge) = ranker.rank(context, budget, &mut scores) else { return };
            let picks = judge.select(context, budget, avoid_dangling);
            let mut once = picks.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), picks.len(), "{ranker:?} {budget:?}");
            let separators = picks.len().saturating_sub(1) * budget.separator_cost();
            let used: usize = picks.iter().map(|&p| budget.cost(context.candidate(p))).sum();
            assert!(used + separators <= budget.limit(context.len()), "{ranker:?} {budget:?}");
        }
    }
}
