//! Timing of alternatives in one run: machines are shared and noisy, ratios are not.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// One of the things that are compared.
pub(crate) struct Contender<'a> {
    pub(crate) name: &'a str,
    /// Does the work once and returns a number that shows that it was done.
    pub(crate) run: Box<dyn FnMut() -> u64 + 'a>,
}

impl<'a> Contender<'a> {
    pub(crate) fn new(name: &'a str, run: impl FnMut() -> u64 + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }
}

/// Returns what follows an argument of the bench.
fn argument(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

/// Runs the contenders in turn, round by round, and prints the median of each and its ratio to
/// the first, the baseline. With `--test` everything runs once; `--rounds N` and `--only NAME` are for
/// those who count instructions, see `docs/speed.md`.
pub(crate) fn compare(title: &str, unit: &str, amount: f64, contenders: &mut [Contender<'_>]) {
    let once = std::env::args().any(|argument| argument == "--test");
    let wanted = argument("--rounds").and_then(|rounds| rounds.parse().ok());
    let rounds = if once { 1 } else { wanted.unwrap_or(15).max(1) };
    if let Some(name) = argument("--only") {
        for contender in contenders.iter_mut().filter(|contender| contender.name == name) {
            for _ in 0..rounds {
                black_box((contender.run)());
            }
        }
        return;
    }
    let mut times = vec![Vec::with_capacity(rounds); contenders.len()];
    let mut results = vec![0; contenders.len()];
    for _ in 0..rounds {
        for (i, contender) in contenders.iter_mut().enumerate() {
            let start = Instant::now();
            results[i] = black_box((contender.run)());
            times[i].push(start.elapsed());
        }
    }
    println!("{title} ({rounds} rounds, medians)");
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64()
    };
    let medians: Vec<f64> = times.iter_mut().map(median).collect();
    for (i, contender) in contenders.iter().enumerate() {
        println!(
            "  {:<34} {:>12.1} {unit}/s   {:>7.2} x baseline time   (check {})",
            contender.name,
            amount / medians[i],
            medians[i] / medians[0],
            results[i],
        );
    }
}
