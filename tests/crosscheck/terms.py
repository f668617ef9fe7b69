#!/usr/bin/env python3
"""Compare term statistics with independent implementations.

    terms.py record                       write the fixtures in tests/fixtures/terms
    terms.py check                        check that the fixtures are what `record` would write
    terms.py live FILE --program PROGRAM  run PROGRAM and scikit-learn over the same text
                                          (one document a line) and compare counts, weights, time

Tables: NLTK's BigramAssocMeasures (pmi, student_t, chi_sq, likelihood_ratio, dice), scipy's
chi2_contingency and fisher_exact, false_discovery_control. Weights: scikit-learn's TfidfTransformer.
Diversity: lexicalrichness (mtld, mattr, hdd, yulek). Dispersion and average reduced frequency: the
formulas of the papers over whole vectors, with numpy; no established package was found.

Needs: pip install scikit-learn nltk scipy lexicalrichness
"""

import argparse
import csv
import os
import random
import subprocess
import sys
import time

import numpy as np
from lexicalrichness import LexicalRichness
from nltk.metrics import BigramAssocMeasures as Bigrams
from scipy import stats
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(HERE, "..", "fixtures", "terms")


def tables():
    """Contingency tables of many sizes: o11, r1, c1, n."""
    rng = random.Random(1)
    for _ in range(300):
        n = int(10 ** rng.uniform(1, 7))
        r1 = max(1, int(n ** rng.uniform(0.1, 0.9)))
        c1 = max(1, int(n ** rng.uniform(0.1, 0.9)))
        low, high = max(0, r1 + c1 - n), min(r1, c1)
        expected = r1 * c1 / n
        o11 = min(high, max(low, int(expected * 10 ** rng.uniform(-0.7, 1.5)) + rng.randint(0, 2)))
        if o11 > 0 and r1 < n and c1 < n:
            yield o11, r1, c1, n


def associations():
    rows = [["o11", "r1", "c1", "n", "mi", "t", "chi2", "ll", "dice", "chi2_scipy", "ll_scipy", "fisher"]]
    for o11, r1, c1, n in tables():
        margins = (o11, (r1, c1), n)
        table = [[o11, r1 - o11], [c1 - o11, n - r1 - c1 + o11]]
        chi2 = stats.chi2_contingency(table, correction=False).statistic
        ll = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        # NLTK adds a small number where a cell is empty; such tables are left to scipy.
        empty = min(min(row) for row in table) == 0
        rows.append([
            o11, r1, c1, n,
            Bigrams.pmi(*margins), Bigrams.student_t(*margins),
            "" if empty else Bigrams.chi_sq(*margins),
            "" if empty else Bigrams.likelihood_ratio(*margins),
            Bigrams.dice(*margins), chi2, ll,
            stats.fisher_exact(table).pvalue,
        ])
    return rows


def weights():
    """Weights of random documents; df and N come from the matrix."""
    rng = np.random.default_rng(2)
    counts = rng.poisson(0.6, (12, 15))
    counts[0] += 1
    transformers = {
        "sklearn": TfidfTransformer(),
        "smooth": TfidfTransformer(norm=None),
        "plus1": TfidfTransformer(norm=None, smooth_idf=False),
    }
    matrices = {name: t.fit_transform(counts).toarray() for name, t in transformers.items()}
    rows = [["document", "term", "tf", "df", "documents", *matrices]]
    df = (counts > 0).sum(axis=0)
    for d, t in zip(*np.nonzero(counts)):
        rows.append([d, t, counts[d, t], df[t], len(counts), *(m[d, t] for m in matrices.values())])
    return rows


def dispersions():
    """Sizes of parts, places of a term, and the measures over whole vectors."""
    rng = random.Random(3)
    rows = [["sizes", "places", "d", "d2", "s", "dp", "dpnorm", "arf"]]
    for _ in range(60):
        sizes = np.array([rng.randint(5, 60) for _ in range(rng.randint(2, 12))])
        total = int(sizes.sum())
        places = sorted(rng.sample(range(total), rng.randint(1, total // 3)))
        ends = np.cumsum(sizes)
        v = np.zeros(len(sizes))
        for place in places:
            v[np.searchsorted(ends, place, side="right")] += 1
        f, s, p = v.sum(), sizes / total, v / sizes
        d = 1 - p.std() / p.mean() / np.sqrt(len(sizes) - 1)
        q = p[p > 0] / p.sum()
        d2 = stats.entropy(q, base=2) / np.log2(len(sizes))
        rosengren = np.sqrt(s * v).sum() ** 2 / f
        dp = np.abs(v / f - s).sum() / 2
        distances = np.diff(places + [places[0] + total])
        arf = np.minimum(distances, total / f).sum() / (total / f)
        rows.append([
            " ".join(map(str, sizes)), " ".join(map(str, places)),
            d, d2, rosengren, dp, dp / (1 - s.min()), arf,
        ])
    return rows


def diversities():
    rng = np.random.default_rng(4)
    rows = [["text", "mtld", "mattr20", "hdd", "yule"]]
    for _ in range(25):
        text = rng.zipf(1.5, int(rng.integers(120, 400))) % 150
        rich = LexicalRichness([str(t) for t in text], preprocessor=None, tokenizer=None)
        # Ours ends a factor below 0.72, theirs at 0.72; no ratio of so few words lies between.
        mtld = rich.mtld(threshold=0.72 - 1e-12)
        rows.append([" ".join(map(str, text)), mtld, rich.mattr(20), rich.hdd(42), rich.yulek])
    return rows


def corrections():
    rng = np.random.default_rng(5)
    rows = [["p", "bh"]]
    for size in [1, 2, 5, 20, 100]:
        p = rng.random(size) ** 3
        adjusted = stats.false_discovery_control(p)
        rows.append([" ".join(map(repr, map(float, p))), " ".join(map(repr, map(float, adjusted)))])
    return rows


RECORDED = {
    "association": associations,
    "weights": weights,
    "dispersion": dispersions,
    "diversity": diversities,
    "corrections": corrections,
}


def text_of(rows):
    def cell(value):
        return repr(float(value)) if isinstance(value, (float, np.floating)) else str(value)

    return "".join("\t".join(map(cell, row)) + "\n" for row in rows)


def live(program, path):
    command = [program, "terms", "--lines", "-u", "syllable", "-f", "csv", "--columns", "tf,df", path]
    start = time.perf_counter()
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    ours_time = time.perf_counter() - start
    ours = {row["term"]: (int(row["tf"]), int(row["df"])) for row in csv.DictReader(output.splitlines())}
    # The same tokens: one line a sentence, tokens apart, folded by the program.
    tokens = subprocess.run(
        [program, "tokenize", "--lines", "--level", "syllable", "-f", "jsonl", path],
        check=True, capture_output=True, text=True,
    ).stdout
    import json

    documents = {}
    for line in tokens.splitlines():
        record = json.loads(line)
        keys = [t["key"] for t in record["tokens"] if t["kind"] not in ("punctuation", "symbol")]
        documents.setdefault(record["id"], []).extend(keys)
    texts = ["\t".join(keys) for keys in documents.values()]
    vectorizer = CountVectorizer(analyzer=lambda text: text.split("\t") if text else [])
    start = time.perf_counter()
    matrix = vectorizer.fit_transform(texts)
    tf = np.asarray(matrix.sum(axis=0)).ravel()
    df = np.asarray((matrix > 0).sum(axis=0)).ravel()
    sklearn_time = time.perf_counter() - start
    theirs = {t: (int(tf[i]), int(df[i])) for t, i in vectorizer.vocabulary_.items()}
    wrong = [t for t in ours.keys() | theirs.keys() if ours.get(t) != theirs.get(t)]
    print(f"{len(ours)} terms, {len(wrong)} differ from CountVectorizer {sorted(wrong)[:5]}")
    megabytes = os.path.getsize(path) / 1e6
    print(f"tomtat from raw text {ours_time:.2f} s ({megabytes / ours_time:.1f} MB/s)")
    print(f"CountVectorizer from tokens {sklearn_time:.2f} s ({megabytes / sklearn_time:.1f} MB/s), "
          f"ratio {sklearn_time / ours_time:.2f}")
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("action", choices=["record", "check", "live"])
    parser.add_argument("file", nargs="?")
    parser.add_argument("--program", default="target/release/tomtat")
    arguments = parser.parse_args()
    if arguments.action == "live":
        sys.exit(live(arguments.program, arguments.file))
    failed = False
    for name, make in RECORDED.items():
        path, text = os.path.join(FIXTURES, name + ".tsv"), text_of(make())
        if arguments.action == "record":
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
        else:
            with open(path, encoding="utf-8", newline="\n") as file:
                same = file.read() == text
            print(f"{name}: {'same' if same else 'DIFFERENT'}")
            failed |= not same
    sys.exit(failed)


if __name__ == "__main__":
    main()
