//! Time grows with the length of hostile texts, not with its square.

use std::time::Instant;

use tomtat::{Analyzer, Document, TextOptions};

/// Texts that make a search begin at each of their parts.
const HOSTILE: [&str; 30] = [
    "a.",
    "A.",
    "A. ",
    "a.b-",
    "'a",
    "a'b’",
    "-a",
    "a-",
    "1-",
    "((",
    "[1]",
    ".[1] ",
    "1. ",
    "1.1",
    "@a.",
    "#",
    ":)",
    "T_",
    "A. x B. ",
    "km/",
    "km/h/",
    "?!",
    "“",
    "…",
    "a_",
    "Đ/",
    "C+",
    "ê\u{301}",
    "👉 ",
    "Việt.js",
];

/// Bytes of the shorter text; the longer has eight times as many.
const LENGTH: usize = 20_000;

/// The shortest of a few runs, in seconds: other work on the machine only adds.
fn seconds(analyzer: &Analyzer, text: &str, document: &mut Document) -> f64 {
    let run = |document: &mut Document| {
        let start = Instant::now();
        analyzer.analyze_into(text, TextOptions::default().with_raw(true), document);
        let words: usize = document.sentences().map(|sentence| sentence.words().len()).sum();
        assert!(words > 0);
        start.elapsed().as_secs_f64()
    };
    (0..4).map(|_| run(document)).fold(f64::INFINITY, f64::min)
}

#[test]
fn time_grows_with_the_length_of_hostile_texts() {
    let analyzer = Analyzer::new();
    let mut document = Document::default();
    for part in HOSTILE {
        let text = |length: usize| part.repeat(length / part.len());
        // Eight times as long if linear, sixty-four times if quadratic; other work on the machine may
        // fall on one of the two, but not every time.
        let mut ratios = (0..5).map(|_| {
            let short = seconds(&analyzer, &text(LENGTH), &mut document);
            seconds(&analyzer, &text(8 * LENGTH), &mut document) / short
        });
        assert!(ratios.any(|ratio| ratio < 24.0), "{part:?}");
    }
}
