//! `tomtat summarize`: the key sentences of articles.

mod arguments;
mod explain;
mod highlight;
mod html;
mod json;
mod markdown;
mod multi;
#[cfg(feature = "parquet")]
mod parquet;
mod report;
mod style;
mod text;
mod view;
mod work;
mod writer;

use anyhow::Result;
use tomtat::Document;

use crate::messages::Messages;
use crate::output::{Output, is_terminal};
use crate::run::pipeline::fold;
use crate::run::status::{Status, Tally};
pub(crate) use arguments::Arguments;
#[cfg(feature = "serve")]
pub(crate) use multi::one as one_multi;
use work::Work;
use writer::Writer;

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    arguments.check_view()?;
    let work = work(arguments)?;
    let input = &arguments.input;
    let mut items = input.reading.items(&input.files, input.reading.options())?;
    if arguments.multi || arguments.cluster {
        return multi::run(&work, items, is_terminal());
    }
    let several = items.are_several();
    let mut writer = Writer {
        output: Output::new()?,
        #[cfg(feature = "parquet")]
        parquet: parquet::rows(arguments)?,
        arguments,
        several,
        safe: is_terminal(),
        is_stream: items.is_stream(),
        printed: 0,
        warned: 0,
        tally: Tally::default(),
        messages: Messages::default(),
    };
    writer.begin()?;
    fold(
        items,
        arguments.threads,
        Document::default,
        |document, item| work.report(item, document),
        |report| writer.print(&report),
    )?;
    writer.finish()
}

/// What the arguments ask for, ready to work.
fn work(arguments: &Arguments) -> Result<Work<'_>> {
    let analyzer = arguments.analyzer()?;
    let ranker = arguments.chosen_ranker(&analyzer)?;
    let summarizer = arguments.summarizer(&analyzer, ranker)?;
    let reading = arguments.input.reading.reading()?;
    Ok(Work { arguments, reading, analyzer, summarizer, explains: arguments.explains() })
}

/// The line of JSON Lines for one article.
#[cfg(feature = "serve")]
pub(crate) fn one(
    arguments: &Arguments,
    article: crate::input::Article,
    document: &mut tomtat::Document,
) -> Result<String> {
    json::line(&work(arguments)?.summarize(article, document))
}
