//! `--pairs`: a page on which a person judges the summaries of two methods without knowing whose
//! they are.
//!
//! ROUGE counts what a summary shares with a reference; it does not see what a reader minds, such as
//! a sentence that points back to nothing. The page counts the preferences of readers, with the
//! interval of Wilson (1927).

use std::borrow::Cow;

use anyhow::{Result, bail};
use serde::Serialize;
use tomtat::eval::Random;
use tomtat::select::Budget;

use super::bench_run::Bench;
use super::method::Method;
use crate::locale::{self, translated};

const TEMPLATE: &str = include_str!("pairs.html");

/// Pairs of a page.
const MOST: usize = 60;

/// Keeps the order of a pair apart from other draws with the same seed.
const ORDER: u64 = 0x7061_6972_5F6F_7264;

#[derive(Serialize)]
struct Page<'a> {
    /// Under this name the browser keeps the verdicts.
    key: String,
    methods: [&'a str; 2],
    /// The length that was asked for.
    length: String,
    pairs: Vec<Pair<'a>>,
    texts: Texts,
}

/// What the script of the page says; `{}` and `{0}` stand for values.
#[derive(Serialize)]
struct Texts {
    place: Cow<'static, str>,
    untitled: Cow<'static, str>,
    result: Cow<'static, str>,
    undecided: Cow<'static, str>,
}

impl Texts {
    fn new() -> Self {
        Self {
            place: translated("Article {} of {}, {} judged"),
            untitled: translated("(no title)"),
            result: translated(
                "{} better {}, even {}, {} better {}: {} of the decided pairs (95 % interval {} to {})",
            ),
            undecided: translated("No pair is decided yet."),
        }
    }
}

/// The template in the language that was chosen: its texts stand in `{{=…}}`.
fn template() -> String {
    let mut page = String::new();
    let mut rest = TEMPLATE;
    while let Some((before, (text, after))) =
        rest.split_once("{{=").and_then(|(before, after)| Some((before, after.split_once("}}")?)))
    {
        page.push_str(before);
        page.push_str(&translated(text));
        rest = after;
    }
    (page + rest).replace("{{LANG}}", locale::code())
}

/// The summaries of an article, in the order in which they are shown.
#[derive(Serialize)]
struct Pair<'a> {
    id: &'a str,
    title: Option<String>,
    texts: [String; 2],
    /// The summary of the second method is shown first.
    swapped: bool,
}

/// Refuses other than two methods.
pub(super) fn check(methods: &[Method]) -> Result<()> {
    if methods.len() != 2 {
        let names: Vec<&str> = methods.iter().map(|method| method.name.as_str()).collect();
        bail!("--pairs compares two methods, found {}; name two with --method", names.join(", "));
    }
    Ok(())
}

/// A length as a person says it.
fn length_of(budget: &Budget) -> String {
    match budget {
        Budget::Auto => "auto".to_owned(),
        Budget::Ratio(ratio) => format!("{} % of the sentences", 100.0 * ratio),
        budget => match budget.limit(0) {
            1 => format!("1 {}", budget.unit().trim_end_matches('s')),
            count => format!("{count} {}", budget.unit()),
        },
    }
}

/// Renders the page of the first articles for which the methods differ.
pub(super) fn render(bench: &Bench<'_>) -> Result<String> {
    let seed = bench.arguments.statistics.seed;
    let mut worker = bench.worker();
    let mut pairs = Vec::new();
    for (at, kept) in bench.examples.iter().enumerate() {
        if pairs.len() == MOST {
            break;
        }
        let (_, predictions) = bench.predictions(at, &mut worker)?;
        let texts: Vec<String> = predictions.into_iter().map(|found| found.text).collect();
        let Ok([first, second]) = <[String; 2]>::try_from(texts) else { continue };
        if first == second {
            continue;
        }
        let swapped = Random::stream(seed ^ ORDER, kept.record as u64).below(2) == 1;
        let texts = if swapped { [second, first] } else { [first, second] };
        let title = worker.title().or_else(|| kept.example.joined().title);
        pairs.push(Pair { id: &kept.example.id, title, texts, swapped });
    }
    let [first, second] = &bench.methods[..] else { bail!("--pairs compares two methods") };
    let methods = [first.name.as_str(), second.name.as_str()];
    let length = length_of(&bench.budget);
    let key = format!("{} {} {length} {seed}", methods[0], methods[1]);
    let length = translated(&length).into_owned();
    let data = serde_json::to_string(&Page { key, methods, length, pairs, texts: Texts::new() })?;
    // A text that says `</script>` must not end the data.
    Ok(template().replace("{{DATA}}", &data.replace('<', "\\u003c")))
}
