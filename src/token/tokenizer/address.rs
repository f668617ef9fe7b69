//! Web and mail addresses, which are one token each.

use super::{LetterRun, Scanner, Shape, TokenKind};
use crate::text::key::{is_combining, is_ignorable};
use crate::token::Gap;
use crate::token::abbreviation::is_top_level_domain;

/// Longest label of a domain name (RFC 1035, section 2.3.4); bounds the look-ahead.
const MAX_LABEL: usize = 63;

/// Suffixes of files and of names of programs, as they are written.
const SUFFIXES: [&str; 37] = [
    "js", "ts", "NET", "exe", "apk", "pdf", "PDF", "docx", "xls", "xlsx", "pptx", "csv", "tsv",
    "txt", "json", "xml", "html", "htm", "php", "aspx", "jpg", "JPG", "jpeg", "png", "gif", "svg",
    "mp3", "mp4", "avi", "zip", "rar", "sql", "doc", "ppt", "py", "css", "java",
];

/// Letters of the longest of them.
const MAX_SUFFIX: usize = 4;

impl Scanner<'_, '_> {
    /// `https://…` and `www.…`, up to white space, without trailing punctuation.
    pub(super) fn web_address(&mut self, scheme_end: usize) -> bool {
        let scheme = &self.text[self.pos..scheme_end];
        let rest = &self.bytes[scheme_end..];
        let known = ["http", "https", "ftp"].iter().any(|s| scheme.eq_ignore_ascii_case(s))
            && rest.starts_with(b"://");
        let www = scheme.eq_ignore_ascii_case("www") && rest.starts_with(b".");
        if !known && !www {
            return false;
        }
        let end = self.address_end(scheme_end + 1);
        self.push_folded(end, TokenKind::Url, Shape::Lower);
        true
    }

    fn address_end(&self, from: usize) -> usize {
        let rest = &self.text[from..self.bytes.len()];
        let stop = rest.find(|c: char| {
            c.is_whitespace()
                || is_ignorable(c)
                || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»')
        });
        let body = &rest[..stop.unwrap_or(rest.len())];
        from + body
            .trim_end_matches(|c: char| {
                matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '\'' | '…')
            })
            .len()
    }

    /// `Node.js`, `data.csv`, `ASP.NET`: a name with a suffix that no sentence begins with.
    pub(super) fn file_name(&mut self, run: &LetterRun) -> bool {
        let Some(end) = self.file_name_end(run.end) else { return false };
        self.push_folded(end, TokenKind::Alphanumeric, run.shape());
        true
    }

    /// Returns where the name of a file ends whose suffix follows the stop at `stop`.
    pub(super) fn file_name_end(&self, stop: usize) -> Option<usize> {
        let suffix = self.bytes[stop + 1..].iter().take_while(|b| b.is_ascii_alphanumeric());
        let end = stop + 1 + suffix.take(MAX_SUFFIX + 1).count();
        let is_known = SUFFIXES.contains(&&self.text[stop + 1..end]);
        let goes_on = self.peek(end).is_some_and(|c| c.is_alphanumeric() || c == '_');
        (is_known && !goes_on).then_some(end)
    }

    /// `Tiin.vn`, `abc.com.vn/tin`: labels that end in a top-level domain.
    pub(super) fn domain(&mut self, label_end: usize) -> bool {
        if self.byte(label_end) != b'.' {
            return false;
        }
        let mut end = 0;
        // Of many labels in a row each one begins a search: it goes on where the last one ended.
        let searched = &self.no_domain;
        let mut at = if searched.contains(&label_end) { searched.end } else { label_end };
        while at - label_end <= 4 * MAX_LABEL && self.byte(at) == b'.' {
            let label = self.bytes[at + 1..]
                .iter()
                .take(MAX_LABEL)
                .take_while(|b| b.is_ascii_alphanumeric() || **b == b'-')
                .count();
            let next = at + 1 + label;
            if label == 0 {
                break;
            }
            let name = &self.text[at + 1..next];
            let letter_follows = self.byte(next) >= 0x80
                && self.peek(next).is_some_and(|c| c.is_alphabetic() || is_combining(c));
            let is_upper = || {
                let label = &self.bytes[self.pos..label_end];
                label.len() > 2 && label.iter().all(u8::is_ascii_uppercase)
            };
            // `VNEXPRESS.VN`, in headings of capitals.
            let is_domain = is_top_level_domain(name)
                || matches!(name, "VN" | "COM" | "NET" | "ORG") && is_upper();
            if is_domain && !letter_follows {
                end = next;
            } else if !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
                break;
            }
            at = next;
        }
        if end == 0 {
            self.no_domain = label_end..at;
            return false;
        }
        if self.byte(end) == b'/' {
            end = self.address_end(end).max(end);
        }
        self.push_folded(end, TokenKind::Url, Shape::Lower);
        true
    }

    /// Takes the touching tokens before an `@` and the domain after it together.
    pub(super) fn email(&mut self) -> bool {
        let domain = self.bytes[self.pos + 1..]
            .iter()
            .take(4 * MAX_LABEL)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
            .count();
        let after = self.pos + 1 + domain;
        let host = self.text[self.pos + 1..after].trim_end_matches(['.', '-']);
        if !host.contains('.') || self.touching().is_none() {
            return false;
        }
        let end = self.pos + 1 + host.len();
        // A local part has at most 64 bytes (RFC 5321, section 4.5.3.1.1).
        let (mut keep, mut start) = (self.tokens.len(), self.pos);
        while keep > self.first {
            let token = &self.tokens[keep - 1];
            let text = &self.text[token.span()];
            let part = token.kind.is_term() || matches!(text, "." | "_" | "-" | "+");
            if !part || !text.is_ascii() || self.pos - token.start as usize > 64 {
                break;
            }
            (keep, start) = (keep - 1, token.start as usize);
            if token.gap != Gap::None && token.gap != Gap::Underscore {
                break;
            }
        }
        if keep == self.tokens.len() {
            return false;
        }
        self.gap = self.tokens[keep].gap;
        self.tokens.truncate(keep);
        self.pos = start;
        self.push_folded(end, TokenKind::Email, Shape::Lower);
        true
    }
}
