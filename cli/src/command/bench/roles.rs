//! `--task roles`: what the blocks of pages are taken for against what people say that they are.
//!
//! A table `NAME.roles.tsv` beside the page `NAME.txt` names lines (from 1) and their roles, and,
//! in a third field, the part of a line if only a part has the role. Characters are counted, white
//! space and lines without a role apart.

use std::path::{Path, PathBuf};

use anyhow::Result;
use tomtat::eval::Fingerprint;
use tomtat::eval::extraction::ExtractionCounts;
use tomtat::page::{PageOptions, Role, parse};

use super::arguments::Arguments;
use super::segmentation::{Measured, Row, file_names};
use crate::input::{Problem, Source, read_text};
use crate::output::message;
use crate::run::status::Status;
use crate::scoring::texts::print_problems;

/// A page with the role of each byte, where one is given.
struct Page {
    text: String,
    gold: Vec<Option<Role>>,
}

/// Name of the row of the text that is kept.
const TEXT: &str = "text";

pub(super) fn run(arguments: &Arguments) -> Result<Status> {
    let (mut pages, mut problems) = (Vec::new(), Vec::new());
    for path in files(&arguments.data, &mut problems) {
        match page(&path) {
            Ok(page) => pages.push(page),
            Err(problem) => problems.push(problem),
        }
    }
    print_problems(&problems);
    if pages.is_empty() {
        if problems.is_empty() {
            message("note", "no pages with a table of roles (NAME.txt with NAME.roles.tsv)");
            return Ok(Status::Nothing);
        }
        return Ok(Status::Fatal);
    }
    // By page: characters by role given and role found.
    let counted: Vec<Vec<[u64; Role::ALL.len()]>> = pages.iter().map(count).collect();
    let counts = |keep: &dyn Fn(Role) -> bool| -> Vec<ExtractionCounts> {
        let of_page = |table: &Vec<[u64; Role::ALL.len()]>| {
            let (mut correct, mut found, mut gold) = (0, 0, 0);
            for (row, given) in table.iter().zip(Role::ALL) {
                for (count, taken) in row.iter().zip(Role::ALL) {
                    correct += if keep(given) && keep(taken) { *count } else { 0 };
                    found += if keep(taken) { *count } else { 0 };
                    gold += if keep(given) { *count } else { 0 };
                }
            }
            ExtractionCounts::new(correct, found, gold)
        };
        counted.iter().map(of_page).collect()
    };
    let row = |name: &str, parts| Row { name: name.to_owned(), parts, more: Vec::new() };
    let mut rows = vec![row(TEXT, counts(&Role::is_text))];
    for role in Role::ALL {
        let parts = counts(&|other| other == role);
        if parts.iter().any(|part| part.gold() + part.predicted() > 0) {
            rows.push(row(role.name(), parts));
        }
    }
    let all = counted.iter().map(|table| {
        let sum: u64 = table.iter().flatten().sum();
        let correct = (0..Role::ALL.len()).map(|i| table[i][i]).sum();
        ExtractionCounts::new(correct, sum, sum)
    });
    rows.push(row("all", all.collect()));
    let mut data = Fingerprint::new();
    pages.iter().for_each(|page| data.add(&page.text));
    let measured = Measured {
        arguments,
        task: "roles",
        caption: format!("{}: {} pages", file_names(arguments), pages.len()),
        row_name: "role",
        unit: "characters",
        more: Vec::new(),
        rows,
        notes: vec![
            "text: lead and body together, which summaries are made of; all: share of the \
             characters with the right role"
                .to_owned(),
        ],
        usual: TEXT,
        fields: Vec::new(),
        data,
        failed: problems.len() as u64,
    };
    measured.finish()
}

/// The pages: named ones, and those in folders that have a table.
fn files(data: &[PathBuf], problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in data {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        match std::fs::read_dir(path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>) {
            Ok(entries) => {
                let mut pages: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).collect();
                pages.retain(|page| {
                    page.extension().is_some_and(|end| end == "txt") && table_of(page).is_file()
                });
                pages.sort();
                found.extend(pages);
            }
            Err(error) => {
                problems.push(Problem::new(path.display().to_string(), error.to_string()));
            }
        }
    }
    found
}

fn table_of(page: &Path) -> PathBuf {
    page.with_extension("roles.tsv")
}

fn page(path: &Path) -> Result<Page, Problem> {
    let text = read_text(&Source::File(path.to_owned()))?;
    let table_path = table_of(path);
    let table = read_text(&Source::File(table_path.clone())).map_err(|problem| {
        problem.hint(format!("it should hold the roles of {}", path.display()))
    })?;
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let mut gold = vec![None; text.len()];
    for (number, row) in table.lines().enumerate().filter(|(_, row)| !row.trim().is_empty()) {
        let problem =
            |found: String| Problem::new(format!("{}:{}", table_path.display(), number + 1), found);
        let fields: Vec<&str> = row.split('\t').collect();
        let line: Option<usize> = fields[0].trim().parse().ok().filter(|n| *n >= 1);
        let line = line.ok_or_else(|| problem(format!("`{}` is no line number", fields[0])))?;
        let name = fields.get(1).copied().unwrap_or_default().trim();
        let role = Role::from_name(name).ok_or_else(|| {
            let names = Role::ALL.map(Role::name).join(", ");
            problem(format!("`{name}` is no role; there are {names}"))
        })?;
        let lines = starts.len();
        let start = *starts
            .get(line - 1)
            .ok_or_else(|| problem(format!("line {line} of {lines} in the page")))?;
        let end = starts.get(line).map_or(text.len(), |next| next - 1);
        let span = match fields.get(2).filter(|part| !part.is_empty()) {
            None => start..end,
            Some(part) => {
                let at = text[start..end]
                    .find(part)
                    .ok_or_else(|| problem(format!("`{part}` is not in line {line}")))?;
                start + at..start + at + part.len()
            }
        };
        gold[span].fill(Some(role));
    }
    Ok(Page { text, gold })
}

/// Counts the characters of a page by role given and role found.
fn count(page: &Page) -> Vec<[u64; Role::ALL.len()]> {
    let place = |role: Role| Role::ALL.iter().position(|r| *r == role).unwrap_or_default();
    let mut table = vec![[0; Role::ALL.len()]; Role::ALL.len()];
    for block in parse(&page.text, &PageOptions::default()).blocks() {
        let span = block.span();
        for (offset, c) in page.text[span.clone()].char_indices() {
            if let (false, Some(given)) = (c.is_whitespace(), page.gold[span.start + offset]) {
                table[place(given)][place(block.role())] += 1;
            }
        }
    }
    table
}
