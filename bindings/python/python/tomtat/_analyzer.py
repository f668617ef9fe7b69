"""The analyzer: models and a dictionary, and one method for each job."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypedDict, Union, overload

from . import _tomtat
from ._results import (
    Keyword,
    MultiSummary,
    Page,
    Report,
    Summary,
    keywords_of,
    multi_of,
    page_of,
    report_of,
    summary_of,
)

Level = Literal["sentence", "syllable", "word"]
Method = str
PathOrBytes = Union[str, "os.PathLike[str]", bytes]
DictionaryLike = Union["os.PathLike[str]", Mapping[str, Union[int, None]], Iterable[str]]


class LengthOptions(TypedDict):
    n: int | None
    words: int | None
    syllables: int | None
    characters: int | None
    ratio: float | None
    length: str | None


def length_options(
    n: int | None = None,
    words: int | None = None,
    syllables: int | None = None,
    characters: int | None = None,
    ratio: float | None = None,
    length: str | None = None,
) -> LengthOptions:
    return {
        "n": n,
        "words": words,
        "syllables": syllables,
        "characters": characters,
        "ratio": ratio,
        "length": length,
    }


def _contents(file: PathOrBytes | None) -> bytes | None:
    if file is None or isinstance(file, bytes):
        return file
    with open(file, "rb") as stream:
        return stream.read()


def _dictionary_text(dictionary: DictionaryLike | str | None) -> str | None:
    """A dictionary as the lines of its file: a word, and its weight after a tab."""
    if dictionary is None:
        return None
    if isinstance(dictionary, (str, os.PathLike)):
        with open(dictionary, encoding="utf-8") as stream:
            return stream.read()
    if isinstance(dictionary, Mapping):
        lines = [w if v is None else f"{w}\t{v}" for w, v in dictionary.items()]
    else:
        lines = list(dictionary)
    return "".join(f"{line}\n" for line in lines)


class Analyzer:
    """Finds sentences, words, summaries and key terms, with models and words of your own.

    ``dictionary`` holds words that win over the model: a path, words, or words with
    weights (whole numbers).
    ``segmenter``, ``background``, ``ranker``, ``starters``, ``keyword_model`` and
    ``standalone`` are models that ``tomtat train`` made: paths, or the bytes of the files. An
    analyzer pickles with all that it was given.

    >>> import tomtat
    >>> analyzer = tomtat.Analyzer(dictionary=["học máy lượng tử"])
    >>> analyzer.word_tokenize("Nhóm học máy lượng tử họp.")
    ['Nhóm', 'học máy lượng tử', 'họp', '.']
    """

    __slots__ = ("_core", "_files")

    def __init__(
        self,
        dictionary: DictionaryLike | str | None = None,
        *,
        segmenter: PathOrBytes | None = None,
        background: PathOrBytes | None = None,
        ranker: PathOrBytes | None = None,
        starters: PathOrBytes | None = None,
        keyword_model: PathOrBytes | None = None,
        standalone: PathOrBytes | None = None,
    ) -> None:
        self._files = (
            _dictionary_text(dictionary),
            _contents(segmenter),
            _contents(background),
            _contents(ranker),
            _contents(starters),
            _contents(keyword_model),
            _contents(standalone),
        )
        self._core = _tomtat.Core(*self._files)

    def __reduce__(self) -> tuple[Any, ...]:
        return _analyzer_of, self._files

    @overload
    def word_tokenize(
        self,
        text: str,
        format: None = None,
        *,
        lines: bool = False,
        split_unmarked: bool = False,
    ) -> list[str]: ...

    @overload
    def word_tokenize(
        self,
        text: str,
        format: Literal["text"],
        *,
        lines: bool = False,
        split_unmarked: bool = False,
    ) -> str: ...

    def word_tokenize(
        self,
        text: str,
        format: Literal["text"] | None = None,
        *,
        lines: bool = False,
        split_unmarked: bool = False,
    ) -> list[str] | str:
        """Cuts a text into words; marks are words of their own.

        ``format="text"`` gives one text, words apart, the syllables of a word joined by
        underscores. ``lines`` takes every line as one sentence; ``split_unmarked`` ends sentences
        where a heading or caption runs into the next one, too.

        >>> import tomtat
        >>> tomtat.word_tokenize("Hà Nội là thủ đô của Việt Nam.")
        ['Hà Nội', 'là', 'thủ đô', 'của', 'Việt Nam', '.']
        >>> tomtat.word_tokenize("Hà Nội là thủ đô của Việt Nam.", format="text")
        'Hà_Nội là thủ_đô của Việt_Nam .'
        """
        if format is None:
            return self._core.pieces(text, "word", lines, split_unmarked)
        check_format(format)
        return self._core.joined(text, "word", lines, split_unmarked)

    def sent_tokenize(
        self, text: str, *, lines: bool = False, split_unmarked: bool = False
    ) -> list[str]:
        """Cuts a text into sentences, as they stand.

        >>> import tomtat
        >>> tomtat.sent_tokenize("Ông T. đến TP.HCM sáng 12/6. Trời mưa.")
        ['Ông T. đến TP.HCM sáng 12/6.', 'Trời mưa.']
        """
        return self._core.pieces(text, "sentence", lines, split_unmarked)

    def syllables(self, text: str) -> list[str]:
        """Cuts a text into syllables, numbers and marks.

        >>> import tomtat
        >>> tomtat.syllables("Giá xăng giảm 500 đồng.")
        ['Giá', 'xăng', 'giảm', '500', 'đồng', '.']
        """
        return self._core.pieces(text, "syllable")

    def spans(
        self,
        text: str,
        level: Level = "word",
        *,
        lines: bool = False,
        split_unmarked: bool = False,
    ) -> list[tuple[int, int]]:
        """Returns where words, syllables or sentences stand, in characters.

        >>> import tomtat
        >>> text = "Hà Nội mưa."
        >>> [text[start:end] for start, end in tomtat.spans(text)]
        ['Hà Nội', 'mưa', '.']
        """
        return self._core.spans(text, level, lines, split_unmarked)

    def terms(
        self,
        text: str,
        *,
        unit: Literal["word", "syllable"] = "word",
        ngrams: tuple[int, int] = (1, 1),
        stop_words: Iterable[str] = (),
    ) -> list[str]:
        """Returns what counts as a term: words or syllables without marks, folded.

        >>> import tomtat
        >>> tomtat.terms("Hoà Bình mưa to, Hòa Bình lạnh.")
        ['hòa bình', 'mưa', 'to', 'hòa bình', 'lạnh']
        """
        found: list[str] = self._core.terms_job(unit, ngrams, list(stop_words)).one(text)
        return found

    def summarize(
        self,
        text: str,
        n: int | None = None,
        *,
        words: int | None = None,
        syllables: int | None = None,
        characters: int | None = None,
        ratio: float | None = None,
        length: str | None = None,
        title: str | None = None,
        query: str | None = None,
        seen: Sequence[str] | None = None,
        method: Method | None = None,
        mmr: float | None = None,
        dangling: bool = False,
        trim: bool = False,
        order: Literal["document", "score"] = "document",
        loose: bool = False,
        raw: bool = False,
        sapo: bool = False,
    ) -> Summary:
        """Picks the key sentences of an article: plain text, or an HTML page.

        Without a length, three sentences. ``words``, ``syllables`` and ``characters`` are never
        exceeded; ``ratio`` is a share of the sentences; ``length`` is ``"auto"`` or a length as the
        program takes it (``"60words"``, ``"20%"``). ``query`` is what the summary is to be about,
        ``seen`` what the reader has read. ``loose`` finds the words of the query with and without
        marks; ``trim`` cuts each sentence to the part that matters, at commas only. ``raw`` takes
        every line as part of the article.

        >>> import tomtat
        >>> text = "Trời tối sớm. Bão số 5 làm sập 200 ngôi nhà ở Quảng Trị. Sau bão, ai cũng mệt."
        >>> tomtat.summarize(text, n=1).text
        'Bão số 5 làm sập 200 ngôi nhà ở Quảng Trị.'
        """
        options = (
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
        )

        def explain() -> dict[str, Any]:
            job = self._core.summary_job(*options, "explanation")
            found: dict[str, Any] = json.loads(job.one(text, title))
            return found

        return summary_of(self._core.summary_job(*options).one(text, title), explain)

    def multi_summarize(
        self,
        texts: Sequence[str],
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
    ) -> MultiSummary:
        """Makes one summary of several articles on one event, each sentence with its source.

        Without a length, 180 syllables. Copies of an article count once.

        >>> import tomtat
        >>> texts = ["Bão số 5 làm sập 200 ngôi nhà ở Quảng Trị.", "Bão số 5 đã tan sáng nay."]
        >>> [sentence.document for sentence in tomtat.multi_summarize(texts, n=2)]
        [0, 1]
        """
        if isinstance(texts, str):
            raise _argument("texts", "expected several texts, found one")
        lengths = length_options(n, words, syllables, characters, ratio, length)
        job = self._core.multi_job(lengths, dangling, query, loose, seen, raw)
        return multi_of(job.one_of_many(list(texts)))

    def extract(
        self,
        html_or_text: str,
        *,
        keep: Sequence[str] = ("sapo", "body"),
        title: str | None = None,
    ) -> Page:
        """Takes the article out of a page, HTML or text, and names what is left out.

        >>> import tomtat
        >>> page = tomtat.extract("Nước lên nhanh ở vùng trũng.\\n\\nCầu bị ngập. Ảnh: Lan Anh")
        >>> page.text
        'Nước lên nhanh ở vùng trũng.'
        """
        return page_of(self._core.page_job(list(keep)).one(html_or_text, title), html_or_text)

    def keywords(
        self,
        text: str,
        top: int = 10,
        *,
        title: str | None = None,
        method: str | None = None,
        max_words: int = 4,
        raw: bool = False,
    ) -> list[Keyword]:
        """Finds the key terms of an article, the best first.

        >>> import tomtat
        >>> text = "Xuất khẩu gạo tăng mạnh. Giá gạo xuất khẩu cũng tăng."
        >>> [keyword.term for keyword in tomtat.keywords(text, top=2, raw=True)]
        ['Xuất khẩu', 'gạo']
        """
        if top < 1:
            raise _argument("top", f"takes a whole number of at least 1, found {top}")
        return keywords_of(self._core.keywords_job(top, method, max_words, raw).one(text, title))

    def check(self, text: str) -> Report:
        """Says what is wrong with a text: marks, look-alike letters, spaces, encodings.

        >>> import tomtat
        >>> [finding.samples for finding in tomtat.check("Xin mời qúy khách.").findings]
        [('qúy',)]
        """
        return report_of(self._core.check_job().one(text))

    def normalize(
        self,
        text: str,
        *,
        safe: bool = False,
        tone: Literal["old", "new"] | None = None,
        i_y: Literal["i", "y"] | None = None,
        misread: str | None = None,
        force: bool = False,
        **fixes: bool,
    ) -> str:
        """Fixes a text; without fixes by name, the safe ones are applied.

        Fixes are ``nfc``, ``d_stroke``, ``look_alikes``, ``spaces``, ``invisible``, ``controls``,
        ``line_ends``, ``fullwidth``, ``quotes``, ``capitals``, ``mojibake``, ``references``, ``viqr``,
        ``telex``, ``vni`` and ``utf_7``, each a flag of ``tomtat normalize``. ``misread`` names the encoding of a text
        that was taken for windows-1252. A text that was read in a wrong encoding is refused until
        that is undone, unless ``force`` is given.

        >>> import tomtat
        >>> tomtat.normalize("Hoà\\u00a0bình", spaces=True, tone="old")
        'Hòa bình'
        >>> tomtat.normalize("Viá»‡t Nam", mojibake=True)
        'Việt Nam'
        """
        job = self._core.normalize_job(fix_names(fixes), safe, tone, i_y, misread, force)
        result: str = job.one(text)
        return result


def _analyzer_of(
    dictionary: str | None,
    segmenter: bytes | None,
    background: bytes | None,
    ranker: bytes | None,
    starters: bytes | None = None,
    keyword_model: bytes | None = None,
    standalone: bytes | None = None,
) -> Analyzer:
    lines = None if dictionary is None else dictionary.splitlines()
    return Analyzer(
        lines,
        segmenter=segmenter,
        background=background,
        ranker=ranker,
        starters=starters,
        keyword_model=keyword_model,
        standalone=standalone,
    )


def _argument(name: str, problem: str) -> _tomtat.ArgumentError:
    error = _tomtat.ArgumentError(f"{name}: {problem}")
    error.argument = name
    return error


FIXES = (
    "nfc",
    "d_stroke",
    "look_alikes",
    "spaces",
    "invisible",
    "controls",
    "line_ends",
    "fullwidth",
    "quotes",
    "capitals",
    "mojibake",
    "references",
    "viqr",
    "telex",
    "vni",
    "utf_7",
)


def fix_names(fixes: Mapping[str, bool]) -> list[str]:
    for name in fixes:
        if name not in FIXES:
            raise _argument(name, f"no such fix; there are {', '.join(FIXES)}")
    return [name.replace("_", "-") for name, on in fixes.items() if on]


def check_format(format: str) -> None:
    if format != "text":
        raise _argument("format", f'takes None or "text", found {format!r}')
