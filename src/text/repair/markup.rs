//! The text of an HTML source, apart from its markup, both as they are written.

/// A part of an HTML source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'t> {
    /// Tags, comments, declarations, scripts and style sheets.
    Markup(&'t str),
    /// Text between them, with its character references.
    Text(&'t str),
}

/// Cuts an HTML source into its parts, which joined are the source. Linear in its length.
///
/// What an element means is not asked: the text of a menu is text, too. Markup that is not closed
/// reaches to the end.
///
/// # Examples
///
/// ```
/// use tomtat::text::repair::markup::{Part::{Markup, Text}, parts};
///
/// let found: Vec<_> = parts("<p title='a > b'>Giá < 5 đồng</p>").collect();
/// assert_eq!(found, [Markup("<p title='a > b'>"), Text("Giá < 5 đồng"), Markup("</p>")]);
/// ```
pub fn parts(html: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let is_markup = begins_markup(rest);
        let width = if is_markup { markup_width(rest) } else { text_width(rest) };
        let (part, after) = rest.split_at(width);
        rest = after;
        Some(if is_markup { Part::Markup(part) } else { Part::Text(part) })
    })
}

/// Puts references in the place of signs that would begin markup in a text of HTML.
#[must_use]
pub fn escaped(text: &str) -> String {
    if text_width(text) == text.len() && !begins_markup(text) {
        return text.to_owned();
    }
    text.replace('<', "&lt;")
}

/// Tells whether a text begins with markup.
fn begins_markup(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next() == Some(b'<')
        && bytes.next().is_some_and(|next| next.is_ascii_alphabetic() || b"/!?".contains(&next))
}

/// Bytes before the next markup behind the first sign.
fn text_width(text: &str) -> usize {
    memchr::memchr_iter(b'<', text.as_bytes())
        .find(|&at| at > 0 && begins_markup(&text[at..]))
        .unwrap_or(text.len())
}

fn markup_width(text: &str) -> usize {
    let behind = |mark: &str, from: usize| {
        text[from..].find(mark).map_or(text.len(), |at| from + at + mark.len())
    };
    if text.starts_with("<!--") {
        return behind("-->", 4);
    }
    if text.starts_with("<![CDATA[") {
        return behind("]]>", 9);
    }
    let width = tag_width(text.as_bytes());
    let name = text[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    match ["script", "style"].into_iter().find(|raw| name.eq_ignore_ascii_case(raw)) {
        // The end tag is markup of its own.
        Some(raw) => width + raw_width(&text.as_bytes()[width..], raw.as_bytes()),
        None => width,
    }
}

/// Bytes of a tag, whose quoted values may hold its end mark.
fn tag_width(tag: &[u8]) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, &byte) in tag.iter().enumerate() {
        match quote {
            Some(mark) if byte == mark => quote = None,
            Some(_) => continue,
            None if byte == b'>' => return at + 1,
            None if before == b'=' && (byte == b'"' || byte == b'\'') => quote = Some(byte),
            None => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    tag.len()
}

/// Bytes before the end tag of an element that holds no markup.
fn raw_width(content: &[u8], name: &[u8]) -> usize {
    memchr::memmem::find_iter(content, b"</")
        .find(|&at| {
            let end = content.get(at + 2..at + 2 + name.len());
            end.is_some_and(|end| end.eq_ignore_ascii_case(name))
        })
        .unwrap_or(content.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_comments_and_quoted_values_are_markup() {
        let html = "<!DOCTYPE html><!-- <b>ẩn</b> --><SCRIPT>if (a < b) x('</p>')</Script>\
                    <a href=it's title=\"a>b\">Chợ</a> 3 <5 <";
        let texts: Vec<&str> = parts(html)
            .filter_map(|part| match part {
                Part::Text(text) => Some(text),
                Part::Markup(_) => None,
            })
            .collect();
        assert_eq!(texts, ["Chợ", " 3 <5 <"]);
        let whole: String = parts(html)
            .map(|part| match part {
                Part::Text(part) | Part::Markup(part) => part,
            })
            .collect();
        assert_eq!(whole, html);
    }

    #[test]
    fn text_does_not_become_markup() {
        assert_eq!(escaped("a < b"), "a < b");
        assert_eq!(escaped("<b>đậm"), "&lt;b>đậm");
        assert_eq!(escaped("xem <b"), "xem &lt;b");
    }
}
