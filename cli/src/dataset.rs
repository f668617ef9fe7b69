//! Data sets: articles, or groups of articles, with reference summaries.
//!
//! | what is named | how it is read |
//! |---|---|
//! | `.jsonl`, `.ndjson` | one JSON object a line, fields by name; a field `documents` makes it a cluster |
//! | `.csv`, `.tsv` | a header with the names of the fields |
//! | `.seg` | one article in the format of VietNews: title, abstract, body, captions, with a blank line between |
//! | a folder | all of these in it, in the order of their paths |
//!
//! `.zst` is unpacked. Used by `bench`, and by whatever learns from summaries.

mod fields;
mod record;
mod vietnews;

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::{Map, Value};

use crate::input::{
    Article, Problem, Source, has_extension, lines, object_of, read_text, unpacked,
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
            let mut found = Vec::new();
            if let Err(problem) = walk(path, &mut found) {
                each(Err(problem))?;
                continue;
            }
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

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Problem> {
    let problem = |e: std::io::Error| Problem::new(folder.display().to_string(), e.to_string());
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let mut paths: Vec<PathBuf> =
        entries.map_err(problem)?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let plain = unpacked(&path);
        if path.is_dir() && !path.is_symlink() {
            walk(&path, found)?;
        } else if ["seg", "jsonl", "ndjson", "csv", "tsv"].iter().any(|e| has_extension(&plain, e))
        {
            found.push(path);
        }
    }
    Ok(())
}

fn read_file(
    path: &Path,
    fields: &Fields,
    each: &mut impl FnMut(Result<Example, Problem>) -> Result<()>,
) -> Result<()> {
    let plain = unpacked(path);
    let is = |extension| has_extension(&plain, extension);
    let source =
        if path.as_os_str() == "-" { Source::Stdin } else { Source::File(path.to_owned()) };
    if is("csv") || is("tsv") {
        return read_table(&source, if is("csv") { b',' } else { b'\t' }, fields, each);
    }
    if is("seg") {
        let id = plain.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let id = id.split('.').next().unwrap_or_default().to_owned();
        let place = source.name();
        return each(read_text(&source).and_then(|text| vietnews::example(&text, id, place)));
    }
    if !(is("jsonl") || is("ndjson") || source == Source::Stdin) {
        let problem = if path.exists() {
            Problem::new(source.name(), "not a data set by its name")
                .hint("known: .jsonl, .ndjson, .csv, .tsv, .seg, a folder of them, or .zst")
        } else {
            Problem::new(source.name(), "no such file")
        };
        return each(Err(problem));
    }
    let ended = lines(&source, |number, text| {
        let place = format!("{}:{number}", source.name());
        let object = match text {
            Ok(text) if text.trim().is_empty() => return Ok(true),
            Ok(text) => object_of(text.trim_start_matches('\u{FEFF}'), &place),
            Err(problem) => Err(problem),
        };
        each(object.and_then(|object| record::example(&object, place, fields)))?;
        Ok(true)
    })?;
    ended.or_else(|problem| each(Err(problem)))
}

/// A table with a header: each row becomes an object of texts.
fn read_table(
    source: &Source,
    delimiter: u8,
    fields: &Fields,
    each: &mut impl FnMut(Result<Example, Problem>) -> Result<()>,
) -> Result<()> {
    let text = match read_text(source) {
        Ok(text) => text,
        Err(problem) => return each(Err(problem)),
    };
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return each(Err(Problem::new(source.name(), error.to_string()))),
    };
    for row in reader.records() {
        let example = match row {
            Ok(row) => {
                let line = row.position().map_or(0, csv::Position::line);
                let place = format!("{}:{line}", source.name());
                let cell = |(name, value): (&str, &str)| (name.to_owned(), Value::from(value));
                let object: Map<String, Value> = header.iter().zip(&row).map(cell).collect();
                record::example(&object, place, fields)
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                Err(Problem::new(format!("{}:{line}", source.name()), error.to_string()))
            }
        };
        each(example)?;
    }
    Ok(())
}
