//! Key terms that are found against those that people gave.
//!
//! Terms are compared by their syllables, case folded and in one tone style. A term that is given
//! twice counts once. Scores of an article are averaged over articles (macro).
//!
//! # References
//!
//! S. N. Kim, O. Medelyan, M.-Y. Kan, T. Baldwin (2010), *`SemEval`-2010 task 5: automatic keyphrase
//! extraction from scientific articles*, section 3.3 (exact match of the best k); there counts are
//! summed over articles (micro).

use std::collections::BTreeSet;

use crate::text::key::fold;

/// Syllables of a term as they are compared: runs of letters and digits, folded.
///
/// # Examples
///
/// ```
/// assert_eq!(tomtat::eval::keywords::syllables("TP.HCM, Hoà Bình"), ["tp", "hcm", "hòa", "bình"]);
/// ```
#[must_use]
pub fn syllables(term: &str) -> Vec<String> {
    let parts = term.split(|c: char| !c.is_alphanumeric() && !is_mark(c));
    parts.filter(|part| !part.is_empty()).map(fold).collect()
}

/// Combining marks belong to the letter before them.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// The key terms that people gave to an article.
///
/// # Examples
///
/// ```
/// use tomtat::eval::keywords::GoldKeywords;
///
/// let gold = GoldKeywords::new(["gạo", "xuất khẩu", "lúa mì"]);
/// let present = gold.present_in("Xuất khẩu gạo tăng.");
/// assert_eq!((gold.len(), present.len()), (3, 2));
/// // One of two found is right, one of two is found.
/// assert_eq!(present.f1_at(&["gạo", "giá"], 2), 0.5);
/// // Of three syllables, one is right: precision 1/2, recall 1/3.
/// assert!((present.syllable_f1_at(&["gạo", "giá"], 2) - 0.4).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldKeywords {
    terms: BTreeSet<Vec<String>>,
}

impl GoldKeywords {
    /// Takes terms; those without a letter or digit are left out.
    #[must_use]
    pub fn new<'a>(terms: impl IntoIterator<Item = &'a str>) -> Self {
        Self { terms: terms.into_iter().map(syllables).filter(|t| !t.is_empty()).collect() }
    }

    /// Returns those whose syllables stand next to each other in the text.
    #[must_use]
    pub fn present_in(&self, text: &str) -> Self {
        let text = syllables(text);
        let longest = self.terms.iter().map(Vec::len).max().unwrap_or(0);
        let mut present = BTreeSet::new();
        for start in 0..text.len() {
            for end in start + 1..=text.len().min(start + longest) {
                if self.terms.contains(&text[start..end]) {
                    present.insert(text[start..end].to_vec());
                }
            }
        }
        Self { terms: present }
    }

    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Returns true if there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Returns the F1 of the best `k` terms found, between 0 and 1. Fewer than `k` count as `k`:
    /// saying less is not more precise.
    #[must_use]
    pub fn f1_at(&self, found: &[impl AsRef<str>], k: usize) -> f64 {
        let found: BTreeSet<Vec<String>> =
            found.iter().take(k).map(|term| syllables(term.as_ref())).collect();
        f1(found.intersection(&self.terms).count(), k, self.terms.len())
    }

    /// Returns the F1 of the distinct syllables of the best `k` terms found, between 0 and 1.
    #[must_use]
    pub fn syllable_f1_at(&self, found: &[impl AsRef<str>], k: usize) -> f64 {
        let found: BTreeSet<String> =
            found.iter().take(k).flat_map(|term| syllables(term.as_ref())).collect();
        let gold: BTreeSet<String> = self.terms.iter().flatten().cloned().collect();
        f1(found.intersection(&gold).count(), found.len(), gold.len())
    }
}

fn f1(correct: usize, found: usize, gold: usize) -> f64 {
    if correct == 0 { 0.0 } else { 2.0 * correct as f64 / (found + gold) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_does_not_matter() {
        let gold = GoldKeywords::new(["Hoà Bình", "hòa_bình", "…", "HÒA BÌNH"]);
        assert_eq!(gold.len(), 1);
        assert!((gold.f1_at(&["Ho\u{0300}a bi\u{0300}nh"], 1) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn few_and_repeated_terms_gain_nothing() {
        let gold = GoldKeywords::new(["lúa", "gạo"]);
        assert!((gold.f1_at(&["lúa", "lúa", "lúa"], 5) - 2.0 / 7.0).abs() < 1e-12);
        assert!(gold.f1_at(&["mưa"], 5) == 0.0);
        assert!(GoldKeywords::default().f1_at(&["mưa"], 5) == 0.0);
    }
}
