//! What a profile is computed from.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use anyhow::Result;
use tomtat::corpus::ngram::{Item, TermUnit, items_of};
use tomtat::text::key::TermHash;
use tomtat::token::Token;
use tomtat::weights::Background;

use crate::corpus::{Corpus, CorpusItem};
use crate::report::table::Cell;
use crate::run::status::Tally;

/// How often each length occurs.
#[derive(Clone, Debug, Default)]
pub(super) struct Histogram(BTreeMap<u64, u64>);

impl Histogram {
    pub(super) fn add(&mut self, length: u64) {
        *self.0.entry(length).or_insert(0) += 1;
    }

    fn merge(&mut self, other: &Self) {
        for (&length, count) in &other.0 {
            *self.0.entry(length).or_insert(0) += count;
        }
    }

    pub(super) fn pairs(&self) -> Vec<(u64, u64)> {
        self.0.iter().map(|(&length, &count)| (length, count)).collect()
    }

    pub(super) fn count(&self) -> u64 {
        self.0.values().sum()
    }

    pub(super) fn at_least(&self, length: u64) -> u64 {
        self.0.range(length..).map(|(_, count)| count).sum()
    }

    fn quantile(&self, share: f64) -> Option<u64> {
        let rank = (share * self.count() as f64).ceil().max(1.0) as u64;
        let mut seen = 0;
        self.0.iter().find_map(|(&length, &count)| {
            seen += count;
            (seen >= rank).then_some(length)
        })
    }

    /// Mean, standard deviation, median, ninetieth percentile, greatest.
    pub(super) fn summary(&self) -> [(&'static str, Cell); 5] {
        let n = self.count() as f64;
        let sum: u128 = self.0.iter().map(|(&l, &c)| u128::from(l) * u128::from(c)).sum();
        let squares: u128 =
            self.0.iter().map(|(&l, &c)| u128::from(l) * u128::from(l) * u128::from(c)).sum();
        let mean = (n > 0.0).then(|| sum as f64 / n);
        let deviation = mean.map(|mean| (squares as f64 / n - mean * mean).max(0.0).sqrt());
        let count = |value: Option<u64>| value.map_or(Cell::None, Cell::Count);
        [
            ("mean", Cell::number(mean)),
            ("sd", Cell::number(deviation)),
            ("median", count(self.quantile(0.5))),
            ("p90", count(self.quantile(0.9))),
            ("max", count(self.0.keys().next_back().copied())),
        ]
    }
}

/// The words of a corpus in their order, and the lengths of things.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) documents: u64,
    pub(super) syllables: u64,
    /// Words that news hardly knows.
    pub(super) rare: u64,
    /// Number of the type of each word; numbers follow the first occurrence.
    pub(super) sequence: Vec<u32>,
    /// Whether each word begins a sentence, or follows a mark.
    pub(super) starts: Vec<bool>,
    /// Keys of the types.
    pub(super) keys: Vec<String>,
    /// Where each document ends in the sequence.
    pub(super) ends: Vec<usize>,
    pub(super) sentences: Histogram,
    pub(super) sentence_syllables: Histogram,
    pub(super) word_syllables: Histogram,
    pub(super) syllable_letters: Histogram,
    pub(super) document_words: Histogram,
}

/// What one document, or piece of one, gives.
#[derive(Default)]
struct Found {
    words: Vec<u64>,
    starts: Vec<bool>,
    /// Keys of words that the thread has not met before.
    keys: Vec<(u64, String)>,
    syllables: u64,
    rare: u64,
    sentences: Histogram,
    sentence_syllables: Histogram,
    word_syllables: Histogram,
    syllable_letters: Histogram,
    continues: bool,
}

/// What a thread remembers of the words that it has met.
type Met = HashSet<u64>;

/// News articles of which fewer than one in so many hold a rare word.
const RARE: u64 = 1000;

pub(super) fn count(
    corpus: &Corpus,
    files: &[PathBuf],
    unit: TermUnit,
) -> Result<(Counted, Tally)> {
    let mut all = Counted::default();
    let mut ids: HashMap<u64, u32> = HashMap::new();
    let mut start = 0;
    let background = corpus.analyzer.background().clone();
    let (_, tally) = corpus.read(
        files,
        Met::new,
        |met, reading| read(corpus, reading, unit, &background, met),
        |found: Found| {
            // A thread tells the key of a word when it first meets it, and results come in the order
            // of the texts, so a new word comes with its key.
            let keys: HashMap<u64, String> = found.keys.into_iter().collect();
            for hash in found.words {
                let id = *ids.entry(hash).or_insert_with(|| {
                    all.keys.push(keys.get(&hash).cloned().unwrap_or_default());
                    all.keys.len() as u32 - 1
                });
                all.sequence.push(id);
            }
            all.starts.extend(found.starts);
            all.syllables += found.syllables;
            all.rare += found.rare;
            all.sentences.merge(&found.sentences);
            all.sentence_syllables.merge(&found.sentence_syllables);
            all.word_syllables.merge(&found.word_syllables);
            all.syllable_letters.merge(&found.syllable_letters);
            if !found.continues {
                all.documents += 1;
                all.ends.push(all.sequence.len());
                all.document_words.add((all.sequence.len() - start) as u64);
                start = all.sequence.len();
            }
            Ok(())
        },
    )?;
    Ok((all, tally))
}

fn read(
    corpus: &Corpus,
    reading: CorpusItem<'_>,
    unit: TermUnit,
    background: &Background,
    met: &mut Met,
) -> Found {
    let document = reading.document;
    let mut found = Found { continues: reading.continues, ..Found::default() };
    let mut items: Vec<Item> = Vec::new();
    for sentence in document.sentences().filter(|s| corpus.keeps(*s)) {
        items_of(document, sentence, unit, &mut items);
        let (mut words, mut syllables) = (0, 0);
        let mut starts = true;
        for item in &items {
            if item.is_boundary() {
                starts = true;
                continue;
            }
            found.starts.push(std::mem::take(&mut starts));
            words += 1;
            let tokens = &document.tokens()[item.tokens()];
            syllables += tokens.len() as u64;
            found.word_syllables.add(tokens.len() as u64);
            for token in tokens {
                if token.unit().is_syllable() {
                    let letters = document.text()[token.span()].chars().count();
                    found.syllable_letters.add(letters as u64);
                }
            }
            let hash = TermHash::of_units(tokens.iter().map(Token::unit));
            let df = match unit {
                TermUnit::Syllable => background.syllable_df(hash),
                _ => background.word_df(hash),
            };
            found.rare += u64::from(u64::from(df) * RARE < u64::from(background.documents()));
            if met.insert(item.hash()) {
                found.keys.push((item.hash(), item.key(document)));
            }
            found.words.push(item.hash());
        }
        if words > 0 {
            found.sentences.add(words);
            found.sentence_syllables.add(syllables);
            found.syllables += syllables;
        }
    }
    found
}
