//! Data sets: articles, or groups of articles, with reference summaries.
//!
//! | what is named | how it is read |
//! |---|---|
//! | `.jsonl`, `.ndjson`, `.json` | JSON objects, fields by name; a field `documents` makes it a cluster |
//! | `.csv`, `.tsv`, `.parquet` | rows, with the names of the fields in a header |
//! | `.seg` | one article in the format of VietNews: title, abstract, body, captions, with a blank line between |
//! | a folder | all of these in it, in the order of their paths |
//!
//! `.zst`, `.gz` and `.bz2` are unpacked. Used by `bench`, and by whatever learns from summaries.

mod fields;
mod record;
pub(crate) mod tagged;
mod vietnews;

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::input::{
    Article, Format, Item, Items, Problem, ReadOptions, Source, files_in, has_extension, read_text,
    unpacked,
};
pub(crate) use fields::{Fields, Selector};
pub(crate) use record::texts as texts_of;

/// Articles on one matter and what people wrote of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Example {
    /// File, and line of a record.
    pub(crate) place: String,
    /// Name of the record.
    pub(crate) id: String,
    /// The article, or the articles of a cluster; at least one.
    pub(crate) documents: Vec<Article>,
    /// The summaries that people wrote; at least one.
    pub(crate) references: Vec<String>,
}

impl Example {
    /// Returns true if there are several articles.
    pub(crate) fn is_cluster(&self) -> bool {
        self.documents.len() > 1
    }

    /// Returns the articles as one: texts in order with a blank line between, the first title.
    pub(crate) fn joined(&self) -> Article {
        if let [document] = self.documents.as_slice() {
            return Article { id: self.id.clone(), ..document.clone() };
        }
        let texts: Vec<&str> = self.documents.iter().map(|d| d.text.as_str()).collect();
        Article {
            id: self.id.clone(),
            title: self.documents.first().and_then(|d| d.title.clone()),
            text: texts.join("\n\n"),
            line_sentences: self.documents.iter().all(|d| d.line_sentences),
            ..Article::default()
        }
    }
}

/// Calls `each` with every example of the files, in order, until it fails.
pub(crate) fn read(
    paths: &[PathBuf],
    fields: &Fields,
    mut each: impl FnMut(Result<Example, Problem>) -> Result<()>,
) -> Result<()> {
    for path in paths {
        if path.is_dir() {
            let found = match files_in(path, is_data) {
                Ok(found) => found,
                Err(problem) => {
                    each(Err(problem))?;
                    continue;
                }
            };
            if found.is_empty() {
                let problem = Problem::new(path.display().to_string(), "no data files in it");
                each(Err(problem.hint("looked for .seg, .jsonl, .ndjson, .csv, .tsv, or .zst")))?;
            }
            for file in found {
                read_file(&file, fields, &mut each)?;
            }
        } else {
            read_file(path, fields, &mut each)?;
        }
    }
    Ok(())
}

/// Tells whether the name of a file is one of a data set.
fn is_data(path: &Path) -> bool {
    has_extension(&unpacked(path), "seg")
        || Format::of_name(path)
            .is_some_and(|format| !matches!(format, Format::Text | Format::Warc))
}

fn read_file(
    path: &Path,
    fields: &Fields,
    each: &mut impl FnMut(Result<Example, Problem>) -> Result<()>,
) -> Result<()> {
    let plain = unpacked(path);
    let source = Source::of(path);
    let place = source.name();
    if has_extension(&plain, "seg") {
        let id = plain.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let id = id.split('.').next().unwrap_or_default().to_owned();
        return each(read_text(&source).and_then(|text| vietnews::example(&text, id, place)));
    }
    if source != Source::Stdin && !is_data(path) {
        let problem = if path.exists() {
            Problem::new(place, "not a data set by its name")
                .hint("known: .jsonl, .json, .csv, .tsv, .seg, a folder of them, or packed")
        } else {
            Problem::new(place, "no such file")
        };
        return each(Err(problem));
    }
    let from_stdin = source == Source::Stdin;
    for item in Items::new(Vec::new(), vec![source], ReadOptions::default()) {
        each(match item.record() {
            Ok((place, record)) => record::example(&record, place, fields),
            Err(item) => Err(match *item {
                Item::Broken(problem) => problem,
                item if from_stdin => Problem::new(item.place(), "no records in it")
                    .hint("pipe JSON Lines, JSON or CSV in"),
                item => Problem::new(item.place(), "has no reference summary"),
            }),
        })?;
    }
    Ok(())
}
