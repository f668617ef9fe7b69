//! Persons whom a sentence takes for known: "ông An" where nobody has read "ông Lê Văn An".
//!
//! Vietnamese news names a person in full once, and by title and given name afterwards. Taken out
//! of its place, a later sentence speaks of somebody whom the reader has not met.

use std::sync::LazyLock;

use crate::document::{Document, Sentence};
use crate::text::key::UnitId;
use crate::token::{Token, TokenKind};

/// Words that stand before the name of a person.
const HONORIFICS: [&str; 12] =
    ["ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cụ", "cậu", "dì", "thầy"];

fn is_honorific(unit: UnitId) -> bool {
    static UNITS: LazyLock<[UnitId; HONORIFICS.len()]> =
        LazyLock::new(|| HONORIFICS.map(UnitId::of));
    UNITS.contains(&unit)
}

/// Last syllables of offices and professions: "Thủ tướng Merkel" says who that is.
const OFFICES: [&str; 12] =
    ["tướng", "thống", "trưởng", "tịch", "đốc", "viên", "sĩ", "sư", "thủ", "sứ", "tá", "úy"];

fn is_office(unit: UnitId) -> bool {
    static UNITS: LazyLock<[UnitId; OFFICES.len()]> = LazyLock::new(|| OFFICES.map(UnitId::of));
    UNITS.contains(&unit)
}

/// Names are of syllables, foreign ("ông Suga"), or cut short ("chị M.").
fn is_name(token: &Token) -> bool {
    use TokenKind::{Abbreviation, Foreign, Syllable};
    matches!(token.kind(), Syllable | Foreign | Abbreviation) && token.is_capitalized()
}

/// Returns the given name of the first person whom the sentence names by title and given name only,
/// and neither it nor the title of the document in full.
pub(crate) fn unintroduced(document: &Document, sentence: Sentence<'_>) -> Option<UnitId> {
    let tokens = sentence.tokens();
    let in_title =
        |unit: UnitId| document.title().is_some_and(|t| t.units().binary_search(&unit).is_ok());
    let found = tokens.windows(2).enumerate().find(|(at, pair)| {
        let short = is_honorific(pair[0].unit())
            && is_name(&pair[1])
            && !tokens.get(at + 2).is_some_and(is_name);
        short && !in_title(pair[1].unit())
    });
    let name = found.map(|(_, pair)| pair[1].unit())?;
    (!introduces(sentence, name)).then_some(name)
}

/// Returns true if the sentence names a person in full, or by an office, whose given name this is.
pub(crate) fn introduces(sentence: Sentence<'_>, name: UnitId) -> bool {
    let tokens = sentence.tokens();
    tokens.windows(2).enumerate().any(|(at, pair)| {
        let before = pair[0].unit();
        let says_who = is_name(&pair[0]) && !(at == 0 && is_honorific(before));
        pair[1].unit() == name && is_name(&pair[1]) && (says_who || is_office(before))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, TextOptions};

    #[test]
    fn persons_are_known_by_their_full_names() {
        let document = Analyzer::new().analyze(
            "Ông Lê Văn An trồng lúa ở Cần Thơ. Vụ này ông An lãi lớn. Bà Lê Thị Hoa, vợ ông An, \
             cũng vui. Ông Lê Văn An cho biết ông An khác ở xóm trên mất mùa.",
        );
        let an = UnitId::of("an");
        let found: Vec<_> = document.sentences().map(|s| unintroduced(&document, s)).collect();
        assert_eq!(found, [None, Some(an), Some(an), None]);
        let named: Vec<bool> = document.sentences().map(|s| introduces(s, an)).collect();
        assert_eq!(named, [true, false, false, true]);
    }

    #[test]
    fn foreign_names_and_initials_are_names() {
        let document = Analyzer::new().analyze(
            "Chánh văn phòng Yoshihide Suga bác bỏ tin ấy. Ông Suga nói sẽ họp báo. Thủ tướng Merkel đến \
             Hà Nội hôm qua. Chị M. kể lại chuyện cũ.",
        );
        let found: Vec<bool> =
            document.sentences().map(|s| unintroduced(&document, s).is_some()).collect();
        assert_eq!(found, [false, true, false, true]);
        let named =
            |at, name| introduces(document.sentence(at).expect("a sentence"), UnitId::of(name));
        assert!(named(0, "suga") && named(2, "merkel") && !named(1, "suga"));
    }

    #[test]
    fn the_title_introduces_persons() {
        let options = TextOptions::default().with_title(Some("Tiền đạo Công Phượng dự bị"));
        let document =
            Analyzer::new().analyze_with("Huấn luyện viên nói anh Phượng đau chân.", options);
        let sentence = document.sentence(0).expect("a sentence");
        assert_eq!(unintroduced(&document, sentence), None);
    }
}
