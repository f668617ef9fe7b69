//! The rows that every table of summaries should have: floor, random, lead, oracle.
//!
//! ```text
//! zstd -dc vnds-val.jsonl.zst | cargo run --release --example news_rows
//! zstd -dc vnds-val.jsonl.zst | cargo run --release --example news_rows -- "-a -m -n 2 -c 95"
//! ```
//!
//! Each input line has `abstract` and `body`, strings or lists of sentences. The abstract is one
//! reference text. With an argument, the rows are scored as ROUGE-1.5.5 does with these options,
//! one sentence a line.

use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};
use std::thread;
use std::time::Instant;

use serde_json::Value;
use tomtat::eval::corpus::score_corpus;
use tomtat::eval::rouge155::Rouge155;
use tomtat::eval::{Bootstrap, Fingerprint, Oracle, Random, Rouge};

const SEED: u64 = 42;

struct Article {
    summary: Vec<String>,
    body: Vec<String>,
}

fn sentences(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::String(text) => {
            text.split('\n').filter(|s| !s.trim().is_empty()).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

fn lead(article: &Article, n: usize) -> Vec<usize> {
    (0..article.body.len().min(n)).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut articles = Vec::new();
    for line in io::stdin().lock().lines() {
        let value: Value = serde_json::from_str(&line?)?;
        let (summary, body) = (sentences(&value["abstract"]), sentences(&value["body"]));
        articles.push(Article { summary, body });
    }
    let threads = thread::available_parallelism()?.get();
    let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
    let join = |article: &Article, chosen: &[usize]| -> String {
        chosen.iter().map(|i| article.body[*i].as_str()).collect::<Vec<_>>().join("\n")
    };
    // The abstract of the article half the corpus away, which is about something else.
    let n = articles.len();
    let floor = |i: usize| articles[(i + n / 2) % n].summary.join("\n");
    rows.push(("floor", (0..n).map(floor).collect()));
    let random = |(i, article): (usize, &Article)| {
        join(article, &Random::stream(SEED, i as u64).sample(article.body.len(), 2))
    };
    rows.push(("random-2", articles.iter().enumerate().map(random).collect()));
    for (name, k) in [("lead-1", 1), ("lead-2", 2), ("lead-3", 3)] {
        rows.push((name, articles.iter().map(|a| join(a, &lead(a, k))).collect()));
    }
    let oracle = Oracle::new(Rouge::default());
    for (name, single) in [("oracle-1", true), ("oracle-greedy", false)] {
        let start = Instant::now();
        let mut scratch = oracle.rouge().scratch();
        let mut best = |article: &Article| {
            let references = [article.summary.join(" ")];
            let extract = if single {
                oracle.best_sentence(&article.body, &references, &mut scratch)
            } else {
                oracle.greedy(&article.body, &references, &mut scratch)
            };
            join(article, &extract.sentences)
        };
        rows.push((name, articles.iter().map(&mut best).collect()));
        writeln!(io::stderr(), "{name}: {:.2?} on one thread", start.elapsed())?;
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let mut data = Fingerprint::new();
    let references: Vec<Vec<String>> =
        articles.iter().map(|a| vec![a.summary.join("\n")]).collect();
    for list in &references {
        data.add(&list[0]);
    }
    if let Some(options) = std::env::args().nth(1) {
        let rouge = Rouge155::new(options.parse()?);
        for (name, predictions) in &rows {
            let mut scratch = rouge.scratch();
            let scores: Vec<_> = predictions
                .iter()
                .zip(&references)
                .map(|(p, r)| rouge.score(p, r, &mut scratch))
                .collect();
            write!(out, "{name:<14}")?;
            for row in rouge.report(&scores) {
                let f = row.f_measure;
                let [mean, low, high] = [f.mean, f.low, f.high].map(|x| 100.0 * x);
                write!(out, "  {} {mean:.2} [{low:.2}, {high:.2}]", row.name)?;
            }
            writeln!(out)?;
        }
        writeln!(out, "{}", rouge.signature().with("refs", 1).with("data", data))?;
    } else {
        let rouge = Rouge::default();
        let bootstrap = Bootstrap::new(1000, SEED).threads(threads);
        for (name, predictions) in &rows {
            let scores = score_corpus(&rouge, predictions, &references, threads)?;
            write!(out, "{name:<14}")?;
            for (m, measure) in rouge.measures().iter().enumerate() {
                let interval = bootstrap.mean_interval(&scores.f_measures(m), 0.95);
                let [mean, low, high] =
                    [interval.mean, interval.low, interval.high].map(|x| 100.0 * x);
                write!(out, "  {measure} {mean:.2} [{low:.2}, {high:.2}]")?;
            }
            writeln!(out)?;
        }
        let signature = rouge.signature().with("refs", 1).with("bs", 1000).with("seed", SEED);
        writeln!(out, "{}", signature.with("data", data))?;
    }
    Ok(())
}
