//! Zstandard files of any number of frames.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::StreamingDecoder;

use super::Reader;

/// The frames of a zstd stream, one after the other, as `zstd -d` reads them.
///
/// Frames that hold no data of their own (RFC 8878, section 3.1.2) are skipped.
pub(super) struct ZstdFrames {
    decoder: Option<StreamingDecoder<Reader, ruzstd::decoding::FrameDecoder>>,
}

impl ZstdFrames {
    /// Starts with the first frame.
    pub(super) fn new(reader: Reader) -> io::Result<Self> {
        Ok(Self { decoder: next_frame(reader)? })
    }
}

/// Opens the next frame that holds data; none at the end of the file.
fn next_frame(
    mut reader: Reader,
) -> io::Result<Option<StreamingDecoder<Reader, ruzstd::decoding::FrameDecoder>>> {
    loop {
        if reader.fill_buf()?.is_empty() {
            return Ok(None);
        }
        let mut magic = [0; 4];
        reader.read_exact(&mut magic)?;
        if magic[0] & 0xF0 == 0x50 && magic[1..] == [0x2A, 0x4D, 0x18] {
            let mut length = [0; 4];
            reader.read_exact(&mut length)?;
            let length = u64::from(u32::from_le_bytes(length));
            io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
            continue;
        }
        let whole: Reader = Box::new(io::Cursor::new(magic).chain(reader));
        return StreamingDecoder::new(whole)
            .map(Some)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()));
    }
}

impl Read for ZstdFrames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(decoder) = &mut self.decoder else { return Ok(0) };
            let read = decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            if let Some(decoder) = self.decoder.take() {
                self.decoder = next_frame(decoder.into_inner())?;
            }
        }
    }
}
