//! Words with apostrophes and hyphens inside: `H'Mông`, `Al-Qaeda`, `Niu-Ước`, `cà-rem`.

use super::{LetterRun, Scanner};
use crate::text::letter::Tone;
use crate::text::syllable::Syllable;
use crate::token::{Gap, Shape, Token, TokenKind};

/// Most hyphens in a word. Without a limit, long chains would be read again and again.
const COMPOUND_PARTS: usize = 6;

/// Tokens that are searched for an opening quotation mark before an apostrophe.
const QUOTE_WINDOW: usize = 48;

/// Countries, directions and peoples of one syllable: a hyphen between two of them joins two names,
/// as in `Nga-Mỹ`, `Bắc-Nam`.
const NAMES_OF_ONE_SYLLABLE: [&str; 30] = [
    "việt", "nga", "mỹ", "anh", "pháp", "đức", "trung", "hàn", "nhật", "ấn", "lào", "thái", "úc",
    "triều", "hoa", "hán", "miên", "ý", "á", "âu", "phi", "bắc", "nam", "đông", "tây", "kinh",
    "chăm", "mông", "mãn", "tàu",
];

/// Peoples and parts of the names of places with a hyphen, whose tones are not those of loan words:
/// `Giẻ-Triêng`, `Bà Rịa-Vũng Tàu`.
const NAMES_WITH_HYPHEN: [&str; 14] = [
    "di-lân",
    "rịa-vũng",
    "thiên-huế",
    "rang-tháp",
    "gié-triêng",
    "giẻ-triêng",
    "bru-vân",
    "la-hủ",
    "hà-nhì",
    "pu-péo",
    "phù-lá",
    "cờ-lao",
    "bố-y",
    "sán-dìu",
];

/// Words without a tone that follow the name of a place or person behind a hyphen: `Việt Nam-một nước`,
/// `Sài Gòn-khu chợ`.
const BEHIND_NAMES: [&str; 32] = [
    "một", "khi", "cho", "con", "do", "trong", "không", "ra", "đi", "hơn", "nên", "tên", "ba",
    "năm", "thôn", "khu", "sông", "hang", "quê", "cô", "anh", "em", "chi", "hoa", "xin", "như",
    "theo", "qua", "trên", "nơi", "ngôi", "tôi",
];

/// A part of a word with hyphens.
#[derive(Clone, Copy)]
struct Part {
    run: LetterRun,
    syllable: Option<Syllable>,
}

impl Part {
    fn is_foreign(&self) -> bool {
        self.syllable.is_none()
    }

    /// True for `VOV`, `ASEAN`: a hyphen beside an acronym joins words.
    const fn is_acronym(&self) -> bool {
        self.run.uppers > 1 && self.run.uppers == self.run.letters
    }

    /// True for syllables with the tones of loan words: none, or the one that a stop coda demands.
    fn has_loan_tone(&self) -> bool {
        self.syllable.is_none_or(|syllable| match syllable.tone() {
            Tone::None => true,
            Tone::Sac | Tone::Nang => matches!(syllable.coda(), "c" | "ch" | "p" | "t"),
            _ => false,
        })
    }

    /// True for syllables with a vowel that loan words have: `Tay-íp`, but not `Lư-đơn`.
    fn has_loan_nucleus(&self) -> bool {
        self.syllable.is_none_or(|syllable| {
            !matches!(
                syllable.nucleus(),
                "ư" | "â" | "ia" | "iê" | "ua" | "uô" | "ưa" | "ươ" | "yê"
            )
        })
    }

    /// True for syllables that are built as those of loan words in lower case: a single vowel, and
    /// no second one behind it. `mô-men`, but not `đua-khen` of `thi đua-khen thưởng`.
    fn has_loan_vowel(&self) -> bool {
        self.has_loan_nucleus()
            && self
                .syllable
                .is_none_or(|syllable| !matches!(syllable.coda(), "i" | "o" | "u" | "y"))
    }

    fn is_open(&self) -> bool {
        self.syllable.is_none_or(|syllable| syllable.coda().is_empty())
    }
}

impl Scanner<'_, '_> {
    /// Reads letters with the apostrophes between them: `H'Mông`, `King’s`, `rock'n'roll`.
    pub(super) fn letters_with_apostrophes(&self, start: usize) -> LetterRun {
        let mut run = self.letters(start);
        for _ in 0..COMPOUND_PARTS {
            let Some(length) = self.apostrophe(run.end) else { break };
            let next = self.letters(run.end + length);
            let letters = &self.text[run.end + length..next.end];
            if next.letters == 0 || !self.apostrophe_joins(letters) {
                break;
            }
            let upper = run.uppers == run.letters && next.uppers == next.letters;
            // One capital in front is what counts: H'Hen, O'Neill.
            run.uppers += if upper { next.uppers } else { 0 };
            run.letters += next.letters;
            run.ascii &= next.ascii && length == 1;
            run.plain = false;
            run.end = next.end;
        }
        run
    }

    /// Returns the length of an apostrophe.
    fn apostrophe(&self, at: usize) -> Option<usize> {
        match self.byte(at) {
            b'\'' => Some(1),
            0xE2 if self.bytes[at..].starts_with("’".as_bytes()) => Some("’".len()),
            _ => None,
        }
    }

    /// Returns true unless the apostrophe before `right` is a quotation mark that closes:
    /// `‘vua’của`.
    fn apostrophe_joins(&self, right: &str) -> bool {
        if matches!(right, "s" | "S" | "t" | "m" | "d" | "re" | "ve" | "ll") {
            return true;
        }
        let tokens = &self.tokens[self.first..];
        let window = &tokens[tokens.len().saturating_sub(QUOTE_WINDOW)..];
        let last_quote = window.iter().rev().find_map(|token| match &self.text[token.span()] {
            "‘" => Some(true),
            "'" => Some(token.gap != Gap::None),
            "’" => Some(false),
            _ => None,
        });
        last_quote != Some(true)
    }

    /// Returns the length of a hyphen, also one that no line breaks at (U+2010, U+2011).
    fn hyphen(&self, at: usize) -> Option<usize> {
        match self.bytes.get(at..)? {
            [b'-', ..] => Some(1),
            [0xE2, 0x80, 0x90 | 0x91, ..] => Some(3),
            _ => None,
        }
    }

    /// Returns where a word with hyphens ends, if this is one, and its kind: `Al-Qaeda`, `Jong-un`,
    /// `knock-out`, `VN-Index`, `GD-ĐT`, `SARS-CoV-2`, `Pu-tin`, `Niu-Ước`, `mô-men`.
    ///
    /// A hyphen between Vietnamese words joins them without making them one, as in `kinh tế-xã hội`
    /// and `Hà Nội-Huế`, and so does one beside an acronym: `VOV-Trung tâm`. What counts is the same
    /// in upper case.
    pub(super) fn compound_end(&self, first: &LetterRun) -> Option<(usize, TokenKind)> {
        let part = |run: LetterRun| Part { run, syllable: run.syllable().map(Syllable::from_id) };
        let mut parts = [part(*first); COMPOUND_PARTS + 1];
        let mut count = 1;
        let mut end = first.end;
        while let Some(hyphen) = self.hyphen(end) {
            let next = self.letters_with_apostrophes(end + hyphen);
            if next.letters == 0 {
                let is_code = self.byte(next.end).is_ascii_digit()
                    && parts[..count].iter().all(Part::is_foreign);
                return is_code.then(|| (self.alphanumeric_end(next.end), TokenKind::Alphanumeric));
            }
            if self.byte(next.end).is_ascii_digit() {
                // The registration of a plane: `VN-A868`.
                let is_code = next.letters == 1
                    && next.starts_upper
                    && parts[..count].iter().all(|p| p.run.uppers == p.run.letters && p.run.ascii);
                return is_code.then(|| (self.alphanumeric_end(next.end), TokenKind::Alphanumeric));
            }
            if count > COMPOUND_PARTS {
                return None;
            }
            parts[count] = part(next);
            count += 1;
            end = next.end;
        }
        let parts = &parts[..count];
        let is_word = count > 1 && (is_foreign_compound(parts) || self.is_loan_word(parts, end));
        is_word.then_some((end, TokenKind::Foreign))
    }

    /// Returns true for loan words that are spelled in Vietnamese syllables.
    fn is_loan_word(&self, parts: &[Part], end: usize) -> bool {
        let first = &parts[0];
        let is_upper = parts.iter().all(|part| part.run.uppers == part.run.letters);
        if NAMES_WITH_HYPHEN.contains(&self.text[self.pos..end].to_lowercase().as_str()) {
            return true;
        }
        if is_upper {
            return !first.is_foreign()
                && (self.is_loan_name(parts, end) || self.is_loan_noun(parts));
        }
        if parts.iter().any(Part::is_acronym) {
            return false;
        }
        match first.run.shape() {
            Shape::Capitalized => self.is_loan_name(parts, end),
            _ => self.is_loan_noun(parts),
        }
    }

    /// `Pu-tin`, `Niu-Oóc`.
    fn is_loan_name(&self, parts: &[Part], end: usize) -> bool {
        // `Việt Nam-đất nước`, `Bắc Bộ-Trung Bộ`: parts of longer names.
        let is_name_before = |last: &Token| {
            self.gap == Gap::Space && last.kind == TokenKind::Syllable && last.is_capitalized()
        };
        // Parts of which only the first is capitalized are one name: `Lốt An-giơ-lét`, `Bắc Ai-len`.
        let is_small = parts[1..].iter().all(|part| part.run.uppers == 0);
        let is_spelled = is_small && (parts.len() > 2 || self.is_spelled_pair(parts, end));
        if !is_spelled && self.tokens[self.first..].last().is_some_and(is_name_before)
            || !parts.iter().all(Part::has_loan_tone)
        {
            return false;
        }
        let mut start = self.pos;
        let mut names = 0;
        for part in parts {
            names += usize::from(is_name_of_one_syllable(&self.text[start..part.run.end]));
            start = part.run.end + self.hyphen(part.run.end).unwrap_or(0);
        }
        // One of three or more may sound like a name, `Phi-líp-pin`, and one beside what is no
        // syllable: `Anh-xtanh`.
        let is_spelled_out = parts[1].is_foreign() && parts[1].run.uppers == 0;
        if names > 1 || names == 1 && parts.len() == 2 && !is_spelled_out {
            return false;
        }
        let rest = &self.text[end..self.bytes.len()];
        let before_name =
            rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
        !before_name || !parts[1..].iter().any(|part| part.run.starts_upper)
    }

    /// Returns true for two parts that are built as those of a name and not of words with a hyphen
    /// between them: `Giô Bai-đơn`, but not `Sơn Nam-người` and `Hoa Lư-đơn vị`.
    fn is_spelled_pair(&self, parts: &[Part], end: usize) -> bool {
        let [head, tail] = parts else { return false };
        let tail_start = head.run.end + self.hyphen(head.run.end).unwrap_or(0);
        head.has_loan_nucleus()
            && tail.has_loan_vowel()
            && !BEHIND_NAMES.contains(&&self.text[tail_start..end])
    }

    /// `mô-men`, `cà-rem`.
    fn is_loan_noun(&self, parts: &[Part]) -> bool {
        let first = &self.text[self.pos..parts[0].run.end];
        let known_start = ["cà", "xà"].contains(&first.to_lowercase().as_str());
        let is_loan = |part: &Part| part.has_loan_tone() && part.has_loan_vowel();
        let one_case = |part: &Part| part.run.uppers == 0 || part.run.uppers == part.run.letters;
        // `vắc-xin`, `pít-tông`: a sắc that a stop coda demands, which `độc-lập` does not have alone.
        let has_loan_stop = || {
            parts[0].syllable.is_some_and(|syllable| syllable.tone() == Tone::Sac)
                && parts
                    .iter()
                    .all(|part| part.syllable.is_none_or(|syllable| syllable.tone() != Tone::Nang))
        };
        parts.iter().all(one_case)
            && (known_start
                || parts.iter().all(is_loan)
                    && (parts.iter().any(Part::is_open) || has_loan_stop()))
    }
}

fn is_name_of_one_syllable(word: &str) -> bool {
    NAMES_OF_ONE_SYLLABLE.contains(&word.to_lowercase().as_str())
}

/// Returns true if the first part is no Vietnamese syllable, and none of the others is one that
/// only Vietnamese has.
fn is_foreign_compound(parts: &[Part]) -> bool {
    // Korean and English have parts that Vietnamese has, too: Jong-un, start-up.
    parts[0].is_foreign()
        && parts[1..].iter().all(|p| p.is_foreign() || p.run.ascii && p.run.letters <= 3)
}
