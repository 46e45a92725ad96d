"""A pair's memory through the command line: log, follow up, correct, forget, take elsewhere."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.cli.main import run

Json = dict[str, Any]
Run = Callable[..., Json]

NOTE = """Priya presents the audit to her board on Thursday 14 May. I promised to send her the
slide template by Monday. She will ring the auditor before the 20th. Between us: she is looking for
another job. She wants to run her own team by the end of the year.
"""


@pytest.fixture
def logged(ok: Run, tmp_path: Path) -> Json:
    """A pair with one session, logged on 6 May 2026."""
    ok("pair", "add", "Priya Nair", "--as", "mentor")
    note = tmp_path / "note.md"
    note.write_text(NOTE)
    return ok("log", "priya", "--on", "2026-05-06", "--file", str(note))


def item(found: Json, word: str) -> Json:
    """The one item whose quote holds ``word``."""
    [one] = [i for i in found["items"] if word in i["quote"]]
    assert isinstance(one, dict)
    return one


def test_a_note_gives_dated_owned_items_with_verbatim_quotes(logged: Json, ok: Run) -> None:
    assert logged["session"] == {"number": 1, "on": "2026-05-06"}
    listed = ok("memory", "list", "priya")
    assert listed["items"] == logged["noticed"]
    assert all(i["quote"] in NOTE for i in listed["items"])
    board = item(listed, "board")
    assert (board["kind"], board["when"], board["about"]) == ("event", "2026-05-14", "them")
    mine = item(listed, "template")
    assert (mine["kind"], mine["owner"], mine["when"]) == ("commitment", "me", "2026-05-11")
    theirs = item(listed, "auditor")
    assert (theirs["kind"], theirs["owner"], theirs["when"]) == ("commitment", "them", "2026-05-20")
    assert item(listed, "another job")["private"]
    assert not board["private"]


def test_logging_the_same_note_again_adds_nothing(logged: Json, ok: Run, tmp_path: Path) -> None:
    again = ok("log", "priya", "--on", "2026-05-06", "--file", str(tmp_path / "note.md"))
    assert again["session"]["number"] == 1
    assert ok("memory", "list", "priya")["items"] == logged["noticed"]


def test_what_has_just_passed_is_asked_first_and_what_is_closed_never(
    logged: Json, ok: Run
) -> None:
    found = ok("followups", "priya", "--on", "2026-05-16", "-n", "6")["followups"]
    board = item({"items": logged["noticed"]}, "board")["id"]
    mine = item({"items": logged["noticed"]}, "template")["id"]
    assert found[0]["items"][0] == board
    [owed] = [f for f in found if mine in f["items"]]
    assert owed["overdue"]
    assert owed["due"] == "2026-05-11"
    ok("memory", "done", "priya", str(mine), "--on", "2026-05-16")
    after = ok("followups", "priya", "--on", "2026-05-16", "-n", "6")["followups"]
    assert mine not in {key for f in after for key in f["items"]}


def test_a_later_note_closes_what_it_reports_as_done(logged: Json, ok: Run, tmp_path: Path) -> None:
    later = tmp_path / "later.md"
    later.write_text("I did send her the slide template. She has dropped the idea of another job.")
    ok("log", "priya", "--on", "2026-05-20", "--file", str(later))
    listed = ok("memory", "list", "priya")
    assert item(listed, "template by Monday")["status"] == "done"
    assert item(listed, "looking for")["status"] == "dropped"


def test_corrections_in_the_chat(logged: Json, ok: Run) -> None:
    ask = ("ask", "--pair", "priya", "--on", "2026-05-08")
    owed = ok(*ask, "what do I owe her?")
    mine = item({"items": logged["noticed"]}, "template")["id"]
    assert owed["items"] == [mine]
    assert "slide template" in owed["reply"]
    moved = ok(*ask, "actually it's on the 13th")
    assert moved["items"] == [mine]
    assert item(ok("memory", "list", "priya"), "template")["when"] == "2026-05-13"
    ok(*ask, "that's private")
    assert item(ok("memory", "list", "priya"), "template")["private"]


def test_the_chat_says_when_it_has_nothing(logged: Json, ok: Run) -> None:
    reply = ok("ask", "--pair", "priya", "what did she say about the helicopter?")
    assert reply["intent"] == "recall"
    assert reply["items"] == []


def test_forgetting_in_the_chat_leaves_nothing_to_find(logged: Json, ok: Run) -> None:
    ok("ask", "--pair", "priya", "She told me about her divorce yesterday")
    ok("ask", "--pair", "priya", "Forget what I told you about her divorce")
    assert "divorce" not in json.dumps(ok("export", "priya")).lower()
    ok("ask", "--pair", "priya", "forget what I said about another job")
    exported = json.dumps(ok("export", "priya"))
    assert "another job" not in exported
    assert "slide template" in exported


def test_a_shared_export_holds_nothing_private(logged: Json, ok: Run) -> None:
    whole, shared = ok("export", "priya"), ok("export", "priya", "--shared")
    assert "another job" in json.dumps(whole)
    assert "another job" not in json.dumps(shared)


def test_import_is_idempotent_and_names_bad_lines(ok: Run, tmp_path: Path) -> None:
    ok("pair", "add", "Priya Nair", "--as", "mentor")
    talk = tmp_path / "talk.jsonl"
    talk.write_text(
        '{"id": "t1", "speaker": "Priya", "text": "The merger ends in May", "at": "2026-03-02"}\n'
        "not json\n"
        '{"id": "t2", "speaker": "me", "text": "Who told you?", "at": "2026-03-02"}\n'
    )
    first = ok("memory", "import", "priya", str(talk))
    assert (first["added"], [f["line"] for f in first["faults"]]) == (2, [2])
    assert ok("memory", "import", "priya", str(talk))["added"] == 0
    hits = ok("memory", "search", "priya", "what did Priya say about the merger")["hits"]
    assert hits[0]["id"] == "t1"
    assert ok("memory", "search", "priya", "zebra crossing")["hits"] == []


def test_an_import_of_no_good_line_fails(
    ok: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ok("pair", "add", "Priya Nair", "--as", "mentor")
    talk = tmp_path / "talk.jsonl"
    talk.write_text("not json\n")
    assert run(["memory", "import", "priya", str(talk), "--json"]) == 2
    out, err = capsys.readouterr()
    assert [fault["line"] for fault in json.loads(out)["faults"]] == [1]
    assert "no line could be kept" in err


def test_a_note_comes_from_standard_input_too(ok: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ok("pair", "add", "Priya Nair", "--as", "mentor")
    stdin = io.TextIOWrapper(io.BytesIO(NOTE.encode()), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stdin)
    assert ok("log", "priya", "--on", "2026-05-06", "--file", "-")["noticed"]


def test_backup_and_restore_bring_everything_back(logged: Json, ok: Run, tmp_path: Path) -> None:
    ok("backup", str(tmp_path / "kept.backup"))
    before = ok("export", "priya")
    ok("pair", "delete", "priya", "--yes")
    assert ok("pair", "list")["pairs"] == []
    ok("restore", str(tmp_path / "kept.backup"))
    assert ok("export", "priya") == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("log", "priya", "--file", "no-such-file"),
        ("memory", "edit", "priya", "1"),
        ("memory", "edit", "priya", "999", "--text", "x"),
        ("memory", "done", "priya", "999"),
        ("memory", "forget", "priya", "nothing of the kind"),
        ("memory", "search", "priya"),
        ("followups", "nobody"),
        ("log", "priya", "--on", "yesterday"),
        ("restore", "no-such-file"),
    ],
)
def test_wrong_use_is_one_clear_line(
    logged: Json, fails: Callable[..., str], arguments: tuple[str, ...]
) -> None:
    fails(2, *arguments)


def test_a_correction_that_names_nothing_known_moves_nothing(ok: Run, tmp_path: Path) -> None:
    ok("pair", "add", "Priya Nair", "--as", "mentor")
    note = tmp_path / "two.md"
    note.write_text("Her defence is on 4 June. I will send her the slide template by 8 May.")
    ok("log", "priya", "--on", "2026-05-01", "--file", str(note))
    before = {i["id"]: i["when"] for i in ok("memory", "list", "priya")["items"]}
    ask = ("ask", "--pair", "priya", "--on", "2026-05-02")
    unknown = ok(*ask, "actually, the garden party is on the 9th, not the 8th")
    assert "which" in unknown["reply"].lower()
    assert set(unknown["items"]) == {key for key, when in before.items() if when}
    assert {i["id"]: i["when"] for i in ok("memory", "list", "priya")["items"]} == before
    ok(*ask, "no, the defence is on the 9th of June")
    moved = ok("memory", "list", "priya")
    assert item(moved, "defence")["when"] == "2026-06-09"
    assert item(moved, "template")["when"] == "2026-05-08"


def test_the_pairs_own_notes_tell_the_pronoun_and_a_name_does_not(ok: Run, tmp_path: Path) -> None:
    ok("pair", "add", "Robin Hale", "--as", "mentor")
    notes = ("She wants to lead the ward. She is nervous about her exam.", "She will ring Omar.")
    for day, text in enumerate(notes, 1):
        note = tmp_path / f"{day}.md"
        note.write_text(text)
        ok("log", "robin", "--on", f"2026-05-0{day}", "--file", str(note))
    # Here "he" is somebody else, whatever the name: nothing in the message itself says so.
    third = tmp_path / "3.md"
    third.write_text("He has promised to send the form by Friday.")
    noticed = ok("log", "robin", "--on", "2026-05-04", "--file", str(third))["noticed"]
    assert not [one for one in noticed if one["owner"] == "them"]
