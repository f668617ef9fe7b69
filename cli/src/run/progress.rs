//! Progress of long runs: on a terminal only, on standard error, gone when the run is over.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Starts a bar for `total` steps; it hides itself where standard error is no terminal.
pub(crate) fn bar(total: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(total as u64).with_message(what);
    if let Ok(style) =
        ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {eta}")
    {
        bar.set_style(style);
    }
    bar
}

/// Starts a counter where the number of steps is not known.
pub(crate) fn spinner(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(what);
    if let Ok(style) = ProgressStyle::with_template("{msg} {spinner} {human_pos}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
