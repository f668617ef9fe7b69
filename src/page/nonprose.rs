//! Lines that are no prose: source code, and lists of names such as line-ups.

use super::line::is_blank;

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
            _ if !c.is_ascii() && c.is_alphabetic() && !quoted => return CodeLikeness::None,
            _ => letters += usize::from(c.is_alphabetic()),
        }
    }
    let calls = line
        .bytes()
        .zip(line.bytes().skip(1))
        .any(|(a, b)| (a.is_ascii_alphanumeric() || a == b'_') && matches!(b, b'(' | b'['));
    let assigns = [" = ", " == ", " := ", " += ", "=\"", "->", "=>", "::", "</", "/>", "();"]
        .into_iter()
        .any(|mark| line.contains(mark));
    let closes = line.ends_with([';', '{', '}']) && symbols > 0;
    let keyword = line.split(is_blank).next().is_some_and(|word| KEYWORDS.contains(&word));
    if (calls && line.ends_with([')', ':', ';', '{', ']']) || assigns || closes)
        && symbols >= 2
        && symbols * 14 >= letters
    {
        CodeLikeness::Strong
    } else if letters == 0 && symbols > 0
        || keyword && (line.ends_with([':', ';', '{', ')']) || symbols > 0)
        || calls && symbols >= 2
    {
        CodeLikeness::Weak
    } else {
        CodeLikeness::None
    }
}

/// Whether a block is a list of names, perhaps after a label: `Việt Nam: Văn Lâm, Tiến Dũng, …`.
pub(crate) fn is_name_list(block: &str) -> bool {
    let list = match memchr::memchr(b':', block.as_bytes()) {
        Some(colon) if colon <= 60 => &block[colon + 1..],
        _ => block,
    };
    // Most sentences have too few marks, and a search of bytes tells that soonest. 0xE2 may begin an
    // en dash.
    let bytes = list.as_bytes();
    let marks =
        memchr::memchr3_iter(b',', b';', b'-', bytes).chain(memchr::memchr_iter(0xE2, bytes));
    if marks.take(5).count() < 5
        || list.matches([',', ';', '-', '–']).count() < 5
        || list.contains(['"', '“'])
    {
        return false;
    }
    let (mut parts, mut names) = (0, 0);
    for part in list.split([',', ';', '-', '–', '(', ')', '.']) {
        let part = part.trim_matches(|c: char| is_blank(c) || c == '.' || c == '\'');
        let mut words = part.split(is_blank).filter(|word| !word.is_empty()).peekable();
        if words.peek().is_none() {
            continue;
        }
        parts += 1;
        let (mut count, mut capitals) = (0, 0);
        for word in words {
            count += 1;
            let first = word.chars().next();
            capitals += usize::from(first.is_some_and(|c| c.is_uppercase() || c.is_numeric()));
        }
        names += usize::from(count <= 5 && capitals == count);
    }
    parts >= 6 && names * 10 >= parts * 8
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
        for line in ["Giá bán (chưa thuế) là 5 triệu", "Apple (AAPL) rose 3% in May", "For sale"]
        {
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
