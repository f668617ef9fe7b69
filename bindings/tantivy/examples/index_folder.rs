//! Indexes the texts of a folder and searches them.
//!
//! `cargo run --release --example index_folder -- FOLDER QUERY…`

use std::error::Error;
use std::{env, fs};

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{
    IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, TantivyDocument, doc};
use tomtat_tantivy::{Level, VietnameseTokenizer};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().ok_or("name a folder and a query")?;
    let wanted: Vec<String> = arguments.collect();

    // 1. A field whose terms come from our tokenizer. Positions are for phrases.
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("vi")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let path = schema.add_text_field("path", STRING | STORED);
    let options = (TextOptions::default() | STORED).set_indexing_options(indexing);
    let body = schema.add_text_field("body", options);
    let index = Index::create_in_ram(schema.build());

    // 2. Words, syllables, and twins without marks.
    let tokenizer = VietnameseTokenizer::new(Level::WordsAndSyllables).with_unmarked_twins(true);
    index.tokenizers().register("vi", tokenizer.clone());
    let mut writer = index.writer(50_000_000)?;
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "txt") {
            let text = fs::read_to_string(&file)?;
            writer.add_document(doc!(path => file.display().to_string(), body => text))?;
        }
    }
    writer.commit()?;

    // 3. Queries have a tokenizer of their own, which adds nothing.
    let queries = TokenizerManager::new();
    queries.register("vi", tokenizer.for_queries());
    let mut parser = QueryParser::new(index.schema(), vec![body], queries);
    parser.set_conjunction_by_default();
    let query = parser.parse_query(&wanted.join(" "))?;

    // 4. The best texts, with what was found in bold.
    let searcher = index.reader()?.searcher();
    let snippets = SnippetGenerator::create(&searcher, &*query, body)?;
    for (score, address) in searcher.search(&query, &TopDocs::with_limit(5).order_by_score())? {
        let found: TantivyDocument = searcher.doc(address)?;
        let name = found.get_first(path).and_then(|value| value.as_str()).unwrap_or_default();
        println!("{score:.2} {name}\n    {}", snippets.snippet_from_doc(&found).to_html());
    }
    Ok(())
}
