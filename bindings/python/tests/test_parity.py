"""Results equal those of the program on the same input."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

import tomtat
from conftest import REPOSITORY
from tomtat import batch
from tomtat._analyzer import FIXES


@pytest.fixture(scope="module")
def files(thousand: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as stream:
        for number, record in enumerate(thousand):
            row = {"id": str(number), "title": record["title"], "body": record["body"]}
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    for number, record in enumerate(thousand[:100]):
        (folder / f"{number:03}.txt").write_text(record["body"], encoding="utf-8", newline="")
    return folder


def run(program: str, *arguments: str, codes: tuple[int, ...] = (0,)) -> str:
    ran = subprocess.run([program, *arguments], capture_output=True, check=False)
    assert ran.returncode in codes, ran.stderr.decode()
    return ran.stdout.decode()


def records(text: str) -> list[dict]:
    return [json.loads(line) for line in text.split("\n") if line]


def bodies(thousand: list[dict[str, str]]) -> list[str]:
    return [record["body"] for record in thousand]


def titles(thousand: list[dict[str, str]]) -> list[str]:
    return [record["title"] for record in thousand]


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], {}),
        (["-n", "1"], {"n": 1}),
        (["-w", "60"], {"words": 60}),
        (["--syllables", "80"], {"syllables": 80}),
        (["-r", "0.2", "-m", "centroid"], {"ratio": 0.2, "method": "centroid"}),
        (["--length", "auto"], {"length": "auto"}),
        (["-m", "lexrank", "--order", "score"], {"method": "lexrank", "order": "score"}),
        (["--query", "giá gạo", "--mmr", "0.7"], {"query": "giá gạo", "mmr": 0.7}),
        (["--query", "gia gao", "--loose"], {"query": "gia gao", "loose": True}),
        (["--trim", "-w", "50"], {"trim": True, "words": 50}),
        (["--dangling", "-n", "4"], {"dangling": True, "n": 4}),
        (["--sapo"], {"sapo": True}),
    ],
)
def test_summaries(
    program: str, files: Path, thousand: list[dict[str, str]], arguments: list, options: dict
) -> None:
    path = str(files / "articles.jsonl")
    expected = records(run(program, "summarize", path, "-f", "jsonl", *arguments, codes=(0, 1, 3)))
    found = batch.summarize(bodies(thousand), titles=titles(thousand), **options)
    assert len(found) == len(expected) == len(thousand)
    for summary, record in zip(found, expected):
        assert [
            (s.text, s.start, s.end, s.score, s.rank, s.whole_start is not None)
            for s in summary.sentences
        ] == [
            (s["text"], s["char_start"], s["char_end"], s["score"], s["rank"], "sentence" in s)
            for s in record["sentences"]
        ]
        assert summary.title == record["title"]
        assert summary.method == record["method"]
        assert [
            (w.code, w.message.replace("; raw=True", "; --raw")) for w in summary.warnings
        ] == [(w["code"], w["message"]) for w in record["warnings"]]


@pytest.mark.parametrize("arguments", [[], ["-w", "40"], ["-m", "textrank", "-n", "2"]])
def test_explanations(
    program: str, files: Path, thousand: list[dict[str, str]], arguments: list
) -> None:
    path = str(files / "articles.jsonl")
    output = run(program, "summarize", path, "-f", "jsonl", "--explain", *arguments, codes=(0, 1, 3))
    options = {"-w": "words", "-m": "method", "-n": "n"}
    given: dict[str, Any] = {options[k]: v for k, v in zip(arguments[::2], arguments[1::2])}
    given = {k: int(v) if v.isdigit() else v for k, v in given.items()}
    for record, article in zip(records(output)[:100], thousand):
        data = article["body"].encode()
        expected = record["explain"]
        similar = [place for pick in expected["picks"] for place in pick["stands_for"]]
        for place in similar + expected["not_chosen"] + expected["left_out"]:
            for end in ("start", "end"):
                place[end] = len(data[: place[end]].decode())
        found = tomtat.summarize(article["body"], title=article["title"], **given).explain()
        assert found == expected


@pytest.mark.parametrize("level", ["word", "syllable", "sentence"])
def test_tokens(program: str, files: Path, thousand: list[dict[str, str]], level: str) -> None:
    paths = [str(files / f"{number:03}.txt") for number in range(100)]
    output = run(
        program, "tokenize", "--level", level, "-f", "jsonl", "--offsets", "chars", *paths
    )
    expected: dict[str, list] = {path: [] for path in paths}
    for record in records(output):
        tokens = [record] if level == "sentence" else record["tokens"]
        expected[record["id"]] += [(t["start"], t["end"], t["text"]) for t in tokens]
    texts = bodies(thousand)[:100]
    found = batch.spans(texts, level)
    pieces = {
        "word": batch.word_tokenize, "syllable": batch.syllables, "sentence": batch.sent_tokenize
    }[level](texts)
    for path, text, spans, cut in zip(paths, texts, found, pieces):
        assert [(s, e, text[s:e]) for s, e in spans] == expected[path]
        assert [text[s:e] for s, e in spans] == cut


def test_words_as_text(program: str, files: Path, thousand: list[dict[str, str]]) -> None:
    for number, text in enumerate(bodies(thousand)[:100]):
        output = run(program, "tokenize", str(files / f"{number:03}.txt"))
        assert tomtat.word_tokenize(text, format="text") == " ".join(output.split("\n")).strip()


def test_pages(program: str, files: Path, thousand: list[dict[str, str]]) -> None:
    path = str(files / "articles.jsonl")
    expected = records(run(program, "extract", path, "-f", "jsonl", codes=(0, 1, 3)))
    found = batch.extract(bodies(thousand), titles=titles(thousand))
    assert len(found) == len(expected)
    for page, record in zip(found, expected):
        assert page.title == record["title"]
        assert [(b.role, b.text, list(b.evidence)) for b in page.blocks] == [
            (b["role"], b["text"], b["evidence"]) for b in record["blocks"]
        ]


def test_keywords(program: str, files: Path, thousand: list[dict[str, str]]) -> None:
    path = str(files / "articles.jsonl")
    expected: dict[str, list] = {}
    for row in records(run(program, "keywords", path, "-f", "jsonl", codes=(0, 1, 3))):
        if "term" in row:
            expected.setdefault(row["id"], []).append((row["term"], row["score"], row["tf"]))
    found = batch.keywords(bodies(thousand), titles=titles(thousand))
    for number, keywords in enumerate(found):
        assert [(k.term, k.score, k.count) for k in keywords] == expected.get(str(number), [])


def test_several_articles(program: str, files: Path, thousand: list[dict[str, str]]) -> None:
    clusters = [bodies(thousand)[at : at + 3] for at in range(0, 60, 3)]
    path = files / "clusters.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number, cluster in enumerate(clusters):
            documents = [{"body": body} for body in cluster]
            row = {"id": str(number), "documents": documents}
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    for arguments, options in (
        ([], {}),
        (["--dangling", "-n", "8"], {"dangling": True, "n": 8}),
        (["--query", "tinh", "--loose"], {"query": "tinh", "loose": True}),
    ):
        output = run(program, "summarize", "--multi", "-f", "jsonl", *arguments, str(path), codes=(0, 1))
        expected = records(output)
        assert len(expected) == len(clusters)
        for summary, record in zip(batch.multi_summarize(clusters, **options), expected):
            assert [(s.text, s.document, s.start, s.end, s.score) for s in summary] == [
                (s["text"], s["document"], s["char_start"], s["char_end"], s["score"])
                for s in record["sentences"]
            ]


def test_every_flag_is_an_argument_or_named_as_missing(program: str) -> None:
    path = REPOSITORY / "docs" / "python.md"
    if not path.exists():
        pytest.skip("the docs of the repository are not here")
    text = path.read_text("utf-8")
    rest = text[text.index("`Analyzer(dictionary") : text.index("## Types")]
    common = set(re.findall(r"(?<![\w-])--?[a-zA-Z0-9][a-z0-9-]*", rest)) | {"-h", "--help", "--threads"}
    rows = re.findall(r"^\| `tomtat (\w+)` \| `[\w.]+` \| (.*) \|$", text, re.M)
    for command in {command for command, _ in rows}:
        told = " ".join(row for name, row in rows if name == command)
        known = common | set(re.findall(r"(?<![\w-])--?[a-zA-Z0-9][a-z0-9-]*", told))
        if command == "normalize":
            known |= {f"--{name.replace('_', '-')}" for name in FIXES}
        flags = re.findall(
            r"^ +(?:(-[a-zA-Z]), )?(--[a-z0-9-]+)", run(program, command, "--help"), re.M
        )
        assert len(flags) > 3
        for short, long in flags:
            assert long in known or short in known, f"tomtat {command} {long}: not in docs/python.md"


def test_reports_and_fixed_texts(
    program: str, files: Path, thousand: list[dict[str, str]]
) -> None:
    paths = [str(files / f"{number:03}.txt") for number in range(100)]
    expected = records(run(program, "check", "-f", "jsonl", *paths, codes=(0, 1)))
    for report, record in zip(batch.check(bodies(thousand)[:100]), expected):
        found = record["report"]["findings"]
        assert [(f.problem, f.count, list(f.samples)) for f in report.findings] == [
            (f["problem"], f["count"], f.get("samples", [])) for f in found
        ]
        assert report.statistics.syllables == record["report"]["statistics"]["syllables"]
    fixed = batch.normalize(bodies(thousand)[:100], tone="new", safe=True)
    for text, path in zip(fixed, paths):
        assert text == run(program, "normalize", "-q", "--safe", "--tone", "new", path)


def test_every_flag_of_normalize_has_an_argument(program: str) -> None:
    text = run(program, "normalize", "--help")
    section = re.search(r"^(Mends|Fixes):\n(.*?)^Encodings:", text, re.M | re.S)
    assert section is not None
    flags = set(re.findall(r"^ +--([a-z0-9-]+)", section.group(2), re.M))
    own = {name.replace("_", "-") for name in FIXES} | {"safe", "tone", "i-y", "force"}
    assert flags == own


def test_rouge(program: str, files: Path, thousand: list[dict[str, str]]) -> None:
    predictions = batch.summarize(bodies(thousand), 1, format="text")
    references = [title or "không" for title in titles(thousand)]
    for name, texts in (("pred", predictions), ("ref", references)):
        with (files / f"{name}.jsonl").open("w", encoding="utf-8") as stream:
            for number, text in enumerate(texts):
                row = {"id": str(number), "text": text}
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    measures = ["rouge1", "rouge2", "rougeL", "rougeSU4", "chrf"]
    output = run(
        program, "evaluate", "--pred", str(files / "pred.jsonl"), "--ref",
        str(files / "ref.jsonl"), "-f", "json", "--measure", ",".join(measures),
    )
    record = json.loads(output)
    result = tomtat.Rouge(measures).evaluate(predictions, references)
    assert result.signature == record["signature"]
    for name in measures:
        expected = record["systems"][0]["measures"][name]
        for part in ("precision", "recall", "f"):
            if expected[part] is not None:
                assert getattr(result[name], part)._asdict() == expected[part]


def test_counts_of_terms(program: str, files: Path, thousand: list[dict[str, str]]) -> None:
    paths = [str(files / f"{number:03}.txt") for number in range(100)]
    saved = files / "saved.terms"
    run(program, "terms", "--n", "1-2", "--save", str(saved), "--top", "1", *paths)
    counts = tomtat.TermStatistics(bodies(thousand)[:100], ngrams=(1, 2))
    theirs = tomtat.TermStatistics.from_bytes(saved.read_bytes())
    assert counts.documents == theirs.documents
    assert counts.to_arrow() == theirs.to_arrow()
    ours = files / "ours.terms"
    ours.write_bytes(counts.to_bytes())
    assert "documents" in run(program, "terms", "--merge", str(ours), "--top", "3", "-f", "json")


@pytest.mark.parametrize(
    ("arguments", "ngrams", "options"),
    [
        ([], (2, 2), {}),
        (["--window", "3", "-m", "all", "--min-tf", "5", "--sort", "npmi"], (2, 2), {"sort": "npmi"}),
        (["--margins", "tokens", "--node", "chính phủ"], (1, 2), {"margins": "tokens"}),
    ],
)
def test_pairs(
    program: str, files: Path, thousand: list[dict[str, str]], arguments: list[str],
    ngrams: tuple[int, int], options: dict[str, Any],
) -> None:
    paths = [str(files / f"{number:03}.txt") for number in range(100)]
    saved = files / "saved.pairs"
    output = run(
        program, "collocations", "--save", str(saved), "-f", "jsonl", *arguments, *paths
    )
    expected = [row for row in records(output) if "first" in row]
    for row in expected:
        del row["schema"]
    skip = 0
    if "--window" in arguments:
        skip, options = 2, {**options, "min_tf": 5, "measures": list(expected[0])[8:]}
    if "--node" in arguments:
        options = {**options, "node": "chính phủ"}
    counts = tomtat.TermStatistics(bodies(thousand)[:100], ngrams=ngrams, skip=skip)
    theirs = tomtat.TermStatistics.from_bytes(saved.read_bytes())
    for statistics in (counts, theirs):
        assert statistics.collocations(**options).to_arrow().to_pylist() == expected
