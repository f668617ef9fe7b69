//! Summaries of one article and of several.

use std::ops::Range;
use std::sync::Arc;

use tomtat::multidoc::{MultiOptions as Weights, MultiSummarizer};
use tomtat::page::Role;
use tomtat::rank;
use tomtat::select::{Budget, Mmr};
use tomtat::summary::{EmptyReason, Order, Summary};
use tomtat::{Document, Summarizer};

use super::{Article, Engine, InputError, Places, names};
use crate::objects::Summary as SummaryObject;
use crate::objects::{Method, MultiSummary, Note, Picked, Source, Whole};
use crate::options::{ArticleInput, ArticleRecord, MultiOptions, SentenceOrder, SummarizeOptions};

/// Syllables of a summary of several articles if no length is asked for, as in the command line.
const MULTI_SYLLABLES: usize = 180;

/// What should be known of a summary: why it is empty, if it is, before all else.
fn notes(summary: &Summary, document: &Document) -> Vec<Note> {
    let empty = EmptyReason::of(summary, document).map(|reason| {
        let raw = if reason.has_lines() { "; raw takes every line" } else { "" };
        Note { code: reason.code(), message: format!("{reason}{raw}") }
    });
    let others = summary.warnings().iter();
    let others = others.map(|w| Note { code: w.code(), message: w.to_string() });
    empty.into_iter().chain(others).collect()
}

impl Engine {
    /// Summarizes an article.
    ///
    /// # Errors
    ///
    /// If an option cannot be used.
    pub fn summarize(
        &self,
        text: &str,
        options: &SummarizeOptions,
    ) -> Result<SummaryObject, InputError> {
        let summarizer = self.summarizer(options)?;
        if options.sapo && (options.trim || options.raw || chosen_budget(options)?.is_some()) {
            let reason = "goes neither with a length nor with trim or raw".to_owned();
            return Err(InputError::Value { option: "sapo", reason });
        }
        let article = Article::read(text, options.title.as_deref());
        let document = self.analyze(&article, options.title.as_deref(), options.raw);
        let summary = if options.sapo {
            Summary::of_role(&document, Role::Sapo)
        } else {
            summarizer.summarize(&document)
        };
        let is_other = article.metadata.is_some() && document.other_purpose().is_some();
        let summary = if is_other && !options.raw { summary.without_sentences() } else { summary };
        let sentences = picked(&document, &summary);
        let explain = options.explain.then(|| {
            let mut explanation = summarizer.explain(&document, &summary);
            // In order, so that one walk over the text counts them.
            let mut found: Vec<&mut Range<usize>> = explanation.places_mut().collect();
            found.sort_by_key(|place| place.start);
            let mut places = Places::new(document.text());
            for place in found {
                let (start, end) = places.of(place);
                *place = start..end;
            }
            explanation
        });
        Ok(SummaryObject {
            title: document.title().map(|title| title.text().to_owned()),
            method: summary.method().to_owned(),
            text: joined(&sentences),
            sentences,
            length: summary.length(),
            warnings: notes(&summary, &document),
            article: article.laid_out(),
            explain,
        })
    }

    fn summarizer(&self, options: &SummarizeOptions) -> Result<Summarizer, InputError> {
        let name = options.method.as_deref().unwrap_or(rank::DEFAULT);
        let ranker = rank::by_name(name, self.analyzer.models().ranker()).ok_or_else(|| {
            InputError::Unknown {
                option: "method",
                found: name.to_owned(),
                known: names(rank::REGISTRY.iter().map(|entry| entry.info.name)),
            }
        })?;
        if options.trim && name != rank::DEFAULT {
            let reason = "goes with the method trained only".to_owned();
            return Err(InputError::Value { option: "trim", reason });
        }
        let mut summarizer = Summarizer::from_ranker(&self.analyzer, Arc::from(ranker))
            .with_budget(budget(options)?)
            .with_avoid_dangling(!options.dangling)
            .with_trim(options.trim)
            .with_order(match options.order {
                SentenceOrder::Document => Order::Document,
                SentenceOrder::Score => Order::Score,
            });
        if let Some(lambda) = options.mmr {
            if !(0.0..=1.0).contains(&lambda) {
                let reason = format!("expected 0 to 1, found {lambda}");
                return Err(InputError::Value { option: "mmr", reason });
            }
            summarizer = summarizer.with_selector(Mmr::new(lambda));
        }
        if let Some(query) = self.query(options.query.as_deref(), options.loose)? {
            summarizer = summarizer.with_query(query);
        }
        if let Some(seen) = self.seen(&options.seen) {
            summarizer = summarizer.with_seen(seen);
        }
        Ok(summarizer)
    }

    /// Summarizes several articles on one event.
    ///
    /// # Errors
    ///
    /// If an option cannot be used.
    pub fn multi_summarize(
        &self,
        articles: &[ArticleInput],
        options: &MultiOptions,
    ) -> Result<MultiSummary, InputError> {
        let lengths = SummarizeOptions {
            n: options.n,
            words: options.words,
            syllables: options.syllables,
            characters: options.characters,
            ratio: options.ratio,
            length: options.length.clone(),
            ..SummarizeOptions::default()
        };
        let budget = match chosen_budget(&lengths)? {
            Some(budget) => budget,
            None => Budget::Syllables(MULTI_SYLLABLES),
        };
        let mut summarizer = MultiSummarizer::new(&self.analyzer).with_budget(budget);
        if options.dangling {
            let mut weights = Weights::default();
            weights.dangling = 1.0;
            summarizer = summarizer.with_options(weights);
        }
        if let Some(query) = self.query(options.query.as_deref(), options.loose)? {
            summarizer = summarizer.with_query(query);
        }
        if let Some(seen) = self.seen(&options.seen) {
            summarizer = summarizer.with_seen(seen);
        }
        let records: Vec<ArticleRecord> = articles.iter().map(ArticleInput::record).collect();
        let documents: Vec<Document> = records
            .iter()
            .map(|record| {
                let article = Article::read(&record.body, record.title.as_deref());
                self.analyze(&article, record.title.as_deref(), options.raw)
            })
            .collect();
        let multi = summarizer.summarize(&documents);
        let sentences: Vec<Picked> = multi
            .picks()
            .iter()
            .filter_map(|pick| {
                let document = &documents[pick.document()];
                let sentence = document.sentence(pick.sentence())?;
                let (start, end) = Places::new(document.text()).of(&sentence.span());
                Some(Picked {
                    text: sentence.text().to_owned(),
                    start,
                    end,
                    score: pick.score(),
                    rank: pick.rank(),
                    document: Some(pick.document()),
                    sentence: None,
                })
            })
            .collect();
        let sources =
            records.iter().zip(&documents).enumerate().map(|(d, (record, document))| Source {
                id: record.id.clone().unwrap_or_else(|| (d + 1).to_string()),
                title: document.title().map(|title| title.text().to_owned()),
                copy_of: multi.copies().iter().find(|(copy, _)| *copy == d).map(|(_, of)| *of),
            });
        Ok(MultiSummary {
            documents: sources.collect(),
            text: joined(&sentences),
            sentences,
            length: multi.length(),
        })
    }

    /// Returns the rankers.
    #[must_use]
    pub fn methods(&self) -> Vec<Method> {
        let methods = rank::REGISTRY.iter().map(|entry| Method {
            name: entry.info.name,
            summary: entry.info.summary,
            default: entry.info.name == rank::DEFAULT,
        });
        methods.collect()
    }
}

impl ArticleInput {
    fn record(&self) -> ArticleRecord {
        match self {
            Self::Text(body) => ArticleRecord { body: body.clone(), ..ArticleRecord::default() },
            Self::Record(record) => record.clone(),
        }
    }
}

fn joined(sentences: &[Picked]) -> String {
    let texts: Vec<&str> = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
    texts.join(" ")
}

fn picked(document: &Document, summary: &Summary) -> Vec<Picked> {
    let mut places = Places::new(document.text());
    // Whole sentences begin before their parts: a walk of their own goes forward only.
    let mut whole_places = Places::new(document.text());
    let picks = summary.picks().iter().map(|pick| {
        let (start, end) = places.of(&pick.span());
        let whole = document.sentence(pick.sentence());
        let sentence = whole.filter(|whole| whole.span() != pick.span()).map(|whole| {
            let (start, end) = whole_places.of(&whole.span());
            Whole { text: whole.text().to_owned(), start, end }
        });
        Picked {
            text: document.text()[pick.span()].to_owned(),
            start,
            end,
            score: pick.score(),
            rank: pick.rank(),
            document: None,
            sentence,
        }
    });
    picks.collect()
}

fn budget(options: &SummarizeOptions) -> Result<Budget, InputError> {
    Ok(chosen_budget(options)?.unwrap_or_default())
}

/// The length that was asked for, if any.
fn chosen_budget(options: &SummarizeOptions) -> Result<Option<Budget>, InputError> {
    let given: Vec<&'static str> = [
        (options.n.is_some(), "n"),
        (options.words.is_some(), "words"),
        (options.syllables.is_some(), "syllables"),
        (options.characters.is_some(), "characters"),
        (options.ratio.is_some(), "ratio"),
        (options.length.is_some(), "length"),
    ]
    .into_iter()
    .filter_map(|(is_given, name)| is_given.then_some(name))
    .collect();
    let name = match given[..] {
        [] => return Ok(None),
        [name] => name,
        _ => return Err(InputError::Lengths(given.join(", "))),
    };
    if let Some(length) = &options.length {
        return Ok(Some(length.parse()?));
    }
    let budget = match (options.n, options.words, options.syllables, options.characters) {
        (Some(n), ..) => Budget::sentences(n),
        (_, Some(n), ..) => Budget::words(n),
        (_, _, Some(n), _) => Budget::syllables(n),
        (.., Some(n)) => Budget::characters(n),
        _ => Budget::ratio(options.ratio.unwrap_or_default()),
    };
    budget.map(Some).map_err(|error| InputError::Length { name, error })
}
