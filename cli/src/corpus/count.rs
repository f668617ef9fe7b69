//! Counting the terms of a corpus on several threads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use tomtat::corpus::statistics::{CountOptions, MergeError, TermStatistics};

use super::{Corpus, CorpusItem};
use crate::run::progress;
use crate::run::status::Tally;

/// Counts of one thread.
struct Counter {
    thread: usize,
    /// Of whole documents.
    whole: TermStatistics,
    /// Of pieces of the long document with this number.
    long: Option<(u64, TermStatistics)>,
}

/// What a thread has counted of a long document.
pub(super) struct Share<P> {
    pub(super) number: u64,
    pub(super) thread: usize,
    pub(super) counts: P,
}

/// What one part of the corpus gave.
enum Counted {
    /// Counts of its own: a whole document, or a piece of a long one that begins so far from its
    /// start, which may continue.
    Own(TermStatistics, Option<(u64, bool)>),
    /// It is in the counts of its thread.
    Kept {
        /// Number of the long document that it is a piece of, its thread, and whether more follows.
        piece: Option<(u64, usize, bool)>,
        /// A long document of which this thread gets no more.
        share: Option<Share<TermStatistics>>,
    },
}

/// The long documents that are being counted: each is one document, whoever counted its pieces.
pub(super) struct LongDocuments<P> {
    open: BTreeMap<u64, LongDocument<P>>,
}

struct LongDocument<P> {
    parts: Vec<P>,
    /// Threads that still keep a share.
    waits_for: BTreeSet<usize>,
    is_complete: bool,
}

impl<P> Default for LongDocuments<P> {
    fn default() -> Self {
        Self { open: BTreeMap::new() }
    }
}

impl<P> LongDocuments<P> {
    fn at(&mut self, number: u64) -> &mut LongDocument<P> {
        self.open.entry(number).or_insert_with(|| LongDocument {
            parts: Vec::new(),
            waits_for: BTreeSet::new(),
            is_complete: false,
        })
    }

    pub(super) fn note(&mut self, number: u64, thread: usize, continues: bool) {
        let long = self.at(number);
        long.waits_for.insert(thread);
        long.is_complete |= !continues;
    }

    /// Takes a share in; after the last one, gives the parts of the document.
    ///
    /// A thread gives its share when it gets another document, and results come in input order: by
    /// then all pieces are noted. So a document that is not complete after the last share broke off,
    /// and is not counted.
    pub(super) fn add(&mut self, share: Share<P>) -> Option<Vec<P>> {
        let Share { number, thread, counts } = share;
        let long = self.at(number);
        long.parts.push(counts);
        long.waits_for.remove(&thread);
        if !long.waits_for.is_empty() {
            return None;
        }
        self.open.remove(&number).filter(|long| long.is_complete).map(|long| long.parts)
    }
}

/// Adds a long document whose parts are complete.
fn add_long(
    all: &mut TermStatistics,
    parts: Option<Vec<TermStatistics>>,
) -> Result<(), MergeError> {
    let mut parts = parts.unwrap_or_default().into_iter();
    let Some(mut long) = parts.next() else { return Ok(()) };
    parts.try_for_each(|part| long.merge(part))?;
    all.merge(long.into_one_document())
}

impl Corpus {
    /// Counts a corpus. Where at most `max_terms` are kept, counts of the others are estimates.
    pub(crate) fn count(
        &self,
        files: &[PathBuf],
        options: CountOptions,
        max_terms: Option<usize>,
    ) -> Result<(TermStatistics, Tally)> {
        // Sums do not depend on the order, so each thread can keep its own; places and the choice of
        // terms to forget do.
        let ordered = options.positions || max_terms.is_some();
        let threads = AtomicUsize::new(0);
        let mut all = TermStatistics::new(options);
        let mut long = TermStatistics::new(options);
        let mut longs = LongDocuments::default();
        let (counters, tally) = self.read_with(
            &progress::spinner("documents"),
            files,
            || Counter {
                thread: threads.fetch_add(1, Ordering::Relaxed),
                whole: TermStatistics::new(options),
                long: None,
            },
            |counter, reading| {
                if ordered {
                    let mut own = TermStatistics::new(options);
                    self.add(&mut own, reading);
                    let piece = reading.is_piece.then_some((reading.offset, reading.continues));
                    Counted::Own(own, piece)
                } else {
                    self.keep(counter, options, reading)
                }
            },
            |counted| match counted {
                Counted::Own(own, piece) => {
                    let whole = match piece {
                        None => own,
                        Some((offset, continues)) => {
                            if offset == 0 {
                                // A document that broke off is not counted.
                                long = TermStatistics::new(options);
                            }
                            long.merge(own)?;
                            if continues {
                                limit(&mut long, max_terms);
                                return Ok(());
                            }
                            std::mem::take(&mut long).into_one_document()
                        }
                    };
                    all.merge(whole)?;
                    limit(&mut all, max_terms);
                    Ok(())
                }
                Counted::Kept { piece, share } => {
                    if let Some((number, thread, continues)) = piece {
                        longs.note(number, thread, continues);
                    }
                    Ok(share.map_or(Ok(()), |share| add_long(&mut all, longs.add(share)))?)
                }
            },
        )?;
        for Counter { thread, whole, long } in counters {
            all.merge(whole)?;
            if let Some((number, statistics)) = long {
                add_long(&mut all, longs.add(Share { number, thread, counts: statistics }))?;
            }
        }
        if let Some(most) = max_terms {
            all.limit(most);
        }
        Ok((all, tally))
    }

    fn add(&self, statistics: &mut TermStatistics, reading: CorpusItem<'_>) {
        statistics.add_sentences(reading.document, |sentence| self.keeps(sentence));
    }

    /// Counts a part into the counts of its thread.
    fn keep(
        &self,
        counter: &mut Counter,
        options: CountOptions,
        reading: CorpusItem<'_>,
    ) -> Counted {
        let thread = counter.thread;
        let number = reading.is_piece.then_some(reading.number);
        let is_over = counter.long.as_ref().is_some_and(|(kept, _)| Some(*kept) != number);
        let share = if is_over { counter.long.take() } else { None };
        match number {
            Some(number) => {
                let new = || (number, TermStatistics::new(options));
                self.add(&mut counter.long.get_or_insert_with(new).1, reading);
            }
            None => self.add(&mut counter.whole, reading),
        }
        Counted::Kept {
            piece: number.map(|number| (number, thread, reading.continues)),
            share: share.map(|(number, counts)| Share { number, thread, counts }),
        }
    }
}

/// Forgets rare terms when there are twice as many as may stay: often enough to bound the memory,
/// rarely enough to be quick.
fn limit(statistics: &mut TermStatistics, max_terms: Option<usize>) {
    if let Some(most) = max_terms
        && statistics.len() / 2 >= most
    {
        statistics.limit(most);
    }
}
