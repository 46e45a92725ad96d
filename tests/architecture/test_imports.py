"""What start-up may import, read from a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

_LATER = [
    "textual", "chromadb", "torch", "transformers", "sentence_transformers", "langchain",
    "langchain_core", "langchain_text_splitters", "onnxruntime", "sqlalchemy", "alembic",
    "sqlcipher3", "pydantic", "numpy", "bm25s", "markitdown", "keyring",
]  # fmt: skip
_NOT_FOR_THE_APP = [
    "chromadb", "torch", "transformers", "sentence_transformers", "onnxruntime", "sqlalchemy",
    "alembic", "sqlcipher3", "pydantic", "langchain", "langchain_core", "numpy", "bm25s", "click",
]  # fmt: skip

_REPORT = """
import atexit, json, sys
def tell():
    print("\\n" + json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
atexit.register(tell)
"""


def imported(code: str, home: Path, *arguments: str, **environment: str) -> set[str]:
    """The top-level packages that a new process has imported when ``code`` has run."""
    done = subprocess.run(
        [sys.executable, "-c", _REPORT + code, *arguments],
        capture_output=True, text=True, check=True, cwd=ROOT,
        env={**os.environ, "COACH_HOME": str(home), **environment},
    )  # fmt: skip
    return set(json.loads(done.stdout.splitlines()[-1]))


_MAIN = """
from coach.__main__ import main
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
"""


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--help"], ["completion", "bash"], ["kb", "--help"], ["pair", "add", "--help"],
     ["ask", "--help"]],
    ids=" ".join,
)  # fmt: skip
def test_light_commands_import_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    found = imported(_MAIN, tmp_path / "home", *arguments)
    assert "click" in found
    assert found & set(_LATER) == set()
    assert not (tmp_path / "home").exists()


def test_completing_a_command_imports_nothing_heavy(tmp_path: Path) -> None:
    asked = {"_COACH_COMPLETE": "bash_complete", "COMP_WORDS": "coach k", "COMP_CWORD": "1"}
    # click reads the name of the program from argv[0].
    code = "import sys; sys.argv[0] = 'coach'" + _MAIN
    assert imported(code, tmp_path, **asked) & set(_LATER) == set()


def test_the_app_imports_nothing_that_its_first_paint_does_not_need(tmp_path: Path) -> None:
    found = imported("import coach.tui.run, coach.tui.app, coach.cli.app, coach.__main__", tmp_path)
    assert "textual" in found
    assert found & set(_NOT_FOR_THE_APP) == set()


def test_the_report_sees_what_is_imported(tmp_path: Path) -> None:
    assert {"sqlalchemy", "pydantic"} <= imported("import coach.storage.pairs, pydantic", tmp_path)
