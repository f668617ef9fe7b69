"""One call for each job: what it returns, its errors, its docstrings."""

from __future__ import annotations

import doctest
import pickle
import sys
from pathlib import Path

import pytest

import tomtat
import tomtat.batch
from conftest import REPOSITORY

TEXT = (
    "Cầu Cỏ May thông xe trước Tết\n\n"
    "Sáng 12/1, cầu Cỏ May nối hai bờ sông được thông xe sớm một tháng. 😀 Người dân vui mừng.\n\n"
    "Dòng xe đầu tiên qua cầu. Ảnh: Lê An\n\n"
    "Trời hôm ấy se lạnh. Cầu Cỏ May dài 900 m, vốn đầu tư 1.200 tỉ đồng. "
    "Chủ đầu tư nói cầu xong sớm nhờ mùa khô kéo dài."
)


def test_docstrings_run() -> None:
    runner = doctest.DocTestRunner()
    parser = doctest.DocTestParser()
    modules = [tomtat, tomtat.batch]
    owners = [tomtat.Analyzer, tomtat.Summary, tomtat.TermStatistics, tomtat.Rouge]
    examples = 0
    named = [(module.__name__, module) for module in modules]
    named += [(name, getattr(tomtat, name)) for name in tomtat.__all__]
    named += [(f"{o.__name__}.{n}", v) for o in owners for n, v in vars(o).items() if callable(v)]
    for name, value in named:
        text = getattr(value, "__doc__", None)
        if isinstance(text, str) and ">>>" in text:
            test = parser.get_doctest(text, {}, name, None, None)
            examples += len(test.examples)
            runner.run(test)
    assert runner.failures == 0
    assert examples > 30


def test_words_and_syllables_are_slices_in_order() -> None:
    for level, cut in [
        ("word", tomtat.word_tokenize),
        ("sentence", tomtat.sent_tokenize),
        ("syllable", tomtat.syllables),
    ]:
        pieces = cut(TEXT)
        spans = tomtat.spans(TEXT, level)
        assert pieces == [TEXT[start:end] for start, end in spans]
        assert spans == sorted(spans)
        assert len(pieces) > 3


def test_words_as_text_join_syllables_by_underscores() -> None:
    assert tomtat.word_tokenize("Thủ đô Hà Nội mưa.", format="text") == "Thủ_đô Hà_Nội mưa ."


def test_lines_are_sentences_when_asked() -> None:
    assert tomtat.sent_tokenize("một. hai. ba\nbốn", lines=True) == ["một. hai. ba", "bốn"]


def test_offsets_of_summaries_count_characters() -> None:
    summary = tomtat.summarize(TEXT, n=3)
    assert len(summary) == 3
    for sentence in summary:
        assert TEXT[sentence.start : sentence.end] == sentence.text
    assert summary.title == "Cầu Cỏ May thông xe trước Tết"
    assert summary.text.splitlines() == [s.text for s in summary.sentences]


def test_lengths_are_kept() -> None:
    assert len(tomtat.summarize(TEXT, 2)) == 2
    assert tomtat.summarize(TEXT, words=20).length.given <= 20
    assert tomtat.summarize(TEXT, syllables=25).length.given <= 25
    assert tomtat.summarize(TEXT, characters=90).length.given <= 90
    assert tomtat.summarize(TEXT, ratio=0.2).length.unit == "sentences"
    assert tomtat.summarize(TEXT, length="auto").length.requested is None
    assert tomtat.summarize(TEXT, length="2") == tomtat.summarize(TEXT, 2)


@pytest.mark.parametrize(
    ("options", "argument"),
    [
        ({"n": 0}, "n"),
        ({"n": -1}, "n"),
        ({"words": 0}, "words"),
        ({"ratio": 1.5}, "ratio"),
        ({"length": "much"}, "length"),
        ({"n": 2, "words": 60}, "words"),
        ({"method": "magic"}, "method"),
        ({"order": "random"}, "order"),
        ({"mmr": 2.0}, "mmr"),
        ({"query": "..."}, "query"),
        ({"sapo": True, "n": 2}, "sapo"),
    ],
)
def test_errors_name_the_argument(options: dict, argument: str) -> None:
    with pytest.raises(tomtat.ArgumentError) as caught:
        tomtat.summarize(TEXT, **options)
    assert caught.value.argument == argument
    assert str(caught.value).startswith(f"{argument}: ")
    assert isinstance(caught.value, ValueError)


def test_other_errors_name_the_argument() -> None:
    for call, argument in [
        (lambda: tomtat.word_tokenize(TEXT, format="lines"), "format"),
        (lambda: tomtat.spans(TEXT, "letter"), "level"),
        (lambda: tomtat.extract(TEXT, keep=["nothing"]), "keep"),
        (lambda: tomtat.keywords(TEXT, 0), "top"),
        (lambda: tomtat.keywords(TEXT, max_words=9), "max_words"),
        (lambda: tomtat.keywords(TEXT, method="magic"), "method"),
        (lambda: tomtat.normalize(TEXT, tone="newest"), "tone"),
        (lambda: tomtat.normalize(TEXT, colour=True), "colour"),
        (lambda: tomtat.multi_summarize(TEXT), "texts"),
        (lambda: tomtat.Analyzer(segmenter=b"no model"), "segmenter"),
        (lambda: tomtat.Analyzer(ranker=b""), "ranker"),
        (lambda: tomtat.TermStatistics(unit="letter"), "unit"),
        (lambda: tomtat.TermStatistics(ngrams=(2, 1)), "ngrams"),
        (lambda: tomtat.TermStatistics.from_bytes(b"x"), "data"),
        (lambda: tomtat.Rouge(["bleu"]), "measures"),
        (lambda: tomtat.Rouge(unit="letter"), "unit"),
        (lambda: tomtat.Rouge(stem=True), "stem"),
    ]:
        with pytest.raises(tomtat.ArgumentError) as caught:
            call()
        assert caught.value.argument == argument, str(caught.value)


def test_a_text_must_be_a_text() -> None:
    with pytest.raises(TypeError):
        tomtat.word_tokenize(None)  # type: ignore[call-overload]
    with pytest.raises(TypeError):
        tomtat.summarize(12)  # type: ignore[arg-type]


def test_every_method_summarizes() -> None:
    names = [name for name, _ in tomtat.methods()]
    assert "trained" in names and "lead" in names
    for name in names:
        summary = tomtat.summarize(TEXT, n=1, method=name)
        assert summary.method == name
        assert len(summary) == 1


def test_a_query_changes_what_is_picked() -> None:
    asked = tomtat.summarize(TEXT, n=1, query="vốn đầu tư")
    assert "vốn đầu tư" in asked.text
    missing = tomtat.summarize(TEXT, n=1, query="núi lửa")
    assert [w.code for w in missing.warnings if w.code == "query-not-found"]


def test_a_loose_query_needs_no_marks() -> None:
    text = "Trời tối sớm. Giá gạo tăng mạnh ở miền Tây. Sau bão, ai cũng mệt. Đường phố vắng người."
    assert tomtat.summarize(text, 1, query="gia gao", loose=True).text.startswith("Giá gạo")
    assert "query-not-found" in {
        warning.code for warning in tomtat.summarize(text, 1, query="gia gao").warnings
    }
    with pytest.raises(tomtat.ArgumentError, match="query") as raised:
        tomtat.summarize(text, 1, loose=True)
    assert raised.value.argument == "loose"


def test_a_trimmed_sentence_says_where_the_whole_stands(articles: list[str]) -> None:
    for text in articles:
        for sentence in tomtat.summarize(text, words=40, trim=True):
            assert text[sentence.start : sentence.end] == sentence.text
            if sentence.whole_start is not None and sentence.whole_end is not None:
                whole = text[sentence.whole_start : sentence.whole_end]
                assert sentence.text in whole and sentence.text != whole
    for options in ({"sapo": True}, {"method": "lexrank"}):
        with pytest.raises(tomtat.ArgumentError) as raised:
            tomtat.summarize("Mưa to.", trim=True, **options)
        assert raised.value.argument == "trim"


def test_models_of_the_repository_are_the_shipped_ones() -> None:
    models = REPOSITORY / "models"
    if not models.exists():
        pytest.skip("the models of the repository are not here")
    analyzer = tomtat.Analyzer(
        starters=models / "vi-news.starters",
        keyword_model=models / "vi-news.keywords",
        standalone=models / "vi-news.standalone",
    )
    text = "Xuất khẩu gạo tăng mạnh. Giá gạo xuất khẩu cũng tăng."
    assert analyzer.keywords(text) == tomtat.keywords(text)
    assert analyzer.summarize(TEXT) == tomtat.summarize(TEXT)
    assert pickle.loads(pickle.dumps(analyzer)).sent_tokenize(text) == tomtat.sent_tokenize(text)
    for name in ("starters", "keyword_model", "standalone"):
        with pytest.raises(tomtat.ArgumentError) as raised:
            tomtat.Analyzer(**{name: b"no model"})
        assert raised.value.argument == name


def test_what_the_reader_has_seen_is_left_out() -> None:
    first = tomtat.summarize(TEXT, n=1).text
    assert first not in tomtat.summarize(TEXT, n=1, seen=[first]).text


def test_html_pages_are_read() -> None:
    page = (
        "<html><head><title>Chợ nổi họp sớm</title></head><body><nav><a href='/'>Trang chủ</a>"
        "</nav><article><h1>Chợ nổi họp sớm</h1><p>Từ năm giờ sáng, ghe đậu kín khúc sông trước "
        "chợ, khách đến rất đông.</p><p>Đến tám giờ, khách vãn dần, người bán gom hàng về lại "
        "các cù lao.</p></article><footer>Giấy phép số 1</footer></body></html>"
    )
    found = tomtat.extract(page)
    assert "ghe đậu kín" in found.text and "Giấy phép" not in found.text
    assert found.metadata is not None
    assert found.title == "Chợ nổi họp sớm"
    for block in found.blocks:
        assert found.source[block.start : block.end] == block.text
    assert "ghe đậu kín" in tomtat.summarize(page, n=1).text


def test_pages_name_what_is_left_out() -> None:
    roles = {block.text: block.role for block in tomtat.extract(TEXT).blocks}
    assert roles["Dòng xe đầu tiên qua cầu. Ảnh: Lê An"] == "caption"


def test_keywords_have_positions() -> None:
    found = tomtat.keywords(TEXT, top=3)
    assert 0 < len(found) <= 3
    for keyword in found:
        assert keyword.count >= 1
        for start, end in keyword.positions:
            assert TEXT[start:end].lower().split() == keyword.term.lower().split()


def test_reports_find_faults_and_normalize_fixes_them() -> None:
    report = tomtat.check("Xin mời qúy khách.")
    assert report.has_problems
    assert [(f.samples, f.offset, f.line) for f in report.findings] == [(("qúy",), 8, 1)]
    assert tomtat.normalize("Xin mời qúy khách.", tone="old") == "Xin mời quý khách."
    assert not tomtat.check("Không có gì sai.").has_problems


def test_several_articles_make_one_summary() -> None:
    texts = [TEXT, "Cầu Cỏ May dài 900 m được thông xe. Xe tải chưa được qua cầu trong tháng này."]
    summary = tomtat.multi_summarize([*texts, TEXT], syllables=60)
    assert summary.copies == ((2, 0),)
    assert summary.length.given <= 60
    assert {s.document for s in summary} == {0, 1}
    for sentence in summary:
        assert [*texts, TEXT][sentence.document][sentence.start : sentence.end] == sentence.text


def test_notebooks_show_summaries_safely() -> None:
    shown = tomtat.summarize("Giá <b>gạo</b> tăng. Giá gạo & ngô giảm.", 2)._repr_html_()
    assert "<ul><li" in shown and "&lt;b&gt;" in shown and "&amp;" in shown
    assert "<b>" not in shown


def test_results_pickle() -> None:
    summary = tomtat.summarize(TEXT)
    assert pickle.loads(pickle.dumps(summary)) == summary
    page = tomtat.extract(TEXT)
    assert pickle.loads(pickle.dumps(page)) == page


def test_dictionaries_win_over_the_model() -> None:
    text = "Nhóm học máy lượng tử họp."
    assert "học máy lượng tử" not in tomtat.word_tokenize(text)
    for dictionary in (["học máy lượng tử"], {"học máy lượng tử": 9}):
        own = tomtat.Analyzer(dictionary)
        assert "học máy lượng tử" in own.word_tokenize(text)
        again = pickle.loads(pickle.dumps(own))
        assert again.word_tokenize(text) == own.word_tokenize(text)


def test_dictionaries_may_be_files(tmp_path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("học máy lượng tử\n", encoding="utf-8")
    assert "học máy lượng tử" in tomtat.Analyzer(path).word_tokenize("Nhóm học máy lượng tử họp.")
    with pytest.raises(FileNotFoundError):
        tomtat.Analyzer(tmp_path / "missing.txt")


@pytest.mark.parametrize(
    "text",
    ["", " \n\t ", "😀", "a\u0300\u0301" * 50, "\x00", "_" * 100, "x" * 10_000, ".?!" * 1000],
)
def test_odd_texts_do_no_harm(text: str) -> None:
    tomtat.word_tokenize(text)
    tomtat.sent_tokenize(text)
    tomtat.summarize(text)
    tomtat.keywords(text)
    tomtat.extract(text)
    tomtat.check(text)
    for start, end in tomtat.spans(text, "syllable"):
        assert 0 <= start < end <= len(text)


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        tomtat.word_tokenize("\ud800")


def test_all_names_are_there() -> None:
    for name in tomtat.__all__:
        assert getattr(tomtat, name) is not None
    assert tomtat.__version__.count(".") == 2


def test_summaries_are_explained() -> None:
    summary = tomtat.summarize(TEXT, n=2)
    why = summary.explain()
    ranks = sorted((s.rank, s.score) for s in summary)
    assert [(pick["rank"], pick["score"]) for pick in why["picks"]] == ranks
    assert all(pick["features"] and pick["terms"] for pick in why["picks"])
    assert why["not_chosen"] and all(other["code"] for other in why["not_chosen"])
    for place in why["not_chosen"] + why["left_out"]:
        assert TEXT[place["start"] : place["end"]] == place["text"]
    assert "caption" in {block["role"] for block in why["left_out"]}
    assert all(block["evidence"] for block in why["left_out"])
    again = tomtat.summarize(TEXT, n=1, method="lead").explain()
    assert all(not pick["features"] for pick in again["picks"])
    with pytest.raises(ValueError, match="does not know its text"):
        batch_summary = tomtat.batch.summarize([TEXT])[0]
        batch_summary.explain()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_million_calls_leave_memory_as_it_was() -> None:
    import resource

    texts = [f"Hà Nội mưa {n} ngày liền." for n in range(50)]
    long = "\n\n".join(f"Sông Hậu dâng {n} cm trong đêm. Xe qua phà phải chờ {n} giờ." for n in range(9))

    def resident() -> float:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 1e6

    def calls(rounds: int) -> None:
        for number in range(rounds):
            tomtat.word_tokenize(texts[number % 50])
            if number % 1000 == 0:
                tomtat.summarize(long, 2).explain()
                tomtat.keywords(long)
                tomtat.rouge(texts[0], texts[1])
                with pytest.raises(tomtat.ArgumentError):
                    tomtat.summarize(long, 0)

    calls(50_000)
    before = resident()
    calls(1_000_000)
    assert resident() - before < 5, f"{before:.1f} MB before, {resident():.1f} MB after"


def test_a_text_in_a_wrong_encoding_is_refused_until_that_is_undone() -> None:
    with pytest.raises(tomtat.ArgumentError, match="mojibake=True undoes it and must come first"):
        tomtat.normalize("Viá»‡t Nam")
    assert tomtat.normalize("Viá»‡t Nam", mojibake=True) == "Việt Nam"
    read = "N\u00adíc ViÖt Nam lµ mét, d©n téc ViÖt Nam lµ mét"
    fixed = "Nước Việt Nam là một, dân tộc Việt Nam là một"
    assert tomtat.normalize(read, misread="tcvn3") == fixed
    with pytest.raises(tomtat.ArgumentError, match="misread"):
        tomtat.normalize(read, misread="klingon")


def test_a_page_that_is_no_article_has_no_summary() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>Trang bạn tìm không tồn tại</title></head><body><p>Mời bạn "
        "quay lại trang chủ của báo. Mọi góp ý xin gửi về toà soạn ở phố Bờ Sông.</p></body></html>"
    )
    summary = tomtat.summarize(page)
    assert not summary.sentences
    assert [warning.code for warning in summary.warnings][:2] == ["empty", "error-page"]
    assert str(summary.warnings[0]) == "an error page, not an article; raw=True takes every line"
    assert tomtat.summarize(page, raw=True).sentences


def test_an_empty_summary_says_why() -> None:
    for text, options, message in [
        (" \n", {}, "the text is empty"),
        (TEXT, {"words": 1}, "no summary"),
        ("Mưa to ở Huế.", {"sapo": True}, "no lead paragraph (sapo) found"),
    ]:
        (first, *_) = tomtat.summarize(text, **options).warnings
        assert (first.code, first.message) == ("empty", message)
