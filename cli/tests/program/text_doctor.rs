//! `tomtat check` and `tomtat normalize`, run as a user runs them.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::run::{fed, tomtat};

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn tomtat_in(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    fed(tomtat().args(arguments).current_dir(folder), input)
}

const TCVN3: &[u8] = b"N\xAD\xEDc ch\xB6y \xAE\xB8 m\xDFn, kh\xABng ng\xB9i \xAE\xAD\xEAng xa.\n";

#[test]
fn a_sound_file_has_nothing_to_fix() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bai.txt"), "Sáng nay trời trong, gió nhẹ.\n").unwrap();
    let run = tomtat_in(folder.path(), &["check", "bai.txt"], b"");
    assert_eq!(run.status.code(), Some(0));
    assert_eq!(
        text(&run.stdout),
        "bai.txt: utf-8 (certainty 0.98), 1 line, 6 words, 6 syllables\n  nothing to fix\n"
    );
}

#[test]
fn a_problem_is_named_with_its_place_and_the_command_that_fixes_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bài 1.txt"), "Chào các bạn.\nMời qúy khách.\n").unwrap();
    let run = tomtat_in(folder.path(), &["check", "bài 1.txt"], b"");
    assert_eq!(run.status.code(), Some(1));
    let report = text(&run.stdout);
    let line =
        "  problem: misplaced tone marks: 1 of 6, first at line 2, column 5 (byte 24): qúy\n";
    assert!(report.contains(line), "{report}");
    assert!(report.contains("    tomtat normalize --tone old 'bài 1.txt'\n"), "{report}");

    let fixed = tomtat_in(folder.path(), &["normalize", "--tone", "old", "bài 1.txt"], b"");
    assert_eq!(fixed.status.code(), Some(0));
    assert_eq!(text(&fixed.stdout), "Chào các bạn.\nMời quý khách.\n");
    assert_eq!(text(&fixed.stderr), "tomtat: note: bài 1.txt: tone old: 1\n");
    let again = tomtat_in(folder.path(), &["check"], &fixed.stdout);
    assert_eq!(again.status.code(), Some(0));
}

#[test]
fn json_carries_a_schema_and_the_findings() {
    let folder = tempfile::tempdir().unwrap();
    let run = tomtat_in(folder.path(), &["check", "-f", "json", "-"], "tòan".as_bytes());
    assert_eq!(run.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(json["schema"], "tomtat.check/1");
    assert_eq!(json["files"][0]["id"], "-");
    assert_eq!(json["files"][0]["report"]["findings"][0]["problem"], "misplaced-tone");
    let run = tomtat_in(folder.path(), &["check", "-f", "jsonl"], "tòan".as_bytes());
    assert_eq!(text(&run.stdout).lines().count(), 1);
}

#[test]
fn older_encodings_are_read_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let expected = "Nước chảy đá mòn, không ngại đường xa.\n";
    let run = tomtat_in(folder.path(), &["normalize"], TCVN3);
    assert_eq!(text(&run.stdout), expected, "{}", text(&run.stderr));
    assert_eq!(text(&run.stderr), "tomtat: note: -: read as tcvn3\n");
    let back = tomtat_in(folder.path(), &["normalize", "-q", "--to", "tcvn3"], expected.as_bytes());
    assert_eq!(back.stdout, TCVN3);
    let wide = tomtat_in(folder.path(), &["normalize", "--to", "utf-16le", "--bom"], b"a\n");
    assert_eq!(wide.stdout, b"\xFF\xFEa\0\n\0");
}

#[test]
fn what_an_encoding_cannot_hold_is_an_error_and_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let run = tomtat_in(folder.path(), &["normalize", "--to", "viscii"], "một\n5 €".as_bytes());
    assert_eq!(run.status.code(), Some(2));
    assert!(text(&run.stderr).contains("line 2: `€` cannot be written in viscii"));
    assert!(run.stdout.is_empty());
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.pdf"), "%PDF-1.7 ...").unwrap();
    fs::write(folder.path().join("b.txt"), "Ổn.\n").unwrap();
    for command in ["check", "normalize"] {
        let run = tomtat_in(folder.path(), &[command, "a.pdf", "b.txt", "c.txt"], b"");
        assert_eq!(run.status.code(), Some(3), "{command}");
        let messages = text(&run.stderr);
        assert!(messages.contains("a PDF document, not text"), "{messages}");
        assert!(messages.contains("c.txt: no such file"), "{messages}");
        assert!(!run.stdout.is_empty());
    }
    let run = tomtat_in(folder.path(), &["check", "--encoding", "klingon", "b.txt"], b"");
    assert_eq!(run.status.code(), Some(2));
}

#[test]
fn without_flags_the_safe_fixes_are_applied() {
    let folder = tempfile::tempdir().unwrap();
    let input = "\u{D0}ến\u{A0}hoà bi\u{300}nh\u{200B}, “nhé”\r\n";
    let run = tomtat_in(folder.path(), &["normalize"], input.as_bytes());
    assert_eq!(text(&run.stdout), "Đến hoà bình, “nhé”\r\n");
    assert_eq!(
        text(&run.stderr),
        "tomtat: note: -: invisible: 1, spaces: 1, nfc: 1, d-stroke: 1\n"
    );
    let run = tomtat_in(folder.path(), &["normalize", "--quotes", "-q"], input.as_bytes());
    assert_eq!(text(&run.stdout), input.replace(['“', '”'], "\""));
    assert!(run.stderr.is_empty());
}

#[test]
fn a_text_that_was_read_wrongly_is_refused_by_fixes_that_would_ruin_it() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = "Ä\u{90}i chá»£, vÃ\u{A0} vá»\u{81} quÃª\n";
    for flags in [&["normalize"][..], &["normalize", "--spaces"], &["normalize", "--safe"]] {
        let run = tomtat_in(folder.path(), flags, wrong.as_bytes());
        assert_eq!(run.status.code(), Some(2), "{flags:?}");
        assert!(run.stdout.is_empty());
        assert!(text(&run.stderr).contains("--mojibake fixes it"), "{}", text(&run.stderr));
    }
    let run = tomtat_in(folder.path(), &["normalize", "--safe", "--mojibake"], wrong.as_bytes());
    assert_eq!(text(&run.stdout), "Đi chợ, và về quê\n");
    let run = tomtat_in(folder.path(), &["normalize", "--spaces", "--force"], wrong.as_bytes());
    assert_eq!(text(&run.stdout), wrong.replace('\u{A0}', " "));
}

#[test]
fn the_sound_part_of_a_half_damaged_text_stays() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = "N\u{AD}íc ch¶y ®¸ mßn, ®\u{AD}êng xa kh«ng ng¹i.\nCà phê sáng nay rất ngon.\n";
    let run =
        tomtat_in(folder.path(), &["normalize", "-q", "--misread", "tcvn3"], wrong.as_bytes());
    assert_eq!(
        text(&run.stdout),
        "Nước chảy đá mòn, đường xa không ngại.\nCà phê sáng nay rất ngon.\n"
    );
}

#[test]
fn every_command_says_that_a_text_has_lost_its_marks_or_its_encoding() {
    let folder = tempfile::tempdir().unwrap();
    let unmarked = "Hom nay troi mua rat to, nuoc ngap nhieu tuyen duong o noi thanh.\n\
                    Nguoi dan phai dat xe qua cho ngap, tre em nghi hoc o nha.\n";
    let wrong = "Tr\u{e1}\u{bb}\u{9d}i m\u{c6}\u{b0}a to, \u{c4}\u{91}\u{c6}\u{b0}\u{e1}\u{bb}\u{9d}ng ng\u{e1}\u{ba}\u{ad}p.\n";
    let sound = "H\u{f4}m nay tr\u{1edd}i m\u{1b0}a r\u{1ea5}t to, n\u{1b0}\u{1edb}c ng\u{1ead}p nhi\u{1ec1}u tuy\u{1ebf}n \u{111}\u{1b0}\u{1edd}ng.\n";
    for command in [
        &["tokenize", "-"][..],
        &["summarize", "-"],
        &["extract", "-"],
        &["keywords", "-"],
        &["terms", "-"],
        &["collocations", "-"],
        &["concordance", "mua", "-"],
        &["profile", "-"],
    ] {
        let said = |input: &str| {
            text(&tomtat_in(folder.path(), command, input.as_bytes()).stderr).to_owned()
        };
        assert!(said(unmarked).contains("Vietnamese without its marks"), "{command:?}");
        assert!(said(wrong).contains("normalize --mojibake"), "{command:?}");
        assert!(!said(sound).contains("marks"), "{command:?}");
    }
}

#[test]
fn words_are_not_joined_by_chance_where_marks_are_lost() {
    let folder = tempfile::tempdir().unwrap();
    let input = "Ba Nam noi la hai nguoi dang o nha khoa gan ga Da Nang.\n";
    let run = tomtat_in(folder.path(), &["tokenize", "-"], input.as_bytes());
    assert!(!text(&run.stdout).contains("la_hai") && !text(&run.stdout).contains("nha_khoa"));
    let run = tomtat_in(folder.path(), &["extract", "-f", "json", "-"], input.as_bytes());
    assert!(text(&run.stdout).contains("\"without-marks\""), "{}", text(&run.stdout));
}

/// Two records: the title of the first, and a sentence of the second, need fixes.
const RECORDS: &str = concat!(
    r#"{"id": 18446744073709551617, "title": "Qúy khách", "body": "Trời tạnh.",  "n": 1.50}"#,
    "\n",
    r#"{"url": "b\/c", "text": ["Nước ru\u0301t dần.", "Đường đã khô."], "ghi chú": "tòan"}"#,
    "\n",
);

#[test]
fn records_are_checked_by_their_texts() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tin.jsonl"), RECORDS).unwrap();
    let run = tomtat_in(folder.path(), &["check", "tin.jsonl"], b"");
    let report = text(&run.stdout);
    assert!(report.contains("2 records, 4 lines, 10 words"), "{report}");
    let tone = "misplaced tone marks: 1 of 10, first in 18446744073709551617 at line 1, column 1";
    assert!(report.contains(tone), "{report}");
    assert!(report.contains("first in tin.jsonl:2 at line 1, column 7"), "{report}");
    let piped = tomtat_in(folder.path(), &["check", "-f", "jsonl"], RECORDS.as_bytes());
    let json: serde_json::Value = serde_json::from_slice(&piped.stdout).unwrap();
    assert_eq!(json["report"]["statistics"]["records"], 2);
}

#[test]
fn records_are_fixed_where_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["normalize", "--safe", "--tone", "old"];
    let run = tomtat_in(folder.path(), &arguments, RECORDS.as_bytes());
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let fixed = text(&run.stdout);
    // A list of sentences is fixed string by string; what is right stays as it is written.
    assert_eq!(fixed, RECORDS.replace("Qúy", "Quý").replace(r"ru\u0301t", "rút"));
    for line in fixed.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    // The same records in an array, packed.
    let array = format!("[\n  {}]\n", RECORDS.trim_end().replace('\n', ",\n  "));
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, array.as_bytes()).unwrap();
    fs::write(folder.path().join("tin.json.gz"), packed.finish().unwrap()).unwrap();
    let run = tomtat_in(folder.path(), &["normalize", "--tone", "old", "tin.json.gz"], b"");
    assert_eq!(text(&run.stdout), array.replace("Qúy", "Quý"), "{}", text(&run.stderr));
}

#[test]
fn a_damaged_record_stays_as_it_is_and_the_others_are_fixed() {
    let folder = tempfile::tempdir().unwrap();
    let input = "{\"id\": \"a\", \"body\": \"Viá»‡t Nam, mÆ°a\"}\n{\"body\": \"5\u{A0}kg\"}\n";
    let broken = format!("{input}không phải JSON\n");
    let run = tomtat_in(folder.path(), &["normalize", "--input", "jsonl"], broken.as_bytes());
    assert_eq!(run.status.code(), Some(3));
    assert_eq!(text(&run.stdout), input.replace('\u{A0}', " "));
    assert!(text(&run.stderr).contains("-:1: holds UTF-8"), "{}", text(&run.stderr));
    let run = tomtat_in(folder.path(), &["normalize", "--mojibake"], input.as_bytes());
    assert!(text(&run.stdout).starts_with("{\"id\": \"a\", \"body\": \"Việt Nam, mưa\"}\n"));
}

#[test]
fn of_a_page_the_text_is_fixed_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let page = "<html><body title=\"“a”\"><script>var x = '“qúy”';</script>\n\
                <p>Mời “qúy” khách ＜b＞.</p></body></html>\n";
    fs::write(folder.path().join("trang.html"), page).unwrap();
    let arguments = ["normalize", "--quotes", "--fullwidth", "--tone", "old", "trang.html"];
    let run = tomtat_in(folder.path(), &arguments, b"");
    let expected = page.replace("“qúy” khách ＜b＞", "\"quý\" khách &lt;b>");
    assert_eq!(text(&run.stdout), expected);
    let run = tomtat_in(folder.path(), &["check", "trang.html"], b"");
    let report = text(&run.stdout);
    assert!(report.contains(", 2 lines, 4 words, 3 syllables\n"), "{report}");
    assert!(report.contains("marks: 1 of 3, first at line 2, column 9"), "{report}");
}

#[test]
fn other_formats_are_refused_with_the_command_that_helps() {
    let folder = tempfile::tempdir().unwrap();
    let table = "id,text\n1,Trời qúa nắng.\n";
    fs::write(folder.path().join("bang.csv"), table).unwrap();
    let run = tomtat_in(folder.path(), &["normalize", "bang.csv"], b"");
    assert_eq!(run.status.code(), Some(2));
    assert!(text(&run.stderr).contains("tomtat extract -f jsonl"), "{}", text(&run.stderr));
    let run = tomtat_in(
        folder.path(),
        &["normalize", "--input", "text", "--tone", "old", "bang.csv"],
        b"",
    );
    assert_eq!(text(&run.stdout), table.replace("qúa", "quá"));
    let run = tomtat_in(folder.path(), &["check", "bang.csv"], b"");
    assert!(text(&run.stdout).contains("1 record, 1 line, 3 words"), "{}", text(&run.stdout));
}

#[test]
fn long_texts_are_fixed_in_blocks_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let line = "Sáng nay nước sông \u{111}ã rút, bà con \u{D0}HQG d\u{1ECD}n bùn và mở lại chợ.\n";
    let text_of = |line: &str| line.repeat(20_000);
    let long = text_of(&line.replace("chợ", "cho\u{31B}\u{323}"));
    assert!(long.len() > 3 << 19);
    fs::write(folder.path().join("dài.txt"), &long).unwrap();
    for (arguments, input) in
        [(&["normalize", "dài.txt"][..], &b""[..]), (&["normalize"][..], long.as_bytes())]
    {
        let run = tomtat_in(folder.path(), arguments, input);
        let expected = text_of(&line.replace('\u{D0}', "Đ"));
        assert!(text(&run.stdout) == expected, "{}", text(&run.stderr));
        assert!(text(&run.stderr).contains("nfc: 20000, d-stroke: 20000"), "{}", text(&run.stderr));
    }
    let run = tomtat_in(folder.path(), &["check", "dài.txt"], b"");
    let report = text(&run.stdout);
    assert!(report.contains("20000 lines"), "{report}");
    assert!(report.contains("letters written apart from their marks"), "{report}");
}
