//! The largest eigenvalues of the products of the rows of a matrix, and their vectors.

use crate::weights::vector::SparseRows;

/// Most rows whose products are kept as a square.
const SQUARE: usize = 128;
/// Vectors that are iterated for more rows.
const BLOCK: usize = 16;
/// Steps of subspace iteration.
const STEPS: usize = 30;
/// Rounds of Jacobi's rotations; they converge quadratically, and six to ten do.
const ROUNDS: usize = 30;

/// An eigenvalue (a squared singular value of the rows) and its vector of length 1.
#[derive(Clone, Debug)]
pub(super) struct Eigen {
    pub(super) value: f64,
    pub(super) vector: Vec<f64>,
}

/// Returns the eigenvalues of A·Aᵀ, where A has the rows, the largest first: all of them for up to
/// 128 rows, otherwise the sixteen largest.
pub(super) fn largest(rows: &SparseRows) -> Vec<Eigen> {
    if rows.rows() <= SQUARE { exact(rows) } else { iterated(rows) }
}

fn exact(rows: &SparseRows) -> Vec<Eigen> {
    let size = rows.rows();
    let mut square = vec![0.0; size * size];
    let mut dense = vec![0.0; rows.columns()];
    for i in 0..size {
        let (columns, values) = rows.row(i);
        for (&column, value) in columns.iter().zip(values) {
            dense[column as usize] = *value;
        }
        for j in 0..=i {
            let (others, factors) = rows.row(j);
            let product =
                others.iter().zip(factors).fold(0.0, |sum, (&c, v)| sum + v * dense[c as usize]);
            (square[i * size + j], square[j * size + i]) = (product, product);
        }
        columns.iter().for_each(|&column| dense[column as usize] = 0.0);
    }
    jacobi(square, size)
}

/// Rotates a symmetric matrix until it is diagonal (Golub & Van Loan 2013, *Matrix Computations*,
/// algorithm 8.5.3).
fn jacobi(mut a: Vec<f64>, size: usize) -> Vec<Eigen> {
    // Row i of `vectors` becomes the i-th vector.
    let mut vectors = vec![0.0; size * size];
    for i in 0..size {
        vectors[i * size + i] = 1.0;
    }
    let scale = a.iter().fold(0.0, |sum, v| sum + v * v);
    for _ in 0..ROUNDS {
        let off = (0..size).flat_map(|i| (0..i).map(move |j| (i, j)));
        let off = off.fold(0.0, |sum, (i, j)| sum + a[i * size + j] * a[i * size + j]);
        if off <= scale * 1e-30 {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                let apq = a[p * size + q];
                if apq == 0.0 {
                    continue;
                }
                let theta = (a[q * size + q] - a[p * size + p]) / (2.0 * apq);
                let root = (theta * theta + 1.0).sqrt();
                let t = if theta >= 0.0 { 1.0 / (theta + root) } else { 1.0 / (theta - root) };
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for k in 0..size {
                    let (x, y) = (a[k * size + p], a[k * size + q]);
                    (a[k * size + p], a[k * size + q]) = (c * x - s * y, s * x + c * y);
                }
                for k in 0..size {
                    let (x, y) = (a[p * size + k], a[q * size + k]);
                    (a[p * size + k], a[q * size + k]) = (c * x - s * y, s * x + c * y);
                    let (x, y) = (vectors[p * size + k], vectors[q * size + k]);
                    (vectors[p * size + k], vectors[q * size + k]) = (c * x - s * y, s * x + c * y);
                }
            }
        }
    }
    let mut found: Vec<Eigen> = (0..size)
        .map(|i| Eigen {
            value: a[i * size + i],
            vector: vectors[i * size..(i + 1) * size].to_vec(),
        })
        .collect();
    found.sort_by(|a, b| b.value.total_cmp(&a.value));
    found
}

/// Subspace iteration with a final Rayleigh-Ritz step (Golub & Van Loan 2013, section 8.2.4).
fn iterated(rows: &SparseRows) -> Vec<Eigen> {
    let mut block = start(rows.rows());
    orthonormalize(&mut block);
    for _ in 0..STEPS {
        block = multiply(rows, &block);
        orthonormalize(&mut block);
    }
    let image = multiply(rows, &block);
    let mut small = vec![0.0; BLOCK * BLOCK];
    for (x, y) in block.iter().zip(&image) {
        for i in 0..BLOCK {
            for j in 0..BLOCK {
                small[i * BLOCK + j] += x[i] * y[j];
            }
        }
    }
    for i in 0..BLOCK {
        for j in 0..i {
            let mean = f64::midpoint(small[i * BLOCK + j], small[j * BLOCK + i]);
            (small[i * BLOCK + j], small[j * BLOCK + i]) = (mean, mean);
        }
    }
    let turn = |ritz: Eigen| Eigen {
        value: ritz.value,
        vector: block
            .iter()
            .map(|x| x.iter().zip(&ritz.vector).fold(0.0, |sum, (a, b)| sum + a * b))
            .collect(),
    };
    jacobi(small, BLOCK).into_iter().map(turn).collect()
}

/// The same arbitrary numbers on every machine, between −1 and 1.
fn start(rows: usize) -> Vec<[f64; BLOCK]> {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    };
    (0..rows).map(|_| std::array::from_fn(|_| next())).collect()
}

/// Returns A·Aᵀ times the block.
fn multiply(rows: &SparseRows, block: &[[f64; BLOCK]]) -> Vec<[f64; BLOCK]> {
    let mut terms = vec![[0.0; BLOCK]; rows.columns()];
    for (row, x) in block.iter().enumerate() {
        let (columns, values) = rows.row(row);
        for (&column, value) in columns.iter().zip(values) {
            for (sum, x) in terms[column as usize].iter_mut().zip(x) {
                *sum += value * x;
            }
        }
    }
    let image = (0..rows.rows()).map(|row| {
        let (columns, values) = rows.row(row);
        let mut sum = [0.0; BLOCK];
        for (&column, value) in columns.iter().zip(values) {
            for (sum, x) in sum.iter_mut().zip(&terms[column as usize]) {
                *sum += value * x;
            }
        }
        sum
    });
    image.collect()
}

/// Modified Gram-Schmidt, twice; a column that depends on those before it becomes 0.
fn orthonormalize(block: &mut [[f64; BLOCK]]) {
    for i in 0..BLOCK {
        let length =
            |block: &[[f64; BLOCK]]| block.iter().fold(0.0, |sum, x| sum + x[i] * x[i]).sqrt();
        let before = length(block);
        for j in (0..i).chain(0..i) {
            let product = block.iter().fold(0.0, |sum, x| sum + x[i] * x[j]);
            block.iter_mut().for_each(|x| x[i] -= product * x[j]);
        }
        let after = length(block);
        let scale = if after > before * 1e-12 { 1.0 / after } else { 0.0 };
        block.iter_mut().for_each(|x| x[i] *= scale);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_of_two_worked_by_hand() {
        let found = jacobi(vec![2.0, 1.0, 1.0, 2.0], 2);
        assert!((found[0].value - 3.0).abs() < 1e-14 && (found[1].value - 1.0).abs() < 1e-14);
        let half = 0.5f64.sqrt();
        assert!(found[0].vector.iter().all(|v| (v.abs() - half).abs() < 1e-14));
    }

    #[test]
    fn both_ways_agree_where_topics_stand_out() {
        // Three topics of different weight with a little of a common word.
        let rows = SparseRows::from_rows(
            4,
            (0..90u32)
                .map(|i| vec![(i % 3, f64::from(4 - i % 3)), (3, 0.1 + f64::from(i) / 900.0)]),
        );
        let (exact, iterated) = (exact(&rows), iterated(&rows));
        for (a, b) in exact.iter().zip(&iterated).take(4) {
            assert!((a.value - b.value).abs() < 1e-9 * exact[0].value, "{} {}", a.value, b.value);
            for (x, y) in a.vector.iter().zip(&b.vector) {
                assert!((x * x - y * y).abs() < 1e-9, "{x} {y}");
            }
        }
    }

    #[test]
    fn rows_of_zeros_have_no_topics() {
        for rows in [0, 1, 5, 300] {
            let rows = SparseRows::from_rows(3, vec![Vec::new(); rows]);
            assert!(largest(&rows).iter().all(|e| e.value.abs() < f64::EPSILON));
        }
    }
}
