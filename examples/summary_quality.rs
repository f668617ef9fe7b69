//! ROUGE of all rankers on a corpus of JSON Lines with `title`, `abstract` and `body`.
//!
//! `cargo run --release --example summary_quality -- FILE.jsonl [LENGTH] [EVERY] [raw]` scores one
//! article in EVERY (10) with summaries of LENGTH (`auto`, `3`, `20%`, `60words`), with and without
//! the title; with `raw`, every line is taken as part of the article.

#![allow(clippy::print_stdout, reason = "an example prints its table")]

use std::io::BufRead;
use std::sync::Arc;
use std::thread;

use serde_json::Value;
use tomtat::eval::Rouge;
use tomtat::eval::corpus::score_corpus;
use tomtat::rank;
use tomtat::select::{Budget, Mmr};
use tomtat::{Analyzer, Document, Summarizer, TextOptions};

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name a file of JSON Lines")?;
    let budget: Budget = arguments.next().unwrap_or_else(|| "auto".to_owned()).parse()?;
    let every: usize = arguments.next().map_or(Ok(10), |n| n.parse())?;
    let raw = arguments.next().is_some_and(|word| word == "raw");
    let analyzer = Analyzer::new();
    let rouge = Rouge::default();
    let threads = thread::available_parallelism()?.get();
    let summarizer = |r: &rank::Entry| {
        Summarizer::with_parts(&analyzer, Arc::from((r.make)())).with_budget(budget)
    };
    let mut systems: Vec<(String, Summarizer)> =
        rank::REGISTRY.iter().map(|e| (e.info.name.to_owned(), summarizer(e))).collect();
    let (trained, lead) = (&rank::REGISTRY[0], &rank::REGISTRY[rank::REGISTRY.len() - 1]);
    systems.push(("trained, dangling".into(), summarizer(trained).with_self_standing(false)));
    systems.push(("lead, plain".into(), summarizer(lead).with_selector(Mmr::new(1.0))));
    // Summaries by title (with, without) and system.
    let mut summaries = vec![vec![Vec::new(); systems.len()]; 2];
    let mut references = Vec::new();
    let mut document = Document::default();
    let file = std::io::BufReader::new(std::fs::File::open(path)?);
    for line in file.split(b'\n').step_by(every.max(1)) {
        let record: Value = serde_json::from_slice(&line?)?;
        let (title, body) = (text_of(&record["title"]), text_of(&record["body"]));
        references.push(vec![text_of(&record["abstract"])]);
        for (row, title) in summaries.iter_mut().zip([Some(title.as_str()), None]) {
            let options = TextOptions::default()
                .with_title(title)
                .with_raw(raw)
                .with_line_sentences(record["body"].is_array());
            analyzer.analyze_into(&body, options, &mut document);
            for ((_, summarizer), summaries) in systems.iter().zip(row) {
                let summary = summarizer.summarize(&document);
                let text: Vec<&str> = summary.picks().iter().map(|p| &body[p.span()]).collect();
                summaries.push(text.join("\n"));
            }
        }
    }
    println!("{} articles, {budget:?}, {}", references.len(), rouge.signature());
    for (name, row) in ["title", "no title"].into_iter().zip(&summaries) {
        for ((system, _), summaries) in systems.iter().zip(row) {
            let scores = score_corpus(&rouge, summaries, &references, threads)?;
            let f: Vec<String> =
                scores.mean().iter().map(|s| format!("{:6.2}", 100.0 * s.f_measure)).collect();
            let syllables: usize = summaries.iter().map(|s| s.split_whitespace().count()).sum();
            let mean = syllables as f64 / references.len().max(1) as f64;
            println!("{system:<20} {name:<9} {}  {mean:6.1} white-space words", f.join(" "));
        }
    }
    Ok(())
}
