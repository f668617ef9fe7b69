//! What was found on one page.

use tomtat::page::html::Metadata;
use tomtat::page::{Evidence, PageOptions, PageStructure, Role, Warning, parse};
use tomtat::text::encoding::Encoding;
use tomtat::text::repair::fault::Fault;

use crate::input::{Article, Item, Problem, Reading, faults};

/// A page: its blocks and what should be known of it.
pub(super) struct Report {
    pub(super) id: String,
    pub(super) outcome: Outcome,
    pub(super) title: Option<String>,
    /// What an HTML page says of itself.
    pub(super) metadata: Option<Metadata>,
    pub(super) blocks: Vec<Block>,
    pub(super) warnings: Vec<Warning>,
    /// What makes the text unfit to be read.
    pub(super) fault: Option<Fault>,
    /// The encoding, where it was not UTF-8.
    pub(super) encoding: Option<Encoding>,
}

/// What became of a page.
pub(super) enum Outcome {
    /// Blocks are kept.
    Article,
    /// No block is kept.
    Empty,
    /// It cannot be read.
    Unreadable(Problem),
}

/// A block of a page.
pub(super) struct Block {
    pub(super) role: Role,
    pub(super) kept: bool,
    /// Bytes of the text; of an HTML page, of the text that was extracted.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The line that the block begins in, from 1.
    pub(super) line: usize,
    pub(super) confidence: f32,
    pub(super) evidence: Vec<Evidence>,
    pub(super) text: String,
}

impl Report {
    pub(super) fn new(item: Item, reading: &Reading, keep: &[Role]) -> Self {
        let place = item.place();
        item.article(reading).map_or_else(
            |problem| Self {
                id: problem.id.clone().unwrap_or(place),
                outcome: Outcome::Unreadable(problem),
                title: None,
                metadata: None,
                blocks: Vec::new(),
                warnings: Vec::new(),
                fault: None,
                encoding: None,
            },
            |article| Self::of(article, keep),
        )
    }

    pub(super) fn of(article: Article, keep: &[Role]) -> Self {
        let Article { id, title, text, structure, metadata, encoding, .. } = article;
        let fault = faults::look(&id, &text);
        let structure = structure.unwrap_or_else(|| {
            let mut options = PageOptions::default();
            options.title = title.as_deref();
            parse(&text, &options)
        });
        let found = structure.title().map(|block| text[block.span()].to_owned());
        let of_page = metadata.as_ref().and_then(|metadata| metadata.title()).map(str::to_owned);
        let blocks = blocks_of(&text, &structure, keep);
        let outcome =
            if blocks.iter().any(|block| block.kept) { Outcome::Article } else { Outcome::Empty };
        Self {
            id,
            outcome,
            title: title.or(found).or(of_page),
            metadata,
            blocks,
            warnings: structure.warnings().to_vec(),
            fault,
            encoding,
        }
    }

    pub(super) const fn is_ok(&self) -> bool {
        matches!(self.outcome, Outcome::Article)
    }
}

fn blocks_of(text: &str, structure: &PageStructure, keep: &[Role]) -> Vec<Block> {
    let (mut line, mut counted) = (1, 0);
    structure
        .blocks()
        .iter()
        .map(|block| {
            let span = block.span();
            line += text[counted..span.start].matches('\n').count();
            counted = span.start;
            Block {
                role: block.role(),
                kept: keep.contains(&block.role()),
                start: span.start,
                end: span.end,
                line,
                confidence: block.confidence(),
                evidence: block.evidence().collect(),
                text: text[span].to_owned(),
            }
        })
        .collect()
}

/// A warning in words.
pub(super) fn explained(warning: Warning) -> &'static str {
    match warning {
        Warning::ListPage => "looks like a list of headlines, not like an article",
        Warning::NoText => "no text of an article was found",
        Warning::TitleNotFound => "the given title does not stand in the page",
        Warning::TooManyLines => "has more lines than any page; all are taken for text",
        Warning::PictureStory => "is a row of pictures; their captions are taken for its text",
        Warning::ErrorPage => "gives an error in place of an article",
        Warning::LoginPage => "asks for a login and has no article",
        Warning::SeveralArticles => "holds several articles; all but the first are left out",
        _ => "is not like other pages",
    }
}

/// The code of a warning in machine formats.
pub(super) fn code(warning: Warning) -> &'static str {
    match warning {
        Warning::ListPage => "list-page",
        Warning::NoText => "no-text",
        Warning::TitleNotFound => "title-not-found",
        Warning::TooManyLines => "too-many-lines",
        Warning::PictureStory => "picture-story",
        Warning::ErrorPage => "error-page",
        Warning::LoginPage => "login-page",
        Warning::SeveralArticles => "several-articles",
        _ => "other",
    }
}
