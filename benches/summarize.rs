//! Speed of the whole path, beside a plain count of white-space words over the same text: by every ranker
//! over pages, and by the default ranker over articles in paragraphs and in one block, with their titles.
//!
//! `cargo bench --bench summarize`; `-- --test` runs everything once. `TOMTAT_BENCH_ARTICLES` names a file
//! of JSON Lines (title, body) whose articles of about 3 kB are summarized, too.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

mod common;
#[path = "common/samples.rs"]
mod texts;

use common::{Contender, compare};
use texts::samples;
use tomtat::document::Sentence;
use tomtat::page::Role;
use tomtat::rank::{DEFAULT, REGISTRY, by_name};
use tomtat::{Analyzer, Document, Summarizer, TextOptions};

/// Articles of a table.
const ARTICLES: usize = 300;

/// Length of an article, in bytes.
const LENGTH: usize = 3000;

/// Rankers of the tables of articles: the default, and two that need no words, which cost little more
/// than the analysis alone.
const ARTICLE_RANKERS: [&str; 3] = [DEFAULT, "lead", "title"];

/// An article with its title, if that is given.
#[derive(Clone)]
struct Article {
    title: Option<String>,
    text: String,
}

/// Makes articles of the same length of some texts, by repeating whole texts.
fn articles(texts: &[Article], separator: &str) -> Vec<Article> {
    (0..ARTICLES)
        .map(|i| {
            let Article { title, mut text } = texts[i % texts.len()].clone();
            while text.len() < LENGTH {
                let more = text.clone();
                text.push_str(separator);
                text.push_str(&more);
            }
            let end = (0..=LENGTH).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            text.truncate(end);
            Article { title, text }
        })
        .collect()
}

/// Pages as they are.
fn pages() -> Vec<Article> {
    let pages: Vec<Article> =
        samples().into_iter().map(|text| Article { title: None, text }).collect();
    articles(&pages, "\n\n")
}

/// The first articles of a file that are about as long as the others, or a little longer or shorter: in one
/// block, as they are, and in paragraphs of two sentences.
fn given(analyzer: &Analyzer, path: &str) -> [Vec<Article>; 2] {
    let lines = std::fs::read_to_string(path).expect("TOMTAT_BENCH_ARTICLES names a file");
    let (mut blocks, mut paragraphs) = (Vec::new(), Vec::new());
    for line in lines.split('\n').filter(|line| !line.is_empty()) {
        let record: serde_json::Value = serde_json::from_str(line).expect("JSON Lines");
        let [title, text] =
            ["title", "body"].map(|field| record[field].as_str().map(str::to_owned));
        let text = text.expect("articles with a body");
        let document = analyzer.analyze_with(&text, TextOptions::default().with_raw(true));
        let sentences: Vec<&str> = document.sentences().map(Sentence::text).collect();
        // Of fewer sentences three might not be candidates.
        if text.len().abs_diff(LENGTH) <= LENGTH / 6 && sentences.len() >= 8 {
            let cut: Vec<String> = sentences.chunks(2).map(|two| two.join(" ")).collect();
            paragraphs.push(Article { title: title.clone(), text: cut.join("\n\n") });
            blocks.push(Article { title, text });
        }
        if blocks.len() == ARTICLES {
            break;
        }
    }
    [blocks, paragraphs]
}

/// The sentences of all pages that belong to articles, those of each page first in turn, in paragraphs
/// of so many; with the title of that page.
fn plain(analyzer: &Analyzer, paragraph: usize) -> Vec<Article> {
    let pages: Vec<Document> = samples().iter().map(|page| analyzer.analyze(page)).collect();
    let sentences_of = |page: &Document| -> Vec<String> {
        let in_article = |role| matches!(role, Role::Sapo | Role::Body);
        let sentences = page.sentences().filter(|sentence| in_article(sentence.role()));
        sentences.map(|sentence| sentence.text().to_owned()).collect()
    };
    let plain: Vec<Article> = (0..pages.len())
        .map(|first| {
            let turned = pages[first..].iter().chain(&pages[..first]);
            let sentences: Vec<String> = turned.flat_map(sentences_of).collect();
            let paragraphs: Vec<String> =
                sentences.chunks(paragraph).map(|sentences| sentences.join(" ")).collect();
            let title = pages[first].title().map(|title| title.text().to_owned());
            Article { title, text: paragraphs.join("\n\n") }
        })
        .collect();
    articles(&plain, "\n\n")
}

fn options(article: &Article) -> TextOptions<'_> {
    TextOptions::default().with_title(article.title.as_deref()).with_split_unmarked(true)
}

/// Prints a table of these rankers; the names of its rows end in `suffix`.
fn table(analyzer: &Analyzer, of: &str, suffix: &str, articles: &[Article], rankers: &[&str]) {
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let title = format!("whole path: {} {of}, {bytes} bytes", articles.len());
    let mut analyzed = Document::default();
    let names: Vec<String> = ["split_whitespace word count", "analyze"]
        .iter()
        .chain(rankers)
        .map(|name| format!("{name}{suffix}"))
        .collect();
    let mut contenders = vec![
        Contender::new(&names[0], || {
            articles.iter().map(|a| a.text.split_whitespace().count() as u64).sum()
        }),
        Contender::new(&names[1], || {
            let mut sentences = 0;
            for article in articles {
                analyzer.analyze_into(&article.text, options(article), &mut analyzed);
                sentences += analyzed.sentences().len() as u64;
            }
            sentences
        }),
    ];
    for (ranker, name) in rankers.iter().zip(&names[2..]) {
        let ranker = by_name(ranker, analyzer.models().ranker()).expect("a ranker of the registry");
        let summarizer = Summarizer::new(analyzer).with_ranker(ranker.into());
        let mut document = Document::default();
        contenders.push(Contender::new(name, move || {
            let mut picks = 0;
            for article in articles {
                analyzer.analyze_into(&article.text, options(article), &mut document);
                picks += summarizer.summarize(&document).picks().len() as u64;
            }
            // Every sample has more than three sentences: a wrong path shows here.
            assert_eq!(picks, 3 * articles.len() as u64);
            picks
        }));
    }
    compare(&title, "articles", articles.len() as f64, &mut contenders);
}

fn main() {
    let analyzer = Analyzer::new();
    let rankers: Vec<&str> = REGISTRY.iter().map(|entry| entry.info.name).collect();
    table(&analyzer, "pages", "", &pages(), &rankers);
    let paragraphs = plain(&analyzer, 2);
    table(&analyzer, "articles in paragraphs", ", paragraphs", &paragraphs, &ARTICLE_RANKERS);
    let blocks = plain(&analyzer, usize::MAX);
    table(&analyzer, "articles in one block", ", one block", &blocks, &ARTICLE_RANKERS);
    if let Ok(path) = std::env::var("TOMTAT_BENCH_ARTICLES") {
        let [blocks, paragraphs] = given(&analyzer, &path);
        table(&analyzer, "given articles", ", given", &blocks, &ARTICLE_RANKERS);
        let suffix = ", given, paragraphs";
        table(&analyzer, "given articles in paragraphs", suffix, &paragraphs, &ARTICLE_RANKERS);
    }
}
