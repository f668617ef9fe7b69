//! One file a job.

pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod keywords;
pub(crate) mod multi;
pub(crate) mod page;
pub(crate) mod summary;
pub(crate) mod tokens;

/// Counts characters: walks forward through a text.
pub(crate) struct Characters<'t> {
    text: &'t str,
    byte: usize,
    count: usize,
}

impl<'t> Characters<'t> {
    pub(crate) const fn new(text: &'t str) -> Self {
        Self { text, byte: 0, count: 0 }
    }

    /// Returns the number of characters before a byte; cheapest if bytes come in order.
    pub(crate) fn at(&mut self, byte: usize) -> i64 {
        if byte < self.byte {
            (self.byte, self.count) = (0, 0);
        }
        self.count += characters(&self.text.as_bytes()[self.byte..byte]);
        self.byte = byte;
        self.count as i64
    }
}

/// Counts the characters that begin in bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// Appends a text on one line: line ends and tabs become spaces.
pub(crate) fn on_one_line(text: &str, out: &mut String) {
    let is_break = |c: char| {
        matches!(c, '\n' | '\r' | '\t' | '\x0B' | '\x0C' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    if text.contains(is_break) {
        out.extend(text.chars().map(|c| if is_break(c) { ' ' } else { c }));
    } else {
        out.push_str(text);
    }
}
