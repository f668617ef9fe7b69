//! The words of an article, and the runs of words that may be key terms.
//!
//! A candidate is a run of one to four words without a boundary inside. It begins and ends with a word
//! that can name something: no number, no letter, no function word; a number may follow a name
//! (`World Cup 2014`). Of several words it must occur twice, stand in the title, be a name, or be a
//! term that editors are known to use. A term that editors use is a candidate in any case.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::function_word;
use super::model::Memory;
use crate::corpus::ngram::{Item, TermUnit, items_of};
use crate::document::Document;
use crate::page::Role;
use crate::text::key::TermHash;
use crate::token::{Shape, Token, TokenKind};
use crate::weights::stopwords::StopWords;

/// The number of a boundary in the place of a word.
pub(crate) const BOUNDARY: u32 = u32::MAX;

/// The longest candidate, in syllables.
const MAX_SYLLABLES: usize = 10;

/// A word of the article as the methods see it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    pub(crate) hash: TermHash,
    /// What it may be besides a noun.
    pub(super) kind: Option<function_word::Kind>,
    /// It may begin and end a candidate of several words.
    pub(crate) is_content: bool,
    pub(crate) tf: u32,
    /// Occurrences with a capital that no sentence begins with, and in capitals only.
    pub(crate) capitalized: u32,
    pub(crate) acronyms: u32,
}

/// The words of an article, sentence by sentence.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub(crate) words: Vec<Word>,
    pub(crate) items: Vec<Item>,
    /// For each item the number of its word, or [`BOUNDARY`].
    pub(crate) ids: Vec<u32>,
    /// For each item whether it is a pronoun or a classifier there.
    pub(super) function_words: Vec<bool>,
    /// For each sentence, where its items end.
    pub(crate) ends: Vec<u32>,
    /// Numbers of the words.
    pub(super) numbers: FxHashMap<TermHash, u32>,
}

impl Text {
    /// Returns the numbers of the words of one sentence after the other.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.ids[start as usize..end as usize])
    }

    /// Returns the items of an occurrence of a candidate that begins with an item. Syllables that are two
    /// words in one place may be one word in another.
    pub(super) fn items_of(&self, candidate: &Candidate, start: u32) -> Range<usize> {
        let (start, mut syllables) = (start as usize, usize::from(candidate.syllables));
        let mut end = start + 1;
        while let Some(item) = self.items.get(end - 1)
            && syllables > item.tokens().len()
            && end < self.items.len()
        {
            syllables -= item.tokens().len();
            end += 1;
        }
        start..end
    }

    /// Returns the bytes of an occurrence of a candidate that begins with an item.
    pub(super) fn span(
        &self,
        document: &Document,
        candidate: &Candidate,
        start: u32,
    ) -> Range<usize> {
        let items = &self.items[self.items_of(candidate, start)];
        items[0].span(document).start..items[items.len() - 1].span(document).end
    }

    /// Returns the numbers of the words of a candidate.
    pub(crate) fn words_of(&self, candidate: &Candidate) -> &[u32] {
        &self.ids[candidate.first as usize..candidate.first as usize + candidate.words as usize]
    }
}

/// A run of words that may be a key term.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) hash: TermHash,
    /// If it is a tag that the model knows: articles with the tag, articles with the string.
    pub(crate) known: Option<[u32; 2]>,
    /// Item that it first begins with, and that it last begins with.
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) words: u8,
    pub(crate) syllables: u8,
    pub(crate) tf: u32,
    /// Sentences that it occurs in, and the last one of them.
    pub(crate) sentences: u32,
    last_sentence: u32,
    pub(crate) in_title: bool,
    pub(crate) in_lead: bool,
    /// Occurrences in which every word has a capital, and in which all letters are capitals.
    pub(crate) capitalized: u32,
    pub(crate) acronyms: u32,
    /// Occurrences that a sentence begins with.
    pub(crate) initial: u32,
    /// The candidates that it is without its last and without its first word, or [`BOUNDARY`].
    pub(crate) parts: [u32; 2],
}

/// Candidates and where they occur.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    pub(crate) list: Vec<Candidate>,
    /// Items that occurrences begin with, those of one candidate after the other.
    starts: Vec<u32>,
    /// For each candidate, where its occurrences end.
    ends: Vec<u32>,
    /// What the model has counted of each word of the article.
    pub(crate) counts: Vec<[u32; 4]>,
}

impl Candidates {
    /// Returns the items that the occurrences of a candidate begin with, in order.
    pub(crate) fn starts(&self, candidate: usize) -> &[u32] {
        let from = if candidate == 0 { 0 } else { self.ends[candidate - 1] };
        &self.starts[from as usize..self.ends[candidate] as usize]
    }
}

/// What is read of an article: the title, the lead, headings and the body.
pub(crate) fn reads(role: Role) -> bool {
    matches!(role, Role::Title | Role::Sapo | Role::Body | Role::Heading)
}

/// Reads the words of an article.
pub(crate) fn read_text(document: &Document, stop_words: &StopWords) -> (Text, Vec<Role>) {
    let tokens = document.tokens().len();
    let mut text = Text::default();
    text.items.reserve(tokens);
    text.ids.reserve(tokens);
    text.function_words.reserve(tokens);
    let mut roles = Vec::new();
    text.numbers.reserve(tokens / 2);
    let mut items = Vec::new();
    for sentence in document.sentences().filter(|s| reads(s.role())) {
        items_of(document, sentence, TermUnit::Word, &mut items);
        push_sentence(document, &items, stop_words, &mut text);
        roles.push(sentence.role());
    }
    (text, roles)
}

fn push_sentence(document: &Document, items: &[Item], stop_words: &StopWords, text: &mut Text) {
    let start = text.ids.len();
    text.items.extend_from_slice(items);
    for (at, item) in items.iter().enumerate() {
        if item.is_boundary() {
            text.ids.push(BOUNDARY);
            continue;
        }
        let tokens = &document.tokens()[item.tokens()];
        let hash = TermHash::of_units(tokens.iter().map(Token::unit));
        let id = *text.numbers.entry(hash).or_insert_with(|| {
            text.words.push(Word {
                hash,
                kind: function_word::kind(hash),
                is_content: is_content(document, *item) && !stop_words.contains_hash(hash),
                tf: 0,
                capitalized: 0,
                acronyms: 0,
            });
            text.words.len() as u32 - 1
        });
        let word = &mut text.words[id as usize];
        word.tf += 1;
        if tokens[0].is_capitalized() {
            word.acronyms += u32::from(tokens.iter().all(|t| t.shape() == Shape::Upper));
            word.capitalized += u32::from(at > 0 && tokens.iter().all(Token::is_capitalized));
        }
        text.ids.push(id);
    }
    text.ends.push(text.items.len() as u32);
    let Text { ids, words, function_words, .. } = text;
    let kind = |at: usize| words.get(ids[start + at] as usize).and_then(|word| word.kind);
    function_word::mark(document, items, kind, function_words);
}

/// Returns true for words that can name something: no numbers, addresses or single letters.
fn is_content(document: &Document, item: Item) -> bool {
    let tokens = &document.tokens()[item.tokens()];
    let named = |kind| {
        matches!(
            kind,
            TokenKind::Syllable
                | TokenKind::Foreign
                | TokenKind::Abbreviation
                | TokenKind::Alphanumeric
        )
    };
    let span = item.span(document);
    tokens.iter().all(|t| named(t.kind())) && document.text()[span].chars().nth(1).is_some()
}

/// Finds the candidates of an article in the order of their first occurrence.
pub(crate) fn candidates(
    document: &Document,
    text: &Text,
    roles: &[Role],
    memory: Memory<'_>,
    max_words: usize,
) -> Candidates {
    let counts: Vec<[u32; 4]> = text.words.iter().map(|word| memory.word(word.hash)).collect();
    let mut finder = Finder {
        document,
        text,
        memory,
        max_words,
        known: FxHashMap::default(),
        list: Vec::with_capacity(text.items.len()),
        occurrences: Vec::with_capacity(2 * text.items.len()),
        uses: text.words.iter().zip(&counts).map(Use::new).collect(),
    };
    finder.known.reserve(text.items.len());
    let titles = roles.iter().take_while(|role| **role == Role::Title).count() as u32;
    let mut start = 0;
    for ((number, &end), &role) in (0..).zip(&text.ends).zip(roles) {
        let title = role == Role::Title;
        let is_lead = !title && (role == Role::Sapo || number < titles + LEAD_SENTENCES);
        for at in start..end {
            finder.find_from(at as usize, start as usize, end as usize, number, [title, is_lead]);
        }
        start = end;
    }
    Candidates { counts, ..finder.finish() }
}

/// Sentences after the title that count as the lead, whatever their role is.
const LEAD_SENTENCES: u32 = 3;

/// What a word may do in a candidate.
#[derive(Clone, Copy)]
struct Use {
    /// It may begin and end a candidate of several words.
    ends_well: bool,
    /// Some tag may begin with it, and end with it. What is only known of function words: others may
    /// be parts of other words in a tag.
    begins_tags: bool,
    ends_tags: bool,
}

impl Use {
    fn new((word, &counts): (&Word, &[u32; 4])) -> Self {
        let [seen, _, first, last] = counts;
        let ends_well = word.is_content && !Memory::are_of_function_word(counts);
        let is_unclear = ends_well || seen == 0;
        Self { ends_well, begins_tags: is_unclear || first > 0, ends_tags: is_unclear || last > 0 }
    }
}

struct Finder<'a> {
    document: &'a Document,
    text: &'a Text,
    memory: Memory<'a>,
    max_words: usize,
    known: FxHashMap<TermHash, u32>,
    list: Vec<Candidate>,
    occurrences: Vec<(u32, u32)>,
    /// By word.
    uses: Vec<Use>,
}

impl Finder<'_> {
    /// Notes the candidates that begin with one item.
    fn find_from(
        &mut self,
        start: usize,
        sentence_start: usize,
        sentence_end: usize,
        sentence: u32,
        [title, lead]: [bool; 2],
    ) {
        let (text, document) = (self.text, self.document);
        let Some(&Use { ends_well, begins_tags, .. }) = self.uses.get(text.ids[start] as usize)
        else {
            return;
        };
        if !begins_tags {
            return;
        }
        let begins_well = ends_well && !text.function_words[start];
        let first_token = text.items[start].first_token();
        let (mut capitalized, mut acronyms) = (true, true);
        // One of the words occurs once.
        let mut is_single = false;
        let mut previous = BOUNDARY;
        let mut hash = TermHash::of_units([]);
        for words in 1..=self.max_words.min(sentence_end - start) {
            let at = start + words - 1;
            let id = text.ids[at];
            if id == BOUNDARY {
                return;
            }
            let last = &document.tokens()[text.items[at].tokens()];
            let syllables = text.items[at].tokens().end - first_token;
            if syllables > MAX_SYLLABLES {
                return;
            }
            let is_name = last.iter().all(Token::is_capitalized);
            acronyms &= last.iter().all(|t| t.shape() == Shape::Upper);
            hash = hash.followed_by(last.iter().map(Token::unit));
            let is_number = words > 1 && capitalized && last[0].kind() == TokenKind::Number;
            capitalized &= is_name || is_number;
            let Use { ends_well, ends_tags, .. } = self.uses[id as usize];
            let ends_well = ends_well && !text.function_words[at];
            if words == 1 && text.function_words[at] {
                // Not even where some editor took it for a tag.
                previous = BOUNDARY;
                continue;
            }
            is_single |= text.words[id as usize].tf == 1;
            // Two words may be one in another place.
            let may_stay = words == 1
                || title
                || capitalized
                || !is_single
                || text.numbers.contains_key(&hash);
            let reads_well = begins_well && (ends_well || is_number);
            let is_term = reads_well && may_stay;
            let place = [words, syllables];
            let number = (is_term || ends_tags)
                .then(|| self.number(hash, start, place, previous, is_term))
                .flatten();
            let Some(number) = number else {
                previous = BOUNDARY;
                continue;
            };
            let candidate = &mut self.list[number as usize];
            candidate.tf += 1;
            candidate.last = start as u32;
            candidate.sentences += u32::from(candidate.last_sentence != sentence);
            candidate.last_sentence = sentence;
            candidate.in_title |= title;
            candidate.in_lead |= lead;
            candidate.capitalized += u32::from(capitalized);
            candidate.acronyms += u32::from(acronyms);
            candidate.initial += u32::from(start == sentence_start);
            self.occurrences.push((number, start as u32));
            previous = number;
        }
    }

    /// The number of a candidate; `None` for what is neither a term by its words nor a tag.
    fn number(
        &mut self,
        hash: TermHash,
        start: usize,
        [words, syllables]: [usize; 2],
        previous: u32,
        is_term: bool,
    ) -> Option<u32> {
        let known = if is_term { None } else { Some(self.memory.phrase(hash)?) };
        let next = self.list.len() as u32;
        let number = *self.known.entry(hash).or_insert(next);
        if number == next {
            self.list.push(Candidate {
                hash,
                known: known.or_else(|| self.memory.phrase(hash)),
                first: start as u32,
                last: start as u32,
                words: words as u8,
                syllables: syllables as u8,
                tf: 0,
                sentences: 0,
                last_sentence: u32::MAX,
                in_title: false,
                in_lead: false,
                capitalized: 0,
                acronyms: 0,
                initial: 0,
                parts: [if words > 1 { previous } else { BOUNDARY }, BOUNDARY],
            });
        }
        Some(number)
    }

    /// Keeps the candidates that are terms, and sorts their occurrences.
    fn finish(mut self) -> Candidates {
        self.link_ends();
        let is_kept = |c: &Candidate| {
            c.words == 1
                || c.in_title
                || c.tf > 1 && c.words < 4
                || c.capitalized == c.tf
                || c.known.is_some()
        };
        let mut numbers = vec![BOUNDARY; self.list.len()];
        let mut kept = 0;
        for (candidate, number) in self.list.iter().zip(&mut numbers) {
            if is_kept(candidate) {
                *number = kept;
                kept += 1;
            }
        }
        let mut number = numbers.iter();
        self.list.retain(|_| number.next().is_some_and(|number| *number != BOUNDARY));
        for candidate in &mut self.list {
            let renumbered = |part: u32| numbers.get(part as usize).map_or(BOUNDARY, |n| *n);
            candidate.parts = candidate.parts.map(renumbered);
        }
        let mut result = Candidates { list: self.list, ..Candidates::default() };
        let mut ends = Vec::with_capacity(result.list.len());
        let mut sum = 0;
        for candidate in &result.list {
            ends.push(sum);
            sum += candidate.tf;
        }
        result.starts = vec![0; sum as usize];
        for &(number, start) in &self.occurrences {
            let number = numbers[number as usize];
            if number != BOUNDARY {
                let end = &mut ends[number as usize];
                result.starts[*end as usize] = start;
                *end += 1;
            }
        }
        result.ends = ends;
        result
    }

    /// Finds what each candidate is without its first word.
    fn link_ends(&mut self) {
        for number in 0..self.list.len() {
            let candidate = &self.list[number];
            if candidate.words < 2 {
                continue;
            }
            let items = &self.text.items[candidate.first as usize..][..candidate.words as usize];
            let (from, to) = (items[1].first_token(), items[items.len() - 1].tokens().end);
            let units = self.document.tokens()[from..to].iter().map(Token::unit);
            let part = self.known.get(&TermHash::of_units(units)).copied();
            self.list[number].parts[1] = part.unwrap_or(BOUNDARY);
        }
    }
}
