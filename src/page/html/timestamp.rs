//! Dates and times of publication, in ISO 8601.

use std::fmt::Write;

/// Writes the first date of a text in ISO 8601, with its time and offset if it has them.
///
/// `month_first` decides `3/4/2020`, where both numbers may be a month.
pub(super) fn iso(text: &str, month_first: bool) -> Option<String> {
    let text = text.trim();
    if is_iso(text) {
        return Some(text.to_owned());
    }
    let tokens = tokens(text);
    let (date, used) = date(&tokens, month_first)?;
    let time = time(&tokens, used);
    let mut out = format!("{:04}-{:02}-{:02}", date.0, date.1, date.2);
    if let Some((hour, minute)) = time {
        write!(out, "T{hour:02}:{minute:02}").ok();
        if let Some(offset) = offset(text) {
            out.push_str(&offset);
        }
    }
    Some(out)
}

/// Whether a text begins with a date of ISO 8601 and is nothing else.
pub(super) fn is_iso(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = b"0000-00-00";
    bytes.len() >= shape.len()
        && bytes
            .iter()
            .zip(shape)
            .all(|(byte, shape)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == shape })
        && matches!(bytes.get(10), None | Some(b'T' | b't'))
        && is_day((number(&text[..4]), number(&text[5..7]), number(&text[8..10])))
}

/// Whether a text is a date of ISO 8601 with a time; a space may stand between both.
pub(super) fn is_moment(text: &str) -> bool {
    text.len() >= 16
        && (is_iso(text)
            || text.get(..10).is_some_and(is_iso)
                && text.as_bytes()[10] == b' '
                && text[11..].starts_with(|c: char| c.is_ascii_digit())
                && text.as_bytes()[13] == b':')
}

/// Whether a time says more than a day does: the day is a date, or its midnight, and the time is less
/// than two days from it.
pub(super) fn is_sharper(time: &str, day: &str) -> bool {
    let is_midnight = |text: &str| text.len() == 10 || text[10..].starts_with("T00:00");
    let (Some(own), Some(other)) = (day_number(time), day_number(day)) else { return false };
    is_midnight(day) && !is_midnight(time) && own.abs_diff(other) <= 1
}

/// Whether the day of a text in ISO 8601 is before that of another.
pub(super) fn is_earlier(day: &str, other: &str) -> bool {
    day_number(day).zip(day_number(other)).is_some_and(|(day, other)| day < other)
}

/// The days since a fixed one, of a text that begins with a date of ISO 8601; all months have 31.
fn day_number(text: &str) -> Option<u32> {
    let day = text.get(..10).filter(|day| is_iso(day))?;
    Some((number(&day[..4]) * 12 + number(&day[5..7])) * 31 + number(&day[8..]))
}

/// The date that the digits of an address hold: `…-20180817104138349.chn`, `/2018/08/17/`.
pub(super) fn of_address(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or("");
    let mut runs = path.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let whole = runs.clone().find_map(|run| {
        let date = (matches!(run.len(), 8 | 12 | 14 | 17))
            .then(|| (number(&run[..4]), number(&run[4..6]), number(&run[6..8])))?;
        is_day(date).then_some(date)
    });
    let parted = || {
        let runs: Vec<&str> = runs.by_ref().collect();
        runs.windows(3).find_map(|run| {
            let date = (number(run[0]), number(run[1]), number(run[2]));
            let marked = path.contains(&format!("{}/{}/{}", run[0], run[1], run[2]))
                || path.contains(&format!("{}-{}-{}", run[0], run[1], run[2]));
            (run[0].len() == 4 && run[1].len() <= 2 && run[2].len() <= 2 && marked && is_day(date))
                .then_some(date)
        })
    };
    let (year, month, day) = whole.or_else(parted)?;
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Year, month, day.
type Day = (u32, u32, u32);

fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(0)
}

fn is_day((year, month, day): Day) -> bool {
    (1990..=2099).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// A number or a word of a text, and the character behind it.
struct Token<'a> {
    text: &'a str,
    after: char,
}

impl Token<'_> {
    fn number(&self) -> Option<u32> {
        (self.text.len() <= 4 && self.text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| number(self.text))
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut start = None;
    let kind = |c: char| match c {
        '0'..='9' => 1,
        '年' | '月' | '日' => 0,
        _ => 2 * u8::from(c.is_alphabetic()),
    };
    let mut before = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let own = if at == text.len() { 0 } else { kind(c) };
        if own != before {
            if let Some(start) = start.take() {
                let word = &text[start..at];
                // `5th May`, `1er mai`, `5 de mayo de 2025`
                let is_filler =
                    matches!(word, "st" | "nd" | "rd" | "th" | "er" | "de" | "del" | "of");
                if !is_filler || out.is_empty() {
                    out.push(Token { text: word, after: c });
                }
            }
            start = (own > 0).then_some(at);
            before = own;
        }
        if out.len() > 60 {
            break;
        }
    }
    out
}

/// The first date, and the places of its tokens.
fn date(tokens: &[Token<'_>], month_first: bool) -> Option<(Day, [usize; 3])> {
    for at in 0..tokens.len().saturating_sub(2) {
        let [first, second, third] = [&tokens[at], &tokens[at + 1], &tokens[at + 2]];
        let places = [at, at + 1, at + 2];
        let is_mark = |c: char| matches!(c, '/' | '-' | '.' | ' ' | ',');
        if let (Some(a), Some(b), Some(c)) = (first.number(), second.number(), third.number())
            && (first.after == second.after && is_mark(first.after)
                || (first.after, second.after) == ('年', '月'))
        {
            let long = c + if third.text.len() == 2 && first.after != '.' { 2000 } else { 0 };
            let day_first = (long, b, a);
            let other = (long, a, b);
            let candidates = if first.text.len() == 4 {
                [(a, b, c), (a, b, c)]
            } else if month_first && first.after == '/' {
                [other, day_first]
            } else {
                [day_first, other]
            };
            if let Some(day) = candidates.into_iter().find(|&day| is_day(day)) {
                return Some((day, places));
            }
        }
        // `May 5, 2020`, `5 May 2020`
        let (month, day) = match (month_of(first.text), month_of(second.text)) {
            (Some(month), _) => (month, second.number()),
            (_, Some(month)) => (month, first.number()),
            _ => continue,
        };
        // `5th May`: the ending of the ordinal stands between.
        let year = tokens[at + 2..]
            .iter()
            .take(2)
            .find_map(|token| token.number().filter(|_| token.text.len() == 4));
        if let (Some(day), Some(year)) = (day, year)
            && is_day((year, month, day))
        {
            return Some(((year, month, day), places));
        }
    }
    spelled(tokens)
}

/// `ngày 12 tháng 5 năm 2025`, `12 Tháng Năm, 2025`
fn spelled(tokens: &[Token<'_>]) -> Option<(Day, [usize; 3])> {
    let at = tokens
        .iter()
        .position(|token| token.text.eq_ignore_ascii_case("tháng") || token.text == "Tháng")?;
    let day = at.checked_sub(1).and_then(|before| tokens[before].number());
    let words = tokens[at + 1..].iter().map(|token| token.text);
    let (month, used) = match tokens.get(at + 1)?.number() {
        Some(month) => (month, 1),
        None => month_in_words(words)?,
    };
    let rest = &tokens[at + 1 + used..];
    let year =
        rest.iter().take(2).find_map(|token| token.number().filter(|_| token.text.len() == 4))?;
    let date = (year, month, day?);
    is_day(date).then_some((date, [at - 1, at + 1, at + 2]))
}

/// The number of a month after `tháng`, and the words that name it: `năm`, `mười hai`.
fn month_in_words<'t>(mut words: impl Iterator<Item = &'t str>) -> Option<(u32, usize)> {
    const NAMES: [&[&str]; 10] = [
        &["một", "giêng"],
        &["hai"],
        &["ba"],
        &["tư", "bốn"],
        &["năm"],
        &["sáu"],
        &["bảy", "bẩy"],
        &["tám"],
        &["chín"],
        &["mười"],
    ];
    let mut number = || {
        let word = words.next()?.to_lowercase();
        Some(NAMES.iter().position(|names| names.contains(&&*word))? as u32 + 1)
    };
    let first = number()?;
    // The year of `tháng mười năm 2025` is no second word.
    match (first, if first == 10 { number() } else { None }) {
        (10, Some(second @ 1..=2)) => Some((10 + second, 2)),
        _ => Some((first, 1)),
    }
}

/// Whether a word, in lower case, names a month.
pub(super) fn is_month(word: &str) -> bool {
    month_of(word).is_some()
}

/// The number of a month by its name in a language of Europe, or by the first letters in English.
fn month_of(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january januar janvier enero janeiro gennaio januari janv jänner",
        "february februar février fevrier febrero fevereiro febbraio februari févr",
        "march märz mars marzo março maart",
        "april avril abril aprile avr",
        "may mai mayo maio maggio mei",
        "june juni juin junio junho giugno",
        "july juli juillet julio julho luglio juil",
        "august août aout agosto augustus",
        "september septembre septiembre setembro settembre",
        "october oktober octobre octubre outubro ottobre",
        "november novembre noviembre novembro",
        "december dezember décembre decembre diciembre dezembro dicembre",
    ];
    if word.len() < 3 || word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let word = word.to_lowercase();
    let is_month = |names: &&str| {
        let mut all = names.split(' ');
        let english = all.next().unwrap_or_default();
        word.len() <= 4 && english.starts_with(&word)
            || english == word
            || all.any(|own| own == word)
    };
    Some(MONTHS.iter().position(is_month)? as u32 + 1)
}

/// The first hour and minute beside the date.
fn time(tokens: &[Token<'_>], used: [usize; 3]) -> Option<(u32, u32)> {
    (0..tokens.len().saturating_sub(1)).find_map(|at| {
        let (hour, mut next) = (tokens[at].number()?, at + 1);
        let letter = matches!(tokens[next].text, "h" | "g");
        if letter {
            next += 1;
        }
        let minute = tokens.get(next)?.number()?;
        let marked = letter || tokens[at].after == ':';
        if used.contains(&at) || !marked || hour > 23 || minute > 59 {
            return None;
        }
        let afternoon = tokens[next + 1..]
            .iter()
            .take(2)
            .any(|token| matches!(token.text, "PM" | "pm" | "CH" | "ch"));
        Some((if afternoon && hour < 12 { hour + 12 } else { hour }, minute))
    })
}

/// `GMT+7` as `+07:00`.
fn offset(text: &str) -> Option<String> {
    let at = text.find("GMT").or_else(|| text.find("UTC"))?;
    let rest = &text[at + 3..];
    let sign = rest.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String = rest[1..].chars().take_while(char::is_ascii_digit).take(2).collect();
    let hours: u32 = digits.parse().ok().filter(|&hours| hours <= 14)?;
    Some(format!("{sign}{hours:02}:00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_many_forms() {
        for (text, want) in [
            ("23/03/2015 08:06 GMT+7", "2015-03-23T08:06+07:00"),
            ("09:00 - 30/06/2020", "2020-06-30T09:00"),
            ("Thứ bảy, 20/9/2014 | 07:54 GMT+7", "2014-09-20T07:54+07:00"),
            ("Ngày đăng: 30-07-2026", "2026-07-30"),
            ("ngày 12 tháng 5 năm 2025", "2025-05-12"),
            ("12 Tháng Sáu, 2020", "2020-06-12"),
            ("3 tháng mười hai 2021", "2021-12-03"),
            ("3 tháng Mười năm 2021", "2021-10-03"),
            ("3 tháng năm năm 2021", "2021-05-03"),
            ("May 5, 2020", "2020-05-05"),
            ("5 May 2020 10:30 PM", "2020-05-05T22:30"),
            ("2018-08-17T10:55:00", "2018-08-17T10:55:00"),
            ("2018/08/17 10:55", "2018-08-17T10:55"),
            ("8h30 ngày 12.5.2025", "2025-05-12T08:30"),
            ("5th May 2020", "2020-05-05"),
            ("12 de mayo de 2025", "2025-05-12"),
            ("5. März 2024", "2024-03-05"),
            ("le 1er août 2023", "2023-08-01"),
            ("2025年5月12日", "2025-05-12"),
        ] {
            assert_eq!(iso(text, false).as_deref(), Some(want), "{text}");
        }
        assert_eq!(iso("3/14/2020", false).as_deref(), Some("2020-03-14"));
        assert_eq!(iso("3/4/2020", true).as_deref(), Some("2020-03-04"));
        assert_eq!(iso("32/13/2020", false), None);
    }

    #[test]
    fn a_time_says_more_than_its_day() {
        assert!(is_sharper("2023-05-18T04:39:05+00:00", "2023-05-17T00:00:00+00:00"));
        assert!(is_sharper("2023-05-17T10:00", "2023-05-17"));
        assert!(!is_sharper("2023-05-19T04:39", "2023-05-17"));
        assert!(!is_sharper("2023-05-17", "2023-05-17T10:00"));
        assert!(is_earlier("2013-12-30", "2024-08-07T12:01") && !is_earlier("2024", "2025-01-01"));
    }

    #[test]
    fn dates_in_addresses() {
        let of = |address| of_address(address);
        assert_eq!(
            of("https://bao.example/tin-20180817104138349.chn").as_deref(),
            Some("2018-08-17")
        );
        assert_eq!(of("https://bao.example/2018/08/17/tin.htm").as_deref(), Some("2018-08-17"));
        assert_eq!(of("https://bao.example/tin-188230318.htm"), None);
    }
}
