//! Coverage: how much of what matters a growing summary holds.

/// Weighted items, each of which counts once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coverage {
    /// Weight of each item; 0 once it is covered.
    weights: Vec<f32>,
}

impl Coverage {
    /// Makes a coverage of items with these weights.
    pub(crate) fn new(weights: impl Iterator<Item = f32>) -> Self {
        Self { weights: weights.collect() }
    }

    /// Returns `start` plus the weights of the items that are not covered, each times `scale`.
    #[inline]
    pub(crate) fn add(&self, start: f32, items: impl Iterator<Item = u32>, scale: f32) -> f32 {
        items.fold(start, |sum, item| sum + scale * self.weights[item as usize])
    }

    /// Marks items as covered.
    pub(crate) fn cover(&mut self, items: impl Iterator<Item = u32>) {
        for item in items {
            self.weights[item as usize] = 0.0;
        }
    }
}
