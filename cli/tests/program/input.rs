//! Inputs of every format, as files by name and as pipes by content, read by all commands alike.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::run::{Folder, json, ok, run, run_with, stderr, stdout, tomtat};

const OBJECT: &str = r#"{"id": "lúa-1", "title": "Lúa được mùa",
    "body": "Lúa hè thu được mùa ở Đồng Tháp. Nông dân bán lúa tươi ngay tại ruộng."}"#;
const ARRAY: &str = r#"[
  {"id": 7, "data": {"text": "Mưa đá rơi ở Sa Pa chiều qua. Nhiều vườn rau bị dập nát."}},
  {"id": 18446744073709551617, "data": {"text": "Đường lên bản đã thông xe."}}
]"#;
const LINES: &str = "{\"id\": 18446744073709551617, \"body\": \"Chợ nổi họp từ sáng sớm.\"}\n\
    {\"id\": 18446744073709551618, \"body\": \"Ghe thuyền chở đầy trái cây.\"}\n";
const TABLE: &str = "id,title,body\n\
    1,\"Giá cà phê, giá tiêu\",\"Giá cà phê tăng.\nNgười trồng tiêu vẫn lo.\"\n";

/// The ids and the texts of sentences that a run printed as JSON Lines.
fn summaries(printed: &str) -> Vec<(String, Vec<String>)> {
    let summary = |line: &str| {
        let value: Value = serde_json::from_str(line).expect("JSON");
        let texts = value["sentences"].as_array().expect("sentences").iter();
        let texts = texts.map(|s| s["text"].as_str().expect("a text").to_owned()).collect();
        (value["id"].as_str().expect("an id").to_owned(), texts)
    };
    printed.lines().map(summary).collect()
}

fn pair(id: &str, texts: &[&str]) -> (String, Vec<String>) {
    (id.to_owned(), texts.iter().map(|text| (*text).to_owned()).collect())
}

/// What `summarize` makes of a file and of the same bytes in a pipe must be the same.
fn both_ways(name: &str, content: &str, options: &str) -> Vec<(String, Vec<String>)> {
    let folder = Folder::new("summarize", &[(name, content)]);
    let of_file = summaries(&ok(&folder.run(&format!("{name} -f jsonl {options}"))));
    let arguments: Vec<&str> =
        ["summarize", "-f", "jsonl"].into_iter().chain(options.split_whitespace()).collect();
    let of_pipe = summaries(&ok(&run_with(&arguments, content)));
    assert_eq!(of_file, of_pipe, "{name}");
    of_file
}

#[test]
fn json_is_read_by_name_and_by_content() {
    let lua = ["Lúa hè thu được mùa ở Đồng Tháp.", "Nông dân bán lúa tươi ngay tại ruộng."];
    assert_eq!(both_ways("lua.json", OBJECT, ""), [pair("lúa-1", &lua)]);
    let fields = "--field body=data.text -n 1";
    let found = both_ways("thoi-tiet.json", ARRAY, fields);
    assert_eq!(found[1], pair("18446744073709551617", &["Đường lên bản đã thông xe."]));
    let found = both_ways("cho.jsonl", LINES, "");
    assert_eq!(found[0], pair("18446744073709551617", &["Chợ nổi họp từ sáng sớm."]));
    assert_eq!(found[1].0, "18446744073709551618");
    // JSON Lines under the wrong name.
    assert_eq!(both_ways("cho.json", LINES, ""), found);
}

#[test]
fn tables_are_read_by_their_header() {
    let texts = ["Giá cà phê tăng.", "Người trồng tiêu vẫn lo."];
    assert_eq!(both_ways("gia.csv", TABLE, ""), [pair("1", &texts)]);
    let tabs = "id\tbody\nx\tThuyền về bến sớm.\n";
    assert_eq!(both_ways("ben.tsv", tabs, ""), [pair("x", &["Thuyền về bến sớm."])]);
    // Semicolons, as spreadsheets in Vietnam write them, and a byte order mark.
    let semicolons = "\u{FEFF}id;body\nx;Thuyền về bến, cá đầy khoang.\n";
    let found = both_ways("ben.csv", semicolons, "");
    assert_eq!(found, [pair("x", &["Thuyền về bến, cá đầy khoang."])]);
    let folder = Folder::new("summarize", &[("ben.csv", "a,body\n1\n2,Cá về.\n")]);
    let output = folder.run("ben.csv -f jsonl");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("ben.csv:2: has 1 cells, the header has 2"));
}

#[test]
fn a_quote_that_is_never_closed_is_told() {
    let open = "id,body\n1,\"Cá về đầy bến.\"\n2,\"Chợ đông từ sớm.\n3,Ghe nhỏ chở rau.\n";
    let folder = Folder::new("tokenize", &[("cho.csv", open), ("trong.csv", "")]);
    let output = folder.run("cho.csv");
    assert_eq!(output.status.code(), Some(3));
    assert!(stdout(&output).starts_with("Cá về") && !stdout(&output).contains("Ghe"));
    let said = stderr(&output);
    assert!(said.contains("cho.csv:3: a quote that begins in this row is never closed"), "{said}");
    let output = run_with(&["tokenize", "--input", "csv"], "id,\"body\n1,Cá về.\n");
    assert!(stderr(&output).contains("-:1: a quote that begins"), "{}", stderr(&output));
    // An empty table, one of a header, and one whose last line does not end.
    for table in ["", "body\n"] {
        let output = run_with(&["tokenize", "--input", "csv"], table);
        assert_eq!(stdout(&output), "", "{table:?}");
    }
    for table in ["body\nCá về.", "body\r\n\"Cá về.\"\r\n", "body\n\"Cá\nvề.\""] {
        let output = run_with(&["tokenize", "--input", "csv"], table);
        assert!(ok(&output).starts_with("Cá"), "{table:?}");
    }
}

#[test]
fn a_list_of_texts_is_a_list_of_articles() {
    let texts = "[\"Cá về đầy bến.\", \"Chợ đông từ sớm.\"]";
    let [first, second] = ["Cá về đầy bến.", "Chợ đông từ sớm."];
    let folder = Folder::new("summarize", &[("cho.json", texts)]);
    let found = summaries(&ok(&folder.run("cho.json -f jsonl")));
    assert_eq!(found, [pair("cho.json:1", &[first]), pair("cho.json:1, record 2", &[second])]);
    let found = summaries(&ok(&run_with(&["summarize", "-f", "jsonl"], texts)));
    assert_eq!(found[1], pair("-:1, record 2", &[second]));
    let normalized = run_with(&["normalize"], "[\"Hoà bình.\"]");
    assert_eq!(ok(&normalized), "[\"Hoà bình.\"]");
    let lists = run_with(&["summarize"], "[{\"body\": \"Cá về.\"}, [\"a\"], 7]");
    assert_eq!(lists.status.code(), Some(3));
    let said = stderr(&lists);
    assert!(
        said.contains("-:1, record 2: a list is no record (a record is a JSON object"),
        "{said}"
    );
}

#[test]
fn prose_that_looks_like_a_table_or_json_stays_prose() {
    for text in [
        "Sáng nay, chiều qua, tối nay đều mưa. Đường ngập.\n",
        "{Ghi chú của biên tập} Bài viết dưới đây là lời kể của người dân. Đường ngập.\n",
        "[Video] Cảnh ngập lụt ở Huế. Nước lên nhanh.\n",
        "\"Nước lên nhanh quá\", bà Sáu nói. Cả xóm phải đi thuyền.\n",
    ] {
        let value = json(&run_with(&["summarize", "-f", "json", "--raw"], text));
        assert_eq!(value["id"], "-", "{text}");
        assert!(value["sentences"].as_array().is_some_and(|s| !s.is_empty()), "{text}");
    }
}

#[test]
fn all_commands_read_the_same_records() {
    let folder = Folder::new("tokenize", &[("lua.json", OBJECT), ("gia.csv", TABLE)]);
    let words = ok(&folder.run("lua.json gia.csv"));
    assert!(words.starts_with("Lúa hè_thu") || words.starts_with("Lúa hè thu"), "{words}");
    assert!(!words.contains('{') && !words.contains("title"), "{words}");
    let keywords = stdout(&run_with(&["keywords", "-f", "jsonl"], ARRAY.replace("data", "x")));
    assert!(keywords.is_empty(), "{keywords}");
    let keywords = run_with(&["keywords", "-f", "jsonl", "--field", "body=data.text"], ARRAY);
    assert!(ok(&keywords).contains("\"id\":\"18446744073709551617\""));
}

#[test]
fn packed_files_are_unpacked_by_content() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(LINES.as_bytes()).expect("packed");
    let packed = packed.finish().expect("packed");
    let output = ok(&run_with(&["summarize", "-f", "jsonl"], &packed));
    assert_eq!(summaries(&output).len(), 2);
    // What was whole before the damage is read, and the rest told in words.
    let mut wrong = packed.clone();
    let middle = wrong.len() / 2;
    wrong[middle] ^= 0x55;
    for bytes in [&packed[..packed.len() - 12], &packed[..packed.len() / 2], &wrong] {
        let output = run_with(&["summarize", "-f", "jsonl"], bytes);
        assert!(!output.status.success());
        let said = stderr(&output);
        assert!(said.contains("is damaged or cut off here (`gzip -t` checks it)"), "{said}");
    }
}

#[test]
fn records_in_utf_16_are_read_by_name_and_by_content() {
    // U+0A0A and U+010A hold the byte of a line end.
    let records = "{\"id\": \"ਊ\", \"body\": \"Chợ nổi họp từ sáng sớm.\"}\r\n\
                   {\"id\": \"Ċ\", \"body\": \"Ghe thuyền chở đầy trái cây.\"}\r\n";
    let table = "id,body\nਊ,Chợ nổi họp từ sáng sớm.\nĊ,Ghe thuyền chở đầy trái cây.\n";
    let expected =
        [pair("ਊ", &["Chợ nổi họp từ sáng sớm."]), pair("Ċ", &["Ghe thuyền chở đầy trái cây."])];
    for text in [records, table] {
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (mark, bytes, name) in
            [([0xFF, 0xFE], little, "utf-16le"), ([0xFE, 0xFF], big, "utf-16be")]
        {
            let marked = [&mark[..], &bytes].concat();
            let output = ok(&run_with(&["summarize", "-f", "jsonl"], marked));
            assert_eq!(summaries(&output), expected, "{name}");
            let format = if text == table { "csv" } else { "jsonl" };
            let named = ["summarize", "-f", "jsonl", "--encoding", name, "--input", format];
            assert_eq!(summaries(&ok(&run_with(&named, &bytes))), expected, "{name}");
        }
    }
    let old = run_with(&["keywords", "--input", "jsonl"], b"{\"body\": \"Vi\xD6t Nam\"}\n");
    assert!(stderr(&old).contains("name its encoding with --encoding"), "{}", stderr(&old));
}

#[test]
fn dumps_of_wikis_are_streams_of_articles() {
    let dump = "<mediawiki xml:lang=\"vi\"><page><title>Chùa Keo</title><ns>0</ns><id>12</id>\
        <revision><id>1</id><text>'''Chùa Keo''' là một [[chùa]] cổ ở [[Thái Bình]].<ref>Sách</ref> \
        Chùa có gác chuông bằng gỗ.</text></revision></page></mediawiki>";
    let texts = ["Chùa Keo là một chùa cổ ở Thái Bình.", "Chùa có gác chuông bằng gỗ."];
    assert_eq!(both_ways("viwiki.xml", dump, ""), [pair("12", &texts)]);
}

#[test]
fn what_cannot_be_read_is_refused_with_what_to_do() {
    for (bytes, found) in [
        (&b"%PDF-1.7 ..."[..], "is a PDF (extract its text first"),
        (b"\x89PNG\r\n\x1a\n....", "is a picture (its text must be recognized first"),
        (b"PK\x03\x04....", "is a ZIP archive"),
        (b"PAR1....", "is Parquet"),
        (b"\xFF\xFE\0\0M\0\0\0", "is UTF-32, which is not read (convert it first"),
        (b"<?xml version=\"1.0\"?><rss><item>x</item></rss>", "is XML, and neither a page"),
    ] {
        let output = run_with(&["summarize"], bytes);
        assert_eq!(output.status.code(), Some(2), "{found}");
        assert!(stderr(&output).contains(found), "{}", stderr(&output));
    }
}

#[test]
fn a_wrong_field_is_told_ten_times_and_counted() {
    let records = "{\"id\": 1, \"noi_dung\": \"Trời mưa.\"}\n".repeat(250);
    let output = run_with(&["summarize", "-f", "jsonl", "--input", "jsonl"], &records);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stdout(&output).lines().count(), 250, "every record in gives a record out");
    let said = stderr(&output);
    assert!(said.lines().count() <= 12, "{said}");
    assert!(said.contains("fields found: id, noi_dung") && said.contains("240 more like these"));
}

#[test]
fn a_file_after_fields_is_a_file() {
    let folder =
        Folder::new("summarize", &[("a.jsonl", "{\"so\": \"a\", \"chu\": \"Trời mưa.\"}\n")]);
    let output = folder.run("-f jsonl --field id=so body=chu a.jsonl");
    assert_eq!(summaries(&ok(&output)), [pair("a", &["Trời mưa."])]);
}

#[test]
fn lines_that_are_too_long_are_named_and_the_rest_is_read() {
    let long = format!("{{\"id\": 1, \"body\": \"{}\"}}\n", "mưa ".repeat(3000));
    let input = format!("{long}{{\"id\": 2, \"body\": \"Trời tạnh.\"}}\n");
    let arguments = ["summarize", "-f", "jsonl", "--input", "jsonl", "--longest", "8K"];
    let output = run_with(&arguments, &input);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("-:1: the line is longer than 8 KiB"), "{}", stderr(&output));
    let found = summaries(&stdout(&output));
    assert_eq!(found[1], pair("2", &["Trời tạnh."]));
}

#[test]
fn lists_globs_and_ignore_files_name_inputs() {
    let folder = Folder::new(
        "summarize",
        &[
            ("bao/a.txt", "Cầu mới thông xe.\n"),
            ("bao/b.txt", "Trường mới khai giảng.\n"),
            ("bao/nhap.txt", "Bản nháp.\n"),
            ("bao/.ignore", "nhap.txt\n"),
            ("list", "bao/b.txt\nbao/a.txt\n"),
        ],
    );
    let ids = |arguments: &str| -> Vec<String> {
        let printed = ok(&folder.run(&format!("{arguments} -f jsonl --raw")));
        summaries(&printed).into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(ids("-R bao"), ["bao/a.txt", "bao/b.txt"]);
    assert_eq!(ids("-R bao --no-ignore"), ["bao/a.txt", "bao/b.txt", "bao/nhap.txt"]);
    assert_eq!(ids("-R bao -g !b.txt"), ["bao/a.txt"]);
    assert_eq!(ids("--files-from list"), ["bao/b.txt", "bao/a.txt"]);
}

#[test]
fn a_broken_byte_gets_no_advice_to_change_the_encoding() {
    let mut bytes = "Quán nhỏ bên sông bán cháo cá lóc rau đắng.\n".as_bytes().to_vec();
    bytes.splice(5..8, [0xE1]);
    let output = run_with(&["check"], &bytes);
    assert!(!stdout(&output).contains("--encoding"), "{}", stdout(&output));
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_written_and_read_by_the_names_of_columns() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    let lines = "{\"id\": \"a\", \"title\": \"Chợ nổi\", \"body\": \"Chợ nổi Cái Răng họp từ năm giờ sáng. \
                 Khách từ thành phố đến chợ rất đông.\"}\n{\"id\": \"b\", \"body\": \"\"}\n";
    fs::write(path("in.jsonl"), lines.repeat(40)).expect("a file");
    let (input, table) = (path("in.jsonl"), path("out.parquet"));
    ok(&run(&["summarize", "-n", "1", "-m", "lead", &input, "-f", "parquet", "-o", &table]));
    let again =
        ok(&run(&["summarize", "-n", "1", &table, "--field", "body=summary", "-f", "jsonl"]));
    let first = again.lines().next().expect("a line");
    assert_eq!(again.lines().count(), 80);
    assert!(first.contains("\"id\":\"a\",\"status\":\"ok\",\"title\":\"Chợ nổi\""), "{first}");
    assert!(first.contains("Chợ nổi Cái Răng họp từ năm giờ sáng."), "{first}");

    for command in [&["keywords"][..], &["terms", "-u", "syllable"], &["tokenize"]] {
        let arguments = [command, &[&input, "-f", "parquet", "-o", &table]].concat();
        ok(&run(&arguments));
        let bytes = fs::read(&table).expect("a file");
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{command:?}");
    }
    // Tokens are rows: their texts are a column.
    let tokens = ok(&run(&["concordance", "chợ", &table, "--field", "body=text", "-f", "tsv"]));
    assert_eq!(tokens.lines().count(), 1 + 80, "{tokens}");

    let bytes = fs::read(&table).expect("a file");
    fs::write(path("cut.parquet"), &bytes[..bytes.len() / 2]).expect("a file");
    let cut = run(&["summarize", &path("cut.parquet")]);
    assert_eq!(cut.status.code(), Some(2));
    assert!(stderr(&cut).contains("cannot be read as Parquet"), "{}", stderr(&cut));
    let piped = run_with(&["summarize", "-"], &bytes);
    assert_eq!(piped.status.code(), Some(2));
    assert!(stderr(&piped).contains("name the file instead of a pipe"), "{}", stderr(&piped));
}

#[test]
fn help_and_messages_are_vietnamese_if_asked() {
    let help = ok(&run(&["--lang", "vi", "summarize", "--help"]));
    assert!(help.contains("Cách dùng: tomtat summarize") && help.contains("Độ dài tính bằng câu"));
    assert!(!help.contains("Print") && !help.contains("Examples:"), "{help}");
    let with_locale = |locale: &str, arguments: &[&str]| {
        let mut command = tomtat();
        command.env("LC_ALL", "").env("LC_MESSAGES", "").env("LANG", locale);
        command.args(arguments).stdin(Stdio::null()).output().expect("the program runs")
    };
    let message = stderr(&with_locale("vi_VN.UTF-8", &["sum", "no-such-file"]));
    assert!(message.contains("lỗi: no-such-file: không có tệp này"), "{message}");
    let wrong = stderr(&with_locale("vi_VN.UTF-8", &["sum", "--no-such-option"]));
    assert!(wrong.contains("lỗi: không có tham số '--no-such-option'"), "{wrong}");
    let english = stderr(&with_locale("en_US.UTF-8", &["sum", "no-such-file"]));
    assert!(english.contains("error: no-such-file: no such file"), "{english}");
    let profile = ok(&with_locale("vi_VN", &["profile", "samples/gia-gao.txt"]));
    assert!(profile.contains("kích thước") && profile.contains("số từ khác nhau"), "{profile}");
    assert!(!profile.contains("size"), "{profile}");
    // What programs read is the same.
    let json = |locale| with_locale(locale, &["sum", "-f", "json", "samples/gia-gao.txt"]).stdout;
    assert_eq!(json("vi_VN.UTF-8"), json("C"));
}

/// The texts of a page that stand between its tags, or in its attributes for people.
fn texts_of_page(page: &str) -> Vec<String> {
    let body = page.split_once("</style>").map_or(page, |(_, body)| body);
    let mut texts = Vec::new();
    let markup = body
        .split("<script")
        .map(|part| part.split_once("</script>").map_or(part, |(_, after)| after));
    for part in markup.flat_map(|part| part.split('<')) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        texts.push(text.trim().to_owned());
        for name in ["aria-label=\"", "title=\""] {
            let value = tag.split_once(name).and_then(|(_, rest)| rest.split_once('"'));
            texts.extend(value.map(|(value, _)| value.to_owned()));
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}

/// In a Vietnamese page nothing stays as it was in English but names of measures, commands and what
/// the texts themselves say.
#[test]
fn pages_are_vietnamese_if_asked() {
    let article = "Mưa lớn làm ngập chợ Bến Thành\n\nMưa lớn chiều qua làm ngập khu chợ Bến Thành. Tiểu \
                   thương kê cao hàng hóa. Nước rút sau hai giờ. Ảnh: Lê Văn\n";
    let lines = ["Mưa lớn", "Nắng gắt", "Gió mạnh"].map(|what| {
        format!(
            "{{\"id\": \"{what}\", \"abstract\": \"{what} ở Huế làm dân lo.\", \"body\": \"{what} ở Huế từ \
             sáng. Dân lo cho vụ lúa đang chín. Tỉnh đã cử đoàn về giúp các xã ven sông.\"}}\n"
        )
    });
    let data = lines.concat();
    let folder = Folder::new("summarize", &[("cho.txt", article), ("data.jsonl", &data)]);
    let pages = [
        ("profile", "cho.txt -f html"),
        ("profile", "cho.txt data.jsonl -f html"),
        ("summarize", "cho.txt -n 1 -f html --explain"),
        ("bench", "data.jsonl --method lead-1,trained --report page.html"),
        ("bench", "data.jsonl --method lead-1,trained -n 1 --pairs page.html"),
    ];
    for (command, arguments) in pages {
        let page = |language: &str| {
            let path = folder.path().join("page.html");
            let _ = fs::remove_file(&path);
            let mut program = tomtat();
            program.args(["--lang", language, command]).args(arguments.split(' '));
            let output = program.current_dir(folder.path()).output().expect("the program runs");
            let printed = ok(&output);
            fs::read_to_string(path).unwrap_or(printed)
        };
        let (english, vietnamese) = (page("en"), page("vi"));
        assert!(vietnamese.contains("<html lang=\"vi\">"), "{vietnamese:.200}");
        assert!(!vietnamese.contains("độ dài 3 sentences"), "{command} {arguments}");
        let english = texts_of_page(&english);
        let is_plain = |text: &&String| {
            let is_word =
                |word: &str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
            // Names of measures and evidence are codes; a word of the texts may look like English.
            let is_new = |word: &&str| {
                let is_given = article.contains(*word) || data.contains(*word);
                is_word(word) && !is_given
            };
            let is_command = text.starts_with("tomtat ");
            !is_command && text.split([' ', ',', ';']).filter(is_new).count() > 1
        };
        let left: Vec<String> = texts_of_page(&vietnamese)
            .into_iter()
            .filter(|text| english.contains(text))
            .filter(|text| is_plain(&text))
            .collect();
        assert!(left.is_empty(), "{command} {arguments}: {left:#?}");
    }
}
