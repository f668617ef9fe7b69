//! Dangling sentences: those that refer to the sentence before ("Tuy nhiên", "Ông này", "Theo đó"), or
//! stand in the middle of a quotation.
//!
//! Taken out of its place, such a sentence sends the reader looking for what it speaks of, or puts the
//! words of somebody into the mouth of the paper. Selectors prefer sentences that stand alone, or take
//! the one before as well.
//!
//! A short list has the openings that always point back. How much any other opening needs the sentence
//! before it is learned: [`StandaloneModel`](crate::weights::StandaloneModel).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::candidates::RankContext;
use crate::document::Sentence;
use crate::document::statement::Quotation;
use crate::text::key::{TermHash, UnitId};
use crate::token::Token;

/// Openings that tie a sentence to the one before.
const OPENINGS: &[&str] = &[
    "tuy nhiên",
    "tuy vậy",
    "tuy thế",
    "thế nhưng",
    "nhưng",
    "song",
    "dù vậy",
    "dù thế",
    "mặc dù vậy",
    "ngược lại",
    "trái lại",
    "do đó",
    "do vậy",
    "vì vậy",
    "vì thế",
    "bởi vậy",
    "bởi thế",
    "chính vì vậy",
    "chính vì thế",
    "cho nên",
    "nhờ đó",
    "nhờ vậy",
    "qua đó",
    "từ đó",
    "theo đó",
    "trong đó",
    "khi đó",
    "lúc đó",
    "sau đó",
    "trước đó",
    "ngay sau đó",
    "trong khi đó",
    "bên cạnh đó",
    "ngoài ra",
    "hơn nữa",
    "thêm vào đó",
    "không những thế",
    "không chỉ vậy",
    "đồng thời",
    "cụ thể",
    "như vậy",
    "như thế",
    "nói cách khác",
    "tương tự",
    "cũng theo",
    "thứ nhất",
    "thứ hai",
    "thứ ba",
    "một là",
    "hai là",
    "ba là",
    "và",
    "còn",
    "rồi",
    "thậm chí",
];

/// Openings that stand for somebody or something in the sentence before.
const PRONOUNS: &[&str] = &[
    "tại đây",
    "ở đây",
    "đây",
    "đó",
    "cả hai",
    "cả ba",
    "điều này",
    "điều đó",
    "họ",
    "nó",
    "chúng",
    "hắn",
    "ông ta",
    "ông ấy",
    "bà ta",
    "bà ấy",
    "anh ta",
    "anh ấy",
    "chị ta",
    "chị ấy",
    "cô ta",
    "cô ấy",
];

/// Longest opening, in units.
const LONGEST: usize = 4;

/// Returns true if the sentence opens with a word that points back: a connective, a pronoun, or a
/// noun with *này*, *đó*, *ấy*, *trên* within its first four syllables.
///
/// # Examples
///
/// ```
/// use tomtat::{Analyzer, select::is_dangling};
///
/// let document = Analyzer::new().analyze(
///     "Ông Lê Văn An trồng lúa ở Cần Thơ. Ông này có ba con. Tuy nhiên, vụ này mất mùa.",
/// );
/// let found: Vec<bool> = document.sentences().map(is_dangling).collect();
/// assert_eq!(found, [false, true, true]);
/// ```
#[must_use]
pub fn is_dangling(sentence: Sentence<'_>) -> bool {
    opening(sentence).is_some()
}

/// How an opening ties a sentence to the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// The thought goes on: "Tuy nhiên", "Ngoài ra".
    Connective,
    /// It stands for what was named before: "Ông này", "Họ".
    Reference,
}

fn opening(sentence: Sentence<'_>) -> Option<Opening> {
    static KNOWN: LazyLock<FxHashMap<TermHash, Opening>> = LazyLock::new(|| {
        let all = |list: &'static [&str], opening| {
            list.iter().map(move |words| (TermHash::of_key(words), opening))
        };
        all(OPENINGS, Opening::Connective).chain(all(PRONOUNS, Opening::Reference)).collect()
    });
    static POINTERS: LazyLock<[UnitId; 4]> =
        LazyLock::new(|| ["này", "ấy", "đó", "trên"].map(UnitId::of));
    static ALSO: LazyLock<UnitId> = LazyLock::new(|| UnitId::of("cũng"));
    let mut units = [UnitId::from_u32(0); LONGEST];
    let mut count = 0;
    for (at, token) in sentence.tokens().iter().enumerate().skip_while(|(_, t)| !t.kind().is_term())
    {
        // A comma ends the opening; a number or name is what the sentence is about.
        if count == LONGEST || !token.kind().is_term() {
            break;
        }
        units[count] = Token::unit(token);
        count += 1;
        // A syllable of a longer word is no pronoun: "Song phương", "Còn lại".
        let known = KNOWN.get(&TermHash::of_units(units[..count].iter().copied()));
        if known.is_some() && (count > 1 || sentence.word_length_at(at) == 1) {
            return known.copied();
        }
    }
    let pointers = &*POINTERS;
    // "Ông Vũ cũng cho biết": what another one did stands before.
    if units[1.min(count)..count].contains(&ALSO) {
        return Some(Opening::Connective);
    }
    units[1.min(count)..count]
        .iter()
        .any(|unit| pointers[..3].contains(unit) || (*unit == pointers[3] && count == 2))
        .then_some(Opening::Reference)
}

/// A quotation of more sentences has lost its closing mark.
const LONGEST_QUOTATION: usize = 6;

/// What ties a sentence to its neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Dangling {
    /// How much it needs the sentence before it: 0 if it stands alone, [`CONNECTIVE_NEED`] if it
    /// opens with a connective, 1 inside a quotation, 2 if it opens with an anaphor, which stands for
    /// what the sentence before names; between them as its opening was learned.
    pub(crate) need: f32,
    /// A quotation continues in the next sentence.
    pub(crate) open_quote: bool,
}

impl Dangling {
    /// Returns true if it does not stand alone.
    pub(crate) fn dangles(self) -> bool {
        self.need >= CONNECTIVE_NEED
    }
}

/// How much a sentence with a connective needs the one before it, one inside a quotation, and one
/// with an anaphor. Readers who picked three sentences of an article took those with a connective as
/// often as others, and those with an anaphor half as often.
const CONNECTIVE_NEED: f32 = 0.75;
const QUOTATION_NEED: f32 = 1.0;
const ANAPHOR_NEED: f32 = 2.0;

/// Log-odds of standing alone below which an opening needs the sentence before it, and how much it
/// needs it for each further unit.
const NEEDY: f64 = -0.8;
const NEED_OF_LOG_ODDS: f64 = 0.45;

/// Greatest need of an opening that is not in the lists.
const LARGEST_LEARNED_NEED: f64 = 1.5;

/// Returns how much a sentence needs the one before it, by the log-odds that it stands alone.
fn learned_need(log_odds: f64) -> f32 {
    ((NEEDY - log_odds) * NEED_OF_LOG_ODDS).clamp(0.0, LARGEST_LEARNED_NEED) as f32
}

/// Returns for each of some sentences, in the order of the document, whether it dangles: by its
/// opening ([`is_dangling`]), or because it stands inside a quotation. The first never does.
///
/// # Examples
///
/// ```
/// use tomtat::{Analyzer, select::dangling};
///
/// let document = Analyzer::new().analyze("Bà kể: “Mưa to lắm. Nước vào nhà. Nhà ngập.” Nay trời tạnh.");
/// assert_eq!(dangling(document.sentences()), [false, true, true, false]);
/// ```
#[must_use]
pub fn dangling<'d>(sentences: impl Iterator<Item = Sentence<'d>>) -> Vec<bool> {
    find_dangling(sentences, |_| 0.0, |_| true).into_iter().map(Dangling::dangles).collect()
}

/// Returns what ties candidates to their neighbours; of those that are not wanted, only whether they
/// stand inside a quotation.
pub(crate) fn dangling_candidates(
    context: &RankContext<'_>,
    wanted: impl Fn(usize) -> bool,
) -> Vec<Dangling> {
    find_dangling(context.candidates(), |candidate| context.standalone(candidate), wanted)
}

/// Returns what ties sentences to their neighbours, given the log-odds that each stands alone.
fn find_dangling<'d>(
    sentences: impl Iterator<Item = Sentence<'d>>,
    standalone: impl Fn(usize) -> f64,
    wanted: impl Fn(usize) -> bool,
) -> Vec<Dangling> {
    let mut found: Vec<Dangling> = Vec::with_capacity(sentences.size_hint().1.unwrap_or(0));
    let (mut block, mut quotation) = (usize::MAX, Quotation::default());
    for sentence in sentences {
        if sentence.block_index() != block {
            (block, quotation) = (sentence.block_index(), Quotation::default());
        }
        let inside = quotation.is_open();
        quotation.read(sentence);
        // What never closes is no quotation: the sentences before it stand as they did.
        if quotation.length > LONGEST_QUOTATION {
            quotation = Quotation::default();
        }
        let at = found.len();
        let mut need = if inside && at > 0 { QUOTATION_NEED } else { 0.0 };
        if at > 0 && wanted(at) {
            need = match opening(sentence) {
                Some(Opening::Reference) => ANAPHOR_NEED,
                Some(Opening::Connective) => CONNECTIVE_NEED,
                None => need,
            };
            need = need.max(learned_need(standalone(at)));
        }
        found.push(Dangling { need, open_quote: quotation.is_open() });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    fn first_dangles(text: &str) -> bool {
        let document = Analyzer::new().analyze(text);
        document.sentence(0).is_some_and(is_dangling)
    }

    #[test]
    fn openings_that_point_back_are_found() {
        for text in [
            "TUY NHIÊN, giá vẫn tăng.",
            "“Nhưng tôi không đồng ý”, bà Hoa nói.",
            "Quyết định này có hiệu lực từ tháng 5.",
            "Theo đó, học sinh được nghỉ ba ngày.",
            "Anh ấy đã về quê.",
            "Đây là lần thứ hai cầu bị hỏng.",
            "Vào thời điểm đó, cầu chưa có lan can.",
            "Ông Vũ cũng cho biết cầu sẽ xong trước Tết.",
            "Thứ nhất là vì đường vào cầu quá hẹp.",
        ] {
            assert!(first_dangles(text), "{text}");
        }
    }

    #[test]
    fn the_middle_of_a_quotation_dangles() {
        let check = |text: &str, expected: &[(bool, bool)]| {
            let document = Analyzer::new().analyze(text);
            let found = find_dangling(document.sentences(), |_| 0.0, |_| true);
            let found: Vec<(bool, bool)> =
                found.iter().map(|s| (s.dangles(), s.open_quote)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "Bà kể: \"Mưa to lắm. Nước vào nhà.\" Nay trời tạnh.",
            &[(false, true), (true, false), (false, false)],
        );
        check("Màn hình 6,5\" rất nét. Giá 5 triệu.", &[(false, false), (false, false)]);
        // The next paragraph is no longer said by anybody.
        check(
            "Bà kể: “Mưa to lắm và gió mạnh.\n\nNước vào nhà lúc nửa đêm.",
            &[(false, true), (false, false)],
        );
        let lost = format!("“Mưa to. {}", "Nước lên. ".repeat(20));
        let document = Analyzer::new().analyze(&lost);
        let dangling = dangling(document.sentences());
        assert!(dangling[3] && !dangling[15]);
    }

    #[test]
    fn needs_are_learned_beside_the_list() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(
            "Sáng 12/1, cầu Cỏ May nối hai bờ kênh Xáng được thông xe. Riêng xe tải trên tám tấn còn phải \
             qua phà đến hết năm nay. Tuy nhiên, phà chỉ chạy ban ngày vì kênh nhiều ghe đậu. UBND tỉnh \
             Đồng Tháp đầu tư hai trăm tỉ đồng cho cây cầu dài chín trăm mét.",
        );
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let needs = |context: &RankContext<'_>| -> Vec<bool> {
            dangling_candidates(context, |_| true).into_iter().map(Dangling::dangles).collect()
        };
        assert_eq!(needs(&context), [false, false, true, false]);
        let context = context.with_standalone(analyzer.models().standalone());
        assert_eq!(needs(&context), [false, true, true, false]);
    }

    #[test]
    fn sentences_that_stand_alone_are_left_in_peace() {
        for text in [
            "Ủy ban nhân dân tỉnh quyết định xây cầu mới.",
            "Nhiều người dân Huế phải sơ tán vì con bão này.",
            "Còi tàu vang lên lúc 6 giờ.",
            "Ông Lê Văn An, 60 tuổi, trồng lúa.",
            "",
        ] {
            assert!(!first_dangles(text), "{text}");
        }
    }
}
