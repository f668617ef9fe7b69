use super::*;
use crate::Analyzer;

const ARTICLE: &str = "Ngân hàng Nhà nước giảm lãi suất điều hành\n\n\
    Ngân hàng Nhà nước hôm nay công bố giảm lãi suất điều hành 0,5 điểm phần trăm. \
    Đây là lần thứ hai trong năm lãi suất điều hành được giảm. Theo ông Lê Văn Bình, doanh nghiệp \
    xuất khẩu sẽ vay vốn rẻ hơn. Lãi suất điều hành thấp giúp doanh nghiệp nhỏ phục hồi.";

fn found(method: KeywordMethod) -> Vec<Keyword> {
    let analyzer = Analyzer::new();
    let options = KeywordOptions::default().with_method(method).with_top(8);
    keywords(&analyzer.analyze(ARTICLE), analyzer.models(), options)
}

#[test]
fn every_method_finds_the_topic() {
    for &method in KeywordMethod::ALL {
        let keys: Vec<String> = found(method).iter().map(|k| k.key().to_owned()).collect();
        assert!(keys.iter().any(|key| key.contains("lãi suất")), "{method}: {keys:?}");
        assert!(keys.len() <= 8 && !keys.is_empty());
    }
}

#[test]
fn places_hold_the_keyword() {
    for keyword in found(KeywordMethod::TfIdf) {
        assert!(!keyword.positions().is_empty());
        assert!(keyword.positions().contains(&keyword.form()));
        for place in keyword.positions() {
            assert_eq!(crate::text::key::fold(&ARTICLE[place.clone()]), keyword.key());
        }
        assert!(keyword.score() > 0.0);
    }
}

#[test]
fn stop_words_and_numbers_do_not_stand_alone_or_at_the_ends() {
    for &method in KeywordMethod::ALL {
        for keyword in found(method) {
            let first = keyword.key().split(' ').next().expect("a word");
            assert!(!["của", "và", "0,5", "là", "trong"].contains(&first), "{}", keyword.key());
        }
    }
}

#[test]
fn short_and_empty_texts_are_no_trouble() {
    let analyzer = Analyzer::new();
    for text in ["", "…", "12 và 13", "Mưa"] {
        for &method in KeywordMethod::ALL {
            let options = KeywordOptions::default().with_method(method);
            let found = keywords(&analyzer.analyze(text), analyzer.models(), options);
            assert!(found.len() <= 1);
        }
    }
    assert!("other".parse::<KeywordMethod>().is_err());
}

/// A few are found by evaluating the best candidates only, many by evaluating all.
#[test]
fn the_first_few_are_those_of_many() {
    let analyzer = Analyzer::new();
    for name in ["cau-co-may", "gia-gao", "lop-hoc-tren-bai-bien"] {
        let path = format!("{}/samples/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        let document = analyzer.analyze(&std::fs::read_to_string(path).expect("a sample"));
        let found = |top| {
            let options = KeywordOptions::default().with_top(top);
            keywords(&document, analyzer.models(), options)
        };
        let all = found(1000);
        assert!(all.len() > 20, "{name}: {}", all.len());
        for top in [1, 5, 10] {
            assert_eq!(found(top), all[..top], "{name}");
        }
        // As many as there are, and more than the first trees keep.
        assert_eq!(found(all.len() - 1), all[..all.len() - 1], "{name}");
    }
}
