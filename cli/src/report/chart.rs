//! Charts as SVG.

mod graph;

use std::fmt::Write as _;

use crate::locale::{self, translated};

pub(crate) use graph::{Edge, Node, graph};

/// Size of a chart, and of the room for its axes.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 380.0;
const LEFT: f64 = 76.0;
const RIGHT: f64 = 18.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 50.0;

/// How an axis counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    Linear,
    Log,
}

/// One axis: its name and what it reaches to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axis<'a> {
    pub(crate) name: &'a str,
    pub(crate) scale: Scale,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Axis<'_> {
    /// Where a value lies, from 0 to 1.
    fn place(&self, value: f64) -> f64 {
        let position = |v: f64| match self.scale {
            Scale::Linear => v,
            Scale::Log => v.max(f64::MIN_POSITIVE).log10(),
        };
        let (least, most) = (position(self.least), position(self.most));
        if most > least {
            ((position(value) - least) / (most - least)).clamp(0.0, 1.0)
        } else {
            0.5
        }
    }

    /// Round values between the ends.
    fn ticks(&self) -> Vec<f64> {
        match self.scale {
            Scale::Log => {
                let (from, to) =
                    (self.least.log10().ceil() as i32, self.most.log10().floor() as i32);
                (from..=to).map(|power| 10f64.powi(power)).collect()
            }
            Scale::Linear => {
                let rough = (self.most - self.least).max(1e-9) / 5.0;
                let power = 10f64.powf(rough.log10().floor());
                let step = [1.0, 2.0, 5.0, 10.0]
                    .map(|factor| factor * power)
                    .into_iter()
                    .find(|&step| step >= rough)
                    .unwrap_or(power);
                let (first, last) = (self.least / step, self.most / step + 1e-6);
                (first.ceil() as i64..=last.floor() as i64).map(|i| i as f64 * step).collect()
            }
        }
    }
}

/// A chart with two axes.
pub(crate) struct Chart<'a> {
    x: Axis<'a>,
    y: Axis<'a>,
    svg: String,
}

impl<'a> Chart<'a> {
    pub(crate) fn new(title: &str, x: Axis<'a>, y: Axis<'a>) -> Self {
        let mut chart = Self { x, y, svg: String::new() };
        let _ = write!(
            chart.svg,
            "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">",
            escaped(title)
        );
        for tick in y.ticks() {
            let at = chart.y_of(tick);
            let _ = write!(
                chart.svg,
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\
                 <text class=\"tick\" x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                WIDTH - RIGHT,
                LEFT - 8.0,
                at + 4.0,
                number(tick)
            );
        }
        for tick in x.ticks() {
            let at = chart.x_of(tick);
            let _ = write!(
                chart.svg,
                "<line class=\"grid\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{TOP}\" y2=\"{}\"/>\
                 <text class=\"tick\" x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                HEIGHT - BOTTOM,
                HEIGHT - BOTTOM + 18.0,
                number(tick)
            );
        }
        let _ = write!(
            chart.svg,
            "<text class=\"axis\" x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>\
             <text class=\"axis\" transform=\"translate(16 {:.1}) rotate(-90)\" \
             text-anchor=\"middle\">{}</text>",
            f64::midpoint(LEFT, WIDTH - RIGHT),
            HEIGHT - 10.0,
            escaped(&translated(x.name)),
            f64::midpoint(TOP, HEIGHT - BOTTOM),
            escaped(&translated(y.name))
        );
        chart
    }

    fn x_of(&self, value: f64) -> f64 {
        LEFT + self.x.place(value) * (WIDTH - LEFT - RIGHT)
    }

    fn y_of(&self, value: f64) -> f64 {
        HEIGHT - BOTTOM - self.y.place(value) * (HEIGHT - TOP - BOTTOM)
    }

    pub(crate) fn dots(&mut self, points: &[(f64, f64)]) {
        for &(x, y) in points {
            let (x, y) = (self.x_of(x), self.y_of(y));
            let _ =
                write!(self.svg, "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.4\"/>");
        }
    }

    pub(crate) fn line(&mut self, class: &str, points: &[(f64, f64)]) {
        let points: Vec<String> = points
            .iter()
            .map(|&(x, y)| format!("{:.1},{:.1}", self.x_of(x), self.y_of(y)))
            .collect();
        let _ = write!(self.svg, "<polyline class=\"{class}\" points=\"{}\"/>", points.join(" "));
    }

    /// Bars from 0 up, each half a unit to both sides of its value.
    pub(crate) fn bars(&mut self, bars: &[(u64, u64)]) {
        for &(x, y) in bars {
            let (from, to) = (self.x_of(x as f64 - 0.5), self.x_of(x as f64 + 0.5));
            let gap = if to - from > 4.0 { 0.5 } else { 0.0 };
            let top = self.y_of(y as f64);
            let _ = write!(
                self.svg,
                "<rect class=\"bar\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\">\
                 <title>{x}: {y}</title></rect>",
                from + gap,
                (to - from - 2.0 * gap).max(0.2),
                HEIGHT - BOTTOM - top
            );
        }
    }

    /// Squares around their middle, the darker the greater their share (0 to 1).
    pub(crate) fn squares(&mut self, side: f64, squares: &[(f64, f64, f64)]) {
        for &(x, y, share) in squares {
            let (left, right) = (self.x_of(x - side / 2.0), self.x_of(x + side / 2.0));
            let (top, bottom) = (self.y_of(y + side / 2.0), self.y_of(y - side / 2.0));
            let _ = write!(
                self.svg,
                "<rect class=\"square\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" \
                 height=\"{:.1}\" fill-opacity=\"{:.2}\"/>",
                right - left,
                bottom - top,
                share.clamp(0.06, 1.0)
            );
        }
    }

    pub(crate) fn finish(mut self) -> String {
        self.svg.push_str("</svg>");
        self.svg
    }
}

/// A term in the chart of places.
pub(crate) struct Row {
    pub(crate) name: String,
    /// Where a click on the name leads.
    pub(crate) link: Option<String>,
    pub(crate) count: u64,
    /// Places and heights, from 0 to 1.
    pub(crate) marks: Vec<(f64, f64)>,
}

/// Ticks where each term occurs, a row a term.
pub(crate) fn dispersion(rows: &[Row], borders: &[f64]) -> String {
    const ROW: f64 = 30.0;
    const NAMES: f64 = 190.0;
    let height = ROW * rows.len() as f64 + 34.0;
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">",
        translated("Where terms occur (dispersion)")
    );
    let wide = WIDTH - NAMES - RIGHT;
    let bottom = ROW * rows.len() as f64 + 6.0;
    for border in borders {
        let x = NAMES + border * wide;
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"6\" y2=\"{bottom:.1}\"/>"
        );
    }
    for (i, Row { name, link, count, marks }) in rows.iter().enumerate() {
        let top = 6.0 + ROW * i as f64;
        let _ = write!(
            svg,
            "<text class=\"term\" x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{} \
             <tspan class=\"tick\">{count}</tspan></text><path class=\"mark\" d=\"",
            NAMES - 10.0,
            top + 19.0,
            linked(link.as_deref(), &escaped(&clipped(name, 18))),
        );
        for (place, height) in marks {
            let height = (ROW - 8.0) * height.max(0.12);
            let _ = write!(svg, "M{:.1} {:.1}v-{height:.1}", NAMES + place * wide, top + ROW - 4.0);
        }
        svg.push_str("\"/>");
    }
    let labels = ["start of the corpus", "end of the corpus"].map(translated);
    for ((share, anchor), label) in [(0.0, "start"), (1.0, "end")].into_iter().zip(labels) {
        let _ = write!(
            svg,
            "<text class=\"tick\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{label}</text>",
            NAMES + share * wide,
            bottom + 18.0
        );
    }
    svg.push_str("</svg>");
    svg
}

/// A value with its interval, a row each.
pub(crate) struct Estimate {
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// Class of the marks.
    pub(crate) class: &'static str,
}

/// Values with their intervals, one below the other.
pub(crate) fn estimates(title: &str, rows: &[Estimate], reference: Option<f64>) -> String {
    const ROW: f64 = 26.0;
    const NAMES: f64 = 170.0;
    const VALUES: f64 = 70.0;
    let most = rows.iter().fold(0.0, |most: f64, row| most.max(row.high)).max(1e-9);
    let axis = Axis { name: "", scale: Scale::Linear, least: 0.0, most: most * 1.04 };
    let wide = WIDTH - NAMES - VALUES;
    let x_of = |value: f64| NAMES + axis.place(value) * wide;
    let bottom = ROW * rows.len() as f64 + 6.0;
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"{}\">",
        bottom + 26.0,
        escaped(title)
    );
    for tick in axis.ticks() {
        let x = x_of(tick);
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"6\" y2=\"{bottom:.1}\"/>\
             <text class=\"tick\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            bottom + 18.0,
            number(tick)
        );
    }
    if let Some(reference) = reference {
        let x = x_of(reference);
        let _ = write!(
            svg,
            "<line class=\"fit\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"6\" y2=\"{bottom:.1}\"/>"
        );
    }
    for (i, row) in rows.iter().enumerate() {
        let y = 6.0 + ROW * (i as f64 + 0.5);
        let (low, high) = (x_of(row.low), x_of(row.high));
        let _ = write!(
            svg,
            "<text class=\"term\" x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\
             <line class=\"range {}\" x1=\"{low:.1}\" x2=\"{high:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <circle class=\"point {}\" cx=\"{:.1}\" cy=\"{y:.1}\" r=\"4\"/>\
             <text class=\"tick\" x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            NAMES - 10.0,
            y + 4.0,
            escaped(&clipped(&row.name, 20)),
            row.class,
            row.class,
            x_of(row.value),
            WIDTH - 4.0,
            y + 4.0,
            locale::number(format!("{:.2}", row.value))
        );
    }
    svg.push_str("</svg>");
    svg
}

/// Markup as a link, if there is one.
fn linked(link: Option<&str>, markup: &str) -> String {
    match link {
        Some(link) => format!("<a href=\"{}\">{markup}</a>", escaped(link)),
        None => markup.to_owned(),
    }
}

fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most - 1).collect();
    short.push('…');
    short
}

/// A number as an axis shows it.
pub(crate) fn number(value: f64) -> String {
    let size = value.abs();
    match size {
        _ if size >= 1e6 => trimmed(value / 1e6) + " M",
        _ if size >= 1e4 => trimmed(value / 1e3) + " k",
        _ => trimmed(value),
    }
}

fn trimmed(value: f64) -> String {
    let text = format!("{value:.2}");
    locale::number(text.trim_end_matches('0').trim_end_matches('.').to_owned())
}

/// Text as HTML and SVG hold it.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let axis = |scale, least, most| Axis { name: "", scale, least, most };
        assert_eq!(axis(Scale::Linear, 0.0, 23.0).ticks(), [0.0, 5.0, 10.0, 15.0, 20.0]);
        assert_eq!(axis(Scale::Log, 1.0, 1500.0).ticks(), [1.0, 10.0, 100.0, 1000.0]);
        assert_eq!(axis(Scale::Linear, 0.0, 0.0).ticks().len(), 1);
    }

    #[test]
    fn markup_in_terms_is_escaped() {
        let rows =
            [Row { name: "<b>&\"".to_owned(), link: None, count: 1, marks: vec![(0.5, 1.0)] }];
        let svg = dispersion(&rows, &[]);
        assert!(svg.contains("&lt;b&gt;&amp;&quot;") && !svg.contains("<b>"));
    }
}
