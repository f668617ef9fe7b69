use super::*;
use crate::Analyzer;
use crate::corpus::ngram::TermUnit;

const TEXTS: [&str; 4] = [
    "Mưa to ở miền Trung. Mưa kéo dài ba ngày, nước sông dâng cao.",
    "Nước sông Hương dâng cao. Trường học ở Huế cho học sinh nghỉ học.",
    "",
    "Học sinh đi học lại, thầy cô dọn bùn. HOÀ BÌNH và hòa bình, iPhone và IPHONE.",
];

fn options() -> CountOptions {
    let ngrams = NgramOptions::new(TermUnit::Word, 1..=3, 0).expect("lengths");
    CountOptions::default().with_ngrams(ngrams).with_positions(true).with_spellings(true)
}

fn counted(texts: &[&str], options: CountOptions) -> TermStatistics {
    let analyzer = Analyzer::new();
    let mut statistics = TermStatistics::new(options);
    texts.iter().for_each(|text| statistics.add(&analyzer.analyze(text)));
    statistics
}

#[test]
fn merged_parts_are_the_whole_byte_for_byte() {
    let whole = counted(&TEXTS, options()).write();
    for cut in 0..=TEXTS.len() {
        let mut merged = counted(&TEXTS[..cut], options());
        merged.merge(counted(&TEXTS[cut..], options())).expect("the same options");
        assert_eq!(merged.write(), whole, "cut at {cut}");
    }
    let read = TermStatistics::read(&whole).expect("a valid file");
    assert_eq!(read.write(), whole);
}

#[test]
fn the_order_of_merging_does_not_change_sums() {
    let plain = CountOptions::default().with_spellings(true);
    let mut forward = counted(&TEXTS[..2], plain);
    forward.merge(counted(&TEXTS[2..], plain)).expect("the same options");
    let mut backward = counted(&TEXTS[2..], plain);
    backward.merge(counted(&TEXTS[..2], plain)).expect("the same options");
    assert_eq!(forward.write(), backward.write());
    let error = forward.merge(TermStatistics::new(options())).expect_err("other options");
    assert_eq!(
        error.to_string(),
        "the two count different things: one words without places and with spellings, the other words in \
         n-grams of 1 to 3 with places and with spellings"
    );
}

#[test]
fn places_are_those_of_the_text() {
    let statistics = counted(&["Mưa to. Mưa nhỏ, mưa to.", "Trời mưa."], {
        CountOptions::default()
            .with_ngrams(NgramOptions::new(TermUnit::Syllable, 1..=2, 0).expect("lengths"))
            .with_positions(true)
    });
    let positions = statistics.positions().expect("positions");
    let of = |key: &str| -> Vec<u64> {
        positions.of(statistics.term(key).expect("a term").id()).collect()
    };
    assert_eq!(positions.lengths(), [6, 2]);
    assert_eq!(of("mưa"), [0, 2, 4, 7]);
    assert_eq!(of("mưa\tto"), [0, 4]);
    assert_eq!(
        Parts::of_sizes(positions.lengths()).counts(of("mưa").into_iter()),
        [(0, 3), (1, 1)]
    );
}

#[test]
fn one_spelling_stands_for_a_term() {
    let statistics =
        counted(&["Hà Nội mưa. Hà Nội nắng. HÀ NỘI đông.", "Mưa và mưa."], {
            CountOptions::default().with_spellings(true)
        });
    let spellings = statistics.spellings().expect("spellings");
    assert_eq!(spellings[statistics.term("hà nội").expect("a term").id()], "Hà Nội");
    assert_eq!(spellings[statistics.term("mưa").expect("a term").id()], "mưa");
}

#[test]
fn parts_of_one_document_count_once() {
    let mut parts = counted(&["Mưa to.", "Mưa nhỏ."], options());
    parts = parts.into_one_document();
    assert_eq!((parts.documents(), parts.term("mưa").map(|t| (t.tf(), t.df()))), (1, Some((2, 1))));
    assert_eq!(parts.positions().map(|p| p.lengths().to_vec()), Some(vec![4]));
}

#[test]
fn the_bound_of_limited_counts_holds() {
    // Zipf-like stream in three blocks: term i occurs 60 / i times.
    let texts: Vec<String> = (0..30)
        .map(|block| {
            let mut text = String::new();
            for i in 1..=60 {
                if block % i == 0 || i > 50 {
                    text.extend([format!("t{i} t{i} u{block}x{i} . ")]);
                }
            }
            text
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let exact = counted(&texts, CountOptions::default());
    let mut limited = TermStatistics::default();
    for block in texts.chunks(3) {
        limited.merge(counted(block, CountOptions::default())).expect("the same options");
        limited.limit(40);
        assert!(limited.len() <= 40);
    }
    assert_eq!(limited.total(1), exact.total(1));
    assert!(
        limited.error_bound() > 0 && limited.error_bound() <= exact.total(1) / 41,
        "{}",
        limited.error_bound()
    );
    for term in exact.terms() {
        match limited.term(term.key()) {
            Some(kept) => {
                assert!(kept.tf() <= term.tf() && term.tf() <= kept.tf() + kept.undercount());
            }
            None => assert!(term.tf() <= limited.error_bound(), "{} {}", term.key(), term.tf()),
        }
    }
    let read = TermStatistics::read(&limited.write()).expect("a valid file");
    assert_eq!(read.write(), limited.write());
}

#[test]
fn damaged_files_are_errors() {
    let file = counted(&TEXTS, options()).write();
    assert!(TermStatistics::read(&file[..file.len() - 1]).is_err());
    for at in (0..file.len()).step_by(7) {
        let mut bad = file.clone();
        bad[at] ^= 0x40;
        assert!(TermStatistics::read(&bad).is_err(), "byte {at}");
    }
    assert!(TermStatistics::read(crate::builtin::BACKGROUND).is_err());
}
