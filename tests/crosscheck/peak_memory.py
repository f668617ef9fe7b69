#!/usr/bin/env python3
"""Peak memory and processor time of every command over corpora of growing size.

    peak_memory.py BINARY ARTICLES.jsonl MEGABYTES [MEGABYTES ...]

Each size is a corpus of so many megabytes, made of the articles (fields id, title, abstract, body),
repeated with other ids where they are too few. What a command must keep makes it grow: counts of
distinct terms, articles that are compared with each other, scores that are tested.
"""
import json
import os
import subprocess
import sys
import tempfile

COMMANDS = {
    "summarize": "summarize {f} -f jsonl",
    "summarize -m lead": "summarize -m lead {f} -f jsonl",
    "summarize --multi": "summarize --multi {f} -f jsonl",
    "summarize --cluster": "summarize --cluster {f} -f jsonl",
    "tokenize": "tokenize {f}",
    "tokenize -f jsonl": "tokenize {f} -f jsonl",
    "tokenize, text": "tokenize {t}",
    "tokenize -f conllu, text": "tokenize {t} -f conllu",
    "extract": "extract {f} -f jsonl",
    "extract -f markdown": "extract {f} -f markdown",
    "check, text": "check {t}",
    "check": "check {f} -f jsonl",
    "normalize, text": "normalize {t}",
    "normalize": "normalize {f}",
    "terms": "terms {f} --top 10",
    "terms, text": "terms {t} --top 10",
    "terms --max-terms 50000": "terms {f} --max-terms 50000 --top 10",
    "terms -n 2": "terms {f} -n 2 --top 10",
    "terms --per-doc": "terms {f} --per-doc --top 5 -f jsonl",
    "terms --columns dp": "terms {f} --columns dp --top 10",
    "keywords": "keywords {f} -f jsonl",
    "collocations": "collocations {f} --min-tf 5 --top 10",
    "keyness": "keyness {f} --top 10",
    "concordance": "concordance cũng {f} -f jsonl",
    "concordance --sort R1": "concordance cũng {f} --sort R1 -f jsonl",
    "profile": "profile {f}",
    "profile -f html": "profile {f} -f html",
    "evaluate": "evaluate --pred {f} --ref {f} --pred-field title --ref-field abstract --resamples 100",
    "bench": "bench {f} --method lead-1,trained --resamples 100",
    "train background": "train background {f} -o {o}",
    "train standalone": "train standalone {f} -o {o}",
}


def corpus(path, size, folder):
    """Writes the articles as JSON Lines, and their texts as one file."""
    with open(path, encoding="utf-8") as file:
        records = [json.loads(line) for line in file if line.strip()]
    lines, text, written, number = [], [], 0, 0
    while written < size:
        record = dict(records[number % len(records)])
        record["id"] = str(number)
        number += 1
        line = json.dumps(record, ensure_ascii=False)
        written += len(line.encode()) + 1
        lines.append(line)
        text.append(record["body"] if isinstance(record["body"], str) else "\n".join(record["body"]))
    for name, parts in (("a.jsonl", lines), ("a.txt", text)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write("\n".join(parts) + "\n")


def main():
    if sys.argv[1] == "--make":
        corpus(sys.argv[2], float(sys.argv[3]), sys.argv[4])
        return
    binary, path, sizes = sys.argv[1], sys.argv[2], [float(size) for size in sys.argv[3:]]
    print("| command | MB in | peak MB | processor s | exit |\n|---|---|---|---|---|", flush=True)
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            # A process of its own makes the corpus: a child begins with the peak of its parent.
            make = [sys.executable, __file__, "--make", path, str(size * 1e6), folder]
            subprocess.run(make, check=True)
            records, text = (os.path.join(folder, name) for name in ("a.jsonl", "a.txt"))
            for name, line in COMMANDS.items():
                model = os.path.join(folder, "model")
                arguments = [part.format(f=records, t=text, o=model) for part in line.split(" ")]
                with open(os.devnull, "wb") as nothing:
                    process = subprocess.Popen([binary, *arguments], stdout=nothing, stderr=nothing)
                    _, status, usage = os.wait4(process.pid, 0)
                print(
                    f"| `{name}` | {size:.0f} | {usage.ru_maxrss / 1024:.0f} "
                    f"| {usage.ru_utime + usage.ru_stime:.1f} | {os.waitstatus_to_exitcode(status)} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
