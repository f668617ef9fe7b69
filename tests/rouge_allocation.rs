//! Scoring allocates nothing once its memory is warm.

use tomtat::eval::{Measure, References, Rouge};

/// Pairs of different lengths over one stock of syllables, in an order that does not grow.
fn pairs() -> Vec<(String, Vec<String>)> {
    let stock = [
        "nước", "sông", "dâng", "cao", "người", "dân", "vùng", "ven", "biển", "di", "dời", "trước",
        "bão", "số", "5", "Huế", "mưa", "lớn", "kéo", "dài",
    ];
    let text = |seed: usize, len: usize| {
        let words = (0..len).map(|i| stock[(seed + i * (seed % 7 + 1)) % stock.len()]);
        words
            .collect::<Vec<_>>()
            .chunks(9)
            .map(|line| line.join(" "))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let lengths = |i: usize| (1 + i * 37 % 40, 1 + i * 23 % 60);
    (0..200)
        .map(|i| {
            let (p, r) = lengths(i);
            (text(i, p), vec![text(i + 3, r), text(i * 5, p)])
        })
        .collect()
}

#[test]
fn a_pair_costs_no_allocation() {
    let measures = [
        Measure::ROUGE_1,
        Measure::ROUGE_2,
        Measure::ROUGE_3,
        Measure::ROUGE_L,
        Measure::ROUGE_LSUM,
        Measure::ROUGE_SU4,
        Measure::ROUGE_W,
    ];
    let pairs = pairs();
    for how in References::ALL {
        let rouge = Rouge::builder().measures(measures).references(how).build().expect("settings");
        let mut scratch = rouge.scratch();
        let mut score = || {
            let mut sum = 0.0;
            for (prediction, references) in &pairs {
                let scores = rouge.score(prediction, references, &mut scratch);
                sum += scores.iter().fold(0.0, |sum, score| sum + score.f_measure);
            }
            sum
        };
        let cold = score();
        let mut warm = 0.0;
        let counted = allocation_counter::measure(|| warm = score());
        assert!((cold - warm).abs() < f64::EPSILON && warm > 0.0);
        assert_eq!(counted.count_total, 0, "{how}: {counted:?}");
    }
    // The counter counts at all.
    assert!(allocation_counter::measure(|| drop(vec![0_u8; 64])).count_total > 0);
}
