//! `tomtat train segmenter`: the word segmenter, and how good it is.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Args;
use tomtat::builtin;
use tomtat::model::ModelInfo;
use tomtat::text::key::{UnitId, fold};
use tomtat::token::sentence_starters::SentenceStarters;
use tomtat::train::lexicon::{LexiconOptions, LexiconTrainer};
use tomtat::train::segmenter::{
    ContestedPairs, Join, SegmenterOptions, SegmenterTrainer, annotated,
};
use tomtat::words::CrfSegmenter;
use tomtat::words::LexiconEntry;
use tomtat::words::SegmenterModel;
use tomtat::words::WordSegmenter;

use super::segmented_lines;
use crate::input::Source;
use crate::models;
use crate::output::{OutputFile, message};
use crate::run::status::Status;

/// Arguments of `tomtat train segmenter`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Text segmented by people, one sentence a line.
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    gold: Vec<PathBuf>,
    /// Text segmented by a program.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    silver: Vec<PathBuf>,
    /// The same lines segmented by two programs; where they disagree, nothing is learned.
    #[arg(long, num_args = 2, value_names = ["FILE", "FILE"])]
    agreed: Vec<PathBuf>,
    /// More pre-segmented text, from which only the lexicon is collected.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    words: Vec<PathBuf>,
    /// Text segmented by people that is never learned from; the model is scored on it.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    held_out: Vec<PathBuf>,
    /// Which capitalized syllables begin sentences, made by `tomtat train sentence-starters`.
    #[arg(long, value_name = "FILE")]
    starters: Option<PathBuf>,
    /// Weight of a gold sentence against a silver one.
    #[arg(long, default_value_t = 5.0)]
    gold_weight: f32,
    /// Passes over the sentences.
    #[arg(long, default_value_t = 4)]
    passes: usize,
    /// Least weighted count of a word of the lexicon.
    #[arg(long, default_value_t = 2)]
    min_count: u32,
    /// The same for words that are mostly capitalized.
    #[arg(long, default_value_t = 6)]
    min_name_count: u32,
    /// Where the model is written.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Name of the model in its header.
    #[arg(long, default_value = "unnamed")]
    name: String,
    /// Licence of the corpora, as their publishers state it.
    #[arg(long, default_value = "not stated")]
    licence: String,
}

/// What a line counts in the lexicon: gold, silver, other.
const LEXICON_WEIGHTS: [u32; 3] = [9, 3, 1];

/// A word that is joined in less than this share of its places must be frequent.
const DOUBTFUL_SHARE: f64 = 0.3;
const DOUBTFUL_COUNT: u32 = 9;

/// Least weighted count of a word that verbs are derived from, and the counts that a derived verb gets:
/// joined, seen. They give it the strength of a word that is joined in most of its places.
const DERIVED_COUNT: u32 = 150;
const DERIVED_PLACES: [u32; 2] = [3, 4];

/// One gold sentence in so many is set aside.
const ASIDE: u64 = 10;

/// Which sentences must not be learned from.
struct Unseen {
    keys: HashSet<u64>,
}

impl Unseen {
    /// Letters and digits of the folded line; `None` if it is too short to tell sentences apart.
    fn key(line: &str) -> Option<u64> {
        let mut letters = 0;
        let hash = fold(line).chars().filter(|c| c.is_alphanumeric()).fold(
            0xCBF2_9CE4_8422_2325,
            |h, c| {
                letters += 1;
                (h ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01B3u64)
            },
        );
        (letters > 8).then_some(hash ^ (hash >> 29))
    }

    fn has(&self, line: &str) -> bool {
        Self::key(line).is_some_and(|key| self.keys.contains(&key))
    }
}

fn read(files: &[PathBuf]) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for path in files {
        segmented_lines(&Source::File(path.clone()), |line| lines.push(line.to_owned()))?;
    }
    Ok(lines)
}

pub(super) fn run(arguments: &Arguments) -> Result<Status> {
    let gold = read(&arguments.gold)?;
    let held_out = read(&arguments.held_out)?;
    let aside = |line: &String| Unseen::key(line).is_some_and(|key| key % ASIDE == 3);
    let (aside, gold): (Vec<String>, Vec<String>) = gold.into_iter().partition(aside);
    let unseen = Unseen {
        keys: aside.iter().chain(&held_out).filter_map(|line| Unseen::key(line)).collect(),
    };
    let keep = |lines: Vec<String>| -> Vec<String> {
        lines.into_iter().filter(|line| !unseen.has(line)).collect()
    };
    let gold = keep(gold);
    let silver = keep(read(&arguments.silver)?);
    let agreed = agreed(arguments, &unseen)?;
    message(
        "note",
        format_args!(
            "{} gold, {} silver, {} doubly segmented sentences; {} set aside, {} held out",
            gold.len(),
            silver.len(),
            agreed.len(),
            aside.len(),
            held_out.len()
        ),
    );

    let lexicon = lexicon(arguments, &unseen, &gold, &silver, &agreed)?;
    message("note", format_args!("{} words in the lexicon", lexicon.len()));
    let mut options = SegmenterOptions::default();
    options.epochs = arguments.passes;
    let starters = match &arguments.starters {
        Some(path) => models::starters(path)?,
        None => builtin::starters(),
    };
    let segmenter = train(arguments, options, &starters, &lexicon, &gold, &silver, &agreed);

    let mut info = ModelInfo::new("", &arguments.name);
    info.corpus = file_names(arguments);
    info.licence.clone_from(&arguments.licence);
    "tomtat train segmenter (models/rebuild.sh)".clone_into(&mut info.command);
    for (set, lines) in [("aside", &aside), ("held_out", &held_out)] {
        for (form, score) in scores(&segmenter, &lexicon, &starters, lines) {
            message("note", format_args!("{set}, {form}: {score}"));
            info.scores.insert(format!("{set} {form} F1"), (score.f1() * 1e4).round() / 1e4);
        }
    }
    let model = SegmenterModel::write(info, &segmenter, &lexicon);
    let path = &arguments.output;
    OutputFile::open(path)?.commit(&model)?;
    message("note", format_args!("{}: {} bytes", path.display(), model.len()));
    Ok(Status::Done)
}

fn file_names(arguments: &Arguments) -> Vec<String> {
    [&arguments.gold, &arguments.silver, &arguments.agreed, &arguments.words]
        .into_iter()
        .flatten()
        .filter_map(|path| path.file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// Pairs of lines from the two files of each `--agreed`.
fn agreed(arguments: &Arguments, unseen: &Unseen) -> Result<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for files in arguments.agreed.chunks(2) {
        let (first, second) = (read(&files[..1])?, read(&files[1..])?);
        if first.len() != second.len() {
            bail!(
                "{} has {} lines, {} has {}: they must be the same lines",
                files[0].display(),
                first.len(),
                files[1].display(),
                second.len()
            );
        }
        pairs.extend(first.into_iter().zip(second).filter(|(line, _)| !unseen.has(line)));
    }
    Ok(pairs)
}

fn lexicon(
    arguments: &Arguments,
    unseen: &Unseen,
    gold: &[String],
    silver: &[String],
    agreed: &[(String, String)],
) -> Result<Vec<LexiconEntry>> {
    let mut trainer = LexiconTrainer::default();
    for verify in [false, true] {
        let mut add = |line: &str, times: u32| {
            if verify {
                trainer.verify_times(line, times);
            } else {
                trainer.count_times(line, times);
            }
        };
        for line in gold {
            add(line, LEXICON_WEIGHTS[0]);
        }
        for line in silver.iter().chain(agreed.iter().map(|(line, _)| line)) {
            add(line, LEXICON_WEIGHTS[1]);
        }
        for path in &arguments.words {
            segmented_lines(&Source::File(path.clone()), |line| {
                if !unseen.has(line) {
                    add(line, LEXICON_WEIGHTS[2]);
                }
            })?;
        }
    }
    let mut options = LexiconOptions::default();
    options.min_count = arguments.min_count;
    options.min_name_count = arguments.min_name_count;
    options.min_share = 0.1;
    let share = |e: &LexiconEntry| f64::from(e.joined()) / f64::from(e.seen());
    let mut entries = trainer.entries(&options);
    entries.retain(|e| share(e) >= DOUBTFUL_SHARE || e.joined() >= DOUBTFUL_COUNT);
    add_derived_verbs(&mut entries);
    Ok(entries)
}

/// Adds verbs that are made of frequent words and `hóa`, which makes a verb of nearly any word:
/// `hình sự hóa`. News has few of them, laws and essays have many.
fn add_derived_verbs(entries: &mut Vec<LexiconEntry>) {
    let known: HashSet<String> = entries.iter().map(|entry| entry.key().to_owned()).collect();
    let is_base = |entry: &&LexiconEntry| {
        entry.joined() >= DERIVED_COUNT
            && entry.strength() >= 5
            && entry.units().len() == 2
            && entry.units().iter().all(|unit| unit.is_syllable())
    };
    let verbs = entries.iter().filter(is_base).map(|entry| format!("{} hóa", entry.key()));
    let verbs: Vec<LexiconEntry> = verbs
        .filter(|verb| !known.contains(verb))
        .map(|verb| LexiconEntry::new(&verb, DERIVED_PLACES[0], DERIVED_PLACES[1]))
        .collect();
    entries.extend(verbs);
    entries.sort_unstable();
}

fn train(
    arguments: &Arguments,
    options: SegmenterOptions,
    starters: &Arc<SentenceStarters>,
    lexicon: &[LexiconEntry],
    gold: &[String],
    silver: &[String],
    agreed: &[(String, String)],
) -> CrfSegmenter {
    let mut trainer = SegmenterTrainer::new(options).with_starters(Arc::clone(starters));
    for line in gold {
        trainer.add_line(line, arguments.gold_weight);
    }
    let mut contested = ContestedPairs::new(Arc::clone(starters));
    gold.iter().for_each(|line| contested.add_gold(line));
    agreed.iter().for_each(|(first, second)| contested.add_both(first, second));
    contested.decide();
    message("note", format_args!("{} pairs are contested", contested.len()));
    for line in silver {
        trainer.add_silver(line, &contested, 1.0);
    }
    for (first, second) in agreed {
        trainer.add_agreeing(first, second, 1.0);
    }
    trainer.train(lexicon)
}

/// Words that were found, words that there are, and words that are both.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    gold: Counts,
    found: Counts,
    right: Counts,
}

/// All words, words of several syllables, and those of them that the lexicon does not have.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    all: u32,
    long: u32,
    unknown: u32,
}

fn ratio(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}

impl Score {
    fn f1(&self) -> f64 {
        2.0 * f64::from(self.right.all) / f64::from((self.gold.all + self.found.all).max(1))
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { gold, found, right } = self;
        write!(
            f,
            "P {:.2} R {:.2} F1 {:.2}; several syllables F1 {:.2}; not in the lexicon R {:.1} ({})",
            100.0 * ratio(right.all, found.all),
            100.0 * ratio(right.all, gold.all),
            100.0 * self.f1(),
            200.0 * ratio(right.long, gold.long + found.long),
            100.0 * ratio(right.unknown, gold.unknown),
            gold.unknown
        )
    }
}

/// A way to write a line.
type Form = fn(&str) -> String;

/// Scores the segmenter on lines as they are, in lower case, in upper case.
fn scores(
    segmenter: &CrfSegmenter,
    lexicon: &[LexiconEntry],
    starters: &SentenceStarters,
    lines: &[String],
) -> Vec<(&'static str, Score)> {
    let known: HashSet<Vec<UnitId>> = lexicon.iter().map(LexiconEntry::units).collect();
    let forms: [(&'static str, Form); 3] = [
        ("as written", str::to_owned),
        ("lower case", str::to_lowercase),
        ("upper case", str::to_uppercase),
    ];
    let mut joins = Vec::new();
    forms
        .into_iter()
        .filter(|_| !lines.is_empty())
        .map(|(name, form)| {
            let mut score = Score::default();
            for line in lines {
                let (units, known_joins) = annotated(&form(line), starters);
                segmenter.join(&units, &mut joins);
                let gold: Vec<bool> = known_joins.iter().map(|j| *j != Join::Split).collect();
                for (found, gold) in joins.iter_mut().zip(&known_joins) {
                    *found |= *gold == Join::Unknown;
                }
                let counts = |words: &[(usize, usize)]| Counts {
                    all: words.len() as u32,
                    long: words.iter().filter(|w| w.1 > w.0 + 1).count() as u32,
                    unknown: words
                        .iter()
                        .filter(|w| w.1 > w.0 + 1)
                        .map(|w| units[w.0..w.1].iter().map(|u| u.id).collect::<Vec<_>>())
                        .filter(|units| !known.contains(units))
                        .count() as u32,
                };
                let (gold, found) = (words(&gold), words(&joins));
                let found_set: HashSet<&(usize, usize)> = found.iter().collect();
                let right: Vec<(usize, usize)> =
                    gold.iter().filter(|w| found_set.contains(w)).copied().collect();
                for (sum, part) in [
                    (&mut score.gold, counts(&gold)),
                    (&mut score.found, counts(&found)),
                    (&mut score.right, counts(&right)),
                ] {
                    sum.all += part.all;
                    sum.long += part.long;
                    sum.unknown += part.unknown;
                }
            }
            (name, score)
        })
        .collect()
}

/// Words as ranges of units.
fn words(joins: &[bool]) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    for (i, &join) in joins.iter().enumerate() {
        match words.last_mut() {
            Some(last) if join => last.1 = i + 1,
            _ => words.push((i, i + 1)),
        }
    }
    words
}
