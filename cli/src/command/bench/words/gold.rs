//! Words that people joined: lines with underscores, JSON Lines of them, or CoNLL-U.

use std::path::PathBuf;

use anyhow::Result;

use crate::command::train::segmented_lines;
use crate::input::{Source, has_extension, lines as each_line, unpacked};

/// A sentence with its words.
#[derive(Clone, Debug)]
pub(super) struct GoldLine {
    /// File, and number of the sentence in it.
    pub(super) place: String,
    /// Words apart by spaces, their syllables joined by underscores.
    pub(super) text: String,
}

/// Reads the sentences of the files; blank lines are left out.
pub(super) fn lines(files: &[PathBuf]) -> Result<Vec<GoldLine>> {
    let mut found = Vec::new();
    for path in files {
        let source = Source::File(path.clone());
        let mut number = 0;
        let mut push = |text: &str| {
            number += 1;
            if !text.trim().is_empty() {
                let place = format!("{}:{number}", path.display());
                found.push(GoldLine { place, text: text.to_owned() });
            }
        };
        if has_extension(&unpacked(path), "conllu") {
            let mut words: Vec<String> = Vec::new();
            each_line(&source, |_, line| {
                let line = line.map_err(|problem| anyhow::anyhow!("{problem}"))?;
                if line.trim().is_empty() {
                    push(&words.join(" "));
                    words.clear();
                } else if let Some(word) = word_of(line) {
                    words.push(word);
                }
                Ok(true)
            })?
            .map_err(|problem| anyhow::anyhow!("{problem}"))?;
            push(&words.join(" "));
        } else {
            segmented_lines(&source, &mut push)?;
        }
    }
    Ok(found)
}

/// The word of a line of CoNLL-U; ranges (1-2), empty nodes (1.1) and comments have none.
fn word_of(line: &str) -> Option<String> {
    let mut fields = line.split('\t');
    let id = fields.next()?;
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let form: Vec<&str> = fields.next()?.split_whitespace().collect();
    Some(form.join("_"))
}

/// Writes a line of tokens as people write: closing marks close to the word before them, opening
/// marks to the word after them.
pub(super) fn detokenized(tokens: &str) -> String {
    let mut text = String::with_capacity(tokens.len());
    // Straight quotes open and close in turn.
    let mut quoted = false;
    let mut attach = true;
    for token in tokens.split_whitespace() {
        let quote = matches!(token, "\"" | "'");
        let closes = quote && quoted
            || matches!(
                token,
                "," | "." | ";" | ":" | "!" | "?" | "..." | "…" | ")" | "]" | "”" | "’" | "%"
            );
        if !attach && !closes {
            text.push(' ');
        }
        text.push_str(token);
        attach = quote && !quoted || matches!(token, "(" | "[" | "“" | "‘");
        quoted ^= quote;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_written_close_to_words() {
        assert_eq!(
            detokenized("Ông nói : \" Mưa to ( 30 % ) . \" rồi về ."),
            "Ông nói: \"Mưa to (30%).\" rồi về."
        );
    }

    #[test]
    fn words_of_conllu_have_their_syllables_joined() {
        assert_eq!(word_of("3\tsinh viên\tsinh viên\tNOUN").as_deref(), Some("sinh_viên"));
        for line in ["# text = Sinh viên", "1-2\tabc", "1.1\t_", "x"] {
            assert_eq!(word_of(line), None, "{line}");
        }
    }
}
