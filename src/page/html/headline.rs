//! The title of an article, among the headlines of its page and what the head says.

use dom_query::{Document, NodeRef};
use rustc_hash::FxHashSet;

use super::layout;
use crate::page::line::tidy;
use crate::page::word_hash;

/// Headings of the first level that are looked at.
const MOST: usize = 20;
/// Words of a headline.
const WORDS: std::ops::RangeInclusive<usize> = 2..=60;

/// A heading of the first level.
struct Heading {
    text: String,
    words: Vec<u32>,
    /// No text stands between this heading and the one before.
    follows: bool,
}

/// Chooses the title of a page.
///
/// `known` is the title of the metadata, `site` the name of the site. An `h1` that begins the head's
/// title, as where the name of the site follows it, is the title; so is the `h1` that shares most words
/// with it, because heads are often shortened for search engines; so is the only `h1` where the head
/// has but the name of the site. Else the name is cut off.
pub(super) fn choose(
    document: &Document,
    known: Option<&str>,
    site: Option<&str>,
) -> Option<String> {
    let shown = document
        .select("title")
        .nodes()
        .first()
        .map(|node| tidy(&node.text()))
        .filter(|title| !title.is_empty());
    let site = site.map(word_hash::words).unwrap_or_default();
    let headings = headings(document, &site);
    let is_site = known.is_some_and(|title| !site.is_empty() && word_hash::words(title) == site);
    let named = known.filter(|_| !is_site);
    let chosen = named.and_then(|title| beginning(&headings, title)).or_else(|| {
        let shown = shown.as_deref()?;
        // The name of a site may stand before the title: `Site: Title`.
        beginning(&headings, shown).filter(|&at| {
            named.is_none_or(|title| !shown.ends_with(title) || is_like(&headings[at], title))
        })
    });
    let chosen = chosen
        .map(|at| below(&headings, at))
        .or_else(|| most_alike(&headings, named.or(shown.as_deref())?))
        .or_else(|| (headings.len() == 1 && named.is_none()).then_some(0));
    let cut = known.or(shown.as_deref()).map(|title| without_site(title, &site));
    let cut = cut.map(|title| match () {
        () if headings.is_empty() => shown_part(document, &title).unwrap_or(title),
        () => title,
    });
    if headings.is_empty()
        && let Some(cut) = &cut
        && let Some(title) = second_level(document, cut, &site)
    {
        return Some(title);
    }
    match (chosen, cut) {
        (Some(at), Some(cut)) if is_behind_label(&headings[at].words, &cut) => Some(cut),
        (Some(at), _) => Some(headings[at].text.clone()),
        (None, cut) => cut,
    }
}

/// The headings of the first level that may be headlines, in order.
fn headings(document: &Document, site: &[u32]) -> Vec<Heading> {
    let mut out: Vec<Heading> = Vec::new();
    for node in document.select("h1").nodes().iter().take(MOST) {
        let text = line_of(node);
        let words = word_hash::words(&text);
        if WORDS.contains(&words.len()) && words != site {
            let follows = !out.is_empty() && follows_heading(node);
            out.push(Heading { text, words, follows });
        }
    }
    out
}

/// The text of an element in one line; a `br` in it parts words.
fn line_of(node: &NodeRef<'_>) -> String {
    tidy(layout::lay_out_node(*node).text())
}

/// Whether the text before a heading is that of another `h1`.
fn follows_heading(heading: &NodeRef<'_>) -> bool {
    let mut node = *heading;
    for _ in 0..40 {
        let Some(before) = node.prev_sibling() else {
            let Some(parent) = node.parent() else { return false };
            node = parent;
            continue;
        };
        if before.node_name().as_deref() == Some("h1") {
            return true;
        }
        let is_blank = before.is_comment() || before.text().trim().is_empty();
        if !is_blank {
            return before
                .last_child()
                .is_some_and(|last| last.node_name().as_deref() == Some("h1"));
        }
        node = before;
    }
    false
}

/// The longest part of a title between dashes, if a line of a page without headings shows it:
/// `Site - Title`.
fn shown_part(document: &Document, title: &str) -> Option<String> {
    /// Nodes that are looked at, and words of a part.
    const LIMITS: (usize, usize) = (20_000, 3);
    let parts = [" - ", " – ", " — ", " | ", ": "].into_iter().map(|mark| title.split(mark));
    let parts = parts.map(Iterator::collect::<Vec<_>>).find(|parts| parts.len() > 1)?;
    let longest = parts.into_iter().max_by_key(|part| word_hash::words(part).len())?;
    let words = word_hash::words(longest);
    if words.len() < LIMITS.1 {
        return None;
    }
    let shows = |node: &NodeRef<'_>| {
        let is_outside = |name: &str| matches!(name, "a" | "title" | "script" | "option");
        let is_own = || word_hash::words(&node.text()) == words;
        node.is_text()
            && is_own()
            && !node
                .parent()
                .is_some_and(|parent| is_outside(&parent.node_name().unwrap_or_default()))
    };
    let root = document.root();
    let found = root.descendants_it().take(LIMITS.0).any(|node| shows(&node));
    found.then(|| tidy(longest))
}

/// The only heading of the second level, where the head names but the site or a part of it:
/// `Site | Newsroom`.
fn second_level(document: &Document, title: &str, site: &[u32]) -> Option<String> {
    /// Words of a headline, at least, and of a name of a site with its part, at most.
    const WORDS: (usize, usize) = (5, 4);
    let words = word_hash::words(title);
    let parts = word_hash::words(site_part(title));
    let is_name = words.len() <= WORDS.1
        && (words == site || parts == site || !site.is_empty() && words.starts_with(site));
    if !is_name {
        return None;
    }
    let found = document.select("h2");
    let mut lines = found.nodes().iter().take(MOST).map(line_of).filter(|line| !line.is_empty());
    let (line, None) = (lines.next()?, lines.next()) else { return None };
    (word_hash::words(&line).len() >= WORDS.0).then_some(line)
}

/// What stands before the first mark in a title.
fn site_part(title: &str) -> &str {
    [" | ", " - ", " – ", " — ", ": "]
        .into_iter()
        .filter_map(|mark| title.split_once(mark))
        .map(|(head, _)| head)
        .min_by_key(|head| head.len())
        .unwrap_or(title)
}

/// The first heading whose words begin a title.
fn beginning(headings: &[Heading], title: &str) -> Option<usize> {
    let words = word_hash::words(title);
    headings.iter().position(|heading| words.starts_with(&heading.words))
}

/// The heading itself, or the longer one directly below a short one: `Blog 1` and what it is about.
fn below(headings: &[Heading], at: usize) -> usize {
    let (own, next) = (headings[at].words.len(), headings.get(at + 1));
    let is_label = next.is_some_and(|next| next.follows && own <= 3 && next.words.len() > own);
    at + usize::from(is_label)
}

/// The heading that shares most words with a title, if it is like it.
fn most_alike(headings: &[Heading], title: &str) -> Option<usize> {
    let shared = |heading: &Heading| shared(&heading.words, title);
    let most = headings.iter().map(shared).max()?;
    headings
        .iter()
        .position(|heading| shared(heading) == most)
        .filter(|&at| is_like(&headings[at], title))
}

/// Whether a heading is a title behind a short label: `Blog: Title`, `12 May 2025 Title`.
fn is_behind_label(heading: &[u32], title: &str) -> bool {
    let title = word_hash::words(title);
    title.len() >= 3
        && (1..=4).contains(&heading.len().saturating_sub(title.len()))
        && heading.ends_with(&title)
}

/// Whether a heading shares three words with a title, and two in five of the shorter of both.
fn is_like(heading: &Heading, title: &str) -> bool {
    let shared = shared(&heading.words, title);
    let length = heading.words.len().min(word_hash::words(title).len());
    shared >= 3 && shared * 5 >= length * 2
}

/// The different words that a heading shares with a title.
fn shared(words: &[u32], title: &str) -> usize {
    let title: FxHashSet<u32> = word_hash::words(title).into_iter().collect();
    words.iter().copied().collect::<FxHashSet<u32>>().intersection(&title).count()
}

/// A title without the name of the site behind it: ` | Site`, ` - Section - Site`.
fn without_site(title: &str, site: &[u32]) -> String {
    const MARKS: [&str; 8] = [" | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » "];
    let mut title = without_site_before(title, site);
    while let Some((at, mark)) =
        MARKS.into_iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark))).max()
    {
        let (head, tail) = (&title[..at], &title[at + mark.len()..]);
        let words = word_hash::words(tail);
        let is_name =
            !site.is_empty() && words == site || tail.contains(".vn") || tail.contains(".com");
        let is_suffix = is_name || words.len() <= 4 && !matches!(mark, " - " | " – " | " — ");
        if !is_suffix || word_hash::words(head).len() < if is_name { 2 } else { 3 } {
            break;
        }
        title = head;
    }
    title.trim().to_owned()
}

/// A title without the name of the site before it: `:: Site :: Title`, `Site | Title`.
///
/// The dashes are no such marks: titles have them, too.
fn without_site_before<'t>(title: &'t str, site: &[u32]) -> &'t str {
    const MARKS: [&str; 4] = [" | ", " :: ", " • ", " · "];
    let title = title.trim_start_matches([':', '|', '•', '·', ' ']);
    let first = MARKS.into_iter().filter_map(|mark| title.split_once(mark));
    let Some((head, tail)) = first.min_by_key(|(head, _)| head.len()) else { return title };
    let (head, words) = (word_hash::words(head), word_hash::words(tail).len());
    let is_name = !site.is_empty() && head == site;
    if is_name && words >= 3 || head.len() * 2 <= words { tail } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(head: &str, body: &str, known: Option<&str>) -> Option<String> {
        let page = format!("<html><head><title>{head}</title></head><body>{body}</body></html>");
        choose(&Document::from(page), known, Some("Báo Sông Đà"))
    }

    #[test]
    fn the_headline_of_the_page_goes_before_a_title_for_search_engines() {
        let body =
            "<h1>Cầu mới qua sông Đà rút ngắn nửa giờ đi học của trẻ em</h1><p>Sáng nay.</p>";
        let found = title("Cầu qua sông Đà thông xe, trẻ em đi học gần hơn", body, None);
        assert_eq!(
            found.as_deref(),
            Some("Cầu mới qua sông Đà rút ngắn nửa giờ đi học của trẻ em")
        );
    }

    #[test]
    fn names_and_labels_around_a_title_are_cut() {
        for (head, body) in [
            ("Cầu mới thông xe | Báo Sông Đà", "<h1>Báo Sông Đà</h1>"),
            ("Cầu mới thông xe » Báo Sông Đà", ""),
            ("Báo Sông Đà :: Cầu mới thông xe", ""),
            ("Cầu mới thông xe", "<h1>12/5/2025 Cầu mới thông xe</h1>"),
            ("Cầu mới thông xe", "<h1>Blog: Cầu mới thông xe</h1>"),
        ] {
            assert_eq!(title(head, body, None).as_deref(), Some("Cầu mới thông xe"), "{head}");
        }
        let known = Some("Cầu mới thông xe sớm");
        let body = "<h1>Nhật ký ven sông</h1><h1>Xe đầu tiên</h1>";
        assert_eq!(title("Nhật ký ven sông: Cầu mới thông xe sớm", body, known).as_deref(), known);
    }

    #[test]
    fn a_label_above_a_longer_headline_is_no_title() {
        let body =
            "<h1>Bài 2</h1> <div><h1>Tính chi phí của một bến đò nhỏ</h1><p>Mỗi ngày.</p></div>";
        let found = title("Bài 2 :: Báo cáo thực tập", body, None);
        assert_eq!(found.as_deref(), Some("Tính chi phí của một bến đò nhỏ"));
    }
}
