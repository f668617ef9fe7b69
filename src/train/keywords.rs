//! Training of the ranker of key terms from articles with the tags that editors gave.
//!
//! 1. Counts: for each tag, in how many articles it is a tag and in how many it occurs; for each
//!    word, in how many articles it occurs, is a tag, begins a tag and ends one.
//! 2. Boosted trees over the features of candidates; those that are tags are positive. An article's
//!    own part of the counts is subtracted while the trees train on it, and every third article is
//!    seen as if no tag were known, so that the trees also learn to judge new terms.

use std::thread;

use rustc_hash::{FxHashMap, FxHashSet};

use super::boost::{BoostOptions, Rows, boost};
use crate::corpus::keywords::MAX_WORDS;
use crate::corpus::keywords::candidate::{BOUNDARY, Text, candidates, read_text};
use crate::corpus::keywords::features::Features;
use crate::corpus::keywords::model::{CountTable, FEATURES, KeywordModel, LeftOut, Memory, STAGES};
use crate::rank::trained::forest::Columns;
use crate::text::key::TermHash;
use crate::token::Token;
use crate::{Analyzer, Document, TextOptions};

/// An article and its tags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TaggedArticle {
    /// The title, the lead and the body, with a blank line between.
    pub text: String,
    /// The tags; those that do not occur in the text are ignored.
    pub tags: Vec<String>,
}

impl TaggedArticle {
    /// Makes an article from its text and its tags.
    #[must_use]
    pub const fn new(text: String, tags: Vec<String>) -> Self {
        Self { text, tags }
    }
}

/// How the ranker is trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeywordTrainingOptions {
    /// Trees.
    pub trees: usize,
    /// Threads; the model is the same for any number.
    pub threads: usize,
}

impl Default for KeywordTrainingOptions {
    fn default() -> Self {
        Self { trees: 200, threads: 1 }
    }
}

/// Words of fewer articles are not counted.
const MIN_ARTICLES: u32 = 5;

/// One article in this many is seen as if no tag were known.
const FORGETTING: usize = 3;

/// Trains a ranker. The same articles in the same order give the same model.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
/// use tomtat::train::keywords::{KeywordTrainingOptions, TaggedArticle, train};
///
/// let text = "Giá gạo tăng\n\nGiá gạo tăng vì mưa lũ. Nông dân bán gạo.".to_owned();
/// let article = TaggedArticle::new(text, vec!["Nông dân".to_owned(), "gạo".to_owned()]);
/// let articles = vec![article; 4];
/// let mut options = KeywordTrainingOptions::default();
/// options.trees = 2;
/// let model = train(&Analyzer::new(), &articles, options);
/// assert!(model.is_known_term("nông dân") && !model.is_known_term("mưa lũ"));
/// ```
#[must_use]
pub fn train(
    analyzer: &Analyzer,
    articles: &[TaggedArticle],
    options: KeywordTrainingOptions,
) -> KeywordModel {
    let tags: Vec<Vec<Tag>> = in_parallel(articles, options.threads, |document, _, article| {
        article.tags.iter().filter_map(|tag| Tag::read(analyzer, tag, document)).collect()
    });
    let all: FxHashSet<TermHash> = tags.iter().flatten().map(|tag| tag.whole).collect();
    let occurring = in_parallel(articles, options.threads, |document, _, article| {
        analyzer.analyze_into(&article.text, TextOptions::default(), document);
        let (text, _) = read_text(document, analyzer.stop_words());
        let found = tags_in(document, &text, &all);
        (found, text.words.iter().map(|word| word.hash).collect::<Vec<_>>())
    });
    let mut model = counts(&tags, &occurring);
    let left_out: Vec<LeftOut> = (0..articles.len())
        .map(|at| {
            let mut own = LeftOut { forgets: at % FORGETTING == 0, ..LeftOut::default() };
            for tag in tags[at].iter().filter(|tag| occurring[at].0.contains(&tag.whole)) {
                own.tags.insert(tag.whole);
                own.firsts.insert(tag.first);
                own.lasts.insert(tag.last);
            }
            own
        })
        .collect();
    let groups = in_parallel(articles, options.threads, |document, at, article| {
        let memory = Memory::leaving_out(&model, &left_out[at]);
        analyzer.analyze_into(&article.text, TextOptions::default(), document);
        let (text, roles) = read_text(document, analyzer.stop_words());
        let found = candidates(document, &text, &roles, memory, MAX_WORDS);
        let mut columns = Columns::default();
        let features = Features::new(document, &text, &found, analyzer.background());
        features.of(0..found.list.len(), &mut columns);
        let is_tag = |hash| f32::from(u8::from(left_out[at].tags.contains(&hash)));
        (columns, found.list.iter().map(|candidate| is_tag(candidate.hash)).collect())
    });
    let rows = Rows::new(&groups, |&is_tag| is_tag, FEATURES, options.threads);
    drop(groups);
    model.trees = boost(
        &rows,
        &BoostOptions {
            trees: options.trees,
            rate: 0.1,
            sample: 500,
            ridge: 20.0,
            threads: options.threads,
        },
    )
    .into_cascade(&STAGES);
    model
}

/// A tag by its hash, and the words that it begins and ends with.
struct Tag {
    whole: TermHash,
    first: TermHash,
    last: TermHash,
}

impl Tag {
    /// Reads a tag; `None` if there is no word in it.
    fn read(analyzer: &Analyzer, tag: &str, document: &mut Document) -> Option<Self> {
        analyzer.analyze_into(tag, TextOptions::default().with_raw(true), document);
        let (text, _) = read_text(document, analyzer.stop_words());
        let mut items = text.items.iter().filter(|item| !item.is_boundary());
        let first = *items.next()?;
        let last = items.next_back().copied().unwrap_or(first);
        let hash = |tokens: &[Token]| {
            TermHash::of_units(tokens.iter().filter(|t| t.kind().is_term()).map(Token::unit))
        };
        let tokens = document.tokens();
        Some(Self {
            whole: hash(&tokens[first.first_token()..last.tokens().end]),
            first: hash(&tokens[first.tokens()]),
            last: hash(&tokens[last.tokens()]),
        })
    }
}

/// Finds the tags that are runs of words of an article.
fn tags_in(document: &Document, text: &Text, tags: &FxHashSet<TermHash>) -> FxHashSet<TermHash> {
    let mut found = FxHashSet::default();
    let mut start = 0;
    for &end in &text.ends {
        let end = end as usize;
        for from in start..end {
            for to in (from..end.min(from + MAX_WORDS)).take_while(|&to| text.ids[to] != BOUNDARY) {
                let tokens = text.items[from].first_token()..text.items[to].tokens().end;
                let units = document.tokens()[tokens].iter().map(Token::unit);
                let hash = TermHash::of_units(units);
                if tags.contains(&hash) {
                    found.insert(hash);
                }
            }
        }
        start = end;
    }
    found
}

/// Counts tags and words over all articles.
fn counts(tags: &[Vec<Tag>], occurring: &[(FxHashSet<TermHash>, Vec<TermHash>)]) -> KeywordModel {
    let mut phrases: FxHashMap<TermHash, [u32; 2]> = FxHashMap::default();
    let mut words: FxHashMap<TermHash, [u32; 4]> = FxHashMap::default();
    for (tags, (found, seen)) in tags.iter().zip(occurring) {
        let sets =
            [|tag: &Tag| tag.whole, |tag: &Tag| tag.first, |tag: &Tag| tag.last].map(|part| {
                let present = tags.iter().filter(|tag| found.contains(&tag.whole));
                present.map(part).collect::<FxHashSet<TermHash>>()
            });
        // Sums do not depend on the order.
        #[allow(clippy::iter_over_hash_type)]
        for hash in found {
            let entry = phrases.entry(*hash).or_default();
            entry[0] += u32::from(sets[0].contains(hash));
            entry[1] += 1;
        }
        for hash in seen {
            let entry = words.entry(*hash).or_default();
            entry[0] += 1;
            for (count, set) in entry[1..].iter_mut().zip(&sets) {
                *count += u32::from(set.contains(hash));
            }
        }
    }
    phrases.retain(|_, counts| counts[0] > 0);
    words.retain(|_, counts| counts[0] >= MIN_ARTICLES);
    // Tables sort their entries.
    KeywordModel {
        phrases: CountTable::new(phrases),
        words: CountTable::new(words),
        ..KeywordModel::default()
    }
}

/// Calls a function for all articles on several threads; results are in the order of the articles.
fn in_parallel<R: Send>(
    articles: &[TaggedArticle],
    threads: usize,
    work: impl Fn(&mut Document, usize, &TaggedArticle) -> R + Sync,
) -> Vec<R> {
    let size = articles.len().div_ceil(threads.max(1)).max(1);
    let work = &work;
    thread::scope(|scope| {
        let handles: Vec<_> = articles
            .chunks(size)
            .zip((0..).step_by(size))
            .map(|(chunk, first)| {
                scope.spawn(move || {
                    let mut document = Document::default();
                    let numbered = chunk.iter().zip(first..);
                    numbered.map(|(a, at)| work(&mut document, at, a)).collect::<Vec<R>>()
                })
            })
            .collect();
        handles
            .into_iter()
            .flat_map(|h| h.join().expect("a thread of the training does not panic"))
            .collect()
    })
}
