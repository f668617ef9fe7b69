//! Pages with gold roles, as a site would serve them.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use dom_query::{Document, NodeRef};
use tomtat::page::Role;

/// One page: what a candidate sees, and what it should have found.
pub struct Page {
    /// The file name.
    pub name: String,
    /// The page without the roles.
    pub html: String,
    /// Every part that bears a role, in the order of the page.
    pub parts: Vec<Part>,
}

/// A part of a page and its role.
pub struct Part {
    pub role: Role,
    pub text: String,
}

impl Page {
    /// Reads a page and takes its roles out.
    pub fn read(path: &Path) -> Result<Self> {
        let marked = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let parts = parts(&marked).with_context(|| format!("roles of {name}"))?;
        let html = without_roles(&marked);
        ensure!(!html.contains("data-role"), "{name}: an attribute data-role is left");
        Ok(Self { name, html, parts })
    }

    /// The text of all parts whose role passes, one part a line.
    pub fn text(&self, is_wanted: impl Fn(Role) -> bool) -> String {
        let wanted: Vec<&str> = self
            .parts
            .iter()
            .filter(|part| is_wanted(part.role))
            .map(|part| part.text.as_str())
            .collect();
        wanted.join("\n")
    }
}

/// The parts of a page that bear a role. No part may lie in another: its words
/// would count twice.
fn parts(html: &str) -> Result<Vec<Part>> {
    let document = Document::from(html);
    ensure!(!document.select("[data-role] [data-role]").exists(), "a part lies in another");
    let nodes = document.select("[data-role]");
    ensure!(nodes.exists(), "no part has a role");
    nodes.nodes().iter().map(part).collect()
}

fn part(node: &NodeRef<'_>) -> Result<Part> {
    let name = node.attr("data-role").context("no role")?;
    let role = Role::from_name(&name).with_context(|| format!("unknown role {name}"))?;
    Ok(Part { role, text: text_of(&node.html()) })
}

fn without_roles(html: &str) -> String {
    Role::ALL.iter().fold(html.to_owned(), |served, role| {
        served.replace(&format!(" data-role=\"{}\"", role.name()), "")
    })
}

/// Elements that stand in a line with the text around them; all others part words.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "em", "font", "i", "mark", "q", "s", "small", "span", "strike",
    "strong", "sub", "sup", "time", "u",
];

/// The text of a piece of HTML, with a line end at every border of a block.
///
/// Most candidates have a text of their own too, but some of them join the last
/// word of a block to the first of the next; read in the same way, the results
/// differ only in what was extracted.
pub fn text_of(html: &str) -> String {
    let document = Document::from(html);
    let mut text = String::new();
    push_text(&document.root(), &mut text);
    text
}

fn push_text(node: &NodeRef<'_>, text: &mut String) {
    if node.is_text() {
        text.push_str(&node.text());
        return;
    }
    let name = node.node_name().unwrap_or_default();
    if matches!(&*name, "script" | "style" | "template" | "head") {
        return;
    }
    let is_block = !INLINE.contains(&&*name);
    if is_block {
        text.push('\n');
    }
    for child in node.children_it(false) {
        push_text(&child, text);
    }
    if is_block {
        text.push('\n');
    }
}
