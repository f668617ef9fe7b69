//! Graphs of sentences and random walks on them.
//!
//! An edge joins sentences that share a term; the pairs are found through an inverted index, so
//! that memory is that of the edges. Up to [`WHOLE`] sentences the graph is whole. In longer
//! documents, where the edges alone would grow with the square of the length,
//!
//! - of a term that is in more than [`WINDOW`] sentences, the occurrences nearest to a sentence are
//!   looked at, and
//! - a sentence keeps its [`NEIGHBOURS`] strongest neighbours and those that keep it; the weights
//!   of these edges are exact.
//!
//! Time and memory are then linear in the length of the document.

use crate::weights::vector::SparseRows;

/// Most sentences of a graph that has all its edges.
const WHOLE: usize = 1_000;

/// Occurrences of a frequent term that are looked at for each sentence of a longer document.
const WINDOW: usize = 128;

/// Strongest neighbours that each sentence of a longer document keeps.
const NEIGHBOURS: usize = 32;

/// Steps after which a walk ends: 0.85 to this power is below 10⁻⁹.
const STEPS: usize = 130;

/// Change, as a share of the mean, below which a walk has come to rest.
const REST: f64 = 1e-12;

/// A directed graph with positive weights, in compressed-row form.
#[derive(Debug)]
pub(super) struct Graph {
    starts: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
}

impl Graph {
    /// Joins each row of `left` with the rows of `right` that share a column with it.
    ///
    /// `weigh` makes the weight of an edge from its two ends and the product of the rows; edges
    /// whose weight is not above 0 are left out. It sees each row with itself, too. Both matrices
    /// have their values at the same places.
    pub(super) fn of_products(
        left: &SparseRows,
        right: &SparseRows,
        weigh: impl Fn(usize, usize, f64) -> f64,
    ) -> Self {
        Self::with_bounds(left, right, weigh, WHOLE)
    }

    fn with_bounds(
        left: &SparseRows,
        right: &SparseRows,
        weigh: impl Fn(usize, usize, f64) -> f64,
        whole: usize,
    ) -> Self {
        let nodes = left.rows();
        let is_whole = nodes <= whole;
        let index = Index::new(right);
        let mut sums = Sums::new(nodes);
        if is_whole {
            let mut graph = Self { starts: vec![0], targets: Vec::new(), weights: Vec::new() };
            for node in 0..nodes {
                sums.fill(left, &index, node, usize::MAX);
                sums.touched.sort_unstable();
                for &other in &sums.touched {
                    let weight = weigh(node, other as usize, sums.values[other as usize]);
                    if weight > 0.0 {
                        graph.targets.push(other);
                        graph.weights.push(weight);
                    }
                }
                graph.starts.push(graph.targets.len());
            }
            return graph;
        }
        let mut edges: Vec<u64> = Vec::new();
        let mut near: Vec<(f64, u32)> = Vec::new();
        for node in 0..nodes {
            sums.fill(left, &index, node, WINDOW);
            near.clear();
            near.extend(
                sums.touched.iter().map(|&other| {
                    (weigh(node, other as usize, sums.values[other as usize]), other)
                }),
            );
            if near.len() > NEIGHBOURS {
                near.select_nth_unstable_by(NEIGHBOURS, |a, b| {
                    b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
                });
                near.truncate(NEIGHBOURS);
            }
            for &(_, other) in &near {
                edges.push((node as u64) << 32 | u64::from(other));
                edges.push(u64::from(other) << 32 | node as u64);
            }
        }
        edges.sort_unstable();
        edges.dedup();
        let mut graph = Self { starts: vec![0], targets: Vec::new(), weights: Vec::new() };
        let mut next = edges.iter().peekable();
        for node in 0..nodes {
            while let Some(edge) = next.next_if(|&&edge| (edge >> 32) as usize == node) {
                let other = *edge as u32;
                let weight =
                    weigh(node, other as usize, product(left, node, right, other as usize));
                if weight > 0.0 {
                    graph.targets.push(other);
                    graph.weights.push(weight);
                }
            }
            graph.starts.push(graph.targets.len());
        }
        graph
    }

    pub(super) const fn nodes(&self) -> usize {
        self.starts.len() - 1
    }

    /// Returns the ends and weights of the edges that leave a node, in the order of their ends.
    pub(super) fn edges(&self, node: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.starts[node]..self.starts[node + 1];
        self.targets[range.clone()]
            .iter()
            .map(|&target| target as usize)
            .zip(self.weights[range].iter().copied())
    }

    /// Returns the sum of the weights of the edges that leave a node.
    pub(super) fn strength(&self, node: usize) -> f64 {
        self.weights[self.starts[node]..self.starts[node + 1]].iter().fold(0.0, |sum, w| sum + w)
    }

    /// Returns the value of each node when p(v) = (1 − d) · `mean` + d · Σ p(u) · w(u,v) / Σ w(u,·)
    /// holds for all, where d is `damping`.
    pub(super) fn walk(&self, damping: f64, mean: f64) -> Vec<f64> {
        let nodes = self.nodes();
        let strengths: Vec<f64> = (0..nodes).map(|node| self.strength(node)).collect();
        let mut values = vec![mean; nodes];
        let mut next = vec![0.0; nodes];
        for _ in 0..STEPS {
            next.fill((1.0 - damping) * mean);
            for node in 0..nodes {
                if strengths[node] > 0.0 {
                    let share = damping * values[node] / strengths[node];
                    for (target, weight) in self.edges(node) {
                        next[target] += share * weight;
                    }
                }
            }
            let change =
                next.iter().zip(&values).fold(0.0, |most: f64, (a, b)| most.max((a - b).abs()));
            std::mem::swap(&mut values, &mut next);
            if change <= REST * mean {
                break;
            }
        }
        values
    }
}

/// The columns of a matrix: rows and values of each.
struct Index {
    starts: Vec<usize>,
    entries: Vec<(u32, f64)>,
}

impl Index {
    fn new(rows: &SparseRows) -> Self {
        let mut starts = vec![0; rows.columns() + 1];
        for row in 0..rows.rows() {
            for &column in rows.row(row).0 {
                starts[column as usize + 1] += 1;
            }
        }
        for column in 1..starts.len() {
            starts[column] += starts[column - 1];
        }
        let mut ends = starts.clone();
        let mut entries = vec![(0, 0.0); starts[starts.len() - 1]];
        for row in 0..rows.rows() {
            let (columns, values) = rows.row(row);
            for (&column, &value) in columns.iter().zip(values) {
                entries[ends[column as usize]] = (row as u32, value);
                ends[column as usize] += 1;
            }
        }
        Self { starts, entries }
    }

    /// Returns the entries of a column; of more than `window`, those whose rows are nearest.
    fn near(&self, column: usize, row: usize, window: usize) -> &[(u32, f64)] {
        let entries = &self.entries[self.starts[column]..self.starts[column + 1]];
        if entries.len() <= window {
            return entries;
        }
        let place = entries.partition_point(|entry| (entry.0 as usize) < row);
        let start = place.saturating_sub(window / 2).min(entries.len() - window);
        &entries[start..start + window]
    }
}

/// Products of one row with all others.
struct Sums {
    values: Vec<f64>,
    /// Row for which a value was last begun.
    begun: Vec<u32>,
    touched: Vec<u32>,
}

impl Sums {
    fn new(nodes: usize) -> Self {
        Self { values: vec![0.0; nodes], begun: vec![u32::MAX; nodes], touched: Vec::new() }
    }

    fn fill(&mut self, left: &SparseRows, index: &Index, row: usize, window: usize) {
        self.touched.clear();
        let (columns, values) = left.row(row);
        for (&column, &value) in columns.iter().zip(values) {
            for &(other, factor) in index.near(column as usize, row, window) {
                let place = other as usize;
                if self.begun[place] != row as u32 {
                    self.begun[place] = row as u32;
                    self.values[place] = 0.0;
                    self.touched.push(other);
                }
                self.values[place] += value * factor;
            }
        }
    }
}

/// Multiplies two rows; a very long row is searched, not walked.
fn product(left: &SparseRows, a: usize, right: &SparseRows, b: usize) -> f64 {
    let ((columns, values), (others, factors)) = (left.row(a), right.row(b));
    if columns.len() > others.len() {
        return sum_of_shared(others, factors, columns, values);
    }
    sum_of_shared(columns, values, others, factors)
}

fn sum_of_shared(short: &[u32], values: &[f64], long: &[u32], factors: &[f64]) -> f64 {
    let mut sum = 0.0;
    let mut from = 0;
    for (column, value) in short.iter().zip(values) {
        match long[from..].binary_search(column) {
            Ok(place) => {
                sum += value * factors[from + place];
                from += place + 1;
            }
            Err(place) => from += place,
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(rows: usize) -> SparseRows {
        // Row i holds terms i and i + 1, so it shares one with either neighbour.
        SparseRows::from_rows(
            rows + 1,
            (0..rows as u32).map(|i| vec![(i, 1.0), (i + 1, 2.0), (rows as u32, 0.5)]),
        )
    }

    fn weigh(a: usize, b: usize, product: f64) -> f64 {
        if a == b { 0.0 } else { product }
    }

    #[test]
    fn a_walk_worked_by_hand() {
        // A path of three with equal weights: p = 1/2 + 1/2 Σ; the middle is 4/3, the ends 5/6.
        let rows =
            SparseRows::from_rows(2, [vec![(0, 1.0)], vec![(0, 1.0), (1, 1.0)], vec![(1, 1.0)]]);
        let graph = Graph::of_products(&rows, &rows, weigh);
        let values = graph.walk(0.5, 1.0);
        for (value, expected) in values.iter().zip([5.0 / 6.0, 4.0 / 3.0, 5.0 / 6.0]) {
            assert!((value - expected).abs() < 1e-9, "{values:?}");
        }
    }

    #[test]
    fn bounds_that_do_not_bind_change_nothing() {
        let rows = ring(NEIGHBOURS);
        let whole = Graph::with_bounds(&rows, &rows, weigh, 100);
        let bounded = Graph::with_bounds(&rows, &rows, weigh, 0);
        assert_eq!(whole.starts, bounded.starts);
        assert_eq!(whole.targets, bounded.targets);
        assert_eq!(whole.weights, bounded.weights);
    }

    #[test]
    fn edges_of_long_documents_are_bounded() {
        let nodes = 5_000;
        let rows = ring(nodes);
        let graph = Graph::of_products(&rows, &rows, weigh);
        assert!(graph.targets.len() <= 2 * NEIGHBOURS * nodes, "{}", graph.targets.len());
        // Both neighbours in the text are kept, with their exact weight.
        let edges: Vec<(usize, f64)> = graph.edges(2_000).collect();
        assert!(edges.contains(&(1_999, 2.25)) && edges.contains(&(2_001, 2.25)), "{edges:?}");
        assert!(graph.walk(0.85, 1.0).iter().all(|v| v.is_finite()));
    }
}
