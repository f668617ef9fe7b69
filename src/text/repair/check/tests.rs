use super::*;
use crate::text::encoding::detect::Content;
use crate::text::encoding::encode::encode;
use crate::text::repair::normalize::{Normalizer, Survey};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// Problem, text that has it, count, first byte, first sample, fix.
const CASES: [(Problem, &str, usize, usize, &str, &str); 21] = [
    (Problem::LostLetters, "Vi\u{FFFD}t Nam", 1, 2, "Vi\u{FFFD}t", ""),
    (Problem::Mojibake, "Viá»‡t Nam mÆ°a", 2, 2, "Viá»‡t", "mojibake"),
    (Problem::Utf7, "một Vi+Hsc-t", 1, 8, "Vi+Hsc-t", "utf-7"),
    (Problem::References, "Vi&#7879;t", 1, 2, "Vi&#7879;t", "references"),
    (Problem::Viqr, "Ta^.p ddo.c tie^'ng Vie^.t", 4, 0, "Ta^.p", "viqr"),
    (Problem::Telex, "qua caauf sang chowj mua caf nhes", 4, 4, "caauf", "telex"),
    (Problem::Vni, "ba2 ba1n che2 d9a65u ca6u hoi3", 6, 0, "ba2", "vni"),
    (Problem::QuestionMarks, "h?c ti?ng, không?anh", 2, 0, "h?c", ""),
    (Problem::LookAlikes, "ở \u{421}ông ty", 1, 4, "Сông", "look-alikes"),
    (Problem::Decomposed, "qua\u{309} ổi", 1, 2, "qua\\u{309}", "nfc"),
    (Problem::CrossedD, "ở \u{D0}à Lạt", 1, 4, "\\u{d0}à", "d-stroke"),
    (Problem::Invisible, "Vi\u{AD}ệt", 1, 2, "Vi\\u{ad}ệt", "invisible"),
    (Problem::Controls, "một\u{8}hai", 1, 5, "một\\u{8}hai", "controls"),
    (Problem::Spaces, "5\u{A0}kg", 1, 1, "5\\u{a0}kg", "spaces"),
    (Problem::Fullwidth, "ＯＫ nhé", 2, 0, "ＯＫ", "fullwidth"),
    (Problem::LineEnds, "một\nhai\nba\r\n", 1, 13, "", "line-ends"),
    (Problem::Capitals, "VIệT NAM", 1, 0, "VIệT", "capitals"),
    (Problem::MixedToneStyle, "hòa, thủy và khoẻ", 1, 17, "khoẻ", "tone old"),
    (Problem::MisplacedTone, "tòan qúa", 2, 0, "tòan", "tone old"),
    (Problem::OcrLike, "đi h ọc c0ng 1ại", 3, 4, "h ọc", ""),
    (Problem::Glued, "đượcnghỉ học", 1, 0, "đượcnghỉ", ""),
];

#[test]
fn each_problem_is_found_counted_and_placed() {
    for (problem, text, count, first, sample, fix) in CASES {
        let report = check(text);
        let finding = report.finding(problem).unwrap_or_else(|| panic!("{problem:?}: {report:?}"));
        assert_eq!(finding.count(), count, "{problem:?}");
        assert_eq!(finding.first().unwrap().byte(), first, "{problem:?}");
        if !sample.is_empty() {
            assert_eq!(finding.samples()[0], sample, "{problem:?}");
        }
        let command = (!fix.is_empty()).then(|| format!("tomtat normalize --{fix}"));
        assert_eq!(finding.fix(), command.as_deref(), "{problem:?}");
    }
}

#[test]
fn an_encoding_under_a_wrong_name_is_named() {
    let report = check("Céng hoµ x· héi chñ nghÜa ViÖt Nam, ®éc lËp, tù do");
    let finding = report.finding(Problem::Misread).unwrap();
    assert_eq!((finding.count(), finding.first().unwrap().byte()), (8, 0));
    assert_eq!(finding.fix(), Some("tomtat normalize --misread tcvn3"));
}

#[test]
fn a_text_that_was_read_wrongly_has_one_command() {
    let mojibake = "Ä\u{90}i lÃ\u{AD}nh vÃ\u{A0} vá»\u{81} quÃª, KhÃ´ng gÃ¬ hÆ¡n";
    let misread = "N\u{AD}íc ch¶y ®¸ mßn, ®\u{AD}êng xa kh«ng ng¹i, b¹n bÌ\u{A0}c\u{FB}ng ®i";
    for (text, command) in [(mojibake, "--mojibake"), (misread, "--misread tcvn3")] {
        let report = check(text);
        let commands: Vec<&str> = report.findings().iter().filter_map(Finding::fix).collect();
        assert_eq!(commands, [format!("tomtat normalize {command}")], "{report:?}");
        assert!(report.findings().len() > 1);
    }
}

#[test]
fn the_named_command_fixes_it() {
    for (problem, fix) in [
        (Problem::Mojibake, Fix::Mojibake),
        (Problem::Utf7, Fix::Utf7),
        (Problem::References, Fix::References),
        (Problem::Viqr, Fix::Viqr),
        (Problem::Telex, Fix::Telex),
        (Problem::Vni, Fix::Vni),
        (Problem::LookAlikes, Fix::LookAlikes),
        (Problem::Decomposed, Fix::Compose),
        (Problem::CrossedD, Fix::CrossedD),
        (Problem::Invisible, Fix::Invisible),
        (Problem::Controls, Fix::Controls),
        (Problem::Spaces, Fix::Spaces),
        (Problem::Fullwidth, Fix::Fullwidth),
        (Problem::LineEnds, Fix::LineEnds),
        (Problem::Capitals, Fix::Capitals),
        (Problem::MixedToneStyle, Fix::Tone(crate::text::syllable::ToneStyle::Old)),
        (Problem::MisplacedTone, Fix::Tone(crate::text::syllable::ToneStyle::Old)),
    ] {
        let (_, text, ..) = CASES.iter().find(|case| case.0 == problem).unwrap();
        let fixed = Normalizer::new().with(fix).normalize(text).into_text();
        assert_eq!(check(&fixed).finding(problem), None, "{problem:?}");
    }
}

#[test]
fn sound_text_has_no_findings() {
    let text = "Chiều thứ Bảy, ông T. (52 tuổi, ở TP.HCM) cho biết: “Giá xăng 24.580đ/lít, \
                tăng 1,5% so với ngày 12/6.”\nCầu thủ số 10 của CLB Hà Nội ghi bàn ở phút 90+2.\n\
                Quý khách hỏi thăm sức khỏe bà Thúy, hòa nhã và cởi mở…\n";
    let report = check(text);
    assert_eq!(report.findings(), []);
    let statistics = report.statistics();
    assert_eq!((statistics.lines, statistics.old_style, statistics.new_style), (3, 3, 0));
    assert_eq!(statistics.decomposed_letters, 0);
}

#[test]
fn lines_without_marks_are_told_from_english() {
    let report = check("Hôm nay trời đẹp.\nHom nay troi dep qua, minh di choi nhe ban oi.\n");
    let finding = report.finding(Problem::WithoutMarks).unwrap();
    assert_eq!(finding.first().unwrap().line(), 2);
    assert_eq!(finding.count(), 11);
    let report = check("Duong ve nha, truong cu, nuoc song len nhanh.");
    assert_eq!(report.finding(Problem::WithoutMarks).unwrap().count(), 9);
    let report = check("The old man and the sea is a short novel that he wrote in Cuba.");
    assert_eq!(report.finding(Problem::WithoutMarks), None);
}

#[test]
fn decomposed_letters_are_counted_as_letters() {
    let text: String = "tiếng Việt đẹp".nfd().collect();
    let report = check(&text);
    assert_eq!(report.statistics().decomposed_letters, 3);
    assert_eq!(report.statistics().composed_letters, 0);
    let finding = report.finding(Problem::Decomposed).unwrap();
    assert_eq!((finding.count(), finding.out_of()), (3, Some(3)));
    assert_eq!(report.statistics().syllables, 3);
    let half = check("tiê\u{301}ng Việt");
    assert_eq!(half.statistics().decomposed_letters, 1);
    assert_eq!(half.statistics().composed_letters, 1);
}

#[test]
fn an_older_encoding_is_the_first_finding_and_offsets_reach_its_bytes() {
    let text = "Chợ quê ngày Tết đông vui, người người sắm sửa; bà con hoà thuận, xóm làng \
                yên bình, trẻ nhỏ khoẻ mạnh và qúa vui.";
    let bytes = encode(text, Encoding::Vni).unwrap();
    let report = check_bytes(&bytes, None);
    assert_eq!(report.findings()[0].problem(), Problem::Encoding);
    assert_eq!(report.findings()[0].fix(), Some("tomtat normalize --encoding vni"));
    let finding = report.finding(Problem::MisplacedTone).unwrap();
    let at = finding.source_byte().unwrap();
    assert_eq!(&bytes[at..at + 4], b"qu\xF9a");
    assert!(report.detection().unwrap().confidence() > 0.9);
}

#[test]
fn undefined_bytes_and_marks_are_found() {
    let report = check_bytes(b"\xEF\xBB\xBFch\xE0o", Some(Encoding::Utf8));
    let finding = report.finding(Problem::UndefinedBytes).unwrap();
    assert_eq!((finding.count(), finding.source_byte()), (1, Some(5)));
    assert!(report.finding(Problem::ByteOrderMark).is_some());
    assert_eq!(report.finding(Problem::LostLetters), None);
    let report = check_bytes(b"%PDF-1.4 ...", None);
    assert_eq!(report.detection().unwrap().content(), Content::Pdf);
    assert!(report.findings().is_empty());
}

#[test]
fn a_report_serializes_with_kebab_case_names() {
    let json = serde_json::to_value(check("qúa")).unwrap();
    assert_eq!(json["findings"][0]["problem"], "misplaced-tone");
    assert_eq!(json["findings"][0]["first"]["column"], 1);
    assert_eq!(json["statistics"]["syllables"], 1);
}

proptest! {
    #[test]
    fn any_bytes_give_a_report_in_order(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let report = check_bytes(&bytes, None);
        prop_assert!(report.findings().windows(2).all(|pair| pair[0].problem() < pair[1].problem()));
        for encoding in Encoding::ALL {
            let _ = check_bytes(&bytes, Some(encoding));
        }
    }

    #[test]
    fn any_text_gives_places_within_it(text in "[a-eio à-ỹĐ\u{D0}\u{300}-\u{323}\r\n\u{A0}\u{200B}01|Ãáº¡»]{0,60}") {
        for finding in check(&text).findings() {
            prop_assert!(finding.count() > 0 && finding.samples().len() <= SAMPLES);
            let first = finding.first().unwrap();
            prop_assert!(text.get(first.byte()..).is_some());
        }
    }
}

#[test]
fn a_few_broken_bytes_make_no_other_encoding() {
    let mut bytes = "Quán nhỏ bên sông bán cháo cá lóc rau đắng.".as_bytes().to_vec();
    // The first byte of ỏ alone.
    let place = bytes.windows(3).position(|w| w == "ỏ".as_bytes()).unwrap();
    bytes.splice(place..place + 3, [0xE1]);
    let report = check_bytes(&bytes, None);
    assert_eq!(report.encoding(), Some(Encoding::Utf8));
    assert!(report.finding(Problem::Encoding).is_none());
    let finding = report.finding(Problem::UndefinedBytes).unwrap();
    assert_eq!((finding.count(), finding.source_byte()), (1, Some(place)));
}

/// Cuts behind some of the line ends.
fn parts(text: &str, which: u64) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    for (number, (at, _)) in text.match_indices('\n').enumerate() {
        if which >> (number % 64) & 1 == 1 {
            parts.push(&text[start..=at]);
            start = at + 1;
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Words with problems of all kinds.
const WORDS: [&str; 36] = [
    "hòa",
    "hoà",
    "qúa",
    "Viá»‡t",
    "mÆ°a",
    "Vi·ªát",
    "XÃ”",
    "một",
    "Vi+Hsc-t",
    "&#7879;",
    "Ta^.p",
    "ddo.c",
    "tie^'ng",
    "h?c",
    "\u{421}ông",
    "qua\u{309}",
    "\u{D0}à",
    "\u{D0}HQG",
    "Vi\u{AD}ệt",
    "\u{200E}a",
    "\u{5E9}",
    "a\u{8}b",
    "5\u{A0}kg",
    "ＯＫ",
    "VIệT",
    "h ọc",
    "c0ng",
    "đượcnghỉ",
    "ViÖt",
    "N\u{AD}íc",
    "lµ",
    "mét",
    "nha cua toi o day",
    "<br>",
    "\u{FFFD}",
    "x\r",
];

/// The text of words with what stands behind each.
fn text_of(words: &[(usize, usize)]) -> String {
    words.iter().flat_map(|&(word, gap)| [WORDS[word], [" ", " ", "\n", "\r\n"][gap]]).collect()
}

proptest! {
    #[test]
    fn parts_give_the_report_of_the_whole(
        words in proptest::collection::vec((0..WORDS.len(), 0..4_usize), 0..40),
        which in 0..u64::MAX,
    ) {
        let text = text_of(&words);
        let parts = parts(&text, which);
        let mut detector = Detector::default();
        parts.iter().for_each(|part| detector.add(part.as_bytes()));
        let mut checker = BytesChecker::new(&detector, None);
        parts.iter().for_each(|part| checker.survey(part.as_bytes()));
        parts.iter().for_each(|part| checker.check(part.as_bytes()));
        prop_assert_eq!(checker.finish(), check_bytes(text.as_bytes(), None));
    }

    #[test]
    fn parts_are_fixed_as_the_whole(
        words in proptest::collection::vec((0..WORDS.len(), 0..4_usize), 0..40),
        which in 0..u64::MAX,
    ) {
        let text = text_of(&words);
        let normalizer = Fix::ALL.into_iter().fold(Normalizer::new(), Normalizer::with);
        let normalizer = normalizer.with_force(true);
        let parts = parts(&text, which);
        let mut survey = Survey::default();
        parts.iter().for_each(|part| survey.add(part));
        let fixed: String = parts
            .iter()
            .map(|part| normalizer.normalize_part(part, &survey).into_text().into_owned())
            .collect();
        let whole = normalizer.normalize(&text);
        prop_assert_eq!(fixed, whole.text());
    }
}
