//! Summarize all text files of a folder on all processors; the output has the order of the names.
//!
//! `cargo run --release --example summarize_folder -- FOLDER` (default: `samples`)

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io, thread};

use tomtat::{Analyzer, Budget, Document, Summarizer, TextOptions};

/// Returns the text files of a folder, by name.
fn text_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args_os().nth(1).map_or_else(|| PathBuf::from("samples"), PathBuf::from);
    let files = text_files(&folder)?;
    let analyzer = Analyzer::new();
    let summarizer = Summarizer::new(&analyzer).with_budget(Budget::sentences(2)?);

    let threads = thread::available_parallelism()?.get();
    let share = files.len().div_ceil(threads).max(1);
    let mut summaries: Vec<io::Result<String>> = Vec::new();
    thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(share)
            .map(|files| {
                let (analyzer, summarizer) = (&analyzer, &summarizer);
                scope.spawn(move || {
                    // One document a thread: its buffers are used again for each file.
                    let mut document = Document::default();
                    let mut summarize = |file: &PathBuf| {
                        let text = fs::read_to_string(file)?;
                        analyzer.analyze_into(&text, TextOptions::default(), &mut document);
                        Ok(summarizer.summarize(&document).text(&document))
                    };
                    files.iter().map(&mut summarize).collect::<Vec<_>>()
                })
            })
            .collect();
        for worker in workers {
            summaries.extend(worker.join().expect("workers do not panic"));
        }
    });

    for (file, summary) in files.iter().zip(summaries) {
        match summary {
            Ok(summary) => println!("{}\n{summary}\n", file.display()),
            Err(error) => println!("{}: {error}\n", file.display()),
        }
    }
    Ok(())
}
