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

#[test]
fn a_ranker_is_taught_by_extracts() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    let (mut pages, mut list) = (Vec::new(), vec!["id\tpicks\talternates\ttraps".to_owned()]);
    for i in 0..20 {
        let title = format!("Giá lúa đợt {i}");
        let body = format!(
            "Trời nắng đẹp ở xã số {i}. Giá lúa đợt {i} tăng {i} đồng mỗi ký. Nông dân rất vui mừng."
        );
        let place = |sentence| title.len() + 1 + body.find(sentence).expect("it is there");
        list.push(format!("{i}\t{}\t-\t{}", place("Nông dân"), place("Trời")));
        let (page, summary) = (serde_json::json!(body), format!("Giá lúa đợt {i} tăng."));
        pages.push(format!(
            "{{\"id\": \"{i}\", \"title\": \"{title}\", \"abstract\": \"{summary}\", \"body\": {page}}}"
        ));
    }
    fs::write(path("pages.jsonl"), pages.join("\n")).expect("a file");
    fs::write(path("list.tsv"), list.join("\n")).expect("a file");
    let base = ["train", "ranker", "--trees", "9", "--aside", "0", &path("pages.jsonl"), "-o"];
    ok(&run(&[&base[..], &[&path("base.ranker"), "--name", "base"]].concat()));
    let teach = |list: &str| {
        run(&[
            "train",
            "extracts",
            &path("pages.jsonl"),
            "--extracts",
            &path(list),
            "--ranker",
            &path("base.ranker"),
            "-o",
            &path("taught.ranker"),
        ])
    };
    let output = teach("list.tsv");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{message}");
    assert!(message.contains("aside: picked 33.3 %, alternates 0.0 %, traps 33.3 %"), "{message}");
    assert!(message.contains("20 pages, 40 judged sentences found"), "{message}");
    let header = fs::read(path("taught.ranker")).expect("a model");
    let header = String::from_utf8_lossy(&header[..1500]).into_owned();
    assert!(header.contains("train ranker pages.jsonl; tomtat train extracts"), "{header}");
    assert!(header.contains("\"name\":\"base\""), "{header}");

    for (row, problem) in [
        ("1\t5\t-", "3 columns, four are needed"),
        ("1\tfive\t-\t-", "\"five\" is not the number of a byte"),
        ("other\t5\t-\t-", "no page has an id of the list"),
    ] {
        fs::write(path("bad.tsv"), row).expect("a file");
        let output = teach("bad.tsv");
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains("bad.tsv") && message.contains(problem), "{message}");
    }
}

#[test]
fn a_ranker_of_key_terms_is_trained_measured_and_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    let topics = ["cá tra", "hồ tiêu", "lúa thơm", "sầu riêng"];
    let lines: Vec<String> = (0..40)
        .map(|i| {
            let (topic, other) = (topics[i % 4], topics[(i + 1) % 4]);
            format!(
                "{{\"title\": \"Giá {topic} tuần {i}\", \"tags\": [\"{topic}\", \"Nông dân\"], \
                 \"body\": \"Giá {topic} tăng {i} đồng so với {other}. Nông dân bán {topic} ở chợ.\"}}"
            )
        })
        .collect();
    fs::write(path("tagged.jsonl"), lines.join("\n")).expect("a file");
    fs::write(path("untagged.jsonl"), "{\"body\": \"Trời mưa.\"}\n").expect("a file");
    let train = ["train", "keywords", "--trees", "20", &path("tagged.jsonl"), "-o"];
    for (name, threads) in [("a.keywords", "1"), ("b.keywords", "3")] {
        let output = run(&[&train[..], &[&path(name), "--threads", threads]].concat());
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{message}");
        assert!(message.contains("aside, tags unknown: F1@10"), "{message}");
    }
    let (a, b) = (fs::read(path("a.keywords")), fs::read(path("b.keywords")));
    assert_eq!(a.expect("a model"), b.expect("a model"), "training is deterministic");

    let (tagged, model) = (path("tagged.jsonl"), path("a.keywords"));
    let bench = ["bench", "--task", "keywords", &tagged, "-f", "json"];
    let with_model = [&bench[..], &["--keyword-model", &model]].concat();
    let value = |arguments: &[&str]| -> serde_json::Value {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let (builtin, own) = (value(&bench), value(&with_model));
    let f1 = |value: &serde_json::Value, name: &str| {
        let rows = value["rows"].as_array().expect("rows");
        let row = rows.iter().find(|row| row["name"] == name).expect("the row");
        row["f1@5"]["mean"].as_f64().expect("a number")
    };
    // Two tags an article: five terms with both have P 2/5, R 1.
    assert!((f1(&own, "trained") - 4.0 / 7.0).abs() < 1e-9, "{own}");
    assert!(f1(&builtin, "trained") < f1(&own, "trained"));
    assert!(f1(&own, "random") < f1(&own, "trained"));
    let missed = run(&[&with_model[..], &["--fail-under", "f1@5=90"]].concat());
    assert_eq!(missed.status.code(), Some(1));

    let output = run(&["keywords", "--keyword-model", &path("a.keywords"), &path("tagged.jsonl")]);
    assert_eq!(output.status.code(), Some(0));
    // Without tags there is nothing to learn or measure, and the field to name is told.
    for command in ["train keywords -o x", "bench --task keywords"] {
        let mut arguments: Vec<&str> = command.split(' ').collect();
        let file = path("untagged.jsonl");
        arguments.push(&file);
        let output = run(&arguments);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains("no field `tags`"), "{message}");
    }
}
