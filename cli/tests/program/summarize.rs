//! `tomtat summarize` as a user runs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;
use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::encode::encode;

use crate::run::{Folder, json, run, run_with, stderr, stdout, tomtat};

fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        let path: PathBuf = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    folder
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().expect("a plain path").to_owned()
}

const ARTICLE: &str = "Bão số 5 đổ bộ vào Quảng Trị sáng nay. Trời hôm qua còn nắng. Bão làm sập 200 \
    ngôi nhà ở Quảng Trị. Người dân Quảng Trị đang dọn dẹp sau bão. Chợ vẫn đông.";

#[test]
fn samples_are_summarized_in_order_with_headings() {
    let output =
        run(&["summarize", "samples/cau-co-may.txt", "samples/gia-gao.txt", "--title", "-n", "2"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    let bridge = text.find("==> samples/cau-co-may.txt <==").expect("the first heading");
    let rice = text.find("==> samples/gia-gao.txt <==").expect("the second heading");
    assert!(bridge < rice);
    assert!(text.contains("Cầu Cỏ May thông xe sớm một tháng, hai bờ sông hết cảnh chờ phà\n"));
    assert!(!text.contains("Ảnh:") && !text.contains("Tân Lập\n\n") && !text.contains("Minh Khôi"));
    assert_eq!(stderr(&output), "");
}

#[test]
fn one_file_is_one_sentence_a_line() {
    let output = run(&["sum", "samples/gia-gao.txt", "-n", "2"]);
    let text = stdout(&output);
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.starts_with("Giá gạo 5% tấm của Việt Nam"), "{text}");
}

#[test]
fn json_has_the_documented_fields_and_verbatim_slices() {
    let source = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../samples/gia-gao.txt"));
    let source = source.expect("the sample");
    let output = run(&["sum", "samples/gia-gao.txt", "-f", "json"]);
    let object = json(&output);
    assert_eq!(object["schema"], "tomtat.summary/1");
    assert_eq!(object["id"], "samples/gia-gao.txt");
    assert_eq!(object["status"], "ok");
    assert_eq!(object["title"], "GIÁ GẠO XUẤT KHẨU TĂNG TUẦN THỨ TƯ LIÊN TIẾP");
    assert!(object["method"].is_string() && object["warnings"].is_array());
    let characters: Vec<char> = source.chars().collect();
    let sentences = object["sentences"].as_array().expect("sentences");
    assert_eq!(sentences.len(), 3);
    for sentence in sentences {
        let number = |name: &str| sentence[name].as_u64().expect(name) as usize;
        let text = sentence["text"].as_str().expect("text");
        assert_eq!(&source[number("start")..number("end")], text);
        let by_characters: String =
            characters[number("char_start")..number("char_end")].iter().collect();
        assert_eq!(by_characters, text);
        assert!(sentence["score"].is_f64() && (1..=3).contains(&number("rank")));
    }
}

#[test]
fn several_articles_are_an_array_or_lines() {
    let files = ["samples/gia-gao.txt", "samples/cau-co-may.txt"];
    let array = json(&run(&["sum", files[0], files[1], "-f", "json"]));
    assert_eq!(array.as_array().expect("an array").len(), 2);
    let lines = stdout(&run(&["sum", files[0], files[1], "-f", "jsonl"]));
    let ids: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["id"].clone())
        .collect();
    assert_eq!(ids, files);
}

#[test]
fn markdown_is_a_list() {
    let text =
        stdout(&run(&["sum", "samples/gia-gao.txt", "-f", "markdown", "--title", "--scores"]));
    assert!(text.starts_with("## GIÁ GẠO"), "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with("- ")).count(), 3, "{text}");
}

#[test]
fn standard_input_is_read() {
    for arguments in [&["sum", "-n", "1"][..], &["sum", "-", "-n", "1"]] {
        let output = run_with(arguments, ARTICLE.as_bytes());
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(stdout(&output), "Bão số 5 đổ bộ vào Quảng Trị sáng nay.\n");
    }
}

#[test]
fn lengths_are_promises() {
    for (flag, limit) in [("-w", 20), ("-c", 90), ("--syllables", 25)] {
        let output = run_with(&["sum", flag, &limit.to_string(), "-f", "json"], ARTICLE.as_bytes());
        let object = json(&output);
        let given = object["length"]["given"].as_u64().expect("a length");
        assert!(given > 0 && given <= limit, "{flag} {limit}: {given}");
        assert_eq!(object["length"]["asked"], limit);
    }
    let output = run_with(&["sum", "-r", "0.4", "-f", "json"], ARTICLE.as_bytes());
    assert_eq!(json(&output)["sentences"].as_array().map(Vec::len), Some(2));
}

#[test]
fn trimmed_sentences_are_slices_of_whole_ones() {
    let source = "Cầu Cỏ May thông xe\n\n\
        Sáng 3/9, tỉnh Đồng Tháp thông xe cầu Cỏ May bắc qua kênh Xáng sau ba năm xây dựng.\n\n\
        Trước đó, người dân hai xã bên kênh Xáng phải qua đò ngang mỗi ngày để đưa nông sản ra chợ.\n\n\
        Bên cạnh đó, Ủy ban nhân dân tỉnh yêu cầu Sở Giao thông Vận tải kiểm tra chất lượng cầu Cỏ May \
        trong tháng này, tránh ảnh hưởng đến việc đi lại của người dân.\n\n\
        Cuối năm ngoái, Công an tỉnh Đồng Tháp đã khởi tố hai cán bộ ban quản lý cầu Cỏ May để điều tra.\n";
    let output = run_with(&["sum", "--trim", "-n", "4", "-f", "jsonl"], source.as_bytes());
    let object: Value = serde_json::from_str(&stdout(&output)).expect("an object");
    let place = |part: &Value, name: &str| part[name].as_u64().expect("an offset") as usize;
    let mut cut = Vec::new();
    for part in object["sentences"].as_array().expect("sentences") {
        let (start, end) = (place(part, "start"), place(part, "end"));
        assert_eq!(part["text"], source[start..end]);
        let whole = &part["sentence"];
        if whole.is_object() {
            cut.push(part["text"].as_str().expect("a text"));
            let (from, to) = (place(whole, "start"), place(whole, "end"));
            assert_eq!(whole["text"], source[from..to]);
            assert!(from <= start && end <= to && end - start < to - from);
        }
    }
    assert!(cut.iter().any(|text| text.starts_with("Ủy ban nhân dân tỉnh yêu cầu")), "{cut:?}");
    let refused = run(&["sum", "samples/gia-gao.txt", "--trim", "-m", "lead"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("--trim is for the method trained"), "{}", stderr(&refused));
}

#[test]
fn a_short_article_is_given_whole_with_a_note() {
    let output = run_with(&["sum"], "Trời mưa. Trời tạnh.".as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stdout(&output), "Trời mưa.\nTrời tạnh.\n");
    assert!(stderr(&output).contains("only 2 sentences; 3 were requested"), "{}", stderr(&output));
}

#[test]
fn an_empty_article_is_said_and_exits_with_1() {
    for input in ["", " \n\t\n"] {
        let output = run_with(&["sum"], input.as_bytes());
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(stdout(&output), "");
        assert!(stderr(&output).contains("empty"), "{}", stderr(&output));
    }
    let output = run_with(&["sum", "-f", "json"], b"");
    assert_eq!(json(&output)["status"], "empty");
}

#[test]
fn a_text_without_full_stops_is_split_and_said() {
    let text = "hôm nay trời mưa rất to ở khắp các tỉnh miền Trung, ".repeat(12);
    let output = run_with(&["sum", "-n", "2"], text.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("no full stops"), "{}", stderr(&output));
    assert!(stdout(&output).len() < text.len() / 2);
}

#[test]
fn what_cannot_be_read_is_named_with_a_hint() {
    let folder = folder_with(&[
        ("bad.txt", b"Vi\xE1\xBB\x87t \xFF Nam"),
        ("a.pdf", b"%PDF-1.7"),
        ("zero.txt", b"a\0b"),
        ("short.txt", b"Vi\xD6t"),
    ]);
    let name = |n: &str| path(folder.path(), n);
    for (file, expected) in [
        ("bad.txt", "byte 7 (0xFF)"),
        ("a.pdf", "PDF"),
        ("zero.txt", "byte 1 is zero"),
        ("short.txt", "--encoding"),
        ("missing.txt", "no such file"),
    ] {
        let output = run(&["sum", &name(file)]);
        assert_eq!(output.status.code(), Some(2), "{file}");
        let message = stderr(&output);
        assert!(message.contains(file) && message.contains(expected), "{message}");
        assert_eq!(stdout(&output), "");
    }
    let output = run(&["sum", path(folder.path(), "").trim_end_matches('/')]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("use -R"), "{}", stderr(&output));
}

#[test]
fn pages_in_html_and_in_other_encodings_are_summarized() {
    let page = format!(
        "<!DOCTYPE html><html><head><title>Bão số 5 vào Quảng Trị</title></head><body><nav>Trang chủ \
         Thể thao</nav><article><h1>Bão số 5 vào Quảng Trị</h1><p>{ARTICLE}</p><figure><img src=a.jpg>\
         <figcaption>Cây đổ trên đường</figcaption></figure><p>{ARTICLE}</p></article></body></html>"
    );
    let utf16: Vec<u8> =
        [0xFEFF].into_iter().chain(ARTICLE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let tcvn = encode(ARTICLE, Encoding::Tcvn3).expect("TCVN3 has all letters");
    let folder = folder_with(&[
        ("page.html", page.as_bytes()),
        ("utf16.txt", &utf16),
        ("tcvn.txt", &tcvn),
        ("article.txt", ARTICLE.as_bytes()),
    ]);
    let expected = stdout(&run(&["sum", "-n", "2", &path(folder.path(), "article.txt")]));
    for (file, encoding, note) in
        [("utf16.txt", None, "utf-16"), ("tcvn.txt", Some("tcvn3"), "tcvn3")]
    {
        let file = path(folder.path(), file);
        let mut arguments = vec!["sum", "-n", "2", &file];
        arguments.extend(encoding.map(|name| ["--encoding", name]).into_iter().flatten());
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert_eq!(stdout(&output), expected);
        assert!(stderr(&output).contains("read as"), "{}", stderr(&output));
        assert!(stderr(&output).to_lowercase().contains(note), "{}", stderr(&output));
    }
    let page = path(folder.path(), "page.html");
    let output = json(&run(&["sum", "-n", "1", "-f", "json", &page]));
    assert_eq!(output["title"], "Bão số 5 vào Quảng Trị");
    let sentence = output["sentences"][0]["text"].as_str().expect("a sentence");
    assert!(ARTICLE.contains(sentence), "{sentence}");
}

#[test]
fn the_lead_paragraph_is_given_alone() {
    let page = "Bão số 5 vào Quảng Trị\n\nSáng nay, bão số 5 đã vào Quảng Trị. Hai trăm ngôi nhà \
        bị sập.\n\nBão vào bờ lúc 6 giờ sáng với sức gió cấp 10. Người dân đang dọn dẹp sau bão.";
    let output = run_with(&["sum", "--sapo"], page.as_bytes());
    assert_eq!(
        stdout(&output),
        "Sáng nay, bão số 5 đã vào Quảng Trị.\nHai trăm ngôi nhà bị sập.\n",
        "{}",
        stderr(&output)
    );
    let output = run_with(&["sum", "--sapo"], b"A\nB\nC");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("no lead paragraph"), "{}", stderr(&output));
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let output = run(&[
        "sum",
        "samples/gia-gao.txt",
        "missing.txt",
        "samples/cau-co-may.txt",
        "-f",
        "jsonl",
    ]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("missing.txt: no such file"));
    let statuses: Vec<String> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["status"].to_string())
        .collect();
    assert_eq!(statuses, ["\"ok\"", "\"error\"", "\"ok\""]);
}

#[test]
fn folders_are_read_in_order() {
    let folder = folder_with(&[
        ("b.txt", ARTICLE.as_bytes()),
        ("a/z.txt", ARTICLE.as_bytes()),
        ("a/skipped.png", b"\x89PNG"),
        (".hidden.txt", b"x"),
    ]);
    let output = run(&["sum", "-R", folder.path().to_str().expect("a plain path"), "-n", "1"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    assert!(text.find("z.txt").expect("z.txt") < text.find("b.txt").expect("b.txt"), "{text}");
    assert_eq!(text.matches("==>").count(), 2);
    let empty = folder_with(&[]);
    let output = run(&["sum", "-R", empty.path().to_str().expect("a plain path")]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn json_lines_are_read_by_field_and_bad_lines_are_skipped() {
    let lines = format!(
        "{}\n{{broken\n\n{}\n{}\n",
        serde_json::json!({"url": "x/1", "content": ARTICLE, "headline": "Bão"}),
        serde_json::json!({"url": "x/2", "text": ARTICLE}),
        serde_json::json!({"url": "x/3", "content": ["Trời mưa\u{2028}to.", "Trời tạnh."]}),
    );
    let folder = folder_with(&[("a.jsonl", lines.as_bytes())]);
    let file = path(folder.path(), "a.jsonl");
    let output =
        run(&["sum", &file, "--field", "id=url", "body=content", "-n", "1", "-f", "jsonl"]);
    assert_eq!(output.status.code(), Some(3));
    let messages = stderr(&output);
    assert!(messages.contains("a.jsonl:2: not valid JSON"), "{messages}");
    assert!(
        messages.contains("a.jsonl:4: no field `content`; fields found: url, text"),
        "{messages}"
    );
    let ids: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["id"].clone())
        .collect();
    assert_eq!(ids[0], "x/1");
    assert_eq!(ids[3], "x/3");
    let output = run(&["sum", &file, "--field", "titel=x"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_output_is_the_same_for_any_number_of_threads() {
    let mut lines = String::new();
    for i in 0..1500 {
        let body = format!("{ARTICLE} Bão số {i} mạnh cấp {}. Gió giật ở đảo {i}.", i % 12);
        lines.push_str(&serde_json::json!({"id": i, "body": body}).to_string());
        lines.push('\n');
    }
    let folder = folder_with(&[("many.jsonl", lines.as_bytes())]);
    let file = path(folder.path(), "many.jsonl");
    let outputs: Vec<Vec<u8>> = ["1", "2", "8"]
        .iter()
        .map(|n| run(&["sum", &file, "-f", "jsonl", "--threads", n]).stdout)
        .collect();
    assert!(outputs[0] == outputs[1] && outputs[1] == outputs[2]);
    assert_eq!(String::from_utf8_lossy(&outputs[0]).lines().count(), 1500);
}

#[test]
fn presegmented_text_keeps_its_words_and_is_printed_with_spaces() {
    let text = "Bão số 5 đổ_bộ vào Quảng_Trị . Người_dân Quảng_Trị dọn_dẹp sau bão .";
    let output = run_with(&["sum", "-n", "1"], text.as_bytes());
    assert_eq!(stdout(&output), "Bão số 5 đổ bộ vào Quảng Trị .\n");
    let object = json(&run_with(&["sum", "-n", "1", "-f", "json"], text.as_bytes()));
    assert_eq!(object["sentences"][0]["text"], "Bão số 5 đổ_bộ vào Quảng_Trị .");
}

#[test]
fn wrong_usage_exits_with_2_and_a_closed_pipe_is_quiet() {
    for arguments in [
        &["sum", "-n", "0", "samples/gia-gao.txt"][..],
        &["sum", "-r", "2", "samples/gia-gao.txt"],
        &["sum", "-n", "1", "-w", "5", "samples/gia-gao.txt"],
        &["sum", "--method", "magic", "samples/gia-gao.txt"],
        &["sum", "--mmr", "7", "samples/gia-gao.txt"],
        &["sum", "--background", "samples/gia-gao.txt", "samples/gia-gao.txt"],
        &["no-such-command"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
    let mut child = tomtat()
        .args(["sum", "-R", "samples", "-f", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
}

#[test]
fn help_lists_every_method() {
    let text = stdout(&run(&["summarize", "--help"]));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for entry in tomtat::rank::REGISTRY {
        assert!(text.contains(entry.info.name), "{}", entry.info.name);
        assert!(text.contains(entry.info.summary), "{}", entry.info.summary);
    }
}

const MARKED: &str = "Hợp tác xã bán gạo <b>thơm</b> & lúa\n\n\
    Sáng 5/3, hợp tác xã Tân Lộc bán 25 tấn gạo thơm sang Nhật Bản.\n\n\
    Nông dân đóng bao gạo. Ảnh: Minh Hà\n\n\
    Giá gạo <script>cao</script> gấp đôi năm ngoái. Đêm hội kéo dài tới khuya ở đầu làng.\n";

#[test]
fn summaries_are_explained() {
    let output = run_with(&["summarize", "-n", "1", "--explain", "-f", "json"], MARKED.as_bytes());
    let explained = &json(&output)["explain"];
    assert_eq!(explained["picks"].as_array().map(Vec::len), Some(1));
    assert!(!explained["picks"][0]["features"].as_array().expect("a list").is_empty());
    assert!(!explained["not_chosen"].as_array().expect("a list").is_empty());
    assert_eq!(explained["left_out"][0]["role"], "caption");
    assert_eq!(explained["left_out"][0]["evidence"][0], "credit-tag");
    let plain = run_with(&["summarize", "-n", "1", "-f", "json"], MARKED.as_bytes());
    assert!(json(&plain).get("explain").is_none());
    let text = stdout(&run_with(&["summarize", "--explain"], MARKED.as_bytes()));
    assert!(text.contains("top terms") && text.contains("caption [credit-tag]"), "{text}");
}

#[test]
fn pages_and_marked_text_hold_the_article() {
    let page = stdout(&run_with(&["summarize", "-f", "html"], MARKED.as_bytes()));
    assert!(page.contains("<mark id=") && page.contains("&lt;b&gt;thơm&lt;/b&gt; &amp; lúa"));
    assert!(!page.contains("<script") && page.trim_end().ends_with("</html>"), "{page}");
    let marked = stdout(&run_with(&["summarize", "-n", "1", "--highlight"], MARKED.as_bytes()));
    assert!(marked.contains("[[") && marked.contains("(caption) ") && !marked.contains('\x1b'));
    let arguments = ["summarize", "--highlight", "--color", "always"];
    assert!(stdout(&run_with(&arguments, MARKED.as_bytes())).contains("\x1b[1;7m"));
    let refused = run_with(&["summarize", "--highlight", "-f", "json"], MARKED.as_bytes());
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn a_page_that_is_no_article_has_no_summary() {
    let page = "<!DOCTYPE html><html><head><title>Trang bạn tìm không tồn tại</title></head><body><p>Mời bạn \
                quay lại trang chủ của báo. Mọi góp ý xin gửi về toà soạn ở phố Bờ Sông.</p></body></html>";
    let folder = Folder::new("summarize", &[("gone.html", page)]);
    let output = folder.run("gone.html");
    assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
    assert!(stderr(&output).contains("an error page, not an article"), "{}", stderr(&output));
    let record = json(&folder.run("gone.html -f json"));
    let record = record.as_array().map_or(&record, |records| &records[0]);
    assert_eq!(record["status"], "empty");
    assert_eq!(record["sentences"].as_array().map(Vec::len), Some(0));
    assert_eq!(record["length"]["given"], 0);
    let codes: Vec<&str> = record["warnings"]
        .as_array()
        .expect("warnings")
        .iter()
        .filter_map(|warning| warning["code"].as_str())
        .filter(|code| *code != "left-out")
        .collect();
    assert_eq!(codes, ["empty", "error-page"]);
    assert_eq!(folder.run("gone.html --raw").status.code(), Some(0));
}
