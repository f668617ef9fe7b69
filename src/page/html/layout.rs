//! The text of a document tree, laid out in blocks.

use dom_query::{Document, NodeRef};

use super::writer::Writer;
use crate::page::layout::Layout;
use crate::page::markup::Markup;

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
    } else if is_sapo_class(&class) {
        Some(Markup::Sapo)
    } else if ["references", "reflist", "footnotes", "citations"].into_iter().any(named) {
        Some(Markup::Reference)
    } else if name == "li" {
        Some(Markup::ListItem)
    } else if matches!(name, "h2" | "h3" | "h4" | "h5" | "h6") {
        Some(Markup::Heading)
    } else {
        None
    }
}

/// Whether a class, in lower case, names the lead of an article.
pub(super) fn is_sapo_class(class: &str) -> bool {
    class
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .any(|word| word.ends_with("sapo") || word.ends_with("lead") && !word.ends_with("thread"))
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(Open),
}

/// An element that is open, and what its end undoes.
struct Open {
    kind: Kind,
    has_markup: bool,
    /// The length of the text where it began.
    start: usize,
}

/// What an element does to the text in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Inline,
    Script,
    Bold,
    Link,
    Code,
    Block,
    Cell,
}

/// Lays the text of a document out.
pub(super) fn lay_out(document: &Document) -> Layout {
    lay_out_node(document.root())
}

/// Lays the text of an element out: each block element begins a new block, `br` a new line, and white
/// space is one space, but for source code.
pub(super) fn lay_out_node(root: NodeRef<'_>) -> Layout {
    let mut writer = Writer::default();
    let mut stack = vec![Step::Enter(root)];
    while let Some(step) = stack.pop() {
        match step {
            Step::Leave(open) => leave(&mut writer, &open),
            Step::Enter(node) if node.is_text() => writer.push_text(&node.text()),
            Step::Enter(node) => {
                if let Some(open) = enter(&mut writer, &node) {
                    stack.push(Step::Leave(open));
                    stack.extend(node.children_it(true).map(Step::Enter));
                }
            }
        }
    }
    writer.end_block();
    writer.layout
}

/// Opens an element; `None` if nothing in it is text for readers.
fn enter(writer: &mut Writer, node: &NodeRef<'_>) -> Option<Open> {
    let name = node.node_name().unwrap_or_default();
    if is_skipped(node) {
        return None;
    }
    if &*name == "br" {
        writer.break_line();
        return None;
    }
    if &*name == "img" {
        writer.after_picture |= is_large(node);
        return None;
    }
    let kind = kind_of(node, &name);
    if &*name == "a" && is_anchor_sign(&node.text()) {
        return None;
    }
    let is_row = &*name == "tr" && is_data_row(node);
    let mut markup = if is_row { Some(Markup::TableRow) } else { markup_of(node, &name) };
    match kind {
        Kind::Block => writer.end_block(),
        Kind::Code => {
            writer.end_block();
            writer.verbatim += 1;
            markup = Some(Markup::Code);
        }
        Kind::Cell => writer.part_cells(),
        Kind::Link => writer.links += 1,
        Kind::Bold => writer.bold += 1,
        Kind::Inline | Kind::Script => {}
    }
    writer.is_seam |= !matches!(kind, Kind::Script | Kind::Cell);
    writer.markups.extend(markup);
    Some(Open { kind, has_markup: markup.is_some(), start: writer.layout.length() })
}

fn leave(writer: &mut Writer, open: &Open) {
    writer.is_seam |= !matches!(open.kind, Kind::Script | Kind::Cell);
    match open.kind {
        Kind::Block | Kind::Code => {
            writer.end_block();
            writer.layout.mark_list(open.start);
            writer.verbatim -= usize::from(open.kind == Kind::Code);
        }
        Kind::Link => writer.links -= 1,
        Kind::Bold => writer.bold -= 1,
        Kind::Inline | Kind::Script | Kind::Cell => {}
    }
    if open.has_markup {
        writer.markups.pop();
    }
}

fn kind_of(node: &NodeRef<'_>, name: &str) -> Kind {
    match name {
        "a" if leads_elsewhere(node) => Kind::Link,
        "b" | "strong" => Kind::Bold,
        "sub" | "sup" => Kind::Script,
        "pre" => Kind::Code,
        "td" | "th" if node.parent().is_some_and(|row| is_data_row(&row)) => Kind::Cell,
        _ if INLINE.contains(&name) => Kind::Inline,
        _ => Kind::Block,
    }
}

/// Whether a link leads to another page: it has an address, and that is no place on this page.
fn leads_elsewhere(node: &NodeRef<'_>) -> bool {
    node.attr("href").is_some_and(|href| {
        let href = href.trim();
        !href.is_empty() && !href.starts_with('#') && !href.starts_with("javascript:")
    })
}

/// The sign beside a heading that links to itself.
fn is_anchor_sign(text: &str) -> bool {
    matches!(text.trim(), "#" | "¶" | "§" | "🔗")
}

/// A picture, not an icon or a counter.
fn is_large(node: &NodeRef<'_>) -> bool {
    ["width", "height"].into_iter().all(|side| {
        let size = node.attr(side).and_then(|value| value.trim_end_matches("px").parse().ok());
        size.is_none_or(|size: u32| size >= 80)
    })
}

/// Whether a row of a table holds data: two cells or more, all of them short.
pub(super) fn is_data_row(row: &NodeRef<'_>) -> bool {
    /// Text of a cell, in bytes, that is a paragraph.
    const LONG: usize = 160;
    if row.node_name().as_deref() != Some("tr") {
        return false;
    }
    let mut cells = 0;
    for cell in row.children_it(false).filter(NodeRef::is_element) {
        cells += 1;
        if cells > 40 || is_longer(&cell, LONG) || has_block(&cell) {
            return false;
        }
    }
    cells >= 2
}

/// Whether an element holds more text than a number of bytes, of which only these are read.
fn is_longer(node: &NodeRef<'_>, most: usize) -> bool {
    let mut length = 0;
    node.descendants_it().take(most).filter(NodeRef::is_text).any(|text| {
        length += text.text().trim().len();
        length > most
    })
}

/// Whether a cell holds a table, a picture or several paragraphs.
fn has_block(cell: &NodeRef<'_>) -> bool {
    let mut paragraphs = 0;
    cell.descendants_it().filter(NodeRef::is_element).take(40).any(|node| {
        let name = node.node_name().unwrap_or_default();
        paragraphs += usize::from(matches!(&*name, "p" | "li" | "div"));
        matches!(&*name, "table" | "img" | "h1" | "h2" | "h3") || paragraphs > 2
    })
}

/// Returns true for elements that begin a block of their own.
pub(super) fn is_block(node: &NodeRef<'_>) -> bool {
    node.is_element() && !INLINE.contains(&&*node.node_name().unwrap_or_default())
}

/// Whether nothing in an element is text for readers.
pub(super) fn is_skipped(node: &NodeRef<'_>) -> bool {
    node.is_comment()
        || node.is_element()
            && (HIDDEN.contains(&&*node.node_name().unwrap_or_default())
                || is_hidden(node)
                || is_for_screen_readers(node))
}

/// Whether an element is only read aloud: `Skip to content`. Headlines are seen all the same.
fn is_for_screen_readers(node: &NodeRef<'_>) -> bool {
    const CLASSES: [&str; 5] =
        ["sr-only", "visually-hidden", "screen-reader-text", "screenreader-only", "visuallyhidden"];
    matches!(node.node_name().as_deref(), Some("span" | "a" | "div" | "p" | "label"))
        && node
            .class()
            .is_some_and(|names| names.split_ascii_whitespace().any(|name| CLASSES.contains(&name)))
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.is_element()
        && (node.has_attr("hidden")
            || node.attr("aria-hidden").is_some_and(|value| &*value == "true"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(html: &str) -> Vec<String> {
        lay_out(&Document::from(html)).text().split("\n\n").map(str::to_owned).collect()
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
        let (text, marks) = layout.into_parts();
        let marks: Vec<_> = marks.iter().map(|m| (&text[m.start..m.end], m.markup)).collect();
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
        assert_eq!(lay_out(&document).text(), "sâu");
    }
}
