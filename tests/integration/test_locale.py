"""The user's time zone and language: what is today, and what a date in a note means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import Coach
from coach.paths import Places
from coach.settings import Settings

Json = dict[str, Any]
Run = Callable[..., Json]


def test_today_is_the_day_where_the_user_is(places: Places) -> None:
    # Between these two zones lies a whole day and two hours, at any moment.
    east, west = (
        Coach(places, Settings(time_zone=name)).today
        for name in ("Pacific/Kiritimati", "Etc/GMT+12")
    )
    assert east > west
    before = datetime.now(UTC)
    assert Coach(places, Settings(time_zone="UTC")).today in {
        before.date(), (before + timedelta(minutes=10)).date(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "hemisphere", "exam", "due"),
    [
        ("en-GB", "north", "2026-04-03", "2026-08-31"),
        ("en-US", "north", "2026-03-04", "2026-08-31"),
        ("en-AU", "south", "2026-04-03", "2027-02-28"),
    ],
)
def test_a_note_is_read_as_its_writer_means_it(
    ok: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, hemisphere: str,
    exam: str, due: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("COACH_LANGUAGE", language)
    monkeypatch.setenv("COACH_HEMISPHERE", hemisphere)
    ok("pair", "add", "Rosa Lind", "--as", "mentor")
    note = tmp_path / "note.md"
    note.write_text(
        "She has her exam on 3/4. I promised to send her the list by the end of summer."
    )
    noticed = ok("log", "rosa", "--on", "2026-03-01", "--file", str(note))["noticed"]
    days = {one["when"] for one in noticed}
    assert {exam, due} <= days


def test_a_wrong_place_is_one_clear_line(
    fails: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_TIME_ZONE", "Lisbon")
    assert "did you mean Europe/Lisbon" in fails(2, "pair", "list")


def test_doctor_shows_where_one_is(ok: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_TIME_ZONE", "Europe/Lisbon")
    monkeypatch.setenv("COACH_LANGUAGE", "en-us")
    found = ok("doctor")["settings"]
    assert found["time_zone"].startswith("Europe/Lisbon ")
    assert found["language"].startswith("en-US ")
    assert found["hemisphere"].startswith("north ")


def test_a_correction_in_the_chat_is_read_as_its_writer_means_it(
    ok: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_LANGUAGE", "en-US")
    ok("pair", "add", "Rosa Lind", "--as", "mentor")
    note = tmp_path / "note.md"
    note.write_text("She has her exam on 2/20.")
    ok("log", "rosa", "--on", "2026-02-01", "--file", str(note))
    ok("ask", "--pair", "rosa", "--on", "2026-02-02", "actually, her exam is on 3/4")
    days = [i["when"] for i in ok("memory", "list", "rosa")["items"]]
    assert days == ["2026-03-04"]
