//! `tomtat train`: learn models from corpora.

mod extracts;
mod keywords;
mod ranker;
mod segmenter;
mod standalone;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use rayon::prelude::*;
use serde_json::Value;
use tomtat::builtin;
use tomtat::model::ModelInfo;
use tomtat::train::background::DocumentFrequencies;
use tomtat::train::lexicon::{LexiconOptions, LexiconTrainer};
use tomtat::train::sentence_starters::OpeningCounts;
use tomtat::weights::Background;
use tomtat::words::Lexicon;
use tomtat::{Analyzer, TextOptions};

use crate::input::{Fields, Source, article_of_json, lines};
use crate::models::TokenModelArguments;
use crate::output::{OutputFile, message};
use crate::run::status::Status;

/// Arguments of `tomtat train`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Collect the words of pre-segmented text (underscores join the syllables of a word).
    Lexicon(LexiconArguments),
    /// Train the word segmenter from pre-segmented text.
    Segmenter(segmenter::Arguments),
    /// Count in how many articles each word and syllable occurs.
    Background(BackgroundArguments),
    /// Count which capitalized syllables open sentences in raw text, and which are parts of names.
    SentenceStarters(Provenance),
    /// Count which openings of sentences begin articles and abstracts, and which only follow others.
    Standalone(standalone::Arguments),
    /// Train the sentence ranker from articles with abstracts.
    Ranker(ranker::Arguments),
    /// Teach a sentence ranker which sentences readers extract.
    Extracts(extracts::Arguments),
    /// Train the ranker of key terms from articles with tags.
    Keywords(keywords::Arguments),
}

/// Name and licence of a model where none is given.
const UNNAMED: &str = "unnamed";
const NOT_STATED: &str = "not stated";

#[derive(Debug, Args)]
struct Provenance {
    /// Corpora: text with one sentence a line, or JSON Lines; .zst is unpacked.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where the model is written.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Name of the model in its header.
    #[arg(long, default_value = UNNAMED)]
    name: String,
    /// Licence of the corpora, as their publishers state it.
    #[arg(long, default_value = NOT_STATED)]
    licence: String,
}

impl Provenance {
    fn sources(&self) -> impl Iterator<Item = Source> + '_ {
        self.files.iter().cloned().map(Source::File)
    }

    fn info(&self, command: &str) -> ModelInfo {
        let mut info = ModelInfo::new("", &self.name);
        let name = |p: &PathBuf| p.file_name().map(|n| n.to_string_lossy().into_owned());
        info.corpus = self.files.iter().filter_map(name).collect();
        info.licence.clone_from(&self.licence);
        info.command = format!("tomtat train {command} {}", info.corpus.join(" "));
        info
    }

    fn write(&self, model: &[u8]) -> Result<()> {
        let path = &self.output;
        OutputFile::open(path)?.commit(model)?;
        message("note", format_args!("{}: {} bytes", path.display(), model.len()));
        Ok(())
    }
}

#[derive(Debug, Args)]
struct LexiconArguments {
    #[command(flatten)]
    provenance: Provenance,
    /// Least number of times that a word is joined.
    #[arg(long, default_value_t = 5)]
    min_count: u32,
    /// Least share of its places in which a word is joined.
    #[arg(long, default_value_t = 0.5)]
    min_share: f64,
}

#[derive(Debug, Args)]
struct BackgroundArguments {
    #[command(flatten)]
    provenance: Provenance,
    #[command(flatten)]
    models: TokenModelArguments,
    /// Words of fewer articles are left out.
    #[arg(long, default_value_t = 3)]
    min_df: u32,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    match &arguments.what {
        What::Lexicon(arguments) => lexicon(arguments),
        What::Segmenter(arguments) => segmenter::run(arguments),
        What::Background(arguments) => background(arguments),
        What::SentenceStarters(provenance) => sentence_starters(provenance),
        What::Standalone(arguments) => standalone::run(arguments),
        What::Ranker(arguments) => ranker::run(arguments),
        What::Extracts(arguments) => extracts::run(arguments),
        What::Keywords(arguments) => keywords::run(arguments),
    }
}

/// Calls `line` with each pre-segmented line of a text, or of the texts of a JSON record.
pub(super) fn segmented_lines(source: &Source, mut line: impl FnMut(&str)) -> Result<()> {
    let json = source.is_json_lines();
    lines(source, |number, text| {
        let text = text.map_err(|problem| anyhow::anyhow!("{problem}"))?;
        if json {
            let record: Value = serde_json::from_str(text)
                .with_context(|| format!("{}:{number}: not valid JSON", source.name()))?;
            for field in ["title", "abstract", "body"] {
                each_text(&record[field], &mut line);
            }
        } else {
            line(text);
        }
        Ok(true)
    })?
    .map_err(|problem| anyhow::anyhow!("{problem}"))
}

fn each_text(value: &Value, line: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => line(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, line)),
        _ => {}
    }
}

fn lexicon(arguments: &LexiconArguments) -> Result<Status> {
    let mut trainer = LexiconTrainer::default();
    for source in arguments.provenance.sources() {
        segmented_lines(&source, |line| trainer.count(line))?;
    }
    for source in arguments.provenance.sources() {
        segmented_lines(&source, |line| trainer.verify(line))?;
    }
    let mut options = LexiconOptions::default();
    options.min_count = arguments.min_count;
    options.min_share = arguments.min_share;
    let words = trainer.words(&options);
    if words.is_empty() {
        bail!("no words found: is the text pre-segmented, with underscores inside words?");
    }
    message("note", format_args!("{} words", words.len()));
    let lexicon = Lexicon::from_entries(words.iter().map(|(word, count)| (word.as_str(), *count)));
    arguments.provenance.write(&lexicon.write(arguments.provenance.info("lexicon")))?;
    Ok(Status::Done)
}

fn sentence_starters(provenance: &Provenance) -> Result<Status> {
    let mut counts = OpeningCounts::default();
    let starters = builtin::starters();
    let fields = Fields::default();
    for source in provenance.sources() {
        let json = source.is_json_lines();
        lines(&source, |number, text| {
            let text = text.map_err(|problem| anyhow::anyhow!("{problem}"))?;
            if json {
                let place = format!("{}:{number}", source.name());
                let article = article_of_json(text, &place, &fields)
                    .map_err(|problem| anyhow::anyhow!("{problem}"))?;
                counts.add(&article.text, &starters);
            } else {
                counts.add(text, &starters);
            }
            Ok(true)
        })?
        .map_err(|problem| anyhow::anyhow!("{problem}"))?;
    }
    let (opening, inside) = counts.totals();
    if opening == 0 {
        bail!("no capital after a full stop: is the text raw, with its own case and marks?");
    }
    message("note", format_args!("{opening} capitals open sentences, {inside} stand inside"));
    let mut info = provenance.info("sentence-starters");
    info.scores.insert("opening".into(), opening as f64);
    info.scores.insert("inside".into(), inside as f64);
    provenance.write(&counts.sentence_starters().write(info))?;
    Ok(Status::Done)
}

/// Articles that are analyzed at once.
const BATCH: usize = 2048;

fn background(arguments: &BackgroundArguments) -> Result<Status> {
    let analyzer = Analyzer::from_models(arguments.models.models()?);
    let mut counts = DocumentFrequencies::default();
    for source in arguments.provenance.sources() {
        let mut batch = Vec::with_capacity(BATCH);
        lines(&source, |number, text| {
            let text = text.map_err(|problem| anyhow::anyhow!("{problem}"))?;
            batch.push((number, text.to_owned()));
            if batch.len() == BATCH {
                counts.merge(count(&analyzer, &source, &batch)?);
                batch.clear();
            }
            Ok(true)
        })?
        .map_err(|problem| anyhow::anyhow!("{problem}"))?;
        counts.merge(count(&analyzer, &source, &batch)?);
    }
    let (words, syllables) = (counts.words(arguments.min_df), counts.syllables(1));
    message(
        "note",
        format_args!(
            "{} articles, {} words, {} syllables",
            counts.documents(),
            words.len(),
            syllables.len()
        ),
    );
    let info = arguments.provenance.info("background");
    let model = Background::write(info, counts.documents(), &words, &syllables);
    arguments.provenance.write(&model)?;
    Ok(Status::Done)
}

/// Counts a batch of articles; the words of pre-segmented text are found anew, as they will be in
/// raw text.
fn count(
    analyzer: &Analyzer,
    source: &Source,
    batch: &[(u64, String)],
) -> Result<DocumentFrequencies> {
    let fields = Fields::default();
    batch
        .par_chunks(64)
        .map(|lines| {
            let mut counts = DocumentFrequencies::default();
            let mut document = tomtat::Document::default();
            for (number, line) in lines {
                let place = format!("{}:{number}", source.name());
                let article = article_of_json(line, &place, &fields)
                    .map_err(|problem| anyhow::anyhow!("{problem}"))?;
                let mut text = article.text.replace('_', " ");
                if let Some(title) = article.title {
                    text = format!("{}\n{text}", title.replace('_', " "));
                }
                let options = TextOptions::default()
                    .with_raw(true)
                    .with_line_sentences(article.line_sentences);
                analyzer.analyze_into(&text, options, &mut document);
                counts.add(&document);
            }
            Ok(counts)
        })
        .try_reduce(DocumentFrequencies::default, |mut a, b| {
            a.merge(b);
            Ok(a)
        })
}
