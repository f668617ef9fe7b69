//! The first sentences: the baseline that news is hard to beat on.

use super::{RankContext, Ranker, RankerInfo};

/// Describes [`Lead`].
pub const INFO: RankerInfo = RankerInfo::new(
    "lead",
    "sentences in the order of the article",
    "Brandow, Mitze & Rau (1995), Information Processing & Management 31(5), section 4",
);

/// Scores candidate *i* with 1 / (*i* + 1).
#[derive(Clone, Copy, Debug, Default)]
pub struct Lead;

impl Ranker for Lead {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, _: &RankContext<'_>, scores: &mut [f64]) {
        for (i, score) in scores.iter_mut().enumerate() {
            *score = 1.0 / (i + 1) as f64;
        }
    }
}
