//! A look at the tags of a page before it is parsed.

/// Elements that have no end tag, or whose end tag is often left out.
const OPEN_ENDED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot",
];

/// An upper estimate of how deep elements are nested.
///
/// The time to build a tree grows with the square of this depth, as the
/// standard prescribes a look at the open elements for each tag.
pub(super) fn depth(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut open, mut deepest) = (0_usize, 0);
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => open = open.saturating_sub(1),
            Some(first) if first.is_ascii_alphabetic() => {
                let rest = &html[at + 1..];
                let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
                if !OPEN_ENDED.iter().any(|one| one.eq_ignore_ascii_case(name)) {
                    open += 1;
                    deepest = deepest.max(open);
                }
            }
            _ => {}
        }
    }
    deepest
}

/// Whether a page has runs that a parser of HTML reads in quadratic time: a tag with thousands of
/// attributes, or ampersands in a row.
pub(super) fn is_hostile(html: &str) -> bool {
    /// Attributes of one tag, and ampersands in a row, that no page for readers has.
    const MOST: usize = 2000;
    let bytes = html.as_bytes();
    let mut next = 0;
    while let Some(at) = memchr::memchr(b'<', &bytes[next..]).map(|at| next + at) {
        if let Some(end) = end_of_source(html, at) {
            next = end;
            continue;
        }
        if !bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) {
            next = at + 1;
            continue;
        }
        let (end, attributes) = tag(&bytes[at..]);
        if attributes > MOST {
            return true;
        }
        next = at + end;
    }
    let (mut run, mut longest) = (0, 0);
    for &byte in bytes {
        run = if byte == b'&' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest > MOST
}

/// The length of a tag in bytes, and an upper estimate of its attributes; white space in quoted values
/// parts none.
fn tag(bytes: &[u8]) -> (usize, usize) {
    let (mut quote, mut attributes, mut before) = (None, 0, b' ');
    for (at, &byte) in bytes.iter().enumerate() {
        match quote {
            Some(mark) if byte == mark => quote = None,
            Some(_) => {}
            None if byte == b'>' => return (at + 1, attributes),
            None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
            None => attributes += usize::from(byte.is_ascii_whitespace() || byte == b'/'),
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    (bytes.len(), attributes)
}

/// Where a script, a style sheet or a comment that begins at a byte ends.
fn end_of_source(html: &str, at: usize) -> Option<usize> {
    let bytes = &html.as_bytes()[at..];
    let begins = |tag: &[u8]| {
        bytes.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag))
            && (tag == b"<!--" || !bytes.get(tag.len()).is_some_and(u8::is_ascii_alphanumeric))
    };
    let (_, close) = [("<script", "</script"), ("<style", "</style"), ("<!--", "-->")]
        .into_iter()
        .find(|(open, _)| begins(open.as_bytes()))?;
    let mut from = 4;
    loop {
        let found = memchr::memchr(close.as_bytes()[0], &bytes[from..]).map(|found| from + found);
        let piece = found.and_then(|found| bytes.get(found..found + close.len()));
        let (Some(found), Some(piece)) = (found, piece) else { return Some(html.len()) };
        if piece.eq_ignore_ascii_case(close.as_bytes()) {
            return Some(at + found + close.len());
        }
        from = found + 1;
    }
}

/// The text between the tags, each on its line, without scripts and style sheets.
pub(super) fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let (mut next, mut written) = (0, 0);
    while let Some(at) = memchr::memchr(b'<', &html.as_bytes()[next..]).map(|at| next + at) {
        out.push_str(&html[written..at]);
        out.push('\n');
        let from = end_of_source(html, at).unwrap_or(at);
        let end = memchr::memchr(b'>', &html.as_bytes()[from..]);
        // The end of a comment is the sign itself.
        let is_comment = from > at && html[..from].ends_with("-->");
        next = if is_comment { from } else { end.map_or(html.len(), |end| from + end + 1) };
        written = next;
    }
    out.push_str(&html[written..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_open_elements() {
        assert_eq!(depth("<div><p>a<p>b<br><span>c</span></div><div></div>"), 2);
        assert_eq!(depth(&"<b>".repeat(70)), 70);
        assert_eq!(depth("3 < 5 <"), 0);
    }

    #[test]
    fn text_between_tags_remains() {
        assert_eq!(
            without_tags("<div>Một<b>hai</b").split_whitespace().collect::<Vec<_>>(),
            ["Một", "hai"]
        );
        let html = "<style>p{a:b}</style>Một<script>if (a<b) {}</script><!-- < -->hai";
        assert_eq!(without_tags(html).split_whitespace().collect::<Vec<_>>(), ["Một", "hai"]);
    }

    #[test]
    fn only_runs_without_quotes_are_hostile() {
        let quoted = format!("<p style=\"{}\">Nước lên.</p>", "a: b; ".repeat(3000));
        assert!(!is_hostile(&quoted));
        assert!(!is_hostile(&format!("<script>x<y{}</script>", " a".repeat(3000))));
        assert!(is_hostile(&format!("<p{}>Nước lên.</p>", " a=b".repeat(3000))));
        assert!(is_hostile(&"&".repeat(3000)));
    }
}
