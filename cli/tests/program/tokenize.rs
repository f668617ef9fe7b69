//! `tomtat tokenize` as a user runs it.

use std::fs;

use std::process::Output;

use serde_json::Value;

use crate::run::{fed, ok, tomtat};

fn tokenize(arguments: &[&str], input: &str) -> Output {
    fed(tomtat().arg("tokenize").args(arguments), input.as_bytes())
}

const INPUT: &str = "Học sinh ở TP.HCM đi học. Trời mưa…\n";

#[test]
fn levels_are_sentences_syllables_words() {
    let sentences = ok(&tokenize(&["--level", "sentence"], INPUT));
    assert_eq!(sentences, "Học sinh ở TP.HCM đi học.\nTrời mưa…\n");
    let syllables = ok(&tokenize(&["--level", "syllable"], INPUT));
    assert_eq!(syllables, "Học sinh ở TP.HCM đi học .\nTrời mưa …\n");
    let words = ok(&tokenize(&["-f", "underscore"], INPUT));
    assert!(words.starts_with("Học_sinh ở TP.HCM "), "{words}");
}

#[test]
fn one_line_out_for_each_line_in() {
    let input = "Trời mưa. Trời tạnh.\n\n \nHọc sinh\u{2028}đi học\nkhông có dòng cuối";
    let output = ok(&tokenize(&["--lines"], input));
    assert_eq!(output.matches('\n').count(), 5, "{output:?}");
    assert!(output.starts_with("Trời mưa . Trời tạnh .\n\n\n"), "{output:?}");
}

#[test]
fn offsets_are_bytes_characters_or_utf16() {
    let input = "👍 Hòa bình";
    for (unit, start, end) in [("bytes", 5, 15), ("chars", 2, 10), ("utf16", 3, 11)] {
        let line = ok(&tokenize(&["-f", "jsonl", "--offsets", unit], input));
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
    let table = ok(&tokenize(&["-f", "tsv", "--scores"], "Học sinh đi học."));
    let mut lines = table.lines();
    assert!(lines.next().expect("a header").starts_with("id\tsentence\ttoken\tstart\tend\tkind"));
    assert!(lines.all(|line| line.split('\t').count() == 9), "{table}");
    let conllu = ok(&tokenize(&["-f", "conllu"], "Học sinh đi học."));
    assert!(conllu.contains("# text = Học sinh đi học.\n1\tHọc sinh\thọc sinh\t"), "{conllu}");
    assert!(conllu.contains("SpaceAfter=No"), "{conllu}");
}

#[test]
fn a_dictionary_wins_and_its_mistakes_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    fs::write(path("good.txt"), "bún chả cá\t9\n").expect("a file");
    fs::write(path("bad.txt"), "bún\nbún chả\tx\n").expect("a file");
    let words = ok(&tokenize(&["--dict", &path("good.txt")], "Tôi ăn bún chả cá."));
    assert!(words.contains(" bún_chả_cá "), "{words}");
    let output = tokenize(&["--dict", &path("bad.txt")], "x");
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("bad.txt") && message.contains("line 2"), "{message}");
}

#[test]
fn the_lexicon_is_printed_edited_and_put_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("words.tsv").to_str().expect("a plain path").to_owned();
    let words = ok(&tokenize(&["--print-lexicon"], ""));
    assert!(words.lines().any(|line| line.starts_with("học sinh\t")));
    fs::write(&path, &words).expect("a file");
    let sentence = "Học sinh thành phố Hồ Chí Minh đi học.";
    let same = ok(&tokenize(&["--lexicon", &path], sentence));
    assert_eq!(same, ok(&tokenize(&[], sentence)));
    fs::write(&path, "học sinh\tmany\n").expect("a file");
    let output = tokenize(&["--lexicon", &path], sentence);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("words.tsv:1"));
}

#[test]
fn presegmented_text_is_taken_as_it_is() {
    let words = ok(&tokenize(&[], "Sinh viên_đi chơi_xa nhé_bạn ."));
    assert_eq!(words, "Sinh viên_đi chơi_xa nhé_bạn .\n");
}

#[test]
fn nothing_exits_with_1_and_wrong_usage_with_2() {
    assert_eq!(tokenize(&[], " \n").status.code(), Some(1));
    assert_eq!(tokenize(&["--scores"], "a").status.code(), Some(2));
    assert_eq!(tokenize(&["no-such-file"], "").status.code(), Some(2));
}

#[test]
fn conllu_is_valid_over_tabs_double_spaces_and_invisible_characters() {
    let input = "Học  sinh\tđi học\u{200B}. Trời\u{A0}mưa.\n";
    let conllu = ok(&tokenize(&["-f", "conllu"], input));
    assert!(conllu.starts_with("# newdoc id = -\n# sent_id = --1\n"), "{conllu}");
    assert_eq!(conllu.matches("# newdoc").count(), 1);
    for sentence in conllu.split_terminator("\n\n") {
        let (mut shown, mut built) = ("", String::new());
        for line in sentence.lines() {
            if let Some(text) = line.strip_prefix("# text = ") {
                shown = text;
            } else if !line.starts_with('#') {
                let fields: Vec<&str> = line.split('\t').collect();
                assert_eq!(fields.len(), 10, "{line}");
                assert!(!fields[1].contains("  "), "{line}");
                built.push_str(fields[1]);
                built.push_str(if fields[9] == "SpaceAfter=No" { "" } else { " " });
            }
        }
        assert_eq!(built.trim_end(), shown, "{sentence}");
    }
}

#[test]
fn account_names_switch_no_words_off() {
    let words = ok(&tokenize(&[], "Học sinh nguyen_van_a và le_thi_b đi học."));
    assert!(words.starts_with("Học_sinh nguyen_van_a và le_thi_b "), "{words}");
    let cells = ok(&tokenize(&[], "Học\tsinh viên\n"));
    assert!(cells.starts_with("Học sinh_viên"), "{cells}");
}

#[test]
fn a_long_text_in_pieces_has_the_tokens_and_numbers_of_the_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.txt");
    let part = "Trời mưa to ở miền Trung. Nước sông dâng cao 👍.\n\nHọc sinh nghỉ học.\n\n";
    let times = (1 << 19) / part.len();
    fs::write(&path, part.repeat(times)).expect("a file");
    let name = path.to_str().expect("a plain path");
    let once = ok(&tokenize(&[], part));
    assert!(ok(&tokenize(&[name], "")) == once.repeat(times));
    for (unit, length) in [("bytes", part.len()), ("utf16", part.encode_utf16().count())] {
        let lines = ok(&tokenize(&["-f", "jsonl", "--offsets", unit, name], ""));
        let last: Value = serde_json::from_str(lines.lines().last().expect("lines")).expect("JSON");
        assert_eq!(last["sentence"], 3 * times, "{unit}");
        let end = length * times - "\n\n".len();
        assert_eq!(last["end"], end, "{unit}");
    }
    let conllu = ok(&tokenize(&["-f", "conllu", name], ""));
    assert_eq!(conllu.matches("# newdoc id").count(), 1);
    assert!(conllu.contains(&format!("-{}\n# text = Học sinh nghỉ học.", 3 * times)));
}
