//! Articles from Markdown: headings, lists, tables, code and links as [CommonMark] writes them.
//!
//! Blocks are laid out like those of an HTML page and read like any other page. What needs the whole
//! grammar (nested lists, reference links, raw HTML) is left as text.
//!
//! [CommonMark]: https://spec.commonmark.org/0.31.2/

use super::layout::Layout;
use super::markup::Markup;
use super::{PageOptions, PageStructure};

/// Reads a text in Markdown: the text without its marks, and the roles of its blocks.
///
/// The first heading of the first level is the title, unless one is given.
///
/// # Examples
///
/// ```
/// use tomtat::page::{PageOptions, Role, markdown};
///
/// let source = "# Chợ nổi\n\nChợ họp từ **năm giờ** sáng, [ghe xuồng](a.md) đậu kín.\n\n## Đường đi\n\n\
///     Khách đi đò từ bến Ninh Kiều.";
/// let (text, structure) = markdown::read(source, &PageOptions::default());
/// let roles: Vec<Role> = structure.blocks().iter().map(|block| block.role()).collect();
/// assert_eq!(roles, [Role::Title, Role::Sapo, Role::Heading, Role::Body]);
/// assert_eq!(&text[structure.blocks()[1].span()], "Chợ họp từ năm giờ sáng, ghe xuồng đậu kín.");
/// ```
#[must_use]
pub fn read(source: &str, options: &PageOptions<'_>) -> (String, PageStructure) {
    let mut reader = Reader::default();
    let body = reader.front_matter(source);
    for line in body.lines() {
        reader.line(line);
    }
    reader.end_paragraph();
    reader.end_code();
    let title = options.title.map(str::to_owned).or(reader.title);
    let (text, marks) = reader.layout.into_parts();
    let options = PageOptions { title: title.as_deref(), ..*options };
    let structure = super::structure_of(&text, &options, &marks);
    (text, structure)
}

#[derive(Default)]
struct Reader {
    layout: Layout,
    title: Option<String>,
    /// The lines of the open paragraph or item, joined.
    paragraph: String,
    markup: Option<Markup>,
    /// The lines of the open code block, and the fence that closes it.
    code: Option<(String, String)>,
}

impl Reader {
    /// Skips `key: value` lines between `---` at the top; takes their title.
    fn front_matter<'s>(&mut self, source: &'s str) -> &'s str {
        let Some(rest) = source.strip_prefix("---\n") else { return source };
        let Some((matter, body)) = rest.split_once("\n---") else { return source };
        if matter
            .lines()
            .any(|line| !line.is_empty() && !line.contains(':') && !line.starts_with([' ', '-']))
        {
            return source;
        }
        let title = matter.lines().find_map(|line| line.strip_prefix("title:"));
        self.title = title.map(|title| title.trim().trim_matches(['"', '\'']).to_owned());
        body.trim_start_matches('-')
    }

    fn line(&mut self, line: &str) {
        if let Some((code, fence)) = &mut self.code {
            if line.trim_start().starts_with(fence.as_str()) {
                self.end_code();
            } else {
                code.push_str(line);
                code.push('\n');
            }
            return;
        }
        let line = line.trim_start_matches(['>', ' ']);
        let bare = line.trim();
        if let Some(fence) = ["```", "~~~"].into_iter().find(|fence| bare.starts_with(fence)) {
            self.end_paragraph();
            self.code = Some((String::new(), fence.to_owned()));
        } else if bare.is_empty() || is_rule(bare) && self.underlines(bare).is_none() {
            self.end_paragraph();
        } else if let Some(level) = self.underlines(bare) {
            self.heading(level);
        } else if let Some((level, text)) = atx(bare) {
            self.end_paragraph();
            self.paragraph.push_str(text);
            self.heading(level);
        } else if bare.starts_with('|') {
            self.end_paragraph();
            self.row(bare);
        } else if let Some(item) = item(bare) {
            self.end_paragraph();
            self.markup = Some(Markup::ListItem);
            self.paragraph.push_str(item);
        } else if bare.starts_with("[^") && bare.contains("]:") {
            self.end_paragraph();
            self.markup = Some(Markup::Reference);
            self.paragraph.push_str(bare);
        } else if !(bare.starts_with("<!--") && bare.ends_with("-->")) {
            if !self.paragraph.is_empty() {
                self.paragraph.push(' ');
            }
            self.paragraph.push_str(bare);
        }
    }

    /// The level of the heading that a line under a paragraph makes of it.
    fn underlines(&self, bare: &str) -> Option<usize> {
        let is_open = !self.paragraph.is_empty() && self.markup.is_none();
        let all = |mark: char| bare.len() >= 2 && bare.chars().all(|c| c == mark);
        match (is_open, all('='), all('-')) {
            (true, true, _) => Some(1),
            (true, _, true) => Some(2),
            _ => None,
        }
    }

    fn heading(&mut self, level: usize) {
        let text = inline(&std::mem::take(&mut self.paragraph)).text;
        if level == 1 && self.title.is_none() {
            self.layout.push_block(&text, None);
            self.title = Some(text);
        } else {
            self.layout.push_block(&text, Some(Markup::Heading));
        }
        self.markup = None;
    }

    fn row(&mut self, bare: &str) {
        let is_ruler = bare.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
        if !is_ruler {
            let cells: Vec<String> =
                bare.trim_matches('|').split('|').map(|cell| inline(cell.trim()).text).collect();
            self.layout.push_block(&cells.join(" | "), Some(Markup::TableRow));
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        let markup = self.markup.take();
        let read = inline(&paragraph);
        let markup = if read.is_link { Some(Markup::Link) } else { markup };
        self.layout.push_block(&read.text, markup);
    }

    fn end_code(&mut self) {
        if let Some((code, _)) = self.code.take() {
            self.layout.push_block(&code, Some(Markup::Code));
        }
    }
}

/// `***`, `- - -`, `___`
fn is_rule(bare: &str) -> bool {
    let marks = bare.chars().filter(|c| !c.is_whitespace());
    ['*', '-', '_'].into_iter().any(|mark| marks.clone().all(|c| c == mark)) && marks.count() >= 3
}

/// The level and the text of a heading with number signs.
fn atx(bare: &str) -> Option<(usize, &str)> {
    let text = bare.trim_start_matches('#');
    let level = bare.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with([' ', '\t']))
        .then(|| (level, text.trim().trim_end_matches('#').trim_end()))
}

/// The text of an item: without its bullet, with its number.
fn item(bare: &str) -> Option<&str> {
    if let Some(rest) = ["- ", "* ", "+ "].into_iter().find_map(|mark| bare.strip_prefix(mark)) {
        return Some(rest.trim_start());
    }
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = (1..=3).contains(&digits)
        && (bare[digits..].starts_with(". ") || bare[digits..].starts_with(") "));
    is_numbered.then_some(bare)
}

struct Inline {
    text: String,
    /// All letters stand in links.
    is_link: bool,
}

/// Takes emphasis, code marks, pictures and the addresses of links out of a line.
fn inline(line: &str) -> Inline {
    let mut text = String::with_capacity(line.len());
    let (mut linked, mut rest) = (0, line);
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let before = text.chars().next_back();
        match c {
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                text.push_str(&after[..1]);
                rest = &after[1..];
            }
            '!' if after.starts_with('[') => {
                rest = link(after).map_or(after, |(_, rest)| rest);
            }
            '[' if let Some((label, behind)) = link(rest) => {
                let label = label.replace(['*', '`'], "");
                linked += label.chars().filter(|c| c.is_alphanumeric()).count();
                text.push_str(&label);
                rest = behind;
            }
            '*' | '`' => rest = after,
            // Inside of a word it is a letter of a name: `mau_nuoc`.
            '_' if !(before.is_some_and(char::is_alphanumeric)
                && after.starts_with(char::is_alphanumeric)) =>
            {
                rest = after;
            }
            _ => {
                text.push(c);
                rest = after;
            }
        }
    }
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    Inline { is_link: linked > 0 && linked * 10 >= letters * 9, text: text.trim().to_owned() }
}

/// The label of `[label](address)` and what follows; both are short.
fn link(rest: &str) -> Option<(&str, &str)> {
    /// A label and an address are not longer than this, in bytes.
    const LONGEST: usize = 1000;
    let window = &rest[..super::line::floor(rest, rest.len().min(LONGEST))];
    let close = window.find("](")?;
    let label = &rest[1..close];
    let address = &rest[close + 2..];
    let window = &address[..super::line::floor(address, address.len().min(LONGEST))];
    let end = window.find(')')?;
    Some((label, &address[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Role;

    fn roles(source: &str) -> Vec<(Role, String)> {
        let (text, structure) = read(source, &PageOptions::default());
        structure.blocks().iter().map(|b| (b.role(), text[b.span()].to_owned())).collect()
    }

    #[test]
    fn marks_become_roles() {
        let source = "# Nuôi ong lấy mật\n\nNhà ông Bình nuôi 40 đàn ong từ năm 2019, mỗi vụ thu 300 lít mật.\n\n\
            ## Chọn chỗ\n\nĐàn ong cần chỗ khuất gió,\ngần vườn [nhãn](nhan.md) hay rừng tràm.\n\n\
            | Vụ | Mật |\n|---|---|\n| Xuân | 120 lít |\n\n```\nthu = 300\n```\n";
        let got = roles(source);
        let want = [
            (Role::Title, "Nuôi ong lấy mật"),
            (Role::Sapo, "Nhà ông Bình nuôi 40 đàn ong từ năm 2019, mỗi vụ thu 300 lít mật."),
            (Role::Heading, "Chọn chỗ"),
            (Role::Body, "Đàn ong cần chỗ khuất gió, gần vườn nhãn hay rừng tràm."),
            (Role::Table, "Vụ | Mật"),
            (Role::Table, "Xuân | 120 lít"),
            (Role::Code, "thu = 300"),
        ];
        assert_eq!(got, want.map(|(role, text)| (role, text.to_owned())));
    }

    #[test]
    fn marks_inside_of_lines_go() {
        for (line, text) in [
            ("**Đậm** và *nghiêng* và `mã`", "Đậm và nghiêng và mã"),
            ("ten_bien và _nghiêng_", "ten_bien và nghiêng"),
            ("giá \\*chưa thuế", "giá *chưa thuế"),
            ("![ảnh](a.png)Cầu [mới](b.md).", "Cầu mới."),
            ("[1] không phải liên kết", "[1] không phải liên kết"),
        ] {
            assert_eq!(inline(line).text, text);
        }
    }
}
