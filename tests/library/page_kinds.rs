//! Kinds of pages that nobody prepared: crawled text with its fields below, saved pages with boxes.

#![cfg(feature = "html")]

use tomtat::page::{PageOptions, Role, Warning, html, parse};

const LEAD: &str = "Sáng 12/5, chợ nổi trên sông Trà dời về bến mới sau hai mươi năm họp ở ngã ba.";
const BODY: [&str; 4] = [
    "Từ bốn giờ sáng, hơn ba trăm ghe chở dừa, mía và hoa từ các cù lao đã neo kín khúc sông trước bến.",
    "Ông Tư Hiền, chủ ghe dừa, nói bến mới rộng hơn nhưng xa đường lộ, xe tải phải đi vòng năm cây số.",
    "Theo ban quản lý, bến có cầu tàu nổi, trạm nước sạch và chỗ thu gom rác cho cả chợ, chi phí 12 tỷ đồng.",
    "Huyện dự tính đến cuối năm sẽ nối bến với quốc lộ bằng con đường trải nhựa dài hai cây số rưỡi.",
];

/// The roles of the blocks of a text, and the text of each.
fn roles(text: &str) -> Vec<(Role, &str)> {
    let structure = parse(text, &PageOptions::default());
    structure.blocks().iter().map(|block| (block.role(), &text[block.span()])).collect()
}

/// The lead and body of a page.
fn kept(page: &str) -> (String, Vec<Warning>) {
    let article = html::read(page, &PageOptions::default());
    let text: Vec<&str> =
        article.structure().text_blocks().map(|block| &article.text()[block.span()]).collect();
    (text.join("\n"), article.structure().warnings().to_vec())
}

fn paragraphs() -> String {
    BODY.map(|paragraph| format!("<p>{paragraph}</p>")).concat()
}

/// A page with the headline, the lead and more.
fn page(content: &str) -> String {
    format!(
        "<html><head><title>Chợ nổi sông Trà về bến mới</title></head><body>\
         <h1>Chợ nổi sông Trà về bến mới</h1><p>{LEAD}</p>{content}</body></html>"
    )
}

fn assert_whole(page: &str) {
    let (text, _) = kept(page);
    for part in BODY.iter().chain([&LEAD]) {
        assert!(text.contains(part), "{part} is lost from {page}");
    }
}

#[test]
fn fields_below_a_crawled_text_are_told_apart() {
    let body = BODY.join(" ");
    for (order, expected) in [
        (
            ["12/05/24 09:15 GMT+7", "Xã hội", "Chợ nổi,Sông Trà,Bến mới,Cù lao", "Thanh Niên"],
            [Role::Dateline, Role::Section, Role::Tags, Role::Source],
        ),
        (
            ["Kinh tế", "12/05/24 09:15 GMT+7", "Chợ nổi, Sông Trà, Bến mới, Cù lao", "Dân trí"],
            [Role::Section, Role::Dateline, Role::Tags, Role::Source],
        ),
    ] {
        let text =
            format!("Chợ nổi sông Trà về bến mới\n{LEAD}\n{body} Minh Thảo\n{}", order.join("\n"));
        let found = roles(&text);
        let below: Vec<(Role, &str)> = found[found.len() - 4..].to_vec();
        assert_eq!(below, expected.into_iter().zip(order).collect::<Vec<_>>(), "{text}");
        assert!(found.contains(&(Role::Byline, "Minh Thảo")), "{found:?}");
    }
}

#[test]
fn a_crawled_text_in_one_line_keeps_its_text_behind_links() {
    let title = "Đò ngang sông Hậu nối lại sau mười năm";
    let sapo = "(Bản tin Sông nước) - Sáng 3-6, tám chiếc đò chở khách đầu tiên rời bến Xóm Chài.";
    let links = ">>> Bến Xóm Chài trước ngày mở lại>>> Mười năm không đò";
    let text =
        "Theo ban quản lý bến, mỗi chuyến đò chở ba mươi khách và hai chục xe máy. ".repeat(12);
    let page = format!(
        "{title}\n{sapo}\n{links}Đò rời bến sáng sớm - Ảnh: Thu Hà{}PHẢN HỒIGửi bình luận\n\
         03/06/24 07:46 GMT+7\nXã hội\nĐò ngang,Sông Hậu,Xóm Chài,Bến đò,Chèo đò\nSông Nước",
        text.trim_end()
    );
    let found = roles(&page);
    assert!(found.contains(&(Role::Body, text.trim_end())), "{found:?}");
    assert!(found.contains(&(Role::Related, links)), "{found:?}");
    assert!(found.contains(&(Role::Caption, "Đò rời bến sáng sớm - Ảnh: Thu Hà")), "{found:?}");
    let kept = |role: &Role| matches!(role, Role::Body | Role::Sapo);
    let kept: Vec<&str> =
        found.iter().filter(|(role, _)| kept(role)).map(|&(_, text)| text).collect();
    assert_eq!(kept, [sapo, text.trim_end()]);
}

#[test]
fn lines_that_part_the_text_cost_no_paragraph() {
    for line in ["***", "* * *", "Quảng cáo", "Xem thêm", "🌾🌾🌾", "Tin tài trợ"] {
        let text = format!(
            "Chợ nổi sông Trà về bến mới\n\n{LEAD}\n\n{}",
            BODY.join(&format!("\n\n{line}\n\n"))
        );
        let found = roles(&text);
        for part in BODY {
            assert!(found.contains(&(Role::Body, part)), "{line}: {found:?}");
        }
        assert!(found.iter().all(|&(role, own)| own != line || !role.is_text()), "{line}");
    }
}

#[test]
fn a_table_of_contents_is_no_list_of_other_articles() {
    let contents: String = (0..4)
        .map(|at| format!("<li><a href='#m{at}'>Phần thứ {at} của bài</a></li>"))
        .collect::<Vec<String>>()
        .concat();
    let sections: String = BODY
        .iter()
        .enumerate()
        .map(|(at, paragraph)| {
            format!("<h2 id='m{at}'>Phần thứ {at} của bài</h2><p>{paragraph}</p>")
        })
        .collect::<Vec<String>>()
        .concat();
    assert_whole(&page(&format!("<h2>Nội dung</h2><ol>{contents}</ol>{sections}")));
}

#[test]
fn buttons_of_cards_are_no_headlines() {
    let cards: String = BODY
        .iter()
        .enumerate()
        .map(|(at, text)| format!("<div class='card'><h3>{at}. Bến</h3><p>{text}</p><a href='/b{at}'>Xem bản đồ</a></div>"))
        .collect::<Vec<String>>().concat();
    assert_whole(&page(&cards));
}

#[test]
fn furniture_and_comments_are_not_the_article() {
    let comment =
        "Tôi ở gần đó hai mươi năm, mong xã làm đường sớm cho bà con đi chợ đỡ vất vả mỗi sáng.";
    let furniture = format!(
        "<div class='cookie-box'><p>Trang này dùng cookie để phục vụ bạn tốt hơn, bấm đồng ý để tiếp tục đọc.</p></div>\
         <div id='comments'><ul>{}</ul></div>\
         <footer><p>Giấy phép số 12/GP-BTTTT. Tổng biên tập: Trần Văn Mẫu. Ghi rõ nguồn khi phát hành lại.</p></footer>",
        format!("<li><p>{comment}</p></li>").repeat(30)
    );
    let page = page(&(paragraphs() + &furniture));
    assert_whole(&page);
    let (text, _) = kept(&page);
    for part in ["cookie", "mong xã làm đường", "Giấy phép"] {
        assert!(!text.contains(part), "{part}: {text}");
    }
}

#[test]
fn paragraphs_in_figures_are_text_and_captions_are_not() {
    let story: String = BODY
        .iter()
        .map(|text| format!("<figure><img src='a.jpg'><figcaption>{text} Ghe nào cũng chở đầy hàng từ chiều hôm trước.</figcaption></figure>"))
        .collect::<Vec<String>>().concat();
    assert_whole(&page(&story));
    let caption =
        "<figure><img src='a.jpg'><figcaption>Ghe dừa ở bến mới sáng 12/5</figcaption></figure>";
    let (text, _) = kept(&page(&(paragraphs() + caption)));
    assert!(!text.contains("Ghe dừa ở bến mới"), "{text}");
}

#[test]
fn a_list_of_headlines_is_said_to_be_one_and_an_article_is_not() {
    let links: String = (0..30)
        .map(|at| {
            format!("<li><a href='/tin-{at}.html'>Xã ven sông mở thêm {at} bến đò mới</a></li>")
        })
        .collect::<Vec<String>>()
        .concat();
    let home = format!(
        "<html><head><title>Báo Sông Trà</title></head><body><ul>{links}</ul></body></html>"
    );
    assert!(kept(&home).1.contains(&Warning::ListPage));
    let article = page(&format!("<div>{}{}</div><ul>{links}</ul>", paragraphs(), paragraphs()));
    assert!(!kept(&article).1.contains(&Warning::ListPage));
}

#[test]
fn a_page_with_a_style_sheet_before_it_and_long_values_is_read() {
    let style = format!("<style>{}</style>", ".a { margin: 0 } ".repeat(3000));
    let content = format!("<div style='{}'>{}</div>", "margin: 0; ".repeat(3000), paragraphs());
    let whole = format!("<style>p {{ margin: 0 }}</style>\n{}", page(&(style + &content)));
    assert!(html::looks_like_html(&whole));
    assert_whole(&whole);
    assert!(!kept(&whole).0.contains("margin"));
}

/// The role of the first block with this text.
fn role_of(html: &html::HtmlArticle, wanted: &str) -> Option<Role> {
    let blocks = html.structure().blocks();
    blocks.iter().find(|block| &html.text()[block.span()] == wanted).map(tomtat::page::Block::role)
}

#[test]
fn links_below_the_heading_of_references_are_references() {
    let list = "<h2>Tài liệu tham khảo</h2><ul>\
        <li><a href=\"https://sach.example/1\">Sổ tay chợ nổi miền Tây</a></li>\
        <li><a href=\"https://sach.example/2\">Lịch sử các bến đò sông Trà từ năm 1900</a></li></ul>";
    let page = page(&format!("{}{list}", paragraphs()));
    let article = html::read(&page, &PageOptions::default());
    for item in ["Sổ tay chợ nổi miền Tây", "Lịch sử các bến đò sông Trà từ năm 1900"]
    {
        assert_eq!(role_of(&article, item), Some(Role::References), "{item}");
    }
    assert_eq!(article.metadata().author(), None);
}

#[test]
fn a_heading_below_the_text_is_no_byline() {
    let page = page(&format!("{}<h2>Hình ảnh phiên chợ</h2>", paragraphs()));
    let article = html::read(&page, &PageOptions::default());
    assert_eq!(role_of(&article, "Hình ảnh phiên chợ"), Some(Role::Heading));
    assert_eq!(article.metadata().author(), None);
}

#[test]
fn a_text_of_which_most_is_left_out_is_told() {
    let others = [
        "Trường làng có thư viện mới",
        "Thư viện mở cửa từ đầu tuần, có ba nghìn cuốn sách do bà con trong xã quyên góp cả năm qua.",
        "Đội bóng huyện thắng trận mở màn",
        "Đội nhà thắng ba bàn không gỡ trước hơn hai nghìn khán giả trên sân vận động mới của huyện.",
        "Giá lúa thu đông tăng nhẹ",
        "Thương lái trả bảy nghìn đồng một ký lúa tươi tại ruộng, cao hơn tuần trước hai trăm đồng.",
    ];
    let short = format!("Chợ nổi sông Trà về bến mới\n\n{LEAD}\n\n{}\n\nMinh An\n\n", BODY[0]);
    let list = format!("{short}Tin liên quan\n\n{}", others.join("\n\n"));
    let codes = |text: &str| -> Vec<&'static str> {
        let analyzer = tomtat::Analyzer::new();
        let summary = tomtat::Summarizer::new(&analyzer).summarize(&analyzer.analyze(text));
        summary.warnings().iter().map(tomtat::summary::Warning::code).collect()
    };
    assert!(codes(&list).contains(&"most-left-out"), "{:?}", codes(&list));
    assert!(!codes(&short).contains(&"most-left-out"), "{:?}", codes(&short));
}

#[test]
fn titles_of_two_words_and_with_dots_are_titles() {
    let body = format!("{LEAD}\n{}\n{}", BODY[0], BODY[1]);
    for title in [
        "Chợ đêm",
        "TPHCM: Chợ nổi về bến mới",
        "Chợ nổi về bến... 'xa đường'",
        "Bến mới đã mở, ghe xuồng đã về đủ, nhưng khách thì chưa…",
        "Sớm mai...",
    ] {
        assert_eq!(roles(&format!("{title}\n{body}"))[0], (Role::Title, title));
    }
    for line in ["Kinh tế", "Minh An"] {
        assert_ne!(roles(&format!("{line}\n{body}"))[0].0, Role::Title, "{line}");
    }
}

#[test]
fn a_quotation_that_touches_a_credit_is_text() {
    let quote = "“Tôi chưa thấy nước lên nhanh thế bao giờ”, bà Tư nói khi dọn hàng lên bờ.";
    let text = format!("{LEAD}\n{} Nước ngập bến cũ. Ảnh: TTXVN{quote}", BODY[0]);
    let found = roles(&text);
    assert!(found.contains(&(Role::Caption, "Nước ngập bến cũ. Ảnh: TTXVN")), "{found:?}");
    assert!(found.contains(&(Role::Body, quote)), "{found:?}");
}

#[test]
fn a_short_first_line_with_a_stop_is_the_title() {
    let text = format!("Chợ nổi dời bến.\n{LEAD}\n{}", BODY.join("\n"));
    assert_eq!(roles(&text)[0], (Role::Title, "Chợ nổi dời bến."));
    // A whole sentence may open a text that has no title.
    let sentence = "Chợ nổi trên sông Trà dời về bến mới sáng nay.";
    let text = format!("{sentence}\n{LEAD}\n{}", BODY.join("\n"));
    assert_eq!(roles(&text)[0], (Role::Body, sentence));
    // A crawler writes the title, the lead and the text in a line each.
    let text = format!("{sentence}\n{LEAD}\n{}", BODY.join(" ").repeat(3));
    assert_eq!(roles(&text)[0], (Role::Title, sentence));
}

#[test]
fn places_to_jump_to_are_no_links() {
    let body = BODY.map(|paragraph| format!("<p><a name='p'>{paragraph}</a></p>")).concat();
    assert_whole(&page(&body));
}

#[test]
fn the_date_below_the_headline_goes_before_a_later_one_of_the_head() {
    let published = |head: &str, shown: &str| {
        let page = format!(
            "<html><head><title>Chợ nổi sông Trà về bến mới</title>\
             <meta property='article:published_time' content='{head}'></head><body>\
             <h1>Chợ nổi sông Trà về bến mới</h1><div>{shown}</div><p>{LEAD}</p>{}</body></html>",
            paragraphs()
        );
        html::read(&page, &PageOptions::default()).metadata().published().map(str::to_owned)
    };
    let of_head = "2025-11-20T16:02:46";
    assert_eq!(published(of_head, "14/5/2025").as_deref(), Some("2025-05-14"));
    assert_eq!(published(of_head, "Cập nhật 14/5/2025").as_deref(), Some(of_head));
    assert_eq!(published(of_head, "21/11/2025").as_deref(), Some(of_head));
}
