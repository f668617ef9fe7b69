//! Sparse vectors of sentences, as the rows of one matrix.

/// A sparse matrix in compressed-row form (CSR): one row a sentence, one column a term.
///
/// Sums run over the columns of a row in increasing order, so results are the same on every
/// machine.
///
/// # Examples
///
/// ```
/// use tomtat::weights::SparseRows;
///
/// let rows = SparseRows::from_rows(3, [vec![(0, 1.0), (2, 2.0)], vec![(1, 3.0)]]);
/// assert_eq!(rows.dot(&[1.0, 1.0, 1.0]), [3.0, 3.0]);
/// assert_eq!(rows.cosine(0, 1), 0.0);
/// assert_eq!(rows.cosine(0, 0), 1.0);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SparseRows {
    columns: usize,
    starts: Vec<u32>,
    indices: Vec<u32>,
    values: Vec<f64>,
    norms: Vec<f64>,
}

impl SparseRows {
    /// Makes a matrix from rows of (column, value) pairs; values of one column are added up.
    ///
    /// Pairs whose column is not below `columns` are left out.
    #[must_use]
    pub fn from_rows(columns: usize, rows: impl IntoIterator<Item = Vec<(u32, f64)>>) -> Self {
        let mut matrix = Self { columns, starts: vec![0], ..Self::default() };
        for mut row in rows {
            row.retain(|&(column, _)| (column as usize) < columns);
            matrix.push_row(&mut row);
        }
        matrix
    }

    /// Makes a matrix without rows.
    pub(crate) fn with_columns(columns: usize) -> Self {
        Self { columns, starts: vec![0], ..Self::default() }
    }

    /// Appends a row; `row` is sorted in place.
    pub(crate) fn push_row(&mut self, row: &mut [(u32, f64)]) {
        row.sort_by_key(|&(column, _)| column);
        let start = self.indices.len();
        for &(column, value) in row.iter() {
            if self.indices.len() > start && self.indices.last() == Some(&column) {
                if let Some(last) = self.values.last_mut() {
                    *last += value;
                }
            } else {
                self.indices.push(column);
                self.values.push(value);
            }
        }
        self.starts.push(self.indices.len() as u32);
        let squares = self.values[start..].iter().fold(0.0, |sum, v| sum + v * v);
        self.norms.push(f64::sqrt(squares));
    }

    /// Returns the number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.norms.len()
    }

    /// Returns the number of columns.
    #[must_use]
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// Returns the columns and values of a row.
    #[inline]
    #[must_use]
    pub fn row(&self, row: usize) -> (&[u32], &[f64]) {
        let range = self.starts[row] as usize..self.starts[row + 1] as usize;
        (&self.indices[range.clone()], &self.values[range])
    }

    /// Returns the Euclidean length of a row.
    #[must_use]
    pub fn norm(&self, row: usize) -> f64 {
        self.norms[row]
    }

    /// Multiplies the matrix with a dense vector of one value a column.
    ///
    /// # Panics
    ///
    /// Panics if `vector` is shorter than the columns in use.
    #[must_use]
    pub fn dot(&self, vector: &[f64]) -> Vec<f64> {
        let product = |row| {
            let (columns, values) = self.row(row);
            columns.iter().zip(values).fold(0.0, |sum, (&c, v)| sum + v * vector[c as usize])
        };
        (0..self.rows()).map(product).collect()
    }

    /// Adds up the rows.
    #[must_use]
    pub fn sum(&self) -> Vec<f64> {
        let mut sum = vec![0.0; self.columns];
        for (&column, value) in self.indices.iter().zip(&self.values) {
            sum[column as usize] += value;
        }
        sum
    }

    /// Returns the cosine of the angle between two rows, 0 if one is empty.
    #[must_use]
    pub fn cosine(&self, a: usize, b: usize) -> f64 {
        let norms = self.norms[a] * self.norms[b];
        if norms == 0.0 {
            return 0.0;
        }
        if a == b {
            return 1.0;
        }
        let ((a_columns, a_values), (b_columns, b_values)) = (self.row(a), self.row(b));
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        while i < a_columns.len() && j < b_columns.len() {
            match a_columns[i].cmp(&b_columns[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += a_values[i] * b_values[j];
                    i += 1;
                    j += 1;
                }
            }
        }
        sum / norms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_sorted_and_added_up() {
        let rows = SparseRows::from_rows(4, [vec![(3, 1.0), (0, 2.0), (3, 4.0), (9, 1.0)]]);
        assert_eq!(rows.row(0), (&[0u32, 3][..], &[2.0, 5.0][..]));
        assert!((rows.norm(0) - 29f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn cosine_of_known_angles() {
        let rows = SparseRows::from_rows(2, [vec![(0, 1.0)], vec![(0, 1.0), (1, 1.0)], vec![]]);
        assert!((rows.cosine(0, 1) - 0.5f64.sqrt()).abs() < 1e-15);
        assert!(rows.cosine(0, 2).abs() < f64::EPSILON);
        assert_eq!(rows.sum(), [2.0, 1.0]);
    }
}
