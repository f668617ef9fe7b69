//! Sorted runs of counts: what does not fit in memory is sorted in parts, which are merged.
//!
//! A run holds records in the order of the bytes of their keys. Each record is written as varints
//! (length of the prefix that its key shares with the key before, length of the rest, two counts) and
//! the rest of the key, six to ten bytes for most pairs of words. Runs live where the caller wants
//! them: in memory, or in files that it removes.
//!
//! # References
//!
//! - D. E. Knuth, *The Art of Computer Programming* 3, section 5.4.1: sorting by merging runs.
//! - I. H. Witten, A. Moffat, T. C. Bell, *Managing Gigabytes*, 1999, section 4.1: front coding.

use std::io::{self, ErrorKind, Read, Write};

use crate::model::codec::write_varint;

/// Bytes that are read or written at once.
const BUFFER: usize = 1 << 16;

/// Bytes of four varints at most.
const NUMBERS: usize = 40;

/// Writes a run.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::runs::{RunReader, RunWriter, merge};
///
/// let run = |words: &[&str]| -> std::io::Result<Vec<u8>> {
///     let mut writer = RunWriter::new(Vec::new());
///     words.iter().try_for_each(|word| writer.push(word.as_bytes(), 1, 1))?;
///     writer.finish()
/// };
/// let (a, b) = (run(&["gió", "mưa"])?, run(&["mưa", "nắng"])?);
/// let mut merged = Vec::new();
/// merge(vec![RunReader::new(&a[..]), RunReader::new(&b[..])], |key, tf, df| {
///     merged.push((String::from_utf8_lossy(key).into_owned(), tf, df));
///     std::io::Result::Ok(())
/// })?;
/// assert_eq!(merged, [("gió".into(), 1, 1), ("mưa".into(), 2, 2), ("nắng".into(), 1, 1)]);
/// # std::io::Result::Ok(())
/// ```
#[derive(Debug)]
pub struct RunWriter<W> {
    sink: W,
    buffer: Vec<u8>,
    last: Vec<u8>,
}

impl<W: Write> RunWriter<W> {
    /// Begins a run.
    pub const fn new(sink: W) -> Self {
        Self { sink, buffer: Vec::new(), last: Vec::new() }
    }

    /// Adds a record; keys come in the order of their bytes, each once.
    ///
    /// # Errors
    ///
    /// Returns an error if the sink cannot be written.
    pub fn push(&mut self, key: &[u8], tf: u64, df: u64) -> io::Result<()> {
        let shared = self.last.iter().zip(key).take_while(|(a, b)| a == b).count();
        let rest = &key[shared..];
        for number in [shared as u64, rest.len() as u64, tf, df] {
            write_varint(number, &mut self.buffer);
        }
        self.buffer.extend_from_slice(rest);
        self.last.truncate(shared);
        self.last.extend_from_slice(rest);
        if self.buffer.len() >= BUFFER {
            self.sink.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Ends the run; gives the sink back.
    ///
    /// # Errors
    ///
    /// Returns an error if the sink cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.sink.write_all(&self.buffer)?;
        self.sink.flush()?;
        Ok(self.sink)
    }
}

/// Reads a run, one record after the other.
#[derive(Debug)]
pub struct RunReader<R> {
    source: R,
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
    is_read: bool,
    key: Vec<u8>,
    counts: (u64, u64),
}

impl<R: Read> RunReader<R> {
    /// Begins to read; [`RunReader::advance`] leads to the first record.
    pub fn new(source: R) -> Self {
        Self {
            source,
            buffer: vec![0; BUFFER],
            at: 0,
            filled: 0,
            is_read: false,
            key: Vec::new(),
            counts: (0, 0),
        }
    }

    /// Goes to the next record; returns false after the last one.
    ///
    /// # Errors
    ///
    /// Returns an error if the source cannot be read or is no run.
    pub fn advance(&mut self) -> io::Result<bool> {
        self.fill(NUMBERS)?;
        if self.at == self.filled {
            return Ok(false);
        }
        let (shared, rest) = (self.number()? as usize, self.number()? as usize);
        self.counts = (self.number()?, self.number()?);
        self.fill(rest)?;
        if rest > self.filled - self.at || shared > self.key.len() {
            return Err(broken());
        }
        self.key.truncate(shared);
        self.key.extend_from_slice(&self.buffer[self.at..self.at + rest]);
        self.at += rest;
        Ok(true)
    }

    /// Returns the key of the record.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// Returns the first count of the record: how often the term occurs.
    pub const fn tf(&self) -> u64 {
        self.counts.0
    }

    /// Returns the second count of the record: in how many documents the term occurs.
    pub const fn df(&self) -> u64 {
        self.counts.1
    }

    /// Reads on until so many bytes are there, or the source ends.
    fn fill(&mut self, bytes: usize) -> io::Result<()> {
        if self.filled - self.at >= bytes || self.is_read {
            return Ok(());
        }
        self.buffer.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        self.at = 0;
        while self.filled < bytes && !self.is_read {
            if self.filled == self.buffer.len() {
                // Grows with what is there: a broken length must not take all memory.
                self.buffer.resize(2 * self.filled, 0);
            }
            match self.source.read(&mut self.buffer[self.filled..]) {
                Ok(0) => self.is_read = true,
                Ok(read) => self.filled += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn number(&mut self) -> io::Result<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.buffer[..self.filled].get(self.at).ok_or_else(broken)?;
            self.at += 1;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(broken())
    }
}

fn broken() -> io::Error {
    io::Error::new(ErrorKind::InvalidData, "sorted counts are damaged")
}

/// Calls `each` with every key of the runs, in order, and the sums of its counts.
///
/// # Errors
///
/// Returns an error of a source, or that of `each`.
pub fn merge<R: Read, E: From<io::Error>>(
    mut runs: Vec<RunReader<R>>,
    mut each: impl FnMut(&[u8], u64, u64) -> Result<(), E>,
) -> Result<(), E> {
    // Numbers of the runs, the least key last.
    let mut order: Vec<usize> = Vec::new();
    for at in 0..runs.len() {
        if runs[at].advance()? {
            place(&runs, &mut order, at);
        }
    }
    let mut key = Vec::new();
    while let Some(&at) = order.last() {
        let (mut tf, mut df) = runs[at].counts;
        if order.len() == 1 {
            each(&runs[at].key, tf, df)?;
            if !runs[at].advance()? {
                order.pop();
            }
            continue;
        }
        key.clear();
        key.extend_from_slice(&runs[at].key);
        next(&mut runs, &mut order)?;
        while let Some(&other) = order.last()
            && runs[other].key == key
        {
            tf += runs[other].tf();
            df += runs[other].df();
            next(&mut runs, &mut order)?;
        }
        each(&key, tf, df)?;
    }
    Ok(())
}

/// Goes on in the run with the least key.
fn next<R: Read>(runs: &mut [RunReader<R>], order: &mut Vec<usize>) -> io::Result<()> {
    if let Some(at) = order.pop()
        && runs[at].advance()?
    {
        place(runs, order, at);
    }
    Ok(())
}

fn place<R: Read>(runs: &[RunReader<R>], order: &mut Vec<usize>, at: usize) {
    let key = runs[at].key();
    let place = order.partition_point(|&other| runs[other].key() > key);
    order.insert(place, at);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn run(records: &BTreeMap<Vec<u8>, u64>) -> Vec<u8> {
        let mut writer = RunWriter::new(Vec::new());
        for (key, &tf) in records {
            writer.push(key, tf, 1).expect("memory");
        }
        writer.finish().expect("memory")
    }

    /// Gives a byte or two at a time, as a slow disk may.
    struct Drops<'r>(&'r [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let taken = self.0.len().min(buffer.len()).min(1 + self.0.len() % 2);
            buffer[..taken].copy_from_slice(&self.0[..taken]);
            self.0 = &self.0[taken..];
            Ok(taken)
        }
    }

    #[test]
    fn merged_runs_are_the_sums() {
        let mut state = 7_u64;
        let mut random = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
            (state >> 33) % below
        };
        let (mut sums, mut runs) = (BTreeMap::new(), Vec::new());
        for _ in 0..5 {
            let mut records = BTreeMap::new();
            for _ in 0..300 {
                let length = [0, 1, 3, 9, 70_000][random(40).min(4) as usize];
                let key: Vec<u8> = (0..length).map(|_| random(3) as u8).collect();
                let tf = 1 + random(1 << 40);
                records.insert(key, tf);
            }
            for (key, tf) in &records {
                let sum: &mut (u64, u64) = sums.entry(key.clone()).or_default();
                *sum = (sum.0 + tf, sum.1 + 1);
            }
            runs.push(run(&records));
        }
        let mut merged = Vec::new();
        let readers = runs.iter().map(|run| RunReader::new(Drops(run))).collect();
        merge(readers, |key, tf, df| {
            merged.push((key.to_vec(), (tf, df)));
            io::Result::Ok(())
        })
        .expect("runs");
        assert_eq!(merged, sums.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn damaged_runs_are_errors() {
        let whole = run(&BTreeMap::from([(b"ao".to_vec(), 3), (b"bien ca".to_vec(), 1)]));
        for end in 1..whole.len() {
            let mut reader = RunReader::new(&whole[..end]);
            let mut read = 0;
            let found = loop {
                match reader.advance() {
                    Ok(true) => read += 1,
                    other => break other,
                }
            };
            assert!(found.is_err() || read == 1, "{end}");
        }
        for bytes in [&[9, 0, 1, 1][..], &[0xFF; 30], &[0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 1]] {
            assert!(RunReader::new(bytes).advance().is_err());
        }
    }
}
