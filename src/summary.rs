//! Summaries: the picked sentences, where they stand, and what should be known about them.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::Analyzer;
use crate::document::statement::has_end_mark;
use crate::document::{Document, Sentence};
use crate::models::Models;
use crate::page::Role;
use crate::rank::centroid::Centroid;
use crate::rank::trained::Trained;
use crate::rank::{self, RankContext, Ranker, lead::Lead};
use crate::select::query::{LEAST_NOVELTY, Query, ReadHistory};
use crate::select::{Budget, Length, Mmr};
use crate::text::repair::fault::{Fault, fault};
use crate::token::Token;

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
    /// No text of an article was found; captions or headlines were taken instead.
    NoArticle,
    /// Blocks that are no part of the article were left out.
    LeftOut {
        /// Number of blocks.
        blocks: usize,
    },
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
            Self::NoArticle => "no-article",
            Self::LeftOut { .. } => "left-out",
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
            Self::NoArticle => {
                write!(f, "no text of an article found; picked from captions and headlines")
            }
            Self::LeftOut { blocks } => {
                write!(f, "{blocks} blocks left out (captions, related links and the like)")
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

/// Weight of the score of a sentence beside its relevance to a query: it decides between sentences
/// that fit about as well.
const SCORE_BESIDE_QUERY: f64 = 0.01;

/// Percent of a length below which it is said that less was given.
const ENDED_EARLY: usize = 75;

/// A sentence that holds a smaller share of the query answers a part of it at most.
const LEAST_FIT: f64 = 0.5;

/// Makes summaries: a ranker, a budget, a selector, an order.
///
/// # Examples
///
/// ```
/// use tomtat::select::Budget;
/// use tomtat::{Analyzer, Summarizer};
///
/// let analyzer = Analyzer::new();
/// let text = "Trời tối sớm. Bão số 5 làm sập 200 ngôi nhà ở Quảng Trị. Sau bão, ai cũng mệt.";
/// let document = analyzer.analyze(text);
/// let summary = Summarizer::new(&analyzer).with_budget(Budget::Sentences(1)).summarize(&document);
/// assert_eq!(&text[summary.picks()[0].span()], "Bão số 5 làm sập 200 ngôi nhà ở Quảng Trị.");
/// ```
#[derive(Clone, Debug)]
pub struct Summarizer {
    models: Models,
    ranker: Arc<dyn Ranker>,
    budget: Budget,
    selector: Option<Mmr>,
    avoid_dangling: bool,
    trim: bool,
    query: Option<Query>,
    seen: Option<Arc<ReadHistory>>,
    order: Order,
}

impl Summarizer {
    /// Makes a summarizer of the models of `analyzer`: three sentences in document order, ranked by
    /// the [trained ranker](Trained), or by [`Centroid`] if the models hold none.
    #[must_use]
    pub fn new(analyzer: &Analyzer) -> Self {
        let ranker: Arc<dyn Ranker> = match analyzer.models().ranker() {
            Some(model) => Arc::new(Trained::new(Arc::clone(model))),
            None => Arc::new(Centroid::default()),
        };
        Self::from_ranker(analyzer, ranker)
    }

    /// Makes a summarizer with this ranker: three sentences in document order.
    #[must_use]
    pub fn from_ranker(analyzer: &Analyzer, ranker: Arc<dyn Ranker>) -> Self {
        Self {
            models: analyzer.models().clone(),
            ranker,
            budget: Budget::default(),
            selector: None,
            avoid_dangling: true,
            trim: false,
            query: None,
            seen: None,
            order: Order::default(),
        }
    }

    /// Sets the ranker.
    #[must_use]
    pub fn with_ranker(mut self, ranker: Arc<dyn Ranker>) -> Self {
        self.ranker = ranker;
        self
    }

    /// Sets the length of summaries.
    #[must_use]
    pub const fn with_budget(mut self, budget: Budget) -> Self {
        self.budget = budget;
        self
    }

    /// Sets how much repetition counts against a sentence.
    ///
    /// Without this, rankers that judge sets of sentences choose the best set, and the picks of the
    /// others are found by [`Mmr::default`].
    #[must_use]
    pub const fn with_selector(mut self, selector: Mmr) -> Self {
        self.selector = Some(selector);
        self
    }

    /// Sets whether [dangling](crate::select::is_dangling) sentences are taken with the one before them,
    /// or only if they are much better than others; on at first.
    #[must_use]
    pub const fn with_avoid_dangling(mut self, avoid_dangling: bool) -> Self {
        self.avoid_dangling = avoid_dangling;
        self
    }

    /// Sets whether a picked sentence is cut to the part that matters, where the ranker
    /// [knows](crate::rank::SubsetSelector::trim) one; off at first.
    ///
    /// The part is one slice of the text; the length of the summary counts what is left.
    #[must_use]
    pub const fn with_trim(mut self, trim: bool) -> Self {
        self.trim = trim;
        self
    }

    /// Sets what summaries are to be about.
    #[must_use]
    pub fn with_query(mut self, query: Query) -> Self {
        self.query = Some(query).filter(|query| !query.is_empty());
        self
    }

    /// Sets what the reader knows: sentences that repeat it are left out or count less.
    #[must_use]
    pub fn with_seen(mut self, seen: Arc<ReadHistory>) -> Self {
        self.seen = Some(seen);
        self
    }

    /// Changes scores by what was asked for and what is known; sentences with nothing new in them
    /// are worth nothing.
    fn refine(&self, context: &RankContext<'_>, scores: &mut [f64], warnings: &mut Vec<Warning>) {
        let low = scores.iter().fold(f64::INFINITY, |a, &b| a.min(b));
        let high = scores.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
        let range = (high - low).max(f64::MIN_POSITIVE);
        scores.iter_mut().for_each(|score| *score = (*score - low) / range);
        if let Some(query) = &self.query {
            let relevances = query.relevances(context.candidates());
            let best = relevances.iter().fold(0.0f64, |a, &b| a.max(b));
            for (score, relevance) in scores.iter_mut().zip(&relevances) {
                *score = *score * SCORE_BESIDE_QUERY + relevance / best.max(f64::MIN_POSITIVE);
            }
            if best <= 0.0 && !context.is_empty() {
                warnings.push(Warning::QueryNotFound);
            } else if let Some(best) = relevances.iter().position(|&r| r >= best) {
                let fit = query.fit(context.candidate(best));
                if fit < LEAST_FIT {
                    warnings
                        .push(Warning::QueryFitsPartly { percent: (fit * 100.0).round() as u32 });
                }
            }
        }
        if let Some(seen) = &self.seen {
            for (score, sentence) in scores.iter_mut().zip(context.candidates()) {
                *score *= seen.novelty(sentence);
            }
        }
    }

    /// Leaves out candidates of which little is new.
    fn is_news(&self, context: &RankContext<'_>, candidate: usize) -> bool {
        let novelty = |seen: &Arc<ReadHistory>| seen.novelty(context.candidate(candidate));
        self.seen.as_ref().is_none_or(|known| novelty(known) >= LEAST_NOVELTY)
    }

    fn mmr(&self) -> Mmr {
        // The lead is the lead.
        let avoid_dangling = self.avoid_dangling && self.ranker.info() != rank::lead::INFO;
        self.selector
            .unwrap_or_default()
            .with_avoid_dangling(avoid_dangling)
            .with_syllables(!self.ranker.needs_words())
    }

    /// Returns true if the background statistics of the models can change a summary: as weights of
    /// the words of a query, of a ranker, or of sentences that MMR compares.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use tomtat::rank::Centroid;
    /// use tomtat::{Analyzer, Summarizer};
    ///
    /// let summarizer = Summarizer::new(&Analyzer::new());
    /// assert!(!summarizer.uses_background(), "the trained ranker chooses sets by its own weights");
    /// assert!(summarizer.with_ranker(Arc::new(Centroid::default())).uses_background());
    /// ```
    #[must_use]
    pub fn uses_background(&self) -> bool {
        let nothing = Document::default();
        let (background, stop_words) = (self.models.background(), self.models.stop_words());
        let context = RankContext::new(&nothing, background, stop_words);
        let chooses_itself = self.ranker.rank(&context, &mut []).is_some();
        self.query.is_some() || self.seen.is_some() || self.selector.is_some() || !chooses_itself
    }

    /// Sets the order of the sentences.
    #[must_use]
    pub const fn with_order(mut self, order: Order) -> Self {
        self.order = order;
        self
    }

    /// Summarizes a document.
    #[must_use]
    pub fn summarize(&self, document: &Document) -> Summary {
        let (background, stop_words) = (self.models.background(), self.models.stop_words());
        let context = RankContext::new(document, background, stop_words);
        let mut warnings = Vec::new();
        let mut scores = vec![0.0; context.len()];
        let judge = self.ranker.rank(&context, &mut scores);
        let method = self.ranker.info().name;
        if method != rank::lead::INFO.name && context.len() > 1 && !shares_units(&context) {
            warnings.push(Warning::NoSharedWords);
            Lead.scores(&context, &mut scores);
        }
        let refined = self.query.is_some() || self.seen.is_some();
        if refined {
            self.refine(&context, &mut scores, &mut warnings);
        }
        let mut picked = match (judge.as_ref().filter(|_| !refined), self.selector) {
            (Some(judge), None) if warnings.is_empty() => {
                judge.select(&context, &self.budget, self.avoid_dangling)
            }
            _ => self.mmr().pick(&context, &scores, &self.budget, |c| self.is_news(&context, c)),
        };
        // Rank is the order of picking; the order of output is another matter.
        let mut picks: Vec<Pick> = picked
            .drain(..)
            .enumerate()
            .map(|(place, candidate)| {
                let sentence = context.candidate(candidate);
                let span = match &judge {
                    Some(judge) if self.trim => judge.trim(&context, candidate),
                    _ => sentence.span(),
                };
                Pick {
                    sentence: sentence.index(),
                    span: (span.start as u32, span.end as u32),
                    score: scores[candidate],
                    rank: place + 1,
                }
            })
            .collect();
        if self.order == Order::Document {
            picks.sort_by_key(|pick| pick.sentence);
        }
        let length = self.length(document, &context, &picks);
        let ends = |pick: &Pick| has_end_mark(&document.text()[pick.span()]);
        if context.has_fragments() && !document.is_unmarked() && !picks.iter().all(ends) {
            warnings.push(Warning::Fragments);
        }
        self.note(document, &context, &length, picks.is_empty(), &mut warnings);
        Summary { method, picks, length, warnings }
    }

    fn length(&self, document: &Document, context: &RankContext<'_>, picks: &[Pick]) -> Length {
        let cost = |pick: &Pick| {
            document.sentence(pick.sentence).map_or(0, |s| self.budget.cost_within(s, pick.span()))
        };
        let separators = picks.len().saturating_sub(1) * self.budget.separator_cost();
        Length {
            unit: self.budget.unit(),
            asked: (self.budget != Budget::Auto).then(|| self.budget.limit(context.len())),
            given: picks.iter().map(cost).sum::<usize>() + separators,
        }
    }

    /// What all candidates together take of the budget, the weak ones left out.
    fn length_of_all(&self, context: &RankContext<'_>) -> usize {
        let strong = (0..context.len()).filter(|&c| !context.is_weak(c));
        strong.map(|c| self.budget.cost(context.candidate(c))).sum()
    }

    fn note(
        &self,
        document: &Document,
        context: &RankContext<'_>,
        length: &Length,
        nothing: bool,
        warnings: &mut Vec<Warning>,
    ) {
        if let Budget::Sentences(asked) = self.budget
            && length.given < asked
            && !context.is_empty()
        {
            warnings.push(Warning::FewerSentences { asked, have: length.given });
        }
        if nothing && let Some(shortest) = context.candidates().map(|s| self.budget.cost(s)).min() {
            let (unit, asked) = (length.unit, self.budget.limit(context.len()));
            warnings.push(Warning::NothingFits { unit, asked, shortest });
        }
        if let Some(asked) = length.asked
            && length.unit != "sentences"
            && !nothing
            && length.given * 100 < asked * ENDED_EARLY
            && length.given < self.length_of_all(context)
        {
            warnings.push(Warning::EndedEarly { unit: length.unit, asked, given: length.given });
        }
        if document.is_unmarked() {
            warnings.push(Warning::NoFullStops);
        }
        if context.is_fallback() {
            warnings.push(Warning::NoArticle);
        }
        if document.is_list_page() {
            warnings.push(Warning::ListPage);
        }
        if document.is_truncated() {
            warnings.push(Warning::Truncated);
        }
        warnings.extend(fault(document.text()).map(Warning::Unfit));
        let blocks = document.blocks().filter(|block| block.role().is_left_out()).count();
        if blocks > 0 {
            warnings.push(Warning::LeftOut { blocks });
        }
    }
}

/// Returns true if any two candidates have a syllable, a number or a foreign word in common.
fn shares_units(context: &RankContext<'_>) -> bool {
    // Most texts answer within two sentences.
    let mut last = FxHashMap::with_capacity_and_hasher(128, FxBuildHasher);
    context.candidates().enumerate().any(|(i, sentence)| {
        let mut units = sentence.tokens().iter().filter(|t| t.kind().is_term()).map(Token::unit);
        units.any(|unit| last.insert(unit, i).is_some_and(|seen| seen != i))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_given_whole_with_a_note() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze("Mưa rất to. Mưa đã tạnh.");
        let summary = Summarizer::new(&analyzer).summarize(&document);
        assert_eq!(summary.picks().len(), 2);
        assert_eq!(summary.warnings(), [Warning::FewerSentences { asked: 3, have: 2 }]);
    }

    #[test]
    fn without_shared_words_the_position_decides() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze("Trời xanh. Gà gáy. Xe chạy. Nước chảy.");
        let summarizer = Summarizer::new(&analyzer).with_budget(Budget::Sentences(2));
        let summary = summarizer.summarize(&document);
        assert_eq!(summary.picks().iter().map(Pick::sentence).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(summary.warnings(), [Warning::NoSharedWords]);
    }

    #[test]
    fn what_fits_is_given_before_nothing_is() {
        let analyzer = Analyzer::new();
        let text = "Sáng nay, Ủy ban nhân dân tỉnh Đồng Tháp thông xe cầu Cỏ May bắc qua kênh Xáng sau ba năm \
                    xây dựng với tổng vốn hai trăm tỉ đồng của ngân sách và nhân dân hai xã bên bờ kênh. \
                    Trước kia, người dân hai xã bên bờ kênh Xáng của tỉnh Đồng Tháp phải qua đò ngang mỗi \
                    ngày để đưa lúa gạo và nông sản ra chợ huyện, cho con em đến trường và đưa người bệnh \
                    đi cấp cứu trong đêm mưa gió. Xem các điều từ 42 đến 47, điều 60 và 61.";
        let document = analyzer.analyze(text);
        let summarizer = Summarizer::new(&analyzer).with_budget(Budget::Words(16));
        let summary = summarizer.summarize(&document);
        assert_eq!(summary.picks().len(), 1, "{:?}", summary.warnings());
    }

    #[test]
    fn nothing_fits_into_a_tiny_budget() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze("Mưa rất to ở Huế. Mưa đã tạnh ở Huế rồi.");
        let summarizer = Summarizer::new(&analyzer).with_budget(Budget::Syllables(2));
        let summary = summarizer.summarize(&document);
        assert!(summary.is_empty());
        let expected = Warning::NothingFits { unit: "syllables", asked: 2, shortest: 5 };
        assert_eq!(summary.warnings(), [expected]);
    }

    #[test]
    fn an_empty_text_has_an_empty_summary() {
        let analyzer = Analyzer::new();
        let summary = Summarizer::new(&analyzer).summarize(&analyzer.analyze(" \n\t "));
        assert!(summary.is_empty() && summary.warnings().is_empty());
    }
}
