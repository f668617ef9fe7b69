//! Files in every encoding, tables against the shared ones, and how often the detector is right.

use std::io::{BufRead, BufReader};

use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::decode::{Decoded, decode, decode_detected};
use tomtat::text::encoding::detect::detect;
use tomtat::text::encoding::encode::encode;

use crate::common::shared;

const TEXT: &str = include_str!("../fixtures/encodings/cho-que.txt");

/// The same text, converted by iconv or by hand from the charts, not by this crate.
const FILES: [(Encoding, &[u8]); 7] = [
    (Encoding::Utf16Le, include_bytes!("../fixtures/encodings/cho-que.utf-16le.txt")),
    (Encoding::Utf16Be, include_bytes!("../fixtures/encodings/cho-que.utf-16be.txt")),
    (Encoding::Windows1258, include_bytes!("../fixtures/encodings/cho-que.windows-1258.txt")),
    (Encoding::Tcvn3, include_bytes!("../fixtures/encodings/cho-que.tcvn3.txt")),
    (Encoding::Tcvn5712, include_bytes!("../fixtures/encodings/cho-que.tcvn5712-1.txt")),
    (Encoding::Vni, include_bytes!("../fixtures/encodings/cho-que.vni.txt")),
    (Encoding::Viscii, include_bytes!("../fixtures/encodings/cho-que.viscii.txt")),
];

#[test]
fn files_are_detected_and_give_the_text() {
    for (encoding, bytes) in FILES {
        let decoded = decode(bytes, encoding).unwrap();
        assert_eq!(decoded.text(), TEXT, "{encoding}");
        let found = detect(bytes);
        assert_eq!(found.encoding(), Some(encoding), "{found:?}");
        assert!(found.confidence() > 0.95, "{encoding}: {found:?}");
        assert_eq!(decode_detected(bytes).unwrap().text(), TEXT);
    }
}

#[test]
fn text_is_written_as_the_files_are() {
    for (encoding, bytes) in FILES {
        let mark: &[u8] = if encoding == Encoding::Utf16Le { b"\xFF\xFE" } else { b"" };
        let written = encode(TEXT, encoding).unwrap();
        assert_eq!([mark, &written].concat(), bytes, "{encoding}");
    }
}

/// The letters whose bytes in the shared table of VNI differ from the chart of the fonts: it
/// gives ỷ and ỹ one byte each, of which that of ỹ is the one of ì.
const VNI_DOUBTFUL: [char; 4] = ['ỷ', 'ỹ', 'Ỷ', 'Ỹ'];

#[test]
fn all_letters_agree_with_the_shared_tables() {
    let Some(path) = shared("data/encodings/legacy_encodings.tsv") else { return };
    let table = std::fs::read_to_string(path).unwrap();
    let columns = [
        Encoding::Tcvn5712,
        Encoding::Viscii,
        Encoding::Windows1258,
        Encoding::Vni,
        Encoding::Tcvn3,
    ];
    let mut letters = 0;
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let letter = fields[0];
        letters += 1;
        for (encoding, hex) in columns.iter().zip(&fields[3..]) {
            let bytes: Vec<u8> = (0..hex.len())
                .step_by(2)
                .map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap())
                .collect();
            let is_doubtful =
                *encoding == Encoding::Vni && letter.chars().all(|c| VNI_DOUBTFUL.contains(&c));
            if !is_doubtful {
                assert_eq!(encode(letter, *encoding).unwrap(), bytes, "{letter} in {encoding}");
            }
            if !(is_doubtful && matches!(letter, "ỹ" | "Ỹ")) {
                assert_eq!(decode(&bytes, *encoding).unwrap().text(), letter, "{encoding}");
            }
        }
    }
    assert_eq!(letters, 134);
}

/// Bodies of news articles, every hundredth of the corpus.
fn news() -> Option<Vec<String>> {
    let path = shared("data/news/vinews-train.jsonl.zst")?;
    let file = std::fs::File::open(path).expect("a readable corpus");
    let reader =
        BufReader::new(ruzstd::decoding::StreamingDecoder::new(file).expect("a zstd file"));
    let mut bodies = Vec::new();
    for line in reader.lines().step_by(100).take(150) {
        let record: serde_json::Value =
            serde_json::from_str(&line.expect("a line of text")).expect("a JSON record");
        bodies.push(record["body"].as_str().expect("a body").to_owned());
    }
    Some(bodies)
}

/// The longest front of the bytes that is no longer than asked and ends at a space.
fn cut(bytes: &[u8], length: usize) -> &[u8] {
    let head = &bytes[..bytes.len().min(length)];
    head.iter().rposition(|&b| b == b' ').map_or(head, |end| &head[..end])
}

#[test]
#[expect(clippy::print_stderr, reason = "the table is the result")]
fn the_detector_is_right_on_news_in_every_encoding() {
    let Some(bodies) = news() else { return };
    let pool = bodies.join("\n");
    eprintln!("encoding        bytes  samples  right  sure and right  sure and wrong");
    for encoding in [
        Encoding::Windows1258,
        Encoding::Tcvn3,
        Encoding::Tcvn5712,
        Encoding::Vni,
        Encoding::Viscii,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
    ] {
        // Signs that the older encodings lack would end the conversion.
        let writable: String = pool
            .chars()
            .filter(|&c| encode(c.encode_utf8(&mut [0; 4]), encoding).is_ok())
            .collect();
        let Ok(bytes) = encode(&writable, encoding) else { panic!("{encoding}") };
        for length in [100, 1_000, 10_000] {
            let (mut samples, mut right, mut sure_right, mut sure_wrong) = (0, 0, 0, 0);
            let step = bytes.len() / 150 / 2 * 2;
            for start in (0..bytes.len() - length).step_by(step) {
                // Begin at a word, on an even byte for the sake of UTF-16.
                let tail = &bytes[start..];
                let skip = tail.iter().position(|&b| b == b' ').unwrap_or(0);
                let skip = if encoding.is_unicode() { skip / 2 * 2 } else { skip };
                let sample = cut(&tail[skip..], length);
                let found = detect(sample);
                let text = |encoding| decode(sample, encoding).map(Decoded::into_text).ok();
                // Another encoding that gives the same text is as good.
                let is_right = found.encoding().is_some_and(|e| text(e) == text(encoding));
                samples += 1;
                right += usize::from(is_right);
                let sure = found.confidence() >= 0.9;
                sure_right += usize::from(sure && is_right);
                sure_wrong += usize::from(sure && !is_right);
            }
            eprintln!(
                "{encoding:<14} {length:>6} {samples:>8} {:>5.1}% {:>14.1}% {:>14.1}%",
                100.0 * right as f64 / samples as f64,
                100.0 * sure_right as f64 / samples as f64,
                100.0 * sure_wrong as f64 / samples as f64,
            );
            let least = if length == 100 { 0.9 } else { 0.98 };
            assert!(right as f64 >= least * samples as f64, "{encoding} at {length} bytes");
            assert!(sure_wrong * 100 <= samples, "{encoding} at {length} bytes");
        }
    }
}
