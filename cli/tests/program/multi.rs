//! `tomtat summarize` of several articles, with a query, with what is known.

use std::fs;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::run::{ok, tomtat};

const STORM: &str = "Bão số 5 đổ bộ vào Quảng Trị sáng 12/9, gió giật cấp 12. \
    Bốn nghìn người dân ven biển Quảng Trị phải sơ tán trong đêm. \
    Hai trăm ngôi nhà ở huyện Hải Lăng bị tốc mái.";
const STORM_LATER: &str = "Sau bão số 5, tỉnh Quảng Trị huy động hai nghìn bộ đội giúp dân dựng lại nhà. \
    Ngành điện Quảng Trị nối lại lưới cho sáu xã. \
    Học sinh huyện Hải Lăng được nghỉ học đến hết tuần.";
const RICE: &str = "Giá gạo xuất khẩu của Việt Nam tăng 12 USD mỗi tấn trong tuần này. \
    Hiệp hội Lương thực cho biết nhu cầu gạo của Philippines tăng mạnh. \
    Nông dân miền Tây phấn khởi vì lúa bán được giá.";

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    tomtat().args(arguments).current_dir(folder.path()).output().expect("the program runs")
}

fn articles() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect(name);
    write("bao-1.txt", STORM);
    write("bao-2.txt", STORM_LATER);
    write("bao-3.txt", &format!("Tin nhanh. {STORM}"));
    write("gao.txt", RICE);
    let record = |id: &str, time: &str, body: &str| serde_json::json!({"id": id, "title": id, "time": time, "body": body});
    let cluster = serde_json::json!({"id": "bão", "documents": [
        record("sau", "13/9/2020 08:00", STORM_LATER), record("truoc", "12/9/2020", STORM),
    ]});
    write("clusters.jsonl", &format!("{cluster}\n"));
    folder
}

#[test]
fn a_summary_of_several_names_the_source_of_each_sentence_and_counts_copies_once() {
    let folder = articles();
    let files = ["bao-1.txt", "bao-2.txt", "bao-3.txt"];
    let text = ok(&run(&folder, &[&["sum", "--multi", "-n", "3"][..], &files].concat()));
    assert!(text.contains("bao-3.txt (a copy of [1])"), "{text}");
    assert!(text.lines().take(3).all(|l| l.ends_with("[2]") || l.ends_with("[1][3]")), "{text}");

    let json =
        ok(&run(&folder, &[&["sum", "--multi", "-w", "40", "-f", "json"][..], &files].concat()));
    let summary: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(summary["schema"], "tomtat.multi/1");
    assert_eq!(summary["documents"][2]["copy_of"], 0);
    assert_eq!(summary["length"]["asked"], 40);
    assert!(summary["length"]["given"].as_u64().is_some_and(|n| n > 10 && n <= 40), "{json}");
    for sentence in summary["sentences"].as_array().expect("sentences") {
        let source =
            [STORM, STORM_LATER][sentence["document"].as_u64().expect("a number") as usize];
        let offset = |name: &str| sentence[name].as_u64().expect("an offset") as usize;
        assert_eq!(&source[offset("start")..offset("end")], sentence["text"]);
    }
}

#[test]
fn records_with_documents_are_told_by_time() {
    let folder = articles();
    let json = ok(&run(&folder, &["sum", "--multi", "clusters.jsonl", "-n", "4", "-f", "jsonl"]));
    let summary: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(summary["id"], "bão");
    assert_eq!(summary["documents"][0]["id"], "truoc");
    assert_eq!(summary["sentences"].as_array().map(Vec::len), Some(4));
}

/// Pages say themselves when they were published.
#[test]
fn pages_are_told_by_the_time_of_their_publication() {
    let folder = articles();
    let write = |name: &str, published: &str, text: &str| {
        let paragraphs: Vec<String> =
            text.split_inclusive(". ").map(|sentence| format!("<p>{sentence}</p>")).collect();
        let page = format!(
            "<html><head><title>{name}</title><meta property=\"article:published_time\" \
             content=\"{published}\"></head><body><article><h1>{name}</h1>{}</article></body></html>",
            paragraphs.concat()
        );
        fs::write(folder.path().join(name), page).expect(name);
    };
    write("a.html", "2020-09-13T08:00:00+07:00", STORM_LATER);
    write("b.html", "2020-09-12T09:30:00+07:00", STORM);
    let json = ok(&run(&folder, &["sum", "--multi", "-n", "4", "-f", "json", "a.html", "b.html"]));
    let summary: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(summary["documents"][0]["id"], "b.html", "{json}");
}

#[test]
fn a_pile_is_grouped_by_event() {
    let folder = articles();
    let files = ["sum", "--cluster", "-n", "1", "bao-1.txt", "gao.txt", "bao-2.txt"];
    let text = ok(&run(&folder, &files));
    let events: Vec<&str> = text.split("==> ").skip(1).collect();
    assert_eq!(events.len(), 2, "{text}");
    assert!(events[0].contains("bao-1.txt") && events[0].contains("bao-2.txt"), "{text}");
    assert!(events[1].contains("gao.txt"), "{text}");
}

#[test]
fn a_query_chooses_and_its_absence_is_told() {
    let folder = articles();
    let text = ok(&run(&folder, &["sum", "-n", "1", "--query", "Philippines", "gao.txt"]));
    assert!(text.contains("Philippines"), "{text}");
    let output = run(&folder, &["sum", "-n", "1", "--query", "bóng đá", "gao.txt"]);
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("no sentence has a word of the query")
    );
    let output = run(&folder, &["sum", "--query", "?!", "gao.txt"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_the_reader_has_seen_is_left_out() {
    let folder = articles();
    let news = format!("{STORM} {STORM_LATER}");
    fs::write(folder.path().join("news.txt"), news).expect("a file");
    let text = ok(&run(&folder, &["sum", "-n", "3", "--seen", "bao-1.txt", "news.txt"]));
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.lines().all(|line| STORM_LATER.contains(line)), "{text}");
    // Nothing is new: nothing is given.
    let output = run(&folder, &["sum", "--seen", "bao-1.txt", "bao-1.txt"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
}

#[test]
fn several_articles_answer_a_query_and_tell_what_is_new() {
    let folder = articles();
    let files = ["bao-1.txt", "bao-2.txt", "gao.txt"];
    let sum = |options: &[&str]| run(&folder, &[&["sum", "--multi"], options, &files].concat());
    let text = ok(&sum(&["--query", "học sinh nghỉ học"]));
    let (first, sources) = text.split_once("\n\n").expect("sources");
    assert!(first.starts_with("Học sinh huyện Hải Lăng được nghỉ học"), "{text}");
    assert!(!first.contains("gạo") && sources.contains("bao-2.txt"), "{text}");
    let text = ok(&sum(&["--seen", "bao-1.txt"]));
    assert!(!text.contains("đổ bộ vào Quảng Trị") && text.contains("nối lại lưới"), "{text}");
    let nobody = sum(&["--query", "bóng đá"]);
    assert!(
        String::from_utf8_lossy(&nobody.stderr).contains("no sentence has a word of the query")
    );
    assert_eq!(ok(&nobody), ok(&sum(&[])));
}

#[test]
fn a_length_by_name() {
    let folder = articles();
    let lines =
        |length: &str| ok(&run(&folder, &["sum", "--length", length, "gao.txt"])).lines().count();
    assert!((1..=3).contains(&lines("auto")));
    assert_eq!((lines("2"), lines("34%")), (2, 2));
    let output = run(&folder, &["sum", "--length", "5 miles", "gao.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("60words"));
}

#[test]
fn only_sources_that_are_cited_are_listed() {
    let folder = articles();
    let text =
        ok(&run(&folder, &["sum", "--multi", "-n", "1", "bao-1.txt", "bao-2.txt", "gao.txt"]));
    let sources: Vec<&str> = text.lines().filter(|line| line.starts_with('[')).collect();
    assert_eq!(sources.len(), 1, "{text}");
}
