//! What a file is: by its name, and by its first bytes.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use tomtat::page::html::looks_like_html;

use super::Problem;

/// How a file is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// By the name of the file, and by how it begins.
    Auto,
    /// Plain text or HTML, one article a file.
    Text,
    /// JSON Lines, one article a line.
    Jsonl,
    /// JSON: an object, an array of objects, or objects one after the other.
    Json,
    /// Comma-separated values with a header; semicolons and tabs are recognized.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// CoNLL-U, one article for each `# newdoc`.
    Conllu,
    /// XML dump of a wiki, one article a page.
    Wiki,
    /// WARC, one article a page that was crawled.
    Warc,
    /// Parquet, one article a row.
    Parquet,
    /// Plain text, every line on its own, blank lines too.
    #[value(skip)]
    Lines,
}

impl Format {
    /// Returns true if a file holds any number of articles.
    pub(crate) const fn is_stream(self) -> bool {
        !matches!(self, Self::Auto | Self::Text | Self::Json | Self::Conllu)
    }

    /// Returns true if UTF-16 must be decoded before records can be told apart.
    pub(super) const fn is_decoded_first(self) -> bool {
        matches!(
            self,
            Self::Jsonl | Self::Json | Self::Csv | Self::Tsv | Self::Conllu | Self::Lines
        )
    }

    /// Returns the format that the name of a file says, if it says one.
    pub(crate) fn of_name(path: &Path) -> Option<Self> {
        const NAMES: [(&str, Format); 15] = [
            ("jsonl", Format::Jsonl),
            ("ndjson", Format::Jsonl),
            ("json", Format::Json),
            ("csv", Format::Csv),
            ("tsv", Format::Tsv),
            ("conllu", Format::Conllu),
            ("warc", Format::Warc),
            ("wet", Format::Warc),
            ("parquet", Format::Parquet),
            ("txt", Format::Text),
            ("text", Format::Text),
            ("md", Format::Text),
            ("html", Format::Text),
            ("htm", Format::Text),
            ("xhtml", Format::Text),
        ];
        let path = unpacked(path);
        NAMES.iter().find(|(name, _)| has_extension(&path, name)).map(|(_, format)| *format)
    }

    /// Returns the format of a file that was to be read as `self`, from its name and first bytes.
    pub(super) fn resolved(self, path: Option<&Path>, head: &[u8]) -> Self {
        if self != Self::Auto {
            return self;
        }
        let named = path.and_then(Self::of_name);
        match named {
            Some(Self::Json) if is_json_lines(head) => Self::Jsonl,
            Some(format) if format != Self::Text => format,
            // Text by its name may still be a dump or a file of records, but no table.
            named => by_content(head, named.is_none()).unwrap_or(Self::Text),
        }
    }
}

/// What the first bytes say; tables and CoNLL-U are looked for if `all`.
fn by_content(head: &[u8], all: bool) -> Option<Format> {
    if head.starts_with(b"PAR1") {
        return Some(Format::Parquet);
    }
    if head.starts_with(b"WARC/") {
        return Some(Format::Warc);
    }
    let text = start_of_text(head);
    if begins_json(text) {
        return Some(if is_json_lines(head) { Format::Jsonl } else { Format::Json });
    }
    if text.starts_with('<') && first_bytes(text, 1024).contains("<mediawiki") {
        return Some(Format::Wiki);
    }
    if !all {
        return None;
    }
    let line = text.lines().next().unwrap_or_default();
    if is_conllu(line) {
        return Some(Format::Conllu);
    }
    [('\t', Format::Tsv), (',', Format::Csv), (';', Format::Csv)]
        .into_iter()
        .find(|(mark, _)| is_header(line, *mark))
        .map(|(_, format)| format)
}

/// The first bytes as far as they are text, without byte order mark and blanks.
fn start_of_text(head: &[u8]) -> &str {
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => {
            // What was valid is text.
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
    };
    valid.trim_start_matches('\u{FEFF}').trim_start()
}

/// The first bytes of a text, so many at most.
pub(super) fn first_bytes(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// `{"key":`, `[{"key":` or `["text", "`, with any blanks between.
fn begins_json(text: &str) -> bool {
    let items = text.strip_prefix('[').map(str::trim_start);
    let Some(rest) = items.unwrap_or(text).strip_prefix('{') else {
        let rest = items.and_then(after_string).and_then(|rest| rest.strip_prefix(','));
        return rest.is_some_and(|rest| rest.trim_start().starts_with('"'));
    };
    after_string(rest.trim_start()).is_some_and(|rest| rest.starts_with(':'))
}

/// What follows a JSON string and blanks.
fn after_string(text: &str) -> Option<&str> {
    let text = text.strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(text[at + 1..].trim_start()),
            '\n' => return None,
            _ => {}
        }
    }
    None
}

/// Tells whether the first line is an object of its own, and more lines follow.
fn is_json_lines(head: &[u8]) -> bool {
    let text = start_of_text(head);
    if !text.starts_with('{') {
        return false;
    }
    match text.split_once('\n') {
        Some((line, rest)) => {
            !rest.trim().is_empty() && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
        }
        // The first line is longer than what was looked at: no object that was laid out in lines.
        None => head.len() >= HEAD,
    }
}

fn is_conllu(line: &str) -> bool {
    ["# newdoc", "# sent_id", "# text =", "# global.columns"]
        .iter()
        .any(|mark| line.starts_with(mark))
        || (line.starts_with("1\t") && line.split('\t').count() == 10)
}

/// Tells whether a line names columns, among them one that holds texts.
fn is_header(line: &str, mark: char) -> bool {
    let cells: Vec<&str> =
        line.trim_end().split(mark).map(|cell| cell.trim().trim_matches('"')).collect();
    let is_name = |cell: &&str| {
        !cell.is_empty()
            && cell.len() < 40
            && cell.chars().all(|c| c.is_alphanumeric() || "_-. ".contains(c))
    };
    cells.len() > 1
        && cells.iter().all(is_name)
        && cells.iter().any(|cell| super::fields::BODIES.contains(cell))
}

/// Bytes that are looked at to find out what a file is.
pub(super) const HEAD: usize = 1 << 13;

/// Recognizes files that hold no text that can be read, and says what to do with them.
pub(super) fn refused(place: &str, bytes: &[u8]) -> Option<Problem> {
    let problem = |found: &str, hint: &str| Some(Problem::new(place, found).hint(hint));
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => {
            problem("is a PDF", "extract its text first, for example with pdftotext")
        }
        [b'P', b'K', 3, 4, ..] => problem(
            "is a ZIP archive or an office document",
            "unpack the archive, or save the document as plain text or HTML",
        ),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            problem("is an old office document", "save it as plain text or HTML")
        }
        [b'{', b'\\', b'r', b't', b'f', ..] => problem("is RTF", "save it as plain text or HTML"),
        [0x89, b'P', b'N', b'G', ..]
        | [0xFF, 0xD8, 0xFF, ..]
        | [b'G', b'I', b'F', b'8', ..]
        | [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..]
        | [b'I', b'I', 0x2A, 0, ..]
        | [b'M', b'M', 0, 0x2A, ..] => {
            problem("is a picture", "its text must be recognized first, by an OCR program")
        }
        [b'7', b'z', 0xBC, 0xAF, ..]
        | [b'R', b'a', b'r', b'!', ..]
        | [0xFD, b'7', b'z', b'X', b'Z', ..] => problem(
            "is an archive",
            "unpack it first; .zst, .gz and .bz2 files are read as they are",
        ),
        _ if bytes.get(257..262) == Some(b"ustar") => {
            problem("is a tar archive", "unpack it first, and read the folder with -R")
        }
        [0x7F, b'E', b'L', b'F', ..] | [b'M', b'Z', ..]
            if bytes.iter().take(512).any(|b| *b == 0) =>
        {
            problem("is a program", "only text can be read")
        }
        _ => of_our_own(place, bytes),
    }
}

/// Models and statistics, which other options and commands read.
fn of_our_own(place: &str, bytes: &[u8]) -> Option<Problem> {
    let kind = tomtat::model::Container::parse(bytes).ok()?.info().kind.clone();
    let hint = match kind.as_str() {
        "terms" => "`tomtat terms --merge FILE` reads it",
        "ranker" => "`tomtat summarize --ranker FILE` reads it",
        "segmenter" | "lexicon" => "`tomtat tokenize --segmenter FILE` reads it",
        _ => "models are named by options; see --help",
    };
    Some(Problem::new(place, format!("is a model of tomtat (kind {kind})")).hint(hint))
}

/// Recognizes XML that is no page.
pub(super) fn is_foreign_xml(text: &str) -> bool {
    text.trim_start_matches('\u{FEFF}').trim_start().starts_with("<?xml")
        && looks_like_html(text)
        && !first_bytes(text, 4096).to_ascii_lowercase().contains("<html")
}

/// Tells whether the name of a file ends so, in any case.
pub(crate) fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

/// The path without `.zst`, `.gz` or `.bz2`.
pub(crate) fn unpacked(path: &Path) -> PathBuf {
    let is_packed = ["zst", "gz", "bz2"].iter().any(|e| has_extension(path, e));
    if is_packed { path.with_extension("") } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(head: &str) -> Format {
        Format::Auto.resolved(None, head.as_bytes())
    }

    #[test]
    fn a_stream_is_known_by_how_it_begins() {
        assert_eq!(found("{\"body\": \"Trời mưa.\"}"), Format::Json);
        assert_eq!(found("{\n  \"body\": \"Trời mưa.\"\n}\n"), Format::Json);
        assert_eq!(found("[ {\"body\": \"Trời mưa.\"}, {}]"), Format::Json);
        assert_eq!(found("[\n  \"Trời mưa.\",\n  \"Trời nắng.\"]"), Format::Json);
        assert_eq!(found("\u{FEFF}{\"a\":1}\n{\"a\":2}\n"), Format::Jsonl);
        assert_eq!(found("id,title,body\n1,A,B\n"), Format::Csv);
        assert_eq!(found("id;body\n1;B\n"), Format::Csv);
        assert_eq!(found("id\ttext\n1\tB\n"), Format::Tsv);
        assert_eq!(found("# sent_id = 1\n1\tTôi\t_"), Format::Conllu);
        assert_eq!(found("WARC/1.0\r\n"), Format::Warc);
        assert_eq!(found("<mediawiki xmlns=\"x\">"), Format::Wiki);
    }

    #[test]
    fn prose_stays_prose() {
        for text in [
            "Trời mưa, gió to.\nNước dâng.",
            "{ngoặc} mở đầu câu này.",
            "[1] Theo báo cáo, giá gạo tăng.",
            "[\"Chợ Lớn\", một tên gọi cũ] nay là quận 5.",
            "Tên, tuổi, text hay không cũng được, là một câu dài hơn thế nữa nhé.",
            "# Tiêu đề\n\nĐoạn.",
            "",
        ] {
            assert_eq!(found(text), Format::Text, "{text}");
        }
        let by_name = |head: &str| Format::Auto.resolved(Some(Path::new("a.txt")), head.as_bytes());
        assert_eq!(by_name("id,body\n1,2"), Format::Text);
        assert_eq!(by_name("{\"body\": \"x\"}"), Format::Json);
    }
}
