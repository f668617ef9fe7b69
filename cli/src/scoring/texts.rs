//! Lists of texts that belong together one by one: predictions and references.
//!
//! A list is a file with one text a line, JSON Lines, or a folder with one text a file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::dataset::{Selector, texts_of};
use crate::input::{
    Item, Items, Problem, ReadOptions, Reading, Record, Source, Texts, field, files_in, read_text,
    unpacked,
};
use crate::output::message;

/// One entry of a list.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// File, and line.
    pub(crate) place: String,
    /// What it is called: the id of the record, or the name of the file.
    pub(crate) id: Option<String>,
    /// The texts, or why there are none.
    pub(crate) texts: Result<Vec<String>, Problem>,
}

/// A list of texts.
#[derive(Clone, Debug)]
pub(crate) struct List {
    /// File or folder.
    pub(crate) name: String,
    /// In order.
    pub(crate) entries: Vec<Entry>,
}

/// How to take a text out of what is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// Field of JSON Lines.
    pub(crate) field: Option<String>,
    /// Field with the id.
    pub(crate) id: Option<String>,
    /// What stands for a line end inside of a line.
    pub(crate) line_break: Option<String>,
}

/// Names that are tried for a prediction.
pub(crate) const PREDICTIONS: &[&str] =
    &["prediction", "summary", "generated", "output", "hypothesis", "text"];
/// Names that are tried for a reference.
pub(crate) const REFERENCES: &[&str] =
    &["references", "reference", "abstract", "summary", "sapo", "highlights", "target", "text"];

impl List {
    /// Reads a list; only what makes all of it unusable is an error.
    pub(crate) fn read(path: &Path, layout: &Layout, usual: &[&str]) -> Result<Self> {
        let name = path.display().to_string();
        let stop = |problem: Problem| anyhow::anyhow!("{problem}");
        if path.is_dir() {
            if let Some(field) = &layout.field {
                let problem = Problem::new(name, format!("is a folder and has no field `{field}`"));
                return Err(stop(problem));
            }
            return Self::folder(path).map_err(stop);
        }
        let source = Source::of(path);
        if let Err(problem) = source.open() {
            return Err(stop(problem));
        }
        // Plain text is one text a line, whatever else the file could be.
        let options = ReadOptions { texts: Texts::Lines, ..ReadOptions::default() };
        let mut entries = Vec::new();
        for item in Items::new(Vec::new(), vec![source], options) {
            entries.push(match item {
                Item::Line { .. } if layout.field.is_some() => {
                    let field = layout.field.as_deref().unwrap_or_default();
                    let found = format!("has no field `{field}`: it is no JSON Lines");
                    let hint = "one text a line is read whole; JSON Lines end in .jsonl";
                    return Err(stop(Problem::new(&name, found).hint(hint)));
                }
                Item::Line { place, text } => {
                    Entry { place, id: None, texts: Ok(vec![layout.restore_line_ends(text)]) }
                }
                item => {
                    let place = item.place();
                    match item.record() {
                        Ok((place, object)) => record(&object, place, layout, usual),
                        Err(item) => Entry {
                            place,
                            id: None,
                            texts: item
                                .article(&Reading::default())
                                .map(|article| vec![article.text]),
                        },
                    }
                }
            });
        }
        Ok(Self { name, entries })
    }

    fn folder(path: &Path) -> Result<Self, Problem> {
        let name = path.display().to_string();
        let entries = files_in(path, |file| file.parent() == Some(path))?.into_iter().map(|path| {
            let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            let source = Source::File(path);
            let texts = read_text(&source).map(|text| vec![text.trim().to_owned()]);
            Entry { place: source.name(), id, texts }
        });
        Ok(Self { entries: entries.collect(), name })
    }

    /// Returns true if every entry that could be read has an id.
    fn has_ids(&self) -> bool {
        let mut readable = self.entries.iter().filter(|entry| entry.texts.is_ok()).peekable();
        readable.peek().is_some() && readable.all(|entry| entry.id.is_some())
    }

    /// Returns the entry of `other` that belongs to each entry of this list: by id where both
    /// have ids, else by order.
    ///
    /// What has no partner is named: nothing may be left out of a score in silence. Only an entry
    /// whose partner may be one of the lines that cannot be read is passed over.
    pub(crate) fn partners(&self, other: &Self) -> Result<Vec<Option<usize>>, Vec<Problem>> {
        if self.has_ids() && other.has_ids() {
            self.partners_by_id(other)
        } else {
            self.partners_by_order(other)
        }
    }

    fn partners_by_order(&self, other: &Self) -> Result<Vec<Option<usize>>, Vec<Problem>> {
        let (mine, theirs) = (self.entries.len(), other.entries.len());
        if mine == theirs {
            return Ok((0..mine).map(Some).collect());
        }
        let (short, long) = if mine < theirs { (self, other) } else { (other, self) };
        let first = &long.entries[short.entries.len()];
        Err(vec![Problem::new(
            &first.place,
            format!("has no partner: {} has {theirs} texts, {} has {mine}", other.name, self.name),
        )])
    }

    fn partners_by_id(&self, other: &Self) -> Result<Vec<Option<usize>>, Vec<Problem>> {
        let mut problems = Vec::new();
        let mine = self.by_id(&mut problems);
        let theirs = other.by_id(&mut problems);
        let partners: Vec<Option<usize>> =
            self.entries.iter().map(|entry| theirs.get(entry.id.as_deref()?).copied()).collect();
        for (from, to, found) in [(self, other, &theirs), (other, self, &mine)] {
            let lost = from.entries.iter().filter_map(|entry| {
                let id = entry.id.as_deref().filter(|id| !found.contains_key(id))?;
                let text = format!("`{id}` has no partner in {}", to.name);
                Some(Problem::new(&entry.place, text))
            });
            let lost: Vec<Problem> = lost.collect();
            let unreadable = to.entries.iter().filter(|entry| entry.id.is_none()).count();
            if lost.len() > unreadable {
                problems.extend(lost);
            }
        }
        if problems.is_empty() { Ok(partners) } else { Err(problems) }
    }

    fn by_id<'a>(&'a self, problems: &mut Vec<Problem>) -> HashMap<&'a str, usize> {
        let mut found = HashMap::with_capacity(self.entries.len());
        for (at, entry) in self.entries.iter().enumerate() {
            let Some(id) = entry.id.as_deref() else { continue };
            if let Some(first) = found.insert(id, at) {
                let before = &self.entries[first].place;
                let text = format!("the id `{id}` stands in {before}, too");
                problems.push(Problem::new(&entry.place, text));
            }
        }
        found
    }
}

impl Layout {
    fn restore_line_ends(&self, line: String) -> String {
        match &self.line_break {
            Some(mark) if !mark.is_empty() => line.replace(mark.as_str(), "\n"),
            _ => line,
        }
    }
}

fn record(object: &Record, place: String, layout: &Layout, usual: &[&str]) -> Entry {
    let id = match field(object, layout.id.as_deref().unwrap_or("id")) {
        Some(serde_json::Value::String(id)) => Some(id.clone()),
        Some(serde_json::Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    let selector = if let Some(field) = &layout.field {
        Selector::parse(field)
    } else {
        let name = usual.iter().find(|name| object.contains_key(**name));
        Selector::parse(name.copied().unwrap_or(usual[0]))
    };
    let texts = texts_of(object, &selector, &place)
        .map(|texts| texts.into_iter().map(|text| layout.restore_line_ends(text)).collect());
    Entry { place, id, texts }
}

/// Problems that are printed one by one; more are only counted.
const MOST_PRINTED: usize = 10;

/// Prints problems as errors, the first ones in full.
pub(crate) fn print_problems(problems: &[Problem]) {
    for problem in problems.iter().take(MOST_PRINTED) {
        message("error", problem);
    }
    if problems.len() > MOST_PRINTED {
        message("error", format_args!("and {} more like these", problems.len() - MOST_PRINTED));
    }
}

/// Splits `NAME=FILE`; without a name, the name of the file is taken.
pub(crate) fn named_file(argument: &str) -> (String, PathBuf) {
    if let Some((name, path)) = argument.split_once('=')
        && !name.is_empty()
        && !name.contains(['/', '\\'])
    {
        return (name.to_owned(), PathBuf::from(path));
    }
    let path = PathBuf::from(argument);
    let name = unpacked(&path);
    let name = name.file_stem().map_or(argument.to_owned(), |stem| stem.to_string_lossy().into());
    (name, path)
}
