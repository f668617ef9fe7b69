//! One gradient step on one sentence: forward and backward sums over a chain with two states.

use super::Join;
use super::features::{Position, Weights};
use crate::words::crf::PAD;

/// Probability that a gap is joined, and that it and the gap before are.
#[derive(Clone, Copy, Debug, Default)]
struct Marginal {
    join: f32,
    both: f32,
}

/// Buffers of a training step.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    /// Odds of joining a gap, and the factor if the gap before is joined.
    odds: Vec<[f32; 2]>,
    forward: Vec<[f32; 2]>,
    expected: Vec<Marginal>,
    target: Vec<Marginal>,
}

/// Probabilities closer to their target than this cause no step.
const CLOSE_ENOUGH: f32 = 1e-3;

impl Chain {
    /// Moves `weights` so that the known decisions of a padded sentence become more likely.
    pub(super) fn step(
        &mut self,
        weights: &mut Weights,
        positions: &[Position],
        uncased: bool,
        rate: f32,
    ) {
        // The gaps lie after the positions PAD to `last`, inclusive.
        let Some(last) = positions.len().checked_sub(PAD + 2).filter(|&last| last >= PAD) else {
            return;
        };
        self.odds.clear();
        for at in PAD..=last {
            if positions[at].blocked {
                self.odds.push([0.0, 1.0]);
                continue;
            }
            let (mut join, mut chain) = (0.0, 0.0);
            weights.visit(positions, at, uncased, |w| join += *w, |w| chain += *w);
            self.odds.push([exp(join), exp(chain)]);
        }
        let gaps = &positions[PAD..=last];
        let partial = gaps.iter().any(|gap| gap.join == Join::Unknown);
        marginals(&self.odds, &mut self.forward, &mut self.expected, |_| [true, true]);
        self.target.clear();
        if partial {
            let allowed = |i: usize| match gaps[i].join {
                Join::Split => [true, false],
                Join::Joined => [false, true],
                Join::Unknown => [true, true],
            };
            marginals(&self.odds, &mut self.forward, &mut self.target, allowed);
        } else {
            let mut joined_before = 0.0;
            self.target.extend(gaps.iter().map(|gap| {
                let join = if gap.join == Join::Joined { 1.0 } else { 0.0 };
                let both = join * std::mem::replace(&mut joined_before, join);
                Marginal { join, both }
            }));
        }
        for at in PAD..=last {
            let (target, expected) = (self.target[at - PAD], self.expected[at - PAD]);
            let join = target.join - expected.join;
            let both = target.both - expected.both;
            if positions[at].blocked || join.abs().max(both.abs()) < CLOSE_ENOUGH {
                continue;
            }
            weights.visit(positions, at, uncased, |w| *w += rate * join, |w| *w += rate * both);
        }
    }
}

/// Computes the marginals of a chain restricted to the `allowed` states (split, join).
fn marginals(
    odds: &[[f32; 2]],
    forward: &mut Vec<[f32; 2]>,
    out: &mut Vec<Marginal>,
    allowed: impl Fn(usize) -> [bool; 2],
) {
    let open = |i: usize, split: f32, join: f32| {
        let [can_split, can_join] = allowed(i);
        let (split, join) =
            (if can_split { split } else { 0.0 }, if can_join { join } else { 0.0 });
        let sum = split + join;
        if sum > 0.0 { [split / sum, join / sum] } else { [0.5, 0.5] }
    };
    forward.clear();
    let mut last = [1.0, 0.0];
    for (i, &[join, chain]) in odds.iter().enumerate() {
        last = open(i, last[0] + last[1], join * (last[0] + chain * last[1]));
        forward.push(last);
    }
    out.clear();
    out.resize(odds.len(), Marginal::default());
    let mut backward = [1.0f32, 1.0];
    for i in (0..odds.len()).rev() {
        let [split, join] = [forward[i][0] * backward[0], forward[i][1] * backward[1]];
        let all = split + join;
        let before = if i > 0 { forward[i - 1] } else { [1.0, 0.0] };
        let [odd, chain] = odds[i];
        out[i].join = if all > 0.0 { join / all } else { 0.0 };
        let (fresh, chained) = (before[0], before[1] * chain);
        let sum = fresh + chained;
        out[i].both = if sum > 0.0 { out[i].join * chained / sum } else { 0.0 };
        let [can_split, can_join] = allowed(i);
        let to_split = if can_split { backward[0] } else { 0.0 };
        let to_join = if can_join { odd * backward[1] } else { 0.0 };
        let next = [to_split + to_join, to_split + to_join * chain];
        let scale = next[0] + next[1];
        backward = if scale > 0.0 { [next[0] / scale, next[1] / scale] } else { [0.5, 0.5] };
    }
}

/// e to the power of `x`, the same bits on every machine; relative error below 1e-6.
///
/// `f32::exp` depends on the C library; this is the polynomial of degree 6 on the remainder after
/// the nearest power of two. Arguments beyond ±40 are clipped.
fn exp(x: f32) -> f32 {
    let x = x.clamp(-40.0, 40.0);
    let power = (x * std::f32::consts::LOG2_E).round();
    let r = x - power * std::f32::consts::LN_2;
    let series = 1.0
        + r * (1.0
            + r * (1.0 / 2.0
                + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0))))));
    series * f32::from_bits(((power as i32 + 127) as u32) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_close() {
        for i in -4000..4000 {
            let x = i as f32 / 100.0;
            let exact = f64::from(x).exp();
            let error = (f64::from(exp(x)) - exact).abs() / exact;
            assert!(error < 4e-6, "{x}: {error}");
        }
    }

    /// Marginals by enumeration of all sequences.
    fn enumerated(odds: &[[f32; 2]], allowed: &[[bool; 2]]) -> Vec<Marginal> {
        let n = odds.len();
        let mut sums = vec![Marginal::default(); n];
        let mut all = 0.0;
        for bits in 0..1usize << n {
            let state = |i: usize| bits >> i & 1;
            if (0..n).any(|i| !allowed[i][state(i)]) {
                continue;
            }
            let weight: f32 = (0..n)
                .map(|i| match (i > 0 && state(i - 1) == 1, state(i)) {
                    (_, 0) => 1.0,
                    (false, _) => odds[i][0],
                    (true, _) => odds[i][0] * odds[i][1],
                })
                .product();
            all += weight;
            for (i, sum) in sums.iter_mut().enumerate() {
                if state(i) == 1 {
                    sum.join += weight;
                    sum.both += if i > 0 && state(i - 1) == 1 { weight } else { 0.0 };
                }
            }
        }
        sums.iter().map(|m| Marginal { join: m.join / all, both: m.both / all }).collect()
    }

    #[test]
    fn marginals_are_those_of_all_sequences() {
        let odds = [[0.5, 2.0], [3.0, 0.25], [1.5, 4.0], [0.1, 10.0], [2.0, 0.5]];
        let both = [true, true];
        for allowed in [
            [both; 5],
            [[true, false], both, both, [false, true], both],
            [both, [false, true], both, both, [true, false]],
        ] {
            let (mut forward, mut found) = (Vec::new(), Vec::new());
            marginals(&odds, &mut forward, &mut found, |i| allowed[i]);
            for (found, wanted) in found.iter().zip(enumerated(&odds, &allowed)) {
                assert!((found.join - wanted.join).abs() < 1e-5, "{found:?} {wanted:?}");
                assert!((found.both - wanted.both).abs() < 1e-5, "{found:?} {wanted:?}");
            }
        }
    }
}
