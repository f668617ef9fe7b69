//! Models named on the command line.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Args;
use tomtat::corpus::keywords::KeywordModel;
use tomtat::model::Container;
use tomtat::rank::RankerModel;
use tomtat::token::sentence_starters::SentenceStarters;
use tomtat::weights::{Background, StandaloneModel};
use tomtat::words::LongestMatch;
use tomtat::words::SegmenterModel;
use tomtat::words::WordSegmenter;
use tomtat::words::{Lexicon, LexiconEntry};
use tomtat::{Models, builtin};

/// Models that decide where sentences and words end.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct TokenModelArguments {
    /// Word segmenter, made by `tomtat train segmenter` or `tomtat train lexicon`.
    #[arg(long, value_name = "FILE", help_heading = "Models")]
    pub(crate) segmenter: Option<PathBuf>,
    /// Which capitalized syllables begin sentences, made by `tomtat train sentence-starters`.
    #[arg(long, value_name = "FILE", help_heading = "Models")]
    pub(crate) starters: Option<PathBuf>,
}

impl TokenModelArguments {
    /// Returns the models that ship with the program, with those of the arguments in their place.
    pub(crate) fn models(&self) -> Result<Models> {
        let mut models = Models::default();
        if let Some(path) = &self.segmenter {
            models = models.with_segmenter(segmenter(path)?);
        }
        if let Some(path) = &self.starters {
            models = models.with_starters(starters(path)?);
        }
        Ok(models)
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Reads a word segmenter: a trained one, or a lexicon for longest match.
pub(crate) fn segmenter(path: &Path) -> Result<Arc<dyn WordSegmenter>> {
    let file = read(path)?;
    let place = || path.display().to_string();
    let kind = Container::parse(&file).with_context(place)?.info().kind.clone();
    if kind == "lexicon" {
        let lexicon = Lexicon::read(&file).with_context(place)?;
        return Ok(Arc::new(LongestMatch::new(lexicon)));
    }
    Ok(Arc::new(SegmenterModel::read(&file).with_context(place)?.into_segmenter()))
}

/// Reads the model of a trained ranker.
pub(crate) fn ranker_model(path: &Path) -> Result<Arc<RankerModel>> {
    let model = RankerModel::read(&read(path)?).with_context(|| path.display().to_string())?;
    Ok(Arc::new(model))
}

/// Reads the model of key terms.
pub(crate) fn keyword_model(path: &Path) -> Result<Arc<KeywordModel>> {
    let model = KeywordModel::read(&read(path)?).with_context(|| path.display().to_string())?;
    Ok(Arc::new(model))
}

/// Reads sentence starters.
pub(crate) fn starters(path: &Path) -> Result<Arc<SentenceStarters>> {
    let starters =
        SentenceStarters::read(&read(path)?).with_context(|| path.display().to_string())?;
    Ok(Arc::new(starters))
}

/// Reads the model of sentences that stand alone.
pub(crate) fn standalone(path: &Path) -> Result<Arc<StandaloneModel>> {
    let model = StandaloneModel::read(&read(path)?).with_context(|| path.display().to_string())?;
    Ok(Arc::new(model))
}

/// Reads background statistics.
pub(crate) fn background(path: &Path) -> Result<Arc<Background>> {
    let background = Background::read(&read(path)?).with_context(|| path.display().to_string())?;
    Ok(Arc::new(background))
}

/// Reads an edited word list and puts it under the trained segmenter.
pub(crate) fn segmenter_with_words(
    model: Option<&Path>,
    words: &Path,
) -> Result<Arc<dyn WordSegmenter>> {
    let text = String::from_utf8(read(words)?)
        .with_context(|| format!("{}: not valid UTF-8", words.display()))?;
    let mut entries: Vec<LexiconEntry> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let place = || format!("{}:{}", words.display(), number + 1);
        entries.push(line.parse().with_context(place)?);
    }
    let file = match model {
        Some(path) => read(path)?,
        None => builtin::SEGMENTER.to_vec(),
    };
    let model = SegmenterModel::read(&file)?;
    Ok(Arc::new(model.with_lexicon(&entries).into_segmenter()))
}

/// Lists the words of the trained segmenter, as [`segmenter_with_words`] reads them.
pub(crate) fn words(model: Option<&Path>) -> Result<String> {
    let file = match model {
        Some(path) => read(path)?,
        None => builtin::SEGMENTER.to_vec(),
    };
    let entries = SegmenterModel::read_lexicon(&file)?;
    let mut out = String::new();
    for entry in entries {
        out.push_str(&entry.to_string());
        out.push('\n');
    }
    Ok(out)
}
