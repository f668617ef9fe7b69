//! Files that arguments, lists and folders name.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};

use super::format::Format;
use super::source::waits_for_terminal;
use super::{Problem, Source};
use crate::output::message;

/// How files are looked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    /// Folders are searched.
    pub(crate) recursive: bool,
    /// Patterns of names that are read, or with `!` left out.
    pub(crate) globs: Vec<String>,
    /// Hidden files and those that `.gitignore` and `.ignore` name are read, too.
    pub(crate) no_ignore: bool,
    /// Folders are searched for this format only.
    pub(crate) format: Option<Format>,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) sources: Vec<Source>,
    pub(crate) problems: Vec<Problem>,
}

/// Turns arguments into sources, in order; without any it is standard input.
///
/// What cannot be used is reported, not fatal: the other inputs still count.
pub(crate) fn find(arguments: &[PathBuf], search: &Search) -> Result<Found> {
    let mut found = Found::default();
    if arguments.is_empty() {
        found.sources.push(Source::Stdin);
    }
    for path in arguments {
        if path.as_os_str() == "-" || !path.is_dir() {
            found.sources.push(Source::of(path));
        } else if search.recursive {
            search.walk(path, &mut found);
        } else {
            let problem = Problem::new(path.display().to_string(), "is a directory");
            found.problems.push(problem.hint("use -R to read the files in it"));
        }
    }
    if waits_for_terminal(&found.sources, !arguments.is_empty()) {
        bail!("no input: name a FILE, pipe text in, or name - to type a text (see --help)");
    }
    if found.sources.is_empty() && found.problems.is_empty() {
        message("note", "no files that can be read were found; -g names patterns of files");
    }
    Ok(found)
}

/// Returns the files of a folder and its folders that `wanted` says yes to, in the order of their
/// paths.
pub(crate) fn files_in(
    folder: &Path,
    wanted: impl Fn(&Path) -> bool,
) -> std::result::Result<Vec<PathBuf>, Problem> {
    let search = Search { recursive: true, no_ignore: true, ..Search::default() };
    let mut found = Found::default();
    search.walk_for(folder, &wanted, &mut found);
    match found.problems.into_iter().next() {
        Some(problem) => Err(problem),
        None => Ok(found.sources.iter().filter_map(|s| s.path().map(Path::to_owned)).collect()),
    }
}

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Reads a list of paths, one a line, or with zero bytes between (`find -print0`).
pub(super) fn listed(list: &Path) -> std::result::Result<Vec<PathBuf>, Problem> {
    let source = Source::of(list);
    let mut reader = source.open()?;
    let head = reader.fill_buf().map_err(|error| source.problem(&error))?;
    let end = if head.contains(&0) { 0 } else { b'\n' };
    // A byte order mark is no part of the first path.
    if head.starts_with(BYTE_ORDER_MARK) {
        reader.consume(BYTE_ORDER_MARK.len());
    }
    let mut paths = Vec::new();
    loop {
        let mut line = Vec::new();
        let read = reader.read_until(end, &mut line).map_err(|error| source.problem(&error))?;
        if read == 0 {
            return Ok(paths);
        }
        while line.last().is_some_and(|b| *b == end || (end == b'\n' && *b == b'\r')) {
            line.pop();
        }
        if !line.is_empty() {
            paths.push(path_of(line));
        }
    }
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

impl Search {
    /// Collects the readable files of a folder.
    fn walk(&self, folder: &Path, found: &mut Found) {
        let is_readable = |path: &Path| match (Format::of_name(path), self.format) {
            // A pattern names what is wanted, whatever its extension is.
            _ if self.globs.iter().any(|glob| !glob.starts_with('!')) => true,
            (Some(named), Some(wanted)) => named == wanted,
            (named, None) => named.is_some(),
            (None, Some(_)) => false,
        };
        self.walk_for(folder, &is_readable, found);
    }

    fn overrides(&self, folder: &Path) -> std::result::Result<Override, ignore::Error> {
        let mut builder = OverrideBuilder::new(folder);
        for glob in &self.globs {
            builder.add(glob)?;
        }
        builder.build()
    }

    fn walk_for(&self, folder: &Path, wanted: &dyn Fn(&Path) -> bool, found: &mut Found) {
        let overrides = match self.overrides(folder) {
            Ok(overrides) => overrides,
            Err(error) => {
                found.problems.push(Problem::new("--glob", error.to_string()));
                return;
            }
        };
        let walk = WalkBuilder::new(folder)
            .standard_filters(!self.no_ignore)
            .hidden(true)
            .overrides(overrides)
            // A link to a folder could lead back up; files behind links are read.
            .follow_links(false)
            .sort_by_file_path(Path::cmp)
            .build();
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    found
                        .problems
                        .push(Problem::new(folder.display().to_string(), error.to_string()));
                    continue;
                }
            };
            let path = entry.path();
            if !wanted(path) {
                continue;
            }
            if path.is_file() {
                found.sources.push(Source::File(path.to_owned()));
            } else if entry.path_is_symlink() && !path.exists() {
                let problem =
                    Problem::new(path.display().to_string(), "is a link that leads nowhere");
                found.problems.push(problem);
            }
        }
    }
}
