//! Words of one's own: names and terms that the segmenter should keep whole.
//!
//! `cargo run --example own_dictionary`

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use std::error::Error;

use tomtat::{Analyzer, Dictionary, Sentence};

const TEXT: &str = "Quán bún chả cá của chị Tư ở chợ Cồn Ghềnh dùng Node.js để nhận đơn.";

/// Returns the words of a text, syllables joined by underscores.
fn words(analyzer: &Analyzer, text: &str) -> String {
    let document = analyzer.analyze(text);
    let words = document.sentences().flat_map(Sentence::words);
    words.map(|word| word.text().replace(' ', "_")).collect::<Vec<_>>().join(" ")
}

fn main() -> Result<(), Box<dyn Error>> {
    // A file has one word a line, with a weight after a tab; a larger weight wins an overlap.
    let mut dictionary = Dictionary::parse("bún chả cá\t5\nCồn Ghềnh\n")?;
    dictionary.insert("Node.js", None)?;

    println!("without: {}", words(&Analyzer::new(), TEXT));
    println!("with:    {}", words(&Analyzer::new().with_dictionary(dictionary), TEXT));
    Ok(())
}
