"""Counts of terms in a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from . import _arrow, _tomtat
from ._analyzer import Analyzer, _argument
from .batch import _core, _threads


class Counts(NamedTuple):
    """Counts of one term."""

    tf: int
    df: int


class Collocation(NamedTuple):
    """Two words that go together."""

    first: str
    second: str
    #: How often they stand together, and in how many documents.
    tf: int
    df: int
    #: Values of the measures by name; ``None`` where one is not defined.
    measures: dict[str, float | None]


class Collocations:
    """Pairs of words with their counts and measures, in the order of ``tomtat collocations``.

    They are Arrow data, too: columns ``first``, ``second``, the counts ``o11`` (together), ``df``,
    ``o12``, ``o21``, ``o22``, ``e11`` (expected), and one column a measure.
    """

    __slots__ = ("_pairs",)

    def __init__(self, pairs: _tomtat.Pairs) -> None:
        self._pairs = pairs

    def __len__(self) -> int:
        return len(self._pairs)

    def __iter__(self) -> Iterator[Collocation]:
        names = self._pairs.names()[8:]
        for row in self._pairs.rows():
            yield Collocation(row[0], row[1], row[2], row[3], dict(zip(names, row[8:])))

    def __arrow_c_array__(self, requested_schema: object = None) -> Any:
        return self._pairs.to_arrow().__arrow_c_array__(requested_schema)

    def to_arrow(self) -> Any:
        """A record batch of pyarrow."""
        import pyarrow

        return pyarrow.record_batch(self._pairs.to_arrow())

    def to_pandas(self) -> Any:
        """A data frame of pandas, in the same order."""
        return self.to_arrow().to_pandas()

    def __repr__(self) -> str:
        return f"<Collocations: {len(self)} pairs>"


class TermStatistics:
    """Counts of the terms of a corpus: term and document frequencies, which merge exactly.

    Parts of a corpus may be counted in other threads, processes or machines: merged counts are the
    same bytes as those of one run over everything, in whatever order. They pickle, and
    ``tomtat terms --merge`` reads the files.

    >>> from tomtat import TermStatistics
    >>> counts = TermStatistics(["Mưa to ở miền Trung. Mưa kéo dài.", "Nắng ở miền Nam."])
    >>> counts.documents, counts["mưa"]
    (2, Counts(tf=2, df=1))
    >>> part = TermStatistics(["Mưa ở miền Bắc."])
    >>> part.merge(counts)["mưa"].df
    2

    ``ngrams`` are the least and the greatest length; ``skip`` is how many words an n-gram may pass
    over, so pairs within a window of four words are ``ngrams=(2, 2), skip=3``.
    """

    __slots__ = ("_analyzer", "_counts")

    def __init__(
        self,
        texts: Any = None,
        *,
        unit: Literal["word", "syllable"] = "word",
        ngrams: tuple[int, int] = (1, 1),
        skip: int = 0,
        analyzer: Analyzer | None = None,
        threads: int = 0,
    ) -> None:
        if skip < 0:
            raise _argument("skip", f"takes a number from 0, found {skip}")
        self._counts = _tomtat.Statistics(unit, ngrams, skip)
        self._analyzer = analyzer
        if texts is not None:
            self.add(texts, threads=threads)

    def add(self, texts: Any, *, threads: int = 0) -> TermStatistics:
        """Counts texts, each a document: a list, or Arrow data."""
        texts = [texts] if isinstance(texts, str) else _arrow.taken(texts)
        self._counts.add(_core(self._analyzer), texts, _threads(threads))
        return self

    def merge(self, *others: TermStatistics | bytes) -> TermStatistics:
        """Adds counts of other parts of the corpus, or the bytes of such."""
        for other in others:
            counts = (
                _tomtat.Statistics.from_bytes(other) if isinstance(other, bytes) else other._counts
            )
            self._counts.merge(counts)
        return self

    @classmethod
    def merged(cls, parts: Iterable[TermStatistics | bytes]) -> TermStatistics:
        """Merges parts into new counts; they must count the same units.

        >>> from tomtat import TermStatistics
        >>> parts = [TermStatistics([text]).to_bytes() for text in ("Mưa to.", "Mưa nhỏ.")]
        >>> TermStatistics.merged(parts)["mưa"].tf
        2
        """
        merged: TermStatistics | None = None
        for part in parts:
            data = part if isinstance(part, bytes) else part.to_bytes()
            merged = cls.from_bytes(data) if merged is None else merged.merge(data)
        return cls() if merged is None else merged

    def to_bytes(self) -> bytes:
        """The counts as a file of ``tomtat terms --save``; equal counts give equal bytes."""
        return self._counts.to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> TermStatistics:
        """Reads what :meth:`to_bytes` or ``tomtat terms --save`` wrote."""
        statistics = cls.__new__(cls)
        statistics._counts = _tomtat.Statistics.from_bytes(data)
        statistics._analyzer = None
        return statistics

    def __reduce__(self) -> tuple[Any, ...]:
        return TermStatistics.from_bytes, (self.to_bytes(),)

    @property
    def documents(self) -> int:
        """Documents that were counted."""
        return self._counts.documents()

    @property
    def items(self) -> int:
        """Words or syllables that were counted."""
        return self._counts.items()

    def __len__(self) -> int:
        return len(self._counts)

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and self._counts.get(term) is not None

    def __getitem__(self, term: str) -> Counts:
        found = self._counts.get(term)
        if found is None:
            raise KeyError(term)
        return Counts(*found)

    def get(self, term: str) -> Counts | None:
        """Counts of a term; ``None`` if it was not seen."""
        found = self._counts.get(term)
        return None if found is None else Counts(*found)

    def collocations(
        self,
        measures: str | Sequence[str] = ("ll", "mi", "logdice"),
        *,
        margins: Literal["pairs", "tokens"] = "pairs",
        min_tf: int = 1,
        min_df: int = 0,
        node: str | None = None,
        stop_words: Iterable[str] = (),
        sort: str | None = None,
        top: int | None = None,
    ) -> Collocations:
        """Words that go together, as ``tomtat collocations``; the counts must hold pairs.

        Counts of parts are merged first, so the pairs of a corpus may be counted anywhere. Pairs are
        sorted by the first measure, by ``sort``, or by ``"tf"``. ``margins="tokens"`` needs
        ``ngrams=(1, 2)``. Measures: ll, mi, pmi, mi3, npmi, t, z, chi2, dice, logdice, logratio, ms.

        >>> from tomtat import TermStatistics
        >>> counts = TermStatistics(["Giá gạo tăng.", "Giá gạo giảm."], ngrams=(2, 2))
        >>> pair = next(iter(counts.collocations("ll", top=1)))
        >>> pair.first, pair.second, pair.tf, round(pair.measures["ll"], 2)
        ('giá', 'gạo', 2, 5.55)
        """
        choice = {
            "measures": [measures] if isinstance(measures, str) else list(measures),
            "margins": margins,
            "min_tf": min_tf,
            "min_df": min_df,
            "node": node,
            "stop_words": [stop_words] if isinstance(stop_words, str) else list(stop_words),
            "sort": sort,
            "top": top,
        }
        for name in ("min_tf", "min_df", "top"):
            value = choice[name]
            if isinstance(value, int) and value < 0:
                raise _argument(name, f"takes a number from 0, found {value}")
        return Collocations(self._counts.collocations(choice))

    def to_arrow(self) -> Any:
        """A record batch of pyarrow: term, tf, df, in the order of the terms."""
        import pyarrow

        return pyarrow.record_batch(self._counts.to_arrow())

    def to_pandas(self) -> Any:
        """A data frame of pandas: tf and df by term, the most frequent first."""
        frame = self.to_arrow().to_pandas().set_index("term")
        return frame.sort_values("tf", ascending=False, kind="stable")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TermStatistics) and self.to_bytes() == other.to_bytes()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return (
            f"<TermStatistics: {len(self)} terms of {self.documents} documents, "
            f"{self._counts.options()}>"
        )
