//! Parts of a page that are never its article: footer, navigation, dialogs, consent, imprint.

use dom_query::{Document, NodeRef};

use super::layout::is_block;
use super::prose;
use crate::page::phrase;

/// Text of the imprint or of a consent box, in one element, is not longer than this, in bytes.
const LONGEST: usize = 1200;

/// Words of running text that a page has at least beside the comments of its readers.
const LEAST_BESIDE: usize = 25;

/// Takes the furniture out of a document.
///
/// An element that holds the greater part of the page's sentences stays whatever its name: some pages
/// put all they have into one.
pub(super) fn remove(document: &Document) {
    let total = prose::words(&document.root());
    let mut found = Vec::new();
    let mut stack = vec![document.root()];
    while let Some(node) = stack.pop() {
        if !node.is_element() {
            stack.extend(node.children_it(true));
            continue;
        }
        let is_named = is_furniture(&node);
        if is_named && prose::words(&node) * 2 <= total && !holds_title(&node)
            || is_comments(&node)
                && prose::words(&node) + LEAST_BESIDE <= total
                && !holds_title(&node)
            || is_leaf(&node) && says_imprint(&node)
        {
            found.push(node);
        } else {
            stack.extend(node.children_it(true));
        }
    }
    for node in found {
        node.remove_from_parent();
    }
}

/// Whether an element is furniture by its name, role or class.
fn is_furniture(node: &NodeRef<'_>) -> bool {
    let name = node.node_name().unwrap_or_default();
    if matches!(&*name, "footer" | "nav" | "dialog") {
        return true;
    }
    if !matches!(&*name, "div" | "section" | "aside" | "ul" | "form" | "p") {
        return false;
    }
    let role = node.attr("role").unwrap_or_default();
    if matches!(&*role, "navigation" | "contentinfo" | "dialog" | "alertdialog") {
        return true;
    }
    let names = [node.class(), node.id_attr()];
    names.into_iter().flatten().any(|names| {
        names.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_')).any(|word| {
            matches!(
                &*word.to_ascii_lowercase(),
                "cookie"
                    | "cookies"
                    | "consent"
                    | "gdpr"
                    | "footer"
                    | "breadcrumb"
                    | "breadcrumbs"
                    | "hatnote"
                    | "dablink"
                    | "navbox"
                    | "catlinks"
            )
        }) || names.split_whitespace().any(is_newsletter)
    })
}

/// Whether a class is that of a box that asks for a subscription: `newsletter`, `c-news-letter`.
fn is_newsletter(class: &str) -> bool {
    let letters: String = class.chars().filter(char::is_ascii_alphanumeric).collect();
    letters.to_ascii_lowercase().contains("newsletter")
}

/// Whether an element holds the comments of readers, by its class or identifier.
fn is_comments(node: &NodeRef<'_>) -> bool {
    let name = node.node_name().unwrap_or_default();
    if !matches!(&*name, "div" | "section" | "aside" | "ul" | "ol" | "form") {
        return false;
    }
    let is_comment = |word: &str| {
        let word = word.to_ascii_lowercase();
        // `comments-open` and `comment-count` say something about the article around them.
        ["comments", "commentlist", "comment-list", "disqus_thread", "respond", "comment-respond"]
            .contains(&&*word)
            || ["comments-area", "comments-list", "comments-section", "comments-wrap"]
                .iter()
                .any(|prefix| word.starts_with(prefix))
    };
    [node.class(), node.id_attr()]
        .into_iter()
        .flatten()
        .any(|names| names.split_ascii_whitespace().any(is_comment))
}

/// Whether an element holds a heading of the first level.
fn holds_title(node: &NodeRef<'_>) -> bool {
    node.descendants_it().any(|inner| inner.node_name().as_deref() == Some("h1"))
}

/// Whether an element holds text and no other blocks.
fn is_leaf(node: &NodeRef<'_>) -> bool {
    is_block(node)
        && node.first_child().is_some()
        && !node.children_it(false).any(|child| is_block(&child))
}

fn says_imprint(node: &NodeRef<'_>) -> bool {
    let mut text = String::new();
    for inner in node.descendants_it().filter(NodeRef::is_text) {
        text.push_str(&inner.text());
        if text.len() > LONGEST {
            return false;
        }
    }
    phrase::is_furniture(text.trim())
}
