//! Texts and pages, fixed block by block.

use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::decode::Decoder;
use tomtat::text::encoding::encode::encode;
use tomtat::text::encoding::misread::Rereader;
use tomtat::text::repair::damage::Damage;
use tomtat::text::repair::markup::{Part, escaped, parts};
use tomtat::text::repair::normalize::Survey;

use super::{Account, Stop, Work, refused, undecoded};
use crate::input::{Problem, Source};

/// One way through a text, from its first block to the last.
struct Pass {
    decoder: Decoder,
    rereader: Option<Rereader>,
    account: Account,
}

impl Work<'_> {
    /// Fixes a text.
    pub(super) fn text(&mut self, source: &Source, decoder: &Decoder) -> Result<Account, Stop> {
        let mut pass = self.pass(decoder);
        if let Some(rereader) = &mut pass.rereader {
            source.for_blocks(decoder.encoding(), |block| {
                rereader.look(&decoded(self, &source.name(), &mut pass.decoder, block)?.0);
                Ok::<_, Problem>(())
            })?;
            pass.decoder = decoder.clone();
        }
        let first_rereader = pass.rereader.clone();
        let mut survey = Survey::default();
        self.for_texts(source, &mut pass, |_, text, _| {
            survey.add(text);
            Ok(())
        })?;
        if let Some(damage) = self.normalizer.refuses(&survey) {
            return Err(self.refused_at(source, &damage, decoder)?.into());
        }
        if !self.arguments.to.is_unicode() {
            // Nothing is written of a text that cannot be written to its end.
            let rereader = first_rereader.clone();
            let mut pass = Pass { rereader, ..self.pass(decoder) };
            self.encode_all(source, &mut pass, &survey, |_, _| Ok(()))?;
        }
        let mut pass = Pass { rereader: first_rereader, ..self.pass(decoder) };
        self.encode_all(source, &mut pass, &survey, |work, bytes| {
            Ok(work.output.write_bytes(bytes)?)
        })?;
        Ok(pass.account)
    }

    /// Fixes the text between the tags of a page.
    pub(super) fn page(&mut self, source: &Source, mut decoder: Decoder) -> Result<Account, Stop> {
        let bytes = source.whole(self.arguments.input.reading.longest)?;
        let mut account = self.account(decoder.encoding());
        let (mut html, undefined) = decoded(self, &source.name(), &mut decoder, &bytes)?;
        account.undefined_bytes = undefined;
        if let Some(encoding) = self.arguments.misread {
            let (text, changed) = tomtat::text::encoding::misread::reread(&html, encoding);
            html = text;
            account.add_read_again(changed);
        }
        let fixed = self.fix_page(&html, &mut account).map_err(|damage| {
            let line = line_of(&html, first_of(&damage));
            refused(&format!("{}: line {line}", source.name()), &damage)
        })?;
        let bytes = encode(&fixed, self.arguments.to).map_err(|error| {
            let line = line_of(&fixed, error.position());
            unwritten(&source.name(), line, error.text(), self.arguments.to)
        })?;
        self.output.write_bytes(&bytes)?;
        Ok(account)
    }

    /// The page with its text fixed, unless it is damaged.
    pub(super) fn fix_page(&self, html: &str, account: &mut Account) -> Result<String, Damage> {
        let mut survey = Survey::default();
        for part in parts(html) {
            match part {
                Part::Text(text) => survey.add(text),
                Part::Markup(markup) => survey.skip(markup),
            }
        }
        if let Some(damage) = self.normalizer.refuses(&survey) {
            return Err(damage);
        }
        let mut fixed = String::with_capacity(html.len());
        for part in parts(html) {
            match part {
                Part::Markup(markup) => fixed.push_str(markup),
                Part::Text(text) => {
                    let normalized = self.normalizer.normalize_part(text, &survey);
                    account.add(normalized.changes());
                    if normalized.changes().is_empty() {
                        fixed.push_str(text);
                    } else {
                        fixed.push_str(&escaped(normalized.text()));
                    }
                }
            }
        }
        Ok(fixed)
    }

    fn pass(&self, decoder: &Decoder) -> Pass {
        let rereader = self.arguments.misread.map(Rereader::new);
        Pass { decoder: decoder.clone(), rereader, account: self.account(decoder.encoding()) }
    }

    /// Calls `work` with each block as text, and the lines before it.
    fn for_texts(
        &mut self,
        source: &Source,
        pass: &mut Pass,
        mut work: impl FnMut(&mut Self, &str, &mut Account) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let name = source.name();
        source.for_blocks(pass.decoder.encoding(), |block| {
            let (mut text, undefined) = decoded(self, &name, &mut pass.decoder, block)?;
            pass.account.undefined_bytes += undefined;
            if let Some(rereader) = &mut pass.rereader {
                let (again, changed) = rereader.read(&text);
                text = again;
                pass.account.add_read_again(changed);
            }
            work(self, &text, &mut pass.account)
        })
    }

    /// Calls `write` with the fixed bytes of each block.
    fn encode_all(
        &mut self,
        source: &Source,
        pass: &mut Pass,
        survey: &Survey,
        mut write: impl FnMut(&mut Self, &[u8]) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let to = self.arguments.to;
        let mut lines = 0;
        self.for_texts(source, pass, |work, text, account| {
            let normalized = work.normalizer.normalize_part(text, survey);
            account.add(normalized.changes());
            if to == Encoding::Utf8 {
                write(work, normalized.text().as_bytes())?;
            } else {
                let bytes = encode(normalized.text(), to).map_err(|error| {
                    let at = error.position();
                    let before = normalized.alignment().before(at..at).start;
                    unwritten(&source.name(), lines + line_of(text, before), error.text(), to)
                })?;
                write(work, &bytes)?;
            }
            lines += memchr::memchr_iter(b'\n', text.as_bytes()).count();
            Ok(())
        })
    }

    /// Says where a text is damaged.
    fn refused_at(
        &mut self,
        source: &Source,
        damage: &Damage,
        decoder: &Decoder,
    ) -> Result<Problem, Stop> {
        let (mut passed, mut line) = (0, 1);
        let first = first_of(damage);
        let mut pass = self.pass(decoder);
        pass.rereader = None;
        self.for_texts(source, &mut pass, |_, text, _| {
            if (passed..passed + text.len()).contains(&first) {
                line += line_of(text, first - passed) - 1;
            } else if passed + text.len() <= first {
                line += line_of(text, text.len()) - 1;
            }
            passed += text.len();
            Ok(())
        })?;
        Ok(refused(&format!("{}: line {line}", source.name()), damage))
    }
}

/// Decodes a block, and counts the bytes that the encoding does not define.
fn decoded(
    work: &Work<'_>,
    name: &str,
    decoder: &mut Decoder,
    block: &[u8],
) -> Result<(String, usize), Problem> {
    let decoded = if work.arguments.lossy {
        decoder.decode_lossy(block)
    } else {
        decoder.decode(block).map_err(|error| undecoded(name, &error))?
    };
    let undefined = decoded.replaced().len();
    Ok((decoded.into_text(), undefined))
}

/// Where damage begins.
fn first_of(damage: &Damage) -> usize {
    match damage {
        Damage::Mojibake { first, .. } => *first,
        Damage::Misread(found) => found.first(),
        _ => 0,
    }
}

/// The number of the line that holds an offset.
fn line_of(text: &str, at: usize) -> usize {
    memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count() + 1
}

fn unwritten(name: &str, line: usize, text: &str, to: Encoding) -> Problem {
    Problem::new(name, format!("line {line}: `{text}` cannot be written in {to}"))
        .hint("see --quotes, --spaces and the other fixes, or use --to utf-8")
}
