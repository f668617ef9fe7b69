//! Speed of the whole path by every ranker, beside a plain count of white-space words over the same text.
//!
//! `cargo bench --bench summarize`; `-- --test` runs everything once.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

mod common;
#[path = "common/samples.rs"]
mod texts;

use common::{Contender, compare};
use texts::samples;
use tomtat::rank::{REGISTRY, by_name};
use tomtat::{Analyzer, Document, Summarizer, TextOptions};

/// Articles of about 3 kB, made from the samples by repeating whole paragraphs.
fn articles() -> Vec<String> {
    let texts = samples();
    (0..300)
        .map(|i| {
            let mut article = texts[i % texts.len()].clone();
            while article.len() < 3000 {
                let more = article.clone();
                article.push_str("\n\n");
                article.push_str(&more);
            }
            let end = (0..=3000).rev().find(|&at| article.is_char_boundary(at)).unwrap_or(0);
            article.truncate(end);
            article
        })
        .collect()
}

fn main() {
    let articles = articles();
    let bytes: usize = articles.iter().map(String::len).sum();
    let analyzer = Analyzer::new();
    let mut analyzed = Document::default();
    let title = format!("whole path: {} articles, {bytes} bytes", articles.len());
    let mut contenders = vec![
        Contender::new("split_whitespace word count", || {
            articles.iter().map(|a| a.split_whitespace().count() as u64).sum()
        }),
        Contender::new("analyze", || {
            let mut sentences = 0;
            for article in &articles {
                analyzer.analyze_into(article, TextOptions::default(), &mut analyzed);
                sentences += analyzed.sentences().len() as u64;
            }
            sentences
        }),
    ];
    for entry in REGISTRY {
        let ranker = by_name(entry.info.name).expect("a ranker of the registry");
        let summarizer = Summarizer::new(&analyzer).with_ranker(ranker.into());
        let (analyzer, articles) = (&analyzer, &articles);
        let mut document = Document::default();
        contenders.push(Contender::new(entry.info.name, move || {
            let mut picks = 0;
            for article in articles {
                analyzer.analyze_into(article, TextOptions::default(), &mut document);
                picks += summarizer.summarize(&document).picks().len() as u64;
            }
            // Every sample has more than three sentences: a wrong path shows here.
            assert_eq!(picks, 3 * articles.len() as u64);
            picks
        }));
    }
    compare(&title, "articles", articles.len() as f64, &mut contenders);
}
