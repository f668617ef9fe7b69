#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]
use std::time::Instant;
use tomtat::article::{StructureOptions, blocks};
fn time(name: &str, text: &str, reps: usize) {
    let mut best = f64::MAX;
    let mut n = 0;
    for _ in 0..7 {
        let t = Instant::now();
        for _ in 0..reps {
            n += blocks(std::hint::black_box(text), &StructureOptions::default()).blocks().len();
        }
        best = best.min(t.elapsed().as_secs_f64() / reps as f64);
    }
    println!(
        "{name:40} {:8} B {:9.1} us {:7.1} MB/s blocks {}",
        text.len(),
        best * 1e6,
        text.len() as f64 / best / 1e6,
        n / 7 / reps
    );
}
fn main() {
    let mut clean = Vec::new();
    let mut one = Vec::new();
    let f = std::fs::read_to_string("/tmp/art/ab.jsonl").unwrap();
    for l in f.lines() {
        let v: serde_json::Value = serde_json::from_str(l).unwrap();
        for d in v["documents"].as_array().unwrap() {
            let b = d["body"].as_str().unwrap();
            let t = format!(
                "{}\n\n{}\n\n{}",
                d["title"].as_str().unwrap(),
                d["abstract"].as_str().unwrap(),
                b.replace('\n', "\n\n")
            );
            if (2500..3500).contains(&t.len()) {
                one.push(t.replace("\n\n", " "));
                clean.push(t);
            }
        }
    }
    for i in [0, 5, 9, 14] {
        time("paragraphs", &clean[i], 2000);
        time("one line", &one[i], 2000);
    }
    let mut total = 0;
    let t = Instant::now();
    for _ in 0..20 {
        for c in &clean {
            total += c.len();
            std::hint::black_box(blocks(c, &StructureOptions::default()));
        }
    }
    println!(
        "all {} docs {:.1} MB/s mean {:.2} us",
        clean.len(),
        total as f64 / t.elapsed().as_secs_f64() / 1e6,
        t.elapsed().as_secs_f64() / (200 * clean.len()) as f64 * 1e6
    );
    for p in std::env::args().skip(1) {
        let t = std::fs::read_to_string(&p).unwrap();
        time(&p[p.len() - 20..], &t, 500);
    }
    if std::env::args().count() == 1 {
        return;
    }
    let big = one.join(" ").repeat(100_000_000 / one.join(" ").len() + 1);
    let t = Instant::now();
    let n = blocks(&big, &StructureOptions::default()).blocks().len();
    println!(
        "one line {} MB: {:.2} s, {n} blocks",
        big.len() / 1_000_000,
        t.elapsed().as_secs_f64()
    );
    drop(big);
    let lines = "Mưa lớn.\n".repeat(10_000_000);
    let t = Instant::now();
    let n = blocks(&lines, &StructureOptions::default()).blocks().len();
    println!("ten million lines: {:.2} s, {n} blocks", t.elapsed().as_secs_f64());
    let mut s = String::new();
    for i in 0..10_000_000u32 {
        s.push_str(&format!("Dòng thứ {} nói về mưa\n", i.wrapping_mul(2654435761)));
    }
    let t = Instant::now();
    let n = blocks(&s, &StructureOptions::default()).blocks().len();
    println!("ten million different lines: {:.2} s, {n} blocks", t.elapsed().as_secs_f64());
    println!(
        "{}",
        std::fs::read_to_string("/proc/self/status")
            .unwrap()
            .lines()
            .find(|l| l.starts_with("VmHWM"))
            .unwrap()
    );
}
