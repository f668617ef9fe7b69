//! ROUGE: of one text, and of many with confidence intervals.

use tomtat::eval::{
    Bootstrap, Fingerprint, Interval, Measure, Punctuation, References, Rouge, Scratch, Stemming,
    Tokenizer,
};

use super::{Engine, InputError};
use crate::objects::{Estimate, EvaluationResult, MeasureEstimate, MeasureScore, RougeScores};
use crate::options::{RougeOptions, WordFormat, WordOptions};

fn value(option: &'static str, reason: &impl ToString) -> InputError {
    InputError::Value { option, reason: reason.to_string() }
}

/// Returns what a name stands for.
fn choice<T: Copy>(
    option: &'static str,
    name: Option<&str>,
    choices: &[(&str, T)],
) -> Result<T, InputError> {
    let Some(name) = name else { return Ok(choices[0].1) };
    choices.iter().find(|(known, _)| *known == name).map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<&str> = choices.iter().map(|(known, _)| *known).collect();
        InputError::Unknown { option, found: name.to_owned(), known: known.join(", ") }
    })
}

/// What is measured if nothing is asked for.
const MEASURES: [&str; 3] = ["rouge1", "rouge2", "rougeL"];

/// A evaluator, with the names of its measures.
struct Evaluator {
    rouge: Rouge,
    names: Vec<String>,
    by_words: bool,
}

impl Evaluator {
    fn new(options: &RougeOptions) -> Result<Self, InputError> {
        let by_words =
            choice("unit", options.unit.as_deref(), &[("syllable", false), ("word", true)])?;
        let references = choice(
            "references",
            options.references.as_deref(),
            &[
                ("best", References::Best),
                ("average", References::Average),
                ("jackknife", References::Jackknife),
                ("pooled", References::Pooled),
            ],
        )?;
        let usual = || MEASURES.map(str::to_owned).to_vec();
        let wanted = options.measures.clone().unwrap_or_else(usual);
        let measures: Result<Vec<Measure>, _> = wanted.iter().map(|name| name.parse()).collect();
        let measures = measures.map_err(|error| value("measures", &error))?;
        let names = measures.iter().map(ToString::to_string).collect();
        let builder = Rouge::builder().measures(measures).references(references);
        let builder = builder.tokenizer(tokenizer(options, by_words)?);
        let builder = builder.beta(options.beta.unwrap_or(1.0));
        let rouge = builder.build().map_err(|error| value("options", &error))?;
        Ok(Self { rouge, names, by_words })
    }

    /// Scores a text: a score for each measure, in the order asked for.
    fn score(
        &self,
        engine: &Engine,
        prediction: &str,
        references: &[String],
        scratch: &mut Scratch,
    ) -> Result<Vec<MeasureScore>, InputError> {
        if references.is_empty() {
            return Err(value("references", &"expected at least one"));
        }
        // Words are compared as the segmenter cuts them.
        let cut = |text: &str| {
            if self.by_words { engine.underscored(text) } else { Ok(text.to_owned()) }
        };
        let references: Vec<String> =
            references.iter().map(|text| cut(text)).collect::<Result<_, _>>()?;
        let scores = self.rouge.score(&cut(prediction)?, &references, scratch);
        let named = self.names.iter().cloned().zip(scores);
        Ok(named.map(|(name, score)| MeasureScore::new(name, *score)).collect())
    }
}

/// Returns how texts are cut, as the options of `tomtat evaluate` say.
fn tokenizer(options: &RougeOptions, by_words: bool) -> Result<Tokenizer, InputError> {
    let as_rouge_score = options.compat.is_some()
        && choice("compat", options.compat.as_deref(), &[("rouge-score", true)])?;
    let cuts = [by_words, options.keep_case, options.keep_punctuation, options.keep_tone_style];
    if as_rouge_score && cuts.contains(&true) {
        let reason = "fixes how texts are cut: leave out unit \"word\", keepCase, keepPunctuation, \
                      keepToneStyle";
        return Err(value("compat", &reason));
    }
    if options.stem && !as_rouge_score {
        return Err(value("stem", &"belongs to compat \"rouge-score\""));
    }
    let tokenizer = match (as_rouge_score, by_words) {
        (true, _) => {
            Tokenizer::rouge_score(if options.stem { Stemming::Porter } else { Stemming::Off })
        }
        (false, false) => Tokenizer::syllables(),
        (false, true) => Tokenizer::words(),
    };
    let marks = if options.keep_punctuation { Punctuation::Keep } else { Punctuation::Drop };
    Ok(tokenizer
        .lowercase(!options.keep_case)
        .fold_tone(!options.keep_tone_style)
        .punctuation(marks)
        .stop_words(&options.stop_words))
}

impl Engine {
    /// Scores a text against references.
    ///
    /// # Errors
    ///
    /// If there is no reference, or an option cannot be used.
    pub fn rouge(
        &self,
        prediction: &str,
        references: &[String],
        options: &RougeOptions,
    ) -> Result<RougeScores, InputError> {
        let of_many = [
            ("level", options.level.is_some()),
            ("resamples", options.resamples.is_some()),
            ("seed", options.seed.is_some()),
        ];
        if let Some((name, _)) = of_many.iter().find(|(_, is_given)| *is_given) {
            return Err(value(name, &"belongs to evaluate, which takes many texts"));
        }
        let evaluator = Evaluator::new(options)?;
        let scores =
            evaluator.score(self, prediction, references, &mut evaluator.rouge.scratch())?;
        Ok(RougeScores { scores, signature: evaluator.rouge.signature().to_string() })
    }

    /// Scores many texts, each against its references, with percentile bootstrap intervals.
    ///
    /// # Errors
    ///
    /// If the numbers of texts differ, a text has no reference, or an option cannot be used.
    pub fn evaluate(
        &self,
        predictions: &[String],
        references: &[Vec<String>],
        options: &RougeOptions,
    ) -> Result<EvaluationResult, InputError> {
        let evaluator = Evaluator::new(options)?;
        if predictions.len() != references.len() {
            let (found, wanted) = (references.len(), predictions.len());
            return Err(value("references", &format!("{found} for {wanted} predictions")));
        }
        let level = options.level.unwrap_or(95.0);
        if !(level > 0.0 && level < 100.0) {
            return Err(value("level", &format!("expected between 0 and 100, found {level}")));
        }
        let (resamples, seed) = (options.resamples.unwrap_or(1000), options.seed.unwrap_or(42));
        if resamples == 0 {
            return Err(value("resamples", &"expected at least 1, found 0"));
        }
        let mut scratch = evaluator.rouge.scratch();
        let mut data = Fingerprint::new();
        let mut scores = Vec::with_capacity(predictions.len());
        for (prediction, references) in predictions.iter().zip(references) {
            scores.push(evaluator.score(self, prediction, references, &mut scratch)?);
            for text in references {
                data.add(text);
            }
        }
        let counts = || references.iter().map(Vec::len);
        let (least, most) = (counts().min().unwrap_or(0), counts().max().unwrap_or(0));
        let refs = if least == most { most.to_string() } else { format!("{least}-{most}") };
        let mut signature = evaluator.rouge.signature();
        if evaluator.by_words {
            signature = signature.with("words", "segmenter");
        }
        let signature = signature.with("refs", refs).with("n", predictions.len());
        let signature = signature.with("ci", level).with("bs", resamples).with("seed", seed);
        let measures = estimates(&evaluator.names, &scores, Bootstrap::new(resamples, seed), level);
        Ok(EvaluationResult {
            measures,
            scores,
            signature: signature.with("data", data).to_string(),
        })
    }

    fn underscored(&self, text: &str) -> Result<String, InputError> {
        let options =
            WordOptions { format: WordFormat::Text, lines: true, ..WordOptions::default() };
        let value = self.word_tokenize(text, &options)?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }
}

/// Returns mean and interval of each measure.
fn estimates(
    names: &[String],
    scores: &[Vec<MeasureScore>],
    draws: Bootstrap,
    level: f64,
) -> Vec<MeasureEstimate> {
    let parts: [fn(&MeasureScore) -> f64; 3] = [|s| s.precision, |s| s.recall, |s| s.f];
    let columns: Vec<Vec<f64>> = (0..names.len())
        .flat_map(|m| parts.map(|part| scores.iter().map(|row| part(&row[m])).collect()))
        .collect();
    let estimate =
        |found: &Interval| Estimate { mean: found.mean, low: found.low, high: found.high };
    let intervals = draws.mean_intervals(&columns, level / 100.0);
    let measure = |(name, found): (&String, &[Interval])| MeasureEstimate {
        measure: name.clone(),
        precision: estimate(&found[0]),
        recall: estimate(&found[1]),
        f: estimate(&found[2]),
    };
    names.iter().zip(intervals.chunks(3)).map(measure).collect()
}
