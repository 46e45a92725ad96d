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


def test_a_rehearsal_from_a_file_of_turns(rosa: Json, ok: Ok, tmp_path: Path) -> None:
    scenarios = ok("rehearse", "--list")["scenarios"]
    assert all({"id", "title", "for", "aim", "cards", "counterpart"} <= set(s) for s in scenarios)
    turns = tmp_path / "turns.txt"
    turns.write_text("Thank you for making time.\nWhat would you like to get out of this?\n")
    for scenario in [one["id"] for one in scenarios if one["for"] != "mentee"][:2]:
        made = ok("rehearse", "rosa", "--scenario", scenario, "--turns", str(turns))
        assert made["scenario"] == scenario
        assert [one["text"] for one in made["transcript"] if one["speaker"] == "me"] == [
            "Thank you for making time.", "What would you like to get out of this?",
        ]  # fmt: skip
        assert all(one["text"] for one in made["transcript"] if one["speaker"] == "them")
        feedback = made["feedback"]
        assert {"worked", "try", "card", "messages"} <= set(feedback)
        assert [one["turn"] for one in feedback["messages"]] == [1, 2]
        assert all(0 <= one["score"] <= 3 and one["reason"] for one in feedback["messages"])


def test_a_debrief_from_a_form(rosa: Json, ok: Ok, tmp_path: Path) -> None:
    empty = ok("debrief", "rosa", "--form", "--on", "2026-06-15")["form"]
    promise = next(item for item in rosa["noticed"] if item["kind"] == "commitment")
    assert promise["text"] in empty
    filled = (
        empty.replace("## What I learnt", "## What I learnt\nSilence helps her.")
        .replace("## What Rosa promised", "## What Rosa promised\nSend me the slides by 22 June")
        .replace("## Next session", "## Next session\n2026-06-29 at 17:00, 60 minutes")
        .replace(f"- [ ] {promise['id']}:", f"- [x] {promise['id']}:")
    )
    form = tmp_path / "form.md"
    form.write_text(filled)
    kept = ok("debrief", "rosa", "--file", str(form), "--on", "2026-06-15")
    assert kept["session"] == {"number": 2, "on": "2026-06-15"}
    assert kept["markdown"].startswith("# ")
    items = {item["id"]: item for item in ok("memory", "list", "rosa")["items"]}
    assert items[promise["id"]]["status"] == "done"
    slides = next(item for item in items.values() if "slides" in item["text"])
    assert (slides["owner"], slides["when"]) == ("them", "2026-06-22")


def test_documents_of_the_user(ok: Ok, tmp_path: Path) -> None:
    handbook = tmp_path / "handbook.md"
    handbook.write_text("# Handbook\n\nOur mentors meet every second Tuesday in the library.\n")
    taken = ok("kb", "add", str(handbook))["taken"]
    assert [one["outcome"] for one in taken] == ["added"]
    document = taken[0]["document"]
    assert {"id", "title", "path", "passages", "added_at"} <= set(document)
    listed = ok("kb", "list")
    assert {"card", "source", "title"} <= set(listed["cards"][0])
    assert [one["id"] for one in listed["documents"]] == [document["id"]]
    assert ok("kb", "show", "six/set-limits")["card"]["id"] == "six/set-limits"
    assert ok("kb", "remove", document["id"])["removed"] == document["id"]
    assert ok("kb", "list")["documents"] == []


def test_a_transcript_and_a_change_of_an_item(rosa: Json, ok: Ok, tmp_path: Path) -> None:
    transcript = tmp_path / "said.jsonl"
    said = {"id": "t1", "speaker": "Rosa", "text": "I like mornings best.", "at": "2026-05-01"}
    transcript.write_text(json.dumps(said) + "\nnot json\n")
    taken = ok("memory", "import", "rosa", str(transcript))
    assert (taken["added"], len(taken["faults"])) == (1, 1)
    hit = ok("memory", "search", "rosa", "mornings", "-k", "1")["hits"][0]
    assert (hit["id"], hit["text"], hit["on"]) == ("t1", said["text"], said["at"])
    key = str(rosa["noticed"][0]["id"])
    changed = ok("memory", "edit", "rosa", key, "--text", "The defence", "--when", "2026-06-19")
    assert set(changed["item"]) >= ITEM
    assert (changed["item"]["text"], changed["item"]["when"]) == ("The defence", "2026-06-19")
    assert ok("memory", "forget", "rosa", key) == {"forgotten": [int(key)]}
