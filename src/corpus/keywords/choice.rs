//! Which of the best candidates are given together.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Keyword;
use super::candidate::{Candidate, Candidates, Text};
use crate::document::Document;
use crate::text::key::TermHash;

/// Takes the best candidates whose occurrences are not mostly taken already; names whole.
pub(super) fn choose(
    document: &Document,
    text: &Text,
    candidates: &Candidates,
    mut scores: Vec<f64>,
    top: usize,
) -> Vec<Keyword> {
    let list = &candidates.list;
    let is_part = prefer_whole_names(document, text, list, &mut scores);
    let mut order: Vec<usize> = (0..list.len()).filter(|&at| !is_part[at]).collect();
    order.sort_unstable_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    // Ties are put in the order of their keys when they are reached: most never are.
    let tied = order.chunk_by(|&a, &b| scores[a].total_cmp(&scores[b]).is_eq()).flat_map(|tied| {
        let mut tied: Vec<(String, usize)> =
            tied.iter().map(|&at| (key(document, text, &list[at]), at)).collect();
        tied.sort_unstable();
        tied
    });
    let mut taken = vec![false; text.items.len()];
    let mut chosen = Vec::new();
    for (key, at) in tied {
        if chosen.len() == top {
            break;
        }
        let starts = candidates.starts(at);
        let items = |start: u32| text.items_of(&list[at], start);
        let free = starts.iter().filter(|&&start| !taken[items(start)].contains(&true)).count();
        if free * 2 <= starts.len() {
            continue;
        }
        starts.iter().for_each(|&start| taken[items(start)].fill(true));
        let positions: Vec<Range<usize>> =
            starts.iter().map(|&start| text.span(document, &list[at], start)).collect();
        let form = most_frequent(document, &positions);
        chosen.push(Keyword { key, score: scores[at], form, positions });
    }
    chosen
}

/// Finds the candidates that stand for a longer name whose last part they are: news gives the whole
/// name first. The name gets the higher score of the two.
fn prefer_whole_names(
    document: &Document,
    text: &Text,
    list: &[Candidate],
    scores: &mut [f64],
) -> Vec<bool> {
    let mut is_part = vec![false; list.len()];
    let single: FxHashMap<TermHash, usize> = (0..list.len())
        .filter(|&at| list[at].syllables == 1)
        .map(|at| (list[at].hash, at))
        .collect();
    for (at, name) in list.iter().enumerate() {
        if name.syllables < 2 || name.capitalized < name.tf {
            continue;
        }
        let last = text.items[name.first as usize + usize::from(name.words) - 1].tokens().end - 1;
        let last = TermHash::of_units([document.tokens()[last].unit()]);
        if let Some(&part) = single.get(&last)
            && name.first <= list[part].first
            && list[part].capitalized == list[part].tf
            && list[part].acronyms < list[part].tf
        {
            is_part[part] = true;
            scores[at] = scores[at].max(scores[part]);
        }
    }
    is_part
}

fn key(document: &Document, text: &Text, candidate: &Candidate) -> String {
    let items = &text.items[candidate.first as usize..][..usize::from(candidate.words)];
    let mut key = String::new();
    for item in items {
        if !key.is_empty() {
            key.push(' ');
        }
        item.key_into(document, &mut key);
    }
    key
}

fn most_frequent(document: &Document, positions: &[Range<usize>]) -> Range<usize> {
    let mut counts: BTreeMap<&str, (usize, Range<usize>)> = BTreeMap::new();
    for place in positions {
        counts.entry(&document.text()[place.clone()]).or_insert((0, place.clone())).0 += 1;
    }
    let best = counts.into_values().max_by(|a, b| a.0.cmp(&b.0).then(b.1.start.cmp(&a.1.start)));
    best.map_or(0..0, |(_, place)| place)
}

#[cfg(test)]
mod tests {
    use crate::corpus::keywords::{Keyword, KeywordMethod, KeywordModel, KeywordOptions, keywords};
    use crate::text::key::fold;
    use crate::words::{Unit, WordSegmenter};
    use crate::{Analyzer, Models, TextOptions};

    /// Joins all of a sentence of two syllables, and nothing else.
    #[derive(Debug)]
    struct ShortSentences;

    impl WordSegmenter for ShortSentences {
        fn join(&self, units: &[Unit], joins: &mut Vec<bool>) {
            joins.clear();
            joins.resize(units.len(), units.len() == 2);
        }
    }

    #[test]
    fn one_term_may_be_other_words_in_another_place() {
        let analyzer = Analyzer::new().with_segmenter(std::sync::Arc::new(ShortSentences));
        let text = "Đoàn khách thăm Sơn Trà ở miền Trung, tàu đến Sơn Trà hôm qua. Sơn Trà";
        let document = analyzer.analyze_with(text, TextOptions::default().with_raw(true));
        for &method in KeywordMethod::ALL {
            let options = KeywordOptions::default().with_method(method);
            let models = Models::default().with_keywords(KeywordModel::default().into());
            let found = keywords(&document, &models, options);
            for keyword in &found {
                for place in keyword.positions() {
                    assert_eq!(fold(&text[place.clone()]), keyword.key(), "{method}");
                }
            }
            assert!(!found.is_empty(), "{method}");
        }
    }

    #[test]
    fn names_are_given_whole() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(
            "Angela Merkel thăm Hà Nội\n\nAngela Merkel đến Hà Nội chiều qua. Theo lịch trình, bà Merkel \
             gặp doanh nghiệp. Sau đó Merkel ăn tối ở Hà Nội.",
        );
        for &method in KeywordMethod::ALL {
            let options = KeywordOptions::default().with_method(method);
            let models = Models::default().with_keywords(KeywordModel::default().into());
            let found = keywords(&document, &models, options);
            let keys: Vec<&str> = found.iter().map(Keyword::key).collect();
            assert!(keys.iter().any(|key| key.contains("angela merkel")), "{method}: {keys:?}");
            assert!(!keys.contains(&"merkel"), "{method}: {keys:?}");
        }
    }
}
