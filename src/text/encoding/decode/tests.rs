use super::*;
use crate::text::encoding::encode::encode;
use proptest::prelude::*;

#[test]
fn the_mark_of_each_unicode_form_is_taken_off() {
    for (encoding, mark) in [
        (Encoding::Utf8, UTF8_BOM),
        (Encoding::Utf16Le, UTF16_LE_BOM),
        (Encoding::Utf16Be, UTF16_BE_BOM),
    ] {
        let mut bytes = mark.to_vec();
        bytes.extend(encode("Hội An", encoding).unwrap());
        let decoded = decode(&bytes, encoding).unwrap();
        assert_eq!(decoded.text(), "Hội An");
        assert!(decoded.has_bom());
        assert_eq!(decoded.source_offset(0), mark.len());
        assert_eq!(decoded.source_offset(usize::MAX), bytes.len());
    }
}

#[test]
fn a_contrary_mark_is_an_error() {
    let error = decode(b"\xFE\xFF\0a", Encoding::Utf16Le).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::ContraryMark(Encoding::Utf16Le));
    assert!(error.to_string().contains("the bytes look like utf-16be"), "{error}");
}

#[test]
fn errors_name_position_bytes_and_a_better_guess() {
    let text = "Mưa rơi trên những mái nhà cũ của phố cổ, người đi chợ sớm vẫn thong thả.";
    let bytes = encode(text, Encoding::Tcvn3).unwrap();
    let error = decode(&bytes, Encoding::Utf8).unwrap_err();
    assert_eq!((error.position(), error.bytes()), (1, [0xAD].as_slice()));
    let message = error.to_string();
    assert!(message.starts_with("byte 1 (0xAD) is not valid utf-8; the bytes look like tcvn3"));

    let error = decode(b"a\xE1\xBB", Encoding::Utf8).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::Truncated(Encoding::Utf8));
    let error = decode(b"a\0b", Encoding::Utf16Le).unwrap_err();
    assert_eq!((error.position(), error.bytes()), (2, b"b".as_slice()));
    let error = decode(b"\x00\xD8a\0", Encoding::Utf16Le).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::Undefined(Encoding::Utf16Le));
    let error = decode_detected(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR").unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::NotText);
    assert!(error.to_string().ends_with("the bytes look like a picture, not text"));
}

#[test]
fn an_unsure_encoding_is_not_converted() {
    let error = decode_detected(b"caf\xE9").unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::Unsure);
    assert_eq!((error.position(), error.bytes()), (3, [0xE9].as_slice()));
}

#[test]
fn lossy_decoding_lists_each_place() {
    let decoded = decode_lossy(b"a\xFFb\xE1\xBB", Encoding::Utf8);
    assert_eq!(decoded.text(), "a\u{FFFD}b\u{FFFD}");
    assert_eq!(decoded.replaced(), [1, 3]);
    assert_eq!(decoded.source_offset(4), 2);
    assert_eq!(decode_lossy(b"\xF8a", Encoding::Vni).text(), "\u{FFFD}a");
}

#[test]
fn decomposed_text_of_unicode_stays_decomposed() {
    let text = "ti\u{EA}\u{301}ng";
    assert_eq!(decode(text.as_bytes(), Encoding::Utf8).unwrap().text(), text);
    // Code page 1258 writes marks as bytes of their own; its letters come out composed.
    assert_eq!(decode(b"ti\xEA\xECng", Encoding::Windows1258).unwrap().text(), "tiếng");
}

proptest! {
    #[test]
    fn any_bytes_decode_or_fail_and_offsets_stay_in_order(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        for encoding in Encoding::ALL {
            let decoded = decode_lossy(&bytes, encoding);
            prop_assert_eq!(decode(&bytes, encoding).is_ok(), decoded.replaced().is_empty());
            let mut before = 0;
            for offset in 0..=decoded.text().len() + 1 {
                let source = decoded.source_offset(offset);
                prop_assert!(before <= source && source <= bytes.len());
                before = source;
            }
            prop_assert_eq!(before, bytes.len());
        }
        let _ = decode_detected(&bytes);
    }

    #[test]
    fn a_mapped_offset_begins_the_same_character(text in "[a-zà-ỹĐđ“ ”\u{1F600}.]{0,200}") {
        for encoding in Encoding::ALL {
            let Ok(bytes) = encode(&text, encoding) else { continue };
            let decoded = decode(&bytes, encoding).unwrap();
            for (offset, letter) in decoded.text().char_indices() {
                let at = decoded.source_offset(offset);
                let tail = decode(&bytes[at..], encoding).unwrap();
                prop_assert_eq!(tail.text().chars().next(), Some(letter));
            }
        }
    }
}
