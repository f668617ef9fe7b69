//! `--explain`: why these sentences and not others, as text.

use std::fmt::Write;

use tomtat::select::PassedOver;
use tomtat::summary::{Explanation, PassedSentence};

use super::style::{Style, shown};
use crate::locale::{self, translated};

/// Characters of a block or sentence that is only mentioned.
const MENTION: usize = 100;

/// The score in digits.
pub(super) fn score(other: &PassedSentence) -> String {
    other.score.map_or_else(|| "–".to_owned(), |score| decimals(score, 4))
}

/// A number with so many decimals, as the language writes it.
pub(super) fn decimals(value: f64, count: usize) -> String {
    locale::number(format!("{value:.count$}"))
}

/// The reason in words.
pub(super) fn reason(other: &PassedSentence) -> String {
    let reason = match (other.reason, other.nearest) {
        (PassedOver::Repeats, Some(rank)) => {
            format!("repeats sentence {rank} (similarity {})", decimals(other.similarity, 2))
        }
        (reason, _) => reason.to_string(),
    };
    translated(&reason).into_owned()
}

/// The beginning of a long text.
pub(super) fn mention(text: &str) -> String {
    match text.char_indices().nth(MENTION) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// The explanation as text.
pub(super) fn text(explanation: &Explanation, presegmented: bool, style: Style) -> String {
    let line = |text: &str| shown(&mention(text), presegmented, style);
    let mut out = format!("\n  {}:", translated("top terms (count × idf)"));
    for term in &explanation.terms {
        let weight = decimals(term.weight, 2);
        let _ = write!(out, "\n    {weight:>8}  {} ({} ×)", line(&term.term), term.count);
    }
    out.push('\n');
    for pick in &explanation.picks {
        let head = format!("sentence {}, score {}", pick.rank, decimals(pick.score, 4));
        let _ = writeln!(out, "\n  {}: {}", translated(&head), line(&pick.text));
        let terms: Vec<String> = pick.terms.iter().map(|t| line(&t.term)).collect();
        let _ = writeln!(out, "    {}: {}", locale::part("terms"), terms.join(", "));
        for f in &pick.features {
            let contribution = locale::number(format!("{:+.4}", f.contribution));
            let median = format!("median {}", decimals(f.median.into(), 3));
            let (value, median) = (decimals(f.value.into(), 3), translated(&median));
            let _ =
                writeln!(out, "    {contribution}  {} {value} ({median})", locale::part(f.feature));
        }
        for like in &pick.stands_for {
            let head = format!("stands for ({})", decimals(like.similarity, 2));
            let _ = writeln!(out, "    {}: {}", translated(&head), line(&like.text));
        }
    }
    if !explanation.not_chosen.is_empty() {
        let _ = writeln!(out, "\n  {}:", translated("next in line"));
    }
    for other in &explanation.not_chosen {
        let _ = writeln!(out, "    {:<6}  {}", score(other), line(&other.text));
        let _ = writeln!(out, "            {}", reason(other));
    }
    if !explanation.left_out.is_empty() {
        let _ = writeln!(out, "\n  {}:", translated("blocks left out"));
    }
    for block in &explanation.left_out {
        let evidence: Vec<&str> = block.evidence.iter().map(|found| found.code()).collect();
        let _ = writeln!(
            out,
            "    {} [{}]: {}",
            block.role.name(),
            evidence.join(", "),
            line(&block.text)
        );
    }
    out
}
