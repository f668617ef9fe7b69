#!/usr/bin/env python3
"""Compare the scorer with independent implementations.

    rouge.py record                     write the fixtures in tests/fixtures/rouge
    rouge.py check                      check that the fixtures are what `record` would write
    rouge.py live --program PROGRAM [--data FILE.jsonl[.zst]] [-n 1000] [--perl ROUGE-1.5.5.pl]

`live` scores random pairs of a corpus (fields abstract and body, a string or a list of
sentences; without --data, the fixture's sentences) with PROGRAM, built by
`cargo build --release --example score_pairs`, and compares every number to 1e-9; with --perl
also the printed output of the script ROUGE-1.5.5 (needs Perl, XML::Parser and DB_File).

Needs: pip install rouge-score sacrebleu
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

from rouge_score import rouge_scorer, tokenizers
from sacrebleu.metrics import CHRF
from nltk.stem.porter import PorterStemmer

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(HERE, "..", "fixtures", "rouge")
TYPES = ["rouge1", "rouge2", "rouge3", "rougeL", "rougeLsum"]
TONES = "\u0300\u0301\u0303\u0309\u0323"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
TOLERANCE = 1e-9


def read_lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return file.read().rstrip("\n").split("\n")


# ---------------------------------------------------------------- tokenizers


class Syllables(tokenizers.Tokenizer):
    """Runs of letters, marks and numbers; NFC, lower case, place of the tone mark folded."""

    def tokenize(self, text):
        tokens, current = [], ""
        for c in unicodedata.normalize("NFC", text) + " ":
            kind = unicodedata.category(c)[0]
            if kind in "LN" or (current and (kind == "M" or c in INVISIBLE)):
                current += c
            elif current:
                tokens.append(self.fold(current))
                current = ""
        return tokens

    @staticmethod
    def fold(token):
        token = "".join(c for c in token if c not in INVISIBLE)
        token = token.replace("\u00d0", "\u0110").replace("\u00f0", "\u0111")
        token = unicodedata.normalize("NFC", token.lower())
        letters = unicodedata.normalize("NFD", token)
        tones = [c for c in letters if c in TONES]
        if len(tones) == 1 and re.fullmatch("[a-zđ\u0300-\u0323\u0302\u0306\u031b]+", letters):
            # Where the one tone mark stands does not matter: it is moved to the end.
            return "".join(c for c in letters if c not in TONES) + tones[0]
        return token


SCORERS = {
    "syllables": rouge_scorer.RougeScorer(TYPES, tokenizer=Syllables()),
    "rouge_score": rouge_scorer.RougeScorer(TYPES, use_stemmer=False),
    "rouge_score-stem": rouge_scorer.RougeScorer(TYPES, use_stemmer=True),
}
CHRFS = {"chrf": CHRF(), "chrf++": CHRF(word_order=2)}


# ---------------------------------------------------------------- fixtures


def build(spec, sentences):
    """Builds a text from a spec such as `3 7u/12:2:9d`.

    A space joins sentences with a space, a slash with a line feed. A sentence is its number,
    optionally a range of its white-space separated words, and flags: u upper case, d decomposed
    (NFD), r words in reverse order.
    """
    lines = []
    for line in spec.split("/"):
        parts = []
        for item in line.split():
            number, first, last, flags = re.fullmatch(r"(\d+)(?::(\d+):(\d+))?([udr]*)", item).groups()
            words = sentences[int(number)].split()
            if first is not None:
                words = words[int(first) : int(last)]
            if "r" in flags:
                words.reverse()
            text = " ".join(words)
            if "u" in flags:
                text = text.upper()
            if "d" in flags:
                text = unicodedata.normalize("NFD", text)
            parts.append(text)
        lines.append(" ".join(parts))
    return "\n".join(lines)


def random_spec(rng, sentences, topic, longest):
    items = []
    for _ in range(rng.randint(1, longest)):
        # Mostly from the same stretch of the list, so that pairs share words.
        number = min(len(sentences) - 1, max(0, topic + rng.randint(-4, 4)))
        if rng.random() < 0.15:
            number = rng.randrange(len(sentences))
        item = str(number)
        words = len(sentences[number].split())
        if rng.random() < 0.4 and words > 3:
            first = rng.randrange(words - 1)
            item += f":{first}:{rng.randint(first + 1, words)}"
        item += rng.choices(["", "u", "d", "r"], [12, 2, 2, 1])[0]
        items.append(item)
    text = items[0]
    for item in items[1:]:
        text += rng.choice(" /") + item
    return text


def counted(score, predicted, reference, n):
    """Recovers the shared count from a score of rouge_score, and checks that it explains it."""
    p, r = max(predicted - n + 1, 0), max(reference - n + 1, 0)
    hits = round(score.precision * p)
    assert abs(score.precision - (hits / p if p else 0)) < 1e-12
    assert abs(score.recall - (hits / r if r else 0)) < 1e-12
    return hits


def fixture_lines():
    sentences = read_lines(os.path.join(FIXTURES, "sentences.txt"))
    rng = random.Random(20)
    yield "# prediction, reference, then for each of " + ", ".join(SCORERS) + ":"
    yield "# tokens of both, shared " + " ".join(TYPES) + ", mean F; then sacrebleu's " + ", ".join(CHRFS)
    for i in range(1000):
        topic = rng.randrange(len(sentences))
        p_spec = random_spec(rng, sentences, topic, 6)
        r_spec = random_spec(rng, sentences, topic, 3)
        p, r = build(p_spec, sentences), build(r_spec, sentences)
        fields = [p_spec, r_spec]
        for scorer in SCORERS.values():
            scores = scorer.score(r, p)
            n_p, n_r = (len(scorer._tokenizer.tokenize(text)) for text in (p, r))
            orders = [1, 2, 3, 1, 1]
            hits = [counted(scores[t], n_p, n_r, n) for t, n in zip(TYPES, orders)]
            mean = sum(scores[t].fmeasure for t in TYPES) / len(TYPES)
            fields.append(" ".join(map(str, [n_p, n_r, *hits])) + f" {mean:.12g}")
        p_nfc, r_nfc = (unicodedata.normalize("NFC", text) for text in (p, r))
        for chrf in CHRFS.values():
            fields.append(f"{chrf.sentence_score(p_nfc, [r_nfc]).score / 100:.12g}")
        yield "\t".join(fields)


def stem_lines():
    stemmer = PorterStemmer()
    for word in read_lines(os.path.join(FIXTURES, "words.txt")):
        yield f"{word}\t{stemmer.stem(word)}"


def record(check):
    for name, lines in [("pairs.tsv", fixture_lines()), ("stems.tsv", stem_lines())]:
        path = os.path.join(FIXTURES, name)
        text = "\n".join(lines) + "\n"
        if check:
            with open(path, encoding="utf-8", newline="") as file:
                if file.read() != text:
                    sys.exit(f"{path} is not what this script writes")
        else:
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
        print(f"{name}: {'checked' if check else 'written'}")


# ---------------------------------------------------------------- ROUGE-1.5.5


def run_perl(script, pairs, options):
    """Runs the script on pairs (prediction, references); returns printed numbers by line name."""
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        os.mkdir(data)
        open(os.path.join(data, "smart_common_words.txt"), "w").close()
        # An empty list of irregular forms, so that the stemmers alone are compared.
        make_db = "use DB_File; tie %h,'DB_File',$ARGV[0],O_CREAT|O_RDWR,0640,$DB_HASH or die"
        subprocess.run(["perl", "-e", make_db, os.path.join(data, "WordNet-2.0.exc.db")], check=True)
        rows = []
        for i, (prediction, references) in enumerate(pairs):
            names = []
            for j, text in enumerate([prediction, *references]):
                name = os.path.join(folder, f"{i}.{j}")
                with open(name, "w", encoding="utf-8", newline="\n") as file:
                    file.write(text)
                names.append(name)
            rows.append(" ".join(names))
        config = os.path.join(folder, "list")
        with open(config, "w") as file:
            file.write("\n".join(rows) + "\n")
        # Perl 5.22 made `defined(@array)` an error; the script tests a length with it.
        with open(script, encoding="latin-1") as file:
            text = file.read().replace("defined(@{$tokenizedText}>0)", "@{$tokenizedText}>0")
        patched = os.path.join(folder, "rouge.pl")
        with open(patched, "w", encoding="latin-1") as file:
            file.write(text)
        command = ["perl", "-I", os.path.dirname(os.path.abspath(script)), patched, "-e", data]
        command += [*options.split(), "-d", "-z", "SPL", config]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"ROUGE-1.5.5 failed: {done.stderr[-500:]}")
        out = done.stdout
    averages, scores = {}, {}
    for line in out.splitlines():
        m = re.fullmatch(r"X (\S+) Average_([RPF]): (\S+) \(\S+ (\S+) - (\S+)\)", line.strip())
        if m:
            averages[m[1], m[2]] = [float(x) for x in m.groups()[2:]]
        m = re.fullmatch(r"X (\S+) Eval (\d+)\.X R:(\S+) P:(\S+) F:(\S+)", line.strip())
        if m:
            scores[m[1], int(m[2])] = [float(x) for x in m.groups()[2:]]
    return averages, scores


def record_perl(script):
    """Writes what ROUGE-1.5.5 prints for the fixture pairs."""
    sentences = read_lines(os.path.join(FIXTURES, "sentences.txt"))
    specs = [line.split("\t")[:2] for line in read_lines(os.path.join(FIXTURES, "pairs.tsv"))[2:]]
    texts = [(build(p, sentences), build(r, sentences)) for p, r in specs]
    # The second reference of a pair is the reference of the next one.
    pairs = [(p, [r, texts[(i + 1) % len(texts)][1]]) for i, (p, r) in enumerate(texts)]
    # The script divides by zero where a reference has no ASCII letter or digit and -w is given.
    pairs = [(p, r) for p, r in pairs if all(re.search("[A-Za-z0-9]", text) for text in r)]
    lines = ["# options, references, measure, then mean, low, high of recall, precision, F"]
    for options, count in [
        ("-a -m -n 2 -w 1.2 -c 95", 1),
        ("-a -n 3 -2 4 -u -w 1.2 -c 90 -r 500", 2),
        ("-a -m -n 2 -2 -1 -f B -p 0.2 -w 1.5 -c 99", 2),
    ]:
        averages, _ = run_perl(script, [(p, r[:count]) for p, r in pairs], options)
        for name in dict.fromkeys(name for name, _ in averages):
            numbers = [x for part in "RPF" for x in averages[name, part]]
            lines.append("\t".join([options, str(count), name, *(f"{x:.5f}" for x in numbers)]))
    with open(os.path.join(FIXTURES, "rouge155.tsv"), "w", newline="\n") as file:
        file.write("\n".join(lines) + "\n")
    print("rouge155.tsv: written")


# ---------------------------------------------------------------- live


def load_pairs(path, n, seed):
    rng = random.Random(seed)
    if path is None:
        sentences = read_lines(os.path.join(FIXTURES, "sentences.txt"))
        topics = [rng.randrange(len(sentences)) for _ in range(n)]
        specs = [[random_spec(rng, sentences, t, k) for k in (6, 3, 3)] for t in topics]
        return [(build(p, sentences), [build(r, sentences), build(q, sentences)]) for p, r, q in specs]
    if path.endswith(".zst"):
        raw = subprocess.run(["zstd", "-dc", path], check=True, capture_output=True).stdout
    else:
        with open(path, "rb") as file:
            raw = file.read()
    records = [json.loads(line) for line in raw.decode("utf-8").split("\n") if line]
    rng.shuffle(records)

    def sentences_of(record, field):
        value = record.get(field) or ""
        return value if isinstance(value, list) else [s for s in value.split("\n") if s]

    pairs = []
    for record, other in zip(records[:n], records[1 : n + 1]):
        lead = sentences_of(record, "body")[: rng.randint(1, 5)]
        references = ["\n".join(sentences_of(r, "abstract")) for r in (record, other)]
        pairs.append(("\n".join(lead), references))
    return pairs


def run_program(program, mode, pairs):
    lines = [json.dumps({"prediction": p, "references": r}, ensure_ascii=False) for p, r in pairs]
    done = subprocess.run(
        [program, mode], input="\n".join(lines) + "\n", check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def report(name, worst, count):
    print(f"{name}: {count} numbers, largest difference {worst:.3g}")
    return worst <= TOLERANCE


def live(args):
    pairs = load_pairs(args.data, args.n, args.seed)
    good = True
    for mode, scorer in SCORERS.items():
        for references in (1, 2):
            some = [(p, r[:references]) for p, r in pairs]
            worst, count = 0.0, 0
            for (p, r), got in zip(some, run_program(args.program, mode, some)):
                expected = scorer.score_multi(r, p)
                for name in TYPES:
                    for a, b in zip(expected[name], got[name]):
                        worst, count = max(worst, abs(a - b)), count + 1
            good &= report(f"{mode}, {references} references, against rouge_score", worst, count)
    for mode, chrf in CHRFS.items():
        nfc = [(unicodedata.normalize("NFC", p), [unicodedata.normalize("NFC", x) for x in r]) for p, r in pairs]
        worst, count = 0.0, 0
        for (p, r), got in zip(nfc, run_program(args.program, mode, pairs)):
            worst, count = max(worst, abs(chrf.sentence_score(p, r).score / 100 - got["score"])), count + 1
        good &= report(f"{mode} against sacrebleu", worst, count)
    if args.perl:
        pairs = [(p, r) for p, r in pairs if all(re.search("[A-Za-z0-9]", text) for text in r)]
        for options in ["-a -m -n 2 -w 1.2 -c 95", "-a -n 2 -2 4 -u -f B"]:
            averages, scores = run_perl(args.perl, pairs, options)
            got = run_program(args.program, "rouge155 " + options, pairs)
            worst, count = 0.0, 0
            for (name, i), (r, p, f) in scores.items():
                for a, b in zip((p, r, f), got[i - 1][name]):
                    worst, count = max(worst, abs(a - b)), count + 1
            for (name, part), numbers in averages.items():
                for a, b in zip(numbers, got[-1][name][part]):
                    worst, count = max(worst, abs(a - b)), count + 1
            good &= report(f"ROUGE-1.5.5 {options}", worst, count)
    sys.exit(0 if good else 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["record", "record-perl", "check", "live"])
    parser.add_argument("--program")
    parser.add_argument("--data")
    parser.add_argument("--perl")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-n", type=int, default=1000)
    args = parser.parse_args()
    if args.action == "live":
        live(args)
    elif args.action == "record-perl":
        record_perl(args.perl)
    else:
        record(check=args.action == "check")


if __name__ == "__main__":
    main()
