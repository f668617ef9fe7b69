//! Words of texts by the library alone, without Python: what `benches/speed.py` compares with.
//!
//! ```sh
//! cargo build --release --locked --example own_speed
//! TOMTAT_OWN_SPEED=target/release/examples/own_speed python benches/speed.py articles.jsonl words
//! ```
//!
//! Takes a file of texts with NUL between them, and prints the least seconds of three runs.
#![allow(clippy::print_stdout, reason = "the result")]

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use tomtat::{Analyzer, Document, TextOptions};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("names no file")?;
    let file = std::fs::read_to_string(path)?;
    let texts: Vec<&str> = file.split('\0').collect();
    let analyzer = Analyzer::new();
    let mut document = Document::default();
    let mut least = f64::INFINITY;
    for _ in 0..3 {
        let start = Instant::now();
        for text in &texts {
            analyzer.analyze_into(text, TextOptions::default().with_raw(true), &mut document);
            for sentence in document.sentences() {
                for word in sentence.words() {
                    black_box(word.text());
                }
            }
        }
        least = least.min(start.elapsed().as_secs_f64());
    }
    println!("{least}");
    Ok(())
}
