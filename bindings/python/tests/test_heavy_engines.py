"""Spark and Ray, run for real where TOMTAT_HEAVY_ENGINES asks for it: they take long to start."""

# No postponed annotations: Spark reads those of its functions.
import os
import shutil
import sys
from collections.abc import Iterator

import pytest

from conftest import heavy, skip
from tomtat import TermStatistics, batch


@pytest.fixture(scope="module")
def spark():
    heavy("pyspark")
    if shutil.which("java") is None:
        skip("HEAVY ENGINE SKIPPED: pyspark needs Java")
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    # Modules of the tests are imported by the workers, too.
    here = os.path.dirname(os.path.abspath(__file__))
    os.environ["PYTHONPATH"] = os.pathsep.join([here, os.environ.get("PYTHONPATH", "")])
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def frame(spark, articles: list[str]):
    return spark.createDataFrame(list(enumerate(articles)), "id int, body string").repartition(4)


def key_sentences(batches: Iterator) -> Iterator:
    import pyarrow as pa

    for rows in batches:
        summary = batch.summarize(rows["body"], 2, format="text", threads=1)
        words = batch.word_tokenize(rows["body"], threads=1)
        columns = {"id": rows["id"], "summary": summary, "words": words}
        yield pa.RecordBatch.from_pydict(columns)


def counts(batches: Iterator) -> Iterator:
    import pyarrow as pa

    found = TermStatistics(ngrams=(1, 2))
    for rows in batches:
        found.add(rows["body"], threads=1)
    yield pa.RecordBatch.from_pydict({"counts": pa.array([found.to_bytes()], pa.binary())})


def test_spark_maps_arrow_batches(frame, articles: list[str]) -> None:
    schema = "id int, summary string, words array<string>"
    rows = sorted(frame.mapInArrow(key_sentences, schema).collect())
    assert [row["summary"] for row in rows] == batch.summarize(articles, 2, format="text")
    assert [list(row["words"]) for row in rows] == batch.word_tokenize(articles)


def test_spark_calls_a_pandas_function(frame, articles: list[str]) -> None:
    import pandas as pd
    from pyspark.sql.functions import pandas_udf

    @pandas_udf("string")
    def summary(column: pd.Series) -> pd.Series:
        return batch.summarize(column, 1, format="text", threads=1).astype(object)

    rows = sorted(frame.select("id", summary("body").alias("summary")).collect())
    assert [row["summary"] for row in rows] == batch.summarize(articles, 1, format="text")


def test_counts_of_partitions_merge_to_those_of_one_process(frame, articles: list[str]) -> None:
    parts = frame.mapInArrow(counts, "counts binary").rdd.map(lambda row: bytes(row["counts"]))
    merged = parts.treeReduce(lambda a, b: TermStatistics.merged([a, b]).to_bytes())
    assert merged == TermStatistics(articles, ngrams=(1, 2)).to_bytes()


def test_ray_maps_batches(articles: list[str]) -> None:
    ray = heavy("ray")
    import pyarrow as pa

    def add(table: pa.Table) -> pa.Table:
        summary = batch.summarize(table["body"], 1, format="text", threads=1)
        return table.append_column("summary", summary)

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        table = pa.table({"id": range(len(articles)), "body": articles})
        data = ray.data.from_arrow(table).repartition(4)
        rows = data.map_batches(add, batch_format="pyarrow").take_all()
    finally:
        ray.shutdown()
    found = [row["summary"] for row in sorted(rows, key=lambda row: row["id"])]
    assert found == batch.summarize(articles, 1, format="text")
