//! The text doctor at work on bytes that come in parts.

use super::tallies::BESIDE;
use super::{Checker, Finding, Problem, Report};
use crate::text::encoding::Encoding;
use crate::text::encoding::decode::{Decoded, Decoder, SURE};
use crate::text::encoding::detect::{Content, Detection, Detector};
use crate::text::repair::markup::{Part, parts};
use crate::text::repair::normalize::Survey;

/// Checks bytes as [`check_bytes`](super::check_bytes) does, in parts: a [`Detector`] sees all of them
/// first, then [`survey`](Self::survey) does, then [`check`](Self::check).
///
/// Parts end at line ends, as far as lines are short enough, else between two words; never within
/// a character.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::detect::Detector;
/// use tomtat::text::repair::check::{BytesChecker, check_bytes};
///
/// let text = "Xin mời qúy khách.\nXin cảm ơn.\n";
/// let parts: Vec<&[u8]> = text.split_inclusive('\n').map(str::as_bytes).collect();
/// let mut detector = Detector::default();
/// parts.iter().for_each(|part| detector.add(part));
/// let mut checker = BytesChecker::new(&detector, None);
/// parts.iter().for_each(|part| checker.survey(part));
/// parts.iter().for_each(|part| checker.check(part));
/// assert_eq!(checker.finish(), check_bytes(text.as_bytes(), None));
/// ```
#[derive(Debug, Clone)]
pub struct BytesChecker {
    detection: Detection,
    /// The encoding was named.
    is_named: bool,
    encoding: Option<Encoding>,
    surveyor: Decoder,
    decoder: Decoder,
    survey: Survey,
    checker: Checker,
    /// The part that is checked when it is known what comes behind it, and where it began.
    held: Option<(Decoded, usize)>,
    has_bom: bool,
    replaced: usize,
    first_replaced: Option<(usize, u8)>,
}

impl BytesChecker {
    /// A checker of the bytes that the detector saw. Without an `encoding` they are read in the
    /// likeliest.
    #[must_use]
    pub fn new(detector: &Detector, encoding: Option<Encoding>) -> Self {
        let detection = detector.detection();
        let is_sure = detection.confidence() >= SURE;
        let detected = detection.encoding().filter(|_| detection.content() == Content::Text);
        let damaged = (!is_sure && detector.is_damaged_utf8()).then_some(Encoding::Utf8);
        let is_named = encoding.is_some();
        let encoding = encoding.or(damaged).or(detected);
        let decoder = Decoder::new(encoding.unwrap_or(Encoding::Utf8), detector);
        Self {
            detection,
            is_named,
            encoding,
            surveyor: decoder.clone(),
            decoder,
            survey: Survey::default(),
            checker: Checker::default(),
            held: None,
            has_bom: false,
            replaced: 0,
            first_replaced: None,
        }
    }

    /// The encoding that the bytes are read in; `None` if they are no text.
    #[must_use]
    pub const fn encoding(&self) -> Option<Encoding> {
        self.encoding
    }

    /// What the bytes look like.
    #[must_use]
    pub const fn detection(&self) -> &Detection {
        &self.detection
    }

    /// Looks at the next part.
    pub fn survey(&mut self, part: &[u8]) {
        if self.encoding.is_some() {
            let decoded = self.surveyor.decode_lossy(part);
            self.survey.add(decoded.text());
        }
    }

    /// Checks the next part; all were surveyed.
    pub fn check(&mut self, part: &[u8]) {
        if self.encoding.is_none() {
            return;
        }
        let passed = self.decoder.passed();
        let decoded = self.decode(part);
        let ahead: String = decoded.text().chars().take(BESIDE).collect();
        self.check_held(&ahead);
        self.held = Some((decoded, passed));
    }

    fn decode(&mut self, part: &[u8]) -> Decoded {
        let passed = self.decoder.passed();
        let decoded = self.decoder.decode_lossy(part);
        self.has_bom |= decoded.has_bom();
        self.replaced += decoded.replaced().len();
        if self.first_replaced.is_none() {
            let first = decoded.replaced().first();
            self.first_replaced = first.map(|&at| (passed + at, part[at]));
        }
        decoded
    }

    fn check_held(&mut self, ahead: &str) {
        let Some((decoded, passed)) = self.held.take() else { return };
        let start = self.checker.passed();
        self.checker.add_decoded(decoded.text(), ahead, &self.survey, |at| {
            let byte = passed + decoded.source_offset(at);
            (byte != start + at).then_some(byte)
        });
    }

    /// Looks at the bytes of an HTML page, in the place of their parts.
    pub fn survey_page(&mut self, page: &[u8]) {
        let decoded = self.surveyor.decode_lossy(page);
        for part in parts(decoded.text()) {
            match part {
                Part::Text(text) => self.survey.add(text),
                Part::Markup(markup) => self.survey.skip(markup),
            }
        }
    }

    /// Checks the text of an HTML page that was surveyed; its markup counts for places alone.
    pub fn check_page(&mut self, page: &[u8]) {
        let decoded = self.decode(page);
        for part in parts(decoded.text()) {
            let start = self.checker.passed();
            match part {
                Part::Markup(markup) => self.checker.skip(markup),
                Part::Text(text) => self.checker.add_decoded(text, "", &self.survey, |at| {
                    let byte = decoded.source_offset(start + at);
                    (byte != start + at).then_some(byte)
                }),
            }
        }
    }

    /// Checks the texts of a record that was read from the bytes, in the place of the bytes.
    pub fn add_record<'t>(&mut self, id: &str, texts: impl IntoIterator<Item = &'t str>) {
        self.checker.add_record(id, texts);
    }

    /// What was found.
    #[must_use]
    pub fn finish(mut self) -> Report {
        self.check_held("");
        self.checker.end_text();
        let mut report = self.checker.finish();
        let mut about_bytes = Vec::new();
        if let Some(encoding) = self.encoding.filter(|encoding| *encoding != Encoding::Utf8) {
            // A guess is named, and no command advised that would alter the text for good.
            let is_sure = self.is_named || self.detection.confidence() >= SURE;
            let fix = is_sure.then(|| format!("tomtat normalize --encoding {encoding}"));
            let mut finding = of_the_bytes(Problem::Encoding, fix);
            finding.samples = vec![encoding.to_string()];
            about_bytes.push(finding);
        }
        if let Some((first, byte)) = self.first_replaced {
            let mut finding = of_the_bytes(Problem::UndefinedBytes, None);
            finding.count = self.replaced;
            finding.source_byte = Some(first);
            finding.samples = vec![format!("0x{byte:02X}")];
            about_bytes.push(finding);
            // The replacement characters come from these bytes, unless the text had more of them.
            report.findings.retain(|finding| {
                finding.problem != Problem::LostLetters || finding.count > self.replaced
            });
        }
        if self.has_bom && self.encoding == Some(Encoding::Utf8) {
            let fix = Some("tomtat normalize --invisible".to_owned());
            about_bytes.push(of_the_bytes(Problem::ByteOrderMark, fix));
        }
        about_bytes.append(&mut report.findings);
        report.findings = about_bytes;
        report.detection = Some(self.detection);
        report.encoding = self.encoding;
        report
    }
}

fn of_the_bytes(problem: Problem, fix: Option<String>) -> Finding {
    Finding {
        problem,
        severity: problem.severity(),
        count: 1,
        out_of: None,
        first: None,
        source_byte: None,
        record: None,
        samples: Vec::new(),
        fix,
    }
}
