#!/usr/bin/env python3
"""Compute the scores of the rankers again, independently, from sentences cut into words.

    rankers.py record     write tests/fixtures/rankers/expected.json
    rankers.py check      check that the file is what `record` would write
    rankers.py live FILE  summarize the first articles of a file of JSON Lines (title, body) with the
                          program, one thread, and with sumy and scikit-learn, and compare the time

The sentences are those of tests/fixtures/rankers/article.txt: one a line, words apart, the
syllables of a word joined by underscores. All matrices are dense; PageRank is networkx's, singular
values are numpy's, Reduction is also computed by sumy.

In `live` the others are given sentences that were cut before: sumy has no Vietnamese. The program
reads the file and is started for each method. TOMTAT names it.

Needs: pip install numpy scipy networkx sumy scikit-learn
"""

import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter

import networkx
import numpy
from sumy.summarizers.reduction import ReductionSummarizer

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(HERE, "..", "fixtures", "rankers")
STOPWORDS = os.path.join(HERE, "..", "..", "models", "vi-news.stopwords")
# What the Rust test gives as background: articles, and articles with the word.
DOCUMENTS = 1000
FREQUENCIES = {"gạo": 120, "giá": 400, "năm": 700, "của": 950, "cánh đồng": 30, "hữu cơ": 12,
               "nông dân": 90, "được": 900, "hợp tác xã": 25, "thơm": 40}
TOLERANCE = 1e-8


def read():
    with open(STOPWORDS, encoding="utf-8") as file:
        stops = {line.split("\t")[0].strip() for line in file}
    with open(os.path.join(FIXTURES, "article.txt"), encoding="utf-8") as file:
        lines = [line.split() for line in file]
    words = [[w.lower().replace("_", " ") for w in line if w != "."] for line in lines]
    return words, [[w for w in line if w not in stops] for line in words]


def idf(word):
    return math.log((1 + DOCUMENTS) / (1 + FREQUENCIES.get(word, 0))) + 1


def overlap(content):
    n = len(content)
    matrix = numpy.zeros((n, n))
    for i in range(n):
        for j in range(n):
            length = math.log(len(content[i])) + math.log(len(content[j]))
            if i != j and length > 0:
                matrix[i, j] = len(set(content[i]) & set(content[j])) / length
    return matrix


def solved(matrix, damping, mean):
    """Scores by solving the equations at once; rows without edges give nothing away."""
    sums = matrix.sum(axis=1)
    shares = numpy.divide(matrix, sums[:, None], out=numpy.zeros_like(matrix), where=sums[:, None] > 0)
    n = len(matrix)
    return numpy.linalg.solve(numpy.eye(n) - damping * shares.T, numpy.full(n, (1 - damping) * mean))


def pagerank(matrix):
    """networkx's PageRank; it sums to 1."""
    ranks = networkx.pagerank(networkx.from_numpy_array(matrix, create_using=networkx.DiGraph),
                              alpha=0.85, tol=1e-15, max_iter=10_000)
    return numpy.array([ranks[i] for i in range(len(matrix))])


def vectors(sentences):
    vocabulary = sorted({w for s in sentences for w in s})
    place = {w: i for i, w in enumerate(vocabulary)}
    matrix = numpy.zeros((len(sentences), len(vocabulary)))
    for i, sentence in enumerate(sentences):
        for word in sentence:
            matrix[i, place[word]] += idf(word)
    return matrix


def lexrank(words, threshold=None):
    matrix = vectors(words)
    matrix /= numpy.linalg.norm(matrix, axis=1)[:, None]
    cosines = matrix @ matrix.T
    if threshold is not None:
        cosines = (cosines > threshold).astype(float)
    ranks = pagerank(cosines)
    assert numpy.allclose(ranks, solved(cosines, 0.85, 1 / len(words)), atol=1e-12)
    return ranks


def textrank(content):
    matrix = overlap(content)
    scores = solved(matrix, 0.85, 1.0)
    if (matrix.sum(axis=1) > 0).all():
        assert numpy.allclose(scores / len(content), pagerank(matrix), atol=1e-12)
    return scores


def bm25(content, k1=1.2, b=0.75, epsilon=0.25):
    n = len(content)
    holding = Counter(w for s in content for w in set(s))
    raw = {w: math.log(n - c + 0.5) - math.log(c + 0.5) for w, c in holding.items()}
    mean_idf = sum(raw.values()) / len(raw)
    weight = {w: max(0.0, epsilon * mean_idf if holding[w] > n / 2 else raw[w]) for w in raw}
    average = sum(map(len, content)) / n
    matrix = numpy.zeros((n, n))
    for i, query in enumerate(content):
        for j, document in enumerate(content):
            if i == j:
                continue
            counts = Counter(document)
            for word in query:
                f = counts[word]
                norm = k1 * (1 - b + b * len(document) / average)
                matrix[i, j] += weight[word] * f * (k1 + 1) / (f + norm)
    return solved(matrix, 0.85, 1.0)


def lsa(content):
    _, values, right = numpy.linalg.svd(vectors(content).T, full_matrices=False)
    kept = values >= values[0] / 2
    assert kept.sum() < len(values)
    return numpy.sqrt(((right[kept] * values[kept, None]) ** 2).sum(axis=0))


def luhn(words, content):
    counts = Counter(w for s in content for w in s)
    least = max(2, math.sqrt(len(words)) / 2)
    scores = []
    for sentence in words:
        places = [i for i, w in enumerate(sentence) if counts[w] >= least]
        best = 0.0
        # Every pair of ends between which no gap is too wide, and beyond which all are.
        for a in range(len(places)):
            for b in range(a, len(places)):
                inner = places[a:b + 1]
                if all(y - x <= 5 for x, y in zip(inner, inner[1:])):
                    starts = a == 0 or places[a] - places[a - 1] > 5
                    ends = b == len(places) - 1 or places[b + 1] - places[b] > 5
                    if starts and ends:
                        best = max(best, len(inner) ** 2 / (inner[-1] - inner[0] + 1))
        scores.append(best)
    return scores


def sumbasic(content, picks):
    counts = Counter(w for s in content for w in s)
    total = sum(counts.values())
    first = {w: i for i, w in reversed(list(enumerate(w for s in content for w in s)))}
    p = {w: c / total for w, c in counts.items()}
    weight = lambda s: sum(p[w] for w in s) / max(len(s), 1)
    scores, chosen = [weight(s) for s in content], []
    while len(chosen) < picks:
        rest = [i for i in range(len(content)) if i not in chosen]
        words = {w for i in rest for w in content[i]}
        top = max(words, key=lambda w: (p[w], -first[w]))
        best = max((i for i in rest if top in content[i]), key=lambda i: (weight(content[i]), -i))
        chosen.append(best)
        for word in set(content[best]):
            p[word] **= 2
    return scores, chosen


def kl(content, picks, delta=0.0005):
    counts = Counter(w for s in content for w in s)
    total = sum(counts.values())

    def divergence(sentences):
        held = Counter(w for i in sentences for w in content[i])
        size = sum(held.values()) + 1.5 * delta * len(counts)
        return sum(c / total * math.log((c / total) / ((held[w] + delta) / size))
                   for w, c in counts.items())

    chosen = []
    while len(chosen) < picks:
        rest = [i for i in range(len(content)) if i not in chosen]
        chosen.append(min(rest, key=lambda i: (divergence(chosen + [i]), i)))
    return [-divergence([i]) for i in range(len(content))], chosen


def reduction(content):
    matrix = overlap(content)
    summarizer = ReductionSummarizer()
    compared = 0
    for i, a in enumerate(content):
        for j, b in enumerate(content):
            # sumy counts a word that is repeated as often as it can be paired.
            if i != j and len(set(a)) == len(a) and len(set(b)) == len(b):
                theirs = summarizer._rate_sentences_edge(a, b)
                assert math.isclose(matrix[i, j], theirs, abs_tol=1e-12), (i, j)
                compared += 1
    assert compared > len(content)
    return matrix.sum(axis=1)


def expected():
    words, content = read()
    basic_scores, basic_picks = sumbasic(content, 5)
    kl_scores, kl_picks = kl(content, 5)
    scores = {
        "textrank": textrank(content),
        "textrank-bm25": bm25(content),
        "lexrank": lexrank(words),
        "lexrank-threshold": lexrank(words, 0.1),
        "lsa": lsa(content),
        "luhn": luhn(words, content),
        "reduction": reduction(content),
        "sumbasic": basic_scores,
        "kl": kl_scores,
    }
    return {
        "documents": DOCUMENTS,
        "frequencies": FREQUENCIES,
        "scores": {name: [round(float(v), 12) for v in values] for name, values in scores.items()},
        "picks": {"sumbasic": basic_picks, "kl": kl_picks},
    }


# Articles and sentences of `live`.
ARTICLES, PICKED = 500, 3


def sentences_of(body):
    """Lists as they are; texts are cut at stops before capitals, which is enough to measure time."""
    lines = body if isinstance(body, list) else re.split(r"(?<=[.!?…])\s+(?=[^\W\d_a-z])", body)
    return [line for line in lines if line.strip()]


def sumy_lexrank(articles):
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.summarizers.lex_rank import LexRankSummarizer

    class Words:
        """Words between white space, as sumy's own tokenizers give them."""

        def to_words(self, text):
            return tuple(re.findall(r"\w+", text.lower()))

    for sentences in articles:
        paragraph = Paragraph([Sentence(sentence, Words()) for sentence in sentences])
        LexRankSummarizer()(ObjectDocumentModel([paragraph]), PICKED)


def sklearn_centroid(articles):
    from sklearn.feature_extraction.text import TfidfVectorizer

    for sentences in articles:
        matrix = TfidfVectorizer(token_pattern=r"\w+").fit_transform(sentences)
        scores = matrix @ numpy.asarray(matrix.mean(axis=0)).ravel()
        numpy.argsort(-scores)[:PICKED]


def live(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = [line for line, _ in zip(file, range(ARTICLES))]
    articles = [sentences_of(json.loads(line)["body"]) for line in lines]
    articles = [sentences for sentences in articles if len(sentences) > PICKED]
    size = sum(len(line.encode()) for line in lines) / len(lines)
    print(f"{len(lines)} articles, {size:.0f} bytes each")
    speeds = {}
    for name, run in [("sumy LexRank", sumy_lexrank), ("scikit-learn centroid", sklearn_centroid)]:
        run(articles[:10])
        start = time.perf_counter()
        run(articles)
        speeds[name] = len(articles) / (time.perf_counter() - start)
    program = os.environ.get("TOMTAT", "target/release/tomtat")
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl") as file:
        # Often enough that the start does not count.
        repeated = 20
        file.writelines(lines * repeated)
        file.flush()
        for method in ["lexrank", "centroid", "trained"]:
            command = [program, "summarize", "--threads", "1", "-m", method, "-f", "jsonl", file.name]
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            speeds[f"tomtat {method}"] = repeated * len(lines) / (time.perf_counter() - start)
    for name, speed in speeds.items():
        print(f"{name:<24} {speed:>9.0f} articles/s  {speed / speeds['sumy LexRank']:>7.1f} times sumy's")


def main():
    path = os.path.join(FIXTURES, "expected.json")
    if sys.argv[1:] == ["record"]:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            json.dump(expected(), file, ensure_ascii=False, indent=1)
            file.write("\n")
    elif sys.argv[1:] == ["check"]:
        with open(path, encoding="utf-8") as file:
            old = json.load(file)
        new = expected()
        assert old["picks"] == new["picks"]
        for name, values in new["scores"].items():
            assert numpy.allclose(old["scores"][name], values, atol=TOLERANCE), name
        print("the fixture is up to date")
    elif sys.argv[1:2] == ["live"] and len(sys.argv) == 3:
        live(sys.argv[2])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
