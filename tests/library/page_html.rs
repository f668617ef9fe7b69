//! Articles from HTML pages in the manner of news sites.
//!
//! The pages carry the role of each part in an attribute, which is taken out
//! before they are read.
#![cfg(feature = "html")]
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::Path;

use dom_query::Document;
use tomtat::page::html::read;
use tomtat::page::{PageOptions, Role};

/// White space does not count: styled pieces may stand without any.
fn normal(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The page as a site serves it, and its parts with their roles.
fn page(name: &str) -> (String, Vec<(Role, String)>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/html").join(name);
    let html = std::fs::read_to_string(path).unwrap();
    let document = Document::from(html.as_str());
    let parts = document
        .select("[data-role]")
        .nodes()
        .iter()
        .map(|node| {
            (Role::from_name(&node.attr("data-role").unwrap()).unwrap(), normal(&node.text()))
        })
        .collect();
    let mut served = html;
    for role in Role::ALL {
        served = served.replace(&format!(" data-role=\"{}\"", role.name()), "");
    }
    (served, parts)
}

#[test]
fn pages_keep_their_text_and_nothing_else() {
    for name in [
        "ferry.html",
        "exam.html",
        "orchard-br.html",
        "boat-divs.html",
        "reservoir-br.html",
        "salt-photos.html",
        "sleep-interview.html",
        "storm-live.html",
        "volleyball-split.html",
    ] {
        let (html, parts) = page(name);
        assert!(!html.contains("data-role"));
        let article = read(&html, &PageOptions::default());
        let text = article.text();
        println!("{name} {:?}", article.metadata());
        for block in article.structure().blocks() {
            let evidence: Vec<_> = block.evidence().map(tomtat::page::Evidence::code).collect();
            println!(
                "  {:11} {:.2} {} {evidence:?}",
                block.role().name(),
                block.confidence(),
                &text[block.span()]
            );
        }
        let kept: Vec<String> =
            article.structure().text_blocks().map(|b| normal(&text[b.span()])).collect();
        let wanted: Vec<&String> =
            parts.iter().filter(|(role, _)| role.is_text()).map(|(_, part)| part).collect();
        let found: usize = kept.iter().map(|k| k.chars().count()).sum();
        let gold: usize = wanted.iter().map(|w| w.chars().count()).sum();
        let both: usize = wanted
            .iter()
            .filter(|w| kept.iter().any(|k| k.contains(w.as_str())))
            .map(|w| w.chars().count())
            .sum();
        let f1 = 2.0 * both as f64 / (found + gold) as f64;
        assert!(f1 >= 0.99, "{name}: F1 {f1}");
        for (role, part) in &parts {
            if matches!(
                role,
                Role::Caption | Role::Related | Role::PullQuote | Role::Byline | Role::Heading
            ) {
                assert!(!kept.contains(part), "{name}: kept {}: {part}", role.name());
            }
        }
        assert_eq!(
            article.structure().title().map(|t| normal(&text[t.span()])),
            parts.iter().find(|p| p.0 == Role::Title).map(|p| p.1.clone())
        );
    }
}

#[test]
fn metadata_comes_from_open_graph_and_json_ld() {
    let (html, _) = page("ferry.html");
    let article = read(&html, &PageOptions::default());
    let metadata = article.metadata();
    assert_eq!(metadata.title(), Some("Bến phà cuối cùng trên sông Cái ngừng hoạt động"));
    assert_eq!(metadata.author(), Some("Phước Lộc"));
    assert_eq!(metadata.published(), Some("2025-10-03T07:15:00+07:00"));
    assert_eq!(metadata.site(), Some("Báo Ví Dụ"));
    assert_eq!(metadata.language(), Some("vi"));
    let (html, _) = page("exam.html");
    let article = read(&html, &PageOptions::default());
    assert_eq!(article.metadata().author(), Some("Ngọc Hà, Trí Dũng"));
    assert_eq!(article.metadata().published(), Some("2025-06-25T14:05:00"));
}

#[test]
fn any_input_is_safe() {
    let deep = format!("<html>{}<p>Nước lên.</p>", "<div>".repeat(200_000));
    for html in
        ["", "<", "<html>", "không phải HTML", "<p>Một câu.", "<script>a</script>", deep.as_str()]
    {
        let article = read(html, &PageOptions::default());
        for block in article.structure().blocks() {
            assert!(!article.text()[block.span()].is_empty());
        }
    }
    let article = read(&deep, &PageOptions::default());
    assert!(article.text().contains("Nước lên."));
}

#[test]
fn rows_are_text_where_the_table_is_the_page() {
    let teams =
        ["Sông Lam", "Bến Nghé", "Hồng Hà", "Đất Đỏ", "Cửa Lục", "Trà Khúc", "Đà Rằng", "Ba Lai"];
    let rows: Vec<String> = (1..)
        .zip(teams)
        .map(|(place, team)| {
            format!(
                "<tr><td>{place}</td><td>{team}</td><td>{}</td><td>12/5/2025</td></tr>",
                41 - place
            )
        })
        .collect();
    let rows = rows.concat();
    let page = format!(
        "<html><head><title>Bảng xếp hạng vòng 18</title></head><body><article>\
         <h1>Bảng xếp hạng vòng 18</h1><p>Bảng được cập nhật sau mỗi trận đấu của vòng.</p>\
         <table>{rows}</table><p><a href='/khac'>Lịch thi đấu vòng 19</a></p></article></body></html>"
    );
    let article = read(&page, &PageOptions::default());
    let kept: Vec<&str> =
        article.structure().text_blocks().map(|block| &article.text()[block.span()]).collect();
    for team in teams {
        assert!(kept.iter().any(|row| row.contains(team)), "{team}: {kept:?}");
    }
}
