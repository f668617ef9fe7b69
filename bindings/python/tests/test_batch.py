"""Batches: lists and Arrow data of any library, threads, nulls, rows that cannot be used."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest

import tomtat
from conftest import engine
from tomtat import batch

TEXTS = ["Hà Nội mưa to. Huế nắng.", None, "", "Thủ đô của Việt Nam là Hà Nội."]


def test_lists_give_what_single_calls_give(articles: list[str]) -> None:
    assert batch.word_tokenize(articles) == [tomtat.word_tokenize(a) for a in articles]
    assert batch.word_tokenize(articles, format="text") == [
        tomtat.word_tokenize(a, format="text") for a in articles
    ]
    assert batch.sent_tokenize(articles) == [tomtat.sent_tokenize(a) for a in articles]
    assert batch.syllables(articles) == [tomtat.syllables(a) for a in articles]
    assert batch.spans(articles) == [tomtat.spans(a) for a in articles]
    assert batch.terms(articles) == [tomtat.terms(a) for a in articles]
    assert batch.summarize(articles, 2) == [tomtat.summarize(a, 2) for a in articles]
    assert batch.summarize(articles, 2, format="text") == [
        tomtat.summarize(a, 2).text for a in articles
    ]
    assert batch.keywords(articles) == [tomtat.keywords(a) for a in articles]
    assert batch.normalize(articles, tone="new") == [
        tomtat.normalize(a, tone="new") for a in articles
    ]
    assert batch.check(articles) == [tomtat.check(a) for a in articles]
    # A page of a list does not keep its source.
    assert [p.blocks for p in batch.extract(articles)] == [
        tomtat.extract(a).blocks for a in articles
    ]
    pairs = [articles[at : at + 3] for at in range(0, 30, 3)]
    assert batch.multi_summarize(pairs) == [tomtat.multi_summarize(p) for p in pairs]


def test_any_number_of_threads_gives_the_same_bytes(articles: list[str]) -> None:
    pa = engine("pyarrow")
    column = pa.array([*articles, None] * 5)
    for call in (batch.word_tokenize, batch.summarize, batch.keywords, batch.extract):
        one = call(column, threads=1)
        for threads in (2, 8):
            more = call(column, threads=threads)
            assert more.equals(one)
            assert [b and b.to_pybytes() for b in more.buffers()] == [
                b and b.to_pybytes() for b in one.buffers()
            ]


def test_nulls_stay_nulls() -> None:
    assert batch.word_tokenize(TEXTS)[1] is None
    assert batch.summarize(TEXTS)[1] is None
    assert batch.word_tokenize(TEXTS)[2] == []
    pa = engine("pyarrow")
    for call in (batch.word_tokenize, batch.spans, batch.summarize, batch.extract, batch.check):
        found = call(pa.array(TEXTS))
        assert found.null_count == 1 and found[1].as_py() is None
        assert len(call(pa.nulls(3))) == 3 and call(pa.nulls(3)).null_count == 3
        assert len(call(pa.array([], pa.string()))) == 0


def test_titles_go_with_texts(articles: list[str]) -> None:
    titles = [None if at % 3 else f"Tin số {at}" for at in range(len(articles))]
    found = batch.summarize(articles, titles=titles)
    assert found == [tomtat.summarize(a, title=t) for a, t in zip(articles, titles)]
    with pytest.raises(tomtat.ArgumentError, match="titles: 1 titles for 2 texts"):
        batch.summarize(["a", "b"], titles=["a"])


def test_rows_that_cannot_be_used_are_named() -> None:
    with pytest.raises(tomtat.RowError) as caught:
        batch.word_tokenize(["Mưa.", 5, "Nắng."])
    assert caught.value.row == 1
    assert "row 1: expected str, bytes or None, found int" in str(caught.value)
    values, problems = batch.word_tokenize(["Mưa.", 5, "Nắng."], errors=True)
    assert values == [["Mưa", "."], None, ["Nắng", "."]]
    assert problems == [None, "expected str, bytes or None, found int", None]


def test_bytes_are_decoded_where_that_is_certain() -> None:
    text = "Thủ tướng Chính phủ đã ký quyết định về việc xây dựng cầu đường bộ qua sông Hồng."
    found = batch.sent_tokenize([text.encode(), text.encode("utf-16")])
    assert found == [[text], [text]]
    with pytest.raises(tomtat.RowError, match="row 0"):
        batch.sent_tokenize([b"\x00\xff\xfe\xfd\x00\x01\x02\x03" * 9])


def test_strings_that_are_no_utf8_do_no_harm() -> None:
    pa = engine("pyarrow")
    offsets = pa.py_buffer(b"\0\0\0\0\3\0\0\0\5\0\0\0")
    bad = pa.StringArray.from_buffers(2, offsets, pa.py_buffer(b"M\xffa\xc6\xb0"))
    values, problems = batch.word_tokenize(bad, errors=True)
    assert values.to_pylist() == [None, ["ư"]]
    assert problems.to_pylist() == ["is not valid UTF-8", None]


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "dictionary"])
def test_every_kind_of_arrow_string_is_taken(kind: str) -> None:
    pa = engine("pyarrow")
    column = pa.array(TEXTS)
    column = column.dictionary_encode() if kind == "dictionary" else column.cast(getattr(pa, kind)())
    assert batch.word_tokenize(column).to_pylist() == batch.word_tokenize(TEXTS)


def test_chunked_arrays_keep_their_chunks() -> None:
    pa = engine("pyarrow")
    column = pa.chunked_array([TEXTS, [], TEXTS[:2]], pa.string())
    found = batch.word_tokenize(column)
    assert isinstance(found, pa.ChunkedArray)
    assert [len(chunk) for chunk in found.chunks] == [4, 0, 2]
    assert found.to_pylist() == batch.word_tokenize(TEXTS + TEXTS[:2])
    assert len(batch.word_tokenize(pa.chunked_array([], pa.string()))) == 0
    bad = pa.chunked_array([["Mưa"], [b"\xff\x00\xfe"]], pa.binary())
    with pytest.raises(tomtat.RowError) as caught:
        batch.word_tokenize(bad)
    assert caught.value.row == 1


def test_slices_are_read_where_they_begin() -> None:
    pa = engine("pyarrow")
    column = pa.array(TEXTS * 3)
    assert batch.word_tokenize(column.slice(3, 4)).to_pylist() == batch.word_tokenize(
        (TEXTS * 3)[3:7]
    )


def test_other_columns_are_refused_by_name() -> None:
    pa = engine("pyarrow")
    with pytest.raises(tomtat.ArgumentError, match="texts: expected an Arrow array of strings"):
        batch.word_tokenize(pa.array([1, 2]))
    with pytest.raises(TypeError, match="put it into a list"):
        batch.word_tokenize("one text")
    with pytest.raises(tomtat.ArgumentError, match="texts: expected texts"):
        batch.word_tokenize(5)
    with pytest.raises(tomtat.ArgumentError, match="threads"):
        batch.word_tokenize(["a"], threads=-1)


def test_lists_of_texts_come_from_arrow(articles: list[str]) -> None:
    pa = engine("pyarrow")
    clusters = [articles[:3], None, articles[3:5]]
    found = batch.multi_summarize(pa.array(clusters), syllables=60)
    expected = batch.multi_summarize(clusters, syllables=60)
    texts = [None if row is None else [s["text"] for s in row["sentences"]] for row in found.to_pylist()]
    assert texts == [None if m is None else [s.text for s in m] for m in expected]


def test_summaries_of_arrow_are_records(articles: list[str]) -> None:
    pa = engine("pyarrow")
    row = batch.summarize(pa.array(articles[:1]), 1)[0].as_py()
    summary = tomtat.summarize(articles[0], 1)
    assert row["sentences"][0]["text"] == summary.text
    assert row["length"] == {"unit": "sentences", "requested": 1, "given": 1}


def test_results_come_back_in_the_library_of_the_input(articles: list[str]) -> None:
    expected = batch.word_tokenize(articles)
    pl = engine("polars")
    series = batch.word_tokenize(pl.Series("body", articles))
    assert isinstance(series, pl.Series)
    assert (series.name, series.to_list()) == ("body", expected)
    pd = engine("pandas")
    index = range(5, 5 + len(articles))
    for dtype in (None, "string", pd.ArrowDtype(engine("pyarrow").string())):
        column = pd.Series(articles, name="body", index=index, dtype=dtype)
        found = batch.word_tokenize(column)
        assert isinstance(found, pd.Series)
        assert (found.name, list(found.index)) == ("body", list(index))
        assert [list(row) for row in found] == expected
    summary = batch.summarize(pd.Series(articles[:3]), 1, format="text")
    assert list(summary) == batch.summarize(articles[:3], 1, format="text")


def _words(text: str) -> int:
    return len(tomtat.word_tokenize(text))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_does_not_hang(articles: list[str]) -> None:
    batch.word_tokenize(articles * 5, threads=4)
    child = os.fork()
    if child == 0:
        try:
            batch.word_tokenize(articles, threads=4)
            batch.summarize(articles, threads=4)
        finally:
            os._exit(0)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            assert status == 0
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the child hangs")


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_a_pool_of_processes_does_not_hang(start: str, articles: list[str]) -> None:
    if start not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {start} here")
    batch.word_tokenize(articles, threads=2)
    with multiprocessing.get_context(start).Pool(2) as pool:
        found = pool.map_async(_words, articles[:20]).get(timeout=120)
    assert found == [len(tomtat.word_tokenize(a)) for a in articles[:20]]


def test_other_threads_run_meanwhile(articles: list[str]) -> None:
    script = (
        "import threading, time, tomtat, sys\n"
        "from tomtat import batch\n"
        f"texts = {articles[:20]!r} * 200\n"
        "ticks = []\n"
        "stop = threading.Event()\n"
        "def tick():\n"
        "    while not stop.is_set():\n"
        "        ticks.append(1); time.sleep(0.001)\n"
        "thread = threading.Thread(target=tick); thread.start()\n"
        "import pyarrow as pa\n"
        "column = pa.array(texts)\n"
        "before = len(ticks); batch.summarize(column, threads=1); after = len(ticks)\n"
        "stop.set(); thread.join()\n"
        "assert after - before > 5, (before, after)\n"
    )
    engine("pyarrow")
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_ends_a_batch(articles: list[str]) -> None:
    script = (
        "import os, signal, threading, time\n"
        "import pyarrow as pa\n"
        "from tomtat import batch\n"
        f"column = pa.array({articles[:20]!r} * 20000)\n"
        "threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()\n"
        "try:\n"
        "    batch.summarize(column)\n"
        "except KeyboardInterrupt:\n"
        "    print('stopped')\n"
    )
    engine("pyarrow")
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True
    )
    assert ran.stdout == "stopped\n"


def test_many_calls_do_not_grow_the_memory() -> None:
    calls = int(os.environ.get("TOMTAT_MEMORY_CALLS", "20000"))
    resource = pytest.importorskip("resource")
    script = (
        "import resource, tomtat\n"
        "from tomtat import batch\n"
        "def rounds(n):\n"
        "    for _ in range(n):\n"
        "        tomtat.word_tokenize('Hà Nội là thủ đô của Việt Nam.')\n"
        "        tomtat.summarize('Mưa to. Mưa nhỏ ở Huế.', 1)\n"
        "        batch.word_tokenize(['Mưa to ở Huế.', None], threads=2)\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"before = rounds({calls} // 10); after = rounds({calls})\n"
        "print(before, after)\n"
    )
    assert resource
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    before, after = map(int, ran.stdout.split())
    assert after - before < 4096, f"{before} to {after} KiB"
