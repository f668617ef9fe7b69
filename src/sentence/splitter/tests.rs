use super::*;
use crate::builtin;
use crate::token::tokenizer::tokenize;

fn sentences(text: &str) -> Vec<&str> {
    let (mut tokens, mut ranges) = (Vec::new(), Vec::new());
    let starters = builtin::starters();
    tokenize(text, 0..text.len(), &starters, &mut tokens);
    split(text, &tokens, 0, &starters, &mut ranges);
    ranges
        .iter()
        .map(|s| &text[tokens[s.start].span().start..tokens[s.end - 1].span().end])
        .collect()
}

/// Each case is one text, `|` marks the boundaries.
fn check(marked: &str) {
    let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
    assert_eq!(sentences(&marked.replace('|', "")), expected);
}

#[test]
fn abbreviations_and_initials_do_not_end_sentences() {
    check("Sáng nay, TP. Hà Nội mưa to. | Tại TP.HCM trời nắng.");
    check("GS.TS Trần Văn B. cho biết như vậy. | PGS. TS. Lê Thị C. thì không.");
    check("Ông T. khai đã gặp chị Tr. (SN 1997) ở Q. 1, P. 5. | Vụ việc đang điều tra.");
    check("Tiền đạo C. Ronaldo ghi bàn cho M.U. | Trận đấu kết thúc.");
    check("Nhà văn N. V. Linh đã đến.");
    check("Mưa to ở H. Bố Trạch và P. Hố Nai. | Nắng ở Q. Bình Tân.");
    check("Bắc Bộ 30-33 độ C. | Khu vực Hà Nội có mưa, 25°C. | Trung Bộ nắng.");
    check("Thủ môn của SHB.Đà Nẵng đá tốt. | Anh về TP.HCM.| Theo kế hoạch, anh nghỉ.");
    check("Đó là anh P.V.H. | TAND huyện đã xử. | Nước ấy ở châu Á. | IS thì không.");
    check("Tiền đạo J.K. Rowling và ông George W. Bush đã đến.");
    check("Trong nhà có chị Tr. | Công an đã đến.");
    check("Chị Phan Thị Th. (SN 1982) và bà Lê Th., mẹ chị, đã đến. | Th. Trần Văn An thì không.");
    check("Họ đến nhà bà Phan Thị H. | Thông tin ban đầu còn ít. | Ở H. Thông Nông trời mưa.");
    check("Trang VnExpress.Net và Dantri.Com đưa tin. | Đội bay sang Qatar.| Ca sĩ ra đón.");
    check("Fan của Zion.T mừng. | Atl.Madrid sang Qatar.| Theo lịch, trận ấy đá đêm nay.");
}

#[test]
fn streets_districts_and_eras_own_their_stops() {
    check("Tiệm phở ở 12 8th Ave. New Haven. | Quán nhỏ mà đông.");
    check("Trọ ở số 45 đ. Hàng Bún, lầu hai. | Vé giá 500 đ. | Láng giềng qua chơi tại h. Ba Vì.");
    check("Mộ cổ có từ năm 120 tr. CN. | Gò ấy nay còn, đắp năm 40 s. CN. | Trống đồng thì mất.");
    check("Đọc chg. 4 trước đã. | Bài tập để sau.");
}

#[test]
fn names_with_initials_go_on_in_given_names_that_are_words_too() {
    check("Cô Phạm T. Mai đã về quê. | Cô nghỉ ba hôm. | Anh Lê H. Minh là thợ mộc.");
    check("Cậu bé Trần N.K. Hân chạy nhanh nhất. | Em Lê H. | Phương án này hợp với em.");
}

#[test]
fn a_line_says_who_spoke() {
    check("“Bác còn nhớ cháu không?” - Hạnh hỏi. | Ông cụ gật đầu.");
    check("- Bố ơi! - Thằng Cò gọi lớn. | - Chờ bố một chút.");
    check("- Bao giờ thuyền về? | - Mai mới về, chú ạ.");
    check("Cô gái hỏi: “Chú bán gì?” | Ông lão im lặng.");
    check("“Ai đó?” | Bà Năm chạy ra cổng xem ai.");
}

#[test]
fn dates_written_apart_and_units_behind_digits() {
    check("Bà sinh ngày 3. 2. 1951 ở Hội An. | Nhà có bốn chị em.");
    check("Tiền công 12tr. | Chủ nhật được nghỉ.");
    check("iv. Nộp đơn ở phòng số ba.");
    check("Sách chép vậy.[3]:§12 | Bản khác chép hơi khác.");
    check("Để ráo nước.|3. Trộn bột với trứng.|3.1. Nướng trong lò. | Nướng đến khi vàng.");
    check("Biển hiệu ghi “欢迎！” thật to. | Khách đứng xem.");
}

#[test]
fn stops_that_stand_apart_belong_to_abbreviations() {
    check("Ở Q . 1 , TP . HCM trời mưa . | Cò T . V . bảo vậy . | Hết .");
}

#[test]
fn numbers_dates_and_addresses_stay_whole() {
    check("Giá 2.000-3.000đ, tăng 3.5% so với ngày 12.6.2020. | Trang Tiin.vn đưa tin.");
    check("Xem tại https://vi.example.org/tin.html. | Liên hệ toasoan@bao.example.vn để biết.");
}

#[test]
fn english_months_own_their_stop_before_a_day() {
    check("The ferry left on Nov. 5 and came back. | It sank on Dec. 3, 2024.");
    check("Hạn nộp ghi trên vé là on Sept. 12 tại Huế. | Trời mưa to.");
    check("It was sold in Nov. | Prices rose again.");
}

#[test]
fn sentences_end_behind_a_number_or_closing_mark_that_touches_a_capital() {
    check("Bảng giá phòng nghỉ mùa hè 2012|Mặc dù đông khách, giá vẫn giữ.");
    check("Máy bay chụp ảnh bằng Nikon S6500|Thiết bị truyền hình về trạm.");
    check("Khách đợi phà ở bến cũ (Sở Giao thông)|Cũng theo ông An, phà chạy lại từ mai.");
    check("Cô từng đóng phim \"Bến đò\"|Cô gặp lại bạn diễn hôm qua.");
    check("Tần số 3Hz đo bằng máy S6500 của hãng. | Nhà số 12Gò Vấp ghi nhầm.");
    check("Ông (Văn phòng)Nguyễn An ký. | Bà nói: \"Được\".");
    check("Nàng dâu \"số hưởng\" được thương như con ruột\"Mối duyên muộn\" của hai người già.");
}

#[test]
fn sentences_end_where_a_line_end_was_lost() {
    check("Các em nhỏ chơi ô ăn quan ở sân đình|Quỳnh Lưu có ba làng nghề.");
    check("Hai chị em khoe sắc bên nhau|Yến Trang và Kiến Huy ra về sớm.");
    check("Trạm y tế mở lại cửa. | Ảnh: HOÀNG HẢI|Trạm có ba bác sĩ.");
    check("Mời bạn đọc gửi bài về cho Quốc Dũng|PHẢN HỒI");
    check("Chợ quê được mở lại|“Tôi chờ ngày này đã lâu”, bà Tư nói.");
    check("Chuyện “ngồi buồn đếm lá me”|Có thể hiểu câu ấy theo ba cách.");
    check("Ông là chủ tịch của CLB.| Thông qua ông, đội có sân mới.");
    check("Cầu thủ của HN.T&T khi ấy mới mười chín tuổi.");
    check("Cô gái trốn nhà theo người yêu|Patricia Moon là con một thương nhân ở cảng.");
    check("Bảo tàng trưng bày tên lửa S-300V|Quân đội từng dùng loại này mười năm.");
    // Here only a space was lost.
    check("Thư mời nêu rõ lời ôngPatrick Moon, người đã ở đây bốn năm.");
    check("Đại tướngTrần Văn Trà đến thăm xã.");
    check("Thầy học ở Đại họcTennessee, giá vàng miếngSJC thì tăng từ mồng 6 thángGiêng, năm ấy.");
    check("ÔngBÙI VĂN HÒA, hiệu trưởngTrường ĐH Sông Trà, đến dự.");
    check("CôngThương - Ngân hàng HDBank và MobiFone cùng trao nhà.");
}

#[test]
fn glued_sentences_are_split() {
    check(
        "nhân dịp Quốc khánh 12/6.|Thay mặt Đảng, ông phát biểu.|Tổng vốn 5 tỉ đồng.|Bộ trưởng nói.",
    );
    check("Phóng viên Node.js đến.");
    check("Sạt lở ở P.Hưng Lợi, Q.Cái Răng và Q.Hai Bà Trưng.|Theo quận, có ba nhà đổ.");
    check("Bà Năm, chủ đò:|Khách vẫn đông như trước.|Trẻ thích ‘quà vặt’|Người lớn thì không.");
    check("Cần thì mới mua.|2. Laptop dễ hỏng hơn.|Đừng lo “viêm túi”.|1. Cùng đi chụp ảnh.");
    check("Có hồ bơi, nhà hàng,…|4. Khu nghỉ nằm ven biển.|Thị phần ở mức 3.2.|Apple dẫn đầu.");
    check("Giá:Liên hệ chủ nhà.|Tỷ số là 2:1 sau hiệp đầu.");
    check("Nguồn Telegraph|Theo hãng tin này, bão đã tan. | Các nước CSTO|Trong đó có Nga.");
    check(
        "Các con khỏi mặc cảm.|7 cháu nhỏ được đến trường. | Hẹn ở tầng.5, khu B. | Mua MacBookPro.",
    );
}

#[test]
fn quotes_and_brackets_close_with_the_sentence() {
    check("Ông nói: “Tôi sẽ đi.” | Mọi người vỗ tay.");
    check("“Tôi sẽ đi.”, ông nói.");
    check("\"Anh đi đâu?\" - chị hỏi. | \"Đi chơi.\" | Họ cười.");
    check("Kết quả tốt (theo báo cáo.) | Mai họp tiếp.");
    check("“Có thật không?” ông hỏi lại.");
}

#[test]
fn an_ellipsis_ends_a_sentence_before_a_capital_only() {
    check("Anh chờ… nhưng không ai đến. | Thế rồi… | Mọi chuyện qua đi.");
    check("…và rồi họ đi.");
    check("Cam, quýt... đều ngon.");
    check("Có gỗ mục, có chuột...| Vụ việc đang được xem xét. | A...Anh đi. | Em…Em không biết.");
    check(
        "Nó còn chửi...” | 3 em đi cùng thôn. | _____ | Ngành nào hơn?"
            .replace("_____ |", "_____")
            .as_str(),
    );
}

#[test]
fn enumerators_number_their_sentence() {
    check("1. Tuổi Thìn gặp may. | 2. Tuổi Tý cũng vậy.");
    check("B3. Đổ nước dừa ngập thịt. | Kho nhỏ lửa.");
    check("Năm ấy là 2020. | Năm nay là 2021.");
    check("Ban gồm: 1. Ông An; 2. Bà Bình. | Phép thử có 2 bước: a. Đun nước; b. Chờ.");
    check("Đội Nga: 1.Akinfeev, 5.Vasin, 8. Glushakov. | Bàn thắng ở phút 59, 88. | Với họ là đủ.");
    check("Anh điền (1. Tên; 2. Tuổi) rồi ký.");
}

#[test]
fn the_end_of_a_document_is_marked() {
    check("Nghị định có hiệu lực từ ngày ký./. | Nơi nhận: như trên.");
}

#[test]
fn notes_belong_to_the_sentence_before() {
    check("Chùa dựng năm 1601.[4] | Tháp cao bảy tầng.[5][chú thích 2] | Vườn rộng.");
    check("Đỉnh cao 2.419 m. [7] | Rừng phủ kín. | Ý này đã cũ.(12) | Nay ít ai nhắc.");
    check("Lúa trổ sớm.² | Nước về muộn.³ | Chim di trú theo mùa.1 | Mùa đông ấm.");
    check("Lăng xây năm 1840.[2]:17 | Vườn có ao.⁵,⁶ | Tường đã đổ.");
    check("[1] Lê An, Sách đất, 2010. | [2] Trần Bình, Sách nước, 2012.");
}

#[test]
fn labels_at_the_head_of_a_line_end_nothing() {
    for line in [
        "Khoản 3. Hồ sơ gồm đơn và bản sao",
        "Mục IV. KINH PHÍ",
        "Bảng 1.2. Lượng mưa các tháng",
        "Phụ lục 5a. Danh mục cây giống",
        "3.1.2. Cách lấy mẫu đất",
        "(4). Nộp lệ phí",
        "“2. Người nộp đơn phải có mặt",
        "Kịch bản 2. Nước biển dâng 30 cm",
        "Phần thứ tư. Tổ chức thực hiện",
        "B.2. Nguồn vốn",
        "III.1. Chỉ tiêu chung",
    ] {
        check(line);
    }
    check("Căn cứ Điều 8. | Nghị định này có hiệu lực. | Điều 9. Lệ phí do người nộp trả.");
    check("Mùa mưa năm 2019. | Lũ về sớm.");
}

#[test]
fn abbreviations_of_books_and_firms_are_inside_of_sentences() {
    check("Xem Lê An, sđd, tr. 45. | Nxb. Măng Non in lại năm 1999.");
    check("Anh leo Mt. Fuji và hát ft. Hà Linh. | Chị ở nhà.");
    check("Bản sonata op. 13 vang lên. | Tel. 0236 355 1234, ext. 9. | Gọi sáng.");
    check("Hãng Kim Co. Ltd. trả lương cao. | Đ/c. Hùng kể với ThS.BS.CKII. Đỗ Lan.");
    check("Fax. 0236 355 1235. | Đất ở x. Phú An rộng 300 m². | HLV. Lê Đức dẫn đội tuyển.");
    check(
        "Theo Lê và cs. (2015), máy cài R ver. 4.1. | Xem ph. 3.2. | Chạy 20 ph. | Nghỉ 5 ph. | 3 em về.",
    );
    check("Bài của Nguyen et al. (2015) nói khác. | Giá 5 tr. | Anh mua ngay.");
}

#[test]
fn a_letter_that_numbers_is_no_initial() {
    check("Bé tiêm ngừa viêm gan A. | Tháng sau tiêm nhắc.");
    check("Xe đỗ ở dãy C. | Nhà ở lô D. | Anh uống vitamin E. | Da đẹp hơn.");
    check("Tàu dừng ở ga B. | Hành khách xuống. | Thuốc loại A. | Giá rẻ.");
    check("Ghế hàng K. | Mời bạn ngồi. | Ông Trần Văn E. khai khác.");
}

#[test]
fn lost_line_ends_are_found_behind_a_dash_and_inside_of_words() {
    check("Bà có mệt không?| - Tôi quen rồi.| – Bà nghỉ đi.|* Ghi chép tại chợ.");
    check("Tàu về lúc rạng sáng|Mọi người ra đón. | Ảnh: Minh Hà|Trong chợ đông.");
    check("(TTXVN).- Sáng nay trời rét.");
}

#[test]
fn a_stop_before_a_word_opens_it() {
    check("Anh viết bằng .NET và mua tên miền .ORG rẻ. | Máy chạy tốt .| Hôm sau nghỉ.");
}

#[test]
fn text_without_capitals_has_sentences_too() {
    check("tối nay mất điện. | cả xóm ra sân ngồi. | vui ghê! | ai cũng kể chuyện");
    check("Yahoo! là một trang cũ.");
}

#[test]
fn other_scripts_have_their_enders() {
    check("双方会谈。| 天气很好！| 你好吗？| Họ chào nhau.");
    check("यह घर है।| वह जाता है। | كيف حالك؟| شكرا.");
}

#[test]
fn parts_of_names_of_firms_clubs_and_lawsuits_are_inside_of_sentences() {
    check("Thủ môn của Man. City bắt hay. | Atl. Bilbao thua.");
    check("Bà chuyển tiền cho Man. | Hôm sau Man gọi lại.");
    check("Xưởng nằm trong KCN. Hòa Xá của CP. DTH. | Họ gửi tiền ở NH. | Lãi suất thấp.");
    check("Giá 15.600 đồng/CP. | Thanh Hà ghi lại.");
    check("Vụ Brown v. Board kéo dài. | Tòa đã tuyên.");
    check("Ông (m. 1521) đỗ tiến sĩ. | ĐC. 5 Hàng Gà.");
}

#[test]
fn a_letter_behind_a_thing_ends_the_sentence() {
    check("Mời bạn ngồi ở ghế C. | Tàu sắp chạy.");
    check("Xe rẽ vào khu vực Q.Tân Bình. | Đường vắng.");
    check("Cầu thủ ấy là tiền đạo D. Hùng ghi bàn. | Hết trận.");
    check("Ô. Minh và B. Tâm đã đến. | Họ mừng.");
}

#[test]
fn numbers_written_apart_are_one() {
    check("Sinh ngày 4. 11. 1987. | Gọi 0913. 222. 111 nhé. | Năm ấy là 1990. | 5 năm sau anh về.");
}

#[test]
fn faces_end_sentences_of_chat() {
    check("Hôm nay vui ghê :) | Tuy nhiên mai phải đi làm. | Mệt quá 😂 | Nhưng mà vui.");
    check("👉 Áo thun 👉 Quần dài");
    check("đói quá :( | đi ăn thôi. | quán cũ nha");
    check("mai nghỉ k. | cho mình biết với");
}

#[test]
fn answers_on_one_line_are_sentences() {
    check("Thủ đô của Pháp là gì? | A. Lyon | B. Paris | C. Nice | D. Lille");
    check("Ý nào đúng: | A. Cá thở bằng mang. | B. Chim bơi. | C. Mèo bay.");
    check("A. Phan nói trước. | Sau đó Phan hát.");
}

#[test]
fn what_refers_to_a_part_is_no_label() {
    check("Xem Hình 3. | Nước chảy qua cống.");
    check("Sơ đồ 2.1. Quy trình lọc");
}

#[test]
fn text_without_marks_is_one_sentence() {
    check("không có dấu chấm nào ở đây cả");
    assert!(sentences("").is_empty());
    assert!(sentences(" \n ").is_empty());
}

#[test]
fn left_out_words_open_the_sentence_behind_them() {
    check("[…] Chiều ấy gió lớn. | Thuyền không ra khơi.");
    check("Thư chỉ có mấy dòng. | [...] Con vẫn khoẻ. | [..] Mẹ đừng lo.");
    check("Anh đọc tiếp […] rồi gấp sách lại. | Trời tối. […]");
    check("Chùa dựng từ đời Lý. [5] | Nay chỉ còn nền.");
}

#[test]
fn an_initial_may_stand_inside_of_a_name() {
    check("Trưởng ban là ông Đỗ M. Cường, người làng Vạc. | Phó ban là bà Ngô L. Huyền.");
    check("Tối qua anh Bùi Đ. | Công an xã mời lên làm việc. | Anh không đến.");
    check("Bà Đào X. Tiến, chủ tịch hội, kể. | Ca sĩ Vũ L. Hương hát. | Đồng hồ ref. 5711 đắt.");
    check("Khách chọn gói A. | Gói B hết chỗ. | Ngày 5 th. 3 năm 1900, ông mất (ct. 12).");
    check("theo ông b. chủ vườn, năm nay được mùa. | chị l. cũng nói vậy. | ai cũng mừng.");
    check("Th.S. Đinh Lài dạy ở phố Ng. Công Trứ. | Chùa cổ.[3]:12–14 | Tượng quý.");
    check("Lăng đá dựng cuối tk. XVIII. | Cổng làng mới hơn, tk. XX.");
    check("Ca mổ do bác sĩ CKII. Lý Thu làm. | Em trai thi vào ĐH. Quảng Ninh.");
}

#[test]
fn items_and_sounds_begin_sentences() {
    check("a) Có hộ khẩu tại xã. | b) Chưa được cấp đất. | c) có đơn của trưởng thôn.");
    check("Điều kiện ghi ở mục a) và mục b) bên dưới.");
    check("Cha con ra đồng từ sớm. (ảnh minh họa) | Lúa chín vàng. (còn tiếp) | Kỳ sau đăng nốt.");
    check("(thở dài) Thôi vậy. | (im lặng) Mà này. | <i>Ai gọi đó?</i> | Tôi đây.");
    check("①Vo gạo. | ②Đổ nước. | Ông có tiếc?|_ Không, tôi vui.");
    check("“5b. Hồ sơ nộp trực tiếp.” | Điều ấy mới.");
    check("[tiếng mưa] Anh vào nhà đi! | [sấm nổ] Nhanh lên!");
    check("Đền có ba gian.⁽¹²⁾ | Mái lợp ngói.[cần nguồn tốt hơn] | Sân lát gạch.");
    check("Tháp cao 9 tầng. [cần dẫn nguồn] | Tháp xây bằng gạch.");
}

#[test]
fn scripts_without_capitals_end_their_sentences() {
    check("คุณสบายดีไหม? | ฉันสบายดี! | ไปกันเถอะ");
    check("នេះជាផ្ទះ។ | ខ្ញុំនៅទីនេះ។");
    check("저는 학생입니다. | 오늘은 날씨가 좋아요.");
    check("「はい。」と答えた。|そして帰った。");
}

#[test]
fn entries_of_dictionaries_keep_the_class_of_their_word() {
    check("sông d. Dòng nước tự nhiên khá lớn. | Sông Lô.");
    check("đồng2 dt. Kim loại màu đỏ. | Nồi đồng.");
    check("hiền tt. 1. Không làm hại ai. | 2. Dễ dạy bảo.");
    check("gặt đgt. 1. Cắt lúa chín đem về. | 2. Thu về điều mình đã làm ra.");
}

#[test]
fn a_score_may_touch_the_stop_before_an_acronym() {
    check("Hiệp hai khép lại với tỉ số 3-0.|CĐV hai đội ra về trong trật tự.");
    check("Xem mục 12.NĐ-CP và bản 2.HD.");
}
