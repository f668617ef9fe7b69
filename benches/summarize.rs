//! Speed of the whole path, beside a plain count of white-space words over the same text.
//!
//! `cargo bench --bench summarize`; `-- --test` runs everything once.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

mod common;

use common::{Contender, compare};
use tomtat::{Analyzer, Document, Summarizer, TextOptions};

/// Articles of about 3 kB, made from the samples by repeating whole paragraphs.
fn articles() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the samples")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    let texts: Vec<String> =
        files.iter().map(|p| std::fs::read_to_string(p).expect("a sample")).collect();
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
    let summarizer = Summarizer::new(&analyzer);
    let (mut analyzed, mut summarized) = (Document::default(), Document::default());
    let title = format!("whole path: {} articles, {:.2} MB", articles.len(), bytes as f64 / 1e6);
    compare(
        &title,
        "articles",
        articles.len() as f64,
        &mut [
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
            Contender::new("analyze and summarize", || {
                let mut picks = 0;
                for article in &articles {
                    analyzer.analyze_into(article, TextOptions::default(), &mut summarized);
                    picks += summarizer.summarize(&summarized).picks().len() as u64;
                }
                // Every sample has more than three sentences: a wrong path shows here.
                assert_eq!(picks, 3 * articles.len() as u64);
                picks
            }),
        ],
    );
}
