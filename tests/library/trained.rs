//! The trained ranker, through the public API.

use std::sync::Arc;

use proptest::prelude::*;
use tomtat::multidoc::MultiSummarizer;
use tomtat::rank::{RankContext, Ranker};
use tomtat::rank::{RankerModel, Trained};
use tomtat::select::{Budget, is_dangling};
use tomtat::train::extracts::{self, Extract, ExtractOptions, Judgement};
use tomtat::train::ranker::{RankerOptions, TrainingArticle, train};
use tomtat::{Analyzer, Summarizer, TextOptions};

const ARTICLE: &str = "\
    Sáng 12/1, cầu Cỏ May nối hai huyện Bình Hòa và Tân Lập chính thức thông xe. \
    Cây cầu dài 900 m, vốn đầu tư 1.200 tỉ đồng. \
    Tuy nhiên, đường dẫn phía Tân Lập còn dang dở. \
    Ông Trần Văn Bảy cho biết cầu rút ngắn thời gian đi lại từ 50 phút xuống 10 phút. \
    Ông này cảm ơn người dân đã nhường đất. \
    Bến phà cũ ngừng hoạt động từ ngày 15/1. \
    Sáu nghìn lượt xe qua phà mỗi ngày sẽ chuyển sang cầu. \
    Bà Nguyễn Thị Sáu bán bánh ở bến phà đã hai mươi năm. \
    Bà sẽ dọn hàng sang chân cầu.";

#[test]
fn as_many_sentences_are_given_as_are_asked_for() {
    let analyzer = Analyzer::new();
    for title in [Some("Cầu Cỏ May thông xe"), None] {
        let document = analyzer.analyze_with(ARTICLE, TextOptions::default().with_title(title));
        for n in 1..=9 {
            let budget = Budget::sentences(n).expect("a budget");
            let summary = Summarizer::new(&analyzer).with_budget(budget).summarize(&document);
            assert_eq!(summary.picks().len(), n, "title {title:?}");
            assert_eq!(summary.length().asked, Some(n));
        }
        let summary = Summarizer::new(&analyzer).with_budget(Budget::Auto).summarize(&document);
        assert!((1..=3).contains(&summary.picks().len()));
        assert_eq!(summary.length().asked, None);
    }
}

#[test]
fn a_sentence_printed_twice_is_picked_once() {
    let analyzer = Analyzer::new();
    let document = analyzer.analyze(&format!("{ARTICLE} {ARTICLE}"));
    for budget in [Budget::Sentences(5), Budget::Sentences(9), Budget::Words(90)] {
        let summary = Summarizer::new(&analyzer).with_budget(budget).summarize(&document);
        let mut texts: Vec<&str> =
            summary.picks().iter().map(|p| &document.text()[p.span()]).collect();
        let count = texts.len();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), count, "{budget:?}");
    }
}

#[test]
fn dangling_sentences_bring_the_one_before_or_stay_away() {
    let analyzer = Analyzer::new();
    let document = analyzer.analyze(ARTICLE);
    let summary = Summarizer::new(&analyzer).with_budget(Budget::Sentences(3)).summarize(&document);
    let picked: Vec<usize> = summary.picks().iter().map(tomtat::summary::Pick::sentence).collect();
    for &i in &picked {
        let sentence = document.sentence(i).expect("a pick");
        assert!(
            i == 0 || !is_dangling(sentence) || picked.contains(&(i - 1)),
            "{}",
            sentence.text()
        );
    }
}

/// A caption that lost its mark is a short sentence: of three it takes no place.
#[test]
fn short_sentences_give_way_to_those_that_tell_something() {
    let analyzer = Analyzer::new();
    let paragraphs = [
        "Cầu Long Kiểng thông xe sáng 29/9.",
        "Người dân Nhà Bè đứng chờ trên cầu mới.",
        "Cây cầu mới dài ba trăm mét, rộng mười lăm mét, có bốn làn xe, thay cho cầu sắt cũ chỉ cho xe \
         máy qua.",
        "Vốn đầu tư của dự án là gần sáu trăm tỉ đồng, trong đó một nửa dành cho bồi thường.",
        "Chủ đầu tư cho biết đường dẫn hai đầu cầu sẽ trải nhựa lớp cuối trong tháng tới.",
    ];
    let title = Some("Cầu Long Kiểng thông xe sau hai mươi năm chờ đợi");
    let options = TextOptions::default().with_title(title);
    let document = analyzer.analyze_with(&paragraphs.join("\n\n"), options);
    let summarizer = Summarizer::new(&analyzer).with_budget(Budget::Sentences(3));
    let summary = summarizer.summarize(&document);
    assert!(!summary.picks().iter().any(|pick| pick.sentence() == 1));
}

/// Articles whose abstracts repeat the sentence with the number.
fn corpus() -> Vec<TrainingArticle> {
    (0..40)
        .map(|i| {
            let mut article = TrainingArticle::default();
            article.title = format!("Giá lúa vụ thứ {i}");
            article.summary = format!("Giá lúa vụ thứ {i} tăng {i} đồng mỗi ký.");
            article.body = format!(
                "Trời nắng đẹp ở xã số {}. Giá lúa vụ thứ {i} tăng {i} đồng mỗi ký so với hôm qua. \
                 Nông dân vui mừng. Ông Tư uống trà.",
                i % 7
            );
            article
        })
        .collect()
}

#[test]
fn training_is_deterministic_for_any_number_of_threads() {
    let analyzer = Analyzer::new();
    let model = |threads| {
        let mut options = RankerOptions::default();
        options.threads = threads;
        options.trees = 5;
        train(&analyzer, &corpus(), &options, |_| ()).write(tomtat::model::ModelInfo::new("", "t"))
    };
    let one = model(1);
    assert_eq!(one, model(3));
    let read = RankerModel::read(&one).expect("a ranker");
    let ranker = Trained::new(Arc::new(read));
    let document = analyzer.analyze(&corpus()[3].body);
    let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
    let mut scores = vec![0.0; context.len()];
    ranker.scores(&context, &mut scores);
    let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    assert_eq!(best, Some(1), "{scores:?}");
}

/// A sentence that ends each page of the next test.
const FARMERS: &str = "Nông dân hai bên bờ kênh nói rằng sang vụ sau họ sẽ gieo thêm nếp, nuôi thêm vịt đẻ và \
    góp tiền đắp lại đoạn đê đã lở hồi đầu mùa nước nổi.";

/// Readers of these pages picked what the farmers will do, which no abstract tells.
#[test]
fn where_sentences_are_counted_the_extracts_of_readers_decide() {
    let analyzer = Analyzer::new();
    let extracts: Vec<Extract> = corpus()
        .into_iter()
        .map(|article| {
            let text = format!("{} {FARMERS}", article.body);
            let judgements =
                vec![(article.body.len() + 1, Judgement::Picked), (0, Judgement::Trap)];
            Extract { text, judgements }
        })
        .collect();
    let base = train(&analyzer, &corpus(), &RankerOptions::default(), |_| ());
    let taught = |threads| {
        let mut options = ExtractOptions::default();
        options.threads = threads;
        let mut model = base.clone();
        assert_eq!(extracts::train(&mut model, &analyzer, &extracts, &options), 80);
        model.write(tomtat::model::ModelInfo::new("", "t"))
    };
    let file = taught(1);
    assert_eq!(file, taught(3));
    let model = RankerModel::read(&file).expect("a ranker");
    let document = analyzer.analyze(&extracts[3].text);
    let picked = |model: RankerModel, budget| {
        let ranker = Arc::new(Trained::new(Arc::new(model)));
        let summarizer = Summarizer::from_ranker(&analyzer, ranker).with_budget(budget);
        summarizer.summarize(&document).picks()[0].sentence()
    };
    assert_eq!(picked(base.clone(), Budget::Sentences(1)), 1);
    assert_eq!(picked(model.clone(), Budget::Sentences(1)), 4);
    assert_eq!(picked(model, Budget::Auto), 1);
}

/// A file without extracts is read, and counts sentences by what abstracts say.
#[test]
fn a_ranker_without_extracts_is_whole() {
    let analyzer = Analyzer::new();
    let mut options = RankerOptions::default();
    options.trees = 5;
    let base = train(&analyzer, &corpus(), &options, |_| ());
    let file = base.write(tomtat::model::ModelInfo::new("", "t"));
    assert!(RankerModel::read(&file).expect("a ranker") == base);
}

/// The answer stands inside of a quotation of several sentences, of which it is a part.
#[test]
fn a_query_over_several_articles_finds_its_answer_in_a_quotation() {
    let analyzer = Analyzer::new();
    let documents = [
        "Bão số 5 đổ bộ vào Quảng Trị sáng nay với sức gió cấp 11. Ông Lê Văn Hai, chủ tịch xã Gio Linh, nói: \
         “Cả xã thức trắng đêm. Hai trăm nhà dân bị tốc mái sau ba giờ gió lớn. Chúng tôi đang chờ tôn lợp.”",
        "Bão số 5 suy yếu thành áp thấp nhiệt đới vào chiều nay. Mưa còn kéo dài ở Quảng Bình.",
    ]
    .map(|text| analyzer.analyze(text));
    let summary = MultiSummarizer::new(&analyzer)
        .with_budget(Budget::Sentences(1))
        .with_query(analyzer.query("bao nhiêu nhà bị tốc mái"))
        .summarize(&documents);
    let [pick] = summary.picks() else { panic!("{:?}", summary.picks()) };
    let text = documents[pick.document()].sentence(pick.sentence()).expect("a pick").text();
    assert!(text.contains("Hai trăm nhà dân bị tốc mái"), "{text}");
}

proptest! {
    /// Any text, any budget: a promise is kept, picks are verbatim, in order, none twice.
    #[test]
    fn budgets_are_promises(
        text in "(([A-ZĐa-zđàảãáạ ,“”]{1,40}|Tuy nhiên, |Ông này )[.!?\n]){0,12}",
        n in 1usize..40,
        kind in 0..6,
    ) {
        let budget = match kind {
            0 => Budget::Sentences(n),
            1 => Budget::Words(n),
            2 => Budget::Syllables(n),
            3 => Budget::Characters(n),
            4 => Budget::Ratio(n as f64 / 40.0),
            _ => Budget::Auto,
        };
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(&text);
        let summary = Summarizer::new(&analyzer).with_budget(budget).summarize(&document);
        let length = summary.length();
        prop_assert!(length.given <= length.asked.unwrap_or(3), "{length:?}");
        let mut end = 0;
        for pick in summary.picks() {
            prop_assert!(pick.span().start >= end);
            end = pick.span().end;
            prop_assert!(text.is_char_boundary(pick.span().start) && text.is_char_boundary(end));
        }
    }
}
