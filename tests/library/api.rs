//! What the public types promise to the compiler.

use tomtat::model::ModelError;
use tomtat::rank::Ranker;
use tomtat::select::{Budget, BudgetError};
use tomtat::weights::Background;
use tomtat::words::Lexicon;
use tomtat::words::WordSegmenter;
use tomtat::{Analyzer, Document, Summarizer, Summary, TextOptions};

fn shared_by_threads<T: Send + Sync + ?Sized>() {}
fn error<T: std::error::Error + Send + Sync + 'static>() {}

#[test]
fn public_types_are_shared_by_threads() {
    shared_by_threads::<Analyzer>();
    shared_by_threads::<Summarizer>();
    shared_by_threads::<Summary>();
    shared_by_threads::<Document>();
    shared_by_threads::<TextOptions<'_>>();
    shared_by_threads::<Background>();
    shared_by_threads::<Lexicon>();
    shared_by_threads::<Budget>();
    shared_by_threads::<dyn Ranker>();
    shared_by_threads::<dyn WordSegmenter>();
}

#[test]
fn errors_are_errors() {
    error::<ModelError>();
    error::<BudgetError>();
}

#[test]
fn documents_are_used_again() {
    let analyzer = Analyzer::new();
    let mut document = Document::default();
    for text in ["Mưa to ở Huế.\n\nNước dâng.", "", "Nắng."] {
        analyzer.analyze_into(text, TextOptions::default(), &mut document);
        let fresh = analyzer.analyze(text);
        let spans =
            |d: &Document| d.sentences().map(tomtat::document::Sentence::span).collect::<Vec<_>>();
        assert_eq!(spans(&document), spans(&fresh));
        assert_eq!(document.term_count(), fresh.term_count());
    }
}

#[test]
fn models_print_a_line_and_no_weights() {
    let models = tomtat::Models::default();
    let printed = [
        format!("{models:?}"),
        format!("{:?}", models.segmenter()),
        format!("{:?}", models.starters()),
        format!("{:?}", models.background()),
        format!("{:?}", models.stop_words()),
        format!("{:?}", models.ranker()),
        format!("{:?}", models.keywords()),
        format!("{:?}", tomtat::Summarizer::new(&tomtat::Analyzer::new())),
    ];
    for line in printed {
        assert!(line.len() < 600 && !line.contains('\n'), "{} bytes: {line:.200}", line.len());
    }
}
