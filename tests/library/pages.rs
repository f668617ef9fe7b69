//! Summaries of real pages: no caption, byline, related headline or footer among the sentences.

use tomtat::select::Budget;
use tomtat::{Analyzer, Summarizer, rank};

use crate::common::shared;

/// Parts of the page that a summary must not quote.
const FORBIDDEN: [&str; 8] =
    ["url", "dateline", "caption", "byline", "source", "related", "boilerplate", "pullquote"];

#[test]
fn summaries_of_real_pages_quote_the_article_only() {
    let Some(folder) = shared("articles") else { return };
    let analyzer = Analyzer::new();
    let mut pages = 0;
    for entry in std::fs::read_dir(folder).expect("the folder of the pages") {
        let path = entry.expect("a file").path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        pages += 1;
        let text = std::fs::read_to_string(&path).expect("a readable page");
        let roles = std::fs::read_to_string(path.with_extension("roles.tsv")).expect("its roles");
        let role_of = |line: usize| -> &str {
            roles
                .lines()
                .filter_map(|l| l.split_once('\t'))
                .find(|(number, _)| number.parse() == Ok(line))
                .map_or("none", |(_, role)| role)
        };
        let document = analyzer.analyze(&text);
        for entry in rank::REGISTRY {
            for count in [1, 3, 5, 10] {
                let summary = Summarizer::new(&analyzer)
                    .with_ranker(std::sync::Arc::from(
                        entry.make(analyzer.models().ranker()).expect("a ranker"),
                    ))
                    .with_budget(Budget::Sentences(count))
                    .summarize(&document);
                assert_eq!(summary.picks().len(), count, "{}", path.display());
                for pick in summary.picks() {
                    let sentence = &text[pick.span()];
                    let line = text[..pick.span().start].matches('\n').count() + 1;
                    let role = role_of(line);
                    assert!(!FORBIDDEN.contains(&role), "{role}: {sentence}");
                    assert!(!sentence.contains("Ảnh:"), "{sentence}");
                }
            }
        }
    }
    assert_eq!(pages, 5);
}
