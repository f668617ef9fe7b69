//! Confidence intervals by resampling.
//!
//! Scores of articles are far from normal, so intervals come from the data: articles are drawn
//! with replacement, and the spread of the means of the draws is the interval. Resample b draws
//! from stream b of the seed, so results do not depend on the number of threads.
//!
//! # References
//!
//! B. Efron, R. Tibshirani (1993), *An Introduction to the Bootstrap*, chapter 13: the percentile
//! interval. R. Hyndman, Y. Fan (1996), *Sample quantiles in statistical packages*: definition 7,
//! the quantile used here.

use std::thread;

use super::Random;
use super::Score;
use super::extraction::ExtractionCounts;

/// A mean and an interval around it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub struct Interval {
    /// Mean of the data.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// How to resample: the number of resamples, the seed, the number of threads.
///
/// # Examples
///
/// ```
/// use tomtat::eval::Bootstrap;
///
/// let interval = Bootstrap::new(1000, 42).mean_interval(&[0.1, 0.2, 0.3, 0.4], 0.95);
/// assert!((interval.mean - 0.25).abs() < 1e-12);
/// assert!(interval.low < 0.2 && interval.high > 0.3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bootstrap {
    resamples: u32,
    seed: u64,
    threads: usize,
}

impl Bootstrap {
    /// Resamples `resamples` times (at least once) from `seed`, on one thread.
    #[must_use]
    pub fn new(resamples: u32, seed: u64) -> Self {
        Self { resamples: resamples.max(1), seed, threads: 1 }
    }

    /// Sets the number of threads, which changes no result.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self
    }

    /// Returns the number of resamples.
    #[must_use]
    pub fn resamples(&self) -> u32 {
        self.resamples
    }

    /// Returns the seed.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Computes `statistic` of each resample, given a generator of its own, in order.
    pub(crate) fn run<T: Send + Clone + Default>(
        &self,
        statistic: impl Fn(Random) -> T + Sync,
    ) -> Vec<T> {
        let mut results = vec![T::default(); self.resamples as usize];
        let share = results.len().div_ceil(self.threads);
        let fill = |first: usize, part: &mut [T]| {
            for (i, result) in part.iter_mut().enumerate() {
                *result = statistic(Random::stream(self.seed, (first + i) as u64));
            }
        };
        if self.threads == 1 {
            fill(0, &mut results);
        } else {
            thread::scope(|scope| {
                for (n, part) in results.chunks_mut(share).enumerate() {
                    let fill = &fill;
                    scope.spawn(move || fill(n * share, part));
                }
            });
        }
        results
    }

    /// Returns the means of the resamples of `values`, in the order of the resamples.
    #[must_use]
    pub fn means(&self, values: &[f64]) -> Vec<f64> {
        if values.is_empty() {
            return Vec::new();
        }
        let n = values.len();
        self.run(|mut random| {
            let mut sum = 0.0;
            for _ in 0..n {
                sum += values[random.below(n as u64) as usize];
            }
            sum / n as f64
        })
    }

    /// Returns the mean of `values` and its percentile interval at `level` (0.95 for 95 %).
    ///
    /// Without values all is 0; a level outside 0 to 1 is moved to the nearer end.
    #[must_use]
    pub fn mean_interval(&self, values: &[f64], level: f64) -> Interval {
        if values.is_empty() {
            return Interval::default();
        }
        percentiles(mean(values), self.means(values), level)
    }

    /// Returns the mean and the interval of each column, as [`mean_interval`](Self::mean_interval)
    /// gives them one by one, but drawing the articles of a resample once for all columns.
    ///
    /// Columns of different lengths are resampled apart.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::eval::Bootstrap;
    ///
    /// let (r1, r2) = ([0.4, 0.5, 0.3], [0.1, 0.2, 0.0]);
    /// let draws = Bootstrap::new(500, 7);
    /// let both = draws.mean_intervals(&[&r1[..], &r2[..]], 0.95);
    /// assert_eq!(both, [draws.mean_interval(&r1, 0.95), draws.mean_interval(&r2, 0.95)]);
    /// ```
    #[must_use]
    pub fn mean_intervals(&self, columns: &[impl AsRef<[f64]>], level: f64) -> Vec<Interval> {
        let columns: Vec<&[f64]> = columns.iter().map(AsRef::as_ref).collect();
        let (width, n) = (columns.len(), columns.first().map_or(0, |column| column.len()));
        if n == 0 || columns.iter().any(|column| column.len() != n) {
            return columns.iter().map(|column| self.mean_interval(column, level)).collect();
        }
        // Row by row, so that one draw touches one place in memory.
        let rows: Vec<f64> =
            (0..n).flat_map(|i| columns.iter().map(move |column| column[i])).collect();
        let resamples = self.run(|mut random| {
            let mut sums = vec![0.0; width];
            for _ in 0..n {
                let row = random.below(n as u64) as usize * width;
                for (sum, value) in sums.iter_mut().zip(&rows[row..row + width]) {
                    *sum += value;
                }
            }
            sums.iter_mut().for_each(|sum| *sum /= n as f64);
            sums
        });
        let interval = |(c, column): (usize, &&[f64])| {
            let means = resamples.iter().map(|sums| sums[c]).collect();
            percentiles(mean(column), means, level)
        };
        columns.iter().enumerate().map(interval).collect()
    }

    /// Returns precision, recall and F-measure of summed counts, and their intervals when the
    /// parts (sentences, pages) are resampled.
    ///
    /// The `mean` of each interval is the score of the sum of all counts, the micro average.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::eval::Bootstrap;
    /// use tomtat::eval::extraction::ExtractionCounts;
    ///
    /// let sentences = [ExtractionCounts::new(4, 5, 5), ExtractionCounts::new(6, 6, 7)];
    /// let [precision, recall, f] =
    ///     Bootstrap::new(500, 7).score_intervals(&sentences, 1.0, 0.95);
    /// assert_eq!((precision.mean, recall.mean), (10.0 / 11.0, 10.0 / 12.0));
    /// assert!(f.low < f.mean && f.mean < f.high);
    /// ```
    #[must_use]
    pub fn score_intervals(
        &self,
        parts: &[ExtractionCounts],
        beta: f64,
        level: f64,
    ) -> [Interval; 3] {
        let total = |sum: ExtractionCounts, part: &ExtractionCounts| sum.merge(*part);
        let score = parts.iter().fold(ExtractionCounts::default(), total).score(beta);
        let resamples: Vec<Score> = self.run(|mut random| {
            let mut sum = ExtractionCounts::default();
            for _ in 0..parts.len() {
                sum = sum.merge(parts[random.below(parts.len() as u64) as usize]);
            }
            sum.score(beta)
        });
        let interval = |part: fn(&Score) -> f64| {
            percentiles(part(&score), resamples.iter().map(part).collect(), level)
        };
        [interval(|s| s.precision), interval(|s| s.recall), interval(|s| s.f_measure)]
    }

    /// Returns the mean of the differences `a[i] - b[i]` and its percentile interval, articles
    /// being resampled as pairs; articles that only one side has are left out.
    #[must_use]
    pub fn difference_interval(&self, a: &[f64], b: &[f64], level: f64) -> Interval {
        let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
        self.mean_interval(&differences, level)
    }
}

/// Returns the mean, summed in order, and 0 of nothing.
pub(crate) fn mean(values: &[f64]) -> f64 {
    // `Iterator::sum` starts from -0.0.
    if values.is_empty() {
        0.0
    } else {
        values.iter().fold(0.0, |sum, value| sum + value) / values.len() as f64
    }
}

/// The percentile interval of resampled values around what all the data give.
fn percentiles(mean: f64, mut resampled: Vec<f64>, level: f64) -> Interval {
    resampled.sort_unstable_by(f64::total_cmp);
    let tail = (1.0 - level.clamp(0.0, 1.0)) / 2.0;
    Interval { mean, low: quantile(&resampled, tail), high: quantile(&resampled, 1.0 - tail) }
}

/// Returns the quantile `q` of sorted values, interpolated between neighbours (definition 7).
fn quantile(sorted: &[f64], q: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let position = q * last as f64;
    let below = (position.floor() as usize).min(last);
    let above = (below + 1).min(last);
    sorted[below] + (sorted[above] - sorted[below]) * (position - below as f64)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the expected numbers are exact")]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate() {
        let values = [1.0, 2.0, 4.0];
        assert_eq!(quantile(&values, 0.0), 1.0);
        assert_eq!(quantile(&values, 0.25), 1.5);
        assert_eq!(quantile(&values, 0.75), 3.0);
        assert_eq!(quantile(&values, 1.0), 4.0);
        assert_eq!(quantile(&[], 0.5), 0.0);
    }

    #[test]
    fn threads_do_not_change_resamples() {
        let values: Vec<f64> = (0..101).map(|i| f64::from(i * i % 37)).collect();
        let one = Bootstrap::new(333, 9).means(&values);
        for threads in [2, 5, 64] {
            assert_eq!(Bootstrap::new(333, 9).threads(threads).means(&values), one);
        }
        assert_ne!(Bootstrap::new(333, 10).means(&values), one);
    }

    #[test]
    fn degenerate_data_give_degenerate_intervals() {
        assert_eq!(Bootstrap::new(100, 1).mean_interval(&[], 0.95), Interval::default());
        let same = Bootstrap::new(100, 1).mean_interval(&[0.5; 9], 0.95);
        assert_eq!((same.low, same.mean, same.high), (0.5, 0.5, 0.5));
    }

    #[test]
    fn columns_together_are_columns_apart() {
        let a: Vec<f64> = (0..57).map(|i| f64::from(i * i % 37)).collect();
        let b: Vec<f64> = a.iter().map(|x| x / 3.0).collect();
        let draws = Bootstrap::new(200, 5).threads(3);
        for columns in [vec![a.clone(), b.clone()], vec![a.clone(), b[..9].to_vec()], vec![vec![]]]
        {
            let apart: Vec<Interval> =
                columns.iter().map(|column| draws.mean_interval(column, 0.9)).collect();
            assert_eq!(draws.mean_intervals(&columns, 0.9), apart);
        }
        assert!(draws.mean_intervals(&[] as &[Vec<f64>], 0.9).is_empty());
        assert_eq!(draws.score_intervals(&[], 1.0, 0.9), [Interval::default(); 3]);
    }

    /// Skewed scores between 0 and 1 with a known mean of 1/3: the square of a uniform number.
    fn skewed(random: &mut Random, n: usize) -> Vec<f64> {
        (0..n).map(|_| random.unit()).map(|u| u * u).collect()
    }

    #[test]
    fn interval_covers_what_it_says() {
        for (level, seed) in [(0.95, 1), (0.8, 2)] {
            let (runs, mut covered) = (1000, 0);
            for run in 0..runs {
                let data = skewed(&mut Random::stream(seed, run), 100);
                let interval = Bootstrap::new(400, run).mean_interval(&data, level);
                covered += i32::from(interval.low <= 1.0 / 3.0 && 1.0 / 3.0 <= interval.high);
            }
            let coverage = f64::from(covered) / runs as f64;
            // Three standard errors of 1,000 runs, and 0.01 for the known optimism of the
            // percentile interval at n = 100.
            let slack = 3.0 * (level * (1.0 - level) / runs as f64).sqrt();
            assert!(
                (level - slack - 0.01..level + slack).contains(&coverage),
                "{coverage} for {level}"
            );
        }
    }
}
