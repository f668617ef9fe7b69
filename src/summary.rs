//! Summaries: the picked sentences, where they stand, and what should be known about them.

mod empty;
mod explanation;
mod summarizer;

use std::fmt;
use std::ops::Range;

use crate::document::{Document, Sentence};
use crate::page::Role;
use crate::select::{Budget, Length};
use crate::text::repair::fault::Fault;

pub use empty::EmptyReason;
pub use explanation::{
    Explanation, ExplanationTerm, LeftOutBlock, PassedSentence, PickExplanation, SimilarSentence,
};
pub use summarizer::Summarizer;

/// Order of the sentences of a summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// As they stand in the document.
    #[default]
    Document,
    /// The best first.
    Score,
}

/// Something about a summary that its reader should know.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Warning {
    /// The document has fewer sentences than asked for; all are given.
    FewerSentences {
        /// Sentences asked for.
        asked: usize,
        /// Sentences that there are.
        have: usize,
    },
    /// No sentence fits into the budget.
    NothingFits {
        /// What is counted.
        unit: &'static str,
        /// How many were allowed.
        asked: usize,
        /// How many the shortest sentence has.
        shortest: usize,
    },
    /// No two sentences share a syllable, so their position decided.
    NoSharedWords,
    /// No sentence has a word of the query; it was ranked as if there were none.
    QueryNotFound,
    /// The sentence that fits the query best holds less than half of it.
    QueryFitsPartly {
        /// Percent of the weight of the query that it holds.
        percent: u32,
    },
    /// No whole sentence fits into what is left, or none says anything new: the summary is shorter
    /// than it may be.
    EndedEarly {
        /// What is counted.
        unit: &'static str,
        /// How many were allowed.
        asked: usize,
        /// How many the summary has.
        given: usize,
    },
    /// Little of the text is whole sentences, so that fragments were candidates, too.
    Fragments,
    /// The text has no full stops and was split at clauses and by length.
    NoFullStops,
    /// The text looks like a list of articles.
    ListPage,
    /// The page gives an error in place of an article.
    ErrorPage,
    /// The page asks who the reader is.
    LoginPage,
    /// No text of an article was found; captions or headlines were taken instead.
    NoArticle,
    /// Blocks that are no part of the article were left out.
    LeftOut {
        /// Number of blocks.
        blocks: usize,
    },
    /// More than half of the sentences' text is no part of the article and was left out.
    MostLeftOut {
        /// How much, in hundredths of the text of blocks with sentences.
        percent: usize,
    },
    /// The text holds more than one article; only the first was summarized.
    SeveralArticles,
    /// The text is longer than 4 GiB; only its beginning was read.
    Truncated,
    /// The text was read in a wrong encoding, or has lost its marks.
    Unfit(Fault),
}

impl Warning {
    /// Returns the code of the warning, as machine formats print it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::FewerSentences { .. } => "fewer-sentences",
            Self::NothingFits { .. } => "nothing-fits",
            Self::NoSharedWords => "no-shared-words",
            Self::QueryNotFound => "query-not-found",
            Self::QueryFitsPartly { .. } => "query-fits-partly",
            Self::EndedEarly { .. } => "ended-early",
            Self::Fragments => "fragments",
            Self::NoFullStops => "no-full-stops",
            Self::ListPage => "list-page",
            Self::ErrorPage => "error-page",
            Self::LoginPage => "login-page",
            Self::NoArticle => "no-article",
            Self::LeftOut { .. } => "left-out",
            Self::MostLeftOut { .. } => "most-left-out",
            Self::SeveralArticles => "several-articles",
            Self::Truncated => "truncated",
            Self::Unfit(fault) => fault.code(),
        }
    }

    /// Returns true if a person at the terminal should see it without asking.
    #[must_use]
    pub const fn is_notable(&self) -> bool {
        !matches!(self, Self::LeftOut { .. })
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FewerSentences { asked, have: 1 } => {
                write!(f, "only 1 sentence; {asked} were requested")
            }
            Self::FewerSentences { asked, have } => {
                write!(f, "only {have} sentences; {asked} were requested")
            }
            Self::NothingFits { unit, asked, shortest } => {
                write!(f, "no sentence fits into {asked} {unit}; the shortest has {shortest}")
            }
            Self::NoSharedWords => {
                write!(f, "the sentences share no words; picked by position")
            }
            Self::QueryNotFound => write!(f, "no sentence has a word of the query"),
            Self::QueryFitsPartly { percent } => {
                write!(f, "the sentence that fits best holds {percent} % of the query")
            }
            Self::EndedEarly { unit, asked, given } => {
                write!(f, "given {given} of {asked} {unit}: no whole sentence that fits says more")
            }
            Self::Fragments => {
                write!(f, "little of the text is whole sentences; fragments may be among the picks")
            }
            Self::NoFullStops => {
                write!(f, "the text has no full stops; split at clauses and by length")
            }
            Self::ListPage => write!(f, "this looks like a list of articles, not like an article"),
            Self::ErrorPage => write!(f, "this page gives an error and no article"),
            Self::LoginPage => write!(f, "this page asks for a login and has no article"),
            Self::NoArticle => {
                write!(f, "no text of an article found; picked from captions and headlines")
            }
            Self::LeftOut { blocks } => {
                write!(f, "{blocks} blocks left out (captions, related links and the like)")
            }
            Self::MostLeftOut { percent } => {
                write!(f, "{percent} % of the text was left out as no part of the article")
            }
            Self::SeveralArticles => {
                write!(f, "holds several articles; only the first was summarized")
            }
            Self::Truncated => write!(f, "longer than 4 GiB; only the beginning was read"),
            Self::Unfit(fault) => write!(f, "the text {fault}"),
        }
    }
}

/// A picked sentence, or the part of it that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    sentence: usize,
    span: (u32, u32),
    score: f64,
    rank: usize,
}

impl Pick {
    /// Returns the number of the sentence in the document.
    #[must_use]
    pub const fn sentence(&self) -> usize {
        self.sentence
    }

    /// Returns the bytes of the sentence, or of its part, in the text of the document.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.span.0 as usize..self.span.1 as usize
    }

    /// Returns the score that the ranker gave it.
    #[must_use]
    pub const fn score(&self) -> f64 {
        self.score
    }

    /// Returns its place in the order of picking, from 1.
    #[must_use]
    pub const fn rank(&self) -> usize {
        self.rank
    }
}

/// A summary: sentences of a document, none of them changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    method: &'static str,
    picks: Vec<Pick>,
    length: Length,
    warnings: Vec<Warning>,
}

impl Summary {
    /// Takes all sentences of the blocks with this role, such as the lead paragraph.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::page::Role;
    /// use tomtat::summary::Summary;
    /// use tomtat::{Analyzer, TextOptions};
    ///
    /// let page = "Chợ nổi họp sớm\n\nTừ năm giờ sáng, ghe đậu kín sông. Khách đến rất đông.\n\n\
    ///     Đến tám giờ, khách vãn dần, người bán gom hàng về lại các cù lao.";
    /// let document = Analyzer::new().analyze(page);
    /// let lead = Summary::of_role(&document, Role::Sapo);
    /// assert_eq!(lead.picks().len(), 2);
    /// ```
    #[must_use]
    pub fn of_role(document: &Document, role: Role) -> Self {
        let chosen = document.sentences().filter(|sentence| sentence.role() == role);
        let picks: Vec<Pick> = chosen
            .enumerate()
            .map(|(place, sentence)| {
                let span = sentence.span();
                let span = (span.start as u32, span.end as u32);
                Pick { sentence: sentence.index(), span, score: 1.0, rank: place + 1 }
            })
            .collect();
        let budget = Budget::Sentences(picks.len());
        let length = Length { unit: budget.unit(), asked: Some(picks.len()), given: picks.len() };
        Self { method: role.name(), picks, length, warnings: Vec::new() }
    }

    /// Leaves out all sentences and keeps what the warnings say of the page: for pages of HTML, whose
    /// markup tells a list, an error or a form from an article ([`Document::other_purpose`]).
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::{Analyzer, Summarizer};
    ///
    /// let analyzer = Analyzer::new();
    /// let document = analyzer.analyze("Mưa to ở Huế. Mưa đã tạnh.");
    /// let summary = Summarizer::new(&analyzer).summarize(&document).without_sentences();
    /// assert!(summary.is_empty() && summary.warnings().is_empty());
    /// assert_eq!(summary.length().given, 0);
    /// ```
    #[must_use]
    pub fn without_sentences(mut self) -> Self {
        self.picks.clear();
        self.length.given = 0;
        // What is said of the choice of sentences no longer holds.
        let is_of_text = |warning: &Warning| {
            matches!(
                warning,
                Warning::ListPage
                    | Warning::ErrorPage
                    | Warning::LoginPage
                    | Warning::LeftOut { .. }
                    | Warning::Truncated
                    | Warning::Unfit(_)
            )
        };
        self.warnings.retain(is_of_text);
        self
    }

    /// Returns the name of the ranker.
    #[must_use]
    pub const fn method(&self) -> &'static str {
        self.method
    }

    /// Returns the picked sentences, in the order that was asked for.
    #[must_use]
    pub fn picks(&self) -> &[Pick] {
        &self.picks
    }

    /// Returns the picked sentences in `document`, which must be the document that was summarized.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::{Analyzer, Summarizer};
    ///
    /// let analyzer = Analyzer::new();
    /// let document = analyzer.analyze("Trời tối sớm. Bão số 5 làm sập 200 ngôi nhà ở Quảng Trị.");
    /// let summary = Summarizer::new(&analyzer).summarize(&document);
    /// let sentences: Vec<&str> = summary.sentences(&document).map(|s| s.text()).collect();
    /// assert_eq!(sentences[0], "Trời tối sớm.");
    /// ```
    pub fn sentences<'d>(&self, document: &'d Document) -> impl Iterator<Item = Sentence<'d>> {
        self.picks.iter().filter_map(|pick| document.sentence(pick.sentence))
    }

    /// Returns the picked sentences as one text, one on each line.
    #[must_use]
    pub fn text(&self, document: &Document) -> String {
        let sentences: Vec<&str> = self.sentences(document).map(Sentence::text).collect();
        sentences.join("\n")
    }

    /// Returns the length that was asked for and the length that was given.
    #[must_use]
    pub const fn length(&self) -> Length {
        self.length
    }

    /// Returns what should be known about the summary.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Returns true if no sentence was picked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.picks.is_empty()
    }
}
