//! The syllable inventory against the list of all spellings that the orthography allows.

use std::collections::BTreeSet;

use tomtat::text::syllable::{Syllable, ToneStyle, all};

use crate::common::shared;

#[test]
fn the_inventory_is_the_list_of_the_orthography() {
    let Some(path) = shared("data/syllables/all-17974.txt") else { return };
    let list = std::fs::read_to_string(path).expect("a readable list");
    let listed: BTreeSet<&str> = list.lines().filter(|l| !l.is_empty()).collect();
    assert_eq!(listed.len(), 17_974);

    for spelling in &listed {
        assert!(Syllable::parse(spelling).is_some(), "{spelling} does not parse");
    }
    let mut doubles = Vec::new();
    let spelled: BTreeSet<String> = all().map(|s| s.spell(ToneStyle::New)).collect();
    for spelling in &listed {
        if !spelled.contains(*spelling) {
            doubles.push(*spelling);
        }
    }
    // gìa beside già, qúa beside quá: the same syllable with the mark on the wrong letter.
    assert_eq!(doubles.len(), 20, "{doubles:?}");
    assert!(doubles.iter().all(|s| s.starts_with('g') || s.starts_with('q')), "{doubles:?}");
    assert!(spelled.iter().all(|s| listed.contains(s.as_str())));
}
