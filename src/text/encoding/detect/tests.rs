use super::*;
use crate::text::encoding::encode::encode;
use proptest::prelude::*;

/// Short texts of several kinds, written for this test.
const SAMPLES: [&str; 4] = [
    "Sáng nay, chợ nổi đông hơn mọi ngày vì có thêm nhiều ghe chở trái cây từ miệt vườn về.",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM. Độc lập - Tự do - Hạnh phúc",
    "Ông Nguyễn Văn Ẩn cho biết: “Giá lúa đã tăng 3,5%”, và nói thêm rằng vụ mùa năm nay tốt.",
    "Ở Đà Nẵng, Ủy ban Ứng phó với Ảnh hưởng của Ẩm độ đã họp; Ý kiến của Ỷ Lan rất đáng chú ý.",
];

#[test]
fn legacy_samples_are_named_with_certainty() {
    for sample in SAMPLES {
        for encoding in [
            Encoding::Windows1258,
            Encoding::Tcvn3,
            Encoding::Vni,
            Encoding::Viscii,
            Encoding::Tcvn5712,
        ] {
            let Ok(bytes) = encode(sample, encoding) else { continue };
            let found = detect(&bytes);
            let best = found.encoding().unwrap();
            let text = crate::text::encoding::decode::decode(&bytes, best).unwrap().into_text();
            assert_eq!(text, sample, "{encoding} taken for {best}");
            assert!(found.confidence() > 0.9, "{encoding}: {found:?}");
        }
    }
}

#[test]
fn utf16_without_a_mark_is_told_by_its_zero_bytes() {
    for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
        let found = detect(&encode(SAMPLES[0], encoding).unwrap());
        assert_eq!(found.encoding(), Some(encoding));
        assert!(found.confidence() > 0.9);
        assert!(found.evidence()[0].contains("16-bit units"));
    }
}

#[test]
fn ascii_and_utf8_are_plain() {
    let found = detect(b"khong dau");
    assert_eq!((found.encoding(), found.confidence()), (Some(Encoding::Utf8), 0.999));
    let found = detect("một đêm".as_bytes());
    assert_eq!(found.encoding(), Some(Encoding::Utf8));
    assert!(found.confidence() > 0.9 && found.candidates().is_empty());
}

#[test]
fn damaged_utf8_is_still_utf8() {
    let mut bytes = SAMPLES[0].as_bytes().to_vec();
    bytes.push(0xFF);
    let found = detect(&bytes);
    assert_eq!(found.encoding(), Some(Encoding::Utf8));
    assert!(found.evidence()[0].contains("1 are not"), "{:?}", found.evidence());
}

#[test]
fn binary_is_no_text() {
    assert_eq!(detect(b"").content(), Content::Empty);
    assert_eq!(detect(b"\xEF\xBB\xBF").content(), Content::Empty);
    assert_eq!(detect(b"\x01\x02\x00\xFF\xFE\x00\x80").content(), Content::Binary);
    let noise: Vec<u8> =
        (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    assert_eq!(detect(&noise).content(), Content::Binary);
    let noise: Vec<u8> = noise.into_iter().filter(|&b| b != 0).collect();
    assert_eq!(detect(&noise).content(), Content::Binary);
}

#[test]
fn western_text_is_not_taken_for_vietnamese() {
    let text = "Le garçon étudiait à l'école près de la forêt, où sa sœur aînée était née.";
    let found = detect(&encode(text, Encoding::Windows1252).unwrap());
    assert_eq!(found.encoding(), Some(Encoding::Windows1252));
}

/// What code page 1252 shows of Turkish, Hungarian, Czech and Polish.
const OTHER_PAGES: [&str; 4] = [
    "Çocuklar bu sabah erken kalktý, yaðmur dinmiþti ve þehir çok güzel görünüyordu.",
    "Az õszi esõ után a gyerekek tûzijátékot néztek, és jó idõt kívántak a nagyszülõknek.",
    "Vèera veèer pøišla zpráva, že mìsto dostane nové høištì pro nejmenší dìti.",
    "W sobotê wieczorem ma³y ch³opiec znalaz³ w ogródku ¿ó³wia i zaniós³ go do domu.",
];

#[test]
fn languages_of_other_code_pages_are_not_certain() {
    for text in OTHER_PAGES {
        let found = detect(&encode(text, Encoding::Windows1252).unwrap());
        assert!(found.confidence() < 0.9, "{text}: {found:?}");
    }
    for text in [
        "Der Bürgermeister begrüßte die Gäste, die trotz des Schnees gekommen waren; schöne Grüße.",
        "El niño soñó que volaba sobre la montaña y despertó feliz en su habitación pequeña.",
        "As crianças não sabiam se a excursão à praia ia acontecer na manhã de sábado; os avós também \
         estavam ansiosos, pois as estações já tinham fechado e o último comboio não saía às três.",
        "Börnin fóru í sund í gær og þótti veðrið gott, þó að það væri svolítill vindur.",
    ] {
        let found = detect(&encode(text, Encoding::Windows1252).unwrap());
        assert_eq!(found.encoding(), Some(Encoding::Windows1252), "{text}: {found:?}");
        assert!(found.confidence() > 0.9, "{text}: {found:?}");
    }
}

#[test]
fn a_declaration_decides_where_words_do_not() {
    let plain = detect(b"<p>\xE9");
    let told = detect(b"<meta charset=\"windows-1258\"><p>\xE9");
    assert_eq!(told.encoding(), Some(Encoding::Windows1258));
    assert!(told.evidence().iter().any(|line| line.contains("declares windows-1258")));
    assert!(plain.confidence() < 0.9);
}

proptest! {
    #[test]
    fn any_bytes_are_judged(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let found = detect(&bytes);
        prop_assert!((0.0..=1.0).contains(&found.confidence()));
        prop_assert!(!found.evidence().is_empty());
        prop_assert_eq!(found.content() == Content::Text, found.encoding().is_some());
    }
}
