"""Every command of the design's table, with --json: one document (or one a line), of its shape."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.cli.main import run

pytestmark = pytest.mark.slow

Json = dict[str, Any]
Ok = Callable[..., Json]

NOTE = (
    "Rosa's thesis defence is on 12 June. I promised to send her the checklist by Friday. "
    "She finds speaking in front of the board hard. She said no calls after six, please. "
    "Her goal is to finish by autumn."
)
ITEM = {
    "id", "kind", "about", "owner", "text", "quote", "when", "until", "status", "private",
    "session", "said_on",
}  # fmt: skip
HIT = {"card", "source", "title", "score"}


@pytest.fixture
def lines(home: object, capsys: pytest.CaptureFixture[str]) -> Callable[..., list[Json]]:
    """Runs a command that prints one JSON document a line, and nothing else."""

    def run_one(*arguments: str) -> list[Json]:
        code = run([*arguments, "--json"])
        out, err = capsys.readouterr()
        assert (code, err) == (0, "")
        return [json.loads(line) for line in out.splitlines()]

    return run_one


@pytest.fixture
def rosa(ok: Ok, tmp_path: Path) -> Json:
    """A pair with one session; the document that logging it printed."""
    ok("pair", "add", "Rosa Delgado", "--as", "mentor")
    note = tmp_path / "note.txt"
    note.write_text(NOTE)
    return ok("log", "rosa", "--on", "2026-05-18", "--file", str(note))


def test_pairs_and_what_is_remembered(rosa: Json, ok: Ok) -> None:
    assert rosa["session"] == {"number": 1, "on": "2026-05-18"}
    assert rosa["noticed"]
    assert all(set(item) >= ITEM for item in rosa["noticed"])
    assert [one["slug"] for one in ok("pair", "list")["pairs"]] == ["rosa-delgado"]
    shown = ok("pair", "show", "rosa")["pair"]
    assert {
        "slug": "rosa-delgado",
        "name": "Rosa Delgado",
        "role": "mentor",
    }.items() <= shown.items()
    listed = ok("memory", "list", "rosa")["items"]
    assert {item["id"] for item in listed} == {item["id"] for item in rosa["noticed"]}
    found = ok("memory", "search", "rosa", "thesis defence", "-k", "3")
    assert found["query"] == "thesis defence"
    assert {"id", "text", "on", "score"} <= set(found["hits"][0])
    due = ok("followups", "rosa", "--on", "2026-06-15")["followups"]
    wanted = {"topic", "ask", "why", "due", "overdue", "items", "quote", "said_on", "cards"}
    assert due
    assert all(set(one) >= wanted for one in due)


def test_words_questions_and_pages(rosa: Json, ok: Ok) -> None:
    asked = ok("questions", "rosa", "-n", "3")["questions"]
    assert len(asked) == 3
    assert all({"question", "depth", "why", "cards", "items"} <= set(one) for one in asked)
    script = ok("script", "rosa", "expectations")
    assert {"kind", "markdown", "cards", "missing"} <= set(script)
    assert ok("prep", "rosa", "--on", "2026-06-15")["markdown"].startswith("# ")
    answer = ok("ask", "--pair", "rosa", "How do I set limits?")
    assert {"reply", "intent", "citations", "items", "refused", "engine"} <= set(answer)
    hits = ok("kb", "search", "how do I set limits", "-k", "2")
    assert set(hits) >= {"query", "answerable", "hits"}
    assert all(set(hit) >= HIT for hit in hits["hits"])


def test_batches_answer_line_by_line_in_their_order(
    rosa: Json, lines: Callable[..., list[Json]], tmp_path: Path
) -> None:
    queries = ["thesis defence", "how do I set limits"]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("".join(json.dumps({"q": q}) + "\n" for q in queries))
    remembered = lines("memory", "search", "rosa", "--batch", str(batch), "-k", "2")
    assert [one["query"] for one in remembered] == queries
    assert remembered[0]["hits"]
    looked_up = lines("kb", "search", "--batch", str(batch), "-k", "2")
    assert [one["query"] for one in looked_up] == queries
    assert all(isinstance(one["answerable"], bool) for one in looked_up)
    said = tmp_path / "said.jsonl"
    said.write_text("".join(json.dumps({"text": t}) + "\n" for t in ("Are you sad?", "Tell me.")))
    read = lines("rehearse", "--read", str(said))
    assert all({"kind", "subtype", "confidence"} <= set(one) for one in read)
    assert len(read) == 2


def test_what_is_exported_shared_backed_up_and_restored(rosa: Json, ok: Ok, tmp_path: Path) -> None:
    private = next(item["id"] for item in rosa["noticed"] if item["about"] == "them")
    ok("memory", "private", "rosa", str(private))
    whole = ok("export", "rosa")
    assert {item["id"] for item in whole["items"]} == {item["id"] for item in rosa["noticed"]}
    shared = ok("export", "rosa", "--shared")
    assert private not in {item["id"] for item in shared["items"]}
    kept = tmp_path / "kept.coach"
    saved = ok("backup", str(kept))
    assert kept.stat().st_size > 0
    ok("pair", "delete", "rosa", "--yes")
    assert ok("pair", "list")["pairs"] == []
    restored = ok("restore", str(kept))
    assert set(saved) == set(restored)
    after = ok("export", "rosa")
    assert after["items"] == whole["items"]
    assert ok("doctor")
