//! The embedded models, and model files of every format version.

use std::path::Path;
use std::sync::Arc;

use tomtat::builtin;
use tomtat::corpus::keywords::KeywordModel;
use tomtat::corpus::statistics::TermStatistics;
use tomtat::model::{Container, ModelInfo};
use tomtat::rank::RankerModel;
use tomtat::text::key::{NORMALIZATION, TermHash};
use tomtat::text::syllable::Syllable;
use tomtat::token::sentence_starters::{LeftContext, RightContext, SentenceStarters};
use tomtat::weights::{Background, StandaloneModel};
use tomtat::words::Lexicon;
use tomtat::words::SegmenterModel;
use tomtat::{Analyzer, Models, Sentence};

#[test]
fn embedded_models_are_intact_and_say_where_they_come_from() {
    let files = [
        builtin::BACKGROUND,
        builtin::SEGMENTER,
        builtin::RANKER,
        builtin::STARTERS,
        builtin::STANDALONE,
        builtin::KEYWORDS,
    ];
    for file in files {
        let container = Container::parse(file).expect("an intact model");
        let info = container.info();
        assert_eq!(info.normalization, NORMALIZATION);
        assert!(!info.corpus.is_empty(), "{info:?}");
        assert!(!info.licence.is_empty(), "{info:?}");
        assert!(info.command.starts_with("tomtat train"), "{info:?}");
    }
    let words = SegmenterModel::read_lexicon(builtin::SEGMENTER).expect("words");
    assert!(words.len() > 30_000 && words.iter().any(|entry| entry.key() == "học sinh"));
    assert!(builtin::SEGMENTER.len() < 6_500_000);
    let background = builtin::background();
    let idf = |word: &str| background.word_idf(TermHash::of_key(word));
    assert!(idf("và") < 2.0 && idf("lạm phát") > 4.0);
    let keywords = builtin::keywords();
    assert!(keywords.is_known_term("thị trường chứng khoán") && !keywords.is_known_term("ông"));
    assert!(Background::read_words(builtin::BACKGROUND).expect("words").len() > 10_000);
}

#[test]
fn all_models_together_stay_under_ten_megabytes() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/models");
    let size: u64 = std::fs::read_dir(folder)
        .expect("the folder of the models")
        .map(|file| file.expect("a file").metadata().expect("its size").len())
        .sum();
    assert!(size < 10_000_000, "{size} bytes");
}

/// Files written by older versions must stay readable: one of each version is kept.
#[test]
fn model_files_of_every_version_are_read() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/models"));
    let read = |name: &str| std::fs::read(folder.join(name)).expect(name);
    let lexicon = Lexicon::read(&read("v1.lexicon")).expect("a lexicon of version 1");
    assert_eq!(lexicon.count("hòa bình"), Some(12));
    assert_eq!(lexicon.count("covid hoành hành"), Some(3));
    let background = Background::read(&read("v1.background")).expect("statistics of version 1");
    assert_eq!(background.documents(), 100);
    assert_eq!(background.word_df(TermHash::of_key("hòa bình")), 7);
    assert_eq!(background.syllable_df(TermHash::of_key("bình")), 20);
    // Sentence starters of version 1 do not know what stands beside capitals.
    let starters = SentenceStarters::read(&read("v1.starters")).expect("starters of version 1");
    let theo = Syllable::parse("theo").expect("a syllable").id();
    assert!(starters.score(theo) > 0);
    assert_eq!(starters.boundary_score(LeftContext::Foreign, theo, RightContext::Lower), None);
    let standalone = StandaloneModel::read(&read("v1.standalone")).expect("openings of version 1");
    let document =
        Analyzer::from_models(Models::untrained()).analyze("Riêng xã Vĩnh Thạnh được mùa.");
    assert!(
        document.sentence(0).is_some_and(|s| standalone.score(document.text(), s.tokens()) > 0.0)
    );
    RankerModel::read(&read("v1.ranker")).expect("a ranker of version 1");
    // Learned from five sentences; so the words of a sentence of them must come back.
    let segmenter = SegmenterModel::read(&read("v1.segmenter")).expect("a segmenter of version 1");
    let models = Models::untrained().with_segmenter(Arc::new(segmenter.into_segmenter()));
    let document = Analyzer::from_models(models).analyze("Sáng nay học sinh trường làng đi học.");
    let words: Vec<String> =
        document.sentences().flat_map(Sentence::words).map(tomtat::Word::key).collect();
    assert_eq!(words, ["sáng nay", "học sinh", "trường", "làng", "đi", "học", "."]);
    let keywords = KeywordModel::read(&read("v1.keywords")).expect("key terms of version 1");
    assert!(keywords.is_known_term("lúa hè thu") && !keywords.is_known_term("niềm vui"));
    let counts = TermStatistics::read(&read("v1.counts")).expect("counts of version 1");
    let term = counts.term("lớp học").expect("a term of the counts");
    assert_eq!((counts.documents(), counts.items(), term.tf(), term.df()), (2, 41, 3, 1));
}

/// Damage anywhere is an error, in whatever order the sections are read.
#[test]
fn a_damaged_model_is_an_error() {
    let words = SegmenterModel::read_lexicon(builtin::SEGMENTER).expect("words");
    let words = Lexicon::from_entries(words.iter().map(|entry| (entry.key(), entry.joined())));
    let lexicon = words.write(ModelInfo::new("", "test"));
    for (file, read) in [
        (&lexicon[..], (|b| Lexicon::read(b).is_err()) as fn(&[u8]) -> bool),
        (builtin::BACKGROUND, |b| Background::read(b).is_err()),
        (builtin::SEGMENTER, |b| SegmenterModel::read(b).is_err()),
        (builtin::RANKER, |b| RankerModel::read(b).is_err()),
        (builtin::STARTERS, |b| SentenceStarters::read(b).is_err()),
    ] {
        for at in (0..file.len()).step_by(file.len() / 50) {
            let mut damaged = file.to_vec();
            damaged[at] ^= 0x20;
            assert!(read(&damaged), "byte {at}");
        }
        assert!(read(&file[..file.len() / 2]));
    }
}
