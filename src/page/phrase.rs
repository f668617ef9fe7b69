//! Phrases by which pages name their parts.
//!
//! Lines of buttons and of headings for other articles are told by what they
//! are made of, not by a list of whole lines: every word belongs to a small
//! vocabulary and the line has at least one of its telling pairs.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::word_hash::{spaces, words_of_key};
use crate::text::letter::is_alphanumeric;
use crate::vocabulary;

/// The kinds of prefix that a line's key begins with, as bits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LinePrefix(u16);

static PREFIXES: LazyLock<FxHashMap<&'static str, Vec<(&'static str, u16)>>> =
    LazyLock::new(|| {
        let mut out: FxHashMap<&'static str, Vec<(&'static str, u16)>> = FxHashMap::default();
        for (list, bit) in [
            (vocabulary::RELATED_PREFIXES, LinePrefix::RELATED),
            (vocabulary::IMPRINT_PREFIXES, LinePrefix::IMPRINT),
            (vocabulary::CONTACT_PREFIXES, LinePrefix::CONTACT),
            (vocabulary::TAG_PREFIXES, LinePrefix::TAGS),
            (vocabulary::AUTHOR_PREFIXES, LinePrefix::AUTHOR),
            (vocabulary::SOURCE_PREFIXES, LinePrefix::SOURCE),
            (vocabulary::PICTURE_PREFIXES, LinePrefix::PICTURE),
            (vocabulary::COMMENT_PREFIXES, LinePrefix::COMMENTS),
            (vocabulary::RELATED_PHRASES, LinePrefix::RELATED_CORE),
            (vocabulary::PAGE_PHRASES, LinePrefix::PAGE_CORE),
            (vocabulary::AUTHOR_NOTE_PREFIXES, LinePrefix::ABOUT_AUTHOR),
            (vocabulary::PERSON_TITLES, LinePrefix::PERSON_TITLE),
            (vocabulary::IMPRINT_PHRASES, LinePrefix::IMPRINT_PHRASE),
        ] {
            for prefix in list.phrases() {
                out.entry(first_word(prefix)).or_default().push((prefix, bit));
            }
        }
        out
    });

/// A bit for each shape of a word that begins a prefix: most words begin none, and are known by it.
static SHAPES: LazyLock<[u64; SHAPE_COUNT / 64]> = LazyLock::new(|| {
    let mut out = [0; SHAPE_COUNT / 64];
    // Bits may be set in any order.
    PREFIXES.keys().for_each(|word| {
        let shape = shape(word);
        out[shape / 64] |= 1 << (shape % 64);
    });
    out
});

/// Shapes of words.
const SHAPE_COUNT: usize = 1 << 12;

/// The shape of a word: its length, its first byte and its last.
fn shape(word: &str) -> usize {
    let bytes = word.as_bytes();
    let at = |byte: Option<&u8>| usize::from(byte.copied().unwrap_or(0));
    (bytes.len() << 8 ^ at(bytes.first()) << 4 ^ at(bytes.last())) % SHAPE_COUNT
}

fn first_word(key: &str) -> &str {
    &key[..memchr::memchr(b' ', key.as_bytes()).unwrap_or(key.len())]
}

impl LinePrefix {
    const RELATED: u16 = 1;
    const IMPRINT: u16 = 2;
    const CONTACT: u16 = 4;
    const TAGS: u16 = 8;
    const AUTHOR: u16 = 16;
    const SOURCE: u16 = 32;
    const PICTURE: u16 = 64;
    const COMMENTS: u16 = 128;
    const RELATED_CORE: u16 = 256;
    const PAGE_CORE: u16 = 512;
    const IMPRINT_PHRASE: u16 = 1024;
    const ABOUT_AUTHOR: u16 = 2048;
    const PERSON_TITLE: u16 = 4096;

    /// Looks up the opening of a line's key.
    pub(super) fn of(key: &str) -> Self {
        Self::after_word(first_word(key), key)
    }

    /// Looks up the opening of a key of which the first word is known.
    fn after_word(word: &str, key: &str) -> Self {
        let mut bits = 0;
        let shape = shape(word);
        if SHAPES[shape / 64] >> (shape % 64) & 1 == 0 {
            return Self(bits);
        }
        for &(prefix, bit) in PREFIXES.get(word).into_iter().flatten() {
            let rest = key.strip_prefix(prefix);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')) {
                bits |= bit;
            }
        }
        Self(bits)
    }

    /// Whether the line opens like a link to another article.
    pub(super) const fn is_related(self) -> bool {
        self.0 & Self::RELATED != 0
    }

    /// Whether the line opens like one of the imprint.
    pub(super) const fn is_imprint(self) -> bool {
        self.0 & Self::IMPRINT != 0
    }

    /// Whether the line gives an address or a telephone number.
    pub(super) const fn is_contact(self) -> bool {
        self.0 & Self::CONTACT != 0
    }

    /// Whether the line opens a list of keywords.
    pub(super) const fn is_tags(self) -> bool {
        self.0 & Self::TAGS != 0
    }

    /// Whether the line opens by naming the author's part.
    pub(super) const fn is_author(self) -> bool {
        self.0 & Self::AUTHOR != 0
    }

    /// Whether the line opens by naming the source.
    pub(super) const fn is_source(self) -> bool {
        self.0 & Self::SOURCE != 0
    }

    /// Whether the line opens by pointing into a picture.
    pub(super) const fn is_picture(self) -> bool {
        self.0 & Self::PICTURE != 0
    }

    /// Whether the line opens a note on the author.
    pub(super) const fn is_about_author(self) -> bool {
        self.0 & Self::ABOUT_AUTHOR != 0
    }

    /// Whether the line opens with a title of a person: `bác sĩ`.
    pub(super) const fn is_person_title(self) -> bool {
        self.0 & Self::PERSON_TITLE != 0
    }

    /// Whether the line opens the readers' comments: `Bình luận (12)`.
    pub(super) fn is_comments(self, key: &str) -> bool {
        self.0 & Self::COMMENTS != 0 && key.len() <= 60 && made_of(key, COMMENT)
    }
}

/// What a line's key opens with or holds anywhere, as bits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Phrases {
    pub(super) opening: LinePrefix,
    held: u16,
}

impl Phrases {
    /// Looks up the phrases of a line's key.
    pub(super) fn of(key: &str) -> Self {
        let mut start = 0;
        let (mut opening, mut held) = (None, 0);
        for end in spaces(key).chain([key.len()]) {
            let here = LinePrefix::after_word(&key[start..end], &key[start..]);
            opening.get_or_insert(here);
            held |= here.0;
            start = end + 1;
        }
        Self { opening: opening.unwrap_or_default(), held }
    }

    const fn holds(self, bit: u16) -> bool {
        self.held & bit != 0
    }

    /// Whether the line has a phrase that only the imprint has.
    pub(super) const fn hold_imprint(self) -> bool {
        self.holds(LinePrefix::IMPRINT_PHRASE)
    }

    /// Whether the line is the heading of a list of other articles.
    pub(super) fn are_related_heading(self, key: &str) -> bool {
        self.holds(LinePrefix::RELATED_CORE) && key.len() <= 90 && made_of(key, RELATED)
    }

    /// Whether the line is made of the words of buttons and menus.
    pub(super) fn are_page_line(self, key: &str) -> bool {
        const BUTTONS: &[&str] = &[
            "lưu", "in", "gửi", "thích", "đóng", "hủy", "huỷ", "menu", "rss", "share", "like",
            "tweet",
        ];
        BUTTONS.contains(&key)
            || self.holds(LinePrefix::PAGE_CORE) && key.len() <= 200 && made_of(key, PAGE)
    }
}

/// The vocabularies that a word belongs to, as bits.
static VOCABULARIES: LazyLock<FxHashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut out: FxHashMap<&'static str, u8> = FxHashMap::default();
    for (list, bit) in [
        (vocabulary::RELATED_WORDS, RELATED),
        (vocabulary::PAGE_WORDS, PAGE),
        (vocabulary::COMMENT_WORDS, COMMENT),
        (vocabulary::CALENDAR_WORDS, CALENDAR),
    ] {
        for word in list.words() {
            *out.entry(word).or_insert(0) |= bit;
        }
    }
    out
});
const RELATED: u8 = 1;
const PAGE: u8 = 2;
const COMMENT: u8 = 4;
const CALENDAR: u8 = 8;

fn belongs(word: &str, vocabulary: u8) -> bool {
    VOCABULARIES.get(word).is_some_and(|bits| bits & vocabulary != 0)
}

fn made_of(key: &str, vocabulary: u8) -> bool {
    words_of_key(key)
        .all(|word| belongs(word, vocabulary) || word.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a key counts readers, comments or minutes: `1 204 lượt xem`, `3 phút đọc`.
pub(super) fn is_counter(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_digit())
        && words_of_key(key)
            .all(|word| belongs(word, PAGE | CALENDAR) || word.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a line is the heading of the readers' comments: `12 Comments`, `Ý kiến bạn đọc (3)`.
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has elements"))]
pub(super) fn is_comment_heading(line: &str) -> bool {
    let key = super::word_hash::normalized_of(line);
    let key = key.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    LinePrefix::of(key).is_comments(key)
}

/// Whether a line is the heading of a list of other articles.
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has elements"))]
pub(super) fn is_related_heading(line: &str) -> bool {
    let key = super::word_hash::normalized_of(line);
    Phrases::of(&key).are_related_heading(&key)
}

/// Whether a word is of the calendar or the clock.
pub(super) fn is_calendar_word(word: &str) -> bool {
    belongs(word, CALENDAR)
}

/// Whether a key is a note on how the text was made: `(Tổng hợp)`.
pub(super) fn is_author_note(key: &str) -> bool {
    static NOTES: LazyLock<FxHashSet<&'static str>> =
        LazyLock::new(|| vocabulary::AUTHOR_NOTES.phrases().collect());
    NOTES.contains(key)
}

/// Whether a key is a label of a credit: `Ảnh`, `Clip`, `Nguồn ảnh`.
pub(super) fn is_credit_label(key: &str) -> bool {
    static LABELS: LazyLock<FxHashSet<&'static str>> =
        LazyLock::new(|| vocabulary::CREDIT_LABELS.phrases().collect());
    LABELS.contains(key)
}

/// Whether a key begins with what stands before the date of publication: `ngày đăng`, `posted`.
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has elements"))]
pub(super) fn is_publication_label(key: &str) -> bool {
    vocabulary::PUBLICATION_LABELS.phrases().any(|label| {
        key.strip_prefix(label).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// What stands before the name of an author around a headline; some of it needs a colon.
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has elements"))]
pub(super) fn author_labels() -> impl Iterator<Item = &'static str> {
    vocabulary::AUTHOR_LABELS.phrases()
}

/// Whether the key of a title is that of an error: `404`, `trang không tồn tại`.
///
/// An article may be about errors: few words stand beside the phrase in the title of an error.
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has elements"))]
pub(super) fn is_error_title(key: &str) -> bool {
    is_title_of(key, vocabulary::ERROR_PHRASES)
}

/// Whether the key of a title asks who the reader is: `đăng nhập`.
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has elements"))]
pub(super) fn is_login_title(key: &str) -> bool {
    is_title_of(key, vocabulary::LOGIN_PHRASES)
}

/// Whether the key of a title is that of a search: `kết quả tìm kiếm`.
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has elements"))]
pub(super) fn is_search_title(key: &str) -> bool {
    is_title_of(key, vocabulary::SEARCH_PHRASES)
}

/// Whether a title holds a phrase, with at most four words around it.
fn is_title_of(key: &str, phrases: vocabulary::WordList) -> bool {
    let count = |text: &str| text.split(' ').count();
    let held = |phrase: &&str| format!(" {key} ").contains(&format!(" {phrase} "));
    phrases.phrases().filter(held).any(|phrase| count(key) <= count(phrase) + 4)
}

/// Whether a word, in lower case, is in no name of a person.
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has elements"))]
pub(super) fn is_no_name_word(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&'static str>> =
        LazyLock::new(|| vocabulary::NO_NAME_WORDS.words().collect());
    WORDS.contains(word)
}

/// Whether a text is of the imprint, of a consent box or of a paywall, by its phrases alone.
///
/// One phrase is enough in a short text or beside a copyright sign; two in a longer one, so that an
/// article about licences or consent stays.
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has elements"))]
pub(super) fn is_furniture(text: &str) -> bool {
    let key = super::word_hash::normalized_of(text);
    if key.is_empty() {
        return false;
    }
    let padded = format!(" {key} ");
    let count = FURNITURE.iter().filter(|phrase| padded.contains(phrase.as_str())).count();
    let words = key.split(' ').count();
    let prefix = LinePrefix::of(&key);
    count >= 2 && count * 40 >= words
        || (prefix.is_imprint() || text.starts_with('©')) && count >= 1 && words <= 80
        || text.starts_with('©') && words <= 40
}

/// Whether a paragraph speaks to the reader of the site, by one phrase: access, newsletters, followers.
///
/// A quotation may hold such a phrase, and a longer paragraph says more than it.
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has elements"))]
pub(super) fn is_reader_notice(text: &str) -> bool {
    static NOTICES: LazyLock<Vec<String>> = LazyLock::new(|| {
        vocabulary::READER_NOTICES.phrases().map(|phrase| format!(" {phrase} ")).collect()
    });
    /// Words of a notice, at most.
    const LONGEST: usize = 45;
    if text.contains(['“', '"', '«']) || text.split_whitespace().nth(LONGEST).is_some() {
        return false;
    }
    let key = format!(" {} ", super::word_hash::normalized_of(text));
    NOTICES.iter().any(|phrase| key.contains(phrase.as_str()))
}

/// Phrases of imprint and consent boxes, with a space before and after.
static FURNITURE: LazyLock<Vec<String>> = LazyLock::new(|| {
    vocabulary::IMPRINT_PHRASES
        .phrases()
        .chain(vocabulary::IMPRINT_PREFIXES.phrases())
        .chain(vocabulary::CONSENT_PHRASES.phrases())
        .chain(["điện thoại", "email", "trụ sở", "fax", "hotline"])
        .map(|phrase| format!(" {phrase} "))
        .collect()
});

/// Whether a key is the heading of a list of references.
pub(super) fn is_reference_heading(key: &str) -> bool {
    static HEADINGS: LazyLock<FxHashSet<&'static str>> =
        LazyLock::new(|| vocabulary::REFERENCE_HEADINGS.phrases().collect());
    HEADINGS.contains(key)
}

/// Whether a key is the name of a section of a newspaper.
pub(super) fn is_section_name(key: &str) -> bool {
    static SECTIONS: LazyLock<FxHashSet<&'static str>> =
        LazyLock::new(|| vocabulary::SECTION_NAMES.phrases().collect());
    SECTIONS.contains(key)
}

/// Whether a key is the name of a newspaper, an agency or a portal.
pub(super) fn is_publisher(key: &str) -> bool {
    static PUBLISHERS: LazyLock<FxHashSet<&'static str>> =
        LazyLock::new(|| vocabulary::PUBLISHERS.phrases().collect());
    PUBLISHERS.contains(key)
}

/// Whether a piece of text begins with a common Vietnamese surname.
pub(super) fn begins_with_surname(piece: &str) -> bool {
    static SURNAMES: LazyLock<FxHashSet<&'static str>> =
        LazyLock::new(|| vocabulary::SURNAMES.words().collect());
    let first = piece.split(|c: char| !is_alphanumeric(c)).find(|word| !word.is_empty());
    first.is_some_and(|word| SURNAMES.contains(super::word_hash::normalized_of(word).as_str()))
}

/// Whether a bracket in a line says where somebody stands in a picture.
pub(super) fn has_place_in_picture(line: &str) -> bool {
    static PLACES: LazyLock<Vec<&'static str>> =
        LazyLock::new(|| vocabulary::PICTURE_PLACES.phrases().collect());
    memchr::memchr_iter(b'(', line.as_bytes())
        .any(|at| PLACES.iter().any(|place| line[at + 1..].starts_with(place)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_related_lists_in_many_wordings() {
        for key in [
            "có thể bạn quan tâm",
            "tin liên quan",
            "xem thêm",
            "xem thêm tin",
            "đọc thêm",
            "tin cùng chuyên mục",
            "tin bài khác cùng chuyên mục",
            "các bài viết liên quan",
            "bài đọc nhiều nhất",
            "đừng bỏ lỡ",
            "tin nổi bật trong ngày",
        ] {
            assert!(Phrases::of(key).are_related_heading(key), "{key}");
        }
        for key in [
            "mối quan tâm của người dân",
            "xem thêm phim ở rạp",
            "người liên quan khai gì",
            "tin vui",
        ] {
            assert!(!Phrases::of(key).are_related_heading(key), "{key}");
        }
    }

    #[test]
    fn phrases_are_whole_words() {
        assert!(Phrases::of("mọi ý kiến xin gửi về").hold_imprint());
        assert!(!Phrases::of("mọi ý kiến xin gửim về").hold_imprint());
        assert!(LinePrefix::of("đt 0903").is_contact() && !LinePrefix::of("đta 0903").is_contact());
    }

    #[test]
    fn lines_of_buttons() {
        for key in
            ["chia sẻ", "bình luận 12", "chia sẻ facebook zalo", "english 中文", "trở lại thế giới"]
        {
            assert!(Phrases::of(key).are_page_line(key), "{key}");
        }
        for key in ["chia sẻ khó khăn với đồng bào", "đăng ký kết hôn", "thế giới"]
        {
            assert!(!Phrases::of(key).are_page_line(key), "{key}");
        }
    }
}
