"""Terms for vectorizers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from ._analyzer import Analyzer
from .batch import _core


class TermAnalyzer:
    """Turns a text into its terms: what vectorizers of scikit-learn take as ``analyzer``.

    It pickles with its options, its dictionary and its models.
    """

    __slots__ = ("_arguments", "_job")

    def __init__(
        self,
        unit: Literal["word", "syllable"],
        ngrams: tuple[int, int],
        stop_words: tuple[str, ...],
        analyzer: Analyzer | None,
    ) -> None:
        self._arguments = (unit, ngrams, stop_words, analyzer)
        self._job = _core(analyzer).terms_job(unit, ngrams, list(stop_words))

    def __call__(self, text: str) -> list[str]:
        found: list[str] = self._job.one(text)
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        return TermAnalyzer, self._arguments

    def __repr__(self) -> str:
        unit, ngrams, stop_words, _ = self._arguments
        return f"tomtat.analyzer(unit={unit!r}, ngrams={ngrams!r}, stop_words={stop_words!r})"


def analyzer(
    unit: Literal["word", "syllable"] = "word",
    ngrams: tuple[int, int] = (1, 1),
    stop_words: Iterable[str] = (),
    *,
    analyzer: Analyzer | None = None,
) -> TermAnalyzer:
    """Makes what vectorizers of scikit-learn take as ``analyzer``.

    >>> import tomtat
    >>> tomtat.analyzer(stop_words=["là"])("Hà Nội là thủ đô.")
    ['hà nội', 'thủ đô']
    """
    return TermAnalyzer(unit, ngrams, tuple(stop_words), analyzer)


__all__ = ["TermAnalyzer", "analyzer"]
