//! Threads that live as long as one call: nothing is left that a forked child could wait for.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;

/// How often it is looked whether the user wants to stop.
const PATIENCE: Duration = Duration::from_millis(100);

/// Returns how many threads `threads` stands for: 0 is one for each core.
pub(crate) fn count(threads: usize) -> usize {
    match threads {
        0 => thread::available_parallelism().map_or(1, usize::from),
        n => n,
    }
}

/// Runs `work` on every item, on up to `threads` threads without the GIL, each with a state of its
/// own. Returns the results in the order of the items, and the states.
///
/// # Errors
///
/// Returns the exception of a signal, such as `KeyboardInterrupt`.
pub(crate) fn map<I: Sync, S: Send, R: Send>(
    py: Python<'_>,
    items: &[I],
    threads: usize,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &I) -> R + Sync,
) -> PyResult<(Vec<R>, Vec<S>)> {
    let threads = count(threads).min(items.len());
    if items.len() <= 1 {
        return Ok(py.detach(|| {
            let mut own = state();
            let results = items.iter().map(|item| work(&mut own, item)).collect();
            (results, vec![own])
        }));
    }
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let mut results: Vec<Option<R>> = Vec::new();
    results.resize_with(items.len(), || None);
    let run = |sender: Sender<(usize, R)>| {
        let mut own = state();
        while !stop.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(number) else { break };
            if sender.send((number, work(&mut own, item))).is_err() {
                break;
            }
        }
        own
    };
    let (states, interrupted) = py.detach(|| {
        let (sender, receiver) = channel();
        thread::scope(|scope| {
            let run = &run;
            let workers: Vec<_> = (0..threads)
                .map(|_| {
                    let sender = sender.clone();
                    scope.spawn(move || run(sender))
                })
                .collect();
            drop(sender);
            let mut interrupted = Ok(());
            loop {
                match receiver.recv_timeout(PATIENCE) {
                    Ok((number, result)) => results[number] = Some(result),
                    Err(RecvTimeoutError::Disconnected) => break,
                    Err(RecvTimeoutError::Timeout) => {
                        if interrupted.is_ok() {
                            interrupted = Python::attach(|py| {
                                let py: Python<'_> = py;
                                py.check_signals()
                            });
                            stop.store(interrupted.is_err(), Ordering::Relaxed);
                        }
                    }
                }
            }
            let states = workers.into_iter().map(|worker| match worker.join() {
                Ok(state) => state,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            (states.collect(), interrupted)
        })
    });
    interrupted?;
    Ok((results.into_iter().flatten().collect(), states))
}
