"""The command line as scripts see it: one JSON document out, errors in one line, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach import __version__
from coach.cli.common import emit
from coach.cli.main import run
from coach.library.cards import load_deck
from coach.models import embedder
from coach.paths import Places

Json = dict[str, Any]


def test_the_first_line_of_a_table_keeps_its_margin(capsys: pytest.CaptureFixture[str]) -> None:
    emit(False, {}, lambda: "   2  plan\n  10  event\n")
    assert capsys.readouterr().out == "   2  plan\n  10  event\n"
    emit(False, {}, lambda: "   2  plan\n")
    assert capsys.readouterr().out == "2  plan\n"


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert __version__ in capsys.readouterr().out
    assert run(["--help"]) == 0
    listed = capsys.readouterr().out
    for command in ("ask", "questions", "script", "pair", "kb", "prepare", "doctor", "completion"):
        assert f"\n  {command}" in listed


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert run(["completion", shell]) == 0
    assert "_COACH_COMPLETE" in capsys.readouterr().out


def test_each_command_has_a_manual_page(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["manual", str(tmp_path / "man1"), "--json"]) == 0
    named = json.loads(capsys.readouterr().out)["pages"]
    assert {"coach.1", "coach-ask.1", "coach-memory-forget.1"} <= set(named)
    for name in named:
        page = (tmp_path / "man1" / name).read_text("utf-8")
        assert page.startswith(".TH")
        assert ".SH SYNOPSIS" in page


def test_pairs_from_adding_to_deleting(ok: Callable[..., Json]) -> None:
    assert ok("pair", "list") == {"pairs": []}
    added = ok("pair", "add", "Amara Osei", "--as", "mentor")["pair"]
    assert {key: added[key] for key in ("slug", "name", "role")} == {
        "slug": "amara-osei", "name": "Amara Osei", "role": "mentor",
    }  # fmt: skip
    assert ok("pair", "list") == {"pairs": [added]}
    shown = ok("pair", "show", "amara")["pair"]
    assert shown | added == shown
    assert ok("pair", "delete", "Amara Osei", "--yes") == {"deleted": added}
    assert ok("pair", "list") == {"pairs": []}


def test_asking_searching_and_showing(ok: Callable[..., Json]) -> None:
    ok("pair", "add", "Amara", "--as", "mentor")
    card = load_deck().get("keijzer/admit-knowledge-boundaries")
    question = next(text for text in card.situations if text.endswith("?"))
    reply = ok("ask", question, "--pair", "amara")
    assert set(reply) >= {"reply", "intent", "citations", "items", "refused", "engine"}
    assert reply["citations"][0] == card.id
    assert reply["engine"] == "built-in"
    found = ok("kb", "search", "she rings me on Sundays", "-k", "3")
    assert found["query"] == "she rings me on Sundays"
    assert isinstance(found["answerable"], bool)
    assert [set(hit) for hit in found["hits"]] == [{"card", "source", "title", "score"}] * 3
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    shown = ok("kb", "show", found["hits"][0]["card"])["card"]
    assert shown["id"] == found["hits"][0]["card"]
    assert shown["questions"]


def test_questions_and_scripts(ok: Callable[..., Json]) -> None:
    ok("pair", "add", "Amara", "--as", "mentee")
    for about in ([], ["--about", "her goals"]):
        asked = ok("questions", "amara", "-n", "4", *about)["questions"]
        assert len(asked) == 4
        assert set(asked[0]) == {"question", "depth", "why", "cards", "items"}
    made = ok("script", "amara", "expectations")
    assert set(made) == {"kind", "markdown", "cards", "missing"}
    assert "Amara" in made["markdown"]


def test_documents_from_adding_to_removing(ok: Callable[..., Json], tmp_path: Path) -> None:
    path = tmp_path / "canteen.md"
    path.write_text("# Canteen\n\nThe harbour canteen closes at three o'clock on Fridays.\n")
    assert ok("kb", "list")["documents"] == []
    (taken,) = ok("kb", "add", str(path))["taken"]
    assert taken["outcome"] == "added"
    listed = ok("kb", "list")
    assert len(listed["cards"]) == 48
    (document,) = listed["documents"]
    assert document == taken["document"]
    hit = ok("kb", "search", "harbour canteen closes on Fridays")["hits"][0]
    assert hit["source"] == "document"
    assert "three o'clock" in ok("kb", "show", hit["card"])["passage"]["text"]
    assert ok("kb", "add", str(path))["taken"][0]["outcome"] == "known"
    assert ok("kb", "remove", document["id"]) == {"removed": document["id"]}
    assert ok("kb", "list")["documents"] == []


def test_the_doctor_tells_where_all_lies(ok: Callable[..., Json], home: Places) -> None:
    found = ok("doctor")
    assert found["problems"] == []
    assert found["places"]["home"] == str(home.home)
    assert "readable by you alone" in found["storage"]["key"]
    assert set(found["versions"]) >= {"coach", "python", "chromadb", "textual"}


def test_the_doctor_names_what_is_to_be_mended(
    home: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COACH_REPLY_WORD", "x")
    assert run(["doctor", "--json"]) == 1
    out, err = capsys.readouterr()
    assert "Did you mean reply_words" in json.loads(out)["problems"][0]
    assert err.startswith("Doctor: 1 to mend.")


# -- batches ---------------------------------------------------------------------------------------


def test_a_batch_gives_one_object_a_line(
    home: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["he never listens", "a line\u2028in two", "goals", "half \ud83d of it", ""]
    batch = tmp_path / "batch.jsonl"
    batch.write_text(
        "\ufeff" + "".join(
            json.dumps({"q": q, "id": 3}, ensure_ascii="\ud83d" in q) + "\n\n" for q in asked
        ),
        encoding="utf-8",
    )  # fmt: skip
    assert run(["kb", "search", "--batch", str(batch), "-k", "2", "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found = [json.loads(line) for line in out.split("\n") if line]
    assert [one["query"] for one in found] == [q.replace("\ud83d", "?") for q in asked]
    assert all(len(one["hits"]) <= 2 for one in found)
    assert not found[-1]["answerable"]


@pytest.mark.parametrize("bad", ["no json", "{}", '{"q": 3}', "[1]", '"q"', "null", "{"])
def test_a_bad_line_of_a_batch_is_named(
    fails: Callable[..., str], tmp_path: Path, bad: str
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text(f'{{"q": "fine"}}\n{bad}\n')
    error = fails(2, "kb", "search", "--batch", str(batch), "--json")
    assert "batch.jsonl:2" in error


@pytest.mark.parametrize(
    ("content", "said"), [(None, "cannot be read"), (b'{"q": "\xff"}', "is not UTF-8 text")]
)
def test_a_batch_that_cannot_be_read_is_named(
    fails: Callable[..., str], tmp_path: Path, content: bytes | None, said: str
) -> None:
    batch = tmp_path / "batch.jsonl"
    if content is not None:
        batch.write_bytes(content)
    assert f"batch.jsonl {said}" in fails(2, "kb", "search", "--batch", str(batch))


def test_an_empty_batch_is_no_error(
    home: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    assert run(["kb", "search", "--batch", str(tmp_path / "empty.jsonl")]) == 0
    assert capsys.readouterr() == ("", "")


# -- wrong use and failures ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "nonsense"),
        (["pair", "add", "Amara"], "--as"),
        (["pair", "add", "Amara", "--as", "boss"], "boss"),
        (["pair", "add", "123", "--as", "mentor"], "no letter"),
        (["pair", "show", "nobody"], "none yet at all"),
        (["ask", "hello", "--on", "tomorrow"], "2026-05-12"),
        (["ask", "hello", "--pair", "nobody"], "there is no pair 'nobody'"),
        (["ask", "  "], "nothing in it"),
        (["kb", "search"], "query or --batch"),
        (["kb", "search", " "], "query is empty"),
        (["kb", "search", "a", "-k", "0"], "0"),
        (["kb", "show", "six/set-limit"], "six/set-limits"),
        (["kb", "remove", "abc"], "coach kb list"),
        (["kb", "add"], "PATHS"),
        (["completion", "tcsh"], "tcsh"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_use_is_said_in_one_line(
    fails: Callable[..., str], arguments: list[str], said: str
) -> None:
    assert said in fails(2, *arguments)


def test_a_pair_that_is_unknown_or_ambiguous_lists_the_choices(
    ok: Callable[..., Json], fails: Callable[..., str]
) -> None:
    ok("pair", "add", "Amara Osei", "--as", "mentor")
    ok("pair", "add", "Amara Lind", "--as", "mentee")
    for command in (["pair", "show"], ["questions"], ["pair", "delete"]):
        error = fails(2, *command, "amara")
        assert "amara-osei" in error
        assert "amara-lind" in error
    assert "amara-osei and amara-lind" in fails(2, "pair", "show", "bea")
    assert "--yes" in fails(2, "pair", "delete", "amara-osei")
    assert len(ok("pair", "list")["pairs"]) == 2
    assert "expectations" in fails(2, "script", "amara-osei", "farewell")


def test_documents_that_all_fail_are_a_failure(
    home: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.md").write_text("")
    assert run(["kb", "add", str(tmp_path / "empty.md"), "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["taken"][0]["outcome"] == "failed"
    assert err.startswith("Documents: none could be added.")


def test_a_wrong_passphrase_is_one_line_and_no_more(
    home: Places, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COACH_PASSPHRASE", "right")
    assert run(["pair", "add", "Amara", "--as", "mentor"]) == 0
    monkeypatch.setenv("COACH_PASSPHRASE", "wrong")
    capfd.readouterr()
    assert run(["pair", "list", "--json"]) == 1
    # Read from the file descriptor: SQLCipher could write there too.
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "COACH_PASSPHRASE" in err
    monkeypatch.delenv("COACH_PASSPHRASE")
    assert run(["pair", "list"]) == 1
    assert "locked with a passphrase" in capfd.readouterr().err


def test_what_is_printed_cannot_drive_the_terminal(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["pair", "show", "x\x1b]52;c;aGk=\x07y"]) == 2
    assert run(["pair", "add", "Ama\x1b[31mra\u202e", "--as", "mentor"]) == 0
    assert run(["kb", "search", "a \udcff byte \x1b[2J"]) == 0
    out, err = capsys.readouterr()
    assert not set("\x1b\x07\u202e") & set(out + err)


def test_a_defect_is_said_without_a_traceback(
    home: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("coach.storage.pairs.PairStore.all", fail)
    assert run(["pair", "list"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Unexpected error: ZeroDivisionError.")
    assert "Traceback" not in err
    with pytest.raises(ZeroDivisionError):
        run(["--traceback", "pair", "list"])


def test_without_a_terminal_it_shows_an_answer_and_how_to_go_on(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "You ask: " in out
    assert "\nSources\n  [" in out
    assert "coach pair add" in out


def test_when_the_model_cannot_be_had_answers_go_on_by_words_and_say_so(
    home: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from coach.errors import ModelError

    def fail(*_: Any, **__: Any) -> None:
        raise ModelError("Embedding model", "the weights are damaged", "Install them again.")

    monkeypatch.setattr(embedder, "load_embedder", fail)
    assert run(["kb", "search", "my mentee cancels our meetings", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["hits"]
    assert err.startswith("Note: searching by words: Embedding model: the weights are damaged.")
    assert run(["prepare"]) == 1
    assert "the weights are damaged" in capsys.readouterr().err
