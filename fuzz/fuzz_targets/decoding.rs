//! Any bytes in any encoding: what was decoded without a loss gives the same bytes when encoded and
//! decoded again, and positions stay inside of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::decode::{decode, decode_detected, decode_lossy};
use tomtat::text::encoding::encode::encode;
use tomtat::text::encoding::misread::{misread, reread};
use tomtat::text::encoding::mojibake;
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
            assert_eq!(decode(&again, encoding).expect("our own bytes").text(), text);
        }
        let _ = reread(text, encoding);
    }
    let text = String::from_utf8_lossy(bytes);
    let _ = misread(&text);
    for letter in mojibake::find(&text) {
        assert!(text.get(letter.range()).is_some());
    }
});
