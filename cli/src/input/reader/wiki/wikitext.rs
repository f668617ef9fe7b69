//! The markup of wiki pages, taken off.

use crate::input::format::first_bytes;

/// What is open, and what was written since.
struct Open {
    kind: Kind,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `{{…}}`: dropped.
    Template,
    /// `{|…|}`: dropped.
    Table,
    /// `[[…]]`: what it shows stays.
    Link,
}

/// Namespaces whose links show no text, in Vietnamese and English.
const NO_TEXT: [&str; 8] =
    ["file:", "image:", "category:", "tập tin:", "hình:", "thể loại:", "media:", "special:"];

/// Elements whose content is no prose.
const DROPPED: [&str; 8] = [
    "ref",
    "math",
    "gallery",
    "timeline",
    "syntaxhighlight",
    "score",
    "imagemap",
    "templatestyles",
];

/// Returns the prose of a page: no templates, tables, references and pictures; what links show,
/// headings on lines of their own, list items without their marks. Takes one pass.
pub(super) fn plain(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    let mut at_line_start = true;
    while at < markup.len() {
        let rest = &markup[at..];
        let top = open.last().map(|open| open.kind);
        let text = match open.last_mut() {
            Some(open) => &mut open.text,
            None => &mut out,
        };
        let line_start = std::mem::replace(&mut at_line_start, false);
        if let Some(length) = comment_or_element(rest) {
            at += length;
            at_line_start = line_start;
        } else if rest.starts_with("{{") {
            open.push(Open { kind: Kind::Template, text: String::new() });
            at += 2;
        } else if rest.starts_with("{|") && line_start {
            open.push(Open { kind: Kind::Table, text: String::new() });
            at += 2;
        } else if rest.starts_with("[[") {
            open.push(Open { kind: Kind::Link, text: String::new() });
            at += 2;
        } else if (rest.starts_with("}}") && top == Some(Kind::Template))
            || (rest.starts_with("|}") && top == Some(Kind::Table))
        {
            open.pop();
            at += 2;
        } else if rest.starts_with("]]") && top == Some(Kind::Link) {
            let link = open.pop().map(|open| open.text).unwrap_or_default();
            let text = open.last_mut().map_or(&mut out, |open| &mut open.text);
            text.push_str(shown_by_link(&link));
            at += 2;
        } else if let Some((length, shown)) = outer_link(rest) {
            text.push_str(shown);
            at += length;
        } else if rest.starts_with("''") {
            at += rest.len() - rest.trim_start_matches('\'').len();
            at_line_start = line_start;
        } else if rest.starts_with('\n') {
            text.truncate(text.trim_end_matches([' ', '=']).len());
            text.push('\n');
            at += 1;
            at_line_start = true;
            let marks = &markup[at..];
            at += marks.len() - marks.trim_start_matches(['*', '#', ':', ';', '=']).len();
            if marks.starts_with(['*', '#', ':', ';', '=']) {
                at += markup[at..].len() - markup[at..].trim_start_matches(' ').len();
            }
        } else if let Some((length, c)) = entity(rest) {
            text.push(c);
            at += length;
        } else {
            let c = rest.chars().next().unwrap_or(' ');
            text.push(c);
            at += c.len_utf8();
        }
    }
    // What nobody closed was no markup.
    for Open { text, .. } in open {
        out.push_str(&text);
    }
    without_gaps(&out)
}

/// Length of a comment, of an element that is dropped with its content, or of a tag.
fn comment_or_element(rest: &str) -> Option<usize> {
    if let Some(inner) = rest.strip_prefix("<!--") {
        return Some(inner.find("-->").map_or(rest.len(), |end| end + 7));
    }
    let inner = rest.strip_prefix('<')?;
    let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '/')?;
    let name = inner[..name_end].trim_matches('/').to_ascii_lowercase();
    if name.is_empty() || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    // No tag is long: a sign of "less than" must not look through the whole text.
    let window = inner.char_indices().take(2000).find(|(_, c)| *c == '>')?;
    let tag = window.0 + 2;
    if rest[..tag].ends_with("/>") || inner.starts_with('/') || !DROPPED.contains(&name.as_str()) {
        return Some(tag);
    }
    let close = format!("</{name}");
    let content = &rest[tag..];
    let end = first_bytes(content, 20_000).find(&close);
    Some(match end {
        Some(end) => tag + end + content[end..].find('>').map_or(0, |at| at + 1),
        None => tag,
    })
}

/// What a link shows: its label, or its target; nothing for pictures and categories.
fn shown_by_link(link: &str) -> &str {
    let target = link.trim_start_matches(':').to_lowercase();
    if NO_TEXT.iter().any(|namespace| target.starts_with(namespace)) && !link.starts_with(':') {
        return "";
    }
    link.rsplit('|').next().unwrap_or(link)
}

/// `[https://… label]`: its length and label.
fn outer_link(rest: &str) -> Option<(usize, &str)> {
    let inner = rest.strip_prefix('[')?;
    if !["http://", "https://", "//", "mailto:"].iter().any(|start| inner.starts_with(start)) {
        return None;
    }
    let end = inner.char_indices().take(2000).find(|(_, c)| matches!(c, ']' | '\n'))?.0;
    let label = inner[..end].split_once(' ').map_or("", |(_, label)| label);
    Some((end + 2, label))
}

/// The entities that wikis write in their markup.
fn entity(rest: &str) -> Option<(usize, char)> {
    const NAMED: [(&str, char); 8] = [
        ("&nbsp;", ' '),
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&ndash;", '–'),
        ("&mdash;", '—'),
        ("&#160;", ' '),
    ];
    NAMED.iter().find(|(name, _)| rest.starts_with(name)).map(|(name, c)| (name.len(), *c))
}

/// At most one blank line between lines, none at the ends.
fn without_gaps(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines().map(str::trim) {
        if line.is_empty() || (line.starts_with("__") && line.ends_with("__")) {
            blank += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank > 0 { "\n\n" } else { "\n" });
        }
        blank = 0;
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn prose_is_left() {
        let markup = "{{Thông tin|tên={{lang|vi|Chợ}}}}\n'''Chợ nổi''' là [[chợ]] trên \
            [[sông ngòi|sông]].<ref name=\"a\">Sách [[x]]</ref> Xem [https://x.vn trang này].\n\
            [[Tập tin:Cho.jpg|nhỏ|Ảnh [[chợ]] sớm]]\n== Lịch sử ==\nHọp từ&nbsp;xưa.<br/>\n\
            * Một\n* Hai\n{| class=x\n| ô\n|}\n[[Thể loại:Chợ]]\n__NOTOC__<!-- ghi chú -->";
        assert_eq!(
            plain(markup),
            "Chợ nổi là chợ trên sông. Xem trang này.\n\nLịch sử\nHọp từ xưa.\nMột\nHai"
        );
    }

    #[test]
    fn what_is_not_closed_stays_and_takes_linear_time() {
        assert_eq!(plain("Nếu a < b thì {{x"), "Nếu a < b thì x");
        let hostile = "<ref>[[{{[http://".repeat(20_000);
        assert!(plain(&hostile).len() < hostile.len());
    }
}
