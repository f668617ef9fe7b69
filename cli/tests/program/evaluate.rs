//! `tomtat evaluate` as a user runs it.

use serde_json::Value;

use crate::run::{Folder, stderr, stdout};

fn f(value: &Value, system: usize, measure: &str) -> f64 {
    value["systems"][system]["measures"][measure]["f"]["mean"].as_f64().expect("a number")
}

const PREDICTED: &str = "Mưa lớn làm ngập phố.\nĐội tuyển nữ thắng trận đầu.\nGiá gạo tăng.\n";
const WANTED: &str = "Mưa lớn làm ngập nhiều phố.\nĐội tuyển nữ thắng.\nGiá gạo tăng.\n";

fn lines() -> Folder {
    Folder::new(
        "evaluate",
        &[
            ("pred.txt", PREDICTED),
            ("ref.txt", WANTED),
            ("short.txt", "Mưa lớn.\nĐội tuyển.\n"),
            ("gap.txt", "Mưa lớn làm ngập phố.\n\nGiá gạo tăng.\n"),
        ],
    )
}

#[test]
fn scores_are_worked_out_by_hand() {
    let value = lines().json("--pred pred.txt --ref ref.txt --measure rouge1,rouge2,rougeL");
    // Syllables shared: 5 of 5 and 6; 4 of 6 and 4; 3 of 3 and 3.
    let expected = (10.0 / 11.0 + 8.0 / 10.0 + 1.0) / 3.0;
    assert!((f(&value, 0, "rouge1") - expected).abs() < 1e-12);
    // Pairs: 3 of 4 and 5; 3 of 5 and 3; 2 of 2 and 2.
    let expected = (6.0 / 9.0 + 6.0 / 8.0 + 1.0) / 3.0;
    assert!((f(&value, 0, "rouge2") - expected).abs() < 1e-12);
    assert_eq!(value["schema"], "tomtat.evaluation/1");
    assert_eq!(value["texts"], 3);
    assert!(
        value["signature"].as_str().expect("a line").starts_with("tomtat-rouge|tok:syllables|")
    );
}

#[test]
fn every_format_carries_the_signature_and_quiet_is_the_line_alone() {
    let folder = lines();
    let quiet = stdout(&folder.run("--pred pred.txt --ref ref.txt -q"));
    assert_eq!(quiet.lines().count(), 1);
    for format in ["table", "json", "csv", "markdown", "latex"] {
        let output = folder.run(&format!("--pred pred.txt --ref ref.txt -f {format}"));
        assert_eq!(output.status.code(), Some(0));
        assert!(stdout(&output).contains(quiet.trim()), "{format}: {}", stdout(&output));
    }
}

#[test]
fn what_has_no_partner_is_named_with_file_and_line() {
    let folder = lines();
    let output = folder.run("--pred short.txt --ref ref.txt");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("ref.txt:3: has no partner"), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");

    let folder = Folder::new(
        "evaluate",
        &[
            (
                "p.jsonl",
                "{\"id\":\"a\",\"summary\":\"Mưa\"}\n{\"id\":\"x\",\"summary\":\"Nắng\"}\n",
            ),
            (
                "r.jsonl",
                "{\"id\":\"b\",\"abstract\":\"Nắng\"}\n{\"id\":\"a\",\"abstract\":\"Mưa\"}\n",
            ),
        ],
    );
    let output = folder.run("--pred p.jsonl --ref r.jsonl");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("p.jsonl:2: `x` has no partner in r.jsonl"),
        "{}",
        stderr(&output)
    );
    assert!(
        stderr(&output).contains("r.jsonl:1: `b` has no partner in p.jsonl"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn records_belong_together_by_id_and_folders_by_name() {
    let folder = Folder::new(
        "evaluate",
        &[
            ("p.jsonl", "{\"id\":1,\"summary\":\"Mưa to\"}\n{\"id\":2,\"summary\":\"Nắng\"}\n"),
            (
                "r.jsonl",
                "{\"id\":2,\"abstract\":\"Nắng\"}\n\n{\"id\":1,\"abstract\":[\"Mưa\",\"to\"]}\n",
            ),
            ("p/1.txt", "Mưa to"),
            ("p/2.txt", "Nắng\n"),
            ("r/2.md", "Nắng"),
            ("r/1.md", "Mưa to"),
            ("other/1.txt", "Mưa to"),
        ],
    );
    assert!((f(&folder.json("--pred p.jsonl --ref r.jsonl"), 0, "rouge1") - 1.0).abs() < 1e-12);
    assert!((f(&folder.json("--pred p --ref r"), 0, "rouge1") - 1.0).abs() < 1e-12);
    let output = folder.run("--pred other --ref r");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("2.md: `2` has no partner in other"), "{}", stderr(&output));
}

#[test]
fn empty_predictions_are_named_and_score_nothing() {
    let folder = lines();
    let output = folder.run("--pred gap.txt --ref ref.txt");
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("1 of 3 predictions are empty and score 0: gap.txt:2"));
    let value = folder.json("--pred gap.txt --ref ref.txt");
    assert!((f(&value, 0, "rouge1") - (10.0 / 11.0 + 0.0 + 1.0) / 3.0).abs() < 1e-12);
    assert!(value["warnings"][0].as_str().expect("a text").contains("gap.txt:2"));

    let folder = Folder::new(
        "evaluate",
        &[("empty.txt", "\n\n"), ("ref.txt", "Mưa.\nNắng.\n"), ("no.txt", "")],
    );
    assert_eq!(folder.run("--pred empty.txt --ref ref.txt").status.code(), Some(1));
    assert_eq!(folder.run("--pred no.txt --ref no.txt").status.code(), Some(1));
}

#[test]
fn wrong_fields_and_broken_lines_are_named() {
    let good = "{\"id\":\"a\",\"summary\":\"Mưa\"}\n";
    let folder = Folder::new(
        "evaluate",
        &[
            ("p.jsonl", &format!("{good}{{\"id\":\"b\",\"summary\":5}}\n")),
            ("broken.jsonl", &format!("{good}{{\"id\":\n")),
            (
                "r.jsonl",
                "{\"id\":\"a\",\"abstract\":\"Mưa\"}\n{\"id\":\"b\",\"abstract\":\"Nắng\"}\n",
            ),
        ],
    );
    let output = folder.run("--pred p.jsonl --pred-field body --ref r.jsonl");
    assert_eq!(output.status.code(), Some(2));
    let message = "p.jsonl:1: no field `body`; fields found: id, summary";
    assert!(stderr(&output).contains(message), "{}", stderr(&output));

    for (name, message) in
        [("p.jsonl", "p.jsonl:2: field `summary`"), ("broken.jsonl", "broken.jsonl:2:")]
    {
        let output = folder.run(&format!("--pred {name} --ref r.jsonl"));
        assert_eq!(output.status.code(), Some(3), "{name}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
        assert!(stdout(&output).starts_with("1 texts,"), "{}", stdout(&output));
    }
    let output = folder.run("--pred nothing.txt --ref r.jsonl");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nothing.txt: no such file"), "{}", stderr(&output));
}

#[test]
fn several_references_are_combined_as_asked() {
    let folder = Folder::new(
        "evaluate",
        &[
            ("p.txt", "Mưa to\n"),
            ("one.txt", "Mưa to\n"),
            ("two.txt", "Trời nắng\n"),
            ("both.jsonl", "{\"references\":[\"Mưa to\",\"Trời nắng\"]}\n"),
        ],
    );
    for (how, expected) in [("best", 1.0), ("average", 0.5), ("jackknife", 0.5), ("pooled", 0.5)] {
        for references in ["--ref one.txt --ref two.txt", "--ref both.jsonl"] {
            let value = folder
                .json(&format!("--pred p.txt {references} --references {how} --measure rouge1"));
            assert!((f(&value, 0, "rouge1") - expected).abs() < 1e-12, "{how} {references}");
            assert!(value["signature"].as_str().expect("a line").contains("|refs:2|"));
        }
    }
}

#[test]
fn other_programs_are_followed_with_a_warning() {
    let folder = lines();
    let output = folder.run("--pred pred.txt --ref ref.txt --compat rouge-score");
    assert!(stderr(&output).contains("deletes every letter outside a-z"), "{}", stderr(&output));
    assert!(stdout(&output).contains("tok:rouge_score|"));
    let output = folder.run("--pred pred.txt --ref ref.txt --compat rouge-1.5.5");
    assert!(stderr(&output).contains("deletes every letter outside a-z"), "{}", stderr(&output));
    assert!(stdout(&output).contains("ROUGE-W-1.2"), "{}", stdout(&output));
    // The words of Vietnamese do not survive: unrelated texts are not strangers there.
    let folder =
        Folder::new("evaluate", &[("p.txt", "Bão về biển Đông\n"), ("r.txt", "Đường bị đóng\n")]);
    let (right, wrong) =
        ("--pred p.txt --ref r.txt", "--pred p.txt --ref r.txt --compat rouge-score");
    assert!(f(&folder.json(right), 0, "rouge1").abs() < 1e-12);
    assert!(f(&folder.json(wrong), 0, "rouge1") > 0.3);
    let output = folder.run("--pred p.txt --ref r.txt --compat rouge-score --keep-case");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn words_are_given_or_found() {
    let folder = Folder::new(
        "evaluate",
        &[
            ("p.txt", "Học_sinh đi học .\n"),
            ("r.txt", "Học_sinh nghỉ học .\n"),
            ("raw.txt", "Học sinh nghỉ học.\n"),
        ],
    );
    let given = folder.json("--pred p.txt --ref r.txt --unit word --measure rouge1");
    assert!((f(&given, 0, "rouge1") - 2.0 / 3.0).abs() < 1e-12);
    assert!(given["signature"].as_str().expect("a line").contains("|words:given|"));
    let found = folder.json("--pred p.txt --ref raw.txt --unit word --measure rouge1");
    assert!(found["signature"].as_str().expect("a line").contains("|words:segmenter|"));
    let syllables = folder.json("--pred p.txt --ref r.txt --measure rouge1");
    assert!((f(&syllables, 0, "rouge1") - 3.0 / 4.0).abs() < 1e-12);
}

#[test]
fn systems_are_compared_and_thresholds_end_a_check() {
    let texts: Vec<String> =
        (0..40).map(|i| format!("tin số {i} về giá gạo và giá xăng\n")).collect();
    let worse: Vec<String> = (0..40).map(|i| format!("tin số {i} về trời mưa\n")).collect();
    let folder = Folder::new(
        "evaluate",
        &[
            ("good.txt", &texts.concat()),
            ("bad.txt", &worse.concat()),
            ("ref.txt", &texts.concat()),
        ],
    );
    let value = folder.json("--pred good.txt --pred other=bad.txt --ref ref.txt");
    let tests = &value["systems"][1]["measures"]["rouge1"]["against_baseline"];
    assert!(tests["difference"]["mean"].as_f64().expect("a number") < -0.3);
    for test in ["approximate_randomization", "paired_bootstrap"] {
        let p = tests[test]["p_corrected"].as_f64().expect("a number");
        assert!(p > 0.0 && p < 0.05, "{test}: {p}");
    }
    let table = stdout(&folder.run("--pred good.txt --pred other=bad.txt --ref ref.txt"));
    assert!(table.lines().any(|l| l.starts_with("other") && l.contains("- [")), "{table}");

    let missed = folder.run("--pred other=bad.txt --ref ref.txt --fail-under rouge1=90");
    assert_eq!(missed.status.code(), Some(1));
    assert!(stderr(&missed).contains("under 90"), "{}", stderr(&missed));
    let met = folder.run("--pred good.txt --ref ref.txt --fail-under rouge1=90");
    assert_eq!(met.status.code(), Some(0));
    let unknown = folder.run("--pred good.txt --ref ref.txt --fail-under rouge7=90");
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn threads_do_not_change_a_byte() {
    let folder = lines();
    let one = folder.run("--pred pred.txt --ref ref.txt -f json --threads 1");
    for threads in [2, 3, 8] {
        let many =
            folder.run(&format!("--pred pred.txt --ref ref.txt -f json --threads {threads}"));
        assert_eq!(many.stdout, one.stdout);
    }
}

#[test]
fn details_hold_the_scores_of_each_text() {
    let folder = lines();
    let output = folder.run("--pred pred.txt --ref ref.txt --measure rouge1,chrf --details d.csv");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = folder.read("d.csv");
    assert_eq!(text.lines().count(), 1 + 3 * 2);
    assert!(text.lines().nth(5).expect("a row").starts_with("3,pred,rouge1,1,1,1,"), "{text}");
}

#[test]
fn signatures_of_mixed_tables_name_the_settings_of_chrf() {
    let folder = Folder::new(
        "evaluate",
        &[("p.txt", "Mưa to ở Huế.\nNắng.\n"), ("r.txt", "Huế mưa to.\nTrời nắng.\n")],
    );
    let output = folder.run("--pred p.txt --ref r.txt --measure rouge1,chrf,chrf++ -q");
    let line = stdout(&output);
    assert!(line.contains("|tok:syllables|norm:nfc+tone|case:lower|"), "{line}");
    for field in ["|chrf.case:mixed|", "|chrf.nw:0|", "|chrf++.nw:2|", "|chrf++.norm:nfc|"] {
        assert!(line.contains(field), "{field} is not in {line}");
    }
}
