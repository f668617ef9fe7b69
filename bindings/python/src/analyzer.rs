//! The analyzer of Python: models, the jobs that they do, and the calls for single texts.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::errors::{self, raised};
use crate::job::PyJob;
use crate::jobs::check::{Checks, Normal};
use crate::jobs::explain::Explanations;
use crate::jobs::keywords::Keywords;
use crate::jobs::multi::Multi;
use crate::jobs::page::{PageTexts, Pages};
use crate::jobs::summary::{Summaries, SummaryTexts};
use crate::jobs::tokens::{Cutter, Joined, Level, Pieces, Spans, Terms};
use crate::library::{
    Budget, Document, Encoding, Engine, FinalVowel, Fix, KeywordMethod, KeywordOptions, MAX_WORDS,
    Mmr, ModelFiles, Normalizer, Order, Repair, Role, ToneStyle, ngram_options,
};

/// Models, and the jobs that they do.
#[pyclass(frozen, module = "tomtat._tomtat", name = "Core")]
pub(crate) struct Core {
    pub(crate) engine: Engine,
}

/// How long summaries are to be: at most one is given.
#[derive(Debug, FromPyObject)]
#[pyo3(from_item_all)]
struct LengthArguments {
    n: Option<i64>,
    words: Option<i64>,
    syllables: Option<i64>,
    characters: Option<i64>,
    ratio: Option<f64>,
    length: Option<String>,
}

impl LengthArguments {
    fn budget(&self, py: Python<'_>) -> PyResult<Option<Budget>> {
        let given = [
            ("n", self.n.is_some()),
            ("words", self.words.is_some()),
            ("syllables", self.syllables.is_some()),
            ("characters", self.characters.is_some()),
            ("ratio", self.ratio.is_some()),
            ("length", self.length.is_some()),
        ];
        let names: Vec<&str> = given.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect();
        let name = match names.as_slice() {
            [] => return Ok(None),
            [name] => *name,
            [first, second, ..] => {
                let problem = format!("there is a length already: {first}");
                return Err(errors::argument(py, second, problem));
            }
        };
        let wrong = |problem: String| errors::argument(py, name, problem);
        let whole = |n: Option<i64>| {
            let n = n.unwrap_or_default();
            usize::try_from(n)
                .map_err(|_| wrong(format!("takes a whole number of at least 1, found {n}")))
        };
        let budget = match name {
            "n" => Budget::sentences(whole(self.n)?),
            "words" => Budget::words(whole(self.words)?),
            "syllables" => Budget::syllables(whole(self.syllables)?),
            "characters" => Budget::characters(whole(self.characters)?),
            "ratio" => Budget::ratio(self.ratio.unwrap_or_default()),
            _ => {
                let text = self.length.as_deref().unwrap_or_default();
                return text
                    .parse()
                    .map(Some)
                    .map_err(|error: <Budget as std::str::FromStr>::Err| wrong(error.to_string()));
            }
        };
        budget.map(Some).map_err(|error| wrong(error.to_string()))
    }
}

impl Core {
    fn cutter(
        &self,
        py: Python<'_>,
        level: &str,
        lines: bool,
        split_unmarked: bool,
    ) -> PyResult<Cutter> {
        let level = Level::of(level).ok_or_else(|| {
            let problem = format!("no `{level}`; there are sentence, syllable, word");
            errors::argument(py, "level", problem)
        })?;
        if lines && split_unmarked {
            return Err(errors::argument(py, "split_unmarked", "does not go with lines"));
        }
        Ok(Cutter { analyzer: self.engine.analyzer.clone(), level, lines, split_unmarked })
    }
}

#[pymethods]
impl Core {
    #[new]
    #[pyo3(signature = (
        dictionary=None, segmenter=None, background=None, ranker=None, starters=None,
        keyword_model=None, standalone=None
    ))]
    fn new(
        py: Python<'_>,
        dictionary: Option<String>,
        segmenter: Option<Vec<u8>>,
        background: Option<Vec<u8>>,
        ranker: Option<Vec<u8>>,
        starters: Option<Vec<u8>>,
        keyword_model: Option<Vec<u8>>,
        standalone: Option<Vec<u8>>,
    ) -> PyResult<Self> {
        let files = ModelFiles {
            dictionary,
            segmenter,
            background,
            ranker,
            starters,
            keyword_model,
            standalone,
        };
        Ok(Self { engine: Engine::new(&files).map_err(raised(py))? })
    }

    /// Cuts a text into a list.
    #[pyo3(signature = (text, level, lines=false, split_unmarked=false))]
    fn pieces<'py>(
        &self,
        py: Python<'py>,
        text: &str,
        level: &str,
        lines: bool,
        split_unmarked: bool,
    ) -> PyResult<Bound<'py, PyList>> {
        self.cutter(py, level, lines, split_unmarked)?.list(py, text)
    }

    /// Cuts a text, and puts the pieces into one.
    #[pyo3(signature = (text, level, lines=false, split_unmarked=false))]
    fn joined(
        &self,
        py: Python<'_>,
        text: &str,
        level: &str,
        lines: bool,
        split_unmarked: bool,
    ) -> PyResult<String> {
        let cutter = self.cutter(py, level, lines, split_unmarked)?;
        Ok(py.detach(|| cutter.joined(text, &mut Document::default())))
    }

    /// Returns the places of the pieces of a text, in characters.
    #[pyo3(signature = (text, level, lines=false, split_unmarked=false))]
    fn spans(
        &self,
        py: Python<'_>,
        text: &str,
        level: &str,
        lines: bool,
        split_unmarked: bool,
    ) -> PyResult<Vec<(i64, i64)>> {
        let cutter = self.cutter(py, level, lines, split_unmarked)?;
        Ok(py.detach(|| cutter.places(text, &mut Document::default())))
    }

    /// Makes the job that cuts texts: into `list`s, `text`s or `spans`.
    #[pyo3(signature = (level, form, lines=false, split_unmarked=false))]
    fn tokens_job(
        &self,
        py: Python<'_>,
        level: &str,
        form: &str,
        lines: bool,
        split_unmarked: bool,
    ) -> PyResult<PyJob> {
        let cutter = self.cutter(py, level, lines, split_unmarked)?;
        Ok(match form {
            "text" => PyJob::new(Joined(cutter)),
            "spans" => PyJob::new(Spans(cutter)),
            _ => PyJob::new(Pieces(cutter)),
        })
    }

    /// Makes the job that finds terms.
    #[pyo3(signature = (unit, ngrams, stop_words))]
    fn terms_job(
        &self,
        py: Python<'_>,
        unit: &str,
        ngrams: (usize, usize),
        mut stop_words: Vec<String>,
    ) -> PyResult<PyJob> {
        stop_words.sort_unstable();
        let ngrams = ngram_options(unit, ngrams, 0).map_err(raised(py))?;
        let analyzer = self.engine.analyzer.clone();
        Ok(PyJob::new(Terms { analyzer, ngrams, stop_words }))
    }

    /// Makes the job that summarizes: into `records`, a `text` or an `explanation`.
    #[pyo3(signature = (
        length, method=None, mmr=None, dangling=false, trim=false, order="document", query=None,
        loose=false, seen=None, raw=false, sapo=false, form="records"
    ))]
    #[expect(clippy::fn_params_excessive_bools, reason = "the flags of the command")]
    fn summary_job(
        &self,
        py: Python<'_>,
        length: LengthArguments,
        method: Option<&str>,
        mmr: Option<f64>,
        dangling: bool,
        trim: bool,
        order: &str,
        query: Option<&str>,
        loose: bool,
        seen: Option<Vec<String>>,
        raw: bool,
        sapo: bool,
        form: &str,
    ) -> PyResult<PyJob> {
        let name = method.unwrap_or(crate::library::DEFAULT_METHOD);
        let ranker = self.engine.method(name).map_err(raised(py))?;
        let budget = length.budget(py)?;
        if sapo && (budget.is_some() || raw) {
            return Err(errors::argument(py, "sapo", "goes neither with a length nor with raw"));
        }
        if trim && (sapo || name != crate::library::DEFAULT_METHOD) {
            let problem = "goes with the method trained, and not with sapo";
            return Err(errors::argument(py, "trim", problem));
        }
        let orders = [("document", Order::Document), ("score", Order::Score)];
        let order = one_of(py, "order", Some(order), orders)?.unwrap_or_default();
        let mut summarizer = self.engine.summarizer(ranker);
        if let Some(lambda) = mmr {
            if !(0.0..=1.0).contains(&lambda) {
                let problem = format!("takes a number from 0 to 1, found {lambda}");
                return Err(errors::argument(py, "mmr", problem));
            }
            summarizer = summarizer.with_selector(Mmr::new(lambda));
        }
        if let Some(query) = self.engine.query(query, loose).map_err(raised(py))? {
            summarizer = summarizer.with_query(query);
        }
        if let Some(seen) = seen.filter(|seen| !seen.is_empty()) {
            summarizer = summarizer.with_seen(Arc::new(self.engine.seen(&seen)));
        }
        let summarizer = summarizer
            .with_budget(budget.unwrap_or_default())
            .with_avoid_dangling(!dangling)
            .with_trim(trim)
            .with_order(order);
        let analyzer = self.engine.analyzer.clone();
        let job = Summaries { analyzer, summarizer, raw, sapo };
        Ok(match form {
            "text" => PyJob::new(SummaryTexts(job)),
            "explanation" => PyJob::new(Explanations(job)),
            _ => PyJob::new(job),
        })
    }

    /// Makes the job that summarizes several articles as one.
    #[pyo3(signature = (
        length, dangling=false, query=None, loose=false, seen=None, raw=false
    ))]
    fn multi_job(
        &self,
        py: Python<'_>,
        length: LengthArguments,
        dangling: bool,
        query: Option<&str>,
        loose: bool,
        seen: Option<Vec<String>>,
        raw: bool,
    ) -> PyResult<PyJob> {
        /// Syllables if no length is asked for, as on the command line.
        const LENGTH: usize = 180;
        let mut summarizer = self.engine.multi_summarizer(dangling);
        let budget = match length.budget(py)? {
            Some(budget) => budget,
            None => Budget::syllables(LENGTH)
                .map_err(|error| errors::argument(py, "syllables", error))?,
        };
        summarizer = summarizer.with_budget(budget);
        if let Some(query) = self.engine.query(query, loose).map_err(raised(py))? {
            summarizer = summarizer.with_query(query);
        }
        if let Some(seen) = seen.filter(|seen| !seen.is_empty()) {
            summarizer = summarizer.with_seen(Arc::new(self.engine.seen(&seen)));
        }
        Ok(PyJob::new(Multi { analyzer: self.engine.analyzer.clone(), summarizer, raw }))
    }

    /// Makes the job that takes articles out of pages.
    #[staticmethod]
    #[pyo3(signature = (keep, text=false))]
    fn page_job(py: Python<'_>, keep: Vec<String>, text: bool) -> PyResult<PyJob> {
        let role = |name: &String| {
            Role::from_name(name).ok_or_else(|| {
                let names: Vec<&str> = Role::ALL.into_iter().map(Role::name).collect();
                let problem = format!("no role `{name}`; there are {}", names.join(", "));
                errors::argument(py, "keep", problem)
            })
        };
        let pages = Pages { keep: keep.iter().map(role).collect::<PyResult<_>>()? };
        Ok(if text { PyJob::new(PageTexts(pages)) } else { PyJob::new(pages) })
    }

    /// Makes the job that finds key terms.
    #[pyo3(signature = (top, method, max_words, raw=false))]
    fn keywords_job(
        &self,
        py: Python<'_>,
        top: usize,
        method: Option<&str>,
        max_words: usize,
        raw: bool,
    ) -> PyResult<PyJob> {
        if !(1..=MAX_WORDS).contains(&max_words) {
            let problem = format!("takes a number from 1 to {MAX_WORDS}, found {max_words}");
            return Err(errors::argument(py, "max_words", problem));
        }
        let mut options = KeywordOptions::default().with_top(top).with_max_words(max_words);
        if let Some(name) = method {
            let method: KeywordMethod =
                name.parse().map_err(|error| errors::argument(py, "method", error))?;
            options = options.with_method(method);
        }
        Ok(PyJob::new(Keywords { analyzer: self.engine.analyzer.clone(), options, raw }))
    }

    /// Makes the job that checks texts.
    #[staticmethod]
    fn check_job() -> PyJob {
        PyJob::new(Checks)
    }

    /// Makes the job that fixes texts; without any fix, by the safe ones.
    #[staticmethod]
    #[pyo3(signature = (fixes, safe, tone=None, i_y=None, misread=None, force=false))]
    fn normalize_job(
        py: Python<'_>,
        fixes: Vec<String>,
        safe: bool,
        tone: Option<&str>,
        i_y: Option<&str>,
        misread: Option<&str>,
        force: bool,
    ) -> PyResult<PyJob> {
        let style = one_of(py, "tone", tone, [("old", ToneStyle::Old), ("new", ToneStyle::New)])?;
        let vowel = one_of(py, "i_y", i_y, [("i", FinalVowel::I), ("y", FinalVowel::Y)])?;
        let misread = misread.map(str::parse::<Encoding>).transpose();
        let misread = misread.map_err(|error| errors::argument(py, "misread", error))?;
        let named = !fixes.is_empty() || style.is_some() || vowel.is_some() || misread.is_some();
        let mut normalizer = if safe || !named { Normalizer::safe() } else { Normalizer::new() };
        for name in &fixes {
            let fix = Fix::ALL.into_iter().find(|fix| fix.name() == *name);
            let fix = fix.ok_or_else(|| errors::argument(py, name, "is not known"))?;
            normalizer = normalizer.with(fix);
        }
        for fix in style.map(Fix::Tone).into_iter().chain(vowel.map(Fix::FinalVowel)) {
            normalizer = normalizer.with(fix);
        }
        // What was read again has been undone.
        let normalizer = normalizer.with_force(force || misread.is_some());
        Ok(PyJob::new(Normal(Repair { normalizer, misread })))
    }
}

/// Returns the value that a name stands for.
fn one_of<T, const N: usize>(
    py: Python<'_>,
    argument: &str,
    found: Option<&str>,
    known: [(&str, T); N],
) -> PyResult<Option<T>> {
    let Some(found) = found else { return Ok(None) };
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let problem = format!("no `{found}`; there are {}", names.join(", "));
    let value = known.into_iter().find_map(|(name, value)| (name == found).then_some(value));
    value.map(Some).ok_or_else(|| errors::argument(py, argument, problem))
}

/// Names of the methods of summaries, each with a line about it.
#[pyfunction]
pub(crate) fn methods() -> Vec<(&'static str, &'static str)> {
    crate::library::METHODS.iter().map(|entry| (entry.info.name, entry.info.summary)).collect()
}
