//! Counting n-grams within a given memory: sorted runs of counts, which are merged.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};
use tomtat::corpus::ngram::NgramOptions;
use tomtat::corpus::ngram_counter::NgramCounter;
use tomtat::corpus::runs::RunReader;
use tomtat::corpus::statistics::{CountOptions, StatisticsFile, StatisticsWriter, Term};
use tomtat::corpus::totals::Totals;

use super::count::{LongDocuments, Share};
use super::{Corpus, CorpusItem};
use crate::run::progress;
use crate::run::spill::{Run, RunSink, Runs, Spill, SpillFile, merged};
use crate::run::status::Tally;

/// The n-grams of a corpus with exact counts, sorted by the bytes of their keys.
#[derive(Debug)]
pub(crate) struct SortedCounts {
    ngrams: NgramOptions,
    totals: Totals,
    run: Run,
}

impl SortedCounts {
    /// Reads files of statistics and adds them up; `None` if one of them has lost counts, so that the
    /// sums are estimates.
    pub(crate) fn read(files: &[PathBuf], spill: &Spill) -> Result<Option<Self>> {
        let mut runs = Runs::new(spill.clone());
        let mut all: Option<(NgramOptions, Totals)> = None;
        for path in files {
            let place = || path.display().to_string();
            let bytes =
                std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            let file = StatisticsFile::open(&bytes).with_context(place)?;
            if file.error_bound() > 0 {
                return Ok(None);
            }
            let ngrams = file.options().ngrams;
            match &mut all {
                None => all = Some((ngrams, file.totals())),
                Some((first, totals)) => {
                    if *first != ngrams {
                        let [first, other] =
                            [*first, ngrams].map(|n| CountOptions::default().with_ngrams(n));
                        bail!(
                            "{}: the two count different things: one {first}, the other {other}",
                            path.display()
                        );
                    }
                    totals.add(&file.totals());
                }
            }
            let mut run = RunSink::new(spill);
            file.each(|key, tf, df| Ok::<(), anyhow::Error>(run.push(key.as_bytes(), tf, df)?))
                .with_context(place)?;
            runs.push(run.finish()?)?;
        }
        let (ngrams, totals) = all.unwrap_or_default();
        Ok(Some(Self { ngrams, totals, run: runs.finish()? }))
    }

    /// Adds the counts of another corpus of the same n-grams.
    pub(crate) fn merge(self, other: Self, spill: &Spill) -> Result<Self> {
        let mut totals = self.totals;
        totals.add(&other.totals);
        let run = merged(vec![self.run, other.run], spill, false)?;
        Ok(Self { ngrams: self.ngrams, totals, run })
    }

    /// Returns which n-grams were counted.
    pub(crate) const fn ngrams(&self) -> NgramOptions {
        self.ngrams
    }

    /// Returns how much was counted.
    pub(crate) const fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Returns the number of different terms.
    pub(crate) const fn len(&self) -> u64 {
        self.run.records()
    }

    /// Reads the terms from the first.
    pub(crate) fn reader(&mut self) -> io::Result<RunReader<&mut SpillFile>> {
        self.run.reader()
    }

    /// Calls `each` with the bytes of the key of every term and how often it occurs, in the order of
    /// the keys.
    pub(crate) fn each_key(&mut self, mut each: impl FnMut(&[u8], u64)) -> Result<()> {
        let mut reader = self.run.reader()?;
        while reader.advance()? {
            each(reader.key(), reader.tf());
        }
        Ok(())
    }

    /// Calls `each` with every term, in the order of their keys.
    pub(crate) fn each(&mut self, mut each: impl FnMut(&Term<'_>) -> Result<()>) -> Result<()> {
        let mut reader = self.run.reader()?;
        while reader.advance()? {
            let key = simdutf8::basic::from_utf8(reader.key())?;
            each(&Term::new(key, reader.tf(), reader.df()))?;
        }
        Ok(())
    }

    /// Returns the bytes of a file of statistics.
    pub(crate) fn write(&mut self) -> Result<Vec<u8>> {
        let mut writer = StatisticsWriter::new(self.ngrams, &self.totals, self.len());
        self.each(|term| {
            writer.push(term.key(), term.tf(), term.df());
            Ok(())
        })?;
        Ok(writer.finish())
    }
}

/// What a thread counts.
struct Counter {
    thread: usize,
    /// Whole documents.
    whole: NgramCounter,
    /// Pieces of the long document with this number.
    long: Option<(u64, Part)>,
}

/// What a thread has counted of a long document.
struct Part {
    counter: NgramCounter,
    runs: Vec<Run>,
}

impl Part {
    fn finish(mut self, spill: &Spill) -> io::Result<(Totals, Vec<Run>)> {
        if !self.counter.is_empty() {
            self.runs.push(drained(&mut self.counter, spill)?);
        }
        Ok((*self.counter.totals(), self.runs))
    }
}

/// What a part of the corpus gives besides the counts of its thread.
#[derive(Default)]
struct Given {
    /// Number of the long document that it is a piece of, its thread, and whether more follows.
    piece: Option<(u64, usize, bool)>,
    /// Counts of whole documents, of a thread that was full.
    run: Option<Run>,
    /// A long document of which this thread gets no more.
    share: Option<Share<(Totals, Vec<Run>)>>,
}

/// Writes the counts of a counter as a run.
fn drained(counter: &mut NgramCounter, spill: &Spill) -> io::Result<Run> {
    let mut run = RunSink::new(spill);
    counter.drain(|key, tf, df| run.push(key.as_bytes(), tf, df))?;
    run.finish()
}

/// All counts of a corpus.
struct Sum<'s> {
    spill: &'s Spill,
    totals: Totals,
    runs: Runs,
    longs: LongDocuments<(Totals, Vec<Run>)>,
}

impl Sum<'_> {
    fn add_share(&mut self, share: Share<(Totals, Vec<Run>)>) -> Result<()> {
        let Some(parts) = self.longs.add(share) else { return Ok(()) };
        let (mut totals, mut runs) = (Totals::default(), Vec::new());
        for (counted, part) in parts {
            totals.add(&counted);
            runs.extend(part);
        }
        self.totals.add(&totals.into_one_document());
        Ok(self.runs.push(merged(runs, self.spill, true)?)?)
    }
}

impl Corpus {
    /// Counts the n-grams of a corpus within the memory of `spill`. The counts are exact and do not
    /// depend on the memory.
    pub(crate) fn count_sorted(
        &self,
        files: &[PathBuf],
        ngrams: NgramOptions,
        spill: &Spill,
    ) -> Result<(SortedCounts, Tally)> {
        let threads = AtomicUsize::new(0);
        // One share is for merging and for the rows of the listing.
        let memory = spill.share(self.threads() + 1);
        let mut sum = Sum {
            spill,
            totals: Totals::default(),
            runs: Runs::new(spill.clone()),
            longs: LongDocuments::default(),
        };
        let (counters, tally) = self.read_with(
            &progress::spinner("documents"),
            files,
            || Counter {
                thread: threads.fetch_add(1, Ordering::Relaxed),
                whole: NgramCounter::new(ngrams, memory),
                long: None,
            },
            |counter, reading| self.keep_sorted(counter, (ngrams, memory, spill), reading),
            |given: io::Result<Given>| {
                let Given { piece, run, share } = given?;
                if let Some((number, thread, continues)) = piece {
                    sum.longs.note(number, thread, continues);
                }
                run.map_or(Ok(()), |run| sum.runs.push(run))?;
                share.map_or(Ok(()), |share| sum.add_share(share))
            },
        )?;
        for Counter { thread, mut whole, long } in counters {
            sum.totals.add(whole.totals());
            if !whole.is_empty() {
                sum.runs.push(drained(&mut whole, spill)?)?;
            }
            drop(whole);
            if let Some((number, part)) = long {
                sum.add_share(Share { number, thread, counts: part.finish(spill)? })?;
            }
        }
        let Sum { totals, runs, .. } = sum;
        Ok((SortedCounts { ngrams, totals, run: runs.finish()? }, tally))
    }

    /// Counts a part into the counts of its thread.
    fn keep_sorted(
        &self,
        counter: &mut Counter,
        (ngrams, memory, spill): (NgramOptions, usize, &Spill),
        reading: CorpusItem<'_>,
    ) -> io::Result<Given> {
        let mut given = Given::default();
        let thread = counter.thread;
        let piece = reading.is_piece.then_some(reading.number);
        if counter.long.as_ref().is_some_and(|(kept, _)| Some(*kept) != piece)
            && let Some((number, part)) = counter.long.take()
        {
            given.share = Some(Share { number, thread, counts: part.finish(spill)? });
        }
        let Some(number) = piece else {
            counter.whole.add_sentences(reading.document, |sentence| self.keeps(sentence));
            if counter.whole.is_full() {
                given.run = Some(drained(&mut counter.whole, spill)?);
            }
            return Ok(given);
        };
        given.piece = Some((number, thread, reading.continues));
        let new = || Part { counter: NgramCounter::new(ngrams, memory), runs: Vec::new() };
        let (_, part) = counter.long.get_or_insert_with(|| (number, new()));
        part.counter.add_sentences(reading.document, |sentence| self.keeps(sentence));
        if part.counter.is_full() {
            part.runs.push(drained(&mut part.counter, spill)?);
        } else if part.counter.bytes() + counter.whole.bytes() > memory && !counter.whole.is_empty()
        {
            given.run = Some(drained(&mut counter.whole, spill)?);
        }
        Ok(given)
    }
}
