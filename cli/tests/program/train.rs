//! `tomtat train` and the models that it makes.

use std::fs;

use crate::run::{ok, run};

#[test]
fn models_are_trained_and_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    fs::write(path("words.txt"), "Học_sinh đi_học .\n".repeat(6)).expect("a file");
    let line = "{\"body\": \"Học sinh đi học. Trời mưa.\"}\n";
    fs::write(path("news.jsonl"), line.repeat(5)).expect("a file");

    let output = run(&["train", "lexicon", &path("words.txt"), "-o", &path("a.lexicon")]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let idf = ["train", "background", &path("news.jsonl"), "--segmenter", &path("a.lexicon"), "-o"];
    for name in ["a.background", "b.background"] {
        let output = run(&[&idf[..], &[&path(name)]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let (a, b) = (fs::read(path("a.background")), fs::read(path("b.background")));
    assert_eq!(a.expect("a model"), b.expect("a model"), "training is deterministic");

    let output = run(&[
        "sum",
        &path("words.txt"),
        "--method",
        "centroid",
        "--background",
        &path("a.background"),
        "--segmenter",
        &path("a.lexicon"),
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    // The other way round, the mistake is named.
    let output = run(&["sum", &path("words.txt"), "--background", &path("a.lexicon")]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("kind `lexicon`") && message.contains("`background`"), "{message}");
}

#[test]
fn text_without_words_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("plain.txt");
    fs::write(&file, "Học sinh đi học .\n").expect("a file");
    let model = folder.path().join("x.lexicon");
    let output = run(&[
        "train",
        "lexicon",
        file.to_str().expect("plain"),
        "-o",
        model.to_str().expect("plain"),
    ]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("underscores"));
    assert!(!model.exists());
}

#[test]
fn a_ranker_is_trained_and_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    let lines: Vec<String> = (0..30)
        .map(|i| {
            format!(
                "{{\"title\": \"Giá lúa đợt {i}\", \"abstract\": \"Giá lúa đợt {i} tăng.\", \
                 \"body\": [\"Trời nắng đẹp.\", \"Giá lúa đợt {i} tăng {i} đồng.\"]}}"
            )
        })
        .collect();
    fs::write(path("news.jsonl"), lines.join("\n")).expect("a file");
    let train = ["train", "ranker", "--trees", "3", "--aside", "10", &path("news.jsonl"), "-o"];
    for (name, threads) in [("a.ranker", "1"), ("b.ranker", "3")] {
        let output = run(&[&train[..], &[&path(name), "--threads", threads]].concat());
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{message}");
        assert!(message.contains("aside trained auto, with title"), "{message}");
    }
    let (a, b) = (fs::read(path("a.ranker")), fs::read(path("b.ranker")));
    assert_eq!(a.expect("a model"), b.expect("a model"), "training is deterministic");
    let summary = |more: &[&str]| {
        ok(&run(&[&["sum", "-n", "1", "--scores", "-R", "samples"][..], more].concat()))
    };
    assert_ne!(summary(&["--ranker", &path("a.ranker")]), summary(&[]), "another ranker");
    let multi = |more: &[&str]| {
        ok(&run(&[&["sum", "--multi", "--scores", "-R", "samples"][..], more].concat()))
    };
    assert_ne!(multi(&["--ranker", &path("a.ranker")]), multi(&[]), "another ranker");
    let output =
        run(&["sum", "--method", "lead", "--ranker", &path("a.ranker"), &path("news.jsonl")]);
    assert_eq!(output.status.code(), Some(2));
}
