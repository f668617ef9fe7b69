"""What the calls return: plain frozen records that compare, print and pickle."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Warning:
    """Something that the reader of a summary should know."""

    #: The code, as machine formats of the program print it.
    code: str
    #: The same in words.
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class SummarySentence:
    """A picked sentence: ``text == source[start:end]``, counted in characters."""

    text: str
    start: int
    end: int
    #: The score that the method gave it; comparable within one text only.
    score: float
    #: Its place in the order of picking, from 1.
    rank: int
    #: Where the whole sentence stands, if this is a part of it (``trim``).
    whole_start: int | None = None
    whole_end: int | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Length:
    """The length that was asked for, and the length that was given."""

    unit: str
    #: ``None`` where the method was free to choose.
    requested: int | None
    given: int


def _shown(text: str, presegmented: bool) -> str:
    line = " ".join(text.splitlines())
    return line.replace("_", " ") if presegmented else line


@dataclass(frozen=True)
class Summary:
    """A summary: sentences of a text, none of them changed.

    >>> import tomtat
    >>> summary = tomtat.summarize("Mưa rất to ở Huế. Chợ Đông Ba ở Huế ngập sâu. Trời lạnh.", 1)
    >>> summary.sentences[0].text == str(summary)
    True
    """

    sentences: tuple[SummarySentence, ...]
    #: The title, if one was given or found.
    title: str | None
    method: str
    length: Length
    warnings: tuple[Warning, ...]
    _presegmented: bool = field(default=False, repr=False)
    _explain: Callable[[], dict[str, Any]] | None = field(
        default=None, repr=False, compare=False
    )

    @property
    def text(self) -> str:
        """The sentences, one a line, as ``tomtat summarize`` prints them."""
        return "\n".join(_shown(s.text, self._presegmented) for s in self.sentences)

    def explain(self) -> dict[str, Any]:
        """Says why these sentences: the ``explain`` of ``tomtat summarize --explain -f json``.

        ``terms`` weigh most in the article. ``picks`` have rank, score, their heaviest ``terms``,
        ``features`` (what each adds to the score of the trained method) and the sentences that they
        ``stands_for``. ``not_chosen`` are the best of the others, each with the ``code`` of the
        reason, as the method recorded it. ``left_out`` are the blocks that are no part of the
        article, with role, confidence and evidence. Places are in characters.

        >>> import tomtat
        >>> why = tomtat.summarize("Mưa to ở Huế. Chợ ở Huế ngập sâu.", 1).explain()
        >>> [pick["rank"] for pick in why["picks"]], len(why["not_chosen"])
        ([1], 1)
        """
        if self._explain is None:
            raise ValueError("this summary does not know its text: summarize one text to explain it")
        return self._explain()

    def __str__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.sentences)

    def __iter__(self) -> Iterator[SummarySentence]:
        return iter(self.sentences)

    def __getstate__(self) -> dict[str, Any]:
        # What explains belongs to one process.
        return {**self.__dict__, "_explain": None}

    def _repr_html_(self) -> str:
        items = "".join(
            f'<li title="score {s.score:.3f}, rank {s.rank}">'
            f"{html.escape(_shown(s.text, self._presegmented))}</li>"
            for s in self.sentences
        )
        title = f"<strong>{html.escape(self.title)}</strong>" if self.title else ""
        notes = "".join(f"<br><small>{html.escape(str(w))}</small>" for w in self.warnings)
        return f'<div class="tomtat-summary" lang="vi">{title}<ul>{items}</ul>{notes}</div>'


def summary_of(row: Any, explain: Callable[[], dict[str, Any]] | None = None) -> Summary:
    title, method, sentences, length, warnings, presegmented = row
    return Summary(
        tuple(SummarySentence(*s) for s in sentences),
        title,
        method,
        Length(*length),
        tuple(Warning(*w) for w in warnings),
        presegmented,
        explain,
    )


@dataclass(frozen=True)
class SourcedSentence:
    """A picked sentence and the article that it is from."""

    text: str
    #: Number of its article, from 0.
    document: int
    start: int
    end: int
    score: float
    rank: int

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class MultiSummary:
    """One summary of several articles."""

    sentences: tuple[SourcedSentence, ...]
    #: Articles that are copies of earlier ones: number of the copy, number of the original.
    copies: tuple[tuple[int, int], ...]
    length: Length

    @property
    def text(self) -> str:
        """The sentences, one a line."""
        return "\n".join(_shown(s.text, False) for s in self.sentences)

    def __str__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.sentences)

    def __iter__(self) -> Iterator[SourcedSentence]:
        return iter(self.sentences)

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li>{html.escape(_shown(s.text, False))} <sup>[{s.document + 1}]</sup></li>"
            for s in self.sentences
        )
        return f'<div class="tomtat-summary" lang="vi"><ul>{items}</ul></div>'


def multi_of(row: Any) -> MultiSummary:
    sentences, copies, length = row
    return MultiSummary(
        tuple(SourcedSentence(*s) for s in sentences),
        tuple((copy, original) for copy, original in copies),
        Length(*length),
    )


@dataclass(frozen=True)
class Block:
    """A block of a page and its role; places are characters of :attr:`Page.source`."""

    role: str
    text: str
    start: int
    end: int
    #: Whether its role is among those that are kept.
    kept: bool
    confidence: float
    #: Codes of what speaks for the role.
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Metadata:
    """What an HTML page says of itself."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None
    site: str | None = None
    url: str | None = None
    language: str | None = None
    description: str | None = None


@dataclass(frozen=True)
class Page:
    """The article of a page, and every block of the page with its role."""

    title: str | None
    #: The kept blocks, a blank line between them.
    text: str
    blocks: tuple[Block, ...]
    #: ``None`` for plain text.
    metadata: Metadata | None
    warnings: tuple[str, ...]
    #: The text that offsets count in: what was given, or the layout of an HTML page.
    source: str = field(repr=False)

    def __str__(self) -> str:
        return self.text


def page_of(row: Any, given: str | None = None) -> Page:
    title, text, blocks, metadata, warnings, source = row
    return Page(
        title,
        text,
        tuple(Block(b[0], b[1], b[2], b[3], b[4], b[5], tuple(b[6])) for b in blocks),
        Metadata(*metadata) if metadata is not None else None,
        tuple(warnings),
        source if source is not None else (given or ""),
    )


@dataclass(frozen=True)
class Keyword:
    """A key term."""

    #: As it stands most often in the text.
    term: str
    #: Comparable within one text only.
    score: float
    #: How often it occurs, its occurrences in the title included.
    count: int
    #: The folded form that it counts as.
    key: str
    #: Where it stands, in characters; a title of its own has none.
    positions: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        return self.term


def keywords_of(row: Any) -> list[Keyword]:
    return [Keyword(k[0], k[1], k[2], k[3], tuple(k[4])) for k in row]


@dataclass(frozen=True)
class Finding:
    """One kind of problem in a text."""

    problem: str
    #: ``problem`` or ``note``.
    severity: str
    count: int
    out_of: int | None
    #: Of the first, in characters; lines and columns from 1.
    offset: int | None
    line: int | None
    column: int | None
    samples: tuple[str, ...]
    #: The command that fixes it.
    fix: str | None


@dataclass(frozen=True)
class TextStatistics:
    """Counts of a text, as ``tomtat check`` prints them."""

    bytes: int
    characters: int
    lines: int
    words: int
    syllables: int
    marked_syllables: int
    composed_letters: int
    decomposed_letters: int
    old_style: int
    new_style: int


@dataclass(frozen=True)
class Report:
    """What is wrong with a text."""

    encoding: str | None
    confidence: float | None
    statistics: TextStatistics
    findings: tuple[Finding, ...]
    #: Whether there is anything worse than a note.
    has_problems: bool


def finding_of(row: Any) -> Finding:
    problem, severity, count, out_of, offset, line, column, samples, fix = row
    return Finding(
        problem, severity, count, out_of, offset, line, column, tuple(samples), fix
    )


def report_of(row: Any) -> Report:
    encoding, confidence, statistics, findings, has_problems = row
    return Report(
        encoding,
        confidence,
        TextStatistics(*statistics),
        tuple(finding_of(f) for f in findings),
        has_problems,
    )
