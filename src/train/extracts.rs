//! Which sentences readers extract: trees over the features of the ranker.
//!
//! An abstract says which words of its article matter. Which whole sentences make a good summary, it
//! does not say: readers also want them complete, to the point, and free of what only follows
//! others. So trees learn from extracts, over the same features as those that learn from abstracts.
//! They score sentences where a number of them is asked for, and add to the scores for other lengths.
//!
//! # References
//!
//! J. Kupiec, J. Pedersen, F. Chen (1995), *A trainable document summarizer*, SIGIR, section 2
//! (extracts made by readers, as training data).

use crate::Analyzer;
use crate::rank::RankContext;
use crate::rank::trained::forest::Columns;
use crate::rank::trained::{LengthKind, RankerModel, ScoredArticle, features};
use crate::train::boost::{BoostOptions, Rows, boost};

/// What a reader thinks of a sentence in a summary of three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It is one of the three.
    Picked,
    /// It would be nearly as good.
    Alternate,
    /// It looks important and is not: filler, a caption, a detail, a reference to nothing.
    Trap,
}

impl Judgement {
    /// What the trees learn of it; sentences without a judgement are worth 0.
    const fn target(self) -> f32 {
        match self {
            Self::Picked => 1.0,
            Self::Alternate => 0.5,
            Self::Trap => -0.4,
        }
    }
}

/// A page with the judgements of a reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extract {
    /// The text of the page.
    pub text: String,
    /// Bytes of the text at which judged sentences begin.
    pub judgements: Vec<(usize, Judgement)>,
}

/// Settings of the training.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ExtractOptions {
    /// Threads; the model does not depend on it.
    pub threads: usize,
    /// Trees.
    pub trees: usize,
}

impl Default for ExtractOptions {
    fn default() -> Self {
        Self { threads: 1, trees: 150 }
    }
}

/// Learns from extracts, beside what the ranker has learned from abstracts; returns the number of
/// judged sentences that were found.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
/// use tomtat::rank::RankerModel;
/// use tomtat::train::extracts::{Extract, ExtractOptions, Judgement, train};
///
/// let text = "Cầu Cỏ May thông xe sáng nay. Trời đẹp. Xe tải được qua cầu từ tháng sau.";
/// let extract = Extract { text: text.to_owned(), judgements: vec![(0, Judgement::Picked)] };
/// let mut ranker = RankerModel::default();
/// let found = train(&mut ranker, &Analyzer::new(), &[extract], &ExtractOptions::default());
/// assert_eq!(found, 1);
/// ```
pub fn train(
    model: &mut RankerModel,
    analyzer: &Analyzer,
    extracts: &[Extract],
    options: &ExtractOptions,
) -> usize {
    let mut found = 0;
    for titled in [true, false] {
        found = 0;
        let groups: Vec<(Columns, Vec<f32>)> = extracts
            .iter()
            .filter_map(|extract| rows(model, analyzer, extract, titled, &mut found))
            .collect();
        let rows = Rows::new(&groups, |target| *target, features::COUNT, options.threads);
        // A thousand pages are few: small steps, and leaves of few rows count little.
        let boost_options = BoostOptions {
            trees: options.trees,
            rate: 0.05,
            sample: 500,
            ridge: 30.0,
            threads: options.threads,
        };
        let heads = if titled { &mut model.titled } else { &mut model.untitled };
        heads.extracts = Some(boost(&rows, &boost_options));
    }
    found
}

/// The features of the candidates of a page, and what is to be learned of each; none if there is
/// nothing to choose from.
fn rows(
    model: &RankerModel,
    analyzer: &Analyzer,
    extract: &Extract,
    titled: bool,
    found: &mut usize,
) -> Option<(Columns, Vec<f32>)> {
    let document = analyzer.analyze(&extract.text);
    let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
    if context.len() < 2 {
        return None;
    }
    let judgement = |start| extract.judgements.iter().find(|judged| judged.0 == start);
    let targets = context
        .candidates()
        .map(|candidate| {
            let judged = judgement(candidate.span().start);
            *found += usize::from(judged.is_some());
            judged.map_or(0.0, |judged| judged.1.target())
        })
        .collect();
    let scored = ScoredArticle::with_title(model, &context, titled, LengthKind::Count);
    Some((scored.columns().clone(), targets))
}
