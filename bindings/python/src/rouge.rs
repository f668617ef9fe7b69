//! ROUGE and chrF: of one pair, and of many with confidence intervals.

use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::errors;
use crate::library::{
    Analyzer, Bootstrap, Chrf, Fingerprint, Interval, Measure, Punctuation, References, Rouge,
    RougeTokenizer, Score, Scratch, Signature, Stemming, plain,
};
use crate::parallel;
use crate::source::{Block, Row, Rows, TextLists, Texts};

/// A measure, and where its score comes from.
#[derive(Clone, Copy, Debug)]
enum Place {
    Rouge(usize),
    Chrf(usize),
}

/// Scores predictions against references.
#[pyclass(frozen, module = "tomtat._tomtat", name = "Rouge")]
pub(crate) struct PyRouge {
    rouge: Option<Rouge>,
    chrf: Vec<Chrf>,
    order: Vec<Place>,
    names: Vec<String>,
    by_words: bool,
    analyzer: Analyzer,
}

/// Mean and interval of precision, recall and F-measure.
type Estimate = [(f64, f64, f64); 3];

#[pymethods]
impl PyRouge {
    #[new]
    #[pyo3(signature = (
        measures, unit, references, compat, stem, keep_case, keep_punctuation, keep_tone_style,
        stop_words, beta
    ))]
    #[expect(clippy::fn_params_excessive_bools, reason = "the flags of the command")]
    fn new(
        py: Python<'_>,
        measures: Vec<String>,
        unit: &str,
        references: &str,
        compat: Option<&str>,
        stem: bool,
        keep_case: bool,
        keep_punctuation: bool,
        keep_tone_style: bool,
        stop_words: Vec<String>,
        beta: f64,
    ) -> PyResult<Self> {
        let by_words = choice(py, "unit", unit, &[("syllable", false), ("word", true)])?;
        let references = choice(
            py,
            "references",
            references,
            &[
                ("best", References::Best),
                ("average", References::Average),
                ("jackknife", References::Jackknife),
                ("pooled", References::Pooled),
            ],
        )?;
        let as_rouge_score = match compat {
            None => false,
            Some(name) => choice(py, "compat", name, &[("rouge-score", true)])?,
        };
        if as_rouge_score && (by_words || keep_case || keep_punctuation || keep_tone_style) {
            let problem = "fixes how texts are cut: leave out unit=\"word\", keep_case, \
                           keep_punctuation, keep_tone_style";
            return Err(errors::argument(py, "compat", problem));
        }
        if stem && !as_rouge_score {
            return Err(errors::argument(py, "stem", "belongs to compat=\"rouge-score\""));
        }
        let tokenizer = match (as_rouge_score, by_words) {
            (true, _) => {
                RougeTokenizer::rouge_score(if stem { Stemming::Porter } else { Stemming::Off })
            }
            (false, false) => RougeTokenizer::syllables(),
            (false, true) => RougeTokenizer::words(),
        };
        let tokenizer = tokenizer
            .lowercase(!keep_case)
            .fold_tone(!keep_tone_style)
            .punctuation(if keep_punctuation { Punctuation::Keep } else { Punctuation::Drop })
            .stop_words(&stop_words);
        let (mut of_rouge, mut chrf, mut order) = (Vec::<Measure>::new(), Vec::new(), Vec::new());
        let mut names: Vec<String> = Vec::new();
        for name in &measures {
            let lower = name.trim().to_ascii_lowercase();
            let (place, name) = if lower == "chrf" || lower == "chrf++" {
                (Place::Chrf(chrf.len()), lower)
            } else {
                let measure: Measure = name.parse().map_err(|error| {
                    errors::argument(py, "measures", format!("{error} (or chrf, chrf++)"))
                })?;
                (Place::Rouge(of_rouge.len()), measure.to_string())
            };
            if names.contains(&name) {
                continue;
            }
            match place {
                Place::Chrf(_) if name == "chrf" => chrf.push(Chrf::new()),
                Place::Chrf(_) => chrf.push(Chrf::plus_plus()),
                Place::Rouge(_) => of_rouge.extend(name.parse::<Measure>().ok()),
            }
            order.push(place);
            names.push(name);
        }
        if names.is_empty() {
            return Err(errors::argument(py, "measures", "names no measure"));
        }
        if !chrf.is_empty() && references != References::Best {
            return Err(errors::argument(py, "references", "chrf takes the best of several"));
        }
        let rouge = if of_rouge.is_empty() {
            None
        } else {
            let builder = Rouge::builder().measures(of_rouge).tokenizer(tokenizer);
            let builder = builder.beta(beta).references(references);
            Some(builder.build().map_err(|error| errors::argument(py, "beta", error))?)
        };
        Ok(Self { rouge, chrf, order, names, by_words, analyzer: Analyzer::new() })
    }

    /// Names of the measures, in the order of the scores.
    fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    /// What the measures do to Vietnamese, if that makes them wrong.
    fn warning(&self) -> Option<&'static str> {
        self.rouge.as_ref().and_then(|rouge| rouge.tokenizer().warning())
    }

    /// Scores one prediction: precision, recall and F-measure of each measure.
    fn score(
        &self,
        py: Python<'_>,
        prediction: &str,
        references: Vec<String>,
    ) -> Vec<(f64, f64, f64)> {
        py.detach(|| {
            let row = Row {
                text: prediction.into(),
                title: None,
                texts: references.into_iter().map(Into::into).collect(),
            };
            let segments = self.segments([&row]);
            let scores = self.of_row(&row, segments, &mut Scratch::default());
            scores.iter().map(|s| (s.precision, s.recall, s.f_measure)).collect()
        })
    }

    /// Scores many predictions. Returns the scores row by row, mean and interval of each measure,
    /// and the signature.
    #[pyo3(signature = (predictions, references, threads, level, resamples, seed))]
    fn corpus<'py>(
        &self,
        py: Python<'py>,
        predictions: &Bound<'py, PyAny>,
        references: &Bound<'py, PyAny>,
        threads: usize,
        level: f64,
        resamples: u32,
        seed: u64,
    ) -> PyResult<(Bound<'py, PyList>, Vec<Estimate>, String)> {
        if !(level > 0.0 && level < 100.0) {
            let problem = format!("takes a number between 0 and 100, found {level}");
            return Err(errors::argument(py, "level", problem));
        }
        if resamples == 0 {
            return Err(errors::argument(py, "resamples", "takes a number of at least 1, found 0"));
        }
        let texts = Texts::new(predictions, "predictions")?;
        let lists = TextLists::new(references, "references", true)?;
        let rows = Rows::of_lists(py, Some(texts), lists)?;
        let blocks = rows.blocks();
        let segments = py.detach(|| self.by_words && !self.all_are_segmented(&rows, &blocks));
        let work =
            |scratch: &mut Scratch, block: &Block| self.of_block(&rows, block, segments, scratch);
        let (scored, _) = parallel::map(py, &blocks, threads, Scratch::default, work)?;
        let mut scores = Vec::new();
        for block in scored {
            match block {
                Ok(found) => scores.extend(found),
                Err((row, problem)) => return Err(errors::row(py, row, &problem)),
            }
        }
        let width = self.order.len();
        let threads = parallel::count(threads);
        let (estimates, signature) = py.detach(|| {
            let draws = Bootstrap::new(resamples, seed).threads(threads);
            let signature = self.signature(&rows, &blocks, segments, (level, resamples, seed));
            (estimates(&scores, width, draws, level / 100.0), signature.to_string())
        });
        let list = PyList::empty(py);
        for row in scores.chunks(width) {
            let row: Vec<_> = row.iter().map(|s| (s.precision, s.recall, s.f_measure)).collect();
            list.append(row)?;
        }
        Ok((list, estimates, signature))
    }
}

fn choice<T: Copy>(
    py: Python<'_>,
    argument: &str,
    name: &str,
    choices: &[(&str, T)],
) -> PyResult<T> {
    choices.iter().find(|(known, _)| *known == name).map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<&str> = choices.iter().map(|(known, _)| *known).collect();
        errors::argument(py, argument, format!("no `{name}`; there are {}", known.join(", ")))
    })
}

fn estimates(scores: &[Score], width: usize, draws: Bootstrap, level: f64) -> Vec<Estimate> {
    let parts: [fn(&Score) -> f64; 3] = [|s| s.precision, |s| s.recall, |s| s.f_measure];
    let columns: Vec<Vec<f64>> = (0..width)
        .flat_map(|m| parts.map(|part| scores.iter().skip(m).step_by(width).map(part).collect()))
        .collect();
    let bounds = |found: &Interval| (found.mean, found.low, found.high);
    let intervals = draws.mean_intervals(&columns, level);
    intervals.chunks(3).map(|p| [bounds(&p[0]), bounds(&p[1]), bounds(&p[2])]).collect()
}

impl PyRouge {
    /// Returns true if words have to be found: not all texts show them.
    fn segments<'a>(&self, rows: impl IntoIterator<Item = &'a Row<'a>>) -> bool {
        self.by_words
            && !rows.into_iter().all(|row| {
                joins_syllables(&row.text) && row.texts.iter().any(|text| joins_syllables(text))
            })
    }

    fn all_are_segmented(&self, rows: &Rows, blocks: &[Block]) -> bool {
        let numbers = blocks.iter().flat_map(|block| block.rows.clone());
        numbers.map(|row| rows.get(row)).all(|row| match row {
            Ok(Some(row)) => !self.segments([&row]),
            _ => true,
        })
    }

    fn of_block(
        &self,
        rows: &Rows,
        block: &Block,
        segments: bool,
        scratch: &mut Scratch,
    ) -> Result<Vec<Score>, (usize, String)> {
        let mut scores = Vec::new();
        for number in block.rows.clone() {
            let row = rows.get(number).map_err(|problem| (number, problem))?;
            let row =
                row.ok_or_else(|| (number, "a text or its references are null".to_owned()))?;
            scores.extend(self.of_row(&row, segments, scratch));
        }
        Ok(scores)
    }

    fn of_row(&self, row: &Row<'_>, segments: bool, scratch: &mut Scratch) -> Vec<Score> {
        let (prediction, references) = if segments {
            let texts = row.texts.iter().map(|text| self.segmented(text, scratch).into());
            let texts = texts.collect();
            (self.segmented(&row.text, scratch).into(), texts)
        } else {
            (row.text.clone(), row.texts.clone())
        };
        let mut of_rouge: Vec<Score> = Vec::new();
        if let Some(rouge) = &self.rouge {
            let memory = scratch.rouge.get_or_insert_with(|| rouge.scratch());
            of_rouge.extend(rouge.score(&prediction, &references, memory));
        }
        let place = |place: &Place| match *place {
            Place::Rouge(i) => of_rouge[i],
            // chrF averages its precision and recall over the orders; it has one number.
            Place::Chrf(i) => {
                let mut score = Score::ZERO;
                (score.precision, score.recall) = (f64::NAN, f64::NAN);
                score.f_measure = self.chrf[i].score(&prediction, &references, &mut scratch.chrf);
                score
            }
        };
        self.order.iter().map(place).collect()
    }

    /// Returns a text with the syllables of the words in it joined by underscores.
    fn segmented(&self, text: &str, scratch: &mut Scratch) -> String {
        let text = text.replace('_', " ");
        let document = &mut scratch.document;
        self.analyzer.analyze_into(&text, plain(true, false), document);
        let mut out = String::with_capacity(text.len());
        for sentence in document.sentences() {
            for word in sentence.words() {
                let tokens: Vec<&str> = word.tokens().iter().map(|t| &text[t.span()]).collect();
                out.push_str(&tokens.join("_"));
                out.push(' ');
            }
            out.push('\n');
        }
        out
    }

    fn signature(
        &self,
        rows: &Rows,
        blocks: &[Block],
        segments: bool,
        (level, resamples, seed): (f64, u32, u64),
    ) -> Signature {
        let mut signature = match (&self.rouge, self.chrf.first()) {
            (Some(rouge), _) => {
                let mut signature = rouge.signature();
                if self.by_words {
                    signature =
                        signature.with("words", if segments { "segmenter" } else { "given" });
                }
                self.chrf.iter().fold(signature, |signature, own| own.add_to(signature))
            }
            (None, Some(chrf)) => {
                let signature = chrf.signature().with("level", "mean-of-texts");
                self.chrf[1..].iter().fold(signature, |signature, own| own.add_to(signature))
            }
            (None, None) => Signature::new("rouge"),
        };
        let mut data = Fingerprint::new();
        let (mut least, mut most, mut n) = (usize::MAX, 0, 0);
        for row in blocks.iter().flat_map(|block| block.rows.clone()) {
            let Ok(Some(row)) = rows.get(row) else { continue };
            row.texts.iter().for_each(|text| data.add(text));
            (least, most) = (least.min(row.texts.len()), most.max(row.texts.len()));
            n += 1;
        }
        let refs = if least >= most { most.to_string() } else { format!("{least}-{most}") };
        signature = signature.with("refs", refs).with("n", n);
        signature = signature.with("ci", level).with("bs", resamples).with("seed", seed);
        signature.with("data", data)
    }
}

/// Returns true if an underscore joins two letters.
fn joins_syllables(text: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices('_').any(|(at, _)| {
        is_letter(text[..at].chars().next_back()) && is_letter(text[at + 1..].chars().next())
    })
}
