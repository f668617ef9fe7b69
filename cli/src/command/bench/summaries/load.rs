//! Reading of the data and of the results of other programs.

use anyhow::{Result, bail};

use crate::command::bench::arguments::Arguments;
use crate::command::bench::summaries::examples::{Kept, TextWriter, Texts};
use crate::dataset::{self, Example, Fields};
use crate::input::Problem;
use crate::run::progress;
use crate::scoring::texts::{Entry, Layout, List, PREDICTIONS, named_file, print_problems};

/// The records of the data, in order.
pub(super) struct Data {
    /// The records that can be used.
    pub(super) examples: Vec<Kept>,
    /// The texts of their articles.
    pub(super) texts: Texts,
    /// How many records there are.
    pub(super) records: usize,
    /// Where the records stand and what they are called.
    entries: List,
    pub(super) problems: Vec<Problem>,
}

/// Reads all data sets.
pub(super) fn data(arguments: &Arguments, fields: &Fields) -> Result<Data> {
    let names: Vec<String> = arguments.data.iter().map(|p| p.display().to_string()).collect();
    let mut entries = List { name: names.join(", "), entries: Vec::new() };
    let (mut examples, mut problems) = (Vec::new(), Vec::new());
    let mut texts = TextWriter::new()?;
    let bar = progress::spinner("reading");
    dataset::read(&arguments.data, fields, |example| {
        bar.inc(1);
        match example {
            Ok(mut example) => {
                if arguments.resegment {
                    resegment(&mut example);
                }
                entries.entries.push(Entry {
                    place: example.place.clone(),
                    id: Some(example.id.clone()),
                    texts: Ok(Vec::new()),
                });
                examples.push(texts.keep(entries.entries.len() - 1, example)?);
            }
            Err(problem) => {
                // It keeps its place, for what belongs to records by order.
                entries.entries.push(Entry {
                    place: problem.place.clone(),
                    id: None,
                    texts: Err(problem.clone()),
                });
                problems.push(problem);
            }
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    let records = entries.entries.len();
    Ok(Data { examples, texts: texts.finish()?, records, entries, problems })
}

/// Undoes the underscores of pre-segmented text.
fn resegment(example: &mut Example) {
    let undo = |text: &mut String| *text = text.replace('_', " ");
    for document in &mut example.documents {
        undo(&mut document.text);
        if let Some(title) = &mut document.title {
            undo(title);
        }
    }
    example.references.iter_mut().for_each(undo);
}

/// Names and texts of the results of other programs, by record; nothing if they do not fit.
pub(super) fn given(
    arguments: &Arguments,
    data: &Data,
) -> Result<Option<Vec<(String, Vec<String>)>>> {
    let mut given = Vec::new();
    for argument in &arguments.pred {
        let (name, path) = named_file(argument);
        let layout = Layout { field: arguments.pred_field.clone(), ..Layout::default() };
        let list = List::read(&path, &layout, PREDICTIONS)?;
        let partners = match data.entries.partners(&list) {
            Ok(partners) => partners,
            Err(problems) => {
                print_problems(&problems);
                return Ok(None);
            }
        };
        let unreadable: Vec<Problem> =
            list.entries.iter().filter_map(|entry| entry.texts.clone().err()).collect();
        if !unreadable.is_empty() {
            print_problems(&unreadable);
            bail!("{}: a method must give a summary of every article", list.name);
        }
        let text = |partner: Option<usize>| {
            let texts = partner.and_then(|at| list.entries[at].texts.as_ref().ok());
            texts.map(|texts| texts.join("\n")).unwrap_or_default()
        };
        given.push((name, partners.into_iter().map(text).collect()));
    }
    Ok(Some(given))
}
