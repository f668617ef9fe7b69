//! The commands that are served: what they take, and the one line of JSON that they give.

use std::ffi::OsString;
use std::ops::RangeInclusive;

use clap::{Args, FromArgMatches};
use serde::Deserialize;
use serde_json::{Map, Value};
use tomtat::Document;
use tomtat::eval::{Measure, Rouge, Tokenizer};

use super::failure::Failure;
use super::options::{Offered, name_of};
use crate::command::{extract, keywords, summarize, tokenize};
use crate::input::{Article, Fields, Problem, article_of};

/// A record as it came, or the options beside it.
pub(super) type Object = Map<String, Value>;

/// A command that is served.
pub(super) struct Operation {
    /// Where.
    pub(super) path: &'static str,
    /// What it does, for the description.
    pub(super) summary: &'static str,
    /// Fields of a record, the first of which it must have.
    pub(super) fields: &'static [&'static str],
    /// A record gives several lines, or none.
    pub(super) many_lines: bool,
    /// Arguments of the command that clients may set; none of them names a file.
    options: &'static [&'static str],
    command: fn() -> clap::Command,
    run: fn(&[OsString], &Object, &str, &mut Document) -> Result<String, Failure>,
}

/// All of them.
pub(super) static OPERATIONS: [Operation; 6] = [
    Operation {
        path: "/v1/summarize",
        summary: "Key sentences of an article",
        fields: &["body", "title", "id"],
        many_lines: false,
        options: &[
            "length",
            "sentences",
            "ratio",
            "words",
            "syllables",
            "characters",
            "method",
            "mmr",
            "dangling",
            "trim",
            "order",
            "query",
            "loose",
            "raw",
            "sapo",
            "explain",
        ],
        command: || summarize::Arguments::augment_args(clap::Command::new("summarize")),
        run: |argv, record, place, document| {
            of_article(argv, record, place, document, summarize::one)
        },
    },
    Operation {
        path: "/v1/extract",
        summary: "The blocks of a page with their roles",
        fields: &["body", "title", "id"],
        many_lines: false,
        options: &["keep"],
        command: || extract::Arguments::augment_args(clap::Command::new("extract")),
        run: |argv, record, place, document| {
            of_article(argv, record, place, document, extract::one)
        },
    },
    Operation {
        path: "/v1/tokenize",
        summary: "Sentences, syllables or words; one line a sentence",
        fields: &["body", "id"],
        many_lines: true,
        options: &["level", "lines", "split-unmarked", "offsets", "scores"],
        command: || tokenize::Arguments::augment_args(clap::Command::new("tokenize")),
        run: |argv, record, place, document| {
            of_article(argv, record, place, document, tokenize::one)
        },
    },
    Operation {
        path: "/v1/keywords",
        summary: "Key terms of an article; one line a term",
        fields: &["body", "title", "id"],
        many_lines: true,
        options: &["method", "top", "max-words", "raw"],
        command: || keywords::Arguments::augment_args(clap::Command::new("keywords")),
        run: |argv, record, place, document| {
            of_article(argv, record, place, document, keywords::one)
        },
    },
    Operation {
        path: "/v1/rouge",
        summary: "ROUGE of a text against its references",
        fields: &["prediction", "references", "id"],
        many_lines: false,
        options: &["measure", "unit", "beta"],
        command: || RougeArguments::augment_args(clap::Command::new("rouge")),
        run: rouge,
    },
    Operation {
        path: "/v1/multi",
        summary: "One summary of several articles",
        fields: &["documents", "id"],
        many_lines: false,
        options: &[
            "length",
            "sentences",
            "ratio",
            "words",
            "syllables",
            "characters",
            "dangling",
            "query",
            "loose",
            "raw",
        ],
        command: || summarize::Arguments::augment_args(clap::Command::new("summarize")),
        run: multi,
    },
];

/// Their paths.
pub(super) fn paths() -> impl Iterator<Item = &'static str> {
    OPERATIONS.iter().map(|operation| operation.path)
}

impl Operation {
    /// Returns the arguments that clients may set, with what the command line says of them.
    pub(super) fn offered(&self) -> Offered {
        Offered::new((self.command)(), self.options)
    }

    /// Tells whether options can be used, before there is a record.
    pub(super) fn check(&self, options: &[OsString]) -> Result<(), Failure> {
        if options.is_empty() {
            return Ok(());
        }
        let empty = self.fields.iter().filter(|name| **name != "id").map(|name| {
            let value = if *name == "documents" { Value::Array(Vec::new()) } else { "".into() };
            ((*name).to_owned(), value)
        });
        (self.run)(options, &empty.collect(), "-", &mut Document::default()).map(drop)
    }

    /// Works on one record.
    pub(super) fn line(
        &self,
        record: &Object,
        options: &[OsString],
        place: &str,
        document: &mut Document,
    ) -> Result<String, Failure> {
        match record.get("options") {
            None | Some(Value::Null) => (self.run)(options, record, place, document),
            Some(Value::Object(own)) => {
                let own: Vec<(String, Value)> =
                    own.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
                let mut all = self.argv(&own)?;
                let offered = self.offered();
                let names: Vec<String> = all.iter().filter_map(name_of).collect();
                // An option of the record takes the place of all that it does not go with.
                let stays = |option: &&OsString| {
                    name_of(option).is_none_or(|other| {
                        names.iter().all(|name| *name != other && !offered.excludes(name, &other))
                    })
                };
                all.extend(options.iter().filter(stays).cloned());
                (self.run)(&all, record, place, document)
            }
            Some(_) => Err(Failure::bad("`options` is not a JSON object")),
        }
    }

    /// Returns the names that no field of a record has: those of options, long and short.
    pub(super) fn misplaced(&self) -> Vec<&'static str> {
        self.options.iter().copied().chain(["n", "m", "w", "c"]).collect()
    }

    /// Refuses options that stand beside the text instead of in `options`.
    pub(super) fn check_place_of_options(&self, record: &Object) -> Result<(), Failure> {
        let names = self.misplaced();
        match record.keys().find(|name| names.contains(&name.as_str())) {
            Some(name) => {
                let failure = Failure::bad(format!("`{name}` stands beside the text"));
                Err(failure
                    .hint(format!("options are an object: {{\"options\": {{\"{name}\": …}}}}")))
            }
            None => Ok(()),
        }
    }

    /// Turns options into arguments of the command.
    pub(super) fn argv(&self, options: &[(String, Value)]) -> Result<Vec<OsString>, Failure> {
        if options.is_empty() { Ok(Vec::new()) } else { self.offered().argv(options) }
    }
}

/// Name of a record that has none, as the command line names the lines of standard input.
pub(super) fn place(line: u64) -> String {
    format!("-:{line}")
}

/// Reads a JSON object.
pub(super) fn record(text: &str) -> Result<Object, Failure> {
    match serde_json::from_str(text) {
        Ok(Value::Object(record)) => Ok(record),
        Ok(_) => Err(Failure::bad("not a JSON object")
            .hint("send {\"body\": \"…\"}; several records go as application/x-ndjson")),
        Err(error) => Err(Failure::bad(format!("not valid JSON: {error}"))),
    }
}

/// Reads arguments as the command line does; its message without the usage.
fn parsed<A: Args + FromArgMatches>(argv: &[OsString], fixed: &[&str]) -> Result<A, Failure> {
    let command = A::augment_args(clap::Command::new("tomtat").no_binary_name(true));
    let fixed = fixed.iter().map(OsString::from);
    let matches = command.try_get_matches_from(fixed.chain(argv.iter().cloned()));
    matches.and_then(|matches| A::from_arg_matches(&matches)).map_err(|error| {
        let text = error.to_string();
        let told = text.split("\n\nUsage").next().unwrap_or_default();
        let told = told.split("\n\nFor more").next().unwrap_or_default();
        let told: Vec<&str> = told.trim_start_matches("error: ").split_whitespace().collect();
        Failure::bad(told.join(" "))
    })
}

fn unusable(problem: &Problem) -> Failure {
    let failure = Failure::bad(format!("{}: {}", problem.place, problem.found));
    match &problem.hint {
        Some(hint) if !hint.contains("--") => failure.hint(hint.clone()),
        _ => failure,
    }
}

fn told(error: &anyhow::Error) -> Failure {
    Failure::bad(format!("{error:#}"))
}

fn of_article<A: Args + FromArgMatches>(
    argv: &[OsString],
    record: &Object,
    place: &str,
    document: &mut Document,
    one: fn(&A, Article, &mut Document) -> anyhow::Result<String>,
) -> Result<String, Failure> {
    let arguments = parsed::<A>(argv, &["--format=jsonl"])?;
    let article =
        article_of(record, place, &Fields::default()).map_err(|problem| unusable(&problem))?;
    one(&arguments, article, document).map_err(|error| told(&error))
}

fn multi(
    argv: &[OsString],
    record: &Object,
    place: &str,
    _: &mut Document,
) -> Result<String, Failure> {
    let arguments = parsed::<summarize::Arguments>(argv, &["--format=jsonl", "--multi"])?;
    if !record.get("documents").is_some_and(Value::is_array) {
        return Err(Failure::bad(format!("{place}: the record has no list `documents`"))
            .hint("send {\"documents\": [{\"body\": \"…\"}, …]}"));
    }
    let record = Value::Object(record.clone()).to_string();
    summarize::one_multi(&arguments, place, &record).map_err(|error| told(&error))
}

/// Options of ROUGE.
#[derive(Debug, Args)]
struct RougeArguments {
    /// Measures: rouge1, rouge2, …, rougeL, rougeLsum, rougeSU4, rougeS4, rougeW-1.2.
    #[arg(long, value_delimiter = ',', default_value = "rouge1,rouge2,rougeL")]
    measure: Vec<String>,
    /// What is compared: Vietnamese syllables, or words that are joined by underscores.
    #[arg(long, default_value = "syllable", value_parser = ["syllable", "word"])]
    unit: String,
    /// Weight of recall against precision in the F-measure.
    #[arg(long, default_value_t = 1.0)]
    beta: f64,
}

/// Weights of recall: beyond them the F-measure is the precision, or the recall.
pub(super) const BETAS: RangeInclusive<f64> = 0.001..=1000.0;

/// One reference or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum References {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
struct Pair {
    #[serde(default)]
    id: Value,
    prediction: String,
    references: References,
}

fn rouge(
    argv: &[OsString],
    record: &Object,
    place: &str,
    _: &mut Document,
) -> Result<String, Failure> {
    let arguments = parsed::<RougeArguments>(argv, &[])?;
    let pair: Pair = serde_json::from_value(Value::Object(record.clone())).map_err(|error| {
        Failure::bad(format!("{place}: {error}"))
            .hint("a record has `prediction`, a text, and `references`, a text or a list of texts")
    })?;
    let references = match pair.references {
        References::One(text) => vec![text],
        References::Several(texts) => texts,
    };
    if references.is_empty() {
        return Err(Failure::bad(format!("{place}: `references` is empty")));
    }
    if !BETAS.contains(&arguments.beta) {
        let (least, most) = (BETAS.start(), BETAS.end());
        let found = arguments.beta;
        return Err(Failure::bad(format!("option `beta` takes {least} to {most}, found {found}")));
    }
    let measures: Result<Vec<Measure>, _> = arguments.measure.iter().map(|m| m.parse()).collect();
    let measures = measures.map_err(|error| Failure::bad(format!("{error}")))?;
    let mut builder = Rouge::builder().measures(measures).beta(arguments.beta);
    if arguments.unit == "word" {
        builder = builder.tokenizer(Tokenizer::words());
    }
    let rouge = builder.build().map_err(|error| Failure::bad(error.to_string()))?;
    let references: Vec<&str> = references.iter().map(String::as_str).collect();
    let mut scratch = rouge.scratch();
    let found = rouge.score(&pair.prediction, &references, &mut scratch);
    let scores = arguments.measure.iter().zip(found.iter()).map(|(name, score)| {
        let values = serde_json::json!({
            "precision": score.precision, "recall": score.recall, "f": score.f_measure,
        });
        (name.clone(), values)
    });
    let id = if pair.id.is_null() { Value::from(place) } else { pair.id };
    let object = serde_json::json!({
        "schema": "tomtat.rouge/1",
        "id": id,
        "scores": scores.collect::<Map<String, Value>>(),
        "signature": rouge.signature().to_string(),
    });
    Ok(format!("{object}\n"))
}
