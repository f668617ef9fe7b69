//! Statistics as bytes, in the container of [`crate::model::container`].
//!
//! ```text
//! header       kind "terms"; no name and no corpus, so that merged files are those of one run
//! counting     varints: unit (and twice the number of the stemmer), least n, greatest n, skip, positions?, spellings?, documents, items,
//!              error_bound, five totals, terms, blocks
//! terms-K      block K: for each term, sorted by key: length of the prefix shared with the key
//!              before in the block, length of the rest, the rest, tf, df, undercount
//! documents    with positions: items of each document
//! positions-K     for each term of block K: length in bytes, gaps
//! spellings-K  for each term of block K: number of spellings, then length, bytes and count of each
//! ```
//!
//! Terms and spellings are sorted, so equal statistics have equal files.

use std::collections::BTreeMap;

use super::super::ngram::{self, MAX_N, NgramOptions, TermUnit, WORD_BREAK};
use super::super::stem::StemLanguage;
use super::positions::{List, Positions};
use super::{CountOptions, TermStatistics};
use crate::model::codec::{Reader, write_varint};
use crate::model::{Container, ContainerBuilder, ModelError, ModelInfo};

const KIND: &str = "terms";

/// Terms of one section; keeps sections far below what a reader accepts.
const BLOCK: usize = 1 << 18;

/// Version of what the sections hold.
const VERSION: f64 = 1.0;

impl TermStatistics {
    /// Writes a file; equal statistics give equal bytes.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::Analyzer;
    /// use tomtat::corpus::statistics::TermStatistics;
    ///
    /// let mut statistics = TermStatistics::default();
    /// statistics.add(&Analyzer::new().analyze("Mưa to ở miền Trung."));
    /// let read = TermStatistics::read(&statistics.write())?;
    /// assert_eq!(read.terms().len(), statistics.terms().len());
    /// # Ok::<(), tomtat::model::ModelError>(())
    /// ```
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut info = ModelInfo::new(KIND, "");
        "tomtat terms --save".clone_into(&mut info.command);
        info.scores.insert("version".into(), VERSION);
        info.scores.insert("documents".into(), self.documents as f64);
        info.scores.insert("items".into(), self.items as f64);
        info.scores.insert("terms".into(), self.len() as f64);
        let mut builder = ContainerBuilder::new(info);
        let terms = self.terms();
        let ngrams = self.options.ngrams;
        let mut data = Vec::new();
        for number in [
            u64::from(ngrams.unit() == TermUnit::Syllable) + 2 * stem_code(ngrams.stem()),
            *ngrams.lengths().start() as u64,
            *ngrams.lengths().end() as u64,
            ngrams.skip() as u64,
            u64::from(self.options.positions),
            u64::from(self.options.spellings),
            self.documents,
            self.items,
            self.error_bound,
        ]
        .into_iter()
        .chain(self.totals)
        .chain([terms.len() as u64, terms.len().div_ceil(BLOCK) as u64])
        {
            write_varint(number, &mut data);
        }
        builder.raw_section("counting", &data);
        for (k, block) in terms.chunks(BLOCK).enumerate() {
            data.clear();
            let mut last = "";
            for term in block {
                let shared = shared_prefix(last, term.key());
                let rest = &term.key()[shared..];
                write_varint(shared as u64, &mut data);
                write_varint(rest.len() as u64, &mut data);
                data.extend_from_slice(rest.as_bytes());
                [term.tf(), term.df(), term.undercount()]
                    .into_iter()
                    .for_each(|number| write_varint(number, &mut data));
                last = term.key();
            }
            builder.section(&format!("terms-{k}"), &data);
        }
        if let Some(positions) = &self.positions {
            data.clear();
            write_varint(positions.lengths.len() as u64, &mut data);
            positions.lengths.iter().for_each(|&length| write_varint(length, &mut data));
            builder.section("documents", &data);
            for (k, block) in terms.chunks(BLOCK).enumerate() {
                data.clear();
                for term in block {
                    let gaps = positions.lists.get(term.id()).map_or(&[][..], |list| &list.gaps);
                    write_varint(gaps.len() as u64, &mut data);
                    data.extend_from_slice(gaps);
                }
                builder.section(&format!("places-{k}"), &data);
            }
        }
        if let Some(spellings) = &self.spellings {
            let mut sorted: BTreeMap<u32, BTreeMap<&str, u64>> = BTreeMap::new();
            #[expect(clippy::iter_over_hash_type, reason = "they are sorted")]
            for ((id, spelling), &count) in spellings {
                sorted.entry(*id).or_default().insert(spelling, count);
            }
            for (k, block) in terms.chunks(BLOCK).enumerate() {
                data.clear();
                for term in block {
                    let spellings = sorted.remove(&(term.id() as u32)).unwrap_or_default();
                    write_varint(spellings.len() as u64, &mut data);
                    for (spelling, count) in spellings {
                        write_varint(spelling.len() as u64, &mut data);
                        data.extend_from_slice(spelling.as_bytes());
                        write_varint(count, &mut data);
                    }
                }
                builder.section(&format!("spellings-{k}"), &data);
            }
        }
        builder.finish()
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Returns an error if `bytes` are not intact statistics with this version's keys.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let container = Container::parse(bytes)?;
        container.expect_kind(KIND)?;
        let version = container.info().scores.get("version").copied().unwrap_or(0.0);
        if version.to_bits() != VERSION.to_bits() {
            return Err(ModelError::corrupt(format!(
                "version {version} of term statistics is not known, only {VERSION}"
            )));
        }
        let (mut statistics, terms, blocks) = read_counting(&container)?;
        for k in 0..blocks {
            read_terms(&mut statistics, &container.section(&format!("terms-{k}"))?)?;
        }
        if statistics.records.len() != terms {
            return Err(ModelError::corrupt("there are not as many terms as announced"));
        }
        if statistics.error_bound == 0 {
            if statistics.undercount.iter().any(|&undercount| undercount > 0) {
                return Err(ModelError::corrupt("exact statistics with lost counts"));
            }
            statistics.undercount.clear();
        }
        if statistics.options.positions {
            statistics.positions = Some(read_places(&statistics, &container, blocks)?);
        }
        if statistics.options.spellings {
            let mut next = 0;
            for k in 0..blocks {
                let section = container.section(&format!("spellings-{k}"))?;
                next = read_spellings(&mut statistics, &section, next)?;
            }
        }
        Ok(statistics)
    }
}

/// The number of a stemmer, 0 for none.
fn stem_code(stem: Option<StemLanguage>) -> u64 {
    let at = stem.and_then(|stem| StemLanguage::ALL.iter().position(|other| *other == stem));
    at.map_or(0, |at| at as u64 + 1)
}

fn shared_prefix(a: &str, b: &str) -> usize {
    let shared = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    (0..=shared).rev().find(|&at| b.is_char_boundary(at)).unwrap_or(0)
}

/// Reads what was counted; the numbers of terms and blocks.
fn read_counting(container: &Container<'_>) -> Result<(TermStatistics, usize, usize), ModelError> {
    let section = container.section("counting")?;
    let mut reader = Reader::new("counting", &section);
    let mut options = CountOptions::default();
    let code = reader.varint()?;
    let unit = if code & 1 == 0 { TermUnit::Word } else { TermUnit::Syllable };
    let stem =
        match usize::try_from(code / 2).unwrap_or(usize::MAX) {
            0 => None,
            number => Some(*StemLanguage::ALL.get(number - 1).ok_or_else(|| {
                reader.error("a unit or stemmer that this version does not know")
            })?),
        };
    let (min, max) = (reader.varint_u32()? as usize, reader.varint_u32()? as usize);
    let skip = reader.varint_u32()? as usize;
    options.ngrams = NgramOptions::new(unit, min..=max, skip)
        .map_err(|error| reader.error(&error.to_string()))?
        .with_stem(stem);
    options.positions = reader.varint()? > 0;
    options.spellings = reader.varint()? > 0;
    let mut statistics = TermStatistics::new(options);
    statistics.documents = reader.varint()?;
    statistics.items = reader.varint()?;
    statistics.error_bound = reader.varint()?;
    for length in 0..MAX_N {
        statistics.totals[length] = reader.varint()?;
    }
    let (terms, blocks) = (reader.varint()?, reader.varint()?);
    if terms > u64::from(u32::MAX) || blocks != terms.div_ceil(BLOCK as u64) {
        return Err(reader.error("the number of terms is out of range"));
    }
    reader.finish()?;
    Ok((statistics, terms as usize, blocks as usize))
}

fn read_terms(statistics: &mut TermStatistics, section: &[u8]) -> Result<(), ModelError> {
    let mut reader = Reader::new("terms", section);
    let mut key = String::new();
    while reader.remaining() > 0 {
        let (shared, length) = (reader.varint()? as usize, reader.count()?);
        let rest = std::str::from_utf8(reader.bytes(length)?)
            .map_err(|_| reader.error("a key is not UTF-8"))?;
        if shared > key.len() || !key.is_char_boundary(shared) {
            return Err(reader.error("a key shares more than there is"));
        }
        let sorted = key.is_empty() || rest.as_bytes() > &key.as_bytes()[shared..];
        key.truncate(shared);
        key.push_str(rest);
        let lengths = statistics.options.ngrams.lengths();
        if !sorted || key.is_empty() || !lengths.contains(&(1 + key.matches(WORD_BREAK).count())) {
            return Err(reader.error("keys are out of order or too long"));
        }
        let (tf, df, undercount) = (reader.varint()?, reader.varint_u32()?, reader.varint()?);
        if df == 0 || u64::from(df) > tf || u64::from(df) > statistics.documents {
            return Err(reader.error("counts contradict each other"));
        }
        let hash = key.split(WORD_BREAK).map(ngram::hash_of_key).reduce(ngram::chain).unwrap_or(0);
        if statistics.index.get(hash, &statistics.records).is_some() {
            return Err(reader.error("a key comes twice"));
        }
        let id = statistics.insert(hash, &key);
        statistics.records[id].tf = tf;
        statistics.records[id].df = df;
        statistics.undercount.push(undercount);
    }
    reader.finish()
}

fn read_places(
    statistics: &TermStatistics,
    container: &Container<'_>,
    blocks: usize,
) -> Result<Positions, ModelError> {
    let section = container.section("documents")?;
    let mut reader = Reader::new("documents", &section);
    let count = reader.count()?;
    let lengths = (0..count).map(|_| reader.varint()).collect::<Result<Vec<u64>, _>>()?;
    reader.finish()?;
    let total = lengths.iter().copied().fold(0, u64::saturating_add);
    if total != statistics.items || lengths.len() as u64 != statistics.documents {
        return Err(ModelError::corrupt("the documents are not as long as the corpus"));
    }
    let mut positions = Positions { lengths, lists: Vec::with_capacity(statistics.records.len()) };
    for k in 0..blocks {
        let section = container.section(&format!("places-{k}"))?;
        let mut reader = Reader::new("positions", &section);
        while reader.remaining() > 0 {
            let length = reader.count()?;
            let gaps = reader.bytes(length)?;
            let mut list = Reader::new("positions", gaps);
            let (mut last, mut count) = (0u64, 0u64);
            while list.remaining() > 0 {
                last = last.saturating_add(list.varint()?);
                count += 1;
            }
            let tf = statistics.records.get(positions.lists.len()).map(|record| record.tf);
            if tf != Some(count) || last >= total {
                return Err(reader.error("positions contradict the counts"));
            }
            positions.lists.push(List { last, gaps: gaps.to_vec() });
        }
        reader.finish()?;
    }
    if positions.lists.len() == statistics.records.len() {
        Ok(positions)
    } else {
        Err(ModelError::corrupt("there are not as many lists of positions as terms"))
    }
}

/// Reads the spellings of the terms from `next` on; returns the number of the term after them.
fn read_spellings(
    statistics: &mut TermStatistics,
    section: &[u8],
    mut next: usize,
) -> Result<usize, ModelError> {
    let mut reader = Reader::new("spellings", section);
    while reader.remaining() > 0 {
        if next >= statistics.records.len() {
            return Err(reader.error("there are more spellings than terms"));
        }
        for _ in 0..reader.count()? {
            let length = reader.count()?;
            let spelling = std::str::from_utf8(reader.bytes(length)?)
                .map_err(|_| reader.error("a spelling is not UTF-8"))?;
            let count = reader.varint()?;
            if let Some(spellings) = &mut statistics.spellings {
                spellings.insert((next as u32, spelling.into()), count);
            }
        }
        next += 1;
    }
    reader.finish()?;
    Ok(next)
}
