//! `tomtat normalize`: fixes texts, to standard output.

mod records;
mod texts;

use anyhow::Result;
use clap::{Args, ValueEnum};
use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::decode::Decoder;
use tomtat::text::encoding::encode::encode;
use tomtat::text::repair::damage::Damage;
use tomtat::text::repair::normalize::{Change, FinalVowel, Fix, Normalizer};
use tomtat::text::syllable::ToneStyle;

use crate::input::{Format, Found, InputArguments, Problem, Reading, Source, Written};
use crate::messages::Messages;
use crate::output::{Output, message};
use crate::run::status::{Status, Tally};

/// Arguments of `tomtat normalize`.
///
/// Without any of the fixes, and without `--encoding`, `--misread` and `--to`, the safe ones are
/// applied: --nfc, --d-stroke, --invisible, --controls and --spaces. With any of these flags
/// exactly what they name is done. What was changed is counted on standard error.
///
/// Of JSON, the title and the body of each record are fixed, and everything else stays as it is
/// written; of HTML pages, the text between the tags. Texts are written one after the other.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command")]
#[expect(clippy::doc_markdown, reason = "the comments are help texts, read without markup")]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: InputArguments,

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
    /// Undo UTF-8 that was read as windows-1250, 1251, 1252 or 1258 (Viá»‡t), Mac Roman, or code
    /// page 437 or 850.
    #[arg(long, help_heading = "Fixes")]
    mojibake: bool,
    /// Put letters in the place of character references of HTML (Vi&#7879;t).
    #[arg(long, help_heading = "Fixes")]
    references: bool,
    /// Put letters in the place of VIQR (Vie^.t).
    #[arg(long, help_heading = "Fixes")]
    viqr: bool,
    /// Put letters in the place of keys of the input method Telex (Vieejt).
    #[arg(long, help_heading = "Fixes")]
    telex: bool,
    /// Put letters in the place of keys of the input method VNI (Vie6t5).
    #[arg(long, help_heading = "Fixes")]
    vni: bool,
    /// Read UTF-7 (Vi+Hsc-t).
    #[arg(long = "utf-7", help_heading = "Fixes")]
    utf_7: bool,
    /// Fix a text that was read in a wrong encoding without undoing that first, which destroys its
    /// letters for good.
    #[arg(long, help_heading = "Fixes")]
    force: bool,

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
            (self.telex, Fix::Telex),
            (self.vni, Fix::Vni),
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
        let converts = self.input.reading.encoding.is_some()
            || self.misread.is_some()
            || self.to != Encoding::Utf8;
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
    let reading = &arguments.input.reading;
    let Found { sources, problems } = reading.find(&arguments.input.files)?;
    let mut work = Work {
        normalizer: arguments.normalizer(),
        articles: reading.reading()?,
        arguments,
        output: Output::new()?,
        messages: Messages::default(),
        failed: 0,
    };
    let mut tally = Tally { failed: problems.len() as u64, ..Tally::default() };
    for problem in problems {
        message("error", problem);
    }
    if arguments.bom {
        work.output.write_bytes(&mark(arguments.to))?;
    }
    for source in sources {
        let name = source.name();
        match work.file(source) {
            Ok(account) => {
                let account = account.lines();
                if !account.is_empty() {
                    message("note", format_args!("{name}: {}", account.join(", ")));
                }
                tally.done += 1;
            }
            Err(Stop::Input(problem)) => {
                message("error", problem);
                tally.failed += 1;
            }
            Err(Stop::Run(error)) => return Err(error),
        }
    }
    work.output.finish()?;
    work.messages.finish();
    tally.failed += work.failed;
    Ok(tally.status())
}

/// Why a file was not fixed to its end.
enum Stop {
    /// It cannot be read or fixed; the others can.
    Input(Problem),
    /// Nothing can be written.
    Run(anyhow::Error),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Input(problem)
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Run(error)
    }
}

/// What is needed to fix any file.
struct Work<'a> {
    arguments: &'a Arguments,
    normalizer: Normalizer,
    articles: Reading,
    output: Output,
    messages: Messages,
    /// Records that could not be fixed.
    failed: u64,
}

impl Work<'_> {
    /// Fixes a file. It is gone through several times, so that no more than a block of it is held.
    fn file(&mut self, source: Source) -> Result<Account, Stop> {
        let source = source.kept()?;
        let format = self.arguments.input.reading.input;
        let written = source.written(format)?;
        if let Written::Records(format) = written
            && !matches!(format, Format::Jsonl | Format::Json)
        {
            let found = "holds records in a format that `tomtat normalize` does not write";
            let hint = "`tomtat extract -f jsonl` writes JSON Lines, which it fixes; \
                        --input text takes the file as it is";
            return Err(Problem::new(source.name(), found).hint(hint).into());
        }
        let decoder = self.decoder(&source)?;
        match written {
            Written::Records(format) => self.records(source, format, decoder.encoding()),
            Written::Page => self.page(&source, decoder),
            Written::Text => self.text(&source, &decoder),
        }
    }

    /// An account of a file in this encoding, to which nothing was done yet.
    fn account(&self, encoding: Encoding) -> Account {
        Account {
            encoding: Some(encoding).filter(|found| *found != Encoding::Utf8),
            undefined_bytes: 0,
            read_again: self.arguments.misread.map(|encoding| (encoding, 0)),
            changes: self.normalizer.fixes().iter().map(|fix| (*fix, 0)).collect(),
        }
    }

    /// The decoder of a file in the encoding that was named or detected.
    fn decoder(&self, source: &Source) -> Result<Decoder, Problem> {
        let detector = source.detected()?;
        let named = self.arguments.input.reading.encoding;
        if let Some(encoding) = named {
            return Ok(Decoder::new(encoding, &detector));
        }
        Decoder::detected(&detector).or_else(|error| match error.detection().encoding() {
            Some(encoding) if self.arguments.lossy => Ok(Decoder::new(encoding, &detector)),
            _ => Err(undecoded(&source.name(), &error)),
        })
    }
}

fn undecoded(name: &str, error: &dyn std::error::Error) -> Problem {
    Problem::new(name, error.to_string()).hint("name its encoding with --encoding")
}

/// What was done to a file.
#[derive(Clone, Debug)]
struct Account {
    /// The encoding, where it was not UTF-8.
    encoding: Option<Encoding>,
    undefined_bytes: usize,
    read_again: Option<(Encoding, usize)>,
    /// How often each fix was applied, in the order in which they are.
    changes: Vec<(Fix, usize)>,
}

impl Account {
    fn add(&mut self, changes: &[Change]) {
        changes.iter().for_each(|change| self.add_count(change.fix(), change.count()));
    }

    fn add_count(&mut self, fix: Fix, more: usize) {
        if let Some((_, count)) = self.changes.iter_mut().find(|(other, _)| *other == fix) {
            *count += more;
        }
    }

    fn add_read_again(&mut self, changed: usize) {
        self.read_again.iter_mut().for_each(|(_, count)| *count += changed);
    }

    /// The parts of the note, in the order in which things were done.
    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(self.encoding.map(|encoding| format!("read as {encoding}")));
        if self.undefined_bytes > 0 {
            lines.push(format!("undefined bytes: {}", self.undefined_bytes));
        }
        let read_again = self.read_again;
        lines.extend(read_again.map(|(name, changed)| format!("read again as {name}: {changed}")));
        let changes = self.changes.iter().filter(|(_, count)| *count > 0);
        lines.extend(changes.map(|(fix, count)| format!("{fix}: {count}")));
        lines
    }
}

/// Says why a text must not be fixed yet: what would be fixed are bytes of letters.
fn refused(place: &str, damage: &Damage) -> Problem {
    let found = match damage {
        Damage::Misread(found) => {
            format!("holds {} that was read as windows-1252", found.encoding())
        }
        _ => "holds UTF-8 that was read as another encoding".to_owned(),
    };
    let hint =
        format!("{} fixes it and must come first; --force destroys these letters", damage.flags());
    Problem::new(place, found).hint(hint)
}

/// The byte order mark of an encoding, empty if it has none.
fn mark(encoding: Encoding) -> Vec<u8> {
    if encoding.is_unicode() {
        encode("\u{FEFF}", encoding).unwrap_or_default()
    } else {
        Vec::new()
    }
}
