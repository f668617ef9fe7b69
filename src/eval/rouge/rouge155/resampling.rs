//! The bootstrap of ROUGE-1.5.5, number for number.

use super::{Estimate, round5};
use crate::eval::Score;

/// Perl's `srand` and `rand`: the 48-bit linear congruential generator of `drand48`, which Perl
/// carries itself since version 5.20, so that it is the same everywhere.
struct Drand48(u64);

impl Drand48 {
    fn new(seed: u32) -> Self {
        Self((u64::from(seed) << 16) | 0x330E)
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5_DEEC_E66D).wrapping_add(0xB) & ((1 << 48) - 1);
        (self.0 as f64 / (1_u64 << 48) as f64 * n as f64) as usize
    }
}

/// Returns the averages of `resamples` samples with replacement, sample i seeded with i.
pub(super) fn resample(scores: &[Score], resamples: usize) -> Vec<Score> {
    if scores.is_empty() {
        return Vec::new();
    }
    (0..resamples)
        .map(|i| {
            let mut random = Drand48::new(i as u32);
            Score::mean((0..scores.len()).map(|_| scores[random.below(scores.len())]))
        })
        .collect()
}

/// Returns the mean of the resampled averages and the ends of the interval, by the script's
/// interpolation.
pub(super) fn estimate(mut values: Vec<f64>, confidence: f64) -> Estimate {
    if values.is_empty() {
        return Estimate::default();
    }
    values.sort_unstable_by(f64::total_cmp);
    let n = values.len() as f64;
    let mean = values.iter().fold(0.0, |sum, value| sum + value) / n;
    let delta = n * ((100.0 - confidence) / 2.0) / 100.0;
    let upper = (n - delta - 1.0).max(0.0);
    let ratio = n - delta - 1.0 - upper.trunc();
    // The script uses the upper end's fraction for both ends.
    let at = |index: f64| {
        let index = index as usize;
        let low = values.get(index).copied().unwrap_or(0.0);
        let high = values.get(index + 1).copied().unwrap_or(0.0);
        round5(low + (high - low) * ratio)
    };
    Estimate { mean: round5(mean), low: at(delta), high: at(upper) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generator_is_drand48() {
        // perl -e 'srand(1); print int(rand(1000)), " " for 1..5'
        let mut random = Drand48::new(1);
        let drawn: Vec<usize> = (0..5).map(|_| random.below(1000)).collect();
        assert_eq!(drawn, [41, 454, 834, 335, 565]);
    }
}
