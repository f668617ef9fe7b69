//! The part of a sentence that matters, still one slice of the text.
//!
//! A slice begins with the sentence, or after the comma behind a connective or an adverbial that
//! opens it; it ends with the sentence, or before a comma or semicolon. Of these the one with the
//! highest expected ROUGE against the abstract is taken, if it is above that of the whole.
//! Guards keep a slice from saying what the sentence does not: brackets and quotations stay whole,
//! and no cut is made in an enumeration, beside a number or a name, before a contrast or a condition,
//! or between a claim and its source.

use std::ops::Range;
use std::sync::LazyLock;

use super::features::f_measure;
use super::{ScoredArticle, Scratch};
use crate::document::Sentence;
use crate::rank::RankContext;
use crate::rank::trained::article_ngrams::pair_key;
use crate::text::key::UnitId;
use crate::token::{Token, TokenKind};

/// A slice has at least so many syllables.
const LEAST_KEPT: usize = 10;

/// Parts beside a cut of fewer syllables may be items of an enumeration.
const LEAST_PART: usize = 5;

/// Words that open a sentence before its subject have at most so many syllables.
const LONGEST_OPENING: usize = 12;

/// Marks of a sentence that are looked at; keeps long ones linear.
const MOST_CUTS: usize = 16;

/// Words that open an adverbial or a clause that needs the one behind it.
const OPENINGS: [&str; 50] = [
    "nếu", "khi", "vì", "do", "để", "mặc", "tuy", "dù", "sau", "trước", "trong", "theo", "với",
    "tại", "từ", "ngày", "sáng", "chiều", "tối", "trưa", "đêm", "khoảng", "vào", "đến", "hôm",
    "năm", "tháng", "bên", "ngoài", "nhằm", "qua", "trên", "cùng", "nhờ", "bằng", "về", "đối",
    "hiện", "mới", "lúc", "cuối", "đầu", "giữa", "ở", "bởi", "ngay", "như", "thế", "đồng", "riêng",
];

/// Words that begin no sentence: a slice would have lost its subject before them.
const CONTINUATIONS: [&str; 40] = [
    "khiến", "gây", "làm", "và", "nhưng", "mà", "để", "nên", "thì", "là", "có", "không", "được",
    "bị", "đã", "đang", "sẽ", "cũng", "cho", "do", "vì", "đồng", "với", "nhằm", "song", "hay",
    "hoặc", "còn", "vẫn", "phải", "nếu", "khi", "giúp", "trong", "tại", "theo", "từ", "sau", "vào",
    "ở",
];

/// What is left out begins with one of these or of [`CONTINUATIONS`], as clauses do that add a
/// result, a purpose, a time or a reason. Another word may be the next item of an enumeration.
const ADDITIONS: [&str; 10] =
    ["tạo", "ảnh", "tức", "kể", "qua", "ngay", "bởi", "nhờ", "cùng", "theo"];

/// A sentence that opens with one of these has its main clause behind some comma that nothing
/// tells from the others: its end is never cut.
const SUBORDINATORS: [&str; 10] =
    ["để", "nếu", "khi", "vì", "do", "mặc", "tuy", "dù", "nhằm", "bởi"];

/// What is left out must not begin with these: it changes what stands before it.
const CONTRASTS: [&str; 14] = [
    "nhưng", "song", "trừ", "nếu", "ngoại", "mà", "chứ", "tuy", "dù", "mặc", "miễn", "thay",
    "không", "thì",
];

/// Last syllables of what stands before something said.
const SAYINGS: [&str; 5] = ["rằng", "biết", "hay", "là", "thấy"];

/// Words that name the source of a claim.
const SOURCES: [&str; 6] = ["theo", "nói", "kể", "dẫn", "nêu", "báo"];

/// The same, of two syllables.
const SOURCE_PAIRS: [[&str; 2]; 12] = [
    ["cho", "biết"],
    ["cho", "hay"],
    ["cho", "rằng"],
    ["khẳng", "định"],
    ["nhấn", "mạnh"],
    ["chia", "sẻ"],
    ["nhận", "định"],
    ["phát", "biểu"],
    ["tiết", "lộ"],
    ["thừa", "nhận"],
    ["cáo", "buộc"],
    ["giải", "thích"],
];

/// The lists above as units.
struct Words {
    openings: Vec<UnitId>,
    continuations: Vec<UnitId>,
    contrasts: Vec<UnitId>,
    additions: Vec<UnitId>,
    subordinators: Vec<UnitId>,
    sayings: Vec<UnitId>,
    sources: Vec<UnitId>,
    source_pairs: Vec<[UnitId; 2]>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let units = |words: &[&str]| words.iter().map(|word| UnitId::of(word)).collect();
    Words {
        openings: units(&OPENINGS),
        continuations: units(&CONTINUATIONS),
        contrasts: units(&CONTRASTS),
        additions: units(&ADDITIONS),
        subordinators: units(&SUBORDINATORS),
        sayings: units(&SAYINGS),
        sources: units(&SOURCES),
        source_pairs: SOURCE_PAIRS.iter().map(|pair| pair.map(UnitId::of)).collect(),
    }
});

impl ScoredArticle<'_> {
    /// Returns the bytes of the part of a candidate with the highest expected ROUGE.
    pub(super) fn best_slice(&self, context: &RankContext<'_>, candidate: usize) -> Range<usize> {
        let sentence = context.candidate(candidate);
        let tokens = sentence.tokens();
        let units: Vec<UnitId> = terms(tokens).map(Token::unit).collect();
        // Terms before each token.
        let mut before = Vec::with_capacity(tokens.len() + 1);
        before.push(0);
        for token in tokens {
            before.push(before[before.len() - 1] + usize::from(token.kind().is_term()));
        }
        let numbers = self.scratch.ngrams.units_of(candidate);
        let value = |slice: &Range<usize>| {
            let terms = before[slice.start]..before[slice.end];
            self.expected(&units[terms.clone()], &numbers[terms])
        };
        let whole = 0..tokens.len();
        let mut best = (value(&whole), whole);
        for slice in slices(sentence) {
            let expected = value(&slice);
            if expected > best.0 {
                best = (expected, slice);
            }
        }
        let slice = best.1;
        if slice == (0..tokens.len()) {
            sentence.span()
        } else {
            let end = if slice.end == tokens.len() {
                sentence.span().end
            } else {
                tokens[slice.end - 1].span().end
            };
            tokens[slice.start].span().start..end
        }
    }

    /// The mean expected F-measure of ROUGE-1 and ROUGE-2 of some neighbouring units.
    fn expected(&self, units: &[UnitId], numbers: &[u32]) -> f32 {
        let Scratch { ngrams, probabilities, .. } = &*self.scratch;
        let mut distinct = numbers.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let of_units = distinct
            .iter()
            .map(|&unit| probabilities.units[unit as usize].probability())
            .fold(0.0, |a, b| a + b);
        let mut pairs: Vec<usize> = units
            .windows(2)
            .filter_map(|pair| ngrams.pairs.find(pair_key(pair[0], pair[1])))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let of_pairs = pairs
            .iter()
            .map(|&pair| probabilities.pairs[pair].probability())
            .fold(0.0, |a, b| a + b);
        let length = units.len() as f32;
        f32::midpoint(f_measure(of_units, length), f_measure(of_pairs, length - 1.0))
    }
}

fn terms(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    tokens.iter().filter(|token| token.kind().is_term())
}

/// Returns the parts of a sentence that can stand for it, as ranges of its tokens.
fn slices(sentence: Sentence<'_>) -> Vec<Range<usize>> {
    let tokens = sentence.tokens();
    let cuts = cuts(sentence);
    let mut starts = vec![0];
    starts.extend(
        cuts.first()
            .filter(|&&cut| is_opening(&tokens[..cut], &tokens[cut + 1..]))
            .map(|cut| cut + 1),
    );
    let mut found = Vec::new();
    for start in starts {
        let inner: Vec<usize> = cuts.iter().copied().filter(|&cut| cut > start).collect();
        // What opens with an adverbial needs the part behind it.
        let needed = usize::from(begins_with(&tokens[start..], &WORDS.openings));
        let has_clause = opens_clause(&tokens[start..]);
        for (place, &cut) in inner.iter().enumerate().skip(needed) {
            let part = place.checked_sub(1).map_or(start, |p| inner[p] + 1);
            let next = inner.get(place + 1).copied().unwrap_or(tokens.len());
            if !has_clause
                && terms(&tokens[start..cut]).count() >= LEAST_KEPT
                && !opens_clause_late(&tokens[part..cut])
                && is_safe_end(&tokens[part..cut], &tokens[cut + 1..next], &tokens[cut + 1..])
            {
                found.push(start..cut);
            }
        }
        if start > 0 && terms(&tokens[start..]).count() >= LEAST_KEPT {
            found.push(start..tokens.len());
        }
    }
    found
}

/// Returns the commas and semicolons outside of brackets and quotations; none if these do not close.
fn cuts(sentence: Sentence<'_>) -> Vec<usize> {
    let (mut depth, mut is_quoted) = (0usize, false);
    let mut found = Vec::new();
    for (at, token) in sentence.tokens().iter().enumerate() {
        if token.kind() != TokenKind::Punctuation {
            continue;
        }
        match sentence.slice(token) {
            "(" | "[" | "“" | "«" => depth += 1,
            ")" | "]" | "”" | "»" => depth = depth.saturating_sub(1),
            "\"" => is_quoted = !is_quoted,
            "," | ";" if depth == 0 && !is_quoted && found.len() < MOST_CUTS => found.push(at),
            _ => {}
        }
    }
    if depth > 0 || is_quoted {
        found.clear();
    }
    found
}

/// Returns true if a sentence can begin behind its first part.
fn is_opening(part: &[Token], rest: &[Token]) -> bool {
    let length = terms(part).count();
    (1..=LONGEST_OPENING).contains(&length)
        && begins_with(part, &WORDS.openings)
        && (!names_source(part) || is_reference(part))
        && !begins_with(part, &WORDS.contrasts)
        && !begins_with(rest, &WORDS.continuations)
        && terms(part).last().is_some_and(|token| !is_name(token))
}

/// Returns true for "theo đó", which names no source.
fn is_reference(part: &[Token]) -> bool {
    static REFERENCE: LazyLock<[UnitId; 2]> = LazyLock::new(|| ["theo", "đó"].map(UnitId::of));
    terms(part).map(Token::unit).eq(REFERENCE.iter().copied())
}

/// Returns true if a sentence can end between two parts; `left_out` is all that is behind it.
fn is_safe_end(part: &[Token], next: &[Token], left_out: &[Token]) -> bool {
    let is_fixed = |token: &Token| is_name(token) || token.kind() != TokenKind::Syllable;
    let adds =
        begins_with(left_out, &WORDS.continuations) || begins_with(left_out, &WORDS.additions);
    adds && terms(part).count() >= LEAST_PART
        && terms(next).count() >= LEAST_PART
        && !terms(part).last().is_some_and(is_fixed)
        && !terms(next).next().is_some_and(is_fixed)
        && !begins_with(left_out, &WORDS.contrasts)
        && !names_source(left_out)
}

/// Returns true if the first word, or the second behind one like *sau*, opens a clause.
fn opens_clause(tokens: &[Token]) -> bool {
    terms(tokens).take(2).any(|token| WORDS.subordinators.contains(&token.unit()))
}

/// Returns true if a clause opens behind a verb of saying, *cho rằng khi …*: its main clause may
/// stand behind the next comma.
fn opens_clause_late(part: &[Token]) -> bool {
    let units: Vec<UnitId> = terms(part).map(Token::unit).collect();
    units
        .windows(2)
        .any(|pair| WORDS.sayings.contains(&pair[0]) && WORDS.subordinators.contains(&pair[1]))
}

fn is_name(token: &Token) -> bool {
    token.kind() == TokenKind::Syllable && token.is_capitalized()
}

fn begins_with(tokens: &[Token], words: &[UnitId]) -> bool {
    terms(tokens).next().is_some_and(|token| words.contains(&token.unit()))
}

fn names_source(tokens: &[Token]) -> bool {
    let units: Vec<UnitId> = terms(tokens).map(Token::unit).collect();
    units.iter().any(|unit| WORDS.sources.contains(unit))
        || units.windows(2).any(|pair| WORDS.source_pairs.iter().any(|known| known[..] == *pair))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    fn kept(text: &str) -> Vec<String> {
        let document = Analyzer::new().analyze(text);
        let sentence = document.sentence(0).expect("a sentence");
        let tokens = sentence.tokens();
        slices(sentence)
            .into_iter()
            .map(|slice| {
                text[tokens[slice.start].span().start..tokens[slice.end - 1].span().end].into()
            })
            .collect()
    }

    #[test]
    fn parts_that_can_stand_alone_are_offered() {
        let text = "Bên cạnh đó, tỉnh cho vay vốn với lãi suất thấp trong ba năm đầu, giúp các hộ nghèo mua \
                    thêm trâu bò và sửa lại chuồng trại.";
        let kept = kept(text);
        assert_eq!(kept.len(), 3, "{kept:?}");
        assert!(
            kept.iter()
                .any(|part| part.starts_with("tỉnh cho vay") && part.ends_with("ba năm đầu"))
        );
    }

    #[test]
    fn guards_hold() {
        for text in [
            // An enumeration.
            "Chợ bán rau xanh của nhà trồng, cá đồng, gà vịt và rất nhiều thứ bánh trái của quê nhà.",
            // A name and what it is.
            "Người đứng đầu đoàn cứu trợ của tỉnh là bác sĩ Lê Văn An, giám đốc bệnh viện huyện bên bờ sông.",
            // The source of a claim.
            "Cây cầu này sẽ được thông xe vào đầu mùa xuân tới, ông chủ tịch xã cho biết trong cuộc họp.",
            // A contrast and a condition.
            "Giá lúa ở các tỉnh miền tây đang tăng rất nhanh, nhưng nông dân không còn lúa để mà bán ra.",
            "Con đường này sẽ được mở rộng ngay trong năm tới, nếu người dân ở hai bên chịu dời nhà đi.",
            // Two names of the same thing.
            "Tỉnh yêu cầu làm rõ trách nhiệm của ban quản lý về các sai phạm kéo dài, khuyết điểm trong \
             thời gian xây chợ mới.",
            // The main clause comes last.
            "Để sớm giúp người dân ổn định cuộc sống sau mùa lũ, khiến bà con yên tâm làm ăn, tỉnh \
             cấp lúa giống cho các xã ven sông.",
            "Kỹ sư của ban quản lý cho rằng khi nước sông dâng cao gây sạt lở bờ kè, làm hỏng chân cầu \
             thì phải cấm xe tải.",
            // A quotation stays whole.
            "Bà cụ kể “nước lên nhanh lắm trong đêm hôm ấy, cả nhà phải trèo lên mái tôn ngồi chờ cứu”.",
        ] {
            assert!(kept(text).is_empty(), "{text}: {:?}", kept(text));
        }
    }
}
