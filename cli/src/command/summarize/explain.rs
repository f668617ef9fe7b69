//! `--explain`: why these sentences and not others.

use std::fmt::Write;
use std::sync::Arc;

use serde::Serialize;
use tomtat::document::Sentence;
use tomtat::page::Evidence;
use tomtat::rank::Trained;
use tomtat::rank::{RankContext, Ranker};
use tomtat::select::Budget;
use tomtat::select::is_dangling;
use tomtat::summary::Summary;
use tomtat::{Analyzer, Document};

use super::style::{Style, shown};

/// Terms of the article that are told.
const TERMS: usize = 10;
/// Terms of a sentence that are told.
const SENTENCE_TERMS: usize = 6;
/// Features of a sentence that are told.
const FEATURES: usize = 6;
/// Sentences that a chosen one stands for.
const ALIKE: usize = 3;
/// Sentences that were not chosen.
const OTHERS: usize = 5;
/// Cosine from which on two sentences are called alike.
const LEAST_ALIKE: f64 = 0.15;
/// Cosine from which on a sentence is said to repeat another.
const REPEATS: f64 = 0.4;
/// Characters of a block or sentence that is only mentioned.
const MENTION: usize = 100;

/// What explains a summary.
#[derive(Debug, Serialize)]
pub(super) struct Explanation {
    pub(super) terms: Vec<Term>,
    pub(super) picks: Vec<Reasons>,
    /// The best of the others; empty where a query or known text changed the scores.
    pub(super) not_chosen: Vec<Other>,
    pub(super) left_out: Vec<LeftOut>,
}

/// A term that weighs much.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Term {
    #[serde(rename = "term")]
    pub(super) key: String,
    /// Occurrences in the sentences that could be chosen.
    pub(super) count: u32,
    pub(super) idf: f64,
    /// Count times idf.
    pub(super) weight: f64,
}

/// Why a sentence was chosen.
#[derive(Debug, Serialize)]
pub(super) struct Reasons {
    pub(super) rank: usize,
    pub(super) score: f64,
    #[serde(skip)]
    pub(super) text: String,
    /// Its terms that weigh most in the article.
    pub(super) terms: Vec<Term>,
    /// What the features of the trained ranker add to the score; empty for other rankers.
    pub(super) features: Vec<Feature>,
    /// Sentences that were not chosen and are most like this one of all chosen.
    pub(super) stands_for: Vec<Alike>,
}

/// What a feature adds to the score of a sentence.
#[derive(Debug, Serialize)]
pub(super) struct Feature {
    #[serde(rename = "feature")]
    pub(super) name: &'static str,
    pub(super) value: f32,
    pub(super) median: f32,
    pub(super) contribution: f32,
}

/// A sentence that is like a chosen one.
#[derive(Debug, Serialize)]
pub(super) struct Alike {
    pub(super) text: String,
    start: usize,
    end: usize,
    pub(super) similarity: f64,
}

/// A sentence that was not chosen.
#[derive(Debug, Serialize)]
pub(super) struct Other {
    pub(super) text: String,
    start: usize,
    end: usize,
    /// `null` for a fragment, which is no candidate.
    score: Option<f64>,
    /// `too-long`, `repeats`, `dangling`, `weak`, `quotation`, `fragment`, `set` or `lower-score`.
    code: &'static str,
    /// The chosen sentence that is most like it.
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<usize>,
    similarity: f64,
}

impl Other {
    /// The score in digits.
    pub(super) fn score(&self) -> String {
        self.score.map_or_else(|| "–".to_owned(), |score| format!("{score:.4}"))
    }

    /// The reason in words.
    pub(super) fn reason(&self) -> String {
        match (self.code, self.nearest) {
            ("too-long", _) => "longer than what is left of the length".to_owned(),
            ("repeats", Some(rank)) => {
                format!("repeats sentence {rank} (similarity {:.2})", self.similarity)
            }
            ("weak", _) => "very short, a question or a part of a quotation".to_owned(),
            ("quotation", _) => {
                "part of a quotation, which is chosen whole or not at all".to_owned()
            }
            ("fragment", _) => {
                "no whole statement: no end mark, a name, tags, the title or a part of a quotation"
                    .to_owned()
            }
            ("dangling", _) => {
                "points back to the sentence before, which was not chosen".to_owned()
            }
            ("set", _) => "the chosen sentences are better together".to_owned(),
            _ => "lower score, and the length is used up".to_owned(),
        }
    }
}

/// A sentence of the article that is no candidate.
fn fragment(sentence: Sentence<'_>) -> Other {
    Other {
        text: sentence.text().to_owned(),
        start: sentence.span().start,
        end: sentence.span().end,
        score: None,
        code: "fragment",
        nearest: None,
        similarity: 0.0,
    }
}

/// A block that was left out.
#[derive(Debug, Serialize)]
pub(super) struct LeftOut {
    pub(super) role: &'static str,
    pub(super) text: String,
    start: usize,
    end: usize,
    pub(super) evidence: Vec<&'static str>,
    confidence: f32,
}

/// Makes explanations.
#[derive(Debug)]
pub(super) struct Explainer {
    pub(super) ranker: Arc<dyn Ranker>,
    /// The ranker again, if it is the trained one.
    pub(super) trained: Option<Trained>,
    pub(super) budget: Budget,
    /// A query or known text changes scores, so that those of the others cannot be compared.
    pub(super) refined: bool,
}

impl Explainer {
    pub(super) fn explain(
        &self,
        analyzer: &Analyzer,
        document: &Document,
        summary: &Summary,
    ) -> Explanation {
        let context = RankContext::new(document, analyzer.background(), analyzer.stop_words());
        let mut chosen: Vec<(usize, usize, f64)> = Vec::new();
        for (candidate, sentence) in context.candidates().enumerate() {
            let pick = summary.picks().iter().find(|p| p.sentence() == sentence.index());
            chosen.extend(pick.map(|p| (p.rank(), candidate, p.score())));
        }
        chosen.sort_by_key(|(rank, ..)| *rank);
        let counts = counts(&context);
        // Every other sentence with the chosen one that is most like it.
        let mut nearest: Vec<Option<(usize, f64)>> = vec![None; context.len()];
        let vectors = context.vectors();
        for candidate in (0..context.len()).filter(|c| chosen.iter().all(|(_, p, _)| p != c)) {
            for &(rank, pick, _) in &chosen {
                let cosine = vectors.cosine(candidate, pick);
                if nearest[candidate].is_none_or(|(_, most)| cosine > most) {
                    nearest[candidate] = Some((rank, cosine));
                }
            }
        }
        let picks = chosen.iter().map(|&(rank, candidate, score)| Reasons {
            rank,
            score,
            text: context.candidate(candidate).text().to_owned(),
            terms: best_terms(&context, &counts, Some(candidate), SENTENCE_TERMS),
            features: self.features(&context, candidate),
            stands_for: alike(&context, &nearest, rank),
        });
        Explanation {
            terms: best_terms(&context, &counts, None, TERMS),
            picks: picks.collect(),
            not_chosen: if self.refined {
                Vec::new()
            } else {
                let mut others = self.others(&context, &chosen, &nearest);
                others.extend(context.fragments().take(OTHERS).map(fragment));
                others
            },
            left_out: left_out(document),
        }
    }

    fn features(&self, context: &RankContext<'_>, candidate: usize) -> Vec<Feature> {
        let Some(trained) = &self.trained else { return Vec::new() };
        let mut parts = trained.contributions(context, candidate);
        parts.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
        parts.retain(|part| part.contribution != 0.0);
        parts.truncate(FEATURES);
        parts
            .iter()
            .map(|part| Feature {
                name: part.feature,
                value: part.value,
                median: part.median,
                contribution: part.contribution,
            })
            .collect()
    }

    /// The best of those that were not chosen.
    fn others(
        &self,
        context: &RankContext<'_>,
        chosen: &[(usize, usize, f64)],
        nearest: &[Option<(usize, f64)>],
    ) -> Vec<Other> {
        let mut scores = vec![0.0; context.len()];
        self.ranker.scores(context, &mut scores);
        let mut order: Vec<usize> =
            (0..context.len()).filter(|c| chosen.iter().all(|(_, p, _)| p != c)).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        let least = chosen.iter().map(|c| scores[c.1]).fold(f64::INFINITY, f64::min);
        let used = chosen.iter().map(|c| self.budget.cost(context.candidate(c.1))).sum::<usize>()
            + chosen.len() * self.budget.separator_cost();
        let left = self.budget.limit(context.len()).saturating_sub(used);
        let counts_sentences = self.budget.unit() == "sentences";
        order
            .into_iter()
            .take(OTHERS)
            .map(|candidate| {
                let sentence = context.candidate(candidate);
                let (rank, similarity) = nearest[candidate].unzip();
                let similarity = similarity.unwrap_or(0.0);
                let dangling = candidate > 0
                    && is_dangling(sentence)
                    && chosen.iter().all(|(_, pick, _)| *pick != candidate - 1);
                let code = if similarity >= REPEATS {
                    "repeats"
                } else if context.is_weak(candidate) {
                    "weak"
                } else if context.quotation(candidate).is_some() {
                    "quotation"
                } else if scores[candidate] < least {
                    "lower-score"
                } else if !counts_sentences && self.budget.cost(sentence) > left {
                    "too-long"
                } else if dangling {
                    "dangling"
                } else {
                    "set"
                };
                Other {
                    text: sentence.text().to_owned(),
                    start: sentence.span().start,
                    end: sentence.span().end,
                    score: Some(scores[candidate]),
                    code,
                    nearest: rank.filter(|_| similarity >= LEAST_ALIKE),
                    similarity,
                }
            })
            .collect()
    }
}

/// The blocks that are no part of the article, with the evidence that the analysis kept.
fn left_out(document: &Document) -> Vec<LeftOut> {
    let blocks = document.blocks().filter(|block| block.role().is_left_out());
    blocks
        .map(|block| LeftOut {
            role: block.role().name(),
            text: mention(block.text()),
            start: block.span().start,
            end: block.span().end,
            evidence: block.evidence().map(Evidence::code).collect(),
            confidence: block.confidence(),
        })
        .collect()
}

/// The beginning of a long text.
fn mention(text: &str) -> String {
    match text.char_indices().nth(MENTION) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// Count of each term in the candidates.
fn counts(context: &RankContext<'_>) -> Vec<u32> {
    let document = context.document();
    let mut counts = vec![0u32; document.term_count()];
    for sentence in context.candidates() {
        for term in sentence.terms() {
            counts[term.index()] += 1;
        }
    }
    counts
}

/// The terms that weigh most, of the article or of a candidate; of equals the earlier.
fn best_terms(
    context: &RankContext<'_>,
    counts: &[u32],
    candidate: Option<usize>,
    most: usize,
) -> Vec<Term> {
    let idf = context.idf();
    let mut seen = vec![false; counts.len()];
    let mut found = Vec::new();
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
        .map(|(weight, term)| Term {
            key: document.term_key(term),
            count: counts[term.index()],
            idf: idf[term.index()],
            weight,
        })
        .filter(|t| {
            t.key.chars().any(char::is_alphabetic) && !context.stop_words().contains(&t.key)
        })
        .take(most)
        .collect()
}

/// The sentences that are like the pick of this rank, the most like first.
fn alike(context: &RankContext<'_>, nearest: &[Option<(usize, f64)>], rank: usize) -> Vec<Alike> {
    let mut found: Vec<(f64, usize)> = nearest
        .iter()
        .enumerate()
        .filter_map(|(candidate, near)| near.map(|(r, cosine)| (r, cosine, candidate)))
        .filter(|(r, cosine, _)| *r == rank && *cosine >= LEAST_ALIKE)
        .map(|(_, cosine, candidate)| (cosine, candidate))
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found
        .into_iter()
        .take(ALIKE)
        .map(|(similarity, candidate)| {
            let sentence = context.candidate(candidate);
            let (start, end) = (sentence.span().start, sentence.span().end);
            Alike { text: sentence.text().to_owned(), start, end, similarity }
        })
        .collect()
}

/// The explanation as text.
pub(super) fn text(explanation: &Explanation, presegmented: bool, style: Style) -> String {
    let line = |text: &str| shown(&mention(text), presegmented, style);
    let mut out = String::from("\n  top terms (count × idf):");
    for term in &explanation.terms {
        let _ = write!(out, "\n    {:8.2}  {} ({} ×)", term.weight, line(&term.key), term.count);
    }
    out.push('\n');
    for pick in &explanation.picks {
        let _ = writeln!(
            out,
            "\n  sentence {}, score {:.4}: {}",
            pick.rank,
            pick.score,
            line(&pick.text)
        );
        let terms: Vec<String> = pick.terms.iter().map(|t| line(&t.key)).collect();
        let _ = writeln!(out, "    terms: {}", terms.join(", "));
        for f in &pick.features {
            let _ = writeln!(
                out,
                "    {:+.4}  {} {:.3} (median {:.3})",
                f.contribution, f.name, f.value, f.median
            );
        }
        for like in &pick.stands_for {
            let _ = writeln!(out, "    stands for ({:.2}): {}", like.similarity, line(&like.text));
        }
    }
    if !explanation.not_chosen.is_empty() {
        out.push_str("\n  next in line:\n");
    }
    for other in &explanation.not_chosen {
        let _ = writeln!(out, "    {:<6}  {}", other.score(), line(&other.text));
        let _ = writeln!(out, "            {}", other.reason());
    }
    if !explanation.left_out.is_empty() {
        out.push_str("\n  blocks left out:\n");
    }
    for block in &explanation.left_out {
        let _ = writeln!(
            out,
            "    {} [{}]: {}",
            block.role,
            block.evidence.join(", "),
            line(&block.text)
        );
    }
    out
}
