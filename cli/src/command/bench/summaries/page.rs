//! The report: one HTML page that needs nothing else.

mod articles;

use std::fmt::Write as _;

use anyhow::Result;

use super::bench_run::{BenchRun, FIRST_SENTENCES};
use super::method::Kind;
use crate::locale::{self, translated};
use crate::report::chart::{Axis, Chart, Estimate, Scale, escaped, estimates};
use crate::report::scores::{Cell, Table, percent};
use crate::scoring::comparison::ALPHA;

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--grid:#dfe4ea;--line:#1f6feb;--fit:#8b95a1;--page:#fff;--box:#f6f8fa;--up:#1a7f37;--down:#cf222e;\
--c0:#1f6feb;--c1:#d1495b;--c2:#2a9d5c;--c3:#b7791f;--c4:#8250df;--c5:#0e8f9e;--c6:#8c564b;--c7:#6b7280}\
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa7b4;--grid:#2b3440;--line:#58a6ff;--fit:#7d8894;--page:#0d1117;--box:#161b22;--up:#56d364;--down:#ff7b72;\
--c0:#58a6ff;--c1:#ff7b8a;--c2:#56d393;--c3:#e3b341;--c4:#bc8cff;--c5:#39c5cf;--c6:#c49c94;--c7:#9aa7b4}}\
body{font:16px/1.5 system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif;color:var(--ink);background:var(--page);max-width:900px;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.2rem;margin:2.4rem 0 .4rem}h3{font-size:1rem;margin:1.2rem 0 .2rem}\
p{color:var(--soft);margin:.2rem 0 .8rem}svg{width:100%;height:auto;display:block}\
code{font-size:.8rem;overflow-wrap:anywhere;color:var(--soft)}\
.grid{stroke:var(--grid)}.tick{fill:var(--soft);font-size:12px}.axis{fill:var(--soft);font-size:13px}.term{fill:var(--ink);font-size:13px}\
.fit{fill:none;stroke:var(--fit);stroke-width:1.5;stroke-dasharray:6 4}\
.curve{fill:none;stroke-width:2}.range{stroke-width:3;stroke:var(--soft)}.point{fill:var(--ink)}\
.range.ours{stroke:var(--c0)}.point.ours{fill:var(--c0)}.range.bound{stroke:var(--fit)}.point.bound{fill:var(--fit)}\
.square{fill:var(--c0)}.s0{stroke:var(--c0)}.s1{stroke:var(--c1)}.s2{stroke:var(--c2)}.s3{stroke:var(--c3)}.s4{stroke:var(--c4)}.s5{stroke:var(--c5)}.s6{stroke:var(--c6)}.s7{stroke:var(--c7)}\
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;font-size:.9rem;margin:.3rem 0}.legend i{display:inline-block;width:1.1rem;height:.25rem;border-radius:2px;margin-right:.4rem;vertical-align:middle}\
.pairs{display:grid;grid-template-columns:repeat(auto-fit,minmax(340px,1fr));gap:1rem}.scroll{overflow-x:auto}\
table{border-collapse:collapse;width:100%;font-size:.88rem}td,th{padding:.3rem .5rem;border-bottom:1px solid var(--grid);text-align:left}\
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td small{color:var(--soft)}.up{color:var(--up)}.down{color:var(--down)}\
details{background:var(--box);border-radius:8px;padding:.5rem .8rem;margin:.5rem 0}summary{cursor:pointer}summary b{font-variant-numeric:tabular-nums;margin-right:.6rem}\
dl{margin:.4rem 0}dt{color:var(--soft);font-size:.85rem;margin-top:.5rem}dd{margin:0;white-space:pre-line}";

/// Methods that a chart of lines can tell apart.
const MOST_LINES: usize = 8;

/// Renders the report.
pub(super) fn render(run: &BenchRun<'_>, table: &Table) -> Result<String> {
    let (language, title) = (locale::code(), translated("Bench of summaries"));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head><body>\n\
         <h1>{title}</h1>\n<p>{}</p>\n",
        escaped(&translated(&table.caption))
    );
    for warning in run.warnings {
        let _ = writeln!(page, "<p class=\"down\">{}</p>", escaped(&translated(warning)));
    }
    page.push_str(&means(table));
    page.push_str(&intervals(run));
    page.push_str(&distributions(run));
    page.push_str(&by_length(run));
    page.push_str(&by_place(run));
    page.push_str(&pairs(run));
    page.push_str(&articles::render(run, focus(run))?);
    let _ = writeln!(
        page,
        "<h2>{}</h2><p><code>{}</code></p>\n</body></html>",
        translated("What was computed"),
        escaped(&table.signature)
    );
    Ok(page)
}

/// The beginning of a part of the page: its head, and what it shows.
fn opening(head: &str, about: &str) -> String {
    format!("<h2>{}</h2><p>{}</p>", translated(head), translated(about))
}

/// The table of means.
fn means(table: &Table) -> String {
    let mut out =
        format!("<h2>{}</h2><div class=\"scroll\"><table><tr>", translated("Mean scores"));
    for column in &table.columns {
        let class = if column.is_text { "" } else { " class=\"n\"" };
        let _ = write!(out, "<th{class}>{}</th>", escaped(locale::column(&column.name)));
    }
    out.push_str("</tr>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for cell in row {
            let _ = match cell {
                Cell::Empty => write!(out, "<td></td>"),
                Cell::Text(text) => write!(out, "<td>{}</td>", escaped(text)),
                Cell::Number(value, decimals) => {
                    let value = locale::number(format!("{value:.decimals$}"));
                    write!(out, "<td class=\"n\">{value}</td>")
                }
                Cell::Score { value, range, mark } => {
                    let (class, sign) = match mark {
                        1 => ("up", " ▲"),
                        -1 => ("down", " ▼"),
                        _ => ("", ""),
                    };
                    let range = range.map_or(String::new(), |(low, high)| {
                        let [low, high] = [low, high].map(|bound| locale::number(percent(bound)));
                        format!("<br><small>{low} – {high}</small>")
                    });
                    write!(
                        out,
                        "<td class=\"n\">{}<span class=\"{class}\">{sign}</span>{range}</td>",
                        locale::number(percent(*value))
                    )
                }
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table></div>\n");
    for note in &table.notes {
        let note = translated(note);
        // The note on marks begins with them.
        let note = match note.strip_prefix("+ ") {
            Some(rest) => format!("▲ {}", rest.replacen(", - ", ", ▼ ", 1)),
            None => note.into_owned(),
        };
        let _ = writeln!(out, "<p>{}</p>", escaped(&note));
    }
    out
}

/// Means with their intervals, a chart a measure.
fn intervals(run: &BenchRun<'_>) -> String {
    let mut out = opening(
        "How sure the means are",
        "Each bar is the interval of a mean; the dashed line is the baseline. Bounds, which no method can \
         be, are grey.",
    );
    out.push('\n');
    for (m, name) in run.bench.scorer.names().iter().enumerate() {
        let rows: Vec<Estimate> = run
            .systems
            .iter()
            .zip(&run.comparison.rows)
            .zip(&run.bench.methods)
            .map(|((system, row), method)| Estimate {
                name: system.name.clone(),
                value: 100.0 * row[m].f_measure.mean,
                low: 100.0 * row[m].f_measure.low,
                high: 100.0 * row[m].f_measure.high,
                class: match method.kind {
                    Kind::Ranker(_) | Kind::MultiSummary(_) | Kind::Given(_) => "ours",
                    Kind::Lead(_) => "",
                    _ => "bound",
                },
            })
            .collect();
        let reference = run.baseline.map(|b| 100.0 * run.comparison.rows[b][m].f_measure.mean);
        let chart = estimates(name, &rows, reference);
        let _ = writeln!(out, "<h3>{}</h3>{chart}", escaped(name));
    }
    out
}

/// Methods whose lines are drawn: all but the floor, the most telling ones if there are many.
fn drawn(run: &BenchRun<'_>) -> Vec<usize> {
    let is = |wanted: fn(&Kind) -> bool| {
        run.bench.methods.iter().enumerate().filter(move |(_, m)| wanted(&m.kind)).map(|(i, _)| i)
    };
    let mut drawn: Vec<usize> = focus(run).into_iter().chain(run.baseline).collect();
    drawn.extend(is(|kind| matches!(kind, Kind::Oracle(1))));
    drawn.extend(is(|kind| matches!(kind, Kind::Given(_) | Kind::MultiSummary(_))));
    drawn.extend(is(|kind| matches!(kind, Kind::Ranker(_))));
    drawn.extend(is(|kind| matches!(kind, Kind::Random(_))));
    drawn.extend(is(|kind| matches!(kind, Kind::Lead(_) | Kind::Oracle(_))));
    let mut seen = vec![false; run.bench.methods.len()];
    drawn.retain(|i| !std::mem::replace(&mut seen[*i], true));
    drawn.truncate(MOST_LINES);
    drawn.sort_unstable();
    drawn
}

/// The method that the report is about: our default if it is there, else the first one.
fn focus(run: &BenchRun<'_>) -> Option<usize> {
    let methods = &run.bench.methods;
    let ours = methods.iter().position(|method| method.name == tomtat::rank::DEFAULT);
    let given = || methods.iter().position(|m| matches!(m.kind, Kind::Given(_) | Kind::Ranker(_)));
    ours.or_else(given).or_else(|| methods.iter().position(super::method::Method::is_tested))
}

/// Colours and names of the lines of a chart.
fn legend(run: &BenchRun<'_>, drawn: &[usize]) -> String {
    let item = |(color, method): (usize, &usize)| {
        let name = escaped(&run.systems[*method].name);
        format!("<span><i style=\"background:var(--c{color})\"></i>{name}</span>")
    };
    let items: String = drawn.iter().enumerate().map(item).collect();
    format!("<div class=\"legend\">{items}</div>")
}

fn axis(name: &str, least: f64, most: f64) -> Axis<'_> {
    Axis { name, scale: Scale::Linear, least, most }
}

/// Draws one line a method.
fn lines(
    run: &BenchRun<'_>,
    drawn: &[usize],
    title: &str,
    x: Axis<'_>,
    y_name: &str,
    points: &[Vec<(f64, f64)>],
) -> String {
    let most = points.iter().flatten().fold(0.0, |most: f64, point| most.max(point.1));
    let mut chart = Chart::new(title, x, axis(y_name, 0.0, (most * 1.05).max(1e-9)));
    for (color, points) in points.iter().enumerate() {
        chart.line(&format!("curve s{color}"), points);
    }
    format!("{}{}\n", legend(run, drawn), chart.finish())
}

/// Bins of the distributions.
const BINS: usize = 25;

fn distributions(run: &BenchRun<'_>) -> String {
    let drawn = drawn(run);
    let n = run.outcomes.len().max(1) as f64;
    let points: Vec<Vec<(f64, f64)>> = drawn
        .iter()
        .map(|method| {
            let mut bins = [0_u32; BINS];
            for outcome in run.outcomes {
                let bin = (outcome.score(*method) * BINS as f64) as usize;
                bins[bin.min(BINS - 1)] += 1;
            }
            let middle = |bin: usize| 100.0 * (bin as f64 + 0.5) / BINS as f64;
            let bins = bins.iter().enumerate();
            bins.map(|(bin, count)| (middle(bin), 100.0 * f64::from(*count) / n)).collect()
        })
        .collect();
    let x = axis("mean of the measures of an article", 0.0, 100.0);
    let title = "Distribution of scores";
    let chart = lines(run, &drawn, &translated(title), x, "percent of articles", &points);
    let about = "A mean hides how differently articles fare: the share of articles at each score.";
    opening(title, about) + &chart
}

/// Groups of equal size by length.
const GROUPS: usize = 10;

fn by_length(run: &BenchRun<'_>) -> String {
    let drawn = drawn(run);
    let mut order: Vec<usize> = (0..run.outcomes.len()).collect();
    order.sort_by_key(|i| (run.outcomes[*i].syllables, *i));
    let groups: Vec<&[usize]> = order.chunks(order.len().div_ceil(GROUPS).max(1)).collect();
    let length = |group: &[usize]| run.outcomes[group[group.len() / 2]].syllables as f64;
    let points: Vec<Vec<(f64, f64)>> = drawn
        .iter()
        .map(|method| {
            let mean = |group: &&[usize]| {
                let sum = group.iter().fold(0.0, |sum, i| sum + run.outcomes[*i].score(*method));
                (length(group), 100.0 * sum / group.len() as f64)
            };
            groups.iter().map(mean).collect()
        })
        .collect();
    let least = groups.first().map_or(0.0, |group| length(group));
    let most = groups.last().map_or(1.0, |group| length(group));
    let x = axis("syllables of the article (median of each tenth)", least, most);
    let title = "Score by length of the article";
    let chart = lines(run, &drawn, &translated(title), x, "mean score", &points);
    opening(title, "Articles in tenths by their length; the mean score of each tenth.") + &chart
}

fn by_place(run: &BenchRun<'_>) -> String {
    let means: Vec<(f64, f64)> = (0..FIRST_SENTENCES)
        .filter_map(|place| {
            let scores: Vec<f64> =
                run.outcomes.iter().filter_map(|o| o.by_place.get(place).copied()).collect();
            // A mean of a few long articles says nothing about the place.
            let enough = scores.len() * 20 >= run.outcomes.len() && !scores.is_empty();
            let sum = scores.iter().fold(0.0, |sum, score| sum + score);
            enough.then(|| (place as f64 + 1.0, 100.0 * sum / scores.len() as f64))
        })
        .collect();
    let most = means.iter().fold(0.0, |most: f64, point| most.max(point.1)).max(1e-9);
    let x = axis("number of the sentence", 1.0, (means.len() as f64).max(2.0));
    let title = "Score by place in the article";
    let mut chart = Chart::new(&translated(title), x, axis("mean score", 0.0, most));
    chart.line("curve s0", &means);
    let about = "What each of the first sentences scores alone (mean of rouge1, rouge2, rougeL; places \
                 that at least one article in twenty has).";
    let mut out = opening(title, about) + &chart.finish() + "\n";

    let drawn: Vec<usize> = drawn(run)
        .into_iter()
        .filter(|m| run.outcomes.iter().any(|o| !o.predictions[*m].places.is_empty()))
        .collect();
    let points: Vec<Vec<(f64, f64)>> = drawn
        .iter()
        .map(|method| {
            let (mut bins, mut all) = ([0_u32; GROUPS], 0_u32);
            let places = run.outcomes.iter().flat_map(|o| &o.predictions[*method].places);
            for place in places {
                bins[((place * GROUPS as f64) as usize).min(GROUPS - 1)] += 1;
                all += 1;
            }
            let share = |count: u32| 100.0 * f64::from(count) / f64::from(all.max(1));
            let bins = bins.iter().enumerate();
            bins.map(|(bin, count)| (10.0 * (bin as f64 + 0.5), share(*count))).collect()
        })
        .collect();
    let x = axis("place in the article, percent", 0.0, 100.0);
    let title = translated("Where the picked sentences stand");
    let chart = lines(run, &drawn, &title, x, "percent of the picks", &points);
    let about = translated(
        "A method that leans on the beginning falls steeply; the oracle shows where the sentences were \
         that the reference is made of.",
    );
    let _ = write!(out, "<h3>{title}</h3><p>{about}</p>{chart}");
    out
}

/// Squares a side of the chart of pairs.
const SQUARES: usize = 40;

fn pairs(run: &BenchRun<'_>) -> String {
    let Some(base) = run.baseline else { return String::new() };
    let tested: Vec<usize> =
        (0..run.systems.len()).filter(|m| *m != base && run.systems[*m].is_tested).collect();
    let name_of_base = &run.systems[base].name;
    let about = format!(
        "Each article is a point: its score by {} from left to right, by the other method upwards; the \
         darker, the more articles. Above the diagonal the other method is better.",
        escaped(name_of_base)
    );
    let mut out = opening("Method against method", &about) + "<div class=\"pairs\">";
    for method in tested {
        let mut counts = vec![0_u32; SQUARES * SQUARES];
        let (mut better, mut worse) = (0_u32, 0_u32);
        for outcome in run.outcomes {
            let (x, y) = (outcome.score(base), outcome.score(method));
            let bin = |v: f64| ((v * SQUARES as f64) as usize).min(SQUARES - 1);
            counts[bin(y) * SQUARES + bin(x)] += 1;
            better += u32::from(y > x);
            worse += u32::from(y < x);
        }
        let most = f64::from(counts.iter().copied().max().unwrap_or(1).max(1));
        let side = 100.0 / SQUARES as f64;
        let squares: Vec<(f64, f64, f64)> = counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
            .map(|(i, count)| {
                let middle = |bin: usize| (bin as f64 + 0.5) * side;
                // The root keeps single articles visible beside the crowd.
                let share = (f64::from(*count) / most).sqrt();
                (middle(i % SQUARES), middle(i / SQUARES), share)
            })
            .collect();
        let name = &run.systems[method].name;
        let mut chart = Chart::new(name, axis(name_of_base, 0.0, 100.0), axis(name, 0.0, 100.0));
        chart.squares(side, &squares);
        chart.line("fit", &[(0.0, 0.0), (100.0, 100.0)]);
        let equal = run.outcomes.len() as u32 - better - worse;
        let verdicts: Vec<String> = run
            .bench
            .scorer
            .names()
            .iter()
            .zip(&run.comparison.rows[method])
            .filter_map(|(measure, summary)| {
                let tests = summary.tests?;
                let p = tests.randomization[1];
                let mark = if p < ALPHA { "".into() } else { translated(" (not significant)") };
                let difference = locale::number(format!("{:+.2}", 100.0 * tests.difference.mean));
                let p = locale::number(format!("{p:.4}"));
                Some(format!("{measure} {difference}, p = {p}{mark}"))
            })
            .collect();
        let counts = format!("better on {better}, worse on {worse}, equal on {equal} articles");
        let _ = write!(
            out,
            "<div><h3>{}</h3><p>{}<br>{}</p>{}</div>",
            escaped(name),
            translated(&counts),
            escaped(&verdicts.join("; ")),
            chart.finish()
        );
    }
    out + "</div>\n"
}
