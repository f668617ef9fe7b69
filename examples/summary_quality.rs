//! ROUGE of rankers on a corpus of JSON Lines with `title`, `abstract` and `body`.
//!
//! `cargo run --release --example summary_quality -- FILE.jsonl [SENTENCES] [EVERY]` scores one article in EVERY
//! with summaries of SENTENCES sentences, with and without the title.

#![allow(clippy::print_stdout, reason = "an example prints its table")]

use std::io::BufRead;
use std::sync::Arc;

use serde_json::Value;
use tomtat::eval::Rouge;
use tomtat::rank::{self, Ranker, centroid::Centroid};
use tomtat::select::{Budget, Mmr};
use tomtat::{Analyzer, Document, Summarizer, TextOptions};

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace('_', " "),
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name a file of JSON Lines")?;
    let sentences: usize = arguments.next().map_or(Ok(2), |n| n.parse())?;
    let every: usize = arguments.next().map_or(Ok(10), |n| n.parse())?;
    let analyzer = Analyzer::new();
    let rouge = Rouge::default();
    let mut systems: Vec<(String, Arc<dyn Ranker>, f64)> = rank::REGISTRY
        .iter()
        .map(|e| (e.info.name.to_owned(), Arc::from((e.make)()), Mmr::default().lambda()))
        .collect();
    for (position, title) in [(0.0, 0.0), (0.35, 1.0), (0.7, 1.0), (0.5, 2.0), (0.2, 2.0)] {
        for lambda in [1.0, 0.7, 0.5] {
            let ranker = Arc::new(Centroid::with_weights(1.0, position, title));
            systems.push((format!("centroid {position} {title} mmr {lambda}"), ranker, lambda));
        }
    }
    let mut sums = vec![[[0.0; 3]; 2]; systems.len()];
    let mut count = 0.0;
    let mut document = Document::default();
    let mut scratch = rouge.scratch();
    let file = std::io::BufReader::new(std::fs::File::open(path)?);
    for line in file.split(b'\n').step_by(every) {
        let record: Value = serde_json::from_slice(&line?)?;
        let (title, reference) = (text_of(&record["title"]), text_of(&record["abstract"]));
        let body = text_of(&record["body"]);
        count += 1.0;
        for (with_title, title) in [Some(title.as_str()), None].into_iter().enumerate() {
            let options = TextOptions::default()
                .with_title(title)
                .with_raw(record["body"].is_array())
                .with_line_sentences(record["body"].is_array());
            analyzer.analyze_into(&body, options, &mut document);
            for ((_, ranker, lambda), sums) in systems.iter().zip(&mut sums) {
                let summary = Summarizer::new(&analyzer)
                    .with_ranker(Arc::clone(ranker))
                    .with_budget(Budget::sentences(sentences)?)
                    .with_selector(Mmr::new(*lambda))
                    .summarize(&document);
                let text: Vec<&str> = summary.picks().iter().map(|p| &body[p.span()]).collect();
                let scores = rouge.score(&text.join("\n"), &[&reference], &mut scratch);
                for (sum, score) in sums[with_title].iter_mut().zip(scores) {
                    *sum += score.f_measure;
                }
            }
        }
    }
    println!("{count} articles, {sentences} sentences, {}", rouge.signature());
    for ((name, ..), sums) in systems.iter().zip(&sums) {
        let row = |s: &[f64; 3]| s.map(|x| format!("{:5.2}", 100.0 * x / count)).join(" ");
        println!("{name:<32} title {}   no title {}", row(&sums[0]), row(&sums[1]));
    }
    Ok(())
}
