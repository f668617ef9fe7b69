//! The parts of the page that are about single words: key terms, collocations, contexts.

use std::fmt::Write as _;

use super::super::Profile;
use super::super::context::Line;
use super::super::key_terms::{KeyTerm, WINDOW};
use super::{decimals, grouped};
use crate::locale::{self, translated};
use crate::report::chart::{Edge, Node, escaped, graph};

/// Characters of a word that are shown.
const LONGEST: usize = 40;

/// Terms of the graph, and the words of each.
const HUBS: usize = 12;
const LEAVES: usize = 4;

/// Key terms with the words that go with them.
pub(super) fn key_terms(profile: &Profile) -> String {
    let terms = &profile.key_terms.terms;
    if terms.is_empty() {
        return String::new();
    }
    let about = format!(
        "Terms by {} against Vietnamese news; beside each the words that stand at most {WINDOW} words \
         away in the same clause, by logDice with margins of tokens (14 at most).",
        profile.key_terms.measure
    );
    let mut out = format!(
        "<h2>{}</h2><p>{}</p><div class=\"wide\"><table class=\"terms\"><tr><th>{}</th><th>{}</th>\
         <th>{}</th><th>{}</th><th>{}</th></tr>",
        translated("Key terms and what goes with them"),
        translated(&about),
        locale::column("term"),
        translated("words"),
        translated("documents"),
        locale::column("score"),
        translated("goes with (logDice, times)")
    );
    for term in terms {
        let others: Vec<String> = term
            .collocates
            .iter()
            .map(|other| {
                let name = shown(profile, other.id);
                let dice = decimals(other.log_dice, 1);
                format!("{name}&nbsp;<small>{dice};&nbsp;{}</small>", other.count)
            })
            .collect();
        let _ = write!(
            out,
            "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td>{}</td></tr>",
            linked(profile, term.id),
            grouped(term.tf),
            grouped(term.df),
            decimals(term.score, 1),
            others.join(" · ")
        );
    }
    out + "</table></div>\n" + &collocation_graph(profile, terms)
}

fn collocation_graph(profile: &Profile, terms: &[KeyTerm]) -> String {
    let mut ids: Vec<u32> = Vec::new();
    let mut edges: Vec<(u32, u32, f64)> = Vec::new();
    let hubs: Vec<&KeyTerm> = terms.iter().take(HUBS).collect();
    for hub in &hubs {
        for other in hub.collocates.iter().take(LEAVES) {
            // An edge between two hubs is one.
            if !edges.iter().any(|&(from, to, _)| (from, to) == (other.id, hub.id)) {
                edges.push((hub.id, other.id, other.log_dice));
            }
            ids.extend([hub.id, other.id]);
        }
    }
    ids.sort_unstable();
    ids.dedup();
    if edges.is_empty() {
        return String::new();
    }
    let most = hubs.iter().map(|hub| hub.tf).max().unwrap_or(1) as f64;
    let nodes: Vec<Node> = ids
        .iter()
        .map(|&id| {
            let hub = hubs.iter().find(|hub| hub.id == id);
            Node {
                name: profile.counted.keys[id as usize].clone(),
                weight: hub.map_or(0.0, |hub| f64::sqrt(hub.tf as f64 / most)),
                link: hub.map(|hub| link(profile, hub.id).unwrap_or_else(|| "#".to_owned())),
            }
        })
        .collect();
    let at = |id: u32| ids.binary_search(&id).unwrap_or(0);
    let edges: Vec<Edge> = edges
        .into_iter()
        .map(|(from, to, dice)| Edge {
            from: at(from),
            to: at(to),
            weight: ((dice - 4.0) / 10.0).clamp(0.0, 1.0),
        })
        .collect();
    let about = format!(
        "The first {} key terms (large) and the words that go with them most; thick lines are strong \
         ties. A click on a term leads to its contexts.",
        hubs.len()
    );
    format!(
        "<h2>{}</h2><p>{}</p><div class=\"wide\">{}</div>\n",
        translated("Collocations as a graph"),
        translated(&about),
        graph(&translated("Collocations of the key terms"), &nodes, &edges)
    )
}

/// The terms in their contexts.
pub(super) fn contexts(profile: &Profile) -> String {
    if profile.contexts.is_empty() {
        return String::new();
    }
    let about = translated(
        "Some places of each term, from all over the corpus. <code>tomtat concordance</code> gives all.",
    );
    let title = translated("In context");
    let mut out = format!("<h2 id=\"contexts\">{title}</h2><p>{about}</p>");
    for (at, (id, lines)) in profile.contexts.iter().enumerate() {
        let _ = write!(
            out,
            "<details><summary>{}</summary><table class=\"kwic\" id=\"k{at}\">",
            shown(profile, *id)
        );
        for Line { left, hit, right } in lines {
            let _ = write!(
                out,
                "<tr><td>{}</td><td><b>{}</b></td><td>{}</td></tr>",
                escaped(left),
                escaped(hit),
                escaped(right)
            );
        }
        out.push_str("</table></details>");
    }
    out + "\n"
}

fn shown(profile: &Profile, id: u32) -> String {
    let key = &profile.counted.keys[id as usize];
    let mut short: String = key.chars().take(LONGEST).collect();
    if short.len() < key.len() {
        short.push('…');
    }
    escaped(&short)
}

/// Where the contexts of a word are.
pub(super) fn link(profile: &Profile, id: u32) -> Option<String> {
    let at =
        profile.contexts.iter().position(|(other, lines)| *other == id && !lines.is_empty())?;
    Some(format!("#k{at}"))
}

fn linked(profile: &Profile, id: u32) -> String {
    let name = shown(profile, id);
    match link(profile, id) {
        Some(link) => format!("<a href=\"{link}\">{name}</a>"),
        None => name,
    }
}
