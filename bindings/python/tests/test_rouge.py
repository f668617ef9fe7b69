"""ROUGE: single scores, corpora, words, and what compatibility costs."""

from __future__ import annotations

import pickle
import warnings

import pytest

import tomtat
from conftest import engine
from tomtat import Rouge


def test_a_case_worked_by_hand() -> None:
    scores = tomtat.rouge("mưa to ở huế", "Mưa rất to ở Huế.")
    assert scores["rouge1"] == (1.0, 0.8, pytest.approx(8 / 9))
    assert scores["rouge2"].precision == pytest.approx(2 / 3)
    assert list(scores) == ["rouge1", "rouge2", "rougeL"]


def test_several_references_take_the_best() -> None:
    scores = Rouge(["rouge1"]).score("mưa to", ["nắng", "mưa to"])
    assert scores["rouge1"].f == 1.0
    mean = Rouge(["rouge1"], references="average").score("mưa to", ["nắng", "mưa to"])
    assert mean["rouge1"].f == 0.5


def test_corpora_have_intervals_and_a_signature(articles: list[str]) -> None:
    predictions = [tomtat.summarize(a, 1).text for a in articles]
    result = Rouge().evaluate(predictions, articles, threads=1)
    assert len(result.scores) == len(articles)
    for name in ("rouge1", "rouge2", "rougeL"):
        interval = result[name].f
        assert interval.low <= interval.mean <= interval.high
        mean = sum(row[name].f for row in result.scores) / len(articles)
        assert mean == pytest.approx(interval.mean)
    assert result.signature.startswith("tomtat-rouge|tok:syllables|")
    assert "|n:200|" in result.signature and "|bs:1000|seed:42|" in result.signature
    assert Rouge().evaluate(predictions, articles, threads=3) == result
    assert "rouge1" in str(result) and "<table>" in result._repr_html_()


def test_words_are_found_where_texts_do_not_show_them() -> None:
    plain = Rouge(["rouge1"], unit="word").score("thủ đô Hà Nội", "thủ đô Hà Nội mưa")
    shown = Rouge(["rouge1"], unit="word").score("thủ_đô Hà_Nội", "thủ_đô Hà_Nội mưa")
    assert plain["rouge1"].recall == shown["rouge1"].recall == pytest.approx(2 / 3)


def test_arrow_columns_are_scored() -> None:
    pa = engine("pyarrow")
    predictions, references = ["mưa to", "nắng"], [["mưa"], ["nắng", "gió"]]
    expected = Rouge().evaluate(predictions, references)
    assert Rouge().evaluate(pa.array(predictions), pa.array(references)) == expected
    with pytest.raises(tomtat.ArgumentError, match="references: 1 for 2 predictions"):
        Rouge().evaluate(predictions, ["mưa"])
    with pytest.raises(tomtat.RowError, match="row 1"):
        Rouge().evaluate(["mưa", None], ["mưa", "nắng"])


def test_numbers_of_rouge_score_come_with_a_warning() -> None:
    with pytest.warns(UserWarning):
        scorer = Rouge(["rouge1", "rouge2", "rougeL"], compat="rouge-score")
    theirs = engine("rouge_score.rouge_scorer").RougeScorer(["rouge1", "rouge2", "rougeL"])
    for prediction, reference in [
        ("the cat sat on the mat", "the cat was on the mat"),
        ("Người dân Việt Nam vui mừng", "Nhân dân Việt Nam rất vui"),
    ]:
        expected = theirs.score(reference, prediction)
        for name, score in scorer.score(prediction, reference).items():
            assert score.f == pytest.approx(expected[name].fmeasure, abs=1e-9)


def test_scorers_pickle() -> None:
    scorer = pickle.loads(pickle.dumps(Rouge(["rougeSU4"], beta=2.0)))
    assert scorer.measures == ("rougeSU4",)


def test_no_warning_without_a_reason() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Rouge()
