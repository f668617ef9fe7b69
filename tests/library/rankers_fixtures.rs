//! The rankers against scores that `tests/crosscheck/rankers.py` computed from the same words.

use serde_json::Value;
use tomtat::rank::{self, RankContext};
use tomtat::select::Budget;
use tomtat::weights::Background;
use tomtat::{Analyzer, TextOptions};

const ARTICLE: &str = include_str!("../fixtures/rankers/article.txt");
const EXPECTED: &str = include_str!("../fixtures/rankers/expected.json");

#[test]
fn scores_and_picks_are_those_of_independent_programs() {
    let expected: Value = serde_json::from_str(EXPECTED).expect("a fixture");
    let documents = expected["documents"].as_u64().expect("a number") as u32;
    let mut words: Vec<(String, u32)> = expected["frequencies"]
        .as_object()
        .expect("frequencies")
        .iter()
        .map(|(word, count)| (word.clone(), count.as_u64().expect("a count") as u32))
        .collect();
    words.sort();
    let background = Background::new(documents, &words, &[]);
    let document = Analyzer::new().analyze_with(ARTICLE, TextOptions::default().with_raw(true));
    assert!(document.is_presegmented());
    let stop_words = tomtat::builtin::stop_words();
    let context = RankContext::new(&document, &background, &stop_words);
    assert_eq!(context.len(), ARTICLE.lines().count());

    let methods = expected["scores"].as_object().expect("scores");
    assert_eq!(methods.len(), 9);
    for (name, values) in methods {
        let ranker = rank::by_name(name, None).expect("a registered ranker");
        let mut scores = vec![0.0; context.len()];
        let judge = ranker.rank(&context, &Budget::Sentences(5), &mut scores);
        for (i, value) in values.as_array().expect("a list").iter().enumerate() {
            let value = value.as_f64().expect("a number");
            assert!((scores[i] - value).abs() < 1e-8, "{name} {i}: {} {value}", scores[i]);
        }
        let picks = judge.map(|judge| judge.select(&context, &Budget::Sentences(5), false));
        let known = expected["picks"].get(name).map(|picks| {
            picks.as_array().expect("a list").iter().filter_map(Value::as_u64).collect::<Vec<_>>()
        });
        let picks = picks.map(|picks| picks.into_iter().map(|p| p as u64).collect::<Vec<_>>());
        assert_eq!(picks, known, "{name}");
    }
}
