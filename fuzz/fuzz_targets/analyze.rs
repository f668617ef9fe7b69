//! Any bytes, taken as text: tokens and gaps are the text, picks are slices in order.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tomtat::{Analyzer, Summarizer};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let document = ANALYZER.analyze(&text);
    let mut at = 0;
    for token in document.tokens() {
        let span = token.span();
        assert!(at <= span.start && span.start < span.end);
        assert!(text.get(span.clone()).is_some());
        at = span.end;
    }
    let mut at = 0;
    for pick in Summarizer::new(&ANALYZER).summarize(&document).picks() {
        assert!(at <= pick.span().start && text.get(pick.span()).is_some());
        at = pick.span().end;
    }
});
