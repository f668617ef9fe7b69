//! Numbers, codes and units: `12/6`, `370km`, `Su-30`, `49X-6666`, `QL.14`, `30°C`, `CO₂`.

use super::{LetterRun, Scanner};
use crate::text::glued;
use crate::text::syllable::Syllable;
use crate::token::{Shape, TokenKind};

/// Symbols of units that are measured by another.
const MEASURED: [&str; 31] = [
    "km", "m", "cm", "mm", "hm", "dm", "g", "kg", "mg", "µg", "μg", "ng", "l", "L", "ml", "mL",
    "kW", "kWh", "kJ", "kcal", "mol", "mmol", "kN", "Mb", "MB", "Gb", "GB", "kb", "KB", "Mbit",
    "rad",
];

/// Symbols of what a rate is measured by: `km/h`, `mg/l`, `g/cm³`.
const PER: [&str; 18] = [
    "h", "s", "g", "min", "l", "L", "dl", "dL", "ml", "mL", "m", "km", "cm", "kg", "ha", "mol",
    "K", "ph",
];

/// Symbols of units that take an exponent.
const POWERED: [&str; 12] = ["m", "km", "hm", "dm", "cm", "mm", "s", "kg", "ft", "in", "mc", "x"];

/// Most hyphens in a code. Without a limit, long chains would be read again and again.
const MOST_HYPHENS: usize = 4;

/// English names of months, as dates have them: `20-Dec`.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Scanner<'_, '_> {
    pub(super) fn number(&mut self) {
        let end = self.alphanumeric_end(self.pos);
        let bytes = &self.bytes[self.pos..end];
        if self.byte(end) == b'.' && bytes.is_ascii() {
            // 24h.com.vn
            if self.domain(end) {
                return;
            }
            if let Some(end) = self.file_name_end(end) {
                return self.push_folded(end, TokenKind::Alphanumeric, Shape::Caseless);
            }
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
        if self.byte(end) == b'/'
            && let Some(end) = self.rate_of(unit, end)
        {
            return end;
        }
        if POWERED.contains(&unit) {
            return self.per_end(self.exponent_end(end));
        }
        if &self.text[self.pos..end] == "10" {
            return self.exponent_end(end);
        }
        end
    }

    /// Returns the end of a scale of temperature that begins here, apart from its number: `°C`.
    pub(super) fn degree_end(&self) -> Option<usize> {
        let scale = self.text[self.pos..self.bytes.len()].strip_prefix(['°', 'º'])?;
        let is_scale =
            scale.starts_with(['C', 'F', 'K']) && !scale[1..].starts_with(char::is_alphanumeric);
        is_scale.then_some(self.pos + '°'.len_utf8() + 1)
    }

    /// Returns the end of a unit of a rate whose first part ends at `end`: `km/h`, `mg/l`.
    pub(super) fn rate_end(&self, end: usize) -> Option<usize> {
        self.rate_of(&self.text[self.pos..end], end)
    }

    fn rate_of(&self, unit: &str, end: usize) -> Option<usize> {
        if !MEASURED.contains(&unit) {
            return None;
        }
        let per = self.letters(end + 1);
        if !PER.contains(&&self.text[end + 1..per.end]) {
            return None;
        }
        let digit = usize::from(matches!(self.byte(per.end), b'2' | b'3'));
        let end = self.exponent_end(per.end + digit);
        let goes_on = self.peek(end).is_some_and(char::is_alphanumeric);
        (!goes_on && self.byte(end) != b'/').then_some(end)
    }

    /// Passes what the unit that ends at `end` is measured by, if it has an exponent: `m³/s`.
    fn per_end(&self, end: usize) -> usize {
        let has_exponent = self.text[..end].ends_with(['²', '³']);
        if !has_exponent || self.byte(end) != b'/' {
            return end;
        }
        let per = self.letters(end + 1);
        let is_unit = PER.contains(&&self.text[end + 1..per.end])
            && !self.peek(per.end).is_some_and(char::is_alphanumeric);
        if is_unit { per.end } else { end }
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
            b'-' if self.counts_foreign(end) => Some(self.letters(end + 1).end),
            // A resolution of a party, `15-NQ/TW`, and a boat, `91234-TS`.
            b'-' if run.iter().all(u8::is_ascii_digit) => {
                let issuer = self.letters(end + 1);
                if run.len() <= 2 && self.is_foreign_name(&issuer) {
                    return Some(issuer.end);
                }
                if issuer.uppers < 2 || issuer.uppers != issuer.letters {
                    return None;
                }
                if self.byte(issuer.end) == b'/' {
                    let place = self.letters(issuer.end + 1);
                    let is_place = place.uppers > 1 && place.uppers == place.letters;
                    return is_place.then_some(place.end);
                }
                let is_boat = (4..=5).contains(&run.len())
                    && &self.text[end + 1..issuer.end] == "TS"
                    && !self.peek(issuer.end).is_some_and(char::is_alphanumeric);
                is_boat.then_some(issuer.end)
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

    /// Returns true for a foreign word in lower case, or a month, behind a number and the hyphen at
    /// `hyphen`: `6.7-inch`, `64-bit`, `20-Dec`. `2020-nay` is a span of years.
    fn counts_foreign(&self, hyphen: usize) -> bool {
        let unit = self.letters(hyphen + 1);
        let word = &self.text[hyphen + 1..unit.end];
        let is_number = !self.bytes[self.pos..hyphen].iter().any(u8::is_ascii_alphabetic);
        let is_month = || MONTHS.iter().any(|month| word.eq_ignore_ascii_case(month));
        let is_foreign = || unit.uppers == 0 && Syllable::parse(word).is_none();
        is_number
            && unit.ascii
            && unit.letters > 2
            && (is_month() || is_foreign())
            && !matches!(self.byte(unit.end), b'-' | b'/' | b'0'..=b'9')
    }

    /// Returns true for a foreign name behind a number and a hyphen, `7-Eleven`; in `Nga 3-Iran 1` the
    /// numbers are goals.
    fn is_foreign_name(&self, name: &LetterRun) -> bool {
        name.letters > 1
            && name.ascii
            && name.starts_upper
            && name.uppers == 1
            && name.syllable().is_none()
            && !matches!(self.byte(name.end), b'-' | b'/' | b'0'..=b'9')
            && !(self.byte(name.end) == b' ' && self.byte(name.end + 1).is_ascii_digit())
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
                    if run.end == at || at > start && self.is_glued_behind_number(at, &run) {
                        return at;
                    }
                    if at > start
                        && let Some(end) = self.end_of_glued_code(at, &run)
                    {
                        return end;
                    }
                    at = run.end;
                }
                _ => return at,
            }
        }
    }

    /// Returns true for letters at `at` that begin another line, of which the end was lost: `2012Mặc dù`.
    fn is_glued_behind_number(&self, at: usize, run: &LetterRun) -> bool {
        run.starts_upper
            && run.uppers == 1
            && self.bytes[at - 1].is_ascii_digit()
            && glued::begins_behind_number(&self.text[at..run.end])
    }

    /// Returns the end of the capitals at `at` of a code, behind a digit, if another line begins behind
    /// them, of which the end was lost: `F-35BGiám đốc`.
    fn end_of_glued_code(&self, at: usize, run: &LetterRun) -> Option<usize> {
        let is_code = run.starts_upper && run.uppers > 1 && self.bytes[at - 1].is_ascii_digit();
        let letters = &self.text[at..run.end];
        let (last, _) = letters.char_indices().rfind(|(_, c)| c.is_uppercase())?;
        let (capitals, word) = letters.split_at(last);
        let parts = is_code
            && last > 0
            && capitals.chars().all(char::is_uppercase)
            && glued::begins_behind_number(word);
        parts.then_some(at + last)
    }

    /// Returns the end of a code that begins with letters, which end at a hyphen, a stop, a sign or
    /// a digit: `Covid-19`, `MD-530`, `Su-30`, `QL.14`, `U.23`, `CO₂`, `m²`, `C++`, `AT&T`.
    pub(super) fn code_end(&self, run: &LetterRun) -> Option<(usize, TokenKind)> {
        let end = run.end;
        let alphanumeric = |end: usize| Some((end, TokenKind::Alphanumeric));
        match self.byte(end) {
            b'0'..=b'9' => {
                let end = self.hyphened_end(self.alphanumeric_end(end));
                let is_file = self.byte(end) == b'.' && run.ascii;
                let file = is_file.then(|| self.file_name_end(end)).flatten();
                alphanumeric(file.unwrap_or_else(|| self.plus_end(end)))
            }
            b'-' if self.is_code_before_hyphen(run) => {
                alphanumeric(self.hyphened_end(self.alphanumeric_end(end + 1)))
            }
            // A road, a team or a part, `III.1`; in `CLB.15 người` the sentence has ended.
            b'.' if self.byte(end + 1).is_ascii_digit()
                && (run.letters <= 2
                    || is_roman(&self.bytes[self.pos..end])
                    || self.is_version(end + 1) && run.syllable().is_none())
                && run.shape() != Shape::Lower
                && run.uppers == run.letters =>
            {
                let code = self.alphanumeric_end(end + 1);
                let letters = &self.text[self.pos..end];
                // `Q.1` and `P.12` are a place and its number; `H.264`, the road `ĐT.741` and `CT.01` are
                // not.
                let is_place = super::is_before_name(letters)
                    && !(matches!(letters, "H" | "ĐT") && code - end > 3)
                    && !(letters == "CT" && code - end <= 3);
                let longest = if self.bytes[end + 1..code].contains(&b'.') { 10 } else { 6 };
                (!is_place && code - end <= longest).then_some((code, TokenKind::Alphanumeric))
            }
            // `K+`, `Google+`
            b'+' if run.starts_upper
                && (run.letters == 1 || run.syllable().is_none())
                && self.byte(end + 1) != b'+'
                && !self.peek(end + 1).is_some_and(char::is_alphanumeric) =>
            {
                Some((end + 1, TokenKind::Foreign))
            }
            // `A/H1N1`
            b'/' if run.letters == 1 && run.starts_upper && run.ascii => {
                let strain = self.letters(end + 1);
                let is_strain = strain.letters == 1
                    && matches!(self.byte(end + 1), b'H' | b'N')
                    && self.byte(strain.end).is_ascii_digit();
                is_strain.then(|| (self.alphanumeric_end(strain.end), TokenKind::Alphanumeric))
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
                // A variable takes an exponent as a unit does: `a² + b²`.
                let is_variable = run.letters == 1 && word.is_ascii();
                if power > end && (is_variable || POWERED.contains(&word)) {
                    return alphanumeric(self.per_end(power));
                }
                // `Fe³⁺`
                let is_ion = run.letters <= 2
                    && run.starts_upper
                    && self.text[end..power].ends_with(['⁺', '⁻']);
                if is_ion {
                    return alphanumeric(power);
                }
                let formula = self.formula_end(run);
                (formula > end).then_some((formula, TokenKind::Alphanumeric))
            }
            _ => None,
        }
    }

    /// Returns true for numbers with a stop between them, as versions have: `XBB.1.5`.
    fn is_version(&self, at: usize) -> bool {
        let digits = |at: usize| {
            self.bytes[at..].iter().take(3).take_while(|byte| byte.is_ascii_digit()).count()
        };
        let head = digits(at);
        self.byte(at + head) == b'.' && digits(at + head + 1) > 0
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
        let belongs = |c: char| {
            matches!(c, '₀'..='₉' | '₊' | '₋' | '²' | '³' | '⁺' | '⁻') || c.is_ascii_alphanumeric()
        };
        let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let tail = &rest[length..];
        let decimal = tail.strip_prefix(['.', ',']).map_or(0, |digits| {
            let count = digits.find(|c| !matches!(c, '₀'..='₉')).unwrap_or(digits.len());
            if count > 0 { count + 1 } else { 0 }
        });
        run.end + length + decimal
    }

    /// Passes the plus sign of a model: `S24+`.
    fn plus_end(&self, end: usize) -> usize {
        let is_short = end - self.pos <= 6 && self.text[self.pos..end].is_ascii();
        let is_sign = is_short
            && self.byte(end) == b'+'
            && self.byte(end + 1) != b'+'
            && !self.peek(end + 1).is_some_and(char::is_alphanumeric);
        end + usize::from(is_sign)
    }

    /// Goes on with a code behind hyphens: `F-16C-D`, `29A1-123.45`, `H5N1-B`, `RON95-III`, `A17-Pro`,
    /// `B1-B6-B12`.
    fn hyphened_end(&self, mut end: usize) -> usize {
        for _ in 0..MOST_HYPHENS {
            let Some(next) = self.code_part_end(end) else { break };
            end = next;
        }
        end
    }

    /// Returns the end of one part of a code behind the hyphen at `end`.
    fn code_part_end(&self, end: usize) -> Option<usize> {
        if self.byte(end) != b'-' || !self.bytes[end - 1].is_ascii_alphanumeric() {
            return None;
        }
        let name = self.letters(end + 1);
        if self.is_foreign_name(&name) {
            return Some(name.end);
        }
        let part = self.bytes[end + 1..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let next = end + 1 + part;
        let code = &self.bytes[end + 1..next];
        let is_code = code.iter().all(|b| !b.is_ascii_lowercase())
            && (code.iter().any(u8::is_ascii_digit)
                || code.len() <= 2
                || (code.len() <= 4 && code.iter().all(|b| b"IVX".contains(b))))
            && !code.is_empty()
            && self.byte(next) < 0x80;
        is_code.then(|| self.alphanumeric_end(end + 1).max(next))
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
