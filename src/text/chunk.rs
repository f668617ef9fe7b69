//! Sixteen bytes at a time.

/// Bytes of a chunk.
pub(crate) const CHUNK: usize = 16;

/// Sixteen bytes from place `16 - n` on keep the first `n` bytes of others.
static KEPT: [u8; 2 * CHUNK] = {
    let mut bytes = [0; 2 * CHUNK];
    let mut i = 0;
    while i < CHUNK {
        bytes[i] = 0xFF;
        i += 1;
    }
    bytes
};

/// Returns a mask that keeps the first bytes of a chunk, up to all of them; `None` beyond.
#[inline]
pub(crate) fn keep_first(count: usize) -> Option<&'static [u8; CHUNK]> {
    KEPT.get(CHUNK.checked_sub(count)?..)?.first_chunk()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_so_many_bytes() {
        for count in 0..=CHUNK {
            let kept = keep_first(count).expect("a mask");
            assert!(kept.iter().enumerate().all(|(i, &byte)| (byte == 0xFF) == (i < count)));
        }
        assert_eq!(keep_first(CHUNK + 1), None);
    }
}
