//! Articles with the key terms that people gave.

use std::path::PathBuf;

use super::Fields;
use super::fields::Selector;
use super::record::texts;
use crate::input::{
    Item, Items, Problem, ReadOptions, Record, Source, article_of, missing_field, text_of,
};

/// Names that are tried for the key terms if none is given.
const TAGS: [&str; 3] = ["tags", "keywords", "keyphrases"];

/// Fields with the lead of an article.
const LEADS: [&str; 2] = ["abstract", "sapo"];

/// An article with its key terms.
#[derive(Clone, Debug)]
pub(crate) struct Tagged {
    /// Title, lead and body, with a blank line between.
    pub(crate) text: String,
    /// What people gave.
    pub(crate) tags: Vec<String>,
}

/// Reads articles from files of records; those without a key term are left out.
pub(crate) fn read(paths: &[PathBuf], fields: &Fields) -> (Vec<Tagged>, Vec<Problem>) {
    let sources = paths.iter().map(|path| Source::of(path)).collect();
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    for item in Items::new(Vec::new(), sources, ReadOptions::default()) {
        let article = match item.record() {
            Ok((place, record)) => tagged(&record, &place, fields),
            Err(item) => Err(match *item {
                Item::Broken(problem) => problem,
                item => Problem::new(item.place(), "no records in it")
                    .hint("JSON Lines, JSON or CSV with title, body and tags are read"),
            }),
        };
        match article {
            Ok(article) if article.tags.is_empty() => {}
            Ok(article) => articles.push(article),
            Err(problem) => problems.push(problem),
        }
    }
    (articles, problems)
}

fn tagged(record: &Record, place: &str, fields: &Fields) -> Result<Tagged, Problem> {
    let tags = if let Some(selector) = &fields.reference {
        selector.clone()
    } else {
        let name = TAGS.into_iter().find(|name| record.contains_key(*name));
        let name = name.ok_or_else(|| {
            missing_field(place, "tags", record)
                .hint("name the field of the key terms with --field reference=NAME")
        })?;
        Selector::parse(name)
    };
    let tags = texts(record, &Selector { each: true, ..tags }, place)?;
    let article = article_of(record, place, &fields.article)?;
    let lead = LEADS.into_iter().find_map(|name| text_of(record.get(name)?));
    let parts = [article.title, lead.map(|(text, _)| text), Some(article.text)];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.trim().is_empty()).collect();
    Ok(Tagged { text: parts.join("\n\n"), tags })
}
