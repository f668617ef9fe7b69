//! Any bytes, taken as a model: an error, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tomtat::words::lexicon::Lexicon;
use tomtat::words::crf::model::SegmenterModel;
use tomtat::weights::background::Background;

fuzz_target!(|bytes: &[u8]| {
    let _ = Lexicon::read(bytes);
    let _ = Background::read(bytes);
    let _ = SegmenterModel::read(bytes);
    // With a right checksum the content is reached, too.
    if bytes.len() > 4 {
        let mut sealed = bytes.to_vec();
        let end = sealed.len() - 4;
        let checksum = crc32fast::hash(&sealed[..end]);
        sealed[end..].copy_from_slice(&checksum.to_le_bytes());
        let _ = Lexicon::read(&sealed);
        let _ = Background::read(&sealed);
        let _ = SegmenterModel::read(&sealed);
    }
});
