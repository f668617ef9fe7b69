#!/usr/bin/env python3
"""How fast the package is, beside pyvi, underthesea, sumy and rouge_score in the same run.

    python benches/speed.py articles.jsonl [words] [summaries] [rouge] [--rivals N] [--json FILE]

Records have `title` and `body`, one a line. Rivals are slow: they get the first N articles
(default 200), and rates are compared. Times are the least of three runs, of one run for rivals.
Rates of one thread count seconds of the processor, so that they can be compared on a busy machine;
rates of several threads count seconds of the clock. `own` is the same work without Python, where
TOMTAT_OWN_SPEED names the program of `examples/own_speed.rs`: a third of what its three runs take.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from typing import Any

import tomtat
from tomtat import batch

ROWS: list[dict[str, Any]] = []


def timed(call: Callable[[], Any], runs: int = 3, threads: int = 1) -> float:
    clock = time.process_time if threads == 1 else time.perf_counter
    least = float("inf")
    for _ in range(runs):
        start = clock()
        call()
        least = min(least, clock() - start)
    return least


def processor_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def row(what: str, amount: float, unit: str, seconds: float) -> float:
    rate = amount / seconds
    ROWS.append({"what": what, "rate": rate, "unit": unit, "seconds": seconds})
    print(f"{what:<52} {rate:12.2f} {unit}/s  {seconds:9.3f} s", flush=True)
    return rate


def words(texts: list[str], rivals: int) -> None:
    import pyarrow as pa

    column = pa.array(texts)
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"\nwords of {size:.1f} MB, {len(texts)} articles")
    own = os.environ.get("TOMTAT_OWN_SPEED")
    if own:
        with tempfile.NamedTemporaryFile(suffix=".txt") as file:
            file.write("\0".join(texts).encode())
            file.flush()
            before = processor_of_children()
            subprocess.run([own, file.name], check=True, stdout=subprocess.DEVNULL)
            seconds = (processor_of_children() - before) / 3
        row("own: the library without Python, one thread", size, "MB", seconds)
    for threads in (1, 2):
        call = lambda: batch.word_tokenize(column, threads=threads)  # noqa: B023, E731
        row(f"Arrow, {threads} threads", size, "MB", timed(call, threads=threads))
    for threads in (1, 2):
        call = lambda: batch.word_tokenize(texts, threads=threads)  # noqa: B023, E731
        row(f"lists of strings, {threads} threads", size, "MB", timed(call, threads=threads))
    row("one call a text", size, "MB", timed(lambda: [tomtat.word_tokenize(t) for t in texts]))
    text = lambda: batch.word_tokenize(column, format="text", threads=1)  # noqa: E731
    row("Arrow, texts with underscores, 1 thread", size, "MB", timed(text))
    few = texts[:rivals]
    size = sum(len(text.encode()) for text in few) / 1e6
    for name, call in tokenizers().items():
        call(few[0])
        row(f"{name}", size, "MB", timed(lambda: [call(t) for t in few], 1))  # noqa: B023


def tokenizers() -> dict[str, Callable[[str], Any]]:
    found: dict[str, Callable[[str], Any]] = {}
    try:
        from pyvi import ViTokenizer

        found["pyvi"] = ViTokenizer.tokenize
    except ImportError as error:
        print(f"SKIPPED pyvi: {error}")
    try:
        from underthesea import word_tokenize

        found["underthesea"] = word_tokenize
    except ImportError as error:
        print(f"SKIPPED underthesea: {error}")
    try:
        from datatrove.utils.word_tokenizers import load_word_tokenizer

        from tomtat.datatrove import VietnameseTokenizer

        found["DataTrove with tomtat"] = VietnameseTokenizer().word_tokenize
        found["DataTrove as it is (spaCy and pyvi)"] = load_word_tokenizer("vi").word_tokenize
    except Exception as error:  # noqa: BLE001
        print(f"SKIPPED DataTrove: {error}")
    return found


def summaries(records: list[dict[str, str]], rivals: int) -> None:
    import pyarrow as pa

    texts = [record["body"] for record in records]
    titles = [record["title"] for record in records]
    column, heads = pa.array(texts), pa.array(titles)
    print(f"\nsummaries of {len(texts)} articles, three sentences")
    for threads in (1, 2):
        call = lambda: batch.summarize(column, titles=heads, threads=threads)  # noqa: B023, E731
        row(f"trained, Arrow, {threads} threads", len(texts), "articles", timed(call, threads=threads))
    call = lambda: batch.summarize(texts, titles=titles, threads=1)  # noqa: E731
    row("trained, lists of summaries, 1 thread", len(texts), "articles", timed(call))
    call = lambda: batch.summarize(column, method="lexrank", threads=1)  # noqa: E731
    row("lexrank, Arrow, 1 thread", len(texts), "articles", timed(call))
    try:
        from sumy.parsers.plaintext import PlaintextParser
        from sumy.summarizers.lex_rank import LexRankSummarizer
    except ImportError as error:
        print(f"SKIPPED sumy: {error}")
        return

    class Tokenizer:
        """Sentences and words of ours, since sumy has none for Vietnamese."""

        def to_sentences(self, text: str) -> tuple[str, ...]:
            return tuple(tomtat.sent_tokenize(text))

        def to_words(self, sentence: str) -> tuple[str, ...]:
            return tuple(tomtat.terms(sentence))

    lexrank = LexRankSummarizer()
    few = texts[:rivals]

    def run() -> None:
        for text in few:
            lexrank(PlaintextParser.from_string(text, Tokenizer()).document, 3)

    row("sumy LexRank, with our sentences and words", len(few), "articles", timed(run, 1))


def rouge(records: list[dict[str, str]], rivals: int) -> None:
    bodies = [record["body"] for record in records]
    made = batch.summarize(bodies, 1, format="text")
    references = [record.get("abstract") or record["title"] or "-" for record in records]
    predictions = (made * (20_000 // len(made) + 1))[:20_000]
    references = (references * (20_000 // len(references) + 1))[:20_000]
    print("\nROUGE-1, 2 and L of 20,000 pairs, with intervals from 1,000 resamples")
    scorer = tomtat.Rouge()
    for threads in (1, 2):
        call = lambda: scorer.evaluate(predictions, references, threads=threads)  # noqa: B023, E731
        row(f"ours, {threads} threads", 20_000, "pairs", timed(call, threads=threads))
    call = lambda: scorer.evaluate(predictions, references, threads=1, resamples=1)  # noqa: E731
    row("ours, without intervals, 1 thread", 20_000, "pairs", timed(call))
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError as error:
        print(f"SKIPPED rouge_score: {error}")
        return
    theirs = RougeScorer(["rouge1", "rouge2", "rougeL"])
    few = list(zip(references, predictions))[: 10 * rivals]
    run = lambda: [theirs.score(r, p) for r, p in few]  # noqa: E731
    row("rouge_score, without intervals", len(few), "pairs", timed(run, 1))


def calls() -> None:
    print("\nsmall calls")
    rounds = 100_000
    text = "Hà Nội là thủ đô của Việt Nam."
    for what, call in (
        ("word_tokenize of an empty text", lambda: tomtat.word_tokenize("")),
        ("word_tokenize of a sentence", lambda: tomtat.word_tokenize(text)),
        ("summarize of two sentences", lambda: tomtat.summarize("Mưa to. Mưa ở Huế.", 1)),
    ):
        seconds = timed(lambda: [call() for _ in range(rounds)])  # noqa: B023
        row(what, rounds, "calls", seconds)
    start = "import sys, time; t = time.perf_counter(); import tomtat; print(time.perf_counter() - t)"
    import sys

    runs = [float(subprocess.check_output([sys.executable, "-c", start])) for _ in range(5)]
    print(f"{'import':<52} {1000 * min(runs):12.2f} ms")
    ROWS.append({"what": "import", "seconds": min(runs)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles")
    parser.add_argument("parts", nargs="*", default=["words", "summaries", "rouge", "calls"])
    parser.add_argument("--rivals", type=int, default=200)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    with open(arguments.articles, encoding="utf-8") as stream:
        records = [json.loads(line) for line in stream]
    texts: list[str] = []
    size = 0
    for record in records:
        if size >= 20e6:
            break
        texts.append(record["body"])
        size += len(record["body"].encode())
    if "words" in arguments.parts:
        words(texts, arguments.rivals)
    if "summaries" in arguments.parts:
        summaries(records[:5000], arguments.rivals)
    if "rouge" in arguments.parts:
        rouge(records[:5000], arguments.rivals)
    if "calls" in arguments.parts:
        calls()
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as stream:
            json.dump(ROWS, stream, indent=1)


if __name__ == "__main__":
    main()
