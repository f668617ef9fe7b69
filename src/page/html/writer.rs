//! Text that grows block by block, with what the markup says of each block.

use crate::page::layout::Layout;
use crate::page::markup::Markup;

/// Writes the text of elements into a layout.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) layout: Layout,
    block: String,
    /// Characters of the block that are no white space; those that are read, and those of them in
    /// links. Digits behind a link are times and counters: `<a>Headline</a> 02:13`.
    length: usize,
    letters: usize,
    linked: usize,
    /// What the open elements say, the innermost last.
    pub(super) markups: Vec<Markup>,
    /// Links that are open.
    pub(super) links: usize,
    /// The markup of the block's first text.
    first: Option<Markup>,
    /// An element began or ended since the last letter.
    pub(super) is_seam: bool,
    /// Bold elements that are open, and bold letters of the block.
    pub(super) bold: usize,
    strong: usize,
    /// Elements that are open in which white space counts.
    pub(super) verbatim: usize,
    /// A picture stands before the block.
    pub(super) after_picture: bool,
}

impl Writer {
    pub(super) fn push_text(&mut self, text: &str) {
        if self.verbatim > 0 {
            self.push_verbatim(text);
            return;
        }
        let mut chars = text.chars().filter(|&c| !is_zero_width(c)).peekable();
        while let Some(c) = chars.next() {
            if c.is_whitespace() {
                if !self.block.is_empty() && !self.block.ends_with([' ', '\n']) {
                    self.block.push(' ');
                }
                continue;
            }
            if self.is_seam && parts_words(&self.block, c, chars.peek().copied()) {
                self.block.push(' ');
            }
            self.is_seam = false;
            self.count(c);
            self.block.push(c);
        }
    }

    /// Adds source code, with its white space.
    fn push_verbatim(&mut self, text: &str) {
        for c in text.chars() {
            if !c.is_whitespace() {
                self.count(c);
            }
            if !(self.block.is_empty() && matches!(c, '\n' | '\r')) {
                self.block.push(c);
            }
        }
    }

    fn count(&mut self, c: char) {
        if self.length == 0 {
            self.first = self.markups.last().copied();
        }
        self.length += 1;
        self.strong += usize::from(self.bold > 0);
        let is_counter = self.linked > 0 && self.links == 0 && (c.is_ascii_digit() || c == ':');
        self.letters += usize::from(!is_counter);
        self.linked += usize::from(self.links > 0);
    }

    /// Parts two cells of a row.
    pub(super) fn part_cells(&mut self) {
        while self.block.ends_with(' ') {
            self.block.pop();
        }
        if !self.block.is_empty() && !self.block.ends_with('|') {
            self.block.push_str(" | ");
        }
        self.is_seam = false;
    }

    /// Ends a line; a second time in a row, the block.
    pub(super) fn break_line(&mut self) {
        if self.verbatim > 0 {
            self.block.push('\n');
            return;
        }
        while self.block.ends_with(' ') {
            self.block.pop();
        }
        if self.block.ends_with('\n') || self.block.is_empty() {
            self.end_block();
        } else {
            self.block.push('\n');
        }
    }

    pub(super) fn end_block(&mut self) {
        if self.length > 0 {
            let is_link = self.linked * 10 >= self.letters * 9;
            let weak = |markup: Markup| matches!(markup, Markup::Heading | Markup::ListItem);
            let markup = self.first.filter(|&markup| !(weak(markup) && is_link));
            let is_bold = self.strong == self.length;
            let markup = match markup {
                None if is_link => Some(Markup::Link),
                None if self.after_picture => Some(Markup::BelowPicture),
                None if is_bold => Some(Markup::Bold),
                markup => markup,
            };
            let mut block = self.block.trim_end_matches([' ', '|']);
            if markup == Some(Markup::Heading) {
                block = without_edit_link(block);
            }
            self.layout.push_block(block, markup);
            self.after_picture = false;
        }
        self.block.clear();
        self.length = 0;
        self.letters = 0;
        self.linked = 0;
        self.strong = 0;
        self.first = None;
    }
}

/// A heading without the link that edits its section: `Lịch sử[sửa | sửa mã nguồn]`.
fn without_edit_link(heading: &str) -> &str {
    let Some((title, link)) = heading.strip_suffix(']').and_then(|open| open.rsplit_once('['))
    else {
        return heading;
    };
    let is_edit = link.split(['|', ' ']).all(|word| {
        matches!(word, "" | "sửa" | "đổi" | "mã" | "nguồn" | "edit" | "source" | "bearbeiten")
    });
    if is_edit { title.trim_end() } else { heading }
}

/// Characters that take no room and part no words.
fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}')
}

/// Whether two elements without a space between them hold different words.
///
/// A capital after a small letter (`An GiangSau`) or after capitals (`TP HCMNếu`), a digit after a
/// digit or after a word (`Trend05/08/20268 phút`).
fn parts_words(before: &str, c: char, next: Option<char>) -> bool {
    let mut last = before.chars().rev();
    let (Some(first), second) = (last.next(), last.next()) else { return false };
    let is_long = second.is_some_and(char::is_alphanumeric);
    if c.is_uppercase() {
        let falls = first.is_uppercase() && next.is_some_and(char::is_lowercase);
        first.is_lowercase() || falls && is_long
    } else {
        c.is_ascii_digit() && (first.is_ascii_digit() || first.is_lowercase() && is_long)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_neighbouring_elements_do_not_glue() {
        for (before, c, next) in
            [("TP HCM", 'N', Some('ế')), ("An Giang", 'S', Some('a')), ("20/8/2026", '8', None)]
        {
            assert!(parts_words(before, c, next), "{before}{c}");
        }
        for (before, c, next) in [("T", 'r', Some('ờ')), ("H", '2', None), ("VN", 'D', None)] {
            assert!(!parts_words(before, c, next), "{before}{c}");
        }
    }
}
