//! Fixes that look at characters, not at words.

use crate::text::encoding::mojibake;
use crate::text::repair::alignment::{Edit, apply};

/// Undoes wrong decoding, also where it happened several times over.
///
/// What is known counts for the first time only: what is left may be honest text.
pub(super) fn mojibake(text: &str, known: &mojibake::Evidence) -> Vec<Edit> {
    let edits_of = |text: &str, known: &mojibake::Evidence| -> Vec<Edit> {
        mojibake::find_with(text, known)
            .into_iter()
            .map(|wrong| Edit::new(wrong.range(), wrong.letter().to_string()))
            .collect()
    };
    let first = edits_of(text, known);
    if first.is_empty() {
        return first;
    }
    // Each pass at least halves what it finds, so there are few.
    let (mut current, mut alignment) = apply(text, &first);
    loop {
        let edits = edits_of(&current, &mojibake::Evidence::default());
        if edits.is_empty() {
            break;
        }
        let (next, step) = apply(&current, &edits);
        alignment = alignment.then(&step);
        current = next;
    }
    alignment
        .differences()
        .iter()
        .map(|d| Edit::new(d.before(), current[d.after()].to_owned()))
        .collect()
}

fn is_invisible(c: char) -> bool {
    is_joiner(c)
        || is_direction_mark(c)
        || matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{34F}')
}

/// Zero-width joiner and non-joiner, which emoji and some scripts need.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Marks of writing direction, which Hebrew and Arabic need.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Tells whether a text has letters that are written from right to left.
pub(super) fn has_right_to_left(text: &str) -> bool {
    text.chars().any(is_right_to_left)
}

/// Scripts whose letters change their form beside a joiner: Arabic to Thaana, and those of India
/// and of Southeast Asia.
fn is_joined_script(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8FF}' | '\u{900}'..='\u{DFF}' | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{18AF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Tells whether joiners beside a character have no effect: Latin letters and their marks, and
/// everything that is not a letter of another script or a symbol.
fn ignores_joiners(c: char) -> bool {
    matches!(c, '\0'..='\u{24F}' | '\u{300}'..='\u{36F}' | '\u{1E00}'..='\u{1EFF}'
        | '\u{2000}'..='\u{206F}' | '\u{20A0}'..='\u{20BF}' | '\u{3000}' | '\u{FF01}'..='\u{FF5E}')
}

/// Takes out runs of invisible characters, but for joiners and direction marks in use.
///
/// Direction marks are in use where the text is `right_to_left` in part.
pub(super) fn invisible(text: &str, right_to_left: bool) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut right_to_left = right_to_left.then_some(true);
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !is_invisible(c) {
            before = Some(c);
            continue;
        }
        while chars.next_if(|&(_, next)| is_invisible(next)).is_some() {}
        let (end, after) = chars.peek().map_or((text.len(), None), |&(at, c)| (at, Some(c)));
        // At the end of a word a joiner gives the last letter its form.
        let idle = !before.is_some_and(is_joined_script)
            && (before.is_none_or(ignores_joiners) || after.is_none_or(ignores_joiners));
        let run = &text[start..end];
        let kept: String = run
            .chars()
            .filter(|&c| {
                (is_joiner(c) && !idle)
                    || (is_direction_mark(c)
                        && *right_to_left.get_or_insert_with(|| has_right_to_left(text)))
            })
            .collect();
        if kept.len() < run.len() {
            edits.push(Edit::new(start..end, kept));
        }
    }
    edits
}

/// Takes out control characters that are neither tabs nor line ends.
pub(super) fn controls(text: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        // In a wrongly decoded letter a C1 control code is the trace of a byte of UTF-8.
        let is_trace = ('\u{80}'..='\u{9F}').contains(&c)
            && before.is_some_and(|b| matches!(b, '\u{80}'..='\u{9F}' | 'Â'..='ô'));
        let is_line_end = matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}');
        if !c.is_control() || is_line_end || is_trace {
            before = Some(c);
        } else {
            edits.push(Edit::new(at..at + c.len_utf8(), ""));
        }
    }
    edits
}

/// Makes all line ends line feeds.
pub(super) fn line_ends(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let width = match c {
            '\r' => 1 + usize::from(chars.next_if(|&(_, next)| next == '\n').is_some()),
            '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => c.len_utf8(),
            _ => continue,
        };
        edits.push(Edit::new(at..at + width, "\n"));
    }
    edits
}

/// Replaces each character for which there is a plain one.
pub(super) fn replaced(text: &str, plain: fn(char) -> Option<char>) -> Vec<Edit> {
    text.char_indices()
        .filter(|(_, c)| !c.is_ascii())
        .filter_map(|(at, c)| Some(Edit::new(at..at + c.len_utf8(), plain(c)?.to_string())))
        .collect()
}

pub(super) fn plain_space(c: char) -> Option<char> {
    matches!(
        c,
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
    .then_some(' ')
}

/// Fullwidth forms repeat ASCII from `!` to `~` at U+FF01.
pub(super) fn plain_width(c: char) -> Option<char> {
    let code = u32::from(c);
    (0xFF01..=0xFF5E).contains(&code).then(|| char::from_u32(code - 0xFF01 + 0x21)).flatten()
}

pub(super) fn straight_quote(c: char) -> Option<char> {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' => Some('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' => Some('\''),
        _ => None,
    }
}
