//! Sentence ends in raw news against those that were reviewed.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};

use tomtat::{Analyzer, Sentence, TextOptions};
use unicode_normalization::UnicodeNormalization;

use crate::common::shared;

const REVIEWED: &str = include_str!("../fixtures/sentences/vinews-reviewed.tsv");

/// Returns the bodies of the reviewed articles by their names.
fn bodies(wanted: &BTreeMap<&str, Vec<usize>>) -> Option<BTreeMap<String, String>> {
    let path = shared("data/news/vinews-train.jsonl.zst")?;
    let file = BufReader::new(std::fs::File::open(path).expect("a readable corpus"));
    let lines = ruzstd::decoding::StreamingDecoder::new(file).expect("a zstd file");
    let mut bodies = BTreeMap::new();
    for line in BufReader::new(lines).split(b'\n') {
        let line = line.expect("a readable line");
        let record: serde_json::Value = serde_json::from_slice(&line).expect("a JSON record");
        let text = |field: &str| record[field].as_str().expect("text").to_owned();
        if wanted.contains_key(text("id").as_str()) {
            bodies.insert(text("id"), text("body"));
        }
        if bodies.len() == wanted.len() {
            break;
        }
    }
    Some(bodies)
}

/// Sentence ends but the last, as characters from the start.
fn ends(analyzer: &Analyzer, text: &str) -> Vec<usize> {
    let document = analyzer.analyze_with(text, TextOptions::default().with_raw(true));
    let mut ends: Vec<usize> =
        document.sentences().map(|s| text[..s.span().end].chars().count()).collect();
    ends.pop();
    ends
}

#[test]
fn raw_news_is_split_as_it_was_reviewed() {
    let reviewed: BTreeMap<&str, Vec<usize>> = REVIEWED
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(id, ends)| (id, ends.split(' ').filter_map(|end| end.parse().ok()).collect()))
        .collect();
    assert_eq!(reviewed.len(), 60);
    let Some(bodies) = bodies(&reviewed) else { return };
    let analyzer = Analyzer::new();
    let (mut right, mut found, mut expected) = (0, 0, 0);
    for (id, gold) in &reviewed {
        let body = bodies.get(*id).expect("the article is in the corpus");
        let ours = ends(&analyzer, body);
        right += ours.iter().filter(|end| gold.binary_search(end).is_ok()).count();
        found += ours.len();
        expected += gold.len();
        // Letters that are taken apart into base and marks end no other sentences.
        let decomposed: String = body.nfd().collect();
        assert_eq!(ends(&analyzer, &decomposed).len(), ours.len(), "{id}");
    }
    let f1 = 2.0 * right as f64 / (found + expected) as f64;
    assert!(f1 >= 0.998, "F1 {f1:.4}: {right} right of {found}, {expected} expected");
}

#[test]
fn a_text_that_kept_its_line_ends_has_names_inside_of_sentences() {
    let heading = "Chợ nổi đông khách dịp lễ Theo ban quản lý, ghe thuyền đậu kín sông.";
    let others =
        "Ghe bán trái cây đậu ở đầu chợ. Khách đi đò dọc hai bên bờ, ghé từng ghe hỏi giá.";
    let analyzer = Analyzer::new();
    let options = TextOptions::default().with_raw(true).with_split_unmarked(true);
    let sentences = |text: &str| analyzer.analyze_with(text, options).sentences().count();
    assert_eq!(sentences(heading), 2, "a text in one block may have lost its line ends");
    assert_eq!(sentences(&format!("{others}\n\n{heading}\n\n{others}")), 5);

    // A caption that was cut out of a line parts it no more than a line end does.
    let options = TextOptions::default().with_split_unmarked(true);
    let page = format!("{others}Ảnh: Thu Hà{heading} {others}");
    let document = analyzer.analyze_with(&page, options);
    let texts: Vec<&str> = document.sentences().map(Sentence::text).collect();
    assert!(texts.contains(&"Chợ nổi đông khách dịp lễ"), "{texts:?}");
}

/// Texts of other genres than news, one a line, and their sentences. The rules were fixed with these
/// texts at hand, so they hold what was reached.
const GENRES: [(&str, &str, &str, f64); 6] = [
    (
        "law",
        include_str!("../fixtures/sentences/genres/law.txt"),
        include_str!("../fixtures/sentences/genres/law.sentences.txt"),
        0.99,
    ),
    (
        "encyclopedia",
        include_str!("../fixtures/sentences/genres/encyclopedia.txt"),
        include_str!("../fixtures/sentences/genres/encyclopedia.sentences.txt"),
        0.97,
    ),
    (
        "interview",
        include_str!("../fixtures/sentences/genres/interview.txt"),
        include_str!("../fixtures/sentences/genres/interview.sentences.txt"),
        0.97,
    ),
    (
        "chat",
        include_str!("../fixtures/sentences/genres/chat.txt"),
        include_str!("../fixtures/sentences/genres/chat.sentences.txt"),
        0.95,
    ),
    (
        "names",
        include_str!("../fixtures/sentences/genres/names.txt"),
        include_str!("../fixtures/sentences/genres/names.sentences.txt"),
        0.96,
    ),
    (
        "lists",
        include_str!("../fixtures/sentences/genres/lists.txt"),
        include_str!("../fixtures/sentences/genres/lists.sentences.txt"),
        0.98,
    ),
];

/// Letters and marks of a text, white space apart.
fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[test]
fn other_genres_than_news_are_split_as_they_were_reviewed() {
    let analyzer = Analyzer::new();
    for (name, texts, sentences, least) in GENRES {
        let mut gold = sentences.lines();
        let (mut right, mut found, mut expected) = (0, 0, 0);
        for text in texts.lines() {
            let length = visible(text);
            let mut wanted = Vec::new();
            let mut end = 0;
            while end < length {
                end += visible(gold.next().expect("sentences make up the texts"));
                wanted.push(end);
            }
            assert_eq!(end, length, "{name}: {text}");
            wanted.pop();
            let document = analyzer.analyze_with(text, TextOptions::default().with_raw(true));
            let mut ours: Vec<usize> =
                document.sentences().map(|s| visible(&text[..s.span().end])).collect();
            ours.pop();
            right += ours.iter().filter(|end| wanted.contains(end)).count();
            found += ours.len();
            expected += wanted.len();
        }
        let f1 = 2.0 * right as f64 / (found + expected) as f64;
        assert!(f1 >= least, "{name}: F1 {f1:.4}, {right} right of {found}, {expected} expected");
    }
}
