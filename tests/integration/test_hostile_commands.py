"""Whatever stands in the database, a file or an argument: a command prints only text."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.bootstrap import open_coach
from coach.cli.main import run
from coach.paths import Places
from tests.tui.hostile import ATTACKS, BIDI, Marks, fill, poison

pytestmark = pytest.mark.slow

NEVER = ({chr(n) for n in (*range(32), *range(127, 160))} - set("\n\t")) | set(BIDI)
WRONG = {
    "latin-1": "Zoë's café".encode("latin-1"),
    "utf-16": "She will send it.".encode("utf-16"),
    "cut": "She will send it: é".encode()[:-1],
    "nul": b"She will\0 send it.\0\x1b[2J",
    "controls": bytes(range(1, 32)) + b" she will send it",
    "surrogate": "\ud800 she will send it".encode("utf-8", "surrogatepass"),
    "one-line": b"she will send it " * 18_000,
    "two-megabytes": b"She will send it.\n" * 111_000,
    "attacks": "\n".join(ATTACKS).encode("utf-8", "replace"),
}
"""What a file or a pipe may hold, by what is wrong with it."""

Command = Callable[..., str]


@pytest.fixture
def command(
    home: Places, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Runs a command with ``given`` on its input; gives all that it prints, which must be text."""

    def run_one(*arguments: str, given: bytes = b"") -> str:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        code = run(arguments)
        out, err = capfd.readouterr()
        what = ascii(arguments)[:200]
        assert code in {0, 1, 2}, what
        assert "Unexpected error" not in err, f"{what}: {err[:500]}"
        for printed in (out, err):
            found = sorted(set(printed) & NEVER)
            assert not found, f"{what}: {found}: {ascii(printed)[:300]}"
        if "--json" in arguments and code == 0:
            for line in out.splitlines():
                json.loads(line)
        return out

    return run_one


@pytest.fixture
def poisoned(home: Places) -> str:
    """The short name of a pair in whose rows the strings stand as they are."""
    coach = open_coach()
    pair = fill(coach, Marks())
    assert poison(coach.database) > 40
    coach.close()
    return pair.slug


READING = (
    "pair list", "pair show {pair}", "followups {pair}", "memory list {pair}",
    "memory search {pair} viva", "prep {pair}", "debrief {pair} --form", "session list {pair}",
    "agreement show {pair}", "agreement gaps {pair}", "agreement history {pair}",
    "agreement diff {pair} 1 2", "script {pair} expectations", "goal list {pair}",
    "roadmap show {pair} --all", "check show {pair}", "questions {pair}", "rehearse --list",
    "export {pair}", "ask her --pair {pair}", "kb list", "model", "doctor",
)  # fmt: skip


def test_what_is_in_the_database_is_printed_as_text(poisoned: str, command: Command) -> None:
    told = 0
    for line in READING:
        words = line.replace("{pair}", poisoned).split()
        told += "payload" in command(*words)
        if words[0] != "export":
            told += "payload" in command(*words, "--json")
    assert told > 20
    said = b"What did she say?\n/prep\n/pair\n/followups\n"
    assert "payload" in command("chat", poisoned, "--plain", given=said)
    assert "payload" in command("chat", poisoned, "--plain", "--json", given=said)


WRITING = (
    ("pair", "add", "{}", "--as", "mentor"), ("pair", "show", "{}"), ("ask", "{}"),
    ("memory", "search", "amara", "{}"), ("kb", "search", "{}"), ("goal", "add", "amara", "{}"),
    ("agreement", "set", "amara", "place", "--mine", "{}"), ("roadmap", "set", "amara", "1", "{}"),
    ("questions", "amara", "--about", "{}"), ("session", "plan", "amara", "{}"),
    ("script", "amara", "{}"),
    ("memory", "forget", "amara", "{}"), ("check", "{}"), ("rehearse", "amara", "--scenario", "{}"),
    ("log", "amara", "--file", "{}"), ("kb", "add", "{}"), ("--{}",), ("{}",),
)  # fmt: skip


def test_what_is_given_as_an_argument_is_printed_as_text(command: Command) -> None:
    command("pair", "add", "Amara Osei", "--as", "mentor")
    # Each command gets its share of them; an argument of a process cannot hold a NUL.
    for number, first in enumerate(range(0, len(ATTACKS), 5)):
        pattern = WRITING[number % len(WRITING)]
        text = " ".join(ATTACKS[first : first + 5]).replace("\0", "")
        output = ["--json"] if number % 3 else []
        command(*(part.replace("{}", text) for part in pattern), *output)
    command("pair", "add", "\ud800 Lone", "--as", "mentee")


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_in_a_file_or_a_pipe_is_printed_as_text(
    wrong: str, command: Command, tmp_path: Path
) -> None:
    command("pair", "add", "Amara Osei", "--as", "mentor")
    raw = WRONG[wrong]
    file = tmp_path / "\x1b]0;notes\x07.md"
    file.write_bytes(raw)
    command("log", "amara", given=raw)
    command("log", "amara", "--file", str(file), "--json")
    command("debrief", "amara", "--file", str(file))
    command("kb", "add", str(file))
    command("kb", "search", "send it")
    command("agreement", "import", "amara", str(file))
    command("memory", "import", "amara", str(file))
    command("session", "import", "amara", str(file), "--all")
    command("memory", "search", "amara", "--batch", str(file))
    command("rehearse", "amara", "--scenario", "guarded-mentee", given=raw[:5_000])
    command("rehearse", "--read", str(file)) if len(raw) < 100_000 else None
    command("chat", "amara", "--plain", given=raw[:5_000])
    command("followups", "amara")
