//! Integers as bytes: LEB128 variable-length numbers, as the sections of models hold them.

use super::container::ModelError;

/// Appends `value` in seven-bit groups, the lowest first.
pub(crate) fn write_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads the numbers of a section; every read is checked.
#[derive(Debug)]
pub(crate) struct Reader<'b> {
    bytes: &'b [u8],
    section: &'static str,
    at: usize,
}

impl<'b> Reader<'b> {
    pub(crate) const fn new(section: &'static str, bytes: &'b [u8]) -> Self {
        Self { bytes, section, at: 0 }
    }

    /// An error that names the section and the byte.
    pub(crate) fn error(&self, problem: &str) -> ModelError {
        ModelError::corrupt(format!("section `{}`, byte {}: {problem}", self.section, self.at))
    }

    #[inline]
    pub(crate) fn varint(&mut self) -> Result<u64, ModelError> {
        let (mut value, mut shift) = (0u64, 0);
        loop {
            let Some(&byte) = self.bytes.get(self.at) else {
                return Err(self.error("the data ends inside a number"));
            };
            self.at += 1;
            if shift == 63 && byte > 1 {
                return Err(self.error("a number is larger than 64 bits"));
            }
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
            shift += 7;
            if shift > 63 {
                return Err(self.error("a number is larger than 64 bits"));
            }
        }
    }

    pub(crate) fn varint_u32(&mut self) -> Result<u32, ModelError> {
        let value = self.varint()?;
        u32::try_from(value).map_err(|_| self.error("a number is larger than 32 bits"))
    }

    /// Reads a number of items, each of which takes at least one byte.
    pub(crate) fn count(&mut self) -> Result<usize, ModelError> {
        let value = self.varint()?;
        if value > self.bytes.len() as u64 {
            return Err(self.error("more items are announced than there are bytes"));
        }
        Ok(value as usize)
    }

    /// Reads so many bytes.
    pub(crate) fn bytes(&mut self, length: usize) -> Result<&'b [u8], ModelError> {
        let bytes = self.at.checked_add(length).and_then(|end| self.bytes.get(self.at..end));
        let bytes = bytes.ok_or_else(|| self.error("the data ends inside a word"))?;
        self.at += length;
        Ok(bytes)
    }

    /// Returns how many bytes are left.
    pub(crate) const fn remaining(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// Checks that everything has been read.
    pub(crate) fn finish(self) -> Result<(), ModelError> {
        if self.at == self.bytes.len() { Ok(()) } else { Err(self.error("data after the end")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|&n| write_varint(n, &mut bytes));
        let mut reader = Reader::new("test", &bytes);
        for n in numbers {
            assert_eq!(reader.varint().expect("a number"), n);
        }
        reader.finish().expect("all read");
    }

    #[test]
    fn bad_numbers_are_errors() {
        assert!(Reader::new("test", &[0x80]).varint().is_err());
        assert!(Reader::new("test", &[0xFF; 11]).varint().is_err());
        assert!(Reader::new("test", &[0xFF, 0xFF, 0xFF, 0xFF, 0x7F]).varint_u32().is_err());
        assert!(Reader::new("test", &[200, 1]).count().is_err());
        assert!(Reader::new("test", &[1]).finish().is_err());
    }
}
