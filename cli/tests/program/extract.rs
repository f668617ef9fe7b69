//! `tomtat extract` as a user runs it.

use std::process::Output;

use serde_json::Value;

use crate::run::{run, stderr, stdout};

fn extract(arguments: &[&str]) -> Output {
    run(&[&["extract"], arguments].concat())
}

const FLOOD: &str = "tests/fixtures/pages/flood-doubled-headlines.txt";
const FERRY: &str = "tests/fixtures/html/ferry.html";

#[test]
fn lead_and_body_are_printed_and_nothing_else() {
    let output = extract(&[FLOOD]);
    assert!(output.status.success());
    let text = stdout(&output);
    assert!(text.starts_with("(Sông Hàn) - Mưa lớn"), "{text}");
    assert!(!text.contains("Hoài Phương") && !text.contains("Giá rau xanh"), "{text}");
    assert_eq!(text.matches("\n\n").count(), 4);
}

#[test]
fn roles_to_keep_are_chosen() {
    assert_eq!(
        stdout(&extract(&["--keep", "title", FLOOD])),
        "Lũ sông Ba lên nhanh trong đêm, hai xã bị cô lập\n"
    );
    let wrong = extract(&["--keep", "titel", FLOOD]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("known are title, dateline"));
}

#[test]
fn explain_names_the_evidence_for_each_dropped_block() {
    let output = extract(&["--explain", FLOOD]);
    let messages = stderr(&output);
    assert!(messages.contains("dropped: ") && messages.contains("repeats-itself"), "{messages}");
    assert!(messages.contains("line 17: related"), "{messages}");
}

#[test]
fn html_gives_metadata_and_roles() {
    let output = extract(&["-f", "json", FERRY]);
    let value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(value["schema"], "tomtat.article/1");
    assert_eq!(value["title"], "Bến phà cuối cùng trên sông Cái ngừng hoạt động");
    assert_eq!(value["metadata"]["author"], "Phước Lộc");
    assert!(!value["text"].as_str().expect("text").contains("Ảnh:"));
    let roles: Vec<&str> = value["blocks"]
        .as_array()
        .expect("blocks")
        .iter()
        .filter_map(|b| b["role"].as_str())
        .collect();
    assert!(roles.contains(&"caption") && roles.contains(&"related") && roles.contains(&"sapo"));
}

#[test]
fn markdown_marks_the_roles() {
    let output = extract(&["--keep", "title,sapo,heading,caption,body", "-f", "markdown", FERRY]);
    let text = stdout(&output);
    assert!(text.starts_with("# Bến phà cuối cùng"), "{text}");
    assert!(text.contains("\n## Giữ lại một phần ký ức\n"), "{text}");
    assert!(text.contains("\n*Chuyến phà cuối cùng rời bến Cồn Én"), "{text}");
}

#[test]
fn several_pages_come_as_lines_in_order() {
    let output = extract(&["-f", "jsonl", FLOOD, "no-such-file.txt", FERRY]);
    assert_eq!(output.status.code(), Some(3));
    let lines: Vec<Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["id"], FLOOD);
    assert_eq!(lines[1]["status"], "error");
    assert_eq!(lines[2]["id"], FERRY);
}
