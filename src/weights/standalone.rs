//! Which sentences stand alone, by their openings: learned from the sentences that begin texts.
//!
//! The first sentence of an article, or of its abstract, needs nothing before it; most sentences
//! from the middle of a body need what they follow. So the *opening* of a sentence, its first units
//! up to a mark, tells how well it stands alone: "Sáng 12/3" begins texts, "Lúc này" and "Đặc biệt"
//! never do.
//!
//! # References
//!
//! M. Elsner, E. Charniak (2008), *Coreference-inspired coherence modeling*, ACL (short papers),
//! section 2: a sentence stands alone if what it speaks of is new to the reader.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use crate::model::codec::{Reader, write_varint};
use crate::model::{Container, ContainerBuilder, ModelError, ModelInfo};
use crate::text::key::{TermHash, UnitId};
use crate::token::{Token, TokenKind};

/// Kind of the model in its header.
const KIND: &str = "standalone";

/// Units of a stored score in one unit of log-odds.
pub(crate) const SCALE: f64 = 16.0;

/// Most units of an opening.
pub(crate) const LONGEST: usize = 4;

/// Marks before the first word that say nothing: quotation marks, dashes, bullets.
const SKIPPED: [&str; 13] = ["\"", "“", "”", "‘", "’", "'", "«", "-", "–", "—", "•", "*", "+"];

/// For each opening the log-odds that a sentence with it begins a text, against one from the middle
/// of a body.
///
/// # Examples
///
/// ```
/// use tomtat::{Analyzer, Models};
///
/// let document = Analyzer::new().analyze(
///     "Sáng 12/1, cầu Cỏ May thông xe. Đặc biệt, cầu có làn cho người đi bộ.",
/// );
/// let models = Models::default();
/// let score = |tokens| models.standalone().score(document.text(), tokens);
/// let scores: Vec<f64> = document.sentences().map(|s| score(s.tokens())).collect();
/// assert!(scores[0] > 0.0 && scores[1] < -2.0);
/// ```
///
/// The default knows nothing: every score is 0.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct StandaloneModel {
    /// Hashes of openings in rising order.
    hashes: Vec<u32>,
    /// The score of each opening in units of 1/[`SCALE`].
    scores: Vec<i8>,
}

/// Prints no scores: there are thousands.
impl fmt::Debug for StandaloneModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandaloneModel")
            .field("openings", &self.hashes.len())
            .finish_non_exhaustive()
    }
}

impl StandaloneModel {
    /// Returns the model that knows nothing.
    pub(crate) fn untrained() -> &'static Self {
        static UNTRAINED: StandaloneModel =
            StandaloneModel { hashes: Vec::new(), scores: Vec::new() };
        &UNTRAINED
    }

    /// Makes a model of the scores of openings by their [keys](key).
    pub(crate) fn from_scores(scores: &BTreeMap<u32, i8>) -> Self {
        Self {
            hashes: scores.keys().copied().collect(),
            scores: scores.values().copied().collect(),
        }
    }

    /// Returns the number of openings that are known.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Returns true if no opening is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Returns the log-odds (natural logarithm) that the sentence of these tokens of `text` begins a
    /// text, by the longest part of its opening that is known: above 0 if it rather stands alone, 0
    /// if nothing is known.
    #[must_use]
    pub fn score(&self, text: &str, tokens: &[Token]) -> f64 {
        if self.is_empty() {
            return 0.0;
        }
        let known = prefixes(text, tokens).rev().find_map(|hash| {
            let place = self.hashes.binary_search(&key(hash)).ok()?;
            Some(f64::from(self.scores[place]) / SCALE)
        });
        known.unwrap_or(0.0)
    }

    /// Writes a model file.
    #[must_use]
    pub fn write(&self, mut info: ModelInfo) -> Vec<u8> {
        KIND.clone_into(&mut info.kind);
        let mut section = Vec::with_capacity(5 * self.len() + 4);
        write_varint(self.len() as u64, &mut section);
        let mut last = 0;
        for (&hash, &score) in self.hashes.iter().zip(&self.scores) {
            write_varint(u64::from(hash - last), &mut section);
            section.push(score as u8);
            last = hash;
        }
        let mut builder = ContainerBuilder::new(info);
        builder.raw_section("openings", &section);
        builder.finish()
    }

    /// Reads a model file.
    ///
    /// # Errors
    ///
    /// Returns an error if `bytes` are not an intact model of this kind.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::read_from(&Container::parse(bytes)?)
    }

    pub(crate) fn read_from(container: &Container<'_>) -> Result<Self, ModelError> {
        container.expect_kind(KIND)?;
        let section: Cow<'_, [u8]> = container.section("openings")?;
        let mut reader = Reader::new("openings", &section);
        let count = reader.count()?;
        let mut model = Self::default();
        let mut last = 0u32;
        for at in 0..count {
            let step = reader.varint_u32()?;
            if at > 0 && step == 0 {
                return Err(reader.error("an opening stands twice"));
            }
            last = last.checked_add(step).ok_or_else(|| reader.error("a hash is too large"))?;
            model.hashes.push(last);
            model.scores.push(reader.bytes(1)?[0] as i8);
        }
        reader.finish()?;
        Ok(model)
    }
}

/// Returns the key of an opening in the model.
pub(crate) const fn key(hash: TermHash) -> u32 {
    (hash.to_u64() >> 32) as u32
}

/// Returns the hashes of the first unit of a sentence, its first two and so on: at most
/// [`LONGEST`], the last of which may be a mark, where the opening ends. All numbers are one unit.
pub(crate) fn prefixes(
    text: &str,
    tokens: &[Token],
) -> impl DoubleEndedIterator<Item = TermHash> + use<> {
    static NUMBER: LazyLock<UnitId> = LazyLock::new(|| UnitId::of("0"));
    static MARK: LazyLock<UnitId> = LazyLock::new(|| UnitId::of(","));
    let is_skipped = |token: &&Token| {
        token.kind() == TokenKind::Punctuation && SKIPPED.contains(&&text[token.span()])
    };
    let mut units = [UnitId::from_u32(0); LONGEST];
    let mut count = 0;
    for token in tokens.iter().skip_while(is_skipped).take(LONGEST) {
        units[count] = match token.kind() {
            TokenKind::Number | TokenKind::Alphanumeric => *NUMBER,
            kind if kind.is_term() => token.unit(),
            _ => *MARK,
        };
        count += 1;
        if !token.kind().is_term() {
            break;
        }
    }
    (1..=count).map(move |length| TermHash::of_units(units[..length].iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    fn openings(text: &str) -> Vec<TermHash> {
        let document = Analyzer::new().analyze(text);
        document.sentence(0).map_or_else(Vec::new, |s| prefixes(text, s.tokens()).collect())
    }

    #[test]
    fn an_opening_ends_at_a_mark_and_numbers_are_one_unit() {
        assert_eq!(openings("Sáng 12/3, trời mưa.").len(), 3);
        assert_eq!(openings("Sáng 12/3, trời mưa."), openings("“Sáng 15/4, trời nắng.”"));
        assert_eq!(openings("Người dân bản Mù rất vui.").len(), LONGEST);
        assert_ne!(openings("Hiện, trời mưa.")[1], openings("Hiện trời mưa.")[1]);
    }

    #[test]
    fn the_longest_known_opening_decides_and_models_come_back() {
        let of = |text: &str, at: usize| key(openings(text)[at]);
        let scores = BTreeMap::from([(of("Hiện nay", 0), -24), (of("Hiện trường vụ", 1), 8)]);
        let model = StandaloneModel::from_scores(&scores);
        let document = Analyzer::new().analyze("Hiện nước đã rút. Hiện trường vụ cháy còn khói.");
        let found: Vec<f64> =
            document.sentences().map(|s| model.score(document.text(), s.tokens())).collect();
        assert_eq!(found, [-1.5, 0.5]);
        let file = model.write(ModelInfo::new("", "test"));
        assert_eq!(StandaloneModel::read(&file).expect("a model"), model);
        assert!(StandaloneModel::read(&file[..file.len() - 5]).is_err());
    }

    #[test]
    fn what_begins_no_text_does_not_stand_alone() {
        let analyzer = Analyzer::new();
        let score = |text: &str| {
            let document = analyzer.analyze(text);
            let sentence = document.sentence(0).expect("a sentence");
            analyzer.models().standalone().score(text, sentence.tokens())
        };
        for text in [
            "Riêng tuyến số 3 phải chờ đến cuối năm.",
            "Lúc này, nước đã ngập nửa bánh xe.",
            "Về phần mình, ông Tư hứa sẽ sửa lại con đê.",
            "Được biết, chiếc xuồng đã dùng hơn mười năm.",
            "Hiện vụ việc đang được làm rõ.",
            "Nhận được tin báo, đội cứu hộ đến ngay.",
        ] {
            assert!(score(text) < -1.0, "{text}: {}", score(text));
        }
        for text in [
            "Chiều 5/8, xã Vĩnh Thạnh khánh thành nhà văn hoá.",
            "UBND tỉnh Đồng Tháp vừa ban hành kế hoạch trồng rừng.",
            "Công an huyện Tam Nông đang tìm chủ chiếc ghe trôi dạt.",
        ] {
            assert!(score(text) > 0.0, "{text}: {}", score(text));
        }
    }
}
