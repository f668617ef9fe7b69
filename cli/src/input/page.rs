//! Texts and HTML pages, in any encoding that is certain.

use std::path::Path;

use tomtat::page::html::{looks_like_html, read};
use tomtat::page::{PageOptions, markdown};
use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::decode::{
    DecodeError, DecodeErrorKind, decode as decode_as, decode_detected,
};
use tomtat::text::encoding::detect::Content;

use super::format::{is_foreign_xml, refused};
use super::source::read_bytes_up_to;
use super::{Article, MOST, Problem, Source, has_extension};

/// Reads a file that is one article, whatever its name is.
///
/// Without an `encoding` the text is UTF-8, or what the bytes are if that is certain.
pub(crate) fn page_of(source: &Source, encoding: Option<Encoding>) -> Result<Article, Problem> {
    article_of_bytes(source.name(), read_bytes_up_to(source, MOST)?, encoding)
}

/// Makes an article of the bytes of a page.
pub(super) fn article_of_bytes(
    name: String,
    bytes: Vec<u8>,
    encoding: Option<Encoding>,
) -> Result<Article, Problem> {
    let (text, converted) = decoded(&name, bytes, encoding)?;
    if text.len() as u64 > MOST {
        let problem = Problem::new(name, "is longer than 4 GiB");
        return Err(problem.hint("split it, or give one article a line as JSON Lines"));
    }
    if is_foreign_xml(&text) {
        let problem = Problem::new(name, "is XML, and neither a page nor the dump of a wiki");
        return Err(problem.hint("--input text reads it with its tags"));
    }
    let is_markdown =
        ["md", "markdown"].into_iter().any(|end| has_extension(Path::new(&name), end));
    let article = Article { id: name, text, encoding: converted, ..Article::default() };
    Ok(if is_markdown { article.with_markdown_read() } else { article.with_markup_read() })
}

/// Reads a whole source as text.
pub(crate) fn read_text(source: &Source) -> Result<String, Problem> {
    decoded(&source.name(), read_bytes_up_to(source, MOST)?, Some(Encoding::Utf8))
        .map(|(text, _)| text)
}

/// Takes bytes as text; gives their encoding, too, if that is not UTF-8.
pub(crate) fn decoded(
    name: &str,
    bytes: Vec<u8>,
    encoding: Option<Encoding>,
) -> Result<(String, Option<Encoding>), Problem> {
    if let Some(problem) = refused(name, &bytes) {
        return Err(problem);
    }
    let is_utf8 = simdutf8::basic::from_utf8(&bytes).is_ok();
    let decoded = match encoding {
        Some(Encoding::Utf8) | None if is_utf8 => {
            let zero = bytes.iter().take(8192).position(|&b| b == 0);
            let text =
                String::from_utf8(bytes).map_err(|error| Problem::new(name, error.to_string()))?;
            // Browsers read a page with a stray zero byte, too.
            if zero.is_some() && looks_like_html(&text) {
                return Ok((text.replace('\0', ""), None));
            }
            if let Some(at) = zero {
                let problem = Problem::new(name, format!("is binary: byte {at} is zero"));
                return Err(problem.hint("only text can be read"));
            }
            return Ok((text, None));
        }
        Some(encoding) => decode_as(&bytes, encoding),
        None => decode_detected(&bytes),
    };
    match decoded {
        Ok(decoded) => {
            let found = Some(decoded.encoding()).filter(|found| *found != Encoding::Utf8);
            Ok((decoded.into_text(), found))
        }
        Err(error) if encoding == Some(Encoding::Utf8) => {
            let hint =
                "`tomtat check` names the encoding, `tomtat normalize --encoding NAME` converts it";
            Err(Problem::new(name, error.to_string()).hint(hint))
        }
        Err(error) if encoding.is_some() => Err(Problem::new(name, error.to_string())),
        Err(error) => Err(undetected(name, &error)),
    }
}

/// Says what bytes are whose encoding could not be told.
pub(super) fn undetected(name: &str, error: &DecodeError) -> Problem {
    if error.kind() != DecodeErrorKind::NotText {
        let hint = "name its encoding with --encoding, `tomtat check` looks for it";
        return Problem::new(name, error.to_string()).hint(hint);
    }
    not_text(name, error.detection().content())
}

/// Says that a file is no text that can be read.
pub(crate) fn not_text(name: &str, content: Content) -> Problem {
    match content {
        Content::Utf32 => {
            let hint = "convert it first, for example with iconv -f utf-32 -t utf-8";
            Problem::new(name, "is UTF-32, which is not read").hint(hint)
        }
        content => {
            Problem::new(name, format!("is {content}, not text")).hint("only text can be read")
        }
    }
}

impl Article {
    /// Lays the text of an HTML page out and reads its structure; leaves plain text alone.
    pub(super) fn with_markup_read(self) -> Self {
        if self.line_sentences || self.structure.is_some() || !looks_like_html(&self.text) {
            return self;
        }
        let mut options = PageOptions::default();
        options.title = self.title.as_deref();
        let (text, structure, metadata) = read(&self.text, &options).into_parts();
        // The text may not show the title that the head of the page gives.
        let known = structure.title().is_none().then(|| metadata.title().map(str::to_owned));
        let title = self.title.or(known.flatten());
        Self { title, text, structure: Some(structure), metadata: Some(metadata), ..self }
    }

    /// Lays the text of Markdown out and reads its structure.
    fn with_markdown_read(self) -> Self {
        if looks_like_html(&self.text) {
            return self.with_markup_read();
        }
        let (text, structure) = markdown::read(&self.text, &PageOptions::default());
        Self { text, structure: Some(structure), ..self }
    }
}
