//! The pseudo-random numbers behind resampling: the same on every machine and in every version.
//!
//! A published confidence interval must come out again from its seed, so the generator is part
//! of this crate and part of what a seed means; it is not exchanged for another one.
//!
//! # References
//!
//! G. Steele, D. Lea, C. Flood (2014), *Fast splittable pseudorandom number generators*, OOPSLA:
//! `SplitMix64`, with the output function of its Java version. D. Lemire (2019), *Fast random
//! integer generation in an interval*, ACM TOMACS 29: the multiplication that maps to a range.

/// `SplitMix64`: 64 bits of state, period 2^64.
///
/// # Examples
///
/// ```
/// use tomtat::eval::Random;
///
/// let mut random = Random::new(1234567);
/// assert_eq!(random.next_u64(), 6457827717110365317);
/// assert_eq!(random.next_u64(), 3203168211198807973);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Random {
    state: u64,
}

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

impl Random {
    /// Starts from a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Starts the stream number `stream` of a seed.
    ///
    /// Resample b draws from stream b, whichever thread computes it, so the number of threads
    /// does not change a result. Streams start at scrambled points of one cycle; that two of
    /// 10,000 streams of a million numbers overlap has a chance of about one in 10^5.
    #[must_use]
    pub const fn stream(seed: u64, stream: u64) -> Self {
        let offset = mix(stream.wrapping_add(1).wrapping_mul(GOLDEN));
        Self { state: mix(seed ^ offset) }
    }

    /// Returns the next 64 bits.
    #[inline]
    pub const fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mix(self.state)
    }

    /// Returns a number below `n`, or 0 if `n` is 0.
    ///
    /// The high half of a product; no number is more likely than another by more than n / 2^64.
    #[inline]
    pub const fn below(&mut self, n: u64) -> u64 {
        ((self.next_u64() as u128 * n as u128) >> 64) as u64
    }

    /// Returns a number in [0, 1) with 53 random bits.
    #[inline]
    pub const fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Draws `count` different indices below `n` in increasing order, all subsets being equally
    /// likely; all indices if `count` is not below `n`.
    ///
    /// Selection sampling (Knuth, *The Art of Computer Programming* 2, algorithm 3.4.2 S).
    #[must_use]
    pub fn sample(&mut self, n: usize, count: usize) -> Vec<usize> {
        let mut chosen = Vec::with_capacity(count.min(n));
        for i in 0..n {
            let wanted = count.saturating_sub(chosen.len()) as u64;
            if self.below((n - i) as u64) < wanted {
                chosen.push(i);
            }
        }
        chosen
    }
}

/// The output function of `SplitMix64`.
const fn mix(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the expected numbers are exact")]
mod tests {
    use super::*;

    #[test]
    fn numbers_below_a_bound_are_even() {
        let mut random = Random::stream(7, 3);
        let mut counts = [0_u32; 10];
        for _ in 0..100_000 {
            counts[random.below(10) as usize] += 1;
        }
        // Expected 10,000 each, standard deviation 95.
        assert!(counts.iter().all(|count| count.abs_diff(10_000) < 500), "{counts:?}");
        assert_eq!(random.below(0), 0);
        assert_eq!(random.below(1), 0);
    }

    #[test]
    fn streams_differ() {
        let first: Vec<u64> = (0..1000).map(|s| Random::stream(1, s).next_u64()).collect();
        let mut unique = first.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), first.len());
    }

    #[test]
    fn a_seed_means_the_same_in_every_version() {
        // Worked out apart from this code, with the integers of Python.
        let mut random = Random::stream(42, 0);
        assert_eq!(random.next_u64(), 0xCA68_5846_B557_F0FC);
        assert_eq!(random.next_u64(), 0x0D5E_C61F_A641_D02E);
        assert_eq!(Random::stream(42, 1).next_u64(), 0x0B80_371C_89E2_3AA6);
        assert_eq!(Random::stream(u64::MAX, 999).next_u64(), 0xB161_6017_67FB_4A74);
    }

    #[test]
    fn samples_are_subsets_of_the_right_size() {
        let mut random = Random::new(5);
        let sample = random.sample(100, 10);
        assert_eq!(sample.len(), 10);
        assert!(sample.windows(2).all(|w| w[0] < w[1]) && sample[9] < 100);
        assert_eq!(random.sample(3, 9), [0, 1, 2]);
    }
}
