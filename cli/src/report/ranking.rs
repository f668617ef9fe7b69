//! The terms of a listing in their order, however many there are.

use anyhow::Result;
use tomtat::corpus::statistics::Term;
use tomtat::text::collate::collation_key;

use super::table::Cell;
use crate::run::spill::{RunSink, Runs, Spill};

/// How terms are ordered.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Order {
    /// The smallest number first.
    pub(crate) ascending: bool,
    /// Tied terms by the Vietnamese alphabet instead of by bytes.
    pub(crate) collate: bool,
    /// At most so many.
    pub(crate) top: Option<usize>,
}

/// Sorts terms by a cell: numbers from the greatest, texts from the first, undefined values last; tied
/// terms by the bytes of their keys, or by the alphabet.
///
/// A term is sorted by bytes that hold all of this (`sort_key`), so it takes as many bytes as its key
/// and some 40 more, and what is beyond the memory is sorted in runs on disk. Of a listing of the
/// first few, only these are kept.
#[derive(Debug)]
pub(crate) struct Ranking {
    order: Order,
    spill: Spill,
    /// The sort keys, one after the other.
    keys: Vec<u8>,
    rows: Vec<Row>,
    runs: Runs,
    is_spilled: bool,
    /// Terms from this one on are not listed.
    bound: Option<Vec<u8>>,
    scratch: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    start: usize,
    length: u32,
    tf: u64,
    df: u64,
}

impl Row {
    fn key(self, keys: &[u8]) -> &[u8] {
        &keys[self.start..self.start + self.length as usize]
    }
}

impl Ranking {
    pub(crate) fn new(order: Order, spill: &Spill) -> Self {
        Self {
            order,
            spill: spill.clone(),
            keys: Vec::new(),
            rows: Vec::new(),
            runs: Runs::new(spill.clone()),
            is_spilled: false,
            bound: None,
            scratch: Vec::new(),
        }
    }

    /// Adds a term; `by` is what it is sorted by, `None` for its key alone.
    pub(crate) fn push(&mut self, by: Option<&Cell>, term: &Term<'_>) -> Result<()> {
        let mut key = std::mem::take(&mut self.scratch);
        key.clear();
        sort_key(by, self.order, term.key(), &mut key);
        if self.bound.as_ref().is_none_or(|bound| key < *bound) {
            let (start, length) = (self.keys.len(), key.len() as u32);
            self.keys.extend_from_slice(&key);
            self.rows.push(Row { start, length, tf: term.tf(), df: term.df() });
        }
        self.scratch = key;
        match self.order.top {
            Some(top) if self.rows.len() >= 2 * top.max(1000) => self.cut(top),
            _ => {}
        }
        if self.keys.len() + self.rows.len() * size_of::<Row>() > self.spill.share(2) {
            self.write_run()?;
        }
        Ok(())
    }

    /// Keeps the first `top`.
    fn cut(&mut self, top: usize) {
        let keys = std::mem::take(&mut self.keys);
        self.rows.select_nth_unstable_by(top, |a, b| a.key(&keys).cmp(b.key(&keys)));
        self.bound = Some(self.rows[top].key(&keys).to_vec());
        self.rows.truncate(top);
        for row in &mut self.rows {
            let start = self.keys.len();
            self.keys.extend_from_slice(row.key(&keys));
            row.start = start;
        }
    }

    fn sort(&mut self) {
        let keys = &self.keys;
        self.rows.sort_unstable_by(|a, b| a.key(keys).cmp(b.key(keys)));
    }

    fn write_run(&mut self) -> Result<()> {
        self.sort();
        let mut run = RunSink::new(&self.spill);
        for row in self.rows.drain(..) {
            run.push(row.key(&self.keys), row.tf, row.df)?;
        }
        self.keys.clear();
        self.is_spilled = true;
        Ok(self.runs.push(run.finish()?)?)
    }

    /// Calls `each` with the terms in their order; returns how many there were.
    pub(crate) fn list(
        mut self,
        by: bool,
        mut each: impl FnMut(&Term<'_>) -> Result<()>,
    ) -> Result<usize> {
        let (order, top) = (self.order, self.order.top.unwrap_or(usize::MAX));
        let mut listed = 0;
        let mut list = |key: &[u8], tf, df| {
            listed += 1;
            let key = std::str::from_utf8(term_key(by, order, key))?;
            each(&Term::new(key, tf, df))
        };
        if self.is_spilled {
            self.write_run()?;
            let mut run = self.runs.finish()?;
            let mut reader = run.reader()?;
            for _ in 0..top {
                if !reader.advance()? {
                    break;
                }
                list(reader.key(), reader.tf(), reader.df())?;
            }
        } else {
            self.sort();
            for row in self.rows.iter().take(top) {
                list(row.key(&self.keys), row.tf, row.df)?;
            }
        }
        Ok(listed)
    }
}

// What stands before a number, a text, and an undefined value.
const NUMBER: u8 = 0;
const TEXT: u8 = 1;
const UNDEFINED: u8 = 2;

/// Writes bytes whose order is that of the listing.
fn sort_key(by: Option<&Cell>, order: Order, key: &str, out: &mut Vec<u8>) {
    let mut number = |bits: u64| {
        out.push(NUMBER);
        out.extend((if order.ascending { bits } else { !bits }).to_be_bytes());
    };
    match by {
        None => {}
        Some(Cell::Count(count)) => number(*count),
        Some(Cell::Number(value)) => {
            // The order of `f64::total_cmp`, as an unsigned number.
            let bits = value.to_bits();
            number(if bits >> 63 == 1 { !bits } else { bits | 1 << 63 });
        }
        Some(Cell::Text(text)) => {
            out.push(TEXT);
            escape(text.as_bytes(), out);
        }
        Some(Cell::Word(text)) => {
            out.push(TEXT);
            escape(text.as_bytes(), out);
        }
        Some(Cell::Places(_) | Cell::None) => out.push(UNDEFINED),
    }
    if order.collate {
        escape(collation_key(key).as_bytes(), out);
    }
    out.extend_from_slice(key.as_bytes());
}

/// The key of the term in its sort key.
fn term_key(by: bool, order: Order, bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    if by {
        rest = match rest.first() {
            Some(&NUMBER) => rest.get(9..).unwrap_or_default(),
            Some(&TEXT) => after_escaped(&rest[1..]),
            _ => rest.get(1..).unwrap_or_default(),
        };
    }
    if order.collate { after_escaped(rest) } else { rest }
}

/// Writes bytes so that what follows them does not change their order: 0 becomes 0 255, and 0 0 ends.
fn escape(bytes: &[u8], out: &mut Vec<u8>) {
    for &byte in bytes {
        out.push(byte);
        if byte == 0 {
            out.push(255);
        }
    }
    out.extend([0, 0]);
}

fn after_escaped(bytes: &[u8]) -> &[u8] {
    let mut at = 0;
    while at + 1 < bytes.len() {
        match (bytes[at], bytes[at + 1]) {
            (0, 0) => return &bytes[at + 2..],
            (0, _) => at += 2,
            _ => at += 1,
        }
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(terms: &[(&str, Option<Cell>)], order: Order, memory: usize) -> Vec<String> {
        let spill = Spill::of(memory);
        let mut ranking = Ranking::new(order, &spill);
        let by = terms.iter().any(|(_, cell)| cell.is_some());
        for (key, cell) in terms {
            ranking.push(cell.as_ref(), &Term::new(key, 7, 3)).expect("memory");
        }
        let mut keys = Vec::new();
        ranking
            .list(by, |term| {
                assert_eq!((term.tf(), term.df()), (7, 3));
                keys.push(term.key().to_owned());
                Ok(())
            })
            .expect("memory");
        keys
    }

    #[test]
    fn numbers_texts_and_undefined_values_have_an_order() {
        let number = |value| Some(Cell::Number(value));
        let terms = [
            ("không", Some(Cell::None)),
            ("hai", number(2.0)),
            ("âm", number(-1.5)),
            ("mười", number(10.0)),
            ("hai b", number(2.0)),
        ];
        let order = Order::default();
        assert_eq!(listed(&terms, order, 1 << 20), ["mười", "hai", "hai b", "âm", "không"]);
        let ascending = Order { ascending: true, ..order };
        assert_eq!(listed(&terms, ascending, 1 << 20), ["âm", "hai", "hai b", "mười", "không"]);
        let top = Order { top: Some(2), ..order };
        assert_eq!(listed(&terms, top, 1 << 20), ["mười", "hai"]);
        let text = |text: &str| Some(Cell::Text(text.to_owned()));
        let terms =
            [("b", text("vi")), ("a", text("vi")), ("c", text("und\0")), ("d", text("und"))];
        assert_eq!(listed(&terms, order, 1 << 20), ["d", "c", "a", "b"]);
    }

    #[test]
    fn tied_terms_follow_the_alphabet_if_asked() {
        let terms = ["đi", "da", "ba ba", "bà", "ba"].map(|key| (key, Some(Cell::Count(4))));
        let collate = Order { collate: true, ..Order::default() };
        assert_eq!(listed(&terms, collate, 1 << 20), ["ba", "ba ba", "bà", "da", "đi"]);
        let terms = terms.map(|(key, _)| (key, None));
        assert_eq!(listed(&terms, collate, 1 << 20), ["ba", "ba ba", "bà", "da", "đi"]);
    }

    #[test]
    fn little_memory_changes_nothing() {
        let terms: Vec<(String, Option<Cell>)> = (0..200_000_u64)
            .map(|i| (format!("từ {i}"), Some(Cell::Count(i * 7919 % 10_007))))
            .collect();
        let terms: Vec<(&str, Option<Cell>)> =
            terms.iter().map(|(key, cell)| (key.as_str(), cell.clone())).collect();
        let order = Order { collate: true, ..Order::default() };
        let whole = listed(&terms, order, 1 << 30);
        assert_eq!(whole.len(), terms.len());
        assert!(listed(&terms, order, 1) == whole);
        let top = Order { top: Some(3000), ..order };
        assert!(listed(&terms, top, 1 << 30) == whole[..3000]);
    }
}
