"""The same jobs over many texts: lists in, lists out; Arrow in, Arrow out.

Texts are a list of ``str`` (or ``bytes``, decoded where their encoding is certain), or Arrow data
of any library: arrays and chunked arrays of pyarrow, series of Polars, series of pandas, columns of
DuckDB. Results come back in the same kind. ``None`` and nulls stay nulls. The GIL is released, and
the threads (``threads=0``: one for each core) end with the call, so forked children are safe.

A row that cannot be used ends the call with :class:`tomtat.RowError`, which names the row. With
``errors=True`` the call returns the results and a second column: what is wrong with each row, or
null.

>>> from tomtat import batch
>>> batch.word_tokenize(["Hà Nội mưa.", None])
[['Hà Nội', 'mưa', '.'], None]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from . import _arrow, _tomtat
from ._analyzer import Analyzer, Level, _argument, check_format, fix_names, length_options
from ._results import keywords_of, multi_of, page_of, report_of, summary_of

__all__ = [
    "check",
    "extract",
    "keywords",
    "multi_summarize",
    "normalize",
    "sent_tokenize",
    "spans",
    "summarize",
    "syllables",
    "terms",
    "word_tokenize",
]

_default: Analyzer | None = None


def _core(analyzer: Analyzer | None) -> _tomtat.Core:
    global _default
    if analyzer is None:
        if _default is None:
            _default = Analyzer()
        analyzer = _default
    return analyzer._core


def _threads(threads: int) -> int:
    if threads < 0:
        raise _argument("threads", f"takes a whole number of at least 0, found {threads}")
    return threads


def _run(
    job: _tomtat.Job,
    texts: Any,
    titles: Any,
    threads: int,
    errors: bool,
    record: Callable[[Any], Any] | None = None,
    lists: bool = False,
) -> Any:
    taken = _arrow.taken(texts)
    if lists:
        found = job.many_lists(taken, None, _threads(threads), errors)
    else:
        titles = None if titles is None else _arrow.taken(titles)
        found = job.many(taken, titles, _threads(threads), errors)
    values, problems = found if errors else (found, None)
    if _arrow.is_arrow(texts):
        values = _arrow.given_back(values, texts)
        problems = _arrow.given_back(problems, texts) if errors else None
    elif record is not None:
        values = [None if row is None else record(row) for row in values]
    return (values, problems) if errors else values


def word_tokenize(
    texts: Any,
    format: Literal["text"] | None = None,
    *,
    lines: bool = False,
    split_unmarked: bool = False,
    analyzer: Analyzer | None = None,
    threads: int = 0,
    errors: bool = False,
) -> Any:
    """Cuts texts into words: lists of words, or with ``format="text"`` texts with underscores."""
    if format is not None:
        check_format(format)
    form = format or "list"
    job = _core(analyzer).tokens_job("word", form, lines, split_unmarked)
    return _run(job, texts, None, threads, errors)


def sent_tokenize(
    texts: Any,
    *,
    lines: bool = False,
    split_unmarked: bool = False,
    analyzer: Analyzer | None = None,
    threads: int = 0,
    errors: bool = False,
) -> Any:
    """Cuts texts into sentences."""
    job = _core(analyzer).tokens_job("sentence", "list", lines, split_unmarked)
    return _run(job, texts, None, threads, errors)


def syllables(
    texts: Any,
    *,
    analyzer: Analyzer | None = None,
    threads: int = 0,
    errors: bool = False,
) -> Any:
    """Cuts texts into syllables, numbers and marks."""
    job = _core(analyzer).tokens_job("syllable", "list")
    return _run(job, texts, None, threads, errors)


def spans(
    texts: Any,
    level: Level = "word",
    *,
    lines: bool = False,
    split_unmarked: bool = False,
    analyzer: Analyzer | None = None,
    threads: int = 0,
    errors: bool = False,
) -> Any:
    """Finds where words, syllables or sentences stand, in characters: lists of start and end."""
    job = _core(analyzer).tokens_job(level, "spans", lines, split_unmarked)
    return _run(job, texts, None, threads, errors)


def terms(
    texts: Any,
    *,
    unit: Literal["word", "syllable"] = "word",
    ngrams: tuple[int, int] = (1, 1),
    stop_words: Iterable[str] = (),
    analyzer: Analyzer | None = None,
    threads: int = 0,
    errors: bool = False,
) -> Any:
    """Finds the terms of texts: folded words or syllables without marks."""
    job = _core(analyzer).terms_job(unit, ngrams, list(stop_words))
    return _run(job, texts, None, threads, errors)


def summarize(
    texts: Any,
    n: int | None = None,
    *,
    words: int | None = None,
    syllables: int | None = None,
    characters: int | None = None,
    ratio: float | None = None,
    length: str | None = None,
    titles: Any = None,
    query: str | None = None,
    seen: Sequence[str] | None = None,
    method: str | None = None,
    mmr: float | None = None,
    dangling: bool = False,
    trim: bool = False,
    order: Literal["document", "score"] = "document",
    loose: bool = False,
    raw: bool = False,
    sapo: bool = False,
    format: Literal["text"] | None = None,
    analyzer: Analyzer | None = None,
    threads: int = 0,
    errors: bool = False,
) -> Any:
    """Summarizes texts: summaries, or with ``format="text"`` their sentences, one a line.

    Of Arrow data, summaries are records: title, method, sentences (text, start, end, score, rank,
    whole_start, whole_end), length, warnings.
    """
    if format is not None:
        check_format(format)
    job = _core(analyzer).summary_job(
        length_options(n, words, syllables, characters, ratio, length),
        method,
        mmr,
        dangling,
        trim,
        order,
        query,
        loose,
        seen,
        raw,
        sapo,
        "records" if format is None else format,
    )
    return _run(job, texts, titles, threads, errors, None if format else summary_of)


def multi_summarize(
    clusters: Any,
    n: int | None = None,
    *,
    words: int | None = None,
    syllables: int | None = None,
    characters: int | None = None,
    ratio: float | None = None,
    length: str | None = None,
    dangling: bool = False,
    query: str | None = None,
    loose: bool = False,
    seen: Sequence[str] | None = None,
    raw: bool = False,
    analyzer: Analyzer | None = None,
    threads: int = 0,
    errors: bool = False,
) -> Any:
    """Makes one summary of each list of texts."""
    lengths = length_options(n, words, syllables, characters, ratio, length)
    job = _core(analyzer).multi_job(lengths, dangling, query, loose, seen, raw)
    return _run(job, clusters, None, threads, errors, multi_of, lists=True)


def extract(
    pages: Any,
    *,
    keep: Sequence[str] = ("sapo", "body"),
    titles: Any = None,
    format: Literal["text"] | None = None,
    analyzer: Analyzer | None = None,
    threads: int = 0,
    errors: bool = False,
) -> Any:
    """Takes the articles out of pages: pages, or with ``format="text"`` the kept text."""
    if format is not None:
        check_format(format)
    job = _core(analyzer).page_job(list(keep), format is not None)
    return _run(job, pages, titles, threads, errors, None if format else page_of)


def keywords(
    texts: Any,
    top: int = 10,
    *,
    titles: Any = None,
    method: str | None = None,
    max_words: int = 4,
    raw: bool = False,
    analyzer: Analyzer | None = None,
    threads: int = 0,
    errors: bool = False,
) -> Any:
    """Finds the key terms of texts."""
    if top < 1:
        raise _argument("top", f"takes a whole number of at least 1, found {top}")
    job = _core(analyzer).keywords_job(top, method, max_words, raw)
    return _run(job, texts, titles, threads, errors, keywords_of)


def check(
    texts: Any,
    *,
    threads: int = 0,
    errors: bool = False,
) -> Any:
    """Says what is wrong with texts."""
    return _run(_tomtat.Core.check_job(), texts, None, threads, errors, report_of)


def normalize(
    texts: Any,
    *,
    safe: bool = False,
    tone: Literal["old", "new"] | None = None,
    i_y: Literal["i", "y"] | None = None,
    misread: str | None = None,
    force: bool = False,
    threads: int = 0,
    errors: bool = False,
    **fixes: bool,
) -> Any:
    """Fixes texts; without fixes by name, the safe ones are applied."""
    job = _tomtat.Core.normalize_job(fix_names(fixes), safe, tone, i_y, misread, force)
    return _run(job, texts, None, threads, errors)
