use super::*;
use crate::Analyzer;

const ARTICLE: &str = "Ngân hàng Nhà nước giảm lãi suất điều hành\n\n\
    Ngân hàng Nhà nước hôm nay công bố giảm lãi suất điều hành 0,5 điểm phần trăm. \
    Đây là lần thứ hai trong năm lãi suất điều hành được giảm. Theo ông Lê Văn Bình, doanh nghiệp \
    xuất khẩu sẽ vay vốn rẻ hơn. Lãi suất điều hành thấp giúp doanh nghiệp nhỏ phục hồi.";

fn found(method: &str) -> Vec<Keyword> {
    let analyzer = Analyzer::new();
    let options = KeywordOptions::default().with_method(method).expect("a method").with_top(8);
    keywords(&analyzer.analyze(ARTICLE), analyzer.background(), options)
}

#[test]
fn every_method_finds_the_topic() {
    for method in METHODS {
        let keys: Vec<String> = found(method.name).iter().map(|k| k.key().to_owned()).collect();
        assert!(keys.iter().any(|key| key.contains("lãi suất")), "{}: {keys:?}", method.name);
        assert!(keys.len() <= 8 && !keys.is_empty());
    }
}

#[test]
fn places_hold_the_keyword() {
    for keyword in found("tfidf") {
        assert!(!keyword.places().is_empty());
        assert!(keyword.places().contains(&keyword.form()));
        for place in keyword.places() {
            assert_eq!(crate::text::key::fold(&ARTICLE[place.clone()]), keyword.key());
        }
        assert!(keyword.score() > 0.0);
    }
}

#[test]
fn stop_words_and_numbers_do_not_stand_alone_or_at_the_ends() {
    for method in METHODS {
        for keyword in found(method.name) {
            let first = keyword.key().split(' ').next().expect("a word");
            assert!(!["của", "và", "0,5", "là", "trong"].contains(&first), "{}", keyword.key());
        }
    }
}

#[test]
fn short_and_empty_texts_are_no_trouble() {
    let analyzer = Analyzer::new();
    for text in ["", "…", "12 và 13", "Mưa"] {
        for method in METHODS {
            let options = KeywordOptions::default().with_method(method.name).expect("a method");
            let found = keywords(&analyzer.analyze(text), analyzer.background(), options);
            assert!(found.len() <= 1);
        }
    }
    assert!(KeywordOptions::default().with_method("other").is_none());
}
