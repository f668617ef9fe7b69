//! Porter's algorithm with the extensions of NLTK, which `rouge_score` uses.
//!
//! Where NLTK differs from the paper: words of one and two letters stay; a table of irregular
//! forms; four-letter words in -ies and -ied keep the e (dies, died: die), longer ones in -ied
//! lose it; y becomes i after any consonant that does not begin the word; alli is reduced before
//! the rest of step 2 runs again; bli instead of abli, and the suffixes fulli and logi; and a
//! stem of two letters, vowel then consonant, counts as ending in consonant-vowel-consonant.

/// Forms that the rules get wrong, and their stems.
const IRREGULAR: [(&str, &str); 16] = [
    ("sky", "sky"),
    ("skies", "sky"),
    ("dying", "die"),
    ("lying", "lie"),
    ("tying", "tie"),
    ("news", "news"),
    ("innings", "inning"),
    ("inning", "inning"),
    ("outings", "outing"),
    ("outing", "outing"),
    ("cannings", "canning"),
    ("canning", "canning"),
    ("howe", "howe"),
    ("proceed", "proceed"),
    ("exceed", "exceed"),
    ("succeed", "succeed"),
];

/// Suffixes of step 2 after alli, in the order in which they are tried.
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
    ("fulli", "ful"),
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

/// Suffixes of step 4; `ion` asks for an s or t before it.
const STEP4: [&str; 19] = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou",
    "ism", "ate", "iti", "ous", "ive", "ize",
];

/// Stems `word` (ASCII letters and digits in lower case) in place.
pub(crate) fn stem(word: &mut String) {
    if let Some((_, stem)) = IRREGULAR.iter().find(|(form, _)| form == word) {
        word.clear();
        word.push_str(stem);
        return;
    }
    if word.len() <= 2 {
        return;
    }
    step1a(word);
    step1b(word);
    if let Some(stem) = word.strip_suffix('y')
        && stem.len() > 1
        && is_consonant(stem, stem.len() - 1)
    {
        replace(word, 1, "i");
    }
    step2(word);
    if let Some((suffix, to)) = STEP3.iter().find(|(suffix, _)| word.ends_with(suffix))
        && measure(&word[..word.len() - suffix.len()]) > 0
    {
        replace(word, suffix.len(), to);
    }
    step4(word);
    if let Some(stem) = word.strip_suffix('e') {
        let m = measure(stem);
        if m > 1 || (m == 1 && !ends_cvc(stem)) {
            word.pop();
        }
    }
    if word.ends_with("ll") && measure(&word[..word.len() - 1]) > 1 {
        word.pop();
    }
}

fn replace(word: &mut String, cut: usize, to: &str) {
    word.truncate(word.len() - cut);
    word.push_str(to);
}

fn is_vowel_letter(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// A y is a consonant at the start and after a vowel; digits are consonants.
fn is_consonant(word: &str, index: usize) -> bool {
    let bytes = word.as_bytes();
    let (mut i, mut flip) = (index, false);
    while i > 0 && bytes[i] == b'y' {
        flip = !flip;
        i -= 1;
    }
    is_vowel_letter(bytes[i]) == flip
}

fn consonants(word: &str) -> impl Iterator<Item = bool> + '_ {
    let mut previous = false;
    word.bytes().enumerate().map(move |(i, b)| {
        previous = match b {
            b'y' => i == 0 || !previous,
            b => !is_vowel_letter(b),
        };
        previous
    })
}

/// Porter's m: the number of times a vowel is followed by a consonant.
fn measure(stem: &str) -> usize {
    let (mut m, mut after_vowel) = (0, false);
    for consonant in consonants(stem) {
        m += usize::from(after_vowel && consonant);
        after_vowel = !consonant;
    }
    m
}

fn contains_vowel(stem: &str) -> bool {
    consonants(stem).any(|consonant| !consonant)
}

/// Porter's condition *d.
fn ends_double_consonant(word: &str) -> bool {
    let b = word.as_bytes();
    b.len() >= 2 && b[b.len() - 1] == b[b.len() - 2] && is_consonant(word, b.len() - 1)
}

/// Porter's condition *o, with NLTK's addition for stems of two letters.
fn ends_cvc(word: &str) -> bool {
    let n = word.len();
    if n == 2 {
        return !is_consonant(word, 0) && is_consonant(word, 1);
    }
    n >= 3
        && is_consonant(word, n - 3)
        && !is_consonant(word, n - 2)
        && is_consonant(word, n - 1)
        && !matches!(word.as_bytes()[n - 1], b'w' | b'x' | b'y')
}

fn step1a(word: &mut String) {
    if word.ends_with("ies") && word.len() == 4 {
        word.pop();
    } else if word.ends_with("sses") || word.ends_with("ies") {
        word.truncate(word.len() - 2);
    } else if word.ends_with('s') && !word.ends_with("ss") {
        word.pop();
    }
}

fn step1b(word: &mut String) {
    if word.ends_with("ied") {
        let cut = if word.len() == 4 { 1 } else { 2 };
        word.truncate(word.len() - cut);
        return;
    }
    if let Some(stem) = word.strip_suffix("eed") {
        if measure(stem) > 0 {
            word.pop();
        }
        return;
    }
    let Some(stem) = ["ed", "ing"]
        .iter()
        .find_map(|suffix| word.strip_suffix(suffix).filter(|stem| contains_vowel(stem)))
    else {
        return;
    };
    word.truncate(stem.len());
    if word.ends_with("at") || word.ends_with("bl") || word.ends_with("iz") {
        word.push('e');
    } else if ends_double_consonant(word) {
        if !word.ends_with(['l', 's', 'z']) {
            word.pop();
        }
    } else if measure(word) == 1 && ends_cvc(word) {
        word.push('e');
    }
}

fn step2(word: &mut String) {
    while let Some(stem) = word.strip_suffix("alli")
        && measure(stem) > 0
    {
        replace(word, 2, "");
    }
    if let Some((suffix, to)) = STEP2.iter().find(|(suffix, _)| word.ends_with(suffix)) {
        if measure(&word[..word.len() - suffix.len()]) > 0 {
            replace(word, suffix.len(), to);
        }
    } else if word.ends_with("logi") && measure(&word[..word.len() - 3]) > 0 {
        word.pop();
    }
}

fn step4(word: &mut String) {
    let Some(suffix) = STEP4.iter().find(|suffix| word.ends_with(**suffix)) else { return };
    let stem = &word[..word.len() - suffix.len()];
    let allowed = *suffix != "ion" || stem.ends_with(['s', 't']);
    if allowed && measure(stem) > 1 {
        word.truncate(stem.len());
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn follows_the_paper_and_the_extensions() {
        for (word, stem) in [
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("dies", "die"),
            ("agreed", "agre"),
            ("plastered", "plaster"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("filing", "file"),
            ("happy", "happi"),
            ("enjoy", "enjoy"),
            ("relational", "relat"),
            ("conditional", "condit"),
            ("radically", "radic"),
            ("generalizations", "gener"),
            ("adoption", "adopt"),
            ("controlling", "control"),
            ("skies", "sky"),
            ("geology", "geolog"),
            ("nghi", "nghi"),
            ("yyyyy", "yyyyy"),
        ] {
            let mut word_stem = word.to_owned();
            super::stem(&mut word_stem);
            assert_eq!(word_stem, stem, "{word}");
        }
    }
}
