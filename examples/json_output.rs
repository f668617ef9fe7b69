//! Results as JSON: the blocks and sentences of a page, its summary and its key terms.
//!
//! `cargo run --example json_output --features serde`

#![allow(clippy::print_stdout, reason = "an example prints JSON")]

use serde_json::json;
use tomtat::corpus::keywords::{KeywordOptions, keywords};
use tomtat::{Analyzer, Summarizer};

const PAGE: &str = include_str!("../samples/lop-hoc-tren-bai-bien.txt");

fn main() -> serde_json::Result<()> {
    let analyzer = Analyzer::new();
    let document = analyzer.analyze(PAGE);
    let summary = Summarizer::new(&analyzer).summarize(&document);
    let terms = keywords(&document, analyzer.models(), KeywordOptions::default().with_top(5));

    // With the feature `serde` results can be written in any format of serde. Offsets are bytes.
    let record = json!({
        "title": document.title(),
        "text": summary.text(&document),
        "summary": summary,
        "keywords": terms,
    });
    println!("{}", serde_json::to_string_pretty(&record)?);
    Ok(())
}
