//! Compares extractors of the main content of HTML pages.
//!
//! ```text
//! cargo run --release -- ../../fixtures/html/*.html
//! cargo run --release -- --blocks tomtat ../../fixtures/html/*.html
//! ```
//!
//! The pages carry the role of each part in an attribute, which no candidate sees.
//! Gold is the text of the roles `sapo`, `body` and `heading`. Scores count words
//! as multisets: words in both, as often as in both. Their order does not count.
//! The first form prints a Markdown table; `--blocks` prints for one crate the gold
//! parts of each page that were lost and the other parts that were kept.
#![forbid(unsafe_code)]

mod candidates;
mod page;
mod score;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};

use candidates::{Candidate, Extract};
use page::{Page, text_of};
use score::{Score, is_gold, line};

/// Runs of a candidate over a page; the fastest counts, since other programs only slow it down.
const RUNS: usize = 20;

/// The versions that were built.
const LOCK: &str = include_str!("../Cargo.lock");

fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut package = None;
    if arguments.first().is_some_and(|first| first == "--blocks") && arguments.len() > 1 {
        package = Some(arguments.remove(1));
        arguments.remove(0);
    }
    let pages: Vec<Page> =
        arguments.iter().map(|path| Page::read(Path::new(path))).collect::<Result<_>>()?;
    if pages.is_empty() {
        bail!("usage: tomtat-extractors [--blocks CRATE] PAGE...");
    }
    let candidates = candidates::all()?;
    match package {
        Some(package) => print_blocks(&candidates, &package, &pages),
        None => print_table(&candidates, &pages),
    }
    Ok(())
}

/// Runs a candidate; a panic is one of its errors.
fn extract(candidate: &Candidate, html: &str) -> Result<Extract> {
    catch_unwind(AssertUnwindSafe(|| (candidate.run)(html))).map_err(|_| anyhow!("panic"))?
}

/// The text that a candidate finds in a page: none where it fails, which is told.
fn text(candidate: &Candidate, page: &Page) -> String {
    match extract(candidate, &page.html) {
        Ok(Extract::Html(html)) => text_of(&html),
        Ok(Extract::Text(text)) => text,
        Err(error) => {
            eprintln!("{} {}: {error}", candidate.package, page.name);
            String::new()
        }
    }
}

/// The time that the extraction of a page takes.
fn time(candidate: &Candidate, page: &Page) -> Duration {
    let once = || {
        let start = Instant::now();
        // Errors are told where the text is read.
        let _ = std::hint::black_box(extract(candidate, &page.html));
        start.elapsed()
    };
    (0..RUNS).map(|_| once()).min().unwrap_or_default()
}

/// The version of a crate in the lock file.
fn version(package: &str) -> &'static str {
    LOCK.split_once(&format!("name = \"{package}\"\nversion = \""))
        .and_then(|(_, rest)| rest.split('"').next())
        .unwrap_or("?")
}

fn print_table(candidates: &[Candidate], pages: &[Page]) {
    println!(
        "| Crate | Version | Precision | Recall | F1 | Worst F1 | F1, captions and the like tolerated | ms a page |"
    );
    println!("|---|---|---:|---:|---:|---:|---:|---:|");
    for candidate in candidates {
        println!("{}", row(candidate, pages));
    }
}

fn row(candidate: &Candidate, pages: &[Page]) -> String {
    let scores: Vec<Score> =
        pages.iter().map(|page| Score::of(page, &text(candidate, page))).collect();
    let mean = Score::mean(&scores);
    let worst = scores.iter().zip(pages).min_by(|a, b| a.0.f1.total_cmp(&b.0.f1));
    let worst = worst.map(|(score, page)| format!("{:.3} ({})", score.f1, page.name));
    let time: Duration = pages.iter().map(|page| time(candidate, page)).sum();
    format!(
        "| {} | {} | {:.3} | {:.3} | {:.3} | {} | {:.3} | {:.2} |",
        label(candidate),
        version(candidate.package),
        mean.precision,
        mean.recall,
        mean.f1,
        worst.unwrap_or_default(),
        mean.mild_f1,
        time.as_secs_f64() * 1000.0 / pages.len() as f64
    )
}

fn label(candidate: &Candidate) -> String {
    if candidate.note.is_empty() {
        candidate.package.to_owned()
    } else {
        format!("{} ({})", candidate.package, candidate.note)
    }
}

fn print_blocks(candidates: &[Candidate], package: &str, pages: &[Page]) {
    for candidate in candidates.iter().filter(|candidate| candidate.package == package) {
        println!("# {}", label(candidate));
        for page in pages {
            print_differences(page, &text(candidate, page));
        }
    }
}

/// Prints the gold parts that a text lacks, and the other parts that it holds.
fn print_differences(page: &Page, text: &str) {
    println!("{} {:?}", page.name, Score::of(page, text));
    let found = line(text);
    let gold = line(&page.text(is_gold));
    for part in &page.parts {
        let words = line(&part.text);
        let is_found = found.contains(&words);
        // Words of a pull quote stand in the text too.
        let verdict = match (is_gold(part.role), is_found) {
            (true, false) => "lost",
            (false, true) if !gold.contains(&words) => "kept",
            _ => continue,
        };
        println!("  {verdict} {}: {}", part.role.name(), part.text.trim());
    }
}
