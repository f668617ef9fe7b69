//! Eight bytes at a time in one register (Warren, Hacker's Delight, section 6-1).

/// One in each byte.
pub(crate) const ONES: u64 = 0x0101_0101_0101_0101;

/// The high bit of each byte.
pub(crate) const HIGHS: u64 = 0x80 * ONES;

/// Marks, with their high bit, the bytes whose low seven bits are at least `least`, which is above
/// zero.
#[inline]
pub(crate) const fn at_least(bytes: u64, least: u8) -> u64 {
    ((bytes & !HIGHS) + (0x80 - least as u64) * ONES) & HIGHS
}

/// Marks the bytes that are zero with their high bit.
#[inline]
pub(crate) const fn zeros(bytes: u64) -> u64 {
    !(((bytes & !HIGHS) + !HIGHS) | bytes) & HIGHS
}

/// Keeps the first `count` bytes in the order of memory, fewer than eight.
#[inline]
pub(crate) const fn first(bytes: u64, count: u32) -> u64 {
    bytes & ((1 << (8 * count)) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_compared_by_itself() {
        for byte in 0..=255_u8 {
            for other in [0, 0x7F, 0x80, 0xFF] {
                let bytes =
                    u64::from_le_bytes([other, byte, other, byte, other, byte, other, byte]);
                for least in [1, b'0', b'a', 0x7F] {
                    let expected = byte & 0x7F >= least;
                    assert_eq!(at_least(bytes, least) >> 8 & 0x80 != 0, expected, "{byte:#x}");
                }
                assert_eq!((zeros(bytes) >> 8) & 0x80 != 0, byte == 0, "{byte:#x}");
            }
        }
        assert_eq!(first(0x0807_0605_0403_0201, 3), 0x0003_0201);
        assert_eq!(first(u64::MAX, 0), 0);
    }
}
