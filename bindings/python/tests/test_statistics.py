"""Counts of terms: merging, files, pickles, tables."""

from __future__ import annotations

import pickle
import random

import pytest

import tomtat
from conftest import engine
from tomtat import TermStatistics


def test_parts_merge_to_the_bytes_of_one_run(articles: list[str]) -> None:
    whole = TermStatistics(articles, ngrams=(1, 2), threads=1).to_bytes()
    for threads in (2, 3):
        assert TermStatistics(articles, ngrams=(1, 2), threads=threads).to_bytes() == whole
    parts = [TermStatistics(articles[at::7], ngrams=(1, 2)) for at in range(7)]
    random.Random(1).shuffle(parts)
    assert TermStatistics.merged(parts).to_bytes() == whole
    assert TermStatistics.merged([part.to_bytes() for part in parts]).to_bytes() == whole


def test_counts_are_what_they_say() -> None:
    counts = TermStatistics(["Mưa to ở Huế. Mưa lâu.", "Nắng ở Huế.", ""])
    assert counts.documents == 2
    assert counts["mưa"] == (2, 1)
    assert counts["huế"].df == 2
    assert "bão" not in counts and counts.get("bão") is None
    with pytest.raises(KeyError):
        counts["bão"]


def test_they_pickle(articles: list[str]) -> None:
    counts = TermStatistics(articles)
    again = pickle.loads(pickle.dumps(counts))
    assert again == counts
    assert again.merge(counts).documents == 2 * counts.documents


def test_merging_with_itself_does_not_hang() -> None:
    counts = TermStatistics(["Mưa to."])
    assert counts.merge(counts)["mưa"].tf == 2


def test_different_units_do_not_merge() -> None:
    with pytest.raises(tomtat.ArgumentError, match="other: the two count different things"):
        TermStatistics(["Mưa."]).merge(TermStatistics(["Mưa."], unit="syllable"))


def test_tables(articles: list[str]) -> None:
    engine("pyarrow")
    counts = TermStatistics(articles)
    table = counts.to_arrow()
    assert table.column_names if hasattr(table, "column_names") else table.schema.names
    assert table.num_rows == len(counts)
    engine("pandas")
    frame = counts.to_pandas()
    assert frame.index.name == "term" and list(frame.columns) == ["tf", "df"]
    assert frame["tf"].is_monotonic_decreasing
    assert frame.loc["cầu", "tf"] == counts["cầu"].tf


def test_arrow_columns_are_counted(articles: list[str]) -> None:
    pa = engine("pyarrow")
    column = pa.chunked_array([articles[:50], [None], articles[50:]], pa.string())
    assert TermStatistics(column) == TermStatistics(articles)


def test_pairs_of_parts_merge_to_those_of_the_whole(articles: list[str]) -> None:
    whole = TermStatistics(articles, ngrams=(2, 2))
    merged = TermStatistics.merged([TermStatistics(articles[at::3], ngrams=(2, 2)) for at in (0, 1, 2)])
    found = list(whole.collocations(["ll", "npmi"], min_tf=2))
    assert found == list(merged.collocations(["ll", "npmi"], min_tf=2))
    assert all(pair.tf == whole[f"{pair.first}\t{pair.second}"].tf >= 2 for pair in found)
    values = [pair.measures["ll"] for pair in found]
    assert values == sorted(values, reverse=True) and len(values) > 10
    by_tf = [pair.tf for pair in whole.collocations(sort="tf", top=5)]
    assert by_tf == sorted((pair.tf for pair in whole.collocations()), reverse=True)[:5]


def test_pairs_are_chosen_and_refused_by_name() -> None:
    counts = TermStatistics(["Giá gạo tăng, giá ngô giảm.", "Giá gạo tăng."], ngrams=(1, 2), skip=1)
    assert {(p.first, p.second) for p in counts.collocations(node="Gạo")} == {
        ("giá", "gạo"), ("gạo", "tăng")
    }
    assert "giá" not in {p.first for p in counts.collocations(stop_words=["giá"])}
    (best,) = counts.collocations("logdice", margins="tokens", top=1)
    assert best.measures["logdice"] is not None
    for options, argument in [
        ({"measures": "magic"}, "measures"),
        ({"margins": "words"}, "margins"),
        ({"sort": "size"}, "sort"),
        ({"top": -1}, "top"),
    ]:
        with pytest.raises(tomtat.ArgumentError) as caught:
            counts.collocations(**options)
        assert caught.value.argument == argument
    with pytest.raises(tomtat.ArgumentError, match=r"ngrams=\(2, 2\)"):
        TermStatistics(["Giá gạo."]).collocations()
    with pytest.raises(tomtat.ArgumentError, match="skip"):
        TermStatistics(ngrams=(2, 2), skip=99)


def test_pairs_are_tables(articles: list[str]) -> None:
    pa = engine("pyarrow")
    pairs = TermStatistics(articles, ngrams=(2, 2)).collocations("mi", top=7)
    table = pairs.to_arrow()
    assert isinstance(table, pa.RecordBatch) and table.num_rows == len(pairs) == 7
    assert table.schema.names == ["first", "second", "o11", "df", "o12", "o21", "o22", "e11", "mi"]
    assert pa.record_batch(pairs) == table
    engine("pandas")
    assert list(pairs.to_pandas()["mi"]) == [pair.measures["mi"] for pair in pairs]
