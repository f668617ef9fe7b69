//! The words that tell of the topic: the terms of the candidates without stop words.

use super::RankContext;
use crate::document::TermId;
use crate::weights::vector::SparseRows;

/// The candidates as bags of content words.
#[derive(Debug)]
pub(super) struct Content {
    rows: SparseRows,
    lengths: Vec<f64>,
}

impl Content {
    pub(super) fn new(context: &RankContext<'_>) -> Self {
        let document = context.document();
        let terms = document.term_count();
        let is_stop = |hash| context.stop_words().contains_hash(hash);
        let stops: Vec<bool> =
            (0..terms as u32).map(|term| is_stop(document.term_hash(TermId(term)))).collect();
        let mut rows = SparseRows::with_columns(terms);
        let mut lengths = Vec::with_capacity(context.len());
        let mut row = Vec::new();
        for sentence in context.candidates() {
            row.clear();
            row.extend(sentence.terms().filter(|t| !stops[t.index()]).map(|t| (t.0, 1.0)));
            lengths.push(row.len() as f64);
            rows.push_row(&mut row);
        }
        Self { rows, lengths }
    }

    /// Returns how often each content word occurs: one row a candidate, one column a term.
    pub(super) const fn rows(&self) -> &SparseRows {
        &self.rows
    }

    /// Returns the number of content words of a candidate, repetitions counted.
    pub(super) fn length(&self, candidate: usize) -> f64 {
        self.lengths[candidate]
    }

    /// Returns how often each term occurs in all candidates; 0 for stop words.
    pub(super) fn counts(&self) -> Vec<f64> {
        self.rows.sum()
    }

    /// Returns the rows with every value made anew from candidate, term and count.
    pub(super) fn map(&self, value: impl Fn(usize, usize, f64) -> f64) -> SparseRows {
        let mut mapped = SparseRows::with_columns(self.rows.columns());
        let mut row = Vec::new();
        for candidate in 0..self.rows.rows() {
            let (terms, counts) = self.rows.row(candidate);
            row.clear();
            row.extend(
                terms.iter().zip(counts).map(|(&t, &n)| (t, value(candidate, t as usize, n))),
            );
            mapped.push_row(&mut row);
        }
        mapped
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    #[test]
    fn stop_words_are_no_content() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze("Gạo của Huế và gạo của Cần Thơ.");
        let content = Content::new(&RankContext::new(
            &document,
            analyzer.background(),
            analyzer.stop_words(),
        ));
        assert!((content.length(0) - 4.0).abs() < f64::EPSILON);
        let mut counts: Vec<f64> = content.counts().into_iter().filter(|&n| n > 0.0).collect();
        counts.sort_by(f64::total_cmp);
        assert_eq!(counts, [1.0, 1.0, 2.0]);
    }
}
