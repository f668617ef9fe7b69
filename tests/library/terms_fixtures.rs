//! Term statistics against the numbers of other implementations.
//!
//! `tests/crosscheck/terms.py` recorded the fixtures with NLTK, scipy, scikit-learn and
//! lexicalrichness, and says which number comes from where.

use std::collections::BTreeMap;
use std::fs;

use tomtat::corpus::association::{AssociationMeasure, association};
use tomtat::corpus::contingency::Table;
use tomtat::corpus::dispersion::{average_reduced_frequency, dispersion};
use tomtat::corpus::diversity::{hdd, mattr, mtld, spectrum, yules_k};
use tomtat::corpus::keyness::{Counts, KeynessMeasure, keyness};
use tomtat::corpus::statistics::Parts;
use tomtat::corpus::weighting::{CorpusSize, Scheme, idf};
use tomtat::eval::significance::Correction;

/// Rows of a fixture, cells by the names of their columns.
fn rows(name: &str) -> Vec<BTreeMap<String, String>> {
    let path = format!("{}/tests/fixtures/terms/{name}.tsv", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).expect("the fixture");
    let mut lines = text.lines().map(|line| line.split('\t').map(str::to_owned));
    let header: Vec<String> = lines.next().expect("a header").collect();
    let rows: Vec<_> = lines.map(|cells| header.iter().cloned().zip(cells).collect()).collect();
    assert!(rows.len() >= 5, "{name}");
    rows
}

fn numbers<T: std::str::FromStr>(text: &str) -> Vec<T>
where
    T::Err: std::fmt::Debug,
{
    text.split(' ').map(|n| n.parse().expect("a number")).collect()
}

#[track_caller]
fn close(found: Option<f64>, expected: &str, precision: f64) {
    if expected.is_empty() {
        return;
    }
    let expected: f64 = expected.parse().expect("a number");
    let found = found.expect("a value");
    let scale = expected.abs().max(1.0);
    assert!((found - expected).abs() <= precision * scale, "{found}, not {expected}");
}

#[test]
fn associations_are_those_of_nltk_and_scipy() {
    for row in rows("association") {
        let count = |name: &str| row[name].parse::<u64>().expect("a count");
        let (o11, r1, c1, n) = (count("o11"), count("r1"), count("c1"), count("n"));
        let table = Table::from_margins(o11, r1, c1, n).expect("counts that agree");
        for name in ["mi", "t", "chi2", "ll", "dice"] {
            let measure = name.parse().expect("a measure");
            close(association(measure, &table), &row[name], 1e-9);
        }
        close(association(AssociationMeasure::ChiSquared, &table), &row["chi2_scipy"], 1e-9);
        close(association(AssociationMeasure::LogLikelihood, &table), &row["ll_scipy"], 1e-9);
        // The same table as two corpora: the first row against the second.
        let counts = Counts::new(o11, c1 - o11, r1, n - r1).expect("counts that agree");
        close(keyness(KeynessMeasure::FullLogLikelihood, counts), &row["ll_scipy"], 1e-9);
        close(keyness(KeynessMeasure::ChiSquared, counts), &row["chi2_scipy"], 1e-9);
        let expected: f64 = row["fisher"].parse().expect("a number");
        let found = table.fisher();
        // Relative: small p-values count.
        assert!(
            (found - expected).abs() <= 1e-6 * expected + 1e-300,
            "fisher {found:e}, not {expected:e}: {row:?}"
        );
    }
}

#[test]
fn weights_are_those_of_scikit_learn() {
    let mut documents: BTreeMap<u64, Vec<BTreeMap<String, String>>> = BTreeMap::new();
    for row in rows("weights") {
        documents.entry(row["document"].parse().expect("a number")).or_default().push(row);
    }
    let scheme: Scheme = "sklearn".parse().expect("a scheme");
    for rows in documents.values() {
        let count = |row: &BTreeMap<String, String>, n: &str| row[n].parse().expect("a count");
        let terms: Vec<(u64, u64)> =
            rows.iter().map(|row| (count(row, "tf"), count(row, "df"))).collect();
        let size: u64 = count(&rows[0], "documents");
        let weights = scheme.weights(&terms, CorpusSize::new(size, 1.0));
        for ((row, weight), (tf, df)) in rows.iter().zip(weights).zip(terms) {
            close(Some(weight), &row["sklearn"], 1e-12);
            for name in ["smooth", "plus1"] {
                close(idf(name, size, df, tf).map(|idf| idf * tf as f64), &row[name], 1e-12);
            }
        }
    }
}

#[test]
fn dispersions_are_those_of_the_formulas() {
    for row in rows("dispersion") {
        let (sizes, places) = (numbers::<u64>(&row["sizes"]), numbers::<u64>(&row["places"]));
        let parts = Parts::of_sizes(&sizes);
        let found = dispersion(&parts, &parts.counts(places.iter().copied()));
        close(found.d, &row["d"], 1e-12);
        close(found.d2, &row["d2"], 1e-12);
        close(found.s, &row["s"], 1e-12);
        close(found.dp, &row["dp"], 1e-12);
        close(found.dpnorm, &row["dpnorm"], 1e-12);
        let arf = average_reduced_frequency(parts.items(), places.into_iter());
        close(Some(arf), &row["arf"], 1e-12);
    }
}

#[test]
fn diversities_are_those_of_lexicalrichness() {
    for row in rows("diversity") {
        let text = numbers::<u32>(&row["text"]);
        let mut counts = BTreeMap::new();
        text.iter().for_each(|&word| *counts.entry(word).or_insert(0) += 1);
        let spectrum = spectrum(counts.into_values());
        close(mtld(&text, 0.72), &row["mtld"], 1e-9);
        close(mattr(&text, 20), &row["mattr20"], 1e-12);
        close(hdd(&spectrum, 42), &row["hdd"], 1e-9);
        close(yules_k(&spectrum), &row["yule"], 1e-12);
    }
}

#[test]
fn false_discovery_rates_are_those_of_scipy() {
    for row in rows("corrections") {
        let adjusted = Correction::BenjaminiHochberg.adjust(&numbers::<f64>(&row["p"]));
        for (found, expected) in adjusted.iter().zip(row["bh"].split(' ')) {
            close(Some(*found), expected, 1e-12);
        }
    }
}
