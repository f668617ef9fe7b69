//! `tomtat tokenize` as a user runs it.

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn run_with(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tomtat"))
        .arg("tokenize")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("the program reads");
    child.wait_with_output().expect("the program ends")
}

fn text(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

const INPUT: &str = "Học sinh ở TP.HCM đi học. Trời mưa…\n";

#[test]
fn levels_are_sentences_syllables_words() {
    let sentences = text(&run_with(&["--level", "sentence"], INPUT));
    assert_eq!(sentences, "Học sinh ở TP.HCM đi học.\nTrời mưa…\n");
    let syllables = text(&run_with(&["--level", "syllable"], INPUT));
    assert_eq!(syllables, "Học sinh ở TP.HCM đi học .\nTrời mưa …\n");
    let words = text(&run_with(&["-f", "underscore"], INPUT));
    assert!(words.starts_with("Học_sinh ở TP.HCM "), "{words}");
}

#[test]
fn one_line_out_for_each_line_in() {
    let input = "Trời mưa. Trời tạnh.\n\n \nHọc sinh\u{2028}đi học\nkhông có dòng cuối";
    let output = text(&run_with(&["--lines"], input));
    assert_eq!(output.matches('\n').count(), 5, "{output:?}");
    assert!(output.starts_with("Trời mưa . Trời tạnh .\n\n\n"), "{output:?}");
}

#[test]
fn offsets_are_bytes_characters_or_utf16() {
    let input = "👍 Hòa bình";
    for (unit, start, end) in [("bytes", 5, 15), ("chars", 2, 10), ("utf16", 3, 11)] {
        let line = text(&run_with(&["-f", "jsonl", "--offsets", unit], input));
        let object: Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(object["schema"], "tomtat.tokens/1");
        let word = &object["tokens"][1];
        assert_eq!(
            (word["start"].as_u64(), word["end"].as_u64()),
            (Some(start), Some(end)),
            "{unit}"
        );
        assert_eq!(word["key"], "hòa bình");
    }
}

#[test]
fn tables_and_conllu_have_one_token_a_line() {
    let table = text(&run_with(&["-f", "tsv", "--scores"], "Học sinh đi học."));
    let mut lines = table.lines();
    assert!(lines.next().expect("a header").starts_with("id\tsentence\ttoken\tstart\tend\tkind"));
    assert!(lines.all(|line| line.split('\t').count() == 9), "{table}");
    let conllu = text(&run_with(&["-f", "conllu"], "Học sinh đi học."));
    assert!(conllu.contains("# text = Học sinh đi học.\n1\tHọc sinh\thọc sinh\t"), "{conllu}");
    assert!(conllu.contains("SpaceAfter=No"), "{conllu}");
}

#[test]
fn a_dictionary_wins_and_its_mistakes_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    fs::write(path("good.txt"), "bún chả cá\t9\n").expect("a file");
    fs::write(path("bad.txt"), "bún\nbún chả\tx\n").expect("a file");
    let words = text(&run_with(&["--dict", &path("good.txt")], "Tôi ăn bún chả cá."));
    assert!(words.contains(" bún_chả_cá "), "{words}");
    let output = run_with(&["--dict", &path("bad.txt")], "x");
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("bad.txt") && message.contains("line 2"), "{message}");
}

#[test]
fn the_lexicon_is_printed_edited_and_put_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("words.tsv").to_str().expect("a plain path").to_owned();
    let words = text(&run_with(&["--print-lexicon"], ""));
    assert!(words.lines().any(|line| line.starts_with("học sinh\t")));
    fs::write(&path, &words).expect("a file");
    let sentence = "Học sinh thành phố Hồ Chí Minh đi học.";
    let same = text(&run_with(&["--lexicon", &path], sentence));
    assert_eq!(same, text(&run_with(&[], sentence)));
    fs::write(&path, "học sinh\tmany\n").expect("a file");
    let output = run_with(&["--lexicon", &path], sentence);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("words.tsv:1"));
}

#[test]
fn presegmented_text_is_taken_as_it_is() {
    let words = text(&run_with(&[], "Sinh viên_đi chơi_xa nhé_bạn ."));
    assert_eq!(words, "Sinh viên_đi chơi_xa nhé_bạn .\n");
}

#[test]
fn nothing_exits_with_1_and_wrong_usage_with_2() {
    assert_eq!(run_with(&[], " \n").status.code(), Some(1));
    assert_eq!(run_with(&["--scores"], "a").status.code(), Some(2));
    assert_eq!(run_with(&["no-such-file"], "").status.code(), Some(2));
}
