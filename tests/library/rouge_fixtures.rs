//! Equality with independent implementations on recorded numbers.
//!
//! `tests/crosscheck/rouge.py record` wrote the numbers with `rouge_score` 0.1.2, sacrebleu 2.6
//! and NLTK; `record-perl` with the script ROUGE-1.5.5. The texts are built from the sentences in
//! `tests/fixtures/rouge/sentences.txt` by the rules in that script.

use std::path::Path;

use tomtat::eval::rouge155::Rouge155;
use tomtat::eval::{Chrf, Measure, Rouge, Score, Stemming, Tokenizer};
use unicode_normalization::UnicodeNormalization;

const TOLERANCE: f64 = 1e-9;

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/rouge").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Builds a text from a spec such as `3 7u/12:2:9d`; see `build` in the script.
fn build(spec: &str, sentences: &[&str]) -> String {
    let item = |item: &str| {
        let flags = item.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
        let numbers: Vec<usize> = item[..item.len() - flags.len()]
            .split(':')
            .map(|n| n.parse().expect("a number"))
            .collect();
        let mut words: Vec<&str> = sentences[numbers[0]].split_whitespace().collect();
        if let [_, first, last] = numbers[..] {
            words = words[first..last].to_vec();
        }
        if flags.contains('r') {
            words.reverse();
        }
        let mut text = words.join(" ");
        if flags.contains('u') {
            text = text.to_uppercase();
        }
        if flags.contains('d') {
            text = text.nfd().collect();
        }
        text
    };
    let line = |line: &str| line.split(' ').map(item).collect::<Vec<_>>().join(" ");
    spec.split('/').map(line).collect::<Vec<_>>().join("\n")
}

struct Pair {
    prediction: String,
    reference: String,
    /// Fields of the line after the two specs.
    fields: Vec<String>,
}

fn pairs() -> Vec<Pair> {
    let sentences = fixture("sentences.txt");
    let sentences: Vec<&str> = sentences.trim_end().split('\n').collect();
    let lines = fixture("pairs.tsv");
    let parse = |line: &str| {
        let mut fields = line.split('\t').map(str::to_owned);
        let mut spec = || build(&fields.next().expect("a spec"), &sentences);
        Pair { prediction: spec(), reference: spec(), fields: fields.collect() }
    };
    lines.lines().filter(|line| !line.starts_with('#')).map(parse).collect()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= TOLERANCE
}

/// Compares precision, recall and the mean F-measure of all pairs with column `column`.
fn assert_equal_to_rouge_score(tokenizer: &Tokenizer, column: usize) {
    let measures = [
        Measure::ROUGE_1,
        Measure::ROUGE_2,
        Measure::ROUGE_3,
        Measure::ROUGE_L,
        Measure::ROUGE_LSUM,
    ];
    let rouge =
        Rouge::builder().measures(measures).tokenizer(tokenizer.clone()).build().expect("valid");
    let mut scratch = rouge.scratch();
    let pairs = pairs();
    assert_eq!(pairs.len(), 1000);
    let mut nonzero = 0;
    for (i, pair) in pairs.iter().enumerate() {
        let numbers: Vec<f64> =
            pair.fields[column].split(' ').map(|n| n.parse().expect("a number")).collect();
        let [p, r, hits @ .., mean] = &numbers[..] else { panic!("line {i} is short") };
        let scores = rouge.score(&pair.prediction, &[&pair.reference], &mut scratch);
        for (m, (score, hits)) in scores.iter().zip(hits).enumerate() {
            let shorter = [0.0, 1.0, 2.0, 0.0, 0.0][m];
            let expected = Score::from_ratio(*hits, p - shorter, r - shorter, 1.0);
            assert!(
                close(score.precision, expected.precision) && close(score.recall, expected.recall),
                "pair {i}, {}: {score:?}, expected {expected:?}",
                measures[m]
            );
            nonzero += i32::from(*hits > 0.0);
        }
        let sum: f64 = scores.iter().map(|score| score.f_measure).sum();
        assert!(close(sum / 5.0, *mean), "pair {i}: mean F {} expected {mean}", sum / 5.0);
    }
    assert!(nonzero > 2500, "the pairs must share something, {nonzero} scores are above 0");
}

#[test]
fn syllable_scores_equal_rouge_score_with_a_unicode_tokenizer() {
    assert_equal_to_rouge_score(&Tokenizer::syllables(), 0);
}

#[test]
fn compatibility_scores_equal_rouge_score() {
    assert_equal_to_rouge_score(&Tokenizer::rouge_score(Stemming::Off), 1);
}

#[test]
fn stemmed_compatibility_scores_equal_rouge_score() {
    assert_equal_to_rouge_score(&Tokenizer::rouge_score(Stemming::Porter), 2);
}

#[test]
fn stems_equal_those_of_nltk() {
    let tokenizer = Tokenizer::rouge_score(Stemming::Porter);
    for line in fixture("stems.tsv").lines() {
        let (word, stem) = line.split_once('\t').expect("two fields");
        // rouge_score stems longer words only.
        let expected = if word.len() > 3 { stem } else { word };
        assert_eq!(tokenizer.tokens(word), [expected], "{word}");
    }
}

#[test]
fn chrf_equals_sacrebleu() {
    for (chrf, column) in [(Chrf::new(), 3), (Chrf::plus_plus(), 4)] {
        let mut scratch = chrf.scratch();
        for (i, pair) in pairs().iter().enumerate() {
            let score = chrf.score(&pair.prediction, &[&pair.reference], &mut scratch);
            let expected: f64 = pair.fields[column].parse().expect("a number");
            assert!(close(score, expected), "pair {i}: {score}, expected {expected}");
        }
    }
}

#[test]
fn averages_and_intervals_equal_the_output_of_rouge_155() {
    let pairs = pairs();
    let of_pair = |i: usize, count: usize| -> Vec<&str> {
        (0..count).map(|k| pairs[(i + k) % pairs.len()].reference.as_str()).collect()
    };
    let has_ascii = |text: &&str| text.contains(|c: char| c.is_ascii_alphanumeric());
    let kept: Vec<usize> =
        (0..pairs.len()).filter(|i| of_pair(*i, 2).iter().all(has_ascii)).collect();
    assert!(kept.len() > 900);
    let lines = fixture("rouge155.tsv");
    let mut rows = 0;
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let numbers: Vec<f64> = fields[3..].iter().map(|n| n.parse().expect("a number")).collect();
        let rouge = Rouge155::new(fields[0].parse().expect("valid options"));
        let count = fields[1].parse().expect("a number");
        let mut scratch = rouge.scratch();
        let scores: Vec<Vec<Score>> = kept
            .iter()
            .map(|i| rouge.score(&pairs[*i].prediction, &of_pair(*i, count), &mut scratch))
            .collect();
        let report = rouge.report(&scores);
        let row = report.iter().find(|row| row.name == fields[2]).expect("the measure is computed");
        let got: Vec<f64> = [row.recall, row.precision, row.f_measure]
            .iter()
            .flat_map(|estimate| [estimate.mean, estimate.low, estimate.high])
            .collect();
        for (got, expected) in got.iter().zip(&numbers) {
            assert!(close(*got, *expected), "{line}\n{got} expected {expected}");
        }
        rows += 1;
    }
    assert!(rows > 10);
}
