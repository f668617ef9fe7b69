//! Makes summaries: ranks the candidates, chooses among them, and notes what a reader should know.

use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Explanation, Order, Pick, Summary, Warning};
use crate::analyzer::Analyzer;
use crate::document::Document;
use crate::document::statement::has_end_mark;
use crate::models::Models;
use crate::page;
use crate::rank::centroid::Centroid;
use crate::rank::trained::Trained;
use crate::rank::{self, RankContext, Ranker, SubsetSelector, lead::Lead};
use crate::select::query::{LEAST_NOVELTY, Query, ReadHistory};
use crate::select::{Budget, Length, Mmr, PassedOver};
use crate::text::repair::fault::fault;
use crate::token::Token;

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
        // The lead is the lead, and who asks wants the answer, whatever word it opens with.
        let is_free = self.ranker.info() != rank::lead::INFO && self.query.is_none();
        let avoid_dangling = self.avoid_dangling && is_free;
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
        let context = self.context(&nothing);
        let chooses_itself = self.ranker.rank(&context, &self.budget, &mut []).is_some();
        self.is_refined() || self.selector.is_some() || !chooses_itself
    }

    /// Sets the order of the sentences.
    #[must_use]
    pub const fn with_order(mut self, order: Order) -> Self {
        self.order = order;
        self
    }

    fn context<'d>(&'d self, document: &'d Document) -> RankContext<'d> {
        let context = if self.query.is_some() { RankContext::for_query } else { RankContext::new };
        context(document, self.models.background(), self.models.stop_words())
            .with_standalone(self.models.standalone())
    }

    /// Ranks the candidates, and decides who chooses among them.
    fn ranking<'c>(&'c self, context: &'c RankContext<'_>) -> Ranking<'c> {
        let mut warnings = Vec::new();
        let mut scores = vec![0.0; context.len()];
        let judge = self.ranker.rank(context, &self.budget, &mut scores);
        let is_lead = self.ranker.info().name == rank::lead::INFO.name;
        if !is_lead && context.len() > 1 && !shares_units(context) {
            warnings.push(Warning::NoSharedWords);
            Lead.scores(context, &mut scores);
        }
        let is_refined = self.is_refined();
        if is_refined {
            self.refine(context, &mut scores, &mut warnings);
        }
        let is_by_set =
            judge.is_some() && !is_refined && self.selector.is_none() && warnings.is_empty();
        Ranking { scores, judge, is_by_set, warnings }
    }

    /// Returns true if a query or known text changes the scores.
    const fn is_refined(&self) -> bool {
        self.query.is_some() || self.seen.is_some()
    }

    /// Explains a summary of `document` that this summarizer made: the terms that weigh most, what
    /// speaks for each pick, why the best of the others were passed over, and the blocks that were
    /// left out.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::select::Budget;
    /// use tomtat::{Analyzer, Summarizer};
    ///
    /// let analyzer = Analyzer::new();
    /// let document = analyzer.analyze(
    ///     "Bão số 5 làm sập 200 ngôi nhà ở Quảng Trị. Bão số 5 làm sập 200 ngôi nhà ở tỉnh Quảng Trị. \
    ///      Trời tối sớm.",
    /// );
    /// let summarizer = Summarizer::new(&analyzer).with_budget(Budget::Sentences(1));
    /// let summary = summarizer.summarize(&document);
    /// let explanation = summarizer.explain(&document, &summary);
    /// assert_eq!(explanation.picks[0].rank, 1);
    /// assert!(explanation.not_chosen.iter().any(|other| other.reason.code() == "repeats"));
    /// ```
    #[must_use]
    pub fn explain(&self, document: &Document, summary: &Summary) -> Explanation {
        let context = self.context(document);
        let Ranking { scores, judge, is_by_set, .. } = self.ranking(&context);
        let (mmr, by_set) = (self.mmr(), judge.as_deref().filter(|_| is_by_set));
        let reason = |picks: &[usize], candidate: usize| match by_set {
            Some(judge) => {
                judge.passed_over(&context, &self.budget, self.avoid_dangling, picks, candidate)
            }
            None => mmr.passed_over(&context, &scores, &self.budget, picks, candidate),
        };
        // Scores that a query changed say nothing of those that were passed over.
        let reason: Option<&dyn Fn(&[usize], usize) -> PassedOver> =
            if self.is_refined() { None } else { Some(&reason) };
        Explanation::new(&context, &*self.ranker, &self.budget, &scores, summary, reason)
    }

    /// Summarizes a document.
    #[must_use]
    pub fn summarize(&self, document: &Document) -> Summary {
        let context = self.context(document);
        let Ranking { scores, judge, is_by_set, mut warnings } = self.ranking(&context);
        let mut picked = match &judge {
            Some(judge) if is_by_set => judge.select(&context, &self.budget, self.avoid_dangling),
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
        Summary { method: self.ranker.info().name, picks, length, warnings }
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
        match document.other_purpose() {
            Some(page::Warning::ListPage) => warnings.push(Warning::ListPage),
            Some(page::Warning::ErrorPage) => warnings.push(Warning::ErrorPage),
            Some(page::Warning::LoginPage) => warnings.push(Warning::LoginPage),
            _ => {}
        }
        if document.is_truncated() {
            warnings.push(Warning::Truncated);
        }
        warnings.extend(fault(document.text()).map(Warning::Unfit));
        let blocks = document.blocks().filter(|block| block.role().is_left_out()).count();
        if blocks > 0 {
            warnings.push(Warning::LeftOut { blocks });
        }
        if document.holds_several_articles() {
            warnings.push(Warning::SeveralArticles);
        }
        let percent = share_left_out(document);
        if percent > 50 && document.other_purpose().is_none() && !context.is_fallback() {
            warnings.push(Warning::MostLeftOut { percent });
        }
    }
}

/// How much of the text in sentences is no part of the article, in hundredths of its bytes.
fn share_left_out(document: &Document) -> usize {
    let (mut left_out, mut total) = (0, 0);
    for block in document.blocks() {
        let is_text = block.role().is_text()
            || block.evidence().any(|evidence| evidence == page::Evidence::Sentences);
        if is_text {
            let length = block.span().len();
            total += length;
            left_out += if block.role().is_left_out() { length } else { 0 };
        }
    }
    100 * left_out / total.max(1)
}

/// The candidates of a document with their scores.
struct Ranking<'c> {
    scores: Vec<f64>,
    judge: Option<Box<dyn SubsetSelector + 'c>>,
    /// The judge chooses the set; else sentences are taken by score and redundancy.
    is_by_set: bool,
    warnings: Vec<Warning>,
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
    use crate::Sentence;

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
    fn an_answer_is_taken_as_it_opens() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(
            "Cầu Cỏ May nối hai bờ kênh Xáng, thay bến đò cũ. Riêng đường dẫn vào cầu dài bốn cây số. \
             Bà con hai xã mừng vì đường đến trường ngắn lại.",
        );
        let summarizer = Summarizer::new(&analyzer)
            .with_budget(Budget::Sentences(1))
            .with_query(analyzer.query("Đường dẫn vào cầu dài bao nhiêu?"));
        assert_eq!(summarizer.summarize(&document).picks()[0].sentence(), 1);
    }

    #[test]
    fn what_no_summary_would_quote_may_be_an_answer() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(
            "Hội đua ghe ngo Sóc Trăng mở vào rằm tháng mười trên sông Maspero. Ông Thạch Sến kể: “Ghe \
             đầu tiên đóng bằng gỗ sao. Thợ cả tên Danh Út. Ghe chở được năm mươi tay chèo.” Các đội \
             đua: Sóc Trăng (Bô Pha, Tum Núp); Trà Vinh (Ông Mẹt, Kom Pong); An Giang (Tri Tôn, Ô Lâm). \
             Người xem đứng kín hai bờ sông từ sáng sớm đến chiều để cổ vũ cho các đội đua về đích.",
        );
        let first = |question: &str| {
            let summarizer = Summarizer::new(&analyzer)
                .with_budget(Budget::Sentences(1))
                .with_query(analyzer.query(question));
            summarizer.summarize(&document).sentences(&document).next().map(Sentence::text)
        };
        assert_eq!(first("Thợ cả đóng ghe tên là gì?"), Some("Thợ cả tên Danh Út."));
        let teams = first("Đội Tum Núp là của tỉnh nào?").expect("an answer");
        assert!(teams.contains("Tum Núp"), "{teams}");
    }

    #[test]
    fn an_empty_text_has_an_empty_summary() {
        let analyzer = Analyzer::new();
        let summary = Summarizer::new(&analyzer).summarize(&analyzer.analyze(" \n\t "));
        assert!(summary.is_empty() && summary.warnings().is_empty());
    }
}
