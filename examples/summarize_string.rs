//! Summarize a string: the call for one text, and the objects for many.
//!
//! `cargo run --example summarize_string`

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use tomtat::{Analyzer, Budget, BudgetError, Summarizer};

const PAGE: &str = include_str!("../samples/cau-co-may.txt");

fn main() -> Result<(), BudgetError> {
    // One text, one call. The sentences are slices of the text.
    for sentence in tomtat::summarize(PAGE, 2) {
        println!("- {sentence}");
    }

    // For many texts make an analyzer and a summarizer once; both can be shared between threads.
    let analyzer = Analyzer::new();
    let summarizer = Summarizer::new(&analyzer).with_budget(Budget::syllables(60)?);
    let document = analyzer.analyze(PAGE);
    let summary = summarizer.summarize(&document);

    println!("\n{}", document.title().map_or("(no title)", |title| title.text()));
    for (pick, sentence) in summary.picks().iter().zip(summary.sentences(&document)) {
        println!("{:?} score {:.3}: {}", pick.span(), pick.score(), sentence.text());
    }
    // What a reader should know: fewer sentences than requested, blocks left out, and so on.
    for warning in summary.warnings() {
        println!("note: {warning}");
    }
    Ok(())
}
