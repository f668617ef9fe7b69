//! ROUGE-W: the longest common subsequence that rewards runs of consecutive matches.
//!
//! # References
//!
//! C.-Y. Lin (2004), section 4: the table of weights and run lengths, equations 8–15, with
//! f(k) = k^weight and its inverse.

use super::pair::ABSENT;

/// Buffers that are reused from pair to pair.
#[derive(Debug, Default)]
pub(crate) struct WeightedBuffers {
    /// k^weight for k from 0 on.
    weights: Vec<f64>,
    weight: f64,
    /// Best weight and length of the run that ends here, one row of the table.
    row: Vec<(f64, u32)>,
    /// One bit a cell: set where the walk back goes to the prediction's side.
    left: Vec<u64>,
}

impl WeightedBuffers {
    fn reserve(&mut self, len: usize, weight: f64) {
        if self.weight.to_bits() != weight.to_bits() {
            self.weights.clear();
            self.weight = weight;
        }
        for k in self.weights.len()..=len {
            // Not f64::powf, whose last digit differs between platforms.
            self.weights.push(libm::pow(k as f64, weight));
        }
    }

    /// Returns k^weight.
    pub(crate) fn weight_of(&mut self, k: usize, weight: f64) -> f64 {
        self.reserve(k, weight);
        self.weights[k]
    }
}

/// Returns the inverse of k^weight.
pub(crate) fn inverse(value: f64, weight: f64) -> f64 {
    if value > 0.0 { libm::pow(value, 1.0 / weight) } else { 0.0 }
}

/// Fills the table row by row, reference down, prediction across.
fn fill(
    reference: &[u32],
    prediction: &[u32],
    weight: f64,
    buffers: &mut WeightedBuffers,
    keep_directions: bool,
) {
    buffers.reserve(reference.len().min(prediction.len()), weight);
    let WeightedBuffers { weights, row, left, .. } = buffers;
    row.clear();
    row.resize(prediction.len() + 1, (0.0, 0));
    left.clear();
    if keep_directions {
        left.resize((reference.len() * prediction.len()).div_ceil(64), 0);
    }
    for (i, token) in reference.iter().enumerate() {
        let mut diagonal = row[0];
        for (j, other) in prediction.iter().enumerate() {
            let up = row[j + 1];
            row[j + 1] = if token == other && *token != ABSENT {
                let run = diagonal.1 as usize;
                (diagonal.0 + weights[run + 1] - weights[run], diagonal.1 + 1)
            } else if up.0 >= row[j].0 {
                (up.0, 0)
            } else {
                if keep_directions {
                    let cell = i * prediction.len() + j;
                    left[cell / 64] |= 1 << (cell % 64);
                }
                (row[j].0, 0)
            };
            diagonal = up;
        }
    }
}

/// Returns the weight of the weighted longest common subsequence.
///
/// Takes time in the product of the lengths and memory in one of them.
pub(crate) fn weight_of_lcs(
    reference: &[u32],
    prediction: &[u32],
    weight: f64,
    buffers: &mut WeightedBuffers,
) -> f64 {
    fill(reference, prediction, weight, buffers, false);
    buffers.row.last().map_or(0.0, |cell| cell.0)
}

/// Marks the tokens of `reference` on the path that ROUGE-1.5.5 walks back.
///
/// Takes one bit for each cell of the table.
pub(super) fn mark(
    reference: &[u32],
    prediction: &[u32],
    weight: f64,
    marked: &mut [bool],
    buffers: &mut WeightedBuffers,
) {
    fill(reference, prediction, weight, buffers, true);
    let (mut i, mut j) = (reference.len(), prediction.len());
    while i > 0 && j > 0 {
        let cell = (i - 1) * prediction.len() + j - 1;
        if reference[i - 1] == prediction[j - 1] {
            marked[i - 1] = true;
            i -= 1;
            j -= 1;
        } else if buffers.left[cell / 64] >> (cell % 64) & 1 == 1 {
            j -= 1;
        } else {
            i -= 1;
        }
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the expected numbers are exact")]
mod tests {
    use super::*;

    #[test]
    fn runs_are_worth_more_than_scattered_matches() {
        // The example of section 4: X = A B C D E F G, Y1 = A B C D H I K, Y2 = A H B K C I D.
        let x = [0, 1, 2, 3, 4, 5, 6];
        let y1 = [0, 1, 2, 3, ABSENT, ABSENT, ABSENT];
        let y2 = [0, ABSENT, 1, ABSENT, 2, ABSENT, 3];
        let mut buffers = WeightedBuffers::default();
        // With weight 2 the run of four is worth 16, the four single tokens 4.
        assert!((weight_of_lcs(&x, &y1, 2.0, &mut buffers) - 16.0).abs() < 1e-12);
        assert!((weight_of_lcs(&x, &y2, 2.0, &mut buffers) - 4.0).abs() < 1e-12);
        assert!((weight_of_lcs(&x, &y1, 1.0, &mut buffers) - 4.0).abs() < 1e-12);
        assert_eq!(weight_of_lcs(&x, &[], 1.2, &mut buffers), 0.0);
    }

    #[test]
    fn inverse_undoes_the_weight() {
        assert!((inverse(libm::pow(7.0, 1.2), 1.2) - 7.0).abs() < 1e-12);
        assert_eq!(inverse(0.0, 1.2), 0.0);
    }
}
