use proptest::prelude::*;

use super::model::SegmenterModel;
use super::*;
use crate::builtin;
use crate::model::{Container, ModelError, ModelInfo};
use crate::token::Gap;
use crate::token::tokenizer::tokenize;
use crate::train::segmenter::{Join, SegmenterOptions, SegmenterTrainer};
use crate::words::lexicon::LexiconEntry;

const SENTENCES: [&str; 12] = [
    "Sáng nay , học_sinh trường Nguyễn_Trãi đi tham_quan bảo_tàng .",
    "Cô giáo Lan kể chuyện lịch_sử cho học_sinh nghe .",
    "Mưa lớn làm nhiều tuyến đường ở Hà_Nội ngập sâu .",
    "Công_nhân vệ_sinh dọn rác trên các tuyến đường .",
    "Bảo_tàng lịch_sử mở_cửa từ 8 giờ đến 17 giờ .",
    "Ông Trần_Văn_Hòa trồng hoa hồng ở ngoại_ô Hà_Nội .",
    "Hoa hồng nở rộ vào mùa xuân .",
    "Học sinh_học khó hơn học lịch_sử .",
    "Nhà_máy mới tuyển 120 công_nhân .",
    "Các em học_sinh vệ_sinh lớp_học mỗi tuần .",
    "Giá vàng tăng , giá xăng giảm .",
    "Hòa đi học ở Hà_Nội từ mùa xuân .",
];

fn units_of(text: &str) -> (Vec<Unit>, Vec<bool>) {
    let mut tokens = Vec::new();
    tokenize(text, 0..text.len(), &crate::builtin::starters(), &mut tokens);
    let joins = tokens.iter().map(|t| t.gap() == Gap::Underscore).collect();
    (tokens.iter().map(Unit::from).collect(), joins)
}

fn trained() -> CrfSegmenter {
    let mut options = SegmenterOptions::default();
    options.epochs = 40;
    options.min_units = [1, 1];
    options.min_ngrams = [1, 1];
    let mut trainer = SegmenterTrainer::new(options);
    for sentence in SENTENCES {
        let (units, joins) = units_of(sentence);
        let joins: Vec<Join> =
            joins.iter().map(|&j| if j { Join::Joined } else { Join::Split }).collect();
        trainer.add(&units, &joins, 1.0);
    }
    let words = ["học sinh", "sinh học", "lịch sử", "vệ sinh", "Hà Nội", "hoa hồng Đà Lạt"];
    trainer.train(&words.map(|word| LexiconEntry::new(word, 20, 20)))
}

fn segmented(segmenter: &CrfSegmenter, text: &str) -> Vec<bool> {
    let mut joins = Vec::new();
    segmenter.join(&units_of(text).0, &mut joins);
    joins
}

#[test]
fn the_words_of_the_lexicon_are_found_again() {
    let segmenter = SegmenterModel::read(builtin::SEGMENTER).expect("a model").into_segmenter();
    let words = SegmenterModel::read_lexicon(builtin::SEGMENTER).expect("its lexicon");
    let lost: Vec<&str> = words
        .iter()
        .filter(|word| segmenter.strength_of(&word.units()) < word.strength())
        .map(LexiconEntry::key)
        .collect();
    // A word whose bucket is full, or whose fingerprint another key has, is left out.
    let allowed = words.len() / 250;
    assert!(lost.len() <= allowed, "{} of {} words: {lost:?}", lost.len(), words.len());
}

#[test]
fn the_sentences_of_the_training_are_learned() {
    let segmenter = trained();
    for sentence in SENTENCES {
        assert_eq!(segmented(&segmenter, sentence), units_of(sentence).1, "{sentence}");
    }
}

#[test]
fn training_twice_gives_the_same_bytes() {
    assert_eq!(sections(&trained()), sections(&trained()));
}

#[test]
fn case_and_spelling_do_not_change_the_words() {
    let segmenter = trained();
    for sentence in SENTENCES {
        let lower = segmented(&segmenter, &sentence.to_lowercase());
        assert_eq!(lower, segmented(&segmenter, &sentence.to_uppercase()), "{sentence}");
        let new_style = sentence.replace("Hòa", "Hoà");
        assert_eq!(segmented(&segmenter, sentence), segmented(&segmenter, &new_style));
    }
}

#[test]
fn marks_and_ends_are_never_joined() {
    let segmenter = trained();
    let (units, _) = units_of("( học ) sinh , lịch - sử");
    let (mut joins, mut margins) = (Vec::new(), Vec::new());
    segmenter.join(&units, &mut joins);
    assert_eq!(joins, vec![false; units.len()]);
    assert!(segmenter.margins(&units, &mut margins));
    assert_eq!(margins, vec![i32::MIN; units.len()]);
    for units in [&[][..], &units[..1]] {
        segmenter.join(units, &mut joins);
        assert_eq!(joins.len(), units.len());
        segmenter.margins(units, &mut margins);
        assert_eq!(margins.len(), units.len());
    }
}

#[test]
fn margins_are_differences_of_the_best_segmentations() {
    let segmenter = trained();
    let (units, _) = units_of("học sinh học lịch sử ở");
    let slots = segmenter.with_scores(&units, |slots, _| slots.to_vec());
    let score = |joins: usize| -> i32 {
        let joined = |i: usize| joins >> i & 1 == 1;
        (0..units.len() - 1)
            .filter(|&i| joined(i))
            .map(|i| {
                let slot = &slots[PAD + i];
                slot.emission + if i > 0 && joined(i - 1) { slot.transition } else { 0 }
            })
            .sum()
    };
    let all = 0..1usize << (units.len() - 1);
    let best =
        |i: usize, join: usize| all.clone().filter(|joins| joins >> i & 1 == join).map(score).max();
    let (mut margins, mut joins) = (Vec::new(), Vec::new());
    segmenter.margins(&units, &mut margins);
    segmenter.join(&units, &mut joins);
    for i in 0..units.len() - 1 {
        let wanted = best(i, 1).zip(best(i, 0)).map(|(join, split)| join - split);
        assert_eq!(Some(margins[i + 1]), wanted, "gap {i}");
        assert_eq!(joins[i + 1], margins[i + 1] > 0);
    }
}

#[test]
fn a_new_lexicon_replaces_the_old_one() {
    let mut segmenter = trained();
    let before = segmenter.clone();
    let word = |text: &str| text.split(' ').map(UnitId::of).collect::<Vec<_>>();
    let words = [word("tuyến đường"), word("hoa hồng nở rộ"), word("một"), word("xyz đường")];
    let taken = segmenter.set_lexicon(words.iter().map(|w| (&w[..], 6)));
    assert_eq!(taken, 2);
    assert_ne!(segmenter, before);
    let lexicon_of = |segmenter: &CrfSegmenter, word: &[UnitId]| {
        let [a, b] = [0, 1].map(|i| segmenter.symbols.of_id(word[i]));
        segmenter.pairs.view().find(pair_key(a, b))[PairField::LEXICON] as u8
    };
    assert_eq!(lexicon_of(&segmenter, &words[0]), 6);
    assert_eq!(lexicon_of(&segmenter, &words[1]), PREFIX);
    assert_eq!(lexicon_of(&segmenter, &word("lịch sử")), 0);
    assert_ne!(lexicon_of(&before, &word("lịch sử")), 0);
}

/// The sections of a segmenter by name, as a model file holds them.
fn sections(segmenter: &CrfSegmenter) -> Vec<(&'static str, Vec<u8>)> {
    let file = SegmenterModel::write(ModelInfo::new("", "test"), segmenter, &[]);
    let container = Container::parse(&file).expect("a model file");
    ["units", "rows", "pairs", "triples", "deep", "small"]
        .map(|name| (name, container.section(name).expect(name).into_owned()))
        .to_vec()
}

fn read(sections: &[(&'static str, Vec<u8>)]) -> Result<CrfSegmenter, ModelError> {
    CrfSegmenter::from_sections(|wanted| {
        let section = sections.iter().find(|(name, _)| *name == wanted);
        Ok(Cow::Owned(section.expect("a known name").1.clone()))
    })
}

#[test]
fn bytes_come_back_and_cuts_are_errors() {
    let segmenter = trained();
    let sections = sections(&segmenter);
    assert_eq!(read(&sections).expect("a model"), segmenter);
    for i in 0..sections.len() {
        let mut cut = sections.clone();
        cut[i].1.pop();
        assert!(read(&cut).is_err(), "{} cut", cut[i].0);
        let mut longer = sections.clone();
        longer[i].1.push(0);
        assert!(read(&longer).is_err(), "{} too long", longer[i].0);
    }
}

#[test]
fn damaged_bytes_never_panic() {
    let good = sections(&trained());
    for i in 0..good.len() {
        for at in (0..good[i].1.len()).step_by(good[i].1.len().div_ceil(400)) {
            let mut bad = good.clone();
            bad[i].1[at] ^= 0xFF;
            if let Ok(segmenter) = read(&bad) {
                segmented(&segmenter, SENTENCES[at % SENTENCES.len()]);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_is_segmented(text in "(học|sinh|lịch|sử|HÀ|Nội|hoa|hồng|[,.]| |\\PC){0,40}") {
        let segmenter = trained_once();
        let (units, _) = units_of(&text);
        let (mut joins, mut margins) = (Vec::new(), Vec::new());
        segmenter.join(&units, &mut joins);
        segmenter.margins(&units, &mut margins);
        prop_assert_eq!(joins.len(), units.len());
        for (join, margin) in joins.iter().zip(&margins) {
            prop_assert_eq!(*join, *margin > 0);
        }
    }
}

fn trained_once() -> &'static CrfSegmenter {
    static SEGMENTER: std::sync::OnceLock<CrfSegmenter> = std::sync::OnceLock::new();
    SEGMENTER.get_or_init(trained)
}
