"""``coach model``: what it prints and refuses; the whole way once, with a server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import Coach
from coach.models.chosen import choice_of, write_choice
from coach.paths import Places
from tests.chat_servers import openai_server
from tests.conftest import ROOT
from tests.integration.test_egress_turns import says

Ok = Callable[..., dict[str, Any]]
Fails = Callable[..., str]


def test_the_built_in_engine_is_the_default(ok: Ok) -> None:
    told = ok("model")
    assert told["model"] == {
        "name": "built-in", "remote": False, "address": "", "allowed": True,
        "allowed_for": ["replies", "notes", "rehearsals"],
    }  # fmt: skip
    assert set(told["installed"]) == {"ollama", "openai", "anthropic", "local"}
    assert ok("model", "test")["model"]["ready"]


def test_from_the_choice_to_a_reply(ok: Ok, home: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    ok("pair", "add", "Amara Osei", "--as", "mentor")
    question = "How do I set a limit? She texts me late at night."
    with openai_server(says) as server:
        told = ok("model", "use", server.address, "--name", "tiny")["model"]
        assert told["remote"] is False
        assert ok("model", "test")["model"]["name"] == told["name"]
        server.requests.clear()
        shown = ok("model", "preview", question, "--pair", "amara")
        assert server.requests == []
        reply = ok("ask", question, "--pair", "amara")
        ((_, _, body),) = server.requests
    assert shown["body"] == body.decode()
    assert reply["engine"] == told["name"]
    ok("model", "use", "built-in")
    assert ok("ask", question, "--pair", "amara")["engine"] == "built-in"


def test_a_session_read_once_more(
    ok: Ok, fails: Fails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Coach, "_similarity", lambda _: None)
    ok("pair", "add", "Amara Osei", "--as", "mentor")
    file = tmp_path / "note.txt"
    file.write_text("We met in the canteen. Amara will send me the outline by Friday.")
    kept = ok("log", "amara", "--on", "2026-05-04", "--file", str(file))["noticed"]
    short = ok("session", "summary", "amara")["summary"]
    assert (short["on"], short["engine"], short["why"]) == ("2026-05-04", "built-in", "")
    assert any("outline" in one["text"] for one in short["sentences"])
    assert "has proposed all" in fails(2, "memory", "propose", "amara")
    assert "nothing is kept" in fails(2, "session", "summary", "amara", "2026-05-05")
    met = {"kind": "event", "about": "both", "owner": "", "quote": "We met in the canteen."}
    with openai_server(lambda _: json.dumps({"items": [met]})) as server:
        ok("model", "use", server.address, "--name", "tiny")
        shown = ok("memory", "propose", "amara", "--preview")
        assert server.requests == []
        found = ok("memory", "propose", "amara")
        ((_, _, body),) = server.requests
    assert shown["body"] == body.decode()
    assert ([one["quote"] for one in found["proposed"]], found["kept"]) == ([met["quote"]], [])
    assert ok("memory", "list", "amara")["items"] == kept
    assert "does not say that" in fails(
        2, "memory", "keep", "amara", "--kind", "event", "--quote", "We met in Rome."
    )
    told = ("--kind", "event", "--about", "both", "--quote", met["quote"])
    assert ok("memory", "keep", "amara", *told)["item"]["session"] == 1
    assert len(ok("memory", "list", "amara")["items"]) == len(kept) + 1


def test_a_preview_keeps_nothing(ok: Ok, home: Places) -> None:
    ok("pair", "add", "Amara Osei", "--as", "mentor")
    write_choice(home, choice_of("http://127.0.0.1:9/v1", "m"))
    before = ok("pair", "show", "amara")
    ok("model", "preview", "How do I set a limit? She texts me late.", "--pair", "amara")
    assert ok("pair", "show", "amara") == before


def test_what_cannot_be_done_says_what_can(fails: Fails, home: Places) -> None:
    assert "names no model" in fails(2, "model", "use", "gpt")
    assert "sends nothing" in fails(1, "model", "preview", "How do I set a limit?")
    assert "Nothing to allow" in fails(2, "model", "allow")
    assert "needs none" in fails(2, "model", "key")


def test_without_a_terminal_a_remote_model_is_sent_nothing(
    ok: Ok, home: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    ok("model", "use", "openai:gpt-5")
    reply = ok("ask", "How do I set a limit? She texts me late at night.")
    assert reply["engine"] == "built-in"
    assert "coach model allow" in reply["reply"]
    kept = "".join(p.read_text("utf-8", "ignore") for p in home.home.glob("*.json"))
    assert "sk-canary" not in kept


def test_no_integration_is_imported_before_a_model_is_chosen(home: Places) -> None:
    code = (
        "import sys\nfrom coach.cli.main import run\n"
        "run(['model', '--json'])\n"
        "from coach.bootstrap import open_coach\nc = open_coach()\n_ = c.speaker\nc.close()\n"
        "found = {n.partition('.')[0] for n in sys.modules}\n"
        "print(sorted(n for n in found if n.startswith(('langchain', 'openai', 'anthropic',"
        " 'ollama', 'xllamacpp', 'httpx', 'langsmith'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_only_one_module_names_an_integration() -> None:
    names = ("langchain_openai", "langchain_anthropic", "langchain_ollama", "init_chat_model")
    found = {
        file.name
        for file in (ROOT / "coach").rglob("*.py")
        if any(f"import {name}" in text or f"from {name}" in text or f"{name}(" in text
               for text in [file.read_text(encoding="utf-8")] for name in names)
    }  # fmt: skip
    assert found == {"chat_langchain.py"}


def test_a_damaged_choice_is_told_on_the_page(coach: Coach, places: Places) -> None:
    assert coach.engine.name == "built-in engine"
    places.home.mkdir(parents=True, exist_ok=True)
    (places.home / "model.json").write_text("{", encoding="utf-8")
    assert "coach model" in coach.engine.privacy
