//! Work on a stream of items by several threads, each with a state of its own.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;
use std::sync::mpsc::{channel, sync_channel};
use std::thread;

use anyhow::{Context, Result};

use super::progress::Counter;

/// Items of one batch, at most.
const BATCH: usize = 32;

/// Runs `work` on all items; `write` gets the results in the order of the items. Returns the states of
/// the threads, one for each.
///
/// An item has a size in bytes; a batch is closed when it has enough of them. At most a few batches
/// are in memory at once.
pub(crate) fn fold<T: Sized + Send + Weighed, S: Send, R: Send>(
    mut items: impl Iterator<Item = T>,
    threads: usize,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, T) -> R + Sync,
    mut write: impl FnMut(R) -> Result<()>,
) -> Result<Vec<S>> {
    let threads = match threads {
        0 => thread::available_parallelism().map_or(1, Into::into),
        n => n,
    };
    let counter = Counter::new();
    let mut write = |result| {
        counter.count();
        write(result)
    };
    let first = if threads > 1 { next_batch(&mut items) } else { Vec::new() };
    // One article is done before threads have started.
    if first.len() <= 1 {
        let mut state = state();
        for item in first.into_iter().chain(items) {
            write(work(&mut state, item))?;
        }
        return Ok(vec![state]);
    }
    let mut first = Some(first);
    let (to_workers, batches) = sync_channel::<(u64, Vec<T>)>(threads);
    let batches = Mutex::new(batches);
    let (to_writer, results) = channel::<(u64, Vec<R>)>();
    let (batches, state, work) = (&batches, &state, &work);
    thread::scope(move |scope| {
        let workers = (0..threads)
            .map(|_| {
                let to_writer = to_writer.clone();
                let worker = thread::Builder::new();
                worker.spawn_scoped(scope, move || {
                    let mut state = state();
                    loop {
                        // The lock is held while waiting: others have nothing to take either.
                        let received = batches.lock().map(|batches| batches.recv());
                        let Ok(Ok((number, batch))) = received else { return state };
                        let done = batch.into_iter().map(|item| work(&mut state, item)).collect();
                        if to_writer.send((number, done)).is_err() {
                            return state;
                        }
                    }
                })
            })
            .collect::<io::Result<Vec<_>>>();
        drop(to_writer);
        // Those that have started end, because nothing is sent to them.
        let workers = workers
            .with_context(|| format!("cannot start {threads} threads; --threads N takes fewer"))?;
        let mut to_workers = Some(to_workers);
        // Results that wait for their turn.
        let mut waiting: BTreeMap<u64, Vec<R>> = BTreeMap::new();
        let (mut sent, mut written) = (0, 0);
        loop {
            while sent - written < 2 * threads as u64 + 2
                && let Some(channel) = &to_workers
            {
                let batch = first.take().unwrap_or_else(|| next_batch(&mut items));
                if batch.is_empty() || channel.send((sent, batch)).is_err() {
                    to_workers = None;
                } else {
                    sent += 1;
                }
            }
            if sent == written {
                break;
            }
            let Ok((number, done)) = results.recv() else { break };
            waiting.insert(number, done);
            while let Some(done) = waiting.remove(&written) {
                written += 1;
                for result in done {
                    write(result)?;
                }
            }
        }
        drop(to_workers);
        let states = workers.into_iter().map(|worker| {
            worker.join().map_err(|_| anyhow::anyhow!("a thread stopped unexpectedly"))
        });
        states.collect()
    })
}

/// What an item weighs in a batch.
pub(crate) trait Weighed {
    /// Returns its size in bytes.
    fn weight(&self) -> usize;
}

/// Bytes after which a batch is closed.
const BATCH_BYTES: usize = 1 << 20;

fn next_batch<T: Weighed>(items: &mut impl Iterator<Item = T>) -> Vec<T> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Some(item) = items.next() else { break };
        bytes += item.weight();
        batch.push(item);
    }
    batch
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Weighed for u64 {
        fn weight(&self) -> usize {
            1 << 15
        }
    }

    #[test]
    fn results_keep_their_order_and_states_see_every_item() {
        for threads in [1, 2, 8] {
            let mut written = Vec::new();
            let work = |sum: &mut u64, n: u64| {
                *sum += n;
                n * 2
            };
            let states = fold(
                0..1000,
                threads,
                || 0,
                work,
                |n| {
                    written.push(n);
                    Ok(())
                },
            );
            assert_eq!(written, (0..1000).map(|n| n * 2).collect::<Vec<_>>());
            assert_eq!(states.expect("no error").iter().sum::<u64>(), 499_500);
        }
    }

    #[test]
    fn an_error_of_the_writer_ends_the_run() {
        let stop = |n| if n < 300 { Ok(()) } else { Err(anyhow::anyhow!("full")) };
        assert!(fold(0..1_000_000, 4, || (), |(), n: u64| n, stop).is_err());
    }
}
