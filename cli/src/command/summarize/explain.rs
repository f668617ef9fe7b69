//! `--explain`: why these sentences and not others, as text.

use std::fmt::Write;

use tomtat::select::PassedOver;
use tomtat::summary::{Explanation, PassedSentence};

use super::style::{Style, shown};

/// Characters of a block or sentence that is only mentioned.
const MENTION: usize = 100;

/// The score in digits.
pub(super) fn score(other: &PassedSentence) -> String {
    other.score.map_or_else(|| "–".to_owned(), |score| format!("{score:.4}"))
}

/// The reason in words.
pub(super) fn reason(other: &PassedSentence) -> String {
    match (other.reason, other.nearest) {
        (PassedOver::Repeats, Some(rank)) => {
            format!("repeats sentence {rank} (similarity {:.2})", other.similarity)
        }
        (reason, _) => reason.to_string(),
    }
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
    let mut out = String::from("\n  top terms (count × idf):");
    for term in &explanation.terms {
        let _ = write!(out, "\n    {:8.2}  {} ({} ×)", term.weight, line(&term.term), term.count);
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
        let terms: Vec<String> = pick.terms.iter().map(|t| line(&t.term)).collect();
        let _ = writeln!(out, "    terms: {}", terms.join(", "));
        for f in &pick.features {
            let _ = writeln!(
                out,
                "    {:+.4}  {} {:.3} (median {:.3})",
                f.contribution, f.feature, f.value, f.median
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
        let _ = writeln!(out, "    {:<6}  {}", score(other), line(&other.text));
        let _ = writeln!(out, "            {}", reason(other));
    }
    if !explanation.left_out.is_empty() {
        out.push_str("\n  blocks left out:\n");
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
