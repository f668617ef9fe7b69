#!/usr/bin/env python3
"""Counts summaries of crawled pages that quote what is no text of the article.

usage: junk_picks.py BINARY PAGES.jsonl [COUNT] [-v] [-- OPTIONS of summarize]

PAGES holds one page a line with the fields title, abstract, body, date, section, tags and source. Each is
written out as a crawler stores it, one field a line, and summarized. A pick is junk if

- it begins below the body (date, section, tags, source),
- it is the title again,
- it has four words or fewer and no end mark, as labels and names have, or
- it ends the body and is no sentence: no end mark, and at most eight words, as bylines and credits are.

Picks of three words or fewer that have an end mark (`Êm đềm.`) are counted apart.

The script knows nothing of roles: it compares the spans of the picks with the places of the fields.
"""

import json
import random
import subprocess
import sys
import tempfile

FIELDS = ("title", "abstract", "body", "date", "section", "tags", "source")
SETTINGS = (["-n", "3"], ["-w", "60"], ["--syllables", "80"])


def page(record):
    """The text of a page and the bytes at which its title ends and its body ends."""
    text, ends = "", {}
    for field in FIELDS:
        value = record.get(field) or ""
        text += ",".join(value) if isinstance(value, list) else value
        ends[field] = len(text.encode())
        text += "\n"
    return text, ends["title"], ends["body"]


def is_junk(pick, raw, title_end, body_end):
    words = pick["text"].split()
    begins_below = pick["start"] >= body_end
    in_title = pick["end"] <= title_end
    is_open = not pick["text"].rstrip("\"”’)»").endswith((".", "!", "?", "…"))
    closes = pick["end"] >= body_end - 1
    return begins_below or in_title or is_open and len(words) <= (8 if closes else 4)


def sample(source, count):
    """Some records of a file of JSON Lines, the same in every run."""
    with open(source, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return random.Random(11).sample(records, min(count, len(records)))


def main():
    arguments = sys.argv[1:]
    verbose = "-v" in arguments
    options = []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, options = arguments[:at], arguments[at + 1 :]
    arguments = [one for one in arguments if one != "-v"]
    if len(arguments) < 2:
        sys.exit(__doc__)
    binary, source = arguments[:2]
    count = int(arguments[2]) if len(arguments) > 2 else 1000
    records = sample(source, count)
    with tempfile.TemporaryDirectory() as folder:
        pages, names = {}, []
        for number, record in enumerate(records):
            name = f"{folder}/{number:05}.txt"
            text, title_end, body_end = page(record)
            with open(name, "w", encoding="utf-8") as file:
                file.write(text)
            pages[name] = (text.encode(), title_end, body_end)
            names.append(name)
        for setting in SETTINGS:
            command = [binary, "summarize", "-f", "jsonl", *setting, *options, *names]
            out = subprocess.run(command, capture_output=True, check=False).stdout.decode()
            bad, picks, short, total = 0, 0, 0, 0
            for line in filter(None, out.split("\n")):
                summary = json.loads(line)
                total += 1
                junk = [p for p in summary["sentences"] if is_junk(p, *pages[summary["id"]])]
                bad += bool(junk)
                picks += len(junk)
                short += sum(p not in junk and len(p["text"].split()) <= 3 for p in summary["sentences"])
                if verbose:
                    for pick in junk:
                        print(f"  {summary['id']}: {pick['text'][:100]}")
            share = 100 * bad / max(total, 1)
            name = " ".join(setting + options)
            print(f"{name}: {bad} of {total} summaries with junk ({share:.1f} %), {picks} picks; {short} very short")


if __name__ == "__main__":
    main()
