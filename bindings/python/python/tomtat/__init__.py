"""Vietnamese text: sentences, words, key terms, extractive summaries, honest evaluation.

>>> import tomtat
>>> tomtat.word_tokenize("Hà Nội là thủ đô của Việt Nam.")
['Hà Nội', 'là', 'thủ đô', 'của', 'Việt Nam', '.']

Offsets are in characters. :mod:`tomtat.batch` has the same calls over lists and Arrow data;
:class:`Analyzer` has them with a dictionary and models of your own.
"""

from . import batch
from ._analyzer import Analyzer
from ._results import (
    Block,
    Finding,
    Keyword,
    Length,
    Metadata,
    MultiSummary,
    Page,
    Report,
    SourcedSentence,
    Summary,
    SummarySentence,
    TextStatistics,
    Warning,
)
from ._rouge import Estimate, Interval, Rouge, RougeResult, Score, rouge
from ._statistics import Collocation, Collocations, Counts, TermStatistics
from ._terms import TermAnalyzer, analyzer
from ._tomtat import ArgumentError, RowError, __version__, methods

_default = Analyzer()
batch._default = _default

check = _default.check
extract = _default.extract
keywords = _default.keywords
multi_summarize = _default.multi_summarize
normalize = _default.normalize
sent_tokenize = _default.sent_tokenize
spans = _default.spans
summarize = _default.summarize
syllables = _default.syllables
terms = _default.terms
word_tokenize = _default.word_tokenize

__all__ = [
    "Analyzer",
    "ArgumentError",
    "Block",
    "Collocation",
    "Collocations",
    "Counts",
    "Estimate",
    "Finding",
    "Interval",
    "Keyword",
    "Length",
    "Metadata",
    "MultiSummary",
    "Page",
    "Report",
    "Rouge",
    "RougeResult",
    "RowError",
    "Score",
    "SourcedSentence",
    "Summary",
    "SummarySentence",
    "TermAnalyzer",
    "TermStatistics",
    "TextStatistics",
    "Warning",
    "__version__",
    "analyzer",
    "batch",
    "check",
    "extract",
    "keywords",
    "methods",
    "multi_summarize",
    "normalize",
    "rouge",
    "sent_tokenize",
    "spans",
    "summarize",
    "syllables",
    "terms",
    "word_tokenize",
]
