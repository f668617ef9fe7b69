//! `tomtat bench` as a user runs it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::run::{Folder, stderr, stdout};

fn row<'a>(value: &'a Value, name: &str) -> &'a Value {
    let rows = value["rows"].as_array().expect("rows");
    rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("no row {name}: {value}"))
}

fn f(value: &Value, name: &str, measure: &str) -> f64 {
    row(value, name)["measures"][measure]["f"]["mean"].as_f64().expect("a number")
}

const TOPICS: [&str; 6] =
    ["giá gạo", "giá xăng", "đội tuyển nữ", "cầu vượt sông", "bão số năm", "mùa thi lớp mười"];

/// Articles whose second sentence is what the reference says.
fn articles(count: usize) -> String {
    let mut out = String::new();
    for i in 0..count {
        let (topic, place) = (TOPICS[i % 6], ["Huế", "Cần Thơ", "Đà Nẵng", "Vinh"][i % 4]);
        let record = json!({
            "id": format!("bài-{i}"),
            "title": format!("Tin về {topic}"),
            "abstract": format!("Người dân {place} quan tâm đến {topic} trong tuần thứ {i}."),
            "body": [
                format!("Sáng sớm ngày {} trời se lạnh.", i + 1),
                format!("Người dân {place} quan tâm đến {topic} trong tuần thứ {i} của năm."),
                "Nhiều việc khác cũng được nhắc tới ở cuộc họp.".to_owned(),
                format!("Chuyện {topic} sẽ còn được bàn vào tháng sau."),
            ],
        });
        let _ = writeln!(out, "{record}");
    }
    out
}

fn data() -> Folder {
    Folder::new("bench", &[("a.jsonl", &articles(24))])
}

#[test]
fn bounds_stand_where_they_must() {
    let value = data().json("a.jsonl -n 1");
    assert_eq!(value["schema"], "tomtat.bench/1");
    assert_eq!(value["measured"], 24);
    for measure in ["rouge1", "rouge2", "rougeL"] {
        let score = |name| f(&value, name, measure);
        assert!(score("oracle-1") > 0.9, "{measure}");
        assert!(score("oracle-1") > score("lead-1") && score("oracle-1") > score("floor"));
        // The second sentence is in the lead of two.
        assert!(score("lead-2") > score("lead-1"));
    }
    for entry in tomtat::rank::REGISTRY {
        assert_eq!(row(&value, entry.info.name)["kind"], "method");
        assert_eq!(row(&value, entry.info.name)["sentences"], 1.0);
    }
    assert_eq!(row(&value, "floor")["sentences"], Value::Null);
    assert_eq!(value["baseline"], "lead-1");
    assert!(row(&value, "lead-2")["measures"]["rouge1"]["against_baseline"].is_object());
    assert!(row(&value, "oracle")["measures"]["rouge1"]["against_baseline"].is_null());
}

#[test]
fn lead_is_scored_as_by_hand() {
    let line = json!({
        "title": "Mưa", "abstract": "Mưa to ở Huế.",
        "body": ["Mưa to.", "Trời nắng ở Huế."],
    });
    let folder = Folder::new("bench", &[("a.jsonl", &format!("{line}\n"))]);
    let value = folder.json("a.jsonl --method lead-1,lead-2");
    assert!((f(&value, "lead-1", "rouge1") - 2.0 * 2.0 / 6.0).abs() < 1e-12);
    assert!((f(&value, "lead-2", "rouge1") - 2.0 * 4.0 / 10.0).abs() < 1e-12);
    assert_eq!(row(&value, "lead-2")["syllables"], 6.0);
}

#[test]
fn threads_do_not_change_a_byte_and_seeds_do() {
    let folder = data();
    let run = |rest: &str| folder.run(&format!("a.jsonl -n 1 --report r.html {rest}")).stdout;
    let one = run("--threads 1");
    let report = folder.read("r.html");
    for threads in [2, 5] {
        assert_eq!(run(&format!("--threads {threads}")), one);
        assert_eq!(folder.read("r.html"), report);
    }
    assert_ne!(run("--threads 1 --seed 7"), one);
}

#[test]
fn every_format_carries_the_signature() {
    let folder = data();
    let quiet = stdout(&folder.run("a.jsonl -n 1 -q"));
    assert!(quiet.starts_with("tomtat-rouge|") && quiet.lines().count() == 1, "{quiet}");
    for format in ["table", "json", "csv", "markdown", "latex", "html"] {
        let output = folder.run(&format!("a.jsonl -n 1 -f {format}"));
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stdout(&output).contains(quiet.trim()), "{format}");
        assert_eq!(stderr(&output), "", "{format}");
    }
    let timed = folder.run("a.jsonl -n 1 --time");
    assert!(stdout(&timed).lines().nth(2).expect("a header").ends_with("ms"));
}

#[test]
fn a_report_needs_nothing_else_and_shows_text_as_text() {
    let line = json!({
        "id": "<b>x</b>", "title": "<script>alert(1)</script>",
        "abstract": "Mưa & gió ở Huế.", "body": ["Mưa <i>to</i> ở Huế & Vinh.", "Trời tạnh."],
    });
    let folder = Folder::new("bench", &[("a.jsonl", &format!("{line}\n{}", articles(5)))]);
    let page = stdout(&folder.run("a.jsonl -n 1 -f html"));
    assert!(!page.contains("<script") && !page.contains("<i>to") && !page.contains("<b>x"));
    assert!(page.contains("&lt;script&gt;alert(1)"));
    for outside in ["http://", "https://", "url(", "@import", " src="] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.matches("<svg").count() >= 6);
    assert_eq!(page.matches("<svg").count(), page.matches("</svg>").count());
    assert!(!page.contains("NaN") && !page.contains("inf,"), "numbers of charts are finite");
    // One article alone has neither a floor nor a spread.
    let folder = Folder::new("bench", &[("a.jsonl", &format!("{line}\n"))]);
    let output = folder.run("a.jsonl -f html");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!stdout(&output).contains("NaN"));
}

#[test]
fn results_of_other_programs_are_rows() {
    let gold: Vec<String> = articles(24)
        .lines()
        .map(|line| {
            let record: Value = serde_json::from_str(line).expect("JSON");
            record["abstract"].as_str().expect("a text").to_owned()
        })
        .collect();
    let gold = gold.join("\n");
    let folder = Folder::new(
        "bench",
        &[
            ("a.jsonl", &articles(24)),
            ("gold.txt", &gold),
            ("short.txt", "Một dòng.\n"),
            ("some.jsonl", "{\"id\":\"bài-1\",\"summary\":\"Mưa\"}\n"),
        ],
    );
    for sample in ["", "--sample 15"] {
        // Without correction, for the number of registered methods does not matter here.
        let arguments = format!("a.jsonl --pred perfect=gold.txt -n 1 --correction none {sample}");
        let value = folder.json(&arguments);
        assert!((f(&value, "perfect", "rouge2") - 1.0).abs() < 1e-12);
        let tests = &row(&value, "perfect")["measures"]["rouge1"]["against_baseline"];
        let p = tests["approximate_randomization"]["p_corrected"].as_f64().expect("a number");
        assert!(p < 0.05, "{sample}: {p}");
    }
    let output = folder.run("a.jsonl --pred short.txt");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("a.jsonl:2: has no partner"), "{}", stderr(&output));
    let output = folder.run("a.jsonl --pred some.jsonl");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("`bài-0` has no partner in some.jsonl"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn data_sets_are_read_in_every_format() {
    let csv =
        "ma,tieu_de,noi_dung,tom_tat\n1,Mưa,\"Mưa to ở Huế, nước dâng. Trời tạnh.\",Mưa to ở Huế\n";
    let seg = "Mưa ở Huế\n\nMưa to ở Huế .\n\nMưa to ở thành_phố Huế .\nTrời tạnh .\n\nẢnh cầu\n";
    let cluster = json!({
        "id": "c", "references": ["Mưa to ở Huế.", "Huế mưa to, nước sông dâng."],
        "documents": [
            {"title": "Mưa", "abstract": "Huế mưa to.", "body": "Nước sông dâng cao. Dân chạy lũ."},
            {"title": "Lũ", "body": "Sông Hương lên báo động hai. Huế mưa to từ đêm qua."},
        ],
    });
    let folder = Folder::new(
        "bench",
        &[
            ("a.csv", csv),
            ("v/000001.txt.seg", seg),
            ("v/000002.txt.seg", "chỉ có một phần\n"),
            ("c.jsonl", &format!("{cluster}\n")),
        ],
    );
    let fields = "--field id=ma title=tieu_de body=noi_dung reference=tom_tat";
    let value = folder.json(&format!("a.csv --method lead-1 {fields}"));
    assert!((f(&value, "lead-1", "rouge1") - 2.0 * 4.0 / 10.0).abs() < 1e-12);

    let output = folder.run("v --method lead-1 -f json");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("000002.txt.seg: 1 parts"), "{}", stderr(&output));
    let value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!((f(&value, "lead-1", "rouge1") - 2.0 * 4.0 / 10.0).abs() < 1e-12);

    let value = folder.json("c.jsonl -n 2 --references average");
    assert_eq!(row(&value, "multi")["kind"], "method");
    assert!(value["signature"].as_str().expect("a line").contains("|refs:2|"));
    // Clusters are read as `summarize --multi` reads them: a field beside the body is no text.
    let value = folder.json("c.jsonl --method lead-1 --measure rouge1");
    assert!((f(&value, "lead-1", "rouge1") - 2.0 * 3.0 / 10.0).abs() < 1e-12);
}

#[test]
fn wrong_data_and_names_are_told() {
    let folder = Folder::new(
        "bench",
        &[
            ("a.jsonl", &format!("{}{{\"id\":9}}\nbroken\n", articles(6))),
            ("none.jsonl", "{\"text\":\"Mưa\"}\n"),
            ("empty.jsonl", ""),
            ("x.pdf", "x"),
        ],
    );
    let output = folder.run("a.jsonl --method lead-1");
    assert_eq!(output.status.code(), Some(3));
    let message = "a.jsonl:7: no field `abstract`; fields found: id";
    assert!(stderr(&output).contains(message), "{}", stderr(&output));
    assert!(stderr(&output).contains("a.jsonl:8: not valid JSON"), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("a.jsonl: 6 articles"));
    for (arguments, code, message) in [
        ("none.jsonl", 2, "no field `abstract`; fields found: text"),
        ("empty.jsonl", 1, "no records"),
        ("x.pdf", 2, "not a data set by its name"),
        ("gone.jsonl", 2, "gone.jsonl: no such file"),
        ("a.jsonl --method nonsense", 2, "no row `nonsense`; there are floor"),
        ("a.jsonl --method lead-1,lead-1", 2, "two rows are called `lead-1`"),
        ("a.jsonl --method lead-0", 2, "at least 1"),
        ("a.jsonl --baseline nobody", 2, "--baseline nobody: no such row"),
        ("a.jsonl --field text=x", 2, "--field takes"),
        ("a.jsonl --level 100", 2, "between 0 and 100"),
    ] {
        let output = folder.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments}: {}", stderr(&output));
        assert!(stderr(&output).contains(message), "{arguments}: {}", stderr(&output));
    }
}

#[test]
fn near_duplicates_of_the_training_data_are_reported() {
    let long = |i: usize| {
        let words: Vec<String> = (0..120).map(|w| format!("chữ{}", (w * (i + 3)) % 97)).collect();
        json!({"id": i, "abstract": "Mưa to.", "body": words.join(" ") + "."}).to_string()
    };
    let near = long(1).replace("chữ4 ", "chữ khác ");
    let folder = Folder::new(
        "bench",
        &[
            ("test.jsonl", &format!("{}\n{}\n{}\n", long(0), long(1), long(2))),
            ("train.jsonl", &format!("{}\n{near}\n", long(7))),
        ],
    );
    let value = folder.json("test.jsonl --train train.jsonl --method lead-1");
    let found = value["near_duplicates"]["found"].as_array().expect("a list");
    assert_eq!(found.len(), 1, "{value}");
    assert_eq!((&found[0]["id"], &found[0]["train"]), (&json!("1"), &json!("train.jsonl:2")));
    assert_eq!(value["measured"], 3);
    let value = folder.json("test.jsonl --train train.jsonl --drop-duplicates --method lead-1");
    assert_eq!(value["measured"], 2);
}

#[test]
fn titles_lengths_and_thresholds_are_kept() {
    let folder = data();
    let signature = |rest: &str| stdout(&folder.run(&format!("a.jsonl -q {rest}")));
    assert!(signature("--no-title").contains("|title:no|"));
    assert!(signature("--no-title --title").contains("|title:yes|"));
    assert!(signature("-w 12").contains("|len:12_words|"));
    assert!(signature("--length auto").contains("|len:auto|"));
    let value = folder.json("a.jsonl --syllables 14 --method random,lead,lead-1");
    for name in ["random", "lead"] {
        assert!(row(&value, name)["syllables"].as_f64().expect("a number") <= 14.0);
    }
    // Beside a length in syllables, rows of so many sentences stand only where they are asked for.
    assert_eq!(value["baseline"], "lead");
    let value = folder.json("a.jsonl --syllables 14");
    assert_eq!(value["baseline"], "lead");
    assert!(value["rows"].as_array().expect("rows").iter().all(|row| row["name"] != "lead-2"));
    let check =
        |least: &str| folder.run(&format!("a.jsonl -n 1 --fail-under {least}")).status.code();
    assert_eq!(check("oracle-1:rouge1=90"), Some(0));
    assert_eq!(check("floor:rouge1=99"), Some(1));
    assert_eq!(check("rouge1=0"), Some(0));
    assert_eq!(check("nobody:rouge1=1"), Some(2));
}

#[test]
fn words_are_measured_against_gold() {
    let conllu = "# text = Học sinh đi học.\n1\tHọc sinh\t_\n2\tđi\t_\n3\thọc\t_\n4\t.\t_\n\n";
    let folder = Folder::new(
        "bench",
        &[
            ("gold.txt", "Học_sinh đi học .\n\nSinh_viên ở thư_viện .\n"),
            ("same.txt", "Học_sinh đi học .\nSinh_viên ở thư_viện .\n"),
            ("none.txt", "Học sinh đi học .\nSinh viên ở thư viện .\n"),
            ("other.txt", "Học_sinh đi học .\nSinh_viên ở nhà .\n"),
            ("g.conllu", conllu),
            ("train.txt", "Sinh_viên đi\n"),
        ],
    );
    let value = folder.json("--task words gold.txt --pred same.txt --pred none.txt");
    let f1 = |name: &str| row(&value, name)["f1"]["mean"].as_f64().expect("a number");
    assert!((f1("same") - 1.0).abs() < 1e-12);
    // Alone: đi, học, ., ở, . are right, of eleven found and eight to find.
    assert!((f1("none") - 2.0 * 5.0 / 19.0).abs() < 1e-12);
    assert!((f1("none") - f1("syllables")).abs() < 1e-12);
    assert!(f1("tomtat") > 0.5);
    let value = folder.json("--task words g.conllu --method syllables --train train.txt");
    // Of học_sinh, đi, học, . the training text has đi.
    assert_eq!(row(&value, "syllables")["seen"], 1.0);
    assert_eq!(row(&value, "syllables")["unseen"], 2.0 / 3.0);
    for (arguments, message) in [
        ("gold.txt --pred other.txt", "other.txt:2: not the text of gold.txt"),
        ("none.txt", "no underscores found"),
        ("gold.txt --method lead-1", "no row `lead-1` in --task words"),
        ("gold.txt -f html", "the HTML report"),
    ] {
        let output = folder.run(&format!("--task words {arguments}"));
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        assert!(stderr(&output).contains(message), "{arguments}: {}", stderr(&output));
    }
    let check = |least: &str| folder.run(&format!("--task words gold.txt --fail-under {least}"));
    assert_eq!(check("syllables:f1=99").status.code(), Some(1));
    assert_eq!(check("syllables:f1=30").status.code(), Some(0));
}

#[test]
fn sentence_ends_are_compared_by_character() {
    let folder = Folder::new(
        "bench",
        &[
            ("gold.txt", "Ông T. ở TP.HCM.\nTrời mưa!\nGiá 1.250 đồng.\nHết.\n"),
            ("source.txt", "Ông T. ở  TP.HCM. Trời mưa!\nGiá 1.250 đồng. Hết.\n"),
            ("wrong.txt", "Ông T. ở TP.HCM. Trời nắng!\n"),
            ("pred.txt", "Ông T. ở TP.HCM.\nTrời mưa! Giá 1.250 đồng.\nHết.\n"),
        ],
    );
    let value = folder.json("--task sentences gold.txt --paragraph 4 --pred pred.txt");
    let counts =
        |name: &str| ["correct", "predicted", "gold"].map(|k| row(&value, name)[k].clone());
    // `Ông T.` ends no sentence.
    assert_eq!(counts("stops"), [json!(3), json!(4), json!(3)]);
    assert_eq!(counts("tomtat"), [json!(3), json!(3), json!(3)]);
    assert_eq!(counts("pred"), [json!(2), json!(2), json!(3)]);
    let value = folder.json("--task sentences gold.txt --source source.txt");
    assert_eq!(row(&value, "tomtat")["gold"], 2);
    assert_eq!(row(&value, "tomtat")["f1"]["mean"], 1.0);
    let output = folder.run("--task sentences gold.txt --source wrong.txt");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("they part at"), "{}", stderr(&output));
}

#[test]
fn roles_are_compared_by_character() {
    let page = "Cầu mới thông xe sớm hai tháng\n\nSáng 12/5, cây cầu dài 1,2 km được đưa vào khai \
        thác sau ba năm thi công.\n\nXe chạy thử trên cầu. Ảnh: Thu Hà\n\nTheo chủ đầu tư, công \
        trình rút ngắn quãng đường từ thị trấn ra quốc lộ còn 5 km.\n";
    let folder = Folder::new(
        "bench",
        &[
            ("p/a.txt", page),
            ("p/a.roles.tsv", "1\ttitle\n3\tsapo\n5\tcaption\n7\tbody\n"),
            ("p/without.txt", "Không có bảng."),
            ("bad.txt", "Một dòng."),
            ("bad.roles.tsv", "1\theadline\n"),
        ],
    );
    let value = folder.json("--task roles p");
    for role in ["text", "title", "caption", "all"] {
        assert_eq!(row(&value, role)["f1"]["mean"], 1.0, "{role}");
    }
    let output = folder.run("--task roles bad.txt");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("bad.roles.tsv:1: `headline` is no role"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_page_of_pairs_hides_whose_summary_is_which() {
    let mut articles = articles(24);
    articles = articles.replace("trời se lạnh.", "trời se lạnh </script><b>lắm</b>.");
    let folder = Folder::new("bench", &[("articles.jsonl", &articles)]);
    let run = |seed: u32| -> Value {
        let line = format!(
            "articles.jsonl -n 1 --method lead,trained --pairs pairs.html --resamples 10 --seed {seed}"
        );
        let output = folder.run(&line);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let page = folder.read("pairs.html");
        let data =
            page.split("id=\"data\">").nth(1).and_then(|rest| rest.split("</script>").next());
        serde_json::from_str(data.expect("the data of the page")).expect("JSON")
    };
    let data = run(1);
    assert_eq!(data["methods"], json!(["lead", "trained"]));
    assert_eq!(data["length"], "1 sentence");
    let pairs = data["pairs"].as_array().expect("pairs");
    assert!(pairs.len() > 4, "{data}");
    let mut sides = Vec::new();
    for pair in pairs {
        let lead = usize::from(pair["swapped"].as_bool().expect("a switch"));
        let text = |side: usize| pair["texts"][side].as_str().expect("a text");
        assert!(text(lead).starts_with("Sáng sớm ngày"), "{pair}");
        assert_ne!(text(0), text(1));
        assert!(pair["title"].as_str().is_some_and(|title| title.starts_with("Tin về")), "{pair}");
        sides.push(lead);
    }
    assert!(sides.contains(&0) && sides.contains(&1), "{sides:?}");
    assert_eq!(run(1), data);
    assert_ne!(run(2), data);
    let refused = folder.run("articles.jsonl -n 2 --method lead --pairs pairs.html");
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("two methods"), "{}", stderr(&refused));
}
