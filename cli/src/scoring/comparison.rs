//! What the scores of several systems on the same texts say: means with intervals, and tests
//! against a baseline.

use tomtat::eval::significance::{Correction, PairedMethod, paired_test};
use tomtat::eval::{Interval, Score};

use crate::scoring::StatisticsArguments;

/// A system and its scores: one row a text, one column a measure.
#[derive(Clone, Debug)]
pub(crate) struct System {
    /// Name in tables.
    pub(crate) name: String,
    /// Row by row.
    pub(crate) scores: Vec<Score>,
    /// Whether it is tested against the baseline: floors and oracles are not.
    pub(crate) is_tested: bool,
}

/// Mean scores of one measure.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Summary {
    /// Precision.
    pub(crate) precision: Interval,
    /// Recall.
    pub(crate) recall: Interval,
    /// F-measure.
    pub(crate) f_measure: Interval,
    /// Tests against the baseline.
    pub(crate) tests: Option<Tests>,
}

/// A comparison with the baseline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tests {
    /// Mean difference of the F-measures.
    pub(crate) difference: Interval,
    /// Of the paired bootstrap: as it is, and corrected.
    pub(crate) bootstrap: [f64; 2],
    /// Of approximate randomization: as it is, and corrected.
    pub(crate) randomization: [f64; 2],
}

impl Tests {
    /// Returns 1 or -1 if the system is better or worse at this level, else 0.
    pub(crate) fn verdict(&self, alpha: f64) -> i8 {
        if self.randomization[1] >= alpha || self.difference.mean == 0.0 {
            0
        } else if self.difference.mean > 0.0 {
            1
        } else {
            -1
        }
    }
}

/// The table of a run: by system, by measure.
#[derive(Clone, Debug)]
pub(crate) struct Comparison {
    /// By system, by measure.
    pub(crate) rows: Vec<Vec<Summary>>,
    /// Number of the system that the others are tested against.
    pub(crate) baseline: Option<usize>,
    /// Tests that were made, for which their p-values are corrected.
    pub(crate) tests: usize,
    /// Resamples of each test.
    pub(crate) test_resamples: u32,
}

/// Level of the tests: a p-value below it is marked.
pub(crate) const ALPHA: f64 = 0.05;

/// Resamples that each of so many tests needs.
///
/// The smallest p-value of n resamples is 1 / (n + 1), and a correction multiplies it by the number
/// of tests: with too few resamples nothing can be significant. These leave the smallest one at half
/// the level.
fn resamples_needed(tests: usize, correction: Correction) -> u32 {
    let factor = if correction == Correction::None { 1 } else { tests };
    let needed = (2.0 * factor as f64 / ALPHA).ceil();
    // A number of tests is far below the limit, to which a cast saturates.
    needed as u32
}

/// Computes means, intervals and tests.
pub(crate) fn compare(
    systems: &[System],
    width: usize,
    baseline: Option<usize>,
    correction: Correction,
    statistics: &StatisticsArguments,
) -> Comparison {
    let draws = statistics.bootstrap();
    let parts: [fn(&Score) -> f64; 3] = [|s| s.precision, |s| s.recall, |s| s.f_measure];
    let columns: Vec<Vec<f64>> = systems
        .iter()
        .flat_map(|system| {
            (0..width).flat_map(move |m| {
                parts.map(|part| system.scores.iter().skip(m).step_by(width).map(part).collect())
            })
        })
        .collect();
    let intervals = draws.mean_intervals(&columns, statistics.share());
    let mut rows: Vec<Vec<Summary>> = intervals
        .chunks(3 * width.max(1))
        .map(|row| {
            row.chunks(3)
                .map(|parts| Summary {
                    precision: parts[0],
                    recall: parts[1],
                    f_measure: parts[2],
                    tests: None,
                })
                .collect()
        })
        .collect();
    let Some(base) = baseline else {
        return Comparison { rows, baseline, tests: 0, test_resamples: 0 };
    };

    let tested: Vec<(usize, usize)> = (0..systems.len())
        .filter(|s| *s != base && systems[*s].is_tested)
        .flat_map(|s| (0..width).map(move |m| (s, m)))
        .collect();
    let test_resamples = statistics.resamples.max(resamples_needed(tested.len(), correction));
    let test_draws = statistics.bootstrap_of(test_resamples);
    let column = |s: usize, m: usize| columns[(s * width + m) * 3 + 2].as_slice();
    let p_values = |method: PairedMethod| -> Vec<f64> {
        let p = |(s, m): &(usize, usize)| {
            paired_test(method, column(*s, *m), column(base, *m), test_draws).p_value
        };
        tested.iter().map(p).collect()
    };
    let bootstrap = p_values(PairedMethod::Bootstrap);
    let randomization = p_values(PairedMethod::ApproximateRandomization);
    let (of_bootstrap, of_randomization) =
        (correction.adjust(&bootstrap), correction.adjust(&randomization));
    let differences: Vec<Vec<f64>> = tested
        .iter()
        .map(|(s, m)| column(*s, *m).iter().zip(column(base, *m)).map(|(a, b)| a - b).collect())
        .collect();
    let differences = draws.mean_intervals(&differences, statistics.share());
    for (i, (s, m)) in tested.iter().enumerate() {
        rows[*s][*m].tests = Some(Tests {
            difference: differences[i],
            bootstrap: [bootstrap[i], of_bootstrap[i]],
            randomization: [randomization[i], of_randomization[i]],
        });
    }
    Comparison { rows, baseline, tests: tested.len(), test_resamples }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_p_value_is_significant_for_any_number_of_tests() {
        for tests in [1, 2, 3, 51, 4000] {
            let needed = resamples_needed(tests, Correction::Holm);
            let smallest = 1.0 / (f64::from(needed) + 1.0);
            let corrected = Correction::Holm.adjust(&vec![smallest; tests]);
            assert!(corrected.iter().all(|&p| p < ALPHA), "{tests}: {corrected:?}");
        }
        assert_eq!(resamples_needed(51, Correction::None), 40);
    }
}
