//! Sentences that lean on the one before: "Tuy nhiên", "Ông này", "Theo đó".
//!
//! Taken out of its place, such a sentence sends the reader looking for what it speaks of. Selectors
//! prefer sentences that stand alone, or take the one before as well.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::document::Sentence;
use crate::segment::token::Token;
use crate::text::key::{TermHash, UnitId};

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
    "và",
    "còn",
    "rồi",
    "thậm chí",
    "tại đây",
    "ở đây",
    "đây",
    "đó",
    "cả hai",
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
/// use tomtat::{Analyzer, select::dependence::leans};
///
/// let document = Analyzer::new().analyze(
///     "Ông Lê Văn An trồng lúa ở Cần Thơ. Ông này có ba con. Tuy nhiên, vụ này mất mùa.",
/// );
/// let found: Vec<bool> = document.sentences().map(leans).collect();
/// assert_eq!(found, [false, true, true]);
/// ```
#[must_use]
pub fn leans(sentence: Sentence<'_>) -> bool {
    static KNOWN: LazyLock<FxHashSet<TermHash>> =
        LazyLock::new(|| OPENINGS.iter().map(|opening| TermHash::of_key(opening)).collect());
    static POINTERS: LazyLock<[UnitId; 3]> =
        LazyLock::new(|| ["này", "ấy", "trên"].map(UnitId::of));
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
        if KNOWN.contains(&TermHash::of_units(units[..count].iter().copied()))
            && (count > 1 || sentence.word_length_at(at) == 1)
        {
            return true;
        }
    }
    let pointers = &*POINTERS;
    units[1.min(count)..count]
        .iter()
        .any(|unit| pointers[..2].contains(unit) || (*unit == pointers[2] && count == 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    fn first_leans(text: &str) -> bool {
        let document = Analyzer::new().analyze(text);
        document.sentence(0).is_some_and(leans)
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
        ] {
            assert!(first_leans(text), "{text}");
        }
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
            assert!(!first_leans(text), "{text}");
        }
    }
}
