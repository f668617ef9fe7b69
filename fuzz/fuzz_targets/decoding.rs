//! Any bytes in any encoding: what was decoded without a loss and encoded reads as the same text,
//! with its letters composed, and gives the same bytes again; positions stay inside of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::decode::{decode, decode_detected, decode_lossy};
use tomtat::text::encoding::encode::encode;
use tomtat::text::encoding::misread::{misread, reread};
use tomtat::text::encoding::mojibake;
use tomtat::text::key::fold;
use tomtat::text::repair::check::check_bytes;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(decoded) = decode_detected(bytes) {
        assert!(decoded.source_offset(decoded.text().len()) <= bytes.len());
    }
    let _ = check_bytes(bytes, None);
    for encoding in Encoding::ALL {
        let _ = decode_lossy(bytes, encoding);
        let Ok(decoded) = decode(bytes, encoding) else { continue };
        let text = decoded.text();
        if let Ok(again) = encode(text, encoding) {
            // Encoders compose letters, which may put their marks into another order.
            let composed = decode(&again, encoding).expect("our own bytes");
            assert_eq!(fold(composed.text()), fold(text));
            assert_eq!(encode(composed.text(), encoding).expect("our own text"), again);
        }
        let _ = reread(text, encoding);
    }
    let text = String::from_utf8_lossy(bytes);
    let _ = misread(&text);
    for letter in mojibake::find(&text) {
        assert!(text.get(letter.range()).is_some());
    }
});
