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
    remove_inline_boxes(document);
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
            || is_sign_up(&node) && prose::words(&node) * 4 <= total && !holds_title(&node)
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
    if opens_comments(node) {
        return true;
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

/// Whether the first text of an element is the heading of the readers' comments: `12 Comments`.
fn opens_comments(node: &NodeRef<'_>) -> bool {
    /// Nodes before the first text, at most.
    const REACH: usize = 12;
    let mut inner = node.descendants_it().take(REACH);
    let Some(first) = inner.find(|inner| inner.is_text() && !inner.text().trim().is_empty()) else {
        return false;
    };
    let is_headed = first.ancestors_it(Some(3)).any(|above| is_heading(&above));
    is_headed && phrase::is_comment_heading(&first.text())
}

/// Takes the boxes out of paragraphs that some pages unfold at a name: names and headlines, all of them
/// links, inside of a sentence.
fn remove_inline_boxes(document: &Document) {
    /// Links of a box, of them headlines, and words of a headline.
    const LEAST: (usize, usize, usize) = (3, 2, 5);
    let is_box = |node: &NodeRef<'_>| {
        let links: Vec<usize> = node
            .descendants_it()
            .filter(|inner| inner.node_name().as_deref() == Some("a"))
            .map(|link| link.text().split_whitespace().count())
            .collect();
        let headlines = links.iter().filter(|&&words| words >= LEAST.2).count();
        let all = node.text().split_whitespace().count();
        links.len() >= LEAST.0
            && headlines >= LEAST.1
            && links.iter().sum::<usize>() * 10 >= all * 8
    };
    let mut found: Vec<NodeRef<'_>> = Vec::new();
    for node in document.select("p span, p div, p aside, p em").nodes() {
        if is_box(node) && node.ancestors_it(Some(12)).any(|above| is_sentence_around(&above, node))
        {
            found.push(*node);
        }
    }
    // The innermost of nested boxes: the name itself stands beside it.
    let inner: Vec<bool> = found
        .iter()
        .map(|node| !found.iter().any(|other| other.id != node.id && holds(node, other)))
        .collect();
    for (node, _) in found.iter().zip(inner).filter(|(_, is_inner)| *is_inner) {
        outermost_box(node).remove_from_parent();
    }
}

/// Whether one element is inside of another.
fn holds(outer: &NodeRef<'_>, inner: &NodeRef<'_>) -> bool {
    inner.ancestors_it(None).any(|above| above.id == outer.id)
}

/// The element around a box that holds no more text than it.
fn outermost_box<'a>(node: &NodeRef<'a>) -> NodeRef<'a> {
    let mut node = *node;
    let length = node.text().trim().len();
    while let Some(parent) = node.parent() {
        if parent.node_name().as_deref() == Some("p") || parent.text().trim().len() > length {
            break;
        }
        node = parent;
    }
    node
}

/// Whether a paragraph has running text beside an element in it.
fn is_sentence_around(paragraph: &NodeRef<'_>, node: &NodeRef<'_>) -> bool {
    paragraph.node_name().as_deref() == Some("p")
        && prose::words(paragraph) >= prose::words(node) + 8
}

/// Whether a form asks for an address in few words: what stands beside it belongs to it.
fn is_sign_up(node: &NodeRef<'_>) -> bool {
    /// Words of the box around a form.
    const LONGEST: usize = 40;
    matches!(node.node_name().as_deref(), Some("div" | "section" | "aside"))
        && node.children_it(false).any(|child| child.node_name().as_deref() == Some("form"))
        && node.text().split_whitespace().nth(LONGEST).is_none()
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

/// Whether an element is a heading.
fn is_heading(node: &NodeRef<'_>) -> bool {
    matches!(node.node_name().as_deref(), Some("h2" | "h3" | "h4" | "h5"))
}
