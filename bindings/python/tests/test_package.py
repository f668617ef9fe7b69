"""The package: types, the example notebook, docs that follow the code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import tomtat
from conftest import HERE, REPOSITORY, engine

PACKAGE = HERE.parent


def test_stubs_agree_with_the_module() -> None:
    engine("mypy")
    # Elsewhere than in the sources, whose folder holds no compiled module.
    ran = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "tomtat._tomtat"],
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_types_are_right(tmp_path: Path) -> None:
    engine("mypy")
    user = tmp_path / "user.py"
    user.write_text(
        "import tomtat\n"
        "words: list[str] = tomtat.word_tokenize('a')\n"
        "text: str = tomtat.word_tokenize('a', format='text')\n"
        "start: int = tomtat.summarize('a', 2).sentences[0].start\n"
        "score: float = tomtat.Rouge().score('a', 'b')['rouge1'].f\n"
        "reveal_type(tomtat.keywords('a'))\n"
        "tomtat.summarize('a', n='two')\n",
        encoding="utf-8",
    )
    package = Path(tomtat.__file__).parent
    assert (package / "py.typed").exists()
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", str(user)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    errors = [line for line in ran.stdout.splitlines() if "error:" in line]
    assert len(errors) == 1 and 'Argument "n"' in errors[0], ran.stdout + ran.stderr
    assert 'Revealed type is "' in ran.stdout and "Keyword]" in ran.stdout
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports", "-p", "tomtat"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert ran.returncode == 0, ran.stdout


def test_the_notebook_runs(tmp_path: Path) -> None:
    nbformat = engine("nbformat")
    nbclient = engine("nbclient")
    engine("ipykernel")
    engine("matplotlib")
    path = PACKAGE / "examples" / "summaries.ipynb"
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    assert any("text/html" in out.get("data", {}) for out in outputs)
    assert any("image/png" in out.get("data", {}) for out in outputs)


def test_the_examples_of_the_readme_run() -> None:
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


def test_the_table_of_flags_names_arguments_that_there_are() -> None:
    import inspect
    from operator import attrgetter

    path = REPOSITORY / "docs" / "python.md"
    if not path.exists():
        pytest.skip("the docs of the repository are not here")
    rows = re.findall(r"^\| `tomtat (\w+)` \| `([\w.]+)` \| (.*) \|$", path.read_text("utf-8"), re.M)
    assert len(rows) > 8
    for _, call, arguments in rows:
        known = inspect.signature(attrgetter(call)(tomtat)).parameters
        for argument in re.findall(r"→ `(\w+)`", arguments):
            assert argument in known or "fixes" in known or call == "rouge", (call, argument)


def test_import_is_quick_and_pulls_nothing_in() -> None:
    script = (
        "import sys, tomtat\n"
        "heavy = {'pyarrow', 'numpy', 'pandas', 'polars', 'spacy', 'datatrove', 'sklearn'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
