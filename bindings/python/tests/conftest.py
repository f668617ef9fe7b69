"""What the tests share: articles, the program, and tests that need an engine."""

from __future__ import annotations

import importlib
import json
import os
import random
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]

SENTENCES = [
    "Sáng 12/1, cầu Cỏ May nối hai bờ sông Hậu được thông xe sớm một tháng.",
    "Cầu Cỏ May dài 900 m, vốn đầu tư 1.200 tỉ đồng.",
    "Ông Trần Văn Lâm, giám đốc sở, nói người dân hai bờ đã chờ mười năm.",
    "Trước đây học sinh phải qua phà mất 40 phút mỗi chiều.",
    "“Từ nay con tôi đi học chỉ mất năm phút”, chị Hoa kể.",
    "Tuy nhiên, đường dẫn phía bờ bắc còn hẹp và chưa có đèn.",
    "Sở Giao thông hứa làm xong đường dẫn trước mùa mưa.",
    "Giá vé phà giảm còn 5.000 đồng cho người đi bộ.",
    "Bộ phim 😀 của đạo diễn trẻ được chiếu ở TP.HCM tối qua.",
    "Nông dân vùng này trồng lúa ba vụ và nuôi cá tra.",
    "Xuất khẩu gạo của Việt Nam tăng 12% trong quý một.",
    "Mưa lớn làm nhiều tuyến phố ở Huế ngập sâu nửa mét.",
]


def article(seed: int, sentences: int = 8) -> str:
    """An article of sentences written for these tests."""
    chosen = random.Random(seed)
    picked = [chosen.choice(SENTENCES) for _ in range(sentences)]
    return "\n\n".join(" ".join(picked[at : at + 3]) for at in range(0, sentences, 3))


@pytest.fixture(scope="session")
def articles() -> list[str]:
    """Two hundred articles."""
    return [article(seed) for seed in range(200)]


def news(limit: int) -> list[dict[str, str]]:
    """News articles of the shared data, where these are."""
    shared = Path(os.environ.get("TOMTAT_SHARED", REPOSITORY.parent / "shared"))
    path = shared / "data" / "news" / "vinews-train.jsonl.zst"
    if not path.exists():
        skip(f"no news in {shared}: set TOMTAT_SHARED")
    program = shutil.which("zstd")
    if program is None:
        skip("zstd is not installed: the news cannot be unpacked")
    found: list[dict[str, str]] = []
    with subprocess.Popen([program, "-dc", str(path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for line in process.stdout:
            found.append(json.loads(line))
            if len(found) == limit:
                process.kill()
                break
    return found


@pytest.fixture(scope="session")
def thousand() -> list[dict[str, str]]:
    """A thousand articles: news where these are, else articles of the tests' own sentences."""
    try:
        return news(1000)
    except pytest.skip.Exception as skipped:
        warnings.warn(f"articles of the tests' own sentences stand in: {skipped}", stacklevel=1)
        made = range(1000)
        return [
            {"id": str(seed), "title": SENTENCES[seed % 12][:40], "body": article(seed, 5 + seed % 9)}
            for seed in made
        ]


@pytest.fixture(scope="session")
def program() -> str:
    """The program, which results are compared with: TOMTAT_PROGRAM, or one that was built."""
    candidates = [
        os.environ.get("TOMTAT_PROGRAM"),
        *(
            str(REPOSITORY / "target" / folder / "tomtat")
            for folder in ("ci", "release", "fast/release", "debug")
        ),
    ]
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            return candidate
    skip("no program to compare with: cargo build, or set TOMTAT_PROGRAM")


def skip(reason: str) -> None:
    """Skips a test, or fails it where TOMTAT_REQUIRE_ALL is set."""
    if os.environ.get("TOMTAT_REQUIRE_ALL"):
        pytest.fail(f"required, but {reason}")
    pytest.skip(reason)


def engine(name: str):
    """Imports an engine, or skips the test loudly."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        skip(f"ENGINE NOT INSTALLED: {name} ({error})")


def heavy(name: str):
    """Imports an engine that takes long to start: only where TOMTAT_HEAVY_ENGINES asks for it."""
    if not os.environ.get("TOMTAT_HEAVY_ENGINES"):
        skip(f"HEAVY ENGINE SKIPPED: {name}; set TOMTAT_HEAVY_ENGINES=1")
    return engine(name)


def pytest_terminal_summary(terminalreporter) -> None:
    """Says loudly what was not tested."""
    for report in terminalreporter.stats.get("skipped", []):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        terminalreporter.write_line(f"SKIPPED {report.nodeid}: {reason.removeprefix('Skipped: ')}")
