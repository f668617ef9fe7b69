//! The thin layer over the library: the one file that follows when names there change.

use std::sync::Arc;

pub(crate) use tomtat::corpus::association::{AssociationMeasure, association};
pub(crate) use tomtat::corpus::collocation::{Margins, PairTables};
pub(crate) use tomtat::corpus::contingency::Table;
pub(crate) use tomtat::corpus::keywords::{KeywordMethod, KeywordOptions, MAX_WORDS, keywords};
pub(crate) use tomtat::corpus::ngram::{NgramError, NgramOptions, TermUnit, WORD_BREAK};
pub(crate) use tomtat::corpus::statistics::{CountOptions, Term, TermStatistics};
pub(crate) use tomtat::document::{Sentence, Title, Word};
pub(crate) use tomtat::eval::chrf::ChrfScratch;
pub(crate) use tomtat::eval::{
    Bootstrap, Chrf, Fingerprint, Interval, Measure, Punctuation, References, Rouge, Score,
    Scratch as RougeScratch, Signature, Stemming, Tokenizer as RougeTokenizer,
};
pub(crate) use tomtat::multidoc::{MultiOptions, MultiSummarizer, SourcedPick};
pub(crate) use tomtat::page::html::{Metadata, looks_like_html, read as read_html};
pub(crate) use tomtat::page::{
    Evidence, PageOptions, PageStructure, Role, Warning as PageWarning, parse,
};
pub(crate) use tomtat::rank::{DEFAULT as DEFAULT_METHOD, REGISTRY as METHODS, Ranker};
pub(crate) use tomtat::select::{Budget, Mmr};
pub(crate) use tomtat::select::{Query, ReadHistory};
pub(crate) use tomtat::summary::{EmptyReason, Order, Pick, Summary};
pub(crate) use tomtat::text::encoding::Encoding;
pub(crate) use tomtat::text::encoding::detect::Detection;
pub(crate) use tomtat::text::repair::check::{
    Finding, Report as CheckReport, Severity, check_bytes,
};
pub(crate) use tomtat::text::repair::normalize::{FinalVowel, Fix, Normalizer};
pub(crate) use tomtat::text::syllable::ToneStyle;
pub(crate) use tomtat::{Analyzer, Document, Models, Summarizer, TextOptions};

use tomtat::corpus::keywords::KeywordModel;
use tomtat::model::Container;
use tomtat::rank;
use tomtat::rank::RankerModel;
use tomtat::text::encoding::decode::{Decoded, decode_detected};
use tomtat::text::encoding::misread::reread;
use tomtat::text::key::fold_into;
use tomtat::token::sentence_starters::SentenceStarters;
use tomtat::weights::{Background, StandaloneModel};
use tomtat::words::Dictionary;
use tomtat::words::Lexicon;
use tomtat::words::LongestMatch;
use tomtat::words::SegmenterModel;
use tomtat::words::WordSegmenter;

/// What a thread keeps between texts.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) document: Document,
    pub(crate) rouge: Option<RougeScratch>,
    pub(crate) chrf: ChrfScratch,
}

/// An argument that is wrong, and why.
pub(crate) type ArgumentProblem = (&'static str, String);

fn wrong<E: ToString>(name: &'static str) -> impl Fn(E) -> ArgumentProblem {
    move |error| (name, error.to_string())
}

/// Models that a user hands in, as bytes of their files.
#[derive(Clone, Debug, Default)]
pub(crate) struct ModelFiles {
    pub(crate) dictionary: Option<String>,
    pub(crate) segmenter: Option<Vec<u8>>,
    pub(crate) background: Option<Vec<u8>>,
    pub(crate) ranker: Option<Vec<u8>>,
    pub(crate) starters: Option<Vec<u8>>,
    pub(crate) keyword_model: Option<Vec<u8>>,
    pub(crate) standalone: Option<Vec<u8>>,
}

/// An analyzer with the models of its user.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    pub(crate) analyzer: Analyzer,
}

impl Engine {
    pub(crate) fn new(files: &ModelFiles) -> Result<Self, ArgumentProblem> {
        let mut models = Models::default();
        if let Some(file) = &files.segmenter {
            models = models.with_segmenter(segmenter(file)?);
        }
        if let Some(file) = &files.background {
            let background = Background::read(file).map_err(wrong("background"))?;
            models = models.with_background(Arc::new(background));
        }
        if let Some(file) = &files.ranker {
            let ranker = RankerModel::read(file).map_err(wrong("ranker"))?;
            models = models.with_ranker(Arc::new(ranker));
        }
        if let Some(file) = &files.starters {
            let starters = SentenceStarters::read(file).map_err(wrong("starters"))?;
            models = models.with_starters(Arc::new(starters));
        }
        if let Some(file) = &files.keyword_model {
            let keywords = KeywordModel::read(file).map_err(wrong("keyword_model"))?;
            models = models.with_keywords(Arc::new(keywords));
        }
        if let Some(file) = &files.standalone {
            let standalone = StandaloneModel::read(file).map_err(wrong("standalone"))?;
            models = models.with_standalone(Arc::new(standalone));
        }
        let mut analyzer = Analyzer::from_models(models);
        if let Some(text) = &files.dictionary {
            let dictionary = Dictionary::parse(text).map_err(wrong("dictionary"))?;
            analyzer = analyzer.with_dictionary(dictionary);
        }
        Ok(Self { analyzer })
    }

    /// Returns a ranker by its name.
    pub(crate) fn method(&self, name: &str) -> Result<Arc<dyn Ranker>, ArgumentProblem> {
        rank::by_name(name, self.analyzer.models().ranker()).map(Arc::from).ok_or_else(|| {
            let names: Vec<&str> = METHODS.iter().map(|entry| entry.info.name).collect();
            ("method", format!("no method `{name}`; there are {}", names.join(", ")))
        })
    }

    pub(crate) fn summarizer(&self, ranker: Arc<dyn Ranker>) -> Summarizer {
        Summarizer::from_ranker(&self.analyzer, ranker)
    }

    /// Returns what is asked for, if anything is; a loose query matches words without their marks.
    pub(crate) fn query(
        &self,
        text: Option<&str>,
        loose: bool,
    ) -> Result<Option<Query>, ArgumentProblem> {
        let Some(text) = text else {
            return if loose { Err(("loose", "needs a query".to_owned())) } else { Ok(None) };
        };
        let query = if loose { self.analyzer.loose_query(text) } else { self.analyzer.query(text) };
        if query.is_empty() {
            return Err(("query", "has no word to look for".to_owned()));
        }
        Ok(Some(query))
    }

    /// Makes what the reader has read of texts.
    pub(crate) fn seen(&self, texts: &[String]) -> ReadHistory {
        let mut history = ReadHistory::default();
        for text in texts {
            let article = Article::new(text, None);
            let options = TextOptions::default().with_raw(true);
            history.add(&self.analyzer.analyze_with(article.text(), options));
        }
        history
    }

    /// Returns what summarizes several articles; with `dangling`, sentences that point back are
    /// taken as any other.
    pub(crate) fn multi_summarizer(&self, dangling: bool) -> MultiSummarizer {
        let mut options = MultiOptions::default();
        if dangling {
            options.dangling = 1.0;
        }
        MultiSummarizer::new(&self.analyzer).with_options(options)
    }
}

fn segmenter(file: &[u8]) -> Result<Arc<dyn WordSegmenter>, ArgumentProblem> {
    let container = Container::parse(file).map_err(wrong("segmenter"))?;
    if container.info().kind == "lexicon" {
        let lexicon = Lexicon::read(file).map_err(wrong("segmenter"))?;
        return Ok(Arc::new(LongestMatch::new(lexicon)));
    }
    let model = SegmenterModel::read(file).map_err(wrong("segmenter"))?;
    Ok(Arc::new(model.into_segmenter()))
}

/// Makes the options of n-grams of the unit that is named, which pass over at most `skip` items.
pub(crate) fn ngram_options(
    unit: &str,
    (least, most): (usize, usize),
    skip: usize,
) -> Result<NgramOptions, ArgumentProblem> {
    let unit = match unit {
        "word" => TermUnit::Word,
        "syllable" => TermUnit::Syllable,
        other => return Err(("unit", format!("no `{other}`; there are word, syllable"))),
    };
    NgramOptions::new(unit, least..=most, skip).map_err(|error| match error {
        NgramError::Skip(_) => ("skip", error.to_string()),
        _ => ("ngrams", error.to_string()),
    })
}

/// Returns the folded form that a token counts as.
pub(crate) fn key(token: &str) -> String {
    let mut key = String::new();
    fold_into(token, &mut key);
    key
}

/// Returns the name of a problem, as machine formats have it.
pub(crate) fn problem_name(finding: &Finding) -> String {
    match serde_json::to_value(finding.problem()) {
        Ok(serde_json::Value::String(name)) => name,
        _ => finding.problem().to_string(),
    }
}

/// Fixes texts as `tomtat normalize` does.
#[derive(Clone, Debug)]
pub(crate) struct Repair {
    pub(crate) normalizer: Normalizer,
    /// The encoding that texts are in and were not read in.
    pub(crate) misread: Option<Encoding>,
}

impl Repair {
    /// Returns the fixed text, or why it must not be fixed in this way.
    pub(crate) fn of(&self, text: &str) -> Result<String, String> {
        let read_again = self.misread.map(|encoding| reread(text, encoding).0);
        let normalized = self.normalizer.normalize(read_again.as_deref().unwrap_or(text));
        let Some(damage) = normalized.refused() else {
            return Ok(normalized.into_text().into_owned());
        };
        let flags = damage.flags();
        let argument = match flags.trim_start_matches("--").split_once(' ') {
            Some((name, value)) => format!("{name}={value:?}"),
            None => format!("{}=True", flags.trim_start_matches("--")),
        };
        Err(format!(
            "was read in a wrong encoding; {argument} undoes it and must come first; force=True \
             destroys these letters"
        ))
    }
}

/// Reads bytes in the encoding that they are in, where that is certain.
pub(crate) fn decoded(bytes: &[u8]) -> Result<String, String> {
    decode_detected(bytes).map(Decoded::into_text).map_err(|error| error.to_string())
}

/// A text, or what was laid out of an HTML page, with what its markup says.
#[derive(Debug)]
pub(crate) struct Article<'t> {
    given: &'t str,
    title: Option<&'t str>,
    laid_out: Option<(String, PageStructure, Metadata)>,
}

impl<'t> Article<'t> {
    pub(crate) fn new(given: &'t str, title: Option<&'t str>) -> Self {
        let laid_out = looks_like_html(given).then(|| {
            let mut options = PageOptions::default();
            options.title = title;
            read_html(given, &options).into_parts()
        });
        Self { given, title, laid_out }
    }

    /// Returns the text that offsets count in.
    pub(crate) fn text(&self) -> &str {
        self.laid_out.as_ref().map_or(self.given, |(text, ..)| text)
    }

    /// Returns how it is analyzed to be summarized.
    pub(crate) fn options(&self, raw: bool) -> TextOptions<'_> {
        TextOptions::default()
            .with_title(self.title)
            .with_raw(raw)
            .with_structure(self.laid_out.as_ref().map(|(_, structure, _)| structure))
            .with_split_unmarked(true)
    }

    /// Returns what its markup says, if it is a page.
    pub(crate) fn metadata(&self) -> Option<&Metadata> {
        self.laid_out.as_ref().map(|(.., metadata)| metadata)
    }

    /// Returns its blocks.
    pub(crate) fn structure(&self) -> PageStructure {
        if let Some((_, structure, _)) = &self.laid_out {
            return structure.clone();
        }
        let mut options = PageOptions::default();
        options.title = self.title;
        parse(self.given, &options)
    }
}

/// Returns how texts are analyzed to be tokenized.
pub(crate) fn plain(lines: bool, split_unmarked: bool) -> TextOptions<'static> {
    TextOptions::default()
        .with_raw(true)
        .with_split_unmarked(split_unmarked)
        .with_line_sentences(lines)
}

/// Returns the code of a warning about a page.
pub(crate) fn code(warning: PageWarning) -> &'static str {
    match warning {
        PageWarning::ListPage => "list-page",
        PageWarning::NoText => "no-text",
        PageWarning::TitleNotFound => "title-not-found",
        PageWarning::TooManyLines => "too-many-lines",
        PageWarning::PictureStory => "picture-story",
        PageWarning::ErrorPage => "error-page",
        PageWarning::LoginPage => "login-page",
        PageWarning::SeveralArticles => "several-articles",
        _ => "other",
    }
}
