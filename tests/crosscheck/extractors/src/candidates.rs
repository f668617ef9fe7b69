//! The extractors under comparison, each with its default settings.

use anyhow::{Context, Result};
use tomtat::page::PageOptions;
use url::Url;

use crate::score::is_gold;

/// What a candidate gives of a page.
pub enum Extract {
    Html(String),
    Text(String),
}

/// The page's HTML in, its main content out.
type Run = dyn Fn(&str) -> Result<Extract>;

/// An extractor.
pub struct Candidate {
    /// The crate, by which its version is looked up.
    pub package: &'static str,
    /// What of the crate was run.
    pub note: &'static str,
    pub run: Box<Run>,
}

fn candidate(
    package: &'static str,
    note: &'static str,
    run: impl Fn(&str) -> Result<Extract> + 'static,
) -> Candidate {
    Candidate { package, note, run: Box::new(run) }
}

/// All candidates; our own path first, then the extractor below it.
pub fn all() -> Result<Vec<Candidate>> {
    // Loading the script takes long; a user does it once.
    let javascript = readability_js::Readability::new().context("no JavaScript context")?;
    Ok(vec![
        candidate("tomtat", "page::html::read, blocks by role", tomtat),
        candidate("dom_smoothie", "with our settings", dom_smoothie),
        candidate("readability-js", "Mozilla's JavaScript", move |html| {
            Ok(Extract::Html(javascript.parse(html)?.content))
        }),
        candidate("legible", "", legible),
        candidate("libreadability", "", libreadability),
        candidate("readabilityrs", "", readabilityrs),
        candidate("readability-rust", "", readability_rust),
        candidate("readability", "arc90", readability),
        candidate("readable-readability", "", readable_readability),
        candidate("llm_readability", "", llm_readability),
        candidate("lectito", "", lectito),
        candidate("trafilatura", "", trafilatura),
        candidate("trafilatura", "with fallback", trafilatura_fallback),
        candidate("rs-trafilatura", "", rs_trafilatura),
        candidate("justext", "Vietnamese stop words", justext),
        candidate("dom-content-extraction", "get_content", density_content),
        candidate("dom-content-extraction", "get_article", density_article),
        candidate("html2text", "floor: all text", html2text),
    ])
}

fn tomtat(html: &str) -> Result<Extract> {
    let article = tomtat::page::html::read(html, &PageOptions::default());
    let blocks: Vec<&str> = article
        .structure()
        .blocks()
        .iter()
        .filter(|block| is_gold(block.role()))
        .map(|block| &article.text()[block.span()])
        .collect();
    Ok(Extract::Text(blocks.join("\n")))
}

/// The settings of `src/article/html.rs`.
fn dom_smoothie(html: &str) -> Result<Extract> {
    let config = dom_smoothie::Config {
        keep_classes: true,
        max_elements_to_parse: 200_000,
        ..dom_smoothie::Config::default()
    };
    let article = dom_smoothie::Readability::new(html, None, Some(config))?.parse()?;
    Ok(Extract::Html(article.content.to_string()))
}

fn legible(html: &str) -> Result<Extract> {
    Ok(Extract::Html(legible::parse(html, None, None)?.content))
}

fn libreadability(html: &str) -> Result<Extract> {
    Ok(Extract::Html(libreadability::extract(html, None)?.content))
}

fn readabilityrs(html: &str) -> Result<Extract> {
    let article = readabilityrs::Readability::new(html, None, None)?.parse();
    let content = article.and_then(|article| article.content).context("no article")?;
    Ok(Extract::Html(content))
}

fn readability_rust(html: &str) -> Result<Extract> {
    let article = readability_rust::Readability::new(html, None)?.parse();
    let content = article.and_then(|article| article.content).context("no article")?;
    Ok(Extract::Html(content))
}

/// An address for candidates that do not work without.
fn address() -> Result<Url> {
    Ok(Url::parse("https://bao.example/bai-viet.html")?)
}

fn readability(html: &str) -> Result<Extract> {
    let product = readability::extractor::extract(&mut html.as_bytes(), &address()?)?;
    Ok(Extract::Html(product.content))
}

fn readable_readability(html: &str) -> Result<Extract> {
    let (node, _) = readable_readability::Readability::new().parse(html);
    let mut content = Vec::new();
    node.serialize(&mut content)?;
    Ok(Extract::Html(String::from_utf8(content)?))
}

fn llm_readability(html: &str) -> Result<Extract> {
    let product = llm_readability::extractor::extract(&mut html.as_bytes(), &address()?)?;
    Ok(Extract::Html(product.content))
}

fn lectito(html: &str) -> Result<Extract> {
    let article = lectito::extract(html, None, &lectito::ReadabilityOptions::default())?;
    Ok(Extract::Html(article.context("no article")?.content))
}

fn trafilatura(html: &str) -> Result<Extract> {
    let result = trafilatura::extract(html, &trafilatura::Options::default())?;
    Ok(Extract::Text(result.content_text))
}

fn trafilatura_fallback(html: &str) -> Result<Extract> {
    let options = trafilatura::Options::default().with_fallback(true);
    Ok(Extract::Text(trafilatura::extract(html, &options)?.content_text))
}

fn rs_trafilatura(html: &str) -> Result<Extract> {
    Ok(Extract::Text(rs_trafilatura::extract(html)?.content_text))
}

fn justext(html: &str) -> Result<Extract> {
    let text = justext::extract_text_lang(html, "Vietnamese", &justext::Config::default())?;
    Ok(Extract::Text(text))
}

fn density_content(html: &str) -> Result<Extract> {
    let document = dom_content_extraction::scraper::Html::parse_document(html);
    Ok(Extract::Text(dom_content_extraction::get_content(&document)?))
}

fn density_article(html: &str) -> Result<Extract> {
    let document = dom_content_extraction::scraper::Html::parse_document(html);
    Ok(Extract::Text(dom_content_extraction::get_article(&document)?))
}

fn html2text(html: &str) -> Result<Extract> {
    /// No line of a page is longer: words are not parted.
    const WIDTH: usize = 100_000;
    let config = html2text::config::plain_no_decorate().no_table_borders();
    Ok(Extract::Text(config.string_from_read(html.as_bytes(), WIDTH)?))
}
