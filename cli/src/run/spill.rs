//! What does not fit in memory: sorted runs in temporary files, which are merged.

use std::env;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use tempfile::{SpooledTempFile, spooled_tempfile_in};
use tomtat::corpus::runs::{RunReader, RunWriter, merge};

use super::size::size;

/// How much memory may be taken, and where the rest goes.
#[derive(Clone, Debug, Args)]
pub(crate) struct SpillArguments {
    /// Memory for counts and for sorting: a number of bytes, or with K, M, G. What is beyond goes to
    /// temporary files; the output is the same. A thread takes at least 1M.
    #[arg(long, value_name = "SIZE", default_value = "256M", value_parser = size, help_heading = "Counting")]
    max_memory: u64,
    /// Folder of the temporary files, instead of the one that TMPDIR names.
    #[arg(long, value_name = "FOLDER", help_heading = "Counting")]
    temp_dir: Option<PathBuf>,
}

impl SpillArguments {
    /// Makes ready what the arguments ask for.
    pub(crate) fn spill(&self) -> Result<Spill> {
        let folder = self.temp_dir.clone().unwrap_or_else(env::temp_dir);
        if self.temp_dir.is_some() {
            std::fs::read_dir(&folder).with_context(|| {
                format!("--temp-dir takes a folder; cannot read {}", folder.display())
            })?;
        }
        Ok(Spill { memory: usize::try_from(self.max_memory).unwrap_or(usize::MAX), folder })
    }
}

/// Memory that may be taken, and where the rest goes.
#[derive(Clone, Debug)]
pub(crate) struct Spill {
    memory: usize,
    folder: PathBuf,
}

/// Runs of one level that are merged into one of the next.
const FAN_IN: usize = 16;

impl Spill {
    /// Keeps everything in memory.
    pub(crate) fn nothing() -> Self {
        Self { memory: usize::MAX, folder: PathBuf::new() }
    }

    /// Takes so many bytes of memory, and the usual folder.
    #[cfg(test)]
    pub(crate) fn of(memory: usize) -> Self {
        Self { memory, folder: env::temp_dir() }
    }

    /// Returns the bytes that each of `shares` parts of the work may take.
    pub(crate) fn share(&self, shares: usize) -> usize {
        (self.memory / shares.max(1)).max(1 << 20)
    }

    /// Makes a file that stays in memory while it is small. It has no name: it is gone when the program
    /// ends, in whatever way.
    pub(crate) fn file(&self) -> SpillFile {
        let in_memory = self.memory / (4 * FAN_IN);
        SpillFile {
            file: spooled_tempfile_in(in_memory, &self.folder),
            folder: self.folder.clone(),
        }
    }
}

/// A temporary file that says where it is when it fails.
#[derive(Debug)]
pub(crate) struct SpillFile {
    file: SpooledTempFile,
    folder: PathBuf,
}

impl SpillFile {
    /// Begins to read at its start.
    pub(crate) fn rewind(&mut self) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0)).map(drop).map_err(|error| self.explain(&error))
    }

    fn explain(&self, error: &io::Error) -> io::Error {
        let folder = self.folder.display();
        io::Error::new(
            error.kind(),
            format!(
                "a temporary file in {folder} failed: {error}; --temp-dir names another folder, and a \
                 greater --max-memory needs less of it"
            ),
        )
    }
}

impl Read for SpillFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer).map_err(|error| self.explain(&error))
    }
}

impl Write for SpillFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(|error| self.explain(&error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(|error| self.explain(&error))
    }
}

/// Sorted records, complete.
#[derive(Debug)]
pub(crate) struct Run {
    file: SpillFile,
    records: u64,
}

impl Run {
    /// Returns the number of records.
    pub(crate) const fn records(&self) -> u64 {
        self.records
    }

    /// Reads it from the start.
    pub(crate) fn reader(&mut self) -> io::Result<RunReader<&mut SpillFile>> {
        self.file.rewind()?;
        Ok(RunReader::new(&mut self.file))
    }
}

/// Writes a run.
#[derive(Debug)]
pub(crate) struct RunSink {
    writer: RunWriter<SpillFile>,
    records: u64,
}

impl RunSink {
    pub(crate) fn new(spill: &Spill) -> Self {
        Self { writer: RunWriter::new(spill.file()), records: 0 }
    }

    /// Adds a record; keys come in the order of their bytes.
    pub(crate) fn push(&mut self, key: &[u8], tf: u64, df: u64) -> io::Result<()> {
        self.records += 1;
        self.writer.push(key, tf, df)
    }

    pub(crate) fn finish(self) -> io::Result<Run> {
        Ok(Run { file: self.writer.finish()?, records: self.records })
    }
}

/// Merges runs into one; with `one_document`, they are counts of parts of one document.
pub(crate) fn merged(mut runs: Vec<Run>, spill: &Spill, one_document: bool) -> io::Result<Run> {
    if !one_document
        && runs.len() == 1
        && let Some(run) = runs.pop()
    {
        return Ok(run);
    }
    let mut sink = RunSink::new(spill);
    let readers = runs.iter_mut().map(Run::reader).collect::<io::Result<Vec<_>>>()?;
    merge(readers, |key, tf, df| sink.push(key, tf, if one_document { 1 } else { df }))?;
    sink.finish()
}

/// Runs that will be merged, never more than a few at a time.
#[derive(Debug)]
pub(crate) struct Runs {
    spill: Spill,
    /// Runs by how often their records were merged.
    levels: Vec<Vec<Run>>,
}

impl Runs {
    pub(crate) const fn new(spill: Spill) -> Self {
        Self { spill, levels: Vec::new() }
    }

    pub(crate) fn push(&mut self, mut run: Run) -> io::Result<()> {
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            self.levels[level].push(run);
            if self.levels[level].len() < FAN_IN {
                break;
            }
            run = merged(std::mem::take(&mut self.levels[level]), &self.spill, false)?;
        }
        Ok(())
    }

    /// Merges all of them.
    pub(crate) fn finish(self) -> io::Result<Run> {
        merged(self.levels.into_iter().flatten().collect(), &self.spill, false)
    }
}
