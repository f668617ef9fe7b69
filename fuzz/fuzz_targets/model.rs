//! Any bytes, taken as a model: an error, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tomtat::corpus::keywords::KeywordModel;
use tomtat::corpus::statistics::TermStatistics;
use tomtat::rank::RankerModel;
use tomtat::token::sentence_starters::SentenceStarters;
use tomtat::weights::{Background, StandaloneModel};
use tomtat::words::Lexicon;
use tomtat::words::SegmenterModel;

fn read_as_each_kind(bytes: &[u8]) {
    let _ = Lexicon::read(bytes);
    let _ = Background::read(bytes);
    let _ = SegmenterModel::read(bytes);
    let _ = SegmenterModel::read_lexicon(bytes);
    let _ = SentenceStarters::read(bytes);
    let _ = StandaloneModel::read(bytes);
    let _ = RankerModel::read(bytes);
    let _ = KeywordModel::read(bytes);
    let _ = TermStatistics::read(bytes);
}

fuzz_target!(|bytes: &[u8]| {
    read_as_each_kind(bytes);
    // With a right checksum the content is reached, too.
    if bytes.len() > 4 {
        let mut sealed = bytes.to_vec();
        let end = sealed.len() - 4;
        let checksum = crc32fast::hash(&sealed[..end]);
        sealed[end..].copy_from_slice(&checksum.to_le_bytes());
        read_as_each_kind(&sealed);
    }
});
