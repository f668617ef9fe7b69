from collections.abc import Mapping, Sequence
from typing import Any, Literal, final

__all__ = [
    "ArgumentError",
    "Core",
    "Job",
    "Pairs",
    "Rouge",
    "RowError",
    "Statistics",
    "__version__",
    "methods",
]
__version__: str

class ArgumentError(ValueError):
    argument: str

class RowError(ValueError):
    row: int

def methods() -> list[tuple[str, str]]: ...

@final
class Job:
    def one(self, text: str, title: str | None = None) -> Any: ...
    def one_of_many(self, texts: Sequence[str], text: str = "") -> Any: ...
    def many(
        self, texts: Any, titles: Any = None, threads: int = 0, errors: bool = False
    ) -> Any: ...
    def many_lists(
        self, lists: Any, texts: Any = None, threads: int = 0, errors: bool = False
    ) -> Any: ...

@final
class Core:
    def __new__(
        cls,
        dictionary: str | None = None,
        segmenter: bytes | None = None,
        background: bytes | None = None,
        ranker: bytes | None = None,
        starters: bytes | None = None,
        keyword_model: bytes | None = None,
        standalone: bytes | None = None,
    ) -> Core: ...
    def pieces(
        self, text: str, level: str, lines: bool = False, split_unmarked: bool = False
    ) -> list[str]: ...
    def joined(
        self, text: str, level: str, lines: bool = False, split_unmarked: bool = False
    ) -> str: ...
    def spans(
        self, text: str, level: str, lines: bool = False, split_unmarked: bool = False
    ) -> list[tuple[int, int]]: ...
    def tokens_job(
        self, level: str, form: str, lines: bool = False, split_unmarked: bool = False
    ) -> Job: ...
    def terms_job(
        self, unit: str, ngrams: tuple[int, int], stop_words: Sequence[str]
    ) -> Job: ...
    def summary_job(
        self,
        length: Mapping[str, Any],
        method: str | None = None,
        mmr: float | None = None,
        dangling: bool = False,
        trim: bool = False,
        order: str = "document",
        query: str | None = None,
        loose: bool = False,
        seen: Sequence[str] | None = None,
        raw: bool = False,
        sapo: bool = False,
        form: str = "records",
    ) -> Job: ...
    def multi_job(
        self,
        length: Mapping[str, Any],
        dangling: bool = False,
        query: str | None = None,
        loose: bool = False,
        seen: Sequence[str] | None = None,
        raw: bool = False,
    ) -> Job: ...
    @staticmethod
    def page_job(keep: Sequence[str], text: bool = False) -> Job: ...
    def keywords_job(
        self, top: int, method: str | None, max_words: int, raw: bool = False
    ) -> Job: ...
    @staticmethod
    def check_job() -> Job: ...
    @staticmethod
    def normalize_job(
        fixes: Sequence[str],
        safe: bool,
        tone: str | None = None,
        i_y: str | None = None,
        misread: str | None = None,
        force: bool = False,
    ) -> Job: ...

@final
class Rouge:
    def __new__(
        cls,
        measures: Sequence[str],
        unit: str,
        references: str,
        compat: str | None,
        stem: bool,
        keep_case: bool,
        keep_punctuation: bool,
        keep_tone_style: bool,
        stop_words: Sequence[str],
        beta: float,
    ) -> Rouge: ...
    def names(self) -> list[str]: ...
    def warning(self) -> str | None: ...
    def score(
        self, prediction: str, references: Sequence[str]
    ) -> list[tuple[float, float, float]]: ...
    def corpus(
        self,
        predictions: Any,
        references: Any,
        threads: int,
        level: float,
        resamples: int,
        seed: int,
    ) -> tuple[
        list[list[tuple[float, float, float]]],
        list[list[tuple[float, float, float]]],
        str,
    ]: ...

@final
class Statistics:
    def __new__(cls, unit: str, ngrams: tuple[int, int], skip: int) -> Statistics: ...
    @staticmethod
    def from_bytes(data: bytes) -> Statistics: ...
    def to_bytes(self) -> bytes: ...
    def add(self, core: Core, texts: Any, threads: int) -> None: ...
    def merge(self, other: Statistics) -> None: ...
    def documents(self) -> int: ...
    def items(self) -> int: ...
    def total(self, length: int) -> int: ...
    def __len__(self) -> int: ...
    def options(self) -> str: ...
    def get(self, key: str) -> tuple[int, int] | None: ...
    def collocations(self, choice: Mapping[str, Any]) -> Pairs: ...
    def to_arrow(self) -> Any: ...

@final
class Pairs:
    def __len__(self) -> int: ...
    def names(self) -> list[str]: ...
    def rows(self) -> list[tuple[Any, ...]]: ...
    def to_arrow(self) -> Any: ...
