//! A real index: queries with and without marks, phrases, highlighted snippets.

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{
    Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, TantivyDocument, doc};
use tomtat_tantivy::{Level, VietnameseTokenizer};

const TEXTS: [&str; 5] = [
    "Ông Nguyễn Văn Hòa giúp học sinh vùng cao ở Lào Cai.",
    "Sinh viên tự học cách trồng hoa ở nhà kính.",
    "Giá gạo xuất khẩu tăng tuần thứ tư liên tiếp.",
    "Cầu Cỏ May thông xe, người dân hết cảnh chờ phà.",
    "Ðà Nẵng đón khách du lịch; thành phố mở thêm tuyến xe buýt.",
];

struct Library {
    index: Index,
    body: Field,
    parser: QueryParser,
}

fn library(tokenizer: &VietnameseTokenizer) -> tantivy::Result<Library> {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("vi")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let options = (TextOptions::default() | STORED).set_indexing_options(indexing);
    let body = schema.add_text_field("body", options);
    let index = Index::create_in_ram(schema.build());
    index.tokenizers().register("vi", tokenizer.clone());
    let mut writer = index.writer_with_num_threads(1, 15_000_000)?;
    for text in TEXTS {
        writer.add_document(doc!(body => text))?;
    }
    writer.commit()?;
    let queries = TokenizerManager::new();
    queries.register("vi", tokenizer.for_queries());
    let mut parser = QueryParser::new(index.schema(), vec![body], queries);
    parser.set_conjunction_by_default();
    Ok(Library { index, body, parser })
}

/// Numbers of the texts that a query finds, best first.
fn found(library: &Library, query: &str) -> Vec<usize> {
    let searcher = library.index.reader().expect("a reader").searcher();
    let query = library.parser.parse_query(query).expect("a query");
    let top = searcher.search(&query, &TopDocs::with_limit(10).order_by_score()).expect("hits");
    let texts = top.into_iter().map(|(_, address)| {
        let document: TantivyDocument = searcher.doc(address).expect("a document");
        let text =
            document.get_first(library.body).and_then(|value| value.as_str()).expect("a text");
        TEXTS.iter().position(|other| *other == text).expect("one of ours")
    });
    texts.collect()
}

#[test]
fn what_is_typed_without_marks_finds_marks_and_not_the_other_way() {
    let library =
        library(&VietnameseTokenizer::default().with_unmarked_twins(true)).expect("an index");
    assert_eq!(found(&library, "nguyen"), [0]);
    assert_eq!(found(&library, "Nguyễn"), [0]);
    assert_eq!(found(&library, "nguyện"), [0_usize; 0]);
    assert_eq!(found(&library, "da nang"), [4]);
    assert_eq!(found(&library, "\"co may\""), [3]);
    assert_eq!(found(&library, "xuat khau gao"), [2]);
}

#[test]
fn spellings_do_not_matter() {
    let library = library(&VietnameseTokenizer::default()).expect("an index");
    for query in ["hòa", "hoà", "HÒA", "ho\u{300}a"] {
        assert_eq!(found(&library, query), [0], "{query}");
    }
    // The text has U+00D0, the query U+0110.
    assert_eq!(found(&library, "đà nẵng"), [4]);
    // hoa is another word.
    assert_eq!(found(&library, "hoa"), [1]);
}

#[test]
fn phrases_and_syllables_work_at_each_level() {
    let both = library(&VietnameseTokenizer::new(Level::WordsAndSyllables)).expect("an index");
    let syllables = library(&VietnameseTokenizer::new(Level::Syllables)).expect("an index");
    for library in [&both, &syllables] {
        assert_eq!(found(library, "\"học sinh\""), [0]);
        assert_eq!(found(library, "\"học sinh vùng cao\""), [0]);
        let mut apart = found(library, "học sinh");
        apart.sort_unstable();
        assert_eq!(apart, [0, 1]);
    }
    let words = library(&VietnameseTokenizer::new(Level::Words)).expect("an index");
    assert_eq!(found(&words, "\"học sinh\""), [0]);
    assert_eq!(found(&words, "học"), [1]);
}

#[test]
fn snippets_are_highlighted_by_our_offsets() {
    let library =
        library(&VietnameseTokenizer::default().with_unmarked_twins(true)).expect("an index");
    let searcher = library.index.reader().expect("a reader").searcher();
    for (query, text, marked) in [
        ("nguyen hoa", 0, vec!["Nguyễn", "Hòa"]),
        ("\"du lịch\"", 4, vec!["du", "lịch"]),
        ("phà", 3, vec!["phà"]),
    ] {
        let query = library.parser.parse_query(query).expect("a query");
        let generator =
            SnippetGenerator::create(&searcher, &*query, library.body).expect("a generator");
        let snippet = generator.snippet(TEXTS[text]);
        let fragment = snippet.fragment();
        let parts: Vec<&str> =
            snippet.highlighted().iter().map(|range| &fragment[range.clone()]).collect();
        assert_eq!(parts, marked);
        assert!(TEXTS[text].contains(fragment));
    }
}
