//! Elements that Readability would strip of what they say, made fit for it.
//!
//! Readability turns a `div` without blocks in it into a `p`, and a `div` around one `p` into that `p`:
//! the class that names a caption or the lead is lost on the way. Such elements become `figcaption`
//! and `p` before it reads the page; both keep their classes.

use dom_query::{Document, NodeRef};

use super::layout::{is_block, markup_of};
use crate::page::markup::Markup;

/// A caption or lead is not longer than this, in bytes.
const LONGEST: usize = 1500;

/// Makes captions and leads keep their marks.
pub(super) fn keep_marks(document: &Document) {
    let mut stack = vec![document.root()];
    while let Some(node) = stack.pop() {
        if !node.is_element() {
            stack.extend(node.children_it(false));
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        let mark = matches!(&*name, "div" | "section" | "center").then(|| markup_of(&node, &name));
        match mark.flatten() {
            Some(Markup::Caption) if node.text().len() <= LONGEST => node.rename("figcaption"),
            Some(Markup::Sapo) if node.text().len() <= LONGEST => mark_lead(&node),
            _ => stack.extend(node.children_it(false)),
        }
    }
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
