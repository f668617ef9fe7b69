//! Scores pairs from standard input, for comparison with other programs.
//!
//! ```text
//! cargo run --release --example score_pairs -- syllables < pairs.jsonl
//! ```
//!
//! Each input line is `{"prediction": text, "references": [text, …]}`. Each output line maps the
//! name of a measure to precision, recall and F-measure. Modes: `syllables`, `words`,
//! `rouge_score`, `rouge_score-stem`, `chrf`, `chrf++`, and `rouge155` followed by the options of
//! ROUGE-1.5.5, which adds a last line with the averages and their intervals.

use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};

use serde_json::{Map, Value, json};
use tomtat::eval::rouge155::{Estimate, Rouge155};
use tomtat::eval::{Chrf, Measure, Rouge, Score, Stemming, Tokenizer};

fn main() -> Result<(), Box<dyn Error>> {
    let mode = std::env::args().nth(1).unwrap_or_else(|| "syllables".to_owned());
    let mut out = BufWriter::new(io::stdout().lock());
    match mode.as_str() {
        "chrf" => run_chrf(&Chrf::new(), &mut out)?,
        "chrf++" => run_chrf(&Chrf::plus_plus(), &mut out)?,
        mode => match mode.strip_prefix("rouge155") {
            Some(options) => run_rouge155(&Rouge155::new(options.parse()?), &mut out)?,
            None => run_rouge(mode, &mut out)?,
        },
    }
    out.flush()?;
    Ok(())
}

fn pairs() -> impl Iterator<Item = Result<(String, Vec<String>), Box<dyn Error>>> {
    io::stdin().lock().lines().map(|line| {
        let value: Value = serde_json::from_str(&line?)?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let references = value["references"].as_array().map_or(&[][..], Vec::as_slice);
        Ok((text(&value["prediction"]), references.iter().map(text).collect()))
    })
}

fn object<'a>(
    names: impl Iterator<Item = String>,
    scores: impl Iterator<Item = &'a Score>,
) -> Value {
    let scores = scores.map(|s| json!([s.precision, s.recall, s.f_measure]));
    Value::Object(names.zip(scores).collect::<Map<_, _>>())
}

fn run_rouge(mode: &str, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let tokenizer = match mode {
        "syllables" => Tokenizer::syllables(),
        "words" => Tokenizer::words(),
        "rouge_score" => Tokenizer::rouge_score(Stemming::Off),
        "rouge_score-stem" => Tokenizer::rouge_score(Stemming::Porter),
        _ => return Err(format!("unknown mode {mode:?}").into()),
    };
    let rouge = Rouge::builder()
        .tokenizer(tokenizer)
        .measures([
            Measure::ROUGE_1,
            Measure::ROUGE_2,
            Measure::ROUGE_3,
            Measure::ROUGE_L,
            Measure::ROUGE_LSUM,
            Measure::ROUGE_SU4,
            Measure::ROUGE_W,
        ])
        .build()?;
    let mut scratch = rouge.scratch();
    for pair in pairs() {
        let (prediction, references) = pair?;
        let scores = rouge.score(&prediction, &references, &mut scratch);
        writeln!(
            out,
            "{}",
            object(rouge.measures().iter().map(Measure::to_string), scores.iter())
        )?;
    }
    Ok(())
}

fn run_rouge155(rouge: &Rouge155, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let (mut scratch, mut all) = (rouge.scratch(), Vec::new());
    for pair in pairs() {
        let (prediction, references) = pair?;
        let scores = rouge.score(&prediction, &references, &mut scratch);
        writeln!(out, "{}", object(rouge.names().into_iter(), scores.iter()))?;
        all.push(scores);
    }
    let numbers = |e: Estimate| json!([e.mean, e.low, e.high]);
    let rows = rouge.report(&all).into_iter().map(|row| {
        let parts = json!({
            "R": numbers(row.recall), "P": numbers(row.precision), "F": numbers(row.f_measure)
        });
        (row.name, parts)
    });
    writeln!(out, "{}", Value::Object(rows.collect::<Map<_, _>>()))?;
    Ok(())
}

fn run_chrf(chrf: &Chrf, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let mut scratch = chrf.scratch();
    for pair in pairs() {
        let (prediction, references) = pair?;
        writeln!(out, "{}", json!({"score": chrf.score(&prediction, &references, &mut scratch)}))?;
    }
    Ok(())
}
