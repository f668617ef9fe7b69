//! Nothing is changed or lost: tokens and gaps are the text, picks are slices of it.

use std::io::BufRead;

use proptest::prelude::*;
use tomtat::select::Budget;
use tomtat::text::key::is_ignorable;
use tomtat::token::tokenizer::tokenize;
use tomtat::{Analyzer, Document, Summarizer, TextOptions};
use unicode_normalization::UnicodeNormalization;

use crate::common::shared;

#[path = "../../benches/common/hostile.rs"]
mod hostile;

/// Checks everything that must hold for any text.
fn check(analyzer: &Analyzer, text: &str) {
    check_tokens(text);
    for raw in [false, true] {
        let document = analyzer.analyze_with(text, TextOptions::default().with_raw(raw));
        assert_eq!(document.text(), text);
        check_document(&document);
        for budget in [Budget::Sentences(3), Budget::Ratio(0.2), Budget::Characters(200)] {
            let summary = Summarizer::new(analyzer).with_budget(budget).summarize(&document);
            let length = summary.length();
            assert!(
                length.asked.is_none_or(|asked| length.given <= asked),
                "{budget:?}: {length:?}"
            );
            let mut last_end = 0;
            for pick in summary.picks() {
                let span = pick.span();
                assert!(last_end <= span.start && span.start < span.end, "{span:?}");
                assert!(text.get(span.clone()).is_some(), "{span:?} is no slice of the text");
                assert_eq!(document.sentence(pick.sentence()).expect("a sentence").span(), span);
                assert!(pick.score().is_finite());
                last_end = span.end;
            }
        }
    }
}

/// Tokens are in order and do not overlap; what lies between them is invisible.
fn check_tokens(text: &str) {
    let mut tokens = Vec::new();
    tokenize(text, 0..text.len(), &tomtat::builtin::starters(), &mut tokens);
    let mut at = 0;
    for token in &tokens {
        let span = token.span();
        assert!(at <= span.start && span.start < span.end);
        assert!(is_gap(&text[at..span.start]), "{:?}", &text[at..span.start]);
        at = span.end;
    }
    assert!(is_gap(&text[at..]), "{:?}", &text[at..]);
}

fn is_gap(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_ignorable(c) || c == '_')
}

/// Blocks, sentences, words and tokens are nested, in order and complete.
fn check_document(document: &Document) {
    let mut block_end = 0;
    for block in document.blocks() {
        assert!(block_end <= block.span().start && block.span().start < block.span().end);
        block_end = block.span().end;
        for sentence in block.sentences() {
            assert!(block.span().start <= sentence.span().start);
            assert!(sentence.span().end <= block.span().end);
        }
    }
    let (mut sentence_end, mut tokens) = (0, 0);
    for sentence in document.sentences() {
        assert!(sentence_end <= sentence.span().start);
        sentence_end = sentence.span().end;
        let mut of_words = 0;
        for word in sentence.words() {
            assert!(!word.tokens().is_empty());
            of_words += word.tokens().len();
        }
        assert_eq!(of_words, sentence.tokens().len());
        tokens += of_words;
    }
    assert_eq!(tokens, document.tokens().len());
}

/// Text that looks enough like Vietnamese news to reach every rule.
fn newslike() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Thủ tướng "),
        Just("hoà bình"),
        Just("TP.HCM"),
        Just(". "),
        Just("."),
        Just("… "),
        Just("\n"),
        Just("\n\n"),
        Just("“"),
        Just("”"),
        Just("\""),
        Just("Ảnh: TTXVN"),
        Just("("),
        Just(")"),
        Just("12/6"),
        Just("2.000"),
        Just("GS. "),
        Just("T. "),
        Just("Có thể bạn quan tâm\n"),
        Just("_"),
        Just("a.vn"),
        Just("@"),
        Just("b@c.vn"),
        Just("https://"),
        Just("\u{200B}"),
        Just("\u{301}"),
        Just("Ð"),
        Just("!?"),
        Just("./."),
        Just("- "),
        Just("ông "),
        Just("\u{2028}"),
        Just("中文"),
        Just("🇻🇳"),
        Just("👩‍👩‍👧"),
        Just("%"),
        Just("\u{0}"),
        Just("ngày "),
        Just("Covid-19"),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_kept(text in "\\PC{0,200}") {
        check(&Analyzer::new(), &text);
    }

    #[test]
    fn any_characters_are_kept(text in proptest::collection::vec(any::<char>(), 0..100)) {
        check(&Analyzer::new(), &text.into_iter().collect::<String>());
    }

    #[test]
    fn newslike_text_is_kept_in_every_form(text in newslike()) {
        let analyzer = Analyzer::new();
        check(&analyzer, &text);
        check(&analyzer, &text.nfd().collect::<String>());
        check(&analyzer, &text.to_uppercase());
        check(&analyzer, &text.to_lowercase());
    }
}

#[test]
fn case_form_and_tone_style_do_not_change_the_words() {
    let text = "Học sinh thành phố Hòa Bình được tặng sách giáo khoa nhân dịp năm học mới.";
    let analyzer = Analyzer::new();
    let words = |text: &str| -> Vec<String> {
        let document = analyzer.analyze(text);
        document
            .sentences()
            .flat_map(|s| s.words().map(tomtat::document::Word::key).collect::<Vec<_>>())
            .collect()
    };
    let expected = words(text);
    assert!(expected.contains(&"học sinh".to_owned()), "{expected:?}");
    assert_eq!(words(&text.nfd().collect::<String>()), expected);
    assert_eq!(words(&text.replace("Hòa", "Hoà")), expected);
    assert_eq!(words(&text.to_uppercase()), expected);
    assert_eq!(words(&text.to_lowercase()), expected);
}

#[test]
fn hostile_texts_are_kept() {
    // How time grows with them is measured by `benches/growth.rs`.
    let analyzer = Analyzer::new();
    for unit in hostile::PARTS {
        check(&analyzer, &unit.repeat(20_000 / unit.len()));
    }
}

/// One article in some forty of every news corpus, as it is, decomposed and in upper case.
#[test]
fn articles_of_the_corpora_are_kept() {
    let analyzer = Analyzer::new();
    let mut articles = 0;
    for name in ["data/clusters/vimds-dev.jsonl", "data/clusters/abmusu-val.jsonl"] {
        let Some(path) = shared(name) else { return };
        let lines = std::fs::read_to_string(path).expect("a readable corpus");
        for line in lines.split('\n').filter(|l| !l.is_empty()).step_by(5) {
            let cluster: serde_json::Value = serde_json::from_str(line).expect("a JSON record");
            for document in cluster["documents"].as_array().expect("documents").iter().take(2) {
                let body = document["body"].as_str().expect("a body");
                check(&analyzer, body);
                check(&analyzer, &body.nfd().collect::<String>());
                check(&analyzer, &body.to_uppercase());
                articles += 1;
            }
        }
    }
    assert!(articles > 50, "{articles}");
}

/// The pages, and one raw article in a thousand, in every form and with every line end of Unicode.
#[test]
fn pages_and_raw_articles_are_kept_in_every_form() {
    let Some(folder) = shared("articles") else { return };
    let Some(news) = shared("data/news/vinews-train.jsonl.zst") else { return };
    let mut texts: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .map(|path| std::fs::read_to_string(path).expect("a page"))
        .collect();
    assert_eq!(texts.len(), 5);
    let file = std::io::BufReader::new(std::fs::File::open(news).expect("a readable corpus"));
    let lines = ruzstd::decoding::StreamingDecoder::new(file).expect("a zstd file");
    for line in std::io::BufReader::new(lines).split(b'\n').step_by(1000) {
        let line = line.expect("a readable line");
        let record: serde_json::Value = serde_json::from_slice(&line).expect("a JSON record");
        texts.push(record["body"].as_str().expect("a body").to_owned());
    }
    assert!(texts.len() > 30, "{}", texts.len());
    let analyzer = Analyzer::new();
    for (number, text) in texts.iter().enumerate() {
        check(&analyzer, text);
        check(&analyzer, &text.nfd().collect::<String>());
        check(&analyzer, &text.to_uppercase());
        for end in ["\r\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}"] {
            check(&analyzer, &text.replace(". ", &format!(".{end}")));
        }
        // Every seventh byte replaced: what a damaged file gives, decoded lossily.
        let mut bytes = text.clone().into_bytes();
        for (at, byte) in bytes.iter_mut().enumerate().skip(number % 7).step_by(7) {
            *byte = (at.wrapping_mul(0x9E37_79B9) >> 11) as u8;
        }
        check(&analyzer, &String::from_utf8_lossy(&bytes));
    }
}
