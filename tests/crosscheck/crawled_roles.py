#!/usr/bin/env python3
"""Scores the roles of crawled pages by characters.

usage: crawled_roles.py BINARY PAGES.jsonl [COUNT] [-v]

PAGES holds one page a line with the fields title, abstract, body, date, section, tags and source. Each is
written out as a crawler stores it, one field a line; the fields are the gold of the roles. Precision,
recall and F1 are over characters that are no white space. Captions, bylines and headings were glued into
the body when the line ends were lost, and so were lists of links (`>> …`); the gold calls them body: what
was found of these is shown in a
table of its own, and `lead and body, cut parts apart` leaves it out.
"""

import collections
import json
import subprocess
import sys
import tempfile

from junk_picks import sample

ROLES = {
    "title": "title",
    "abstract": "sapo",
    "body": "body",
    "date": "dateline",
    "section": "section",
    "tags": "tags",
    "source": "source",
}
TEXT = ("sapo", "body")
CUT = ("caption", "byline", "source", "heading", "pullquote", "links")


def page(record):
    """The text of a page and the byte at which each field ends, with its role."""
    text, ends = "", []
    for field, role in ROLES.items():
        value = record.get(field) or ""
        text += ",".join(value) if isinstance(value, list) else value
        ends.append((len(text.encode()), role))
        text += "\n"
    return text, ends


def scores(cells, wanted, skip=lambda gold, found: False):
    both = found = gold = 0
    for (own, given), count in cells.items():
        if skip(own, given):
            continue
        both += count * (own in wanted and given in wanted)
        found += count * (given in wanted)
        gold += count * (own in wanted)
    precision, recall = both / max(found, 1), both / max(gold, 1)
    return precision, recall, 2 * both / max(found + gold, 1)


def main():
    verbose = "-v" in sys.argv
    arguments = [one for one in sys.argv[1:] if one != "-v"]
    if len(arguments) < 2:
        sys.exit(__doc__)
    binary, source = arguments[:2]
    count = int(arguments[2]) if len(arguments) > 2 else 1000
    records = sample(source, count)
    cells = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        golds, names = {}, []
        for number, record in enumerate(records):
            name = f"{folder}/{number:05}.txt"
            text, ends = page(record)
            with open(name, "w", encoding="utf-8") as file:
                file.write(text)
            golds[name] = (text.encode(), ends)
            names.append(name)
        out = subprocess.run(
            [binary, "extract", "-f", "jsonl", *names], capture_output=True, check=False
        ).stdout.decode()
        for line in filter(None, out.split("\n")):
            found = json.loads(line)
            text, ends = golds[found["id"]]
            for block in found["blocks"]:
                start = block["start"]
                is_links = block["role"] == "related" and block["text"].startswith(">>")
                found_role = "links" if is_links else block["role"]
                for end, role in ends:
                    piece = text[start : min(end, block["end"])] if start < end else b""
                    size = len("".join(piece.decode(errors="ignore").split()))
                    cells[role, found_role] += size
                    start = max(start, min(end, block["end"]))
                    if verbose and size and role != found_role and role != "body":
                        shown = piece.decode(errors="ignore")[:90]
                        print(f"  {found['id'][-9:]} {role} as {found_role}: {shown}")
    print(f"{len(records)} pages")
    rows = [("lead and body", TEXT, lambda gold, found: False)]
    rows.append(
        ("lead and body, cut parts apart", TEXT, lambda gold, found: gold == "body" and found in CUT)
    )
    rows += [(role, (role,), lambda gold, found: gold == "body" and found in CUT) for role in ROLES.values()]
    for name, wanted, skip in rows:
        precision, recall, f1 = scores(cells, wanted, skip)
        print(f"{name:32} precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f}")
    body = sum(count for (gold, _), count in cells.items() if gold == "body")
    for (gold, found), count in sorted(cells.items()):
        if count and gold != found:
            print(f"  {gold:9} as {found:12} {count:8} characters, {100 * count / body:.3f} % of the body")


if __name__ == "__main__":
    main()
