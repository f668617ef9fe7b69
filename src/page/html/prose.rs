//! How much text in sentences the elements of a page hold.

use dom_query::NodeRef;
use rustc_hash::{FxHashMap, FxHashSet};

use super::layout::is_skipped;
use crate::page::word_hash;

/// A run of text of so many words is a sentence or a part of one.
const LEAST: usize = 8;

/// The words of an element's running text, outside of links.
pub(super) fn words(node: &NodeRef<'_>) -> usize {
    let mut total = 0;
    each_run(node, |_, words| total += words);
    total
}

/// The words of a text node that is long enough to be of a sentence.
fn run(text: &NodeRef<'_>) -> usize {
    let text = text.text();
    if text.len() < 2 * LEAST {
        return 0;
    }
    // Chinese and Japanese have no spaces between words: two characters are about one.
    let wide =
        text.chars().filter(|c| matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'));
    let count = text.split_whitespace().count().max(wide.count() / 2);
    if count >= LEAST { count } else { 0 }
}

/// The words of the running text that an extract of a document misses between headline and its end.
///
/// What stands below the last text of the extract is not counted: there are other articles.
pub(super) fn missed(document: &NodeRef<'_>, extract: &NodeRef<'_>, title: &str) -> usize {
    let mut kept: FxHashSet<String> = FxHashSet::default();
    each_run(extract, |node, words| {
        if words > 0 {
            kept.insert(node.text().trim().to_owned());
        }
    });
    let title = word_hash::words(title);
    let (mut below_title, mut pending, mut total) = (false, 0, 0);
    each_run(document, |node, words| {
        if !below_title {
            let own = word_hash::words(&node.text());
            below_title =
                !own.is_empty() && own.len() * 2 >= title.len() && title.starts_with(&own);
        } else if words > 0 && kept.contains(node.text().trim()) {
            total += std::mem::take(&mut pending);
        } else {
            pending += words;
        }
    });
    total
}

/// Calls a function with each text below a node, outside of links, and its words of running text.
fn each_run<'a>(root: &NodeRef<'a>, mut visit: impl FnMut(&NodeRef<'a>, usize)) {
    let mut stack = vec![*root];
    while let Some(node) = stack.pop() {
        if node.is_text() {
            visit(&node, run(&node));
        } else if !is_skipped(&node) && node.node_name().as_deref() != Some("a") {
            stack.extend(node.children_it(true));
        }
    }
}

/// The smallest element that holds at least two thirds of the running text below a node.
pub(super) fn holder<'a>(root: &NodeRef<'a>) -> NodeRef<'a> {
    let mut sums: FxHashMap<usize, usize> = FxHashMap::default();
    // Parents come before their children, so sums are added from the back.
    let mut order: Vec<(NodeRef<'a>, Option<usize>)> = vec![(*root, None)];
    let mut at = 0;
    while at < order.len() {
        let node = order[at].0;
        let is_open = !is_skipped(&node) && node.node_name().as_deref() != Some("a");
        if node.is_text() {
            sums.insert(at, run(&node));
        } else if is_open {
            order.extend(node.children_it(false).map(|child| (child, Some(at))));
        }
        at += 1;
    }
    for at in (1..order.len()).rev() {
        let own = sums.get(&at).copied().unwrap_or(0);
        if let Some(parent) = order[at].1.filter(|_| own > 0) {
            *sums.entry(parent).or_default() += own;
        }
    }
    let total = sums.get(&0).copied().unwrap_or(0);
    let mut best = 0;
    for (at, (node, parent)) in order.iter().enumerate().skip(1) {
        let holds = sums.get(&at).is_some_and(|&sum| sum * 3 >= total * 2);
        if *parent == Some(best) && node.is_element() && holds {
            best = at;
        }
    }
    order[best].0
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    #[test]
    fn text_is_missed_only_between_headline_and_the_end_of_the_extract() {
        let line = |name: &str| {
            format!("<p>Ở {name}, người dân bỏ lưới từ khi trời còn chưa sáng hẳn.</p>")
        };
        let title = "Bốn xóm chài mùa nước nổi";
        let parts: Vec<String> = ["Bến Lở", "Cồn Én", "Gò Me", "Ba Lai"].map(line).to_vec();
        let page = format!("{}<h1>{title}</h1>{}", line("Vàm Xáng"), parts.concat());
        let page = Document::from(page);
        let extract = |kept: &[usize]| {
            let kept: String = kept.iter().map(|&at| parts[at].as_str()).collect();
            missed(&page.root(), &Document::from(kept).root(), title)
        };
        let length = 14;
        assert_eq!(extract(&[0, 1, 2, 3]), 0);
        assert_eq!(extract(&[0, 1]), 0);
        assert_eq!(extract(&[0, 2]), length);
        assert_eq!(extract(&[3]), 3 * length);
    }
}
