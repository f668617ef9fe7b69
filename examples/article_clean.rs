#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]
//! role-wise loss on clean articles: args: file.jsonl mode(line|para|paras) [show role]
use std::io::BufRead;
use tomtat::article::{Role, StructureOptions, blocks};
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let show = args.get(3).cloned().unwrap_or_default();
    let mode = args[2].as_str();
    let mut total = 0usize;
    let mut by = [0usize; 12];
    let mut docs = 0;
    let mut bad = Vec::new();
    let f = std::io::BufReader::new(std::fs::File::open(&args[1]).unwrap());
    let mut list = 0;
    for line in f.split(b'\n') {
        let line = line.unwrap();
        if line.is_empty() {
            continue;
        }
        let v: serde_json::Value = serde_json::from_slice(&line).unwrap();
        let one;
        let ds: Vec<&serde_json::Value> = match v.get("documents") {
            Some(d) => d.as_array().unwrap().iter().collect(),
            None => {
                one = v.clone();
                vec![&one]
            }
        };
        for d in ds {
            let s = |k: &str| d[k].as_str().unwrap_or("").trim().to_string();
            let (title, abs, body) = (s("title"), s("abstract"), s("body"));
            if body.is_empty() {
                continue;
            }
            let body = if mode == "paras" {
                // split at ". " into paragraphs of 2 sentences
                let mut out = String::new();
                let mut n = 0;
                let cs: Vec<char> = body.chars().collect();
                for i in 0..cs.len() {
                    out.push(cs[i]);
                    if cs[i] == '.'
                        && i + 2 < cs.len()
                        && cs[i + 1] == ' '
                        && cs[i + 2].is_uppercase()
                        && i > 3
                        && cs[i - 1].is_lowercase()
                        && cs[i - 2].is_lowercase()
                    {
                        n += 1;
                        if n % 2 == 0 {
                            out.push_str("\n\n");
                        }
                    }
                }
                out
            } else {
                body
            };
            let text = if mode == "given" {
                format!("{abs}\n{body}")
            } else {
                format!("{title}\n\n{abs}\n\n{body}")
            };
            let start = text.len() - body.len();
            let opt = if mode == "given" {
                StructureOptions::with_title(&title)
            } else {
                StructureOptions::default()
            };
            let st = blocks(&text, &opt);
            if st.is_list_page() {
                list += 1;
            }
            docs += 1;
            let mut lost = 0;
            let mut own = 0;
            for b in st.blocks() {
                let sp = b.span();
                let abs_start = start.saturating_sub(abs.len() + 2);
                let is_abs = sp.start >= abs_start;
                if sp.start < start && !is_abs {
                    continue;
                }
                let n = text[sp.clone()].chars().count();
                total += n;
                own += n;
                let r = Role::ALL.iter().position(|r| *r == b.role()).unwrap();
                by[r] += n;
                if !b.role().is_text() {
                    lost += n;
                }
                if b.role().name() == show || (show == "all" && !b.role().is_text()) {
                    let t: String = text[sp.clone()].chars().take(200).collect();
                    println!(
                        "[{}] {:.2} {} || {:?}",
                        b.role().name(),
                        b.confidence(),
                        t.replace('\n', "\\n"),
                        b.evidence().map(|e| e.code()).collect::<Vec<_>>()
                    );
                }
            }
            bad.push((lost as f64 / own as f64, title));
        }
    }
    println!("docs {docs} chars {total} list {list}");
    for (r, n) in Role::ALL.iter().zip(by) {
        if n > 0 {
            println!("{:12} {n:9} {:.3}%", r.name(), 100.0 * n as f64 / total as f64);
        }
    }
    bad.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (x, t) in bad.iter().take(12) {
        println!("{x:.3} {t}");
    }
}
