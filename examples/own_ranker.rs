//! A ranker of one's own: sentences with many figures first.
//!
//! `cargo run --example own_ranker`

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use std::sync::Arc;

use tomtat::{
    Analyzer, Budget, BudgetError, RankContext, Ranker, RankerInfo, Summarizer, TokenKind,
};

const PAGE: &str = include_str!("../samples/gia-gao.txt");

/// Scores a sentence by the share of its tokens that are numbers.
#[derive(Debug)]
struct Figures;

impl Ranker for Figures {
    fn info(&self) -> RankerInfo {
        RankerInfo::new("figures", "share of numbers", "none")
    }

    // One finite value a candidate: higher is better. Selection keeps to the length and avoids
    // repetition by itself.
    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        for (score, sentence) in scores.iter_mut().zip(context.candidates()) {
            let tokens = sentence.tokens();
            let numbers = tokens.iter().filter(|token| token.kind() == TokenKind::Number).count();
            *score = numbers as f64 / tokens.len().max(1) as f64;
        }
    }
}

fn main() -> Result<(), BudgetError> {
    let analyzer = Analyzer::new();
    let document = analyzer.analyze(PAGE);
    let summarizer =
        Summarizer::from_ranker(&analyzer, Arc::new(Figures)).with_budget(Budget::sentences(2)?);
    println!("{}", summarizer.summarize(&document).text(&document));
    Ok(())
}
