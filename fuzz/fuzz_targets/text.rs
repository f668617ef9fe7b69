//! The text layer on any bytes: tokens and gaps are the text, whatever the options and line ends;
//! keys, checks and repairs do not panic, and a repair is stable.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tomtat::builtin;
use tomtat::sentence::{SentenceOptions, split_with};
use tomtat::text::key::{fold, is_ignorable};
use tomtat::token::tokenizer::tokenize;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let starters = builtin::starters();
    let mut tokens = Vec::new();
    tokenize(&text, 0..text.len(), &starters, &mut tokens);
    let gap = |gap: &str| {
        gap.chars().all(|c| c.is_whitespace() || c.is_control() || is_ignorable(c) || c == '_')
    };
    let mut at = 0;
    for token in &tokens {
        let span = token.span();
        assert!(at <= span.start && span.start < span.end && gap(&text[at..span.start]));
        at = span.end;
    }
    assert!(gap(&text[at..]));
    for split_unmarked in [false, true] {
        let mut sentences = Vec::new();
        let options = SentenceOptions::default().with_split_unmarked(split_unmarked);
        split_with(&text, &tokens, 0, options, &starters, &mut sentences);
        let mut next = 0;
        for sentence in sentences {
            assert!(sentence.start == next && sentence.end > next);
            next = sentence.end;
        }
        assert_eq!(next, tokens.len());
    }
    let folded = fold(&text);
    assert_eq!(fold(&folded), folded);
});
