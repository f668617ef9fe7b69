//! `tomtat normalize`: fixes texts, to standard output.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::decode::{Decoded, decode, decode_detected, decode_lossy};
use tomtat::text::encoding::encode::encode;
use tomtat::text::encoding::misread::reread;
use tomtat::text::repair::damage::Damage;
use tomtat::text::repair::normalize::{FinalVowel, Fix, Normalizer};
use tomtat::text::syllable::ToneStyle;

use crate::input::{Found, Problem, Search, find, read_bytes};
use crate::output::{Output, message};
use crate::run::status::{Status, Tally};

/// Arguments of `tomtat normalize`.
///
/// Without any of the fixes, and without `--encoding`, `--misread` and `--to`, the safe ones are
/// applied: --nfc, --d-stroke, --invisible, --controls and --spaces. With any of these flags
/// exactly what they name is done. What was changed is counted on standard error.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command")]
#[expect(clippy::doc_markdown, reason = "the comments are help texts, read without markup")]
pub(crate) struct Arguments {
    /// Files to fix, `-` for standard input; .zst is unpacked. Texts are written one after the
    /// other.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Fix the files in folders.
    #[arg(short = 'R', long)]
    recursive: bool,

    /// Apply the safe fixes beside those that are named: --nfc, --d-stroke, --invisible,
    /// --controls, --spaces.
    #[arg(long, help_heading = "Fixes")]
    safe: bool,
    /// Compose letters and marks (NFC).
    #[arg(long, help_heading = "Fixes")]
    nfc: bool,
    /// Put the tone marks of oa, oe, uy where the old (hòa) or the new style (hoà) has them, and
    /// misplaced marks (qúa) right.
    #[arg(long, value_enum, value_name = "STYLE", help_heading = "Fixes")]
    tone: Option<Style>,
    /// Write open syllables that have both forms with i (kĩ thuật, lí do) or with y (kỹ thuật, lý
    /// do); names stay.
    #[arg(long, value_enum, value_name = "LETTER", help_heading = "Fixes")]
    i_y: Option<Vowel>,
    /// Put Đ in the place of letters that look like it.
    #[arg(long, help_heading = "Fixes")]
    d_stroke: bool,
    /// Put Latin letters in the place of Cyrillic and Greek ones inside of Latin words.
    #[arg(long, help_heading = "Fixes")]
    look_alikes: bool,
    /// Make no-break and other odd spaces plain ones.
    #[arg(long, help_heading = "Fixes")]
    spaces: bool,
    /// Take out zero-width characters, soft hyphens and direction marks.
    #[arg(long, help_heading = "Fixes")]
    invisible: bool,
    /// Take out control characters.
    #[arg(long, help_heading = "Fixes")]
    controls: bool,
    /// Make all line ends line feeds.
    #[arg(long, help_heading = "Fixes")]
    line_ends: bool,
    /// Make fullwidth letters, digits and signs plain ones.
    #[arg(long, help_heading = "Fixes")]
    fullwidth: bool,
    /// Make typographic quotes straight.
    #[arg(long, help_heading = "Fixes")]
    quotes: bool,
    /// Make small marked letters in words of capitals capital (VIệT).
    #[arg(long, help_heading = "Fixes")]
    capitals: bool,
    /// Undo UTF-8 that was read as windows-1252 or windows-1258 (Viá»‡t), Mac Roman or code page
    /// 437.
    #[arg(long, help_heading = "Fixes")]
    mojibake: bool,
    /// Put letters in the place of character references of HTML (Vi&#7879;t).
    #[arg(long, help_heading = "Fixes")]
    references: bool,
    /// Put letters in the place of VIQR (Vie^.t).
    #[arg(long, help_heading = "Fixes")]
    viqr: bool,
    /// Read UTF-7 (Vi+Hsc-t).
    #[arg(long = "utf-7", help_heading = "Fixes")]
    utf_7: bool,
    /// Fix a text that was read in a wrong encoding without undoing that first, which destroys its
    /// letters for good.
    #[arg(long, help_heading = "Fixes")]
    force: bool,

    /// Encoding of the input; without it the encoding is detected, and the text refused if that
    /// is not certain.
    #[arg(long, value_name = "NAME", help_heading = "Encodings")]
    encoding: Option<Encoding>,
    /// Read a UTF-8 text again that is in this encoding and was taken for windows-1252 (ViÖt).
    #[arg(long, value_name = "NAME", help_heading = "Encodings")]
    misread: Option<Encoding>,
    /// Encoding of the output.
    #[arg(long, value_name = "NAME", default_value = "utf-8", help_heading = "Encodings")]
    to: Encoding,
    /// Begin the output with a byte order mark, where the encoding has one.
    #[arg(long, help_heading = "Encodings")]
    bom: bool,
    /// Put U+FFFD in the place of bytes that the encoding does not define, instead of an error.
    #[arg(long, help_heading = "Encodings")]
    lossy: bool,

    /// Do not count on standard error what was changed.
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Style {
    /// hòa, khỏe, thủy.
    Old,
    /// hoà, khoẻ, thuỷ.
    New,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Vowel {
    /// kĩ thuật, lí do.
    I,
    /// kỹ thuật, lý do.
    Y,
}

impl Arguments {
    /// The fixes that were asked for, or the safe ones if nothing was.
    fn normalizer(&self) -> Normalizer {
        let style = match self.tone {
            Some(Style::New) => ToneStyle::New,
            _ => ToneStyle::Old,
        };
        let vowel = match self.i_y {
            Some(Vowel::I) => FinalVowel::I,
            _ => FinalVowel::Y,
        };
        let chosen = [
            (self.utf_7, Fix::Utf7),
            (self.references, Fix::References),
            (self.viqr, Fix::Viqr),
            (self.look_alikes, Fix::LookAlikes),
            (self.i_y.is_some(), Fix::FinalVowel(vowel)),
            (self.nfc, Fix::Compose),
            (self.tone.is_some(), Fix::Tone(style)),
            (self.d_stroke, Fix::CrossedD),
            (self.spaces, Fix::Spaces),
            (self.invisible, Fix::Invisible),
            (self.controls, Fix::Controls),
            (self.line_ends, Fix::LineEnds),
            (self.fullwidth, Fix::Fullwidth),
            (self.quotes, Fix::Quotes),
            (self.capitals, Fix::Capitals),
            (self.mojibake, Fix::Mojibake),
        ];
        let converts =
            self.encoding.is_some() || self.misread.is_some() || self.to != Encoding::Utf8;
        let named = chosen.iter().any(|&(is_on, _)| is_on);
        let base =
            if self.safe || !(named || converts) { Normalizer::safe() } else { Normalizer::new() };
        chosen
            .into_iter()
            .filter(|&(is_on, _)| is_on)
            .fold(base, |normalizer, (_, fix)| normalizer.with(fix))
            .with_force(self.force || self.misread.is_some())
    }
}

/// Fixes the files in order.
pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    let search = Search { recursive: arguments.recursive, ..Search::default() };
    let Found { sources, problems } = find(&arguments.files, &search)?;
    let normalizer = arguments.normalizer();
    let mut output = Output::new()?;
    let mut tally = Tally { failed: problems.len() as u64, ..Tally::default() };
    for problem in problems {
        message("error", problem);
    }
    if arguments.bom {
        output.write_bytes(&mark(arguments.to))?;
    }
    for source in &sources {
        let name = source.name();
        match read_bytes(source).and_then(|bytes| fix(&name, &bytes, arguments, &normalizer)) {
            Ok(fixed) => {
                output.write_bytes(&fixed.bytes)?;
                if !arguments.quiet && !fixed.account.is_empty() {
                    message("note", format_args!("{name}: {}", fixed.account.join(", ")));
                }
                tally.done += 1;
            }
            Err(problem) => {
                message("error", problem);
                tally.failed += 1;
            }
        }
    }
    output.finish()?;
    Ok(tally.status())
}

/// A fixed text as bytes, and what was done.
struct Fixed {
    bytes: Vec<u8>,
    account: Vec<String>,
}

fn fix(
    name: &str,
    bytes: &[u8],
    arguments: &Arguments,
    normalizer: &Normalizer,
) -> Result<Fixed, Problem> {
    let decoded = read(name, bytes, arguments)?;
    let mut account = Vec::new();
    if decoded.encoding() != Encoding::Utf8 {
        account.push(format!("read as {}", decoded.encoding()));
    }
    if !decoded.replaced().is_empty() {
        account.push(format!("undefined bytes: {}", decoded.replaced().len()));
    }
    let mut text = decoded.into_text();
    if let Some(encoding) = arguments.misread {
        let (again, changed) = reread(&text, encoding);
        account.push(format!("read again as {encoding}: {changed}"));
        text = again;
    }
    let normalized = normalizer.normalize(&text);
    if let Some(problem) = normalized.refused().and_then(|damage| refused(name, &text, damage)) {
        return Err(problem);
    }
    account.extend(normalized.changes().iter().map(ToString::to_string));
    let bytes = encode(normalized.text(), arguments.to).map_err(|error| {
        let before = normalized.alignment().before(error.position()..error.position()).start;
        let line = text[..before].matches('\n').count() + 1;
        let found =
            format!("line {line}: `{}` cannot be written in {}", error.text(), arguments.to);
        Problem::new(name, found)
            .hint("see --quotes, --spaces and the other fixes, or use --to utf-8")
    })?;
    Ok(Fixed { bytes, account })
}

/// Says why a text must not be fixed yet: what would be fixed are bytes of letters.
fn refused(name: &str, text: &str, damage: &Damage) -> Option<Problem> {
    let (found, at) = match damage {
        Damage::Mojibake { first, .. } => {
            ("holds UTF-8 that was read as another encoding".to_owned(), *first)
        }
        Damage::Misread(found) => {
            (format!("holds {} that was read as windows-1252", found.encoding()), found.first())
        }
        _ => return None,
    };
    let line = text[..at].matches('\n').count() + 1;
    let problem = Problem::new(format!("{name}: line {line}"), found);
    let hint =
        format!("{} fixes it and must come first; --force destroys these letters", damage.flags());
    Some(problem.hint(hint))
}

fn read(name: &str, bytes: &[u8], arguments: &Arguments) -> Result<Decoded, Problem> {
    let result = match arguments.encoding {
        Some(encoding) if arguments.lossy => return Ok(decode_lossy(bytes, encoding)),
        Some(encoding) => decode(bytes, encoding),
        None => decode_detected(bytes),
    };
    result.or_else(|error| match error.detection().encoding() {
        Some(encoding) if arguments.lossy && arguments.encoding.is_none() => {
            Ok(decode_lossy(bytes, encoding))
        }
        _ => Err(Problem::new(name, error.to_string()).hint("name its encoding with --encoding")),
    })
}

/// The byte order mark of an encoding, empty if it has none.
fn mark(encoding: Encoding) -> Vec<u8> {
    if encoding.is_unicode() {
        encode("\u{FEFF}", encoding).unwrap_or_default()
    } else {
        Vec::new()
    }
}
