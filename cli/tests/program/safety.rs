//! Nothing is lost: files that are written, records that are broken; nothing hostile reaches a terminal.

use std::fs;

use serde_json::Value;

use crate::run::{Folder, ok, run, run_with, stderr, stdout, tomtat};

const TEXT: &str = "Mưa lớn làm ngập nhiều tuyến phố ở Cần Thơ. Người dân lội nước đi chợ.\n";

#[test]
fn counts_that_are_merged_into_themselves_survive_a_full_disk() {
    let folder = Folder::new("terms", &[("a.txt", TEXT)]);
    ok(&folder.run("--save a.stats a.txt"));
    let before = folder.bytes("a.stats");
    ok(&folder.run("--save a.stats --merge a.stats"));
    assert_eq!(folder.bytes("a.stats"), before);
    let names: Vec<String> = folder.names();
    assert_eq!(names, ["a.stats", "a.txt"]);
}

#[test]
fn a_file_that_cannot_be_written_is_told_before_the_work() {
    let folder = Folder::new("terms", &[("a.txt", TEXT)]);
    let output = folder.run("--save no/a.stats a.txt");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert!(stderr(&output).contains("cannot write no/a.stats"), "{}", stderr(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_computed_is_printed_though_the_disk_is_full() {
    let folder = Folder::new("terms", &[("a.txt", TEXT)]);
    let output = folder.run("--save /dev/full a.txt");
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("terms"), "{}", stdout(&output));
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
    let output = tomtat().arg("--help").stdout(full).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2), "help that nobody got is no success");
}

#[test]
fn every_record_in_gives_a_record_out_of_several_articles_too() {
    let article = |id: &str, text: &str| serde_json::json!({"id": id, "body": text});
    let good = serde_json::json!({"id": "lũ", "documents": [
        article("a", TEXT), {"id": "b"}, article("c", TEXT)]});
    let input = format!("{good}\n{{\"id\": 18446744073709551617}}\nhỏng\n{}\n", article("d", TEXT));
    for threads in ["1", "4"] {
        let arguments =
            ["summarize", "--multi", "-f", "jsonl", "--input", "jsonl", "--threads", threads];
        let output = run_with(&arguments, &input);
        assert_eq!(output.status.code(), Some(3));
        let records: Vec<Value> =
            stdout(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let status: Vec<(&str, &str)> = records
            .iter()
            .map(|r| (r["id"].as_str().expect("an id"), r["status"].as_str().expect("a status")))
            .collect();
        let expected =
            [("lũ", "ok"), ("18446744073709551617", "error"), ("-:3", "error"), ("all", "ok")];
        assert_eq!(status, expected);
        assert_eq!(records[0]["documents"].as_array().map(Vec::len), Some(2));
        assert_eq!(records[0]["warnings"][0]["code"], "unreadable");
    }
}

#[test]
fn evaluate_reads_what_summarize_writes() {
    let gold = "{\"id\": \"1\", \"abstract\": \"Phố ngập ở Cần Thơ.\"}\n\
        {\"id\": \"2\", \"abstract\": \"Giá lúa tăng.\"}\n";
    let articles = "{\"id\": \"1\", \"body\": \"Phố ngập ở Cần Thơ. Xe chết máy.\"}\n\
        {\"id\": \"2\", \"body\": \"Giá lúa tăng. Dân vui.\"}\n";
    let summaries = ok(&run_with(&["summarize", "-n", "1", "-f", "jsonl"], articles));
    let folder = Folder::new("evaluate", &[("gold.jsonl", gold), ("out.jsonl", &summaries)]);
    let scores = folder.json("--pred out.jsonl --ref gold.jsonl --ref-field abstract");
    assert!(scores.to_string().contains("\"count\":2") || scores.is_object(), "{scores}");
    let first: Value =
        serde_json::from_str(summaries.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["summary"], first["sentences"][0]["text"]);
}

#[test]
fn names_and_fields_cannot_steer_a_terminal() {
    let hostile = "a\u{1b}]0;x\u{7}\u{202e}";
    let output = run(&["summarize", &format!("/no/{hostile}.txt")]);
    assert!(stderr(&output).contains("\\u{1b}]0;x\\u{7}\\u{202e}"), "{:?}", stderr(&output));
    let record = format!("{{\"id\": 1, \"{}\": 2}}\n", "\\u001b[2J");
    let output = run_with(&["summarize", "--input", "jsonl"], &record);
    assert!(!stderr(&output).contains('\u{1b}'), "{:?}", stderr(&output));
    let output = run(&["summarize", "--method", hostile]);
    assert!(!stderr(&output).contains('\u{1b}'), "{:?}", stderr(&output));
}

#[test]
fn results_go_to_a_file_that_appears_when_they_are_whole() {
    let folder = Folder::new("summarize", &[("a.txt", TEXT)]);
    let printed = ok(&folder.run("-f json a.txt"));
    for arguments in ["-f json -o out.json a.txt", "-f json a.txt --output=out.json -q"] {
        let output = folder.run(arguments);
        assert!(ok(&output).is_empty());
        assert_eq!(String::from_utf8(folder.bytes("out.json")).expect("UTF-8"), printed);
    }
    // Into the file that is read, and into one that cannot be.
    let folder = Folder::new("normalize", &[("a.txt", "Hoà bình\u{a0}nhé.\n")]);
    ok(&folder.run("--tone old --spaces -o a.txt a.txt"));
    assert_eq!(folder.bytes("a.txt"), "Hòa bình nhé.\n".as_bytes());
    assert_eq!(folder.names(), ["a.txt"]);
    let output = folder.run("--safe -o no/b.txt a.txt");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("cannot write no/b.txt"), "{}", stderr(&output));
}

#[test]
fn quiet_runs_print_no_notes_but_errors() {
    let folder = Folder::new("summarize", &[("a.txt", TEXT), ("empty.txt", "")]);
    assert!(stderr(&folder.run("a.txt empty.txt")).contains("note: "));
    let output = folder.run("-q a.txt empty.txt no.txt");
    assert_eq!(output.status.code(), Some(3));
    let told = stderr(&output);
    assert!(told.contains("error: no.txt") && !told.contains("note: "), "{told}");
}

#[test]
fn values_of_csv_can_be_disarmed() {
    let text = "=cmd ai\n";
    let plain = ok(&run_with(&["concordance", "ai", "-f", "csv"], text));
    let disarmed = ok(&run_with(&["concordance", "ai", "-f", "csv", "--disarm"], text));
    assert!(plain.contains(",=cmd") || plain.contains("\n=cmd"), "{plain}");
    assert!(disarmed.contains("'=cmd"), "{disarmed}");
}
