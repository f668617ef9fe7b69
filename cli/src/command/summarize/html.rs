//! One page: each article with its key sentences marked and what is no part of it dimmed.

use std::fmt::Write;

use tomtat::page::Role;
use tomtat::summary::Explanation;

use super::explain::{decimals, mention, reason, score};
use super::report::{Outcome, Report};
use super::view::ViewBlock;
use crate::locale::{self, translated};
use crate::report::chart::escaped;

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#d5dbe3;--page:#fff;--box:#f6f8fa;--mark:#ffe58a;--on-mark:#1c2430;--badge:#8a5a00}\
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa7b4;--line:#2b3440;--page:#0d1117;--box:#161b22;--mark:#5c4a00;--on-mark:#fff6d6;--badge:#ffd866}}\
body{font:17px/1.65 system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif;color:var(--ink);background:var(--page);max-width:760px;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}\
h1{font-size:1.55rem;line-height:1.3;margin:.2rem 0 .6rem}h3{font-size:1.05rem}h4{font-size:.95rem;margin:1.2rem 0 .3rem}article+article{border-top:2px solid var(--line);margin-top:3rem;padding-top:2rem}\
.about,.note{color:var(--soft);font-size:.88rem;margin:.2rem 0}\
.key{background:var(--box);border-radius:8px;padding:.7rem 1rem .7rem 2.4rem;margin:1rem 0 1.6rem}.key li{margin:.35rem 0}.key a{color:inherit;text-decoration:none}.key a:hover{text-decoration:underline}\
mark{background:var(--mark);color:var(--on-mark);border-radius:3px;padding:.08em .2em;-webkit-box-decoration-break:clone;box-decoration-break:clone}\
mark:target{outline:2px solid var(--badge)}mark sup{color:var(--badge);font-size:.68em;font-weight:700;margin-right:.25em;white-space:nowrap}\
p.sapo{font-weight:600}.out{opacity:.58;font-size:.88rem;border-left:3px solid var(--line);padding-left:.7rem;margin:.6rem 0}\
.role{display:inline-block;font-size:.75rem;border:1px solid var(--line);border-radius:4px;padding:0 .35rem;margin-right:.5rem;color:var(--soft)}\
details{background:var(--box);border-radius:8px;padding:.5rem 1rem;margin-top:1.5rem;font-size:.9rem}summary{cursor:pointer;font-weight:600}\
table{border-collapse:collapse;width:100%;margin:.3rem 0}td,th{padding:.2rem .5rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}";

pub(super) fn head() -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{}</title><style>{STYLE}</style></head><body>\n",
        translated("Key sentences")
    )
}

pub(super) fn foot() -> &'static str {
    "</body></html>\n"
}

/// One article of the page, which is the `place`-th.
pub(super) fn article(report: &Report, place: u64) -> String {
    let language = locale::code();
    let mut out =
        format!("<article>\n<p class=\"about\" lang=\"{language}\">{}</p>\n", escaped(&report.id));
    let Some(view) = &report.view else {
        let about = match &report.outcome {
            Outcome::Unreadable(problem) => problem.to_string(),
            Outcome::Empty(reason) => translated(reason).into_owned(),
            Outcome::Summary => String::new(),
        };
        let about = escaped(&about);
        let _ = writeln!(out, "<p class=\"note\" lang=\"{language}\">{about}</p>\n</article>");
        return out;
    };
    if let Some(title) = &report.title
        && view.blocks.iter().all(|block| block.role != Role::Title)
    {
        let _ = writeln!(out, "<h1>{}</h1>", safe(title, report));
    }
    // The title stands first in most articles; the key sentences follow it.
    let split = view.blocks.iter().position(|block| block.role == Role::Title).map_or(0, |i| i + 1);
    for block in &view.blocks[..split] {
        out.push_str(&self::block(block, report, place));
    }
    out.push_str(&key(report, place));
    for block in &view.blocks[split..] {
        out.push_str(&self::block(block, report, place));
    }
    if let Some(explanation) = &report.explanation {
        out.push_str(&details(explanation));
    }
    out.push_str("</article>\n");
    out
}

/// Text as it may stand in a page.
fn safe(text: &str, report: &Report) -> String {
    if report.presegmented { escaped(&text.replace('_', " ")) } else { escaped(text) }
}

/// The summary, each sentence with a link to its place.
fn key(report: &Report, place: u64) -> String {
    if let Outcome::Empty(reason) = &report.outcome {
        let (language, reason) = (locale::code(), escaped(&translated(reason)));
        return format!("<p class=\"note\" lang=\"{language}\">{reason}</p>\n");
    }
    let mut out = String::from("<ol class=\"key\">\n");
    for sentence in &report.sentences {
        let _ = writeln!(
            out,
            "<li value=\"{}\"><a href=\"#a{place}s{}\">{}</a></li>",
            sentence.rank,
            sentence.rank,
            safe(&sentence.text, report)
        );
    }
    out.push_str("</ol>\n");
    if let Some(length) = report.length {
        let asked =
            length.asked.map_or_else(|| locale::part("any").into_owned(), |n| n.to_string());
        let about = format!(
            "asked {asked}, given {} {}. Numbers tell the order of choice.",
            length.given, length.unit
        );
        let _ = writeln!(
            out,
            "<p class=\"about\" lang=\"{}\">{}: {}</p>",
            locale::code(),
            escaped(&report.method),
            translated(&about)
        );
    }
    for warning in &report.warnings {
        let (language, warning) = (locale::code(), warning.to_string());
        let warning = escaped(&translated(&warning));
        let _ = writeln!(out, "<p class=\"note\" lang=\"{language}\">{warning}</p>");
    }
    out
}

fn block(block: &ViewBlock, report: &Report, place: u64) -> String {
    let mut inner = String::new();
    for part in &block.parts {
        let text = safe(&part.text, report);
        match part.pick {
            Some((rank, score)) => {
                let title = format!("rank {rank}, score {}", decimals(score, 4));
                let (title, score) = (translated(&title), decimals(score, 3));
                let _ = write!(
                    inner,
                    "<mark id=\"a{place}s{rank}\" title=\"{title}\"><sup>{rank} · {score}</sup>{text}</mark>"
                );
            }
            None => inner.push_str(&text),
        }
    }
    let chosen = block.parts.iter().any(|part| part.pick.is_some());
    match block.role {
        Role::Title => format!("<h1>{inner}</h1>\n"),
        Role::Heading => format!("<h3>{inner}</h3>\n"),
        Role::Sapo => format!("<p class=\"sapo\">{inner}</p>\n"),
        role if role.is_left_out() && !chosen => format!(
            "<p class=\"out\"><span class=\"role\" lang=\"{}\">{}</span>{inner}</p>\n",
            locale::code(),
            locale::part(role.name())
        ),
        _ => format!("<p>{inner}</p>\n"),
    }
}

/// The heads of a table; those of numbers stand to the right.
fn heads(names: &[&str]) -> String {
    let head = |name: &&str| {
        let class = if NUMBERS.contains(name) { " class=\"n\"" } else { "" };
        format!("<th{class}>{}</th>", locale::column(name))
    };
    format!("<table><tr>{}</tr>\n", names.iter().map(head).collect::<String>())
}

/// Columns of numbers.
const NUMBERS: [&str; 7] = ["count", "idf", "weight", "value", "median", "contribution", "score"];

fn details(explanation: &Explanation) -> String {
    let mut out = format!(
        "<details lang=\"{}\"><summary>{}</summary>\n<h4>{}</h4>",
        locale::code(),
        translated("Why these sentences"),
        translated("Top terms of the article")
    );
    out += &heads(&["term", "count", "idf", "weight"]);
    for term in &explanation.terms {
        let _ = writeln!(
            out,
            "<tr><td lang=\"vi\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td \
             class=\"n\">{}</td></tr>",
            escaped(&term.term),
            term.count,
            decimals(term.idf, 2),
            decimals(term.weight, 2)
        );
    }
    out.push_str("</table>\n");
    picks(explanation, &mut out);
    if !explanation.not_chosen.is_empty() {
        let _ = write!(out, "<h4>{}</h4>", translated("Next in line"));
        out += &heads(&["score", "sentence", "reason"]);
        for other in &explanation.not_chosen {
            let _ = writeln!(
                out,
                "<tr><td class=\"n\">{}</td><td lang=\"vi\">{}</td><td>{}</td></tr>",
                score(other),
                escaped(&other.text),
                escaped(&reason(other))
            );
        }
        out.push_str("</table>\n");
    }
    if !explanation.left_out.is_empty() {
        let _ = write!(out, "<h4>{}</h4>", translated("Blocks left out"));
        out += &heads(&["role", "evidence", "block"]);
        for block in &explanation.left_out {
            let evidence: Vec<&str> = block.evidence.iter().map(|found| found.code()).collect();
            let _ = writeln!(
                out,
                "<tr><td>{}</td><td>{}</td><td lang=\"vi\">{}</td></tr>",
                locale::part(block.role.name()),
                evidence.join(", "),
                escaped(&mention(&block.text))
            );
        }
        out.push_str("</table>\n");
    }
    out.push_str("</details>\n");
    out
}

/// What speaks for each chosen sentence.
fn picks(explanation: &Explanation, out: &mut String) {
    for pick in &explanation.picks {
        let head = format!("Sentence {} · {}", pick.rank, decimals(pick.score, 4));
        let _ = writeln!(out, "<h4>{}</h4>", translated(&head));
        let terms: Vec<String> = pick.terms.iter().map(|t| escaped(&t.term)).collect();
        let _ = writeln!(
            out,
            "<p>{}: <span lang=\"vi\">{}</span></p>",
            locale::part("terms"),
            terms.join(", ")
        );
        if !pick.features.is_empty() {
            *out += &heads(&["feature", "value", "median", "contribution"]);
            for f in &pick.features {
                let _ = writeln!(
                    out,
                    "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td \
                     class=\"n\">{}</td></tr>",
                    escaped(&locale::part(f.feature)),
                    decimals(f.value.into(), 3),
                    decimals(f.median.into(), 3),
                    locale::number(format!("{:+.4}", f.contribution))
                );
            }
            out.push_str("</table>\n");
        }
        for like in &pick.stands_for {
            let head = format!("stands for ({})", decimals(like.similarity, 2));
            let _ = writeln!(
                out,
                "<p class=\"note\">{}: <span lang=\"vi\">{}</span></p>",
                translated(&head),
                escaped(&like.text)
            );
        }
    }
}
