//! Who owns a full stop: a domain name, an abbreviation, an initial, or the sentence.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{LetterRun, Scanner};
use crate::text::key::{UnitId, is_combining};
use crate::text::letter::is_alphabetic;
use crate::text::syllable::Syllable;
use crate::token::abbreviation::{
    VERSUS, follows_name, is_before_foreign, is_before_name, is_before_number, is_before_place,
    is_chained, is_era, is_in_sentence, is_initial, is_small_place, is_street, is_title,
    is_unchained, is_unit, takes_letter,
};
use crate::token::{Gap, Shape, Token, TokenKind};
use crate::vocabulary;

impl Scanner<'_, '_> {
    /// Letters before a full stop: a domain name, or an abbreviation that owns the stop.
    pub(super) fn dotted(&mut self, run: &LetterRun) -> bool {
        if run.ascii && (self.web_address(run.end) || self.domain(run.end) || self.file_name(run)) {
            return true;
        }
        if self.is_small_initial(run) {
            self.push_folded(run.end + 1, TokenKind::Abbreviation, run.shape());
            return true;
        }
        let Some(end) = self.abbreviation_end(run) else { return false };
        self.push_folded(end, TokenKind::Abbreviation, run.shape());
        true
    }

    /// Returns true for the initial of a hidden name where capitals were lost: `ông h. cho biết`. In chat
    /// some letters are words: `cho em k.`
    fn is_small_initial(&self, run: &LetterRun) -> bool {
        let Some(last) = self.tokens.get(self.first..).and_then(<[Token]>::last) else {
            return false;
        };
        let letter = &self.text[self.pos..run.end];
        let is_word = || matches!(letter, "k" | "r" | "t" | "v" | "z" | "n" | "đ" | "m");
        // Of a syllable the cache may know that its stop is a token of its own.
        run.letters == 1
            && run.uppers == 0
            && run.syllable().is_none()
            && last.shape == Shape::Lower
            && self.gap == Gap::Space
            && (ELDERS.contains(&last.unit) || PERSONS.contains(&last.unit) && !is_word())
            && !self.byte(run.end + 1).is_ascii_digit()
            && self.behind_stop(run.end + 1).is_some_and(|behind| {
                !behind.touches && behind.next.is_lowercase() || matches!(behind.next, ',' | '(')
            })
    }

    /// Two letters with a slash, and the stop that belongs to them: `Đ/c. Nam`, `v/v`, `K/T`.
    pub(super) fn slashed(&mut self, run: &LetterRun) -> bool {
        let next = self.letters(run.end + 1);
        if next.letters != 1 || matches!(self.byte(next.end), b'/' | b'0'..=b'9') {
            return false;
        }
        let owns = self.byte(next.end) == b'.'
            && self.owns_stop(&self.text[self.pos..next.end], next.end + 1, false);
        let end = next.end + usize::from(owns);
        self.push_folded(end, TokenKind::Abbreviation, run.shape());
        true
    }

    /// Returns where an abbreviation with full stops ends, if this is one.
    fn abbreviation_end(&self, run: &LetterRun) -> Option<usize> {
        let mut last = *run;
        let mut last_start = self.pos;
        let mut links = 0;
        if !is_link(&self.text[self.pos..run.end], run)
            && may_own_stop(&self.text[self.pos..run.end], run)
        {
            let owns = self.owns_stop(&self.text[self.pos..run.end], run.end + 1, false);
            return owns.then_some(run.end + 1);
        }
        loop {
            let word = &self.text[last_start..last.end];
            if !is_link(word, &last) || self.byte(last.end) != b'.' {
                // The last link may be anything in upper case: TP.HCM, M.U, PGS.TSKH.
                let titled = links > 0 && self.byte(last.end) == b'.' && {
                    let first = &self.text[self.pos..run.end];
                    is_title(first) && self.is_before_person(last.end + 1)
                };
                return (links > 0).then_some(last.end + usize::from(titled));
            }
            let next = self.letters(last.end + 1);
            let next_upper = next.letters > 0 && next.uppers == next.letters;
            let next_word = &self.text[last.end + 1..next.end];
            if next_upper || (next.letters > 0 && is_before_name(next_word)) {
                (last, last_start) = (next, last.end + 1);
                links += 1;
                continue;
            }
            // Đ.T.K.H. owns its last stop, unless the sentence ends there; `Th.S. Nguyễn` is a title.
            let is_titled = || {
                let letters = self.text[self.pos..last.end].replace('.', "");
                is_title(&letters) && self.is_before_person(last.end + 1)
            };
            let owns = self.owns_stop(word, last.end + 1, links > 0) || links > 0 && is_titled();
            return match (owns, links) {
                (true, _) => Some(self.small_code_end(last.end + 1)),
                (false, 0) => None,
                (false, _) => Some(last.end),
            };
        }
    }

    /// Returns where a code in small letters ends, of whose first part the stop before `after` is:
    /// `tp.hcm` is one token as `TP.HCM` is.
    fn small_code_end(&self, after: usize) -> usize {
        let next = self.letters(after);
        let code = &self.text[after..next.end];
        let is_code = next.letters > 1
            && next.ascii
            && next.uppers == 0
            && !code.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        if is_code { next.end } else { after }
    }

    /// Returns true if the full stop before `after` belongs to the abbreviation `word`; `chained` if
    /// other abbreviations touch it from the left.
    fn owns_stop(&self, word: &str, after: usize, chained: bool) -> bool {
        let Some(behind) = self.behind_stop(after) else { return false };
        let Behind { next, opens, .. } = behind;
        if matches!(next, '.' | '"' | '”' | '»' | '\n' | '\r') {
            return false;
        }
        // `năm 938 s. CN. Quân Nam Hán`: a bachelor is a title, Christ is none.
        if self.after_era() && word == "CN" {
            return false;
        }
        // `Th.` is a title, but in `chị Lê Thị Th. (SN 1982)` a hidden name.
        if is_before_name(word) && !is_initial(word) {
            let is_sentence = opens.is_some_and(|score| score > 0) && behind.goes_on_small();
            // `tp. hồ chí minh`, in text without capitals.
            let is_small = next.is_lowercase() && word.starts_with(char::is_lowercase);
            return next.is_ascii_digit() || is_small || next.is_uppercase() && !is_sentence;
        }
        // `Chanel No. 5`, `Mt. Everest`, `Co. Ltd`; `cf` and `vs` may stand before anything.
        let is_numbered = self.after_number() && !is_street(word);
        if is_in_sentence(word) && !is_initial(word) && !is_numbered {
            let is_sentence = match opens {
                // `Warner Bros. Pictures` and `Co. Ltd`, but not `của Apple Inc. Hãng cho biết`.
                Some(score) => follows_name(word) || score > 0 && behind.goes_on_small(),
                None => follows_name(word) && is_acronym(behind.word),
            };
            let goes_on = next.is_lowercase() || next.is_ascii_digit();
            return goes_on
                || next.is_uppercase() && !is_sentence
                || matches!(next, '(' | ',' | '[' | '–' | '-');
        }
        // `Man. United`, but not `gặp Man. Tối qua`.
        if is_before_foreign(word) {
            return next.is_uppercase()
                && opens.is_none()
                && Syllable::parse(behind.word).is_none();
        }
        // `KCN. Tân Bình`, `CP. ABC`, but not `gửi tiền ở NH. Lãi suất thấp`.
        if is_before_place(word) {
            let is_name = behind.has_second_capital() || is_acronym(behind.word);
            // `15.600 đồng/CP` is a price.
            let is_price = self.gap == Gap::None;
            return next.is_uppercase()
                && is_name
                && !is_price
                && opens.is_none_or(|score| score <= 0);
        }
        // `nhà số 12 đ. Láng`, `ở h. Cần Giờ`, but not `giá 500 đ. Láng`.
        if is_small_place(word) {
            return next.is_uppercase() && self.is_place_before(&behind);
        }
        if is_era(word, behind.word) {
            return true;
        }
        // `Smith v. Jones`
        if word == VERSUS {
            let last = self.tokens.get(self.first..).and_then(<[Token]>::last);
            return next.is_uppercase() && last.is_some_and(Token::is_capitalized);
        }
        // `tk. XV`, `t. II`
        let is_roman = || {
            behind.word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
                && behind.word.len() + word.len() > 2
        };
        let is_number = next.is_ascii_digit() || matches!(next, ':' | '(');
        if is_before_number(word) && (is_number || next.is_uppercase() && is_roman()) {
            return !(is_unit(word) && self.after_number());
        }
        is_initial(word) && self.initial_owns_stop(word, &behind, chained)
    }

    /// Returns true if the name of a place follows a letter and its stop: one of two capitals, or one
    /// behind a preposition or the number of a house that opens no sentence.
    fn is_place_before(&self, behind: &Behind<'_>) -> bool {
        let tokens = self.tokens.get(self.first..).unwrap_or_default();
        let is_any = |token: Option<&Token>, units: &[UnitId]| {
            token.is_some_and(|token| units.contains(&token.unit))
        };
        let is_name = behind.opens.is_none_or(|score| score <= 0) && !behind.goes_on_small()
            || behind.has_second_capital();
        match tokens {
            [.., before, last] if last.kind == TokenKind::Number => {
                is_name && is_any(Some(before), &PLACE_PREPOSITIONS[..1])
            }
            [.., last] => {
                is_name
                    && (self.gap == Gap::Space && last.shape != Shape::Caseless)
                    && is_any(Some(last), PLACE_PREPOSITIONS.as_slice())
            }
            [] => false,
        }
    }

    /// Returns true if a full stop belongs to the initial before it.
    fn initial_owns_stop(&self, word: &str, behind: &Behind<'_>, chained: bool) -> bool {
        let next = behind.next;
        // `khu vực Q.Tân Bình`
        let is_place = || behind.touches && is_before_name(word) && next.is_uppercase();
        if self.after_degree() || self.after_lettered() && !chained && !is_place() {
            return false;
        }
        // `gói A. Gói B`
        if !chained && next.is_uppercase() && self.after(behind.word) {
            return false;
        }
        if next.is_lowercase() || matches!(next, ',' | ';' | ':' | '(' | ')' | '-' | '–') {
            return true;
        }
        if next.is_ascii_digit() {
            return is_before_name(word);
        }
        next.is_uppercase() && self.initial_precedes_name(word, behind, chained)
    }

    /// Returns true if the capital behind an initial and its stop begins a name (C. Ronaldo, Nguyễn V.
    /// An), and no sentence.
    fn initial_precedes_name(&self, word: &str, behind: &Behind<'_>, chained: bool) -> bool {
        // `ÔNG H. CÚI XUỐNG`: in text of capitals they tell nothing.
        let is_capital_word = is_acronym(behind.word) && Syllable::parse(behind.word).is_some();
        if !chained && is_capital_word && self.after_noun_of_person() {
            return true;
        }
        // `anh P.V.H. TAND huyện …`, `ông T. VKS …`: an acronym is no name.
        let is_person = self.after_person();
        if behind.opens.is_none() && is_acronym(behind.word) && (chained || is_person) {
            return false;
        }
        // `Nguyễn T. Kiên là`, but not `anh Trần Q. Công an đang`.
        let name = UnitId::of(behind.word);
        let is_given_name = || {
            // `Võ V. Thưởng, nguyên cán bộ`
            let ends = behind.rest.starts_with(',') && behind.opens.is_some_and(|score| score <= 0);
            ends || GIVEN_NAMES.contains(&name)
        };
        if self.after_surname() && (is_given_name() || behind.is_name_before_verb()) {
            return true;
        }
        // `đường Ng. Tất Tố`
        if word.len() > 1
            && !chained
            && !is_before_name(word)
            && !self.after_person()
            && behind.has_second_capital()
        {
            return true;
        }
        // `bà Ng. Thị L.`
        if matches!(behind.word, "Thị" | "Văn") && !chained {
            return true;
        }
        // `Ô. Nam và B. Lan`, but not `nhóm A và B. Trẻ em`.
        if !chained && self.after_connective() {
            return true;
        }
        // `ghế A. Tàu chạy`: after another noun than that of a person, a word of Vietnamese that goes
        // on in lower case is a sentence.
        if !chained
            && !is_before_name(word)
            && self.after_thing()
            && behind.goes_on_small()
            && Syllable::parse(behind.word).is_some()
        {
            return false;
        }
        if is_initial(behind.word) {
            return true;
        }
        if is_before_name(word) {
            // `ở H. Thông Nông`, but `nhà bà Phan Thị H. Thông tin ban đầu …`.
            let is_hidden = is_person && behind.goes_on_small();
            let is_name = behind.opens.is_none_or(|score| score <= 0) && !is_hidden;
            // H. Bố Trạch, P. Hố Nai: a place of two syllables, after another place or a preposition.
            if is_name || !is_person && behind.has_second_capital() {
                return true;
            }
        }
        match behind.opens {
            // `J.K. Rowling`, `Nga V. Putin`: foreign names follow initials.
            None => true,
            Some(score) if score > 0 => false,
            // `V.Hùng`, but not `cho M.U. Trận đấu …`, nor `ông T. Công an …`: there the hidden
            // name is complete.
            Some(_) => behind.touches || !chained && !is_person,
        }
    }

    /// Returns what stands behind a full stop that ends at `after`, if anything does.
    fn behind_stop(&self, after: usize) -> Option<Behind<'_>> {
        let whole = &self.text[after..self.bytes.len()];
        let rest = whole.trim_start_matches([' ', '\t', '\u{A0}']);
        let next = rest.chars().next()?;
        let word = rest.split(|c: char| !is_alphabetic(c) && !is_combining(c)).next();
        let word = word.unwrap_or_default();
        Some(Behind {
            next,
            word,
            rest: &rest[word.len()..],
            touches: rest.len() == whole.len(),
            opens: self.starters.score_of(word),
        })
    }

    /// Returns true if a name follows from `at` on: a capital that opens no sentence.
    fn is_before_person(&self, at: usize) -> bool {
        let rest = self.text[at..self.bytes.len()].trim_start_matches([' ', '\u{A0}']);
        let name = rest.split(|c: char| !is_alphabetic(c) && !is_combining(c)).next();
        let name = name.unwrap_or_default();
        let after = rest[name.len()..].trim_start_matches([' ', '\u{A0}']);
        let opens = self.starters.score_of(name).is_some_and(|score| score > 0);
        name.starts_with(char::is_uppercase) && !(opens && after.starts_with(char::is_lowercase))
    }

    /// Returns true after a number: `5 tr.` are five millions.
    fn after_number(&self) -> bool {
        let last = self.tokens.get(self.first..).and_then(<[Token]>::last);
        last.is_some_and(|last| last.kind == TokenKind::Number)
    }

    /// Returns true after `tr.` and `s.`, before and after.
    fn after_era(&self) -> bool {
        let last = self.tokens.get(self.first..).and_then(<[Token]>::last);
        last.is_some_and(|last| matches!(&self.text[last.span()], "s." | "tr."))
    }

    /// Returns true after this word in lower case.
    fn after(&self, word: &str) -> bool {
        let last = self.tokens.get(self.first..).and_then(<[Token]>::last);
        last.is_some_and(|last| last.is_small() && last.unit == UnitId::of(word))
    }

    /// Returns true after a noun that letters number: `viêm gan`, `bảng`.
    fn after_lettered(&self) -> bool {
        let last = self.tokens.get(self.first..).and_then(<[Token]>::last);
        last.is_some_and(|last| takes_letter(&self.text[last.span()].to_lowercase()))
    }

    /// Returns true after `30 độ` and `30°`, where C and F are units.
    fn after_degree(&self) -> bool {
        let last = self.tokens.get(self.first..).and_then(<[Token]>::last);
        last.is_some_and(|last| last.unit == DEGREES[0] || last.unit == DEGREES[1])
    }

    /// Returns true after a word that ends no phrase, behind a name of more than one letter.
    fn after_connective(&self) -> bool {
        let Some([before, last]) = self.tokens.get(self.first..).and_then(<[Token]>::last_chunk)
        else {
            return false;
        };
        CONNECTIVES.contains(&last.unit) && before.kind.is_term() && before.span().len() > 1
    }

    /// Returns true after a word in lower case that no name of a person follows.
    fn after_thing(&self) -> bool {
        let last = self.tokens.get(self.first..).and_then(<[Token]>::last);
        last.is_some_and(|last| {
            last.kind == TokenKind::Syllable
                && last.shape == Shape::Lower
                && !precedes_name(last.unit)
        })
    }

    /// Returns true after a family name.
    fn after_surname(&self) -> bool {
        let last = self.tokens.get(self.first..).and_then(<[Token]>::last);
        last.is_some_and(|last| last.is_capitalized() && is_surname(last.unit))
    }

    /// Returns true after `ông`, `chị`, in any case.
    fn after_noun_of_person(&self) -> bool {
        let last = self.tokens.get(self.first..).and_then(<[Token]>::last);
        last.is_some_and(|last| PERSONS.contains(&last.unit))
    }

    /// Returns true if the last token is a title or part of a name, so that an initial completes it.
    fn after_person(&self) -> bool {
        let Some(last) = self.tokens.get(self.first..).and_then(<[Token]>::last) else {
            return false;
        };
        // `N. V. Linh`: one initial after another begins a name.
        if last.kind == TokenKind::Abbreviation {
            return false;
        }
        last.is_capitalized() || last.shape == Shape::Lower && PERSONS.contains(&last.unit)
    }
}

/// What stands behind a full stop.
#[derive(Clone, Copy, Debug)]
struct Behind<'t> {
    /// The first character behind the stop and spaces.
    next: char,
    /// The word that begins there; empty if none does.
    word: &'t str,
    /// The text after that word.
    rest: &'t str,
    /// Whether no space stands between.
    touches: bool,
    /// How much the word rather begins a sentence, if it is known.
    opens: Option<i8>,
}

impl Behind<'_> {
    /// Returns true if a second word follows in lower case: `Cùng lúc`, but not `Đồng Hới`. It tells a
    /// name from a sentence, too.
    fn goes_on_small(&self) -> bool {
        self.rest.trim_start_matches([' ', ',', '\u{A0}']).starts_with(char::is_lowercase)
    }

    /// Returns true if the word behind the stop is a given name that may begin another word, but does
    /// not: `Lê H. Phương nhận giải`, but not `Lê H. Phương án này`.
    fn is_name_before_verb(&self) -> bool {
        let rest = self.rest.trim_start_matches([' ', '\u{A0}']);
        let next = rest.split(|c: char| !is_alphabetic(c) && !is_combining(c)).next();
        AMBIGUOUS_GIVEN_NAMES.contains(&UnitId::of(self.word))
            && rest.starts_with(char::is_lowercase)
            && VERBS_OF_PERSONS.contains(&UnitId::of(next.unwrap_or_default()))
    }

    /// Returns true if a second word follows that begins with a capital.
    fn has_second_capital(&self) -> bool {
        self.rest.trim_start_matches([' ', '\u{A0}']).starts_with(char::is_uppercase)
    }
}

/// Returns true for letters that may be part of an abbreviation with full stops, all but the last.
pub(super) fn is_link(word: &str, run: &LetterRun) -> bool {
    run.letters <= 4 && is_chained(word)
}

/// Returns true for letters that may be an abbreviation with a full stop.
pub(super) fn may_own_stop(word: &str, run: &LetterRun) -> bool {
    run.letters <= MOST_LETTERS && (is_link(word, run) || is_unchained(word))
}

/// No abbreviation with a stop has more letters: `Hotline`.
const MOST_LETTERS: u32 = 7;

/// Returns true for two or more letters in upper case.
fn is_acronym(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// What stands before C and F as units.
pub(super) static DEGREES: LazyLock<[UnitId; 2]> = LazyLock::new(|| ["độ", "°"].map(UnitId::of));

/// What stands before a place: the number of a house, or a preposition.
static PLACE_PREPOSITIONS: LazyLock<[UnitId; 9]> = LazyLock::new(|| {
    ["số", "ở", "tại", "từ", "đến", "qua", "đường", "về", "thuộc"].map(UnitId::of)
});

/// Words before the name of a person, which nobody says to whom one writes in abbreviations.
static ELDERS: LazyLock<[UnitId; 2]> = LazyLock::new(|| ["ông", "bà"].map(UnitId::of));

/// Words before the name of a person.
static PERSONS: LazyLock<[UnitId; 12]> = LazyLock::new(|| {
    ["ông", "bà", "anh", "chị", "em", "cháu", "cô", "chú", "bác", "cậu", "bé", "tên"]
        .map(UnitId::of)
});

/// Family names.
static SURNAMES: LazyLock<FxHashSet<UnitId>> =
    LazyLock::new(|| vocabulary::SURNAMES.words().map(UnitId::of).collect());

/// Given names that begin no other word.
static GIVEN_NAMES: LazyLock<FxHashSet<UnitId>> =
    LazyLock::new(|| vocabulary::GIVEN_NAMES.words().map(UnitId::of).collect());

/// Given names that begin other words, too.
static AMBIGUOUS_GIVEN_NAMES: LazyLock<FxHashSet<UnitId>> =
    LazyLock::new(|| vocabulary::AMBIGUOUS_GIVEN_NAMES.words().map(UnitId::of).collect());

/// Verbs and auxiliaries behind the name of a person that make no word with it.
static VERBS_OF_PERSONS: LazyLock<FxHashSet<UnitId>> =
    LazyLock::new(|| vocabulary::VERBS_OF_PERSONS.words().map(UnitId::of).collect());

/// Returns true for a family name.
pub(crate) fn is_surname(unit: UnitId) -> bool {
    SURNAMES.contains(&unit)
}

/// Returns true for a word that a name of a person follows: `ông`, `sĩ` of `ca sĩ`.
pub(crate) fn precedes_name(unit: UnitId) -> bool {
    PERSONS.contains(&unit) || ROLES.contains(&unit)
}

/// Last syllables of what people are: `tiền đạo`, `ca sĩ`, `nhà văn`, `bị cáo`.
static ROLES: LazyLock<[UnitId; 40]> = LazyLock::new(|| {
    [
        "đạo",
        "sĩ",
        "sỹ",
        "sư",
        "văn",
        "thơ",
        "báo",
        "vệ",
        "môn",
        "viên",
        "trưởng",
        "phó",
        "cáo",
        "can",
        "phạm",
        "nhân",
        "chủ",
        "thủ",
        "thầy",
        "mẹ",
        "bố",
        "cha",
        "con",
        "vợ",
        "chồng",
        "dì",
        "cậu",
        "mợ",
        "thím",
        "sinh",
        "bạn",
        "giả",
        "diễn",
        "mẫu",
        "hậu",
        "thần",
        "đốc",
        "tướng",
        "tá",
        "uý",
    ]
    .map(UnitId::of)
});

/// Words that end no phrase.
static CONNECTIVES: LazyLock<[UnitId; 6]> =
    LazyLock::new(|| ["và", "với", "cùng", "bởi", "hoặc", "gặp"].map(UnitId::of));
