//! The one reader: inputs of any format as a stream of items, in memory that does not grow.

mod conllu;
mod json_values;
mod lines;
#[cfg(feature = "parquet")]
mod parquet;
mod pieces;
mod tables;
mod warc;
mod wiki;

use std::collections::VecDeque;

use tomtat::text::encoding::Encoding;

use super::format::{Format, HEAD};
use super::source::{peek, read_rest};
use super::utf16::{MARK, as_utf8, head_as_utf8, utf16_of};
use super::{Item, Problem, Source};
use crate::run::pipeline::Weighed;
pub(crate) use json_values::Places;
pub(crate) use lines::lines;
pub(crate) use pieces::PIECE;

/// How inputs are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReadOptions {
    /// The format of all inputs, or [`Format::Auto`].
    pub(crate) format: Format,
    /// How plain text comes.
    pub(crate) texts: Texts,
    /// Greatest length of a record or a line, in bytes.
    pub(crate) longest: u64,
    /// Greatest length of a text that is read whole, in bytes.
    pub(crate) longest_text: u64,
    /// Encoding of texts that come in pieces.
    pub(crate) encoding: Option<Encoding>,
}

/// How plain text comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Texts {
    /// A file is one item.
    Whole,
    /// Files of more than this many bytes come in pieces.
    Pieces(usize),
    /// Every line is an item, blank lines too.
    Lines,
}

/// Bytes that a record or a text may have if nothing else is said.
pub(crate) const LONGEST: u64 = 64 << 20;

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            format: Format::Auto,
            texts: Texts::Whole,
            longest: LONGEST,
            longest_text: LONGEST,
            encoding: None,
        }
    }
}

/// The items of one source.
type SourceItems = Box<dyn Iterator<Item = Item> + Send>;

/// The items of all sources, read as they are needed.
pub(crate) struct Items {
    problems: VecDeque<Problem>,
    sources: VecDeque<Source>,
    options: ReadOptions,
    open: Option<SourceItems>,
    /// Items that were read to see what comes.
    ahead: VecDeque<Item>,
    /// Long texts so far.
    long_texts: u64,
    is_stream: bool,
}

impl Items {
    pub(crate) fn new(problems: Vec<Problem>, sources: Vec<Source>, options: ReadOptions) -> Self {
        let is_stream = sources.iter().any(|source| {
            let named = source.path().and_then(Format::of_name);
            let format = if options.format == Format::Auto { named } else { Some(options.format) };
            format.is_some_and(Format::is_stream)
        });
        let (problems, sources) = (problems.into(), sources.into());
        let ahead = VecDeque::new();
        Self { problems, sources, options, open: None, ahead, long_texts: 0, is_stream }
    }

    /// Returns true if the inputs hold more than one item, or a file of records among them.
    ///
    /// Reads two items, which stay in the stream.
    pub(crate) fn are_several(&mut self) -> bool {
        let named = self.sources.len() + self.problems.len();
        self.look_ahead(2);
        named > 1 || self.is_stream || self.ahead.len() > 1
    }

    /// Returns true if a file of records is among the inputs, as far as names and the first item
    /// show it.
    pub(crate) fn is_stream(&mut self) -> bool {
        self.look_ahead(1);
        self.is_stream
    }

    fn look_ahead(&mut self, count: usize) {
        while self.ahead.len() < count
            && let Some(item) = self.read_next()
        {
            self.ahead.push_back(item);
        }
    }

    fn read_next(&mut self) -> Option<Item> {
        if let Some(problem) = self.problems.pop_front() {
            return Some(Item::Broken(problem));
        }
        loop {
            if let Some(open) = &mut self.open {
                if let Some(item) = open.next() {
                    return Some(item);
                }
                self.open = None;
            }
            let source = self.sources.pop_front()?;
            match self.items_of(&source) {
                Ok(items) => self.open = Some(items),
                Err(problem) => return Some(Item::Broken(problem)),
            }
        }
    }

    /// Opens a source and finds out what it is.
    fn items_of(&mut self, source: &Source) -> Result<SourceItems, Problem> {
        if source.path().is_some_and(std::path::Path::is_dir) {
            return Err(
                Problem::new(source.name(), "is a directory").hint("-R reads the files in it")
            );
        }
        let ReadOptions { format, longest, longest_text, texts, encoding } = self.options;
        // A stream whose format is known gives its records as they come.
        let looked_at = if format == Format::Auto { HEAD } else { MARK };
        let (head, mut reader) =
            peek(source.open()?, looked_at).map_err(|error| source.problem(&error))?;
        let utf16 = utf16_of(encoding, &head);
        let head = utf16.map_or(head.clone(), |encoding| head_as_utf8(&head, encoding));
        let mut format = format.resolved(source.path(), &head);
        if format == Format::Text && texts == Texts::Lines {
            format = Format::Lines;
        }
        let encoding = match utf16 {
            Some(utf16) if format.is_decoded_first() => {
                reader = as_utf8(reader, utf16);
                None
            }
            _ => encoding,
        };
        self.is_stream |= format.is_stream();
        let name = source.name();
        Ok(match (format, texts) {
            (Format::Auto | Format::Text, Texts::Pieces(piece)) => {
                let (start, rest) = pieces::start(source, reader, piece, longest_text)?;
                match rest {
                    None => Box::new(std::iter::once(Item::Page { name, bytes: start })),
                    Some(reader) => {
                        self.long_texts += 1;
                        Box::new(pieces::Pieces::new(
                            name,
                            self.long_texts,
                            start,
                            reader,
                            piece,
                            encoding,
                        ))
                    }
                }
            }
            (Format::Auto | Format::Text, _) => {
                let bytes = read_rest(source, &mut reader, longest_text)?;
                Box::new(std::iter::once(Item::Page { name, bytes }))
            }
            (Format::Jsonl, _) => {
                Box::new(lines::Lines::new(name, reader, lines::Kind::Json, longest, encoding))
            }
            (Format::Lines, _) => {
                Box::new(lines::Lines::new(name, reader, lines::Kind::Text, longest, encoding))
            }
            (Format::Json, _) => {
                Box::new(json_values::JsonValues::new(name, reader, longest, encoding))
            }
            (Format::Csv, _) => Box::new(tables::Rows::new(name, reader, longest, encoding, None)?),
            (Format::Tsv, _) => {
                Box::new(tables::Rows::new(name, reader, longest, encoding, Some(b'\t'))?)
            }
            (Format::Conllu, _) => Box::new(conllu::Documents::new(name, reader, longest)),
            (Format::Wiki, _) => Box::new(wiki::Pages::new(name, reader, longest)),
            (Format::Warc, _) => Box::new(warc::Pages::new(name, reader, longest)),
            #[cfg(feature = "parquet")]
            (Format::Parquet, _) => Box::new(parquet::Rows::new(source)?),
            #[cfg(not(feature = "parquet"))]
            (Format::Parquet, _) => {
                let problem = Problem::new(name, "is Parquet, which this build cannot read");
                return Err(problem.hint("build it with the feature `parquet`, or save it as CSV"));
            }
        })
    }
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        self.ahead.pop_front().or_else(|| self.read_next())
    }
}

/// How many times its text a piece of a long text weighs.
const HELD: usize = 16;

impl Weighed for Item {
    fn weight(&self) -> usize {
        match self {
            // What is made of a piece may be held until those before it are written.
            Self::Piece(piece) => piece.text.len() * HELD,
            _ => self.size(),
        }
    }
}
