//! Graphs of words, as SVG.

use std::fmt::Write as _;

use super::{clipped, escaped, linked};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 560.0;
/// Room for labels, at the sides and above.
const MARGIN: (f64, f64) = (76.0, 24.0);

/// Rounds of the layout.
const ROUNDS: usize = 300;

/// A node of a graph.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) name: String,
    /// From 0 to 1.
    pub(crate) weight: f64,
    /// Where a click leads; nodes with a link are drawn larger.
    pub(crate) link: Option<String>,
}

/// An edge between two nodes, by their numbers; its weight is from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) weight: f64,
}

/// Draws a graph: nodes that are joined lie near each other.
pub(crate) fn graph(title: &str, nodes: &[Node], edges: &[Edge]) -> String {
    let places = layout(nodes.len(), edges);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">",
        escaped(title)
    );
    for &Edge { from, to, weight } in edges {
        let ((x1, y1), (x2, y2)) = (places[from], places[to]);
        let _ = write!(
            svg,
            "<line class=\"edge\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" \
             stroke-width=\"{:.1}\"/>",
            0.6 + 2.4 * weight
        );
    }
    for (node, (x, y)) in nodes.iter().zip(&places) {
        let (class, radius) =
            if node.link.is_some() { ("hub", 5.0 + 5.0 * node.weight) } else { ("leaf", 3.0) };
        let drawn = format!(
            "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"/>\
             <text class=\"{class}-name\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            y - radius - 3.0,
            escaped(&clipped(&node.name, 22))
        );
        svg.push_str(&linked(node.link.as_deref(), &drawn));
    }
    svg.push_str("</svg>");
    svg
}

/// Places of the nodes, by forces: all push each other away, edges pull (T. Fruchterman and
/// E. Reingold, "Graph Drawing by Force-directed Placement", 1991). It begins on a spiral, so the
/// same graph is drawn the same.
fn layout(count: usize, edges: &[Edge]) -> Vec<(f64, f64)> {
    let golden = std::f64::consts::PI * (3.0 - f64::sqrt(5.0));
    let mut places: Vec<(f64, f64)> = (0..count)
        .map(|i| {
            let radius = f64::sqrt((i as f64 + 0.5) / count as f64) / 2.0;
            let angle = golden * i as f64;
            (0.5 + radius * libm::cos(angle), 0.5 + radius * libm::sin(angle))
        })
        .collect();
    let ideal = 0.9 / f64::sqrt(count.max(1) as f64);
    for round in 0..ROUNDS {
        let mut moves = vec![(0.0, 0.0); count];
        for i in 0..count {
            for j in 0..i {
                let (dx, dy) = (places[i].0 - places[j].0, places[i].1 - places[j].1);
                let push = ideal * ideal / (dx * dx + dy * dy).max(1e-6);
                moves[i] = (moves[i].0 + dx * push, moves[i].1 + dy * push);
                moves[j] = (moves[j].0 - dx * push, moves[j].1 - dy * push);
            }
            // A little towards the middle, so that parts do not drift apart.
            moves[i].0 += (0.5 - places[i].0) * 0.5;
            moves[i].1 += (0.5 - places[i].1) * 0.5;
        }
        for &Edge { from, to, weight } in edges {
            let (dx, dy) = (places[from].0 - places[to].0, places[from].1 - places[to].1);
            let pull = f64::sqrt(dx * dx + dy * dy) / ideal * (0.5 + weight);
            moves[from] = (moves[from].0 - dx * pull, moves[from].1 - dy * pull);
            moves[to] = (moves[to].0 + dx * pull, moves[to].1 + dy * pull);
        }
        let heat = 0.08 * (1.0 - round as f64 / ROUNDS as f64) + 0.001;
        for (place, (dx, dy)) in places.iter_mut().zip(moves) {
            let length = f64::sqrt(dx * dx + dy * dy).max(1e-9);
            let step = length.min(heat);
            *place = (place.0 + dx / length * step, place.1 + dy / length * step);
        }
    }
    fitted(&places)
}

/// Scales the places to the room that there is.
fn fitted(places: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let scale = |values: Vec<f64>, from: f64, to: f64| -> Vec<f64> {
        let least = values.iter().copied().fold(f64::MAX, f64::min);
        let most = values.iter().copied().fold(f64::MIN, f64::max);
        let share = |value: f64| if most > least { (value - least) / (most - least) } else { 0.5 };
        values.iter().map(|&value| from + share(value) * (to - from)).collect()
    };
    let x = scale(places.iter().map(|p| p.0).collect(), MARGIN.0, WIDTH - MARGIN.0);
    let y = scale(places.iter().map(|p| p.1).collect(), MARGIN.1, HEIGHT - MARGIN.1 / 2.0);
    x.into_iter().zip(y).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_words_lie_near_each_other() {
        let nodes: Vec<Node> =
            (0..12).map(|i| Node { name: format!("từ <{i}>"), weight: 0.5, link: None }).collect();
        // Two stars that nothing joins.
        let edges: Vec<Edge> = (1..12)
            .filter(|i| *i != 6)
            .map(|i| Edge { from: i / 6 * 6, to: i, weight: 0.5 })
            .collect();
        let places = layout(nodes.len(), &edges);
        let distance =
            |a: usize, b: usize| (places[a].0 - places[b].0).hypot(places[a].1 - places[b].1);
        for i in (1..12).filter(|i| *i != 6) {
            assert!(distance(i, i / 6 * 6) < distance(i, 6 - i / 6 * 6), "{i}: {places:?}");
        }
        let svg = graph("Từ", &nodes, &edges);
        assert!(svg.contains("từ &lt;1&gt;") && !svg.contains("NaN"));
        assert!(!graph("Từ", &[], &[]).contains("NaN"));
        assert!(!graph("Từ", &nodes[..1], &[]).contains("NaN"));
    }
}
