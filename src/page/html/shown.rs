//! The date and the authors that a page shows around its headline.
//!
//! Many pages have neither in their head. Between headline and text stand short lines: `By Ann Lee`,
//! `Published 5 May 2024`, `Ngày đăng: 12/5/2025`, with classes or links that say what they are.

use dom_query::{Document, NodeRef};

use super::layout::{is_block, is_skipped};
use super::{author, timestamp};
use crate::page::line::tidy;
use crate::page::{phrase, word_hash};

/// Nodes of a page that are looked at.
const MOST_NODES: usize = 60_000;
/// Lines before the headline that may belong to it, and lines behind it.
const NEAR: (usize, usize) = (6, 30);
/// Words of running text behind the headline after which the article has begun.
const LEAD: usize = 90;
/// Lines and words of running text behind the headline within which a date is that of the article, and not
/// of a list of others.
const AT_HEADLINE: (usize, usize) = (8, 40);
/// Text of such a line, in bytes.
const LONGEST: usize = 160;

/// What a page shows around its headline.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// A text that holds the date of publication.
    pub(super) date: Option<String>,
    /// Whether the date stands below the headline, before the text, and is none of a change.
    pub(super) is_dated: bool,
    pub(super) author: Option<String>,
    /// Whether a label such as `By` names the author.
    pub(super) is_labelled: bool,
}

/// Reads the lines around the headline of a page.
///
/// Without a headline only dates and authors that are marked as such count.
pub(super) fn of(document: &Document, title: Option<&str>, month_first: bool) -> Shown {
    let title = title.map(word_hash::words).unwrap_or_default();
    let mut reader = Reader::default();
    let mut stack = vec![Step::Enter(document.root())];
    let mut seen = 0;
    while let Some(step) = stack.pop() {
        seen += 1;
        if seen > MOST_NODES || reader.is_done() {
            break;
        }
        match step {
            Step::Leave(open) => reader.leave(open, &title),
            Step::Enter(node) if node.is_text() => reader.push_text(&node.text(), month_first),
            Step::Enter(node) => {
                if node.is_element() && is_outside(&node) {
                    continue;
                }
                if is_headline(&node, &title) {
                    reader.end_line(&title);
                    reader.meet_headline();
                    continue;
                }
                let open = reader.enter(&node, &title);
                stack.push(Step::Leave(open));
                stack.extend(node.children_it(true).map(Step::Enter));
            }
        }
    }
    reader.end_line(&title);
    reader.into_shown()
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(Open),
}

/// What ends with an element.
#[derive(Default, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "independent findings about one element")]
struct Open {
    is_block: bool,
    is_author: bool,
    is_date: bool,
    is_link: bool,
}

/// Whether nothing in an element is about the article.
fn is_outside(node: &NodeRef<'_>) -> bool {
    is_skipped(node) || matches!(node.node_name().as_deref(), Some("nav" | "footer" | "aside"))
}

fn is_headline(node: &NodeRef<'_>, title: &[u32]) -> bool {
    if title.is_empty() || !matches!(node.node_name().as_deref(), Some("h1" | "h2")) {
        return false;
    }
    let own = word_hash::words(&node.text());
    own.len() >= 2 && (own.starts_with(title) || title.starts_with(&own) || own.ends_with(title))
}

/// A date or a name, with what speaks for it.
#[expect(clippy::struct_excessive_bools, reason = "independent findings about one line")]
struct Found {
    text: String,
    /// Its line, counted from the start of the page.
    line: usize,
    /// Words of running text since the headline.
    running: usize,
    /// An element or a label says what it is.
    is_marked: bool,
    /// The date of a change, or somebody who checked the text.
    is_secondary: bool,
    /// A label stands before the name, and one that stands before nothing else: `Written by`.
    is_labelled: bool,
    is_signed: bool,
}

#[derive(Default)]
struct Reader {
    lines: usize,
    headline: Option<usize>,
    running: usize,
    line: String,
    links: Vec<String>,
    in_author: usize,
    in_date: usize,
    in_link: usize,
    line_is_author: bool,
    /// The line before is a label and nothing else: of an author, of a date.
    after_label: (bool, bool),
    dates: Vec<Found>,
    names: Vec<Found>,
}

impl Reader {
    fn enter(&mut self, node: &NodeRef<'_>, title: &[u32]) -> Open {
        let mut open = Open::default();
        if !node.is_element() {
            return open;
        }
        let name = node.node_name().unwrap_or_default();
        open.is_block = is_block(node) || &*name == "br";
        if open.is_block {
            self.end_line(title);
        }
        let words = words_of(node);
        open.is_date = matches!(&*name, "time" | "date") || names_date(&words);
        open.is_author = &*name == "address" || names_author(node, &words);
        open.is_link = &*name == "a";
        self.in_date += usize::from(open.is_date);
        self.in_author += usize::from(open.is_author);
        self.in_link += usize::from(open.is_link);
        if open.is_link {
            self.links.push(String::new());
        }
        open
    }

    fn leave(&mut self, open: Open, title: &[u32]) {
        if open.is_block {
            self.end_line(title);
        }
        self.in_date -= usize::from(open.is_date);
        self.in_author -= usize::from(open.is_author);
        self.in_link -= usize::from(open.is_link);
    }

    fn push_text(&mut self, text: &str, month_first: bool) {
        let own = text.trim();
        if own.is_empty() {
            self.line.push(' ');
            return;
        }
        if own.len() <= LONGEST
            && own.contains(|c: char| c.is_ascii_digit())
            && let Some(is_label) = date_alone(own, month_first)
        {
            let line = word_hash::normalized_of(&self.line);
            let is_labelled = phrase::is_publication_label(&line);
            self.dates.push(Found {
                text: own.to_owned(),
                line: self.lines,
                running: self.running,
                is_marked: self.in_date > 0 || is_label || is_labelled || self.after_label.1,
                is_secondary: is_update(own) || is_update(&self.line),
                is_labelled: false,
                is_signed: false,
            });
        }
        if self.line.len() <= LONGEST {
            self.line.push_str(text);
            self.line_is_author |= self.in_author > 0;
            if let (true, Some(link)) = (self.in_link > 0, self.links.last_mut()) {
                link.push_str(text);
            }
        }
        let words = own.split_whitespace().count();
        self.running += if words >= 8 { words } else { 0 };
    }

    /// Whether the article has begun and nothing is left to be found.
    fn is_done(&self) -> bool {
        let has_both = !self.dates.is_empty() && !self.names.is_empty();
        self.headline.is_some() && self.running > LEAD && has_both
    }

    fn meet_headline(&mut self) {
        self.headline = Some(self.lines);
        self.running = 0;
    }

    fn end_line(&mut self, title: &[u32]) {
        let line = tidy(&self.line);
        let links = std::mem::take(&mut self.links);
        let is_marked = std::mem::take(&mut self.line_is_author);
        self.line.clear();
        if line.is_empty() {
            return;
        }
        self.lines += 1;
        let is_named = self.after_label.0;
        let is_date_label =
            line.len() <= 24 && phrase::is_publication_label(&word_hash::normalized_of(&line));
        self.after_label = (line.len() <= 40 && author::is_label(&line), is_date_label);
        if self.headline.is_none() && title.len() >= 3 && word_hash::words(&line) == title {
            self.meet_headline();
        }
        if line.len() > LONGEST {
            return;
        }
        let (label, rest) = author::without_label(&line);
        if !is_marked && label.is_none() && !is_named {
            return;
        }
        let linked: Vec<String> =
            links.iter().map(|link| tidy(link)).filter(|link| author::is_author(link)).collect();
        let name =
            if linked.is_empty() { author::name_in(rest).to_owned() } else { linked.join(", ") };
        if author::is_author(&name) {
            self.names.push(Found {
                text: name,
                line: self.lines,
                running: self.running,
                is_marked,
                is_secondary: label == Some("reviewed by"),
                is_labelled: is_named || label.is_some(),
                is_signed: is_named || label.is_some_and(|label| label.contains(' ')),
            });
        }
    }

    /// Whether something stands where lines of the headline do.
    fn is_near(&self, found: &Found) -> bool {
        self.headline.is_some_and(|headline| {
            if found.line < headline {
                headline - found.line <= NEAR.0
            } else {
                found.line - headline <= NEAR.1 && found.running <= LEAD
            }
        })
    }

    fn into_shown(self) -> Shown {
        let near = |found: &&Found| self.is_near(found);
        let below = |found: &&Found| self.headline.is_some_and(|headline| found.line >= headline);
        let dates = || self.dates.iter();
        let date = dates()
            .filter(near)
            .find(|found| found.is_marked && !found.is_secondary && below(found))
            .or_else(|| dates().filter(near).find(|found| !found.is_secondary && below(found)))
            .or_else(|| dates().filter(near).rfind(|found| !found.is_secondary))
            .or_else(|| dates().find(near))
            .or_else(|| dates().find(|found| found.is_marked && below(found)))
            .or_else(|| dates().find(|found| found.is_marked));
        let names = || self.names.iter();
        let first = names()
            .filter(near)
            .find(|found| !found.is_secondary)
            .or_else(|| names().find(near))
            .or_else(|| names().find(|found| found.is_signed && below(found)));
        let is_labelled = first.is_some_and(|first| first.is_labelled);
        let author = first.map(|first| {
            let mut names: Vec<&str> = Vec::new();
            for found in self.names.iter().filter(|found| found.line >= first.line) {
                let is_beside = found.line <= first.line + 2
                    && found.is_marked == first.is_marked
                    && found.is_secondary == first.is_secondary;
                if is_beside && names.len() < 6 && !names.contains(&&*found.text) {
                    names.push(&found.text);
                }
            }
            names.join(", ")
        });
        let is_beside = |found: &&Found| {
            let lines = self.headline.map(|headline| found.line.saturating_sub(headline));
            lines.is_some_and(|lines| lines <= AT_HEADLINE.0) && found.running <= AT_HEADLINE.1
        };
        let is_dated =
            date.is_some_and(|found| below(&found) && is_beside(&found) && !found.is_secondary);
        Shown { date: date.map(|found| found.text.clone()), is_dated, author, is_labelled }
    }
}

/// Whether a text is a date with at most a few words beside it; the flag tells of a label.
fn date_alone(text: &str, month_first: bool) -> Option<bool> {
    /// Words beside the date, without a label and with one.
    const BESIDE: (usize, usize) = (3, 8);
    timestamp::iso(text, month_first)?;
    let key = word_hash::normalized_of(text);
    let words = key.split(' ').filter(|word| word.chars().any(char::is_alphabetic));
    let others = words.filter(|word| !timestamp::is_month(word)).count();
    let is_label = phrase::is_publication_label(&key);
    let has_label = is_label || is_update(text);
    (others <= if has_label { BESIDE.1 } else { BESIDE.0 }).then_some(is_label)
}

/// Whether a text speaks of a change.
fn is_update(text: &str) -> bool {
    const WORDS: [&str; 6] =
        ["updated", "modified", "cập nhật", "aktualisiert", "mis à jour", "actualiz"];
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

/// The words of an element's classes and identifier.
fn words_of(node: &NodeRef<'_>) -> String {
    let mut out = String::new();
    for names in [node.class(), node.id_attr(), node.attr("itemprop")].into_iter().flatten() {
        out.push_str(&names);
        out.push(' ');
    }
    out.make_ascii_lowercase();
    out
}

fn names_date(words: &str) -> bool {
    ["date", "time", "publish", "ngay"].into_iter().any(|part| words.contains(part))
        && !words.contains("update")
}

/// Whether an element names an author, by its class, its relation or its address.
fn names_author(node: &NodeRef<'_>, words: &str) -> bool {
    const NAMES: [&str; 8] =
        ["author", "authors", "byline", "writer", "contributor", "tacgia", "auteur", "autor"];
    /// Parts of an author's box that are no name.
    const OTHERS: [&str; 10] = [
        "bio",
        "avatar",
        "image",
        "img",
        "position",
        "title",
        "role",
        "social",
        "description",
        "follow",
    ];
    let mut parts = words.split(|c: char| !c.is_ascii_alphanumeric());
    if parts.clone().any(|part| OTHERS.contains(&part)) {
        return false;
    }
    let is_relation =
        node.attr("rel").is_some_and(|rel| rel.split_whitespace().any(|one| one == "author"));
    let is_address = || {
        node.attr("href").is_some_and(|href| {
            ["/author/", "/authors/", "/tac-gia/", "/auteur/", "/autor/", "/people/", "/staff/"]
                .iter()
                .any(|part| href.contains(part))
        })
    };
    is_relation || parts.any(|part| NAMES.contains(&part)) || is_address()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> (Option<String>, Option<String>) {
        let document = Document::from(format!("<body>{body}</body>"));
        let shown = of(&document, Some("Bến đò cũ đóng cửa sau cầu mới"), false);
        (shown.date.and_then(|date| timestamp::iso(&date, false)), shown.author)
    }

    const HEADLINE: &str = "<h1>Bến đò cũ đóng cửa sau cầu mới</h1>";

    #[test]
    fn dates_and_authors_around_the_headline() {
        for (lines, date, author) in [
            ("<p>Ngày đăng: 11/01/2023</p>", Some("2023-01-11"), None),
            (
                "<div>By <a href='/p/7'>Mara Quill</a></div><div>October 3, 2024</div>",
                Some("2024-10-03"),
                Some("Mara Quill"),
            ),
            ("<p><span>7 min read</span><span>Dec 30, 2013</span></p>", Some("2013-12-30"), None),
            ("<span>Posted on</span><div><span>21 Nov 2018</span></div>", Some("2018-11-21"), None),
            (
                "<div class='post-author-name'>Thu Hà</div><time>Feb 6, 2025</time>",
                Some("2025-02-06"),
                Some("Thu Hà"),
            ),
            ("<ul><li>Written by</li><li>Jon Sand</li></ul>", None, Some("Jon Sand")),
            (
                "<a href='/authors/mara-quill/'>Mara Quill</a><br><a href='/authors/jon-sand/'>Jon Sand</a>",
                None,
                Some("Mara Quill, Jon Sand"),
            ),
            ("<p>Reviewed by Ida Stone</p><p>By Mara Quill</p>", None, Some("Mara Quill")),
            ("<p>Updated 5 May 2024</p><p>Published 2 May 2024</p>", Some("2024-05-02"), None),
        ] {
            let found = shown(&format!("{HEADLINE}{lines}"));
            assert_eq!((found.0.as_deref(), found.1.as_deref()), (date, author), "{lines}");
        }
    }

    #[test]
    fn a_date_before_the_headline_counts() {
        assert_eq!(
            shown(&format!("<date>December 19th, 2025</date>{HEADLINE}")).0.as_deref(),
            Some("2025-12-19")
        );
    }

    #[test]
    fn dates_and_names_of_the_text_and_of_other_articles_do_not_count() {
        let text =
            "Sau ba năm thi công, cây cầu dài hơn một cây số đã nối hai bờ sông. ".repeat(12);
        let found = shown(&format!("{HEADLINE}<p>{text}</p><p>5 May 2024</p><p>By Mara Quill</p>"));
        assert_eq!(found, (None, None));
        let nav =
            format!("<nav>By Mara Quill <time>5 May 2024</time></nav>{HEADLINE}<p>{text}</p>");
        assert_eq!(shown(&nav), (None, None));
    }
}
