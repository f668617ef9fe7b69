//! Words that are pronouns or classifiers in one place and nouns in another: `ông`, `anh`, `nước`, `nhà`.
//!
//! Whether such a word names something is decided for each occurrence by its neighbours:
//!
//! | word | names nothing | names something |
//! |---|---|---|
//! | pronouns, words of kinship | `ông Nam`, `anh kể` | `người anh`, `đội tuyển Anh` |
//! | classifiers | `cuộc họp`, `chiếc này` | |
//! | `nước` | `nước Mỹ`, `các nước` | `uống nước`, `nước dâng` |
//! | `nhà` | `một nhà ngoại giao` | `về nhà`, `xây nhà` |

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::corpus::ngram::Item;
use crate::document::Document;
use crate::text::key::TermHash;
use crate::token::{Token, TokenKind};
use crate::vocabulary;

/// What a word may be besides a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Pronoun,
    Classifier,
    /// `nước`: before the name of a country, or one of several.
    Country,
    /// `nhà`: one of several, before what they do.
    Trade,
    /// A word for how many: no function word here, but the next word is counted.
    Quantifier,
    /// `người`: a word of kinship after it is a noun.
    Person,
}

static KINDS: LazyLock<FxHashMap<TermHash, Kind>> = LazyLock::new(|| {
    let pronouns = vocabulary::PRONOUNS.phrases().map(|word| (word, Kind::Pronoun));
    let classifiers = vocabulary::CLASSIFIERS.words().map(|word| (word, Kind::Classifier));
    let quantifiers = vocabulary::QUANTIFIERS.words().map(|word| (word, Kind::Quantifier));
    let single = [("nước", Kind::Country), ("nhà", Kind::Trade), ("người", Kind::Person)];
    // A word of two lists is what the first one says.
    let all: Vec<_> = pronouns.chain(classifiers).chain(quantifiers).chain(single).collect();
    all.into_iter().rev().map(|(word, kind)| (TermHash::of_key(word), kind)).collect()
});

/// Returns what a word may be besides a noun.
pub(super) fn kind(word: TermHash) -> Option<Kind> {
    KINDS.get(&word).copied()
}

/// Tells of each word of a sentence whether it is a pronoun or a classifier where it stands.
///
/// `kind` tells what each item may be; boundaries are nothing.
pub(super) fn mark(
    document: &Document,
    items: &[Item],
    kind: impl Fn(usize) -> Option<Kind>,
    marks: &mut Vec<bool>,
) {
    let tokens = |at: usize| &document.tokens()[items[at].tokens()];
    let has_capital = |at: usize| tokens(at).iter().all(Token::is_capitalized);
    for at in 0..items.len() {
        let Some(found) = kind(at) else {
            marks.push(false);
            continue;
        };
        let previous = at.checked_sub(1).filter(|&before| !items[before].is_boundary());
        let next = Some(at + 1).filter(|&next| next < items.len() && !items[next].is_boundary());
        let is_counted = previous.is_some_and(|before| {
            kind(before) == Some(Kind::Quantifier) || tokens(before)[0].kind() == TokenKind::Number
        });
        let follows_person = previous.is_some_and(|before| kind(before) == Some(Kind::Person));
        // `đội tuyển Anh`; a title of a person in capitals has a name behind it.
        let is_name = at > 0 && has_capital(at);
        let before_name = next.is_some_and(has_capital);
        marks.push(match found {
            Kind::Pronoun => !(follows_person || is_name && !before_name),
            Kind::Classifier => !is_name,
            Kind::Country => before_name || is_counted,
            Kind::Trade => is_counted && next.is_some_and(|next| tokens(next).len() > 1),
            Kind::Quantifier | Kind::Person => false,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;
    use crate::corpus::ngram::{TermUnit, items_of};

    /// The words of a text that are pronouns or classifiers where they stand.
    fn marked(text: &str) -> Vec<String> {
        let document = Analyzer::new().analyze(text);
        let mut found = Vec::new();
        for sentence in document.sentences() {
            let (mut items, mut marks) = (Vec::new(), Vec::new());
            items_of(&document, sentence, TermUnit::Word, &mut items);
            let units = |item: &Item| document.tokens()[item.tokens()].iter().map(Token::unit);
            let kinds: Vec<Option<Kind>> =
                items.iter().map(|item| kind(TermHash::of_units(units(item)))).collect();
            mark(&document, &items, |at| kinds[at], &mut marks);
            let marked = items.iter().zip(marks).filter(|(_, is_marked)| *is_marked);
            found.extend(marked.map(|(item, _)| item.key(&document)));
        }
        found
    }

    #[test]
    fn pronouns_and_classifiers_are_told_from_nouns() {
        let cases: [(&str, &[&str]); 9] = [
            ("Hôm qua ông Nam kể rằng anh gặp lại bạn cũ.", &["ông", "anh"]),
            ("Người anh đang ở quê.", &[]),
            ("Trận này đội tuyển Anh thắng.", &["trận"]),
            ("Lãnh đạo nước Mỹ và nước Anh gặp nhau.", &["nước", "nước"]),
            ("Trời nóng, trẻ con uống nước nhiều hơn.", &[]),
            ("Nước sông dâng cao, tràn vào nhà.", &[]),
            ("Một nhà ngoại giao đến Huế.", &["nhà"]),
            ("Mẹ xây nhà ở quê.", &[]),
            ("Chiếc xe lao xuống vực.", &["chiếc"]),
        ];
        for (text, expected) in cases {
            assert_eq!(marked(text), expected, "{text}");
        }
    }
}
