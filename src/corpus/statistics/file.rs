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

use rustc_hash::FxHashMap;

use super::super::ngram::{self, MAX_N, NgramOptions, TermUnit, WORD_BREAK};
use super::super::stem::StemLanguage;
use super::super::totals::Totals;
use super::positions::{List, Positions};
use super::{CountOptions, Term, TermStatistics};
use crate::model::codec::{Reader, write_varint};
use crate::model::{Container, ContainerBuilder, ModelError, ModelInfo};

const KIND: &str = "terms";

/// Terms of one section; keeps sections far below what a reader accepts.
const BLOCK: usize = 1 << 18;

/// Version of what the sections hold.
const VERSION: f64 = 1.0;

/// Writes a file of statistics from terms that come in the order of the bytes of their keys.
///
/// The file is the one that [`TermStatistics::write`] makes of the same counts.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::statistics::{StatisticsFile, StatisticsWriter, TermStatistics};
///
/// let mut statistics = TermStatistics::default();
/// statistics.add(&tomtat::Analyzer::new().analyze("Mưa to ở miền Trung."));
/// let written = statistics.write();
/// let file = StatisticsFile::open(&written)?;
/// let (options, totals) = (statistics.options(), statistics.totals());
/// let mut writer = StatisticsWriter::new(options.ngrams, &totals, file.terms());
/// file.each(|key, tf, df| {
///     writer.push(key, tf, df);
///     Ok::<(), tomtat::model::ModelError>(())
/// })?;
/// assert_eq!(writer.finish(), written);
/// # Ok::<(), tomtat::model::ModelError>(())
/// ```
#[derive(Debug)]
pub struct StatisticsWriter {
    builder: ContainerBuilder,
    /// The block that is being written, and the number of its terms.
    block: Vec<u8>,
    in_block: usize,
    blocks: usize,
    last: String,
}

impl StatisticsWriter {
    /// Begins a file of `terms` terms.
    #[must_use]
    pub fn new(ngrams: NgramOptions, totals: &Totals, terms: u64) -> Self {
        Self::begin(CountOptions::default().with_ngrams(ngrams), totals, 0, terms)
    }

    fn begin(options: CountOptions, totals: &Totals, error_bound: u64, terms: u64) -> Self {
        let mut info = ModelInfo::new(KIND, "");
        "tomtat terms --save".clone_into(&mut info.command);
        info.scores.insert("version".into(), VERSION);
        info.scores.insert("documents".into(), totals.documents as f64);
        info.scores.insert("items".into(), totals.items as f64);
        info.scores.insert("terms".into(), terms as f64);
        let mut builder = ContainerBuilder::new(info);
        let ngrams = options.ngrams;
        let mut data = Vec::new();
        for number in [
            u64::from(ngrams.unit() == TermUnit::Syllable) + 2 * stem_code(ngrams.stem()),
            *ngrams.lengths().start() as u64,
            *ngrams.lengths().end() as u64,
            ngrams.skip() as u64,
            u64::from(options.positions),
            u64::from(options.spellings),
            totals.documents,
            totals.items,
            error_bound,
        ]
        .into_iter()
        .chain(totals.ngrams)
        .chain([terms, terms.div_ceil(BLOCK as u64)])
        {
            write_varint(number, &mut data);
        }
        builder.raw_section("counting", &data);
        Self { builder, block: Vec::new(), in_block: 0, blocks: 0, last: String::new() }
    }

    /// Adds a term with exact counts.
    pub fn push(&mut self, key: &str, tf: u64, df: u64) {
        self.push_with(key, tf, df, 0);
    }

    fn push_with(&mut self, key: &str, tf: u64, df: u64, undercount: u64) {
        let shared = shared_prefix(&self.last, key);
        let rest = &key[shared..];
        write_varint(shared as u64, &mut self.block);
        write_varint(rest.len() as u64, &mut self.block);
        self.block.extend_from_slice(rest.as_bytes());
        [tf, df, undercount].into_iter().for_each(|number| write_varint(number, &mut self.block));
        self.last.truncate(shared);
        self.last.push_str(rest);
        self.in_block += 1;
        if self.in_block == BLOCK {
            self.end_block();
        }
    }

    fn end_block(&mut self) {
        if self.in_block > 0 {
            self.builder.section(&format!("terms-{}", self.blocks), &self.block);
        }
        self.block.clear();
        self.last.clear();
        self.in_block = 0;
        self.blocks += 1;
    }

    /// Ends the file.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.end_block();
        self.builder.finish()
    }
}

/// A file of statistics whose terms are read one after the other.
#[derive(Debug)]
pub struct StatisticsFile<'b> {
    container: Container<'b>,
    /// Without terms.
    empty: TermStatistics,
    terms: usize,
    blocks: usize,
}

impl<'b> StatisticsFile<'b> {
    /// Opens a file that [`TermStatistics::write`] or [`StatisticsWriter`] made.
    ///
    /// # Errors
    ///
    /// Returns an error if `bytes` are not intact statistics with this version's keys.
    pub fn open(bytes: &'b [u8]) -> Result<Self, ModelError> {
        let container = Container::parse(bytes)?;
        container.expect_kind(KIND)?;
        let version = container.info().scores.get("version").copied().unwrap_or(0.0);
        if version.to_bits() != VERSION.to_bits() {
            return Err(ModelError::corrupt(format!(
                "version {version} of term statistics is not known, only {VERSION}"
            )));
        }
        let (empty, terms, blocks) = read_counting(&container)?;
        Ok(Self { container, empty, terms, blocks })
    }

    /// Returns what was counted.
    #[must_use]
    pub const fn options(&self) -> CountOptions {
        self.empty.options
    }

    /// Returns how much was counted.
    #[must_use]
    pub const fn totals(&self) -> Totals {
        self.empty.totals()
    }

    /// Returns the number of different terms.
    #[must_use]
    pub const fn terms(&self) -> u64 {
        self.terms as u64
    }

    /// Returns how often a term that is missing can have occurred, see [`TermStatistics::error_bound`].
    #[must_use]
    pub const fn error_bound(&self) -> u64 {
        self.empty.error_bound
    }

    /// Calls `each` with the key, the frequency and the document frequency of every term, in the order
    /// of the bytes of the keys.
    ///
    /// # Errors
    ///
    /// Returns the first error of `each`, and one if the file is damaged.
    pub fn each<E: From<ModelError>>(
        &self,
        mut each: impl FnMut(&str, u64, u64) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_with(|key, [tf, df, _]| each(key, tf, df))
    }

    fn each_with<E: From<ModelError>>(
        &self,
        mut each: impl FnMut(&str, [u64; 3]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut last = String::new();
        let mut terms = 0;
        for k in 0..self.blocks {
            let section = self.container.section(&format!("terms-{k}"))?;
            let mut reader = Reader::new("terms", &section);
            let mut key = String::new();
            while reader.remaining() > 0 {
                let counts = read_term(&mut reader, &self.empty, &mut key)?;
                if terms > 0 && key <= last {
                    return Err(reader.error("keys are out of order").into());
                }
                last.clone_from(&key);
                terms += 1;
                each(&key, counts)?;
            }
            reader.finish()?;
        }
        if terms == self.terms {
            Ok(())
        } else {
            Err(ModelError::corrupt("there are not as many terms as announced").into())
        }
    }
}

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
        let terms = self.terms();
        let mut writer = StatisticsWriter::begin(
            self.options,
            &self.totals(),
            self.error_bound,
            terms.len() as u64,
        );
        for term in &terms {
            writer.push_with(term.key(), term.tf(), term.df(), term.undercount());
        }
        writer.end_block();
        let mut builder = writer.builder;
        if let Some(positions) = &self.positions {
            write_positions(positions, &terms, &mut builder);
        }
        if let Some(spellings) = &self.spellings {
            write_spellings(spellings, &terms, &mut builder);
        }
        builder.finish()
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Returns an error if `bytes` are not intact statistics with this version's keys.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let file = StatisticsFile::open(bytes)?;
        let mut statistics = file.empty.clone();
        file.each_with(|key, [tf, df, undercount]| {
            let hash =
                key.split(WORD_BREAK).map(ngram::hash_of_key).reduce(ngram::chain).unwrap_or(0);
            if statistics.index.get(hash, &statistics.records).is_some() {
                return Err(ModelError::corrupt("a key comes twice"));
            }
            let id = statistics.insert(hash, key);
            statistics.records[id].tf = tf;
            statistics.records[id].df = df as u32;
            statistics.undercount.push(undercount);
            Ok(())
        })?;
        if statistics.error_bound == 0 {
            if statistics.undercount.iter().any(|&undercount| undercount > 0) {
                return Err(ModelError::corrupt("exact statistics with lost counts"));
            }
            statistics.undercount.clear();
        }
        if statistics.options.positions {
            statistics.positions = Some(read_places(&statistics, &file.container, file.blocks)?);
        }
        if statistics.options.spellings {
            let mut next = 0;
            for k in 0..file.blocks {
                let section = file.container.section(&format!("spellings-{k}"))?;
                next = read_spellings(&mut statistics, &section, next)?;
            }
        }
        Ok(statistics)
    }
}

fn write_positions(positions: &Positions, terms: &[Term<'_>], builder: &mut ContainerBuilder) {
    let mut data = Vec::new();
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

fn write_spellings(
    spellings: &FxHashMap<(u32, Box<str>), u64>,
    terms: &[Term<'_>],
    builder: &mut ContainerBuilder,
) {
    let mut data = Vec::new();
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

/// Reads a term, whose key follows that in `key`; gives its frequency, document frequency and
/// undercount.
fn read_term(
    reader: &mut Reader<'_>,
    statistics: &TermStatistics,
    key: &mut String,
) -> Result<[u64; 3], ModelError> {
    let (shared, length) = (reader.varint()? as usize, reader.count()?);
    let rest = std::str::from_utf8(reader.bytes(length)?)
        .map_err(|_| reader.error("a key is not UTF-8"))?;
    if shared > key.len() || !key.is_char_boundary(shared) {
        return Err(reader.error("a key shares more than there is"));
    }
    key.truncate(shared);
    key.push_str(rest);
    let lengths = statistics.options.ngrams.lengths();
    if key.is_empty() || !lengths.contains(&(1 + key.matches(WORD_BREAK).count())) {
        return Err(reader.error("keys are empty or too long"));
    }
    let (tf, df, undercount) = (reader.varint()?, reader.varint_u32()?, reader.varint()?);
    if df == 0 || u64::from(df) > tf || u64::from(df) > statistics.documents {
        return Err(reader.error("counts contradict each other"));
    }
    Ok([tf, u64::from(df), undercount])
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
