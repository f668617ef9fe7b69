//! Speed of the text layer: tokens, sentences, words, beside a split at white space of the same text.
//!
//! `cargo bench --bench tokenize`; `-- --test` runs everything once. The samples are few, so their words
//! stay in the cache; `TOMTAT_BENCH_TEXT` names a text file of any size, of which four megabytes are
//! taken, a document a line.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

mod common;
#[path = "common/samples.rs"]
mod texts;

use std::ops::Range;

use common::{Contender, compare};
use texts::samples;
use tomtat::builtin;
use tomtat::sentence::split;
use tomtat::token::Token;
use tomtat::token::sentence_starters::SentenceStarters;
use tomtat::token::tokenizer::tokenize;
use tomtat::words::Lexicon;
use tomtat::words::LongestMatch;
use tomtat::words::SegmenterModel;
use tomtat::words::{Unit, WordSegmenter};
use unicode_segmentation::UnicodeSegmentation;

/// Most bytes of text.
const MOST: usize = 4_000_000;

fn documents() -> Vec<String> {
    let Some(path) = std::env::var_os("TOMTAT_BENCH_TEXT") else {
        let samples = samples();
        return (0..300).map(|i| samples[i % samples.len()].clone()).collect();
    };
    let text = std::fs::read_to_string(path).expect("a text file in UTF-8");
    let mut bytes = 0;
    let within = text.lines().take_while(|line| {
        bytes += line.len();
        bytes <= MOST
    });
    within.map(str::to_owned).collect()
}

/// Goes through the text layer; returns the number of words.
fn words(
    text: &str,
    starters: &SentenceStarters,
    segmenter: &dyn WordSegmenter,
    tokens: &mut Vec<Token>,
    sentences: &mut Vec<Range<usize>>,
    units: &mut Vec<Unit>,
    joins: &mut Vec<bool>,
) -> u64 {
    tokens.clear();
    sentences.clear();
    tokenize(text, 0..text.len(), starters, tokens);
    split(text, tokens, 0, starters, sentences);
    let mut words = 0;
    for sentence in &*sentences {
        units.clear();
        units.extend(tokens[sentence.clone()].iter().map(Unit::from));
        segmenter.join(units, joins);
        words += joins.iter().filter(|joined| !**joined).count() as u64;
    }
    words
}

fn main() {
    let texts = documents();
    let bytes: usize = texts.iter().map(String::len).sum();
    let trained = builtin::segmenter();
    let starters = builtin::starters();
    let entries = SegmenterModel::read_lexicon(builtin::SEGMENTER).expect("its words");
    let entries = entries.iter().map(|entry| (entry.key(), entry.joined()));
    let longest = LongestMatch::new(Lexicon::from_entries(entries));
    let counted = |segmenter: &dyn WordSegmenter| -> u64 {
        let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
        let (mut units, mut joins) = (Vec::new(), Vec::new());
        let mut count = |text: &String| {
            words(text, &starters, segmenter, &mut tokens, &mut sentences, &mut units, &mut joins)
        };
        texts.iter().map(&mut count).sum()
    };
    compare(
        &format!("text layer: {} documents, {bytes} bytes", texts.len()),
        "MB",
        bytes as f64 / 1e6,
        &mut [
            Contender::new("split_whitespace", || {
                texts.iter().map(|text| text.split_whitespace().count() as u64).sum()
            }),
            Contender::new("unicode_words (UAX #29)", || {
                texts.iter().map(|text| text.unicode_words().count() as u64).sum()
            }),
            Contender::new("tokens", || {
                let mut tokens = Vec::new();
                let mut count = |text: &String| {
                    tokens.clear();
                    tokenize(text, 0..text.len(), &starters, &mut tokens);
                    tokens.len() as u64
                };
                texts.iter().map(&mut count).sum()
            }),
            Contender::new("tokens, sentences", || {
                let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
                let mut count = |text: &String| {
                    tokens.clear();
                    sentences.clear();
                    tokenize(text, 0..text.len(), &starters, &mut tokens);
                    split(text, &tokens, 0, &starters, &mut sentences);
                    sentences.len() as u64
                };
                texts.iter().map(&mut count).sum()
            }),
            Contender::new("tokens, sentences, words", || counted(&*trained)),
            Contender::new("the same by longest match", || counted(&longest)),
        ],
    );
}
