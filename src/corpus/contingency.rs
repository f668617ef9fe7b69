//! Tables of two by two counts, and the tests that associations and keyness share.

/// How often two things occur together, apart, and not at all.
///
/// ```text
///            second    not second
/// first      o11       o12          r1
/// not first  o21       o22          r2
///            c1        c2           n
/// ```
///
/// # Examples
///
/// ```
/// use tomtat::corpus::contingency::Table;
///
/// let table = Table::from_margins(8, 15, 20, 1000).expect("counts that agree");
/// assert_eq!(table.cells(), [8.0, 7.0, 12.0, 973.0]);
/// assert_eq!(table.expected(), 0.3);
/// assert!(Table::from_margins(16, 15, 20, 1000).is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Table {
    o11: f64,
    r1: f64,
    c1: f64,
    n: f64,
}

impl Table {
    /// Makes a table from the joint count, the two margins and the sum; `None` if a cell would be
    /// negative or nothing was counted.
    #[must_use]
    pub fn from_margins(o11: u64, r1: u64, c1: u64, n: u64) -> Option<Self> {
        let possible = n > 0 && o11 <= r1 && o11 <= c1 && r1 <= n && c1 <= n && r1 + c1 - o11 <= n;
        possible.then_some(Self { o11: o11 as f64, r1: r1 as f64, c1: c1 as f64, n: n as f64 })
    }

    /// Makes a table from a term that occurs `a` times among `size_a` and `b` times among `size_b`.
    #[must_use]
    pub(crate) fn of_corpora(a: u64, size_a: u64, b: u64, size_b: u64) -> Option<Self> {
        Self::from_margins(a, size_a, a + b, size_a + size_b)
    }

    /// Returns o11, o12, o21, o22.
    #[must_use]
    pub fn cells(&self) -> [f64; 4] {
        [self.o11, self.r1 - self.o11, self.c1 - self.o11, self.n - self.r1 - self.c1 + self.o11]
    }

    /// Returns r1, r2, c1, c2.
    #[must_use]
    pub fn margins(&self) -> [f64; 4] {
        [self.r1, self.n - self.r1, self.c1, self.n - self.c1]
    }

    /// Returns the sum of all cells.
    #[must_use]
    pub const fn sum(&self) -> f64 {
        self.n
    }

    /// Returns the joint count that chance would give: r1 c1 / n.
    #[must_use]
    pub fn expected(&self) -> f64 {
        self.r1 * self.c1 / self.n
    }

    /// Returns the log-likelihood ratio over the four cells.
    #[must_use]
    pub(crate) fn log_likelihood(&self) -> f64 {
        let [r1, r2, c1, c2] = self.margins();
        let expected = [r1 * c1, r1 * c2, r2 * c1, r2 * c2];
        let cells = self.cells();
        let sum =
            cells.iter().zip(expected).fold(0.0, |sum, (&o, e)| sum + surprise(o, e / self.n));
        // Rounding may leave a little less than nothing.
        (2.0 * sum).max(0.0)
    }

    /// Returns the chi-squared statistic without correction.
    #[must_use]
    pub(crate) fn chi_squared(&self) -> f64 {
        let [o11, o12, o21, o22] = self.cells();
        let [r1, r2, c1, c2] = self.margins();
        let margins = r1 * r2 * c1 * c2;
        if margins == 0.0 {
            return 0.0;
        }
        let determinant = o11 * o22 - o12 * o21;
        determinant / margins * determinant * self.n
    }

    /// Returns the p-value of Fisher's exact test, two-sided: the probability of all tables with the
    /// same margins that are at most as likely as this one.
    ///
    /// Logarithms of factorials limit the precision to some 1e-6 of the value in corpora of 10⁸.
    #[must_use]
    pub fn fisher(&self) -> f64 {
        let (least, most) = ((self.r1 + self.c1 - self.n).max(0.0), self.r1.min(self.c1));
        let mode =
            f64::floor((self.r1 + 1.0) * (self.c1 + 1.0) / (self.n + 2.0)).clamp(least, most);
        let log = |x: f64| {
            ln_choose(self.r1, x) + ln_choose(self.n - self.r1, self.c1 - x)
                - ln_choose(self.n, self.c1)
        };
        let here = log(self.o11);
        // Tables that are as likely but for rounding count as such.
        let limit = here + 1e-7 * (1.0 + here.abs() * 1e-9);
        let tail = |from: f64, step: f64| self.tail(from, step, log(from), (least, most));
        let sum = if self.o11 < mode {
            let upper = bisect(mode, most, |x| log(x) <= limit);
            tail(self.o11, -1.0) + upper.map_or(0.0, |x| tail(x, 1.0))
        } else {
            let lower = bisect(-mode, -least, |x| log(-x) <= limit);
            tail(self.o11, 1.0)
                + lower.map(|x| -x).filter(|&x| x < self.o11).map_or(0.0, |x| tail(x, -1.0))
        };
        if here >= log(mode) - 1e-9 { 1.0 } else { sum.min(1.0) }
    }

    /// Adds up the hypergeometric probabilities from `x` on, away from the mode.
    fn tail(&self, mut x: f64, step: f64, log: f64, (least, most): (f64, f64)) -> f64 {
        let (mut term, mut sum) = (1.0, 0.0);
        loop {
            sum += term;
            let next = x + step;
            if next < least || next > most {
                break;
            }
            let (high, rest) = (x.max(next), self.n - self.r1 - self.c1);
            let up = (self.r1 - high + 1.0) * (self.c1 - high + 1.0) / (high * (rest + high));
            term *= if step > 0.0 { up } else { 1.0 / up };
            if term < sum * 1e-17 {
                break;
            }
            x = next;
        }
        sum * libm::exp(log)
    }
}

/// The least whole number from `low` to `high` where `holds` is true, if it is monotone.
fn bisect(low: f64, high: f64, holds: impl Fn(f64) -> bool) -> Option<f64> {
    if !holds(high) {
        return None;
    }
    let (mut low, mut high) = (low, high);
    while low < high {
        let middle = f64::floor(f64::midpoint(low, high));
        if holds(middle) { high = middle } else { low = middle + 1.0 }
    }
    Some(high)
}

fn ln_choose(n: f64, k: f64) -> f64 {
    libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0)
}

/// o ln(o / e), 0 for nothing observed.
pub(crate) fn surprise(o: f64, e: f64) -> f64 {
    if o > 0.0 && e > 0.0 { o * libm::log(o / e) } else { 0.0 }
}

/// Returns the probability that a chi-squared variable with one degree of freedom exceeds `x`.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::contingency::chi_squared_p;
///
/// assert!((chi_squared_p(3.841_458_820_694_124) - 0.05).abs() < 1e-12);
/// ```
#[must_use]
pub fn chi_squared_p(x: f64) -> f64 {
    libm::erfc(f64::sqrt(x.max(0.0) / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(o11: u64, r1: u64, c1: u64, n: u64) -> Table {
        Table::from_margins(o11, r1, c1, n).expect("counts that agree")
    }

    #[test]
    fn fisher_tastes_tea() {
        // Fisher 1935: eight cups, four of each kind; three right. One side is (16 + 1) / 70.
        assert!((table(3, 4, 4, 8).fisher() - 34.0 / 70.0).abs() < 1e-12);
        assert!((table(4, 4, 4, 8).fisher() - 2.0 / 70.0).abs() < 1e-12);
        assert!((table(2, 4, 4, 8).fisher() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn fisher_adds_up_all_unlikely_tables() {
        let choose = |n: u64, k: u64| (0..k).fold(1.0, |p, i| p * (n - i) as f64 / (i + 1) as f64);
        for (r1, c1, n) in [(5, 7, 20), (12, 3, 18), (9, 9, 17), (1, 1, 40), (10, 16, 20)] {
            let chance = |x: u64| choose(r1, x) * choose(n - r1, c1 - x) / choose(n, c1);
            let possible = || (r1 + c1).saturating_sub(n)..=r1.min(c1);
            for x in possible() {
                let all: f64 =
                    possible().map(chance).filter(|&p| p <= chance(x) * (1.0 + 1e-7)).sum();
                let found = table(x, r1, c1, n).fisher();
                assert!((found - all).abs() < 1e-9, "{x} of {r1}, {c1}, {n}: {found} {all}");
            }
        }
    }

    #[test]
    fn likelihood_and_chi_squared_by_hand() {
        // Cells 10, 20, 30, 40: determinant 400 - 600 = -200; 100 · 40000 / (30 · 70 · 40 · 60).
        let t = table(10, 30, 40, 100);
        assert!((t.chi_squared() - 4_000_000.0 / 5_040_000.0).abs() < 1e-12);
        let by_hand = 2.0
            * (10.0 * (10.0f64 / 12.0).ln()
                + 20.0 * (20.0f64 / 18.0).ln()
                + 30.0 * (30.0f64 / 28.0).ln()
                + 40.0 * (40.0f64 / 42.0).ln());
        assert!((t.log_likelihood() - by_hand).abs() < 1e-12);
        assert!(table(12, 30, 40, 100).log_likelihood() < 1e-12);
    }
}
