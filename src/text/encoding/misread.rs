//! Text of an older encoding that was decoded as code page 1252.
//!
//! TCVN3, VNI, VISCII or code page 1258 read as code page 1252 gives `ViÖt` for `Việt`. Here no
//! single letter shows the damage: the words do, which are no syllables as they stand and are
//! syllables in the older encoding. [`misread`] names the encoding, [`reread`] reads the text
//! again. A text can be damaged in parts only, where two files were put together, so both look at
//! each line by itself.

use std::ops::Range;

#[cfg(feature = "serde")]
use serde::Serialize;

use super::Encoding;
use super::detect::reads_as;
use super::legacy;
use super::mojibake::byte_in_1252;
use crate::text::syllable::Syllable;
use crate::text::word_runs::{has_plain_case, letter_runs};

/// What a text that was read as code page 1252 is really in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Misreading {
    encoding: Encoding,
    words: usize,
    first: usize,
    sample: String,
}

impl Misreading {
    /// The encoding in which the broken words make sense.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How many broken words make sense in it.
    #[must_use]
    pub fn words(&self) -> usize {
        self.words
    }

    /// Byte offset of the first of them.
    #[must_use]
    pub fn first(&self) -> usize {
        self.first
    }

    /// The first of them.
    #[must_use]
    pub fn sample(&self) -> &str {
        &self.sample
    }
}

/// Encodings that get read as code page 1252; of two that fit alike the first is named.
const MISREAD: [Encoding; 5] =
    [Encoding::Tcvn3, Encoding::Windows1258, Encoding::Vni, Encoding::Viscii, Encoding::Tcvn5712];

/// What a word with a letter outside ASCII says about the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// It has letters that code page 1252 lacks: nothing was read as that.
    Sound,
    /// It is a Vietnamese word as it stands, and could have been another one: `cã` for `có`.
    Open,
    /// It is no Vietnamese word as it stands.
    Broken,
}

/// Judges a word; `bytes` are what it was before it was read as code page 1252.
fn verdict_on(word: &str, bytes: &mut Vec<u8>) -> Verdict {
    if !to_bytes(word, bytes) {
        Verdict::Sound
    } else if is_vietnamese(word) || is_vietnamese(&without_stray_signs(word)) {
        Verdict::Open
    } else {
        Verdict::Broken
    }
}

/// Takes soft hyphens out and puts đ in the place of ð: both stand in sound text.
fn without_stray_signs(word: &str) -> String {
    word.chars().filter(|&c| c != '\u{AD}').map(|c| if c == '\u{F0}' { 'đ' } else { c }).collect()
}

/// Whether the marked letters of a word make syllables as they stand.
fn is_vietnamese(word: &str) -> bool {
    let letters_join_letters_only = !word.chars().any(|c| {
        matches!(c, '\u{A1}'..='\u{BF}' | '×' | '÷')
            && !matches!(c, '«' | '»' | '°' | '·' | '²' | '³')
    });
    letters_join_letters_only
        && letter_runs(word)
            .map(|run| &word[run])
            .filter(|run| !run.is_ascii())
            .all(|run| Syllable::parse(run).is_some() && has_plain_case(run))
}

/// The bytes that a word was before it was read as code page 1252; false if it was not.
fn to_bytes(word: &str, bytes: &mut Vec<u8>) -> bool {
    bytes.clear();
    word.chars().all(|c| {
        let byte = byte_in_1252(c);
        bytes.extend(byte);
        byte.is_some()
    })
}

/// The words of a text that have letters outside ASCII, parted by white space. A no-break space
/// is a byte of a word in some of the encodings.
fn marked_words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split(|c: char| c.is_whitespace() && c != '\u{A0}')
        .map(move |word| {
            let start = at;
            at += word.len();
            // Step over the white space that ended the word.
            at += text[at..].chars().next().map_or(0, char::len_utf8);
            start..start + word.len()
        })
        .filter(|range| text[range.clone()].chars().any(|c| !c.is_ascii() && c != '\u{A0}'))
}

/// Counts of the marked words of a line or a text.
#[derive(Debug, Clone, Default)]
struct Counts {
    marked: usize,
    sound: usize,
    broken: usize,
    /// Of each encoding the broken words that are Vietnamese in it, and the first with its place.
    read: [(usize, Option<(usize, String)>); MISREAD.len()],
}

impl Counts {
    fn of(line: &str, start: usize, bytes: &mut Vec<u8>) -> Self {
        let mut counts = Self::default();
        for range in marked_words(line) {
            let word = &line[range.clone()];
            // A letter that stands alone is a sign of something else as often: `'ö'`.
            let letters = word.trim_matches(|c: char| c.is_ascii_punctuation());
            if letters.chars().nth(1).is_none() {
                continue;
            }
            counts.marked += 1;
            match verdict_on(word, bytes) {
                Verdict::Sound => counts.sound += 1,
                Verdict::Open => {}
                Verdict::Broken => {
                    counts.broken += 1;
                    for (encoding, (words, first)) in MISREAD.iter().zip(&mut counts.read) {
                        if reads_as(bytes, *encoding) {
                            *words += 1;
                            first.get_or_insert_with(|| (start + range.start, word.to_owned()));
                        }
                    }
                }
            }
        }
        counts
    }

    fn add(&mut self, other: &Self) {
        self.marked += other.marked;
        self.sound += other.sound;
        self.broken += other.broken;
        for ((words, first), (more, its_first)) in self.read.iter_mut().zip(&other.read) {
            *words += more;
            if first.is_none() {
                first.clone_from(its_first);
            }
        }
    }

    /// The encoding in which most of the broken words are Vietnamese.
    fn best(&self) -> usize {
        let mut best = 0;
        for i in 1..MISREAD.len() {
            if self.read[i].0 > self.read[best].0 {
                best = i;
            }
        }
        best
    }

    /// Tells whether the broken words are too many, among the marked ones and of one encoding, to
    /// be names and words of another language.
    ///
    /// In texts that were read wrongly they are at least 0.36 of the marked words, in Romanian, of
    /// the other languages of code page 1252 the one that looks most like it, at most 0.21.
    fn are_damaged(&self) -> bool {
        let words = self.read[self.best()].0;
        words >= 3 && words * 10 >= self.broken * 6 && words * 100 >= self.marked * 28
    }
}

/// Finds out whether a text, or a part of it, is in an older encoding that was read as code page
/// 1252.
///
/// At least three words must be broken as they stand and be Vietnamese syllables in one of the
/// encodings; those must be most of the broken words and a good share of all words with marks, in
/// the whole text or, where the rest of the text is Vietnamese, in some of its lines.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::{Encoding, misread::{misread, reread}};
///
/// let text = "N­íc ViÖt Nam lµ mét, d©n téc ViÖt Nam lµ mét";
/// let found = misread(text).expect("TCVN3 under the wrong name");
/// assert_eq!(found.encoding(), Encoding::Tcvn3);
/// assert_eq!(reread(text, Encoding::Tcvn3).0, "Nước Việt Nam là một, dân tộc Việt Nam là một");
/// assert_eq!(misread("Nước Việt Nam là một"), None);
/// ```
#[must_use]
pub fn misread(text: &str) -> Option<Misreading> {
    let mut evidence = Evidence::default();
    evidence.add(text);
    evidence.misreading()
}

/// What the parts of a text say about how it was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    /// Bytes of the parts that were added.
    passed: usize,
    whole: Counts,
    damaged_lines: Counts,
    /// A letter was seen that only Vietnamese has.
    is_vietnamese: bool,
    bytes: Vec<u8>,
}

impl Evidence {
    /// Passes over bytes that are no text.
    pub(crate) fn skip(&mut self, bytes: usize) {
        self.passed += bytes;
    }

    /// Adds the next part of a text, which ends at a line end.
    pub(crate) fn add(&mut self, part: &str) {
        for line in part.split_inclusive('\n') {
            if !line.is_ascii() {
                let counts = Counts::of(line, self.passed, &mut self.bytes);
                if counts.are_damaged() && counts.sound * 4 <= counts.broken {
                    self.damaged_lines.add(&counts);
                }
                self.whole.add(&counts);
                self.is_vietnamese = self.is_vietnamese || line.chars().any(is_only_vietnamese);
            }
            self.passed += line.len();
        }
    }

    /// The encoding that was misread, if one was.
    pub(crate) fn misreading(&self) -> Option<Misreading> {
        let counts = if self.whole.are_damaged() {
            &self.whole
        } else if self.damaged_lines.are_damaged() && self.is_vietnamese {
            &self.damaged_lines
        } else {
            return None;
        };
        let best = counts.best();
        let (words, first) = &counts.read[best];
        let (first, sample) = first.clone()?;
        Some(Misreading { encoding: MISREAD[best], words: *words, first, sample })
    }
}

/// Letters that no other language has.
fn is_only_vietnamese(c: char) -> bool {
    matches!(c, '\u{1EA0}'..='\u{1EF9}' | 'ơ' | 'ư' | 'Ơ' | 'Ư')
}

/// Reads a text again that was taken for code page 1252, and counts the characters that came out
/// otherwise.
///
/// Lines in which most words are sound stay as they are, and in lines that are half one and half
/// the other, the words beside sound ones; so a text of which a part was damaged loses nothing.
/// Words that are sound by accident (`cã` for `có`) change with the others around them. Characters
/// that code page 1252 does not have, and bytes that the encoding does not define, stay, too.
#[must_use]
pub fn reread(text: &str, encoding: Encoding) -> (String, usize) {
    let mut rereader = Rereader::new(encoding);
    rereader.look(text);
    rereader.read(text)
}

/// Reads a text again as [`reread`] does, in parts that end at line ends.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::{Encoding, misread::Rereader};
///
/// let parts = ["(1)\n", "N­íc ViÖt Nam\n"];
/// let mut rereader = Rereader::new(Encoding::Tcvn3);
/// parts.iter().for_each(|part| rereader.look(part));
/// let text: String = parts.iter().map(|part| rereader.read(part).0).collect();
/// assert_eq!(text, "(1)\nNước Việt Nam\n");
/// ```
#[derive(Debug, Clone)]
pub struct Rereader {
    encoding: Encoding,
    /// The state of the line before, or else of the first line that has one.
    current: Option<State>,
    bytes: Vec<u8>,
}

impl Rereader {
    /// A reader of a text that is in this encoding.
    #[must_use]
    pub const fn new(encoding: Encoding) -> Self {
        Self { encoding, current: None, bytes: Vec::new() }
    }

    /// Looks for the first line with evidence, as which the lines before it are read. All parts are
    /// looked at, or those up to that line, before the first is read.
    pub fn look(&mut self, part: &str) {
        if self.current.is_none() && legacy::reader(self.encoding).is_some() {
            let mut lines = part.split_inclusive('\n');
            self.current = lines.find_map(|line| State::of(line, self.encoding, &mut self.bytes));
        }
    }

    /// Reads the next part, and counts the characters that came out otherwise.
    pub fn read(&mut self, part: &str) -> (String, usize) {
        let encoding = self.encoding;
        if legacy::reader(encoding).is_none() {
            return (part.to_owned(), 0);
        }
        let mut current = self.current.unwrap_or(State::Damaged);
        let mut out = Rereading { text: String::with_capacity(part.len()), changed: 0, encoding };
        for line in part.split_inclusive('\n') {
            current = State::of(line, encoding, &mut self.bytes).unwrap_or(current);
            match current {
                State::Sound => out.text.push_str(line),
                State::Damaged => out.read(line),
                State::Mixed => {
                    out.read_damaged_words(line, &mut self.bytes);
                    current = State::Damaged;
                }
            }
        }
        self.current = Some(current);
        (out.text, out.changed)
    }
}

/// How much of a line was read wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Sound,
    Damaged,
    Mixed,
}

impl State {
    /// The state of a line; `None` where nothing speaks for any.
    fn of(line: &str, encoding: Encoding, bytes: &mut Vec<u8>) -> Option<Self> {
        let (mut sound, mut damaged) = (0, 0);
        for range in marked_words(line) {
            match verdict_on(&line[range], bytes) {
                Verdict::Sound => sound += 1,
                Verdict::Open => {}
                Verdict::Broken => damaged += usize::from(reads_as(bytes, encoding)),
            }
        }
        match (sound, damaged) {
            (0, 0) => None,
            _ if sound * 4 <= damaged => Some(Self::Damaged),
            _ if damaged * 4 <= sound => Some(Self::Sound),
            _ => Some(Self::Mixed),
        }
    }
}

/// A part of a text that is being read again.
struct Rereading {
    text: String,
    changed: usize,
    encoding: Encoding,
}

impl Rereading {
    /// Reads a part again.
    fn read(&mut self, part: &str) {
        let mut rest = part;
        while !rest.is_empty() {
            let end = rest.find(|c| byte_in_1252(c).is_none()).unwrap_or(rest.len());
            self.read_bytes(&rest[..end]);
            rest = &rest[end..];
            let kept = rest.find(|c| byte_in_1252(c).is_some()).unwrap_or(rest.len());
            self.text.push_str(&rest[..kept]);
            rest = &rest[kept..];
        }
    }

    /// Reads a part again whose characters all were bytes.
    fn read_bytes(&mut self, part: &str) {
        let Some(read) = legacy::reader(self.encoding) else { return };
        let chars: Vec<char> = part.chars().collect();
        let bytes: Vec<u8> = chars.iter().copied().filter_map(byte_in_1252).collect();
        let mut at = 0;
        while at < bytes.len() {
            let (letter, width) = read(&bytes[at..]).unwrap_or((chars[at], 1));
            self.changed += usize::from(width != 1 || letter != chars[at]);
            self.text.push(letter);
            at += width;
        }
    }

    /// Reads the words of a line again that are broken, or stand nearest to one that is.
    fn read_damaged_words(&mut self, line: &str, bytes: &mut Vec<u8>) {
        let judged =
            |range: Range<usize>, bytes: &mut Vec<u8>| match verdict_on(&line[range], bytes) {
                Verdict::Sound => Some(false),
                Verdict::Open => None,
                Verdict::Broken => reads_as(bytes, self.encoding).then_some(true),
            };
        let verdicts: Vec<(Range<usize>, Option<bool>)> =
            marked_words(line).map(|range| (range.clone(), judged(range, bytes))).collect();
        let mut current = verdicts.iter().find_map(|(_, verdict)| *verdict).unwrap_or(false);
        let mut copied = 0;
        for (range, verdict) in verdicts {
            current = verdict.unwrap_or(current);
            self.text.push_str(&line[copied..range.start]);
            copied = range.end;
            let word = &line[range];
            if current {
                self.read(word);
            } else {
                self.text.push_str(word);
            }
        }
        self.text.push_str(&line[copied..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::encoding::encode::encode;
    use crate::text::encoding::legacy::windows::as_1252;
    use proptest::prelude::*;

    const TEXT: &str = "Đêm qua, mưa lớn làm nước sông dâng cao; sáng nay trời đã tạnh. Người \
                        dân ở xã ven sông kể: “Lễ hội vẫn diễn ra, ai cũng mừng…”";

    fn damaged(text: &str, encoding: Encoding) -> String {
        let plain = || text.replace(['“', '”', '…'], "");
        as_1252(&encode(text, encoding).unwrap_or_else(|_| encode(&plain(), encoding).unwrap()))
    }

    #[test]
    fn letters_that_stand_alone_show_nothing() {
        let table = "Sorted: ['n', 'o', 'ö', 'p', 'z'], then ['o', 'ö'] and \"ö\".\nTH Þ 222  ö  å";
        assert_eq!(misread(table), None);
    }

    #[test]
    fn each_older_encoding_read_as_1252_is_named_and_read_again() {
        assert_eq!(misread(TEXT), None);
        for encoding in MISREAD {
            let wrong = damaged(TEXT, encoding);
            let found = misread(&wrong).unwrap();
            assert!(wrong[found.first()..].starts_with(found.sample()));
            let (text, changed) = reread(&wrong, found.encoding());
            assert!(TEXT.starts_with(&text[..60]), "{encoding} as {}: {text}", found.encoding());
            assert!(changed > 10);
        }
    }

    #[test]
    fn the_sound_lines_of_a_text_stay() {
        let sound =
            "Bà con làng chài vá lưới bên bờ cát, trẻ nhỏ thả diều.\nCà phê sáng, ca hát.\n";
        let old = "Chợ phiên họp sớm, khách mua cá, mua rau rất đông.\n";
        let text = format!("{sound}{}{sound}", damaged(old, Encoding::Tcvn3));
        let found = misread(&text).unwrap();
        assert_eq!(found.encoding(), Encoding::Tcvn3);
        assert_eq!(reread(&text, Encoding::Tcvn3).0, format!("{sound}{old}{sound}"));
        // Nothing is left to do.
        assert_eq!(misread(&reread(&text, Encoding::Tcvn3).0), None);
    }

    #[test]
    fn stray_signs_and_other_languages_are_no_older_encoding() {
        for sound in [
            "Ðà Lạt ðã vào mùa hoa ðào, ðường phố ðông vui, ðèn sáng ðến khuya, ði ðâu cũng ðẹp.",
            "Nhà máy ho\u{AD}ạt động, công nhân là\u{AD}m ca, ba\u{AD}n đêm vẫn là\u{AD}m và hà\u{AD}ng về.",
            "Ana și Ion merg în oraș să cumpere pâine și brânză, apoi mănâncă acasă lângă râu, \
             când vântul bate și câinele doarme în grădină. Mâine vor pleca în munți cu mașina.",
            "Les élèves étaient déjà là, où l’été a été très beau; ça va, Noël à la forêt.",
            "Señor, mañana compraré café y azúcar; el niño está aquí, también la niña pequeña.",
        ] {
            assert_eq!(misread(sound), None, "{sound}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_read_again(text in any::<String>()) {
            let _ = misread(&text);
            for encoding in MISREAD {
                let _ = reread(&text, encoding);
            }
        }

        #[test]
        fn any_vietnamese_words_can_be_read_again(text in "[a-zà-ÿơưạ\u{AD} \n\u{A0}-\u{BF}]{0,60}") {
            if let Some(found) = misread(&text) {
                prop_assert!(text[found.first()..].starts_with(found.sample()));
            }
            for encoding in MISREAD {
                let _ = reread(&text, encoding);
            }
        }
    }
}
