//! The text of a document tree, laid out in blocks.

use dom_query::{Document, NodeRef};

use crate::page::markup::{Mark, Markup};
use crate::page::phrase::is_related_heading;

/// Text in blocks and what the markup says of them.
#[derive(Debug, Default)]
pub(super) struct Layout {
    text: String,
    marks: Vec<Mark>,
}

impl Layout {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn into_parts(self) -> (String, Vec<Mark>) {
        (self.text, self.marks)
    }

    /// Adds a block after a blank line.
    pub(super) fn push_block(&mut self, block: &str, markup: Option<Markup>) {
        let block = block.trim();
        if block.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(block);
        if let Some(markup) = markup {
            self.marks.push(Mark { start, end: self.text.len(), markup });
        }
    }

    /// Marks the blocks from `start` on as a list of other articles, if they begin with the heading of
    /// one.
    fn mark_list(&mut self, start: usize) {
        /// A list is not longer than this, in bytes: the page itself may begin with such a line.
        const LONGEST: usize = 2000;
        if self.text.len() - start > LONGEST {
            return;
        }
        let blocks = self.text[start..].trim_start();
        let Some((heading, rest)) = blocks.split_once("\n\n") else { return };
        if rest.is_empty() || !is_related_heading(heading) {
            return;
        }
        let (start, end) = (self.text.len() - blocks.len(), self.text.len());
        while self.marks.pop_if(|mark| mark.start >= start).is_some() {}
        self.marks.push(Mark { start, end, markup: Markup::Related });
    }

    /// Adds all blocks of another layout.
    pub(super) fn append(&mut self, other: &Self) {
        if other.text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.marks.extend(other.marks.iter().map(|mark| Mark {
            start: mark.start + shift,
            end: mark.end + shift,
            markup: mark.markup,
        }));
    }
}

/// Elements whose text is not for readers.
const HIDDEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "iframe", "select", "option", "textarea",
    "video", "audio", "head", "title", "meta", "object", "canvas", "map", "math",
];

/// Elements that stand in a line with the text around them.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "picture",
    "source", "input", "button", "nobr",
];

/// How deep the elements of a document are nested, at most `limit`.
pub(super) fn depth(document: &Document, limit: usize) -> usize {
    let mut deepest = 0;
    let mut stack = vec![(document.root(), 0)];
    while let Some((node, depth)) = stack.pop() {
        deepest = deepest.max(depth);
        if deepest >= limit {
            break;
        }
        stack.extend(
            node.children_it(false).filter(NodeRef::is_element).map(|child| (child, depth + 1)),
        );
    }
    deepest
}

/// What an element's name and classes say of the text in it.
pub(super) fn markup_of(node: &NodeRef<'_>, name: &str) -> Option<Markup> {
    if matches!(name, "figure" | "figcaption") {
        return Some(Markup::Caption);
    }
    let class = node.class().map(|class| class.to_ascii_lowercase()).unwrap_or_default();
    let named = |part: &str| {
        class
            .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
            .any(|word| word.ends_with(part))
    };
    if named("caption") {
        Some(Markup::Caption)
    } else if named("sapo") || named("lead") && !named("leaderboard") {
        Some(Markup::Sapo)
    } else if matches!(name, "h2" | "h3" | "h4" | "h5" | "h6") {
        Some(Markup::Heading)
    } else {
        None
    }
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave { block: bool, link: bool, bold: bool, markup: bool, start: usize },
}

/// Lays the text of a document out: each block element begins a new block,
/// `br` a new line, and white space is one space.
pub(super) fn lay_out(document: &Document) -> Layout {
    let mut writer = Writer::default();
    let mut stack = vec![Step::Enter(document.root())];
    while let Some(step) = stack.pop() {
        match step {
            Step::Leave { block, link, bold, markup, start } => {
                writer.seam = true;
                writer.bold -= usize::from(bold);
                if block {
                    writer.end_block();
                    writer.layout.mark_list(start);
                }
                writer.links -= usize::from(link);
                if markup {
                    writer.markups.pop();
                }
            }
            Step::Enter(node) if node.is_text() => writer.push_text(&node.text()),
            Step::Enter(node) => {
                let name = node.node_name().unwrap_or_default();
                if HIDDEN.contains(&&*name) || node.is_comment() || is_hidden(&node) {
                    continue;
                }
                if &*name == "br" {
                    writer.break_line();
                    continue;
                }
                let block = is_block(&node);
                let link = &*name == "a";
                let markup = markup_of(&node, &name);
                if block {
                    writer.end_block();
                }
                let bold = matches!(&*name, "b" | "strong");
                writer.seam = true;
                writer.links += usize::from(link);
                writer.bold += usize::from(bold);
                writer.markups.extend(markup);
                let start = writer.layout.text.len();
                stack.push(Step::Leave { block, link, bold, markup: markup.is_some(), start });
                stack.extend(node.children_it(true).map(Step::Enter));
            }
        }
    }
    writer.end_block();
    writer.layout
}

/// Returns true for elements that begin a block of their own.
pub(super) fn is_block(node: &NodeRef<'_>) -> bool {
    node.is_element() && !INLINE.contains(&&*node.node_name().unwrap_or_default())
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.is_element()
        && (node.has_attr("hidden")
            || node.attr("aria-hidden").is_some_and(|value| &*value == "true"))
}

#[derive(Default)]
struct Writer {
    layout: Layout,
    block: String,
    /// Letters of the block, and those of them in links.
    letters: usize,
    linked: usize,
    markups: Vec<Markup>,
    links: usize,
    /// The markup of the block's first text.
    first: Option<Markup>,
    /// An element began or ended since the last letter.
    seam: bool,
    /// Bold elements that are open, and bold letters of the block.
    bold: usize,
    strong: usize,
}

impl Writer {
    fn push_text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                if !self.block.is_empty() && !self.block.ends_with([' ', '\n']) {
                    self.block.push(' ');
                }
                continue;
            }
            // Two styled pieces without a space between them: `An GiangSau`.
            let before = self.block.chars().next_back();
            if self.seam && c.is_uppercase() && before.is_some_and(char::is_lowercase) {
                self.block.push(' ');
            }
            self.seam = false;
            if self.letters == 0 {
                self.first = self.markups.last().copied();
            }
            self.letters += 1;
            self.linked += usize::from(self.links > 0);
            self.strong += usize::from(self.bold > 0);
            self.block.push(c);
        }
    }

    /// Ends a line; a second time in a row, the block.
    fn break_line(&mut self) {
        while self.block.ends_with(' ') {
            self.block.pop();
        }
        if self.block.ends_with('\n') || self.block.is_empty() {
            self.end_block();
        } else {
            self.block.push('\n');
        }
    }

    fn end_block(&mut self) {
        let is_link = self.letters > 0 && self.linked == self.letters;
        let markup = self.first.filter(|&markup| markup != Markup::Heading || !is_link);
        let is_bold = self.letters > 0 && self.strong == self.letters;
        let markup = markup.or(is_link.then_some(Markup::Link)).or(is_bold.then_some(Markup::Bold));
        self.layout.push_block(&self.block, markup);
        self.block.clear();
        self.letters = 0;
        self.linked = 0;
        self.strong = 0;
        self.first = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(html: &str) -> Vec<String> {
        lay_out(&Document::from(html)).text.split("\n\n").map(str::to_owned).collect()
    }

    #[test]
    fn block_elements_and_double_breaks_part_blocks() {
        let html =
            "<div>Một <b>hai</b>\n  ba<p>bốn</p>năm<br>sáu<br><br>bảy</div><script>tám</script>";
        assert_eq!(blocks(html), ["Một hai ba", "bốn", "năm\nsáu", "bảy"]);
    }

    #[test]
    fn entities_are_decoded() {
        assert_eq!(blocks("<p>L&ecirc; &amp; C&#244;ng&nbsp;ty</p>"), ["Lê & Công ty"]);
    }

    #[test]
    fn markup_is_kept_beside_the_text() {
        let html = "<figure><img><figcaption>Chú thích</figcaption></figure><h2>Mục</h2><p><a href=x>Tin</a></p><p>Câu <a href=y>này</a></p>";
        let layout = lay_out(&Document::from(html));
        let marks: Vec<_> =
            layout.marks.iter().map(|m| (&layout.text[m.start..m.end], m.markup)).collect();
        assert_eq!(
            marks,
            [("Chú thích", Markup::Caption), ("Mục", Markup::Heading), ("Tin", Markup::Link)]
        );
    }

    #[test]
    fn deep_nesting_is_safe() {
        let html = format!("{}sâu{}", "<div>".repeat(3_000), "</div>".repeat(3_000));
        let document = Document::from(html.as_str());
        assert_eq!(depth(&document, 50), 50);
        assert_eq!(lay_out(&document).text, "sâu");
    }
}
