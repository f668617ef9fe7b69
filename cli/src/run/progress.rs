//! Progress of long runs: on a terminal only, on standard error, gone when the run is over.
//!
//! There is at most one bar at a time, as there is one standard error.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::locale::translated;

/// The bar that is shown.
static CURRENT: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Results are printed on the terminal, where a counter would run into them.
static ARE_RESULTS_SHOWN: AtomicBool = AtomicBool::new(true);

/// Says whether results, or nothing, are to be seen on the terminal.
pub(crate) fn set_results_shown(are_shown: bool) {
    ARE_RESULTS_SHOWN.store(are_shown, Ordering::Relaxed);
}

/// Starts a bar for `total` steps; it hides itself where standard error is no terminal.
pub(crate) fn bar(total: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(total as u64).with_message(translated(what));
    if let Ok(style) =
        ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {eta}")
    {
        bar.set_style(style);
    }
    shown(bar)
}

/// Starts a counter where the number of steps is not known.
pub(crate) fn spinner(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(translated(what));
    if let Ok(style) = ProgressStyle::with_template("{msg} {spinner} {human_pos}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    shown(bar)
}

fn shown(bar: ProgressBar) -> ProgressBar {
    *CURRENT.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar.clone());
    bar
}

fn current() -> Option<ProgressBar> {
    let current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
    current.clone().filter(|bar| !bar.is_finished())
}

/// Writes to standard error while the bar is out of the way.
pub(crate) fn suspend<R>(write: impl FnOnce() -> R) -> R {
    match current() {
        Some(bar) => bar.suspend(write),
        None => write(),
    }
}

/// Counts what a pipeline does, unless a bar of the command counts already; ends with it.
pub(super) struct Counter(Option<ProgressBar>);

impl Counter {
    pub(super) fn new() -> Self {
        let is_free = !ARE_RESULTS_SHOWN.load(Ordering::Relaxed) && current().is_none();
        Self(is_free.then(|| spinner("inputs")))
    }

    pub(super) fn count(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
