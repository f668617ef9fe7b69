//! What stands in a page beside its article: notices to the reader, boxes that unfold, forms, comments,
//! notes on the author, recipients; and pages that have no article.

#![cfg(feature = "html")]

use tomtat::page::{PageOptions, Role, Warning, html, parse};

const TITLE: &str = "Xóm chài Bến Lức dựng lại nhà bè sau lũ";
const TEXT: [&str; 4] = [
    "Hai tuần sau trận lũ, mười bốn hộ ở xóm chài Bến Lức đã dựng xong nhà bè trên khúc sông cũ.",
    "Bà Sáu Én kể đêm ấy nước lên nhanh đến mức cả nhà chỉ kịp ôm đứa cháu và thúng gạo lên bờ.",
    "Thợ mộc trong vùng đóng giúp sàn bè không lấy công, gỗ và thùng phuy do xã quyên góp.",
    "Đến cuối tháng, xã sẽ neo thêm hai hàng phao và đặt một trạm báo mực nước ở đầu xóm.",
];

fn paragraphs() -> String {
    TEXT.map(|paragraph| format!("<p>{paragraph}</p>")).concat()
}

fn page(body: &str) -> String {
    format!("<html><head><title>{TITLE}</title></head><body>{body}</body></html>")
}

/// The lead and body of a page.
fn kept(page: &str) -> String {
    let article = html::read(page, &PageOptions::default());
    let blocks = article.structure().text_blocks();
    blocks.map(|block| &article.text()[block.span()]).collect::<Vec<_>>().join("\n")
}

fn assert_kept_without(body: &str, other: &str) {
    let text = kept(&page(body));
    for paragraph in TEXT {
        assert!(text.contains(paragraph), "{paragraph} is lost from {body}");
    }
    assert!(!text.contains(other), "{other} is kept of {body}");
}

#[test]
fn notices_to_the_reader_of_the_site_are_left_out() {
    for notice in [
        "Bạn nhận được thư này vì đã ghi tên vào sổ liên lạc của xóm.",
        "Phần còn lại của loạt bài chỉ dành cho hội viên, mời bạn chọn một gói.",
        "Mời bạn đọc theo dõi trang của chúng tôi để có tin mới mỗi sáng.",
        "If you are a subscriber, you can log in to read the whole series.",
        "You may unsubscribe at any time.",
        "This text may not be reproduced without our consent.",
    ] {
        let lines = format!("<article><h1>{TITLE}</h1><p>{notice}</p>{}</article>", paragraphs());
        assert_kept_without(&lines, notice);
        let lines = format!("<article><h1>{TITLE}</h1>{}<p>{notice}</p></article>", paragraphs());
        assert_kept_without(&lines, notice);
    }
}

#[test]
fn quotations_and_long_paragraphs_are_no_notices() {
    for line in [
        "Ông Tám cười: “Chữ trên vách ghi là chỉ dành cho thành viên, mà ai vô uống trà cũng được.”",
        "Trong tờ rơi phát ở chợ, nhóm thợ viết rằng họ nhận đóng bè cho cả những hộ ở xa, rằng phiếu ăn \
         trưa chỉ dành cho thành viên của đội, còn gỗ thì ai chở tới trước được cưa trước, và mọi người \
         nên nhớ mang theo đinh, dây thừng cùng một cái thùng phuy còn kín.",
    ] {
        let text = kept(&page(&format!(
            "<article><h1>{TITLE}</h1>{}<p>{line}</p></article>",
            paragraphs()
        )));
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&line), "{line}");
    }
}

#[test]
fn boxes_that_unfold_at_a_name_are_no_part_of_the_sentence() {
    let unfolded = "<span><a href='/u/en'>Trần Thị Én</a><a href='/a'>Bà Sáu và chiếc bè bốn mươi \
                    năm</a> <a href='/b'>Xóm chài nhận nước sạch đầu tiên</a> <a href='/m'>XEM</a></span>";
    let lines = TEXT.map(|paragraph| {
        format!("<p>{}</p>", paragraph.replace("Bà Sáu Én", &format!("Bà Sáu Én {unfolded}")))
    });
    let text = kept(&page(&format!("<article><h1>{TITLE}</h1>{}</article>", lines.concat())));
    assert!(text.contains("Bà Sáu Én kể đêm ấy"), "{text}");
    assert!(!text.contains("nước sạch đầu tiên"), "{text}");
    // A sentence may be made of links.
    let lines = "<p>Đọc <em><a href='/a'>chuyện chiếc bè bốn mươi năm</a>, <a href='/b'>chuyện xóm chài có \
                 nước sạch</a></em> và những mẩu chuyện khác mà bà con kể lại trong mùa lũ năm nay.</p>";
    let text = kept(&page(&format!("<article><h1>{TITLE}</h1>{}{lines}</article>", paragraphs())));
    assert!(text.contains("chiếc bè bốn mươi năm"), "{text}");
}

#[test]
fn forms_and_comments_are_left_out_without_a_class() {
    let form = "<div><h3>Nhận tin của xóm</h3><p>Để lại số máy, chúng tôi sẽ nhắn tin khi nước \
                lên.</p><form><input><button>Gửi</button></form></div>";
    let lines = paragraphs().replacen("</p>", &format!("</p>{form}"), 2);
    assert_kept_without(&format!("<article><h1>{TITLE}</h1>{lines}</article>"), "Để lại số máy");
    for heading in ["9 Comments", "Ý kiến bạn đọc (9)"] {
        let comment = "<div><b>khach</b><p>I remember the old houses on the river, my aunt lived there \
                       for years and sold rice cakes to everybody who came by.</p></div>";
        let all = format!("<div><h3>{heading}</h3>{}</div>", comment.repeat(9));
        let lines = format!("<div><h1>{TITLE}</h1>{}</div>{all}", paragraphs());
        assert_kept_without(&lines, "I remember");
    }
}

#[test]
fn notes_on_the_author_have_their_role() {
    let by_line = "<p>Tác giả: Võ Thanh Mai</p>";
    for (head, note) in [
        (by_line, "<p>Võ Thanh Mai là cô giáo dạy văn, sống ở Bến Lức từ nhỏ.</p>"),
        ("", "<h4>Về tác giả</h4><p>Thanh Mai dạy văn ở Bến Lức và viết về sông nước.</p>"),
    ] {
        let lines = format!("<article><h1>{TITLE}</h1>{head}{}{note}</article>", paragraphs());
        assert_kept_without(&lines, "Thanh Mai");
    }
    // The person of the article is no author of it.
    let line = "<p>Lê Văn Chài là người dựng chiếc bè đầu tiên của xóm.</p>";
    let lines = format!("<article><h1>{TITLE}</h1>{by_line}{}{line}</article>", paragraphs());
    assert!(kept(&page(&lines)).contains("Lê Văn Chài"));
}

#[test]
fn a_lead_beside_the_headline_is_kept() {
    let lines = format!(
        "<div><header><h1>{TITLE}</h1><p>{}</p></header><div>{}</div></div>",
        TEXT[0],
        paragraphs().split_once("</p>").expect("two paragraphs").1
    );
    assert_kept_without(&lines, "không có gì");
}

#[test]
fn recipients_of_a_legal_document_are_no_text() {
    let document = "QUYẾT ĐỊNH\nVề việc hỗ trợ các hộ dựng lại nhà bè\n\n\
        Điều 1. Hỗ trợ mỗi hộ có nhà bè bị lũ cuốn trôi mười triệu đồng từ quỹ phòng chống thiên tai.\n\n\
        Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n\n\
        Nơi nhận:\n- Như Điều 1;\n- Thường trực Huyện ủy (để báo cáo);\n- Lưu: VT.\n";
    let structure = parse(document, &PageOptions::default());
    let text: Vec<&str> = structure.text_blocks().map(|block| &document[block.span()]).collect();
    let text = text.join("\n");
    assert!(text.contains("Điều 1. Hỗ trợ") && text.contains("Điều 2. Quyết định"), "{text}");
    assert!(!text.contains("Nơi nhận") && !text.contains("Thường trực"), "{text}");
    let notice = "Nơi nhận: cửa hàng vật liệu của xã, từ bảy giờ sáng đến năm giờ chiều mỗi ngày.";
    let structure = parse(notice, &PageOptions::default());
    assert!(structure.blocks().iter().all(|block| block.role() == Role::Body));
}

#[test]
fn pages_that_say_that_they_are_none_are_told() {
    for (body, warning) in [
        (
            "<h2>Bài viết đã bị gỡ</h2><p>Bài bạn tìm được gỡ theo ý của người viết.</p>",
            Warning::ErrorPage,
        ),
        ("<h1>Trang đang bảo trì</h1><p>Mời bạn quay lại sau ít phút.</p>", Warning::ErrorPage),
        (
            "<h1>Xác nhận độ tuổi</h1><p>Trang có nội dung cho người lớn. Bạn đủ mười tám tuổi chưa?</p>",
            Warning::LoginPage,
        ),
    ] {
        let page = format!("<html><head><title>Xóm Chài</title></head><body>{body}</body></html>");
        let article = html::read(&page, &PageOptions::default());
        assert!(article.structure().warnings().contains(&warning), "{body}");
    }
}

#[test]
fn counters_questions_and_what_is_only_read_aloud_are_left_out() {
    for (line, text) in [
        ("<p>Ngày đăng: 14-05-2024 | Lượt xem: 120</p>", "Lượt xem"),
        ("<div>5/5 - (12 bình chọn)</div>", "bình chọn"),
        ("<div>Bài viết có hữu ích với bạn không?</div>", "hữu ích"),
        ("<span class='sr-only'>Bỏ qua để đến nội dung</span>", "Bỏ qua"),
    ] {
        assert_kept_without(
            &format!("<article><h1>{TITLE}</h1>{}{line}</article>", paragraphs()),
            text,
        );
    }
}

#[test]
fn results_of_a_search_and_teasers_are_lists() {
    let warnings =
        |page: &str| html::read(page, &PageOptions::default()).structure().warnings().to_vec();
    let none = "<html><head><title>Kết quả tìm kiếm</title></head><body><h1>Kết quả tìm kiếm</h1>\
                <p>Chưa có bài nào hợp với từ bạn gõ. Hãy thử lại với từ khác.</p></body></html>";
    assert!(warnings(none).contains(&Warning::ListPage));
    let teaser = |at: usize| {
        format!(
            "<li><a href='/bai-{at}'>Nhà bè thứ {at} của xóm đã xong</a> <em>{}</em></li>",
            TEXT[at % TEXT.len()]
        )
    };
    let teasers: String = (1..=8).map(teaser).collect();
    let list = format!(
        "<html><head><title>Đời sống</title></head><body><h1>Đời sống</h1><ul>{teasers}</ul></body></html>"
    );
    assert!(warnings(&list).contains(&Warning::ListPage));
    let article = page(&format!("<h1>{TITLE}</h1>{}<ul>{teasers}</ul>", paragraphs().repeat(3)));
    assert!(!warnings(&article).contains(&Warning::ListPage));
}

#[test]
fn the_only_second_heading_is_the_title_where_the_head_names_the_site() {
    let text = paragraphs();
    let page = format!(
        "<html><head><title>Xóm Chài | Tin</title><meta property='og:site_name' content='Xóm Chài'></head>\
         <body><div><h2>{TITLE}</h2>{text}</div></body></html>"
    );
    let article = html::read(&page, &PageOptions::default());
    assert_eq!(article.metadata().title(), Some(TITLE));
}

#[test]
fn dates_and_authors_of_vietnamese_blogs() {
    for (line, date, author) in [
        (
            "<div>Đăng bởi <span>Võ Thanh Mai</span> vào 12 Tháng Sáu, 2020</div>",
            Some("2020-06-12"),
            Some("Võ Thanh Mai"),
        ),
        ("<p>Cập nhật: 10/10/2022 · 5 phút đọc</p>", Some("2022-10-10"), None),
        ("<span title='2023-02-03 10:11'>2 giờ trước</span>", Some("2023-02-03T10:11"), None),
    ] {
        let page = page(&format!("<article><h1>{TITLE}</h1>{line}{}</article>", paragraphs()));
        let article = html::read(&page, &PageOptions::default());
        let metadata = article.metadata();
        assert_eq!((metadata.published(), metadata.author()), (date, author), "{line}");
    }
}

#[test]
fn lists_below_a_name_that_lead_nowhere_are_text() {
    let stops = ["Bến Lức – 7 giờ", "Vàm Cỏ – 8 giờ rưỡi", "Tân Trụ – 10 giờ", "Cầu Nổi – 11 giờ"];
    let items = stops.map(|stop| format!("<li>{stop}</li>")).concat();
    let lines = format!(
        "<article><h1>{TITLE}</h1>{}<p>Võ Thanh Mai</p><h3>Ghe chở gỗ dừng ở</h3><ul>{items}</ul></article>",
        paragraphs()
    );
    let text = kept(&page(&lines));
    for stop in stops {
        assert!(text.contains(stop), "{stop} is lost: {text}");
    }
    // Headlines of other articles are links.
    let links = [
        "Chợ phiên trên sông họp lại",
        "Lúa đông xuân được giá đầu vụ",
        "Cầu treo đóng hai tuần để sửa",
        "Trường làng có phòng đọc mới",
    ];
    let items = links.map(|link| format!("<li><a href='/x'>{link}</a></li>")).concat();
    let lines = format!(
        "<article><h1>{TITLE}</h1>{}<p>Võ Thanh Mai</p><ul>{items}</ul></article>",
        paragraphs()
    );
    assert_kept_without(&lines, links[1]);
}
