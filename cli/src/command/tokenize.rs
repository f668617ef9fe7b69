//! `tomtat tokenize`: sentences, syllables and words.

mod offsets;
mod render;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use tomtat::segment::dictionary::Dictionary;
use tomtat::text::encoding::Encoding;
use tomtat::{Analyzer, Document, TextOptions};

use crate::batch::{Job, Jobs, in_order};
use crate::input::{Format, Problem, decoded_text, expand, waits_for_terminal};
use crate::models;
use crate::output::{Output, message};
use crate::status::{Status, Tally};
use offsets::Unit as OffsetUnit;
use render::Renderer;

/// Arguments of `tomtat tokenize`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of the command line")]
#[command(after_help = "\
Examples:
  tomtat tokenize page.txt                          # words, joined by underscores
  tomtat tokenize --level sentence page.txt         # one sentence a line
  tomtat tokenize --lines corpus.txt.zst            # one line out for each line in
  tomtat tokenize -f jsonl --offsets utf16 page.txt
  tomtat tokenize --dict words.txt --scores -f tsv page.txt")]
pub(crate) struct Arguments {
    /// Text files, also packed as .zst; - is standard input.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Read the files in folders, too.
    #[arg(short = 'R', long)]
    recursive: bool,
    /// Each line is a sentence of its own: one line out for each line in.
    #[arg(long)]
    lines: bool,
    /// End sentences without a mark, too, where a heading or caption runs into the next sentence: in
    /// texts that lost their line ends, whose longest block is longer than all others together.
    #[arg(long, conflicts_with = "lines")]
    run_on: bool,
    /// Encoding of the files; without it they are UTF-8, or what is certain from their bytes.
    #[arg(long, value_name = "NAME", conflicts_with = "lines")]
    encoding: Option<Encoding>,

    /// What is cut out.
    #[arg(long, value_enum, default_value = "word")]
    level: Level,
    /// Words that win over the model: one a line, with an optional weight after a tab.
    #[arg(long, value_name = "FILE")]
    dict: Option<PathBuf>,
    /// Word segmenter, made by `tomtat train segmenter` or `tomtat train lexicon`.
    #[arg(long, value_name = "FILE")]
    segmenter: Option<PathBuf>,
    /// An edited list of words instead of those of the trained segmenter; see --print-lexicon.
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
    /// Print the words of the trained segmenter with their counts, and stop.
    #[arg(long)]
    print_lexicon: bool,

    /// Output format.
    #[arg(short, long, value_enum, default_value = "text")]
    format: OutputFormat,
    /// What offsets count.
    #[arg(long, value_enum, default_value = "bytes")]
    offsets: OffsetUnit,
    /// Print how clearly each unit joins the one before it (tsv and jsonl).
    #[arg(long)]
    scores: bool,
    /// Threads; 0 takes one for each core. The output is the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

/// What is cut out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Level {
    /// Sentences.
    Sentence,
    /// Syllables, numbers, marks.
    Syllable,
    /// Words.
    Word,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// One sentence a line, as it stands; at the other levels as `underscore`.
    Text,
    /// One sentence a line, tokens apart, the syllables of a word joined by underscores.
    Underscore,
    /// One JSON object a sentence.
    Jsonl,
    /// One token a line: id, sentence, token, start, end, kind, text, key.
    Tsv,
    /// CoNLL-U.
    Conllu,
}

impl Arguments {
    fn analyzer(&self) -> Result<Analyzer> {
        let mut analyzer = Analyzer::new();
        let model = self.segmenter.as_deref();
        if let Some(words) = &self.lexicon {
            analyzer = analyzer.with_segmenter(models::segmenter_with_words(model, words)?);
        } else if let Some(model) = model {
            analyzer = analyzer.with_segmenter(models::segmenter(model)?);
        }
        if let Some(path) = &self.dict {
            let text = fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            let dictionary =
                Dictionary::parse(&text).with_context(|| path.display().to_string())?;
            analyzer = analyzer.with_dictionary(dictionary);
        }
        Ok(analyzer)
    }
}

/// What became of one input.
enum Report {
    /// Its tokens, ready to be printed.
    Tokens(String),
    /// There is nothing in it.
    Empty(String),
    /// It cannot be used.
    Broken(Problem),
}

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    if arguments.print_lexicon {
        let mut output = Output::new();
        output.write(&models::words(arguments.segmenter.as_deref())?)?;
        output.finish()?;
        return Ok(Status::Done);
    }
    let analyzer = arguments.analyzer()?;
    if arguments.scores {
        if !matches!(arguments.format, OutputFormat::Tsv | OutputFormat::Jsonl) {
            bail!("--scores needs -f tsv or -f jsonl");
        }
        if !analyzer.segmenter().margins(&[], &mut Vec::new()) {
            bail!("--scores needs the trained model: a lexicon has no scores");
        }
    }
    let (sources, problems) = expand(&arguments.files, arguments.recursive);
    if waits_for_terminal(&sources, !arguments.files.is_empty()) {
        bail!("no input: name a FILE, pipe text in, or name - to type a text (see --help)");
    }
    let format = if arguments.lines { Format::Lines } else { Format::Text };
    let renderer = Renderer::new(arguments, &analyzer);
    let mut output = Output::new();
    let mut tally = Tally::default();
    output.write(renderer.header())?;
    let jobs = Jobs::new(problems, sources, format);
    let work = |job: Job, document: &mut Document| {
        tokenize(job, &analyzer, arguments, &renderer, document)
    };
    in_order(jobs, arguments.threads, work, |report| {
        match report {
            Report::Tokens(text) => {
                tally.done += 1;
                output.write(&text)?;
            }
            Report::Empty(place) => {
                tally.empty += 1;
                message("note", format_args!("{place}: the text is empty"));
            }
            Report::Broken(problem) => {
                tally.failed += 1;
                message("error", problem);
            }
        }
        Ok(())
    })?;
    output.finish()?;
    Ok(tally.status())
}

fn tokenize(
    job: Job,
    analyzer: &Analyzer,
    arguments: &Arguments,
    renderer: &Renderer<'_>,
    document: &mut Document,
) -> Report {
    let place = job.place();
    let text = match job {
        Job::Broken(problem) => return Report::Broken(problem),
        Job::Line { text, .. } => text,
        Job::File(source) => match decoded_text(&source, arguments.encoding) {
            Ok((text, _)) if u32::try_from(text.len()).is_err() => {
                let problem = Problem::new(place, "is longer than 4 GiB");
                return Report::Broken(problem.hint("--lines reads a file line by line"));
            }
            Ok((text, _)) => text,
            Err(problem) => return Report::Broken(problem),
        },
    };
    let options = TextOptions::default()
        .with_raw(true)
        .with_run_on(arguments.run_on)
        .with_line_sentences(arguments.lines);
    analyzer.analyze_into(&text, options, document);
    if !arguments.lines && document.tokens().is_empty() {
        return Report::Empty(place);
    }
    Report::Tokens(renderer.render(&place, document))
}
