#!/usr/bin/env python3
"""Words of the same articles through each engine: tomtat beside pyvi and underthesea.

    python benches/engines.py articles.jsonl [NUMBER] [--rivals N] [--engines polars,duckdb,…]

Every engine runs the same function over the same column; rivals get the first N articles (default
200). Rates are articles a second, of one run, the start of the engine left out.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")

Column = Any


def with_tomtat(column: Column) -> Column:
    from tomtat import batch

    return batch.word_tokenize(column, format="text", threads=1)


def _one_by_one(column: Column, call: Callable[[str], str]) -> Column:
    import pyarrow as pa

    return pa.array([call(text) for text in column.to_pylist()], pa.string())


def with_pyvi(column: Column) -> Column:
    from pyvi import ViTokenizer

    return _one_by_one(column, ViTokenizer.tokenize)


def with_underthesea(column: Column) -> Column:
    from underthesea import word_tokenize

    return _one_by_one(column, lambda text: word_tokenize(text, format="text"))


def polars(texts: list[str], words: Callable[[Column], Column]) -> Callable[[], Any]:
    import polars as pl

    frame = pl.DataFrame({"body": texts})

    def call(series: pl.Series) -> pl.Series:
        return pl.Series(words(series.to_arrow()))

    expression = pl.col("body").map_batches(call, return_dtype=pl.String)
    return lambda: frame.select(expression)


def duckdb(texts: list[str], words: Callable[[Column], Column]) -> Callable[[], Any]:
    import duckdb as db
    import pyarrow as pa

    connection = db.connect()
    connection.execute("set threads = 1")
    connection.create_function("words", words, ["VARCHAR"], "VARCHAR", type="arrow")
    connection.register("news", pa.table({"body": texts}))
    return lambda: connection.execute("select sum(length(words(body))) from news").fetchall()


def datafusion(texts: list[str], words: Callable[[Column], Column]) -> Callable[[], Any]:
    import datafusion as df
    import pyarrow as pa

    context = df.SessionContext(df.SessionConfig().with_target_partitions(1))
    context.register_record_batches("news", [[pa.record_batch({"body": pa.array(texts)})]])
    context.register_udf(df.udf(words, [pa.string()], pa.string(), "immutable", name="words"))
    return lambda: context.sql("select words(body) from news").collect()


def pandas(texts: list[str], words: Callable[[Column], Column]) -> Callable[[], Any]:
    import pandas as pd
    import pyarrow as pa

    column = pd.Series(texts, dtype=pd.ArrowDtype(pa.string()))
    return lambda: words(pa.Array.from_pandas(column)).to_pandas()


def datasets(texts: list[str], words: Callable[[Column], Column]) -> Callable[[], Any]:
    import datasets as ds

    ds.disable_progress_bars()
    ds.disable_caching()
    data = ds.Dataset.from_dict({"body": texts}).with_format("arrow")
    return lambda: data.map(
        lambda table: table.append_column("words", words(table["body"].combine_chunks())),
        batched=True,
        num_proc=2,
        new_fingerprint=str(time.time_ns()),
    )


def sklearn(texts: list[str], words: Callable[[Column], Column]) -> Callable[[], Any]:
    import pyarrow as pa
    from sklearn.feature_extraction.text import TfidfVectorizer

    def tokens(text: str) -> list[str]:
        return words(pa.array([text]))[0].as_py().split()

    return lambda: TfidfVectorizer(analyzer=tokens).fit_transform(texts)


def ray(texts: list[str], words: Callable[[Column], Column]) -> Callable[[], Any]:
    import pyarrow as pa
    import ray as engine

    if not engine.is_initialized():
        engine.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    data = engine.data.from_arrow(pa.table({"body": texts})).repartition(2).materialize()

    def add(table: pa.Table) -> pa.Table:
        return table.append_column("words", words(table["body"].combine_chunks()))

    return lambda: data.map_batches(add, batch_format="pyarrow").materialize()


ENGINES = {
    "pandas": pandas,
    "polars": polars,
    "duckdb": duckdb,
    "datafusion": datafusion,
    "datasets": datasets,
    "sklearn": sklearn,
    "ray": ray,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles")
    parser.add_argument("number", type=int, nargs="?", default=5000)
    parser.add_argument("--rivals", type=int, default=200)
    parser.add_argument("--engines", default=",".join(ENGINES))
    arguments = parser.parse_args()
    texts: list[str] = []
    with open(arguments.articles, encoding="utf-8") as stream:
        for line in stream:
            texts.append(json.loads(line)["body"])
            if len(texts) == arguments.number:
                break
    print("| engine | tomtat, articles/s | pyvi | underthesea |\n|---|---|---|---|")
    for name in arguments.engines.split(","):
        rates = []
        for words, number in (
            (with_tomtat, len(texts)),
            (with_pyvi, arguments.rivals),
            (with_underthesea, arguments.rivals),
        ):
            try:
                run = ENGINES[name](texts[:number], words)
                start = time.perf_counter()
                run()
                rates.append(f"{number / (time.perf_counter() - start):,.0f}")
            except Exception as error:  # noqa: BLE001
                rates.append(f"failed: {type(error).__name__}: {str(error)[:60]}")
        print(f"| {name} | {' | '.join(rates)} |", flush=True)


if __name__ == "__main__":
    main()
