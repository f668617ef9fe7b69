use super::*;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

fn fixed(text: &str, fix: Fix) -> String {
    Normalizer::new().with(fix).normalize(text).into_text().into_owned()
}

#[test]
fn letters_are_composed_in_whatever_order_their_marks_are() {
    let text = "Người Việt ở xứ lạ, ký ức về Tết đầm ấm";
    let decomposed: String = text.nfd().collect();
    assert_eq!(fixed(&decomposed, Fix::Compose), text);
    assert_eq!(fixed("e\u{301}\u{302}, a\u{302}\u{323}, \u{1EA1}\u{306}", Fix::Compose), "ế, ậ, ặ");
    assert_eq!(fixed("각 \u{1112}\u{1161}\u{11AB} \u{212B}", Fix::Compose), "각 한 Å");
}

#[test]
fn look_alikes_of_d_are_fixed_in_vietnamese_words_only() {
    let fix = |text| fixed(text, Fix::CrossedD);
    assert_eq!(fix("\u{D0}à Nẵng, \u{189}ông, \u{F0}i"), "Đà Nẵng, Đông, đi");
    assert_eq!(fix("\u{D0}HQG và H\u{D0}ND ở \u{D0}ắk Lắk"), "ĐHQG và HĐND ở Đắk Lắk");
    // Icelandic keeps its letter, in a text of its own and in a Vietnamese one.
    assert_eq!(fix("Það er \u{D0} og ð í orði"), "Það er \u{D0} og ð í orði");
    assert_eq!(fix("Cầu thủ Guðmundur ghi bàn"), "Cầu thủ Guðmundur ghi bàn");
}

#[test]
fn invisible_characters_go_where_they_have_no_effect() {
    let fix = |text| fixed(text, Fix::Invisible);
    assert_eq!(fix("\u{FEFF}Vi\u{200B}ệt\u{AD} Nam\u{200E}\u{200C}"), "Việt Nam");
    let family = "👨\u{200D}👩\u{200D}👧";
    assert_eq!(fix(family), family);
    let persian = "می\u{200C}خواهم \u{200F}";
    assert_eq!(fix(persian), persian);
}

#[test]
fn wrongly_decoded_letters_are_undone_before_anything_else() {
    let all = Fix::ALL.into_iter().fold(Normalizer::new(), Normalizer::with);
    // Đ, í and à hold a control code, a soft hyphen and a no-break space.
    let text = "Ä\u{90}i lÃ\u{AD}nh vÃ\u{A0} vá»\u{81}";
    assert_eq!(all.normalize(text).text(), "Đi lính và về");
    assert_eq!(Normalizer::safe().with(Fix::Mojibake).normalize(text).text(), "Đi lính và về");
}

#[test]
fn each_fix_changes_its_own_signs() {
    assert_eq!(fixed("a\u{0}b\u{7F}c\td\u{8D}", Fix::Controls), "abc\td");
    assert_eq!(fixed("một\r\nhai\rba\u{2028}bốn\n", Fix::LineEnds), "một\nhai\nba\nbốn\n");
    assert_eq!(fixed("5\u{A0}kg\u{3000}gạo", Fix::Spaces), "5 kg gạo");
    assert_eq!(fixed("ＡＢＣ１２３！", Fix::Fullwidth), "ABC123!");
    assert_eq!(fixed("“Ừ”, ‘à’ «ơ»", Fix::Quotes), "\"Ừ\", 'à' \"ơ\"");
    assert_eq!(fixed("CộNG HOà VIệT Và Cộng", Fix::Capitals), "CỘNG HOÀ VIỆT Và Cộng");
    assert_eq!(fixed("hoà, qúa", Fix::Tone(ToneStyle::Old)), "hòa, quá");
}

#[test]
fn nothing_to_mend_is_borrowed() {
    let text = "Tháng Giêng là tháng ăn chơi, “tháng hai” trồng đậu…";
    let normalized = Normalizer::safe().normalize(text);
    assert!(normalized.changes().is_empty());
    assert!(matches!(normalized.into_text(), Cow::Borrowed(_)));
}

#[test]
fn changes_are_counted_and_aligned() {
    let before = "\u{D0}ông\u{A0}hoa\u{300} vui";
    let normalizer = Normalizer::safe().with(Fix::Tone(ToneStyle::Old));
    let normalized = normalizer.normalize(before);
    assert_eq!(normalized.text(), "Đông hòa vui");
    let changes: Vec<String> = normalized.changes().iter().map(ToString::to_string).collect();
    assert_eq!(changes, ["spaces: 1", "nfc: 1", "d-stroke: 1", "tone old: 1"]);
    let word = normalized.text().find("hòa").unwrap();
    let range = normalized.alignment().before(word..word + "hòa".len());
    assert_eq!(&before[range], "hoa\u{300}");
    let word = normalized.text().find("vui").unwrap();
    assert_eq!(&before[normalized.alignment().before(word..word + 3)], "vui");
}

/// Texts with much to fix: letters, marks, look-alikes, odd signs, pieces of wrong decoding.
fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-eoquyA-EOQUY ]{1,3}",
        "[à-ỹĐđÀÃÂÁẠ]{1,2}",
        "[\u{300}-\u{309}\u{31B}\u{323}\u{D0}\u{189}\u{F0}]{1,2}",
        "[\u{A0}\u{AD}\u{200B}-\u{200F}\u{2028}\u{FEFF}\r\n\u{80}-\u{9F}\u{0}-\u{8}]",
        "[ÂÃÄÅÆáâº»¼½¾¡§©€†‡“”…‹›ＡＢ１]{1,3}",
        Just("Viá»‡t".to_owned()),
        Just("hoà thuỷ qúy".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn normalizing_twice_changes_nothing(text in odd_text(), chosen in any::<u32>()) {
        let normalizer = Fix::ALL
            .into_iter()
            .enumerate()
            .filter(|(i, _)| chosen >> i & 1 == 1)
            .fold(Normalizer::new(), |normalizer, (_, fix)| normalizer.with(fix));
        let once = normalizer.normalize(&text);
        let twice = normalizer.normalize(once.text());
        prop_assert_eq!(twice.text(), once.text());
        prop_assert!(twice.changes().is_empty());
    }

    #[test]
    fn texts_agree_between_the_differences(text in odd_text()) {
        let normalizer = Fix::ALL.into_iter().fold(Normalizer::new(), Normalizer::with);
        let normalized = normalizer.normalize(&text);
        let (mut before, mut after) = (0, 0);
        for d in normalized.alignment().differences() {
            prop_assert_eq!(&text[before..d.before().start], &normalized.text()[after..d.after().start]);
            (before, after) = (d.before().end, d.after().end);
        }
        prop_assert_eq!(&text[before..], &normalized.text()[after..]);
        for (start, _) in normalized.text().char_indices() {
            let range = normalized.alignment().before(start..normalized.text().len());
            prop_assert!(text.get(range).is_some());
        }
    }
}

#[test]
fn tone_and_d_stroke_leave_addresses_and_foreign_names_alone() {
    let kept = "https://báo.vn/hoà-ðà @hoà #hoàbình C:\\Hoà\\ðơn tài_liệu/hoà.txt hoà@vnn.vn Noé";
    let text = format!("{kept} hoà");
    assert_eq!(fixed(&text, Fix::Tone(ToneStyle::Old)), format!("{kept} hòa"));
    let text = format!("{kept} ðã");
    assert_eq!(fixed(&text, Fix::CrossedD), format!("{kept} đã"));
    // A stop after the word, a slash between two words and a sentence run on make no address.
    assert_eq!(
        fixed("Hoà. Khoẻ/hoà, thuỷ.Tôi", Fix::Tone(ToneStyle::Old)),
        "Hòa. Khỏe/hòa, thủy.Tôi"
    );
}

#[test]
fn the_last_vowel_is_written_one_way() {
    let with = |written| move |text| fixed(text, Fix::FinalVowel(written));
    let (with_i, with_y) = (with(FinalVowel::I), with(FinalVowel::Y));
    let text = "Ông Lý, bác sĩ ở Mỹ, có lý do và kỹ năng; quý khách, tỉ lệ, vì, mì, bí";
    assert_eq!(
        with_i(text),
        "Ông Lý, bác sĩ ở Mỹ, có lí do và kĩ năng; quý khách, tỉ lệ, vì, mì, bí"
    );
    assert_eq!(
        with_y(text),
        "Ông Lý, bác sĩ ở Mỹ, có lý do và kỹ năng; quý khách, tỷ lệ, vì, mì, bí"
    );
}

#[test]
fn words_of_a_heading_in_capitals_become_capital_as_a_whole() {
    let fix = |text| fixed(text, Fix::Capitals);
    assert_eq!(
        fix("VIệT NAM Và THế GIớI ở HộI AN\nVà đó."),
        "VIỆT NAM VÀ THẾ GIỚI Ở HỘI AN\nVà đó."
    );
    assert_eq!(fix("Ông nói: “Và ở Hà Nội”"), "Ông nói: “Và ở Hà Nội”");
}

#[test]
fn letters_of_other_scripts_inside_of_words_become_latin() {
    let fix = |text| fixed(text, Fix::LookAlikes);
    assert_eq!(fix("\u{421}ông ty \u{445}in ch\u{E0}o"), "Công ty xin chào");
    assert_eq!(fix("Сон ΑΒΓ αβγ Москва, 5 μm"), "Сон ΑΒΓ αβγ Москва, 5 μm");
}
