//! ROUGE of digests of clusters: JSON Lines with `documents` (title, abstract, body) and
//! `references`.
//!
//! `cargo run --release --example multidoc_quality -- FILE.jsonl [SYLLABLES]`; without a number the
//! length is that of the references, on average.

#![allow(clippy::print_stdout, reason = "an example prints its table")]

use std::io::BufRead;

use serde_json::Value;
use tomtat::document::Sentence;
use tomtat::eval::{References, Rouge};
use tomtat::multidoc::MultiSummarizer;
use tomtat::select::Budget;
use tomtat::{Analyzer, Document, TextOptions};

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name a file of JSON Lines")?;
    let rouge = Rouge::builder().references(References::Average).build()?;
    let mut scratch = rouge.scratch();
    let syllables = |text: &str| rouge.tokenizer().tokens(text).len();
    let analyzer = Analyzer::new();
    let mut clusters: Vec<(Vec<Document>, Vec<String>)> = Vec::new();
    for line in std::io::BufReader::new(std::fs::File::open(path)?).split(b'\n') {
        let record: Value = serde_json::from_slice(&line?)?;
        let documents = record["documents"].as_array().into_iter().flatten().map(|document| {
            let text = |field: &str| document[field].as_str().unwrap_or_default();
            let options = TextOptions::default().with_title(document["title"].as_str());
            analyzer.analyze_with(text("body"), options)
        });
        let references = strings(&record["references"]).into_iter().map(str::to_owned);
        clusters.push((documents.collect(), references.collect()));
    }
    let lengths: Vec<usize> =
        clusters.iter().flat_map(|(_, r)| r.iter().map(|r| syllables(r))).collect();
    let mean = lengths.iter().sum::<usize>() / lengths.len().max(1);
    let limit = arguments.next().map_or(Ok(mean), |n| n.parse())?;
    println!("{} clusters, at most {limit} syllables, {}", clusters.len(), rouge.signature());
    let summarizer = MultiSummarizer::new(&analyzer).with_budget(Budget::syllables(limit)?);
    let (mut sums, mut given) = ([0.0; 3], 0);
    for (documents, references) in &clusters {
        let digest = summarizer.summarize(documents);
        let picks: Vec<&str> = digest
            .picks()
            .iter()
            .filter_map(|p| documents[p.document()].sentence(p.sentence()))
            .map(Sentence::text)
            .collect();
        let text = picks.join("\n");
        given += syllables(&text);
        for (sum, score) in sums.iter_mut().zip(rouge.score(&text, references, &mut scratch)) {
            *sum += score.f_measure;
        }
    }
    let n = clusters.len() as f64;
    let [r1, r2, rl] = sums.map(|s| 100.0 * s / n);
    println!("{r1:6.2} {r2:6.2} {rl:6.2}  {:6.1} syllables", given as f64 / n);
    Ok(())
}
