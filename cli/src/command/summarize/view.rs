//! The article with what was made of it, for explanations, pages and marked text.

use std::ops::Range;

use clap::{Args, ValueEnum};
use tomtat::Document;
use tomtat::page::Role;
use tomtat::summary::Summary;

/// How the summary is shown within its article.
#[derive(Debug, Args)]
pub(super) struct ViewArguments {
    /// Tell of each summary: the top terms and their weights, why each sentence was chosen and what
    /// it stands for, what came next and why it was not taken, which blocks were left out (text and
    /// JSON formats).
    #[arg(long, conflicts_with_all = ["multi", "cluster", "sapo"], help_heading = "Output")]
    pub(super) explain: bool,
    /// Print the whole article with the chosen sentences marked, other blocks dimmed: in colour at a
    /// terminal, elsewhere with [[ ]] and the role in parentheses.
    #[arg(long, conflicts_with_all = ["multi", "cluster"], help_heading = "Output")]
    pub(super) highlight: bool,
    /// Colour of --highlight; auto is colour at a terminal, unless `NO_COLOR` is set.
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", help_heading = "Output")]
    pub(super) color: Color,
}

/// When there is colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// At a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Returns true if there is colour; see <https://no-color.org>.
    pub(super) fn is_on(self, terminal: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        }
    }
}

/// An article, block by block.
#[derive(Debug)]
pub(super) struct View {
    pub(super) blocks: Vec<ViewBlock>,
}

/// A block with its sentences.
#[derive(Debug)]
pub(super) struct ViewBlock {
    pub(super) role: Role,
    pub(super) parts: Vec<Part>,
}

/// A stretch of a block: a chosen sentence, or text between such.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) text: String,
    /// Rank and score, where it was chosen.
    pub(super) pick: Option<(usize, f64)>,
}

impl View {
    pub(super) fn new(document: &Document, summary: &Summary) -> Self {
        let mut picks: Vec<(Range<usize>, usize, f64)> =
            summary.picks().iter().map(|p| (p.span(), p.rank(), p.score())).collect();
        picks.sort_by_key(|(span, ..)| span.start);
        let mut next = picks.into_iter().peekable();
        let text = document.text();
        let blocks = document.blocks().map(|block| {
            let mut parts = Vec::new();
            let mut from = block.span().start;
            let mut push = |span: Range<usize>, pick| {
                if !span.is_empty() {
                    parts.push(Part { text: text[span].to_owned(), pick });
                }
            };
            while let Some((span, rank, score)) = next.next_if(|p| p.0.end <= block.span().end) {
                push(from..span.start, None);
                from = span.end;
                push(span, Some((rank, score)));
            }
            push(from..block.span().end, None);
            ViewBlock { role: block.role(), parts }
        });
        Self { blocks: blocks.collect() }
    }
}
