//! Why a summary has the sentences that it has.

use std::ops::Range;

use super::Summary;
use crate::document::{Block, Sentence, TermId};
use crate::page::{Evidence, Role};
use crate::rank::{Contribution, RankContext, Ranker};
use crate::select::{Budget, PassedOver};

/// Terms of the article that are told.
const TERMS: usize = 10;
/// Terms of a sentence that are told.
const SENTENCE_TERMS: usize = 6;
/// Features of a sentence that are told.
const FEATURES: usize = 6;
/// Sentences that a pick stands for.
const SIMILAR: usize = 3;
/// Sentences of each kind that were passed over.
const OTHERS: usize = 5;
/// Cosine from which on two sentences are called similar.
const LEAST_SIMILARITY: f64 = 0.15;

/// Why a summary has the sentences that it has; made by
/// [`Summarizer::explain`](super::Summarizer::explain).
///
/// Texts are slices of the text of the document, and offsets are bytes in it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// The terms of the article that weigh most: at most ten, the heaviest first.
    pub terms: Vec<ExplanationTerm>,
    /// The picks, the best first.
    pub picks: Vec<PickExplanation>,
    /// The best five of the other candidates, then five sentences that are no candidates; empty
    /// where a query or known text changed the scores.
    pub not_chosen: Vec<PassedSentence>,
    /// The blocks that are no part of the article.
    pub left_out: Vec<LeftOutBlock>,
}

/// A term that weighs much.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ExplanationTerm {
    /// The key of the term.
    pub term: String,
    /// Occurrences in the candidates.
    pub count: u32,
    /// Inverse document frequency in the background statistics.
    pub idf: f64,
    /// Count times idf.
    pub weight: f64,
}

/// Why a sentence was picked.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PickExplanation {
    /// Its place in the order of picking, from 1.
    pub rank: usize,
    /// The score that the ranker gave it.
    pub score: f64,
    /// The sentence.
    pub text: String,
    /// Its terms that weigh most in the article: at most six.
    pub terms: Vec<ExplanationTerm>,
    /// What the features of the trained ranker add to the score: at most six, the largest amount
    /// first. Empty for other rankers.
    pub features: Vec<Contribution>,
    /// Candidates that were passed over and are most like this one of all picks: at most three.
    pub stands_for: Vec<SimilarSentence>,
}

/// A sentence that is like a pick.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SimilarSentence {
    /// The sentence.
    pub text: String,
    /// Bytes of the sentence in the text.
    pub span: Range<usize>,
    /// Cosine of the tf-idf vectors.
    pub similarity: f64,
}

/// A sentence that was passed over.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PassedSentence {
    /// The sentence.
    pub text: String,
    /// Bytes of the sentence in the text.
    pub span: Range<usize>,
    /// The score that the ranker gave it; `None` if it is no candidate.
    pub score: Option<f64>,
    /// Why it was passed over.
    pub reason: PassedOver,
    /// The rank of the pick that is most like it, if one is like it.
    pub nearest: Option<usize>,
    /// Cosine with the pick that is most like it.
    pub similarity: f64,
}

/// A block that is no part of the article.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LeftOutBlock {
    /// What it is.
    pub role: Role,
    /// Its text.
    pub text: String,
    /// Bytes of the block in the text.
    pub span: Range<usize>,
    /// Findings that speak for the role.
    pub evidence: Vec<Evidence>,
    /// How sure the role is, from 0 to 1.
    pub confidence: f32,
}

/// Why a candidate beside these picks was passed over.
pub(super) type Reason<'a> = &'a dyn Fn(&[usize], usize) -> PassedOver;

impl Explanation {
    /// Explains a summary; without `reason`, nothing is said of the sentences that were passed
    /// over.
    pub(super) fn new(
        context: &RankContext<'_>,
        ranker: &dyn Ranker,
        budget: &Budget,
        scores: &[f64],
        summary: &Summary,
        reason: Option<Reason<'_>>,
    ) -> Self {
        let mut picked: Vec<Picked> = Vec::with_capacity(summary.picks().len());
        for (candidate, sentence) in context.candidates().enumerate() {
            let pick = summary.picks().iter().find(|p| p.sentence() == sentence.index());
            picked.extend(pick.map(|p| Picked { rank: p.rank(), candidate, score: p.score() }));
        }
        picked.sort_by_key(|pick| pick.rank);
        let counts = counts(context);
        let nearest = nearest_picks(context, &picked);
        let picks = picked.iter().map(|&Picked { rank, candidate, score }| PickExplanation {
            rank,
            score,
            text: context.candidate(candidate).text().to_owned(),
            terms: heaviest_terms(context, &counts, Some(candidate), SENTENCE_TERMS),
            features: largest_contributions(ranker, context, budget, candidate),
            stands_for: similar_to(context, &nearest, rank),
        });
        let not_chosen = reason.map(|reason| {
            let mut others = passed_over(context, scores, &picked, &nearest, reason);
            others.extend(context.fragments().take(OTHERS).map(PassedSentence::fragment));
            others
        });
        let blocks = context.document().blocks().filter(|block| block.role().is_left_out());
        Self {
            terms: heaviest_terms(context, &counts, None, TERMS),
            picks: picks.collect(),
            not_chosen: not_chosen.unwrap_or_default(),
            left_out: blocks.map(LeftOutBlock::new).collect(),
        }
    }
}

impl Explanation {
    /// Returns all places of sentences and blocks, to count them in other units than bytes.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::{Analyzer, Summarizer};
    ///
    /// let analyzer = Analyzer::new();
    /// let document = analyzer.analyze("Mưa to ở Huế. Chợ ở Huế ngập sâu. Trời lạnh.");
    /// let summarizer = Summarizer::new(&analyzer).with_budget("1".parse()?);
    /// let summary = summarizer.summarize(&document);
    /// let mut explanation = summarizer.explain(&document, &summary);
    /// let characters = |at: usize| document.text()[..at].chars().count();
    /// for place in explanation.places_mut() {
    ///     *place = characters(place.start)..characters(place.end);
    /// }
    /// # assert!(explanation.places_mut().all(|place| place.end <= characters(document.text().len())));
    /// # Ok::<(), tomtat::select::ParseBudgetError>(())
    /// ```
    pub fn places_mut(&mut self) -> impl Iterator<Item = &mut Range<usize>> {
        let similar = self.picks.iter_mut().flat_map(|pick| &mut pick.stands_for);
        let similar = similar.map(|sentence| &mut sentence.span);
        let passed = self.not_chosen.iter_mut().map(|sentence| &mut sentence.span);
        let blocks = self.left_out.iter_mut().map(|block| &mut block.span);
        similar.chain(passed).chain(blocks)
    }
}

impl PassedSentence {
    /// A sentence of the article that is no candidate.
    fn fragment(sentence: Sentence<'_>) -> Self {
        Self {
            text: sentence.text().to_owned(),
            span: sentence.span(),
            score: None,
            reason: PassedOver::Fragment,
            nearest: None,
            similarity: 0.0,
        }
    }
}

impl LeftOutBlock {
    fn new(block: Block<'_>) -> Self {
        Self {
            role: block.role(),
            text: block.text().to_owned(),
            span: block.span(),
            evidence: block.evidence().collect(),
            confidence: block.confidence(),
        }
    }
}

/// A pick as a candidate.
#[derive(Clone, Copy, Debug)]
struct Picked {
    rank: usize,
    candidate: usize,
    score: f64,
}

/// The pick that is most like a candidate: its rank, and the cosine.
type Nearest = Option<(usize, f64)>;

/// Returns the nearest pick of each candidate that is no pick.
fn nearest_picks(context: &RankContext<'_>, picked: &[Picked]) -> Vec<Nearest> {
    let mut nearest: Vec<Nearest> = vec![None; context.len()];
    let vectors = context.vectors();
    for candidate in others(context, picked) {
        for pick in picked {
            let cosine = vectors.cosine(candidate, pick.candidate);
            if nearest[candidate].is_none_or(|(_, most)| cosine > most) {
                nearest[candidate] = Some((pick.rank, cosine));
            }
        }
    }
    nearest
}

/// The candidates that are no picks.
fn others(context: &RankContext<'_>, picked: &[Picked]) -> impl Iterator<Item = usize> {
    (0..context.len()).filter(|&c| picked.iter().all(|pick| pick.candidate != c))
}

/// Returns the best candidates that were passed over.
fn passed_over(
    context: &RankContext<'_>,
    scores: &[f64],
    picked: &[Picked],
    nearest: &[Nearest],
    reason: Reason<'_>,
) -> Vec<PassedSentence> {
    let mut order: Vec<usize> = others(context, picked).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    order.truncate(OTHERS);
    let picks: Vec<usize> = picked.iter().map(|pick| pick.candidate).collect();
    let told = order.into_iter().map(|candidate| {
        let sentence = context.candidate(candidate);
        let (rank, similarity) = nearest[candidate].unzip();
        let similarity = similarity.unwrap_or(0.0);
        PassedSentence {
            text: sentence.text().to_owned(),
            span: sentence.span(),
            score: Some(scores[candidate]),
            reason: reason(&picks, candidate),
            nearest: rank.filter(|_| similarity >= LEAST_SIMILARITY),
            similarity,
        }
    });
    told.collect()
}

/// Returns the contributions of the largest amount.
fn largest_contributions(
    ranker: &dyn Ranker,
    context: &RankContext<'_>,
    budget: &Budget,
    candidate: usize,
) -> Vec<Contribution> {
    let mut parts = ranker.contributions(context, budget, candidate);
    parts.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
    parts.retain(|part| part.contribution != 0.0);
    parts.truncate(FEATURES);
    parts
}

/// Returns the count of each term in the candidates.
fn counts(context: &RankContext<'_>) -> Vec<u32> {
    let mut counts = vec![0u32; context.document().term_count()];
    for term in context.candidates().flat_map(Sentence::terms) {
        counts[term.index()] += 1;
    }
    counts
}

/// Returns the terms that weigh most, of the article or of a candidate; of equals the earlier.
fn heaviest_terms(
    context: &RankContext<'_>,
    counts: &[u32],
    candidate: Option<usize>,
    most: usize,
) -> Vec<ExplanationTerm> {
    let idf = context.idf();
    let mut seen = vec![false; counts.len()];
    let mut found: Vec<(f64, TermId)> = Vec::new();
    for (place, sentence) in context.candidates().enumerate() {
        if candidate.is_some_and(|c| c != place) {
            continue;
        }
        for term in sentence.terms() {
            if !std::mem::replace(&mut seen[term.index()], true) {
                found.push((f64::from(counts[term.index()]) * idf[term.index()], term));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let document = context.document();
    found
        .into_iter()
        .map(|(weight, term)| ExplanationTerm {
            term: document.term_key(term),
            count: counts[term.index()],
            idf: idf[term.index()],
            weight,
        })
        .filter(|t| {
            t.term.chars().any(char::is_alphabetic) && !context.stop_words().contains(&t.term)
        })
        .take(most)
        .collect()
}

/// Returns the sentences that are like the pick of this rank, the most similar first.
fn similar_to(context: &RankContext<'_>, nearest: &[Nearest], rank: usize) -> Vec<SimilarSentence> {
    let mut found: Vec<(f64, usize)> = nearest
        .iter()
        .enumerate()
        .filter_map(|(candidate, near)| near.map(|(r, cosine)| (r, cosine, candidate)))
        .filter(|(r, cosine, _)| *r == rank && *cosine >= LEAST_SIMILARITY)
        .map(|(_, cosine, candidate)| (cosine, candidate))
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(SIMILAR);
    let told = found.into_iter().map(|(similarity, candidate)| {
        let sentence = context.candidate(candidate);
        SimilarSentence { text: sentence.text().to_owned(), span: sentence.span(), similarity }
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::rank::Centroid;
    use crate::{Analyzer, Summarizer};

    const TEXT: &str = "Sáng 12/1, cầu Cỏ May bắc qua kênh Xáng được thông xe sau ba năm xây dựng.\n\n\
        Cầu Cỏ May bắc qua kênh Xáng được thông xe sau ba năm xây dựng với vốn hai trăm tỉ đồng.\n\n\
        Ông Lê Văn Bảy kể: “Hồi trước bà con phải đi đò ngang mỗi ngày. Mùa lũ thì không ai dám \
        qua.” Đây là nỗi lo của bà con xã Vĩnh Thạnh suốt ba mươi năm qua.\n\nDẫn vào cầu là bốn cây số \
        đường nhựa do tỉnh Đồng Tháp đầu tư.\n\nVì sao cầu chậm ba năm?\n";

    fn reasons(summarizer: &Summarizer) -> Vec<(usize, &'static str)> {
        let document = Analyzer::new().analyze(TEXT);
        let summary = summarizer.summarize(&document);
        let explanation = summarizer.explain(&document, &summary);
        for passed in &explanation.not_chosen {
            assert_eq!(&TEXT[passed.span.clone()], passed.text);
        }
        let found = explanation.not_chosen.iter();
        let mut found: Vec<(usize, &str)> = found
            .map(|p| (TEXT[..p.span.start].matches(['.', '?']).count(), p.reason.code()))
            .collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn the_judge_of_sets_says_why_others_were_passed_over() {
        let summarizer = Summarizer::new(&Analyzer::new()).with_budget(Budget::Sentences(2));
        let found = reasons(&summarizer);
        assert!(
            found.contains(&(2, "quotation")) && found.contains(&(3, "quotation")),
            "{found:?}"
        );
        assert!(found.contains(&(0, "repeats")) || found.contains(&(1, "repeats")), "{found:?}");
        let short = summarizer.with_budget(Budget::Syllables(19));
        assert!(reasons(&short).iter().any(|(_, code)| *code == "too-long"));
    }

    #[test]
    fn mmr_says_why_others_were_passed_over() {
        let summarizer = Summarizer::new(&Analyzer::new())
            .with_ranker(Arc::new(Centroid::default()))
            .with_budget(Budget::Sentences(2));
        let found = reasons(&summarizer);
        assert!(found.contains(&(0, "repeats")) || found.contains(&(1, "repeats")), "{found:?}");
        assert!(found.contains(&(6, "weak")), "{found:?}");
    }

    #[test]
    fn an_own_ranker_is_explained_without_features() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(TEXT);
        let features = |summarizer: Summarizer| {
            let summary = summarizer.summarize(&document);
            let explanation = summarizer.explain(&document, &summary);
            assert_eq!(explanation.picks.len(), summary.picks().len());
            assert!(!explanation.terms.is_empty());
            explanation.picks[0].features.len()
        };
        assert_eq!(features(Summarizer::new(&analyzer)), FEATURES);
        assert_eq!(features(Summarizer::from_ranker(&analyzer, Arc::new(Centroid::default()))), 0);
    }

    #[test]
    fn a_query_changes_scores_so_that_others_are_not_compared() {
        let analyzer = Analyzer::new();
        let summarizer = Summarizer::new(&analyzer).with_query(analyzer.query("đò ngang"));
        assert_eq!(reasons(&summarizer), []);
    }
}
