//! Lines that are no prose: source code, and lists of names such as line-ups.

use super::line::is_blank;
use crate::text::letter::is_alphabetic;

/// How much a line looks like source code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CodeLikeness {
    None,
    /// Code beside other code: `for line in f:`, `}`.
    Weak,
    Strong,
}

/// First words of statements of common programming languages.
const KEYWORDS: &[&str] = &[
    "for", "if", "else", "elif", "while", "def", "class", "import", "from", "return", "let",
    "const", "var", "fn", "pub", "use", "try", "except", "with", "public", "private", "static",
    "void", "int", "#include", "SELECT", "function", "package", "end", "$", "sudo", "pip", "npm",
    "cargo", "git",
];

/// Tells how much a line looks like code. A line with letters beyond ASCII outside of quotes is none.
pub(super) fn code_likeness(line: &str) -> CodeLikeness {
    if line.len() > 200 {
        return CodeLikeness::None;
    }
    let (mut symbols, mut letters, mut quoted) = (0, 0, false);
    for c in line.chars() {
        match c {
            '"' | '\'' | '`' => quoted = !quoted,
            '(' | ')' | '{' | '}' | '[' | ']' | '=' | ';' | '<' | '>' | '_' | '|' | '&' | '#'
            | '\\' | '$' => symbols += 1,
            // The tables of all of Unicode are slow.
            _ if is_alphabetic(c) => {
                if !c.is_ascii() && !quoted {
                    return CodeLikeness::None;
                }
                letters += 1;
            }
            _ => {}
        }
    }
    // With fewer signs a line is no code, unless the keyword that opens it tells.
    let is_signed = symbols >= 2;
    let calls =
        || memchr::memchr2_iter(b'(', b'[', line.as_bytes()).any(|at| is_called(&line[..at]));
    let assigns = || {
        [" = ", " == ", " := ", " += ", "=\"", "->", "=>", "::", "</", "/>", "();"]
            .into_iter()
            .any(|mark| line.contains(mark))
    };
    let closes = line.ends_with([';', '{', '}']) && symbols > 0;
    let keyword = line.split(is_blank).next().is_some_and(|word| KEYWORDS.contains(&word));
    if is_signed
        && symbols * 14 >= letters
        && (closes || line.ends_with([')', ':', ';', '{', ']']) && calls() || assigns())
    {
        CodeLikeness::Strong
    } else if letters == 0 && symbols > 0
        || keyword && (line.ends_with([':', ';', '{', ')']) || symbols > 0)
        || is_signed && calls()
    {
        CodeLikeness::Weak
    } else {
        CodeLikeness::None
    }
}

/// Whether what stands before a bracket ends in the name of a function or an array. A name in capitals
/// before a bracket signs a text, or is a name with its place: `T.H(Theo AFP)`.
fn is_called(before: &str) -> bool {
    let stem = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let name = &before[stem.len()..];
    name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        || name.starts_with(|c: char| c.is_ascii_uppercase()) && name.contains('_')
}

/// Whether a block is a list of names, perhaps after a label: `Việt Nam: Văn Lâm, Tiến Dũng, …`.
pub(crate) fn is_name_list(block: &str) -> bool {
    let head = &block.as_bytes()[..block.len().min(LONGEST_LABEL + 1)];
    let list = memchr::memchr(b':', head).map_or(block, |colon| &block[colon + 1..]);
    let bytes = list.as_bytes();
    // Most sentences have too few marks, the first byte of an en dash among them.
    if count(bytes, |byte| matches!(byte, b',' | b';' | b'-' | 0xE2)) < LEAST_MARKS {
        return false;
    }
    let dashes =
        || memchr::memchr_iter(EN_DASH[0], bytes).filter(|&at| bytes[at..].starts_with(&EN_DASH));
    let marks = memchr::memchr3_iter(b',', b';', b'-', bytes).chain(dashes());
    if marks.take(LEAST_MARKS).count() < LEAST_MARKS
        || memchr::memchr(b'"', bytes).is_some()
        || memchr::memmem::find(bytes, "“".as_bytes()).is_some()
    {
        return false;
    }
    let most = 1 + count(bytes, parts_names) + dashes().count();
    let (mut names, mut others) = (0, 0);
    for part in parts_of(list) {
        match is_name(part) {
            Some(true) => names += 1,
            Some(false) => others += 1,
            None => {}
        }
        // Four parts of five are names. Prose shows soon that it has too few.
        if 5 * others > most {
            return false;
        }
    }
    names + others >= 6 && names >= 4 * others
}

/// Counts bytes. Sums of bytes are added sixteen at a time.
pub(super) fn count(bytes: &[u8], is_counted: impl Fn(u8) -> bool) -> usize {
    let few = bytes.chunks(usize::from(u8::MAX));
    few.map(|bytes| usize::from(bytes.iter().map(|&b| u8::from(is_counted(b))).sum::<u8>())).sum()
}

/// The parts of a list between its marks.
fn parts_of(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(list);
    std::iter::from_fn(move || {
        let list = rest?;
        let bytes = list.as_bytes();
        let is_mark = |at: &usize| parts_names(bytes[*at]) || bytes[*at..].starts_with(&EN_DASH);
        let end = (0..bytes.len()).find(is_mark);
        rest =
            end.map(|end| &list[end + if bytes[end] == EN_DASH[0] { EN_DASH.len() } else { 1 }..]);
        Some(&list[..end.unwrap_or(list.len())])
    })
}

/// Most bytes of a label before a list of names.
const LONGEST_LABEL: usize = 60;

/// A list of names has at least so many commas, semicolons and dashes.
const LEAST_MARKS: usize = 5;

/// The bytes of `–`.
const EN_DASH: [u8; 3] = [0xE2, 0x80, 0x93];

/// Returns true for a mark between the names of a list; the en dash is another.
const fn parts_names(byte: u8) -> bool {
    matches!(byte, b',' | b';' | b'-' | b'(' | b')' | b'.')
}

/// Whether a part of a list is a name: at most five words, all with a capital or a number. `None`
/// without any word.
fn is_name(part: &str) -> Option<bool> {
    let part = part.trim_matches(|c: char| is_blank(c) || c == '.' || c == '\'');
    let mut words = part.split(is_blank).filter(|word| !word.is_empty()).peekable();
    words.peek()?;
    let begins = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    Some(words.by_ref().take(5).all(begins) && words.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_code_and_sentences_are_not() {
        for line in [
            "tep = open(\"ghi-chu.txt\", encoding=\"utf-8\")",
            "print(dong.strip())",
            "let mut tong = 0;",
            "<div class=\"bai\">",
        ] {
            assert_eq!(code_likeness(line), CodeLikeness::Strong, "{line}");
        }
        assert_eq!(code_likeness("for dong in tep:"), CodeLikeness::Weak);
        for line in [
            "Giá bán (chưa thuế) là 5 triệu",
            "Apple (AAPL) rose 3% in May",
            "For sale",
            "T.H(Theo AFP)",
            "MINH AN(Theo BBC)",
        ] {
            assert_eq!(code_likeness(line), CodeLikeness::None, "{line}");
        }
    }

    #[test]
    fn line_ups_are_lists_of_names() {
        assert!(is_name_list("Sông Đà: Văn An, Minh Tú, Quốc Bảo, Đình Lộc, Tấn Phát, Xuân Hòa."));
        assert!(!is_name_list(
            "Đoàn đi qua Hà Nội, Huế, rồi dừng ở Đà Nẵng, thăm chợ, gặp bà con, tặng quà."
        ));
    }
}
