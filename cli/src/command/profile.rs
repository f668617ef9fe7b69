//! `tomtat profile`: the vocabulary and the sentences of a corpus in figures and charts.

mod context;
mod count;
mod explain;
mod html;
mod key_terms;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Map, Value, json};
use tomtat::corpus::diversity::{self, HDD_SAMPLE, MATTR_WINDOW, MTLD_THRESHOLD, STTR_PART};
use tomtat::corpus::zipf_heaps::{self, GrowthPoint, Line, growth};
use tomtat::text::key::fold;

use super::terms::status;
use crate::corpus::{Corpus, CorpusArguments, UnitName};
use crate::output::{Output, OutputFile, message};
use crate::report::table::{Cell, Column, Table, TableArguments, TableFormat};
use crate::run::status::Status;
use context::Line as ContextLine;
use count::Counted;
use key_terms::KeyTerms;

/// Arguments of `tomtat profile`.
#[derive(Debug, Args)]
#[command(after_help = "\
Memory grows with the text, by 5 bytes a word: the measures of diversity need the order of words.

Examples:
  tomtat profile novel.txt
  tomtat profile -R corpus/ --html report.html
  tomtat profile -R corpus/ -f html -o report.html
  tomtat profile a.jsonl --html report.html --term 'kinh tế' --term 'bóng đá'
  tomtat profile --unit syllable corpus/*.txt -f json
  tomtat profile --explain")]
pub(crate) struct Arguments {
    #[command(flatten)]
    corpus: CorpusArguments,
    /// What is counted as one word.
    #[arg(short, long, value_enum, default_value = "word", help_heading = "Counting")]
    unit: UnitName,
    /// Words of a window for the moving-average type-token ratio.
    #[arg(long, value_name = "N", default_value_t = MATTR_WINDOW, help_heading = "Counting")]
    window: usize,
    /// Words of a part for the standardized type-token ratio.
    #[arg(long, value_name = "N", default_value_t = STTR_PART, help_heading = "Counting")]
    part: usize,

    /// Write a report to this file: key terms, their collocations and contexts, charts (dispersion,
    /// Zipf, growth, lengths). It is one HTML page that needs nothing else; -f html prints it.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    html: Option<PathBuf>,
    /// Words of the dispersion chart and of the contexts, at most 40; by default the key terms.
    #[arg(long, value_name = "WORD", help_heading = "Output")]
    term: Vec<String>,
    /// Print the formula and the source of each measure, and stop.
    #[arg(long, help_heading = "Output")]
    explain: bool,
    #[command(flatten)]
    table: TableArguments,
}

const SCHEMA: &str = "tomtat.profile/1";

/// One line of the profile.
struct Figure {
    group: &'static str,
    name: String,
    value: Cell,
    about: &'static str,
}

/// Everything that was computed, for tables and charts.
struct Profile {
    counted: Counted,
    /// Frequencies from the greatest on, with the numbers of their types.
    ranks: Vec<(u64, u32)>,
    decades: Vec<GrowthPoint>,
    even: Vec<GrowthPoint>,
    zipf: Option<Line>,
    heaps: Option<Line>,
    figures: Vec<Figure>,
    /// For the page.
    key_terms: KeyTerms,
    /// Numbers of words, with places of theirs.
    contexts: Vec<(u32, Vec<ContextLine>)>,
}

/// Points of the growth curve.
const EVEN_POINTS: usize = 200;

/// The most frequent types of which the share of all words is told.
const BANDS: [usize; 6] = [10, 100, 1_000, 2_000, 5_000, 10_000];

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    if arguments.explain {
        let mut output = Output::new()?;
        let all = diversity::MEASURES.iter().chain(zipf_heaps::FITS).chain(explain::FIGURES);
        for formula in all {
            output.write(&super::explained(formula.name, formula))?;
        }
        output.finish()?;
        return Ok(Status::Done);
    }
    if arguments.window == 0 || arguments.part == 0 {
        bail!("--window and --part take a number above 0");
    }
    let page = arguments.html.as_deref().map(OutputFile::open).transpose()?;
    let corpus = Corpus::new(&arguments.corpus.reading)?;
    let (counted, tally) = count::count(&corpus, &arguments.corpus.files, arguments.unit.into())?;
    let nothing = counted.sequence.is_empty();
    if nothing {
        message("note", "no words were found");
    }
    let mut profile = Profile::new(counted, arguments);
    let is_page = arguments.table.format == TableFormat::Html;
    let mut written = None;
    if page.is_some() || is_page {
        let terms: Vec<String> =
            arguments.term.iter().map(|t| fold(&t.trim().replace('_', " "))).collect();
        profile.look_at_words(&corpus, &terms, arguments)?;
        let html = html::page(&profile, &terms, arguments);
        if is_page {
            let mut output = Output::new()?;
            output.write(&html)?;
            output.finish()?;
        }
        written = page.map(|file| file.commit(html));
    }
    if !is_page {
        profile.print(arguments)?;
    }
    // The figures are printed also where the report could not be written.
    if let (Some(written), Some(path)) = (written, &arguments.html) {
        written?;
        message("note", format_args!("report written to {}", path.display()));
    }
    Ok(status(tally, nothing))
}

/// The figures of a profile, in their order.
#[derive(Default)]
struct Figures(Vec<Figure>);

impl Figures {
    fn add(&mut self, group: &'static str, name: &str, value: Cell, about: &'static str) {
        self.0.push(Figure { group, name: name.to_owned(), value, about });
    }
}

fn share(part: u64, all: u64) -> Cell {
    Cell::number((all > 0).then(|| part as f64 / all as f64))
}

impl Profile {
    /// Finds the key terms, and places of them or of the terms that are named.
    fn look_at_words(
        &mut self,
        corpus: &Corpus,
        terms: &[String],
        arguments: &Arguments,
    ) -> Result<()> {
        let unit = arguments.unit.into();
        self.key_terms = key_terms::key_terms(&self.counted, unit, corpus.analyzer.background());
        let files = &arguments.corpus.files;
        if files.is_empty() || files.iter().any(|file| file.as_os_str() == "-") {
            message("note", "standard input is read once: the page has no contexts");
            return Ok(());
        }
        let mut ids: Vec<u32> = self.key_terms.terms.iter().map(|term| term.id).collect();
        for term in terms.iter().take(html::ROWS) {
            let found = self.counted.keys.iter().position(|key| key == term);
            ids.extend(found.map(|id| id as u32).filter(|id| !ids.contains(id)));
        }
        let keys: Vec<&str> =
            ids.iter().map(|&id| self.counted.keys[id as usize].as_str()).collect();
        let lines = context::lines(corpus, files, unit, &keys)?;
        self.contexts = ids.into_iter().zip(lines).collect();
        Ok(())
    }

    /// Prints the figures as a table.
    fn print(self, arguments: &Arguments) -> Result<()> {
        let columns = vec![
            Column::text("group"),
            Column::text("measure"),
            Column::number("value"),
            Column::text("about"),
        ];
        let about = self.distributions();
        let mut table = Table::new(arguments.table, SCHEMA, columns)?;
        for figure in self.figures {
            table.row(vec![
                Cell::Word(figure.group),
                Cell::Text(figure.name),
                figure.value,
                Cell::Word(figure.about),
            ])?;
        }
        table.finish(about, "")
    }

    fn new(counted: Counted, arguments: &Arguments) -> Self {
        let mut frequencies = vec![0u64; counted.keys.len()];
        counted.sequence.iter().for_each(|&word| frequencies[word as usize] += 1);
        let mut ranks: Vec<(u64, u32)> = frequencies.iter().copied().zip(0..).collect();
        ranks.sort_by(|a, b| {
            b.0.cmp(&a.0).then_with(|| counted.keys[a.1 as usize].cmp(&counted.keys[b.1 as usize]))
        });
        let (decades, even) = growth(&counted.sequence, EVEN_POINTS);
        let sorted: Vec<u64> = ranks.iter().map(|r| r.0).collect();
        let zipf = zipf_heaps::zipf(&sorted);
        let heaps = zipf_heaps::heaps(&decades);
        let mut profile = Self {
            counted,
            ranks,
            decades,
            even,
            zipf,
            heaps,
            figures: Vec::new(),
            key_terms: KeyTerms::default(),
            contexts: Vec::new(),
        };
        profile.figures = profile.measure(arguments);
        profile
    }

    fn frequencies(&self) -> Vec<u64> {
        self.ranks.iter().map(|rank| rank.0).collect()
    }

    /// How far the law of Zipf is off at worst, as a share.
    fn zipf_deviation(&self) -> Option<f64> {
        let points = zipf_heaps::zipf_points(&self.frequencies());
        zipf_heaps::greatest_deviation(self.zipf?, &points).map(|(_, deviation)| deviation)
    }

    /// How far the law of Heaps is off at worst, as a share.
    fn heaps_deviation(&self) -> Option<f64> {
        let points = zipf_heaps::heaps_points(&self.decades);
        zipf_heaps::greatest_deviation(self.heaps?, &points).map(|(_, deviation)| deviation)
    }

    fn measure(&self, arguments: &Arguments) -> Vec<Figure> {
        let mut figures = Figures::default();
        self.sizes(&mut figures);
        self.diversity(arguments, &mut figures);
        self.laws(&mut figures);
        self.lengths(&mut figures);
        self.reading(&mut figures);
        self.coverage(&mut figures);
        figures.0
    }

    fn words(&self) -> u64 {
        self.counted.sequence.len() as u64
    }

    fn sizes(&self, figures: &mut Figures) {
        let counted = &self.counted;
        let mut add = |name, count, about| figures.add("size", name, Cell::Count(count), about);
        add("documents", counted.documents, "");
        add("sentences", counted.sentences.count(), "");
        add("words", self.words(), "words (or syllables), no punctuation");
        add("syllables", counted.syllables, "tokens that are no punctuation");
        add("types", self.ranks.len() as u64, "different words");
    }

    fn diversity(&self, arguments: &Arguments, figures: &mut Figures) {
        let text = &self.counted.sequence;
        let (words, types) = (self.words(), self.ranks.len() as u64);
        let spectrum = diversity::spectrum(self.ranks.iter().map(|r| r.0));
        let mut add =
            |name, value, about| figures.add("diversity", name, Cell::number(value), about);
        add("ttr", diversity::ttr(types, words), "types / words");
        let sttr = diversity::sttr(text, arguments.part);
        add("sttr", sttr, "mean ratio of parts of --part words");
        let mattr = diversity::mattr(text, arguments.window);
        add("mattr", mattr, "mean ratio of windows of --window words");
        let mtld = diversity::mtld(text, MTLD_THRESHOLD);
        add("mtld", mtld, "words until the ratio falls below 0.72");
        let hdd = diversity::hdd(&spectrum, HDD_SAMPLE);
        add("hdd", hdd, "expected ratio of 42 words drawn at random");
        add("yule", diversity::yules_k(&spectrum), "Yule's K");
        let hapaxes = spectrum.first().filter(|s| s.0 == 1).map_or(0, |s| s.1);
        figures.add("diversity", "hapaxes", Cell::Count(hapaxes), "words that occur once");
        figures.add("diversity", "hapax_share", share(hapaxes, types), "of all types");
    }

    fn laws(&self, figures: &mut Figures) {
        let mut add = |name, value, about| figures.add("laws", name, Cell::number(value), about);
        let line = |l: Option<Line>, f: fn(&Line) -> f64| l.as_ref().map(f);
        add("zipf_s", line(self.zipf, |l| -l.slope), "exponent: f(r) = C r^-s");
        add("zipf_r2", line(self.zipf, |l| l.r2), "share of variance explained");
        let zipf = self.zipf_deviation();
        add("zipf_deviation", zipf, "greatest: f / fit - 1 at the ranks fitted");
        let mle = zipf_heaps::zipf_mle(&self.frequencies());
        add("zipf_mle_s", mle, "exponent by maximum likelihood, all ranks");
        add("heaps_beta", line(self.heaps, |l| l.slope), "exponent: V(n) = K n^β");
        add("heaps_k", line(self.heaps, |l| libm::exp(l.intercept)), "factor");
        add("heaps_r2", line(self.heaps, |l| l.r2), "share of variance explained");
        let heaps = self.heaps_deviation();
        add("heaps_deviation", heaps, "greatest: V / fit - 1 at the sizes fitted");
    }

    fn lengths(&self, figures: &mut Figures) {
        let counted = &self.counted;
        for (name, histogram, about) in [
            ("sentence_words", &counted.sentences, "words of a sentence"),
            ("sentence_syllables", &counted.sentence_syllables, "syllables of a sentence"),
            ("word_syllables", &counted.word_syllables, "syllables of a word"),
            ("syllable_letters", &counted.syllable_letters, "letters of a syllable"),
            ("document_words", &counted.document_words, "words of a document"),
        ] {
            for (statistic, value) in histogram.summary() {
                figures.add("lengths", &format!("{name}_{statistic}"), value, about);
            }
        }
    }

    fn reading(&self, figures: &mut Figures) {
        let counted = &self.counted;
        let mut add = |name, value, about| figures.add("reading", name, value, about);
        let long_words = share(counted.word_syllables.at_least(3), self.words());
        add("long_words", long_words, "share of words of three syllables or more");
        let long_sentences = share(counted.sentences.at_least(41), counted.sentences.count());
        add("long_sentences", long_sentences, "share of sentences of more than 40 words");
        let rare = share(counted.rare, self.words());
        add("rare_words", rare, "share of words that fewer than 1 in 1,000 news articles hold");
    }

    fn coverage(&self, figures: &mut Figures) {
        let (mut covered, mut at) = (0, 0);
        for band in BANDS.into_iter().filter(|&band| band <= self.ranks.len()) {
            covered += self.ranks[at..band].iter().map(|r| r.0).sum::<u64>();
            at = band;
            let about = "share of all words that the most frequent types make up";
            figures.add("coverage", &format!("top_{band}"), share(covered, self.words()), about);
        }
    }

    /// The distributions, for programs.
    fn distributions(&self) -> Map<String, Value> {
        let point = |p: &GrowthPoint| json!([p.words, p.types]);
        let counted = &self.counted;
        let object = json!({
            "growth": self.decades.iter().map(point).collect::<Vec<_>>(),
            "spectrum": diversity::spectrum(self.ranks.iter().map(|r| r.0)),
            "sentence_words": counted.sentences.pairs(),
            "sentence_syllables": counted.sentence_syllables.pairs(),
            "word_syllables": counted.word_syllables.pairs(),
            "syllable_letters": counted.syllable_letters.pairs(),
            "document_words": counted.document_words.pairs(),
        });
        Map::from_iter([("distributions".to_owned(), object)])
    }
}
