//! ROUGE-L: length of the longest common subsequence, 64 columns of the table at a time.
//!
//! # References
//!
//! M. Crochemore, C. Iliopoulos, Y. Pinzon, J. Reid (2001), *A fast and practical bit-vector
//! algorithm for the longest common subsequence problem*, Information Processing Letters 80;
//! H. Hyyrö (2004), *Bit-parallel LCS-length computation revisited*, AWOCA, whose update
//! `V ← (V + (V & M)) | (V & ¬M)` is used here. A zero bit of V marks a column where the table
//! grows by one.

/// Buffers that are reused from pair to pair.
#[derive(Debug, Default)]
pub(crate) struct LcsBuffers {
    /// Columns of the block in which each token stands.
    masks: Vec<u64>,
    /// Carry of each row into the next block.
    carries: Vec<u8>,
}

/// Returns the length of the longest common subsequence of `a` and `b`.
///
/// Tokens are numbers below `types`; larger numbers match nothing. Takes time
/// |a| · |b| / 64 and memory in |a| + |b| + `types`.
pub(crate) fn length(a: &[u32], b: &[u32], types: usize, buffers: &mut LcsBuffers) -> u64 {
    let (columns, rows) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let LcsBuffers { masks, carries } = buffers;
    if masks.len() < types {
        masks.resize(types, 0);
    }
    if columns.len() <= 64 {
        set_masks(masks, columns, types);
        let mut v = !0_u64;
        for token in rows {
            let mask = masks[..types].get(*token as usize).copied().unwrap_or(0);
            let u = v & mask;
            v = v.wrapping_add(u) | (v & !mask);
        }
        clear_masks(masks, columns, types);
        return zeros(v, columns.len());
    }
    carries.clear();
    carries.resize(rows.len(), 0);
    let mut length = 0;
    for block in columns.chunks(64) {
        set_masks(masks, block, types);
        let mut v = !0_u64;
        for (token, carry) in rows.iter().zip(carries.iter_mut()) {
            let mask = masks[..types].get(*token as usize).copied().unwrap_or(0);
            v = step(v, mask, carry);
        }
        clear_masks(masks, block, types);
        length += zeros(v, block.len());
    }
    length
}

/// Advances one row of one block; `carry` is 0 or 1, in and out.
#[inline]
pub(super) fn step(v: u64, mask: u64, carry: &mut u8) -> u64 {
    let (sum, first) = v.overflowing_add(v & mask);
    let (sum, second) = sum.overflowing_add(u64::from(*carry));
    *carry = u8::from(first | second);
    sum | (v & !mask)
}

pub(super) fn set_masks(masks: &mut [u64], block: &[u32], types: usize) {
    for (i, token) in block.iter().enumerate() {
        if let Some(mask) = masks[..types].get_mut(*token as usize) {
            *mask |= 1 << i;
        }
    }
}

pub(super) fn clear_masks(masks: &mut [u64], block: &[u32], types: usize) {
    for token in block {
        if let Some(mask) = masks[..types].get_mut(*token as usize) {
            *mask = 0;
        }
    }
}

fn zeros(v: u64, columns: usize) -> u64 {
    let inside = if columns == 64 { !0 } else { (1 << columns) - 1 };
    u64::from((!v & inside).count_ones())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quadratic(a: &[u32], b: &[u32]) -> u64 {
        let mut table = vec![vec![0_u64; b.len() + 1]; a.len() + 1];
        for i in 1..=a.len() {
            for j in 1..=b.len() {
                table[i][j] = if a[i - 1] == b[j - 1] {
                    table[i - 1][j - 1] + 1
                } else {
                    table[i - 1][j].max(table[i][j - 1])
                };
            }
        }
        table[a.len()][b.len()]
    }

    #[test]
    fn hand_worked_lengths() {
        let mut buffers = LcsBuffers::default();
        assert_eq!(length(&[], &[1], 2, &mut buffers), 0);
        assert_eq!(length(&[0, 1, 2, 3], &[1, 3, 0, 2], 4, &mut buffers), 2);
        assert_eq!(length(&[0, 1, 2, 3], &[0, 9, 2, 9, 3], 4, &mut buffers), 3);
    }

    proptest! {
        #[test]
        fn length_agrees_with_the_quadratic_table(
            a in prop::collection::vec(0_u32..7, 0..200),
            b in prop::collection::vec(0_u32..7, 0..200),
        ) {
            let mut buffers = LcsBuffers::default();
            let expected = quadratic(&a, &b);
            prop_assert_eq!(length(&a, &b, 7, &mut buffers), expected);
            // The buffers are clean afterwards.
            prop_assert_eq!(length(&b, &a, 7, &mut buffers), expected);
        }
    }
}
