//! Files, folders and standard input: what they are, and the articles in them.
//!
//! | module | what it holds |
//! |---|---|
//! | `arguments` | the options of all commands that read |
//! | `discover` | files that arguments, lists and folders name |
//! | `source` | streams of bytes, unpacked, and kept where they are read more than once |
//! | `utf16` | streams in UTF-16, which are decoded before records are looked for |
//! | `blocks` | streams of bytes in blocks that end between lines |
//! | `format` | what a file is, by name and content |
//! | `reader` | the one reader of items, a file a format |
//! | `item` | what is read, and the one way to an article |
//! | `fields` | articles in records |
//! | `faults` | the warning on texts that cannot be read as they are |
//! | `page` | texts and HTML pages in any encoding |
//! | `written` | files as they are written, for commands that look at every byte |

mod arguments;
mod article;
mod blocks;
mod discover;
pub(crate) mod faults;
mod fields;
mod format;
mod item;
mod page;
mod problem;
mod reader;
mod source;
mod utf16;
mod written;
mod zstd;

pub(crate) use arguments::{InputArguments, ReadingArguments, split_fields};
pub(crate) use article::Article;
pub(crate) use blocks::Blocks;
pub(crate) use discover::{Found, files_in};
pub(crate) use fields::{
    Fields, Record, article_of, article_of_json, field, json_records, missing_field, text_of,
    text_spans,
};
pub(crate) use format::{Format, has_extension, unpacked};
pub(crate) use item::{Item, Reading};
pub(crate) use page::{not_text, page_of, read_text};
pub(crate) use problem::Problem;
pub(crate) use reader::{Items, PIECE, Places, ReadOptions, Texts, lines};
pub(crate) use source::Source;
pub(crate) use written::Written;

/// A stream of bytes that can be looked into.
pub(crate) type Reader = Box<dyn std::io::BufRead + Send>;

/// Bytes of a text that a document can hold.
pub(crate) const MOST: u64 = u32::MAX as u64;
