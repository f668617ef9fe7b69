//! What a thread does with an article.

use tomtat::page::Role;
use tomtat::summary::Summary;
use tomtat::{Analyzer, Document, Summarizer};

use super::arguments::{Arguments, OutputFormat};
use super::report::Report;
use super::view::View;
use crate::input::{Article, Item, Reading};

/// What every thread needs to turn a job into a report.
pub(super) struct Work<'a> {
    pub(super) arguments: &'a Arguments,
    pub(super) reading: Reading,
    pub(super) analyzer: Analyzer,
    pub(super) summarizer: Summarizer,
    /// Summaries are explained.
    pub(super) explains: bool,
}

impl Work<'_> {
    pub(super) fn report(&self, item: Item, document: &mut Document) -> Report {
        let place = item.place();
        match item.article(&self.reading) {
            Ok(article) => self.summarize(article, document),
            Err(problem) => Report::unreadable(place, &self.arguments.method, problem),
        }
    }

    pub(super) fn summarize(&self, article: Article, document: &mut Document) -> Report {
        let options = article.options(self.arguments.raw);
        self.analyzer.analyze_into(&article.text, options, document);
        let summary = if self.arguments.sapo {
            Summary::of_role(document, Role::Sapo)
        } else {
            self.summarizer.summarize(document)
        };
        // Markup tells a list, an error or a form from an article; lines of text may look like one.
        let is_page = article.metadata.is_some() && !self.arguments.raw;
        let is_other = is_page && document.other_purpose().is_some();
        let summary = if is_other { summary.without_sentences() } else { summary };
        let explanation = self.explains.then(|| self.summarizer.explain(document, &summary));
        let shown = self.arguments.view.highlight || self.arguments.format == OutputFormat::Html;
        let view = shown.then(|| View::new(document, &summary));
        Report { explanation, view, ..Report::new(article, document, &summary) }
    }
}
