"""ROUGE that keeps Vietnamese letters, with confidence intervals and a signature."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from . import _arrow, _tomtat
from .batch import _threads

MEASURES = ("rouge1", "rouge2", "rougeL")


class Score(NamedTuple):
    """Shares from 0 to 1; ``precision`` and ``recall`` are NaN for chrF."""

    precision: float
    recall: float
    f: float


class Interval(NamedTuple):
    """A mean and its percentile bootstrap interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{100 * self.mean:.2f} [{100 * self.low:.2f}, {100 * self.high:.2f}]"


@dataclass(frozen=True)
class Estimate:
    """A measure over a corpus."""

    precision: Interval
    recall: Interval
    f: Interval


@dataclass(frozen=True)
class RougeResult:
    """Scores of many predictions."""

    #: By name of the measure.
    measures: Mapping[str, Estimate]
    #: Of each prediction, by name of the measure.
    scores: tuple[Mapping[str, Score], ...]
    #: Says what exactly was computed: tables may be compared if their signatures agree.
    signature: str

    def __getitem__(self, measure: str) -> Estimate:
        return self.measures[measure]

    def __str__(self) -> str:
        lines = [f"{name:<10} {estimate.f}" for name, estimate in self.measures.items()]
        return "\n".join([*lines, self.signature])

    def _repr_html_(self) -> str:
        import html

        rows = "".join(
            f"<tr><th>{html.escape(name)}</th><td>{e.f}</td></tr>"
            for name, e in self.measures.items()
        )
        return f"<table>{rows}</table><small>{html.escape(self.signature)}</small>"


class Rouge:
    """A scorer: measures, how texts are cut, and what becomes of several references.

    Arguments are those of ``tomtat evaluate``. ``compat="rouge-score"`` gives the numbers of the
    package ``rouge_score``, which deletes every Vietnamese letter, and warns of it.

    >>> from tomtat import Rouge
    >>> scorer = Rouge(["rouge1", "rougeL"])
    >>> scorer.score("giá xăng giảm", "Giá xăng giảm mạnh")["rouge1"].recall
    0.75
    """

    __slots__ = ("_arguments", "_names", "_scorer")

    def __init__(
        self,
        measures: Sequence[str] = MEASURES,
        *,
        unit: Literal["syllable", "word"] = "syllable",
        references: Literal["best", "average", "jackknife", "pooled"] = "best",
        compat: Literal["rouge-score"] | None = None,
        stem: bool = False,
        keep_case: bool = False,
        keep_punctuation: bool = False,
        keep_tone_style: bool = False,
        stop_words: Iterable[str] = (),
        beta: float = 1.0,
    ) -> None:
        measures = [measures] if isinstance(measures, str) else list(measures)
        self._arguments = (
            measures,
            unit,
            references,
            compat,
            stem,
            keep_case,
            keep_punctuation,
            keep_tone_style,
            list(stop_words),
            beta,
        )
        self._scorer = _tomtat.Rouge(*self._arguments)
        self._names = self._scorer.names()
        warning = self._scorer.warning()
        if warning is not None:
            warnings.warn(warning, stacklevel=2)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rouge_of, self._arguments

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the measures, in the order of the scores."""
        return tuple(self._names)

    def score(self, prediction: str, references: str | Sequence[str]) -> dict[str, Score]:
        """Scores one prediction against one or several references."""
        several = [references] if isinstance(references, str) else list(references)
        scores = self._scorer.score(prediction, several)
        return {name: Score(*s) for name, s in zip(self._names, scores)}

    def evaluate(
        self,
        predictions: Any,
        references: Any,
        *,
        level: float = 95.0,
        resamples: int = 1000,
        seed: int = 42,
        threads: int = 0,
    ) -> RougeResult:
        """Scores many predictions: lists or Arrow data; references are texts or lists of texts.

        Numbers, intervals and signature are those of ``tomtat evaluate`` on the same texts, and
        the same for any number of threads.
        """
        rows, estimates, signature = self._scorer.corpus(
            _arrow.taken(predictions),
            _arrow.taken(references),
            _threads(threads),
            level,
            resamples,
            seed,
        )
        return RougeResult(
            {
                name: Estimate(*(Interval(*part) for part in estimate))
                for name, estimate in zip(self._names, estimates)
            },
            tuple({name: Score(*s) for name, s in zip(self._names, row)} for row in rows),
            signature,
        )


def _rouge_of(
    measures: Sequence[str],
    unit: Any,
    references: Any,
    compat: Any,
    stem: bool,
    keep_case: bool,
    keep_punctuation: bool,
    keep_tone_style: bool,
    stop_words: Sequence[str],
    beta: float,
) -> Rouge:
    return Rouge(
        measures,
        unit=unit,
        references=references,
        compat=compat,
        stem=stem,
        keep_case=keep_case,
        keep_punctuation=keep_punctuation,
        keep_tone_style=keep_tone_style,
        stop_words=stop_words,
        beta=beta,
    )


def rouge(
    predictions: Any,
    references: Any,
    measures: Sequence[str] = MEASURES,
    **options: Any,
) -> Any:
    """Scores a prediction, or many: see :class:`Rouge` for the options.

    >>> import tomtat
    >>> tomtat.rouge("giá xăng giảm", "Giá xăng giảm mạnh")["rouge2"]
    Score(precision=1.0, recall=0.6666666666666666, f=0.8)
    >>> result = tomtat.rouge(["giá xăng giảm"], ["Giá xăng giảm mạnh"])
    >>> round(result["rouge1"].f.mean, 3)
    0.857
    """
    scorer = Rouge(measures, **options)
    if isinstance(predictions, str):
        return scorer.score(predictions, references)
    return scorer.evaluate(predictions, references)
