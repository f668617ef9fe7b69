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

const ORCHARD: [&str; 3] = [
    "Sáng 3/7, nhà vườn ở Cái Mơn mở cổng đón đoàn khách đầu tiên sau đợt mặn kéo dài. Khách tự hái chôm chôm, \
     trả 60.000 đồng mỗi người.",
    "Bà Huỳnh Thị Út, chủ vườn hai hecta, nói cây đã hồi lại nhờ nước ngọt chở bằng sà lan suốt hai tháng.",
    "Hợp tác xã dự kiến đón 4.000 lượt khách đến cuối mùa, bằng hai phần ba năm ngoái.",
];

/// The texts of a page's article, its title and its author.
fn parts_of(html: &str) -> (Vec<String>, Option<String>, Option<String>) {
    let article = read(html, &PageOptions::default());
    let texts = article.structure().text_blocks().map(|b| article.text()[b.span()].to_owned());
    let metadata = article.metadata();
    (texts.collect(), metadata.title().map(str::to_owned), metadata.author().map(str::to_owned))
}

#[test]
fn cells_of_a_table_that_lays_a_page_out_do_not_run_together() {
    let text = ORCHARD.join("<br><br>");
    let html = format!(
        "<html><head><title>Báo Cù Lao - Nhà vườn Cái Mơn đón khách trở lại</title></head><body><table><tr><td>\
         <font><a href='kt'>Kinh tế</a><br><a href='dl'>Du lịch</a></font></td><td><font size=5><b>Nhà vườn Cái \
         Mơn đón khách trở lại</b></font><br><br><font>{text}</font><br><br><i>Tường Vi</i></td></tr></table></body>\
         </html>"
    );
    let (texts, title, author) = parts_of(&html);
    assert_eq!(texts, ORCHARD);
    assert_eq!(title.as_deref(), Some("Nhà vườn Cái Mơn đón khách trở lại"));
    assert_eq!(author.as_deref(), Some("Tường Vi"));
}

#[test]
fn links_with_a_time_beside_them_are_links() {
    let links: String = ["Mùa nước nổi về sớm ở đầu nguồn", "Chợ trái cây họp suốt đêm cuối tuần"]
        .map(|link| format!("<li><a href='/x'>{link}</a> <span>02:13</span></li>"))
        .concat();
    let html = format!(
        "<html><head><title>Hái chôm chôm ở Cái Mơn</title></head><body><h1>Hái chôm chôm ở Cái Mơn</h1>\
         <p>{}</p><ul>{links}</ul></body></html>",
        ORCHARD[0]
    );
    assert_eq!(parts_of(&html).0, [ORCHARD[0]]);
}

#[test]
fn remains_of_a_page_are_no_text() {
    for body in [
        "<div class='consent'><h2>Chúng tôi coi trọng sự riêng tư</h2><p>Trang này và đối tác dùng cookie để nhớ lựa \
         chọn của bạn và hiển thị quảng cáo.</p></div>",
        "<div id='app'>Đang tải…</div><noscript>Hãy bật JavaScript.</noscript>",
    ] {
        let html =
            format!("<html><head><title>Báo Cù Lao</title></head><body>{body}</body></html>");
        let article = read(&html, &PageOptions::default());
        assert_eq!(article.structure().text_blocks().count(), 0, "{}", article.text());
        assert!(article.structure().warnings().contains(&tomtat::page::Warning::NoText));
    }
}

#[test]
fn verses_without_links_are_no_list_page() {
    let verse = "Nước ròng để bãi phơi chân<br>Nước lên cho chuyến đò gần bến xưa<br>Mẹ ngồi đếm hạt cơn mưa<br>\
        Bao mùa lúa chín vẫn chưa thấy về";
    let html = format!(
        "<html><head><title>Bến xưa</title></head><body><h1>Bến xưa</h1><p>{verse}</p><p>{verse}</p></body></html>"
    );
    assert!(!read(&html, &PageOptions::default()).structure().is_list_page());
}

#[test]
fn lines_of_a_heading_and_links_that_edit_it() {
    let html = format!(
        "<html><head><title>Cù lao Xanh – Bách khoa</title></head><body><h1>CÙ LAO<br>Vườn trái cây Cái Mơn</h1>\
         <div class='hatnote'>Bài này nói về vườn cây; xem thêm trang định hướng nếu tìm xã cùng tên.</div><p>{}</p>\
         <h2>Lịch sử<span>[<a href='s'>sửa</a> | <a href='m'>sửa mã nguồn</a>]</span></h2><p>{}</p><p>{}</p></body></html>",
        ORCHARD[0], ORCHARD[1], ORCHARD[2]
    );
    let article = read(&html, &PageOptions::default());
    let lines: Vec<&str> =
        article.structure().blocks().iter().map(|b| &article.text()[b.span()]).collect();
    assert!(lines.contains(&"Lịch sử"), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("định hướng")), "{lines:?}");
}

#[test]
fn a_date_before_the_dash_of_the_first_paragraph_is_that_of_publication() {
    let html = format!(
        "<html><head><title>Vườn Xanh mở kho lạnh</title></head><body><h1>Vườn Xanh mở kho lạnh</h1><p>Bến Tre, ngày 3 \
         tháng 7 năm 2024 – Công ty Vườn Xanh hôm nay mở kho lạnh đầu tiên ở Chợ Lách, trữ được 500 tấn trái cây.</p>\
         <p>{}</p></body></html>",
        ORCHARD[1]
    );
    let article = read(&html, &PageOptions::default());
    assert_eq!(article.metadata().published(), Some("2024-07-03"));
}
