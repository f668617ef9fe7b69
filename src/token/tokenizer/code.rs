//! Numbers, codes and units: `12/6`, `370km`, `Su-30`, `49X-6666`, `QL.14`, `30°C`, `CO₂`.

use super::{LetterRun, Scanner};
use crate::token::{Shape, TokenKind};

/// Symbols of units that take an exponent.
const POWERED: [&str; 12] = ["m", "km", "hm", "dm", "cm", "mm", "s", "kg", "ft", "in", "mc", "x"];

impl Scanner<'_, '_> {
    pub(super) fn number(&mut self) {
        let end = self.alphanumeric_end(self.pos);
        let bytes = &self.bytes[self.pos..end];
        // 24h.com.vn
        if self.byte(end) == b'.' && bytes.is_ascii() && self.domain(end) {
            return;
        }
        if let Some(end) = self.numbered_code_end(end) {
            return self.push_folded(end, TokenKind::Alphanumeric, Shape::Caseless);
        }
        let end = self.number_sign_end(end);
        self.push_folded(end, TokenKind::Number, Shape::Caseless);
    }

    /// Returns the end of what belongs to a number: `99,9%`, `5‰`, `30°C`, `12m²`, `10⁶`.
    fn number_sign_end(&self, end: usize) -> usize {
        let rest = &self.text[end..self.bytes.len()];
        if rest.starts_with('%') {
            return end + 1;
        }
        if rest.starts_with('‰') {
            return end + '‰'.len_utf8();
        }
        // The ordinal sign is what many keyboards have for the degree.
        if let Some(scale) = rest.strip_prefix(['°', 'º'])
            && scale.starts_with(['C', 'F', 'K'])
            && !scale[1..].starts_with(char::is_alphanumeric)
        {
            return end + '°'.len_utf8() + 1;
        }
        let unit = self.text[self.pos..end].trim_start_matches(|c: char| !c.is_alphabetic());
        if POWERED.contains(&unit) || &self.text[self.pos..end] == "10" {
            return self.exponent_end(end);
        }
        end
    }

    /// Returns the end of superscript digits and signs.
    pub(super) fn exponent_end(&self, from: usize) -> usize {
        let rest = &self.text[from..self.bytes.len()];
        let is_exponent = |c: char| matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '⁻' | '⁺');
        from + rest.find(|c| !is_exponent(c)).unwrap_or(rest.len())
    }

    /// Returns the end of codes that begin with digits, if this is one that goes on after the run of
    /// letters and digits that ends at `end`: `49X-6666`, `30/2020/NĐ-CP`.
    fn numbered_code_end(&self, end: usize) -> Option<usize> {
        let run = &self.bytes[self.pos..end];
        match self.byte(end) {
            b'-' if run.last()?.is_ascii_uppercase() && self.byte(end + 1).is_ascii_digit() => {
                Some(self.alphanumeric_end(end + 1))
            }
            b'/' if run.iter().all(|b| b.is_ascii_digit() || *b == b'/') => {
                let mut at = end;
                while matches!(self.byte(at), b'/' | b'-') {
                    let next = self.letters(at + 1);
                    if next.uppers < 2 || !next.starts_upper {
                        break;
                    }
                    at = next.end;
                }
                (at > end).then_some(at)
            }
            _ => None,
        }
    }

    /// Returns the end of a run of digits and letters with separators between digits.
    pub(super) fn alphanumeric_end(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            match self.byte(at) {
                b'0'..=b'9' => at += 1,
                b'.' | b',' | b'/' | b'-' | b':'
                    if self.byte(at + 1).is_ascii_digit()
                        && at > start
                        && self.bytes[at - 1].is_ascii_digit() =>
                {
                    at += 2;
                }
                b'a'..=b'z' | b'A'..=b'Z' | 0xC3..=0xC6 | 0xE1 => {
                    let run = self.letters(at);
                    if run.end == at {
                        return at;
                    }
                    at = run.end;
                }
                _ => return at,
            }
        }
    }

    /// Returns the end of a code that begins with letters, which end at a hyphen, a stop, a sign or
    /// a digit: `Covid-19`, `MD-530`, `Su-30`, `QL.14`, `U.23`, `CO₂`, `m²`, `C++`, `AT&T`.
    pub(super) fn code_end(&self, run: &LetterRun) -> Option<(usize, TokenKind)> {
        let end = run.end;
        let alphanumeric = |end: usize| Some((end, TokenKind::Alphanumeric));
        match self.byte(end) {
            b'0'..=b'9' => alphanumeric(self.hyphened_end(self.alphanumeric_end(end))),
            b'-' if self.is_code_before_hyphen(run) => {
                alphanumeric(self.hyphened_end(self.alphanumeric_end(end + 1)))
            }
            // A road, a team or a part, `III.1`; in `CLB.15 người` the sentence has ended.
            b'.' if self.byte(end + 1).is_ascii_digit()
                && (run.letters <= 2 || is_roman(&self.bytes[self.pos..end]))
                && run.shape() != Shape::Lower
                && run.uppers == run.letters
                && !super::is_before_name(&self.text[self.pos..end]) =>
            {
                let code = self.alphanumeric_end(end + 1);
                (code - end <= 6).then_some((code, TokenKind::Alphanumeric))
            }
            b'+' if self.bytes[end..].starts_with(b"++")
                && !self.byte(end + 2).is_ascii_alphanumeric()
                && (run.letters == 1 && run.starts_upper || run.syllable().is_none()) =>
            {
                Some((end + 2, TokenKind::Foreign))
            }
            b'#' if run.letters == 1
                && run.starts_upper
                && !self.byte(end + 1).is_ascii_alphanumeric() =>
            {
                Some((end + 1, TokenKind::Foreign))
            }
            b'&' if run.uppers == run.letters && run.letters <= 4 => {
                let next = self.letters(end + 1);
                let is_short = (1..=4).contains(&next.letters) && next.uppers == next.letters;
                is_short.then_some((next.end, TokenKind::Foreign))
            }
            // ² and ³; the subscripts are U+2080 to U+2089.
            0xC2 | 0xE2 => {
                let word = &self.text[self.pos..end];
                let power = self.exponent_end(end);
                if power > end && POWERED.contains(&word) {
                    return alphanumeric(power);
                }
                let formula = self.formula_end(run);
                (formula > end).then_some((formula, TokenKind::Alphanumeric))
            }
            _ => None,
        }
    }

    /// Returns the end of a chemical formula: `CO₂`, `H₂SO₄`, `PM₂.₅`.
    fn formula_end(&self, run: &LetterRun) -> usize {
        if !self.text[self.pos..run.end].is_ascii() || !run.starts_upper {
            return run.end;
        }
        let rest = &self.text[run.end..self.bytes.len()];
        if !rest.starts_with(|c| matches!(c, '₀'..='₉')) {
            return run.end;
        }
        let belongs = |c: char| matches!(c, '₀'..='₉' | '₊' | '₋') || c.is_ascii_alphanumeric();
        let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let tail = &rest[length..];
        let decimal = tail.strip_prefix(['.', ',']).map_or(0, |digits| {
            let count = digits.find(|c| !matches!(c, '₀'..='₉')).unwrap_or(digits.len());
            if count > 0 { count + 1 } else { 0 }
        });
        run.end + length + decimal
    }

    /// Goes on with a code behind a hyphen: `F-16C-D`, `29A1-123.45`, `H5N1-B`.
    fn hyphened_end(&self, end: usize) -> usize {
        if self.byte(end) != b'-' || !self.bytes[end - 1].is_ascii_alphanumeric() {
            return end;
        }
        let part = self.bytes[end + 1..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let next = end + 1 + part;
        let code = &self.bytes[end + 1..next];
        let is_code = code.iter().all(|b| !b.is_ascii_lowercase())
            && (code.iter().any(u8::is_ascii_digit) || code.len() <= 2)
            && !code.is_empty()
            && self.byte(next) < 0x80;
        if is_code { self.alphanumeric_end(end + 1).max(next) } else { end }
    }

    /// Returns true for letters that a hyphen and digits make a code: `Covid-19`, `MD-530`, `A-7`,
    /// `Su-30`, but not the syllables of `quận-1` and `Huế-2024`.
    fn is_code_before_hyphen(&self, run: &LetterRun) -> bool {
        if !self.byte(run.end + 1).is_ascii_digit() || !run.ascii {
            return false;
        }
        if run.shape() == Shape::Upper || run.letters == 1 || run.syllable().is_none() {
            return true;
        }
        let digits = self.bytes[run.end + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        run.starts_upper && run.letters <= 3 && digits <= 3
    }
}

fn is_roman(word: &[u8]) -> bool {
    word.iter().all(|b| matches!(b, b'I' | b'V' | b'X'))
}
