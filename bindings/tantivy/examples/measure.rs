//! Index size, speed and what is found, beside tantivy's default tokenizer.
//!
//! `zstd -dc articles.jsonl.zst | cargo run --release --example measure` reads records with `title`
//! and `body`, builds one index on disk for each tokenizer, and searches 20 queries in each.

use std::error::Error;
use std::io::{self, BufRead};
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, thread};

use tantivy::collector::Count;
use tantivy::query::QueryParser;
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{Index, doc};
use tomtat_tantivy::{Level, VietnameseTokenizer};

/// What people look for, as it is written and as it is typed.
const QUERIES: [(&str, &str); 20] = [
    ("Nguyễn Phú Trọng", "nguyen phu trong"),
    ("học sinh", "hoc sinh"),
    ("xuất khẩu gạo", "xuat khau gao"),
    ("giá vàng", "gia vang"),
    ("bão số 5", "bao so 5"),
    ("tai nạn giao thông", "tai nan giao thong"),
    ("bóng đá nữ", "bong da nu"),
    ("dịch cúm gia cầm", "dich cum gia cam"),
    ("lãi suất ngân hàng", "lai suat ngan hang"),
    ("hòa bình", "hoa binh"),
    ("thủy điện", "thuy dien"),
    ("khỏe mạnh", "khoe manh"),
    ("Đà Nẵng", "da nang"),
    ("tuyển sinh đại học", "tuyen sinh dai hoc"),
    ("ô nhiễm môi trường", "o nhiem moi truong"),
    ("chứng khoán", "chung khoan"),
    ("thuế thu nhập cá nhân", "thue thu nhap ca nhan"),
    ("du lịch Phú Quốc", "du lich phu quoc"),
    ("bệnh sốt xuất huyết", "benh sot xuat huyet"),
    ("người nghèo", "nguoi ngheo"),
];

/// The new tone style of the queries that have one: the texts are in the old style.
const NEW_STYLE: [(&str, &str); 3] =
    [("hòa bình", "hoà bình"), ("thủy điện", "thuỷ điện"), ("khỏe mạnh", "khoẻ mạnh")];

struct Built {
    name: &'static str,
    parser: QueryParser,
    index: Index,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut texts = Vec::new();
    for line in io::stdin().lock().lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let part = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        texts.push(format!("{}\n\n{}", part("title"), part("body")));
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} articles, {:.1} MB, {} threads", texts.len(), bytes as f64 / 1e6, threads());
    let ours = |level, twins| {
        let tokenizer = VietnameseTokenizer::new(level).with_unmarked_twins(twins);
        let queries = TextAnalyzer::from(tokenizer.for_queries());
        (TextAnalyzer::from(tokenizer), queries)
    };
    let default = || TokenizerManager::default().get("default").ok_or("no default tokenizer");
    let kinds = [
        ("tantivy default", (default()?, default()?)),
        ("words", ours(Level::Words, false)),
        ("syllables", ours(Level::Syllables, false)),
        ("syllables, twins", ours(Level::Syllables, true)),
        ("words and syllables", ours(Level::WordsAndSyllables, false)),
        ("words and syllables, twins", ours(Level::WordsAndSyllables, true)),
    ];
    let folder = tempfile::tempdir()?;
    let mut built = Vec::new();
    println!("\n{:<28} {:>8} {:>8} {:>8}", "tokenizer", "MB", "MB/s", "s");
    for (number, (name, (tokenizer, queries))) in kinds.into_iter().enumerate() {
        let path = folder.path().join(number.to_string());
        fs::create_dir(&path)?;
        let (index, parser, time) = build(&path, tokenizer, queries, &texts)?;
        let (size, seconds) = (size_of(&path)? as f64 / 1e6, time.as_secs_f64());
        println!("{name:<28} {size:>8.1} {:>8.1} {seconds:>8.1}", bytes as f64 / 1e6 / seconds);
        built.push(Built { name, parser, index });
    }
    search(&built)
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn build(
    path: &Path,
    tokenizer: TextAnalyzer,
    queries: TextAnalyzer,
    texts: &[String],
) -> tantivy::Result<(Index, QueryParser, Duration)> {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("vi")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let options = TextOptions::default().set_indexing_options(indexing);
    let body = schema.add_text_field("body", options);
    let index = Index::create_in_dir(path, schema.build())?;
    index.tokenizers().register("vi", tokenizer);
    let start = Instant::now();
    let mut writer = index.writer_with_num_threads(threads(), 200_000_000)?;
    for text in texts {
        writer.add_document(doc!(body => text.as_str()))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    let time = start.elapsed();
    let manager = TokenizerManager::new();
    manager.register("vi", queries);
    let mut parser = QueryParser::new(index.schema(), vec![body], manager);
    parser.set_conjunction_by_default();
    Ok((index, parser, time))
}

fn size_of(folder: &Path) -> io::Result<u64> {
    let mut size = 0;
    for entry in fs::read_dir(folder)? {
        size += entry?.metadata()?.len();
    }
    Ok(size)
}

/// Documents that have all terms of a query, and those that have it as a phrase.
fn search(built: &[Built]) -> Result<(), Box<dyn Error>> {
    let count = |index: &Built, query: &str| -> Result<usize, Box<dyn Error>> {
        let query = index.parser.parse_query(query)?;
        Ok(index.index.reader()?.searcher().search(&query, &Count)?)
    };
    println!("\nDocuments found, as a phrase:");
    let style = NEW_STYLE.iter().map(|(_, new)| (*new, ""));
    for (marked, typed) in QUERIES.into_iter().chain(style) {
        for query in [marked, typed].into_iter().filter(|query| !query.is_empty()) {
            let counts: Result<Vec<String>, Box<dyn Error>> = built
                .iter()
                .map(|index| Ok(format!("{:>6}", count(index, &format!("\"{query}\""))?)))
                .collect();
            println!("{query:<24} {}", counts?.join(" "));
        }
    }
    let names: Vec<&str> = built.iter().map(|index| index.name).collect();
    println!("\nColumns: {}", names.join(" | "));
    for index in built {
        let start = Instant::now();
        for (marked, typed) in QUERIES {
            count(index, &format!("\"{marked}\""))?;
            count(index, &format!("\"{typed}\""))?;
        }
        let time = start.elapsed().as_secs_f64() * 1e3 / (2 * QUERIES.len()) as f64;
        println!("{:<28} {time:.2} ms a query", index.name);
    }
    Ok(())
}
