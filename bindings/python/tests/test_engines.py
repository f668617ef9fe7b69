"""Engines, run for real: DuckDB, DataFusion, Polars, datasets, scikit-learn, spaCy, DataTrove."""

from __future__ import annotations

import pickle

import pytest

import tomtat
from conftest import engine
from tomtat import batch

TEXT = "Hà Nội là thủ đô của Việt Nam.  Mùa này\nHà Nội mưa 😀."


def words(column):
    """Words of an Arrow column, for engines that call functions by name."""
    return batch.word_tokenize(column, threads=1)


def test_polars_expressions(articles: list[str]) -> None:
    pl = engine("polars")
    frame = pl.DataFrame({"id": range(len(articles)), "body": articles})
    found = frame.with_columns(
        words=pl.col("body").map_batches(batch.word_tokenize, return_dtype=pl.List(pl.String)),
        summary=pl.col("body").map_batches(
            lambda column: batch.summarize(column, 1, format="text"), return_dtype=pl.String
        ),
    )
    assert found["words"].to_list() == batch.word_tokenize(articles)
    assert found["summary"].to_list() == batch.summarize(articles, 1, format="text")
    lazy = frame.lazy().select(
        pl.col("body").map_batches(batch.sent_tokenize, return_dtype=pl.List(pl.String))
    )
    assert lazy.collect()["body"].to_list() == batch.sent_tokenize(articles)


def test_duckdb_functions(articles: list[str]) -> None:
    duckdb = engine("duckdb")
    engine("pyarrow")
    connection = duckdb.connect()
    text, texts = "VARCHAR", "VARCHAR[]"
    connection.create_function("words", words, [text], texts, type="arrow")
    connection.create_function(
        "summary",
        lambda column: batch.summarize(column, 1, format="text", threads=1),
        [text],
        text,
        type="arrow",
    )
    connection.execute("create table news (id integer, body varchar)")
    connection.executemany("insert into news values (?, ?)", list(enumerate(articles)))
    rows = connection.execute("select words(body), summary(body) from news order by id").fetchall()
    assert [row[0] for row in rows] == batch.word_tokenize(articles)
    assert [row[1] for row in rows] == batch.summarize(articles, 1, format="text")
    # Columns of DuckDB come as Arrow data, too.
    table = engine("pyarrow").table(connection.sql("select body from news order by id"))
    assert batch.word_tokenize(table["body"]).to_pylist() == batch.word_tokenize(articles)


def test_datafusion_functions(articles: list[str]) -> None:
    datafusion = engine("datafusion")
    pa = engine("pyarrow")
    context = datafusion.SessionContext()
    context.register_record_batches(
        "news", [[pa.record_batch({"id": range(len(articles)), "body": pa.array(articles)})]]
    )
    context.register_udf(
        datafusion.udf(words, [pa.string()], pa.list_(pa.string()), "immutable", name="words")
    )
    found = context.sql("select words(body) as words from news order by id").collect()
    rows = [row for part in found for row in part.column(0).to_pylist()]
    assert rows == batch.word_tokenize(articles)


def _add_words(rows: dict) -> dict:
    return {"words": batch.word_tokenize(rows["body"], threads=1)}


def test_datasets_map_in_two_processes(articles: list[str], tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = engine("datasets")
    batch.word_tokenize(articles, threads=2)
    data = datasets.Dataset.from_dict({"body": articles})
    found = data.map(_add_words, batched=True, num_proc=2, batch_size=32)
    assert found["words"][:] == batch.word_tokenize(articles)


def test_scikit_learn_pipelines(articles: list[str]) -> None:
    engine("sklearn")
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    analyzer = tomtat.analyzer(ngrams=(1, 2), stop_words=["là", "của"])
    labels = ["cầu" in a for a in articles]
    model = make_pipeline(TfidfVectorizer(analyzer=analyzer, min_df=2), LogisticRegression())
    model.fit(articles, labels)
    assert model.score(articles, labels) > 0.9
    again = pickle.loads(pickle.dumps(model))
    assert list(again.predict(articles)) == list(model.predict(articles))
    features = set(again[0].get_feature_names_out())
    assert "xuất khẩu" in features and "là" not in features
    own = pickle.loads(pickle.dumps(tomtat.analyzer(analyzer=tomtat.Analyzer(["cầu Cỏ May"]))))
    assert "cầu cỏ may" in own("Cầu Cỏ May dài 900 m.")


def test_spacy_documents_give_the_text_back() -> None:
    spacy = engine("spacy")
    config = {"nlp": {"tokenizer": {"@tokenizers": "tomtat.Tokenizer.v1"}}}
    nlp = spacy.blank("vi", config=config)
    for text in (TEXT, "", "  Mưa.", "Mưa.\n\n", "a\tb"):
        document = nlp(text)
        assert document.text == text
    document = nlp(TEXT)
    words = [token.text for token in document if not token.is_space]
    assert words == tomtat.word_tokenize(TEXT)
    assert [s.text.strip() for s in document.sents] == tomtat.sent_tokenize(TEXT)
    again = pickle.loads(pickle.dumps(nlp.tokenizer))
    assert [t.text for t in again(TEXT)] == [t.text for t in document]


def test_spacy_pipelines_are_saved_and_loaded(tmp_path) -> None:
    spacy = engine("spacy")
    config = {"nlp": {"tokenizer": {"@tokenizers": "tomtat.Tokenizer.v1"}}}
    nlp = spacy.blank("vi", config=config)
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert [t.text for t in again(TEXT)] == [t.text for t in nlp(TEXT)]


def test_datatrove_takes_the_tokenizer_as_it_is() -> None:
    engine("datatrove")
    from datatrove.data import Document
    from datatrove.utils.text import split_into_words
    from datatrove.utils.word_tokenizers import load_word_tokenizer

    from tomtat.datatrove import VietnameseTokenizer

    tokenizer = VietnameseTokenizer()
    assert load_word_tokenizer(tokenizer) is tokenizer
    assert split_into_words(TEXT, tokenizer) == tomtat.word_tokenize(TEXT)
    assert tokenizer.sent_tokenize(TEXT) == tomtat.sent_tokenize(TEXT)
    spans = tokenizer.span_tokenize(TEXT)
    assert [TEXT[start:end] for start, end in spans] == tomtat.sent_tokenize(TEXT)
    assert pickle.loads(pickle.dumps(tokenizer)).word_tokenize(TEXT) == tomtat.word_tokenize(TEXT)

    from datatrove.pipeline.filters import GopherQualityFilter

    kept = GopherQualityFilter(language=tokenizer, min_stop_words=0, min_doc_words=5)
    document = Document(text=" ".join([TEXT] * 20), id="1")
    assert kept.filter(document) is True or isinstance(kept.filter(document), tuple)


def test_pandas_columns(articles: list[str]) -> None:
    pd = engine("pandas")
    engine("pyarrow")
    frame = pd.DataFrame({"body": articles})
    frame["words"] = batch.word_tokenize(frame["body"])
    assert [list(row) for row in frame["words"]] == batch.word_tokenize(articles)


@pytest.mark.parametrize("seed", range(3))
def test_a_spacy_document_is_the_text_whatever_stands_between_words(seed: int) -> None:
    spacy = engine("spacy")
    import random

    random.seed(seed)
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "tomtat.Tokenizer.v1"}}})
    for _ in range(200):
        text = "".join(random.choice("Hà Nội mưa.\n\t  _-😀\u200b\u00a0,") for _ in range(30))
        assert nlp(text).text == text
