"""Nothing that a user writes lies on disk in the clear, and nothing crosses from pair to pair."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.paths import Places

Json = dict[str, Any]
Run = Callable[..., Json]

_CANARIES = [f"qzx{number:03}canary" for number in range(200)]


def _files(*folders: Path) -> list[Path]:
    return [p for folder in folders for p in folder.rglob("*") if p.is_file()]


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of this test's own, so that what is left in it can be read."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_no_canary_lies_on_disk_in_the_clear(
    ok: Run, home: Places, scratch: Path, tmp_path: Path
) -> None:
    words = iter(_CANARIES)

    def some(count: int) -> str:
        return " ".join(next(words) for _ in range(count))

    given = tmp_path / "given"
    given.mkdir()
    ok("pair", "add", f"Priya {some(1)}", "--as", "mentor")
    pair = ok("pair", "list")["pairs"][0]["slug"]
    note = given / "note.md"
    note.write_text(
        "\n".join(f"I promised to send her the {some(1)} report by Friday." for _ in range(40))
        + f"\nBetween us: she is unhappy with {some(20)}."
    )
    logged = ok("log", pair, "--on", "2026-05-06", "--file", str(note))["noticed"]
    talk = given / "talk.jsonl"
    talk.write_text("\n".join(json.dumps({"speaker": "Priya", "text": some(2)}) for _ in range(30)))
    ok("memory", "import", pair, str(talk))
    handbook = given / "handbook.md"
    handbook.write_text(
        f"# Rules {some(1)}\n\n" + " ".join(f"Mentors keep {some(1)}." for _ in range(30))
    )
    ok("kb", "add", str(handbook))
    ok("ask", "--pair", pair, f"My mentee never tells me about {some(5)}")
    ok("ask", f"How do I set limits with {some(5)}")
    ok("questions", pair, "--about", some(3))
    ok("memory", "search", pair, some(3))
    ok("kb", "search", some(3))
    first, second = logged[0]["id"], logged[1]["id"]
    ok("memory", "edit", pair, str(first), "--text", some(5))
    ok("memory", "private", pair, str(first))
    ok("memory", "done", pair, str(second))
    ok("memory", "forget", pair, str(second))
    ok("followups", pair, "--on", "2026-05-12")
    ok("export", pair)
    ok("backup", str(home.home / "kept.backup"))
    used = len(_CANARIES) - len(list(words))
    assert used >= 150
    for path in _files(home.home, home.cache, scratch):
        data = path.read_bytes()
        assert b"canary" not in data, path
        assert "canary".encode("utf-16-le") not in data, path


@pytest.mark.slow
def test_no_command_shows_another_pair(ok: Run, tmp_path: Path) -> None:
    """Two people with the same first name and the same events: each command keeps them apart."""
    people = {"nair": "lighthouse", "rao": "waterfall"}
    for surname, secret in people.items():
        ok("pair", "add", f"Priya {surname.title()}", "--as", "mentor")
        note = tmp_path / f"{surname}.md"
        note.write_text(
            f"Priya presents the {secret} audit on Thursday 14 May. I promised to send her the "
            f"{secret} template by Monday. She is nervous about the {secret} board."
        )
        ok("log", f"priya-{surname}", "--on", "2026-05-06", "--file", str(note))
        talk = tmp_path / f"{surname}.jsonl"
        talk.write_text(json.dumps({"speaker": "Priya", "text": f"the {secret} merger"}))
        ok("memory", "import", f"priya-{surname}", str(talk))
    for surname, secret in people.items():
        pair = f"priya-{surname}"
        [other] = set(people.values()) - {secret}
        seen = [
            ok("followups", pair, "--on", "2026-05-16", "-n", "10"),
            ok("memory", "list", pair),
            ok("memory", "search", pair, f"what did Priya say about the {secret} merger"),
            ok("ask", "--pair", pair, "--on", "2026-05-16", "what should I ask her next time?"),
            ok("ask", "--pair", pair, "--on", "2026-05-16", "what do I owe her?"),
            ok("ask", "--pair", pair, "--on", "2026-05-08", "what's coming up?"),
            ok("ask", "--pair", pair, "--on", "2026-05-16", "We never know what to talk about"),
            ok("export", pair),
        ]
        for document in seen:
            assert other not in json.dumps(document)
        assert sum(secret in json.dumps(document) for document in seen) >= 6
        asked = ok("memory", "search", pair, f"the {other} merger")
        assert other not in json.dumps(asked["hits"])
