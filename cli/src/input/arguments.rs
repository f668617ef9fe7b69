//! The options of all commands that read articles.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use tomtat::text::encoding::Encoding;

use super::discover::{Found, Search, find, listed};
use super::reader::{Items, ReadOptions};
use super::{Fields, Format, Reading};
use crate::run::size::size;

/// What is read, and how.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct InputArguments {
    /// Texts: plain text, HTML, JSON, JSON Lines, CSV, TSV, CoNLL-U, dumps of wikis, WARC, also packed
    /// as .zst, .gz or .bz2; - is standard input.
    #[arg(value_name = "FILE", help_heading = "Arguments")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
}

/// How inputs are found and read, whatever names them.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct ReadingArguments {
    /// Read the files in folders, too; ignore files (.gitignore, .ignore) are minded.
    #[arg(short = 'R', long)]
    pub(crate) recursive: bool,
    /// Read the files that this list names, one a line or with zero bytes between; - is standard
    /// input.
    #[arg(long, value_name = "LIST")]
    pub(crate) files_from: Option<PathBuf>,
    /// Of folders, read only the files that the pattern names; with ! in front, leave them out.
    #[arg(short = 'g', long, value_name = "PATTERN")]
    pub(crate) glob: Vec<String>,
    /// Read also what ignore files name.
    #[arg(long)]
    pub(crate) no_ignore: bool,
    /// How the input is to be read.
    #[arg(long, value_enum, default_value = "auto", value_name = "FORMAT")]
    pub(crate) input: Format,
    /// Names of the fields of records: id=NAME title=NAME body=NAME; a path like data.text leads
    /// into objects.
    #[arg(long, value_name = "PART=NAME")]
    pub(crate) field: Vec<String>,
    /// Encoding of texts; without it they are UTF-8, or what is certain from their bytes.
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<Encoding>,
    /// Greatest length of a record, a line or a text that is read whole: a number of bytes, or
    /// with K, M, G.
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size)]
    pub(crate) longest: u64,
}

impl ReadingArguments {
    /// Returns how records and pages become articles.
    pub(crate) fn reading(&self) -> Result<Reading> {
        let fields = Fields::parse(&self.field).map_err(anyhow::Error::msg)?;
        Ok(Reading { fields, encoding: self.encoding })
    }

    /// Returns how the inputs are read.
    pub(crate) fn options(&self) -> ReadOptions {
        ReadOptions {
            format: self.input,
            longest: self.longest,
            longest_text: self.longest,
            encoding: self.encoding,
            ..ReadOptions::default()
        }
    }

    /// Finds the files.
    pub(crate) fn find(&self, files: &[PathBuf]) -> Result<Found> {
        let mut files = files.to_vec();
        if let Some(list) = &self.files_from {
            let listed = listed(list).map_err(|p| anyhow::anyhow!("--files-from {p}"))?;
            if listed.is_empty() && files.is_empty() {
                bail!("--files-from {}: the list is empty", list.display());
            }
            files.extend(listed);
        }
        let search = Search {
            recursive: self.recursive,
            globs: self.glob.clone(),
            no_ignore: self.no_ignore,
            format: Some(self.input).filter(|f| *f != Format::Auto),
        };
        find(&files, &search)
    }

    /// Finds and opens the files.
    pub(crate) fn items(&self, files: &[PathBuf], options: ReadOptions) -> Result<Items> {
        let Found { sources, problems } = self.find(files)?;
        Ok(Items::new(problems, sources, options))
    }
}

/// Gives each value of `--field` an option of its own, so that a file after them is a file:
/// `--field id=url body=content news.jsonl`.
pub(crate) fn split_fields(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let is_part = |argument: &OsString| {
        argument.to_str().is_some_and(|text| {
            ["id=", "title=", "body=", "reference="].iter().any(|part| text.starts_with(part))
        })
    };
    let mut out = Vec::new();
    let mut in_fields = false;
    let mut ended = false;
    for argument in arguments {
        ended |= argument == "--";
        if !ended && argument == "--field" {
            in_fields = true;
            out.push(argument);
        } else if in_fields && !ended && is_part(&argument) {
            if out.last().is_some_and(|last| last != "--field") {
                out.push("--field".into());
            }
            out.push(argument);
        } else {
            // The first value is one, whatever it is: it may be wrong.
            in_fields &= out.last().is_some_and(|last| last == "--field");
            out.push(argument);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_after_fields_is_a_file() {
        let split = |line: &str| {
            let parts = split_fields(line.split(' ').map(OsString::from));
            parts
                .iter()
                .map(|p| p.to_str().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            split("sum --field id=url body=a=b x.jsonl -n 2"),
            "sum --field id=url --field body=a=b x.jsonl -n 2"
        );
        assert_eq!(split("sum --field x=y f -- body=z"), "sum --field x=y f -- body=z");
    }
}
