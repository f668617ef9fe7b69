//! Articles to read: where a method fails and where it does well.

use std::fmt::Write as _;

use anyhow::Result;

use crate::command::bench::summaries::bench_run::BenchRun;
use crate::locale::{self, translated};
use crate::report::chart::escaped;

/// Articles at each end.
const SHOWN: usize = 5;

/// Renders the worst and best articles of a method.
pub(super) fn render(run: &BenchRun<'_>, method: Option<usize>) -> Result<String> {
    let Some(method) = method else { return Ok(String::new()) };
    let mut order: Vec<usize> = (0..run.outcomes.len()).collect();
    let scores: Vec<f64> = run.outcomes.iter().map(|outcome| outcome.score(method)).collect();
    order.sort_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(a.cmp(b)));
    let worst = &order[..SHOWN.min(order.len())];
    let rest = &order[worst.len()..];
    let best: Vec<usize> = rest.iter().rev().take(SHOWN).copied().collect();
    let name = escaped(&run.systems[method].name);
    let title = format!("Worst and best articles of {name}");
    let mut out = format!("<h2>{}</h2>\n", translated(&title));
    let headings = ["The worst articles", "The best articles"].map(translated);
    for (heading, chosen) in headings.into_iter().zip([worst, best.as_slice()]) {
        if chosen.is_empty() {
            continue;
        }
        let _ = writeln!(out, "<h3>{heading}</h3>");
        for at in chosen {
            out.push_str(&article(run, *at, scores[*at], method)?);
        }
    }
    Ok(out)
}

fn article(run: &BenchRun<'_>, at: usize, score: f64, method: usize) -> Result<String> {
    let bench = run.bench;
    let example = &bench.examples[at].example;
    let (_, predictions) = bench.predictions(at, &mut bench.worker())?;
    let title = example.documents.first().and_then(|document| document.title.as_deref());
    let mut out = format!(
        "<details><summary><b>{}</b>{} <small>{}</small></summary><dl>",
        locale::number(format!("{:.1}", 100.0 * score)),
        plain(title.unwrap_or(&translated("(no title)"))),
        escaped(&example.id)
    );
    for (i, reference) in example.references.iter().enumerate() {
        let number = if i == 0 { String::new() } else { format!(" {}", i + 1) };
        let name = locale::part("reference");
        let _ = write!(out, "<dt>{name}{number}</dt><dd>{}</dd>", plain(reference));
    }
    let mut shown = vec![method];
    shown.extend(run.baseline.filter(|baseline| *baseline != method));
    shown.extend(bench.methods.iter().position(|m| m.name == "oracle-1"));
    for m in shown {
        let numbers: Vec<String> = bench
            .scorer
            .names()
            .iter()
            .zip(&run.outcomes[at].scores[m])
            .map(|(name, score)| {
                format!("{name} {}", locale::number(format!("{:.1}", 100.0 * score.f_measure)))
            })
            .collect();
        let text = &predictions[m].text;
        let text = if text.is_empty() { translated("(no sentence)").into() } else { plain(text) };
        let name = escaped(&run.systems[m].name);
        let _ = write!(out, "<dt>{name}: {}</dt><dd>{text}</dd>", escaped(&numbers.join("; ")));
    }
    Ok(out + "</dl></details>\n")
}

/// Text to read: underscores of pre-segmented words undone, line ends kept.
fn plain(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| escaped(&line.replace('_', " "))).collect();
    lines.join("\n")
}
