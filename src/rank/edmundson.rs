//! Edmundson's four methods: cue phrases, key words, title, location.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::content::Content;
use super::{RankContext, Ranker, RankerInfo};
use crate::document::Sentence;
use crate::text::key::{TermHash, UnitId};
use crate::token::Token;

/// Describes [`Edmundson`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "edmundson",
    "cue phrases, key words, title words and the place in the article",
    "Edmundson (1969), Journal of the ACM 16(2)",
);

/// Phrases that announce what matters: conclusions, superlatives, decisions, reasons.
const BONUS: &[&str] = &[
    "bất ngờ",
    "cao nhất",
    "chính thức",
    "chủ yếu",
    "công bố",
    "cột mốc",
    "đáng chú ý",
    "đáng kể",
    "đặc biệt",
    "đầu tiên",
    "điểm mấu chốt",
    "hậu quả",
    "kết luận",
    "kết quả",
    "khẳng định",
    "kỷ lục",
    "lần đầu",
    "lớn nhất",
    "mục đích",
    "mục tiêu",
    "nguyên nhân",
    "nghiêm trọng",
    "nhấn mạnh",
    "nhìn chung",
    "nổi bật",
    "phát hiện",
    "quan trọng",
    "quyết định",
    "tăng gấp",
    "thấp nhất",
    "thông báo",
    "tóm lại",
    "tổng cộng",
    "trọng tâm",
    "xác nhận",
];

/// Phrases of sentences that can be missed: examples, hedges, asides, words to the reader.
const STIGMA: &[&str] = &[
    "ảnh minh họa",
    "biết đâu",
    "bên lề",
    "chẳng hạn",
    "có lẽ",
    "có thể nói",
    "cũng như vậy",
    "đại loại",
    "dường như",
    "hầu như không",
    "hình như",
    "khó mà",
    "không đáng kể",
    "không rõ",
    "mời bạn đọc",
    "mời quý vị",
    "nghe nói",
    "nghe đâu",
    "nhân tiện",
    "nói chung là",
    "tạm gọi",
    "thỉnh thoảng",
    "thú thật",
    "tiện thể",
    "ví dụ",
    "ví như",
    "vân vân",
    "xem thêm",
];

/// Longest cue phrase, in units.
const LONGEST: usize = 4;

/// Scores a sentence with a weighted sum of four parts, each divided by its largest absolute value
/// in the article:
///
/// - *cue*: bonus phrases less stigma phrases. The lists are for Vietnamese and our own, some sixty
///   phrases of news language.
/// - *key*: the counts in the article of its distinct content words that occur at least twice.
/// - *title*: the number of its distinct content words that the title holds.
/// - *location*: one each for standing in the first paragraph, in the last, at the beginning of a
///   paragraph and at its end.
///
/// All four weigh 1 at first. Edmundson found the best weights without key words (figure 4);
/// [`with_weights`](Self::with_weights) sets others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edmundson {
    /// Of cue, key, title, location.
    weights: [f64; 4],
}

impl Default for Edmundson {
    fn default() -> Self {
        Self { weights: [1.0; 4] }
    }
}

impl Edmundson {
    /// Makes a ranker with these finite weights of cue phrases, key words, title and location; a
    /// weight that is not finite counts as 0.
    #[must_use]
    pub fn with_weights(cue: f64, key: f64, title: f64, location: f64) -> Self {
        let finite = |weight: f64| if weight.is_finite() { weight } else { 0.0 };
        Self { weights: [cue, key, title, location].map(finite) }
    }
}

impl Ranker for Edmundson {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        let parts = parts(context);
        for (place, weight) in self.weights.into_iter().enumerate() {
            let most = parts.iter().fold(0.0, |most: f64, part| most.max(part[place].abs()));
            if most > 0.0 {
                for (score, part) in scores.iter_mut().zip(&parts) {
                    *score += weight * part[place] / most;
                }
            }
        }
    }
}

/// Cue, key, title and location of each candidate, as they are counted.
fn parts(context: &RankContext<'_>) -> Vec<[f64; 4]> {
    let document = context.document();
    let content = Content::new(context);
    let counts = content.counts();
    let title: Vec<bool> = (0..document.term_count() as u32)
        .map(|term| {
            let hash = document.term_hash(crate::document::TermId(term));
            let held = document.title().is_some_and(|t| t.terms().binary_search(&hash).is_ok());
            held && !context.stop_words().contains_hash(hash)
        })
        .collect();
    let blocks: Vec<usize> = context.candidates().map(Sentence::block_index).collect();
    let (first, last) = (blocks.first().copied(), blocks.last().copied());
    (0..context.len())
        .map(|i| {
            let terms = content.rows().row(i).0;
            let key = terms.iter().map(|&t| counts[t as usize]).filter(|&n| n >= 2.0);
            let titled = terms.iter().filter(|&&t| title[t as usize]).count();
            let block = Some(blocks[i]);
            let places = [
                block == first,
                block == last,
                i == 0 || blocks[i - 1] != blocks[i],
                blocks.get(i + 1) != Some(&blocks[i]),
            ];
            [
                cue(context.candidate(i)),
                key.fold(0.0, |sum, n| sum + n),
                titled as f64,
                places.iter().filter(|place| **place).count() as f64,
            ]
        })
        .collect()
}

/// Bonus phrases less stigma phrases; of two that begin at one place the longer counts.
fn cue(sentence: Sentence<'_>) -> f64 {
    static CUES: LazyLock<FxHashMap<TermHash, f64>> = LazyLock::new(|| {
        let bonus = BONUS.iter().map(|phrase| (TermHash::of_key(phrase), 1.0));
        bonus.chain(STIGMA.iter().map(|phrase| (TermHash::of_key(phrase), -1.0))).collect()
    });
    let units: Vec<UnitId> =
        sentence.tokens().iter().filter(|t| t.kind().is_term()).map(Token::unit).collect();
    let (mut sum, mut place) = (0.0, 0);
    while place < units.len() {
        let longest = LONGEST.min(units.len() - place);
        let found = (2..=longest).rev().find_map(|length| {
            let hash = TermHash::of_units(units[place..place + length].iter().copied());
            CUES.get(&hash).map(|value| (length, value))
        });
        let (length, value) = found.unwrap_or((1, &0.0));
        sum += value;
        place += length;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::key::fold;
    use crate::{Analyzer, TextOptions};

    const TEXT: &str = "Lúa chín sớm. Gạo tăng giá, không rõ vì sao.\n\n\
        Nguyên nhân quan trọng là hạn. Ví dụ, lúa khô.";

    #[test]
    fn a_case_worked_by_hand() {
        let analyzer = Analyzer::new();
        let options = TextOptions::default().with_title(Some("Gạo và lúa")).with_raw(true);
        let document = analyzer.analyze_with(TEXT, options);
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let parts = parts(&context);
        let column = |i: usize| parts.iter().map(|p| p[i]).collect::<Vec<f64>>();
        assert_eq!(column(0), [0.0, -1.0, 2.0, -1.0]);
        // "lúa" occurs twice.
        assert_eq!(column(1), [2.0, 0.0, 0.0, 2.0]);
        assert_eq!(column(2), [1.0, 1.0, 0.0, 1.0]);
        assert_eq!(column(3), [2.0; 4]);
        let mut scores = vec![0.0; context.len()];
        Edmundson::with_weights(1.0, 2.0, 3.0, 4.0).scores(&context, &mut scores);
        assert_eq!(scores, [9.0, 6.5, 5.0, 8.5]);
    }

    #[test]
    fn cue_phrases_are_keys_and_of_one_mind() {
        for phrase in BONUS.iter().chain(STIGMA) {
            let units = phrase.split(' ').count();
            assert!((2..=LONGEST).contains(&units) && fold(phrase) == **phrase, "{phrase}");
        }
        assert!(BONUS.iter().all(|phrase| !STIGMA.contains(phrase)));
    }

    #[test]
    fn the_place_of_the_tone_mark_does_not_matter() {
        let document = Analyzer::new().analyze("Ảnh minh hoạ.");
        let sentence = document.sentences().next().expect("a sentence");
        assert!((cue(sentence) + 1.0).abs() < 1e-12);
    }
}
