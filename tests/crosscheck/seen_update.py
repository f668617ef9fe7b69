#!/usr/bin/env python3
"""Update summarization: what `--multi --seen` tells that the reader does not know.

usage: seen_update.py BINARY CLUSTERS.jsonl [SYLLABLES]

CLUSTERS holds events with dated articles and reference summaries (VietnameseMDS). The earlier half of the articles
of an event is what the reader has read; the later half is summarized, with and without `--seen`. Gold are the pairs of
neighbouring syllables of the references that no earlier article has. Prints the recall of these pairs, the share
of the pairs of a summary that the reader has read, and the mean length, for each method.

The task is that of H. T. Dang, K. Owczarzak (2008), Overview of the TAC 2008 update summarization task.
"""

import json
import re
import subprocess
import sys
import tempfile
import unicodedata


def units(text):
    text = unicodedata.normalize("NFC", text.replace("_", " ")).lower()
    return re.findall(r"[^\W_]+", text)


def pairs(text):
    tokens = units(text)
    return set(zip(tokens, tokens[1:]))


def date(document):
    """A sortable time of `23/10/2013 11:39`."""
    numbers = [int(number) for number in re.findall(r"\d+", document.get("time") or "")]
    day, month, year = (numbers + [0, 0, 0])[:3]
    return (year, month, day, *numbers[3:])


def write(folder, name, documents):
    paths = []
    for i, document in enumerate(documents):
        path = f"{folder}/{name}-{i}.txt"
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"{document['title']}\n\n{document['body']}\n")
        paths.append(path)
    return paths


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    binary, path = sys.argv[1:3]
    length = sys.argv[3] if len(sys.argv) > 3 else "100"
    with open(path, encoding="utf-8") as lines:
        clusters = [json.loads(line) for line in lines]
    totals = {method: [0.0, 0.0, 0, 0] for method in ("--multi --seen", "--multi", "lead of the last")}
    for cluster in clusters:
        documents = sorted(cluster["documents"], key=date)
        half = len(documents) // 2
        with tempfile.TemporaryDirectory() as folder:
            seen = write(folder, "seen", documents[:half])
            new = write(folder, "new", documents[half:])
            known = set()
            for document in documents[:half]:
                known |= pairs(f"{document['title']}\n{document['body']}")
            gold = [pairs(reference) - known for reference in cluster["references"]]
            gold = [pairs_of_one for pairs_of_one in gold if pairs_of_one]
            if not gold:
                continue
            for method, total in totals.items():
                command = [binary, "summarize", "--syllables", length, "-f", "json"]
                if method.startswith("lead"):
                    command += ["-m", "lead", new[-1]]
                else:
                    command += ["--multi", *new]
                if method.endswith("--seen"):
                    command += [argument for path in seen for argument in ("--seen", path)]
                out = subprocess.run(command, capture_output=True, check=True).stdout
                text = "\n".join(sentence["text"] for sentence in json.loads(out)["sentences"])
                found = pairs(text)
                total[0] += sum(len(one & found) / len(one) for one in gold) / len(gold)
                total[1] += len(found & known) / max(1, len(found))
                total[2] += len(units(text))
                total[3] += 1
    for method, (recall, repeated, syllables, n) in totals.items():
        print(
            f"{method:16} {n} events, recall of new pairs {100 * recall / n:.2f} %, "
            f"read before {100 * repeated / n:.2f} %, {syllables / n:.1f} syllables"
        )


if __name__ == "__main__":
    main()
