//! Counting within a given memory, as a user runs it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::run::{ok, run, run_with, stderr};

/// Articles with many different pairs: words of a sample in ever new orders.
fn articles(folder: &Path) -> String {
    let sample = fs::read_to_string("../samples/lop-hoc-tren-bai-bien.txt").expect("a sample");
    let words: Vec<&str> = sample.split_whitespace().collect();
    let mut state = 1_u64;
    let mut text = String::new();
    for id in 0..400 {
        let mut body = String::new();
        for _ in 0..300 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
            let word = words[(state >> 33) as usize % words.len()];
            let _ = write!(body, "{} ", word.trim_matches(|c: char| !c.is_alphanumeric()));
        }
        let record = serde_json::json!({ "id": id, "body": body.trim_end().to_owned() + "." });
        let _ = writeln!(text, "{record}");
    }
    // A text of several pieces, which is one document.
    let long = folder.join("long.txt");
    fs::write(&long, format!("{}\n", sample.replace("\n\n", "\n")).repeat(600)).expect("a file");
    let path = folder.join("a.jsonl");
    fs::write(&path, text).expect("a file");
    path.to_str().expect("a plain path").to_owned()
}

#[test]
fn counts_do_not_depend_on_memory_or_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    let (corpus, long, temporary) = (articles(folder.path()), path("long.txt"), path("temporary"));
    fs::create_dir(&temporary).expect("a folder");
    for options in [
        &["terms", "-u", "syllable", "-n", "2", "--columns", "tf,df,pm"][..],
        &["terms", "-u", "syllable", "-n", "1-3", "--sort", "df", "--ascending", "--collate"],
        &["terms", "-n", "2", "--top", "50", "-f", "table"],
        &["terms", "-n", "2", "--min-df", "2", "-f", "json"],
        &["collocations", "--window", "3", "--measures", "all"],
        &["collocations", "--margins", "tokens", "--sort", "logdice", "--top", "40"],
        &["keyness", "-n", "2", "--both", "--reference", "samples/gia-gao.txt"],
    ] {
        let listing = |more: &[&str]| {
            let mut arguments = options.to_vec();
            if !arguments.contains(&"-f") {
                arguments.extend(["-f", "tsv"]);
            }
            if arguments[0] == "keyness" {
                arguments.splice(1..1, [corpus.as_str(), long.as_str()]);
                arguments.splice(1..1, more.iter().copied());
            } else {
                arguments.extend(more);
                arguments.extend([corpus.as_str(), long.as_str()]);
            }
            ok(&run(&arguments))
        };
        let whole = listing(&[]);
        assert!(whole.lines().count() > 10, "{options:?}: {whole}");
        for threads in ["1", "3"] {
            let little = ["--max-memory", "1", "--temp-dir", &temporary, "--threads", threads];
            assert!(listing(&little) == whole, "{options:?} with {threads} threads");
        }
        assert_eq!(fs::read_dir(&temporary).expect("a folder").count(), 0);
    }
}

#[test]
fn pairs_come_from_saved_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    let (corpus, sample) = (articles(folder.path()), "samples/gia-gao.txt");
    let (a, b, all, both) =
        (path("a.stats"), path("b.stats"), path("all.stats"), path("both.stats"));
    let pairs = ["collocations", "-w", "2", "--margins", "tokens", "-f", "tsv"];
    let saved = |file: &str, files: &[&str]| {
        ok(&run(&[&pairs[..], &["--save", file, "--max-memory", "1"], files].concat()))
    };
    let whole = saved(&all, &[&corpus, sample]);
    saved(&a, &[&corpus]);
    saved(&b, &[sample]);
    let merge = ["collocations", "--margins", "tokens", "-f", "tsv", "--merge"];
    let merged = ok(&run(&[&merge[..], &["--save", &both, &b, &a]].concat()));
    assert!(merged == whole);
    assert_eq!(fs::read(&both).ok(), fs::read(&all).ok());
    // The file is that of `terms`, in memory or sorted.
    let terms = path("terms.stats");
    ok(&run(&["terms", "-n", "1-2", "--skip", "1", "--save", &terms, &corpus, sample]));
    assert_eq!(fs::read(&terms).ok(), fs::read(&all).ok());
    let spelled = path("spelled.stats");
    let columns = ["--columns", "tf,form"];
    ok(&run(&[
        &["terms", "-n", "1-2", "--skip", "1", "--save", &spelled, &corpus, sample],
        &columns[..],
    ]
    .concat()));
    assert!(ok(&run(&[&merge[..], &[&spelled]].concat())) == whole);
    for (arguments, message) in [
        (&["terms", "--save", &terms, sample][..], ""),
        (&["collocations", "--merge", &terms], "the counts hold no pairs"),
        (&["collocations", "--merge", &terms, &a], "the two count different things: one words"),
        (&["terms", "-n", "2", "--save", &terms, sample], ""),
        (&["collocations", "--margins", "tokens", "--merge", &terms], "hold no single words"),
        (&["terms", "-n", "2", "--max-terms", "9", "--save", &terms, sample], ""),
        (&["collocations", "--merge", &terms], "--merge takes exact counts"),
        (&["collocations", "--merge"], "--merge needs files"),
        (&["collocations", "--merge", "--window", "2", &a], "cannot be used with"),
    ] {
        let output = run(arguments);
        if message.is_empty() {
            ok(&output);
        } else {
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(stderr(&output).contains(message), "{arguments:?}: {}", stderr(&output));
        }
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("none");
    let missing = missing.to_str().expect("a plain path");
    let output = run(&["terms", "--temp-dir", missing, "samples/gia-gao.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains(&format!("cannot read {missing}")), "{}", stderr(&output));
    // Nothing is written where everything fits in memory.
    if cfg!(target_os = "linux") {
        ok(&run(&["terms", "--temp-dir", "/proc", "samples/gia-gao.txt"]));
        let corpus = articles(folder.path());
        let little = ["--max-memory", "1", "--temp-dir", "/proc", "-u", "syllable", "-n", "2"];
        let output = run(&[&["terms"], &little[..], &[&corpus]].concat());
        assert_eq!(output.status.code(), Some(2));
        let told = stderr(&output);
        assert!(
            told.contains("a temporary file in /proc failed") && told.contains("--temp-dir"),
            "{told}"
        );
    }
    let output = run_with(&["terms", "--max-memory", "nhiều"], "Mưa to.");
    assert!(stderr(&output).contains("takes a number of bytes like 64M"), "{}", stderr(&output));
}
