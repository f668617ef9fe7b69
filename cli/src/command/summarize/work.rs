//! What a thread does with an article.

use tomtat::page::Role;
use tomtat::summary::Summary;
use tomtat::{Analyzer, Document, Summarizer};

use super::arguments::{Arguments, OutputFormat};
use super::explain::Explainer;
use super::report::Report;
use super::view::View;
use crate::input::{Article, Fields, Problem, article_of, page_of};
use crate::run::jobs::Job;

/// What every thread needs to turn a job into a report.
pub(super) struct Work<'a> {
    pub(super) arguments: &'a Arguments,
    pub(super) fields: Fields,
    pub(super) analyzer: Analyzer,
    pub(super) summarizer: Summarizer,
    pub(super) explainer: Option<Explainer>,
}

impl Work<'_> {
    pub(super) fn report(&self, job: Job, document: &mut Document) -> Report {
        let place = job.place();
        match self.article(job) {
            Ok(article) => self.summarize(article, document),
            Err(problem) => Report::unreadable(place, &self.arguments.method, problem),
        }
    }

    pub(super) fn article(&self, job: Job) -> Result<Article, Problem> {
        match job {
            Job::Broken(problem) => Err(problem),
            Job::File(source) => page_of(&source, self.arguments.encoding),
            Job::Line { place, text } => {
                article_of(&text, &place, &self.fields).map(Article::with_markup_read)
            }
        }
    }

    fn summarize(&self, article: Article, document: &mut Document) -> Report {
        let options = article.options(self.arguments.raw);
        self.analyzer.analyze_into(&article.text, options, document);
        let summary = if self.arguments.sapo {
            Summary::of_role(document, Role::Sapo)
        } else {
            self.summarizer.summarize(document)
        };
        let explanation = self
            .explainer
            .as_ref()
            .map(|explainer| explainer.explain(&self.analyzer, &article, document, &summary));
        let shown = self.arguments.view.highlight || self.arguments.format == OutputFormat::Html;
        let view = shown.then(|| View::new(document, &summary));
        Report { explanation, view, ..Report::new(article, document, &summary) }
    }
}
