#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]
use tomtat::article::{StructureOptions, blocks};
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let s = blocks(&text, &StructureOptions::default());
        println!("== {path} {:?}", s.warnings());
        for b in s.blocks() {
            let t: String = text[b.span()].chars().take(110).collect();
            let line = text[..b.span().start].matches('\n').count() + 1;
            let ev: Vec<_> = b.evidence().map(|e| e.code()).collect();
            println!("{line:4} {:11} {:.2} {t} {ev:?}", b.role().name(), b.confidence());
        }
    }
}
