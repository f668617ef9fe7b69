//! Growth of time with the size of hostile texts: each of them makes some tool of the field quadratic,
//! or overflow its stack. Four times the text may take at most six times as long.
//!
//! `cargo bench --bench growth`; `-- --test` measures smaller texts. What counts is the time that the
//! thread had a processor, where the system tells it (Linux), since other programs take theirs in
//! between. The least of several times is taken, and a bad ratio is measured again.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "common/hostile.rs"]
mod hostile;

use std::hint::black_box;
use std::time::Instant;
use std::{fs, thread};

use tomtat::corpus::keywords::{KeywordOptions, keywords};
use tomtat::eval::Rouge;
use tomtat::page::{PageOptions, html, markdown};
use tomtat::text::encoding::decode::decode_detected;
use tomtat::text::repair::check::check;
use tomtat::text::repair::normalize::Normalizer;
use tomtat::{Analyzer, Summarizer};

use hostile::PARTS;

/// Times of the larger text over times of the smaller one.
const TIMES: usize = 4;

/// A quadratic part that takes a fifth of the time of the smaller text gives a ratio of 6.4.
const MOST: f64 = 6.0;

/// Measurements of which the best counts.
const ROUNDS: usize = 3;

/// Times that a bad ratio is measured again.
const RETRIES: usize = 4;

const PAGES: [&str; 8] =
    ["<div>", "<p>a", "<b><p>", "</p>", "<table><tr><td>", "&amp;", "<a href=x>a</a>", "<!-- "];

/// Returns the nanoseconds that this thread has run.
fn processor_time() -> Option<u64> {
    // The kernel brings the count up to date when the thread gives way.
    thread::yield_now();
    let line = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    line.split(' ').next()?.parse().ok()
}

/// Returns the least time of a run, in nanoseconds.
fn time(run: &mut dyn FnMut()) -> u64 {
    let mut measure = || {
        let (start, before) = (Instant::now(), processor_time());
        run();
        let passed = start.elapsed().as_nanos() as u64;
        before.zip(processor_time()).map_or(passed, |(before, after)| after - before)
    };
    (0..ROUNDS).map(|_| measure()).min().unwrap_or_default()
}

/// Returns how much longer the larger text takes.
fn ratio(unit: &str, bytes: usize, work: &dyn Fn(&str)) -> f64 {
    let small = unit.repeat(bytes / unit.len());
    let large = small.repeat(TIMES);
    let measure = || {
        let short = time(&mut || work(&small)).max(1);
        time(&mut || work(&large)) as f64 / short as f64
    };
    let mut best = measure();
    for _ in 0..RETRIES {
        if best > MOST {
            best = best.min(measure());
        }
    }
    best
}

fn main() {
    let is_test = std::env::args().any(|argument| argument == "--test");
    let bytes = if is_test { 24_000 } else { 100_000 };
    let analyzer = Analyzer::new();
    let summarizer = Summarizer::new(&analyzer);
    let rouge = Rouge::default();
    let normalizer = Normalizer::safe();
    let options = PageOptions::default();
    let works: [(&str, &[&str], &dyn Fn(&str)); 7] = [
        ("summarize", &PARTS, &|text| {
            let document = analyzer.analyze(text);
            black_box(summarizer.summarize(&document));
        }),
        ("keywords", &PARTS, &|text| {
            let document = analyzer.analyze(text);
            black_box(keywords(&document, analyzer.models(), KeywordOptions::default()));
        }),
        ("check", &PARTS, &|text| {
            black_box(check(text));
        }),
        ("normalize", &PARTS, &|text| {
            black_box(normalizer.normalize(text));
        }),
        ("decode", &PARTS, &|text| {
            black_box(decode_detected(text.as_bytes()).is_ok());
        }),
        ("rouge", &PARTS, &|text| {
            black_box(rouge.score(text, &["Mưa to. Gió lớn."], &mut rouge.scratch()));
        }),
        ("markup", &PAGES, &|page| {
            black_box(html::read(page, &options));
            black_box(markdown::read(page, &options));
        }),
    ];
    let mut failed = Vec::new();
    println!("time of {TIMES} times the text, {bytes} bytes at first; at most {MOST}");
    for (name, units, work) in works {
        let ratios: Vec<f64> = units.iter().map(|unit| ratio(unit, bytes, work)).collect();
        let worst = ratios.iter().fold(0.0_f64, |worst, &ratio| worst.max(ratio));
        println!("  {name:<12} {worst:>6.1} at worst");
        for (unit, ratio) in units.iter().zip(&ratios).filter(|(_, ratio)| **ratio > MOST) {
            failed.push(format!("{name} of {unit:?}: {ratio:.1}"));
        }
    }
    assert!(failed.is_empty(), "more than linear: {}", failed.join("; "));
}
