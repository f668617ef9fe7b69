//! Whether a page is a list of headlines: a home page, a section, a search result.

use dom_query::{Document, NodeRef};
use rustc_hash::FxHashMap;

use super::layout::{is_block, is_skipped};
use super::prose;

/// Words of a link that is a headline, and of a text that is of a paragraph.
const HEADLINE: usize = 5;
const SENTENCE: usize = 12;
/// Words of a group of paragraphs that no teaser has.
const DENSE: usize = 150;

/// The links of a page, and its text beside them.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Links {
    /// Links that are as long as headlines.
    headlines: usize,
    /// Words of the paragraphs of the element that has most of them.
    densest: usize,
}

impl Links {
    /// Counts the links of a document.
    pub(super) fn of(document: &Document) -> Self {
        let mut out = Self::default();
        let mut paragraphs: FxHashMap<usize, usize> = FxHashMap::default();
        let mut keys = 0_usize;
        // An element, the group of paragraphs that its text belongs to, and the group of its parent.
        let mut stack: Vec<(NodeRef<'_>, usize, usize)> = vec![(document.root(), 0, 0)];
        while let Some((node, group, above)) = stack.pop() {
            if node.is_text() {
                let count = node.text().split_whitespace().count();
                if count >= SENTENCE {
                    *paragraphs.entry(above).or_default() += count;
                }
                continue;
            }
            if is_skipped(&node) {
                continue;
            }
            let name = node.node_name().unwrap_or_default();
            if &*name == "a" {
                let words = node.text().split_whitespace().take(HEADLINE).count();
                out.headlines += usize::from(words == HEADLINE);
                continue;
            }
            let is_inline = matches!(&*name, "span" | "b" | "strong" | "em" | "i" | "u" | "font");
            let (own, parent) = if is_inline {
                (group, above)
            } else {
                keys += 1;
                (keys, group)
            };
            stack.extend(node.children_it(true).map(|child| (child, own, parent)));
        }
        out.densest = paragraphs.values().copied().max().unwrap_or(0);
        out
    }

    /// Whether the page has paragraphs beside each other, as no list of teasers has.
    pub(super) fn is_dense(self) -> bool {
        self.densest >= DENSE
    }

    /// Whether hardly a line of the page leads to an article: short lines without links are verses, or
    /// items.
    pub(super) fn are_few(self) -> bool {
        self.headlines < 3
    }

    /// Whether the page is a list; `content` counts the words of the element taken for an article,
    /// `is_article` says that its metadata calls it one.
    pub(super) fn is_list(self, content: usize, is_article: bool) -> bool {
        /// Headlines of a list, at least.
        const HEADLINES: usize = 20;
        !is_article
            && self.headlines >= HEADLINES
            && !self.is_dense()
            && content < self.headlines * SENTENCE
    }
}

/// Whether nearly all of a page's running text stands beside headlines that lead elsewhere.
pub(super) fn is_of_teasers(document: &Document) -> bool {
    /// Teasers of a list, words of one beside its link, and blocks that are looked at around a link.
    const TEASERS: usize = 6;
    const WORDS: std::ops::RangeInclusive<usize> = 8..=60;
    let mut blocks: FxHashMap<dom_query::NodeId, usize> = FxHashMap::default();
    for link in document.select("a[href]").nodes() {
        let is_headline = link.text().split_whitespace().nth(HEADLINE - 1).is_some();
        let is_elsewhere = link.attr("href").is_some_and(|href| !href.starts_with('#'));
        if !is_headline || !is_elsewhere {
            continue;
        }
        let Some(block) = link.ancestors_it(Some(6)).find(is_block) else { continue };
        let text = block.text();
        let opens = text.trim_start().starts_with(link.text().trim());
        let beside = prose::words(&block);
        if opens && WORDS.contains(&beside) {
            blocks.insert(block.id, beside);
        }
    }
    let own: usize = blocks.values().sum();
    blocks.len() >= TEASERS && own * 10 >= prose::words(&document.root()) * 9
}

/// Whether an address is that of a whole site, such as `https://baosongda.vn/`.
pub(super) fn is_home(address: &str) -> bool {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    !rest.is_empty() && rest.split_once('/').is_none_or(|(_, path)| path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_sites_have_no_path() {
        assert!(is_home("https://baosongda.vn/") && is_home("http://baosongda.vn"));
        assert!(!is_home("https://baosongda.vn/cau-moi-123.html") && !is_home("/"));
    }

    #[test]
    fn headlines_without_paragraphs_are_a_list() {
        let teaser =
            "<li><a href='/a'>Cầu mới qua sông thông xe</a><p>Xe chạy từ sáng nay.</p></li>";
        let list = Document::from(format!("<ul>{}</ul>", teaser.repeat(30)));
        assert!(Links::of(&list).is_list(100, false));
        let text = "Sáng nay, đoàn xe đầu tiên đi qua cây cầu mới sau ba năm thi công liên tục.";
        let article = format!("<div>{}</div>", format!("<p>{text}</p>").repeat(12));
        let page = Document::from(format!("<ul>{}</ul>{article}", teaser.repeat(30)));
        assert!(!Links::of(&page).is_list(200, false) && Links::of(&page).is_dense());
    }
}
