//! Elements that Readability would strip of what they say, made fit for it.
//!
//! Readability turns a `div` without blocks in it into a `p`, and a `div` around one `p` into that `p`:
//! the class that names a caption or the lead is lost on the way. Such elements become `figcaption`
//! and `p` before it reads the page; both keep their classes. Headings that are the lead, and long items
//! of lists, become paragraphs, too: it counts only those.

use dom_query::{Document, NodeRef};

use super::layout::{is_block, is_data_row, is_sapo_class, markup_of};
use super::prose;
use crate::page::markup::Markup;

/// A caption or lead is not longer than this, in bytes.
const LONGEST: usize = 1500;

/// Makes plain elements of anchors that lead nowhere and hold running text: they are places to jump to,
/// and no links. Short ones are buttons, which lead somewhere by a script.
pub(super) fn free_anchors(document: &Document) {
    /// Words of running text.
    const LEAST: usize = 8;
    for node in document.select("a:not([href])").nodes() {
        if node.text().split_whitespace().nth(LEAST - 1).is_some() {
            node.rename("span");
        }
    }
}

/// Makes plain elements of tables that lay a page out: none of their rows holds data.
///
/// Readability makes a `div` of a row or a body that it chooses; cells outside of a table are lost when
/// the page is read again, and their texts run together.
fn free_cells(document: &Document) {
    for table in document.select("table").nodes() {
        let (mut parts, mut at) = (vec![*table], 0);
        let mut holds_data = false;
        while at < parts.len() {
            let part = parts[at];
            at += 1;
            for child in part.children_it(false) {
                let name = child.node_name().unwrap_or_default();
                match &*name {
                    "tbody" | "thead" | "tfoot" | "tr" => parts.push(child),
                    "td" | "th" if part.node_name().as_deref() == Some("tr") => parts.push(child),
                    _ => {}
                }
            }
            holds_data |= is_data_row(&part);
        }
        if !holds_data {
            parts.iter().for_each(|part| part.rename("div"));
        }
    }
}

/// Makes captions and leads keep their marks.
pub(super) fn keep_marks(document: &Document) {
    free_cells(document);
    let mut stack = vec![document.root()];
    while let Some(node) = stack.pop() {
        if !node.is_element() {
            stack.extend(node.children_it(false));
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        if may_be_paragraph(&node, &name) {
            let class = node.class().unwrap_or_default();
            node.rename("p");
            if &*name != "li" && !is_sapo_class(&class.to_ascii_lowercase()) {
                node.add_class("lead");
            }
            continue;
        }
        let mark = matches!(&*name, "div" | "section" | "center").then(|| markup_of(&node, &name));
        match mark.flatten() {
            Some(Markup::Caption) if node.text().len() <= LONGEST => node.rename("figcaption"),
            Some(Markup::Sapo) if node.text().len() <= LONGEST => mark_lead(&node),
            _ => stack.extend(node.children_it(false)),
        }
    }
}

/// Whether an element is a paragraph by what it holds: a heading that is the lead, an item that is long.
fn may_be_paragraph(node: &NodeRef<'_>, name: &str) -> bool {
    /// Words of a heading that is a sentence, and of an item that is a paragraph.
    const LEAST: (usize, usize) = (18, 20);
    match name {
        "h2" | "h3" | "h4" => {
            let class = node.class().map(|class| class.to_ascii_lowercase()).unwrap_or_default();
            is_sapo_class(&class) || prose::words(node) >= LEAST.0 && ends_sentence(node)
        }
        "li" => {
            prose::words(node) >= LEAST.1 && !node.children_it(false).any(|child| is_block(&child))
        }
        _ => false,
    }
}

fn ends_sentence(node: &NodeRef<'_>) -> bool {
    node.text().trim_end().ends_with(['.', '!', '…', '”', '"'])
}

/// Gives the class of a lead to what stays of it.
fn mark_lead(node: &NodeRef<'_>) {
    let blocks: Vec<NodeRef<'_>> = node.children_it(false).filter(is_block).collect();
    if blocks.is_empty() {
        node.rename("p");
    }
    for block in blocks {
        block.add_class("lead");
    }
}
