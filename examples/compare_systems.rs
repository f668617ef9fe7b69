//! ROUGE of two systems on the same articles: is one better, or is it chance?
//!
//! `cargo run --example compare_systems --features eval`

#![allow(clippy::print_stdout, reason = "an example prints its table")]

use std::error::Error;

use tomtat::eval::corpus::score_corpus;
use tomtat::eval::significance::{PairedMethod, paired_test};
use tomtat::eval::{Bootstrap, Rouge};
use tomtat::rank::by_name;
use tomtat::{Analyzer, Budget, Summarizer};

/// Articles and what a person would say of them. A real comparison needs hundreds.
const ARTICLES: [(&str, &str); 3] = [
    (
        include_str!("../samples/cau-co-may.txt"),
        "Cầu Cỏ May nối Bình Hòa và Tân Lập thông xe sớm một tháng, người dân hết cảnh chờ phà.",
    ),
    (
        include_str!("../samples/gia-gao.txt"),
        "Giá gạo xuất khẩu tăng do nhu cầu của các nước nhập khẩu và nguồn cung giảm.",
    ),
    (
        include_str!("../samples/lop-hoc-tren-bai-bien.txt"),
        "Một thầy giáo mở lớp học miễn phí trên bãi biển cho trẻ em nghèo.",
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let analyzer = Analyzer::new();
    let summaries = |ranker: &str| -> Result<Vec<String>, Box<dyn Error>> {
        let ranker = by_name(ranker, analyzer.models().ranker()).ok_or("no such ranker")?;
        let summarizer =
            Summarizer::from_ranker(&analyzer, ranker.into()).with_budget(Budget::syllables(40)?);
        let summarize = |(text, _): &(&str, &str)| {
            let document = analyzer.analyze(text);
            summarizer.summarize(&document).text(&document)
        };
        Ok(ARTICLES.iter().map(summarize).collect())
    };

    // The signature says how it was counted; quote it with the scores.
    let rouge = Rouge::default();
    println!("{}", rouge.signature());
    let references = ARTICLES.map(|(_, reference)| [reference]);
    let mut f_measures = Vec::new();
    for system in ["trained", "lead"] {
        let scores = score_corpus(&rouge, &summaries(system)?, &references, 1)?;
        let means: Vec<String> =
            scores.mean().iter().map(|score| format!("{:.2}", 100.0 * score.f_measure)).collect();
        println!("{system:<8} ROUGE-1/2/L {}", means.join(" / "));
        f_measures.push(scores.f_measures(0));
    }

    let draws = Bootstrap::new(10_000, 42);
    let test =
        paired_test(PairedMethod::ApproximateRandomization, &f_measures[0], &f_measures[1], draws);
    println!("difference in ROUGE-1: p = {:.3} on {} articles", test.p_value, ARTICLES.len());
    Ok(())
}
