//! Files that are one article: plain text or an HTML page, in any encoding that is certain.

use tomtat::page::PageOptions;
use tomtat::page::html::{looks_like_html, read};
use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::decode::{decode as decode_as, decode_detected};

use super::source::packed_format;
use super::{Article, Problem, Source, decode, read_bytes};

/// Reads a file that is one article.
///
/// Without an `encoding` the text is UTF-8, or what the bytes are if that is certain.
pub(crate) fn page_of(source: &Source, encoding: Option<Encoding>) -> Result<Article, Problem> {
    let (text, converted) = decoded_text(source, encoding)?;
    if u32::try_from(text.len()).is_err() {
        let problem = Problem::new(source.name(), "is longer than 4 GiB");
        return Err(problem.hint("split it, or give one article a line as JSON Lines"));
    }
    let article = Article { id: source.name(), text, encoding: converted, ..Article::default() };
    Ok(article.with_markup_read())
}

/// Reads a whole source as text; gives its encoding, too, if that is not UTF-8.
pub(crate) fn decoded_text(
    source: &Source,
    encoding: Option<Encoding>,
) -> Result<(String, Option<Encoding>), Problem> {
    let bytes = read_bytes(source)?;
    if let Some(problem) = packed_format(&source.name(), &bytes) {
        return Err(problem);
    }
    let decoded = match encoding {
        Some(encoding) => decode_as(&bytes, encoding),
        None if std::str::from_utf8(&bytes).is_ok() => {
            return decode(source.name(), bytes).map(|text| (text, None));
        }
        None => decode_detected(&bytes),
    };
    match decoded {
        Ok(decoded) => {
            let found = Some(decoded.encoding()).filter(|found| *found != Encoding::Utf8);
            Ok((decoded.into_text(), found))
        }
        Err(error) if encoding.is_some() => Err(Problem::new(source.name(), error.to_string())),
        Err(error) => {
            let problem = Problem::new(source.name(), error.to_string());
            Err(problem.hint("name its encoding with --encoding, `tomtat check` looks for it"))
        }
    }
}

impl Article {
    /// Lays the text of an HTML page out and reads its structure; leaves plain text alone.
    pub(crate) fn with_markup_read(self) -> Self {
        if self.line_sentences || !looks_like_html(&self.text) {
            return self;
        }
        let mut options = PageOptions::default();
        options.title = self.title.as_deref();
        let (text, structure, metadata) = read(&self.text, &options).into_parts();
        Self { text, structure: Some(structure), metadata: Some(metadata), ..self }
    }
}
