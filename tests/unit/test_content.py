"""Prompts by name, and wordings by heading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach import paths
from coach.content import prompt, wordings
from coach.errors import ContentError
from tests.conftest import ROOT


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], Path]]:
    """Writes a prompt of this test's own, in a folder that holds nothing else."""
    monkeypatch.setattr(paths, "content_root", lambda: tmp_path)
    (tmp_path / "prompts").mkdir()
    prompt.cache_clear()
    wordings.cache_clear()

    def write_one(name: str, text: str) -> Path:
        path = tmp_path / "prompts" / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        return path

    yield write_one
    prompt.cache_clear()
    wordings.cache_clear()


def test_a_prompt_by_name(write: Callable[[str, str], Path]) -> None:
    write("hello", "# Hello\nçà va\n")
    assert prompt("hello") == "# Hello\nçà va\n"


@pytest.mark.parametrize("name", ["helo", "", "../hello", "hello.md"])
def test_an_unknown_name_lists_those_there_are(
    write: Callable[[str, str], Path], name: str
) -> None:
    write("hello", "a")
    write("other", "b")
    with pytest.raises(ContentError, match="hello, other") as caught:
        prompt(name)
    assert repr(name) in caught.value.what


def test_wordings_by_heading(write: Callable[[str, str], Path]) -> None:
    write("v", "# Title\nAbout it.\n\n## one\n- a {slot}\n-  b \n\nA remark.\n\n## two\n- c\n")
    assert wordings("v") == {"one": ("a {slot}", "b"), "two": ("c",)}


def test_a_wording_before_its_heading_is_named(write: Callable[[str, str], Path]) -> None:
    path = write("v", "# Title\n\n- a\n## one\n- b\n")
    with pytest.raises(ContentError) as caught:
        wordings("v")
    assert (caught.value.path, caught.value.line) == (str(path), 3)


def test_a_heading_without_wording_is_named(write: Callable[[str, str], Path]) -> None:
    write("v", "## one\n- b\n## empty\n\n## two\n- c\n")
    with pytest.raises(ContentError, match="'empty'"):
        wordings("v")


def test_the_shipped_voice_has_several_ways_to_say_what_it_says_often() -> None:
    voice = wordings("voice")
    often = [
        "again", "one move", "layout", "say", "ask", "second card", "passage", "refusal",
        "refusal with near", "refusal close", "greeting", "greeting alone", "thanks", "goodbye",
        "capabilities", "identity", "questions", "questions close", "script",
    ]  # fmt: skip
    assert {key: len(voice[key]) for key in often if len(voice[key]) < 2} == {}
    assert all(len(set(lines)) == len(lines) for lines in voice.values())


def test_what_ships_is_found_beside_the_package() -> None:
    assert paths.content_root() == ROOT
