//! Articles of VietNews (VNDS) as they were published: `000001.txt.seg` and so on.
//!
//! V.-H. Nguyen et al. (2019), *VNDS: A Vietnamese Dataset for Summarization*, NICS: each file
//! holds title, abstract, body and captions, one sentence a line, with a blank line between the
//! parts; words are joined by underscores.

use super::Example;
use crate::input::{Article, Problem};

/// Reads one file.
pub(super) fn example(text: &str, id: String, place: String) -> Result<Example, Problem> {
    let mut parts: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.trim_start_matches('\u{FEFF}').split('\n') {
        let line = line.trim();
        match parts.last_mut() {
            Some(part) if !line.is_empty() => part.push(line),
            Some(part) if !part.is_empty() => parts.push(Vec::new()),
            _ => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    let [title, summary, body, ..] = parts.as_slice() else {
        let found = format!("{} parts between blank lines, expected at least 3", parts.len());
        return Err(Problem::new(place, found).hint("title, abstract, body, then captions"));
    };
    let article = Article {
        id: id.clone(),
        title: Some(title.join(" ")),
        text: body.join("\n"),
        line_sentences: true,
        ..Article::default()
    };
    Ok(Example { place, id, documents: vec![article], references: vec![summary.join("\n")] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_between_blank_lines() {
        let text =
            "Cầu mới\r\n\r\n\nCầu thông_xe .\nDân vui .\n\nSáng nay , cầu thông_xe .\n\nẢnh cầu\n";
        let example = example(text, "7".to_owned(), "7.seg".to_owned()).expect("an article");
        assert_eq!(example.documents[0].title.as_deref(), Some("Cầu mới"));
        assert_eq!(example.references, ["Cầu thông_xe .\nDân vui ."]);
        assert_eq!(example.documents[0].text, "Sáng nay , cầu thông_xe .");
        assert!(super::example("một\n\nhai", String::new(), String::new()).is_err());
    }
}
