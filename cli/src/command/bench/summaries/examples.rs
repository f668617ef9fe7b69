//! The examples of a bench. The texts of their articles wait in a temporary file, so what a bench holds
//! grows with its records, references and scores, not with its articles.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};

use crate::dataset::Example;
use crate::scoring::joins_syllables;

/// An example without the texts of its articles.
#[derive(Debug)]
pub(super) struct Kept {
    /// Its number in the data.
    pub(super) record: usize,
    /// Everything but the texts, which are empty.
    pub(super) example: Example,
    /// Where the texts of the articles begin in the file, and how long they are.
    texts: Vec<(u64, usize)>,
    /// An article has words whose syllables are joined by underscores.
    pub(super) has_words: bool,
}

/// Writes the texts of examples, one after the other.
pub(super) struct TextWriter {
    file: BufWriter<File>,
    written: u64,
}

impl TextWriter {
    pub(super) fn new() -> Result<Self> {
        Ok(Self { file: BufWriter::new(tempfile::tempfile().with_context(failure)?), written: 0 })
    }

    /// Takes the texts out of an example.
    pub(super) fn keep(&mut self, record: usize, mut example: Example) -> Result<Kept> {
        let (mut texts, mut has_words) = (Vec::new(), false);
        for document in &mut example.documents {
            let text = std::mem::take(&mut document.text);
            self.file.write_all(text.as_bytes()).with_context(failure)?;
            texts.push((self.written, text.len()));
            self.written += text.len() as u64;
            has_words = has_words || joins_syllables(&text);
        }
        Ok(Kept { record, example, texts, has_words })
    }

    pub(super) fn finish(self) -> Result<Texts> {
        let file = self.file.into_inner().map_err(std::io::IntoInnerError::into_error);
        Ok(Texts(Mutex::new(file.with_context(failure)?)))
    }
}

/// The texts of all examples.
#[derive(Debug)]
pub(super) struct Texts(Mutex<File>);

impl Texts {
    /// Returns the whole example.
    pub(super) fn whole(&self, kept: &Kept) -> Result<Example> {
        let mut example = kept.example.clone();
        for (document, &(start, length)) in example.documents.iter_mut().zip(&kept.texts) {
            let mut bytes = vec![0; length];
            let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(start)).with_context(failure)?;
            file.read_exact(&mut bytes).with_context(failure)?;
            drop(file);
            document.text = String::from_utf8(bytes)?;
        }
        Ok(example)
    }
}

fn failure() -> String {
    let folder = std::env::temp_dir();
    format!("a temporary file in {} failed; TMPDIR names another folder", folder.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Article;

    #[test]
    fn texts_come_back_in_any_order() {
        let example = |texts: &[&str]| Example {
            id: texts[0].to_owned(),
            documents: texts
                .iter()
                .map(|text| Article { text: (*text).to_owned(), ..Article::default() })
                .collect(),
            ..Example::default()
        };
        let mut writer = TextWriter::new().expect("a file");
        let all = [&["Mưa to ở Huế.", ""][..], &["học_sinh nghỉ học"], &["Nước rút."]];
        let kept: Vec<Kept> = (0..)
            .zip(all)
            .map(|(at, texts)| writer.keep(at, example(texts)).expect("disk"))
            .collect();
        let texts = writer.finish().expect("disk");
        assert!(kept.iter().all(|kept| kept.example.documents[0].text.is_empty()));
        assert_eq!(
            kept.iter().map(|kept| kept.has_words).collect::<Vec<_>>(),
            [false, true, false]
        );
        for at in [2, 0, 1, 0] {
            let whole = texts.whole(&kept[at]).expect("disk");
            let found: Vec<&str> = whole.documents.iter().map(|d| d.text.as_str()).collect();
            assert_eq!((found, whole.id.as_str()), (all[at].to_vec(), all[at][0]));
        }
    }
}
