//! Hand-worked cases and invariants of the family.

use proptest::prelude::*;

use super::*;

const ALL: [Measure; 8] = [
    Measure::ROUGE_1,
    Measure::ROUGE_2,
    Measure::ROUGE_3,
    Measure::ROUGE_L,
    Measure::ROUGE_LSUM,
    Measure::ROUGE_S4,
    Measure::ROUGE_SU4,
    Measure::ROUGE_W,
];

fn all() -> Rouge {
    Rouge::builder().measures(ALL).build().expect("valid settings")
}

fn scores(prediction: &str, reference: &str) -> Vec<Score> {
    let rouge = all();
    rouge.score(prediction, &[reference], &mut rouge.scratch()).to_vec()
}

/// Precision and recall as fractions.
fn assert_ratios(score: Score, precision: (u32, u32), recall: (u32, u32), name: &str) {
    let ratio = |(a, b)| f64::from(a) / f64::from(b);
    assert!((score.precision - ratio(precision)).abs() < 1e-12, "{name} precision: {score:?}");
    assert!((score.recall - ratio(recall)).abs() < 1e-12, "{name} recall: {score:?}");
}

#[test]
fn hand_worked_scores() {
    // Prediction: giá xăng hôm nay giảm mạnh (6). Reference: hôm nay giá xăng giảm (5).
    let s = scores("Giá xăng hôm nay giảm mạnh.", "Hôm nay, giá xăng giảm!");
    assert_ratios(s[0], (5, 6), (5, 5), "rouge1");
    // Shared: giá xăng, hôm nay; of 5 and 4.
    assert_ratios(s[1], (2, 5), (2, 4), "rouge2");
    // Of "giá xăng hôm", "xăng hôm nay", …, none is in the reference.
    assert_ratios(s[2], (0, 4), (0, 3), "rouge3");
    // giá xăng giảm.
    assert_ratios(s[3], (3, 6), (3, 5), "rougeL");
    assert_ratios(s[4], (3, 6), (3, 5), "rougeLsum");
    // Pairs of the prediction: all 15, the farthest has 4 between. Of the reference: all 10, of
    // which 4 (hôm|nay before giá|xăng) are the other way round in the prediction.
    assert_ratios(s[5], (6, 15), (6, 10), "rougeS4");
    assert_ratios(s[6], (11, 21), (11, 15), "rougeSU4");
    // Runs in both: "giá xăng" and then "giảm", not adjacent in the prediction: 2^1.2 + 1.
    let weight = libm::pow(2.0, 1.2) + 1.0;
    let part = |n: f64| libm::pow(weight / libm::pow(n, 1.2), 1.0 / 1.2);
    assert!((s[7].precision - part(6.0)).abs() < 1e-12);
    assert!((s[7].recall - part(5.0)).abs() < 1e-12);
}

#[test]
fn union_of_sentences_follows_the_example_of_the_paper() {
    // Lin (2004), section 3.2: reference w1 w2 w3 w4 w5; candidates w1 w2 w6 w7 w8 and
    // w1 w3 w8 w9 w5; the union is w1 w2 w3 w5.
    let s = scores("w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", "w1 w2 w3 w4 w5");
    assert_ratios(s[4], (4, 10), (4, 5), "rougeLsum");
}

#[test]
fn repeated_syllables_are_clipped() {
    let s = scores("xanh xanh xanh", "xanh xanh lá");
    assert_ratios(s[0], (2, 3), (2, 3), "rouge1");
    assert_ratios(s[1], (1, 2), (1, 2), "rouge2");
    let s = scores("xanh\nxanh", "xanh lá xanh\nxanh");
    assert_ratios(s[4], (2, 2), (2, 4), "rougeLsum");
}

#[test]
fn settings_without_sense_are_errors() {
    let build = |beta: f64| Rouge::builder().beta(beta).build();
    assert!(matches!(build(f64::NAN), Err(RougeError::Beta(_))));
    assert!(matches!(build(0.0), Err(RougeError::Beta(_))));
    assert_eq!(Rouge::builder().measures([]).build().err(), Some(RougeError::NoMeasure));
    let zero = Measure::Ngram { n: 0 };
    let error = Rouge::builder().measures([zero]).build().expect_err("n is 0");
    assert_eq!(error, RougeError::Measure(zero));
}

#[test]
fn a_scratch_serves_several_scorers() {
    let (syllables, stopped) = (
        Rouge::default(),
        Rouge::builder()
            .tokenizer(Tokenizer::syllables().stop_words(["là"]))
            .build()
            .expect("valid settings"),
    );
    let mut scratch = syllables.scratch();
    for _ in 0..3 {
        let score = syllables.score("đây là sách", &["kia là sách"], &mut scratch)[0];
        assert_eq!(score.precision, 2.0 / 3.0);
        let score = stopped.score("đây là sách", &["kia là sách"], &mut scratch)[0];
        assert_eq!(score.precision, 0.5);
    }
}

#[test]
fn tokens_given_by_the_caller_are_compared_as_they_are() {
    let rouge = all();
    let text = rouge.score("a b\nc", &["a c\nb"], &mut rouge.scratch()).to_vec();
    let tokens = rouge
        .score_tokens(
            &[vec!["a", "b"], vec!["c"]],
            &[vec![vec!["a", "c"], vec!["b"]]],
            &mut rouge.scratch(),
        )
        .to_vec();
    assert_eq!(text, tokens);
    let cased = rouge.score_tokens(&[vec!["A"]], &[vec![vec!["a"]]], &mut rouge.scratch())[0];
    assert_eq!(cased, Score::ZERO);
}

#[test]
fn no_references_give_zero() {
    let rouge = all();
    for how in References::ALL {
        let rouge = Rouge::builder().references(how).build().expect("valid settings");
        let mut scratch = rouge.scratch();
        let scores = rouge.score("một", &[] as &[&str], &mut scratch);
        assert!(scores.iter().all(|score| *score == Score::ZERO));
    }
    let mut scratch = rouge.scratch();
    assert!(rouge.score("", &[""], &mut scratch).iter().all(|s| *s == Score::ZERO));
    assert!(rouge.score("...", &["một"], &mut scratch).iter().all(|s| *s == Score::ZERO));
}

#[test]
fn scorers_are_shared_by_threads() {
    fn shared<T: Send + Sync + Clone>() {}
    fn sent<T: Send>() {}
    shared::<Rouge>();
    shared::<Tokenizer>();
    shared::<rouge155::Rouge155>();
    shared::<crate::eval::Chrf>();
    shared::<crate::eval::Oracle>();
    sent::<Scratch>();
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec("[abcđê]|hoà|hòa|\n| ", 0..40).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn scores_are_between_zero_and_one(p in text(), r in text(), q in text()) {
        for how in References::ALL {
            let rouge = Rouge::builder().measures(ALL).references(how).build().expect("valid");
            for score in rouge.score(&p, &[&r, &q], &mut rouge.scratch()) {
                for part in [score.precision, score.recall, score.f_measure] {
                    prop_assert!((0.0..=1.0).contains(&part), "{:?}", score);
                }
            }
        }
    }

    #[test]
    fn sides_swap_precision_and_recall(p in text(), r in text()) {
        let rouge = all();
        let mut scratch = rouge.scratch();
        let forth = rouge.score(&p, &[&r], &mut scratch).to_vec();
        let back = rouge.score(&r, &[&p], &mut scratch);
        for (measure, (a, b)) in ALL.iter().zip(forth.iter().zip(back)) {
            // The union is taken over reference sentences, so it has a direction; the weighted
            // table prefers one side where weights are equal.
            if !matches!(measure, Measure::UnionLcs | Measure::WeightedLcs { .. }) {
                prop_assert_eq!((a.precision, a.recall), (b.recall, b.precision));
                prop_assert!((a.f_measure - b.f_measure).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn identical_texts_score_one(t in text()) {
        let rouge = all();
        let mut scratch = rouge.scratch();
        let n = rouge.tokenizer().tokens(&t).len();
        let scores = rouge.score(&t, &[&t], &mut scratch);
        for (measure, score) in ALL.iter().zip(scores) {
            let needed = match measure {
                Measure::Ngram { n } => usize::from(*n),
                Measure::SkipBigram { unigrams: false, .. } => 2,
                _ => 1,
            };
            let expected = if n >= needed { 1.0 } else { 0.0 };
            // A sentence may take its union from another one that is as long a match, so that
            // the union of identical texts is complete, but no more.
            prop_assert!((score.f_measure - expected).abs() < 1e-12, "{} {:?}", measure, score);
        }
    }

    #[test]
    fn longer_units_match_no_more(p in text(), r in text()) {
        let s = scores(&p, &r);
        // ROUGE-L shares no more tokens than ROUGE-1, ROUGE-Lsum neither.
        prop_assert!(s[3].precision <= s[0].precision && s[4].recall <= s[0].recall);
    }

    #[test]
    fn a_reused_scratch_gives_what_a_fresh_one_gives(
        pairs in prop::collection::vec((text(), text()), 1..6)
    ) {
        let rouge = all();
        let mut scratch = rouge.scratch();
        for (p, r) in &pairs {
            let reused = rouge.score(p, &[r], &mut scratch).to_vec();
            let fresh = rouge.score(p, &[r], &mut rouge.scratch()).to_vec();
            prop_assert_eq!(reused, fresh);
        }
    }

    #[test]
    fn any_text_is_scored_without_a_panic(p in any::<String>(), r in any::<String>()) {
        for tokenizer in [
            Tokenizer::syllables(),
            Tokenizer::words().punctuation(crate::eval::Punctuation::Keep),
            Tokenizer::rouge_score(Stemming::Porter),
        ] {
            let rouge = Rouge::builder().measures(ALL).tokenizer(tokenizer).build().expect("valid");
            let _ = rouge.score(&p, &[&r], &mut rouge.scratch());
        }
    }
}
