use super::tokenize;

fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    tokenize(text, 0..text.len(), &crate::builtin::starters(), &mut tokens);
    tokens.iter().map(|token| &text[token.span()]).collect()
}

#[test]
fn foreign_words_keep_their_hyphens_in_any_case() {
    for word in ["Al-Qaeda", "Jong-un", "Geun-hye", "VN-Index", "GD-ĐT", "start-up", "Al-Thani"] {
        assert_eq!(tokens(word), [word]);
        assert_eq!(tokens(&word.to_uppercase()), [word.to_uppercase()]);
        assert_eq!(tokens(&format!("({word}),")), ["(", word, ")", ","]);
        // What follows does not decide.
        assert_eq!(tokens(&format!("“{word}”")), ["“", word, "”"]);
    }
}

#[test]
fn hyphens_join_vietnamese_words_without_making_them_one() {
    assert_eq!(tokens("kinh tế-xã hội"), ["kinh", "tế", "-", "xã", "hội"]);
    assert_eq!(tokens("Hà Nội-Sydney"), ["Hà", "Nội", "-", "Sydney"]);
    assert_eq!(tokens("VOV-Trung tâm"), ["VOV", "-", "Trung", "tâm"]);
    assert_eq!(tokens("b-"), ["b", "-"]);
    assert_eq!(tokens("GD--ĐT"), ["GD", "--", "ĐT"]);
}

#[test]
fn apostrophes_inside_of_words_are_part_of_them() {
    for word in ["H'Linh", "M’Nông", "O'Hara", "d'Orsay", "women's", "Shi'a", "rock'n'roll"] {
        assert_eq!(tokens(word), [word]);
        assert_eq!(tokens(&format!("{word}.")), [word, "."]);
    }
    assert_eq!(tokens("‘vua’của 'bếp'nhé"), ["‘", "vua", "’", "của", "'", "bếp", "'", "nhé"]);
}

#[test]
fn loan_words_keep_their_hyphens() {
    for word in
        ["Pu-tin", "Niu-Oóc", "Mác-Lênin", "xi-măng", "ô-tô", "cà-vạt", "Mê-hi-cô", "rơ-moóc"]
    {
        assert_eq!(tokens(word), [word]);
        assert_eq!(tokens(&word.to_uppercase()), [word.to_uppercase()]);
    }
    assert_eq!(tokens("tài chính-ngân hàng"), ["tài", "chính", "-", "ngân", "hàng"]);
    assert_eq!(tokens("thi đua-khen thưởng"), ["thi", "đua", "-", "khen", "thưởng"]);
    assert_eq!(tokens("Việt Nam-đất nước"), ["Việt", "Nam", "-", "đất", "nước"]);
    assert_eq!(tokens("quan hệ Nga-Mỹ"), ["quan", "hệ", "Nga", "-", "Mỹ"]);
}

#[test]
fn codes_and_units_are_one() {
    for word in [
        "Su-27",
        "MiG-29",
        "51C-123.45",
        "RON92-II",
        "HIV-1",
        "SARS-CoV-1",
        "QL.1",
        "U.19",
        "B.1.617",
        "07/2021/TT-BTC",
        "15/QĐ-UBND",
        "m³",
        "km²",
        "25°C",
        "38ºC",
        "CO₂",
        "H₂SO₄",
        "PM₂.₅",
        "10⁶",
        "C++",
        "C#",
        ".NET",
        "AT&T",
        "S&P",
        "#dulich",
        "@lan.anh",
        "4,5%",
        "°C",
        "km/h",
        "90km/h",
        "g/cm³",
        "A/H5N1",
        "ĐT.745",
        "H.265",
        "VN-A321",
        "08-NQ/TW",
        "12345-TS",
        "Disney+",
        "Vue.js",
        "thongke.xlsx",
        "T_T",
        "vắc-xin",
        "Phi-líp-pin",
        "Giẻ-Triêng",
        "5‰",
    ] {
        assert_eq!(tokens(word), [word]);
        assert_eq!(tokens(&format!("(ở {word} và)")), ["(", "ở", word, "và", ")"]);
    }
    assert_eq!(tokens("CLB.15 người"), ["CLB", ".", "15", "người"]);
    assert_eq!(tokens("Huế-2024"), ["Huế", "-", "2024"]);
}

#[test]
fn faces_are_one_symbol() {
    assert_eq!(tokens("vui :)) quá :D <3 ^^"), ["vui", ":))", "quá", ":D", "<3", "^^"]);
    assert_eq!(tokens("gồm:(1) gạo"), ["gồm", ":", "(", "1", ")", "gạo"]);
}

#[test]
fn a_lost_line_end_parts_two_words() {
    assert_eq!(tokens("buổi sángMỗi ngày"), ["buổi", "sáng", "Mỗi", "ngày"]);
    assert_eq!(tokens("Ảnh: Hà MinhTheo ông"), ["Ảnh", ":", "Hà", "Minh", "Theo", "ông"]);
    assert_eq!(tokens("khán giảSpotify"), ["khán", "giả", "Spotify"]);
    assert_eq!(tokens("chiếc F-35BGiám đốc"), ["chiếc", "F-35B", "Giám", "đốc"]);
    assert_eq!(tokens("máy WB150FVới"), ["máy", "WB150F", "Với"]);
    assert_eq!(tokens("tàu 22DDH và 5GB"), ["tàu", "22DDH", "và", "5GB"]);
    assert_eq!(tokens("ảnh: REUTERSTuy nhiên"), ["ảnh", ":", "REUTERS", "Tuy", "nhiên"]);
    for name in ["MoMo", "YouTube", "VinFast", "SaPa", "VietNam", "NgoiSao", "HaiTay"] {
        assert_eq!(tokens(name), [name]);
    }
}

#[test]
fn letters_with_a_number_after_the_hyphen_are_one() {
    assert_eq!(tokens("Covid-19 MD-530"), ["Covid-19", "MD-530"]);
    assert_eq!(tokens("quận-1"), ["quận", "-", "1"]);
}

#[test]
fn a_search_for_a_domain_that_goes_on_finds_what_a_new_one_does() {
    // More bytes than one search looks at, with and without an end, and labels of all lengths.
    let labels = ["a.", "bb.", "c1.", "dddddd."];
    for shift in 0..4 {
        let row: String = (0..200).map(|i| labels[(i * i + shift) % labels.len()]).collect();
        for end in ["vn chạy.", "xx chạy.", "vN.", "x-y.vn", "Hà Nội", "vnđ"] {
            let text = format!("{row}{end}");
            let whole = tokens(&text);
            let mut start = 0;
            // To a token it makes no difference that there are labels before it.
            for (at, token) in whole.iter().enumerate() {
                start += text[start..].find(token).expect("tokens come in order");
                if token.starts_with(char::is_alphabetic) {
                    assert_eq!(whole[at..], tokens(&text[start..]), "{text} from {start}");
                }
                start += token.len();
            }
        }
    }
}

#[test]
fn abbreviations_before_names_own_their_stop_in_small_letters_too() {
    assert_eq!(tokens("ở tp. vĩnh long mưa"), ["ở", "tp.", "vĩnh", "long", "mưa"]);
    assert_eq!(tokens("gặp ks. lê an"), ["gặp", "ks.", "lê", "an"]);
    assert_eq!(tokens("pgs. ts. lê an"), ["pgs.", "ts.", "lê", "an"]);
    assert_eq!(tokens("xe ra tp.hcm sớm"), ["xe", "ra", "tp.hcm", "sớm"]);
    assert_eq!(tokens("về tp.vinh chơi"), ["về", "tp.", "vinh", "chơi"]);
    assert_eq!(tokens("đi lên tp.\nmai về"), ["đi", "lên", "tp", ".", "mai", "về"]);
    assert_eq!(tokens("đi làm. tối về"), ["đi", "làm", ".", "tối", "về"]);
}

#[test]
fn foreign_names_keep_the_number_before_them() {
    assert_eq!(tokens("quán 7-Eleven mới"), ["quán", "7-Eleven", "mới"]);
    assert_eq!(tokens("ngày 5-Mar."), ["ngày", "5-Mar", "."]);
    assert_eq!(tokens("Nga 3-Iran 1"), ["Nga", "3", "-", "Iran", "1"]);
    assert_eq!(tokens("lớp 5-Trường Tiểu học"), ["lớp", "5", "-", "Trường", "Tiểu", "học"]);
}

#[test]
fn initials_in_text_of_capitals_own_their_stop() {
    assert_eq!(tokens("ÔNG H. CÚI XUỐNG"), ["ÔNG", "H.", "CÚI", "XUỐNG"]);
    assert_eq!(tokens("VITAMIN C. ĂN CAM"), ["VITAMIN", "C", ".", "ĂN", "CAM"]);
}

#[test]
fn numbers_count_foreign_units_and_months() {
    for word in [
        "6.1-inch", "32-bit", "17-Nov", "17-NOV", "17-nov", "3-May", "M2-Max", "A15+", "9-Up",
        "B2-B9-B7",
    ] {
        assert_eq!(tokens(&format!("{word}.")), [word, "."]);
    }
    assert_eq!(tokens("2019-nay"), ["2019", "-", "nay"]);
    assert_eq!(tokens("Lào 2-Iran 1"), ["Lào", "2", "-", "Iran", "1"]);
    assert_eq!(tokens("8m³/h, Ca²⁺, NO₃⁻"), ["8m³/h", ",", "Ca²⁺", ",", "NO₃⁻"]);
    assert_eq!(tokens("a² − y²"), ["a²", "−", "y²"]);
}

#[test]
fn files_and_domains_in_capitals_are_one() {
    for word in ["2023.pdf", "IMG0034.JPG", "main.py", "VIETNAMNET.VN"] {
        assert_eq!(tokens(&format!("{word},")), [word, ","]);
    }
    assert_eq!(tokens("TP.VN"), ["TP.VN"]);
}

#[test]
fn names_of_three_parts_may_follow_another_name() {
    assert_eq!(tokens("bạn Ghéc-xi-mốp"), ["bạn", "Ghéc-xi-mốp"]);
    assert_eq!(tokens("Xanh Pê-téc-bua"), ["Xanh", "Pê-téc-bua"]);
    assert_eq!(tokens("ông Anh-xtanh"), ["ông", "Anh-xtanh"]);
    assert_eq!(tokens("quan hệ Nga-Iran"), ["quan", "hệ", "Nga", "-", "Iran"]);
    assert_eq!(tokens("Bắc Bộ-Trung Bộ"), ["Bắc", "Bộ", "-", "Trung", "Bộ"]);
    assert_eq!(tokens("Bà Rịa-Vũng Tàu"), ["Bà", "Rịa-Vũng", "Tàu"]);
    assert_eq!(tokens("THỪA THIÊN-HUẾ"), ["THỪA", "THIÊN-HUẾ"]);
}

#[test]
fn an_initial_in_small_letters_follows_a_noun_of_person() {
    assert_eq!(tokens("ông h. đến"), ["ông", "h.", "đến"]);
    assert_eq!(tokens("chị l. đến"), ["chị", "l.", "đến"]);
    assert_eq!(tokens("cho em k. mai nhé"), ["cho", "em", "k", ".", "mai", "nhé"]);
    assert_eq!(tokens("máy h. đến"), ["máy", "h", ".", "đến"]);
}

#[test]
fn names_of_two_parts_may_follow_another_name() {
    assert_eq!(tokens("Bắc Ai-len"), ["Bắc", "Ai-len"]);
    assert_eq!(tokens("Ở Bô-ga-ta, Thượng Vôn-ta"), ["Ở", "Bô-ga-ta", ",", "Thượng", "Vôn-ta"]);
    assert_eq!(tokens("Giô Bai-đơn"), ["Giô", "Bai-đơn"]);
    assert_eq!(tokens("Bạc Liêu-một tỉnh"), ["Bạc", "Liêu", "-", "một", "tỉnh"]);
    assert_eq!(tokens("Hoa Lư-đơn vị"), ["Hoa", "Lư", "-", "đơn", "vị"]);
    assert_eq!(tokens("Cần Thơ-người em"), ["Cần", "Thơ", "-", "người", "em"]);
}

#[test]
fn letters_own_the_numbers_of_versions_and_roads() {
    for word in ["JN.1.7", "XEC.2.1", "CT.08", "EG.5.1"] {
        assert_eq!(tokens(&format!("{word},")), [word, ","]);
    }
    assert_eq!(tokens("CLB.15 người"), ["CLB", ".", "15", "người"]);
    assert_eq!(tokens("ôm nha :-* mai gặp"), ["ôm", "nha", ":-*", "mai", "gặp"]);
}
