"""Choosing a model: what names one, what is remote, what a day may cost."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from coach.errors import UsageError
from coach.models.chat import estimated_tokens
from coach.models.chat_keys import find_key, variable
from coach.models.chosen import (
    Choice,
    Use,
    allow,
    choice_of,
    is_loopback,
    read_choice,
    write_choice,
)
from coach.models.local import check_file
from coach.models.spending import Price, Spending, SpentError
from coach.paths import Places

DAY = date(2026, 5, 11)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(home=tmp_path / "home", cache=tmp_path / "cache")


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://127.0.0.1:8080/v1", True), ("http://localhost:1", True), ("http://[::1]:80", True),
        ("http://127.8.9.1", True), ("https://localhost.evil.example", False),
        ("https://127.0.0.1.nip.io", False), ("https://10.0.0.2", False),
        ("https://0.0.0.0", False),
        ("https://api.openai.com", False), ("", False),
    ],
)  # fmt: skip
def test_only_this_machine_is_loopback(address: str, here: bool) -> None:
    assert is_loopback(address) is here


def test_what_names_a_model(tmp_path: Path) -> None:
    assert choice_of("built-in") == Choice()
    assert choice_of("openai:gpt-5").remote
    assert not choice_of("ollama:llama3.2").remote
    assert choice_of("ollama:llama3.2", base="https://gpu.example").remote
    local = choice_of("http://127.0.0.1:8080/v1/", "tiny")
    assert (local.name, local.remote) == ("tiny at 127.0.0.1:8080", False)
    file = tmp_path / "a.gguf"
    file.write_bytes(b"GGUF")
    assert choice_of(str(file)).name == "file:a.gguf"


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ("gpt-5", "names no model"), ("http://127.0.0.1/v1", "no name"), ("", "names no model"),
        ("http://example.org/v1", "not encrypted"), ("https://me:secret@example.org", "more than"),
        ("https://example.org/?key=1", "more than"), ("nowhere.gguf", "no file"),
        ("https://example.org:99999/v1", "no address"),
    ],
)  # fmt: skip
def test_what_names_none(wanted: str, why: str) -> None:
    name = "x" if "example" in wanted else ""
    with pytest.raises(UsageError, match=why):
        choice_of(wanted, name)


def test_a_choice_is_kept_and_a_new_one_must_be_allowed_again(places: Places) -> None:
    assert read_choice(places) == Choice()
    write_choice(places, choice_of("openai:gpt-5"))
    assert not read_choice(places).allowed
    assert allow(places, "notes").lets("notes")
    assert not read_choice(places).lets("replies")
    assert allow(places).allowed
    assert [use for use in get_args(Use) if read_choice(places).lets(use)] == ["replies", "notes"]
    write_choice(places, choice_of("anthropic:claude-sonnet-4-5"))
    assert not read_choice(places).allowed
    assert (places.home / "model.json").stat().st_mode & 0o077 == 0


def test_a_damaged_choice_is_named(places: Places) -> None:
    places.home.mkdir()
    (places.home / "model.json").write_text('{"how": "provider", "secret": 1}')
    with pytest.raises(UsageError, match="does not hold a choice"):
        read_choice(places)


def test_a_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    choice = choice_of("openai:gpt-5")
    assert variable(choice) == "OPENAI_API_KEY"
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    assert find_key(choice) == "sk-1"
    monkeypatch.setenv("COACH_MODEL_KEY", "sk-2")
    assert find_key(choice_of("https://example.org/v1", "m")) == "sk-2"


def test_spending_is_reserved_before_and_settled_after(places: Places) -> None:
    spending = Spending(places, 0.01, Price(5.0, 25.0))
    aside = spending.reserve(DAY, 1000, 100)
    with pytest.raises(SpentError, match=r"0\.01 for today would be passed"):
        spending.reserve(DAY, 1000, 100)
    spending.settle(DAY, aside, 100, 10)
    assert spending.reserve(DAY, 1000, 100) == pytest.approx(0.0075)
    with pytest.raises(SpentError, match=r"0\.01 spent"):
        spending.reserve(DAY, 1000, 100)
    assert spending.reserve(date(2026, 5, 12), 2000, 0) == pytest.approx(0.01)
    kept = json.loads((places.home / "model-spending.json").read_text())
    assert set(kept) == {"day", "spent"}


def test_unreadable_figures_do_not_open_the_purse(places: Places) -> None:
    places.home.mkdir()
    (places.home / "model-spending.json").write_text("{")
    with pytest.raises(SpentError, match="cannot be read"):
        Spending(places, 1.0, Price(5.0, 25.0)).reserve(DAY, 1, 1)


@pytest.mark.parametrize("text", ["", "a", "Hello there, Rosa.", "ü" * 100, "word " * 500])
def test_tokens_are_never_counted_too_low(text: str) -> None:
    # No tokenizer in use needs more than a token a byte pair of prose, nor more than two a word.
    assert estimated_tokens(text) >= len(text.split()) * 1.3 * (len(text) > 3)


@pytest.mark.parametrize(
    ("data", "why"), [(b"GG", "no GGUF"), (b"GGUF\x09\0\0\0", "version"), (b"abcd\x03\0\0\0", "no")]
)
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    file = tmp_path / "m.gguf"
    file.write_bytes(data)
    with pytest.raises(UsageError, match=why):
        check_file(file)


def test_a_model_that_does_not_fit_into_memory_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "m.gguf"
    file.write_bytes(b"GGUF\x03\0\0\0" + bytes(1000))
    check_file(file, memory=2000)
    with pytest.raises(UsageError, match="GB of memory"):
        check_file(file, memory=1200)
