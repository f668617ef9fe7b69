//! `tomtat terms`, `keywords`, `collocations`, `keyness`, `concordance` and `profile` as a user runs
//! them.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::run::{Folder, json, ok, run, run_with, stderr, stdout, tomtat};

fn write(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, content).expect("a file");
    path.to_str().expect("a plain path").to_owned()
}

const SAMPLES: [&str; 3] =
    ["samples/cau-co-may.txt", "samples/gia-gao.txt", "samples/lop-hoc-tren-bai-bien.txt"];

const RAIN: &str = "Mưa to ở Huế. Mưa nhỏ ở Vinh, mưa to ở Lào Cai.";

#[test]
fn frequencies_are_counted_by_hand() {
    let output = run_with(&["terms", "-u", "syllable", "-f", "tsv", "--columns", "tf,df,pm"], RAIN);
    // 13 syllables.
    assert_eq!(
        ok(&output),
        "term\ttf\tdf\tpm\nmưa\t3\t1\t230769.23076923078\nở\t3\t1\t230769.23076923078\nto\t2\t1\t\
         153846.15384615384\ncai\t1\t1\t76923.07692307692\nhuế\t1\t1\t76923.07692307692\nlào\t1\t1\t\
         76923.07692307692\nnhỏ\t1\t1\t76923.07692307692\nvinh\t1\t1\t76923.07692307692\n"
    );
}

#[test]
fn ngrams_do_not_cross_punctuation() {
    let output = run_with(&["terms", "-u", "syllable", "-n", "2", "-f", "csv"], RAIN);
    let text = ok(&output);
    assert!(text.contains("mưa to,2,2,") && text.contains("lào cai,2,1,"), "{text}");
    assert!(!text.contains("huế mưa") && !text.contains("vinh mưa"), "{text}");
}

#[test]
fn merged_counts_are_those_of_one_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    let options = ["--columns", "tf,df,form,dp,arf", "-n", "1-2", "-f", "tsv"];
    let save = |name: &str, files: &[&str]| {
        let mut arguments = vec!["terms"];
        arguments.extend(options);
        let name = path(name);
        arguments.extend(["--save", &name]);
        arguments.extend(files);
        ok(&run(&arguments))
    };
    let whole = save("whole.stats", &SAMPLES);
    save("a.stats", &SAMPLES[..1]);
    save("b.stats", &SAMPLES[1..]);
    let mut arguments = vec!["terms"];
    arguments.extend(options);
    let (a, b, merged) = (path("a.stats"), path("b.stats"), path("merged.stats"));
    arguments.extend(["--save", &merged, "--merge", &a, &b]);
    assert_eq!(ok(&run(&arguments)), whole);
    assert_eq!(fs::read(&merged).ok(), fs::read(path("whole.stats")).ok());
    // Counts without places cannot give dispersion.
    let plain = path("plain.stats");
    ok(&run(&["terms", "--save", &plain, SAMPLES[0]]));
    let output = run(&["terms", "--merge", &plain, "--columns", "dp"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--columns dp"), "{}", stderr(&output));
    let output = run(&["terms", "--merge", SAMPLES[0]]);
    assert!(stderr(&output).contains("not a tomtat model"), "{}", stderr(&output));
}

#[test]
fn threads_do_not_change_a_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let samples: Vec<String> = SAMPLES
        .iter()
        .map(|s| fs::read_to_string(Path::new("..").join(s)).expect("a sample"))
        .collect();
    let mut lines = String::new();
    for i in 0..700 {
        let text = &samples[i % 3];
        let end = text.char_indices().nth(200 + i).map_or(text.len(), |(at, _)| at);
        let body = format!("{} mã{i}.", &text[..end]);
        lines.push_str(&serde_json::json!({ "id": i, "body": body }).to_string());
        lines.push('\n');
    }
    let corpus = write(folder.path(), "a.jsonl", &lines);
    // A text of several pieces.
    let long = write(folder.path(), "long.txt", &samples.join("\n\n").repeat(400));
    for options in [
        &["terms", "--columns", "tf,df,form"][..],
        &["terms", "--columns", "all", "--parts", "10"],
        &["terms", "--max-terms", "200", "--columns", "tf,df,missed"],
        &["terms", "--per-doc", "--weight", "sklearn", "--top", "3"],
        &["collocations", "--window", "3", "--measures", "all", "--min-tf", "20"],
        &["concordance", "biển"],
        &["keywords"],
        &["profile"],
    ] {
        let outputs: Vec<Output> = ["1", "2", "8"]
            .iter()
            .map(|threads| {
                let mut arguments = options.to_vec();
                arguments.extend(["-f", "tsv", "--threads", threads, &corpus, &long]);
                run(&arguments)
            })
            .collect();
        let first = ok(&outputs[0]);
        assert!(first.lines().count() > 10, "{options:?}: {first}");
        for output in &outputs[1..] {
            assert!(ok(output) == first, "{options:?}");
            assert_eq!(stderr(output), stderr(&outputs[0]), "{options:?}");
        }
    }
}

#[test]
fn long_texts_among_others_are_documents_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = format!("{RAIN}\n").repeat(40_000);
    let a = write(folder.path(), "a.txt", &long);
    let short = write(folder.path(), "b.txt", RAIN);
    let broken = folder.path().join("c.txt");
    let bytes = [long.as_bytes(), b"\n\xFF\xFE m\xC3", long.as_bytes()].concat();
    fs::write(&broken, bytes).expect("a file");
    let broken = broken.to_str().expect("UTF-8").to_owned();
    for threads in ["1", "2", "5"] {
        let output = run(&[
            "terms",
            "-f",
            "json",
            "-u",
            "syllable",
            "--threads",
            threads,
            &a,
            &short,
            &broken,
            &a,
            &a,
        ]);
        assert!(stderr(&output).contains("c.txt: not valid UTF-8"), "{}", stderr(&output));
        let object: serde_json::Value = serde_json::from_slice(&output.stdout).expect("an object");
        // The text that broke off is not counted, not even in part.
        assert_eq!(object["corpus"]["documents"], 4);
        assert_eq!(object["corpus"]["items"], 13 * 120_001);
        assert_eq!(object["rows"][0]["tf"], 3 * 120_001);
        assert_eq!(object["rows"][0]["df"], 4);
    }
}

#[test]
fn a_long_text_is_one_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = write(folder.path(), "long.txt", &format!("{RAIN}\n").repeat(40_000));
    let object = json(&run(&["terms", "-f", "json", "-u", "syllable", &long]));
    assert_eq!(object["corpus"]["documents"], 1);
    assert_eq!(object["corpus"]["items"], 13 * 40_000);
    assert_eq!(object["rows"][0]["tf"], 120_000);
    assert_eq!(object["rows"][0]["df"], 1);
}

#[test]
fn limited_memory_bounds_its_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines: Vec<String> = (0..3000).map(|i| format!("mưa to, mã{i}.")).collect();
    let path = write(folder.path(), "a.txt", &lines.join("\n"));
    let arguments = ["terms", "--lines", "--max-terms", "50", "-f", "json"];
    let output = run(&[&arguments[..], &["--columns", "tf,missed", &path]].concat());
    let object = json(&output);
    let lost = object["corpus"]["lost_at_most"].as_u64().expect("a bound");
    // N / (max_terms + 1), by Misra and Gries.
    assert!(lost > 0 && lost <= 9000 / 51, "{lost}");
    for row in &object["rows"].as_array().expect("rows")[..2] {
        assert_eq!((row["tf"].as_u64(), row["missed"].as_u64()), (Some(3000), Some(0)), "{row}");
    }
    assert!(stderr(&output).contains("counts are estimates"), "{}", stderr(&output));
}

#[test]
fn weights_of_documents_are_those_of_scikit_learn() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "a.txt", "mưa to mưa\nmưa nhỏ\nnắng\n");
    let arguments = ["terms", "--per-doc", "--lines", "-u", "syllable", "-f", "json"];
    let object = json(&run(&[&arguments[..], &["--weight", "sklearn", &path]].concat()));
    let rows = object["rows"].as_array().expect("rows");
    let weight = |i: usize| rows[i]["weight"].as_f64().expect("a weight");
    // idf: mưa ln(4/3) + 1, to ln(4/2) + 1.
    let (mua, to) = (2.0 * ((4.0f64 / 3.0).ln() + 1.0), 2.0f64.ln() + 1.0);
    assert_eq!((rows[0]["term"].as_str(), rows[1]["term"].as_str()), (Some("mưa"), Some("to")));
    assert!((weight(0) - mua / mua.hypot(to)).abs() < 1e-12);
    assert!((weight(1) - to / mua.hypot(to)).abs() < 1e-12);
    let output = run_with(&["terms", "--per-doc"], "mưa");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--idf background"), "{}", stderr(&output));
    // A word that the shipped statistics do not know is in no article of theirs.
    let background = ["terms", "--per-doc", "--idf", "background", "-f", "tsv"];
    let listed = ok(&run_with(&background, "mưa to ở zyxqw"));
    assert!(listed.contains("\tzyxqw\t1\t0\t"), "{listed}");
}

#[test]
fn choices_narrow_the_list() {
    let terms = |arguments: &[&str]| -> Vec<String> {
        let arguments = [&["terms", "-f", "tsv"], arguments, &SAMPLES].concat();
        let text = ok(&run(&arguments));
        text.lines().skip(1).map(|l| l.split('\t').next().expect("a term").to_owned()).collect()
    };
    let all = terms(&[]);
    assert!(all.contains(&"của".to_owned()) && all.contains(&"ở".to_owned()));
    let content = terms(&["--stop", "vietnamese"]);
    assert!(!content.contains(&"của".to_owned()) && content.len() < all.len());
    assert!(terms(&["--matching", "^b"]).iter().all(|term| term.starts_with('b')));
    assert!(terms(&["--min-df", "3"]).len() < terms(&["--max-df", "0.7"]).len());
    assert_eq!(terms(&["--top", "7"]).len(), 7);
    let sorted = terms(&["--sort", "term", "--collate"]);
    let place = |term: &str| sorted.iter().position(|t| t == term).expect(term);
    assert!(place("biển") < place("của") && place("của") < place("đã") && place("đã") < place("ở"));
    let folder = tempfile::tempdir().expect("a folder");
    let own = write(folder.path(), "stop.txt", "# mine\nCỦA\n");
    assert_eq!(terms(&["--stop", &own]).len(), all.len() - 1);
    let phrases = terms(&["-n", "2", "--stop", "vietnamese"]);
    assert!(phrases.iter().all(|p| !p.starts_with("của ") && !p.ends_with(" của")));
}

#[test]
fn mistakes_are_named() {
    for (arguments, expected) in [
        (&["terms", "--columns", "idf-x", "-"][..], "no column `idf-x`; columns are tf, df"),
        (&["terms", "-n", "6", "-"], "lengths are 1 to 5"),
        (&["terms", "-n", "x", "-"], "takes N or N-M"),
        (&["terms", "--skip", "10", "-"], "at most 9"),
        (&["terms", "--min-df", "1.5", "-"], "share from 0.0 to 1.0"),
        (&["terms", "--per-doc", "--weight", "ltx", "-"], "no weighting scheme `ltx`"),
        (&["terms", "--stop", "nowhere.txt", "-"], "cannot read nowhere.txt"),
        (&["terms", "--roles", "head", "-"], "parts are title"),
        (&["terms", "--matching", "(", "-"], "unclosed group"),
        (&["collocations", "--measures", "x", "-"], "no measure `x`; measures are ll"),
        (&["collocations", "--window", "0", "-"], "--window takes 1 to 10"),
        (&["keyness", "--measures", "x", "-"], "measures are ll, g2"),
        (&["concordance", "*", "-"], "matches every word"),
        (&["keywords", "--method", "x", "-"], "possible values: trained, tfidf"),
    ] {
        let output = run_with(arguments, "mưa to");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let message = stderr(&output);
        assert!(message.contains(expected), "{arguments:?}: {message}");
    }
}

#[test]
fn bad_input_is_named_and_does_not_end_the_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines =
        "{\"body\":\"mưa to\"}\n{broken\n{\"text\":\"mưa\",\"url\":\"x\"}\n{\"url\":\"y\"}\n";
    let path = write(folder.path(), "a.jsonl", lines);
    for command in ["terms", "collocations", "keywords", "profile"] {
        let output = run(&[command, "-f", "tsv", &path]);
        assert_eq!(output.status.code(), Some(3), "{command}: {}", stderr(&output));
        let message = stderr(&output);
        assert!(message.contains("a.jsonl:2: not valid JSON"), "{message}");
        assert!(message.contains("a.jsonl:4: no field `body`; fields found: url"), "{message}");
        assert!(message.contains("inputs that failed: 2, done: 2"), "{message}");
    }
    let output = run(&["terms", &path, "--field", "body=none"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    // Damage behind the first piece of a long text: nothing of it is counted.
    let mut long = format!("{RAIN}\n").repeat(30_000).into_bytes();
    long.push(0xFF);
    let bad = folder.path().join("bad.txt");
    fs::write(&bad, &long).expect("a file");
    let good = write(folder.path(), "good.txt", "nắng");
    let output = run(&["terms", "-f", "tsv", bad.to_str().expect("a plain path"), &good]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        stderr(&output).contains(&format!("at byte {}", long.len() - 1)),
        "{}",
        stderr(&output)
    );
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
}

#[test]
fn nothing_to_count_exits_with_1() {
    for command in [
        &["terms"][..],
        &["terms", "--per-doc", "--idf", "background"],
        &["keywords"],
        &["collocations"],
        &["keyness"],
        &["concordance", "mưa"],
        &["profile"],
    ] {
        for input in ["", " \n", "…!"] {
            let output = run_with(command, input);
            assert_eq!(output.status.code(), Some(1), "{command:?} {input:?}: {}", stderr(&output));
            assert!(!stderr(&output).is_empty());
        }
    }
}

#[test]
fn tables_are_what_programs_expect() {
    let csv = ok(&run_with(&["terms", "-f", "csv", "--bom"], "mưa 1,5 mưa"));
    assert!(csv.starts_with("\u{FEFF}term,tf,df,pm\nmưa,2,"), "{csv}");
    assert!(csv.contains("\n\"1,5\",1,"), "{csv}");
    let lines = ok(&run_with(&["terms", "-f", "jsonl"], "mưa to"));
    for line in lines.lines() {
        let object: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(object["schema"], "tomtat.terms/1");
    }
    let table = ok(&run_with(&["terms"], "Trường học ở xa. Trường học ở gần."));
    assert!(table.starts_with("1 documents, 6 words, 4 terms, 4 chosen\n\nterm"), "{table}");
}

#[test]
fn formulas_are_printed() {
    let text =
        ok(&run(&["terms", "--columns", "all", "--per-doc", "--weight", "ltc", "--explain"]));
    for name in ["idf-smooth: ", "arf: ", "dp: ", "ln((1 + N) / (1 + df)) + 1", "weight ltc"] {
        assert!(text.contains(name), "{name} in {text}");
    }
    for command in ["collocations", "keyness"] {
        let text = ok(&run(&[command, "--measures", "all", "--explain"]));
        let (formulas, sources) = (text.matches("  formula  "), text.matches("  source   "));
        assert_eq!(formulas.count(), sources.count());
        assert!(text.contains("chi2: chi-squared"));
    }
    assert!(ok(&run(&["keywords", "--explain"])).contains("textrank: TextRank"));
    assert!(ok(&run(&["profile", "--explain"])).contains("mtld: "));
}

#[test]
fn collocations_carry_their_contingency_table() {
    let text = "Mưa to. Mưa to. Mưa nhỏ. Gió to. Gió nhỏ.";
    let arguments = ["collocations", "-u", "syllable", "-f", "json", "--measures", "all"];
    let object = json(&run_with(&arguments, text));
    assert_eq!(object["corpus"]["pairs"], 5);
    let rows = object["rows"].as_array().expect("rows");
    let row = rows.iter().find(|r| r["first"] == "mưa" && r["second"] == "to").expect("a pair");
    let cells: Vec<u64> =
        ["o11", "o12", "o21", "o22"].iter().map(|n| row[*n].as_u64().expect("a count")).collect();
    assert_eq!(cells, [2, 1, 1, 1]);
    // e11 = 3 · 3 / 5.
    assert!((row["mi"].as_f64().expect("mi") - (2.0f64 / 1.8).log2()).abs() < 1e-12);
    let node = json(&run_with(&["collocations", "--node", "GIÓ", "-f", "json"], text));
    assert_eq!(node["rows"].as_array().map(Vec::len), Some(2));
}

#[test]
fn keyness_compares_two_corpora() {
    let object = json(&run(&[
        "keyness",
        SAMPLES[1],
        "--reference",
        SAMPLES[0],
        SAMPLES[2],
        "--both",
        "--measures",
        "all",
        "-f",
        "json",
    ]));
    let rows = object["rows"].as_array().expect("rows");
    assert_eq!((rows[0]["term"].as_str(), rows[0]["sign"].as_str()), (Some("gạo"), Some("+")));
    assert!(rows.iter().any(|row| row["sign"] == "-" && row["term"] == "thầy"));
    for row in rows {
        let p = |name: &str| row[name].as_f64().expect(name);
        assert!(p("p") <= p("p_corrected") && p("p_corrected") <= 1.0);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let stats = folder.path().join("ref.stats").to_str().expect("a plain path").to_owned();
    ok(&run(&["terms", "--save", &stats, SAMPLES[0], SAMPLES[2]]));
    let saved = ok(&run(&["keyness", SAMPLES[1], "--reference", &stats, "-f", "tsv"]));
    let read =
        ok(&run(&["keyness", SAMPLES[1], "-f", "tsv", "--reference", SAMPLES[0], SAMPLES[2]]));
    assert_eq!(saved, read);
    let background = run(&["keyness", SAMPLES[1], "-f", "tsv"]);
    assert!(stderr(&background).contains("documents are counted"), "{}", stderr(&background));
}

#[test]
fn concordances_have_places_and_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "Sáng uống cà phê đen. Trưa uống Cà Phê sữa.\nTối uống ca phe đá.";
    let path = write(folder.path(), "a.txt", text);
    let object = json(&run(&["concordance", "cà phê", &path, "-f", "json", "--sort", "right"]));
    assert_eq!(object["search"]["hits"], 2);
    for row in object["rows"].as_array().expect("rows") {
        let place = |name: &str| row[name].as_u64().expect(name) as usize;
        assert_eq!(&text[place("start")..place("end")], row["match"].as_str().expect("a match"));
    }
    let loose = ok(&run(&["kwic", "ca ph*", "--loose", &path, "-w", "12", "--sort", "left"]));
    assert!(loose.starts_with("3 hits in 1 documents, 3 listed\n"), "{loose}");
    let columns: Vec<usize> = loose
        .lines()
        .skip(3)
        .map(|line| {
            let at = line.to_lowercase().find("uống").expect("the context");
            line[..at].chars().count()
        })
        .collect();
    assert!(columns.windows(2).all(|pair| pair[0] == pair[1]), "{loose}");
}

#[test]
fn keywords_have_places() {
    let source = fs::read_to_string(Path::new("..").join(SAMPLES[1])).expect("the sample");
    for method in ["trained", "tfidf", "textrank", "yake"] {
        let output = run(&["keywords", SAMPLES[1], "--method", method, "-f", "jsonl", "-n", "8"]);
        let lines = ok(&output);
        assert_eq!(lines.lines().count(), 8, "{lines}");
        assert!(lines.contains("gạo") || lines.contains("Gạo") || lines.contains("GẠO"), "{lines}");
        for line in lines.lines() {
            let object: Value = serde_json::from_str(line).expect("JSON");
            let places = object["places"].as_array().expect("places");
            assert_eq!(places.len() as u64, object["tf"].as_u64().expect("tf"));
            for place in places {
                let at = |i: usize| place[i].as_u64().expect("an offset") as usize;
                assert!(source.get(at(0)..at(1)).is_some());
            }
        }
    }
}

#[test]
fn the_profile_writes_a_page_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("report.html");
    let name = page.to_str().expect("a plain path");
    let mut arguments = vec!["profile", "-f", "json", "--html", name, "--term", "<b>"];
    arguments.extend(SAMPLES);
    let object = json(&run(&arguments));
    let value = |measure: &str| {
        let rows = object["rows"].as_array().expect("rows");
        rows.iter().find(|r| r["measure"] == measure).expect(measure)["value"].clone()
    };
    assert_eq!(value("documents"), 3);
    let (types, words) = (value("types").as_f64(), value("words").as_f64());
    assert_eq!(value("ttr").as_f64(), types.zip(words).map(|(t, w)| t / w));
    let html = fs::read_to_string(&page).expect("the page");
    assert_eq!(html.matches("<svg").count(), html.matches("</svg>").count());
    assert!(html.matches("<svg").count() == 6 && !html.contains("<b></b>"));
    assert!(!html.contains("http") && !html.contains("<script") && html.contains("&lt;b&gt;"));
    // Links of terms lead to their contexts, which are slices of the texts.
    assert!(html.contains("href=\"#k0\"") && html.contains("id=\"k0\""));
    let text: Vec<String> = SAMPLES
        .iter()
        .map(|sample| fs::read_to_string(Path::new("..").join(sample)).expect("a sample"))
        .collect();
    let text = text.join("\n").split_whitespace().collect::<Vec<_>>().join(" ");
    let contexts = html.split("id=\"contexts\"").nth(1).expect("contexts");
    let lines = contexts.split("<tr>").skip(1).take_while(|line| line.contains("<b>"));
    let mut seen = 0;
    for line in lines {
        let line = line.split("</tr>").next().expect("a row").replace("</td><td>", " ");
        let line =
            ["<td>", "</td>", "<b>", "</b>"].iter().fold(line, |line, tag| line.replace(tag, ""));
        let line = line.replace("&quot;", "\"").replace(' ', "");
        assert!(text.replace(' ', "").contains(&line), "{line}");
        seen += 1;
    }
    assert!(seen > 20, "{contexts}");
    let printed = ok(&run(&[&["profile", "-f", "html", "--term", "<b>"], &SAMPLES[..]].concat()));
    assert_eq!(printed, html);
    // Standard input cannot be read again.
    let output = run_with(&["profile", "-f", "html"], RAIN);
    assert!(ok(&output).ends_with("</html>\n") && !ok(&output).contains("id=\"k0\""));
    assert!(stderr(&output).contains("is read once"), "{}", stderr(&output));
    let table = ok(&run_with(&["terms", "-f", "html"], "A < B, mưa & gió."));
    assert!(table.contains("<td>mưa</td><td class=\"n\">1</td>"), "{table}");
}

#[test]
fn foreign_words_have_a_language_and_count_by_their_stems() {
    let text = "Anh mê meeting, chị thích meetings. Em học marketing và 中文.";
    let columns = ["terms", "-u", "syllable", "--columns", "tf,lang", "-f", "tsv"];
    let plain = ok(&run_with(&columns, text));
    assert!(plain.contains("meeting\t1\tund-Latn\n") && plain.contains("anh\t1\tvi\n"), "{plain}");
    let mut arguments = columns.to_vec();
    arguments.extend(["--stem", "english", "--term-lang", "und-latn"]);
    let stemmed = ok(&run_with(&arguments, text));
    assert_eq!(stemmed, "term\ttf\tlang\nmeet\t2\tund-Latn\nmarket\t1\tund-Latn\n");

    let output = run_with(&["terms", "--stem", "greek"], text);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no stemmer for `greek`"), "{}", stderr(&output));
}

#[test]
fn the_language_of_messages_is_told_from_that_of_terms() {
    let said = |text: &str, arguments: &[&str]| {
        let output = run_with(&[&["terms", "--lang", "vi"], arguments].concat(), text);
        stderr(&output).contains("--term-lang vi")
    };
    let english = "The rain falls on the roof of this small house.";
    assert!(said(english, &[]));
    assert!(!said(english, &["--term-lang", "vi"]));
    assert!(!said("Mưa rơi trên mái của căn nhà nhỏ.", &[]));
    assert!(!stderr(&run_with(&["terms", "--lang", "en"], english)).contains("--term-lang"));
}

#[test]
fn stems_are_kept_with_the_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = write(folder.path(), "a.txt", "Ba lần meeting, hai lần meetings.");
    let saved = folder.path().join("a.stats").to_str().expect("a plain path").to_owned();
    let first = ok(&run(&["terms", "--stem", "english", "--save", &saved, "-f", "tsv", &text]));
    assert!(first.contains("meet\t2\t"), "{first}");
    assert_eq!(ok(&run(&["terms", "--merge", "-f", "tsv", &saved])), first);
    let other = folder.path().join("b.stats").to_str().expect("a plain path").to_owned();
    ok(&run(&["terms", "--save", &other, &text]));
    let output = run(&["terms", "--merge", &saved, &other]);
    assert!(stderr(&output).contains("english stems"), "{}", stderr(&output));
}

#[test]
fn margins_of_tokens_let_log_dice_reach_its_top() {
    let text = "Bún riêu cua nóng. Bún cá riêu mặn. Trời mưa to.";
    let logdice = |margins: &str| {
        let arguments = ["collocations", "--unit", "syllable", "-w", "2", "--margins", margins];
        let choice = ["--measures", "logdice", "--node", "riêu", "-f", "jsonl", "-"];
        let lines = ok(&run_with(&[&arguments[..], &choice].concat(), text));
        let mut rows = lines.lines().map(|l| serde_json::from_str(l).expect("JSON"));
        let row = rows.find(|row: &Value| row["first"] == "bún").expect("the pair");
        assert_eq!(row["o11"], 2);
        row["logdice"].as_f64().expect("a number")
    };
    assert!((logdice("tokens") - 14.0).abs() < 1e-12);
    assert!(logdice("pairs") < 14.0);
}

#[test]
fn keyness_tests_what_it_may_list() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = folder.path().join("other.txt");
    fs::write(&other, "Nắng to ở Huế. Nắng ở Vinh, nắng ở Lào Cai.").expect("a file");
    let tests = |least: &str| {
        let reference = other.to_str().expect("a plain path");
        let arguments =
            ["keyness", "-", "--reference", reference, "--min-tf", least, "--both", "-f", "json"];
        let object = json(&run_with(&arguments, RAIN));
        let rows = object["rows"].as_array().expect("rows").len();
        assert_eq!(object["comparison"]["tests"].as_u64(), Some(rows as u64));
        rows
    };
    assert!(tests("3") < tests("1"));
}

#[test]
fn all_figures_of_the_profile_are_explained() {
    let text = ok(&run(&["profile", "--explain"]));
    for name in ["*_mean, *_sd", "*_median, *_p90", "rare_words", "top_N", "zipf_mle", "heaps"] {
        assert!(text.contains(&format!("{name}: ")), "{name}: {text}");
    }
}

/// Records with a section, and what they are about.
const SECTIONS: &str = r#"{"id": "1", "section": "kinh tế", "body": "Giá cà phê tăng mạnh. Nông dân bán cà phê."}
{"id": "2", "section": "thể thao", "body": "Đội tuyển thắng trận. Cổ động viên vui."}
{"id": "3", "section": "kinh tế", "body": "Cà phê xuất khẩu tăng. Giá gạo giảm."}
"#;

#[test]
fn records_are_chosen_by_a_field_and_compared_with_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.jsonl");
    fs::write(&file, SECTIONS).expect("a file");
    let file = file.to_str().expect("a plain path");
    let only = |value: &str| {
        let condition = format!("section={value}");
        ok(&run(&["terms", file, "--where", &condition, "-u", "syllable", "-f", "tsv"]))
    };
    assert!(only("thể thao").contains("tuyển\t1\t1") && !only("thể thao").contains("phê"));
    assert!(only("kinh tế").contains("phê\t3\t2"), "{}", only("kinh tế"));
    let key =
        ["keyness", file, "-u", "syllable", "--where", "section=kinh tế", "--rest", "-f", "tsv"];
    let key = ok(&run(&key));
    assert!(key.contains("phê\t+\t3\t0") && !key.contains("tuyển\t+"), "{key}");
    let all = run(&["keyness", file, "--where", "body=x", "--rest"]);
    assert_eq!(all.status.code(), Some(1), "{}", stderr(&all));
    assert_eq!(run(&["keyness", file, "--rest"]).status.code(), Some(2));
}

#[test]
fn a_matrix_has_a_row_a_document_and_a_column_a_term() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    fs::write(path("a.jsonl"), SECTIONS).expect("a file");
    let matrix = path("m.mtx");
    let terms = ["terms", &path("a.jsonl"), "--per-doc", "--weight", "nnn", "-u", "syllable"];
    ok(&run(&[&terms[..], &["--min-df", "2", "--matrix", &matrix]].concat()));
    let read = |name: &str| fs::read_to_string(path(name)).expect("a file");
    assert_eq!(read("m.mtx.rows"), "1\n2\n3\n");
    assert_eq!(read("m.mtx.columns"), "cà\ngiá\nphê\ntăng\n");
    let expected = "%%MatrixMarket matrix coordinate real general\n3 4 8\n\
        1 1 2\n1 2 1\n1 3 2\n1 4 1\n3 1 1\n3 2 1\n3 3 1\n3 4 1\n";
    assert_eq!(read("m.mtx"), expected);
}

#[test]
fn concordances_take_one_pattern_in_both_units() {
    let text = "Nền kinh tế tăng. Kinh tế giảm nhẹ. Học sinh học bài, kinh nghiệm ít.";
    let hits = |options: &[&str]| {
        let (pattern, others) = options.split_first().expect("a pattern");
        let arguments = [&["concordance", pattern, "-", "-f", "tsv"][..], others].concat();
        let found = run_with(&arguments, text);
        let lines: Vec<String> = stdout(&found).lines().skip(1).map(str::to_owned).collect();
        lines
            .iter()
            .map(|l| l.split('\t').nth(4).unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    for pattern in ["kinh tế", "kinh_tế"] {
        for unit in ["word", "syllable"] {
            assert_eq!(
                hits(&[pattern, "--unit", unit]),
                ["kinh tế", "Kinh tế"],
                "{pattern} {unit}"
            );
        }
    }
    assert_eq!(hits(&["Kinh tế", "--case"]), ["Kinh tế"]);
    assert_eq!(hits(&["/(tăng|giảm)/"]), ["tăng", "giảm"]);
    // "giảm" stands before "tăng" in the alphabet.
    assert_eq!(hits(&["kinh tế", "--sort", "R1"]), ["Kinh tế", "kinh tế"]);
    // Before the second one stands "tăng", of the sentence before.
    assert_eq!(hits(&["kinh tế", "--sort", "L1,R1"]), ["kinh tế", "Kinh tế"]);
    let wrong = run(&["concordance", "/(/", "-"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("no regular expression"), "{}", stderr(&wrong));
    assert_eq!(run(&["concordance", "a", "--sort", "X1", "-"]).status.code(), Some(2));
}

#[test]
fn a_reference_of_many_files_does_not_take_the_target() {
    let lines = "Giá lúa tăng ở Long An.\nNông dân bán lúa.\n";
    let folder = Folder::new("keyness", &[("a.txt", lines), ("b.txt", "Trời mưa to.\n")]);
    let taken = folder.run("--reference b.txt a.txt");
    assert_eq!(taken.status.code(), Some(2));
    assert!(stderr(&taken).contains("name the target before it"), "{}", stderr(&taken));
    assert_ne!(folder.run("a.txt --reference b.txt b.txt").status.code(), Some(2));
}

#[test]
fn none_is_no_number_of_results() {
    let folder = Folder::new("terms", &[("a.txt", "Giá lúa tăng ở Long An.\n")]);
    for command in ["terms", "collocations", "keyness", "keywords"] {
        let output = tomtat()
            .args([command, "--top", "0", "a.txt"])
            .current_dir(folder.path())
            .output()
            .expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(stderr(&output).contains("takes a number above 0"), "{}", stderr(&output));
    }
}
