#!/usr/bin/env python3
"""How often summaries of three sentences hold what a reader picked.

usage: reader_picks.py BINARY PAGES.jsonl [PICKS.tsv] [-- OPTIONS of summarize]

PAGES holds crawled pages (fields id, title, body, date, section, tags, source); PICKS (by default
docs/reader-picks.tsv) says for some of their ids at which bytes the sentences begin that a reader picked, called
alternates, or called traps: sentences that look important and are not. The shipped ranker has learned from
docs/reader-picks.tsv; for its shares on pages that it does not know, see `tomtat train extracts --aside`. A page
is written without its abstract, one field a line. Prints the shares of the picked sentences of the summaries that are each, and the mean length.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

FIELDS = ("title", "body", "date", "section", "tags", "source")


def page(record):
    values = (record.get(field) or "" for field in FIELDS)
    return "\n".join(",".join(v) if isinstance(v, list) else v for v in values) + "\n"


def read_picks(path):
    """The places of the picks, alternates and traps of each page, by its id."""
    picks = {}
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    for name, *columns in rows[1:]:
        picks[name] = [{int(place) for place in c.split(",") if place != "-"} for c in columns]
    return picks


def main():
    arguments, options = sys.argv[1:], []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, options = arguments[:at], arguments[at + 1 :]
    if len(arguments) < 2:
        sys.exit(__doc__)
    beside = os.path.join(os.path.dirname(__file__), "..", "..", "docs", "reader-picks.tsv")
    picks = read_picks(arguments[2] if len(arguments) > 2 else beside)
    counts, total, syllables, pages = [0, 0, 0], 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        with open(arguments[1], encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                name = str(record["id"]).replace("/", "_")
                if name in picks:
                    names[f"{folder}/{name}.txt"] = name
                    with open(f"{folder}/{name}.txt", "w", encoding="utf-8") as file:
                        file.write(page(record))
        if not names:
            sys.exit(f"{arguments[1]}: no page has an id of the picks")
        command = [arguments[0], "summarize", "-n", "3", "-f", "jsonl", *options, *names]
        out = subprocess.run(command, capture_output=True, check=False).stdout.decode()
        for name, line in zip(names.values(), out.splitlines()):
            sentences = json.loads(line).get("sentences") or []
            pages += 1
            for sentence in sentences:
                total += 1
                syllables += len(re.findall(r"[^\W_]+", sentence["text"]))
                for column, places in enumerate(picks[name]):
                    counts[column] += sentence["start"] in places
    picked, alternates, traps = (100 * count / max(1, total) for count in counts)
    length = syllables / max(1, pages)
    print(f"{pages} pages, {total} sentences, {length:.1f} syllables a summary")
    print(f"picked {picked:.1f} %, alternates {alternates:.1f} %, traps {traps:.1f} %")


if __name__ == "__main__":
    main()
