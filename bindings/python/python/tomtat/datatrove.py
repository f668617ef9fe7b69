"""Words and sentences for DataTrove, without a change of DataTrove.

Every block of DataTrove that takes ``language`` takes a tokenizer there, too:

    from datatrove.pipeline.filters import GopherQualityFilter
    from tomtat.datatrove import VietnameseTokenizer

    GopherQualityFilter(language=VietnameseTokenizer())
"""

from __future__ import annotations

from datatrove.utils.word_tokenizers import WordTokenizer

from ._analyzer import Analyzer


class VietnameseTokenizer(WordTokenizer):  # type: ignore[misc]
    """Cuts Vietnamese texts: what DataTrove's own tokenizer does with spaCy and pyvi."""

    def __init__(self, analyzer: Analyzer | None = None) -> None:
        super().__init__("vi")
        self._analyzer = Analyzer() if analyzer is None else analyzer

    def word_tokenize(self, text: str) -> list[str]:
        """Returns the words."""
        return self._analyzer.word_tokenize(text)

    def sent_tokenize(self, text: str) -> list[str]:
        """Returns the sentences."""
        return self._analyzer.sent_tokenize(text)

    def span_tokenize(self, text: str) -> list[tuple[int, int]]:
        """Returns where sentences stand, in characters, as the tokenizers of DataTrove do."""
        return self._analyzer.spans(text, "sentence")
