//! Porter's algorithm as the Perl script ROUGE-1.5.5 has it.
//!
//! It differs from the paper in bli for abli, in logi, and in step 4, where -ment and -ent are
//! tried on what the other suffixes left. The script looks a word up in a list of irregular
//! forms of `WordNet` first; that list is the caller's.

/// A run of letters in the script's patterns: the class of its first letter and of the rest.
#[derive(Clone, Copy)]
enum Run {
    /// `[^aeiou][^aeiouy]*`
    Consonants,
    /// `[aeiouy][aeiou]*`
    Vowels,
}

impl Run {
    fn begins(self, b: u8) -> bool {
        match self {
            Self::Consonants => !matches!(b, b'a' | b'e' | b'i' | b'o' | b'u'),
            Self::Vowels => matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'),
        }
    }

    fn continues(self, b: u8) -> bool {
        match self {
            Self::Consonants => !matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'),
            Self::Vowels => matches!(b, b'a' | b'e' | b'i' | b'o' | b'u'),
        }
    }
}

const RUNS: [Run; 5] =
    [Run::Consonants, Run::Vowels, Run::Consonants, Run::Vowels, Run::Consonants];

/// Sets of reachable positions in the pattern C? V C V C after each letter: bit k stands for
/// "inside run k", bit 0 for the start.
fn states(stem: &[u8]) -> impl Iterator<Item = u8> + '_ {
    let mut set = 1_u8;
    stem.iter().map(move |b| {
        let mut next = 0;
        for (k, run) in RUNS.iter().enumerate() {
            let enters = set >> k & 1 == 1 && run.begins(*b);
            // The leading consonants may be absent.
            let skips = k == 1 && set & 1 == 1 && run.begins(*b);
            let stays = set >> (k + 1) & 1 == 1 && run.continues(*b);
            next |= u8::from(enters || skips || stays) << (k + 1);
        }
        set = next;
        set
    })
}

/// The stem holds a vowel.
fn has_vowel(stem: &[u8]) -> bool {
    states(stem).any(|set| set >> 2 & 1 == 1)
}

/// m > 0
fn is_positive(stem: &[u8]) -> bool {
    states(stem).any(|set| set >> 3 & 1 == 1)
}

/// m > 1
fn exceeds_one(stem: &[u8]) -> bool {
    states(stem).any(|set| set >> 5 & 1 == 1)
}

/// m = 1
fn is_one(stem: &[u8]) -> bool {
    states(stem).last().is_some_and(|set| set & 0b1_1000 != 0)
}

/// Consonants, one vowel, one letter that is neither a vowel nor w, x, y.
fn is_cvc(stem: &[u8]) -> bool {
    let [consonants @ .., vowel, last] = stem else { return false };
    let Some((first, rest)) = consonants.split_first() else { return false };
    Run::Consonants.begins(*first)
        && rest.iter().all(|b| Run::Consonants.continues(*b))
        && Run::Vowels.begins(*vowel)
        && !matches!(last, b'a' | b'e' | b'i' | b'o' | b'u' | b'w' | b'x' | b'y')
}

const STEP2: [(&str, &str); 21] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("bli", "ble"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
    ("logi", "log"),
];

const STEP3: [(&str, &str); 7] = [
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ful", ""),
    ("ness", ""),
];

const STEP4: [(&str, &str); 17] = [
    ("al", ""),
    ("ance", ""),
    ("ence", ""),
    ("er", ""),
    ("ic", ""),
    ("able", ""),
    ("ible", ""),
    ("ant", ""),
    ("ement", ""),
    ("ou", ""),
    ("ism", ""),
    ("ate", ""),
    ("iti", ""),
    ("ous", ""),
    ("ive", ""),
    ("ize", ""),
    ("ment", ""),
];

/// Replaces the longest suffix of the list if what is before it satisfies `condition`.
fn apply(word: &mut String, rules: &[(&str, &str)], condition: fn(&[u8]) -> bool) {
    let rule = rules.iter().filter(|rule| word.ends_with(rule.0)).max_by_key(|rule| rule.0.len());
    if let Some((suffix, to)) = rule {
        let stem = word.len() - suffix.len();
        if condition(&word.as_bytes()[..stem]) {
            word.truncate(stem);
            word.push_str(to);
        }
    }
}

/// Stems `word` (ASCII letters and digits in lower case) in place.
pub(crate) fn stem(word: &mut String) {
    if word.len() < 3 {
        return;
    }
    // An initial y counts as a consonant throughout: written Y, no pattern takes it for a vowel.
    let initial_y = word.starts_with('y');
    if initial_y {
        word.replace_range(..1, "Y");
    }
    if word.ends_with("sses") || word.ends_with("ies") {
        word.truncate(word.len() - 2);
    } else if word.len() >= 2 && word.ends_with('s') && !word.ends_with("ss") {
        word.pop();
    }
    step1b(word);
    if let Some(stem) = word.strip_suffix('y')
        && has_vowel(stem.as_bytes())
    {
        word.pop();
        word.push('i');
    }
    apply(word, &STEP2, is_positive);
    apply(word, &STEP3, is_positive);
    // The script tries -ment and -ent after the others, on their result.
    apply(word, &STEP4[..16], exceeds_one);
    apply(word, &STEP4[16..], exceeds_one);
    if word.ends_with("ent") {
        apply(word, &[("ent", "")], exceeds_one);
    } else if word.ends_with("sion") || word.ends_with("tion") {
        apply(word, &[("ion", "")], exceeds_one);
    }
    if let Some(stem) = word.strip_suffix('e') {
        let stem = stem.as_bytes();
        if exceeds_one(stem) || (is_one(stem) && !is_cvc(stem)) {
            word.pop();
        }
    }
    if word.ends_with("ll") && exceeds_one(word.as_bytes()) {
        word.pop();
    }
    if initial_y {
        word.replace_range(..1, "y");
    }
}

fn step1b(word: &mut String) {
    if let Some(stem) = word.strip_suffix("eed") {
        if is_positive(stem.as_bytes()) {
            word.pop();
        }
        return;
    }
    let Some(stem) = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing")) else { return };
    if !has_vowel(stem.as_bytes()) {
        return;
    }
    word.truncate(stem.len());
    let bytes = word.as_bytes();
    if word.ends_with("at") || word.ends_with("bl") || word.ends_with("iz") {
        word.push('e');
    } else if let [.., a, b] = bytes
        && a == b
        && !matches!(a, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'l' | b's' | b'z')
    {
        word.pop();
    } else if is_cvc(bytes) {
        word.push('e');
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn follows_the_script() {
        for (word, stem) in [
            ("caresses", "caress"),
            ("agreed", "agre"),
            ("hopping", "hop"),
            ("filing", "file"),
            ("happy", "happi"),
            ("enjoy", "enjoi"),
            ("sky", "sky"),
            ("replacement", "replac"),
            ("adjustment", "adjust"),
            ("generalizations", "gener"),
            ("yellow", "yellow"),
            ("controlling", "control"),
        ] {
            let mut word_stem = word.to_owned();
            super::stem(&mut word_stem);
            assert_eq!(word_stem, stem, "{word}");
        }
    }
}
