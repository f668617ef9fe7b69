//! Documents of CoNLL-U files.

use super::super::source::too_long;
use super::super::{Problem, Reader};
use super::lines::{decode_line, next_line};
use crate::input::{Article, Item};

/// The documents of a CoNLL-U file: one for each `# newdoc`, or the whole file.
///
/// A sentence is its `# text`, or its forms with blanks where `SpaceAfter=No` does not say
/// otherwise. See <https://universaldependencies.org/format.html>.
pub(super) struct Documents {
    name: String,
    reader: Reader,
    longest: u64,
    number: u64,
    id: Option<String>,
    sentences: String,
    sentence: Sentence,
    ended: bool,
}

/// A sentence as far as it was read.
#[derive(Default)]
struct Sentence {
    text: Option<String>,
    forms: String,
    /// A blank stands before the next form.
    blank: bool,
    /// Number of the last word that a range of words covered.
    covered: u64,
}

impl Sentence {
    /// Adds the columns of a word.
    fn add(&mut self, line: &str) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (Some(id), Some(form)) = (columns.first(), columns.get(1)) else { return };
        let last = match id.split_once('-') {
            Some((_, last)) => last.parse().ok(),
            // Words that are not written have numbers with a dot.
            None => id.parse().ok().filter(|number: &u64| *number > self.covered),
        };
        let Some(last) = last else { return };
        self.covered = last;
        if self.blank {
            self.forms.push(' ');
        }
        self.forms.push_str(form);
        self.blank =
            !columns.get(9).is_some_and(|misc| misc.split('|').any(|m| m == "SpaceAfter=No"));
    }

    fn take(&mut self) -> Option<String> {
        let Self { text, forms, .. } = std::mem::take(self);
        text.filter(|text| !text.trim().is_empty()).or(Some(forms)).filter(|t| !t.is_empty())
    }
}

impl Documents {
    pub(super) fn new(name: String, reader: Reader, longest: u64) -> Self {
        Self {
            name,
            reader,
            longest,
            number: 0,
            id: None,
            sentences: String::new(),
            sentence: Sentence::default(),
            ended: false,
        }
    }

    fn end_sentence(&mut self) {
        if let Some(sentence) = self.sentence.take() {
            if !self.sentences.is_empty() {
                self.sentences.push('\n');
            }
            self.sentences.push_str(&sentence);
        }
    }

    /// Gives the document that ends here, if there is one; the next one is called `id`.
    fn end_document(&mut self, id: Option<String>) -> Option<Item> {
        self.end_sentence();
        let text = std::mem::take(&mut self.sentences);
        let of_document = std::mem::replace(&mut self.id, id);
        if text.is_empty() {
            return None;
        }
        let id = of_document.unwrap_or_else(|| self.name.clone());
        let article = Article { id, text, line_sentences: true, ..Article::default() };
        Some(Item::Article { place: self.name.clone(), article: Box::new(article) })
    }

    fn problem(&mut self, found: String) -> Item {
        self.ended = true;
        Item::Broken(Problem::new(format!("{}:{}", self.name, self.number), found))
    }
}

impl Iterator for Documents {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            self.number += 1;
            let place = format!("{}:{}", self.name, self.number);
            let line = match next_line(&mut self.reader, self.longest) {
                Ok(None) => {
                    self.ended = true;
                    return self.end_document(None);
                }
                Ok(Some(Ok(bytes))) => decode_line(&place, bytes, None),
                Ok(Some(Err(_))) => Err(too_long(place.clone(), "the line", self.longest)),
                Err(error) => return Some(self.problem(error.to_string())),
            };
            let line = match line {
                Ok(line) => line,
                Err(problem) => return Some(Item::Broken(problem)),
            };
            if let Some(comment) = line.strip_prefix('#') {
                let comment = comment.trim();
                if let Some(rest) = comment.strip_prefix("newdoc") {
                    let id =
                        rest.trim().strip_prefix("id").and_then(|r| r.trim().strip_prefix('='));
                    if let Some(item) = self.end_document(id.map(|id| id.trim().to_owned())) {
                        return Some(item);
                    }
                } else if let Some(rest) = comment.strip_prefix("text")
                    && let Some(text) = rest.trim_start().strip_prefix('=')
                {
                    self.sentence.text = Some(text.trim().to_owned());
                }
            } else if line.trim().is_empty() {
                self.end_sentence();
            } else if line.contains('\t') {
                self.sentence.add(&line);
            } else {
                let found = "not CoNLL-U: a word has ten columns with tabs between".to_owned();
                return Some(self.problem(found));
            }
            if self.sentences.len() as u64 > self.longest {
                self.ended = true;
                let problem = too_long(place, "the document", self.longest);
                return Some(Item::Broken(problem.hint("`# newdoc` begins a document")));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn documents_and_sentences_are_put_together() {
        let text = "# newdoc id = một\n# sent_id = 1\n# text = Mưa to, gió lớn.\n1\tMưa\t_\n\n\
            1\tDân\t_\t_\t_\t_\t_\t_\t_\t_\n2-3\tsơ tán\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
            2\tsơ\t_\n3\ttán\t_\n4\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n# newdoc\n1\tHết\t_\n";
        let found: Vec<(String, String)> =
            Documents::new("x".into(), Box::new(Cursor::new(text)), 1000)
                .map(|item| match item {
                    Item::Article { article, .. } => (article.id, article.text),
                    other => panic!("{other:?}"),
                })
                .collect();
        let pair = |id: &str, text: &str| (id.to_owned(), text.to_owned());
        assert_eq!(found, [pair("một", "Mưa to, gió lớn.\nDân sơ tán."), pair("x", "Hết")]);
    }
}
