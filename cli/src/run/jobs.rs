//! Many articles on several threads, in input order and with flat memory.

use std::collections::VecDeque;
use std::io::BufRead;

use anyhow::{Context, Result};
use rayon::prelude::*;
use tomtat::Document;

use crate::input::{Format, Problem, Source, decode_line};

/// Something to work on.
#[derive(Debug)]
pub(crate) enum Job {
    /// An input that cannot be used.
    Broken(Problem),
    /// A file that is one article.
    File(Source),
    /// A line that is one article.
    Line {
        /// File and line number.
        place: String,
        /// The line.
        text: String,
    },
}

impl Job {
    /// Where the job comes from.
    pub(crate) fn place(&self) -> String {
        match self {
            Self::Broken(problem) => problem.place.clone(),
            Self::File(source) => source.name(),
            Self::Line { place, .. } => place.clone(),
        }
    }

    fn size(&self) -> usize {
        if let Self::Line { text, .. } = self { text.len() } else { 0 }
    }
}

/// The jobs of a run, read as they are needed.
pub(crate) struct Jobs {
    problems: VecDeque<Problem>,
    sources: VecDeque<Source>,
    format: Format,
    /// The file that is being read line by line, and the number of its last line.
    open: Option<(Source, Box<dyn BufRead + Send>, u64)>,
}

impl Jobs {
    pub(crate) fn new(problems: Vec<Problem>, sources: Vec<Source>, format: Format) -> Self {
        Self { problems: problems.into(), sources: sources.into(), format, open: None }
    }

    fn next_line(&mut self) -> Option<Job> {
        let (source, reader, number) = self.open.as_mut()?;
        loop {
            let mut bytes = Vec::new();
            *number += 1;
            let place = format!("{}:{number}", source.name());
            // Only \n ends a line: U+2028 and U+0085 stand inside of JSON strings.
            match reader.read_until(b'\n', &mut bytes) {
                Ok(0) => {
                    self.open = None;
                    return None;
                }
                Ok(_) if bytes.trim_ascii().is_empty() && self.format != Format::Lines => {}
                Ok(_) => {
                    return Some(match decode_line(&place, bytes) {
                        Ok(text) => Job::Line { place, text },
                        Err(problem) => Job::Broken(problem),
                    });
                }
                Err(error) => {
                    self.open = None;
                    return Some(Job::Broken(Problem::new(place, error.to_string())));
                }
            }
        }
    }
}

impl Iterator for Jobs {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        if let Some(problem) = self.problems.pop_front() {
            return Some(Job::Broken(problem));
        }
        loop {
            if let Some(job) = self.next_line() {
                return Some(job);
            }
            let source = self.sources.pop_front()?;
            if source.format(self.format) == Format::Text {
                return Some(Job::File(source));
            }
            match source.open() {
                Ok(reader) => self.open = Some((source, reader, 0)),
                Err(problem) => return Some(Job::Broken(problem)),
            }
        }
    }
}

/// Jobs that are worked on at once.
const BATCH_JOBS: usize = 512;
/// Bytes of lines that are held at once.
const BATCH_BYTES: usize = 8 << 20;

/// Works on all jobs on several threads; `write` gets the results in the order of the jobs.
pub(crate) fn in_order<R: Send>(
    mut jobs: Jobs,
    threads: usize,
    work: impl Fn(Job, &mut Document) -> R + Sync,
    mut write: impl FnMut(R) -> Result<()>,
) -> Result<()> {
    let mut document = Document::default();
    let mut pool = None;
    loop {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH_JOBS && bytes < BATCH_BYTES {
            let Some(job) = jobs.next() else { break };
            bytes += job.size();
            batch.push(job);
        }
        if batch.is_empty() {
            return Ok(());
        }
        // One article is done before threads have started.
        if batch.len() == 1 || threads == 1 {
            for job in batch {
                write(work(job, &mut document))?;
            }
            continue;
        }
        let pool = match &pool {
            Some(pool) => pool,
            None => pool.insert(
                rayon::ThreadPoolBuilder::new()
                    .num_threads(threads)
                    .build()
                    .context("cannot start threads")?,
            ),
        };
        let results: Vec<R> = pool.install(|| {
            batch.into_par_iter().map_init(Document::default, |d, job| work(job, d)).collect()
        });
        for result in results {
            write(result)?;
        }
    }
}
