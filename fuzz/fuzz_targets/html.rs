//! Any text, taken as an HTML page and as Markdown: blocks are slices of the laid out text, in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tomtat::page::{PageOptions, PageStructure, html, markdown};

fn blocks_are_slices(text: &str, structure: &PageStructure) {
    let mut at = 0;
    for block in structure.blocks() {
        let span = block.span();
        assert!(at <= span.start && span.start <= span.end);
        assert!(text.get(span.clone()).is_some());
        at = span.end;
    }
}

fuzz_target!(|bytes: &[u8]| {
    let page = String::from_utf8_lossy(bytes);
    let _ = html::looks_like_html(&page);
    for options in [PageOptions::default(), PageOptions::with_title("Giá gạo tăng")] {
        let article = html::read(&page, &options);
        blocks_are_slices(article.text(), article.structure());
        let (text, structure) = markdown::read(&page, &options);
        blocks_are_slices(&text, &structure);
    }
});
