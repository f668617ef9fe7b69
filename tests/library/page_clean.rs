//! Clean articles of the shared data keep their text.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::io::Read;

use tomtat::page::{PageOptions, Role, parse};

use crate::common::shared;

/// How the title, abstract and body of a record become a page.
#[derive(Clone, Copy)]
enum Layout {
    /// Title, abstract and body, the body as it is.
    Whole,
    /// The same, a new paragraph after every second sentence of the body.
    Paragraphs,
    /// Abstract and body; the title is given.
    GivenTitle,
}

/// The text of a file, unpacked; at most the given bytes of it.
fn read(name: &str, most: usize) -> Option<String> {
    let path = shared(&format!("data/{name}"))?;
    let file = std::fs::File::open(&path).unwrap();
    let mut bytes = Vec::new();
    if path.extension().is_some_and(|end| end == "zst") {
        let mut decoder =
            ruzstd::decoding::StreamingDecoder::new(std::io::BufReader::new(file)).unwrap();
        decoder.by_ref().take(most as u64).read_to_end(&mut bytes).unwrap();
    } else {
        file.take(most as u64).read_to_end(&mut bytes).unwrap();
    }
    // The last record may be cut off.
    let end = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    bytes.truncate(end);
    Some(String::from_utf8(bytes).unwrap())
}

fn in_paragraphs(body: &str) -> String {
    let chars: Vec<char> = body.chars().collect();
    let mut out = String::new();
    let mut sentences = 0;
    for (at, &c) in chars.iter().enumerate() {
        out.push(c);
        let ends = c == '.'
            && at > 1
            && chars[at - 1].is_lowercase()
            && chars[at - 2].is_lowercase()
            && chars.get(at + 1) == Some(&' ')
            && chars.get(at + 2).is_some_and(|next| next.is_uppercase());
        if ends {
            sentences += 1;
            if sentences % 2 == 0 {
                out.push_str("\n\n");
            }
        }
    }
    out
}

/// Characters of abstracts and bodies by the role they were given.
fn measure(name: &str, layout: Layout) -> Option<[usize; Role::ALL.len()]> {
    let data = read(name, 24 << 20)?;
    let mut by_role = [0; Role::ALL.len()];
    let mut articles = 0;
    for line in data.split('\n').filter(|line| !line.is_empty()) {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let documents = match record["documents"].as_array() {
            Some(documents) => documents.clone(),
            None => vec![record],
        };
        for document in &documents {
            let field = |name: &str| document[name].as_str().unwrap_or("").trim().to_owned();
            let (title, sapo, mut body) = (field("title"), field("abstract"), field("body"));
            if body.is_empty() {
                continue;
            }
            articles += 1;
            let (text, options) = match layout {
                Layout::GivenTitle => (format!("{sapo}\n{body}"), PageOptions::with_title(&title)),
                Layout::Whole | Layout::Paragraphs => {
                    if matches!(layout, Layout::Paragraphs) {
                        body = in_paragraphs(&body);
                    }
                    (format!("{title}\n\n{sapo}\n\n{body}"), PageOptions::default())
                }
            };
            let from = if matches!(layout, Layout::GivenTitle) { 0 } else { title.len() };
            for block in
                parse(&text, &options).blocks().iter().filter(|block| block.span().start >= from)
            {
                by_role[block.role() as usize] += text[block.span()].chars().count();
            }
        }
    }
    let total: usize = by_role.iter().sum();
    println!("{name}: {articles} articles, {total} characters");
    for role in Role::ALL {
        let share = 100.0 * by_role[role as usize] as f64 / total as f64;
        println!("  {:12} {share:.3} %", role.name());
    }
    Some(by_role)
}

fn assert_kept(name: &str, layout: Layout) {
    let Some(by_role) = measure(name, layout) else { return };
    let of = |roles: &[Role]| -> usize { roles.iter().map(|&role| by_role[role as usize]).sum() };
    let text = of(&[Role::Sapo, Role::Body]);
    // Captions, headings, authors and repeated sentences inside the bodies are
    // rightly told apart; what must not happen is that text is lost.
    let lost = of(&[
        Role::Title,
        Role::Dateline,
        Role::Source,
        Role::Related,
        Role::Boilerplate,
        Role::Url,
    ]);
    let share = 100.0 * text as f64 / (text + lost) as f64;
    println!("  kept of text: {share:.3} %");
    assert!(share >= 99.5, "{name}: {share} % kept");
}

#[test]
fn bodies_of_abmusu_are_kept() {
    for name in ["clusters/abmusu-train.jsonl", "clusters/abmusu-val.jsonl"] {
        assert_kept(name, Layout::Whole);
        assert_kept(name, Layout::GivenTitle);
    }
}

#[test]
fn bodies_of_vimds_are_kept() {
    assert_kept("clusters/vimds-dev.jsonl", Layout::Whole);
    assert_kept("clusters/vimds-dev.jsonl", Layout::Paragraphs);
}

#[test]
fn bodies_of_vinews_are_kept() {
    for layout in [Layout::Whole, Layout::Paragraphs, Layout::GivenTitle] {
        assert_kept("news/vinews-train.jsonl.zst", layout);
    }
}
