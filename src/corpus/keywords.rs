//! Key terms of one article: words and phrases that say what it is about.
//!
//! Candidates are runs of one to four words without a boundary inside, that neither begin nor end with
//! a stop word or a number. A phrase must occur twice, or once in the title or as a name. A method
//! scores words, then phrases from their words. Of candidates that stand in the same positions only the
//! best is given: `ngân hàng nhà nước` leaves `nhà nước` out unless that occurs elsewhere, too.
//!
//! # References
//!
//! - K. Frantzi, S. Ananiadou and H. Mima, "Automatic recognition of multi-word terms: the
//!   C-value/NC-value method", International Journal on Digital Libraries 3(2), 2000.
//! - R. Mihalcea and P. Tarau, "TextRank: Bringing Order into Texts", EMNLP 2004.
//! - R. Campos et al., "YAKE! Keyword extraction from single documents using multiple local
//!   features", Information Sciences 509, 2020.

mod textrank;
mod tfidf;
mod yake;

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::formula::named_statistics;
use super::ngram::{Item, TermUnit, chain, items_of};
use crate::document::Document;
use crate::page::Role;
use crate::token::TokenKind;
use crate::weights::background::Background;
use crate::weights::stopwords::StopWords;

named_statistics! {
    /// How candidates are scored.
    "method" KeywordMethod {
    TfIdf(
        "tfidf",
        "C-value weighted by idf",
        "log2(n + 1) (f - mean f of the longer candidates around it) × mean (ln((1 + N) / (1 + df)) + 1) \
         of its words, idf from the background statistics",
        "Frantzi et al. 2000, equation 2, with n + 1 so that single words count (as in Barrón-Cedeño et \
         al. 2009)",
    ),
    TextRank(
        "textrank",
        "TextRank",
        "sum of the ranks of its words; R(v) = (1 - d) / V + d Σ w(u, v) / Σ w(u, ·) R(u), d = 0.85, over \
         words at most two apart",
        "Mihalcea and Tarau 2004, section 3; stop words in the place of parts of speech",
    ),
    Yake(
        "yake",
        "features of YAKE, the inverse of its score",
        "f (1 + Σ S(w)) / Π S(w), S(w) = rel pos / (case + tf' / rel + sent / rel)",
        "Campos et al. 2020, equations 1 to 8",
    ),
    }
}

/// The longest phrase, in words.
pub const MAX_WORDS: usize = 4;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeywordOptions {
    /// How candidates are scored.
    pub method: KeywordMethod,
    /// How many are given.
    pub top: usize,
    /// The longest phrase, at most [`MAX_WORDS`].
    pub max_words: usize,
}

impl Default for KeywordOptions {
    fn default() -> Self {
        Self { method: KeywordMethod::TfIdf, top: 10, max_words: MAX_WORDS }
    }
}

impl KeywordOptions {
    /// Chooses how candidates are scored.
    #[must_use]
    pub const fn with_method(mut self, method: KeywordMethod) -> Self {
        self.method = method;
        self
    }

    /// Sets how many are given.
    #[must_use]
    pub const fn with_top(mut self, top: usize) -> Self {
        self.top = top;
        self
    }

    /// Sets the longest phrase, at most [`MAX_WORDS`].
    #[must_use]
    pub const fn with_max_words(mut self, words: usize) -> Self {
        self.max_words = if words < MAX_WORDS { words } else { MAX_WORDS };
        self
    }
}

/// A key term with its score and positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    key: String,
    score: f64,
    positions: Vec<Range<usize>>,
    form: Range<usize>,
}

impl Keyword {
    /// Returns its key: folded syllables joined by single spaces.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns its score by the method; only comparable within one article.
    #[must_use]
    pub const fn score(&self) -> f64 {
        self.score
    }

    /// Returns its positions in the text, in order.
    #[must_use]
    pub fn positions(&self) -> &[Range<usize>] {
        &self.positions
    }

    /// Returns the place whose spelling stands for it: the most frequent one, of equally frequent ones
    /// the first in the text.
    #[must_use]
    pub fn form(&self) -> Range<usize> {
        self.form.clone()
    }
}

/// A word of the article as the methods see it.
#[derive(Clone, Debug)]
struct Word {
    key: String,
    /// It may be part of a keyword.
    is_content: bool,
    /// Numbers of the sentences it occurs in, in order, with repetition.
    sentences: Vec<u32>,
    /// Occurrences with a capital that no sentence begins with, and in capitals only.
    capitalized: u32,
    acronyms: u32,
}

impl Word {
    fn tf(&self) -> f64 {
        self.sentences.len() as f64
    }
}

/// The words of an article, sentence by sentence; `None` is a boundary.
#[derive(Debug, Default)]
struct Text {
    words: Vec<Word>,
    sentences: Vec<Vec<Option<u32>>>,
}

/// A run of words that may be a keyword.
#[derive(Debug)]
struct Candidate {
    words: Vec<u32>,
    positions: Vec<Range<usize>>,
    /// Items of the whole text that each place takes, to see what overlaps.
    items: Vec<Range<usize>>,
    in_title: bool,
    is_name: bool,
}

/// Finds the key terms of an article, the best first.
///
/// Reads the title, the lead, headings and the body; all blocks if the document was analyzed as raw
/// text. Candidates with equal scores come in the order of their keys. Linear time but for sorting.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
/// use tomtat::corpus::keywords::{KeywordOptions, keywords};
///
/// let analyzer = Analyzer::new();
/// let document = analyzer.analyze(
///     "Xuất khẩu gạo tăng mạnh\n\nXuất khẩu gạo của Việt Nam tăng 12% trong quý một. \
///      Giá gạo xuất khẩu cũng tăng. Nông dân trồng lúa phấn khởi vì giá lúa cao.",
/// );
/// let options = KeywordOptions::default().with_top(5);
/// let found = keywords(&document, analyzer.background(), analyzer.stop_words(), options);
/// assert!(found.iter().any(|keyword| keyword.key().contains("xuất khẩu")));
/// ```
#[must_use]
pub fn keywords(
    document: &Document,
    background: &Background,
    stop_words: &StopWords,
    options: KeywordOptions,
) -> Vec<Keyword> {
    let (text, candidates) = read(document, stop_words, options.max_words.max(1));
    let scores = match options.method {
        KeywordMethod::TextRank => textrank::scores(&text, &candidates),
        KeywordMethod::Yake => yake::scores(&text, &candidates),
        KeywordMethod::TfIdf => tfidf::scores(&text, &candidates, background),
    };
    choose(document, &text, &candidates, &scores, options.top)
}

fn reads(role: Role) -> bool {
    matches!(role, Role::Title | Role::Sapo | Role::Body | Role::Heading)
}

/// Collects words and candidates, in order of their first occurrence.
fn read(document: &Document, stop_words: &StopWords, max_words: usize) -> (Text, Vec<Candidate>) {
    let mut text = Text::default();
    let mut ids: FxHashMap<u64, u32> = FxHashMap::default();
    let mut known: FxHashMap<u64, u32> = FxHashMap::default();
    let mut candidates: Vec<Candidate> = Vec::new();
    let (mut items, mut base) = (Vec::<Item>::new(), 0);
    for sentence in document.sentences().filter(|s| reads(s.role())) {
        items_of(document, sentence, TermUnit::Word, &mut items);
        let number = text.sentences.len() as u32;
        let mut words = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            if item.is_boundary() {
                words.push(None);
                continue;
            }
            let id = *ids.entry(item.hash()).or_insert_with(|| {
                let key = item.key(document);
                let is_content = is_content(document, *item) && !stop_words.contains(&key);
                text.words.push(Word {
                    key,
                    is_content,
                    sentences: Vec::new(),
                    capitalized: 0,
                    acronyms: 0,
                });
                text.words.len() as u32 - 1
            });
            let word = &mut text.words[id as usize];
            word.sentences.push(number);
            let tokens = &document.tokens()[item.tokens()];
            let upper = tokens.iter().all(|t| t.shape() == crate::token::Shape::Upper);
            let capital = tokens.iter().all(crate::token::Token::is_capitalized);
            word.acronyms += u32::from(upper);
            word.capitalized += u32::from(capital && at > 0);
            words.push(Some(id));
        }
        let in_title = sentence.role() == Role::Title;
        for start in 0..words.len() {
            let mut hash = 0;
            for length in 1..=max_words {
                let Some(Some(last)) = words.get(start + length - 1) else { break };
                hash = if length == 1 {
                    items[start].hash()
                } else {
                    chain(hash, items[start + length - 1].hash())
                };
                let content =
                    |id: Option<u32>| id.is_some_and(|id| text.words[id as usize].is_content);
                if !content(words[start]) {
                    break;
                }
                if !content(Some(*last)) {
                    continue;
                }
                let run = &items[start..start + length];
                let span = run[0].span(document).start..run[length - 1].span(document).end;
                let id = *known.entry(hash).or_insert_with(|| {
                    candidates.push(Candidate {
                        words: words[start..start + length].iter().flatten().copied().collect(),
                        positions: Vec::new(),
                        items: Vec::new(),
                        in_title: false,
                        is_name: true,
                    });
                    candidates.len() as u32 - 1
                });
                let candidate = &mut candidates[id as usize];
                candidate.positions.push(span);
                candidate.items.push(base + start..base + start + length);
                candidate.in_title |= in_title;
                candidate.is_name &= run.iter().all(|item| {
                    document.tokens()[item.tokens()].iter().all(crate::token::Token::is_capitalized)
                });
            }
        }
        base += items.len();
        text.sentences.push(words);
    }
    candidates.retain(|c| c.words.len() == 1 || c.positions.len() > 1 || c.in_title || c.is_name);
    (text, candidates)
}

/// Returns true for words that can name something: no numbers, addresses or single letters.
fn is_content(document: &Document, item: Item) -> bool {
    let tokens = &document.tokens()[item.tokens()];
    let named = |kind| {
        matches!(
            kind,
            TokenKind::Syllable
                | TokenKind::Foreign
                | TokenKind::Abbreviation
                | TokenKind::Alphanumeric
        )
    };
    let span = item.span(document);
    tokens.iter().all(|t| named(t.kind())) && document.text()[span].chars().nth(1).is_some()
}

/// Takes the best candidates whose positions are not mostly taken already.
fn choose(
    document: &Document,
    text: &Text,
    candidates: &[Candidate],
    scores: &[f64],
    top: usize,
) -> Vec<Keyword> {
    let key = |candidate: &Candidate| {
        let keys: Vec<&str> =
            candidate.words.iter().map(|&w| text.words[w as usize].key.as_str()).collect();
        keys.join(" ")
    };
    let mut order: Vec<(usize, String)> =
        candidates.iter().enumerate().map(|(i, c)| (i, key(c))).collect();
    order.sort_by(|(a, a_key), (b, b_key)| {
        scores[*b].total_cmp(&scores[*a]).then_with(|| a_key.cmp(b_key))
    });
    let size = text.sentences.iter().map(Vec::len).sum();
    let mut taken = vec![false; size];
    let mut chosen = Vec::new();
    for (index, key) in order {
        if chosen.len() == top {
            break;
        }
        let candidate = &candidates[index];
        let free = candidate.items.iter().filter(|r| !taken[(*r).clone()].contains(&true)).count();
        if scores[index] <= 0.0 || free * 2 <= candidate.items.len() {
            continue;
        }
        candidate.items.iter().for_each(|range| taken[range.clone()].fill(true));
        chosen.push(Keyword {
            key,
            score: scores[index],
            form: most_frequent(document, &candidate.positions),
            positions: candidate.positions.clone(),
        });
    }
    chosen
}

fn most_frequent(document: &Document, positions: &[Range<usize>]) -> Range<usize> {
    let mut counts: BTreeMap<&str, (usize, Range<usize>)> = BTreeMap::new();
    for place in positions {
        counts.entry(&document.text()[place.clone()]).or_insert((0, place.clone())).0 += 1;
    }
    let best = counts.into_values().max_by(|a, b| a.0.cmp(&b.0).then(b.1.start.cmp(&a.1.start)));
    best.map_or(0..0, |(_, place)| place)
}

#[cfg(test)]
mod tests;
