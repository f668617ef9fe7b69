//! What can be seen on each block by itself.

use std::cell::Cell;

use memchr::memchr_iter;

use super::block_end::{BlockEnd, ends_in_letter_or_stop};
use super::byline;
use super::date::is_dateline;
use super::evidence::{Evidence, EvidenceSet};
use super::line::{LONGEST_LINE, Paragraph, floor, is_blank};
use super::nonprose::{self, CodeLikeness};
use super::photo_credit::{self, Piece};
use super::phrase::{self, Phrases};
use super::pieces::{Place, cut_paragraph, last_long_paragraph};
use super::tags;
use super::word_hash::{self, normalized};

/// The features of one block.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "independent findings about one block")]
pub(super) struct BlockFeatures {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where its words begin among the page's.
    first_word: usize,
    pub(super) words: u32,
    /// A hash of its words in order; 0 if it is the only block and cannot be the title.
    pub(super) hash: u64,
    /// Sentences that end inside the block, at most 255.
    pub(super) sentence_ends: u8,
    pub(super) ending: BlockEnd,
    pub(super) blank_before: bool,
    pub(super) is_caption: bool,
    /// Whether it is a credit and nothing else.
    pub(super) is_bare_credit: bool,
    /// Whether it ends in a question or exclamation mark.
    pub(super) is_question: bool,
    /// Whether it is no link, on a page whose markup shows links.
    pub(super) is_unlinked: bool,
    /// The evidence found so far.
    pub(super) evidence: EvidenceSet,
}

/// The same for lines that end in a stop.
const LONGEST_SENTENCE: usize = 110;

impl BlockFeatures {
    pub(super) fn has(&self, evidence: Evidence) -> bool {
        self.evidence.has(evidence)
    }

    /// Text in sentences, as articles are.
    pub(super) fn is_prose(&self) -> bool {
        self.has(Evidence::Sentences)
    }

    /// A short line without end mark.
    pub(super) fn is_unterminated(&self) -> bool {
        self.has(Evidence::ShortWithoutStop)
    }
}

/// The blocks of a page and the hashes of their words.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) blocks: Vec<BlockFeatures>,
    scratch: Scratch,
    /// Whether the captions are the article; then only credits are cut out.
    pub(super) is_picture_story: bool,
}

impl Page {
    /// Cuts paragraphs into blocks, finds the features of each, and at the words of a given title.
    pub(super) fn new(text: &str, paragraphs: &[Paragraph], title: Option<&str>) -> Self {
        let mut page = Self {
            blocks: Vec::with_capacity(paragraphs.len() + 8),
            scratch: SPARE.take().unwrap_or_default(),
            is_picture_story: false,
        };
        let Scratch { reader, title_words, .. } = &mut page.scratch;
        title_words.clear();
        if let Some(title) = title {
            reader.push(title, title_words);
        }
        page.cut(text, paragraphs, Cut::Captions);
        if is_picture_story(&page.blocks) {
            page.is_picture_story = true;
            page.cut(text, paragraphs, Cut::Credits);
        }
        page
    }

    /// Takes a block as the title.
    pub(super) fn set_title(&mut self, place: usize) {
        let mut title_words = std::mem::take(&mut self.scratch.title_words);
        title_words.clear();
        title_words.extend_from_slice(self.words(&self.blocks[place]));
        self.scratch.title_words = title_words;
    }

    /// The hashes of the title's words; none if there is no title.
    pub(super) fn title_words(&self) -> &[u32] {
        &self.scratch.title_words
    }

    /// The hashes of a block's words.
    pub(super) fn words(&self, features: &BlockFeatures) -> &[u32] {
        let range = features.first_word..features.first_word + features.words as usize;
        self.scratch.words.get(range).unwrap_or_default()
    }
}

/// What a credit takes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// The caption that it closes.
    Captions,
    /// Nothing: the captions are the article.
    Credits,
}

/// Whether the captions are the article: a row of pictures with a paragraph
/// under each.
fn is_picture_story(blocks: &[BlockFeatures]) -> bool {
    let (mut captions, mut prose, mut count) = (0, 0, 0_u8);
    for features in blocks {
        if features.has(Evidence::RelatedPhrase) && features.words <= 12 {
            break;
        }
        if features.is_caption {
            // Captions in a row are one block with several stops.
            count = count.saturating_add(1 + features.sentence_ends / 2);
            captions += features.words;
        } else if features.is_prose() {
            prose += features.words;
        }
    }
    count >= 3 && captions > prose && captions >= 60
}

/// Scratch buffers, reused between blocks and pages.
#[derive(Debug, Default)]
struct Scratch {
    /// Hashes of the words of all blocks.
    words: Vec<u32>,
    title_words: Vec<u32>,
    reader: word_hash::WordHasher,
    key: String,
    pieces: Vec<Piece>,
}

impl Scratch {
    /// Finds the words of a block; returns where they begin, how many they are, and their hash.
    ///
    /// Those of the only block are just counted, unless it may be the title: there is nothing else
    /// to compare it with.
    fn read_words(&mut self, block: &str, is_single: bool) -> (usize, u32, u64) {
        let first = self.words.len();
        if is_single {
            let count = self.reader.count(block) as u32;
            if self.title_words.len() < count.min(LEAST_BEGINNING) as usize {
                return (first, count, 0);
            }
        }
        self.reader.push(block, &mut self.words);
        let words = &self.words[first..];
        (first, words.len() as u32, word_hash::sequence(words))
    }
}

/// The beginning of an article has at least so many words.
pub(super) const LEAST_BEGINNING: u32 = 60;

/// Words for which memory stays ready between pages.
const MOST_KEPT: usize = 1 << 16;

thread_local! {
    static SPARE: Cell<Option<Scratch>> = const { Cell::new(None) };
}

impl Drop for Page {
    fn drop(&mut self) {
        let Scratch { words, title_words, key, .. } = &self.scratch;
        if words.capacity().max(title_words.capacity()).max(key.capacity()) <= MOST_KEPT {
            SPARE.set(Some(std::mem::take(&mut self.scratch)));
        }
    }
}

impl Page {
    /// Cuts paragraphs into blocks, in place of those that there were.
    fn cut(&mut self, text: &str, paragraphs: &[Paragraph], cut: Cut) {
        self.blocks.clear();
        self.scratch.words.clear();
        let mut pieces = std::mem::take(&mut self.scratch.pieces);
        let last_long = last_long_paragraph(text, paragraphs);
        let labels = photo_credit::labels(text);
        for paragraph in paragraphs {
            pieces.clear();
            let place = Place {
                credits_only: cut == Cut::Credits,
                is_alone: paragraphs.len() == 1,
                is_last: paragraph.start >= last_long,
                labels: &labels,
            };
            cut_paragraph(text, paragraph, &place, &mut pieces);
            // The words of a single block are only counted, unless it may be the title.
            let is_single = paragraphs.len() == 1 && pieces.len() == 1;
            for (place, piece) in pieces.iter().enumerate() {
                let mut features = extract(text, *piece, is_single, &mut self.scratch);
                features.blank_before = place == 0 && paragraph.blank_before;
                self.blocks.push(features);
            }
        }
        self.scratch.pieces = pieces;
    }
}

fn extract(text: &str, piece: Piece, is_single: bool, scratch: &mut Scratch) -> BlockFeatures {
    let block = &text[piece.start..piece.end];
    let (first_word, words, hash) = scratch.read_words(block, is_single);
    let key = &mut scratch.key;
    let ending = BlockEnd::of(block);
    let is_item = is_list_item(block);
    let is_numbered = is_item && block.starts_with(|c: char| c.is_ascii_digit());
    // The stop after an item's number ends no sentence.
    let numbered = block.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ");
    let sentence_ends = inner_stops(block).saturating_sub(u8::from(is_numbered && numbered));
    let mut evidence = EvidenceSet::default();
    evidence.set(Evidence::CreditTag, piece.is_caption);
    evidence.set(Evidence::Signature, piece.is_signature);
    evidence.set(Evidence::Truncated, ending == BlockEnd::Dots);
    // A long line with its stop is a sentence: only its opening can tell more.
    let longest = if ending == BlockEnd::Stop { LONGEST_SENTENCE } else { LONGEST_LINE };
    let composed = word_hash::composed(block, LONGEST_LINE);
    let line = composed.as_deref().unwrap_or(block);
    if block.len() <= longest {
        line_evidence(line, ending, sentence_ends, key, &mut evidence);
    } else {
        opening_evidence(line, key, &mut evidence);
    }
    if block.len() <= LONGEST_LINE && phrase::has_place_in_picture(line) {
        evidence.add(Evidence::PictureWords);
    }
    evidence.set(Evidence::AgencyTag, has_agency_tag(block));
    evidence.set(Evidence::ListItem, is_item);
    evidence.set(Evidence::Numbered, is_numbered);
    let is_sentence = match ending {
        BlockEnd::Stop => words >= 4,
        BlockEnd::Dots => words >= 10,
        BlockEnd::Colon | BlockEnd::Comma => words >= 8,
        BlockEnd::Open => words > 28 || sentence_ends > 0 && words >= 16,
    };
    // A headline printed twice in a line is as long as a sentence.
    let is_sentence = is_sentence && !evidence.has(Evidence::RepeatsItself);
    let is_open = !is_sentence && matches!(ending, BlockEnd::Open | BlockEnd::Dots);
    let is_question = ends_in_question(block) && sentence_ends == 0;
    let short = is_open || words <= 14 && is_question;
    let is_code = nonprose::code_likeness(block);
    let is_tags = evidence.has(Evidence::TagList);
    evidence.set(Evidence::CodeElement, is_code == CodeLikeness::Strong);
    evidence.set(
        Evidence::NotProse,
        is_code == CodeLikeness::Weak || !is_tags && nonprose::is_name_list(block),
    );
    let is_sentence = is_sentence && !is_tags && !piece.is_signature;
    let short = short || is_tags;
    evidence.set(Evidence::Sentences, is_sentence && !piece.is_caption);
    evidence.set(Evidence::ShortWithoutStop, short && !piece.is_caption);
    BlockFeatures {
        start: piece.start,
        end: piece.end,
        first_word,
        words,
        hash,
        sentence_ends,
        ending,
        blank_before: false,
        is_caption: piece.is_caption,
        is_bare_credit: piece.is_bare,
        is_question,
        is_unlinked: false,
        evidence,
    }
}

fn opening_evidence(block: &str, key: &mut String, evidence: &mut EvidenceSet) {
    let head = &block[..floor(block, 64)];
    let marked = block.starts_with(['©', '®']);
    evidence.set(Evidence::Imprint, marked);
    // A link is one line; an article that was glued into one line may open
    // with a link, too.
    let is_line = block.len() <= LONGEST_LINE;
    evidence.set(Evidence::RelatedLink, is_line && opens_with_arrow(block));
    // The phrases here all lead up to a colon.
    if memchr::memchr(b':', head.as_bytes()).is_none() {
        return;
    }
    normalized(head, key);
    let phrases = Phrases::of(key);
    let opening = phrases.opening;
    let linked = opening.is_related() || opens_with_arrow(block);
    evidence.set(Evidence::RelatedLink, is_line && linked);
    evidence.set(Evidence::Imprint, marked || opening.is_imprint() || phrases.hold_imprint());
}

fn opens_with_arrow(block: &str) -> bool {
    block.starts_with(">>") || block.starts_with('»') || block.starts_with("=>")
}

fn line_evidence(
    block: &str,
    ending: BlockEnd,
    sentence_ends: u8,
    key: &mut String,
    evidence: &mut EvidenceSet,
) {
    normalized(block, key);
    let key = key.as_str();
    let phrases = Phrases::of(key);
    let prefix = phrases.opening;
    evidence.set(Evidence::UrlLine, is_url(block));
    evidence.set(Evidence::DateLine, is_dateline(block, key));
    evidence.set(
        Evidence::TagList,
        prefix.is_tags()
            && (block.contains([':', '#', ',']) || key.len() < 24)
            && ending == BlockEnd::Open,
    );
    evidence.set(Evidence::TagList, ending == BlockEnd::Open && tags::is_tag_list(block));
    evidence.set(
        Evidence::ReferenceHeading,
        ending != BlockEnd::Stop && phrase::is_reference_heading(key),
    );
    evidence.set(Evidence::ReferenceItem, block.starts_with(['↑', '^', '[']) || has_address(block));
    evidence.set(Evidence::AboutAuthor, prefix.is_about_author());
    if key.len() <= 40 {
        evidence.set(Evidence::SectionName, phrase::is_section_name(key));
        evidence.set(Evidence::Publisher, phrase::is_publisher(key));
    }
    evidence.set(Evidence::TagList, block.starts_with('#') && block.matches('#').count() >= 2);
    // A sentence may begin with the same words; a line of the imprint has a
    // colon, a number, or no end mark.
    let listed = || ending == BlockEnd::Open || block.contains([':', '©', '®']);
    let imprint = phrases.hold_imprint() && (sentence_ends <= 1 || listed())
        || prefix.is_imprint() && listed();
    let contact = prefix.is_contact()
        && block.contains([':', '@'])
        && block.bytes().filter(u8::is_ascii_digit).count() >= 1;
    evidence.set(Evidence::Imprint, block.starts_with(['©', '®']) || imprint || contact);
    if key.is_empty() {
        evidence.add(Evidence::PagePhrase);
        return;
    }
    if matches!(ending, BlockEnd::Open | BlockEnd::Colon | BlockEnd::Dots) || block.len() <= 60 {
        let related = phrases.are_related_heading(key);
        evidence.set(Evidence::RelatedPhrase, related);
        let comments = prefix.is_comments(key);
        evidence.set(Evidence::CommentPhrase, comments);
        let page = comments || phrases.are_page_line(key);
        evidence.set(Evidence::PagePhrase, page && !related);
    }
    let arrow = opens_with_arrow(block);
    evidence.set(
        Evidence::RelatedLink,
        prefix.is_related() && block.contains(':')
            || arrow && (sentence_ends == 0 || ending == BlockEnd::Open),
    );
    if key.len() <= 120 {
        byline::name_evidence(block, key, ending, evidence);
    }
    evidence.set(Evidence::RepeatsItself, repeats_itself(key));
    evidence.set(Evidence::PictureWords, prefix.is_picture());
}

/// Whether a block holds an address or the number of a publication.
fn has_address(block: &str) -> bool {
    memchr_iter(b':', block.as_bytes())
        .any(|colon| block[colon..].starts_with("://") || block[..colon].ends_with("doi"))
}

/// Whether the two halves of a line's key are the same words.
fn repeats_itself(key: &str) -> bool {
    if key.len() < 15 || key.len().is_multiple_of(2) {
        return false;
    }
    let half = key.len() / 2;
    key.as_bytes()[half] == b' '
        && key.is_char_boundary(half)
        && key[..half] == key[half + 1..]
        && key[..half].contains(' ')
}

fn is_url(block: &str) -> bool {
    let begins = |prefix: &str| {
        let bytes = block.as_bytes().get(..prefix.len());
        bytes.is_some_and(|bytes| bytes.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    ["http://", "https://", "www."].into_iter().any(begins) && !block.contains(is_blank)
}

fn is_list_item(block: &str) -> bool {
    let mut chars = block.chars();
    match chars.next() {
        Some('-' | '–' | '—' | '•' | '+' | '*' | '▪' | '●' | '◆' | '✓' | '·') => {
            true
        }
        Some(c) if c.is_ascii_digit() => {
            let rest = block.trim_start_matches(|c: char| c.is_ascii_digit());
            block.len() - rest.len() <= 2
                && rest.starts_with(['.', ')', '/'])
                && !rest[1..].starts_with(|c: char| c.is_ascii_digit())
        }
        Some('a'..='z') => chars.next() == Some(')'),
        _ => false,
    }
}

/// `(Dân Việt) -`, `TTO -`, `Hà Nội (TTXVN) -`, `KTĐT:` at the start.
fn has_agency_tag(block: &str) -> bool {
    let head = &block[..floor(block, 56)];
    if memchr::memchr3(b'-', b':', 0xE2, head.as_bytes()).is_none() {
        return false;
    }
    let Some((at, mark)) = head.char_indices().find(|&(_, c)| matches!(c, '-' | '–' | '—' | ':'))
    else {
        return false;
    };
    let tag = &head[..at];
    if tag.is_empty() {
        return false;
    }
    let spaced = tag.ends_with(is_blank);
    let tag = tag.trim_end_matches(is_blank);
    let capitals = tag.chars().filter(|c| c.is_uppercase()).count();
    if mark == ':' {
        return !tag.contains(is_blank)
            && capitals >= 3
            && tag.chars().all(|c| c.is_uppercase() || c == '&');
    }
    if tag.ends_with(')') && tag.contains('(') {
        return tag.split(is_blank).count() <= 6
            && tag.starts_with(|c: char| c.is_uppercase() || c == '(');
    }
    let follows_space = head[at + mark.len_utf8()..].starts_with(is_blank);
    let first = tag.split(is_blank).next().unwrap_or("");
    spaced
        && follows_space
        && tag.split(is_blank).count() <= 3
        && first.chars().filter(|c| c.is_uppercase()).count() >= 2
        && !first.chars().any(|c| c.is_ascii_digit())
        && (tag.contains(['.', '/', '+']) || first.chars().all(|c| !c.is_lowercase()))
}

fn ends_in_question(block: &str) -> bool {
    if ends_in_letter_or_stop(block) {
        return false;
    }
    block.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['?', '!'])
}

fn inner_stops(block: &str) -> u8 {
    let bytes = block.as_bytes();
    let count = memchr_iter(b'.', bytes).filter(|&at| ends_sentence(block, at)).take(255).count();
    count as u8
}

/// Whether a stop ends a sentence inside of a block; the last of `...` in a headline does not.
fn ends_sentence(block: &str, at: usize) -> bool {
    let goes_on = || {
        let next = block[at + 1..].trim_start().chars().next();
        next.is_some_and(|c| c.is_lowercase() || matches!(c, '“' | '"'))
    };
    block.as_bytes().get(at + 1) == Some(&b' ') && !(block[..at].ends_with('.') && goes_on())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::line::paragraphs;

    fn evidence(line: &str) -> EvidenceSet {
        Page::new(line, &paragraphs(line), None).blocks[0].evidence
    }

    #[test]
    fn agency_tags() {
        for line in [
            "(Dân Việt) - Sáng nay, cầu mới thông xe.",
            "TTO - Sáng nay, cầu mới thông xe.",
            "TTXVN/Vietnam+ - Sáng nay, cầu mới thông xe.",
            "Hà Nội (TTXVN) - Sáng nay, cầu mới thông xe.",
            "KTĐT: Sáng nay, cầu mới thông xe.",
            "VOV.VN - Sáng nay, cầu mới thông xe.",
        ] {
            assert!(evidence(line).has(Evidence::AgencyTag), "{line}");
        }
        for line in [
            "Hà Nội - thành phố vì hòa bình.",
            "Ông nói: Tôi đồng ý.",
            "- Sáng nay, cầu mới thông xe.",
        ] {
            assert!(!evidence(line).has(Evidence::AgencyTag), "{line}");
        }
    }

    #[test]
    fn a_headline_doubled_in_its_line() {
        assert!(evidence("Cầu mới thông xe Cầu mới thông xe").has(Evidence::RepeatsItself));
        assert!(evidence("‘Cầu mới thông xe’ \"Cầu mới thông xe\"").has(Evidence::RepeatsItself));
        assert!(!evidence("Cầu mới thông xe Cầu cũ thông xe").has(Evidence::RepeatsItself));
    }
}
