"""``coach questions``: from what was logged, by subject and depth; one's own is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# Dozens of whole commands, each with its model and database: minutes on a small machine.
pytestmark = pytest.mark.slow

Json = dict[str, Any]
NOTE = (
    "Rosa defends her thesis on 8 May. She is nervous about the committee. "
    "She wants to publish two papers. She will send me her slides. "
    "Her interview at the museum is on 20 May. Salary is off the table for us."
)


@pytest.fixture
def rosa(ok: Callable[..., Json], tmp_path: Path) -> str:
    ok("pair", "add", "Rosa Diaz", "--as", "mentor")
    note = tmp_path / "note.txt"
    note.write_text(NOTE)
    ok("log", "rosa", "--on", "2026-05-01", "--file", str(note))
    return "rosa"


def test_they_are_about_this_person(ok: Callable[..., Json], rosa: str) -> None:
    found = ok("questions", rosa, "--on", "2026-05-12")["questions"]
    assert len(found) == 5
    assert sum(bool(one["items"]) for one in found) >= 4
    assert any("thesis" in one["question"] for one in found)
    assert not any("salary" in one["question"].lower() for one in found)
    for one in found:
        assert set(one) == {"question", "depth", "why", "cards", "items"}
        assert one["cards"]
        assert "1 May" in one["why"] or not one["items"]


def test_asked_ones_rest_for_two_sessions(
    ok: Callable[..., Json], rosa: str, tmp_path: Path
) -> None:
    first = [q["question"] for q in ok("questions", rosa, "--on", "2026-05-12")["questions"]]
    assert [
        q["question"] for q in ok("questions", rosa, "--on", "2026-05-12")["questions"]
    ] == first
    told = ok("questions", rosa, "--on", "2026-05-12", "--asked", "2", "--asked", first[2].upper())
    assert told["asked"][0] == first[1]
    assert told["on"] == "2026-05-12"
    later = {
        q["question"] for q in ok("questions", rosa, "--on", "2026-05-12", "-n", "20")["questions"]
    }
    assert not later & {first[1], first[2]}
    assert first[0] in later


def test_about_and_depth(ok: Callable[..., Json], rosa: str) -> None:
    on = ("--on", "2026-05-03")
    about = ok("questions", rosa, *on, "--about", "thesis defends")["questions"]
    assert any("thesis" in one["question"] for one in about)
    assert ok("questions", rosa, *on, "--about", "salary")["questions"] == []
    closing = ok("questions", rosa, *on, "--depth", "closing")["questions"]
    assert [one["cards"] for one in closing] == [["six/check-in"]] * 3
    deeper = ok("questions", rosa, *on, "--depth", "deeper", "-n", "3")["questions"]
    assert {one["depth"] for one in deeper} == {"deeper"}


def test_reading_ones_own_question(ok: Callable[..., Json]) -> None:
    read = ok("questions", "--read", "Did you like the course?")
    assert read["kind"] == "closed"
    assert read["better"] == "What did you make of the course?"
    assert set(read) == {"question", "kind", "why", "better", "remark", "then"}


def test_wrong_use_is_told(fails: Callable[..., str], ok: Callable[..., Json]) -> None:
    fails(2, "questions")
    fails(2, "questions", "--read", "?!")
    ok("pair", "add", "Amara", "--as", "mentee")
    fails(2, "questions", "amara", "--asked", "99")
    fails(2, "questions", "amara", "--asked", "")
