//! Pages of WARC files.

use std::io::{self, BufRead, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::super::source::too_long;
use super::super::{Item, Problem, Reader};

/// The pages of a WARC file: responses with HTML or text, and texts that were taken from pages (WET).
///
/// Format: ISO 28500:2017, <https://iipc.github.io/warc-specifications/>.
pub(super) struct Pages {
    name: String,
    reader: Reader,
    longest: u64,
    number: u64,
    ended: bool,
}

/// The header of a record.
#[derive(Default)]
struct Header {
    kind: String,
    address: Option<String>,
    content_type: String,
    length: u64,
}

/// Lines of a header, at most, and bytes of a line.
const HEADER_LINES: usize = 1000;
const HEADER_LINE: u64 = 1 << 16;

impl Pages {
    pub(super) fn new(name: String, reader: Reader, longest: u64) -> Self {
        Self { name, reader, longest, number: 0, ended: false }
    }

    /// Reads the header of the next record; none at the end of the file.
    fn header(&mut self) -> io::Result<Option<Header>> {
        // Two line ends stand after each record.
        let mut line = String::new();
        loop {
            line.clear();
            if read_line(&mut self.reader, &mut line)? == 0 {
                return Ok(None);
            }
            if !line.trim().is_empty() {
                break;
            }
        }
        if !line.starts_with("WARC/") {
            return Err(invalid("a record begins with WARC/ and its version"));
        }
        let mut header = Header::default();
        let mut length = None;
        for _ in 0..HEADER_LINES {
            line.clear();
            if read_line(&mut self.reader, &mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if line.trim().is_empty() {
                header.length = length.ok_or_else(|| invalid("no Content-Length"))?;
                return Ok(Some(header));
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => {
                    header.address = Some(value.trim_matches(['<', '>']).to_owned());
                }
                "content-type" => header.content_type = value.to_ascii_lowercase(),
                "content-length" => length = value.parse().ok(),
                _ => {}
            }
        }
        Err(invalid("the header does not end"))
    }

    fn read(&mut self) -> io::Result<Option<Item>> {
        while let Some(header) = self.header()? {
            self.number += 1;
            let place = || format!("{}, record {}", self.name, self.number);
            let is_response = header.kind == "response" && header.content_type.contains("http");
            let is_text = matches!(header.kind.as_str(), "conversion" | "resource")
                && is_readable(&header.content_type);
            let wanted = is_response || is_text;
            if wanted && header.length > self.longest {
                let problem = too_long(place(), "the record", self.longest);
                skip(&mut self.reader, header.length)?;
                return Ok(Some(Item::Broken(problem)));
            }
            if !wanted {
                skip(&mut self.reader, header.length)?;
                continue;
            }
            let mut bytes = Vec::new();
            self.reader.by_ref().take(header.length).read_to_end(&mut bytes)?;
            if (bytes.len() as u64) < header.length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let name = header.address.unwrap_or_else(place);
            if is_text {
                return Ok(Some(Item::Page { name, bytes }));
            }
            match body_of(&bytes, self.longest) {
                Ok(Some(bytes)) => return Ok(Some(Item::Page { name, bytes })),
                Ok(None) => {}
                Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                    let problem = too_long(place(), "the page", self.longest);
                    return Ok(Some(Item::Broken(problem.of_record(Some(name)))));
                }
                Err(error) => {
                    let problem =
                        Problem::new(place(), format!("a response that is broken: {error}"));
                    return Ok(Some(Item::Broken(problem.of_record(Some(name)))));
                }
            }
        }
        Ok(None)
    }
}

impl Iterator for Pages {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ended {
            return None;
        }
        self.read().unwrap_or_else(|error| {
            self.ended = true;
            let found = match error.kind() {
                io::ErrorKind::UnexpectedEof => "ends too early: the file is cut off".to_owned(),
                _ => format!("not a WARC file from here: {error}"),
            };
            let place = format!("{}, record {}", self.name, self.number + 1);
            Some(Item::Broken(Problem::new(place, found)))
        })
    }
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

fn skip(reader: &mut Reader, length: u64) -> io::Result<()> {
    let skipped = io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
    if skipped < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}

/// Reads a line of a header, as text whatever its bytes are.
fn read_line(reader: &mut Reader, line: &mut String) -> io::Result<usize> {
    let mut bytes = Vec::new();
    let read = reader.by_ref().take(HEADER_LINE).read_until(b'\n', &mut bytes)?;
    line.push_str(&String::from_utf8_lossy(&bytes));
    Ok(read)
}

fn is_readable(content_type: &str) -> bool {
    ["text/html", "text/plain", "application/xhtml"].iter().any(|kind| content_type.contains(kind))
}

/// Codings of bodies that are not unpacked.
const UNREAD: [&str; 4] = ["br", "zstd", "compress", "dcb"];

/// The page of an HTTP response, if it is one that was found and can be read.
fn body_of(response: &[u8], longest: u64) -> io::Result<Option<Vec<u8>>> {
    let mut rest = response;
    let (mut is_first, mut found) = (true, false);
    let (mut kind, mut coding, mut is_chunked) = (String::new(), String::new(), false);
    loop {
        let Some(end) = rest.iter().position(|b| *b == b'\n') else { return Ok(None) };
        let line = String::from_utf8_lossy(&rest[..end]).trim().to_owned();
        rest = &rest[end + 1..];
        if is_first {
            is_first = false;
            found = line.split_whitespace().nth(1).is_some_and(|status| status.starts_with('2'));
        } else if line.is_empty() {
            break;
        } else if let Some((name, value)) = line.split_once(':') {
            let value = value.trim().to_ascii_lowercase();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" => kind = value,
                "content-encoding" => coding = value,
                "transfer-encoding" => is_chunked = value.contains("chunked"),
                _ => {}
            }
        }
    }
    if !found || !(kind.is_empty() || is_readable(&kind)) {
        return Ok(None);
    }
    let joined = if is_chunked { unchunked(rest) } else { None };
    let body = joined.as_deref().unwrap_or(rest);
    let mut page = Vec::new();
    let limit = longest.saturating_add(1);
    match coding.as_str() {
        // Some archives unpack the body and keep the header.
        "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
            MultiGzDecoder::new(body).take(limit).read_to_end(&mut page)?;
        }
        "deflate" => {
            ZlibDecoder::new(body).take(limit).read_to_end(&mut page)?;
        }
        coding if UNREAD.contains(&coding) && std::str::from_utf8(body).is_err() => {
            return Err(invalid(&format!("its body is packed as {coding}, which is not read")));
        }
        _ => page.extend_from_slice(body),
    }
    if page.len() as u64 > longest {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(Some(page))
}

/// Joins the chunks of a body (RFC 9112, section 7.1); none if it is not in chunks after all.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(rest.len());
    loop {
        let end = rest.iter().position(|b| *b == b'\n')?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn record(kind: &str, address: &str, content: &str) -> String {
        let length = content.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Type: \
             application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n{content}\r\n\r\n"
        )
    }

    fn pages(file: &str) -> Vec<String> {
        Pages::new("x".into(), Box::new(Cursor::new(file.to_owned())), 10_000)
            .map(|item| match item {
                Item::Page { name, bytes } => format!("{name} {}", String::from_utf8_lossy(&bytes)),
                Item::Broken(problem) => format!("! {problem}"),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn responses_with_pages_are_read() {
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Chợ</p>";
        let chunks = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\
            \r\n4\r\n<p>C\r\n5\r\nhợ\r\n0\r\n\r\n";
        let picture = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx";
        let lost = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>x</p>";
        let file = record("warcinfo", "", "software: x\r\n")
            + &record("response", "https://a.vn/1", page)
            + &record("response", "https://a.vn/2", picture)
            + &record("response", "https://a.vn/3", lost)
            + &record("response", "https://a.vn/4", chunks);
        assert_eq!(pages(&file), ["https://a.vn/1 <p>Chợ</p>", "https://a.vn/4 <p>Chợ\r"]);
        let brotli = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n";
        let brotli = record("response", "https://a.vn/5", &format!("{brotli}\u{FF}\u{1}"));
        // Not the UTF-8 of the text above, but bytes that are none.
        let brotli = brotli.into_bytes().into_iter().map(|b| if b == 0xC3 { 0xFF } else { b });
        let found: Vec<Item> =
            Pages::new("x".into(), Box::new(Cursor::new(brotli.collect::<Vec<u8>>())), 1000)
                .collect();
        assert!(
            matches!(&found[..], [Item::Broken(p)] if p.found.contains("packed as br")),
            "{found:?}"
        );
        let cut = &file[..file.len() - 30];
        assert!(pages(cut).last().is_some_and(|last| last.contains("cut off")), "{:?}", pages(cut));
    }
}
