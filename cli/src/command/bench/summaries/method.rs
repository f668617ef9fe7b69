//! The rows of the table of summaries.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use tomtat::eval::{Oracle, Random, Scratch};
use tomtat::multidoc::MultiSummarizer;
use tomtat::rank;
use tomtat::select::Budget;
use tomtat::{Analyzer, Document, Summarizer};

/// What makes a row.
#[derive(Debug)]
pub(super) enum Kind {
    /// The reference of another article.
    MismatchedReference,
    /// Sentences by chance.
    Random(Budget),
    /// The first sentences of the text as it is.
    Lead(Budget),
    /// The best sentences, chosen by looking at the references.
    Oracle(usize),
    /// A method of the library.
    Ranker(Box<Summarizer>),
    /// One summary of all articles of a cluster.
    MultiSummary(Box<MultiSummarizer>),
    /// Results of another program, by record of the data.
    Given(Vec<String>),
}

/// A row of the table.
#[derive(Debug)]
pub(super) struct Method {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// A summary that a method gives.
#[derive(Clone, Debug, Default)]
pub(super) struct Prediction {
    /// Sentences, one a line.
    pub(super) text: String,
    /// How many sentences were picked; nothing for texts that were not picked.
    pub(super) sentences: Option<usize>,
    /// Where the picked sentences begin, as shares of the text.
    pub(super) places: Vec<f64>,
    /// Time of choosing, in seconds.
    pub(super) seconds: f64,
}

/// What a method may look at.
pub(super) struct View<'a> {
    /// The article as `tomtat summarize` sees it.
    pub(super) document: &'a Document,
    /// The article as it is: every line is text.
    pub(super) plain: &'a Document,
    /// The articles of a cluster one by one; empty if no method wants them.
    pub(super) documents: &'a [Document],
    /// The references of the article, for oracles.
    pub(super) references: &'a [String],
    /// A reference of another article.
    pub(super) mismatched: &'a str,
    /// Number of the record in the data.
    pub(super) record: usize,
    /// Seed of the run.
    pub(super) seed: u64,
}

/// Keeps what methods draw apart from what the bootstrap draws with the same seed.
const PICKS: u64 = 0x7069_636B_735F_3031;

impl Method {
    /// Returns true if it is no bound but something that could be used.
    pub(super) fn is_tested(&self) -> bool {
        matches!(
            self.kind,
            Kind::Lead(_) | Kind::Ranker(_) | Kind::MultiSummary(_) | Kind::Given(_)
        )
    }

    /// Name of its kind in machine formats.
    pub(super) fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::MismatchedReference => "floor",
            Kind::Random(_) => "random",
            Kind::Lead(_) => "lead",
            Kind::Oracle(_) => "oracle",
            Kind::Ranker(_) | Kind::MultiSummary(_) => "method",
            Kind::Given(_) => "given",
        }
    }

    /// Returns the summary of an article.
    pub(super) fn predict(
        &self,
        view: &View<'_>,
        oracle: &Oracle,
        scratch: &mut Scratch,
    ) -> Prediction {
        let start = Instant::now();
        let mut prediction = match &self.kind {
            Kind::MismatchedReference => {
                Prediction { text: view.mismatched.to_owned(), ..Prediction::default() }
            }
            Kind::Given(texts) => {
                let text = texts.get(view.record).cloned().unwrap_or_default();
                Prediction { text, ..Prediction::default() }
            }
            Kind::Lead(budget) => {
                let order: Vec<usize> = (0..view.plain.sentences().len()).collect();
                picked(view.plain, &fill(view.plain, &order, budget))
            }
            Kind::Random(budget) => {
                let mut random = Random::stream(view.seed ^ PICKS, view.record as u64);
                let mut order: Vec<usize> = (0..view.plain.sentences().len()).collect();
                for i in (1..order.len()).rev() {
                    order.swap(i, random.below(i as u64 + 1) as usize);
                }
                let mut chosen = fill(view.plain, &order, budget);
                chosen.sort_unstable();
                picked(view.plain, &chosen)
            }
            Kind::Oracle(most) => {
                let sentences: Vec<&str> =
                    view.plain.sentences().map(tomtat::document::Sentence::text).collect();
                let oracle = oracle.clone().max_sentences(*most);
                let extract = match most {
                    2 => oracle.best_pair(&sentences, view.references, scratch),
                    _ => oracle.greedy(&sentences, view.references, scratch),
                };
                picked(view.plain, &extract.sentences)
            }
            Kind::Ranker(summarizer) => {
                let summary = summarizer.summarize(view.document);
                let numbers: Vec<usize> =
                    summary.picks().iter().map(tomtat::summary::Pick::sentence).collect();
                picked(view.document, &numbers)
            }
            Kind::MultiSummary(summarizer) => {
                let summary = summarizer.summarize(view.documents);
                let picks = summary.picks().iter();
                let sentences =
                    picks.filter_map(|p| view.documents.get(p.document())?.sentence(p.sentence()));
                let texts: Vec<&str> = sentences.map(tomtat::document::Sentence::text).collect();
                Prediction {
                    text: texts.join("\n"),
                    sentences: Some(texts.len()),
                    ..Prediction::default()
                }
            }
        };
        prediction.seconds = start.elapsed().as_secs_f64();
        prediction
    }
}

/// Takes sentences in this order as long as they fit; those that do not are passed over.
fn fill(document: &Document, order: &[usize], budget: &Budget) -> Vec<usize> {
    // Nobody judges here how long is best.
    let budget = if *budget == Budget::Auto { &Budget::default() } else { budget };
    let limit = budget.limit(order.len());
    let (mut used, mut chosen) = (0, Vec::new());
    for &number in order {
        let Some(sentence) = document.sentence(number) else { continue };
        // A line of dots says nothing and is no sentence for the methods, either.
        if !sentence.has_terms() {
            continue;
        }
        let separator = if chosen.is_empty() { 0 } else { budget.separator_cost() };
        let cost = separator + budget.cost(sentence);
        if used + cost <= limit {
            used += cost;
            chosen.push(number);
        }
    }
    chosen
}

fn picked(document: &Document, numbers: &[usize]) -> Prediction {
    let sentences = numbers.iter().filter_map(|number| document.sentence(*number));
    let texts: Vec<&str> = sentences.clone().map(tomtat::document::Sentence::text).collect();
    let length = document.text().len().max(1) as f64;
    Prediction {
        text: texts.join("\n"),
        sentences: Some(texts.len()),
        places: sentences.map(|s| s.span().start as f64 / length).collect(),
        seconds: 0.0,
    }
}

/// Makes the rows that the command line names, or all of them.
pub(super) fn methods(
    names: &[String],
    given: Vec<Method>,
    budget: Budget,
    analyzer: &Analyzer,
    has_clusters: bool,
) -> Result<Vec<Method>> {
    let mut all = Vec::new();
    if names.is_empty() {
        // Beside summaries of so many words, so many sentences say nothing.
        let by_sentences = matches!(budget, Budget::Auto | Budget::Sentences(_));
        let first = ["floor", "random", "lead-1", "lead-2", "lead-3"];
        let first = first.into_iter().take(if by_sentences { 5 } else { 2 });
        let rankers = rank::REGISTRY.iter().map(|entry| entry.info.name);
        for name in first.chain(rankers) {
            all.push(method(name, budget, analyzer)?);
        }
        if has_clusters {
            all.push(method("multi", budget, analyzer)?);
        }
        all.extend(given);
        for name in ["oracle-1", "oracle"] {
            all.push(method(name, budget, analyzer)?);
        }
    } else {
        for name in names {
            all.push(method(name.trim(), budget, analyzer)?);
        }
        all.extend(given);
    }
    for (i, method) in all.iter().enumerate() {
        if all[..i].iter().any(|before| before.name == method.name) {
            bail!("two rows are called `{}`", method.name);
        }
    }
    Ok(all)
}

fn method(name: &str, budget: Budget, analyzer: &Analyzer) -> Result<Method> {
    let ranker = |name: &str, budget: Budget| -> Option<Kind> {
        let ranker = Arc::from(rank::by_name(name, analyzer.models().ranker())?);
        let summarizer = Summarizer::from_ranker(analyzer, ranker).with_budget(budget);
        Some(Kind::Ranker(Box::new(summarizer)))
    };
    let numbered = name.rsplit_once('-').and_then(|(name, n)| Some((name, n.parse().ok()?)));
    let kind = match (name, numbered) {
        ("floor", _) => Some(Kind::MismatchedReference),
        ("random", _) => Some(Kind::Random(budget)),
        ("multi", _) => {
            Some(Kind::MultiSummary(Box::new(MultiSummarizer::new(analyzer).with_budget(budget))))
        }
        ("oracle", _) => Some(Kind::Oracle(usize::MAX)),
        (_, Some(("oracle", n))) => Some(Kind::Oracle(n)),
        (_, Some(("random", n))) => Some(Kind::Random(Budget::sentences(n)?)),
        (_, Some(("lead", n))) => Some(Kind::Lead(Budget::sentences(n)?)),
        (name, numbered) => match (ranker(name, budget), numbered) {
            (Some(kind), _) => Some(kind),
            (None, Some((name, n))) => ranker(name, Budget::sentences(n)?),
            (None, None) => None,
        },
    };
    let known: Vec<&str> = rank::REGISTRY.iter().map(|entry| entry.info.name).collect();
    let kind = kind.with_context(|| {
        format!(
            "no row `{name}`; there are floor, random, random-N, lead-N, oracle, oracle-N, multi, {}",
            known.join(", ")
        )
    })?;
    // The length is part of the name where it is part of the row.
    let name = match (&kind, name, budget) {
        (Kind::Random(_), "random", Budget::Sentences(n)) => format!("random-{n}"),
        _ => name.to_owned(),
    };
    Ok(Method { name, kind })
}
