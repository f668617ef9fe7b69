//! The profile as one HTML page.

mod words;

use std::fmt::Write as _;

use tomtat::corpus::zipf_heaps::{Line, heaps_from};

use super::{Arguments, Profile};
use crate::locale::{self, translated};
use crate::report::chart::{Axis, Chart, Row, Scale, dispersion, escaped, number};
use crate::report::table::Cell;

/// Rows of the dispersion chart, at most.
pub(super) const ROWS: usize = 40;
/// Places that a row of the dispersion chart can tell apart.
const BINS: usize = 500;

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--grid:#dfe4ea;--line:#1f6feb;--fit:#d1495b;--page:#fff;--box:#f6f8fa}\
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa7b4;--grid:#2b3440;--line:#58a6ff;--fit:#ff7b8a;--page:#0d1117;--box:#161b22}}\
body{font:16px/1.5 system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif;color:var(--ink);background:var(--page);max-width:860px;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.15rem;margin:2.2rem 0 .4rem}\
p{color:var(--soft);margin:.2rem 0 .8rem}svg{width:100%;height:auto;display:block}a{color:var(--line)}\
.wide{overflow-x:auto}.wide svg{min-width:600px}.edge{stroke:var(--soft);stroke-opacity:.45}\
.hub{fill:var(--line)}.leaf{fill:var(--soft)}.hub-name{fill:var(--line);font-size:14px;font-weight:600}.leaf-name{fill:var(--ink);font-size:12px}\
a .term,.term a{fill:var(--line)}small{color:var(--soft)}summary{cursor:pointer;padding:.25rem 0}\
.kwic{font-size:.85rem;margin:.2rem 0 .8rem;scroll-margin-top:4rem}.kwic td{padding:.15rem .3rem}.kwic td:first-child{text-align:right;width:46%}.kwic td:last-child{width:46%}.kwic b{color:var(--line);white-space:nowrap}\
@media(max-width:640px){.terms th{display:none}.terms tr{display:block;border-bottom:1px solid var(--grid);padding:.3rem 0}.terms td,.terms td.n{display:inline;border:0;padding:0 .3rem 0 0;text-align:left}.terms td:last-child{display:block}.kwic tr{display:block;border-bottom:1px solid var(--grid);padding:.2rem 0}.kwic td,.kwic td:first-child{display:inline;width:auto;text-align:left;border:0;padding:0 .15rem}}\
.grid{stroke:var(--grid)}.tick{fill:var(--soft);font-size:12px}.axis{fill:var(--soft);font-size:13px}\
.term{fill:var(--ink);font-size:14px}.dot{fill:var(--line);fill-opacity:.7}.bar{fill:var(--line)}\
.curve{fill:none;stroke:var(--line);stroke-width:2}.fit{fill:none;stroke:var(--fit);stroke-width:1.5;stroke-dasharray:6 4}\
.mark{stroke:var(--line);stroke-width:1.2;stroke-opacity:.75}\
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:.6rem;margin:1rem 0}\
.card{background:var(--box);border-radius:8px;padding:.6rem .8rem}.card b{display:block;font-size:1.25rem}.card span{color:var(--soft);font-size:.85rem}\
table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{padding:.25rem .6rem;border-bottom:1px solid var(--grid);text-align:left}\
td.n{text-align:right;font-variant-numeric:tabular-nums}";

/// Writes the page; `terms` are the keys of the words whose places are shown.
pub(super) fn page(profile: &Profile, terms: &[String], arguments: &Arguments) -> String {
    let (language, title) = (locale::code(), translated("Corpus profile"));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n"
    );
    let files: Vec<String> = arguments
        .corpus
        .files
        .iter()
        .take(5)
        .map(|path| escaped(&path.display().to_string()))
        .collect();
    let more = arguments.corpus.files.len().saturating_sub(5);
    let mut source = files.join(", ");
    if files.is_empty() {
        source = translated("standard input").into_owned();
    } else if more > 0 {
        source = translated(&format!("{source} and {more} more")).into_owned();
    }
    let _ = writeln!(page, "<p>{source}</p>");
    page.push_str(&cards(profile));
    if profile.counted.sequence.is_empty() {
        let _ = writeln!(page, "<p>{}</p></body></html>", translated("There are no words in it."));
        return page;
    }
    page.push_str(&words::key_terms(profile));
    page.push_str(&places(profile, terms));
    page.push_str(&words::contexts(profile));
    page.push_str(&zipf(profile));
    page.push_str(&growth(profile));
    page.push_str(&lengths(profile));
    page.push_str(&table(profile));
    page.push_str("</body></html>\n");
    page
}

fn value(profile: &Profile, name: &str) -> String {
    profile.figures.iter().find(|f| f.name == name).map_or_else(String::new, |f| shown(&f.value))
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Count(count) => grouped(*count),
        Cell::Number(value) if value.abs() >= 100.0 => decimals(*value, 1),
        Cell::Number(value) => decimals(*value, 3),
        _ => "–".to_owned(),
    }
}

/// A number with so many decimals, as the language writes it.
pub(super) fn decimals(value: f64, count: usize) -> String {
    locale::number(format!("{value:.count$}"))
}

/// Thousands apart, by a narrow space that does not break.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202F}');
        }
        out.push(digit);
    }
    out
}

fn cards(profile: &Profile) -> String {
    let mut out = String::from("<div class=\"cards\">");
    for (name, label) in [
        ("documents", "documents"),
        ("sentences", "sentences"),
        ("words", "words"),
        ("syllables", "syllables"),
        ("types", "different words"),
        ("hapaxes", "words that occur once"),
        ("mattr", "moving-average TTR"),
        ("mtld", "MTLD"),
        ("sentence_words_mean", "words a sentence"),
        ("word_syllables_mean", "syllables a word"),
    ] {
        let _ = write!(
            out,
            "<div class=\"card\"><b>{}</b><span>{}</span></div>",
            value(profile, name),
            translated(label)
        );
    }
    out + "</div>\n"
}

fn zipf(profile: &Profile) -> String {
    let ranks = &profile.ranks;
    let most = ranks.first().map_or(1, |r| r.0) as f64;
    let x =
        Axis { name: "rank", scale: Scale::Log, least: 1.0, most: (ranks.len() as f64).max(10.0) };
    let y = Axis { name: "occurrences", scale: Scale::Log, least: 1.0, most: most.max(10.0) };
    let title = translated("Frequency by rank (Zipf)");
    let mut chart = Chart::new(&title, x, y);
    // Dots that lie apart on a logarithmic axis.
    let mut points = Vec::new();
    let mut rank = 1usize;
    while rank <= ranks.len() {
        points.push((rank as f64, ranks[rank - 1].0 as f64));
        rank = (rank + 1).max((rank as f64 * 1.035) as usize);
    }
    chart.dots(&points);
    let about = match profile.zipf {
        Some(line) => {
            // The line may begin above the chart.
            let last = ranks.iter().take_while(|r| r.0 >= 5).count().max(1) as f64;
            let fit: Vec<(f64, f64)> = (0..=200)
                .map(|i| libm::pow(last, f64::from(i) / 200.0))
                .map(|rank| (rank, power(line, rank)))
                .filter(|&(_, y)| y <= most)
                .collect();
            chart.line("fit", &fit);
            format!(
                "Frequency falls with rank as r<sup>−{}</sup> (dashed; R² {}; types of at least 5 \
                 occurrences, every decade of ranks weighs the same; at most {} % off).",
                decimals(-line.slope, 3),
                decimals(line.r2, 3),
                decimals(100.0 * profile.zipf_deviation().unwrap_or(0.0).abs(), 0)
            )
        }
        None => "Too few types for a fit.".to_owned(),
    };
    format!(
        "<h2>{title}</h2><p>{}</p><div class=\"wide\">{}</div>\n",
        translated(&about),
        chart.finish()
    )
}

fn power(line: Line, x: f64) -> f64 {
    libm::exp(line.intercept + line.slope * libm::log(x))
}

fn growth(profile: &Profile) -> String {
    let points: Vec<(f64, f64)> =
        profile.even.iter().map(|p| (p.words as f64, p.types as f64)).collect();
    let (words, types) = points.last().copied().unwrap_or((1.0, 1.0));
    let x = Axis { name: "words read", scale: Scale::Linear, least: 0.0, most: words };
    let y = Axis { name: "different words", scale: Scale::Linear, least: 0.0, most: types * 1.05 };
    let title = translated("Growth of the vocabulary (Heaps)");
    let mut chart = Chart::new(&title, x, y);
    let about = match profile.heaps {
        Some(line) => {
            // The line is drawn over what was fitted.
            let from = heaps_from(words as u64) as f64;
            let fit: Vec<(f64, f64)> = std::iter::once(from)
                .chain(points.iter().map(|point| point.0).filter(|x| *x > from))
                .map(|x| (x, power(line, x)))
                .filter(|&(_, y)| y <= types * 1.05)
                .collect();
            chart.line("fit", &fit);
            format!(
                "The vocabulary grows as {} n<sup>{}</sup> (Heaps, dashed; fitted from {from:.0} words \
                 on; R² {}, at most {} % off).",
                decimals(libm::exp(line.intercept), 2),
                decimals(line.slope, 3),
                decimals(line.r2, 3),
                decimals(100.0 * profile.heaps_deviation().unwrap_or(0.0).abs(), 1)
            )
        }
        None => "Too short for a fit.".to_owned(),
    };
    let from_zero: Vec<(f64, f64)> = std::iter::once((0.0, 0.0)).chain(points).collect();
    chart.line("curve", &from_zero);
    format!(
        "<h2>{title}</h2><p>{}</p><div class=\"wide\">{}</div>\n",
        translated(&about),
        chart.finish()
    )
}

fn places(profile: &Profile, terms: &[String]) -> String {
    let counted = &profile.counted;
    let named: Vec<(String, Option<u32>)> = if terms.is_empty() {
        let key = |id: u32| counted.keys[id as usize].clone();
        profile.key_terms.terms.iter().map(|term| (key(term.id), Some(term.id))).collect()
    } else {
        let find = |term: &String| counted.keys.iter().position(|key| key == term);
        let named = terms.iter().take(ROWS);
        named.map(|term| (term.clone(), find(term).map(|id| id as u32))).collect()
    };
    let size = counted.sequence.len();
    let mut rows: Vec<Row> = Vec::new();
    for (key, id) in named {
        let mut bins = vec![0u64; BINS];
        for (at, _) in counted.sequence.iter().enumerate().filter(|(_, word)| Some(**word) == id) {
            bins[at * BINS / size] += 1;
        }
        let most = bins.iter().max().copied().unwrap_or(0) as f64;
        let marks = (0..BINS)
            .filter(|&bin| bins[bin] > 0)
            .map(|bin| ((bin as f64 + 0.5) / BINS as f64, bins[bin] as f64 / most));
        let link = id.and_then(|id| words::link(profile, id));
        rows.push(Row { marks: marks.collect(), count: bins.iter().sum(), link, name: key });
    }
    let documents = counted.ends.len();
    let borders: Vec<f64> = if (2..=60).contains(&documents) {
        counted.ends[..documents - 1].iter().map(|&end| end as f64 / size as f64).collect()
    } else {
        Vec::new()
    };
    let about = format!(
        "Each tick is a stretch of {} words that holds the term; its height tells how often.",
        number((size as f64 / BINS as f64).ceil())
    );
    let mut about = translated(&about).into_owned();
    if !borders.is_empty() {
        about = about + " " + &translated("Thin lines part documents.");
    }
    format!(
        "<h2>{}</h2><p>{about}</p><div class=\"wide\">{}</div>\n",
        translated("Where terms occur (dispersion)"),
        dispersion(&rows, &borders)
    )
}

fn lengths(profile: &Profile) -> String {
    let mut out = format!("<h2>{}</h2>", translated("Lengths"));
    for (histogram, name, most) in [
        (&profile.counted.sentences, "words of a sentence", 80),
        (&profile.counted.word_syllables, "syllables of a word", 8),
    ] {
        let pairs = histogram.pairs();
        let shown: Vec<(u64, u64)> = pairs.iter().copied().filter(|p| p.0 <= most).collect();
        let beyond: u64 = pairs.iter().filter(|p| p.0 > most).map(|p| p.1).sum();
        let last = shown.last().map_or(1, |p| p.0) as f64;
        let top = shown.iter().map(|p| p.1).max().unwrap_or(1) as f64;
        let x = Axis { name, scale: Scale::Linear, least: 0.5, most: last + 0.5 };
        let y = Axis { name: "how many", scale: Scale::Linear, least: 0.0, most: top * 1.05 };
        let mut chart = Chart::new(&translated(name), x, y);
        chart.bars(&shown);
        if beyond > 0 {
            let more = format!("{} more are longer than {most}.", grouped(beyond));
            let _ = write!(out, "<p>{}</p>", translated(&more));
        }
        let _ = write!(out, "<div class=\"wide\">{}</div>", chart.finish());
    }
    out.push('\n');
    out
}

fn table(profile: &Profile) -> String {
    let [group, measure, value, about] = ["group", "measure", "value", "about"].map(locale::column);
    let mut out = format!(
        "<h2>{}</h2><div class=\"wide\"><table><tr><th>{group}</th><th>{measure}</th><th>{value}</th>\
         <th>{about}</th></tr>",
        translated("All figures")
    );
    for figure in &profile.figures {
        let _ = write!(
            out,
            "<tr><td>{}</td><td>{}</td><td class=\"n\">{}</td><td>{}</td></tr>",
            locale::part(figure.group),
            escaped(&figure.name),
            shown(&figure.value),
            escaped(&translated(figure.about))
        );
    }
    let sources = translated("Formulas and sources: <code>tomtat profile --explain</code>");
    out + "</table></div><p>" + &sources + "</p>\n"
}
