//! Any prediction and reference: scores are between 0 and 1, a text scores 1 against itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tomtat::eval::boundary::{BoundaryCounts, DEFAULT_WINDOW};
use tomtat::eval::{Chrf, Rouge, Stemming};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (prediction, reference) = text.split_once('\u{0}').unwrap_or((&text, "Mưa to. Gió lớn."));
    for rouge in [Rouge::default(), Rouge::rouge_score(Stemming::Off)] {
        let mut scratch = rouge.scratch();
        for score in rouge.score(prediction, &[reference], &mut scratch) {
            for value in [score.precision, score.recall, score.f_measure] {
                assert!((0.0..=1.0).contains(&value));
            }
        }
        let has_tokens = !rouge.tokenizer().tokens(prediction).is_empty();
        let own = rouge.score(prediction, &[prediction], &mut scratch);
        assert!(!has_tokens || (own[0].f_measure - 1.0).abs() < 1e-9);
    }
    for chrf in [Chrf::new(), Chrf::plus_plus()] {
        let score = chrf.score(prediction, &[reference], &mut chrf.scratch());
        assert!((0.0..=1.0 + 1e-9).contains(&score));
    }
    let ends = |bytes: &[u8]| -> Vec<usize> {
        let mut ends: Vec<usize> = bytes.iter().map(|&byte| byte as usize).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    };
    let (one, other) = bytes.split_at(bytes.len() / 2);
    let similarity = BoundaryCounts::of(&ends(one), &ends(other), DEFAULT_WINDOW).similarity();
    assert!((0.0..=1.0).contains(&similarity));
});
