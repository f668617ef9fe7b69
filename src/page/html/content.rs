//! The element of a page that holds its article.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::layout::{self, is_sapo_class};
use super::metadata::{self, Metadata};
use super::{furniture, marking, prose};
use crate::page::layout::Layout;
use crate::page::word_hash;

/// Elements that a page may have at most; larger ones are laid out whole.
const MOST_ELEMENTS: usize = 200_000;
/// Running text that a page has at least before its parts are compared, in words.
const LEAST: usize = 60;

/// The article's element, laid out.
pub(super) struct Content {
    pub(super) layout: Layout,
    /// Words of running text in the element.
    pub(super) words: usize,
}

/// Finds the element of the article; `document` loses its furniture.
///
/// Readability chooses an element. Where it holds less than a third of the page's running text, the
/// smallest element that holds most of that text takes its place, and the roles decide the rest. So it
/// does where more text stands between headline and the end of the chosen element than in half of it.
pub(super) fn find(document: &Document, metadata: &mut Metadata) -> Content {
    furniture::remove(document);
    let page_words = prose::words(&document.root());
    if let Some(chosen) = by_readability(document, metadata) {
        let words = prose::words(&chosen.root());
        let is_whole = page_words < LEAST || words * 4 >= page_words * 3;
        let is_most = || {
            let title = metadata.title().unwrap_or_default();
            words * 3 >= page_words
                && prose::missed(&document.root(), &chosen.root(), title) * 2 <= words
        };
        if words > 0 && (is_whole || is_most()) {
            return Content { layout: layout::lay_out(&chosen), words };
        }
    }
    let holder = prose::holder(&document.root());
    Content { layout: layout::lay_out_node(holder), words: prose::words(&holder) }
}

/// The element that Readability chooses.
fn by_readability(document: &Document, metadata: &mut Metadata) -> Option<Document> {
    let config =
        Config { keep_classes: true, max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let document = document.clone();
    marking::keep_marks(&document);
    let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
    let article = readability.parse().ok()?;
    metadata.fill(&article);
    Some(Document::from(article.content.to_string().as_str()))
}

/// The leads that stand between the headline and the text, outside of the chosen element.
///
/// `words` are those of the chosen element. A lead has a class that says so, or is a heading that is a
/// sentence.
pub(super) fn leads_outside(document: &Document, title: &str, words: &[u32]) -> Vec<String> {
    /// A lead is not longer than this, in bytes, and not shorter, in words.
    const LENGTHS: (usize, usize) = (1500, 8);
    let title = word_hash::words(title);
    let mut out: Vec<String> = Vec::new();
    let mut below_title = false;
    let mut stack = vec![document.root()];
    while let Some(node) = stack.pop() {
        if !node.is_element() {
            stack.extend(node.children_it(true));
            continue;
        }
        if layout::is_skipped(&node) {
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        if &*name == "h1" {
            let own = word_hash::words(&node.text());
            below_title |= !own.is_empty() && (title.starts_with(&own) || own.starts_with(&title));
            continue;
        }
        if below_title {
            let text = tidy(&node, LENGTHS.0);
            let own = text.as_deref().map(word_hash::words).unwrap_or_default();
            if own.len() >= LENGTHS.1 && holds(words, &own) {
                // The text begins here.
                break;
            }
            if let Some(text) = text
                && own.len() >= LENGTHS.1
                && (may_lead(&node, &name, &text) || is_below_headline(&node, &name, &text))
            {
                out.push(text);
                continue;
            }
        }
        stack.extend(node.children_it(true));
    }
    out.truncate(2);
    out
}

fn may_lead(node: &NodeRef<'_>, name: &str, text: &str) -> bool {
    let class = node.class().map(|class| class.to_ascii_lowercase()).unwrap_or_default();
    let named = is_sapo_class(&class)
        || class.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_')).any(|word| {
            matches!(
                word,
                "summary" | "description" | "intro" | "excerpt" | "standfirst" | "chapeau"
            )
        });
    let is_sentence = text.ends_with(['.', '!', '?', '…']) || text.split(' ').count() > 15;
    let is_heading = matches!(name, "h2" | "h3" | "h4");
    (named || is_heading) && is_sentence && prose::words(node) > 0
}

/// Whether an element is the paragraph beside the headline, in the header of the page.
///
/// The lead of a Vietnamese newspaper is a part of the text; what stands there in English is a line for
/// the desk that repeats it.
fn is_below_headline(node: &NodeRef<'_>, name: &str, text: &str) -> bool {
    let is_beside = || {
        let mut before = node.prev_sibling();
        while let Some(sibling) = before {
            if sibling.node_name().as_deref() == Some("h1") {
                return true;
            }
            if sibling.text().split_whitespace().nth(8).is_some() {
                return false;
            }
            before = sibling.prev_sibling();
        }
        false
    };
    name == "p"
        && metadata::is_vietnamese(text)
        && text.ends_with(['.', '!', '?', '…'])
        && prose::words(node) >= 12
        && is_beside()
}

/// The text of an element with single spaces, if it is not longer than a number of bytes.
fn tidy(node: &NodeRef<'_>, longest: usize) -> Option<String> {
    let mut out = String::new();
    for inner in node.descendants_it().filter(NodeRef::is_text) {
        for word in inner.text().split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        if out.len() > longest {
            return None;
        }
    }
    Some(out)
}

/// Whether the words of a piece stand in a text; the first dozen decide.
pub(super) fn holds(words: &[u32], piece: &[u32]) -> bool {
    let piece = &piece[..piece.len().min(12)];
    !piece.is_empty() && words.windows(piece.len()).any(|window| window == piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_between_headline_and_the_chosen_end_is_kept() {
        let part = |name: &str| {
            let line = format!(
                "Ở {name}, người dân bỏ lưới từ khi trời còn chưa sáng, rồi chia cá cho cả xóm. "
            );
            format!("<section><div><h3>{name}</h3><span>{}</span></div></section>", line.repeat(4))
        };
        let parts: String =
            ["Bến Lở", "Cồn Én", "Gò Me", "Vàm Xáng"].into_iter().map(part).collect();
        let note = "<p>Loạt bài được viết trong ba mùa nước nổi, khi đồng ruộng thành biển. </p>"
            .repeat(3);
        let page =
            format!("<body><h1>Bốn xóm chài mùa nước nổi</h1>{parts}<div>{note}</div></body>");
        let document = Document::from(page);
        let mut metadata = super::super::metadata::of(&document);
        metadata.read_headline(&document);
        let content = find(&document, &mut metadata);
        for name in ["Ở Bến Lở,", "Ở Vàm Xáng,", "Loạt bài"] {
            assert!(content.layout.text().contains(name), "{name}");
        }
    }
}
