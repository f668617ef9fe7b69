#!/usr/bin/env python3
"""Feeds mutated files to the commands of the program, for a given time.

    mutations.py BINARY SECONDS [SEED]

The seeds are the samples and fixtures of the repository, and small files of every format that is read.
Each round mutates some of them (bits, bytes, pieces copied, cut or swapped, numbers at their limits,
characters that steer or combine) and runs every command that reads their format. A finding is an end
by a signal or a panic, a run that takes more than two minutes, or output that depends on the number of
threads. Findings are kept in a folder beside the temporary files. Prints how many inputs and runs
there were.
"""
import gzip
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

PIECES = [
    b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", "\u0301".encode(), "\u202e".encode(),
    "\u200b".encode(), "\ufeff".encode(), b"\x1b[31m", b"\x9b", b"\r", b"\n\n\n", b"<", b"</p>", b"<!--", b"]]>",
    b"&#1;", b"&#x110000;", b"&amp;amp;", b"{", b"}", b"[" * 40, b'"', b"\\ud800", b"1e999", b"-0", b"18446744073709551616",
    b"TP.", b"...", "ông T. ".encode(), "“".encode(), "đ".encode() * 50, b"a_b_", b"\t\t", b"Content-Length: -1\r\n",
    b"WARC/1.0\r\n", b"# newdoc\n", b"1\t_\t_\n",
]


def seeds():
    """Contents by format."""
    texts = sorted(ROOT.glob("samples/*.txt")) + sorted(ROOT.glob("tests/fixtures/**/*.txt"))
    texts = [path.read_bytes() for path in texts][:40]
    pages = [path.read_bytes() for path in sorted(ROOT.glob("**/fixtures/**/*.html"))][:20]
    first = texts[0].decode("utf-8", "replace")
    page = "<html><head><title>Mưa</title></head><body><h1>Mưa</h1><p>{}</p></body></html>"
    pages.append(page.format("</p><p>".join(first.split("\n"))).encode())
    record = json.dumps({"id": 7, "title": "Mưa", "body": first, "tags": ["mưa"]}, ensure_ascii=False)
    response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + pages[-1]
    warc = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.vn/\r\nContent-Type: application/http\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(response), response)
    )
    wiki = (
        "<mediawiki><page><title>Huế</title><ns>0</ns><id>7</id><revision><text>'''Huế''' là [[thành phố]]. "
        "{{Hộp|a=b}} {|\n|a||b\n|}</text></revision></page></mediawiki>"
    ).encode()
    conllu = "# newdoc id = a\n# text = Mưa to.\n1\tMưa\t_\t_\t_\t_\t_\t_\t_\t_\n2\tto\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
    return {
        "txt": texts,
        "html": pages,
        "jsonl": [(record + "\n").encode() * 3, (json.dumps({"documents": [{"body": first}] * 2}) + "\n").encode()],
        "json": [f"[{record},{record}]".encode()],
        "csv": [f'id,title,body\n1,Mưa,"{first[:300]}"\n2,Gió,"{first[300:600]}"\n'.encode()],
        "conllu": [conllu.encode() * 3],
        "warc": [warc * 2],
        "xml": [wiki],
        "txt.gz": [gzip.compress(text) for text in texts[:3]],
    }


COMMANDS = [
    ["summarize", "-f", "jsonl"],
    ["summarize", "-n", "2", "--explain", "-f", "json"],
    ["summarize", "-m", "lsa", "-w", "40"],
    ["tokenize", "-f", "tsv", "--offsets"],
    ["tokenize", "-f", "conllu"],
    ["extract", "-f", "json"],
    ["check"],
    ["terms", "-n", "1-2", "-f", "csv"],
    ["keywords", "-f", "jsonl"],
    ["collocations", "--window", "3"],
    ["concordance", "mưa*"],
    ["profile", "-f", "json"],
]


def mutated(chance, data, others):
    """A variant of the data."""
    data = bytearray(data[: chance.choice([200, 2000, 20000])])
    for _ in range(chance.choice([1, 2, 8, 40])):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(7)
        if kind == 0 and data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        elif kind == 1:
            data[at:at] = chance.choice(PIECES)
        elif kind == 2:
            del data[at : at + chance.choice([1, 3, 50])]
        elif kind == 3:
            piece = data[at : at + chance.choice([5, 100, 1000])]
            data[at:at] = piece * chance.choice([1, 2, 20])
        elif kind == 4:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            data[at:at] = other[start : start + chance.choice([3, 80])]
        elif kind == 5:
            data[at : at + 1] = bytes([chance.randrange(256)])
        else:
            data[at : at + 40] = bytes(data[at : at + 40]).swapcase()
    return bytes(data[:60000])


def fault(command, path, binary):
    """What is wrong with a run, if anything."""
    outputs = []
    for threads in (["--threads", "1"], ["--threads", "3"]) if command[0] not in ("check",) else ([],):
        try:
            run = subprocess.run(
                [binary, *command, *threads, "--", str(path)], capture_output=True, timeout=120
            )
        except subprocess.TimeoutExpired:
            return "takes more than two minutes"
        if run.returncode not in (0, 1, 2, 3) or b"panicked" in run.stderr:
            return f"ends with {run.returncode}: {run.stderr[-300:]!r}"
        if b"Usage:" in run.stderr:
            return f"is no command line: {run.stderr!r}"
        outputs.append(run.stdout)
    if len(set(outputs)) > 1:
        return "the output depends on the threads"
    return None


def main():
    binary, seconds = sys.argv[1], float(sys.argv[2])
    chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    by_format = seeds()
    every = [data for contents in by_format.values() for data in contents]
    findings = pathlib.Path(tempfile.mkdtemp(prefix="tomtat-findings-"))
    end, inputs, runs, found = time.time() + seconds, 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        while time.time() < end:
            # Many inputs of one format go through a run together; a fault is then sought among them.
            kind = chance.choice(list(by_format))
            batch = pathlib.Path(folder) / f"batch{inputs}"
            batch.mkdir()
            for number in range(50):
                data = mutated(chance, chance.choice(by_format[kind]), every)
                (batch / f"{number}.{kind}").write_bytes(data)
                inputs += 1
            for command in chance.sample(COMMANDS, 4):
                runs += 1
                wrong = fault([*command, "-R"], batch, binary)
                if wrong is None:
                    continue
                for path in sorted(batch.iterdir()):
                    single = fault(command, path, binary)
                    if single:
                        found += 1
                        kept = findings / f"{found}-{path.name}"
                        kept.write_bytes(path.read_bytes())
                        print(f"{' '.join(command)} {kept}: {single}", flush=True)
                        break
                else:
                    found += 1
                    kept = findings / f"{found}-batch"
                    batch.rename(kept)
                    print(f"{' '.join(command)} -R {kept}: {wrong}", flush=True)
                    break
            if batch.exists():
                for path in batch.iterdir():
                    path.unlink()
                batch.rmdir()
    print(f"{inputs} inputs, {runs} runs of commands over 50 of them each, {found} findings")


if __name__ == "__main__":
    main()
