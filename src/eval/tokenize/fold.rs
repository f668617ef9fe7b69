//! Folding of a token into the key that is counted: NFC, look-alike letters, case, tone style.

use unicode_normalization::UnicodeNormalization;

use crate::text::syllable::{Syllable, ToneStyle};

/// Returns true for characters that are invisible inside a word: they neither end a token nor
/// belong to its key.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Appends the key of one syllable or foreign word to `key`.
///
/// The steps, in this order: invisible characters go; canonical composition (NFC); eth and
/// African d (Ð U+00D0, ð U+00F0, Ɖ U+0189, ɖ U+0256) become Đ and đ, for which they are typed;
/// lower case if asked; and, if asked and the token is a Vietnamese syllable, the tone mark moves
/// to its place in the old style (hoà becomes hòa, qúy becomes quý). A token that is no
/// Vietnamese syllable keeps its marks where they are.
pub(crate) fn fold(raw: &str, lowercase: bool, fold_tone: bool, key: &mut String) {
    let start = key.len();
    key.extend(raw.chars().filter(|c| !is_invisible(*c)).nfc().map(unify_d));
    let upper: u64 = if lowercase {
        let lower = key[start..].to_lowercase();
        key.truncate(start);
        key.extend(lower.nfc());
        0
    } else {
        key[start..]
            .chars()
            .take(64)
            .enumerate()
            .fold(0, |bits, (i, c)| bits | u64::from(c.is_uppercase()) << i)
    };
    if !fold_tone {
        return;
    }
    if let Some(syllable) = Syllable::parse(&key[start..]) {
        key.truncate(start);
        syllable.spell_into(ToneStyle::Old, key);
        if upper != 0 {
            let spelled = key.split_off(start);
            for (i, c) in spelled.chars().enumerate() {
                if upper >> i & 1 == 1 { key.extend(c.to_uppercase()) } else { key.push(c) }
            }
        }
    }
}

fn unify_d(c: char) -> char {
    match c {
        '\u{D0}' | '\u{189}' => 'Đ',
        '\u{F0}' | '\u{256}' => 'đ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    fn key(raw: &str, lowercase: bool, fold_tone: bool) -> String {
        let mut out = String::new();
        fold(raw, lowercase, fold_tone, &mut out);
        out
    }

    #[test]
    fn folds_form_case_and_tone_place() {
        for (raw, expected) in [
            ("Hoà", "hòa"),
            ("HÒA", "hòa"),
            ("thuý", "thúy"),
            ("qúy", "quý"),
            ("hòan", "hoàn"),
            ("Ðà", "đà"),
            ("Vi\u{200B}ệt", "việt"),
            ("Beyoncé", "beyoncé"),
            ("İ", "i\u{307}"),
        ] {
            assert_eq!(key(raw, true, true), expected, "{raw}");
            let decomposed: String = raw.nfd().collect();
            assert_eq!(key(&decomposed, true, true), expected, "{raw} decomposed");
        }
    }

    #[test]
    fn case_and_tone_place_are_kept_when_asked() {
        assert_eq!(key("Hoà", false, true), "Hòa");
        assert_eq!(key("HOÀ", false, true), "HÒA");
        assert_eq!(key("Hoà", true, false), "hoà");
        assert_eq!(key("McDonald", false, true), "McDonald");
    }
}
