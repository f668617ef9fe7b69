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

fn is_name(token: &Token) -> bool {
    token.kind() == TokenKind::Syllable && token.is_capitalized()
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

/// Returns true if the sentence names a person in full whose given name this is.
pub(crate) fn introduces(sentence: Sentence<'_>, name: UnitId) -> bool {
    let tokens = sentence.tokens();
    tokens.windows(2).enumerate().any(|(at, pair)| {
        pair[1].unit() == name
            && is_name(&pair[0])
            && !(at == 0 && is_honorific(pair[0].unit()))
            && is_name(&pair[1])
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
    fn the_title_introduces_persons() {
        let options = TextOptions::default().with_title(Some("Tiền đạo Công Phượng dự bị"));
        let document =
            Analyzer::new().analyze_with("Huấn luyện viên nói anh Phượng đau chân.", options);
        let sentence = document.sentence(0).expect("a sentence");
        assert_eq!(unintroduced(&document, sentence), None);
    }
}
