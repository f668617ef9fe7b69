"""A tokenizer for spaCy: words of the library, and sentence starts.

    import spacy

    config = {"nlp": {"tokenizer": {"@tokenizers": "tomtat.Tokenizer.v1"}}}
    nlp = spacy.blank("vi", config=config)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc

from ._analyzer import Analyzer


class Tokenizer:
    """Makes documents of spaCy: a token is a word, and gives back the text it came from.

    ``sentences=False`` leaves sentence starts to another component.
    """

    def __init__(
        self, vocab: Any, *, analyzer: Analyzer | None = None, sentences: bool = True
    ) -> None:
        self.vocab = vocab
        self.sentences = sentences
        self._analyzer = Analyzer() if analyzer is None else analyzer

    def __call__(self, text: str) -> Doc:
        """Cuts a text; tokens and their spaces are the text."""
        words: list[str] = []
        spaces: list[bool] = []
        starts: list[bool] = []
        at = 0
        sentence_starts = {start for start, _ in self._analyzer.spans(text, "sentence")}
        for start, end in [*self._analyzer.spans(text), (len(text), len(text))]:
            gap = text[at:start]
            if words and gap.startswith(" "):
                spaces[-1] = True
                gap = gap[1:]
            if gap:
                # White space that is more than one space is a token, as in spaCy's own tokenizers.
                words.append(gap)
                spaces.append(False)
                starts.append(False)
            if start < end:
                words.append(text[start:end])
                spaces.append(False)
                starts.append(start in sentence_starts)
            at = end
        # The first token begins a sentence, white space too.
        known = self.sentences and bool(words)
        sent_starts: list[bool | int | None] | None = [True, *starts[1:]] if known else None
        return Doc(self.vocab, words=words, spaces=spaces, sent_starts=sent_starts)

    def __reduce__(self) -> tuple[Any, ...]:
        return _tokenizer_of, (self.vocab, self._analyzer, self.sentences)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing is kept beside the configuration; a dictionary and models are handed in."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> Tokenizer:
        """See :meth:`to_bytes`."""
        return self

    def to_disk(self, *_: Any, **__: Any) -> None:
        """See :meth:`to_bytes`."""

    def from_disk(self, *_: Any, **__: Any) -> Tokenizer:
        """See :meth:`to_bytes`."""
        return self


def _tokenizer_of(vocab: Any, analyzer: Analyzer, sentences: bool) -> Tokenizer:
    return Tokenizer(vocab, analyzer=analyzer, sentences=sentences)


def create(
    dictionary: str | None = None, sentences: bool = True
) -> Callable[[Any], Tokenizer]:
    """The factory ``tomtat.Tokenizer.v1``: ``dictionary`` is the path of one."""

    def tokenizer(nlp: Any) -> Tokenizer:
        return Tokenizer(nlp.vocab, analyzer=Analyzer(dictionary), sentences=sentences)

    return tokenizer
