#!/usr/bin/env python3
"""Time, throughput and peak memory of commands over a corpus of any size.

    corpus_scale.py BINARY ARTICLES.jsonl GIGABYTES [COMMAND ...]

The articles (fields id, title, body) are repeated until the corpus has so many gigabytes; in every
repetition the digits of the texts change places, so that numbers differ while words stay. The corpus
is piped in and takes no disk. Results go to /dev/null. Prints one row of a table a command, as it ends:
processor time is what compares on a busy machine.
"""
import json
import os
import random
import subprocess
import sys
import time

COMMANDS = {
    "summarize": ["summarize", "-", "-f", "jsonl"],
    "tokenize": ["tokenize", "-"],
    "tokenize-jsonl": ["tokenize", "-", "-f", "jsonl"],
    "terms": ["terms", "-", "--max-terms", "100000", "--top", "10"],
    "terms-n2": ["terms", "-", "-n", "2", "--top", "10"],
    "collocations": ["collocations", "-", "--top", "10"],
    "keywords": ["keywords", "-", "-f", "jsonl"],
    "concordance": ["concordance", "kinh tế", "-", "-f", "jsonl"],
}


def corpus(path):
    """The articles as lines whose ids are strings and whose letters are not escaped."""
    lines = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                record = json.loads(line)
                record = {key: record.get(key) for key in ("id", "title", "body")}
                record["id"] = str(record["id"])
                lines.append(json.dumps(record, ensure_ascii=False))
    return ("\n".join(lines) + "\n").encode()


def feed(path, size):
    """Writes repetitions of the corpus until there are so many bytes; says how many there were."""
    base, chance, written = corpus(path), random.Random(1), 0
    while written < size:
        digits = list(b"0123456789")
        chance.shuffle(digits)
        changed = base.translate(bytes.maketrans(b"0123456789", bytes(digits)))
        try:
            sys.stdout.buffer.write(changed)
        except BrokenPipeError:
            break
        written += len(changed)
    print(written, file=sys.stderr)


def main():
    if sys.argv[1] == "--feed":
        feed(sys.argv[2], float(sys.argv[3]))
        return
    binary, path, size = sys.argv[1], sys.argv[2], float(sys.argv[3]) * 1e9
    print("| command | GB | wall s | processor s | MB per processor s | peak MB | exit |", flush=True)
    print("|---|---|---|---|---|---|---|", flush=True)
    for name in sys.argv[4:] or COMMANDS:
        start = time.time()
        # A process of its own makes the corpus: a child begins with the peak of its parent.
        feeder = subprocess.Popen(
            [sys.executable, __file__, "--feed", path, str(size)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        with open(os.devnull, "wb") as nothing:
            process = subprocess.Popen(
                [binary, *COMMANDS[name]], stdin=feeder.stdout, stdout=nothing, stderr=nothing
            )
            _, status, usage = os.wait4(process.pid, 0)
        feeder.stdout.close()
        written = int(feeder.stderr.read().split()[-1])
        feeder.wait()
        wall, cpu = time.time() - start, usage.ru_utime + usage.ru_stime
        print(
            f"| `{' '.join(COMMANDS[name])}` | {written / 1e9:.2f} | {wall:.0f} | {cpu:.0f} "
            f"| {written / 1e6 / cpu:.1f} | {usage.ru_maxrss / 1024:.0f} "
            f"| {os.waitstatus_to_exitcode(status)} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
