//! Speed of counting terms, beside a plain count of white-space words over the same text.
//!
//! `cargo bench --bench terms`; `-- --test` runs everything once.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

mod common;
#[path = "common/samples.rs"]
mod texts;

use std::collections::HashMap;

use common::{Contender, compare};
use texts::samples;
use tomtat::corpus::ngram::{NgramOptions, TermUnit};
use tomtat::corpus::statistics::{CountOptions, TermStatistics};
use tomtat::{Analyzer, Document, TextOptions};

/// Documents of some 3 kB, each with words of its own.
fn documents() -> Vec<String> {
    let texts = samples();
    let names = |i: usize| {
        let names: Vec<String> = (0..20).map(|k| format!("mã{}", i * 20 + k)).collect();
        names.join(" ")
    };
    (0..400).map(|i| format!("{}\n\n{}.", texts[i % texts.len()], names(i))).collect()
}

fn main() {
    let documents = documents();
    let bytes: usize = documents.iter().map(String::len).sum();
    let analyzer = Analyzer::new();
    let raw = TextOptions::default().with_raw(true);
    let count = |options: CountOptions| {
        let (analyzer, documents) = (&analyzer, &documents);
        let mut document = Document::default();
        move || {
            let mut statistics = TermStatistics::new(options);
            for text in documents {
                analyzer.analyze_into(text, raw, &mut document);
                statistics.add(&document);
            }
            // Every document has twenty words of its own: a wrong count shows here.
            assert!(statistics.len() > 20 * documents.len());
            assert_eq!(statistics.documents(), documents.len() as u64);
            statistics.items()
        }
    };
    let bigrams = NgramOptions::new(TermUnit::Word, 1..=2, 0).expect("lengths");
    let syllables = NgramOptions::new(TermUnit::Syllable, 1..=1, 0).expect("lengths");
    let mut analyzed = Document::default();
    let plain = CountOptions::default();
    compare(
        &format!("counting terms: {} documents, {bytes} bytes", documents.len()),
        "MB",
        bytes as f64 / 1e6,
        &mut [
            Contender::new("split_whitespace, HashMap<&str>", || {
                let mut counts: HashMap<&str, (u64, u64, usize)> = HashMap::new();
                for (i, text) in documents.iter().enumerate() {
                    for word in text.split_whitespace() {
                        let count = counts.entry(word).or_insert((0, 0, usize::MAX));
                        count.0 += 1;
                        count.1 += u64::from(count.2 != i);
                        count.2 = i;
                    }
                }
                counts.len() as u64
            }),
            Contender::new("analyze only", || {
                let mut words = 0;
                for text in &documents {
                    analyzer.analyze_into(text, raw, &mut analyzed);
                    words += analyzed.tokens().len() as u64;
                }
                words
            }),
            Contender::new("words: tf, df", count(plain)),
            Contender::new("syllables: tf, df", count(plain.with_ngrams(syllables))),
            Contender::new("words and bigrams: tf, df", count(plain.with_ngrams(bigrams))),
            Contender::new("words: tf, df, places", count(plain.with_positions(true))),
        ],
    );
}
