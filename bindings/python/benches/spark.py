#!/usr/bin/env python3
"""Words of articles on Spark: tomtat, pyvi, underthesea and a job that copies only.

    python benches/spark.py articles.jsonl [NUMBER] [--jobs copy,tomtat,summaries,counts,pyvi]

Each job runs in a session of its own (cold), over the same partitions, on local[2]. Counts of terms
by partition, merged in a tree, are compared with those of one process, byte for byte.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator

PARTITIONS = 4


def copy(batches: Iterator) -> Iterator:
    import pyarrow as pa

    for rows in batches:
        yield pa.RecordBatch.from_pydict({"id": rows["id"], "words": rows["body"]})


def tomtat(batches: Iterator) -> Iterator:
    import pyarrow as pa

    from tomtat import batch

    for rows in batches:
        words = batch.word_tokenize(rows["body"], format="text", threads=1)
        yield pa.RecordBatch.from_pydict({"id": rows["id"], "words": words})


def summaries(batches: Iterator) -> Iterator:
    import pyarrow as pa

    from tomtat import batch

    for rows in batches:
        summary = batch.summarize(rows["body"], 3, format="text", threads=1)
        yield pa.RecordBatch.from_pydict({"id": rows["id"], "words": summary})


def pyvi(batches: Iterator) -> Iterator:
    import pyarrow as pa
    from pyvi import ViTokenizer

    for rows in batches:
        words = [ViTokenizer.tokenize(text) for text in rows["body"].to_pylist()]
        yield pa.RecordBatch.from_pydict({"id": rows["id"], "words": words})


def underthesea(batches: Iterator) -> Iterator:
    import pyarrow as pa
    from underthesea import word_tokenize

    for rows in batches:
        words = [word_tokenize(text, format="text") for text in rows["body"].to_pylist()]
        yield pa.RecordBatch.from_pydict({"id": rows["id"], "words": words})


def partition_counts(batches: Iterator) -> Iterator:
    import pyarrow as pa

    from tomtat import TermStatistics

    found = TermStatistics()
    for rows in batches:
        found.add(rows["body"], threads=1)
    yield pa.RecordBatch.from_pydict({"counts": pa.array([found.to_bytes()], pa.binary())})


JOBS = {
    "copy": copy,
    "tomtat": tomtat,
    "summaries": summaries,
    "pyvi": pyvi,
    "underthesea": underthesea,
}


def run(path: str, number: int, name: str) -> None:
    """Runs one job in a session of its own and prints its seconds."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.memory", "2g")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    articles = session.read.parquet(path)
    start = time.perf_counter()
    if name == "counts":
        from tomtat import TermStatistics

        parts = articles.mapInArrow(partition_counts, "counts binary").rdd
        merged = parts.map(lambda row: bytes(row["counts"])).treeReduce(
            lambda a, b: TermStatistics.merged([a, b]).to_bytes()
        )
        seconds = time.perf_counter() - start
        import pyarrow.parquet as pq

        whole = TermStatistics(pq.read_table(path)["body"]).to_bytes()
        result = {"seconds": seconds, "bytes": len(merged), "equal": merged == whole}
    else:
        found = articles.mapInArrow(JOBS[name], "id int, words string")
        total = found.selectExpr("sum(length(words)) as n").collect()[0]["n"]
        result = {"seconds": time.perf_counter() - start, "characters": total}
    session.stop()
    print("RESULT " + json.dumps(result), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles")
    parser.add_argument("number", type=int, nargs="?", default=5000)
    parser.add_argument("--jobs", default="copy,tomtat,summaries,counts,pyvi")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        run(arguments.articles, arguments.number, arguments.one)
        return
    import tempfile

    import pyarrow as pa
    import pyarrow.parquet as pq

    bodies: list[str] = []
    with open(arguments.articles, encoding="utf-8") as stream:
        for line in stream:
            bodies.append(json.loads(line)["body"])
            if len(bodies) == arguments.number:
                break
    while len(bodies) < arguments.number:
        bodies += bodies[: arguments.number - len(bodies)]
    with tempfile.TemporaryDirectory() as folder:
        share = -(-len(bodies) // PARTITIONS)
        for part in range(PARTITIONS):
            rows = range(part * share, min((part + 1) * share, len(bodies)))
            table = pa.table({"id": pa.array(rows, pa.int32()), "body": [bodies[r] for r in rows]})
            pq.write_table(table, f"{folder}/{part}.parquet")
        for name in arguments.jobs.split(","):
            command = [sys.executable, __file__, folder, str(arguments.number), "--one", name]
            ran = subprocess.run(command, capture_output=True, text=True, check=False)
            lines = [l for l in ran.stdout.splitlines() if l.startswith("RESULT ")]
            if not lines:
                print(f"{name}: failed\n{ran.stderr[-3000:]}")
                continue
            print(f"{len(bodies)} articles, {name}: {lines[0].removeprefix('RESULT ')}", flush=True)


if __name__ == "__main__":
    main()
