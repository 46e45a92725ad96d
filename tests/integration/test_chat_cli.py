"""``coach chat --plain``: a conversation line by line, for pipes and screen readers."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from coach.cli.main import run
from coach.paths import Places

# Dozens of whole commands, each with its model and database: minutes on a small machine.
pytestmark = pytest.mark.slow

Talk = Callable[..., str]


class Terminal(io.TextIOWrapper):
    """Standard input that says it is a terminal, or not."""

    def __init__(self, text: bytes, *, terminal: bool) -> None:
        super().__init__(io.BytesIO(text))
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.fixture
def talk(home: Places, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Sends ``text`` to the plain chat about Amara, which must end well; gives what it printed."""
    assert run(["pair", "add", "Amara Osei", "--as", "mentor"]) == 0
    assert run(["pair", "add", "Jonas Lind", "--as", "mentee"]) == 0
    capsys.readouterr()

    def send(text: str | bytes, *options: str, terminal: bool = False) -> str:
        raw = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr("sys.stdin", Terminal(raw, terminal=terminal))
        assert run(["chat", "amara", "--plain", *options]) == 0
        out = capsys.readouterr().out
        assert not {c for c in out if ord(c) < 32 and c != "\n"}, "no control character"
        return out

    return send


def lines(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_each_line_is_answered_until_the_input_ends(talk: Talk) -> None:
    out = talk("How do we settle expectations?\n\nHow do I give feedback")
    assert out.count("Coach: ") == 2
    assert "[" in out, "the cards are named"
    assert "You: " not in out


def test_a_terminal_is_prompted(talk: Talk) -> None:
    out = talk("hello\\\nthere\n/quit\nnever read\n", terminal=True)
    assert out.startswith("A conversation with the coach about Amara Osei.")
    assert out.count("You: ") == 2
    assert out.count("...  ") == 1
    assert out.count("Coach: ") == 1


def test_json_is_one_object_a_turn(talk: Talk) -> None:
    found = lines(talk("What should I ask?\n/questions\n/bogus\n/help\n", "--json"))
    assert [set(one) >= {"reply", "intent", "citations", "items"} for one in found] == [
        True, True, False, True,
    ]  # fmt: skip
    assert found[1]["intent"] == "questions"
    assert found[1]["citations"]
    assert "/bogus" in str(found[2]["error"])
    assert "/followups" in str(found[3]["reply"])


def test_lines_that_end_in_a_backslash_go_on(talk: Talk) -> None:
    found = lines(talk("/remember she likes\\\ngreen tea\n/forget green tea\n", "--json"))
    assert len(found) == 2
    assert found[0]["intent"] == "remember"
    assert found[1]["intent"] == "forget"


def test_pages_and_pairs(talk: Talk) -> None:
    out = talk("/prep\n/log She has her viva on Friday.\n/pair jonas\n/pair\n/pair nobody\n")
    assert "# Before you meet Amara" in out
    assert "Session 1 is kept. Noticed in it:\n- " in out
    assert "This is about Jonas Lind now." in out
    assert "- Amara Osei (amara-osei)" in out
    assert "Pair: there is no pair 'nobody'" in out


def test_hostile_input_is_only_text(talk: Talk) -> None:
    out = talk(b"\x1b]0;t\x07\x1b[2J hello \x9b31m \xff\xfe\n/\x1b[31m\n//etc\n\x00\n")
    assert out.count("Coach: ") == 2
    assert "There is no command" in out or "Command: " in out


def test_an_unknown_pair_is_told(
    home: Places, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(b"", terminal=False))
    assert run(["chat", "nobody"]) == 2
    assert "there is no pair 'nobody'" in capsys.readouterr().err


def test_without_a_pair_what_needs_one_says_so(
    home: Places, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(b"/prep\nhello\n", terminal=False))
    assert run(["chat"]) == 0
    out = capsys.readouterr().out
    assert "/pair NAME says whom" in out
    assert out.count("Coach: ") == 1
