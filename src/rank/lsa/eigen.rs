//! The largest eigenvalues of the products of the rows of a matrix, and their vectors.

use ndarray::{Array1, Array2, ArrayView1, Axis, azip};

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
    let mut square = Array2::zeros((size, size));
    let mut dense = Array1::zeros(rows.columns());
    for i in 0..size {
        let (columns, values) = rows.row(i);
        for (&column, value) in columns.iter().zip(values) {
            dense[column as usize] = *value;
        }
        for j in 0..=i {
            let (others, factors) = rows.row(j);
            let product =
                others.iter().zip(factors).fold(0.0, |sum, (&c, v)| sum + v * dense[c as usize]);
            (square[[i, j]], square[[j, i]]) = (product, product);
        }
        columns.iter().for_each(|&column| dense[column as usize] = 0.0);
    }
    jacobi(square)
}

/// Rotates a symmetric matrix until it is diagonal (Golub & Van Loan 2013, *Matrix Computations*,
/// algorithm 8.5.3).
fn jacobi(mut a: Array2<f64>) -> Vec<Eigen> {
    let size = a.nrows();
    // Row i of `vectors` becomes the i-th vector.
    let mut vectors = Array2::eye(size);
    let scale = a.iter().fold(0.0, |sum, v| sum + v * v);
    for _ in 0..ROUNDS {
        let off = (0..size).flat_map(|i| (0..i).map(move |j| [i, j]));
        let off = off.fold(0.0, |sum, place| sum + a[place] * a[place]);
        if off <= scale * 1e-30 {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                let apq = a[[p, q]];
                if apq == 0.0 {
                    continue;
                }
                let theta = (a[[q, q]] - a[[p, p]]) / (2.0 * apq);
                let root = (theta * theta + 1.0).sqrt();
                let t = if theta >= 0.0 { 1.0 / (theta + root) } else { 1.0 / (theta - root) };
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                let turn = |x: &mut f64, y: &mut f64| (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
                turn_lines(&mut a, Axis(1), (p, q), turn);
                turn_lines(&mut a, Axis(0), (p, q), turn);
                turn_lines(&mut vectors, Axis(0), (p, q), turn);
            }
        }
    }
    let mut found: Vec<Eigen> = a
        .diag()
        .iter()
        .zip(vectors.rows())
        .map(|(&value, vector)| Eigen { value, vector: vector.to_vec() })
        .collect();
    found.sort_by(|a, b| b.value.total_cmp(&a.value));
    found
}

/// Changes the pairs of values of two rows or columns, the first before the second.
fn turn_lines(
    matrix: &mut Array2<f64>,
    axis: Axis,
    (first, second): (usize, usize),
    turn: impl Fn(&mut f64, &mut f64),
) {
    let (mut before, mut after) = matrix.view_mut().split_at(axis, second);
    let (x, y) = (before.index_axis_mut(axis, first), after.index_axis_mut(axis, 0));
    azip!((x in x, y in y) turn(x, y));
}

/// Subspace iteration with a final Rayleigh-Ritz step (Golub & Van Loan 2013, section 8.2.4).
///
/// The block has one row a vector, so that the many sums over two vectors read memory in a row: with
/// one column a vector each of them would read the whole block, which no cache holds for long texts.
fn iterated(rows: &SparseRows) -> Vec<Eigen> {
    let mut block = start(rows.rows());
    orthonormalize(&mut block);
    for _ in 0..STEPS {
        block = multiply(rows, &block);
        orthonormalize(&mut block);
    }
    let image = multiply(rows, &block);
    let mut small = Array2::zeros((BLOCK, BLOCK));
    for (mut sums, x) in small.rows_mut().into_iter().zip(block.rows()) {
        for (sum, y) in sums.iter_mut().zip(image.rows()) {
            *sum = product(&x, &y);
        }
    }
    for i in 0..BLOCK {
        for j in 0..i {
            let mean = f64::midpoint(small[[i, j]], small[[j, i]]);
            (small[[i, j]], small[[j, i]]) = (mean, mean);
        }
    }
    let turn = |ritz: Eigen| Eigen {
        value: ritz.value,
        vector: block
            .columns()
            .into_iter()
            .map(|x| x.iter().zip(&ritz.vector).fold(0.0, |sum, (a, b)| sum + a * b))
            .collect(),
    };
    jacobi(small).into_iter().map(turn).collect()
}

/// The same arbitrary numbers on every machine, between −1 and 1.
fn start(rows: usize) -> Array2<f64> {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let by_row = Array2::from_shape_simple_fn((rows, BLOCK), || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    });
    by_row.t().as_standard_layout().into_owned()
}

/// Returns A·Aᵀ times the vectors of the block.
fn multiply(rows: &SparseRows, block: &Array2<f64>) -> Array2<f64> {
    let mut terms = Array2::zeros((rows.columns(), BLOCK));
    for (row, x) in block.columns().into_iter().enumerate() {
        let (columns, values) = rows.row(row);
        for (&column, value) in columns.iter().zip(values) {
            terms.row_mut(column as usize).scaled_add(*value, &x);
        }
    }
    let mut image = Array2::zeros(block.raw_dim());
    let mut sums = Array1::zeros(BLOCK);
    for (row, mut column) in image.columns_mut().into_iter().enumerate() {
        let (columns, values) = rows.row(row);
        sums.fill(0.0);
        for (&column, value) in columns.iter().zip(values) {
            sums.scaled_add(*value, &terms.row(column as usize));
        }
        column.assign(&sums);
    }
    image
}

/// The sum of products from the first to the last: `dot` of ndarray sums in lanes.
fn product(x: &ArrayView1<'_, f64>, y: &ArrayView1<'_, f64>) -> f64 {
    x.iter().zip(y).fold(0.0, |sum, (x, y)| sum + x * y)
}

/// Modified Gram-Schmidt, twice; a vector that depends on those before it becomes 0.
fn orthonormalize(block: &mut Array2<f64>) {
    for i in 0..BLOCK {
        let (done, mut rest) = block.view_mut().split_at(Axis(0), i);
        let mut vector = rest.row_mut(0);
        let before = product(&vector.view(), &vector.view()).sqrt();
        for _ in 0..2 {
            for other in done.rows() {
                let product = product(&vector.view(), &other);
                azip!((x in &mut vector, y in other) *x -= product * y);
            }
        }
        let after = product(&vector.view(), &vector.view()).sqrt();
        let scale = if after > before * 1e-12 { 1.0 / after } else { 0.0 };
        vector.mapv_inplace(|x| x * scale);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_of_two_worked_by_hand() {
        let found = jacobi(ndarray::array![[2.0, 1.0], [1.0, 2.0]]);
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
