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

/// The text between the tags, each on its line.
pub(super) fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push('\n');
        rest = match memchr::memchr(b'>', &rest.as_bytes()[at..]) {
            Some(end) => &rest[at + end + 1..],
            None => "",
        };
    }
    out.push_str(rest);
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
    }
}
